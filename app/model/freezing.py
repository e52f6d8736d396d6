"""What may not change any more: plans under review, and the record of their revisions.

The one rule, `refuse_frozen`, looks at every change set on its way into the project file; edits
that take long ask `refuse_frozen_plan` before they begin.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from app.model.changes import ChangeSet, TableChange
from app.model.codes import FROZEN_PLAN_STATES
from app.model.errors import InputError
from app.model.frames import GEOMETRY, REV, plain
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.revisions import FREE_COLUMNS, ROW_TABLES

STATE_AFTER: Mapping[str, str] = {"withdrawn": "draft"}
"""State of the plan where it is not that of its revision."""

_DECISION = ("state", "decided", "decided_by", "decision")
"""Columns of a revision that a decision fills; all others stay as they were handed in."""

_FROZEN = QT_TRANSLATE_NOOP(
    "core",
    "Plan “{name}” cannot be changed in the state “{state}”; withdraw it, or go on with a copy.",
)
_BY_REVIEW = QT_TRANSLATE_NOOP(
    "core", "The state of plan “{name}” changes by a step of the review, not by editing."
)
_RECORD = QT_TRANSLATE_NOOP(
    "core", "Revision {number} of plan “{name}” is a record and cannot be changed."
)


def refuse_frozen_plan(network: Network, plan_uid: str) -> None:
    """Raise `InputError` when a plan is submitted, under review or approved."""
    plans = network.table("plans")
    if plans.at[plan_uid, "state"] in FROZEN_PLAN_STATES:
        raise _frozen_error(plan_uid, plans)


def plans_touched(changes: ChangeSet) -> frozenset[str]:
    """Return the plans that a change set touches, themselves or by a row of theirs."""
    found: set[str] = set()
    for change in changes.tables:
        if change.table == "plans":
            found.update(change.before.index)
        elif change.table in ROW_TABLES:
            for frame in (change.before, change.after):
                found.update(uid for uid in frame["plan"] if isinstance(uid, str))
    return frozenset(found)


def refuse_frozen(changes: ChangeSet, plans: pd.DataFrame) -> None:
    """Raise `InputError` when ``changes`` touch what is frozen.

    Parameters
    ----------
    plans
        The rows, as they are stored, of at least the plans of `plans_touched`.
    """
    parts = {change.table: change for change in changes.tables}
    for change in changes.tables:
        if change.table == "plans":
            _check_plans(change, plans, parts.get("revisions"))
        elif change.table in ROW_TABLES:
            _check_rows(change, plans)
        elif change.table == "revisions":
            _check_record(change, parts.get("plans"))


def _check_plans(change: TableChange, plans: pd.DataFrame, record: TableChange | None) -> None:
    for uid in change.before.index.intersection(plans.index):
        is_frozen = plans.at[uid, "state"] in FROZEN_PLAN_STATES
        if uid not in change.after.index:
            if is_frozen:
                raise _frozen_error(uid, plans)
            continue
        after = change.after.loc[uid]
        differing = set(_differing(change.before.loc[uid], after))
        if is_frozen and differing - set(FREE_COLUMNS):
            raise _frozen_error(uid, plans)
        if "state" in differing and not _is_recorded(uid, after["state"], record):
            raise InputError(message(_BY_REVIEW, name=plans.at[uid, "name"]), [uid])


def _is_recorded(plan_uid: str, state: str, record: TableChange | None) -> bool:
    """Whether the same step writes the new state into a revision of the plan."""
    if record is None:
        return False
    own = record.after[record.after["plan"] == plan_uid]
    return any(STATE_AFTER.get(item, item) == state for item in own["state"])


def _check_rows(change: TableChange, plans: pd.DataFrame) -> None:
    frozen = plans[plans["state"].isin(FROZEN_PLAN_STATES)]
    before = change.before[change.before["plan"].isin(frozen.index)]
    after = change.after[change.after["plan"].isin(frozen.index)]
    for uid in before.index.union(after.index):
        is_update = uid in change.before.index and uid in change.after.index
        if is_update and not any(_differing(change.before.loc[uid], change.after.loc[uid])):
            continue
        owner = str((before if uid in before.index else after).at[uid, "plan"])
        raise _frozen_error(owner, frozen)


def _check_record(change: TableChange, plans: TableChange | None) -> None:
    gone = set() if plans is None else set(plans.before.index.difference(plans.after.index))
    for uid in change.before.index:
        before = change.before.loc[uid]
        if uid not in change.after.index:
            raise _record_error(uid, before)
        differing = set(_differing(before, change.after.loc[uid])) - set(_DECISION)
        # the plan of a record changes only by going, or by making room for its successor
        if differing - {"plan"} or (differing and before["plan"] not in gone):
            raise _record_error(uid, before)


def _differing(before: pd.Series, after: pd.Series) -> Iterable[str]:
    for name in before.index:
        if name == REV:
            continue
        old, new = before[name], after[name]
        if name == GEOMETRY:
            is_same = old is new or (old is not None and new is not None and old.equals_exact(new))
        else:
            is_same = plain(old) == plain(new)
        if not is_same:
            yield name


def _frozen_error(uid: str, plans: pd.DataFrame) -> InputError:
    state = message(label_of(plans.at[uid, "state"]))
    return InputError(message(_FROZEN, name=plans.at[uid, "name"], state=state), [uid])


def _record_error(uid: str, row: pd.Series) -> InputError:
    return InputError(message(_RECORD, number=int(row["number"]), name=row["plan_name"]), [uid])
