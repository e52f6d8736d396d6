"""Sheets of the spreadsheet about the plan's life, contributions, funding and diverse routes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.io.export.accounts import Contributions, Fundings, LifeCost
from app.io.export.cells import Formats, cached, fit_row, heading, letter, put, put_sums
from app.io.export.costsheets import HEAD, limit_words, put_amounts, start_table
from app.io.export.diversitypages import verdict
from app.io.export.dossier import PlanDossier, RouteAnswers
from app.io.export.lifetables import life_values, shared_sum
from app.io.export.options import PaperOptions
from app.io.export.reporttexts import (
    CONTRIBUTIONS_NOTE,
    DIVERSITY_NOTE,
    FUNDING_NOTE,
    HORIZON_NOTE,
    LIFE_NOTE,
)
from app.io.export.texts import Speech


def add_life_sheets(
    book: Any, dossier: PlanDossier, speech: Speech, form: Formats, options: PaperOptions
) -> None:
    """Add a sheet for each of these parts that the dossier has and that is wanted."""
    accounts = dossier.accounts
    if accounts.life is not None and "economics" in options:
        _economics(book, dossier, accounts.life, speech, form)
    if accounts.contributions is not None and "contributions" in options:
        _contributions(book, dossier, accounts.contributions, speech, form)
    if accounts.fundings is not None and "phases" in options:
        _fundings(book, dossier, accounts.fundings, speech, form)
    if dossier.diversity is not None and "diversity" in options:
        _diversity(book, dossier, dossier.diversity, speech, form)


def _economics(
    book: Any, dossier: PlanDossier, life: LifeCost, speech: Speech, form: Formats
) -> None:
    """Present value, running costs, renewals; sums are formulas."""
    note = speech.say(LIFE_NOTE)
    sheet = start_table(
        book, dossier, speech, form, "economics", note, (62, 16, 16, 18, 18, 18, 60)
    )
    number = speech.formats
    put(
        sheet, 2, 0,
        speech.fill(
            HORIZON_NOTE, years=str(life.horizon_years),
            rate=number.percent(life.discount_rate, 2),
            inflation=number.percent(life.inflation_rate, 2),
            share=number.percent(life.placeholder_share),
        ),
        form.note,
    )  # fmt: skip
    heading(sheet, HEAD, _heads(speech, "description", "", ""), form, right=(3, 4, 5))
    *parts, whole = life_values(life)
    row = HEAD
    for key, value in parts:
        row += 1
        put(sheet, row, 0, speech.word(key), form.wrap)
        put_amounts(sheet, row, 3, value, form)
    row += 1
    put(sheet, row, 0, speech.word(whole[0]), form.bold)
    put_sums(sheet, row, 3, (HEAD + 2, row), whole[1].parts(), form.euro_bold)
    for key, value in (
        ("annuity", life.annuity_eur), *((f"annuity_{unit}", own) for unit, own in life.unit_eur)
    ):  # fmt: skip
        row += 1
        put(sheet, row, 0, speech.word(key), form.wrap)
        put_amounts(sheet, row, 3, value, form)
    row = _running(sheet, row + 2, life, speech, form)
    _renewals(sheet, row + 2, life, speech, form)


def _heads(speech: Speech, *keys: str) -> list[str]:
    words = [speech.word(key) if key else "" for key in keys]
    return [*words, *limit_words(speech, "amount"), speech.word("source")]


def _running(sheet: Any, row: int, life: LifeCost, speech: Speech, form: Formats) -> int:
    heading(sheet, row, _heads(speech, "running", "quantity", "unit"), form, right=(1, 3, 4, 5))
    first = row + 2
    for cost in life.running:
        row += 1
        text, source = cost.text(speech.language), speech.sentence(cost.source)
        put(sheet, row, 0, text + (" *" if cost.is_placeholder else ""), form.wrap)
        put(sheet, row, 1, cost.quantity, form.quantity)
        put(sheet, row, 2, speech.code(cost.unit), form.text)
        put_amounts(sheet, row, 3, cost.amount_eur, form)
        put(sheet, row, 6, source, form.wrap)
        fit_row(sheet, row, ((text, 62), (source, 60)))
    row += 1
    put(sheet, row, 0, speech.word("per_year"), form.bold)
    put_sums(sheet, row, 3, (first, max(first, row)), life.per_year_eur.parts(), form.euro_bold)
    return row


def _renewals(sheet: Any, row: int, life: LifeCost, speech: Speech, form: Formats) -> None:
    words = [speech.word(key) for key in ("renewals", "life_years", "renewed_in")]
    tail = f"{speech.word('residual')} – {speech.word('typical')}"
    heading(sheet, row, [*words, *limit_words(speech, "amount"), tail], form, right=(1, 3, 4, 5, 6))
    for renewal in life.renewals:
        row += 1
        text = speech.code(renewal.chapter) + (" *" if renewal.is_placeholder else "")
        put(sheet, row, 0, text, form.wrap)
        put(sheet, row, 1, renewal.life_years, form.whole)
        put(sheet, row, 2, ", ".join(map(str, renewal.years)), form.text)
        put_amounts(sheet, row, 3, renewal.works_eur, form)
        put(sheet, row, 6, renewal.residual_eur.typical, form.euro)


def _contributions(
    book: Any, dossier: PlanDossier, found: Contributions, speech: Speech, form: Formats
) -> None:
    note = speech.say(CONTRIBUTIONS_NOTE)
    widths = (58, 20, 14, 14, 18, 60)
    sheet = start_table(book, dossier, speech, form, "contributions", note, widths)
    put(sheet, 2, 0, shared_sum(dossier.accounts, speech), form.note)
    keys = ("payer", "contribution_key", "signed", "in_operation", "per_year_eur", "reason")
    heading(sheet, HEAD, [speech.word(key) for key in keys], form, right=(4,))
    row = HEAD
    for part in found.rows:
        row += 1
        put(sheet, row, 0, part.name, form.wrap)
        put(sheet, row, 1, speech.code(part.key), form.text)
        put(sheet, row, 2, part.signed[:10], form.text)
        put(sheet, row, 3, speech.word("yes" if part.is_in_operation else "no"), form.text)
        put(sheet, row, 4, part.amount_eur, form.euro)
        put(sheet, row, 5, speech.sentence(part.reason), form.wrap)
        fit_row(sheet, row, ((part.name, 58),))
    for key, value in (("unshared", found.unshared_eur), ("surplus", -found.surplus_eur)):
        if value:
            row += 1
            put(sheet, row, 0, speech.word(key), form.wrap)
            put(sheet, row, 4, value, form.euro)
    row += 1
    put(sheet, row, 0, speech.word("total"), form.bold)
    put_sums(sheet, row, 4, (HEAD + 2, max(HEAD + 2, row)), (found.amount_eur,), form.euro_bold)


def _fundings(
    book: Any, dossier: PlanDossier, found: Fundings, speech: Speech, form: Formats
) -> None:
    """What phases take of each funding; what is left and what a phase costs are formulas."""
    note = speech.say(FUNDING_NOTE)
    count = len(found.years)
    widths = (50, 20, *(18,) * count, 20)
    sheet = start_table(book, dossier, speech, form, "fundings", note, widths)
    years = [str(year) for year in found.years]
    heads = [speech.word("funding"), speech.word("available"), *years, speech.word("left")]
    heading(sheet, HEAD, heads, form, right=range(1, count + 3))
    row = HEAD
    for funding in found.rows:
        row += 1
        put(sheet, row, 0, funding.name + (" *" if funding.is_placeholder else ""), form.wrap)
        put(sheet, row, 1, funding.amount_eur, form.euro)
        for place, used in enumerate(funding.used_eur):
            put(sheet, row, 2 + place, used, form.euro)
        formula = f"=B{row + 1}-SUM(C{row + 1}:{letter(1 + count)}{row + 1})"
        sheet.write_formula(row, 2 + count, formula, form.euro, cached(funding.left_eur))
        fit_row(sheet, row, ((funding.name, 50),))
    row += 1
    put(sheet, row, 0, speech.word("uncovered"), form.wrap)
    for place, open_eur in enumerate(found.uncovered_eur):
        put(sheet, row, 2 + place, open_eur, form.euro)
    put(sheet, row + 1, 0, speech.word("total"), form.bold)
    costs = [
        sum((funding.used_eur[place] for funding in found.rows), Decimal(0)) + open_eur
        for place, open_eur in enumerate(found.uncovered_eur)
    ]
    put_sums(sheet, row + 1, 2, (HEAD + 2, row + 1), costs, form.euro_bold)


def _diversity(
    book: Any, dossier: PlanDossier, answers: RouteAnswers, speech: Speech, form: Formats
) -> None:
    """A line for each protected site: what was found, and what its routes share."""
    note = speech.say(DIVERSITY_NOTE)
    widths = (50, 52, 18, 12, 14, 16, 80)
    sheet = start_table(book, dossier, speech, form, "diversity", note, widths)
    keys = ("site", "outcome", "separation", "shared_objects", "length_m", "availability", "reason")
    heading(sheet, HEAD, [speech.word(key) for key in keys], form, right=(2, 3, 4, 5))
    names = answers.network.table("sites")["name"]
    for row, answer in enumerate(answers.answers, start=HEAD + 1):
        shared = answers.tables["shared"]
        own = shared[(shared["site"] == answer["site"]) & ~shared["is_exempt"].astype(bool)]
        told = "; ".join(speech.message(reason) for reason in own["reason"])
        name = names.get(answer["site"]) or answer["site"]
        put(sheet, row, 0, name, form.wrap)
        put(sheet, row, 1, verdict(answer, speech), form.wrap)
        put(sheet, row, 2, answer["min_separation_m"], form.metres)
        put(sheet, row, 3, len(own), form.whole)
        put(sheet, row, 4, answer["shared_m"], form.metres)
        put(sheet, row, 5, answer["availability"]["availability"], form.nines)
        put(sheet, row, 6, told, form.wrap)
        fit_row(sheet, row, ((name, 50), (told, 80)))
