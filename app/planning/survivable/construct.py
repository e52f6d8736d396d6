"""Subgraphs that meet a demand: tours, repair by ears, and taking out what is not needed.

A tour on the shortest ways between sites gives each site two ways to the root, apart from the
stretches that two legs of the tour share. There further ears are added: cheapest pairs of
disjoint ways, in which what is built already costs nothing. At last chains are taken out, the
dearest first, as long as every site survives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.planning.arrays import (
    BoolArray,
    Graph,
    IndexArray,
    IntArray,
    build_graph,
    compiled,
    path_edges,
    shortest,
)
from app.planning.survivable.check import Demand, any_failing, failing
from app.planning.survival.disjoint import PairFinder
from app.planning.tree.kernel import contracted, whole

_BATCHES = 25
"""One walk over the graph serves this part of the sites that need an ear."""


@dataclass(frozen=True)
class Field:
    """A graph with its demand, and the ways between all sites and the root."""

    graph: Graph
    demand: Demand
    distance: IntArray
    ways: tuple[IndexArray, ...]

    @property
    def places(self) -> IntArray:
        """``(k + 1,)`` the root and the sites: rows and columns of ``distance``."""
        return np.concatenate(([self.demand.root], self.demand.sites)).astype(np.int64)

    def way(self, i: int, j: int) -> list[int]:
        """Return the edges of a shortest way between two places."""
        return path_edges(self.graph, self.ways[i], int(self.places[j]))


def survey(graph: Graph, demand: Demand) -> Field:
    """Measure the ways between all places; one walk over the graph for each."""
    places = np.concatenate(([demand.root], demand.sites)).astype(np.int32)
    rows, ways = [], []
    for place in places:
        distance, _, via = shortest(
            graph.first, graph.neighbour, graph.edge, graph.cost, np.array([place], dtype=np.int32)
        )
        rows.append(distance[places])
        ways.append(via)
    return Field(graph, demand, np.array(rows, dtype=np.int64), tuple(ways))


def tour(distance: IntArray, random: np.random.Generator | None = None) -> list[int]:
    """Return a short round through all places: farthest insertion, then 2-opt and moves.

    With ``random`` the insertion starts from a random order, so that rounds differ.
    """
    count = len(distance)
    if random is None:
        start = int(distance[0].argmax())
        route = _farthest(distance, start)
    else:
        route = random.permutation(count).astype(np.int64)
    return [int(place) for place in _improved(distance, route)]


@compiled
def _farthest(distance, start):  # type: ignore[no-untyped-def]  # compiled
    n = len(distance)
    route = np.empty(n, np.int64)
    route[0] = 0
    size = 1
    away = distance[0].copy()
    inside = np.zeros(n, np.bool_)
    inside[0] = True
    while size < n:
        v = start
        if size > 1:
            v = -1
            for w in range(n):
                if not inside[w] and (v < 0 or away[w] > away[v]):
                    v = w
        best, at = np.int64(2**62), 0
        for i in range(size):
            a, b = route[i], route[(i + 1) % size]
            more = distance[a, v] + distance[v, b] - distance[a, b]
            if more < best:
                best, at = more, i
        for i in range(size, at + 1, -1):
            route[i] = route[i - 1]
        route[at + 1] = v
        size += 1
        inside[v] = True
        away = np.minimum(away, distance[v])
    return route


@compiled
def _improved(distance, route):  # type: ignore[no-untyped-def]  # compiled
    """Reverse stretches and move up to three neighbours as long as that shortens the round."""
    n = len(route)
    is_better = n > 3
    while is_better:
        is_better = False
        for i in range(n - 1):
            for j in range(i + 1, n):
                a, b = route[i - 1], route[i]
                c, d = route[j], route[(j + 1) % n]
                if a == c or b == d:
                    continue
                if distance[a, c] + distance[b, d] < distance[a, b] + distance[c, d]:
                    route[i : j + 1] = route[i : j + 1][::-1].copy()
                    is_better = True
        for length in range(1, 4):
            if n < length + 3:
                continue
            for i in range(n):
                is_better |= _move(distance, route, i, length)
    return route


@compiled
def _move(distance, route, i, length):  # type: ignore[no-untyped-def]  # compiled
    """Move ``length`` places from ``i`` on to where they cost least, if that is elsewhere."""
    n = len(route)
    turned = np.concatenate((route[i:], route[:i]))
    piece, rest = turned[:length], turned[length:]
    a, b = rest[len(rest) - 1], rest[0]
    first, last = piece[0], piece[length - 1]
    saved = distance[a, first] + distance[last, b] - distance[a, b]
    for k in range(len(rest) - 1):
        p, q = rest[k], rest[k + 1]
        base = saved + distance[p, q]
        ahead = distance[p, first] + distance[last, q]
        turned_round = distance[p, last] + distance[first, q]
        if min(ahead, turned_round) < base:
            if turned_round < ahead:
                piece = piece[::-1]
            route[: k + 1] = rest[: k + 1]
            route[k + 1 : k + 1 + length] = piece
            route[k + 1 + length : n] = rest[k + 1 :]
            return True
    return False


def united(field: Field, route: list[int]) -> BoolArray:
    """Return the edges of the shortest ways along a round."""
    chosen = np.zeros(field.graph.edge_count, dtype=np.bool_)
    for a, b in zip(route, [*route[1:], route[0]], strict=True):
        chosen[field.way(a, b)] = True
    return chosen


def repaired(
    graph: Graph, demand: Demand, chosen: BoolArray, order: IntArray | None = None
) -> BoolArray:
    """Return the chosen edges with ears for every site whose need they do not meet.

    A site that the graph cannot protect gets a single way. ``order`` ranks the sites.
    """
    chosen = chosen.copy()
    hopeless = np.zeros(len(demand.sites), dtype=np.bool_)
    while True:
        bad = np.flatnonzero(failing(graph, chosen, demand) & ~hopeless)
        if not len(bad):
            return chosen
        if order is not None:
            bad = bad[np.argsort(order[bad], kind="stable")]
        # One walk over the graph serves a part of the sites; what is built meanwhile is not free.
        _give_ears(graph, demand, chosen, bad[: 1 + len(bad) // _BATCHES], hopeless)


def _give_ears(
    graph: Graph, demand: Demand, chosen: BoolArray, rows: IntArray, hopeless: BoolArray
) -> None:
    """Choose an ear for each of the sites in ``rows`` that still needs one."""
    built = replace(graph, cost=np.where(chosen, np.int64(0), graph.cost))
    finders: dict[bool, PairFinder] = {}
    for number, row in enumerate(rows.tolist()):
        if number and not failing(graph, chosen, demand)[row]:
            continue
        is_node = bool(demand.is_node[row])
        if is_node not in finders:
            finders[is_node] = PairFinder(
                built, demand.root, node_disjoint=is_node, closed=demand.closed
            )
        pair = finders[is_node].pair(int(demand.sites[row]))
        ear = [] if pair is None else list(pair.working)
        if pair is not None and demand.need[row] == 2:
            ear += pair.protection
        if pair is None or (demand.need[row] == 2 and not pair.protection):
            hopeless[row] = True
        elif chosen[ear].all():
            ear = _past_root(built, demand, row)
            hopeless[row] = not ear
        chosen[ear] = True


def _past_root(graph: Graph, demand: Demand, row: int) -> list[int]:
    """Return the edges of a shortest way from a site to the first one that avoids the root."""
    at_root = (graph.start == demand.root) | (graph.end == demand.root)
    barred = int(graph.cost.sum()) + 1
    first = demand.sites[np.flatnonzero(demand.is_node & (demand.need == 2))[:1]]
    _, _, via = shortest(
        graph.first, graph.neighbour, graph.edge, np.where(at_root, barred, graph.cost), first
    )
    way = path_edges(graph, via, int(demand.sites[row]))
    return [] if at_root[way].any() else way


def pruned(
    graph: Graph, demand: Demand, chosen: BoolArray, random: np.random.Generator | None = None
) -> BoolArray:
    """Return the chosen edges without the chains that no site needs, dearest taken out first.

    Sites whose needs are not met to begin with only stay connected. With ``random`` the order
    is shaken.
    """
    bad = failing(graph, chosen, demand)
    kept = demand.wants(np.where(bad, 1, demand.need).astype(np.int32))
    kept = kept.only(~failing(graph, chosen, kept))
    edges = np.flatnonzero(chosen)
    part = build_graph(graph.node_count, graph.start[edges], graph.end[edges], graph.cost[edges])
    places = np.concatenate(([demand.root], kept.sites)).astype(np.int32)
    small = contracted(whole(part, places), np.ones(len(edges), dtype=np.bool_))
    number = np.full(graph.node_count, -1, dtype=np.int32)
    number[small.node] = np.arange(len(small.node))
    inner = kept.placed(number, demand.closed[small.node])
    key = small.graph.cost.astype(np.float64)
    if random is not None:
        key *= random.uniform(0.7, 1.4, len(key))
    left = _thinned(
        small.graph.first, small.graph.neighbour, small.graph.edge,
        np.argsort(-key, kind="stable"), inner.arguments(),
    )  # fmt: skip
    result = np.zeros(graph.edge_count, dtype=np.bool_)
    result[edges[small.original(left)]] = True
    return result


@compiled
def _thinned(first, neighbour, edge, order, demand):  # type: ignore[no-untyped-def]  # compiled
    left = np.ones(len(order), np.bool_)
    for e in order:
        left[e] = False
        if any_failing(first, neighbour, edge, left, demand):
            left[e] = True
    return left
