"""The phases of a plan: a budget for each year, and which sites are connected when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from app.model.changes import combine, update
from app.model.errors import InputError
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.planning.costs.bill import ZERO, Bill, Money, bill
from app.planning.costs.prices import CENT, COST_UNIT_EUR
from app.planning.phasing.blocks import Cut, cut
from app.planning.phasing.division import LEFT, divide_bill
from app.planning.phasing.gross import funded, gross, gross_factor
from app.planning.phasing.schedule import Schedule, schedule

MORE_EUR = Decimal(100_000)
"""What so much more in the last year would buy is asked, unless another sum is named."""


@dataclass(frozen=True)
class PhaseParameters:
    """A plan and its money: euro without VAT by calendar year.

    ``after`` holds pairs of site uids, the first not before the second; ``carries_over`` says
    whether money left in a year may be spent later; ``more_eur`` is the further money of the
    last year whose use is told, 0 for not asking. With ``is_gross`` budgets and fundings hold
    the cost summary's total, sums at disposal and VAT included, in proportion to the works.
    """

    plan: str
    budgets: Mapping[int, Decimal]
    after: tuple[tuple[str, str], ...] = ()
    carries_over: bool = True
    time_limit_s: float = 60.0
    more_eur: Decimal = MORE_EUR
    is_gross: bool = False


def weight_of(priority: object) -> float:
    """Return the weight of a site: each step of priority (1 to 5) counts double."""
    known = 3 if pd.isna(priority) else int(str(priority))  # type: ignore[call-overload]  # a cell
    return float(2 ** (5 - min(5, max(1, known))))


def plan_phases(
    network: Network, parameters: PhaseParameters, progress: Progress = no_progress
) -> Result:
    """Return which sites a plan connects in which year, at typical prices, with a bound.

    The bill is divided among the years to the cent. ``changes`` would write the year into the
    plan's sections and sites. Raises `InputError` for an unknown plan or site, or no budget.
    """
    years = _checked(network, parameters)
    priced = bill(network, parameters.plan)
    blocks = cut(network, parameters.plan, priced)
    weights = [weight_of(p) for p in network.table("sites")["priority"].reindex(blocks.sites)]
    after = _pairs(parameters.after, blocks)
    progress(0.1, message(QT_TRANSLATE_NOOP("core", "Choosing the years")))
    factor = gross_factor(network, priced) if parameters.is_gross else Fraction(1)
    money = [_units(Fraction(parameters.budgets[year]) / factor) for year in years]
    best = _best(blocks, money, weights, after, parameters)
    progress(0.6, message(QT_TRANSLATE_NOOP("core", "Looking at what more money would buy")))
    richer = [*money[:-1], money[-1] + _units(Fraction(parameters.more_eur) / factor)]
    more = _best(blocks, richer, weights, after, parameters) if parameters.more_eur else best
    phase_of = _phase_of(blocks, best)
    by_year = _divided(priced, phase_of, len(years))
    year_of = {uid: years[number] for uid, number in phase_of.items() if number != LEFT}
    drawn = funded(network, priced, years, year_of, factor)
    phases = [
        {
            **_phase(year, parameters.budgets[year], number, blocks, best, by_year[number]),
            "gross_eur": gross(by_year[number], factor).to_json(),
        }
        for number, year in enumerate(years)
    ]
    left = [uid for uid, year in zip(blocks.sites, best.site_year, strict=True) if year < 0]
    progress(1.0)
    summary = {
        "plan": network.table("plans").at[parameters.plan, "name"],
        "plan_uid": parameters.plan,
        "is_gross": parameters.is_gross,
        "phases": phases,
        "left_out": [{"uid": uid, "reason": _reason().render()} for uid in left],
        "left_out_eur": by_year[LEFT].to_json(),
        "total_eur": priced.total().to_json(),
        "placeholder_share": round(priced.placeholder_share, 4),
        "service": best.value,
        "service_bound": best.bound,
        "gap": best.gap,
        "more_eur": float(parameters.more_eur),
        "more_buys": sorted(set(_served(blocks, more)) - set(_served(blocks, best))),
        "more_spans": sorted(_built(blocks, more) - _built(blocks, best)),
        "funding": drawn,
        "blocks": _blocks(network, blocks, best, years),
    }
    return Result(
        summary,
        _changes(network, parameters.plan, blocks, best, years),
        (*_findings(phases), *_funding_findings(drawn)),
        {"phases": _table(phases)},
    )


def _checked(network: Network, parameters: PhaseParameters) -> list[int]:
    amounts = (*parameters.budgets.values(), parameters.more_eur)
    if not parameters.budgets or any(not eur.is_finite() or eur < 0 for eur in amounts):
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "Phases need a budget of 0 or more for each year."))
        )
    known = network.table("sites").index
    unknown = sorted({uid for pair in parameters.after for uid in pair if uid not in known})
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown sites: {uids}"), uids=", ".join(unknown[:5])
            ),
            unknown,
        )
    return sorted(parameters.budgets)


def _pairs(after: Sequence[tuple[str, str]], blocks: Cut) -> list[tuple[int, int]]:
    """Return the pairs as rows; a site that the plan does not connect asks for nothing."""
    row = {uid: number for number, uid in enumerate(blocks.sites)}
    return [(row[a], row[b]) for a, b in after if a in row and b in row]


def _units(amount: Fraction) -> int:
    return int(amount / Fraction(COST_UNIT_EUR))


def _best(
    blocks: Cut, money: Sequence[int], weights: Sequence[float],
    after: Sequence[tuple[int, int]], parameters: PhaseParameters,
) -> Schedule:  # fmt: skip
    return schedule(
        blocks, money, weights, after=after, carries_over=parameters.carries_over,
        time_limit_s=parameters.time_limit_s / 2,
    )  # fmt: skip


def _served(blocks: Cut, best: Schedule) -> list[str]:
    return [uid for uid, year in zip(blocks.sites, best.site_year, strict=True) if year >= 0]


def _phase_of(blocks: Cut, best: Schedule) -> dict[str, int]:
    """Return the number of the year of each section and node, `LEFT` for never."""
    return {
        uid: year
        for block, year in zip(blocks.blocks, best.block_year, strict=True)
        for uid in (*block.spans, *block.nodes)
    }


def _built(blocks: Cut, best: Schedule) -> set[str]:
    """Return the sections that a schedule builds."""
    pairs = zip(blocks.blocks, best.block_year, strict=True)
    return {uid for block, year in pairs if year >= 0 for uid in block.spans}


def _blocks(
    network: Network, blocks: Cut, best: Schedule, years: Sequence[int]
) -> list[dict[str, Any]]:
    """Return sections that the same sites need, with their year, the most used first."""
    lengths = network.table("plan_spans")["route_length_m"].fillna(0.0)
    return [
        {
            "year": None if year < 0 else years[year],
            "sites": [blocks.sites[row] for row in sorted(block.sites)],
            "spans": list(block.spans),
            "route_length_m": round(float(lengths.reindex(list(block.spans)).sum()), 1),
            "typical_eur": float((block.cost * COST_UNIT_EUR).quantize(CENT)),
        }
        for block, year in zip(blocks.blocks, best.block_year, strict=True)
    ]


def _divided(priced: Bill, phase_of: Mapping[str, int], years: int) -> dict[int, Money]:
    """Return the bill divided among years and what is left out; adds up to the bill."""
    paid = divide_bill(priced, phase_of)
    return {number: paid.get(number, ZERO) for number in (*range(years), LEFT)}


def _phase(
    year: int, budget: Decimal, number: int, blocks: Cut, best: Schedule, cost: Money
) -> dict[str, Any]:
    sites = [uid for uid, own in zip(blocks.sites, best.site_year, strict=True) if own == number]
    spans = [
        uid
        for block, own in zip(blocks.blocks, best.block_year, strict=True)
        if own == number
        for uid in block.spans
    ]
    return {
        "year": year,
        "budget_eur": float(budget.quantize(CENT)),
        "cost_eur": cost.to_json(),
        "sites": sites,
        "spans": sorted(spans),
    }


def _findings(phases: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Tell when the money suffices at typical prices and not at high ones."""
    spent, granted, short = 0.0, 0.0, []
    for phase in phases:
        spent += phase["gross_eur"]["high"]
        granted += phase["budget_eur"]
        if spent > granted:
            short.append(str(phase["year"]))
    if not short:
        return ()
    return (
        Finding(
            "phases.tight",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "At high prices the money does not suffice in {years}; the phases hold at "
                    "typical prices.",
                ),
                years=", ".join(short),
            ),
        ),
    )


def _funding_findings(funding: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Tell what no funding covers, where the project has any."""
    if not funding["fundings"] or not funding["uncovered_eur"]:
        return ()
    return (
        Finding(
            "phases.unfunded",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP("core", "No funding covers {uncovered_eur} EUR of the phases."),
                uncovered_eur=funding["uncovered_eur"],
            ),
            "fundings",
            tuple(item["uid"] for item in funding["fundings"]),
        ),
    )


def _reason() -> Any:
    return message(QT_TRANSLATE_NOOP("core", "The budgets do not reach so far."))


def _table(phases: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "year": phase["year"], "budget_eur": phase["budget_eur"],
                "sites": len(phase["sites"]), "spans": len(phase["spans"]),
                "low_eur": phase["cost_eur"]["low"], "typical_eur": phase["cost_eur"]["typical"],
                "high_eur": phase["cost_eur"]["high"],
            }
            for phase in phases
        ]
    )  # fmt: skip


def _changes(network: Network, plan: str, blocks: Cut, best: Schedule, years: Sequence[int]) -> Any:
    """Return the change that writes the year of each section and site of the plan."""
    span_year = {
        uid: years[year]
        for block, year in zip(blocks.blocks, best.block_year, strict=True)
        if year >= 0
        for uid in block.spans
    }
    site_year = {
        uid: years[year]
        for uid, year in zip(blocks.sites, best.site_year, strict=True)
        if year >= 0
    }
    spans, sites = network.table("plan_spans"), network.table("plan_sites")
    spans, sites = spans[spans["plan"] == plan], sites[sites["plan"] == plan]
    span_years = [span_year.get(str(uid)) for uid in spans.index]
    site_years = [site_year.get(str(uid)) for uid in sites["site"]]
    return combine(
        message(
            QT_TRANSLATE_NOOP("core", "Phases of plan {name}"),
            name=network.table("plans").at[plan, "name"],
        ),
        [
            update("plan_spans", spans, {"phase_year": span_years}),
            update("plan_sites", sites, {"phase_year": site_years}),
        ],
    )
