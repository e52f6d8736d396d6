"""A Steiner tree seen from afar: its key nodes and the key paths between them.

Key nodes are terminals and nodes where three or more tree edges meet; a key path leads from a
key node up to the next one towards the root. Key nodes are numbered in depth-first order, so
that what hangs below key node ``k`` is the interval ``k ... k + size[k] - 1``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from app.planning.arrays import Graph, IndexArray, IntArray, compiled


class Rows(NamedTuple):
    """The arrays of a graph as kernels take them, with costs of their own."""

    first: IntArray
    neighbour: IndexArray
    edge: IndexArray
    start: IndexArray
    end: IndexArray
    cost: IntArray


def rows_of(graph: Graph, cost: IntArray | None = None) -> Rows:
    """Return the arrays of a graph, with other costs if given."""
    return Rows(
        graph.first, graph.neighbour, graph.edge, graph.start, graph.end,
        graph.cost if cost is None else cost,
    )  # fmt: skip


class KeyTree(NamedTuple):
    """Key nodes and key paths; path ``k`` leads from key node ``k`` up to ``parent[k]``.

    Attributes
    ----------
    order
        Nodes of the tree, each before those that hang from it.
    up
        ``(n,)`` edge towards the root; -1 for the root and outside the tree.
    low
        ``(n,)`` number of the first key node from a node downwards, itself included; -1 outside.
    node, parent, depth, size, length
        ``(K,)`` node, next key node above (-1 for the root), number of key paths to the root,
        number of key nodes from here downwards, cost of the key path.
    head
        ``(K,)`` top of the heavy chain that a key node is on.
    """

    order: IndexArray
    up: IndexArray
    low: IndexArray
    node: IndexArray
    parent: IndexArray
    depth: IndexArray
    size: IndexArray
    length: IntArray
    head: IndexArray


@compiled
def key_tree(rows, chosen, is_terminal, root):  # type: ignore[no-untyped-def]  # compiled
    """Return the key tree of the chosen edges below the terminal ``root``; linear time.

    The edges must be free of cycles and of ends that are no terminals.
    """
    order, up, degree = _walked(rows, chosen, root)
    n = len(up)
    low = np.full(n, -1, np.int32)
    above = np.empty(n, np.int32)
    away = np.zeros(n, np.int64)
    count = 0
    for v in order:
        if is_terminal[v] or degree[v] > 2:
            low[v] = count
            count += 1
    node = np.empty(count, np.int32)
    parent = np.full(count, -1, np.int32)
    length = np.zeros(count, np.int64)
    for v in order:
        e = up[v]
        if e >= 0:
            p = rows.start[e] + rows.end[e] - v
            is_key = low[p] >= 0
            above[v] = low[p] if is_key else above[p]
            away[v] = rows.cost[e] if is_key else away[p] + rows.cost[e]
        k = low[v]
        if k >= 0:
            node[k] = v
            length[k] = away[v]
            parent[k] = above[v] if e >= 0 else -1
    for i in range(len(order) - 1, 0, -1):
        v = order[i]
        p = rows.start[up[v]] + rows.end[up[v]] - v
        if low[p] < 0:
            low[p] = low[v]
    depth, size, head = _chains(parent)
    return KeyTree(order, up, low, node, parent, depth, size, length, head)


@compiled
def _walked(rows, chosen, root):  # type: ignore[no-untyped-def]  # compiled
    """Return the nodes below ``root`` in depth-first order, edges upwards, and tree degrees."""
    n = len(rows.first) - 1
    order = np.empty(n, np.int32)
    stack = np.empty(n, np.int32)
    up = np.full(n, -1, np.int32)
    degree = np.zeros(n, np.int32)
    seen = np.zeros(n, np.bool_)
    stack[0] = root
    seen[root] = True
    size = 1
    count = 0
    while size > 0:
        size -= 1
        v = stack[size]
        order[count] = v
        count += 1
        for a in range(rows.first[v], rows.first[v + 1]):
            if not chosen[rows.edge[a]]:
                continue
            degree[v] += 1
            w = rows.neighbour[a]
            if not seen[w]:
                seen[w] = True
                up[w] = rows.edge[a]
                stack[size] = w
                size += 1
    return order[:count].copy(), up, degree


@compiled
def _chains(parent):  # type: ignore[no-untyped-def]  # compiled
    """Return depth, size and the heads of heavy chains of a tree numbered depth first."""
    count = len(parent)
    depth = np.zeros(count, np.int32)
    size = np.ones(count, np.int32)
    heavy = np.full(count, -1, np.int32)
    head = np.arange(count).astype(np.int32)
    for k in range(count - 1, 0, -1):
        p = parent[k]
        size[p] += size[k]
        if heavy[p] < 0 or size[k] > size[heavy[p]]:
            heavy[p] = k
    for k in range(1, count):
        depth[k] = depth[parent[k]] + 1
        if heavy[parent[k]] == k:
            head[k] = head[parent[k]]
    return depth, size, head


@compiled
def meeting(tree, a, b):  # type: ignore[no-untyped-def]  # compiled
    """Return the lowest key node that is above or at both; logarithmic time."""
    head, parent, depth = tree.head, tree.parent, tree.depth
    while head[a] != head[b]:
        if depth[head[a]] < depth[head[b]]:
            b = parent[head[b]]
        else:
            a = parent[head[a]]
    return a if depth[a] < depth[b] else b
