"""The modelled street network: main roads, town links, town streets and rural tracks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import Delaunay, cKDTree

from app.io.demo import areas, facts, lattice
from app.io.demo.barriers import BarrierLine, surface_lines
from app.io.demo.noding import (
    FloatArray,
    IntArray,
    Pieces,
    Stretches,
    clean,
    components,
    join,
    merge_close,
    node,
    without_stubs,
)
from app.io.demo.town_streets import BRIDGE, PLAIN, TUNNEL, Keys, crossing_kind, piece_keys

_SNAP_M = 16.0
_MERGE_M = 2.5
_STUB_M = 8.0
_EDGE_SCORE = 1.25
"""Beyond this many times its radius a settlement's streets are country roads."""


@dataclass(frozen=True)
class Streets:
    """The network of streets: junctions, stretches and one row of attributes for each stretch."""

    xy: FloatArray
    ends: IntArray
    lines: npt.NDArray[np.object_]
    length_m: FloatArray
    road_class: npt.NDArray[np.object_]
    name: npt.NDArray[np.object_]
    surface: npt.NDArray[np.object_]
    structure: IntArray
    has_sidewalk: npt.NDArray[np.bool_]
    owner: IntArray
    """Number of the settlement of each junction, -1 outside all."""


@dataclass(frozen=True)
class _Road:
    name: str | None
    road_class: str
    xy: FloatArray


def main_roads() -> list[_Road]:
    """Return the drawn main roads and the links between neighbouring towns."""
    roads: list[_Road] = []
    for row in facts.rows("roads"):
        xy = facts.smooth(facts.path(row["points"]), 75.0)
        roads.append(_Road(row["name"], row["road_class"], _hook(xy, roads)))
    drawn = cKDTree(np.vstack([road.xy for road in roads]))
    rng = np.random.default_rng(11)
    for first, second in _neighbours():
        xy = _bent(np.array(first.xy), np.array(second.xy), rng)
        if (drawn.query(xy)[0] < 450.0).mean() < 0.5:
            near = min(first.residents, second.residents) > 6000
            roads.append(_Road(None, "secondary" if near else "tertiary", _hook(xy, roads)))
    return roads


def _hook(xy: FloatArray, roads: list[_Road]) -> FloatArray:
    """Move the ends of a road onto a vertex of an earlier one nearby, so that they meet."""
    if not roads:
        return xy
    earlier = np.vstack([road.xy for road in roads])
    hooked = xy.copy()
    for end in (0, -1):
        away = np.hypot(*(earlier - xy[end]).T)
        if away.min() < 160.0:
            hooked[end] = earlier[away.argmin()]
    return hooked


def _neighbours() -> list[tuple[facts.Town, facts.Town]]:
    """Return the pairs of a Gabriel graph: no third town inside the circle over the pair."""
    items = [item for item in facts.towns() if item.name != "Milano"]
    xy = np.array([item.xy for item in items])
    corners = Delaunay(xy).simplices
    pairs = np.unique(np.sort(corners[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
    tree = cKDTree(xy)
    found = []
    for a, b in pairs.tolist():
        middle, half = (xy[a] + xy[b]) / 2, np.hypot(*(xy[a] - xy[b])) / 2
        if not set(tree.query_ball_point(middle, half * 0.999)) - {a, b}:
            found.append((items[a], items[b]))
    return found


def _bent(start: FloatArray, end: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return a gently winding way between two towns."""
    run = end - start
    size = np.hypot(*run)
    side = np.array([-run[1], run[0]]) / size
    t = np.linspace(0, 1, max(4, int(size / 700.0) + 2))
    sway = np.sin(np.pi * t) * rng.normal(0, 0.05) * size
    sway += np.sin(np.pi * t) * rng.normal(0, 0.018, len(t)) * size
    return facts.smooth(start + t[:, None] * run + sway[:, None] * side, 75.0)


def _road_pieces(roads: list[_Road], keys: Keys) -> tuple[FloatArray, IntArray]:
    """Return ends ``(k, 2, 2)`` in m and keys; stretches over and under barriers are apart."""
    lines = surface_lines()
    shapes = [item.line for item in lines]
    tree = shapely.STRtree(shapes)
    ends, numbers = [], []
    for road in roads:
        line = shapely.linestrings(road.xy)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(road.xy, axis=0).T))])
        spans = _bridges(line, [lines[k] for k in sorted(tree.query(line, "intersects"))])
        cuts = [value for start, stop, _ in spans for value in (start, stop)]
        marks = np.unique(np.round(np.concatenate([along, cuts]), 2).clip(0, round(along[-1], 2)))
        marks = marks[np.concatenate([[True], np.diff(marks) > 0.5])]
        xy = np.column_stack([np.interp(marks, along, road.xy[:, axis]) for axis in (0, 1)])
        middle = (marks[1:] + marks[:-1]) / 2
        structure = np.zeros(len(middle), dtype=np.int64)
        for start, stop, kind in spans:
            structure[(middle > start) & (middle < stop)] = kind
        plain = [keys.number(road.road_class, road.name, "asphalt", kind) for kind in range(3)]
        ends.append(np.stack([xy[:-1], xy[1:]], axis=1))
        numbers.append(np.array(plain, dtype=np.int64)[structure])
    return np.concatenate(ends), np.concatenate(numbers)


def _bridges(
    line: shapely.LineString, barriers: list[BarrierLine]
) -> list[tuple[float, float, int]]:
    """Return start and end along the road, in m, of each bridge or underpass."""
    found = []
    for item in barriers:
        meets = shapely.get_parts(shapely.intersection(line, item.line))
        for point in shapely.centroid(meets):
            at = float(shapely.line_locate_point(line, point))
            half = item.half_width_m + 22.0
            is_under = item.kind in ("railway", "metro") and int(at) % 5 < 3
            found.append((at - half, at + half, TUNNEL if is_under else BRIDGE))
    return found


def build() -> Streets:
    """Return the modelled street network: one connected, noded graph."""
    keys = Keys()
    rng = np.random.default_rng(31)
    places = lattice.settlements()
    road_ends, road_key = _road_pieces(main_roads(), keys)
    track_ends = _tracks(road_ends, places, rng)
    track_key = np.where(
        rng.random(len(track_ends)) < 0.6,
        keys.number("track", None, "gravel"),
        keys.number("track", None, "earth"),
    )
    fixed = np.concatenate([road_ends, track_ends])
    town = lattice.build(places, road_ends[:, 0], areas.closed())
    is_plain = _structures(keys)[road_key] == PLAIN
    town_xy, snapped = _snap(town.xy, road_ends[is_plain])
    structure = crossing_kind(town_xy, town.ends, rng)
    apart_roads = road_ends[~is_plain]
    kept = (structure >= 0) & ~snapped[town.ends].all(axis=1)
    kept &= ~_meets(town_xy[town.ends], apart_roads)
    town_key = piece_keys(town, places, np.maximum(structure, 0), keys, rng)
    ends = np.concatenate([fixed, town_xy[town.ends[kept]]])
    key = np.concatenate([road_key, track_key, town_key[kept]])
    xy, numbers = np.unique(np.round(ends.reshape(-1, 2), 2), axis=0, return_inverse=True)
    pieces = clean(Pieces(xy, numbers.reshape(-1, 2), key))
    # A second pass catches ends that only touch a street after vertices moved together.
    for _ in range(2):
        noded = node(pieces, _structures(keys)[pieces.key] > 0)
        pieces = merge_close(noded, _MERGE_M)
    linked = _link(without_stubs(pieces, _STUB_M), keys)
    return _finish(join(linked), keys, places)


def _structures(keys: Keys) -> IntArray:
    return np.array([structure for *_, structure in keys.known], dtype=np.int64)


def _snap(xy: FloatArray, roads: FloatArray) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Move town vertices that lie beside a main road onto it."""
    lines = shapely.linestrings(roads)
    points = shapely.points(xy)
    which, road = shapely.STRtree(lines).query_nearest(
        points, max_distance=_SNAP_M, all_matches=False
    )
    nearest = shapely.line_interpolate_point(
        lines[road], shapely.line_locate_point(lines[road], points[which])
    )
    moved = xy.copy()
    moved[which] = np.round(shapely.get_coordinates(nearest), 2)
    snapped = np.zeros(len(xy), dtype=bool)
    snapped[which] = True
    return moved, snapped


def _meets(ends: FloatArray, others: FloatArray) -> npt.NDArray[np.bool_]:
    """Return which pieces meet one of the others."""
    lines = shapely.linestrings(ends)
    hit = np.unique(shapely.STRtree(lines).query(shapely.linestrings(others), "intersects")[1])
    result = np.zeros(len(ends), dtype=bool)
    result[hit] = True
    return result


def _tracks(
    roads: FloatArray, places: list[lattice.Settlement], rng: np.random.Generator
) -> FloatArray:
    """Return ends of rural tracks: from lone farms to the two nearest roads and to each other."""
    west, south, east, north = shapely.bounds(facts.outline())
    farms = rng.uniform((west, south), (east, north), (9000, 2))
    shapely.prepare(facts.outline())
    kept = shapely.contains_xy(facts.outline(), farms[:, 0], farms[:, 1])
    kept &= ~shapely.contains_xy(areas.closed(), farms[:, 0], farms[:, 1])
    for place in places:
        kept &= place.score(farms) > 1.25
    farms = farms[kept]
    points = np.vstack([roads[:, 0], farms])
    away, near = cKDTree(points).query(farms, k=12)
    found = []
    for farm, gaps, numbers in zip(farms, away, near, strict=True):
        chosen: list[FloatArray] = []
        for gap, number in zip(gaps, numbers, strict=True):
            run = points[number] - farm
            if not 120.0 < gap < 1600.0 or any(
                run @ other > 0.3 * np.hypot(*run) * np.hypot(*other) for other in chosen
            ):
                continue
            chosen.append(run)
            side = np.array([-run[1], run[0]]) * rng.normal(0, 0.12)
            bend = farm + run * rng.uniform(0.35, 0.65) + side
            found += [(farm, bend), (bend, points[number])]
            if len(chosen) == 2:
                break
    ends = np.asarray(np.round(np.array(found), 2), dtype=np.float64)
    pairs = ends.reshape(-1, 3 + 1, 2)
    edge = shapely.get_coordinates(shapely.boundary(shapely.get_parts(areas.closed())))
    walls = np.concatenate([_barrier_pieces(), np.stack([edge[:-1], edge[1:]], axis=1)])
    wrong = _meets(pairs[:, :2], walls) | _meets(pairs[:, 2:], walls)
    return ends.reshape(-1, 2, 2, 2)[~wrong].reshape(-1, 2, 2)


def _barrier_pieces() -> FloatArray:
    coordinates = [shapely.get_coordinates(item.line) for item in surface_lines()]
    return np.concatenate([np.stack([xy[:-1], xy[1:]], axis=1) for xy in coordinates])


def _link(pieces: Pieces, keys: Keys) -> Pieces:
    """Drop crumbs and join every other loose part to the main one by its shortest way."""
    part = components(len(pieces.xy), pieces.ends)
    sizes = np.bincount(part)
    main = int(sizes.argmax())
    kept = sizes[part[pieces.ends[:, 0]]] >= 12
    trunk = np.flatnonzero(part == main)
    tree = cKDTree(pieces.xy[trunk])
    added = []
    for number in np.flatnonzero(sizes >= 12).tolist():
        if number != main:
            loose = np.flatnonzero(part == number)
            away, near = tree.query(pieces.xy[loose])
            added.append((loose[away.argmin()], trunk[near[away.argmin()]]))
    links = np.array(added, dtype=np.int64).reshape(-1, 2)
    over = _meets(pieces.xy[links], _barrier_pieces()) if len(links) else np.zeros(0, bool)
    plain = keys.number("tertiary", None, "asphalt")
    bridge = keys.number("tertiary", None, "asphalt", BRIDGE)
    return Pieces(
        pieces.xy,
        np.vstack([pieces.ends[kept], links]),
        np.concatenate([pieces.key[kept], np.where(over, bridge, plain)]),
    )


def _finish(found: Stretches, keys: Keys, places: list[lattice.Settlement]) -> Streets:
    road_class, name, surface, structure = (
        np.array(column, dtype=object) for column in zip(*keys.known, strict=True)
    )
    owner = _owners(found.xy, places)
    classes = road_class[found.key]
    in_town = (owner[found.ends] >= 0).all(axis=1)
    return Streets(
        xy=found.xy,
        ends=found.ends,
        lines=found.lines,
        length_m=np.asarray(shapely.length(found.lines)),
        road_class=classes,
        name=name[found.key],
        surface=surface[found.key],
        structure=structure[found.key].astype(np.int64),
        has_sidewalk=in_town & ~np.isin(classes, ("track", "service")),
        owner=owner,
    )


def _owners(xy: FloatArray, places: list[lattice.Settlement]) -> IntArray:
    """Return the settlement in which each point lies, -1 outside all."""
    owner = np.full(len(xy), -1, dtype=np.int64)
    best = np.full(len(xy), _EDGE_SCORE)
    for number, place in enumerate(places):
        near = np.flatnonzero(
            (np.abs(xy - np.array(place.xy)) < 2.0 * _EDGE_SCORE * place.radius_m).all(axis=1)
        )
        score = place.score(xy[near])
        closer = score < best[near]
        owner[near[closer]] = number
        best[near[closer]] = score[closer]
    return owner
