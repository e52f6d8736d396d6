"""Studies of street distance: from the network to open sites, rings of reach, site to site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY
from app.model.geodesy import to_lonlat
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.planning.arrays import FAR, Graph, IntArray, build_graph
from app.planning.connectivity import service
from app.planning.costs.costrules import rules_for
from app.planning.costs.prices import price_book
from app.planning.explain.unreached import Obstacles
from app.planning.prepared import Prepared, prepare
from app.planning.request import ExtensionParameters
from app.planning.routing.isochrones import area_around, reached_parts
from app.planning.routing.matrix import distance_matrix
from app.planning.routing.walks import Reach, from_nearest, ways
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph
from app.planning.streets.routegraph import CONDUIT, JOIN, LEAD_IN, STREET, RouteGraph

NETWORK, HUBS = "network", "hubs"
"""Distances are from wherever the network can be joined, or from hubs and pops alone."""

_DECIMALS = 6
"""Of degrees in GeoJSON: 0.1 m."""


@dataclass(frozen=True)
class ReachParameters:
    """How far from where.

    Parameters
    ----------
    origin
        `NETWORK`, `HUBS`, or the uid of a node in service or of a site.
    within_m
        Limits of rings, in m.
    margin_m
        A ring's area is what lies within this distance of the streets reached, in m.
    max_lead_in_m, join_tolerance_m
        As for plans.
    with_geojson
        Whether the summary carries the rings as GeoJSON.
    """

    origin: str = NETWORK
    within_m: tuple[float, ...] = ()
    statuses: tuple[str, ...] = STATUSES_IN_USE
    margin_m: float = 40.0
    max_lead_in_m: float = 500.0
    join_tolerance_m: float = 30.0
    with_geojson: bool = False


def street_reach(
    network: Network, parameters: ReachParameters, progress: Progress = no_progress
) -> Result:
    """Return how far open sites are from the network along streets, and what lies within reach.

    Distances count streets, conduits, the lead-in and the way from the street to the network; the
    network itself counts for nothing. The result changes nothing; its tables are ``sites``,
    ``rings`` (areas) and ``streets`` (lines, by ring).

    Raises `InputError` for an unknown origin or one that no street leads to, `Infeasible` when
    there is nothing to start from.
    """
    sites = network.table("sites")
    wanted = tuple(str(uid) for uid in sites.index[sites["status"] != "decommissioned"])
    asked = ExtensionParameters(
        "reach", wanted, statuses=parameters.statuses, max_lead_in_m=parameters.max_lead_in_m,
        join_tolerance_m=parameters.join_tolerance_m,
    )  # fmt: skip
    progress(0.05, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    ready = prepare(network, asked)
    routes, task = ready.routes, ready.task
    progress(0.7, message(QT_TRANSLATE_NOOP("core", "Walking along the streets")))
    graph, length_mm = _grounds(routes)
    joins, reach = _walked(network, ready, parameters.origin, graph, length_mm)
    rows, astray = _site_rows(network, ready, joins, reach)
    rings, tables = _rings(ready, parameters, graph, length_mm, reach, part(progress, 0.8, 1.0))
    reasons = {item.site: item.reason.render() for item in Obstacles(network, ready, asked).all()}
    nowhere = message(QT_TRANSLATE_NOOP("core", "No street leads there from the origin.")).render()
    summary: dict[str, Any] = {
        "origin": parameters.origin,
        "sites": rows,
        "rings": rings,
        "already_connected": len(task.connected),
        "unreachable": [
            {"uid": uid, "reason": reasons.get(uid, nowhere)}
            for uid in sorted({*astray, *task.unplaced})
        ],
    }
    if parameters.with_geojson:
        summary["geojson"] = _geojson(tables["rings"], network.crs)
    table = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return Result(summary, None, (), {"sites": table, **tables})


_COLUMNS = ("uid", "name", "distance_m", "lead_in_m", "joins", "joins_uid")


def _grounds(routes: RouteGraph) -> tuple[Graph, IntArray]:
    """Return the graph without the network, by length in mm, and these lengths."""
    graph, length = routes.graph, routes.length_mm.copy()
    length[routes.kind == JOIN] = FAR // 4
    return build_graph(graph.node_count, graph.start, graph.end, length), length


def _walked(
    network: Network, ready: Prepared, origin: str, graph: Graph, length_mm: IntArray
) -> tuple[IntArray, Reach]:
    """Walk from the origin; return the joins that are its sources (none for a site) as well."""
    routes = ready.routes
    joins = np.flatnonzero(routes.kind == JOIN)
    far = int(FAR // 4) - 1
    if origin == HUBS:
        joins = joins[np.isin(routes.joined_node[joins].astype(str), list(ready.served.hubs))]
    elif origin != NETWORK:
        if origin in ready.task.sites:
            entry = int(routes.entries[ready.task.sites.index(origin)])
            return np.zeros(0, np.int64), from_nearest(ways(graph, length_mm), [entry], limit=far)
        joins = joins[routes.joined_node[joins].astype(str) == _node_of(network, origin)]
    if not len(joins):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "No street leads to {origin}, or it is not in service."),
                origin=origin,
            ),
            () if origin in (HUBS, NETWORK) else (origin,),
        )
    begin = routes.length_mm[joins]
    return joins, from_nearest(ways(graph, length_mm), routes.graph.start[joins], begin, limit=far)


def _node_of(network: Network, uid: str) -> str:
    """Return the node that an origin means; a site means its node."""
    sites = network.table("sites")
    if uid in sites.index:
        return str(sites.at[uid, "node"])
    if uid not in network.table("nodes").index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no node or site {uid}."), uid=uid), (uid,)
        )
    return uid


def _site_rows(
    network: Network, ready: Prepared, joins: IntArray, reach: Reach
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return a row for each open site that is reached, the nearest first, and the others."""
    routes = ready.routes
    names = network.table("sites")["name"]
    leads = routes.kind == LEAD_IN
    rows, astray = [], []
    for uid, entry in zip(ready.task.sites, routes.entries.tolist(), strict=True):
        if reach.distance[entry] == FAR:
            astray.append(uid)
            continue
        via = int(reach.via[entry])
        lead_in_m = int(routes.length_mm[via]) / 1000 if via >= 0 and leads[via] else 0.0
        row = {
            "uid": uid, "name": names[uid], "distance_m": int(reach.distance[entry]) / 1000,
            "lead_in_m": lead_in_m, "joins": None, "joins_uid": None,
        }  # fmt: skip
        if len(joins):
            join = int(joins[reach.owner[entry]])
            is_node = routes.joined_node[join] is not None
            row["joins"] = "nodes" if is_node else "spans"
            row["joins_uid"] = str((routes.joined_node if is_node else routes.joined_span)[join])
        rows.append(row)
    return sorted(rows, key=lambda row: (row["distance_m"], row["uid"])), astray


def _rings(
    ready: Prepared, parameters: ReachParameters, graph: Graph, length_mm: IntArray,
    reach: Reach, progress: Progress,
) -> tuple[list[dict[str, Any]], dict[str, pd.DataFrame]]:  # fmt: skip
    """Return the figures of each ring, its area and its streets."""
    routes = ready.routes
    is_way = (routes.kind == STREET) | (routes.kind == CONDUIT)
    ways_only = np.where(is_way, length_mm, 0)
    entries = reach.distance[routes.entries] if len(routes.entries) else np.zeros(0, np.int64)
    rows, areas, streets = [], [], []
    limits = sorted(set(parameters.within_m))
    for number, limit_m in enumerate(limits):
        parts = reached_parts(graph, length_mm, reach.distance, round(1000 * limit_m))
        keep = is_way[parts.edge]
        parts = type(parts)(parts.edge[keep], parts.begin[keep], parts.stop[keep])
        shapes = parts.shapes(routes.shape)
        area = area_around(shapes, parameters.margin_m)
        rows.append(
            {
                "within_m": limit_m,
                "street_m": round(parts.length(ways_only) / 1000, 1),
                "sites": int((entries <= 1000 * limit_m).sum()),
                "area_m2": round(area.area, 0),
            }
        )
        areas.append((limit_m, area))
        streets.append((limit_m, shapely.MultiLineString(list(shapes))))
        progress((number + 1) / len(limits))
    columns = ["within_m", GEOMETRY]
    return rows, {
        "rings": pd.DataFrame(areas, columns=columns, dtype=object),
        "streets": pd.DataFrame(streets, columns=columns, dtype=object),
    }


def _geojson(rings: pd.DataFrame, crs: str) -> dict[str, Any]:
    """Return rings as GeoJSON in longitude and latitude, the widest first."""

    def turned(xy: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(to_lonlat(xy[:, 0], xy[:, 1], crs)), _DECIMALS)

    features = [
        {
            "type": "Feature",
            "properties": {"within_m": float(limit_m)},
            "geometry": shapely.geometry.mapping(shapely.transform(area, turned)),
        }
        for limit_m, area in zip(rings["within_m"], rings[GEOMETRY], strict=True)
    ]
    return {"type": "FeatureCollection", "features": features[::-1]}


@dataclass(frozen=True)
class DistanceParameters:
    """Which sites, and how they hang on streets (as for plans)."""

    sites: tuple[str, ...]
    statuses: tuple[str, ...] = STATUSES_IN_USE
    max_lead_in_m: float = 500.0
    join_tolerance_m: float = 30.0


def site_distances(
    network: Network, parameters: DistanceParameters, progress: Progress = no_progress
) -> Result:
    """Return the street distances between sites, lead-ins included.

    The network in service is no way; ``None`` where no street leads from one to the other. The
    result changes nothing; its table ``distances`` has a row and a column for each site.

    Raises `InputError` for unknown sites.
    """
    table = network.geo("sites")
    unknown = [uid for uid in parameters.sites if uid not in table.index]
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown sites: {uids}"), uids=", ".join(unknown[:5])
            ),
            unknown,
        )
    routes, placed = _grounded(network, parameters)
    progress(0.6, message(QT_TRANSLATE_NOOP("core", "Walking along the streets")))
    keep = routes.kind != JOIN
    graph = build_graph(
        routes.graph.node_count, routes.graph.start[keep], routes.graph.end[keep],
        routes.length_mm[keep],
    )  # fmt: skip
    found = distance_matrix(graph, routes.entries, routes.entries, part(progress, 0.6, 1.0))
    metres = np.where(found == FAR, np.nan, found / 1000)
    frame = pd.DataFrame(metres, index=list(placed), columns=list(placed))
    rows = [[None if np.isnan(value) else value for value in row] for row in metres.tolist()]
    missing = message(QT_TRANSLATE_NOOP("core", "The site has no position.")).render()
    summary = {
        "sites": list(placed),
        "distances_m": rows,
        "unreachable": [
            {"uid": uid, "reason": missing} for uid in parameters.sites if uid not in placed
        ],
    }
    return Result(summary, None, (), {"distances": frame})


def _grounded(network: Network, parameters: DistanceParameters) -> tuple[RouteGraph, Sequence[str]]:
    """Return the route graph of the sites that have a place, and these sites."""
    shapes = network.geo("sites").geometry
    has_place = shapes.notna() & ~shapes.is_empty
    placed = [uid for uid in dict.fromkeys(parameters.sites) if has_place[uid]]
    served = service(network, parameters.statuses)
    if served.is_empty:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
        )
    options = RouteOptions(
        0.5, parameters.join_tolerance_m, parameters.max_lead_in_m, alternatives=False
    )
    book = price_book(network, None)
    return route_graph(network, served, placed, options, rules_for(book), book), placed
