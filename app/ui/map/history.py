"""Previous and next view, as in a browser."""

from __future__ import annotations

View = tuple[float, float, float]
"""Easting and northing of the centre in m, metres per pixel."""

_LONGEST = 200


class History:
    """The views that were visited, and which of them is shown."""

    def __init__(self) -> None:
        self._views: list[View] = []
        self._at = -1

    @property
    def is_empty(self) -> bool:
        """Whether no view was visited yet."""
        return not self._views

    def visit(self, view: View) -> None:
        """Add a view after the present one; what came after that is forgotten."""
        if self._views and self._views[self._at] == view:
            return
        self._views = [*self._views[: self._at + 1], view][-_LONGEST:]
        self._at = len(self._views) - 1

    def back(self) -> View | None:
        """Return the view before, or ``None`` at the first."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._views[self._at]

    def forward(self) -> View | None:
        """Return the next view, or ``None`` at the last."""
        if self._at + 1 >= len(self._views):
            return None
        self._at += 1
        return self._views[self._at]

    def clear(self) -> None:
        """Forget all views."""
        self._views, self._at = [], -1
