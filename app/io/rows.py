"""Frames as rows of the project file and back, a column at a time."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from app.io.geopackage import as_objects, decode_geometry, encode_geometry
from app.model.errors import InputError
from app.model.frames import GEOMETRY, REV, plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.schema import Column, Kind, Table

_WRONG_SHAPE = QT_TRANSLATE_NOOP(
    "core", "{count} objects have a geometry that the table {table} does not take"
)
_NOT_FINITE = QT_TRANSLATE_NOOP("core", "{count} objects have a coordinate that is not a number")
_TWICE = QT_TRANSLATE_NOOP("core", "{count} identifiers occur twice in the table {table}")
_NOT_TEXT = QT_TRANSLATE_NOOP("core", "{count} objects have a text that cannot be stored")

_WHOLE = {"POINT": 0, "LINESTRING": 1, "POLYGON": 3, "MULTIPOINT": 4, "MULTILINESTRING": 5,
          "MULTIPOLYGON": 6}  # fmt: skip
"""shapely's type number of each GeoPackage type; ``GEOMETRY`` takes any."""
_TO_MULTI: dict[str, Callable[[Any], Any]] = {
    "MULTIPOINT": shapely.multipoints,
    "MULTILINESTRING": shapely.multilinestrings,
    "MULTIPOLYGON": shapely.multipolygons,
}


@dataclass(frozen=True)
class Rows:
    """Rows of one table as the file holds them.

    ``columns`` has one list of plain values for each column of the schema, in its order;
    ``shapes`` the geometries as shapely objects, flat and of the table's type, or ``None``
    for a table without. All lists are as long as ``uids``.
    """

    table: Table
    uids: list[str]
    revs: list[int]
    columns: tuple[list[Any], ...]
    shapes: np.ndarray | None

    def __len__(self) -> int:
        return len(self.uids)

    def blobs(self, srs_id: int) -> list[bytes | None]:
        """Return the geometries as GeoPackage binaries."""
        return [] if self.shapes is None else encode_geometry(self.shapes, srs_id)

    def contents(self) -> dict[str, tuple[Any, ...]]:
        """Return all that a row says, by ``uid``, in a form that can be compared."""
        parts: list[Iterable[Any]] = list(self.columns)
        if self.shapes is not None:
            parts.append(shapely.to_wkb(self.shapes, byte_order=1))
        return dict(zip(self.uids, zip(*parts, strict=True), strict=True))

    def frame(self, crs: str) -> pd.DataFrame:
        """Return the frame that the model works with."""
        index = pd.Index(self.uids, dtype=object, name="uid")
        series: dict[str, pd.Series] = {}
        for column, values in zip(self.table.columns, self.columns, strict=True):
            cells = _decode(column, values)
            # Without its own type pandas would guess another one for text.
            series[column.name] = pd.Series(cells, index=index, dtype=cells.dtype, copy=False)
        series[REV] = pd.Series(np.array(self.revs, dtype="int64"), index=index, copy=False)
        frame = pd.DataFrame(series, index=index, copy=False)
        if self.shapes is None:
            return frame
        array = gpd.array.GeometryArray(self.shapes, crs=crs)
        frame[GEOMETRY] = gpd.GeoSeries(array, index=index)
        return gpd.GeoDataFrame(frame, geometry=GEOMETRY)


def rows_from_frame(table: Table, frame: pd.DataFrame) -> Rows:
    """Return ``frame`` in the one form that is stored; raises `InputError`.

    What is equal when read back has the same form: an empty list is nothing, a polygon in a
    table of multi-polygons is a multi-polygon, Z is dropped.
    """
    uids = [str(uid) for uid in frame.index]
    if len(set(uids)) < len(uids):
        twice = sorted(frame.index[frame.index.duplicated()].unique())
        raise InputError(message(_TWICE, count=len(twice), table=table.name), twice)
    columns = tuple(_encode(column, frame[column.name]) for column in table.columns)
    shapes = None
    if table.geometry:
        shapes = _fitting(table, np.asarray(frame[GEOMETRY].to_numpy(), dtype=object), uids)
    return Rows(table, uids, frame[REV].astype("int64").tolist(), columns, shapes)


def rows_from_file(table: Table, records: Sequence[Sequence[Any]]) -> Rows:
    """Return rows read with the columns of `select_list`; raises `ValueError` for nonsense."""
    if not records:
        none = None if not table.geometry else np.empty(0, dtype=object)
        return Rows(table, [], [], tuple([] for _ in table.columns), none)
    parts = [list(part) for part in zip(*records, strict=True)]
    shapes = decode_geometry(parts.pop()) if table.geometry else None
    uids, revs, *columns = parts
    return Rows(table, uids, [rev or 0 for rev in revs], tuple(columns), shapes)


def select_list(table: Table) -> str:
    """Return the columns, quoted, in the order that `rows_from_file` expects."""
    names = ["uid", REV, *table.column_names, *(["geom"] if table.geometry else [])]
    return ", ".join(f'"{name}"' for name in names)


def take(rows: Rows, positions: Sequence[int]) -> Rows:
    """Return the rows at ``positions``."""
    return Rows(
        rows.table,
        [rows.uids[at] for at in positions],
        [rows.revs[at] for at in positions],
        tuple([column[at] for at in positions] for column in rows.columns),
        None if rows.shapes is None else rows.shapes[np.asarray(positions, dtype=int)],
    )


def find_unstorable(rows: Rows) -> InputError:
    """Return the error that names the rows whose texts are not valid Unicode."""
    bad = sorted(
        {
            uid
            for column in rows.columns
            for uid, value in zip(rows.uids, column, strict=True)
            if isinstance(value, str) and not _is_storable(value)
        }
        | {uid for uid in rows.uids if not _is_storable(uid)}
    )
    return InputError(message(_NOT_TEXT, count=len(bad)), bad)


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _encode(column: Column, series: pd.Series) -> list[Any]:
    """Return plain Python values: SQLite would store a numpy number as bytes."""
    if column.kind is Kind.JSON:
        return [_encode_document(column, value) for value in series.tolist()]
    if column.kind is Kind.REAL:
        numbers: list[float] = series.to_numpy(dtype="float64", na_value=math.nan).tolist()
        # Adding zero turns -0.0 into 0.0, which is what SQLite gives back.
        return [None if number != number else number + 0.0 for number in numbers]  # noqa: PLR0124
    missing = series.isna().to_numpy()
    if column.kind is Kind.INTEGER:
        values = series.fillna(0).to_numpy(dtype="int64").tolist()
    elif column.kind is Kind.BOOLEAN:
        values = series.fillna(False).to_numpy(dtype="int64").tolist()
    else:
        values = series.tolist()
        if not {type(value) for value in values} <= {str, type(None)}:
            values = [None if plain(value) is None else str(value) for value in values]
    if missing.any():
        values = [None if gone else value for gone, value in zip(missing, values, strict=True)]
    return values


def _encode_document(column: Column, value: Any) -> str | None:
    if value is None or value == column.default or plain(value) is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)


def _decode(column: Column, values: list[Any]) -> Any:
    if column.kind is Kind.REAL:
        return np.array(values, dtype="float64")
    if column.kind is Kind.INTEGER:
        return _masked(values, "int64")
    if column.kind is Kind.BOOLEAN:
        return _masked(values, "bool")
    if column.kind is Kind.JSON:
        cells = np.empty(len(values), dtype=object)
        for at, value in enumerate(values):  # numpy would unpack tuples of equal length
            cells[at] = _decode_document(column, value)
        return cells
    if column.choices:  # a closed list: keep each word once, not once a row
        words = {value: value for value in values}
        values = [words[value] for value in values]
    return as_objects(values)


def _masked(values: list[Any], dtype: str) -> Any:
    absent = values.count(None)  # at the speed of C; most columns have all values or none
    if absent == len(values):
        missing, filled = np.ones(len(values), dtype=bool), [0] * len(values)
    elif absent:
        missing = np.array([value is None for value in values], dtype=bool)
        filled = [0 if value is None else value for value in values]
    else:
        missing, filled = np.zeros(len(values), dtype=bool), values
    numbers = np.array(filled, dtype="float64" if dtype == "bool" else dtype)
    if dtype == "bool":
        return pd.arrays.BooleanArray(numbers != 0, missing)
    return pd.arrays.IntegerArray(numbers, missing)


def _decode_document(column: Column, value: Any) -> Any:
    if value is None:
        return column.default
    found = json.loads(value)
    return tuple(found) if isinstance(found, list) else found


def _fitting(table: Table, shapes: np.ndarray, uids: list[str]) -> np.ndarray:
    """Return the geometries flat and of the table's type; raises `InputError`."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    wild = np.unique(owner[~np.isfinite(coordinates).all(axis=1)])
    if len(wild):
        raise InputError(message(_NOT_FINITE, count=len(wild)), [uids[at] for at in wild])
    if shapely.has_z(shapes).any():
        shapes = shapely.force_2d(shapes)
    wanted = _WHOLE.get(table.geometry)
    if wanted is None:
        return shapes
    types = shapely.get_type_id(shapes)
    odd = np.flatnonzero((types != wanted) & (types != -1))
    if not len(odd):
        return shapes
    shapes, wrong = shapes.copy(), []
    for at in odd.tolist():
        fitted = _fitted(table.geometry, shapes[at])
        if fitted is None:
            wrong.append(uids[at])
        shapes[at] = fitted
    if wrong:
        raise InputError(message(_WRONG_SHAPE, count=len(wrong), table=table.name), wrong)
    return shapes


def _fitted(geometry: str, shape: Any) -> Any:
    """Return ``shape`` as a type of one part or of many, ``None`` where that is impossible."""
    wanted = _WHOLE[geometry]
    parts = shapely.get_parts(shape)
    if geometry in _TO_MULTI and shape.geom_type.upper() == geometry.removeprefix("MULTI"):
        return _TO_MULTI[geometry]([shape])
    if len(parts) == 1 and shapely.get_type_id(parts[0]) == wanted:
        return parts[0]
    return None
