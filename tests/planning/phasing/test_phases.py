"""Phases: the best schedule of all, within the money, and the bill divided to the cent."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.errors import InputError
from app.planning.costs.bill import bill
from app.planning.costs.summary import cost_summary
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.phasing.blocks import Block, Cut, cut
from app.planning.phasing.division import stored_phases
from app.planning.phasing.schedule import schedule
from app.planning.phasing.study import PhaseParameters, plan_phases

EURO = 100_000
"""One euro in the unit of costs."""


@st.composite
def trees(draw):
    """A random small tree with sites at some nodes, as blocks with costs in euro."""
    n = draw(st.integers(2, 7))
    parent = [draw(st.integers(-1, node - 1)) for node in range(n)]
    sites = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=4, unique=True))
    users = {node: set() for node in range(n)}
    for row, at in enumerate(sites):
        node = at
        while node >= 0:
            users[node].add(row)
            node = parent[node]
    merged = {}
    for node in range(n):
        if users[node]:
            key = frozenset(users[node])
            merged[key] = merged.get(key, 0) + draw(st.integers(0, 9)) * EURO
    order = sorted(merged, key=lambda key: (-len(key), sorted(key)))
    blocks = tuple(Block(key, (f"b{k}",), (), merged[key]) for k, key in enumerate(order))
    return Cut(tuple(f"s{row}" for row in range(len(sites))), blocks)


def cost_by_year(blocks, years, chosen, carries_over):
    """Money of each year when every block is built with its first site."""
    spent = [0] * years
    for block in blocks.blocks:
        used = [chosen[row] for row in block.sites if chosen[row] < years]
        if used:
            spent[min(used)] += block.cost
    return spent


def best_service(blocks, budgets, weights, after):
    """The most weighted service of all schedules, by trying each."""
    years, best = len(budgets), 0.0
    for chosen in itertools.product(range(years + 1), repeat=len(blocks.sites)):
        if any(chosen[a] < chosen[b] for a, b in after):
            continue
        spent = list(itertools.accumulate(cost_by_year(blocks, years, chosen, True)))
        if all(s <= b for s, b in zip(spent, itertools.accumulate(budgets), strict=True)):
            value = sum(w * (years - year) for w, year in zip(weights, chosen, strict=True))
            best = max(best, value)
    return best


@settings(deadline=None, max_examples=100)
@given(trees(), st.data())
def test_the_schedule_is_the_best_of_all(blocks, data):
    years = data.draw(st.integers(1, 3))
    budgets = [data.draw(st.integers(0, 15)) * EURO for _ in range(years)]
    count = len(blocks.sites)
    weights = [float(data.draw(st.sampled_from([1, 2, 4, 8, 16]))) for _ in range(count)]
    after = [(0, 1)] if count > 1 and data.draw(st.booleans()) else []
    found = schedule(blocks, budgets, weights, after=after)
    assert found.value == pytest.approx(best_service(blocks, budgets, weights, after))
    assert found.bound == pytest.approx(found.value)
    chosen = [year if year >= 0 else years for year in found.site_year]
    spent = list(itertools.accumulate(cost_by_year(blocks, years, chosen, True)))
    assert all(s <= b for s, b in zip(spent, itertools.accumulate(budgets), strict=True))
    assert all(chosen[a] >= chosen[b] for a, b in after)


def test_money_that_may_not_be_kept_is_lost():
    blocks = Cut(("s0",), (Block(frozenset({0}), ("b0",), (), 10 * EURO),))
    assert schedule(blocks, [6 * EURO, 6 * EURO], [1.0]).site_year == (1,)
    assert schedule(blocks, [6 * EURO, 6 * EURO], [1.0], carries_over=False).site_year == (-1,)


def test_a_long_way_may_be_built_over_two_years_where_money_may_not_be_kept():
    parts = tuple(
        Block(frozenset({0, 1} if k == 0 else {k - 1}), (f"b{k}",), (), 5 * EURO) for k in range(3)
    )
    found = schedule(
        Cut(("s0", "s1"), parts), [5 * EURO, 5 * EURO, 5 * EURO], [1.0, 1.0], carries_over=False
    )
    assert sorted(found.site_year) == [1, 2]
    assert found.block_year[0] == 0


@pytest.fixture
def planned(world, draw, grid):
    """A plan of five sites with priorities on a grid of streets."""
    places = {"a": (330, 360), "b": (130, 260), "c": (90, 390), "d": (410, 60), "e": (210, 210)}
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[
            {**draw.site(uid, *places[uid]), "priority": rank}
            for rank, uid in enumerate(sorted(places), 1)
        ],
    )  # fmt: skip
    result = plan_extension(network, ExtensionParameters("A", tuple(sorted(places))))
    return network.apply(result.changes), result.summary["plan_uid"]


def test_the_years_add_up_to_the_bill_and_stay_within_the_money(planned):
    network, plan = planned
    total = bill(network, plan).total()
    budgets = {2026: total.typical / 2, 2027: total.typical / 4}
    found = plan_phases(network, PhaseParameters(plan, budgets)).summary
    for end in ("low", "typical", "high"):
        parts = [phase["cost_eur"][end] for phase in found["phases"]] + [found["left_out_eur"][end]]
        assert sum(Decimal(str(part)) for part in parts) == getattr(total, end)
    first = found["phases"][0]
    assert first["cost_eur"]["typical"] <= float(budgets[2026]) + 0.05
    served = {uid for phase in found["phases"] for uid in phase["sites"]}
    assert served | {item["uid"] for item in found["left_out"]} == set("abcde")


def test_all_money_at_once_connects_everybody_at_once(planned):
    network, plan = planned
    total = bill(network, plan).total().typical
    result = plan_phases(network, PhaseParameters(plan, {2026: total + 1, 2027: Decimal(0)}))
    assert result.summary["phases"][0]["sites"] == list("abcde")
    assert result.summary["left_out"] == [] and result.summary["more_buys"] == []
    stored = network.apply(result.changes)
    assert set(stored.table("plan_spans")["phase_year"]) == {2026}
    assert set(stored.table("plan_sites")["phase_year"]) == {2026}


@pytest.mark.parametrize("shares", [(2, 4), (3, 3), (1000, 2), (4, 2)])
def test_phases_read_from_the_plan_cost_what_the_study_said(planned, shares):
    network, plan = planned
    priced = bill(network, plan)
    budgets = {2026 + k: priced.total().typical / share for k, share in enumerate(shares)}
    result = plan_phases(network, PhaseParameters(plan, budgets))
    stored = stored_phases(network.apply(result.changes), plan, priced)
    told = {phase.year: phase for phase in stored}
    for phase in result.summary["phases"]:
        if phase["sites"]:
            assert told[phase["year"]].cost.to_json() == phase["cost_eur"]
            assert list(told[phase["year"]].sites) == phase["sites"]
            assert list(told[phase["year"]].spans) == phase["spans"]
    for end in ("low", "typical", "high"):
        assert sum(getattr(phase.cost, end) for phase in stored) == getattr(priced.total(), end)


def test_money_with_vat_buys_less_and_pays_for_the_cost_summary(planned):
    network, plan = planned
    priced = bill(network, plan)
    total = cost_summary(priced).total.typical
    whole = PhaseParameters(plan, {2026: total + 1}, is_gross=True)
    phase = plan_phases(network, whole).summary["phases"][0]
    assert len(phase["sites"]) == 5
    assert phase["gross_eur"]["typical"] == pytest.approx(float(total), abs=0.02)
    assert phase["cost_eur"]["typical"] == float(priced.total().typical)
    short = PhaseParameters(plan, {2026: priced.total().typical + 1}, is_gross=True)
    first = plan_phases(network, short).summary
    assert first["left_out"] and first["phases"][0]["gross_eur"]["typical"] <= float(
        priced.total().typical + 1
    )


def test_plan_without_years_has_no_phases(planned):
    network, plan = planned
    assert stored_phases(network, plan, bill(network, plan)) == ()


def test_sections_that_phases_share_are_built_once(planned):
    network, plan = planned
    blocks = cut(network, plan, bill(network, plan))
    spans = [uid for block in blocks.blocks for uid in block.spans]
    assert sorted(spans) == sorted(network.table("plan_spans").index)
    total = bill(network, plan).total().typical
    assert sum(block.cost for block in blocks.blocks) / EURO == pytest.approx(float(total), abs=0.2)


def test_budgets_and_names_that_make_no_sense_are_refused(planned):
    network, plan = planned
    with pytest.raises(InputError, match="budget"):
        plan_phases(network, PhaseParameters(plan, {}))
    with pytest.raises(InputError, match="budget"):
        plan_phases(network, PhaseParameters(plan, {2026: Decimal(-1)}))
    with pytest.raises(InputError, match="nowhere"):
        plan_phases(network, PhaseParameters(plan, {2026: Decimal(1)}, (("a", "nowhere"),)))
