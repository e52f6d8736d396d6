"""Undo and redo: recorded changes led back or forth, as far as nobody else came in between."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from app.io import journal
from app.io.journal import Step
from app.io.writer import Written, committed_change, fetch, kept_rows, write_step
from app.model.changes import ChangeSet
from app.model.messages import QT_TRANSLATE_NOOP, Message, message

_PARTLY = QT_TRANSLATE_NOOP(
    "core", "{label} ({count} objects changed by somebody else since were left alone)"
)

Skipped = dict[str, tuple[str, ...]]
"""Identifiers of rows that were left alone, by table."""


def travel(
    connection: sa.Connection, crs: str, *, is_undo: bool
) -> tuple[ChangeSet | None, Skipped]:
    """Undo or redo one recorded change; return what was committed and what was left alone."""
    found = journal.next_undo(connection) if is_undo else journal.next_redo(connection)
    if found is None:
        return None, {}
    number, label, top_rev = found
    steps = journal.steps_of(connection, number)
    if is_undo:
        steps = [Step(step.after, step.before) for step in reversed(steps)]
    written, skipped = _replay(connection, label, steps, crs, top_rev)
    deleted = [rev for step in written.steps for rev in _deleted_revs(step)]
    journal.mark(connection, number, is_undone=is_undo, top_rev=max([top_rev, *deleted]))
    return written.changes, skipped


def _replay(
    connection: sa.Connection, label: Message, steps: Sequence[Step], crs: str, top_rev: int
) -> tuple[Written, Skipped]:
    """Lead every row from ``before`` to ``after`` of its step, unless it is not at ``before``.

    Compared is what the row says, not its revision: undo raises that too, and a row that
    somebody changed and changed back is nobody's loss.
    """
    done: list[Step] = []
    skipped: dict[str, set[str]] = {}
    for step in steps:
        table = step.before.table
        uids = list(dict.fromkeys([*step.before.uids, *step.after.uids]))
        current = fetch(connection, table, uids)
        now, start, goal = current.contents(), step.before.contents(), step.after.contents()
        ready = {uid for uid in uids if now.get(uid) == start.get(uid)}
        others = {uid for uid in uids if uid not in ready and now.get(uid) != goal.get(uid)}
        if others:
            skipped.setdefault(table.name, set()).update(others)
        done.append(Step(kept_rows(current, ready), kept_rows(step.after, ready)))
        write_step(connection, done[-1], crs, top_rev)
    count = sum(len(uids) for uids in skipped.values())
    if count:
        label = message(_PARTLY, label=label, count=count)
    changes = ChangeSet(label, tuple(committed_change(step, crs) for step in done))
    left = {name: tuple(sorted(uids)) for name, uids in sorted(skipped.items())}
    return Written(changes, tuple(done)), left


def _deleted_revs(step: Step) -> list[int]:
    kept = set(step.after.uids)
    return [
        rev for uid, rev in zip(step.before.uids, step.before.revs, strict=True) if uid not in kept
    ]
