"""Coordinates typed by people become the same place, however they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from app.io.formats import formats
from app.model.coordtext import dms_text, lonlat_text
from app.model.network import empty_network
from app.model.places import PlaceIndex
from app.workflows import find_places
from app.workflows.places import coordinates

LON, LAT = 9.204, 45.468


@pytest.mark.parametrize(
    "text",
    [
        "45.468, 9.204", "45,468; 9,204", "45.468 9.204", "9.204E 45.468N", "9,204 E 45,468 N",
        "45°28'04.8\"N 9°12'14.4\"E", "N 45.468, E 9.204",
        "N45 28 04.8 E9 12 14.4", "E 9.204 N 45.468", "45° 28' 04,8\" N  9° 12' 14,4\" E",
        "geo:45.468,9.204", "https://www.openstreetmap.org/#map=17/45.468/9.204",
        "https://maps.example.org/@45.468,9.204,17z", "45,46800°  9,20400°",
    ],
)  # fmt: skip
def test_coordinates_are_understood(text):
    network = empty_network("EPSG:7791")
    place = find_places(PlaceIndex(network), network, text)[0]
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:7791", always_xy=True).transform(LON, LAT)
    west, south, east, north = place.bounds
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((x, y), abs=0.5)


def test_metres_of_the_project_are_coordinates_too():
    network = empty_network("EPSG:7791")
    place = find_places(PlaceIndex(network), network, "514800 5034000")[0]
    assert (place.bounds[0] + place.bounds[2]) / 2 == pytest.approx(514800)


@pytest.mark.parametrize("text", ["E 514800 N 5034000", "N 5034000 E 514800"])
def test_letters_may_stand_before_metres(text):
    network = empty_network("EPSG:7791")
    west, south, east, north = find_places(PlaceIndex(network), network, text)[0].bounds
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((514800, 5034000))


@settings(deadline=None, max_examples=60)
@given(st.floats(6.0, 18.9), st.floats(36.0, 47.5), st.sampled_from(["en", "it"]), st.booleans())
def test_what_the_window_writes_is_understood_when_it_is_typed(lon, lat, language, is_dms):
    text = lonlat_text(lon, lat, formats(language).number, is_dms=is_dms)
    place = coordinates(text, "EPSG:4326")
    west, south, east, north = place.bounds
    assert (west + east) / 2 == pytest.approx(lon, abs=2e-5)
    assert (south + north) / 2 == pytest.approx(lat, abs=2e-5)


def test_seconds_never_reach_sixty():
    def number(value, digits):
        return f"{value:.{digits}f}"

    assert dms_text(45 + 59.99 / 3600, "NS", number) == "45°01'00.0\" N"
    assert dms_text(-0.5, "EW", number) == "0°30'00.0\" W"


def test_a_name_is_no_coordinate():
    network = empty_network("EPSG:7791")
    assert find_places(PlaceIndex(network), network, "via roma 12") == []
