"""What stands on top of a map sheet: frames of other sheets, where the route goes on, a grid."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.io.export import svg
from app.io.export.fonts import load_font
from app.io.export.frame import Frame
from app.io.export.labels import Box
from app.io.export.sheets import Exit
from app.model.symbols import SymbolSet

_TAG_MM = 2.6
_TAG_HEIGHT_MM = 4.4
_TICK_MM = 2.0
_CROSS_MM = 1.2
_GRID_TEXT_MM = 2.1
_BADGE_MM = 3.6
_WIDEST_GRID_MM = 90.0


@dataclass(frozen=True)
class Marks:
    """SVG to draw last, and the boxes in mm that names on the map must keep clear of."""

    content: tuple[str, ...] = ()
    taken: tuple[Box, ...] = ()


NO_MARKS = Marks()


def index_frames(main: Frame, index: Sequence[Frame], symbols: SymbolSet) -> Marks:
    """Return the frames of numbered sheets on the index map, each number in a corner of its own.

    A number stands in that corner of its frame where it hides the fewest others.
    """
    color = symbols.colors["route"]
    rims: list[str] = []
    badges: list[str] = []
    taken: list[Box] = []
    for number, inner in enumerate(index, start=1):
        west, south, east, north = inner.bounds()
        (x0, y0), (x1, y1) = main.to_mm(np.array([[west, north], [east, south]])).tolist()
        rims.append(
            f'<rect x="{svg.short(x0)}" y="{svg.short(y0)}" width="{svg.short(x1 - x0)}"'
            f' height="{svg.short(y1 - y0)}" fill="none" stroke="{color}" stroke-width="0.35"/>'
        )
        box = _badge_box((x0, y0, x1, y1), len(str(number)) * 1.9 + 1.4, taken)
        taken.append(box)
        badges.append(
            f'<rect x="{svg.short(box[0])}" y="{svg.short(box[1])}"'
            f' width="{svg.short(box[2] - box[0])}" height="{_BADGE_MM}" fill="{color}"/>'
            + svg.text(
                str(number), (box[0] + box[2]) / 2, box[3] - 0.95, 2.8, color="#ffffff",
                weight="700", anchor="middle",
            )
        )  # fmt: skip
    return Marks((*rims, *badges), tuple(taken))


def _badge_box(rim: Box, width: float, taken: Sequence[Box]) -> Box:
    x0, y0, x1, y1 = rim
    corners = ((x0, y0), (x1 - width, y0), (x0, y1 - _BADGE_MM), (x1 - width, y1 - _BADGE_MM))
    boxes = [(x, y, x + width, y + _BADGE_MM) for x, y in corners]
    return min(boxes, key=lambda box: sum(_meet(box, other) for other in taken))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def sheet_marks(frame: Frame, exits: Sequence[Exit], word: str, symbols: SymbolSet) -> Marks:
    """Return grid ticks with coordinates, and a tag at each place where the route goes on.

    ``word`` is the reader's word for a sheet.
    """
    content = list(_grid(frame, symbols))
    taken = []
    for way in exits:
        text = f"{word} {way.number}"
        width = load_font().width(text) * _TAG_MM * 1.06 + 5.6
        x, y = _inside(way, frame, width)
        taken.append((x, y, x + width, y + _TAG_HEIGHT_MM))
        content.append(_tag(way.side, text, (x, y, width), symbols))
    return Marks(tuple(content), tuple(taken))


def _inside(way: Exit, frame: Frame, width: float) -> tuple[float, float]:
    """Return the upper left corner of a tag that stands beside the exit, inside the rim."""
    if way.side in ("left", "right"):
        x = 0.6 if way.side == "left" else frame.width_mm - width - 0.6
        y = way.y_mm + 1.4
    else:
        x = way.x_mm + 1.4
        y = 0.6 if way.side == "top" else frame.height_mm - _TAG_HEIGHT_MM - 0.6
    return (
        min(max(x, 0.6), frame.width_mm - width - 0.6),
        min(max(y, 0.6), frame.height_mm - _TAG_HEIGHT_MM - 0.6),
    )


def _tag(side: str, text: str, box: tuple[float, float, float], symbols: SymbolSet) -> str:
    x, y, width = box
    middle = y + _TAG_HEIGHT_MM / 2
    arrow = {
        "left": ((3.0, -1.1), (3.0, 1.1), (1.2, 0.0)),
        "right": ((1.4, -1.1), (1.4, 1.1), (3.2, 0.0)),
        "top": ((1.2, 0.9), (3.4, 0.9), (2.3, -1.0)),
        "bottom": ((1.2, -0.9), (3.4, -0.9), (2.3, 1.0)),
    }[side]
    corners = " ".join(f"{svg.short(x + dx)},{svg.short(middle + dy)}" for dx, dy in arrow)
    return (
        f'<rect x="{svg.short(x)}" y="{svg.short(y)}" width="{svg.short(width)}"'
        f' height="{_TAG_HEIGHT_MM}" rx="0.7" fill="{symbols.colors["ink"]}"/>'
        f'<polygon points="{corners}" fill="#ffffff"/>'
        + svg.text(text, x + 4.4, middle + 0.36 * _TAG_MM, _TAG_MM, color="#ffffff", weight="700")
    )


def _grid(frame: Frame, symbols: SymbolSet) -> Iterator[str]:
    """Yield crosses of the metric grid, and its coordinates at the upper and left rim."""
    step = _step_m(frame)
    color = symbols.colors["muted"]
    west, south, east, north = frame.bounds()
    eastings = np.arange(math.ceil(west / step), math.floor(east / step) + 1) * step
    northings = np.arange(math.ceil(south / step), math.floor(north / step) + 1) * step
    strokes = []
    for x in ((eastings - west) / frame.m_per_mm).tolist():
        strokes.append(f"M{svg.short(x)} 0v{_TICK_MM}")
        strokes.append(f"M{svg.short(x)} {svg.short(frame.height_mm)}v-{_TICK_MM}")
        for y in ((north - northings) / frame.m_per_mm).tolist():
            strokes.append(f"M{svg.short(x - _CROSS_MM)} {svg.short(y)}h{2 * _CROSS_MM}")
            strokes.append(f"M{svg.short(x)} {svg.short(y - _CROSS_MM)}v{2 * _CROSS_MM}")
    for y in ((north - northings) / frame.m_per_mm).tolist():
        strokes.append(f"M0 {svg.short(y)}h{_TICK_MM}")
        strokes.append(f"M{svg.short(frame.width_mm)} {svg.short(y)}h-{_TICK_MM}")
    yield f'<path d="{"".join(strokes)}" fill="none" stroke="{color}" stroke-width="0.18"/>'
    halo = symbols.colors["label_halo"]
    style = {"color": color, "halo_color": halo}
    for value, x in zip(eastings, (eastings - west) / frame.m_per_mm, strict=True):
        yield svg.text(f"E {value:.0f}", float(x) + 0.6, 2.4, _GRID_TEXT_MM, **style)
    for value, y in zip(northings, (north - northings) / frame.m_per_mm, strict=True):
        yield svg.text(f"N {value:.0f}", 2.6, float(y) + 0.6, _GRID_TEXT_MM, **style)


def _step_m(frame: Frame) -> float:
    """Return the widest round distance of grid lines, 1, 2 or 5 times a power of ten."""
    steps = [base * 10.0**power for power in range(1, 7) for base in (1, 2, 5)]
    return max(step for step in steps if step / frame.m_per_mm <= _WIDEST_GRID_MM)
