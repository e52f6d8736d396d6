"""The study that makes risk groups, and the change that stores them beside edited ones."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, TableChange, combine, delete, insert
from app.model.errors import InputError
from app.model.frames import REV, frame_from_rows
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.model.tables import TABLES
from app.planning.risk.groups import (
    AUTOMATIC_KINDS,
    RiskGroup,
    RiskParameters,
    frame_of,
    make_groups,
)
from app.planning.risk.plant import plant

_TABLE = "risk_groups"
_COLUMNS = ("name", "kind", "reason", "spans", "nodes")


def find_risks(
    network: Network, parameters: RiskParameters, progress: Progress = no_progress
) -> Result:
    """Make the shared-risk groups of the network, or of network plus plan.

    The result's changes store them: automatic groups that are no longer found go, new ones come,
    edited ones (not marked automatic) stay as they are, and none is made again that was edited.
    With a plan there is nothing to store: its spans are no part of the network yet.

    Raises `InputError` for an unknown plan or kind.
    """
    _check(network, parameters)
    progress(0.1, message(QT_TRANSLATE_NOOP("core", "Looking for what lies together")))
    things = plant(network, parameters.statuses, parameters.plan)
    groups = make_groups(network, things, parameters)
    progress(0.8)
    changes = None if parameters.plan is not None else store(network, groups, parameters)
    edited = network.table(_TABLE)
    edited = edited[~edited["is_automatic"].fillna(value=False).astype(bool)]
    grouped = {uid for group in groups for uid in group.spans}
    counts = Counter(group.kind for group in groups)
    summary: dict[str, Any] = {
        "groups": len(groups),
        "by_kind": {kind: counts[kind] for kind in parameters.kinds},
        "edited": len(edited),
        "spans": len(things.spans),
        "spans_in_groups": len(grouped),
        "within_m": parameters.within_m,
        "crossing_m": parameters.crossing_m,
        "list": [_told(group) for group in groups],
    }
    progress(1.0)
    return Result(summary, changes, (), {_TABLE: frame_of(groups)})


def store(network: Network, groups: list[RiskGroup], parameters: RiskParameters) -> ChangeSet:
    """Return the change that makes ``groups`` the automatic groups of their kinds."""
    old = network.table(_TABLE)
    is_automatic = old["is_automatic"].fillna(value=False).astype(bool)
    mine = old[is_automatic & old["kind"].isin(parameters.kinds)]
    edited = set(old.index[~is_automatic])
    new = {group.uid: _row(group) for group in groups if group.uid not in edited}
    gone = [uid for uid in mine.index if uid not in new]
    changed = [uid for uid in mine.index if uid in new and not _is_same(mine.loc[uid], new[uid])]
    fresh = [uid for uid in new if uid not in mine.index]
    before = mine.loc[changed]
    after = _frame([new[uid] for uid in changed])
    after[REV] = before[REV].to_numpy()
    label = message(QT_TRANSLATE_NOOP("core", "Make risk groups"))
    return combine(
        label,
        [
            delete(_TABLE, mine.loc[gone]),
            TableChange(_TABLE, before, after),
            insert(_TABLE, _frame([new[uid] for uid in fresh])),
        ],
    )


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return frame_from_rows(TABLES[_TABLE], rows)


def _row(group: RiskGroup) -> dict[str, Any]:
    return {
        "uid": group.uid, "name": group.name, "kind": group.kind, "reason": str(group.reason),
        "spans": group.spans, "nodes": group.nodes, "is_automatic": True,
    }  # fmt: skip


def _is_same(stored: pd.Series, row: dict[str, Any]) -> bool:
    return all(
        (tuple(stored[name] or ()) if name in ("spans", "nodes") else stored[name]) == row[name]
        for name in _COLUMNS
    )


def _told(group: RiskGroup) -> dict[str, Any]:
    return {
        "uid": group.uid,
        "kind": group.kind,
        "name": group.name,
        "reason": str(group.reason),
        "spans": list(group.spans),
        "nodes": list(group.nodes),
        "distance_m": None if group.distance_m is None else round(group.distance_m, 1),
        "length_m": None if group.length_m is None else round(group.length_m, 1),
        "place": None if group.place is None else [round(value, 2) for value in group.place],
    }


def _check(network: Network, parameters: RiskParameters) -> None:
    if parameters.plan is not None and parameters.plan not in network.table("plans").index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no plan {uid}."), uid=parameters.plan),
            (parameters.plan,),
        )
    unknown = sorted(set(parameters.kinds) - set(AUTOMATIC_KINDS))
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "Groups of kind {kinds} are not made automatically; {known} are."
                ),
                kinds=", ".join(unknown),
                known=", ".join(AUTOMATIC_KINDS),
            )
        )
