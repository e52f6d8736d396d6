"""Tools that draw something new, place after place, along streets where wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from app.model.geodesy import path_length_m, ring_area_m2
from app.ui.map.camera import FloatArray
from app.ui.map.drawing_desk import SPANS, DrawingDesk, Sketch, Way
from app.ui.map.drawing_paint import (
    paint_area,
    paint_line,
    paint_snap,
    paint_text,
    paint_vertices,
    pixels_of,
)
from app.ui.map.drawing_snap import Snap, SnapOptions, find_snap
from app.ui.map.measuring import area_text
from app.ui.map.tools import Host, Pointer, Tool

_TRACE_REACH_PX = 60.0
_TRACED = frozenset({"streets", "conduits"})
_SHORTEST_REACH_M, _LONGEST_REACH_M = 20.0, 500.0
_CLOSING_PX = 10.0
_SAME_PX = 3.0
_FINISHING = (int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter))
_REMOVING = (int(Qt.Key.Key_Backspace), int(Qt.Key.Key_Delete))

LINE, AREA, EITHER, POINT = "line", "area", "either", "point"
"""What a tool draws; with either a line becomes an area when it ends where it began."""


@dataclass(frozen=True)
class Place:
    """A fixed place: what was snapped there, and the way to it from the place before."""

    xy: tuple[float, float]
    snap: Snap | None
    way: FloatArray = field(default_factory=lambda: np.zeros((0, 2)))
    length_m: float = 0.0
    followed: tuple[str, ...] = ()


class PointerTool(Tool):
    """Base of the tools that snap: it knows what lies under the pointer."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, desk: DrawingDesk) -> None:
        self.desk = desk
        self.snap: Snap | None = None
        self.at: tuple[float, float] | None = None

    def point(
        self, host: Host, pointer: Pointer, without: Collection[tuple[str, str]] = ()
    ) -> tuple[float, float]:
        """Return the place under the pointer, snapped unless Ctrl is held."""
        place = host.camera.to_map(pointer.at.x(), pointer.at.y())
        is_free = bool(pointer.modifiers & Qt.KeyboardModifier.ControlModifier)
        self.snap = None
        if not is_free:
            layers, resolution = host.visible_data(), host.camera.resolution
            self.snap = find_snap(layers, place, resolution, self.options(), without)
        self.at = place if self.snap is None else self.snap.place
        return self.at

    def options(self) -> SnapOptions:
        """Return to what the pointer snaps."""
        return self.desk.snapping

    def leave(self) -> None:
        """Forget where the pointer was."""
        self.snap, self.at = None, None


class PointTool(PointerTool):
    """Click to draw a point: a node or a site."""

    def __init__(self, desk: DrawingDesk, table: str) -> None:
        super().__init__(desk)
        self.name, self._table = f"draw_{table}", table

    def press(self, host: Host, pointer: Pointer) -> None:
        """Draw the point."""
        place = self.point(host, pointer)
        self.desk.draw(Sketch(self._table, np.array([place]), [(0, self.snap)]))

    def move(self, host: Host, pointer: Pointer) -> None:
        """Show what the pointer snaps to."""
        self.point(host, pointer)
        host.refresh()

    def cancel(self) -> bool:
        """Forget the pointer."""
        self.leave()
        return False

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint the mark."""
        paint_snap(painter, host, self.snap)
        if self.snap is not None:
            paint_text(painter, host, self.snap.place, self.desk.title(self.snap))


class SketchTool(PointerTool):
    """Click along a line or outline; Enter, a double or a right click ends it.

    Backspace takes the last place back, Escape drops all. With tracing (or Shift, which turns it
    round) the way between two places follows the streets.
    """

    def __init__(self, desk: DrawingDesk, table: str, form: str = LINE, name: str = "") -> None:
        super().__init__(desk)
        self.name, self.table, self._form = name or f"draw_{table}", table, form
        self.places: list[Place] = []
        self._live: FloatArray = np.zeros((0, 2))
        self._followed: tuple[str, ...] = ()
        self._is_tracing = False

    def options(self) -> SnapOptions:
        """Return to what the pointer snaps: of streets and ducts only to those that are traced."""
        found = self.desk.snapping
        if self.table != SPANS or not self.desk.is_tracing:
            return found
        return replace(found, tables=found.tables - (_TRACED - {self.desk.traced}))

    def press(self, host: Host, pointer: Pointer) -> None:
        """Fix a place; on the first one, an outline ends."""
        if self._closes(host, pointer.at):
            self._end(host, is_closed=True)
            return
        place = self._follow(host, pointer)
        if len(self._live):
            place = (float(self._live[-1][0]), float(self._live[-1][1]))
        if self.places and self._is_same(host, place):
            return
        way = self._live if len(self._live) else np.array([place])
        length_m = path_length_m(way, host.crs) if len(way) > 1 else 0.0
        self.places.append(Place(place, self.snap, way, length_m, self._followed))
        self._live = np.zeros((0, 2))
        host.refresh()

    def move(self, host: Host, pointer: Pointer) -> None:
        """Let the line follow the pointer."""
        self._follow(host, pointer)
        host.refresh()

    def double_click(self, host: Host, pointer: Pointer) -> None:
        """End the line: the first click of the two has fixed the last place."""
        self._end(host)

    def finish(self, host: Host) -> bool:
        """End the line by a right click, or by Enter."""
        return bool(self.places) and self._end(host)

    def key_press(self, host: Host, key: int) -> bool:
        """End by Enter, take the last place back by Backspace."""
        if key in _FINISHING and self.places:
            return self._end(host)
        if key in _REMOVING and self.places:
            self.places.pop()
            self._renew(host)
            return True
        return False

    def cancel(self) -> bool:
        """Drop the line."""
        was_begun = bool(self.places)
        self.places, self._live = [], np.zeros((0, 2))
        self.leave()
        return was_begun

    def renew(self, host: Host) -> None:
        """Draw the live part anew: streets can be traced by now."""
        if self.places and self._is_tracing:
            self._renew(host)

    @property
    def xy(self) -> FloatArray:
        """The fixed line, ``(n, 2)`` in m."""
        if not self.places:
            return np.zeros((0, 2))
        parts = [np.array([self.places[0].xy]), *(place.way[1:] for place in self.places[1:])]
        return np.concatenate(parts)

    def length_m(self, crs: str) -> float:
        """Return the length on the ellipsoid, the live part included."""
        fixed = sum(place.length_m for place in self.places[1:])
        return fixed + (path_length_m(self._live, crs) if len(self._live) > 1 else 0.0)

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint line, vertices, mark and length."""
        xy = self.xy
        if self._form == AREA and len(xy):
            paint_area(painter, host, np.concatenate((xy, self._live)))
        paint_line(painter, host, xy)
        if len(self._live) > 1:
            paint_line(painter, host, self._live, is_live=True)
        paint_vertices(painter, host, [place.xy for place in self.places])
        paint_snap(painter, host, self.snap)
        if self.at is not None:
            paint_text(painter, host, self.at, self._note(host))

    def use(self, host: Host, sketch: Sketch) -> None:
        """Hand the finished drawing over."""
        self.desk.draw(sketch)

    def _note(self, host: Host) -> str:
        parts = []
        if self._form == AREA and len(self.places) > 1:
            ring = np.concatenate((self.xy, self._live[1:]))
            parts.append(area_text(ring_area_m2(ring, host.crs)))
        elif self.places and len(self._live) > 1:
            line = np.concatenate((self.xy, self._live[1:]))
            parts.append(self.desk.note(self.table, self.length_m(host.crs), line))
        if self.snap is not None:
            parts.append(self.desk.title(self.snap))
        return "  ·  ".join(part for part in parts if part)

    def _follow(self, host: Host, pointer: Pointer) -> tuple[float, float]:
        place = self.point(host, pointer)
        is_turned = bool(pointer.modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._is_tracing = self._form != AREA and self.desk.is_tracing != is_turned
        self._renew(host)
        return place

    def _renew(self, host: Host) -> None:
        self._live, self._followed = np.zeros((0, 2)), ()
        if self.places and self.at is not None:
            begin, end = self.places[-1].xy, self.at
            traced = self._trace(host, begin, end) if self._is_tracing else None
            ends = np.array([begin, end])
            self._live = ends
            if traced is not None:
                # beside everything the line stays on the street: no spur to the pointer
                stop = ends[1:] if self.snap is not None else ends[:0]
                self._live = np.concatenate((ends[:1], traced.xy, stop))
                self._followed = traced.followed
        host.refresh()

    def _trace(
        self, host: Host, begin: tuple[float, float], end: tuple[float, float]
    ) -> Way | None:
        reach_m = _TRACE_REACH_PX * host.camera.resolution
        return self.desk.trace(begin, end, min(max(reach_m, _SHORTEST_REACH_M), _LONGEST_REACH_M))

    def _is_same(self, host: Host, place: tuple[float, float]) -> bool:
        here, there = pixels_of(host, [place, self.places[-1].xy])
        return (here - there).manhattanLength() < _SAME_PX

    def _closes(self, host: Host, at: QPointF) -> bool:
        if self._form not in (AREA, EITHER) or len(self.places) < 3:
            return False
        return (at - pixels_of(host, [self.places[0].xy])[0]).manhattanLength() < _CLOSING_PX

    def _end(self, host: Host, *, is_closed: bool = False) -> bool:
        xy, places = self.xy, list(self.places)
        at = np.cumsum([0, *(max(len(place.way) - 1, 1) for place in places[1:])])
        snaps = [(int(number), place.snap) for number, place in zip(at, places, strict=True)]
        closes = is_closed or self._form == AREA
        self.cancel()
        host.refresh()
        if len(xy) >= (3 if closes else 2):
            followed = tuple(uid for place in places for uid in place.followed)
            self.use(host, Sketch(self.table, xy, snaps, closes, followed))
        return True
