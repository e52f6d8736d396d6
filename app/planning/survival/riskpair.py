"""The cheapest pair of routes that share no risk, as mixed-integer program.

Risk-disjoint pairs are NP-hard [1]_, so this is a program: two unit flows over the same edges,
and for each group of edges at most one of them may use it. Groups are added only once an answer
breaks them: few ever matter, and every round is a relaxation, so its bound holds.

Where no such pair exists, sharing is let in at a price far above all routes: the least-shared
pair, cheapest among equals.

.. [1] Hu, J. Q. (2003). Diverse routing in optical mesh networks. IEEE Transactions on
   Communications 51(3), 489-494.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

from app.planning.survivable.highs import model
from app.planning.survival.restriction import Chain

SHARE_EUR = 100_000.0
"""Price of one unit of sharing, in euro: above any route, so that sharing is least first."""

OBJECT_WEIGHT_M = 25.0
"""What sharing one object weighs besides the metres shared."""

SAME_FACTOR = 1.25
"""How much worse the very same span or node is than a common trench or zone."""

_GAP = 1e-7
_OPTIMAL = highspy.HighsModelStatus.kOptimal
_FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)
_INFEASIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


@dataclass(frozen=True)
class Rule:
    """What at most one of two routes may do: use any of ``members``.

    ``weight`` is the price of breaking it, in `SHARE_EUR`. With ``others`` the rule forbids only
    that one route takes all of ``members`` while the other takes all of ``others``.
    """

    members: tuple[int, ...]
    weight: float
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Question:
    """Chains between ``source`` and ``sink``, and what two routes over them must keep to.

    Parameters
    ----------
    cost_eur
        Of each chain.
    length_m
        Of each chain; weighs what is shared.
    exclusive
        Nodes that at most one route may pass.
    must
        Each a set of chains of which one route must take one.
    rules
        Given a pair of routes, the rules that it breaks.
    """

    chains: Sequence[Chain]
    cost_eur: Sequence[float]
    length_m: Sequence[float]
    source: int
    sink: int
    exclusive: frozenset[int]
    rules: Callable[[Sequence[int], Sequence[int]], Iterable[Rule]]
    must: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True)
class Answer:
    """Two routes as chains in walking order, or none.

    Parameters
    ----------
    bound_eur
        No pair that keeps to the rules costs less.
    is_proven
        The pair is cheapest, or none exists.
    sharing
        Weight of all that the pair shares, 0 when it keeps to all rules.
    tried
        Pairs of earlier rounds, which may break rules.
    """

    routes: tuple[tuple[int, ...], tuple[int, ...]] | None
    cost_eur: float
    bound_eur: float
    is_proven: bool
    sharing: float = 0.0
    tried: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()


@dataclass
class _Columns:
    """Columns of a program under construction, and its rows."""

    cost: list[float] = field(default_factory=list)
    rows: list[tuple[list[int], list[float], float, float]] = field(default_factory=list)

    def add(self, cost: float = 0.0) -> int:
        self.cost.append(cost)
        return len(self.cost) - 1

    def row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        merged: dict[int, float] = {}
        for column, value in terms:
            merged[column] = merged.get(column, 0.0) + value
        self.rows.append((list(merged), list(merged.values()), low, high))


class _Program:
    """The program of a question; rules are added as they are broken."""

    def __init__(self, question: Question, *, is_soft: bool) -> None:
        self._question = question
        self._is_soft = is_soft
        self._columns = _Columns()
        self._forth: list[tuple[int, int]] = []
        self._back: list[tuple[int, int]] = []
        for cost in question.cost_eur:
            self._forth.append((self._columns.add(cost), self._columns.add(cost)))
            self._back.append((self._columns.add(cost), self._columns.add(cost)))
        self._flow_count = len(self._columns.cost)
        self._known: set[Rule] = set()
        self._flows()
        self._capacities()
        for wanted in question.must:
            every = [(column, 1.0) for row in sorted(wanted) for column in self._all(row)]
            self._columns.row(every, 1.0, np.inf)

    def _all(self, chain: int) -> tuple[int, ...]:
        return (*self._forth[chain], *self._back[chain])

    def _use(self, chain: int, route: int) -> list[tuple[int, float]]:
        return [(self._forth[chain][route], 1.0), (self._back[chain][route], 1.0)]

    def _at_nodes(self) -> dict[int, list[tuple[int, bool]]]:
        """Return the chains at each node, and whether they begin there."""
        at: dict[int, list[tuple[int, bool]]] = {}
        for row, chain in enumerate(self._question.chains):
            at.setdefault(chain.start, []).append((row, True))
            at.setdefault(chain.end, []).append((row, False))
        return at

    def _flows(self) -> None:
        """One unit leaves the source and reaches the sink, for each route; none comes back."""
        question = self._question
        for node, mine in sorted(self._at_nodes().items()):
            need = {question.source: 1.0, question.sink: -1.0}.get(node, 0.0)
            for route in range(2):
                terms = []
                incoming = []
                for row, begins in mine:
                    out, into = self._forth[row][route], self._back[row][route]
                    out, into = (out, into) if begins else (into, out)
                    terms += [(out, 1.0), (into, -1.0)]
                    incoming.append((into, 1.0))
                self._columns.row(terms, need, need)
                if node == question.source:
                    self._columns.row(incoming, 0.0, 0.0)
                else:  # a simple path enters a node once
                    self._columns.row(incoming, 0.0, 1.0)

    def _capacities(self) -> None:
        question = self._question
        for row, length_m in enumerate(question.length_m):
            free = self._breach(SAME_FACTOR * (length_m + OBJECT_WEIGHT_M))
            self._columns.row([*self._use(row, 0), *self._use(row, 1), *free], -np.inf, 1.0)
        for node, mine in sorted(self._at_nodes().items()):
            if node in question.exclusive:
                incoming = [
                    ((self._back if begins else self._forth)[row][route], 1.0)
                    for row, begins in mine
                    for route in range(2)
                ]
                self._columns.row(
                    [*incoming, *self._breach(SAME_FACTOR * OBJECT_WEIGHT_M)], -np.inf, 1.0
                )

    def _breach(self, weight: float) -> list[tuple[int, float]]:
        """Return the column that pays for breaking a rule, if that is allowed at all."""
        return [(self._columns.add(weight * SHARE_EUR), -1.0)] if self._is_soft else []

    def add(self, rule: Rule) -> bool:
        """Add a rule; return whether it is new."""
        if rule in self._known:
            return False
        self._known.add(rule)
        breach = self._breach(rule.weight)
        if rule.others:
            most = len(rule.members) + len(rule.others) - 1.0
            for one, other in ((0, 1), (1, 0)):
                uses = [term for row in rule.members for term in self._use(row, one)]
                uses += [term for row in rule.others for term in self._use(row, other)]
                self._columns.row([*uses, *breach], -np.inf, most)
            return True
        users = []
        for route in range(2):
            user = self._columns.add()
            users.append((user, 1.0))
            for row in rule.members:
                self._columns.row([*self._use(row, route), (user, -1.0)], -np.inf, 0.0)
        self._columns.row([*users, *breach], -np.inf, 1.0)
        return True

    def no_loops(self, values: np.ndarray) -> bool:
        """Forbid loops apart from the routes, which only must-pass chains can make worth while."""
        found = False
        for route in range(2):
            on_way = set(self.path(values, route))
            loose = {
                row
                for row in range(len(self._forth))
                if row not in on_way
                and values[self._forth[row][route]] + values[self._back[row][route]] > 0.5
            }
            if not loose:
                continue
            found = True
            chains = self._question.chains
            inside = {node for row in loose for node in (chains[row].start, chains[row].end)}
            enter = []
            for row, chain in enumerate(chains):
                if (chain.start in inside) != (chain.end in inside):
                    column = (self._forth if chain.end in inside else self._back)[row][route]
                    enter.append((column, -1.0))
            for row in sorted(loose):
                self._columns.row([*self._use(row, route), *enter], -np.inf, 0.0)
        return found

    def path(self, values: np.ndarray, route: int) -> list[int]:
        """Return the chains of a route from source to sink."""
        leaving: dict[int, int] = {}
        for row, chain in enumerate(self._question.chains):
            if values[self._forth[row][route]] > 0.5:
                leaving[chain.start] = row
            if values[self._back[row][route]] > 0.5:
                leaving[chain.end] = row
        path: list[int] = []
        node = self._question.source
        while node != self._question.sink and len(path) <= len(leaving):
            row = leaving[node]
            path.append(row)
            chain = self._question.chains[row]
            node = chain.start + chain.end - node
        return path

    def solve(self, seconds: float, seed: int) -> tuple[str, np.ndarray, float]:
        """Return state (``optimal``, ``none``, ``stopped``), values and the bound in euro."""
        program = model(seconds, seed)
        program.setOptionValue("mip_rel_gap", _GAP)
        columns, rows = self._columns, self._columns.rows
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(columns.cost), len(rows)
        lp.col_cost_ = np.array(columns.cost)
        lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.ones(lp.num_col_)
        lp.row_lower_ = np.array([row[2] for row in rows])
        lp.row_upper_ = np.array([row[3] for row in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        sizes = [len(row[0]) for row in rows]
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        lp.a_matrix_.index_ = np.array([c for row in rows for c in row[0]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in rows for v in row[1]])
        whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [
            whole if column < self._flow_count else part for column in range(lp.num_col_)
        ]
        program.passModel(lp)
        program.run()
        state = program.getModelStatus()
        if state in _INFEASIBLE:
            return "none", np.zeros(0), np.inf
        bound = float(program.getInfo().mip_dual_bound)
        if state != _OPTIMAL:
            has_any = program.getInfo().primal_solution_status == _FEASIBLE
            values = program.getSolution().col_value if has_any else []
            return "stopped", np.array(values), bound
        return "optimal", np.array(program.getSolution().col_value), bound


def solve(
    question: Question, *, is_soft: bool = False, time_limit_s: float = 20.0, seed: int = 0
) -> Answer:
    """Return the cheapest pair that keeps to all rules, or with ``is_soft`` the least-shared one.

    Exact when ``is_proven``: rules are added until the answer of the program breaks none. When
    time runs out there is no pair, but the bound of the last round.
    """
    end = time.monotonic() + time_limit_s
    program = _Program(question, is_soft=is_soft)
    bound = 0.0
    tried: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    while True:
        left = end - time.monotonic()
        state, values, found = program.solve(left, seed) if left > 0 else ("stopped", _NONE, bound)
        if state == "none":
            return Answer(None, np.inf, np.inf, is_proven=True)
        bound = max(bound, found)
        if not len(values):
            return Answer(None, np.inf, bound, is_proven=False, tried=tuple(tried))
        if question.must and program.no_loops(values):
            continue
        routes = (tuple(program.path(values, 0)), tuple(program.path(values, 1)))
        tried.append(routes)
        new = [program.add(rule) for rule in question.rules(*routes)]
        if not any(new):
            cost = sum(question.cost_eur[row] for route in routes for row in route)
            sharing = max(0.0, found - cost) / SHARE_EUR if is_soft else 0.0
            is_proven = state == "optimal"
            least = 0.0 if is_soft else min(bound, cost)
            return Answer(routes, cost, least, is_proven, sharing, tuple(tried))
        if state == "stopped":
            return Answer(None, np.inf, bound, is_proven=False, tried=tuple(tried))


_NONE = np.zeros(0)
