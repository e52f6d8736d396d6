"""The map view: what is shown, navigation, tools and signals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import shapely
from PySide6.QtCore import QEvent, QPoint, QPointF, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QPainter,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.model.network import DEFAULT_CRS, Network
from app.ui.map.backdrop_layer import BackdropLayer
from app.ui.map.camera import Camera
from app.ui.map.canvas import Canvas
from app.ui.map.content import BASE, NETWORK, MapContent
from app.ui.map.labels import Labeller, Placed
from app.ui.map.layers import LayerData
from app.ui.map.navigation import Navigator, at_least
from app.ui.map.overlay import (
    Highlight,
    Selected,
    find_selected,
    make_highlight,
    paint_furniture,
    paint_highlight,
    paint_selection,
)
from app.ui.map.pacing import Pacing
from app.ui.map.picking import SELECTABLE, Pick, pick, within
from app.ui.map.pointing import Pointing
from app.ui.map.scene import SceneLayer
from app.ui.map.showing import Showing
from app.ui.map.tiles import TileService
from app.ui.map.tools import REPLACE, TOGGLE, Host, SelectionRequest, Tool

_POINT_VIEW_M = 400.0
"""Width of the view when zooming to a single point."""


Overlay = Callable[[QPainter, Host], None]
"""Paints something of its own, in pixels of the host's camera."""


class MapView(QWidget):
    """The map of a network: layers, navigation, selection and tools.

    Coordinates are easting and northing in m of the network's CRS. Call `shutdown` (closing
    does) before letting it go: it waits for the worker threads.
    """

    picked = Signal(str, str)
    selection_requested = Signal(object)
    cursor_moved = Signal(float, float)
    scale_changed = Signal(float)
    tool_changed = Signal(str)
    files_dropped = Signal(list)
    context_requested = Signal(QPoint, object)
    network_shown = Signal()
    camera_moved = Signal()
    scenes_changed = Signal()

    def __init__(self, parent: QWidget | None = None, theme: str = "light") -> None:
        super().__init__(parent)
        self._crs = DEFAULT_CRS
        self._network_uid: str | None = None
        self._selection: dict[str, frozenset[str]] = {}
        self._selected: tuple[Selected, ...] | None = None
        self._highlights: dict[str, Highlight] = {}
        self._attribution = ""
        self._overlays: list[Overlay] = []
        self._selectable: tuple[str, ...] = SELECTABLE
        self._labeller = Labeller()
        self._has_labels = True
        self._navigator = Navigator(self)
        self._pointing = Pointing(self, self._navigator)
        self._content = MapContent(self)
        self._content.set_theme(theme, float(self.logicalDpiX()))
        self._tiles = TileService(2, self)
        self.backdrop = BackdropLayer(self)
        self._is_closed = False
        self._build()
        self._show_scenes((BASE, NETWORK))

    def _build(self) -> None:
        self._canvas = Canvas(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)
        self._canvas.set_owner(self)
        self.setFocusProxy(self._canvas)
        self.setAcceptDrops(True)
        for widget in (self, self._canvas):
            widget.setAccessibleName(self.tr("Map"))
        self._canvas.setAccessibleDescription(
            self.tr("Arrow keys move the map, plus and minus zoom, Home shows everything.")
        )
        self._canvas.show_cursor()
        self._pacing = Pacing(self._tiles, self.backdrop, self._navigator, self)
        self._navigator.moved.connect(self._moved)
        self._tiles.arrived.connect(self.refresh)
        self.backdrop.tiles.arrived.connect(self.refresh)
        self.backdrop.changed.connect(self._backdrop_changed)
        self._content.changed.connect(self._show_scenes)

    # What is shown

    def set_network(self, network: Network) -> None:
        """Show a network; only layers whose frame is another object are made anew."""
        is_other = network.uid != self._network_uid
        self._network_uid, self._crs = network.uid, network.crs
        self.backdrop.set_crs(network.crs)
        self._content.set_network(network)
        if is_other:
            self._navigator.forget()
        if not self._navigator.has_view:
            self.zoom_to_all()
        self.network_shown.emit()

    def set_visible(self, table: str, is_visible: bool) -> None:
        """Switch a layer on or off."""
        self._content.set_visible(table, is_visible)

    def set_opacity(self, table: str, opacity: float) -> None:
        """Let a layer show through: 0 is invisible, 1 solid."""
        self._content.set_opacity(table, opacity)

    def set_showing(self, showing: Showing) -> None:
        """Show the layers so: visibility, order, opacity, filters and symbols."""
        self._content.set_showing(showing)

    def set_layer_order(self, tables: Sequence[str]) -> None:
        """Draw the layers in this order, lowest first."""
        self._content.set_order(tables)

    def layer_order(self) -> tuple[str, ...]:
        """Return the tables from the lowest layer to the topmost."""
        return self._content.order

    def set_theme(self, theme: str) -> None:
        """Show the ``light`` or the ``dark`` sheet."""
        self._content.set_theme(theme, float(self.logicalDpiX()))

    def set_preview(self, plan: str | None) -> None:
        """Show spans and nodes of one plan; with ``None`` of no plan."""
        self._content.set_plan(plan)

    def set_selection(self, selection: Mapping[str, frozenset[str]]) -> None:
        """Draw these objects as selected, by table."""
        self._selection = {table: frozenset(uids) for table, uids in selection.items()}
        self._selected = None
        self.refresh()

    def set_selectable(self, tables: Collection[str]) -> None:
        """Let a rectangle or lasso select objects of these tables."""
        self._selectable = tuple(tables)

    def set_highlight(
        self, geometries: Iterable[shapely.Geometry | None], role: str = "failure"
    ) -> None:
        """Point out geometries in the colour of a role; nothing clears the role.

        ``role`` is one of failure, route, protection, place.
        """
        self._highlights[role] = make_highlight(geometries, role)
        self.refresh()

    def add_overlay(self, paint: Overlay) -> None:
        """Let something be painted over the still layers, below selection and names."""
        self._overlays.append(paint)

    def set_attribution(self, text: str) -> None:
        """Name the sources of the data in the corner of the map, as plain text."""
        self._attribution = text
        self.refresh()

    def set_labels_visible(self, is_visible: bool) -> None:
        """Write names on the map or leave them out."""
        self._has_labels = is_visible
        self.refresh()

    # Navigation

    @property
    def camera(self) -> Camera:
        """What part of the plane is seen."""
        return self._navigator.camera

    @property
    def crs(self) -> str:
        """CRS of the coordinates."""
        return self._crs

    @property
    def colors(self) -> Mapping[str, str]:
        """Colours of the sheet."""
        return self._content.symbols.colors

    @property
    def scale(self) -> float:
        """Scale denominator on this screen."""
        return self.camera.scale(float(self.logicalDpiX()))

    @property
    def canvas(self) -> Canvas:
        """The pyqtgraph view inside."""
        return self._canvas

    @property
    def tiles(self) -> TileService:
        """The service that draws the still layers."""
        return self._tiles

    @property
    def is_sharp(self) -> bool:
        """Whether everything in view is drawn as it now is."""
        is_complete = self._tiles.is_complete(self.camera)
        return is_complete and not self._content.is_loading and (
            self.backdrop.is_complete(self.camera)
        )  # fmt: skip

    def layer_data(self, table: str) -> LayerData | None:
        """Return the arrays of a layer, or ``None`` while it is not ready."""
        return self._content.data(table)

    def visible_data(self) -> Sequence[LayerData]:
        """Return the arrays of the layers that show, lowest first."""
        return tuple(layer.data for layer in self._content.visible_layers())

    def set_camera(self, camera: Camera) -> None:
        """Look at another part of the plane."""
        self._navigator.set_camera(camera)

    def _moved(self, has_zoomed: bool) -> None:
        if has_zoomed:
            self.scale_changed.emit(self.scale)
        self._pacing.moved(has_zoomed)
        self.camera_moved.emit()
        self.refresh()

    def set_scale(self, denominator: float) -> None:
        """Show the map at a scale, the centre staying."""
        self._navigator.zoom(self.scale / denominator)

    def zoom_to_all(self) -> None:
        """Show everything."""
        extent = self._content.extent()
        if extent is not None:
            self.zoom_to_rect(*extent)

    def zoom_to(self, table: str, uids: Collection[str]) -> None:
        """Show some objects of a table."""
        extent = self._content.extent_of(table, frozenset(uids))
        if extent is not None:
            self.zoom_to_rect(*at_least(extent, _POINT_VIEW_M))

    def zoom_to_layer(self, table: str) -> None:
        """Show all of a layer."""
        extent = self._content.bounds_of(table)
        if extent is not None:
            self.zoom_to_rect(*at_least(extent, _POINT_VIEW_M))

    def zoom_to_rect(self, xmin: float, ymin: float, xmax: float, ymax: float) -> None:
        """Show a rectangle, in m."""
        extent = (min(xmin, xmax), min(ymin, ymax), max(xmin, xmax), max(ymin, ymax))
        self._navigator.fit(extent)

    def zoom_to_view(self, west: float, south: float, east: float, north: float) -> None:
        """Show a rectangle, in m, without a margin: a view as it was kept."""
        self._navigator.fit((west, south, east, north), margin=0.0)

    def extent(self) -> tuple[float, float, float, float] | None:
        """Return the rectangle worth seeing, in m, or ``None`` when nothing is there."""
        return self._content.extent()

    def visible_layers(self) -> tuple[SceneLayer, ...]:
        """Return the layers that show, lowest first."""
        return self._content.visible_layers()

    def center_on(self, x: float, y: float) -> None:
        """Move a place, in m, to the middle."""
        self.set_camera(self.camera.centred(x, y))

    def zoom_in(self) -> None:
        """Zoom in about the middle."""
        self._navigator.zoom(2.0)

    def zoom_out(self) -> None:
        """Zoom out about the middle."""
        self._navigator.zoom(0.5)

    def previous_view(self) -> None:
        """Go back to the view before."""
        self._navigator.back()

    def next_view(self) -> None:
        """Go forward to the view that was left by going back."""
        self._navigator.forward()

    # Tools and picking

    def set_tool(self, name: str) -> None:
        """Use a tool: ``pan``, ``select``, ``lasso``, ``measure``, ``zoom`` or an added one."""
        self._pointing.take(name)
        self._canvas.show_cursor()
        self.tool_changed.emit(name)
        self.refresh()

    def add_tool(self, tool: Tool) -> None:
        """Offer one more tool; an action ``tool_NAME`` of the window takes it."""
        self._pointing.add(tool)

    @property
    def current_tool(self) -> Tool:
        """The tool in use."""
        return self._pointing.tool

    @property
    def labels(self) -> tuple[Placed, ...]:
        """The names that were written at the last painting, a little around the view too."""
        return self._labeller.placed

    @property
    def tool(self) -> str:
        """Name of the tool in use."""
        return self._pointing.tool.name

    def picks_at(self, at: QPointF) -> list[Pick]:
        """Return what lies under a pixel, the likeliest first."""
        x, y = self.camera.to_map(at.x(), at.y())
        layers = self._content.visible_layers()
        return pick(layers, x, y, self.camera.resolution, self.scale)

    def identify(self, at: QPointF) -> None:
        """Tell which object lies under a pixel."""
        found = self.picks_at(at)
        if found:
            self.picked.emit(found[0].table, found[0].uid)

    def select_at(self, at: QPointF, mode: str) -> None:
        """Ask for the selection of the object under a pixel; of nothing beside all objects."""
        found = self.picks_at(at)
        # A click on open ground shall deselect, not select the municipality below it.
        chosen = [item for item in found if item.dimension < 2 or item.table in self._selectable]
        if chosen:
            self.selection_requested.emit(
                SelectionRequest({chosen[0].table: frozenset({chosen[0].uid})}, mode)
            )
        elif mode == REPLACE:
            self.selection_requested.emit(SelectionRequest({}, mode))
        if found and mode != TOGGLE:
            self.picked.emit(found[0].table, found[0].uid)

    def select_within(self, shape: shapely.Geometry, mode: str) -> None:
        """Ask for the selection of what a shape (m) touches."""
        layers = self._content.visible_layers()
        found = within(layers, shape, self.scale, self._selectable)
        self.selection_requested.emit(SelectionRequest(found, mode))

    # What the canvas tells

    @property
    def pointing(self) -> Pointing:
        """What the pointer, the wheel and the keys do."""
        return self._pointing

    def pointer_at(self, at: QPointF) -> None:
        """Tell where the pointer is."""
        self.cursor_moved.emit(*self.camera.to_map(at.x(), at.y()))

    def context_wanted(self, at: QPointF, event: QContextMenuEvent) -> None:
        """End what the tool has begun, or tell that a menu is wanted, and for which objects."""
        if self._pointing.tool.finish(self):
            return
        self.context_requested.emit(event.globalPos(), tuple(self.picks_at(at)))

    def canvas_resized(self) -> None:
        """Take the size of the canvas."""
        size = self._canvas.viewport().size()
        self._navigator.resize(size.width(), size.height(), float(self.devicePixelRatioF()))
        self._pacing.request()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    # Painting

    def refresh(self) -> None:
        """Paint anew soon."""
        self._canvas.viewport().update()

    def paint_background(self, painter: QPainter) -> None:
        """Paint the tiles that are there."""
        self._navigator.settle()
        self.backdrop.paint(painter, self.camera, self.colors["paper"])
        self._tiles.paint(painter, self.camera)

    def paint_foreground(self, painter: QPainter) -> None:
        """Paint highlights, selection, names, furniture and what the tool has begun."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, dpi, camera = self.colors, float(self.logicalDpiX()), self.camera
        layers = self._content.visible_layers()
        for paint in self._overlays:
            paint(painter, self)
        for role in sorted(self._highlights):
            paint_highlight(painter, self._highlights[role], camera, colors)
        paint_selection(painter, self._selected_rows(layers), camera, colors, dpi)
        if self._has_labels:
            self._labeller.paint(painter, camera, layers, colors, self._content.token, dpi)
        sources = (self._attribution, self.backdrop.attribution)
        paint_furniture(painter, camera, colors, " · ".join(filter(None, sources)))
        self._pointing.tool.paint(painter, self)

    def _selected_rows(self, layers: Sequence[SceneLayer]) -> tuple[Selected, ...]:
        if self._selected is None:
            self._selected = find_selected(layers, self._selection)
        return self._selected

    def _show_scenes(self, stacks: Iterable[int]) -> None:
        for stack in stacks:
            self._tiles.set_scene(stack, self._content.scene(stack))
        self._selected = None
        self._pacing.request()
        self.scenes_changed.emit()
        self.refresh()

    def _backdrop_changed(self) -> None:
        self._content.set_paper(not self.backdrop.is_shown)
        self._pacing.request()
        self.refresh()

    # Its end

    def wait_idle(self) -> None:
        """Wait until everything is drawn: for pictures and tests, never in the window's life."""
        self._content.wait_loaded()
        self._pacing.request()
        self._tiles.wait_idle()
        self.backdrop.tiles.wait_idle()
        self.refresh()

    def shutdown(self) -> None:
        """Stop timers and wait for the worker threads; the map does nothing afterwards."""
        if self._is_closed:
            return
        self._is_closed = True
        self._pacing.stop()
        self._navigator.stop()
        self._content.shutdown()
        self._tiles.shutdown()
        self.backdrop.tiles.shutdown()
        self._canvas.set_owner(None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Shut down."""
        self.shutdown()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Shut down at the latest when the widget is about to be deleted."""
        if event.type() == QEvent.Type.DeferredDelete:
            self.shutdown()
        return bool(super().event(event))
