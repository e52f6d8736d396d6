"""The graph that an extension is planned on: streets, conduits, lead-ins and joins with prices.

Node numbers: first the streets' junctions, then those of conduits, then one entry for each
place of requested sites, last the root, into which the whole network in service is drawn
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.planning.arrays import (
    BoolArray,
    FloatArray,
    Graph,
    IndexArray,
    IntArray,
    ObjectArray,
    components,
)
from app.planning.costs.costrules import Recipe
from app.planning.streets.attachment import LeadIns
from app.planning.streets.closures import ClosedEdges
from app.planning.streets.crossings import Crossings
from app.planning.streets.lines import Lines
from app.planning.streets.pricing import scaled
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
        Node of the network, and ``(s,)`` node of each requested site; sites at one place share
        theirs.
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
    closed_edges
        Number of edges that forbidden barriers closed.
    closed
        What barriers and the planner closed, and who.
    passes
        ``(w,)`` junctions at the way-points asked for, -1 where no street is near.
    site_distance_m
        ``(s,)`` distance of each site to the nearest street.
    leads
        The lead-ins that were offered, the closed ones too.
    junction_count
        Nodes below this number are junctions of the streets.
    choice, choices
        ``(m,)`` index into the techniques that edges allow.
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
    closed_edges: int
    closed: ClosedEdges
    passes: IntArray
    site_distance_m: FloatArray
    streets: Streets
    leads: LeadIns
    junction_count: int
    crossing_of: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    moved: Mapping[int, float] = field(default_factory=dict)
    choice: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    choices: tuple[tuple[Recipe, ...], ...] = ()

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

    def closed_lead_in(self, entry: int) -> str | None:
        """Return what closed a lead-in to the entry of a building, ``None`` if nothing did."""
        mine = np.flatnonzero(self.closed.end == entry)
        return str(self.closed.by[mine[0]]) if len(mine) else None

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
                needs[item] += int(self.crossings.thousandths[row])
        return needs

    def barriers(self, edge: int) -> list[str]:
        """Return the barriers that an edge crosses."""
        return [
            str(self.crossings.barrier_uid[self.crossings.barrier[row]])
            for row in self.crossing_of.get(edge, ())
        ]
