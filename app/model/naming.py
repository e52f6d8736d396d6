"""What objects are called, for whole tables at once, and which object a name means."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.tables import TABLES

NAMING_COLUMNS = ("name", "plan_name", "text_en", "code")
"""Columns whose first filled one is the name of an object."""


_NAMED_AFTER: Mapping[str, tuple[str, str]] = {
    "agreements": ("body", "organisations"),
    "plan_sites": ("site", "sites"),
}
"""Rows without a name of their own are called as what this column refers to."""


def names_of(frame: pd.DataFrame) -> pd.Series:
    """Return the name of each row, or ``None``; running time linear in the rows."""
    names = pd.Series(None, index=frame.index, dtype=object)
    for column in NAMING_COLUMNS:
        if column in frame.columns:
            names = names.where(names.notna() & (names != ""), frame[column].astype(object))
    return names.where(names.notna() & (names != ""), None)


def name_of(network: Network, table: str, uid: str) -> str:
    """Return what an object is called: by its name, what it belongs to, or its ``uid``'s start."""
    frame = network.table(table)
    if uid not in frame.index:
        return uid[:8]
    own = names_of(frame.loc[[uid]]).iloc[0]
    owner = _NAMED_AFTER.get(table)
    if own or owner is None or frame.at[uid, owner[0]] is None:
        return str(own or uid[:8])
    return name_of(network, owner[1], str(frame.at[uid, owner[0]]))


def find_object(network: Network, table: str, text: str) -> str:
    """Return the ``uid`` of the object of ``table`` that ``text`` names: a uid, name or code.

    Raises `InputError` when there is none, or when several have the name.
    """
    frame = network.table(table)
    wanted = text.strip()
    if wanted in frame.index:
        return wanted
    for columns in _by_likeness(frame):
        found = [str(uid) for uid, name in columns.items() if name.casefold() == wanted.casefold()]
        if len(found) > 1:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "{count} of {table} are called “{name}”; choose by identifier"
                    ),
                    count=len(found),
                    table=message(TABLES[table].label),
                    name=wanted,
                ),
                found[:20],
            )
        if found:
            return found[0]
    raise InputError(
        message(
            QT_TRANSLATE_NOOP("core", "{table}: there is none called “{name}”"),
            table=message(TABLES[table].label),
            name=wanted,
        )
    )


def _by_likeness(frame: pd.DataFrame) -> list[Mapping[str, str]]:
    """Return names, then codes, of the rows that have them."""
    columns = [names_of(frame)]
    if "code" in frame.columns:
        columns.append(frame["code"])
    return [{str(uid): str(name) for uid, name in column.items() if name} for column in columns]
