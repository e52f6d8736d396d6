"""The search for two diverse routes of one site: flow where it is exact, a program otherwise."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.model.errors import Infeasible
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.planning.arrays import FAR, Graph, IntArray, build_graph
from app.planning.costs.prices import COST_UNIT_EUR
from app.planning.survival.candidates import (
    HUB,
    MONEY,
    RING,
    TWO_HUBS,
    Candidates,
    case_of,
)
from app.planning.survival.disjoint import Pair, PairFinder
from app.planning.survival.kept import Context, Part, Wish
from app.planning.survival.lowpoint import walk
from app.planning.survival.restriction import additions
from app.planning.survival.riskpair import OBJECT_WEIGHT_M, SAME_FACTOR, solve
from app.planning.survival.shared import Comparer

_SIZES = (2_000, 8_000)
"""Edges that the program looks for a pair in, first and then."""

_MOST_CHAINS = 8_000
"""Chains up to which a pair is proven cheapest; beyond them the bound is the flow's."""

_NEAR_EUR_PER_M = 1.0
"""What existing spans cost where edges near the site are chosen."""


@dataclass(frozen=True)
class Found:
    """Routes as the candidates' edges from the site on; the second is missing or shares.

    Parameters
    ----------
    ends
        Nodes at which the routes end.
    objective_eur
        Cost of both routes at typical prices, what both use counted twice.
    lower_bound_eur
        No pair of the wanted kind costs less; of any two routes where none exists.
    is_diverse
        The pair keeps to all that was asked.
    is_proven
        Cheapest, or certain that no diverse pair exists.
    """

    routes: tuple[tuple[int, ...], ...]
    ends: tuple[int, ...]
    objective_eur: float
    lower_bound_eur: float
    is_diverse: bool
    is_proven: bool
    necessary: frozenset[int] = frozenset()


def find_pair(candidates: Candidates, site: int, wish: Wish, comparer: Comparer) -> Found:
    """Return the least-cost diverse pair of a site (by row), or the least-shared one.

    Raises `Infeasible` when not even one route exists.
    """
    if wish.to != HUB:
        return _Search(candidates, site, wish, comparer).run()
    best: Found | None = None
    for hub in _by_distance(candidates, site, wish):
        try:
            search = _Search(candidates, site, wish, comparer, hub)
            if best is not None and best.is_diverse and search.least_eur >= best.objective_eur:
                continue
            found = search.run()
        except Infeasible:
            continue
        if best is None or _rank(found) < _rank(best):
            best = found
    if best is None:
        raise Infeasible(_no_route())
    return best


def _rank(found: Found) -> tuple[bool, int, float]:
    return not found.is_diverse, len(found.necessary), found.objective_eur


def _by_distance(candidates: Candidates, site: int, wish: Wish) -> list[int]:
    """Return the hubs that the site reaches, the nearest first."""
    case = case_of(candidates, site, wish.to, banned=wish.banned)
    finder = PairFinder(case.graph, case.start, node_disjoint=False, closed=case.closed)
    near = [(finder.distance(hub), hub) for hub in candidates.hubs]
    return [hub for distance, hub in sorted(near) if distance < FAR]


class _Search:
    """One question: one site and one set of places to end."""

    def __init__(
        self, candidates: Candidates, site: int, wish: Wish, comparer: Comparer,
        hub: int | None = None,
    ) -> None:  # fmt: skip
        self._candidates = candidates
        self._wish = wish
        self._case = case_of(
            candidates, site, wish.to, hub=hub, banned=wish.banned, exempt_m=wish.terms.exempt_m,
            built_apart=wish.built_apart,
        )  # fmt: skip
        self._context = Context(candidates, self._case, wish, comparer)
        self._finder = self._new_finder(self._case.graph, self._case.shareable)
        if self._finder.distance(self._case.start) >= FAR:
            raise Infeasible(_no_route())

    @property
    def least_eur(self) -> float:
        """No pair costs less than this."""
        return 2 * self._euro(self._finder.distance(self._case.start))

    @property
    def _needs_program(self) -> bool:
        terms = self._wish.terms
        return self._wish.disjoint == "risk" or bool(self._wish.must) or terms.separation_m > 0

    @property
    def _is_by_node(self) -> bool:
        return self._wish.disjoint != "edge"

    def _new_finder(self, graph: Graph, shareable: np.ndarray) -> PairFinder:
        free = shareable.copy()
        if not self._is_by_node:
            free[:] = True
            if self._wish.to in (TWO_HUBS, RING):
                free[list(self._case.ends)] = shareable[list(self._case.ends)]
        return PairFinder(
            graph, self._case.root, node_disjoint=True, closed=self._case.closed, shareable=free
        )

    def run(self) -> Found:
        """Return the answer."""
        if self._needs_program:
            return self._by_program()
        pair = self._finder.pair(self._case.start)
        assert pair is not None
        if pair.protection:
            cost = self._euro(pair.cost)
            return self._found((pair.working, pair.protection), cost, cost, is_diverse=True)
        return self._least_shared()

    def _least_shared(self) -> Found:
        """Return the pair that shares only what every pair must share."""
        bridges, cuts = self._forced()
        graph, real = self._doubled(bridges)
        shareable = self._case.shareable.copy()
        shareable[sorted(cuts)] = True
        finder = self._new_finder(graph, shareable)
        pair = finder.pair(self._case.start)
        assert pair is not None
        paths = tuple(
            tuple(int(real[edge]) for edge in path) for path in (pair.working, pair.protection)
        )
        cost = self._euro(pair.cost)
        forced = frozenset(int(self._case.real[edge]) for edge in bridges)
        return self._found(paths, cost, cost, is_diverse=False, necessary=forced)

    def _forced(self) -> tuple[list[int], set[int]]:
        """Return the edges and nodes that every route of the site takes."""
        case = self._case
        graph = case.graph
        shut = case.closed.copy()
        shut[case.start] = False
        kept = np.flatnonzero(~shut[graph.start] & ~shut[graph.end])
        open_graph = build_graph(
            graph.node_count, graph.start[kept], graph.end[kept], graph.cost[kept]
        )
        tour = walk(open_graph, case.root)
        bridges, cuts = [], set()
        node = case.start
        while node != case.root:
            above = int(tour.parent[node])
            if tour.is_below_bridge[node]:
                bridges.append(int(kept[tour.parent_edge[node]]))
            if above != case.root and tour.low[node] >= tour.entered[above]:
                cuts.add(above)
            node = above
        return bridges, cuts

    def _doubled(self, edges: Sequence[int]) -> tuple[Graph, IntArray]:
        """Return the graph with a twin of each of ``edges``, and what each edge stands for."""
        graph = self._case.graph
        more = np.array(edges, dtype=np.int64)
        real = np.concatenate((np.arange(graph.edge_count), more))
        return build_graph(
            graph.node_count, graph.start[real], graph.end[real], graph.cost[real]
        ), real

    def _by_program(self) -> Found:
        """Look near the cheapest pairs first, then prove with all edges that can matter.

        With a pair at hand only edges that add less than it costs above the bound can be part
        of a cheaper one; those are all looked at before the pair is called cheapest.
        """
        wish, case = self._wish, self._case
        end = time.monotonic() + wish.time_limit_s
        bridges, _ = self._forced()
        graph, real = self._doubled(bridges)
        plain = PairFinder(graph, case.root, node_disjoint=False, closed=case.closed)
        base = plain.pair(case.start)
        assert base is not None
        floor = self._euro(base.cost)
        strict = self._finder.pair(case.start)
        best: tuple[tuple[tuple[int, ...], ...], float] | None = None
        if strict is not None and strict.protection:
            floor = max(floor, self._euro(strict.cost))
            edges = np.unique((*strict.working, *strict.protection)).astype(np.int64)
            best = self._solved(Part(self._context, graph, real, edges), end)[0]
        near = self._near(graph, real) if best is None else np.zeros(0, dtype=np.int64)
        seen = -1
        for size in _SIZES:
            if best is None:
                edges = self._nearest(near, real, size)
                if len(edges) > seen:
                    best = self._solved(Part(self._context, graph, real, edges), end)[0]
                seen = len(edges)
        if best is None and wish.is_draft:
            return self._least_shared()
        if best is None:
            edges = self._nearest(near, real, _SIZES[0])
            return self._softly(Part(self._context, graph, real, edges), end)
        paths, cost = best
        if cost <= floor * (1 + 1e-9) + 1e-9:
            return self._found(paths, cost, cost, is_diverse=True)
        if wish.is_draft:
            return self._found(paths, cost, floor, is_diverse=True, is_proven=False)
        return self._proven(graph, real, (plain, base), best, floor, end)

    def _solved(
        self, part: Part, end: float, share: float = 0.4
    ) -> tuple[tuple[tuple[tuple[int, ...], ...], float] | None, float]:
        """Return the pair of a part with its cost, and the bound of the part, in euro."""
        left = max(0.1, share * (end - time.monotonic()))
        answer = solve(part.question(), time_limit_s=left, seed=self._wish.seed)
        bound = answer.bound_eur - part.tie_eur
        if answer.routes is None:
            return None, bound
        cost = part.euro(answer.routes)
        return (part.real(answer.routes), cost), cost if answer.is_proven else bound

    def _proven(
        self, graph: Graph, real: IntArray, cheapest: tuple[PairFinder, Pair],
        best: tuple[tuple[tuple[int, ...], ...], float], floor: float, end: float,
    ) -> Found:  # fmt: skip
        """Return the cheapest pair of all edges that can matter, or the one at hand with a gap."""
        plain, base = cheapest
        paths, cost = best
        added = additions(plain, self._case.start, base)
        most = int((cost - self._euro(base.cost)) / float(COST_UNIT_EUR) * MONEY) + MONEY
        part = Part(self._context, graph, real, np.flatnonzero(added <= most))
        bound = floor
        if len(part.chains) <= _MOST_CHAINS:
            better, least = self._solved(part, end, share=1.0)
            if better is not None and better[1] < cost:
                paths, cost = better
            bound = min(cost, max(floor, least))
        is_proven = cost - bound <= 1e-6 * max(1.0, cost)
        return self._found(
            paths, cost, cost if is_proven else bound, is_diverse=True, is_proven=is_proven
        )

    def _near(self, graph: Graph, real: IntArray) -> IntArray:
        """Return what each edge adds when existing spans cost too: what lies near adds little."""
        case, candidates = self._case, self._candidates
        own = case.real[real]
        length = np.where(own >= 0, candidates.length_m[np.maximum(own, 0)], 0.0)
        cost = graph.cost // MONEY + np.round(length * _NEAR_EUR_PER_M / float(COST_UNIT_EUR))
        local = build_graph(graph.node_count, graph.start, graph.end, cost)
        finder = PairFinder(local, case.root, node_disjoint=False, closed=case.closed)
        pair = finder.pair(case.start)
        assert pair is not None
        return additions(finder, case.start, pair)

    def _nearest(self, near: IntArray, real: IntArray, size: int) -> IntArray:
        """Return the edges that add least, and those that lead to what must be passed."""
        order = np.argsort(near, kind="stable")
        reach = int(near[order[min(size, len(order)) - 1]])
        own = self._case.real[real]
        for wanted in self._wish.must:
            mine = near[np.isin(own, sorted(wanted))]
            reach = max(reach, int(1.2 * mine.min()) if len(mine) and mine.min() < FAR else reach)
        return np.flatnonzero(near <= min(reach, int(FAR) - 1))

    def _softly(self, part: Part, end: float) -> Found:
        """Return the least-shared pair that was found, the cheapest of equals."""
        left = max(0.1, end - time.monotonic())
        answer = solve(part.question(), is_soft=True, time_limit_s=left, seed=self._wish.seed)
        found = [self._of_part(part, routes) for routes in answer.tried]
        found.append(self._least_shared())
        best = min(found, key=self._weight)
        least = min(self.least_eur, best.objective_eur)
        return replace(best, is_proven=False, lower_bound_eur=least)

    def _of_part(self, part: Part, routes: Sequence[Sequence[int]]) -> Found:
        cost = part.euro(routes)
        return self._found(part.real(routes), cost, min(self.least_eur, cost), is_diverse=False)

    def _weight(self, found: Found) -> tuple[float, float]:
        """Return how much a pair shares, and what it costs."""
        one, other = found.routes[0], found.routes[-1]
        shared = self._context.comparer.shared(one, other, found.ends)
        counted = [
            (item.length_m + OBJECT_WEIGHT_M) * (SAME_FACTOR if item.is_same else 1.0)
            for item in shared
            if not item.is_exempt
        ]
        return sum(counted), found.objective_eur

    def _found(
        self, paths: Sequence[Sequence[int]], cost: float, bound: float, *, is_diverse: bool,
        is_proven: bool = True, necessary: frozenset[int] = frozenset(),
    ) -> Found:  # fmt: skip
        case = self._case
        ends = []
        for path in paths:
            last = int(path[-1])
            ends.append(int(case.graph.start[last]) + int(case.graph.end[last]) - case.root)
        routes = tuple(
            tuple(int(case.real[edge]) for edge in path if case.real[edge] >= 0) for path in paths
        )
        ordered = sorted(zip(routes, ends, strict=True), key=lambda item: self._cost_of(item[0]))
        return Found(
            tuple(route for route, _ in ordered), tuple(end for _, end in ordered), cost, bound,
            is_diverse, is_proven, necessary,
        )  # fmt: skip

    def _cost_of(self, route: Sequence[int]) -> tuple[int, Sequence[int]]:
        return int(self._candidates.cost[list(route)].sum()), route

    @staticmethod
    def _euro(weight: int) -> float:
        return float((int(weight) // MONEY) * COST_UNIT_EUR)


def _no_route() -> Message:
    return message(QT_TRANSLATE_NOOP("core", "No route leads from the site to a hub."))
