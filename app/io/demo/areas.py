"""Areas for orientation: municipalities (approximate), parks, water, built-up land."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import shapely

from app.io.demo import facts
from app.io.demo.lattice import Settlement, settlements
from app.io.demo.noding import FloatArray

_EXCLAVE = "San Colombano al Lambro"


@cache
def municipalities() -> tuple[tuple[facts.Town, shapely.Geometry], ...]:
    """Return each municipality with the land nearer to its centre than to any other.

    Borders are not copied from anywhere: cells of the centres, and of the districts for Milan,
    cut by the hand-drawn outline.
    """
    main, exclave = shapely.get_parts(facts.outline())
    seeds: dict[tuple[float, float], str] = {}
    for place in settlements():
        name = "Milano" if place.is_city else place.name
        if name not in ("Monza", _EXCLAVE):
            seeds[place.xy] = name
    points = shapely.points(list(seeds))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=main))
    cell, point = shapely.STRtree(points).query(cells, predicate="contains").tolist()
    names = np.array(list(seeds.values()))[point]
    found = []
    for item in facts.towns():
        own = cells[np.array(cell)[names == item.name]]
        land = exclave if item.name == _EXCLAVE else shapely.union_all(own)
        found.append((item, shapely.intersection(land, exclave if not len(own) else main)))
    return tuple(found)


def town_of(xy: FloatArray) -> npt.NDArray[np.int64]:
    """Return for each point in m the number of its municipality in `facts.towns`, or -1."""
    cells = [shape for _, shape in municipalities()]
    point, cell = shapely.STRtree(cells).query(shapely.points(xy), predicate="intersects")
    found = np.full(len(xy), -1, dtype=np.int64)
    found[point] = cell
    return found


@cache
def drawn() -> tuple[tuple[str, str, shapely.Geometry], ...]:
    """Return name, kind and outline of parks, water and other drawn land."""
    found = []
    for row in facts.rows("areas"):
        ring = facts.path(row["points"])
        curved = ring if row["kind"] == "other" else facts.smooth(ring, 60.0)
        shape = shapely.make_valid(shapely.polygons(curved))
        found.append((row["name"], row["kind"], shapely.buffer(shape, 0.0)))
    return tuple(found)


@cache
def closed() -> shapely.Geometry:
    """Return land and water where no town street runs: small parks, the lake, the airport."""
    wide = 2.0e7
    return shapely.union_all(
        [shape for _, kind, shape in drawn() if kind != "park" or shapely.area(shape) < wide]
    )


def built_up(places: list[Settlement]) -> list[tuple[str, shapely.Geometry]]:
    """Return the built-up land of each settlement outside Milan, and of Milan as one."""
    heading = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    city, found = [], []
    for place in places:
        reach = place.edge(heading) * (1.12 if place.is_city else 1.03)
        ring = np.array(place.xy) + reach[:, None] * np.column_stack(
            [np.cos(heading), np.sin(heading)]
        )
        shape = shapely.polygons(ring)
        if place.is_city:
            city.append(shape)
        else:
            found.append((place.name, shape))
    milan = shapely.buffer(shapely.buffer(shapely.union_all(city), 250.0), -200.0)
    land = shapely.buffer(facts.outline(), 100.0)
    return [
        (name, shapely.intersection(shape, land) if name != "Monza" else shape)
        for name, shape in [("Milano", milan), *found]
    ]
