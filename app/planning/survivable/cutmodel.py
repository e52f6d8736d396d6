"""The cheapest network of a small graph in whole numbers, by cuts; see `cutprogram`."""

from __future__ import annotations

from collections.abc import Callable

import highspy
import numpy as np

from app.planning.arrays import BoolArray, Graph
from app.planning.survivable.check import Demand, failing
from app.planning.survivable.clock import Clock
from app.planning.survivable.cutprogram import CutProgram

_SAFE = 1e-7
"""Fraction by which the bound of a program that was cut short is lowered, for rounding."""

_LOOSE = 2e-3
"""Gap at which answers are good enough as long as they violate cuts."""

Finish = Callable[[BoolArray], BoolArray]


class CutModel:
    """A program on the edges of a small graph.

    Parameters
    ----------
    graph
        The graph; all edges together must meet the demand.
    demand
        Root, sites and needs.
    clock
        When to stop.
    finish
        Makes a solution of any set of edges, by adding and taking out edges.
    best
        A solution.
    seed
        Seed of the solver.

    Attributes
    ----------
    best, cost
        The best solution known, and its cost.
    bound
        No solution is cheaper than this.
    """

    def __init__(
        self, graph: Graph, demand: Demand, clock: Clock, finish: Finish, best: BoolArray,
        seed: int = 0,
    ) -> None:  # fmt: skip
        self._finish = finish
        self._cuts = CutProgram(
            graph, demand, clock, np.ones(graph.edge_count, dtype=np.bool_), seed
        )
        self._unit = max(1, int(np.gcd.reduce(graph.cost))) if graph.edge_count else 1
        self.best = best
        self.cost = int(graph.cost[best].sum())
        self.bound = 0

    @property
    def is_proven(self) -> bool:
        """Whether the best solution is cheapest."""
        return self.bound >= self.cost

    def run(self) -> None:
        """Solve until proven, or the time is up."""
        value = self._cuts.relax(self.cost)
        self._raise(self._cuts.bound)
        if value is None or self.is_proven:
            return
        self._offer(self._finish(value > 0.5))
        self._whole()

    def _offer(self, chosen: BoolArray) -> None:
        cost = int(self._cuts.graph.cost[chosen].sum())
        if cost < self.cost:
            self.best, self.cost = chosen.copy(), cost

    def _raise(self, bound: int) -> None:
        """Note a bound; costs are multiples of a unit."""
        self.bound = max(self.bound, min(-(-bound // self._unit) * self._unit, self.cost))

    def _raise_whole(self) -> None:
        """Note the bound of the program in whole numbers, lowered for rounding."""
        scale = self._cuts.scale
        bound = float(self._cuts.program.getInfo().mip_dual_bound) * scale
        if np.isfinite(bound):
            self._raise(int(np.floor(bound - _SAFE * abs(bound) - 1e-6 * scale)) + 1)

    def _whole(self) -> None:
        """Solve in whole numbers until an answer violates no cut."""
        cuts, program = self._cuts, self._cuts.program
        columns = np.arange(cuts.graph.edge_count, dtype=np.int32)
        whole = np.full(len(columns), highspy.HighsVarType.kInteger)
        program.changeColsIntegrality(len(columns), columns, whole)
        program.setOptionValue("mip_abs_gap", 0.5 * self._unit / cuts.scale)
        loose = _LOOSE
        program.cbMipInterrupt.subscribe(self._watch)
        while not self.is_proven and not cuts.clock.is_over():
            # A solver of this kind adds to its time from run to run.
            program.setOptionValue("mip_rel_gap", loose)
            program.setOptionValue("time_limit", program.getRunTime() + cuts.seconds_left())
            start = highspy.HighsSolution()
            start.col_value = self.best.astype(np.float64).tolist()
            program.setSolution(start)
            program.run()
            cuts.clock.check()
            self._raise_whole()
            if program.getInfo().primal_solution_status != highspy.kSolutionStatusFeasible:
                return
            chosen = cuts.value() > 0.5
            is_solved = program.getModelStatus() == highspy.HighsModelStatus.kOptimal
            if not failing(cuts.graph, chosen, cuts.demand).any():
                self._offer(chosen)
                if is_solved and loose == 0.0:
                    self.bound = self.cost
                if not is_solved or loose == 0.0:
                    return
                loose = 0.0
                continue
            self._offer(self._finish(chosen))
            if not is_solved or not cuts.cut_whole(chosen):
                return

    def _watch(self, event: highspy.highs.HighsCallbackEvent) -> None:
        if self._cuts.clock.is_over() or self._cuts.clock.is_cancelled():
            event.interrupt()
