"""Cells that are edited in place, copied to a spreadsheet and pasted from one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.model.schema import Column
from app.ui.panels.editors import Editor, FaultNote, fault_of, make_editor, mark_fault
from app.ui.panels.frame_model import FrameModel
from app.ui.titles import Titles

Index = QModelIndex | QPersistentModelIndex
_LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_OWN_KEYS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Delete,
)
_CELL = QStyledItemDelegate.EndEditHint


class CellDelegate(QStyledItemDelegate):
    """Gives every column its editor, and lets a wrong value stay there until it is right."""

    def __init__(
        self,
        column_at: Callable[[int], Column],
        titles: Callable[[], Titles],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._column_at = column_at
        self._titles = titles
        self.note: FaultNote | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a cell."""
        del option
        editor = make_editor(self._column_at(index.column()), self._titles(), parent, is_cell=True)
        if isinstance(editor, QComboBox):
            editor.activated.connect(lambda _at: self._finish(editor))
        editor.setAccessibleName(self._column_at(index.column()).name)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the stored value; an editor in use keeps what was typed."""
        model = index.model()
        if isinstance(model, FrameModel) and not editor.property("is_filled"):
            editor.setProperty("is_filled", True)
            _as_editor(editor).show_value(model.cell(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand the value over, unless it is wrong or the old one."""
        if fault_of(_as_editor(editor)):
            return
        value = _as_editor(editor).read()
        if value != model.cell(index.row(), index.column()):
            model.setData(index, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep an editor open while its value is wrong; Escape gives the value up."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._drop_note()
        is_leaving = event.type() == QEvent.Type.FocusOut or (
            is_key and isinstance(event, QKeyEvent) and event.key() in _LEAVING
        )
        if is_leaving and isinstance(watched, QWidget) and self._is_wrong(watched):
            return True
        return super().eventFilter(watched, event)

    def _finish(self, editor: Editor) -> None:
        if not self._is_wrong(editor):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, _CELL.NoHint)

    def _is_wrong(self, editor: QWidget) -> bool:
        fault = fault_of(_as_editor(editor))
        self._drop_note()
        mark_fault(_as_editor(editor), fault)
        if fault and editor.isVisible():
            self.note = FaultNote(editor, fault)
            self.note.destroyed.connect(self._forget_note)
        return bool(fault)

    def _drop_note(self) -> None:
        if self.note is not None:
            self.note.deleteLater()
            self.note.hide()
            self.note = None

    def _forget_note(self) -> None:
        self.note = None


def _as_editor(editor: QWidget) -> Editor:
    assert isinstance(editor, Editor)
    return editor


class CellView(QTableView):
    """A table whose cells are chosen like a spreadsheet's.

    ``paste_wanted`` carries the texts of the clipboard, rows of cells; ``clear_wanted`` asks to
    empty what is chosen.
    """

    paste_wanted = Signal(object)
    clear_wanted = Signal()
    copy_wanted = Signal(bool)

    def __init__(self, model: FrameModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 10)
        rows.setHighlightSections(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # painting asks which columns are chosen whole, cell by cell: seconds for 200 000 rows
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of cells from the window, where Delete means whole objects."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and any(event.matches(key) for key in _OWN_KEYS)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste and clear by the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit(False)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit(clipboard_cells())
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.clear_wanted.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def chosen_rows(self) -> list[int]:
        """Return the rows in which a cell is chosen, ascending."""
        rows: set[int] = set()
        for part in self._parts():
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def chosen_columns(self) -> list[int]:
        """Return the visible columns in which a cell is chosen, from left to right."""
        header = self.horizontalHeader()
        columns: set[int] = set()
        for part in self._parts():
            columns.update(range(part.left(), part.right() + 1))
        seen = [column for column in columns if not header.isSectionHidden(column)]
        return sorted(seen, key=header.visualIndex)

    def rows_chosen_in(self, column: int) -> list[int]:
        """Return the rows whose cell of ``column`` is chosen, ascending."""
        rows: set[int] = set()
        for part in self._parts():
            if part.left() <= column <= part.right():
                rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def _parts(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(number) for number in range(chosen.count())]

    def columns_from(self, column: int) -> list[int]:
        """Return the visible columns from ``column`` to the right, as they stand."""
        header = self.horizontalHeader()
        start = header.visualIndex(column)
        logical = (header.logicalIndex(place) for place in range(start, header.count()))
        return [number for number in logical if not header.isSectionHidden(number)]

    def visible_columns(self) -> list[int]:
        """Return all visible columns as they stand."""
        header = self.horizontalHeader()
        logical = (header.logicalIndex(place) for place in range(header.count()))
        return [number for number in logical if not header.isSectionHidden(number)]


def clipboard_cells() -> list[list[str]]:
    """Return the text of the clipboard as rows of cells."""
    return split_cells(QGuiApplication.clipboard().text())


def split_cells(text: str) -> list[list[str]]:
    """Return tab-separated text as rows of cells; a quoted cell may hold tabs and line ends."""
    rows: list[list[str]] = [[]]
    cell, is_quoted, at = "", False, 0
    while at < len(text):
        sign = text[at]
        if is_quoted:
            if text.startswith('""', at):
                cell, at = cell + '"', at + 1
            elif sign == '"':
                is_quoted = False
            else:
                cell += sign
        elif sign == '"' and not cell:
            is_quoted = True
        elif sign in "\t\n":
            rows[-1].append(cell)
            cell = ""
            if sign == "\n":
                rows.append([])
        elif sign != "\r":
            cell += sign
        at += 1
    if cell or rows[-1]:
        rows[-1].append(cell)
    return [row for row in rows if row]


def put_on_clipboard(rows: Sequence[Sequence[str]]) -> None:
    """Put cells on the clipboard as a spreadsheet takes them."""
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
