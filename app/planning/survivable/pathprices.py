"""Ways between sites that are cheaper than what the dual prices say they are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.planning.arrays import FAR, Graph, IndexArray, IntArray, compiled, heap_pop, heap_push


@dataclass(frozen=True)
class Ways:
    """Ways between places.

    Parameters
    ----------
    pairs
        ``(w, 2)`` rows of the places, the smaller first.
    offset, items
        The edges of way ``i`` are ``items[offset[i]:offset[i + 1]]``.
    share
        The least ratio of cost to worth over *all* ways that cost less than they are worth, the
        ones that are not listed too; 1 if there is none.
    """

    pairs: IndexArray
    offset: IntArray
    items: IntArray
    share: float


def cheap_ways(
    graph: Graph, cost: IntArray, places: IndexArray, worth: IntArray, most: int
) -> Ways:
    """Return ways between places that cost less than they are worth.

    Ways with a place in between are left out: of their two halves at least one is cheaper still
    for its worth. Each search ends where a way can be worth its cost no more.

    Parameters
    ----------
    cost
        ``(m,)`` non-negative.
    worth
        ``(k, k)`` symmetric, a metric.
    most
        Ways to list from each place at most, nearest first.
    """
    index = np.full(graph.node_count, -1, dtype=np.int32)
    index[places] = np.arange(len(places))
    pairs, offset, items, share = _cheap_ways(
        graph.first, graph.neighbour, graph.edge, cost, places, index, worth, most, False
    )
    return Ways(np.asarray(pairs), np.asarray(offset), np.asarray(items), float(share))


def near_ways(graph: Graph, places: IndexArray, most: int) -> Ways:
    """Return shortest ways from each place to the ``most`` places that are nearest."""
    index = np.full(graph.node_count, -1, dtype=np.int32)
    index[places] = np.arange(len(places))
    far = np.full((len(places), len(places)), FAR, dtype=np.int64)
    pairs, offset, items, _ = _cheap_ways(
        graph.first, graph.neighbour, graph.edge, graph.cost, places, index, far, most, True
    )
    return Ways(np.asarray(pairs), np.asarray(offset), np.asarray(items), 0.0)


@compiled
def _cheap_ways(first, neighbour, edge, cost, places, index, worth, most, only_near):  # type: ignore[no-untyped-def]  # compiled
    n, k = len(first) - 1, len(places)
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    origin = np.full(n, -1, np.int32)
    touched = np.empty(n, np.int32)
    keys = np.empty(len(neighbour) + 2, np.int64)
    heap = np.empty(len(neighbour) + 2, np.int32)
    pairs = np.empty((k * most + 1, 2), np.int32)
    offset = np.zeros(k * most + 2, np.int64)
    items = np.empty(1024, np.int64)
    count, filled, share = 0, 0, 1.0
    csr = (first, neighbour, edge, cost)
    tree = (distance, via, origin)
    for i in range(k):
        radius = worth[i].max()
        seen, found = 1, 0
        touched[0] = places[i]
        distance[places[i]] = 0
        size = heap_push(keys, heap, 0, 0, places[i])
        while size > 0:
            d, v = keys[0], heap[0]
            size = heap_pop(keys, heap, size)
            if d > distance[v]:
                continue
            if d >= radius or (only_near and found == most):
                break
            j = index[v]
            if j >= 0 and j != i:
                if d < worth[i, j]:
                    share = min(share, d / worth[i, j])
                    if found < most:
                        found += 1
                        pairs[count, 0], pairs[count, 1] = min(i, j), max(i, j)
                        items, filled = _note(items, filled, via, origin, v, places[i])
                        count += 1
                        offset[count] = filled
                continue
            seen, size = _relax(csr, v, d, tree, touched, seen, keys, heap, size)
        for t in range(seen):
            distance[touched[t]] = FAR
    return pairs[:count], offset[: count + 1], items[:filled], share


@compiled
def _note(items, filled, via, origin, v, source):  # type: ignore[no-untyped-def]  # compiled
    """Append the edges from ``v`` back to ``source``."""
    while v != source:
        if filled == len(items):
            items = np.concatenate((items, np.empty_like(items)))
        items[filled] = via[v]
        filled += 1
        v = origin[v]
    return items, filled


@compiled
def _relax(csr, v, d, found, touched, seen, keys, heap, size):  # type: ignore[no-untyped-def]  # compiled
    """Look from ``v`` at its neighbours; return the number of nodes seen and the heap's size."""
    first, neighbour, edge, cost = csr
    distance, via, origin = found
    for a in range(first[v], first[v + 1]):
        w = neighbour[a]
        reached = d + cost[edge[a]]
        if reached < distance[w]:
            if distance[w] == FAR:
                touched[seen] = w
                seen += 1
            distance[w] = reached
            via[w] = edge[a]
            origin[w] = v
            size = heap_push(keys, heap, size, reached, w)
    return seen, size


def spare(graph: Graph, cost: IntArray, places: IndexArray, worth: IntArray) -> IntArray:
    """Return for each edge by how much the cheapest way over it exceeds its worth, at least.

    Takes a walk over the graph for each place, and each edge once for each two places.
    """
    result = _spare(
        graph.first, graph.neighbour, graph.edge, graph.start, graph.end, cost, places, worth
    )
    return np.asarray(result)


@compiled
def _spare(first, neighbour, edge, start, end, cost, places, worth):  # type: ignore[no-untyped-def]  # compiled
    n, k = len(first) - 1, len(places)
    away = np.empty((k, n), np.int64)
    for i in range(k):
        _walk(first, neighbour, edge, cost, places[i], away[i])
    left = np.empty(len(start), np.int64)
    for e in range(len(start)):
        u, v = start[e], end[e]
        best = FAR
        for i in range(k):
            if away[i, u] >= FAR:
                continue
            for j in range(k):
                if i != j and away[j, v] < FAR:
                    best = min(best, away[i, u] + cost[e] + away[j, v] - worth[i, j])
        left[e] = max(best, np.int64(0))
    return left


@compiled
def _walk(first, neighbour, edge, cost, source, distance):  # type: ignore[no-untyped-def]  # compiled
    """Fill in the distances from a node."""
    keys = np.empty(len(neighbour) + 2, np.int64)
    heap = np.empty(len(neighbour) + 2, np.int32)
    distance[:] = FAR
    distance[source] = 0
    size = heap_push(keys, heap, 0, 0, source)
    while size > 0:
        d, v = keys[0], heap[0]
        size = heap_pop(keys, heap, size)
        if d > distance[v]:
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached < distance[w]:
                distance[w] = reached
                size = heap_push(keys, heap, size, reached, w)
