"""Facts and hand-drawn lines of the demo, read from ``resources/demo`` into metres."""

from __future__ import annotations

import csv
import uuid
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import shapely

from app.model.geodesy import WGS84, transformer

CRS = "EPSG:7791"
MODELLED = "modelled"
"""What every row says whose content is not a fact."""

DRAWN = "modelled: drawn by hand through named places"
FACT_MUNICIPALITIES = (
    "ISTAT codes; centres from Dicelessman/QuoVadiScouts rounded to 0.001 degrees; "
    "residents from ISPRA IdroGEO 2020"
)

FloatArray = npt.NDArray[np.float64]
_NAMESPACE = uuid.UUID("5f1f7c3e-6a43-5b0e-9d6c-0a1b2c3d4e5f")


def uid_of(*parts: object) -> str:
    """Return the identifier that belongs to a name for ever."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts)))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table ``resources/demo/<name>.csv``."""
    text = (files("resources.demo") / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def project(lonlat: npt.ArrayLike) -> FloatArray:
    """Return ``(n, 2)`` easting, northing in m of ``(n, 2)`` longitude, latitude."""
    points = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    east, north = transformer(WGS84, CRS).transform(points[:, 0], points[:, 1])
    return np.round(np.column_stack([east, north]), 2)


@dataclass(frozen=True)
class Town:
    """A municipality: ``xy`` is the centre of its main settlement in m."""

    name: str
    code: str
    xy: tuple[float, float]
    residents: int

    @property
    def radius_m(self) -> float:
        """Plausible radius of the built-up land, from the number of residents."""
        return float(np.sqrt(700.0 * self.residents**0.85 / np.pi))


@dataclass(frozen=True)
class Place:
    """A named place of the network."""

    key: str
    name: str
    xy: tuple[float, float]
    quality: str
    source: str


@cache
def towns() -> tuple[Town, ...]:
    """Return the municipalities of the metropolitan city, by code."""
    table = rows("municipalities")
    xy = project([(float(row["lon"]), float(row["lat"])) for row in table])
    return tuple(
        Town(row["name"], row["code"], (float(x), float(y)), int(row["residents"]))
        for row, (x, y) in zip(table, xy, strict=True)
    )


@cache
def town(name: str) -> Town:
    """Return the municipality called ``name``; raises `KeyError`."""
    return {item.name: item for item in towns()}[name]


@cache
def places() -> dict[str, Place]:
    """Return the named places by key."""
    table = rows("places")
    xy = project([(float(row["lon"]), float(row["lat"])) for row in table])
    return {
        row["key"]: Place(
            row["key"], row["name"], (float(x), float(y)), row["quality"], row["source"]
        )
        for row, (x, y) in zip(table, xy, strict=True)
    }


def path(points: str) -> FloatArray:
    """Return ``(n, 2)`` metres of points written ``lon lat`` or ``@Town``, parted by ``;``."""
    parts = points.split(";")
    result = np.empty((len(parts), 2))
    for position, item in enumerate(parts):
        if item.startswith("@"):
            result[position] = town(item[1:]).xy
        else:
            result[position] = project([float(value) for value in item.split()])[0]
    return result


@cache
def outline() -> shapely.Geometry:
    """Return the hand-drawn outline of the metropolitan city, exclave included."""
    return shapely.multipolygons([shapely.polygons(path(row["points"])) for row in rows("outline")])


def smooth(points: FloatArray, step_m: float) -> FloatArray:
    """Return the path as a Catmull-Rom curve through ``points``, a vertex each ``step_m``."""
    if len(points) < 3:
        return resample(points, step_m)
    before = np.vstack([2 * points[0] - points[1], points[:-1]])[:-1]
    first, second = points[:-1], points[1:]
    after = np.vstack([points[1:], 2 * points[-1] - points[-2]])[1:]
    pieces = []
    for a, b, c, d in zip(before, first, second, after, strict=True):
        count = max(2, int(np.hypot(*(c - b)) / 25.0))
        t = np.linspace(0.0, 1.0, count, endpoint=False)[:, None]
        # Half tension keeps the curve near the drawn line where points lie uneven.
        m1, m2 = (c - a) * 0.35, (d - b) * 0.35
        reach = np.hypot(*(c - b))
        m1 *= min(1.0, reach / max(np.hypot(*m1), 1.0))
        m2 *= min(1.0, reach / max(np.hypot(*m2), 1.0))
        pieces.append(
            (2 * t**3 - 3 * t**2 + 1) * b
            + (t**3 - 2 * t**2 + t) * m1
            + (-2 * t**3 + 3 * t**2) * c
            + (t**3 - t**2) * m2
        )
    return resample(np.vstack([*pieces, points[-1:]]), step_m)


def resample(points: FloatArray, step_m: float) -> FloatArray:
    """Return the path with vertices about ``step_m`` apart, ends kept."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    count = max(2, round(along[-1] / step_m) + 1)
    marks = np.linspace(0.0, along[-1], count)
    xy = [np.interp(marks, along, points[:, axis]) for axis in (0, 1)]
    return np.asarray(np.round(np.column_stack(xy), 2), dtype=np.float64)
