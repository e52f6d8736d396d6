"""The program with a window: application, language, theme, session, last resort."""

from __future__ import annotations

import faulthandler
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication

from app import __version__, jobs
from app.ui.crash import CrashDialog, LastResort, report_text
from app.ui.garbage import held
from app.ui.icons import app_icon
from app.ui.main_window import MainWindow
from app.ui.session import Session
from app.ui.settings import Settings
from app.ui.theme import apply_theme
from app.ui.translation import LanguageSwitch


class Desk(QObject):
    """Session and window of one run; a new window takes over when the looks change."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__()
        self._application = application
        self._languages = LanguageSwitch(application)
        self._crash: CrashDialog | None = None
        self.settings = settings
        self._dress()
        self.session = Session(settings, self)
        self.window = self._make_window()

    def show(self, path: Path | None = None) -> None:
        """Show the window and open a project, if one is given."""
        self.window.show()
        if path is not None:
            self.session.open(path)

    def restyle(self) -> None:
        """Build the window anew in the chosen language and theme; the session stays."""
        old = self.window
        camera, tool = old.map.camera, old.map.tool
        old.closed.disconnect(self._closed)
        old.close()
        self._dress()
        self.window = self._make_window()
        if self.session.is_open:
            self.window.map.set_camera(camera)
            self.window.map.set_tool(tool)
        self.window.show()
        old.deleteLater()

    def close(self) -> None:
        """End the session and put texts and hooks back."""
        if self.window.isVisible():
            self.window.close()
        self.session.close()
        self._languages.remove()

    def report(self, text: str) -> None:
        """Show a crash report, unless one is being read."""
        if self._crash is None:
            self._crash = CrashDialog(text, self.window)
            self._crash.finished.connect(self._report_read)
            self._crash.open()

    def last_action(self) -> str:
        """Return what was chosen and what was stored last, for a report; no data are in it."""
        label = self.session.undo_label
        stored = "" if label is None else label.template
        return " / ".join(part for part in (self.window.actions_by.last, stored) if part)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.session)
        window.restyle_wanted.connect(self.restyle, Qt.ConnectionType.QueuedConnection)
        window.closed.connect(self._closed)
        window.bug_found.connect(self._bug)
        return window

    def _dress(self) -> None:
        self._languages.use(self.settings.language)
        apply_theme(self._application, self.settings.theme)

    def _closed(self) -> None:
        self._application.quit()

    def _bug(self, title: str, error: object) -> None:
        trace = error.trace if isinstance(error, jobs.JobFailed) else ""
        self.report(report_text(f"{title}: {error}", trace, self.last_action()))

    def _report_read(self) -> None:
        if self._crash is not None:
            self._crash.deleteLater()
            self._crash = None


def run(path: Path | str | None = None) -> int:
    """Run the program with its window until it is closed; return the exit code."""
    if sys.stderr is not None:
        faulthandler.enable()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Anello")
    application.setOrganizationName("Anello")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(app_icon())
    with held():
        desk = Desk(application, Settings(QSettings()))
    hook = LastResort(desk.report, desk.last_action)
    hook.install()
    try:
        desk.show(None if path is None else Path(path))
        return application.exec()
    finally:
        desk.close()
        hook.remove()
