"""Places in tables: numbers, degrees-minutes-seconds, pairs and well-known text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from app.io.importing.draft import as_text
from app.io.importing.headings import COORDINATE_HEADINGS, coordinate_columns
from app.io.importing.numbers import parse_number, parse_numbers
from app.io.importing.outcome import ImportOptions
from app.io.importing.source import ObjectArray, SourceTable
from app.model.errors import ExchangeError
from app.model.geodesy import WGS84
from app.model.messages import QT_TRANSLATE_NOOP, Message, message

FloatArray = npt.NDArray[np.float64]

_DMS = re.compile(
    r"""^\s*(?P<before>[NSEWO])?\s*(?P<sign>[-+])?\s*
        (?P<degrees>\d{1,3})\s*[°º˚d:\s]\s*
        (?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:['’′´m:\s]\s*
        (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:"|”|″|''|’’|s)?)?)?\s*
        (?P<after>[NSEWO])?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_DEGREES = re.compile(
    r"^\s*(?P<before>[NSEWO])?\s*(?P<number>[-+]?\d+(?:[.,]\d+)?)\s*°?\s*(?P<after>[NSEWO])?\s*$",
    re.IGNORECASE,
)
_WKT = re.compile(
    r"^\s*(?:SRID=(?P<srid>\d+);)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)"
    r"\s*[ZM ]*\s*(?:\(|EMPTY)",
    re.IGNORECASE,
)
_HEMISPHERE = {
    "N": ("lat", 1),
    "S": ("lat", -1),
    "E": ("lon", 1),
    "W": ("lon", -1),
    "O": ("lon", -1),
}
_PAIR_FIELDS = (("lon", "lat"), ("x", "y"))
_SHARE = 0.5
"""A column holds places when at least this share of its values can be read as such."""


@dataclass(frozen=True)
class Located:
    """Geometries of a table: where they came from, their CRS if known, and why rows have none."""

    geometry: ObjectArray
    crs: str | None
    columns: Mapping[str, str]
    reasons: Mapping[int, Message] = field(default_factory=dict)
    is_crs_assumed: bool = False
    ambiguous: tuple[str, ...] = ()


def coordinate_fields(source: SourceTable, options: ImportOptions) -> dict[str, str]:
    """Return which columns hold the places: asked for, by heading, or by content."""
    asked = {
        name: column for name, column in options.mapping.items() if name in COORDINATE_HEADINGS
    }
    if asked:
        return {name: column for name, column in asked.items() if column}
    found = coordinate_columns(list(source.columns))
    for pair in _PAIR_FIELDS:
        if all(name in found for name in pair):
            return {name: found[name] for name in pair}
    for name in ("wkt", "coordinates"):
        if name in found and _looks_like(name, as_text(source.columns[found[name]])):
            return {name: found[name]}
    for name in ("wkt", "coordinates"):
        for heading, values in source.columns.items():
            if values.dtype.kind == "O" and _looks_like(name, values):
                return {name: heading}
    return {}


def locate(source: SourceTable, options: ImportOptions, path: Path) -> Located | None:
    """Return the places of a table's rows, or ``None`` if it has no columns for them.

    Raises
    ------
    ExchangeError
        When the CRS is neither said nor evident.
    """
    fields = coordinate_fields(source, options)
    if not fields:
        return None
    if "wkt" in fields:
        return _from_wkt(source, fields, options, path)
    if "coordinates" in fields:
        first, second, reasons = _pairs(as_text(source.columns[fields["coordinates"]]))
        ambiguous: tuple[str, ...] = ()
        is_swapped = not _has_hemispheres(source.columns[fields["coordinates"]])
        x, y = (second, first) if is_swapped else (first, second)
        geographic = bool(_is_degrees(x, y))
        if not geographic and is_swapped:
            x, y = first, second
    else:
        pair = next(pair for pair in _PAIR_FIELDS if pair[0] in fields or pair[1] in fields)
        if not all(name in fields for name in pair):
            raise ExchangeError(
                message(
                    QT_TRANSLATE_NOOP("core", "Columns for both coordinates are needed: {fields}"),
                    fields=", ".join(pair),
                ),
                path,
            )
        x, bad_x, open_x = _axis(source, fields[pair[0]], "lon")
        y, bad_y, open_y = _axis(source, fields[pair[1]], "lat")
        reasons = _axis_reasons(source, fields, pair, bad_x, bad_y)
        ambiguous = (*open_x, *open_y)
    crs, assumed = _crs_of(x, y, options, path)
    geometry = np.full(len(source), None, dtype=object)
    known = ~(np.isnan(x) | np.isnan(y))
    geometry[known] = shapely.points(x[known], y[known])
    for place in np.flatnonzero(~known):
        reasons.setdefault(
            int(place), message(QT_TRANSLATE_NOOP("core", "The row has no coordinates"))
        )
    return Located(geometry, crs, fields, reasons, assumed, ambiguous)


def _crs_of(
    x: FloatArray, y: FloatArray, options: ImportOptions, path: Path
) -> tuple[str | None, bool]:
    if options.crs is not None:
        return options.crs, False
    if _is_degrees(x, y):
        return WGS84, True
    raise ExchangeError(
        message(
            QT_TRANSLATE_NOOP(
                "core",
                "{name} does not say in which CRS its coordinates are; give it with --crs, "
                "for example --crs EPSG:32632",
            ),
            name=path.name,
        ),
        path,
    )


def _is_degrees(x: FloatArray, y: FloatArray) -> bool:
    """Whether nearly all values can be degrees: a few typing errors must not decide."""
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        return True  # nothing to place: no reason to ask for a CRS
    inside = (np.abs(x[known]) <= 180) & (np.abs(y[known]) <= 90)
    return bool(inside.mean() >= 0.9)


def _axis(
    source: SourceTable, heading: str, axis: str
) -> tuple[FloatArray, npt.NDArray[np.bool_], tuple[str, ...]]:
    """Return the numbers of one axis, which values are none, and which are ambiguous."""
    raw = source.columns[heading]
    if raw.dtype.kind in "if":
        values = raw.astype(np.float64)
        return np.where(np.isfinite(values), values, np.nan), np.isinf(values), ()
    texts = as_text(raw)
    parsed = parse_numbers(texts)
    values, bad = parsed.values.copy(), parsed.is_bad.copy()
    for place in np.flatnonzero(bad):
        degrees = parse_degrees(str(texts[place]), axis)
        if degrees is not None:
            values[place], bad[place] = degrees, False
    return values, bad, parsed.ambiguous


def _axis_reasons(
    source: SourceTable,
    fields: Mapping[str, str],
    pair: tuple[str, str],
    bad_x: npt.NDArray[np.bool_],
    bad_y: npt.NDArray[np.bool_],
) -> dict[int, Message]:
    reasons: dict[int, Message] = {}
    for name, bad in zip(pair, (bad_x, bad_y), strict=True):
        values = source.columns[fields[name]]
        for place in np.flatnonzero(bad):
            reasons[int(place)] = message(
                QT_TRANSLATE_NOOP("core", "{column}: {value} is no coordinate"),
                column=fields[name],
                value=str(values[place])[:80],
            )
    return reasons


def parse_degrees(text: str, axis: str = "") -> float | None:
    """Return degrees from text such as ``45°27'51"N`` or ``9,19° E``; ``None`` if it is none.

    A hemisphere that does not belong to ``axis`` (``lon`` or ``lat``) is refused. ``O`` is west
    (ovest).
    """
    match = _DMS.match(text)
    if match is not None:
        minutes = _decimal(match["minutes"])
        seconds = _decimal(match["seconds"] or "0")
        if minutes >= 60 or seconds >= 60:
            return None
        value = int(match["degrees"]) + minutes / 60 + seconds / 3600
        value = -value if match["sign"] == "-" else value
    else:
        match = _DEGREES.match(text)
        if match is None:
            return None
        value = _decimal(match["number"])
    letter = (match["before"] or match["after"] or "").upper()
    if letter:
        wanted, sign = _HEMISPHERE[letter]
        if (axis and wanted != axis) or (value < 0 and sign < 0):
            return None
        value *= sign
    limit = 90 if axis == "lat" else 180
    return value if abs(value) <= limit else None


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _looks_like(name: str, values: ObjectArray) -> bool:
    sample = [str(item) for item in values[:200] if item is not None]
    if not sample:
        return False
    if name == "wkt":
        hits = sum(_WKT.match(item) is not None for item in sample)
    else:
        hits = sum(split_pair(item) is not None for item in sample)
    return hits >= _SHARE * len(sample)


def split_pair(text: str) -> tuple[float, float] | None:
    """Return the two numbers of text such as ``45.46, 9.19``, ``45,46; 9,19`` or two DMS."""
    bare = text.strip().strip("()[]").strip()
    for mark in (";", "|", "/", ", ", ","):
        parts = [part for part in bare.split(mark) if part.strip()]
        if len(parts) == 2:
            break
    else:
        parts = bare.split()
        if len(parts) != 2:
            halves = re.match(r"^(.*?[NSns])\s*(.*[EWOewo])$", bare)
            parts = list(halves.groups()) if halves else []
    if len(parts) != 2:
        return None
    numbers = [_one(part) for part in parts]
    if numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0], numbers[1]


def _one(text: str) -> float | None:
    value = parse_degrees(text)
    return parse_number(text) if value is None else value


def _pairs(texts: ObjectArray) -> tuple[FloatArray, FloatArray, dict[int, Message]]:
    first, second = np.full(len(texts), np.nan), np.full(len(texts), np.nan)
    reasons: dict[int, Message] = {}
    for place, item in enumerate(texts):
        if item is None:
            continue
        pair = split_pair(str(item))
        if pair is None:
            reasons[place] = message(
                QT_TRANSLATE_NOOP("core", "{value} is no pair of coordinates"), value=item[:80]
            )
        else:
            first[place], second[place] = pair
    return first, second, reasons


def _has_hemispheres(values: npt.NDArray[np.object_]) -> bool:
    """Whether the pairs say longitude first with their letters."""
    return any(
        re.match(r"^[^NSns]*[EWew]", str(item)) is not None
        for item in values[:200]
        if item is not None and re.search(r"[NSns]", str(item))
    )


def _from_wkt(
    source: SourceTable, fields: Mapping[str, str], options: ImportOptions, path: Path
) -> Located:
    texts = as_text(source.columns[fields["wkt"]])
    geometry = np.full(len(texts), None, dtype=object)
    reasons: dict[int, Message] = {}
    srids = set()
    for place, item in enumerate(texts):
        if item is None:
            continue
        match = _WKT.match(item)
        if match is None:
            reasons[place] = message(
                QT_TRANSLATE_NOOP("core", "{value} is no geometry"), value=item[:80]
            )
            continue
        srids.add(match["srid"])
        geometry[place] = item.split(";", 1)[1] if match["srid"] else item
    shapes = shapely.from_wkt(geometry, on_invalid="ignore")
    for missing in np.flatnonzero(shapely.is_missing(shapes)):
        reasons.setdefault(
            int(missing), message(QT_TRANSLATE_NOOP("core", "The row has no geometry"))
        )
    srids.discard(None)
    if len(srids) == 1 and options.crs is None:
        return Located(shapely.force_2d(shapes), f"EPSG:{srids.pop()}", fields, reasons)
    xy = shapely.get_coordinates(shapes)
    crs, assumed = _crs_of(xy[:, 0], xy[:, 1], options, path)
    return Located(shapely.force_2d(shapes), crs, fields, reasons, assumed)
