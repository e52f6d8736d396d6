"""Local search on a Steiner tree: exchange of key paths, elimination of key nodes.

A move takes a key path out, or a key node that is no terminal with all its key paths, and joins
the parts again by the shortest ways between them. It stays only if that is cheaper. The ways
come from the regions around the tree's nodes; only the regions of nodes that a move takes out
have to be shared out anew, so that a pass over all key nodes takes near-linear time [1]_.

Moves of one pass are judged on the tree that the pass began with. They add up as long as no
move takes out a path that an earlier one relies on: the key paths that a new way leads past, and
the nodes that it ends at.

.. [1] Uchoa, E., Werneck, R. F. (2012). Fast local search for the Steiner problem in graphs.
   ACM Journal of Experimental Algorithmics 17.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from app.planning.arrays import (
    FAR,
    BoolArray,
    Graph,
    IndexArray,
    IntArray,
    compiled,
    find,
    heap_pop,
    heap_push,
)
from app.planning.tree.keytree import Rows, key_tree, rows_of
from app.planning.tree.regions import regions, ways
from app.planning.tree.treekernels import tidy_tree, tree_cost

_PASSES = 30
"""Passes over all key nodes at most; most trees are stable after six."""

_CHUNK = 500
"""Key nodes between two looks at the clock."""


class _Work(NamedTuple):
    """Arrays that moves share; ``mark`` tells which nodes the present move has shared out anew."""

    keys: IntArray  # heap of a walk
    items: IndexArray
    prices: IntArray  # heap of the ways on offer
    offers: IndexArray
    mark: IndexArray  # number of the last move that shared a node out anew
    distance: IntArray  # to the nearest part
    part: IndexArray
    via: IndexArray
    root: IndexArray  # tree node that the way there ends at
    nodes: IndexArray  # taken out
    edges: IndexArray  # taken out
    paths: IndexArray  # taken out
    kids: IndexArray  # key nodes that the parts hang from
    group: IndexArray
    added: IndexArray  # edges put in
    ends: IndexArray  # tree nodes that the new ways end at, in pairs
    is_gone: BoolArray  # nodes taken out in this pass
    is_pinned: BoolArray  # nodes that ways of this pass end at
    is_locked: BoolArray  # key paths that are taken out or relied on


def improve_tree(
    graph: Graph,
    tree: BoolArray,
    is_terminal: BoolArray,
    is_over: Callable[[], bool],
    cost: IntArray | None = None,
) -> BoolArray:
    """Return a tree that is at most as dear, improved until stable or ``is_over``.

    Parameters
    ----------
    tree
        ``(m,)`` mask of its edges, without useless ends.
    cost
        ``(m,)`` costs instead of the graph's.
    """
    rows = rows_of(graph, cost)
    work = _new_work(graph.node_count, graph.edge_count)
    known = int(tree_cost(rows.cost, tree))
    for _ in range(_PASSES):
        trial = _pass(rows, tree.copy(), is_terminal, work, is_over)
        trial = tidy_tree(graph.node_count, graph.start, graph.end, rows.cost, trial, is_terminal)
        found = int(tree_cost(rows.cost, trial))
        if found >= known:
            break
        tree, known = trial, found
    return tree


def _new_work(n: int, m: int) -> _Work:
    def index(count: int) -> IndexArray:
        return np.full(count, -1, dtype=np.int32)

    def flags() -> BoolArray:
        return np.zeros(n, dtype=np.bool_)

    heap = 2 * m + n + 1
    return _Work(
        np.empty(heap, np.int64), index(heap), np.empty(heap, np.int64), index(heap), index(n),
        np.empty(n, np.int64), index(n), index(n), index(n), index(n), index(m), index(n),
        index(n), index(n + 1), index(m), index(2 * n), flags(), flags(), flags(),
    )  # fmt: skip


def _pass(
    rows: Rows,
    chosen: BoolArray,
    is_terminal: BoolArray,
    work: _Work,
    is_over: Callable[[], bool],
) -> BoolArray:
    """Try all moves on a tree, changing ``chosen`` in place; return it."""
    root = int(np.argmax(is_terminal))
    tree, region, way = _surveyed(rows, chosen, is_terminal, root, work)
    for first in range(len(tree.node) - 1, 0, -_CHUNK):
        if is_over():
            break
        _moves(rows, chosen, is_terminal, tree, region, way, work, first, max(0, first - _CHUNK))
    return chosen


@compiled
def _surveyed(rows, chosen, is_terminal, root, work):  # type: ignore[no-untyped-def]  # compiled
    """Return key tree, regions and ways of a tree, and bring the work arrays to rest."""
    tree = key_tree(rows, chosen, is_terminal, root)
    budget = tree.length.copy()
    for k in range(1, len(budget)):
        budget[tree.parent[k]] += tree.length[k]
    limit = np.int64(0)
    for k in range(len(budget)):
        limit = max(limit, tree.length[k] if is_terminal[tree.node[k]] else budget[k])
    region = regions(rows, tree.order, limit // 2, work.keys, work.items)
    work.mark[:] = -1
    work.is_gone[:] = False
    work.is_pinned[:] = False
    work.is_locked[:] = False
    return tree, region, ways(rows, tree, region, limit)


@compiled
def _moves(rows, chosen, is_terminal, tree, region, way, work, first, last):  # type: ignore[no-untyped-def]  # compiled
    """Try the moves at the key nodes from ``first`` down to above ``last``."""
    for k in range(first, last, -1):
        for takes_node in (False, True):
            if takes_node and is_terminal[tree.node[k]]:
                continue
            parts, paths = _named(tree, k, takes_node, work)
            nodes, edges, budget = _taken(rows, tree, paths, takes_node, work)
            if edges == 0:
                continue
            stamp = 2 * k + takes_node
            kids = work.kids[:parts]
            offers = _share(rows, tree, region, nodes, kids, budget, stamp, work)
            offers = _offer(rows, tree, region, way, k, kids, budget, stamp, offers, work)
            added = _rejoin(rows, tree, region, kids, offers, budget, stamp, work)
            if added > 0:
                _apply(chosen, tree, nodes, edges, paths, added, parts, work)


@compiled
def _named(tree, k, takes_node, work):  # type: ignore[no-untyped-def]  # compiled
    """Note the key paths of a move, and the key nodes that parts hang from; return the counts."""
    work.paths[0] = k
    if not takes_node:
        work.kids[0] = k
        return 1, 1
    parts = 0
    c = k + 1
    while c < k + tree.size[k]:
        work.kids[parts] = c
        work.paths[parts + 1] = c
        parts += 1
        c += tree.size[c]
    return parts, parts + 1


@compiled
def _taken(rows, tree, paths, takes_node, work):  # type: ignore[no-untyped-def]  # compiled
    """Note nodes and edges of a move; return the counts and the cost, no edges if forbidden."""
    nodes = 0
    edges = 0
    budget = np.int64(0)
    for i in range(paths):
        k = work.paths[i]
        if work.is_locked[k]:
            return 0, 0, budget
        budget += tree.length[k]
        v = tree.node[k]
        while True:
            e = tree.up[v]
            work.edges[edges] = e
            edges += 1
            v = rows.start[e] + rows.end[e] - v
            if tree.node[tree.low[v]] == v:
                break
            work.nodes[nodes] = v
            nodes += 1
    if takes_node:
        work.nodes[nodes] = tree.node[work.paths[0]]
        nodes += 1
    for i in range(nodes):
        if work.is_pinned[work.nodes[i]]:
            return 0, 0, budget
    return nodes, edges, budget


@compiled
def _part_of(k, kids, sizes):  # type: ignore[no-untyped-def]  # compiled
    """Return the part that key node ``k`` is in: 0 above, then 1, 2, ... below ``kids``.

    What hangs below them are intervals side by side.
    """
    if k < kids[0] or k >= kids[-1] + sizes[kids[-1]]:
        return 0
    low = 0
    high = len(kids)
    while high - low > 1:
        middle = (low + high) // 2
        if kids[middle] <= k:
            low = middle
        else:
            high = middle
    return low + 1


@compiled
def _share(rows, tree, region, nodes, kids, budget, stamp, work):  # type: ignore[no-untyped-def]  # compiled
    """Share the regions of the nodes taken out among the parts, as far as is of use.

    Returns the number of ways on offer that this brings.
    """
    member, following, mark = region.member, region.following, work.mark
    for i in range(nodes):
        x = member[work.nodes[i]]
        while x >= 0:
            mark[x] = stamp
            work.distance[x] = FAR
            x = following[x]
    size = 0
    for i in range(nodes):
        size = _border(rows, tree, region, member[work.nodes[i]], kids, budget, stamp, size, work)
    return _spread(rows, tree, region, kids, budget, stamp, size, 0, work)


@compiled
def _border(rows, tree, region, x, kids, budget, stamp, size, work):  # type: ignore[no-untyped-def]  # compiled
    """Give a region's nodes, ``x`` first, to the nearest part next to them; return heap size."""
    first, neighbour, edge, cost = rows.first, rows.neighbour, rows.edge, rows.cost
    mark, distance, base, is_gone = work.mark, region.distance, region.base, work.is_gone
    keys, items = work.keys, work.items
    while x >= 0:
        best, arc = budget // 2 + 1, -1
        for a in range(first[x], first[x + 1]):
            y = neighbour[a]
            if mark[y] == stamp or base[y] < 0 or is_gone[base[y]]:
                continue
            if distance[y] + cost[edge[a]] < best:
                best, arc = distance[y] + cost[edge[a]], a
        if arc >= 0:
            y = base[neighbour[arc]]
            work.distance[x] = best
            work.part[x] = _part_of(tree.low[y], kids, tree.size)
            work.via[x] = edge[arc]
            work.root[x] = y
            size = heap_push(keys, items, size, best, x)
        x = region.following[x]
    return size


@compiled
def _spread(rows, tree, region, kids, budget, stamp, size, offers, work):  # type: ignore[no-untyped-def]  # compiled
    """Walk from the nodes on the heap as far as no other part is nearer.

    Offers the ways to other parts that are shorter than ``budget``; returns the number on offer.
    """
    first, neighbour, edge, cost = rows.first, rows.neighbour, rows.edge, rows.cost
    base, beyond, low, sizes = region.base, region.distance, tree.low, tree.size
    mark, distance, part, via, root = work.mark, work.distance, work.part, work.via, work.root
    keys, items, prices, ways_offered = work.keys, work.items, work.prices, work.offers
    is_gone = work.is_gone
    while size > 0:
        d, x = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[x]:
            continue
        for a in range(first[x], first[x + 1]):
            y = neighbour[a]
            reached = d + cost[edge[a]]
            known = FAR
            if mark[y] == stamp:
                known = distance[y]
            elif base[y] >= 0 and not is_gone[base[y]]:
                known = beyond[y]
            if reached < known:
                if 2 * reached <= budget:
                    mark[y], distance[y], part[y] = stamp, reached, part[x]
                    via[y], root[y] = edge[a], root[x]
                    size = heap_push(keys, items, size, reached, y)
            elif reached + known < budget and offers < len(prices):
                other = part[y] if mark[y] == stamp else _part_of(low[base[y]], kids, sizes)
                if other != part[x]:
                    offers = heap_push(prices, ways_offered, offers, reached + known, edge[a])
    return offers


@compiled
def _offer(rows, tree, region, way, k, kids, budget, stamp, offers, work):  # type: ignore[no-untyped-def]  # compiled
    """Offer the ways that avoid what is taken out; return the number on offer."""
    if kids[0] == k:
        return _known(rows, region, way.over[k : k + 1], budget, stamp, offers, work)
    across = way.across[way.begin[k] : way.begin[k + 1]]
    offers = _known(rows, region, across, budget, stamp, offers, work)
    return _known(rows, region, way.past[kids], budget, stamp, offers, work)


@compiled
def _known(rows, region, edges, budget, stamp, offers, work):  # type: ignore[no-untyped-def]  # compiled
    """Offer ways outside the regions shared out; return the number on offer."""
    start, end, cost = rows.start, rows.end, rows.cost
    base, distance, mark, is_gone = region.base, region.distance, work.mark, work.is_gone
    for e in edges:
        if e < 0 or mark[start[e]] == stamp or mark[end[e]] == stamp or offers == len(work.prices):
            continue
        length = distance[start[e]] + cost[e] + distance[end[e]]
        if length < budget and not is_gone[base[start[e]]] and not is_gone[base[end[e]]]:
            offers = heap_push(work.prices, work.offers, offers, length, e)
    return offers


@compiled
def _rejoin(rows, tree, region, kids, offers, budget, stamp, work):  # type: ignore[no-untyped-def]  # compiled
    """Join the parts by the shortest ways on offer; return the number of edges, 0 if too dear.

    The nodes of each way become sources for the next one.
    """
    prices, group = work.prices, work.group
    for i in range(len(kids) + 1):
        group[i] = i
    joined, added, slot = 0, 0, 0
    while offers > 0 and prices[0] < budget:
        length, e = prices[0], work.offers[0]
        offers = heap_pop(prices, work.offers, offers)
        one, near = _state(tree, region, rows.start[e], kids, stamp, work)
        other, far = _state(tree, region, rows.end[e], kids, stamp, work)
        one, other = find(group, one), find(group, other)
        if one == other or near + rows.cost[e] + far < length:
            continue  # offered again at the lower price
        group[one] = other
        budget -= length
        work.added[added] = e
        size, added = 0, added + 1
        for x in (rows.start[e], rows.end[e]):
            size, added = _lay(rows, region, x, other, stamp, size, added, work, slot)
            slot += 1
        joined += 1
        if joined == len(kids):
            return added
        offers = _spread(rows, tree, region, kids, budget, stamp, size, offers, work)
    return 0


@compiled
def _state(tree, region, x, kids, stamp, work):  # type: ignore[no-untyped-def]  # compiled
    """Return the part that a node is nearest to and the distance."""
    if work.mark[x] == stamp:
        return np.int64(work.part[x]), work.distance[x]
    return np.int64(_part_of(tree.low[region.base[x]], kids, tree.size)), region.distance[x]


@compiled
def _lay(rows, region, x, part, stamp, size, added, work, slot):  # type: ignore[no-untyped-def]  # compiled
    """Add the edges from a node to the tree and put their nodes on the heap as sources.

    Notes the tree node where the way ends; returns heap size and number of added edges.
    """
    start, end, mark, via, beyond = rows.start, rows.end, work.mark, work.via, region.via
    first, begin = x, added
    while True:
        e = via[x] if mark[x] == stamp else beyond[x]
        if e < 0:
            break
        work.added[added] = e
        added += 1
        x = start[e] + end[e] - x
    goal = work.root[x] if mark[x] == stamp else x
    work.ends[slot] = goal
    x = first
    for i in range(begin, added):
        mark[x], work.distance[x], work.part[x] = stamp, 0, part
        via[x], work.root[x] = -1, goal
        size = heap_push(work.keys, work.items, size, 0, x)
        x = start[work.added[i]] + end[work.added[i]] - x
    return size, added


@compiled
def _apply(chosen, tree, nodes, edges, paths, added, parts, work):  # type: ignore[no-untyped-def]  # compiled
    """Change the tree and remember what later moves must leave alone."""
    for i in range(edges):
        chosen[work.edges[i]] = False
    for i in range(nodes):
        work.is_gone[work.nodes[i]] = True
    for i in range(paths):
        work.is_locked[work.paths[i]] = True
    for i in range(added):
        chosen[work.added[i]] = True
    for i in range(parts):
        one, other = work.ends[2 * i], work.ends[2 * i + 1]
        work.is_pinned[one] = True
        work.is_pinned[other] = True
        _lock(tree, tree.low[one], tree.low[other], work.is_locked)


@compiled
def _lock(tree, one, other, is_locked):  # type: ignore[no-untyped-def]  # compiled
    """Lock the key paths between two key nodes."""
    while one != other:
        if tree.depth[one] >= tree.depth[other]:
            is_locked[one] = True
            one = tree.parent[one]
        else:
            is_locked[other] = True
            other = tree.parent[other]
