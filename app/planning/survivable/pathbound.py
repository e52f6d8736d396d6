"""A lower bound for survivable networks: ways between sites, cuts among sites, full streets.

Let ``r(S)`` be the largest need among a set ``S`` of sites without the root. A subgraph is
feasible only if at least ``r(S)`` of its edges leave every node set that holds just the sites
``S``. The cut relaxation asks this of fractions ``0 <= x <= 1`` of edges. By splitting off
[1]_ [2]_ such an ``x`` falls apart into ways between sites with the same connectivity, so the
relaxation equals a program on ways: cheapest weights of ways such that ways of weight ``r(S)``
leave each ``S``, and no edge carries more than 1. It has few rows (sets of sites, and the edges
that are full), whatever the size of the graph; ways are found when their price is right.

Whatever the state of that program, its prices prove a bound. Take ``y(S) >= 0`` and
``mu(e) >= 0`` such that no way between two sites costs, under ``cost + mu``, less than the sum
of ``y(S)`` over the sets that part the two. Double the edges of any solution ``F``: every node
has even degree, and splitting off all other nodes leaves a multigraph ``H`` on the sites in
which ``2 r(S)`` edges leave ``S``, each of them a way, and no edge of ``F`` is used more than
twice. Hence ``2 (c + mu)(F) >= sum of the ways of H >= 2 sum r(S) y(S)``, and
``c(F) >= sum r(S) y(S) - sum mu(e)``. Prices are rounded to whole numbers and all ways checked
in whole numbers, so the bound is exact.

.. [1] Lovász, L. (1976). On some connectivity properties of Eulerian graphs. Acta Mathematica
   Academiae Scientiarum Hungaricae 28, 129-138.
.. [2] Mader, W. (1978). A reduction method for edge-connectivity in graphs. Annals of Discrete
   Mathematics 3, 145-164.
.. [3] Goemans, M. X. and Bertsimas, D. J. (1993). Survivable networks, linear programming
   relaxations and the parsimonious property. Mathematical Programming 60, 145-166.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import highspy
import numpy as np

from app.planning.arrays import BoolArray, FloatArray, Graph, IntArray, build_graph
from app.planning.survivable.check import Demand
from app.planning.survivable.flows import violated_cuts
from app.planning.survivable.highs import model
from app.planning.survivable.pathprices import Ways, cheap_ways, near_ways, spare

_FULL = 1e-6
_SHORT = 1e-6
"""What edges are overloaded, and cuts short, by before they become rows."""

_GIVE_UP = 20.0
"""Price of leaving needs unmet, as a multiple of the cost of a solution."""

_FINE = 1e9
"""Mean cost of an edge at least, in units of the prices."""

_NEAREST = 8
"""Ways from each site that the program starts with."""

_WAYS = 12
"""Ways from each site that join the program at a time."""


@dataclass(frozen=True)
class Prices:
    """Dual prices that prove a bound.

    Parameters
    ----------
    sets
        ``(r, k)`` sets of places (sites; column 0 is the root and always false).
    worth
        ``(r,)`` whole price of each set.
    toll
        ``(m,)`` whole price of each edge being full.
    bound
        What they prove.
    """

    sets: BoolArray
    worth: IntArray
    toll: IntArray
    bound: int

    def between(self) -> IntArray:
        """Return the ``(k, k)`` sum of prices of the sets that part two places."""
        inside = self.sets.astype(np.int64)
        both = inside.T @ (self.worth[:, None] * inside)
        alone = np.diag(both)
        return np.asarray(alone[:, None] + alone[None, :] - 2 * both)


class PathBound:
    """The program on ways; `round` improves it by one step.

    Parameters
    ----------
    graph
        The graph, reduced.
    demand
        All sites must be reachable.
    dear
        Cost of any solution.
    is_over
        Whether to stop.
    """

    def __init__(
        self, graph: Graph, demand: Demand, dear: int, is_over: Callable[[], bool] = bool
    ) -> None:
        self._is_over = is_over
        # Prices are whole numbers, so costs are made large enough for them to be fine.
        self._fine = (
            max(1, int(_FINE / max(1.0, float(graph.cost.mean())))) if len(graph.cost) else 1
        )
        self._graph = replace(graph, cost=graph.cost * self._fine)
        self._places = np.concatenate(([demand.root], demand.sites)).astype(np.int32)
        self._need = np.concatenate(([0], demand.need)).astype(np.int64)
        self._scale = max(1.0, float(self._graph.cost.mean()) if graph.edge_count else 1.0)
        self._pairs: list[tuple[int, int]] = []
        self._offset = [0]
        self._items: list[IntArray] = []
        self._known: set[tuple[int, ...]] = set()
        self._sets: list[BoolArray] = []
        self._set_rows: list[int] = []
        self._toll_row: dict[int, int] = {}
        self._seen: set[bytes] = set()
        self._rows = 0
        self._program = model()
        self._program.addCol(
            _GIVE_UP * dear * self._fine / self._scale, 0.0, highspy.kHighsInf, 0, [], []
        )
        self.prices = Prices(
            np.zeros((0, len(self._places)), dtype=np.bool_), np.zeros(0, dtype=np.int64),
            np.zeros(graph.edge_count, dtype=np.int64), 0,
        )  # fmt: skip
        self.load: FloatArray = np.zeros(graph.edge_count)
        self._start()

    @property
    def bound(self) -> int:
        """What is proven so far, in the graph's cost unit."""
        return -(-self.prices.bound // self._fine)

    def excess(self) -> IntArray:
        """Return ``(m,)`` by how much a solution with an edge is dearer than the bound, at least.

        In the proof of the bound a solution of which no edge can be spared has, for each edge,
        at least one of its two copies on a way; what that way exceeds its worth by counts half.
        In the graph's cost unit, rounded down.
        """
        cost = self._graph.cost + self.prices.toll
        over = spare(self._graph, cost, self._places, self.prices.between())
        return np.asarray((over // 2 + self.prices.bound) // self._fine - self.bound)

    def _start(self) -> None:
        count = len(self._places)
        for place in range(1, count):
            alone = np.zeros(count, dtype=np.bool_)
            alone[place] = True
            self._add_set(alone)
        self._add_ways(near_ways(self._graph, self._places, min(_NEAREST, count - 1)))

    def round(self) -> bool:
        """Solve, add what is violated and what is worth it; return whether anything was added."""
        value, dual = self._solve()
        while not self._is_over() and self._add_cuts(value) + self._add_tolls(value):
            value, dual = self._solve()
        return self._price(dual)

    def _solve(self) -> tuple[FloatArray, FloatArray]:
        self._program.run()
        solution = self._program.getSolution()
        return np.array(solution.col_value)[1:], np.array(solution.row_dual)

    def _add_set(self, inside: BoolArray) -> bool:
        key = inside.tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        need = float(self._need[inside].max())
        pairs = np.array(self._pairs, dtype=np.int64).reshape(-1, 2)
        crossing = np.flatnonzero(inside[pairs[:, 0]] != inside[pairs[:, 1]]) + 1
        columns = np.concatenate(([0], crossing)).astype(np.int32)
        values = np.ones(len(columns))
        values[0] = need
        self._program.addRow(need, highspy.kHighsInf, len(columns), columns, values)
        self._sets.append(inside)
        self._set_rows.append(self._rows)
        self._rows += 1
        return True

    def _add_cuts(self, value: FloatArray) -> int:
        count = len(self._places)
        used = np.flatnonzero(value > 1e-9)
        pairs = np.array(self._pairs, dtype=np.int64)[used]
        flow = build_graph(count, pairs[:, 0], pairs[:, 1], np.zeros(len(used)))
        sides, _ = violated_cuts(
            flow, value[used], 0, np.arange(1, count, dtype=np.int32),
            self._need[1:].astype(np.int32), _SHORT, 1, np.zeros(count, dtype=np.bool_),
        )  # fmt: skip
        return sum(self._add_set(side) for side in sides)

    def _add_tolls(self, value: FloatArray) -> int:
        used = np.flatnonzero(value > 1e-9)
        load = np.zeros(self._graph.edge_count)
        for column in used:
            load[self._items[column]] += value[column]
        self.load = load
        full = [int(e) for e in np.flatnonzero(load > 1 + _FULL) if int(e) not in self._toll_row]
        if not full:
            return 0
        owner = np.repeat(np.arange(len(self._items)), [len(way) for way in self._items])
        items = np.concatenate(self._items)
        order = np.argsort(items, kind="stable")
        first = np.searchsorted(items[order], full)
        last = np.searchsorted(items[order], full, side="right")
        # Edges that the same ways use, as along a street, need one row between them.
        rows = {
            (owner[order[i:j]] + 1).astype(np.int32).tobytes(): edge
            for edge, i, j in zip(full[::-1], first[::-1], last[::-1], strict=True)
        }
        for key, edge in sorted(rows.items(), key=lambda item: item[1]):
            columns = np.frombuffer(key, dtype=np.int32)
            self._program.addRow(
                -highspy.kHighsInf, 1.0, len(columns), columns, np.ones(len(columns))
            )
            self._toll_row[edge] = self._rows
            self._rows += 1
        return len(rows)

    def _price(self, dual: FloatArray) -> bool:
        worth = np.maximum(dual[self._set_rows] * self._scale, 0.0)
        toll = np.zeros(self._graph.edge_count, dtype=np.int64)
        for edge, row in self._toll_row.items():
            toll[edge] = max(0, int(np.ceil(-dual[row] * self._scale)))
        prices = Prices(np.array(self._sets), np.floor(worth).astype(np.int64), toll, 0)
        cost = self._graph.cost + toll
        ways = cheap_ways(self._graph, cost, self._places, prices.between(), _WAYS)
        self._prove(prices, ways.share)
        return self._add_ways(ways)

    def _prove(self, prices: Prices, share: float) -> None:
        """Scale the prices of sets down until no way is too cheap, and keep the best bound."""
        worth = np.floor(prices.worth * share * (1 - 1e-12)).astype(np.int64)
        need = np.array([self._need[inside].max() for inside in self._sets], dtype=np.int64)
        bound = int((need * worth).sum() - prices.toll.sum())
        if bound > self.prices.bound:
            self.prices = Prices(prices.sets, worth, prices.toll, bound)

    def _add_ways(self, ways: Ways) -> bool:
        added = False
        offset, items = ways.offset, ways.items
        sets = np.array(self._sets)
        for number, (i, j) in enumerate(ways.pairs.tolist()):
            way = np.sort(items[offset[number] : offset[number + 1]])
            key = tuple(way.tolist())
            if key in self._known:
                continue
            self._known.add(key)
            rows = [self._set_rows[row] for row in np.flatnonzero(sets[:, i] != sets[:, j])]
            rows += [self._toll_row[edge] for edge in key if edge in self._toll_row]
            cost = float(self._graph.cost[way].sum()) / self._scale
            self._program.addCol(
                cost, 0.0, highspy.kHighsInf, len(rows), np.array(rows, dtype=np.int32),
                np.ones(len(rows)),
            )  # fmt: skip
            self._pairs.append((i, j))
            self._items.append(way)
            added = True
        return added
