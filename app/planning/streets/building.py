"""Building the route graph: streets cut, conduits, lead-ins and joins added, all priced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.model.network import Network
from app.planning.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    ObjectArray,
    build_graph,
    distinct_rows,
)
from app.planning.connectivity import Service
from app.planning.costs.costrules import CostRules, Recipe
from app.planning.costs.prices import GIVEN_LEAD_IN, PriceBook
from app.planning.streets.attachment import (
    SHORTEST_M,
    ConduitPaths,
    Joins,
    LeadIns,
    NodeTies,
    conduit_ends,
    conduit_paths,
    joins,
    network_ties,
    usable_conduits,
)
from app.planning.streets.closures import ON_LINE_M, ClosedEdges, Closures, closed_by
from app.planning.streets.crossings import Crossings, find_crossings
from app.planning.streets.edgedraft import EdgeDraft, straight_lines
from app.planning.streets.lines import Edges, Lines, Splits, no_splits, select
from app.planning.streets.places import Places
from app.planning.streets.pricing import cheapest_recipes, crossing_costs
from app.planning.streets.routegraph import ACCESS, CONDUIT, JOIN, LEAD_IN, STREET, RouteGraph
from app.planning.streets.streetgraph import Streets


@dataclass(frozen=True)
class RouteOptions:
    """What shapes the graph; distances in m.

    Parameters
    ----------
    alternatives
        Whether sites and hubs are tied to several streets.
    closures
        What the planner closes.
    marks_xy
        ``(k, 2)`` places on streets at which these are cut.
    passes_xy
        ``(w, 2)`` way-points: the nearest street is cut at its nearest point.
    kept_leads
        Where the lead-in of a site leaves the street, for those that keep theirs.
    """

    snap_tolerance_m: float
    join_tolerance_m: float
    max_lead_in_m: float
    alternatives: bool
    closures: Closures = field(default_factory=Closures)
    marks_xy: FloatArray = field(default_factory=lambda: np.zeros((0, 2)))
    passes_xy: FloatArray = field(default_factory=lambda: np.zeros((0, 2)))
    kept_leads: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """What the graph is built from, the same however often sites and ties are moved."""

    network: Network
    served: Service
    places: Places
    options: RouteOptions
    rules: CostRules
    book: PriceBook
    streets: Streets


def build_route_graph(
    ground: Ground, leads: LeadIns, more_ties: NodeTies | None = None
) -> RouteGraph:
    """Build the graph for connecting places by the lead-ins given to the network in service.

    ``more_ties`` tie nodes of the network to further streets. Use
    `app.planning.streets.landing.route_graph`, which chooses lead-ins and ties.
    """
    network, streets, options = ground.network, ground.streets, ground.options
    ties = network_ties(
        network, ground.served, streets, options.join_tolerance_m, options.max_lead_in_m,
        alternatives=options.alternatives, more=more_ties,
    )  # fmt: skip
    conduit_shapes = usable_conduits(network)[3]
    passes, is_near = _passes(ground)
    cuts = [
        leads.splits, ties.splits, passes, _marks(streets, options.marks_xy),
        conduit_ends(streets, conduit_shapes, options.join_tolerance_m),
    ]  # fmt: skip
    edges, extra = streets.cut(cuts)
    stops = np.cumsum([len(part.line) for part in cuts])
    lead_nodes, tie_nodes, pass_nodes = np.split(extra.astype(np.int64), stops[:3])[:3]
    conduits = conduit_paths(network, edges.node_xy, options.join_tolerance_m)
    tied = joins(network, ground.served, ties, tie_nodes, edges.node_xy, options.join_tolerance_m)
    draft = EdgeDraft()
    _add_streets(draft, ground, edges)
    junctions = len(edges.node_xy)
    first_entry = junctions + len(conduits.edges.node_xy)
    root = first_entry + ground.places.count
    _add_conduits(draft, ground, conduits, edges.node_xy, junctions)
    entry_xy = _add_lead_ins(draft, ground, leads, edges.node_xy, lead_nodes, first_entry)
    _add_joins(draft, tied, edges.node_xy, root, ground.rules)
    xy = np.concatenate((edges.node_xy, conduits.edges.node_xy, entry_xy))
    at = np.full(len(is_near), -1, np.int64)
    at[is_near] = pass_nodes
    ends_xy = np.concatenate((entry_xy, tied.network_xy))
    return _finish(draft, ground, xy, root, first_entry, leads, junctions, at, ends_xy)


def _passes(ground: Ground) -> tuple[Splits, BoolArray]:
    """Return where streets are cut for way-points, and which of these have a street near."""
    options = ground.options
    if not len(options.passes_xy):
        return no_splits(), np.zeros(0, dtype=np.bool_)
    line, along, place, distance = ground.streets.nearest(options.passes_xy)
    near = distance <= options.max_lead_in_m
    return Splits(line[near], along[near], place[near]), near


def _marks(streets: Streets, xy: FloatArray) -> Splits:
    """Return where streets are cut for places that lie on them."""
    if not len(xy):
        return no_splits()
    line, along, place, distance = streets.nearest(xy)
    on_it = distance <= ON_LINE_M
    return Splits(line[on_it], along[on_it], place[on_it])


def _add_streets(draft: EdgeDraft, ground: Ground, edges: Edges) -> None:
    streets = ground.streets
    passage = np.full(streets.count, "ground", dtype=object)
    passage[streets.is_bridge] = "bridge"
    passage[streets.is_tunnel] = "tunnel"
    kinds, which = distinct_rows(streets.surface, streets.road_class, passage)
    numbers = []
    for surface, road_class, way in kinds:
        allowed = ground.rules.street_recipes(surface, road_class, way)
        numbers.append(draft.choice_number(*allowed) if allowed else -1)
    choice = np.array(numbers, dtype=np.int64)[which][edges.line]
    keep = choice >= 0
    kept = edges if keep.all() else select(edges, keep)
    draft.add(
        STREET, kept.start.astype(np.int64), kept.end.astype(np.int64), kept.shape, choice[keep],
        source=streets.uid[kept.line], surface=streets.surface[kept.line],
        passage=passage[kept.line],
    )  # fmt: skip


def _add_conduits(
    draft: EdgeDraft, ground: Ground, conduits: ConduitPaths, street_xy: FloatArray, first: int
) -> None:
    recipes = [
        _conduit_recipe(str(kind), item, ground.rules, ground.book)
        for kind, item in zip(conduits.kind, conduits.price_item, strict=True)
    ]
    numbers = [-1 if recipe is None else draft.choice_number(recipe) for recipe in recipes]
    choice = np.array(numbers, dtype=np.int64)[conduits.edges.line]
    edges = select(conduits.edges, choice >= 0)
    draft.add(
        CONDUIT, first + edges.start.astype(np.int64), first + edges.end.astype(np.int64),
        edges.shape, choice[choice >= 0], source=conduits.uid[edges.line],
    )  # fmt: skip
    access = draft.choice_number(ground.rules.conduit_access)
    begin, end = street_xy[conduits.link_street], conduits.edges.node_xy[conduits.link_conduit]
    # A conduit may end exactly on a street's node; a span needs two places all the same.
    is_short = np.hypot(*(end - begin).T) < SHORTEST_M
    end = np.where(is_short[:, None], begin + np.array([SHORTEST_M, 0.0]), end)
    draft.add(
        ACCESS, conduits.link_street, first + conduits.link_conduit, straight_lines(begin, end),
        np.full(len(conduits.link_street), access),
    )  # fmt: skip


def _conduit_recipe(kind: str, item: object, rules: CostRules, book: PriceBook) -> Recipe | None:
    """Return what laying in a conduit needs: its own price item, else that of its kind."""
    usual = rules.conduit_recipe(kind)
    if usual is not None and item is not None and str(item) in book.prices:
        return Recipe(usual.technique, {str(item): 1})
    return usual


def _add_lead_ins(
    draft: EdgeDraft, ground: Ground, leads: LeadIns, street_xy: FloatArray, nodes: IntArray,
    first_entry: int,
) -> FloatArray:  # fmt: skip
    """Add the lead-ins and return the ``(p, 2)`` places of the entries."""
    usual = ground.rules.lead_in
    stated = [
        draft.choice_number(
            usual if np.isnan(euro) else Recipe(usual.technique, {}, {GIVEN_LEAD_IN: float(euro)})
        )
        for euro in ground.places.lead_in_eur
    ]
    entry_xy = np.full((ground.places.count, 2), np.nan)
    entry_xy[leads.site[::-1]] = leads.entry_xy[::-1]
    draft.add(
        LEAD_IN, nodes, first_entry + leads.site,
        straight_lines(street_xy[nodes], entry_xy[leads.site]),
        np.array(stated, dtype=np.int64)[leads.site],
    )  # fmt: skip
    return entry_xy


def _add_joins(
    draft: EdgeDraft, tied: Joins, street_xy: FloatArray, root: int, rules: CostRules
) -> None:
    number = draft.choice_number(rules.join)
    at = tied.street_node
    draft.add(
        JOIN, at, np.full(len(at), root), straight_lines(street_xy[at], tied.network_xy),
        np.full(len(at), number), node_uid=tied.node_uid, span_uid=tied.span_uid,
    )  # fmt: skip


def _finish(
    draft: EdgeDraft, ground: Ground, xy: FloatArray, root: int, first_entry: int,
    leads: LeadIns, junctions: int, passes: IntArray, ends_xy: FloatArray,
) -> RouteGraph:  # fmt: skip
    """Measure, price and close edges, and compress the graph."""
    start, end = np.concatenate(draft.start), np.concatenate(draft.end)
    kind = np.concatenate(draft.kind).astype(np.int32)
    source = np.concatenate(draft.source)
    node_uid, span_uid = np.concatenate(draft.node_uid), np.concatenate(draft.span_uid)
    shape = draft.shape()
    shapes = _shapes_if_needed(ground, shape)
    passage = np.concatenate(draft.passage)
    crossings = find_crossings(
        shapes, passage, ground.network.geo("barriers"), ground.rules, ends_xy
    )
    crossings = crossings.only(kind[crossings.edge] != CONDUIT)
    by, shut = _closures(ground.options.closures, crossings, shapes, source, node_uid, span_uid)
    keep = by == None  # noqa: E711 - element by element
    length_mm = np.round(1000 * shape.lengths_m(ground.network.crs)).astype(np.int64)
    choice = np.concatenate(draft.choice)
    recipe, recipes, cost = cheapest_recipes(length_mm, choice, draft.choices, ground.book)
    is_stated = np.array([GIVEN_LEAD_IN in item.each for item in recipes], dtype=np.bool_)[recipe]
    crossings = crossings.only(~is_stated[crossings.edge])
    cost += crossing_costs(len(start), crossings, ground.book)
    crossings = crossings.renumbered(keep)
    return RouteGraph(
        graph=build_graph(root + 1, start[keep], end[keep], cost[keep]),
        xy=xy,
        root=root,
        entries=first_entry + ground.places.of_site,
        kind=kind[keep],
        recipe=recipe[keep],
        recipes=recipes,
        length_mm=length_mm[keep],
        source=source[keep],
        surface=np.concatenate(draft.surface)[keep],
        shape=shape if keep.all() else shape.only(keep),
        joined_node=node_uid[keep],
        joined_span=span_uid[keep],
        crossings=crossings,
        closed=ClosedEdges(start[~keep], end[~keep], source[~keep], by[~keep]),
        closed_edges=len(shut),
        passes=passes,
        site_distance_m=leads.distance_m[ground.places.of_site],
        streets=ground.streets,
        leads=leads,
        junction_count=junctions,
        crossing_of=crossings.by_edge(),
        choice=choice[keep],
        choices=tuple(draft.choices),
    )


def _shapes_if_needed(ground: Ground, shape: Lines) -> ObjectArray:
    """Return the edges as geometries, or as many blanks when nothing asks where they lie."""
    closures = ground.options.closures
    is_asked = closures.areas.size or closures.sections.size
    if is_asked or len(ground.network.table("barriers")):
        return shape.shapes()
    return np.full(shape.count, None, dtype=object)


def _closures(
    closures: Closures, crossings: Crossings, shapes: ObjectArray, source: ObjectArray,
    node_uid: ObjectArray, span_uid: ObjectArray,
) -> tuple[ObjectArray, IntArray]:  # fmt: skip
    """Return what closes each edge or ``None``, and the edges that barriers close."""
    by = closed_by(closures, shapes, source, node_uid, span_uid)
    rows = np.flatnonzero(crossings.is_forbidden)
    by[crossings.edge[rows]] = crossings.barrier_uid[crossings.barrier[rows]]
    return by, np.unique(crossings.edge[rows])
