"""Picking: which objects lie under the pointer, or within a shape drawn on the map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from app.ui.map.layers import IntArray
from app.ui.map.scene import SceneLayer

REACH_PX = 6.0
SELECTABLE = (
    "sites", "nodes", "spans", "plan_spans", "plan_nodes", "conduits", "comments",
)  # fmt: skip
"""What a rectangle or lasso selects unless told otherwise; streets and areas only by a click."""


@dataclass(frozen=True)
class Pick:
    """An object near a point, how far away it is, and whether it is a point (0), line or area."""

    table: str
    uid: str
    distance_px: float
    dimension: int


def pick(
    layers: Sequence[SceneLayer],
    x: float,
    y: float,
    resolution: float,
    scale: float,
    reach_px: float = REACH_PX,
) -> list[Pick]:
    """Return what is visible within ``reach_px`` of a place: points, then lines, then areas.

    Within each, the nearest first; of equally near ones the one drawn on top.

    Parameters
    ----------
    layers
        Visible layers, lowest first.
    x, y
        Place in m.
    resolution
        Metres per pixel.
    scale
        Scale denominator, by which small-scale symbols hide.
    """
    place = shapely.Point(x, y)
    reach = reach_px * resolution
    found: list[tuple[int, float, int, Pick]] = []
    for height, layer in enumerate(layers):
        data = layer.data
        rows = layer.visible_rows((x - reach, y - reach, x + reach, y + reach))
        rows = rows[layer.is_row_visible(scale)[rows]]
        distances = shapely.distance(data.geometries[rows], place)
        for row, distance in zip(rows.tolist(), distances.tolist(), strict=True):
            if distance <= reach:
                dimension = max(int(shapely.get_dimensions(data.geometries[row])), 0)
                item = Pick(data.table, str(data.uids[row]), distance / resolution, dimension)
                found.append((dimension, round(item.distance_px), -height, item))
    found.sort(key=lambda entry: (*entry[:3], entry[3].distance_px, entry[3].uid))
    return [entry[3] for entry in found]


def within(
    layers: Iterable[SceneLayer],
    shape: shapely.Geometry,
    scale: float,
    tables: Collection[str] = SELECTABLE,
) -> dict[str, frozenset[str]]:
    """Return the visible objects of some tables that a shape (m) touches, by table."""
    shapely.prepare(shape)
    found: dict[str, frozenset[str]] = {}
    for layer in layers:
        data = layer.data
        if data.table not in tables or not data.count:
            continue
        rows: IntArray = np.sort(data.tree.query(shape, predicate="intersects"))
        rows = layer.kept(rows)
        rows = rows[layer.is_row_visible(scale)[rows]]
        if len(rows):
            found[data.table] = frozenset(str(uid) for uid in data.uids[rows])
    return found
