"""Cheapest pairs of disjoint paths, by minimum-cost flow.

The first path is a shortest one. The second is shortest in the residual graph, where the first
can be walked back at negative cost, so the two together are cheapest even where the first alone
blocks every other way [1]_ [2]_. The search runs from the site with the distances from the root
as potentials: reduced costs are zero along shortest paths, and little of the graph is seen.

.. [1] Suurballe, J. W. (1974). Disjoint paths in a network. Networks 4, 125-145.
.. [2] Bhandari, R. (1999). Survivable Networks: Algorithms for Diverse Routing. Springer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, compiled, heap_pop, heap_push

inlined: Any = numba.njit(inline="always")
"""Decorator of parts of kernels: a call that passes many arrays costs more than their work."""


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
    shareable
        ``(n,)`` nodes that both paths may pass through although ``node_disjoint`` is set.

    Attributes
    ----------
    distances, via
        ``(n,)`` cost of the cheapest single path, and the edge that it begins with.

    Notes
    -----
    One walk over the whole graph at the start, then for each pair one walk over the
    neighbourhood of its first path: O(m log n) at worst.
    """

    def __init__(
        self, graph: Graph, root: int, *, node_disjoint: bool, closed: BoolArray | None = None,
        shareable: BoolArray | None = None,
    ) -> None:  # fmt: skip
        self.graph = graph
        self.root = root
        n = graph.node_count
        self.closed = np.zeros(n, dtype=np.bool_) if closed is None else closed
        free = np.full(n, not node_disjoint, dtype=np.bool_)
        self._free = free if shareable is None else free | shareable
        self._csr = (graph.first, graph.neighbour, graph.edge, graph.cost)
        self.distances, self.via = _tree(*self._csr, root, self.closed)
        self._reduced = _reduced(*self._csr, self.distances, self.closed)
        room = 2 * (len(graph.neighbour) + n) + 2
        self._work = (
            np.empty(room, np.int64),
            np.empty(room, np.int32),
            np.empty(2 * n, np.int32),
            np.full(2 * n, FAR, np.int64),
            np.full(2 * n, -1, np.int32),
            np.full(2 * n, -1, np.int32),
            np.empty(room, np.int32),
        )
        self._ahead = np.full(n, -1, np.int32)
        self._behind = np.full(n, -1, np.int32)
        self._seen = np.full(n, -1, np.int32)

    def distance(self, node: int) -> int:
        """Return the cost of the cheapest single path from ``node``, `FAR` when there is none."""
        return int(self.distances[node])

    def pair(self, node: int, shareable: Sequence[int] = ()) -> Pair | None:
        """Return the cheapest pair from ``node``, ``None`` when the root cannot be reached.

        ``shareable`` names further nodes that both paths of this pair may pass through.
        """
        if node == self.root or self.distances[node] >= FAR:
            return None
        more = [place for place in shareable if not self._free[place]]
        self._free[more] = True
        one, other = _pair(
            self._csr, self._reduced, self.via, self._free, node, self.root, self._ahead,
            self._behind, self._seen, self._work,
        )  # fmt: skip
        self._free[more] = False
        cost = self.graph.cost
        dear = int(cost[one].sum()), int(cost[other].sum())
        paths = tuple(one.tolist()), tuple(other.tolist())
        if paths[1] and (dear[1], paths[1]) < (dear[0], paths[0]):
            paths = paths[1], paths[0]
        return Pair(*paths, sum(dear))


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
def _reduced(first, neighbour, edge, cost, distance, closed):  # type: ignore[no-untyped-def]  # compiled
    """Return what each arc costs beyond a shortest path, `FAR` where it leads nowhere.

    In the order of the arcs, so that a search reads memory in one go.
    """
    reduced = np.full(len(neighbour), FAR, np.int64)
    for v in range(len(first) - 1):
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if distance[v] < FAR and distance[w] < FAR and not closed[w]:
                reduced[a] = cost[edge[a]] + distance[w] - distance[v]
    return reduced


@compiled
def _pair(csr, reduced, via, free, site, root, ahead, behind, seen, work):  # type: ignore[no-untyped-def]  # compiled
    """Return the edges of both paths from ``site`` to ``root``; the second may be empty.

    ``ahead``, ``behind`` and ``seen`` come and go filled with -1: the edge over which the
    first path leaves and enters each of its nodes, and the step at which a walk passed a node.
    """
    neighbour_of, edge_of, steps = csr[1], csr[2], 0
    v = site
    while v != root:
        e = via[v]
        w = _across(csr[0], neighbour_of, edge_of, v, e)
        ahead[v] = e
        behind[w] = e
        v = w
        steps += 1
    first = np.empty(steps, np.int32)
    nodes = np.empty(steps + 1, np.int32)
    v = site
    for i in range(steps):
        nodes[i] = v
        first[i] = ahead[v]
        v = _across(csr[0], neighbour_of, edge_of, v, ahead[v])
    nodes[steps] = root
    found, edges, origins = _second(csr, reduced, free, site, root, ahead, behind, work)
    other = np.empty(0, np.int32)
    if found:
        first, other = _untangle(csr, nodes, edges, origins, ahead, behind, seen, root)
    for i in range(steps + 1):
        ahead[nodes[i]] = -1
        behind[nodes[i]] = -1
    return first, other


@inlined
def _across(first, neighbour, edge, v, e):  # type: ignore[no-untyped-def]  # compiled
    """Return the node at the other end of edge ``e`` of ``v``."""
    for a in range(first[v], first[v + 1]):
        if edge[a] == e:
            return neighbour[a]
    return v


@compiled
def _untangle(csr, nodes, edges, origins, ahead, behind, seen, root):  # type: ignore[no-untyped-def]  # compiled
    """Return two paths from the sum of both walks, opposite passages cancelled.

    Reuses ``ahead`` as the first and ``behind`` as the second edge that leaves each node: no
    node is left more than twice.
    """
    site = nodes[0]
    ends = np.empty(len(edges), np.int32)
    is_back = np.empty(len(edges), np.bool_)
    for i in range(len(edges)):
        ends[i] = _across(csr[0], csr[1], csr[2], origins[i], edges[i])
        is_back[i] = behind[origins[i]] == edges[i]
    for i in range(len(nodes)):
        behind[nodes[i]] = -1
    for i in range(len(edges)):
        if is_back[i]:
            ahead[ends[i]] = -1
    for i in range(len(edges)):
        if not is_back[i]:
            v = origins[i]
            if ahead[v] < 0:
                ahead[v] = edges[i]
            else:
                behind[v] = edges[i]
    size = len(nodes) + len(edges)
    one = _walk(csr, site, root, ahead, behind, seen, size)
    other = _walk(csr, site, root, ahead, behind, seen, size)
    for i in range(len(edges)):
        ahead[origins[i]] = -1
        behind[origins[i]] = -1
    return one, other


@compiled
def _walk(csr, site, root, ahead, behind, seen, size):  # type: ignore[no-untyped-def]  # compiled
    """Return a path to the root over arcs not used yet, loops (which cost nothing) cut."""
    path = np.empty(size, np.int32)
    places = np.empty(size + 1, np.int32)
    count = 0
    v = site
    places[0] = v
    seen[v] = 0
    while v != root:
        e = ahead[v]
        if e < 0 or (0 <= behind[v] < e):
            e = behind[v]
            behind[v] = -1
        else:
            ahead[v] = -1
        v = _across(csr[0], csr[1], csr[2], v, e)
        path[count] = e
        count += 1
        if seen[v] >= 0:
            for i in range(seen[v] + 1, count):
                seen[places[i]] = -1
            count = seen[v]
        seen[v] = count
        places[count] = v
    for i in range(count + 1):
        seen[places[i]] = -1
    return path[:count].copy()


@compiled
def _second(csr, reduced, free, site, root, ahead, behind, work):  # type: ignore[no-untyped-def]  # compiled
    """Walk from ``site`` to ``root`` in the residual graph; return state, edges and origins.

    A node inside the first path has two states unless both may pass it (``free``): ``v`` as
    entered from outside (it can only be left backwards) and ``n + v`` as entered backwards.
    Steps along shortest paths cost nothing: they wait on a stack, which is cheaper than the
    heap. The work arrays come and go filled with their resting values.
    """
    n = len(csr[0]) - 1
    keys, items, touched, reached, stack = work[0], work[1], work[2], work[3], work[6]
    reached[site] = 0
    touched[0] = site
    stack[0] = site
    # Touched states, waiting states on the heap, and on the stack.
    counts = np.array([1, 0, 1])
    now = np.int64(0)
    found = False
    while not found and counts[1] + counts[2] > 0:
        if counts[2] > 0:
            counts[2] -= 1
            s = stack[counts[2]]
            if reached[s] < now:
                continue
        else:
            d, s = keys[0], items[0]
            counts[1] = heap_pop(keys, items, counts[1])
            if d > reached[s]:
                continue
            now = d
        found = s == root
        if s >= n:
            # Entered backwards: one may go on backwards through the node itself.
            _step(work, counts, s - n, now, now, np.int32(-1), s)
        if not found:
            _expand(csr, reduced, free, site, s, now, ahead, behind, work, counts)
    edges, origins = _trace(site, root, found, n, work)
    for i in range(counts[0]):
        reached[touched[i]] = FAR
        work[4][touched[i]] = -1
        work[5][touched[i]] = -1
    return found, edges, origins


@inlined
def _expand(csr, reduced, free, site, s, now, ahead, behind, work, counts):  # type: ignore[no-untyped-def]  # compiled
    """Look from a state at all that can follow."""
    first, neighbour, edge = csr[0], csr[1], csr[2]
    n = len(first) - 1
    v = s % n
    forth, back = ahead[v], behind[v]
    only_back = not free[v] and back >= 0 and s < n
    for a in range(first[v], first[v + 1]):
        e, w = edge[a], neighbour[a]
        if e == forth or w == site:
            continue
        if e == back:
            _step(work, counts, w if free[w] else n + w, now, now, e, s)
        elif not only_back and reduced[a] < FAR:
            _step(work, counts, w, now + reduced[a], now, e, s)


@inlined
def _step(work, counts, state, d, now, e, s):  # type: ignore[no-untyped-def]  # compiled
    """Note that ``state`` is reached at ``d`` from ``s`` if that is nearer than known."""
    keys, items, touched, reached, back, origin, stack = work
    if d < reached[state]:
        if reached[state] == FAR:
            touched[counts[0]] = state
            counts[0] += 1
        reached[state] = d
        back[state] = e
        origin[state] = s
        if d == now:
            stack[counts[2]] = state
            counts[2] += 1
        else:
            counts[1] = heap_push(keys, items, counts[1], d, state)


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
