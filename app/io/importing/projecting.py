"""From the source's CRS to the project's: the best transformation that is known, and told."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from app.io.importing.source import ObjectArray
from app.model.errors import ExchangeError
from app.model.geodesy import WGS84, to_lonlat
from app.model.messages import QT_TRANSLATE_NOOP, message

FloatArray = npt.NDArray[np.float64]

_HUB = "EPSG:4326"
"""Older Italian systems are tied to WGS 84, not to each other: two steps where one is unknown."""
_LON_MARGIN_DEG, _LAT_MARGIN_DEG = 5.0, 10.0
"""Outside its area of use by more than this a projection's numbers mean nothing."""


@dataclass(frozen=True)
class Passage:
    """A transformation: its steps, east before north, and its accuracy in m (-1: unknown)."""

    steps: tuple[Transformer, ...]
    accuracy_m: float
    source: CRS
    is_identity: bool = False

    def apply(self, xy: FloatArray) -> FloatArray:
        """Transform ``(n, 2)`` points; what cannot be transformed becomes infinite."""
        x, y = xy[:, 0], xy[:, 1]
        for step in self.steps:
            x, y = step.transform(x, y, errcheck=False)
        return np.column_stack([x, y])


def parse_crs(text: str, path: Path | None = None) -> CRS:
    """Return the CRS that ``text`` names; raises `ExchangeError`."""
    wanted = text.strip()
    if wanted.isdigit():
        wanted = f"EPSG:{wanted}"
    try:
        crs = CRS.from_user_input(wanted)
    except CRSError as error:
        raise ExchangeError(
            message(QT_TRANSLATE_NOOP("core", "{crs} is no known CRS"), crs=text[:80]), path
        ) from error
    flat = crs.to_2d() if len(crs.axis_info) > 2 else crs
    if not (flat.is_geographic or flat.is_projected):
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "{crs} is no CRS for positions on the ground"),
                crs=crs.name,
            ),
            path,
        )
    return flat


def label_of(crs: CRS) -> str:
    """Return a short name of ``crs`` such as ``EPSG:32632``."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.name


def find_passage(
    source: CRS, target: str, xy: FloatArray, *, accept_ballpark: bool, path: Path
) -> Passage:
    """Return the best known transformation for points ``xy`` of ``source``.

    Raises
    ------
    ExchangeError
        When only a transformation of unknown accuracy exists and it is not accepted.
    """
    goal = CRS.from_user_input(target)
    if source.equals(goal, ignore_axis_order=True):
        return Passage((), 0.0, source, is_identity=True)
    # The area chooses between parameters (mainland, Sardinia, Sicily); outside all areas, such
    # as a German file in an Italian project, any known one is better than none.
    for area in (_area_of(source, xy), None):
        direct = _best(source, goal, area)
        if direct is not None:
            return Passage((direct,), direct.accuracy, source)
        first, second = _best(source, CRS(_HUB), area), _best(CRS(_HUB), goal, area)
        if first is not None and second is not None:
            return Passage((first, second), first.accuracy + second.accuracy, source)
    if not accept_ballpark:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "No transformation of known accuracy leads from {source} to {target}; "
                    "convert the file first, or accept an unknown accuracy",
                ),
                source=label_of(source),
                target=target,
            ),
            path,
        )
    rough = Transformer.from_crs(source, goal, always_xy=True, allow_ballpark=True)
    return Passage((rough,), -1.0, source)


def _best(source: CRS, target: CRS, area: AreaOfInterest | None) -> Transformer | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a better grid that is not installed; told by accuracy
            group = TransformerGroup(
                source,
                target,
                always_xy=True,
                allow_ballpark=False,
                area_of_interest=area,  # type: ignore[arg-type]  # the stub names another class
            )
    except ProjError:
        return None
    known = [item for item in group.transformers if item.accuracy >= 0]
    return min(known, key=lambda item: item.accuracy) if known else None


def _area_of(source: CRS, xy: FloatArray) -> AreaOfInterest | None:
    """Return where the bulk of the points lies, in degrees, good enough to choose by."""
    finite = xy[np.isfinite(xy).all(axis=1)]
    geodetic = source.geodetic_crs
    if not len(finite) or geodetic is None:
        return None
    middle = np.median(finite, axis=0)
    if source.is_geographic:
        lon, lat = middle
    else:
        # the datum itself moves a point by 300 m at most: no matter for choosing
        lon, lat = Transformer.from_crs(source, geodetic, always_xy=True).transform(*middle)
    if not (np.isfinite([lon, lat]).all() and abs(lon) <= 180 and abs(lat) <= 90):
        return None
    return AreaOfInterest(lon - 0.05, lat - 0.05, lon + 0.05, lat + 0.05)


def is_outside(lon: FloatArray, lat: FloatArray, crs: CRS) -> npt.NDArray[np.bool_]:
    """Tell which points lie clearly outside the area in which ``crs`` has a meaning."""
    outside = ~(np.isfinite(lon) & np.isfinite(lat))
    area = crs.area_of_use
    if area is None:
        return outside
    with np.errstate(invalid="ignore"):
        outside |= (lon < area.west - _LON_MARGIN_DEG) | (lon > area.east + _LON_MARGIN_DEG)
        outside |= (lat < area.south - _LAT_MARGIN_DEG) | (lat > area.north + _LAT_MARGIN_DEG)
    return outside


def inside_share(points: FloatArray, crs: str) -> float:
    """Return which share of points of ``crs`` lies inside its area of use."""
    if not len(points):
        return 0.0
    area = CRS.from_user_input(crs).area_of_use
    finite = points[np.isfinite(points).all(axis=1)]
    if area is None or not len(finite):
        return 0.0 if area is not None else 1.0
    lon, lat = lonlat_of(finite, crs)
    inside = (lon >= area.west) & (lon <= area.east) & (lat >= area.south) & (lat <= area.north)
    return float(inside.sum() / len(points))


def lonlat_of(points: FloatArray, crs: str) -> tuple[FloatArray, FloatArray]:
    """Return longitude and latitude; infinite where there is none."""
    if crs == WGS84:
        return points[:, 0], points[:, 1]
    return to_lonlat(points[:, 0], points[:, 1], crs)


def transform_shapes(shapes: ObjectArray, passage: Passage, *, swap: bool) -> ObjectArray:
    """Return the shapes in the project's CRS; ``swap`` exchanges the axes before."""

    def move(xy: FloatArray) -> FloatArray:
        return passage.apply(xy[:, ::-1] if swap else xy)

    if passage.is_identity and not swap:
        return shapes
    return np.asarray(shapely.transform(shapes, move), dtype=object)
