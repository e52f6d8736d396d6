"""The street network, ready to be cut: usable streets, noded, with what each allows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import shapely

from app.model.frames import GEOMETRY
from app.planning.arrays import BoolArray, FloatArray, IndexArray, IntArray, ObjectArray
from app.planning.costs.costrules import CostRules
from app.planning.streets.lines import Edges, Splits, cut, flat, join_splits, lines_of
from app.planning.streets.noding import Noded, level_codes, node_lines


@dataclass(frozen=True)
class Streets:
    """Usable streets with the places where they meet.

    Parameters
    ----------
    uid, road_class, surface
        ``(n,)`` of each line.
    is_bridge, is_tunnel
        ``(n,)`` of each line.
    noded
        The lines and their junctions.
    shapes
        ``(n,)`` the lines as geometries, after small gaps were closed.
    left_out
        Streets that the rules exclude, by reason.
    """

    uid: ObjectArray
    road_class: ObjectArray
    surface: ObjectArray
    is_bridge: BoolArray
    is_tunnel: BoolArray
    noded: Noded
    shapes: ObjectArray
    left_out: int

    @property
    def count(self) -> int:
        """Number of usable street lines."""
        return len(self.uid)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the shapes."""
        return shapely.STRtree(self.shapes)

    def nearest(self, xy: FloatArray) -> tuple[IntArray, FloatArray, FloatArray, FloatArray]:
        """Return for each point its nearest street: line, place along it, place, distance.

        ``xy`` is ``(k, 2)`` in m; so are the places. Needs at least one street.
        """
        points = shapely.points(xy)
        line = self.tree.nearest(points).astype(np.int64)
        along = shapely.line_locate_point(self.shapes[line], points)
        place = shapely.get_coordinates(shapely.line_interpolate_point(self.shapes[line], along))
        return line, along, place, np.hypot(*(place - xy).T)

    def cut(self, extra: list[Splits]) -> tuple[Edges, IndexArray]:
        """Cut the streets at junctions and at ``extra``; return edges and the extra's nodes."""
        noded = self.noded
        edges, nodes = cut(noded.lines, join_splits([noded.splits, *extra]), noded.is_node)
        return edges, nodes[len(noded.splits.line) :]


def usable_streets(frame: gpd.GeoDataFrame, rules: CostRules, snap_tolerance_m: float) -> Streets:
    """Return the streets that plans may use, noded, gaps up to ``snap_tolerance_m`` closed."""
    shapes = flat(np.asarray(frame[GEOMETRY].to_numpy(), dtype=object))
    usable = (
        ~frame["road_class"].isin(rules.excluded_road_classes).to_numpy()
        & ~frame["access"].isin(rules.excluded_access).to_numpy()
    )
    sound = (shapely.get_type_id(shapes) == 1) & (shapely.length(shapes) > 0)
    keep = np.flatnonzero(usable & sound)
    rows = frame.iloc[keep]
    is_bridge = rows["is_bridge"].fillna(value=False).to_numpy(dtype=np.bool_)
    is_tunnel = rows["is_tunnel"].fillna(value=False).to_numpy(dtype=np.bool_)
    level = rows["level"].fillna(0).to_numpy(dtype=np.int64)
    noded = node_lines(
        lines_of(shapes[keep]), level_codes(level, is_bridge, is_tunnel), snap_tolerance_m
    )
    return Streets(
        uid=rows.index.to_numpy(dtype=object),
        road_class=rows["road_class"].to_numpy(dtype=object),
        surface=rows["surface"].to_numpy(dtype=object),
        is_bridge=is_bridge,
        is_tunnel=is_tunnel,
        noded=noded,
        shapes=noded.lines.shapes(),
        left_out=len(frame) - len(keep),
    )
