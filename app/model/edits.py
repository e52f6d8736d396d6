"""Edits: pure functions from a network to the change set that an action makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, TableChange, combine, delete, update
from app.model.codes import FROZEN_PLAN_STATES
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.schema import Kind
from app.model.tables import TABLES


def find_plan(network: Network, name: str) -> str:
    """Return the ``uid`` of the plan called ``name`` (or with that ``uid``).

    Raises `InputError` with the names of the plans that exist.
    """
    plans = network.table("plans")
    if name in plans.index:
        return name
    found = plans.index[plans["name"] == name]
    if len(found):
        return str(found[0])
    names = ", ".join(sorted(plans["name"])) or "-"
    raise InputError(
        message(
            QT_TRANSLATE_NOOP("core", "There is no plan “{name}”. Plans: {names}."),
            name=name,
            names=names,
        )
    )


def set_values(
    network: Network, table: str, uids: Sequence[str], values: Mapping[str, Any]
) -> ChangeSet:
    """Return the change that sets columns of the rows ``uids`` to the same ``values``."""
    rows = rows_called(network, table, uids)
    unknown = set(values) - set(TABLES[table].column_names)
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} has no column {names}"),
                table=table,
                names=", ".join(sorted(unknown)),
            )
        )
    label = message(
        QT_TRANSLATE_NOOP("core", "Change {columns} of {count} in {table}"),
        columns=", ".join(sorted(values)),
        count=len(rows),
        table=message(TABLES[table].label),
    )
    return combine(label, [update(table, rows, values)])


def delete_rows(network: Network, table: str, uids: Sequence[str]) -> ChangeSet:
    """Return the change that deletes rows and takes them out of every reference to them.

    Spans that end at a deleted node and plan rows of a deleted plan go with it; any other
    reference becomes empty.
    """
    doomed: dict[str, list[str]] = {table: rows_called(network, table, uids).index.tolist()}
    for owner, column in DEPENDENTS.get(table, ()):
        frame = network.table(owner)
        gone = frame.index[frame[column].isin(doomed[table])].tolist()
        if gone:
            doomed[owner] = sorted({*doomed.get(owner, []), *gone})
    parts: list[TableChange] = []
    current = network
    for name, gone in doomed.items():
        released = released_rows(current, name, gone, doomed)
        current = current.apply(combine(message(""), released))
        parts.extend(released)
    parts.extend(delete(name, network.table(name).loc[gone]) for name, gone in doomed.items())
    label = message(
        QT_TRANSLATE_NOOP("core", "Delete {count} of {table}"),
        count=len(doomed[table]),
        table=message(TABLES[table].label),
    )
    return combine(label, parts)


def delete_plan(network: Network, name: str) -> ChangeSet:
    """Return the change that deletes a plan with its rows; the network stays as it is.

    Raises `InputError` for a plan that is submitted, under review, approved or accepted.
    """
    uid = find_plan(network, name)
    row = network.table("plans").loc[uid]
    if row["state"] in FROZEN_PLAN_STATES or row["accepted"] is not None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Plan “{name}” is accepted or under review and cannot be deleted"
                ),
                name=row["name"],
            ),
            [uid],
        )
    changes = delete_rows(network, "plans", [uid])
    label = message(QT_TRANSLATE_NOOP("core", "Delete plan “{name}”"), name=row["name"])
    return ChangeSet(label, changes.tables)


DEPENDENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "nodes": (("spans", "start_node"), ("spans", "end_node"), ("towers", "node")),
    "plans": (("plan_spans", "plan"), ("plan_nodes", "plan"), ("plan_sites", "plan")),
    "price_lists": (("price_items", "price_list"),),
    "sites": (("plan_sites", "site"),),
}
"""Rows that make no sense without the row that they refer to."""


def rows_called(network: Network, table: str, uids: Sequence[str]) -> pd.DataFrame:
    """Return the rows ``uids``, each once; raises `InputError` for those that are not there."""
    frame = network.table(table)
    missing = [uid for uid in uids if uid not in frame.index]
    if missing:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} has no object {uids}"),
                table=table,
                uids=", ".join(missing[:5]),
            ),
            missing,
        )
    return frame.loc[list(dict.fromkeys(uids))]


def released_rows(
    network: Network, table: str, gone: Sequence[str], doomed: Mapping[str, Sequence[str]]
) -> list[TableChange]:
    """Empty every reference to rows that go, in rows that stay."""
    changes = []
    for owner in TABLES.values():
        stays = network.table(owner.name).drop(index=list(doomed.get(owner.name, ())))
        values: dict[str, pd.Series] = {}
        for column in owner.columns:
            if column.reference == table:
                cells = _without(stays[column.name], set(gone), column.kind == Kind.JSON)
                if cells is not None:
                    values[column.name] = cells
        if values:
            touched = sorted(set().union(*(_differing(stays[k], v) for k, v in values.items())))
            changed = {name: cells.loc[touched] for name, cells in values.items()}
            changes.append(update(owner.name, stays.loc[touched], changed))
    return changes


def _without(cells: pd.Series, gone: set[str], is_list: bool) -> pd.Series | None:
    if is_list:
        hit = cells.map(lambda members: bool(gone.intersection(members or ())))
    else:
        hit = cells.isin(gone)
    if not hit.any():
        return None
    if not is_list:
        return cells.mask(hit, None)
    return cells.map(lambda members: tuple(uid for uid in members or () if uid not in gone))


def _differing(before: pd.Series, after: pd.Series) -> set[str]:
    return {
        uid
        for uid, old, new in zip(before.index, before, after, strict=True)
        if old is not new and old != new
    }
