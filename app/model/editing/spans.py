"""Splitting, joining and turning spans; cables, conduits and risk groups follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import shapely

from app.model.acceptance import split_span
from app.model.changes import ChangeSet, TableChange, delete, insert, update
from app.model.codes import ROOT_NODE_TYPES
from app.model.editing.draft import (
    Draft,
    Place,
    known,
    node_place,
    referring,
    repeated,
    span_line,
    spans_at,
)
from app.model.editing.shapes import SAME_M, chain_lines
from app.model.errors import InputError
from app.model.frames import GEOMETRY, frame_from_rows, plain
from app.model.geodesy import lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.naming import name_of
from app.model.network import Network
from app.model.schema import new_uid
from app.model.tables import TABLES

AT_END_M = 0.01
"""A span is not split nearer than this to its end, in m."""

_MUST_AGREE = (
    "status", "owner", "deployment", "codeployment", "technique", "role",
    "cuts_per_km_year", "mttr_h", "plan",
)  # fmt: skip
"""What two spans must have in common before they become one."""


def split_span_at(
    network: Network, uid: str, place: Place | None = None, fraction: float | None = None
) -> ChangeSet:
    """Return the change that splits a span with a new node, at its point nearest to ``place``.

    ``fraction`` is a share of the drawn length instead. The node is a splice point with status
    and owner of the span. Raises `InputError` at the ends and where no joint is allowed.
    """
    line = span_line(network, uid)
    if place is not None:
        along = line.project(shapely.Point(place))
    else:
        along = line.length * (0.5 if fraction is None else fraction)
    draft = Draft(network)
    put_nodes(draft, uid, [(new_uid(), along)])
    name = name_of(network, "spans", uid)
    return draft.changes(message(QT_TRANSLATE_NOOP("core", "Split span “{name}”"), name=name))


def put_nodes(
    draft: Draft,
    uid: str,
    nodes: Sequence[tuple[str, float]],
    values: Mapping[str, Any] | None = None,
) -> None:
    """Split a span at distances from its start (m, as drawn), each with the ``uid`` of its node.

    Nodes that are there already must lie on the span; others are made with ``values``. Draft
    plans that join the span name the nearest part afterwards.
    """
    network = draft.network
    line = span_line(network, uid)
    row = network.table("spans").loc[uid]
    if not bool(plain(row["allows_joint"]) if plain(row["allows_joint"]) is not None else True):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Span “{name}” allows no joint"),
                name=name_of(network, "spans", uid),
            ),
            [uid],
        )
    if any(along < AT_END_M or along > line.length - AT_END_M for _, along in nodes):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Span “{name}” ends there: nothing to split"),
                name=name_of(network, "spans", uid),
            ),
            [uid],
        )
    spots = [(node, _on_vertex(line, along)) for node, along in nodes]
    usual = {"type": "splicePoint", "status": row["status"], "owner": plain(row["owner"])}
    made = [
        {**usual, **(values or {}), "uid": node, "geometry": spot}
        for node, spot in spots
        if node not in network.table("nodes").index
    ]
    draft.add([insert("nodes", frame_from_rows(TABLES["nodes"], made, network.crs))])
    before = set(network.table("spans").index)
    draft.add(split_span(draft.network, uid, spots))
    fresh = [str(part) for part in draft.network.table("spans").index if part not in before]
    draft.add(_rejoined_plans(draft.network, uid, fresh))


def join_spans(network: Network, first: str, second: str) -> ChangeSet:
    """Return the change that makes one span of two that meet at a node of no other span.

    The first keeps its ``uid``, name and direction; the node goes. Raises `InputError` when they
    differ in what a span has only one of, when a cable ends there, or when the node is a hub, or
    serves a site, tower or anything else.
    """
    node = _node_between(network, first, second)
    _refuse_other_uses(network, node)
    _refuse_differences(network, first, second)
    rows = network.geo("spans").loc[[first, second]]
    xy, lines = [], [span_line(network, uid) for uid in (first, second)]
    is_turned = rows.at[first, "start_node"] == node  # the joint is at the start of the first
    xy.append(shapely.get_coordinates(lines[0].reverse() if is_turned else lines[0]))
    begins = rows.at[second, "start_node"] == node
    xy.append(shapely.get_coordinates(lines[1] if begins else lines[1].reverse()))
    line = chain_lines(xy[0], xy[1])
    far = plain(rows.at[second, "end_node" if begins else "start_node"])
    values: dict[str, Any] = {"start_node" if is_turned else "end_node": far}
    values.update(_joined_values(network, first, second))
    draft = Draft(network)
    shape = line.reverse() if is_turned else line
    draft.add([update("spans", rows.loc[[first]], values, [shape])])
    for table in ("cables", "risk_groups"):
        draft.add(_without_second(draft.network, table, first, second))
    draft.add(_renamed(draft.network, "plan_nodes", "joined_span", second, first))
    draft.add([delete("spans", draft.network.table("spans").loc[[second]])])
    draft.add([delete("nodes", draft.network.table("nodes").loc[[node]])])
    return draft.changes(
        message(
            QT_TRANSLATE_NOOP("core", "Join spans “{name}” and “{other}”"),
            name=name_of(network, "spans", first),
            other=name_of(network, "spans", second),
        )
    )


def reverse_spans(network: Network, uids: Sequence[str]) -> ChangeSet:
    """Return the change that turns spans round: start becomes end."""
    wanted = [known(network, "spans", uid) for uid in repeated(uids)]
    rows = network.geo("spans").loc[wanted]
    values = {"start_node": rows["end_node"], "end_node": rows["start_node"]}
    shapes = shapely.reverse(rows[GEOMETRY].to_numpy())
    label = message(
        QT_TRANSLATE_NOOP("core", "Reverse span “{name}”"),
        name=name_of(network, "spans", wanted[0]),
    )
    if len(wanted) > 1:
        label = message(QT_TRANSLATE_NOOP("core", "Reverse {count} spans"), count=len(wanted))
    draft = Draft(network)
    draft.add([update("spans", rows, values, shapes)])
    return draft.changes(label)


def measured_m(line: shapely.LineString, crs: str) -> float:
    """Return the length of a line on the ellipsoid, in m."""
    return float(lengths_m([line], crs)[0])


def _on_vertex(line: shapely.LineString, along: float) -> shapely.Point:
    """Return the place on a line, exactly on a vertex when one lies there."""
    spot = line.interpolate(along)
    for x, y in shapely.get_coordinates(line):
        if abs(x - spot.x) < SAME_M and abs(y - spot.y) < SAME_M:
            return shapely.Point(x, y)
    return spot


def _rejoined_plans(network: Network, uid: str, fresh: Sequence[str]) -> list[TableChange]:
    frame = network.geo("plan_nodes")
    rows = frame[(frame["joined_span"] == uid).to_numpy(dtype=bool)]
    if rows.empty:
        return []
    parts = [uid, *fresh]
    lines = [span_line(network, part) for part in parts]
    nearest = []
    for spot in rows[GEOMETRY]:
        gaps = [line.distance(spot) for line in lines]
        nearest.append(parts[gaps.index(min(gaps))])
    moved = [number for number, part in enumerate(nearest) if part != uid]
    if not moved:
        return []
    chosen = [nearest[number] for number in moved]
    return [update("plan_nodes", rows.iloc[moved], {"joined_span": chosen})]


def _node_between(network: Network, first: str, second: str) -> str:
    spans = network.table("spans")
    ends = [
        {plain(spans.at[known(network, "spans", uid), side]) for side in ("start_node", "end_node")}
        for uid in (first, second)
    ]
    shared = sorted(node for node in ends[0] & ends[1] if node is not None)
    alone = [node for node in shared if len(spans_at(network, node)) == 2]
    if first == second or not shared or node_place(network, shared[0]) is None:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "The spans do not meet at a node")), [first, second]
        )
    if len(shared) > 1:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "The spans make a ring: joined they would end at one node"
                )
            ),
            [first, second],
        )
    if not alone:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Other spans meet at node “{name}” too"),
                name=name_of(network, "nodes", shared[0]),
            ),
            spans_at(network, shared[0]),
        )
    return alone[0]


def _refuse_other_uses(network: Network, node: str) -> None:
    users = {
        table: uids
        for (table, _), uids in referring(network, "nodes", node).items()
        if table != "spans"
    }
    is_root = network.table("nodes").at[node, "type"] in ROOT_NODE_TYPES
    if users or is_root:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Node “{name}” is needed: it gives service or is named"),
                name=name_of(network, "nodes", node),
            ),
            [node, *(uid for uids in users.values() for uid in uids)],
        )


def _refuse_differences(network: Network, first: str, second: str) -> None:
    spans = network.table("spans")
    apart = [
        name
        for name in _MUST_AGREE
        if plain(spans.at[first, name]) != plain(spans.at[second, name])
    ]
    if apart:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The spans differ in “{column}”: make them equal first"),
                column=message(TABLES["spans"].column(apart[0]).label),
            ),
            [first, second],
        )
    ends = [
        str(uid)
        for uid, members in network.table("cables")["spans"].items()
        if (first in (members or ())) != (second in (members or ()))
    ]
    if ends:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Cable “{name}” ends between the spans"),
                name=name_of(network, "cables", ends[0]),
            ),
            ends,
        )


def _joined_values(network: Network, first: str, second: str) -> dict[str, Any]:
    """Return lengths and other values of the joined span."""
    spans = network.table("spans")

    def both(name: str) -> list[Any]:
        return [plain(spans.at[uid, name]) for uid in (first, second)]

    lengths = [
        stored if stored is not None else measured_m(span_line(network, uid), network.crs)
        for uid, stored in zip((first, second), both("route_length_m"), strict=True)
    ]
    loss = both("loss_db")
    capacity = [value for value in both("capacity_gbps") if value is not None]
    joints = [value is not False for value in both("allows_joint")]
    values: dict[str, Any] = {
        "route_length_m": sum(lengths),
        "loss_db": None if None in loss else sum(loss),
        "capacity_gbps": min(capacity) if capacity else None,
        "allows_joint": all(joints),
        "conduits": repeated([*both("conduits")[0], *both("conduits")[1]]),
    }
    for name in ("name", "source", "note"):
        told = [value for value in both(name) if value]
        values[name] = told[0] if told else None
    return {name: [value] for name, value in values.items()}


def _without_second(network: Network, table: str, first: str, second: str) -> list[TableChange]:
    """Take the second span out of lists, where the first stands for both."""
    frame = network.table(table)
    rows = frame[[second in (members or ()) for members in frame["spans"]]]
    if rows.empty:
        return []
    lists = [
        repeated([first if member == second else member for member in members])
        for members in rows["spans"]
    ]
    return [update(table, rows, {"spans": lists})]


def _renamed(network: Network, table: str, column: str, old: str, new: str) -> list[TableChange]:
    frame = network.table(table)
    rows = frame[(frame[column] == old).to_numpy(dtype=bool)]
    return [update(table, rows, {column: new})] if len(rows) else []
