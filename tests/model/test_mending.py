"""Mends: each repairs what its rule finds, nothing else, and can be taken back."""

import pytest
import shapely

from app.model.changes import combine, insert, update
from app.model.frames import frame_from_rows
from app.model.geodesy import from_lonlat
from app.model.mending import MENDS, mend
from app.model.messages import message
from app.model.rules import check
from app.model.tables import TABLES

CRS = "EPSG:7791"
X0, Y0 = 514000.0, 5034000.0


def content(network):
    return network.content_hash(TABLES)


def with_rows(network, table, *rows):
    made = insert(table, frame_from_rows(TABLES[table], rows, CRS))
    return network.apply(combine(message("rows"), [made]))


def with_values(network, table, uid, geometry=None, **values):
    rows = network.table(table).loc[[uid]]
    shapes = None if geometry is None else [geometry]
    return network.apply(combine(message("x"), [update(table, rows, values, shapes)]))


def point(x, y):
    return shapely.Point(X0 + x, Y0 + y)


def line(*points):
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in points])


def rules_of(network):
    return {finding.rule for finding in check(network)}


def mended(network, rule):
    changes = mend(network, rule)
    after = network.apply(changes)
    assert content(after.apply(changes.inverse())) == content(network)
    return after


def broken(network, rule):
    """Return the network with the fault that ``rule`` finds, one that a mend can repair."""
    bow = shapely.MultiPolygon(
        [shapely.Polygon([(X0, Y0), (X0 + 9, Y0 + 9), (X0 + 9, Y0), (X0, Y0 + 9)])]
    )
    twin = {"name": "Twin", "geometry": point(5, 5)}
    faults = {
        "reference.missing": lambda: with_values(network, "sites", "s1", node="gone"),
        "value.not_in_list": lambda: with_values(network, "sites", "s1", category="HOSPITAL"),
        "geometry.invalid": lambda: with_rows(
            network, "hazards", {"uid": "z", "kind": "flood", "geometry": bow}
        ),
        "geometry.swapped": lambda: with_values(
            network, "sites", "s1", geometry=swapped_point(9.19, 45.46)
        ),
        "span.no_end": lambda: with_values(network, "spans", "ha", end_node=None),
        "span.end_apart": lambda: with_values(
            network, "spans", "ha", geometry=line((0, 0), (500, 0), (996, 3))
        ),
        "span.zero_length": lambda: with_rows(
            network, "spans",
            {"uid": "o", "start_node": "a", "end_node": "a", "route_length_m": 0.0,
             "geometry": line((1000, 0), (1000, 0))},
        ),
        "span.length_missing": lambda: with_values(network, "spans", "ha", route_length_m=None),
        "site.no_node": lambda: with_values(
            network, "sites", "s1", point(1000.2, 0), status="operational", node=None
        ),
        "site.repeated": lambda: with_rows(
            network, "sites", {"uid": "t1", **twin}, {"uid": "t2", **twin}
        ),
    }  # fmt: skip
    return faults[rule]()


def swapped_point(lon, lat):
    x, y = from_lonlat([lat], [lon], CRS)
    return shapely.Point(x[0], y[0])


@pytest.mark.parametrize("rule", sorted(MENDS))
def test_each_mend_ends_the_findings_of_its_rule(small, rule):
    network = broken(small, rule)
    assert rule in rules_of(network)
    after = mended(network, rule)
    assert rule not in rules_of(after)
    assert mend(after, rule).is_empty


@pytest.mark.parametrize("rule", sorted(MENDS))
def test_a_sound_network_is_left_alone(small, rule):
    assert mend(small, rule).is_empty


def test_an_unknown_word_becomes_other_and_is_kept_in_the_note(small):
    after = mended(with_values(small, "sites", "s1", category="zoo"), "value.not_in_list")
    row = after.table("sites").loc["s1"]
    assert (row["category"], row["note"]) == ("other_body", "category: zoo")
    known = mended(with_values(small, "sites", "s1", category="Civil-Protection"),
                   "value.not_in_list")  # fmt: skip
    assert known.table("sites").loc["s1", "category"] == "civil_protection"
    assert known.table("sites").loc["s1", "note"] is None


def test_wide_gaps_and_doubtful_ends_stay_for_a_person(small):
    wide = with_values(small, "spans", "ha", geometry=line((0, 0), (900, 0)))
    assert mend(wide, "span.end_apart").is_empty
    twice = with_rows(small, "nodes", {"uid": "a2", "type": "pole", "geometry": point(1000, 0.5)})
    open_end = with_values(twice, "spans", "ha", end_node=None)
    assert mend(open_end, "span.no_end").is_empty


def test_a_repeated_site_that_something_names_stays(small):
    twin = {"name": "Twin", "geometry": point(5, 5)}
    network = with_rows(small, "sites", {"uid": "t1", **twin}, {"uid": "t2", **twin})
    network = with_rows(network, "towers", {"uid": "w", "name": "W", "node": "a", "site": "t2"})
    assert mend(network, "site.repeated").is_empty


def test_a_place_given_twice_in_the_right_order_is_no_swap(small):
    finding = [item for item in check(small) if item.rule == "geometry.swapped"]
    assert finding == []
    network = broken(small, "geometry.swapped")
    after = mended(network, "geometry.swapped")
    place = after.geo("sites").loc["s1", "geometry"]
    assert 500_000 < place.x < 530_000 and 5_000_000 < place.y < 5_060_000
