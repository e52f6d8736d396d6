"""Lower bounds on the cost of a tree by dual ascent.

Each set of nodes that holds a terminal and not the root must be entered by an arc of any tree
that is directed away from the root. Raising a non-negative price on such sets, while the prices
on the sets that an arc enters never exceed its cost, gives a sum that no tree can undercut
[1]_. All numbers are whole, so the bound is exact and needs no tolerance.

Arcs are numbered by their place in the compressed rows: arc ``a`` in the row of node ``v`` leads
from ``neighbour[a]`` into ``v``.

.. [1] Wong, R. T. (1984). A dual ascent approach for Steiner tree problems on a directed
   graph. Mathematical Programming 28, 271-287.
.. [2] Pajor, T., Uchoa, E., Werneck, R. F. (2018). A robust and scalable algorithm for the
   Steiner problem in graphs. Mathematical Programming Computation 10, 69-118.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import (
    FAR,
    BoolArray,
    Graph,
    IndexArray,
    IntArray,
    compiled,
    heap_pop,
    heap_push,
)
from app.planning.tree.duals import Dual

_WORK = 300_000
"""Arcs looked at between two looks at the clock: some 5 ms."""

_POSTPONED = np.int64(2**40)
"""Added to the turn of a set that the guiding tree enters more than once."""


@dataclass(frozen=True)
class Ascent:
    """A dual solution.

    Attributes
    ----------
    origin
        The root that trees are directed away from.
    bound
        Sum of the prices: no tree that joins all terminals is cheaper.
    reduced
        ``(2m,)`` what is left of each arc's cost.
    steps
        ``(s, 2)`` terminal and radius of each walk, in order: enough to replay them.
    """

    origin: int
    bound: int
    reduced: IntArray
    steps: IntArray


def ascend(
    graph: Graph,
    terminals: IndexArray,
    origin: int,
    tolerance: float,
    *,
    guide: BoolArray | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Ascent:
    """Raise a lower bound from ``origin`` until every set holds it, or ``is_over``.

    The terminal whose set has the smallest cut goes first. Its set grows as a walk backwards
    from the terminal over reduced costs: growing to radius D raises the bound by D. It stays
    its turn until its cut exceeds ``tolerance`` times the next one's key, and is out when it
    meets the root or a terminal whose own set goes on growing [2]_. What was raised when time
    runs out is a bound all the same.

    Parameters
    ----------
    terminals
        ``(k,)`` nodes to be joined; all must be reachable from ``origin``.
    tolerance
        At least 1; larger is faster at nearly the same bound.
    guide
        Edges of a good tree: sets that it enters more than once wait, because their price
        cannot be tight for it [2]_.
    """
    others = terminals[terminals != origin].astype(np.int32)
    n = graph.node_count
    parent = np.full(n, -1, np.int32)
    if guide is not None:
        _direct(graph.first, graph.neighbour, graph.edge, guide, origin, parent)
    reduced = graph.cost[graph.edge]
    arrays = (
        graph.first, graph.neighbour, reduced, np.full(n, FAR, np.int64),
        np.zeros(n, np.bool_), np.empty(2 * graph.edge_count + 2, np.int64),
        np.empty(2 * graph.edge_count + 2, np.int32), np.empty(n, np.int32), parent,
        np.isin(np.arange(n), others),
    )  # fmt: skip
    queue = (np.empty(len(others) + 1, np.int64), np.empty(len(others) + 1, np.int32))
    waiting, bound = _queue(graph.first, others, *queue), 0
    parts = []
    while waiting:
        waiting, gained, steps = _ascend(arrays, queue, waiting, origin, tolerance, _WORK)
        bound += int(gained)
        parts.append(steps)
        if is_over():
            break
    steps = np.concatenate(parts) if parts else np.zeros((0, 2), np.int64)
    return Ascent(origin, bound, reduced, steps)


@compiled
def _queue(first, terminals, keys, items):  # type: ignore[no-untyped-def]  # compiled
    """Queue the terminals by degree and return their number."""
    waiting = 0
    for t in terminals:
        waiting = heap_push(keys, items, waiting, first[t + 1] - first[t], t)
    return waiting


@compiled
def _direct(first, neighbour, edge, tree, origin, parent):  # type: ignore[no-untyped-def]  # compiled
    """Write the node that each node of the tree is entered from into ``parent``."""
    stack = np.empty(len(parent) + 1, np.int32)
    stack[0] = origin
    size = 1
    while size > 0:
        size -= 1
        v = stack[size]
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if tree[edge[a]] and w != origin and w != parent[v] and parent[w] < 0:
                parent[w] = v
                stack[size] = w
                size += 1


@compiled
def _ascend(arrays, queue, waiting, root, tolerance, work):  # type: ignore[no-untyped-def]  # compiled
    """Grow sets in turn until no one waits or ``work`` arcs were looked at."""
    keys, items = queue
    distance, settled, touched, is_waiting = arrays[3], arrays[4], arrays[7], arrays[9]
    steps = np.empty((1024, 2), np.int64)
    taken = 0
    bound = np.int64(0)
    while waiting > 0 and work > 0:
        t = items[0]
        waiting = heap_pop(keys, items, waiting)
        limit = FAR
        if waiting > 0:
            late = _POSTPONED if keys[0] >= _POSTPONED else np.int64(0)
            limit = late + np.int64(tolerance * (keys[0] - late)) + 1
        radius, key, count, used, is_done = _grow(arrays, t, root, limit)
        work -= used
        if radius > 0:
            bound += radius
            _lower(arrays, radius, count)
            if taken == len(steps):
                steps = np.concatenate((steps, np.empty_like(steps)))
            steps[taken, 0], steps[taken, 1] = t, radius
            taken += 1
        for i in range(count):
            distance[touched[i]] = FAR
            settled[touched[i]] = False
        if is_done:
            is_waiting[t] = False
        else:
            waiting = heap_push(keys, items, waiting, key, t)
    return waiting, bound, steps[:taken]


@compiled
def _grow(arrays, terminal, root, limit):  # type: ignore[no-untyped-def]  # compiled
    """Grow a set; return radius, key of its turn, touched nodes, work and whether it is done.

    It is done when it meets the root, or a terminal that waits for its turn: the way to that
    one is free of charge now, and whatever leads there will be.
    """
    distance, settled, keys, items, touched, is_waiting = arrays[3:8] + arrays[9:10]
    distance[terminal] = 0
    touched[0] = terminal
    count = 1
    size = heap_push(keys, items, 0, 0, terminal)
    cut, entries, used = np.int64(0), np.int64(0), np.int64(0)
    radius = np.int64(0)
    while size > 0:
        d, v = keys[0], items[0]
        if d > distance[v] or settled[v]:
            size = heap_pop(keys, items, size)
            continue
        if d > radius:
            # The set at the present radius is complete: go on, or give the turn away.
            key = cut + _POSTPONED if entries > 1 else cut
            if key > limit:
                return radius, key, count, used, False
            radius = d
        size = heap_pop(keys, items, size)
        if v == root or (is_waiting[v] and v != terminal):
            return d, cut, count, used, True
        settled[v] = True
        size, count, change, entered = _enter(arrays, v, d, size, count)
        cut += change
        entries += entered
        used += arrays[0][v + 1] - arrays[0][v]
    return radius, cut, count, used, False


@compiled
def _enter(arrays, v, d, size, count):  # type: ignore[no-untyped-def]  # compiled
    """Look from a node that joins the set at those from which it can be entered.

    Returns heap size, number of touched nodes and the changes of the set's cut and of the
    number of times that the guiding tree enters it.
    """
    first, neighbour, reduced, distance, settled, keys, items, touched, parent = arrays[:9]
    change = 0
    entered = 0
    if parent[v] >= 0 and not settled[parent[v]]:
        entered = 1
    for a in range(first[v], first[v + 1]):
        w = neighbour[a]
        if settled[w]:
            if w != v:
                change -= 1
                if parent[w] == v:
                    entered -= 1
            continue
        change += 1
        reached = d + reduced[a]
        if reached < distance[w]:
            if distance[w] == FAR:
                touched[count] = w
                count += 1
            distance[w] = reached
            size = heap_push(keys, items, size, reached, w)
    return size, count, change, entered


@compiled
def _lower(arrays, radius, count):  # type: ignore[no-untyped-def]  # compiled
    """Lower the reduced cost of every arc by the time that it spent entering the set."""
    first, neighbour, reduced, distance = arrays[:4]
    touched = arrays[7]
    for i in range(count):
        v = touched[i]
        if distance[v] >= radius:
            continue
        for a in range(first[v], first[v + 1]):
            stop = min(radius, distance[neighbour[a]])
            if stop > distance[v]:
                reduced[a] -= stop - distance[v]


def keepable(graph: Graph, terminals: IndexArray, ascent: Ascent | Dual, margin: int) -> BoolArray:
    """Return the edges that a tree less than ``margin`` above the bound may use.

    A tree with an arc also holds a way from the origin to it and one from it to a terminal;
    their reduced costs come on top of the bound.
    """
    others = terminals[terminals != ascent.origin].astype(np.int32)
    mate = _mates(graph.first, graph.edge)
    away = _bounded(
        graph.first, graph.neighbour, ascent.reduced[mate],
        np.array([ascent.origin], dtype=np.int32), margin,
    )  # fmt: skip
    back = _bounded(graph.first, graph.neighbour, ascent.reduced, others, margin)
    return np.asarray(
        _keep(graph.first, graph.neighbour, graph.edge, ascent.reduced, away, back, margin)
    )


@compiled
def _mates(first, edge):  # type: ignore[no-untyped-def]  # compiled
    """Return the place of each arc's edge in the row of its other end."""
    mate = np.empty(len(edge), np.int64)
    seen = np.full(len(edge) // 2, -1, np.int64)
    for a in range(len(edge)):
        e = edge[a]
        if seen[e] >= 0:
            mate[a] = seen[e]
            mate[seen[e]] = a
        seen[e] = a
    return mate


@compiled
def _bounded(first, neighbour, length, sources, margin):  # type: ignore[no-untyped-def]  # compiled
    """Return distances from the sources below ``margin``, over one length per arc."""
    distance = np.full(len(first) - 1, FAR, np.int64)
    keys = np.empty(len(neighbour) + len(sources) + 1, np.int64)
    items = np.empty(len(neighbour) + len(sources) + 1, np.int32)
    size = 0
    for s in sources:
        distance[s] = 0
        size = heap_push(keys, items, size, 0, s)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        for a in range(first[v], first[v + 1]):
            reached = d + length[a]
            w = neighbour[a]
            if reached < margin and reached < distance[w]:
                distance[w] = reached
                size = heap_push(keys, items, size, reached, w)
    return distance


@compiled
def _keep(first, neighbour, edge, reduced, away, back, margin):  # type: ignore[no-untyped-def]  # compiled
    """Mark edges one of whose arcs lies on a way from the root to a terminal below ``margin``."""
    kept = np.zeros(len(edge) // 2, np.bool_)
    for v in range(len(first) - 1):
        if back[v] >= margin:
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if away[w] < margin and away[w] + reduced[a] + back[v] < margin:
                kept[edge[a]] = True
    return kept
