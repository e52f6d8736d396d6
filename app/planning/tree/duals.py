"""Dual solutions of the tree problem, kept as shares of the costs, terminal by terminal.

Each set of nodes that holds a terminal and not the origin must be entered by an arc of any tree
that is directed away from the origin. Raising a price on such sets, while the prices on the sets
that an arc enters never exceed its cost, gives a sum that no tree can undercut [1]_. The prices
of one terminal's sets are kept as the shares of the arcs' costs that they use up. All numbers
are whole, so the bound is exact and needs no tolerance.

Arcs are numbered by their place in the compressed rows: arc ``a`` in the row of node ``v`` leads
from ``neighbour[a]`` into ``v``.

.. [1] Wong, R. T. (1984). A dual ascent approach for Steiner tree problems on a directed
   graph. Mathematical Programming 28, 271-287.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, IndexArray, IntArray, compiled


class Log(NamedTuple):
    """Shares of the costs: for each terminal a chain of entries.

    Attributes
    ----------
    arc, amount, following
        ``(s,)`` arc and share of each entry, and the next entry of the chain or -1.
    meta
        First entry that was given back, or -1, and the number of entries ever used.
    """

    arc: IndexArray
    amount: IntArray
    following: IndexArray
    meta: IntArray


class Field(NamedTuple):
    """The arrays that growing sets work on.

    Attributes
    ----------
    first, neighbour
        Compressed rows of the graph.
    reduced
        ``(2m,)`` what is left of each arc's cost.
    price, head
        ``(n,)`` sum of the prices of each terminal's sets, and its first entry in the log.
    via
        ``(n,)`` arc by which a free way from the origin is thought to enter each node; -1 for
        none, -2 at the origin.
    is_waiting
        ``(n,)`` terminals whose sets go on growing.
    stamp
        ``(n,)`` what is known of free ways from the origin: see `app.planning.tree.growth`.
    distance, settled, onward_arc, onward, touched
        ``(n,)`` a walk: distances, nodes done, arc and node by which it goes on to the terminal
        from a node, and the nodes to be cleared after it.
    heap_keys, heap_items, turn_keys, turn_items
        Queues of a walk's nodes and of the waiting terminals.
    changed, changed_via
        ``(n,)`` nodes whose ``via`` was changed, and what it was.
    """

    first: IntArray
    neighbour: IndexArray
    reduced: IntArray
    price: IntArray
    head: IndexArray
    via: IndexArray
    is_waiting: BoolArray
    stamp: IndexArray
    distance: IntArray
    settled: BoolArray
    onward_arc: IndexArray
    onward: IndexArray
    touched: IndexArray
    heap_keys: IntArray
    heap_items: IndexArray
    turn_keys: IntArray
    turn_items: IndexArray
    changed: IndexArray
    changed_via: IndexArray


@dataclass
class Dual:
    """A dual solution, which re-ascents change in place.

    Attributes
    ----------
    origin
        The root that trees are directed away from.
    field, log
        Prices, shares and what is left of the costs.
    """

    origin: int
    field: Field
    log: Log

    @property
    def bound(self) -> int:
        """Sum of the prices: no tree that joins all terminals is cheaper."""
        return int(self.field.price.sum())

    @property
    def reduced(self) -> IntArray:
        """``(2m,)`` what is left of each arc's cost."""
        return self.field.reduced

    def shares(self) -> tuple[IndexArray, IndexArray, IntArray]:
        """Return terminal, arc and amount of all shares, one row for each pair."""
        terminal, arc, amount = _entries(self.field.head, self.log)
        order = np.lexsort((arc, terminal))
        terminal, arc, amount = terminal[order], arc[order], amount[order]
        fresh = np.flatnonzero(
            np.append(True, (terminal[1:] != terminal[:-1]) | (arc[1:] != arc[:-1]))
        )
        if not len(terminal):
            return terminal, arc, amount
        return terminal[fresh], arc[fresh], np.add.reduceat(amount, fresh)


def empty_dual(graph: Graph, origin: int) -> Dual:
    """Return the dual solution without any price."""
    n, arcs = graph.node_count, 2 * graph.edge_count
    via = np.full(n, -1, np.int32)
    via[origin] = -2
    field = Field(
        graph.first, graph.neighbour, graph.cost[graph.edge],
        np.zeros(n, np.int64), np.full(n, -1, np.int32), via,
        np.zeros(n, np.bool_), np.zeros(n, np.int32), np.full(n, FAR, np.int64),
        np.zeros(n, np.bool_), np.empty(n, np.int32), np.empty(n, np.int32),
        np.empty(n, np.int32), np.empty(arcs + 2, np.int64), np.empty(arcs + 2, np.int32),
        np.empty(n + 1, np.int64), np.empty(n + 1, np.int32),
        np.empty(n, np.int32), np.empty(n, np.int32),
    )  # fmt: skip
    return Dual(origin, field, empty_log(max(1024, arcs // 2)))


def empty_log(size: int) -> Log:
    """Return a log with room for so many entries."""
    return Log(
        np.empty(size, np.int32), np.empty(size, np.int64), np.empty(size, np.int32),
        np.array([-1, 0], np.int64),
    )  # fmt: skip


@compiled
def with_room(log, count):  # type: ignore[no-untyped-def]  # compiled
    """Return a log with room for so many more entries."""
    size = len(log.arc)
    if log.meta[1] + count <= size:
        return log
    more = max(size, count)
    return Log(
        np.concatenate((log.arc, np.empty(more, np.int32))),
        np.concatenate((log.amount, np.empty(more, np.int64))),
        np.concatenate((log.following, np.empty(more, np.int32))),
        log.meta,
    )


@compiled
def new_entry(following, meta):  # type: ignore[no-untyped-def]  # compiled
    """Return an entry of a log that is not in use."""
    entry = meta[0]
    if entry >= 0:
        meta[0] = following[entry]
    else:
        entry = meta[1]
        meta[1] += 1
    return entry


@compiled
def give_back(field, log, entry, sign):  # type: ignore[no-untyped-def]  # compiled
    """Add the shares of a chain to what is left of the costs, or take them off with -1."""
    reduced, arc, amount, following = field.reduced, log.arc, log.amount, log.following
    while entry >= 0:
        reduced[arc[entry]] += sign * amount[entry]
        entry = following[entry]


@compiled
def forget(log, entry):  # type: ignore[no-untyped-def]  # compiled
    """Make the entries of a chain free to be used again."""
    following, meta = log.following, log.meta
    while entry >= 0:
        after = following[entry]
        following[entry] = meta[0]
        meta[0] = entry
        entry = after


@compiled
def _entries(head, log):  # type: ignore[no-untyped-def]  # compiled
    """Return terminal, arc and amount of all entries in use."""
    count = 0
    for v in range(len(head)):
        entry = head[v]
        while entry >= 0:
            count += 1
            entry = log.following[entry]
    terminal = np.empty(count, np.int32)
    arc = np.empty(count, np.int32)
    amount = np.empty(count, np.int64)
    count = 0
    for v in range(len(head)):
        entry = head[v]
        while entry >= 0:
            terminal[count], arc[count], amount[count] = v, log.arc[entry], log.amount[entry]
            count += 1
            entry = log.following[entry]
    return terminal, arc, amount
