"""Places are found by names with typing errors, the likeliest first."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.changes import ChangeSet, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import empty_network
from app.model.places import PlaceIndex, fold
from app.model.tables import TABLES

LONG_NAMES = ("Protezione civile, Corsico", "Viale dell'Idroscàlo", "Via Dante Alighieri")
TOWNS = {
    "Corsico": (507_000, 5_031_000),
    "Rho": (500_000, 5_042_000),
    "Segrate": (524_000, 5_037_000),
}


def town(name, xy):
    return {"uid": f"a-{name}", "name": name, "kind": "municipality",
            "geometry": shapely.Point(xy).buffer(1500)}  # fmt: skip


def street(number, name, xy):
    line = shapely.LineString([xy, (xy[0] + 200, xy[1])])
    return {"uid": f"st{number}", "name": name, "road_class": "residential", "geometry": line}


@pytest.fixture(scope="module")
def index():
    sites = [
        ("s1", "Protezione civile, Corsico", "Corsico", TOWNS["Corsico"]),
        ("s2", "Scuola primaria Alessandro Manzoni", "Rho", TOWNS["Rho"]),
        ("s3", "Scuola primaria Giovanni Pascoli", "Rho", TOWNS["Rho"]),
    ]
    streets = [("Via Roma", name) for name in TOWNS] + [("Viale dell'Idroscàlo", "Segrate")]
    streets += [("Via Clerici", "Rho"), ("Via Dante Alighieri", "Corsico")]
    rows = {
        "areas": [town(name, xy) for name, xy in TOWNS.items()],
        "sites": [
            {"uid": uid, "name": name, "municipality": where, "geometry": shapely.Point(xy)}
            for uid, name, where, xy in sites
        ],
        "streets": [street(k, name, TOWNS[where]) for k, (name, where) in enumerate(streets)],
    }
    changes = ChangeSet(
        message("Trial"),
        tuple(insert(t, frame_from_rows(TABLES[t], items)) for t, items in rows.items()),
    )
    return PlaceIndex(empty_network("EPSG:7791").apply(changes))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("corscio", "Corsico"),
        ("prot civ corsico", "Protezione civile, Corsico"),
        ("scula manzni", "Scuola primaria Alessandro Manzoni"),
        ("v.le idroscalo", "Viale dell'Idroscàlo"),
        ("via dant", "Via Dante Alighieri"),
        ("alighieri dante", "Via Dante Alighieri"),
    ],
)
def test_a_misspelled_or_shortened_name_is_found_first(index, typed, found):
    assert index.search(typed)[0].title == found


def test_a_street_of_several_towns_is_a_place_in_each(index):
    places = index.search("via roma", limit=20)
    assert {place.detail for place in places if place.title == "Via Roma"} == set(TOWNS)
    assert "Via Clerici" not in [place.title for place in places]


def test_what_nothing_resembles_finds_nothing(index):
    assert index.search("xqzzy") == []
    assert index.search("  ") == []


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(LONG_NAMES),
       st.data())  # fmt: skip
def test_one_letter_lost_loses_no_place(index, name, data):
    """Whatever single letter of a long word is dropped, the name stays among the first hits."""
    at = data.draw(st.integers(0, len(name) - 1))
    titles = [place.title for place in index.search(name[:at] + name[at + 1 :])]
    assert name in titles[:3]


def test_folding_forgets_case_accents_and_short_forms():
    assert fold("P.za Sàn  Carlo") == fold("PIAZZA SAN CARLO") == "piazza san carlo"


@pytest.mark.parametrize(
    "text",
    ["via dante alighieri 12", "Via Dante Alighieri, 12/b", "via Dante n. 4", "dante 12 bis"],
)
def test_the_number_of_a_house_does_not_hide_its_street(index, text):
    assert index.search(text)[0].title == "Via Dante Alighieri"


def test_a_number_that_is_part_of_a_name_counts():
    rows = [street(n, name, TOWNS["Rho"]) for n, name in
            enumerate(["Via 25 Aprile", "Via 1 Maggio", "Via Aprile"])]  # fmt: skip
    network = empty_network("EPSG:7791").apply(
        ChangeSet(message("x"), (insert("streets", frame_from_rows(TABLES["streets"], rows,
                                                                  "EPSG:7791")),)))  # fmt: skip
    assert PlaceIndex(network).search("via 25 aprile")[0].title == "Via 25 Aprile"
    assert PlaceIndex(network).search("1 maggio 3")[0].title == "Via 1 Maggio"
