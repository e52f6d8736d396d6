"""Progress of long functions, which is also where cancelling happens."""

from __future__ import annotations

import time
from typing import Protocol

from app.model.errors import Cancelled
from app.model.messages import Message


class Progress(Protocol):
    """Told by a long function how far it is; raises `Cancelled` when it shall stop."""

    def __call__(self, fraction: float, message: Message | None = None) -> None:
        """Report ``fraction`` done, from 0 to 1, and what is being done."""


def no_progress(fraction: float, message: Message | None = None) -> None:
    """Ignore progress: the default of every long function."""


class Throttled:
    """Pass on at most one report in ``interval_s``, and raise when ``is_cancelled`` says so."""

    def __init__(self, report: Progress, interval_s: float = 0.1) -> None:
        self._report = report
        self._interval_s = interval_s
        self._last_s = float("-inf")
        self.is_cancelled = False

    def __call__(self, fraction: float, message: Message | None = None) -> None:
        """Pass the report on when it is due or the last one."""
        if self.is_cancelled:
            raise Cancelled
        now_s = time.monotonic()
        if now_s - self._last_s >= self._interval_s or fraction >= 1.0:
            self._last_s = now_s
            self._report(min(max(fraction, 0.0), 1.0), message)


def part(progress: Progress, start: float, stop: float) -> Progress:
    """Return a progress whose 0 to 1 lies between ``start`` and ``stop`` of the whole."""

    def report(fraction: float, message: Message | None = None) -> None:
        progress(start + (stop - start) * fraction, message)

    return report
