"""Local search on a Steiner tree: exchange of key paths, elimination of key nodes.

Key nodes are terminals and nodes with three or more tree edges; a key path joins two of them.
A move takes a key path out, or a key node that is no terminal with all its key paths, and joins
the parts again over shortest ways. It stays only if that is cheaper [1]_.

.. [1] Uchoa, E., Werneck, R. F. (2012). Fast local search for the Steiner problem in graphs.
   ACM Journal of Experimental Algorithmics 17.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, compiled, heap_pop, heap_push
from app.planning.tree.treekernels import tidy_tree, tree_cost

_PASSES = 8
"""Passes over all key nodes at most; most trees are stable after four."""

_CHUNK = 64
"""Key nodes between two looks at the clock."""


def improve_tree(
    graph: Graph, tree: BoolArray, is_terminal: BoolArray, is_over: Callable[[], bool]
) -> BoolArray:
    """Return a tree that is at most as dear, improved until stable or ``is_over``."""
    csr = (graph.first, graph.neighbour, graph.edge, graph.start, graph.end, graph.cost)
    cost = int(tree_cost(graph.cost, tree))
    for _ in range(_PASSES):
        trial = tree.copy()
        keys = np.flatnonzero(_degrees(graph, trial) > 0).astype(np.int32)
        keys = keys[_is_key(graph, trial, is_terminal)[keys]]
        for first in range(0, len(keys), _CHUNK):
            if is_over():
                break
            _pass(csr, trial, is_terminal, keys[first : first + _CHUNK])
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
def _pass(csr, chosen, is_terminal, keys):  # type: ignore[no-untyped-def]  # compiled
    """Try all moves at some key nodes, changing ``chosen`` in place."""
    first, neighbour, edge = csr[0], csr[1], csr[2]
    n, m = len(first) - 1, len(chosen)
    work = (
        np.empty(len(neighbour) + n + 1, np.int64),  # heap: keys
        np.empty(len(neighbour) + n + 1, np.int32),  # heap: nodes
        np.full(n, FAR, np.int64),  # distance
        np.full(n, -1, np.int32),  # edge towards the source
        np.full(n, -1, np.int32),  # part of the tree that a node belongs to
        np.empty(n, np.int32),  # nodes of all parts, one part after the other
        np.empty(n, np.int32),  # nodes touched by a walk
        np.empty(m, np.int32),  # edges taken out
        np.empty(m, np.int32),  # edges put in
        np.empty(n, np.int32),  # nodes of the edges put in
        is_terminal,
    )
    removed = work[7]
    ends = np.empty(len(neighbour) + 2, np.int32)
    for v in keys:
        if not is_terminal[v]:
            if _degree(first, edge, chosen, v) < 3:
                continue
            count, parts = _take_node(csr, chosen, is_terminal, v, removed, ends)
            if _rejoin(csr, chosen, count, ends, parts, work):
                continue
        for a in range(first[v], first[v + 1]):
            if chosen[edge[a]]:
                count, far = _take_path(csr, chosen, is_terminal, v, edge[a], removed, 0)
                if far < v:
                    _restore(chosen, removed, 0, removed, count)  # tried from the other end
                else:
                    _exchange(csr, chosen, count, v, far, work)


@compiled
def _exchange(csr, chosen, count, one, other, work):  # type: ignore[no-untyped-def]  # compiled
    """Join the two parts of a tree without a key path again, or put the path back.

    Both parts are walked in turn until the smaller one is known; the rest of the tree is never
    looked at.
    """
    cost = csr[5]
    part, nodes, removed, added = work[4], work[5], work[7], work[8]
    budget = np.int64(0)
    for i in range(count):
        budget += cost[removed[i]]
    small, ahead, behind = _halves(csr, chosen, one, other, part, nodes)
    n = len(nodes)
    size = 0
    for i in range(ahead if small == 0 else behind):
        node = nodes[i] if small == 0 else nodes[n - 1 - i]
        work[2][node] = 0
        work[6][size] = node
        size = heap_push(work[0], work[1], size, 0, node)
    met, touched = _nearest(csr, chosen, budget, small, size, work)
    new_edges = 0
    if met >= 0:
        w = met
        while work[3][w] >= 0:
            added[new_edges] = work[3][w]
            new_edges += 1
            w = csr[3][work[3][w]] + csr[4][work[3][w]] - w
        chosen[added[:new_edges]] = True
    else:
        _restore(chosen, added, 0, removed, count)
    _forget(work, touched)
    part[nodes[:ahead]] = -1
    part[nodes[n - behind :]] = -1


@compiled
def _halves(csr, chosen, one, other, part, nodes):  # type: ignore[no-untyped-def]  # compiled
    """Walk two parts of the tree in turn until one is complete.

    The part of ``one`` fills ``nodes`` from the front, that of ``other`` from the back. Returns
    which is complete, 0 or 1, and the numbers of nodes seen.
    """
    n = len(nodes)
    nodes[0], nodes[n - 1] = one, other
    part[one], part[other] = 0, 1
    seen = np.array([1, 1])
    done = np.array([0, 0])
    turn = 0
    while done[turn] < seen[turn]:
        v = nodes[done[0]] if turn == 0 else nodes[n - 1 - done[1]]
        done[turn] += 1
        for a in range(csr[0][v], csr[0][v + 1]):
            w = csr[1][a]
            if chosen[csr[2][a]] and part[w] < 0:
                part[w] = turn
                nodes[seen[0] if turn == 0 else n - 1 - seen[1]] = w
                seen[turn] += 1
        turn = 1 - turn
    return turn, seen[0], seen[1]


@compiled
def _nearest(csr, chosen, budget, small, size, work):  # type: ignore[no-untyped-def]  # compiled
    """Walk from the small part to the nearest node of the other one, nearer than ``budget``."""
    first, neighbour, edge, cost = csr[0], csr[1], csr[2], csr[5]
    keys, items, distance, via, part, touched = work[0], work[1], work[2], work[3], work[4], work[6]
    is_terminal = work[10]
    count = size
    while size > 0 and keys[0] < budget:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if part[v] != small and (is_terminal[v] or _degree(first, edge, chosen, v) > 0):
            return v, count
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
    return -1, count


@compiled
def _degree(first, edge, chosen, v):  # type: ignore[no-untyped-def]  # compiled
    """Return the number of tree edges at ``v``."""
    count = 0
    for a in range(first[v], first[v + 1]):
        if chosen[edge[a]]:
            count += 1
    return count


@compiled
def _take_path(csr, chosen, is_terminal, v, e, removed, count):  # type: ignore[no-untyped-def]  # compiled
    """Take the key path out that leaves ``v`` over ``e``; return the count and its far end."""
    first, edge, start, end = csr[0], csr[2], csr[3], csr[4]
    while True:
        chosen[e] = False
        removed[count] = e
        count += 1
        v = start[e] + end[e] - v
        if is_terminal[v] or _degree(first, edge, chosen, v) != 1:
            return count, v
        for a in range(first[v], first[v + 1]):
            if chosen[edge[a]]:
                e = edge[a]


@compiled
def _take_node(csr, chosen, is_terminal, v, removed, ends):  # type: ignore[no-untyped-def]  # compiled
    """Take a node out with all its key paths; return the edge count and the number of parts."""
    first, edge = csr[0], csr[2]
    count = 0
    parts = 0
    for a in range(first[v], first[v + 1]):
        if chosen[edge[a]]:
            count, far = _take_path(csr, chosen, is_terminal, v, edge[a], removed, count)
            ends[parts] = far
            parts += 1
    return count, parts


@compiled
def _rejoin(csr, chosen, count, ends, parts, work):  # type: ignore[no-untyped-def]  # compiled
    """Join the parts at ``ends`` again at less than the removed cost, or restore the tree."""
    cost = csr[5]
    part, nodes, removed, added, extra = work[4], work[5], work[7], work[8], work[9]
    budget = np.int64(0)
    for i in range(count):
        budget += cost[removed[i]]
    begins = np.zeros(parts + 1, np.int64)
    for p in range(parts):
        begins[p + 1] = _gather(csr, chosen, ends[p], p, part, nodes, begins[p])
    group = np.arange(parts)
    new_edges = 0
    new_nodes = 0
    for _ in range(parts - 1):
        mine = _smallest(group, begins)
        met, touched = _walk(csr, budget, begins, group, mine, new_nodes, work)
        if met >= 0:
            budget -= work[2][met]
            new_edges, new_nodes = _buy(csr, chosen, met, new_edges, new_nodes, work)
            group[group == mine] = group[part[met]]
        _forget(work, touched)
        if met < 0:
            budget = np.int64(-1)
            break
    part[nodes[: begins[parts]]] = -1
    part[extra[:new_nodes]] = -1
    if budget < 0:
        _restore(chosen, added, new_edges, removed, count)
    return budget >= 0


@compiled
def _restore(chosen, added, new_edges, removed, count):  # type: ignore[no-untyped-def]  # compiled
    """Take the new edges out and put the old ones back."""
    for i in range(new_edges):
        chosen[added[i]] = False
    for i in range(count):
        chosen[removed[i]] = True


@compiled
def _gather(csr, chosen, node, p, part, nodes, filled):  # type: ignore[no-untyped-def]  # compiled
    """Append the nodes of the tree's part at ``node`` and mark them; return the new count."""
    first, neighbour, edge = csr[0], csr[1], csr[2]
    if part[node] >= 0:
        return filled
    at = filled
    part[node] = p
    nodes[filled] = node
    filled += 1
    while at < filled:
        v = nodes[at]
        at += 1
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if chosen[edge[a]] and part[w] < 0:
                part[w] = p
                nodes[filled] = w
                filled += 1
    return filled


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
def _walk(csr, budget, begins, group, mine, new_nodes, work):  # type: ignore[no-untyped-def]  # compiled
    """Walk from group ``mine`` to the nearest node of another one that is nearer than ``budget``.

    Returns that node or -1, and the number of touched nodes.
    """
    first, neighbour, edge, cost = csr[0], csr[1], csr[2], csr[5]
    keys, items, distance, via, part, touched = work[0], work[1], work[2], work[3], work[4], work[6]
    size = _sources(begins, group, mine, new_nodes, work)
    count = size
    while size > 0 and keys[0] < budget:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if part[v] >= 0 and group[part[v]] != mine:
            return v, count
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
    return -1, count


@compiled
def _sources(begins, group, mine, new_nodes, work):  # type: ignore[no-untyped-def]  # compiled
    """Put the nodes of a group on the heap at distance 0 and return their number."""
    keys, items, distance, part = work[0], work[1], work[2], work[4]
    nodes, touched, extra = work[5], work[6], work[9]
    size = 0
    for p in range(len(group)):
        if group[p] == mine:
            for i in range(begins[p], begins[p + 1]):
                distance[nodes[i]] = 0
                touched[size] = nodes[i]
                size = heap_push(keys, items, size, 0, nodes[i])
    for i in range(new_nodes):
        if group[part[extra[i]]] == mine:
            distance[extra[i]] = 0
            touched[size] = extra[i]
            size = heap_push(keys, items, size, 0, extra[i])
    return size


@compiled
def _buy(csr, chosen, met, new_edges, new_nodes, work):  # type: ignore[no-untyped-def]  # compiled
    """Choose the edges from ``met`` back to its source; return the new counts."""
    start, end = csr[3], csr[4]
    via, part, added, extra = work[3], work[4], work[8], work[9]
    w = met
    while via[w] >= 0:
        e = via[w]
        added[new_edges] = e
        new_edges += 1
        chosen[e] = True
        w = start[e] + end[e] - w
        if part[w] < 0:
            part[w] = part[met]
            extra[new_nodes] = w
            new_nodes += 1
    return new_edges, new_nodes


@compiled
def _forget(work, count):  # type: ignore[no-untyped-def]  # compiled
    """Bring distances back to rest."""
    distance, via, touched = work[2], work[3], work[6]
    for i in range(count):
        distance[touched[i]] = FAR
        via[touched[i]] = -1
