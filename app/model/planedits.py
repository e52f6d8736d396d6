"""What is done to plans as a whole: copied, renamed, noted, coloured."""

from __future__ import annotations

from typing import Any

from app.model.changes import ChangeSet, combine, insert, update
from app.model.codes import FROZEN_PLAN_STATES
from app.model.duplicates import duplicate_plan
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.plancolors import checked_color


def copy_plan(network: Network, plan_uid: str, name: str, created: str) -> ChangeSet:
    """Return the change that copies a plan with all its rows, in a colour of its own.

    Raises `InputError` for a name that is taken or empty.
    """
    _check_name(network, name)
    changes = duplicate_plan(network, plan_uid, name.strip(), created)
    head = next(part for part in changes.tables if part.table == "plans")
    values = {"color": None, **_asked(network, plan_uid, name.strip())}
    plain = update("plans", head.after, values).after
    parts = [insert("plans", plain) if part is head else part for part in changes.tables]
    return combine(changes.label, parts)


def rename_plan(network: Network, plan_uid: str, name: str) -> ChangeSet:
    """Return the change that gives a plan another name; raises `InputError` for a taken one."""
    _refuse_frozen(network, plan_uid)
    old = _name(network, plan_uid)
    if name.strip() != old:
        _check_name(network, name)
    label = message(
        QT_TRANSLATE_NOOP("core", "Rename plan “{old}” to “{name}”"), old=old, name=name.strip()
    )
    values = {"name": name.strip(), **_asked(network, plan_uid, name.strip())}
    return _set(network, plan_uid, values, label)


def note_plan(network: Network, plan_uid: str, note: str) -> ChangeSet:
    """Return the change that writes a note on a plan; an empty text removes it."""
    _refuse_frozen(network, plan_uid)
    label = message(
        QT_TRANSLATE_NOOP("core", "Note on plan “{name}”"), name=_name(network, plan_uid)
    )
    return _set(network, plan_uid, {"note": note.strip() or None}, label)


def color_plan(network: Network, plan_uid: str, color: str) -> ChangeSet:
    """Return the change that gives a plan a colour, ``#rrggbb``; '' gives it the usual one."""
    label = message(
        QT_TRANSLATE_NOOP("core", "Colour of plan “{name}”"), name=_name(network, plan_uid)
    )
    return _set(network, plan_uid, {"color": checked_color(color) if color else None}, label)


def _asked(network: Network, plan_uid: str, name: str) -> dict[str, Any]:
    """Return the parameters of a plan under another name, as values of a column."""
    stored: Any = network.table("plans").at[plan_uid, "parameters"]
    return {"parameters": [{**stored, "name": name}]} if stored else {}


def _name(network: Network, plan_uid: str) -> str:
    return str(network.table("plans").at[plan_uid, "name"])


def _set(network: Network, plan_uid: str, values: dict[str, Any], label: Any) -> ChangeSet:
    row = network.tables["plans"].loc[[plan_uid]]
    same = all(not isinstance(v, list) and row[k].iloc[0] == v for k, v in values.items())
    return combine(label, [] if same else [update("plans", row, values)])


def _refuse_frozen(network: Network, plan_uid: str) -> None:
    """Raise `InputError` for a plan that must stay as it was submitted."""
    if network.table("plans").at[plan_uid, "state"] in FROZEN_PLAN_STATES:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Plan “{name}” is under review and cannot be changed."),
                name=_name(network, plan_uid),
            ),
            [plan_uid],
        )


def _check_name(network: Network, name: str) -> None:
    if not name.strip():
        raise InputError(message(QT_TRANSLATE_NOOP("core", "A plan needs a name.")))
    plans = network.table("plans")
    taken = plans.index[plans["name"] == name.strip()]
    if len(taken):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "A plan named {name} exists already."), name=name.strip()
            ),
            [str(uid) for uid in taken],
        )
