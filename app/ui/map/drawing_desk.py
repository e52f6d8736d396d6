"""What the drawing tools need of the window: options, traces, texts, and somebody who commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import shapely

from app.ui.map.camera import FloatArray
from app.ui.map.drawing_snap import Snap, SnapOptions

SPANS = "spans"


@dataclass(frozen=True)
class Sketch:
    """A finished drawing: places ``(n, 2)`` in m, what was snapped at some, whether it closes.

    ``followed`` are the streets or conduits along which it was traced.
    """

    table: str
    xy: FloatArray
    snaps: Sequence[tuple[int, Snap | None]]
    is_closed: bool = False
    followed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """A way that was traced: ``(n, 2)`` vertices in m, and the streets or conduits followed."""

    xy: FloatArray
    followed: tuple[str, ...]


class DrawingDesk(Protocol):
    """What the tools ask of the feature that brought them."""

    @property
    def snapping(self) -> SnapOptions: ...  # noqa: D102
    @property
    def chosen_tables(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def traced(self) -> str: ...  # noqa: D102
    @property
    def is_tracing(self) -> bool: ...  # noqa: D102

    def trace(  # noqa: D102
        self, begin: tuple[float, float], end: tuple[float, float], reach_m: float
    ) -> Way | None: ...
    def note(self, table: str, length_m: float, xy: FloatArray) -> str: ...  # noqa: D102
    def title(self, snap: Snap) -> str: ...  # noqa: D102
    def draw(self, sketch: Sketch) -> None: ...  # noqa: D102
    def shape_of(self, table: str, uid: str) -> shapely.Geometry | None: ...  # noqa: D102
    def lines_at(self, node: str) -> Sequence[shapely.LineString]: ...  # noqa: D102
    def spans_of(self, node: str) -> Sequence[str]: ...  # noqa: D102
    def node_at_end(self, span: str, place: tuple[float, float]) -> str | None: ...  # noqa: D102
    def move_point(self, table: str, uid: str, place: tuple[float, float]) -> None: ...  # noqa: D102
    def set_shape(self, table: str, uid: str, shape: shapely.Geometry) -> None: ...  # noqa: D102
    def reshape(self, stroke: shapely.LineString) -> None: ...  # noqa: D102
    def split(self, span: str, place: tuple[float, float]) -> None: ...  # noqa: D102
    def merge(self, kept: str, gone: str) -> None: ...  # noqa: D102
    def refuse(self, error: Exception) -> None: ...  # noqa: D102
