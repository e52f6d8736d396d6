"""The project as others see it: GDAL in another process, its validator, plain SQLite, QGIS."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import shapely

from app.io import migrations
from app.io.geopackage import encode_geometry, register_functions
from app.io.project import Project
from app.io.qgis_styles import qml
from app.model.changes import ChangeSet, insert
from app.model.frames import REV, make_frame
from app.model.messages import message
from app.model.symbols import load_symbols
from app.model.tables import TABLES

GDAL_READS = """
import json, sys, warnings
warnings.simplefilter("error")
import pyogrio, numpy
found = {}
for name, kind in pyogrio.list_layers(sys.argv[1]):
    info = pyogrio.read_info(sys.argv[1], layer=name, force_feature_count=True)
    pyogrio.read_dataframe(sys.argv[1], layer=name)
    found[name] = [kind, info["features"], info["crs"], list(map(str, info["fields"]))]
print(json.dumps(found))
"""


@contextmanager
def _sqlite(path: Path, *, with_functions: bool = True) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        if with_functions:
            register_functions(raw)
        yield raw


def test_gdal_reads_every_layer_without_a_warning(full_project: Project) -> None:
    full_project.close()
    done = subprocess.run(
        [sys.executable, "-c", GDAL_READS, str(full_project.path)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert set(found) == set(TABLES) | {"layer_styles"}
    for name, table in TABLES.items():
        kind, count, crs, fields = found[name]
        assert count == 20
        assert fields == ["uid", "rev", *table.column_names]
        assert (crs == "EPSG:7791") is bool(table.geometry)
        plain = (kind or "").replace(" ", "").upper()
        assert plain == {"GEOMETRY": "UNKNOWN"}.get(table.geometry, table.geometry)


def test_gdal_reads_while_the_project_is_open_and_writing(full_project: Project) -> None:
    code = (
        "import pyogrio,sys;"
        "print(len(pyogrio.read_dataframe(sys.argv[1], layer='nodes', read_geometry=False)))"
    )
    frame = make_frame(TABLES["nodes"], {"name": ["x"]}, "EPSG:7791", geometry=[None])
    full_project.apply(ChangeSet(message("Add"), (insert("nodes", frame),)))
    done = subprocess.run(
        [sys.executable, "-c", code, str(full_project.path)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.strip() == "21"


def test_the_validator_of_gdal_has_nothing_to_say(full_project: Project) -> None:
    full_project.undo()
    full_project.redo()
    full_project.close()
    python = "/usr/bin/python3"
    module = "osgeo_utils.samples.validate_gpkg"
    if (
        not Path(python).exists()
        or subprocess.run(
            [python, "-c", f"import {module}"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("the validator of Debian's python3-gdal is not installed")
    done = subprocess.run(
        [python, "-m", module, "-k", "--extra", str(full_project.path)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_row_from_elsewhere_gets_its_identity_and_place(project: Project) -> None:
    blob = encode_geometry([shapely.Point(5e5, 5e6)], 7791)[0]
    with _sqlite(project.path) as raw:
        raw.execute("INSERT INTO nodes (name, geom, rev, uid) VALUES ('q', ?, NULL, NULL)", (blob,))
        raw.execute("INSERT INTO nodes (name, geom) VALUES ('r', ?)", (blob,))
        raw.execute("INSERT INTO nodes (name, uid) VALUES ('s', '')")
        assert raw.execute("SELECT count(*) FROM rtree_nodes_geom").fetchone() == (2,)
        raw.execute("UPDATE nodes SET note = 'n' WHERE name = 'q'")
        raw.execute("UPDATE nodes SET note = 'n', rev = 0 WHERE name = 'r'")
    network = project.read()
    frame = network.table("nodes")
    assert frame["name"].tolist() == ["q", "r", "s"]
    assert len(set(frame.index)) == 3
    for uid in frame.index:
        assert str(uuid.UUID(uid)) == uid
        assert uuid.UUID(uid).version == 4
    assert frame["status"].tolist() == ["operational"] * 3
    assert (frame[REV] >= 1).all()
    with _sqlite(project.path) as raw:
        raw.execute("UPDATE nodes SET note = 'm' WHERE name = 'q'")
    again = project.read().table("nodes")
    assert (again[REV] - frame[REV]).tolist() == [1, 0, 0]


def test_a_stale_revision_from_elsewhere_does_not_come_back(full_project: Project) -> None:
    with _sqlite(full_project.path) as raw:
        raw.execute("UPDATE cables SET note = 'a'")
        raw.execute("UPDATE cables SET note = 'b', rev = 1")
        assert set(raw.execute("SELECT rev FROM cables").fetchall()) == {(3,)}


def test_without_the_functions_nothing_can_be_written(project: Project) -> None:
    blob = encode_geometry([shapely.Point(5e5, 5e6)], 7791)[0]
    with (
        _sqlite(project.path, with_functions=False) as raw,
        pytest.raises(sqlite3.OperationalError, match="ST_IsEmpty"),
    ):
        raw.execute("INSERT INTO nodes (geom) VALUES (?)", (blob,))


def test_the_functions_agree_with_shapely() -> None:
    shapes = [
        shapely.Point(1, 2), shapely.LineString([(3, 1), (-1, 4)]), shapely.box(0, 1, 2, 3),
        shapely.Point(), shapely.LineString(), None,
    ]  # fmt: skip
    with closing(sqlite3.connect(":memory:")) as raw:
        register_functions(raw)
        for shape, blob in zip(shapes, encode_geometry(shapes, 7791), strict=True):
            row = raw.execute(
                "SELECT ST_IsEmpty(?1), ST_MinX(?1), ST_MinY(?1), ST_MaxX(?1), ST_MaxY(?1)", (blob,)
            ).fetchone()
            empty = None if shape is None else int(shape.is_empty)
            bounds = (None,) * 4 if shape is None or shape.is_empty else shape.bounds
            assert row == (empty, *bounds)
        for nonsense in (b"", b"GP", b"GP\0\1garbage", "text", 7):
            assert raw.execute("SELECT ST_MinX(?)", (nonsense,)).fetchone() == (None,)


def test_declared_types_are_those_that_gdal_knows(project: Project) -> None:
    allowed = {"TEXT", "INTEGER", "REAL", "BOOLEAN", "DATETIME"}
    with _sqlite(project.path) as raw:
        for name, columns in migrations.schema_of(raw).items():
            declared = {kind for column, kind in columns if column != "geom"}
            assert declared <= allowed, name
        assert raw.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert raw.execute("PRAGMA user_version").fetchone() == (10200,)
        wkt = raw.execute(
            "SELECT definition FROM gpkg_spatial_ref_sys WHERE srs_id = 7791"
        ).fetchone()[0]
    assert wkt.startswith("PROJCS[")


def test_extents_follow_what_is_added_moved_and_deleted(project: Project) -> None:
    def extent() -> tuple[float | None, ...]:
        with _sqlite(project.path) as raw:
            found = raw.execute(
                "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'nodes'"
            ).fetchone()
        return tuple(found)

    points = [shapely.Point(x, 5e6 + x / 7) for x in (500000.123, 500001.456, 500002.789)]
    frame = make_frame(TABLES["nodes"], {}, "EPSG:7791", geometry=points, uids=["a", "b", "c"])
    assert extent() == (None,) * 4
    project.apply(ChangeSet(message("Add"), (insert("nodes", frame),)))
    assert extent() == tuple(shapely.total_bounds(points))
    from app.model.changes import delete, update

    rows = project.read().table("nodes")
    project.apply(ChangeSet(message("Del"), (delete("nodes", rows.loc[["a"]]),)))
    assert extent() == tuple(shapely.total_bounds(points[1:]))
    moved = [shapely.Point(500009.5, 1)]
    project.apply(ChangeSet(message("Mv"), (update("nodes", rows.loc[["c"]], {}, geometry=moved),)))
    assert extent() == tuple(shapely.total_bounds([points[1], *moved]))


def test_styles_say_what_the_symbols_say(project: Project) -> None:
    with _sqlite(project.path) as raw:
        stored = dict(raw.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        assert raw.execute("SELECT count(*) FROM layer_styles WHERE useAsDefault").fetchone() == (
            len(stored),
        )
    layers = load_symbols().layers
    assert set(stored) == set(layers)
    for name, style in layers.items():
        root = ET.fromstring(stored[name])
        assert stored[name] == qml(style)
        renderer = root.find("renderer-v2")
        assert renderer is not None
        entries = [*renderer.iter("category"), *renderer.iter("rule")]
        assert {entry.get("label") for entry in entries} == {
            symbol.label for symbol in (*style.symbols.values(), style.default)
        }
        drawn = {symbol.get("name") for symbol in renderer.iter("symbol")}
        assert {entry.get("symbol") for entry in entries} == drawn
        text = re.sub(r"\s", "", stored[name])
        for symbol in style.symbols.values():
            red, green, blue = (int(symbol.color[at : at + 2], 16) for at in (1, 3, 5))
            if symbol.width_px:
                assert f"{red},{green},{blue},255" in text
        if style.column is not None and style.symbols:
            assert style.column in text


def test_styles_speak_another_language() -> None:
    style = load_symbols().layers["sites"]
    translated = qml(style, translate=lambda _, text: f"<{text} & co>")
    labels = {item.get("label") for item in ET.fromstring(translated).iter("category")}
    assert f"<{style.default.label} & co>" in labels


QGIS_SHOWS = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsVectorLayer
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
for name in sys.argv[2:]:
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    message, is_loaded = layer.loadDefaultStyle()
    print(name, layer.featureCount(), layer.crs().authid(), is_loaded, layer.renderer().type(),
          len(layer.renderer().legendSymbolItems()), layer.labelsEnabled(), flush=True)
os._exit(0)  # QGIS falls over its own layers when it is taken down in order
"""


@pytest.mark.long
def test_qgis_opens_the_project_styled(full_project: Project, tmp_path: Path) -> None:
    full_project.close()
    python = "/usr/bin/python3"
    if shutil.which("qgis") is None or not Path(python).exists():
        pytest.skip("QGIS is not installed")
    layers = load_symbols().layers
    done = subprocess.run(
        [python, "-c", QGIS_SHOWS, str(full_project.path), *layers],
        capture_output=True, text=True, check=False, timeout=200,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    for name, style in layers.items():
        count, crs, is_loaded, kind, legend, labels = found[name]
        assert (count, crs, is_loaded) == ("20", "EPSG:7791", "True")
        assert kind in ("categorizedSymbol", "RuleRenderer")
        assert int(legend) >= len(style.symbols) + 1
        assert labels == str(style.label_column is not None)
