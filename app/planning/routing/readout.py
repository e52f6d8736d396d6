"""What a route drawn by hand comes to: length, cost range, loss, and its conditions for a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from app.planning.arrays import FAR, FloatArray
from app.planning.costs.prices import QUANTITY_STEP
from app.planning.loss import Light, losses
from app.planning.optics import fitting
from app.planning.routing.liveground import LiveGround
from app.planning.routing.liveroute import LiveRouter, Way
from app.planning.routing.queries import PLACE, SITE, Leg, Readout, RouteQuery, Stop
from app.planning.streets.pricing import scaled
from app.planning.streets.routegraph import JOIN, STREET

_DEEPEST = 6
"""Legs are halved so often at most to find the places that hold them."""


class RouteDesk:
    """Answers queries with figures; one for each ground."""

    def __init__(self, ground: LiveGround) -> None:
        self.ground = ground
        self.router = LiveRouter(ground)
        self._priced: dict[int, FloatArray] = {}

    def answer(self, query: RouteQuery) -> Readout:
        """Return route and figures."""
        return self.read(query, self.router.way(query))

    def planned(self, site: str, number: int = 0) -> Readout:
        """Return the route that the plan has for a site; without legs when it has none."""
        query = RouteQuery((), site=site, number=number)
        return self.read(query, self.router.frozen_way(site))

    def waypoints(self, query: RouteQuery) -> tuple[tuple[float, float], ...]:
        """Return the places, in m, through which the cheapest route is the one of the query.

        The stops between its ends, and in legs that are kept as many places as it takes.
        """
        way = self.router.way(query)
        if way.problem is not None:
            return ()
        found: list[tuple[float, float]] = []
        for number, leg in enumerate(way.legs):
            if number:
                stop = query.stops[number]
                found.append((stop.x, stop.y))
            ends = query.stops[number], query.stops[number + 1]
            if number in dict(query.kept):
                found += self._anchors(query, ends, leg, _DEEPEST)
        return tuple(found)

    def _anchors(
        self, query: RouteQuery, ends: tuple[Stop, Stop], leg: Leg, depth: int
    ) -> list[tuple[float, float]]:
        """Return places that hold a leg: its middle, and of either half, where it is needed."""
        asked = replace(query, stops=ends, kept=(), must_use=())
        way = self.router.way(asked)
        if depth == 0 or len(leg) < 2 or (way.legs and _edges(way.legs[0]) == _edges(leg)):
            return []
        at = self._middle(leg)
        if at is None:
            return []
        line = part_of_line(self.ground.routes.shape.line(leg[at].edge), 0.0, 0.5)
        middle = Stop(PLACE, "", float(line[-1][0]), float(line[-1][1]))
        return [
            *self._anchors(query, (ends[0], middle), leg[:at], depth - 1),
            (middle.x, middle.y),
            *self._anchors(query, (middle, ends[1]), leg[at + 1 :], depth - 1),
        ]

    def _middle(self, leg: Leg) -> int | None:
        """Return the street in the middle of a leg."""
        kinds = self.ground.routes.kind
        streets = [at for at, piece in enumerate(leg) if kinds[piece.edge] == STREET]
        return streets[len(streets) // 2] if streets else None

    def read(self, query: RouteQuery, way: Way) -> Readout:
        """Return the figures of a way."""
        if way.problem is not None or not way.pieces:
            return Readout(query.number, problem=way.problem)
        covered = _covered(way.pieces)
        free = self.router.free_edges(query.site)
        new = {edge: share for edge, share in covered.items() if edge not in free}
        length_m = sum(self._length_m(p.edge) * abs(p.end - p.begin) for p in way.pieces)
        hub, more_m, joints = self._onward(way)
        light = Light(length_m + more_m, joints)
        lost = losses(light)
        return Readout(
            query.number,
            tuple(self._line(leg) for leg in way.legs),
            round(length_m, 3),
            round(sum(self._length_m(edge) * share for edge, share in new.items()), 3),
            self._cost(query, new),
            self._techniques(new),
            round(light.length_m, 3),
            hub,
            tuple(lost),
            tuple(fitting(lost, light.length_m)),
            way.legs,
            tuple(self._whole(leg) for leg in way.legs),
        )

    def _length_m(self, edge: int) -> float:
        return int(self.ground.routes.length_mm[edge]) / 1000

    def _line(self, leg: Leg) -> FloatArray:
        parts = [part_of_line(self.ground.routes.shape.line(p.edge), p.begin, p.end) for p in leg]
        if not parts:
            return np.zeros((0, 2))
        xy = np.concatenate(parts)
        distinct = np.ones(len(xy), dtype=np.bool_)
        distinct[1:] = (np.diff(xy, axis=0) != 0).any(axis=1)
        return np.asarray(xy[distinct], dtype=np.float64)

    def _onward(self, way: Way) -> tuple[str | None, float, int]:
        """Return the hub, the way in m along the network to it, and the splices on the way."""
        joins = [p.edge for p in way.pieces if self.ground.routes.kind[p.edge] == JOIN]
        if not joins:
            return None, 0.0, 0
        ways = self.ground.ways
        more = int(ways.length_mm[joins[-1]])
        hub = ways.hub[joins[-1]]
        return None if hub is None else str(hub), 0.0 if more >= FAR else more / 1000, len(joins)

    def _cost(self, query: RouteQuery, new: Mapping[int, float]) -> dict[str, float]:
        total = np.zeros(3)
        for edge, share in new.items():
            total += self._edge_eur(edge) * share
        ends = {stop.uid for stop in query.stops if stop.kind == SITE} | {query.site} - {""}
        total += self._site_eur * sum(uid in self.ground.row_of_site for uid in ends)
        return {
            "low": round(float(total[0]), 2), "typical": round(float(total[1]), 2),
            "high": round(float(total[2]), 2),
        }  # fmt: skip

    def _edge_eur(self, edge: int) -> FloatArray:
        if edge not in self._priced:
            self._priced[edge] = self._eur(self.ground.routes.quantities(edge))
        return self._priced[edge]

    def _eur(self, needs: Mapping[str, int]) -> FloatArray:
        """Return low, typical and high of thousandths of items, in euro."""
        total = np.zeros(3)
        for code, count in needs.items():
            price = self.ground.ready.book.price(code)
            each = (price.low_eur, price.typical_eur, price.high_eur)
            total += np.array([float(eur * count * QUANTITY_STEP) for eur in each])
        return total

    @cached_property
    def _site_eur(self) -> FloatArray:
        needs = self.ground.ready.rules.site
        return self._eur({code: scaled(each, 1000) for code, each in needs.items()})

    def _techniques(self, new: Mapping[int, float]) -> dict[str, float]:
        routes = self.ground.routes
        found: dict[str, float] = defaultdict(float)
        for edge, share in new.items():
            found[routes.recipes[routes.recipe[edge]].technique] += self._length_m(edge) * share
        return {name: round(found[name], 3) for name in sorted(found)}

    def _whole(self, leg: Leg) -> tuple[str, ...]:
        covered = _covered(leg)
        uids = dict.fromkeys(self.ground.routes.source[piece.edge] for piece in leg)
        return tuple(
            str(uid)
            for uid in uids
            if uid is not None
            and all(covered.get(edge, 0.0) >= 1.0 for edge in self.ground.edges_of[str(uid)])
        )


def _edges(leg: Leg) -> list[int]:
    return [piece.edge for piece in leg]


def _covered(pieces: Leg) -> dict[int, float]:
    """Return the share of each edge that pieces cover, each part once."""
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for piece in pieces:
        spans[piece.edge].append((min(piece.begin, piece.end), max(piece.begin, piece.end)))
    found = {}
    for edge, parts in spans.items():
        total, reached = 0.0, 0.0
        for low, high in sorted(parts):
            total += max(0.0, high - max(low, reached))
            reached = max(reached, high)
        found[edge] = total
    return found


def part_of_line(xy: FloatArray, begin: float, end: float) -> FloatArray:
    """Return the vertices of a line from one share of its length to another, either way."""
    if begin > end:
        return part_of_line(xy, end, begin)[::-1]
    if begin <= 0.0 and end >= 1.0:
        return xy
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    low, high = begin * along[-1], end * along[-1]
    inside = xy[(along > low) & (along < high)]
    ends = [[np.interp(at, along, xy[:, axis]) for axis in (0, 1)] for at in (low, high)]
    return np.concatenate((ends[:1], inside, ends[1:]))
