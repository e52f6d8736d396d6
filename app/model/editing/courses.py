"""Courses and places: nodes and sites moved, lines and areas reshaped, lengths measured anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from app.model.changes import ChangeSet, TableChange, update
from app.model.editing.draft import Draft, Place, known, node_place, spans_at
from app.model.editing.shapes import drawn_over, with_ends
from app.model.errors import InputError
from app.model.frames import GEOMETRY, plain
from app.model.geodesy import lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.naming import name_of
from app.model.network import Network
from app.model.tables import TABLES

LENGTHS = {"spans": "route_length_m", "conduits": "length_m"}
"""Column of the length that follows a drawn course."""

RESHAPABLE = ("spans", "conduits", "barriers", "hazards", "streets", "areas")
"""Tables whose shapes have vertices to edit."""


def move_node(network: Network, uid: str, place: Place) -> ChangeSet:
    """Return the change that moves a node; the ends of its spans follow.

    Raises `InputError` when another node is there already: merging them is another thing.
    """
    known(network, "nodes", uid)
    _refuse_occupied(network, uid, place)
    draft = Draft(network)
    shift_node(draft, uid, place)
    return draft.changes(
        message(
            QT_TRANSLATE_NOOP("core", "Move node “{name}”"), name=name_of(network, "nodes", uid)
        )
    )


def shift_node(draft: Draft, uid: str, place: Place) -> None:
    """Move a node and the ends of its spans."""
    row = draft.network.geo("nodes").loc[[uid]]
    draft.add([update("nodes", row, {}, [shapely.Point(place)])])
    draft.add(fitted_spans(draft.network, uid))


def fitted_spans(network: Network, node: str) -> list[TableChange]:
    """Return the changes that let the spans of a node end where it is."""
    touched = [
        uid for uid in spans_at(network, node) if network.geo("spans").at[uid, GEOMETRY] is not None
    ]
    if not touched:
        return []
    rows = network.geo("spans").loc[touched]
    shapes = [
        with_ends(shapely.force_2d(line), node_place(network, start), node_place(network, end))
        for line, start, end in zip(
            rows[GEOMETRY], rows["start_node"], rows["end_node"], strict=True
        )
    ]
    measured = lengths_m(shapes, network.crs)
    return [update("spans", rows, {"route_length_m": list(measured)}, shapes)]


def move_object(network: Network, table: str, uid: str, place: Place) -> ChangeSet:
    """Return the change that moves a node, or another object that is a point, such as a site."""
    if table == "nodes":
        return move_node(network, uid, place)
    known(network, table, uid)
    if TABLES[table].geometry != "POINT":
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} are no points: reshape them instead"),
                table=message(TABLES[table].label),
            ),
            [uid],
        )
    values: dict[str, Any] = {"position_quality": "surveyed"} if table == "sites" else {}
    row = network.geo(table).loc[[uid]]
    if table == "sites" and plain(row["position_quality"].iloc[0]) == "surveyed":
        values = {}
    draft = Draft(network)
    draft.add([update(table, row, values, [shapely.Point(place)])])
    label = message(
        QT_TRANSLATE_NOOP("core", "Move “{name}” in {table}"),
        name=name_of(network, table, uid),
        table=message(TABLES[table].label),
    )
    return draft.changes(label)


def set_shape(network: Network, table: str, uid: str, shape: shapely.Geometry) -> ChangeSet:
    """Return the change that gives an object another course or outline.

    The ends of a span stay at its nodes; its length is measured on the ellipsoid. Raises
    `InputError` for tables without such shapes and for areas that cross themselves.
    """
    known(network, table, uid)
    if table not in RESHAPABLE:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} have no course to reshape"),
                table=message(TABLES[table].label),
            ),
            [uid],
        )
    if not shapely.is_valid(shape):
        raise InputError(message(QT_TRANSLATE_NOOP("core", "The area would cross itself.")), [uid])
    row = network.geo(table).loc[[uid]]
    if table == "spans":
        ends = [node_place(network, row[side].iloc[0]) for side in ("start_node", "end_node")]
        shape = with_ends(shape, *ends)
    values: dict[str, Any] = {}
    if table in LENGTHS:
        values[LENGTHS[table]] = [float(lengths_m([shape], network.crs)[0])]
    draft = Draft(network)
    draft.add([update(table, row, values, [shape])])
    label = message(
        QT_TRANSLATE_NOOP("core", "Reshape “{name}” in {table}"),
        name=name_of(network, table, uid),
        table=message(TABLES[table].label),
    )
    return draft.changes(label)


def reshape_across(network: Network, table: str, uid: str, stroke: shapely.LineString) -> ChangeSet:
    """Return the change that lets an object follow ``stroke`` where that crosses it."""
    shape = network.geo(table).at[known(network, table, uid), GEOMETRY]
    return set_shape(network, table, uid, drawn_over(shapely.force_2d(shape), stroke))


def _refuse_occupied(network: Network, uid: str, place: Place) -> None:
    nodes = network.geo("nodes")
    shapes = nodes[GEOMETRY].to_numpy()
    near = np.flatnonzero(shapely.dwithin(shapes, shapely.Point(place), 0.001))
    others = [str(nodes.index[row]) for row in near if nodes.index[row] != uid]
    if others:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Node “{name}” is there already: merge the two instead"),
                name=name_of(network, "nodes", others[0]),
            ),
            others,
        )
