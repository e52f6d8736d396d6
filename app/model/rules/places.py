"""Where to jump to for an object at fault."""

from __future__ import annotations

from collections.abc import Iterable

import shapely

from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.messages import Message
from app.model.network import Network
from app.model.tables import TABLES

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
