"""Actions of the menu Help."""

from __future__ import annotations

from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.actions.spec import ActionSpec

ACTIONS = (
    ActionSpec(
        "command_palette",
        QT_TRANSLATE_NOOP("actions", "&Find a command…"),
        QT_TRANSLATE_NOOP("actions", "Run any command by typing a part of its name"),
        "help",
        "run",
        "Ctrl+Shift+P",
    ),
    ActionSpec(
        "show_help",
        QT_TRANSLATE_NOOP("actions", "&Handbook"),
        QT_TRANSLATE_NOOP("actions", "Open the handbook at the page of what you are working in"),
        "help",
        "help",
        "F1",
    ),
    ActionSpec(
        "show_shortcuts",
        QT_TRANSLATE_NOOP("actions", "&Shortcuts and first steps"),
        QT_TRANSLATE_NOOP("actions", "Show what the keys do and how to begin"),
        "help",
        shortcut="Ctrl+F1",
    ),
    ActionSpec(
        "whats_this",
        QT_TRANSLATE_NOOP("actions", "&What is this?"),
        QT_TRANSLATE_NOOP("actions", "Click something to read what it is for"),
        "help",
        shortcut="Shift+F1",
    ),
    ActionSpec(
        "show_about",
        QT_TRANSLATE_NOOP("actions", "&About Anello"),
        QT_TRANSLATE_NOOP("actions", "Version and licence"),
        "help",
        "info",
        ruled=True,
    ),
)
