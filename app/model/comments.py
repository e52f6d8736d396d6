"""Remarks on objects and places, in threads that are open, answered or closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from app.model.changes import ChangeSet, combine, insert, update
from app.model.errors import InputError
from app.model.frames import GEOMETRY, frame_from_rows, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.revisions import latest_revision, lineage
from app.model.tables import TABLES

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"

_BORROWED: Mapping[str, tuple[str, str]] = {
    "plan_sites": ("sites", "site"), "towers": ("nodes", "node"), "cables": ("spans", "spans"),
}  # fmt: skip
"""Tables without geometry whose rows lie where another row does: its table, and the column."""


@dataclass(frozen=True)
class Anchor:
    """What a remark is about: an object by table and ``uid``, or else a place, in m."""

    table: str | None = None
    uid: str | None = None
    place: shapely.Point | None = None


@dataclass(frozen=True)
class Thread:
    """A remark and the answers to it, the oldest first, as plain rows.

    ``place`` is where the object lies now, or where it lay when the remark was made;
    ``is_orphan`` says that the object is gone.
    """

    root: Mapping[str, Any]
    replies: tuple[Mapping[str, Any], ...]
    place: shapely.Point | None
    is_orphan: bool


def add_comment(
    network: Network,
    anchor: Anchor,
    body: str,
    author: str | None,
    when: str,
    *,
    plan: str | None = None,
    uid: str | None = None,
    source: str | None = None,
    state: str = OPEN,
) -> ChangeSet:
    """Return the change that adds a remark; raises `InputError` for no text or no anchor.

    A remark on a plan that was submitted names the revision that it is about.
    """
    where = place_of_anchor(network, anchor)
    row = {
        **_row(body, author, when, source),
        **({} if uid is None else {"uid": uid}),
        "plan": plan,
        "revision": _revision(network, plan),
        "object_table": anchor.table,
        "object_uid": anchor.uid,
        "state": state,
        "geometry": where,
    }
    label = message(QT_TRANSLATE_NOOP("core", "Add a remark"))
    return combine(label, [insert("comments", _frame(network, [row]))])


def reply(
    network: Network,
    uid: str,
    body: str,
    author: str | None,
    when: str,
    *,
    new_uid: str | None = None,
    source: str | None = None,
) -> ChangeSet:
    """Return the change that answers a remark.

    An answer by somebody else makes the thread answered, one by who began it opens it again.
    The place is that of the thread: on the map a thread has one marker.
    """
    root = network.table("comments").loc[[thread_of(network, uid)]]
    first = rows_of(root)[0]
    row = {
        **_row(body, author, when, source),
        **({} if new_uid is None else {"uid": new_uid}),
        **{key: first[key] for key in ("plan", "object_table", "object_uid")},
        "revision": _revision(network, first["plan"]),
        "reply_to": first["uid"],
    }
    parts = [insert("comments", _frame(network, [row]))]
    state = OPEN if author == first["author"] else ANSWERED
    if first["state"] != state:
        parts.append(update("comments", root, {"state": state}))
    return combine(message(QT_TRANSLATE_NOOP("core", "Answer a remark")), parts)


def set_state(network: Network, uid: str, state: str) -> ChangeSet:
    """Return the change that closes a thread, or opens it again; nothing if it is so already."""
    root = network.table("comments").loc[[thread_of(network, uid)]]
    label = (
        message(QT_TRANSLATE_NOOP("core", "Close a remark"))
        if state == CLOSED
        else message(QT_TRANSLATE_NOOP("core", "Open a remark again"))
    )
    if root["state"].iloc[0] == state:
        return ChangeSet(label)
    return combine(label, [update("comments", root, {"state": state})])


def thread_of(network: Network, uid: str) -> str:
    """Return the remark that began the thread of a remark; raises `InputError` if unknown."""
    comments = network.table("comments")
    if uid not in comments.index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no remark {uid}."), uid=uid), [uid]
        )
    seen: set[str] = set()
    while comments.at[uid, "reply_to"] in comments.index and uid not in seen:
        seen.add(uid)
        uid = str(comments.at[uid, "reply_to"])
    return uid


def threads(
    network: Network, plan_uid: str | None = None, states: Sequence[str] = ()
) -> list[Thread]:
    """Return the threads, the newest first: all, or those of a plan and what it was made from.

    ``states`` leaves the others out.
    """
    comments = network.table("comments")
    if plan_uid is not None:
        comments = comments[comments["plan"].isin(lineage(network, plan_uid))]
    answers: dict[str, list[Mapping[str, Any]]] = {}
    roots: list[Mapping[str, Any]] = []
    for row in rows_of(comments):
        begun_by = thread_of(network, row["uid"])
        if begun_by == row["uid"]:
            roots.append(row)
        else:
            answers.setdefault(begun_by, []).append(row)
    roots.sort(key=_age, reverse=True)
    return [
        _thread(network, row, sorted(answers.get(row["uid"], ()), key=_age))
        for row in roots
        if not states or row["state"] in states
    ]


def place_of_anchor(network: Network, anchor: Anchor) -> shapely.Point | None:
    """Return where a remark stands; raises `InputError` when the anchor holds nothing."""
    if anchor.table is None or anchor.uid is None:
        if anchor.place is None:
            raise InputError(
                message(QT_TRANSLATE_NOOP("core", "A remark needs an object or a place."))
            )
        return anchor.place
    if anchor.table not in TABLES or anchor.table in ("comments", "revisions"):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "No remark can be made on the table {table}."),
                table=anchor.table,
            )
        )
    if anchor.uid not in network.table(anchor.table).index:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} has no object {uids}"),
                table=anchor.table,
                uids=anchor.uid,
            ),
            [anchor.uid],
        )
    return anchor.place or object_place(network, anchor.table, anchor.uid)


def object_place(network: Network, table: str, uid: str) -> shapely.Point | None:
    """Return a point on an object (the middle of a line), ``None`` where it has no place."""
    frame = network.table(table)
    if uid not in frame.index:
        return None
    if table in _BORROWED:
        other, column = _BORROWED[table]
        value: Any = frame.at[uid, column]
        target = (value or (None,))[0] if isinstance(value, tuple) else value
        return None if target is None else object_place(network, other, str(target))
    if not TABLES[table].geometry:
        return None
    shape: Any = frame.at[uid, GEOMETRY]
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type == "LineString":
        return shape.interpolate(0.5, normalized=True)
    return shapely.point_on_surface(shape)


def _thread(
    network: Network, root: Mapping[str, Any], replies: Sequence[Mapping[str, Any]]
) -> Thread:
    table, uid = root["object_table"], root["object_uid"]
    is_known = table in TABLES and uid in network.table(table).index
    place = object_place(network, table, uid) if is_known else None
    own: Any = network.table("comments").at[root["uid"], GEOMETRY]
    return Thread(root, tuple(replies), place or own, uid is not None and not is_known)


def _age(row: Mapping[str, Any]) -> tuple[str, str]:
    return (row["created"] or "", row["uid"])


def _row(body: str, author: str | None, when: str, source: str | None) -> dict[str, Any]:
    if not body.strip():
        raise InputError(message(QT_TRANSLATE_NOOP("core", "A remark needs a text.")))
    return {"body": body.strip(), "author": author, "created": when, "source": source}


def _revision(network: Network, plan: str | None) -> str | None:
    found = None if plan is None else latest_revision(network, plan)
    return None if found is None else str(found.name)


def _frame(network: Network, rows: Sequence[Mapping[str, Any]]) -> Any:
    return frame_from_rows(TABLES["comments"], rows, network.crs)
