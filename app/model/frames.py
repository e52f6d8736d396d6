"""Tables as data frames: one fixed shape, so that nobody has to guess a type.

A frame of a table has the ``uid`` as index (name ``uid``), one column for each column of the
schema in its order, the column ``rev`` (row revision, 0 for a row not stored yet), and for a
table with geometry the active geometry column ``geometry``. Types: text is ``object`` with
``None`` for missing, integers ``Int64``, reals ``float64`` with NaN, flags ``boolean``, JSON
columns ``object`` (lists as tuples).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from app.model.schema import Column, Kind, Table, new_uid

REV = "rev"
GEOMETRY = "geometry"

_DTYPES: Mapping[Kind, str] = {
    Kind.TEXT: "object",
    Kind.DATETIME: "object",
    Kind.JSON: "object",
    Kind.INTEGER: "Int64",
    Kind.REAL: "float64",
    Kind.BOOLEAN: "boolean",
}


def make_frame(
    table: Table,
    values: Mapping[str, Any] | pd.DataFrame,
    crs: str | None = None,
    geometry: Any = None,
    uids: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return a frame of ``table`` from columns of values; what is missing gets its default.

    Parameters
    ----------
    values
        Column name to sequence or scalar. Unknown columns raise `KeyError`.
    crs
        CRS of ``geometry``, such as ``EPSG:7791``; needed for tables with geometry.
    geometry
        Sequence of shapely geometries, as long as the columns.
    uids
        Identifiers; new ones are made when absent.
    """
    given = {str(name): item for name, item in values.items() if name not in (REV, GEOMETRY)}
    unknown = set(given) - set(table.column_names)
    if unknown:
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    if geometry is None and GEOMETRY in values:
        geometry = values[GEOMETRY]
    count = _count(given, geometry, uids)
    index = pd.Index(
        [new_uid() for _ in range(count)] if uids is None else list(uids), dtype=object
    )
    index.name = "uid"
    columns: dict[str, Any] = {
        column.name: _series(column, given.get(column.name, column.default), index)
        for column in table.columns
    }
    revs = values.get(REV, 0)
    columns[REV] = pd.Series(revs if np.ndim(revs) == 0 else np.asarray(revs), index, dtype="int64")
    frame = pd.DataFrame(columns, index=index)
    if not table.geometry:
        return frame
    shapes = [None] * count if geometry is None else np.asarray(geometry, dtype=object)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, index=index, crs=crs), crs=crs)


def empty_frame(table: Table, crs: str | None = None) -> pd.DataFrame:
    """Return a frame of ``table`` without rows."""
    return make_frame(table, {}, crs, geometry=[] if table.geometry else None, uids=[])


def frame_from_rows(
    table: Table, rows: Iterable[Mapping[str, Any]], crs: str | None = None
) -> pd.DataFrame:
    """Return a frame from mappings that may hold ``uid`` and ``geometry`` besides columns."""
    records = list(rows)
    names = sorted({name for row in records for name in row} - {"uid", GEOMETRY})
    values = {
        name: [row.get(name, table.column(name).default if name != REV else 0) for row in records]
        for name in names
    }
    shapes = [row.get(GEOMETRY) for row in records] if table.geometry else None
    uids = [str(row["uid"]) if row.get("uid") else new_uid() for row in records]
    return make_frame(table, values, crs, geometry=shapes, uids=uids)


def plain(value: Any) -> Any:
    """Return ``value`` as plain Python: missing of any kind becomes ``None``."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def rows_of(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Return the frame's rows as plain mappings with ``uid``, without geometry and ``rev``."""
    names = [
        name
        for name in (frame.columns if columns is None else columns)
        if name not in (GEOMETRY, REV)
    ]
    lists = [frame[name].astype(object).tolist() for name in names]
    return [
        {"uid": uid, **{name: plain(item) for name, item in zip(names, row, strict=True)}}
        for uid, row in zip(frame.index, zip(*lists, strict=True), strict=True)
    ] if names else [{"uid": uid} for uid in frame.index]  # fmt: skip


def _count(given: Mapping[str, Any], geometry: Any, uids: Sequence[str] | None) -> int:
    if uids is not None:
        return len(uids)
    if geometry is not None:
        return len(geometry)
    lengths = {len(value) for value in given.values() if _is_column(value)}
    if len(lengths) > 1:
        raise ValueError(f"columns of different length: {sorted(lengths)}")
    return lengths.pop() if lengths else (1 if given else 0)


def _is_column(value: Any) -> bool:
    return isinstance(value, list | np.ndarray | pd.Series | pd.api.extensions.ExtensionArray)


def _series(column: Column, value: Any, index: pd.Index) -> pd.Series:
    items = list(value) if _is_column(value) else [value] * len(index)
    dtype = _DTYPES[column.kind]
    if dtype == "float64":
        numbers = [math.nan if plain(item) is None else float(item) for item in items]
        return pd.Series(numbers, index=index, dtype="float64")
    if dtype == "Int64":
        whole = [None if plain(item) is None else int(item) for item in items]
        return pd.Series(whole, index=index, dtype="Int64")
    if dtype == "boolean":
        flags = [None if plain(item) is None else bool(item) for item in items]
        return pd.Series(flags, index=index, dtype="boolean")
    cells = np.empty(len(items), dtype=object)
    for position, item in enumerate(items):
        cells[position] = tuple(item) if isinstance(item, list) else plain(item)
    return pd.Series(cells, index=index, dtype=object)
