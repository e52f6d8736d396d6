"""Everything that a site's routes may be made of: streets, conduits and the network itself.

Unlike the graph of an extension the network is not drawn together here: both routes go on
through existing spans to where they end, so that what they share there is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.ops import substring

from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.arrays import BoolArray, Graph, IntArray, ObjectArray, build_graph
from app.planning.graphs import Joint, NetworkGraph, network_graph
from app.planning.streets.routegraph import CONDUIT, JOIN, RouteGraph

MONEY = 100_000
"""Weight of money against length: among equally dear pairs the shorter one is taken."""

_INNER = 0.998
"""Share of its radius within which a circle drawn as polygon covers every point."""

_STEP_M = 10.0
"""Lengths count in whole steps of this, in m."""

_SHAPED = ("node_points", "shapes", "length_m", "span_facts")
"""What candidates hold ready that no price changes."""

ANY, HUB, TWO_HUBS, RING = "any", "hub", "two-hubs", "ring"
ENDS = (ANY, HUB, TWO_HUBS, RING)
"""Where two routes may end: at any hubs, at one, at two different ones, at two ring nodes."""


@dataclass(frozen=True)
class Candidates:
    """Edges of streets and conduits first, then sections of existing spans.

    Parameters
    ----------
    start, end
        ``(m,)`` nodes of the edges.
    node_count
        Nodes of the street graph, then those of the network.
    new_count
        Edges below this are new construction.
    origin
        ``(m,)`` edge of ``routes``, or section of ``parts``.
    entries, homes
        Of each site: the node of its building, and its node in the network, -1 without one.
    hubs
        Nodes of the hubs.
    """

    network: Network
    routes: RouteGraph
    parts: NetworkGraph
    start: IntArray
    end: IntArray
    node_count: int
    new_count: int
    origin: IntArray
    entries: tuple[int, ...]
    homes: tuple[int, ...]
    hubs: tuple[int, ...]

    @property
    def edge_count(self) -> int:
        """Number of edges."""
        return len(self.start)

    def priced(self, graph: Graph) -> Candidates:
        """Return the candidates at the costs of ``graph``; what was read of shapes is kept."""
        other = replace(self, routes=replace(self.routes, graph=graph))
        other.__dict__.update(
            {name: self.__dict__[name] for name in _SHAPED if name in self.__dict__}
        )
        return other

    def uid_of_node(self, node: int) -> str | None:
        """Return the uid of a node of the network; None for junctions, joints and entries."""
        row = node - self.routes.root
        if row < 0:
            return None
        uid = self.parts.nodes[row]
        return uid if uid in self._nodes.index else None

    @cached_property
    def _nodes(self) -> pd.DataFrame:
        return self.network.table("nodes")

    def span_of(self, edge: int) -> str | None:
        """Return the existing span that an edge is a section of, None for new construction."""
        return None if edge < self.new_count else self.parts.span[int(self.origin[edge])]

    def source_of(self, edge: int) -> str | None:
        """Return the street, conduit or span that an edge lies in."""
        if edge >= self.new_count:
            return self.span_of(edge)
        source = self.routes.source[int(self.origin[edge])]
        return None if source is None else str(source)

    @cached_property
    def cost(self) -> IntArray:
        """``(m,)`` weights of the edges: money first, then length; existing spans cost no money."""
        new = self.origin[: self.new_count]
        steps = (self.length_m // _STEP_M).astype(np.int64)
        steps[: self.new_count] += self.routes.graph.cost[new] * MONEY
        return steps

    @cached_property
    def span_facts(self) -> dict[str, tuple[Any, Any, Any, tuple[str, ...]]]:
        """Technique, deployment, co-deployment and conduits of each existing span."""
        spans = self.network.table("spans")
        columns = (spans[name] for name in ("technique", "deployment", "codeployment", "conduits"))
        return {
            str(uid): (technique, deployment, codeployment, tuple(conduits or ()))
            for uid, technique, deployment, codeployment, conduits in zip(
                spans.index, *columns, strict=True
            )
        }

    @cached_property
    def node_points(self) -> ObjectArray:
        """``(n,)`` places of all nodes, None where unknown."""
        points = np.full(self.node_count, None, dtype=object)
        points[: self.routes.root] = shapely.points(self.routes.xy)
        for uid, row in self.parts.number.items():
            points[self.routes.root + row] = self._places.get(uid)
        return points

    @cached_property
    def _joints(self) -> dict[int, Joint]:
        return joints_of(self.routes)

    @cached_property
    def _places(self) -> dict[str, shapely.Point]:
        nodes = self.network.geo("nodes")[GEOMETRY]
        places = {str(uid): point for uid, point in nodes.items() if point is not None}
        joints = self._joints.values()
        places.update({joint.uid: shapely.Point(joint.x, joint.y) for joint in joints})
        return places

    @cached_property
    def shapes(self) -> ObjectArray:
        """``(m,)`` geometries of the edges."""
        found = np.full(self.edge_count, None, dtype=object)
        found[: self.new_count] = self.routes.shape.shapes()[self.origin[: self.new_count]]
        spans = self.network.geo("spans")[GEOMETRY].to_dict()
        counts: dict[str, int] = {}
        for span in self.parts.span:
            counts[span] = counts.get(span, 0) + 1
        for edge in range(self.new_count, self.edge_count):
            section = int(self.origin[edge])
            span = self.parts.span[section]
            line = spans[span]
            if counts[span] > 1:
                rows = (int(self.parts.start[section]), int(self.parts.end[section]))
                line = between(line, [self._places.get(self.parts.nodes[row]) for row in rows])
            found[edge] = line
        return np.asarray(shapely.force_2d(found), dtype=object)

    @cached_property
    def length_m(self) -> np.ndarray:
        """``(m,)`` route lengths on the ellipsoid; of a section its share of the span's."""
        lengths = np.zeros(self.edge_count)
        new = self.origin[: self.new_count]
        lengths[: self.new_count] = self.routes.length_mm[new] / 1000
        table = self.network.table("spans")["route_length_m"]
        flat = shapely.length(self.shapes[self.new_count :])
        names = [self.parts.span[int(row)] for row in self.origin[self.new_count :]]
        whole: dict[str, float] = {}
        for name, part in zip(names, flat.tolist(), strict=True):
            whole[name] = whole.get(name, 0.0) + part
        known = table.reindex(pd.Index(names)).to_numpy(dtype=float)
        total = np.array([whole[name] for name in names])
        share = np.divide(flat, total, out=np.zeros_like(flat), where=total > 0)
        lengths[self.new_count :] = np.where(np.isnan(known), flat, known * share)
        return lengths


@dataclass(frozen=True)
class Case:
    """The graph of one question: candidates and ties from where routes may end to the root.

    Parameters
    ----------
    graph
        The candidates' edges, then twins of those that both routes may use, then ties.
    start, root
        The site, and the common end.
    real
        ``(m,)`` the candidates' edge of each edge, -1 for ties.
    shareable
        ``(n,)`` nodes that both routes may pass.
    closed
        ``(n,)`` nodes that no route passes through.
    ends
        Nodes at which routes may end.
    """

    graph: Graph
    start: int
    root: int
    real: IntArray
    shareable: BoolArray
    closed: BoolArray
    ends: tuple[int, ...]


def combine(
    network: Network, sites: Sequence[str], routes: RouteGraph, statuses: Sequence[str]
) -> Candidates:
    """Return streets, conduits and the network in use as one graph for all ``sites``."""
    joints = joints_of(routes)
    parts = network_graph(network, statuses, joints.values())
    number = parts.number
    base = routes.root
    known = np.ones(len(routes.graph.start), dtype=np.bool_)
    ends = routes.graph.end.astype(np.int64)
    for edge in np.flatnonzero(routes.kind == JOIN):
        uid = joints[int(edge)].uid if int(edge) in joints else str(routes.joined_node[edge])
        known[edge] = uid in number
        ends[edge] = base + number.get(uid, 0)
    kept = np.flatnonzero(known)
    home = network.table("sites")["node"].reindex(pd.Index(sites))
    return Candidates(
        network=network,
        routes=routes,
        parts=parts,
        start=np.concatenate((routes.graph.start[kept], base + parts.start)).astype(np.int64),
        end=np.concatenate((ends[kept], base + parts.end)).astype(np.int64),
        node_count=base + len(parts.nodes),
        new_count=len(kept),
        origin=np.concatenate((kept, np.arange(len(parts.span)))),
        entries=tuple(int(entry) for entry in routes.entries),
        homes=tuple(
            base + number[str(node)] if node is not None and str(node) in number else -1
            for node in home
        ),
        hubs=tuple(base + row for row in parts.hubs),
    )


def case_of(
    candidates: Candidates, site: int, to: str, *, hub: int | None = None,
    banned: BoolArray | None = None, exempt_m: float = 0.0, built_apart: bool = False,
) -> Case:  # fmt: skip
    """Return the graph for one site (by row) and one way to end.

    Parameters
    ----------
    hub
        The only node at which both routes end; for `HUB`.
    banned
        ``(m,)`` edges that are left out.
    exempt_m
        Within this distance of the site and of the ends both routes may share everything.
    built_apart
        Of edges only existing spans, that is.
    """
    ends = ends_of(candidates, to, hub)
    count = candidates.node_count
    root = count
    kept = np.flatnonzero(~banned) if banned is not None else np.arange(candidates.edge_count)
    free = zone_nodes(candidates, site, ends, exempt_m)
    near = kept[free[candidates.start[kept]] & free[candidates.end[kept]]]
    if built_apart:
        near = near[near >= candidates.new_count]
    near = near[_inside_zone(candidates, site, ends, exempt_m, near)]
    ties = 1 if to in (TWO_HUBS, RING) else 2
    tie = np.repeat(np.array(ends, dtype=np.int64), ties)
    entry, home = candidates.entries[site], candidates.homes[site]
    link = np.array([home, home] if home >= 0 else [], dtype=np.int64)
    real = np.concatenate((kept, near, np.full(len(tie) + len(link), -1)))
    start = np.concatenate((candidates.start[real[real >= 0]], tie, link))
    end = np.concatenate(
        (candidates.end[real[real >= 0]], np.full(len(tie), root), np.full(len(link), entry))
    )
    cost = np.concatenate((candidates.cost[real[real >= 0]], np.zeros(len(tie) + len(link))))
    closed = np.zeros(count + 1, dtype=np.bool_)
    closed[list(candidates.entries)] = True  # no route passes through a building
    shareable = np.append(free, False)
    shareable[list(ends)] = ties == 2
    if home >= 0:
        shareable[home] = True
    graph = build_graph(count + 1, start, end, cost)
    return Case(graph, entry, root, real, shareable, closed, ends)


def ends_of(candidates: Candidates, to: str, hub: int | None = None) -> tuple[int, ...]:
    """Return the nodes at which routes may end.

    Raises `InputError` when there is no ring, `Infeasible` for two hubs where there is one.
    """
    if to == RING:
        return _ring_nodes(candidates)
    if to == TWO_HUBS and len(candidates.hubs) < 2:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "There are not two hubs or pops in service."))
        )
    return candidates.hubs if hub is None else (hub,)


def _ring_nodes(candidates: Candidates) -> tuple[int, ...]:
    roles = candidates.network.table("spans")["role"]
    ring = set(roles.index[roles == "ring"])
    rows = [row for row, span in enumerate(candidates.parts.span) if span in ring]
    if not rows:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "No span in service has the role “ring”."))
        )
    parts = candidates.parts
    nodes = {int(node) for row in rows for node in (parts.start[row], parts.end[row])}
    return tuple(sorted(candidates.routes.root + node for node in nodes))


def zone_nodes(
    candidates: Candidates, site: int, ends: Iterable[int], exempt_m: float
) -> BoolArray:
    """Return the nodes within ``exempt_m`` of the site or of an end."""
    free = np.zeros(candidates.node_count, dtype=np.bool_)
    if exempt_m <= 0:
        return free
    points = candidates.node_points
    there = np.flatnonzero(points != None)  # noqa: E711 - of each element
    centres = [points[node] for node in (candidates.entries[site], *ends)]
    tree = shapely.STRtree(points[there])
    for centre in centres:
        if centre is not None and not centre.is_empty:
            free[there[tree.query(centre, predicate="dwithin", distance=_INNER * exempt_m)]] = True
    return free


def _inside_zone(
    candidates: Candidates, site: int, ends: Iterable[int], exempt_m: float, edges: IntArray
) -> BoolArray:
    """Return which edges lie wholly within ``exempt_m`` of the site or of an end."""
    if not len(edges):
        return np.zeros(0, dtype=np.bool_)
    points = [candidates.node_points[node] for node in (candidates.entries[site], *ends)]
    centres = shapely.MultiPoint([point for point in points if point is not None])
    zone = shapely.buffer(centres, exempt_m)
    shapely.prepare(zone)
    return np.asarray(shapely.covers(zone, candidates.shapes[edges]))


def conduit_of(candidates: Candidates, edge: int) -> str | None:
    """Return the conduit that an edge of new construction is laid in."""
    if edge >= candidates.new_count:
        return None
    origin = int(candidates.origin[edge])
    is_conduit = int(candidates.routes.kind[origin]) == CONDUIT
    return str(candidates.routes.source[origin]) if is_conduit else None


def joints_of(routes: RouteGraph) -> dict[int, Joint]:
    """Return the point of each join on a span, by its edge."""
    found = {}
    for edge in np.flatnonzero(routes.kind == JOIN):
        span = routes.joined_span[edge]
        if span is not None:
            x, y = routes.shape.line(int(edge))[-1]
            found[int(edge)] = Joint(str(span), f"join/{edge}", float(x), float(y))
    return found


def between(line: Any, ends: Sequence[shapely.Point | None]) -> Any:
    """Return the part of ``line`` between its places nearest to ``ends``."""
    first, last = ends
    if first is None or last is None:
        return line
    return substring(line, *sorted((line.project(first), line.project(last))))
