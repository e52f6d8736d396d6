"""Bounds from linear programming: what dual ascent leaves open is closed by cuts.

A tree directed away from the root enters every set of nodes that holds a node of the tree and
not the root [1]_. Few of these inequalities matter; those that the present solution violates are
found as minimum cuts and added until none is left. The bound is computed anew in whole numbers
from the rounded dual values, so that it holds whatever the solver's tolerances are.

.. [1] Ljubic, I., Weiskircher, R., Pferschy, U., Klau, G. W., Mutzel, P., Fischetti, M. (2006).
   An algorithmic framework for the exact solution of the prize-collecting Steiner tree problem.
   Mathematical Programming 105, 427-449.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import highspy
import numpy as np

from app.planning.arrays import (
    FAR,
    BoolArray,
    FloatArray,
    IntArray,
    compiled,
    heap_pop,
    heap_push,
)
from app.planning.prize.prizeascent import ascend
from app.planning.prize.prizekernel import MUST, PrizeKernel, narrowed, with_must
from app.planning.prize.prizesearch import PrizeSearch

_ONE = 1 << 20
"""Capacity of an arc that is used in full."""

_EPS = 1e-4
"""Violation from which an inequality is added."""

_CUTS = 400
"""Cuts that are added in one round."""

_SETS = 3_000
"""Sets of a dual ascent that the program begins with, at most."""

_NESTED = 6
"""Cuts for one node, each with the arcs of the ones before taken as used."""

_BITS = 44
"""Bits that costs and dual values are rounded to."""

_IDLE = 6
"""Rounds with next to no gain after which cuts are given up."""

_STALL = 0.001
"""Part of the distance between cost and bound that counts as gain."""

_SHRUNK = 0.8
"""The program is built anew when fewer than this part of the edges is left."""


@dataclass
class _Program:
    """The linear program of a problem: arcs ``2 e`` and ``2 e + 1`` of edge e, then nodes.

    ``column`` is the variable that says whether a node is passed, -1 where that is sure.
    """

    problem: PrizeKernel
    solver: highspy.Highs
    cost: IntArray
    column: IntArray
    starts: list[int] = field(default_factory=lambda: [0])
    indices: list[IntArray] = field(default_factory=list)
    signs: list[FloatArray] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    is_equal: list[bool] = field(default_factory=list)

    def add(self, indices: IntArray, signs: FloatArray, lower: float, is_equal: bool) -> None:
        """Add an inequality ``sum >= lower``, or an equation."""
        upper = lower if is_equal else highspy.kHighsInf
        self.solver.addRow(lower, upper, len(indices), indices.astype(np.int32), signs)
        self.indices.append(indices)
        self.signs.append(signs)
        self.lower.append(lower)
        self.is_equal.append(is_equal)

    def enter(self, inner: BoolArray, target: int) -> IntArray:
        """Say that a set of nodes is entered if one of them is passed; return the arcs into it."""
        g = self.problem.graph
        into = np.flatnonzero(inner[g.end] & ~inner[g.start]) * 2
        back = np.flatnonzero(inner[g.start] & ~inner[g.end]) * 2 + 1
        arcs = np.concatenate((into, back))
        column = self.column[target]
        if column >= 0:
            signs = np.append(np.ones(len(arcs)), -1.0)
            self.add(np.append(arcs, column), signs, 0.0, False)
        else:
            self.add(arcs, np.ones(len(arcs)), 1.0, False)
        return arcs

    def bound(self) -> tuple[int, IntArray, int]:
        """Return a bound times a scale, what is left of each cost, and the scale; all exact."""
        scale = 1 << max(0, _BITS - int(self.cost.max(initial=1)).bit_length())
        dual = np.array(self.solver.getSolution().row_dual)
        free = np.array(self.is_equal, dtype=np.bool_)
        price = np.rint(np.where(free, dual, np.maximum(dual, 0.0)) * scale).astype(np.int64)
        left = self.cost * scale
        for row in np.flatnonzero(price):
            left[self.indices[row]] -= price[row] * self.signs[row].astype(np.int64)
        total = int((price * np.array(self.lower, dtype=np.int64)).astype(object).sum())
        upper = np.array(self.solver.getLp().col_upper_)
        total += int(left[(left < 0) & (upper > 0)].astype(object).sum())
        return total, left, scale


def tighten(search: PrizeSearch, deadline_s: float, gap: float) -> None:
    """Raise a search's bound by linear programming until it is proven or nothing is gained."""
    while not _is_done(search, gap):
        before = search.problem.graph.edge_count
        if not before or not _cut(search, deadline_s, gap):
            break


def _is_done(search: PrizeSearch, gap: float) -> bool:
    return search.is_proven or search.gap <= gap


def _cut(search: PrizeSearch, deadline_s: float, gap: float) -> bool:
    """Add cuts until none is violated; return whether much of the graph went meanwhile."""
    problem = search.problem
    program = _built(problem)
    alive = np.ones(problem.graph.edge_count, dtype=np.bool_)
    work = _network(problem)
    idle, reached = 0, -search.cost
    _add_ascent(search, program)
    while not search.clock.is_over() and time.monotonic() < deadline_s:
        left_s = max(0.1, min(deadline_s, search.clock.deadline_s) - time.monotonic())
        program.solver.setOptionValue("time_limit", program.solver.getRunTime() + left_s)
        program.solver.run()
        if str(program.solver.getModelStatus()) != str(highspy.HighsModelStatus.kOptimal):
            break
        total, left, scale = program.bound()
        gained = -(-total // scale) - reached
        idle = idle + 1 if gained <= _STALL * (search.cost - search.bound) else 0
        reached += max(0, gained)
        offset = problem.lost + _open_prizes(problem)
        search.raise_bound(-(-total // scale) + offset)
        if _is_done(search, gap):
            return False
        value = np.array(program.solver.getSolution().col_value)
        _try(search, problem, value)
        if _is_done(search, gap):
            return False
        _fix(program, alive, left, (search.cost - offset) * scale - total)
        if np.count_nonzero(alive) < _SHRUNK * len(alive):
            return _shrunk(search, problem, program, alive)
        if idle >= _IDLE or not _add_violated(program, value, work):
            break
    _shrunk(search, problem, program, alive)
    return False


def _shrunk(search: PrizeSearch, problem: PrizeKernel, program: _Program, alive: BoolArray) -> bool:
    """Go on with the edges and nodes that are left; return whether anything is."""
    lp = program.solver.getLp()
    low, high = np.array(lp.col_lower_), np.array(lp.col_upper_)
    nodes = np.flatnonzero(program.column >= 0)
    sure = nodes[low[program.column[nodes]] > 0].astype(np.int32)
    out = nodes[high[program.column[nodes]] == 0].astype(np.int32)
    smaller = narrowed(with_must(problem, sure), alive, out)
    if smaller is None:
        search.raise_bound(search.cost)
        return False
    search.shrink(smaller)
    return not search.is_proven


def _open_prizes(problem: PrizeKernel) -> int:
    return int(problem.prize[problem.prize < MUST].sum())


def _built(problem: PrizeKernel) -> _Program:
    """Return the program without cuts."""
    g, prize = problem.graph, problem.prize
    is_open = (prize > 0) & (prize < MUST)
    column = np.full(g.node_count, -1, dtype=np.int64)
    column[is_open] = 2 * g.edge_count + np.arange(np.count_nonzero(is_open))
    cost = np.concatenate((np.repeat(g.cost, 2), -prize[is_open]))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    upper = np.ones(len(cost))
    upper[np.flatnonzero(g.start == problem.root) * 2 + 1] = 0.0
    upper[np.flatnonzero(g.end == problem.root) * 2] = 0.0
    solver.addVars(len(cost), np.zeros(len(cost)), upper)
    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost.astype(float))
    program = _Program(problem, solver, cost, column)
    for v in range(g.node_count):
        if v != problem.root:
            _add_node(program, v)
    return program


def _add_node(program: _Program, v: int) -> None:
    """Say how often a node is entered, and that a way into one without a prize goes on."""
    g = program.problem.graph
    edges = g.edge[g.first[v] : g.first[v + 1]].astype(np.int64)
    into = np.where(g.end[edges] == v, 2 * edges, 2 * edges + 1)
    ones = np.ones(len(into))
    if program.column[v] >= 0:
        program.add(np.append(into, program.column[v]), np.append(ones, -1.0), 0.0, True)
    elif program.problem.prize[v] >= MUST:
        program.add(into, ones, 1.0, True)
    else:
        program.add(into, -ones, -1.0, False)
        program.add(np.append(into, into ^ 1), np.append(-ones, ones), 0.0, False)


def warm_up(problem: PrizeKernel) -> None:
    """Compile every kernel on a tiny problem."""
    g = problem.graph
    ascent = ascend(g, problem.prize, problem.root, 1.0)
    _sets(g.first, g.neighbour, g.cost[g.edge], ascent.steps, g.node_count)
    first, arc, head = _network(problem)
    full = np.full(2 * g.edge_count, _ONE, dtype=np.int64)
    _cut_between(first, arc, head, full, problem.root, g.node_count - 1, np.int64(_ONE))


def _add_ascent(search: PrizeSearch, program: _Program) -> None:
    """Begin with the sets that a dual ascent raised prices on."""
    problem = program.problem
    g = problem.graph
    ascent = ascend(g, problem.prize, problem.root, 1.0, guide=search.tree())
    offset, node, distance = _sets(
        g.first, g.neighbour, g.cost[g.edge], ascent.steps, _SETS * g.node_count
    )
    added = 0
    for step in range(len(offset) - 1):
        nodes = node[offset[step] : offset[step + 1]]
        away = distance[offset[step] : offset[step + 1]]
        inner = np.zeros(g.node_count, dtype=np.bool_)
        for size in [*np.flatnonzero(np.diff(away)) + 1, len(nodes)]:
            inner[nodes[:size]] = True
            program.enter(inner, int(ascent.steps[step, 0]))
            added += 1
        if added >= _SETS:
            break


@compiled
def _sets(first, neighbour, left, steps, most):  # type: ignore[no-untyped-def]  # compiled
    """Replay an ascent: for each step its nodes by distance, as far as there is room."""
    n = len(first) - 1
    node = np.empty(most, np.int32)
    away = np.empty(most, np.int64)
    offset = np.zeros(len(steps) + 1, np.int64)
    distance = np.full(n, FAR, np.int64)
    keys = np.empty(len(neighbour) + 2, np.int64)
    items = np.empty(len(neighbour) + 2, np.int32)
    done = 0
    for i in range(len(steps)):
        if offset[i] + n > most:
            break
        target, radius = np.int32(steps[i, 0]), steps[i, 1]
        distance[target] = 0
        size = heap_push(keys, items, 0, 0, target)
        count = offset[i]
        while size > 0 and keys[0] < radius:
            d, v = keys[0], items[0]
            size = heap_pop(keys, items, size)
            if d > distance[v]:
                continue
            node[count], away[count] = v, d
            count += 1
            for a in range(first[v], first[v + 1]):
                w = neighbour[a]
                if d + left[a] < min(radius, distance[w]):
                    distance[w] = d + left[a]
                    size = heap_push(keys, items, size, distance[w], w)
        for j in range(offset[i], count):
            v = node[j]
            for a in range(first[v], first[v + 1]):
                left[a] -= max(0, min(radius, distance[neighbour[a]]) - distance[v])
        for j in range(offset[i], count):
            distance[node[j]] = FAR
        offset[i + 1] = count
        done = i + 1
    return offset[: done + 1], node, away


def _network(problem: PrizeKernel) -> tuple[IntArray, IntArray, IntArray]:
    """Return rows of arcs by their tail: first, arc, head."""
    g = problem.graph
    arc = 2 * g.edge.astype(np.int64)
    tail = np.repeat(np.arange(g.node_count), np.diff(g.first))
    arc = np.where(g.start[g.edge] == tail, arc, arc + 1)
    return g.first, arc, g.neighbour.astype(np.int64)


def _try(search: PrizeSearch, problem: PrizeKernel, value: FloatArray) -> None:
    """Build a tree where the fractional solution is large."""
    used = value[: 2 * problem.graph.edge_count].reshape(-1, 2).sum(axis=1)
    cost = (problem.graph.cost * (1.0 - np.minimum(used, 0.999))).astype(np.int64)
    everything = np.ones(problem.graph.edge_count, dtype=np.bool_)
    search.consider(search.built(everything, cost, 1.0))


def _fix(program: _Program, alive: BoolArray, left: IntArray, margin: int) -> None:
    """Fix what no better solution can use or do without; ``margin`` is scaled as ``left``."""
    arcs = 2 * len(alive)
    dear = np.flatnonzero(left >= margin)
    for column in dear:
        program.solver.changeColBounds(int(column), 0.0, 0.0)
    gone = np.zeros(arcs, dtype=np.bool_)
    gone[dear[dear < arcs]] = True
    upper = np.array(program.solver.getLp().col_upper_)[:arcs]
    alive &= (upper > 0).reshape(-1, 2).any(axis=1)
    for column in np.flatnonzero(left[arcs:] <= -margin) + arcs:
        program.solver.changeColBounds(int(column), 1.0, 1.0)


def _add_violated(
    program: _Program, value: FloatArray, work: tuple[IntArray, IntArray, IntArray]
) -> bool:
    """Add inequalities that a solution violates; return whether there were any."""
    added = _add_opposite(program, value)
    problem = program.problem
    g = problem.graph
    wanted = np.ones(g.node_count)
    known = program.column >= 0
    wanted[known] = value[program.column[known]]
    targets = np.flatnonzero((problem.prize > 0) & (wanted > _EPS))
    targets = targets[targets != problem.root]
    capacity = np.maximum(0, np.rint(value[: 2 * g.edge_count] * _ONE)).astype(np.int64) + 1
    for t in targets[np.argsort(-wanted[targets], kind="stable")]:
        if added >= _CUTS:
            break
        added += _add_cuts(program, work, capacity, int(t), float(wanted[t]))
    return added > 0


def _add_cuts(
    program: _Program, work: tuple[IntArray, IntArray, IntArray], capacity: IntArray, target: int,
    wanted: float,
) -> int:  # fmt: skip
    """Add nested cuts before a node; return their number."""
    first, arc, head = work
    limit = np.int64((wanted - _EPS) * _ONE)
    capacity = capacity.copy()
    added = 0
    for _ in range(_NESTED):
        flow, is_near, is_far = _cut_between(
            first, arc, head, capacity, program.problem.root, target, limit
        )
        if flow >= limit:
            break
        for inner in (is_near, ~is_far):
            arcs = program.enter(inner, target)
            capacity[arcs] = _ONE
            added += 1
            if (is_near == ~is_far).all():
                break
    return added


def _add_opposite(program: _Program, value: FloatArray) -> int:
    """Say of edges used both ways that one direction needs the other end passed."""
    g = program.problem.graph
    used = value[: 2 * g.edge_count].reshape(-1, 2).sum(axis=1)
    added = 0
    for v, edges in ((g.start, np.flatnonzero(used > _EPS)), (g.end, np.flatnonzero(used > _EPS))):
        known = program.column[v[edges]] >= 0
        passed = value[program.column[v[edges[known]]]]
        for e in edges[known][used[edges[known]] > passed + _EPS]:
            pair = np.array([2 * e, 2 * e + 1, program.column[v[e]]], dtype=np.int64)
            program.add(pair, np.array([-1.0, -1.0, 1.0]), 0.0, False)
            added += 1
    return added


@compiled
def _cut_between(first, arc, head, capacity, source, target, limit):  # type: ignore[no-untyped-def]  # compiled
    """Push flow from source to target, up to ``limit``.

    Returns the flow, the nodes that can still reach the target, and those that the source
    still reaches.
    """
    n = len(first) - 1
    rest = capacity.copy()
    flow = np.int64(0)
    via = np.empty(n, np.int64)
    back = np.empty(n, np.int64)
    queue = np.empty(n, np.int64)
    while flow < limit:
        seen = _reach(first, arc, head, rest, source, target, via, back, queue, False)
        if not seen[target]:
            break
        push = limit
        v = target
        while v != source:
            push = min(push, rest[via[v]])
            v = back[v]
        v = target
        while v != source:
            rest[via[v]] -= push
            rest[via[v] ^ 1] += push
            v = back[v]
        flow += push
    far = _reach(first, arc, head, rest, source, -1, via, back, queue, False)
    near = _reach(first, arc, head, rest, target, -1, via, back, queue, True)
    return flow, near, far


@compiled
def _reach(first, arc, head, rest, source, target, via, back, queue, is_backward):  # type: ignore[no-untyped-def]  # compiled
    """Return the nodes within reach over arcs with capacity left, until ``target`` is."""
    seen = np.zeros(len(first) - 1, np.bool_)
    seen[source] = True
    queue[0] = source
    size = 1
    i = 0
    while i < size:
        v = queue[i]
        i += 1
        for k in range(first[v], first[v + 1]):
            w = head[k]
            a = arc[k] ^ 1 if is_backward else arc[k]
            if rest[a] > 0 and not seen[w]:
                seen[w] = True
                via[w] = a
                back[w] = v
                if w == target:
                    return seen
                queue[size] = w
                size += 1
    return seen
