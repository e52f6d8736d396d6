"""Tracing for the window: streets are prepared, and walked, in a thread of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pandas as pd
from PySide6.QtCore import QObject, Qt, Signal

from app.model.network import Network
from app.ui.map.camera import FloatArray

if TYPE_CHECKING:
    from app.planning.routing.tracing import Tracer, Trail

_KEPT = 16
"""Walks from so many places are kept."""

Place = tuple[float, float]


class StreetTracing(QObject):
    """Answers at once with what is ready, and tells by ``changed`` when there is more.

    Nothing is prepared before somebody traces; changed streets are prepared anew.
    """

    changed = Signal()
    _ready = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._streets: pd.DataFrame | None = None
        self._tracer: Tracer | None = None
        self._trails: dict[Place, Trail | None] = {}
        self._asked: set[Place] = set()
        self._ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_ready(self) -> bool:
        """Whether the streets of the last `prepare` can be traced."""
        return self._tracer is not None

    def prepare(self, network: Network) -> None:
        """Make the streets of a network ready, unless they are."""
        streets = network.tables["streets"]
        if streets is self._streets:
            return
        self._streets, self._tracer = streets, None
        self._trails.clear()
        self._asked.clear()

        def build() -> Tracer:
            # late: the planning core comes along only when somebody traces
            from app import workflows

            return workflows.street_tracer(network.only(("streets",)))

        def take(tracer: Tracer) -> None:
            if streets is self._streets:
                self._tracer = tracer

        self._run(build, take)

    def trace(self, begin: Place, end: Place, reach_m: float) -> FloatArray | None:
        """Return the way along streets, ``(n, 2)`` in m; ``None`` when none is known by now."""
        tracer = self._tracer
        if tracer is None:
            return None
        if begin not in self._trails:
            self._walk(tracer, begin, reach_m)
            return None
        trail = self._trails[begin]
        found = None if trail is None else trail.to(end, reach_m)
        return None if found is None else found.xy

    def close(self) -> None:
        """Wait for what is under way; nothing is delivered afterwards."""
        executor, self._executor, self._streets = self._executor, None, None
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
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="tracing")
        future = self._executor.submit(work)
        future.add_done_callback(lambda done: self._announce(done, take))

    def _announce(self, done: Future[Any], take: Callable[[Any], None]) -> None:
        if self._executor is not None and not done.cancelled():
            self._ready.emit(done, take)

    def _deliver(self, done: Future[Any], take: Callable[[Any], None]) -> None:
        if self._executor is not None:
            take(done.result())
            self.changed.emit()
