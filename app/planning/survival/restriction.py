"""Which edges a cheapest pair can use at all, and the small graph that they make.

The cheapest pair of edge-disjoint routes bounds every stricter pair from below. A pair that
takes another edge differs from it by a walk that leaves the cheapest pair and comes back; its
cheapest cost, in reduced costs of the final flow, is what the edge adds at least [1]_. So the
edges within a given addition are all that a pair up to that cost can consist of.

.. [1] Ahuja, R. K., Magnanti, T. L., Orlin, J. B. (1993). Network Flows, sections 9.4 and 9.7
   (optimality of reduced costs, residual cycles).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import (
    FAR,
    Graph,
    IntArray,
    build_graph,
    compiled,
    heap_pop,
    heap_push,
)
from app.planning.survival.disjoint import Pair, PairFinder


@dataclass(frozen=True)
class Chain:
    """Edges that a route takes all or none of, from node ``start`` to node ``end``."""

    start: int
    end: int
    edges: tuple[int, ...]
    cost: int


def additions(finder: PairFinder, node: int, pair: Pair) -> IntArray:
    """Return what using each edge adds at least to the cost of the cheapest pair, ``(m,)``.

    ``pair`` is the finder's cheapest edge-disjoint pair from ``node``, with a second path. The
    bound holds for every pair of paths that share no edge; `FAR` where an edge leads nowhere.
    Three walks over the graph: O(m log n).
    """
    graph, root, closed = finder.graph, finder.root, finder.closed.copy()
    closed[node] = False
    csr = (graph.first, graph.neighbour, graph.edge, graph.cost)
    first = np.full(graph.edge_count, -1, np.int32)
    at = node
    while at != root:
        edge = int(finder.via[at])
        at = _other(graph, edge, at)
        first[edge] = at
    towards = np.full(graph.edge_count, -1, np.int32)
    for path in (pair.working, pair.protection):
        at = node
        for edge in path:
            at = _other(graph, edge, at)
            towards[edge] = at
    height = _heights(csr, finder.distances, node, root, closed, first)
    return np.asarray(_additions(csr, graph.start, graph.end, height, towards, closed))


@compiled
def _heights(csr, distance, site, root, closed, first_path):  # type: ignore[no-untyped-def]  # compiled
    """Return node potentials of the cheapest flow of two units: distance less residual distance.

    ``first_path`` names for each edge of the shortest path the node that it is walked to.
    """
    first, neighbour, edge, cost = csr
    n = len(first) - 1
    beyond = np.full(n, FAR, np.int64)
    keys = np.empty(len(neighbour) + 1, np.int64)
    items = np.empty(len(neighbour) + 1, np.int32)
    beyond[site] = 0
    size = heap_push(keys, items, 0, 0, site)
    while size > 0 and beyond[root] > keys[0]:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > beyond[v]:
            continue
        for a in range(first[v], first[v + 1]):
            w, e = neighbour[a], edge[a]
            if first_path[e] == w or closed[w] or distance[w] >= FAR:
                continue
            step = 0 if first_path[e] == v else cost[e] + distance[w] - distance[v]
            if d + step < beyond[w]:
                beyond[w] = d + step
                size = heap_push(keys, items, size, beyond[w], w)
    height = np.full(n, FAR, np.int64)
    for v in range(n):
        if distance[v] < FAR:
            height[v] = distance[v] - min(beyond[v], beyond[root])
    return height


@compiled
def _additions(csr, start, end, height, towards, closed):  # type: ignore[no-untyped-def]  # compiled
    """Return for each edge the cheapest walk over it from the pair and back to it."""
    leaving = _spread(csr, height, towards, closed, True)
    coming = _spread(csr, height, towards, closed, False)
    m = len(start)
    added = np.full(m, FAR, np.int64)
    for e in range(m):
        u, v = start[e], end[e]
        if towards[e] >= 0:
            added[e] = 0
            continue
        if height[u] >= FAR or height[v] >= FAR:
            continue
        for _ in range(2):
            if leaving[u] < FAR and coming[v] < FAR and not closed[u] and not closed[v]:
                through = leaving[u] + csr[3][e] + height[v] - height[u] + coming[v]
                added[e] = min(added[e], through)
            u, v = v, u
    return added


@compiled
def _spread(csr, height, towards, closed, is_forward):  # type: ignore[no-untyped-def]  # compiled
    """Return the reduced cost of walking from the pair to each node, or from each to the pair."""
    first, neighbour, edge, cost = csr
    n = len(first) - 1
    reached = np.full(n, FAR, np.int64)
    keys = np.empty(len(neighbour) + n + 1, np.int64)
    items = np.empty(len(neighbour) + n + 1, np.int32)
    size = 0
    for v in range(n):
        for a in range(first[v], first[v + 1]):
            if towards[edge[a]] >= 0 and reached[v] > 0:
                reached[v] = 0
                size = heap_push(keys, items, size, 0, v)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > reached[v]:
            continue
        for a in range(first[v], first[v + 1]):
            w, e = neighbour[a], edge[a]
            if towards[e] >= 0 or closed[w] or height[w] >= FAR:
                continue
            step = cost[e] + (height[w] - height[v] if is_forward else height[v] - height[w])
            if d + max(step, 0) < reached[w]:
                reached[w] = d + max(step, 0)
                size = heap_push(keys, items, size, reached[w], w)
    return reached


def chains(graph: Graph, edges: IntArray, stops: Collection[int]) -> list[Chain]:
    """Return what is left of ``edges`` when dead ends go and nodes merely passed are skipped.

    ``stops`` are nodes that stay: the ends of routes and what they must pass.
    """
    keep = set(stops)
    at: dict[int, list[int]] = {}
    for edge in edges.tolist():
        for node in {int(graph.start[edge]), int(graph.end[edge])}:
            at.setdefault(node, []).append(edge)
    _prune(graph, at, keep)
    found: list[Chain] = []
    used: set[int] = set()
    inner = {node for node, mine in at.items() if len(mine) == 2 and node not in keep}
    for node in sorted(set(at) - inner):
        for edge in at[node]:
            if edge not in used:
                chain = _follow(graph, at, inner, node, edge)
                used.update(chain.edges)
                if chain.start != chain.end:
                    found.append(chain)
    return found


def _other(graph: Graph, edge: int, node: int) -> int:
    return int(graph.start[edge]) + int(graph.end[edge]) - node


def _prune(graph: Graph, at: dict[int, list[int]], keep: set[int]) -> None:
    """Take dead ends out of the edges at each node."""
    ends = [node for node, mine in at.items() if len(mine) == 1 and node not in keep]
    while ends:
        node = ends.pop()
        if len(at.get(node, ())) != 1:
            continue
        edge = at.pop(node)[0]
        other = _other(graph, edge, node)
        at[other].remove(edge)
        if len(at[other]) == 1 and other not in keep:
            ends.append(other)
        if not at[other]:
            del at[other]


def _follow(graph: Graph, at: dict[int, list[int]], inner: set[int], node: int, edge: int) -> Chain:
    """Return the chain that leaves ``node`` over ``edge``."""
    path = [edge]
    place = _other(graph, edge, node)
    while place in inner:
        one, other = at[place]
        edge = other if one == edge else one
        path.append(edge)
        place = _other(graph, edge, place)
    return Chain(node, place, tuple(path), int(graph.cost[path].sum()))


def warm_up() -> None:
    """Compile the kernels on a tiny graph."""
    graph = build_graph(4, [0, 1, 2, 3, 0], [1, 2, 3, 0, 2], [3, 4, 5, 6, 7])
    finder = PairFinder(graph, 2, node_disjoint=False)
    pair = finder.pair(0)
    assert pair is not None
    additions(finder, 0, pair)
