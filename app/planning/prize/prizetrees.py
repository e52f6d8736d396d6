"""Compiled steps on trees that may leave nodes out: reach further, and drop what does not pay."""

from __future__ import annotations

import numpy as np

from app.planning.arrays import FAR, compiled, heap_pop, heap_push
from app.planning.prize.prizekernel import MUST


@compiled
def reach_out(csr, cost, prize, allowed, inside, chosen, boldness):  # type: ignore[no-untyped-def]  # compiled
    """Buy ways to nodes outside that are worth ``boldness`` times their way, nearest first.

    Nodes passed on the way count with their prizes. Changes ``inside`` and ``chosen``. Walks as
    the path heuristic of `app.planning.tree.treekernels.grow_tree` does.
    """
    first, neighbour, edge, start, end = csr
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    arrival = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    keys = np.empty(4 * (len(neighbour) + n) + 16, np.int64)
    items = np.empty(len(keys), np.int32)
    size = 0
    for v in range(n):
        if inside[v]:
            distance[v] = 0
            size = heap_push(keys, items, size, 0, v)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if not inside[v] and prize[v] > 0 and arrival[v] <= boldness * prize[v]:
            size = _buy(start, end, v, via, inside, distance, chosen, keys, items, size)
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            e = edge[a]
            if inside[w] or not allowed[e]:
                continue
            reached = d + max(0, cost[e] - prize[w])
            if reached < distance[w]:
                distance[w] = reached
                arrival[w] = d + cost[e]
                via[w] = e
                if size >= len(keys) - n:
                    keys = np.concatenate((keys, np.empty_like(keys)))
                    items = np.concatenate((items, np.empty_like(items)))
                size = heap_push(keys, items, size, reached, w)


@compiled
def _buy(start, end, v, via, inside, distance, chosen, keys, items, size):  # type: ignore[no-untyped-def]  # compiled
    """Choose the way from the tree to ``v`` and go on from all its nodes."""
    while not inside[v]:
        chosen[via[v]] = True
        inside[v] = True
        distance[v] = 0
        size = heap_push(keys, items, size, 0, v)
        v = start[via[v]] + end[via[v]] - v
    return size


@compiled
def best_part(csr, cost, prize, root, chosen):  # type: ignore[no-untyped-def]  # compiled
    """Return the best part with the root of a forest: branches stay if they are worth more.

    Exact on a tree, in linear time. Returns the edges and the nodes of the part.
    """
    first, neighbour, edge = csr[0], csr[1], csr[2]
    n = len(first) - 1
    up = np.full(n, -1, np.int32)
    seen = np.zeros(n, np.bool_)
    order = np.empty(n, np.int32)
    order[0] = root
    seen[root] = True
    size = 1
    i = 0
    while i < size:
        v = order[i]
        i += 1
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if chosen[edge[a]] and not seen[w]:
                seen[w] = True
                up[w] = edge[a]
                order[size] = w
                size += 1
    worth = prize.copy()
    for i in range(size - 1, 0, -1):
        v = order[i]
        gain = worth[v] - cost[up[v]]
        if gain > 0:
            w = csr[3][up[v]] + csr[4][up[v]] - v
            worth[w] = min(MUST, worth[w] + gain)
    kept = np.zeros(len(cost), np.bool_)
    inside = np.zeros(n, np.bool_)
    inside[root] = True
    for i in range(1, size):
        v = order[i]
        w = csr[3][up[v]] + csr[4][up[v]] - v
        if inside[w] and worth[v] > cost[up[v]]:
            inside[v] = True
            kept[up[v]] = True
    return kept, inside


@compiled
def value(cost, prize, chosen, inside):  # type: ignore[no-untyped-def]  # compiled
    """Return the cost of the edges plus the prizes left out; `FAR` if a must is left out."""
    total = np.int64(0)
    for e in range(len(cost)):
        if chosen[e]:
            total += cost[e]
    for v in range(len(prize)):
        if not inside[v]:
            if prize[v] >= MUST:
                return FAR
            total += prize[v]
    return total
