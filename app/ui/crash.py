"""The last resort: what was not expected is written down, shown, and can be saved."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QPlainTextEdit, QWidget

from app import __version__
from app.ui.dialogs.frame import FormDialog
from app.ui.theme import plain_label


def report_text(summary: str, trace: str, last_action: str = "") -> str:
    """Return a crash report; it holds no data of the project."""
    lines = (
        f"Anello {__version__}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        datetime.now(UTC).isoformat(timespec="seconds"),
        f"Last action: {last_action or '-'}",
        "",
        summary,
        "",
        trace,
    )
    return "\n".join(lines)


class CrashDialog(FormDialog):
    """Show a report; it can be copied and saved, and is never sent."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Something went wrong"), parent)
        self.report = report
        self.body.addWidget(
            plain_label(
                self.tr(
                    "This is a fault of the program. Your project is safe: every step is stored "
                    "as soon as it is done. The report below is not sent to anybody."
                )
            )
        )
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(self.tr("Report"))
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.body.addWidget(text, 1)
        self.resize(680, 420)
        self.finish(self.tr("Close"))
        action = QDialogButtonBox.ButtonRole.ActionRole
        copy = self.buttons.addButton(self.tr("Copy"), action)
        copy.clicked.connect(lambda _checked=False: QApplication.clipboard().setText(report))
        save = self.buttons.addButton(self.tr("Save…"), action)
        save.clicked.connect(lambda _checked=False: self._ask_path())

    def save(self, path: Path) -> None:
        """Write the report to a file."""
        path.write_text(self.report, encoding="utf-8")

    def _ask_path(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the report"), "anello.txt")
        if chosen:
            self.save(Path(chosen))


class LastResort:
    """Catch what nobody caught: log it to stderr and show one report at a time."""

    def __init__(self, show: Callable[[str], None], last_action: Callable[[], str]) -> None:
        self._show = show
        self._last_action = last_action
        self._before = sys.excepthook

    def install(self) -> None:
        """Take the place of the interpreter's hook."""
        sys.excepthook = self

    def remove(self) -> None:
        """Give the place back."""
        sys.excepthook = self._before

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Report an exception; an interrupt from the keyboard ends the program as usual."""
        self._before(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            return
        lines = "".join(traceback.format_exception(kind, error, trace))
        self._show(report_text(f"{kind.__name__}: {error}", lines, self._last_action()))
