"""The filter of a table: words or a condition typed, and conditions on single columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.model.conditions import parse_condition
from app.model.errors import InputError
from app.model.filtering import as_condition
from app.model.schema import Table
from app.ui.icons import icon
from app.ui.panels.frame_model import FrameModel
from app.ui.session import refusal_text
from app.ui.theme import GAP_PX, plain_label
from app.ui.translation import translate_text

Mask = npt.NDArray[np.bool_]

_TYPING_MS = 180


class TableFilter(QWidget):
    """A box to type in, and below it the conditions on columns as buttons that take them off.

    ``changed`` says that the rows to show are others.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conditions: dict[str, tuple[str, str]] = {}
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Filter: words, or a condition such as priority <= 2"))
        self.box.setAccessibleName(self.tr("Filter of the table"))
        self.box.setClearButtonEnabled(True)
        self.box.addAction(icon("filter"), QLineEdit.ActionPosition.LeadingPosition)
        self.fault = plain_label("")
        self.fault.setProperty("role", "error")
        self.fault.hide()
        self.chips = QWidget()
        self._row = QHBoxLayout(self.chips)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP_PX // 2)
        self._row.addStretch(1)
        # many conditions must not widen the window
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.chips.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chips.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.box.textChanged.connect(lambda _text: self._typing.start())
        self.box.returnPressed.connect(self._at_once)

    def below(self) -> QVBoxLayout:
        """Return what stands below the box: the fault and the conditions on columns."""
        layout = QVBoxLayout()
        layout.setSpacing(GAP_PX // 2)
        layout.addWidget(self.fault)
        layout.addWidget(self.chips)
        return layout

    def clear(self) -> None:
        """Take everything off, silently."""
        self.box.blockSignals(True)
        self.box.clear()
        self.box.blockSignals(False)
        self._typing.stop()
        self._conditions = {}
        self._show_chips()
        self._tell("")

    def set_condition(self, column: str, text: str, told: str) -> None:
        """Narrow by a condition on a column, ``told`` as a person reads it; '' takes it off."""
        self._conditions.pop(column, None)
        if text:
            self._conditions[column] = (text, told)
        self._show_chips()
        self.changed.emit()

    def has_condition(self, column: str) -> bool:
        """Return whether a column is narrowed."""
        return column in self._conditions

    def where(self, table: Table) -> str:
        """Return all conditions as one, words left out."""
        typed = as_condition(self.box.text(), table, translate_text)
        parts = [text for text, _told in self._conditions.values()] + ([typed] if typed else [])
        return " and ".join(f"({part})" for part in parts)

    def passing(self, model: FrameModel, table: Table) -> Mask | None:
        """Return which rows pass, ``None`` when the condition typed cannot be read."""
        self._typing.stop()
        mask = np.ones(model.total, dtype=bool)
        text = self.box.text().strip()
        condition = as_condition(text, table, translate_text)
        try:
            for part, _told in self._conditions.values():
                mask &= parse_condition(part, table).matches(model.frame)
            if condition is not None:
                mask &= parse_condition(condition, table).matches(model.frame)
        except InputError as error:
            self._tell(refusal_text(error))
            return None
        self._tell("")
        if condition is None:
            for word in text.casefold().split():
                mask &= model.holding(word)
        return mask

    def _tell(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        self.box.setProperty("error", bool(fault))
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def _show_chips(self) -> None:
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (column, (_text, told)) in enumerate(self._conditions.items()):
            self._row.insertWidget(number, self._chip(column, told))
        self.chips.setVisible(bool(self._conditions))

    def _chip(self, column: str, told: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(told if len(told) <= 48 else f"{told[:47]}…")
        chip.setIcon(icon("close"))
        chip.setToolButtonStyle(chip.toolButtonStyle().ToolButtonTextBesideIcon)
        chip.setToolTip(self.tr("Take this condition off"))
        chip.setAccessibleName(self.tr("Take off: %1").replace("%1", told))
        chip.setProperty("role", "chip")
        chip.clicked.connect(lambda _checked=False: self.set_condition(column, "", ""))
        return chip

    def _at_once(self) -> None:
        self._typing.stop()
        self.changed.emit()
