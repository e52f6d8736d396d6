"""The frame of a map sheet: extent, round scale, and the way from the ground to the paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

SCALES = (
    500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10_000, 12_500, 15_000, 20_000, 25_000,
    30_000, 40_000, 50_000, 60_000, 75_000, 100_000, 125_000, 150_000, 200_000, 250_000, 300_000,
    400_000, 500_000, 750_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000,
    50_000_000,
)  # fmt: skip
"""Scale denominators that a sheet may have."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """A rectangle of paper, ``width_mm`` by ``height_mm``, over the ground.

    ``left`` and ``top`` are the easting and northing of its upper left corner, in m of the
    project's CRS; paper coordinates are in mm from there, y downwards.
    """

    left: float
    top: float
    width_mm: float
    height_mm: float
    scale: int

    @property
    def m_per_mm(self) -> float:
        """Metres on the ground for a millimetre on paper."""
        return self.scale / 1000.0

    def bounds(self, pad_mm: float = 0.0) -> Bounds:
        """Return the extent on the ground, ``pad_mm`` wider on every side."""
        pad = pad_mm * self.m_per_mm
        right = self.left + self.width_mm * self.m_per_mm
        bottom = self.top - self.height_mm * self.m_per_mm
        return (self.left - pad, bottom - pad, right + pad, self.top + pad)

    def to_mm(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return paper coordinates, ``(n, 2)`` in mm, of points ``(n, 2)`` in m."""
        offset = np.array([self.left, self.top])
        return (xy - offset) * np.array([1.0, -1.0]) / self.m_per_mm

    def contains_mm(self, x_mm: float, y_mm: float) -> bool:
        """Return whether a point of the paper lies inside the frame."""
        return 0.0 <= x_mm <= self.width_mm and 0.0 <= y_mm <= self.height_mm


def fit(
    bounds: Bounds, width_mm: float, height_mm: float, margin_mm: float = 12.0, least: int = 500
) -> Frame:
    """Return the frame at the largest round scale that shows ``bounds`` with a margin.

    Parameters
    ----------
    bounds
        West, south, east, north in m.
    width_mm, height_mm
        Size on paper.
    margin_mm
        Paper kept free on each side.
    least
        Smallest scale denominator wanted: a single house is not blown up to a whole sheet.
    """
    west, south, east, north = bounds
    need = max(
        (east - west) * 1000 / (width_mm - 2 * margin_mm),
        (north - south) * 1000 / (height_mm - 2 * margin_mm),
        least,
    )
    scale = next((item for item in SCALES if item >= need), SCALES[-1])
    m_per_mm = scale / 1000.0
    return Frame(
        left=(west + east) / 2 - width_mm / 2 * m_per_mm,
        top=(south + north) / 2 + height_mm / 2 * m_per_mm,
        width_mm=width_mm,
        height_mm=height_mm,
        scale=scale,
    )


def clipped(
    geometries: npt.NDArray[np.object_], bounds: Bounds, tolerance_m: float
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.intp]]:
    """Return what of the geometries lies in ``bounds``, simplified, and their positions.

    Missing and empty geometries are left out. ``tolerance_m`` is the largest deviation.
    """
    west, south, east, north = bounds
    there = np.array([shape is not None for shape in geometries], dtype=bool)
    boxes = np.full((len(geometries), 4), np.nan)
    if there.any():
        boxes[there] = shapely.bounds(geometries[there])
    meets = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    found = np.flatnonzero(meets)
    shapes = geometries[found]
    inside = (
        (boxes[found, 0] >= west)
        & (boxes[found, 2] <= east)
        & (boxes[found, 1] >= south)
        & (boxes[found, 3] <= north)
    )
    # Clipping a polygon that touches itself can fail in GEOS; what lies inside needs none.
    outside = np.flatnonzero(~inside)
    if len(outside):
        shapes[outside] = shapely.clip_by_rect(
            shapely.make_valid(shapes[outside]), west, south, east, north
        )
    shapes = shapely.simplify(shapes, tolerance_m, preserve_topology=False)
    kept = ~shapely.is_empty(shapes)
    return shapes[kept], found[kept]
