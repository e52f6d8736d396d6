"""The form of one object or of many: an editor for each column that a person writes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.model.attributes import is_editable
from app.model.frames import plain
from app.model.schema import Column, Kind, Table
from app.ui.dialogs.object_list import ObjectListDialog
from app.ui.labels import column_label, figures
from app.ui.panels.editors import (
    ChoiceEditor,
    LineEditor,
    TextEditor,
    fault_label,
    fault_of,
    make_editor,
    mark_fault,
)
from app.ui.panels.parts import button
from app.ui.theme import GAP_PX, plain_label, tip
from app.ui.titles import Titles
from app.ui.translation import translate_text


class ListEditor(QWidget):
    """A list of objects, changed in a dialog of its own."""

    changed = Signal()

    def __init__(self, column: Column, titles: Titles) -> None:
        super().__init__()
        self._column = column
        self._titles = titles
        self._uids: tuple[str, ...] = ()
        self.text = plain_label("", wraps=False)
        self.button: QPushButton = button(self.tr("Change…"))
        self.button.clicked.connect(lambda _checked=False: self.open())
        self.setFocusProxy(self.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)

    def show_value(self, value: Any) -> None:
        """Show a list of identifiers."""
        self._uids = tuple(value or ())
        self.text.setText(self.tr("%n object(s)", "", len(self._uids)))
        names = [self._titles.title(self._column.reference, uid) for uid in self._uids[:20]]
        self.text.setToolTip(tip(", ".join(names)))

    def read(self) -> Any:
        """Return the identifiers in their order."""
        return self._uids

    def open(self) -> None:
        """Let the user change the list."""
        dialog = ObjectListDialog(self._column, self._uids, self._titles, self)

        def take() -> None:
            self.show_value(dialog.uids())
            self.changed.emit()

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


_LEAST_PX = 90

Field = LineEditor | TextEditor | ChoiceEditor | ListEditor


class ObjectForm(QWidget):
    """Editors, one below the other; only what is touched changes.

    In a narrow form the labels stand above their editors, else beside them.

    ``touched`` says that something differs from what is stored.
    """

    touched = Signal()

    def __init__(
        self,
        table: Table,
        rows: pd.DataFrame,
        titles: Titles,
        parent: QWidget | None = None,
        *,
        is_narrow: bool = False,
    ) -> None:
        super().__init__(parent)
        self._is_narrow = is_narrow
        self.table = table
        self._titles = titles
        self.editors: dict[str, Field] = {}
        self._faults: dict[str, QLabel] = {}
        self._changed: set[str] = set()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, GAP_PX, 0)
        self._grid.setHorizontalSpacing(GAP_PX)
        self._grid.setVerticalSpacing(GAP_PX // 2)
        self._grid.setColumnStretch(0 if is_narrow else 1, 1)
        for column in table.columns:
            if is_editable(table.name, column):
                self._add(column, rows)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    @property
    def is_touched(self) -> bool:
        """Whether something was changed."""
        return bool(self._changed)

    def values(self) -> dict[str, Any] | None:
        """Return the values that were changed; ``None`` while one is wrong, which is told."""
        found: dict[str, Any] = {}
        wrong: list[Field] = []
        for name, editor in self.editors.items():
            if name not in self._changed:
                continue
            fault = "" if isinstance(editor, ListEditor) else fault_of(editor)
            self._tell(name, fault)
            if fault:
                wrong.append(editor)
            else:
                found[name] = editor.read()
        if wrong:
            wrong[0].setFocus()
            return None
        return found

    def touch_required(self) -> None:
        """Count every needed column as changed, so that an empty one is told: for a new row."""
        self._changed |= {c.name for c in self.table.columns if c.required} & set(self.editors)

    def _add(self, column: Column, rows: pd.DataFrame) -> None:
        number = self._grid.rowCount()
        label = plain_label(column_label(column) + (" *" if column.required else ""))
        label.setProperty("role", "muted")
        if column.help:
            label.setToolTip(tip(translate_text("core", column.help)))
        editor = self._editor(column)
        editor.setAccessibleName(column_label(column))
        editor.setObjectName(f"field_{column.name}")
        label.setBuddy(editor)
        self._show(editor, column, rows)
        editor.changed.connect(lambda: self._touch(column.name))
        fault = fault_label()
        self.editors[column.name], self._faults[column.name] = editor, fault
        # a line longer than the panel must not widen it
        policy = QSizePolicy.Policy
        editor.setSizePolicy(policy.Ignored, editor.sizePolicy().verticalPolicy())
        editor.setMinimumWidth(_LEAST_PX)
        if self._is_narrow:
            self._grid.addWidget(label, number, 0)
            self._grid.addWidget(editor, number + 1, 0)
            self._grid.addWidget(fault, number + 2, 0)
            return
        self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(editor, number, 1)
        self._grid.addWidget(fault, number + 1, 1)

    def _editor(self, column: Column) -> Field:
        if column.kind is Kind.JSON:
            return ListEditor(column, self._titles)
        return make_editor(column, self._titles)

    def _show(self, editor: Field, column: Column, rows: pd.DataFrame) -> None:
        if rows.empty:
            editor.show_value(column.default)
            return
        values = different_values(rows[column.name])
        if len(values) == 1:
            editor.show_value(values[0])
            return
        several = self.tr("<%1 different values>").replace("%1", figures().number(len(values)))
        if isinstance(editor, ChoiceEditor):
            editor.setPlaceholderText(several)
            editor.setCurrentIndex(-1)
        elif isinstance(editor, ListEditor):
            editor.text.setText(several)
        else:
            editor.setPlaceholderText(several)

    def _touch(self, name: str) -> None:
        self._changed.add(name)
        editor = self.editors[name]
        if self._faults[name].isVisible() and not isinstance(editor, ListEditor):
            self._tell(name, fault_of(editor))
        self.touched.emit()

    def _tell(self, name: str, fault: str) -> None:
        editor = self.editors[name]
        if not isinstance(editor, ListEditor):
            mark_fault(editor, fault)
        self._faults[name].setText(fault)
        self._faults[name].setVisible(bool(fault))


def different_values(cells: pd.Series) -> list[Any]:
    """Return the values of a column, each once, missing ones as ``None``."""
    kept = cells.astype(object)
    try:
        found = pd.unique(kept)
    except TypeError:  # documents cannot be counted; their texts can
        found = pd.unique(kept.map(str))
    return list(dict.fromkeys(plain(value) for value in found))
