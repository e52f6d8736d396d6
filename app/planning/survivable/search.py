"""The search in one block: good solutions, a bound, and proof where the two meet.

1. Reduce. 2. Tours, repaired and pruned. 3. The bound of the program on ways; its answer and
its prices show where a cheapest network runs. 4. Parts of the best solution are taken out and
built anew within the edges that look cheap. 5. The cheapest network within all solutions so far
and the edges that look cheapest, by cuts; more and more of them. When they are all that the
bound has left over, the answer is cheapest of all.
"""

from __future__ import annotations

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, IntArray, shortest
from app.planning.survivable.check import Demand, failing
from app.planning.survivable.clock import Clock
from app.planning.survivable.construct import pruned, repaired, survey, tour, united
from app.planning.survivable.cutmodel import CutModel
from app.planning.survivable.cutprogram import CutProgram
from app.planning.survivable.kernels import lean
from app.planning.survivable.pathbound import PathBound

_DIRECT = 260
"""Kernels with at most so many edges are solved by cuts at once."""

_FIRST = 150
"""Edges that look cheapest in the first program by cuts, beside those of known solutions."""

_NARROW = 1200
"""Edges among which parts are rebuilt."""

_TOURS = 12
"""Tours from random orders at the start."""

_ROUNDS = 400
"""Rounds of the program on ways at most."""

_IDLE_ROUNDS = 3
"""Rounds without gain before the search ends."""

_GOOD = 6
"""Solutions whose edges are looked at together."""

_SURVEY = 20_000_000
"""Sites times nodes up to which the whole graph is walked for each site."""

_WAY_SITES = 1500
"""With more sites no program on ways is set up."""

_IDLE = 150
"""Parts rebuilt without gain before something else is tried."""

_MOST_SITES = 9
"""Sites around which the solution is taken out, at most."""

_PROGRAM = 2500
"""Closed sites are bounded by the program on edges when there are at most so many edges."""

_PROGRAM_SHARE = 0.4
"""Part of the time that is left for the program on edges."""

_SHARE = 0.15
_CUT_SHARE = 0.4
"""Part of the time that is left for rebuilding parts, and for a program by cuts."""


class BlockSearch:
    """A demand on a block, the best solution and the bound.

    Parameters
    ----------
    graph
        Every need can be met by all edges together.
    demand
        At least one site.
    clock
        When to stop.
    gap
        Stop when the proven gap is at most this fraction.
    random
        Decides between solutions to look at.
    start
        ``(m,)`` edges to make the first solution from.

    Attributes
    ----------
    cost, bound
        Cost of the best solution, and what no solution is cheaper than.
    """

    def __init__(
        self, graph: Graph, demand: Demand, clock: Clock, gap: float, random: np.random.Generator,
        start: BoolArray | None = None,
    ) -> None:  # fmt: skip
        self._kernel, self._demand = lean(graph, demand)
        self._graph = self._kernel.graph
        self._clock = clock
        self._gap = gap
        self._random = random
        count = self._graph.edge_count
        self._kept = np.ones(count, dtype=np.bool_)
        self._excess: IntArray = np.zeros(count, dtype=np.int64)
        self._is_ranked = False
        known = np.zeros(count, dtype=np.bool_)
        if start is not None:
            known = self._kernel.mask_of(start)
        self._best = self._made(known)
        self._support = np.zeros(count, dtype=np.bool_)
        self.cost = int(self._graph.cost[self._best].sum())
        self._good = [(self.cost, self._best)]
        self.bound = 0

    @property
    def is_done(self) -> bool:
        """Whether the gap is small enough, or the time is up."""
        return self.cost - self.bound <= self._gap * self.cost or self._clock.is_over()

    def edges(self) -> IntArray:
        """Return the edges of the best solution."""
        return self._kernel.original(self._best)

    def run(self) -> None:
        """Search until done."""
        self._tours()
        if self._graph.edge_count > _DIRECT:
            self._by_ways()
            self._rebuild(self._clock.part(_SHARE * self._clock.left_s()))
            self._by_program(self._clock.part(_PROGRAM_SHARE * self._clock.left_s()))
            self._grow()
        elif not self.is_done:
            self._by_cuts(self._kept, self._clock)

    def _grow(self) -> None:
        """Solve by cuts within more and more edges, the ones that look cheapest first."""
        count, idle = _FIRST, 0
        while not self.is_done and idle < _IDLE_ROUNDS:
            before = self.cost
            self._rebuild(self._clock.part(_SHARE * self._clock.left_s()))
            if self.cost < before:
                self._exclude()
            edges = self._pool()
            edges[self._cheapest(count)] = True
            edges &= self._kept | self._best
            is_all = bool((edges | ~self._kept).all())
            share = 1.0 if is_all else _CUT_SHARE
            is_proven = self._by_cuts(edges, self._clock.part(share * self._clock.left_s()))
            if is_all:
                break
            count = 2 * count if is_proven else count
            idle = 0 if self.cost < before or is_proven else idle + 1

    def _pool(self) -> BoolArray:
        """Return the edges of good solutions, and of the answers to programs."""
        edges = self._support.copy()
        for _, chosen in self._good:
            edges |= chosen
        return edges

    def _cheapest(self, count: int) -> IntArray:
        """Return the edges that are left and look cheapest.

        Where the bound does not tell, those nearest to the best solution.
        """
        rank = self._excess if self._is_ranked else self._remoteness()
        order = np.argsort(np.where(self._kept, rank, FAR), kind="stable")
        return np.asarray(order[:count])

    def _made(self, chosen: BoolArray, random: np.random.Generator | None = None) -> BoolArray:
        """Return a solution from any choice of edges."""
        return made(self._graph, self._demand, chosen, random)

    def _offer(self, chosen: BoolArray) -> None:
        """Keep a solution if it is good, and as the best if it is that."""
        cost = int(self._graph.cost[chosen].sum())
        if all(cost != known for known, _ in self._good):
            self._good = sorted((*self._good, (cost, chosen)), key=lambda item: item[0])[:_GOOD]
        if cost < self.cost:
            self._best, self.cost = chosen, cost

    def _tours(self) -> None:
        if not self._is_surveyable():
            return
        field = survey(self._graph, self._demand)
        for number in range(_TOURS):
            if self.is_done:
                break
            random = None if number == 0 else self._random
            self._offer(self._made(united(field, tour(field.distance, random)), random))
            self._clock.tell()

    def _by_ways(self) -> None:
        """Raise the bound by the program on ways, and round its answer."""
        if len(self._demand.sites) > _WAY_SITES:
            return
        ways = PathBound(self._graph, self._demand, self.cost, self._clock.is_over)
        for _ in range(_ROUNDS):
            more = ways.round()
            self.bound = max(self.bound, min(ways.bound, self.cost))
            self._clock.tell()
            if not more or self.is_done:
                break
        self._support |= ways.load > 1e-6
        for level in (0.3, 0.5, 0.8):
            if self._clock.is_over():
                break
            self._offer(self._made(ways.load > level))
        if self._is_surveyable():
            self._excess = ways.excess()
            self._is_ranked = True
            self._exclude()

    def _is_surveyable(self) -> bool:
        """Return whether a walk over the graph for each site is in proportion."""
        return len(self._demand.sites) * self._graph.node_count <= _SURVEY

    def _remoteness(self) -> IntArray:
        """Return how far round an edge is from the best solution, its cost included."""
        g = self._graph
        nodes = np.unique(np.concatenate((g.start[self._best], g.end[self._best])))
        away, _, _ = shortest(g.first, g.neighbour, g.edge, g.cost, nodes.astype(np.int32))
        far = FAR // 4
        return np.minimum(away[g.start], far) + np.minimum(away[g.end], far) + g.cost

    def _by_program(self, clock: Clock) -> None:
        """Raise the bound by the program on edges, which also knows of closed sites."""
        is_worth = self._demand.closed.any() and self._graph.edge_count <= _PROGRAM
        if self.is_done or not is_worth:
            return
        active = self._pool()
        active[self._cheapest(_NARROW)] = True
        program = CutProgram(self._graph, self._demand, clock, active, 0)
        value = program.relax(self.cost)
        if program.bound > self.bound:
            # What is known of an edge is the larger of two bounds on solutions that have it.
            with_edge = np.maximum(self._excess + self.bound, program.excess + program.bound)
            self._excess = with_edge - program.bound
            self._is_ranked = True
            self.bound = min(program.bound, self.cost)
        if value is not None:
            self._support |= value > 1e-6
            self._offer(self._made(value > 0.5))
        self._exclude()

    def _exclude(self) -> None:
        """Drop the edges that belong to no solution that is cheaper than the best."""
        if not self._is_ranked:
            return
        self._kept = self._excess < self.cost - self.bound

    def _rebuild(self, clock: Clock) -> None:
        """Take parts of the best solution out and build them anew, among cheap edges."""
        near = self._pool()
        near[self._cheapest(_NARROW)] = True
        kernel, inner = lean(self._graph, self._demand, near)
        small = kernel.graph
        best = kernel.mask_of(self._best)
        if failing(small, best, inner).any():
            best = made(small, inner, best)
        cost = int(small.cost[best].sum())
        idle = 0
        while idle < _IDLE and not clock.is_over():
            site = int(self._random.integers(len(inner.sites)))
            part = _around(small, inner, site, int(self._random.integers(2, _MOST_SITES)))
            found = made(small, inner, best & ~part, self._random)
            now = int(small.cost[found].sum())
            idle = 0 if now < cost else idle + 1
            if now <= cost:
                best, cost = found, now
            self._clock.tell()
        result = np.zeros(self._graph.edge_count, dtype=np.bool_)
        result[kernel.original(best)] = True
        self._offer(result)

    def _by_cuts(self, edges: BoolArray, clock: Clock) -> bool:
        """Look for the cheapest solution within some edges, by cuts; return whether proven."""
        kernel, inner = lean(self._graph, self._demand, edges)
        small = kernel.graph
        best = kernel.mask_of(self._best)
        if failing(small, best, inner).any():
            best = made(small, inner, best)
        model = CutModel(small, inner, clock, lambda chosen: made(small, inner, chosen), best)
        model.run()
        found = np.zeros(self._graph.edge_count, dtype=np.bool_)
        found[kernel.original(model.best)] = True
        self._offer(found)
        if (edges | ~self._kept).all():
            self.bound = max(self.bound, min(model.bound, self.cost))
        return model.is_proven


def made(
    graph: Graph, demand: Demand, chosen: BoolArray, random: np.random.Generator | None = None
) -> BoolArray:
    """Return a solution from any choice of edges: repaired, then pruned."""
    order = None if random is None else random.permutation(len(demand.sites))
    return pruned(graph, demand, repaired(graph, demand, chosen, order), random)


def _around(graph: Graph, demand: Demand, site: int, count: int) -> BoolArray:
    """Return the edges no farther from a site than its ``count`` nearest sites."""
    distance, _, _ = shortest(
        graph.first, graph.neighbour, graph.edge, graph.cost, demand.sites[site : site + 1]
    )
    radius = np.partition(distance[demand.sites], min(count, len(demand.sites) - 1))
    limit = radius[min(count, len(demand.sites) - 1)]
    return np.asarray((distance[graph.start] <= limit) & (distance[graph.end] <= limit))
