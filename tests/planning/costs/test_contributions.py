"""Contributions and funding: every cent has its body, and nobody pays what is unknown."""

from datetime import date
from decimal import Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.changes import combine, insert
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import empty_network
from app.model.tables import TABLES
from app.planning.costs.agreements import set_agreement, terms
from app.planning.costs.bill import bill
from app.planning.costs.contributions import ContributionParameters, contributions
from app.planning.costs.funding import (
    Funding,
    costs_by_category,
    default_funding,
    delete_funding,
    drawdown,
    fundings,
    set_funding,
    split_fundings,
)
from app.planning.extension import ExtensionParameters, plan_extension

ON = date(2027, 1, 1)
CRS = "EPSG:7791"
X, Y = 514000.0, 5034000.0


def network_of(**tables):
    network = empty_network("n", CRS)
    frames = [
        insert(name, frame_from_rows(TABLES[name], rows, CRS)) for name, rows in tables.items()
    ]
    return network.apply(combine(message("rows"), frames))


def town(number, residents, **agreement):
    """A municipality of 1 km2, its body, and its agreement."""
    body = {"uid": f"o{number}", "name": f"Comune di T{number}", "identifier": f"{number:06}",
            "role": "municipality"}  # fmt: skip
    area = {
        "uid": f"a{number}", "name": f"T{number}", "code": f"{number:06}", "kind": "municipality",
        "residents": residents,
        "geometry": shapely.MultiPolygon(
            [shapely.box(X + 1000 * number, Y, X + 1000 * (number + 1), Y + 1000)]
        ),
    }  # fmt: skip
    signed = {
        "uid": f"g{number}", "body": body["uid"], "signed": "2020-06-01T00:00:00.000Z",
        "contribution_key": "residents", **agreement,
    }  # fmt: skip
    return body, area, signed


def towns(*rows):
    bodies, areas, agreements = zip(*rows, strict=True)
    return network_of(organisations=list(bodies), areas=list(areas), agreements=list(agreements))


def shared(network, amount, **options):
    return contributions(network, ContributionParameters(Decimal(amount), ON, **options)).summary


def amounts(found):
    return {row["uid"]: row["amount_eur"] for row in found["contributions"]}


CENTS = st.integers(0, 10**10).map(lambda n: Decimal(n) / 100)


ASKED = (
    CENTS,
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10**6)),
            st.one_of(st.none(), st.integers(0, 10**8).map(lambda n: n / 100)),
            st.sampled_from(["equal", "residents", "length", "none"]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["agreed", "equal", "residents", "length"]),
)


def add_up(amount, rows, key):
    """Fixed and shared amounts, less what is too much, are the sum; shares are kept to."""
    network = towns(
        *(
            town(number, residents, yearly_eur=fixed, contribution_key=agreed)
            for number, (residents, fixed, agreed) in enumerate(rows)
        )
    )
    found = shared(network, amount, key=key)
    paid = sum((owed for owed in amounts(found).values() if owed is not None), Decimal(0))
    assert paid == found["fixed_eur"] + found["shared_eur"]
    assert paid + found["unshared_eur"] - found["surplus_eur"] == found["amount_eur"] == amount
    unknown = {item["uid"] for item in found["unknown"]}
    for row in found["contributions"]:
        assert (row["amount_eur"] is None) >= (row["uid"] in unknown)
        if row["share"] is not None:
            rest = max(amount - found["fixed_eur"], Decimal(0))
            assert abs(float(row["amount_eur"]) - row["share"] * float(rest)) < 0.011


@settings(deadline=None, max_examples=100)
@given(*ASKED)
def test_contributions_add_up_to_the_sum_exactly(amount, rows, key):
    add_up(amount, rows, key)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(*ASKED)
def test_many_contributions_add_up_to_the_sum_exactly(amount, rows, key):
    add_up(amount, rows, key)


def test_residents_share_by_hand():
    """100.00 among 1, 1 and 1 residents: the cent that is left goes to the first by name."""
    network = towns(town(1, 1), town(2, 1), town(3, 1))
    assert amounts(shared(network, "100.00")) == {
        "o1": Decimal("33.34"), "o2": Decimal("33.33"), "o3": Decimal("33.33"),
    }  # fmt: skip


def test_fixed_amounts_come_first_and_the_rest_is_shared():
    network = towns(town(1, 100, yearly_eur=40.0), town(2, 300), town(3, 100))
    found = shared(network, "100.00")
    assert amounts(found) == {"o1": Decimal(40), "o2": Decimal(45), "o3": Decimal(15)}
    more = shared(network, "30.00")
    assert more["surplus_eur"] == Decimal(10) and amounts(more)["o2"] == 0


def test_a_body_without_residents_is_told_and_gets_no_amount():
    result = contributions(
        towns(town(1, 100), town(2, None)),
        ContributionParameters(Decimal(50), ON, key="residents"),
    )
    assert amounts(result.summary) == {"o1": Decimal(50), "o2": None}
    assert [item["uid"] for item in result.summary["unknown"]] == ["o2"]
    (finding,) = result.findings
    assert finding.rule == "contributions.unknown" and finding.uids == ("o2",)


def test_nobody_with_a_weight_leaves_the_sum_unshared():
    result = contributions(
        towns(town(1, None)), ContributionParameters(Decimal(50), ON, key="residents")
    )
    assert result.summary["unshared_eur"] == 50
    assert {f.rule for f in result.findings} >= {"contributions.unshared"}


def test_only_agreements_in_force_count():
    rows = {
        1: {}, 2: {"signed": None}, 3: {"signed": "2027-01-02T00:00:00.000Z"},
        4: {"ends": "2027-01-01T00:00:00.000Z"}, 5: {"ends": "2027-01-02T00:00:00.000Z"},
        6: {"term_years": 6.5}, 7: {"term_years": 6.6},
        8: {"signed": "2020-02-29T00:00:00.000Z", "term_years": 7.0},
    }  # fmt: skip
    network = towns(*(town(number, 1, **terms) for number, terms in rows.items()))
    found = shared(network, "10.00", key="equal")
    assert set(amounts(found)) == {"o1", "o5", "o7", "o8"}
    assert len(found["not_in_force"]) == 4
    by_uid = {term.uid: term for term in terms(network, ON)}
    assert by_uid["g8"].ends == date(2027, 3, 1)


def test_agreements_in_operation_alone():
    network = towns(town(1, 1, is_in_operation=True), town(2, 1))
    assert set(amounts(shared(network, "10.00", only_operational=True))) == {"o1"}
    assert set(amounts(shared(network, "10.00"))) == {"o1", "o2"}


def test_metres_are_counted_in_each_territory():
    line = shapely.LineString([(X + 1500, Y + 500), (X + 2250, Y + 500)])
    network = towns(town(1, 1), town(2, 1), town(3, 1))
    spans = frame_from_rows(
        TABLES["spans"], [{"uid": "s", "geometry": line, "status": "operational"}], CRS
    )
    network = network.apply(combine(message("span"), [insert("spans", spans)]))
    found = amounts(shared(network, "75.00", key="length"))
    assert [float(found[uid]) for uid in ("o1", "o2", "o3")] == pytest.approx([50, 25, 0], abs=0.02)


def test_metres_in_rough_territories_are_told():
    body, area, signed = town(1, 1)
    network = towns((body, {**area, "is_approximate": True}, signed))
    parameters = ContributionParameters(Decimal(1), ON, key="length")
    rules = [finding.rule for finding in contributions(network, parameters).findings]
    assert "contributions.rough" in rules


def test_rates_are_those_of_connected_sites_that_the_body_pays():
    network = towns(town(1, 1), town(2, 1), town(3, 1))
    sites = [
        {"uid": uid, "name": uid, "payer": payer, "status": status, "guaranteed_mbps": rate,
         "geometry": shapely.Point(X, Y)}
        for uid, payer, status, rate in (
            ("a", "Comune di T1", "operational", 300.0),
            ("b", "Comune di T2", "operational", 100.0),
            ("c", "Comune di T2", "proposed", 900.0), ("d", "Comune di T3", "operational", None),
        )
    ]  # fmt: skip
    frame = frame_from_rows(TABLES["sites"], sites, CRS)
    network = network.apply(combine(message("sites"), [insert("sites", frame)]))
    found = shared(network, "40.00", key="rate")
    assert amounts(found) == {"o1": Decimal(30), "o2": Decimal(10), "o3": None}


def test_mixed_keys_share_by_heads_and_then_by_key():
    network = towns(
        town(1, 100), town(2, 300), town(3, 1, contribution_key="equal"),
        town(4, 1, contribution_key="none"),
    )  # fmt: skip
    assert amounts(shared(network, "90.00")) == {
        "o1": Decimal(15), "o2": Decimal(45), "o3": Decimal(30), "o4": Decimal(0),
    }  # fmt: skip


def test_senseless_questions_are_refused():
    network = towns(town(1, 1))
    with pytest.raises(InputError, match="agreed, equal, rate"):
        shared(network, "1", key="mood")
    for wrong in ("-1", "NaN"):
        with pytest.raises(InputError, match="0 euro or more"):
            shared(network, wrong)


def test_an_agreement_is_set_and_signed():
    network = towns(town(1, 1))
    changed = network.apply(set_agreement(network, "Comune di T1", {"yearly_eur": 12.5}))
    assert amounts(shared(changed, "20.00"))["o1"] == Decimal("12.50")
    bodies = [{"uid": "x", "name": "ATS"}]
    frame = frame_from_rows(TABLES["organisations"], bodies)
    more = changed.apply(combine(message("body"), [insert("organisations", frame)]))
    signed = {"signed": "2021-01-01T00:00:00.000Z", "contribution_key": "equal"}
    more = more.apply(set_agreement(more, "ATS", signed))
    assert amounts(shared(more, "20.00")) == {"o1": Decimal("12.50"), "x": Decimal("7.50")}
    for body, values in (("Nowhere", {}), ("ATS", {"mood": 1}), ("ATS", {"contribution_key": "x"})):
        with pytest.raises(InputError):
            set_agreement(more, body, values)


# -- funding ---------------------------------------------------------------------------------


def test_a_project_starts_with_the_clients_figure_and_may_change_it():
    network = empty_network("n", CRS).apply(default_funding())
    (first,) = fundings(network)
    assert (first.amount_eur, first.category) == (Decimal(2_000_000), "civil_protection")
    assert first.is_placeholder
    network = network.apply(set_funding(network, first.name, {"amount_eur": 2_150_000.0}))
    (second,) = fundings(network)
    assert (second.amount_eur, second.is_placeholder) == (Decimal(2_150_000), False)
    network = network.apply(set_funding(network, "Grant", {"amount_eur": 5.0, "first_year": 2027}))
    assert [item.name for item in fundings(network)] == [first.name, "Grant"]
    network = network.apply(delete_funding(network, "Grant"))
    assert len(fundings(network)) == 1
    for wrong in (
        {"amount_eur": -1.0},
        {"category": "pub"},
        {"first_year": 2030, "last_year": 2029},
    ):
        with pytest.raises(InputError, match="amount of 0 or more"):
            set_funding(network, "Grant", wrong)
    with pytest.raises(InputError, match="no funding"):
        delete_funding(network, "Grant")


def test_fundings_are_divided_among_their_years_to_the_cent():
    network = empty_network("n", CRS)
    network = network.apply(set_funding(network, "A", {"amount_eur": 100.0}))
    network = network.apply(set_funding(network, "B", {"amount_eur": 9.0, "first_year": 2028}))
    assert split_fundings(network, range(2027, 2030)) == {
        2027: Decimal("33.34"), 2028: Decimal("37.83"), 2029: Decimal("37.83"),
    }  # fmt: skip
    assert split_fundings(network, []) == {}


def source(uid, amount, category=None, first=None, last=None):
    return Funding(uid, uid, Decimal(amount), category, first, last, False, "")


def test_money_is_drawn_down_narrowest_first_as_worked_by_hand():
    sources = [source("cp", 100, "civil_protection"), source("any", 50, last=2028)]
    costs = {
        2027: {"civil_protection": Decimal(80), "library": Decimal(30)},
        2028: {"civil_protection": Decimal(60)},
        2029: {"library": Decimal(10)},
    }
    found = drawdown(sources, costs, [2027, 2028, 2029])
    used = [[part["used_eur"] for part in row["used"]] for row in found["years"]]
    assert used == [[80, 30], [20, 20], [0, 0]]
    assert [row["uncovered_eur"] for row in found["years"]] == [0, 20, 10]
    assert [item["left_eur"] for item in found["fundings"]] == [0, 0]
    assert found["uncovered_eur"] == 30


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_what_is_used_and_uncovered_is_what_the_years_cost(data):
    kinds = ["civil_protection", "library", ""]
    years = range(2027, 2027 + data.draw(st.integers(1, 4)))
    costs = {
        year: {kind: data.draw(CENTS) for kind in data.draw(st.sets(st.sampled_from(kinds)))}
        for year in years
    }
    sources = [
        source(
            f"f{number}", data.draw(CENTS), data.draw(st.sampled_from([None, *kinds[:2]])),
            data.draw(st.sampled_from([None, 2027, 2028])),
        )
        for number in range(data.draw(st.integers(0, 3)))
    ]  # fmt: skip
    found = drawdown(sources, costs, years)
    for row in found["years"]:
        used = sum(part["used_eur"] for part in row["used"])
        assert used + row["uncovered_eur"] == pytest.approx(row["cost_eur"], abs=0.001)
    for item in found["fundings"]:
        assert 0 <= item["left_eur"] <= item["amount_eur"]


def test_shared_sections_are_borne_by_the_categories_that_use_them(world, draw, grid):
    places = {"a": (330, 360), "b": (130, 260), "c": (90, 390)}
    kinds = {"a": "civil_protection", "b": "library", "c": "library"}
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[{**draw.site(uid, *places[uid]), "category": kinds[uid]} for uid in sorted(places)],
    )  # fmt: skip
    result = plan_extension(network, ExtensionParameters("A", tuple(sorted(places))))
    network, plan = network.apply(result.changes), result.summary["plan_uid"]
    priced = bill(network, plan)
    year_of = dict.fromkeys(
        [*network.table("plan_spans").index, *network.table("plan_nodes").index], 2027
    )
    found = costs_by_category(network, priced, year_of)[2027]
    assert set(found) == {"civil_protection", "library"}
    assert sum(found.values()) == priced.total().typical
    none_left_out = costs_by_category(network, priced, {})
    assert none_left_out == {}
