"""Which sites a plan connects when it may leave some out: for their worth, or within a budget.

The choice is made on the route graph before the tree is grown. Each site hangs on its entry by
an edge of its own that costs what a site costs apart from routes, so that sites at one place are
chosen one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from app.model.errors import Infeasible, InputError
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.progress import Progress
from app.model.selection import MAXIMISED, Selection
from app.planning import prize
from app.planning.arrays import FAR, FloatArray, Graph, IntArray, build_graph, shortest
from app.planning.costs.costrules import CostRules, most_lines
from app.planning.costs.prices import CENT, COST_UNIT_EUR, PriceBook
from app.planning.guiding.forced import tidy, without_cost
from app.planning.guiding.guide import Guide
from app.planning.guiding.trees import Grown, SearchLimits
from app.planning.planrows import SitePath
from app.planning.request import ExtensionParameters, Task
from app.planning.streets.routegraph import RouteGraph
from app.planning.tree.treepaths import paths_to_root

_PRIORITIES = 6
"""A site of priority p weighs this less p."""


@dataclass(frozen=True)
class Worth:
    """What the sites of a task are worth.

    Parameters
    ----------
    selection
        What was asked.
    value_eur
        ``(s,)`` worth of each site in euro; NaN where it has to be connected.
    weight
        ``(s,)`` what counts of each site within the budget, whole.
    charge
        Cost of a site apart from routes, in `app.planning.costs.prices.COST_UNIT_EUR`.
    rounding
        What rounding a bill's lines to the cent may add, in the same unit.
    """

    selection: Selection
    value_eur: FloatArray
    weight: IntArray
    charge: int
    rounding: int


@dataclass(frozen=True)
class LeftOut:
    """A site that is not connected by choice; costs in euro at typical prices."""

    uid: str
    reason: Message
    marginal_eur: Decimal
    value_eur: float | None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "uid": self.uid, "reason": self.reason.render(),
            "marginal_cost": float(self.marginal_eur), "value": self.value_eur,
        }  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """The sites to connect, a tree that does, and how good the choice is proven to be.

    ``bound`` is in cost units what no plan can undercut in cost plus worth left out, or the
    weight that none can exceed within the budget.
    """

    worth: Worth
    rows: tuple[int, ...]
    edges: tuple[int, ...]
    bound: int
    engine: str


def check_selection(parameters: ExtensionParameters) -> None:
    """Raise `InputError` for what cannot be asked, alone or together with other wishes."""
    selection, guidance = parameters.selection, parameters.guidance
    if selection.maximise not in MAXIMISED:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "A budget cannot buy as much “{value}” as it can."),
                value=selection.maximise,
            )
        )
    for amount in (selection.prize_eur, selection.budget_eur):
        if amount is not None and not 0 <= amount < 1e12:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{amount} € is no amount to plan with."),
                    amount=f"{amount:g}",
                )
            )
    is_tied = guidance.length_rule == "keep" or bool(guidance.assigned)
    if selection.is_asked and (is_tied or parameters.protection != "none"):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "Sites cannot be left out of a plan with two routes for each site, a fixed "
                    "length or a fixed hub; ask for one of them.",
                )
            )
        )


def site_worth(
    network: Network, selection: Selection, task: Task, rules: CostRules, book: PriceBook
) -> Worth | None:
    """Return what the sites of a task are worth; None if all are wanted.

    Raises `InputError` if no site has a worth.
    """
    if not selection.is_asked:
        return None
    table = network.table("sites").loc[list(task.sites)]
    value = table["value_eur"].to_numpy(dtype=float, na_value=np.nan).copy()
    if selection.prize_eur is not None:
        value[np.isnan(value)] = selection.prize_eur
    needs_value = selection.budget_eur is None or selection.maximise == "value"
    if needs_value and len(value) and np.isnan(value).all():
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "None of the sites says what it is worth; give a worth for all, or fill in "
                    "the field “Worth” of the sites.",
                )
            ),
            task.sites,
        )
    weight = np.ones(len(value), dtype=np.int64)
    if selection.maximise == "value":
        weight = np.round(100 * np.nan_to_num(value)).astype(np.int64)
    elif selection.maximise == "priority":
        rank = table["priority"].to_numpy(dtype=float, na_value=3.0)
        weight = (_PRIORITIES - np.nan_to_num(rank, nan=3.0)).astype(np.int64)
    if selection.budget_eur is not None:
        value = np.nan_to_num(value)
    return Worth(
        selection, value, weight, _units(_site_eur(rules, book)),
        _units(CENT / 2 * most_lines(network, rules)),
    )  # fmt: skip


def choose(
    routes: RouteGraph, worth: Worth, guide: Guide, rows: Sequence[int], limits: SearchLimits,
    progress: Progress,
) -> Choice:  # fmt: skip
    """Choose which of the reachable sites in ``rows`` are connected.

    Raises `Infeasible` when what has to be built costs more than the budget.
    """
    graph, doors = _with_doors(routes, worth, guide, rows)
    forced = list(guide.forced.edges)
    built = set(routes.graph.start[forced].tolist()) | set(routes.graph.end[forced].tolist())
    kept = [
        door
        for row, door in zip(rows, doors, strict=True)
        if np.isnan(worth.value_eur[row]) or int(routes.entries[row]) in built
    ]
    required = [*kept, *guide.forced.terminals]
    if worth.selection.budget_eur is None:
        prizes = np.zeros(graph.node_count, dtype=np.int64)
        values = np.nan_to_num(worth.value_eur[list(rows)])
        prizes[doors] = [_units(Decimal(str(value))) for value in values]
        found = prize.solve(
            graph, prizes, routes.root, required=required, time_limit_s=limits.time_limit_s,
            gap=limits.gap, seed=limits.seed, progress=progress,
        )  # fmt: skip
        nodes, edges = found.nodes, found.edges
        bound, engine = found.lower_bound + guide.forced.cost, found.engine
    else:
        most = _units(Decimal(str(worth.selection.budget_eur))) - guide.forced.cost
        most = min(most, max(0, most - worth.rounding))  # nothing built is nothing rounded
        best = prize.best_within(
            graph, doors, worth.weight[list(rows)], routes.root, most,
            required=required, time_limit_s=limits.time_limit_s, gap=limits.gap,
            seed=limits.seed, progress=progress,
        )  # fmt: skip
        if best is None:
            raise Infeasible(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "What must be built alone costs more than the budget."
                    )
                )
            )
        nodes, edges, bound, engine = best.nodes, best.edges, best.upper_bound, best.engine
    inside = set(nodes.tolist())
    chosen = tuple(row for row, door in zip(rows, doors, strict=True) if door in inside)
    streets = tuple(int(edge) for edge in edges if edge < routes.graph.edge_count)
    return Choice(worth, chosen, streets, bound, engine)


def _with_doors(
    routes: RouteGraph, worth: Worth, guide: Guide, rows: Sequence[int]
) -> tuple[Graph, list[int]]:
    """Return the graph with an edge and a node more for each row, and these nodes."""
    g = without_cost(routes.graph, guide.forced.edges)
    doors = [g.node_count + number for number in range(len(rows))]
    graph = build_graph(
        g.node_count + len(rows),
        np.concatenate((g.start, routes.entries[list(rows)])),
        np.concatenate((g.end, np.array(doors, dtype=np.int32))),
        np.concatenate((g.cost, np.full(len(rows), worth.charge, dtype=np.int64))),
    )
    return graph, doors


def cheaper(routes: RouteGraph, guide: Guide, choice: Choice, grown: Grown) -> Grown:
    """Return the tree of the choice where it is cheaper than the one grown for its sites."""
    entries = [int(routes.entries[row]) for row in choice.rows]
    keep = [routes.root, *guide.forced.terminals, *entries]
    edges = [int(e) for e in tidy(routes.graph, guide.forced.edges, choice.edges, keep)]
    if int(routes.graph.cost[edges].sum()) < int(routes.graph.cost[list(grown.edges)].sum()):
        walks = paths_to_root(routes.graph, edges, routes.root, entries)
        paths = {row: SitePath(walk) for row, walk in zip(choice.rows, walks, strict=True)}
        grown = replace(grown, edges=tuple(sorted(edges)), paths=paths)
    return replace(grown, engine=f"{choice.engine}+{grown.engine}")


def left_out(
    routes: RouteGraph, task: Task, choice: Choice, rows: Sequence[int], edges: Sequence[int]
) -> tuple[LeftOut, ...]:
    """Return the sites that are not connected, with what each would cost on top of the plan."""
    g = without_cost(routes.graph, list(edges))
    distance, _, _ = shortest(
        g.first, g.neighbour, g.edge, g.cost, np.array([routes.root], dtype=np.int32)
    )
    chosen = set(choice.rows)
    spent = int(routes.graph.cost[list(edges)].sum()) + len(chosen) * choice.worth.charge
    found = []
    for row in rows:
        if row in chosen:
            continue
        away = int(distance[routes.entries[row]])
        assert away < FAR, "only sites that can be reached are chosen from"
        marginal = ((away + choice.worth.charge) * COST_UNIT_EUR).quantize(CENT, ROUND_HALF_UP)
        found.append(_left_out(task.sites[row], choice.worth, row, marginal, spent))
    return tuple(sorted(found, key=lambda item: item.uid))


def _left_out(uid: str, worth: Worth, row: int, marginal: Decimal, spent: int) -> LeftOut:
    value = float(worth.value_eur[row])
    if worth.selection.budget_eur is None:
        reason = message(
            QT_TRANSLATE_NOOP(
                "core",
                "Connecting it on top would cost {marginal_eur} €; it is worth {value_eur} €.",
            ),
            marginal_eur=f"{marginal:.0f}",
            value_eur=f"{value:.0f}",
        )
        return LeftOut(uid, reason, marginal, value)
    left = Decimal(str(worth.selection.budget_eur)) - spent * COST_UNIT_EUR
    reason = message(
        QT_TRANSLATE_NOOP(
            "core",
            "It would cost {marginal_eur} € on top; {left_eur} € of the budget are left.",
        ),
        marginal_eur=f"{marginal:.0f}",
        left_eur=f"{max(Decimal(0), left):.0f}",
    )
    return LeftOut(uid, reason, marginal, value or None)


def told(choice: Choice, missed: Sequence[LeftOut], objective: Decimal) -> Mapping[str, Any]:
    """Return what a summary says about the choice; ``objective`` is the plan's, in euro."""
    worth, selection = choice.worth, choice.worth.selection
    facts: dict[str, Any] = {"left_out": [item.to_json() for item in missed]}
    if selection.budget_eur is not None:
        served = int(worth.weight[list(choice.rows)].sum())
        per_unit = 100 if selection.maximise == "value" else 1
        facts |= {
            "budget_eur": selection.budget_eur,
            "maximise": selection.maximise,
            "served": served / per_unit,
            "upper_bound": choice.bound / per_unit,
            "selection_gap": (choice.bound - served) / choice.bound if choice.bound else 0.0,
        }
        return facts
    lost = sum((Decimal(str(item.value_eur)) for item in missed), Decimal(0))
    total = objective + lost
    floor = ((choice.bound - worth.rounding) * COST_UNIT_EUR).quantize(CENT, ROUND_FLOOR)
    bound = max(Decimal(0), min(total, floor))
    facts |= {
        "value_left_out": float(lost),
        "selection_objective": float(total),
        "selection_lower_bound": float(bound),
        "selection_gap": float((total - bound) / total) if total else 0.0,
    }
    return facts


def _site_eur(rules: CostRules, book: PriceBook) -> Decimal:
    """Return what every site costs apart from its route, in euro at typical prices."""
    return sum(
        (Decimal(str(each)) * book.price(code).typical_eur for code, each in rules.site.items()),
        Decimal(0),
    )


def _units(amount_eur: Decimal) -> int:
    return int((amount_eur / COST_UNIT_EUR).to_integral_value(ROUND_HALF_UP))
