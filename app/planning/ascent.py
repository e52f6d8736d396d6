"""Lower bounds on the cost of a tree by dual ascent.

Each set of nodes that holds a terminal and not the root must be entered by an arc of any tree
that is directed away from the root. Raising a non-negative price on such sets, while the prices
on the sets that an arc enters never exceed its cost, gives a sum that no tree can undercut
[1]_. All numbers are whole, so the bound is exact and needs no tolerance.

.. [1] Wong, R. T. (1984). A dual ascent approach for Steiner tree problems on a directed
   graph. Mathematical Programming 28, 271-287.
"""

from __future__ import annotations

import numpy as np

from app.planning.arrays import FAR, compiled, heap_pop, heap_push


@compiled
def dual_ascent(first, neighbour, edge, start, cost, terminals, root, tolerance):  # type: ignore[no-untyped-def]  # compiled
    """Raise a lower bound and return it with the reduced costs of the arcs.

    The terminal whose set has the smallest cut goes first. Its set grows as a walk backwards
    from the terminal over reduced costs: growing to radius D raises the bound by D. It stays
    its turn until its cut exceeds ``tolerance`` times the next one's key.

    Parameters
    ----------
    terminals
        ``(k,)`` nodes without the root; all must be reachable from it.
    tolerance
        At least 1; larger is faster at nearly the same bound.

    Returns
    -------
    The bound and ``(2, m)`` reduced costs: row 0 of the arc from start to end, row 1 back.
    """
    n = len(first) - 1
    m = len(start)
    reduced = np.empty((2, m), np.int64)
    for e in range(m):
        reduced[0, e] = cost[e]
        reduced[1, e] = cost[e]
    bound = np.int64(0)
    queue_keys = np.empty(len(terminals) + 1, np.int64)
    queue_items = np.empty(len(terminals) + 1, np.int32)
    waiting = 0
    for i in range(len(terminals)):
        t = terminals[i]
        waiting = heap_push(queue_keys, queue_items, waiting, first[t + 1] - first[t], t)
    distance = np.full(n, FAR, np.int64)
    settled = np.zeros(n, np.bool_)
    keys = np.empty(len(neighbour) + 2, np.int64)
    items = np.empty(len(neighbour) + 2, np.int32)
    touched = np.empty(n, np.int32)
    while waiting > 0:
        t = queue_items[0]
        waiting = heap_pop(queue_keys, queue_items, waiting)
        limit = FAR
        if waiting > 0:
            limit = np.int64(tolerance * queue_keys[0]) + 1
        radius, cut, count, reached_root = _grow(
            first, neighbour, edge, start, reduced, t, root, limit,
            distance, settled, keys, items, touched,
        )  # fmt: skip
        bound += radius
        if radius > 0:
            _lower(first, neighbour, edge, start, reduced, radius, distance, touched, count)
        for i in range(count):
            distance[touched[i]] = FAR
            settled[touched[i]] = False
        if not reached_root:
            waiting = heap_push(queue_keys, queue_items, waiting, cut, t)
    return bound, reduced


@compiled
def _grow(  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, edge, start, reduced, terminal, root, limit,
    distance, settled, keys, items, touched,
):  # fmt: skip
    """Grow the set of ``terminal``; return radius, cut, touched nodes and whether it met root."""
    distance[terminal] = 0
    touched[0] = terminal
    count = 1
    size = heap_push(keys, items, 0, 0, terminal)
    cut = np.int64(0)
    radius = np.int64(0)
    while size > 0:
        d, v = keys[0], items[0]
        if d > distance[v] or settled[v]:
            size = heap_pop(keys, items, size)
            continue
        if d > radius:
            # The set at the present radius is complete: go on, or give the turn away.
            if cut > limit:
                return radius, cut, count, False
            radius = d
        size = heap_pop(keys, items, size)
        if v == root:
            return d, cut, count, True
        settled[v] = True
        size, count, change = _enter(
            first, neighbour, edge, start, reduced, v, d, distance, settled, keys, items, size,
            touched, count,
        )  # fmt: skip
        cut += change
    return radius, cut, count, False


@compiled
def _enter(  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, edge, start, reduced, v, d, distance, settled, keys, items, size,
    touched, count,
):  # fmt: skip
    """Look from a node that joins the set at those from which it can be entered.

    Returns heap size, number of touched nodes and the change of the set's cut.
    """
    change = 0
    for a in range(first[v], first[v + 1]):
        w = neighbour[a]
        e = edge[a]
        if settled[w]:
            change -= w != v
            continue
        change += 1
        # The arc from w into v: row 0 when w is the edge's start.
        step = reduced[0, e] if start[e] == w else reduced[1, e]
        if d + step < distance[w]:
            if distance[w] == FAR:
                touched[count] = w
                count += 1
            distance[w] = d + step
            size = heap_push(keys, items, size, d + step, w)
    return size, count, change


@compiled
def _lower(first, neighbour, edge, start, reduced, radius, distance, touched, count):  # type: ignore[no-untyped-def]  # compiled
    """Lower the reduced cost of every arc by the time that it spent entering the set."""
    for i in range(count):
        v = touched[i]
        if distance[v] >= radius:
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if w == v:
                continue
            stop = min(radius, distance[w])
            if stop > distance[v]:
                e = edge[a]
                if start[e] == w:
                    reduced[0, e] -= stop - distance[v]
                else:
                    reduced[1, e] -= stop - distance[v]
