"""Which lines come near each other, found on a grid of their segments.

Only candidates are found here, fast and without geometry objects; what really crosses or touches
is left to an exact geometry library, which then sees few lines instead of all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.planning.arrays import FloatArray, IntArray, compiled
from app.planning.streets.lines import Lines

_ROOM = 6
"""Places of segments in cells, and cells, at most so many times the number of segments."""

_NEARLY = 1e-6
"""Points nearer to a line than this, in m, may lie on it."""


@dataclass(frozen=True)
class SegmentGrid:
    """Segments of lines in square cells.

    Parameters
    ----------
    xy, other
        ``(s, 2)`` ends of the segments in m, relative to ``corner``.
    line
        ``(s,)`` the line of each segment.
    is_inner
        ``(s, 2)`` whether an end lies between the ends of its line.
    first, item
        The segments of cell ``c`` are ``item[first[c]:first[c + 1]]``.
    shape, count
        Columns and rows of the grid, and the number of lines.
    """

    corner: FloatArray
    cell_m: float
    shape: tuple[int, int]
    count: int
    xy: FloatArray
    other: FloatArray
    line: IntArray
    is_inner: IntArray
    first: IntArray
    item: IntArray


def segment_grid(lines: Lines) -> SegmentGrid:
    """Return the grid of all segments of ``lines``; takes linear time and memory."""
    owner = lines.owner
    at = np.flatnonzero(owner[1:] == owner[:-1]) if len(owner) else np.zeros(0, np.int64)
    corner = lines.xy.min(axis=0) if len(lines.xy) else np.zeros(2)
    begin, stop = lines.xy[at] - corner, lines.xy[at + 1] - corner
    inner = _inner_ends(lines)
    is_inner = np.stack((inner[at], inner[at + 1]), axis=1).astype(np.int64)
    extent = np.maximum(begin.max(axis=0), stop.max(axis=0)) if len(at) else np.zeros(2)
    cell_m = max(1.0, 2 * float(np.abs(stop - begin).mean()) if len(at) else 1.0)
    while True:
        shape = tuple((extent // cell_m).astype(np.int64) + 1)
        low = (np.minimum(begin, stop) // cell_m).astype(np.int64)
        high = (np.maximum(begin, stop) // cell_m).astype(np.int64)
        places = int((high - low + 1).prod(axis=1).sum())
        if max(places, int(shape[0]) * int(shape[1])) <= _ROOM * len(at) + 64:
            break
        cell_m *= 1.5
    first, item = _fill(low, high, int(shape[0]), int(shape[1]))
    return SegmentGrid(
        corner, cell_m, (int(shape[0]), int(shape[1])), max(1, lines.count), begin, stop,
        owner[at], is_inner, first, item,
    )  # fmt: skip


def crossing_candidates(grid: SegmentGrid) -> tuple[IntArray, IntArray]:
    """Return pairs of lines, the smaller first, that may cross; all that do are among them.

    Lines that only share ends, or an end of one with a vertex of the other, are left out.
    """
    pairs = _crossing_pairs(
        grid.first, grid.item, grid.shape[0], grid.cell_m, grid.xy, grid.other, grid.line,
        grid.is_inner,
    )  # fmt: skip
    return _distinct(pairs, grid.count)


def near_candidates(grid: SegmentGrid, xy: FloatArray, reach_m: float) -> tuple[IntArray, IntArray]:
    """Return pairs of point and line that may be within ``reach_m`` of each other.

    ``xy`` is ``(k, 2)`` in m. Pairs are sorted; all that are within reach are among them, but
    for lines of which the point is a vertex: these may be left out.
    """
    pairs = _near_pairs(
        grid.first, grid.item, grid.shape[0], grid.shape[1], grid.cell_m, grid.xy, grid.other,
        grid.line, xy - grid.corner, reach_m,
    )  # fmt: skip
    return _distinct(pairs, grid.count)


def _inner_ends(lines: Lines) -> IntArray:
    """Return for each vertex whether it is none of its line's ends; closed lines have none."""
    inner = ~lines.is_end
    if lines.count:
        begin, stop = lines.offset[:-1], lines.offset[1:] - 1
        closed = (lines.xy[begin] == lines.xy[stop]).all(axis=1)
        inner[begin[closed]] = True
        inner[stop[closed]] = True
    return inner.astype(np.int64)


def _distinct(pairs: IntArray, count: int) -> tuple[IntArray, IntArray]:
    """Return the distinct pairs, sorted; the second of a pair is below ``count``."""
    whole = np.unique(pairs[:, 0] * np.int64(count) + pairs[:, 1])
    return whole // count, whole % count


@compiled
def _fill(low, high, columns, rows):  # type: ignore[no-untyped-def]  # compiled
    """Sort segments into the cells that their boxes touch."""
    first = np.zeros(columns * rows + 1, np.int64)
    for s in range(len(low)):
        for j in range(low[s, 1], high[s, 1] + 1):
            for i in range(low[s, 0], high[s, 0] + 1):
                first[j * columns + i + 1] += 1
    for c in range(columns * rows):
        first[c + 1] += first[c]
    place = first[:-1].copy()
    item = np.empty(first[-1], np.int64)
    for s in range(len(low)):
        for j in range(low[s, 1], high[s, 1] + 1):
            for i in range(low[s, 0], high[s, 0] + 1):
                item[place[j * columns + i]] = s
                place[j * columns + i] += 1
    return first, item


@compiled
def _crossing_pairs(first, item, columns, cell_m, xy, other, line, is_inner):  # type: ignore[no-untyped-def]  # compiled
    """Return ``(k, 2)`` lines of segments that may meet within both lines."""
    found = np.empty((1024, 2), np.int64)
    count = 0
    for c in range(len(first) - 1):
        for k in range(first[c], first[c + 1]):
            a = item[k]
            for m in range(k + 1, first[c + 1]):
                b = item[m]
                if line[a] == line[b] or not _may_cross(xy, other, is_inner, a, b):
                    continue
                if count == len(found):
                    more = np.empty((2 * count, 2), np.int64)
                    more[:count] = found
                    found = more
                found[count, 0] = min(line[a], line[b])
                found[count, 1] = max(line[a], line[b])
                count += 1
    return found[:count]


@compiled
def _may_cross(xy, other, is_inner, a, b):  # type: ignore[no-untyped-def]  # compiled
    """Whether two segments may meet at a place that is inside both lines."""
    for axis in range(2):
        top = max(xy[a, axis], other[a, axis]) + _NEARLY
        if top < min(xy[b, axis], other[b, axis]):
            return False
        top = max(xy[b, axis], other[b, axis]) + _NEARLY
        if top < min(xy[a, axis], other[a, axis]):
            return False
    for i in range(2):
        p = xy[a] if i == 0 else other[a]
        far = other[a] if i == 0 else xy[a]
        for j in range(2):
            q = xy[b] if j == 0 else other[b]
            if p[0] == q[0] and p[1] == q[1]:
                beyond = other[b] if j == 0 else xy[b]
                if is_inner[a, i] and is_inner[b, j]:
                    return True
                return abs(_side(p, far, beyond)) <= _NEARLY and _ahead(p, far, beyond) > 0
    return _straddles(xy[a], other[a], xy[b], other[b]) and _straddles(
        xy[b], other[b], xy[a], other[a]
    )


@compiled
def _straddles(p, q, u, v):  # type: ignore[no-untyped-def]  # compiled
    """Whether ``u`` and ``v`` do not lie clearly on one side of the line through ``p, q``."""
    first, second = _side(p, q, u), _side(p, q, v)
    same = (first > _NEARLY and second > _NEARLY) or (first < -_NEARLY and second < -_NEARLY)
    return not same


@compiled
def _side(p, q, u):  # type: ignore[no-untyped-def]  # compiled
    """Return the signed distance of ``u`` from the line through ``p, q``, in m."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    length = np.sqrt(dx * dx + dy * dy)
    if length == 0:
        return 0.0
    return (dx * (u[1] - p[1]) - dy * (u[0] - p[0])) / length


@compiled
def _ahead(p, q, u):  # type: ignore[no-untyped-def]  # compiled
    """Return whether ``u`` lies on the side of ``p`` on which ``q`` lies: positive if so."""
    return (q[0] - p[0]) * (u[0] - p[0]) + (q[1] - p[1]) * (u[1] - p[1])


@compiled
def _near_pairs(first, item, columns, rows, cell_m, xy, other, line, points, reach_m):  # type: ignore[no-untyped-def]  # compiled
    """Return ``(k, 2)`` of point and line where a segment is within reach."""
    found = np.empty((1024, 2), np.int64)
    count = 0
    for n in range(len(points)):
        left = max(0, int((points[n, 0] - reach_m) // cell_m))
        right = min(columns - 1, int((points[n, 0] + reach_m) // cell_m))
        low = max(0, int((points[n, 1] - reach_m) // cell_m))
        high = min(rows - 1, int((points[n, 1] + reach_m) // cell_m))
        if right < left or high < low:
            continue  # beyond the grid, perhaps on both axes: the count would be positive
        for c in range((high - low + 1) * (right - left + 1)):
            cell = (low + c // (right - left + 1)) * columns + left + c % (right - left + 1)
            for k in range(first[cell], first[cell + 1]):
                s = item[k]
                if _is_end(xy[s], other[s], points[n]) or (
                    _distance(xy[s], other[s], points[n]) > reach_m + _NEARLY
                ):
                    continue
                if count == len(found):
                    more = np.empty((2 * count, 2), np.int64)
                    more[:count] = found
                    found = more
                found[count, 0] = n
                found[count, 1] = line[s]
                count += 1
    return found[:count]


@compiled
def _is_end(p, q, u):  # type: ignore[no-untyped-def]  # compiled
    """Whether ``u`` is an end of the segment ``p, q``."""
    return (p[0] == u[0] and p[1] == u[1]) or (q[0] == u[0] and q[1] == u[1])


@compiled
def _distance(p, q, u):  # type: ignore[no-untyped-def]  # compiled
    """Return the distance of ``u`` from the segment ``p, q``, in m."""
    dx, dy = q[0] - p[0], q[1] - p[1]
    square = dx * dx + dy * dy
    share = 0.0
    if square > 0:
        share = min(1.0, max(0.0, ((u[0] - p[0]) * dx + (u[1] - p[1]) * dy) / square))
    return np.hypot(p[0] + share * dx - u[0], p[1] + share * dy - u[1])


def warm_up() -> None:
    """Compile the kernels on three lines."""
    xy = np.array([[0.0, 0.0], [9.0, 9.0], [0.0, 9.0], [9.0, 0.0], [5.0, 0.0], [5.0, 1.0]])
    grid = segment_grid(Lines(xy, np.array([0, 2, 4, 6], dtype=np.int64)))
    crossing_candidates(grid)
    near_candidates(grid, xy[:2], 1.0)
