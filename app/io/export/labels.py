"""Labels of a map sheet: placed by importance, never on top of one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.io.export.fonts import load_font
from app.io.export.frame import Frame
from app.io.export.svg import text

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in mm."""


@dataclass(frozen=True)
class Label:
    """A text at a point of the paper; ``gap_mm`` keeps it off the symbol of the point.

    Labels of higher ``rank`` are placed first. An area's name is centred on the point
    (``is_centred``) or up to ``reach_mm`` above or below it, a point's stands beside it.
    """

    label: str
    x_mm: float
    y_mm: float
    size_mm: float
    rank: int
    color: str
    halo: str
    gap_mm: float = 1.5
    weight: str = "400"
    style: str = "normal"
    is_centred: bool = False
    reach_mm: float = 8.0


@dataclass(frozen=True)
class _Place:
    x_mm: float
    y_mm: float
    anchor: str
    box: Box


def place(labels: Iterable[Label], frame: Frame, taken: Sequence[Box] = ()) -> list[str]:
    """Return SVG texts of those labels that find room.

    Every label is tried right, left, above and below of its point and left out when it meets
    a placed one, a box of ``taken`` or the rim of the frame. Ties break by text and position,
    so that the same plan gives the same sheet.
    """
    boxes = _Grid()
    for box in taken:
        boxes.add(box)
    drawn = []
    ordered = sorted(labels, key=lambda item: (-item.rank, item.label, item.x_mm, item.y_mm))
    for label in ordered:
        found = next((spot for spot in _spots(label) if _is_free(spot.box, frame, boxes)), None)
        if found is None:
            continue
        boxes.add(found.box)
        drawn.append(_draw(label, found))
    return drawn


class _Grid:
    """Placed boxes by cells of 10 mm, so that a thousand labels stay cheap."""

    CELL_MM = 10.0

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in self._cover(box):
            self._cells.setdefault(cell, []).append(box)

    def meets(self, box: Box) -> bool:
        return any(
            _overlap(box, other) for cell in self._cover(box) for other in self._cells.get(cell, ())
        )

    def _cover(self, box: Box) -> list[tuple[int, int]]:
        left, top, right, bottom = (int(edge // self.CELL_MM) for edge in box)
        return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_free(box: Box, frame: Frame, boxes: _Grid) -> bool:
    inside = (
        box[0] >= 1
        and box[1] >= 1
        and box[2] <= frame.width_mm - 1
        and box[3] <= frame.height_mm - 1
    )
    return inside and not boxes.meets(box)


def _spots(label: Label) -> list[_Place]:
    width = load_font().width(label.label) * label.size_mm * (1.06 if label.weight != "400" else 1)
    rise, fall = 0.78 * label.size_mm, 0.22 * label.size_mm
    x, y, gap = label.x_mm, label.y_mm, label.gap_mm
    middle = y + 0.36 * label.size_mm
    if label.is_centred:
        steps = range(1, int(label.reach_mm / 4) + 1)
        shifts = [0.0, *(sign * 4.0 * step for step in steps for sign in (1, -1))]
        tries = [(x, middle + shift, "middle") for shift in shifts]
    else:
        tries = [
            (x + gap, middle, "start"),
            (x - gap, middle, "end"),
            (x, y - gap - fall, "middle"),
            (x, y + gap + rise, "middle"),
            (x + 0.8 * gap, y - 0.8 * gap, "start"),
            (x - 0.8 * gap, y - 0.8 * gap, "end"),
            (x + 0.8 * gap, y + 0.8 * gap + rise, "start"),
            (x - 0.8 * gap, y + 0.8 * gap + rise, "end"),
        ]
    shift = {"start": 0.0, "middle": -width / 2, "end": -width}
    return [
        _Place(
            at_x,
            at_y,
            anchor,
            (
                at_x + shift[anchor] - 0.3,
                at_y - rise - 0.2,
                at_x + shift[anchor] + width + 0.3,
                at_y + fall + 0.2,
            ),
        )
        for at_x, at_y, anchor in tries
    ]


def _draw(label: Label, spot: _Place) -> str:
    return text(
        label.label,
        spot.x_mm,
        spot.y_mm,
        label.size_mm,
        color=label.color,
        halo_color=label.halo,
        weight=label.weight,
        anchor=spot.anchor,
        style=label.style,
    )
