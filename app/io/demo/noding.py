"""Planar noding of street pieces, and joining of pieces into stretches between junctions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_TOUCH_M = 0.5
_SNAP_M = 5.0


@dataclass(frozen=True)
class Pieces:
    """Straight pieces: ``xy`` ``(n, 2)`` in m, ``ends`` ``(k, 2)`` vertex numbers.

    Pieces with the same key carry the same attributes.
    """

    xy: FloatArray
    ends: IntArray
    key: IntArray

    def lines(self) -> npt.NDArray[np.object_]:
        """Return the pieces as lines."""
        return np.asarray(shapely.linestrings(self.xy[self.ends]), dtype=object)


def clean(pieces: Pieces) -> Pieces:
    """Return the pieces without loops and doubles; the first of two doubles stays."""
    ends = np.sort(pieces.ends, axis=1)
    fine = np.flatnonzero(ends[:, 0] != ends[:, 1])
    _, first = np.unique(ends[fine], axis=0, return_index=True)
    kept = fine[np.sort(first)]
    return Pieces(pieces.xy, pieces.ends[kept], pieces.key[kept])


def crossings(
    pieces: Pieces, apart: npt.NDArray[np.bool_]
) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Return pairs of pieces that meet other than at a common end, and where along each.

    ``apart`` marks pieces on another level, which meet nothing.
    """
    lines = pieces.lines()
    west, south, east, north = shapely.bounds(lines).T
    reach = shapely.box(west - _TOUCH_M, south - _TOUCH_M, east + _TOUCH_M, north + _TOUCH_M)
    left, right = shapely.STRtree(lines).query(reach)
    chosen = (left < right) & ~apart[left] & ~apart[right]
    left, right = left[chosen], right[chosen]
    shares = (pieces.ends[left][:, :, None] == pieces.ends[right][:, None, :]).any(axis=(1, 2))
    left, right = left[~shares], right[~shares]
    start_a, start_b = pieces.xy[pieces.ends[left, 0]], pieces.xy[pieces.ends[right, 0]]
    run_a = pieces.xy[pieces.ends[left, 1]] - start_a
    run_b = pieces.xy[pieces.ends[right, 1]] - start_b
    turn = run_a[:, 0] * run_b[:, 1] - run_a[:, 1] * run_b[:, 0]
    size_a, size_b = np.hypot(*run_a.T), np.hypot(*run_b.T)
    steep = np.abs(turn) > 0.03 * size_a * size_b
    turn = np.where(steep, turn, 1.0)
    gap = start_b - start_a
    along_a = (gap[:, 0] * run_b[:, 1] - gap[:, 1] * run_b[:, 0]) / turn
    along_b = (gap[:, 0] * run_a[:, 1] - gap[:, 1] * run_a[:, 0]) / turn
    slack_a, slack_b = _TOUCH_M / size_a, _TOUCH_M / size_b
    meet = steep & (along_a >= -slack_a) & (along_a <= 1 + slack_a)
    meet &= (along_b >= -slack_b) & (along_b <= 1 + slack_b)
    return left[meet], right[meet], along_a[meet].clip(0, 1), along_b[meet].clip(0, 1)


def node(pieces: Pieces, apart: npt.NDArray[np.bool_]) -> Pieces:
    """Return the pieces cut wherever two of them meet, so that they share a vertex there."""
    left, right, along_a, along_b = crossings(pieces, apart)
    vertex = np.full(len(left), -1, dtype=np.int64)
    for owner, along in ((left, along_a), (right, along_b)):
        size = np.hypot(*(pieces.xy[pieces.ends[owner, 1]] - pieces.xy[pieces.ends[owner, 0]]).T)
        for end, far in ((0, along), (1, 1 - along)):
            near = (vertex < 0) & (far * size < _SNAP_M)
            vertex[near] = pieces.ends[owner[near], end]
    fresh = np.flatnonzero(vertex < 0)
    vertex[fresh] = len(pieces.xy) + np.arange(len(fresh))
    origin = pieces.xy[pieces.ends[left[fresh], 0]]
    run = pieces.xy[pieces.ends[left[fresh], 1]] - origin
    added = np.round(origin + run * along_a[fresh, None], 2)
    cut = Pieces(np.vstack([pieces.xy, added]), pieces.ends, pieces.key)
    owner = np.concatenate([left, right])
    return clean(_cut(cut, owner, np.concatenate([along_a, along_b]), np.tile(vertex, 2)))


def merge_close(pieces: Pieces, tolerance_m: float) -> Pieces:
    """Return the pieces with vertices nearer than the tolerance made one."""
    pairs = cKDTree(pieces.xy).query_pairs(tolerance_m, output_type="ndarray").astype(np.int64)
    group = components(len(pieces.xy), pairs)
    _, first = np.unique(group, return_index=True)
    return clean(Pieces(pieces.xy[first], group[pieces.ends], pieces.key))


def without_stubs(pieces: Pieces, shortest_m: float) -> Pieces:
    """Return the pieces without dead ends shorter than ``shortest_m``, left over by noding."""
    degree = np.bincount(pieces.ends.ravel(), minlength=len(pieces.xy))
    size = np.hypot(*(pieces.xy[pieces.ends[:, 1]] - pieces.xy[pieces.ends[:, 0]]).T)
    kept = (size >= shortest_m) | (degree[pieces.ends] > 1).all(axis=1)
    return Pieces(pieces.xy, pieces.ends[kept], pieces.key[kept])


def _cut(pieces: Pieces, owner: IntArray, along: FloatArray, vertex: IntArray) -> Pieces:
    count = len(pieces.ends)
    numbers = np.arange(count)
    every_owner = np.concatenate([numbers, owner, numbers])
    every_along = np.concatenate([np.full(count, -1.0), along, np.full(count, 2.0)])
    every_vertex = np.concatenate([pieces.ends[:, 0], vertex, pieces.ends[:, 1]])
    order = np.lexsort((every_vertex, every_along, every_owner))
    owner, vertex = every_owner[order], every_vertex[order]
    same = np.flatnonzero(owner[1:] == owner[:-1])
    ends = np.column_stack([vertex[same], vertex[same + 1]])
    return Pieces(pieces.xy, ends, pieces.key[owner[same]])


def components(count: int, ends: IntArray) -> IntArray:
    """Return the number of the connected component of each of ``count`` vertices."""
    ones = np.ones(len(ends), dtype=np.int8)
    graph = coo_matrix((ones, (ends[:, 0], ends[:, 1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


@dataclass(frozen=True)
class Stretches:
    """Lines between junctions: ``xy`` of the junctions, ``ends`` their numbers."""

    xy: FloatArray
    ends: IntArray
    lines: npt.NDArray[np.object_]
    key: IntArray


def join(pieces: Pieces) -> Stretches:
    """Join pieces of the same key through vertices where nothing else meets."""
    count = len(pieces.xy)
    flat = pieces.ends.ravel()
    degree = np.bincount(flat, minlength=count)
    owner = np.repeat(np.arange(len(pieces.ends)), 2)
    order = np.argsort(flat, kind="stable")
    first = np.concatenate([[0], np.cumsum(degree)[:-1]])
    double = np.flatnonzero(degree == 2)
    one, two = owner[order[first[double]]], owner[order[first[double] + 1]]
    through = np.zeros(count, dtype=bool)
    through[double[pieces.key[one] == pieces.key[two]]] = True
    paths = chains(pieces.ends, through)
    used = np.zeros(len(pieces.ends), dtype=bool)
    used[[number for _, numbers in paths for number in numbers]] = True
    single = np.flatnonzero(~used)
    lines = [shapely.linestrings(pieces.xy[vertices]) for vertices, _ in paths]
    ends = [(vertices[0], vertices[-1]) for vertices, _ in paths]
    key = [pieces.key[numbers[0]] for _, numbers in paths]
    all_ends = np.vstack([pieces.ends[single], np.array(ends, dtype=np.int64).reshape(-1, 2)])
    straight = np.asarray(shapely.linestrings(pieces.xy[pieces.ends[single]]), dtype=object)
    all_lines = np.concatenate([straight, np.array(lines, dtype=object)])
    all_key = np.concatenate([pieces.key[single], np.array(key, dtype=np.int64)])
    junctions, numbers = np.unique(all_ends, return_inverse=True)
    return Stretches(pieces.xy[junctions], numbers.reshape(-1, 2), all_lines, all_key)


def chains(ends: IntArray, through: npt.NDArray[np.bool_]) -> list[tuple[list[int], list[int]]]:
    """Return vertices and pieces of each chain of two pieces or more."""
    touching = through[ends].any(axis=1)
    around: dict[int, list[int]] = {}
    for number in np.flatnonzero(touching).tolist():
        for vertex in ends[number].tolist():
            if through[vertex]:
                around.setdefault(vertex, []).append(number)
    done: set[int] = set()
    paths = []
    for number in np.flatnonzero(touching).tolist():
        a, b = ends[number].tolist()
        if number in done or (through[a] and through[b]):
            continue
        start, vertex = (a, b) if through[b] else (b, a)
        vertices, numbers, current = [start, vertex], [number], number
        while through[vertex]:
            one, two = around[vertex]
            current = two if current == one else one
            c, d = ends[current].tolist()
            vertex = d if c == vertex else c
            vertices.append(vertex)
            numbers.append(current)
        done.update(numbers)
        if vertices[0] != vertices[-1]:
            paths.append((vertices, numbers))
    return paths
