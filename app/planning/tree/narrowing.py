"""Good trees near the bound: search where the dual solution leaves little to be paid.

An edge that only trees far above the bound can use is in no very good tree. Without such edges
the kernel is so small that its cheapest tree is found and often proven soon. If that is no
better than the best one, the next search takes more edges in; if it takes too long, fewer.
"""

from __future__ import annotations

from dataclasses import replace

from app.planning.tree.ascent import keepable
from app.planning.tree.cases import finish
from app.planning.tree.kernel import reduced
from app.planning.tree.lifting import Lifting
from app.planning.tree.treesearch import TreeSearch

_FIRST_PART = 0.1
"""Part of the gap within which the first search looks."""

_WIDER, _NARROWER = 1.6, 0.6
"""Factors of that part after searches that were finished in time, and after others."""

_ROUNDS = 6
"""Lifts in one search."""

_SMALL = 600
"""Kernels with at most so many edges are searched by cases ..."""

_CASES = 60
"""... of which so many are looked at."""

_WORK, _MOST_WORK = 150, 4_000_000
"""Arcs that the moves of a lift look at: so many for each edge, and at most."""


class Narrowing:
    """Searches near the bound, wider or narrower as time allows."""

    def __init__(self) -> None:
        self._part = _FIRST_PART

    def prepare(self, search: TreeSearch) -> TreeSearch | None:
        """Return a search of the edges near the bound; None without a gap to look into.

        Is to be called while nobody lifts the dual solution.
        """
        assert search.lifting is not None and search.cost is not None
        kernel, dual = search.kernel, search.lifting.dual
        margin = int(self._part * (search.cost - kernel.base - dual.bound))
        if margin < 1 or not search.lifting.is_of(kernel):
            return None
        kept = keepable(kernel.graph, kernel.terminals, dual, margin) | search.tree()
        part = reduced(kernel, kept)
        lifting = Lifting(search.random)
        lifting.take(search.lifting, part)
        return replace(
            search, kernel=part, history=[], pool=list(search.pool), lifting=lifting,
            recombination=None,
        )  # fmt: skip

    def run(self, inner: TreeSearch, search: TreeSearch) -> None:
        """Search the edges near the bound, and take over a better tree."""
        assert inner.lifting is not None and inner.cost is not None and search.cost is not None
        is_over = search.clock.is_over
        for _ in range(_ROUNDS):
            if inner.is_proven or is_over():
                break
            inner.lifting.follow(inner.kernel, is_over)
            edges = inner.kernel.graph.edge_count
            if edges <= _SMALL:
                finish(inner, 0.0, _CASES)
                break
            inner.lifting.lift(min(_MOST_WORK, _WORK * edges), inner.cost, is_over)
            inner.use(inner.lifting.dual)
        self._part = min(1.0, self._part * (_WIDER if inner.is_proven else _NARROWER))
        if inner.cost < search.cost:
            search.adopt(inner)
