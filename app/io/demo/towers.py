"""The 55 radio towers: on the edges of towns, modelled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from app.io.demo import facts
from app.io.demo.lattice import Settlement
from app.io.demo.streets import Streets

COUNT = 55
CONNECTED = 41


@dataclass(frozen=True)
class DemoTower:
    """A tower beside a street at the edge of a town."""

    name: str
    xy: tuple[float, float]
    height_m: float
    ground_m: float
    status: str

    @property
    def node_name(self) -> str:
        """Name of the tower's node, which no other node has."""
        return f"Nodo {self.name}"


def build(streets: Streets, places: list[Settlement]) -> list[DemoTower]:
    """Return the towers, in a fixed order; ground heights follow the fall of the plain."""
    rng = np.random.default_rng(83)
    corners = cKDTree(streets.xy)
    inside = {item.name for item in facts.towns()} - {"Milano", "San Colombano al Lambro"}
    towns = [place for place in places if place.name in inside and not place.is_city]
    found: list[DemoTower] = []
    for number in sorted(rng.choice(len(towns), COUNT, replace=False).tolist()):
        place = towns[number]
        heading = rng.uniform(0, 2 * np.pi)
        reach = float(place.edge(np.array([heading]))[0])
        wanted = np.array(place.xy) + reach * np.array([np.cos(heading), np.sin(heading)])
        corner = streets.xy[corners.query(wanted)[1]]
        x, y = np.round(corner + 35.0 * np.array([np.cos(heading), np.sin(heading)]), 2)
        rank = len(found)
        status = "operational" if rank < CONNECTED else "planned"
        if CONNECTED <= rank < CONNECTED + 4:
            status = "underConstruction"
        height = float(rng.choice([28.0, 30.0, 34.0, 36.0, 42.0, 48.0, 60.0]))
        # The plain falls from about 200 m in the north to about 80 m in the south-east.
        ground = round(float(122.0 + (y - 5_035_000.0) / 260.0 - (x - 515_000.0) / 900.0), 0)
        found.append(
            DemoTower(
                f"Torre {place.name} (modelled)", (float(x), float(y)), height, ground, status
            )
        )
    return found
