"""The record of every change inside the project file: undo, redo and each object's history.

A change is one row of ``anello_changes`` and blocks of rows in ``anello_change_rows``. The
payload of a block is zlib-compressed JSON, one list of values for each column before and
after, geometries as base64 of well-known binary: readable without this program, and nothing
in it is ever executed.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa

from app.io.geopackage import as_objects
from app.io.rows import Rows, take
from app.model.messages import CORE_CONTEXT, Message
from app.model.schema import Table
from app.model.tables import TABLES

BLOCK_ROWS = 2000
_LEVEL = 1
"""zlib's fastest: coordinates hardly shrink, and identifiers do so at once."""


@dataclass(frozen=True)
class HistoryEntry:
    """One change of the project.

    ``counts`` holds inserted, updated and deleted rows by table. When the history of one
    object was asked for, ``before`` and ``after`` hold its values (``None``: it was not
    there), without the geometry, and ``moved`` tells whether that changed.
    """

    number: int
    label: Message
    who: str | None
    when: str
    is_undone: bool
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    moved: bool = False


@dataclass(frozen=True)
class Step:
    """A recorded change of one table, as rows before and after."""

    before: Rows
    after: Rows


def now() -> str:
    """Return this moment as the file stores it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def record(
    connection: sa.Connection, label: Message, who: str | None, steps: Sequence[Step]
) -> None:
    """Add a change to the record; what was undone before can no longer be redone."""
    forget_undone(connection)
    number = connection.exec_driver_sql(
        "INSERT INTO anello_changes (label, who, moment) VALUES (?, ?, ?)",
        (dump_message(label), who, now()),
    ).lastrowid
    blocks = [(number, *block) for part, step in enumerate(steps) for block in _blocks(part, step)]
    if blocks:
        connection.exec_driver_sql(
            "INSERT INTO anello_change_rows"
            " (change, table_name, part, inserted, updated, deleted, uids, payload)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            blocks,
        )


def forget_undone(connection: sa.Connection) -> None:
    """Cut the branch that could be redone."""
    connection.exec_driver_sql("DELETE FROM anello_changes WHERE is_undone")


def next_undo(connection: sa.Connection) -> tuple[int, Message, int] | None:
    """Return number, label and top revision of the change that undo would take back."""
    return _one(connection, "WHERE NOT is_undone ORDER BY id DESC LIMIT 1")


def next_redo(connection: sa.Connection) -> tuple[int, Message, int] | None:
    """Return number, label and top revision of the change that redo would make again."""
    return _one(connection, "WHERE is_undone ORDER BY id LIMIT 1")


def mark(connection: sa.Connection, number: int, *, is_undone: bool, top_rev: int) -> None:
    """Note that a change is undone or not, and the highest revision of rows it deleted."""
    connection.exec_driver_sql(
        "UPDATE anello_changes SET is_undone = ?, top_rev = max(top_rev, ?) WHERE id = ?",
        (int(is_undone), top_rev, number),
    )


def steps_of(connection: sa.Connection, number: int) -> list[Step]:
    """Return what a change did, in its order."""
    found: dict[int, list[tuple[str, bytes]]] = {}
    for part, name, payload in connection.exec_driver_sql(
        "SELECT part, table_name, payload FROM anello_change_rows WHERE change = ? ORDER BY id",
        (number,),
    ):
        found.setdefault(part, []).append((name, payload))
    return [_joined(blocks) for _, blocks in sorted(found.items()) if blocks[0][0] in TABLES]


def history(
    connection: sa.Connection, table: str | None, uid: str | None, limit: int | None
) -> list[HistoryEntry]:
    """Return the changes, newest first; of one table, of one object, or all."""
    rows = connection.exec_driver_sql(
        "SELECT id, label, who, moment, is_undone FROM anello_changes ORDER BY id DESC"
    )
    entries: list[HistoryEntry] = []
    for number, label, who, moment, is_undone in rows:
        entry = HistoryEntry(number, load_message(label), who, moment, bool(is_undone))
        found = _with_counts(connection, entry, table, uid)
        if found is not None:
            entries.append(found)
        if limit is not None and len(entries) >= limit:
            break
    return entries


def dump_message(label: Message) -> str:
    """Return a message as JSON; values that JSON does not know become text."""
    return json.dumps(_message_parts(label), ensure_ascii=False, default=str)


def load_message(text: str) -> Message:
    """Return the message that `dump_message` wrote."""
    return _message_from(json.loads(text))


def _message_parts(label: Message) -> dict[str, Any]:
    values = {
        name: {"message": _message_parts(value)} if isinstance(value, Message) else value
        for name, value in label.values.items()
    }
    return {"template": label.template, "values": values, "context": label.context}


def _message_from(parts: Mapping[str, Any]) -> Message:
    values = {
        name: _message_from(value["message"])
        if isinstance(value, dict) and "message" in value
        else value
        for name, value in parts["values"].items()
    }
    return Message(parts["template"], values, parts.get("context", CORE_CONTEXT))


def _one(connection: sa.Connection, rest: str) -> tuple[int, Message, int] | None:
    row = connection.exec_driver_sql(
        f"SELECT id, label, top_rev FROM anello_changes {rest}"
    ).first()
    return None if row is None else (row[0], load_message(row[1]), row[2])


def _blocks(part: int, step: Step) -> Iterator[tuple[str, int, int, int, int, bytes, bytes]]:
    """Yield the stored blocks of a step: rows of the same object stay in one block."""
    before = {uid: at for at, uid in enumerate(step.before.uids)}
    after = {uid: at for at, uid in enumerate(step.after.uids)}
    uids = [*step.after.uids, *(uid for uid in step.before.uids if uid not in after)]
    for start in range(0, len(uids), BLOCK_ROWS):
        chosen = uids[start : start + BLOCK_ROWS]
        old = take(step.before, [before[uid] for uid in chosen if uid in before])
        new = take(step.after, [after[uid] for uid in chosen if uid in after])
        updated = len(old) + len(new) - len(chosen)
        payload = {"before": _payload(old), "after": _payload(new)}
        yield (
            old.table.name, part, len(new) - updated, updated, len(old) - updated,
            _packed("\n".join(chosen)),
            _packed(json.dumps(payload, ensure_ascii=False, separators=(",", ":"))),
        )  # fmt: skip


def _payload(rows: Rows) -> dict[str, Any]:
    names = rows.table.column_names
    found: dict[str, Any] = {
        "uid": rows.uids,
        "rev": rows.revs,
        "columns": dict(zip(names, rows.columns, strict=True)),
    }
    if rows.shapes is not None:
        found["geometry"] = [
            None if shape is None else base64.b64encode(shape).decode("ascii")
            for shape in shapely.to_wkb(rows.shapes, byte_order=1)
        ]
    return found


def _rows(table: Table, parts: Sequence[Mapping[str, Any]]) -> Rows:
    """Return the rows of several payloads; a column unknown then holds its default now."""
    uids = [uid for part in parts for uid in part["uid"]]
    columns: list[list[Any]] = []
    for column in table.columns:
        default = None if isinstance(column.default, tuple) else column.default
        columns.append(
            [
                value
                for part in parts
                for value in part["columns"].get(column.name, [default] * len(part["uid"]))
            ]
        )
    shapes = None
    if table.geometry:
        bodies = [body for part in parts for body in part["geometry"]]
        raw = [None if body is None else base64.b64decode(body) for body in bodies]
        shapes = np.asarray(shapely.from_wkb(as_objects(raw)), dtype=object)
    return Rows(table, uids, [rev for part in parts for rev in part["rev"]], tuple(columns), shapes)


def _joined(blocks: Sequence[tuple[str, bytes]]) -> Step:
    table = TABLES[blocks[0][0]]
    payloads = [json.loads(_unpacked(payload)) for _, payload in blocks]
    return Step(
        _rows(table, [payload["before"] for payload in payloads]),
        _rows(table, [payload["after"] for payload in payloads]),
    )


def _with_counts(
    connection: sa.Connection, entry: HistoryEntry, table: str | None, uid: str | None
) -> HistoryEntry | None:
    """Return the entry with its counts, ``None`` if it does not touch what was asked for."""
    counts: dict[str, dict[str, int]] = {}
    states: dict[str, Any] = {}
    is_wanted = table is None and uid is None
    for row_id, name, inserted, updated, deleted, uids in connection.exec_driver_sql(
        "SELECT id, table_name, inserted, updated, deleted, uids FROM anello_change_rows"
        " WHERE change = ? ORDER BY id",
        (entry.number,),
    ):
        own = counts.setdefault(name, {"inserted": 0, "updated": 0, "deleted": 0})
        for key, value in zip(own, (inserted, updated, deleted), strict=True):
            own[key] += value
        if table in (None, name) and _holds(uids, uid):
            is_wanted = True
            if uid is not None and name in TABLES:
                states = _object_states(connection, row_id, TABLES[name], uid, states)
    if not is_wanted:
        return None
    return HistoryEntry(
        entry.number, entry.label, entry.who, entry.when, entry.is_undone, counts, **states
    )


def _holds(uids: bytes, uid: str | None) -> bool:
    return uid is None or uid in _unpacked(uids).split("\n")


def _object_states(
    connection: sa.Connection, row_id: int, table: Table, uid: str, earlier: Mapping[str, Any]
) -> dict[str, Any]:
    """Return one object before and after; the first state before of several parts counts."""
    payload = connection.exec_driver_sql(
        "SELECT payload FROM anello_change_rows WHERE id = ?", (row_id,)
    ).scalar_one()
    parts = json.loads(_unpacked(payload))
    states = {side: _object_state(table, parts[side], uid) for side in ("before", "after")}
    before, after = states["before"], states["after"]
    moved = before is not None and after is not None and before[1] != after[1]
    return {
        "before": earlier["before"] if earlier else (before and before[0]),
        "after": after and after[0],
        "moved": moved or bool(earlier.get("moved")),
    }


def _object_state(
    table: Table, part: Mapping[str, Any], uid: str
) -> tuple[dict[str, Any], str | None] | None:
    if uid not in part["uid"]:
        return None
    at = part["uid"].index(uid)
    values = {name: column[at] for name, column in part["columns"].items()}
    return values, part["geometry"][at] if table.geometry else None


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), _LEVEL)


def _unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode()
