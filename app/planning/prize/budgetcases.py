"""The exact end of a budget problem: cases by whether a node is served.

At a price, what a tree within the budget that serves more than the best one spends and leaves
out is limited. Edges and nodes that would exceed it are fixed, as in a prize problem; but what a
prize problem may drop because it does not pay can be worth the rest of a budget, so nothing else
is taken away.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from app.planning.arrays import FAR, BoolArray, IntArray, components
from app.planning.prize.budgetfit import Fitter, Served, priced
from app.planning.prize.collecting import run
from app.planning.prize.prizeascent import ascend
from app.planning.prize.prizekernel import MUST, PrizeKernel
from app.planning.prize.prizesearch import PrizeSearch, rows
from app.planning.prize.prizetrees import best_part, reach_out
from app.planning.tree.ascent import Ascent, keepable
from app.planning.tree.kernel import Kernel, reduced, whole
from app.planning.tree.treesearch import Clock

_CASES = 20_000
"""Cases that are looked at before giving up; time usually ends the search before."""

_PRICES = (Fraction(1), Fraction(3, 4), Fraction(4, 3), Fraction(0))
"""Parts of the price that a case is looked at with."""


@dataclass(frozen=True)
class _Case:
    """A part of the trees: ``weight`` is `MUST` at nodes served, 0 where nobody is any more.

    ``sure`` is the weight of the former, ``lost`` that of nodes that are out, and ``most`` an
    upper bound on the weight that the case can serve.
    """

    kernel: Kernel
    weight: IntArray
    root: int
    sure: int
    open_weight: int
    most: int


def settle(
    fitter: Fitter, budget: int, price: Fraction, best: Served, bound: int, clock: Clock,
    gap: float,
) -> tuple[Served, int]:  # fmt: skip
    """Return the best tree and bound after telling cases apart, as far as time allows."""
    search = _Cases(fitter, budget, price, best, clock)
    first = search.first(bound)
    waiting = [(-bound, 0, first)]
    made = 0
    for _ in range(_CASES):
        if not waiting or clock.is_over():
            break
        bound = min(bound, max(search.best.weight, -waiting[0][0]))
        if bound - search.best.weight <= gap * bound:
            break
        case = search.narrowed(heapq.heappop(waiting)[2])
        if case is None:
            continue
        for part in search.split(case):
            made += 1
            heapq.heappush(waiting, (-part.most, made, part))
        if not waiting:
            break
    rest = max((-waiting[0][0] if waiting else 0), search.open_most)
    return search.best, min(bound, max(search.best.weight, rest))


class _Cases:
    """The best tree so far, and how cases are looked at."""

    def __init__(
        self, fitter: Fitter, budget: int, price: Fraction, best: Served, clock: Clock
    ) -> None:
        self.fitter = fitter
        self.budget = budget
        self.price = price
        self.best = best
        self.clock = clock
        self.open_most = 0  # of cases given up

    def first(self, bound: int) -> _Case:
        """Return the case of all trees."""
        weight = self.fitter.weight.copy()
        sure = int(weight[self.fitter.must].sum())
        open_weight = int(weight.sum()) - sure
        weight[self.fitter.must] = MUST
        kernel = whole(self.fitter.graph, np.flatnonzero(weight).astype(np.int32))
        return _Case(kernel, weight, self.fitter.root, sure, open_weight, bound)

    def narrowed(self, case: _Case) -> _Case | None:
        """Return the case with what is sure fixed; None if it holds nothing better."""
        for part in _PRICES:
            found = self._at(case, part * self.price)
            if found is None:
                return None
            case = found
            if self.clock.is_over():
                break
        return case

    def _at(self, case: _Case, price: Fraction) -> _Case | None:
        """Fix what is sure at one price."""
        g = case.kernel.graph
        is_must = case.weight >= MUST
        weight = np.where(is_must, 0, case.weight)
        prize = np.where(is_must, MUST, priced(g, weight, price))
        ascent = ascend(g, prize, case.root, 1.2, is_over=self.clock.is_over)
        self._try(case, prize, ascent.reduced)
        # A better tree leaves out at most this much of the open weight.
        spare = case.sure + case.open_weight - self.best.weight - 1
        if spare < 0:
            return None
        most = self.budget + spare * price.numerator // price.denominator
        if ascent.bound > most:
            return None
        if price:
            lost = -((self.budget - ascent.bound) * price.denominator // price.numerator)
            case = replace(case, most=min(case.most, case.sure + case.open_weight - max(0, lost)))
        margin = most + 1 - ascent.bound
        targets = np.flatnonzero(case.weight > 0).astype(np.int32)
        plain = Ascent(ascent.origin, ascent.bound, ascent.reduced, ascent.steps)
        kept = keepable(g, targets, plain, margin)
        sure = (ascent.purse >= margin) & (prize > 0) & ~is_must
        return _with(case, sure, kept)

    def _try(self, case: _Case, prize: IntArray, left: IntArray) -> None:
        """Grow a tree over the arcs that the ascent freed, and fit it into the budget."""
        g = case.kernel.graph
        free = np.zeros(g.edge_count, dtype=np.bool_)
        free[g.edge[left == 0]] = True
        chosen = np.zeros(g.edge_count, dtype=np.bool_)
        inside = np.zeros(g.node_count, dtype=np.bool_)
        inside[case.root] = True
        for allowed in (free, np.ones_like(free)):
            reach_out(rows(g), g.cost, prize, allowed, inside, chosen, 1.0)
        chosen, inside = best_part(rows(g), g.cost, prize, case.root, chosen)
        self.offer(case.kernel.original(chosen))

    def offer(self, edges: IntArray) -> None:
        """Fit a tree into the budget and keep it if it is better."""
        whole_graph = self.fitter.graph
        mask = np.zeros(whole_graph.edge_count, dtype=np.bool_)
        mask[edges] = True
        inside = np.zeros(whole_graph.node_count, dtype=np.bool_)
        inside[self.fitter.root] = True
        inside[whole_graph.start[edges]] = True
        inside[whole_graph.end[edges]] = True
        found = self.fitter.fit(self.fitter.served(mask, inside), self.budget)
        if found is not None and found.beats(self.best):
            self.best = found

    def _decide(self, case: _Case) -> None:
        """Find out whether the nodes served by a case fit into the budget."""
        whole_graph = self.fitter.graph
        search = PrizeSearch(
            PrizeKernel(case.kernel, case.weight, case.root, 0), whole_graph.edge_count,
            np.random.default_rng(0), self.clock, time.monotonic(), int(FAR),
        )  # fmt: skip
        search.begin()
        run(search, 0.0)
        if search.best is not None:
            self.offer(np.flatnonzero(search.best))
        if search.bound <= self.budget and self.best.weight < case.sure:
            self.open_most = max(self.open_most, min(case.most, case.sure))

    def split(self, case: _Case) -> list[_Case]:
        """Return the cases with and without the open node of most weight."""
        nodes = np.flatnonzero((case.weight > 0) & (case.weight < MUST))
        if not len(nodes):
            self._decide(case)
            return []
        node = int(nodes[np.argmax(case.weight[nodes])])
        sure = np.zeros(len(case.weight), dtype=np.bool_)
        sure[node] = True
        everything = np.ones(case.kernel.graph.edge_count, dtype=np.bool_)
        worth = int(case.weight[node])
        without = case.weight.copy()
        without[node] = 0
        rest = replace(case, weight=without, open_weight=case.open_weight - worth)
        rest = replace(rest, most=min(case.most, rest.sure + rest.open_weight))
        parts = [_with(case, sure, everything), _with(rest, np.zeros_like(sure), everything)]
        return [part for part in parts if part is not None and part.most > self.best.weight]


def _with(case: _Case, sure: BoolArray, kept: BoolArray) -> _Case | None:
    """Return a case with more nodes that are served and fewer edges, contracted."""
    g = case.kernel.graph
    weight = case.weight.copy()
    gained = int(weight[sure].sum())
    weight[sure] = MUST
    label = components(g.node_count, g.start[kept], g.end[kept])
    lonely = (label != label[case.root]) & (weight > 0)
    if (weight[lonely] >= MUST).any():
        return None
    lost = int(weight[lonely].sum())
    weight[lonely] = 0
    terminals = np.flatnonzero(weight).astype(np.int32)
    wide = np.zeros(int(case.kernel.node.max(initial=0)) + 1, dtype=np.int64)
    wide[case.kernel.node] = weight
    root = case.kernel.node[case.root]
    kernel = reduced(replace(case.kernel, terminals=terminals), kept)
    open_weight = case.open_weight - gained - lost
    found = int(np.flatnonzero(kernel.node == root)[0])
    most = min(case.most, case.sure + gained + open_weight)
    return _Case(kernel, wide[kernel.node], found, case.sure + gained, open_weight, most)
