"""The part of a graph that is left to search, and the way back to the graph itself.

Whatever no cheapest tree needs is taken out: dead ends, all but the cheapest of parallel edges,
and nodes that a way only passes through. An edge of the kernel therefore stands for a path of
edges of the graph.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, IntArray, build_graph, compiled


@dataclass(frozen=True)
class Kernel:
    """A reduced graph with terminals.

    Parameters
    ----------
    graph
        Nodes are numbered anew.
    node
        ``(n,)`` number of each node in the original graph.
    offset, item
        The kernel's edge ``e`` stands for the original edges ``item[offset[e]:offset[e + 1]]``,
        in order from its start to its end.
    terminals
        ``(k,)`` sorted nodes to be joined, the root among them.
    fixed, base
        Original edges that belong to every tree, and their cost.
    """

    graph: Graph
    node: IndexArray
    offset: IntArray
    item: IntArray
    terminals: IndexArray
    fixed: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    base: int = 0

    @property
    def is_terminal(self) -> BoolArray:
        """``(n,)`` mask of the terminals."""
        mask = np.zeros(self.graph.node_count, dtype=np.bool_)
        mask[self.terminals] = True
        return mask

    def original(self, chosen: BoolArray) -> IntArray:
        """Return the sorted original edges of a tree: the fixed ones, and those chosen."""
        counts = np.diff(self.offset)
        return np.sort(np.concatenate((self.fixed, self.item[np.repeat(chosen, counts)])))

    def mask_of(self, original: BoolArray) -> BoolArray:
        """Return the edges of the kernel whose original edges are all in a mask."""
        if not self.graph.edge_count:
            return np.zeros(0, dtype=np.bool_)
        inside = original[self.item].astype(np.int64)
        return np.asarray(np.add.reduceat(inside, self.offset[:-1]) == np.diff(self.offset))


def whole(graph: Graph, terminals: IndexArray) -> Kernel:
    """Return a graph as the kernel of itself."""
    return Kernel(
        graph,
        np.arange(graph.node_count, dtype=np.int32),
        np.arange(graph.edge_count + 1, dtype=np.int64),
        np.arange(graph.edge_count, dtype=np.int64),
        np.unique(terminals).astype(np.int32),
    )


def is_spanning(kernel: Kernel, tree: BoolArray) -> bool:
    """Return whether a forest without useless ends joins all terminals."""
    g = kernel.graph
    inside = kernel.is_terminal
    inside[g.start[tree]] = True
    inside[g.end[tree]] = True
    return int(np.count_nonzero(tree)) == int(np.count_nonzero(inside)) - 1


def reduced(kernel: Kernel, kept: BoolArray | None = None) -> Kernel:
    """Return the kernel without the edges that are not ``kept``, contracted as far as it goes.

    Keeps the cost of the cheapest tree. Runs in passes of linear time.
    """
    mask = np.ones(kernel.graph.edge_count, dtype=np.bool_) if kept is None else kept.copy()
    while True:
        before = int(np.count_nonzero(mask))
        g = kernel.graph
        _without_parallels(g.first, g.neighbour, g.edge, g.cost, mask)
        smaller = contracted(kernel, mask)
        if smaller.graph.edge_count == before:
            return smaller
        kernel = smaller
        mask = np.ones(kernel.graph.edge_count, dtype=np.bool_)


@compiled
def _without_parallels(first, neighbour, edge, cost, mask):  # type: ignore[no-untyped-def]  # compiled
    """Take loops and all but the first cheapest of parallel edges out of a mask."""
    cheapest = np.full(len(first) - 1, -1, np.int64)
    for v in range(len(first) - 1):
        for a in range(first[v], first[v + 1]):
            e, w = edge[a], neighbour[a]
            if w <= v:
                mask[e] &= w != v  # a loop; otherwise seen from the other end
            elif mask[e]:
                known = cheapest[w]
                if known < 0 or cost[e] < cost[known]:
                    cheapest[w] = e
                    e = known
                if e >= 0:
                    mask[e] = False
        for a in range(first[v], first[v + 1]):
            cheapest[neighbour[a]] = -1


def contracted(kernel: Kernel, mask: BoolArray) -> Kernel:
    """Prune dead ends and draw passed nodes into edges."""
    g = kernel.graph
    is_terminal = kernel.is_terminal
    degree = _prune_ends(g.first, g.neighbour, g.edge, mask, is_terminal)
    is_key = is_terminal | (degree > 2)
    start, end, cost, offset, item = _chains(
        g.first, g.neighbour, g.edge, g.start, g.cost, mask, is_key, kernel.offset, kernel.item
    )
    number = np.cumsum(is_key) - 1
    graph = build_graph(int(is_key.sum()), number[start], number[end], cost)
    terminals = number[kernel.terminals].astype(np.int32)
    return replace(
        kernel, graph=graph, node=kernel.node[is_key], offset=offset, item=item,
        terminals=terminals,
    )  # fmt: skip


@compiled
def _prune_ends(first, neighbour, edge, mask, is_terminal):  # type: ignore[no-untyped-def]  # compiled
    """Take dead ends out of ``mask`` and return the degrees that are left."""
    n = len(first) - 1
    degree = np.zeros(n, np.int64)
    for v in range(n):
        for a in range(first[v], first[v + 1]):
            if mask[edge[a]]:
                degree[v] += 1
    for v in range(n):
        w = v
        while degree[w] == 1 and not is_terminal[w]:
            for a in range(first[w], first[w + 1]):
                if mask[edge[a]]:
                    mask[edge[a]] = False
                    degree[w] = 0
                    w = neighbour[a]
                    degree[w] -= 1
                    break
    return degree


@compiled
def _chains(first, neighbour, edge, begin, cost, mask, is_key, offset, item):  # type: ignore[no-untyped-def]  # compiled
    """Walk from each key node to the next ones and return the ways between them as edges.

    Items are written in the order of the way.
    """
    m = len(cost)
    start = np.empty(m, np.int32)
    end = np.empty(m, np.int32)
    total = np.empty(m, np.int64)
    new_offset = np.zeros(m + 1, np.int64)
    new_item = np.empty(len(item), np.int64)
    done = np.zeros(m, np.bool_)
    count = 0
    filled = 0
    for v in range(len(first) - 1):
        if not is_key[v]:
            continue
        for b in range(first[v], first[v + 1]):
            if not mask[edge[b]] or done[edge[b]]:
                continue
            e, u, w, length = edge[b], np.int32(v), neighbour[b], np.int64(0)
            while True:
                done[e] = True
                length += cost[e]
                size = offset[e + 1] - offset[e]
                part = item[offset[e] : offset[e + 1]]
                new_item[filled : filled + size] = part if begin[e] == u else part[::-1]
                filled += size
                if is_key[w]:
                    break
                for a in range(first[w], first[w + 1]):
                    if mask[edge[a]] and not done[edge[a]]:
                        e, u, w = edge[a], w, neighbour[a]
                        break
            start[count], end[count], total[count] = v, w, length
            count += 1
            new_offset[count] = filled
    return start[:count], end[:count], total[:count], new_offset[: count + 1], new_item[:filled]
