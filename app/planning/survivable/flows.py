"""Least cuts between the root and sites of a graph with fractional capacities."""

from __future__ import annotations

import numpy as np

from app.planning.arrays import BoolArray, FloatArray, Graph, IndexArray, compiled

_TOLERANCE = 1e-9
"""Flows and capacities below this count as none."""


def violated_cuts(
    graph: Graph, capacity: FloatArray, root: int, sites: IndexArray, need: IndexArray,
    slack: float, nested: int, shut: BoolArray,
) -> tuple[BoolArray, IndexArray]:  # fmt: skip
    """Return cuts between sites and root of less capacity than the site needs.

    Parameters
    ----------
    capacity
        ``(m,)`` non-negative.
    need
        ``(k,)`` flow that each of the ``sites`` needs.
    slack
        Cuts short by less than this are let pass.
    nested
        How many cuts to look for at each site, each beyond the one before.
    shut
        ``(n,)`` nodes that no flow passes through; it may start there.

    Returns
    -------
    ``(c, n)`` the nodes on the side of the site, and ``(c,)`` the row of the site.

    Notes
    -----
    Augmenting paths by breadth first: about as many walks over the graph as paths carry flow.
    """
    sides, rows = _violated(
        (graph.first, graph.neighbour, graph.edge, graph.start), capacity, root, sites, need,
        slack, nested, shut,
    )  # fmt: skip
    return np.asarray(sides), np.asarray(rows)


@compiled
def _violated(csr, capacity, root, sites, need, slack, nested, shut):  # type: ignore[no-untyped-def]  # compiled
    n = len(csr[0]) - 1
    most = 2 * nested * len(sites)
    sides = np.zeros((most, n), np.bool_)
    rows = np.zeros(most, np.int32)
    count = 0
    for i in range(len(sites)):
        if sites[i] == root:
            continue
        room = capacity.copy()
        for _ in range(nested):
            value, near, far = _least_cut(csr, room, sites[i], root, need[i], shut)
            if value >= need[i] - slack:
                break
            for side in (near, far):
                sides[count] = side
                rows[count] = i
                count += 1
            # Next time this cut is no longer the narrow place.
            for side in (near, far):
                _widen(csr, room, side)
    return sides[:count], rows[:count]


@compiled
def _widen(csr, room, side):  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, edge = csr[0], csr[1], csr[2]
    for v in range(len(first) - 1):
        if side[v]:
            for a in range(first[v], first[v + 1]):
                w = neighbour[a]
                if not side[w]:
                    room[edge[a]] = max(room[edge[a]], 1.0)


@compiled
def _least_cut(csr, capacity, source, sink, enough, shut):  # type: ignore[no-untyped-def]  # compiled
    """Return the flow (up to ``enough``) and the cut's sides with the source nearest each end."""
    start = csr[3]
    n = len(csr[0]) - 1
    flow = np.zeros(len(capacity), np.float64)
    via = np.empty(n, np.int32)
    origin = np.empty(n, np.int32)
    value = 0.0
    while value < enough - _TOLERANCE:
        seen = _search(csr, capacity, flow, source, sink, via, origin, shut, 1.0)
        if not seen[sink]:
            far = _search(csr, capacity, flow, sink, source, via, origin, shut, -1.0)
            for v in range(n):
                far[v] = not far[v] and (v == source or not shut[v])
            return value, seen, far
        step = enough - value
        v = sink
        while v != source:
            e, v = via[v], origin[v]
            sign = 1.0 if start[e] == v else -1.0
            step = min(step, capacity[e] - sign * flow[e])
        v = sink
        while v != source:
            e, v = via[v], origin[v]
            flow[e] += step if start[e] == v else -step
        value += step
    nothing = np.zeros(n, np.bool_)
    return value, nothing, nothing.copy()


@compiled
def _search(csr, capacity, flow, source, sink, via, origin, shut, direction):  # type: ignore[no-untyped-def]  # compiled
    """Walk breadth first along (or, with direction -1, against) arcs that can carry more."""
    first, neighbour, edge, start = csr
    n = len(first) - 1
    seen = np.zeros(n, np.bool_)
    queue = np.empty(n, np.int32)
    seen[source] = True
    queue[0] = source
    head, tail = 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if seen[w] or (shut[w] and w != sink):
                continue
            e = edge[a]
            sign = direction if start[e] == v else -direction
            if capacity[e] - sign * flow[e] > _TOLERANCE:
                seen[w] = True
                via[w] = e
                origin[w] = v
                if w == sink:
                    return seen
                queue[tail] = w
                tail += 1
    return seen
