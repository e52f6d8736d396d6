"""Edits of attributes: checked, and named so that a person understands the undo list.

Each function looks at a network and returns the change set of one undo step; nothing is
changed when a single value is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from app.model.changes import ChangeSet, combine, insert, update
from app.model.editing.deleting import DELETABLE, delete_objects
from app.model.edits import delete_rows, rows_called
from app.model.errors import InputError
from app.model.frames import frame_from_rows, plain
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.naming import name_of, names_of
from app.model.network import Network
from app.model.schema import Column, Kind, Table
from app.model.tables import TABLES
from app.model.written import PLAIN, Notation, check_value, read_value

Cells = Mapping[str, Mapping[str, Any]]
"""Values by ``uid`` and column."""

_BY_PROGRAM: Mapping[str, frozenset[str] | None] = {
    "plans": frozenset({"name", "note", "color", "author"}),
    "plan_spans": frozenset({"name", "locked", "phase_year"}),
    "plan_sites": frozenset({"phase_year"}),
    "plan_nodes": frozenset(),
    "revisions": frozenset({"note"}),
}
"""Tables that studies and the review fill: only these columns are a person's."""

_NEVER = frozenset({("comments", "object_table"), ("comments", "object_uid")})
_NOT_BY_HAND = frozenset({"plan_spans", "plan_nodes", "plan_sites", "plans", "revisions"})


def is_editable(table: str, column: Column) -> bool:
    """Return whether a person may write the column; what studies compute, they may not."""
    own = _BY_PROGRAM.get(table)
    if own is not None:
        return column.name in own
    if (table, column.name) in _NEVER or (column.name == "plan" and table in ("nodes", "spans")):
        return False
    return column.kind is not Kind.JSON or bool(column.reference)


def can_add(table: str) -> bool:
    """Return whether rows of a table are made by hand, without drawing them."""
    return not TABLES[table].geometry and table not in _NOT_BY_HAND


def can_delete(table: str) -> bool:
    """Return whether rows of a table are deleted by hand one by one."""
    return table not in _NOT_BY_HAND or table == "plans"


def set_columns(
    network: Network, table: str, uids: Sequence[str], values: Mapping[str, Any]
) -> ChangeSet:
    """Return the change that sets columns of the rows ``uids`` to the same ``values``.

    Raises `InputError` for a value that a column does not take, a column that is not written
    by hand, a reference to nothing, or a row that is not there.
    """
    return set_cells(network, table, dict.fromkeys(uids, values))


def set_cells(
    network: Network, table: str, cells: Cells, label: Message | None = None
) -> ChangeSet:
    """Return the change that sets single cells; rows that stay the same are left out.

    Raises `InputError` as `set_columns` does.
    """
    rows = rows_called(network, table, list(cells))
    names = sorted({name for values in cells.values() for name in values})
    _check(network, TABLES[table], names, cells)
    columns = {name: _column(rows[name], name, cells) for name in names}
    differs = np.zeros(len(rows), dtype=bool)
    for name, column in columns.items():
        differs |= [
            plain(old) != plain(new)
            for old, new in zip(rows[name].astype(object), column, strict=True)
        ]
    touched = rows.loc[differs]
    made = {name: column.to_numpy()[differs] for name, column in columns.items()}
    told = label or change_label(network, table, list(touched.index), names)
    return combine(told, [update(table, touched, made)] if len(touched) else [])


def add_row(network: Network, table: str, values: Mapping[str, Any], uid: str = "") -> ChangeSet:
    """Return the change that adds a row; what is not given has its default.

    Raises `InputError` as `set_columns` does, and for a table whose rows are drawn or computed.
    """
    if not can_add(table):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} are drawn, imported or computed, not typed"),
                table=message(TABLES[table].label),
            )
        )
    complete = {**TABLES[table].defaults(), **values}
    _check(network, TABLES[table], sorted(values), {"": values})
    for column in TABLES[table].columns:
        check_value(column, complete[column.name])
    row = {"uid": uid, **complete} if uid else complete
    frame = frame_from_rows(TABLES[table], [row], network.crs)
    title = str(names_of(frame).iloc[0] or frame.index[0][:8])
    label = message(
        QT_TRANSLATE_NOOP("core", "Add “{name}” to {table}"),
        name=title,
        table=message(TABLES[table].label),
    )
    return combine(label, [insert(table, frame)])


@dataclass(frozen=True)
class Deletion:
    """What deleting objects does: the change, and what it takes along.

    ``deleted`` holds rows of other tables that go too, ``released`` rows that stay but lose
    their reference, both as ``uid`` by table.
    """

    changes: ChangeSet
    deleted: Mapping[str, tuple[str, ...]]
    released: Mapping[str, tuple[str, ...]]


def deletion(network: Network, table: str, uids: Sequence[str]) -> Deletion:
    """Return the change that deletes objects with what depends on them, and what that is.

    Raises `InputError` for objects that are not there, and for tables whose rows are not
    deleted one by one.
    """
    if not can_delete(table):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} change by planning or review, not by deleting"),
                table=message(TABLES[table].label),
            )
        )
    if table in DELETABLE:
        found = delete_objects(network, {table: uids})
        return Deletion(found.changes, found.also, found.released)
    changes = delete_rows(network, table, uids)
    own = frozenset(uids)
    deleted = {
        change.table: tuple(str(uid) for uid in change.deleted if uid not in own)
        for change in changes.tables
    }
    released = {change.table: tuple(map(str, change.updated)) for change in changes.tables}
    if len(own) == 1:
        label = message(
            QT_TRANSLATE_NOOP("core", "Delete “{name}” from {table}"),
            name=name_of(network, table, next(iter(own))),
            table=message(TABLES[table].label),
        )
        changes = ChangeSet(label, changes.tables)
    return Deletion(
        changes,
        {name: gone for name, gone in deleted.items() if gone},
        {name: free for name, free in released.items() if free},
    )


def read_columns(
    network: Network, table: str, texts: Mapping[str, str], notation: Notation = PLAIN
) -> dict[str, Any]:
    """Return the values that ``texts`` mean for columns of ``table``; raises `InputError`."""
    return {
        name: read_value(column_called(table, name), text, network, notation)
        for name, text in texts.items()
    }


def column_called(table: str, name: str) -> Column:
    """Return a column; raises `InputError` with the names of those that there are."""
    if name not in TABLES[table].column_names:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} has no column “{name}”; it has: {columns}"),
                table=table,
                name=name,
                columns=", ".join(TABLES[table].column_names),
            )
        )
    return TABLES[table].column(name)


def change_label(
    network: Network, table: str, uids: Sequence[str], names: Sequence[str]
) -> Message:
    """Return how a change of columns is called in the undo list."""
    columns = _columns_text(table, names)
    if len(uids) == 1:
        return message(
            QT_TRANSLATE_NOOP("core", "Change {columns} of {name}"),
            columns=columns,
            name=name_of(network, table, uids[0]),
        )
    return message(
        QT_TRANSLATE_NOOP("core", "Change {columns} of {count} in {table}"),
        columns=columns,
        count=len(uids),
        table=message(TABLES[table].label),
    )


def _columns_text(table: str, names: Sequence[str]) -> Message:
    labels = [message(TABLES[table].column(name).label) for name in names]
    if len(labels) == 1:
        return labels[0]
    if len(labels) == 2:
        return message(
            QT_TRANSLATE_NOOP("core", "{first} and {second}"), first=labels[0], second=labels[1]
        )
    return message(QT_TRANSLATE_NOOP("core", "{count} columns"), count=len(labels))


def _check(network: Network, table: Table, names: Sequence[str], cells: Cells) -> None:
    for name in names:
        column = column_called(table.name, name)
        if not is_editable(table.name, column):
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{column} of {table} is not written by hand"),
                    column=message(column.label),
                    table=message(table.label),
                )
            )
        values = {_key(row[name]) for row in cells.values() if name in row}
        for value in sorted(values, key=repr):
            check_value(column, value)
            _check_reference(network, column, value)


def _check_reference(network: Network, column: Column, value: Any) -> None:
    if not column.reference or value is None:
        return
    known = network.table(column.reference).index
    missing = [uid for uid in (value if isinstance(value, tuple) else (value,)) if uid not in known]
    if missing:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table}: there is none called “{name}”"),
                table=message(TABLES[column.reference].label),
                name=missing[0],
            ),
            missing,
        )


def _key(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else plain(value)


def _column(before: pd.Series, name: str, cells: Cells) -> pd.Series:
    made = np.empty(len(before), dtype=object)
    for at, (uid, old) in enumerate(zip(before.index, before.astype(object), strict=True)):
        made[at] = _key(cells[uid][name]) if name in cells[uid] else plain(old)
    return pd.Series(made, index=before.index, dtype=object)
