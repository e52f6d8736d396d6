"""Payers, cost summary and spread: everything adds up to the bill, to the cent."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.errors import InputError
from app.planning.costs.assumptions import (
    assumption_book,
    parse_value,
    project_summary_rates,
    reset_assumptions,
    set_assumptions,
)
from app.planning.costs.bill import DERIVED, OPTIMISED, Bill, BillLine, Money, bill
from app.planning.costs.comparison import NOT_BUILDING, compare_plans
from app.planning.costs.division import divide
from app.planning.costs.payers import payments
from app.planning.costs.study import CostParameters, cost_plan
from app.planning.costs.summary import cost_summary
from app.planning.costs.uncertainty import spread
from app.planning.extension import ExtensionParameters, plan_extension

CENTS = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)


def line(code, low, typical, high, kind=OPTIMISED):
    money = Money(*(Decimal(value).quantize(Decimal("0.01")) for value in (low, typical, high)))
    return BillLine(code, "works", code, code, "each", Decimal(1), money, money, kind, False, "", 1)


@settings(deadline=None, max_examples=200)
@given(CENTS, st.dictionaries(st.text(min_size=1, max_size=3), st.fractions(0, 50), min_size=1))
def test_divided_cents_add_up_and_stay_within_a_cent_of_the_exact_share(amount, weights):
    weights = {name: weight + Fraction(1, 7) for name, weight in weights.items()}
    parts = divide(amount, weights)
    assert sum(parts.values()) == amount
    whole = sum(weights.values())
    for name, part in parts.items():
        assert abs(Fraction(part) - Fraction(amount) * weights[name] / whole) < Fraction(1, 100)


@pytest.fixture
def planned(world, draw, grid):
    """A plan for sites of two payers and of nobody, on a grid of streets."""
    payers = {"a": "Comune di Rho", "b": "Comune di Rho", "c": "ATS", "d": None}
    places = {"a": (330, 360), "b": (130, 260), "c": (90, 390), "d": (410, 60)}
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[
            {**draw.site(uid, *places[uid]), "payer": payers[uid], "guaranteed_mbps": 100.0 * rank}
            for rank, uid in enumerate(sorted(places), 1)
        ],
    )  # fmt: skip
    result = plan_extension(network, ExtensionParameters("A", tuple(sorted(places))))
    return network.apply(result.changes), result.summary["plan_uid"]


@pytest.mark.parametrize("key", ["equal", "rate"])
def test_payers_add_up_to_the_bill(planned, key):
    network, plan = planned
    priced = bill(network, plan)
    paid = payments(network, priced, key)
    assert paid.total == priced.total()
    assert set(paid.by_payer) == {"Comune di Rho", "ATS", ""}
    assert all(amount.typical > 0 for amount in paid.by_payer.values())


def test_a_body_pays_for_no_section_that_its_sites_do_not_use(planned):
    network, plan = planned
    spans = network.table("plan_spans")
    used = network.table("plan_sites").set_index("site")["spans"]
    only = set(used["c"]) - {span for site in "abd" for span in used[site]}
    alone = sum(spans.loc[list(only), "typical_eur"])
    paid = payments(network, bill(network, plan)).by_payer["ATS"].typical
    everything = sum(spans.loc[list(used["c"]), "typical_eur"])
    assert alone - 1 <= float(paid) <= everything + 1500


def test_an_unknown_key_is_refused(planned):
    network, plan = planned
    with pytest.raises(InputError, match="equal, rate"):
        payments(network, bill(network, plan), "mood")


def test_the_cost_summary_adds_up_as_worked_by_hand():
    works = line("works", 800, 1000, 1500)
    summary = cost_summary(Bill("p", "l", "List", (works,)))
    by_code = {item.code: item.amount.typical for item in (*summary.works, *summary.sums)}
    assert by_code == {
        "A1": Decimal("1000.00"), "A2": Decimal("30.00"),
        "B1": Decimal("10.00"), "B2": Decimal("10.00"), "B3": Decimal("51.50"),
        "B4": Decimal("103.00"), "B5": Decimal("5.00"), "B6": Decimal("5.00"),
        "B7": Decimal("226.60"), "B8": Decimal("40.59"),
    }  # fmt: skip
    assert summary.total.typical == Decimal("1481.69")
    assert summary.works_total + summary.sums_total == summary.total


def test_a_given_rate_is_no_placeholder_and_a_wrong_one_is_refused(planned):
    network, _plan = planned
    rates = assumption_book(network, {"B3": Decimal("0.08")}).summary_rates()
    summary = cost_summary(Bill("p", "l", "List", (line("w", 1, 1000, 1000),)), rates)
    contingencies = next(item for item in summary.sums if item.code == "B3")
    assert contingencies.amount.typical == Decimal("82.40")
    assert not contingencies.is_placeholder
    with pytest.raises(InputError, match="no assumption B99"):
        assumption_book(network, {"B99": Decimal("0.1")})
    with pytest.raises(InputError, match=r"B3 is from 0\.0 to 1\.0, not 8\.0"):
        assumption_book(network, {"B3": Decimal(8)})


def test_a_rate_of_the_project_counts_until_it_is_reset(planned):
    network, _plan = planned
    set_once = network.apply(set_assumptions(network, {"B3": [Decimal("0.08")]}, "Council 12/2026"))
    set_twice = set_once.apply(
        set_assumptions(set_once, {"B3": [Decimal("0.07")], "B4": [Decimal("0.09")]})
    )
    by_code = {rate.code: rate for rate in project_summary_rates(set_twice).sums}
    assert (by_code["B3"].rate, by_code["B4"].rate) == (Decimal("0.07"), Decimal("0.09"))
    assert not by_code["B3"].is_placeholder and by_code["B1"].is_placeholder
    assert len(set_twice.table("assumptions")) == 2
    assert assumption_book(set_once).figures["B3"].source == "Council 12/2026"
    back = set_twice.apply(reset_assumptions(set_twice, ["B3", "B4"]))
    assert project_summary_rates(back) == project_summary_rates(network)


def test_ends_of_an_assumption_stand_in_order(planned):
    network, _plan = planned
    with pytest.raises(InputError, match="in this order"):
        set_assumptions(network, {"power.price": [Decimal(3), Decimal(2), Decimal(4)]})
    assert parse_value("x", "1/2,5/3") == (Decimal(1), Decimal("2.5"), Decimal(3))
    for wrong in ("a", "1/2", "nan", ""):
        with pytest.raises(InputError, match="wants a number"):
            parse_value("x", wrong)


def test_one_price_alone_spreads_like_its_triangle():
    low, typical, high = 60.0, 100.0, 150.0
    found = spread(Bill("p", "l", "List", (line("w", low, typical, high),)))
    p10 = low + np.sqrt(0.1 * (high - low) * (typical - low))
    p90 = high - np.sqrt(0.1 * (high - low) * (high - typical))
    assert found.p10_eur == pytest.approx(p10, rel=0.01)
    assert found.p90_eur == pytest.approx(p90, rel=0.01)
    assert found.mean_eur == pytest.approx((low + typical + high) / 3, rel=0.01)


def test_independent_prices_spread_less_than_their_extremes():
    lines = tuple(line(f"w{number}", 60, 100, 150) for number in range(16))
    found = spread(Bill("p", "l", "List", lines), seed=4)
    assert 16 * 60 < found.p10_eur < found.p50_eur < found.p90_eur < 16 * 120
    assert found == spread(Bill("p", "l", "List", lines), seed=4)
    together = spread(Bill("p", "l", "List", tuple(line("w", 60, 100, 150) for _ in range(16))))
    assert together.p90_eur > found.p90_eur  # one item moves as one


def test_prices_of_a_chapter_that_move_together_spread_more():
    lines = tuple(line(f"w{number}", 60, 100, 150) for number in range(16))
    priced = Bill("p", "l", "List", lines)
    widths = []
    for correlation in (0.0, 0.3, 0.7, 1.0):
        found = spread(priced, seed=4, correlation=correlation)
        widths.append(found.p90_eur - found.p10_eur)
    assert widths == sorted(widths) and widths[-1] > 3 * widths[0]
    as_one = spread(Bill("p", "l", "List", (line("w", 16 * 60, 1600, 16 * 150),)))
    assert widths[-1] == pytest.approx(as_one.p90_eur - as_one.p10_eur, rel=0.02)
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(InputError, match="correlation"):
            spread(priced, correlation=wrong)


def test_the_tornado_begins_with_the_widest_swing():
    lines = (line("small", 9, 10, 11), line("large", 50, 100, 200), line("small", 1, 1, 1, DERIVED))
    swings = spread(Bill("p", "l", "List", lines)).swings
    assert [swing.code for swing in swings] == ["large", "small"]
    assert (swings[0].low_eur, swings[0].high_eur) == (61.0, 211.0)


def test_the_cost_study_says_the_same_as_bill_and_plan(planned):
    network, plan = planned
    found = cost_plan(network, CostParameters(plan)).summary
    stored = network.table("plans").loc[plan]
    assert found["objective_eur"] == pytest.approx(stored["objective_eur"], abs=1e-9)
    assert sum(Decimal(str(item["amount_eur"]["typical"])) for item in found["items"]) == Decimal(
        str(found["total_eur"]["typical"])
    )
    assert found["per_site_eur"]["typical"] == round(found["total_eur"]["typical"] / 4, 2)
    works = found["cost_summary"]["works"][0]["amount_eur"]
    assert works == found["total_eur"]


def test_alternatives_begin_with_not_building_and_tell_their_difference(planned):
    network, plan = planned
    more = plan_extension(network, ExtensionParameters("B", ("a", "b")))
    network = network.apply(more.changes)
    found = compare_plans(network, [plan, more.summary["plan_uid"]]).summary
    names = [row["name"] for row in found["alternatives"]]
    assert names == [NOT_BUILDING, "A", "B"]
    (pair,) = found["differences"]
    assert pair["sites_only_first"] == ["c", "d"] and pair["sites_only_second"] == []
    assert pair["cost_difference_eur"] < 0
    lengths = network.table("plans").set_index("name")["route_length_m"]
    assert pair["only_first_m"] + pair["both_m"] == pytest.approx(lengths["A"], abs=0.1)
    assert pair["only_second_m"] + pair["both_m"] == pytest.approx(lengths["B"], abs=0.1)
