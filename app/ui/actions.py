"""Every action of the window, once: menus, toolbar and shortcuts are made from this table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from app.model.messages import QT_TRANSLATE_NOOP
from app.ui.icons import icon
from app.ui.translation import translate_text

CONTEXT = "actions"


@dataclass(frozen=True)
class ActionSpec:
    """One action: ``id`` is also the name of the slot that it calls.

    ``needs`` is '' or what must be there for it: project, selection, plan, undo, redo.
    ``group`` makes it one choice of several (the map's tools). ``menu`` '' keeps it out of the
    menu bar; ``toolbar`` puts it into the toolbar; ``ruled`` draws a line before it.
    """

    id: str
    text: str
    tip: str
    menu: str
    icon: str = ""
    shortcut: str = ""
    needs: str = ""
    group: str = ""
    toolbar: bool = False
    ruled: bool = False


MENUS = {
    "file": QT_TRANSLATE_NOOP("actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("actions", "&View"),
    "plan": QT_TRANSLATE_NOOP("actions", "&Plan"),
    "help": QT_TRANSLATE_NOOP("actions", "&Help"),
}

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "new_project",
        QT_TRANSLATE_NOOP("actions", "&New project…"),
        QT_TRANSLATE_NOOP("actions", "Create an empty project file"),
        "file",
        "new",
        "Ctrl+N",
        toolbar=True,
    ),
    ActionSpec(
        "open_project",
        QT_TRANSLATE_NOOP("actions", "&Open project…"),
        QT_TRANSLATE_NOOP("actions", "Open a project file"),
        "file",
        "open",
        "Ctrl+O",
        toolbar=True,
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
        toolbar=True,
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
        toolbar=True,
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
    ActionSpec(
        "undo",
        QT_TRANSLATE_NOOP("actions", "&Undo"),
        QT_TRANSLATE_NOOP("actions", "Take the last step back"),
        "edit",
        "undo",
        "Ctrl+Z",
        "undo",
        toolbar=True,
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
        toolbar=True,
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
    ActionSpec(
        "tool_pan",
        QT_TRANSLATE_NOOP("actions", "&Move the map"),
        QT_TRANSLATE_NOOP("actions", "Drag the map; click identifies an object"),
        "view",
        "pan",
        "F5",
        "project",
        "tool",
        toolbar=True,
        ruled=True,
    ),
    ActionSpec(
        "tool_select",
        QT_TRANSLATE_NOOP("actions", "&Select on the map"),
        QT_TRANSLATE_NOOP("actions", "Click or draw a rectangle to select; Shift adds"),
        "view",
        "select",
        "F6",
        "project",
        "tool",
        toolbar=True,
    ),
    ActionSpec(
        "tool_lasso",
        QT_TRANSLATE_NOOP("actions", "Select with a lass&o"),
        QT_TRANSLATE_NOOP("actions", "Draw around what to select; Shift adds"),
        "view",
        "lasso",
        "Shift+F6",
        "project",
        "tool",
        toolbar=True,
    ),
    ActionSpec(
        "tool_zoom",
        QT_TRANSLATE_NOOP("actions", "&Zoom to a rectangle"),
        QT_TRANSLATE_NOOP("actions", "Draw the rectangle to show"),
        "view",
        "zoom",
        "F7",
        "project",
        "tool",
        toolbar=True,
    ),
    ActionSpec(
        "tool_measure",
        QT_TRANSLATE_NOOP("actions", "M&easure"),
        QT_TRANSLATE_NOOP("actions", "Measure distances on the ellipsoid; double-click ends"),
        "view",
        "measure",
        "F8",
        "project",
        "tool",
        toolbar=True,
    ),
    ActionSpec(
        "go_to",
        QT_TRANSLATE_NOOP("actions", "&Go to…"),
        QT_TRANSLATE_NOOP("actions", "Find a site, street, municipality or coordinates by typing"),
        "view",
        "search",
        "Ctrl+G",
        "project",
        toolbar=True,
        ruled=True,
    ),
    ActionSpec(
        "zoom_all",
        QT_TRANSLATE_NOOP("actions", "Show &all"),
        QT_TRANSLATE_NOOP("actions", "Show the whole network and all sites"),
        "view",
        "zoom-all",
        "Ctrl+0",
        "project",
        toolbar=True,
    ),
    ActionSpec(
        "zoom_selection",
        QT_TRANSLATE_NOOP("actions", "Show se&lection"),
        QT_TRANSLATE_NOOP("actions", "Zoom to what is selected"),
        "view",
        "zoom-selection",
        "Ctrl+J",
        "selection",
        toolbar=True,
    ),
    ActionSpec(
        "previous_view",
        QT_TRANSLATE_NOOP("actions", "&Previous view"),
        QT_TRANSLATE_NOOP("actions", "Show the part of the map that was shown before"),
        "view",
        "back",
        "Alt+Left",
        "project",
        toolbar=True,
    ),
    ActionSpec(
        "next_view",
        QT_TRANSLATE_NOOP("actions", "Ne&xt view"),
        QT_TRANSLATE_NOOP("actions", "Show the part of the map that was shown after it"),
        "view",
        "forward",
        "Alt+Right",
        "project",
        toolbar=True,
    ),
    ActionSpec(
        "reset_layout",
        QT_TRANSLATE_NOOP("actions", "&Reset window layout"),
        QT_TRANSLATE_NOOP("actions", "Put every panel back to its place"),
        "view",
        ruled=True,
    ),
    ActionSpec(
        "new_plan",
        QT_TRANSLATE_NOOP("actions", "&New plan"),
        QT_TRANSLATE_NOOP("actions", "Connect sites to the network at least cost"),
        "plan",
        "plan",
        "Ctrl+P",
        "project",
        toolbar=True,
        ruled=True,
    ),
    ActionSpec(
        "accept_plan",
        QT_TRANSLATE_NOOP("actions", "&Accept plan"),
        QT_TRANSLATE_NOOP("actions", "Make the plan part of the network, as one undo step"),
        "plan",
        "accept",
        "",
        "plan",
    ),
    ActionSpec(
        "delete_plan",
        QT_TRANSLATE_NOOP("actions", "&Delete plan"),
        QT_TRANSLATE_NOOP("actions", "Delete the plan; the network stays as it is"),
        "plan",
        "delete",
        "",
        "plan",
    ),
    ActionSpec(
        "explain_plan",
        QT_TRANSLATE_NOOP("actions", "E&xplain plan"),
        QT_TRANSLATE_NOOP("actions", "Say what sites really cost and what could be built instead"),
        "plan",
        "info",
        "",
        "plan",
    ),
    ActionSpec(
        "analyse_redundancy",
        QT_TRANSLATE_NOOP("actions", "Analyse &redundancy"),
        QT_TRANSLATE_NOOP("actions", "Find spans and nodes whose failure cuts sites off"),
        "plan",
        "redundancy",
        "Ctrl+R",
        "project",
        toolbar=True,
        ruled=True,
    ),
    ActionSpec(
        "cut_selection",
        QT_TRANSLATE_NOOP("actions", "C&ut what is selected"),
        QT_TRANSLATE_NOOP("actions", "Let the selected spans and nodes fail, all at once"),
        "plan",
        "cut",
        "Ctrl+Shift+X",
        "selection",
    ),
    ActionSpec(
        "show_availability",
        QT_TRANSLATE_NOOP("actions", "A&vailability of sites"),
        QT_TRANSLATE_NOOP("actions", "Minutes a year for which each site is expected to be dark"),
        "plan",
        needs="project",
    ),
    ActionSpec(
        "show_measures",
        QT_TRANSLATE_NOOP("actions", "&Measures by cost per minute"),
        QT_TRANSLATE_NOOP("actions", "What could be built to shorten outages"),
        "plan",
        needs="project",
    ),
    ActionSpec(
        "show_risks",
        QT_TRANSLATE_NOOP("actions", "Risk &groups"),
        QT_TRANSLATE_NOOP("actions", "What one event takes down together, and why"),
        "plan",
        needs="project",
    ),
    ActionSpec(
        "show_two_routes",
        QT_TRANSLATE_NOOP("actions", "&Two routes of a site"),
        QT_TRANSLATE_NOOP("actions", "Two routes that share no span, node or risk"),
        "plan",
        needs="project",
    ),
    ActionSpec(
        "check_data",
        QT_TRANSLATE_NOOP("actions", "&Check the data"),
        QT_TRANSLATE_NOOP("actions", "Look for gaps, duplicates and other faults in the data"),
        "plan",
        "findings",
        "Ctrl+K",
        "project",
        toolbar=True,
    ),
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
        QT_TRANSLATE_NOOP("actions", "&Shortcuts and first steps"),
        QT_TRANSLATE_NOOP("actions", "Show what the keys do and how to begin"),
        "help",
        "help",
        "F1",
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


def plain_text(text: str) -> str:
    """Return a menu text without the mark of its key."""
    return text.replace("&", "")


class ActionSet:
    """The actions of one window, made from the table."""

    def __init__(self, owner: QObject, slot_of: Callable[[str], Callable[[], None]]) -> None:
        self.by_id: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for spec in ACTIONS:
            self.by_id[spec.id] = self._make(spec, owner, slot_of(spec.id))

    def _make(self, spec: ActionSpec, owner: QObject, slot: Callable[[], None]) -> QAction:
        text = translate_text(CONTEXT, spec.text)
        action = QAction(text, owner)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        tip = translate_text(CONTEXT, spec.tip)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{plain_text(text)} ({keys})\n{tip}")
        else:
            action.setToolTip(f"{plain_text(text)}\n{tip}")
        action.setStatusTip(tip)
        action.setWhatsThis(tip)
        action.setObjectName(spec.id)
        if spec.group:
            action.setCheckable(True)
            group = self._groups.setdefault(spec.group, QActionGroup(owner))
            group.addAction(action)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def fill_menus(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus and return them by name."""
        menus = {}
        for name, title in MENUS.items():
            menus[name] = bar.addMenu(translate_text(CONTEXT, title))
            menus[name].setObjectName(f"menu_{name}")
        for spec in ACTIONS:
            if spec.menu:
                if spec.ruled:
                    menus[spec.menu].addSeparator()
                menus[spec.menu].addAction(self.by_id[spec.id])
        return menus

    def fill_toolbar(self, toolbar: QToolBar) -> None:
        """Put the actions of the toolbar into it, a line where a group begins."""
        for spec in ACTIONS:
            if spec.toolbar:
                if spec.ruled:
                    toolbar.addSeparator()
                toolbar.addAction(self.by_id[spec.id])

    def enable(self, present: Iterable[str]) -> None:
        """Enable what has what it needs."""
        there = {"", *present}
        for spec in ACTIONS:
            self.by_id[spec.id].setEnabled(spec.needs in there)
