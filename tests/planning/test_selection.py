import dataclasses
import itertools

import pytest

from app.model.errors import Infeasible, InputError
from app.model.guidance import Guidance
from app.model.selection import Selection
from app.planning.extension import ExtensionParameters, plan_extension

SITES = ("a", "b", "c", "d", "e")
PLACES = {"a": (330, 360), "b": (130, 260), "c": (90, 390), "d": (410, 20), "e": (200, 430)}


@pytest.fixture(scope="module")
def town(world, draw, grid):
    """A town with a hub in a corner and five sites; ``values`` are what they are worth."""

    def build(values=None, **more):
        rows = [
            draw.site(uid, *PLACES[uid], value_eur=(values or {}).get(uid), **more.get(uid, {}))
            for uid in SITES
        ]
        return world(streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")], sites=rows)

    return build


def plan(network, sites=SITES, **asked):
    guidance = asked.pop("guidance", Guidance())
    protection = asked.pop("protection", "none")
    parameters = ExtensionParameters(
        "A", sites, protection=protection, time_limit_s=4, selection=Selection(**asked),
        guidance=guidance,
    )  # fmt: skip
    return plan_extension(network, parameters)


def cost_of(network, sites):
    return plan(network, sites).summary["objective"] if sites else 0.0


def subsets():
    return [set(some) for n in range(6) for some in itertools.combinations(SITES, n)]


@pytest.fixture(scope="module")
def costs(town):
    """Cost of the cheapest plan for every subset of the sites."""
    network = town()
    return {frozenset(some): cost_of(network, tuple(sorted(some))) for some in subsets()}


def connected(result):
    table = result.tables["plan_sites"]
    return set(table.loc[table["state"] == "connected", "site"])


def test_every_choice_is_the_best_of_all_subsets(town, costs):
    for values in (
        {"a": 9000, "b": 9000, "c": 9000, "d": 9000, "e": 9000},
        {"a": 40000, "b": 500, "c": 12000, "d": 30000, "e": 100},
    ):
        result = plan(town(values), is_optional=True)
        best = min(
            costs[some] + sum(values[uid] for uid in SITES if uid not in some) for some in costs
        )
        facts = result.summary
        assert facts["selection_objective"] == pytest.approx(best, abs=0.05)
        assert facts["selection_lower_bound"] == pytest.approx(best, abs=0.5)
        assert facts["selection_gap"] < 1e-4
        assert facts["objective"] == pytest.approx(costs[frozenset(connected(result))], abs=0.05)
        assert {item["uid"] for item in facts["left_out"]} == set(SITES) - connected(result)


def test_sites_left_out_say_what_they_would_cost_on_top(town, costs):
    values = {"a": 40000, "b": 500, "c": 12000, "d": 30000, "e": 100}
    result = plan(town(values), is_optional=True)
    chosen = frozenset(connected(result))
    assert 0 < len(chosen) < 5
    for item in result.summary["left_out"]:
        more = costs[chosen | {item["uid"]}] - costs[chosen]
        assert item["marginal_cost"] >= more - 0.05
        assert item["marginal_cost"] >= item["value"] == values[item["uid"]]
        assert str(int(item["value"])) in item["reason"]
    table = result.tables["plan_sites"].set_index("site")
    assert set(table["state"]) == {"connected", "leftOut"}
    assert table.loc[table["state"] == "leftOut", "reason"].str.contains("worth").all()


@pytest.mark.parametrize("share", [0.35, 0.6, 0.85])
def test_a_budget_buys_as_many_sites_as_any_plan_within_it(town, costs, share):
    budget = round(share * costs[frozenset(SITES)])
    result = plan(town(), budget_eur=budget)
    facts = result.summary
    most = max(len(some) for some in costs if costs[some] <= budget)
    assert facts["objective"] <= budget == facts["budget_eur"]
    assert facts["connected"] == facts["served"] == facts["upper_bound"] == most
    assert len(facts["left_out"]) == 5 - most
    assert facts["selection_gap"] == 0


def test_values_and_priorities_decide_what_a_budget_buys(town, costs):
    budget = round(0.5 * costs[frozenset(SITES)])
    values = {"a": 100, "b": 100, "c": 100, "d": 90_000.5, "e": 100}
    facts = plan(town(values), budget_eur=budget, maximise="value").summary
    assert facts["served"] == facts["upper_bound"] >= 90_000.5
    urgent = {"d": {"priority": 1}, **{uid: {"priority": 5} for uid in "abce"}}
    result = plan(town(**urgent), budget_eur=budget, maximise="priority")
    assert "d" in connected(result)
    assert result.summary["served"] == 5 + len(connected(result)) - 1


def test_sites_without_a_worth_are_connected_unless_a_prize_is_given(town):
    network = town({"a": 1, "b": 1, "c": 1})
    assert connected(plan(network, is_optional=True)) == {"d", "e"}
    assert connected(plan(network, is_optional=True, prize_eur=1)) == set()
    assert connected(plan(network, is_optional=True, prize_eur=1e6)) == {"d", "e"}


def test_a_plan_that_asks_for_nothing_of_this_says_nothing_of_it(town):
    result = plan(town({"a": 1}))
    assert connected(result) == set(SITES)
    assert "left_out" not in result.summary
    stored = result.tables["plans"].iloc[0]["parameters"]
    assert "selection" not in stored


def test_the_choice_is_stored_with_the_plan(town):
    result = plan(town(), budget_eur=1.0)
    stored = result.tables["plans"].iloc[0]["parameters"]
    assert stored["selection"]["budget_eur"] == 1.0
    assert connected(result) == set()
    assert result.summary["objective"] == 0


def test_a_budget_of_nothing_buys_nothing(town):
    result = plan(town(), budget_eur=0.0)
    assert connected(result) == set()
    assert (result.summary["objective"], result.summary["gap"]) == (0, 0)


def test_sites_at_one_place_are_chosen_one_by_one(world, draw, grid):
    twins = [draw.site("cheap", 130, 260, value_eur=1), draw.site("dear", 130, 260, value_eur=1e6)]
    network = world(streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")], sites=twins)
    result = plan(network, ("cheap", "dear"), is_optional=True)
    assert connected(result) == {"dear"}
    assert 1 < result.summary["left_out"][0]["marginal_cost"] < result.summary["objective"]


def test_what_must_be_built_comes_first(town):
    network = town(dict.fromkeys(SITES, 1))
    street = network.table("streets").index[7]
    must = Guidance(must_use=(str(street),))
    forced = plan(network, is_optional=True, guidance=must)
    assert forced.summary["forced"] > 0
    assert forced.summary["objective"] >= forced.summary["forced"]
    with pytest.raises(Infeasible, match="budget"):
        plan(network, budget_eur=5.0, guidance=must)


@pytest.mark.parametrize(
    "asked",
    [
        {"budget_eur": -1.0},
        {"prize_eur": float("nan"), "is_optional": True},
        {"budget_eur": 5.0, "maximise": "beauty"},
        {"is_optional": True},
        {"budget_eur": 5.0, "maximise": "value"},
        {"budget_eur": 5.0, "protection": "edge"},
        {"budget_eur": 5.0, "guidance": Guidance(max_length_m=9.0, length_rule="keep")},
    ],
)
def test_wishes_that_do_not_go_together_are_refused(town, asked):
    with pytest.raises(InputError):
        plan(town(), **asked)


def test_parameters_travel_as_plain_values():
    asked = ExtensionParameters("A", ("a",), selection=Selection(budget_eur=5.0))
    assert asked.to_json()["selection"]["budget_eur"] == 5.0
    assert "selection" not in dataclasses.replace(asked, selection=Selection()).to_json()
