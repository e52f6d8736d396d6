"""What lies within a distance: whole edges, parts of edges, and the area around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage

from app.planning.arrays import FAR, BoolArray, FloatArray, Graph, IndexArray, IntArray, ObjectArray
from app.planning.streets.lines import Lines

_MOST_CELLS = 4_000_000
"""An area is made of at most so many cells, its surroundings counted in."""

_HOLE = 4.0
"""Holes of an area that are smaller than a square of this many margins are filled."""


@dataclass(frozen=True)
class ReachedParts:
    """Parts of edges, each edge at most twice: once from either end.

    Parameters
    ----------
    edge
        ``(k,)`` edges.
    begin, stop
        ``(k,)`` where the part begins and stops, as shares of the edge from its start.
    """

    edge: IndexArray
    begin: FloatArray
    stop: FloatArray

    def length(self, edge_length: IntArray) -> float:
        """Return the sum of the parts' lengths, in the unit of the ``(m,)`` edge lengths."""
        return float(((self.stop - self.begin) * edge_length[self.edge]).sum())

    def shapes(self, lines: Lines) -> ObjectArray:
        """Return the geometry of the parts; ``lines`` are those of all edges."""
        xy = lines.xy[np.repeat(_is_among(self.edge, lines.count), np.diff(lines.offset))]
        edges, row = np.unique(self.edge, return_inverse=True)
        counts = np.diff(lines.offset)[edges]
        whole = shapely.linestrings(xy, indices=np.repeat(np.arange(len(edges)), counts))
        shapes = np.asarray(whole, dtype=object)[row]
        cut = np.flatnonzero((self.begin > 0) | (self.stop < 1))
        for i in cut:
            shapes[i] = _between(shapes[i], float(self.begin[i]), float(self.stop[i]))
        return shapes


def reached_parts(
    graph: Graph, edge_length: IntArray, distance: IntArray, limit: int
) -> ReachedParts:
    """Return the parts of edges that are at most ``limit`` away.

    A point on an edge is as far as the nearer of the ways over its two ends. Parts that meet are
    told as one whole edge.

    Parameters
    ----------
    edge_length
        ``(m,)`` lengths by which ``distance`` was walked.
    distance
        ``(n,)`` distance of each node, `FAR` if unknown.
    """
    length = np.maximum(edge_length, 1).astype(np.float64)
    left = np.maximum(limit - np.minimum(distance, FAR), -1).astype(np.float64)
    from_start = np.clip(left[graph.start] / length, -1.0, 1.0)
    from_end = np.clip(left[graph.end] / length, -1.0, 1.0)
    is_whole = (from_start >= 0) & (from_end >= 0) & (from_start + from_end >= 1)
    is_whole |= (from_start >= 1) | (from_end >= 1)
    whole = np.flatnonzero(is_whole)
    head = np.flatnonzero(~is_whole & (from_start > 0))
    tail = np.flatnonzero(~is_whole & (from_end > 0))
    return ReachedParts(
        np.concatenate((whole, head, tail)).astype(np.int32),
        np.concatenate((np.zeros(len(whole) + len(head)), 1 - from_end[tail])),
        np.concatenate((np.ones(len(whole)), from_start[head], np.ones(len(tail)))),
    )


def area_around(shapes: ObjectArray, margin_m: float) -> shapely.MultiPolygon:
    """Return the area within ``margin_m`` of lines, small holes filled.

    Made of square cells of half the margin, or as large as keeps their number below
    `_MOST_CELLS`; the edge is good to one cell. Linear in the length of lines and the number of
    cells.
    """
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    if not len(xy):
        return shapely.MultiPolygon()
    low = xy.min(axis=0) - 2 * margin_m
    width, height = xy.max(axis=0) + 2 * margin_m - low
    cell_m = max(margin_m / 2, float(np.sqrt(width * height / _MOST_CELLS)))
    grid = np.zeros((int(height / cell_m) + 2, int(width / cell_m) + 2), dtype=np.bool_)
    column, row = (((_stepping(xy, owner, cell_m) - low) / cell_m).astype(np.int64)).T
    grid[row, column] = True
    near = round(margin_m / cell_m)
    if near:
        across, up = np.ogrid[-near : near + 1, -near : near + 1]
        grid = ndimage.binary_dilation(grid, across**2 + up**2 <= (near + 0.3) ** 2)
    _fill_small(grid, int((_HOLE * margin_m / cell_m) ** 2))
    return _outline(grid, low, cell_m)


def _stepping(xy: FloatArray, owner: IntArray, step_m: float) -> FloatArray:
    """Return points along lines at most half a step apart."""
    ahead = np.flatnonzero(owner[1:] == owner[:-1])
    way = xy[ahead + 1] - xy[ahead]
    count = (2 * np.hypot(*way.T) / step_m).astype(np.int64) + 1
    line = np.repeat(np.arange(len(ahead)), count)
    rank = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    between = xy[ahead][line] + way[line] * (rank / count[line])[:, None]
    return np.concatenate((xy, between))


def _fill_small(grid: BoolArray, cells: int) -> None:
    """Fill the holes of up to so many cells."""
    label, _ = ndimage.label(~grid)
    size = np.bincount(label.ravel())
    size[0] = 0
    grid |= (size < cells)[label] & (label > 0)


def _outline(grid: BoolArray, low: FloatArray, cell_m: float) -> shapely.MultiPolygon:
    """Return the outline of marked cells: their borders, drawn together into rings."""
    padded = np.pad(grid, 1)
    across = padded[1:, 1:-1] != padded[:-1, 1:-1]
    up = padded[1:-1, 1:] != padded[1:-1, :-1]
    corners = np.zeros((2, grid.shape[0] + 1, grid.shape[1] + 1), dtype=np.bool_)
    corners[0, 1:] |= up
    corners[0, :-1] |= up
    corners[1, :, 1:] |= across
    corners[1, :, :-1] |= across
    row, left, right = _runs(across, corners[0])
    column, begin, stop = _runs(up.T, corners[1].T)
    ends = np.concatenate(
        (
            np.column_stack((left, row, right, row)),
            np.column_stack((column, begin, column, stop)),
        )
    ).reshape(-1, 2, 2)
    # Rings may touch in a corner but never cross: polygonising keeps faces, marked ones stay.
    faces = shapely.get_parts(shapely.polygonize(shapely.linestrings(ends * cell_m + low)))
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    at = ((inner - low) / cell_m).astype(np.int64)
    return shapely.MultiPolygon(list(faces[grid[at[:, 1], at[:, 0]]]))


def _runs(border: BoolArray, is_met: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return row, first and last corner of each stretch of a border, broken where others meet."""
    first, last = border.copy(), border.copy()
    first[:, 1:] &= ~border[:, :-1] | is_met[:, 1:-1]
    last[:, :-1] &= ~border[:, 1:] | is_met[:, 1:-1]
    row, left = np.nonzero(first)
    return row, left, np.nonzero(last)[1] + 1


def _is_among(edges: IndexArray, count: int) -> np.ndarray:
    among = np.zeros(count, dtype=np.bool_)
    among[edges] = True
    return among


def _between(line: shapely.LineString, begin: float, stop: float) -> shapely.LineString:
    """Return the part of a line between two shares of its length."""
    xy = shapely.get_coordinates(line)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))))
    low, high = begin * along[-1], stop * along[-1]
    inner = (along > low) & (along < high)
    ends = [[np.interp(at, along, xy[:, 0]), np.interp(at, along, xy[:, 1])] for at in (low, high)]
    return shapely.LineString(np.concatenate((ends[:1], xy[inner], ends[1:])))
