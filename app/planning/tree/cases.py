"""The exact end of a search: cases by whether a tree passes a node or not.

Each case is a kernel of its own: without the node, or with the node as one more terminal. The
cheapest tree is in one of them; a case ends when its bound reaches the cost of the best tree.
The smallest bound of the open cases holds for all trees.
"""

from __future__ import annotations

import heapq
from dataclasses import replace

import numpy as np

from app.planning.arrays import BoolArray, components
from app.planning.tree.casebook import Casebook, Decisions
from app.planning.tree.kernel import Kernel, reduced
from app.planning.tree.lifting import Lifting
from app.planning.tree.treesearch import TreeSearch

_CASES = 20_000
"""Cases that are looked at before giving up."""

_IDLE, _NEARER = 400, 0.98
"""Cases in a row after which the gap must have shrunk to this fraction for others to follow."""

_LIFTS = 4
"""Lifts in each case at most, as long as they help."""

_WORK = 120
"""Arcs that the moves of a lift look at, for each edge."""

_WORTH = 0.1
"""Part of the gap that a lift must close for another one to follow."""

_SOUGHT = 16
"""Cases between two searches for better trees."""

_KEPT = 400
"""Open cases that keep the dual solution from which the next ones start."""


def finish(
    search: TreeSearch, gap: float, most: int = _CASES, book: Casebook | None = None
) -> None:
    """Split a search into cases until the tree is proven, or cases or time run out or are no use.

    The most promising case comes first, so that the bound rises with every case. A case starts
    with the dual solution of the one that it is part of. What proves the bound goes into a
    ``book``.
    """
    book = Casebook(is_dropped=True) if book is None else book
    nothing: Decisions = ()
    open_cases = [(search.bound, 0, search.kernel, search.lifting, nothing)]
    made, idle, known = 0, 0, search.gap
    for turn in range(most):
        if not open_cases or search.gap <= gap or search.clock.is_over() or idle > _IDLE:
            break
        bound, _, kernel, parent, decisions = heapq.heappop(open_cases)
        case = _looked_at(search, kernel, bound, parent)
        if not book.is_dropped:
            _note(book, decisions, case, bound)
        if not case.is_proven:
            lifting = case.lifting if len(open_cases) < _KEPT else None
            for part, decision, is_joined in _split(case):
                made += 1
                if is_joined:
                    entry = (case.bound, made, part, lifting, decisions + decision)
                    heapq.heappush(open_cases, entry)
                else:
                    book.note_apart(decisions + decision, part)
        lowest = open_cases[0][0] if open_cases else search.cost
        assert lowest is not None
        search.raise_bound(lowest)
        if turn % _SOUGHT == 0:
            _seek(search)
        idle += 1
        if search.gap < _NEARER * known:
            idle, known = 0, search.gap
    book.claim = search.bound


def _seek(search: TreeSearch) -> None:
    """Look for a better tree of the whole kernel."""
    if search.recombination is not None and not search.is_proven:
        is_over = search.clock.is_over
        search.offer(search.recombination.step(search.kernel, search.tree(), is_over))


def _looked_at(
    search: TreeSearch, kernel: Kernel, bound: int, parent: Lifting | None
) -> TreeSearch:
    """Search one case for a short time; trees that it finds count for the whole search."""
    case = replace(
        search, kernel=kernel, bound=bound, history=[], pool=list(search.pool), keeps_best=False,
        lifting=Lifting(search.random), recombination=None,
    )  # fmt: skip
    free = _reached(kernel) & ~kernel.is_terminal
    if not free.any():
        # All nodes must be joined: the cheapest spanning tree is the answer to the case.
        case.offer(case.tidied(_reached(kernel)[kernel.graph.start]))
        case.raise_bound(case.cost or 0)
    else:
        assert case.lifting is not None
        if parent is not None:
            case.lifting.take(parent, kernel)
        _lift(case)
    assert case.cost is not None and search.cost is not None
    if case.cost < search.cost:
        search.adopt(case)
    return case


def _lift(case: TreeSearch) -> None:
    """Lift the bound of a case as long as that helps."""
    assert case.lifting is not None
    for _ in range(_LIFTS):
        if case.is_proven or case.clock.is_over():
            break
        before = case.gap
        case.follow()
        work = _WORK * case.kernel.graph.edge_count
        case.lifting.lift(work, case.cost or 0, case.clock.is_over)
        case.use(case.lifting.dual)
        if before - case.gap < _WORTH * before:
            break


def _reached(kernel: Kernel) -> BoolArray:
    """Return the nodes that the terminals can be joined to."""
    g = kernel.graph
    label = components(g.node_count, g.start, g.end)
    return np.asarray(label == label[kernel.terminals[0]])


def _note(book: Casebook, decisions: Decisions, case: TreeSearch, bound: int) -> None:
    """Keep what proves more of a case than the bound of the one that it is part of."""
    lifting, cost = case.lifting, case.cost
    assert lifting is not None and cost is not None
    if not lifting.has_dual:
        lifting.follow(case.kernel, case.clock.is_over)
    if case.is_proven and lifting.bound < cost:
        book.note(decisions, lifting, last=True)
    elif lifting.best_bound > bound or not decisions:
        book.note(decisions, lifting, last=False)


def _split(case: TreeSearch) -> list[tuple[Kernel, Decisions, bool]]:
    """Return the cases without and with the node that most tree edges meet at.

    With each comes the decision that makes it, and whether all can be joined.
    """
    kernel = case.kernel
    g = kernel.graph
    tree = case.tree()
    free = _reached(kernel) & ~kernel.is_terminal
    if not free.any():
        return [(kernel, (), True)]  # settled when its turn comes
    in_tree = np.bincount(np.concatenate((g.start[tree], g.end[tree])), minlength=g.node_count)
    score = np.where(free, in_tree * (g.edge_count + 1) + np.diff(g.first), -1)
    node = int(np.argmax(score))
    name = int(kernel.node[node])
    kept = (g.start != node) & (g.end != node)
    label = components(g.node_count, g.start[kept], g.end[kept])[kernel.terminals]
    is_joined = bool((label == label[0]).all())
    terminals = np.sort(np.append(kernel.terminals, np.int32(node))).astype(np.int32)
    return [
        (reduced(kernel, kept), ((name, False),), is_joined),
        (reduced(replace(kernel, terminals=terminals)), ((name, True),), True),
    ]
