"""Snapping: points before vertices before lines, switchable, and fast on many streets."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.frames import make_frame
from app.model.network import DEFAULT_CRS
from app.model.symbols import load_symbols
from app.model.tables import TABLES
from app.ui.map.drawing_edit import _nearest_vertex, _segment_at
from app.ui.map.drawing_snap import (
    KINDS,
    POINT,
    SEGMENT,
    VERTEX,
    SnapOptions,
    find_snap,
    nearest_on,
)
from app.ui.map.layers import LayerData, build_layer

X, Y = 514_000.0, 5_034_000.0


def layer(table: str, shapes: list[shapely.Geometry]) -> LayerData:
    uids = [f"{table}{number}" for number in range(len(shapes))]
    frame = make_frame(TABLES[table], {}, DEFAULT_CRS, geometry=shapes, uids=uids)
    return build_layer(load_symbols("light").layers[table], frame)


def line(*corners: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(X + x, Y + y) for x, y in corners])


def at(x: float, y: float) -> tuple[float, float]:
    return X + x, Y + y


@pytest.fixture(scope="module")
def layers() -> list[LayerData]:
    return [
        layer("streets", [line((0, 0), (100, 0), (100, 100)), line((0, 50), (300, 50))]),
        layer("spans", [line((0, 0), (100, 0))]),
        layer("nodes", [shapely.Point(at(0, 0))]),
        layer("hazards", [shapely.MultiPolygon([shapely.box(*at(200, 200), *at(300, 300))])]),
    ]


@pytest.mark.parametrize(
    ("place", "kind", "table", "found"),
    [
        ((4, 3), POINT, "nodes", (0, 0)),
        ((97, 4), VERTEX, "spans", (100, 0)),
        ((50, 4), SEGMENT, "spans", (50, 0)),
        ((150, 47), SEGMENT, "streets", (150, 50)),
        ((95, 104), VERTEX, "streets", (100, 100)),
    ],
)
def test_the_best_of_what_is_near(
    layers: list[LayerData], place: tuple[float, float], kind: str, table: str,
    found: tuple[float, float],
) -> None:  # fmt: skip
    snap = find_snap(layers, at(*place), 1.0, SnapOptions())
    assert snap is not None
    assert (snap.kind, snap.table) == (kind, table)
    assert snap.place == pytest.approx(at(*found))


def test_nothing_beyond_the_tolerance_or_switched_off(layers: list[LayerData]) -> None:
    options = SnapOptions()
    assert find_snap(layers, at(50, 20), 1.0, options) is None
    assert find_snap(layers, at(50, 20), 2.0, options) is not None
    assert find_snap(layers, at(0, 0), 1.0, replace(options, is_on=False)) is None
    only = replace(options, kinds=frozenset({SEGMENT}))
    assert find_snap(layers, at(1, 1), 1.0, only).kind == SEGMENT  # type: ignore[union-attr]
    streets = replace(options, tables=frozenset({"streets"}))
    assert find_snap(layers, at(1, 1), 1.0, streets).table == "streets"  # type: ignore[union-attr]
    without = [("nodes", "nodes0"), ("spans", "spans0")]
    assert find_snap(layers, at(1, 1), 1.0, options, without).table == "streets"  # type: ignore[union-attr]


def test_the_rim_of_areas_is_snapped_to_not_their_inside(layers: list[LayerData]) -> None:
    options = SnapOptions(tables=frozenset({"hazards"}))
    assert find_snap(layers, at(250, 250), 1.0, options) is None
    snap = find_snap(layers, at(250, 203), 1.0, options)
    assert snap is not None and snap.place == pytest.approx(at(250, 200))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2, max_size=9),
       st.tuples(st.integers(0, 99), st.integers(0, 99)))  # fmt: skip
def test_places_on_lines_are_as_near_as_shapely_says(
    corners: list[tuple[int, int]], place: tuple[int, int]
) -> None:
    xy = np.array(corners, dtype=float)
    near = nearest_on(xy[:-1], xy[1:], np.array(place, dtype=float))
    away = np.hypot(*(near - place).T).min()
    whole = shapely.LineString(xy) if len({*corners}) > 1 else shapely.Point(xy[0])
    assert away == pytest.approx(whole.distance(shapely.Point(place)), abs=1e-9)


def test_vertices_and_segments_are_found_in_rings() -> None:
    shape = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)])
    vertex = _nearest_vertex(shape, (30.5, 9.0))
    assert vertex.chain == 1
    assert tuple(shapely.get_coordinates(shape.geoms[1])[vertex.index]) == (30, 10)
    after = _segment_at(shape, (0.1, 5.0))
    ring = shapely.get_coordinates(shape.geoms[0])
    assert after.chain == 0 and ring[after.index][0] == ring[after.index + 1][0] == 0


@pytest.mark.long
def test_half_a_million_streets_are_searched_within_five_milliseconds() -> None:
    """Processor time of one answer at the scales at which people draw."""
    side, step = 500, 60.0
    xs, ys = np.meshgrid(X + np.arange(side) * step, Y + np.arange(side) * step)
    corners = np.stack((xs, ys), axis=-1)
    pairs = np.concatenate(
        (
            np.stack((corners[:, :-1], corners[:, 1:]), axis=2).reshape(-1, 2, 2),
            np.stack((corners[:-1], corners[1:]), axis=2).reshape(-1, 2, 2),
        )
    )
    streets = layer("streets", list(shapely.linestrings(pairs)))
    assert streets.count == 499_000
    spots = np.random.default_rng(1).uniform(100, 29_000, (300, 2))
    for resolution in (0.3, 2.0, 10.0):
        begin_s = time.process_time()
        for spot in spots:
            find_snap([streets], at(*spot), resolution, SnapOptions())
        assert (time.process_time() - begin_s) / len(spots) < 0.005
    assert len(KINDS) == 3
