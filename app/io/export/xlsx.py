"""The plan as a spreadsheet whose formulas add up, for engineers who check a bill."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import xlsxwriter

from app.io.export.cells import (
    Formats,
    add_sheet,
    cached,
    fit_row,
    heading,
    in_sheet,
    letter,
    make_formats,
    put,
    put_sums,
)
from app.io.export.costsheets import add_cost_sheets
from app.io.export.dossier import BillRow, PlanDossier
from app.io.export.lifesheets import add_life_sheets
from app.io.export.options import ALL_PARTS, PaperOptions
from app.io.export.remarks import RemarkColumns, add_remark_sheet
from app.io.export.safe import VerificationError
from app.io.export.tables import engine_rows, source_rows, warnings
from app.io.export.texts import ASSUMPTIONS, Speech
from app.io.remarks.layout import BILL

BOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
"""Of every workbook: text stays text."""

# Columns of the bill, counted from 0.
_CODE, _TEXT, _UNIT, _QUANTITY, _PRICE, _AMOUNT, _KIND, _MARK, _SOURCE, _YEAR, _OBJECTS = (
    0, 1, 2, 3, 4, 7, 10, 11, 12, 13, 14,
)  # fmt: skip
_BILL_HEAD = 3
"""Row of the bill's column headings."""


def build_workbook(dossier: PlanDossier, language: str, options: PaperOptions = ALL_PARTS) -> bytes:
    """Return the workbook; the same dossier gives the same bytes."""
    speech = Speech(language)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    book.set_properties(
        {
            "title": dossier.title,
            "author": dossier.author,
            "company": dossier.organisation,
            "comments": dossier.program,
            "created": dossier.created.replace(tzinfo=None),
        }
    )
    form = make_formats(book)
    if "summary" in options:
        _summary(book, dossier, speech, form)
    _bill(book, dossier, speech, form)  # always: the formulas of other sheets refer to it
    add_cost_sheets(book, dossier, speech, form, total_cells(dossier), options)
    add_life_sheets(book, dossier, speech, form, options)
    if "sites" in options:
        _sites(book, dossier, speech, form)
    if "streets" in options:
        _spans(book, dossier, speech, form)
    if "comments" in options:
        add_remark_sheet(book, dossier, speech, form)
    if "assumptions" in options:
        _sources(book, dossier, speech, form)
    book.close()
    return buffer.getvalue()


def _summary(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    sheet = add_sheet(book, speech, "summary", dossier.title, (46, 22, 22, 22))
    put(sheet, 0, 0, dossier.title, form.title)
    put(sheet, 1, 0, speech.word("subtitle"), form.note)
    row = 3
    facts = (
        ("project", dossier.network.name, form.text),
        ("author", dossier.author, form.text),
        ("date", speech.formats.day(dossier.created), form.text),
        ("connected", len(dossier.connected), form.whole),
        ("unreachable", len(dossier.unreachable), form.whole),
        ("already", int((dossier.sites["state"] == "alreadyConnected").sum()), form.whole),
        ("length_m", dossier.route_length_m, form.metres),
    )
    for key, value, cell in facts:
        put(sheet, row, 0, speech.word(key), form.text)
        put(sheet, row, 1, value, cell)
        row += 1
    row += 1
    words = [speech.word(key) for key in ("cost", "low", "typical", "high")]
    heading(sheet, row, words, form, right=(1, 2, 3))
    ends = _bill_ends(dossier)
    rows = (
        ("total_optimised", dossier.total_of("optimised"), ends),
        ("total_derived", dossier.total_of("derived"), ends + 1),
        ("total", dossier.total_eur, ends + 2),
    )
    for key, amount, at in rows:
        row += 1
        put(sheet, row, 0, speech.word(key), form.bold)
        for limit, euro in enumerate(amount.parts()):
            cell = f"{letter(_AMOUNT + limit)}{at + 1}"
            formula = f"={in_sheet(speech, 'bill', cell)}"
            sheet.write_formula(row, 1 + limit, formula, form.euro, cached(euro))
    row += 2
    for item in engine_rows(dossier, speech):
        put(sheet, row, 0, item["label"], form.text)
        put(sheet, row, 1, item["value"], form.text)
        row += 1
    for text in warnings(dossier, speech):
        row += 1
        put(sheet, row, 0, text, form.note)


def total_cells(dossier: PlanDossier) -> tuple[str, str, str]:
    """Return the cells of the bill's sheet that hold the low, typical and high total."""
    row = _bill_ends(dossier) + 3
    low, typical, high = (f"{letter(_AMOUNT + limit)}{row}" for limit in range(3))
    return (low, typical, high)


def _bill_ends(dossier: PlanDossier) -> int:
    """Return the row of the first total below the bill's lines."""
    return _BILL_HEAD + 2 + len(dossier.bill)


def _bill(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    widths = (18, 58, 8, 12, 13, 13, 13, 17, 17, 17, 12, 12, 40, 8, 8)
    sheet = add_sheet(book, speech, "bill", dossier.title, widths)
    put(sheet, 0, 0, f"{speech.word('bill')} · {dossier.title}", form.title)
    for position, text in enumerate(warnings(dossier, speech)[:2]):
        put(sheet, 1 + position, 0, text, form.note)
    sheet.set_row(1, 15)
    heading(sheet, _BILL_HEAD, _bill_words(speech), form, right=range(_QUANTITY, _KIND))
    remarks = RemarkColumns(sheet, _OBJECTS + 1, dossier.plan_uid, speech, form)
    remarks.head(_BILL_HEAD)
    for position, line in enumerate(dossier.bill):
        _bill_line(sheet, _BILL_HEAD + 1 + position, line, speech, form)
        remarks.line(_BILL_HEAD + 1 + position, BILL, line.code)
    _bill_totals(sheet, dossier, speech, form)
    sheet.freeze_panes(_BILL_HEAD + 1, _TEXT + 1)
    sheet.repeat_rows(_BILL_HEAD)
    sheet.set_paper(8)


def _bill_words(speech: Speech) -> list[str]:
    limits = [speech.word(key) for key in ("low", "typical", "high")]
    words = [speech.word(key) for key in ("code", "description", "unit", "quantity")]
    words += [f"{speech.word('unit_price')} – {limit}" for limit in limits]
    words += [f"{speech.word('amount')} – {limit}" for limit in limits]
    tail = ("kind", "placeholder", "source", "price_year", "objects")
    return words + [speech.word(key) for key in tail]


def _bill_line(sheet: Any, row: int, line: BillRow, speech: Speech, form: Formats) -> None:
    put(sheet, row, _CODE, line.code, form.text)
    put(sheet, row, _TEXT, line.text(speech.language), form.wrap)
    put(sheet, row, _UNIT, speech.code(line.unit), form.text)
    put(sheet, row, _QUANTITY, line.quantity, form.quantity)
    prices, amounts = line.unit_price_eur.parts(), line.amount_eur.parts()
    for limit, (price, amount) in enumerate(zip(prices, amounts, strict=True)):
        put(sheet, row, _PRICE + limit, price, form.euro)
        formula = f"=ROUND({letter(_QUANTITY)}{row + 1}*{letter(_PRICE + limit)}{row + 1},2)"
        sheet.write_formula(row, _AMOUNT + limit, formula, form.euro, cached(amount))
    put(sheet, row, _KIND, speech.code(line.kind), form.text)
    put(sheet, row, _MARK, "*" if line.is_placeholder else "", form.mark)
    source = speech.sentence(line.source)
    put(sheet, row, _SOURCE, source, form.wrap)
    put(sheet, row, _YEAR, line.price_year, form.text)
    put(sheet, row, _OBJECTS, line.object_count, form.whole)
    fit_row(sheet, row, ((line.text(speech.language), 58), (source, 40)))


def _bill_totals(sheet: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    first, last = _BILL_HEAD + 2, _BILL_HEAD + 1 + max(len(dossier.bill), 1)
    row = _bill_ends(dossier)
    kinds = f"{letter(_KIND)}{first}:{letter(_KIND)}{last}"
    for kind in ("optimised", "derived"):
        put(sheet, row, _TEXT, speech.word(f"total_{kind}"), form.bold)
        amount = dossier.total_of("optimised" if kind == "optimised" else "derived")
        word = speech.code(kind).replace('"', '""')
        for limit, value in enumerate(amount.parts()):
            column = letter(_AMOUNT + limit)
            formula = f'=SUMIF({kinds},"{word}",{column}{first}:{column}{last})'
            sheet.write_formula(row, _AMOUNT + limit, formula, form.euro_bold, cached(value))
        row += 1
    put(sheet, row, _TEXT, speech.word("total"), form.bold)
    put_sums(sheet, row, _AMOUNT, (first, last), dossier.total_eur.parts(), form.euro_bold)
    marks = f"{letter(_MARK)}{first}:{letter(_MARK)}{last}"
    column = letter(_AMOUNT + 1)
    amounts = f"{column}{first}:{column}{last}"
    formula = f'=IF({column}{row + 1}=0,0,SUMIF({marks},"~*",{amounts})/{column}{row + 1})'
    put(sheet, row + 1, _TEXT, speech.word("placeholder_share"), form.note)
    share = float(dossier.placeholder_share)
    sheet.write_formula(row + 1, _AMOUNT + 1, formula, form.share, share)


def _sites(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    keys = ("number", "name", "code", "category", "municipality", "state", "to_network", "lead_in")
    sheet = add_sheet(book, speech, "sites", dossier.title, (6, 46, 14, 20, 22, 18, 14, 12, 60))
    heading(sheet, 0, [speech.word(key) for key in (*keys, "reason")], form, right=(0, 6, 7))
    remarks = RemarkColumns(sheet, len(keys) + 1, dossier.plan_uid, speech, form)
    remarks.head(0)
    own = dossier.sites
    for row, (_, site) in enumerate(own.iterrows(), start=1):
        cells = (
            (row, form.whole),
            (site["name"], form.wrap),
            (site["code"], form.text),
            (speech.code(site["category"]), form.text),
            (site["municipality"], form.text),
            (speech.code(site["state"]), form.text),
            (site["route_length_m"], form.metres),
            (site["lead_in_m"], form.metres),
            (speech.sentence(site["reason"]), form.wrap),
        )
        for column, (value, cell) in enumerate(cells):
            put(sheet, row, column, value, cell)
        remarks.line(row, "sites", site["site"])
        fit_row(sheet, row, ((site["name"], 46), (cells[-1][0], 60)))
    _finish_table(sheet, len(own), remarks.last)


def _spans(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    keys = ("number", "technique", "surface", "street", "length_m", "sites_served", "crossings")
    sheet = add_sheet(book, speech, "spans", dossier.title, (8, 22, 18, 44, 14, 10, 12, 16, 38))
    words = [speech.word(key) for key in keys]
    heads = [*words, f"{speech.word('cost')} – {speech.word('typical')}", "uid"]
    heading(sheet, 0, heads, form, right=(0, 4, 5, 6, 7))
    remarks = RemarkColumns(sheet, len(heads), dossier.plan_uid, speech, form)
    remarks.head(0)
    own = dossier.spans
    names = dossier.network.table("streets")["name"].reindex(own["street"])
    # A span that runs along several streets is named after them.
    streets = own["name"].where(own["name"].notna(), names.to_numpy()).tolist()
    for row, ((uid, span), street) in enumerate(zip(own.iterrows(), streets, strict=True), start=1):
        cells = (
            (row, form.whole),
            (speech.code(span["technique"]), form.text),
            (speech.code(span["surface"]), form.text),
            (street, form.wrap),
            (span["route_length_m"], form.metres),
            (span["site_count"], form.whole),
            (len(span["crossings"] or ()), form.whole),
            (span["typical_eur"], form.euro),
            (uid, form.text),
        )
        for column, (value, cell) in enumerate(cells):
            put(sheet, row, column, value, cell)
        remarks.line(row, "plan_spans", uid)
        fit_row(sheet, row, ((street, 44),))
    _finish_table(sheet, len(own), remarks.last)


def _finish_table(sheet: Any, rows: int, last_column: int) -> None:
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows, 1), last_column)


def _sources(book: Any, dossier: PlanDossier, speech: Speech, form: Formats) -> None:
    sheet = add_sheet(book, speech, "sources", dossier.title, (30, 100))
    heading(sheet, 0, [speech.word("data"), speech.word("source")], form)
    row = 1
    for label, source in source_rows(dossier, speech):
        put(sheet, row, 0, label, form.text)
        put(sheet, row, 1, source, form.wrap)
        fit_row(sheet, row, ((source, 100),))
        row += 1
    row += 1
    put(sheet, row, 0, speech.word("assumptions"), form.bold)
    for text in (*map(speech.say, ASSUMPTIONS), *dossier.notes):
        put(sheet, row, 1, text, form.wrap)
        fit_row(sheet, row, ((text, 100),))
        row += 1


def count_cells(content: bytes) -> int:
    """Return the number of filled cells of a finished workbook.

    Raises `VerificationError` when the archive is damaged or has no sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.testzip() is not None:
                raise VerificationError("a part is damaged")
            names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            count = sum(archive.read(name).count(b"<v>") for name in names)
    except zipfile.BadZipFile as error:
        raise VerificationError(str(error)) from error
    if not count:
        raise VerificationError("no cell")
    return count
