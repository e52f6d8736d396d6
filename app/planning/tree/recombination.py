"""Better trees by shaking the best one everywhere, and choosing exactly among what comes out.

Local optima for other costs differ from the best tree in many places, and are better than it in
some of these. The union of several is a narrow graph, so that the best choice in all places at
once is found exactly (`app.planning.tree.bags`). It becomes the tree that is shaken next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.planning.arrays import BoolArray
from app.planning.tree.bags import bags_of, cheapest_tree
from app.planning.tree.kernel import Kernel, is_spanning, reduced, whole
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.surelinks import with_sure_links
from app.planning.tree.treekernels import tidy_tree, tree_cost

_MOST = 24
"""Trees that are remembered."""

_SHAKES = (0.8, 2.0, 0.3)
"""Costs are raised by up to these fractions, in turn."""

_FINE = 64
"""Shaken costs are multiplied by this, so that small whole costs can differ too."""

_SHAKEN, _EDGES = 8, 6_000
"""Trees that are shaken before a union: so many for small kernels, one for more edges."""

_RESTARTED = 3_000
"""Kernels with at most so many edges are searched from other trees as well ..."""

_STALE, _AFRESH = 5, 20.0
"""... after so many steps in vain; the other tree comes from costs raised by up to this."""

_SHRINK = 0.7
"""Part of the trees that is tried next when the union of all is too wide."""


@dataclass
class Recombination:
    """Trees found lately, and how many of them make a union that is narrow enough.

    Parameters
    ----------
    edge_count
        Number of original edges. Trees are remembered as masks of these, for kernels change.
    """

    edge_count: int
    random: np.random.Generator
    recent: list[BoolArray] = field(default_factory=list)
    _fits: int = 8
    _turn: int = 0
    _stale: int = 0
    _current: BoolArray | None = None

    def step(self, kernel: Kernel, best: BoolArray, is_over: Callable[[], bool]) -> BoolArray:
        """Return a tree of the kernel that is at most as dear as ``best``, which spans it.

        Small kernels are searched from another tree when steps have been in vain for long.
        """
        start = self._begun_anew(kernel, best, is_over)
        found = self._improved(kernel, start, is_over)
        cost = kernel.graph.cost
        self._stale = 0 if tree_cost(cost, found) < tree_cost(cost, start) else self._stale + 1
        if self._current is not None:
            self._current = self._wide(kernel, found)
        return found if tree_cost(cost, found) < tree_cost(cost, best) else best

    def _begun_anew(
        self, kernel: Kernel, best: BoolArray, is_over: Callable[[], bool]
    ) -> BoolArray:
        """Return the tree to go on from: the best one, or one that has nothing to do with it."""
        if kernel.graph.edge_count > _RESTARTED:
            return best
        if self._stale >= _STALE:
            self._stale = 0
            self.recent.clear()
            afresh = self._shaken(kernel, best, is_over, _AFRESH)
            self._current = self._wide(kernel, afresh)
            return afresh
        known = None if self._current is None else kernel.mask_of(self._current)
        if known is None or not is_spanning(kernel, known):
            self._current = None
            return best
        return known

    def _improved(self, kernel: Kernel, best: BoolArray, is_over: Callable[[], bool]) -> BoolArray:
        """Shake a tree, and return the best choice among what comes out."""
        cost = kernel.graph.cost
        start = best
        for _ in range(max(1, min(_SHAKEN, _EDGES // max(1, kernel.graph.edge_count)))):
            tree = self._shaken(kernel, start, is_over)
            self.remember(kernel, tree)
            best = min(best, tree, key=lambda known: int(tree_cost(cost, known)))
        trees = [best, *(kernel.mask_of(known) for known in self.recent[: self._fits])]
        found = None if is_over() else self._united(kernel, trees)
        if found is None or tree_cost(cost, found) >= tree_cost(cost, best):
            return best
        return improve_tree(kernel.graph, found, kernel.is_terminal, is_over)

    def _united(self, kernel: Kernel, trees: Sequence[BoolArray]) -> BoolArray | None:
        """Return the cheapest tree in a union, and learn how many trees make it too wide."""
        found = cheapest_union(kernel, trees)
        tree, count = (None, 1) if found is None else found
        self._fits = min(_MOST, count) if count == len(trees) else max(1, count - 2)
        return tree

    def remember(self, kernel: Kernel, tree: BoolArray) -> None:
        """Take a tree of the kernel among the recent ones."""
        self.recent.insert(0, self._wide(kernel, tree))
        del self.recent[_MOST:]

    def _wide(self, kernel: Kernel, tree: BoolArray) -> BoolArray:
        mask = np.zeros(self.edge_count, dtype=np.bool_)
        mask[kernel.original(tree)] = True
        return mask

    def _shaken(
        self, kernel: Kernel, tree: BoolArray, is_over: Callable[[], bool],
        shake: float | None = None,
    ) -> BoolArray:  # fmt: skip
        """Return a local optimum that is reached from a tree over other costs."""
        g = kernel.graph
        if shake is None:
            shake = _SHAKES[self._turn % len(_SHAKES)]
            self._turn += 1
        raised = (g.cost * _FINE * (1 + shake * self.random.random(g.edge_count))).astype(np.int64)
        is_terminal = kernel.is_terminal
        other = improve_tree(g, tree, is_terminal, is_over, raised)
        other = tidy_tree(g.node_count, g.start, g.end, g.cost, other, is_terminal)
        return improve_tree(g, other, is_terminal, is_over)


def cheapest_union(kernel: Kernel, trees: Sequence[BoolArray]) -> tuple[BoolArray, int] | None:
    """Return the cheapest tree in the union of the first of some trees, and how many these are.

    The first tree must span the kernel; others may lack edges. As many are taken as make a graph
    that is narrow enough, two at least; else returns None.
    """
    count = len(trees)
    while count > 1:
        found = _cheapest(kernel, np.logical_or.reduce(trees[:count]))
        if found is not None:
            return found, count
        count = int(_SHRINK * count)
    return None


def _cheapest(kernel: Kernel, union: BoolArray) -> BoolArray | None:
    """Return the cheapest tree of some edges, or None if they make too wide a graph."""
    part = reduced(with_sure_links(reduced(whole(kernel.graph, kernel.terminals), union)))
    bags = bags_of(part.graph, int(part.terminals[0]))
    chosen = None if bags is None else cheapest_tree(part.graph, part.terminals, bags)
    if chosen is None:
        return None
    tree = np.zeros(kernel.graph.edge_count, dtype=np.bool_)
    tree[part.original(chosen)] = True
    return tree
