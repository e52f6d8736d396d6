"""When tiles are asked for: at once, when a zoom has settled, and ahead when the map rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.ui.map.backdrop_layer import BackdropLayer
from app.ui.map.navigation import Navigator
from app.ui.map.tiles import TileService

_SETTLE_MS = 30
_REST_MS = 400
WHEEL_STEP = 2.0**0.5
"""One notch of the wheel."""


class Pacing(QObject):
    """Asks a tile service for what the navigator's camera sees.

    Of a quick turn of the wheel only the first and the last step are drawn sharp. When the map
    has rested a while, the tiles of one notch in and one out are drawn ahead.
    """

    def __init__(
        self, tiles: TileService, backdrop: BackdropLayer, navigator: Navigator, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._backdrop = backdrop
        self._navigator = navigator
        self._is_stopped = False
        self._settle = self._timer(_SETTLE_MS, self.request)
        self._rest = self._timer(_REST_MS, self.look_ahead)

    def moved(self, has_zoomed: bool) -> None:
        """Ask for the tiles of a view that has changed."""
        if self._is_stopped:
            return
        if not self._settle.isActive():
            self._ask()
        if has_zoomed:
            self._settle.start()
        self._rest.start()

    def request(self) -> None:
        """Ask for what is seen now."""
        self._settle.stop()
        if not self._is_stopped:
            self._ask()
            self._rest.start()

    def look_ahead(self) -> None:
        """Ask for the tiles of the next notch of the wheel, in and out."""
        camera = self._navigator.camera
        middle = camera.width_px / 2, camera.height_px / 2
        steps = (WHEEL_STEP, 1 / WHEEL_STEP)
        self._tiles.request_ahead([camera.zoomed(step, *middle) for step in steps])

    def stop(self) -> None:
        """Ask for nothing more."""
        self._is_stopped = True
        self._settle.stop()
        self._rest.stop()

    def _ask(self) -> None:
        self._tiles.request(self._navigator.camera)
        self._backdrop.request(self._navigator.camera)

    def _timer(self, after_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(slot)
        return timer
