"""The cheapest tree that joins terminals to a root: the engine behind the extension study.

`solve` is the only door. Another engine takes its place by keeping the signature and returning
a `TreeSolution`; nothing else in the program knows how the tree is found.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress, no_progress
from app.planning.arrays import BoolArray, Graph, IndexArray, IntArray, build_graph, components
from app.planning.ascent import dual_ascent
from app.planning.localsearch import improve_tree
from app.planning.treekernels import closure_tree, grow_tree, tidy_tree, tree_cost

ENGINE = "anello-tree-1"
"""Name and version that plans store: dual ascent, path heuristics, local search."""

_TOLERANCE = 1.5
"""Patience of the dual ascent; see `app.planning.ascent`."""

_ROUNDS = 6
"""Rounds of ascent, each from another root, at most."""


_STALL = 0.001
"""After a round that narrows the gap by less than this, the search ends."""


@dataclass(frozen=True)
class TreeSolution:
    """A tree and how good it is proven to be.

    Attributes
    ----------
    edges
        Sorted edge numbers.
    cost, lower_bound
        In the graph's cost unit; the bound is ``None`` when the engine proves none.
    gap
        ``(cost - lower_bound) / cost``, ``None`` without bound.
    unreached
        Terminals that no path joins to the root, in the given order; not in the tree.
    """

    edges: IntArray
    cost: int
    lower_bound: int | None
    gap: float | None
    engine: str
    seconds: float
    unreached: tuple[int, ...] = ()


def solve(
    graph: Graph,
    terminals: Sequence[int],
    root: int,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    progress: Progress = no_progress,
) -> TreeSolution:
    """Return a cheap tree that joins ``terminals`` to ``root``, with a proven lower bound.

    Minimises the sum of edge costs. Trees: Mehlhorn's and Takahashi-Matsuyama's heuristics
    (at most twice the optimum), the latter also on the arcs that dual ascent saturates, each
    followed by a spanning-tree clean-up and exchange of key paths and key nodes. Bound: dual
    ascent from the root and from some terminals, the best of which counts.

    Parameters
    ----------
    time_limit_s
        No new round is begun afterwards; the first answer is always completed.
    gap
        Stop when the proven gap is at most this fraction.
    seed
        Chooses the roots of further rounds; equal seeds give equal trees unless time runs out.
    """
    _compile()
    begun = time.monotonic()
    label = components(graph.node_count, graph.start, graph.end)
    wanted = list(dict.fromkeys(int(t) for t in terminals if t != root))
    unreached = tuple(t for t in wanted if label[t] != label[root])
    reached: IndexArray = np.array([t for t in wanted if label[t] == label[root]], dtype=np.int32)
    search = _Search(graph, reached, root, begun + time_limit_s)
    progress(0.05, message(QT_TRANSLATE_NOOP("core", "Looking for a first tree")))
    if len(reached):
        search.construct()
    generator = np.random.default_rng(seed)
    others = generator.permutation(reached)
    is_stalled = False
    for round_number in range(min(_ROUNDS, len(others) + 1) if len(reached) else 0):
        elapsed = time.monotonic() - begun
        if round_number and (elapsed > time_limit_s or search.gap() <= gap or is_stalled):
            break
        before = search.gap()
        progress(
            0.1 + 0.85 * round_number / _ROUNDS,
            message(QT_TRANSLATE_NOOP("core", "Improving the tree and its bound")),
        )
        origin = root if round_number == 0 else int(others[round_number - 1])
        search.round(origin)
        is_stalled = round_number > 0 and before - search.gap() < _STALL
    progress(1.0)
    return search.solution(unreached, time.monotonic() - begun)


def warm_up() -> None:
    """Compile every kernel on a tiny graph, so that the first plan does not wait."""
    _compile()


@cache
def _compile() -> None:
    """Run all kernels once: compiling shall not eat into the time limit of a search."""
    graph = build_graph(4, [0, 1, 2, 3, 0], [1, 2, 3, 0, 2], [3, 4, 5, 6, 7])
    components(graph.node_count, graph.start, graph.end)
    search = _Search(graph, np.array([1, 2, 3], dtype=np.int32), 0, math.inf)
    search.construct()
    search.round(0)


class _Search:
    """The best tree and bound so far."""

    def __init__(self, graph: Graph, terminals: IndexArray, root: int, deadline_s: float) -> None:
        self._graph = graph
        self._root = root
        self._deadline_s = deadline_s
        self._all = np.concatenate((np.array([root], dtype=np.int32), terminals.astype(np.int32)))
        self._is_terminal = np.zeros(graph.node_count, dtype=np.bool_)
        self._is_terminal[self._all] = True
        self._best = np.zeros(graph.edge_count, dtype=np.bool_)
        self._cost: int | None = None
        self._bound = 0

    def construct(self) -> None:
        """Build the first trees without knowledge of the bound."""
        g = self._graph
        csr = (g.first, g.neighbour, g.edge, g.start, g.end, g.cost)
        self._offer(closure_tree(*csr, self._all), improve=False)
        self._offer(grow_tree(*csr, self._all, self._root), improve=False)

    def round(self, origin: int) -> None:
        """Ascend from ``origin``, and build a tree on the arcs that became free of charge."""
        g = self._graph
        terminals = self._all[self._all != origin]
        bound, reduced = dual_ascent(
            g.first, g.neighbour, g.edge, g.start, g.cost, terminals, origin, _TOLERANCE
        )
        self._bound = max(self._bound, int(bound))
        free = (reduced == 0).any(axis=0)
        tree = self._offer(self._grow(free | self._best, origin))
        if tree is not self._best:
            self._offer(self._grow(tree | self._best, origin))

    def _grow(self, allowed: BoolArray, origin: int) -> BoolArray:
        """Return a tree of allowed edges, grown from ``origin``."""
        g = self._graph
        kept = np.flatnonzero(allowed)
        part = build_graph(g.node_count, g.start[kept], g.end[kept], g.cost[kept])
        grown = grow_tree(
            part.first, part.neighbour, part.edge, part.start, part.end, part.cost,
            self._all, origin,
        )  # fmt: skip
        chosen = np.zeros(g.edge_count, dtype=np.bool_)
        chosen[kept[grown]] = True
        return chosen

    def gap(self) -> float:
        """Proven gap of the best tree."""
        if not self._cost:
            return 0.0
        return (self._cost - self._bound) / self._cost

    def solution(self, unreached: tuple[int, ...], seconds: float) -> TreeSolution:
        """Return what was found."""
        edges = np.flatnonzero(self._best).astype(np.int64)
        cost = self._cost or 0
        return TreeSolution(edges, cost, self._bound, self.gap(), ENGINE, seconds, unreached)

    def _offer(self, chosen: BoolArray, *, improve: bool = True) -> BoolArray:
        """Clean a tree up, improve it, keep it if it is the best, and return it."""
        g = self._graph
        tree: BoolArray = tidy_tree(g.node_count, g.start, g.end, g.cost, chosen, self._is_terminal)
        if improve:
            tree = improve_tree(g, tree, self._is_terminal, self._deadline_s)
        cost = int(tree_cost(g.cost, tree))
        if self._cost is None or cost < self._cost:
            self._best, self._cost = tree, cost
        return tree
