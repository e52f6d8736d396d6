"""What measures do to the model: links added, spans cut for joints, a second hub."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.planning.costs.bill import Money
from app.planning.failure.availability import model_availability
from app.planning.failure.candidates import ENTRY, Candidate
from app.planning.failure.model import FailureModel, Link
from app.planning.failure.rates import MINUTES_PER_YEAR, Rate, RateBook


@dataclass(frozen=True)
class Priced:
    """A candidate with its cost, and how often it fails itself.

    ``spans`` and ``nodes`` are the rows that a plan of it would hold, under a provisional plan.
    """

    candidate: Candidate
    cost: Money
    placeholder_share: float
    route_length_m: float
    failures_per_year: float
    mttr_h: float
    is_assumed: bool
    spans: tuple[Mapping[str, Any], ...]
    nodes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Minutes:
    """Expected time without service of all sites, in minutes a year."""

    weighted: float
    plain: float
    by_site: np.ndarray


def minutes_of(model: FailureModel) -> Minutes:
    """Return the minutes of a model, by the lower bound of availability."""
    bounds = model_availability(model)
    return _minutes(model, (1.0 - bounds.lower[model.sites.node]) * MINUTES_PER_YEAR)


def minutes_with(model: FailureModel, measures: Sequence[Priced], book: RateBook) -> Minutes:
    """Return the minutes of a model with all measures built.

    Nobody's traffic passes through a building: a second entry helps the sites in it alone.
    """
    shared = [item for item in measures if item.candidate.kind != ENTRY]
    by_site = minutes_of(applied(model, shared, book)).by_site.copy()
    for item in measures:
        if item.candidate.kind == ENTRY:
            alone = minutes_of(applied(model, [*shared, item], book)).by_site
            inside = model.sites.node == model.number[item.candidate.first.uid]
            by_site[inside] = np.minimum(by_site, alone)[inside]
    return _minutes(model, by_site)


def _minutes(model: FailureModel, by_site: np.ndarray) -> Minutes:
    return Minutes(float((by_site * model.sites.weight).sum()), float(by_site.sum()), by_site)


def applied(model: FailureModel, measures: Sequence[Priced], book: RateBook) -> FailureModel:
    """Return the model with the links, joints and hubs of all measures."""
    joints: dict[str, set[float]] = {}
    for item in measures:
        for end in (item.candidate.first, item.candidate.second):
            if end is not None and not end.is_node:
                joints.setdefault(end.uid, set()).add(end.share)
    for span, shares in sorted(joints.items()):
        model = _cut(model, span, sorted(shares, reverse=True), measures)
    links = [_link(item) for item in measures if item.candidate.second is not None]
    model = model.with_links(links)
    for item in measures:
        if item.candidate.second is None:
            model = _with_hub(model, item, book.node("hub"))
    return model


def _cut(
    model: FailureModel, span: str, shares: Sequence[float], measures: Sequence[Priced]
) -> FailureModel:
    """Cut a span at places given farthest first; what is left keeps its row."""
    (row,) = model.sections[span][:1]
    rest = 1.0
    for share in shares:
        place = next(
            end.xy
            for item in measures
            for end in (item.candidate.first, item.candidate.second)
            if end is not None and not end.is_node and (end.uid, end.share) == (span, share)
        )
        model = model.with_joint(row, joint_uid(span, share), share / rest if rest else 0.0, place)
        rest = share
    return model


def joint_uid(span: str, share: float) -> str:
    """Return the name of a place on a span."""
    return f"{span}@{share:.9f}"


def _link(item: Priced) -> Link:
    first, second = item.candidate.first, item.candidate.second
    assert second is not None
    ends = [end.uid if end.is_node else joint_uid(end.uid, end.share) for end in (first, second)]
    return Link(
        item.candidate.uid, ends[0], ends[1], item.route_length_m, item.failures_per_year,
        item.mttr_h, item.is_assumed,
    )  # fmt: skip


def _with_hub(model: FailureModel, item: Priced, rate: Rate) -> FailureModel:
    """Add a hub beside the node, tied to it by a patch cable that never fails."""
    hub = f"hub/{item.candidate.first.uid}"
    model = model.with_node(hub, item.candidate.first.xy)
    tie = Link(item.candidate.uid, hub, item.candidate.first.uid, 0.0, 0.0, 0.0, is_assumed=False)
    return model.with_links([tie]).with_source(hub, rate)
