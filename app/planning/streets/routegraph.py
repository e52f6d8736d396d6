"""The graph that an extension is planned on: streets, conduits, lead-ins and joins with prices.

Node numbers: first the streets' junctions, then those of conduits, then one entry for each
requested site, last the root, into which the whole network in service is drawn together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from app.model.geodesy import lengths_m
from app.model.network import Network
from app.planning.arrays import (
    BoolArray,
    FloatArray,
    Graph,
    IndexArray,
    IntArray,
    ObjectArray,
    build_graph,
    components,
)
from app.planning.connectivity import Service
from app.planning.costs.costrules import CostRules, Recipe
from app.planning.costs.prices import PriceBook
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
from app.planning.streets.crossings import Crossings, find_crossings
from app.planning.streets.edgedraft import EdgeDraft, straight_lines
from app.planning.streets.lines import Lines
from app.planning.streets.streetgraph import Streets

STREET, CONDUIT, ACCESS, LEAD_IN, JOIN = range(5)
"""Kinds of edges."""


@dataclass(frozen=True)
class RouteGraph:
    """Everything that a plan may be made of.

    Parameters
    ----------
    graph
        Nodes, edges and integer costs in `app.planning.costs.prices.COST_UNIT_EUR`.
    xy
        ``(n, 2)`` places of all nodes but the root.
    root, entries
        Node of the network, and ``(s,)`` node of each requested site.
    kind
        ``(m,)`` of `STREET` ... `JOIN`.
    recipe
        ``(m,)`` index into ``recipes``.
    length_mm
        ``(m,)`` route length on the ellipsoid, in whole millimetres.
    source
        ``(m,)`` uid of the street or conduit, ``None`` for others.
    surface
        ``(m,)`` surface of the street, ``None`` for others.
    shape
        Geometry of the edges, from start to end.
    joined_node, joined_span
        ``(m,)`` what a join is tied to.
    crossings
        What edges cross.
    closed_lead_ins
        Entry node to the forbidden barrier that closed a lead-in of it.
    closed_edges
        Number of edges that forbidden barriers closed.
    site_distance_m
        ``(s,)`` distance of each site to the nearest street.
    leads
        The lead-ins that were offered, the closed ones too.
    junction_count
        Nodes below this number are junctions of the streets.
    moved
        Row of each site that does not hang on its nearest street, because that leads nowhere,
        to the length of its shortest lead-in, in m.
    """

    graph: Graph
    xy: FloatArray
    root: int
    entries: IntArray
    kind: IndexArray
    recipe: IndexArray
    recipes: tuple[Recipe, ...]
    length_mm: IntArray
    source: ObjectArray
    surface: ObjectArray
    shape: Lines
    joined_node: ObjectArray
    joined_span: ObjectArray
    crossings: Crossings
    closed_lead_ins: Mapping[int, str]
    closed_edges: int
    site_distance_m: FloatArray
    streets: Streets
    leads: LeadIns
    junction_count: int
    crossing_of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    moved: Mapping[int, float] = field(default_factory=dict)

    def parts(self) -> IndexArray:
        """Return the connected part that each node belongs to.

        No route passes through a building, so lead-ins do not count.
        """
        way = self.kind != LEAD_IN
        label = components(self.graph.node_count, self.graph.start[way], self.graph.end[way])
        return np.asarray(label)

    def home(self) -> BoolArray:
        """Return for each node whether streets and conduits lead from it to the network."""
        label = self.parts()
        return np.asarray(label == label[self.root])

    def quantities(self, edge: int) -> Counter[str]:
        """Return what an edge needs, as thousandths of each item's unit."""
        needs: Counter[str] = Counter()
        recipe = self.recipes[self.recipe[edge]]
        for code, per_metre in recipe.per_m.items():
            needs[code] += scaled(per_metre, int(self.length_mm[edge]))
        for code, each in recipe.each.items():
            needs[code] += scaled(each, 1000)
        for row in self.crossing_of.get(edge, ()):
            item = self.crossings.item[row]
            if item is not None:
                needs[item] += 1000 * int(self.crossings.count[row])
        return needs

    def barriers(self, edge: int) -> list[str]:
        """Return the barriers that an edge crosses."""
        return [
            str(self.crossings.barrier_uid[self.crossings.barrier[row]])
            for row in self.crossing_of.get(edge, ())
        ]


def scaled(quantity: float, thousandths: int) -> int:
    """Return ``quantity`` times a number of thousandths, rounded half up to whole ones."""
    product = Decimal(str(quantity)) * thousandths
    return int(product.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class RouteOptions:
    """What shapes the graph; distances in m."""

    snap_tolerance_m: float
    join_tolerance_m: float
    max_lead_in_m: float
    alternatives: bool


def build_route_graph(
    network: Network,
    served: Service,
    sites: Sequence[str],
    options: RouteOptions,
    rules: CostRules,
    book: PriceBook,
    streets: Streets,
    leads: LeadIns,
    more_ties: NodeTies | None = None,
) -> RouteGraph:
    """Build the graph for connecting ``sites`` by the lead-ins given to the network in service.

    ``more_ties`` tie nodes of the network to further streets. Use
    `app.planning.streets.landing.route_graph`, which chooses lead-ins and ties.
    """
    ties = network_ties(
        network, served, streets, options.join_tolerance_m, options.max_lead_in_m,
        alternatives=options.alternatives, more=more_ties,
    )  # fmt: skip
    conduit_shapes = usable_conduits(network)[3]
    edges, extra = streets.cut(
        [leads.splits, ties.splits, conduit_ends(streets, conduit_shapes, options.join_tolerance_m)]
    )
    lead_nodes = extra[: len(leads.site)].astype(np.int64)
    tie_nodes = extra[len(leads.site) : len(leads.site) + len(ties.splits.line)].astype(np.int64)
    conduits = conduit_paths(network, edges.node_xy, options.join_tolerance_m)
    tied = joins(network, served, ties, tie_nodes, edges.node_xy, options.join_tolerance_m)
    draft = EdgeDraft()
    _add_streets(draft, streets, edges.line, edges.start, edges.end, edges.shape, rules, book)
    junctions = len(edges.node_xy)
    first_entry = junctions + len(conduits.edges.node_xy)
    root = first_entry + len(sites)
    _add_conduits(draft, conduits, edges.node_xy, junctions, rules, book)
    entry_xy = _add_lead_ins(
        draft, leads, edges.node_xy, lead_nodes, first_entry, len(sites), rules
    )
    _add_joins(draft, tied, edges.node_xy, root, rules)
    xy = np.concatenate((edges.node_xy, conduits.edges.node_xy, entry_xy))
    return _finish(
        draft, network, streets, xy, root, first_entry, len(sites), leads, junctions, rules,
        book,
    )  # fmt: skip


def _add_streets(
    draft: EdgeDraft, streets: Streets, line: IntArray, start: IndexArray, end: IndexArray,
    shape: Lines, rules: CostRules, book: PriceBook,
) -> None:  # fmt: skip
    pairs = np.char.add(
        np.char.add(streets.surface.astype(str), "\n"), streets.road_class.astype(str)
    )
    kinds, which = np.unique(pairs, return_inverse=True)
    numbers = []
    for kind in kinds:
        surface, road_class = str(kind).split("\n")
        best = rules.street_recipe(surface, road_class, book)
        numbers.append(-1 if best is None else draft.recipe_number(best))
    recipe = np.array(numbers, dtype=np.int64)[which][line]
    keep = recipe >= 0
    passage = np.full(streets.count, "ground", dtype=object)
    passage[streets.is_bridge] = "bridge"
    passage[streets.is_tunnel] = "tunnel"
    counts = np.diff(shape.offset)
    offset = np.concatenate(([0], np.cumsum(counts[keep]))).astype(np.int64)
    line = line[keep]
    draft.add(
        STREET, start[keep].astype(np.int64), end[keep].astype(np.int64),
        Lines(shape.xy[np.repeat(keep, counts)], offset), recipe[keep],
        source=streets.uid[line], surface=streets.surface[line], passage=passage[line],
    )  # fmt: skip


def _add_conduits(
    draft: EdgeDraft, conduits: ConduitPaths, street_xy: FloatArray, first: int, rules: CostRules,
    book: PriceBook,
) -> None:  # fmt: skip
    numbers = [
        draft.recipe_number(_conduit_recipe(str(kind), item, rules, book))
        for kind, item in zip(conduits.kind, conduits.price_item, strict=True)
    ]
    edges = conduits.edges
    draft.add(
        CONDUIT, first + edges.start.astype(np.int64), first + edges.end.astype(np.int64),
        edges.shape, np.array(numbers, dtype=np.int64)[edges.line],
        source=conduits.uid[edges.line],
    )  # fmt: skip
    access = draft.recipe_number(rules.conduit_access)
    begin, end = street_xy[conduits.link_street], edges.node_xy[conduits.link_conduit].copy()
    # A conduit may end exactly on a street's node; a span needs two places all the same.
    is_short = np.hypot(*(end - begin).T) < SHORTEST_M
    end[is_short] = begin[is_short] + (SHORTEST_M, 0)
    draft.add(
        ACCESS, conduits.link_street, first + conduits.link_conduit, straight_lines(begin, end),
        np.full(len(conduits.link_street), access),
    )  # fmt: skip


def _conduit_recipe(kind: str, item: object, rules: CostRules, book: PriceBook) -> Recipe:
    """Return what laying in a conduit needs: its own price item, else that of its kind."""
    usual = rules.conduits.get(kind, rules.conduits["other"])
    if item is not None and str(item) in book.prices:
        return Recipe(usual.technique, {str(item): 1})
    return usual


def _add_lead_ins(
    draft: EdgeDraft, leads: LeadIns, street_xy: FloatArray, nodes: IntArray, first_entry: int,
    count: int, rules: CostRules,
) -> FloatArray:  # fmt: skip
    """Add the lead-ins and return the ``(s, 2)`` places of the entries."""
    number = draft.recipe_number(rules.lead_in)
    entry_xy = np.full((count, 2), np.nan)
    entry_xy[leads.site[::-1]] = leads.entry_xy[::-1]
    draft.add(
        LEAD_IN, nodes, first_entry + leads.site,
        straight_lines(street_xy[nodes], entry_xy[leads.site]),
        np.full(len(nodes), number),
    )  # fmt: skip
    return entry_xy


def _add_joins(
    draft: EdgeDraft, tied: Joins, street_xy: FloatArray, root: int, rules: CostRules
) -> None:
    number = draft.recipe_number(rules.join)
    at = tied.street_node
    draft.add(
        JOIN, at, np.full(len(at), root), straight_lines(street_xy[at], tied.network_xy),
        np.full(len(at), number), node_uid=tied.node_uid, span_uid=tied.span_uid,
    )  # fmt: skip


def _finish(
    draft: EdgeDraft, network: Network, streets: Streets, xy: FloatArray, root: int,
    first_entry: int, site_count: int, leads: LeadIns, junctions: int,
    rules: CostRules, book: PriceBook,
) -> RouteGraph:  # fmt: skip
    """Measure, price and close edges, and compress the graph."""
    start, end = np.concatenate(draft.start), np.concatenate(draft.end)
    kind = np.concatenate(draft.kind).astype(np.int32)
    shape = draft.shape()
    shapes = shape.shapes()
    barriers = network.geo("barriers")
    passage = np.concatenate(draft.passage)
    crossings = find_crossings(shapes, passage, barriers, rules)
    in_the_open = kind[crossings.edge] != CONDUIT
    crossings = crossings.only(in_the_open)
    shut = np.unique(crossings.edge[crossings.is_forbidden])
    closed = {
        int(end[crossings.edge[row]]): str(crossings.barrier_uid[crossings.barrier[row]])
        for row in np.flatnonzero(crossings.is_forbidden)
        if kind[crossings.edge[row]] == LEAD_IN
    }
    keep = np.ones(len(start), dtype=np.bool_)
    keep[shut] = False
    length_mm = np.round(lengths_m(shapes, network.crs) * 1000).astype(np.int64)
    recipe = np.concatenate(draft.recipe).astype(np.int32)
    cost = _costs(length_mm, recipe, draft.recipes, book) + _crossing_costs(
        len(start), crossings, book
    )
    counts = np.diff(shape.offset)
    offset = np.concatenate(([0], np.cumsum(counts[keep]))).astype(np.int64)
    crossings = crossings.renumbered(keep)
    return RouteGraph(
        graph=build_graph(root + 1, start[keep], end[keep], cost[keep]),
        xy=xy,
        root=root,
        entries=np.arange(first_entry, first_entry + site_count),
        kind=kind[keep],
        recipe=recipe[keep],
        recipes=tuple(draft.recipes),
        length_mm=length_mm[keep],
        source=np.concatenate(draft.source)[keep],
        surface=np.concatenate(draft.surface)[keep],
        shape=Lines(shape.xy[np.repeat(keep, counts)], offset),
        joined_node=np.concatenate(draft.node_uid)[keep],
        joined_span=np.concatenate(draft.span_uid)[keep],
        crossings=crossings,
        closed_lead_ins=closed,
        closed_edges=len(shut),
        site_distance_m=leads.distance_m,
        streets=streets,
        leads=leads,
        junction_count=junctions,
        crossing_of=crossings.by_edge(),
    )


def _costs(
    length_mm: IntArray, recipe: IndexArray, recipes: Sequence[Recipe], book: PriceBook
) -> IntArray:
    """Return the ``(m,)`` cost of each edge without crossings."""
    cost = np.zeros(len(length_mm), np.int64)
    for number, needs in enumerate(recipes):
        mine = recipe == number
        for code, per_metre in needs.per_m.items():
            quantity = _scaled_array(per_metre, length_mm[mine])
            cost[mine] += quantity * book.price(code).typical_cents
        for code, each in needs.each.items():
            cost[mine] += scaled(each, 1000) * book.price(code).typical_cents
    return cost


def _scaled_array(quantity: float, thousandths: IntArray) -> IntArray:
    """Do as `scaled` for many, exactly: whole factors need no decimals."""
    if float(quantity).is_integer():
        return thousandths * int(quantity)
    unique, where = np.unique(thousandths, return_inverse=True)
    return np.array([scaled(quantity, int(item)) for item in unique], dtype=np.int64)[where]


def _crossing_costs(count: int, crossings: Crossings, book: PriceBook) -> IntArray:
    cost = np.zeros(count, np.int64)
    for code in sorted({str(item) for item in crossings.item if item is not None}):
        mine = crossings.item == code
        np.add.at(
            cost, crossings.edge[mine],
            crossings.count[mine] * 1000 * book.price(code).typical_cents,
        )  # fmt: skip
    return cost
