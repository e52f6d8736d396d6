"""What the worker sends: one table of plain values, packed so that nothing can run on arrival.

The packed form is a JSON head followed by raw buffers. The receiver checks kinds, counts and
lengths, and never unpickles anything.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

ObjectArray = npt.NDArray[np.object_]

NUMBER_KINDS = {"float": np.dtype("<f8"), "int": np.dtype("<i8"), "bool": np.dtype("?")}
"""Column kinds that travel as raw numbers; every other column is text with ``None``."""

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class SourceTable:
    """Rows as a file holds them, before anything is understood.

    Attributes
    ----------
    name
        Layer, sheet or file stem.
    columns
        Heading to ``(n,)`` array: ``float64``, ``int64``, ``bool`` or ``object`` text.
    geometry
        ``(n,)`` geometries in the source's CRS with east first, or ``None`` for tables.
    crs
        What the file says of its CRS: authority code or WKT; ``None`` if it says nothing.
    rows
        ``(n,)`` labels for people: line numbers of tables, feature numbers otherwise.
    problems
        Row position to code and values of what kept the row from being read whole.
    notes
        Codes with values of what was noticed about the file, such as its encoding.
    target
        The table that the reader itself decided on (OpenStreetMap), else empty.
    """

    name: str
    columns: Mapping[str, npt.NDArray[Any]]
    geometry: ObjectArray | None
    crs: str | None
    rows: npt.NDArray[np.int64]
    problems: Mapping[int, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    target: str = ""
    format: str = ""
    dialect: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Reading:
    """The answer of the worker: tables, and the layers among which they were chosen."""

    tables: tuple[SourceTable, ...]
    layers: tuple[str, ...] = ()
    peak_mb: float = 0.0


def pack(reading: Reading) -> bytes:
    """Return ``reading`` as bytes for `unpack`."""
    buffers: list[bytes] = []
    head = {
        "layers": list(reading.layers),
        "peak_mb": reading.peak_mb,
        "tables": [_pack_table(table, buffers) for table in reading.tables],
    }
    text = json.dumps(head).encode()
    return b"".join([_LENGTH.pack(len(text)), text, *buffers])


def _pack_table(table: SourceTable, buffers: list[bytes]) -> dict[str, Any]:
    columns = []
    for name, values in table.columns.items():
        kind = _kind_of(values)
        data = (
            json.dumps(values.tolist()).encode()
            if kind == "text"
            else values.astype(NUMBER_KINDS[kind]).tobytes()
        )
        columns.append([name, kind, len(data)])
        buffers.append(data)
    shapes = None if table.geometry is None else _pack_geometry(table.geometry, buffers)
    rows = table.rows.astype("<i8").tobytes()
    buffers.append(rows)
    return {
        "name": table.name,
        "count": len(table),
        "columns": columns,
        "geometry": shapes,
        "rows": len(rows),
        "crs": table.crs,
        "problems": [[key, code, dict(given)] for key, (code, given) in table.problems.items()],
        "notes": [[code, dict(given)] for code, given in table.notes],
        "target": table.target,
        "format": table.format,
        "dialect": dict(table.dialect),
    }


def _kind_of(values: npt.NDArray[Any]) -> str:
    return {"f": "float", "i": "int", "b": "bool"}.get(values.dtype.kind, "text")


def _pack_geometry(geometry: ObjectArray, buffers: list[bytes]) -> list[int]:
    wkb = [item or b"" for item in shapely.to_wkb(geometry, output_dimension=2).tolist()]
    sizes = np.array([len(item) for item in wkb], dtype="<i8")
    joined = b"".join(wkb)
    buffers.extend((sizes.tobytes(), joined))
    return [sizes.nbytes, len(joined)]


class _Cursor:
    """Takes pieces off a buffer in order and refuses to read past its end."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def take(self, size: int) -> memoryview:
        if size < 0 or self._at + size > len(self._data):
            raise ValueError("buffer too short")
        piece = self._data[self._at : self._at + size]
        self._at += size
        return piece

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._data)


def unpack(data: bytes) -> Reading:
    """Return the reading packed in ``data``; raises `ValueError` if it does not hold together."""
    cursor = _Cursor(data)
    try:
        (size,) = _LENGTH.unpack(cursor.take(_LENGTH.size))
        head = json.loads(bytes(cursor.take(size)))
        tables = tuple(_unpack_table(item, cursor) for item in head["tables"])
        reading = Reading(tables, _texts(head["layers"]), float(head["peak_mb"]))
    except (KeyError, TypeError, struct.error, shapely.errors.GEOSException) as error:
        raise ValueError(str(error)) from error
    if not cursor.is_at_end:
        raise ValueError("bytes left over")
    return reading


def _unpack_table(head: Mapping[str, Any], cursor: _Cursor) -> SourceTable:
    count = int(head["count"])
    columns = {
        str(name): _unpack_column(str(kind), cursor.take(int(size)), count)
        for name, kind, size in head["columns"]
    }
    geometry = None
    if head["geometry"] is not None:
        sizes, joined = (cursor.take(int(size)) for size in head["geometry"])
        geometry = _unpack_geometry(np.frombuffer(sizes, "<i8"), joined, count)
    rows = np.frombuffer(cursor.take(int(head["rows"])), "<i8").astype(np.int64)
    if len(rows) != count:
        raise ValueError("row labels do not fit")
    return SourceTable(
        name=str(head["name"]),
        columns=columns,
        geometry=geometry,
        crs=None if head["crs"] is None else str(head["crs"]),
        rows=rows,
        problems={int(key): (str(code), dict(given)) for key, code, given in head["problems"]},
        notes=tuple((str(code), dict(given)) for code, given in head["notes"]),
        target=str(head["target"]),
        format=str(head["format"]),
        dialect={str(key): str(value) for key, value in head["dialect"].items()},
    )


def _unpack_column(kind: str, data: memoryview, count: int) -> npt.NDArray[Any]:
    if kind in NUMBER_KINDS:
        values = np.frombuffer(data, NUMBER_KINDS[kind])
        if len(values) != count:
            raise ValueError("column of wrong length")
        return values
    if kind != "text":
        raise ValueError(f"unknown kind {kind}")
    return text_array(json.loads(bytes(data)), count)


def text_array(values: Sequence[Any], count: int | None = None) -> ObjectArray:
    """Return an object array of text and ``None``; raises `ValueError` for anything else."""
    if count is not None and len(values) != count:
        raise ValueError("column of wrong length")
    if any(item is not None and not isinstance(item, str) for item in values):
        raise ValueError("column that is not text")
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


def is_missing(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return where an object array holds ``None``."""
    return np.fromiter((item is None for item in values), dtype=bool, count=len(values))


def _unpack_geometry(sizes: npt.NDArray[np.int64], joined: memoryview, count: int) -> ObjectArray:
    if len(sizes) != count or sizes.min(initial=0) < 0 or int(sizes.sum()) != len(joined):
        raise ValueError("geometry of wrong length")
    ends = np.cumsum(sizes)
    wkb = np.empty(count, dtype=object)
    for position, (start, end) in enumerate(zip(ends - sizes, ends, strict=True)):
        wkb[position] = bytes(joined[start:end]) if end > start else None
    return np.asarray(shapely.from_wkb(wkb), dtype=object)


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(item) for item in values)
