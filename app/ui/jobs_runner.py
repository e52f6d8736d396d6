"""Jobs seen from the window: started, polled ten times a second, cancelled, delivered, kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app import jobs
from app.model.errors import AnelloError, Cancelled

POLL_MS = 100
SHOW_AFTER_S = 0.6
"""A job that ends sooner never shows a bar."""

MOST_AT_ONCE = max(2, os.cpu_count() or 2)
"""Jobs that compute at the same time; the others wait in line."""

KEPT = 30
"""Jobs that have ended and are still listed."""

DONE, CANCELLED, REFUSED, FAILED = "done", "cancelled", "refused", "failed"

_SURE_AFTER_S = 2.0
_SURE_FROM = 0.03
"""Before this share of the work nothing is said of the time that remains."""

Deliver = Callable[[Any], None]
Refuse = Callable[[AnelloError], None]
Show = Callable[[], None]


@dataclass
class Shelf:
    """Where the result of a job is kept: ``show`` shows it again, once there is one."""

    show: Show | None = None


class RunningJob(QObject):
    """One job as the window shows it.

    ``inputs`` is what it was started on, so that one can tell when that is not the present any
    more; ``shelf`` is what whoever started it puts its result on.
    """

    def __init__(
        self,
        title: str,
        begin: Callable[[], jobs.Job],
        deliver: Deliver,
        refuse: Refuse | None,
        parent: QObject,
        inputs: object = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.job: jobs.Job | None = None
        self.deliver = deliver
        self.refuse = refuse
        self.inputs = inputs
        self.shelf = Shelf()
        self.state = jobs.JobState()
        self.started_s = time.monotonic()
        self.is_cancelling = False
        self._begin = begin

    @property
    def is_due(self) -> bool:
        """Whether the job has run long enough to be shown."""
        return time.monotonic() - self.started_s >= SHOW_AFTER_S

    @property
    def is_waiting(self) -> bool:
        """Whether the job has not begun: others compute."""
        return self.job is None

    @property
    def elapsed_s(self) -> float:
        """Seconds since the job was begun."""
        return 0.0 if self.is_waiting else time.monotonic() - self.started_s

    @property
    def remaining_s(self) -> float | None:
        """Seconds that the rest takes at the pace so far; ``None`` while that is not known."""
        done = self.state.fraction
        if self.elapsed_s < _SURE_AFTER_S or done < _SURE_FROM:
            return None
        return self.elapsed_s * (1.0 - done) / done

    def begin(self) -> None:
        """Start the process."""
        self.job = self._begin()
        self.started_s = time.monotonic()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self.is_cancelling = True
        if self.job is not None:
            self.job.cancel()


@dataclass(frozen=True)
class EndedJob:
    """A job that has ended; ``is_stale`` says that its inputs changed while it ran."""

    title: str
    outcome: str
    seconds: float
    ended_at: float
    shelf: Shelf
    error: Exception | None = None
    is_stale: bool = False


class JobRunner(QObject):
    """Start jobs and hand their outcome over in the window's thread.

    As many as there are cores compute at once, the rest wait. The polling timer runs only while
    there is a job. ``failed`` carries the exception that a job's owner does not handle: an
    `AnelloError` is the user's, a `jobs.JobFailed` a bug. ``ended_changed`` says that the list
    of ended jobs did.
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str, object)
    ended_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[RunningJob] = []
        self.waiting: list[RunningJob] = []
        self.ended: list[EndedJob] = []
        self.inputs: Callable[[], object] = _nothing
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    def start(
        self,
        title: str,
        function: Callable[..., Any],
        *args: Any,
        deliver: Deliver,
        refuse: Refuse | None = None,
    ) -> RunningJob:
        """Run ``function(*args, progress=...)`` in its own process, at once or in its turn.

        ``deliver`` gets the result, ``refuse`` an expected error; a cancelled job gives neither.
        """
        running = RunningJob(
            title, lambda: jobs.start(function, *args), deliver, refuse, self, self.inputs()
        )
        self.waiting.append(running)
        self._begin_next()
        self._timer.start()
        self.started.emit(running)
        return running

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for running in (*self.running, *self.waiting):
            running.cancel()

    def clear_ended(self) -> None:
        """Forget the jobs that have ended."""
        self.ended.clear()
        self.ended_changed.emit()

    def close(self) -> None:
        """End every worker at once and stop the timer."""
        self._timer.stop()
        for running in (*self.running, *self.waiting):
            if running.job is not None:
                running.job.close()
            running.deleteLater()
        self.running.clear()
        self.waiting.clear()

    def _begin_next(self) -> None:
        while self.waiting and len(self.running) < MOST_AT_ONCE:
            running = self.waiting.pop(0)
            running.begin()
            self.running.append(running)

    def _poll(self) -> None:
        for running in [item for item in self.waiting if item.is_cancelling]:
            self.waiting.remove(running)
            self._leave(running, CANCELLED)
        for running in list(self.running):
            assert running.job is not None
            running.state = running.job.poll()
            if running.state.is_done:
                self._finish(running)
            else:
                self.progressed.emit(running)
        self._begin_next()
        if not self.running:
            self._timer.stop()

    def _finish(self, running: RunningJob) -> None:
        assert running.job is not None
        self.running.remove(running)
        try:
            outcome = running.job.outcome()
        except Cancelled:
            self._leave(running, CANCELLED)
            return
        except AnelloError as error:
            self._leave(running, REFUSED, error)
            if running.refuse is not None:
                running.refuse(error)
            else:
                self.failed.emit(running.title, error)
            return
        except jobs.JobFailed as error:
            self._leave(running, FAILED, error)
            self.failed.emit(running.title, error)
            return
        is_stale = running.inputs is not self.inputs()
        self._leave(running, DONE, is_stale=is_stale)
        running.deliver(outcome)

    def _leave(
        self, running: RunningJob, outcome: str, error: Exception | None = None, *,
        is_stale: bool = False,
    ) -> None:  # fmt: skip
        """List the job among those that have ended, and tell."""
        self.finished.emit(running)
        if running.is_due or outcome in (REFUSED, FAILED):
            seconds, shelf = running.elapsed_s, running.shelf
            ended = EndedJob(
                running.title, outcome, seconds, time.time(), shelf, error, is_stale
            )  # fmt: skip
            self.ended = [ended, *self.ended][:KEPT]
            self.ended_changed.emit()
        running.deleteLater()


def _nothing() -> object:
    return None
