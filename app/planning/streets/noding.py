"""Where streets meet: shared vertices, crossings at the same level, ends that nearly touch.

Streets come from files of every quality: with or without a vertex at a junction, with ends that
stop some centimetres short. A bridge, a tunnel or another level crosses without a junction;
ends always join where they share a place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from app.planning.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    components,
)
from app.planning.streets.lines import Lines, Splits, join_splits, point_keys
from app.planning.streets.segments import crossing_candidates, near_candidates, segment_grid

_TOUCH_M = 0.01
"""An end that others share is on a line when it is nearer than this, in m."""


@dataclass(frozen=True)
class Noded:
    """Lines whose meeting points are known.

    ``is_node`` marks vertices that are nodes besides the ends, ``splits`` the nodes between
    vertices; ``closed_gaps`` counts ends that were moved onto a neighbour.
    """

    lines: Lines
    splits: Splits
    is_node: BoolArray
    closed_gaps: int


def node_lines(lines: Lines, level: IntArray, tolerance_m: float) -> Noded:
    """Find where lines meet; ends within ``tolerance_m`` of a neighbour are moved onto it.

    Parameters
    ----------
    level
        ``(n,)`` lines cross at the same height only when these are equal.
    tolerance_m
        Largest gap that is closed, in m.
    """
    lines, at_ends, closed_gaps = _close_gaps(lines, level, tolerance_m)
    crossings = _crossings(lines, level)
    return Noded(
        lines, join_splits([at_ends, crossings]), _shared_vertices(lines, level), closed_gaps
    )


def _shared_vertices(lines: Lines, level: IntArray) -> BoolArray:
    """Mark vertices that an end lies on, or that two lines of one level share."""
    _, key = np.unique(point_keys(lines.xy), return_inverse=True)
    has_end = np.zeros(key.max(initial=-1) + 1, dtype=np.bool_)
    has_end[key[lines.is_end]] = True
    codes, which = np.unique(level, return_inverse=True)
    at_level = key * np.int64(len(codes) + 1) + which[lines.owner]
    _, pair, counts = np.unique(at_level, return_inverse=True, return_counts=True)
    uses = np.bincount(key)
    marked: BoolArray = (has_end[key] & (uses[key] > 1)) | (counts[pair.ravel()] > 1)
    return marked


def _crossings(lines: Lines, level: IntArray) -> Splits:
    """Return the places where two lines of one level cross."""
    a, b = crossing_candidates(segment_grid(lines))
    keep = level[a] == level[b]
    a, b = a[keep], b[keep]
    first, second = lines.some_shapes(a), lines.some_shapes(b)
    keep = shapely.crosses(first, second)
    a, b, first, second = a[keep], b[keep], first[keep], second[keep]
    points, pair = shapely.get_coordinates(shapely.intersection(first, second), return_index=True)
    line = np.concatenate((a[pair], b[pair]))
    xy = np.concatenate((points, points))
    shapes = np.concatenate((first[pair], second[pair]))
    along = shapely.line_locate_point(shapes, shapely.points(xy))
    order = np.lexsort((xy[:, 1], xy[:, 0], along, line))
    return Splits(line[order].astype(np.int64), along[order], xy[order])


def _close_gaps(lines: Lines, level: IntArray, tolerance_m: float) -> tuple[Lines, Splits, int]:
    """Move loose ends onto the nearest line or end; return lines, new nodes and the count."""
    ends, keys, vertex_keys = _distinct_ends(lines)
    is_loose = np.bincount(
        np.searchsorted(keys, vertex_keys[np.isin(vertex_keys, keys)]), minlength=len(keys)
    ) == 1  # fmt: skip
    near = _nearest_lines(lines, level, ends, keys, vertex_keys, is_loose, tolerance_m)
    target = ends.copy()
    on_end = near.end >= 0
    pairs_from, pairs_to = near.point[on_end], near.end[on_end]
    if len(pairs_from):
        cluster = components(len(ends), pairs_from.astype(np.int32), pairs_to.astype(np.int32))
        # A cluster takes the place of an end that may not move, else of its first end.
        order = np.lexsort((np.arange(len(ends)), is_loose, cluster))
        _, first = np.unique(cluster[order], return_index=True)
        target = ends[order[first]][cluster]
    inner = ~on_end
    moves = inner & is_loose[near.point]
    target[near.point[moves]] = near.xy[moves]
    at = np.flatnonzero(lines.is_end)
    xy = lines.xy.copy()
    xy[at] = np.round(target[np.searchsorted(keys, vertex_keys[at])], 3)
    moved = int((np.hypot(*(target - ends).T) > _TOUCH_M).sum())
    splits = Splits(near.line[inner], near.along_m[inner], target[near.point[inner]])
    return Lines(xy, lines.offset), splits, moved


@dataclass(frozen=True)
class _Near:
    """For some ends: the nearest line, the place on it, and the end it has there or -1."""

    point: IntArray
    line: IntArray
    along_m: FloatArray
    xy: FloatArray
    end: IntArray


def _distinct_ends(lines: Lines) -> tuple[FloatArray, IntArray, IntArray]:
    """Return the distinct ends sorted by key, their keys, and the keys of all vertices."""
    vertex_keys = point_keys(lines.xy)
    at = np.flatnonzero(lines.is_end)
    keys, first = np.unique(vertex_keys[at], return_index=True)
    return lines.xy[at[first]], keys, vertex_keys


def _nearest_lines(
    lines: Lines,
    level: IntArray,
    ends: FloatArray,
    keys: IntArray,
    vertex_keys: IntArray,
    is_loose: BoolArray,
    tolerance_m: float,
) -> _Near:
    """Return for each end the nearest line that it does not yet share a vertex with."""
    point, line = near_candidates(segment_grid(lines), ends, tolerance_m)
    keep = ~_touching(lines, keys, vertex_keys, point, line)
    point, line = point[keep], line[keep]
    shapes, points = lines.some_shapes(line), shapely.points(ends[point])
    distance = shapely.distance(points, shapes)
    keep = (distance <= tolerance_m) & (is_loose[point] | (distance <= _TOUCH_M))
    point, line, distance, shapes, points = (
        item[keep] for item in (point, line, distance, shapes, points)
    )
    along = shapely.line_locate_point(shapes, points)
    length = shapely.length(shapes)
    start_key = np.searchsorted(keys, vertex_keys[lines.offset[line]])
    end_key = np.searchsorted(keys, vertex_keys[lines.offset[line + 1] - 1])
    end = np.where(
        along < tolerance_m, start_key, np.where(along > length - tolerance_m, end_key, -1)
    )
    own_level = _level_of_ends(lines, level, keys, vertex_keys)[point]
    keep = (end >= 0) | (level[line] == own_level)
    point, line, along, end, distance, shapes = (
        item[keep] for item in (point, line, along, end, distance, shapes)
    )
    order = np.lexsort((line, distance, point))
    _, first = np.unique(point[order], return_index=True)
    best = order[first]
    xy = shapely.get_coordinates(shapely.line_interpolate_point(shapes[best], along[best]))
    return _Near(point[best], line[best].astype(np.int64), along[best], xy, end[best])


def _level_of_ends(
    lines: Lines, level: IntArray, keys: IntArray, vertex_keys: IntArray
) -> IntArray:
    at = np.flatnonzero(lines.is_end)
    found = np.zeros(len(keys), np.int64)
    found[np.searchsorted(keys, vertex_keys[at])] = level[lines.owner[at]]
    return found


def _touching(
    lines: Lines, keys: IntArray, vertex_keys: IntArray, point: IntArray, line: IntArray
) -> BoolArray:
    """Return for each pair whether the end is a vertex of the line."""
    is_end_key = np.isin(vertex_keys, keys)
    at = np.flatnonzero(is_end_key)
    known = np.searchsorted(keys, vertex_keys[at]) * np.int64(lines.count) + lines.owner[at]
    return np.asarray(np.isin(point * np.int64(lines.count) + line, known))


def level_codes(level: IntArray, is_bridge: BoolArray, is_tunnel: BoolArray) -> IntArray:
    """Return one number for level, bridge and tunnel: lines cross only when it is equal."""
    return level * 4 + is_bridge * 2 + is_tunnel
