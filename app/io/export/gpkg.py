"""The plan as a GeoPackage of its own, which QGIS opens styled."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from app.io.export.dossier import PlanDossier
from app.io.export.frame import clipped
from app.io.export.gpkgforms import Heading, headings, with_fields, write_headings
from app.io.export.mapsheet import plan_bounds
from app.io.export.remarks import finish_layer, remark_layer
from app.io.export.safe import VerificationError
from app.io.export.texts import Speech
from app.io.qgis_styles import qml
from app.io.remarks.layout import LAYER
from app.io.translations import translator
from app.model.frames import plain
from app.model.symbols import load_symbols
from app.model.tables import TABLES

VERSION = "1.2"
"""Newer versions are not understood by the QGIS and validators in the field."""

_MARGIN = 0.25
_LEAST_FREE_BYTES = 1_000_000
_WHOLE = ("spans", "nodes", "sites")
_BACKDROP = ("areas", "hazards", "barriers")
_NUMBERS = ("INTEGER", "REAL", "BOOLEAN")


@dataclass(frozen=True)
class _Layer:
    """A layer of the file: ``style`` names the table whose symbols it is drawn with."""

    name: str
    frame: pd.DataFrame
    style: str = ""
    geometry_type: str = ""


def write_gpkg(dossier: PlanDossier, path: Path, language: str) -> dict[str, int]:
    """Write the plan's layers to ``path`` and return the number of rows of each.

    Raises `OSError` when the disk refuses.
    """
    speech = Speech(language)
    layers = list(_layers(dossier, speech))
    for layer in layers:
        _write_layer(layer, path)
    known = {
        layer.name: headings(layer.name, _names(layer), speech)
        for layer in layers
        if layer.name != LAYER
    }
    _write_styles(path, dossier.created, speech, layers, known)
    write_headings(path, dossier, known, speech)
    finish_layer(path, dossier, speech)
    return {layer.name: len(layer.frame) for layer in layers}


def _names(layer: _Layer) -> list[str]:
    """Return the names of the columns; parts of a table are called as the table is."""
    return [str(name) for name in layer.frame.columns if name != "geometry"]


def check_gpkg(path: Path, counts: Mapping[str, int]) -> int:
    """Return the number of rows read back; raises `VerificationError` if any is missing."""
    connection = sqlite3.connect(path)
    try:
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise VerificationError("the database is damaged")
        for name, count in counts.items():
            found = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            if found != count:
                raise VerificationError(f"{name}: {found} of {count} rows")
    finally:
        connection.close()
    return sum(counts.values())


def _layers(dossier: PlanDossier, speech: Speech) -> Iterator[_Layer]:
    network = dossier.network
    west, south, east, north = plan_bounds(dossier)
    pad = _MARGIN * max(east - west, north - south, 1000.0)
    bounds = (west - pad, south - pad, east + pad, north + pad)
    for name in _BACKDROP:
        frame = network.geo(name)
        shapes, rows = clipped(np.asarray(frame.geometry.to_numpy(), dtype=object), bounds, 0.5)
        if name == "areas":  # whole: a clipped border of a municipality would be a false one
            shapes = np.asarray(frame.geometry.iloc[rows].to_numpy(), dtype=object)
        cut = frame.iloc[rows].set_geometry(gpd.GeoSeries(shapes, frame.index[rows], frame.crs))
        yield from _by_dimension(name, _columns(name, cut))
    for name in _WHOLE:
        yield _Layer(name, _columns(name, network.geo(name)), name, TABLES[name].geometry)
    yield _Layer("plan_spans", _columns("plan_spans", dossier.spans), "plan_spans", "LINESTRING")
    yield _Layer("plan_nodes", _columns("plan_nodes", dossier.nodes), "plan_nodes", "POINT")
    yield _Layer("plan_sites", _plan_sites(dossier), "sites", "POINT")
    yield _Layer(LAYER, remark_layer(dossier, speech), "comments", "POINT")
    yield _Layer("bill", _bill(dossier, speech))
    yield _Layer("bill_objects", _bill_objects(dossier))


def _by_dimension(name: str, frame: gpd.GeoDataFrame) -> Iterator[_Layer]:
    """Split a layer into areas and lines, because a layer of QGIS draws one kind."""
    dimensions = shapely.get_dimensions(frame.geometry.to_numpy())
    areas = frame[dimensions == 2]
    if len(areas) or TABLES[name].geometry == "MULTIPOLYGON":
        many = [shapely.MultiPolygon(_polygons(shape)) for shape in areas.geometry]
        whole = areas.set_geometry(gpd.GeoSeries(many, areas.index, frame.crs))
        table = name if TABLES[name].geometry == "MULTIPOLYGON" else f"{name}_areas"
        yield _Layer(table, whole, name, "MULTIPOLYGON")
    lines = frame[dimensions == 1]
    if TABLES[name].geometry == "GEOMETRY":
        many = [shapely.MultiLineString(list(shapely.get_parts(s))) for s in lines.geometry]
        whole = lines.set_geometry(gpd.GeoSeries(many, lines.index, frame.crs))
        yield _Layer(name, whole, name, "MULTILINESTRING")


def _polygons(shape: shapely.Geometry) -> list[shapely.Geometry]:
    parts = shapely.get_parts(shapely.get_parts(np.array([shape], dtype=object)))
    return [part for part in parts if isinstance(part, shapely.Polygon)]


def _columns(name: str, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame with columns that a GeoPackage can hold."""
    table = TABLES[name]
    columns: dict[str, Any] = {"uid": frame.index.astype(object)}
    for column in table.columns:
        columns[column.name] = _storable(frame[column.name], column.kind.value)
    shapes = list(frame.geometry)
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=frame.crs), crs=frame.crs)


def _storable(values: pd.Series, kind: str) -> Any:
    if kind in _NUMBERS:
        return values.array
    if kind == "JSON":
        return np.array([_json_text(value) for value in values], dtype=object)
    return _texts(values)


def _texts(values: pd.Series) -> Any:
    """Return texts without the NUL character, at which GDAL would cut them off."""
    cells = (plain(value) for value in values)
    return np.array(
        [cell.replace("\0", "") if isinstance(cell, str) else cell for cell in cells], dtype=object
    )


def _json_text(value: Any) -> str | None:
    value = plain(value)
    if value is None:
        return None
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _plan_sites(dossier: PlanDossier) -> gpd.GeoDataFrame:
    own = dossier.sites
    wanted = ("name", "code", "category", "municipality", "state", "reason", "site")
    columns: dict[str, Any] = {
        "uid": np.array(own.index, dtype=object),
        "number": np.arange(1, len(own) + 1, dtype="int64"),
        **{name: _texts(own[name]) for name in wanted},
        "route_length_m": own["route_length_m"].to_numpy(dtype=float),
        "lead_in_m": own["lead_in_m"].to_numpy(dtype=float),
        "guaranteed_mbps": own["guaranteed_mbps"].to_numpy(dtype=float),
        "peak_mbps": own["peak_mbps"].to_numpy(dtype=float),
    }
    shapes = gpd.GeoSeries(list(own.geometry), crs=own.crs)
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=own.crs)


def _bill(dossier: PlanDossier, speech: Speech) -> pd.DataFrame:
    rows = dossier.bill
    columns: dict[str, Any] = {"line": np.arange(1, len(rows) + 1, dtype="int64")}
    columns |= {
        name: np.array([getattr(row, name) for row in rows], dtype=object)
        for name in ("chapter", "code", "text_it", "text_en", "unit", "kind", "source")
    }
    columns["quantity"] = np.array([float(row.quantity) for row in rows])
    for name in ("unit_price_eur", "amount_eur"):
        for limit in ("low", "typical", "high"):
            values = [float(getattr(getattr(row, name), limit)) for row in rows]
            columns[f"{name.removesuffix('_eur')}_{limit}_eur"] = np.array(values, dtype=float)
    columns["is_placeholder"] = np.array([row.is_placeholder for row in rows], dtype=bool)
    columns["price_year"] = pd.array([row.price_year for row in rows], dtype="Int64")
    columns["object_count"] = np.array([row.object_count for row in rows], dtype="int64")
    return pd.DataFrame(columns)


def _bill_objects(dossier: PlanDossier) -> pd.DataFrame:
    """Return which section or point of the plan each line of the bill comes from.

    ``quantity`` is that of the section; empty for what is counted by piece.
    """
    items = dossier.spans["items"].to_dict()
    rows = [
        (line, row.code, uid, (items.get(uid) or {}).get(row.code))
        for line, row in enumerate(dossier.bill, start=1)
        for uid in row.objects
    ]
    return pd.DataFrame(
        {
            "line": np.array([row[0] for row in rows], dtype="int64"),
            "code": np.array([row[1] for row in rows], dtype=object),
            "object_uid": np.array([row[2] for row in rows], dtype=object),
            "quantity": np.array([row[3] for row in rows], dtype=float),
        }
    )


def _write_layer(layer: _Layer, path: Path) -> None:
    options: dict[str, Any] = {"SPATIAL_INDEX": "YES"} if layer.geometry_type else {}
    try:
        pyogrio.write_dataframe(
            layer.frame,
            path,
            layer=layer.name,
            driver="GPKG",
            geometry_type=_ogr_type(layer.geometry_type),
            dataset_options={"VERSION": VERSION},
            layer_options=options,
            append=False,
        )
    except (DataSourceError, DataLayerError) as error:
        # GDAL tells what it could not do, not that the disk is full.
        if shutil.disk_usage(path.parent).free < _LEAST_FREE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise OSError(str(error)) from error


def _ogr_type(name: str) -> str | None:
    words = {
        "POINT": "Point",
        "LINESTRING": "LineString",
        "MULTIPOLYGON": "MultiPolygon",
        "MULTILINESTRING": "MultiLineString",
    }
    return words.get(name)


_STYLES = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
    styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT(30), ui TEXT(30), update_time DATETIME)"""
_STYLED = """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,
    f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,
    update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', ?)"""
_REGISTERED = """INSERT INTO gpkg_contents (table_name, data_type, identifier, description,
    last_change, srs_id) VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)"""


def _write_styles(
    path: Path, created: datetime, speech: Speech, layers: list[_Layer],
    known: Mapping[str, Sequence[Heading]],
) -> None:  # fmt: skip
    """Add QGIS's table of styles; plain SQLite, for it is no table with geometry."""
    moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    styles = load_symbols().layers
    translate = translator(speech.language)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_STYLES)
        connection.execute(_REGISTERED, (moment,))
        for layer in layers:
            if layer.style:
                style = styles[layer.style]
                text = qml(style, layer.geometry_type, translate)
                if layer.name in known:
                    text = with_fields(text, known[layer.name])
                row = (layer.name, speech.say(style.label)[:30], text, moment)
                connection.execute(_STYLED, row)
