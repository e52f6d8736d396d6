"""A view of the map on paper: its bar, its legend, what it shows."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import shapely

from app.io.export.viewsheet import draw_view
from app.model.frames import make_frame
from app.model.network import empty_network
from app.model.tables import TABLES
from app.model.views import ViewRequest
from app.workflows import filtered, whole_extent

MOMENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BOUNDS = (514_000.0, 5_034_000.0, 515_000.0, 5_034_700.0)


@pytest.fixture
def network():
    made = empty_network("Small", "EPSG:7791", "small")
    points = [shapely.Point(514_300, 5_034_300), shapely.Point(514_700, 5_034_300)]
    sites = make_frame(
        TABLES["sites"], {"name": ["A", "B"], "category": ["hospital", "library"],
                          "source": ["survey 2026", None]},
        made.crs, geometry=points, uids=["a", "b"],
    )  # fmt: skip
    spans = make_frame(
        TABLES["spans"], {"role": ["ring"]}, made.crs,
        geometry=[shapely.LineString(points)], uids=["s"],
    )  # fmt: skip
    made.tables.update({"sites": sites, "spans": spans}) if isinstance(made.tables, dict) else None
    return made


def test_the_page_names_what_it_shows_and_no_more(network):
    page = draw_view(network, ViewRequest(BOUNDS, "Uno", language="en"), MOMENT)
    ElementTree.fromstring(page.svg)
    for word in ("Uno", "Hospital", "Library", "Ring", "survey 2026", "22 November 2026"):
        assert word in page.svg
    assert "School" not in page.svg
    few = filtered(network, {"sites": "category = 'library'"})
    page = draw_view(few, ViewRequest(BOUNDS, language="en"), MOMENT)
    assert "Library" in page.svg and "Hospital" not in page.svg
    bare = draw_view(network, ViewRequest(BOUNDS, language="en", order=("areas", "spans")), MOMENT)
    assert "Ring" in bare.svg and "Hospital" not in bare.svg


def test_the_same_view_gives_the_same_page(network):
    request = ViewRequest(BOUNDS, "Uno")
    assert draw_view(network, request, MOMENT) == draw_view(network, request, MOMENT)


@pytest.mark.parametrize("scale", [500, 2_500, 10_000, 250_000, 5_000_000])
def test_the_bar_is_as_long_as_it_says(network, scale):
    page = draw_view(network, ViewRequest(BOUNDS, scale=scale, language="en"), MOMENT)
    root = ElementTree.fromstring(page.svg)
    tag = "{http://www.w3.org/2000/svg}"
    halves = [float(item.get("width")) for item in root.findall(f"{tag}rect")
              if item.get("height") == "1.4"]  # fmt: skip
    texts = [item.text for item in root.findall(f"{tag}text")]
    told = next(text for text in texts if text.endswith((" m", " km")))
    number, unit = told.split()
    length_m = float(number.replace(",", "")) * (1000 if unit == "km" else 1)
    assert sum(halves) * scale / 1000 == pytest.approx(length_m, rel=0.01)


def test_a_long_title_and_foreign_letters_stay_on_the_page(network):
    page = draw_view(network, ViewRequest(BOUNDS, "Lunghissimo " * 20 + "\u0000<&>"), MOMENT)
    ElementTree.fromstring(page.svg)


def test_the_whole_extent_is_that_of_the_network(network):
    west, south, east, north = whole_extent(network)
    assert west < 514_300 < 514_700 < east and south < 5_034_300 < north
