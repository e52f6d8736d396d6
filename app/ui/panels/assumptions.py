"""Assumptions: the rates of the cost summary, of running costs and renewal, to be replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.model.messages import QT_TRANSLATE_NOOP
from app.model.written import read_number, write_number
from app.ui.entering import notation
from app.ui.labels import language, sentence_text
from app.ui.money_work import assumptions, reset_assumptions, set_assumption
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.freshness import Freshness
from app.ui.panels.money_parts import money_table, show_rows
from app.ui.panels.parts import button, column_layout, selected_rows
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.translation import translate_text

_ENDS = ("low", "typical", "high")
_PERCENT = 100.0
_UNITS: Mapping[str, str] = {
    "fraction": "%",
    "1/year": QT_TRANSLATE_NOOP("codes", "% a year"),
    "years": QT_TRANSLATE_NOOP("codes", "years"),
    "months": QT_TRANSLATE_NOOP("codes", "months"),
    "days": QT_TRANSLATE_NOOP("codes", "days"),
    "each": "",
    "links": "",
    "m/day": QT_TRANSLATE_NOOP("codes", "m a day"),
    "EUR/(m year)": QT_TRANSLATE_NOOP("codes", "€ per m and year"),
    "EUR/kWh": "€/kWh",
    "EUR/h": "€/h",
    "EUR/year": QT_TRANSLATE_NOOP("codes", "€ a year"),
    "W": "W",
}
_SHARES = ("fraction", "1/year")
_GROUPS: Mapping[str, str] = {
    "summary": QT_TRANSLATE_NOOP("codes", "Cost summary"),
    "study": QT_TRANSLATE_NOOP("codes", "Study"),
    "maintenance": QT_TRANSLATE_NOOP("codes", "Maintenance"),
    "wayleave": QT_TRANSLATE_NOOP("codes", "Wayleave"),
    "power": QT_TRANSLATE_NOOP("codes", "Power"),
    "licences": QT_TRANSLATE_NOOP("codes", "Licences"),
    "life": QT_TRANSLATE_NOOP("codes", "Life"),
    "construction": QT_TRANSLATE_NOOP("codes", "Construction"),
    "alternatives": QT_TRANSLATE_NOOP("codes", "Alternatives"),
}


class AssumptionsTab(QWidget):
    """All figures on which costs rest besides prices; the project's own are kept with it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[str, Mapping[str, Any]] = {}
        self.model, self.table = money_table(self, self._columns(), self.tr("Assumptions"), "text")
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("Source of the values that you type in"))
        self.source.setAccessibleName(self.tr("Source of the values that you type in"))
        self.reset = button(self.tr("Back to the shipped figure"), "undo")
        self.hint = plain_label(
            self.tr("Double-click a value to replace it. It counts in the papers, too."),
            is_muted=True,
        )  # fmt: skip
        foot = QHBoxLayout()
        foot.setSpacing(GAP_PX)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.source, 1)
        foot.addWidget(self.reset)
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.model.edited.connect(self._edited)
        self.reset.clicked.connect(lambda _checked=False: self._reset())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.fresh = Freshness(self, self.refresh)
        self._enable()

    def refresh(self) -> None:
        """Show the figures in effect."""
        network = self._session.network
        if not self._session.is_open:
            self._show([])
            return

        def deliver(rows: list[dict[str, Any]]) -> None:
            if network is self._session.network:
                self._show(rows)

        self._session.ask(lambda _project: assumptions(network), deliver)

    def choose(self, code: str) -> None:
        """Show and select the figure with a code."""
        for row in self.model.rows_of([code]):
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def set_value(self, code: str, end: str, text: str) -> None:
        """Set an end of a figure to what was typed; what makes no sense is told."""
        row = self._rows[code]
        factor = _PERCENT if row["unit"] in _SHARES else 1.0
        number = read_number(text.replace("%", ""), "", notation())
        if number is None:
            self._session.told.emit("warning", self.tr("“%1” is no number.").replace("%1", text))
            return
        values = {name: row[name] if row[name] is not None else 0.0 for name in _ENDS}
        values[end] = number / factor
        if row["low"] == row["high"]:  # one value, or none yet
            values = dict.fromkeys(_ENDS, values[end])
        elif end == "typical":  # the ends give way
            values["low"] = min(values["low"], values[end])
            values["high"] = max(values["high"], values[end])
        texts = [f"{values[name]:.12g}" for name in _ENDS]
        self._session.edit(set_assumption(code, texts, self.source.text().strip()))

    def _edited(self, code: str, end: str, text: object) -> None:
        self.set_value(code, end, str(text))

    def _show(self, rows: Sequence[Mapping[str, Any]]) -> None:
        chosen = self._chosen()
        self._rows = {row["code"]: row for row in rows}
        key = f"text_{language()}"
        shown = [
            {
                **row,
                **{end: _scaled(row[end], row["unit"]) for end in _ENDS},
                "text": row[key],
            }
            for row in rows
        ]
        show_rows(self.model, shown, "code")
        for code in chosen:
            self.choose(code)
        self._enable()

    def _chosen(self) -> list[str]:
        return [self.model.uid_at(row) for row in selected_rows(self.table)]

    def _reset(self) -> None:
        self._session.edit(reset_assumptions(self._chosen()))

    def _enable(self) -> None:
        own = [code for code in self._chosen() if self._rows.get(code, {}).get("own")]
        self.reset.setEnabled(bool(own))

    def _columns(self) -> list[ViewColumn]:
        def yes(value: Any) -> str:
            return self.tr("Yes") if value else ""

        def end(name: str, heading: str) -> ViewColumn:
            return ViewColumn(name, heading, value_text, is_number=True, is_editable=True)

        return [
            ViewColumn("group", self.tr("Group"), group_text),
            ViewColumn("text", self.tr("Assumption")),
            end("low", self.tr("Low")),
            end("typical", self.tr("Typical")),
            end("high", self.tr("High")),
            ViewColumn("unit", self.tr("Unit"), unit_text),
            ViewColumn("placeholder", self.tr("Assumed"), yes),
            ViewColumn("own", self.tr("Own"), yes),
            ViewColumn("source", self.tr("Source"), sentence_text),
        ]


def group_text(group: str) -> str:
    """Return what a group of assumptions is called."""
    return translate_text("codes", _GROUPS[group])


def unit_text(unit: str) -> str:
    """Return a unit of an assumption as it is written; shares are in per cent."""
    text = _UNITS.get(unit, unit)
    return translate_text("codes", text) if text else ""


def value_text(value: Any) -> str:
    """Return a value in the unit in which it is shown, with all its digits."""
    return "–" if value is None else write_number(float(f"{value:.10g}"), notation())


def _scaled(value: float | None, unit: str) -> float | None:
    return value * _PERCENT if value is not None and unit in _SHARES else value


def read_share(text: str) -> str | None:
    """Return what per cent that were typed are as a fraction, ``None`` for no number."""
    number = read_number(text.replace("%", ""), "", notation())
    return None if number is None else f"{number / _PERCENT:.12g}"
