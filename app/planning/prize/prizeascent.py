"""Lower bounds for trees that may leave nodes out, by dual ascent.

A tree either enters a set of nodes around a node with a prize, or pays the prize. Prices on such
sets that never exceed an arc's cost, nor, over all sets around one node, its prize, add up to
what no tree can undercut. That is the ascent of `app.planning.tree.ascent` on the graph with a
copy of each node that the root reaches at the prize [1]_; the copies need not be built, since a
purse for each node does the same.

.. [1] Leitner, M., Ljubic, I., Luipersbeck, M., Sinnl, M. (2018). A dual ascent-based
   branch-and-bound framework for the prize-collecting Steiner tree and related problems.
   INFORMS Journal on Computing 30, 402-420.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import (
    FAR,
    BoolArray,
    Graph,
    IntArray,
    compiled,
    heap_pop,
    heap_push,
)

_WORK = 300_000
"""Arcs looked at between two looks at the clock: some 5 ms."""

_LATE = np.int64(2**40)
"""Added to the turn of a set whose price is not tight for the guiding tree."""


@dataclass(frozen=True)
class PrizeAscent:
    """A dual solution.

    Attributes
    ----------
    origin
        Node that trees are directed away from.
    bound
        Sum of the prices.
    reduced
        ``(2m,)`` what is left of each arc's cost, in the order of the graph's rows: the arc at
        place ``a`` of the row of ``v`` enters ``v``.
    purse
        ``(n,)`` what is left of each prize.
    steps
        ``(s, 2)`` node and radius of each walk, in order: enough to replay them.
    """

    origin: int
    bound: int
    reduced: IntArray
    purse: IntArray
    steps: IntArray


def ascend(
    graph: Graph,
    prize: IntArray,
    origin: int,
    tolerance: float,
    *,
    guide: BoolArray | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> PrizeAscent:
    """Raise a lower bound until each set holds ``origin`` or its prize is spent.

    Parameters
    ----------
    prize
        ``(n,)`` price of leaving a node out; ``origin`` is passed by every tree. All nodes with
        a prize must be reachable from it.
    tolerance
        At least 1: a node keeps its turn until its cut exceeds this much of the next one's.
    guide
        Edges of a good tree with ``origin``: sets that it enters or pays for more than once
        wait.
    """
    n = graph.node_count
    parent = np.full(n, -1, np.int32)
    aside = np.zeros(n, np.bool_)
    if guide is not None:
        aside = ~_direct(graph.first, graph.neighbour, graph.edge, guide, origin, parent)
    others = np.flatnonzero(prize > 0)
    others = others[others != origin].astype(np.int32)
    reduced, purse = graph.cost[graph.edge], prize.copy()
    arrays = (
        graph.first, graph.neighbour, reduced, np.full(n, FAR, np.int64),
        np.zeros(n, np.bool_), np.empty(2 * graph.edge_count + 2, np.int64),
        np.empty(2 * graph.edge_count + 2, np.int32), np.empty(n, np.int32), parent, aside,
    )  # fmt: skip
    keys, items = np.empty(len(others) + 1, np.int64), np.empty(len(others) + 1, np.int32)
    waiting, bound, parts = _queue(graph.first, others, keys, items), 0, []
    while waiting:
        waiting, gained, steps = _ascend(
            arrays, keys, items, waiting, purse, origin, tolerance, _WORK
        )
        bound += int(gained)
        parts.append(steps)
        if is_over():
            break
    steps = np.concatenate(parts) if parts else np.zeros((0, 2), np.int64)
    return PrizeAscent(origin, bound, reduced, purse, steps)


@compiled
def _queue(first, nodes, keys, items):  # type: ignore[no-untyped-def]  # compiled
    """Queue nodes by degree and return their number."""
    waiting = 0
    for v in nodes:
        waiting = heap_push(keys, items, waiting, first[v + 1] - first[v], v)
    return waiting


@compiled
def _direct(first, neighbour, edge, tree, origin, parent):  # type: ignore[no-untyped-def]  # compiled
    """Write where each node of the tree is entered from; return the nodes of the tree."""
    inside = np.zeros(len(parent), np.bool_)
    inside[origin] = True
    stack = [origin]
    while len(stack) > 0:
        v = stack.pop()
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if tree[edge[a]] and not inside[w]:
                inside[w] = True
                parent[w] = v
                stack.append(np.int64(w))
    return inside


@compiled
def _ascend(arrays, keys, items, waiting, purse, origin, tolerance, work):  # type: ignore[no-untyped-def]  # compiled
    """Grow sets in turn until no one waits or ``work`` arcs were looked at."""
    distance, settled, touched = arrays[3], arrays[4], arrays[7]
    steps = np.empty((1024, 2), np.int64)
    taken = 0
    bound = np.int64(0)
    while waiting > 0 and work > 0:
        t = items[0]
        waiting = heap_pop(keys, items, waiting)
        limit = FAR
        if waiting > 0:
            late = _LATE if keys[0] >= _LATE else np.int64(0)
            limit = late + np.int64(tolerance * (keys[0] - late)) + 1
        radius, key, count, used, is_done = _grow(arrays, t, origin, limit, purse[t])
        work -= used
        if radius > 0:
            bound += radius
            purse[t] -= radius
            _lower(arrays, radius, count)
            if taken == len(steps):
                steps = np.concatenate((steps, np.empty_like(steps)))
            steps[taken, 0], steps[taken, 1] = t, radius
            taken += 1
        for i in range(count):
            distance[touched[i]] = FAR
            settled[touched[i]] = False
        if not is_done:
            waiting = heap_push(keys, items, waiting, key, t)
    return waiting, bound, steps[:taken]


@compiled
def _grow(arrays, target, origin, limit, purse):  # type: ignore[no-untyped-def]  # compiled
    """Grow a set; return radius, key of its turn, touched nodes, work, whether it is done."""
    first, distance, settled, touched = arrays[0], arrays[3], arrays[4], arrays[7]
    keys, items = arrays[5], arrays[6]
    distance[target] = 0
    touched[0] = target
    count = 1
    size = heap_push(keys, items, 0, 0, target)
    cut, used, radius = np.int64(0), np.int64(0), np.int64(0)
    entries = 1 if arrays[9][target] else 0
    while size > 0:
        d, v = keys[0], items[0]
        if d > distance[v] or settled[v]:
            size = heap_pop(keys, items, size)
            continue
        if d > radius:
            # The set at the present radius is complete: go on, or give the turn away.
            key = cut + _LATE if entries > 1 else cut
            if key > limit:
                return radius, key, count, used, False
            if d >= purse:
                return purse, key, count, used, True
            radius = d
        size = heap_pop(keys, items, size)
        if v == origin:
            return d, cut, count, used, True
        settled[v] = True
        size, count, change, entered = _enter(arrays, v, d, size, count)
        cut += change
        entries += entered
        used += first[v + 1] - first[v]
    return radius, cut, count, used, True


@compiled
def _enter(arrays, v, d, size, count):  # type: ignore[no-untyped-def]  # compiled
    """Look from a node that joins the set at those from which it can be entered.

    Returns heap size, number of touched nodes and the changes of the set's cut and of the
    number of times that the guiding tree enters it.
    """
    first, neighbour, reduced, distance, settled, keys, items, touched, parent = arrays[:9]
    change = 0
    entered = 1 if parent[v] >= 0 and not settled[parent[v]] else 0
    for a in range(first[v], first[v + 1]):
        w = neighbour[a]
        if settled[w]:
            if w != v:
                change -= 1
                if parent[w] == v:
                    entered -= 1
            continue
        change += 1
        if d + reduced[a] < distance[w]:
            if distance[w] == FAR:
                touched[count] = w
                count += 1
            distance[w] = d + reduced[a]
            size = heap_push(keys, items, size, distance[w], w)
    return size, count, change, entered


@compiled
def _lower(arrays, radius, count):  # type: ignore[no-untyped-def]  # compiled
    """Lower the reduced cost of every arc by the time that it spent entering the set."""
    first, neighbour, reduced, distance = arrays[:4]
    touched = arrays[7]
    for i in range(count):
        v = touched[i]
        near = distance[v]
        if near >= radius:
            continue
        for a in range(first[v], first[v + 1]):
            reduced[a] -= max(0, min(radius, distance[neighbour[a]]) - near)
