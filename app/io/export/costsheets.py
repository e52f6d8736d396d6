"""Sheets of the spreadsheet about money; amounts that follow from others are formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.io.export.accounts import EuroRange, LikelyRange, SummaryRow
from app.io.export.accounttexts import (
    ALTERNATIVES_NOTE,
    DRIVERS_NOTE,
    LIKELY_NOTE,
    PAYERS_NOTE,
    PHASES_NOTE,
    SUMMARY_NOTE,
)
from app.io.export.cells import (
    Formats,
    add_sheet,
    cached,
    fit_row,
    heading,
    in_sheet,
    letter,
    put,
    put_sums,
)
from app.io.export.dossier import PlanDossier
from app.io.export.options import PaperOptions
from app.io.export.tables import placeholder_note, year_notes
from app.io.export.texts import Speech

_RATE, _AMOUNT, _MARK, _SOURCE = 2, 4, 7, 8
"""Columns of the cost summary, counted from 0."""
_COLUMNS = tuple(letter(_AMOUNT + limit) for limit in range(3))
HEAD = 3
"""Row of the column headings of every sheet."""
_TOTALS = frozenset({"cost_summary", "payers", "likely", "phases"})
"""Sheets whose totals are those of the bill, so that its assumptions are theirs."""
_LIMITS = ("low", "typical", "high")


def add_cost_sheets(
    book: Any, dossier: PlanDossier, speech: Speech, form: Formats, totals: Sequence[str],
    options: PaperOptions,
) -> None:  # fmt: skip
    """Add a sheet for each part of the accounts that the dossier has and that is wanted.

    ``totals`` are the cells of the bill's low, typical and high total.
    """
    accounts = dossier.accounts
    if accounts.works and "cost-summary" in options:
        _summary(book, dossier, speech, form, totals)
    if accounts.payers and "payers" in options:
        _payers(book, dossier, speech, form)
    if accounts.likely is not None and "uncertainty" in options:
        _likely(book, dossier, accounts.likely, speech, form)
    if accounts.phases and "phases" in options:
        _phases(book, dossier, speech, form)
    if accounts.alternatives and "alternatives" in options:
        _alternatives(book, dossier, speech, form)
    if "assumptions" in options:
        _placeholders(book, dossier, speech, form)


def start_table(
    book: Any, dossier: PlanDossier, speech: Speech, form: Formats, name: str, note: str,
    widths: Sequence[float],
) -> Any:  # fmt: skip
    """Add a sheet with title and note above its table."""
    sheet = add_sheet(book, speech, name, dossier.title, widths)
    put(sheet, 0, 0, f"{speech.word(name)} · {dossier.title}", form.title)
    put(sheet, 1, 0, note, form.note)
    if name in _TOTALS:
        told = [placeholder_note(dossier, speech), *year_notes(dossier, speech)]
        put(sheet, 2, 0, " ".join(told), form.note)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    return sheet


def limit_words(speech: Speech, word: str) -> list[str]:
    """Return headings of the three limits of an amount."""
    return [f"{speech.word(word)} – {speech.word(limit)}" for limit in _LIMITS]


def _summary(
    book: Any, dossier: PlanDossier, speech: Speech, form: Formats, totals: Sequence[str]
) -> None:
    note = speech.say(SUMMARY_NOTE)
    widths = (8, 58, 9, 30, 18, 18, 18, 12, 60)
    sheet = start_table(book, dossier, speech, form, "cost_summary", note, widths)
    words = [speech.word(key) for key in ("code", "description", "rate", "base")]
    tail = [speech.word("placeholder"), speech.word("source")]
    heading(sheet, HEAD, [*words, *limit_words(speech, "amount"), *tail], form, right=(2, 4, 5, 6))
    accounts = dossier.accounts
    bases = {"": [in_sheet(speech, "bill", cell) for cell in totals]}
    ends = []
    row = HEAD + 1
    for title, lines, end, amount in (
        ("works_block", accounts.works, "works_total", accounts.works_total),
        ("sums_block", accounts.sums, "sums_total", accounts.sums_total),
    ):
        put(sheet, row, 1, speech.word(title), form.bold)
        first = row + 2
        for line in lines:
            row += 1
            if line.is_vat and "sums" not in bases:  # VAT comes last: all lines so far
                bases["sums"] = [f"SUM({column}{first}:{column}{row})" for column in _COLUMNS]
            _summary_line(sheet, row, line, bases[line.base], speech, form)
            if not line.base:
                bases["works"] = _cells(row + 1)
        row += 1
        put(sheet, row, 1, speech.word(end), form.bold)
        put_sums(sheet, row, _AMOUNT, (first, row), amount.parts(), form.euro_bold)
        ends.append(row + 1)
        if title == "works_block":
            bases["works_and_safety"] = _cells(row + 1)
        row += 2
    put(sheet, row, 1, speech.word("total_with_vat"), form.bold)
    for limit, value in enumerate(accounts.total_with_vat.parts()):
        formula = "=" + "+".join(f"{letter(_AMOUNT + limit)}{end}" for end in ends)
        sheet.write_formula(row, _AMOUNT + limit, formula, form.euro_bold, cached(value))


def _cells(row: int) -> list[str]:
    return [f"{column}{row}" for column in _COLUMNS]


def _summary_line(
    sheet: Any, row: int, line: SummaryRow, base: Sequence[str], speech: Speech, form: Formats
) -> None:
    text, source = line.text(speech.language), speech.sentence(line.source)
    put(sheet, row, 0, line.code, form.text)
    put(sheet, row, 1, text, form.wrap)
    put(sheet, row, _RATE, line.rate, form.share)
    put(sheet, row, 3, speech.word(line.base) if line.base else "", form.wrap)
    for limit, amount in enumerate(line.amount_eur.parts()):
        formula = f"={base[limit]}"
        if line.rate is not None:
            formula = f"=ROUND({base[limit]}*{letter(_RATE)}{row + 1},2)"
        sheet.write_formula(row, _AMOUNT + limit, formula, form.euro, cached(amount))
    put(sheet, row, _MARK, "*" if line.is_placeholder else "", form.mark)
    put(sheet, row, _SOURCE, source, form.wrap)
    fit_row(sheet, row, ((text, 58), (source, 60)))


def _payers(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    note = speech.say(PAYERS_NOTE)
    sheet = start_table(book, dossier, speech, form, "payers", note, (58, 20, 20, 20, 12))
    words = [speech.word("payer"), *limit_words(speech, "amount"), speech.word("share")]
    heading(sheet, HEAD, words, form, right=(1, 2, 3, 4))
    payers = dossier.accounts.payers
    end = HEAD + 2 + len(payers)
    for row, payer in enumerate(payers, start=HEAD + 1):
        name = payer.name or speech.word("nobody")
        put(sheet, row, 0, name, form.wrap)
        put_amounts(sheet, row, 1, payer.amount_eur, form)
        whole = dossier.total_eur.typical
        share = float(payer.amount_eur.typical / whole) if whole else 0.0
        formula = f"=IF(C{end}=0,0,C{row + 1}/C{end})"
        sheet.write_formula(row, 4, formula, form.share, share)
        fit_row(sheet, row, ((name, 58),))
    put_total(sheet, len(payers), 1, [payer.amount_eur for payer in payers], speech, form)


def _likely(
    book: Any, dossier: PlanDossier, likely: LikelyRange, speech: Speech, form: Formats
) -> None:
    note = speech.fill(
        LIKELY_NOTE, draws=speech.formats.number(likely.draws), seed=str(likely.seed)
    )
    sheet = start_table(book, dossier, speech, form, "likely", note, (18, 62, 20, 20, 20, 14))
    heading(sheet, HEAD, ["", "", "P10", "P50", "P90"], form, right=(2, 3, 4))
    put(sheet, HEAD + 1, 1, speech.word("total"), form.bold)
    for place, value in enumerate((likely.p10_eur, likely.p50_eur, likely.p90_eur)):
        put(sheet, HEAD + 1, 2 + place, value, form.euro_bold)
    row = HEAD + 3
    put(sheet, row, 0, speech.word("drivers"), form.bold)
    put(sheet, row + 1, 0, speech.say(DRIVERS_NOTE), form.note)
    row += 2
    words = [speech.word(key) for key in ("code", "description", "swing_low", "swing_high")]
    heading(
        sheet,
        row,
        [*words, speech.word("swing"), speech.word("placeholder")],
        form,
        right=(2, 3, 4),
    )
    for swing in likely.swings:
        row += 1
        text = swing.text(speech.language)
        put(sheet, row, 0, swing.code, form.text)
        put(sheet, row, 1, text, form.wrap)
        put(sheet, row, 2, swing.low_eur, form.euro)
        put(sheet, row, 3, swing.high_eur, form.euro)
        width = swing.high_eur - swing.low_eur
        sheet.write_formula(row, 4, f"=D{row + 1}-C{row + 1}", form.euro, cached(width))
        put(sheet, row, 5, "*" if swing.is_placeholder else "", form.mark)
        fit_row(sheet, row, ((text, 62),))


def _phases(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    note = speech.say(PHASES_NOTE)
    sheet = start_table(book, dossier, speech, form, "phases", note, (20, 10, 16, 20, 20, 20, 24))
    words = [speech.word(key) for key in ("year", "sites_connected", "length_m")]
    heads = [*words, *limit_words(speech, "amount"), speech.word("running_total")]
    heading(sheet, HEAD, heads, form, right=(1, 2, 3, 4, 5, 6))
    phases = dossier.accounts.phases
    spent = Decimal(0)
    for row, phase in enumerate(phases, start=HEAD + 1):
        spent += phase.amount_eur.typical
        year = speech.word("no_year") if phase.year is None else str(phase.year)
        put(sheet, row, 0, year, form.text)
        put(sheet, row, 1, phase.site_count, form.whole)
        put(sheet, row, 2, phase.length_m, form.metres)
        put_amounts(sheet, row, 3, phase.amount_eur, form)
        formula = f"=SUM(E${HEAD + 2}:E{row + 1})"
        sheet.write_formula(row, 6, formula, form.euro, cached(spent))
    put_total(sheet, len(phases), 3, [phase.amount_eur for phase in phases], speech, form)


def _alternatives(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    note = speech.say(ALTERNATIVES_NOTE)
    widths = (50, 10, 12, 12, 16, 16, 16, 20, 20, 20, 20, 14, 10, 16, 16, 16, 12, 20)
    sheet = start_table(book, dossier, speech, form, "alternatives", note, widths)
    keys = ("alternative", "sites_connected", "unreached", "protected", "length_m", "built_m")
    heads = [speech.word(key) for key in (*keys, "hazard_m")]
    tail = [speech.word("placeholder_part"), speech.word("gap")]
    more = ("shared_m", "single_m", "outage", "months", "present_value")
    heads = [*heads, *limit_words(speech, "cost"), "P90", *tail]
    heads += [speech.word(key) for key in more]
    heading(sheet, HEAD, heads, form, right=range(1, len(heads)))
    for row, plan in enumerate(dossier.accounts.alternatives, start=HEAD + 1):
        name = plan.name or speech.word("not_building")
        name += f" ({speech.word('this_plan')})" if plan.is_this else ""
        put(sheet, row, 0, name, form.wrap)
        counts = (plan.site_count, plan.unreachable_count, plan.protected_count)
        for column, count in enumerate(counts, start=1):
            put(sheet, row, column, count, form.whole)
        lengths = (plan.length_m, plan.built_length_m, plan.hazard_length_m)
        for column, length in enumerate(lengths, start=4):
            put(sheet, row, column, length, form.metres)
        put_amounts(sheet, row, 7, plan.cost_eur, form)
        put(sheet, row, 10, plan.p90_eur, form.euro)
        put(sheet, row, 11, plan.placeholder_share, form.share)
        put(sheet, row, 12, plan.gap, form.share)
        put(sheet, row, 13, plan.shared_length_m, form.metres)
        put(sheet, row, 14, plan.single_length_m, form.metres)
        put(sheet, row, 15, plan.minutes_per_year, form.metres)
        put(sheet, row, 16, None if plan.months is None else plan.months[1], form.metres)
        put(sheet, row, 17, plan.present_value_eur.typical, form.euro)
        fit_row(sheet, row, ((name, 50),))


def _placeholders(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    """List every price and rate that rests on an assumption, with what it makes."""
    note = speech.word("placeholder_share")
    sheet = start_table(book, dossier, speech, form, "placeholders", note, (18, 62, 20, 60))
    words = [speech.word(key) for key in ("code", "description", "amount", "source")]
    heading(sheet, HEAD, words, form, right=(2,))
    for row, line in enumerate(dossier.placeholders, start=HEAD + 1):
        text, source = line.text(speech.language), speech.sentence(line.source)
        put(sheet, row, 0, line.code, form.text)
        put(sheet, row, 1, text, form.wrap)
        put(sheet, row, 2, line.amount_eur.typical, form.euro)
        put(sheet, row, 3, source, form.wrap)
        fit_row(sheet, row, ((text, 62), (source, 60)))


def put_amounts(sheet: Any, row: int, column: int, amount: EuroRange, form: Formats) -> None:
    """Write the three limits of an amount in neighbouring columns."""
    for place, value in enumerate(amount.parts()):
        put(sheet, row, column + place, value, form.euro)


def put_total(
    sheet: Any, count: int, column: int, amounts: Sequence[EuroRange], speech: Speech,
    form: Formats,
) -> None:  # fmt: skip
    """Write the total below a table of ``count`` lines."""
    row = HEAD + 1 + count
    put(sheet, row, 0, speech.word("total"), form.bold)
    low, typical, high = (
        sum((amount.parts()[limit] for amount in amounts), Decimal(0)) for limit in range(3)
    )
    put_sums(sheet, row, column, (HEAD + 2, row), (low, typical, high), form.euro_bold)
