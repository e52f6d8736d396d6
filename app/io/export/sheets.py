"""Map sheets that follow the route: few frames of one round scale that hold all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from app.io.export.dossier import PlanDossier
from app.io.export.frame import Frame
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

SHEET_SCALES = (2000, 2500, 5000, 7500, 10_000, 15_000, 20_000, 25_000, 50_000)
MOST_SHEETS = 60
"""A report of more sheets is not leafed through; the scale gets smaller instead."""
MOST_SHEETS_ASKED = 400
"""Sheets up to which a scale that somebody asks for is kept."""

OVERLAP_MM = 10.0
"""How far a sheet shows, on every side, what another one shows too."""

_SHIFTS = 4
_LEAST_GAIN = 1.6
"""How much larger than the index map the sheets must be to tell more."""
_NEAR_EXITS_MM = 12.0
"""Exits of a route closer than this are one."""

Points = npt.NDArray[np.float64]
Cell = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Exit:
    """Where the route leaves a sheet, in mm on it, and the number of the sheet that goes on."""

    x_mm: float
    y_mm: float
    side: str
    number: int


@dataclass(frozen=True)
class Sheet:
    """A frame with its number, from 1, and where the route goes on."""

    number: int
    frame: Frame
    exits: tuple[Exit, ...] = field(default=())

    @property
    def neighbours(self) -> dict[str, tuple[int, ...]]:
        """Numbers of the sheets on which the route goes on, by side."""
        found: dict[str, set[int]] = {}
        for way in self.exits:
            found.setdefault(way.side, set()).add(way.number)
        return {side: tuple(sorted(numbers)) for side, numbers in found.items()}


def route_sheets(
    dossier: PlanDossier, width_mm: float, height_mm: float, index_scale: int,
    asked: int | None = None,
) -> tuple[Sheet, ...]:  # fmt: skip
    """Return the sheets at the largest scale at which `MOST_SHEETS` hold the plan's spans.

    Numbered from north to south and west to east; none when the index map is as large. The
    fewest frames that hold all points are a geometric set cover, which is NP-hard; strips of
    a frame's height, each filled from one side, need at most twice as many (D. Hochbaum, W.
    Maass, Approximation schemes for covering and packing problems, J. ACM 32, 1985), and the
    best of eight ways to lay strips is taken. Each frame is then centred on what it holds.
    Time is linear in the length of the route times the number of strips.

    Raises `InputError` when the scale that is ``asked`` for needs over `MOST_SHEETS_ASKED`.
    """
    lines = [line for line in dossier.spans.geometry if line is not None and not line.is_empty]
    if not lines:
        return ()
    for scale in (asked,) if asked else SHEET_SCALES:
        if not asked and scale * _LEAST_GAIN > index_scale:
            return ()
        cell = np.array([width_mm - 2 * OVERLAP_MM, height_mm - 2 * OVERLAP_MM]) * scale / 1000.0
        # A line that cuts a corner between two points strays less than the sheets overlap.
        dense = shapely.segmentize(np.array(lines, dtype=object), OVERLAP_MM * scale / 1000.0)
        xy = shapely.get_coordinates(dense)
        most = MOST_SHEETS_ASKED if asked else MOST_SHEETS
        if _least(xy, cell) <= most:
            middles = _fewest(xy, cell)
            if len(middles) <= most:
                return _numbered(middles, lines, (width_mm, height_mm), scale)
    if asked:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "At 1:{scale} the route needs more than {most} map sheets."
                ),
                scale=asked,
                most=MOST_SHEETS_ASKED,
            )
        )
    return ()


def _least(xy: Points, cell: Cell) -> float:
    """Return a lower bound on the frames: one meets at most four cells of a grid of its size."""
    return len(np.unique(np.floor((xy - xy.min(axis=0)) / cell).astype(np.int64), axis=0)) / 4


def _fewest(xy: Points, cell: Cell) -> list[tuple[float, float]]:
    """Return the middles of the fewest frames found, from north to south and west to east."""
    tries = []
    for shift in range(_SHIFTS):
        tries.append(_strips(xy, cell, shift / _SHIFTS))
        turned = _strips(xy[:, ::-1], cell[::-1], shift / _SHIFTS)
        tries.append([(x, y) for y, x in turned])
    best = min(tries, key=len)
    height = float(cell[1]) / 2
    return sorted(best, key=lambda middle: (-round(middle[1] / height), middle[0]))


def _strips(xy: Points, cell: Cell, shift: float) -> list[tuple[float, float]]:
    """Lay strips from the top; ``shift`` parts of a strip's height are empty in the first."""
    left = xy
    found = []
    top = float(xy[:, 1].max()) + shift * float(cell[1])
    while len(left):
        strip = left[left[:, 1] >= top - cell[1]]
        while len(strip):
            here = strip[strip[:, 0] <= strip[:, 0].min() + cell[0]]
            middle = (here.min(axis=0) + here.max(axis=0)) / 2
            found.append((float(middle[0]), float(middle[1])))
            strip = strip[~_held(strip, middle, cell)]
            left = left[~_held(left, middle, cell)]
        left = left[left[:, 1] < top - cell[1]]
        top = float(left[:, 1].max()) if len(left) else top
    return found


def _held(xy: Points, middle: Points, cell: Cell) -> npt.NDArray[np.bool_]:
    # A thousandth more than half: the points at the rim of a full frame are in it.
    return np.asarray((np.abs(xy - middle) <= cell * 0.501).all(axis=1))


def _numbered(
    middles: Sequence[tuple[float, float]],
    lines: Sequence[shapely.LineString],
    size_mm: tuple[float, float],
    scale: int,
) -> tuple[Sheet, ...]:
    half_m = np.array(size_mm) * scale / 2000.0
    frames = [
        Frame(
            left=x - float(half_m[0]), top=y + float(half_m[1]),
            width_mm=size_mm[0], height_mm=size_mm[1], scale=scale,
        )
        for x, y in middles
    ]  # fmt: skip
    tree = shapely.STRtree(lines)
    return tuple(
        Sheet(number, frame, tuple(_exits(number, frame, frames, lines, tree)))
        for number, frame in enumerate(frames, start=1)
    )


def _exits(
    own: int,
    frame: Frame,
    frames: Sequence[Frame],
    lines: Sequence[shapely.LineString],
    tree: shapely.STRtree,
) -> Iterator[Exit]:
    """Yield where lines cross the rim of a frame, each with the sheet that holds the place best."""
    rim = shapely.box(*frame.bounds()).exterior
    places: list[tuple[float, float]] = []
    for row in sorted(tree.query(rim, predicate="intersects").tolist()):
        for x, y in shapely.get_coordinates(shapely.intersection(lines[row], rim)).tolist():
            x_mm, y_mm = frame.to_mm(np.array([[x, y]]))[0].tolist()
            if any(abs(x_mm - a) + abs(y_mm - b) < _NEAR_EXITS_MM for a, b in places):
                continue
            depth, number = max(
                (_depth_mm(other, x, y), -number)
                for number, other in enumerate(frames, start=1)
                if number != own or len(frames) == 1
            )
            if depth > 0:
                places.append((x_mm, y_mm))
                yield Exit(x_mm, y_mm, _side(frame, x_mm, y_mm), -number)


def _depth_mm(frame: Frame, x: float, y: float) -> float:
    """Return how far inside a frame a point lies, negative outside."""
    x_mm, y_mm = frame.to_mm(np.array([[x, y]]))[0].tolist()
    return float(min(x_mm, frame.width_mm - x_mm, y_mm, frame.height_mm - y_mm))


def _side(frame: Frame, x_mm: float, y_mm: float) -> str:
    distance = {
        "left": x_mm, "right": frame.width_mm - x_mm, "top": y_mm, "bottom": frame.height_mm - y_mm,
    }  # fmt: skip
    return min(distance, key=lambda side: (abs(distance[side]), side))
