"""Alternatives: what each costs over its life, takes, serves and is exposed to."""

from decimal import Decimal

import pytest
import shapely

from app.planning.costs.assumptions import assumption_book, set_assumptions
from app.planning.costs.comparison import LEASED_LINES, NOT_BUILDING, compare_plans
from app.planning.costs.construction import construction_time
from app.planning.costs.economics import annuity_factor, real_rate
from app.planning.costs.exposure import hazard_lengths_m, shared_sections
from app.planning.extension import ExtensionParameters, plan_extension

PLACES = {"a": (330, 360), "b": (130, 260), "c": (90, 390)}


@pytest.fixture
def planned(world, draw, grid):
    """Plans A for three sites and B for two of them, with a flood over the lower streets."""
    lower = draw.street("flood", (-10, -10), (500, 150))["geometry"].bounds
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[
            {**draw.site(uid, *PLACES[uid]), "guaranteed_mbps": 100.0} for uid in sorted(PLACES)
        ],
        hazards=[
            {"uid": f"z{name}", "scenario": name,
             "geometry": shapely.MultiPolygon([shapely.box(*lower)])}
            for name in ("H", "M")
        ],
    )  # fmt: skip
    for name, sites in (("A", "abc"), ("B", "ab")):
        result = plan_extension(network, ExtensionParameters(name, tuple(sites)))
        network = network.apply(result.changes)
    plans = network.table("plans")
    return network, {name: uid for uid, name in plans["name"].items()}


def test_not_building_leaves_the_sites_of_all_plans_unserved(planned):
    network, plan = planned
    result = compare_plans(network, [plan["B"], plan["A"]])
    nothing, second, first = result.summary["alternatives"]
    assert nothing["name"] == NOT_BUILDING and nothing["unserved"] == ["a", "b", "c"]
    assert nothing["present_value_eur"]["high"] == 0 and nothing["months"]["typical"] == 0
    assert second["unserved"] == ["c"] and first["unserved"] == []
    assert {finding.rule for finding in result.findings} == {"compare.not_counted"}


def test_leased_lines_are_an_alternative_once_they_have_a_price(planned):
    network, plan = planned
    network = network.apply(
        set_assumptions(network, {"leased_line.site_year": [Decimal(1200)]}, "offer")
    )
    rows = compare_plans(network, [plan["A"]]).summary["alternatives"]
    assert [row["name"] for row in rows] == [NOT_BUILDING, LEASED_LINES, "A"]
    assert rows[1]["running_per_year_eur"]["typical"] == 3600
    factor = annuity_factor(real_rate(Decimal("0.03"), Decimal(0)), 30)
    assert rows[1]["present_value_eur"]["typical"] == pytest.approx(3600 / float(factor), abs=0.01)


def test_differences_are_those_of_the_rows(planned):
    network, plan = planned
    summary = compare_plans(network, [plan["A"], plan["B"]]).summary
    _nothing, first, second = summary["alternatives"]
    (pair,) = summary["differences"]
    for name, value in pair["figures"].items():
        ends = [row[name] for row in (first, second)]
        if value is None:
            assert None in ends
            continue
        a, b = (end["typical"] if isinstance(end, dict) else end for end in ends)
        assert value == pytest.approx(b - a, abs=1e-3)
    assert pair["figures"]["sites"] == -1 and pair["sites_only_first"] == ["c"]


def test_availability_and_its_cost(planned):
    network, plan = planned
    given = {"outage.site_hour": Decimal(60)}
    row = compare_plans(network, [plan["A"]], given).summary["alternatives"][1]
    assert 0 < row["minutes_per_year"] <= row["worst_minutes_per_year"]
    assert row["outage_per_year_eur"] == pytest.approx(row["minutes_per_year"] * 3, abs=0.05)


def test_hazards_count_once_in_each_scenario(planned):
    network, plan = planned
    spans = network.table("plan_spans")
    own = spans[spans["plan"] == plan["A"]]
    found = hazard_lengths_m(network, own)
    assert found["H"] == found["M"] == found["any"] > 0 and found["L"] == 0
    assert found["any"] < own["route_length_m"].sum()


def test_a_tree_without_protection_hangs_on_its_trunk(planned):
    network, plan = planned
    spans = network.table("plan_spans")
    own = spans[spans["plan"] == plan["A"]]
    routes = network.table("plan_sites").query("plan == @plan['A']")["spans"]
    counts = {uid: sum(uid in route for route in routes) for uid in own.index}
    found = shared_sections(network, plan["A"], own)
    assert found["most_sites"] == max(counts.values())
    several = [uid for uid, count in counts.items() if count > 1]
    assert found["no_other_way_m"] == pytest.approx(
        own.loc[several, "route_length_m"].sum(), abs=0.06
    )
    assert found["both_routes_m"] == 0


def test_time_by_hand(planned):
    """Crew days are metres by progress, plus days of crossings and sites."""
    network, plan = planned
    given = {
        "progress.miniTrench": 10, "progress.leadIn": 5, "progress.join": 5, "days.crossing": 7,
        "days.site": 2, "crews": 2, "working_days": 240, "months.before": 6,
    }  # fmt: skip
    book = assumption_book(network, {code: Decimal(value) for code, value in given.items()})
    spans = network.table("plan_spans")
    own = spans[spans["plan"] == plan["A"]]
    metres = own.groupby("technique")["route_length_m"].sum()
    days = metres.get("miniTrench", 0) / 10 + metres.get("leadIn", 0) / 5
    days += metres.get("join", 0) / 5 + 2 * 3
    found = construction_time(network, plan["A"], book)
    assert set(metres.index) <= {"miniTrench", "leadIn", "join"} and found["not_counted"] == []
    assert found["crew_days"]["typical"] == pytest.approx(days, abs=0.06)
    assert found["months"]["typical"] == pytest.approx(6 + days / 2 / 20, abs=0.06)
    usual = construction_time(network, plan["A"], assumption_book(network))
    assert usual["months"]["low"] < usual["months"]["typical"] < usual["months"]["high"]
