"""A plan of twelve sections worked by hand, line by line; splitting sections changes no total.

The plan: a hub, a branch with four sections, a branch with a lead-in, one below poles.

    hub --S01-- n1 --S02-- n2 --S03-- a          trench 650 m, mini-trench 420.5 m, lead-in 12 m
                |           +---S04-- n3 --S05-- b   micro-trench 180.25 m, lead-in 8.75 m
                +---S06-- n4 --S07-- n5 --S08-- c    duct 900 m, drilling 60 m, lead-in 4 m (tower)
                +---S09-- n6 --S10-- d               poles 310 m, lead-in 9.5 m
                          +----S11-- n7 --S12-- e    sewer 250 m, lead-in 30 m

S01 crosses a river, S07 a railway. Each site needs 4 fibres, 6 with reserve.
"""

import copy
import dataclasses
import functools
from decimal import ROUND_HALF_UP, Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.frames import frame_from_rows
from app.model.network import empty_network
from app.model.tables import TABLES
from app.planning.costs.bill import DERIVED, OPTIMISED, bill, bill_of_rows
from app.planning.costs.costrules import default_rules, rules_from_json
from app.planning.costs.deriving import derive
from app.planning.costs.payers import payments
from app.planning.costs.prices import default_price_list, price_book

PLAN, CRS = "plan-1", "EPSG:7791"

# uid, from, to, technique, surface, metres, conduit, crossings
SPANS = [
    ("S01", "hub", "n1", "trench", "asphalt", "650.000", None, ("river",)),
    ("S02", "n1", "n2", "miniTrench", "asphalt", "420.500", None, ()),
    ("S03", "n2", "a", "leadIn", None, "12.000", None, ()),
    ("S04", "n2", "n3", "microTrench", "asphalt", "180.250", None, ()),
    ("S05", "n3", "b", "leadIn", None, "8.750", None, ()),
    ("S06", "n1", "n4", "existingDuct", None, "900.000", "duct", ()),
    ("S07", "n4", "n5", "noDig", "asphalt", "60.000", None, ("railway",)),
    ("S08", "n5", "c", "leadIn", None, "4.000", None, ()),
    ("S09", "n1", "n6", "aerial", "earth", "310.000", None, ()),
    ("S10", "n6", "d", "leadIn", None, "9.500", None, ()),
    ("S11", "n6", "n7", "sewer", None, "250.000", "sewer", ()),
    ("S12", "n7", "e", "leadIn", None, "30.000", None, ()),
]

# site: route, guaranteed Mbit/s, metres to the hub
SITES = {
    "a": (("S01", "S02", "S03"), 1_000.0, 3_000.0),
    "b": (("S01", "S02", "S04", "S05"), None, 6_000.0),
    "c": (("S01", "S06", "S07", "S08"), 10_000.0, 4_800.0),
    "d": (("S01", "S09", "S10"), 1_000.0, 45_000.0),
    "e": (("S01", "S09", "S11", "S12"), 20_000.0, 9_000.0),
}
PAYERS = {"a": "Comune di Rho", "b": "Comune di Rho", "c": "ATS", "d": None, "e": "ATS"}

IN_DUCT = ("cable.24.supply", "cable.blowing")
NEW_DUCT = (*IN_DUCT, "duct.minitube.supply", "duct.minitube.laying")
BY_METRE = {
    "trench": ("trench.asphalt", *NEW_DUCT),
    "miniTrench": ("minitrench.asphalt", *NEW_DUCT),
    "microTrench": ("microtrench.asphalt", *NEW_DUCT),
    "leadIn": ("leadin.trench", *NEW_DUCT),
    "existingDuct": IN_DUCT,
    "noDig": ("nodig.drilling", *NEW_DUCT),
    "aerial": ("aerial.poles", "cable.aerial"),
    "sewer": ("cable.sewer",),
}
AT_SITE = {"site.entry": 1, "odf.site": 1, "splice.fibre": 4, "test.otdr": 4}
BY_PIECE = {
    "S01": {"join.closure": 1, "crossing.river": 1}, "S06": {"duct.access": 2},
    "S07": {"crossing.railway": 1},
    **dict.fromkeys(("S03", "S05", "S08", "S10", "S12"), AT_SITE),
}  # fmt: skip

# The bill by hand: quantity, low, typical and high price; amounts are worked below the table.
OPTIMISED_BY_HAND = {
    # Trenches: 650; 420.5; 180.25; drilling 60; lead-ins 12 + 8.75 + 4 + 9.5 + 30 = 64.25
    "trench.asphalt": ("650", "60", "100", "150"),
    "minitrench.asphalt": ("420.5", "30", "45", "60"),
    "microtrench.asphalt": ("180.25", "40", "50", "60"),
    "nodig.drilling": ("60", "80", "140", "200"),
    "leadin.trench": ("64.25", "30", "50", "90"),
    # Minitubes where one digs or drills: 650 + 420.5 + 180.25 + 60 + 64.25 = 1375
    "duct.minitube.supply": ("1375", "2.5", "3.75", "5"),
    "duct.minitube.laying": ("1375", "1.5", "2.25", "3"),
    # Cable there and in the duct of 900 m: 2275
    "cable.24.supply": ("2275", "0.7", "1", "1.5"),
    "cable.blowing": ("2275", "1", "1.5", "2"),
    "cable.aerial": ("310", "6", "10", "16"),
    "aerial.poles": ("310", "12", "20", "35"),
    "cable.sewer": ("250", "20", "25", "30"),
    "duct.access": ("2", "250", "450", "900"),
    "crossing.river": ("1", "8000", "15000", "30000"),
    "crossing.railway": ("1", "8000", "15000", "30000"),
    "join.closure": ("1", "600", "1000", "1800"),
    # Five sites, four fibres each
    "site.entry": ("5", "250", "450", "900"),
    "odf.site": ("5", "520", "860", "1580"),
    "splice.fibre": ("20", "10", "15", "25"),
    "test.otdr": ("20", "10", "20", "30"),
}
DERIVED_BY_HAND = {
    # n1: four sections, none a lead-in. n2 and n6: two besides a lead-in.
    "chamber.branch": ("1", "513.10", "779.39", "1200"),
    "chamber.small": ("2", "115.55", "182.11", "400"),
    # Every 300 m: 650 in 3 parts needs 2, 420.5 in 2 parts needs 1
    "chamber.route": ("3", "286.06", "513.10", "779.39"),
    # 0.5 x 650 + 0.4 x 420.5 = 325 + 168.2
    "reinstatement.asphalt": ("493.2", "14.76", "23.13", "35.10"),
    # 0.5 x (420.5 + 180.25 + 60)
    "survey.georadar": ("330.375", "1", "2.5", "5"),
    # S08 (4 m) and S10 (9.5 m) are dug alone
    "job.short": ("2", "150", "300", "600"),
    # S01 serves 5 sites: 5 x 6 = 30 fibres, a cable of 48
    "cable.48.extra": ("650", "0.3", "0.5", "0.7"),
    # 3 chambers x 10 m + 5 entries x 15 m
    "cable.slack": ("105", "1.5", "2.5", "4"),
    # n1, n2, n6
    "joint.closure": ("3", "300", "450", "600"),
    # 4 fibres x sites: n1 serves 5, 2, 2, 1 sites: 2 + 1 leave; n2 2, 1, 1: 1; n6 2, 1, 1: 1
    "splice.fibre": ("20", "10", "15", "25"),
    "permit.water": ("1", "500", "1200", "3000"),
    "permit.railway": ("1", "1000", "2500", "6000"),
    # 4 fibres x 5 sites
    "odf.port": ("20", "15", "30", "60"),
    "equipment.10g": ("4", "500", "900", "1800"),
    "equipment.100g": ("1", "4000", "7000", "14000"),
    # Loss with 2 connectors of 0.5 dB, splices of 0.1 dB and 3 dB of margin, 2 modules a site:
    # a, 3 km at 1310 nm: 1.2 + 0.2 + 1 + 3 = 5.4 <= 6.2
    "optics.10g.lr": ("2", "40", "80", "200"),
    # b, 6 km: 2.4 + 0.3 + 1 + 3 = 6.7; c, 4.8 km: 1.92 + 0.3 + 1 + 3 = 6.22: both above 6.2
    "optics.10g.er": ("4", "150", "300", "700"),
    # d, 45 km at 1550 nm: 10.69 + 1.3 + 1 + 3 = 15.99 > 11
    "optics.beyond": ("2", "2000", "5000", "12000"),
    # e, 20 Gbit/s, 9 km within the 10 km of 100GBASE-LR4
    "optics.100g.lr4": ("2", "400", "800", "2000"),
    "tower.work": ("1", "1500", "3500", "8000"),
}
# Sums of the typical amounts, added on paper.
OBJECTIVE, DERIVED_TYPICAL = Decimal("173185.00"), Decimal("49114.07")


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def rows_by_hand():
    spans = []
    for number, (uid, start, end, technique, surface, metres, conduit, crossings) in enumerate(
        SPANS
    ):
        items = dict.fromkeys(BY_METRE[technique], float(metres))
        spans.append(
            {
                "uid": uid, "plan": PLAN, "start_node": start, "end_node": end,
                "technique": technique, "surface": surface, "conduit": conduit,
                "route_length_m": float(metres), "crossings": crossings,
                "items": {**items, **{c: float(n) for c, n in BY_PIECE.get(uid, {}).items()}},
                "geometry": shapely.LineString([(number, 0), (number, 1)]),
            }
        )  # fmt: skip
    kinds = {"n1": "chamber", "n2": "chamber", "n6": "chamber"}
    kinds |= dict.fromkeys(("n3", "n4", "n5", "n7"), "handhole")
    kinds |= dict.fromkeys(SITES, "buildingEntry")
    nodes = [
        {
            "uid": uid, "plan": PLAN, "type": kind, "site": f"site-{uid}" if uid in SITES else None,
            "geometry": shapely.Point(0, 0),
        }
        for uid, kind in kinds.items()
    ]  # fmt: skip
    joint = {"uid": "joint", "plan": PLAN, "type": "splicePoint", "joined_node": "hub"}
    nodes.append({**joint, "geometry": shapely.Point(0, 0)})
    sites = [
        {
            "uid": f"row-{uid}", "plan": PLAN, "site": f"site-{uid}", "state": "connected",
            "node": uid, "spans": route, "hub_length_m": hub_m,
        }
        for uid, (route, _, hub_m) in SITES.items()
    ]  # fmt: skip
    return spans, nodes, sites


def around():
    """The network around the plan: sites, barriers, a tower, the shipped prices."""
    network = empty_network("by hand", CRS, "project-1")
    point = shapely.Point(0, 0)
    new = {
        "sites": [
            {
                "uid": f"site-{uid}", "name": uid, "guaranteed_mbps": rate, "payer": PAYERS[uid],
                "geometry": point,
            }
            for uid, (_, rate, _) in SITES.items()
        ],
        "barriers": [
            {"uid": kind, "kind": kind, "geometry": shapely.LineString([(0, 0), (1, 0)])}
            for kind in ("river", "railway")
        ],
        "towers": [{"uid": "tower", "name": "Tower", "site": "site-c"}],
        "organisations": [{"uid": "owner", "name": "Metropolitan city", "role": "owner"}],
    }  # fmt: skip
    frames = {name: frame_from_rows(TABLES[name], rows, CRS) for name, rows in new.items()}
    tables = {**network.tables, **frames, **default_price_list()}
    return dataclasses.replace(network, tables=tables)


def stored(spans, nodes, sites):
    """Return the network with the rows as a stored plan, derived quantities and all."""
    network = around()
    derive(network, default_rules(), spans, nodes, sites)
    lists = network.table("price_lists")
    plan = {
        "uid": PLAN, "name": "By hand", "price_list": str(lists.index[lists["is_current"]][0])
    }  # fmt: skip
    new = {"plans": [plan], "plan_spans": spans, "plan_nodes": nodes, "plan_sites": sites}
    frames = {name: frame_from_rows(TABLES[name], rows, CRS) for name, rows in new.items()}
    return dataclasses.replace(network, tables={**network.tables, **frames})


@pytest.fixture(scope="module")
def by_hand():
    return stored(*rows_by_hand())


@pytest.mark.parametrize(
    ("kind", "table"), [(OPTIMISED, OPTIMISED_BY_HAND), (DERIVED, DERIVED_BY_HAND)]
)
def test_every_line_of_the_bill_is_as_worked_by_hand(by_hand, kind, table):
    lines = {line.code: line for line in bill(by_hand, PLAN).lines if line.kind == kind}
    assert set(lines) == set(table)
    for code, (quantity, *prices) in table.items():
        line = lines[code]
        money = (line.amount.low, line.amount.typical, line.amount.high)
        assert line.quantity == Decimal(quantity), code
        assert money == tuple(cents(Decimal(quantity) * Decimal(price)) for price in prices), code
        assert sum(line.needs().values()) == line.quantity * 1000, code


def test_the_sums_are_as_added_on_paper(by_hand):
    paper = bill(by_hand, PLAN)
    assert paper.objective_eur == OBJECTIVE
    assert paper.total(DERIVED).typical == DERIVED_TYPICAL
    assert paper.total().typical == OBJECTIVE + DERIVED_TYPICAL
    assert paper.yearly == ()


def test_lines_point_to_the_sections_and_nodes_that_cause_them(by_hand):
    lines = {(line.code, line.kind): line for line in bill(by_hand, PLAN).lines}
    assert lines["chamber.small", DERIVED].objects == ("n2", "n6")
    assert lines["job.short", DERIVED].objects == ("S08", "S10")
    assert lines["chamber.route", DERIVED].needs() == {"S01": 2000, "S02": 1000}
    assert lines["permit.water", DERIVED].objects == ("S01",)
    assert lines["optics.10g.er", DERIVED].objects == ("b", "c")
    assert lines["tower.work", DERIVED].objects == ("c",)
    assert lines["reinstatement.asphalt", DERIVED].needs() == {"S01": 325_000, "S02": 168_200}


@pytest.mark.parametrize("key", ["equal", "rate"])
def test_payers_add_up_to_the_bill_by_hand(by_hand, key):
    paper = bill(by_hand, PLAN)
    paid = payments(by_hand, paper, key)
    assert paid.total == paper.total()
    assert set(paid.by_payer) == {"Comune di Rho", "ATS", "Metropolitan city"}


def cut(rows, span, share_mm):
    """Split a section at ``share_mm`` from its start, by a handhole; what it lists is divided."""
    spans, nodes, sites = copy.deepcopy(rows)
    row = next(row for row in spans if row["uid"] == span)
    whole = round(row["route_length_m"] * 1000)
    here = max(1, min(whole - 1, share_mm % whole))
    first = {code: round(n * 1000) * here // whole for code, n in row["items"].items()}
    rest = {code: round(n * 1000) - first[code] for code, n in row["items"].items()}
    new = {
        **row, "uid": f"{span}+", "start_node": f"cut-{span}", "crossings": (),
        "route_length_m": (whole - here) / 1000, "items": {c: n / 1000 for c, n in rest.items()},
    }  # fmt: skip
    row |= {
        "end_node": f"cut-{span}", "route_length_m": here / 1000,
        "items": {c: n / 1000 for c, n in first.items()},
    }  # fmt: skip
    spans.append(new)
    handhole = {"uid": f"cut-{span}", "plan": PLAN, "type": "handhole"}
    nodes.append({**handhole, "geometry": shapely.Point(0, 0)})
    for site in sites:
        if span in site["spans"]:
            site["spans"] = (*site["spans"], f"{span}+")
    return spans, nodes, sites


@functools.cache
def surroundings():
    network = around()
    return network, price_book(network)


def billed(spans, nodes, sites):
    """Return the bill of rows as they are drawn up, without storing them."""
    network, book = surroundings()
    derive(network, default_rules(), spans, nodes, sites)
    return bill_of_rows(PLAN, spans, nodes, book)


def quantities(paper):
    return {(line.code, line.kind): line.quantity for line in paper.lines}


CUTS = st.lists(
    st.tuples(st.sampled_from([row[0] for row in SPANS]), st.integers(1, 10**6)),
    min_size=1, max_size=5, unique_by=lambda pair: pair[0],
)  # fmt: skip


def check_cuts(cuts):
    rows = rows_by_hand()
    for span, share_mm in cuts:
        rows = cut(rows, span, share_mm)
    whole, split = billed(*rows_by_hand()), billed(*rows)
    assert quantities(split) == quantities(whole)
    assert split.total() == whole.total()


@settings(deadline=None, max_examples=100)
@given(CUTS)
def test_splitting_sections_leaves_every_quantity_and_the_total(cuts):
    check_cuts(cuts)


@pytest.mark.long
@settings(deadline=None, max_examples=2000)
@given(CUTS)
def test_splitting_sections_leaves_the_total_at_length(cuts):
    check_cuts(cuts)


def test_payers_add_up_after_a_section_is_split(by_hand):
    split = stored(*cut(rows_by_hand(), "S01", 123_457))
    paper = bill(split, PLAN)
    assert payments(split, paper).total == paper.total() == bill(by_hand, PLAN).total()


def with_rules(change):
    """Return the bill of the same rows by rules that ``change`` edits."""
    document = copy.deepcopy(default_rules().document)
    change(document)
    network, book = surroundings()
    spans, nodes, sites = rows_by_hand()
    derive(network, rules_from_json(document), spans, nodes, sites)
    return bill_of_rows(PLAN, spans, nodes, book)


def test_rules_are_data_and_change_what_is_derived():
    def edit(document):
        document["quantities"]["areas"][2].pop("on_request")
        document["quantities"]["chambers"]["every_m"] = 200
        document["quantities"]["fibres"] = {"per_site": 48, "reserve": 0}
        document["quantities"]["yearly"][0].pop("on_request")

    paper = with_rules(edit)
    found = {line.code: line.quantity for line in paper.lines if line.kind == DERIVED}
    assert found["reinstatement.subbase"] == Decimal("325.000")
    assert found["chamber.route"] == 5  # 650 in 4 parts, 420.5 in 3
    # 240 fibres on S01, 96 on S02 and 48 on the other sections with a cable of their own
    assert found["cable.288.extra"] == Decimal("650.000")
    assert found["cable.96.extra"] == Decimal("420.500")
    assert found["cable.48.extra"] == Decimal("1204.500")
    (wayleave,) = paper.yearly
    # 650 + 420.5 + 180.25 + 60 + 310 m at 0.50 EUR
    assert (wayleave.quantity, wayleave.amount.typical) == (
        Decimal("1620.750"), Decimal("810.38")
    )  # fmt: skip
    assert paper.yearly_total() == wayleave.amount
    assert wayleave not in paper.lines


def test_more_fibres_than_the_largest_cable_take_several_cables():
    def edit(document):
        document["quantities"]["fibres"] = {"per_site": 120, "reserve": 0}

    found = {
        (line.code, line.kind): line.needs() for line in with_rules(edit).lines
    }  # fmt: skip
    # S01 serves 5 sites: 600 fibres are three cables of 288
    assert found["cable.288.extra", DERIVED]["S01"] == 3 * 650_000
    assert found["cable.24.supply", DERIVED] == {"S01": 2 * 650_000}
    assert found["cable.blowing", DERIVED] == {"S01": 2 * 650_000}


def test_reels_are_joined_along_a_run_whatever_sections_it_has():
    def edit(document):
        document["quantities"]["joints"]["reel_m"] = 500

    lines = {(line.code, line.kind): line for line in with_rules(edit).lines}
    # S06, S07 and S08 are one run of 964 m: one joint more; S01 one, S02 none
    needs = lines["joint.closure", DERIVED].needs()
    assert sum(needs[uid] for uid in ("S06", "S07", "S08") if uid in needs) == 1000
    assert needs["S01"] == 1000
    # all fibres of the cable are spliced there: 48 on S01
    assert lines["splice.fibre", DERIVED].needs()["S01"] == 48_000


def test_plans_without_derived_quantities_keep_their_chambers(by_hand):
    spans, nodes, sites = rows_by_hand()
    network = stored(spans, nodes, sites)
    bare = {
        name: network.table(name).assign(derived=None) for name in ("plan_spans", "plan_nodes")
    }  # fmt: skip
    old = dataclasses.replace(network, tables={**network.tables, **bare})
    derived = [line for line in bill(old, PLAN).lines if line.kind == DERIVED]
    assert [(line.code, line.quantity, line.objects) for line in derived] == [
        ("chamber.branch", 3, ("n1", "n2", "n6"))
    ]
    assert bill(old, PLAN).objective_eur == bill(by_hand, PLAN).objective_eur
