"""Tracing: the shortest way along streets or conduits between places that a hand points at.

The lines are noded once. From each fixed place one walk goes out over the graph; every further
place is then answered by following the arcs back, fast enough for each movement of a pointer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from app.model.geodesy import path_length_m
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.planning.arrays import FAR, FloatArray, IntArray, ObjectArray, build_graph
from app.planning.costs.costrules import default_rules
from app.planning.routing.walks import Reach, Ways, from_nearest, ways
from app.planning.streets.attachment import usable_conduits
from app.planning.streets.lines import SAME_M, Edges, Lines, cut, lines_of
from app.planning.streets.noding import node_lines
from app.planning.streets.streetgraph import usable_streets

SNAP_TOLERANCE_M = 0.5
"""Gaps between streets up to this are closed, in m."""

LIMIT_M = 30_000.0
"""A trace is at most this long, in m."""


@dataclass(frozen=True)
class Trace:
    """A way along streets or conduits.

    Parameters
    ----------
    xy
        ``(n, 2)`` vertices in m, the first and last on the lines nearest to the places asked for.
    length_m
        Length on the ellipsoid.
    followed
        The streets or conduits followed, in order, each once in a row.
    """

    xy: FloatArray
    length_m: float
    followed: tuple[str, ...]


@dataclass(frozen=True)
class Tracer:
    """The streets or conduits of a network, ready to be traced.

    Parameters
    ----------
    shape
        Geometry of the edges between junctions.
    ways
        Their graph with lengths in mm.
    length_mm
        ``(m,)`` length of each edge on the ellipsoid.
    source
        ``(m,)`` the street or conduit that each edge is a part of.
    crs
        CRS of the coordinates.
    """

    shape: Lines
    ways: Ways
    length_mm: IntArray
    source: ObjectArray
    crs: str

    @cached_property
    def shapes(self) -> ObjectArray:
        """``(m,)`` the edges as geometries."""
        return self.shape.shapes()

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the edges."""
        return shapely.STRtree(self.shapes)

    def begin(self, xy: tuple[float, float], reach_m: float) -> Trail | None:
        """Walk out from the line nearest to a place; ``None`` without one within reach.

        O((n + m) log n) for what lies within `LIMIT_M`.
        """
        found = self._nearest(xy, reach_m)
        if found is None:
            return None
        edge, along = found
        rest = self.length_mm[edge]
        ahead = round(rest * along / max(float(self.shapes[edge].length), SAME_M))
        ends = [self.ways.graph.start[edge], self.ways.graph.end[edge]]
        reach = from_nearest(self.ways, ends, [ahead, rest - ahead], round(1000 * LIMIT_M))
        return Trail(self, edge, along, reach)

    def _nearest(self, xy: tuple[float, float], reach_m: float) -> tuple[int, float] | None:
        """Return the nearest edge and the place along it, in m."""
        if not len(self.length_mm):
            return None
        spot = shapely.Point(xy)
        found = self.tree.query_nearest(spot, max_distance=reach_m, all_matches=False)
        if not len(found):
            return None
        edge = int(found[0])
        return edge, float(shapely.line_locate_point(self.shapes[edge], spot))


@dataclass(frozen=True)
class Trail:
    """All shortest ways from one place; made by `Tracer.begin`."""

    tracer: Tracer
    edge: int
    along_m: float
    reach: Reach

    def to(self, xy: tuple[float, float], reach_m: float) -> Trace | None:
        """Return the shortest way to the line nearest to a place.

        ``None`` when none lies within ``reach_m`` of it or none leads there.
        """
        tracer = self.tracer
        found = tracer._nearest(xy, reach_m)
        if found is None:
            return None
        edge, along = found
        if edge == self.edge and self._is_direct(along):
            return self._trace([self._part(edge, self.along_m, along)], [edge])
        graph, line_m = tracer.ways.graph, float(tracer.shapes[edge].length)
        ahead = round(int(tracer.length_mm[edge]) * along / max(line_m, SAME_M))
        rest = int(tracer.length_mm[edge]) - ahead
        ends = ((int(graph.start[edge]), ahead, 0.0), (int(graph.end[edge]), rest, line_m))
        node, _, at_m = min(ends, key=lambda end: int(self.reach.distance[end[0]]) + end[1])
        if self.reach.distance[node] >= FAR:
            return None
        pieces, edges = self._back(node)
        pieces.append(self._part(edge, at_m, along))
        return self._trace(pieces, [*edges, edge])

    def _is_direct(self, along: float) -> bool:
        """Return whether staying on the edge is no detour."""
        tracer, graph = self.tracer, self.tracer.ways.graph
        line_m = max(float(tracer.shapes[self.edge].length), SAME_M)
        scale = int(tracer.length_mm[self.edge]) / line_m
        start, end = int(graph.start[self.edge]), int(graph.end[self.edge])
        around = min(
            int(self.reach.distance[start]) + along * scale,
            int(self.reach.distance[end]) + (line_m - along) * scale,
        )
        return abs(along - self.along_m) * scale <= around + 1

    def _back(self, node: int) -> tuple[list[FloatArray], list[int]]:
        """Return the pieces from the place begun at to ``node``, and their edges."""
        graph, arc = self.tracer.ways.graph, self.reach.arc
        pieces: list[FloatArray] = []
        edges: list[int] = []
        while arc[node] >= 0:
            edge = int(graph.edge[arc[node]])
            xy = self.tracer.shape.line(edge)
            before = int(graph.start[edge]) + int(graph.end[edge]) - node
            pieces.append(xy if int(graph.end[edge]) == node else xy[::-1])
            edges.append(edge)
            node = before
        is_start = arc[node] == -2
        at_m = 0.0 if is_start else float(self.tracer.shapes[self.edge].length)
        pieces.append(self._part(self.edge, self.along_m, at_m))
        edges.append(self.edge)
        return pieces[::-1], edges[::-1]

    def _part(self, edge: int, begin_m: float, stop_m: float) -> FloatArray:
        """Return the vertices between two places along an edge, in that direction."""
        xy = self.tracer.shape.line(edge)
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
        low, high = sorted((begin_m, stop_m))
        ends = [
            [np.interp(at, along, xy[:, 0]), np.interp(at, along, xy[:, 1])] for at in (low, high)
        ]
        part = np.concatenate((ends[:1], xy[(along > low) & (along < high)], ends[1:]))
        return part if begin_m <= stop_m else part[::-1]

    def _trace(self, pieces: list[FloatArray], edges: list[int]) -> Trace:
        walked = [np.hypot(*np.diff(piece, axis=0).T).sum() >= SAME_M for piece in pieces]
        xy = np.concatenate(pieces)
        keep = np.ones(len(xy), dtype=np.bool_)
        keep[1:] = np.hypot(*np.diff(xy, axis=0).T) >= SAME_M
        source = self.tracer.source
        named = [str(source[edge]) for edge, is_used in zip(edges, walked, strict=True) if is_used]
        once = tuple(uid for n, uid in enumerate(named) if not n or uid != named[n - 1])
        return Trace(xy[keep], path_length_m(xy[keep], self.tracer.crs), once)


def street_tracer(network: Network, progress: Progress = no_progress) -> Tracer:
    """Return the streets that plans may use, ready to be traced.

    Time is that of noding the streets, about 4 s for 500 000 of them.
    """
    streets = usable_streets(network.geo("streets"), default_rules(), SNAP_TOLERANCE_M)
    progress(0.7)
    edges, _ = streets.cut([])
    tracer = _tracer(edges, streets.uid, network.crs)
    progress(1.0)
    return tracer


def conduit_tracer(network: Network, progress: Progress = no_progress) -> Tracer:
    """Return the conduits in use that have room, ready to be traced."""
    uid, _, _, shapes = usable_conduits(network)
    noded = node_lines(lines_of(shapes), np.zeros(len(shapes), np.int64), SNAP_TOLERANCE_M)
    edges, _ = cut(noded.lines, noded.splits, noded.is_node)
    tracer = _tracer(edges, uid, network.crs)
    progress(1.0)
    return tracer


def _tracer(edges: Edges, uid: ObjectArray, crs: str) -> Tracer:
    length_mm = np.round(1000 * edges.shape.lengths_m(crs)).astype(np.int64)
    graph = build_graph(len(edges.node_xy), edges.start, edges.end, length_mm)
    tracer = Tracer(edges.shape, ways(graph), length_mm, uid[edges.line], crs)
    if len(length_mm):
        tracer.tree.query(shapely.Point(0, 0))  # builds the index here, not under the pointer
    return tracer
