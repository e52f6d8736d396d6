"""The extension study: the cheapest way to connect sites to the network in service."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
import pandas as pd

from app.model.changes import ChangeSet, TableChange, combine
from app.model.errors import Infeasible
from app.model.findings import Finding
from app.model.frames import frame_from_rows
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.model.tables import TABLES
from app.planning.connectivity import Service, service
from app.planning.costs.bill import Bill, bill_of_rows
from app.planning.costs.costrules import CostRules, default_rules
from app.planning.costs.prices import CENT, COST_UNIT_EUR, PriceBook, price_book
from app.planning.planrows import PlanRows, SitePath, plan_rows, uid_maker
from app.planning.reasons import no_position, too_far, unreached_reasons
from app.planning.remarks import remarks
from app.planning.request import (
    ExtensionParameters,
    Task,
    check_request,
    plans_named,
    select_sites,
)
from app.planning.streets.landing import route_graph
from app.planning.streets.routegraph import JOIN, LEAD_IN, RouteGraph, RouteOptions
from app.planning.survival.protection import protect
from app.planning.survival.weakness import weak_sites
from app.planning.tree.steiner import solve
from app.planning.tree.treepaths import paths_to_root

__all__ = ["INPUT_TABLES", "PLAN_TABLES", "ExtensionParameters", "is_outdated", "plan_extension"]

INPUT_TABLES = (
    "streets", "barriers", "conduits", "nodes", "spans", "sites", "price_lists", "price_items",
)  # fmt: skip
"""Tables that a plan depends on; their hash tells whether it is out of date."""

PLAN_TABLES = ("plans", "plan_spans", "plan_nodes", "plan_sites")


def plan_extension(
    network: Network, parameters: ExtensionParameters, progress: Progress = no_progress
) -> Result:
    """Plan the connection of sites to the network in service.

    Minimises the cost, at typical prices, of everything that is built: trenches, lead-ins,
    cable in conduits with room, crossings, joints, terminations. Without protection the answer
    is a tree with a proven lower bound; with it, each site's cheapest pair of disjoint routes.

    Raises `InputError` for unknown sites, an existing name or an unknown price list,
    `Infeasible` when there is nothing to connect to, and `Cancelled` through ``progress``.
    """
    begun = time.monotonic()
    check_request(network, parameters)
    rules = default_rules()
    book = price_book(network, parameters.price_list)
    served = service(network, parameters.statuses)
    if served.is_empty:
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "There is no network to connect to: no span in service and no node of type "
                    "hub or pop.",
                )
            )
        )
    task = select_sites(network, parameters, served)
    progress(0.02, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    routes = _routes(network, parameters, served, task.sites, rules, book)
    progress(0.3, message(QT_TRANSLATE_NOOP("core", "Looking for the cheapest connection")))
    answer = _connect(routes, parameters, task, part(progress, 0.3, 0.9))
    progress(0.9, message(QT_TRANSLATE_NOOP("core", "Drawing up the plan")))
    draft = _draft(network, parameters, routes, task, answer, rules, book)
    seconds = round(time.monotonic() - begun, 3)
    findings = remarks(network, served, routes, task.sites, draft.bill)
    result = _result(network, parameters, task, answer, draft, findings, seconds)
    if parameters.protection != "none":
        weak = _weak(network, parameters, served, answer, task, result)
        if weak:
            answer, draft = _named(answer, draft, weak)
            result = _result(network, parameters, task, answer, draft, findings, seconds)
    progress(1.0)
    return result


def _weak(
    network: Network, parameters: ExtensionParameters, served: Service, answer: _Answer,
    task: Task, result: Result,
) -> dict[str, Message]:  # fmt: skip
    """Return the sites that look protected but hang on one part of the existing network."""
    assert result.changes is not None
    known = {uid for uid, _ in answer.unprotected}
    sites = {task.sites[row] for row in answer.paths} - known
    return weak_sites(
        network.apply(result.changes), result.summary["plan_uid"], parameters.statuses,
        parameters.protection, served.hubs, sites,
    )  # fmt: skip


def _named(answer: _Answer, draft: _Draft, weak: Mapping[str, Message]) -> tuple[_Answer, _Draft]:
    """Return answer and draft that tell of ``weak`` sites as unprotected ones."""
    alone = sorted((*answer.unprotected, *weak.items()), key=lambda item: item[0])
    rows = [
        {**row, "reason": weak[row["site"]].render()} if row["site"] in weak else row
        for row in draft.sites
    ]
    return replace(answer, unprotected=tuple(alone)), replace(draft, sites=rows)


def is_outdated(network: Network, plan_uid: str) -> bool:
    """Return whether the inputs of a stored plan have changed since it was computed."""
    stored = network.table("plans").at[plan_uid, "input_hash"]
    return bool(stored != network.content_hash(INPUT_TABLES))


@dataclass(frozen=True)
class _Answer:
    """Chosen edges, the path of each reached site by its row, and how good that is."""

    edges: tuple[int, ...]
    paths: Mapping[int, SitePath]
    lower_bound: int | None
    engine: str
    unreachable: tuple[tuple[str, Message], ...]
    unprotected: tuple[tuple[str, Message], ...] = ()


@dataclass(frozen=True)
class _Draft:
    plan_uid: str
    input_hash: str
    rows: PlanRows
    sites: list[dict[str, Any]]
    bill: Bill
    objective: Decimal
    lower_bound: Decimal | None

    @property
    def gap(self) -> float | None:
        """Proven gap as a fraction of the objective."""
        if self.lower_bound is None:
            return None
        if not self.objective:
            return 0.0
        return float((self.objective - self.lower_bound) / self.objective)

    @property
    def route_length_m(self) -> float:
        """Sum of the spans' route lengths, exact to the millimetre."""
        return sum(round(row["route_length_m"] * 1000) for row in self.rows.spans) / 1000


def _routes(
    network: Network, parameters: ExtensionParameters, served: Service, sites: Sequence[str],
    rules: CostRules, book: PriceBook,
) -> RouteGraph:  # fmt: skip
    options = RouteOptions(
        parameters.snap_tolerance_m,
        parameters.join_tolerance_m,
        parameters.max_lead_in_m,
        alternatives=parameters.protection != "none",
    )
    routes = route_graph(network, served, sites, options, rules, book)
    if not (routes.kind == JOIN).any():
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The network in service does not come within {tolerance_m} m of any usable "
                    "street.",
                ),
                tolerance_m=f"{parameters.join_tolerance_m:g}",
            )
        )
    return routes


def _connect(
    routes: RouteGraph, parameters: ExtensionParameters, task: Task, progress: Progress
) -> _Answer:
    leads = routes.kind == LEAD_IN
    has_lead_in = np.isin(routes.entries, routes.graph.end[leads])
    unreachable = [(uid, no_position()) for uid in task.unplaced]
    unreachable += [
        (task.sites[row], too_far(routes, int(row), parameters.max_lead_in_m))
        for row in np.flatnonzero(~has_lead_in)
    ]
    lands_home = leads & routes.home()[routes.graph.start]
    is_home = np.isin(routes.entries, routes.graph.end[lands_home])
    unreachable += unreached_reasons(
        routes,
        [(task.sites[row], int(routes.entries[row]))
         for row in np.flatnonzero(has_lead_in & ~is_home)],
        parameters.max_lead_in_m,
    )  # fmt: skip
    reached = [int(row) for row in np.flatnonzero(has_lead_in & is_home)]
    missed = tuple(sorted(unreachable, key=lambda item: item[0]))
    if parameters.protection != "none":
        guarded = protect(routes, reached, parameters.protection, progress)
        alone = tuple((task.sites[row], reason) for row, reason in guarded.unprotected)
        return _Answer(guarded.edges, guarded.paths, None, guarded.engine, missed, alone)
    entries = [int(routes.entries[row]) for row in reached]
    solution = solve(
        routes.graph, entries, routes.root, time_limit_s=parameters.time_limit_s,
        gap=parameters.gap, seed=parameters.seed, progress=progress,
    )  # fmt: skip
    edges = tuple(int(edge) for edge in solution.edges)
    walks = paths_to_root(routes.graph, edges, routes.root, entries)
    paths = {row: SitePath(walk) for row, walk in zip(reached, walks, strict=True)}
    return _Answer(edges, paths, solution.lower_bound, solution.engine, missed)


def _draft(
    network: Network, parameters: ExtensionParameters, routes: RouteGraph, task: Task,
    answer: _Answer, rules: CostRules, book: PriceBook,
) -> _Draft:  # fmt: skip
    input_hash = network.content_hash(INPUT_TABLES)
    make_uid = uid_maker(f"{network.uid}/{parameters.name}/{parameters.created}/{input_hash}")
    plan_uid = make_uid("plan")
    streets = network.table("streets")["name"]
    names = {str(uid): str(name) for uid, name in streets.items() if name is not None}
    rows = plan_rows(
        routes, answer.edges, answer.paths, task.sites, names, rules.site, book, plan_uid, make_uid
    )
    paper = bill_of_rows(plan_uid, rows.spans, rows.nodes, book, rules)
    objective = paper.objective_eur
    bound = None
    if answer.lower_bound is not None:
        per_site = sum(
            Decimal(str(each)) * book.price(code).typical_eur for code, each in rules.site.items()
        )
        exact = answer.lower_bound * COST_UNIT_EUR + len(answer.paths) * per_site
        # Rounding each line to the cent may have lowered the optimum's bill by half a cent.
        rounding = CENT / 2 * len(book.prices)
        floor = (exact - rounding).quantize(CENT, ROUND_FLOOR)
        bound = max(Decimal("0.00"), min(objective, floor))
    sites = _site_rows(routes, task, answer, rows, plan_uid, make_uid)
    return _Draft(plan_uid, input_hash, rows, sites, paper, objective, bound)


def _site_rows(
    routes: RouteGraph, task: Task, answer: _Answer, rows: PlanRows, plan_uid: str, make_uid: Any
) -> list[dict[str, Any]]:
    def row(site: str, state: str, reason: Message | None = None) -> dict[str, Any]:
        return {
            "uid": make_uid(f"site/{site}"), "plan": plan_uid, "site": site, "state": state,
            "reason": None if reason is None else reason.render(),
        }  # fmt: skip

    unprotected = dict(answer.unprotected)
    found = [row(site, "alreadyConnected") for site in task.connected]
    found += [row(site, "unreachable", reason) for site, reason in answer.unreachable]
    for number, path in answer.paths.items():
        site = task.sites[number]
        edges = list(path.working)
        lead_in = [edge for edge in edges if routes.kind[edge] == LEAD_IN]
        found.append(
            {
                **row(site, "connected", unprotected.get(site)),
                "route_length_m": int(routes.length_mm[edges].sum()) / 1000,
                "lead_in_m": int(routes.length_mm[lead_in].sum()) / 1000,
                "spans": rows.path_spans(path.working),
                "protection_spans": rows.path_spans(path.protection),
            }
        )
    return sorted(found, key=lambda item: str(item["site"]))


def _result(
    network: Network, parameters: ExtensionParameters, task: Task, answer: _Answer,
    draft: _Draft, findings: tuple[Finding, ...], seconds: float,
) -> Result:  # fmt: skip
    total = draft.bill.total()
    bound = None if draft.lower_bound is None else float(draft.lower_bound)
    summary: dict[str, Any] = {
        "plan": parameters.name,
        "plan_uid": draft.plan_uid,
        "sites": len(answer.paths) + len(answer.unreachable),
        "connected": len(answer.paths),
        "already_connected": len(task.connected),
        "unreachable": [
            {"uid": uid, "reason": reason.render()} for uid, reason in answer.unreachable
        ],
        "unprotected": [
            {"uid": uid, "reason": reason.render()} for uid, reason in answer.unprotected
        ],
        "route_length_m": draft.route_length_m,
        "cost_eur": total.to_json(),
        "objective": float(draft.objective),
        "lower_bound": bound,
        "gap": draft.gap,
        "seconds": seconds,
        "engine": answer.engine,
        "placeholder_share": draft.bill.placeholder_share,
    }
    plan = {
        "uid": draft.plan_uid, "name": parameters.name, "state": "draft",
        "created": parameters.created, "author": parameters.author,
        "protection": parameters.protection, "engine": answer.engine, "seed": parameters.seed,
        "parameters": parameters.to_json(), "input_hash": draft.input_hash,
        "price_list": draft.bill.price_list, "seconds": seconds,
        "site_count": len(answer.paths), "unreachable_count": len(answer.unreachable),
        "route_length_m": draft.route_length_m, "objective_eur": float(draft.objective),
        "lower_bound_eur": bound, "gap": draft.gap, "low_eur": float(total.low),
        "typical_eur": float(total.typical), "high_eur": float(total.high),
        "note": parameters.note,
    }  # fmt: skip
    new = {
        "plans": [plan], "plan_spans": draft.rows.spans, "plan_nodes": draft.rows.nodes,
        "plan_sites": draft.sites,
    }  # fmt: skip
    frames = {name: frame_from_rows(TABLES[name], new[name], network.crs) for name in PLAN_TABLES}
    return Result(summary, _changes(network, parameters, frames), findings, frames)


def _changes(
    network: Network, parameters: ExtensionParameters, frames: Mapping[str, pd.DataFrame]
) -> ChangeSet:
    """Return the change that stores the plan, in place of an older one of its name."""
    old = set(plans_named(network, parameters.name).index)
    parts = []
    for name in PLAN_TABLES:
        table = network.tables[name]
        stale = table[table.index.isin(old)] if name == "plans" else table[table["plan"].isin(old)]
        parts.append(TableChange(name, stale, frames[name]))
    return combine(message(QT_TRANSLATE_NOOP("core", "Plan {name}"), name=parameters.name), parts)
