"""The route graph with sites and hubs on streets that lead somewhere.

Real street data has islands: courtyards, parking aisles, pieces cut off by the edge of the
extract or by a barrier that must not be crossed. A site next to one is better off with a longer
lead-in to a street that reaches the network than without a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from app.model.errors import Infeasible
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.arrays import BoolArray, FloatArray, IntArray, ObjectArray
from app.planning.connectivity import Service
from app.planning.costs.costrules import CostRules
from app.planning.costs.prices import PriceBook
from app.planning.streets.attachment import (
    ALTERNATIVES,
    APART_M,
    SHORTEST_M,
    LeadIns,
    NodeTies,
    join_lead_ins,
    lead_ins,
    lead_ins_at,
    served_places,
)
from app.planning.streets.building import Ground, RouteOptions, build_route_graph
from app.planning.streets.closures import ON_LINE_M, closed_by
from app.planning.streets.crossings import find_crossings
from app.planning.streets.edgedraft import straight_lines
from app.planning.streets.lines import Splits
from app.planning.streets.places import Places, places_of
from app.planning.streets.routegraph import LEAD_IN, STREET, RouteGraph
from app.planning.streets.streetgraph import Streets, usable_streets

_CANDIDATES = 16
"""Streets that are looked at for each site, nearest first."""


def route_graph(
    network: Network,
    served: Service,
    sites: Sequence[str],
    options: RouteOptions,
    rules: CostRules,
    book: PriceBook,
) -> RouteGraph:
    """Build the graph for connecting ``sites`` to the network in service.

    Each site hangs on its nearest street. Where that has no way to the network, or the lead-in
    would cross a forbidden barrier, the nearest street within the limit that has one is taken
    instead, and the graph built again.

    Raises `Infeasible` when there are no usable streets.
    """
    streets = usable_streets(network.geo("streets"), rules, options.snap_tolerance_m)
    if not streets.count:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "There is no usable street to plan along."))
        )
    places = places_of(network, sites)
    leads = lead_ins(streets, places.xy, options.max_lead_in_m, alternatives=options.alternatives)
    leads = _with_kept(leads, places, sites, streets, options)
    ground = Ground(network, served, places, options, rules, book, streets)
    routes = build_route_graph(ground, leads)
    ties = _better_ties(network, served, routes, options)
    if ties is not None:
        routes = build_route_graph(ground, leads, ties)
    new = _better_lead_ins(ground, routes)
    if new is None:
        return routes
    leads = join_lead_ins(leads.without(np.unique(new.site)), new)
    routes = build_route_graph(ground, leads, ties)
    moved = _moved(leads, new, places.xy)
    of_site = enumerate(places.of_site.tolist())
    return replace(routes, moved={row: moved[at] for row, at in of_site if at in moved})


def _with_kept(
    leads: LeadIns, places: Places, sites: Sequence[str], streets: Streets, options: RouteOptions
) -> LeadIns:
    """Return the lead-ins with those in place that sites keep, as long as their street exists."""
    rows = [row for row, site in enumerate(sites) if site in options.kept_leads]
    if not rows:
        return leads
    xy = np.array([options.kept_leads[sites[row]] for row in rows])
    line, along, spot, distance = streets.nearest(xy)
    good = distance <= ON_LINE_M
    place = places.of_site[rows][good]
    kept = lead_ins_at(place, line[good], along[good], spot[good], places.xy, leads.distance_m)
    return join_lead_ins(leads.without(place), kept)


def _better_ties(
    network: Network, served: Service, routes: RouteGraph, options: RouteOptions
) -> NodeTies | None:
    """Return ties of the network to the largest part of the streets, if it is not yet tied.

    A hub beside an isolated street would otherwise leave every site unreachable.
    """
    label = routes.parts()
    is_street = routes.kind == STREET
    part = label[routes.graph.start]
    if not is_street.any():
        return None
    largest = int(np.bincount(part[is_street]).argmax())
    if label[routes.root] == largest:
        return None
    uid, xy, reach_m = served_places(
        network, served, options.join_tolerance_m, options.max_lead_in_m
    )
    edges = np.flatnonzero(is_street & (part == largest))
    shapes = routes.shape.shapes()[edges]
    points = shapely.points(xy)
    edge = shapely.STRtree(shapes).nearest(points)
    near = np.flatnonzero(shapely.distance(points, shapes[edge]) <= reach_m)
    if not len(near):
        return None
    edge, points = edge[near], points[near]
    along = shapely.line_locate_point(shapes[edge], points)
    place = shapely.get_coordinates(shapely.line_interpolate_point(shapes[edge], along))
    line = _lines_of_edges(routes.streets, routes.source[edges[edge]])
    on_line = shapely.line_locate_point(routes.streets.shapes[line], shapely.points(place))
    return NodeTies(Splits(line, on_line, place), uid[near], xy[near])


def _better_lead_ins(ground: Ground, routes: RouteGraph) -> LeadIns | None:
    """Return lead-ins that reach the network for places whose own do not, None if none are."""
    home = routes.home()
    rows = _astray(routes, home, ground.places.count, any_lost=ground.options.alternatives)
    if not len(rows):
        return None
    edges = np.flatnonzero((routes.kind == STREET) & home[routes.graph.start])
    site, line, place = _nearest_open(ground, routes, edges, rows)
    if not len(site):
        return None
    along = shapely.line_locate_point(routes.streets.shapes[line], shapely.points(place))
    return lead_ins_at(site, line, along, place, ground.places.xy, routes.leads.distance_m)


def _moved(leads: LeadIns, new: LeadIns, xy: FloatArray) -> dict[int, float]:
    """Return the places of ``new`` that left their nearest street, with their lead-in in m."""
    length_m = np.hypot(*(new.splits.xy - xy[new.site]).T)
    shortest: dict[int, float] = {}
    for site, each_m in zip(new.site.tolist(), length_m.tolist(), strict=True):
        shortest[site] = min(each_m, shortest.get(site, each_m))
    return {
        site: each_m
        for site, each_m in sorted(shortest.items())
        if each_m > leads.distance_m[site] + SHORTEST_M
    }


def _astray(routes: RouteGraph, home: BoolArray, count: int, *, any_lost: bool) -> IntArray:
    """Return the places with lead-ins of which none (or with ``any_lost`` not all) lead home."""
    wanted = np.bincount(routes.leads.site, minlength=count)
    at = np.flatnonzero(routes.kind == LEAD_IN)
    at = at[home[routes.graph.start[at]]]
    good = np.bincount(routes.graph.end[at] - (routes.root - count), minlength=count)
    enough = wanted if any_lost else np.minimum(wanted, 1)
    return np.flatnonzero(good < enough)


def _nearest_open(
    ground: Ground, routes: RouteGraph, edges: IntArray, rows: IntArray
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return place, street line and point of the nearest points on ``edges`` that are open."""
    options, xy = ground.options, ground.places.xy
    shapes = routes.shape.shapes()[edges]
    points = shapely.points(xy[rows])
    who, edge = shapely.STRtree(shapes).query(
        points, predicate="dwithin", distance=options.max_lead_in_m
    )
    distance = shapely.distance(points[who], shapes[edge])
    order = np.lexsort((edge, distance, who))
    rank = np.arange(len(order)) - np.searchsorted(who[order], who[order])
    order = order[rank < _CANDIDATES]
    who, edge = who[order], edge[order]
    along = shapely.line_locate_point(shapes[edge], points[who])
    place = shapely.get_coordinates(shapely.line_interpolate_point(shapes[edge], along))
    leads = straight_lines(xy[rows[who]], place).shapes()
    way = np.full(len(leads), "ground", dtype=object)
    crossed = find_crossings(leads, way, ground.network.geo("barriers"), ground.rules)
    nothing = np.full(len(leads), None, dtype=object)
    is_open = closed_by(options.closures, leads, nothing, nothing, nothing) == None  # noqa: E711 - element by element
    is_open[crossed.edge[crossed.is_forbidden]] = False
    most = ALTERNATIVES if options.alternatives else 1
    chosen = _apart(who, place, is_open, most)
    line = _lines_of_edges(routes.streets, routes.source[edges[edge[chosen]]])
    return rows[who[chosen]].astype(np.int64), line, place[chosen]


def _apart(who: IntArray, place: FloatArray, is_open: BoolArray, most: int) -> IntArray:
    """Return up to ``most`` open candidates for each site that lie apart, in the order given."""
    taken: dict[int, list[FloatArray]] = {}
    chosen = []
    for i in np.flatnonzero(is_open):
        known = taken.setdefault(int(who[i]), [])
        if len(known) < most and all(np.hypot(*(place[i] - spot)) >= APART_M for spot in known):
            known.append(place[i])
            chosen.append(int(i))
    return np.array(chosen, dtype=np.int64)


def _lines_of_edges(streets: Streets, uids: ObjectArray) -> IntArray:
    number = {uid: row for row, uid in enumerate(streets.uid)}
    return np.array([number[uid] for uid in uids], dtype=np.int64)
