"""Returned remarks and those of the project become one: nothing twice, nothing lost.

What a reviewer changed is told from what the project changed by the mark that every remark went
out with. Where both changed, the project's side stays, the file's text becomes an answer, and a
finding tells of it. A remark without an identifier of its own gets one from what it says, about
what and by whom, so that a file can be imported again.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import shapely

from app.io.remarks.attaching import Neighbours, bill_anchor, known_anchor
from app.io.remarks.layout import read_state, text_mark
from app.io.remarks.reading import ReturnedRow, is_bill_line
from app.model.changes import ChangeSet, TableChange, combine, insert, update
from app.model.codes import COMMENT_STATES
from app.model.comments import ANSWERED, OPEN, Anchor, object_place, thread_of
from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY, frame_from_rows, plain
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.revisions import latest_revision
from app.model.schema import new_uid
from app.model.tables import TABLES

_NAMESPACE = uuid.UUID("b0c5a1d8-5f0e-5c55-9f0a-0d6d1d4c8f11")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,6})?(Z|[+-]00:?00)?")

_NO_TEXT = QT_TRANSLATE_NOOP("core", "There is no text")
_NO_ANCHOR = QT_TRANSLATE_NOOP("core", "It names neither an object of the project nor a place")
_NO_KEY = QT_TRANSLATE_NOOP("core", "The key of the row is missing or names nothing known")
_NO_REMARK = QT_TRANSLATE_NOOP("core", "The remark that it answers is not known")


@dataclass(frozen=True)
class RejectedRemark:
    """A row that could not be taken in: where it stands, what it said, and why."""

    where: str
    row: int
    reason: Message
    text: str
    uid: str | None = None


@dataclass(frozen=True)
class Merged:
    """What importing remarks does: ``known`` rows were there already, as they are."""

    changes: ChangeSet
    added: tuple[str, ...]
    updated: tuple[str, ...]
    known: int
    conflicts: tuple[Finding, ...]
    rejected: tuple[RejectedRemark, ...]


@dataclass(frozen=True)
class Arrival:
    """Whence remarks came: name of the file, who wrote where it does not say, and the time."""

    source: str
    author: str
    when: str
    plan: str | None = None


def merge(network: Network, rows: Iterable[ReturnedRow], arrival: Arrival) -> Merged:
    """Return what taking ``rows`` into the project would do.

    ``arrival.plan`` is the plan of rows that name none; without it the only plan there is.
    """
    desk = _Desk(network, arrival)
    waiting = []
    for row in _each_uid_once(rows):
        if row.reply_to and row.reply_to != row.uid and not desk.is_stored(row.uid):
            waiting.append(row)  # answers come after what they answer
        else:
            desk.take(row)
    while waiting:  # an answer to an answer comes after that
        ready = [row for row in waiting if desk.knows(row.reply_to)] or waiting
        for row in ready:
            desk.take(row)
        waiting = [row for row in waiting if row not in ready]
    return desk.merged()


def _each_uid_once(rows: Iterable[ReturnedRow]) -> Iterator[ReturnedRow]:
    """Yield the rows; those copied from others with their identifier lose it."""
    seen: set[str] = set()
    for row in rows:
        is_copy = row.uid in seen
        seen.update({row.uid} if row.uid else ())
        yield replace(row, uid=None) if is_copy else row


@dataclass
class _Desk:
    """The work of one import: what is known, and what is to be written."""

    network: Network
    arrival: Arrival
    fresh: dict[str, dict[str, Any]] = field(default_factory=dict)
    edits: dict[str, dict[str, Any]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    known: int = 0
    conflicts: list[Finding] = field(default_factory=list)
    rejected: list[RejectedRemark] = field(default_factory=list)
    _near: dict[str | None, Neighbours] = field(default_factory=dict)
    _spoken: dict[str, str] | None = None

    def is_stored(self, uid: str | None) -> bool:
        """Return whether the project has a remark of this identifier."""
        return uid in self.network.table("comments").index

    def knows(self, uid: str | None) -> bool:
        """Return whether a remark is in the project, or was taken in."""
        return self._root(uid) is not None

    def take(self, row: ReturnedRow) -> None:
        """Take one row in, or say why not."""
        if row.is_listed and self.is_stored(row.uid):
            self._meet(row, str(row.uid))
        elif row.text:
            self._add(row)
        elif row.answer:
            self._reject(row, _NO_REMARK)
        elif row.is_listed:
            self._reject(row, _NO_TEXT)

    # -- remarks that the project knows ------------------------------------------------------

    def _meet(self, row: ReturnedRow, uid: str) -> None:
        """Take over what the reviewer changed of a known remark."""
        comments = self.network.table("comments")
        body, state = str(comments.at[uid, "body"]), str(comments.at[uid, "state"])
        base_state, _, base_text = (row.base or "").partition(" ")
        if not row.base:
            base_state, base_text = self._assumed_base(row, uid)
        changed = False
        theirs = read_state(row.state) or state
        if thread_of(self.network, uid) == uid and theirs not in (state, base_state):
            if base_state == state:
                self.edits.setdefault(uid, {})["state"] = theirs
                changed = True
            else:
                self._tell_conflict(row, uid, _state_conflict(state, theirs))
        if row.text and text_mark(row.text) not in (text_mark(body), base_text):
            if base_text == text_mark(body):
                self.edits.setdefault(uid, {})["body"] = row.text
                changed = True
            else:
                changed |= self._answer(uid, row.text, row.author)
                self._tell_conflict(row, uid, _text_conflict())
        if row.answer:
            changed |= self._answer(uid, row.answer, row.answer_author)
        self.known += not changed

    def _assumed_base(self, row: ReturnedRow, uid: str) -> tuple[str, str]:
        """Return state and mark of the text that a row without a mark went out with.

        A text that came from this very file and was left alone since is the file's to change. A
        thread may go on, from open to closed, but not back.
        """
        comments = self.network.table("comments")
        state = str(comments.at[uid, "state"])
        rev: Any = comments.at[uid, "rev"]
        is_untouched = comments.at[uid, "source"] == self.arrival.source and rev <= 1
        theirs = read_state(row.state) or state
        goes_on = COMMENT_STATES.index(theirs) > COMMENT_STATES.index(state)
        text = text_mark(str(comments.at[uid, "body"])) if is_untouched else ""
        return (state if goes_on else theirs), text

    def _answer(self, uid: str, text: str, author: str | None) -> bool:
        """Add an answer to the thread of a remark that is known; tell whether it is new."""
        root = self._root(uid)
        assert root is not None
        who = author or self.arrival.author
        is_new = self._store(
            _content_uid(root["uid"], text, who),
            {
                **{key: root[key] for key in ("plan", "object_table", "object_uid")},
                "reply_to": root["uid"], "body": text, "author": who,
                "created": self.arrival.when, "state": OPEN,
            },
        )  # fmt: skip
        if is_new and who != root["author"]:
            self._set_answered(root["uid"])
        return is_new

    def _set_answered(self, uid: str) -> None:
        """Note that a thread is answered, if it is open and its state is not set by hand."""
        if uid in self.fresh:
            if self.fresh[uid]["state"] == OPEN:
                self.fresh[uid]["state"] = ANSWERED
        elif self.network.table("comments").at[uid, "state"] == OPEN:
            self.edits.setdefault(uid, {}).setdefault("state", ANSWERED)

    def _root(self, uid: str | None) -> Mapping[str, Any] | None:
        """Return the remark that began the thread of ``uid``, of the project or of the file."""
        uid = self.renamed.get(uid or "", uid)
        if uid in self.fresh:
            row = self.fresh[uid]
            return row if row["reply_to"] is None else self._root(row["reply_to"])
        comments = self.network.table("comments")
        if uid not in comments.index:
            return None
        root = thread_of(self.network, str(uid))
        names = ("plan", "object_table", "object_uid", "author")
        known = {name: plain(comments.at[root, name]) for name in names}
        return {"uid": root, **known}

    # -- remarks that are new ----------------------------------------------------------------

    def _add(self, row: ReturnedRow) -> None:
        """Add the remark of a row, or an answer when it says which remark it answers."""
        text, who = str(row.text), row.author or self.arrival.author
        if row.reply_to and row.reply_to != row.uid:
            root = self._root(row.reply_to)
            if root is None:
                self._reject(row, _NO_REMARK)
                return
            content = _content_uid(root["uid"], text, who)
            is_new = self._answer(root["uid"], text, row.author)
        else:
            plan = self._plan_of(row)
            anchor = self._anchor(row, plan)
            if anchor is None:
                self._reject(row, _NO_ANCHOR if row.is_listed else _NO_KEY)
                return
            plan = plan or self._plan_of_object(anchor)
            content = _content_uid(_anchor_text(plan, anchor), text, who)
            is_new = self._store(
                content,
                {
                    "reply_to": None, "body": text, "author": who,
                    "created": _moment(row.created) or self.arrival.when, "plan": plan,
                    "object_table": anchor.table, "object_uid": anchor.uid,
                    "geometry": self._place(anchor), "state": read_state(row.state) or OPEN,
                },
                self._own_uid(row),
            )  # fmt: skip
        if row.uid and row.uid not in self.network.table("comments").index:
            self.renamed[row.uid] = self._said()[content]
        if row.answer:
            is_new |= self._answer(self._said()[content], row.answer, row.answer_author)
        self.known += not is_new

    def _plan_of(self, row: ReturnedRow) -> str | None:
        plans = self.network.table("plans").index
        for plan in (row.plan, self.arrival.plan):
            if plan in plans:
                return plan
        return str(plans[0]) if len(plans) == 1 else None

    def _plan_of_object(self, anchor: Anchor) -> str | None:
        if anchor.table not in ("plan_spans", "plan_nodes", "plan_sites"):
            return None
        return plain(self.network.table(anchor.table).at[anchor.uid, "plan"])

    def _anchor(self, row: ReturnedRow, plan: str | None) -> Anchor | None:
        """Return what a row is about: its object, the nearest, the place, at last the plan."""
        whole = None if plan is None else Anchor("plans", plan)
        if is_bill_line(row):
            return bill_anchor(self.network, plan, row.object or "") or whole
        named = known_anchor(self.network, row.table, row.object)
        if named is not None:
            return Anchor(named.table, named.uid, row.point)
        if not row.is_listed:
            return None
        if row.point is not None:
            if plan not in self._near:
                self._near[plan] = Neighbours(self.network, plan)
            near = self._near[plan].nearest(row.point)
            return Anchor(place=row.point) if near is None else Anchor(*near, row.point)
        return whole if row.object is None else None

    def _place(self, anchor: Anchor) -> shapely.Point | None:
        if anchor.place is not None or anchor.table is None or anchor.uid is None:
            return anchor.place
        return object_place(self.network, anchor.table, anchor.uid)

    def _own_uid(self, row: ReturnedRow) -> str | None:
        """Return the identifier that a row brings along, if it is one and not taken."""
        try:
            own = str(uuid.UUID(row.uid or ""))
        except ValueError:
            return None
        return None if own in self.fresh or self.is_stored(own) else own

    def _said(self) -> dict[str, str]:
        """Return the remark that says something about something, by what it says about what."""
        if self._spoken is None:
            comments = self.network.table("comments")
            self._spoken = {
                _content_uid(self._about(uid, row), str(row["body"]), str(row["author"] or "")): (
                    str(uid)
                )
                for uid, row in comments.iterrows()
            }
        return self._spoken

    def _about(self, uid: Hashable, row: pd.Series) -> str:
        if row["reply_to"] is not None:
            return thread_of(self.network, str(uid))
        point: Any = row[GEOMETRY]
        table, about = plain(row["object_table"]), plain(row["object_uid"])
        if table is None and point is None:
            return ""
        return _anchor_text(plain(row["plan"]), Anchor(table, about, point))

    def _store(self, content: str, row: Mapping[str, Any], own: str | None = None) -> bool:
        """Note a new row unless somebody said the same of the same; ``own`` is its identifier."""
        if content in self._said():
            return False
        taken = self.network.table("comments").index
        uid = own or (content if content not in taken else new_uid())
        self._said()[content] = uid
        revision = None if row["plan"] is None else latest_revision(self.network, row["plan"])
        self.fresh[uid] = {
            **row,
            "uid": uid,
            "source": self.arrival.source,
            "revision": None if revision is None else str(revision.name),
        }
        return True

    # -- the outcome -------------------------------------------------------------------------

    def merged(self) -> Merged:
        """Return all that is to be written, as one change set."""
        parts: list[TableChange] = []
        comments = self.network.table("comments")
        if self.fresh:
            rows = frame_from_rows(TABLES["comments"], self.fresh.values(), self.network.crs)
            parts.append(insert("comments", rows))
        parts += [update("comments", comments.loc[[u]], v) for u, v in sorted(self.edits.items())]
        label = message(
            QT_TRANSLATE_NOOP("core", "Import remarks from {name}"), name=self.arrival.source
        )
        return Merged(
            combine(label, parts),
            tuple(self.fresh),
            tuple(sorted(self.edits)),
            self.known,
            tuple(self.conflicts),
            tuple(self.rejected),
        )

    def _reject(self, row: ReturnedRow, reason: str) -> None:
        said = "\n".join(part for part in (row.text, row.answer) if part)
        self.rejected.append(
            RejectedRemark(row.where, row.number, message(reason), said, row.uid or row.object)
        )

    def _tell_conflict(self, row: ReturnedRow, uid: str, text: Message) -> None:
        place: Any = self.network.table("comments").at[uid, GEOMETRY]
        where = None if place is None else (float(place.x), float(place.y))
        self.conflicts.append(
            Finding(
                "comment.conflict", Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP("core", "{where}, row {row}: {what}"),
                    where=row.where, row=row.number, what=text,
                ),
                "comments", (uid,), where,
            )
        )  # fmt: skip


def _state_conflict(ours: str, theirs: str) -> Message:
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "the remark is “{ours}” here and “{theirs}” in the file; both were changed, so it "
            "stays as it is here",
        ),
        ours=message(label_of(ours)),
        theirs=message(label_of(theirs)),
    )


def _text_conflict() -> Message:
    return message(
        QT_TRANSLATE_NOOP(
            "core", "its text differs from the one here; the file's text was added as an answer"
        )
    )


def _content_uid(about: str, text: str, author: str) -> str:
    """Return the identifier of what somebody says about something: always the same."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((about, text_mark(text), author.strip()))))


def _anchor_text(plan: str | None, anchor: Anchor) -> str:
    if anchor.table is not None:
        return f"{plan}/{anchor.table}/{anchor.uid}"
    assert anchor.place is not None
    return f"{plan}/{anchor.place.x:.2f}/{anchor.place.y:.2f}"


def _moment(text: str | None) -> str | None:
    """Return a time as columns hold it, ``None`` when it is none or not in UTC."""
    found = _MOMENT.fullmatch((text or "").replace("/", "-"))
    if found is None:
        return None
    fraction = (found[3] or ".000").ljust(4, "0")[:4]
    return f"{found[1]}T{found[2]}{fraction}Z"
