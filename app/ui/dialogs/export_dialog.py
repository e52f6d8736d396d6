"""Ask in which formats and where a plan is handed over, write it, and offer to open it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.model.errors import AnelloError
from app.model.frames import plain
from app.ui.dialogs.frame import FormDialog
from app.ui.jobs_runner import RunningJob
from app.ui.labels import language
from app.ui.panels.parts import button, tool_button
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, plain_label, tip
from app.ui.translation import LANGUAGES
from app.ui.use_cases import UseCases

_FORMATS = (".pdf", ".xlsx", ".gpkg", ".html", ".kmz", ".dxf", ".ofds.json")


class ExportDialog(FormDialog):
    """One tick for each format; every file is a job of its own."""

    def __init__(
        self, session: Session, cases: UseCases, plan_uid: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Export plan"), parent)
        self._session = session
        self._cases = cases
        self._plan_uid = plan_uid
        self._waiting: dict[str, RunningJob] = {}
        self._results: dict[str, QWidget] = {}
        name = str(plain(session.network.table("plans").loc[plan_uid, "name"]))
        self.body.addWidget(plain_label(self.tr("Plan: %1").replace("%1", name)))
        self.ticks: dict[str, QCheckBox] = {}
        self._states: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_PX * 2)
        self._grid.setVerticalSpacing(GAP_PX)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._add_formats()
        self.language_box = QComboBox()
        for code, title in LANGUAGES.items():
            self.language_box.addItem(title, code)
        self.language_box.setCurrentIndex(self.language_box.findData(language()))
        self.stem_box = QLineEdit(re.sub(r"[^\w-]+", "_", name) or "plan")
        self.folder_box = QLineEdit(str(session.settings.folder))
        self.folder_box.setMinimumWidth(360)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX // 2)
        row.addWidget(self.folder_box, 1)
        row.addWidget(tool_button(self.tr("Choose a folder…"), "folder", self._browse))
        self.add_form(
            [
                (self.tr("Language"), self.language_box),
                (self.tr("File name"), self.stem_box),
                (self.tr("Folder"), place),
            ]
        )
        self.folder_box.setAccessibleName(self.tr("Folder"))
        self.finish(self.tr("Export"), self.tr("Close"))

    def accept(self) -> None:
        """Start writing; the dialog stays to show what becomes of it."""
        folder = Path(self.folder_box.text().strip())
        chosen = [suffix for suffix, tick in self.ticks.items() if tick.isChecked()]
        stem = self.stem_box.text().strip()
        if not chosen or not stem or not folder.is_dir():
            self.tell_error(self.tr("Choose a format, a file name and an existing folder."))
            return
        self.tell_error("")
        self._session.settings.folder = folder
        self.primary.setEnabled(False)
        for suffix in chosen:
            self._start(suffix, folder / f"{stem}{suffix}")

    def reject(self) -> None:
        """Close; files under way are finished in the background."""
        self._waiting.clear()
        super().reject()

    def _add_formats(self) -> None:
        texts = {
            ".pdf": (self.tr("PDF"), self.tr("Summary, map sheets, bill, costs and tables")),
            ".gpkg": (self.tr("GeoPackage"), self.tr("Layers with symbols for QGIS")),
            ".xlsx": (self.tr("Spreadsheet"), self.tr("Bill and cost summary with formulas")),
            ".html": (self.tr("Web map"), self.tr("For any browser, works without network")),
            ".kmz": (self.tr("KMZ"), self.tr("For globes such as Google Earth")),
            ".dxf": (self.tr("DXF"), self.tr("For CAD, in metres, a layer for each type")),
            ".ofds.json": (
                self.tr("OFDS"),
                self.tr("Open Fibre Data Standard 0.4, network and plan"),
            ),
        }
        for number, suffix in enumerate(_FORMATS):
            title, text = texts[suffix]
            tick = QCheckBox(title)
            tick.setChecked(suffix == ".pdf")
            tick.setAccessibleDescription(text)
            state = plain_label(text, is_muted=True, wraps=False)
            self._grid.addWidget(tick, number, 0)
            self._grid.addWidget(state, number, 1)
            self.ticks[suffix] = tick
            self._states[suffix] = state

    def _start(self, suffix: str, path: Path) -> None:
        old = self._results.pop(suffix, None)
        if old is not None:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._states[suffix].setText(self.tr("Writing…"))

        def done(_report: Any) -> None:
            self._done(suffix, path)

        def refused(error: AnelloError) -> None:
            self._ended(suffix, refusal_text(error))

        self._waiting[suffix] = self._cases.export(
            self._plan_uid, path, str(self.language_box.currentData()), done, refused
        )

    def _done(self, suffix: str, path: Path) -> None:
        if suffix not in self._waiting:
            return
        opener = button(self.tr("Open"), "open", role="link")
        opener.setToolTip(tip(str(path)))
        opener.setAccessibleName(self.tr("Open %1").replace("%1", path.name))
        opener.clicked.connect(lambda _checked=False: open_file(path))
        row = list(_FORMATS).index(suffix)
        self._grid.addWidget(opener, row, 2, Qt.AlignmentFlag.AlignRight)
        self._results[suffix] = opener
        self._ended(suffix, self.tr("Written: %1").replace("%1", path.name))

    def _ended(self, suffix: str, text: str) -> None:
        if suffix not in self._waiting:
            return
        del self._waiting[suffix]
        self._states[suffix].setText(text)
        self._states[suffix].setWordWrap(len(text) > 60)
        self.primary.setEnabled(not self._waiting)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder"), self.folder_box.text())
        if chosen:
            self.folder_box.setText(chosen)


def open_file(path: Path) -> None:
    """Open a file with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
