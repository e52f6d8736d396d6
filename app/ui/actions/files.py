"""Actions of the menu File."""

from __future__ import annotations

from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.actions.spec import ActionSpec

ACTIONS = (
    ActionSpec(
        "new_project",
        QT_TRANSLATE_NOOP("actions", "&New project…"),
        QT_TRANSLATE_NOOP("actions", "Create an empty project file"),
        "file",
        "new",
        "Ctrl+N",
        toolbar="main",
    ),
    ActionSpec(
        "open_project",
        QT_TRANSLATE_NOOP("actions", "&Open project…"),
        QT_TRANSLATE_NOOP("actions", "Open a project file"),
        "file",
        "open",
        "Ctrl+O",
        toolbar="main",
    ),
    ActionSpec(
        "open_demo",
        QT_TRANSLATE_NOOP("actions", "Open the &demonstration"),
        QT_TRANSLATE_NOOP("actions", "Open a modelled network around Milan to try things out"),
        "file",
        "demo",
    ),
    ActionSpec(
        "save_copy",
        QT_TRANSLATE_NOOP("actions", "&Save a copy…"),
        QT_TRANSLATE_NOOP("actions", "Write a copy of the project to another file"),
        "file",
        "copy",
        "Ctrl+Shift+S",
        "project",
    ),
    ActionSpec(
        "import_file",
        QT_TRANSLATE_NOOP("actions", "&Import…"),
        QT_TRANSLATE_NOOP("actions", "Read network, sites, streets or barriers from a file"),
        "file",
        "import",
        "Ctrl+I",
        "project",
        toolbar="main",
        ruled=True,
    ),
    ActionSpec(
        "export_plan",
        QT_TRANSLATE_NOOP("actions", "&Export plan…"),
        QT_TRANSLATE_NOOP("actions", "Write a plan as PDF, GeoPackage, spreadsheet or web map"),
        "file",
        "export",
        "Ctrl+E",
        "plan",
        toolbar="main",
    ),
    ActionSpec(
        "close_project",
        QT_TRANSLATE_NOOP("actions", "&Close project"),
        QT_TRANSLATE_NOOP("actions", "Close the project and show the welcome page"),
        "file",
        "close",
        "Ctrl+W",
        "project",
        ruled=True,
    ),
    ActionSpec(
        "quit_program",
        QT_TRANSLATE_NOOP("actions", "&Quit"),
        QT_TRANSLATE_NOOP("actions", "Close the program"),
        "file",
        "quit",
        "Ctrl+Q",
    ),
)
