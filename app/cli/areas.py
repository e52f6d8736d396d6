"""Rectangles and places as options of the command line."""

from __future__ import annotations

import re

from app.model.bookmarks import Bounds
from app.model.errors import InputError
from app.model.geodesy import WGS84, transformer
from app.model.messages import QT_TRANSLATE_NOOP, message

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DEGREES = 180.0


def parse_box(text: str, crs: str) -> Bounds:
    """Return west, south, east, north in m from ``W,S,E,N`` in m of ``crs`` or in degrees.

    Raises `InputError` when it is no rectangle.
    """
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise _no_box(text)
    west, south, east, north = (float(part) for part in parts)
    if west >= east or south >= north:
        raise _no_box(text)
    if max(abs(west), abs(east), abs(south), abs(north)) <= _DEGREES:
        if max(abs(south), abs(north)) > _DEGREES / 2:
            raise _no_box(text)
        west, south, east, north = transformer(WGS84, crs).transform_bounds(
            west, south, east, north
        )
    return (west, south, east, north)


def _no_box(text: str) -> InputError:
    return InputError(
        message(
            QT_TRANSLATE_NOOP(
                "core", "“{text}” is no rectangle: west,south,east,north in metres or degrees."
            ),
            text=text,
        )
    )
