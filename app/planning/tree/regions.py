"""What lies around a tree: the region of each of its nodes, and the ways between regions.

A node belongs to the tree node that it is nearest to. An edge between two regions makes a way
from one tree node to another; the shortest ways over every key path are found by taking them by
length and climbing the tree, never over the same path twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from app.planning.arrays import FAR, IndexArray, IntArray, compiled, find, heap_pop, heap_push
from app.planning.tree.keytree import meeting


class Regions(NamedTuple):
    """Regions of the tree's nodes.

    Attributes
    ----------
    base, distance, via
        ``(n,)`` nearest tree node, -1 beyond the reach; how far it is; edge towards it.
    member, following
        ``(n,)`` first node of a tree node's region, and the next one of the same region.
    """

    base: IndexArray
    distance: IntArray
    via: IndexArray
    member: IndexArray
    following: IndexArray


class Ways(NamedTuple):
    """The cheapest ways that can stand in for key paths; each named by its crossing edge.

    Attributes
    ----------
    over
        ``(K,)`` shortest way that leads past the whole key path ``k``, or -1.
    past
        ``(K,)`` the same for path ``k`` and the path above it at once.
    begin, across
        Ways that meet at key node ``k``, both ends below it: ``across[begin[k]:begin[k + 1]]``,
        shortest first.
    """

    over: IndexArray
    past: IndexArray
    begin: IndexArray
    across: IndexArray


@compiled
def regions(rows, order, reach, keys, items):  # type: ignore[no-untyped-def]  # compiled
    """Return the regions of the nodes in ``order`` up to the distance ``reach``."""
    n = len(rows.first) - 1
    base = np.full(n, -1, np.int32)
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    size = 0
    for v in order:
        base[v] = v
        distance[v] = 0
        size = heap_push(keys, items, size, 0, v)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        for a in range(rows.first[v], rows.first[v + 1]):
            w = rows.neighbour[a]
            reached = d + rows.cost[rows.edge[a]]
            if reached < distance[w] and reached <= reach:
                distance[w] = reached
                base[w] = base[v]
                via[w] = rows.edge[a]
                size = heap_push(keys, items, size, reached, w)
    member = np.full(n, -1, np.int32)
    following = np.full(n, -1, np.int32)
    for v in range(n - 1, -1, -1):
        if base[v] >= 0:
            following[v] = member[base[v]]
            member[base[v]] = v
    return Regions(base, distance, via, member, following)


@compiled
def ways(rows, tree, region, limit):  # type: ignore[no-untyped-def]  # compiled
    """Return the ways shorter than ``limit`` that can stand in for key paths."""
    edges, tops = _crossings(rows, tree, region, limit)
    count = len(tree.parent)
    over = np.full(count, -1, np.int32)
    past = np.full(count, -1, np.int32)
    next_over = np.arange(count).astype(np.int32)
    next_past = next_over.copy()
    begin = np.zeros(count + 1, np.int32)
    for i in range(len(edges)):
        e, top = edges[i], tops[i]
        level = tree.depth[top]
        is_across = True
        for v in (rows.start[e], rows.end[e]):
            k = tree.low[region.base[v]]
            is_across = is_across and k != top
            if k == top:
                continue
            if tree.node[k] != region.base[v]:
                k = tree.parent[k]
            _climb(tree.parent, tree.depth, k, level, e, over, next_over)
            _climb(tree.parent, tree.depth, k, level + 1, e, past, next_past)
        if is_across:
            begin[top + 1] += 1
        else:
            tops[i] = -1
    begin = np.cumsum(begin).astype(np.int32)
    place = begin.copy()
    across = np.empty(begin[count], np.int32)
    for i in range(len(edges)):
        if tops[i] >= 0:
            across[place[tops[i]]] = edges[i]
            place[tops[i]] += 1
    return Ways(over, past, begin, across)


@compiled
def _climb(parent, depth, k, level, e, best, following):  # type: ignore[no-untyped-def]  # compiled
    """Note way ``e`` for all paths from ``k`` down to depth ``level`` that have none yet."""
    k = find(following, k)
    while depth[k] > level:
        best[k] = e
        following[k] = parent[k]
        k = find(following, k)


@compiled
def _crossings(rows, tree, region, limit):  # type: ignore[no-untyped-def]  # compiled
    """Return the edges between regions by length, and where their ways meet in the tree."""
    base, distance = region.base, region.distance
    edges = np.empty(len(rows.start), np.int32)
    lengths = np.empty(len(rows.start), np.int64)
    count = 0
    for e in range(len(rows.start)):
        u, v = rows.start[e], rows.end[e]
        if base[u] < 0 or base[v] < 0 or tree.low[base[u]] == tree.low[base[v]]:
            continue
        length = distance[u] + rows.cost[e] + distance[v]
        if length < limit and tree.up[u] != e and tree.up[v] != e:
            edges[count] = e
            lengths[count] = length
            count += 1
    sequence = np.argsort(lengths[:count], kind="mergesort")
    edges = edges[:count][sequence]
    tops = np.empty(count, np.int32)
    for i in range(count):
        tops[i] = meeting(
            tree, tree.low[base[rows.start[edges[i]]]], tree.low[base[rows.end[edges[i]]]]
        )
    return edges, tops
