"""Journeys through the redundancy workspace: select, compute, see, compare, accept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.model.edits import set_values
from app.ui.application import Desk
from app.ui.map.picking import Pick
from app.ui.panels.chart import Chart, Point
from app.ui.panels.failures import GROUPS, OWN, PAIRS
from app.ui.panels.redundancy import RedundancyPanel

JOB_MS = 60_000

pytestmark = pytest.mark.usefixtures("near_jobs")


@pytest.fixture
def marks(town: Desk) -> list[dict[str, Any]]:
    """Return all that is marked on the map from now on, the last one last."""
    seen: list[dict[str, Any]] = []
    town.session.marks_changed.connect(seen.append)
    return seen


def answered(qtbot: QtBot, page: Any, start: Callable[[], Any]) -> None:
    """Start a study and wait until its page shows the answer."""
    with qtbot.waitSignal(page.answered, timeout=JOB_MS):
        start()


def workspace(town: Desk) -> RedundancyPanel:
    town.window.show()
    town.window.show_panel("redundancy")
    return town.window.redundancy


def test_the_worst_single_point_of_failure_is_found_and_marked(
    town: Desk, qtbot: QtBot, marks: list[dict[str, Any]]
) -> None:
    panel = workspace(town)
    page = panel.failures
    answered(qtbot, page, town.window.actions_by.by_id["analyse_redundancy"].trigger)
    assert panel.tables.currentWidget() is page.table
    assert town.window.docks["failures"].isVisible()
    rows = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert set(rows[:2]) == {"East", "Hub"}  # the site's own node and the only hub darken it
    assert page.current is not None and page.current["sites_lost"] == ["site-0"]
    assert marks[-1]["dark"] == {"sites": frozenset({"site-0"})}
    assert set(marks[-1]["cut"]) == {"nodes"}
    assert page.lost.count() == 1 and page.lost.item(0).text().startswith("Alfa")
    page.lost.setCurrentRow(0)
    assert town.session.selection == {"sites": frozenset({"site-0"})}
    town.session.select({"spans": {"span-west"}})
    assert page.current is not None and page.current["uid"] == "span-west"
    page.select(0)
    asked: list[Any] = []
    town.session.zoom_requested.connect(asked.append)
    page.table.activated.emit(page.model.index(0, 0))
    assert asked and set(asked[0]) == {"nodes", "sites"}


def test_cutting_here_on_the_map_adds_up_until_a_site_goes_dark(
    town: Desk, qtbot: QtBot, marks: list[dict[str, Any]]
) -> None:
    page = workspace(town).failures
    menu = QMenu()
    qtbot.addWidget(menu)
    page.fill_menu(menu, [Pick("spans", "span-hub", 0.0, 1)])
    assert [action.text() for action in menu.actions()] == ["Cut here"]
    answered(qtbot, page, menu.actions()[0].trigger)
    assert page.what == OWN and page.current is not None
    assert page.current["sites_lost"] == [] and page.current["sites_unprotected"] == ["site-0"]
    town.session.select({"spans": {"span-east"}})
    answered(qtbot, page, town.window.actions_by.by_id["cut_selection"].trigger)
    assert page.current["sites_lost"] == ["site-0"]
    assert marks[-1]["cut"] == {"spans": frozenset({"span-hub", "span-east"})}
    assert page.cut_list.count() == 2
    menu.clear()
    page.fill_menu(menu, [Pick("sites", "site-1", 0.0, 0), Pick("spans", "span-hub", 0.0, 1)])
    assert [action.text() for action in menu.actions()] == ["Mend this cut", "Clear all cuts"]
    menu.actions()[1].trigger()
    assert page.cuts == {} and page.model.rowCount() == 0 and not page.clear_cuts.isEnabled()
    assert marks[-1] == {}


def test_pairs_are_ranked_and_old_answers_are_forgotten(town: Desk, qtbot: QtBot) -> None:
    page = workspace(town).failures
    page.what_box.setCurrentIndex(page.what_box.findData(PAIRS))
    answered(qtbot, page, page.run.click)
    kinds = {page.model.index(row, 1).data() for row in range(page.model.rowCount())}
    assert kinds == {"Pair"} and page.current["sites_lost"] == ["site-0"]
    with qtbot.waitSignal(town.session.changed, timeout=10_000):
        town.session.edit(
            lambda network: set_values(network, "spans", ["span-hub"], {"name": "Renamed"})
        )
    assert page.model.rowCount() == 0 and page.lost.isHidden()


def test_availability_of_a_site_is_told_with_its_bounds(
    town: Desk, qtbot: QtBot, marks: list[dict[str, Any]]
) -> None:
    panel = workspace(town)
    town.window.actions_by.by_id["show_availability"].trigger()
    page = panel.availability
    assert panel.page is page and panel.tables.currentWidget() is page.table
    answered(qtbot, page, page.run.click)
    assert page.model.rowCount() == 1
    told = {
        column.name: page.model.index(0, number).data()
        for number, column in enumerate(page.model.columns)
    }
    assert told["name"] == "Alfa" and told["lower"].endswith("%") and told["class"]
    row = page.current
    assert row is not None and row["lower"] <= row["upper"] <= 1
    assert float(told["minutes_per_year"].replace(",", "")) == round(row["minutes_per_year"], 1)
    assert "Alfa" in page.note.text()
    assert marks[-1]["dark"] == {"sites": frozenset({"site-0"})}
    page.chart.picked.emit(0)
    assert town.session.selection == {"sites": frozenset({"site-0"})}


def test_risk_groups_are_made_highlighted_failed_and_taken_back(
    town: Desk, qtbot: QtBot, marks: list[dict[str, Any]]
) -> None:
    panel = workspace(town)
    town.window.actions_by.by_id["show_risks"].trigger()
    page = panel.risks
    with qtbot.waitSignal(town.session.changed, timeout=JOB_MS):
        page.run.click()
    stored = town.session.network.table("risk_groups")
    assert len(stored) == page.model.rowCount() > 0
    page.kind_box.setCurrentIndex(page.kind_box.findData("hub"))
    assert page.model.rowCount() == 1
    page.select(0)
    assert marks[-1]["member"]["nodes"] == frozenset({"node-hub"})
    answered(qtbot, panel.failures, page.fail.click)
    assert panel.page is panel.failures and panel.failures.what == GROUPS
    assert panel.failures.current["sites_lost"] == ["site-0"]
    with qtbot.waitSignal(town.session.changed, timeout=10_000):
        town.session.undo()
    assert not len(town.session.network.table("risk_groups")) and not page.model.rowCount()


def test_a_measure_is_picked_in_the_plot_and_becomes_a_plan(town: Desk, qtbot: QtBot) -> None:
    panel = workspace(town)
    spans = list(town.session.network.table("spans").index)
    long_way = {"route_length_m": 4000.0, "technique": "trench"}
    for chosen, values in ((spans, long_way), (["span-hub"], {"status": "decommissioned"})):
        change = partial(set_values, table="spans", uids=chosen, values=values)
        with qtbot.waitSignal(town.session.changed, timeout=10_000):
            town.session.edit(change)
    town.window.actions_by.by_id["show_measures"].trigger()
    page = panel.measures
    answered(qtbot, page, page.run.click)
    assert page.model.rowCount() >= 1 and " – " in page.model.index(0, 4).data()
    last = page.model.rowCount() - 1
    page.chart.picked.emit(last)
    assert page.current is not None and page.current["rank"] == last + 1
    page.name.setText("Closed ring")
    with qtbot.waitSignal(town.session.preview_changed, timeout=JOB_MS):
        page.make.click()
    plans = town.session.network.table("plans")
    assert plans.loc[town.session.preview, "name"] == "Closed ring"
    assert len(town.session.network.table("plan_spans")) > 0
    assert page.model.rowCount() > 0  # the ranking still holds: a plan is not the network
    assert panel.scope_box.findData("Closed ring") > 0
    page.name.setText("Closed ring")
    page.make.click()
    assert "already" in page.note.text()


def test_rates_are_listed_and_copied_to_be_edited(town: Desk, qtbot: QtBot) -> None:
    panel = workspace(town)
    panel.show_study("rates")
    page = panel.rates
    assert not panel.scope_box.isEnabled() and not page.copy.isEnabled()
    answered(qtbot, page, page.run.click)
    assert page.model.rowCount() > 5
    assert page.figures["own"].text() == "0" != page.figures["assumed"].text()
    page.select(0)
    assert str(page.current["source"]) in page.told.text()
    answered(qtbot, page, page.copy.click)
    assert page.figures["own"].text() == str(len(town.session.network.table("failure_rates")))
    assert not page.copy.isEnabled()


def test_a_refused_study_says_why_on_its_page(town: Desk, qtbot: QtBot) -> None:
    page = workspace(town).failures
    with qtbot.waitSignal(town.session.changed, timeout=10_000):
        town.session.edit(
            lambda network: set_values(network, "nodes", ["node-hub"], {"type": "chamber"})
        )
    page.start()
    qtbot.waitUntil(lambda: bool(page.note.text()), timeout=JOB_MS)
    assert page.run.isEnabled() and page.model.rowCount() == 0


def test_every_page_is_reached_by_keyboard_and_has_names(town: Desk) -> None:
    panel = workspace(town)
    for number in range(panel.study_box.count()):
        panel.study_box.setCurrentIndex(number)
        assert panel.pages.currentIndex() == number
        assert panel.page.run_button.isVisibleTo(panel)
    for number in range(panel.tables.count()):
        panel.tables.setCurrentIndex(number)
        assert panel.study_box.currentIndex() == number
        assert panel.tables.currentWidget().accessibleName()


def test_a_click_near_a_point_of_a_plot_picks_it(town: Desk, qtbot: QtBot) -> None:
    chart = Chart("Cost against minutes")
    qtbot.addWidget(chart)
    chart.resize(320, 220)
    chart.show_points([Point(1, 1, True), Point(5, 9, True), Point(6, 4)], "cost", "minutes")
    chart.show()
    qtbot.waitExposed(chart)
    picked: list[int] = []
    chart.picked.connect(picked.append)

    class Click:
        def __init__(self, x: float, y: float) -> None:
            self._place = chart.plotItem.vb.mapViewToScene(QPointF(x, y))

        def scenePos(self) -> QPointF:
            return self._place

    chart._clicked(Click(5, 9))
    chart._clicked(Click(3, 3))  # far from all points
    assert picked == [1]
    chart.choose(2)
    chart.choose(None)
