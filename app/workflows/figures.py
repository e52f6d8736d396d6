"""What the papers say of money beyond the works: life of the plan, contributions, funding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.io.export.accounts import (
    ContributionRow,
    Contributions,
    EuroRange,
    FundingRow,
    Fundings,
    LifeCost,
    RenewalRow,
    RunningRow,
)
from app.model.frames import plain
from app.model.network import Network
from app.planning.costs.assumptions import AssumptionBook
from app.planning.costs.bill import Bill, Money
from app.planning.costs.contributions import ContributionParameters, contributions
from app.planning.costs.economics import Economics, economics, unit_economics
from app.planning.costs.funding import costs_by_category, drawdown, fundings
from app.planning.costs.prices import CENT
from app.planning.costs.study import connected_sites
from app.planning.phasing.blocks import cut


@dataclass(frozen=True)
class FigureOptions:
    """On what the figures rest, as in the cost study: see `CostParameters` for each."""

    key: str = "equal"
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    seed: int = 0
    correlation: float = 0.0


AS_STORED = FigureOptions()

_UNITS = ("site", "mbps", "resident")


def euro(money: Money) -> EuroRange:
    """Return a range of the planning core as the papers write it."""
    return EuroRange(money.low, money.typical, money.high)


def cents(value: float) -> Decimal:
    """Return an amount that was rounded to the cent, exactly."""
    return Decimal(str(value)).quantize(CENT)


def life_cost(network: Network, priced: Bill, book: AssumptionBook) -> LifeCost:
    """Return what a priced plan costs over its life."""
    found = economics(network, priced, book)
    return LifeCost(
        horizon_years=found.horizon_years,
        discount_rate=found.discount_rate,
        inflation_rate=found.inflation_rate,
        running=tuple(
            RunningRow(
                code=row.code,
                text_en=row.text_en,
                text_it=row.text_it,
                quantity=row.quantity,
                unit=row.unit,
                amount_eur=euro(row.amount),
                is_placeholder=row.is_placeholder,
                source=row.source,
            )
            for row in found.running
        ),
        renewals=tuple(
            RenewalRow(
                chapter=row.chapter,
                life_years=row.life_years,
                years=row.years,
                works_eur=euro(row.works),
                residual_eur=euro(row.residual),
                is_placeholder=row.is_placeholder,
            )
            for row in found.renewals
        ),
        investment_eur=euro(found.investment),
        running_value_eur=euro(found.running_value),
        renewal_value_eur=euro(found.renewal_value),
        residual_value_eur=euro(found.residual_value),
        value_eur=euro(found.value),
        annuity_eur=euro(found.annuity),
        placeholder_share=Decimal(str(round(found.placeholder_share, 4))),
        unit_eur=_units(network, priced, found),
    )


def _units(network: Network, priced: Bill, found: Economics) -> tuple[tuple[str, EuroRange], ...]:
    sites = connected_sites(network, priced.plan)
    told = unit_economics(found, network, sites, priced.total())
    ranges = ((unit, told[f"annuity_per_{unit}_eur"]) for unit in _UNITS)
    return tuple(
        (unit, EuroRange(*(cents(value[end]) for end in ("low", "typical", "high"))))
        for unit, value in ranges
        if value is not None
    )


def contribution_rows(
    network: Network, plan: str, yearly_eur: Decimal, created: datetime
) -> Contributions | None:
    """Divide the plan's yearly running costs by the agreements; ``None`` without agreements."""
    if network.table("agreements").empty:
        return None
    parameters = ContributionParameters(yearly_eur, created.date(), plan=plan)
    found = contributions(network, parameters).summary
    return Contributions(
        amount_eur=found["amount_eur"],
        rows=tuple(
            ContributionRow(
                name=row["name"],
                key=row["key"],
                signed=row["signed"] or "",
                is_in_operation=row["in_operation"],
                amount_eur=row["amount_eur"],
                reason=row["reason"] or "",
            )
            for row in found["contributions"]
        ),
        unshared_eur=found["unshared_eur"],
        surplus_eur=found["surplus_eur"],
    )


def funding_rows(drawn: Mapping[str, Any], placeholders: Sequence[str]) -> Fundings | None:
    """Return the drawdown of fundings by phase; ``None`` without fundings or years."""
    if not drawn["fundings"] or not drawn["years"]:
        return None
    return Fundings(
        years=tuple(int(year["year"]) for year in drawn["years"]),
        rows=tuple(
            FundingRow(
                name=row["name"],
                amount_eur=cents(row["amount_eur"]),
                used_eur=tuple(cents(year["used"][at]["used_eur"]) for year in drawn["years"]),
                left_eur=cents(row["left_eur"]),
                is_placeholder=row["uid"] in placeholders,
            )
            for at, row in enumerate(drawn["fundings"])
        ),
        uncovered_eur=tuple(cents(year["uncovered_eur"]) for year in drawn["years"]),
    )


def drawn_fundings(network: Network, priced: Bill) -> Fundings | None:
    """Return how the stored phases of a plan draw the project's fundings down."""
    years = _years_of(network, priced)
    if not years or network.table("fundings").empty:
        return None
    costs = costs_by_category(network, priced, years)
    drawn = drawdown(fundings(network), costs, sorted(set(years.values())))
    table = network.table("fundings")
    assumed = table.index[table["is_placeholder"].astype(bool)]
    return funding_rows(drawn, [str(uid) for uid in assumed])


def _years_of(network: Network, priced: Bill) -> dict[str, int]:
    """Return the year of each section, and of each node with the first section of its block."""
    spans = network.table("plan_spans")
    spans = spans[spans["plan"] == priced.plan]
    known = {
        str(uid): int(year)
        for uid, year in zip(spans.index, spans["phase_year"], strict=True)
        if plain(year) is not None
    }
    found = dict(known)
    for block in cut(network, priced.plan, priced).blocks if known else ():
        own = [known[uid] for uid in block.spans if uid in known]
        found.update(dict.fromkeys(block.nodes, min(own)) if own else {})
    return found
