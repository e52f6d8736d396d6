"""A copy of a plan to go on with: the same rows under new identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, combine, insert
from app.model.errors import InputError
from app.model.frames import GEOMETRY, frame_from_rows, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.revisions import ROW_TABLES
from app.model.schema import Kind, new_uid
from app.model.tables import TABLES


def duplicate_plan(
    network: Network, plan_uid: str, name: str, created: str, author: str | None = None
) -> ChangeSet:
    """Return the change that copies a plan as a new draft called ``name``.

    The copy says what it was made from; every reference between its rows leads to the copies.
    Raises `InputError` when a plan of that name exists.
    """
    plans = network.table("plans")
    if not name.strip() or (plans["name"] == name).any():
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "A plan named {name} exists already."), name=name),
            list(plans.index[plans["name"] == name]),
        )
    frames = {"plans": plans.loc[[plan_uid]]}
    for table in ROW_TABLES:
        frame = network.table(table)
        frames[table] = frame[frame["plan"] == plan_uid]
    uids = {str(uid): new_uid() for frame in frames.values() for uid in frame.index}
    parts = []
    for table, frame in frames.items():
        rows = _renamed(table, frame, uids)
        if table == "plans":
            rows[0] |= {
                "name": name, "state": "draft", "state_by": author, "state_since": created,
                "created": created, "author": author, "accepted": None, "based_on": plan_uid,
            }  # fmt: skip
        if rows:
            parts.append(insert(table, frame_from_rows(TABLES[table], rows, network.crs)))
    label = message(
        QT_TRANSLATE_NOOP("core", "Copy plan “{old}” as “{name}”"),
        old=plans.at[plan_uid, "name"],
        name=name,
    )
    return combine(label, parts)


def free_plan_name(network: Network, name: str) -> str:
    """Return ``name`` with the first number from 2 on that no plan has yet."""
    stem, _, number = name.rpartition(" ")
    if not stem or not number.isdigit():
        stem = name
    taken = set(network.table("plans")["name"])
    return next(text for at in range(2, len(taken) + 3) if (text := f"{stem} {at}") not in taken)


def _renamed(table: str, frame: pd.DataFrame, uids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows with every identifier of a copied row replaced by that of its copy."""
    rows = []
    shapes = frame[GEOMETRY] if TABLES[table].geometry else None
    for row in rows_of(frame):
        copy = dict(row)
        for column in TABLES[table].columns:
            value = row[column.name]
            if column.kind is Kind.JSON and column.reference and value:
                copy[column.name] = tuple(uids.get(uid, uid) for uid in value)
            elif column.kind is Kind.TEXT and isinstance(value, str):
                copy[column.name] = uids.get(value, value)
        if shapes is not None:
            copy[GEOMETRY] = shapes[row["uid"]]
        copy["uid"] = uids[row["uid"]]
        rows.append(copy)
    return rows
