"""Graphs as compressed arrays, and the compiled walks over them.

Nodes and edges are whole numbers from 0; edges are undirected, parallel edges and loops are
allowed. Costs are ``int64`` in the smallest unit (`app.planning.costs.prices.COST_UNIT_EUR`), so
that sums are exact and the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
IndexArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
ObjectArray = npt.NDArray[np.object_]

FAR = np.int64(2**62)
"""Distance of a node that cannot be reached."""

compiled: Any = numba.njit(cache=True, nogil=True)
"""Decorator of every kernel: compiled once, kept on disk, without the interpreter lock."""


@dataclass(frozen=True)
class Graph:
    """An undirected graph on arrays.

    Parameters
    ----------
    node_count
        Number of nodes, n.
    start, end
        ``(m,)`` end nodes of each edge.
    cost
        ``(m,)`` non-negative costs.
    first, neighbour, edge
        Compressed rows: the arcs of node ``v`` lie at ``first[v]:first[v + 1]``; each names the
        node at its other end and its edge.
    """

    node_count: int
    start: IndexArray
    end: IndexArray
    cost: IntArray
    first: IntArray
    neighbour: IndexArray
    edge: IndexArray

    @property
    def edge_count(self) -> int:
        """Number of edges, m."""
        return len(self.start)


def build_graph(
    node_count: int, start: npt.ArrayLike, end: npt.ArrayLike, cost: npt.ArrayLike
) -> Graph:
    """Compress edges into a graph; arcs of a node keep the order of the edges."""
    u = np.ascontiguousarray(start, dtype=np.int32)
    v = np.ascontiguousarray(end, dtype=np.int32)
    c = np.ascontiguousarray(cost, dtype=np.int64)
    first, neighbour, edge = _compress(node_count, u, v)
    return Graph(node_count, u, v, c, first, neighbour, edge)


@compiled
def _compress(node_count, start, end):  # type: ignore[no-untyped-def]  # compiled
    first = np.zeros(node_count + 1, np.int64)
    for e in range(len(start)):
        first[start[e] + 1] += 1
        first[end[e] + 1] += 1
    for v in range(node_count):
        first[v + 1] += first[v]
    place = first[:-1].copy()
    neighbour = np.empty(2 * len(start), np.int32)
    edge = np.empty(2 * len(start), np.int32)
    for e in range(len(start)):
        u, v = start[e], end[e]
        neighbour[place[u]] = v
        edge[place[u]] = e
        place[u] += 1
        neighbour[place[v]] = u
        edge[place[v]] = e
        place[v] += 1
    return first, neighbour, edge


@compiled
def heap_push(keys, items, size, key, item):  # type: ignore[no-untyped-def]  # compiled
    """Push onto a binary heap kept in two arrays and return its new size.

    Equal keys come out by the smaller item, so that results do not depend on insertion order.
    """
    i = size
    while i > 0:
        p = (i - 1) >> 1
        if keys[p] < key or (keys[p] == key and items[p] <= item):
            break
        keys[i] = keys[p]
        items[i] = items[p]
        i = p
    keys[i] = key
    items[i] = item
    return size + 1


@compiled
def heap_pop(keys, items, size):  # type: ignore[no-untyped-def]  # compiled
    """Remove the top of the heap and return its new size; read the top before."""
    size -= 1
    key, item = keys[size], items[size]
    i = 0
    while True:
        c = 2 * i + 1
        if c >= size:
            break
        d = c + 1
        if d < size and (keys[d] < keys[c] or (keys[d] == keys[c] and items[d] < items[c])):
            c = d
        if keys[c] > key or (keys[c] == key and items[c] >= item):
            break
        keys[i] = keys[c]
        items[i] = items[c]
        i = c
    keys[i] = key
    items[i] = item
    return size


@compiled
def shortest(first, neighbour, edge, cost, sources):  # type: ignore[no-untyped-def]  # compiled
    """Walk from several sources at once (Dijkstra).

    Returns the distance of each node, the source that it is nearest to (index into
    ``sources``) and the edge over which it was reached (-1 at sources and unreached nodes).
    """
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    base = np.full(n, -1, np.int32)
    via = np.full(n, -1, np.int32)
    keys = np.empty(len(neighbour) + len(sources) + 1, np.int64)
    items = np.empty(len(neighbour) + len(sources) + 1, np.int32)
    size = 0
    for i in range(len(sources)):
        if distance[sources[i]] == 0:
            continue
        distance[sources[i]] = 0
        base[sources[i]] = i
        size = heap_push(keys, items, size, 0, sources[i])
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached < distance[w]:
                distance[w] = reached
                base[w] = base[v]
                via[w] = edge[a]
                size = heap_push(keys, items, size, reached, w)
    return distance, base, via


@compiled
def components(node_count, start, end):  # type: ignore[no-untyped-def]  # compiled
    """Return the component of each node, numbered by their smallest node's order."""
    parent = np.arange(node_count).astype(np.int32)
    for e in range(len(start)):
        a = find(parent, start[e])
        b = find(parent, end[e])
        if a != b:
            if a < b:
                parent[b] = a
            else:
                parent[a] = b
    label = np.full(node_count, -1, np.int32)
    count = 0
    for v in range(node_count):
        r = find(parent, v)
        if label[r] < 0:
            label[r] = count
            count += 1
        label[v] = label[r]
    return label


@compiled
def find(parent, v):  # type: ignore[no-untyped-def]  # compiled
    """Return the representative of ``v`` in a union-find forest, halving the path."""
    while parent[v] != v:
        parent[v] = parent[parent[v]]
        v = parent[v]
    return v


def distinct_rows(*columns: ObjectArray) -> tuple[list[tuple[str, ...]], IntArray]:
    """Return the distinct combinations of texts, sorted, and the combination of each row."""
    rows = np.zeros(len(columns[0]), np.int64)
    levels: list[ObjectArray] = []
    for column in columns:
        texts, number = np.unique(column.astype(str), return_inverse=True)
        levels.append(texts)
        rows = rows * len(texts) + number
    codes, which = np.unique(rows, return_inverse=True)
    found = []
    for code in codes.tolist():
        rest, parts = code, []
        for texts in reversed(levels):
            rest, at = divmod(rest, len(texts))
            parts.append(str(texts[at]))
        found.append(tuple(reversed(parts)))
    return found, which.astype(np.int64)


def path_edges(graph: Graph, via: IndexArray, node: int) -> list[int]:
    """Return the edges from ``node`` back to its source, nearest first."""
    edges: list[int] = []
    while via[node] >= 0:
        e = int(via[node])
        edges.append(e)
        node = int(graph.start[e] + graph.end[e] - node)
    return edges
