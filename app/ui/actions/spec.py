"""What an action is, and the menus that actions stand in."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.messages import QT_TRANSLATE_NOOP

CONTEXT = "actions"


@dataclass(frozen=True)
class ActionSpec:
    """One action: ``id`` is also the name of the slot that it calls.

    ``needs`` is '' or what must be there for it: project, selection, plan, undo, redo, or what a
    feature tells. ``group`` makes it one choice of several (the map's tools). ``menu`` '' keeps it
    out of the menu bar; ``toolbar`` is '' or the name of a toolbar; ``ruled`` draws a line before
    it; one that ``is_switch`` is on or off. ``after`` names the action of the same menu that it
    follows; without, it comes last.
    """

    id: str
    text: str
    tip: str
    menu: str
    icon: str = ""
    shortcut: str = ""
    needs: str = ""
    group: str = ""
    toolbar: str = ""
    ruled: bool = False
    is_switch: bool = False
    after: str = ""


MENUS = {
    "file": QT_TRANSLATE_NOOP("actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("actions", "&Edit"),
    "draw": QT_TRANSLATE_NOOP("actions", "&Draw"),
    "view": QT_TRANSLATE_NOOP("actions", "&View"),
    "plan": QT_TRANSLATE_NOOP("actions", "&Plan"),
    "help": QT_TRANSLATE_NOOP("actions", "&Help"),
}

TOOLBARS = {
    "main": QT_TRANSLATE_NOOP("actions", "Tools"),
    "draw": QT_TRANSLATE_NOOP("actions", "Drawing"),
}


def plain_text(text: str) -> str:
    """Return a menu text without the mark of its key."""
    return text.replace("&", "")
