"""Shapes as they are edited: vertices of lines and rings, lines joined, drawn over, trimmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
import shapely.ops

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

SAME_M = 0.001
"""Places nearer than this, in m, are one."""

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Vertex:
    """A vertex of a shape: the chain (line or ring) that it belongs to, and its number there."""

    chain: int
    index: int


@dataclass(frozen=True)
class Chain:
    """Vertices ``(n, 2)`` in m of a line, or of a ring without its last vertex."""

    xy: FloatArray
    is_closed: bool

    @property
    def least(self) -> int:
        """Number of vertices that the chain needs."""
        return 3 if self.is_closed else 2


def chains_of(shape: shapely.Geometry) -> list[Chain]:
    """Return the lines and rings of a shape, in the order in which shapely walks them."""
    chains: list[Chain] = []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            rings = [part.exterior, *part.interiors]
            chains.extend(Chain(shapely.get_coordinates(ring)[:-1], True) for ring in rings)
        else:
            chains.append(Chain(shapely.get_coordinates(part), False))
    return chains


def with_chain(shape: shapely.Geometry, number: int, xy: FloatArray) -> shapely.Geometry:
    """Return ``shape`` with the vertices of one chain replaced; rings stay closed.

    Raises `InputError` for too few vertices and for areas that would cross themselves.
    """
    old = chains_of(shape)
    if len(distinct(xy, is_closed=old[number].is_closed)) < old[number].least:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "A line needs two vertices, an area three."))
        )
    fresh = [xy if at == number else chain.xy for at, chain in enumerate(old)]
    parts: list[shapely.Geometry] = []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            rings = [fresh.pop(0) for _ in range(1 + len(part.interiors))]
            parts.append(shapely.Polygon(rings[0], rings[1:]))
        elif isinstance(part, shapely.Point):
            parts.append(shapely.Point(fresh.pop(0)[0]))
        else:
            parts.append(shapely.LineString(fresh.pop(0)))
    made = _like(shape, parts)
    if not shapely.is_valid(made):
        raise InputError(message(QT_TRANSLATE_NOOP("core", "The area would cross itself.")))
    return made


def move_vertex(
    shape: shapely.Geometry, vertex: Vertex, place: Sequence[float]
) -> shapely.Geometry:
    """Return ``shape`` with a vertex at another place."""
    xy = chains_of(shape)[vertex.chain].xy.copy()
    xy[vertex.index] = place
    return with_chain(shape, vertex.chain, xy)


def insert_vertex(
    shape: shapely.Geometry, after: Vertex, place: Sequence[float]
) -> shapely.Geometry:
    """Return ``shape`` with one vertex more, behind ``after``."""
    xy = chains_of(shape)[after.chain].xy
    return with_chain(shape, after.chain, np.insert(xy, after.index + 1, place, axis=0))


def delete_vertex(shape: shapely.Geometry, vertex: Vertex) -> shapely.Geometry:
    """Return ``shape`` without a vertex."""
    xy = chains_of(shape)[vertex.chain].xy
    return with_chain(shape, vertex.chain, np.delete(xy, vertex.index, axis=0))


def distinct(xy: npt.ArrayLike, *, is_closed: bool = False) -> FloatArray:
    """Return vertices without those that repeat the one before (or, closed, the first)."""
    points = np.asarray(xy, dtype=float).reshape(-1, 2)
    if len(points) < 2:
        return points
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = np.hypot(*np.diff(points, axis=0).T) >= SAME_M
    kept = points[keep]
    if is_closed and len(kept) > 1 and np.hypot(*(kept[-1] - kept[0])) < SAME_M:
        kept = kept[:-1]
    return kept


def line_of(xy: npt.ArrayLike) -> shapely.LineString:
    """Return the line through places; raises `InputError` when it has no length."""
    kept = distinct(xy)
    if len(kept) < 2:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "The line has no length.")))
    return shapely.LineString(kept)


def with_ends(
    line: shapely.LineString, start: Sequence[float] | None, end: Sequence[float] | None
) -> shapely.LineString:
    """Return ``line`` with its first and last vertex at these places, where given."""
    xy = shapely.get_coordinates(line).copy()
    if start is not None:
        xy[0] = start
    if end is not None:
        xy[-1] = end
    return line_of(_keeping_ends(xy))


def chain_lines(first: FloatArray, second: FloatArray) -> shapely.LineString:
    """Return one line of two that meet; the joint goes when it lies on the straight way."""
    joint = len(first) - 1
    xy = np.concatenate((first, second[1:]))
    if 0 < joint < len(xy) - 1:
        way = shapely.LineString([xy[joint - 1], xy[joint + 1]])
        if way.length > SAME_M and way.distance(shapely.Point(xy[joint])) < SAME_M:
            xy = np.delete(xy, joint, axis=0)
    return line_of(xy)


def drawn_over(shape: shapely.Geometry, stroke: shapely.LineString) -> shapely.Geometry:
    """Return ``shape`` with the part between the outermost crossings replaced by ``stroke``.

    A line keeps its ends. Of an area the larger of the two that the stroke makes is returned.
    Raises `InputError` unless the stroke crosses a line or ring twice.
    """
    for number, chain in enumerate(chains_of(shape)):
        closing = chain.xy[:1] if chain.is_closed else chain.xy[:0]
        line = shapely.LineString(np.concatenate((chain.xy, closing)))
        at = _crossings(line, stroke)
        if len(at) < 2:
            continue
        between = shapely.ops.substring(stroke, at[0][0], at[-1][0])
        if not chain.is_closed:
            return with_chain(shape, number, _line_over(line, between))
        return _area_over(shape, number, line, between)
    raise InputError(
        message(QT_TRANSLATE_NOOP("core", "Draw across the object: the line must meet it twice."))
    )


def _crossings(line: shapely.LineString, stroke: shapely.LineString) -> list[tuple[float, float]]:
    """Return where a stroke meets a line, as places along both, in the stroke's order."""
    points = shapely.get_coordinates(shapely.intersection(line, stroke))
    spots = [shapely.Point(xy) for xy in points]
    found = sorted((stroke.project(spot), line.project(spot)) for spot in spots)
    return [item for n, item in enumerate(found) if not n or item[0] - found[n - 1][0] > SAME_M]


def _line_over(line: shapely.LineString, stroke: shapely.LineString) -> FloatArray:
    xy = shapely.get_coordinates(stroke)
    first, last = (line.project(shapely.Point(end)) for end in (xy[0], xy[-1]))
    if first > last:
        xy, first, last = xy[::-1], last, first
    head = shapely.get_coordinates(shapely.ops.substring(line, 0.0, first))
    tail = shapely.get_coordinates(shapely.ops.substring(line, last, line.length))
    return _keeping_ends(np.concatenate((head, xy, tail)))


def _area_over(
    shape: shapely.Geometry, number: int, ring: shapely.LineString, stroke: shapely.LineString
) -> shapely.Geometry:
    xy = shapely.get_coordinates(stroke)
    first, last = (ring.project(shapely.Point(end)) for end in (xy[0], xy[-1]))
    if first > last:
        xy, first, last = xy[::-1], last, first
    inner = shapely.get_coordinates(shapely.ops.substring(ring, first, last))
    outer = np.concatenate(
        (
            shapely.get_coordinates(shapely.ops.substring(ring, last, ring.length)),
            shapely.get_coordinates(shapely.ops.substring(ring, 0.0, first)),
        )
    )
    offered = [np.concatenate((xy, inner[::-1])), np.concatenate((xy, outer))]
    sound = [
        kept
        for kept in (distinct(item, is_closed=True) for item in offered)
        if len(kept) > 2 and shapely.is_valid(shapely.Polygon(kept))
    ]
    if not sound:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "The area would cross itself.")))
    return with_chain(shape, number, max(sound, key=lambda item: shapely.Polygon(item).area))


def _keeping_ends(xy: FloatArray) -> FloatArray:
    """Return vertices without repetitions, the last one exactly where it was."""
    kept = distinct(xy)
    if len(kept) > 1:
        kept[-1] = xy[-1]
    return kept


def _like(shape: shapely.Geometry, parts: list[shapely.Geometry]) -> shapely.Geometry:
    if isinstance(shape, shapely.MultiPolygon):
        return shapely.MultiPolygon(parts)
    if isinstance(shape, shapely.MultiLineString):
        return shapely.MultiLineString(parts)
    return parts[0]
