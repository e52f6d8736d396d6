"""Tables about the plan's life, yearly contributions and funding, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from app.io.export.accounts import Accounts, EuroRange, Fundings, LifeCost
from app.io.export.fonts import abbreviated, printable
from app.io.export.reporttexts import (
    CONTRIBUTIONS_NOTE,
    FUNDING_NOTE,
    HORIZON_NOTE,
    LIFE_NOTE,
    SHARED_SUM,
)
from app.io.export.tables import Data, amounts
from app.io.export.texts import PLACEHOLDERS, Speech

_LONGEST_NAME = 90
_MOST_YEARS = 8


def life_data(accounts: Accounts, speech: Speech) -> Data:
    """Return the tables of economics, contributions and funding; ``None`` for a missing one."""
    return {
        "economics": None if accounts.life is None else _life(accounts.life, speech),
        "contributions": _contributions(accounts, speech),
        "fundings": None if accounts.fundings is None else _fundings(accounts.fundings, speech),
    }


def life_values(life: LifeCost) -> tuple[tuple[str, EuroRange], ...]:
    """Return the lines of the present value by the key of their word; the last is their sum."""
    return (
        ("investment", life.investment_eur),
        ("running_value", life.running_value_eur),
        ("renewal_value", life.renewal_value_eur),
        ("residual_value", negative(life.residual_value_eur)),
        ("present_value", life.value_eur),
    )


def negative(amount: EuroRange) -> EuroRange:
    """Return an amount that is taken off, limit by limit: dear works also leave more."""
    return EuroRange(-amount.low, -amount.typical, -amount.high)


def _life(life: LifeCost, speech: Speech) -> Data:
    form = speech.formats
    return {
        "note": speech.say(LIFE_NOTE),
        "terms": speech.fill(
            HORIZON_NOTE,
            years=str(life.horizon_years),
            rate=form.percent(life.discount_rate, 2),
            inflation=form.percent(life.inflation_rate, 2),
            share=form.percent(life.placeholder_share),
        ),
        "values": [[speech.word(key), *amounts(value, speech)] for key, value in life_values(life)],
        "annuity": [
            [speech.word("per_year"), *amounts(life.per_year_eur, speech)],
            [speech.word("annuity"), *amounts(life.annuity_eur, speech)],
            *(
                [speech.word(f"annuity_{unit}"), *amounts(value, speech)]
                for unit, value in life.unit_eur
            ),
        ],
        "running": [
            [
                printable(row.text(speech.language)) + (" *" if row.is_placeholder else ""),
                form.quantity(row.quantity),
                printable(speech.code(row.unit)),
                *amounts(row.amount_eur, speech),
            ]
            for row in life.running
        ]
        + [[speech.word("per_year"), "", "", *amounts(life.per_year_eur, speech)]],
        "renewals": [
            [
                printable(speech.code(row.chapter)) + (" *" if row.is_placeholder else ""),
                str(row.life_years),
                ", ".join(map(str, row.years)) or "–",
                *amounts(row.works_eur, speech),
                form.number(row.residual_eur.typical, 2),
            ]
            for row in life.renewals
        ],
    }


def _contributions(accounts: Accounts, speech: Speech) -> Data | None:
    found = accounts.contributions
    if found is None or not found.rows:
        return None
    form = speech.formats
    rows = [
        [
            abbreviated(row.name, _LONGEST_NAME),
            speech.code(row.key),
            speech.formats.day(datetime.fromisoformat(row.signed)) if row.signed else "–",
            speech.word("yes" if row.is_in_operation else "no"),
            "–" if row.amount_eur is None else form.number(row.amount_eur, 2),
            printable(speech.sentence(row.reason)),
        ]
        for row in found.rows
    ]
    told = sum((row.amount_eur or Decimal(0) for row in found.rows), Decimal(0))
    rows.append([speech.word("total"), "", "", "", form.number(told, 2), ""])
    for key, value in (("unshared", found.unshared_eur), ("surplus", -found.surplus_eur)):
        if value:
            rows.append([speech.word(key), "", "", "", form.number(value, 2), ""])
    return {
        "note": speech.say(CONTRIBUTIONS_NOTE),
        "has_reasons": any(row.reason for row in found.rows),
        "sum": shared_sum(accounts, speech),
        "rows": rows,
    }


def shared_sum(accounts: Accounts, speech: Speech) -> str:
    """Say what the agreements share, and how much of it rests on assumptions."""
    found, life = accounts.contributions, accounts.life
    assert found is not None
    told = speech.fill(SHARED_SUM, amount=speech.formats.euro(found.amount_eur))
    part = Decimal(0) if life is None else life.running_placeholder_share
    if not part:
        return told
    return f"{told} {speech.fill(PLACEHOLDERS, share=speech.formats.percent(part))}"


def _fundings(found: Fundings, speech: Speech) -> Data:
    """Return what each phase takes of each funding; far years are told as one."""
    form = speech.formats
    shown = min(len(found.years), _MOST_YEARS)
    years = [str(year) for year in found.years[:shown]]
    if len(found.years) > shown:
        years.append(f"{found.years[shown]}–{found.years[-1]}")

    def split(values: Sequence[Decimal]) -> list[str]:
        kept = [*values[:shown]]
        if len(values) > shown:
            kept.append(sum(values[shown:], Decimal(0)))
        return [form.number(value, 2) for value in kept]

    rows = [
        [
            abbreviated(row.name, _LONGEST_NAME) + (" *" if row.is_placeholder else ""),
            form.number(row.amount_eur, 2),
            *split(row.used_eur),
            form.number(row.left_eur, 2),
        ]
        for row in found.rows
    ]
    rows.append([speech.word("uncovered"), "", *split(found.uncovered_eur), ""])
    return {"note": speech.say(FUNDING_NOTE), "years": years, "rows": rows}
