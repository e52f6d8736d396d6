"""Accepting a plan: its rows become part of the network, as one change set."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import shapely

from app.model.changes import ChangeSet, TableChange, combine, insert, update
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.frames import GEOMETRY, frame_from_rows, plain, rows_of
from app.model.geodesy import FloatArray, lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.planentries import site_entries
from app.model.tables import TABLES


def accept_plan(network: Network, name: str, accepted: str) -> ChangeSet:
    """Return the change that copies a plan into the network with status ``planned``.

    New nodes and spans keep their plan ``uid`` and refer to the plan; spans that the plan joins
    between their ends are split there; sites get their node; conduits count one cable more.

    Parameters
    ----------
    name
        Name or ``uid`` of the plan.
    accepted
        Time of acceptance, as text of a ``DATETIME`` column.
    """
    uid = find_plan(network, name)
    plan = network.table("plans").loc[[uid]]
    title = plan["name"].iloc[0]
    if plan["accepted"].iloc[0] is not None:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "Plan “{name}” is already accepted"), name=title),
            [uid],
        )
    nodes = _of_plan(network, "plan_nodes", uid)
    spans = _of_plan(network, "plan_spans", uid)
    _refuse_missing(network, title, spans, nodes)
    parts = [
        insert("nodes", _network_nodes(network, uid, nodes)),
        *_split_joined(network, nodes),
        insert("spans", _network_spans(network, uid, spans, _joined(nodes))),
        *_connected_sites(network, uid, _joined(nodes)),
        *_filled_conduits(network, spans),
        update("plans", plan, {"accepted": accepted}),
    ]
    return combine(message(QT_TRANSLATE_NOOP("core", "Accept plan “{name}”"), name=title), parts)


def split_span(
    network: Network, uid: str, nodes: Sequence[tuple[str, shapely.Point]]
) -> list[TableChange]:
    """Return the changes that split a span at points on it, each with the node that lies there.

    The first part keeps the ``uid``; cables and risk groups name all parts afterwards, cables in
    the order in which they pass them.
    """
    frame = network.geo("spans")
    row = frame.loc[[uid]]
    line = row[GEOMETRY].iloc[0]
    ordered = sorted(nodes, key=lambda item: (line.project(item[1]), item[0]))
    pieces = _cut(line, [point for _, point in ordered])
    ends = [plain(row["start_node"].iloc[0]), *(node for node, _ in ordered)]
    ends.append(plain(row["end_node"].iloc[0]))
    uids = [uid, *(str(uuid.uuid5(uuid.UUID(int=0), f"{uid}/{node}")) for node, _ in ordered)]
    measured = lengths_m(pieces, network.crs)
    shares = _shares(plain(row["route_length_m"].iloc[0]), measured)
    loss = _shares(plain(row["loss_db"].iloc[0]), measured, is_estimate=False)
    base = {**rows_of(row)[0], "geometry": None}
    rows = [
        {
            **base,
            "uid": part,
            "start_node": ends[index],
            "end_node": ends[index + 1],
            "route_length_m": shares[index],
            "loss_db": loss[index],
            "geometry": pieces[index],
        }
        for index, part in enumerate(uids)
    ]
    parts = frame_from_rows(TABLES["spans"], rows, network.crs)
    parts["rev"] = [int(row["rev"].iloc[0]), *([0] * len(ordered))]
    changes = [TableChange("spans", row, parts)]
    for table in ("cables", "risk_groups"):
        changes.extend(_replaced_members(network, table, uid, tuple(uids)))
    return changes


def _of_plan(network: Network, table: str, uid: str) -> pd.DataFrame:
    frame = network.table(table)
    return frame[frame["plan"] == uid]


def _joined(nodes: pd.DataFrame) -> dict[str, str]:
    """Return plan node to existing node, for those that join one."""
    return {str(uid): node for uid, node in nodes["joined_node"].items() if plain(node) is not None}


def _refuse_missing(network: Network, title: str, spans: pd.DataFrame, nodes: pd.DataFrame) -> None:
    """Refuse a plan whose neighbours have gone since it was made."""
    needed = {
        "nodes": set(_joined(nodes).values()),
        "spans": set(nodes["joined_span"].dropna()),
        "sites": set(nodes["site"].dropna()),
        "conduits": set(spans["conduit"].dropna()),
    }
    gone = sorted(
        uid for table, uids in needed.items() for uid in uids - set(network.table(table).index)
    )
    if gone:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "Plan “{name}” is out of date: {count} objects that it uses are gone. "
                    "Compute it again.",
                ),
                name=title,
                count=len(gone),
            ),
            gone,
        )


def _network_nodes(network: Network, plan: str, nodes: pd.DataFrame) -> pd.DataFrame:
    joined = _joined(nodes)
    names = network.table("sites")["name"]
    rows = [
        {
            "uid": uid,
            "name": names.get(row["site"]) if plain(row["site"]) is not None else None,
            "type": row["type"],
            "status": "planned",
            "plan": plan,
            "geometry": row[GEOMETRY],
        }
        for uid, row in nodes.iterrows()
        if uid not in joined
    ]
    return frame_from_rows(TABLES["nodes"], rows, network.crs)


def _split_joined(network: Network, nodes: pd.DataFrame) -> list[TableChange]:
    on_spans: dict[str, list[tuple[str, shapely.Point]]] = {}
    for uid, row in nodes.iterrows():
        if plain(row["joined_span"]) is not None and plain(row["joined_node"]) is None:
            on_spans.setdefault(row["joined_span"], []).append((str(uid), row[GEOMETRY]))
    changes: list[TableChange] = []
    current = network
    for span in sorted(on_spans):
        parts = split_span(current, span, on_spans[span])
        changes.extend(parts)
        current = current.apply(combine(message(""), parts))
    return changes


def _network_spans(
    network: Network, plan: str, spans: pd.DataFrame, joined: Mapping[str, str]
) -> pd.DataFrame:
    rows = [
        {
            "uid": uid,
            "name": row["name"],
            "start_node": joined.get(row["start_node"], row["start_node"]),
            "end_node": joined.get(row["end_node"], row["end_node"]),
            "status": "planned",
            "role": "access",
            "deployment": "aboveGround" if row["technique"] == "aerial" else "belowGround",
            "codeployment": "wasteWater" if row["technique"] == "sewer" else None,
            "technique": row["technique"],
            "conduits": () if plain(row["conduit"]) is None else (row["conduit"],),
            "route_length_m": row["route_length_m"],
            "plan": plan,
            "geometry": row[GEOMETRY],
        }
        for uid, row in spans.iterrows()
    ]
    return frame_from_rows(TABLES["spans"], rows, network.crs)


def _connected_sites(network: Network, plan: str, joined: Mapping[str, str]) -> list[TableChange]:
    entries = {site: joined.get(node, node) for site, node in site_entries(network, plan).items()}
    if not entries:
        return []
    rows = network.table("sites").loc[sorted(entries)]
    status = ["planned" if state == "proposed" else state for state in rows["status"]]
    return [update("sites", rows, {"node": [entries[uid] for uid in rows.index], "status": status})]


def _filled_conduits(network: Network, spans: pd.DataFrame) -> list[TableChange]:
    used = sorted(set(spans["conduit"].dropna()))
    if not used:
        return []
    rows = network.table("conduits").loc[used]
    return [
        update("conduits", rows, {"used": [int(count) + 1 for count in rows["used"].fillna(0)]})
    ]


def _cut(line: shapely.LineString, points: Sequence[shapely.Point]) -> list[shapely.LineString]:
    """Cut ``line`` at its places nearest to ``points``, which are in the order of the line."""
    pieces = []
    at = [0.0, *(line.project(point) for point in points), line.length]
    inner = [line.coords[0], *((point.x, point.y) for point in points), line.coords[-1]]
    along = np.array([line.project(shapely.Point(xy)) for xy in line.coords])
    along[-1] = line.length
    for index in range(len(at) - 1):
        between = (along > at[index]) & (along < at[index + 1])
        middle = [xy for xy, is_inside in zip(line.coords, between, strict=True) if is_inside]
        pieces.append(shapely.LineString([inner[index], *middle, inner[index + 1]]))
    return pieces


def _shares(
    total: float | None, measured: FloatArray, is_estimate: bool = True
) -> list[float | None]:
    """Divide ``total`` in proportion to the measured lengths; without a total use those."""
    if total is None:
        return [float(length) for length in measured] if is_estimate else [None] * len(measured)
    whole = float(measured.sum()) or 1.0
    return [total * float(length) / whole for length in measured]


def _replaced_members(
    network: Network, table: str, uid: str, parts: tuple[str, ...]
) -> list[TableChange]:
    frame = network.table(table)
    rows = frame[frame["spans"].map(lambda members: uid in (members or ()))]
    if rows.empty:
        return []
    renewed = []
    for members in rows["spans"]:
        is_backward = table == "cables" and _runs_backward(network, uid, members)
        own = parts[::-1] if is_backward else parts
        renewed.append(
            tuple(part for member in members for part in (own if member == uid else (member,)))
        )
    return [update(table, rows, {"spans": renewed})]


def _runs_backward(network: Network, uid: str, members: Sequence[str]) -> bool:
    """Return whether a cable over ``members`` passes the span from its end to its start."""
    spans = network.table("spans")
    ends = {
        member: (plain(spans.at[member, "start_node"]), plain(spans.at[member, "end_node"]))
        for member in members
        if member in spans.index
    }
    start, end = ends[uid]
    at = list(members).index(uid)
    before = ends.get(members[at - 1], ()) if at else ()
    after = ends.get(members[at + 1], ()) if at + 1 < len(members) else ()
    forward = (start in before) + (end in after)
    return (end in before) + (start in after) > forward
