"""Where routes cross barriers, and what each crossing costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from app.model.frames import GEOMETRY
from app.planning.arrays import BoolArray, FloatArray, IntArray, ObjectArray
from app.planning.costs.costrules import CostRules


@dataclass(frozen=True)
class Crossings:
    """One row for each edge and barrier that meet.

    Parameters
    ----------
    edge
        ``(k,)`` sorted.
    barrier
        ``(k,)`` rows of ``barrier_uid``.
    thousandths
        ``(k,)`` how often the edge crosses, in thousandths: half a crossing is 500.
    item
        ``(k,)`` code of the price item, ``None`` where nothing is due.
    is_forbidden
        ``(k,)`` whether the barrier lets nothing through.
    """

    edge: IntArray
    barrier: IntArray
    thousandths: IntArray
    item: ObjectArray
    is_forbidden: BoolArray
    barrier_uid: ObjectArray

    def only(self, keep: BoolArray) -> Crossings:
        """Return the rows marked in ``keep``."""
        return Crossings(
            self.edge[keep], self.barrier[keep], self.thousandths[keep], self.item[keep],
            self.is_forbidden[keep], self.barrier_uid,
        )  # fmt: skip

    def renumbered(self, kept_edges: BoolArray) -> Crossings:
        """Return the crossings of kept edges, by their new numbers."""
        number = np.cumsum(kept_edges) - 1
        kept = self.only(kept_edges[self.edge])
        return replace(kept, edge=number[kept.edge])

    def by_edge(self) -> dict[int, tuple[int, ...]]:
        """Return the rows of each edge."""
        rows: dict[int, list[int]] = {}
        for row, edge in enumerate(self.edge):
            rows.setdefault(int(edge), []).append(row)
        return {edge: tuple(found) for edge, found in rows.items()}


def find_crossings(
    shapes: ObjectArray,
    passage: ObjectArray,
    barriers: gpd.GeoDataFrame,
    rules: CostRules,
    ends_xy: FloatArray | None = None,
) -> Crossings:
    """Return where ``shapes`` cross ``barriers``.

    A line is crossed at each point that it shares with an edge; a common end counts, so that a
    junction on a barrier is no way round it.

    An area in which no route can end is only ever passed through: each passage of its rim costs
    half, so that in and out again cost one crossing whether one edge does both or several. An
    area in which something ends costs once for each time that an edge enters or leaves it, in
    and out again by one edge counting once. An edge wholly inside pays nothing, one that only
    touches the rim from outside neither. A forbidden area closes every edge that has a part
    inside.

    Parameters
    ----------
    shapes
        ``(m,)`` lines.
    passage
        ``(m,)`` ``ground``, ``bridge`` or ``tunnel``.
    ends_xy
        ``(k, 2)`` places where routes end: entries of buildings and joints on the network.
    """
    active = barriers[
        (barriers["crossing"] != "free")
        & ~barriers["is_below_ground"].fillna(value=False).astype(bool)
        & ~barriers.geometry.is_empty
        & barriers.geometry.notna()
    ]
    uids = active.index.to_numpy(dtype=object)
    if active.empty or not len(shapes):
        nothing = np.zeros(0, np.int64)
        none = np.zeros(0, dtype=object)
        return Crossings(nothing, nothing, nothing, none, nothing.astype(np.bool_), uids)
    geometry = np.asarray(shapely.force_2d(active[GEOMETRY].to_numpy()), dtype=object)
    barrier, edge = shapely.STRtree(shapes).query(geometry, predicate="intersects")
    order = np.lexsort((barrier, edge))
    barrier, edge = barrier[order].astype(np.int64), edge[order].astype(np.int64)
    inside = shapely.get_dimensions(geometry)[barrier] == 2
    inside[inside] = ~shapely.touches(shapes[edge[inside]], geometry[barrier[inside]])
    is_end = _has_end(geometry, ends_xy)
    count = _thousandths(shapes[edge], geometry[barrier], inside, is_end[barrier])
    forbidden = (active["crossing"] == "forbidden").to_numpy()[barrier]
    keep = (count > 0) | (inside & forbidden)
    barrier, edge, count = barrier[keep], edge[keep], count[keep]
    kinds = active["kind"].to_numpy(dtype=object)[barrier]
    return Crossings(
        edge, barrier, count, _items(kinds, passage[edge], rules), forbidden[keep], uids
    )


def _has_end(barriers: ObjectArray, ends_xy: FloatArray | None) -> BoolArray:
    """Return for each barrier whether one of the places lies in it."""
    found = np.zeros(len(barriers), dtype=np.bool_)
    if ends_xy is not None and len(ends_xy):
        known = ends_xy[~np.isnan(ends_xy).any(axis=1)]
        areas = np.flatnonzero(shapely.get_dimensions(barriers) == 2)
        row, _ = shapely.STRtree(shapely.points(known)).query(
            barriers[areas], predicate="intersects"
        )
        found[areas[row]] = True
    return found


def _thousandths(
    shapes: ObjectArray, barriers: ObjectArray, inside: BoolArray, is_end: BoolArray
) -> IntArray:
    """Return how often each shape crosses its barrier, in thousandths."""
    is_area = shapely.get_dimensions(barriers) == 2
    rims = barriers.copy()
    rims[is_area] = shapely.boundary(barriers[is_area])
    meeting = shapely.intersection(shapes, rims)
    counts = shapely.get_num_geometries(meeting).astype(np.int64)
    counts[shapely.is_empty(meeting) | (is_area & ~inside)] = 0
    often = 1000 * np.where(is_area, (counts + 1) // 2, counts)
    return np.asarray(np.where(is_area & ~is_end, 500 * counts, often))


def _items(kinds: ObjectArray, passage: ObjectArray, rules: CostRules) -> ObjectArray:
    pairs = pd.DataFrame({"kind": kinds, "passage": passage})
    known = {
        (kind, way): rules.crossing_item(kind, way)
        for kind, way in pairs.drop_duplicates().itertuples(index=False)
    }
    items = np.empty(len(pairs), dtype=object)
    for i, pair in enumerate(zip(kinds, passage, strict=True)):
        items[i] = known[pair]
    return items
