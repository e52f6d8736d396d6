"""What failures take down: each alone, pairs, a set of the user's own, a risk group at once."""

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
from app.planning.failure.events import (
    Event,
    cut_event,
    group_events,
    single_events,
)
from app.planning.failure.model import HUB, PRIORITY_WEIGHT, FailureModel, failure_model
from app.planning.failure.outcomes import Judge, Outcome
from app.planning.failure.sweep import pairs_that_matter

SHOWN = 100
"""Pairs of failures in the answer unless more are asked for."""


@dataclass(frozen=True)
class SimulationParameters:
    """What to let fail.

    Parameters
    ----------
    plan
        Uid of a plan to add.
    source
        ``hub``: service comes from the hubs; ``pop``: from hubs and pops alike.
    depth
        1 for every span and node alone, 2 for every pair of spans besides.
    with_nodes
        Let pairs hold nodes too.
    cuts
        Uids of spans, nodes and conduits that fail together, instead of each failure alone.
    groups
        Uids of risk groups, each of which fails as a whole; ``("all",)`` for every one.
    shown
        Most pairs in the answer, the worst.
    """

    plan: str | None = None
    statuses: tuple[str, ...] = STATUSES_IN_USE
    source: str = HUB
    depth: int = 1
    with_nodes: bool = False
    cuts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    shown: int = SHOWN


def simulate_failures(
    network: Network, parameters: SimulationParameters, progress: Progress = no_progress
) -> Result:
    """Return what each failure takes down, the worst first.

    A site is dark when no way is left from its node to a source, and without protection when
    one more cut would darken it. A span that a plan joins half-way fails by its worst section
    when it fails alone, and as a whole in a set. Linear time for each failure; pairs of spans
    cost one walk for each first span.

    Raises `Infeasible` without any source, `InputError` for unknown uids or depth.
    """
    if parameters.depth not in (1, 2):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Failures at once: 1 or 2, not {depth}."),
                depth=parameters.depth,
            )
        )
    model = failure_model(network, parameters.statuses, parameters.plan, parameters.source)
    judge = Judge(network, model)
    progress(0.2, message(QT_TRANSLATE_NOOP("core", "Letting each part fail")))
    events = _events(network, model, parameters)
    outcomes = judge.outcomes(events, part(progress, 0.2, 0.8))
    is_chosen = bool(parameters.cuts or parameters.groups)
    listed = outcomes if is_chosen else [item for item in _worst_of_each(outcomes) if item.matters]
    listed.sort(key=lambda item: item.rank)
    summary: dict[str, Any] = {
        "depth": 1 if is_chosen else parameters.depth,
        "served_from": [model.nodes[row] for row in model.sources],
        "weights": {str(priority): weight for priority, weight in PRIORITY_WEIGHT.items()},
        "today": judge.today(),
        "examined": len({event.key for event in events}),
        "failures": [judge.to_json(item) for item in listed],
    }
    tables = {"failures": judge.table(listed), "lost": judge.lost_table(listed)}
    if parameters.depth == 2 and not is_chosen:
        progress(0.8, message(QT_TRANSLATE_NOOP("core", "Letting pairs fail")))
        pairs, counts = _pairs(judge, parameters)
        summary |= counts | {"pairs": [judge.to_json(item) for item in pairs]}
        tables |= {"pairs": judge.table(pairs), "lost_in_pairs": judge.lost_table(pairs)}
    progress(1.0)
    return Result(summary, None, _findings(model, judge), tables)


def _events(network: Network, model: FailureModel, parameters: SimulationParameters) -> list[Event]:
    if not parameters.cuts and not parameters.groups:
        return single_events(model)
    events = []
    if parameters.cuts:
        events.append(cut_event(network, model, parameters.cuts))
    if parameters.groups:
        events += group_events(network, model, parameters.groups)
    return events


def _worst_of_each(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return for each object the outcome of its worst section."""
    worst: dict[tuple[str, ...], Outcome] = {}
    for item in outcomes:
        known = worst.get(item.event.key)
        if known is None or item.rank < known.rank:
            worst[item.event.key] = item
    return list(worst.values())


def _pairs(judge: Judge, parameters: SimulationParameters) -> tuple[list[Outcome], dict[str, int]]:
    """Return the worst pairs of objects, and how many were looked at and matter."""
    model = judge.model
    weight = np.zeros(model.graph.node_count)
    np.add.at(weight, model.sites.node, model.sites.weight)
    m = len(model.span)
    found = pairs_that_matter(model.graph, model.root, weight, m, with_nodes=parameters.with_nodes)
    codes, _ = pd.factorize(np.array([*model.span, *([""] * len(model.sources)), *model.nodes]))
    ends = np.sort(np.stack((codes[found.first], codes[found.second])), axis=0)
    apart = ends[0] != ends[1]  # one span cut twice is one object
    keys = ends[0].astype(np.int64) * (codes.max(initial=0) + 1) + ends[1]
    _, firsts = np.unique(keys[apart], return_index=True)
    rows = np.flatnonzero(apart)[np.sort(firsts)]
    events = [
        _pair_event(model, int(found.first[row]), int(found.second[row]))
        for row in rows[: parameters.shown]
    ]
    outcomes = sorted(judge.outcomes(events), key=lambda item: item.rank)
    return outcomes, {"pairs_examined": found.examined, "pairs_that_matter": len(rows)}


def _pair_event(model: FailureModel, first: int, second: int) -> Event:
    count = model.graph.edge_count
    both = (first, second)
    edges = tuple(part for part in both if part < count)
    nodes = tuple(part - count for part in both if part >= count)
    uids = (*(model.span[edge] for edge in edges), *(model.nodes[node] for node in nodes))
    down = [model.edge_down[edge] for edge in edges] + [model.node_down[node] for node in nodes]
    return Event("pair", "", uids, edges, nodes, float(np.prod(down)))


def _findings(model: FailureModel, judge: Judge) -> tuple[Finding, ...]:
    found: list[Finding] = []
    dark = judge.dark_today
    if dark:
        found.append(
            Finding(
                "failures.dark_sites",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "{count} sites reach no source even when nothing fails."
                    ),
                    count=len(dark),
                ),
                "sites",
                dark,
            )
        )
    if model.loose_spans:
        found.append(
            Finding(
                "failures.loose_spans",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "{count} spans name no node in use at an end and were left out."
                    ),
                    count=len(model.loose_spans),
                ),
                "spans",
                model.loose_spans,
            )
        )
    return tuple(found)
