"""The review of a plan: who hands it in, who decides, and what may come next.

``draft`` is submitted, taken under review, approved or rejected; until then it can be withdrawn
and is a draft again. A rejected plan is reworked as a copy, an approved one can be. Each
submission makes a revision (`app.model.revisions`) that nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, TableChange, combine, insert, update
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.revisions import (
    Content,
    changed_rows,
    content_hash,
    is_intact,
    latest_revision,
    pack_content,
    revisions_of,
    unpack_content,
)
from app.model.tables import TABLES

SUBMIT, BEGIN, APPROVE, REJECT, WITHDRAW, REOPEN = (
    "submit", "begin", "approve", "reject", "withdraw", "reopen",
)  # fmt: skip

_UNDECIDED = ("submitted", "underReview")


@dataclass(frozen=True)
class Step:
    """A step of the review: states that it starts from, and those of plan and revision after."""

    starts: tuple[str, ...]
    plan: str
    revision: str
    label: str


STEPS: Mapping[str, Step] = {
    SUBMIT: Step(
        ("draft",), "submitted", "submitted", QT_TRANSLATE_NOOP("core", "Submit plan “{name}”")
    ),
    BEGIN: Step(
        ("submitted",), "underReview", "underReview",
        QT_TRANSLATE_NOOP("core", "Begin the review of plan “{name}”"),
    ),
    APPROVE: Step(
        _UNDECIDED, "approved", "approved", QT_TRANSLATE_NOOP("core", "Approve plan “{name}”")
    ),
    REJECT: Step(
        _UNDECIDED, "rejected", "rejected", QT_TRANSLATE_NOOP("core", "Reject plan “{name}”")
    ),
    WITHDRAW: Step(
        _UNDECIDED, "draft", "withdrawn", QT_TRANSLATE_NOOP("core", "Withdraw plan “{name}”")
    ),
}  # fmt: skip
"""The steps that change a plan's state; `REOPEN` makes a new plan instead."""

REOPENED_STATES = ("rejected", "approved")
"""A plan in one of these is gone on with as a copy."""


def legal_steps(state: str) -> tuple[str, ...]:
    """Return what may be done with a plan in ``state``, in the order of a review."""
    found = tuple(name for name, step in STEPS.items() if state in step.starts)
    return (*found, REOPEN) if state in REOPENED_STATES else found


def check_step(network: Network, plan_uid: str, step: str) -> None:
    """Raise `InputError` unless the step may be taken now; the message says which may."""
    row = network.table("plans").loc[plan_uid]
    legal = legal_steps(str(row["state"]))
    if step not in legal:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "Plan “{name}” is in the state “{state}”: “{step}” is not possible, only "
                    "{legal}.",
                ),
                name=row["name"],
                state=message(label_of(row["state"])),
                step=step,
                legal=", ".join(legal) or "-",
            ),
            [plan_uid],
        )


def submit(
    network: Network, plan_uid: str, content: Content, by: str, when: str, note: str | None = None
) -> ChangeSet:
    """Return the change that submits a plan and freezes ``content`` as its next revision.

    The number follows those of the plan and of the plans that it was made from.
    """
    check_step(network, plan_uid, SUBMIT)
    plan = network.table("plans").loc[plan_uid]
    known = revisions_of(network, plan_uid)
    row = {
        "plan": plan_uid,
        "number": 1 if known.empty else int(known["number"].max()) + 1,
        "plan_name": plan["name"],
        "state": STEPS[SUBMIT].revision,
        "submitted": when,
        "submitted_by": by,
        "content_hash": content_hash(content),
        "content": pack_content(content),
        "typical_eur": plan["typical_eur"],
        "note": note,
    }
    record = insert("revisions", frame_from_rows(TABLES["revisions"], [row]))
    return combine(
        _label(network, plan_uid, SUBMIT),
        [_state_change(network, plan_uid, SUBMIT, by, when), record],
    )


def take_step(
    network: Network, plan_uid: str, step: str, by: str, when: str, grounds: str | None = None
) -> ChangeSet:
    """Return the change that begins a review, decides it or withdraws the plan.

    Raises `InputError` for a step that is not legal, for a rejection without grounds, and for
    the approval of something else than what was submitted.
    """
    check_step(network, plan_uid, step)
    plan = network.table("plans").loc[plan_uid]
    if step == REJECT and not (grounds or "").strip():
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "A rejection needs a reason.")), [plan_uid]
        )
    revision = latest_revision(network, plan_uid)
    if revision is None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Plan “{name}” has no revision: it was not submitted."),
                name=plan["name"],
            ),
            [plan_uid],
        )
    if step == APPROVE:
        _refuse_altered(network, plan_uid, revision)
    values: dict[str, Any] = {"state": STEPS[step].revision}
    if step != BEGIN:
        values |= {"decided": when, "decided_by": by, "decision": grounds}
    rows = network.table("revisions").loc[[revision.name]]
    record = update("revisions", rows, values)
    return combine(
        _label(network, plan_uid, step), [_state_change(network, plan_uid, step, by, when), record]
    )


def follow_plan(network: Network, old: set[str], new: str) -> list[TableChange]:
    """Return the changes that make the record and remarks of replaced plans those of ``new``."""
    changes = []
    for table, column in (("revisions", "plan"), ("comments", "plan"), ("plans", "based_on")):
        frame = network.table(table)
        rows = frame[frame[column].isin(old - {new}) & ~frame.index.isin({*old, new})]
        if len(rows):
            changes.append(update(table, rows, {column: new}))
    return changes


def _refuse_altered(network: Network, plan_uid: str, revision: pd.Series) -> None:
    name = network.table("plans").at[plan_uid, "name"]
    uids: tuple[str, ...] = ()
    if is_intact(revision):
        changed = changed_rows(network, plan_uid, unpack_content(revision["content"]))
        if not changed:
            return
        uids = tuple(uid for table in changed.values() for uid in table)
    raise InputError(
        message(
            QT_TRANSLATE_NOOP(
                "core",
                "Plan “{name}” is not what was submitted as revision {number}: it was changed by "
                "another program. Withdraw it and submit it again.",
            ),
            name=name,
            number=int(revision["number"]),
        ),
        uids or [plan_uid],
    )


def _state_change(network: Network, plan_uid: str, step: str, by: str, when: str) -> TableChange:
    rows = network.table("plans").loc[[plan_uid]]
    values = {"state": STEPS[step].plan, "state_by": by, "state_since": when}
    return update("plans", rows, values)


def _label(network: Network, plan_uid: str, step: str) -> Message:
    return message(STEPS[step].label, name=network.table("plans").at[plan_uid, "name"])
