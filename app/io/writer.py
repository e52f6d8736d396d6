"""Writing of change sets into the tables of the project file, guarded by row revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa

from app.io import ddl
from app.io.database import driver
from app.io.journal import Step
from app.io.rows import (
    Rows,
    find_unstorable,
    rows_from_file,
    rows_from_frame,
    select_list,
    take,
)
from app.model.changes import ChangeSet, TableChange
from app.model.errors import InputError
from app.model.frames import REV
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.schema import Table
from app.model.tables import TABLES

_ASKED_AT_ONCE = 500
_BULK_ROWS = 5000
"""From here on the index is filled in one go instead of row by row through its trigger."""

_CHANGED_ELSEWHERE = QT_TRANSLATE_NOOP(
    "core", "{count} objects were changed by somebody else in the meantime; nothing was done"
)
_EXISTS = QT_TRANSLATE_NOOP("core", "{count} objects exist already; nothing was done")


@dataclass(frozen=True)
class Written:
    """What was written: the change set as committed, and the same as rows for the record."""

    changes: ChangeSet
    steps: tuple[Step, ...]


def write(connection: sa.Connection, changes: ChangeSet, crs: str, floor_rev: int = 0) -> Written:
    """Write ``changes`` in the running transaction.

    Rows to update or delete must still have the revision in ``before``, rows to insert must
    not exist; else `InputError` names them. A row that comes back gets a revision above
    ``floor_rev`` and above its last, so that nobody mistakes it for what it was before.
    """
    steps: list[Step] = []
    committed: list[TableChange] = []
    ours: dict[str, set[str]] = {}
    for change in changes.tables:
        table = TABLES[change.table]
        touched = ours.setdefault(table.name, set())
        before = _guarded(connection, table, change, touched)
        step = Step(before, rows_from_frame(table, change.after))
        write_step(connection, step, crs, floor_rev)
        touched.update(step.after.uids, before.uids)
        steps.append(step)
        committed.append(committed_change(step, crs))
    return Written(ChangeSet(changes.label, tuple(committed)), tuple(steps))


def fetch(connection: sa.Connection, table: Table, uids: Sequence[str]) -> Rows:
    """Return the rows of ``uids`` that exist, in that order, as they are in the file."""
    if not uids:
        return rows_from_file(table, [])
    found: dict[str, Any] = {}
    raw = driver(connection)
    for start in range(0, len(uids), _ASKED_AT_ONCE):
        asked = uids[start : start + _ASKED_AT_ONCE]
        marks = ", ".join("?" * len(asked))
        cursor = raw.execute(
            f'SELECT {select_list(table)} FROM "{table.name}" WHERE uid IN ({marks})', asked
        )
        found.update((record[0], record) for record in cursor)
    rows = rows_from_file(table, [found[uid] for uid in uids if uid in found])
    return rows_from_frame(table, rows.frame(""))


def write_step(connection: sa.Connection, step: Step, crs: str, floor_rev: int = 0) -> None:
    """Lead the rows of one table from ``before``, as they are now, to ``after``.

    The revisions of ``after`` are set to what the rows then have.
    """
    before, after, table = step.before, step.after, step.before.table
    old = {uid: at for at, uid in enumerate(before.uids)}
    new = {uid: at for at, uid in enumerate(after.uids)}
    updated = [(old[uid], at) for uid, at in new.items() if uid in old]
    inserted = [at for uid, at in new.items() if uid not in old]
    deleted = [at for uid, at in old.items() if uid not in new]
    _refuse_existing(connection, table, [after.uids[at] for at in inserted])
    for at, position in updated:
        after.revs[position] = before.revs[at] + 1
    for position in inserted:
        after.revs[position] = max(after.revs[position], floor_rev) + 1
    extent = _Extent(connection, table)
    gone, come = [*deleted, *(at for at, _ in updated)], [*inserted, *(at for _, at in updated)]
    try:
        _delete(connection, table, [before.uids[at] for at in deleted])
        _update(connection, table, before, after, updated, crs)
        _insert(connection, table, take(after, inserted), crs)
    except UnicodeEncodeError as error:
        raise find_unstorable(after) from error
    extent.update(take(before, gone), take(after, come))


def committed_change(step: Step, crs: str) -> TableChange:
    """Return a written step as the model knows it."""
    return TableChange(step.before.table.name, step.before.frame(crs), step.after.frame(crs))


def _guarded(connection: sa.Connection, table: Table, change: TableChange, ours: set[str]) -> Rows:
    """Return the rows before, from the file; raises when a revision is not what it was."""
    wanted = dict(zip(change.before.index, change.before[REV].tolist(), strict=True))
    rows = fetch(connection, table, list(wanted))
    found = dict(zip(rows.uids, rows.revs, strict=True))
    others = sorted(
        uid
        for uid, rev in wanted.items()
        if uid not in found or (found[uid] != rev and uid not in ours)
    )
    if others:
        raise InputError(message(_CHANGED_ELSEWHERE, count=len(others)), others)
    return rows


def _refuse_existing(connection: sa.Connection, table: Table, uids: Sequence[str]) -> None:
    present: list[str] = []
    raw = driver(connection)
    if raw.execute(f'SELECT 1 FROM "{table.name}" LIMIT 1').fetchone() is None:
        return
    for start in range(0, len(uids), _ASKED_AT_ONCE):
        asked = uids[start : start + _ASKED_AT_ONCE]
        marks = ", ".join("?" * len(asked))
        rows = raw.execute(f'SELECT uid FROM "{table.name}" WHERE uid IN ({marks})', asked)
        present.extend(uid for (uid,) in rows)
    if present:
        raise InputError(message(_EXISTS, count=len(present)), sorted(present))


def _delete(connection: sa.Connection, table: Table, uids: Sequence[str]) -> None:
    if not uids:
        return
    raw, statement = driver(connection), f'DELETE FROM "{table.name}" WHERE uid = ?'
    records = ((uid,) for uid in uids)
    if table.geometry and len(uids) >= _BULK_ROWS:
        total = raw.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
        if 2 * len(uids) > total:
            _delete_most(connection, table, statement, records)
            return
    raw.executemany(statement, records)


def _delete_most(
    connection: sa.Connection, table: Table, statement: str, records: Iterable[Any]
) -> None:
    """Delete most rows with the index away, then build it anew from those that stay."""
    raw, index = driver(connection), ddl.rtree_name(table)
    trigger = f"{index}_delete"
    raw.execute(f'DROP TRIGGER "{trigger}"')
    raw.execute(f'DROP TABLE "{index}"')
    raw.executemany(statement, records)
    raw.execute(ddl.index_statement(table))
    box = ", ".join(f'ST_{side}("{ddl.GEOM}")' for side in ("MinX", "MaxX", "MinY", "MaxY"))
    raw.execute(
        f'INSERT INTO "{index}" SELECT fid, {box} FROM "{table.name}"'
        f' WHERE "{ddl.GEOM}" NOTNULL AND NOT ST_IsEmpty("{ddl.GEOM}")'
    )
    raw.execute(ddl.triggers(table)[trigger])


def _update(
    connection: sa.Connection, table: Table, before: Rows, after: Rows,
    pairs: Sequence[tuple[int, int]], crs: str,
) -> None:  # fmt: skip
    """Update rows; the geometry only where it differs, because that touches the index."""
    if not pairs:
        return
    moved = set[int]()
    if before.shapes is not None and after.shapes is not None:
        old = shapely.to_wkb(before.shapes[[at for at, _ in pairs]], byte_order=1)
        new = shapely.to_wkb(after.shapes[[at for _, at in pairs]], byte_order=1)
        moved = {at for (_, at), a, b in zip(pairs, old, new, strict=True) if a != b}
    _update_rows(connection, table, take(after, [at for _, at in pairs if at not in moved]), None)
    _update_rows(connection, table, take(after, [at for _, at in pairs if at in moved]), crs)


def _update_rows(connection: sa.Connection, table: Table, rows: Rows, crs: str | None) -> None:
    if not len(rows):
        return
    names, parts = ["rev", *table.column_names], [rows.revs, *rows.columns]
    if crs is not None:
        names.append(ddl.GEOM)
        parts.append(rows.blobs(ddl.srs_of(crs)[0]))
    sets = ", ".join(f'"{name}" = ?' for name in names)
    driver(connection).executemany(
        f'UPDATE "{table.name}" SET {sets} WHERE uid = ?', zip(*parts, rows.uids, strict=True)
    )


def _insert(connection: sa.Connection, table: Table, rows: Rows, crs: str) -> None:
    if not len(rows):
        return
    names = ["uid", "rev", *table.column_names]
    parts: list[Sequence[Any]] = [rows.uids, rows.revs, *rows.columns]
    if rows.shapes is not None:
        names.append(ddl.GEOM)
        parts.append(rows.blobs(ddl.srs_of(crs)[0]))
    quoted = ", ".join(f'"{name}"' for name in names)
    statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({", ".join("?" * len(names))})'
    if rows.shapes is None or len(rows) < _BULK_ROWS:
        driver(connection).executemany(statement, zip(*parts, strict=True))
    else:
        _insert_in_bulk(connection, table, statement, zip(*parts, strict=True), rows)


def _insert_in_bulk(
    connection: sa.Connection, table: Table, statement: str, records: Iterable[Any], rows: Rows
) -> None:
    """Insert many rows with the index trigger off, then fill the index from their bounds."""
    raw, index = driver(connection), ddl.rtree_name(table)
    trigger = f"{index}_insert"
    last = raw.execute(f'SELECT COALESCE(max(fid), 0) FROM "{table.name}"').fetchone()[0]
    raw.execute(f'DROP TRIGGER "{trigger}"')
    raw.executemany(statement, records)
    fids = dict(raw.execute(f'SELECT uid, fid FROM "{table.name}" WHERE fid > ?', (last,)))
    bounds = shapely.bounds(rows.shapes)
    full = ~shapely.is_empty(rows.shapes) & ~shapely.is_missing(rows.shapes)
    raw.executemany(
        f'INSERT INTO "{index}" VALUES (?, ?, ?, ?, ?)',
        (
            (fids[uid], west, east, south, north)
            for uid, (west, south, east, north), is_full in zip(
                rows.uids, bounds.tolist(), full.tolist(), strict=True
            )
            if is_full
        ),
    )
    raw.execute(ddl.triggers(table)[trigger])


class _Extent:
    """Keeps the extent and the date of a table in ``gpkg_contents`` right."""

    def __init__(self, connection: sa.Connection, table: Table) -> None:
        self._raw = driver(connection)
        self._table = table

    def update(self, gone: Rows, come: Rows) -> None:
        """Grow the extent to hold ``come``; find it anew if ``gone`` had made its border."""
        if not len(gone) and not len(come):
            return
        self._raw.execute(
            "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now')"
            " WHERE table_name = ?",
            (self._table.name,),
        )
        if come.shapes is None:
            return
        box, lost = self._stored(), _total_bounds(gone)
        if box is not None and lost is not None and _touches(lost, box):
            box = self._exact()
        else:
            box = _union(box, _total_bounds(come))
        self._raw.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?"
            " WHERE table_name = ?",
            (*(box or (None,) * 4), self._table.name),
        )

    def _stored(self) -> tuple[float, ...] | None:
        row = self._raw.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?",
            (self._table.name,),
        ).fetchone()
        return None if row is None or None in row else tuple(row)

    def _exact(self) -> tuple[float, ...] | None:
        """Return the extent of all rows.

        The index keeps bounds rounded outwards to 32 bits. Rounding never changes an order,
        so the true extreme is among the rows that share the extreme of the index.
        """
        found = []
        for side, function in (
            ("minx", "MinX"),
            ("miny", "MinY"),
            ("maxx", "MaxX"),
            ("maxy", "MaxY"),
        ):
            extreme, index = function[:3], ddl.rtree_name(self._table)
            found.append(
                self._raw.execute(
                    f'SELECT {extreme}(ST_{function}("{ddl.GEOM}")) FROM "{self._table.name}"'
                    f' WHERE fid IN (SELECT id FROM "{index}"'
                    f' WHERE {side} = (SELECT {extreme}({side}) FROM "{index}"))'
                ).fetchone()[0]
            )
        return None if None in found else tuple(found)


def _total_bounds(rows: Rows) -> tuple[float, ...] | None:
    """Return west, south, east, north of all rows, ``None`` if no row has a place."""
    bounds = shapely.bounds(rows.shapes)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return None
    return (*bounds[:, :2].min(axis=0).tolist(), *bounds[:, 2:].max(axis=0).tolist())


def _touches(bounds: Sequence[float], box: Sequence[float]) -> bool:
    """Return whether ``bounds`` reach the border of ``box``."""
    west, south, east, north = bounds
    return west <= box[0] or south <= box[1] or east >= box[2] or north >= box[3]


def _union(
    first: tuple[float, ...] | None, second: tuple[float, ...] | None
) -> tuple[float, ...] | None:
    if first is None or second is None:
        return first or second
    return (*map(min, first[:2], second[:2]), *map(max, first[2:], second[2:]))


def kept_rows(rows: Rows, uids: Mapping[str, Any] | set[str]) -> Rows:
    """Return the rows whose identifier is in ``uids``."""
    return take(rows, [at for at, uid in enumerate(rows.uids) if uid in uids])
