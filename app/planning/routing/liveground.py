"""What routes by hand are drawn on: the graph of a plan, or of no plan, made ready once."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.errors import Infeasible
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.explain.subject import parameters_of
from app.planning.guiding.forced import section_edges
from app.planning.guiding.reach import HubWays
from app.planning.guiding.terms import Section, read_terms
from app.planning.prepared import Prepared, prepare
from app.planning.request import ExtensionParameters
from app.planning.streets.attachment import SHORTEST_M
from app.planning.streets.routegraph import JOIN, STREET, RouteGraph

_TINY_M = 0.05
"""Stretches of street up to this length, in m, may be lost when sections are found again."""


@dataclass(frozen=True)
class PlanTrace:
    """A stored plan found again in a graph.

    Parameters
    ----------
    paths
        Edges of each connected site from the site to the network, by its uid.
    spare
        Edges of the plan on no site's way: the planner asked for them.
    span_of
        Uid of the plan's section that each edge is part of.
    """

    paths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    spare: frozenset[int] = frozenset()
    span_of: Mapping[int, str] = field(default_factory=dict)

    def others(self, site: str) -> frozenset[int]:
        """Return the edges that are built whatever becomes of one site's route."""
        if site not in self.paths:
            return frozenset().union(*self.paths.values()) | self.spare
        kept = (edges for uid, edges in self.paths.items() if uid != site)
        return frozenset().union(*kept) | self.spare


class Locator:
    """Finds the stretch of street nearest to a place, as the way-points of a plan do."""

    def __init__(self, routes: RouteGraph) -> None:
        self.edges = np.flatnonzero(routes.kind == STREET)
        self.shapes = routes.shape.some_shapes(self.edges)
        self._tree = shapely.STRtree(self.shapes)

    def nearest(self, x: float, y: float) -> tuple[int, float, float]:
        """Return edge, share of its length (0 to 1) and distance in m."""
        point = shapely.Point(x, y)
        row = int(self._tree.nearest(point))
        line = self.shapes[row]
        share = float(shapely.line_locate_point(line, point, normalized=True))
        return int(self.edges[row]), share, float(shapely.distance(line, point))


@dataclass(frozen=True)
class LiveGround:
    """Everything that answers about routes are worked out from; plain, made once.

    Parameters
    ----------
    ready
        Graph, prices and rules.
    trace
        The plan that is worked on; empty without.
    row_of_site
        Row of each open site in the task.
    places
        Easting and northing in m of every site with a position.
    edges_of
        Edges of each street and conduit.
    node_of
        Junction at each way-point asked for.
    """

    network_crs: str
    ready: Prepared
    trace: PlanTrace
    row_of_site: Mapping[str, int]
    places: Mapping[str, tuple[float, float]]
    edges_of: Mapping[str, tuple[int, ...]]
    locator: Locator
    max_lead_in_m: float
    node_of: Mapping[str, int]

    @property
    def routes(self) -> RouteGraph:
        """The graph with its prices."""
        return self.ready.routes

    @property
    def ways(self) -> HubWays:
        """The way from each join to a hub."""
        return self.ready.guide.groups[0].ways


def live_ground(
    network: Network,
    plan_uid: str | None = None,
    *,
    statuses: Iterable[str] = STATUSES_IN_USE,
    waypoints: Sequence[str] = (),
    sites: Sequence[str] | None = None,
) -> LiveGround:
    """Make ready what routes are drawn on.

    Parameters
    ----------
    plan_uid
        The plan that is worked on: what it builds for other sites costs a route nothing.
    waypoints
        Places at which streets are cut, as `app.model.guidance.Guidance` has them.
    sites
        Sites that routes may begin at, by default all that are open.

    Raises `Infeasible` when there is no network or no street, or when the plan's sections are not
    in the data any more.
    """
    is_forced = False
    if plan_uid is None:
        asked = ExtensionParameters("route", _open_sites(network, sites), statuses=tuple(statuses))
    else:
        stored = {str(k): v for k, v in network.table("plans").loc[plan_uid].items()}
        asked = parameters_of(stored)
        if asked.protection != "none":
            raise Infeasible(
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "Every site of the plan {name} has two routes. Set conditions and let it "
                        "be planned again instead.",
                    ),
                    name=asked.name,
                )
            )
        more = _open_sites(network, sites)
        known = set(network.table("sites").index)
        own = [uid for uid in asked.sites if uid in known]
        asked = replace(asked, sites=tuple(dict.fromkeys((*own, *more))))
        guidance = asked.guidance
        is_forced = bool(guidance.must_use or guidance.locked or guidance.waypoints)
        asked = replace(asked, guidance=replace(guidance, locked=(plan_uid,)))
    wanted = tuple(dict.fromkeys((*asked.guidance.waypoints, *waypoints)))
    asked = replace(asked, guidance=replace(asked.guidance, waypoints=wanted))
    ready = prepare(network, asked)
    trace = PlanTrace()
    if plan_uid is not None:
        trace = _trace(network, plan_uid, asked, ready, asked_for_more=is_forced)
    edges_of: dict[str, list[int]] = defaultdict(list)
    for edge, uid in enumerate(ready.routes.source.tolist()):
        if uid is not None:
            edges_of[uid].append(edge)
    return LiveGround(
        network.crs,
        ready,
        trace,
        {uid: row for row, uid in enumerate(ready.task.sites)},
        _places(network),
        {uid: tuple(edges) for uid, edges in edges_of.items()},
        Locator(ready.routes),
        asked.max_lead_in_m,
        dict(zip(wanted, ready.routes.passes.tolist(), strict=True)),
    )


def _open_sites(network: Network, sites: Sequence[str] | None) -> tuple[str, ...]:
    if sites is not None:
        return tuple(sites)
    table = network.table("sites")
    return tuple(str(uid) for uid in table.index[table["status"] != "decommissioned"])


def _places(network: Network) -> dict[str, tuple[float, float]]:
    sites = network.geo("sites")
    return {
        str(uid): (float(point.x), float(point.y))
        for uid, point in zip(sites.index, sites[GEOMETRY], strict=True)
        if point is not None and not point.is_empty
    }


def _trace(
    network: Network, plan_uid: str, asked: ExtensionParameters, ready: Prepared, *,
    asked_for_more: bool,
) -> PlanTrace:  # fmt: skip
    """Find a plan's sections in the graph, and the way of each of its sites along them.

    Sections on no site's way count only when the planner ``asked_for_more`` than the sites.
    """
    terms = read_terms(network, asked.guidance)
    mine = network.table("plan_spans")["plan"].eq(plan_uid)
    own = frozenset(mine.index[mine])
    sections: list[Section] = [item for item in terms.sections if item.uid in own]
    found = section_edges(ready.routes, sections)
    span_of = {edge: sections[row].uid for edge, row in found.items()}
    states = network.table("plan_sites")
    states = states[(states["plan"] == plan_uid) & (states["state"] == "connected")]
    by_span: dict[str, list[int]] = defaultdict(list)
    for edge, uid in sorted(span_of.items()):
        by_span[uid].append(edge)
    # a join without length is booked on one of the sections that meet there
    joins = [edge for edge in sorted(span_of) if ready.routes.kind[edge] == JOIN]
    row_of = {uid: row for row, uid in enumerate(ready.task.sites)}
    tiny = _tiny_streets(ready.routes)
    paths = {}
    for site, spans in zip(states["site"], states["spans"], strict=True):
        if site not in row_of:
            continue
        edges = [*joins, *(edge for uid in spans or () for edge in by_span[uid])]
        edges = _bridged(ready.routes, edges, tiny)
        path = _walk(ready.routes, edges, int(ready.routes.entries[row_of[site]]))
        if path is None:
            raise Infeasible(
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "The data have changed since the plan {name} was made, and its sections "
                        "are not found in them any more. Make the plan again.",
                    ),
                    name=asked.name,
                )
            )
        paths[str(site)] = path
    used = frozenset().union(*paths.values())
    spare = frozenset(span_of) - used if asked_for_more else frozenset()
    real = frozenset(edge for edge in spare if ready.routes.length_mm[edge] > 1000 * SHORTEST_M)
    return PlanTrace(paths, real, span_of)


def _tiny_streets(routes: RouteGraph) -> dict[int, list[int]]:
    """Return the stretches of street too short to be told from their neighbours, by node."""
    found: dict[int, list[int]] = defaultdict(list)
    is_tiny = (routes.kind == STREET) & (routes.length_mm <= 1000 * _TINY_M)
    for edge in np.flatnonzero(is_tiny):
        found[int(routes.graph.start[edge])].append(int(edge))
        found[int(routes.graph.end[edge])].append(int(edge))
    return found


def _bridged(
    routes: RouteGraph, edges: Sequence[int], tiny: Mapping[int, Sequence[int]]
) -> list[int]:
    """Return edges and the tiny stretches at their ends: places are told apart to 2 cm."""
    graph = routes.graph
    nodes = {int(node) for edge in edges for node in (graph.start[edge], graph.end[edge])}
    more = [edge for node in sorted(nodes) if node in tiny for edge in tiny[node]]
    return list(dict.fromkeys((*edges, *more)))


def _walk(routes: RouteGraph, edges: Sequence[int], entry: int) -> tuple[int, ...] | None:
    """Return the cheapest way from an entry to the network along some edges, if there is one."""
    graph = routes.graph
    at: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        at[int(graph.start[edge])].append(edge)
        at[int(graph.end[edge])].append(edge)
    best: dict[int, int] = {entry: 0}
    via: dict[int, int] = {}
    heap = [(0, entry)]
    while heap:
        cost, node = heapq.heappop(heap)
        if node == routes.root:
            return _back(routes, via, entry)
        if cost > best[node]:
            continue
        for edge in at[node]:
            other = int(graph.start[edge]) + int(graph.end[edge]) - node
            reached = cost + int(graph.cost[edge])
            if reached < best.get(other, reached + 1):
                best[other], via[other] = reached, edge
                heapq.heappush(heap, (reached, other))
    return None


def _back(routes: RouteGraph, via: Mapping[int, int], entry: int) -> tuple[int, ...]:
    path, node = [], routes.root
    while node != entry:
        edge = via[node]
        path.append(edge)
        node = int(routes.graph.start[edge]) + int(routes.graph.end[edge]) - node
    return tuple(reversed(path))


def locked_edges(network: Network, plan_uid: str, trace: PlanTrace) -> frozenset[int]:
    """Return the edges of those sections of a plan that are locked."""
    spans = network.table("plan_spans")
    rows = spans[(spans["plan"] == plan_uid) & spans["locked"].fillna(value=False).astype(bool)]
    locked = frozenset(rows.index)
    return frozenset(edge for edge, uid in trace.span_of.items() if uid in locked)
