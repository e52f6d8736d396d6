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

    Takahashi and Matsuyama's path heuristic in one walk with restarts: whenever a terminal is
    settled its path is bought, and the path's nodes become sources at distance 0.
    """
    n = len(first) - 1
    m = len(start)
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    wanted = np.zeros(n, np.bool_)
    left = 0
    for t in terminals:
        if t != seed_node and not wanted[t]:
            wanted[t] = True
            left += 1
    chosen = np.zeros(m, np.bool_)
    inside = np.zeros(n, np.bool_)
    inside[seed_node] = True
    capacity = 4 * (len(neighbour) + n) + 16
    keys = np.empty(capacity, np.int64)
    items = np.empty(capacity, np.int32)
    distance[seed_node] = 0
    size = heap_push(keys, items, 0, 0, seed_node)
    while size > 0 and left > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if wanted[v]:
            wanted[v] = False
            left -= 1
            w = v
            while not inside[w]:
                f = via[w]
                chosen[f] = True
                inside[w] = True
                if distance[w] > 0:
                    distance[w] = 0
                    size = heap_push(keys, items, size, 0, w)
                w = start[f] + end[f] - w
            if d > 0:
                continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached < distance[w]:
                distance[w] = reached
                via[w] = edge[a]
                if size >= len(keys) - 1:
                    keys = np.concatenate((keys, np.empty_like(keys)))
                    items = np.concatenate((items, np.empty_like(items)))
                size = heap_push(keys, items, size, reached, w)
    return chosen


@compiled
def tidy_tree(node_count, start, end, cost, chosen, is_terminal):  # type: ignore[no-untyped-def]  # compiled
    """Return the cheapest spanning tree of the chosen edges' nodes, without useless ends."""
    m = len(start)
    inside = is_terminal.copy()
    for e in range(m):
        if chosen[e]:
            inside[start[e]] = True
            inside[end[e]] = True
    count = 0
    for e in range(m):
        if inside[start[e]] and inside[end[e]]:
            count += 1
    candidates = np.empty(count, np.int32)
    count = 0
    for e in range(m):
        if inside[start[e]] and inside[end[e]]:
            candidates[count] = e
            count += 1
    order = np.argsort(cost[candidates], kind="mergesort")
    parent = np.arange(node_count).astype(np.int32)
    degree = np.zeros(node_count, np.int32)
    link = np.zeros(node_count, np.int64)
    kept = np.zeros(m, np.bool_)
    for i in order:
        e = candidates[i]
        a = find(parent, start[e])
        b = find(parent, end[e])
        if a != b:
            parent[a] = b
            kept[e] = True
            for v in (start[e], end[e]):
                degree[v] += 1
                link[v] ^= e
    for i in range(count):
        for v in (start[candidates[i]], end[candidates[i]]):
            w = v
            while degree[w] == 1 and not is_terminal[w]:
                e = link[w]
                kept[e] = False
                degree[w] = 0
                w = start[e] + end[e] - w
                degree[w] -= 1
                link[w] ^= e
    return kept


@compiled
def tree_cost(cost, chosen):  # type: ignore[no-untyped-def]  # compiled
    """Return the sum of the chosen edges' costs."""
    total = np.int64(0)
    for e in range(len(cost)):
        if chosen[e]:
            total += cost[e]
    return total
