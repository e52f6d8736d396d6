"""Drawing new things: spans that meet the network, nodes, sites, conduits, barriers, hazards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from app.model.changes import ChangeSet, insert, update
from app.model.editing.courses import LENGTHS
from app.model.editing.draft import Draft, Place, known, node_place, repeated, span_line
from app.model.editing.shapes import line_of
from app.model.editing.spans import AT_END_M, put_nodes
from app.model.errors import InputError
from app.model.frames import GEOMETRY, frame_from_rows, plain
from app.model.geodesy import lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.naming import name_of
from app.model.network import Network
from app.model.schema import new_uid
from app.model.tables import TABLES

_SAME_PLACE_M = 1.0
"""A site's node that lies nearer than this, in m, is where a lead-in ends."""

DRAWABLE = ("nodes", "sites", "conduits", "barriers", "hazards", "streets", "areas")
"""Tables, besides the spans, in which objects are drawn."""


@dataclass(frozen=True)
class Stop:
    """Where a drawn line meets the network: ``table`` and ``uid`` of what lies there.

    ``vertex`` numbers the drawn places. ``table`` is nodes, spans, sites, or '' for open ground.
    """

    vertex: int
    table: str = ""
    uid: str = ""


def draw_spans(
    network: Network,
    course: npt.ArrayLike,
    stops: Sequence[Stop] = (),
    values: Mapping[str, Any] | None = None,
    node_values: Mapping[str, Any] | None = None,
) -> ChangeSet:
    """Return the change that draws a line as spans between the nodes at its stops.

    Parameters
    ----------
    course
        ``(n, 2)`` places in m.
    stops
        What lies at some of them; the first and the last stop in the open get a new node. A
        span is split where the line meets it; a site gets a building entry, or its node if that
        is there.
    values
        Columns of the new spans; status is ``planned`` unless given. Of several spans each names
        those of the conduits that it runs along.
    node_values
        Columns of new nodes in the open.

    Raises `InputError` for a line without length, one that ends where it begins, and a span
    that allows no joint.
    """
    xy = np.asarray(course, dtype=float).reshape(-1, 2)
    ordered = _with_both_ends(stops, len(xy))
    usual = {"status": "planned", **(values or {})}
    status = usual["status"]
    nodes = {"type": "splicePoint", "status": status, **(node_values or {})}
    draft = Draft(network)
    ends = _nodes_of(draft, xy, ordered, nodes)
    rows: list[dict[str, Any]] = []
    conduits = repeated(usual.get("conduits") or ())
    for (first, start), (last, end) in pairwise(ends):
        if start == end:
            raise InputError(
                message(QT_TRANSLATE_NOOP("core", "A span cannot end at the node that it leaves")),
                [start],
            )
        piece = xy[first : last + 1].copy()
        piece[0], piece[-1] = node_place(draft.network, start), node_place(draft.network, end)
        line = line_of(piece)
        held = conduits if len(ends) == 2 else _along(network, line, conduits)
        rows.append({**usual, "uid": new_uid(), "start_node": start, "end_node": end,
                     "conduits": held, "geometry": line})  # fmt: skip
    measured = lengths_m([row["geometry"] for row in rows], network.crs)
    for row, length_m in zip(rows, measured, strict=True):
        row["route_length_m"] = float(length_m)
    draft.add([insert("spans", frame_from_rows(TABLES["spans"], rows, network.crs))])
    _fill_conduits(draft, conduits)
    return draft.changes(_span_label(draft.network, rows))


def draw_object(
    network: Network,
    table: str,
    shape: shapely.Geometry,
    values: Mapping[str, Any] | None = None,
    on_span: str = "",
) -> ChangeSet:
    """Return the change that draws a node, site, conduit, barrier, hazard, street or area.

    Polygons become multi-polygons where the table holds those; conduits get their length on the
    ellipsoid. A node drawn ``on_span`` splits that span. Raises `InputError` for a shape that
    does not fit the table.
    """
    if table not in DRAWABLE:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} are not drawn by hand"),
                table=message(TABLES[table].label),
            )
        )
    draft = Draft(network)
    row: dict[str, Any] = {**(values or {}), "uid": new_uid(), "geometry": _fitting(table, shape)}
    if table in LENGTHS:
        row[LENGTHS[table]] = float(lengths_m([shape], network.crs)[0])
    if table == "nodes" and on_span:
        line = span_line(network, known(network, "spans", on_span))
        put_nodes(draft, on_span, [(row["uid"], line.project(shape))], values)
    else:
        draft.add([insert(table, frame_from_rows(TABLES[table], [row], network.crs))])
    title = name_of(draft.network, table, row["uid"]) if row.get("name") else ""
    label = (
        message(
            QT_TRANSLATE_NOOP("core", "Draw “{name}” in {table}"),
            name=title,
            table=message(TABLES[table].label),
        )
        if title
        else message(
            QT_TRANSLATE_NOOP("core", "Draw an object in {table}"),
            table=message(TABLES[table].label),
        )
    )
    return draft.changes(label)


def _with_both_ends(stops: Sequence[Stop], count: int) -> list[Stop]:
    if count < 2:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "The line has no length.")))
    known_stops = {stop.vertex: stop for stop in stops}
    if any(not 0 <= vertex < count for vertex in known_stops):
        raise ValueError("a stop beyond the line")
    for vertex in (0, count - 1):
        known_stops.setdefault(vertex, Stop(vertex))
    return [known_stops[vertex] for vertex in sorted(known_stops)]


def _nodes_of(
    draft: Draft, xy: npt.NDArray[np.float64], stops: Sequence[Stop], values: Mapping[str, Any]
) -> list[tuple[int, str]]:
    """Return vertex and node of each stop; nodes that lack are made, spans split."""
    found: list[tuple[int, str]] = []
    on_spans: dict[str, list[tuple[str, float]]] = {}
    for stop in stops:
        place = (float(xy[stop.vertex][0]), float(xy[stop.vertex][1]))
        if stop.table == "nodes":
            node = known(draft.network, "nodes", stop.uid)
            if node_place(draft.network, node) is None:
                raise InputError(
                    message(QT_TRANSLATE_NOOP("core", "The node has no place on the map")), [node]
                )
        elif stop.table == "spans":
            node = _node_on_span(draft.network, stop.uid, place, on_spans)
        elif stop.table == "sites":
            node = _node_of_site(draft, stop.uid, values)
        else:
            node = new_uid()
            row = {**values, "uid": node, "geometry": shapely.Point(place)}
            draft.add([insert("nodes", frame_from_rows(TABLES["nodes"], [row], draft.network.crs))])
        found.append((stop.vertex, node))
    for span, nodes in on_spans.items():
        put_nodes(draft, span, nodes, {"status": values["status"]})
    return found


def _node_on_span(
    network: Network, span: str, place: Place, on_spans: dict[str, list[tuple[str, float]]]
) -> str:
    """Return the node at a place of a span: that of its end, or one to be put there."""
    line = span_line(network, span)
    along = line.project(shapely.Point(place))
    for side, at_m in (("start_node", 0.0), ("end_node", line.length)):
        node = plain(network.table("spans").at[span, side])
        if node is not None and abs(along - at_m) < AT_END_M:
            return str(node)
    for node, other in on_spans.get(span, []):
        if abs(along - other) < AT_END_M:
            return node
    node = new_uid()
    on_spans.setdefault(span, []).append((node, along))
    return node


def _node_of_site(draft: Draft, site: str, values: Mapping[str, Any]) -> str:
    """Return the node at a site, made when there is none; the site then hangs on it."""
    network = draft.network
    row = network.geo("sites").loc[[known(network, "sites", site)]]
    spot = row[GEOMETRY].iloc[0]
    present = plain(row["node"].iloc[0])
    place = None if present is None else node_place(network, present)
    if place is not None and shapely.Point(place).distance(spot) <= _SAME_PLACE_M:
        return str(present)
    node = new_uid()
    entry = {
        "uid": node, "name": row["name"].iloc[0], "type": "buildingEntry",
        "status": values["status"], "geometry": shapely.Point(spot.x, spot.y),
    }  # fmt: skip
    draft.add([insert("nodes", frame_from_rows(TABLES["nodes"], [entry], network.crs))])
    if present is None:
        state = row["status"].iloc[0]
        changed = {"node": node, "status": "planned" if state == "proposed" else state}
        draft.add([update("sites", row, changed)])
    return node


def _along(network: Network, line: shapely.LineString, conduits: Sequence[str]) -> tuple[str, ...]:
    """Return those of some conduits that a line runs along."""
    near = shapely.buffer(line, _SAME_PLACE_M)
    shapes = network.geo("conduits")[GEOMETRY]
    return tuple(
        uid
        for uid in conduits
        if shapely.length(shapely.intersection(shapes[uid], near)) > 3 * _SAME_PLACE_M
    )


def _fill_conduits(draft: Draft, conduits: Sequence[str]) -> None:
    """Count one cable more in conduits that a new span runs in."""
    frame = draft.network.table("conduits")
    rows = frame.loc[[known(draft.network, "conduits", uid) for uid in conduits]]
    if len(rows):
        used = [int(count) + 1 for count in rows["used"].fillna(0)]
        draft.add([update("conduits", rows, {"used": used})])


def _span_label(network: Network, rows: Sequence[Mapping[str, Any]]) -> Message:
    if len(rows) > 1:
        return message(QT_TRANSLATE_NOOP("core", "Draw {count} spans"), count=len(rows))
    return message(
        QT_TRANSLATE_NOOP("core", "Draw span from “{start}” to “{end}”"),
        start=name_of(network, "nodes", rows[0]["start_node"]),
        end=name_of(network, "nodes", rows[0]["end_node"]),
    )


def _fitting(table: str, shape: shapely.Geometry) -> shapely.Geometry:
    """Return ``shape`` as the table holds it; raises `InputError` when it does not fit."""
    wanted = TABLES[table].geometry
    fits = {
        "POINT": ("Point",),
        "LINESTRING": ("LineString",),
        "MULTIPOLYGON": ("Polygon", "MultiPolygon"),
        "GEOMETRY": ("LineString", "Polygon", "MultiPolygon"),
    }[wanted]
    if shape.geom_type not in fits or shapely.is_empty(shape):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "This shape does not fit the table {table}"),
                table=message(TABLES[table].label),
            )
        )
    if not shapely.is_valid(shape):
        raise InputError(message(QT_TRANSLATE_NOOP("core", "The area would cross itself.")))
    is_single = wanted == "MULTIPOLYGON" and shape.geom_type == "Polygon"
    return shapely.MultiPolygon([shape]) if is_single else shape


def stop_near(network: Network, vertex: int, place: Place, tolerance_m: float) -> Stop:
    """Return what a line that begins or ends at a place meets there, nodes before spans."""
    spot = shapely.Point(place)
    for table in ("nodes", "spans"):
        frame = network.geo(table)
        far = shapely.distance(frame[GEOMETRY].to_numpy(), spot)
        if table == "spans":
            far[~frame["allows_joint"].fillna(value=True).to_numpy(dtype=bool)] = np.nan
        if (far <= tolerance_m).any():
            return Stop(vertex, table, str(frame.index[int(np.nanargmin(far))]))
    return Stop(vertex)
