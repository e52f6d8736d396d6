"""Euro per minute: what avoids most time without service for the money.

Candidates come from the weak points: for each node below cuts that darken sites, the cheapest
new link over the streets to beyond them, away from the trench that it shall relieve; a way in
the street beside runs of sewer; a second hub. Each is priced as the plan that it would be, and
its effect computed on the whole network. Effects are not independent: after the first measure
the others are computed again, and the answer holds both rankings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from app.model.codes import STATUSES_IN_USE
from app.model.errors import Infeasible, InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.planning.connectivity import service
from app.planning.costs.costrules import rules_for
from app.planning.costs.prices import price_book
from app.planning.failure.availability import ASSUMPTIONS, placeholder_share
from app.planning.failure.candidates import (
    SECOND_HUB,
    Candidate,
    Finder,
    distinct,
    is_end_building,
)
from app.planning.failure.effects import Minutes, Priced, minutes_of, minutes_with
from app.planning.failure.linkways import LinkWays
from app.planning.failure.measureplan import stored_plan
from app.planning.failure.model import HUB, PRIORITY_WEIGHT, FailureModel, failure_model
from app.planning.failure.pricing import Pricer, try_priced
from app.planning.failure.rates import rate_book
from app.planning.failure.sequence import Step, in_turn
from app.planning.failure.weakpoints import Weak, WeakPoints
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph

_LEAST_MINUTES = 1e-6
"""A measure that avoids less weighted time in a year does nothing."""

_IN_TURN = 40
"""Measures that the sequence chooses from, the best of the ranking."""

_HELPED_MINUTES = 0.01
"""A site that gains less in a year is not counted as helped."""


@dataclass(frozen=True)
class MeasureParameters:
    """What to look for.

    Parameters
    ----------
    weak_count
        Weak points for which ways are sought, those that cost most minutes.
    considered
        Candidates whose effect is computed exactly, those of the best first estimate.
    steps
        Measures chosen one after the other, each in the light of those before.
    budget_eur
        Most money at typical prices for the sequence; ``None`` for no limit.
    limit_eur
        Links dearer than this are not sought.
    plan_name, pick
        Store the measure of this rank (1 is the best) or uid as a plan of this name.
    """

    statuses: tuple[str, ...] = STATUSES_IN_USE
    source: str = HUB
    weak_count: int = 120
    considered: int = 60
    steps: int = 5
    budget_eur: float | None = None
    limit_eur: float = 400_000.0
    snap_tolerance_m: float = 0.5
    join_tolerance_m: float = 30.0
    max_lead_in_m: float = 200.0
    price_list: str | None = None
    plan_name: str | None = None
    pick: str = "1"
    created: str | None = None
    author: str | None = None


def rank_measures(
    network: Network, parameters: MeasureParameters, progress: Progress = no_progress
) -> Result:
    """Return measures by cost for each minute of weighted outage that they avoid in a year.

    Cost is spent once, minutes count every year. Money is low / typical / high at the
    project's prices; minutes are expected values with the project's failure rates.

    Raises `Infeasible` without a source, a street, or any weak point; `InputError` for an
    unknown pick or a plan's name that is taken.
    """
    model = failure_model(network, parameters.statuses, None, parameters.source)
    progress(0.02, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    pricer, candidates = _candidates(network, model, parameters, part(progress, 0.02, 0.5))
    rates = rate_book(network)
    priced, rejected = try_priced(pricer, candidates)
    progress(0.5, message(QT_TRANSLATE_NOOP("core", "Computing what each measure avoids")))
    before = minutes_of(model)
    after: list[Minutes] = []
    for number, item in enumerate(priced):
        progress(0.5 + 0.2 * number / len(priced))
        after.append(minutes_with(model, [item], rates))
    useful = [
        (item, left)
        for item, left in zip(priced, after, strict=True)
        if before.weighted - left.weighted > _LEAST_MINUTES
    ]
    useful.sort(key=lambda pair: _order(pair[0], before.weighted - pair[1].weighted))
    steps = in_turn(
        model, [item for item, _ in useful[:_IN_TURN]], rates, before, parameters.steps,
        parameters.budget_eur, part(progress, 0.7, 1.0),
    )  # fmt: skip
    rows = _rows(network, model, useful, before, steps)
    summary: dict[str, Any] = {
        "served_from": [model.nodes[row] for row in model.sources],
        "weights": {str(priority): weight for priority, weight in PRIORITY_WEIGHT.items()},
        "weighted_minutes_per_year": before.weighted,
        "placeholder_share": placeholder_share(model),
        "considered": len(priced),
        "measures": rows,
        "sequence": [step.to_json(number) for number, step in enumerate(steps, start=1)],
        "budget_eur": parameters.budget_eur,
        "rejected": rejected,
        "stored": parameters.plan_name,
        "assumptions": [str(text) for text in (*ASSUMPTIONS, INTERACTION)],
    }
    changes = None
    if parameters.plan_name is not None:
        chosen = _picked([item for item, _ in useful], parameters.pick)
        changes = stored_plan(network, chosen, pricer, parameters.plan_name,
                              parameters.created, parameters.author)  # fmt: skip
    progress(1.0)
    return Result(summary, changes, (), {"measures": _table(rows), "sequence": _steps(steps)})


INTERACTION = message(
    QT_TRANSLATE_NOOP(
        "core",
        "Measures are ranked one by one; their effects overlap. The sequence is computed again "
        "after each choice.",
    )
)
"""Told beside every ranking of measures."""


def _candidates(
    network: Network, model: FailureModel, parameters: MeasureParameters, progress: Progress
) -> tuple[Pricer, list[Candidate]]:
    """Return what prices measures, and the measures of the best first estimate."""
    weak_points = WeakPoints(model)
    worst = weak_points.worst(parameters.weak_count)
    sites = _sites_with_entry(network, model, worst)
    book = price_book(network, parameters.price_list)
    rules = rules_for(book)
    options = RouteOptions(
        parameters.snap_tolerance_m, parameters.join_tolerance_m, parameters.max_lead_in_m,
        alternatives=True,
    )  # fmt: skip
    served = service(network, parameters.statuses)
    routes = route_graph(network, served, list(sites.values()), options, rules, book)
    progress(0.4, message(QT_TRANSLATE_NOOP("core", "Looking for ways round weak points")))
    ways = LinkWays(routes)
    entries = dict(zip(sites, (int(entry) for entry in routes.entries), strict=True))
    finder = Finder(network, model, weak_points, ways, entries, parameters.limit_eur)
    found: list[Candidate] = []
    for number, weak in enumerate(worst):
        progress(0.4 + 0.6 * number / len(worst))
        found += finder.links(weak)
        found += finder.beside_sewers(weak)
    names = network.table("streets")["name"]
    streets = {str(uid): str(name) for uid, name in names.items() if name is not None}
    pricer = Pricer(routes, list(sites.values()), streets, book, rules, rate_book(network))
    best = distinct(found)[: parameters.considered]
    return pricer, [*best, *finder.hubs()]


def _sites_with_entry(
    network: Network, model: FailureModel, worst: Sequence[Weak]
) -> dict[str, str]:
    """Return node and site of the weak points that are a site's own building."""
    types = network.table("nodes")["type"]
    shapes = network.geo("sites").geometry
    at = dict(zip((model.nodes[n] for n in model.sites.node), model.sites.uid, strict=True))
    nodes = (model.nodes[item.node] for item in worst)
    return {
        node: at[node]
        for node in nodes
        if node in at
        and is_end_building(model, types, node)
        and shapes[at[node]] is not None
        and not shapes[at[node]].is_empty
    }


def _order(item: Priced, gain: float) -> tuple[float, str]:
    return float(item.cost.typical) / gain, item.candidate.uid


def _picked(items: Sequence[Priced], pick: str) -> Priced:
    """Return the measure of a rank or uid; raises `InputError`, or `Infeasible` without any."""
    if not items:
        raise Infeasible(message(QT_TRANSLATE_NOOP("core", "No measure was found.")))
    if pick.isdigit() and 1 <= int(pick) <= len(items):
        return items[int(pick) - 1]
    for item in items:
        if item.candidate.uid == pick:
            return item
    raise InputError(
        message(
            QT_TRANSLATE_NOOP("core", "There is no measure {pick}; there are {count}."),
            pick=pick,
            count=len(items),
        ),
        (pick,),
    )


def _rows(
    network: Network,
    model: FailureModel,
    useful: Sequence[tuple[Priced, Minutes]],
    before: Minutes,
    steps: Sequence[Step],
) -> list[dict[str, Any]]:
    names = _names(network)
    turn = {step.measure.candidate.uid: (n, step) for n, step in enumerate(steps, start=1)}
    front = _front([(float(i.cost.typical), before.weighted - m.weighted) for i, m in useful])
    rows = []
    for rank, (item, left) in enumerate(useful, start=1):
        number, step = turn.get(item.candidate.uid, (None, None))
        gain = before.weighted - left.weighted
        rows.append(
            {
                "uid": item.candidate.uid,
                "rank": rank,
                "kind": item.candidate.kind,
                "name": _name(item.candidate, names),
                "ends": [end.uid for end in (item.candidate.first, item.candidate.second) if end],
                "parts": list(item.candidate.relieved) or [item.candidate.first.uid],
                "cost_eur": item.cost.to_json(),
                "placeholder_share": item.placeholder_share,
                "route_length_m": round(item.route_length_m, 3),
                "minutes_avoided": before.plain - left.plain,
                "weighted_minutes_avoided": gain,
                "sites_helped": int((before.by_site - left.by_site > _HELPED_MINUTES).sum()),
                "eur_per_minute": per_minute(item, gain),
                "on_front": rank - 1 in front,
                "place": [round(value, 3) for value in item.candidate.first.xy],
                "step": number,
                "step_weighted_minutes": None if step is None else step.gain,
                "step_eur_per_minute": None if step is None else per_minute(item, step.gain),
            }
        )
    return rows


def per_minute(item: Priced, gain: float) -> dict[str, float]:
    """Return the cost for each weighted minute a year, as range."""
    return {name: value / gain for name, value in item.cost.to_json().items()}


def _front(points: Sequence[tuple[float, float]]) -> frozenset[int]:
    """Return which (cost, gain) nobody beats in both: the Pareto front."""
    order = sorted(range(len(points)), key=lambda i: (points[i][0], -points[i][1]))
    front, best = set(), -np.inf
    for i in order:
        if points[i][1] > best:
            front.add(i)
            best = points[i][1]
    return frozenset(front)


def _names(network: Network) -> Mapping[str, str]:
    tables = ("spans", "nodes", "sites")
    return {
        str(uid): str(name)
        for table in tables
        for uid, name in network.table(table)["name"].items()
        if name
    }


def _name(item: Candidate, names: Mapping[str, str]) -> str:
    """Return what the measure joins, by the names of the places."""
    first = names.get(item.site or item.first.uid, item.first.uid)
    if item.kind == SECOND_HUB or item.second is None:
        return first
    return f"{first} - {names.get(item.second.uid, item.second.uid)}"


def _table(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the ranking with one column for each figure, for tables and plots."""
    flat = []
    for row in rows:
        money = {f"cost_{name}_eur": value for name, value in row["cost_eur"].items()}
        each = {f"eur_per_minute_{name}": value for name, value in row["eur_per_minute"].items()}
        kept = {key: value for key, value in row.items() if key not in _NESTED}
        flat.append({**kept, **money, **each, "x": row["place"][0], "y": row["place"][1]})
    return pd.DataFrame(flat)


_NESTED = ("cost_eur", "eur_per_minute", "step_eur_per_minute", "place", "ends", "parts")


def _steps(steps: Sequence[Step]) -> pd.DataFrame:
    """Return the sequence for a plot of money spent against minutes left."""
    return pd.DataFrame(
        {
            "uid": pd.Series([step.measure.candidate.uid for step in steps], dtype=object),
            "total_cost_low_eur": [float(step.total.low) for step in steps],
            "total_cost_typical_eur": [float(step.total.typical) for step in steps],
            "total_cost_high_eur": [float(step.total.high) for step in steps],
            "weighted_minutes_left": [step.left for step in steps],
        }
    )
