"""What the pages about money share: tables of amounts, ranges as text, cells to type in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from app.ui.labels import figures
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import WideColumn, make_table

Row = Mapping[str, Any]

_LONG_EM = 28
_LONG = ("source", "reason")
"""Columns of sentences: their text is in the tooltip."""


class CellDelegate(QStyledItemDelegate):
    """Lets a cell be typed in, beginning with what it shows."""

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the text of the cell, all of it selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
            editor.selectAll()

    def createEditor(
        self, parent: QWidget, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a line to type in."""
        del option, index
        line = QLineEdit(parent)
        line.setFrame(False)
        return line


class ChoiceDelegate(QStyledItemDelegate):
    """Lets a cell be chosen among named values."""

    def __init__(self, choices: Mapping[Any, str], parent: QObject) -> None:
        super().__init__(parent)
        self._choices = dict(choices)

    def createEditor(
        self, parent: QWidget, option: Any, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a list of the names."""
        del option, index
        box = QComboBox(parent)
        for value, name in self._choices.items():
            box.addItem(name, value)
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Choose what the cell shows."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))

    def setModelData(
        self, editor: QWidget, model: Any, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Hand over the value of the name."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())


def money_table(
    owner: QObject, columns: Sequence[ViewColumn], name: str, wide: str
) -> tuple[FrameModel, QTableView]:
    """Return a table whose ``wide`` column takes the room that the others leave."""
    model = FrameModel(columns, owner)
    table = make_table(model, name, is_multiple=False)
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setResizeContentsPrecision(0)
    for number, column in enumerate(columns):
        if column.name == wide:
            WideColumn(table, number)
        elif column.name in _LONG:
            header.resizeSection(number, _LONG_EM * table.fontMetrics().horizontalAdvance("n"))
        else:
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)
    if any(column.is_editable for column in columns):
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        table.setItemDelegate(CellDelegate(table))
    return model, table


def show_rows(model: FrameModel, rows: Sequence[Row], key: str = "") -> None:
    """Fill a table; its rows are called by their number, or by the value of ``key``."""
    names = [column.name for column in model.columns]
    cells: dict[str, Any] = {}
    for name in names:
        cells[name] = np.empty(len(rows), dtype=object)
        cells[name][:] = [row.get(name) for row in rows]
    index = [str(row[key]) if key else str(number) for number, row in enumerate(rows)]
    model.set_frame(pd.DataFrame(cells, columns=names, index=index))


def euro(value: Any) -> str:
    """Return whole euro, '' for nothing."""
    return "" if value is None else figures().euro(value, 0)


def exact_euro(value: Any) -> str:
    """Return euro to the cent, '' for nothing."""
    return "" if value is None else figures().euro(value, 2)


def ends(amount: Mapping[str, float] | None) -> dict[str, Any]:
    """Return a range as the cells ``typical`` and ``range``."""
    if amount is None:
        return {"typical": None, "range": ""}
    return {"typical": amount["typical"], "range": range_text(amount)}


def range_text(amount: Mapping[str, float]) -> str:
    """Return the ends of a range in whole euro."""
    return f"{euro(amount['low'])} – {euro(amount['high'])}"


def with_range(amount: Mapping[str, float] | None) -> str:
    """Return the typical amount and its ends, '' for nothing."""
    return "" if amount is None else f"{euro(amount['typical'])} ({range_text(amount)})"
