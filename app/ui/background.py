"""One thread for everything that touches the project file, so that the window never waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.model.errors import AnelloError


class Background(QObject):
    """Run functions one after the other in one thread; hand results over in the window's.

    A database connection thereby lives and dies in one thread, and calls keep their order.
    """

    busy_changed = Signal(bool)
    failed = Signal(object)
    _ready = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="project")
        self._pending = 0
        self._is_closed = False
        self._ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is running or waiting."""
        return self._pending > 0

    def run(
        self,
        function: Callable[[], Any],
        deliver: Callable[[Any], None],
        refuse: Callable[[AnelloError], None] | None = None,
    ) -> None:
        """Run ``function`` in the thread, then ``deliver`` its result in the window's thread."""
        self._pending += 1
        if self._pending == 1:
            self.busy_changed.emit(True)
        future = self._executor.submit(function)
        future.add_done_callback(lambda done: self._announce(done, deliver, refuse))

    def finish(self, function: Callable[[], Any]) -> Any:
        """Wait for everything that is under way, run ``function`` last, return its result."""
        return self._executor.submit(function).result()

    def close(self) -> None:
        """End the thread after what is under way; its results are dropped."""
        self._is_closed = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _announce(self, done: Future[Any], deliver: Any, refuse: Any) -> None:
        if not self._is_closed:
            self._ready.emit(done, deliver, refuse)

    def _deliver(self, done: Future[Any], deliver: Any, refuse: Any) -> None:
        self._pending -= 1
        if self._pending == 0:
            self.busy_changed.emit(False)
        if self._is_closed or done.cancelled():
            return
        try:
            outcome = done.result()
        except AnelloError as error:
            if refuse is None:
                self.failed.emit(error)
            else:
                refuse(error)
            return
        deliver(outcome)
