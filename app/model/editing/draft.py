"""A draft: changes that build on one another, gathered into one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely

from app.model.changes import ChangeSet, TableChange, combine
from app.model.errors import InputError
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.naming import name_of
from app.model.network import Network
from app.model.schema import Kind
from app.model.tables import TABLES

Place = tuple[float, float]
"""Easting and northing in m of the project's CRS."""


class Draft:
    """The network as it would be after the changes added so far."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._parts: list[TableChange] = []

    def add(self, changes: Iterable[TableChange]) -> None:
        """Add changes that fit the network as it is by now."""
        made = [item for item in changes if len(item.before) or len(item.after)]
        if made:
            self.network = self.network.apply(combine(message(""), made))
            self._parts.extend(made)

    def changes(self, label: Message) -> ChangeSet:
        """Return everything as one change set."""
        return combine(label, self._parts)


def known(network: Network, table: str, uid: str) -> str:
    """Return ``uid``; raises `InputError` when the table has no such row."""
    if uid not in network.table(table).index:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} has no object {uids}"),
                table=message(TABLES[table].label),
                uids=uid,
            ),
            [uid],
        )
    return uid


def node_place(network: Network, uid: str) -> Place | None:
    """Return where a node is, ``None`` for one that is not there or has no place."""
    frame = network.geo("nodes")
    if uid not in frame.index:
        return None
    shape = frame.at[uid, GEOMETRY]
    if shape is None or shapely.is_empty(shape):
        return None
    return float(shape.x), float(shape.y)


def span_line(network: Network, uid: str) -> shapely.LineString:
    """Return the course of a span; raises `InputError` when it has none."""
    shape = network.geo("spans").at[known(network, "spans", uid), GEOMETRY]
    if shape is None or shapely.is_empty(shape):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Span “{name}” has no course on the map"),
                name=name_of(network, "spans", uid),
            ),
            [uid],
        )
    return shapely.force_2d(shape)


def spans_at(network: Network, node: str) -> list[str]:
    """Return the spans that begin or end at a node, in the order of the table."""
    spans = network.table("spans")
    hit = (spans["start_node"] == node) | (spans["end_node"] == node)
    return [str(uid) for uid in spans.index[hit.to_numpy(dtype=bool)]]


def referring(network: Network, table: str, uid: str) -> dict[tuple[str, str], list[str]]:
    """Return the rows that name an object, by table and column."""
    found: dict[tuple[str, str], list[str]] = {}
    for owner in TABLES.values():
        frame = network.table(owner.name)
        for column in owner.columns:
            if column.reference != table or frame.empty:
                continue
            if column.kind is Kind.JSON:
                hit = frame[column.name].map(lambda members: uid in (members or ()))
            else:
                hit = frame[column.name] == uid
            rows = frame.index[hit.to_numpy(dtype=bool)]
            if len(rows):
                found[owner.name, column.name] = [str(row) for row in rows]
    return found


def repeated(uids: Sequence[str]) -> tuple[str, ...]:
    """Return ``uids`` in their order, each once."""
    return tuple(dict.fromkeys(uids))
