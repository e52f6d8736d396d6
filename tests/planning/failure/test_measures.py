"""Measures: the obvious one is found, its price is the plan's, its effect the network's."""

import dataclasses

import numpy as np
import pytest
import shapely

from app.model.acceptance import accept_plan
from app.model.errors import InputError
from app.planning.costs.bill import bill
from app.planning.failure.availability import AvailabilityParameters, analyse_availability
from app.planning.failure.effects import applied, minutes_of
from app.planning.failure.measures import MeasureParameters, _front, rank_measures
from app.planning.failure.model import failure_model
from app.planning.failure.rates import rate_book
from app.planning.failure.simulation import SimulationParameters, simulate_failures
from app.planning.failure.warmup import warm_up
from app.planning.failure.weakpoints import WeakPoints


@pytest.fixture(scope="module")
def comb(world, draw, grid):
    """A trunk from the hub along one street, a long spur, and a short gap back to the trunk."""
    nodes = [
        draw.node("hub", 0, 0, "hub"), draw.node("a", 400, 0), draw.node("b", 400, 400),
        draw.node("c", 100, 400), draw.node("pop", 400, 200, "pop"),
        draw.node("e", 100, 430, "buildingEntry"),
    ]  # fmt: skip
    spans = [
        draw.span("s1", "hub", "a", (0, 0), (400, 0), route_length_m=4000.0, technique="trench"),
        draw.span("s2", "a", "pop", (400, 0), (400, 200), route_length_m=2000.0,
                  technique="sewer", codeployment="wasteWater"),
        draw.span("s3", "pop", "b", (400, 200), (400, 400), route_length_m=2000.0,
                  technique="trench"),
        draw.span("s4", "b", "c", (400, 400), (100, 400), route_length_m=3000.0,
                  technique="trench"),
        draw.span("s5", "c", "e", (100, 400), (100, 430), route_length_m=30.0,
                  technique="leadIn", allows_joint=False),
    ]  # fmt: skip
    sites = [
        draw.site("t", 100, 430, node="e", priority=1, guaranteed_mbps=100.0),
        draw.site("u", 400, 400, node="b", priority=2),
    ]
    return world(streets=grid(5), nodes=nodes, spans=spans, sites=sites)


@pytest.fixture(scope="module")
def ranked(comb):
    return rank_measures(comb, MeasureParameters(plan_name="M", steps=3))


def test_ranking_runs_from_the_cheapest_minute_and_tells_ranges(ranked):
    rows = ranked.summary["measures"]
    typical = [row["eur_per_minute"]["typical"] for row in rows]
    assert len(rows) >= 3 and typical == sorted(typical)
    assert {row["kind"] for row in rows} >= {"ring", "sewer", "hub"}
    for row in rows:
        money = row["eur_per_minute"]
        assert 0 < money["low"] < money["typical"] < money["high"]
        assert money["typical"] == pytest.approx(
            row["cost_eur"]["typical"] / row["weighted_minutes_avoided"]
        )
    assert any(row["on_front"] for row in rows)


def test_the_plan_of_a_measure_costs_and_does_what_the_ranking_says(comb, ranked):
    for row in ranked.summary["measures"]:
        if row["kind"] == "entry":
            continue
        parameters = MeasureParameters(plan_name="M", pick=row["uid"], steps=1)
        changes = rank_measures(comb, parameters).changes
        planned = comb.apply(changes)
        (plan,) = planned.table("plans").index
        assert bill(planned, plan).total().to_json() == row["cost_eur"]
        before = analyse_availability(comb, AvailabilityParameters())
        after = analyse_availability(planned, AvailabilityParameters(plan=plan))
        avoided = (before.summary["weighted_minutes_per_year"]
                   - after.summary["weighted_minutes_per_year"])  # fmt: skip
        assert avoided == pytest.approx(row["weighted_minutes_avoided"], rel=1e-3)


def test_an_accepted_second_hub_serves(comb):
    rows = rank_measures(comb, MeasureParameters(steps=1)).summary["measures"]
    hub = next(row for row in rows if row["kind"] == "hub")
    changes = rank_measures(comb, MeasureParameters(plan_name="H", pick=hub["uid"])).changes
    network = comb.apply(changes)
    network = network.apply(accept_plan(network, "H", "2026-01-01T00:00:00.000Z"))
    statuses = ("operational", "planned")
    served = analyse_availability(network, AvailabilityParameters(statuses=statuses)).summary
    assert len(served["served_from"]) == 2


def test_the_sequence_counts_what_earlier_steps_leave(comb, ranked):
    steps = ranked.summary["sequence"]
    assert 1 <= len(steps) <= 3
    left = ranked.summary["weighted_minutes_per_year"]
    for step in steps:
        left -= step["weighted_minutes_avoided"]
        assert step["weighted_minutes_left"] == pytest.approx(left)
    total = [step["total_cost_eur"]["typical"] for step in steps]
    assert total == sorted(total)
    cheap = total[0]
    tight = rank_measures(comb, MeasureParameters(budget_eur=cheap, steps=3)).summary
    assert [step["uid"] for step in tight["sequence"]] == [steps[0]["uid"]]
    assert rank_measures(comb, MeasureParameters(budget_eur=0.0)).summary["sequence"] == []


def test_a_link_never_runs_in_the_trench_that_it_relieves(comb, ranked):
    """From the end of the spur the way back along it would be a street like any other."""
    best = ranked.summary["measures"][0]
    assert best["parts"] == ["s4", "s3", "s2", "s1"] and set(best["ends"]) == {"c", "hub"}
    zone = shapely.union_all(comb.geo("spans").geometry[best["parts"]].to_numpy()).buffer(10)
    new = comb.apply(ranked.changes).geo("plan_spans").geometry
    assert sum(line.difference(zone).length for line in new) > 400
    assert sum(line.intersection(zone).length for line in new) < 60


def test_a_second_entry_ends_at_the_node_that_the_site_has(comb, ranked):
    entry = next(row for row in ranked.summary["measures"] if row["kind"] == "entry")
    assert (entry["sites_helped"], entry["ends"][0]) == (1, "e")
    planned = comb.apply(
        rank_measures(comb, MeasureParameters(plan_name="E", pick=entry["uid"])).changes
    )
    (plan,) = planned.table("plans").index
    assert set(planned.table("plan_nodes")["site"]) == {None}
    cut = SimulationParameters(plan=plan, cuts=("s4", "s5"))
    (failure,) = simulate_failures(planned, cut).summary["failures"]
    assert failure["sites_lost"] == []
    assert simulate_failures(comb, SimulationParameters(cuts=("s5",))).summary["failures"][0][
        "sites_lost"
    ] == ["t"]


def test_wrong_picks_and_taken_names_are_refused(comb, ranked):
    with pytest.raises(InputError):
        rank_measures(comb, MeasureParameters(plan_name="M", pick="999"))
    planned = comb.apply(ranked.changes)
    with pytest.raises(InputError):
        rank_measures(planned, MeasureParameters(plan_name="M"))


def test_weak_points_know_what_hangs_on_them(comb):
    model = failure_model(comb)
    weak = WeakPoints(model)
    found = weak.above(model.number["e"])
    assert [model.span[edge] for edge in found.edges] == ["s5", "s4", "s3", "s2", "s1"]
    assert weak.weight_below[model.number["b"]] == 5 + 4
    nodes = np.array([model.number[uid] for uid in ("e", "c", "b", "pop", "a", "hub")])
    assert weak.levels(found, nodes).tolist() == [0, 1, 2, 3, 4, 5]
    assert applied(model, [], rate_book(comb)).span == model.span
    assert minutes_of(model).by_site.shape == (2,)


def test_the_front_holds_what_nobody_beats():
    assert _front([(10, 5), (20, 4), (20, 9), (5, 1), (10, 4)]) == {0, 2, 3}


def test_nothing_is_left_to_compile_for_measures(comb):
    from app.planning.failure import linkways

    warm_up()
    before = len(linkways._search.signatures)
    rank_measures(dataclasses.replace(comb), MeasureParameters(steps=1))
    assert len(linkways._search.signatures) == before
