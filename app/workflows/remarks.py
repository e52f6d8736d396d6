"""Remarks on plans: make, answer, close, list, and take in those that come back in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from app.model.changes import ChangeSet
from app.model.comments import (
    CLOSED,
    OPEN,
    Anchor,
    Thread,
    add_comment,
    reply,
    set_state,
    thread_of,
    threads,
)
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.geodesy import WGS84, transformer
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.workflows.clock import now, stamp

if TYPE_CHECKING:
    from app.io.remarks.merging import Merged

_COLUMNS = (
    "uid", "plan", "revision", "object_table", "object_uid", "body", "author", "created", "state",
    "source",
)  # fmt: skip


def make_remark(
    network: Network,
    text: str,
    author: str,
    *,
    plan: str | None = None,
    about: str | None = None,
    lonlat: str | None = None,
) -> ChangeSet:
    """Return the change that adds a remark.

    Parameters
    ----------
    plan
        Name or ``uid`` of the plan that is reviewed.
    about
        ``TABLE:UID`` of an object, or the ``uid`` alone.
    lonlat
        ``LON,LAT`` in degrees of a place; without object and place it is about the plan.
    """
    uid = None if plan is None else find_plan(network, plan)
    anchor = Anchor("plans", uid) if uid is not None else Anchor()
    if about is not None:
        anchor = find_object(network, about)
    elif lonlat is not None:
        anchor = Anchor(place=_place(lonlat, network.crs))
    return add_comment(network, anchor, text, author, stamp(now()), plan=uid)


def answer_remark(network: Network, uid: str, text: str, author: str) -> ChangeSet:
    """Return the change that answers a remark, by its ``uid`` or the beginning of it."""
    return reply(network, find_remark(network, uid), text, author, stamp(now()))


def close_remark(network: Network, uid: str, *, is_closed: bool = True) -> ChangeSet:
    """Return the change that closes a thread, or opens it again."""
    return set_state(network, find_remark(network, uid), CLOSED if is_closed else OPEN)


def find_remark(network: Network, text: str) -> str:
    """Return the thread of the one remark whose ``uid`` begins with ``text``."""
    known = [str(uid) for uid in network.table("comments").index if str(uid).startswith(text)]
    if len(known) == 1 or text in known:
        return thread_of(network, text if text in known else known[0])
    raise InputError(
        message(
            QT_TRANSLATE_NOOP("core", "{count} remarks begin with {uid}; give a whole uid."),
            count=len(known),
            uid=text,
        ),
        [text],
    )


def find_object(network: Network, text: str) -> Anchor:
    """Return the object of ``TABLE:UID``, or of a ``uid`` that one table has."""
    table, sign, uid = text.partition(":")
    if sign:
        return Anchor(table, uid)
    for name, frame in network.tables.items():
        if text in frame.index and name not in ("comments", "revisions"):
            return Anchor(name, text)
    raise InputError(
        message(QT_TRANSLATE_NOOP("core", "There is no object {uid}."), uid=text), [text]
    )


def remark_list(
    network: Network, plan: str | None = None, states: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return the threads of a plan (and of what it was made from), or all, newest first."""
    uid = None if plan is None else find_plan(network, plan)
    return [_thread_json(network, thread) for thread in threads(network, uid, states)]


def _thread_json(network: Network, thread: Thread) -> dict[str, Any]:
    plans, revisions = network.table("plans")["name"], network.table("revisions")["number"]
    root = {name: thread.root[name] for name in _COLUMNS}
    number = revisions.get(root["revision"])
    place = None
    if thread.place is not None:
        lon, lat = transformer(network.crs, WGS84).transform(thread.place.x, thread.place.y)
        place = {"lon": round(lon, 7), "lat": round(lat, 7)}
    return {
        **root,
        "plan": plans.get(root["plan"]),
        "revision": None if number is None else int(number),
        "is_orphan": thread.is_orphan,
        "place": place,
        "replies": [_reply_json(row) for row in thread.replies],
    }


def _reply_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("uid", "body", "author", "created", "source")}


def import_remarks(
    network: Network,
    project_path: Path,
    path: Path,
    author: str,
    plan: str | None = None,
    layer: str | None = None,
    progress: Progress = no_progress,
) -> Merged:
    """Read the remarks that came back in a file; the answer's changes take them in.

    ``author`` wrote what names nobody; ``plan`` is meant where a row names none.
    """
    from app.io.remarks.merging import Arrival, merge
    from app.io.remarks.reading import read_returned

    uid = None if plan is None else find_plan(network, plan)
    rows = read_returned(path, network.crs, progress, project_path, layer)
    found = merge(network, rows, Arrival(path.name, author, stamp(now()), uid))
    progress(1.0)
    return found


def _place(text: str, crs: str) -> shapely.Point:
    try:
        lon, lat = (float(part) for part in text.split(","))
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError(text)
    except ValueError:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{option} wants LON,LAT in degrees, not “{value}”"),
                option="--at",
                value=text,
            )
        ) from None
    return shapely.Point(transformer(WGS84, crs).transform(lon, lat))
