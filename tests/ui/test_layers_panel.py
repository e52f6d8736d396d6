"""The layer list: dragged, filtered, kept with the project."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.model.errors import InputError
from app.ui.application import Desk
from app.ui.panels.layers import SETTING


def kept(town: Desk, qtbot: QtBot) -> dict[str, object]:
    """Return what the project keeps, once it does."""
    answers: list[object] = []
    town.window.layers._keep.stop()
    town.window.layers._store()
    town.session.ask(lambda project: project.setting(SETTING), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    assert isinstance(answers[0], dict)
    return answers[0]


def test_a_layer_moves_by_keys_and_the_map_follows(town: Desk, qtbot: QtBot) -> None:
    layers, view = town.window.layers, town.window.map
    assert layers.tree.tables()[:3] == ["sites", "nodes", "spans"]
    layers.tree.setCurrentItem(layers.tree.topLevelItem(2))
    town.window.show_panel("layers")
    layers.tree.setFocus()
    qtbot.keyClick(layers.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert layers.tree.tables()[:3] == ["sites", "spans", "nodes"]
    order = view.layer_order()
    assert order.index("nodes") < order.index("spans") < order.index("sites")
    assert kept(town, qtbot)["order"] == list(order)


def test_a_filter_counts_draws_and_is_checked(town: Desk) -> None:
    layers = town.window.layers
    layers.set_filter("sites", "category = 'hospital'")
    assert layers.tree.topLevelItem(0).text(1) == "3 / 8"
    assert town.window.map._content.showing.filters == {"sites": "category = 'hospital'"}
    with pytest.raises(InputError):
        layers.set_filter("sites", "category ~ 3")
    layers.tree.setCurrentItem(layers.tree.topLevelItem(0))
    assert layers.filter_box.text() == "category = 'hospital'"
    layers.filter_box.setText("nonsense here")
    layers.filter_box.editingFinished.emit()
    assert layers.filter_box.property("error") is True
    layers.filter_box.setText("")
    layers.filter_box.editingFinished.emit()
    assert layers.tree.topLevelItem(0).text(1) == "8"


def test_a_symbol_is_switched_off_in_the_legend(town: Desk) -> None:
    layers = town.window.layers
    layers.tree.topLevelItem(0).child(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert town.window.map._content.showing.symbols == {"sites": frozenset({"school_primary"})}


def test_what_is_shown_is_kept_with_the_project(town: Desk, qtbot: QtBot) -> None:
    layers = town.window.layers
    layers.set_filter("sites", "priority = 1")
    layers.tree.setCurrentItem(layers.tree.topLevelItem(0))
    layers._slider.setValue(55)
    stored = kept(town, qtbot)
    assert stored["opacity"] == {"sites": 0.55}
    path = town.session.path
    with qtbot.waitSignal(town.session.project_changed, timeout=5000):
        town.session.close_project()
    assert layers.showing.filters == {}
    assert path is not None
    with qtbot.waitSignal(town.session.project_changed, timeout=5000):
        town.session.open(path)
    qtbot.waitUntil(lambda: layers.showing.filters == {"sites": "priority = 1"}, timeout=5000)
    assert town.window.map._content.showing == layers.showing


def test_keeping_the_view_does_not_look_like_a_change_from_outside(
    town: Desk, qtbot: QtBot
) -> None:
    told: list[str] = []
    town.session.told.connect(lambda _severity, text: told.append(text))
    kept(town, qtbot)
    answers: list[object] = []
    town.session.ask(lambda project: (project.changed_outside(),), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    assert answers == [(None,)]
    assert told == []


def test_one_layer_alone_and_all_again(town: Desk) -> None:
    layers = town.window.layers
    layers.show_only("spans")
    assert [t for t in layers.tree.tables() if layers.is_shown(t)] == ["spans"]
    layers.show_all()
    assert layers.hidden() == []
