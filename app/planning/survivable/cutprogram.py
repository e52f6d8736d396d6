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

from dataclasses import dataclass

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

_STALLED_ROUNDS = 15
_STALLED = 1e-5
"""The linear program is left when so many rounds raise it by less than this fraction."""

_JOINING = 300
"""Edges that join the program at a time."""

_FINE = 1e9
"""Mean cost of an edge at least, in units of the prices that prove a bound."""


@dataclass(frozen=True)
class _Row:
    """``need`` of these edges are to be chosen."""

    edges: IndexArray
    need: int


class CutProgram:
    """The linear program, with rows added as they are violated.

    Only ``active`` edges may be used at first. The prices of the rows tell which others would
    pay; these join. Whichever are left out, the prices prove a bound for all edges: with whole
    prices ``y >= 0`` of rows, ``cost >= sum need y + sum min(0, cost(e) - sum of y over the rows
    of e)``, since no edge is chosen more than once.

    Attributes
    ----------
    bound
        No solution is cheaper, in the graph's cost unit.
    excess
        ``(m,)`` a solution with this edge is dearer than ``bound`` by at least so much.
    """

    def __init__(
        self, graph: Graph, demand: Demand, clock: Clock, active: BoolArray, seed: int
    ) -> None:
        self.graph = graph
        self.demand = demand
        self.clock = clock
        self.scale = max(1.0, float(graph.cost.max()) / 1000 if graph.edge_count else 1.0)
        self.program = model(seed=seed)
        self.bound = 0
        self.excess: IntArray = np.zeros(graph.edge_count, dtype=np.int64)
        self._fine = max(1, int(_FINE / max(1.0, float(graph.cost.mean())))) if len(active) else 1
        self._active = active.copy()
        self._known: set[bytes] = set()
        self._rows: list[_Row] = []
        for cost, upper in zip(graph.cost / self.scale, active.astype(np.float64), strict=True):
            self.program.addCol(float(cost), 0.0, float(upper), 0, [], [])
        for row, site in enumerate(demand.sites.tolist()):
            side = np.zeros(graph.node_count, dtype=np.bool_)
            side[site] = True
            self._add(side, int(demand.need[row]), self._shut(row, -1))

    def value(self) -> FloatArray:
        """Return the ``(m,)`` answer of the last solution."""
        return np.clip(np.array(self.program.getSolution().col_value), 0.0, 1.0)

    def seconds_left(self) -> float:
        """Return the time for the next solution, in s."""
        return float(min(1e6, max(0.05, self.clock.left_s())))

    def relax(self, worth: int) -> FloatArray | None:
        """Solve with all cuts, or as many as pay; return the answer.

        Ends when the bound reaches ``worth`` or the time is up; ``None`` if nothing was solved.
        """
        stalled, before = 0, -np.inf
        value: FloatArray | None = None
        while True:
            self.program.setOptionValue(
                "time_limit", self.program.getRunTime() + self.seconds_left()
            )
            self.program.run()
            if self.program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return value
            objective = float(self.program.getInfo().objective_function_value)
            value = self.value()
            left = self._prove()
            self.clock.tell()
            if self.bound >= worth or self.clock.is_over():
                return value
            stalled = 0 if objective > before + _STALLED * abs(before) else stalled + 1
            before = max(before, objective)
            if stalled <= _STALLED_ROUNDS and self.cut_fraction(value):
                continue
            # Only now, or prices that are far off would let everything in.
            if not self._let_in(left):
                return value
            stalled, before = 0, -np.inf

    def _prove(self) -> IntArray:
        """Bound by the prices of the rows; return what each edge costs beyond them."""
        dual = np.array(self.program.getSolution().row_dual)
        price = np.floor(np.maximum(dual, 0.0) * self.scale * self._fine).astype(np.int64)
        paid = np.zeros(self.graph.edge_count, dtype=np.int64)
        total = 0
        for row in np.flatnonzero(price):
            paid[self._rows[row].edges] += price[row]
            total += self._rows[row].need * int(price[row])
        left = self.graph.cost * self._fine - paid
        fine = total + int(np.minimum(left, 0).sum())
        bound = -(-fine // self._fine)
        if bound > self.bound:
            self.bound = bound
            self.excess = (np.maximum(left, 0) + fine) // self._fine - bound
        return left

    def _let_in(self, left: IntArray) -> int:
        """Let in the edges that would pay, the best first; return how many."""
        cheap = np.flatnonzero(~self._active & (left < 0))
        cheap = np.sort(cheap[np.argsort(left[cheap], kind="stable")][:_JOINING])
        self._active[cheap] = True
        if len(cheap):
            self.program.changeColsBounds(
                len(cheap), cheap.astype(np.int32), np.zeros(len(cheap)), np.ones(len(cheap))
            )
        return len(cheap)

    def _shut(self, row: int, off: int) -> BoolArray:
        """Return the nodes that ways of a site do not pass through, one failed node included."""
        shut = self.demand.closed.copy()
        shut[self.demand.sites[row]] = False
        if off >= 0:
            shut[off] = True
        return shut

    def _add(self, side: BoolArray, need: int, shut: BoolArray) -> bool:
        """Ask for ``need`` edges that leave ``side``; those at shut nodes do not count."""
        g = self.graph
        leaves = (side[g.start] != side[g.end]) & ~shut[g.start] & ~shut[g.end]
        key = leaves.tobytes() + bytes((need,))
        if key in self._known:
            return False
        self._known.add(key)
        edges = np.flatnonzero(leaves).astype(np.int32)
        self.program.addRow(float(need), highspy.kHighsInf, len(edges), edges, np.ones(len(edges)))
        self._rows.append(_Row(edges, need))
        return True

    def cut_fraction(self, value: FloatArray) -> int:
        """Add cuts that a fractional answer violates; return how many."""
        d = self.demand
        added = 0
        for rows in self._groups(np.arange(len(d.sites))):
            added += self._cut(value, rows, -1, d.need[rows])
        wanted = np.flatnonzero((d.need == 2) & d.is_node)
        if added or not len(wanted):
            return added
        if len(wanted) * self.graph.node_count > _NODE_FLOWS:
            return self.cut_whole(value > 0.5)
        for rows in self._groups(wanted):
            ones = np.ones(len(rows), dtype=np.int32)
            for node in range(self.graph.node_count):
                if node != d.root or d.root_fails:
                    added += self._cut(value, rows, node, ones)
        return added

    def _groups(self, rows: IntArray) -> list[IntArray]:
        """Return the open sites together and each closed one alone: their ways differ."""
        closed = self.demand.closed[self.demand.sites[rows]]
        alone = [rows[[i]] for i in np.flatnonzero(closed)]
        return [rows[~closed], *alone] if not closed.all() else alone

    def _cut(self, value: FloatArray, rows: IntArray, off: int, need: IndexArray) -> int:
        """Add cuts that the answer violates at a group of sites; return how many.

        ``off`` is a node that has failed, or -1.
        """
        d = self.demand
        sink = d.root
        if off == d.root:
            sink = int(d.sites[np.flatnonzero(d.is_node & (d.need == 2))[0]])
        keep = (d.sites[rows] != off) & (d.sites[rows] != sink)
        rows, need = rows[keep], need[keep]
        if not len(rows):
            return 0
        shut = self._shut(int(rows[0]), off)
        sides, which = violated_cuts(
            self.graph, value, sink, d.sites[rows].astype(np.int32), need.astype(np.int32),
            _SLACK, _NESTED, shut,
        )  # fmt: skip
        return sum(
            self._add(side, int(need[i]), shut) for side, i in zip(sides, which, strict=True)
        )

    def cut_whole(self, chosen: BoolArray) -> int:
        """Add cuts that a choice of edges violates; return how many."""
        d = self.demand
        value = chosen.astype(np.float64)
        added = 0
        bad = np.flatnonzero(failing(self.graph, chosen, d))
        for row in bad:
            added += self._cut(value, np.array([row]), -1, d.need[[row]])
        if added:
            return added
        _, top = tops(self.graph, chosen, d)
        for row in bad[d.is_node[bad]]:
            node = int(d.sites[row])
            g = self.graph
            near = g.neighbour[g.first[node] : g.first[node + 1]] if d.closed[node] else [node]
            off = {int(top[v]) for v in near if top[v] >= 0}
            if d.root_fails:
                off.add(d.root)
            one = np.ones(1, dtype=np.int32)
            added += sum(self._cut(value, np.array([row]), v, one) for v in sorted(off))
        return added
