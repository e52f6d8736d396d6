"""Contributions: what each body pays a year under its agreement, and the agreements themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QWidget,
)

from app.model.codes import CONTRIBUTION_KEYS
from app.model.errors import AnelloError, InputError
from app.model.frames import plain
from app.model.study import Result
from app.model.tables import TABLES
from app.model.written import read_value, write_moment
from app.ui.entering import notation
from app.ui.jobs_runner import RunningJob
from app.ui.labels import code_label, figures
from app.ui.money_work import set_agreement
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.freshness import Freshness
from app.ui.panels.money_parts import ChoiceDelegate, exact_euro, money_table, show_rows
from app.ui.panels.parts import EmptyHint, button, column_layout, selected_rows
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, align_labels, plain_label
from app.ui.translation import render
from app.ui.use_cases import UseCases

_LEFT_PX = 330
_MOST_EUR = 1e9
RUNNING, ANNUITY, SUM = "running", "annuity", "sum"
KEYS = ("agreed", "residents", "rate", "length", "equal")
_EDITABLE = {
    "signed": "signed", "ends": "ends", "term": "term_years", "key": "contribution_key",
    "fixed": "yearly_eur", "in_operation": "is_in_operation",
}  # fmt: skip
"""Column of the table to column of the agreement."""


class ContributionsTab(QWidget):
    """Share a sum by a chosen key on a chosen day; agreements are edited in the table."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self._age = 0
        self._why: Mapping[str, str] = {}
        self.what = QComboBox()
        self.amount = QDoubleSpinBox()
        self.key = QComboBox()
        self.day = QDateEdit(QDate.currentDate())
        self.run = button(self.tr("Share"), "run")
        self.told = plain_label("")
        self.note = plain_label("", is_muted=True)
        self.model, self.table = money_table(
            self, self._columns(), self.tr("Contributions"), "name"
        )
        hint = self.tr("Nobody to share among yet: import bodies and their agreements.")
        EmptyHint(self.table, hint)
        choices = {code: code_label(code) for code in CONTRIBUTION_KEYS}
        both = {True: self.tr("Yes"), False: self.tr("No")}
        for name, named in (("key", choices), ("in_operation", both)):
            number = [column.name for column in self.model.columns].index(name)
            self.table.setItemDelegateForColumn(number, ChoiceDelegate(named, self.table))
        self._arrange()
        self.run.clicked.connect(lambda _checked=False: self.start())
        self.what.currentIndexChanged.connect(lambda _n: self._what_changed())
        self.model.edited.connect(self._edited)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell_row())
        session.jobs.finished.connect(self._finished)
        self.fresh = Freshness(self, self.refresh)
        self._what_changed()
        self.refresh()

    def refresh(self) -> None:
        """Forget the shares, which may be old, and list the agreements as they are."""
        self._age += 1
        self._why = {}
        self.told.setText("")
        self.note.setText("")
        self._show_rows({})
        self._enable()

    def start(self) -> None:
        """Share the sum."""
        if self._running is not None or not self._session.is_open:
            return
        self.fresh.now()
        age = self._age
        asked: dict[str, Any] = {
            "key": str(self.key.currentData()),
            "plan": self._session.preview or None,
            "on": date.fromisoformat(self.day.date().toString("yyyy-MM-dd")),
            "amount_eur": None,
        }
        if self.what.currentData() == SUM:
            asked["amount_eur"] = Decimal(f"{self.amount.value():.2f}")
        else:
            asked["of"] = str(self.what.currentData())

        def deliver(result: Result) -> None:
            if age == self._age:
                self._show(result)

        self._running = self._cases.study(
            self.tr("Sharing the contributions"), "contributions", asked, deliver, self._refused
        )
        self._enable()

    def _show(self, result: Result) -> None:
        reasons = result.tables["reasons"]
        pairs = zip(reasons["uid"], reasons["message"], strict=True)
        self._why = {str(uid): render(message) for uid, message in pairs}
        self._show_rows({row["uid"]: row for row in result.summary["contributions"]})
        text = self.tr("%1 shared among %2 bodies; %3 agreements are not in force.")
        paying = [row for row in result.summary["contributions"] if row["amount_eur"]]
        text = text.replace("%1", figures().euro(result.summary["amount_eur"], 2))
        text = text.replace("%2", figures().number(len(paying)))
        text = text.replace("%3", figures().number(len(result.summary["not_in_force"])))
        self.told.setText(text)
        self.note.setText("\n".join(render(finding.message) for finding in result.findings))

    def _show_rows(self, shared: Mapping[str, Mapping[str, Any]]) -> None:
        network = self._session.network
        bodies, agreements = network.table("organisations"), network.table("agreements")
        rows = []
        for agreement in agreements.itertuples():
            body = str(agreement.body)
            own = shared.get(body, {})
            rows.append(
                {
                    "uid": str(agreement.Index),
                    "name": str(bodies["name"].get(body, body)),
                    "signed": plain(agreement.signed), "ends": plain(agreement.ends),
                    "term": plain(agreement.term_years), "key": agreement.contribution_key,
                    "fixed": plain(agreement.yearly_eur),
                    "in_operation": bool(agreement.is_in_operation),
                    "weight": own.get("weight"), "amount": own.get("amount_eur"),
                    "reason": self._why.get(str(agreement.Index)) or self._why.get(body, ""),
                }
            )  # fmt: skip
        rows.sort(key=lambda row: (-(row["amount"] or 0), row["name"]))
        show_rows(self.model, rows, "uid")

    def _edited(self, uid: str, name: str, text: object) -> None:
        column = TABLES["agreements"].column(_EDITABLE[name])
        try:
            is_chosen = name in ("key", "in_operation")
            value = (
                text
                if is_chosen
                else read_value(column, str(text).replace("€", ""), None, notation())
            )
        except InputError as error:
            self._session.told.emit("warning", refusal_text(error))
            return
        self._session.edit(set_agreement(uid, {column.name: value}))

    def _tell_row(self) -> None:
        rows = selected_rows(self.table)
        if rows:
            reason = self.model.frame.at[self.model.uid_at(rows[0]), "reason"]
            self.note.setText(str(reason or ""))

    def _what_changed(self) -> None:
        self.amount.setEnabled(self.what.currentData() == SUM)

    def _refused(self, error: AnelloError) -> None:
        self.note.setText(refusal_text(error))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self._enable()

    def _enable(self) -> None:
        is_possible = bool(self._session.preview) or self.what.currentData() == SUM
        self.run.setEnabled(self._session.is_open and is_possible and self._running is None)

    def _columns(self) -> list[ViewColumn]:
        def yes(value: Any) -> str:
            return self.tr("Yes") if value else self.tr("No")

        def weight(value: Any) -> str:
            return "" if value is None else figures().number(value, 0)

        def years(value: Any) -> str:
            return "" if value is None else figures().number(value, 0)

        def edit(name: str, text: str, shown: Any = str, is_number: bool = False) -> ViewColumn:
            return ViewColumn(name, text, shown, is_number=is_number, is_editable=True)

        return [
            ViewColumn("name", self.tr("Body")),
            ViewColumn("amount", self.tr("Pays a year"), exact_euro, is_number=True),
            ViewColumn("weight", self.tr("Weight"), weight, is_number=True),
            edit("key", self.tr("Agreed key"), code_label),
            edit("fixed", self.tr("Fixed a year"), exact_euro, is_number=True),
            edit("signed", self.tr("Signed on"), _day_text),
            edit("term", self.tr("Term, years"), years, is_number=True),
            edit("ends", self.tr("Ends on"), _day_text),
            edit("in_operation", self.tr("In operation"), yes),
            ViewColumn("reason", self.tr("Why not"), str),
        ]

    def _arrange(self) -> None:
        for text, code in (
            (self.tr("Running costs of the plan"), RUNNING),
            (self.tr("Yearly equivalent of the plan"), ANNUITY),
            (self.tr("A sum"), SUM),
        ):
            self.what.addItem(text, code)
        names = {
            "agreed": self.tr("As agreed with each"), "residents": self.tr("By residents"),
            "rate": self.tr("By guaranteed rate"), "length": self.tr("By metres of network"),
            "equal": self.tr("In equal parts"),
        }  # fmt: skip
        for code in KEYS:
            self.key.addItem(names[code], code)
        self.amount.setRange(0, _MOST_EUR)
        self.amount.setDecimals(2)
        self.amount.setGroupSeparatorShown(True)
        self.amount.setSuffix(" €")
        self.amount.setValue(100_000)
        self.day.setCalendarPopup(True)
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_PX)
        form.setVerticalSpacing(GAP_PX // 2)
        for text, widget in (
            (self.tr("Share"), self.what), (self.tr("Sum"), self.amount),
            (self.tr("Key"), self.key), (self.tr("Agreements on"), self.day),
        ):  # fmt: skip
            form.addRow(text, widget)
            widget.setAccessibleName(text)
        align_labels(form)
        left = QWidget()
        left.setFixedWidth(_LEFT_PX)
        column = column_layout(left, margin_px=0)
        column.addLayout(form)
        column.addWidget(self.run)
        column.addWidget(self.told)
        column.addWidget(self.note)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addWidget(left)
        row.addWidget(self.table, 1)
        column_layout(self, margin_px=0).addLayout(row)


def _day_text(stored: Any) -> str:
    return "" if stored is None else write_moment(str(stored), notation())
