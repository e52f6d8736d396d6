"""The rule of what is frozen, asked of every change set inside its transaction."""

from __future__ import annotations

import sqlalchemy as sa

from app.io.database import driver
from app.io.writer import fetch
from app.model.changes import ChangeSet
from app.model.freezing import plans_touched, refuse_frozen
from app.model.pricelock import lists_touched, refuse_used_lists
from app.model.tables import TABLES


def guard(connection: sa.Connection, changes: ChangeSet) -> None:
    """Raise `InputError` when ``changes`` touch a plan under review, a record, a used price."""
    uids = sorted(plans_touched(changes))
    plans = fetch(connection, TABLES["plans"], uids).frame("")
    refuse_frozen(changes, plans)
    _guard_prices(connection, changes)


def _guard_prices(connection: sa.Connection, changes: ChangeSet) -> None:
    """Raise `InputError` when ``changes`` touch prices that a plan rests on.

    Plans that the same change deletes do not count.
    """
    lists = sorted(lists_touched(changes))
    if not lists:
        return
    gone = {
        str(uid)
        for part in changes.tables
        if part.table == "plans"
        for uid in part.before.index.difference(part.after.index)
    }
    marks = ", ".join("?" * len(lists))
    rows = driver(connection).execute(
        f"SELECT uid, price_list, name FROM plans WHERE price_list IN ({marks})", lists
    )
    users: dict[str, list[str]] = {}
    for uid, price_list, name in rows:
        if uid not in gone:
            users.setdefault(str(price_list), []).append(str(name))
    refuse_used_lists(users)
