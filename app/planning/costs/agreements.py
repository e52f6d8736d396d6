"""Agreements between bodies and the network's owner: which are in force when, and their terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.model.changes import ChangeSet, combine, insert, update
from app.model.codes import CONTRIBUTION_KEYS
from app.model.errors import InputError
from app.model.frames import frame_from_rows, plain, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.schema import new_uid
from app.model.tables import TABLES

_DAYS_PER_YEAR = Decimal("365.25")

FIELDS = (
    "signed", "ends", "term_years", "contribution_key", "yearly_eur", "is_in_operation", "kind",
    "source", "note",
)  # fmt: skip
"""What an agreement says that may be set."""


@dataclass(frozen=True)
class Term:
    """An agreement as far as money goes; ``reason`` says why it is not in force, if so."""

    uid: str
    body: str
    key: str
    fixed_eur: Decimal | None
    signed: date | None
    ends: date | None
    is_in_operation: bool
    reason: Message | None

    @property
    def is_in_force(self) -> bool:
        """Whether the body owes under it."""
        return self.reason is None


def terms(network: Network, on: date, *, only_operational: bool = False) -> list[Term]:
    """Return all agreements as of a day, by body and date of signature.

    An agreement is in force from the day of its signature to the day before its end; the end is
    stated, or follows from the term in years; without either it has none.
    """
    bodies = network.table("organisations").index
    found = []
    for row in rows_of(network.table("agreements")):
        signed, ends = day(row["signed"]), _end(row)
        found.append(
            Term(
                str(row["uid"]),
                str(row["body"] or ""),
                str(row["contribution_key"] or "equal"),
                None if row["yearly_eur"] is None else Decimal(str(row["yearly_eur"])),
                signed,
                ends,
                bool(row["is_in_operation"]),
                _reason(row, on, signed, ends, row["body"] in bodies, only_operational),
            )
        )
    return sorted(found, key=lambda term: (term.body, term.signed or date.min, term.uid))


def day(stored: object) -> date | None:
    """Return the day of a stored moment, ``None`` for none or for what is no date."""
    text = plain(stored)
    if text is None:
        return None
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def set_agreement(network: Network, body: str, values: Mapping[str, Any]) -> ChangeSet:
    """Return the change that sets terms of a body's latest agreement, or signs its first.

    ``body`` is a uid or a name of a body, or the uid of an agreement, which then is set itself.
    Raises `InputError` for an unknown body, field or key.
    """
    stored = network.table("agreements")
    is_agreement = body in stored.index
    uid = str(stored.at[body, "body"]) if is_agreement else find_body(network, body)
    unknown = sorted(set(values) - set(FIELDS))
    key = values.get("contribution_key")
    if unknown or (key is not None and key not in CONTRIBUTION_KEYS):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "An agreement has no {what}; known are {known}"),
                what=", ".join(unknown) or str(key),
                known=", ".join(FIELDS if unknown else CONTRIBUTION_KEYS),
            )
        )
    own = stored[stored["body"] == uid].sort_values("signed", na_position="first", kind="stable")
    own = stored.loc[[body]] if is_agreement else own
    if own.empty:
        row = {"uid": new_uid(), "body": uid, **values}
        part = insert("agreements", frame_from_rows(TABLES["agreements"], [row]))
    else:
        part = update("agreements", own.iloc[-1:], {name: [v] for name, v in values.items()})
    name = network.table("organisations")["name"].get(uid, uid)
    return combine(message(QT_TRANSLATE_NOOP("core", "Agreement with {body}"), body=name), [part])


def find_body(network: Network, name: str) -> str:
    """Return the uid of a body by uid or name; raises `InputError`."""
    bodies = network.table("organisations")
    if name in bodies.index:
        return name
    found = sorted(bodies.index[bodies["name"] == name])
    if len(found) != 1:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "There are {count} bodies called “{name}”, not one"),
                count=len(found),
                name=name,
            ),
            found,
        )
    return str(found[0])


def _end(row: Mapping[str, Any]) -> date | None:
    ends, signed = day(row["ends"]), day(row["signed"])
    if ends is not None or signed is None or row["term_years"] is None:
        return ends
    term = Decimal(str(row["term_years"]))
    whole = int(term)
    try:
        anniversary = signed.replace(year=signed.year + whole)
    except ValueError:  # the 29th of February
        anniversary = date(signed.year + whole, 3, 1)
    return anniversary + timedelta(days=int((term - whole) * _DAYS_PER_YEAR))


def _reason(
    row: Mapping[str, Any], on: date, signed: date | None, ends: date | None, is_known: bool,
    only_operational: bool,
) -> Message | None:  # fmt: skip
    """Return why nothing is owed under an agreement, ``None`` where something is."""
    if not is_known:
        return message(QT_TRANSLATE_NOOP("core", "The agreement names no body."))
    if signed is None:
        return message(QT_TRANSLATE_NOOP("core", "The agreement has no date of signature."))
    if signed > on:
        return message(QT_TRANSLATE_NOOP("core", "Signed only on {day}."), day=str(signed))
    if ends is not None and ends <= on:
        return message(QT_TRANSLATE_NOOP("core", "Ended on {day}."), day=str(ends))
    if only_operational and not row["is_in_operation"]:
        return message(QT_TRANSLATE_NOOP("core", "The agreement is not in operation."))
    return None
