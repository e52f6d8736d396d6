"""The icon set: line drawings from resources/icons, recoloured by the palette."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

_DRAWN_COLOR = "#000000"
_SIZES_PX = (16, 20, 24, 32, 48, 64)


def icon(name: str, color: str = "") -> QIcon:
    """Return the icon ``name`` in ``color``, by default the palette's text colour."""
    palette = QApplication.palette()
    normal = color or palette.color(QPalette.ColorRole.ButtonText).name()
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
    chosen = palette.color(QPalette.ColorRole.HighlightedText).name()
    return _icon(name, normal, disabled, chosen)


def pixmap(name: str, size_px: int, color: str = "") -> QPixmap:
    """Return the icon ``name`` as a picture of ``size_px`` device-independent pixels."""
    return icon(name, color).pixmap(size_px, size_px)


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return _icon("anello", _DRAWN_COLOR, _DRAWN_COLOR, _DRAWN_COLOR)


@cache
def _icon(name: str, normal: str, disabled: str, chosen: str) -> QIcon:
    drawing = files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for color, mode in (
        (normal, QIcon.Mode.Normal),
        (disabled, QIcon.Mode.Disabled),
        (chosen, QIcon.Mode.Selected),
    ):
        renderer = QSvgRenderer(QByteArray(drawing.replace(_DRAWN_COLOR, color).encode()))
        for size_px in _SIZES_PX:
            made.addPixmap(_render(renderer, size_px), mode)
    return made


def _render(renderer: QSvgRenderer, size_px: int) -> QPixmap:
    picture = QPixmap(size_px, size_px)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return picture
