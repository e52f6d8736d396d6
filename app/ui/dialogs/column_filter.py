"""Narrow a table by one column: values from a list, or a range of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.model.filtering import between, one_of
from app.model.schema import Column
from app.model.written import read_number
from app.ui.dialogs.frame import FormDialog
from app.ui.entering import hint_text, notation
from app.ui.labels import column_label, figures
from app.ui.panels.parts import button
from app.ui.theme import GAP_PX

_MOST_SHOWN = 1000
_VALUE = Qt.ItemDataRole.UserRole


class RangeFilter(FormDialog):
    """Numbers between two bounds; ``condition`` and ``told`` say what was chosen."""

    def __init__(self, column: Column, parent: QWidget) -> None:
        label = column_label(column)
        super().__init__(label, parent)
        self._column = column
        self.condition = self.told = ""
        self.low, self.high = QLineEdit(), QLineEdit()
        for box in (self.low, self.high):
            box.setPlaceholderText(hint_text(column))
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.add_form([(self.tr("From"), self.low), (self.tr("To"), self.high)])
        self.finish(self.tr("Filter"), self.tr("Cancel"))
        self.low.setFocus()

    def accept(self) -> None:
        """Take the bounds, unless one is no number."""
        bounds = []
        for box in (self.low, self.high):
            text = box.text().strip()
            number = read_number(text, self._column.unit, notation()) if text else None
            if text and number is None:
                self.tell_error(self.tr("“%1” is no number").replace("%1", text))
                box.setFocus()
                return
            bounds.append(number)
        low, high = bounds
        self.condition = between(self._column, low, high)
        label = column_label(self._column)
        told = [figures().quantity(low) + " ≤ " if low is not None else "", label]
        told.append(" ≤ " + figures().quantity(high) if high is not None else "")
        self.told = "".join(told)
        super().accept()


class ListFilter(FormDialog):
    """Values of a column with their counts, to be ticked."""

    def __init__(
        self,
        column: Column,
        counts: Sequence[tuple[Any, int]],
        text_of: Callable[[Any], str],
        parent: QWidget,
    ) -> None:
        super().__init__(column_label(column), parent)
        self._column = column
        self._text_of = text_of
        self.condition = self.told = ""
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Search the values"))
        self.box.setAccessibleName(self.tr("Search the values"))
        self.box.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(column_label(column))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        for value, count in counts[:_MOST_SHOWN]:
            text = self.tr("(empty)") if value is None else text_of(value)
            item = QTreeWidgetItem([text, figures().number(count)])
            item.setData(0, _VALUE, value)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        self.box.textChanged.connect(self._narrow)
        self.every = button(self.tr("Tick what is shown"), role="link")
        self.none = button(self.tr("Tick nothing"), role="link")
        self.every.clicked.connect(lambda _checked=False: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda _checked=False: self._tick(Qt.CheckState.Unchecked))
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.every)
        row.addWidget(self.none)
        row.addStretch(1)
        self.body.addWidget(self.box)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(row)
        self.finish(self.tr("Filter"), self.tr("Cancel"))
        self.resize(380, 440)

    def items(self) -> list[QTreeWidgetItem]:
        """Return the lines of the list."""
        found = (self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def accept(self) -> None:
        """Take what is ticked; nothing ticked takes the condition off."""
        ticked = [item for item in self.items() if item.checkState(0) == Qt.CheckState.Checked]
        if ticked:
            self.condition = one_of(self._column, [item.data(0, _VALUE) for item in ticked])
            words = ", ".join(item.text(0) for item in ticked[:3])
            more = ", …" if len(ticked) > 3 else ""
            self.told = f"{column_label(self._column, with_unit=False)}: {words}{more}"
        super().accept()

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        for item in self.items():
            text = item.text(0).casefold()
            item.setHidden(not all(word in text for word in words))

    def _tick(self, state: Qt.CheckState) -> None:
        for item in self.items():
            if not item.isHidden():
                item.setCheckState(0, state)
