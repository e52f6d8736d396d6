"""Locking sections of a plan: they are kept when the plan is computed again."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.changes import ChangeSet, combine, update
from app.model.errors import InputError
from app.model.freezing import refuse_frozen_plan
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network


def lock_sections(
    network: Network, plan_uid: str, sections: Sequence[str] = (), *, is_locked: bool = True
) -> ChangeSet:
    """Return the changes that lock or unlock sections of a plan, by default all of them.

    Raises `InputError` for sections that the plan does not have, and for a plan under review.
    """
    refuse_frozen_plan(network, plan_uid)
    spans = network.table("plan_spans")
    mine = spans[spans["plan"] == plan_uid]
    strangers = [uid for uid in sections if uid not in mine.index]
    if strangers:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "The plan has no section “{uid}”."), uid=strangers[0]
            ),
            strangers,
        )
    rows = mine.loc[list(dict.fromkeys(sections))] if sections else mine
    rows = rows[rows["locked"].fillna(value=False).astype(bool) != is_locked]
    name = network.table("plans").at[plan_uid, "name"]
    label = (
        message(QT_TRANSLATE_NOOP("core", "Lock sections of plan “{name}”"), name=name)
        if is_locked
        else message(QT_TRANSLATE_NOOP("core", "Unlock sections of plan “{name}”"), name=name)
    )
    parts = [update("plan_spans", rows, {"locked": is_locked})] if len(rows) else []
    return combine(label, parts)
