from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.frames import make_frame
from app.model.network import DEFAULT_CRS, Network
from app.model.symbols import load_symbols
from app.model.tables import TABLES
from app.ui.map.layers import DASHED, SOLID, LayerData, build_layer

STYLES = load_symbols().layers


def layer_of(table: str, geometry: list[object], **values: list[object]) -> LayerData:
    frame = make_frame(
        TABLES[table], values, DEFAULT_CRS, geometry=geometry,
        uids=[f"u{number}" for number in range(len(geometry))],
    )  # fmt: skip
    assert isinstance(frame, gpd.GeoDataFrame)
    return build_layer(STYLES[table], frame)


def test_rows_without_geometry_are_left_out(network: Network) -> None:
    data = build_layer(STYLES["sites"], network.geo("sites"))
    assert list(data.uids) == ["school", "hospital"]


def test_status_and_value_of_each_row_are_known(network: Network) -> None:
    data = build_layer(STYLES["spans"], network.geo("spans"))
    assert [data.values[code] for code in data.code] == ["ring", "spur"]
    assert data.look.tolist() == [SOLID, DASHED]


def test_mixed_geometries_are_taken_apart() -> None:
    hole = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(4, 4), (6, 4), (6, 6), (4, 6)]])
    shapes = [
        shapely.LineString([(0, 0), (5, 0), (5, 5)]),
        hole,
        shapely.GeometryCollection(
            [shapely.Point(1, 1), shapely.MultiLineString([[(0, 0), (1, 0)], [(3, 3), (4, 4)]])]
        ),
    ]
    data = layer_of("barriers", shapes, kind=["river", "lake", "other"])
    rows = np.arange(3)
    xy, joined = data.lines.gather(rows)
    assert len(xy) == 3 + 4
    assert joined.tolist() == [True, True, False, True, False, True, False]
    xy, joined = data.areas.gather(rows)
    assert len(xy) == 10
    assert np.count_nonzero(~joined) == 2
    assert data.points.gather(rows)[0].tolist() == [[1.0, 1.0]]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_gathered_rows_are_the_geometries_themselves(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    sizes = [data.draw(st.integers(2, 6)) for _ in range(count)]
    rng = np.random.default_rng(count)
    shapes = [shapely.LineString(rng.uniform(0, 100, (size, 2))) for size in sizes]
    layer = layer_of("streets", shapes)
    rows = np.array(sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1))))
    xy, joined = layer.lines.gather(rows)
    expected = np.concatenate([shapely.get_coordinates(shapes[row]) for row in rows])
    assert np.array_equal(xy, expected)
    assert np.count_nonzero(joined) == sum(sizes[row] - 1 for row in rows)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.floats(-20, 120), st.floats(1, 60))
def test_rows_in_a_rectangle_are_those_whose_boxes_meet_it(
    seed: int, low: float, size: float
) -> None:
    rng = np.random.default_rng(seed)
    shapes = [shapely.LineString(rng.uniform(0, 100, (2, 2))) for _ in range(40)]
    layer = layer_of("streets", shapes)
    window = (low, low, low + size, low + size)
    bounds = shapely.bounds(shapes)
    meets = (
        (bounds[:, 0] <= window[2]) & (bounds[:, 2] >= window[0])
        & (bounds[:, 1] <= window[3]) & (bounds[:, 3] >= window[1])
    )  # fmt: skip
    assert layer.rows_in(window).tolist() == np.flatnonzero(meets).tolist()


@pytest.mark.parametrize("table", sorted(STYLES))
def test_an_empty_table_makes_an_empty_layer(table: str) -> None:
    layer = layer_of(table, [])
    assert layer.count == 0
    assert layer.bounds() is None
    assert len(layer.rows_in((0, 0, 1e7, 1e7))) == 0
