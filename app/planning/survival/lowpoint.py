"""Bridges, cut nodes and blocks in one walk (Hopcroft and Tarjan 1973); parallel edges count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, compiled


@dataclass(frozen=True)
class Walk:
    """A depth-first walk.

    Parameters
    ----------
    entered, last
        ``(n,)`` when a node was entered, and when the last node below it was; nodes below
        ``v`` are those entered from ``entered[v]`` to ``last[v]``.
    low
        ``(n,)`` the earliest node that an edge from below ``v`` leads back to.
    parent, parent_edge
        ``(n,)``, -1 at the roots of the walk.
    """

    entered: IndexArray
    last: IndexArray
    low: IndexArray
    parent: IndexArray
    parent_edge: IndexArray

    @property
    def is_below_bridge(self) -> BoolArray:
        """``(n,)`` whether the edge to a node's parent is a bridge."""
        has = self.parent >= 0
        return np.asarray(has & (self.low == self.entered))

    def bridges(self) -> IndexArray:
        """Return the sorted edges whose loss parts the graph."""
        return np.sort(self.parent_edge[self.is_below_bridge])

    def cut_nodes(self) -> IndexArray:
        """Return the sorted nodes whose loss parts the graph."""
        child = np.flatnonzero(self.parent >= 0)
        above = self.parent[child]
        begun = above[self.low[child] >= self.entered[above]]
        # A root begins a block with its first child already and cuts only with its second.
        count = np.bincount(begun, minlength=len(self.parent)) - (self.parent < 0)
        return np.flatnonzero(count > 0).astype(np.int32)

    def blocks(self, graph: Graph) -> IndexArray:
        """Return the ``(m,)`` block of each edge, numbered as the walk met them, -1 for loops.

        A block is a largest part that stays in one piece whichever node is lost; a bridge is a
        block of its own. Linear time.
        """
        return np.asarray(_blocks(graph.start, graph.end, self.entered, self.low, self.parent))


def walk(graph: Graph, first_root: int = 0) -> Walk:
    """Walk the graph depth first, from ``first_root`` and then from what it did not reach."""
    return Walk(*_walk(graph.first, graph.neighbour, graph.edge, first_root))


@compiled
def _walk(first, neighbour, edge, first_root):  # type: ignore[no-untyped-def]  # compiled
    n = len(first) - 1
    entered = np.full(n, -1, np.int32)
    last = np.full(n, -1, np.int32)
    low = np.full(n, -1, np.int32)
    parent = np.full(n, -1, np.int32)
    parent_edge = np.full(n, -1, np.int32)
    place = first[:-1].copy()
    stack = np.empty(n, np.int32)
    time = 0
    for i in range(-1, n):
        root = first_root if i < 0 else i
        if root >= n or entered[root] >= 0:
            continue
        depth = 1
        stack[0] = root
        entered[root] = time
        low[root] = time
        time += 1
        while depth > 0:
            v = stack[depth - 1]
            if place[v] < first[v + 1]:
                a = place[v]
                place[v] += 1
                w = neighbour[a]
                if entered[w] < 0:
                    parent[w] = v
                    parent_edge[w] = edge[a]
                    entered[w] = time
                    low[w] = time
                    time += 1
                    stack[depth] = w
                    depth += 1
                elif edge[a] != parent_edge[v]:
                    low[v] = min(low[v], entered[w])
            else:
                depth -= 1
                last[v] = time - 1
                if depth > 0:
                    low[stack[depth - 1]] = min(low[stack[depth - 1]], low[v])
    return entered, last, low, parent, parent_edge


@compiled
def _blocks(start, end, entered, low, parent):  # type: ignore[no-untyped-def]  # compiled
    """Number the block of the edge above each node, then give every edge that of its lower end."""
    n = len(entered)
    order = np.empty(n, np.int32)
    for v in range(n):
        order[entered[v]] = v
    above = np.full(n, -1, np.int32)
    count = 0
    for i in range(n):
        v = order[i]
        p = parent[v]
        if p >= 0 and low[v] >= entered[p]:
            above[v] = count
            count += 1
        elif p >= 0:
            above[v] = above[p]
    block = np.full(len(start), -1, np.int32)
    for e in range(len(start)):
        if start[e] != end[e]:
            is_lower = entered[start[e]] > entered[end[e]]
            block[e] = above[start[e]] if is_lower else above[end[e]]
    return block
