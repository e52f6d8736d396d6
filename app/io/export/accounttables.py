"""Tables of the report about money, as the reader's language writes them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.io.export.accounts import (
    Accounts,
    AlternativeRow,
    EuroRange,
    LikelyRange,
    SummaryRow,
    SwingRow,
    sum_of,
)
from app.io.export.accounttexts import (
    ALTERNATIVES_NOTE,
    DRIVERS_NOTE,
    LIKELY_NOTE,
    MORE_PAYERS,
    OTHER_ITEMS,
    PAYERS_NOTE,
    PHASES_NOTE,
    SUMMARY_NOTE,
)
from app.io.export.dossier import PlanDossier
from app.io.export.fonts import abbreviated, printable
from app.io.export.lifetables import life_data
from app.io.export.phasemap import phase_colors, years_of
from app.io.export.tables import Data, amounts
from app.io.export.texts import Speech

_SHOWN_SWINGS = 12
_SHOWN_PAYERS = 40
_LONGEST_NAME = 90
_MOST_YEARS = 12
_COLUMNS = 5
"""Alternatives side by side in a table."""


def account_data(dossier: PlanDossier, speech: Speech) -> Data:
    """Return all tables about money; a part that the dossier lacks is empty."""
    accounts = dossier.accounts
    return {
        "cost_summary": _summary_rows(accounts, speech),
        "payers": _payer_rows(dossier, speech),
        "likely": None if accounts.likely is None else _likely(accounts.likely, dossier, speech),
        "phases": _phase_rows(accounts, speech),
        "time_plan": _time_plan(accounts, speech),
        "phase_sites": _phase_sites(dossier, speech),
        "alternatives": _alternatives(accounts, speech),
        **life_data(accounts, speech),
        "placeholders": _placeholder_rows(dossier, speech),
        "account_notes": {
            "summary": speech.say(SUMMARY_NOTE),
            "payers": speech.say(PAYERS_NOTE),
            "payment_key": f"{speech.word('payment_key')}: {speech.code(accounts.payment_key)}",
            "phases": speech.say(PHASES_NOTE),
            "alternatives": speech.say(ALTERNATIVES_NOTE),
        },
    }


def account_facts(dossier: PlanDossier, speech: Speech) -> list[Data]:
    """Return what the summary page says of the money beside the bill's total."""
    accounts, form = dossier.accounts, speech.formats
    found = []
    if accounts.likely is not None:
        ends = (accounts.likely.p10_eur, accounts.likely.p90_eur)
        value = " – ".join(form.euro(end, 0) for end in ends)
        found.append((f"{speech.word('likely')} P10–P90", value, speech.word("cost")))
    if accounts.works:
        low, typical, high = (form.euro(part, 0) for part in accounts.total_with_vat.parts())
        found.append((speech.word("total_with_vat"), typical, f"{low} – {high}"))
    return [
        {"label": label, "value": value, "detail": detail, "strong": False}
        for label, value, detail in found
    ]


def _summary_rows(accounts: Accounts, speech: Speech) -> list[Data]:
    if not accounts.works:
        return []
    return [
        *_block("works_block", accounts.works, "works_total", speech),
        *_block("sums_block", accounts.sums, "sums_total", speech),
        _total("total_with_vat", accounts.total_with_vat, speech),
    ]


def _block(title: str, lines: Sequence[SummaryRow], end: str, speech: Speech) -> list[Data]:
    total = _total(end, sum_of(line.amount_eur for line in lines), speech)
    head = {"kind": "chapter", "text": speech.word(title)}
    return [head, *(_summary_line(line, speech) for line in lines), total]


def _summary_line(line: SummaryRow, speech: Speech) -> Data:
    return {
        "kind": "line",
        "code": printable(line.code),
        "text": printable(line.text(speech.language)),
        "note": printable(speech.sentence(line.source)),
        "rate": "" if line.rate is None else speech.formats.percent(line.rate, 2),
        "base": speech.word(line.base) if line.base else "",
        "amounts": amounts(line.amount_eur, speech),
        "placeholder": line.is_placeholder,
    }


def _total(key: str, amount: EuroRange, speech: Speech) -> Data:
    return {"kind": "total", "text": speech.word(key), "amounts": amounts(amount, speech)}


def _payer_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    payers, whole = dossier.accounts.payers, dossier.total_eur.typical
    if not payers:
        return []
    rest = payers[_SHOWN_PAYERS:]
    named = [
        (printable(payer.name or speech.word("nobody")), payer.amount_eur)
        for payer in payers[:_SHOWN_PAYERS]
    ]
    if rest:
        text = speech.fill(MORE_PAYERS, count=speech.formats.number(len(rest)))
        named.append((text, sum_of(payer.amount_eur for payer in rest)))
    named.append((speech.word("total"), sum_of(payer.amount_eur for payer in payers)))
    return [
        [name, *amounts(amount, speech), _share(amount.typical, whole, speech)]
        for name, amount in named
    ]


def _share(part: Decimal, whole: Decimal, speech: Speech) -> str:
    return speech.formats.percent(part / whole if whole else Decimal(0), 1)


def _likely(likely: LikelyRange, dossier: PlanDossier, speech: Speech) -> Data:
    form = speech.formats
    shown = likely.swings[:_SHOWN_SWINGS]
    ends = [end for swing in shown for end in (swing.low_eur, swing.high_eur)]
    west, east = min(ends, default=Decimal(0)), max(ends, default=Decimal(0))
    width = (east - west) or Decimal(1)
    rest = len(likely.swings) - len(shown)
    return {
        "note": speech.fill(
            LIKELY_NOTE, draws=form.number(likely.draws), seed=str(likely.seed)
        ),
        "quantiles": [
            {"label": label, "value": form.euro(value)}
            for label, value in (
                ("P10", likely.p10_eur), ("P50", likely.p50_eur), ("P90", likely.p90_eur)
            )
        ],
        "drivers_note": speech.say(DRIVERS_NOTE),
        "drivers": [_swing(swing, west, width, speech) for swing in shown],
        "middle": float((dossier.total_eur.typical - west) / width),
        "rest": speech.fill(OTHER_ITEMS, count=form.number(rest)) if rest else "",
    }  # fmt: skip


def _swing(swing: SwingRow, west: Decimal, width: Decimal, speech: Speech) -> Data:
    """Return a bar of the plot; its ends are parts (0 to 1) of the plot's width."""
    return {
        "code": printable(swing.code),
        "text": printable(swing.text(speech.language)),
        "low": speech.formats.number(swing.low_eur, 2),
        "high": speech.formats.number(swing.high_eur, 2),
        "from": float((swing.low_eur - west) / width),
        "to": float((swing.high_eur - west) / width),
        "placeholder": swing.is_placeholder,
    }


def _phase_rows(accounts: Accounts, speech: Speech) -> list[list[str]]:
    form, spent, rows = speech.formats, Decimal(0), []
    for phase in accounts.phases:
        spent += phase.amount_eur.typical
        rows.append(
            [
                speech.word("no_year") if phase.year is None else str(phase.year),
                form.number(phase.site_count),
                form.number(phase.length_m),
                *amounts(phase.amount_eur, speech),
                form.number(spent, 2),
            ]
        )
    if rows:
        total = sum_of(phase.amount_eur for phase in accounts.phases)
        sites = sum(phase.site_count for phase in accounts.phases)
        length = sum(phase.length_m for phase in accounts.phases)
        figures = [form.number(sites), form.number(length), *amounts(total, speech), ""]
        rows.append([speech.word("total"), *figures])
    return rows


def _time_plan(accounts: Accounts, speech: Speech) -> Data | None:
    """Return the years as columns and the phases as bars; ``None`` without a year."""
    known = [phase.year for phase in accounts.phases if phase.year is not None]
    if not known:
        return None
    # Empty years are shown, but a far one must not squeeze the others.
    years = list(range(min(known), max(known) + 1))
    years = years if len(years) <= _MOST_YEARS else sorted(set(known))[:_MOST_YEARS]
    colors = phase_colors(known)
    form = speech.formats
    return {
        "years": [str(year) for year in years],
        "rows": [
            {
                "label": str(phase.year),
                "column": years.index(phase.year) if phase.year in years else -1,
                "color": colors[phase.year],
                "told": " · ".join(
                    (form.euro(phase.amount_eur.typical, 0), form.number(phase.site_count))
                ),
            }
            for phase in accounts.phases
            if phase.year is not None
        ],
    }


def _phase_sites(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return the names of the sites of each phase; nothing without phases."""
    if not dossier.accounts.phases:
        return []
    sites = dossier.connected
    years = years_of(sites["phase_year"])
    names = [printable(name or uid) for name, uid in zip(sites["name"], sites["site"], strict=True)]
    rows = []
    for phase in dossier.accounts.phases:
        own = [name for name, year in zip(names, years, strict=True) if year == phase.year]
        label = speech.word("no_year") if phase.year is None else str(phase.year)
        if own:
            rows.append([label, "; ".join(own)])
    return rows


def _alternatives(accounts: Accounts, speech: Speech) -> list[Data]:
    """Return criteria by line and alternatives by column, a few columns for each table."""
    rows = accounts.alternatives
    return [
        {
            "names": [_alternative_name(row, speech) for row in part],
            "rows": [
                [speech.word(key), *values]
                for key, values in zip(_CRITERIA, _columns(part, speech), strict=True)
            ],
        }
        for part in (rows[at : at + _COLUMNS] for at in range(0, len(rows), _COLUMNS))
    ]  # fmt: skip


def _columns(part: Sequence[AlternativeRow], speech: Speech) -> list[tuple[str, ...]]:
    """Return the values of each criterion, one for each alternative."""
    return list(zip(*(_criteria(row, speech) for row in part), strict=True))


_CRITERIA = (
    "sites_connected", "unreached", "protected", "length_m", "built_m", "hazard_m", "shared_m",
    "single_m", "outage", "months", "cost_typical", "range", "p90", "present_value",
    "placeholder_part", "gap",
)  # fmt: skip


def _alternative_name(row: AlternativeRow, speech: Speech) -> str:
    name = abbreviated(row.name, _LONGEST_NAME) if row.name else speech.word("not_building")
    return name + (f" ({speech.word('this_plan')})" if row.is_this else "")


def _criteria(row: AlternativeRow, speech: Speech) -> list[str]:
    form = speech.formats
    months = "–"
    if row.months is not None:
        low, typical, high = (form.number(end) for end in row.months)
        months = f"{typical} ({low}–{high})"
    low, high = form.euro(row.cost_eur.low, 0), form.euro(row.cost_eur.high, 0)
    return [
        form.number(row.site_count),
        form.number(row.unreachable_count),
        form.number(row.protected_count),
        form.number(row.length_m),
        form.number(row.built_length_m),
        form.number(row.hazard_length_m),
        form.number(row.shared_length_m),
        form.number(row.single_length_m),
        "–" if row.minutes_per_year is None else form.number(row.minutes_per_year, 1),
        months,
        form.euro(row.cost_eur.typical, 0),
        f"{low} – {high}",
        form.euro(row.p90_eur, 0),
        form.euro(row.present_value_eur.typical, 0),
        form.percent(row.placeholder_share),
        "–" if row.gap is None else form.percent(row.gap, 2),
    ]


def _placeholder_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    return [
        [
            printable(row.code),
            printable(row.text(speech.language)),
            speech.formats.number(row.amount_eur.typical, 2),
            printable(speech.sentence(row.source)),
        ]
        for row in dossier.placeholders
    ]
