"""Routes of the demo's network along its streets: ring, chords, spurs and accesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from app.io.demo import facts
from app.io.demo.noding import FloatArray, IntArray
from app.io.demo.streets import Streets

_PULL = {"primary": 0.6, "secondary": 0.6, "tertiary": 0.8, "track": 1.8, "pedestrian": 1.2}
"""Main roads draw the network, tracks repel it: factor of the length."""


@dataclass(frozen=True)
class Ways:
    """Streets and lead-ins as one graph; vertices from ``first_stop`` on are terminals."""

    xy: FloatArray
    ends: IntArray
    lines: npt.NDArray[np.object_]
    weight: FloatArray
    is_lead_in: npt.NDArray[np.bool_]
    first_stop: int


def with_terminals(
    streets: Streets, hubs: Sequence[tuple[float, float]], sites: Sequence[tuple[float, float]]
) -> Ways:
    """Return streets with hubs (three lead-ins each) and sites (one each) as terminals."""
    corners = cKDTree(streets.xy)
    first = len(streets.xy)
    points = np.array([*hubs, *sites], dtype=float)
    _, near = corners.query(points, k=40)
    added = []
    for number, close in enumerate(near):
        chosen = _around(streets.xy, points[number], close) if number < len(hubs) else close[:1]
        added += [(first + number, int(corner)) for corner in chosen]
    lead_ins = np.array(added, dtype=np.int64)
    xy = np.vstack([streets.xy, points])
    straight = np.asarray(shapely.linestrings(xy[lead_ins]), dtype=object)
    pull = np.array([_PULL.get(item, 1.0) for item in streets.road_class])
    ends = np.vstack([streets.ends, lead_ins])
    return Ways(
        xy=xy,
        ends=ends,
        lines=np.concatenate([streets.lines, straight]),
        weight=np.concatenate([streets.length_m * pull, shapely.length(straight) * 1.5]),
        is_lead_in=np.arange(len(ends)) >= len(streets.ends),
        first_stop=first,
    )


def _around(xy: FloatArray, point: FloatArray, close: IntArray) -> list[int]:
    """Return up to three close corners that lie in different directions: separate entries."""
    chosen: list[int] = []
    for corner in close.tolist():
        run = xy[corner] - point
        others = [xy[other] - point for other in chosen]
        if all(run @ other < 0.2 * np.hypot(*run) * np.hypot(*other) for other in others):
            chosen.append(corner)
        if len(chosen) == 3:
            break
    return chosen


class Router:
    """Finds paths and remembers which pieces the network uses, with their role."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.role = np.full(len(ways.ends), "", dtype=object)
        order = np.lexsort((ways.weight, ways.ends.max(axis=1), ways.ends.min(axis=1)))
        pairs = np.sort(ways.ends[order], axis=1)
        # Of parallel pieces only the shortest can be on a shortest path.
        fresh = np.concatenate([[True], (np.diff(pairs, axis=0) != 0).any(axis=1)])
        self._edges = order[fresh]
        self._edge_of = {
            (int(a), int(b)): int(edge)
            for (a, b), edge in zip(pairs[fresh], self._edges, strict=True)
        }

    def used_vertices(self) -> IntArray:
        """Return the vertices that the network touches."""
        return np.unique(self.ways.ends[self.role != ""])

    def ring(self, stops: Sequence[int]) -> list[int]:
        """Return the vertices of a closed path through ``stops`` that meets itself nowhere."""
        path = [stops[0]]
        goals = [*stops[1:], stops[0]]
        for number, goal in enumerate(goals):
            banned = np.zeros(len(self.ways.xy), dtype=bool)
            banned[path[:-1]] = True
            banned[stops] = True
            banned[[path[-1], goal]] = False
            if number == 1:
                banned[stops[0]] = True
            path += self._path(path[-1], goal, banned)[1:]
        self.use(path, "ring")
        return path

    def chord(self, stops: Sequence[int], role: str) -> None:
        """Use the path through ``stops``; where the network already runs it costs little."""
        free = np.zeros(len(self.ways.xy), dtype=bool)
        for start, goal in pairwise(stops):
            self.use(self._path(start, goal, free), role)

    def reach(self, goals: Sequence[int], role: str) -> None:
        """Use the shortest path from the network to each goal."""
        none = np.zeros(len(self.ways.xy), dtype=bool)
        goal = np.asarray(goals, dtype=np.int64)
        closed = none.copy()
        closed[self.ways.first_stop :] = True
        closed[goal] = False
        closed[self.used_vertices()] = False
        _, before, _ = dijkstra(
            self._graph(closed), directed=False, indices=self.used_vertices(), min_only=True,
            return_predecessors=True,
        )  # fmt: skip
        for vertex in goal.tolist():
            path = [vertex]
            while before[path[-1]] >= 0:
                path.append(int(before[path[-1]]))
            self.use(path, role)

    def use(self, path: Sequence[int], role: str) -> None:
        """Mark the pieces along a path; those already used keep their role."""
        for a, b in pairwise(path):
            edge = self._edge_of[min(a, b), max(a, b)]
            if not self.role[edge]:
                self.role[edge] = role

    def _path(self, start: int, goal: int, banned: npt.NDArray[np.bool_]) -> list[int]:
        closed = banned.copy()
        closed[self.ways.first_stop :] |= True
        closed[[start, goal]] = False
        _, before = dijkstra(
            self._graph(closed), directed=False, indices=start, return_predecessors=True
        )
        path = [goal]
        while path[-1] != start:
            path.append(int(before[path[-1]]))
            if path[-1] < 0:
                raise ValueError(
                    f"no way from {start} {self.ways.xy[start]} to {goal} {self.ways.xy[goal]}"
                )
        return path[::-1]

    def _graph(self, closed: npt.NDArray[np.bool_]) -> coo_matrix:
        count = len(self.ways.xy)
        edges = self._edges[~closed[self.ways.ends[self._edges]].any(axis=1)]
        weight = np.where(self.role[edges] != "", 0.4, 1.0) * self.ways.weight[edges]
        a, b = self.ways.ends[edges].T
        return coo_matrix((np.maximum(weight, 0.01), (a, b)), shape=(count, count)).tocsr()


def nearest(ways: Ways, xy: tuple[float, float]) -> int:
    """Return the street corner nearest to a point."""
    corners = ways.xy[: ways.first_stop]
    return int(np.hypot(*(corners - np.array(xy)).T).argmin())


def ring_stops(ways: Ways, hubs: Sequence[str]) -> list[int]:
    """Return the vertices of the ring's stops, towns as street corners, hubs as terminals."""
    stops = []
    for row in facts.rows("ring"):
        stop = row["stop"]
        if stop.startswith("@"):
            stops.append(nearest(ways, facts.town(stop[1:]).xy))
        else:
            stops.append(ways.first_stop + hubs.index(stop))
    return stops
