"""The cheapest network of a small graph, by cuts: every set of nodes needs edges that leave it.

One variable for each edge. A site with need ``r`` asks for ``r`` edges out of each node set that
holds it and not the root; where nodes may fail, for one edge out of each such set in the graph
without any one node [1]_. There are too many rows to write down: the program is solved, rows
that its answer violates are found by least cuts, and it is solved again; first as a linear
program, then in whole numbers. Every answer on the way bounds the cost from below.

.. [1] Grötschel, M., Monma, C. L. and Stoer, M. (1992). Computational results with a cutting
   plane algorithm for designing communication networks with low-connectivity constraints.
   Operations Research 40, 309-330.
"""

from __future__ import annotations

from collections.abc import Callable

import highspy
import numpy as np

from app.planning.arrays import BoolArray, FloatArray, Graph, IndexArray, IntArray
from app.planning.survivable.check import Demand, failing, tops
from app.planning.survivable.clock import Clock
from app.planning.survivable.flows import violated_cuts
from app.planning.survivable.highs import model

_SLACK = 1e-4
"""Fractional answers may fall short of a cut by this."""

_NESTED = 3
"""Cuts that are looked for at a site at a time."""

_NODE_FLOWS = 8_000
"""Fractional answers are checked against failing nodes when that takes at most so many flows."""

_STALLED_ROUNDS = 12
_STALLED = 1e-4
"""The linear program is left when so many rounds raise it by less than this fraction."""

_SAFE = 1e-7
"""Fraction by which the bound of a program that was cut short is lowered, for rounding."""

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
        self, graph: Graph, demand: Demand, clock: Clock, finish: Finish, seed: int = 0
    ) -> None:
        self._graph = graph
        self._demand = demand
        self._clock = clock
        self._finish = finish
        self._scale = max(1.0, float(graph.cost.max()) / 1000 if graph.edge_count else 1.0)
        self._known: set[bytes] = set()
        self._program = model(seed=seed)
        self._unit = int(np.gcd.reduce(graph.cost)) if graph.edge_count else 1
        self.best = finish(np.zeros(graph.edge_count, dtype=np.bool_))
        self.cost = int(graph.cost[self.best].sum())
        self.bound = 0
        for cost in graph.cost / self._scale:
            self._program.addCol(float(cost), 0.0, 1.0, 0, [], [])
        for row, site in enumerate(demand.sites.tolist()):
            side = np.zeros(graph.node_count, dtype=np.bool_)
            side[site] = True
            self._add(side, int(demand.need[row]), self._shut(row, -1))

    @property
    def is_proven(self) -> bool:
        """Whether the best solution is cheapest."""
        return self.bound >= self.cost

    def offer(self, chosen: BoolArray) -> None:
        """Keep a solution if it is better than the best."""
        cost = int(self._graph.cost[chosen].sum())
        if cost < self.cost:
            self.best, self.cost = chosen.copy(), cost

    def run(self, worth: int = 2**62) -> None:
        """Solve until proven, or no better than ``worth``, or the time is up."""
        value = self._relax()
        if value is None or self.is_proven or self.bound >= worth:
            return
        self._whole()

    def _shut(self, row: int, off: int) -> BoolArray:
        """Return the nodes that ways of a site do not pass through, one failed node included."""
        shut = self._demand.closed.copy()
        shut[self._demand.sites[row]] = False
        if off >= 0:
            shut[off] = True
        return shut

    def _add(self, side: BoolArray, need: int, shut: BoolArray) -> bool:
        """Ask for ``need`` edges that leave ``side``; those at shut nodes do not count."""
        g = self._graph
        leaves = (side[g.start] != side[g.end]) & ~shut[g.start] & ~shut[g.end]
        key = leaves.tobytes() + bytes((need,))
        if key in self._known:
            return False
        self._known.add(key)
        edges = np.flatnonzero(leaves).astype(np.int32)
        self._program.addRow(float(need), highspy.kHighsInf, len(edges), edges, np.ones(len(edges)))
        return True

    def _value(self) -> FloatArray:
        return np.clip(np.array(self._program.getSolution().col_value), 0.0, 1.0)

    def _raise(self, value: float, *, is_exact: bool) -> None:
        """Note a bound; costs are multiples of a unit."""
        bound = value * self._scale
        safe = bound - _SAFE * abs(bound) - 1e-6 * self._scale
        steps = int(np.ceil(safe / self._unit))
        self.bound = max(self.bound, min(steps * self._unit, self.cost))
        if is_exact:
            self.bound = self.cost

    def _relax(self) -> FloatArray | None:
        """Solve the linear program with all cuts, or as many as pay; return its answer."""
        stalled, before = 0, -np.inf
        while True:
            self._program.setOptionValue("time_limit", self._seconds_left())
            self._program.run()
            if self._program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            objective = float(self._program.getInfo().objective_function_value)
            self._raise(objective, is_exact=False)
            value = self._value()
            self._clock.tell()
            is_stalled = objective < before + _STALLED * max(1.0, abs(before))
            stalled = stalled + 1 if is_stalled else 0
            before = max(before, objective)
            if self.is_proven or self._clock.is_over() or stalled > _STALLED_ROUNDS:
                return value
            if not self._cut_fraction(value):
                return value

    def _cut_fraction(self, value: FloatArray) -> int:
        d = self._demand
        added = 0
        for rows in self._groups(np.arange(len(d.sites))):
            added += self._cut(value, rows, -1, d.need[rows])
        wanted = np.flatnonzero((d.need == 2) & d.is_node)
        if added or not len(wanted):
            return added
        if len(wanted) * self._graph.node_count > _NODE_FLOWS:
            return self._cut_whole(value > 0.5)
        for rows in self._groups(wanted):
            ones = np.ones(len(rows), dtype=np.int32)
            for node in range(self._graph.node_count):
                if node != d.root or d.root_fails:
                    added += self._cut(value, rows, node, ones)
        return added

    def _groups(self, rows: IntArray) -> list[IntArray]:
        """Return the open sites together and each closed one alone: their ways differ."""
        closed = self._demand.closed[self._demand.sites[rows]]
        alone = [rows[[i]] for i in np.flatnonzero(closed)]
        return [rows[~closed], *alone] if not closed.all() else alone

    def _cut(self, value: FloatArray, rows: IntArray, off: int, need: IndexArray) -> int:
        """Add cuts that the answer violates at a group of sites; return how many.

        ``off`` is a node that has failed, or -1.
        """
        d = self._demand
        sink = d.root
        if off == d.root:
            sink = int(d.sites[np.flatnonzero(d.is_node & (d.need == 2))[0]])
        keep = (d.sites[rows] != off) & (d.sites[rows] != sink)
        rows, need = rows[keep], need[keep]
        if not len(rows):
            return 0
        shut = self._shut(int(rows[0]), off)
        sides, which = violated_cuts(
            self._graph, value, sink, d.sites[rows].astype(np.int32), need.astype(np.int32),
            _SLACK, _NESTED, shut,
        )  # fmt: skip
        return sum(
            self._add(side, int(need[i]), shut) for side, i in zip(sides, which, strict=True)
        )

    def _cut_whole(self, chosen: BoolArray) -> int:
        """Add cuts that a choice of edges violates; return how many."""
        d = self._demand
        value = chosen.astype(np.float64)
        added = 0
        bad = np.flatnonzero(failing(self._graph, chosen, d))
        for row in bad:
            added += self._cut(value, np.array([row]), -1, d.need[[row]])
        if added:
            return added
        _, top = tops(self._graph, chosen, d)
        for row in bad[d.is_node[bad]]:
            node = int(d.sites[row])
            g = self._graph
            near = g.neighbour[g.first[node] : g.first[node + 1]] if d.closed[node] else [node]
            off = {int(top[v]) for v in near if top[v] >= 0}
            if d.root_fails:
                off.add(d.root)
            one = np.ones(1, dtype=np.int32)
            added += sum(self._cut(value, np.array([row]), v, one) for v in sorted(off))
        return added

    def _seconds_left(self) -> float:
        return float(min(1e6, max(0.05, self._clock.left_s())))

    def _whole(self) -> None:
        """Solve in whole numbers until an answer violates no cut."""
        columns = np.arange(self._graph.edge_count, dtype=np.int32)
        whole = np.full(len(columns), highspy.HighsVarType.kInteger)
        self._program.changeColsIntegrality(len(columns), columns, whole)
        self._program.setOptionValue("mip_rel_gap", 0.0)
        self._program.setOptionValue("mip_abs_gap", 0.5 * self._unit / self._scale)
        self._program.cbMipInterrupt.subscribe(self._watch)
        while not self.is_proven and not self._clock.is_over():
            # A solver of this kind adds to its time from run to run.
            used = float(self._program.getRunTime())
            self._program.setOptionValue("time_limit", used + self._seconds_left())
            start = highspy.HighsSolution()
            start.col_value = self.best.astype(np.float64).tolist()
            self._program.setSolution(start)
            self._program.run()
            self._clock.check()
            status = self._program.getModelStatus()
            info = self._program.getInfo()
            self._raise(float(info.mip_dual_bound), is_exact=False)
            if info.primal_solution_status != highspy.kSolutionStatusFeasible:
                return
            chosen = self._value() > 0.5
            is_solved = status == highspy.HighsModelStatus.kOptimal
            if not failing(self._graph, chosen, self._demand).any():
                self.offer(chosen)
                if is_solved:
                    self._raise(0.0, is_exact=True)
                return
            self.offer(self._finish(chosen))
            if not is_solved or not self._cut_whole(chosen):
                return

    def _watch(self, event: highspy.highs.HighsCallbackEvent) -> None:
        if self._clock.is_over() or self._clock.is_cancelled():
            event.interrupt()
