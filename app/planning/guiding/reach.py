"""How far it is from each join to the hubs along the network in service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from app.model.frames import GEOMETRY
from app.model.geodesy import lengths_m
from app.model.network import Network
from app.planning.arrays import FAR, IndexArray, IntArray, ObjectArray, build_graph, shortest
from app.planning.connectivity import Service
from app.planning.graphs import topology
from app.planning.streets.routegraph import JOIN, RouteGraph


@dataclass(frozen=True)
class HubWays:
    """The way from each join to its nearest hub.

    Parameters
    ----------
    length_mm
        ``(m,)`` along the network for joins, `FAR` where no hub is reached; 0 for other edges.
    hub
        ``(m,)`` uid of that hub, ``None`` for other edges and where there is none.
    """

    length_mm: IntArray
    hub: ObjectArray

    def of_path(self, routes: RouteGraph, path: Sequence[int]) -> tuple[str | None, int | None]:
        """Return hub and length in mm of a site's path, from the site to the network."""
        joins = [edge for edge in path if routes.kind[edge] == JOIN]
        if not joins or self.hub[joins[0]] is None:
            return None, None
        along = int(routes.length_mm[list(path)].sum()) + int(self.length_mm[joins[0]])
        return str(self.hub[joins[0]]), along


def hub_ways(
    network: Network,
    statuses: Iterable[str],
    served: Service,
    routes: RouteGraph,
    hubs: Sequence[str] | None = None,
) -> HubWays:
    """Measure from every join to the nearest of ``hubs``, by default all that count.

    Without any hub every join is at the hub. A join on a span goes on to either end of it in
    proportion to where it lies.
    """
    wanted = served.hubs if hubs is None else tuple(hubs)
    if not wanted:
        count = routes.graph.edge_count
        return HubWays(np.zeros(count, np.int64), np.full(count, None, dtype=object))
    parts = topology(network, tuple(statuses))
    spans = network.geo("spans").loc[parts.spans]
    shapes = np.asarray(shapely.force_2d(spans[GEOMETRY].to_numpy()), dtype=object)
    given = spans["route_length_m"].to_numpy(dtype=float)
    span_mm = np.round(
        1000 * np.where(np.isnan(given), lengths_m(shapes, network.crs), given)
    ).astype(np.int64)
    tied = (parts.start >= 0) & (parts.end >= 0)
    graph = build_graph(len(parts.nodes), parts.start[tied], parts.end[tied], span_mm[tied])
    sources = parts.nodes.get_indexer(pd.Index(list(wanted), dtype=object))
    sources = np.unique(sources[sources >= 0]).astype(np.int32)
    away, base, _ = shortest(graph.first, graph.neighbour, graph.edge, graph.cost, sources)
    measure = _Measure(
        _rows(parts.nodes),
        away,
        sources[base],
        _rows(parts.spans),
        parts.start,
        parts.end,
        span_mm,
        shapes,
    )
    length = np.zeros(routes.graph.edge_count, np.int64)
    hub = np.full(routes.graph.edge_count, None, dtype=object)
    for edge in np.flatnonzero(routes.kind == JOIN):
        found, row = measure.from_join(routes, int(edge))
        length[edge] = found
        hub[edge] = None if found >= FAR else str(parts.nodes[row])
    return HubWays(length, hub)


def _rows(index: pd.Index) -> dict[str, int]:
    return {str(uid): row for row, uid in enumerate(index)}


@dataclass(frozen=True)
class _Measure:
    row_of_node: Mapping[str, int]
    away_mm: IntArray
    nearest: IntArray
    row_of_span: Mapping[str, int]
    start: IndexArray
    end: IndexArray
    span_mm: IntArray
    shapes: ObjectArray

    def from_join(self, routes: RouteGraph, edge: int) -> tuple[int, int]:
        """Return length in mm and the hub's row for a join."""
        node, span = routes.joined_node[edge], routes.joined_span[edge]
        if node is not None:
            return self._from_node(self.row_of_node[node], 0)
        row = self.row_of_span[span]
        spot = shapely.Point(routes.shape.line(edge)[-1])
        share = float(shapely.line_locate_point(self.shapes[row], spot, normalized=True))
        before = round(share * int(self.span_mm[row]))
        return min(
            self._from_node(int(self.start[row]), before),
            self._from_node(int(self.end[row]), int(self.span_mm[row]) - before),
        )

    def _from_node(self, row: int, more_mm: int) -> tuple[int, int]:
        if row < 0 or self.away_mm[row] >= FAR:
            return int(FAR), -1
        return int(self.away_mm[row]) + more_mm, int(self.nearest[row])
