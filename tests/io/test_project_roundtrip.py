"""What goes into a project comes out of it, to the bit."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.geopackage import decode_geometry, encode_geometry
from app.io.project import Project
from app.model.changes import ChangeSet, combine, delete, insert, update
from app.model.errors import InputError
from app.model.frames import GEOMETRY, REV, make_frame
from app.model.messages import message
from app.model.network import Network
from app.model.tables import TABLES

CRS = "EPSG:7791"
Frames = Callable[..., pd.DataFrame]
Same = Callable[[Network, Network], None]


def _add(name: str, frame: pd.DataFrame) -> ChangeSet:
    return ChangeSet(message("Add"), (insert(name, frame),))


def _points(count: int, **values: object) -> pd.DataFrame:
    shapes = [shapely.Point(5e5 + at, 5e6) for at in range(count)]
    uids = [f"n{at}" for at in range(count)]
    return make_frame(TABLES["nodes"], values, CRS, geometry=shapes, uids=uids)


def test_every_table_and_kind_comes_back_equal(
    project: Project, sample_changes: ChangeSet, assert_same_network: Same
) -> None:
    before = project.read()
    committed = project.apply(sample_changes)
    assert_same_network(before.apply(committed), project.read())
    for change in sample_changes.tables:
        stored = project.read().tables[change.table]
        assert (stored[REV] == 1).all()
        pd.testing.assert_frame_equal(
            stored.drop(columns=REV), change.after.drop(columns=REV), check_exact=True
        )


def test_it_comes_back_equal_from_another_opening(
    full_project: Project, assert_same_network: Same
) -> None:
    network = full_project.read()
    full_project.close()
    with Project.open(full_project.path) as again:
        assert_same_network(again.read(), network)


def test_updates_and_deletes_of_every_table(
    full_project: Project, sample_frame: Frames, assert_same_network: Same
) -> None:
    network = full_project.read()
    parts = []
    for name, table in TABLES.items():
        rows = network.table(name)
        other = sample_frame(table, 20, seed=9)
        values = {column: other[column].tolist()[:10] for column in table.column_names}
        shapes = other[GEOMETRY].to_numpy()[:10] if table.geometry else None
        parts.append(update(name, rows.iloc[:10], values, geometry=shapes))
        parts.append(delete(name, rows.iloc[15:]))
    committed = full_project.apply(combine(message("Change"), parts))
    after = full_project.read()
    assert_same_network(network.apply(committed), after)
    assert len(after.table("cables")) == 15
    assert after.table("cables")[REV].tolist() == [2] * 10 + [1] * 5


def test_the_same_row_twice_in_one_change_set(project: Project, assert_same_network: Same) -> None:
    network = project.read()
    network = network.apply(project.apply(_add("nodes", _points(2))))
    rows = network.table("nodes")
    first = update("nodes", rows, {"name": "a"})
    second = update("nodes", first.after, {"note": "b"})
    committed = project.apply(ChangeSet(message("Twice"), (first, second)))
    assert_same_network(network.apply(committed), project.read())
    assert project.read().table("nodes")[["name", "note", REV]].iloc[0].tolist() == ["a", "b", 3]


def test_a_large_import_fills_the_index_as_the_triggers_do(
    project: Project, sample_frame: Frames, assert_same_network: Same
) -> None:
    network = project.read().apply(project.apply(_add("nodes", _points(3))))
    many = sample_frame(TABLES["streets"], 6000)
    network = network.apply(project.apply(_add("streets", many.iloc[:10])))
    network = network.apply(project.apply(_add("streets", many.iloc[10:])))
    assert_same_network(network, project.read())
    project.close()
    raw = sqlite3.connect(project.path)
    placed = int(many[GEOMETRY].notna().sum())
    assert raw.execute("SELECT count(*) FROM rtree_streets_geom").fetchone()[0] == placed
    assert raw.execute("SELECT rtreecheck('rtree_streets_geom')").fetchone()[0] == "ok"
    triggers = raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert ("rtree_streets_geom_insert",) in triggers
    bounds = raw.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'streets'"
    ).fetchone()
    raw.close()
    assert bounds == tuple(shapely.total_bounds(many[GEOMETRY].dropna().to_numpy()))


@pytest.mark.parametrize("stay", [0, 700])
def test_a_large_deletion_leaves_a_sound_index(
    project: Project, sample_frame: Frames, assert_same_network: Same, stay: int
) -> None:
    many = sample_frame(TABLES["streets"], 6000)
    full = project.read().apply(project.apply(_add("streets", many)))
    gone = ChangeSet(message("Del"), (delete("streets", full.table("streets").iloc[stay:]),))
    network = full.apply(project.apply(gone))
    assert_same_network(network, project.read())
    extra = make_frame(TABLES["streets"], {}, CRS, geometry=[shapely.LineString([(0, 0), (1, 1)])])
    network = network.apply(project.apply(_add("streets", extra)))
    last = network.table("streets").iloc[-1:]
    network = network.apply(project.apply(ChangeSet(message("x"), (delete("streets", last),))))
    assert_same_network(network, project.read())
    project.close()
    kept = many[GEOMETRY].iloc[:stay].dropna().to_numpy()
    with closing(sqlite3.connect(project.path)) as raw:
        assert raw.execute("SELECT count(*) FROM rtree_streets_geom").fetchone() == (len(kept),)
        assert raw.execute("SELECT rtreecheck('rtree_streets_geom')").fetchone() == ("ok",)
        box = raw.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'streets'"
        ).fetchone()
    assert box == (tuple(shapely.total_bounds(kept)) if stay else (None,) * 4)


@pytest.mark.parametrize(
    ("table", "given_wkt", "stored_wkt"),
    [
        ("nodes", "POINT Z (1 2 3)", "POINT (1 2)"),
        ("nodes", "POINT EMPTY", "POINT EMPTY"),
        ("spans", "MULTILINESTRING ((0 0, 1 1))", "LINESTRING (0 0, 1 1)"),
        ("areas", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))"),
        ("barriers", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "POLYGON ((0 0, 1 0, 1 1, 0 0))"),
    ],
)
def test_geometry_is_stored_flat_and_of_the_tables_type(
    project: Project, assert_same_network: Same, table: str, given_wkt: str, stored_wkt: str
) -> None:
    frame = make_frame(TABLES[table], {}, CRS, geometry=[shapely.from_wkt(given_wkt)])
    before = project.read()
    committed = project.apply(_add(table, frame))
    assert_same_network(before.apply(committed), project.read())
    assert project.read().geo(table).geometry.iloc[0].wkt == stored_wkt


@pytest.mark.parametrize(
    "wkt", ["LINESTRING (0 0, 1 1)", "MULTIPOINT (0 0, 1 1)", "POINT (inf 1)", "POINT (1 inf)"]
)
def test_geometry_that_does_not_fit_is_refused_by_name(project: Project, wkt: str) -> None:
    good = _points(3)
    shapes = good[GEOMETRY].to_numpy().copy()
    shapes[1] = shapely.from_wkt(wkt)
    frame = make_frame(TABLES["nodes"], {}, CRS, geometry=shapes, uids=list(good.index))
    with pytest.raises(InputError) as caught:
        project.apply(_add("nodes", frame))
    assert caught.value.uids == ("n1",)
    assert project.read().table("nodes").empty


def test_text_that_is_not_unicode_is_refused_by_name(project: Project) -> None:
    with pytest.raises(InputError) as caught:
        project.apply(_add("nodes", _points(2, name=["good", "\ud800"])))
    assert caught.value.uids == ("n1",)
    assert project.read().table("nodes").empty


def test_an_identifier_twice_or_already_there_is_refused(project: Project) -> None:
    twice = pd.concat([_points(2), _points(1)])
    with pytest.raises(InputError) as caught:
        project.apply(_add("nodes", twice))
    assert caught.value.uids == ("n0",)
    project.apply(_add("nodes", _points(1)))
    with pytest.raises(InputError) as caught:
        project.apply(_add("nodes", _points(3)))
    assert caught.value.uids == ("n0",)
    assert len(project.read().table("nodes")) == 1


def test_a_long_job_can_see_and_stop_the_reading(full_project: Project) -> None:
    seen: list[float] = []
    full_project.read(lambda fraction, text=None: seen.append(fraction))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_nothing_to_do_is_not_recorded(project: Project) -> None:
    project.apply(ChangeSet(message("Nothing")))
    assert project.undo_label() is None


def test_settings_stay_with_the_project(project: Project) -> None:
    project.set_setting("mapping", {"nome": "name", "n": [1, None]})
    project.set_setting("mapping", {"nome": "note"})
    project.close()
    with Project.open(project.path) as again:
        assert again.setting("mapping") == {"nome": "note"}
        assert again.setting("absent", 7) == 7


coordinates = st.floats(-1e7, 1e7, allow_nan=False)
points = st.tuples(coordinates, coordinates)
shapes = st.one_of(
    st.none(),
    points.map(shapely.Point),
    st.just(shapely.Point()),
    st.lists(points, min_size=2, max_size=5).map(shapely.LineString),
    st.just(shapely.Polygon()),
    st.lists(points, min_size=3, max_size=5).map(shapely.Polygon),
    st.lists(points, min_size=1, max_size=3).map(shapely.MultiPoint),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(shapes, max_size=6))
def test_geometry_survives_its_binary_form(items: list[shapely.Geometry | None]) -> None:
    back = decode_geometry(encode_geometry(items, 7791))
    assert len(back) == len(items)
    for before, after in zip(items, back, strict=True):
        assert (before is None and after is None) or shapely.to_wkb(before) == shapely.to_wkb(after)


def test_damaged_binaries_are_refused() -> None:
    blob = encode_geometry([shapely.Point(1, 2)], 7791)[0]
    assert blob is not None
    for damaged in (b"", b"GP", b"XX" + blob[2:], blob[:12], blob[:3] + b"\xff" + blob[4:]):
        with pytest.raises(ValueError):
            decode_geometry([damaged])


def test_numbers_of_numpy_are_stored_as_numbers(project: Project, tmp_path: Path) -> None:
    frame = _points(2, capacity_gbps=np.array([1.5, math.nan], dtype="float32"))
    project.apply(_add("nodes", frame))
    assert project.read().table("nodes")["capacity_gbps"].tolist()[0] == 1.5
    rows = make_frame(TABLES["cables"], {"fibre_count": np.array([12, 24], dtype="int16")})
    project.apply(_add("cables", rows))
    assert project.read().table("cables")["fibre_count"].tolist() == [12, 24]
