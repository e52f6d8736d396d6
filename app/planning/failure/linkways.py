"""The cheapest ways over streets and conduits between two weak parts of the network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from app.planning.arrays import (
    FAR,
    BoolArray,
    Graph,
    IndexArray,
    IntArray,
    build_graph,
    compiled,
    heap_pop,
    heap_push,
)
from app.planning.streets.routegraph import ACCESS, CONDUIT, JOIN, LEAD_IN, STREET, RouteGraph

CORRIDOR_M = 10.0
"""A street this near to the cable that a link shall relieve shares its trench, in m."""

_SHARED = 0.5
"""Share of an edge inside the corridor from which on it counts as the same trench."""

_LEAVING_M = 25.0
"""Round the node that a link starts from the corridor does not count, in m."""


@dataclass(frozen=True)
class Join:
    """Where a way can end on the network: a ``JOIN`` edge and what it is tied to."""

    edge: int
    node: str | None
    span: str | None


@dataclass(frozen=True)
class Reached:
    """What one search found: cost and last edge of each street node, ``FAR`` where not reached."""

    distance: IntArray
    via: IndexArray
    first_edge: IndexArray


class LinkWays:
    """Searches a route graph for links; costs as in the graph."""

    def __init__(self, routes: RouteGraph) -> None:
        self.routes = routes
        ways = np.isin(routes.kind, (STREET, CONDUIT, ACCESS))
        self._edges = np.flatnonzero(ways)
        graph = routes.graph
        self._graph: Graph = build_graph(
            graph.node_count, graph.start[ways], graph.end[ways], graph.cost[ways]
        )
        self._shapes = routes.shape.shapes()
        self._tree = shapely.STRtree(self._shapes[self._edges])
        self._lengths = shapely.length(self._shapes[self._edges])
        self.join_edges = np.flatnonzero(routes.kind == JOIN)
        self.join_at = graph.start[self.join_edges]
        self._no_block = np.zeros(len(self._edges), dtype=np.bool_)

    def joins_of(self, node: str) -> list[int]:
        """Return the join edges tied to a node of the network."""
        mine = self.routes.joined_node[self.join_edges] == node
        return [int(edge) for edge in self.join_edges[mine]]

    def lead_ins_of(self, entry: int) -> list[int]:
        """Return the lead-in edges of a building entry."""
        mine = (self.routes.kind == LEAD_IN) & (self.routes.graph.end == entry)
        return [int(edge) for edge in np.flatnonzero(mine)]

    def trench_of(self, cable: shapely.Geometry, leaving: tuple[float, float] | None) -> BoolArray:
        """Return which ways share the trench of a cable, but for those at the place left."""
        zone = shapely.buffer(cable, CORRIDOR_M, quad_segs=2)
        if leaving is not None and not np.isnan(leaving).any():
            zone = shapely.difference(zone, shapely.buffer(shapely.Point(leaving), _LEAVING_M))
        shapely.prepare(zone)
        near = self._tree.query(zone, predicate="intersects")
        inside = shapely.length(shapely.intersection(self._shapes[self._edges[near]], zone))
        blocked = self._no_block.copy()
        blocked[near[inside >= _SHARED * self._lengths[near]]] = True
        return blocked

    def is_in_sewer(self) -> BoolArray:
        """Return which ways run in conduits whose recipe is that of a sewer."""
        recipes = [recipe.technique == "sewer" for recipe in self.routes.recipes]
        return np.array(recipes, dtype=np.bool_)[self.routes.recipe[self._edges]]

    def search(self, starts: list[int], blocked: BoolArray, limit: int) -> Reached:
        """Walk from the street ends of joins or lead-ins up to a cost of ``limit``.

        O(m log n) time at worst; what lies beyond the limit is not looked at.
        """
        graph, cost = self.routes.graph, self.routes.graph.cost
        begin = np.array([graph.start[edge] for edge in starts], dtype=np.int32)
        return Reached(
            *_search(
                self._graph.first, self._graph.neighbour, self._graph.edge, self._graph.cost,
                blocked, begin, cost[starts].astype(np.int64),
                np.array(starts, dtype=np.int32), limit,
            )
        )  # fmt: skip

    def path(self, found: Reached, node: int) -> list[int]:
        """Return the edges of the route graph from the start to a street node, in order."""
        edges = []
        while found.via[node] >= 0:
            edge = int(found.via[node])
            edges.append(int(self._edges[edge]))
            node = int(self._graph.start[edge] + self._graph.end[edge] - node)
        return [int(found.first_edge[node]), *edges[::-1]]


def warm_up() -> None:
    """Compile the search on a single edge."""
    one = build_graph(2, [0], [1], [1])
    _search(
        one.first, one.neighbour, one.edge, one.cost, np.zeros(1, dtype=np.bool_),
        np.zeros(1, dtype=np.int32), np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int32), 5,
    )  # fmt: skip


@compiled
def _search(first, neighbour, edge, cost, blocked, begin, begin_cost, begin_edge, limit):  # type: ignore[no-untyped-def]  # compiled
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    first_edge = np.full(n, -1, np.int32)
    keys = np.empty(len(neighbour) + len(begin) + 1, np.int64)
    items = np.empty(len(neighbour) + len(begin) + 1, np.int32)
    size = 0
    for i in range(len(begin)):
        v = begin[i]
        if begin_cost[i] < distance[v]:
            distance[v] = begin_cost[i]
            first_edge[v] = begin_edge[i]
            size = heap_push(keys, items, size, begin_cost[i], v)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if d > limit:
            break
        for a in range(first[v], first[v + 1]):
            e = edge[a]
            w = neighbour[a]
            if blocked[e] or d + cost[e] >= distance[w]:
                continue
            distance[w] = d + cost[e]
            via[w] = e
            first_edge[w] = -1
            size = heap_push(keys, items, size, distance[w], w)
    return distance, via, first_edge
