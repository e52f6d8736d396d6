"""A long function in a process of its own: progress, cancel, one outcome. No Qt.

The work happens in a fresh ("spawn") process, because compiled kernels hold the interpreter
lock and would freeze a window. Arguments and result travel over one pipe, handled by a thread
of the parent, so that neither starting nor finishing a job stalls the caller.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from app.model.errors import AnelloError, Cancelled
from app.model.messages import Message
from app.model.progress import Throttled

CANCEL_PATIENCE_S = 1.0
"""A worker that has not reacted to a cancel after this time is ended."""

_REPORT_INTERVAL_S = 0.05
_LEAVE_PATIENCE_S = 5.0


class JobFailed(Exception):
    """The function raised something unexpected: a bug; ``trace`` is the worker's traceback."""

    def __init__(self, summary: str, trace: str) -> None:
        super().__init__(summary)
        self.trace = trace


@dataclass(frozen=True)
class JobState:
    """How far a job is: ``fraction`` from 0 to 1 and what is being done."""

    fraction: float = 0.0
    message: Message | None = None
    is_done: bool = False


class Job:
    """A running function. Poll it, cancel it, and take its outcome when it is done."""

    def __init__(
        self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._state = JobState()
        self._outcome: tuple[str, Any] = ("died", None)
        self._cancelled_at_s: float | None = None
        self._thread = threading.Thread(
            target=self._converse, args=((function, args, kwargs),), name="job", daemon=True
        )
        self._thread.start()

    def poll(self) -> JobState:
        """Return the latest state; also ends a worker that is deaf to a cancel."""
        waited_s = time.monotonic() - (self._cancelled_at_s or time.monotonic())
        if waited_s > CANCEL_PATIENCE_S and self._process.is_alive():
            self._process.kill()
        return self._state

    def cancel(self) -> None:
        """Ask the function to stop at its next progress report."""
        if self._cancelled_at_s is None and not self._state.is_done:
            self._cancelled_at_s = time.monotonic()
            try:
                self._connection.send("cancel")
            except (OSError, ValueError):
                return

    def wait(self, timeout_s: float | None = None) -> JobState:
        """Block until the job is done or ``timeout_s`` has passed."""
        end_s = float("inf") if timeout_s is None else time.monotonic() + timeout_s
        while not self.poll().is_done and time.monotonic() < end_s:
            self._thread.join(0.05)
        return self._state

    def outcome(self) -> Any:
        """Return what the function returned, or raise what it raised.

        Raises
        ------
        Cancelled
            When the job was cancelled before it had finished.
        AnelloError
            As the function raised it.
        JobFailed
            For anything unexpected.
        """
        self.wait()
        self._close()
        kind, value = self._outcome
        if kind == "result":
            return value
        if kind == "error":
            raise value
        if kind == "cancelled" or self._cancelled_at_s is not None:
            raise Cancelled
        if kind == "bug":
            summary, trace = value
            raise JobFailed(summary, trace)
        raise JobFailed(f"the worker ended with exit code {self._process.exitcode}", "")

    def close(self) -> None:
        """End the worker at once, without an outcome."""
        if self._process.is_alive():
            self._process.kill()
        self._thread.join()
        self._close()

    def _close(self) -> None:
        self._thread.join()
        self._process.join()
        self._connection.close()

    def _converse(self, task: tuple[Any, ...]) -> None:
        try:
            self._connection.send_bytes(pickle.dumps(task, protocol=5))
            while True:
                kind, value = pickle.loads(self._connection.recv_bytes())
                if kind != "progress":
                    self._outcome = (kind, value)
                    break
                self._state = JobState(*value)
        except (EOFError, OSError):
            pass  # the worker has ended; `outcome` tells how
        # a worker full of libraries takes a while to leave; nobody shall wait for that later
        self._process.join(_LEAVE_PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()  # it has said all it has to say
            self._process.join()
        self._state = replace(self._state, is_done=True)


def start(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Job:
    """Run ``function(*args, progress=..., **kwargs)`` in its own process.

    The function must be importable by name, its arguments and result picklable.
    """
    return Job(function, args, kwargs)


def run(function: Callable[..., Any], *args: Any, report: Any = None, **kwargs: Any) -> Any:
    """Run a job to its end and return its outcome; ``report`` is told the progress.

    ``KeyboardInterrupt`` and ``Cancelled`` raised by ``report`` cancel the job.
    """
    job = start(function, *args, **kwargs)
    try:
        while not job.wait(0.1).is_done:
            if report is not None:
                state = job.poll()
                report(state.fraction, state.message)
        return job.outcome()
    except (KeyboardInterrupt, Cancelled):
        job.cancel()
        job.wait(CANCEL_PATIENCE_S + 1.0)
        raise
    finally:
        job.close()


def _work(connection: Connection) -> None:
    """Run in the child: take the task, report, and send exactly one outcome."""
    with contextlib.suppress(OSError):  # a window may have been started without a console
        # solvers write remarks on stdout, where only the parent's result may stand
        os.dup2(2, 1)
    try:
        outcome = _outcome_of(connection)
    except EOFError:
        return  # the parent has gone
    try:
        data = pickle.dumps(outcome, protocol=5)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        data = pickle.dumps(("bug", (f"result cannot be sent: {error}", traceback.format_exc())))
    connection.send_bytes(data)
    connection.close()


def _outcome_of(connection: Connection) -> tuple[str, Any]:
    data = connection.recv_bytes()
    try:
        function, args, kwargs = pickle.loads(data)
        return ("result", function(*args, progress=_reporter(connection), **kwargs))
    except Cancelled:
        return ("cancelled", None)
    except AnelloError as error:
        return ("error", error)
    except KeyboardInterrupt:
        return ("cancelled", None)
    except Exception as error:  # noqa: BLE001 - a bug in the worker is told, not lost
        return ("bug", (f"{type(error).__name__}: {error}", traceback.format_exc()))


def _reporter(connection: Connection) -> Throttled:
    def send(fraction: float, message: Message | None = None) -> None:
        connection.send_bytes(pickle.dumps(("progress", (fraction, message))))

    return _Listening(connection, send)


class _Listening(Throttled):
    """A throttled progress that looks for a cancel on the pipe before each report."""

    def __init__(self, connection: Connection, report: Any) -> None:
        super().__init__(report, _REPORT_INTERVAL_S)
        self._connection = connection
        self._looked_s = 0.0

    def __call__(self, fraction: float, message: Message | None = None) -> None:
        now_s = time.monotonic()
        if now_s - self._looked_s >= _REPORT_INTERVAL_S:
            self._looked_s = now_s
            if self._connection.poll():
                self.is_cancelled = True
        super().__call__(fraction, message)
