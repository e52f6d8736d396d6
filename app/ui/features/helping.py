"""Help: the handbook at the page of what has the focus, and what a control is for."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDockWidget, QWhatsThis, QWidget

from app.ui.desk import Feature, Workbench
from app.ui.dialogs.about import HelpDialog
from app.ui.dialogs.handbook import HandbookWindow

MAP_TOPIC, WELCOME_TOPIC = "map", "welcome"


class HelpFeature(Feature):
    """F1 opens the handbook where the focused panel or dialog is explained."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._book: HandbookWindow | None = None

    def show_help(self) -> None:
        """Open the handbook at the page of what has the focus."""
        self.help_about(topic_of(QApplication.focusWidget(), is_open=self.session.is_open))

    def show_shortcuts(self) -> None:
        """Show first steps and shortcuts."""
        self.bench.show_dialog(HelpDialog(self.bench.window))

    def whats_this(self) -> None:
        """Let the next click say what a control is for."""
        QWhatsThis.enterWhatsThisMode()

    def help_about(self, topic: str, over: QWidget | None = None) -> HandbookWindow:
        """Open the handbook at ``topic``; ``over`` is the dialog that asks."""
        if self._book is None or over is not None:
            self._book = HandbookWindow(over or self.bench.window)
            self._book.finished.connect(self._book.deleteLater)
            self._book.destroyed.connect(self._forget)
        book = self._book
        book.show_topic(topic)
        book.show()
        book.raise_()
        book.activateWindow()
        return book

    def end(self) -> None:
        """Close the handbook with the window."""
        if self._book is not None:
            self._book.close()

    def _forget(self) -> None:
        self._book = None


def topic_of(widget: QWidget | None, *, is_open: bool) -> str:
    """Return the topic of the panel or dialog in which ``widget`` lies."""
    at = widget
    while at is not None:
        named = at.property("topic")
        if named:
            return str(named)
        if isinstance(at, QDockWidget):
            return at.objectName().removeprefix("dock_")
        at = at.parentWidget()
    return MAP_TOPIC if is_open else WELCOME_TOPIC
