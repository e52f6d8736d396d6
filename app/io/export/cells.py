"""Cells of a spreadsheet: formats, sheets set up for printing, and text that stays text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.io.export.texts import Speech
from app.model.frames import plain

_LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Formats:
    """Formats of cells by what they hold."""

    title: Any
    head: Any
    head_right: Any
    text: Any
    wrap: Any
    bold: Any
    note: Any
    mark: Any
    whole: Any
    metres: Any
    quantity: Any
    euro: Any
    euro_bold: Any
    share: Any
    nines: Any


def make_formats(book: Any) -> Formats:
    """Add the formats that all sheets share."""

    def make(**properties: Any) -> Any:
        return book.add_format({"font_name": "Calibri", "valign": "top", **properties})

    euro = "#,##0.00 [$€-x-euro2]"
    head: dict[str, Any] = {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#E9EDF1"}
    return Formats(
        title=make(bold=True, font_size=14),
        head=make(**head, indent=1),
        head_right=make(**head, align="right"),
        text=make(num_format="@", indent=1),
        wrap=make(text_wrap=True, num_format="@", indent=1),
        bold=make(bold=True),
        note=make(italic=True, font_color="#6B7782"),
        mark=make(font_color="#B3263C", bold=True, align="center"),
        whole=make(num_format="#,##0"),
        metres=make(num_format="#,##0.0"),
        quantity=make(num_format="#,##0.00#"),
        euro=make(num_format=euro),
        euro_bold=make(num_format=euro, bold=True, top=1),
        share=make(num_format="0.0#%"),
        nines=make(num_format="0.0000####%"),
    )


def add_sheet(book: Any, speech: Speech, name: str, title: str, widths: Sequence[float]) -> Any:
    """Add a sheet, set up for printing A4 landscape on one page's width."""
    sheet = book.add_worksheet(sheet_name(speech.word(name)))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.set_footer(f"&L&8{_header_text(title)}&R&8&P / &N")
    sheet.hide_gridlines(2)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    return sheet


def sheet_name(word: str) -> str:
    """Return ``word`` as a name that a sheet may have."""
    return "".join(char for char in word if char not in "[]:*?/\\")[:31]


def _header_text(title: str) -> str:
    """Return ``title`` for a footer, where ``&`` starts a code and 255 characters are the end."""
    return title.replace("&", "&&")[:120]


def put(sheet: Any, row: int, column: int, value: Any, form: Any) -> None:
    """Write a value by its type; text never becomes a formula, a link or a number."""
    if isinstance(value, str):
        sheet.write_string(row, column, cell_text(value), form)
        return
    value = plain(value)
    if value is None:
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value, form)
    else:
        sheet.write_string(row, column, cell_text(value), form)


def cell_text(value: object) -> str:
    """Return ``value`` as a cell can hold it: no control characters, not too long."""
    text = str(value)
    if text.isprintable() and len(text) <= _LONGEST_CELL:
        return text
    kept = (char if char.isprintable() or char == "\n" else " " for char in text)
    return "".join(kept)[:_LONGEST_CELL]


def heading(
    sheet: Any, row: int, words: Sequence[str], form: Formats, right: Sequence[int] = ()
) -> None:
    """Write column headings; those of numbers, ``right``, stand above their digits."""
    sheet.set_row(row, 32)
    for column, word in enumerate(words):
        sheet.write_string(row, column, word, form.head_right if column in right else form.head)


def fit_row(sheet: Any, row: int, texts: Sequence[tuple[object, float]]) -> None:
    """Make a row high enough for its wrapped texts, given with the width of their columns.

    Excel does so itself when it opens a file, other programs do not.
    """
    lines = max(math.ceil(len(str(plain(text) or "")) * 1.1 / width) for text, width in texts)
    if lines > 1:
        sheet.set_row(row, 15.0 * lines)


def letter(column: int) -> str:
    """Return the letter of a column counted from 0."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]


def cached(value: Decimal) -> float:
    """Return the cached result of a formula, for viewers that do not recalculate."""
    return float(value)


def in_sheet(speech: Speech, name: str, cell: str) -> str:
    """Return a reference to a cell of another sheet, for a formula."""
    quoted = sheet_name(speech.word(name)).replace("'", "''")
    return f"'{quoted}'!{cell}"


def put_sums(
    sheet: Any, row: int, first_column: int, lines: tuple[int, int], amounts: Sequence[Decimal],
    form: Any,
) -> None:  # fmt: skip
    """Write sums over ``lines`` (first and last row, counted from 1) of neighbouring columns."""
    for place, amount in enumerate(amounts):
        column = letter(first_column + place)
        formula = f"=SUM({column}{lines[0]}:{column}{lines[1]})"
        sheet.write_formula(row, first_column + place, formula, form, cached(amount))
