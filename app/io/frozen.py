"""The rule of what is frozen, asked of every change set inside its transaction."""

from __future__ import annotations

import sqlalchemy as sa

from app.io.writer import fetch
from app.model.changes import ChangeSet
from app.model.freezing import plans_touched, refuse_frozen
from app.model.tables import TABLES


def guard(connection: sa.Connection, changes: ChangeSet) -> None:
    """Raise `InputError` when ``changes`` touch a plan under review or a record of one."""
    uids = sorted(plans_touched(changes))
    plans = fetch(connection, TABLES["plans"], uids).frame("")
    refuse_frozen(changes, plans)
