"""Edges that no cheapest tree with prizes needs, because there are other ways.

A way between the ends of an edge, each stretch of which costs at most as much as the edge after
the prizes of the nodes within the stretch, can take the edge's place: wherever a tree with the
edge is cut, some stretch joins its halves, and the prizes on it are gained [1]_.

.. [1] Rehfeldt, D., Koch, T. (2022). On the exact solution of prize-collecting Steiner tree
   problems. INFORMS Journal on Computing 34, 872-889.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.planning.arrays import FAR, BoolArray, compiled, heap_pop, heap_push
from app.planning.prize.prizekernel import PrizeKernel

_LOOKS = 300
"""Arcs that a walk looks at before it gives up."""

_CHUNK = 1_000
"""Edges between two looks at the clock."""


def needed(problem: PrizeKernel, is_over: Callable[[], bool]) -> BoolArray:
    """Return which edges are needed as far as short walks tell; dearest looked at first."""
    g = problem.graph
    mask = np.ones(g.edge_count, dtype=np.bool_)
    order = np.argsort(-g.cost, kind="stable")
    work = (
        np.full(g.node_count, FAR, np.int64), np.zeros(g.node_count, np.bool_),
        np.empty(2 * g.edge_count + 2, np.int64), np.empty(2 * g.edge_count + 2, np.int32),
        np.empty(g.node_count, np.int32),
    )  # fmt: skip
    csr = (g.first, g.neighbour, g.edge, g.start, g.end)
    for begin in range(0, len(order), _CHUNK):
        if is_over():
            break
        _sweep(csr, g.cost, problem.prize, mask, order[begin : begin + _CHUNK], _LOOKS, work)
    return mask


@compiled
def _sweep(csr, cost, prize, mask, edges, most, work):  # type: ignore[no-untyped-def]  # compiled
    """Take edges out of ``mask`` one after the other; each walk knows what is out already."""
    distance, is_passed, touched = work[0], work[1], work[4]
    for e in edges:
        mask[e] = False
        found, count = _walk(csr, cost, prize, mask, csr[3][e], csr[4][e], cost[e], most, work)
        mask[e] = not found
        for i in range(count):
            distance[touched[i]] = FAR
            is_passed[touched[i]] = False


@compiled
def _walk(csr, cost, prize, mask, source, target, limit, most, work):  # type: ignore[no-untyped-def]  # compiled
    """Return whether a way with no stretch above ``limit`` is found, and the nodes touched."""
    first, neighbour, edge = csr[0], csr[1], csr[2]
    distance, is_passed, keys, items, touched = work
    distance[source] = 0
    is_passed[source] = True
    touched[0] = source
    count = 1
    size = heap_push(keys, items, 0, 0, source)
    while size > 0 and most > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if v == target:
            return True, count
        most -= first[v + 1] - first[v]
        if prize[v] > 0 and v != source:
            # A way takes a prize once: it never comes back here.
            is_passed[v] = True
            d = max(0, d - prize[v])
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if mask[edge[a]] and reached <= limit and reached < distance[w] and not is_passed[w]:
                if size >= len(keys) - 1:
                    return False, count
                if distance[w] == FAR:
                    touched[count] = w
                    count += 1
                distance[w] = reached
                size = heap_push(keys, items, size, reached, w)
    return False, count
