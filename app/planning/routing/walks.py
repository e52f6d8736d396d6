"""Shortest walks over compressed graphs: one to all, and from the nearest of many sources.

Dijkstra's algorithm on a heap of four branches, which looks at fewer levels than a binary one,
over lengths that lie in the order of the arcs [1]_.

.. [1] Larkin, D. H., Sen, S., Tarjan, R. E. (2014). A back-to-basics empirical study of priority
   queues. ALENEX, 61-72.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.planning.arrays import FAR, Graph, IndexArray, IntArray, compiled

_BRANCHES = 4


@dataclass(frozen=True)
class Ways:
    """A graph ready to be walked; arcs as in `app.planning.arrays.Graph`.

    Parameters
    ----------
    graph
        Where the arcs come from.
    length
        ``(2m,)`` non-negative length of each arc, in the unit of the caller.
    """

    graph: Graph
    length: IntArray

    @property
    def csr(self) -> tuple[IntArray, IndexArray, IntArray]:
        """First arc of each node, node that each arc leads to, length of each arc."""
        return self.graph.first, self.graph.neighbour, self.length


@dataclass(frozen=True)
class Reach:
    """What a walk found.

    Parameters
    ----------
    distance
        ``(n,)`` distance of each node; `app.planning.arrays.FAR` where the walk did not come.
    arc
        ``(n,)`` arc over which a node is reached; -1 where the walk did not come, -2 - i at the
        node of source i.
    on
        What was walked on.
    """

    distance: IntArray
    arc: IndexArray
    on: Ways

    @cached_property
    def via(self) -> IndexArray:
        """``(n,)`` edge over which a node is reached, -1 where there is none."""
        edge = self.on.graph.edge
        found = np.full(len(self.arc), -1, np.int32)
        led = self.arc >= 0
        found[led] = edge[self.arc[led]]
        return found

    @cached_property
    def owner(self) -> IndexArray:
        """``(n,)`` row of the source that a node is nearest to, -1 where the walk did not come."""
        g = self.on.graph
        return np.asarray(_owners(self.arc, g.start, g.end, g.edge))


def ways(graph: Graph, length: npt.ArrayLike | None = None) -> Ways:
    """Return a graph to walk on by the ``(m,)`` lengths of its edges, by default their costs."""
    of_edge = graph.cost if length is None else np.asarray(length, dtype=np.int64)
    return Ways(graph, np.asarray(of_edge[graph.edge]))


def one_to_all(on: Ways, source: int, limit: int = int(FAR) - 1) -> Reach:
    """Return the distance from ``source`` of every node that is not farther than ``limit``.

    O((n + m) log n); with a limit, in proportion to what lies within it.
    """
    return from_nearest(on, [source], limit=limit)


def from_nearest(
    on: Ways,
    sources: npt.ArrayLike,
    head_start: npt.ArrayLike | None = None,
    limit: int = int(FAR) - 1,
) -> Reach:
    """Return for every node the nearest of several sources, and how far that is.

    Parameters
    ----------
    sources
        ``(k,)`` nodes; one may stand here several times.
    head_start
        ``(k,)`` non-negative distance that each source begins with, by default 0: how far what
        is meant lies from its node.
    limit
        Nodes farther than this are left out.

    Notes
    -----
    Of equally near sources any one is named, the same in each run. O((n + m + k) log n).
    """
    nodes = np.ascontiguousarray(sources, dtype=np.int32)
    begin = np.zeros(len(nodes), np.int64) if head_start is None else np.asarray(head_start)
    begin = np.ascontiguousarray(begin, dtype=np.int64)
    distance, arc = walk_from(*on.csr, nodes, begin, np.int64(limit))
    return Reach(distance, arc, on)


@compiled
def _owners(arc, start, end, edge):  # type: ignore[no-untyped-def]  # compiled
    """Follow the arcs back to the sources, each node once."""
    n = len(arc)
    owner = np.full(n, -1, np.int32)
    stack = np.empty(n, np.int32)
    for i in range(n):
        size = 0
        v = i
        while arc[v] >= 0 and owner[v] < 0:
            stack[size] = v
            size += 1
            e = edge[arc[v]]
            v = start[e] + end[e] - v
        if arc[v] < -1:
            owner[v] = -2 - arc[v]
        for j in range(size):
            owner[stack[j]] = owner[v]
    return owner


@compiled
def walk_from(first, neighbour, length, sources, begin, limit):  # type: ignore[no-untyped-def]  # compiled
    """Walk from several sources up to ``limit``; return distance and arc of each node."""
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    keys = np.empty(len(neighbour) + len(sources) + 1, np.int64)
    items = np.empty(len(neighbour) + len(sources) + 1, np.int32)
    size = 0
    for i in range(len(sources)):
        if begin[i] <= limit and begin[i] < distance[sources[i]]:
            distance[sources[i]] = begin[i]
            via[sources[i]] = -2 - i
            size = push(keys, items, size, begin[i], sources[i])
    while size > 0:
        d, v = keys[0], items[0]
        size = pop(keys, items, size)
        if d > distance[v]:
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + length[a]
            if reached < distance[w] and reached <= limit:
                distance[w] = reached
                via[w] = a
                size = push(keys, items, size, reached, w)
    return distance, via


@compiled
def push(keys, items, size, key, item):  # type: ignore[no-untyped-def]  # compiled
    """Push onto a heap of four branches and return its new size."""
    i = size
    while i > 0:
        p = (i - 1) >> 2
        if keys[p] <= key:
            break
        keys[i] = keys[p]
        items[i] = items[p]
        i = p
    keys[i] = key
    items[i] = item
    return size + 1


@compiled
def pop(keys, items, size):  # type: ignore[no-untyped-def]  # compiled
    """Remove the top of a heap of four branches and return its new size."""
    size -= 1
    key, item = keys[size], items[size]
    i = 0
    while True:
        c = _BRANCHES * i + 1
        if c >= size:
            break
        best, least = c, keys[c]
        for d in range(c + 1, min(c + _BRANCHES, size)):
            if keys[d] < least:
                best, least = d, keys[d]
        if least >= key:
            break
        keys[i] = least
        items[i] = items[best]
        i = best
    keys[i] = key
    items[i] = item
    return size
