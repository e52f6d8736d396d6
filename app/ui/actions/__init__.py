"""Every action of the window, once: menus, toolbars and shortcuts are made from this table."""

from __future__ import annotations

from collections.abc import Iterable

from app.ui.actions import drawing, editing, files, helping, planning, pricing, reviewing, viewing
from app.ui.actions.spec import CONTEXT, MENUS, TOOLBARS, ActionSpec, plain_text

__all__ = ["ACTIONS", "CONTEXT", "MENUS", "TOOLBARS", "ActionSpec", "plain_text"]

_PARTS = (files, editing, drawing, viewing, planning, pricing, reviewing, helping)


def _in_order(specs: Iterable[ActionSpec]) -> tuple[ActionSpec, ...]:
    """Return the specs with each ``after`` behind the action that it names."""
    placed: list[ActionSpec] = []
    for spec in specs:
        names = [known.id for known in placed]
        at = names.index(spec.after) + 1 if spec.after else len(placed)
        while at < len(placed) and placed[at].after == spec.after != "":
            at += 1
        placed.insert(at, spec)
    return tuple(placed)


ACTIONS: tuple[ActionSpec, ...] = _in_order(spec for part in _PARTS for spec in part.ACTIONS)
