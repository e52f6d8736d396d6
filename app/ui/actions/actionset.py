"""The actions of one window as Qt knows them, made from the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar

from app.ui.actions import ACTIONS, CONTEXT, MENUS, ActionSpec, plain_text
from app.ui.icons import icon
from app.ui.translation import translate_text


class ActionSet:
    """The actions of one window, made from the table."""

    def __init__(self, owner: QObject, slot_of: Callable[[str], Callable[[], None]]) -> None:
        self.by_id: dict[str, QAction] = {}
        self.last = ""
        """Id of the action that ran last, for a crash report."""
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
        action.setCheckable(spec.is_switch)
        if spec.group:
            action.setCheckable(True)
            group = self._groups.setdefault(spec.group, QActionGroup(owner))
            group.addAction(action)
        action.triggered.connect(lambda _checked=False: self._run(spec.id, slot))
        return action

    def _run(self, name: str, slot: Callable[[], None]) -> None:
        self.last = name
        slot()

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

    def fill_toolbar(self, toolbar: QToolBar, name: str) -> None:
        """Put the actions of the toolbar ``name`` into it, a line where a group begins."""
        for spec in ACTIONS:
            if spec.toolbar == name:
                if spec.ruled:
                    toolbar.addSeparator()
                toolbar.addAction(self.by_id[spec.id])

    def enable(self, present: Iterable[str]) -> None:
        """Enable what has what it needs."""
        there = {"", *present}
        for spec in ACTIONS:
            self.by_id[spec.id].setEnabled(spec.needs in there)
