"""Fundings: the money that programmes may spend, edited in place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.model.codes import SITE_CATEGORIES
from app.model.errors import InputError
from app.model.frames import plain, rows_of
from app.model.tables import TABLES
from app.model.written import read_value
from app.ui.entering import notation
from app.ui.labels import code_label
from app.ui.money_work import delete_funding, set_funding
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.freshness import Freshness
from app.ui.panels.money_parts import ChoiceDelegate, exact_euro, money_table, show_rows
from app.ui.panels.parts import EmptyHint, button, column_layout, selected_rows, tool_button
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX

_EDITABLE = ("name", "amount_eur", "category", "first_year", "last_year", "source")


class FundingsBox(QWidget):
    """A table of fundings; ``split_wanted`` carries their sum in EUR for the years to share."""

    split_wanted = Signal(float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model, self.table = money_table(self, self._columns(), self.tr("Fundings"), "name")
        EmptyHint(self.table, self.tr("No funding yet: add one below."))
        choices: dict[Any, str] = {None: self.tr("All sites")}
        choices |= {code: code_label(code) for code in SITE_CATEGORIES}
        self.table.setItemDelegateForColumn(2, ChoiceDelegate(choices, self.table))
        self.add = tool_button(self.tr("Add a funding"), "new", self._add)
        self.remove = tool_button(self.tr("Delete the funding"), "delete", self._remove)
        self.split = button(self.tr("Divide among the years"))
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.split)
        row.addStretch(1)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        layout = column_layout(self, margin_px=0)
        layout.setSpacing(GAP_PX // 2)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self.model.edited.connect(self._edited)
        self.split.clicked.connect(lambda _checked=False: self.split_wanted.emit(self.total()))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.fresh = Freshness(self, self.refresh)
        self._enable()

    def refresh(self) -> None:
        """Show the fundings of the project."""
        rows = rows_of(self._session.network.table("fundings"))
        rows.sort(key=lambda row: (row["category"] is None, str(row["name"])))
        show_rows(self.model, rows, "uid")
        self._enable()

    def total(self) -> float:
        """Return the sum of all fundings in EUR."""
        return float(self._session.network.table("fundings")["amount_eur"].fillna(0.0).sum())

    def _edited(self, uid: str, name: str, text: object) -> None:
        try:
            value: Any = text
            if name != "category":
                column = TABLES["fundings"].column(name)
                value = read_value(column, str(text).replace("€", ""), None, notation())
        except InputError as error:
            self._session.told.emit("warning", refusal_text(error))
            return
        self._session.edit(set_funding(uid, {name: plain(value)}))

    def _add(self) -> None:
        known = set(self._session.network.table("fundings")["name"])
        name, number = self.tr("New funding"), 1
        while name in known:
            number += 1
            name = f"{self.tr('New funding')} {number}"
        self._session.edit(set_funding(name, {"amount_eur": 0.0}))

    def _remove(self) -> None:
        for row in selected_rows(self.table):
            self._session.edit(delete_funding(self.model.uid_at(row)))

    def _enable(self) -> None:
        self.add.setEnabled(self._session.is_open)
        self.remove.setEnabled(bool(selected_rows(self.table)))
        self.split.setEnabled(self.model.rowCount() > 0)

    def _columns(self) -> list[ViewColumn]:
        def category(value: Any) -> str:
            return self.tr("All sites") if value is None else code_label(value)

        def yes(value: Any) -> str:
            return self.tr("Yes") if value else ""

        def year(value: Any) -> str:
            return "" if value is None else str(int(value))

        def edit(name: str, text: str, shown: Any, is_number: bool = False) -> ViewColumn:
            return ViewColumn(name, text, shown, is_number=is_number, is_editable=True)

        return [
            edit("name", self.tr("Funding"), str),
            edit("amount_eur", self.tr("Amount"), exact_euro, is_number=True),
            edit("category", self.tr("For"), category),
            edit("first_year", self.tr("From"), year, is_number=True),
            edit("last_year", self.tr("To"), year, is_number=True),
            ViewColumn("is_placeholder", self.tr("Assumed"), yes),
            edit("source", self.tr("Source"), lambda value: "" if value is None else str(value)),
        ]
