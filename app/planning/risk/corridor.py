"""Lines that run side by side, and points that lie together.

A trench, a bridge deck or one excavator takes both of two lines that run side by side within a
few metres; two that merely cross share no more than the crossing. So a run counts from three times
the distance on: a line that crosses another at right angles stays within the distance for twice
as much, at 42 degrees for three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import shapely

from app.planning.arrays import FloatArray, IndexArray, IntArray, ObjectArray, components

LEAST_RUN_M = 20.0
"""Shorter runs side by side are corners and crossings, whatever the distance."""

_ARCS = 4
"""Segments of a quarter circle of a buffer: 2 % off at most."""

_LARGEST_CLIQUE_SEARCH = 60
"""Lines beyond which a bundle is told as pairs: the number of cliques may explode."""


@dataclass(frozen=True)
class Runs:
    """Pairs of lines that run side by side.

    Parameters
    ----------
    first, second
        ``(k,)`` rows of the lines, ``first < second`` within one set of lines.
    length_m
        ``(k,)`` how much of the second lies within the distance of the first, in m; only
        stretches that are long enough count.
    gap_m
        ``(k,)`` distance between them in the middle of the longest run, in m.
    """

    first: IntArray
    second: IntArray
    length_m: FloatArray
    gap_m: FloatArray


def least_run_m(within_m: float) -> float:
    """Return the length in m from which lines within ``within_m`` count as side by side."""
    return max(3 * within_m, LEAST_RUN_M)


def runs(shapes: ObjectArray, within_m: float, others: ObjectArray | None = None) -> Runs:
    """Return the pairs of lines that run within ``within_m`` of each other for long enough.

    Parameters
    ----------
    shapes
        ``(n,)`` lines in a metric system.
    others
        ``(k,)`` lines to hold against ``shapes``; then ``second`` counts rows of ``others``.

    Notes
    -----
    A spatial index finds the candidates, so the time grows with the pairs that lie near.
    """
    if others is None:
        first, second = shapely.STRtree(shapes).query(
            shapes, predicate="dwithin", distance=within_m
        )
        kept = first < second
        first, second = first[kept], second[kept]
        others = shapes
    else:
        second, first = shapely.STRtree(shapes).query(
            others, predicate="dwithin", distance=within_m
        )
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    long_enough = np.minimum(shapely.length(shapes), np.inf)[first] >= least_run_m(within_m)
    long_enough &= shapely.length(others)[second] >= least_run_m(within_m)
    return _measured(shapes, others, first[long_enough], second[long_enough], within_m)


def _measured(
    shapes: ObjectArray, others: ObjectArray, first: IntArray, second: IntArray, within_m: float
) -> Runs:
    rows, place = np.unique(first, return_inverse=True)
    zones = shapely.buffer(shapes[rows], within_m, quad_segs=_ARCS)
    parts = shapely.intersection(others[second], zones[place])
    pieces, owner = shapely.get_parts(shapely.line_merge(parts), return_index=True)
    length = shapely.length(pieces)
    long_enough = length >= least_run_m(within_m)
    pieces, owner, length = pieces[long_enough], owner[long_enough], length[long_enough]
    pairs, which = np.unique(owner, return_inverse=True)
    total = np.bincount(which, weights=length, minlength=len(pairs))
    order = np.lexsort((length, which))
    longest = order[np.flatnonzero(np.diff(np.append(which[order], -1)))]
    middle = shapely.line_interpolate_point(pieces[longest], 0.5, normalized=True)
    first, second = first[pairs].astype(np.int64), second[pairs].astype(np.int64)
    gap = shapely.distance(middle, shapes[first]) if len(first) else np.zeros(0)
    return Runs(first, second, total.astype(np.float64), gap)


def bundles(count: int, found: Runs) -> list[tuple[int, ...]]:
    """Return the largest sets of lines of which each two run side by side, sorted.

    A long line beside two that follow each other makes two bundles, not one: the two share
    nothing with each other.
    """
    if not len(found.first):
        return []
    label = components(count, found.first.astype(np.int32), found.second.astype(np.int32))
    pairs: dict[int, list[tuple[int, int]]] = {}
    for a, b in zip(found.first.tolist(), found.second.tolist(), strict=True):
        pairs.setdefault(int(label[a]), []).append((a, b))
    result: list[tuple[int, ...]] = []
    for edges in pairs.values():
        if len({row for edge in edges for row in edge}) > _LARGEST_CLIQUE_SEARCH:
            result += edges
        else:
            result += [tuple(sorted(clique)) for clique in nx.find_cliques(nx.Graph(edges))]
    return sorted(result)


def clusters(points: ObjectArray, within_m: float) -> IndexArray:
    """Return a cluster number for each point: chains of points within ``within_m`` are one."""
    if not len(points):
        return np.zeros(0, np.int32)
    a, b = shapely.STRtree(points).query(points, predicate="dwithin", distance=within_m)
    label: IndexArray = components(len(points), a.astype(np.int32), b.astype(np.int32))
    return label


def members_by_cluster(labels: IndexArray) -> list[Sequence[int]]:
    """Return the rows of each cluster, clusters in the order of their first row."""
    found: dict[int, list[int]] = {}
    for row, label in enumerate(labels.tolist()):
        found.setdefault(label, []).append(row)
    return list(found.values())
