"""Cells of a spreadsheet turned into values of rows, each checked before any is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.model.attributes import is_editable
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.schema import Column
from app.model.tables import TABLES
from app.ui.entering import typed_value
from app.ui.titles import Titles

Texts = Sequence[Sequence[str]]


def pasted(
    table: str, texts: Texts, uids: Sequence[str], columns: Sequence[Column], titles: Titles
) -> dict[str, dict[str, Any]]:
    """Return the values that ``texts`` mean for the rows ``uids`` and the ``columns``.

    The first text goes to the first row and column. Raises `InputError` with the first cell
    that cannot be stored; then none is.
    """
    width = max(map(len, texts), default=0)
    if len(texts) > len(uids) or width > len(columns):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "{rows} rows of {columns} columns were copied, but from here there are only "
                    "{rows_left} rows and {columns_left} columns",
                ),
                rows=len(texts),
                columns=width,
                rows_left=len(uids),
                columns_left=len(columns),
            )
        )
    cells: dict[str, dict[str, Any]] = {}
    for number, (line, uid) in enumerate(zip(texts, uids, strict=False), 1):
        values = cells.setdefault(uid, {})
        for text, column in zip(line, columns, strict=False):
            values[column.name] = _value(table, column, text, number, titles)
    return cells


def paste_label(table: str, cells: dict[str, dict[str, Any]]) -> Message:
    """Return how the step is called in the undo list."""
    columns = {name for values in cells.values() for name in values}
    label = message(TABLES[table].label)
    if len(columns) == 1:
        return message(
            QT_TRANSLATE_NOOP("core", "Paste {count} values into {column} of {table}"),
            count=len(cells),
            column=message(TABLES[table].column(columns.pop()).label),
            table=label,
        )
    return message(
        QT_TRANSLATE_NOOP("core", "Paste {count} rows of {columns} columns into {table}"),
        count=len(cells),
        columns=len(columns),
        table=label,
    )


def _value(table: str, column: Column, text: str, number: int, titles: Titles) -> Any:
    label = message(column.label)
    if not is_editable(table, column):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{column} of {table} is not written by hand"),
                column=label,
                table=message(TABLES[table].label),
            )
        )
    try:
        return typed_value(column, text, titles)
    except InputError as error:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Row {row} of what was copied, {column}: {fault}"),
                row=number,
                column=label,
                fault=error.message,
            )
        ) from error
