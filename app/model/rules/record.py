"""Rules on plans under review: they are what was submitted, and the record is whole."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.codes import FROZEN_PLAN_STATES
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.revisions import changed_rows, is_intact, latest_revision, unpack_content
from app.model.rules.places import found


def revisions_are_intact(network: Network) -> Iterable[Finding]:
    """``revision.hash``: the content of a revision is not what was submitted."""
    revisions = network.table("revisions")
    broken = [str(uid) for uid, row in revisions.iterrows() if not is_intact(row)]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} revisions do not have the content that was submitted"),
        count=len(broken),
    )
    advice = message(
        QT_TRANSLATE_NOOP(
            "core",
            "The file was changed by another program. Go back to a checkpoint, or submit again.",
        )
    )
    yield from found(
        network, "revision.hash", Severity.ERROR, "revisions", sorted(broken), text, advice
    )


def frozen_plans_are_unchanged(network: Network) -> Iterable[Finding]:
    """``plan.altered``, ``plan.no_revision``: a plan under review is not what was submitted."""
    plans = network.table("plans")
    advice = message(
        QT_TRANSLATE_NOOP(
            "core",
            "Another program changed it. Take its change back there, or withdraw the plan and "
            "submit it again.",
        )
    )
    for uid in sorted(plans.index[plans["state"].isin(FROZEN_PLAN_STATES)]):
        name = plans.at[uid, "name"]
        revision = latest_revision(network, uid)
        if revision is None:
            text = message(
                QT_TRANSLATE_NOOP("core", "Plan “{name}” is under review without a revision"),
                name=name,
            )
            yield from found(
                network, "plan.no_revision", Severity.WARNING, "plans", [uid], text, advice
            )
            continue
        if not is_intact(revision):
            continue  # told by `revisions_are_intact`
        altered = changed_rows(network, uid, unpack_content(revision["content"]))
        for table, uids in altered.items():
            here = [item for item in uids if item in network.table(table).index] or [uid]
            text = message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "{count} rows of plan “{name}” are not what was submitted as revision {number}",
                ),
                count=len(uids),
                name=name,
                number=int(revision["number"]),
            )
            shown = table if here != [uid] else "plans"
            yield from found(network, "plan.altered", Severity.ERROR, shown, here, text, advice)


RULES = (revisions_are_intact, frozen_plans_are_unchanged)
