"""The status bar: jobs, coordinates under the cursor, scale and CRS."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QWidget

from app.model.coordtext import lonlat_text
from app.model.geodesy import to_lonlat
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures
from app.ui.panels.parts import tool_button
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.translation import render

_TOLD_MS = 8000


class JobBar(QWidget):
    """The job that runs longest, with its progress and a way to stop it; a click shows all."""

    clicked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: RunningJob | None = None
        self.text = plain_label("", wraps=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.cancel = tool_button(self.tr("Cancel"), "close", self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP_PX, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.text)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(600)
        self._late.timeout.connect(self._show_busy)
        session.jobs.progressed.connect(self._progressed)
        session.jobs.finished.connect(self._finished)
        session.busy_changed.connect(self._busy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Click to see all jobs"))
        self.hide()

    def _progressed(self, running: RunningJob) -> None:
        runner = self._session.jobs
        if not running.is_due or running is not runner.running[0]:
            return
        self._shown = running
        told = running.state.message
        text = running.title if told is None else f"{running.title}: {render(told)}"
        more = len(runner.running) + len(runner.waiting) - 1
        if more:
            text += f"  (+{more})"
        self.text.setText(self.tr("Stopping…") if running.is_cancelling else text)
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(running.state.fraction * 1000))
        self.cancel.setEnabled(not running.is_cancelling)
        self.cancel.show()
        self.show()

    def _finished(self, running: RunningJob) -> None:
        if running is self._shown:
            self._shown = None
            self.hide()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a click on the bar show all jobs."""
        event.accept()
        self.clicked.emit()

    def _busy(self, is_busy: bool) -> None:
        if is_busy:
            self._late.start()
        else:
            self._late.stop()
            if self._shown is None:
                self.hide()

    def _show_busy(self) -> None:
        if self._session.is_busy and self._shown is None:
            self.text.setText(self.tr("Reading and writing the project…"))
            self.bar.setRange(0, 0)
            self.cancel.hide()
            self.show()

    def _cancel(self) -> None:
        if self._shown is not None:
            self._shown.cancel()


class StatusBar(QStatusBar):
    """Left what happens, right where the cursor is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._at: tuple[float, float] | None = None
        self.setSizeGripEnabled(False)
        self.jobs = JobBar(session)
        self.place = _fixed(self.tr("Easting and northing"))
        self.lonlat = PressableLabel(self.tr("Latitude and longitude, WGS84: press to change"))
        self.lonlat.pressed.connect(self._change_degrees)
        self.scale = _fixed(self.tr("Scale of the map on this screen"))
        self.crs = _fixed(self.tr("Coordinate reference system of the project"))
        # permanent, because a passing message hides what is not
        self.addPermanentWidget(self.jobs)
        for label in (self.place, self.lonlat, self.scale, self.crs):
            self.addPermanentWidget(label)
        self.setContentsMargins(GAP_PX, 2, GAP_PX, 2)
        # a job that comes and goes must not move the map
        self.setFixedHeight(max(self.jobs.sizeHint().height(), GAP_PX * 4) + 4)
        session.told.connect(self._told)
        session.project_changed.connect(self._project)
        self._project()

    def show_place(self, x: float, y: float) -> None:
        """Show where the cursor is, in the project's CRS and in degrees."""
        show = figures()
        self._at = x, y
        self.place.setText(f"{show.number(x, 1)}  {show.number(y, 1)}")
        self.lonlat.setText(self.degrees_text(x, y, is_dms=self._session.settings.is_dms))

    def degrees_text(self, x: float, y: float, *, is_dms: bool) -> str:
        """Return latitude and longitude of a place in the project's CRS, for reading."""
        lon, lat = to_lonlat([x], [y], self._session.network.crs)
        return lonlat_text(float(lon[0]), float(lat[0]), figures().number, is_dms=is_dms)

    @property
    def at(self) -> tuple[float, float] | None:
        """Where the cursor was last on the map, in the project's CRS."""
        return self._at

    def show_scale(self, denominator: float) -> None:
        """Show the scale, rounded to two figures."""
        rounded = float(f"{denominator:.2g}")
        self.scale.setText(f"1:{figures().number(rounded)}")

    def _change_degrees(self) -> None:
        self._session.settings.is_dms = not self._session.settings.is_dms
        if self._at is not None:
            self.show_place(*self._at)

    def _told(self, _severity: str, text: str) -> None:
        self.showMessage(text, _TOLD_MS)

    def _project(self) -> None:
        is_open = self._session.is_open
        self.crs.setText(self._session.network.crs if is_open else "")
        for label in (self.place, self.lonlat, self.scale, self.crs):
            label.setVisible(is_open)
        self._at = None
        self.place.clear()
        self.lonlat.clear()


class PressableLabel(QLabel):
    """A muted text that does something when it is clicked, or Enter or Space is pressed on it."""

    pressed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        _dress(self, name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of Enter and Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def _fixed(tip: str) -> QLabel:
    label = plain_label("", is_muted=True, wraps=False)
    _dress(label, tip)
    return label


def _dress(label: QLabel, tip: str) -> None:
    label.setToolTip(tip)
    label.setAccessibleName(tip)
    label.setContentsMargins(GAP_PX, 0, GAP_PX, 0)
