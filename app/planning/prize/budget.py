"""The best set of nodes that a tree can serve within a budget, and how good it can be at most.

A price per weight turns the budget into prizes: for any price, edge costs plus the prizes left
out of any tree within the budget are at least the bound of the prize problem, so that the weight
left out is at least (bound - budget) / price [1]_. The price is found on the hull of cost against
weight. Trees on the hull are cut back to the budget or filled up with what is left of it, and
small problems are told apart by nodes served until the best set is proven.

.. [1] Fisher, M. L. (1981). The Lagrangian relaxation method for solving integer programming
   problems. Management Science 27, 1-18.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from app.model.progress import Progress, no_progress
from app.planning.arrays import Graph, IntArray, build_graph, components
from app.planning.prize.budgetcases import settle
from app.planning.prize.budgetfit import Fitter, Served, priced
from app.planning.prize.collecting import ENGINE, clock_of, solve
from app.planning.prize.collecting import warm_up as warm_up_prizes
from app.planning.tree.treesearch import Clock

_GAP = 0.0005
"""Proven gap at which a prize problem on the way is good enough."""

_SLICE = 0.12
"""Part of the time that each prize problem may take."""

_PRICES = 24
"""Prices that are tried at most for one budget."""

_TRIALS = 40
"""Trials with shaken prizes."""


@dataclass(frozen=True)
class FrontierPoint:
    """What a budget buys: cost spent, weight and number served, and the most that can be."""

    budget: int
    cost: int
    weight: int
    served: int
    upper_bound: int


@dataclass(frozen=True)
class BudgetSolution:
    """A tree within a budget and the nodes that it serves.

    Attributes
    ----------
    edges, nodes
        Sorted edges and nodes of the tree.
    served
        Sorted positions in the given terminals.
    weight, upper_bound
        Weight served, and what no tree within the budget can exceed.
    gap
        ``(upper_bound - weight) / upper_bound``.
    cost
        Cost of the edges.
    unreached
        Positions of terminals that no path joins to the root.
    price
        Cost per weight at which the bound was found, None if everything is served.
    """

    edges: IntArray
    nodes: IntArray
    served: tuple[int, ...]
    weight: int
    upper_bound: int
    gap: float
    cost: int
    unreached: tuple[int, ...]
    price: float | None
    engine: str
    seconds: float


@dataclass
class _Sweep:
    """What is known about all budgets: trees found, and bounds by price."""

    graph: Graph
    weight: IntArray
    root: int
    must: tuple[int, ...]
    clock: Clock
    limit_s: float
    seed: int
    total: int
    bounds: dict[Fraction, int] = field(default_factory=dict)
    trees: list[Served] = field(default_factory=list)

    def at(self, price: Fraction) -> Served:
        """Solve the prize problem at a price."""
        prizes = priced(self.graph, self.weight, price)
        left = max(0.0, self.clock.deadline_s - time.monotonic())
        solution = solve(
            self.graph, prizes, self.root, required=self.must, gap=_GAP, seed=self.seed,
            time_limit_s=min(left, _SLICE * self.limit_s),
        )  # fmt: skip
        self.clock.is_over()
        self.bounds[price] = max(solution.lower_bound, self.bounds.get(price, 0))
        return self.keep(solution.edges, solution.nodes)

    def everything(self) -> Served:
        """Find a tree that serves all."""
        left = max(0.0, self.clock.deadline_s - time.monotonic())
        solution = solve(
            self.graph, np.zeros_like(self.weight), self.root, seed=self.seed, gap=_GAP,
            required=(*self.must, *np.flatnonzero(self.weight).tolist()),
            time_limit_s=min(left, _SLICE * self.limit_s),
        )  # fmt: skip
        return self.keep(solution.edges, solution.nodes)

    def keep(self, edges: IntArray, nodes: IntArray) -> Served:
        """Remember a tree."""
        mask = np.zeros(self.graph.edge_count, dtype=np.bool_)
        mask[edges] = True
        inside = np.zeros(self.graph.node_count, dtype=np.bool_)
        inside[nodes] = True
        found = Served(
            mask, inside, int(self.graph.cost[edges].sum()), int(self.weight[nodes].sum())
        )
        self.trees.append(found)
        return found

    def most(self, budget: int) -> int:
        """Return the weight that no tree within a budget exceeds."""
        best = self.total
        for price, bound in self.bounds.items():
            if bound > budget:
                # Rounded up: weights are whole.
                lost = -((budget - bound) * price.denominator // price.numerator)
                best = min(best, self.total - lost)
        return best

    def approach(self, budget: int) -> Fraction | None:
        """Find the price at which the hull passes the budget; None if all can be served."""
        low = min(self.trees, key=lambda tree: (tree.cost, -tree.weight))
        high = max(self.trees, key=lambda tree: (tree.weight, -tree.cost))
        if high.cost <= budget:
            return None
        price = None
        for _ in range(_PRICES):
            low, high = self._around(budget, low, high)
            if high.weight <= low.weight or self.clock.is_over():
                break
            price = Fraction(max(1, high.cost - low.cost), high.weight - low.weight)
            if price in self.bounds:
                break
            self.at(price)
        return price

    def _around(self, budget: int, low: Served, high: Served) -> tuple[Served, Served]:
        """Return the trees on the hull, among those known, on both sides of a budget."""
        while True:
            slope = Fraction(max(1, high.cost - low.cost), max(1, high.weight - low.weight))
            best = min(self.trees, key=lambda tree: (tree.cost - slope * tree.weight, tree.cost))
            if best.cost - slope * best.weight >= low.cost - slope * low.weight:
                return low, high
            if best.cost <= budget:
                low = best
            else:
                high = best


def best_within(
    graph: Graph,
    terminals: Sequence[int],
    weights: npt.ArrayLike,
    root: int,
    budget: int,
    *,
    required: Sequence[int] = (),
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    progress: Progress = no_progress,
) -> BudgetSolution | None:
    """Return a tree from ``root`` that serves as much weight as edges up to ``budget`` allow.

    Parameters
    ----------
    terminals, weights
        ``(k,)`` nodes and what serving each is worth, whole and not negative; a node that is
        named twice is worth the sum. All weights 1 gives the greatest number.
    budget
        Edge costs may add up to this.
    required
        Nodes that have to be served.
    gap
        Stop when weight and its bound differ by at most this fraction.

    Returns
    -------
    BudgetSolution or None
        None when no tree that serves ``required`` was found within the budget.
    """
    begun = time.monotonic()
    state, lonely = _prepared(
        graph, terminals, weights, root, required, seed, time_limit_s, progress
    )
    fitter = Fitter(graph, state.weight, root, state.must)
    _ends(state)
    price = state.approach(budget)
    best = _fitted(state, fitter, budget)
    best = _shaken(state, fitter, budget, price, best, gap)
    bound = state.most(budget)
    if price is not None and best is not None and _apart(best, bound) > gap:
        best, bound = settle(fitter, budget, price, best, bound, state.clock, gap)
    progress(1.0)
    if best is None:
        return None
    nodes = np.flatnonzero(best.inside)
    served = tuple(i for i, node in enumerate(terminals) if best.inside[node])
    return BudgetSolution(
        np.flatnonzero(best.tree), nodes, served, best.weight, bound, _apart(best, bound),
        best.cost, lonely, None if price is None else float(price), ENGINE,
        time.monotonic() - begun,
    )  # fmt: skip


def frontier(
    graph: Graph,
    terminals: Sequence[int],
    weights: npt.ArrayLike,
    root: int,
    budgets: Sequence[int],
    *,
    required: Sequence[int] = (),
    time_limit_s: float = 60.0,
    seed: int = 0,
    progress: Progress = no_progress,
) -> tuple[FrontierPoint, ...]:
    """Return for each budget what it buys; trees and bounds are shared between budgets.

    Parameters are those of `best_within`. Budgets that buy nothing are left out; more money
    never buys less.
    """
    state, _ = _prepared(graph, terminals, weights, root, required, seed, time_limit_s, progress)
    fitter = Fitter(graph, state.weight, root, state.must)
    _ends(state)
    for budget in budgets:
        state.approach(budget)
    points = []
    for budget in sorted(budgets):
        best = _fitted(state, fitter, budget)
        if best is None:
            continue
        state.trees.append(best)
        count = int(np.count_nonzero(best.inside[list(dict.fromkeys(terminals))]))
        points.append(FrontierPoint(budget, best.cost, best.weight, count, state.most(budget)))
    progress(1.0)
    return tuple(points)


def _prepared(
    graph: Graph, terminals: Sequence[int], weights: npt.ArrayLike, root: int,
    required: Sequence[int], seed: int, limit_s: float, progress: Progress,
) -> tuple[_Sweep, tuple[int, ...]]:  # fmt: skip
    _compile()
    begun = time.monotonic()
    given = np.array(weights, dtype=np.int64)
    if given.shape != (len(terminals),) or (given < 0).any():
        raise ValueError("One weight, not below 0, is needed for each terminal")
    label = components(graph.node_count, graph.start, graph.end)
    weight = np.zeros(graph.node_count, dtype=np.int64)
    np.add.at(weight, np.array(terminals, dtype=np.int64), given)
    weight[label != label[root]] = 0
    lonely = tuple(i for i, node in enumerate(terminals) if label[node] != label[root])
    must = tuple(dict.fromkeys(int(node) for node in required if node != root))
    clock = clock_of(progress, begun, limit_s)
    state = _Sweep(graph, weight, root, must, clock, limit_s, seed, int(weight.sum()))
    return state, lonely


def _ends(state: _Sweep) -> None:
    """Find the trees at both ends of the hull: as little as possible, and everything."""
    alone = solve(
        state.graph, np.zeros_like(state.weight), state.root, required=state.must, gap=_GAP,
        time_limit_s=_SLICE * state.limit_s, seed=state.seed,
    )  # fmt: skip
    state.keep(alone.edges, alone.nodes)
    state.everything()


def _fitted(state: _Sweep, fitter: Fitter, budget: int) -> Served | None:
    """Return the best of the known trees, cut back and filled up to the budget."""
    best: Served | None = None
    for tree in sorted(state.trees, key=lambda tree: abs(tree.cost - budget)):
        found = fitter.fit(tree, budget)
        if found is not None and (best is None or found.beats(best)):
            best = found
        if best is not None and (best.weight >= state.most(budget) or state.clock.is_over()):
            break
    return best


def _shaken(
    state: _Sweep, fitter: Fitter, budget: int, price: Fraction | None, best: Served | None,
    gap: float,
) -> Served | None:  # fmt: skip
    """Try trees that are good for other prizes."""
    random = np.random.default_rng(state.seed)
    for _ in range(_TRIALS):
        if price is None or best is None or state.clock.is_over():
            break
        if _apart(best, state.most(budget)) <= gap:
            break
        scale = float(price) * (0.5 + 1.2 * random.random(len(state.weight)))
        tree = fitter.grown(best, (state.weight * scale).astype(np.int64))
        found = fitter.fit(tree, budget)
        if found is not None and found.beats(best):
            best = found
    return best


def _apart(best: Served, bound: int) -> float:
    return (bound - best.weight) / bound if bound else 0.0


def warm_up() -> None:
    """Compile every kernel on a tiny graph, so that the first plan does not wait."""
    _compile()


@cache
def _compile() -> None:
    """Run all kernels once, those of prize problems too."""
    warm_up_prizes()
    graph = build_graph(4, [0, 1, 2, 0], [1, 2, 3, 3], [3, 4, 5, 6])
    weight = np.array([0, 1, 2, 3], dtype=np.int64)
    fitter = Fitter(graph, weight, 0, ())
    nothing = fitter.served(np.zeros(4, dtype=np.bool_), np.arange(4) == 0)
    full = fitter.grown(nothing, 100 * weight)
    fitter.fit(full, 9)
    settle(fitter, 9, Fraction(2), nothing, 6, Clock(np.inf), 0.0)
