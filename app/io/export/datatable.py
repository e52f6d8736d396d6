"""A table of the project as a spreadsheet or as text with separators, as it is shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from app.io.export import ExportReport
from app.io.export.cells import Formats, heading, make_formats, put, sheet_name
from app.io.export.safe import write_whole
from app.io.export.xlsx import BOOK_OPTIONS
from app.io.translations import translator
from app.model.errors import InputError
from app.model.frames import plain
from app.model.messages import CORE_CONTEXT, QT_TRANSLATE_NOOP, message
from app.model.naming import names_of
from app.model.network import Network
from app.model.schema import Column, Kind, Table
from app.model.tables import TABLES
from app.model.written import Notation, write_value

_FORMULA = re.compile(r"^[=@\t\r]|^[+-](?![\d.,]+$)")
_UID = Column("uid", Kind.TEXT, QT_TRANSLATE_NOOP("core", "Identifier"))
_WIDEST = 60.0


@dataclass(frozen=True)
class DataTable:
    """Rows of one table in their order, with the columns to write; ``uid`` comes last."""

    table: Table
    rows: pd.DataFrame
    columns: Sequence[Column]
    titles: Mapping[str, Mapping[str, str]]
    """Names of referenced objects by table and ``uid``."""


def data_table(
    network: Network, table: str, uids: Sequence[str], columns: Sequence[str]
) -> DataTable:
    """Return what to write of the rows ``uids``."""
    chosen = [TABLES[table].column(name) for name in columns]
    referenced = sorted({column.reference for column in chosen} - {""})
    titles = {
        name: {str(uid): str(text) for uid, text in names_of(network.table(name)).items() if text}
        for name in referenced
    }
    return DataTable(TABLES[table], network.table(table).loc[list(uids)], chosen, titles)


def export_table(data: DataTable, path: Path | str, language: str) -> ExportReport:
    """Write rows to ``path``: ``.csv`` or ``.xlsx``, headings and words in ``language``.

    Italian text has semicolons and decimal commas, as spreadsheets there expect; text that a
    spreadsheet would run as a formula is marked with ``'``. Linear in the cells.

    Raises
    ------
    InputError
        For another suffix, and for a target that is a project.
    ExchangeError
        When the file cannot be written; an older one is then left as it was.
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in ("csv", "xlsx"):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{name}: a table is written as .csv or .xlsx"),
                name=target.name,
            )
        )
    content = _csv(data, language) if kind == "csv" else _xlsx(data, language)
    write_whole(target, content)
    return ExportReport(path=target, kind=kind, count=len(data.rows), bytes=len(content))


def _csv(data: DataTable, language: str) -> bytes:
    mark = "," if language == "it" else "."
    notation = Notation(mark, "", translator(language), UTC)
    columns = (*data.columns, _UID)
    texts = [[_text(data, column, cell, notation) for cell in _cells(data, column)]
             for column in columns]  # fmt: skip
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";" if language == "it" else ",", lineterminator="\r\n")
    writer.writerow(_headings(columns, language))
    writer.writerows(zip(*texts, strict=True))
    # the mark of the encoding tells spreadsheets that letters with accents are meant
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(data: DataTable, language: str) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    form = make_formats(book)
    translate = translator(language)
    columns = (*data.columns, _UID)
    headings = _headings(columns, language)
    sheet = book.add_worksheet(sheet_name(translate(CORE_CONTEXT, data.table.label)))
    for place, word in enumerate(headings):
        sheet.set_column(place, place, min(_WIDEST, max(10.0, 1.1 * len(word) + 2)))
    numeric = [place for place, column in enumerate(columns) if column.is_numeric]
    heading(sheet, 0, headings, form, numeric)
    notation = Notation(".", "", translate, UTC)
    for place, column in enumerate(columns):
        style = _style(column, form)
        for row, cell in enumerate(_cells(data, column), 1):
            value = cell if column.is_numeric else _text(data, column, cell, notation)
            put(sheet, row, place, value if value != "" else None, style)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(data.rows), len(columns) - 1)
    book.close()
    return buffer.getvalue()


def _headings(columns: Sequence[Column], language: str) -> list[str]:
    translate = translator(language)
    words = []
    for column in columns:
        label = translate(CORE_CONTEXT, column.label)
        unit = {"EUR": "€"}.get(column.unit, translate("codes", column.unit))
        words.append(f"{label} ({unit})" if column.unit else label)
    return words


def _cells(data: DataTable, column: Column) -> list[Any]:
    if column is _UID:
        return [str(uid) for uid in data.rows.index]
    return [plain(cell) for cell in data.rows[column.name].astype(object)]


def _text(data: DataTable, column: Column, cell: Any, notation: Notation) -> str:
    if column.reference and cell:
        names = data.titles[column.reference]
        uids = cell if isinstance(cell, tuple) else (cell,)
        text = ", ".join(names.get(uid, uid) for uid in uids)
    else:
        text = write_value(column, cell, notation)
    is_dangerous = not column.is_numeric and _FORMULA.match(text)
    return f"'{text}" if is_dangerous else text


def _style(column: Column, form: Formats) -> Any:
    if not column.is_numeric:
        return form.text
    if column.unit == "EUR":
        return form.euro
    return form.whole if column.kind is Kind.INTEGER and column.unit else form.quantity
