"""Bookmarks: named views of the map, kept with the project."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

SETTING = "bookmarks"
"""Key under which a project keeps them."""

Bounds = tuple[float, float, float, float]

_UNNAMED = QT_TRANSLATE_NOOP("core", "A bookmark needs a name.")
_TAKEN = QT_TRANSLATE_NOOP("core", "There is a bookmark “{name}” already.")
_UNKNOWN = QT_TRANSLATE_NOOP("core", "There is no bookmark “{name}”.")
_NO_PLACE = QT_TRANSLATE_NOOP("core", "The bookmark “{name}” has no extent.")
_LONGEST = 100


@dataclass(frozen=True)
class Bookmark:
    """A named view: ``bounds`` are west, south, east, north in m, in the project's CRS."""

    name: str
    bounds: Bounds


def read_bookmarks(stored: object) -> tuple[Bookmark, ...]:
    """Return the bookmarks that a project keeps, by name; what makes no sense is left out."""
    found = {}
    for item in stored if isinstance(stored, list) else ():
        if not isinstance(item, dict):
            continue
        name, bounds = item.get("name"), item.get("bounds")
        if isinstance(name, str) and name.strip() and isinstance(bounds, list) and _is_box(bounds):
            west, south, east, north = (float(edge) for edge in bounds)
            found[name] = Bookmark(name, (west, south, east, north))
    return _sorted(found.values())


def stored_bookmarks(bookmarks: Iterable[Bookmark]) -> list[dict[str, object]]:
    """Return bookmarks as JSON values."""
    return [{"name": item.name, "bounds": list(item.bounds)} for item in _sorted(bookmarks)]


def add_bookmark(
    bookmarks: Sequence[Bookmark], name: str, bounds: Bounds, *, is_replacing: bool = False
) -> tuple[Bookmark, ...]:
    """Return ``bookmarks`` and one more.

    Raises
    ------
    InputError
        For an empty name, one in use (unless replacing), and an extent without size.
    """
    name = _checked(name)
    if not _is_box(bounds):
        raise InputError(message(_NO_PLACE, name=name))
    others = tuple(item for item in bookmarks if item.name != name)
    if len(others) < len(bookmarks) and not is_replacing:
        raise InputError(message(_TAKEN, name=name))
    return _sorted((*others, Bookmark(name, bounds)))


def rename_bookmark(
    bookmarks: Sequence[Bookmark], old: str, new: str
) -> tuple[Bookmark, ...]:  # fmt: skip
    """Return ``bookmarks`` with another name for one; raises `InputError`."""
    known, new = find_bookmark(bookmarks, old), _checked(new)
    if new == old:
        return tuple(bookmarks)
    if any(item.name == new for item in bookmarks):
        raise InputError(message(_TAKEN, name=new))
    others = (item for item in bookmarks if item.name != old)
    return _sorted((*others, replace(known, name=new)))


def delete_bookmark(bookmarks: Sequence[Bookmark], name: str) -> tuple[Bookmark, ...]:
    """Return ``bookmarks`` without one; raises `InputError` when there is none of the name."""
    known = find_bookmark(bookmarks, name)
    return tuple(item for item in bookmarks if item is not known)


def find_bookmark(bookmarks: Sequence[Bookmark], name: str) -> Bookmark:
    """Return the bookmark of a name; raises `InputError`."""
    for item in bookmarks:
        if item.name == name:
            return item
    raise InputError(message(_UNKNOWN, name=name))


def _checked(name: str) -> str:
    text = " ".join(name.split())[:_LONGEST]
    if not text:
        raise InputError(message(_UNNAMED))
    return text


def _is_box(bounds: object) -> bool:
    if not isinstance(bounds, list | tuple) or len(bounds) != 4:
        return False
    if not all(isinstance(edge, int | float) and math.isfinite(edge) for edge in bounds):
        return False
    west, south, east, north = bounds
    return bool(west < east and south < north)


def _sorted(bookmarks: Iterable[Bookmark]) -> tuple[Bookmark, ...]:
    return tuple(sorted(bookmarks, key=lambda item: (item.name.casefold(), item.name)))
