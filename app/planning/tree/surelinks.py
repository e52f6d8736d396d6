"""Edges that every cheapest tree has, and the kernel with their ends drawn together.

Around each terminal lie the nodes that it is the nearest terminal of. Some edge must lead out of
this region. If the way over the cheapest such edge on to the next terminal costs less than the
second cheapest edge alone, every cheapest tree has the cheapest one [1]_.

.. [1] Polzin, T., Vahdati Daneshmand, S. (2001). Improved algorithms for the Steiner problem in
   networks. Discrete Applied Mathematics 112, 263-300.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.planning.arrays import FAR, BoolArray, build_graph, compiled, components, shortest
from app.planning.tree.kernel import Kernel


def with_sure_links(kernel: Kernel) -> Kernel:
    """Return the kernel with the ends of edges drawn together that all cheapest trees have.

    Edges of equal cost count as different by their number, so that all such edges may be taken
    at once. A drawn node is a terminal.
    """
    g = kernel.graph
    if len(kernel.terminals) < 2:
        return kernel
    distance, base, _ = shortest(g.first, g.neighbour, g.edge, g.cost, kernel.terminals)
    sure = _sure(g.start, g.end, g.cost, distance, base, kernel.is_terminal, len(kernel.terminals))
    if not sure.any():
        return kernel
    return _drawn(kernel, sure)


@compiled
def _sure(start, end, cost, distance, base, is_terminal, count):  # type: ignore[no-untyped-def]  # compiled
    """Return the edges that all cheapest trees have, as far as the regions tell."""
    best = np.full(count, -1, np.int64)
    second = np.full(count, FAR, np.int64)
    for e in range(len(start)):
        if base[start[e]] == base[end[e]]:
            continue
        for v in (start[e], end[e]):
            t = base[v]
            if best[t] < 0:
                best[t] = e
            elif cost[e] < cost[best[t]]:
                second[t] = cost[best[t]]
                best[t] = e
            elif cost[e] < second[t]:
                second[t] = cost[e]
    sure = np.zeros(len(start), np.bool_)
    for t in range(count):
        e = best[t]
        if e >= 0:
            way = distance[start[e]] + distance[end[e]]
            # Edges of equal cost differ by number, ways do not: equality is enough without one.
            is_bare = is_terminal[start[e]] and is_terminal[end[e]]
            if is_bare or way + cost[e] < second[t]:
                sure[e] = True
    return sure


def _drawn(kernel: Kernel, sure: BoolArray) -> Kernel:
    """Draw the ends of edges together; the cheapest of edges that close a circle is left."""
    g = kernel.graph
    label = components(g.node_count, g.start[sure], g.end[sure])
    sizes = np.bincount(label)
    is_terminal = np.zeros(len(sizes), dtype=np.bool_)
    is_terminal[label[kernel.terminals]] = True
    is_terminal |= sizes > 1
    _, representative = np.unique(label, return_index=True)
    counts = np.diff(kernel.offset)
    left = ~sure
    return replace(
        kernel,
        graph=build_graph(len(sizes), label[g.start[left]], label[g.end[left]], g.cost[left]),
        node=kernel.node[representative],
        offset=np.concatenate(([0], np.cumsum(counts[left]))).astype(np.int64),
        item=kernel.item[np.repeat(left, counts)],
        terminals=np.flatnonzero(is_terminal).astype(np.int32),
        fixed=np.concatenate((kernel.fixed, kernel.item[np.repeat(sure, counts)])),
        base=kernel.base + int(g.cost[sure].sum()),
    )
