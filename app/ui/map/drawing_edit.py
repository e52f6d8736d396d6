"""Tools that change what is there: move and reshape, split, merge, draw over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from app.model.editing.shapes import (
    Vertex,
    chains_of,
    delete_vertex,
    insert_vertex,
    move_vertex,
)
from app.model.errors import InputError
from app.model.geodesy import path_length_m
from app.ui.map import drawing_snap as snapping
from app.ui.map.camera import FloatArray
from app.ui.map.drawing_desk import SPANS, DrawingDesk, Sketch
from app.ui.map.drawing_paint import (
    paint_line,
    paint_plus,
    paint_snap,
    paint_text,
    paint_vertices,
)
from app.ui.map.drawing_sketch import LINE, PointerTool, SketchTool
from app.ui.map.drawing_snap import SnapOptions, find_snap, nearest_on
from app.ui.map.overlay import distance_text
from app.ui.map.tools import DRAG_PX, Host, PanTool, Pointer

EDITABLE = frozenset({"nodes", "sites", "spans", "conduits", "barriers", "hazards"})
"""Tables whose objects the tool that moves and reshapes takes hold of."""

_ON_CHOICE = frozenset({"streets", "areas"})
"""Of these only when one is selected: there are too many to be moved by mistake."""

_GRIP = SnapOptions(tolerance_px=9.0, tables=EDITABLE)
_SPANS_ONLY = SnapOptions(tables=frozenset({"spans"}), kinds=frozenset({"vertex", "segment"}))
_NODES_ONLY = SnapOptions(tables=frozenset({"nodes"}), kinds=frozenset({"point"}))
_MOST_VERTICES = 400
"""Of shapes with more vertices only the one under the pointer is shown."""

POINT, VERTEX, INSERT = "point", "vertex", "insert"


@dataclass(frozen=True)
class Grip:
    """What the pointer has hold of: an object that is a point, a vertex, or a place for one."""

    kind: str
    table: str
    uid: str
    place: tuple[float, float]
    vertex: Vertex = Vertex(0, 0)  # noqa: RUF009 - frozen


class EditTool(PointerTool):
    """Drag nodes, sites and vertices; drag a line to bend it; Delete takes a vertex away.

    The spans of a node follow it. Beside everything the tool drags the map.
    """

    name = "edit_shapes"
    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, desk: DrawingDesk) -> None:
        super().__init__(desk)
        self.grip: Grip | None = None
        self._begin: QPointF | None = None
        self._hand = PanTool(identifies=False)
        self._lines: Sequence[shapely.LineString] = ()

    def press(self, host: Host, pointer: Pointer) -> None:
        """Take hold of what is under the pointer, or of the map."""
        self.grip = self._grip(host, pointer)
        if self.grip is None:
            self._hand.press(host, pointer)
            return
        self._begin = pointer.at
        is_node = self.grip.table == "nodes"
        self._lines = self.desk.lines_at(self.grip.uid) if is_node else ()
        host.refresh()

    def move(self, host: Host, pointer: Pointer) -> None:
        """Drag, or show what could be taken hold of."""
        self._hand.move(host, pointer)
        if self._begin is None or self.grip is None:
            self.grip = self._grip(host, pointer)
        else:
            own = [(self.grip.table, self.grip.uid)]
            own += [(SPANS, uid) for uid in self._uids_at()]
            self.point(host, pointer, own)
        host.refresh()

    def release(self, host: Host, pointer: Pointer) -> None:
        """Put down what was dragged."""
        self._hand.release(host, pointer)
        grip, begin, place = self.grip, self._begin, self.at
        self._begin, self._lines = None, ()
        self.leave()
        host.refresh()
        if grip is None or begin is None or place is None:
            return
        if (pointer.at - begin).manhattanLength() > DRAG_PX:
            self._put(grip, place)

    def key_press(self, host: Host, key: int) -> bool:
        """Take a vertex away."""
        if key not in (int(Qt.Key.Key_Delete), int(Qt.Key.Key_Backspace)):
            return False
        return self.delete_vertex()

    def delete_vertex(self) -> bool:
        """Take the vertex under the pointer away; return whether there is one."""
        grip = self.grip
        if grip is None or grip.kind != VERTEX:
            return False
        shape = self.desk.shape_of(grip.table, grip.uid)
        if shape is not None:
            try:
                self.desk.set_shape(grip.table, grip.uid, delete_vertex(shape, grip.vertex))
            except InputError as error:
                self.desk.refuse(error)
        self.grip = None
        return True

    def cancel(self) -> bool:
        """Leave everything where it is."""
        was_begun = self._begin is not None
        self._begin, self.grip, self._lines = None, None, ()
        self.leave()
        self._hand.cancel()
        return was_begun

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint the vertices of what is under the pointer, and what is dragged as it would be."""
        grip = self.grip
        if grip is None:
            return
        if self._begin is not None and self.at is not None:
            self._paint_ghost(painter, host, grip, self.at)
            return
        shape = self.desk.shape_of(grip.table, grip.uid)
        if shape is None:
            return
        for number, chain in enumerate(chains_of(shape)):
            chosen = grip.vertex.index if grip.vertex.chain == number else None
            if len(chain.xy) <= _MOST_VERTICES:
                is_chosen = grip.kind != INSERT
                paint_vertices(painter, host, chain.xy, chosen if is_chosen else None)
        if grip.kind == INSERT:
            paint_plus(painter, host, grip.place)

    def _put(self, grip: Grip, place: tuple[float, float]) -> None:
        try:
            if grip.kind == POINT:
                self.desk.move_point(grip.table, grip.uid, place)
                return
            shape = self._changed(grip, place)
            if shape is not None:
                self.desk.set_shape(grip.table, grip.uid, shape)
        except InputError as error:
            self.desk.refuse(error)

    def _changed(self, grip: Grip, place: tuple[float, float]) -> shapely.Geometry | None:
        shape = self.desk.shape_of(grip.table, grip.uid)
        if shape is None:
            return None
        edit = insert_vertex if grip.kind == INSERT else move_vertex
        return edit(shape, grip.vertex, place)

    def _paint_ghost(
        self, painter: QPainter, host: Host, grip: Grip, place: tuple[float, float]
    ) -> None:
        if grip.kind == POINT:
            for line in self._lines:
                paint_line(painter, host, _with_end_at(line, grip.place, place), is_live=True)
        else:
            try:
                shape = self._changed(grip, place)
            except InputError:
                shape = None
            for chain in chains_of(shape) if shape is not None else ():
                closing = chain.xy[:1] if chain.is_closed else chain.xy[:0]
                paint_line(painter, host, np.concatenate((chain.xy, closing)), is_live=True)
        paint_vertices(painter, host, [place], 0)
        paint_snap(painter, host, self.snap)
        moved = distance_text(path_length_m([grip.place, place], host.crs))
        title = self.desk.title(self.snap) if self.snap is not None else ""
        paint_text(painter, host, place, "  ·  ".join(item for item in (moved, title) if item))

    def _grip(self, host: Host, pointer: Pointer) -> Grip | None:
        place = host.camera.to_map(pointer.at.x(), pointer.at.y())
        options = replace(_GRIP, tables=EDITABLE | (self.desk.chosen_tables & _ON_CHOICE))
        found = find_snap(host.visible_data(), place, host.camera.resolution, options)
        if found is None:
            return None
        if found.kind == snapping.POINT:
            return Grip(POINT, found.table, found.uid, found.place)
        if found.table == SPANS and found.kind == snapping.VERTEX:
            node = self.desk.node_at_end(found.uid, found.place)
            if node is not None:
                return Grip(POINT, "nodes", node, found.place)
        shape = self.desk.shape_of(found.table, found.uid)
        if shape is None:
            return None
        is_vertex = found.kind == snapping.VERTEX
        near = _nearest_vertex if is_vertex else _segment_at
        kind = VERTEX if is_vertex else INSERT
        return Grip(kind, found.table, found.uid, found.place, near(shape, found.place))

    def _uids_at(self) -> Sequence[str]:
        grip = self.grip
        if grip is None or grip.table != "nodes":
            return ()
        return self.desk.spans_of(grip.uid)


class SplitTool(PointerTool):
    """Click on a span to split it there."""

    name = "split_span"

    def press(self, host: Host, pointer: Pointer) -> None:
        """Split the span under the pointer."""
        self.move(host, pointer)
        if self.snap is not None:
            self.desk.split(self.snap.uid, self.snap.place)

    def move(self, host: Host, pointer: Pointer) -> None:
        """Show where a span would be split."""
        place = host.camera.to_map(pointer.at.x(), pointer.at.y())
        layers = host.visible_data()
        self.snap = find_snap(layers, place, host.camera.resolution, _SPANS_ONLY)
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


class MergeTool(PointerTool):
    """Click the node that stays, then the one that is merged into it."""

    name = "merge_nodes"

    def __init__(self, desk: DrawingDesk) -> None:
        super().__init__(desk)
        self.kept: snapping.Snap | None = None

    def press(self, host: Host, pointer: Pointer) -> None:
        """Take the first node, then the second."""
        self.move(host, pointer)
        if self.snap is None:
            return
        if self.kept is None:
            self.kept = self.snap
        elif self.kept.uid != self.snap.uid:
            kept, self.kept = self.kept, None
            self.desk.merge(kept.uid, self.snap.uid)
        host.refresh()

    def move(self, host: Host, pointer: Pointer) -> None:
        """Show which node would be taken."""
        place = host.camera.to_map(pointer.at.x(), pointer.at.y())
        layers, resolution = host.visible_data(), host.camera.resolution
        self.snap = find_snap(layers, place, resolution, _NODES_ONLY)
        self.at = place if self.snap is None else self.snap.place
        host.refresh()

    def cancel(self) -> bool:
        """Forget the first node."""
        was_begun, self.kept = self.kept is not None, None
        self.leave()
        return was_begun

    def paint(self, painter: QPainter, host: Host) -> None:
        """Paint both nodes and the way between them."""
        if self.kept is not None and self.at is not None:
            paint_line(painter, host, [self.kept.place, self.at], is_live=True)
        paint_snap(painter, host, self.kept)
        paint_snap(painter, host, self.snap)
        if self.snap is not None:
            paint_text(painter, host, self.snap.place, self.desk.title(self.snap))


class ReshapeTool(SketchTool):
    """Draw across a line or area: it follows the new line between the outermost crossings."""

    def __init__(self, desk: DrawingDesk) -> None:
        super().__init__(desk, SPANS, LINE, "reshape_across")

    def use(self, host: Host, sketch: Sketch) -> None:
        """Reshape what the line crosses."""
        self.desk.reshape(shapely.LineString(sketch.xy))


def _nearest_vertex(shape: shapely.Geometry, place: tuple[float, float]) -> Vertex:
    found = [
        (float(np.hypot(*(chain.xy - place).T).min()), number,
         int(np.hypot(*(chain.xy - place).T).argmin()))
        for number, chain in enumerate(chains_of(shape))
    ]  # fmt: skip
    _, chain, index = min(found)
    return Vertex(chain, index)


def _segment_at(shape: shapely.Geometry, place: tuple[float, float]) -> Vertex:
    """Return the vertex behind which a place on the shape lies."""
    best = (np.inf, Vertex(0, 0))
    for number, chain in enumerate(chains_of(shape)):
        xy: FloatArray = chain.xy
        if chain.is_closed:
            xy = np.concatenate((xy, xy[:1]))
        away = np.hypot(*(nearest_on(xy[:-1], xy[1:], np.array(place)) - place).T)
        at = int(away.argmin())
        if away[at] < best[0]:
            best = (float(away[at]), Vertex(number, at))
    return best[1]


def _with_end_at(
    line: shapely.LineString, old: tuple[float, float], new: tuple[float, float]
) -> FloatArray:
    """Return a line with the end at one place moved to another."""
    xy = shapely.get_coordinates(line).copy()
    for corner in (0, -1):
        if np.hypot(*(xy[corner] - old)) < 1.0:
            xy[corner] = new
    return xy
