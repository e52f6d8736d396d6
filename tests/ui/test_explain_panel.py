"""The panel that says why: ranked, pointed out on the map, other ways drawn."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.work import PlanWish

JOB_MS = 60_000


def refuse(error: object) -> None:
    raise AssertionError(error)


@pytest.fixture
def planned(town: Desk, qtbot: QtBot, near_jobs: None) -> Desk:
    """The town with a plan that is shown."""
    assert near_jobs is None
    with qtbot.waitSignal(town.window.cases.planned, timeout=JOB_MS):
        town.window.cases.plan(PlanWish("A", time_limit_s=2.0), refuse)
    qtbot.waitUntil(lambda: bool(town.session.preview), timeout=10_000)
    return town


def test_without_a_plan_there_is_nothing_to_explain(town: Desk) -> None:
    panel = town.window.explain
    assert not panel.run.isEnabled()
    assert panel.answer.text()


def test_what_is_found_is_ranked_and_shown_on_the_map(planned: Desk, qtbot: QtBot) -> None:
    panel, session = planned.window.explain, planned.session
    panel.show()
    with qtbot.waitSignal(planned.window.cases.explained, timeout=JOB_MS):
        planned.window.actions_by.by_id["explain_plan"].trigger()
    sites, sections, _ = panel.tables
    assert sites.model().rowCount() > 0 and sections.model().rowCount() > 0
    savings = [row["saving_eur"] for row in panel._rows[0]]
    assert savings == sorted(savings, reverse=True)
    sites.selectRow(0)
    uid = str(panel._rows[0][0]["uid"])
    assert session.highlight == {"sites": frozenset({uid})}
    assert "€" in panel.answer.text()
    asked: list[object] = []
    session.zoom_requested.connect(asked.append)
    panel._jump(0)
    assert asked == [{"sites": frozenset({uid})}]


def test_another_way_is_drawn_and_taken_away_again(planned: Desk, qtbot: QtBot) -> None:
    panel, session = planned.window.explain, planned.session
    with qtbot.waitSignal(planned.window.cases.explained, timeout=JOB_MS):
        panel.run.click()
    qtbot.waitUntil(panel.run.isEnabled, timeout=10_000)
    panel.tabs.setCurrentIndex(1)
    places = [i for i, row in enumerate(panel._rows[1]) if row["extra_eur"] is not None]
    assert places
    panel.tables[1].selectRow(places[0])
    drawn: list[dict[str, list[object]]] = []
    session.routes_changed.connect(drawn.append)
    with qtbot.waitSignal(planned.window.cases.explained, timeout=JOB_MS):
        panel.other.click()
    assert drawn[-1]["route"] and drawn[-1]["protection"]
    assert "€" in panel.answer.text()
    panel.tabs.setCurrentIndex(0)
    assert drawn[-1] == {}
