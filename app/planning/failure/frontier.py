"""Exact reliability of small meshed cores: states of a frontier that sweeps over the graph.

Nodes are taken in one after the other. What the decided part of the graph means for the rest
is only how the nodes at its edge hang together, with the start and with the end; states that
agree in this are one [1]_. Many questions about the same graph (each with its own start and
its own probabilities) are answered in one sweep, as vectors.

.. [1] Hardy, G., Lucet, C. and Limnios, N. (2007). K-terminal network reliability measures
   with binary decision diagrams. IEEE Transactions on Reliability 56, 506-515.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import FloatArray

STATE_LIMIT = 20_000
"""States at one time; a core that needs more is left to enumeration."""

_DOWN, _START, _END = -1, 0, 1

Labels = tuple[int, ...]
States = dict[Labels, FloatArray]


class TooWide(Exception):
    """The frontier of this graph holds too many states."""


@dataclass(frozen=True)
class Core:
    """A graph in which start and end shall be connected, for ``k`` questions at once.

    Parameters
    ----------
    node_up
        ``(v, k)`` probability that a node is up.
    edges
        Pairs of rows of ``node_up``; ``v`` stands for the end, which is always up.
    edge_up
        ``(e, k)`` probability that an edge is up.
    start_up
        ``(v + 1, k)`` probability of the start's own edge to each node, and to the end.
    """

    node_up: FloatArray
    edges: Sequence[tuple[int, int]]
    edge_up: FloatArray
    start_up: FloatArray


def connected(core: Core, limit: int = STATE_LIMIT) -> FloatArray:
    """Return the ``(k,)`` probability that start and end hang together.

    Exact up to rounding. Time and memory grow with the number of states, which is bounded by
    the ways to partition the widest frontier; raises `TooWide` above ``limit`` of them.
    """
    return _Sweep(core, limit).run()


def sweep_order(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the nodes in an order that keeps the frontier small (greedy, from the end)."""
    near: list[set[int]] = [set() for _ in range(count + 1)]
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    done = {count}
    order: list[int] = []
    active: set[int] = set()
    while len(order) < count:
        border = {w for v in (*active, count) for w in near[v]} - done or set(range(count)) - done
        chosen = min((_growth(v, near, done, active), v) for v in border)[1]
        order.append(chosen)
        done.add(chosen)
        active = {w for w in (*active, chosen) if not near[w] <= done}
    return order


def _growth(v: int, near: list[set[int]], done: set[int], active: set[int]) -> tuple[int, int]:
    """Return the width of the frontier after ``v``, then how little it is tied to before."""
    after = done | {v}
    width = sum(not near[w] <= after for w in (*active, v))
    return width, -len(near[v] & done)


class _Sweep:
    """One sweep; labels of a state stand for start, end and the active nodes in order."""

    def __init__(self, core: Core, limit: int) -> None:
        self._core = core
        self._limit = limit
        self._count = len(core.node_up)
        self._active: list[int] = []
        questions = core.start_up.shape[1]
        self._found = np.zeros(questions)
        self._states: States = {(_START, _END): np.ones(questions)}

    def run(self) -> FloatArray:
        """Return the probability of success of each question."""
        core, end = self._core, self._count
        self._join(0, 1, core.start_up[end])
        waiting: dict[int, list[tuple[int, FloatArray]]] = {v: [] for v in range(end + 1)}
        left = [0] * (end + 1)
        for (a, b), up in zip(core.edges, core.edge_up, strict=True):
            waiting[a].append((b, up))
            waiting[b].append((a, up))
            left[a] += 1
            left[b] += 1
        for node in sweep_order(end, core.edges):
            self._take_in(core.node_up[node])
            self._active.append(node)
            place = len(self._active) + 1
            self._join(0, place, core.start_up[node])
            for other, up in waiting[node]:
                if other == end or other in self._active[:-1]:
                    at = 1 if other == end else self._active.index(other) + 2
                    self._join(at, place, up)
                    left[node] -= 1
                    left[other] -= 1
            self._let_go([v for v in self._active if not left[v]], is_end_done=not left[end])
        return self._found

    def _take_in(self, up: FloatArray) -> None:
        """Add a node that is up or down to every state."""
        states: States = {}
        down = 1.0 - up
        for labels, mass in self._states.items():
            _put(states, (*labels, max(labels) + 1), mass * up)
            _put(states, (*labels, _DOWN), mass * down)
        self._states = states

    def _join(self, first: int, second: int, up: FloatArray) -> None:
        """Add an edge between two places of every state."""
        if not up.any():
            return
        states: States = {}
        down = 1.0 - up
        for labels, mass in self._states.items():
            a, b = labels[first], labels[second]
            if a == b or _DOWN in {a, b}:
                _put(states, labels, mass)
                continue
            _put(states, labels, mass * down)
            if {a, b} == {_START, _END}:
                self._found += mass * up
            else:
                _put(states, _merged(labels, a, b), mass * up)
        self._states = states
        if len(states) > self._limit:
            raise TooWide

    def _let_go(self, done: list[int], *, is_end_done: bool) -> None:
        """Drop nodes without further edges, and states that cannot succeed any more."""
        places = [0, 1, *(i + 2 for i, v in enumerate(self._active) if v not in done)]
        self._active = [v for v in self._active if v not in done]
        states: States = {}
        for labels, mass in self._states.items():
            kept = tuple(labels[i] for i in places)
            if is_end_done and _END not in kept[2:]:
                continue
            _put(states, _canonical(kept), mass)
        self._states = states


def _put(states: States, labels: Labels, mass: FloatArray) -> None:
    if mass.any():
        known = states.get(labels)
        states[labels] = mass if known is None else known + mass


def _merged(labels: Labels, a: int, b: int) -> Labels:
    small, large = min(a, b), max(a, b)
    return _canonical(tuple(small if label == large else label for label in labels))


def _canonical(labels: Labels) -> Labels:
    """Number the parts by their first appearance; start and end keep theirs."""
    names = {_DOWN: _DOWN, _START: _START, _END: _END}
    return tuple(names.setdefault(label, len(names) - 1) for label in labels)
