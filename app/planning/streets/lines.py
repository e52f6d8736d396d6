"""Many lines as flat arrays, and cutting them into edges between nodes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from app.model.geodesy import chain_lengths_m
from app.planning.arrays import (
    BoolArray,
    FloatArray,
    IndexArray,
    IntArray,
    ObjectArray,
    components,
)

SAME_M = 0.001
"""Points of a line nearer than this, in m, are one; coordinates are kept to this step."""

_MERGE_M = 0.0025
"""Nodes nearer than this, in m, are one: twice what rounding can tear apart."""


@dataclass(frozen=True)
class Lines:
    """Lines one after the other.

    Parameters
    ----------
    xy
        ``(N, 2)`` easting, northing in m of all vertices.
    offset
        ``(n + 1,)``; the vertices of line ``i`` lie at ``offset[i]:offset[i + 1]``.
    """

    xy: FloatArray
    offset: IntArray

    @property
    def count(self) -> int:
        """Number of lines."""
        return len(self.offset) - 1

    @property
    def owner(self) -> IntArray:
        """``(N,)`` line of each vertex."""
        return np.repeat(np.arange(self.count), np.diff(self.offset))

    @property
    def is_end(self) -> BoolArray:
        """``(N,)`` whether a vertex is the first or last of its line."""
        flags = np.zeros(len(self.xy), dtype=np.bool_)
        flags[self.offset[:-1]] = True
        flags[self.offset[1:] - 1] = True
        return flags

    def along(self) -> FloatArray:
        """Return the ``(N,)`` distance of each vertex from the start of its line, in m."""
        if not len(self.xy):
            return np.zeros(0)
        steps = np.zeros(len(self.xy))
        steps[1:] = np.hypot(*np.diff(self.xy, axis=0).T)
        steps[self.offset[:-1]] = 0.0
        total = np.cumsum(steps)
        return total - np.repeat(total[self.offset[:-1]], np.diff(self.offset))

    def shapes(self) -> ObjectArray:
        """Return the lines as shapely geometries."""
        if not self.count:
            return np.empty(0, dtype=object)
        return np.asarray(shapely.linestrings(self.xy, indices=self.owner))

    def lengths_m(self, crs: str) -> FloatArray:
        """Return the ``(n,)`` length of each line on the ellipsoid, in m."""
        return chain_lengths_m(self.xy, self.owner, np.arange(self.count), self.count, crs)

    def some_shapes(self, rows: IntArray) -> ObjectArray:
        """Return the geometries of ``(k,)`` lines, which may repeat."""
        distinct, which = np.unique(rows, return_inverse=True)
        keep = np.zeros(self.count, dtype=np.bool_)
        keep[distinct] = True
        return np.asarray(self.only(keep).shapes()[which])

    def only(self, keep: BoolArray) -> Lines:
        """Return the lines marked in ``keep``."""
        counts = np.diff(self.offset)
        offset = np.concatenate(([0], np.cumsum(counts[keep]))).astype(np.int64)
        return Lines(self.xy[np.repeat(keep, counts)], offset)

    def line(self, index: int) -> FloatArray:
        """Return the ``(k, 2)`` vertices of one line."""
        return self.xy[self.offset[index] : self.offset[index + 1]]


@dataclass(frozen=True)
class Splits:
    """Points at which lines become nodes.

    Parameters
    ----------
    line
        ``(k,)`` index of the line.
    along_m
        ``(k,)`` distance from the line's start.
    xy
        ``(k, 2)`` the node's place, on the line or within a tolerance of it.
    """

    line: IntArray
    along_m: FloatArray
    xy: FloatArray


@dataclass(frozen=True)
class Edges:
    """Lines cut at nodes.

    Parameters
    ----------
    node_xy
        ``(n, 2)`` places of the nodes.
    start, end
        ``(m,)`` nodes of each edge.
    line
        ``(m,)`` the line that each edge is a part of.
    shape
        Geometry of the edges.
    """

    node_xy: FloatArray
    start: IndexArray
    end: IndexArray
    line: IntArray
    shape: Lines


def flat(shapes: ObjectArray) -> ObjectArray:
    """Return geometries without heights."""
    return np.asarray(shapely.force_2d(shapes)) if shapely.has_z(shapes).any() else shapes


def lines_of(shapes: ObjectArray) -> Lines:
    """Return shapely lines as arrays, coordinates rounded to the millimetre."""
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    counts = np.bincount(owner, minlength=len(shapes))
    offset = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return Lines(np.round(xy, 3), offset)


def no_splits() -> Splits:
    """Return an empty set of splits."""
    return Splits(np.zeros(0, np.int64), np.zeros(0), np.zeros((0, 2)))


def join_splits(parts: list[Splits]) -> Splits:
    """Return the splits of all parts, in their order."""
    return Splits(
        np.concatenate([part.line for part in parts]).astype(np.int64),
        np.concatenate([part.along_m for part in parts]),
        np.concatenate([part.xy for part in parts]),
    )


def point_keys(xy: FloatArray) -> IntArray:
    """Return a number for each point, equal for points equal to the millimetre."""
    whole = np.round(xy * 1000).astype(np.int64)
    return whole[:, 0] * np.int64(4_036_037_333) + whole[:, 1]


def cut(lines: Lines, splits: Splits, is_node: BoolArray) -> tuple[Edges, IndexArray]:
    """Cut lines at their ends, at vertices marked in ``is_node`` and at ``splits``.

    Parts shorter than a millimetre vanish. Returns the edges and the ``(k,)`` node of each
    split.
    """
    marked = is_node | lines.is_end
    owner = np.concatenate((lines.owner, splits.line))
    along = np.concatenate((lines.along(), splits.along_m))
    xy = np.concatenate((lines.xy, np.round(splits.xy, 3)))
    rank = np.concatenate((np.where(marked, 0, 2), np.ones(len(splits.line), np.int64)))
    order = np.lexsort((along, owner))
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (np.diff(owner[order]) != 0) | (np.diff(along[order]) >= SAME_M)
    group = np.cumsum(is_new) - 1
    first = np.lexsort((rank[order], group))
    chosen = order[first[np.searchsorted(group, np.arange(group[-1] + 1))]] if len(order) else order
    place = np.empty(len(order), np.int64)
    place[order] = group
    edges, node_of_group = _edges(owner[chosen], xy[chosen], rank[chosen] < 2)
    return edges, node_of_group[place[len(lines.xy) :]].astype(np.int32)


def _edges(owner: IntArray, xy: FloatArray, is_node: BoolArray) -> tuple[Edges, IntArray]:
    """Return the edges between marked points of each line, and the node of each point."""
    at = np.flatnonzero(is_node)
    node_xy, label = _merge(xy[at])
    node_of_point = np.full(len(xy), -1, np.int64)
    node_of_point[at] = label
    begin, stop = at[:-1], at[1:]
    together = owner[begin] == owner[stop]
    begin, stop = begin[together], stop[together]
    counts = stop - begin + 1
    offset = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    index = np.arange(offset[-1]) - np.repeat(offset[:-1], counts) + np.repeat(begin, counts)
    shape = Lines(xy[index].copy(), offset)
    start, end = node_of_point[begin], node_of_point[stop]
    if len(begin):
        shape.xy[offset[:-1]] = node_xy[start]
        shape.xy[offset[1:] - 1] = node_xy[end]
    keep = (start != end) | (counts > 2)
    edges = Edges(node_xy, start.astype(np.int32), end.astype(np.int32), owner[begin], shape)
    return (edges if keep.all() else select(edges, keep)), node_of_point


def select(edges: Edges, keep: BoolArray) -> Edges:
    """Return only the edges marked in ``keep``; nodes stay."""
    shape = edges.shape.only(keep)
    return Edges(edges.node_xy, edges.start[keep], edges.end[keep], edges.line[keep], shape)


def _merge(xy: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return distinct places and the place of each point; nearly equal points are one."""
    if not len(xy):
        return xy, np.zeros(0, np.int64)
    _, first, label = np.unique(point_keys(xy), return_index=True, return_inverse=True)
    places = xy[first]
    pairs = cKDTree(places).query_pairs(_MERGE_M, output_type="ndarray")
    if not len(pairs):
        return places, label
    merged = components(len(places), pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32))
    _, leader = np.unique(merged, return_index=True)
    return places[leader], merged[label].astype(np.int64)
