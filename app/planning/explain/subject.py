"""A stored plan found again in the graph that it was made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY, plain
from app.model.guidance import guidance_from_json
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.arrays import BoolArray, IndexArray, IntArray, ObjectArray, components
from app.planning.costs.prices import COST_UNIT_EUR
from app.planning.explain.variants import TreeProblem
from app.planning.guiding.forced import without_cost
from app.planning.prepared import Prepared, prepare
from app.planning.request import ExtensionParameters
from app.planning.streets.attachment import SHORTEST_M
from app.planning.streets.routegraph import CONDUIT, JOIN, STREET, RouteGraph

Row = Mapping[str, Any]
"""A row of a table by column."""

_STEP_M = 0.001
"""Coordinates are compared in steps of this, in m."""

_MIX = (np.int64(1_000_003), np.int64(998_244_353), np.int64(2_147_483_647))


@dataclass(frozen=True)
class Subject:
    """What is to be explained.

    Parameters
    ----------
    plan_uid, plan
        The plan's uid and row.
    parameters, ready
        What it was made of.
    problem
        Its tree.
    sections
        Edges of each span of the plan, by uid.
    entry_of
        Entry node of each connected site, by uid.
    """

    network: Network
    plan_uid: str
    plan: Row
    parameters: ExtensionParameters
    ready: Prepared
    problem: TreeProblem
    sections: Mapping[str, IntArray]
    entry_of: Mapping[str, int]

    @property
    def routes(self) -> RouteGraph:
        """The graph that the plan was chosen from, with the full costs."""
        return self.ready.routes

    @property
    def site_eur(self) -> Decimal:
        """What each site needs once, at typical prices, whatever way leads to it."""
        return sum(
            (Decimal(str(each)) * self.ready.book.price(code).typical_eur
             for code, each in self.ready.rules.site.items()),
            Decimal(0),
        )  # fmt: skip

    @property
    def is_relaxed(self) -> bool:
        """Whether the plan obeys limits or assignments that no variant of it is held to."""
        guide = self.ready.guide
        return guide.is_binding or len(guide.groups) > 1

    def is_kept(self, section: IntArray) -> bool:
        """Whether the planner asked for a section, so that every plan has it."""
        return bool(np.isin(section, list(self.ready.guide.forced.edges)).any())

    def closing(self, section: IntArray) -> IntArray:
        """Return the edges that are closed when a section is: other techniques there, too."""
        routes, graph = self.routes, self.routes.graph
        streets = section[routes.kind[section] == STREET]
        key = np.minimum(graph.start, graph.end).astype(np.int64) * graph.node_count
        key += np.maximum(graph.start, graph.end)
        beside = np.isin(key, key[streets]) & (routes.kind == STREET)
        beside &= np.isin(routes.source.astype(str), routes.source[streets].astype(str))
        return np.union1d(section, np.flatnonzero(beside)).astype(np.int64)


def subject_of(network: Network, plan_uid: str) -> Subject:
    """Return a stored plan with the graph it was made from.

    Raises `InputError` for a plan with protection, which is no tree, and for one whose sections
    are not in the data any more.
    """
    plan = _row(network.table("plans"), plan_uid)
    parameters = parameters_of(plan)
    if parameters.protection != "none":
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The plan {name} has two routes for each site; only plans without protection "
                    "can be explained.",
                ),
                name=parameters.name,
            ),
            (plan_uid,),
        )
    ready = prepare(network, parameters)
    routes, task, forced = ready.routes, ready.task, ready.guide.forced
    sections, loose = _traced(network, plan_uid, routes)
    states = network.table("plan_sites")
    joined = states.loc[(states["plan"] == plan_uid) & (states["state"] == "connected"), "site"]
    row_of = {uid: row for row, uid in enumerate(task.sites)}
    entry_of = {str(uid): int(routes.entries[row_of[uid]]) for uid in joined if uid in row_of}
    tree = np.unique(np.concatenate([loose, *sections.values()])).astype(np.int64)
    ends = sorted({*entry_of.values(), *forced.terminals} - {routes.root})
    terminals = np.array(ends, dtype=np.int32)
    if len(entry_of) < len(joined) or not _is_joined(routes, tree, terminals):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The data have changed since the plan {name} was made, and its sections are "
                    "not found in them any more. Make the plan again.",
                ),
                name=parameters.name,
            ),
            (plan_uid,),
        )
    graph = without_cost(routes.graph, forced.edges)
    bound = _bound(plan, int(graph.cost[tree].sum()))
    problem = TreeProblem(graph, routes.root, terminals, tree, bound)
    return Subject(network, plan_uid, plan, parameters, ready, problem, sections, entry_of)


def _row(table: pd.DataFrame, uid: str) -> Row:
    return {str(name): table.at[uid, name] for name in table.columns}


def parameters_of(plan: Row) -> ExtensionParameters:
    """Return the parameters that a plan was made with."""
    stored = plan["parameters"]
    if not isinstance(stored, Mapping):
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP("core", "The plan {name} does not say how it was made."),
                name=str(plan["name"]),
            )
        )
    known = {item.name for item in dataclasses.fields(ExtensionParameters)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in known
    }
    values["guidance"] = guidance_from_json(stored.get("guidance"))
    values.pop("selection", None)  # which sites are connected is known from the plan
    if plain(plan["price_list"]) is not None:
        values["price_list"] = str(plan["price_list"])  # whatever new plans take by now
    return ExtensionParameters(**values)


def _bound(plan: Row, cost: int) -> int:
    """Return the bound that is stored with the plan, in the unit of the graph."""
    if (plan["parameters"] or {}).get("selection"):
        return 0  # a bound on cost and worth together, not on the cost of these sites
    if any(pd.isna(plan[name]) for name in ("lower_bound_eur", "objective_eur")):
        return 0
    slack = Decimal(str(plan["objective_eur"])) - Decimal(str(plan["lower_bound_eur"]))
    return max(0, cost - int(slack / COST_UNIT_EUR))


def _is_joined(routes: RouteGraph, tree: IntArray, terminals: IndexArray) -> bool:
    """Return whether edges join all terminals to the root."""
    g = routes.graph
    label = components(g.node_count, g.start[tree], g.end[tree])
    return bool((label[terminals] == label[routes.root]).all())


def _traced(
    network: Network, plan_uid: str, routes: RouteGraph
) -> tuple[dict[str, IntArray], IntArray]:
    """Return the edges of each span of a plan, and the joins that are part of none."""
    spans = network.geo("plan_spans")
    spans = spans[spans["plan"] == plan_uid]
    nodes = network.geo("plan_nodes")
    nodes = nodes[nodes["plan"] == plan_uid]
    shapes = np.asarray(shapely.force_2d(spans[GEOMETRY].to_numpy()), dtype=object)
    steps, row = _steps(*shapely.get_coordinates(shapes, return_index=True))
    owner = dict(zip(steps.tolist(), row.tolist(), strict=True))
    lines = routes.shape
    mine, edge = _steps(lines.xy, lines.owner)
    is_known = np.isin(mine, steps)
    missing = np.bincount(edge[~is_known], minlength=lines.count)
    present = np.bincount(edge[is_known], minlength=lines.count)
    wanted = (missing == 0) & (present > 0)
    found: dict[str, list[int]] = {str(uid): [] for uid in spans.index}
    techniques = spans["technique"].to_numpy(dtype=object)
    conduits = spans["conduit"].to_numpy(dtype=object)
    uids = spans.index.to_numpy(dtype=object)
    taken: set[tuple[int, int, int]] = set()
    order = np.lexsort((mine, edge))
    first = order[np.searchsorted(edge[order], np.flatnonzero(wanted))]
    for at, candidate in zip(first, np.flatnonzero(wanted), strict=True):
        span = owner[int(mine[at])]
        ends = sorted((int(routes.graph.start[candidate]), int(routes.graph.end[candidate])))
        key = (ends[0], ends[1], span)
        if key in taken or not _is_like(routes, int(candidate), techniques[span], conduits[span]):
            continue
        if routes.kind[candidate] == JOIN and not _is_joint(routes, int(candidate), nodes):
            continue
        taken.add(key)
        found[str(uids[span])].append(int(candidate))
    sections = {uid: np.array(edges, dtype=np.int64) for uid, edges in found.items()}
    return sections, _stubs(routes, nodes, sections)


def _steps(xy: np.ndarray, owner: np.ndarray) -> tuple[IntArray, IntArray]:
    """Return a number for each stretch between two vertices, direction ignored, and its line."""
    whole = np.round(xy / _STEP_M).astype(np.int64)
    point = whole[:, 0] * _MIX[0] + whole[:, 1]
    inside = (owner[1:] == owner[:-1]) & (point[1:] != point[:-1])
    low, high = np.minimum(point[1:], point[:-1]), np.maximum(point[1:], point[:-1])
    return (low * _MIX[1] + high * _MIX[2])[inside], owner[1:][inside]


def _is_like(routes: RouteGraph, edge: int, technique: object, conduit: object) -> bool:
    """Return whether an edge may be part of a span of that technique."""
    own = routes.source[edge] if routes.kind[edge] == CONDUIT else None
    return routes.recipes[routes.recipe[edge]].technique == technique and own == conduit


def _is_joint(routes: RouteGraph, edge: int, nodes: pd.DataFrame) -> bool:
    """Return whether a point of the plan joins what the edge leads to."""
    name = "joined_node" if routes.joined_node[edge] is not None else "joined_span"
    uid = (routes.joined_node if name == "joined_node" else routes.joined_span)[edge]
    return bool((nodes[name] == uid).any())


def _stubs(routes: RouteGraph, nodes: pd.DataFrame, sections: Mapping[str, IntArray]) -> IntArray:
    """Return the joins without length that the plan's points stand for."""
    short = (routes.kind == JOIN) & (routes.length_mm < 1000 * SHORTEST_M)
    used = np.concatenate([np.zeros(0, np.int64), *sections.values()])
    is_used: BoolArray = np.zeros(routes.graph.node_count, dtype=np.bool_)
    is_used[routes.graph.start[used]] = True
    is_used[routes.graph.end[used]] = True
    has_node = ~pd.isna(routes.joined_node)
    joined: ObjectArray = np.where(has_node, routes.joined_node, routes.joined_span)
    points = shapely.get_coordinates(nodes[GEOMETRY].to_numpy())
    found: dict[int, int] = {}
    for (_, point), xy in zip(nodes.iterrows(), points, strict=True):
        uid = point["joined_node"] if point["joined_node"] is not None else point["joined_span"]
        if uid is None:
            continue
        for edge in np.flatnonzero(short & (joined == uid)):
            node = int(routes.graph.start[edge])
            near = np.abs(routes.xy[node] - xy).max() < SHORTEST_M
            if near and (is_used[node] or not len(used)):
                found.setdefault(node, int(edge))
    return np.array(sorted(found.values()), dtype=np.int64)
