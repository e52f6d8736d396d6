"""Behind the drawing tools: texts and traces for them, and their results as undo steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import shapely
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app.model.changes import ChangeSet
from app.model.editing.courses import RESHAPABLE, move_object, reshape_across, set_shape
from app.model.editing.draft import span_line, spans_at
from app.model.editing.drawing import Stop, draw_object, draw_spans, stop_near
from app.model.editing.merging import merge_nodes, spans_between
from app.model.editing.shapes import Chain, chains_of
from app.model.editing.spans import split_span_at
from app.model.errors import AnelloError, InputError
from app.model.frames import GEOMETRY, plain
from app.model.network import Network
from app.ui.labels import figures, object_title, table_label
from app.ui.map.camera import FloatArray
from app.ui.map.drawing_desk import SPANS, Sketch, Way
from app.ui.map.drawing_snap import SEGMENT, Snap, SnapOptions
from app.ui.map.overlay import distance_text
from app.ui.panels.drawing import DrawingPanel
from app.ui.session import Session, refusal_text
from app.ui.tracing import LineTracing
from app.ui.translation import render

if TYPE_CHECKING:
    from app.planning.costs.rough import RoughPrice

_IN_CONDUITS = ("existingDuct", "sewer")
"""Techniques whose spans run in conduits: these are followed, and named by the spans."""

_TOUCH_M = 0.05
"""Where a line begins or ends this near to the network it joins it, whatever was snapped to."""

Make = Callable[[Network], ChangeSet]


class Drafting(QObject):
    """The desk of the drawing tools (see `app.ui.map.drawing_desk.DrawingDesk`)."""

    def __init__(
        self,
        session: Session,
        panel: DrawingPanel,
        tracing: Mapping[str, LineTracing],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._panel = panel
        self._tracing = tracing
        self._window = window
        self._prices: Mapping[str, RoughPrice] = {}
        self._prices_of: pd.DataFrame | None = None
        self._barriers = shapely.STRtree([])
        self._barriers_of: pd.DataFrame | None = None

    # -- what tools ask -----------------------------------------------------------------------

    @property
    def snapping(self) -> SnapOptions:
        """To what the pointer snaps."""
        return self._panel.options

    @property
    def chosen_tables(self) -> frozenset[str]:
        """Tables of which something is selected."""
        return frozenset(table for table, uids in self._session.selection.items() if uids)

    @property
    def is_tracing(self) -> bool:
        """Whether lines follow the streets."""
        return self._panel.trace_box.isChecked()

    def trace(
        self, begin: tuple[float, float], end: tuple[float, float], reach_m: float
    ) -> Way | None:
        """Return the way along streets or conduits, as far as it is known by now."""
        tracing = self._tracing[self.traced]
        tracing.prepare(self._session.network)
        return tracing.trace(begin, end, reach_m)

    @property
    def traced(self) -> str:
        """What lines follow: conduits where new spans run in what is there, else streets."""
        return "conduits" if self._panel.technique in _IN_CONDUITS else "streets"

    def note(self, table: str, length_m: float, xy: FloatArray) -> str:
        """Return a length, and for spans what that roughly costs and how many barriers it meets."""
        told = [distance_text(length_m)]
        if table != SPANS:
            return told[0]
        price = self._rough().get(self._panel.technique)
        if price is not None:
            low, high = (_rounded(length_m * each) for each in (price.low_eur, price.high_eur))
            told.append(f"{figures().number(low)}–{figures().number(high)} €")
        count = self._barriers_met(xy) if self.traced == "streets" else 0
        if count:
            told.append(self.tr("%n barrier(s) crossed", "", count))
        return "  ·  ".join(told)

    def title(self, snap: Snap) -> str:
        """Return what was snapped."""
        if snap.uid not in self._network.table(snap.table).index:
            return ""
        if snap.table == "streets" or (snap.kind == SEGMENT and snap.table != SPANS):
            name = plain(self._network.table(snap.table).at[snap.uid, "name"])
            return str(name or table_label(snap.table))
        return object_title(self._network, snap.table, snap.uid)

    def shape_of(self, table: str, uid: str) -> shapely.Geometry | None:
        """Return the shape of an object, without heights."""
        frame = self._network.geo(table)
        shape = frame.at[uid, GEOMETRY] if uid in frame.index else None
        return None if shape is None or shapely.is_empty(shape) else shapely.force_2d(shape)

    def spans_of(self, node: str) -> Sequence[str]:
        """Return the spans that end at a node."""
        return spans_at(self._network, node)

    def lines_at(self, node: str) -> Sequence[shapely.LineString]:
        """Return the courses of the spans that end at a node."""
        shapes = [self.shape_of(SPANS, uid) for uid in self.spans_of(node)]
        return [shape for shape in shapes if shape is not None]

    def node_at_end(self, span: str, place: tuple[float, float]) -> str | None:
        """Return the node of the end of a span that lies at ``place``, if it does."""
        frame = self._network.table(SPANS)
        if span not in frame.index:
            return None
        line, spot = span_line(self._network, span), shapely.Point(place)
        for side, corner in (("start_node", 0), ("end_node", -1)):
            if shapely.get_point(line, corner).distance(spot) < _TOUCH_M:
                node = plain(frame.at[span, side])
                return str(node) if node in self._network.table("nodes").index else None
        return None

    # -- what tools have done -----------------------------------------------------------------

    def draw(self, sketch: Sketch) -> None:
        """Commit a drawing, and select what it made."""
        table, values = sketch.table, self._panel.values(sketch.table)
        if "name" not in values and table == "sites":
            values["name"] = self._free_name()
        if table == SPANS:
            if self.traced == "conduits":
                values["conduits"] = sketch.followed
            nodes = {"type": self._panel.values("nodes").get("type", "splicePoint")}

            def make(network: Network) -> ChangeSet:
                return draw_spans(network, sketch.xy, _stops(network, sketch), values, nodes)

            self._commit(make, table)
            return
        snap = sketch.snaps[0][1] if sketch.snaps else None
        if table == "nodes" and snap is not None and snap.table == "nodes":
            self._session.told.emit("warning", self.tr("There is a node already."))
            return
        on_span = snap.uid if snap is not None and (table, snap.table) == ("nodes", SPANS) else ""
        shape = _shape(sketch)
        self._commit(lambda network: draw_object(network, table, shape, values, on_span), table)

    def move_point(self, table: str, uid: str, place: tuple[float, float]) -> None:
        """Move a node with the ends of its spans, or a site; onto a node: merge with it."""
        if table == "nodes":
            spot = stop_near(self._network, 0, place, 0.001)
            if spot.table == "nodes" and spot.uid != uid:
                self.merge(spot.uid, uid)
                return
        self._commit(lambda network: move_object(network, table, uid, place))

    def set_shape(self, table: str, uid: str, shape: shapely.Geometry) -> None:
        """Give an object another course or outline."""
        self._commit(lambda network: set_shape(network, table, uid, shape))

    def reshape(self, stroke: shapely.LineString) -> None:
        """Let what a line crosses twice follow it: what is selected, else the first of all."""
        found = self._crossed(stroke)
        if found is None:
            told = self.tr("Draw across one object: the line must meet it twice.")
            self._session.told.emit("warning", told)
            return
        table, uid = found
        self._commit(lambda network: reshape_across(network, table, uid, stroke))

    def split(self, span: str, place: tuple[float, float]) -> None:
        """Split a span."""
        self._commit(lambda network: split_span_at(network, span, place))

    def merge(self, kept: str, gone: str) -> None:
        """Merge two nodes; ask when spans run between them."""
        between = spans_between(self._network, kept, gone)
        if not between:
            self._commit(lambda network: merge_nodes(network, kept, gone))
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Merge nodes"),
            self.tr("%n span(s) run between the two nodes and would be deleted.", "", len(between)),
            QMessageBox.StandardButton.Cancel,
            self._window,
        )
        merge = box.addButton(self.tr("Merge and delete"), QMessageBox.ButtonRole.AcceptRole)
        merge.clicked.connect(
            lambda: self._commit(
                lambda network: merge_nodes(network, kept, gone, drops_between=True)
            )
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def refuse(self, error: Exception) -> None:
        """Say why something cannot be drawn so."""
        assert isinstance(error, AnelloError)
        self._session.told.emit("warning", refusal_text(error))

    def tell_done(self, committed: ChangeSet) -> None:
        """Say what was done, as undo will call it."""
        self._session.told.emit("info", render(committed.label))

    # -- inside -------------------------------------------------------------------------------

    @property
    def _network(self) -> Network:
        return self._session.network

    def _commit(self, make: Make, table: str = "") -> None:
        def tell(committed: ChangeSet) -> None:
            self.tell_done(committed)
            made = [change for change in committed.tables if change.table == table]
            if made and len(made[0].inserted):
                self._session.select({table: [str(uid) for uid in made[0].inserted]})
                self._panel.take_name(table)

        self._session.edit(make, tell)

    def _crossed(self, stroke: shapely.LineString) -> tuple[str, str] | None:
        chosen = self._session.selection
        tables = [table for table in RESHAPABLE if chosen.get(table)] or ["spans", *RESHAPABLE[1:4]]
        for table in tables:
            frame = self._network.geo(table)
            if chosen.get(table):
                frame = frame.loc[sorted(chosen[table])]
            shapes = frame[GEOMETRY].to_numpy()
            for row in shapely.STRtree(shapes).query(stroke, predicate="intersects"):
                outline = [_closed(chain) for chain in chains_of(shapes[row])]
                met = shapely.get_coordinates(shapely.intersection(outline, stroke))
                if len(met) > 1:
                    return table, str(frame.index[row])
        return None

    def _rough(self) -> Mapping[str, RoughPrice]:
        items = self._network.tables["price_items"]
        if items is not self._prices_of:
            from app import workflows  # late: the planning core comes along

            self._prices_of = items
            try:
                self._prices = workflows.rough_prices(self._network)
            except InputError:  # a list with gaps gives no figure
                self._prices = {}
        return self._prices

    def _barriers_met(self, xy: FloatArray) -> int:
        """Return how many barriers that cost something a line crosses."""
        frame = self._network.geo("barriers")
        if frame is not self._barriers_of:
            self._barriers_of = frame
            counts = (frame["crossing"] != "free") & ~frame["is_below_ground"].fillna(value=False)
            self._barriers = shapely.STRtree(frame[GEOMETRY].to_numpy()[counts.to_numpy(bool)])
        line = shapely.LineString(xy)
        return len(self._barriers.query(line, predicate="intersects"))

    def _free_name(self) -> str:
        taken = set(self._network.table("sites")["name"])
        number = 1
        while self.tr("New site %1").replace("%1", str(number)) in taken:
            number += 1
        return self.tr("New site %1").replace("%1", str(number))


def _stops(network: Network, sketch: Sketch) -> list[Stop]:
    """Return where a drawn line meets the network; between its ends only at nodes and sites."""
    last = len(sketch.xy) - 1
    found = []
    for vertex, snap in sketch.snaps:
        table = "" if snap is None else snap.table
        place = (float(sketch.xy[vertex][0]), float(sketch.xy[vertex][1]))
        near = stop_near(network, vertex, place, _TOUCH_M)
        if table in ("nodes", "sites") and snap is not None:
            found.append(Stop(vertex, table, snap.uid))
        elif vertex in (0, last) and table == SPANS and snap is not None:
            found.append(near if near.table == "nodes" else Stop(vertex, SPANS, snap.uid))
        elif near.table == "nodes" or (near.table and vertex in (0, last)):
            found.append(near)
    return found


def _closed(chain: Chain) -> shapely.LineString:
    return shapely.LinearRing(chain.xy) if chain.is_closed else shapely.LineString(chain.xy)


def _shape(sketch: Sketch) -> shapely.Geometry:
    if sketch.is_closed:
        return shapely.Polygon(sketch.xy)
    return shapely.Point(sketch.xy[0]) if len(sketch.xy) == 1 else shapely.LineString(sketch.xy)


def _rounded(amount_eur: float) -> float:
    """Return an amount to two figures: nobody shall take it for a bill."""
    if amount_eur < 100:
        return round(amount_eur)
    return float(f"{amount_eur:.1e}")
