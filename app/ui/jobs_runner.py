"""Jobs seen from the window: started, polled ten times a second, cancelled, delivered."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app import jobs
from app.model.errors import AnelloError, Cancelled

POLL_MS = 100
SHOW_AFTER_S = 0.6
"""A job that ends sooner never shows a bar."""

Deliver = Callable[[Any], None]
Refuse = Callable[[AnelloError], None]


class RunningJob(QObject):
    """One job as the window shows it."""

    def __init__(
        self, title: str, job: jobs.Job, deliver: Deliver, refuse: Refuse | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.job = job
        self.deliver = deliver
        self.refuse = refuse
        self.state = jobs.JobState()
        self.started_s = time.monotonic()
        self.is_cancelling = False

    @property
    def is_due(self) -> bool:
        """Whether the job has run long enough to be shown."""
        return time.monotonic() - self.started_s >= SHOW_AFTER_S

    def cancel(self) -> None:
        """Ask the job to stop."""
        self.is_cancelling = True
        self.job.cancel()


class JobRunner(QObject):
    """Start jobs and hand their outcome over in the window's thread.

    The polling timer runs only while there is a job. ``failed`` carries the exception that a
    job's owner does not handle: an `AnelloError` is the user's, a `jobs.JobFailed` a bug.
    """

    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running: list[RunningJob] = []
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
        """Run ``function(*args, progress=...)`` in its own process.

        ``deliver`` gets the result, ``refuse`` an expected error; a cancelled job gives neither.
        """
        running = RunningJob(title, jobs.start(function, *args), deliver, refuse, self)
        self.running.append(running)
        self._timer.start()
        self.started.emit(running)
        return running

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for running in self.running:
            running.cancel()

    def close(self) -> None:
        """End every worker at once and stop the timer."""
        self._timer.stop()
        for running in self.running:
            running.job.close()
            running.deleteLater()
        self.running.clear()

    def _poll(self) -> None:
        for running in list(self.running):
            running.state = running.job.poll()
            if running.state.is_done:
                self._finish(running)
            else:
                self.progressed.emit(running)
        if not self.running:
            self._timer.stop()

    def _finish(self, running: RunningJob) -> None:
        self.running.remove(running)
        self.finished.emit(running)
        try:
            outcome = running.job.outcome()
        except Cancelled:
            return
        except AnelloError as error:
            if running.refuse is not None:
                running.refuse(error)
            else:
                self.failed.emit(running.title, error)
            return
        except jobs.JobFailed as error:
            self.failed.emit(running.title, error)
            return
        finally:
            running.deleteLater()
        running.deliver(outcome)
