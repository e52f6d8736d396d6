"""How a feature joins the window: it brings panels, slots of actions and lines of the map's menu.

The actions of a feature stand in the one table of `app.ui.actions`; the feature has a method of
the action's name. The window builds every class of `app.ui.features.FEATURES` once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QWidget

if TYPE_CHECKING:
    from app.ui.commands import Commands
    from app.ui.map.picking import Pick
    from app.ui.map.view import MapView
    from app.ui.panels.layers import LayersPanel
    from app.ui.session import Session
    from app.ui.use_cases import UseCases

LEFT, RIGHT, BOTTOM = "left", "right", "bottom"


@dataclass(frozen=True)
class PanelSpec:
    """A panel of a feature: ``area`` is left, right or bottom, where it becomes one more tab.

    The widget's ``title`` is translated already; a panel that ``starts_hidden`` shows when the
    user asks for it.
    """

    name: str
    title: str
    widget: QWidget
    area: str = BOTTOM
    starts_hidden: bool = False


@dataclass(frozen=True)
class Workbench:
    """What a feature may use of the window.

    ``show_panel`` brings a panel to the front, ``show_dialog`` opens a dialog without waiting,
    ``show_refusal`` tells title and text of what could not be done, ``action`` returns an action
    by its id (not before the window is built).
    """

    session: Session
    cases: UseCases
    map: MapView
    layers: LayersPanel
    commands: Commands
    window: QWidget
    show_panel: Callable[[str], None]
    show_dialog: Callable[[QDialog], None]
    show_refusal: Callable[[str, str], None]
    identify: Callable[[str, str], None]
    action: Callable[[str], QAction]


class Feature(QObject):
    """One feature of the window; the base does nothing.

    ``present_changed`` asks the window to enable the actions anew.
    """

    present_changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.window)
        self.bench = bench
        self.session = bench.session

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panels that the feature brings."""
        return ()

    def present(self) -> Collection[str]:
        """Return what there is, beyond project and selection, that actions may need."""
        return ()

    def fill_menu(self, menu: QMenu, picks: Sequence[Pick]) -> None:
        """Add to the menu of the map; ``picks`` lie under the pointer, the likeliest first."""

    def ready(self) -> None:
        """Take up work once the window with its actions is built."""

    def end(self) -> None:
        """Let go of timers, tools and workers before the window goes."""
