"""Walks of a graph with something taken out, compiled for many failures in a row."""

from __future__ import annotations

import numpy as np

from app.planning.arrays import compiled


@compiled
def walk_without(first, neighbour, edge, root, skip_edge, skip_node):  # type: ignore[no-untyped-def]  # compiled
    """Walk depth first from ``root`` past what is skipped.

    Returns the nodes in the order they were entered, and for each node its place in it (-1:
    not reached), the lowest place that an edge from below it leads back to, its parent and the
    edge to it. An edge to a parent with ``low[v] == entered[v]`` is a bridge; a parent ``p``
    with ``low[v] >= entered[p]`` cuts ``v`` off.
    """
    n = len(first) - 1
    order = np.empty(n, np.int32)
    entered = np.full(n, -1, np.int32)
    low = np.full(n, -1, np.int32)
    parent = np.full(n, -1, np.int32)
    parent_edge = np.full(n, -1, np.int32)
    if skip_node[root]:
        return order[:0], entered, low, parent, parent_edge
    place = first[:-1].copy()
    stack = np.empty(n, np.int32)
    stack[0] = root
    entered[root] = 0
    low[root] = 0
    order[0] = root
    time = 1
    depth = 1
    while depth > 0:
        v = stack[depth - 1]
        if place[v] < first[v + 1]:
            a = place[v]
            place[v] += 1
            w = neighbour[a]
            if skip_edge[edge[a]] or skip_node[w]:
                continue
            if entered[w] < 0:
                parent[w] = v
                parent_edge[w] = edge[a]
                entered[w] = time
                low[w] = time
                order[time] = w
                time += 1
                stack[depth] = w
                depth += 1
            elif edge[a] != parent_edge[v]:
                low[v] = min(low[v], entered[w])
        else:
            depth -= 1
            if depth > 0:
                low[stack[depth - 1]] = min(low[stack[depth - 1]], low[v])
    return order[:time], entered, low, parent, parent_edge


@compiled
def reached_without(first, neighbour, edge, root, skip_edge, skip_node):  # type: ignore[no-untyped-def]  # compiled
    """Return for each node whether ``root`` is reached past what is skipped."""
    n = len(first) - 1
    reached = np.zeros(n, np.bool_)
    if skip_node[root]:
        return reached
    stack = np.empty(n, np.int32)
    stack[0] = root
    reached[root] = True
    size = 1
    while size > 0:
        size -= 1
        v = stack[size]
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if not (reached[w] or skip_edge[edge[a]] or skip_node[w]):
                reached[w] = True
                stack[size] = w
                size += 1
    return reached
