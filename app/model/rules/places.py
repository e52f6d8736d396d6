"""Where to jump to for an object at fault."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.geodesy import FloatArray, to_lonlat
from app.model.messages import Message
from app.model.network import Network
from app.model.tables import TABLES

_MARGIN_DEG = 3.0
"""A zone is used somewhat beyond its edges."""

MOST_UIDS = 1000
"""A finding names at most so many objects; its message counts all."""


def place_of(network: Network, table: str, uid: str) -> tuple[float, float] | None:
    """Return a point on the object, in the project's CRS in m, or nothing."""
    if not TABLES[table].geometry:
        return None
    shape = network.geo(table).loc[uid, GEOMETRY]
    if shape is None or shapely.is_empty(shape):
        return None
    point = shapely.point_on_surface(shape)
    return (float(point.x), float(point.y))


def is_swapped(frame: gpd.GeoDataFrame, crs: str) -> npt.NDArray[np.bool_]:
    """Return which points have latitude and longitude exchanged.

    Such a point lies outside the area for which ``crs`` is meant, and inside once the two are
    exchanged; ``frame`` is of a table of points.
    """
    area = CRS.from_user_input(crs).area_of_use
    shapes = frame[GEOMETRY].to_numpy()
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    known = np.isfinite(x) & np.isfinite(y)
    swapped = np.zeros(len(shapes), dtype=bool)
    if area is None or not known.any():
        return swapped
    lon, lat = to_lonlat(x[known], y[known], crs)

    def lies_inside(east: FloatArray, north: FloatArray) -> npt.NDArray[np.bool_]:
        return np.asarray(
            (east > area.west - _MARGIN_DEG)
            & (east < area.east + _MARGIN_DEG)
            & (north > area.south - _MARGIN_DEG)
            & (north < area.north + _MARGIN_DEG)
        )

    swapped[known] = ~lies_inside(lon, lat) & lies_inside(lat, lon)
    return swapped


def found(
    network: Network,
    rule: str,
    severity: Severity,
    table: str,
    uids: Iterable[str],
    text: Message,
    advice: Message,
) -> Iterable[Finding]:
    """Yield one finding about ``uids``, if there are any."""
    named = [str(uid) for uid in uids][:MOST_UIDS]
    if named:
        place = place_of(network, table, named[0])
        yield Finding(rule, severity, text, table, tuple(named), place, advice)
