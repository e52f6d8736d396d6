"""GeoPackage geometry: the binary form of the standard, and the functions its triggers call.

Source: OGC 12-128r14, GeoPackage Encoding Standard 1.2, clause 2.1.3 (binary header) and
annex F.3 (the spatial index and the functions ``ST_MinX`` ... that a writer must provide).
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

ObjectArray = npt.NDArray[np.object_]

_MAGIC = b"GP"
_HEADER_BYTES = 8
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_LITTLE_ENDIAN = 0b00000001
_ENVELOPE_XY = 0b00000010
_IS_EMPTY = 0b00010000
_IS_EXTENDED = 0b00100000
_POINT = 0
"""shapely's type number of a point."""

_HEADER = np.dtype(
    [
        ("magic", "S2"),
        ("version", "u1"),
        ("flags", "u1"),
        ("srs_id", "<i4"),
        ("envelope", "<f8", (4,)),
    ]
)


def _body_offset(flags: int) -> int:
    """Return where the well-known binary starts, -1 where the header is not valid."""
    kind = (flags >> 1) & 0b111
    if kind >= len(_ENVELOPE_BYTES) or flags & _IS_EXTENDED:
        return -1
    return _HEADER_BYTES + _ENVELOPE_BYTES[kind]


_BODY = tuple(_body_offset(flags) for flags in range(256))


def encode_geometry(geometries: Sequence[Any] | ObjectArray, srs_id: int) -> list[bytes | None]:
    """Return the GeoPackage binary of each geometry, without Z and M; nothing stays ``None``.

    Points carry no envelope, everything else one of east and north, as GDAL writes them.

    Parameters
    ----------
    geometries
        shapely geometries or ``None``, ``(n,)``.
    srs_id
        Identifier in ``gpkg_spatial_ref_sys``.
    """
    shapes = as_objects(geometries)
    bodies = shapely.to_wkb(shapes, output_dimension=2, byte_order=1)
    empty = shapely.is_empty(shapes)
    short = empty | (shapely.get_type_id(shapes) == _POINT)
    head = np.zeros(len(shapes), dtype=_HEADER)
    head["magic"] = _MAGIC
    head["flags"] = (
        _LITTLE_ENDIAN + np.where(short, 0, _ENVELOPE_XY) + np.where(empty, _IS_EMPTY, 0)
    )
    head["srs_id"] = srs_id
    head["envelope"] = shapely.bounds(shapes)[:, [0, 2, 1, 3]]
    raw, size = head.tobytes(), _HEADER.itemsize
    ends = np.arange(len(shapes)) * size + np.where(short, _HEADER_BYTES, size)
    starts = range(0, len(shapes) * size, size)
    return [
        None if body is None else raw[start:end] + body
        for start, end, body in zip(starts, ends.tolist(), bodies, strict=True)
    ]


def decode_geometry(blobs: Sequence[bytes | None]) -> ObjectArray:
    """Return the shapely geometries, ``(n,)``, of GeoPackage binaries; raises `ValueError`.

    Z and M, which other programs may have stored, are dropped: the project is flat.
    """
    try:
        shapes = shapely.from_wkb(as_objects([well_known_binary(blob) for blob in blobs]))
    except (shapely.GEOSException, TypeError, IndexError) as error:
        raise ValueError(str(error)) from error
    if shapely.has_z(shapes).any():
        shapes = shapely.force_2d(shapes)
    return np.asarray(shapes, dtype=object)


def well_known_binary(blob: bytes | None) -> bytes | None:
    """Return the well-known binary inside a GeoPackage binary; raises `ValueError`."""
    if blob is None:
        return None
    offset = _BODY[blob[3]]
    if offset < 0 or blob[:2] != _MAGIC:
        raise ValueError("not a GeoPackage geometry")
    return blob[offset:]


def as_objects(items: Sequence[Any] | ObjectArray) -> ObjectArray:
    """Return the items as ``(n,)`` array of objects, whatever they are."""
    if isinstance(items, np.ndarray) and items.dtype == object:
        return items
    array = np.empty(len(items), dtype=object)
    array[:] = list(items)
    return array


def register_functions(connection: sqlite3.Connection) -> None:
    """Give ``connection`` the five functions without which no row can be written.

    What is not a geometry gives ``NULL``, as the standard asks.
    """
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _bound(position), deterministic=True)
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


def _bound(position: int) -> Callable[[Any], float | None]:
    """Return a function from a blob to one side of its envelope (minx, maxx, miny, maxy)."""
    stored, shift = struct.Struct("<d"), _HEADER_BYTES + 8 * position
    plain_flags = _LITTLE_ENDIAN | _ENVELOPE_XY

    def bound(blob: Any) -> float | None:
        try:
            if blob[3] == plain_flags:  # what this program writes: one look-up
                value: float = stored.unpack_from(blob, shift)[0]
                return value
            return _parsed_bound(blob, position)
        except (TypeError, IndexError, ValueError, struct.error, shapely.GEOSException):
            return None

    return bound


def _parsed_bound(blob: bytes, position: int) -> float | None:
    west, south, east, north = shapely.from_wkb(well_known_binary(blob)).bounds
    value = float((west, east, south, north)[position])
    return None if np.isnan(value) else value


def _is_empty(blob: Any) -> int | None:
    try:
        if blob[:2] != _MAGIC:
            return None
        return 1 if blob[3] & _IS_EMPTY else 0
    except (TypeError, IndexError):
        return None
