"""SVG elements in millimetres, written without Qt from the symbols file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import numpy.typing as npt
import shapely

from app.io.export.frame import Frame
from app.model.symbols import Symbol, outline

MM_PER_PX = 25.4 / 96
PAPER_FACTOR = 0.8
"""Paper is read from closer than a screen: symbols are drawn somewhat smaller."""


def px_to_mm(px: float) -> float:
    """Return a size of the symbols file as millimetres on paper."""
    return px * MM_PER_PX * PAPER_FACTOR


def short(value: float) -> str:
    """Return a coordinate or width in mm with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def line_data(shapes: Sequence[shapely.Geometry] | npt.NDArray[np.object_], frame: Frame) -> str:
    """Return path data of lines and of the rims of polygons, in hundredths of a millimetre.

    Coordinates are whole numbers relative to the point before, which keeps a sheet with a
    hundred thousand vertices at a few bytes for each.
    """
    parts: list[str] = []
    for rim, is_closed in _rims(np.asarray(shapes, dtype=object)):
        xy = np.rint(frame.to_mm(rim) * 100).astype(np.int64)
        steps = np.diff(xy, axis=0)
        steps = steps[np.any(steps != 0, axis=1)]
        if not len(steps):
            continue
        tail = " ".join(f"{dx} {dy}" for dx, dy in steps.tolist())
        parts.append(f"M{xy[0, 0]} {xy[0, 1]}l{tail}" + ("z" if is_closed else ""))
    return "".join(parts).replace(" -", "-")


def _rims(shapes: npt.NDArray[np.object_]) -> Iterable[tuple[npt.NDArray[np.float64], bool]]:
    parts = shapely.get_parts(shapely.get_parts(shapes))
    for part in parts.tolist():
        if isinstance(part, shapely.Polygon):
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring), True
        elif isinstance(part, shapely.LineString):
            yield shapely.get_coordinates(part), False


def stroke(symbol: Symbol, *, factor: float = 1.0) -> str:
    """Return the attributes that draw a line of ``symbol``."""
    width_mm = px_to_mm(symbol.width_px) * factor
    dash = ""
    if symbol.dash:
        lengths = " ".join(str(round(item * width_mm * 100)) for item in symbol.dash)
        dash = f' stroke-dasharray="{lengths}"'
    caps = "butt" if symbol.dash else "round"
    return (
        f'fill="none" stroke="{symbol.color}" stroke-width="{width_mm * 100:.0f}"'
        f' stroke-linejoin="round" stroke-linecap="{caps}"{dash}'
    )


def line(symbol: Symbol, data: str, *, factor: float = 1.0) -> str:
    """Return a line with the halo of its symbol below it; nothing for no data."""
    if not data or symbol.width_px <= 0:
        return ""
    opacity = f' opacity="{symbol.opacity}"' if symbol.opacity < 1 else ""
    return f'<path d="{data}" {stroke(symbol, factor=factor)}{opacity}/>'


def halo(symbol: Symbol, data: str, *, factor: float = 1.0) -> str:
    """Return the halo of a line; nothing when its symbol has none."""
    if not data or not symbol.halo:
        return ""
    width_mm = px_to_mm(symbol.width_px) * factor + 0.55
    return (
        f'<path d="{data}" fill="none" stroke="{symbol.halo}" stroke-width="{width_mm * 100:.0f}"'
        ' stroke-linejoin="round" stroke-linecap="round" stroke-opacity="0.9"/>'
    )


def area(symbol: Symbol, data: str) -> str:
    """Return a filled area with its rim."""
    if not data:
        return ""
    fill = (
        f'<path d="{data}" fill="{symbol.fill}" fill-rule="evenodd" opacity="{symbol.opacity}"/>'
        if symbol.fill
        else ""
    )
    return fill + line(symbol, data)


def marker(symbol: Symbol, x_mm: float, y_mm: float, *, factor: float = 1.0) -> str:
    """Return a point symbol with a thin light rim that lifts it off the map."""
    size = px_to_mm(symbol.size_px) * factor
    paint = (
        f'fill="{symbol.fill or symbol.color}" stroke="{symbol.color}"'
        f' stroke-width="{short(px_to_mm(symbol.width_px))}" stroke-linejoin="round"'
    )
    corners = outline(symbol.shape)
    if not corners:
        return f'<circle cx="{short(x_mm)}" cy="{short(y_mm)}" r="{short(size / 2)}" {paint}/>'
    points = " ".join(f"{short(x_mm + x * size)},{short(y_mm + y * size)}" for x, y in corners)
    return f'<polygon points="{points}" {paint}/>'


def text(
    label: str,
    x_mm: float,
    y_mm: float,
    size_mm: float,
    *,
    color: str,
    halo_color: str | None = None,
    weight: str = "400",
    anchor: str = "start",
    style: str = "normal",
) -> str:
    """Return a text with its halo; ``label`` is data and is escaped."""
    rim = ""
    if halo_color:
        rim = (
            f' stroke="{halo_color}" stroke-width="{short(size_mm * 0.26)}"'
            ' stroke-linejoin="round" paint-order="stroke"'
        )
    slant = "" if style == "normal" else f' font-style="{style}"'
    return (
        f'<text x="{short(x_mm)}" y="{short(y_mm)}" font-size="{short(size_mm)}"'
        f' font-weight="{weight}"{slant} text-anchor="{anchor}" fill="{color}"{rim}>'
        f"{escape(label)}</text>"
    )


def scaled(content: str) -> str:
    """Return content written in hundredths of a millimetre as a group in millimetres."""
    return f'<g transform="scale(.01)">{content}</g>' if content else ""


def document(width_mm: float, height_mm: float, content: Iterable[str], title: str = "") -> str:
    """Return a whole SVG file of the given size."""
    head = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(width_mm)}mm"'
        f' height="{short(height_mm)}mm" viewBox="0 0 {short(width_mm)} {short(height_mm)}"'
        f' font-family="Noto Sans">{head}{"".join(content)}</svg>'
    )
