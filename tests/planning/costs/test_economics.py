"""Costs over a plan's life: a case worked by hand, and closed forms of other hands."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.costs.assumptions import assumption_book, set_assumptions
from app.planning.costs.bill import ZERO, Money, bill
from app.planning.costs.economics import (
    annuity_factor,
    economics,
    life_cost,
    real_rate,
    unit_economics,
)
from app.planning.costs.residents import residents_served
from app.planning.costs.runningcosts import RunningCost, running_costs
from app.planning.costs.study import CostParameters, connected_sites, cost_plan
from app.planning.extension import ExtensionParameters, plan_extension


def euro(amount):
    value = Decimal(str(amount)).quantize(Decimal("0.01"))
    return Money(value, value, value)


def yearly(amount):
    return RunningCost("m", "maintenance", "", "", Decimal(1), "EUR", euro(amount), True, "")


@pytest.fixture
def town(world, draw, grid):
    """A plan for two sites in a municipality with residents and one in an unknown place."""
    places = {"a": (330, 360), "b": (130, 260), "c": (90, 390)}
    known = {"a": "Comune di Rho", "b": "RHO", "c": None}
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[
            {**draw.site(uid, *places[uid]), "municipality": known[uid], "guaranteed_mbps": 100.0}
            for uid in sorted(places)
        ],
        areas=[{"uid": "rho", "name": "Rho", "kind": "municipality", "code": "015182",
                "residents": 50000}],
    )  # fmt: skip
    result = plan_extension(network, ExtensionParameters("A", tuple(sorted(places))))
    return network.apply(result.changes), result.summary["plan_uid"]


def test_a_case_worked_by_hand(town):
    """1 000 EUR of equipment for 4 years, 100 a year, 10 years at 5 %.

    Renewed in years 4 and 8, half of it is left after year 10:
    1000 + 100 x 7.72173493 + 1000 x (0.82270247 + 0.67683936) - 500 x 0.61391325 = 2964.758...
    and times 0.12950457 a yearly cost of 383.95.
    """
    network, _plan = town
    given = {"horizon_years": 10, "discount_rate": "0.05", "life.equipment": 4}
    book = assumption_book(network, {code: Decimal(value) for code, value in given.items()})
    found = life_cost(book, [yearly(100)], {"equipment": (euro(1000), False)})
    assert found.renewals[0].years == (4, 8)
    assert found.renewals[0].residual == euro(500)
    assert found.running_value == euro("772.17")
    assert found.renewal_value == euro("1499.54")
    assert found.residual_value == euro("306.96")
    assert found.value == euro("2964.75")
    assert found.annuity == euro("383.95")
    assert found.placeholder_share == pytest.approx(100 / 1100)  # the works are not assumed


CASES = (
    st.integers(1, 60), st.integers(1, 60), st.integers(0, 200), st.integers(0, 10**7),
    st.integers(0, 10**9), st.integers(-20, 150),
)  # fmt: skip


def agree_with_a_ledger(horizon, life, per_mille, run, works, inflation):
    """The same costs written down year by year and discounted as floats."""
    book = assumption_book_of(horizon, life, per_mille, max(inflation, 0))
    rate = (1 + per_mille / 1000) / (1 + max(inflation, 0) / 1000) - 1
    found = life_cost(book, [yearly(run / 100)], {"equipment": (euro(works / 100), False)})
    ledger = np.zeros(horizon + 1)
    ledger[0] += works / 100
    ledger[1:] += run / 100
    age = 0
    for year in range(1, horizon + 1):
        age += 1
        if age == life and year < horizon:
            ledger[year] += works / 100
            age = 0
    ledger[horizon] -= works / 100 * max(0.0, 1 - age / life)
    expected = float(ledger @ (1 + rate) ** -np.arange(horizon + 1.0))
    assert float(found.value.typical) == pytest.approx(expected, abs=0.03, rel=1e-9)
    back = float(found.annuity.typical) * sum((1 + rate) ** -year for year in range(1, horizon + 1))
    assert back == pytest.approx(expected, abs=0.03 + 0.006 * horizon * max(1, (1 + rate) ** -60))


@settings(deadline=None, max_examples=100)
@given(st.tuples(*CASES))
def test_values_agree_with_a_ledger_of_the_years(case):
    agree_with_a_ledger(*case)


@pytest.mark.long
@settings(deadline=None, max_examples=1500)
@given(st.tuples(*CASES))
def test_many_values_agree_with_a_ledger_of_the_years(case):
    agree_with_a_ledger(*case)


def assumption_book_of(horizon, life, per_mille, inflation):
    from app.model.network import empty_network

    given = {
        "horizon_years": Decimal(horizon), "life.equipment": Decimal(life),
        "discount_rate": Decimal(per_mille) / 1000, "inflation_rate": Decimal(inflation) / 1000,
    }  # fmt: skip
    return assumption_book(empty_network("n"), given)


@given(st.integers(1, 80), st.fractions(0, 1, max_denominator=1000))
def test_the_annuity_factor_pays_back_exactly(years, rate):
    factor = annuity_factor(rate, years)
    assert factor * sum(1 / (1 + rate) ** year for year in range(1, years + 1)) == 1


def test_without_inflation_the_rate_is_real():
    assert real_rate(Decimal("0.03"), Decimal(0)) == Fraction(3, 100)
    assert real_rate(Decimal("0.05"), Decimal("0.02")) == Fraction(105, 102) - 1


def test_running_costs_of_a_plan_follow_from_its_quantities(town):
    network, plan = town
    priced = bill(network, plan)
    book = assumption_book(network)
    costs = {cost.code: cost for cost in running_costs(network, priced, book)}
    works = sum((line.amount for line in priced.lines if line.chapter == "cables"), ZERO)
    assert costs["maintenance.cables"].amount.typical == pytest.approx(
        works.typical * Decimal("0.02"), abs=Decimal("0.01")
    )
    # 3 sites x 30 W x 8760 h = 788.4 kWh at 0.25 EUR
    assert costs["power.site"].quantity == Decimal("788.4")
    assert costs["power.site"].amount.typical == Decimal("197.10")
    assert costs["power.site"].amount.low == Decimal("70.96")  # 394.2 kWh at 0.18
    assert "licence.radio" not in costs  # no links, no fee
    radio = assumption_book(network, {"licence.links": Decimal(2), "licence.radio": Decimal(600)})
    costs = {cost.code: cost for cost in running_costs(network, priced, radio)}
    assert costs["licence.radio"].amount == euro(1200)


def test_more_wayleave_costs_more_and_own_ducts_are_free(town):
    network, plan = town
    dear = network.apply(set_assumptions(network, {"wayleave.miniTrench": [Decimal(2)]}))
    spans = network.table("plan_spans")
    metres = spans.loc[spans["technique"] == "miniTrench", "route_length_m"].sum()
    first, second = (
        economics(net, bill(net, plan), assumption_book(net)).per_year.typical
        for net in (network, dear)
    )
    assert float(second - first) == pytest.approx(2 * metres, abs=0.02)


def test_yearly_lines_of_the_bill_count_in_place_of_assumed_wayleave(town):
    network, plan = town
    priced = bill(network, plan)
    lease = replace(priced.lines[0], code="lease.duct", unit="m_year", amount=euro(12))
    book = assumption_book(network, {"wayleave.miniTrench": Decimal(5)})
    costs = running_costs(network, replace(priced, yearly=(lease,)), book)
    wayleave = [cost for cost in costs if cost.group == "wayleave"]
    assert [(cost.code, cost.amount) for cost in wayleave] == [("lease.duct", euro(12))]


def test_what_is_spent_once_is_not_renewed_and_leaves_nothing(town):
    network, _plan = town
    book = assumption_book(network, {"horizon_years": Decimal(60)})
    found = life_cost(book, [], {"permits": (euro(1000), False)})
    assert found.value == euro(1000) and found.renewals[0].years == ()


def test_residents_are_those_of_the_municipalities_served_each_once(town):
    network, plan = town
    sites = connected_sites(network, plan)
    served = residents_served(network, sites)
    assert served["residents"] == 50000 and served["municipalities"] == 1
    assert [item["uid"] for item in served["residents_unknown"]] == ["c"]
    priced = bill(network, plan)
    found = unit_economics(
        economics(network, priced, assumption_book(network)), network, sites, priced.total()
    )
    total = float(priced.total().typical)
    assert found["per_resident_eur"]["typical"] == round(total / 50000, 2)


def test_nobody_counted_is_told_as_unknown(town):
    network, plan = town
    nobody = residents_served(network, connected_sites(network, plan).loc[["c"]])
    assert nobody["residents"] is None and len(nobody["residents_unknown"]) == 1


def test_the_study_tells_rate_and_horizon(town):
    network, plan = town
    rates = {"horizon_years": Decimal(20), "discount_rate": Decimal("0.04")}
    found = cost_plan(network, CostParameters(plan, rates=rates)).summary["economics"]
    assert (found["horizon_years"], found["discount_rate"]) == (20, 0.04)
    parts = (
        found["investment_eur"]["typical"] + found["running_value_eur"]["typical"]
        + found["renewal_value_eur"]["typical"] - found["residual_value_eur"]["typical"]
    )  # fmt: skip
    assert found["present_value_eur"]["typical"] == pytest.approx(parts, abs=1e-6)
