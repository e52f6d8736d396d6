"""The export dialog asks for formats, parts, language and scale, and hands them on."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from desk_support import JOB_MS, dialog_of, make_plan, press
from pytestqt.qtbot import QtBot

from app.io.export import PARTS
from app.ui.application import Desk
from app.ui.dialogs.export_dialog import ExportDialog


def _dialog(town: Desk, qtbot: QtBot) -> ExportDialog:
    make_plan(town, qtbot, {"Delta", "Foxtrot"})
    press(town, qtbot, "export_plan")
    return dialog_of(town, qtbot, ExportDialog)


def test_every_part_of_the_report_has_its_tick(town: Desk, qtbot: QtBot) -> None:
    dialog = _dialog(town, qtbot)
    assert tuple(dialog.parts.ticks) == PARTS
    assert dialog.wanted()["parts"] == PARTS
    assert dialog.wanted()["scale"] is None
    dialog.parts.set_all(False)
    dialog.parts.ticks["bill"].setChecked(True)
    dialog.scale_box.setCurrentIndex(dialog.scale_box.findData(5000))
    dialog.key_box.setCurrentIndex(dialog.key_box.findData("rate"))
    wanted = dialog.wanted()
    assert (wanted["parts"], wanted["scale"], wanted["key"]) == (("bill",), 5000, "rate")
    dialog.reject()


def test_parts_and_language_reach_the_file_and_the_folder_is_offered(
    town: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = _dialog(town, qtbot)
    for suffix, tick in dialog.ticks.items():
        tick.setChecked(suffix == ".xlsx")
    dialog.parts.set_all(False)
    dialog.accept()
    assert dialog.error.text()  # no part at all
    dialog.parts.ticks["payers"].setChecked(True)
    dialog.language_box.setCurrentIndex(dialog.language_box.findData("en"))
    dialog.folder_box.setText(str(tmp_path))
    dialog.stem_box.setText("short")
    assert dialog._opener.isHidden()
    with qtbot.waitSignal(town.window.cases.exported, timeout=JOB_MS):
        dialog.primary.click()
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert not dialog._opener.isHidden()
    book = openpyxl.load_workbook(tmp_path / "short.xlsx")
    assert book.sheetnames == ["Bill of quantities", "Who pays"]
    book.close()
    dialog.reject()
