"""Snapping: which node, vertex or line of the visible layers lies under the pointer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from app.ui.map.camera import FloatArray
from app.ui.map.layers import IntArray, LayerData

POINT, VERTEX, SEGMENT = "point", "vertex", "segment"
"""What can be snapped to: points such as nodes and sites, vertices of lines, lines anywhere."""

KINDS = (POINT, VERTEX, SEGMENT)

TABLES = (
    "nodes", "sites", "spans", "conduits", "plan_nodes", "plan_spans", "barriers", "hazards",
    "streets", "areas",
)  # fmt: skip
"""Tables that can be snapped to; of equally near objects the one of the first table is taken."""

USUAL = frozenset({"nodes", "sites", "spans", "conduits", "streets"})

_MOST_ROWS = 3000
"""With more rows of a table near the pointer there is nothing to point at: it is passed over."""

_EQUAL_PX = 2.0
"""Differences in distance below this do not count, in px."""


@dataclass(frozen=True)
class SnapOptions:
    """To what the pointer snaps, and within how many pixels."""

    is_on: bool = True
    tolerance_px: float = 12.0
    tables: frozenset[str] = USUAL
    kinds: frozenset[str] = frozenset(KINDS)


@dataclass(frozen=True)
class Snap:
    """Where the pointer snapped: kind, object, and place in m."""

    kind: str
    table: str
    uid: str
    x: float
    y: float

    @property
    def place(self) -> tuple[float, float]:
        """Easting and northing."""
        return self.x, self.y


def find_snap(
    layers: Sequence[LayerData],
    place: tuple[float, float],
    resolution: float,
    options: SnapOptions,
    without: Collection[tuple[str, str]] = (),
) -> Snap | None:
    """Return what lies nearest to ``place`` within the tolerance: points, vertices, then lines.

    Parameters
    ----------
    layers
        What is searched, as drawn; hidden layers are not to be given.
    place
        Easting and northing in m.
    resolution
        Metres per pixel.
    without
        Table and uid of objects that do not count, such as the one being moved.

    The index of each layer names what is near; only its vertices are looked at, so that an
    answer does not depend on how many objects there are.
    """
    if not options.is_on:
        return None
    found: list[tuple[tuple[int, int, int, float], Snap]] = []
    for data in layers:
        if data.table in options.tables and data.table in TABLES and data.count:
            found.extend(_of_layer(data, np.array(place), resolution, options, without))
    return min(found, key=lambda item: item[0])[1] if found else None


def _of_layer(
    data: LayerData,
    place: FloatArray,
    resolution: float,
    options: SnapOptions,
    without: Collection[tuple[str, str]],
) -> list[tuple[tuple[int, int, int, float], Snap]]:
    """Return the best of each kind in one layer, with what orders them."""
    reach = options.tolerance_px * resolution
    rows = data.tree.query(shapely.box(*(place - reach), *(place + reach)))
    hidden = {uid for table, uid in without if table == data.table}
    rows = np.array([row for row in rows if data.uids[row] not in hidden], dtype=np.int64)
    if not len(rows) or len(rows) > _MOST_ROWS:
        return []
    best: list[tuple[tuple[int, int, int, float], Snap]] = []
    for kind, (away, xy, row) in _candidates(data, np.sort(rows), place, options.kinds).items():
        if away <= reach:
            snap = Snap(kind, data.table, str(data.uids[row]), float(xy[0]), float(xy[1]))
            steps = int(away / (resolution * _EQUAL_PX))
            order = KINDS.index(kind), steps, TABLES.index(data.table), away
            best.append((order, snap))
    return best


def _candidates(
    data: LayerData, rows: IntArray, place: FloatArray, kinds: Collection[str]
) -> dict[str, tuple[float, FloatArray, int]]:
    """Return distance, place and row of the nearest point, vertex and place on a line."""
    found: dict[str, tuple[float, FloatArray, int]] = {}

    def offer(kind: str, xy: FloatArray, owner: IntArray) -> None:
        if kind not in kinds or not len(xy):
            return
        away = np.hypot(*(xy - place).T)
        at = int(away.argmin())
        if kind not in found or away[at] < found[kind][0]:
            found[kind] = float(away[at]), xy[at], int(owner[at])

    for paths, kind in ((data.points, POINT), (data.lines, VERTEX), (data.areas, VERTEX)):
        if paths.is_empty:
            continue
        xy, joined = paths.gather(rows)
        owner = np.repeat(rows, paths.starts[rows + 1] - paths.starts[rows])
        offer(kind, xy, owner)
        if kind == VERTEX and SEGMENT in kinds:
            begin = np.flatnonzero(joined[: len(xy) - 1])
            offer(SEGMENT, nearest_on(xy[begin], xy[begin + 1], place), owner[begin])
    return found


def nearest_on(start: FloatArray, end: FloatArray, place: FloatArray) -> FloatArray:
    """Return the ``(n, 2)`` place nearest to ``place`` on each segment."""
    way = end - start
    square = np.einsum("ij,ij->i", way, way)
    share = np.einsum("ij,ij->i", place - start, way) / np.where(square > 0, square, 1.0)
    nearest: FloatArray = start + np.clip(share, 0.0, 1.0)[:, None] * way
    return nearest
