"""Dual solutions of a kernel, carried over to what is left of it.

Where edges go, and ways that pass nodes become edges, a dual solution stays one: the shares of
the edges of a way add up, and no way from the origin to a terminal becomes cheaper.
"""

from __future__ import annotations

import numpy as np

from app.planning.arrays import IndexArray, compiled
from app.planning.tree.duals import Dual, Log, empty_dual, with_room
from app.planning.tree.kernel import Kernel


def carried(dual: Dual, before: Kernel, after: Kernel) -> Dual | None:
    """Return a dual solution of ``before`` as one of ``after``, with the same bound.

    ``after`` is to be reduced from ``before``; None if nodes were drawn together meanwhile.
    Takes linear time.
    """
    if len(before.fixed) != len(after.fixed):
        return None
    number = np.full(int(max(before.node.max(), after.node.max())) + 1, -1, np.int32)
    number[before.node] = np.arange(len(before.node), dtype=np.int32)
    old = number[after.node]
    arcs = carried_arcs(before, after, old)
    number[before.node] = -1
    number[after.node] = np.arange(len(after.node), dtype=np.int32)
    new = number[before.node]
    result = empty_dual(after.graph, int(new[dual.origin]))
    result.field.price[:] = dual.field.price[old]
    log = _moved(dual.field.head, dual.log, arcs, new, result.field, result.log)
    result.log = Log(*log)
    return result


def carried_arcs(before: Kernel, after: Kernel, old: IndexArray) -> IndexArray:
    """Return the arc of ``after`` that each arc of ``before`` is part of, or -1.

    ``old`` tells the numbers that the nodes of ``after`` have in ``before``.
    """
    size = int(before.item.max(initial=-1)) + 1
    edge_of = np.full(size, -1, np.int32)
    edge_of[before.item] = np.repeat(
        np.arange(before.graph.edge_count, dtype=np.int32), np.diff(before.offset)
    )
    g = before.graph
    old_into = _into(g.first, g.neighbour, g.edge, g.start, g.end)
    h = after.graph
    new_into = _into(h.first, h.neighbour, h.edge, h.start, h.end)
    return np.asarray(
        _arcs(g.start, g.end, old_into, edge_of, h.start, new_into, old, after.offset, after.item)
    )


@compiled
def _into(first, neighbour, edge, start, end):  # type: ignore[no-untyped-def]  # compiled
    """Return for each edge the arc into its start and the one into its end."""
    into = np.empty((len(edge) // 2, 2), np.int32)
    for v in range(len(first) - 1):
        for a in range(first[v], first[v + 1]):
            e = edge[a]
            if v == end[e] and neighbour[a] == start[e]:
                into[e, 1] = a
            else:
                into[e, 0] = a
    return into


@compiled
def _arcs(start, end, old_into, edge_of, new_start, new_into, old, offset, item):  # type: ignore[no-untyped-def]  # compiled
    """Walk along each new edge and find the arcs of the old edges that it is made of."""
    arcs = np.full(2 * len(start), -1, np.int32)
    for f in range(len(new_start)):
        v = old[new_start[f]]
        known = -1
        for i in range(offset[f], offset[f + 1]):
            e = edge_of[item[i]]
            if e == known:
                continue
            known = e
            assert start[e] == v or end[e] == v
            ahead = 1 if start[e] == v else 0
            arcs[old_into[e, ahead]] = new_into[f, 1]
            arcs[old_into[e, 1 - ahead]] = new_into[f, 0]
            v = end[e] if ahead else start[e]
    return arcs


@compiled
def _moved(head, log, arcs, new, field, fresh):  # type: ignore[no-untyped-def]  # compiled
    """Write the entries of a log into a fresh one, on new arcs, and take them off the costs."""
    fresh = with_room(fresh, log.meta[1])
    count = 0
    for v in range(len(head)):
        t = new[v]
        entry = head[v] if t >= 0 else -1
        while entry >= 0:
            a = arcs[log.arc[entry]]
            if a >= 0:
                fresh.arc[count], fresh.amount[count] = a, log.amount[entry]
                fresh.following[count] = field.head[t]
                field.head[t] = count
                field.reduced[a] -= log.amount[entry]
                count += 1
            entry = log.following[entry]
    fresh.meta[1] = count
    return fresh
