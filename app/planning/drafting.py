"""From an answer to what is stored and told: the plan's rows, its bill, its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, TableChange, combine
from app.model.findings import Finding
from app.model.frames import frame_from_rows, rows_of
from app.model.guidance import Guidance, guidance_from_json
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.review import follow_plan
from app.model.study import Result
from app.model.tables import TABLES
from app.planning.answer import Answer
from app.planning.costs.bill import Bill, bill_of_rows
from app.planning.costs.costrules import CostRules, most_lines
from app.planning.costs.deriving import derive
from app.planning.costs.prices import CENT, COST_UNIT_EUR, PriceBook, to_cents
from app.planning.guiding.guide import Guide, told_limit_mm
from app.planning.guiding.terms import AREA_TABLES
from app.planning.planrows import PlanRows, plan_rows, uid_maker
from app.planning.request import ExtensionParameters, Task, plans_named
from app.planning.selection import told
from app.planning.streets.routegraph import LEAD_IN, RouteGraph

INPUT_TABLES = ("streets", "barriers", "conduits", "nodes", "spans", "sites", "price_items")
"""Tables that a plan depends on, of prices only its own list: see `input_hash`."""

_ALL_PRICES = (*INPUT_TABLES, "price_lists")
"""What older plans were hashed with: every price list of the project."""


def input_hash(network: Network, guidance: Guidance, price_list: str | None) -> str:
    """Return a hash of what a plan with this guidance and price list depends on."""
    items = network.tables["price_items"]
    tables = {**network.tables, "price_items": items[items["price_list"] == price_list]}
    return replace(network, tables=tables).content_hash(_tables(INPUT_TABLES, guidance))


def is_outdated(network: Network, plan_uid: str) -> bool:
    """Return whether the inputs of a stored plan have changed since it was computed."""
    stored = network.table("plans").loc[plan_uid]
    asked = stored["parameters"] or {}
    guidance = guidance_from_json(asked.get("guidance"))
    if stored["input_hash"] == input_hash(network, guidance, str(stored["price_list"])):
        return False
    return bool(stored["input_hash"] != network.content_hash(_tables(_ALL_PRICES, guidance)))


def _tables(names: tuple[str, ...], guidance: Guidance) -> tuple[str, ...]:
    return (*names, *AREA_TABLES) if guidance.avoid else names


PLAN_TABLES = ("plans", "plan_spans", "plan_nodes", "plan_sites")


@dataclass(frozen=True)
class Draft:
    """A plan before it is stored: rows, bill, objective and the bound on it in euro."""

    plan_uid: str
    input_hash: str
    rows: PlanRows
    sites: list[dict[str, Any]]
    bill: Bill
    objective: Decimal
    lower_bound: Decimal | None
    forced_eur: Decimal
    too_long: tuple[tuple[str, Message], ...]

    @property
    def gap(self) -> float | None:
        """Proven gap as a fraction of the objective."""
        if self.lower_bound is None:
            return None
        if not self.objective:
            return 0.0
        return float((self.objective - self.lower_bound) / self.objective)

    def routes_to_hubs(self) -> list[dict[str, Any]]:
        """Return hub and length of the route there of each connected site."""
        return [
            {"uid": row["site"], "hub": row["hub"], "length_m": row["hub_length_m"]}
            for row in self.sites
            if row.get("hub_length_m") is not None
        ]

    @property
    def route_length_m(self) -> float:
        """Sum of the spans' route lengths, exact to the millimetre."""
        return sum(round(row["route_length_m"] * 1000) for row in self.rows.spans) / 1000


def draw_up(
    network: Network, parameters: ExtensionParameters, routes: RouteGraph, task: Task,
    guide: Guide, answer: Answer, rules: CostRules, book: PriceBook,
) -> Draft:  # fmt: skip
    """Turn the answer into rows with identifiers, and price them."""
    hashed = input_hash(network, parameters.guidance, book.uid)
    make_uid = uid_maker(f"{network.uid}/{parameters.name}/{parameters.created}/{hashed}")
    plan_uid = make_uid("plan")
    streets = network.table("streets")["name"]
    names = {str(uid): str(name) for uid, name in streets.items() if name is not None}
    rows = plan_rows(
        routes, answer.edges, answer.paths, task.sites, names, rules.site, book, plan_uid, make_uid,
        guide.forced.locked,
    )  # fmt: skip
    sites = _site_rows(routes, task, guide, answer, rows, plan_uid, make_uid)
    derive(network, rules, rows.spans, rows.nodes, sites)
    paper = bill_of_rows(plan_uid, rows.spans, rows.nodes, book, rules)
    objective = paper.objective_eur
    bound = None
    if answer.lower_bound is not None:
        per_site = sum(
            Decimal(str(each)) * book.price(code).typical_eur for code, each in rules.site.items()
        )
        exact = answer.lower_bound * COST_UNIT_EUR + len(answer.paths) * per_site
        # Rounding each line to the cent may have lowered the optimum's bill by half a cent.
        rounding = CENT / 2 * most_lines(network, rules)
        floor = (exact - rounding).quantize(CENT, ROUND_FLOOR)
        bound = max(Decimal("0.00"), min(objective, floor))
    return Draft(
        plan_uid, hashed, rows, sites, paper, objective, bound,
        to_cents(guide.forced.cost * COST_UNIT_EUR), _too_long(task, guide, sites),
    )  # fmt: skip


def _too_long(
    task: Task, guide: Guide, sites: Sequence[Mapping[str, Any]]
) -> tuple[tuple[str, Message], ...]:
    """Return the sites whose route to the hub is longer than their limit or the usual reach."""
    number = {site: row for row, site in enumerate(task.sites)}
    found = []
    for row in sites:
        length_m = row.get("hub_length_m")
        if length_m is None:
            continue
        limit_mm = told_limit_mm(guide, number[row["site"]])
        if round(1000 * length_m) > limit_mm:
            text = message(
                QT_TRANSLATE_NOOP(
                    "core", "Its route to the hub is {length_m} m long; the limit is {limit_m} m."
                ),
                length_m=f"{length_m:.0f}",
                limit_m=f"{limit_mm / 1000:.0f}",
            )
            found.append((str(row["site"]), text))
    return tuple(found)


def _site_rows(
    routes: RouteGraph, task: Task, guide: Guide, answer: Answer, rows: PlanRows, plan_uid: str,
    make_uid: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    def row(site: str, state: str, reason: Message | None = None) -> dict[str, Any]:
        return {
            "uid": make_uid(f"site/{site}"), "plan": plan_uid, "site": site, "state": state,
            "reason": None if reason is None else reason.render(),
        }  # fmt: skip

    unprotected = dict(answer.unprotected)
    found = [row(site, "alreadyConnected") for site in task.connected]
    found += [row(site, "unreachable", reason) for site, reason in answer.unreachable]
    found += [row(item.uid, "leftOut", item.reason) for item in answer.left_out]
    for number, path in answer.paths.items():
        site = task.sites[number]
        edges = list(path.working)
        lead_in = [edge for edge in edges if routes.kind[edge] == LEAD_IN]
        hub, hub_mm = guide.group(number).ways.of_path(routes, edges)
        found.append(
            {
                **row(site, "connected", unprotected.get(site)),
                "route_length_m": int(routes.length_mm[edges].sum()) / 1000,
                "lead_in_m": int(routes.length_mm[lead_in].sum()) / 1000,
                "node": rows.entry_nodes.get(int(routes.entries[number])),
                "hub": hub,
                "hub_length_m": None if hub_mm is None else hub_mm / 1000,
                "spans": rows.path_spans(path.working),
                "protection_spans": rows.path_spans(path.protection),
            }
        )
    return sorted(found, key=lambda item: str(item["site"]))


def plan_result(
    network: Network, parameters: ExtensionParameters, task: Task, answer: Answer,
    draft: Draft, findings: tuple[Finding, ...], seconds: float,
) -> Result:  # fmt: skip
    """Return the summary and the change that stores the plan."""
    total = draft.bill.total()
    bound = None if draft.lower_bound is None else float(draft.lower_bound)
    summary: dict[str, Any] = {
        "plan": parameters.name,
        "plan_uid": draft.plan_uid,
        "sites": len(answer.paths) + len(answer.unreachable) + len(answer.left_out),
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
        "forced": float(draft.forced_eur),
        "lower_bound": bound,
        "gap": draft.gap,
        "seconds": seconds,
        "engine": answer.engine,
        "placeholder_share": draft.bill.placeholder_share,
        "routes": draft.routes_to_hubs(),
        "too_long": [{"uid": uid, "reason": reason.render()} for uid, reason in draft.too_long],
        "guidance": parameters.guidance.to_json(),
    }
    if parameters.protection == "risk":
        summary["exempt_m"] = parameters.exempt_m
    if answer.choice is not None:
        summary |= told(answer.choice, answer.left_out, draft.objective)
    plan = {
        **_kept(network, parameters.name),
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


def _kept(network: Network, name: str) -> dict[str, Any]:
    """Return what a plan keeps when it is computed again: where it comes from, and its colour."""
    old = rows_of(plans_named(network, name), ["based_on", "color"])
    return {key: old[0][key] for key in ("based_on", "color")} if old else {}


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
    parts += follow_plan(network, old, str(frames["plans"].index[0]))
    return combine(message(QT_TRANSLATE_NOOP("core", "Plan {name}"), name=parameters.name), parts)


def with_weak(answer: Answer, draft: Draft, weak: Mapping[str, Message]) -> tuple[Answer, Draft]:
    """Return answer and draft that tell of ``weak`` sites as unprotected ones."""
    alone = sorted((*answer.unprotected, *weak.items()), key=lambda item: item[0])
    rows = [
        {**row, "reason": weak[row["site"]].render()} if row["site"] in weak else row
        for row in draft.sites
    ]
    return replace(answer, unprotected=tuple(alone)), replace(draft, sites=rows)
