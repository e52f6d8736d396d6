"""What the papers say of money: the figures of planning as the plain rows of the exporters."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.io.export.accounts import (
    Accounts,
    AlternativeRow,
    EuroRange,
    LikelyRange,
    PayerRow,
    PhaseRow,
    SummaryRow,
    SwingRow,
)
from app.io.export.dossier import BillRow
from app.model.network import Network
from app.planning.costs.assumptions import project_summary_rates
from app.planning.costs.bill import OPTIMISED, Bill, Money
from app.planning.costs.comparison import alternatives
from app.planning.costs.payers import payments
from app.planning.costs.summary import SummaryLine, cost_summary, default_rates
from app.planning.costs.uncertainty import spread
from app.planning.phasing.division import stored_phases

MOST_ALTERNATIVES = 12
"""Plans in the comparison of a paper: this one and others by name."""


def bill_rows(priced: Bill) -> tuple[BillRow, ...]:
    """Return the lines of a bill as the papers write them."""
    return tuple(
        BillRow(
            code=line.code,
            chapter=line.chapter,
            text_en=line.text_en,
            text_it=line.text_it,
            unit=line.unit,
            quantity=line.quantity,
            unit_price_eur=_euro(line.unit_price),
            amount_eur=_euro(line.amount),
            kind="optimised" if line.kind == OPTIMISED else "derived",
            is_placeholder=line.is_placeholder,
            source=line.source,
            price_year=line.year,
            object_count=len(line.objects),
        )
        for line in priced.lines
    )


def accounts(network: Network, priced: Bill) -> Accounts:
    """Return cost summary, payers, likely range, phases and alternatives of a priced plan."""
    summary = cost_summary(priced, project_summary_rates(network))
    paid = payments(network, priced)
    return Accounts(
        works=tuple(map(_summary_row, summary.works)),
        sums=tuple(map(_summary_row, summary.sums)),
        payers=tuple(PayerRow(name, _euro(amount)) for name, amount in paid.by_payer.items()),
        payment_key=paid.key,
        likely=_likely(priced),
        phases=_phases(network, priced),
        alternatives=_alternatives(network, priced.plan),
    )


def _summary_row(line: SummaryLine) -> SummaryRow:
    return SummaryRow(
        code=line.code,
        text_en=line.text_en,
        text_it=line.text_it,
        base=line.base,
        rate=line.rate,
        amount_eur=_euro(line.amount),
        is_placeholder=line.is_placeholder,
        source=line.source,
        is_vat=line.code in {rate.code for rate in default_rates().vat},
    )


def _likely(priced: Bill) -> LikelyRange:
    found = spread(priced)
    return LikelyRange(
        p10_eur=_cents(found.p10_eur),
        p50_eur=_cents(found.p50_eur),
        p90_eur=_cents(found.p90_eur),
        draws=found.draws,
        seed=found.seed,
        swings=tuple(
            SwingRow(
                code=swing.code,
                text_en=swing.text_en,
                text_it=swing.text_it,
                low_eur=_cents(swing.low_eur),
                high_eur=_cents(swing.high_eur),
                is_placeholder=swing.is_placeholder,
            )
            for swing in found.swings
        ),
    )


def _phases(network: Network, priced: Bill) -> tuple[PhaseRow, ...]:
    lengths = network.table("plan_spans")["route_length_m"].fillna(0.0)
    return tuple(
        PhaseRow(
            phase.year,
            len(phase.sites),
            float(lengths.reindex(list(phase.spans)).sum()),
            _euro(phase.cost),
        )
        for phase in stored_phases(network, priced.plan, priced)
    )


def _alternatives(network: Network, plan: str) -> tuple[AlternativeRow, ...]:
    names = network.table("plans")["name"]
    others = sorted((uid for uid in names.index if uid != plan), key=lambda uid: (names[uid], uid))
    chosen = [plan, *others[: MOST_ALTERNATIVES - 1]]
    return tuple(_alternative(row, plan) for row in alternatives(network, chosen))


def _alternative(row: Mapping[str, Any], plan: str) -> AlternativeRow:
    cost = row["cost_eur"]
    return AlternativeRow(
        name=row["name"] if row["plan"] is not None else "",
        is_this=row["plan"] == plan,
        site_count=row["sites"],
        unreachable_count=row["unreachable"],
        protected_count=row["protected_sites"],
        length_m=row["route_length_m"],
        built_length_m=row["built_length_m"],
        hazard_length_m=row["hazard_length_m"],
        cost_eur=EuroRange(*(_cents(cost[end]) for end in ("low", "typical", "high"))),
        p90_eur=_cents(row["p90_eur"]),
        placeholder_share=Decimal(str(row["placeholder_share"])),
        gap=row["gap"],
    )


def _euro(money: Money) -> EuroRange:
    return EuroRange(money.low, money.typical, money.high)


def _cents(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2))).quantize(Decimal("0.01"))
