"""When a search has to end, and telling how far it is."""

from __future__ import annotations

import time

from app.model.errors import Cancelled
from app.model.messages import Message
from app.model.progress import Progress

_TELL_S = 0.1
"""Time between two messages about the progress."""


class Clock:
    """A time limit, and a progress that is told at most ten times a second.

    Parameters
    ----------
    limit_s
        Time from now, in s.
    progress
        Told how much of the time has passed.
    text
        What it is told.
    """

    def __init__(self, limit_s: float, progress: Progress, text: Message) -> None:
        self.begun_s = time.monotonic()
        self._until_s = self.begun_s + limit_s
        self._limit_s = max(limit_s, 0.001)
        self._progress = progress
        self._text = text
        self._told_s = self.begun_s
        self._cancelled: Cancelled | None = None

    def part(self, limit_s: float) -> Clock:
        """Return a clock for a part of the work that ends no later than this one."""
        inner = Clock(min(limit_s, self.left_s()), self._progress, self._text)
        inner._limit_s = self._limit_s
        inner.begun_s = self.begun_s
        return inner

    def left_s(self) -> float:
        """Return the time that is left, in s."""
        return self._until_s - time.monotonic()

    def is_over(self) -> bool:
        """Return whether the time is up."""
        return self.left_s() <= 0

    def tell(self) -> None:
        """Tell how far it is; raises `Cancelled` when that is wanted."""
        now_s = time.monotonic()
        if now_s - self._told_s < _TELL_S:
            return
        self._told_s = now_s
        self._progress(0.05 + 0.9 * min(1.0, (now_s - self.begun_s) / self._limit_s), self._text)

    def is_cancelled(self) -> bool:
        """Tell how far it is, from where nothing may be raised; `check` raises later."""
        try:
            self.tell()
        except Cancelled as stop:
            self._cancelled = stop
        return self._cancelled is not None

    def check(self) -> None:
        """Raise what `is_cancelled` kept."""
        if self._cancelled is not None:
            raise self._cancelled
