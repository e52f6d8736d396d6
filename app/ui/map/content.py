"""The map's content: from a network to layers and scenes, renewing only what has changed."""

from __future__ import annotations

import dataclasses
import gc
import itertools
import threading
from collections import deque
from collections.abc import Sequence
from functools import partial

import geopandas as gpd
import numpy as np
import shapely
from PySide6.QtCore import QObject, Signal

from app.model.codes import ROOT_NODE_TYPES
from app.model.frames import GEOMETRY
from app.model.network import Network
from app.model.symbols import LayerStyle, SymbolSet, load_symbols
from app.ui.garbage import held
from app.ui.map.camera import STANDARD_DPI, Extent
from app.ui.map.layers import LayerData, build_layer
from app.ui.map.scene import Scene, SceneLayer, make_layer
from app.ui.map.showing import BoolArray, Showing, passing
from app.ui.map.stroking import MANY_ROWS, load_kernel
from app.ui.map.workers import Workers

BASE, NETWORK = 0, 1
"""The two stacks of tiles: background, and what is planned upon it."""

BASE_TABLES = ("areas", "hazards", "streets", "barriers", "conduits")
_BACKGROUND_ROWS = 4_000
"""Tables with more rows are turned into arrays in a worker thread."""
_EXTENT_TABLES = ("spans", "nodes", "streets", "plan_spans", "areas")


_Finished = tuple[gpd.GeoDataFrame, LayerData, str, "BoolArray | None"]


class MapContent(QObject):
    """Holds layers, their visibility, order and opacity, the previewed plan and the theme.

    `changed` tells that scenes look different, with the numbers of the stacks.
    """

    changed = Signal(object)
    _built = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = "light"
        self._symbols: SymbolSet = load_symbols("light")
        self._frames: dict[str, gpd.GeoDataFrame] = {}
        self._bounds: dict[str, Extent | None] = {}
        self._data: dict[str, LayerData] = {}
        self._layers: dict[str, SceneLayer] = {}
        self._showing = Showing()
        self._passing: dict[str, BoolArray | None] = {}
        self._usual = [style.table for style in self._symbols.ordered()]
        self._has_paper = True
        self._plan: str | None = None
        self._dpi = STANDARD_DPI
        self._versions = itertools.count(1)
        self._version_of = [0, 0]
        self._pool = Workers(1, self)
        self._is_closed = threading.Event()
        self._finished: deque[_Finished] = deque()
        self._built.connect(self.take_loaded)

    @property
    def symbols(self) -> SymbolSet:
        """The symbols of the current theme."""
        return self._symbols

    @property
    def is_dark(self) -> bool:
        """Whether the dark sheet is shown."""
        return self._theme == "dark"

    @property
    def token(self) -> tuple[int, ...]:
        """A value that changes with everything that is seen."""
        return tuple(self._version_of)

    @property
    def order(self) -> tuple[str, ...]:
        """Tables from the lowest layer to the topmost."""
        return self._showing.ordered(self._usual)

    @property
    def showing(self) -> Showing:
        """How the layers are shown."""
        return self._showing

    @property
    def is_loading(self) -> bool:
        """Whether tables are still being turned into layers."""
        return self._pool.is_busy

    def data(self, table: str) -> LayerData | None:
        """Return the arrays of a table, or ``None`` while it is not shown or not ready."""
        return self._data.get(table)

    def visible_layers(self) -> tuple[SceneLayer, ...]:
        """Return the layers that show, lowest first."""
        return tuple(
            self._layers[table]
            for table in self.order
            if table in self._layers and table not in self._showing.hidden
        )

    def is_visible(self, table: str) -> bool:
        """Whether a layer is switched on."""
        return table not in self._showing.hidden

    def scene(self, stack: int) -> Scene:
        """Return what a stack of tiles shows."""
        layers = tuple(
            layer
            for layer in self.visible_layers()
            if self.stack_of(layer.data.table) == stack and layer.data.count
        )
        if stack == NETWORK:
            layers += tuple(main_nodes(layer) for layer in layers if layer.data.table == "nodes")
        has_paper = stack == BASE and self._has_paper
        paper = self._symbols.colors["paper"] if has_paper else None
        return Scene(self._version_of[stack], layers, paper, self._dpi)

    def set_network(self, network: Network) -> None:
        """Show a network; tables whose frame is the same object are kept as they are."""
        touched, large = [], []
        for table, style in self._symbols.layers.items():
            frame = network.tables.get(table)
            if not isinstance(frame, gpd.GeoDataFrame) or self._frames.get(table) is frame:
                continue
            self._frames[table] = frame
            self._bounds[table] = _bounds_of(frame)
            if len(frame) > _BACKGROUND_ROWS:
                large.append((style, frame))
            else:
                data = build_layer(style, frame)
                self._set_data(data, self._passing_of(frame, data))
                touched.append(table)
        # Only now, lest the worker and this thread wait for each other.
        for style, frame in large:
            self._pool.start(partial(self._build, style, frame))
        self._renew(touched)

    def set_visible(self, table: str, is_visible: bool) -> None:
        """Switch a layer on or off."""
        self.set_showing(self._showing.with_table(table, is_visible))

    def set_opacity(self, table: str, opacity: float) -> None:
        """Let a layer show through: 0 is invisible, 1 solid."""
        self.set_showing(self._showing.with_opacity(table, opacity))

    def set_order(self, tables: Sequence[str]) -> None:
        """Draw the layers in this order, lowest first; those not named keep theirs, on top."""
        rest = [table for table in self.order if table not in tables]
        self.set_showing(dataclasses.replace(self._showing, order=(*tables, *rest)))

    def set_showing(self, showing: Showing) -> None:
        """Show the layers so; draws anew only what looks different."""
        before, self._showing = self._showing, showing
        for table, data in self._data.items():
            if before.filters.get(table) == showing.filters.get(table):
                continue
            if data.count > _BACKGROUND_ROWS:
                frame = self._frames[table]
                self._pool.start(partial(self._sift, data, frame))
            else:
                self._passing[table] = self._passing_of(self._frames[table], data)
                self._remake([table])
        changed = [
            table
            for table in self._data
            for old, new in ((before, showing),)
            if old.opacity.get(table) != new.opacity.get(table)
            or old.symbols.get(table) != new.symbols.get(table)
        ]
        self._remake(changed)
        self._renew(sorted(before.hidden ^ showing.hidden))
        if before.ordered(self._usual) != self.order:
            self._renew_stacks((BASE, NETWORK))

    def set_paper(self, has_paper: bool) -> None:
        """Draw the sheet's colour below the lowest layer, or leave it to a background."""
        if has_paper != self._has_paper:
            self._has_paper = has_paper
            self._renew_stacks((BASE,))

    def set_plan(self, plan: str | None) -> None:
        """Show the rows of one plan; those of the others hide."""
        if plan != self._plan:
            self._plan = plan
            self._remake([table for table in self._data if table.startswith("plan_")])

    def set_theme(self, theme: str, dpi: float) -> None:
        """Show the ``light`` or ``dark`` sheet on a screen of ``dpi`` logical pixels per inch."""
        if (theme, dpi) == (self._theme, self._dpi):
            return
        self._theme, self._dpi = theme, dpi
        self._symbols = load_symbols(theme)
        self._remake(list(self._data), all_stacks=True)

    def extent(self) -> Extent | None:
        """Return the rectangle worth seeing, or ``None`` when nothing is there.

        Sites and comments count only when nothing else is there: a wrong coordinate among
        them must not shrink the map to a dot.
        """
        for tables in (_EXTENT_TABLES, tuple(self._bounds)):
            known = [item for table in tables if (item := self._bounds.get(table)) is not None]
            if known:
                stacked = np.array(known)
                low, high = stacked[:, :2].min(axis=0), stacked[:, 2:].max(axis=0)
                return float(low[0]), float(low[1]), float(high[0]), float(high[1])
        return None

    def bounds_of(self, table: str) -> Extent | None:
        """Return the rectangle around all of a table."""
        return self._bounds.get(table)

    def extent_of(self, table: str, uids: frozenset[str]) -> Extent | None:
        """Return the rectangle around some objects, or ``None`` when none has a geometry."""
        frame = self._frames.get(table)
        if frame is None:
            return None
        rows = frame.index.get_indexer(sorted(uids))
        return _bounds_of(frame.iloc[rows[rows >= 0]])

    def take_loaded(self) -> None:
        """Show the layers that the worker has finished, unless they are out of date already."""
        touched = []
        while self._finished:
            frame, data, text, kept = self._finished.popleft()
            if self._frames.get(data.table) is frame:
                if self._showing.filters.get(data.table, "") != text:
                    kept = self._passing_of(frame, data)  # the filter changed meanwhile
                self._set_data(data, kept)
                touched.append(data.table)
        self._renew(touched)

    def wait_loaded(self) -> None:
        """Wait for the worker and take its layers."""
        self._pool.wait()
        self.take_loaded()

    def shutdown(self) -> None:
        """Wait for the worker and take nothing more from it."""
        self._is_closed.set()
        self._pool.close()

    def _build(self, style: LayerStyle, frame: gpd.GeoDataFrame) -> None:
        if self._is_closed.is_set() or self._frames.get(style.table) is not frame:
            return
        with held():
            data = build_layer(style, frame)
            if data.count > MANY_ROWS:
                load_kernel()
        if data.count > MANY_ROWS:
            # looking through so many objects for cycles would stop the window for 0.2 s at a time
            gc.freeze()
        self._sift(data, frame)

    def _sift(self, data: LayerData, frame: gpd.GeoDataFrame) -> None:
        """Find out in a worker which rows pass the filter."""
        text = self._showing.filters.get(data.table, "")
        kept = passing(data.table, text, frame, data)
        if not self._is_closed.is_set():
            self._finished.append((frame, data, text, kept))
            self._built.emit()

    def _passing_of(self, frame: gpd.GeoDataFrame, data: LayerData) -> BoolArray | None:
        return passing(data.table, self._showing.filters.get(data.table, ""), frame, data)

    def _set_data(self, data: LayerData, kept: BoolArray | None) -> None:
        self._data[data.table] = data
        self._passing[data.table] = kept
        self._layers[data.table] = self._make(data)

    def _make(self, data: LayerData) -> SceneLayer:
        showing, table = self._showing, data.table
        return make_layer(
            data, self._symbols.colors, self.is_dark, showing.opacity.get(table, 1.0), self._plan,
            self._passing.get(table), showing.symbols.get(table, frozenset()),
        )  # fmt: skip

    def _remake(self, tables: Sequence[str], all_stacks: bool = False) -> None:
        for table in tables:
            if table in self._data:
                self._layers[table] = self._make(self._data[table])
        if all_stacks:
            self._renew_stacks((BASE, NETWORK))
        else:
            self._renew(tables)

    def stack_of(self, table: str) -> int:
        """Return the stack of tiles on which a table is drawn.

        The background's tables lie on their own, so that an edit does not draw the streets anew;
        but not those that were moved above the network.
        """
        if table not in BASE_TABLES:
            return NETWORK
        below = self.order[: self.order.index(table)]
        return BASE if all(name in BASE_TABLES for name in below) else NETWORK

    def _renew(self, tables: Sequence[str]) -> None:
        self._renew_stacks(sorted({self.stack_of(table) for table in tables}))

    def _renew_stacks(self, stacks: Sequence[int]) -> None:
        for stack in stacks:
            self._version_of[stack] = next(self._versions)
        if stacks:
            self.changed.emit(tuple(stacks))


def _bounds_of(frame: gpd.GeoDataFrame) -> Extent | None:
    shapes = frame[GEOMETRY].to_numpy()
    if shapely.is_missing(shapes).all():
        return None
    bounds = shapely.total_bounds(shapes)
    if not np.isfinite(bounds).all():
        return None
    xmin, ymin, xmax, ymax = (float(item) for item in bounds)
    return xmin, ymin, xmax, ymax


def main_nodes(layer: SceneLayer) -> SceneLayer:
    """Return just the hubs and PoPs of the nodes: drawn again, above the sites that they serve."""
    kept = tuple(item for item in layer.classes if layer.data.values[item.code] in ROOT_NODE_TYPES)
    return dataclasses.replace(layer, classes=kept)
