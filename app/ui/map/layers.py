"""Layers as arrays: geometry of one table, its classes, and the index that finds what is in view.

Everything here is free of Qt and never changes after it is made, so that worker threads may read
it while the window goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from app.model.frames import GEOMETRY
from app.model.symbols import LayerStyle
from app.ui.map.camera import Extent, FloatArray

IntArray = npt.NDArray[np.int64]
ObjectArray = npt.NDArray[np.object_]

SOLID, LIGHT, DASHED, GREY = range(4)
"""How a status is drawn: in use, being built, only intended, out of use."""

STATUS_LOOKS = {
    "operational": SOLID,
    "underConstruction": LIGHT,
    "planned": DASHED,
    "proposed": DASHED,
    "inactive": GREY,
    "decommissioned": GREY,
}
_PARTS_POINT, _PARTS_LINE, _PARTS_RING, _PARTS_POLYGON = 0, 1, 2, 3


@dataclass(frozen=True)
class Paths:
    """Vertices of many rows in row order: ``xy`` ``(n, 2)`` in m, ``joined`` ``(n,)`` bool.

    ``joined[i]`` says that a line runs from vertex i to vertex i + 1; ``starts`` ``(rows + 1,)``
    are the first vertices of each row.
    """

    xy: FloatArray
    joined: npt.NDArray[np.bool_]
    starts: IntArray

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return len(self.xy) == 0

    def gather(self, rows: IntArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
        """Return vertices and joins of some rows, row after row."""
        first, counts = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        total = int(counts.sum())
        offsets = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        index = offsets + np.arange(total)
        return self.xy[index], self.joined[index]


@dataclass(frozen=True)
class LayerData:
    """One table ready to be drawn and searched.

    ``values`` are the distinct values of the style column, ``code`` ``(rows,)`` says which one
    a row has, ``look`` ``(rows,)`` how its status is drawn.
    """

    table: str
    style: LayerStyle
    uids: ObjectArray
    geometries: ObjectArray
    values: tuple[str, ...]
    code: IntArray
    look: IntArray
    lines: Paths
    areas: Paths
    points: Paths
    plans: ObjectArray | None
    names: ObjectArray | None
    tree: Any
    positions: IntArray
    """``(rows,)`` where each row stands in the table's frame."""

    @property
    def count(self) -> int:
        """Number of rows that have a geometry."""
        return len(self.uids)

    def rows_in(self, extent: Extent) -> IntArray:
        """Return the rows whose bounding box meets ``extent``, ascending."""
        if not self.count:
            return np.zeros(0, dtype=np.int64)
        return np.sort(self.tree.query(shapely.box(*extent))).astype(np.int64)

    def rows_of(self, uids: frozenset[str]) -> IntArray:
        """Return the rows of some uids, ascending; unknown ones are left out."""
        if not uids or not self.count:
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(np.fromiter((uid in uids for uid in self.uids), bool, self.count))

    def bounds(self, rows: IntArray | None = None) -> Extent | None:
        """Return the rectangle around some rows (default: all), or ``None`` without any."""
        shapes = self.geometries if rows is None else self.geometries[rows]
        if not len(shapes):
            return None
        xmin, ymin, xmax, ymax = (float(item) for item in shapely.total_bounds(shapes))
        return xmin, ymin, xmax, ymax

    def of_plan(self, rows: IntArray, plan: str | None) -> IntArray:
        """Return the rows that show while ``plan`` is previewed; rows without plan always do."""
        if self.plans is None:
            return rows
        return rows[self.plans[rows] == plan] if plan is not None else rows[:0]


def build_layer(style: LayerStyle, frame: gpd.GeoDataFrame) -> LayerData:
    """Turn a table's frame into arrays; rows without geometry are left out.

    Time is linear but for the index (about 0.15 s for 500 000 rows).
    """
    shapes = frame[GEOMETRY].to_numpy()
    present = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    shapes = shapely.force_2d(shapes[present])
    values, code = _codes(frame, style.column, present)
    lines, areas, points = split_parts(shapes)
    tree = shapely.STRtree(shapes)
    tree.query(shapely.Point(0, 0))  # built now: the first query builds, and is not thread-safe
    # A plan's own tables belong to one plan each; elsewhere the column only says where from.
    plans = _column(frame, "plan", present) if style.table.startswith("plan_") else None
    names = _column(frame, style.label_column, present) if style.label_column else None
    return LayerData(
        table=style.table, style=style, uids=frame.index.to_numpy(dtype=object)[present],
        geometries=shapes, values=values, code=code, look=_looks(frame, present),
        lines=lines, areas=areas, points=points, plans=plans, names=names, tree=tree,
        positions=present,
    )  # fmt: skip


def _codes(
    frame: gpd.GeoDataFrame, column: str | None, present: IntArray
) -> tuple[tuple[str, ...], IntArray]:
    if column is None or column not in frame.columns:
        return ("",), np.zeros(len(present), dtype=np.int64)
    texts = frame[column].to_numpy(dtype=object)[present]
    known, code = np.unique(np.array([str(item) for item in texts], dtype=str), return_inverse=True)
    return tuple(str(item) for item in known), code.astype(np.int64).reshape(-1)


def _looks(frame: gpd.GeoDataFrame, present: IntArray) -> IntArray:
    if "status" not in frame.columns:
        return np.zeros(len(present), dtype=np.int64)
    statuses = frame["status"].to_numpy(dtype=object)[present]
    return np.fromiter(
        (STATUS_LOOKS.get(item, SOLID) for item in statuses), np.int64, len(statuses)
    )


def _column(frame: gpd.GeoDataFrame, name: str, present: IntArray) -> ObjectArray:
    if name not in frame.columns:
        return np.full(len(present), None, dtype=object)
    return frame[name].to_numpy(dtype=object)[present]


def split_parts(shapes: ObjectArray) -> tuple[Paths, Paths, Paths]:
    """Take geometries apart into lines, polygon rings and points, row order kept."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    parts, inner = shapely.get_parts(parts, return_index=True)  # collections hold multi-parts
    owner = owner[inner]
    kinds = shapely.get_type_id(parts)
    is_line = (kinds == _PARTS_LINE) | (kinds == _PARTS_RING)
    is_area = kinds == _PARTS_POLYGON
    # Equal orientation lets overlapping areas be filled as one (winding rule).
    rings, ring_part = shapely.get_rings(shapely.orient_polygons(parts[is_area]), return_index=True)
    count = len(shapes)
    return (
        _paths(parts[is_line], owner[is_line], count),
        _paths(rings, owner[is_area][ring_part], count),
        _paths(parts[kinds == _PARTS_POINT], owner[kinds == _PARTS_POINT], count),
    )


def _paths(parts: ObjectArray, owner: IntArray, count: int) -> Paths:
    xy, part = shapely.get_coordinates(parts, return_index=True)
    joined = np.zeros(len(xy), dtype=bool)
    joined[:-1] = part[1:] == part[:-1]
    row_of_vertex = owner[part] if len(xy) else np.zeros(0, dtype=np.int64)
    starts = np.searchsorted(row_of_vertex, np.arange(count + 1)).astype(np.int64)
    return Paths(np.ascontiguousarray(xy), joined, starts)
