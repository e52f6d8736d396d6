"""Streets inside settlements: warped, turned lattices and the radial core of Milan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from app.io.demo import facts
from app.io.demo.noding import FloatArray, IntArray

BoolArray = npt.NDArray[np.bool_]

_SEAM_M = 135.0
_CORE_STEP_M = 92.0
_CORE_RINGS = 17
_INNER_CITY_M = 4300.0
"""Within this distance of the centre the city leaves no gaps."""

_CENTRE = (9.190, 45.464)


@dataclass(frozen=True)
class Settlement:
    """A centre of built-up land: ``angle`` of its streets, ``waves`` shape its edge."""

    name: str
    xy: tuple[float, float]
    radius_m: float
    angle: float
    block_m: float
    waves: tuple[tuple[float, float, float], ...]
    is_city: bool
    is_core: bool = False

    def edge(self, heading: FloatArray) -> FloatArray:
        """Return how far the built-up land reaches at each heading, in m."""
        shape = np.ones_like(heading)
        for number, size, phase in self.waves:
            shape += size * np.sin(number * heading + phase)
        return self.radius_m * shape

    def score(self, xy: FloatArray) -> FloatArray:
        """Return 0 at the centre, 1 at the edge of the built-up land."""
        away = xy - np.array(self.xy)
        return np.hypot(*away.T) / self.edge(np.arctan2(away[:, 1], away[:, 0]))


@dataclass(frozen=True)
class Lattice:
    """Street vertices and pieces, with the settlement and street line that each belongs to."""

    xy: FloatArray
    owner: IntArray
    ends: IntArray
    line: IntArray
    """Number of the street line within its settlement; negative for seams."""


def settlements() -> list[Settlement]:
    """Return the towns, the districts of Milan and Monza, in a fixed order."""
    rng = np.random.default_rng(20210)
    centre = facts.project([_CENTRE])[0]
    found = [Settlement("Milano", tuple(centre), 1500.0, 0.0, 95.0, (), True, True)]
    for row in facts.rows("districts"):
        xy = facts.project([(float(row["lon"]), float(row["lat"]))])[0]
        radial = float(np.arctan2(*(xy - centre)[::-1]))
        angle = radial + rng.normal(0.0, 0.12)
        waves = _waves(rng, 0.10)
        block = rng.uniform(98.0, 125.0)
        found.append(
            Settlement(row["name"], tuple(xy), float(row["radius_m"]), angle, block, waves, True)
        )
    for item in facts.towns():
        if item.name != "Milano":
            angle, block = rng.uniform(0, np.pi / 2), rng.uniform(92.0, 122.0)
            waves = _waves(rng, 0.17)
            found.append(Settlement(item.name, item.xy, item.radius_m, angle, block, waves, False))
    monza = facts.project([(9.274, 45.583)])[0]
    found.append(Settlement("Monza", tuple(monza), 1900.0, 0.3, 110.0, _waves(rng, 0.1), False))
    return found


def _waves(rng: np.random.Generator, size: float) -> tuple[tuple[float, float, float], ...]:
    return tuple(
        (float(number), float(size * rng.uniform(0.5, 1.0)), float(rng.uniform(0, 2 * np.pi)))
        for number in (2, 3, 5)
    )


def build(places: list[Settlement], road_points: FloatArray, closed: shapely.Geometry) -> Lattice:
    """Return the streets inside ``places``; nothing lies within ``closed`` land and water.

    Along ``road_points``, vertices of main roads in m, settlements reach half as far again.
    """
    tree = cKDTree(road_points)
    parts, count = [], 0
    for number, place in enumerate(places):
        rng = np.random.default_rng([7, number])
        xy, ends, line = _core(place, rng) if place.is_core else _grid(place, rng)
        kept = _is_inside(number, xy, places, tree)
        renumber = np.cumsum(kept) - 1
        whole = kept[ends].all(axis=1) & (rng.random(len(ends)) > (0.06 if place.is_core else 0.13))
        parts.append((xy[kept], np.full(kept.sum(), number), renumber[ends[whole]] + count,
                      line[whole]))  # fmt: skip
        count += int(kept.sum())
    xy, owner, ends, line = (np.concatenate([part[k] for part in parts]) for k in range(4))
    seams = _seams(xy, owner, ends)
    ends = np.vstack([ends, seams])
    line = np.concatenate([line, np.full(len(seams), -1)])
    open_land = ~_inside(closed, xy)
    kept = np.asarray(open_land[ends].all(axis=1))
    return Lattice(np.round(xy, 2), owner, ends[kept], line[kept])


def _inside(area: shapely.Geometry, xy: FloatArray) -> BoolArray:
    shapely.prepare(area)
    return np.asarray(shapely.contains_xy(area, xy[:, 0], xy[:, 1]), dtype=np.bool_)


def _is_inside(number: int, xy: FloatArray, places: list[Settlement], roads: cKDTree) -> BoolArray:
    own = places[number]
    score = own.score(xy)
    limit: FloatArray = np.where(roads.query(xy)[0] < 150.0, 1.45, 1.0)
    if own.is_city:
        inner = np.hypot(*(xy - np.array(places[0].xy)).T) < _INNER_CITY_M
        limit = np.where(inner, 2.2, 1.25)
    kept: BoolArray = np.asarray(score < limit)
    for other, place in enumerate(places):
        reach = 1.8 * (own.radius_m + place.radius_m) + 300.0
        if other != number and np.hypot(*np.subtract(place.xy, own.xy)) < reach:
            kept &= score <= place.score(xy)
    if own.name != "Monza":
        kept &= _inside(facts.outline(), xy)
    return kept


def _grid(place: Settlement, rng: np.random.Generator) -> tuple[FloatArray, IntArray, IntArray]:
    """Return a lattice with uneven blocks, bent and turned."""
    half = (2.3 if place.is_city else 1.75) * place.radius_m
    stretch = rng.uniform(0.8, 1.25)
    sides = []
    for step in (place.block_m * stretch, place.block_m / stretch):
        gaps = step * rng.uniform(0.6, 1.5, int(2 * half / step) + 2)
        sides.append(np.cumsum(gaps) - gaps.sum() / 2)
    columns, lines = len(sides[0]), len(sides[1])
    xy = np.stack(np.meshgrid(*sides, indexing="ij"), axis=-1).reshape(-1, 2)
    xy += rng.normal(0.0, 0.055 * place.block_m, xy.shape)
    bend, wave = rng.uniform(0.03, 0.07) * place.radius_m, rng.uniform(1.1, 2.2) * place.radius_m
    phase = rng.uniform(0, 2 * np.pi, 2)
    xy = xy + bend * np.sin(2 * np.pi * xy[:, ::-1] / wave + phase)
    cos, sin = np.cos(place.angle), np.sin(place.angle)
    xy = xy @ np.array([[cos, sin], [-sin, cos]]) + np.array(place.xy)
    index = np.arange(columns * lines).reshape(columns, lines)
    across = np.column_stack([index[:-1].ravel(), index[1:].ravel()])
    along = np.column_stack([index[:, :-1].ravel(), index[:, 1:].ravel()])
    line = np.concatenate(
        [np.tile(np.arange(lines), columns - 1), lines + np.repeat(np.arange(columns), lines - 1)]
    )
    return xy, np.vstack([across, along]), line


def _core(place: Settlement, rng: np.random.Generator) -> tuple[FloatArray, IntArray, IntArray]:
    """Return rings and radial streets, irregular as in a town that grew inside walls."""
    spokes = [9 if k < 3 else 18 if k < 6 else 36 if k < 11 else 72 for k in range(_CORE_RINGS)]
    start = np.concatenate([[0], np.cumsum(spokes)])
    xy = np.empty((start[-1], 2))
    ends, line = [], []
    for ring, count in enumerate(spokes):
        turn = np.arange(count) * 2 * np.pi / count + 0.05 * np.sin(ring * 1.3)
        radius = (ring + 1) * _CORE_STEP_M * (1 + 0.05 * np.sin(3 * turn + 1.0))
        xy[start[ring] : start[ring + 1]] = np.column_stack(
            [radius * np.cos(turn), radius * np.sin(turn)]
        )
        numbers = start[ring] + np.arange(count)
        ends.append(np.column_stack([numbers, np.roll(numbers, -1)]))
        line.append(np.full(count, ring))
        if ring:
            inner = start[ring - 1] + np.arange(spokes[ring - 1])
            outer = start[ring] + np.arange(spokes[ring - 1]) * (count // spokes[ring - 1])
            ends.append(np.column_stack([inner, outer]))
            line.append(100 + np.arange(spokes[ring - 1]) * (72 // spokes[ring - 1]))
    xy += rng.normal(0.0, 12.0, xy.shape)
    xy += 16.0 * np.sin(xy[:, ::-1] / 230.0 + np.array([0.4, 2.0])) + np.array(place.xy)
    return xy, np.vstack(ends), np.concatenate(line)


def _seams(xy: FloatArray, owner: IntArray, ends: IntArray) -> IntArray:
    """Return pieces that join loose ends of one settlement to the nearest street of the next."""
    degree = np.bincount(ends.ravel(), minlength=len(xy))
    edge = np.flatnonzero((degree > 0) & (degree < 4))
    pairs = cKDTree(xy[edge]).query_pairs(_SEAM_M, output_type="ndarray")
    pairs = edge[pairs]
    pairs = pairs[owner[pairs[:, 0]] != owner[pairs[:, 1]]]
    size = np.hypot(*(xy[pairs[:, 1]] - xy[pairs[:, 0]]).T)
    taken = np.zeros(len(xy), dtype=np.int64)
    chosen = []
    for pair in pairs[np.lexsort((pairs[:, 1], pairs[:, 0], size))]:
        if taken[pair[0]] == 0 and taken[pair[1]] == 0:
            taken[pair] += 1
            chosen.append(pair)
    return np.array(chosen, dtype=np.int64).reshape(-1, 2)
