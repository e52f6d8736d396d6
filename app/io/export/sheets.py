"""Map sheets that follow the route: few frames of one round scale that hold all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from app.io.export.dossier import PlanDossier
from app.io.export.frame import Frame

SHEET_SCALES = (2000, 2500, 5000, 7500, 10_000, 15_000, 20_000, 25_000, 50_000)
MOST_SHEETS = 60
"""A report of more sheets is not leafed through; the scale gets smaller instead."""

OVERLAP_MM = 10.0
"""How far a sheet shows, on every side, what its neighbours show too."""

_SHIFTS = 4
_LEAST_GAIN = 1.6
"""How much larger than the index map the sheets must be to tell more."""

Cells = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sheet:
    """A frame with its number, from 1, and the numbers of its neighbours by side."""

    number: int
    frame: Frame
    neighbours: dict[str, int]


def route_sheets(
    dossier: PlanDossier, width_mm: float, height_mm: float, index_scale: int
) -> tuple[Sheet, ...]:
    """Return the sheets at the largest scale at which `MOST_SHEETS` hold the plan's spans.

    Numbered from north to south and west to east; none when the index map is as large. A sheet
    is a cell of a grid; the shift of the grid that needs the fewest cells is taken, by trying
    16, because the fewest of all is a set cover and not worth its time. Linear in the length
    of the route.
    """
    lines = [line for line in dossier.spans.geometry if line is not None and not line.is_empty]
    if not lines:
        return ()
    for scale in SHEET_SCALES:
        if scale * _LEAST_GAIN > index_scale:
            return ()
        cell = np.array([width_mm - 2 * OVERLAP_MM, height_mm - 2 * OVERLAP_MM]) * scale / 1000.0
        # A line that cuts a corner between two points strays less than the sheets overlap.
        dense = shapely.segmentize(np.array(lines, dtype=object), OVERLAP_MM * scale / 1000.0)
        xy = shapely.get_coordinates(dense)
        if len(_occupied(xy, xy.min(axis=0), cell)) > 2 * MOST_SHEETS:
            continue
        origin, cells = _fewest(xy, cell)
        if len(cells) <= MOST_SHEETS:
            return _numbered(cells, origin, cell, (width_mm, height_mm), scale)
    return ()


def _fewest(
    xy: npt.NDArray[np.float64], cell: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], Cells]:
    """Return origin and occupied cells, (column, row from the south), of the best grid."""
    corner = xy.min(axis=0)
    steps = [np.array([x, y]) / _SHIFTS for x in range(_SHIFTS) for y in range(_SHIFTS)]
    tries = [(corner - step * cell, _occupied(xy, corner - step * cell, cell)) for step in steps]
    return min(tries, key=lambda found: len(found[1]))


def _occupied(
    xy: npt.NDArray[np.float64], origin: npt.NDArray[np.float64], cell: npt.NDArray[np.float64]
) -> Cells:
    return np.unique(np.floor((xy - origin) / cell).astype(np.int64), axis=0)


def _numbered(
    cells: Cells, origin: npt.NDArray[np.float64], cell: npt.NDArray[np.float64],
    size_mm: tuple[float, float], scale: int,
) -> tuple[Sheet, ...]:  # fmt: skip
    order = sorted((-int(row), int(column)) for column, row in cells)
    number = {(column, -south): place for place, (south, column) in enumerate(order, start=1)}
    pad = OVERLAP_MM * scale / 1000.0
    return tuple(
        Sheet(
            place,
            Frame(
                left=float(origin[0] + column * cell[0] - pad),
                top=float(origin[1] + (row + 1) * cell[1] + pad),
                width_mm=size_mm[0],
                height_mm=size_mm[1],
                scale=scale,
            ),
            dict(_neighbours(number, column, row)),
        )
        for (column, row), place in number.items()
    )


def _neighbours(
    number: dict[tuple[int, int], int], column: int, row: int
) -> Iterable[tuple[str, int]]:
    for side, x, y in (("left", -1, 0), ("right", 1, 0), ("top", 0, 1), ("bottom", 0, -1)):
        found = number.get((column + x, row + y))
        if found is not None:
            yield side, found
