"""Prices that may not change any more: those of a list that plans were priced with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.model.changes import ChangeSet
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message

_LOCKED = QT_TRANSLATE_NOOP(
    "core",
    "Plans were priced with this list: {plans}. It stays as it is; a change of prices makes a new "
    "version of it.",
)


def lists_touched(changes: ChangeSet) -> frozenset[str]:
    """Return the price lists that a change set deletes, or of whose items it touches any.

    Lists that it adds itself do not count, nor what is said of a list beside its items.
    """
    found: set[str] = set()
    added: set[str] = set()
    for change in changes.tables:
        if change.table == "price_lists":
            added.update(map(str, change.after.index.difference(change.before.index)))
            found.update(map(str, change.before.index.difference(change.after.index)))
        elif change.table == "price_items":
            for frame in (change.before, change.after):
                found.update(uid for uid in frame["price_list"] if isinstance(uid, str))
    return frozenset(found - added)


def refuse_used_lists(users: Mapping[str, Sequence[str]]) -> None:
    """Raise `InputError` when ``users`` (names of plans by list) name any plan."""
    plans = sorted({name for names in users.values() for name in names})
    if plans:
        raise InputError(message(_LOCKED, plans=", ".join(plans)), sorted(users))
