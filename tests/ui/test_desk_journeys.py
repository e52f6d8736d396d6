"""Whole journeys through the window, as a planner makes them."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from desk_support import JOB_MS, dialog_of, make_plan, press, select_in_table, trigger
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.io.geopackage import register_functions
from app.io.project import Project
from app.model.changes import combine, insert, update
from app.model.edits import set_values
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES
from app.ui.application import Desk
from app.ui.dialogs.export_dialog import ExportDialog
from app.ui.dialogs.import_dialog import ImportDialog
from app.ui.map.tools import SelectionRequest
from app.ui.work import Appraisal
from app.workflows import placeholder_share

NETWORK = ("nodes", "spans", "sites", "plans", "plan_spans", "plan_nodes", "plan_sites")


class Pulse:
    """Measure the longest time for which the event loop did not come round."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._last_s = time.monotonic()
        self._timer = QTimer()
        self._timer.setInterval(16)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now_s = time.monotonic()
        self.longest_s = max(self.longest_s, now_s - self._last_s)
        self._last_s = now_s

    def stop(self) -> float:
        self._timer.stop()
        return self.longest_s


def test_a_project_opens_and_shows_what_is_in_it(town: Desk) -> None:
    window = town.window
    assert window.windowTitle() == "Town – Anello"
    assert window.pages.currentWidget() is window.map
    assert window.sites.model.rowCount() == 8
    tree = window.layers.tree
    counts = {
        tree.topLevelItem(n).text(0): tree.topLevelItem(n).text(1)
        for n in range(tree.topLevelItemCount())
    }
    assert counts == {"Sites": "8", "Nodes": "4", "Spans": "4", "Streets": "144"}
    assert town.settings.recent == [town.session.path]


def test_selection_goes_from_table_to_map_and_back(town: Desk, qtbot: QtBot) -> None:
    uids = select_in_table(town, {"Delta", "Golf"})
    assert town.session.selection == {"sites": frozenset(uids)}
    assert town.window.map._selection == town.session.selection
    request = SelectionRequest({"sites": frozenset({"site-4"})}, "add")
    town.window.map.selection_requested.emit(request)
    rows = {index.row() for index in town.window.sites.table.selectionModel().selectedRows()}
    shown = {town.window.sites.model.uid_at(row) for row in rows}
    assert shown == {*uids, "site-4"}
    press(town, qtbot, "clear_selection")
    assert not town.window.sites.table.selectionModel().hasSelection()


def test_typing_narrows_the_table_and_hidden_sites_stay_selected(town: Desk, qtbot: QtBot) -> None:
    sites = town.window.sites
    town.session.select({"sites": ["site-1"]})
    qtbot.keyClicks(sites.filter_box, "rho")
    qtbot.waitUntil(lambda: sites.model.rowCount() == 3)
    assert town.session.selection == {"sites": frozenset({"site-1"})}
    sites.connected_box.setCurrentIndex(1)
    assert sites.model.rowCount() == 0
    sites.filter_box.clear()
    qtbot.waitUntil(lambda: sites.model.rowCount() == 1)
    assert sites.shown_uids() == ["site-0"]


def test_plan_preview_accept_undo_redo(town: Desk, qtbot: QtBot) -> None:
    session = town.session
    untouched = session.network.content_hash(NETWORK)
    pulse = Pulse()
    uid = make_plan(town, qtbot, {"Delta", "Foxtrot", "Hotel"})
    assert pulse.stop() < 1.0
    assert session.preview == uid
    assert town.window.plans.list.current_uid() == uid
    assert session.network.content_hash(("nodes", "spans")) == _hash_of_built(town)
    planned = session.network.content_hash(NETWORK)
    trigger(town, qtbot, "accept_plan")
    accepted = session.network.content_hash(NETWORK)
    assert (session.network.table("spans")["status"] == "planned").any()
    assert not town.window.actions_by.by_id["accept_plan"].isEnabled()
    trigger(town, qtbot, "undo")
    assert session.network.content_hash(NETWORK) == planned
    trigger(town, qtbot, "undo")
    assert session.network.content_hash(NETWORK) == untouched
    assert session.preview == ""
    trigger(town, qtbot, "redo")
    trigger(town, qtbot, "redo")
    assert session.network.content_hash(NETWORK) == accepted
    assert session.undo_stack.index() == session.undo_stack.count() == 2


def _hash_of_built(desk: Desk) -> str:
    path = desk.session.path
    assert path is not None
    with Project.open(path, read_only=True) as project:
        network = project.read()
    assert (network.table("spans")["status"] != "planned").all()
    return network.content_hash(("nodes", "spans"))


@pytest.mark.usefixtures("near_jobs")
def test_a_plan_of_connected_sites_says_that_there_is_nothing_to_do(
    town: Desk, qtbot: QtBot
) -> None:
    assert make_plan(town, qtbot, {"Alfa"}) == ""
    assert town.session.network.table("plans").empty
    assert not town.window.plans.note.isHidden()
    assert town.window.plans.form.run.isEnabled()


@pytest.mark.usefixtures("near_jobs")
def test_a_plan_says_when_its_data_have_changed(town: Desk, qtbot: QtBot) -> None:
    uid = make_plan(town, qtbot, {"Delta"})
    with qtbot.waitSignal(town.window.cases.appraised, timeout=JOB_MS) as told:
        town.window.cases.appraise(uid)
    share = placeholder_share(town.session.network, uid)
    assert told.args == [uid, Appraisal(False, share)]
    assert 0.5 < share < 1.0  # chambers have a source, trench and cable have none
    change = set_values(town.session.network, "streets", ["street-0-0-1"], {"surface": "stone"})
    with qtbot.waitSignal(town.window.cases.appraised, timeout=JOB_MS) as told:
        town.session.do(None, change)
    assert told.args[1].is_out_of_date
    assert not town.window.plans.age.isHidden()
    shown = town.window.plans.details.values["share"].text()
    assert shown.startswith(f"{share * 100:.0f}")


def test_undo_leaves_rows_of_others_alone_and_says_so(
    town: Desk, qtbot: QtBot, project_path: Path
) -> None:
    change = set_values(town.session.network, "sites", ["site-1", "site-2"], {"priority": 5})
    with qtbot.waitSignal(town.session.changed, timeout=10_000):
        town.session.do(None, change)
    with closing(sqlite3.connect(project_path)) as other:
        register_functions(other)
        other.execute("UPDATE sites SET priority = 1 WHERE uid = 'site-2'")
        other.commit()
    with qtbot.waitSignal(town.session.told, timeout=10_000) as told:
        press(town, qtbot, "undo")
    assert told.args[0] == "warning" and told.args[1].startswith("1 row ")
    priorities = town.session.network.table("sites")["priority"]
    assert (priorities["site-1"], priorities["site-2"]) == (2, 1)


@pytest.mark.usefixtures("near_jobs")
def test_a_planned_span_names_its_ends_and_quantities(town: Desk, qtbot: QtBot) -> None:
    make_plan(town, qtbot, {"Delta", "Foxtrot"})
    spans, nodes = (town.session.network.table(name) for name in ("plan_spans", "plan_nodes"))
    panel = town.window.identify
    panel.show_object("plan_spans", str(spans.index[0]))
    shown = panel.lines()
    for label in ("Start node", "End node"):
        assert shown[label] and shown[label] not in nodes.index
    quantities = shown["Quantities by price item"].splitlines()
    assert quantities and all(": " in line and "=" not in line for line in quantities)


@pytest.mark.usefixtures("near_jobs")
def test_a_dropped_file_is_imported_and_can_be_undone(
    town: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "sedi.csv"
    path.write_text(
        "nome;categoria;lon;lat\n"
        "Biblioteca Nord;library;9,1925;45,4667\n"
        "Farmacia Sud;pharmacy;9,1930;45,4670\n"
        "Senza posto;library;;\n",
        encoding="utf-8",
    )
    town.window.map.files_dropped.emit([str(path)])
    dialog: ImportDialog = dialog_of(town, qtbot, ImportDialog)
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=JOB_MS)
    assert dialog.target_box.currentData() == "sites"
    assert dialog.mapping.boxes["name"].currentData() == "nome"
    dialog.crs_box.setText("EPSG:4326")
    with qtbot.waitSignal(town.session.changed, timeout=JOB_MS):
        dialog.primary.click()
    counts = {key: label.text() for key, label in dialog.outcome.counts.items()}
    assert counts == {"read": "3", "accepted": "2", "rejected": "1"}
    assert "Biblioteca Nord" in set(town.session.network.table("sites")["name"])
    dialog.reject()
    trigger(town, qtbot, "undo")
    assert len(town.session.network.table("sites")) == 8


@pytest.mark.usefixtures("near_jobs")
def test_a_file_that_is_none_is_refused_in_the_dialog(
    town: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "nothing.geojson"
    path.write_text("{", encoding="utf-8")
    town.window.commands.import_paths([path])
    dialog: ImportDialog = dialog_of(town, qtbot, ImportDialog)
    qtbot.waitUntil(lambda: not dialog.error.isHidden(), timeout=JOB_MS)
    assert path.name in dialog.error.text()
    assert not dialog.primary.isEnabled()
    dialog.reject()


@pytest.mark.usefixtures("near_jobs")
def test_a_chosen_mapping_is_remembered_in_the_project(
    town: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "sedi.csv"
    text = "nome;chi;lon;lat\nUno;Comune;9,1925;45,4667\n"
    path.write_text(text, encoding="utf-8")
    town.window.commands.import_paths([path])
    dialog: ImportDialog = dialog_of(town, qtbot, ImportDialog)
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=JOB_MS)
    box = dialog.mapping.boxes["payer"]
    box.setCurrentIndex(box.findData("chi"))
    with qtbot.waitSignal(town.session.changed, timeout=JOB_MS):
        dialog.primary.click()
    dialog.reject()
    assert "Comune" in set(town.session.network.table("sites")["payer"])
    path.write_text(text.replace("Uno", "Due"), encoding="utf-8")
    qtbot.waitUntil(lambda: not town.window.findChildren(ImportDialog))
    town.window.commands.import_paths([path])
    again: ImportDialog = dialog_of(town, qtbot, ImportDialog)
    qtbot.waitUntil(
        lambda: (
            "payer" in again.mapping.boxes and again.mapping.boxes["payer"].currentData() == "chi"
        ),
        timeout=JOB_MS,
    )
    again.reject()


@pytest.mark.usefixtures("near_jobs")
def test_findings_jump_to_their_place(town: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(town.session.findings_changed, timeout=JOB_MS):
        press(town, qtbot, "check_data")
    panel = town.window.findings
    assert panel.model.rowCount() == len(town.session.findings) > 0
    number = next(n for n, item in enumerate(panel._shown) if item.uids and item.table == "sites")
    panel.table.selectRow(number)
    finding = panel._shown[number]
    before = town.window.map.camera
    panel.jump()
    assert town.session.selection == {"sites": frozenset(finding.uids)}
    assert town.window.map.camera != before


@pytest.mark.usefixtures("near_jobs")
def test_a_plan_is_exported(town: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    make_plan(town, qtbot, {"Delta", "Foxtrot"})
    press(town, qtbot, "export_plan")
    dialog: ExportDialog = dialog_of(town, qtbot, ExportDialog)
    for suffix, tick in dialog.ticks.items():
        tick.setChecked(suffix in (".xlsx", ".ofds.json"))
    dialog.stem_box.setText("bill")
    exported = town.window.cases.exported
    with qtbot.waitSignals([exported, exported], timeout=JOB_MS):
        dialog.primary.click()
    network = json.loads((tmp_path / "bill.ofds.json").read_text(encoding="utf-8"))["networks"][0]
    assert any(span["status"] == "proposed" for span in network["spans"])
    book = openpyxl.load_workbook(tmp_path / "bill.xlsx")
    assert book.sheetnames
    book.close()
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert "bill.xlsx" in dialog._states[".xlsx"].text()
    dialog.reject()


def test_the_language_changes_while_the_project_stays(
    town: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, session = town.window, town.session
    session.select({"sites": ["site-3"]})
    camera = first.map.camera
    town.settings.language = "it"
    town.restyle()
    qtbot.waitExposed(town.window)
    assert town.window is not first
    assert town.session is session and session.is_open
    # "&File" is the same word in Italian, "&Edit" is not
    title = town.window.menuBar().actions()[1].text()
    assert title != "&Edit" or not _has_italian("actions", "&Edit")
    assert town.window.sites.model.index(3, 6).data() == "4.000"
    assert town.window.map.camera.x == pytest.approx(camera.x)
    rows = town.window.sites.table.selectionModel().selectedRows()
    assert [town.window.sites.model.uid_at(index.row()) for index in rows] == ["site-3"]


def _has_italian(context: str, source: str) -> bool:
    from app.io.translations import translator

    return translator("it")(context, source) != source


def test_a_change_made_outside_is_taken_over(town: Desk, qtbot: QtBot, project_path: Path) -> None:
    with Project.open(project_path) as other:
        rows = other.read().table("sites").loc[["site-2"]]
        other.apply(combine(message("Rename"), [update("sites", rows, {"name": "Renamed"})]))
        with qtbot.waitSignal(town.session.changed, timeout=10_000):
            town.session._look_outside()
    assert "Renamed" in set(town.session.network.table("sites")["name"])


def test_names_from_files_are_never_markup(town: Desk) -> None:
    panel = town.window.identify
    panel.show_object("sites", "site-2")
    assert panel.title.text() == "<b>Charlie</b>"
    for label in town.window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text()


def test_identify_shows_units_and_history(town: Desk, qtbot: QtBot) -> None:
    panel = town.window.identify
    town.window.map.picked.emit("sites", "site-3")

    assert panel.lines()["Peak rate"] == "4,000 Mbit/s"
    qtbot.waitUntil(lambda: "History" in panel.lines(), timeout=5000)


def test_a_project_is_created_and_closed(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "new.gpkg"
    with qtbot.waitSignal(desk.session.project_changed, timeout=JOB_MS):
        desk.session.create(path, "Brand new", "EPSG:7791")
    assert desk.window.windowTitle() == "Brand new – Anello"
    assert len(desk.session.network.table("price_items")) > 0
    press(desk, qtbot, "close_project")
    assert desk.window.pages.currentWidget() is desk.window.welcome
    assert not (tmp_path / "new.gpkg-wal").exists()


def test_a_broken_file_is_refused_with_a_message(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.gpkg"
    path.write_bytes(b"no database")
    with qtbot.waitSignal(desk.session.refused, timeout=10_000):
        desk.session.open(path)
    assert not desk.session.is_open
    shown = [box for box in desk.window.children() if hasattr(box, "setInformativeText")]
    assert len(shown) == 1
    shown[0].reject()  # type: ignore[attr-defined]  # a message box


def test_connected_means_that_the_network_reaches_a_hub(town: Desk, qtbot: QtBot) -> None:
    session, sites = town.session, town.window.sites
    assert session.connected == frozenset({"site-0"})
    assert session.is_modelled is False
    cut = set_values(session.network, "spans", ["span-hub", "span-east"], {"status": "inactive"})
    with qtbot.waitSignal(session.connected_changed, timeout=10_000):
        session.do(None, cut)
    assert session.connected == frozenset()
    sites.connected_box.setCurrentIndex(1)
    assert sites.shown_uids() == []


def test_the_newest_draft_is_shown_when_a_project_opens(
    desk: Desk, qtbot: QtBot, project_path: Path
) -> None:
    with Project.open(project_path) as project:
        rows = [
            {"uid": f"plan-{n}", "name": f"Plan {n}", "created": f"2026-01-0{n}T00:00:00.000Z"}
            for n in (1, 3, 2)
        ]
        rows.append({**rows[0], "uid": "done", "name": "Done", "accepted": "2026-02-01T00:00:00Z"})
        rows[-1]["created"] = "2026-02-01T00:00:00.000Z"
        crs = project.crs
        project.apply(
            combine(
                message("Plans"), [insert("plans", frame_from_rows(TABLES["plans"], rows, crs))]
            )
        )
    with qtbot.waitSignal(desk.session.project_changed, timeout=10_000):
        desk.session.open(project_path)
    assert desk.session.preview == "plan-3"
    assert desk.window.plans.list.current_uid() == "plan-3"
    assert desk.window.actions_by.by_id["accept_plan"].isEnabled()


def test_escape_clears_the_selection(town: Desk, qtbot: QtBot) -> None:
    town.session.select({"sites": ["site-1"]})
    qtbot.keyClick(town.window, Qt.Key.Key_Escape)
    assert town.session.selection == {}


def test_find_goes_to_the_filter(town: Desk, qtbot: QtBot) -> None:
    town.window.show_panel("findings")
    qtbot.keyClick(town.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(town.window.focusWidget(), "rho")
    assert town.window.sites.filter_box.text() == "rho"


def test_hidden_layers_stay_hidden(town: Desk, qtbot: QtBot) -> None:
    tree = town.window.layers.tree
    item = next(
        tree.topLevelItem(n)
        for n in range(tree.topLevelItemCount())
        if tree.topLevelItem(n).text(0) == "Streets"
    )
    item.setCheckState(0, Qt.CheckState.Unchecked)
    town.restyle()
    qtbot.waitExposed(town.window)
    assert town.window.layers.hidden() == ["streets"]
    assert not town.window.map._content.is_visible("streets")
