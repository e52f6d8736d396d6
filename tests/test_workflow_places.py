"""Coordinates typed by people become the same place, however they are written."""

import pytest
from pyproj import Transformer

from app.model.network import empty_network
from app.model.places import PlaceIndex
from app.workflows import find_places

LON, LAT = 9.204, 45.468


@pytest.mark.parametrize(
    "text",
    [
        "45.468, 9.204", "45,468; 9,204", "45.468 9.204", "9.204E 45.468N", "9,204 E 45,468 N",
        "45°28'04.8\"N 9°12'14.4\"E", "N 45.468, E 9.204",
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


def test_a_name_is_no_coordinate():
    network = empty_network("EPSG:7791")
    assert find_places(PlaceIndex(network), network, "via roma 12") == []
