"""The availability study, and that nothing is left to compile when it runs first."""

import importlib
import pkgutil

import pytest

import app.planning.failure
from app.model.errors import InputError
from app.planning.failure.availability import (
    AvailabilityParameters,
    analyse_availability,
    pair_availability,
    span_unavailability,
)
from app.planning.failure.rates import rate_book
from app.planning.failure.simulation import SimulationParameters, simulate_failures
from app.planning.failure.warmup import warm_up

PERFECT = [
    {"uid": "r1", "code": "node", "applies_to": "node", "failures_per_year": 0.0, "mttr_h": 1.0}
]


@pytest.fixture
def ring(world, draw):
    """Two arcs of 106 km from a hub to a splice, then 300 m to the site; nodes never fail."""
    rates = PERFECT + [
        {"uid": f"r{kind}", "code": kind, "applies_to": "node", "node_type": kind,
         "failures_per_year": 0.0, "mttr_h": 1.0}
        for kind in ("hub", "buildingEntry")
    ]  # fmt: skip
    return world(
        nodes=[
            draw.node("h", 0, 0, "hub"), draw.node("j", 1000, 0),
            draw.node("e", 1000, 300, "buildingEntry"),
        ],
        spans=[
            draw.span("arc1", "h", "j", (0, 0), (500, 300), (1000, 0), route_length_m=106_000.0),
            draw.span("arc2", "h", "j", (0, 0), (500, -300), (1000, 0), route_length_m=106_000.0),
            draw.span("entry", "j", "e", (1000, 0), (1000, 300), route_length_m=300.0),
        ],
        sites=[draw.site("s", 1000, 300, node="e", priority=1)],
        failure_rates=rates,
        risk_groups=[{"uid": "g", "kind": "bridge", "spans": ("arc1", "arc2"), "nodes": ()}],
    )  # fmt: skip


def test_the_worked_case_comes_out_of_the_whole_study(ring):
    result = analyse_availability(ring, AvailabilityParameters(is_checked=True))
    (site,) = result.summary["sites"]
    assert site["minutes_per_year"] == pytest.approx(2.47, abs=0.01)
    assert (site["lower"], site["depth"], site["leftover"]) == (site["upper"], 0, 0.0)
    assert site["class"] == "99.999"
    rate = rate_book(ring).span("trench")
    arc, entry = span_unavailability(106_000, rate), span_unavailability(300, rate)
    assert site["lower"] == pytest.approx(pair_availability([arc], [arc], [entry]).availability)
    check = result.summary["check"]
    assert check["enumeration"]["agrees"] and check["monte_carlo"]["share_within"] == 1.0
    assert result.summary["weighted_minutes_per_year"] == pytest.approx(
        5 * site["minutes_per_year"]
    )


def test_a_common_cause_adds_its_minutes(ring):
    plain = analyse_availability(ring, AvailabilityParameters()).summary["sites"][0]
    struck = analyse_availability(ring, AvailabilityParameters(with_groups=True)).summary
    site = struck["sites"][0]
    down = rate_book(ring).risk_group("bridge").unavailability() * 525_600
    assert struck["risk_groups"] == 1
    assert site["minutes_per_year"] - plain["minutes_per_year"] == pytest.approx(down, rel=1e-3)
    assert (site["depth"], site["leftover"]) == (1, 0.0)


def test_a_site_without_a_node_and_an_unknown_one_are_refused(ring):
    for uid in ("nobody", "h"):
        with pytest.raises(InputError) as caught:
            analyse_availability(ring, AvailabilityParameters(sites=(uid,)))
        assert caught.value.uids == (uid,)


def test_a_span_without_a_measured_length_is_as_long_as_it_is_drawn(ring):
    spans = ring.table("spans").copy()
    spans.loc["entry", "route_length_m"] = float("nan")
    drawn = analyse_availability(
        type(ring)(ring.name, ring.crs, ring.uid, {**ring.tables, "spans": spans}),
        AvailabilityParameters(),
    )
    assert drawn.summary["sites"][0]["minutes_per_year"] == pytest.approx(2.47, abs=0.01)


def test_own_figures_of_a_span_count(ring):
    spans = ring.table("spans").copy()
    spans.loc["entry", ["cuts_per_km_year", "mttr_h"]] = (0.0, 1.0)
    better = analyse_availability(
        type(ring)(ring.name, ring.crs, ring.uid, {**ring.tables, "spans": spans}),
        AvailabilityParameters(),
    )
    assert better.summary["sites"][0]["minutes_per_year"] == pytest.approx(0.72, abs=0.01)


def compiled_kinds():
    found = {}
    for module in pkgutil.iter_modules(app.planning.failure.__path__, "app.planning.failure."):
        for key, value in vars(importlib.import_module(module.name)).items():
            if hasattr(value, "signatures") and value.signatures:
                found[module.name, key] = len(value.signatures)
    return found


def test_nothing_is_left_to_compile_when_parts_fail_first(ring):
    warm_up()
    before = compiled_kinds()
    simulate_failures(ring, SimulationParameters(depth=2, with_nodes=True))
    simulate_failures(ring, SimulationParameters(cuts=("arc1",)))
    analyse_availability(ring, AvailabilityParameters(is_checked=True, with_groups=True))
    assert compiled_kinds() == before
    assert len(before) >= 10
