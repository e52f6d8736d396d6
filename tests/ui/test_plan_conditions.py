"""What a planner asks of the next plan besides its sites, in the window."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.dialogs.plan_parameters import PlanParametersDialog
from app.ui.panels.plan_conditions import AVOID, LOCKED, MUST_USE, WAYPOINTS
from app.ui.work import PlanWish

JOB_MS = 60_000


def make_plan(desk: Desk, qtbot: QtBot) -> str:
    with qtbot.waitSignal(desk.window.cases.planned, timeout=JOB_MS):
        desk.window.plans.form.run.click()
    qtbot.waitUntil(lambda: bool(desk.session.preview), timeout=JOB_MS)
    return str(desk.session.preview)


def streets_of(desk: Desk, plan: str) -> set[str]:
    spans = desk.session.network.table("plan_spans")
    return set(spans[spans["plan"] == plan]["street"].dropna())


def test_conditions_are_taken_from_the_selection(town: Desk, qtbot: QtBot) -> None:
    conditions = town.window.plans.form.conditions
    streets = sorted(town.session.network.table("streets").index)[:3]
    assert not conditions.add.isEnabled()
    town.session.select({"streets": streets[:2]})
    assert conditions.add.isEnabled()
    assert not conditions.actions_by_kind[LOCKED].isEnabled()
    conditions.actions_by_kind[MUST_USE].trigger()
    assert conditions.guidance.must_use == tuple(streets[:2])
    town.session.select({"streets": streets[1:]})
    conditions.actions_by_kind[AVOID].trigger()
    assert conditions.guidance.must_use == (streets[0],)
    assert conditions.guidance.avoid == tuple(streets[1:])
    assert conditions.list.count() == 3
    conditions.list.item(0).setSelected(True)
    assert town.session.highlight == {"streets": frozenset({streets[0]})}
    conditions.remove_marked()
    assert conditions.guidance.must_use == ()
    conditions.clear()
    assert not conditions.list.isVisible()


@pytest.mark.usefixtures("near_jobs")
def test_plans_obey_conditions_and_locked_sections_stay(town: Desk, qtbot: QtBot) -> None:
    form = town.window.plans.form
    first = make_plan(town, qtbot)
    used = sorted(streets_of(town, first))
    town.session.select({"streets": used[:1]})
    form.conditions.actions_by_kind[AVOID].trigger()
    form.start_anew()
    second = make_plan(town, qtbot)
    assert not streets_of(town, second) & set(used[:1])
    spans = town.session.network.table("plan_spans")
    mine = sorted(spans.index[spans["plan"] == first])
    form.conditions.clear()
    town.session.select({"plan_spans": mine})
    form.conditions.actions_by_kind[LOCKED].trigger()
    form.start_anew()
    third = make_plan(town, qtbot)
    plans = town.session.network.table("plans")
    assert plans.at[third, "objective_eur"] == plans.at[first, "objective_eur"]
    assert plans.at[third, "parameters"]["guidance"]["locked"] == mine
    shown = town.window.identify
    shown.show_object("plans", third)
    lines = shown.lines()
    assert "Parameters" not in lines
    assert lines["Kept as planned"]
    assert lines["Time limit"] == "30 s"
    assert not any("_" in label for label in lines)


def test_options_are_read_as_guidance(qtbot: QtBot) -> None:
    dialog = PlanParametersDialog(PlanWish(name="x"), None, [("h1", "West"), ("h2", "East")])
    qtbot.addWidget(dialog)
    assert not dialog.keep_box.isEnabled()
    dialog.length_box.setValue(12.5)
    dialog.keep_box.setChecked(True)
    dialog.hubs[1].setChecked(False)
    boxes = {box.property("code"): box for box in dialog.techniques}
    boxes["microTrench"].setChecked(False)
    dialog.accept()
    asked = dialog.wish.guidance
    assert (asked.max_length_m, asked.length_rule) == (12_500.0, "keep")
    assert (asked.techniques, asked.excluded_techniques) == ((), ("microTrench",))
    assert asked.hubs == ("h1",)
    again = PlanParametersDialog(dialog.wish, None, [("h1", "West"), ("h2", "East")])
    qtbot.addWidget(again)
    again.pole_box.setChecked(True)
    again.accept()
    assert "aerial" in again.wish.guidance.techniques
    assert "microTrench" not in again.wish.guidance.techniques
    for box in again.techniques:
        box.setChecked(False)
    assert not again.primary.isEnabled()


def test_waypoints_are_nodes(town: Desk) -> None:
    conditions = town.window.plans.form.conditions
    node = str(town.session.network.table("nodes").index[0])
    town.session.select({"nodes": [node]})
    conditions.actions_by_kind[WAYPOINTS].trigger()
    assert town.window.plans.form.guidance().waypoints == (node,)
