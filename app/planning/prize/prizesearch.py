"""The search for a good tree with prizes and a high bound, one narrowing the other.

A round ascends from a node that every tree passes, fixes what no better solution can do
without or can use, builds trees on the arcs that became free of charge and on shaken costs,
improves them, and looks for the best tree in the union of some good ones.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, IntArray
from app.planning.prize.prizeascent import PrizeAscent, ascend
from app.planning.prize.prizekernel import MUST, PrizeKernel, narrowed, with_must
from app.planning.prize.prizeshortcuts import needed
from app.planning.prize.prizetrees import best_part, reach_out, value
from app.planning.tree.ascent import Ascent, keepable
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.treekernels import tidy_tree
from app.planning.tree.treesearch import Clock, Moment

TOLERANCES = (1.5, 1.0, 1.2)
"""Patience of successive ascents; see `app.planning.prize.prizeascent.ascend`."""

_POOL = 12
"""Trees that are remembered."""

_PASSES = 12
"""Passes of local search at most."""

_SHAKE = 0.3
"""Costs and prizes are changed by up to this fraction to find other trees."""

_ANEW = 0.1
"""Part of the other trees that are grown from nothing."""

_BOLD = 1e9
"""Reach for every prize: what does not pay is dropped afterwards."""

_SHORTER = 0.9
"""Shortcuts are sought again when the kernel has shrunk to this fraction."""

_WORTH = 0.02
"""Part of the edges that a search for shortcuts must take out for another one to follow."""


@dataclass
class PrizeSearch:
    """The best tree and bound so far, and what is left to search.

    Parameters
    ----------
    problem
        What better trees can use.
    edge_count
        Number of original edges; trees are kept as masks of them.
    cost
        Cost of the best solution: edges and prizes left out.
    best
        Mask of its edges; None if it is known from elsewhere.
    """

    problem: PrizeKernel
    edge_count: int
    random: np.random.Generator
    clock: Clock
    begun_s: float
    cost: int
    best: BoolArray | None = None
    bound: int = 0
    history: list[Moment] = field(default_factory=list)
    pool: list[tuple[int, BoolArray]] = field(default_factory=list)
    _shortened: float = np.inf

    @property
    def is_proven(self) -> bool:
        """Whether the best solution is known to be the best of all."""
        return self.bound >= self.cost

    @property
    def gap(self) -> float:
        """Proven gap of the best solution."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    def begin(self) -> None:
        """Find a first tree and bound; the tree is completed even when time is up."""
        g = self.problem.graph
        self.consider(self.built(np.ones(g.edge_count, dtype=np.bool_), g.cost))
        self.shrink(self.problem)
        if not self.is_proven:
            self.ascend(self.problem.root, TOLERANCES[0], guided=False)

    def round(self, number: int) -> None:
        """Do one round of ascent, construction and combination."""
        must = self.problem.must
        origin = int(must[self.random.integers(len(must))])
        self.ascend(origin, TOLERANCES[number % 3], guided=number % 2 == 0)
        for tree in (self._shaken, self._shaken, self._shaken, self._combined):
            if self.is_proven or self.clock.is_over():
                return
            self.consider(tree())

    def ascend(self, origin: int, tolerance: float, *, guided: bool) -> None:
        """Raise the bound, build a tree on the free arcs, and drop what is too dear."""
        problem = self.problem
        g = problem.graph
        guide = self.tree() if guided else None
        ascent = ascend(
            g, problem.prize, origin, tolerance, guide=guide, is_over=self.clock.is_over
        )
        self.raise_bound(ascent.bound + problem.lost)
        if self.is_proven:
            return
        free = np.zeros(g.edge_count, dtype=np.bool_)
        free[g.edge[ascent.reduced == 0]] = True
        if guide is not None:
            free |= guide
        self.consider(self.built(free, g.cost))
        if not self.is_proven:
            self._drop(ascent)

    def _drop(self, ascent: PrizeAscent) -> None:
        """Fix what every better solution does without, or has."""
        problem = self.problem
        margin = self.cost - problem.lost - ascent.bound
        plain = Ascent(ascent.origin, ascent.bound, ascent.reduced, ascent.steps)
        kept = keepable(problem.graph, problem.paying, plain, margin)
        sure = (ascent.purse >= margin) & (problem.prize > 0) & (problem.prize < MUST)
        problem = with_must(problem, np.flatnonzero(sure).astype(np.int32))
        smaller = narrowed(problem, kept)
        if smaller is None:
            self.raise_bound(self.cost)
        else:
            self.shrink(smaller)

    def shrink(self, problem: PrizeKernel) -> None:
        """Go on with less of the graph; look for shortcuts when much of it is gone."""
        self.problem = problem
        while problem.graph.edge_count <= _SHORTER * self._shortened:
            before = problem.graph.edge_count
            smaller = narrowed(problem, needed(problem, self.clock.is_over))
            assert smaller is not None  # some way is always left
            self.problem = problem = smaller
            self._shortened = problem.graph.edge_count
            if self.clock.is_over() or self._shortened >= (1 - _WORTH) * before:
                break
            self._shortened /= _SHORTER
        self._settle_if_plain()

    def _settle_if_plain(self) -> None:
        """Settle what has one answer: no edges left, or a tree over all nodes."""
        problem = self.problem
        if problem.graph.edge_count and (problem.prize < MUST).any():
            return
        tree, inside = self.settled(np.ones(problem.graph.edge_count, dtype=np.bool_))
        found = self.value(tree, inside)
        self.offer(tree, found)
        self.raise_bound(found)

    def raise_bound(self, bound: int) -> None:
        """Take a bound on what is left: all else costs at least as much as the best one."""
        bound = min(bound, self.cost)
        if bound > self.bound:
            self.bound = bound
            self._note()

    def built(self, allowed: BoolArray, cost: IntArray, boldness: float = _BOLD) -> BoolArray:
        """Return edges that reach from the root for all prizes over allowed edges."""
        problem = self.problem
        chosen = np.zeros(problem.graph.edge_count, dtype=np.bool_)
        inside = np.zeros(problem.graph.node_count, dtype=np.bool_)
        inside[problem.root] = True
        csr = rows(problem.graph)
        reach_out(csr, cost, problem.prize, allowed, inside, chosen, boldness)
        return chosen

    def consider(self, chosen: BoolArray) -> None:
        """Complete a set of edges to a tree, improve it, and remember it."""
        tree, inside = self.settled(self._completed(chosen))
        found = self.value(tree, inside)
        for _ in range(_PASSES):
            if self.clock.is_over():
                break
            trial, seen = self._improved(tree, inside)
            better = self.value(trial, seen)
            if better >= found:
                break
            tree, inside, found = trial, seen, better
        self.offer(tree, found)

    def _improved(self, tree: BoolArray, inside: BoolArray) -> tuple[BoolArray, BoolArray]:
        """Reach for more, exchange key paths and key nodes, drop what does not pay."""
        problem = self.problem
        g = problem.graph
        tree, inside = tree.copy(), inside.copy()
        allowed = np.ones(g.edge_count, dtype=np.bool_)
        reach_out(rows(g), g.cost, problem.prize, allowed, inside, tree, 1.0)
        tree, inside = self.settled(tree)
        if not tree.any():
            return tree, inside
        tree = improve_tree(g, tree, inside & (problem.prize > 0), self.clock.is_over)
        return self.settled(tree)

    def settled(self, chosen: BoolArray) -> tuple[BoolArray, BoolArray]:
        """Return edges and nodes of the best part of a cheapest tree of the chosen nodes."""
        problem = self.problem
        g = problem.graph
        _, inside = best_part(rows(g), np.zeros_like(g.cost), problem.prize, problem.root, chosen)
        fixed = inside & (problem.prize > 0)
        tree = tidy_tree(g.node_count, g.start, g.end, g.cost, chosen, fixed)
        return best_part(rows(g), g.cost, problem.prize, problem.root, tree)

    def _completed(self, chosen: BoolArray) -> BoolArray:
        """Add ways to all nodes that have to be passed."""
        problem = self.problem
        must = np.where(problem.prize >= MUST, MUST, 0)
        csr = rows(problem.graph)
        tree, inside = best_part(
            csr, np.zeros_like(problem.graph.cost), np.ones_like(must), problem.root, chosen
        )
        allowed = np.ones(len(chosen), dtype=np.bool_)
        reach_out(csr, problem.graph.cost, must, allowed, inside, tree, 1.0)
        return np.asarray(tree)

    def value(self, tree: BoolArray, inside: BoolArray) -> int:
        """Return the cost of a tree of the kernel with the prizes that it leaves."""
        problem = self.problem
        found = int(value(problem.graph.cost, problem.prize, tree, inside))
        return found if found >= FAR else found + problem.lost

    def offer(self, tree: BoolArray, cost: int) -> None:
        """Remember a tree of the kernel."""
        if cost >= FAR:
            return
        wide = np.zeros(self.edge_count, dtype=np.bool_)
        wide[self.problem.kernel.original(tree)] = True
        if cost < self.cost:
            self.best, self.cost = wide, cost
            self.bound = min(self.bound, cost)
            self._note()
        if any(cost == known and bool((wide == mask).all()) for known, mask in self.pool):
            return
        self.pool.append((cost, wide))
        self.pool.sort(key=lambda entry: entry[0])
        del self.pool[_POOL:]

    def tree(self) -> BoolArray:
        """Return the best known tree as far as the kernel holds it, made whole."""
        mask = np.zeros(self.problem.graph.edge_count, dtype=np.bool_)
        if self.pool:
            mask = self.problem.kernel.mask_of(self.pool[0][1])
        return self.settled(self._completed(mask))[0]

    def _shaken(self) -> BoolArray:
        """Return edges that are good for other costs, in part those of the best tree."""
        problem = self.problem
        g, prize = problem.graph, problem.prize
        raised = (g.cost * (1 + _SHAKE * self.random.random(g.edge_count))).astype(np.int64)
        everything = np.ones(g.edge_count, dtype=np.bool_)
        if self.random.random() < _ANEW:
            return self.built(everything, raised, _BOLD)
        scale = 0.7 + 0.6 * self.random.random(g.node_count)
        other = np.where(prize >= MUST, MUST, (np.minimum(prize, MUST // 4) * scale))
        other = other.astype(np.int64)
        tree, inside = best_part(rows(g), g.cost, other, problem.root, self.tree())
        reach_out(rows(g), raised, other, everything, inside, tree, 1.0)
        return np.asarray(tree)

    def _combined(self) -> BoolArray:
        """Return a cheap tree in the union of the best one and some others."""
        union = self.tree()
        others = self.pool[1:]
        if others:
            count = min(len(others), int(2 ** self.random.integers(0, 4)))
            for i in self.random.permutation(len(others))[:count]:
                union |= self.problem.kernel.mask_of(others[i][1])
        part = narrowed(self.problem, union)
        if part is None or not union.any():
            return union
        inner = PrizeSearch(part, self.edge_count, self.random, self.clock, self.begun_s, int(FAR))
        inner.consider(part.kernel.mask_of(self.pool[0][1]))
        inner.begin()
        for tolerance in TOLERANCES[1:]:
            if inner.is_proven or self.clock.is_over():
                break
            must = inner.problem.must
            inner.ascend(int(must[self.random.integers(len(must))]), tolerance, guided=True)
        best = inner.best
        return union if best is None else self.problem.kernel.mask_of(best)

    def case(self, problem: PrizeKernel, bound: int) -> PrizeSearch:
        """Return a search of a part of the solutions that knows the best of all."""
        return replace(
            self, problem=problem, bound=bound, history=[], pool=list(self.pool),
            _shortened=np.inf,
        )  # fmt: skip

    def adopt(self, other: PrizeSearch) -> None:
        """Take over the better solution of another search of the same graph."""
        if other.cost < self.cost:
            self.best, self.cost, self.pool = other.best, other.cost, other.pool
            self._note()

    def _note(self) -> None:
        self.history.append(Moment(time.monotonic() - self.begun_s, self.cost, self.bound))


def rows(graph: Graph) -> tuple[np.ndarray, ...]:
    """Return the arrays that the compiled steps take."""
    return graph.first, graph.neighbour, graph.edge, graph.start, graph.end
