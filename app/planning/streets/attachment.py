"""How sites, the existing network and conduits hang on the streets.

Everything that has to become a junction on a street is gathered first, so that the streets are
cut once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.frames import GEOMETRY
from app.model.network import Network
from app.planning.arrays import BoolArray, FloatArray, IntArray, ObjectArray
from app.planning.connectivity import Service
from app.planning.streets.lines import Edges, Lines, Splits, cut, join_splits, lines_of, no_splits
from app.planning.streets.streetgraph import Streets

SHORTEST_M = 0.1
"""Lead-ins and joins are drawn at least this long, in m, so that they have a direction."""

_AT_END_M = 0.5
"""A place on a span nearer than this to its end, in m, is the end's node."""

ALTERNATIVES = 3
"""Lead-ins per site on offer when it is to be protected."""

APART_M = 5.0
"""Alternative lead-ins of a site meet the streets at least this far apart, in m."""


@dataclass(frozen=True)
class LeadIns:
    """Ways from sites to streets: ``site`` is the row of the requested sites.

    ``xy`` is the ``(k, 2)`` place on the street, ``entry_xy`` the ``(k, 2)`` entry of the
    building; ``distance_m`` of ``(n,)`` sites to the nearest street, for those that stay out.
    """

    site: IntArray
    splits: Splits
    entry_xy: FloatArray
    distance_m: FloatArray

    def without(self, sites: IntArray) -> LeadIns:
        """Return the lead-ins of all sites but ``sites``."""
        keep = ~np.isin(self.site, sites)
        splits = self.splits
        kept = Splits(splits.line[keep], splits.along_m[keep], splits.xy[keep])
        return LeadIns(self.site[keep], kept, self.entry_xy[keep], self.distance_m)


@dataclass(frozen=True)
class Joins:
    """Places where a route can join the network.

    Either ``node_uid`` or ``span_uid`` is set; ``network_xy`` is the place on the network and
    ``street_node`` the junction of the streets it is tied to.
    """

    street_node: IntArray
    network_xy: FloatArray
    node_uid: ObjectArray
    span_uid: ObjectArray


def lead_ins(
    streets: Streets, xy: FloatArray, max_lead_in_m: float, *, alternatives: bool
) -> LeadIns:
    """Attach sites to the nearest point of a street, or to several streets if wanted.

    Sites farther than ``max_lead_in_m`` from every street get no lead-in.
    """
    line, along, place, distance = streets.nearest(xy)
    site = np.arange(len(xy))
    if alternatives:
        more = _other_streets(streets, xy, line, place, max_lead_in_m)
        site = np.concatenate((site, more[0]))
        line, along = np.concatenate((line, more[1])), np.concatenate((along, more[2]))
        place = np.concatenate((place, more[3]))
    keep = np.hypot(*(place - xy[site]).T) <= max_lead_in_m
    return lead_ins_at(site[keep], line[keep], along[keep], place[keep], xy, distance)


def lead_ins_at(
    site: IntArray,
    line: IntArray,
    along_m: FloatArray,
    place: FloatArray,
    xy: FloatArray,
    distance_m: FloatArray,
) -> LeadIns:
    """Return lead-ins of ``site`` (rows of ``xy``) to places on street lines."""
    entry = xy[site].copy()
    is_short = np.hypot(*(place - entry).T) < SHORTEST_M
    entry[is_short] = place[is_short] + (SHORTEST_M, 0.0)
    return LeadIns(site, Splits(line, along_m, place), entry, distance_m)


def join_lead_ins(first: LeadIns, second: LeadIns) -> LeadIns:
    """Return the lead-ins of both, those of ``first`` first."""
    return LeadIns(
        np.concatenate((first.site, second.site)),
        join_splits([first.splits, second.splits]),
        np.concatenate((first.entry_xy, second.entry_xy)),
        first.distance_m,
    )


def _other_streets(
    streets: Streets, xy: FloatArray, line: IntArray, place: FloatArray, limit_m: float
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Return further lead-ins of each site: to the nearest points of other streets."""
    points = shapely.points(xy)
    sites, others = streets.tree.query(points, predicate="dwithin", distance=limit_m)
    distance = shapely.distance(points[sites], streets.shapes[others])
    found: list[tuple[int, int, float, FloatArray]] = []
    order = np.lexsort((others, distance, sites))
    taken: dict[int, list[FloatArray]] = {i: [place[i]] for i in range(len(xy))}
    for i in order:
        site, other = int(sites[i]), int(others[i])
        if other == line[site] or len(taken[site]) >= ALTERNATIVES:
            continue
        along = float(shapely.line_locate_point(streets.shapes[other], points[site]))
        spot = shapely.get_coordinates(
            shapely.line_interpolate_point(streets.shapes[other], along)
        )[0]
        if min(float(np.hypot(*(spot - known))) for known in taken[site]) >= APART_M:
            taken[site].append(spot)
            found.append((site, other, along, spot))
    return (
        np.array([item[0] for item in found], dtype=np.int64),
        np.array([item[1] for item in found], dtype=np.int64),
        np.array([item[2] for item in found], dtype=np.float64),
        np.array([item[3] for item in found], dtype=np.float64).reshape(-1, 2),
    )


@dataclass(frozen=True)
class NodeTies:
    """Points that streets get for the sake of nodes: ``uid`` and ``(k, 2)`` place of each."""

    splits: Splits
    uid: ObjectArray
    xy: FloatArray


@dataclass(frozen=True)
class NetworkTies:
    """Points that streets get for the network's sake, before the streets are cut.

    ``node_uid`` names the node of each of the first splits; the remaining splits are places
    where a span crosses a street, tied to ``span_uid``.
    """

    splits: Splits
    node_uid: ObjectArray
    node_xy: FloatArray
    span_uid: ObjectArray
    span_xy: FloatArray


def network_ties(
    network: Network,
    served: Service,
    streets: Streets,
    tolerance_m: float,
    hub_reach_m: float,
    *,
    alternatives: bool,
    more: NodeTies | None = None,
) -> NetworkTies:
    """Return where nodes of the network meet streets, and where spans cross them.

    Hubs and pops are tied to the nearest street up to ``hub_reach_m``, other nodes up to
    ``tolerance_m``. With ``alternatives`` a hub is tied to several streets, so that two routes
    can leave it apart. ``more`` ties come on top.
    """
    uid, xy, reach_m = served_places(network, served, tolerance_m, hub_reach_m)
    splits, uids, kept_xy = no_splits(), np.zeros(0, dtype=object), np.zeros((0, 2))
    if len(xy):
        line, along, place, distance = streets.nearest(xy)
        near = np.flatnonzero(distance <= reach_m)
        splits = Splits(line[near], along[near], place[near])
        hubs = np.flatnonzero(np.isin(uid, served.hubs))
        if alternatives and len(hubs):
            limit_m = max(tolerance_m, hub_reach_m)
            others = _other_streets(streets, xy[hubs], line[hubs], place[hubs], limit_m)
            near = np.concatenate((near, hubs[others[0]]))
            splits = join_splits([splits, Splits(others[1], others[2], others[3])])
        uids, kept_xy = uid[near], xy[near]
    if more is not None:
        splits = join_splits([splits, more.splits])
        uids, kept_xy = np.concatenate((uids, more.uid)), np.concatenate((kept_xy, more.xy))
    shapes, span_uids = joint_spans(network, served)
    span, street = streets.tree.query(shapes, predicate="intersects")
    order = np.lexsort((span, street))
    street, span = street[order], span[order]
    points, pair = shapely.get_coordinates(
        shapely.intersection(streets.shapes[street], shapes[span]), return_index=True
    )
    line = street[pair].astype(np.int64)
    along = shapely.line_locate_point(streets.shapes[line], shapely.points(points))
    both = Splits(
        np.concatenate((splits.line, line)),
        np.concatenate((splits.along_m, along)),
        np.concatenate((splits.xy, points)),
    )
    return NetworkTies(both, uids, kept_xy, span_uids[span[pair]], points)


def served_places(
    network: Network, served: Service, tolerance_m: float, hub_reach_m: float
) -> tuple[ObjectArray, FloatArray, FloatArray]:
    """Return uid, ``(n, 2)`` place and reach in m of the nodes in service that have a place."""
    nodes = network.geo("nodes").loc[list(served.nodes)]
    nodes = nodes[nodes.geometry.notna() & ~nodes.geometry.is_empty]
    xy = shapely.get_coordinates(shapely.force_2d(nodes[GEOMETRY].to_numpy()))
    far_m = max(tolerance_m, hub_reach_m)
    reach_m = np.where(nodes.index.isin(served.hubs), far_m, tolerance_m)
    return nodes.index.to_numpy(dtype=object), xy, reach_m


def joint_spans(network: Network, served: Service) -> tuple[ObjectArray, ObjectArray]:
    """Return shapes and uids of the spans in service that allow a joint."""
    spans = network.geo("spans").loc[list(served.spans)]
    allowed = spans["allows_joint"].fillna(value=True).astype(bool).to_numpy()
    spans = spans[allowed & spans.geometry.notna() & ~spans.geometry.is_empty]
    shapes = np.asarray(shapely.force_2d(spans[GEOMETRY].to_numpy()), dtype=object)
    return shapes, spans.index.to_numpy(dtype=object)


def joins(
    network: Network,
    served: Service,
    ties: NetworkTies,
    tie_nodes: IntArray,
    street_xy: FloatArray,
    tolerance_m: float,
) -> Joins:
    """Return every place where a junction of the streets can be joined to the network.

    Besides the prepared ``ties``: each junction within ``tolerance_m`` of a span that allows a
    joint, at the span's nearest point.
    """
    shapes, uids = joint_spans(network, served)
    points = shapely.points(street_xy)
    at, span = shapely.STRtree(shapes).query(points, predicate="dwithin", distance=tolerance_m)
    order = np.lexsort((span, at))
    at, span = at[order], span[order]
    place = shapely.get_coordinates(
        shapely.line_interpolate_point(
            shapes[span], shapely.line_locate_point(shapes[span], points[at])
        )
    )
    nodes = len(ties.node_uid)
    span_uid = np.concatenate((ties.span_uid, uids[span]))
    span_xy = np.concatenate((ties.span_xy, place))
    end_uid = _nodes_at_ends(network, served, shapes, uids, span_uid, span_xy)
    at_end = np.array([uid is not None for uid in end_uid], dtype=np.bool_)
    span_uid[at_end] = None
    return Joins(
        np.concatenate((tie_nodes, at)).astype(np.int64),
        np.concatenate((ties.node_xy, span_xy)),
        np.concatenate((ties.node_uid, end_uid)),
        np.concatenate((np.full(nodes, None, dtype=object), span_uid)),
    )


def _nodes_at_ends(
    network: Network,
    served: Service,
    shapes: ObjectArray,
    uids: ObjectArray,
    span_uid: ObjectArray,
    xy: FloatArray,
) -> ObjectArray:
    """Return the node at the span's end for places that all but coincide with it, else None."""
    found = np.full(len(span_uid), None, dtype=object)
    row = pd.Index(uids).get_indexer(pd.Index(span_uid, dtype=object))
    spans = network.table("spans").loc[list(uids)]
    in_service = frozenset(served.nodes)
    points = shapely.points(xy)
    for column, corner in (("start_node", 0), ("end_node", -1)):
        gap = shapely.distance(points, shapely.get_point(shapes, corner)[row])
        ends = spans[column].to_numpy(dtype=object)[row]
        for i in np.flatnonzero(gap <= _AT_END_M):
            if ends[i] in in_service:
                found[i] = ends[i]
    return found


@dataclass(frozen=True)
class ConduitPaths:
    """Conduits with spare capacity, cut where they meet streets.

    ``uid`` and ``kind`` are of each conduit; ``edges`` number their own nodes from 0;
    ``link_conduit`` and ``link_street`` are ``(k,)`` nodes on either side of each access.
    """

    uid: ObjectArray
    kind: ObjectArray
    price_item: ObjectArray
    edges: Edges
    link_conduit: IntArray
    link_street: IntArray


def usable_conduits(network: Network) -> tuple[ObjectArray, ObjectArray, ObjectArray, ObjectArray]:
    """Return uid, kind, price item and shape of the conduits in use that have room."""
    frame = network.geo("conduits")
    spare = frame["capacity"].fillna(1) - frame["used"].fillna(0)
    keep = frame["status"].isin(STATUSES_IN_USE) & (spare >= 1) & frame.geometry.notna()
    frame = frame[keep.to_numpy(dtype=np.bool_)]
    shapes = np.asarray(shapely.force_2d(frame[GEOMETRY].to_numpy()), dtype=object)
    sound = (shapely.get_type_id(shapes) == 1) & (shapely.length(shapes) > SHORTEST_M)
    frame, shapes = frame[sound], shapes[sound]
    return (
        frame.index.to_numpy(dtype=object),
        frame["kind"].to_numpy(dtype=object),
        frame["price_item"].to_numpy(dtype=object),
        shapes,
    )


def conduit_ends(streets: Streets, shapes: ObjectArray, tolerance_m: float) -> Splits:
    """Return the points on streets nearest to the ends of conduits, within the tolerance."""
    ends = np.concatenate(
        (
            shapely.get_coordinates(shapely.get_point(shapes, 0)),
            shapely.get_coordinates(shapely.get_point(shapes, -1)),
        )
    )
    if not len(ends):
        return no_splits()
    line, along, place, distance = streets.nearest(ends)
    keep = distance <= tolerance_m
    return Splits(line[keep], along[keep], place[keep])


def conduit_paths(network: Network, street_xy: FloatArray, tolerance_m: float) -> ConduitPaths:
    """Cut the usable conduits at the points nearest to junctions within the tolerance."""
    uid, kind, item, shapes = usable_conduits(network)
    lines: Lines = lines_of(shapes)
    points = shapely.points(street_xy)
    at, line = shapely.STRtree(shapes).query(points, predicate="dwithin", distance=tolerance_m)
    order = np.lexsort((line, at))
    at, line = at[order].astype(np.int64), line[order].astype(np.int64)
    along = shapely.line_locate_point(shapes[line], points[at])
    place = shapely.get_coordinates(shapely.line_interpolate_point(shapes[line], along))
    inner: BoolArray = np.zeros(len(lines.xy), dtype=np.bool_)
    edges, nodes = cut(lines, Splits(line, along, place), inner)
    return ConduitPaths(uid, kind, item, edges, nodes.astype(np.int64), at)


def sites_xy(network: Network, uids: Sequence[str]) -> FloatArray:
    """Return the ``(n, 2)`` places of sites; NaN where a site has none."""
    shapes = network.geo("sites").loc[list(uids), GEOMETRY].to_numpy()
    xy = np.full((len(uids), 2), np.nan)
    has = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    xy[has] = shapely.get_coordinates(shapely.force_2d(shapes[has]))
    return xy
