"""The exact end of a search: cases by whether a tree passes a node or not.

Each case is a kernel of its own: without the node, or with the node as one more terminal. The
cheapest tree is in one of them; a case ends when its bound reaches the cost of the best tree.
The smallest bound of the open cases holds for all trees.
"""

from __future__ import annotations

import heapq
from dataclasses import replace

import numpy as np

from app.planning.arrays import BoolArray, components
from app.planning.tree.kernel import Kernel, reduced
from app.planning.tree.treesearch import TreeSearch

_CASES = 2_000
"""Cases that are looked at before giving up."""

_ASCENTS = 3
"""Ascents in each case, each from another root."""

_TOLERANCE = 1.2
"""Patience of the ascents; see `app.planning.tree.ascent.ascend`."""


def finish(search: TreeSearch, gap: float, most: int = _CASES) -> None:
    """Split a search into cases until the tree is proven, or cases or time run out.

    The most promising case comes first, so that the bound rises with every case.
    """
    open_cases = [(search.bound, 0, search.kernel)]
    made = 0
    for _ in range(most):
        if not open_cases or search.gap <= gap or search.clock.is_over():
            break
        bound, _, kernel = heapq.heappop(open_cases)
        case = _looked_at(search, kernel, bound)
        if not case.is_proven:
            for part in _split(case):
                made += 1
                heapq.heappush(open_cases, (case.bound, made, part))
        lowest = open_cases[0][0] if open_cases else search.cost
        assert lowest is not None
        search.raise_bound(lowest)


def _looked_at(search: TreeSearch, kernel: Kernel, bound: int) -> TreeSearch:
    """Search one case for a short time; trees that it finds count for the whole search."""
    case = replace(
        search,
        kernel=kernel,
        bound=bound,
        history=[],
        pool=list(search.pool),
        keeps_best=False,
        recombination=None,
    )
    free = _reached(kernel) & ~kernel.is_terminal
    if not free.any():
        # All nodes must be joined: the cheapest spanning tree is the answer to the case.
        case.offer(case.tidied(_reached(kernel)[kernel.graph.start]))
        case.raise_bound(case.cost or 0)
    for number in range(_ASCENTS):
        if case.is_proven or case.clock.is_over():
            break
        terminals = case.kernel.terminals
        origin = int(terminals[search.random.integers(len(terminals))])
        case.ascend(origin, _TOLERANCE, guided=number % 2 == 0)
    assert case.cost is not None and search.cost is not None
    if case.cost < search.cost:
        search.adopt(case)
    return case


def _reached(kernel: Kernel) -> BoolArray:
    """Return the nodes that the terminals can be joined to."""
    g = kernel.graph
    label = components(g.node_count, g.start, g.end)
    return np.asarray(label == label[kernel.terminals[0]])


def _split(case: TreeSearch) -> list[Kernel]:
    """Return the cases without and with the node that most tree edges meet at."""
    kernel = case.kernel
    g = kernel.graph
    tree = case.tree()
    free = _reached(kernel) & ~kernel.is_terminal
    if not free.any():
        return [kernel]  # settled when its turn comes
    in_tree = np.bincount(np.concatenate((g.start[tree], g.end[tree])), minlength=g.node_count)
    score = np.where(free, in_tree * (g.edge_count + 1) + np.diff(g.first), -1)
    node = int(np.argmax(score))
    parts = []
    kept = (g.start != node) & (g.end != node)
    label = components(g.node_count, g.start[kept], g.end[kept])[kernel.terminals]
    if (label == label[0]).all():
        parts.append(reduced(kernel, kept))
    terminals = np.sort(np.append(kernel.terminals, np.int32(node))).astype(np.int32)
    parts.append(reduced(replace(kernel, terminals=terminals)))
    return parts
