"""The backdrop as the map view holds it: a source, its tiles, and whom to name."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QColor, QPainter

from app.model.network import DEFAULT_CRS
from app.ui.map.backdrop import WORKERS, BackdropScene, Pictures, TileSource
from app.ui.map.camera import Camera
from app.ui.map.tiles import TileService


class BackdropLayer(QObject):
    """Draws a source of tiles below the map; ``changed`` tells that it looks different."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tiles = TileService(1, self, workers=WORKERS)
        self.attribution = ""
        self._pictures: Pictures | None = None
        self._crs = DEFAULT_CRS
        self._opacity = 1.0
        self._versions = itertools.count(1)

    @property
    def is_shown(self) -> bool:
        """Whether there is a backdrop."""
        return self._pictures is not None

    def set_source(
        self, source: TileSource | None, opacity: float = 1.0, attribution: str = ""
    ) -> None:
        """Draw another source, or nothing."""
        self._pictures = None if source is None else Pictures(source)
        self._opacity = opacity
        self.attribution = attribution if source is not None else ""
        self.tiles.cache.clear()
        self.again()

    def set_crs(self, crs: str) -> None:
        """Warp into another CRS."""
        if crs != self._crs:
            self._crs = crs
            self.tiles.cache.clear()
            self.again()

    def again(self) -> None:
        """Draw anew: tiles that could not be had before may be there now."""
        scene = BackdropScene(next(self._versions), self._pictures, self._crs, self._opacity)
        self.tiles.set_scene(0, scene)
        self.changed.emit()

    def paint(self, painter: QPainter, camera: Camera, paper: str) -> None:
        """Paint the sheet's colour and on it the tiles that are there."""
        if self.is_shown:
            painter.fillRect(QRect(0, 0, camera.width_px, camera.height_px), QColor(paper))
            self.tiles.paint(painter, camera)

    def request(self, camera: Camera) -> None:
        """Ask for the tiles in view."""
        if self.is_shown:
            self.tiles.request(camera, around=0)

    def is_complete(self, camera: Camera) -> bool:
        """Whether every tile in view is there."""
        return not self.is_shown or self.tiles.is_complete(camera)
