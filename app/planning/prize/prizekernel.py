"""The part of a prize problem that is left to search, and the way back to the graph itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, IntArray, components
from app.planning.tree.kernel import Kernel, reduced, whole

MUST = np.int64(2**60)
"""Prize of a node that every tree has to pass."""

_PASSES = 10
"""Passes that look for ends which do not pay; each takes what the one before laid bare."""


@dataclass(frozen=True)
class PrizeKernel:
    """A reduced graph with prizes.

    Parameters
    ----------
    kernel
        The graph; its terminals are the root and the nodes with a prize.
    prize
        ``(n,)`` price of leaving a node out, `MUST` where that is not allowed; so at the root.
    root
        Node that every tree starts from.
    lost
        Prizes of the nodes that are out for good.
    """

    kernel: Kernel
    prize: IntArray
    root: int
    lost: int

    @property
    def graph(self) -> Graph:
        """The graph that is left."""
        return self.kernel.graph

    @property
    def must(self) -> IndexArray:
        """Sorted nodes that every tree has to pass, the root among them."""
        return np.flatnonzero(self.prize >= MUST).astype(np.int32)

    @property
    def paying(self) -> IndexArray:
        """Sorted nodes that a cheapest tree may end at: their prize exceeds the way to them."""
        g = self.graph
        nearest = np.full(g.node_count, MUST - 1, dtype=np.int64)
        np.minimum.at(nearest, g.start, g.cost)
        np.minimum.at(nearest, g.end, g.cost)
        return np.flatnonzero(self.prize > nearest).astype(np.int32)


def prize_kernel(graph: Graph, prizes: IntArray, root: int, must: IndexArray) -> PrizeKernel:
    """Return a graph as the kernel of itself; ``must`` nodes are passed by every tree."""
    prize = prizes.astype(np.int64)
    prize[must] = MUST
    prize[root] = MUST
    return PrizeKernel(whole(graph, _terminals(prize)), prize, root, 0)


def narrowed(
    problem: PrizeKernel, kept: BoolArray | None = None, out: IndexArray | None = None
) -> PrizeKernel | None:
    """Return the problem without some edges and nodes, contracted as far as it goes.

    Keeps the least cost of the trees that use nothing else. Nodes that nothing joins to the
    root are out, and so are dead ends that cost as much as their prize. Returns None if a node
    that has to be passed is out. Some passes of linear time, but for sorting.
    """
    g, prize, lost = problem.graph, problem.prize.copy(), problem.lost
    mask = np.ones(g.edge_count, dtype=np.bool_) if kept is None else kept.copy()
    if out is not None:
        mask &= ~(np.isin(g.start, out) | np.isin(g.end, out))
    label = components(g.node_count, g.start[mask], g.end[mask])
    lonely = (label != label[problem.root]) & (prize > 0)
    if (prize[lonely] >= MUST).any():
        return None
    lost += int(prize[lonely].sum())
    prize[lonely] = 0
    wide = np.zeros(int(problem.kernel.node.max(initial=0)) + 1, dtype=np.int64)
    wide[problem.kernel.node] = prize
    root = problem.kernel.node[problem.root]
    kernel = reduced(replace(problem.kernel, terminals=_terminals(prize)), mask)
    for _ in range(_PASSES):
        prize = wide[kernel.node]
        ends = _worthless_ends(kernel.graph, prize)
        if not len(ends):
            break
        lost += int(prize[ends].sum())
        wide[kernel.node[ends]] = 0
        prize[ends] = 0
        kernel = reduced(replace(kernel, terminals=_terminals(prize)))
    prize = wide[kernel.node]
    return PrizeKernel(kernel, prize, int(np.flatnonzero(kernel.node == root)[0]), lost)


def with_must(problem: PrizeKernel, nodes: IndexArray) -> PrizeKernel:
    """Return the problem of the trees that pass some more nodes."""
    prize = problem.prize.copy()
    prize[nodes] = MUST
    return replace(
        problem, prize=prize, kernel=replace(problem.kernel, terminals=_terminals(prize))
    )


def _terminals(prize: IntArray) -> IndexArray:
    return np.flatnonzero(prize > 0).astype(np.int32)


def _worthless_ends(graph: Graph, prize: IntArray) -> IndexArray:
    """Return nodes with one edge that costs at least their prize."""
    rows = np.flatnonzero((np.diff(graph.first) == 1) & (prize > 0) & (prize < MUST))
    cost = graph.cost[graph.edge[graph.first[rows]]]
    return rows[prize[rows] <= cost].astype(np.int32)
