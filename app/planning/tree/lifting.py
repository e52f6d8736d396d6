"""The dual side of a search: one dual solution that is lifted, and follows the kernel.

It starts with an ascent from some terminal and is made better by moves. When moves no longer
help, another one starts from another terminal; the best one so far is kept as proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import IndexArray, IntArray
from app.planning.tree.carry import carried
from app.planning.tree.duals import Dual
from app.planning.tree.kernel import Kernel
from app.planning.tree.reascent import Reascent, first_dual

_HEAT = 0.1
"""Moves may lower the bound by some such part of the gap that falls to one terminal."""


Solution = tuple[Kernel, int, IntArray, tuple[IndexArray, IndexArray, IntArray]]
"""Kernel, origin, prices and shares of a dual solution."""


@dataclass(frozen=True)
class Proof:
    """A dual solution that anybody can check on the original costs.

    What was left of the graph is a set of paths between the nodes that matter. Each terminal
    pays shares of the paths' costs, and all shares of one direction of a path add up to its cost
    at most. Over the shares that a terminal pays, and free of charge elsewhere, the way from
    ``origin`` to it costs at least its price; the prices add up to the bound.

    Attributes
    ----------
    origin
        Original node that trees lead away from.
    offset, item
        Path ``p`` is made of the original edges ``item[offset[p]:offset[p + 1]]``. No tree that
        is cheaper than the best one needs another edge.
    prices
        ``(k, 2)`` original node of a terminal and its price.
    shares
        ``(s, 4)`` original node of a terminal, path, original node at the end that the path is
        walked to, and the amount that the terminal pays.
    fixed
        Original edges that all cheapest trees have: their ends count as one node, which has to
        be joined, and their cost counts on top of the prices.
    """

    origin: int
    offset: IntArray
    item: IntArray
    prices: IntArray
    shares: IntArray
    fixed: IntArray


class Lifting:
    """Lifts the bound of a kernel that becomes smaller now and then."""

    def __init__(self, random: np.random.Generator) -> None:
        self._random = random
        self._kernel: Kernel | None = None
        self._ascent: Reascent | None = None
        self._is_stuck = False
        self._best: Solution | None = None
        self._proven = -1

    @property
    def dual(self) -> Dual:
        """The dual solution of the kernel that was followed last."""
        assert self._ascent is not None
        return self._ascent.dual

    @property
    def bound(self) -> int:
        """Lower bound on the cost of all trees of the kernel that was followed last."""
        assert self._kernel is not None
        return self._kernel.base + self.dual.bound

    @property
    def has_dual(self) -> bool:
        """Whether there is a dual solution."""
        return self._ascent is not None

    @property
    def best_bound(self) -> int:
        """The highest bound so far."""
        self._keep_proof()
        return self._proven

    def follow(self, kernel: Kernel, is_over: Callable[[], bool]) -> None:
        """Make the dual solution one of ``kernel``, or start a new one."""
        if kernel is self._kernel and not self._is_stuck:
            return
        dual = None
        if self._kernel is not None and not self._is_stuck:
            dual = carried(self.dual, self._kernel, kernel)
        if dual is None:
            self._keep_proof()
            origin = self._random.integers(len(kernel.terminals)) if self._kernel else 0
            dual = first_dual(
                kernel.graph, kernel.terminals, int(kernel.terminals[origin]), is_over=is_over
            )
        self._is_stuck = False
        seed = int(self._random.integers(2**31))
        self._kernel = kernel
        self._ascent = Reascent(kernel.graph, kernel.terminals, dual, seed)

    def is_of(self, kernel: Kernel) -> bool:
        """Return whether the dual solution is one of ``kernel``."""
        return kernel is self._kernel

    def take(self, other: Lifting, kernel: Kernel) -> None:
        """Start with what another lifting has for a kernel that this one is reduced from."""
        dual = None
        if other._kernel is not None:
            dual = carried(other.dual, other._kernel, kernel)
        if dual is not None:
            self._kernel = kernel
            self._ascent = Reascent(
                kernel.graph, kernel.terminals, dual, int(self._random.integers(2**31))
            )

    def lift(self, work: int, cost: int, is_over: Callable[[], bool]) -> None:
        """Make moves that look at some ``work`` arcs, to a bound of ``cost`` if it can be had."""
        assert self._ascent is not None
        self._keep_proof()
        heat = _HEAT * max(0, cost - self.bound) / len(self._ascent.terminals)
        self._ascent.raise_bound(work, is_over, heat)
        self._is_stuck = self._ascent.is_stuck

    def proof(self) -> Proof | None:
        """Return the best dual solution so far."""
        self._keep_proof()
        return written(*self._best) if self._best is not None else None

    def solution(self, *, last: bool) -> Solution | None:
        """Return the dual solution as it is now, or the best one so far."""
        self._keep_proof()
        if not last or self._kernel is None:
            return self._best
        dual = self.dual
        return self._kernel, dual.origin, dual.field.price.copy(), dual.shares()

    @staticmethod
    def nothing(kernel: Kernel) -> Solution:
        """Return the dual solution of a kernel in which nobody pays anything."""
        none = np.zeros(0, dtype=np.int32)
        price = np.zeros(kernel.graph.node_count, dtype=np.int64)
        return kernel, int(kernel.terminals[0]), price, (none, none, none.astype(np.int64))

    def _keep_proof(self) -> None:
        if self._kernel is not None and self.bound > self._proven:
            self._proven = self.bound
            dual = self.dual
            self._best = (self._kernel, dual.origin, dual.field.price.copy(), dual.shares())


def solution_bytes(solution: Solution) -> int:
    """Return some measure of the memory that a dual solution takes, with its kernel."""
    kernel, _, price, shares = solution
    arrays = (price, *shares, kernel.node, kernel.offset, kernel.item, kernel.fixed)
    return sum(array.nbytes for array in arrays) + 40 * kernel.graph.edge_count


def written(
    kernel: Kernel, origin: int, price: IntArray, shares: tuple[IndexArray, IndexArray, IntArray]
) -> Proof:
    """Return a dual solution of a kernel in terms of the original graph."""
    g = kernel.graph
    terminal, arc, amount = shares
    row = np.searchsorted(g.first, arc, side="right") - 1
    columns = (kernel.node[terminal], g.edge[arc], kernel.node[row], amount)
    paid = np.flatnonzero(price)
    return Proof(
        int(kernel.node[origin]),
        kernel.offset,
        kernel.item,
        np.column_stack((kernel.node[paid], price[paid])).astype(np.int64),
        np.column_stack(columns).astype(np.int64),
        kernel.fixed,
    )
