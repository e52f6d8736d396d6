"""The review of plans: hand in, decide, go on, compare, verify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import geopandas as gpd
import pandas as pd

from app.model import review
from app.model.codes import COMMENT_STATES, FROZEN_PLAN_STATES
from app.model.comments import threads
from app.model.differences import BillDifference, Difference, RowDifference, compare
from app.model.duplicates import duplicate_plan, free_plan_name
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.findings import Finding, Severity
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.revisions import (
    build_content,
    changed_rows,
    content_hash,
    is_intact,
    latest_revision,
    plan_rows,
    price_list_content,
    revisions_of,
    unpack_content,
)
from app.model.rules.record import frozen_plans_are_unchanged, revisions_are_intact
from app.model.study import Result
from app.workflows.clock import now, stamp

PRESENT = "now"
"""Stands for the plan as it is, where the number of a revision could stand."""

_ENDS = ("low", "typical", "high")


def plan_content(network: Network, plan_uid: str) -> dict[str, Any]:
    """Return all that a plan says, as a revision freezes it: rows, bill, price list."""
    from app.planning.costs.bill import bill

    priced = bill(network, plan_uid)
    lines = [
        {
            "code": line.code, "chapter": line.chapter, "text_en": line.text_en,
            "text_it": line.text_it, "unit": line.unit, "quantity": str(line.quantity),
            "unit_price_eur": {end: str(getattr(line.unit_price, end)) for end in _ENDS},
            "amount_eur": {end: str(getattr(line.amount, end)) for end in _ENDS},
            "kind": line.kind, "placeholder": line.is_placeholder,
        }
        for line in priced.lines
    ]  # fmt: skip
    prices = price_list_content(network, plain(network.table("plans").at[plan_uid, "price_list"]))
    return build_content(plan_rows(network, plan_uid), lines, prices)


def submit_plan(network: Network, plan: str, by: str, note: str | None = None) -> Result:
    """Return the changes that submit a plan, and what a reviewer will ask about it."""
    from app.workflows.papers import is_out_of_date

    uid = find_plan(network, plan)
    review.check_step(network, uid, review.SUBMIT)
    changes = review.submit(network, uid, plan_content(network, uid), by, stamp(now()), note)
    findings = []
    if is_out_of_date(network, uid):
        findings.append(
            _finding(
                "review.out_of_date",
                uid,
                QT_TRANSLATE_NOOP("core", "The plan is out of date: its inputs have changed."),
            )
        )
    return Result(plan_status(network.apply(changes), uid), changes, tuple(findings))


def take_review_step(
    network: Network, plan: str, step: str, by: str, grounds: str | None = None
) -> Result:
    """Return the changes of one of `app.model.review.STEPS` but the submission."""
    uid = find_plan(network, plan)
    changes = review.take_step(network, uid, step, by, stamp(now()), grounds)
    findings = _doubts(network, uid, by) if step == review.APPROVE else ()
    return Result(plan_status(network.apply(changes), uid), changes, tuple(findings))


def reopen_plan(network: Network, plan: str, by: str, name: str | None = None) -> Result:
    """Return the changes that go on with a rejected or approved plan as a new draft.

    Without ``name`` the plan's own gets a number.
    """
    uid = find_plan(network, plan)
    review.check_step(network, uid, review.REOPEN)
    chosen = name or free_plan_name(network, str(network.table("plans").at[uid, "name"]))
    changes = duplicate_plan(network, uid, chosen, stamp(now()), by)
    return Result(plan_status(network.apply(changes), chosen), changes)


def _doubts(network: Network, uid: str, by: str) -> list[Finding]:
    """Return what speaks against an approval, without standing in its way."""
    found = []
    if any(thread.root["state"] == "open" for thread in threads(network, uid)):
        text = QT_TRANSLATE_NOOP("core", "The plan is approved while remarks on it are open.")
        found.append(_finding("review.open_remarks", uid, text))
    revision = latest_revision(network, uid)
    if revision is not None and revision["submitted_by"] == by:
        text = QT_TRANSLATE_NOOP("core", "The plan is approved by who submitted it.")
        found.append(_finding("review.same_person", uid, text))
    return found


def _finding(rule: str, plan_uid: str, text: str) -> Finding:
    return Finding(rule, Severity.WARNING, message(text), "plans", (plan_uid,))


def plan_status(network: Network, plan: str) -> dict[str, Any]:
    """Return where a plan stands in its review, and which steps are possible."""
    uid = find_plan(network, plan)
    row = network.table("plans").loc[[uid]].iloc[0]
    revision = latest_revision(network, uid)
    states = [thread.root["state"] for thread in threads(network, uid)]
    return {
        "plan": row["name"],
        "plan_uid": uid,
        "state": row["state"],
        "state_by": plain(row["state_by"]),
        "state_since": plain(row["state_since"]),
        "is_frozen": row["state"] in FROZEN_PLAN_STATES,
        "next": list(review.legal_steps(str(row["state"]))),
        "revision": None if revision is None else int(revision["number"]),
        "content_hash": None if revision is None else revision["content_hash"],
        "is_as_submitted": None if revision is None else _is_as(network, uid, revision),
        "comments": {state: states.count(state) for state in COMMENT_STATES},
    }


def _is_as(network: Network, plan_uid: str, revision: pd.Series) -> bool:
    if not is_intact(revision):
        return False
    return not changed_rows(network, plan_uid, unpack_content(revision["content"]))


def revision_list(network: Network, plan: str | None = None) -> list[dict[str, Any]]:
    """Return the revisions, of a plan and what it was made from, or all; without content."""
    frame = network.table("revisions")
    if plan is not None:
        frame = revisions_of(network, find_plan(network, plan))
    frame = frame.sort_values(["plan_name", "number"]) if plan is None else frame
    columns = (
        "plan", "plan_name", "number", "state", "submitted", "submitted_by", "decided",
        "decided_by", "decision", "typical_eur", "note", "content_hash",
    )  # fmt: skip
    return [
        {
            "uid": str(uid),
            **{name: plain(row[name]) for name in columns},
            "number": int(row["number"]),
            "is_intact": is_intact(row),
        }
        for uid, row in frame.iterrows()
    ]


def verify_revisions(network: Network, plan: str | None = None) -> Result:
    """Return whether revisions and frozen plans are what was submitted: hashes taken anew."""
    rows = revision_list(network, plan)
    plans = {row["plan"] for row in rows} | ({find_plan(network, plan)} if plan else set())
    findings = [*revisions_are_intact(network), *frozen_plans_are_unchanged(network)]
    if plan is not None:
        uids = {row["uid"] for row in rows} | plans
        for table in ("plan_spans", "plan_nodes", "plan_sites"):
            frame = network.table(table)
            uids.update(frame.index[frame["plan"].isin(list(plans))])
        findings = [item for item in findings if uids.intersection(item.uids)]
    keys = ("uid", "plan_name", "number", "state", "content_hash", "is_intact")
    summary = {
        "revisions": [{key: row[key] for key in keys} for row in rows],
        "is_intact": not findings,
    }
    return Result(summary, findings=tuple(findings))


def revision_difference(
    network: Network,
    plan: str,
    first: str | int | None = None,
    second: str | int | None = None,
    other: str | None = None,
) -> Result:
    """Return what differs between two revisions of a plan, or a revision and the plan as it is.

    Parameters
    ----------
    first, second
        Number of a revision, or `PRESENT`. By default the newest revision and the plan as it
        is; where these are one and the same, the newest two revisions.
    other
        A plan to compare with instead: then ``second`` speaks of that one.

    Returns
    -------
    Tables ``rows`` (with geometry, in the project's CRS) and ``bill``.
    """
    uid = find_plan(network, plan)
    chosen = _chosen(network, uid, first, second, is_other=other is not None)
    before = _content(network, uid, chosen[0])
    after = _content(network, find_plan(network, other) if other else uid, chosen[1])
    found = compare(before, after)
    names = network.table("sites")["name"]
    rows = [_row_json(row, names) for row in found.rows]
    lines = [_line_json(line) for line in found.bill]
    summary = {
        "plan": before["plan"].get("name"),
        "other": after["plan"].get("name"),
        "from": _told(chosen[0]),
        "to": _told(chosen[1]),
        "added": found.count("added"),
        "removed": found.count("removed"),
        "changed": found.count("changed"),
        "rows": rows,
        "bill": lines,
        "from_eur": _range(found.before_eur),
        "to_eur": _range(found.after_eur),
        "delta_eur": _range(_minus(found.after_eur, found.before_eur)),
        "same_price_list": found.is_same_price_list,
    }
    return Result(
        summary, findings=_price_finding(found, uid), tables=_tables(network, found, rows)
    )


def _chosen(
    network: Network, uid: str, first: str | int | None, second: str | int | None, *, is_other: bool
) -> tuple[str | int, str | int]:
    numbers = [int(number) for number in revisions_of(network, uid)["number"]]
    if is_other:
        return (first or PRESENT, second or PRESENT)
    if second is None:
        second = PRESENT
        latest = latest_revision(network, uid)
        if first is None and len(numbers) > 1 and latest is not None:
            second = numbers[-1] if _is_as(network, uid, latest) else PRESENT
    if first is None:
        earlier = [n for n in numbers if not str(second).isdecimal() or n < int(second)]
        if not earlier:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "There is no earlier revision to compare plan “{name}” with."
                    ),
                    name=network.table("plans").at[uid, "name"],
                ),
                [uid],
            )
        first = earlier[-1]
    return (first, second)


def _told(chosen: str | int) -> str | int:
    return int(chosen) if str(chosen).isdecimal() else chosen


def _content(network: Network, uid: str, chosen: str | int) -> dict[str, Any]:
    if str(chosen) == PRESENT:
        return plan_content(network, uid)
    known = revisions_of(network, uid)
    found = known[known["number"].astype(str) == str(chosen)]
    if found.empty:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Plan “{name}” has no revision {number}; there are: {numbers}."
                ),
                name=network.table("plans").at[uid, "name"],
                number=chosen,
                numbers=", ".join(str(number) for number in known["number"]) or "-",
            ),
            [uid],
        )
    content = unpack_content(found["content"].iloc[0])
    if content_hash(content) != found["content_hash"].iloc[0]:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Revision {number} of plan “{name}” is not what was submitted."
                ),
                number=chosen,
                name=found["plan_name"].iloc[0],
            ),
            [str(found.index[0])],
        )
    return content


def _row_json(row: RowDifference, names: pd.Series) -> dict[str, Any]:
    name = names.get(row.site, row.site) if row.site is not None else row.name
    return {
        "kind": row.kind,
        "table": row.table,
        "uid": row.after_uid or row.before_uid,
        "before_uid": row.before_uid,
        "after_uid": row.after_uid,
        "name": name,
        "fields": {key: {"from": old, "to": new} for key, (old, new) in row.fields.items()},
        "delta_typical_eur": row.delta_eur,
    }


def _line_json(line: BillDifference) -> dict[str, Any]:
    return {
        "code": line.code,
        "kind": line.kind,
        "unit": line.unit,
        "text_en": line.text_en,
        "text_it": line.text_it,
        "from_quantity": float(line.before_quantity),
        "to_quantity": float(line.after_quantity),
        "from_eur": _range(line.before_eur),
        "to_eur": _range(line.after_eur),
        "delta_eur": _range(line.delta_eur),
    }


def _range(amount: Sequence[Decimal]) -> dict[str, float]:
    return {end: float(value) for end, value in zip(_ENDS, amount, strict=True)}


def _minus(first: Sequence[Decimal], second: Sequence[Decimal]) -> tuple[Decimal, ...]:
    return tuple(a - b for a, b in zip(first, second, strict=True))


def _price_finding(found: Difference, uid: str) -> tuple[Finding, ...]:
    if found.is_same_price_list:
        return ()
    text = QT_TRANSLATE_NOOP(
        "core", "The prices are not the same: part of the difference in cost comes from them."
    )
    return (_finding("review.price_list", uid, text),)


def _tables(
    network: Network, found: Difference, rows: Sequence[Mapping[str, Any]]
) -> dict[str, pd.DataFrame]:
    shapes = gpd.GeoSeries([row.geometry for row in found.rows], crs=network.crs)
    flat = pd.DataFrame(
        [{**row, "fields": ", ".join(sorted(row["fields"]))} for row in rows],
        columns=["kind", "table", "uid", "name", "fields", "delta_typical_eur"],
    )
    bill = pd.DataFrame([_line_json(line) for line in found.bill])
    return {"rows": gpd.GeoDataFrame(flat, geometry=shapes, crs=network.crs), "bill": bill}
