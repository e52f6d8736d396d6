"""The plan panel: ask for a plan, watch it computed, look at plans, accept or drop them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app.model.errors import AnelloError
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures
from app.ui.panels.parts import button, column_layout, line
from app.ui.panels.plan_form import PlanForm
from app.ui.panels.plan_list import PlanCard, PlanList, plan_cards
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, heading, plain_label
from app.ui.translation import render
from app.ui.use_cases import UseCases
from app.ui.work import Appraisal, PlanWish

_SETTLED_MS = 900
"""A plan that is looked at so long is compared with the data."""
_FIRST_MS = 2_000
"""The same for the plan that a project opens with: the map comes first."""


class PlansPanel(QWidget):
    """New plan above, the plans below; marking a plan previews it on the map."""

    accept_wanted = Signal()
    delete_wanted = Signal()
    export_wanted = Signal()

    def __init__(
        self,
        session: Session,
        cases: UseCases,
        shown_sites: Callable[[], list[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self.form = PlanForm(session, shown_sites)
        self.form.wanted.connect(self.start)
        self.list = PlanList()
        hint = self.tr("No plan yet. Choose the sites above and make one.")
        self.empty = plain_label(hint, is_muted=True)
        self.progress = _ProgressRow(self._cancel)
        self.note = plain_label("")
        self.note.setProperty("role", "error")
        self.note.hide()
        self.details = _Details()
        self.age = plain_label(self.tr("Out of date: the data have changed since."))
        self.age.setProperty("role", "warning")
        self.age.hide()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_SETTLED_MS)
        self._asking.timeout.connect(self._appraise)
        self.accept = button(self.tr("Accept"), "accept", role="primary")
        self.export = button(self.tr("Export…"), "export")
        self.delete = button(self.tr("Delete"), "delete")
        self._arrange()
        self._connect()
        self.refresh()

    def start(self, wish: PlanWish) -> None:
        """Start computing a plan."""
        self._note("")
        self._running = self._cases.plan(wish, self._refused)
        self.form.run.setEnabled(False)

    def refresh(self) -> None:
        """Show the plans of the present network."""
        cards = plan_cards(self._session.network)
        self.list.show_cards(cards, self._session.preview)
        self.empty.setVisible(not cards)
        self.list.setVisible(bool(cards))
        self._show_current()

    def _arrange(self) -> None:
        inner = QWidget()
        layout = column_layout(inner)
        layout.addWidget(heading(self.tr("New plan")))
        layout.addWidget(self.form)
        layout.addWidget(self.progress)
        layout.addWidget(self.note)
        layout.addWidget(line())
        layout.addWidget(heading(self.tr("Plans")))
        layout.addWidget(self.empty)
        layout.addWidget(self.list)
        layout.addWidget(self.details)
        layout.addWidget(self.age)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        layout.addWidget(self.accept)
        row.addWidget(self.export, 1)
        row.addWidget(self.delete, 1)
        layout.addLayout(row)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFrameShape(QFrame.Shape.NoFrame)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setMinimumWidth(inner.minimumSizeHint().width() + bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._preview())
        self.list.itemClicked.connect(lambda _item: self._preview())
        self.accept.clicked.connect(self.accept_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.delete.clicked.connect(self.delete_wanted)
        self._session.project_changed.connect(self._start_anew)
        self._session.changed.connect(self._changed)
        self._session.preview_changed.connect(self._previewed)
        self._session.jobs.progressed.connect(self._progressed)
        self._session.jobs.finished.connect(self._finished)
        self._cases.planned.connect(self._planned)
        self._cases.appraised.connect(self._appraised)

    def _preview(self) -> None:
        self._session.show_plan(self.list.current_uid())

    def _previewed(self, uid: str) -> None:
        if self.list.current_uid() != uid:
            self.list.choose(uid)
        self._show_current()

    def _show_current(self) -> None:
        uid = self._session.preview
        card = next((card for card in plan_cards(self._session.network) if card.uid == uid), None)
        self.details.show_card(card)
        for control in (self.accept, self.export, self.delete):
            control.setEnabled(card is not None)
        self.age.hide()
        self._asking.stop()
        if card is not None:
            self.accept.setEnabled(not card.is_accepted)
            self._asking.start()

    def _start_anew(self) -> None:
        # the map of another project comes first: to appraise loads the planning core
        self._asking.setInterval(_FIRST_MS)
        self.refresh()

    def _appraise(self) -> None:
        self._asking.setInterval(_SETTLED_MS)
        if self._session.preview:
            self._cases.appraise(self._session.preview)

    def _appraised(self, uid: str, found: Appraisal) -> None:
        if uid == self._session.preview:
            self.age.setVisible(found.is_out_of_date and self.accept.isEnabled())
            self.details.show_share(found.placeholder_share)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"plans", "plan_spans", "plan_sites"}:
            self.refresh()
        else:
            self._show_current()

    def _progressed(self, running: RunningJob) -> None:
        if running is self._running and running.is_due:
            self.progress.tell(running)

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.progress.hide()
            self.form.refresh()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _planned(self, result: Result, uid: str) -> None:
        self.form.start_anew()
        lost = result.summary.get("unreachable") or ()
        if not uid and not lost:
            self._note(self.tr("Nothing to plan: every chosen site is connected already."))
        elif lost:
            self._note(self.tr("%n site(s) cannot be reached; see the findings.", "", len(lost)))

    def _refused(self, error: AnelloError) -> None:
        self._note(refusal_text(error))

    def _note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))


class _ProgressRow(QWidget):
    """How far the plan is, and a way to stop it."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress of the plan"))
        self.text = plain_label("", is_muted=True)
        self.cancel = button(self.tr("Cancel"), "cancel")
        self.cancel.clicked.connect(lambda _checked=False: self._cancelled(cancel))
        texts = QVBoxLayout()
        texts.setSpacing(GAP_PX // 2)
        texts.addWidget(self.text)
        texts.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addLayout(texts, 1)
        layout.addWidget(self.cancel)
        self.hide()

    def tell(self, running: RunningJob) -> None:
        """Show how far the job is."""
        self.cancel.setEnabled(not running.is_cancelling)
        self.bar.setValue(round(running.state.fraction * 1000))
        told = running.state.message
        self.text.setText(render(told) if told is not None else running.title)
        self.show()

    def _cancelled(self, cancel: Callable[[], None]) -> None:
        self.cancel.setEnabled(False)
        self.text.setText(self.tr("Stopping…"))
        cancel()


class _Details(QWidget):
    """The figures of the plan that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_PX * 2)
        self._grid.setVerticalSpacing(GAP_PX // 2)
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}
        for key, text in (
            ("range", self.tr("Cost range")),
            ("length", self.tr("Route length")),
            ("sites", self.tr("Sites")),
            ("gap", self.tr("Proven gap")),
            ("share", self.tr("On placeholder prices")),
        ):
            row = len(self.values)
            self._grid.addWidget(plain_label(text, is_muted=True, wraps=False), row, 0)
            value = plain_label("")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(value, row, 1)
            self.values[key] = value
        self.hide()

    def show_card(self, card: PlanCard | None) -> None:
        """Show a plan's figures, or nothing."""
        self.setVisible(card is not None)
        if card is None:
            return
        sites = str(card.sites)
        if card.unreachable:
            told = self.tr("%1, %2 unreachable").replace("%1", sites)
            sites = told.replace("%2", str(card.unreachable))
        for key, text in (
            ("range", card.cost_range),
            ("length", card.length),
            ("sites", sites),
            ("gap", card.gap),
        ):
            self.values[key].setText(text)
        self.values["share"].setText("…")

    def show_share(self, share: float) -> None:
        """Show how much of the cost rests on placeholder prices, 0 to 1."""
        self.values["share"].setText(figures().percent(share))
        self.values["share"].setProperty("role", "warning" if share else "")
        self.values["share"].style().polish(self.values["share"])
