"""Remarks in the window: one card for each thread, filtered by what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.model.codes import COMMENT_STATES
from app.model.comments import CLOSED, OPEN, Thread, threads
from app.ui.labels import code_label, moment_text, object_title, table_label
from app.ui.panels.parts import Link, button, column_layout, tool_button
from app.ui.session import Session
from app.ui.theme import GAP_PX, colors, plain_label

_ALL = ""
MOST_CARDS = 200
"""More threads than this are not read by scrolling; a filter is."""


class RemarksPage(QWidget):
    """The threads of a plan; ``answer_wanted`` and ``close_wanted`` carry the thread's ``uid``."""

    new_wanted = Signal()
    import_wanted = Signal()
    answer_wanted = Signal(str)
    close_wanted = Signal(str, bool)
    jump_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._plan: str | None = None
        self.state_box = QComboBox()
        self.state_box.setAccessibleName(self.tr("Which remarks"))
        self.add = button(self.tr("New remark…"), "comment")
        self.state_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.bring = tool_button(
            self.tr("Take in the remarks written in an exported GeoPackage or spreadsheet"),
            "import",
            self.import_wanted.emit,
        )
        self.cards: list[RemarkCard] = []
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, GAP_PX, 0)
        self._rows.setSpacing(GAP_PX)
        self.empty = plain_label("", is_muted=True)
        self._arrange()
        self.state_box.currentIndexChanged.connect(lambda _at: self._fill())
        self.add.clicked.connect(lambda _checked=False: self.new_wanted.emit())

    def show_plan(self, plan: str | None) -> None:
        """Show the remarks on a plan and on what it was made from; ``None`` for all."""
        self._plan = plan
        chosen = self.state_box.currentData() if self.state_box.count() else OPEN
        found = threads(self._session.network, plan)
        counts = dict.fromkeys(COMMENT_STATES, 0)
        for thread in found:
            state = str(thread.root["state"])
            counts[state] = counts.get(state, 0) + 1
        self.state_box.blockSignals(True)
        self.state_box.clear()
        for state in COMMENT_STATES:
            self.state_box.addItem(f"{code_label(state)} ({counts[state]})", state)
        self.state_box.addItem(f"{self.tr('All')} ({len(found)})", _ALL)
        self.state_box.setCurrentIndex(max(self.state_box.findData(chosen), 0))
        self.state_box.blockSignals(False)
        self._fill()

    def show_state(self, state: str) -> None:
        """Show the threads of one state, or all of them ('')."""
        self.state_box.setCurrentIndex(self.state_box.findData(state))

    # -- inside ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.state_box, 1)
        row.addWidget(self.bring)
        self._rows.addWidget(self.empty)
        self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._list)
        layout = column_layout(self, margin_px=0)
        layout.setContentsMargins(0, GAP_PX, 0, 0)
        layout.addWidget(self.add)
        layout.addLayout(row)
        layout.addWidget(area, 1)

    def _fill(self) -> None:
        for card in self.cards:
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        state = self.state_box.currentData()
        found = threads(self._session.network, self._plan, (state,) if state else ())
        self.cards = [self._card(thread) for thread in found[:MOST_CARDS]]
        for at, card in enumerate(self.cards):
            self._rows.insertWidget(at, card)
        self._tell(len(found))

    def _card(self, thread: Thread) -> RemarkCard:
        card = RemarkCard(self._session, thread)
        uid = str(thread.root["uid"])
        card.answer.clicked.connect(partial(self._wanted, self.answer_wanted, uid))
        is_open = thread.root["state"] != CLOSED
        card.close_it.clicked.connect(lambda _on=False: self.close_wanted.emit(uid, is_open))
        card.about.clicked.connect(lambda: self.jump_wanted.emit(uid))
        return card

    @staticmethod
    def _wanted(signal: Any, uid: str, _checked: bool = False) -> None:
        signal.emit(uid)

    def _tell(self, count: int) -> None:
        if not count:
            self.empty.setText(
                self.tr(
                    "No remarks here. Select an object, or right-click a place of the map, and "
                    "say what you think of it."
                )
            )
        elif count > MOST_CARDS:
            text = self.tr("%1 of %2 are shown; the table of remarks has them all.")
            self.empty.setText(text.replace("%1", str(MOST_CARDS)).replace("%2", str(count)))
        self.empty.setVisible(not count or count > MOST_CARDS)


class RemarkCard(QFrame):
    """One thread: state, object, what was said, and what was answered."""

    def __init__(self, session: Session, thread: Thread) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.thread_uid = str(thread.root["uid"])
        self._session = session
        self.about = Link(self._about(thread))
        self.answer = button(self.tr("Answer…"), "comment", role="link")
        is_closed = thread.root["state"] == CLOSED
        self.close_it = (
            button(self.tr("Open again"), "undo", role="link")
            if is_closed
            else button(self.tr("Close"), "check", role="link")
        )
        layout = column_layout(self)
        layout.addLayout(self._head(thread))
        layout.addWidget(self.about)
        layout.addWidget(plain_label(str(thread.root["body"])))
        self._add_replies(layout, thread.replies)
        low = QHBoxLayout()
        low.setSpacing(GAP_PX)
        low.addWidget(self.answer)
        low.addWidget(self.close_it)
        low.addStretch(1)
        layout.addLayout(low)

    def _head(self, thread: Thread) -> QHBoxLayout:
        state = str(thread.root["state"])
        shades = {OPEN: colors().warning, CLOSED: colors().muted}
        dot = QLabel("●")
        dot.setStyleSheet(f"color: {shades.get(state, colors().good)}")
        word = plain_label(code_label(state), wraps=False)
        word.setProperty("role", "figure")
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(dot)
        row.addWidget(word)
        who = plain_label(_signature(thread.root), is_muted=True)
        who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(who, 1)
        return row

    def _about(self, thread: Thread) -> str:
        table, uid = thread.root["object_table"], thread.root["object_uid"]
        if table is None or uid is None:
            return self.tr("A place on the map")
        if thread.is_orphan:
            return self.tr("An object that is no more")
        title = object_title(self._session.network, table, uid)
        return f"{table_label(table)}: {title}"

    @staticmethod
    def _add_replies(layout: QVBoxLayout, replies: Sequence[Mapping[str, Any]]) -> None:
        for reply in replies:
            inner = QVBoxLayout()
            inner.setContentsMargins(GAP_PX * 2, 0, 0, 0)
            inner.setSpacing(2)
            inner.addWidget(plain_label("↳ " + _signature(reply), is_muted=True))
            inner.addWidget(plain_label(str(reply["body"])))
            layout.addLayout(inner)


def _signature(row: Mapping[str, Any]) -> str:
    parts = (row["author"] or "", moment_text(row["created"]) if row["created"] else "")
    return " · ".join(part for part in parts if part)
