"""Cheapest pairs of disjoint paths, by minimum-cost flow.

The first path is a shortest one. The second is shortest in the residual graph, where the first
can be walked back at negative cost, so the two together are cheapest even where the first alone
blocks every other way [1]_ [2]_. The search runs from the site with the distances from the root
as potentials: reduced costs are zero along shortest paths, and little of the graph is seen.

.. [1] Suurballe, J. W. (1974). Disjoint paths in a network. Networks 4, 125-145.
.. [2] Bhandari, R. (1999). Survivable Networks: Algorithms for Diverse Routing. Springer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, compiled, heap_pop, heap_push


@dataclass(frozen=True)
class Pair:
    """Edges of two paths from a node to the root, in walking order; the cheaper one first.

    ``protection`` is empty when no second path exists.
    """

    working: tuple[int, ...]
    protection: tuple[int, ...]
    cost: int


class PairFinder:
    """Finds cheapest pairs of paths from many nodes to one root.

    Parameters
    ----------
    graph
        Non-negative costs; parallel edges are different edges.
    root
        Common end of all paths.
    node_disjoint
        Whether the two paths may share no node (besides their ends) or no edge.
    closed
        ``(n,)`` nodes that no path may pass through; it may start there.

    Notes
    -----
    One walk over the whole graph at the start, then for each pair one walk over the
    neighbourhood of its first path: O(m log n) at worst.
    """

    def __init__(
        self, graph: Graph, root: int, *, node_disjoint: bool, closed: BoolArray | None = None
    ) -> None:
        self._graph = graph
        self._root = root
        self._node_disjoint = node_disjoint
        n = graph.node_count
        self._closed = np.zeros(n, dtype=np.bool_) if closed is None else closed
        self._distance, self._via = _tree(
            graph.first, graph.neighbour, graph.edge, graph.cost, root, self._closed
        )
        room = 2 * (len(graph.neighbour) + n) + 2
        self._work = (
            np.empty(room, np.int64),
            np.empty(room, np.int32),
            np.empty(2 * n, np.int32),
            np.full(2 * n, FAR, np.int64),
            np.full(2 * n, -1, np.int32),
            np.full(2 * n, -1, np.int32),
        )
        self._ahead = np.full(n, -1, np.int32)
        self._behind = np.full(n, -1, np.int32)

    def pair(self, node: int) -> Pair | None:
        """Return the cheapest pair from ``node``, ``None`` when the root cannot be reached."""
        if node == self._root or self._distance[node] >= FAR:
            return None
        first = self._first_path(node)
        second = self._second_path(node, first)
        cost = self._graph.cost
        if not second:
            return Pair(tuple(first), (), int(cost[first].sum()))
        both = sorted(
            self._untangle(node, first, second), key=lambda path: (int(cost[path].sum()), path)
        )
        total = int(cost[both[0]].sum() + cost[both[1]].sum())
        return Pair(tuple(both[0]), tuple(both[1]), total)

    def _other(self, edge: int, node: int) -> int:
        return int(self._graph.start[edge]) + int(self._graph.end[edge]) - node

    def _first_path(self, node: int) -> list[int]:
        path = []
        while node != self._root:
            edge = int(self._via[node])
            path.append(edge)
            node = self._other(edge, node)
        return path

    def _second_path(self, node: int, first: list[int]) -> list[tuple[int, int]]:
        """Return the second path as edges with the node that each is left from."""
        g = self._graph
        walk = [node]
        for edge in first:
            self._ahead[walk[-1]] = edge
            walk.append(self._other(edge, walk[-1]))
            self._behind[walk[-1]] = edge
        found, edges, origins = _second(
            (g.first, g.neighbour, g.edge, g.cost), self._distance, self._closed, node,
            self._root, self._ahead, self._behind, self._node_disjoint, self._work,
        )  # fmt: skip
        self._ahead[walk] = -1
        self._behind[walk] = -1
        if not found:
            return []
        return [(int(edge), int(origin)) for edge, origin in zip(edges, origins, strict=True)]

    def _untangle(
        self, node: int, first: list[int], second: list[tuple[int, int]]
    ) -> list[list[int]]:
        """Return two paths from the sum of both walks, opposite passages cancelled."""
        arcs: dict[int, int] = {}
        at = node
        for edge in first:
            arcs[edge] = at
            at = self._other(edge, at)
        for edge, origin in second:
            if edge in arcs:
                del arcs[edge]
            else:
                arcs[edge] = origin
        leaving: dict[int, list[int]] = {}
        for edge in sorted(arcs, reverse=True):
            leaving.setdefault(arcs[edge], []).append(edge)
        return [self._walk(node, leaving) for _ in range(2)]

    def _walk(self, node: int, leaving: dict[int, list[int]]) -> list[int]:
        """Return a path to the root over arcs not used yet, loops (which cost nothing) cut."""
        path: list[int] = []
        seen = {node: 0}
        while node != self._root:
            edge = leaving[node].pop()
            path.append(edge)
            node = self._other(edge, node)
            if node in seen:
                del path[seen[node] :]
                seen = {place: step for place, step in seen.items() if step <= seen[node]}
            seen[node] = len(path)
        return path


@compiled
def _tree(first, neighbour, edge, cost, root, closed):  # type: ignore[no-untyped-def]  # compiled
    """Walk from the root without passing through closed nodes; return distances and edges."""
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    keys = np.empty(len(neighbour) + 2, np.int64)
    items = np.empty(len(neighbour) + 2, np.int32)
    distance[root] = 0
    size = heap_push(keys, items, 0, 0, root)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v] or (closed[v] and v != root):
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached < distance[w]:
                distance[w] = reached
                via[w] = edge[a]
                size = heap_push(keys, items, size, reached, w)
    return distance, via


@compiled
def _second(csr, potential, closed, site, root, ahead, behind, node_disjoint, work):  # type: ignore[no-untyped-def]  # compiled
    """Walk from ``site`` to ``root`` in the residual graph; return state, edges and origins.

    A node inside the first path has two states when paths must not share nodes: ``v`` as
    entered from outside (it can only be left backwards) and ``n + v`` as entered backwards.
    The work arrays come and go filled with their resting values.
    """
    n = len(csr[0]) - 1
    keys, items, touched, reached = work[0], work[1], work[2], work[3]
    reached[site] = 0
    touched[0] = site
    count = 1
    size = heap_push(keys, items, 0, 0, site)
    found = False
    while size > 0 and not found:
        d, s = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > reached[s]:
            continue
        if s == root:
            found = True
            break
        if s >= n:
            # Entered backwards: one may go on backwards through the node itself.
            size, count = _step(work, s - n, d, np.int32(-1), s, size, count)
        size, count = _expand(
            csr, potential, closed, site, s, d, ahead, behind, node_disjoint, work, size, count
        )
    edges, origins = _trace(site, root, found, n, work)
    for i in range(count):
        reached[touched[i]] = FAR
        work[4][touched[i]] = -1
        work[5][touched[i]] = -1
    return found, edges, origins


@compiled
def _expand(csr, potential, closed, site, s, d, ahead, behind, node_disjoint, work, size, count):  # type: ignore[no-untyped-def]  # compiled
    """Look from a state at all that can follow; return heap size and number of touched states."""
    first, neighbour, edge, cost = csr[0], csr[1], csr[2], csr[3]
    n = len(first) - 1
    v = s % n
    only_back = node_disjoint and behind[v] >= 0 and s < n
    for a in range(first[v], first[v + 1]):
        e, w = edge[a], neighbour[a]
        if e == ahead[v] or w == site:
            continue
        if e == behind[v]:
            state = n + w if node_disjoint else w
            size, count = _step(work, state, d, e, s, size, count)
        elif not only_back and not closed[w] and potential[w] < FAR:
            further = d + cost[e] + potential[w] - potential[v]
            size, count = _step(work, w, further, e, s, size, count)
    return size, count


@compiled
def _step(work, state, d, e, s, size, count):  # type: ignore[no-untyped-def]  # compiled
    """Note that ``state`` is reached at ``d`` from ``s`` if that is nearer than known."""
    keys, items, touched, reached, back, origin = work
    if d < reached[state]:
        if reached[state] == FAR:
            touched[count] = state
            count += 1
        reached[state] = d
        back[state] = e
        origin[state] = s
        size = heap_push(keys, items, size, d, state)
    return size, count


@compiled
def _trace(site, root, found, n, work):  # type: ignore[no-untyped-def]  # compiled
    """Return the edges from ``site`` to ``root`` and the node that each is left from."""
    back, origin = work[4], work[5]
    steps = 0
    s = root if found else site
    while s != site:
        steps += back[s] >= 0
        s = origin[s]
    edges = np.empty(steps, np.int32)
    origins = np.empty(steps, np.int32)
    s = root if found else site
    while s != site:
        if back[s] >= 0:
            steps -= 1
            edges[steps] = back[s]
            origins[steps] = origin[s] % n
        s = origin[s]
    return edges, origins
