"""Tables and forms as a planner uses them: typed in Italian, pasted, changed in numbers, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from table_support import (
    WAIT_MS,
    SmallDesk,
    cell,
    choose,
    content,
    feature_of,
    open_editor,
    panel_of,
    settle,
    stored,
    type_into,
    undo,
)

from app.ui.application import Desk
from app.ui.dialogs.column_filter import ListFilter, RangeFilter
from app.ui.features.tables import TablesFeature
from app.ui.panels.cells import split_cells
from app.ui.panels.editors import ChoiceEditor
from app.ui.panels.table_menus import columns_menu, context_menu, header_menu
from app.ui.panels.tables import TablesPanel
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


@pytest.fixture
def italian(settings: Settings) -> Settings:
    """Settings of an Italian planner; to be asked for before the desk."""
    settings.language = "it"
    return settings


@pytest.mark.usefixtures("italian")
class TestInItalian:
    """What is typed with a decimal comma arrives, and nothing else does."""

    def test_a_decimal_comma_in_a_cell(
        self, italian: Settings, town: SmallDesk, qtbot: QtBot
    ) -> None:
        del italian
        panel = panel_of(town)
        before = content(town)
        editor = open_editor(panel, "site-3", "guaranteed_mbps")
        with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
            type_into(qtbot, editor, "1.234,5")
        assert stored(town, "sites", "site-3", "guaranteed_mbps") == 1234.5
        assert "Delta" in str(town.session.undo_label)
        undo(town, qtbot)
        assert content(town) == before

    def test_a_point_is_refused_at_the_cell_and_nothing_is_lost(
        self, italian: Settings, town: SmallDesk, qtbot: QtBot
    ) -> None:
        del italian
        panel = panel_of(town)
        editor = open_editor(panel, "site-3", "guaranteed_mbps")
        type_into(qtbot, editor, "1234.5")
        assert editor.isVisible() and editor.text() == "1234.5"
        assert panel.delegate.note is not None and "1234,5" in panel.delegate.note.text()
        panel.table_box.setFocus()
        assert editor.isVisible() and editor.text() == "1234.5"
        editor.setFocus()
        with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
            type_into(qtbot, editor, "1234,5")
        assert stored(town, "sites", "site-3", "guaranteed_mbps") == 1234.5
        assert panel.delegate.note is None

    def test_a_decimal_comma_in_a_form(
        self, italian: Settings, town: SmallDesk, qtbot: QtBot
    ) -> None:
        del italian
        town.session.select({"sites": ["site-3"]})
        feature_of(town).edit_objects()
        form = town.window.identify.form
        assert form is not None
        field = form.editors["guaranteed_mbps"]
        qtbot.keyClicks(field, "0,5 Gbit/s")
        with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
            town.window.identify.apply.click()
        assert stored(town, "sites", "site-3", "guaranteed_mbps") == 500.0
        qtbot.waitUntil(lambda: town.window.identify.form is None, timeout=WAIT_MS)

    def test_figures_are_copied_with_a_comma_and_found_with_one(
        self, italian: Settings, town: SmallDesk, qtbot: QtBot
    ) -> None:
        del italian
        panel = panel_of(town)
        editor = open_editor(panel, "site-3", "guaranteed_mbps")
        with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
            type_into(qtbot, editor, "1234,5")
        settle(town, qtbot)
        choose(panel, ["site-3"], "guaranteed_mbps")
        panel.copy_cells()
        assert QGuiApplication.clipboard().text() == "1234,5"
        panel.filter.box.setText("1234,5")
        qtbot.waitUntil(lambda: panel.model.uids() == ["site-3"], timeout=WAIT_MS)


def test_a_closed_list_is_stored_as_soon_as_it_is_chosen(town: SmallDesk, qtbot: QtBot) -> None:
    panel = panel_of(town)
    editor = open_editor(panel, "site-3", "category")
    assert isinstance(editor, ChoiceEditor)
    editor.setCurrentIndex(editor.findData("library"))
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        editor.activated.emit(editor.currentIndex())
    assert stored(town, "sites", "site-3", "category") == "library"
    assert str(town.session.undo_label) == "Change Category of Delta"


def test_a_reference_is_found_by_a_part_of_its_name(town: SmallDesk, qtbot: QtBot) -> None:
    panel = panel_of(town)
    editor = open_editor(panel, "site-3", "node")
    qtbot.keyClicks(editor, "ort")
    completer = editor.completer()
    offered = [completer.model().index(n, 0).data() for n in range(completer.model().rowCount())]
    assert offered == ["North"]
    completer.popup().hide()
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        type_into(qtbot, editor, "North")
    assert stored(town, "sites", "site-3", "node") == "node-north"


def test_escape_gives_a_wrong_value_up(town: SmallDesk, qtbot: QtBot) -> None:
    panel = panel_of(town)
    editor = open_editor(panel, "site-3", "priority")
    type_into(qtbot, editor, "9")
    assert panel.delegate.note is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert panel.delegate.note is None
    assert stored(town, "sites", "site-3", "priority") == 4
    assert str(town.session.undo_label) == "Town"


def test_a_column_of_a_spreadsheet_is_pasted_in_the_order_shown(
    town: SmallDesk, qtbot: QtBot
) -> None:
    panel = panel_of(town)
    before = content(town)
    panel.view.sortByColumn(panel.number_of("name"), Qt.SortOrder.DescendingOrder)
    top = panel.model.uids()[:3]
    choose(panel, top[:1], "priority")
    QGuiApplication.clipboard().setText("1\r\n2\r\n3\r\n")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        qtbot.keyClick(panel.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [stored(town, "sites", uid, "priority") for uid in top] == [1, 2, 3]
    assert str(town.session.undo_label) == "Paste 3 values into Priority of Sites"
    undo(town, qtbot)
    assert content(town) == before


def test_one_value_fills_all_chosen_cells_and_delete_empties_them(
    town: SmallDesk, qtbot: QtBot
) -> None:
    panel = panel_of(town)
    choose(panel, ["site-2", "site-5"], "payer")
    QGuiApplication.clipboard().setText("Città metropolitana")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        qtbot.keyClick(panel.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert stored(town, "sites", "site-5", "payer") == "Città metropolitana"
    settle(town, qtbot)
    choose(panel, ["site-2", "site-5"], "payer")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert stored(town, "sites", "site-2", "payer") is None


@pytest.mark.parametrize(
    ("text", "word"),
    [("1\n7\n2", "Row 2"), ("1\n" * 20, "20 rows"), ("one", "no number")],
)
def test_a_paste_with_a_bad_cell_stores_nothing(town: SmallDesk, text: str, word: str) -> None:
    panel = panel_of(town)
    told: list[str] = []
    town.session.told.connect(lambda _severity, line: told.append(line))
    choose(panel, ["site-2"], "priority")
    panel.paste(split_cells(text))
    assert any(word in line for line in told)
    assert str(town.session.undo_label) == "Town"


def test_cells_of_spreadsheets_are_split_as_they_write_them() -> None:
    assert split_cells("a\tb\r\nc\t\r\n") == [["a", "b"], ["c", ""]]
    assert split_cells('"two\nlines"\t"say ""hi"""\n') == [["two\nlines", 'say "hi"']]
    assert split_cells("1\n\n3\n") == [["1"], [""], ["3"]]


def test_words_and_conditions_narrow_the_table(town: SmallDesk) -> None:
    panel = panel_of(town)

    def narrowed(text: str) -> set[str]:
        panel.filter.box.setText(text)
        panel.filter.changed.emit()
        return set(panel.model.uids())

    assert narrowed("delta") == {"site-3"}
    assert narrowed("rho hospital") == {"site-6"}
    assert narrowed("priority <= 1") == {"site-0", "site-5"}
    assert narrowed("Peak rate > 6000 and municipality = 'Rho'") == {"site-6", "site-7"}
    assert len(narrowed("")) == 8
    kept = narrowed("priority <= 2")
    assert narrowed("priority <") == kept
    assert "expected" in panel.filter.fault.text()
    assert panel.filter.fault.isVisibleTo(panel)
    assert panel.filter.where(panel.table) == "(priority <)"


def test_columns_are_narrowed_by_list_and_range(town: SmallDesk, qtbot: QtBot) -> None:
    panel = panel_of(town)
    panel.filter_column("municipality")
    (listed,) = panel.findChildren(ListFilter)
    counts = {item.text(0): item.text(1) for item in listed.items()}
    assert counts == {"Milano": "5", "Rho": "3"}
    next(i for i in listed.items() if i.text(0) == "Rho").setCheckState(0, Qt.CheckState.Checked)
    listed.accept()
    assert panel.model.rowCount() == 3
    panel.filter_column("peak_mbps")
    (ranged,) = panel.findChildren(RangeFilter)
    qtbot.keyClicks(ranged.low, "seven")
    ranged.accept()
    assert ranged.isVisible() and "seven" in ranged.error.text()
    ranged.low.setText("7 Gbit/s")
    ranged.accept()
    assert set(panel.model.uids()) == {"site-6", "site-7"}
    assert panel.filter.where(panel.table) == "(municipality in ('Rho')) and (peak_mbps >= 7000.0)"
    panel.filter.set_condition("municipality", "", "")
    panel.filter.set_condition("peak_mbps", "", "")
    assert panel.model.rowCount() == 8


def test_selection_goes_both_ways_and_can_be_all_that_is_shown(
    town: SmallDesk, qtbot: QtBot
) -> None:
    panel = panel_of(town)
    town.session.select({"sites": ["site-2", "site-4"]})
    assert set(panel.chosen()) == {"site-2", "site-4"}
    panel.only.click()
    assert set(panel.model.uids()) == {"site-2", "site-4"}
    panel.only.click()
    choose(panel, ["site-6"], "name")
    qtbot.waitUntil(
        lambda: town.session.selection == {"sites": frozenset({"site-6"})}, timeout=WAIT_MS
    )


def test_sums_speak_of_what_is_chosen_and_else_of_what_is_shown(town: SmallDesk) -> None:
    panel = panel_of(town)
    choose(panel, ["site-0", "site-1", "site-3"], "peak_mbps")
    text = panel.summary_text()
    assert "3 values" in text and "sum 7,000" in text
    assert "least 1,000" in text and "most 4,000" in text
    choose(panel, ["site-0"], "peak_mbps")
    assert "8 values" in panel.summary_text()
    choose(panel, ["site-0"], "name")
    assert panel.summary_text() == ""


def test_columns_chosen_and_widened_are_kept(town: SmallDesk, tmp_path: Path) -> None:
    panel = panel_of(town)
    note, name = panel.number_of("note"), panel.number_of("name")
    panel.view.setColumnWidth(name, 333)
    next(a for a in columns_menu(panel).actions() if a.text() == "Note").setChecked(False)
    panel.show_table("nodes")
    panel.show_table("sites")
    assert panel.view.columnWidth(name) == 333 and panel.view.isColumnHidden(note)
    again = TablesPanel(town.session)
    panel.keep()
    again.show_table("sites")
    assert again.view.columnWidth(name) == 333
    again.reset_columns()
    assert not again.view.isColumnHidden(note)
    again.deleteLater()
    titles = {action.text() for action in header_menu(panel, name).actions()}
    assert "Filter by this column…" in titles
    assert {action.text() for action in context_menu(panel).actions()} >= {"Paste", "Delete…"}


def test_a_row_stays_in_its_place_while_it_is_edited(town: SmallDesk, qtbot: QtBot) -> None:
    panel = panel_of(town)
    panel.view.sortByColumn(panel.number_of("priority"), Qt.SortOrder.AscendingOrder)
    order = panel.model.uids()
    editor = open_editor(panel, order[0], "priority")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        type_into(qtbot, editor, "5")
    assert panel.model.uids() == order
    assert cell(panel, order[0], "priority").data() == "5"


@pytest.mark.usefixtures("near_jobs")
def test_the_table_is_written_as_it_is_shown(town: SmallDesk, qtbot: QtBot, tmp_path: Path) -> None:
    panel = panel_of(town)
    panel.filter.box.setText("municipality = 'Rho'")
    panel.filter.changed.emit()
    panel.view.sortByColumn(panel.number_of("name"), Qt.SortOrder.DescendingOrder)
    target = tmp_path / "out.xlsx"
    columns = ["name", "peak_mbps"]
    with qtbot.waitSignal(town.session.told, timeout=WAIT_MS):
        feature_of(town).export_to(target, "sites", panel.model.uids(), columns)
    rows = list(openpyxl.load_workbook(target).active.values)
    assert [row[0] for row in rows] == ["Name", "Hotel", "Golf", "Foxtrot"]
    assert [row[1] for row in rows[1:]] == [8000, 7000, 6000]


@pytest.fixture
def one_town(town: SmallDesk) -> Iterator[SmallDesk]:
    """The same open town for many examples."""
    yield town


@settings(
    deadline=None,
    max_examples=4,  # each opens nothing anew, but writes and reads the file
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    column=st.sampled_from(["name", "priority", "peak_mbps", "category", "note"]),
    uid=st.sampled_from([f"site-{number}" for number in range(8)]),
    text=st.sampled_from(["", "1", "3", "2.5", "x", "hospital", "Library", "-1", "1,000"]),
)
def test_any_paste_and_its_undo_leave_the_network_identical(
    one_town: SmallDesk, qtbot: QtBot, column: str, uid: str, text: str
) -> None:
    panel = panel_of(one_town)
    before, steps = content(one_town), one_town.session.undo_stack.count()
    choose(panel, [uid], column)
    panel.paste([[text]])
    settle(one_town, qtbot)
    if content(one_town) != before:
        undo(one_town, qtbot)
    assert content(one_town) == before
    assert one_town.session.undo_stack.count() <= steps + 1


def test_the_panel_stands_in_the_window_and_follows_the_map(desk: Desk) -> None:
    feature = next(item for item in desk.window.features if isinstance(item, TablesFeature))
    assert desk.window.docks["tables"].widget() is feature.panel
    assert feature.panel.model.rowCount() == 0 and feature.panel.summary_text() == ""
