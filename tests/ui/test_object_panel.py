"""The panel of the object: its form, its history, its references, and what findings mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from table_support import (
    WAIT_MS,
    SmallDesk,
    choose,
    content,
    feature_of,
    open_editor,
    panel_of,
    settle,
    type_into,
    undo,
)

from app.ui.application import Desk
from app.ui.dialogs.add_row import AddRowDialog
from app.ui.dialogs.delete_rows import DeleteRowsDialog
from app.ui.settings import Settings


@pytest.fixture
def town(
    qapp: QApplication, qtbot: QtBot, settings: Settings, project_path: Path
) -> Iterator[SmallDesk]:
    """Return tables and object panel with the town open."""
    made = SmallDesk(qapp, settings)
    with qtbot.waitSignal(made.session.project_changed, timeout=WAIT_MS):
        made.session.open(project_path)
    yield made
    made.close()
    qapp.processEvents()


def test_several_objects_are_changed_at_once_and_only_where_touched(
    town: SmallDesk, qtbot: QtBot
) -> None:
    before = content(town)
    town.session.select({"sites": ["site-1", "site-2", "site-3"]})
    identify = town.window.identify
    assert identify.title.text() == "3 Sites"
    assert identify.lines()["Municipality"] == "Milano"
    assert "3 different" in identify.lines()["Name"]
    identify.begin_editing()
    form = identify.form
    assert form is not None
    assert "different" in form.editors["name"].placeholderText()
    qtbot.keyClicks(form.editors["payer"], "Regione")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        identify.apply.click()
    payers = town.session.network.table("sites")["payer"]
    assert payers.notna().sum() == 3
    assert str(town.session.undo_label) == "Change Payer of 3 in Sites"
    names = set(town.session.network.table("sites")["name"])
    assert {"Bravo & Co", "Delta"} <= names
    undo(town, qtbot)
    assert content(town) == before


def test_a_touched_form_stays_until_it_is_applied_or_given_up(
    town: SmallDesk, qtbot: QtBot
) -> None:
    town.session.select({"sites": ["site-1"]})
    identify = town.window.identify
    identify.begin_editing()
    assert identify.form is not None
    qtbot.keyClicks(identify.form.editors["priority"], "x")
    town.session.select({"sites": ["site-2"]})
    assert identify.form is not None and "Bravo" in identify.title.text()
    identify.apply.click()
    assert identify.form is not None and str(town.session.undo_label) == "Town"
    identify.give_up.click()
    assert identify.form is None
    assert "<b>Charlie</b>" in identify.title.text()


def test_a_reference_jumps_and_the_way_back_is_kept(town: SmallDesk, qtbot: QtBot) -> None:
    identify = town.window.identify
    town.session.select({"sites": ["site-0"]})
    identify._jump("nodes", "node-east")
    assert identify.title.text() == "East"
    assert town.session.selection == {"nodes": frozenset({"node-east"})}
    identify.back.click()
    assert identify.title.text() == "Alfa"


def test_history_says_what_was_before(town: SmallDesk, qtbot: QtBot) -> None:
    panel = panel_of(town)
    editor = open_editor(panel, "site-3", "priority")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        type_into(qtbot, editor, "1")
    settle(town, qtbot)
    identify = town.window.identify
    identify.show_object("sites", "site-3")
    qtbot.waitUntil(lambda: "History" in identify.lines(), timeout=WAIT_MS)
    texts = [label.text() for label in identify.area.widget().findChildren(QWidget)
             if hasattr(label, "text")]  # fmt: skip
    assert "Priority: 4 → 1" in texts


def test_a_row_without_a_place_is_added_after_its_name_is_given(
    town: SmallDesk, qtbot: QtBot
) -> None:
    feature = feature_of(town)
    panel = panel_of(town, "organisations")
    panel.add.click()
    (dialog,) = town.window.findChildren(AddRowDialog)
    dialog.accept()
    assert dialog.isVisible() and dialog.form._faults["name"].text()
    qtbot.keyClicks(dialog.form.editors["name"], "Comune di Rho")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        dialog.accept()
    assert list(town.session.network.table("organisations")["name"]) == ["Comune di Rho"]
    assert panel.model.uids() == [dialog.uid]
    settle(town, qtbot)
    feature.add_to("agreements")
    other = next(d for d in town.window.findChildren(AddRowDialog) if d.isVisible())
    other.form.editors["body"].setText("Comune di Rho")
    other.form.editors["body"].changed.emit()
    qtbot.keyClicks(other.form.editors["signed"], "31/01/2026")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        other.accept()
    (row,) = town.session.network.table("agreements").itertuples()
    assert (row.body, row.signed) == (dialog.uid, "2026-01-31T00:00:00.000Z")


def test_a_deletion_is_told_and_taken_back(town: SmallDesk, qtbot: QtBot) -> None:
    before = content(town)
    panel = panel_of(town, "nodes")
    choose(panel, ["node-east"], "name")
    panel.delete()
    (dialog,) = town.window.findChildren(DeleteRowsDialog)
    assert "Spans: 2" in "\n".join(dialog.lines) and "Sites: 1" in "\n".join(dialog.lines)
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        dialog.accept()
    assert "node-east" not in town.session.network.table("nodes").index
    assert str(town.session.undo_label) == "Delete “East” from Nodes"
    undo(town, qtbot)
    assert content(town) == before


@pytest.mark.usefixtures("near_jobs")
def test_a_finding_is_mended_by_its_button(desk: Desk, qtbot: QtBot, project_path: Path) -> None:
    with qtbot.waitSignal(desk.session.project_changed, timeout=WAIT_MS):
        desk.session.open(project_path)
    town = desk
    findings = town.window.findings
    with qtbot.waitSignal(town.session.findings_changed, timeout=WAIT_MS):
        findings.check.click()
    rules = [item.rule for item in findings._shown]
    findings.table.selectRow(rules.index("span.length_missing"))
    assert findings.mend.isEnabled() and "Measure" in findings.advice.text()
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        findings.mend.click()
    assert town.session.network.table("spans")["route_length_m"].notna().all()
    assert str(town.session.undo_label) == "Mend: Measure the missing lengths on the map"
    qtbot.waitUntil(
        lambda: "span.length_missing" not in {item.rule for item in findings._shown},
        timeout=WAIT_MS,
    )
