"""Compiled kernels of the Steiner tree heuristic: construction, clean-up, local search."""

from __future__ import annotations

import numpy as np

from app.planning.arrays import FAR, compiled, find, heap_pop, heap_push, shortest


@compiled
def closure_tree(first, neighbour, edge, start, end, cost, terminals):  # type: ignore[no-untyped-def]  # compiled
    """Return a mask of edges that connects the terminals (Mehlhorn 1988).

    The terminals' Voronoi regions are found in one walk; a minimum spanning tree of the
    regions, with the cheapest boundary edge between two of them, is expanded into paths. At
    most ``2 (1 - 1/k)`` times the optimum.
    """
    m = len(start)
    distance, base, via = shortest(first, neighbour, edge, cost, terminals)
    key = np.full(m, FAR, np.int64)
    count = 0
    for e in range(m):
        a, b = base[start[e]], base[end[e]]
        if a >= 0 and b >= 0 and a != b:
            key[e] = distance[start[e]] + cost[e] + distance[end[e]]
            count += 1
    order = np.argsort(key, kind="mergesort")[:count]
    parent = np.arange(len(terminals)).astype(np.int32)
    chosen = np.zeros(m, np.bool_)
    for e in order:
        a = find(parent, base[start[e]])
        b = find(parent, base[end[e]])
        if a == b:
            continue
        parent[a] = b
        chosen[e] = True
        for v in (start[e], end[e]):
            w = v
            while via[w] >= 0 and not chosen[via[w]]:
                f = via[w]
                chosen[f] = True
                w = start[f] + end[f] - w
    return chosen


@compiled
def grow_tree(first, neighbour, edge, start, end, cost, terminals, seed_node):  # type: ignore[no-untyped-def]  # compiled
    """Return a mask of edges that connects the terminals, grown from ``seed_node``.

    Takahashi and Matsuyama's path heuristic in one walk: whenever a terminal is settled its
    path is bought, and the path's nodes become sources at distance 0.
    """
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    inside = np.zeros(n, np.bool_)
    wanted = np.zeros(n, np.bool_)
    wanted[terminals] = True
    wanted[seed_node] = False
    left = np.count_nonzero(wanted)
    chosen = np.zeros(len(start), np.bool_)
    keys = np.empty(4 * (len(neighbour) + n) + 16, np.int64)
    items = np.empty(len(keys), np.int32)
    distance[seed_node] = 0
    inside[seed_node] = True
    size = heap_push(keys, items, 0, 0, seed_node)
    while size > 0 and left > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if wanted[v]:
            wanted[v] = False
            left -= 1
            size = _buy_path(start, end, v, via, inside, distance, chosen, keys, items, size)
            if d > 0:
                continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached < distance[w]:
                distance[w] = reached
                via[w] = edge[a]
                if size >= len(keys) - n:
                    keys = np.concatenate((keys, np.empty_like(keys)))
                    items = np.concatenate((items, np.empty_like(items)))
                size = heap_push(keys, items, size, reached, w)
    return chosen


@compiled
def _buy_path(start, end, v, via, inside, distance, chosen, keys, items, size):  # type: ignore[no-untyped-def]  # compiled
    """Choose the path from ``v`` back to the tree and make its nodes sources."""
    while not inside[v]:
        e = via[v]
        chosen[e] = True
        inside[v] = True
        if distance[v] > 0:
            distance[v] = 0
            size = heap_push(keys, items, size, 0, v)
        v = start[e] + end[e] - v
    return size


@compiled
def tidy_tree(node_count, start, end, cost, chosen, is_terminal):  # type: ignore[no-untyped-def]  # compiled
    """Return the cheapest spanning tree of the chosen edges' nodes, without useless ends."""
    inside = is_terminal.copy()
    for e in np.flatnonzero(chosen):
        inside[start[e]] = True
        inside[end[e]] = True
    candidates = np.flatnonzero(inside[start] & inside[end])
    order = candidates[np.argsort(cost[candidates], kind="mergesort")]
    parent = np.arange(node_count).astype(np.int32)
    degree = np.zeros(node_count, np.int32)
    link = np.zeros(node_count, np.int64)
    kept = np.zeros(len(start), np.bool_)
    for e in order:
        a = find(parent, start[e])
        b = find(parent, end[e])
        if a != b:
            parent[a] = b
            kept[e] = True
            for v in (start[e], end[e]):
                degree[v] += 1
                link[v] ^= e
    _prune(start, end, order, degree, link, kept, is_terminal)
    return kept


@compiled
def _prune(start, end, edges, degree, link, kept, is_terminal):  # type: ignore[no-untyped-def]  # compiled
    """Take ends out that are no terminals; ``link`` is the exclusive or of a node's edges."""
    for i in edges:
        for v in (start[i], end[i]):
            w = v
            while degree[w] == 1 and not is_terminal[w]:
                e = link[w]
                kept[e] = False
                degree[w] = 0
                w = start[e] + end[e] - w
                degree[w] -= 1
                link[w] ^= e


@compiled
def tree_cost(cost, chosen):  # type: ignore[no-untyped-def]  # compiled
    """Return the sum of the chosen edges' costs."""
    total = np.int64(0)
    for e in range(len(cost)):
        if chosen[e]:
            total += cost[e]
    return total
