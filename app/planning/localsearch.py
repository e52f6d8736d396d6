"""Local search on a Steiner tree: exchange of key paths, elimination of key nodes.

Key nodes are terminals and nodes with three or more tree edges; a key path joins two of them.
A move takes a key path out, or a key node that is no terminal with all its key paths, and joins
the parts again over shortest ways. It stays only if that is cheaper [1]_.

.. [1] Uchoa, E., Werneck, R. F. (2012). Fast local search for the Steiner problem in graphs.
   ACM Journal of Experimental Algorithmics 17.
"""

from __future__ import annotations

import time

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, compiled, heap_pop, heap_push
from app.planning.treekernels import tidy_tree, tree_cost

_PASSES = 8
"""Passes over all key nodes at most; most trees are stable after four."""

_CHUNK = 64
"""Key nodes between two looks at the clock."""


def improve_tree(
    graph: Graph, tree: BoolArray, is_terminal: BoolArray, deadline_s: float
) -> BoolArray:
    """Return a tree that is at most as dear, improved until stable or ``deadline_s``.

    ``deadline_s`` is a moment of `time.monotonic`.
    """
    csr = (graph.first, graph.neighbour, graph.edge, graph.start, graph.end, graph.cost)
    cost = int(tree_cost(graph.cost, tree))
    for _ in range(_PASSES):
        trial = tree.copy()
        keys = np.flatnonzero(_degrees(graph, trial) > 0).astype(np.int32)
        keys = keys[_is_key(graph, trial, is_terminal)[keys]]
        for first in range(0, len(keys), _CHUNK):
            if time.monotonic() > deadline_s:
                break
            _pass(*csr, trial, is_terminal, keys[first : first + _CHUNK])
        trial = tidy_tree(graph.node_count, graph.start, graph.end, graph.cost, trial, is_terminal)
        found = int(tree_cost(graph.cost, trial))
        if found >= cost:
            break
        tree, cost = trial, found
    return tree


def _degrees(graph: Graph, tree: BoolArray) -> np.ndarray:
    ends = np.concatenate((graph.start[tree], graph.end[tree]))
    return np.bincount(ends, minlength=graph.node_count)


def _is_key(graph: Graph, tree: BoolArray, is_terminal: BoolArray) -> BoolArray:
    return np.asarray(is_terminal | (_degrees(graph, tree) > 2))


@compiled
def _pass(first, neighbour, edge, start, end, cost, chosen, is_terminal, keys):  # type: ignore[no-untyped-def]  # compiled
    """Try all moves at some key nodes, changing ``chosen`` in place."""
    n = len(first) - 1
    part = np.full(n, -1, np.int32)
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    removed = np.empty(len(chosen), np.int32)
    ends = np.empty(len(neighbour) + 2, np.int32)
    for v in keys:
        if _degree(first, edge, chosen, v) < 3 and not is_terminal[v]:
            continue
        if not is_terminal[v]:
            count, parts = _take_node(
                first, neighbour, edge, start, end, chosen, is_terminal, v, removed, ends
            )
            if _rejoin(
                first, neighbour, edge, start, end, cost, chosen, removed, count, ends, parts,
                part, distance, via,
            ):  # fmt: skip
                continue
        for a in range(first[v], first[v + 1]):
            if not chosen[edge[a]]:
                continue
            count, far = _take_path(
                first, edge, start, end, chosen, is_terminal, v, edge[a], removed, 0
            )
            ends[0], ends[1] = v, far
            _rejoin(
                first, neighbour, edge, start, end, cost, chosen, removed, count, ends, 2,
                part, distance, via,
            )  # fmt: skip


@compiled
def _degree(first, edge, chosen, v):  # type: ignore[no-untyped-def]  # compiled
    count = 0
    for a in range(first[v], first[v + 1]):
        if chosen[edge[a]]:
            count += 1
    return count


@compiled
def _take_path(first, edge, start, end, chosen, is_terminal, v, e, removed, count):  # type: ignore[no-untyped-def]  # compiled
    """Take the key path out that leaves ``v`` over ``e``; return the count and its far end."""
    while True:
        chosen[e] = False
        removed[count] = e
        count += 1
        v = start[e] + end[e] - v
        if is_terminal[v]:
            return count, v
        left = 0
        following = -1
        for a in range(first[v], first[v + 1]):
            if chosen[edge[a]]:
                left += 1
                following = edge[a]
        if left != 1:
            return count, v
        e = following


@compiled
def _take_node(first, neighbour, edge, start, end, chosen, is_terminal, v, removed, ends):  # type: ignore[no-untyped-def]  # compiled
    """Take a node out with all its key paths; return the edge count and the number of parts."""
    count = 0
    parts = 0
    for a in range(first[v], first[v + 1]):
        if chosen[edge[a]]:
            count, far = _take_path(
                first, edge, start, end, chosen, is_terminal, v, edge[a], removed, count
            )
            ends[parts] = far
            parts += 1
    return count, parts


@compiled
def _rejoin(  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, edge, start, end, cost, chosen, removed, count, ends, parts,
    part, distance, via,
):  # fmt: skip
    """Join the parts at ``ends`` again at less than the removed cost, or restore the tree."""
    budget = np.int64(0)
    for i in range(count):
        budget += cost[removed[i]]
    nodes = np.empty(64, np.int32)
    filled = 0
    begins = np.zeros(parts + 1, np.int64)
    for p in range(parts):
        nodes, filled = _gather(first, neighbour, edge, chosen, ends[p], p, part, nodes, filled)
        begins[p + 1] = filled
    group = np.arange(parts)
    extra = np.empty(64, np.int32)
    extra_count = 0
    added = np.empty(64, np.int32)
    added_count = 0
    succeeded = True
    for _ in range(parts - 1):
        mine = _smallest(group, begins)
        spent, added, added_count, extra, extra_count = _reach(
            first, neighbour, edge, start, end, cost, chosen, nodes, begins, group, mine, budget,
            part, distance, via, added, added_count, extra, extra_count,
        )  # fmt: skip
        if spent < 0:
            succeeded = False
            break
        budget -= spent
    if not succeeded:
        for i in range(added_count):
            chosen[added[i]] = False
        for i in range(count):
            chosen[removed[i]] = True
    for i in range(filled):
        part[nodes[i]] = -1
    for i in range(extra_count):
        part[extra[i]] = -1
    return succeeded


@compiled
def _gather(first, neighbour, edge, chosen, node, p, part, nodes, filled):  # type: ignore[no-untyped-def]  # compiled
    """Append the nodes of one part of the tree to ``nodes`` and mark them."""
    if part[node] >= 0:
        return nodes, filled
    at = filled
    part[node] = p
    if filled >= len(nodes):
        nodes = np.concatenate((nodes, np.empty_like(nodes)))
    nodes[filled] = node
    filled += 1
    while at < filled:
        v = nodes[at]
        at += 1
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if chosen[edge[a]] and part[w] < 0:
                part[w] = p
                if filled >= len(nodes):
                    nodes = np.concatenate((nodes, np.empty_like(nodes)))
                nodes[filled] = w
                filled += 1
    return nodes, filled


@compiled
def _smallest(group, begins):  # type: ignore[no-untyped-def]  # compiled
    """Return the group of parts with the fewest nodes."""
    sizes = np.zeros(len(group), np.int64)
    for p in range(len(group)):
        sizes[group[p]] += begins[p + 1] - begins[p]
    best = -1
    for g in range(len(group)):
        if sizes[g] > 0 and (best < 0 or sizes[g] < sizes[best]):
            best = g
    return best


@compiled
def _reach(  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, edge, start, end, cost, chosen, nodes, begins, group, mine, budget,
    part, distance, via, added, added_count, extra, extra_count,
):  # fmt: skip
    """Join group ``mine`` to the nearest other one for less than ``budget``; -1 if too dear."""
    keys = np.empty(256, np.int64)
    items = np.empty(256, np.int32)
    touched = np.empty(256, np.int32)
    count = 0
    size = 0
    for p in range(len(group)):
        if group[p] != mine:
            continue
        for i in range(begins[p], begins[p + 1]):
            keys, items, touched = _room(keys, items, touched, size, count, 1)
            size = heap_push(keys, items, size, 0, nodes[i])
            distance[nodes[i]] = 0
            touched[count] = nodes[i]
            count += 1
    for i in range(extra_count):
        if group[part[extra[i]]] == mine:
            keys, items, touched = _room(keys, items, touched, size, count, 1)
            size = heap_push(keys, items, size, 0, extra[i])
            distance[extra[i]] = 0
            touched[count] = extra[i]
            count += 1
    spent = np.int64(-1)
    met = -1
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d >= budget:
            break
        if d > distance[v]:
            continue
        if part[v] >= 0 and group[part[v]] != mine:
            met = v
            spent = d
            break
        keys, items, touched = _room(keys, items, touched, size, count, first[v + 1] - first[v])
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached < distance[w] and reached < budget:
                if distance[w] == FAR:
                    touched[count] = w
                    count += 1
                distance[w] = reached
                via[w] = edge[a]
                size = heap_push(keys, items, size, reached, w)
    if met >= 0:
        other = group[part[met]]
        w = met
        while via[w] >= 0:
            e = via[w]
            if added_count >= len(added):
                added = np.concatenate((added, np.empty_like(added)))
            added[added_count] = e
            added_count += 1
            chosen[e] = True
            w = start[e] + end[e] - w
            if part[w] < 0:
                part[w] = part[met]
                if extra_count >= len(extra):
                    extra = np.concatenate((extra, np.empty_like(extra)))
                extra[extra_count] = w
                extra_count += 1
        for p in range(len(group)):
            if group[p] == mine:
                group[p] = other
    for i in range(count):
        distance[touched[i]] = FAR
        via[touched[i]] = -1
    return spent, added, added_count, extra, extra_count


@compiled
def _room(keys, items, touched, size, count, more):  # type: ignore[no-untyped-def]  # compiled
    """Return the work arrays, larger if ``more`` entries would not fit."""
    if size + more >= len(keys):
        keys = np.concatenate((keys, np.empty(len(keys) + more, np.int64)))
        items = np.concatenate((items, np.empty(len(items) + more, np.int32)))
    if count + more >= len(touched):
        touched = np.concatenate((touched, np.empty(len(touched) + more, np.int32)))
    return keys, items, touched
