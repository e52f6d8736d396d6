"""Revisions in the window: who submitted and decided what, and what differs between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from app.model.messages import QT_TRANSLATE_NOOP
from app.model.revisions import revisions_of
from app.model.symbols import load_symbols
from app.model.tables import TABLES
from app.ui.labels import (
    code_label,
    column_label,
    figures,
    moment_text,
    object_title,
    table_label,
)
from app.ui.map.overlay import ROLES
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import (
    EmptyHint,
    WideColumn,
    button,
    column_layout,
    make_table,
    selected_rows,
    tool_button,
)
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label, theme_name
from app.ui.translation import translate_text

PRESENT = "now"
_LEAST_LETTERS = 5
KINDS = ("added", "removed", "changed")
_KIND_WORDS: Mapping[str, str] = {
    "added": QT_TRANSLATE_NOOP("codes", "added"),
    "removed": QT_TRANSLATE_NOOP("codes", "removed"),
    "changed": QT_TRANSLATE_NOOP("codes", "changed"),
}
_COURSE = QT_TRANSLATE_NOOP("codes", "Course")


class RevisionsPage(QWidget):
    """The revisions of a plan, the choice of two sides, and their difference.

    ``compare_wanted`` carries two sides: the number of a revision, `PRESENT`, or ``plan:UID``.
    """

    compare_wanted = Signal(str, str)
    clear_wanted = Signal()
    row_chosen = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("Revisions"), is_multiple=False)
        hint = self.tr("No revision yet: submitting the plan makes the first.")
        EmptyHint(self.table, hint)
        self.first, self.second = QComboBox(), QComboBox()
        self.first.setAccessibleName(self.tr("Compare"))
        self.second.setAccessibleName(self.tr("With"))
        self.compare = button(self.tr("Compare"), "compare")
        for box in (self.first, self.second):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_LEAST_LETTERS)
        self.clear = tool_button(
            self.tr("Take the differences off the map"), "clear", self.clear_wanted.emit
        )
        self.total = plain_label("")
        self.total.setProperty("role", "figure")
        self.counts = {kind: plain_label("", wraps=False) for kind in KINDS}
        self._marks = {kind: plain_label("", wraps=False) for kind in KINDS}
        self.differences = FrameModel(self._difference_columns(), self)
        self.difference_table = make_table(
            self.differences, self.tr("Differences"), is_multiple=False
        )
        self.result = QWidget()
        self._arrange()
        self.compare.clicked.connect(lambda _checked=False: self._want())
        self.difference_table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())

    def show_plan(self, plan: str | None) -> None:
        """Show the revisions of a plan and of what it was made from."""
        network = self._session.network
        rows = network.table("revisions").iloc[0:0]
        if plan is not None:
            rows = revisions_of(network, plan).iloc[::-1]
        self.model.set_frame(
            pd.DataFrame(
                {
                    name: np.array(rows[name].astype(object).tolist() or [], dtype=object)
                    for name in ("number", "state", "submitted", "submitted_by", "decided_by",
                                 "decision")
                },
                index=rows.index,
            )
        )  # fmt: skip
        self._offer(plan, [str(number) for number in rows["number"]])

    def show_difference(self, summary: Mapping[str, Any] | None) -> None:
        """Show what a comparison found, or nothing."""
        self.result.setVisible(summary is not None)
        rows = [] if summary is None else summary["rows"]
        self.differences.set_frame(
            pd.DataFrame(
                {
                    "kind": _cells([row["kind"] for row in rows]),
                    "name": _cells([self._title(row) for row in rows]),
                    "delta": np.array([row["delta_typical_eur"] for row in rows], dtype=float),
                },
                index=[str(at) for at in range(len(rows))],
            )
        )
        if summary is None:
            return
        for kind in KINDS:
            self._marks[kind].setPixmap(stroke(kind).pixmap(26, 14))
            self.counts[kind].setText(f"{summary[kind]} {_kind_text(kind)}")
        delta, before = summary["delta_eur"], summary["from_eur"]
        text = self.tr("Cost: %1 (from %2 to %3)")
        for mark, value in (
            ("%1", signed_euro(delta["typical"])),
            ("%2", figures().euro(before["typical"], 0)),
            ("%3", figures().euro(summary["to_eur"]["typical"], 0)),
        ):
            text = text.replace(mark, value)
        self.total.setText(text)

    # -- inside ------------------------------------------------------------------------------

    def _columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("number", self.tr("No."), is_number=True),
            ViewColumn("state", self.tr("State"), code_label),
            ViewColumn("submitted", self.tr("Submitted"), moment_text),
            ViewColumn("submitted_by", self.tr("By")),
            ViewColumn("decided_by", self.tr("Decided by")),
            ViewColumn("decision", self.tr("Grounds")),
        ]

    def _difference_columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("kind", self.tr("What"), _kind_text, icon=stroke, icon_from="kind"),
            ViewColumn("name", self.tr("Object")),
            ViewColumn("delta", self.tr("Cost"), signed_euro, is_number=True),
        ]

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(plain_label("→", wraps=False))
        row.addWidget(self.second, 1)
        row.addWidget(self.compare)
        legend = QGridLayout()
        legend.setHorizontalSpacing(GAP_PX)
        for at, kind in enumerate(KINDS):
            legend.addWidget(self._marks[kind], 0, 2 * at)
            legend.addWidget(self.counts[kind], 0, 2 * at + 1)
        legend.setColumnStretch(2 * len(KINDS), 1)
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        head.addWidget(self.total, 1)
        head.addWidget(self.clear)
        inner = column_layout(self.result, margin_px=0)
        inner.addLayout(head)
        inner.addLayout(legend)
        inner.addWidget(self.difference_table, 1)
        layout = column_layout(self, margin_px=0)
        layout.setContentsMargins(0, GAP_PX, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.first)
        layout.addLayout(row)
        layout.addWidget(self.result, 2)
        self.result.hide()
        em = self.fontMetrics().horizontalAdvance("n")
        for number, width in enumerate((5, 13, 17, 12, 12)):
            self.table.setColumnWidth(number, width * em)
        for number, width in {0: 13, 2: 13}.items():
            self.difference_table.setColumnWidth(number, width * em)
        header = self.difference_table.horizontalHeader()
        header.setStretchLastSection(False)
        WideColumn(self.difference_table, 1, 14)

    def _offer(self, plan: str | None, numbers: Sequence[str]) -> None:
        """Offer the sides: revisions, the plan as it is, other plans."""
        plans = self._session.network.table("plans")["name"]
        revision = self.tr("Revision %1")
        for box in (self.first, self.second):
            kept = box.currentData()
            box.clear()
            for number in numbers:
                box.addItem(revision.replace("%1", number), number)
            if plan is not None:
                box.addItem(self.tr("The plan as it is"), PRESENT)
            if box is self.second:
                for uid in plans.index:
                    if uid != plan:
                        box.addItem(str(plans[uid]), f"plan:{uid}")
            box.setCurrentIndex(max(box.findData(kept), 0))
        if plan is not None and self.first.currentData() == self.second.currentData():
            at = 1 if len(numbers) > 1 else 0
            self.first.setCurrentIndex(at)
            self.second.setCurrentIndex(0 if len(numbers) > 1 else self.second.findData(PRESENT))
        self.compare.setEnabled(plan is not None and bool(numbers or len(plans) > 1))

    def _want(self) -> None:
        self.compare_wanted.emit(self.first.currentData(), self.second.currentData())

    def _chosen(self) -> None:
        rows = selected_rows(self.difference_table)
        if rows:
            self.row_chosen.emit(int(self.differences.uid_at(rows[0])))

    def _title(self, row: Mapping[str, Any]) -> str:
        network = self._session.network
        table, uid = row["table"], row["after_uid"] or row["before_uid"]
        if table == "plan_sites":
            name = str(row["name"] or uid)
        elif uid in network.table(table).index:
            name = object_title(network, table, uid)
        else:
            name = code_label(row["name"]) if row["name"] else str(uid)[:8]
        if row["fields"]:
            return f"{name} ({self._fields(row)})"
        return name if table != "plan_nodes" else f"{name} – {table_label(table)}"

    @staticmethod
    def _fields(row: Mapping[str, Any]) -> str:
        columns = {column.name: column for column in TABLES[row["table"]].columns}
        words = [
            column_label(columns[name], with_unit=False) if name in columns else _course()
            for name in row["fields"]
        ]
        return ", ".join(words)


def _course() -> str:
    return translate_text("codes", _COURSE)


def _kind_text(kind: str) -> str:
    return translate_text("codes", _KIND_WORDS[kind]) if kind in _KIND_WORDS else kind


def signed_euro(amount: float | None) -> str:
    """Return an amount with its sign; nothing for nothing."""
    if amount is None or amount != amount:  # noqa: PLR0124 - not a number
        return ""
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return f"{sign}{figures().euro(abs(amount), 0)}"


def stroke(kind: str) -> QIcon:
    """Return the stroke with which the map shows a kind of difference."""
    picture = QPixmap(52, 28)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    color = QColor(load_symbols(theme_name()).colors[ROLES[str(kind)]])
    pen = QPen(color, 5.0)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if kind == "removed":
        pen.setDashPattern([1.0, 0.7])
    painter = QPainter(picture)
    painter.setPen(pen)
    painter.drawLine(1, 7, 25, 7)
    painter.end()
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


def _cells(values: list[Any]) -> Any:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells
