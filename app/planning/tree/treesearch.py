"""The search for a cheap tree and a high bound, one narrowing the other.

A round lifts the bound while other trees are sought around the best one and recombined, then
drops the edges that no cheaper tree can use, and builds a tree on the arcs that became free of
charge.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, IntArray, build_graph, components
from app.planning.tree.ascent import Ascent, ascend, keepable
from app.planning.tree.besides import beside
from app.planning.tree.duals import Dual
from app.planning.tree.kernel import Kernel, is_spanning, reduced
from app.planning.tree.lifting import Lifting
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.recombination import Recombination
from app.planning.tree.settling import FIRST_STATES, MOST_STATES, settled
from app.planning.tree.shortcuts import without_shortcuts
from app.planning.tree.treekernels import closure_tree, grow_tree, tidy_tree, tree_cost

_POOL = 16
"""Trees that are remembered."""

_STEPS = 3
"""Trees that are shaken and recombined in a round."""

_TOLERANCES = (1.5, 1.0, 1.2)
"""Patience of successive ascents; see `app.planning.tree.ascent.ascend`."""

_SHORTER = 0.9
"""Shortcuts are sought again when the kernel has shrunk to this fraction."""

_HALF = 0.5
"""Sure links are drawn together again when it has shrunk to this: dual solutions start anew."""

_EASIER = 0.8
"""All trees are gone through again when edges times margin have shrunk to this fraction."""

_FEWER = 0.99
"""Part of the edges that may stay at most for the others to be dropped."""

_WORK, _LEAST_WORK, _MOST_WORK = 300, 500_000, 25_000_000
"""Arcs that moves look at in a round: so many for each edge, with limits."""


@dataclass(frozen=True)
class Moment:
    """What was known at a time: seconds from the beginning, cost, lower bound."""

    seconds: float
    cost: int
    lower_bound: int


@dataclass(frozen=True)
class Clock:
    """Says when to stop, and tells the world how far the search is whenever asked."""

    deadline_s: float
    tell: Callable[[], None] = lambda: None

    def is_over(self) -> bool:
        """Return whether the time is up; may raise `app.model.errors.Cancelled`."""
        self.tell()
        return time.monotonic() > self.deadline_s


@dataclass
class TreeSearch:
    """The best tree and bound so far, and what is left to search.

    Parameters
    ----------
    kernel
        What cheaper trees can use, together with the best tree.
    edge_count
        Number of original edges.
    keeps_best
        Whether the kernel is to hold a good tree; without, more of it can go.
    """

    kernel: Kernel
    edge_count: int
    random: np.random.Generator
    clock: Clock
    begun_s: float
    best: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    cost: int | None = None
    bound: int = 0
    history: list[Moment] = field(default_factory=list)
    pool: list[tuple[int, BoolArray]] = field(default_factory=list)
    keeps_best: bool = True
    lifting: Lifting | None = None
    recombination: Recombination | None = None
    _shortened: float = math.inf
    _drawn: float = math.inf
    _hard: float = math.inf
    _states: int = FIRST_STATES

    @property
    def is_proven(self) -> bool:
        """Whether the best tree is known to be the cheapest."""
        return self.cost is not None and self.bound >= self.cost

    @property
    def gap(self) -> float:
        """Proven gap of the best tree."""
        if not self.cost:
            return 0.0
        return (self.cost - self.bound) / self.cost

    def begin(self) -> None:
        """Find a first tree and bound; the tree is completed even when time is up."""
        self.shrink(self.kernel)
        g, terminals = self.kernel.graph, self.kernel.terminals
        csr = (g.first, g.neighbour, g.edge, g.start, g.end, g.cost)
        self.offer(self.tidied(closure_tree(*csr, terminals)))
        self.offer(self.tidied(grow_tree(*csr, terminals, int(terminals[0]))))
        self.recombination = Recombination(self.edge_count, self.random.spawn(1)[0])
        self.lifting = Lifting(self.random)
        self.lifting.follow(self.kernel, self.clock.is_over)
        self.use(self.lifting.dual)

    def follow(self) -> None:
        """Have a dual solution of the kernel as it is now."""
        assert self.lifting is not None
        self.lifting.follow(self.kernel, self.clock.is_over)

    def round(self, meanwhile: Callable[[], None] | None = None) -> None:
        """Lift the bound while trees are sought, then use what the bound tells.

        ``meanwhile`` is done besides; it must not touch the dual solution.
        """
        self.follow()
        self._settle()
        if self.is_proven:
            return
        assert self.lifting is not None and self.recombination is not None
        lifting, kernel, cost = self.lifting, self.kernel, self.cost or 0
        work = min(_MOST_WORK, max(_LEAST_WORK, _WORK * kernel.graph.edge_count))
        with beside(lambda is_stopped: lifting.lift(work, cost, is_stopped), self.clock.is_over):
            for _ in range(_STEPS):
                if self.clock.is_over():
                    break
                self.offer(self.recombination.step(kernel, self.tree(), self.clock.is_over))
            if meanwhile is not None:
                meanwhile()
        if not self.is_proven:
            self.use(lifting.dual)

    def _settle(self) -> None:
        """Go through all trees below the best one's cost if these have become few."""
        assert self.lifting is not None and self.cost is not None
        kernel, dual = self.kernel, self.lifting.dual
        margin = self.cost - kernel.base - dual.bound
        if margin * kernel.graph.edge_count > _EASIER * self._hard:
            return
        self._hard = margin * kernel.graph.edge_count
        tree, is_sure = settled(kernel, dual.reduced, margin, self._states)
        self._states = min(MOST_STATES, 2 * self._states)
        if tree is not None:
            self.offer(tree)
        if is_sure:
            self.raise_bound(self.cost)

    def ascend(self, origin: int, tolerance: float, *, guided: bool) -> None:
        """Raise the bound, build a tree on the free arcs, and drop what is too dear."""
        kernel = self.kernel
        guide = self.tree() if guided else None
        self.use(
            ascend(
                kernel.graph, kernel.terminals, origin, tolerance, guide=guide,
                is_over=self.clock.is_over,
            )
        )  # fmt: skip

    def use(self, dual: Ascent | Dual) -> None:
        """Take the bound of a dual solution, drop what is too dear, and build a tree."""
        kernel = self.kernel
        self.raise_bound(kernel.base + dual.bound)
        if self.is_proven:
            return
        before = self.tree()
        free = np.zeros(kernel.graph.edge_count, dtype=np.bool_)
        free[kernel.graph.edge[dual.reduced == 0]] = True
        self._drop(dual)
        if self.is_proven or self.clock.is_over():
            return
        chosen = grown(kernel.graph, kernel.terminals, dual.origin, free | before)
        self._consider(self.kernel.mask_of(self._wide(kernel.original(chosen))))

    def _drop(self, ascent: Ascent | Dual) -> None:
        """Reduce the kernel to the edges of cheaper trees and of the best one."""
        assert self.cost is not None
        kernel = self.kernel
        kept = keepable(
            kernel.graph, kernel.terminals, ascent, self.cost - kernel.base - ascent.bound
        )
        if self.keeps_best:
            kept |= self.tree()
        elif not _are_joined(kernel, kept):
            self.raise_bound(self.cost)
            return
        if np.count_nonzero(kept) <= _FEWER * kernel.graph.edge_count:
            self.shrink(reduced(kernel, kept))

    def shrink(self, kernel: Kernel) -> None:
        """Go on with less of the graph; look for shortcuts when much of it is gone."""
        self.kernel = kernel
        if kernel.graph.edge_count > _SHORTER * self._shortened:
            return
        draws = kernel.graph.edge_count <= _HALF * self._drawn
        kernel = without_shortcuts(kernel, self.clock.is_over, draws=draws)
        self.kernel = kernel
        self._shortened = kernel.graph.edge_count
        if draws:
            self._drawn = self._shortened

    def raise_bound(self, bound: int) -> None:
        """Take a bound on the kernel's trees: others cost at least as much as the best one."""
        assert self.cost is not None
        bound = min(bound, self.cost)
        if bound > self.bound:
            self.bound = bound
            self._note()

    def _consider(self, chosen: BoolArray) -> None:
        """Complete a set of edges to a tree, improve it, and remember it."""
        g = self.kernel.graph
        tree = self.tidied(chosen)
        tree = improve_tree(g, tree, self.kernel.is_terminal, self.clock.is_over)
        if self.recombination is not None:
            self.recombination.remember(self.kernel, tree)
        self.offer(tree)

    def tidied(self, chosen: BoolArray) -> BoolArray:
        """Return the cheapest spanning tree of the chosen edges' nodes, without useless ends."""
        g = self.kernel.graph
        return np.asarray(
            tidy_tree(g.node_count, g.start, g.end, g.cost, chosen, self.kernel.is_terminal)
        )

    def offer(self, tree: BoolArray) -> None:
        """Remember a tree of the kernel."""
        cost = int(tree_cost(self.kernel.graph.cost, tree)) + self.kernel.base
        if not is_spanning(self.kernel, tree):
            return
        original = self.kernel.original(tree)
        if self.cost is None or cost < self.cost:
            self.best, self.cost = original, cost
            self._note()
        wide = self._wide(original)
        if any(cost == known and bool((wide == mask).all()) for known, mask in self.pool):
            return
        self.pool.append((cost, wide))
        self.pool.sort(key=lambda entry: entry[0])
        del self.pool[_POOL:]

    def adopt(self, other: TreeSearch) -> None:
        """Take over the better tree of another search of the same graph."""
        self.best, self.cost, self.pool = other.best, other.cost, other.pool
        self._note()

    def _note(self) -> None:
        assert self.cost is not None
        self.history.append(Moment(time.monotonic() - self.begun_s, self.cost, self.bound))

    def _wide(self, original: IntArray) -> BoolArray:
        mask = np.zeros(self.edge_count, dtype=np.bool_)
        mask[original] = True
        return mask

    def original(self) -> BoolArray:
        """Return the best tree as a mask of original edges."""
        return self._wide(self.best)

    def tree(self) -> BoolArray:
        """Return the best known tree on the kernel, which need not hold the best one of all."""
        first = self.kernel.mask_of(self.original())
        for known in (self.original(), *(mask for _, mask in self.pool)):
            mask = self.tidied(self.kernel.mask_of(known))
            if is_spanning(self.kernel, mask):
                return mask
        g, terminals = self.kernel.graph, self.kernel.terminals
        cost = np.where(first, 0, g.cost)
        return self.tidied(
            grow_tree(
                g.first, g.neighbour, g.edge, g.start, g.end, cost, terminals, int(terminals[0])
            )
        )  # fmt: skip


def _are_joined(kernel: Kernel, kept: BoolArray) -> bool:
    """Return whether the kept edges can join all terminals."""
    g = kernel.graph
    label = components(g.node_count, g.start[kept], g.end[kept])[kernel.terminals]
    return bool((label == label[0]).all())


def grown(graph: Graph, terminals: IndexArray, origin: int, allowed: BoolArray) -> BoolArray:
    """Return a tree of allowed edges by the path heuristic, grown from ``origin``."""
    kept = np.flatnonzero(allowed)
    part = build_graph(graph.node_count, graph.start[kept], graph.end[kept], graph.cost[kept])
    tree = grow_tree(
        part.first, part.neighbour, part.edge, part.start, part.end, part.cost, terminals, origin
    )
    chosen = np.zeros(graph.edge_count, dtype=np.bool_)
    chosen[kept[tree]] = True
    return chosen
