"""Reads OpenStreetMap files into streets and barriers. Runs in the worker only.

Streets are cut at every node that two street ways share. Two streets that merely cross in
the drawing, one on a bridge, share no node and so never become a junction.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import osmium
import osmium.filter
import osmium.geom
import shapely

from app.io.importing.faults import Fault
from app.io.importing.osm_tags import BARRIER_KEYS, barrier_of, lake_of, street_of
from app.io.importing.sniffing import Sniffed
from app.io.importing.source import ObjectArray, Reading, SourceTable, text_array

SOURCE = "OpenStreetMap"
CRS = "OGC:CRS84"
_REPORT_EVERY = 5_000
_STREET_COLUMNS = (
    "name", "road_class", "surface", "access", "is_bridge", "is_tunnel", "level", "has_sidewalk",
)  # fmt: skip
_BARRIER_COLUMNS = ("name", "kind", "crossing", "is_below_ground")


Tags = dict[str, str | None]
"""The columns of a street or barrier, as `osm_tags` gives them."""


class _Ways:
    """Lines in compressed form: node ids and coordinates of all ways one after the other."""

    def __init__(self) -> None:
        self.ids = array("q")
        self.tags: list[Tags] = []
        self.sizes = array("q")
        self.refs = array("q")
        self.lon = array("d")
        self.lat = array("d")
        self.missing = array("q")
        self._known: dict[tuple[str | None, ...], Tags] = {}

    def add(self, way: Any, tags: Tags) -> None:
        """Take a way over; equal columns are kept once, for a region has a million ways."""
        known = 0
        for node in way.nodes:
            location = node.location
            if location.valid():
                self.refs.append(node.ref)
                self.lon.append(location.lon_without_check())
                self.lat.append(location.lat_without_check())
                known += 1
        self.ids.append(way.id)
        self.tags.append(self._known.setdefault(tuple(tags.values()), tags))
        self.sizes.append(known)
        self.missing.append(len(way.nodes) - known)


def read_osm(
    path: Path, sniffed: Sniffed, request: Mapping[str, Any], progress: Callable[[float], None]
) -> Reading:
    """Read streets, barriers or both, as the target says; raises `Fault`."""
    target = request["target"]
    if target not in ("auto", "streets", "barriers"):
        raise Fault("osm_target", target=target)
    place = osmium.io.File(str(path), sniffed.suffix)
    streets, barriers = _Ways(), _Ways()
    limit = request["row_limit"]
    try:
        _collect(place, streets, barriers, target, limit, progress)
        wants_lakes = target != "streets" and limit is None
        lakes = list(_lakes(place)) if wants_lakes else []
    except osmium.InvalidLocationError as error:
        raise Fault("unreadable", format=SOURCE, reason=str(error)) from error
    tables = []
    if target != "barriers":
        tables.append(_streets_table(streets))
    if target != "streets":
        tables.append(_barriers_table(barriers, lakes))
    return Reading(tuple(tables))


def _collect(
    place: Any, streets: _Ways, barriers: _Ways, target: str, limit: int | None,
    progress: Callable[[float], None],
) -> None:  # fmt: skip
    ways = (
        osmium.FileProcessor(place, osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        .with_filter(osmium.filter.KeyFilter(*BARRIER_KEYS))
    )
    for count, way in enumerate(ways):
        if count % _REPORT_EVERY == 0:
            progress(0.1 + 0.6 * count / (count + 50_000))  # the total is not known in advance
        tags = dict(way.tags)
        street = street_of(tags) if target != "barriers" else None
        if street is not None:
            streets.add(way, street)
        barrier = barrier_of(tags) if target != "streets" else None
        if barrier is not None:
            barriers.add(way, barrier)
        if limit is not None and len(streets.ids) + len(barriers.ids) >= limit:
            break


def _lakes(place: Any) -> Iterator[tuple[int, Tags, bytes | None]]:
    """Yield id, columns and outline of each lake, from closed ways and from relations."""
    factory = osmium.geom.WKBFactory()
    areas = (
        osmium.FileProcessor(place)
        .with_areas(osmium.filter.TagFilter(("natural", "water"), ("landuse", "reservoir")))
        .with_filter(osmium.filter.EntityFilter(osmium.osm.AREA))
        .with_filter(osmium.filter.KeyFilter("natural", "landuse"))
    )
    for area in areas:
        columns = lake_of(dict(area.tags))
        if columns is None:
            continue
        try:
            outline = bytes.fromhex(factory.create_multipolygon(area))
        except (RuntimeError, osmium.InvalidLocationError):
            outline = None
        yield area.orig_id(), columns, outline


def _streets_table(ways: _Ways) -> SourceTable:
    """Cut the streets at shared nodes; a row for each piece, rows of a way share its id."""
    xy = np.column_stack([np.asarray(ways.lon), np.asarray(ways.lat)])
    refs = np.asarray(ways.refs, dtype=np.int64)
    sizes = np.asarray(ways.sizes, dtype=np.int64)
    usable = sizes >= 2
    starts, ends, owner = _pieces(refs, sizes)
    lines = _lines(xy, starts, ends)
    broken = np.flatnonzero(~usable)
    owner = np.concatenate([owner, broken])
    geometry = np.concatenate([lines, np.full(len(broken), None, dtype=object)])
    order = np.argsort(owner, kind="stable")
    return _table("streets", _STREET_COLUMNS, ways, owner[order], geometry[order])


def _pieces(
    refs: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return first and last vertex (inclusive) and way of every piece between junctions."""
    if not len(refs):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    _, place, uses = np.unique(refs, return_inverse=True, return_counts=True)
    way = np.repeat(np.arange(len(sizes)), sizes)
    first = np.concatenate([[True], way[1:] != way[:-1]])
    last = np.concatenate([way[1:] != way[:-1], [True]])
    is_cut = (uses[place] > 1) | first | last
    cuts = np.flatnonzero(is_cut)
    same = way[cuts[1:]] == way[cuts[:-1]]
    starts, ends = cuts[:-1][same], cuts[1:][same]
    return starts, ends, way[starts]


def _lines(
    xy: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> ObjectArray:
    """Return a line for each inclusive range of vertices."""
    if not len(starts):
        return np.empty(0, dtype=object)
    lengths = ends - starts + 1
    offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    index = np.repeat(np.arange(len(starts)), lengths)
    vertices = np.arange(lengths.sum()) - np.repeat(offsets - starts, lengths)
    return np.asarray(shapely.linestrings(xy[vertices], indices=index), dtype=object)


def _barriers_table(ways: _Ways, lakes: Sequence[tuple[int, Tags, bytes | None]]) -> SourceTable:
    xy = np.column_stack([np.asarray(ways.lon), np.asarray(ways.lat)])
    sizes = np.asarray(ways.sizes, dtype=np.int64)
    ends = np.cumsum(sizes)
    usable = np.flatnonzero(sizes >= 2)
    lines = np.full(len(sizes), None, dtype=object)
    lines[usable] = _lines(xy, (ends - sizes)[usable], ends[usable] - 1)
    outlines = np.full(len(lakes), None, dtype=object)
    outlines[:] = [item[2] for item in lakes]
    for ident, tags, _ in lakes:
        ways.ids.append(ident)
        ways.tags.append(tags)
        ways.missing.append(0)
    geometry = np.concatenate([lines, shapely.from_wkb(outlines, on_invalid="ignore")])
    return _table("barriers", _BARRIER_COLUMNS, ways, np.arange(len(ways.ids)), geometry)


def _table(
    target: str, names: Iterable[str], ways: _Ways, owner: npt.NDArray[Any], geometry: ObjectArray
) -> SourceTable:
    tags = [ways.tags[int(way)] for way in owner]
    idents = [str(ways.ids[int(way)]) for way in owner]
    columns: dict[str, npt.NDArray[Any]] = {
        name: text_array([row[name] for row in tags]) for name in names
    }
    columns["source"] = text_array([SOURCE] * len(tags))
    if target == "streets":
        columns["source_id"] = text_array(idents)
    else:
        columns["note"] = text_array([f"OpenStreetMap {ident}" for ident in idents])
    broken = np.flatnonzero(shapely.is_missing(geometry))
    incomplete = sum(1 for count in ways.missing if count)
    notes: list[tuple[str, dict[str, Any]]] = [
        ("osm_ways", {"ways": len(ways.ids), "rows": len(tags)})
    ]
    if incomplete:
        notes.append(("osm_incomplete", {"count": incomplete}))
    return SourceTable(
        name=target, columns=columns, geometry=geometry, crs=CRS,
        rows=np.asarray([ways.ids[int(way)] for way in owner], dtype=np.int64),
        notes=tuple(notes), target=target, format=SOURCE,
        problems={int(row): ("osm_nodes", {}) for row in broken},
    )  # fmt: skip
