"""The camera: which part of the plane is seen, and the conversion between metres and pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

INCH_M = 0.0254
STANDARD_DPI = 96.0
MIN_RESOLUTION = 0.005
"""Closest view: 5 mm to the pixel (about 1:19)."""
MAX_RESOLUTION = 50_000.0

_STEPS = 4096
"""Resolutions in one doubling; two views closer than that are the same."""

FloatArray = npt.NDArray[np.float64]
Extent = tuple[float, float, float, float]
"""``xmin, ymin, xmax, ymax`` in metres."""


@dataclass(frozen=True)
class Camera:
    """A view of the plane: centre (easting, northing, m), metres per pixel, size in pixels.

    ``x`` grows to the right, northing grows upwards on the screen while pixels grow downwards.
    ``ratio`` is the number of device pixels in one logical pixel.
    """

    x: float = 0.0
    y: float = 0.0
    resolution: float = 1.0
    width_px: int = 100
    height_px: int = 100
    ratio: float = 1.0

    @property
    def left(self) -> float:
        """Easting of the left edge, on a whole device pixel so that cached pictures stay sharp."""
        return self._snapped(self.x - self.width_px * self.resolution / 2)

    @property
    def top(self) -> float:
        """Northing of the upper edge, on a whole device pixel."""
        return self._snapped(self.y + self.height_px * self.resolution / 2)

    @property
    def extent(self) -> Extent:
        """Rectangle that is seen, in metres."""
        right = self.left + self.width_px * self.resolution
        return self.left, self.top - self.height_px * self.resolution, right, self.top

    @property
    def level(self) -> int:
        """Key of the resolution: equal for views whose pictures fit each other."""
        return level_of(self.resolution)

    def scale(self, dpi: float = STANDARD_DPI) -> float:
        """Return the scale denominator on a screen of ``dpi`` logical pixels per inch."""
        return self.resolution * dpi / INCH_M

    def to_px(self, xy: npt.ArrayLike) -> FloatArray:
        """Return ``(n, 2)`` logical pixels of ``(n, 2)`` eastings and northings."""
        points = np.asarray(xy, dtype=float)
        return (points - (self.left, self.top)) * (1 / self.resolution, -1 / self.resolution)

    def to_map(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Return easting and northing of a pixel."""
        return self.left + x_px * self.resolution, self.top - y_px * self.resolution

    def centred(self, x: float, y: float) -> Camera:
        """Return the camera moved to a centre."""
        return replace(self, x=x, y=y)

    def panned(self, dx_px: float, dy_px: float) -> Camera:
        """Return the camera after the picture was dragged by pixels."""
        return replace(self, x=self.x - dx_px * self.resolution, y=self.y + dy_px * self.resolution)

    def zoomed(self, factor: float, x_px: float, y_px: float) -> Camera:
        """Return the camera magnified by ``factor``, the place under the pixel staying there."""
        resolution = stepped(self.resolution / factor)
        away_x = (x_px - self.width_px / 2) * (self.resolution - resolution)
        away_y = (y_px - self.height_px / 2) * (self.resolution - resolution)
        return replace(self, x=self.x + away_x, y=self.y - away_y, resolution=resolution)

    def resized(self, width_px: int, height_px: int, ratio: float) -> Camera:
        """Return the camera for another widget size, the centre staying."""
        return replace(
            self, width_px=max(width_px, 1), height_px=max(height_px, 1), ratio=max(ratio, 0.1)
        )

    def fitted(self, extent: Extent, margin: float = 0.05) -> Camera:
        """Return the camera that shows all of ``extent`` with a relative margin around it."""
        xmin, ymin, xmax, ymax = extent
        usable = 1 + 2 * margin
        resolution = max(
            (xmax - xmin) * usable / self.width_px, (ymax - ymin) * usable / self.height_px
        )
        return replace(
            self, x=(xmin + xmax) / 2, y=(ymin + ymax) / 2, resolution=stepped(resolution)
        )

    def _snapped(self, value: float) -> float:
        step = self.resolution / self.ratio
        return round(value / step) * step


def stepped(resolution: float) -> float:
    """Return the nearest allowed resolution: one that is exactly told by its level key."""
    allowed = min(max(resolution, MIN_RESOLUTION), MAX_RESOLUTION)
    return float(2.0 ** (level_of(allowed) / _STEPS))


def level_of(resolution: float) -> int:
    """Return the level key of a resolution in metres to the pixel."""
    return round(math.log2(resolution) * _STEPS)


def padded(extent: Extent, margin_m: float) -> Extent:
    """Return ``extent`` grown by ``margin_m`` on every side."""
    xmin, ymin, xmax, ymax = extent
    return xmin - margin_m, ymin - margin_m, xmax + margin_m, ymax + margin_m
