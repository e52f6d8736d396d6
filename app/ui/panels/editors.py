"""Editors for one value each: the right one for every column, in cells and in forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.model.errors import InputError
from app.model.frames import plain
from app.model.schema import Column, Kind
from app.model.written import check_value
from app.ui.entering import editing_text, hint_text, typed_value
from app.ui.labels import code_label
from app.ui.session import refusal_text
from app.ui.theme import GAP_PX, plain_label
from app.ui.titles import Titles
from app.ui.translation import translate_text

_MOST_OFFERED = 60
_LONG_TEXTS = frozenset({"body", "note", "decision"})


class LineEditor(QLineEdit):
    """A line for text, numbers with their unit, dates and names of objects."""

    changed = Signal()

    def __init__(self, column: Column, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._titles = titles
        self.setPlaceholderText(hint_text(column))
        if column.is_numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if column.reference and column.kind is not Kind.JSON:
            self._offer(titles.choices(column.reference))
        self.textEdited.connect(lambda _text: self.changed.emit())

    def show_value(self, value: Any) -> None:
        """Show a stored value."""
        self.setText(editing_text(self._column, value, self._titles))
        self.setCursorPosition(0)

    def read(self) -> Any:
        """Return the value; raises `InputError`."""
        return typed_value(self._column, self.text(), self._titles)

    def _offer(self, choices: Mapping[str, str]) -> None:
        """Offer the objects whose name holds what was typed."""
        names = [(text.casefold(), text) for text in choices]
        offered = QStringListModel(self)
        completer = QCompleter(offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)

        def narrow(typed: str) -> None:
            words = typed.casefold().split()
            fits = [text for key, text in names if all(word in key for word in words)]
            offered.setStringList(fits[:_MOST_OFFERED])

        def take(_text: str) -> None:
            self.changed.emit()

        self.textEdited.connect(narrow)
        completer.activated.connect(take)
        self.setCompleter(completer)


class TextEditor(QPlainTextEdit):
    """Several lines of text."""

    changed = Signal()

    def __init__(self, column: Column, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._titles = titles
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().height() * 4)
        self.textChanged.connect(self.changed)

    def show_value(self, value: Any) -> None:
        """Show a stored value."""
        self.blockSignals(True)
        self.setPlainText(editing_text(self._column, value, self._titles))
        self.blockSignals(False)

    def read(self) -> Any:
        """Return the value; raises `InputError`."""
        return typed_value(self._column, self.toPlainText(), self._titles)


class ChoiceEditor(QComboBox):
    """A closed list, or yes and no."""

    changed = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column
        # where there is a default, an empty value has no meaning
        if not column.required and column.default is None:
            self.addItem("–", None)
        if column.kind is Kind.BOOLEAN:
            self.addItem(translate_text("codes", "Yes"), True)
            self.addItem(translate_text("codes", "No"), False)
        for code in column.choices:
            self.addItem(code_label(code), code)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _index: self.changed.emit())

    def show_value(self, value: Any) -> None:
        """Show a stored value, even one that the list does not have."""
        value = plain(value)
        at = self.findData(value)
        if at < 0:
            self.insertItem(0, "–" if value is None else code_label(str(value)), value)
            at = 0
        self.setCurrentIndex(at)

    def read(self) -> Any:
        """Return the value; raises `InputError`."""
        value = self.currentData()
        check_value(self._column, value)
        return value


Editor = LineEditor | TextEditor | ChoiceEditor


def make_editor(
    column: Column, titles: Titles, parent: QWidget | None = None, *, is_cell: bool = False
) -> Editor:
    """Return the editor of a column; in a cell there is room for a single line only."""
    if column.choices or column.kind is Kind.BOOLEAN:
        return ChoiceEditor(column, parent)
    if column.name in _LONG_TEXTS and not column.reference and not is_cell:
        return TextEditor(column, titles, parent)
    return LineEditor(column, titles, parent)


def fault_of(editor: Editor) -> str:
    """Return what is wrong with what an editor holds, '' if nothing is."""
    try:
        editor.read()
    except InputError as error:
        return refusal_text(error)
    return ""


def mark_fault(editor: Editor, fault: str) -> None:
    """Frame an editor that holds something wrong, or take the frame off."""
    editor.setProperty("error", bool(fault))
    editor.setAccessibleDescription(fault)
    editor.style().unpolish(editor)
    editor.style().polish(editor)


class FaultNote(QLabel):
    """What is wrong with a cell, just below it; goes with its editor."""

    def __init__(self, editor: QWidget, text: str) -> None:
        parent = editor.parentWidget()
        assert parent is not None
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "fault")
        self.setWordWrap(True)
        self.setFixedWidth(min(max(editor.width(), 260), max(parent.width() - GAP_PX, 120)))
        self.adjustSize()
        place = editor.geometry().bottomLeft()
        x = max(0, min(place.x(), parent.width() - self.width()))
        below = place.y() + 2
        above = editor.y() - self.height() - 2
        self.move(x, below if below + self.height() <= parent.height() else max(0, above))
        self.show()
        self.raise_()
        editor.destroyed.connect(self.deleteLater)


def fault_label() -> QLabel:
    """Return an empty label for the fault of one field of a form."""
    label = plain_label("")
    label.setProperty("role", "error")
    label.hide()
    return label
