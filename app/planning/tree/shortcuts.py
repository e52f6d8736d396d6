"""Edges and nodes that a cheapest tree can do without, because there are other ways.

The special distance between two nodes is the longest stage of a way between them that may rest
at terminals, for the best such way. A tree that uses an edge can use some stage instead, so an
edge that is no shorter than the special distance of its ends without it is not needed [1]_.

.. [1] Duin, C. W., Volgenant, A. (1989). Reduction tests for the Steiner problem in graphs.
   Networks 19, 549-567.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.planning.arrays import FAR, BoolArray, compiled, heap_pop, heap_push
from app.planning.tree.kernel import Kernel, reduced
from app.planning.tree.surelinks import with_sure_links

_LOOKS = 1_000
"""Arcs that a walk looks at before it gives up."""

_CHUNK = 1_000
"""Edges between two looks at the clock."""

_WORTH = 0.02
"""Part of the edges that a sweep must take out for another one to be worth its time."""


def without_shortcuts(
    kernel: Kernel, is_over: Callable[[], bool] = lambda: False, *, draws: bool = True
) -> Kernel:
    """Return the kernel without edges that other ways make needless.

    Sure ones are drawn together if ``draws``. Some cheapest tree of the kernel
    is kept. Each edge takes a bounded time.
    """
    while not is_over():
        before = kernel.graph.edge_count
        kernel = reduced(kernel, _needed(kernel, is_over))
        if draws:
            kernel = reduced(with_sure_links(kernel))
        if kernel.graph.edge_count >= (1 - _WORTH) * before:
            break
    return kernel


def _needed(kernel: Kernel, is_over: Callable[[], bool]) -> BoolArray:
    """Return which edges are needed as far as short walks tell."""
    g = kernel.graph
    mask = np.ones(g.edge_count, dtype=np.bool_)
    order = np.argsort(-g.cost, kind="stable")
    work = (
        np.full(g.node_count, FAR, np.int64), np.zeros(g.node_count, np.bool_),
        np.empty(2 * g.edge_count + 2, np.int64), np.empty(2 * g.edge_count + 2, np.int32),
        np.empty(g.node_count, np.int32),
    )  # fmt: skip
    csr = (g.first, g.neighbour, g.edge, g.start, g.end, g.cost)
    is_terminal = kernel.is_terminal
    for begin in range(0, len(order), _CHUNK):
        if is_over():
            break
        _sweep(csr, mask, is_terminal, order[begin : begin + _CHUNK], _LOOKS, work)
    return mask


@compiled
def _sweep(csr, mask, is_terminal, edges, most, work):  # type: ignore[no-untyped-def]  # compiled
    """Take edges out of ``mask`` one after the other; each walk knows what is out already."""
    distance, is_rest, touched = work[0], work[1], work[4]
    for e in edges:
        mask[e] = False
        found, count = _walk(csr, mask, is_terminal, csr[3][e], csr[4][e], csr[5][e], most, work)
        mask[e] = not found
        for i in range(count):
            distance[touched[i]] = FAR
            is_rest[touched[i]] = False


@compiled
def _walk(csr, mask, is_terminal, source, target, limit, most, work):  # type: ignore[no-untyped-def]  # compiled
    """Return whether a way with no stage above ``limit`` is found, and the nodes touched."""
    first, neighbour, edge, cost = csr[0], csr[1], csr[2], csr[5]
    distance, is_rest, keys, items, touched = work
    distance[source] = 0
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
        if is_terminal[v] and not is_rest[v]:
            is_rest[v] = True
            d = np.int64(0)
            distance[v] = 0
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if mask[edge[a]] and reached <= limit and reached < distance[w]:
                if size >= len(keys) - 1:
                    return False, count
                if distance[w] == FAR:
                    touched[count] = w
                    count += 1
                distance[w] = reached
                size = heap_push(keys, items, size, reached, w)
    return False, count
