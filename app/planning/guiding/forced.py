"""Edges that the plan must contain, and the points it must pass.

Forced edges are contracted: they cost nothing more in the search, one end of each connected
group becomes a terminal, and their cost is added to tree and bound alike. A cheapest tree of
the contracted graph plus the forced edges is a cheapest plan that contains them, and a lower
bound of the one plus that constant bounds the other. A way-point is a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from app.model.errors import Infeasible
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.planning.arrays import Graph, IntArray, components
from app.planning.costs.prices import PriceBook
from app.planning.guiding.terms import Section, Terms
from app.planning.streets.attachment import SHORTEST_M
from app.planning.streets.closures import ON_LINE_M, along_sections, blockers
from app.planning.streets.pricing import recipe_costs
from app.planning.streets.routegraph import ACCESS, CONDUIT, JOIN, LEAD_IN, STREET, RouteGraph

_SHARE = 0.999
"""A section is found when its edges make up this part of its length."""


@dataclass(frozen=True)
class Forced:
    """What the plan must contain.

    Parameters
    ----------
    edges
        Sorted edges that are built in any case.
    locked
        The part of ``edges`` that belongs to sections kept.
    terminals
        A node of each group of forced edges, and the junction of each way-point.
    cost
        Of ``edges``, in `app.planning.costs.prices.COST_UNIT_EUR`.
    """

    edges: tuple[int, ...] = ()
    locked: frozenset[int] = frozenset()
    terminals: tuple[int, ...] = ()
    cost: int = 0


def force(routes: RouteGraph, terms: Terms, book: PriceBook) -> tuple[RouteGraph, Forced]:
    """Find what must be built; kept sections keep their technique.

    Raises `Infeasible` when a section, street or way-point cannot be part of any plan, and says
    which condition is in the way.
    """
    if not terms.is_forcing:
        return routes, Forced()
    owner: dict[int, str] = {}
    for uid in terms.sources:
        owner.update(dict.fromkeys(_source_edges(routes, uid), uid))
    kept = section_edges(routes, terms.sections)
    routes = _with_techniques(routes, kept, terms.sections, book)
    owner.update({edge: terms.sections[row].uid for edge, row in kept.items()})
    passes = _pass_nodes(routes, terms)
    _refuse_lost(routes, owner, passes)
    edges = tuple(sorted(owner))
    listed = list(edges)
    groups = _groups(routes.graph, listed)
    terminals = dict.fromkeys([*(node for node in groups if node != routes.root), *passes])
    cost = int(routes.graph.cost[listed].sum())
    return routes, Forced(edges, frozenset(kept), tuple(terminals), cost)


def without_cost(graph: Graph, edges: Sequence[int]) -> Graph:
    """Return the graph in which some edges cost nothing."""
    cost = graph.cost.copy()
    cost[list(edges)] = 0
    return replace(graph, cost=cost)


def tidy(
    graph: Graph, forced: Sequence[int], edges: Sequence[int], keep: Sequence[int]
) -> IntArray:
    """Return forced and other edges without cycles among the others and without dead ends.

    ``keep`` are the nodes that must stay; a dead end of forced edges stays as well.
    """
    parent: dict[int, int] = {}

    def leader(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    fixed = set(forced)
    others = sorted(set(map(int, edges)) - fixed, key=lambda edge: (int(graph.cost[edge]), edge))
    chosen = []
    for edge in [*sorted(fixed), *others]:
        a, b = leader(int(graph.start[edge])), leader(int(graph.end[edge]))
        if a != b or edge in fixed:
            chosen.append(edge)
            parent[a] = b
    return _pruned(graph, chosen, fixed, set(keep))


def _pruned(graph: Graph, edges: Sequence[int], fixed: set[int], keep: set[int]) -> IntArray:
    at: dict[int, set[int]] = {}
    for edge in edges:
        at.setdefault(int(graph.start[edge]), set()).add(edge)
        at.setdefault(int(graph.end[edge]), set()).add(edge)
    leaves = [node for node, mine in at.items() if len(mine) == 1 and node not in keep]
    gone: set[int] = set()
    while leaves:
        node = leaves.pop()
        for edge in list(at[node]):
            if edge in fixed:
                continue
            other = int(graph.start[edge]) + int(graph.end[edge]) - node
            gone.add(edge)
            at[node].discard(edge)
            at[other].discard(edge)
            if len(at[other]) == 1 and other not in keep:
                leaves.append(other)
    return np.array(sorted(set(edges) - gone), dtype=np.int64)


def _source_edges(routes: RouteGraph, uid: str) -> list[int]:
    """Return all edges of a street or conduit."""
    closed = np.flatnonzero(routes.closed.source == uid)
    if len(closed):
        raise Infeasible(_closed_by(uid, str(routes.closed.by[closed[0]])))
    found = np.flatnonzero(routes.source == uid)
    if not len(found):
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "“{uid}” must be used, but no technique, class of road, access or spare "
                    "place allows it.",
                ),
                uid=uid,
            )
        )
    return [int(edge) for edge in found]


def section_edges(routes: RouteGraph, sections: Sequence[Section]) -> dict[int, int]:
    """Return the edges that make up each section, as edge to row of ``sections``."""
    if not sections:
        return {}
    lines = np.array([section.shape for section in sections], dtype=object)
    along: dict[int, list[int]] = {row: [] for row in range(len(sections))}
    for edge, row in zip(*along_sections(routes.shape.shapes(), lines), strict=True):
        if _fits(routes, int(edge), sections[int(row)]):
            along[int(row)].append(int(edge))
    found: dict[int, int] = {}
    for row, section in enumerate(sections):
        edges = _one_path(routes, along[row], section)
        drawn_m = float(shapely.length([_line(routes, edge) for edge in edges]).sum())
        if drawn_m < _SHARE * section.shape.length - ON_LINE_M:
            raise Infeasible(_missing(routes, section))
        found.update(dict.fromkeys(edges, row))
        found.update(dict.fromkeys(_stubs(routes, section), row))
    return found


def _line(routes: RouteGraph, edge: int) -> shapely.LineString:
    return shapely.LineString(routes.shape.line(edge))


def _one_path(routes: RouteGraph, edges: Sequence[int], section: Section) -> list[int]:
    """Return the edges of a section without those that lie over others: data may be doubled."""
    if not edges or section.shape.is_closed:
        return list(edges)
    ends = shapely.get_coordinates(section.shape)[[0, -1]]
    nodes = {int(routes.graph.start[edge]) for edge in edges}
    nodes |= {int(routes.graph.end[edge]) for edge in edges}
    keep = [
        node
        for node in sorted(nodes)
        if node == routes.root
        or min(float(np.hypot(*(routes.xy[node] - end))) for end in ends) <= 2 * ON_LINE_M
    ]
    return [int(edge) for edge in tidy(routes.graph, (), edges, keep)]


def _fits(routes: RouteGraph, edge: int, section: Section) -> bool:
    row, kind = section.row, int(routes.kind[edge])
    if row["conduit"] is not None:
        return kind == CONDUIT and routes.source[edge] == row["conduit"]
    if row["technique"] in ("leadIn", "join"):
        return kind == (LEAD_IN if row["technique"] == "leadIn" else JOIN)
    return kind == (ACCESS if row["street"] is None else STREET)


def _stubs(routes: RouteGraph, section: Section) -> list[int]:
    """Return joins without length at the ends of a section: the network passes there.

    Of several that join the same thing at the same place, one is enough.
    """
    if section.row["technique"] == "join":
        return []
    short = np.flatnonzero((routes.kind == JOIN) & (routes.length_mm < 1000 * SHORTEST_M))
    at = routes.xy[routes.graph.start[short]]
    found = []
    places = shapely.get_coordinates(section.shape)[[0, -1]]
    for place, end in zip(places, section.ends, strict=True):
        near = short[np.hypot(*(at - place).T) <= ON_LINE_M]
        fitting = [int(edge) for edge in near if _joins(routes, int(edge), end)]
        found += fitting[:1]
    return found


def _joins(routes: RouteGraph, edge: int, end: Mapping[str, Any]) -> bool:
    """Whether a join leads to what the end of a section joined."""
    node, span = routes.joined_node[edge], routes.joined_span[edge]
    if node is not None:
        return bool(node == end.get("joined_node"))
    return span is not None and bool(span == end.get("joined_span"))


def _with_techniques(
    routes: RouteGraph, kept: Mapping[int, int], sections: Sequence[Section], book: PriceBook
) -> RouteGraph:
    """Return the graph in which kept edges are built by the technique that they were built by."""
    recipe, cost = routes.recipe.copy(), routes.graph.cost.copy()
    recipes = list(routes.recipes)
    for edge, row in kept.items():
        technique = sections[row].row["technique"]
        present, choice = recipes[recipe[edge]], routes.choices[routes.choice[edge]]
        allowed = [item for item in choice if item.technique == technique]
        if present.technique == technique or not allowed:
            continue
        length = routes.length_mm[edge : edge + 1]
        cost[edge] -= recipe_costs(present, length, book)[0]
        cost[edge] += recipe_costs(allowed[0], length, book)[0]
        if allowed[0] not in recipes:
            recipes.append(allowed[0])
        recipe[edge] = recipes.index(allowed[0])
    graph = replace(routes.graph, cost=cost)
    return replace(routes, graph=graph, recipe=recipe, recipes=tuple(recipes))


def _pass_nodes(routes: RouteGraph, terms: Terms) -> list[int]:
    for text, node in zip(terms.waypoints, routes.passes, strict=True):
        if node < 0:
            raise Infeasible(
                message(
                    QT_TRANSLATE_NOOP("core", "No usable street is near the way-point {text}."),
                    text=text,
                )
            )
    return [int(node) for node in routes.passes]


def _groups(graph: Graph, edges: Sequence[int]) -> list[int]:
    """Return the smallest node of each connected group of edges."""
    label = components(graph.node_count, graph.start[list(edges)], graph.end[list(edges)])
    nodes = np.unique(np.concatenate((graph.start[list(edges)], graph.end[list(edges)])))
    _, first = np.unique(label[nodes], return_index=True)
    return [int(node) for node in nodes[np.sort(first)]]


def _refuse_lost(routes: RouteGraph, owner: Mapping[int, str], passes: Sequence[int]) -> None:
    """Refuse what has no way to the network, and say what closes it."""
    parts = routes.parts()
    for edge, uid in sorted(owner.items()):
        node = int(routes.graph.start[edge])
        if parts[node] != parts[routes.root]:
            raise Infeasible(_lost(uid, blockers(routes.closed, parts, routes.root, node)))
    for node in passes:
        if parts[node] != parts[routes.root]:
            xy = routes.xy[node]
            place = f"{xy[0]:.0f}, {xy[1]:.0f}"
            raise Infeasible(_lost(place, blockers(routes.closed, parts, routes.root, node)))


def _lost(uid: str, by: Sequence[str]) -> Message:
    if by:
        return message(
            QT_TRANSLATE_NOOP(
                "core", "“{uid}” must be part of the plan, but {by} cuts it off from the network."
            ),
            uid=uid, by=", ".join(by),
        )  # fmt: skip
    return message(
        QT_TRANSLATE_NOOP(
            "core", "“{uid}” must be part of the plan, but no street leads from it to the network."
        ),
        uid=uid,
    )


def _closed_by(uid: str, by: str) -> Message:
    return message(
        QT_TRANSLATE_NOOP("core", "“{uid}” must be part of the plan, but {by} closes it."),
        uid=uid, by=by,
    )  # fmt: skip


def _missing(routes: RouteGraph, section: Section) -> Message:
    """Return why a section cannot be kept."""
    source = section.row["street"] or section.row["conduit"]
    mine = np.flatnonzero(routes.closed.source == source) if source else np.zeros(0, np.int64)
    if len(mine):
        return _closed_by(section.uid, str(routes.closed.by[mine[0]]))
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Section “{uid}” cannot be kept: it does not follow the streets, conduits and "
            "lead-ins of today.",
        ),
        uid=section.uid,
    )
