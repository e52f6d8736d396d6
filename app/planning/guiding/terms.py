"""Reading a planner's guidance: which rows are meant, and what each asks of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY, rows_of
from app.model.geodesy import WGS84, transformer
from app.model.guidance import Guidance
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.arrays import FloatArray, ObjectArray
from app.planning.streets.closures import Closures, ends_of

_SOURCES = ("streets", "conduits")
_JOINTS = ("spans", "nodes")
_AREAS = ("areas", "hazards", "barriers")

AREA_TABLES = ("areas", "hazards")
"""Tables that a plan depends on only when it avoids one of their rows."""


@dataclass(frozen=True)
class Section:
    """A section of a stored plan that has to be kept.

    ``row`` is its row as plain values, ``ends`` those of the plan's points at either end, or
    the node of the network as ``joined_node``.
    """

    uid: str
    row: dict[str, Any]
    shape: shapely.LineString
    ends: tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Terms:
    """What the guidance means in this project.

    Parameters
    ----------
    sources
        Streets and conduits that must be used, each whole.
    sections
        Sections of plans that must be built as they are.
    waypoints, waypoint_xy
        What was asked, and the ``(w, 2)`` places in m.
    locked_sites
        Sites whose lead-in is locked: they belong to the plan.
    """

    closures: Closures = field(default_factory=Closures)
    sources: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    waypoints: tuple[str, ...] = ()
    waypoint_xy: FloatArray = field(default_factory=lambda: np.zeros((0, 2)))
    locked_sites: tuple[str, ...] = ()

    @property
    def kept_leads(self) -> dict[str, tuple[float, float]]:
        """The place on the street of each locked lead-in, in m, by site."""
        found = {}
        for section in self.sections:
            for end, other in ((0, -1), (-1, 0)):
                site = section.ends[end].get("site")
                if section.row["technique"] == "leadIn" and site is not None:
                    x, y = section.shape.coords[other]
                    found[str(site)] = (x, y)
        return found

    @property
    def is_forcing(self) -> bool:
        """Whether anything must be used, kept or passed."""
        return bool(self.sources or self.sections or self.waypoints)

    @property
    def marks_xy(self) -> FloatArray:
        """``(k, 2)`` ends of all sections spoken of: there, streets are cut."""
        kept = np.array([section.shape for section in self.sections], dtype=object)
        return np.concatenate((ends_of(kept), ends_of(self.closures.sections)))


def read_terms(network: Network, guidance: Guidance, replaced: Sequence[str] = ()) -> Terms:
    """Return what ``guidance`` means; locked sections of the ``replaced`` plans are kept too.

    Raises `InputError` for objects that do not exist or cannot be asked for, and `Infeasible`
    when something is to be both used and avoided.
    """
    must = _by_table(network, guidance.must_use, (*_SOURCES, *_JOINTS, "plan_spans"))
    avoid = _by_table(network, guidance.avoid, (*_SOURCES, *_JOINTS, "plan_spans", *_AREAS))
    kept = [*_locked(network, guidance.locked, replaced), *must["plan_spans"]]
    _refuse_both({*guidance.must_use, *kept}, guidance.avoid)
    avoided = network.geo("plan_spans").loc[avoid["plan_spans"]]
    area_uids = [uid for table in _AREAS for uid in avoid[table]]
    areas = [_area(network.geo(table), uid) for table in _AREAS for uid in avoid[table]]
    closures = Closures(
        sources=frozenset(uid for table in _SOURCES for uid in avoid[table]),
        joints=frozenset(uid for table in _JOINTS for uid in avoid[table]),
        only_joints=_joints(network, must["spans"], must["nodes"]),
        areas=_objects(areas),
        area_uids=tuple(area_uids),
        sections=_objects(shapely.force_2d(avoided[GEOMETRY].to_numpy())),
        section_uids=tuple(avoid["plan_spans"]),
    )
    sections = _sections(network, sorted(set(kept)))
    xy = [_waypoint(network, text) for text in guidance.waypoints]
    return Terms(
        closures, tuple(uid for table in _SOURCES for uid in must[table]), sections,
        guidance.waypoints, np.array(xy, dtype=float).reshape(-1, 2),
        _sites_of(network, sections),
    )  # fmt: skip


def _by_table(network: Network, uids: Iterable[str], tables: Sequence[str]) -> dict[str, list[str]]:
    """Return the given objects by their table."""
    found: dict[str, list[str]] = {table: [] for table in tables}
    for uid in dict.fromkeys(uids):
        home = [table for table in tables if uid in network.table(table).index]
        if not home:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "“{uid}” is none of the objects that can be asked for here."
                    ),
                    uid=uid,
                ),
                (uid,),
            )
        found[home[0]].append(uid)
    return found


def _joints(network: Network, spans: Sequence[str], nodes: Sequence[str]) -> tuple[str, ...]:
    """Return where alone the network is joined: spans with their ends, and nodes."""
    ends = network.table("spans").loc[list(spans), ["start_node", "end_node"]].to_numpy()
    known = [str(uid) for uid in ends.ravel() if uid is not None]
    return tuple(dict.fromkeys((*spans, *nodes, *known)))


def _refuse_both(must: Iterable[str], avoid: Iterable[str]) -> None:
    both = sorted(set(must) & set(avoid))
    if both:
        raise Infeasible(
            message(
                QT_TRANSLATE_NOOP("core", "“{uid}” cannot be both used and avoided."), uid=both[0]
            )
        )


def _locked(network: Network, asked: Sequence[str], replaced: Sequence[str]) -> list[str]:
    """Return the sections of plans that are locked: named, of a named plan, or marked."""
    plans, spans = network.table("plans"), network.table("plan_spans")
    found: list[str] = []
    for text in asked:
        if text in spans.index:
            found.append(text)
            continue
        named = [text] if text in plans.index else list(plans.index[plans["name"] == text])
        if not named:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "There is no plan or section “{uid}” to keep."),
                    uid=text,
                ),
                (text,),
            )
        found += list(spans.index[spans["plan"].isin(named)])
    marked = spans["plan"].isin(list(replaced)) & spans["locked"].fillna(value=False).astype(bool)
    return [*found, *spans.index[marked]]


def _area(frame: gpd.GeoDataFrame, uid: str) -> shapely.Geometry:
    shape = frame.at[uid, GEOMETRY]
    if shape is None or shape.is_empty or shapely.get_dimensions(shape) != 2:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "“{uid}” is no area, so it cannot be kept clear of."),
                uid=uid,
            ),
            (uid,),
        )
    return shapely.force_2d(shape)


def _sections(network: Network, uids: Sequence[str]) -> tuple[Section, ...]:
    nodes = network.geo("plan_nodes")
    found = []
    frame = network.geo("plan_spans").loc[list(uids)]
    ended = {*frame["start_node"], *frame["end_node"]}
    points = {str(row["uid"]): row for row in rows_of(nodes[nodes.index.isin(list(ended))])}
    for row, line in zip(rows_of(frame), frame[GEOMETRY], strict=True):
        ends = []
        for column in ("start_node", "end_node"):
            uid = row[column]
            ends.append(points.get(str(uid), {"joined_node": uid}))
        found.append(Section(str(row["uid"]), row, shapely.force_2d(line), (ends[0], ends[1])))
    return tuple(found)


def _sites_of(network: Network, sections: Iterable[Section]) -> tuple[str, ...]:
    """Return the sites that the plan connects by a lead-in among the sections."""
    entries = {
        str(end["uid"]): str(end["site"])
        for section in sections
        if section.row["technique"] == "leadIn"
        for end in section.ends
        if end.get("site") is not None
    }
    # The entry names one site only, also where several share its place.
    states = network.table("plan_sites")
    shared = states["node"].isin(list(entries)) & (states["state"] == "connected")
    return tuple(sorted({*entries.values(), *states.loc[shared, "site"].astype(str)}))


def _waypoint(network: Network, text: str) -> tuple[float, float]:
    """Return the place of a way-point in m."""
    nodes = network.geo("nodes")
    if text in nodes.index and nodes.at[text, GEOMETRY] is not None:
        point = nodes.at[text, GEOMETRY]
        return float(point.x), float(point.y)
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "The way-point “{text}” is neither a node nor LON,LAT in degrees."
                ),
                text=text,
            ),
            (text,),
        ) from None
    x, y = transformer(WGS84, network.crs).transform(lon, lat)
    if not (np.isfinite(x) and np.isfinite(y)):
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "The way-point “{text}” lies nowhere."), text=text),
            (text,),
        )
    return float(x), float(y)


def _objects(items: Iterable[Any]) -> ObjectArray:
    """Return an array of objects, one for each item, however many there are."""
    listed = list(items)
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found
