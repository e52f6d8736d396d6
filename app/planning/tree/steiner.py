"""The cheapest tree that joins terminals to a root: the engine behind the extension study.

`solve` is the only door. Another engine takes its place by keeping the signature and returning
a `TreeSolution`; nothing else in the program knows how the tree is found.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress, no_progress
from app.planning.arrays import Graph, IntArray, build_graph, components
from app.planning.tree.ascent import ascend, keepable
from app.planning.tree.bags import bags_of, cheapest_tree
from app.planning.tree.casebook import Casebook, CaseProof
from app.planning.tree.cases import finish
from app.planning.tree.kernel import contracted, reduced, whole
from app.planning.tree.lifting import Lifting, Proof
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.narrowing import Narrowing
from app.planning.tree.treesearch import Clock, Moment, TreeSearch, grown

ENGINE = "anello-tree-3"
"""Name and version that plans store."""

_TELL_S = 0.1
"""Time between two messages about the progress."""

_STALL_ROUNDS = 20
"""After so many rounds that change nothing to speak of, the search ends."""

_SMALL = 3_000
"""Kernels with at most so many edges are searched by cases ..."""

_RETOLD = 100
"""Cases at most that are told apart only to have a proof that can be checked."""

_IDLE_ROUNDS = 6
"""... after so many rounds that change nothing to speak of ..."""

_AGAIN = 0.8
"""... and once more when they have shrunk to this fraction."""

_STALL = 0.02
"""Part of the gap by which cost and bound must come closer to speak of."""


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
    history
        What was known when: cost and bound at each change.
    proof
        The best dual solution for all trees at once. Where cases were told apart, or all
        trees below the cost of the best one gone through, the bound may be higher.
    cases
        Dual solutions for the cases that were told apart, if they took little memory.
    """

    edges: IntArray
    cost: int
    lower_bound: int | None
    gap: float | None
    engine: str
    seconds: float
    unreached: tuple[int, ...] = ()
    history: tuple[Moment, ...] = ()
    proof: Proof | None = None
    cases: tuple[CaseProof, ...] = ()


def solve(
    graph: Graph,
    terminals: Sequence[int],
    root: int,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    patience: int | None = _STALL_ROUNDS,
    progress: Progress = no_progress,
) -> TreeSolution:
    """Return a cheap tree that joins ``terminals`` to ``root``, with a proven lower bound.

    Minimises the sum of edge costs. The graph is reduced to what a cheapest tree may need: dead
    ends, passed nodes, parallel edges and edges with shorter alternatives go first, and again
    whatever the bound rules out. Bound: dual ascent, made better by moves that raise prices of
    neighbouring terminals anew. Trees: path heuristics on the arcs that the ascent frees and on
    shaken costs, exchange of key paths and key nodes, the best tree in the union of good ones,
    and searches of what is near the bound. What is left when little changes is searched by
    cases, if it is small. The first tree is at most twice as dear as the cheapest. The search
    ends by itself when ``patience`` rounds in a row have closed less than a fiftieth of the gap.

    Parameters
    ----------
    time_limit_s
        The search ends then, within some 0.1 s; a first tree is always completed.
    gap
        Stop when the proven gap is at most this fraction.
    seed
        Chooses roots and shaken costs; equal seeds give equal trees unless time runs out.
    patience
        Rounds without progress to speak of; ``None`` searches until the time is up.
    """
    _compile()
    begun = time.monotonic()
    label = components(graph.node_count, graph.start, graph.end)
    wanted = list(dict.fromkeys(int(t) for t in terminals if t != root))
    unreached = tuple(t for t in wanted if label[t] != label[root])
    joined = np.array([root, *(t for t in wanted if label[t] == label[root])], dtype=np.int32)
    teller = _Teller(progress, begun, time_limit_s)
    progress(0.02, message(QT_TRANSLATE_NOOP("core", "Looking for a first tree")))
    search = TreeSearch(
        reduced(whole(graph, joined)), graph.edge_count, np.random.default_rng(seed),
        Clock(begun + time_limit_s, teller.tell), begun,
    )  # fmt: skip
    teller.search = search
    search.begin()
    book = _run(search, gap, math.inf if patience is None else patience)
    progress(1.0)
    return TreeSolution(
        search.best, search.cost or 0, search.bound, search.gap, ENGINE,
        time.monotonic() - begun, unreached, tuple(search.history),
        search.lifting.proof() if search.lifting else None, book.proofs(),
    )  # fmt: skip


def _run(search: TreeSearch, gap: float, patience: float) -> Casebook:
    """Do rounds until the gap is small enough, the time is up or nothing changes any more.

    Returns what proves the bound of the cases that raised it last.
    """
    book = Casebook()
    narrowing = Narrowing()
    idle = 0
    known = (search.cost or 0, search.bound)
    tried = math.inf
    while not search.is_proven and search.gap > gap and idle < patience:
        if search.clock.is_over():
            break
        edges = search.kernel.graph.edge_count
        if idle >= _IDLE_ROUNDS and edges <= min(_SMALL, _AGAIN * tried):
            tried = edges
            before, fresh = search.bound, Casebook()
            finish(search, gap, book=fresh)
            book = fresh if search.bound > before else book
        else:
            search.follow()
            inner = narrowing.prepare(search)
            search.round(partial(narrowing.run, inner, search) if inner else None)
        change = known[0] - (search.cost or 0) + search.bound - known[1]
        idle += 1
        if change > _STALL * (known[0] - known[1]):
            idle = 0
            known = (search.cost or 0, search.bound)
    return _retold(search, book)


def _retold(search: TreeSearch, book: Casebook) -> Casebook:
    """Tell a few cases apart where all cheaper trees were gone through: that can be checked."""
    lifting = search.lifting
    if not search.is_proven or lifting is None or not lifting.is_of(search.kernel):
        return book
    if max(lifting.bound, book.claim) >= search.bound or search.kernel.graph.edge_count > _SMALL:
        return book
    again = replace(
        search, bound=lifting.bound, history=[], pool=list(search.pool), recombination=None
    )
    fresh = Casebook()
    finish(again, 0.0, _RETOLD, fresh)
    return fresh


class _Teller:
    """Passes on how far a search is, in time, at most ten times a second."""

    def __init__(self, progress: Progress, begun_s: float, limit_s: float) -> None:
        self._progress = progress
        self._begun_s = begun_s
        self._limit_s = max(limit_s, 0.001)
        self._told_s = begun_s
        self.search: TreeSearch | None = None

    def tell(self) -> None:
        """Tell that the search goes on; the message carries cost and bound so far as values."""
        now = time.monotonic()
        if now - self._told_s < _TELL_S:
            return
        self._told_s = now
        fraction = 0.05 + 0.9 * min(1.0, (now - self._begun_s) / self._limit_s)
        text = QT_TRANSLATE_NOOP("core", "Improving the tree and its bound")
        search = self.search
        if search is None or search.cost is None:
            self._progress(fraction, message(text))
        else:
            self._progress(fraction, message(text, cost=int(search.cost), bound=int(search.bound)))


def warm_up() -> None:
    """Compile every kernel on a tiny graph, so that the first plan does not wait."""
    _compile()


@cache
def _compile() -> None:
    """Run all kernels once: compiling shall not eat into the time limit of a search."""
    graph = build_graph(
        6, [0, 1, 2, 3, 0, 1, 3, 4, 5, 5], [1, 2, 3, 0, 2, 3, 4, 5, 0, 2],
        [3, 4, 5, 6, 7, 4, 5, 6, 7, 5],
    )  # fmt: skip
    components(graph.node_count, graph.start, graph.end)
    joined = np.array([0, 1, 3, 4], dtype=np.int32)
    search = TreeSearch(
        reduced(whole(graph, joined)), graph.edge_count, np.random.default_rng(0),
        Clock(math.inf), 0.0,
    )  # fmt: skip
    search.begin()
    # A tiny graph is settled before everything was needed; do the rest on purpose.
    ascent = ascend(graph, joined, 0, 1.0, guide=np.ones(graph.edge_count, dtype=np.bool_))
    keepable(graph, joined, ascent, 3)
    tree = grown(graph, joined, 0, np.ones(graph.edge_count, dtype=np.bool_))
    improve_tree(graph, tree, np.isin(np.arange(6), joined), search.clock.is_over)
    bags = bags_of(graph, 0)
    assert bags is not None
    cheapest_tree(graph, joined, bags)
    lifting = Lifting(search.random)
    kernel = whole(graph, joined)
    lifting.follow(kernel, lambda: False)
    lifting.lift(1_000, 20, lambda: False)
    lifting.follow(contracted(kernel, np.ones(graph.edge_count, dtype=np.bool_)), lambda: False)
    lifting.proof()
