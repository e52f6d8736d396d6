"""Go to a place: by coordinates as people write them, or by a name with typing errors."""

from __future__ import annotations

import math
import re

from app.model.geodesy import WGS84, transformer
from app.model.network import Network
from app.model.places import Place, PlaceIndex

_DEGREES_LAT = 90.0
_DEGREES_LON = 180.0
_AROUND_M = 250.0
_GAP = re.compile(
    r"""([0-9°º'’′"”″]\s*[NSEWO])\s+(?=[0-9])|([0-9°º'’′"”″]),\s+(?=[NSEWO])""", re.IGNORECASE
)
"""Where one coordinate ends and the next begins when letters follow the figures."""
_LINK = re.compile(r"(?:^geo:|#map=[0-9.]+/|[@=])(-?[0-9]+\.?[0-9]*)[,/](-?[0-9]+\.?[0-9]*)")
"""A place copied from a web map: latitude and longitude in its address."""
_METRES = re.compile(r"[0-9]{4,}(?:[.,][0-9]+)?")
_LETTERS_FIRST = re.compile(
    r"""^\s*([NSEWO])\s*([0-9][^NSEWO]*?)[\s,;]+([NSEWO])\s*([0-9][^NSEWO]*?)\s*$""", re.IGNORECASE
)


def coordinates(text: str, crs: str) -> Place | None:
    """Return the place that ``text`` gives as two coordinates, ``None`` if it gives none.

    Understood are degrees (decimal, with comma or point, or with minutes and seconds), latitude
    first unless letters or the size say otherwise, and metres in the project's ``crs``, easting
    first.
    """
    from app.io.importing.coordinates import split_pair

    text = _plain(text)
    pair = split_pair(_GAP.sub(_split, text))
    if pair is None:
        return None
    first, second = pair
    if abs(first) <= _DEGREES_LON and abs(second) <= _DEGREES_LON:
        upper = text.upper()
        is_lon_first = abs(first) > _DEGREES_LAT or _says_lon_first(upper)
        lon, lat = (first, second) if is_lon_first else (second, first)
        if abs(lat) > _DEGREES_LAT:
            return None
        x, y = transformer(WGS84, crs).transform(lon, lat)
    else:
        x, y = first, second
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    lon, lat = transformer(crs, WGS84).transform(x, y)
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return None
    box = (x - _AROUND_M, y - _AROUND_M, x + _AROUND_M, y + _AROUND_M)
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    title = f"{abs(lat):.5f}° {north}, {abs(lon):.5f}° {east}"
    return Place(title, "", "", (), box, 100.0)


def find_places(index: PlaceIndex, network: Network, text: str, limit: int = 12) -> list[Place]:
    """Return the places meant by ``text``: the coordinates, if it is some, else names."""
    place = coordinates(text, network.crs)
    return [place] if place is not None else index.search(text, limit)


def _plain(text: str) -> str:
    """Return coordinates in the usual order of figures and letters, links and all."""
    link = _LINK.search(text.strip())
    if link is not None:
        return f"{link[1]}, {link[2]}"
    letters = _LETTERS_FIRST.match(text)
    if letters is None:
        return text
    first, one, second, other = letters.groups()
    if _METRES.fullmatch(one) and _METRES.fullmatch(other):
        return f"{one} {other}" if first.upper() in "EWO" else f"{other} {one}"
    return f"{one} {first}; {other} {second}"


def _says_lon_first(text: str) -> bool:
    """Return whether a letter for east or west comes before one for north or south."""
    east = min((text.find(mark) for mark in "EWO" if mark in text), default=-1)
    north = min((text.find(mark) for mark in "NS" if mark in text), default=-1)
    return 0 <= east < north if north >= 0 else False


def _split(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]}; "
