"""The cheapest tree of a narrow graph, exactly.

Graphs made of a few good trees look like trees themselves: their nodes can be taken out one
after the other so that each leaves few neighbours behind, its bag. What matters of the part of
a tree that lies among the nodes taken out is only how it joins the bag: which bag nodes hang
together, and which of the pieces hold terminals. Going through all these states finds the
cheapest tree in time linear in the number of nodes, and exponential only in the size of the
bags [1]_. Joining good trees in this way goes back to tours [2]_.

.. [1] Chimani, M., Mutzel, P., Zey, B. (2012). Improved Steiner tree algorithms for bounded
   treewidth. Journal of Discrete Algorithms 16, 67-78.
.. [2] Cook, W., Seymour, P. (2003). Tour merging via branch-decomposition. INFORMS Journal on
   Computing 15, 233-248.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, IntArray, compiled

WIDEST = 11
"""Neighbours in a bag at most; a state has to fit into 64 bits."""

_FLAGS = 48
"""First bit of the flags of pieces with terminals; below are 4 bits for each node's piece."""


class Bags(NamedTuple):
    """An order in which nodes are taken out, and the neighbours that each leaves behind.

    Attributes
    ----------
    node
        ``(n,)`` nodes in the order.
    first, item
        The neighbours of the i-th node taken out are ``item[first[i]:first[i + 1]]``, by their
        place in the order, ascending.
    """

    node: IndexArray
    first: IntArray
    item: IndexArray


def bags_of(graph: Graph, last: int, widest: int = WIDEST) -> Bags | None:
    """Return bags with ``last`` taken out at the end, or None if one exceeds ``widest``.

    The node with the fewest neighbours goes first.
    """
    near = _neighbours(graph)
    queue = [(len(known), v) for v, known in enumerate(near) if v != last]
    heapq.heapify(queue)
    order: list[int] = []
    left: list[set[int]] = []
    place = np.full(graph.node_count, -1, dtype=np.int64)
    while queue:
        size, v = heapq.heappop(queue)
        if place[v] >= 0 or size != len(near[v]):
            continue
        if size > widest:
            return None
        place[v] = len(order)
        order.append(v)
        left.append(near[v])
        for w in near[v]:
            near[w] |= near[v]
            near[w] -= {v, w}
            if w != last:
                heapq.heappush(queue, (len(near[w]), w))
    place[last] = len(order)
    order.append(last)
    left.append(set())
    rows = [sorted(place[list(bag)].tolist()) for bag in left]
    first = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    item = np.array([i for row in rows for i in row], dtype=np.int32)
    return Bags(np.array(order, dtype=np.int32), first, item)


def _neighbours(graph: Graph) -> list[set[int]]:
    """Return the neighbours of each node."""
    first = graph.first.tolist()
    neighbour = graph.neighbour.tolist()
    return [set(neighbour[first[v] : first[v + 1]]) - {v} for v in range(graph.node_count)]


def cheapest_tree(
    graph: Graph, terminals: IndexArray, bags: Bags, most: int = 2_000_000
) -> BoolArray | None:
    """Return the cheapest tree that joins the terminals, as a mask of edges.

    Of equally cheap trees it has the fewest edges. Returns None if there is none or if more than
    ``most`` states had to be looked at. ``bags`` must end with a terminal.
    """
    return affordable_tree(graph, terminals, bags, np.zeros_like(graph.cost), 1, most)[0]


def affordable_tree(
    graph: Graph, terminals: IndexArray, bags: Bags, price: IntArray, budget: int, most: int
) -> tuple[BoolArray | None, bool]:
    """Return the cheapest tree if its edges' prices stay below a budget, and whether that is sure.

    With reduced costs of a dual solution as prices, and what it leaves to the best known tree as
    budget, no tree is the proof that there is no cheaper one.

    Parameters
    ----------
    price
        ``(m,)`` non-negative, such that of all trees that are as cheap as the cheapest or
        cheaper than wanted each stays below ``budget``.
    most
        States to be looked at; with more, nothing is sure.
    """
    place = np.empty(graph.node_count, dtype=np.int32)
    place[bags.node] = np.arange(graph.node_count, dtype=np.int32)
    one, other = place[graph.start], place[graph.end]
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.argsort(low, kind="stable").astype(np.int32)
    order = order[low[order] != high[order]]
    begin = np.searchsorted(low[order], np.arange(graph.node_count + 1))
    is_terminal = np.zeros(graph.node_count, dtype=np.bool_)
    is_terminal[place[terminals]] = True
    chosen = np.zeros(graph.edge_count, dtype=np.bool_)
    # Each edge counts a little, or edges of no cost might be chosen in vain.
    cost = graph.cost * (graph.edge_count + 1) + 1
    weighed = (cost, price, np.int64(budget))
    found = _search(bags.first, bags.item, begin, order, high, weighed, is_terminal, most, chosen)
    return (chosen if found > 0 else None), bool(found >= 0)


@compiled
def _search(first, item, begin, edges, high, weighed, is_terminal, most, chosen):  # type: ignore[no-untyped-def]  # compiled
    """Go through all states and choose the edges of the cheapest tree.

    Returns 1, 0 if there is no tree, -1 if there is too much to look at.
    """
    n = len(first) - 1
    child, sibling = _children(first, item)
    table = np.zeros((n, 2), np.int64)
    states = _new_states(1024)
    fresh = _new_states(1024)
    count = 0
    for i in range(n):
        bag = item[first[i] : first[i + 1]]
        states = _fit(states, count + 1)
        low = count
        _put(states, count, _alone(i, bag, is_terminal), 0, 0, -1, -1, -1)
        count += 1
        c = child[i]
        while c >= 0:
            size = (count - low) * (table[c, 1] - table[c, 0])
            most -= size
            if most < 0:
                return -1
            fresh = _fit(fresh, size)
            seats = _seats(item[first[c] : first[c + 1]], i, bag)
            size = _joined(states, low, count, table[c], seats, len(bag) + 1, weighed[2], fresh)
            states, low, count = _kept(fresh, size, states, count)
            c = sibling[c]
        for j in range(begin[i], begin[i + 1]):
            seat = np.searchsorted(bag, high[edges[j]]) + 1
            fresh = _fit(fresh, 2 * (count - low))
            most -= count - low
            size = _linked(states, low, count, seat, edges[j], len(bag) + 1, weighed, fresh)
            states, low, count = _kept(fresh, size, states, count)
        fresh = _fit(fresh, count - low)
        size = _forgotten(states, low, count, len(bag) + 1, i == n - 1, fresh)
        states, low, count = _kept(fresh, size, states, count)
        table[i] = low, count
        most -= size
        if low == count or most < 0:
            return 0 if most >= 0 else -1
    _trace(states, low, chosen)
    return 1


@compiled
def _children(first, item):  # type: ignore[no-untyped-def]  # compiled
    """Return the first bag that opens into each bag, and the next one that opens into the same."""
    n = len(first) - 1
    child = np.full(n, -1, np.int32)
    sibling = np.full(n, -1, np.int32)
    for i in range(n - 1):
        # A part without a way to the last node holds no terminal, or there is no tree.
        p = item[first[i]] if first[i] < first[i + 1] else n - 1
        sibling[i] = child[p]
        child[p] = i
    return child, sibling


@compiled
def _new_states(size):  # type: ignore[no-untyped-def]  # compiled
    """Return arrays for states: key, cost, price, state before, other joined, edge added."""
    return (
        np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64),
        np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int32),
    )  # fmt: skip


@compiled
def _fit(states, size):  # type: ignore[no-untyped-def]  # compiled
    """Return the arrays, enlarged if ``size`` states do not fit."""
    if size <= len(states[0]):
        return states
    wider = _new_states(2 * size)
    count = len(states[0])
    wider[0][:count] = states[0]
    wider[1][:count] = states[1]
    wider[2][:count] = states[2]
    wider[3][:count] = states[3]
    wider[4][:count] = states[4]
    wider[5][:count] = states[5]
    return wider


@compiled
def _put(states, i, key, cost, price, before, other, e):  # type: ignore[no-untyped-def]  # compiled
    """Write a state."""
    states[0][i] = key
    states[1][i] = cost
    states[2][i] = price
    states[3][i] = before
    states[4][i] = other
    states[5][i] = e


@compiled
def _alone(i, bag, is_terminal):  # type: ignore[no-untyped-def]  # compiled
    """Return the state in which no two nodes hang together."""
    key = np.int64(0)
    for seat in range(len(bag) + 1):
        key |= np.int64(seat) << (4 * seat)
        node = bag[seat - 1] if seat > 0 else i
        if is_terminal[node]:
            key |= np.int64(1) << (_FLAGS + seat)
    return key


@compiled
def _seats(inner, i, bag):  # type: ignore[no-untyped-def]  # compiled
    """Return the seat of each node of an inner bag among ``i`` and its bag."""
    seats = np.zeros(len(inner), np.int64)
    for j in range(len(inner)):
        if inner[j] != i:
            seats[j] = np.searchsorted(bag, inner[j]) + 1
    return seats


@compiled
def _joined(states, low, high, table, seats, size, budget, fresh):  # type: ignore[no-untyped-def]  # compiled
    """Write all joins of states with those of an inner bag that close no circle."""
    count = 0
    for b in range(table[0], table[1]):
        inner = states[0][b]
        for a in range(low, high):
            key = states[0][a]
            price = states[2][a] + states[2][b]
            if price >= budget:
                continue
            for j in range(len(seats)):
                piece = (inner >> (4 * j)) & 15
                if piece != j:
                    key = _merged(key, seats[j], seats[piece], size)
                elif (inner >> (_FLAGS + j)) & 1:
                    key |= np.int64(1) << (_FLAGS + ((key >> (4 * seats[j])) & 15))
                if key < 0:
                    break
            if key >= 0:
                _put(fresh, count, key, states[1][a] + states[1][b], price, a, b, -1)
                count += 1
    return count


@compiled
def _merged(key, one, other, size):  # type: ignore[no-untyped-def]  # compiled
    """Return the state with the pieces of two seats made one, -1 if they are one already."""
    a = (key >> (4 * one)) & 15
    b = (key >> (4 * other)) & 15
    if a == b:
        return np.int64(-1)
    if a > b:
        a, b = b, a
    for seat in range(b, size):
        if (key >> (4 * seat)) & 15 == b:
            key ^= (a ^ b) << (4 * seat)
    if (key >> (_FLAGS + b)) & 1:
        key ^= np.int64(1) << (_FLAGS + b)
        key |= np.int64(1) << (_FLAGS + a)
    return key


@compiled
def _linked(states, low, high, seat, e, size, weighed, fresh):  # type: ignore[no-untyped-def]  # compiled
    """Write all states without and with an edge from the node to be taken out."""
    cost, prices, budget = weighed
    count = 0
    for a in range(low, high):
        key = states[0][a]
        _put(fresh, count, key, states[1][a], states[2][a], a, -1, -1)
        count += 1
        key = _merged(key, 0, seat, size)
        price = states[2][a] + prices[e]
        if key >= 0 and price < budget:
            _put(fresh, count, key, states[1][a] + cost[e], price, a, -1, e)
            count += 1
    return count


@compiled
def _forgotten(states, low, high, size, is_last, fresh):  # type: ignore[no-untyped-def]  # compiled
    """Write all states without the node of seat 0; pieces with terminals must not be lost."""
    count = 0
    for a in range(low, high):
        key = states[0][a]
        heir = 1
        while heir < size and (key >> (4 * heir)) & 15 != 0:
            heir += 1
        has_terminal = key >> _FLAGS & 1
        if heir == size and has_terminal and not is_last:
            continue
        left = np.int64(0)
        for seat in range(1, size):
            piece = (key >> (4 * seat)) & 15
            left |= ((heir if piece == 0 else piece) - 1) << (4 * (seat - 1))
        left |= key >> (_FLAGS + 1) << _FLAGS
        if heir < size and has_terminal:
            left |= np.int64(1) << (_FLAGS + heir - 1)
        _put(fresh, count, left, states[1][a], states[2][a], a, -1, -1)
        count += 1
    return count


@compiled
def _kept(fresh, size, states, count):  # type: ignore[no-untyped-def]  # compiled
    """Append the cheapest of equal states; return the arrays and where the new ones lie."""
    order = np.argsort(fresh[0][:size], kind="mergesort")
    states = _fit(states, count + size)
    low = count
    for i in range(size):
        f = order[i]
        key, cost, price = fresh[0][f], fresh[1][f], fresh[2][f]
        if count == low or states[0][count - 1] != key:
            _put(states, count, key, cost, price, fresh[3][f], fresh[4][f], fresh[5][f])
            count += 1
        elif cost < states[1][count - 1]:
            _put(states, count - 1, key, cost, price, fresh[3][f], fresh[4][f], fresh[5][f])
    return states, low, count


@compiled
def _trace(states, last, chosen):  # type: ignore[no-untyped-def]  # compiled
    """Choose the edges that led to a state."""
    stack = [np.int64(last)]
    while len(stack) > 0:
        s = stack.pop()
        if states[5][s] >= 0:
            chosen[states[5][s]] = True
        for before in (states[3][s], states[4][s]):
            if before >= 0:
                stack.append(np.int64(before))
