"""What lies within a distance: whole edges, parts of edges, and the area around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from app.planning.arrays import FAR, FloatArray, Graph, IndexArray, IntArray, ObjectArray
from app.planning.streets.lines import Lines

_ARC_SIDES = 2
"""Straight sides of a quarter of a circle around a street's end."""

_SIMPLE = 0.1
"""Streets are drawn this part of the margin straighter before the area is made."""

_HOLE = 4.0
"""Holes of an area that are smaller than a square of this many margins are filled."""


@dataclass(frozen=True)
class ReachedParts:
    """Parts of edges, each edge at most twice: once from either end.

    Parameters
    ----------
    edge
        ``(k,)`` edges.
    begin, stop
        ``(k,)`` where the part begins and stops, as shares of the edge from its start.
    """

    edge: IndexArray
    begin: FloatArray
    stop: FloatArray

    def length(self, edge_length: IntArray) -> float:
        """Return the sum of the parts' lengths, in the unit of the ``(m,)`` edge lengths."""
        return float(((self.stop - self.begin) * edge_length[self.edge]).sum())

    def shapes(self, lines: Lines) -> ObjectArray:
        """Return the geometry of the parts; ``lines`` are those of all edges."""
        xy = lines.xy[np.repeat(_is_among(self.edge, lines.count), np.diff(lines.offset))]
        edges, row = np.unique(self.edge, return_inverse=True)
        counts = np.diff(lines.offset)[edges]
        whole = shapely.linestrings(xy, indices=np.repeat(np.arange(len(edges)), counts))
        shapes = np.asarray(whole, dtype=object)[row]
        cut = np.flatnonzero((self.begin > 0) | (self.stop < 1))
        for i in cut:
            shapes[i] = _between(shapes[i], float(self.begin[i]), float(self.stop[i]))
        return shapes


def reached_parts(
    graph: Graph, edge_length: IntArray, distance: IntArray, limit: int
) -> ReachedParts:
    """Return the parts of edges that are at most ``limit`` away.

    A point on an edge is as far as the nearer of the ways over its two ends. Parts that meet are
    told as one whole edge.

    Parameters
    ----------
    edge_length
        ``(m,)`` lengths by which ``distance`` was walked.
    distance
        ``(n,)`` distance of each node, `FAR` if unknown.
    """
    length = np.maximum(edge_length, 1).astype(np.float64)
    left = np.maximum(limit - np.minimum(distance, FAR), -1).astype(np.float64)
    from_start = np.clip(left[graph.start] / length, -1.0, 1.0)
    from_end = np.clip(left[graph.end] / length, -1.0, 1.0)
    is_whole = (from_start >= 0) & (from_end >= 0) & (from_start + from_end >= 1)
    is_whole |= (from_start >= 1) | (from_end >= 1)
    whole = np.flatnonzero(is_whole)
    head = np.flatnonzero(~is_whole & (from_start > 0))
    tail = np.flatnonzero(~is_whole & (from_end > 0))
    return ReachedParts(
        np.concatenate((whole, head, tail)).astype(np.int32),
        np.concatenate((np.zeros(len(whole) + len(head)), 1 - from_end[tail])),
        np.concatenate((np.ones(len(whole)), from_start[head], np.ones(len(tail)))),
    )


def area_around(shapes: ObjectArray, margin_m: float) -> shapely.MultiPolygon:
    """Return the area within ``margin_m`` of lines, small holes filled.

    Lines are drawn a tenth of the margin straighter first, so the edge is good to that.
    """
    simple = shapely.simplify(shapely.union_all(shapes), _SIMPLE * margin_m)
    around = shapely.buffer(simple, margin_m, quad_segs=_ARC_SIDES)
    kept = []
    for part in shapely.get_parts(around):
        holes = [
            ring for ring in part.interiors if shapely.Polygon(ring).area >= (_HOLE * margin_m) ** 2
        ]
        kept.append(shapely.Polygon(part.exterior, holes))
    return shapely.MultiPolygon(kept)


def _is_among(edges: IndexArray, count: int) -> np.ndarray:
    among = np.zeros(count, dtype=np.bool_)
    among[edges] = True
    return among


def _between(line: shapely.LineString, begin: float, stop: float) -> shapely.LineString:
    """Return the part of a line between two shares of its length."""
    xy = shapely.get_coordinates(line)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    low, high = begin * along[-1], stop * along[-1]
    inner = (along > low) & (along < high)
    ends = [[np.interp(at, along, xy[:, 0]), np.interp(at, along, xy[:, 1])] for at in (low, high)]
    return shapely.LineString(np.concatenate((ends[:1], xy[inner], ends[1:])))
