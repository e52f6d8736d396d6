"""The part of the graph that a program looks at, and the rules that routes over it break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from app.planning.arrays import Graph, IntArray
from app.planning.costs.prices import COST_UNIT_EUR
from app.planning.risk.corridor import least_run_m, runs
from app.planning.risk.groups import RiskGroup
from app.planning.survival.candidates import MONEY, RING, TWO_HUBS, Candidates, Case
from app.planning.survival.restriction import Chain, chains
from app.planning.survival.riskpair import OBJECT_WEIGHT_M, Question, Rule
from app.planning.survival.shared import Comparer, Terms

_TIE_EUR_PER_M = 1e-6
"""Weight of length against money in the program: among equally dear pairs the shorter."""

_NEAR = 200
"""Rules on separation that one answer adds for each chain."""


@dataclass(frozen=True)
class Wish:
    """What two routes must keep to; uids are resolved to edges by the caller.

    Parameters
    ----------
    disjoint
        ``edge``, ``node`` or ``risk``; each includes the one before.
    must
        Each a set of edges of which one route must take one.
    banned
        ``(m,)`` edges that no route may take.
    is_draft
        Take the first diverse pair found near the cheapest ones without proving it; where none
        is found, the pair that shares no more edges than it must.
    built_apart
        Both routes may share existing spans in the exempt zone, but never what is built.
    """

    disjoint: str
    to: str
    terms: Terms
    must: tuple[frozenset[int], ...] = ()
    banned: np.ndarray | None = None
    time_limit_s: float = 20.0
    seed: int = 0
    is_draft: bool = False
    built_apart: bool = False


@dataclass(frozen=True)
class Context:
    """One question: what routes are made of, where they may end, and what they must keep to."""

    candidates: Candidates
    case: Case
    wish: Wish
    comparer: Comparer


@dataclass
class Part:
    """The edges that add least, drawn together to chains, with what they share."""

    context: Context
    graph: Graph
    of_case: IntArray
    chosen: IntArray
    chains: list[Chain] = field(init=False)

    def __post_init__(self) -> None:
        real = self.context.case.real[self.of_case]
        case = self.context.case
        stops = {case.start, case.root, *case.ends}
        self.chains = chains(self.graph, self.chosen, stops)
        lengths = self.context.candidates.length_m
        self._sets = [
            [int(real[edge]) for edge in chain.edges if real[edge] >= 0] for chain in self.chains
        ]
        self._length_m = [float(lengths[edges].sum()) if edges else 0.0 for edges in self._sets]
        self._money = [float((chain.cost // MONEY) * COST_UNIT_EUR) for chain in self.chains]
        self.tie_eur = _TIE_EUR_PER_M * sum(self._length_m)
        self._rules = Rules(self.context, self._sets)

    def question(self) -> Question:
        """Return the program's question over the chains."""
        case, wish = self.context.case, self.context.wish
        inner = {node for chain in self.chains for node in (chain.start, chain.end)}
        inner -= {case.start, case.root}
        if wish.disjoint == "edge":
            inner &= set(case.ends) if wish.to in (TWO_HUBS, RING) else set()
        return Question(
            chains=self.chains,
            cost_eur=[
                money + _TIE_EUR_PER_M * length
                for money, length in zip(self._money, self._length_m, strict=True)
            ],
            length_m=self._length_m,
            source=case.start,
            sink=case.root,
            exclusive=frozenset(node for node in inner if not case.shareable[node]),
            rules=self._rules,
            must=tuple(
                frozenset(row for row, edges in enumerate(self._sets) if wanted & set(edges))
                for wanted in wish.must
            ),
        )

    def real(self, routes: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
        """Return routes of chains as edges of the case, in walking order."""
        found = []
        for route in routes:
            node = self.context.case.start
            path: list[int] = []
            for row in route:
                chain = self.chains[row]
                ahead = chain.start == node
                edges = chain.edges if ahead else chain.edges[::-1]
                path += [int(self.of_case[edge]) for edge in edges]
                node = chain.end if ahead else chain.start
            found.append(tuple(path))
        return tuple(found)

    def euro(self, routes: Sequence[Sequence[int]]) -> float:
        """Return what routes of chains cost."""
        return sum(self._money[row] for route in routes for row in route)


class Rules:
    """Tells which rules a pair of routes over chains breaks."""

    def __init__(self, context: Context, sets: Sequence[Sequence[int]]) -> None:
        self._context = context
        self._sets = sets
        self._terms = context.wish.terms
        self._is_risk = context.wish.disjoint == "risk"
        self._prepared = False
        self._groups: list[tuple[int, ...]] = []
        self._beside: Mapping[tuple[int, int], float] = {}
        self._clipped = np.zeros(0, dtype=object)
        self._tree: shapely.STRtree | None = None

    def __call__(self, one: Sequence[int], other: Sequence[int]) -> Iterable[Rule]:
        """Return the rules that two routes break."""
        self._prepare()
        mine, yours = ([row for row in route if self._sets[row]] for route in (one, other))
        if self._is_risk:
            yield from self._broken_groups(mine, yours)
        both = set(mine) & set(yours)
        mine = [row for row in mine if row not in both]
        yours = [row for row in yours if row not in both]
        if self._is_risk:
            yield from self._trenches(mine, yours)
        if self._terms.separation_m > 0:
            yield from self._too_near(mine, yours)

    def _prepare(self) -> None:
        if self._prepared:
            return
        self._prepared = True
        context, comparer = self._context, self._context.comparer
        rows = [row for row, edges in enumerate(self._sets) if edges]
        ends = context.case.ends
        zone = comparer.zone(ends if len(ends) < _NEAR else (), self._terms.exempt_m)
        shapes = context.candidates.shapes
        lines = np.array(
            [shapely.union_all(shapes[list(self._sets[row])]) for row in rows], dtype=object
        )
        if self._is_risk:
            for group, members in comparer.groups([self._sets[row] for row in rows]):
                if not self._is_exempt(group, zone):
                    self._groups.append(tuple(rows[member] for member in members))
            if "trench" in self._terms.kinds:
                outside = lines if zone.is_empty else shapely.difference(lines, zone)
                found = runs(outside, self._terms.within_m)
                self._beside = {
                    (rows[a], rows[b]): length
                    for a, b, length in zip(
                        found.first.tolist(), found.second.tolist(), found.length_m.tolist(),
                        strict=True,
                    )
                }  # fmt: skip
        if self._terms.separation_m > 0:
            far = comparer.zone(ends if len(ends) < _NEAR else (), comparer.terminal_m)
            self._clipped = np.full(len(self._sets), shapely.LineString(), dtype=object)
            self._clipped[rows] = shapely.difference(lines, far)
            self._tree = shapely.STRtree(self._clipped)

    def _is_exempt(self, group: RiskGroup, zone: shapely.Geometry) -> bool:
        if self._context.comparer.is_terminal_zone(group, self._context.case.ends):
            return True
        at = None if group.place is None else shapely.Point(group.place)
        return at is not None and bool(not zone.is_empty and zone.covers(at))

    def _broken_groups(self, mine: Sequence[int], yours: Sequence[int]) -> Iterable[Rule]:
        one, other = set(mine), set(yours)
        for members in self._groups:
            group = set(members)
            if group & one and group & other:
                yield Rule(members, OBJECT_WEIGHT_M)

    def _trenches(self, mine: Sequence[int], yours: Sequence[int]) -> Iterable[Rule]:
        pairs = [(min(a, b), max(a, b)) for a in mine for b in yours]
        beside = [pair for pair in pairs if pair in self._beside]
        for pair in beside:
            yield Rule(pair, self._beside[pair] + OBJECT_WEIGHT_M)
        if beside or "trench" not in self._terms.kinds:
            return
        comparer = self._context.comparer
        ends = self._context.case.ends
        zone = comparer.zone(ends if len(ends) < _NEAR else (), self._terms.exempt_m)
        one, other = (
            [edge for row in route for edge in self._sets[row]] for route in (mine, yours)
        )
        # A winding route lies beside a straight one for longer than the other way about.
        found = comparer.corridors(one, other)
        found += [(run, first, second) for run, second, first in comparer.corridors(other, one)]
        for run, first, second in found:
            length = float(shapely.length(shapely.difference(run, zone)))
            if length >= least_run_m(self._terms.within_m):
                yield Rule(
                    self._owners(mine, first), length + OBJECT_WEIGHT_M, self._owners(yours, second)
                )

    def _owners(self, route: Sequence[int], edges: Sequence[int]) -> tuple[int, ...]:
        wanted = set(edges)
        return tuple(sorted({row for row in route if wanted & set(self._sets[row])}))

    def _too_near(self, mine: Sequence[int], yours: Sequence[int]) -> Iterable[Rule]:
        assert self._tree is not None
        apart_m = self._terms.separation_m
        other = set(yours)
        for row in mine:
            shape = self._clipped[row]
            if shape.is_empty:
                continue
            near = self._tree.query(shape, predicate="dwithin", distance=apart_m).tolist()
            near = [item for item in near if item != row]
            if other & set(near):
                order = sorted(near, key=lambda item: (item not in other, item))
                for item in order[:_NEAR]:
                    yield Rule((min(row, item), max(row, item)), OBJECT_WEIGHT_M)
