"""How long each site is without service in a year, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from app.model.codes import STATUSES_IN_USE
from app.model.errors import InputError
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.planning.arrays import FloatArray
from app.planning.failure.enumeration import Bounds, enumerate_states
from app.planning.failure.exact import exact_availability
from app.planning.failure.groups import Group, risk_groups
from app.planning.failure.model import HUB, FailureModel, failure_model
from app.planning.failure.montecarlo import Estimate, draw_states
from app.planning.failure.pairs import availability_class, pair_availability, span_unavailability
from app.planning.failure.rates import MINUTES_PER_YEAR

__all__ = [
    "AvailabilityParameters", "analyse_availability", "model_availability", "pair_availability",
    "span_unavailability",
]  # fmt: skip

CHECK_DEPTH = 2


@dataclass(frozen=True)
class AvailabilityParameters:
    """What to look at.

    Parameters
    ----------
    plan
        Uid of a plan to add.
    sites
        Uids of the sites to report; empty for all.
    source
        ``hub``: service comes from the hubs; ``pop``: from hubs and pops alike.
    with_groups
        Count the events that take whole risk groups down.
    is_checked
        Compute by state enumeration and by random draws too, and compare.
    samples, seed
        Of the random draws.
    """

    plan: str | None = None
    statuses: tuple[str, ...] = STATUSES_IN_USE
    sites: tuple[str, ...] = ()
    source: str = HUB
    with_groups: bool = False
    is_checked: bool = False
    samples: int = 20_000
    seed: int = 0


def analyse_availability(
    network: Network, parameters: AvailabilityParameters, progress: Progress = no_progress
) -> Result:
    """Return for each site the share of time with service, as a lower and an upper bound.

    A site has service while its node is up and reaches a source. Parts fail independently,
    spans by length; with ``with_groups`` an event takes all members of a risk group down at
    once. The bounds agree where the network is no more meshed than can be computed exactly;
    else depth and leftover probability are told.

    Raises `Infeasible` without any source, `InputError` for unknown sites or plan.
    """
    model = failure_model(network, parameters.statuses, parameters.plan, parameters.source)
    chosen = _chosen(network, model, parameters.sites)
    groups = risk_groups(network, model) if parameters.with_groups else ()
    progress(0.2, message(QT_TRANSLATE_NOOP("core", "Computing availability")))
    bounds = model_availability(model, groups, part(progress, 0.2, 0.7))
    table = _table(network, model, bounds, chosen)
    summary: dict[str, Any] = {
        "sites": _rows(table),
        "served_from": [model.nodes[row] for row in model.sources],
        "risk_groups": len(groups),
        "weighted_minutes_per_year": float((table["minutes_per_year"] * table["weight"]).sum()),
        "placeholder_share": placeholder_share(model),
        "assumptions": [str(text) for text in ASSUMPTIONS],
    }
    if parameters.is_checked:
        summary["check"] = _check(model, bounds, groups, parameters, part(progress, 0.7, 1.0))
    progress(1.0)
    tables = {"sites": table, "classes": _classes(table)}
    return Result(summary, None, _findings(network, model, summary), tables)


ASSUMPTIONS = (
    message(
        QT_TRANSLATE_NOOP(
            "core",
            "Parts fail independently; in storms and where routes share a trench they do not.",
        )
    ),
    message(QT_TRANSLATE_NOOP("core", "Planned works are left out.")),
    message(
        QT_TRANSLATE_NOOP(
            "core",
            "Published cut rates come from the United States; none is published for cable in "
            "sewers.",
        )
    ),
)
"""What every figure of availability rests on; shown beside it."""


def model_availability(
    model: FailureModel, groups: Sequence[Group] = (), progress: Progress = no_progress
) -> Bounds:
    """Return the availability of each node of a model, ``(n + 1,)``, as bounds.

    With groups, the states without and with a single group event are computed, and what is
    left over (two events at once) is the width of the answer.
    """
    graph, edge_down, node_down = model.graph, model.edge_down, model.node_down
    plain = exact_availability(graph, edge_down, node_down, model.root)
    if not groups:
        return plain
    shares = np.array([group.down for group in groups])
    none = float(np.prod(1.0 - shares))
    lower, upper = none * plain.lower, none * plain.upper
    explored, leftover = none, none * plain.leftover
    for number, group in enumerate(groups):
        progress(number / len(groups))
        mass = none * group.down / (1.0 - group.down)
        edges, nodes = edge_down.copy(), node_down.copy()
        edges[list(group.edges)], nodes[list(group.nodes)] = 1.0, 1.0
        struck = exact_availability(graph, edges, nodes, model.root)
        lower += mass * struck.lower
        upper += mass * struck.upper
        explored += mass
        leftover += mass * struck.leftover
    rest = max(0.0, 1.0 - explored)
    return Bounds(lower, np.minimum(upper + rest, 1.0), leftover + rest, max(plain.depth, 1))


def placeholder_share(model: FailureModel) -> float:
    """Return the share of expected time down of all parts that rests on placeholders."""
    edge = model.edge_rate * model.edge_mttr_h
    node = model.node_rate * model.node_mttr_h
    total = float(edge.sum() + node.sum())
    assumed = float(edge[model.is_assumed_edge].sum() + node[model.is_assumed_node].sum())
    return assumed / total if total else 0.0


def _chosen(network: Network, model: FailureModel, sites: Sequence[str]) -> list[int]:
    """Return the rows of the sites to report; raises `InputError` for those without a node."""
    if not sites:
        return list(range(len(model.sites.uid)))
    row = {uid: number for number, uid in enumerate(model.sites.uid)}
    unknown = [uid for uid in sites if uid not in network.table("sites").index]
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown sites: {uids}"), uids=", ".join(unknown[:5])
            ),
            unknown,
        )
    loose = [uid for uid in sites if uid not in row]
    if loose:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "The site has no node in the network in use.")),
            loose,
        )
    return [row[uid] for uid in sites]


def _table(
    network: Network, model: FailureModel, bounds: Bounds, chosen: Sequence[int]
) -> pd.DataFrame:
    sites = model.sites
    rows = np.array(chosen, dtype=np.int64)
    nodes = sites.node[rows]
    lower, upper = bounds.lower[nodes], bounds.upper[nodes]
    names = network.table("sites")["name"]
    uids = [sites.uid[row] for row in rows]
    places = model.xy[nodes]
    return pd.DataFrame(
        {
            "uid": pd.Series(uids, dtype=object),
            "name": pd.Series([names.get(uid) for uid in uids], dtype=object),
            "category": pd.Series([sites.category[row] for row in rows], dtype=object),
            "priority": sites.priority[rows],
            "weight": sites.weight[rows],
            "lower": lower,
            "upper": upper,
            "minutes_per_year": (1.0 - lower) * MINUTES_PER_YEAR,
            "minutes_at_best": (1.0 - upper) * MINUTES_PER_YEAR,
            "terminal_minutes_per_year": model.node_down[nodes] * MINUTES_PER_YEAR,
            "depth": bounds.depth,
            "leftover": bounds.leftover,
            "class": pd.Series([availability_class(float(a)) for a in lower], dtype=object),
            "x": places[:, 0],
            "y": places[:, 1],
        }
    )


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    shown = table.drop(columns=["name", "weight", "x", "y"])
    return [
        {str(key): value for key, value in row.items()} for row in shown.to_dict(orient="records")
    ]


def _classes(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many sites reach each class, by category: for a plot."""
    counted = table.groupby(["category", "class"], sort=True).size()
    return counted.rename("sites").reset_index()


def _check(
    model: FailureModel,
    bounds: Bounds,
    groups: Sequence[Group],
    parameters: AvailabilityParameters,
    progress: Progress,
) -> dict[str, Any]:
    """Compare with state enumeration and random draws; both without risk groups."""
    plain = bounds if not groups else model_availability(model)
    given = (model.graph, model.edge_down, model.node_down, model.root)
    states = enumerate_states(*given, CHECK_DEPTH)
    progress(0.3)
    drawn = draw_states(*given, parameters.samples, parameters.seed)
    progress(1.0)
    nodes = np.unique(model.sites.node)
    inside = (states.lower <= plain.upper + _TINY) & (plain.lower <= states.upper + _TINY)
    return {
        "enumeration": {
            "depth": states.depth,
            "leftover": states.leftover,
            "agrees": bool(inside[nodes].all()),
            "largest_gap_minutes": _minutes(np.abs(plain.lower - states.lower)[nodes]),
        },
        "monte_carlo": {
            "samples": drawn.samples,
            "seed": drawn.seed,
            "confidence": 0.95,
            "share_within": _share_within(plain, drawn, nodes),
            "largest_half_width_minutes": _minutes(drawn.half_width[nodes]),
        },
    }


_TINY = 1e-12
"""What rounding may add."""


def _share_within(bounds: Bounds, drawn: Estimate, nodes: np.ndarray) -> float:
    near = (drawn.availability >= bounds.lower - drawn.half_width - _TINY) & (
        drawn.availability <= bounds.upper + drawn.half_width + _TINY
    )
    return float(near[nodes].mean()) if len(nodes) else 1.0


def _minutes(shares: FloatArray) -> float:
    return float(shares.max(initial=0.0)) * MINUTES_PER_YEAR


def _findings(
    network: Network, model: FailureModel, summary: dict[str, Any]
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    dark = [row["uid"] for row in summary["sites"] if row["upper"] == 0.0]
    if dark:
        text = QT_TRANSLATE_NOOP("core", "{count} sites reach no source even when nothing fails.")
        found.append(
            Finding("availability.dark_sites", Severity.WARNING, message(text, count=len(dark)),
                    "sites", tuple(dark))
        )  # fmt: skip
    if summary["placeholder_share"] > 0:
        text = QT_TRANSLATE_NOOP(
            "core", "{share:.0%} of the time down rests on placeholders, not on sourced figures."
        )
        found.append(
            Finding("availability.placeholders", Severity.INFO,
                    message(text, share=summary["placeholder_share"]), "failure_rates",
                    tuple(str(uid) for uid in network.table("failure_rates").index),
                    advice=message(QT_TRANSLATE_NOOP(
                        "core", "Enter own rates and repair times in the table of failure rates.")))
        )  # fmt: skip
    if model.loose_spans:
        text = QT_TRANSLATE_NOOP(
            "core", "{count} spans name no node in use at an end and were left out."
        )
        found.append(
            Finding("availability.loose_spans", Severity.WARNING,
                    message(text, count=len(model.loose_spans)), "spans", model.loose_spans)
        )  # fmt: skip
    return tuple(found)
