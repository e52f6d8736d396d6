"""What a returned remark is about: its object, the nearest one of the plan, or the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from app.model.comments import Anchor
from app.model.frames import GEOMETRY
from app.model.network import Network
from app.model.tables import TABLES

REACH_M = 10.0
"""A remark drawn as near as this to an object of the plan is about that object."""


@dataclass(frozen=True)
class _Objects:
    table: str
    uids: list[str]
    tree: shapely.STRtree


class Neighbours:
    """The objects of a plan (or of all plans), to be asked for the nearest."""

    def __init__(self, network: Network, plan: str | None) -> None:
        own = {}
        for table in ("plan_spans", "plan_nodes"):
            frame = network.geo(table)
            own[table] = frame if plan is None else frame[frame["plan"] == plan]
        planned = network.table("plan_sites")
        chosen = planned if plan is None else planned[planned["plan"] == plan]
        sites = network.geo("sites")
        own["sites"] = sites[sites.index.isin(chosen["site"])]
        self._points = [_objects(name, own[name]) for name in ("sites", "plan_nodes")]
        self._lines = [_objects("plan_spans", own["plan_spans"])]

    def nearest(self, point: shapely.Point, reach_m: float = REACH_M) -> tuple[str, str] | None:
        """Return table and ``uid`` of the object that ``point`` is about, if one is near.

        A site or node within half the reach goes before sections, for every node lies on one;
        these go before points farther off.
        """
        half = reach_m / 2
        for group, limit in ((self._points, half), (self._lines, reach_m), (self._points, reach_m)):
            found = _nearest(group, point, limit)
            if found is not None:
                return found
        return None


def known_anchor(network: Network, table: str | None, uid: str | None) -> Anchor | None:
    """Return the anchor on an object that exists, else ``None``."""
    if table is None or uid is None or table not in TABLES or table in ("comments", "revisions"):
        return None
    return Anchor(table, uid) if uid in network.table(table).index else None


def bill_anchor(network: Network, plan: str | None, code: str) -> Anchor | None:
    """Return the anchor of a remark on a line of the bill: the item of the plan's price list."""
    if plan is None:
        return None
    items = network.table("price_items")
    own = items[
        (items["price_list"] == network.table("plans").at[plan, "price_list"])
        & (items["code"] == code)
    ]
    return Anchor("price_items", str(own.index[0])) if len(own) else None


def _objects(table: str, frame: pd.DataFrame) -> _Objects:
    shapes = frame[GEOMETRY]
    kept = shapes[[shape is not None and not shape.is_empty for shape in shapes]].sort_index()
    return _Objects(table, [str(uid) for uid in kept.index], shapely.STRtree(kept.to_numpy()))


def _nearest(
    groups: Iterable[_Objects], point: shapely.Point, limit_m: float
) -> tuple[str, str] | None:
    best: tuple[float, int, str, str] | None = None
    for order, objects in enumerate(groups):
        at, distance = objects.tree.query_nearest(
            point, max_distance=limit_m, return_distance=True, all_matches=True
        )
        for position, metres in zip(at.tolist(), np.atleast_1d(distance).tolist(), strict=True):
            found = (round(metres, 6), order, objects.table, objects.uids[position])
            best = found if best is None else min(best, found)
    return None if best is None else best[2:]
