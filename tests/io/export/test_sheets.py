"""Map sheets hold the whole route, at one scale, and say where it goes on."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.export.sheets import MOST_SHEETS, OVERLAP_MM, SHEET_SCALES, route_sheets
from app.model.errors import InputError

WIDTH_MM, HEIGHT_MM = 400.0, 262.0
COORDINATES = st.tuples(st.integers(0, 30_000), st.integers(0, 30_000))


def plan_of(lines):
    """What the sheets read of a dossier."""
    return SimpleNamespace(spans=SimpleNamespace(geometry=lines))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(COORDINATES, min_size=2, max_size=4, unique=True), max_size=5))
def test_sheets_hold_the_route_and_fit_together(paths):
    lines = [shapely.LineString(path) for path in paths]
    sheets = route_sheets(plan_of(lines), WIDTH_MM, HEIGHT_MM, 250_000)
    if not lines:
        assert sheets == ()
        return
    assert [sheet.number for sheet in sheets] == list(range(1, len(sheets) + 1))
    assert len(sheets) <= MOST_SHEETS
    assert {sheet.frame.scale for sheet in sheets} <= set(SHEET_SCALES)
    points = shapely.get_coordinates(shapely.segmentize(np.array(lines), 50.0))
    held = np.zeros(len(points), dtype=bool)
    for sheet in sheets:
        west, south, east, north = sheet.frame.bounds(-OVERLAP_MM / 2)
        x, y = points.T
        held |= (x >= west) & (x <= east) & (y >= south) & (y <= north)
        for way in sheet.exits:
            assert way.number != sheet.number
            assert _distance_to_rim_mm(sheet.frame, *_ground(sheet.frame, way)) <= 0.01
            assert _distance_to_rim_mm(sheets[way.number - 1].frame, *_ground(sheet.frame, way)) > 0
    assert held.all()


def _ground(frame, way):
    return frame.left + way.x_mm * frame.m_per_mm, frame.top - way.y_mm * frame.m_per_mm


def _distance_to_rim_mm(frame, x, y):
    west, south, east, north = frame.bounds()
    return min(x - west, east - x, y - south, north - y) / frame.m_per_mm


def test_every_place_where_the_route_leaves_a_sheet_says_where_it_goes_on():
    lines = [shapely.LineString([(0, 0), (4000, 300), (4000, 5000)])]
    sheets = route_sheets(plan_of(lines), WIDTH_MM, HEIGHT_MM, 100_000)
    assert len(sheets) > 2
    for sheet in sheets:
        rim = shapely.box(*sheet.frame.bounds()).exterior
        assert len(sheet.exits) == len(shapely.get_parts(lines[0].intersection(rim)))


def test_scale_that_is_asked_for_is_kept_or_refused():
    lines = [shapely.LineString([(0, 0), (0, 40_000)])]
    sheets = route_sheets(plan_of(lines), WIDTH_MM, HEIGHT_MM, 250_000, 5000)
    assert {sheet.frame.scale for sheet in sheets} == {5000}
    assert len(sheets) > 30
    with pytest.raises(InputError, match="more than 400 map sheets"):
        route_sheets(plan_of(lines), WIDTH_MM, HEIGHT_MM, 250_000, 250)


def test_plan_that_fits_the_index_map_has_no_sheets():
    lines = [shapely.LineString([(0, 0), (500, 300)])]
    assert route_sheets(plan_of(lines), WIDTH_MM, HEIGHT_MM, 2500) == ()


def test_sheets_are_numbered_from_north_to_south_and_as_large_as_the_count_allows():
    lines = [shapely.LineString([(0, 0), (0, 4000)])]
    sheets = route_sheets(plan_of(lines), WIDTH_MM, HEIGHT_MM, 100_000)
    assert sheets[0].frame.scale == SHEET_SCALES[0]
    tops = [sheet.frame.top for sheet in sheets]
    assert tops == sorted(tops, reverse=True)
    assert sheets[0].neighbours == {"bottom": (2,)}
