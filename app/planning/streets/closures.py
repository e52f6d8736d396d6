"""What a planner closes: streets, conduits and sections by name, areas, and places to join."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely

from app.planning.arrays import BoolArray, FloatArray, IndexArray, IntArray, ObjectArray

ON_LINE_M = 0.02
"""Edges nearer to a section than this, in m, all along, are parts of it."""


@dataclass(frozen=True)
class Closures:
    """What no route may use, and by which condition.

    Parameters
    ----------
    sources
        Streets and conduits.
    joints
        Nodes and spans of the network that are not joined.
    only_joints
        When not empty: the nodes and spans that alone are joined.
    areas, area_uids
        ``(k,)`` polygons that nothing enters.
    sections, section_uids
        ``(k,)`` lines; edges along them are closed.
    """

    sources: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    only_joints: tuple[str, ...] = ()
    areas: ObjectArray = field(default_factory=lambda: np.empty(0, dtype=object))
    area_uids: tuple[str, ...] = ()
    sections: ObjectArray = field(default_factory=lambda: np.empty(0, dtype=object))
    section_uids: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClosedEdges:
    """Edges that exist on the ground but not for this plan, and the condition that closed each.

    ``start`` and ``end`` are ``(k,)`` nodes, ``source`` the street or conduit or ``None``.
    """

    start: IntArray
    end: IntArray
    source: ObjectArray
    by: ObjectArray


def closed_by(
    closures: Closures,
    shapes: ObjectArray,
    source: ObjectArray,
    joined_node: ObjectArray,
    joined_span: ObjectArray,
) -> ObjectArray:
    """Return for each edge the uid of the condition that closes it, ``None`` if none does.

    All arguments but the first are ``(m,)`` of edges.
    """
    by = np.full(len(shapes), None, dtype=object)
    if closures.sections.size:
        for edge, row in zip(*along_sections(shapes, closures.sections), strict=True):
            by[edge] = closures.section_uids[row]
    if closures.areas.size:
        row, edge = shapely.STRtree(shapes).query(closures.areas, predicate="intersects")
        inside = ~shapely.touches(shapes[edge], closures.areas[row])
        for at, which in zip(edge[inside], row[inside], strict=True):
            by[at] = closures.area_uids[which]
    if closures.joints or closures.only_joints:
        _close_joints(closures, by, joined_node, joined_span)
    if closures.sources:
        named = np.isin(source.astype(str), sorted(closures.sources))
        by[named] = source[named]
    return by


def _close_joints(
    closures: Closures, by: ObjectArray, joined_node: ObjectArray, joined_span: ObjectArray
) -> None:
    is_join = (joined_node != None) | (joined_span != None)  # noqa: E711 - element by element
    for edge in np.flatnonzero(is_join):
        named = {str(uid) for uid in (joined_node[edge], joined_span[edge]) if uid is not None}
        avoided = sorted(named & closures.joints)
        if avoided:
            by[edge] = avoided[0]
        elif closures.only_joints and not named & set(closures.only_joints):
            by[edge] = closures.only_joints[0]


def along_sections(shapes: ObjectArray, sections: ObjectArray) -> tuple[IntArray, IntArray]:
    """Return pairs of edge and section where the edge lies on the section all along."""
    row, edge = shapely.STRtree(shapes).query(sections, predicate="dwithin", distance=ON_LINE_M)
    if not len(row):
        return edge.astype(np.int64), row.astype(np.int64)
    around = shapely.buffer(sections, ON_LINE_M)
    on_it: BoolArray = shapely.covered_by(shapes[edge], around[row])
    pairs = np.unique(np.stack((edge[on_it], row[on_it]), axis=1), axis=0)
    return pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)


def ends_of(sections: ObjectArray) -> FloatArray:
    """Return the ``(2 k, 2)`` ends of lines, in m: where streets have to be cut for them."""
    if not sections.size:
        return np.zeros((0, 2))
    return np.concatenate(
        (
            shapely.get_coordinates(shapely.get_point(sections, 0)),
            shapely.get_coordinates(shapely.get_point(sections, -1)),
        )
    )


def blockers(closed: ClosedEdges, parts: IndexArray, root: int, node: int) -> tuple[str, ...]:
    """Return conditions without which ``node`` had a way to ``root``: a smallest set of steps.

    ``parts`` is the ``(n,)`` connected part of each node among what is open. The way that
    passes the fewest closed edges is looked for; the conditions on it are returned in order.
    """
    links: dict[int, list[tuple[int, str]]] = {}
    for start, end, by in zip(closed.start, closed.end, closed.by, strict=True):
        a, b = int(parts[start]), int(parts[end])
        if a != b:
            links.setdefault(a, []).append((b, str(by)))
            links.setdefault(b, []).append((a, str(by)))
    goal, begin = int(parts[root]), int(parts[node])
    via: dict[int, tuple[int, str]] = {begin: (-1, "")}
    front = [begin]
    for at in front:
        for other, by in sorted(links.get(at, [])):
            if other not in via:
                via[other] = (at, by)
                front.append(other)
    if goal not in via:
        return ()
    found: list[str] = []
    at = goal
    while at != begin:
        at, by = via[at]
        found.append(by)
    return tuple(dict.fromkeys(reversed(found)))
