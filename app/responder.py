"""A process that is made ready once and then answers questions, the latest one first. No Qt.

Jobs (`app.jobs`) end with one outcome; dragging a route asks a hundred questions of the same
prepared graph. Questions that pile up while one is answered are dropped but for the last.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from app.model.errors import AnelloError

READY, ANSWER, REFUSED, BUG, ENDED = "ready", "answer", "refused", "bug", "ended"
"""What a responder tells: it is made ready; an answer; an expected error; a bug; its end."""

Told = Callable[[str, Any], None]


class Responder:
    """One such process. ``told(kind, value)`` is called in a thread of this one."""

    def __init__(self, told: Told, make: Callable[..., Any], *args: Any) -> None:
        """Start the process; ``make(*args)`` there returns the function that answers.

        ``make`` must be importable by name; arguments, questions and answers are pickled.
        """
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._told = told
        self._is_closed = False
        self._thread = threading.Thread(
            target=self._converse, args=((make, args),), name="responder", daemon=True
        )
        self._thread.start()

    def ask(self, question: Any) -> None:
        """Send a question; its answer is told unless a later question overtakes it."""
        try:
            self._connection.send_bytes(pickle.dumps(question, protocol=5))
        except (OSError, ValueError):
            return  # the process has ended, which is told

    def close(self) -> None:
        """End the process; nothing is told any more."""
        self._is_closed = True
        if self._process.is_alive():
            self._process.kill()
        self._thread.join()
        self._process.join()
        self._connection.close()

    def _converse(self, task: tuple[Any, ...]) -> None:
        try:
            self._connection.send_bytes(pickle.dumps(task, protocol=5))
            while True:
                kind, value = pickle.loads(self._connection.recv_bytes())
                if not self._is_closed:
                    self._told(kind, value)
        except (EOFError, OSError):
            if not self._is_closed:
                self._told(ENDED, None)


def _serve(connection: Connection) -> None:
    """Run in the child: make ready, then answer until the parent goes."""
    try:
        make, args = pickle.loads(connection.recv_bytes())
        answer = _told(connection, lambda: make(*args), None)
        if answer is None:
            return
        connection.send_bytes(pickle.dumps((READY, None)))
        while True:
            question = connection.recv_bytes()
            while connection.poll():
                question = connection.recv_bytes()
            found = _told(connection, partial(_answered, answer, question), None)
            if found is not None:
                connection.send_bytes(pickle.dumps((ANSWER, found), protocol=5))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _answered(answer: Callable[[Any], Any], question: bytes) -> Any:
    return answer(pickle.loads(question))


def _told(connection: Connection, act: Callable[[], Any], instead: Any) -> Any:
    """Return what ``act`` returns; an error is told and ``instead`` returned."""
    try:
        return act()
    except AnelloError as error:
        connection.send_bytes(pickle.dumps((REFUSED, error)))
    except Exception as error:  # noqa: BLE001 - a bug in the process is told, not lost
        text = f"{type(error).__name__}: {error}"
        connection.send_bytes(pickle.dumps((BUG, (text, traceback.format_exc()))))
    return instead
