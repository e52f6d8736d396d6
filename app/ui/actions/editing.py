"""Actions of the menu Edit."""

from __future__ import annotations

from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.actions.spec import ActionSpec

ACTIONS = (
    ActionSpec(
        "undo",
        QT_TRANSLATE_NOOP("actions", "&Undo"),
        QT_TRANSLATE_NOOP("actions", "Take the last step back"),
        "edit",
        "undo",
        "Ctrl+Z",
        "undo",
        toolbar="main",
        ruled=True,
    ),
    ActionSpec(
        "redo",
        QT_TRANSLATE_NOOP("actions", "&Redo"),
        QT_TRANSLATE_NOOP("actions", "Do the step again that was taken back"),
        "edit",
        "redo",
        "Ctrl+Shift+Z",
        "redo",
        toolbar="main",
    ),
    ActionSpec(
        "show_history",
        QT_TRANSLATE_NOOP("actions", "&History"),
        QT_TRANSLATE_NOOP("actions", "Show every step, and go back to any of them"),
        "edit",
        "history",
        "Ctrl+H",
        "project",
        after="redo",
    ),
    ActionSpec(
        "make_checkpoint",
        QT_TRANSLATE_NOOP("actions", "Chec&kpoint…"),
        QT_TRANSLATE_NOOP("actions", "Keep a whole copy of the project under a name"),
        "edit",
        "checkpoint",
        needs="project",
        after="redo",
    ),
    ActionSpec(
        "select_unconnected",
        QT_TRANSLATE_NOOP("actions", "Select sites &not connected"),
        QT_TRANSLATE_NOOP("actions", "Select every site that the network does not serve"),
        "edit",
        "select",
        "Ctrl+Shift+U",
        "project",
        ruled=True,
    ),
    ActionSpec(
        "clear_selection",
        QT_TRANSLATE_NOOP("actions", "&Clear selection"),
        QT_TRANSLATE_NOOP("actions", "Select nothing"),
        "edit",
        "clear",
        "Ctrl+Shift+A",
        "selection",
    ),
    ActionSpec(
        "preferences",
        QT_TRANSLATE_NOOP("actions", "&Preferences…"),
        QT_TRANSLATE_NOOP("actions", "Language and theme"),
        "edit",
        "settings",
        "Ctrl+,",
        ruled=True,
    ),
)
