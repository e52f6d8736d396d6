"""The map and the session: each hears what the other says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely
from PySide6.QtCore import QObject, QTimer

from app.model.tables import TABLES
from app.ui.map.tools import SelectionRequest
from app.ui.map.view import MapView
from app.ui.panels.layers import LayersPanel
from app.ui.session import Session

_MARGIN = 0.15
_POINT_MARGIN_M = 150.0


class MapWiring(QObject):
    """Connect a map view and the layer list to a session."""

    def __init__(
        self, session: Session, view: MapView, layers: LayersPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._colored: set[str] = set()
        view.selection_requested.connect(self._selection_requested)
        layers.showing_changed.connect(view.set_showing)
        layers.zoom_wanted.connect(view.zoom_to_layer)
        view.set_showing(layers.showing)
        # the panels fill first: the map's workers would take their turns from them
        session.project_changed.connect(lambda: QTimer.singleShot(0, self, self._show_network))
        session.changed.connect(lambda _tables: self._show_network())
        session.connected_changed.connect(self._show_sources)
        session.selection_changed.connect(self._show_selection)
        session.preview_changed.connect(lambda uid: view.set_preview(uid or None))
        session.highlight_changed.connect(self._show_highlight)
        session.routes_changed.connect(self._show_routes)
        session.marks_changed.connect(self._show_marks)
        session.zoom_requested.connect(self.zoom_to)
        session.center_requested.connect(self._center)
        if session.is_open:
            self._show_network()
            self._show_selection()
            self._show_sources()
            view.set_preview(session.preview or None)

    def zoom_to(self, selection: Mapping[str, frozenset[str]]) -> None:
        """Show objects of several tables at once."""
        shapes = self._shapes(selection)
        if shapes:
            self._show_whole(shapes)

    def _show_whole(self, shapes: Sequence[shapely.Geometry]) -> None:
        xmin, ymin, xmax, ymax = shapely.total_bounds(shapes)
        margin = max((xmax - xmin) * _MARGIN, (ymax - ymin) * _MARGIN, _POINT_MARGIN_M)
        self._view.zoom_to_rect(xmin - margin, ymin - margin, xmax + margin, ymax + margin)

    def _show_network(self) -> None:
        self._view.set_network(self._session.network)

    def _show_sources(self) -> None:
        is_modelled = self._session.is_modelled
        self._view.set_attribution(self.tr("Modelled data") if is_modelled else "")

    def _show_selection(self) -> None:
        self._view.set_selection(self._session.selection)

    def _show_highlight(self, highlight: Mapping[str, frozenset[str]]) -> None:
        self._view.set_highlight(self._shapes(highlight), "failure")

    def _show_marks(self, marks: Mapping[str, Mapping[str, frozenset[str]]]) -> None:
        colored = {role for role in marks if role.startswith("#")}
        for role in (*sorted(self._colored | colored), "member", "weak", "dark", "cut"):
            self._view.set_highlight(self._shapes(marks.get(role, {})), role)
        self._colored = colored

    def _show_routes(self, routes: Mapping[str, Sequence[shapely.Geometry]]) -> None:
        for role in ("route", "protection", "shared", "apart"):
            self._view.set_highlight(routes.get(role, ()), role)
        shapes = [shape for role in sorted(routes) for shape in routes[role]]
        if shapes:
            self._show_whole(shapes)

    def _selection_requested(self, request: SelectionRequest) -> None:
        self._session.select(request.uids, request.mode)

    def _center(self, x: float, y: float) -> None:
        span = _POINT_MARGIN_M * 2
        self._view.zoom_to_rect(x - span, y - span, x + span, y + span)

    def _shapes(self, selection: Mapping[str, frozenset[str]]) -> list[shapely.Geometry]:
        shapes: list[shapely.Geometry] = []
        for table in sorted(selection):
            if TABLES[table].geometry:
                frame = self._session.network.geo(table)
                known = frame.index.isin(list(selection[table]))
                found = frame.geometry.to_numpy()[known]
                shapes.extend(shape for shape in found if shape is not None)
        return shapes
