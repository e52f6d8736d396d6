"""Solid lines drawn into a picture by a compiled kernel, once that is loaded.

The kernel brings a compiler along, which takes a second to load: a worker thread does so when a
table is large enough to need it. Until then, and for small maps always, the painter draws.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from PySide6.QtGui import QColor, QImage

from app.ui.map.camera import FloatArray
from app.ui.map.layers import IntArray, Paths

MANY_ROWS = 20_000
"""Tables with more rows load the kernel."""


@dataclass(frozen=True)
class Stroke:
    """Rows of a layer drawn alike; ``dash`` in multiples of the width (logical px)."""

    rows: IntArray
    color: str
    width_px: float
    dash: tuple[float, ...] = ()


class _Kernel:
    """The compiled module, and a mask for each thread."""

    def __init__(self) -> None:
        self.module: ModuleType | None = None
        self._own = threading.local()

    def mask(self, height: int, width: int) -> np.ndarray:
        """Return a mask of zeros; whoever fills it empties it again."""
        known: np.ndarray | None = getattr(self._own, "mask", None)
        if known is None or known.shape != (height, width):
            known = self._own.mask = np.zeros((height, width), np.uint8)
        return known


_KERNEL = _Kernel()


def load_kernel() -> None:
    """Load the kernel; call it in a worker thread."""
    if _KERNEL.module is None:
        from app.planning import strokes  # a compiler comes with it

        strokes.warm_up()
        _KERNEL.module = strokes


def is_loaded() -> bool:
    """Whether `stroke` can be called."""
    return _KERNEL.module is not None


def stroke(
    image: QImage,
    paths: Paths,
    strokes: Iterable[Stroke],
    corner: tuple[float, float],
    resolution: float,
) -> None:
    """Draw lines into a 32-bit picture, stroke after stroke.

    ``corner`` is the upper left corner in m, ``resolution`` metres per logical pixel.
    """
    kernel = _KERNEL.module
    assert kernel is not None
    ratio = image.devicePixelRatio()
    height, width = image.height(), image.width()
    buffer = np.frombuffer(image.bits(), np.uint32)
    pixels = buffer.reshape(height, image.bytesPerLine() // 4)[:, :width]
    mask = _KERNEL.mask(height, width)
    xy: FloatArray = paths.xy
    for item in strokes:
        width_px = item.width_px * ratio
        band = kernel.cover(
            mask, xy, paths.joined, paths.starts, item.rows, corner, ratio / resolution,
            width_px, np.array(item.dash) * width_px,
        )  # fmt: skip
        tone = QColor(item.color)
        shade = (tone.red(), tone.green(), tone.blue(), tone.alpha())
        kernel.lay_on(pixels, mask, band, shade)
