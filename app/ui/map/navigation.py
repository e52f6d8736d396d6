"""Navigation: the camera, how it is moved, and the views that were visited."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.map.camera import Camera, Extent
from app.ui.map.history import History

_REMEMBER_MS = 500
"""A view that stays this long can be gone back to."""
_SMALLEST_M = 1.0


class Navigator(QObject):
    """Holds the camera and tells by `moved` that it has changed, and whether the scale has."""

    moved = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._camera = Camera()
        self._wanted: Extent | None = None
        self._has_view = False
        self._history = History()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REMEMBER_MS)
        self._timer.timeout.connect(self.remember)

    @property
    def camera(self) -> Camera:
        """What part of the plane is seen."""
        return self._camera

    @property
    def has_view(self) -> bool:
        """Whether anything was ever looked at."""
        return self._has_view

    def set_camera(self, camera: Camera) -> None:
        """Look at another part of the plane."""
        if camera == self._camera:
            return
        has_zoomed = camera.level != self._camera.level
        self._camera = camera
        self._wanted = None
        self._has_view = True
        self._timer.start()
        self.moved.emit(has_zoomed)

    def fit(self, extent: Extent, margin: float = 0.05) -> None:
        """Show a rectangle, in m; again after every resizing until `settle` is called.

        A view that was never shown does not know its size yet.
        """
        extent = at_least(extent, _SMALLEST_M)
        self.set_camera(self._camera.fitted(extent, margin))
        self._wanted = extent

    def settle(self) -> None:
        """Keep scale and middle from now on when the size changes: the view was painted."""
        self._wanted = None

    def zoom(self, factor: float) -> None:
        """Zoom by a factor about the middle."""
        camera = self._camera
        self.set_camera(camera.zoomed(factor, camera.width_px / 2, camera.height_px / 2))

    def pan(self, across: float, down: float) -> None:
        """Move the picture by shares of the view."""
        camera = self._camera
        self.set_camera(camera.panned(across * camera.width_px, down * camera.height_px))

    def resize(self, width_px: int, height_px: int, ratio: float) -> None:
        """Take the size of the view; the middle stays."""
        camera, wanted = self._camera.resized(width_px, height_px, ratio), self._wanted
        if wanted is not None:
            camera = camera.fitted(wanted)
        if self._has_view:
            self.set_camera(camera)
        else:
            self._camera = camera
        self._wanted = wanted

    def forget(self) -> None:
        """Forget all views: another project is shown."""
        self._timer.stop()
        self._history.clear()
        self._has_view = False

    def remember(self) -> None:
        """Add the present view to those that can be gone back to."""
        self._timer.stop()
        if self._has_view:
            self._history.visit((self._camera.x, self._camera.y, self._camera.resolution))

    def back(self) -> None:
        """Go to the view before."""
        self.remember()
        self._go(self._history.back())

    def forward(self) -> None:
        """Go to the view that was left by going back."""
        self._go(self._history.forward())

    def stop(self) -> None:
        """Stop the timer for good."""
        self._timer.stop()
        self._timer.timeout.disconnect(self.remember)

    def _go(self, view: tuple[float, float, float] | None) -> None:
        if view is not None:
            x, y, resolution = view
            camera = self._camera.centred(x, y)
            middle = camera.width_px / 2, camera.height_px / 2
            self.set_camera(camera.zoomed(camera.resolution / resolution, *middle))
            self._timer.stop()


def at_least(extent: Extent, size_m: float) -> Extent:
    """Return ``extent`` about the same middle, no side shorter than ``size_m``."""
    xmin, ymin, xmax, ymax = extent
    more_x, more_y = max(size_m - (xmax - xmin), 0) / 2, max(size_m - (ymax - ymin), 0) / 2
    return xmin - more_x, ymin - more_y, xmax + more_x, ymax + more_y
