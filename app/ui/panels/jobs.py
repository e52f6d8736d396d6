"""Jobs: what is computed, how far it is and how long it takes still; what has ended, kept."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.model.errors import AnelloError
from app.ui.jobs_runner import CANCELLED, DONE, FAILED, REFUSED, EndedJob, JobRunner, RunningJob
from app.ui.labels import figures
from app.ui.panels.parts import WideColumn, button, column_layout
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, plain_label, tip
from app.ui.translation import render

_TITLE, _STATE, _TIME, _LEFT, _ACT = range(5)
_MINUTE_S = 60
_NAME_EM = 18


class JobsPanel(QWidget):
    """Running jobs first, then those in line, then those that have ended, the latest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner: JobRunner = session.jobs
        self._bars: dict[RunningJob, tuple[QTreeWidgetItem, QProgressBar, QPushButton]] = {}
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Jobs"))
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHeaderLabels(
            [self.tr("Job"), self.tr("State"), self.tr("Time"), self.tr("Remaining"), ""]
        )
        em = self.fontMetrics().horizontalAdvance("n")
        header = self.list.header()
        header.setStretchLastSection(False)
        WideColumn(self.list, _TITLE, _NAME_EM)
        for column, width in ((_STATE, 20), (_TIME, 10), (_LEFT, 11), (_ACT, 15)):
            header.resizeSection(column, width * em)
        self.empty = plain_label(self.tr("Nothing is being computed."), is_muted=True)
        self.clear = button(self.tr("Clear the list"), "clear")
        self.clear.clicked.connect(lambda _checked=False: self._runner.clear_ended())
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.empty, 1)
        row.addWidget(self.clear)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        self._runner.started.connect(lambda _job: self.refresh())
        self._runner.finished.connect(self._finished)
        self._runner.ended_changed.connect(self.refresh)
        self._runner.progressed.connect(self._progressed)
        self.refresh()

    def refresh(self) -> None:
        """Show all jobs anew."""
        self.list.clear()
        self._bars.clear()
        for running in (*self._runner.running, *self._runner.waiting):
            self._add_running(running)
        for ended in self._runner.ended:
            self._add_ended(ended)
        count = len(self._bars)
        text = self.tr("%n job(s) under way.", "", count)
        self.empty.setText(text if count else self.tr("Nothing is being computed."))
        self.clear.setEnabled(bool(self._runner.ended))

    def _add_running(self, running: RunningJob) -> None:
        item = QTreeWidgetItem([running.title, "", "", "", ""])
        item.setToolTip(_TITLE, tip(running.title))
        self.list.addTopLevelItem(item)
        bar = QProgressBar()
        bar.setRange(0, 1000)
        bar.setTextVisible(True)
        bar.setAccessibleName(running.title)
        stop = button(self.tr("Cancel"), "cancel")
        stop.clicked.connect(lambda _checked=False: self._cancel(running))
        self.list.setItemWidget(item, _STATE, bar)
        self.list.setItemWidget(item, _ACT, stop)
        self._bars[running] = (item, bar, stop)
        self._tell(running)

    def _add_ended(self, ended: EndedJob) -> None:
        moment = QDateTime.fromSecsSinceEpoch(
            int(datetime.fromtimestamp(ended.ended_at).timestamp())
        )
        at = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
        item = QTreeWidgetItem(
            [ended.title, f"{at}  {self._outcome(ended)}", duration_text(ended.seconds), "", ""]
        )
        item.setToolTip(_TITLE, tip(ended.title))
        item.setToolTip(_STATE, tip(self._told(ended)))
        self.list.addTopLevelItem(item)
        if ended.outcome == DONE:
            show = button(self.tr("Show"), "preview")
            show.clicked.connect(lambda _checked=False: self._show(ended))
            self.list.setItemWidget(item, _ACT, show)

    def _outcome(self, ended: EndedJob) -> str:
        if ended.outcome == DONE and ended.is_stale:
            return self.tr("done; the data have changed since")
        names = {
            DONE: self.tr("done"), CANCELLED: self.tr("cancelled"),
            REFUSED: self.tr("not possible"), FAILED: self.tr("failed"),
        }  # fmt: skip
        return names[ended.outcome]

    def _told(self, ended: EndedJob) -> str:
        if isinstance(ended.error, AnelloError):
            return refusal_text(ended.error)
        return "" if ended.error is None else str(ended.error)

    def _show(self, ended: EndedJob) -> None:
        if ended.shelf.show is not None:
            ended.shelf.show()

    def _progressed(self, running: RunningJob) -> None:
        if self.isVisible():
            if running not in self._bars:
                self.refresh()
            self._tell(running)

    def _tell(self, running: RunningJob) -> None:
        item, bar, stop = self._bars[running]
        told = running.state.message
        share = figures().percent(running.state.fraction, 0)
        bar.setValue(round(running.state.fraction * 1000))
        if running.is_waiting:
            text = self.tr("in line")
        elif running.is_cancelling:
            text = self.tr("Stopping…")
        else:
            text = share if told is None else f"{share}  {render(told)}"
        bar.setFormat(text.replace("%", "%%") if "%%" in text else text)
        bar.setToolTip(tip(text))
        stop.setEnabled(not running.is_cancelling)
        item.setText(_TIME, "" if running.is_waiting else duration_text(running.elapsed_s))
        left = running.remaining_s
        item.setText(_LEFT, "" if left is None else duration_text(left))

    def _cancel(self, running: RunningJob) -> None:
        running.cancel()
        if running in self._bars:
            self._tell(running)

    def _finished(self, running: RunningJob) -> None:
        if running in self._bars:
            self.refresh()


def duration_text(seconds: float) -> str:
    """Return a duration in seconds, or in minutes and seconds."""
    whole = round(seconds)
    if whole < _MINUTE_S:
        return f"{whole} s"
    return f"{whole // _MINUTE_S} min {whole % _MINUTE_S:02d} s"
