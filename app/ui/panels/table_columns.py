"""The columns of any table of the project, as the schema describes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from app.model.attributes import is_editable
from app.model.schema import Column, Kind, Table
from app.model.symbols import load_symbols
from app.ui.entering import notation, shown_text
from app.ui.labels import code_label, column_label
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.swatches import swatch
from app.ui.theme import theme_name
from app.ui.titles import Titles
from app.ui.translation import translate_text

SELDOM = frozenset(
    {"content", "content_hash", "input_hash", "parameters", "items", "engine", "seed", "source_id"}
)
"""Columns that are hidden until somebody asks for them."""

_WIDE_EM = {"name": 28, "text_it": 34, "text_en": 34, "body": 34, "reason": 28, "note": 20,
            "address": 18, "municipality": 14, "source": 18, "owner": 16}  # fmt: skip
_WIDEST_CHOICE_EM = 20
_NARROWEST_EM, _REFERENCE_EM, _MARGIN_PX = 9, 18, 30


def view_columns(table: Table, titles: Callable[[], Titles]) -> list[ViewColumn]:
    """Return how each column of a table is shown; ``titles`` names referenced objects."""
    return [_view_column(table, column, titles) for column in table.columns]


def set_widths(view: QTableView, table: Table) -> None:
    """Give every column the room that its heading and its values need; hide the seldom ones."""
    letters = view.fontMetrics().horizontalAdvance("n")
    headings = QFontMetrics(view.horizontalHeader().font())
    for number, column in enumerate(table.columns):
        em = _WIDE_EM.get(column.name, _REFERENCE_EM if column.reference else _NARROWEST_EM)
        for code in column.choices:
            em = max(em, min(_WIDEST_CHOICE_EM, len(code_label(code)) + 3))
        heading_px = headings.horizontalAdvance(column_label(column)) + _MARGIN_PX
        view.setColumnWidth(number, max(em * letters, heading_px))
        view.setColumnHidden(number, column.name in SELDOM)


def _view_column(table: Table, column: Column, titles: Callable[[], Titles]) -> ViewColumn:
    def text(value: Any) -> str:
        return shown_text(column, value, titles())

    def digits(value: Any) -> str:
        return "" if value is None else str(value).replace(".", notation().decimal_mark)

    layer = load_symbols(theme_name()).layers.get(table.name)
    is_marked = layer is not None and layer.column == column.name

    def picture(value: Any) -> Any:
        return swatch(table.name, value, theme_name())

    return ViewColumn(
        column.name,
        column_label(column),
        text,
        column.is_numeric,
        picture if is_marked else None,
        "",
        translate_text("core", column.help),
        digits if column.is_numeric else None,
        is_editable(table.name, column) and column.kind is not Kind.JSON,
    )
