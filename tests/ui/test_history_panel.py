"""The history panel: going back several steps at once, and checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.model.changes import ChangeSet, update
from app.model.messages import message
from app.ui.application import Desk
from app.ui.features.history import HistoryFeature


@pytest.fixture
def feature(town: Desk) -> HistoryFeature:
    """Return the feature of the open window, its panel in front."""
    town.window.show_panel("history")
    return next(item for item in town.window.features if isinstance(item, HistoryFeature))


def _rename(desk: Desk, qtbot: QtBot, name: str) -> None:
    frame = desk.session.network.table("sites").iloc[:1]
    change = update("sites", frame, {"name": [name]})
    with qtbot.waitSignal(desk.session.changed):
        desk.session.do(None, ChangeSet(message("Rename to {name}", name=name), (change,)))


def _name(desk: Desk) -> str:
    return str(desk.session.network.table("sites")["name"].iloc[0])


def test_a_double_click_goes_back_and_forward_over_several_steps(
    town: Desk, qtbot: QtBot, feature: HistoryFeature
) -> None:
    panel = feature.panel
    for name in ("One", "Two", "Three"):
        _rename(town, qtbot, name)
    qtbot.waitUntil(lambda: panel.model.rowCount() >= 3 and not town.session.is_busy)
    texts = [panel.model.index(row, 1).data() for row in range(3)]
    assert texts == ["Rename to Three", "Rename to Two", "Rename to One"]

    panel.table.selectRow(2)
    assert panel.travel.isEnabled()
    panel.go()
    qtbot.waitUntil(lambda: _name(town) == "One" and not town.session.is_busy)
    assert str(town.session.redo_label) == "Rename to Two"
    qtbot.waitUntil(lambda: panel.model.frame["mark"].iloc[0] == "undone")
    assert panel.model.frame["mark"].tolist()[:3] == ["undone", "undone", "now"]

    panel.table.selectRow(0)
    panel.go()
    qtbot.waitUntil(lambda: _name(town) == "Three" and not town.session.is_busy)
    assert town.session.redo_label is None


def test_a_checkpoint_is_kept_and_a_copy_of_it_opens(
    town: Desk, qtbot: QtBot, feature: HistoryFeature, tmp_path: Path
) -> None:
    before = _name(town)
    feature.keep("Before the tender")
    panel = feature.panel
    qtbot.waitUntil(lambda: panel.kept.rowCount() == 1)
    _rename(town, qtbot, "Changed since")
    panel.kept_table.selectRow(0)
    assert panel.copy.isEnabled()
    kept = panel._checkpoints[0]
    target = tmp_path / "again.gpkg"
    with qtbot.waitSignal(town.session.project_changed):
        feature.open_copy(kept, target)
    assert town.session.path == target
    assert _name(town) == before
    assert kept.path.is_file()
