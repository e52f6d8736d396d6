"""Coordinates and lengths: metres on the ellipsoid, axes always east before north."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Geod, Transformer

WGS84 = "OGC:CRS84"
"""Longitude, latitude in degrees: the order of GeoJSON and OFDS."""

FloatArray = npt.NDArray[np.float64]


@cache
def transformer(source: str, target: str) -> Transformer:
    """Return the cached transformer from ``source`` to ``target``, east before north."""
    return Transformer.from_crs(source, target, always_xy=True, allow_ballpark=False)


@cache
def ellipsoid(crs: str) -> Geod:
    """Return the ellipsoid on which lengths of ``crs`` are measured."""
    return CRS.from_user_input(crs).get_geod() or Geod(ellps="GRS80")


def to_lonlat(x: npt.ArrayLike, y: npt.ArrayLike, crs: str) -> tuple[FloatArray, FloatArray]:
    """Return longitude and latitude in degrees of points in ``crs``."""
    lon, lat = transformer(crs, WGS84).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon), np.asarray(lat)


def from_lonlat(lon: npt.ArrayLike, lat: npt.ArrayLike, crs: str) -> tuple[FloatArray, FloatArray]:
    """Return the coordinates in ``crs`` of points given in degrees."""
    x, y = transformer(WGS84, crs).transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.asarray(x), np.asarray(y)


def lengths_m(
    geometries: Sequence[shapely.Geometry] | npt.NDArray[np.object_], crs: str
) -> FloatArray:
    """Return the length on the ellipsoid, in m, of each line; points and nothing have 0.

    Parameters
    ----------
    geometries
        Lines or multi-lines, ``(n,)``.
    crs
        Their CRS.

    Returns
    -------
    ``(n,)`` lengths in m.
    """
    shapes = np.asarray(geometries, dtype=object)
    parts, part_owner = shapely.get_parts(shapes, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    return chain_lengths_m(xy, part, part_owner, len(shapes), crs)


def chain_lengths_m(
    xy: FloatArray,
    chain: npt.NDArray[np.int64],
    owner: npt.NDArray[np.int64],
    count: int,
    crs: str,
) -> FloatArray:
    """Return the length on the ellipsoid, in m, of lines given as vertices.

    Parameters
    ----------
    xy
        ``(n, 2)`` vertices.
    chain
        ``(n,)`` number of the chain that a vertex belongs to; those of a chain lie together.
    owner
        The line, from 0 to ``count - 1``, of each chain.
    crs
        CRS of the vertices.

    Returns
    -------
    ``(count,)`` lengths in m.
    """
    if len(xy) < 2:
        return np.zeros(count)
    lon, lat = to_lonlat(xy[:, 0], xy[:, 1], crs)
    joined = np.flatnonzero(chain[1:] == chain[:-1])
    _, _, steps = ellipsoid(crs).inv(lon[joined], lat[joined], lon[joined + 1], lat[joined + 1])
    lengths: FloatArray = np.bincount(owner[chain[joined]], steps, minlength=count).astype(float)
    return lengths


def path_length_m(xy: npt.ArrayLike, crs: str) -> float:
    """Return the length on the ellipsoid, in m, of the path through ``(n, 2)`` points."""
    points = np.asarray(xy, dtype=float)
    if len(points) < 2:
        return 0.0
    lon, lat = to_lonlat(points[:, 0], points[:, 1], crs)
    return float(ellipsoid(crs).line_length(lon, lat))


def ring_area_m2(xy: npt.ArrayLike, crs: str) -> float:
    """Return the area on the ellipsoid, in m², of the ring through ``(n, 2)`` points.

    Sides are geodesics; which way round the ring goes does not matter.
    """
    points = np.asarray(xy, dtype=float)
    if len(points) < 3:
        return 0.0
    lon, lat = to_lonlat(points[:, 0], points[:, 1], crs)
    area, _ = ellipsoid(crs).polygon_area_perimeter(lon, lat)
    return abs(float(area))
