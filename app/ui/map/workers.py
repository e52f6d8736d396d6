"""Worker threads of the map.

Threads of Python rather than of Qt: those of a `QThreadPool` are strangers to the interpreter,
their thread-local state dies after every call, and that of PROJ takes the process with it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from PySide6.QtCore import QObject, Signal


class Workers(QObject):
    """A few threads that call functions; the threads begin with the first call.

    What a function does not catch is reported in the thread of the window, as any other bug.
    """

    _failed = Signal(object)

    def __init__(self, count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed.connect(self._report)
        self._executor = ThreadPoolExecutor(count, thread_name_prefix="map")
        self._lock = threading.Lock()
        self._futures: set[Future[None]] = set()
        self._is_closed = False

    @property
    def is_busy(self) -> bool:
        """Whether anything is being done or waits to be."""
        with self._lock:
            return bool(self._futures)

    def start(self, function: Callable[[], None]) -> None:
        """Call ``function`` in a thread as soon as one is free; nothing once closed."""
        with self._lock:
            if self._is_closed:
                return
            future = self._executor.submit(function)
            self._futures.add(future)
        future.add_done_callback(self._done)

    def clear(self) -> None:
        """Forget what has not begun yet."""
        with self._lock:
            waiting = list(self._futures)
        for future in waiting:
            future.cancel()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until nothing is left to do; return whether that came about in time."""
        with self._lock:
            futures = list(self._futures)
        return not wait(futures, timeout_s).not_done

    def close(self) -> None:
        """Forget what has not begun, wait for what has, and end the threads."""
        with self._lock:
            self._is_closed = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _done(self, future: Future[None]) -> None:
        with self._lock:
            self._futures.discard(future)
        error = None if future.cancelled() else future.exception()
        if error is not None and not self._is_closed:
            self._failed.emit(error)

    def _report(self, error: BaseException) -> None:
        sys.excepthook(type(error), error, error.__traceback__)
