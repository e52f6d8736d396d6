"""The parts of the window one by one: actions, names, table model, jobs, background, reports."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import jobs
from app.model.errors import InputError
from app.model.findings import Finding, Severity
from app.model.messages import message
from app.model.progress import Progress
from app.ui.actions import ACTIONS, MENUS
from app.ui.application import Desk
from app.ui.background import Background
from app.ui.crash import LastResort
from app.ui.dialogs.new_project import NewProjectDialog
from app.ui.dialogs.plan_parameters import PlanParametersDialog
from app.ui.dialogs.preferences import PreferencesDialog
from app.ui.jobs_runner import JobRunner
from app.ui.map.picking import Pick
from app.ui.map_menu import MapMenu
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.settings import RECENT_LIMIT, Settings
from app.ui.theme import COLORS, resolve
from app.ui.translation import catalogue
from app.ui.work import PlanWish

# -- actions ----------------------------------------------------------------------------------


def test_every_action_has_texts_a_slot_and_a_place_in_a_menu(town: Desk) -> None:
    window = town.window
    in_menus = {
        action.objectName()
        for entry in window.menuBar().actions()
        for action in entry.menu().actions()
    }
    for spec in ACTIONS:
        action = window.actions_by.by_id[spec.id]
        assert action.text() and action.toolTip() and action.statusTip(), spec.id
        assert callable(window._slot(spec.id)), spec.id
        assert spec.menu in MENUS and spec.id in in_menus, spec.id


def test_no_two_actions_share_a_shortcut() -> None:
    keys = [QKeySequence(spec.shortcut).toString() for spec in ACTIONS if spec.shortcut]
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_actions_need_what_they_work_on(desk: Desk) -> None:
    enabled = {name for name, action in desk.window.actions_by.by_id.items() if action.isEnabled()}
    assert {"new_project", "open_project", "open_demo", "preferences", "quit_program"} <= enabled
    assert not enabled & {"import_file", "export_plan", "undo", "redo", "new_plan", "zoom_all"}


def has_ancestor(widget: QWidget, kinds: Any) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, kinds) or has_ancestor(parent, kinds))


def test_every_control_has_a_name(town: Desk) -> None:
    kinds = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QAbstractButton)
    nameless = []
    for widget in town.window.findChildren(QWidget):
        is_ours = isinstance(widget, kinds) and not widget.objectName().startswith("qt_")
        if not is_ours or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if has_ancestor(widget, QComboBox | QAbstractItemView | QAbstractSpinBox):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            nameless.append(widget)
    assert nameless == []


def test_tools_follow_the_map(town: Desk) -> None:
    for tool in ("select", "zoom", "measure", "pan"):
        town.window.actions_by.by_id[f"tool_{tool}"].trigger()
        assert town.window.map.tool == tool
    town.window.map.set_tool("select")
    assert town.window.actions_by.by_id["tool_select"].isChecked()


# -- layers, layout, pages --------------------------------------------------------------------


def test_layers_hide_and_fade_on_the_map(town: Desk) -> None:
    tree = town.window.layers.tree
    told: list[tuple[object, ...]] = []
    town.window.layers.visibility_changed.connect(lambda *args: told.append(args))
    town.window.layers.opacity_changed.connect(lambda *args: told.append(args))
    tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    tree.setCurrentItem(tree.topLevelItem(1))
    town.window.layers._slider.setValue(40)
    assert told == [("sites", False), ("nodes", 0.4)]
    town.window.layers.refresh()
    assert tree.topLevelItem(0).checkState(0) == Qt.CheckState.Unchecked


def test_the_map_menu_offers_what_lies_below(town: Desk, qtbot: QtBot) -> None:
    told: list[tuple[str, str]] = []
    picks = [Pick("sites", "site-1", 0.0, 0), Pick("spans", "span-hub", 1.0, 1)]
    menu = MapMenu(
        town.session, picks, "1 2", lambda table, uid: told.append((table, uid)), town.window
    )
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:2] == ["Bravo && Co – Sites", "hub-east – Spans"]
    menu.actions()[1].trigger()
    menu.actions()[3].trigger()
    menu.actions()[-1].trigger()
    assert told == [("spans", "span-hub")]
    assert town.session.selection == {"sites": frozenset({"site-1"})}
    assert QGuiApplication.clipboard().text() == "1 2"
    menu.deleteLater()


def test_tooltips_show_markup_as_it_is(town: Desk) -> None:
    model = town.window.sites.model
    row = model.uids().index("site-2")
    assert model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) == (
        "<qt>&lt;b&gt;Charlie&lt;/b&gt;</qt>"
    )


def test_a_legend_counts_what_there_is(town: Desk) -> None:
    item = town.window.layers.tree.topLevelItem(0)
    counts = {item.child(n).text(0): item.child(n).text(1) for n in range(item.childCount())}
    assert counts == {"Hospital": "3", "School, primary": "5"}


def test_the_status_bar_shows_place_scale_and_crs(town: Desk) -> None:
    status = town.window.status
    town.window.map.cursor_moved.emit(515_000.0, 5_035_000.0)
    assert status.place.text() == "515,000.0  5,035,000.0"
    assert status.lonlat.text().startswith("45.46") and "9.19" in status.lonlat.text()
    status.lonlat.pressed.emit()
    assert status.lonlat.text().startswith("45°28'")
    status.lonlat.pressed.emit()
    assert status.lonlat.text().endswith("° E")
    status.show_scale(12_345.0)
    assert status.scale.text() == "1:12,000"
    assert status.crs.text() == "EPSG:7791"


def test_findings_are_filtered_and_replaced_by_origin(town: Desk) -> None:
    def finding(rule: str, severity: Severity) -> Finding:
        return Finding(rule, severity, message("Something about {rule}", rule=rule), "sites")

    town.session.set_findings("check", [finding("a", Severity.INFO), finding("b", Severity.ERROR)])
    town.session.set_findings("plan", [finding("c", Severity.WARNING)])
    model = town.window.findings.model
    texts = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert texts == ["Something about b", "Something about c", "Something about a"]
    town.window.findings.severity_box.setCurrentIndex(2)
    assert model.rowCount() == 1
    town.session.set_findings("plan", [])
    assert model.rowCount() == 0


def test_recent_projects_are_offered(desk: Desk, qtbot: QtBot, project_path: Path) -> None:
    desk.settings.remember(project_path)
    desk.window.welcome.refresh()
    with qtbot.waitSignal(desk.session.project_changed, timeout=10_000):
        desk.window.welcome.recent_wanted.emit(project_path)
    assert desk.session.path == project_path


def test_files_dropped_without_a_project_say_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.session.told) as told:
        desk.window.commands.import_paths([Path("sites.csv")])
    assert "project" in told.args[1]


def test_a_hidden_panel_comes_back_with_the_first_layout(town: Desk) -> None:
    town.window.docks["layers"].hide()
    town.window.actions_by.by_id["reset_layout"].trigger()
    assert not town.window.docks["layers"].isHidden()


# -- dialogs ----------------------------------------------------------------------------------


def test_new_project_dialog_says_what_is_missing(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dialog = NewProjectDialog(settings)
    qtbot.addWidget(dialog)
    dialog.name_box.setText("Rete nuova")
    assert dialog.path == tmp_path / "Rete_nuova.gpkg"
    dialog.crs_box.setEditText("EPSG:4326")
    dialog.accept()
    assert not dialog.error.isHidden() and dialog.result() == 0
    dialog.crs_box.setEditText("EPSG:32632")
    dialog.accept()
    assert dialog.result() == 1
    (tmp_path / "Rete_nuova.gpkg").touch()
    again = NewProjectDialog(settings)
    qtbot.addWidget(again)
    again.name_box.setText("Rete nuova")
    again.accept()
    assert again.result() == 0


def test_preferences_and_plan_options_are_taken_over(qtbot: QtBot, settings: Settings) -> None:
    dialog = PreferencesDialog(settings)
    qtbot.addWidget(dialog)
    dialog.theme_box.setCurrentIndex(dialog.theme_box.findData("dark"))
    dialog.accept()
    assert dialog.has_changed and settings.theme == "dark"
    options = PlanParametersDialog(PlanWish(name="x"))
    qtbot.addWidget(options)
    options.time_box.setValue(7)
    options.gap_box.setValue(2.5)
    options.planned_box.setChecked(True)
    options.accept()
    assert options.wish.time_limit_s == 7.0
    assert options.wish.gap == pytest.approx(0.025)
    assert "planned" in options.wish.statuses


# -- settings, texts --------------------------------------------------------------------------


def test_settings_survive_and_ignore_nonsense(tmp_path: Path) -> None:
    file = str(tmp_path / "s.ini")
    first = Settings(QSettings(file, QSettings.Format.IniFormat))
    paths = []
    for number in range(RECENT_LIMIT + 2):
        path = tmp_path / f"{number}.gpkg"
        path.touch()
        paths.append(path)
        first.remember(path)
    first.language, first.theme = "it", "dark"
    first._store.sync()
    second = Settings(QSettings(file, QSettings.Format.IniFormat))
    assert (second.language, second.theme) == ("it", "dark")
    assert second.recent == paths[: -RECENT_LIMIT - 1 : -1]
    paths[-1].unlink()
    assert second.recent[0] == paths[-2]
    second._store.setValue("theme", "pink")
    assert second.theme == "system" and resolve(second.theme) in COLORS


def test_english_plurals_need_no_catalogue() -> None:
    look = catalogue("en")
    assert look("Any", "%n site(s) lost", 1) == "%n site lost"
    assert look("Any", "%n site(s) lost", 2) == "%n sites lost"
    assert look("Any", "Sites", -1) == "Sites"


# -- the table model --------------------------------------------------------------------------

CELLS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.text(max_size=4)),
        st.one_of(st.just(float("nan")), st.floats(-9, 9)),
    ),
    max_size=30,
)


@rules(deadline=None, max_examples=60)
@given(CELLS, st.integers(0, 1), st.booleans(), st.integers(0, 2**30))
def test_the_model_sorts_as_python_does_and_loses_nothing(
    cells: list[tuple[str | None, float]], column: int, is_ascending: bool, bits: int
) -> None:
    texts = np.empty(len(cells), dtype=object)
    texts[:] = [text for text, _ in cells]
    frame = pd.DataFrame(
        {"text": texts, "number": np.array([number for _, number in cells], dtype=float)},
        index=[f"u{n}" for n in range(len(cells))],
    )
    mask = np.array([bool(bits >> n & 1) for n in range(len(cells))], dtype=bool)
    model = FrameModel([ViewColumn("text", "Text"), ViewColumn("number", "N", is_number=True)])
    model.set_frame(frame, mask)
    order = Qt.SortOrder.AscendingOrder if is_ascending else Qt.SortOrder.DescendingOrder
    model.sort(column, order)
    kept = [f"u{n}" for n in range(len(cells)) if mask[n]]
    assert sorted(model.uids()) == sorted(kept)

    def key(uid: str) -> str | float | None:
        text, number = cells[int(uid[1:])]
        if column == 0:
            return (text or "").casefold() or None
        return None if number != number else number

    known = [key(uid) for uid in model.uids() if key(uid) is not None]
    assert known == sorted(known, reverse=not is_ascending)  # type: ignore[type-var]
    # what is missing comes last, either way
    missing = [key(uid) is None for uid in model.uids()]
    assert missing == sorted(missing)
    assert model.rows_of(kept) == list(range(len(kept)))


def test_fifty_thousand_rows_sort_in_a_moment() -> None:
    count = 50_000
    texts = np.empty(count, dtype=object)
    texts[:] = [f"site {n * 7919 % count:05d}" for n in range(count)]
    model = FrameModel([ViewColumn("text", "Text")])
    model.set_frame(pd.DataFrame({"text": texts}, index=[str(n) for n in range(count)]))
    start_s = time.monotonic()
    model.sort(0)
    assert time.monotonic() - start_s < 2.0
    assert model.index(0, 0).data() == "site 00000"


# -- jobs, background, last resort ------------------------------------------------------------


def slow(seconds: float, progress: Progress) -> str:
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        progress(0.5, message("Working"))
        time.sleep(0.01)
    return "done"


def refusing(progress: Progress) -> None:
    raise InputError(message("Not like this"), ["a"])


def failing(progress: Progress) -> None:
    raise ZeroDivisionError


@pytest.fixture
def runner(qtbot: QtBot) -> JobRunner:
    return JobRunner()


def test_a_cancelled_job_delivers_nothing(runner: JobRunner, qtbot: QtBot) -> None:
    delivered: list[object] = []
    running = runner.start("Slow", slow, 60.0, deliver=delivered.append)
    qtbot.waitUntil(lambda: running.state.message is not None, timeout=30_000)
    with qtbot.waitSignal(runner.finished, timeout=10_000):
        running.cancel()
    assert delivered == [] and runner.running == []
    assert not runner._timer.isActive()


def test_an_expected_error_goes_to_its_owner_and_a_bug_to_the_report(
    runner: JobRunner, qtbot: QtBot
) -> None:
    refused: list[object] = []
    failed: list[object] = []
    runner.failed.connect(lambda _title, error: failed.append(error))
    runner.start("Refusing", refusing, deliver=print, refuse=refused.append)
    runner.start("Failing", failing, deliver=print)
    qtbot.waitUntil(lambda: len(refused) + len(failed) == 2, timeout=30_000)
    assert isinstance(refused[0], InputError) and refused[0].uids == ("a",)
    assert isinstance(failed[0], jobs.JobFailed) and "ZeroDivisionError" in failed[0].trace


def test_closing_ends_what_runs(runner: JobRunner) -> None:
    running = runner.start("Slow", slow, 60.0, deliver=print)
    runner.close()
    assert running.job.poll().is_done
    assert runner.running == []


def test_background_keeps_the_order_and_one_thread(qtbot: QtBot) -> None:
    background = Background()
    threads: set[int] = set()
    order: list[int] = []
    busy: list[bool] = []
    background.busy_changed.connect(busy.append)

    def note() -> None:
        threads.add(threading.get_ident())

    for number in range(20):
        background.run(note, lambda _nothing, n=number: order.append(n))
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20)) and len(threads) == 1
    assert threads != {threading.get_ident()}
    assert busy == [True, False]
    background.close()


@pytest.mark.qt_no_exception_capture
def test_what_nobody_caught_becomes_a_report(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = LastResort(desk.report, desk.last_action)
    hook.install()
    try:
        try:
            raise RuntimeError("unexpected")
        except RuntimeError as error:
            sys.excepthook(RuntimeError, error, error.__traceback__)
    finally:
        hook.remove()
    dialog = desk._crash
    assert dialog is not None and dialog.isVisible()
    dialog.save(tmp_path / "report.txt")
    told = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "RuntimeError: unexpected" in told and "test_desk_parts" in told
    desk.report("a second one waits")
    assert desk._crash is dialog
    dialog.reject()
    assert desk._crash is None
    assert "unexpected" in capsys.readouterr().err
