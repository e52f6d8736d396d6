"""Better lower bounds: prices of a few neighbouring terminals are taken back and raised anew.

A dual ascent ends where no price can be raised alone; how high that is depends on the order of
the turns. A move takes the prices of some neighbouring terminals back and lets their sets grow
again in another, random order. It stays if the sum is no smaller, or hardly so. All the rest
stands still, so that a move costs little even on large graphs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import Graph, IndexArray, IntArray, build_graph, compiled, shortest
from app.planning.tree.duals import Dual, Log, empty_dual, forget, give_back
from app.planning.tree.growth import random_number, rise, survey

_WORK = 400_000
"""Arcs looked at between two looks at the clock: some 15 ms."""

_FIRST_WORK = 1_000_000
"""The same in a first ascent."""

_LARGEST = 8
"""Terminals of one move at most."""

_HOPELESS = 40
"""Moves for each terminal without a gain after which another dual solution may do better."""

_PATIENCE = 2.0
"""A set keeps its turn while its cut is at most so many times the next one's ..."""

_SPREAD = 30.0
"""... and cuts are made to look larger by a random factor of up to 1 + this."""


@dataclass
class Reascent:
    """A dual solution of a graph that moves make better.

    Parameters
    ----------
    graph, terminals
        ``(k,)`` sorted nodes to be joined; all can be reached from each other.
    dual
        Is changed in place.
    seed
        Positive; equal seeds give equal moves.
    """

    graph: Graph
    terminals: IndexArray
    dual: Dual
    seed: int

    def __post_init__(self) -> None:
        self._state = np.array([2 * self.seed + 1], dtype=np.uint64)
        self._mate = mates(self.graph.first, self.graph.edge)
        self._run = np.ones(1, dtype=np.int64)
        self._tried = 0
        self._best = self.dual.bound
        near = _neighbours(self.graph, self.terminals)
        self._near = (near.first, near.neighbour)
        self.dual.field.stamp[:] = 0

    def raise_bound(
        self, work: int, is_over: Callable[[], bool] = lambda: False, heat: float = 0.0
    ) -> int:
        """Make moves that look at some ``work`` arcs; return by how much the bound rose.

        Moves that lower the bound by some ``heat`` stay now and then, as in annealing: from there
        others lead further up. Without heat the bound never falls.
        """
        dual = self.dual
        before = dual.bound
        if len(self.terminals) < 3:
            self._run[0] += work
            return 0
        while work > 0 and not is_over():
            survey(dual.field, self._mate, dual.origin)
            part = min(work, _WORK)
            work -= part
            log = _moves(
                dual.field, dual.log, self._near, self.terminals, dual.origin, self._state,
                self._run, part, heat,
            )  # fmt: skip
            dual.log = Log(*log)
        if dual.bound > self._best:
            self._best = dual.bound
            self._tried = int(self._run[0])
        return dual.bound - before

    @property
    def is_stuck(self) -> bool:
        """Whether many moves for each terminal have changed nothing."""
        return int(self._run[0]) - self._tried > _HOPELESS * (len(self.terminals) + 10)


def first_dual(
    graph: Graph,
    terminals: IndexArray,
    origin: int,
    patience: float = 1.2,
    *,
    is_over: Callable[[], bool] = lambda: False,
) -> Dual:
    """Return the dual solution of a plain ascent: the set with the smallest cut goes first.

    What was raised when time runs out is a dual solution all the same.
    """
    dual = empty_dual(graph, origin)
    others = terminals[terminals != origin].astype(np.int32)
    state = np.ones(1, np.uint64)
    waiting, run = 0, 1
    while True:
        log, _, _, _, waiting = rise(
            dual.field, dual.log, others, waiting, run, patience, 0.0, state, _FIRST_WORK
        )
        dual.log = Log(*log)
        if not waiting or is_over():
            break
        others, run = others[:0], run + 1
    dual.field.is_waiting[:] = False
    return dual


@compiled
def mates(first, edge):  # type: ignore[no-untyped-def]  # compiled
    """Return the place of each arc's edge in the row of its other end."""
    mate = np.empty(len(edge), np.int32)
    seen = np.full(len(edge) // 2, -1, np.int32)
    for a in range(len(edge)):
        e = edge[a]
        if seen[e] >= 0:
            mate[a] = seen[e]
            mate[seen[e]] = a
        seen[e] = a
    return mate


def _neighbours(graph: Graph, terminals: IndexArray) -> Graph:
    """Return the graph of the terminals, by index, whose regions touch."""
    g = graph
    _, base, _ = shortest(g.first, g.neighbour, g.edge, g.cost, terminals)
    one, other = base[g.start].astype(np.int64), base[g.end].astype(np.int64)
    apart = (one != other) & (one >= 0)
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    pairs: IntArray = np.unique(low * len(terminals) + high)
    low, high = pairs // len(terminals), pairs % len(terminals)
    return build_graph(len(terminals), low, high, np.zeros(len(pairs), np.int64))


@compiled
def _moves(field, log, near, terminals, origin, state, run, work, heat):  # type: ignore[no-untyped-def]  # compiled
    """Make moves until ``work`` is used up; return the log."""
    entry = np.empty(_LARGEST, np.int64)
    price = np.empty(_LARGEST, np.int64)
    while work > 0:
        group = _drawn(near, terminals, origin, state)
        if len(group) == 0:
            break
        before = np.int64(0)
        for i in range(len(group)):
            t = group[i]
            entry[i], price[i] = field.head[t], field.price[t]
            before += price[i]
            give_back(field, log, entry[i], 1)
            field.head[t], field.price[t] = -1, 0
        run[0] += 1
        log, gained, changes, left, _ = rise(
            field, log, group, 0, run[0], _PATIENCE, _SPREAD, state, np.int64(2**62)
        )
        work -= np.int64(2**62) - left + 200
        if heat > 0:
            before += np.int64(heat * np.log((random_number(state) + 1.0) / 2147483648.0))
        for i in range(len(group)):
            t = group[i]
            if gained >= before:
                forget(log, entry[i])
                continue
            give_back(field, log, field.head[t], 1)
            forget(log, field.head[t])
            give_back(field, log, entry[i], -1)
            field.head[t], field.price[t] = entry[i], price[i]
        if gained < before:
            for i in range(changes - 1, -1, -1):
                field.via[field.changed[i]] = field.changed_via[i]
    return log


@compiled
def _drawn(near, terminals, origin, state):  # type: ignore[no-untyped-def]  # compiled
    """Draw some neighbouring terminals, without the origin."""
    first, neighbour = near
    wanted = 2 + random_number(state) % (_LARGEST - 1)
    chosen = np.empty(wanted, np.int64)
    chosen[0] = random_number(state) % len(terminals)
    if terminals[chosen[0]] == origin:
        chosen[0] = (chosen[0] + 1) % len(terminals)
    count = 1
    for _ in range(4 * wanted):
        if count == wanted:
            break
        k = chosen[random_number(state) % count]
        row = first[k + 1] - first[k]
        if row == 0:
            break
        other = np.int64(neighbour[first[k] + random_number(state) % row])
        if terminals[other] != origin and not (chosen[:count] == other).any():
            chosen[count] = other
            count += 1
    return terminals[chosen[:count]]
