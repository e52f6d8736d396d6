"""Small forms about prices: an index to another year, the price of one item, cost rules."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from app.model.written import read_number, write_number
from app.ui.dialogs.frame import FormDialog
from app.ui.entering import notation
from app.ui.labels import code_label, language
from app.ui.panels.parts import button
from app.ui.theme import GAP_PX, plain_label

_WIDTH_PX = 460
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_ENDS = ("low_eur", "typical_eur", "high_eur")


class IndexDialog(FormDialog):
    """Asks for factor, source and year; ``wanted`` carries them, and whether new plans take it."""

    wanted = Signal(object, str, int, bool)

    def __init__(self, name: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Prices of another year"), parent)
        told = self.tr(
            "A new version of “%1”: every price times the factor, rounded to the cent. "
            "The list stays as it is."
        )
        self.body.addWidget(plain_label(told.replace("%1", name), is_muted=True))
        self.factor, self.source, self.year = QLineEdit(), QLineEdit(), QSpinBox()
        self.factor.setPlaceholderText(self.tr("such as 1.08").replace("1.08", _number(1.08)))
        self.source.setPlaceholderText(self.tr("such as ISTAT, road works, March 2026"))
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setValue(year)
        self.add_form(
            [
                (self.tr("Factor"), self.factor),
                (self.tr("Source of the index"), self.source),
                (self.tr("Year of the prices"), self.year),
            ]
        )
        self.use = QCheckBox(self.tr("Use for new plans"))
        self.body.addWidget(self.use)
        self.finish(self.tr("Make the version"), self.tr("Cancel"))
        self.setMinimumWidth(_WIDTH_PX)

    def accept(self) -> None:
        """Hand out what was asked for, unless something is missing."""
        factor = read_number(self.factor.text(), "", notation())
        if factor is None or factor <= 0:
            self.tell_error(self.tr("The factor is a number above 0."))
        elif not self.source.text().strip():
            self.tell_error(self.tr("An index needs its source."))
        else:
            self.wanted.emit(
                Decimal(repr(factor)), self.source.text().strip(), self.year.value(),
                self.use.isChecked(),
            )  # fmt: skip
            super().accept()


class PriceDialog(FormDialog):
    """Asks for the prices of one item and their source; ``wanted`` carries the values."""

    wanted = Signal(object)

    def __init__(
        self, item: Mapping[str, Any], *, is_list_used: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Price of %1").replace("%1", str(item["code"])), parent)
        self.body.addWidget(plain_label(str(item[f"text_{language()}"])))
        self.fields = {end: QLineEdit(_text(item[end])) for end in _ENDS}
        self.source = QLineEdit("" if item["is_placeholder"] else str(item["source"] or ""))
        self.source.setPlaceholderText(self.tr("Without a source the price stays an assumption"))
        self.year = QSpinBox()
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setValue(int(item["price_year"] or _FIRST_YEAR))
        per = self.tr("€ per %1").replace("%1", code_label(str(item["unit"])))
        labels = (self.tr("Low"), self.tr("Typical"), self.tr("High"))
        rows = [
            (f"{label}, {per}", self.fields[end]) for label, end in zip(labels, _ENDS, strict=True)
        ]
        self.add_form([*rows, (self.tr("Source"), self.source), (self.tr("Year"), self.year)])
        if is_list_used:
            told = self.tr("Plans were priced with this list: a new version of it is made.")
            self.body.addWidget(plain_label(told, is_muted=True))
        self.finish(self.tr("Keep"), self.tr("Cancel"))
        self.setMinimumWidth(_WIDTH_PX)

    def accept(self) -> None:
        """Hand out the values when they are numbers in order."""
        values: dict[str, Any] = {}
        for end, field in self.fields.items():
            text = field.text().strip()
            values[end] = read_number(text, "EUR", notation()) if text else None
            if text and values[end] is None:
                self.tell_error(self.tr("“%1” is no price.").replace("%1", text))
                return
        low, typical, high = (values[end] for end in _ENDS)
        if typical is None:
            self.tell_error(self.tr("The typical price is needed."))
            return
        ends = (typical if low is None else low, typical, typical if high is None else high)
        if not 0 <= ends[0] <= ends[1] <= ends[2]:
            self.tell_error(self.tr("Low, typical and high are not in order."))
            return
        source = self.source.text().strip()
        values |= {"price_year": self.year.value(), "is_placeholder": not source}
        if source:
            values["source"] = source
        self.wanted.emit(values)
        super().accept()


class RulesDialog(FormDialog):
    """Says whose cost rules new plans follow; they are taken in, written and reset here."""

    load_wanted = Signal()
    write_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, *, is_own: bool, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Cost rules"), parent)
        whose = (
            self.tr("New plans follow the project's own cost rules.")
            if is_own
            else self.tr("New plans follow the cost rules that come with the program.")
        )
        self.body.addWidget(plain_label(whose))
        self.body.addWidget(
            plain_label(
                self.tr(
                    "Rules say which technique a street allows, and how trenches, surfaces, "
                    "chambers, cables, joints and equipment turn into quantities. Write them to "
                    "a file, change it, take it in. Plans keep what they were made with."
                ),
                is_muted=True,
            )
        )
        self.load = button(self.tr("Take in a file…"), "import")
        self.write = button(self.tr("Write to a file…"), "export")
        self.reset = button(self.tr("Use those of the program"), "undo")
        self.reset.setEnabled(is_own)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        for made, signal in (
            (self.load, self.load_wanted), (self.write, self.write_wanted),
            (self.reset, self.reset_wanted),
        ):  # fmt: skip
            made.clicked.connect(lambda _checked=False, s=signal: self._leave(s))
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)
        self.finish(self.tr("Close"))

    def _leave(self, signal: Any) -> None:
        self.reject()
        signal.emit()


def _number(value: float) -> str:
    return write_number(value, notation())


def _text(value: Any) -> str:
    return "" if value is None else _number(float(value))
