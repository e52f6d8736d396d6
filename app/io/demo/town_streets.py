"""Attributes of town streets, and which of them cross barriers."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np
import shapely

from app.io.demo import facts
from app.io.demo.barriers import surface_lines
from app.io.demo.lattice import Lattice, Settlement
from app.io.demo.noding import FloatArray, IntArray

PLAIN, BRIDGE, TUNNEL = 0, 1, 2
_KEEP_CROSSING = {"river": 0.05, "canal": 0.12, "railway": 0.07, "motorway": 0.05, "metro": 0.1}
"""Share of minor streets that cross a barrier; the others end there."""


@dataclass
class Keys:
    """Numbers for sets of attributes, so that equal stretches can be joined."""

    known: dict[tuple[str, str | None, str, int], int] = field(default_factory=dict)

    def number(self, road_class: str, name: str | None, surface: str, structure: int = 0) -> int:
        """Return the number of a set of attributes."""
        return self.known.setdefault((road_class, name, surface, structure), len(self.known))


def crossing_kind(xy: FloatArray, ends: IntArray, rng: np.random.Generator) -> IntArray:
    """Return for each piece 0 if it crosses nothing, a structure if it may, -1 if it may not."""
    barriers = surface_lines()
    lines = shapely.linestrings(xy[ends])
    kinds = np.zeros(len(ends), dtype=np.int64)
    which, piece = shapely.STRtree(lines).query([item.line for item in barriers], "intersects")
    luck = rng.random(len(ends))
    for number, item in enumerate(barriers):
        hit = piece[which == number]
        may = luck[hit] < _KEEP_CROSSING[item.kind]
        structure = TUNNEL if item.kind == "railway" else BRIDGE
        kinds[hit] = np.where(may & (kinds[hit] >= 0), structure, -1)
    return kinds


def piece_keys(
    town: Lattice,
    places: list[Settlement],
    structure: IntArray,
    keys: Keys,
    rng: np.random.Generator,
) -> IntArray:
    """Return the number of the attributes of each piece of town street."""
    owner = town.owner[town.ends[:, 0]]
    lines = np.column_stack([owner, town.line])
    unique, inverse = np.unique(lines, axis=0, return_inverse=True)
    names = [row["name"] for row in facts.rows("street_names")]
    found = np.empty((len(unique), 3), dtype=np.int64)
    for row, (place, line) in enumerate(unique.tolist()):
        luck = zlib.crc32(f"{place}/{line}".encode())
        road_class = "tertiary" if luck % 5 == 0 and line >= 0 else "residential"
        name = None if line < 0 else f"{names[luck % len(names)]} (modelled)"
        is_stone = places[place].is_core and luck % 3 == 0
        surface = "stone" if is_stone else "asphalt"
        found[row] = [keys.number(road_class, name, surface, kind) for kind in range(3)]
    result = found[inverse.ravel(), structure]
    return _varied(town, places, result, structure, keys, rng)


def _varied(
    town: Lattice,
    places: list[Settlement],
    result: IntArray,
    structure: IntArray,
    keys: Keys,
    rng: np.random.Generator,
) -> IntArray:
    """Turn some pieces into service, pedestrian or unpaved streets."""
    middle = town.xy[town.ends].mean(axis=1)
    owner = town.owner[town.ends[:, 0]]
    away = np.hypot(*(middle - np.array([place.xy for place in places])[owner]).T)
    share = away / np.array([place.radius_m for place in places])[owner]
    luck = rng.random(len(result))
    plain = structure == PLAIN
    result[plain & (luck < 0.035)] = keys.number("service", None, "asphalt")
    result[plain & (share > 0.9) & (luck > 0.90)] = keys.number("unclassified", None, "asphalt")
    result[plain & (share > 0.9) & (luck > 0.97)] = keys.number("unclassified", None, "gravel")
    result[plain & (share < 0.14) & (luck > 0.7)] = keys.number("residential", None, "stone")
    result[plain & (share < 0.10) & (luck > 0.85)] = keys.number("pedestrian", None, "stone")
    return result
