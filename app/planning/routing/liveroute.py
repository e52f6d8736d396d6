"""Routes drawn by hand: the cheapest way through the stops given, while these are dragged.

A shortest-path tree from each stop that stays is kept; a stop that moves is looked up in the trees
of its neighbours. With trees at hand an answer takes O(length of the route); a tree takes one run
of Dijkstra's algorithm, O((n + m) log n). Each leg between two stops is a cheapest one; what the
plan builds for other sites costs nothing. Legs are chosen one by one, so that a street that two
legs use is counted once but not looked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.planning.arrays import FAR, IndexArray, IntArray, shortest
from app.planning.routing.liveground import LiveGround
from app.planning.routing.queries import NETWORK, POINT, SITE, Leg, Piece, RouteQuery, Stop
from app.planning.streets.routegraph import JOIN, LEAD_IN

_TREES_KEPT = 24
_CLOSED = FAR // 4
"""Cost of what must not be used: more than any route, less than what overflows."""


@dataclass(frozen=True)
class Way:
    """A route as pieces of edges, one tuple for each leg; with a ``problem`` when there is none."""

    legs: tuple[Leg, ...] = ()
    problem: Message | None = None

    @property
    def pieces(self) -> Leg:
        """All pieces in their order."""
        return tuple(piece for leg in self.legs for piece in leg)


@dataclass(frozen=True)
class _Gate:
    """One way from a stop onto the graph: a node, what it costs to get there, and along what."""

    node: int
    cost: int
    leg: Leg = ()


@dataclass(frozen=True)
class _Spot:
    """A stop on the graph: its gates, or the network."""

    key: tuple[object, ...]
    gates: tuple[_Gate, ...] = ()
    is_network: bool = False
    edge: int = -1
    share: float = 0.0


@dataclass(frozen=True)
class _Tree:
    """Distances from one gate, or from the network."""

    gate: _Gate
    away: IntArray
    via: IndexArray


@dataclass(frozen=True)
class _Costs:
    """Costs of the edges as one query sees them, for walks over land and for those to the network.

    ``key`` names what is closed and what is free.
    """

    key: tuple[object, ...]
    land: IntArray
    home: IntArray


@dataclass
class LiveRouter:
    """Answers queries on one ground; keeps the trees that it grew."""

    ground: LiveGround
    _trees: OrderedDict[tuple[object, ...], tuple[_Tree, ...]] = field(default_factory=OrderedDict)
    _costs: _Costs | None = None

    def way(self, query: RouteQuery) -> Way:
        """Return the cheapest route through the stops."""
        costs = self._costs_of(query)
        kept = dict(query.kept)
        closed = set(query.avoid)
        spots = []
        for stop in query.stops:
            spot = self._spot(stop, costs)
            if spot is None:
                return Way(problem=_off(stop))
            spots.append(spot)
        legs: list[list[Leg] | None] = [
            [kept[number]] if number in kept and not self._is_shut(kept[number], closed) else None
            for number in range(len(spots) - 1)
        ]
        for number, known in enumerate(legs):
            if known is None:
                found = self._leg(spots[number], spots[number + 1], costs)
                if found is None:
                    return Way(problem=_cut_off(query.stops[number + 1]))
                legs[number] = [found]
        whole = tuple(leg for known in legs if known for leg in known)
        return self._with_required(query, spots, whole, set(kept), costs)

    def frozen_way(self, site: str) -> Way:
        """Return the route that the plan has for a site, as one leg."""
        path = self.ground.trace.paths.get(site, ())
        routes = self.ground.routes
        node = int(routes.entries[self.ground.row_of_site[site]]) if path else -1
        leg = []
        for edge in path:
            forward = int(routes.graph.start[edge]) == node
            leg.append(Piece(edge) if forward else Piece(edge, 1.0, 0.0))
            node = int(routes.graph.start[edge]) + int(routes.graph.end[edge]) - node
        return Way((tuple(leg),)) if leg else Way()

    # -- costs -------------------------------------------------------------------------------

    def free_edges(self, site: str) -> frozenset[int]:
        """Return what is built whatever becomes of this route."""
        return self.ground.trace.others(site)

    def _costs_of(self, query: RouteQuery) -> _Costs:
        key = (frozenset(query.avoid), query.site)
        if self._costs is not None and self._costs.key == key:
            return self._costs
        routes = self.ground.routes
        home = np.array(routes.graph.cost)
        home[sorted(self.free_edges(query.site))] = 0
        shut = [edge for uid in query.avoid for edge in self.ground.edges_of.get(uid, ())]
        home[shut] = _CLOSED
        home[routes.kind == LEAD_IN] = _CLOSED
        land = home.copy()
        land[routes.kind == JOIN] = _CLOSED
        self._costs = _Costs(key, land, home)
        return self._costs

    def _is_shut(self, leg: Leg, closed: set[str]) -> bool:
        return any(self.ground.routes.source[piece.edge] in closed for piece in leg)

    # -- stops and trees ---------------------------------------------------------------------

    def _spot(self, stop: Stop, costs: _Costs) -> _Spot | None:
        if stop.kind == NETWORK:
            return _Spot((NETWORK,), is_network=True)
        if stop.kind == POINT:
            node = self.ground.node_of.get(stop.uid, -1)
            return self._node_spot(node) if node >= 0 else None
        row = self.ground.row_of_site.get(stop.uid) if stop.kind == SITE else None
        if row is not None:
            gates = self._lead_ins(int(self.ground.routes.entries[row]))
            return _Spot((SITE, stop.uid), gates) if gates else None
        place = self.ground.places.get(stop.uid) if stop.kind == SITE else (stop.x, stop.y)
        return None if place is None else self._on_street(*place, costs)

    def _lead_ins(self, entry: int) -> tuple[_Gate, ...]:
        routes = self.ground.routes
        graph = routes.graph
        gates = []
        for arc in range(int(graph.first[entry]), int(graph.first[entry + 1])):
            edge = int(graph.edge[arc])
            if routes.kind[edge] == LEAD_IN:
                piece = Piece(edge, 1.0, 0.0) if graph.end[edge] == entry else Piece(edge)
                gates.append(_Gate(int(graph.neighbour[arc]), int(graph.cost[edge]), (piece,)))
        return tuple(gates)

    def _on_street(self, x: float, y: float, costs: _Costs) -> _Spot | None:
        edge, share, distance_m = self.ground.locator.nearest(x, y)
        if distance_m > self.ground.max_lead_in_m or costs.land[edge] >= _CLOSED:
            return None
        graph = self.ground.routes.graph
        cost = int(costs.land[edge])
        share = round(share, 9)
        gates = (
            _Gate(int(graph.start[edge]), round(cost * share), (Piece(edge, share, 0.0),)),
            _Gate(int(graph.end[edge]), cost - round(cost * share), (Piece(edge, share, 1.0),)),
        )
        return _Spot((edge, share), gates, edge=edge, share=share)

    def _grown(self, spot: _Spot, costs: _Costs) -> tuple[_Tree, ...]:
        key = (costs.key, spot.key)
        if key in self._trees:
            self._trees.move_to_end(key)
            return self._trees[key]
        graph = self.ground.routes.graph
        gates = (_Gate(self.ground.routes.root, 0),) if spot.is_network else spot.gates
        cost = costs.home if spot.is_network else costs.land
        trees = []
        for gate in gates:
            source = np.array([gate.node], dtype=np.int32)
            away, _, via = shortest(graph.first, graph.neighbour, graph.edge, cost, source)
            trees.append(_Tree(gate, away, via))
        self._trees[key] = tuple(trees)
        while len(self._trees) > _TREES_KEPT:
            self._trees.popitem(last=False)
        return self._trees[key]

    def _has_tree(self, spot: _Spot, costs: _Costs) -> bool:
        return (costs.key, spot.key) in self._trees

    # -- legs --------------------------------------------------------------------------------

    def _leg(self, a: _Spot, b: _Spot, costs: _Costs) -> Leg | None:
        """Return the cheapest way between two spots, from whichever has its trees."""
        if a.is_network and b.is_network:
            return None
        turned = b.is_network or (not a.is_network and not self._has_tree(a, costs)
                                  and self._has_tree(b, costs))  # fmt: skip
        origin, target = (b, a) if turned else (a, b)
        found = self._reached(origin, target, costs)
        if found is None:
            return None
        _, leg = found
        return tuple(piece.reversed() for piece in reversed(leg)) if turned else leg

    def _reached(self, origin: _Spot, target: _Spot, costs: _Costs) -> tuple[int, Leg] | None:
        best: tuple[int, _Tree, _Gate] | None = None
        for tree in self._grown(origin, costs):
            for gate in target.gates:
                total = tree.gate.cost + int(tree.away[gate.node]) + gate.cost
                if total < _CLOSED and (best is None or total < best[0]):
                    best = total, tree, gate
        along = None
        if origin.edge >= 0 and origin.edge == target.edge:
            cost = round(int(costs.land[origin.edge]) * abs(origin.share - target.share))
            along = cost, (Piece(origin.edge, origin.share, target.share),)
        if best is None or (along is not None and along[0] <= best[0]):
            return along
        total, tree, gate = best
        back = tuple(piece.reversed() for piece in reversed(gate.leg))
        leg = (*tree.gate.leg, *self._walked(tree, gate.node), *back)
        return total, tuple(piece for piece in leg if piece.begin != piece.end)

    def _walked(self, tree: _Tree, node: int) -> Leg:
        """Return the pieces from the tree's source to a node."""
        graph = self.ground.routes.graph
        pieces = []
        while tree.via[node] >= 0:
            edge = int(tree.via[node])
            before = int(graph.start[edge]) + int(graph.end[edge]) - node
            forward = int(graph.start[edge]) == before
            pieces.append(Piece(edge) if forward else Piece(edge, 1.0, 0.0))
            node = before
        return tuple(reversed(pieces))

    # -- streets that must be used -----------------------------------------------------------

    def _with_required(
        self, query: RouteQuery, spots: Sequence[_Spot], legs: tuple[Leg, ...], kept: set[int],
        costs: _Costs,
    ) -> Way:  # fmt: skip
        """Lead the route along each street asked for, where that lengthens it least."""
        parts = [[(spots[number], spots[number + 1], leg)] for number, leg in enumerate(legs)]
        for uid in query.must_use:
            edges = self.ground.edges_of.get(uid, ())
            if edges and set(edges) <= {piece.edge for leg in parts for *_, own in leg
                                        for piece in own}:  # fmt: skip
                continue
            street = _chain(self.ground, edges)
            if not street:
                return Way(problem=_unusable(uid))
            best = None
            for number, leg in enumerate(parts):
                if number in kept:
                    continue
                for at, (a, b, _) in enumerate(leg):
                    tried = self._via_street(a, b, street, costs)
                    if tried is not None and (best is None or tried[0] < best[0]):
                        best = tried[0], number, at, tried[1]
            if best is None:
                return Way(problem=_unusable(uid))
            _, number, at, new = best
            parts[number][at : at + 1] = new
        return Way(tuple(tuple(p for *_, own in leg for p in own) for leg in parts))

    def _via_street(
        self, a: _Spot, b: _Spot, street: Leg, costs: _Costs
    ) -> tuple[int, list[tuple[_Spot, _Spot, Leg]]] | None:
        """Return the extra cost of a way along a street, and its three parts."""
        best = None
        direct = self._cost_between(a, b, costs)
        for leg in (street, tuple(piece.reversed() for piece in reversed(street))):
            enter, leave = (self._node_spot(_node_at(self.ground, leg, end)) for end in (0, -1))
            before, after = self._cost_between(a, enter, costs), self._cost_between(leave, b, costs)
            if before is None or after is None:
                continue
            extra = before + after - (direct or 0)
            if best is None or extra < best[0]:
                best = extra, enter, leave, leg
        if best is None:
            return None
        extra, enter, leave, leg = best
        first, last = self._leg(a, enter, costs), self._leg(leave, b, costs)
        assert first is not None and last is not None
        return extra, [(a, enter, first), (enter, leave, leg), (leave, b, last)]

    def _cost_between(self, a: _Spot, b: _Spot, costs: _Costs) -> int | None:
        origin, target = (b, a) if b.is_network else (a, b)
        found = self._reached(origin, target, costs)
        return None if found is None else found[0]

    def _node_spot(self, node: int) -> _Spot:
        return _Spot(("node", node), (_Gate(node, 0),))


def _node_at(ground: LiveGround, leg: Leg, end: int) -> int:
    graph = ground.routes.graph
    piece = leg[end]
    at_start = (piece.begin if end == 0 else piece.end) == 0.0
    return int(graph.start[piece.edge] if at_start else graph.end[piece.edge])


def _chain(ground: LiveGround, edges: Iterable[int]) -> Leg:
    """Return the edges of a street one after the other; () when they do not make one line."""
    graph = ground.routes.graph
    at: dict[int, list[int]] = {}
    left = set(edges)
    for edge in sorted(left):
        for node in (int(graph.start[edge]), int(graph.end[edge])):
            at.setdefault(node, []).append(edge)
    ends = sorted(node for node, mine in at.items() if len(mine) == 1)
    if not at or any(len(mine) > 2 for mine in at.values()):
        return ()
    node = ends[0] if ends else min(at)
    leg = []
    while left:
        following = [edge for edge in at[node] if edge in left]
        if not following:
            return ()
        edge = following[0]
        left.discard(edge)
        forward = int(graph.start[edge]) == node
        leg.append(Piece(edge) if forward else Piece(edge, 1.0, 0.0))
        node = int(graph.end[edge]) if forward else int(graph.start[edge])
    return tuple(leg)


def _off(stop: Stop) -> Message:
    if stop.kind == SITE:
        return message(
            QT_TRANSLATE_NOOP("core", "No usable street is near the site “{uid}”."), uid=stop.uid
        )
    return message(QT_TRANSLATE_NOOP("core", "No usable street is near this place."))


def _cut_off(stop: Stop) -> Message:
    if stop.kind == NETWORK:
        return message(QT_TRANSLATE_NOOP("core", "No street leads from here to the network."))
    return message(QT_TRANSLATE_NOOP("core", "No street leads from one stop to the next."))


def _unusable(uid: str) -> Message:
    return message(
        QT_TRANSLATE_NOOP("core", "The route cannot be led along “{uid}” from end to end."), uid=uid
    )
