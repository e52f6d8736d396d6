"""What the papers say of money: the figures of planning as the plain rows of the exporters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
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
from app.planning.costs.assumptions import AssumptionBook, assumption_book
from app.planning.costs.bill import OPTIMISED, Bill
from app.planning.costs.comparison import alternatives
from app.planning.costs.payers import payments
from app.planning.costs.summary import SummaryLine, cost_summary, default_rates
from app.planning.costs.uncertainty import spread
from app.planning.phasing.division import stored_phases
from app.workflows.figures import (
    AS_STORED,
    FigureOptions,
    cents,
    contribution_rows,
    drawn_fundings,
    euro,
    life_cost,
)

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
            unit_price_eur=euro(line.unit_price),
            amount_eur=euro(line.amount),
            kind="optimised" if line.kind == OPTIMISED else "derived",
            is_placeholder=line.is_placeholder,
            source=line.source,
            price_year=line.year,
            object_count=len(line.objects),
            objects=tuple(line.objects),
        )
        for line in priced.lines
    )


def accounts(
    network: Network, priced: Bill, created: datetime, wanted: FigureOptions = AS_STORED
) -> Accounts:
    """Return all that the papers say of the money of a priced plan, as the cost study has it."""
    book = assumption_book(network, wanted.rates)
    summary = cost_summary(priced, book.summary_rates())
    paid = payments(network, priced, wanted.key)
    life = life_cost(network, priced, book)
    yearly_eur = life.per_year_eur.typical
    return Accounts(
        works=tuple(map(_summary_row, summary.works)),
        sums=tuple(map(_summary_row, summary.sums)),
        payers=tuple(PayerRow(name, euro(amount)) for name, amount in paid.by_payer.items()),
        payment_key=paid.key,
        likely=_likely(priced, wanted),
        phases=_phases(network, priced),
        alternatives=_alternatives(network, priced.plan, book),
        life=life,
        contributions=contribution_rows(network, priced.plan, yearly_eur, created),
        fundings=drawn_fundings(network, priced),
    )


def _summary_row(line: SummaryLine) -> SummaryRow:
    return SummaryRow(
        code=line.code,
        text_en=line.text_en,
        text_it=line.text_it,
        base=line.base,
        rate=line.rate,
        amount_eur=euro(line.amount),
        is_placeholder=line.is_placeholder,
        source=line.source,
        is_vat=line.code in {rate.code for rate in default_rates().vat},
    )


def _likely(priced: Bill, wanted: FigureOptions) -> LikelyRange:
    found = spread(priced, seed=wanted.seed, correlation=wanted.correlation)
    return LikelyRange(
        p10_eur=cents(found.p10_eur),
        p50_eur=cents(found.p50_eur),
        p90_eur=cents(found.p90_eur),
        draws=found.draws,
        seed=found.seed,
        swings=tuple(
            SwingRow(
                code=swing.code,
                text_en=swing.text_en,
                text_it=swing.text_it,
                low_eur=cents(swing.low_eur),
                high_eur=cents(swing.high_eur),
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
            euro(phase.cost),
        )
        for phase in stored_phases(network, priced.plan, priced)
    )


def _alternatives(network: Network, plan: str, book: AssumptionBook) -> tuple[AlternativeRow, ...]:
    names = network.table("plans")["name"]
    others = sorted((uid for uid in names.index if uid != plan), key=lambda uid: (names[uid], uid))
    chosen = [plan, *others[: MOST_ALTERNATIVES - 1]]
    rows = alternatives(network, chosen, book, with_availability=True)
    return tuple(_alternative(row, plan) for row in rows)


def _alternative(row: Mapping[str, Any], plan: str) -> AlternativeRow:
    return AlternativeRow(
        name=row["name"] if row["plan"] is not None else "",
        is_this=row["plan"] == plan,
        site_count=row["sites"],
        unreachable_count=row["unreachable"],
        protected_count=row["protected_sites"],
        length_m=row["route_length_m"],
        built_length_m=row["built_length_m"],
        hazard_length_m=row["hazard_length_m"],
        cost_eur=_range(row["cost_eur"]),
        p90_eur=cents(row["p90_eur"]),
        placeholder_share=Decimal(str(row["placeholder_share"])),
        gap=row["gap"],
        months=None if row["plan"] is None else _ends(row["months"]),
        minutes_per_year=row["minutes_per_year"],
        shared_length_m=row["both_routes_m"],
        single_length_m=row["no_other_way_m"],
        present_value_eur=_range(row["present_value_eur"]),
    )


def _range(value: Mapping[str, float]) -> EuroRange:
    return EuroRange(*map(cents, _ends(value)))


def _ends(value: Mapping[str, float]) -> tuple[float, float, float]:
    return (value["low"], value["typical"], value["high"])
