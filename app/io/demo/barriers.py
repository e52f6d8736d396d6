"""Rivers, canals, railways, metro and motorways; flood zones along the rivers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from app.io.demo import facts

SCENARIOS = (("H", 30.0, 0.35), ("M", 150.0, 0.7), ("L", 500.0, 1.0))
"""PGRA scenario, return period in years, share of the widest reach."""


@dataclass(frozen=True)
class BarrierLine:
    """One hand-drawn line; ``flood_m`` is how far a rare flood reaches to each side."""

    name: str
    kind: str
    is_below_ground: bool
    half_width_m: float
    flood_m: float
    line: shapely.LineString


@cache
def barrier_lines() -> tuple[BarrierLine, ...]:
    """Return every barrier as a curve through its drawn points."""
    return tuple(
        BarrierLine(
            row["name"],
            row["kind"],
            row["below_ground"] == "1",
            float(row["half_width_m"]),
            float(row["flood_m"]),
            shapely.linestrings(facts.smooth(facts.path(row["points"]), 90.0)),
        )
        for row in facts.rows("barriers")
    )


def surface_lines() -> list[BarrierLine]:
    """Return the barriers that lie on the ground."""
    return [item for item in barrier_lines() if not item.is_below_ground]


def flood_zones() -> list[tuple[str, str, float, shapely.Geometry]]:
    """Return river, scenario, return period in years and zone; the zones of a river are nested.

    The reach of a zone swells and shrinks along the river, as it does between terraces.
    """
    zones = []
    for number, item in enumerate(barrier_lines()):
        if not item.flood_m:
            continue
        line = shapely.segmentize(item.line, 200.0)
        xy = shapely.get_coordinates(line)
        along = np.arange(len(xy)) * 0.35 + number
        swell = 1.0 + 0.35 * np.sin(along) + 0.2 * np.sin(2.7 * along + 1.0)
        for scenario, years, share in SCENARIOS:
            reach = np.maximum(item.flood_m * share * swell, item.half_width_m + 5.0)
            discs = shapely.buffer(shapely.points(xy), reach, quad_segs=6)
            hulls = shapely.convex_hull(
                shapely.geometrycollections(np.stack([discs[:-1], discs[1:]], axis=1))
            )
            zone = shapely.simplify(shapely.union_all(hulls), 4.0)
            zone = shapely.intersection(zone, shapely.buffer(facts.outline(), 500.0))
            zones.append((item.name, scenario, years, zone))
    return zones
