"""Going to places and running commands from the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.dialogs.quick_pick import QuickPick


def picker(desk: Desk) -> QuickPick:
    """Return the quick pick that is open."""
    found = [child for child in desk.window.findChildren(QuickPick) if child.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_misspelled_site_is_found_selected_and_shown(town: Desk, qtbot: QtBot) -> None:
    town.window.actions_by.by_id["go_to"].trigger()
    pick = picker(town)
    qtbot.keyClicks(pick.box, "detla")
    with qtbot.waitSignal(town.session.zoom_requested):
        qtbot.keyClick(pick.box, Qt.Key.Key_Return)
    sites = town.session.network.table("sites")
    delta = frozenset(sites.index[sites["name"] == "Delta"])
    assert town.session.selection == {"sites": delta}
    assert town.session.highlight == {"sites": delta}


def test_a_command_is_run_by_a_part_of_its_name(town: Desk, qtbot: QtBot) -> None:
    town.window.actions_by.by_id["command_palette"].trigger()
    pick = picker(town)
    qtbot.keyClicks(pick.box, "not connected")
    qtbot.waitUntil(lambda: pick.list.count() == 1)
    qtbot.keyClick(pick.box, Qt.Key.Key_Return)
    assert town.session.selection["sites"]


def test_arrows_move_the_choice_and_escape_does_nothing(town: Desk, qtbot: QtBot) -> None:
    town.window.actions_by.by_id["command_palette"].trigger()
    pick = picker(town)
    assert pick.list.count() > 10 and pick.list.currentRow() == 0
    qtbot.keyClick(pick.box, Qt.Key.Key_Down)
    assert pick.list.currentRow() == 1
    qtbot.keyClick(pick.box, Qt.Key.Key_Escape)
    assert not pick.isVisible()
    assert town.session.selection == {}


def test_nothing_found_is_said(town: Desk, qtbot: QtBot) -> None:
    town.window.actions_by.by_id["go_to"].trigger()
    pick = picker(town)
    qtbot.keyClicks(pick.box, "xqzzyw")
    qtbot.waitUntil(pick.nothing.isVisible)
    qtbot.keyClick(pick.box, Qt.Key.Key_Return)
    assert pick.isVisible()
    pick.reject()


def test_many_names_are_indexed_in_the_background(
    town: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.going._MANY_ROWS", 1)
    town.window.actions_by.by_id["go_to"].trigger()
    pick = picker(town)
    qtbot.keyClicks(pick.box, "detla")
    qtbot.waitUntil(lambda: pick.list.count() > 0, timeout=5000)
    assert pick.list.item(0).text() == "Delta"
    pick.reject()
