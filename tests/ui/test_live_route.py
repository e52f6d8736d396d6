"""The route by hand in the window: begun, dragged, put into the plan, taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any

import pytest
from desk_support import at
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app import responder
from app.model.errors import AnelloError
from app.model.network import Network
from app.ui.application import Desk
from app.ui.features.routing import RoutingFeature
from app.ui.map.tools import Pointer
from app.ui.work import PlanWish


class NearResponder:
    """Answers in a thread of this process: the same calls, without the start of a process."""

    def __init__(self, told: Callable[[str, Any], None], make: Callable[..., Any], *args: Any):
        self._told, self._questions = told, Queue()
        self._thread = threading.Thread(target=self._serve, args=(make, args), daemon=True)
        self._thread.start()

    def ask(self, question: Any) -> None:
        self._questions.put(question)

    def close(self) -> None:
        self._told = lambda kind, value: None
        self._questions.put(None)
        self._thread.join()

    def _serve(self, make: Callable[..., Any], args: tuple[Any, ...]) -> None:
        try:
            answer = make(*args)
        except AnelloError as error:
            self._told(responder.REFUSED, error)
            return
        self._told(responder.READY, None)
        while (question := self._questions.get()) is not None:
            self._told(responder.ANSWER, answer(question))


@pytest.fixture(autouse=True)
def near_responder(monkeypatch: pytest.MonkeyPatch, near_jobs: None) -> None:
    monkeypatch.setattr("app.responder.Responder", NearResponder)


@pytest.fixture
def planned(town: Desk, qtbot: QtBot) -> Iterator[Desk]:
    """The town with a plan for all sites, previewed."""
    cases = town.window.cases
    with qtbot.waitSignal(cases.planned, timeout=60_000):
        cases.plan(PlanWish(name="A", time_limit_s=5.0), lambda error: pytest.fail(str(error)))
    yield town


def feature_of(desk: Desk) -> RoutingFeature:
    return next(item for item in desk.window.features if isinstance(item, RoutingFeature))


def pixel(desk: Desk, column: float, row: float) -> Pointer:
    point = at(column, row)
    x, y = desk.window.map.camera.to_px([[point.x, point.y]])[0]
    return Pointer(QPointF(x, y))


def click(desk: Desk, column: float, row: float) -> None:
    tool, view = feature_of(desk).tool, desk.window.map
    tool.press(view, pixel(desk, column, row))
    tool.release(view, pixel(desk, column, row))


def drag(desk: Desk, start: Pointer, column: float, row: float) -> None:
    tool, view = feature_of(desk).tool, desk.window.map
    tool.press(view, start)
    tool.move(view, pixel(desk, column, row))
    tool.release(view, pixel(desk, column, row))


def middle_of_line(desk: Desk) -> Pointer:
    line = feature_of(desk).draft.readout.lines[0]
    x, y = desk.window.map.camera.to_px(line[len(line) // 2][None, :])[0]
    return Pointer(QPointF(x, y))


def take_tool(desk: Desk, qtbot: QtBot) -> RoutingFeature:
    feature = feature_of(desk)
    desk.window.map.wait_idle()
    desk.window.map.zoom_to_all()
    desk.window.map.wait_idle()
    feature.tool_route()
    qtbot.waitUntil(lambda: feature.live.is_ready, timeout=60_000)
    return feature


def plan_rows(network: Network) -> str:
    return network.content_hash(["plans", "plan_spans", "plan_nodes", "plan_sites"])


def test_a_route_between_two_places_changes_while_dragged(town: Desk, qtbot: QtBot) -> None:
    feature = take_tool(town, qtbot)
    click(town, 0, 6)
    assert feature.caption() == ["Click the other end"]
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        click(town, 4, 6)
    first = feature.draft.readout
    assert first.length_m == pytest.approx(400, abs=1) and feature.draft.is_shown
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        drag(town, middle_of_line(town), 2, 7)
    assert feature.draft.readout.length_m == pytest.approx(600, abs=25)
    assert "+" in feature.panel.values["change"].text()
    assert len(feature.draft.stops) == 3
    feature.tool.double_click(town.window.map, pixel(town, *_stop(feature)))
    qtbot.waitUntil(lambda: feature.draft.readout.length_m < 410, timeout=10_000)
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        feature._wish("street-1-6-1", "avoid")
    assert feature.draft.readout.length_m > 500 and feature.panel.wishes.count() == 1
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        feature._wish("street-1-6-1", "must_use")
    assert feature.draft.readout.length_m == pytest.approx(400, abs=25)
    assert feature.tool.cancel() and not feature.draft.is_begun


def _stop(feature: RoutingFeature) -> tuple[float, float]:
    stop, corner = feature.draft.stops[1], at(0, 0)
    return (stop.x - corner.x) / 100, (stop.y - corner.y) / 100


def test_a_route_by_hand_goes_into_the_plan_and_back(planned: Desk, qtbot: QtBot) -> None:
    session = planned.session
    before = plan_rows(session.network)
    feature = take_tool(planned, qtbot)
    site = session.network.table("plan_sites").query("state == 'connected'")["site"].iloc[0]
    with qtbot.waitSignal(feature.live.planned, timeout=10_000):
        feature.begin_at(str(site))
    assert feature.draft.is_shown and feature.panel.store.isEnabled()
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        drag(planned, middle_of_line(planned), 7.5, 7)
    dragged = feature.draft.readout
    with qtbot.waitSignal(session.changed, timeout=60_000):
        feature.panel.store.click()
    edited = session.network
    row = edited.table("plans").loc[session.preview]
    assert "by hand" in row["engine"]
    route = edited.table("plan_sites").query("site == @site")["route_length_m"].iloc[0]
    assert route == pytest.approx(dragged.length_m, abs=0.5)
    with qtbot.waitSignal(session.changed, timeout=10_000):
        session.undo()
    assert plan_rows(session.network) == before
    with qtbot.waitSignal(session.changed, timeout=10_000):
        session.redo()
    assert plan_rows(session.network) == plan_rows(edited)


def test_plan_edit_lock_plan_again_undo_all_redo_all(planned: Desk, qtbot: QtBot) -> None:
    session, window = planned.session, planned.window
    feature = take_tool(planned, qtbot)
    site = str(session.network.table("plan_sites").query("state == 'connected'")["site"].iloc[0])
    feature.begin_at(site)
    qtbot.waitUntil(lambda: feature.draft.is_shown, timeout=10_000)
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        drag(planned, middle_of_line(planned), 7.5, 7)
    with qtbot.waitSignal(session.changed, timeout=60_000):
        feature.panel.store.click()
    locked = session.network.table("plan_spans").query("locked == True").index
    assert len(locked)
    window.actions_by.by_id["replan"].trigger()
    form = window.plans.form
    assert form.name_box.text() == "A" and form.options.is_replacing
    with qtbot.waitSignal(window.cases.planned, timeout=60_000):
        form.run.click()
    done = session.network
    plan = session.preview
    assert "by hand" not in done.table("plans").loc[plan, "engine"]
    kept = done.table("plan_spans")
    assert kept.loc[kept["plan"] == plan, "locked"].astype(bool).sum() >= len(locked)
    steps = 0
    while session.undo_label is not None:
        with qtbot.waitSignal(session.undo_changed, timeout=10_000):
            session.undo()
        steps += 1
    assert session.network.table("plans").empty
    for _ in range(steps):
        with qtbot.waitSignal(session.undo_changed, timeout=10_000):
            session.redo()
    tables = list(done.tables)
    assert session.network.content_hash(tables) == done.content_hash(tables)


def test_a_route_becomes_conditions_of_the_next_plan(planned: Desk, qtbot: QtBot) -> None:
    feature = take_tool(planned, qtbot)
    planned.session.show_plan("")
    feature.begin_at("site-1")
    qtbot.waitUntil(lambda: feature.draft.is_shown, timeout=30_000)
    with qtbot.waitSignal(feature.live.answered, timeout=10_000):
        drag(planned, middle_of_line(planned), 7.5, 7)
    with qtbot.waitSignal(feature.live.placed, timeout=10_000):
        feature.panel.conditions.click()
    form = planned.window.plans.form
    assert len(form.guidance().waypoints) == 1
    assert "°" in form.conditions.list.item(0).text()
    assert planned.session.selection["sites"] == {"site-1"}
