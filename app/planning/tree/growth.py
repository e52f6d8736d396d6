"""Sets of nodes that grow around terminals and pay for the arcs into them.

A set grows as a walk backwards from its terminal over what is left of the costs. It is done
when it meets a node that the origin reaches over arcs that are free of charge by now, or a
terminal whose own set goes on growing: whatever leads there will be free [1]_.

That a node is reached is looked up along ``via`` when a walk comes to it. What was found is
stamped with the number of the run, 4 run + 1 for reached and more for not.

.. [1] Pajor, T., Uchoa, E., Werneck, R. F. (2018). A robust and scalable algorithm for the
   Steiner problem in graphs. Mathematical Programming Computation 10, 69-118.
"""

from __future__ import annotations

import numpy as np

from app.planning.arrays import FAR, compiled, heap_pop, heap_push
from app.planning.tree.duals import new_entry, with_room

_REACHED = 1
_UNKNOWN = 2
_LOOKED_AT = 3


@compiled
def random_number(state):  # type: ignore[no-untyped-def]  # compiled
    """Return a random whole number from 0 below 2^31; the same for equal states everywhere."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64(x >> np.uint64(33))


@compiled
def rise(field, log, terminals, waiting, run, patience, spread, state, work):  # type: ignore[no-untyped-def]  # compiled
    """Grow the sets of some terminals in turn until each is done.

    The one with the smallest cut goes next, and stays until its cut is ``patience`` times the
    next one's. Cuts are made to look larger by a random factor of up to 1 + ``spread``. Returns
    log, sum of the new prices, how often ``via`` changed, the work left, and how many terminals
    still wait when there is none left: with that number and no terminals it goes on.
    """
    changes = 0
    gained = np.int64(0)
    for t in terminals:
        cut = field.first[t + 1] - field.first[t]
        key = _shaken(cut, spread, state)
        waiting = heap_push(field.turn_keys, field.turn_items, waiting, key, t)
        field.is_waiting[t] = True
    while waiting > 0 and work > 0:
        t = field.turn_items[0]
        waiting = heap_pop(field.turn_keys, field.turn_items, waiting)
        limit = FAR
        if waiting > 0:
            limit = np.int64(patience * field.turn_keys[0]) + 1
        radius, cut, count, used, met = _grow(field, t, limit, run)
        work -= used
        log = _pay(field, log, t, radius, count)
        gained += radius
        if met >= 0 and field.stamp[met] == 4 * run + _REACHED:
            changes = _remember(field, met, t, run, changes)
        for i in range(count):
            v = field.touched[i]
            field.distance[v] = FAR
            field.settled[v] = False
        if met >= 0:
            field.is_waiting[t] = False
        else:
            key = _shaken(cut, spread, state)
            waiting = heap_push(field.turn_keys, field.turn_items, waiting, key, t)
    return log, gained, changes, work, waiting


@compiled
def _shaken(cut, spread, state):  # type: ignore[no-untyped-def]  # compiled
    return np.int64(cut * (1.0 + spread * random_number(state) / 2147483648.0))


@compiled
def _grow(field, terminal, limit, run):  # type: ignore[no-untyped-def]  # compiled
    """Grow a set; return radius, cut, touched nodes, work and the node that it met or -1."""
    # Arrays are handed on one by one: a whole tuple costs more than the work at one node.
    first, neighbour, reduced = field.first, field.neighbour, field.reduced
    distance, settled, is_waiting = field.distance, field.settled, field.is_waiting
    via, stamp, onward, onward_arc = field.via, field.stamp, field.onward, field.onward_arc
    keys, items, touched = field.heap_keys, field.heap_items, field.touched
    distance[terminal] = 0
    touched[0] = terminal
    count = 1
    size = heap_push(keys, items, 0, 0, terminal)
    cut, used, radius = np.int64(0), np.int64(0), np.int64(0)
    while size > 0:
        d, v = keys[0], items[0]
        if d > distance[v] or settled[v]:
            size = heap_pop(keys, items, size)
            continue
        if d > radius:
            # The set at the present radius is complete: go on, or give the turn away.
            if cut > limit:
                return radius, cut, count, used, -1
            radius = d
        size = heap_pop(keys, items, size)
        if is_waiting[v] and v != terminal:
            return d, cut, count, used, v
        if _is_reached(via, stamp, neighbour, reduced, v, run):
            return d, cut, count, used, v
        settled[v] = True
        used += first[v + 1] - first[v]
        size, count, change = _enter(
            first, neighbour, reduced, distance, settled, onward, onward_arc, keys, items, touched,
            v, d, size, count,
        )  # fmt: skip
        cut += change
    return radius, cut, count, used, terminal


@compiled
def _enter(  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, reduced, distance, settled, onward, onward_arc, keys, items, touched,
    v, d, size, count,
):  # fmt: skip
    """Look from a node that joins the set at those from which it can be entered.

    Returns heap size, number of touched nodes and the change of the set's cut.
    """
    change = 0
    for a in range(first[v], first[v + 1]):
        w = neighbour[a]
        if settled[w]:
            change -= w != v
            continue
        change += 1
        reached = d + reduced[a]
        if reached < distance[w]:
            if distance[w] == FAR:
                touched[count] = w
                count += 1
            distance[w] = reached
            onward_arc[w], onward[w] = a, v
            size = heap_push(keys, items, size, reached, w)
    return size, count, change


@compiled
def _pay(field, log, terminal, radius, count):  # type: ignore[no-untyped-def]  # compiled
    """Let a set's terminal pay each arc for the time that it spent entering the set."""
    if radius <= 0:
        return log
    field.price[terminal] += radius
    first, neighbour, reduced = field.first, field.neighbour, field.reduced
    distance, touched = field.distance, field.touched
    most = 0
    for i in range(count):
        most += first[touched[i] + 1] - first[touched[i]]
    log = with_room(log, most)
    arc, amount, following, meta = log.arc, log.amount, log.following, log.meta
    head = field.head[terminal]
    for i in range(count):
        v = touched[i]
        if distance[v] >= radius:
            continue
        for a in range(first[v], first[v + 1]):
            share = min(radius, distance[neighbour[a]]) - distance[v]
            if share > 0:
                reduced[a] -= share
                entry = new_entry(following, meta)
                arc[entry], amount[entry], following[entry] = a, share, head
                head = entry
    field.head[terminal] = head
    return log


@compiled
def _is_reached(via, stamp, neighbour, reduced, node, run):  # type: ignore[no-untyped-def]  # compiled
    """Return whether ``via`` tells a free way from the origin to a node."""
    v = node
    mark = 4 * run + _UNKNOWN
    while stamp[v] < 4 * run:
        stamp[v] = 4 * run + _LOOKED_AT
        a = via[v]
        if a == -2:
            stamp[v] = 4 * run + _REACHED
        if a < 0 or reduced[a] != 0:
            break
        v = neighbour[a]
    if stamp[v] == 4 * run + _REACHED:
        mark = 4 * run + _REACHED
    v = node
    while stamp[v] == 4 * run + _LOOKED_AT:
        stamp[v] = mark
        if via[v] < 0:
            break
        v = neighbour[via[v]]
    return mark == 4 * run + _REACHED


@compiled
def _remember(field, met, terminal, run, changes):  # type: ignore[no-untyped-def]  # compiled
    """Note the way from a node that the origin reaches to the terminal; return the changes."""
    v = met
    while v != terminal:
        w = field.onward[v]
        if field.stamp[w] != 4 * run + _REACHED:
            field.changed[changes] = w
            field.changed_via[changes] = field.via[w]
            changes += 1
            field.via[w] = field.onward_arc[v]
            field.stamp[w] = 4 * run + _REACHED
        v = w
    return changes


@compiled
def survey(field, mate, origin):  # type: ignore[no-untyped-def]  # compiled
    """Find anew which nodes the origin reaches over arcs that are free of charge."""
    via, stack = field.via, field.touched
    via[:] = -1
    via[origin] = -2
    stack[0] = origin
    size = 1
    while size > 0:
        size -= 1
        v = stack[size]
        for a in range(field.first[v], field.first[v + 1]):
            w = field.neighbour[a]
            if via[w] == -1 and field.reduced[mate[a]] == 0:
                via[w] = mate[a]
                stack[size] = w
                size += 1
