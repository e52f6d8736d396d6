"""The study that explains a stored plan."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from app.model.errors import InputError
from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.planning.arrays import IntArray
from app.planning.costs.prices import CENT, COST_UNIT_EUR
from app.planning.drafting import is_outdated
from app.planning.explain.pricing import (
    KEPT,
    Deadline,
    SectionPrice,
    SitePrice,
    section_price,
    section_prices,
    site_prices,
)
from app.planning.explain.subject import Subject, subject_of
from app.planning.explain.unreached import Obstacle, Obstacles
from app.planning.explain.variants import Variant

DEFAULT_TOLERANCE = 0.01
"""Plans are near-optimal up to this fraction, or up to the proven gap where that is larger."""


@dataclass(frozen=True)
class ExplainParameters:
    """What to explain.

    Parameters
    ----------
    plan
        Uid of the plan.
    site, section
        Uid of a site, or of a span of the plan, to look at more closely: then only that.
    tolerance
        Plans that cost up to this fraction more count as near-optimal; by default the proven gap,
        but at least 1 %.
    time_limit_s
        Local searches are cut short after this time, in s; figures and bounds stay true.
    """

    plan: str
    site: str | None = None
    section: str | None = None
    tolerance: float | None = None
    time_limit_s: float = 30.0


def explain_plan(
    network: Network, parameters: ExplainParameters, progress: Progress = no_progress
) -> Result:
    """Say what each site really costs, what could replace sections, and what keeps sites out.

    Savings and extra costs are what was found by making the plan again under the changed
    condition; ``most_eur`` and ``least_eur`` hold for every plan, by a lower bound. Amounts are
    of the optimised lines at typical prices. The result changes nothing.

    Raises `InputError` for an unknown plan, site or section, a plan with protection and one whose
    sections are not in the data any more.
    """
    begun = time.monotonic()
    _check(network, parameters)
    progress(0.02, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    subject = subject_of(network, parameters.plan)
    problem = subject.problem
    progress(
        0.3, message(QT_TRANSLATE_NOOP("core", "Making the plan again under other conditions"))
    )
    gap = (problem.cost - problem.bound) / problem.cost if problem.cost else 0.0
    tolerance = parameters.tolerance
    if tolerance is None:
        tolerance = max(DEFAULT_TOLERANCE, gap)
    half_s = parameters.time_limit_s / 2
    is_whole = parameters.site is None and parameters.section is None
    sites: list[SitePrice] = []
    if is_whole or parameters.site in subject.entry_of:
        named = subject.entry_of if is_whole else (str(parameters.site),)
        entries = sorted({subject.entry_of[uid] for uid in named})
        sites = site_prices(problem, Deadline(half_s), part(progress, 0.3, 0.75), entries)
    sections: dict[str, SectionPrice] = {}
    if is_whole:
        sections = _all_sections(subject, tolerance, half_s, part(progress, 0.75, 0.95))
    elif parameters.section is not None:
        edges = subject.closing(subject.sections[parameters.section])
        sections[parameters.section] = section_price(problem, edges, tolerance, half_s)
    obstacles = Obstacles(network, subject.ready, subject.parameters)
    unreached = obstacles.all() if is_whole or parameters.site else []
    if not is_whole:
        unreached = [item for item in unreached if item.site == parameters.site]
    progress(1.0)
    summary = {
        "plan": str(subject.plan["name"]),
        "plan_uid": parameters.plan,
        "objective": float(
            _eur(problem.cost + subject.ready.guide.forced.cost)
            + subject.site_eur * len(subject.entry_of)
        ),
        "gap": gap,
        "tolerance": tolerance,
        "is_out_of_date": is_outdated(network, parameters.plan),
        "sites": _site_rows(subject, sites, parameters.site),
        "sections": [_section_row(subject, uid, item) for uid, item in sections.items()],
        "unreachable": [item.to_json() for item in unreached],
        "seconds": round(time.monotonic() - begun, 3),
    }
    tables = _tables(subject, summary, sections, unreached, parameters.section)
    return Result(summary, None, _findings(subject, sections, unreached), tables)


def _all_sections(
    subject: Subject, tolerance: float, limit_s: float, progress: Progress
) -> dict[str, SectionPrice]:
    """Return the price of every section; those that the planner asked for have none."""
    problem, sections = subject.problem, subject.sections
    free = [uid for uid, edges in sections.items() if not subject.is_kept(edges)]
    closed = [subject.closing(sections[uid]) for uid in free]
    found = section_prices(problem, closed, tolerance, Deadline(limit_s), progress)
    kept = SectionPrice(None, None, KEPT, Variant(problem.cost, problem.bound, problem.tree))
    return dict.fromkeys(sections, kept) | dict(zip(free, found, strict=True))


def _check(network: Network, parameters: ExplainParameters) -> None:
    """Raise `InputError` unless plan, site and section exist."""
    if parameters.plan not in network.table("plans").index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no plan {uid}."), uid=parameters.plan),
            (parameters.plan,),
        )
    states, spans = network.table("plan_sites"), network.table("plan_spans")
    asked = (
        (parameters.site, states.loc[states["plan"] == parameters.plan, "site"].to_numpy()),
        (parameters.section, spans.index[spans["plan"] == parameters.plan].to_numpy()),
    )
    for uid, known in asked:
        if uid is not None and uid not in known:
            raise InputError(
                message(QT_TRANSLATE_NOOP("core", "{uid} is not part of the plan."), uid=uid),
                (uid,),
            )


def _eur(cost: int) -> Decimal:
    return (cost * COST_UNIT_EUR).quantize(CENT)


def _site_rows(
    subject: Subject, prices: Sequence[SitePrice], only: str | None
) -> list[dict[str, Any]]:
    """Return a row for each site, the dearest first; sites at one place are dear together."""
    names = subject.network.table("sites")["name"]
    by_entry = {price.terminal: price for price in prices}
    count = Counter(subject.entry_of.values())
    own = float(subject.site_eur)
    rows = []
    for uid, entry in subject.entry_of.items():
        price = by_entry.get(entry)
        if price is None or (only is not None and uid != only):
            continue
        is_alone = count[entry] == 1
        place = {
            name: float(_eur(value))
            for name, value in (
                ("saving_eur", price.saving), ("most_eur", price.most), ("alone_eur", price.alone),
                ("link_eur", subject.problem.link_cost[entry]),
            )
        }  # fmt: skip
        rows.append(
            {
                "uid": uid,
                "name": names[uid],
                "saving_eur": round(own + place["saving_eur"] * is_alone, 2),
                "most_eur": round(own + place["most_eur"] * is_alone, 2),
                "alone_eur": round(own + place["alone_eur"] * is_alone, 2),
                "link_eur": place["link_eur"],
                "place_saving_eur": round(own * count[entry] + place["saving_eur"], 2),
                "sites_at_place": count[entry],
            }
        )
    return sorted(rows, key=lambda row: (-row["saving_eur"], -row["place_saving_eur"], row["uid"]))


def _section_row(subject: Subject, uid: str, price: SectionPrice) -> dict[str, Any]:
    """Return what can be said of a section."""
    span = subject.network.table("plan_spans").loc[uid]
    lost = set(price.variant.lost)
    return {
        "uid": uid,
        "name": span["name"],
        "state": price.state,
        "extra_eur": None if price.extra is None else float(_eur(price.extra)),
        "least_eur": None if price.least is None else float(_eur(price.least)),
        "typical_eur": span["typical_eur"],
        "route_length_m": span["route_length_m"],
        "sites_lost": sorted(site for site, entry in subject.entry_of.items() if entry in lost),
    }


def _tables(
    subject: Subject, summary: Mapping[str, Any], sections: Mapping[str, SectionPrice],
    unreached: Sequence[Obstacle], section: str | None,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Return sites, sections, missing links, and what another way would build and leave."""
    links = [(item.site, item.gap) for item in unreached if item.gap is not None]
    tables = {
        "sites": pd.DataFrame(summary["sites"], dtype=object),
        "sections": pd.DataFrame(summary["sections"], dtype=object),
        "links": pd.DataFrame(links, columns=["site", GEOMETRY], dtype=object),
    }
    if section is not None:
        tables["alternative"] = alternative(subject, sections[section].variant.edges)
    return tables


def alternative(subject: Subject, edges: IntArray) -> pd.DataFrame:
    """Return the stretches that a variant builds and the plan does not, and the other way round.

    Columns are ``role`` (``new`` or ``dropped``), ``length_m`` and ``geometry``.
    """
    routes, tree = subject.routes, subject.problem.tree
    drawn = routes.shape.shapes()
    rows = [
        (role, int(routes.length_mm[edge]) / 1000, drawn[edge])
        for role, some in (
            ("new", np.setdiff1d(edges, tree)), ("dropped", np.setdiff1d(tree, edges)),
        )
        for edge in some.tolist()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["role", "length_m", GEOMETRY], dtype=object)


def _findings(
    subject: Subject, sections: Mapping[str, SectionPrice], unreached: Sequence[Obstacle]
) -> tuple[Finding, ...]:
    """Return what deserves attention: cheaper plans that were met, sites out of reach."""
    found = [
        Finding(
            "explain.unreachable", Severity.WARNING, item.reason, "sites", (item.site,),
            item.place, item.remedy,
        )
        for item in unreached
    ]  # fmt: skip
    if subject.is_relaxed:
        found.append(
            Finding(
                "explain.relaxed",
                Severity.INFO,
                message(
                    QT_TRANSLATE_NOOP(
                        "core",
                        "The other plans that are looked at need not keep limits on the length of "
                        "routes or the hubs of sites: what they save or cost more may be too good.",
                    )
                ),
                "plans",
                (subject.plan_uid,),
            )
        )
    best = min((item.extra for item in sections.values() if item.extra is not None), default=0)
    if best < 0:
        found.append(
            Finding(
                "explain.cheaper_plan",
                Severity.INFO,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "A plan that is {saving_eur} EUR cheaper was met on the way."
                    ),
                    saving_eur=f"{-_eur(best):.2f}",
                ),
                "plans",
                (str(subject.plan_uid),),
                advice=message(
                    QT_TRANSLATE_NOOP("core", "Make the plan again with a longer time limit.")
                ),
            )
        )
    return tuple(found)


__all__ = ["DEFAULT_TOLERANCE", "ExplainParameters", "alternative", "explain_plan"]
