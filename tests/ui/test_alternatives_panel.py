"""Plans side by side in the window: ticked, laid over one another, compared, copied, undone."""

from __future__ import annotations

import pytest
from desk_support import look_at, make_plan
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.model.plancolors import PALETTE
from app.ui.application import Desk
from app.ui.features.alternatives import AlternativesFeature


@pytest.fixture(autouse=True)
def _near(near_jobs: None) -> None:
    """Jobs run in this process."""


def feature_of(desk: Desk) -> AlternativesFeature:
    return next(item for item in desk.window.features if isinstance(item, AlternativesFeature))


def tick(desk: Desk, uid: str) -> None:
    look_at(desk, "alternatives")
    tree = feature_of(desk).panel.list
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == uid:
            item.setCheckState(0, Qt.CheckState.Checked)


def lengths(desk: Desk) -> list[float]:
    found = []
    for strand in feature_of(desk).overlay.strands:
        xy, joined = strand.lines.xy, strand.lines.joined
        steps = ((xy[1:] - xy[:-1]) ** 2).sum(axis=1) ** 0.5
        found.append(float(steps[joined[:-1]].sum()))
    return found


def test_two_plans_compared(town: Desk, qtbot: QtBot) -> None:
    first = make_plan(town, qtbot, {"Bravo & Co", "Delta"})
    second = make_plan(town, qtbot, {"Delta", "Eco"})
    feature, panel = feature_of(town), feature_of(town).panel
    look_at(town, "alternatives")
    assert panel.list.topLevelItemCount() == 3
    nothing = panel.list.topLevelItem(0)
    assert nothing is not None and nothing.text(0) == "not building"
    tick(town, first)
    assert [strand.color for strand in feature.overlay.strands] == [PALETTE[0]]
    tick(town, second)
    qtbot.waitUntil(lambda: len(feature.overlay.strands) == 3, timeout=10_000)
    both, only_first, only_second = lengths(town)
    spans = town.session.network.geo("plan_spans")
    assert both + only_first == pytest.approx(spans[spans["plan"] == first].length.sum(), abs=1)
    assert both + only_second == pytest.approx(spans[spans["plan"] == second].length.sum(), abs=1)
    panel.compare.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() > 5, timeout=60_000)
    texts = [
        [panel.model.data(panel.model.index(row, column)) for column in range(5)]
        for row in range(panel.model.rowCount())
    ]
    cost = texts[0]
    assert cost[0] == "Cost, typical" and "€" in cost[2] and cost[4] == "€0"
    plans = town.session.network.table("plans")["typical_eur"]
    sign = "+" if plans[second] > plans[first] else "−"
    assert cost[3].startswith(sign)
    assert any(row[0] == "Only this one builds" for row in texts)


def test_the_overlay_paints_each_plan_in_its_colour(town: Desk, qtbot: QtBot) -> None:
    first = make_plan(town, qtbot, {"Bravo & Co", "Delta"})
    town.window.map.wait_idle()
    town.window.map.zoom_to_all()
    tick(town, first)
    picture = QImage(town.window.map.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    feature_of(town).overlay.paint(painter, town.window.map)
    painter.end()
    spans = town.session.network.geo("plan_spans")
    middle = spans.loc[spans.length.idxmax(), "geometry"].interpolate(0.37, normalized=True)
    x, y = town.window.map.camera.to_px([[middle.x, middle.y]])[0]
    assert picture.pixelColor(QPoint(round(x), round(y))).name() == PALETTE[0]


def test_a_plan_is_copied_renamed_noted_and_coloured_by_undo_steps(
    town: Desk, qtbot: QtBot
) -> None:
    uid = make_plan(town, qtbot, {"Bravo & Co", "Delta"})
    feature, session = feature_of(town), town.session
    with qtbot.waitSignal(session.changed, timeout=10_000):
        feature.copy(uid)
    copy = session.preview
    assert copy != uid and session.network.table("plans").at[copy, "based_on"] == uid
    for step in (
        lambda: feature.rename(copy, "Along the canal"),
        lambda: feature.note(copy, "dearer, but dry"),
        lambda: feature.color(copy, "#ff0000"),
    ):
        with qtbot.waitSignal(session.changed, timeout=10_000):
            step()
    row = session.network.table("plans").loc[copy]
    assert (row["name"], row["note"], row["color"]) == (
        "Along the canal", "dearer, but dry", "#ff0000",
    )  # fmt: skip
    assert "Along the canal" in str(session.undo_label) or session.undo_label is not None
    for _ in range(4):
        with qtbot.waitSignal(session.changed, timeout=10_000):
            session.undo()
    assert list(session.network.table("plans").index) == [uid]
