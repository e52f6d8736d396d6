"""Tracing for the window: lines are prepared, and walked, in a thread of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pandas as pd
from PySide6.QtCore import QObject, Qt, Signal

from app.model.network import Network
from app.ui.map.drawing_desk import Way

if TYPE_CHECKING:
    from app.planning.routing.tracing import Tracer, Trail

_KEPT = 16
"""Walks from so many places are kept."""

Place = tuple[float, float]


class LineTracing(QObject):
    """Answers at once with what is ready, and tells by ``changed`` when there is more.

    ``table`` is streets or conduits. Nothing is prepared before somebody traces; changed tables
    are prepared anew.
    """

    changed = Signal()
    _ready = Signal(object, object)

    def __init__(self, table: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._executor: ThreadPoolExecutor | None = None
        self._frame: pd.DataFrame | None = None
        self._tracer: Tracer | None = None
        self._trails: dict[Place, Trail | None] = {}
        self._asked: set[Place] = set()
        self._ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_ready(self) -> bool:
        """Whether the lines of the last `prepare` can be traced."""
        return self._tracer is not None

    def prepare(self, network: Network) -> None:
        """Make the lines of a network ready, unless they are."""
        frame = network.tables[self._table]
        if frame is self._frame:
            return
        self._frame, self._tracer = frame, None
        self._trails.clear()
        self._asked.clear()

        def build() -> Tracer:
            # late: the planning core comes along only when somebody traces
            from app import workflows

            make = {"streets": workflows.street_tracer, "conduits": workflows.conduit_tracer}
            return make[self._table](network.only((self._table,)))

        def take(tracer: Tracer) -> None:
            if frame is self._frame:
                self._tracer = tracer

        self._run(build, take)

    def trace(self, begin: Place, end: Place, reach_m: float) -> Way | None:
        """Return the way along the lines; ``None`` when none is known by now."""
        tracer = self._tracer
        if tracer is None:
            return None
        if begin not in self._trails:
            self._walk(tracer, begin, reach_m)
            return None
        trail = self._trails[begin]
        found = None if trail is None else trail.to(end, reach_m)
        return None if found is None else Way(found.xy, found.followed)

    def close(self) -> None:
        """Wait for what is under way; nothing is delivered afterwards."""
        executor, self._executor, self._frame = self._executor, None, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _walk(self, tracer: Tracer, begin: Place, reach_m: float) -> None:
        if begin in self._asked:
            return
        self._asked.add(begin)

        def take(trail: Trail | None) -> None:
            if tracer is self._tracer:
                self._asked.discard(begin)
                self._trails[begin] = trail
                while len(self._trails) > _KEPT:
                    del self._trails[next(iter(self._trails))]

        self._run(lambda: tracer.begin(begin, reach_m), take)

    def _run(self, work: Callable[[], Any], take: Callable[[Any], None]) -> None:
        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"tracing-{self._table}")
        future = self._executor.submit(work)
        future.add_done_callback(lambda done: self._announce(done, take))

    def _announce(self, done: Future[Any], take: Callable[[Any], None]) -> None:
        if self._executor is not None and not done.cancelled():
            self._ready.emit(done, take)

    def _deliver(self, done: Future[Any], take: Callable[[Any], None]) -> None:
        if self._executor is not None:
            take(done.result())
            self.changed.emit()
