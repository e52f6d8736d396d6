"""The exact end of a search: cases by whether a tree passes a node or not."""

from __future__ import annotations

import heapq

import numpy as np

from app.planning.prize.prizekernel import MUST, PrizeKernel, narrowed, with_must
from app.planning.prize.prizesearch import PrizeSearch

_ASCENTS = 3
"""Ascents in each case, from nodes that every tree of the case passes."""

_TOLERANCE = 1.2
"""Patience of the ascents; see `app.planning.prize.prizeascent.ascend`."""


def finish(search: PrizeSearch, gap: float, most: int) -> None:
    """Split a search into cases until the solution is proven, or time or cases run out.

    The most promising case comes first, so that the bound rises with every case.
    """
    open_cases = [(search.bound, 0, search.problem)]
    made = 0
    for _ in range(most):
        if not open_cases or search.gap <= gap or search.clock.is_over():
            break
        bound, _, problem = heapq.heappop(open_cases)
        case = _looked_at(search, problem, bound)
        if not case.is_proven:
            for part in _split(case):
                made += 1
                heapq.heappush(open_cases, (case.bound, made, part))
        search.raise_bound(open_cases[0][0] if open_cases else search.cost)


def _looked_at(search: PrizeSearch, problem: PrizeKernel, bound: int) -> PrizeSearch:
    """Search one case for a short time; solutions that it finds count for the whole search."""
    case = search.case(problem, bound)
    case.shrink(problem)
    for number in range(_ASCENTS):
        if case.is_proven or case.clock.is_over():
            break
        must = case.problem.must
        origin = int(must[search.random.integers(len(must))])
        case.ascend(origin, _TOLERANCE, guided=number % 2 == 0)
    search.adopt(case)
    return case


def _split(case: PrizeSearch) -> list[PrizeKernel]:
    """Return the cases without and with the node that most tree edges meet at."""
    problem = case.problem
    g = problem.graph
    tree = case.tree()
    in_tree = np.bincount(np.concatenate((g.start[tree], g.end[tree])), minlength=g.node_count)
    degree = np.diff(g.first)
    score = np.where(problem.prize < MUST, in_tree * (g.edge_count + 1) + degree, -1)
    node = np.array([int(np.argmax(score))], dtype=np.int32)
    if score[node[0]] < 0:
        return [problem]  # all nodes are passed: the ascent is exact or the next one will be
    parts = [narrowed(problem, out=node), narrowed(with_must(problem, node))]
    return [part for part in parts if part is not None]
