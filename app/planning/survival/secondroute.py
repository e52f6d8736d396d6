"""A second route for one site, disjoint from its first, at the least new construction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.ops import substring

from app.model.codes import PROTECTIONS, STATUSES_IN_USE
from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.planning.arrays import Graph, build_graph
from app.planning.connectivity import service
from app.planning.costs.bill import bill_of_rows
from app.planning.costs.costrules import default_rules
from app.planning.costs.prices import price_book
from app.planning.graphs import Joint, NetworkGraph, network_graph
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph
from app.planning.streets.routegraph import JOIN, RouteGraph
from app.planning.survival.disjoint import PairFinder

_FIRST = 100_000
"""Weight of money against length: among equally dear pairs the shorter one is taken."""

CORRIDOR_M = 10.0
"""Routes closer than this may share a trench or be hit by one excavator, in m."""

_STEP_M = 10.0
"""Lengths of existing spans count in whole steps of this, in m."""


@dataclass(frozen=True)
class SecondRouteParameters:
    """Which site, and what the two routes may not share: ``edge`` or ``node``."""

    site: str
    disjoint: str = "edge"
    statuses: tuple[str, ...] = STATUSES_IN_USE
    snap_tolerance_m: float = 0.5
    join_tolerance_m: float = 30.0
    max_lead_in_m: float = 500.0
    price_list: str | None = None


@dataclass(frozen=True)
class _Combined:
    """Streets and the network, not contracted, as one graph that ends at the hubs.

    Edges below ``new_count`` are new construction (``origin`` names the edge of the route
    graph), the others are sections of existing spans (``origin`` names the section).
    """

    graph: Graph
    start: int
    root: int
    new_count: int
    origin: np.ndarray


def second_route(
    network: Network, parameters: SecondRouteParameters, progress: Progress = no_progress
) -> Result:
    """Return the two disjoint routes of a site to the hubs that need least new construction.

    Existing spans cost nothing, streets and conduits their prices. Both routes come from one
    minimum-cost flow, so the first gives way where that makes the pair cheaper. Hubs may be
    shared. The result changes nothing.

    Raises `InputError` for an unknown site or kind of disjointness, `Infeasible` without a hub
    or when the site reaches none.
    """
    _check(network, parameters)
    rules, book = default_rules(), price_book(network, parameters.price_list)
    served = service(network, parameters.statuses)
    if not served.hubs:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
        )
    options = RouteOptions(
        parameters.snap_tolerance_m, parameters.join_tolerance_m, parameters.max_lead_in_m,
        alternatives=True,
    )  # fmt: skip
    progress(0.05, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    routes = route_graph(network, served, [parameters.site], options, rules, book)
    joints = _joints(routes)
    parts = network_graph(network, parameters.statuses, joints.values())
    combined = _combine(network, parameters.site, routes, parts, joints)
    progress(0.6, message(QT_TRANSLATE_NOOP("core", "Looking for two disjoint routes")))
    finder = PairFinder(combined.graph, combined.root, node_disjoint=parameters.disjoint == "node")
    pair = finder.pair(combined.start)
    if pair is None:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No route leads from the site to a hub."))
        )
    both = [path for path in (pair.working, pair.protection) if path]
    needs: Counter[str] = Counter()
    for path in both:
        for edge in path:
            if edge < combined.new_count:
                needs.update(routes.quantities(int(combined.origin[edge])))
    items = {code: quantity / 1000 for code, quantity in needs.items()}
    paper = bill_of_rows("", [{"uid": "", "items": items}], [], book, rules)
    described = [_describe(path, combined, routes, parts) for path in both]
    progress(1.0)
    stretches = _table(both, combined, routes, parts, _places(network, joints.values()), network)
    summary = {
        "site": parameters.site,
        "disjoint": parameters.disjoint,
        "found": bool(pair.protection),
        "routes": described,
        "shared_corridor_m": round(_corridor_m(stretches), 1),
        "cost_eur": paper.total().to_json(),
    }
    return Result(summary, None, (), {"routes": stretches})


def _check(network: Network, parameters: SecondRouteParameters) -> None:
    if parameters.site not in network.table("sites").index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "Unknown sites: {uids}"), uids=parameters.site),
            (parameters.site,),
        )
    if parameters.disjoint not in PROTECTIONS[1:]:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown protection: {value}."),
                value=parameters.disjoint,
            )
        )
    shape = network.geo("sites").at[parameters.site, GEOMETRY]
    if shape is None or shape.is_empty:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "The site has no position.")), (parameters.site,)
        )


def _joints(routes: RouteGraph) -> dict[int, Joint]:
    """Return the point of each join on a span, by its edge."""
    found = {}
    for edge in np.flatnonzero(routes.kind == JOIN):
        span = routes.joined_span[edge]
        if span is not None:
            x, y = routes.shape.line(int(edge))[-1]
            found[int(edge)] = Joint(str(span), f"join/{edge}", float(x), float(y))
    return found


def _combine(
    network: Network, site: str, routes: RouteGraph, parts: NetworkGraph, joints: dict[int, Joint]
) -> _Combined:
    number = parts.number
    root = routes.root + len(parts.nodes)
    place = np.arange(routes.root, root, dtype=np.int64)
    place[list(parts.hubs)] = root
    joins = np.flatnonzero(routes.kind == JOIN)
    ends = routes.graph.end.astype(np.int64)
    known = np.ones(len(ends), dtype=np.bool_)
    for edge in joins:
        uid = joints[int(edge)].uid if int(edge) in joints else str(routes.joined_node[edge])
        known[edge] = uid in number
        ends[edge] = place[number[uid]] if uid in number else root
    lengths = network.table("spans")["route_length_m"].reindex(pd.Index(parts.span)).fillna(0.0)
    kept = np.flatnonzero(known)
    start = np.concatenate((routes.graph.start[kept], place[parts.start]))
    end = np.concatenate((ends[kept], place[parts.end]))
    new_cost = routes.graph.cost[kept] * _FIRST + routes.length_mm[kept] // int(1000 * _STEP_M)
    old_cost = (lengths.to_numpy() // _STEP_M).astype(np.int64)
    cost = np.concatenate((new_cost, old_cost))
    entry, node = int(routes.entries[0]), network.table("sites").at[site, "node"]
    if node is not None and str(node) in number:
        # The site stands at its node: lead-ins and existing spans leave from one place.
        here = int(place[number[str(node)]])
        start[start == here], end[end == here] = entry, entry
    origin = np.concatenate((kept, np.arange(len(parts.span))))
    return _Combined(build_graph(root + 1, start, end, cost), entry, root, len(kept), origin)


def _describe(
    path: Sequence[int], combined: _Combined, routes: RouteGraph, parts: NetworkGraph
) -> dict[str, Any]:
    new = [int(combined.origin[edge]) for edge in path if edge < combined.new_count]
    old = [int(combined.origin[edge]) for edge in path if edge >= combined.new_count]
    return {
        "spans": list(dict.fromkeys(parts.span[section] for section in old)),
        "new_route_length_m": int(routes.length_mm[new].sum()) / 1000,
        "crossings": list(dict.fromkeys(uid for edge in new for uid in routes.barriers(edge))),
    }


def _table(
    both: Sequence[Sequence[int]], combined: _Combined, routes: RouteGraph, parts: NetworkGraph,
    places: Mapping[str, shapely.Point], network: Network,
) -> pd.DataFrame:  # fmt: skip
    """Return one row for each stretch of either route that has a length, for the map."""
    rows: list[dict[str, Any]] = []
    spans = network.geo("spans")[GEOMETRY]
    drawn = routes.shape.shapes()
    for number, path in enumerate(both, start=1):
        for edge in path:
            origin = int(combined.origin[edge])
            if edge < combined.new_count:
                rows.append({"route": number, "span": None, GEOMETRY: drawn[origin]})
                continue
            span = parts.span[origin]
            ends = [places.get(parts.nodes[row[origin]]) for row in (parts.start, parts.end)]
            rows.append({"route": number, "span": span, GEOMETRY: _between(spans[span], ends)})
    drawable = [row for row in rows if row[GEOMETRY].length > 0]
    return pd.DataFrame(drawable, columns=["route", "span", GEOMETRY], dtype=object)


def _places(network: Network, joints: Iterable[Joint]) -> dict[str, shapely.Point]:
    """Return where the nodes and the joints on spans are."""
    nodes = network.geo("nodes")[GEOMETRY]
    places = {str(uid): point for uid, point in nodes.items() if point is not None}
    places.update({joint.uid: shapely.Point(joint.x, joint.y) for joint in joints})
    return places


def _between(line: shapely.LineString, ends: Sequence[shapely.Point | None]) -> shapely.LineString:
    """Return the part of ``line`` between its places nearest to ``ends``."""
    first, last = ends
    if first is None or last is None:
        return line
    return substring(line, *sorted((line.project(first), line.project(last))))


def _corridor_m(stretches: pd.DataFrame) -> float:
    """Return how much of the second route runs within `CORRIDOR_M` of the first, in m."""
    first, second = (
        shapely.union_all(stretches.loc[stretches["route"] == number, GEOMETRY].to_numpy())
        for number in (1, 2)
    )
    return float(shapely.length(shapely.intersection(second, shapely.buffer(first, CORRIDOR_M))))
