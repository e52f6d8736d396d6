"""Pairs of routes of many sites that are cheap together: what one builds is free for the others.

The cheapest network in which each site has a pair of some kind contains one pair of each site,
so it is searched among choices of pairs. Two moves, until none pays or time runs out: a chain of
what is built goes when the sites that use it have pairs in what is left; and a site takes the
pair that is cheapest when what the others use is free. Either lowers the cost, so the search
ends, and never above where it began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import Graph
from app.planning.survival.restriction import chains


@dataclass(frozen=True)
class Two:
    """What two routes of a site build, in walking order; ``other`` is empty for a single route."""

    one: tuple[int, ...]
    other: tuple[int, ...]

    @property
    def edges(self) -> frozenset[int]:
        """All that is built."""
        return frozenset((*self.one, *self.other))


Finder = Callable[[int, frozenset[int], frozenset[int] | None], Two | None]
"""Given a site, edges that cost nothing and, unless None, the only edges that may be used:
a cheap pair of the site, None where none was found."""


def union(pairs: Iterable[Two]) -> frozenset[int]:
    """Return all that some pairs build."""
    return frozenset(edge for pair in pairs for edge in pair.edges)


class Together:
    """The search from one choice of pairs on.

    Parameters
    ----------
    graph
        Costs of the edges.
    root
        Where all routes end.
    find
        Finds pairs; asked with equal arguments it must give equal answers.
    is_over
        Whether time is up; asked between two pairs.
    """

    def __init__(self, graph: Graph, root: int, find: Finder, is_over: Callable[[], bool]) -> None:
        self._graph = graph
        self._root = root
        self._find = find
        self._is_over = is_over

    def cost(self, edges: Iterable[int]) -> int:
        """Return what edges cost."""
        return int(self._graph.cost[sorted(edges)].sum())

    def improved(self, pairs: Mapping[int, Two]) -> dict[int, Two]:
        """Return pairs whose union costs no more than that of ``pairs``; sites are nodes.

        Each round asks for one pair of each site and one for each use of a chain.
        """
        best = dict(sorted(pairs.items()))
        before = None
        while before != self.cost(union(best.values())) and not self._is_over():
            before = self.cost(union(best.values()))
            best = self._without_chains(best)
            best = self._rerouted(best)
        return best

    def _without_chains(self, pairs: dict[int, Two]) -> dict[int, Two]:
        """Let chains go, the dearest first, while each site keeps a pair."""
        built = np.array(sorted(union(pairs.values())), dtype=np.int64)
        lines = chains(self._graph, built, {self._root, *pairs})
        for line in sorted(lines, key=lambda item: (-item.cost, item.edges)):
            gone = frozenset(line.edges)
            if self._is_over() or line.cost == 0:
                break
            if gone <= union(pairs.values()):
                pairs = self._without(pairs, gone) or pairs
        return pairs

    def _without(self, pairs: dict[int, Two], gone: frozenset[int]) -> dict[int, Two] | None:
        """Return pairs that do not use ``gone``, None where a site has none."""
        left = union(pairs.values()) - gone
        new = dict(pairs)
        for site, pair in pairs.items():
            if pair.edges & gone:
                found = None if self._is_over() else self._find(site, left, left)
                if found is None:
                    return None
                new[site] = found
        return new

    def _rerouted(self, pairs: dict[int, Two]) -> dict[int, Two]:
        """Give each site the pair that is cheapest beside those of the others."""
        for site in list(pairs):
            if self._is_over():
                break
            rest = union(pair for other, pair in pairs.items() if other != site)
            alone = self.cost(pairs[site].edges - rest)
            if alone == 0:
                continue
            found = self._find(site, rest, None)
            if found is not None and self.cost(found.edges - rest) < alone:
                pairs[site] = found
        return pairs
