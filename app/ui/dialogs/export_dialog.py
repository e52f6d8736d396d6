"""Ask in which formats and where a plan is handed over, write it, and offer to open it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
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
from app.ui.dialogs.paper_parts import PaperParts
from app.ui.jobs_runner import RunningJob
from app.ui.labels import language
from app.ui.panels.parts import button, tool_button
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, plain_label, tip
from app.ui.translation import LANGUAGES
from app.ui.use_cases import UseCases

_SCALES = (1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000)
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
        self._written = Path()
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
        self.parts = PaperParts()
        self.body.addWidget(self.parts)
        self._add_choices()
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
                (self.tr("Scale of the map sheets"), self.scale_box),
                (self.tr("Sites share a section"), self.key_box),
                (self.tr("File name"), self.stem_box),
                (self.tr("Folder"), place),
            ]
        )
        self.folder_box.setAccessibleName(self.tr("Folder"))
        self.finish(self.tr("Export"), self.tr("Close"))
        self._opener = button(self.tr("Open folder"), "folder", role="link")
        self._opener.clicked.connect(lambda _checked=False: open_file(self._written))
        self.buttons.addButton(self._opener, QDialogButtonBox.ButtonRole.ActionRole)
        self._opener.hide()  # until there is something in the folder

    def wanted(self) -> dict[str, Any]:
        """Return what is asked of the papers, as the fields of a request."""
        return {
            "language": str(self.language_box.currentData()),
            "parts": self.parts.chosen(),
            "scale": self.scale_box.currentData(),
            "key": str(self.key_box.currentData()),
        }

    def _add_choices(self) -> None:
        self.language_box = QComboBox()
        for code, title in LANGUAGES.items():
            self.language_box.addItem(title, code)
        self.language_box.setCurrentIndex(self.language_box.findData(language()))
        self.scale_box = QComboBox()
        self.scale_box.addItem(self.tr("As large as few sheets allow"), None)
        for scale in _SCALES:
            self.scale_box.addItem(f"1:{QLocale().toString(scale)}", scale)
        self.key_box = QComboBox()
        self.key_box.addItem(self.tr("In equal parts"), "equal")
        self.key_box.addItem(self.tr("By guaranteed rate"), "rate")

    def accept(self) -> None:
        """Start writing; the dialog stays to show what becomes of it."""
        folder = Path(self.folder_box.text().strip())
        chosen = [suffix for suffix, tick in self.ticks.items() if tick.isChecked()]
        stem = self.stem_box.text().strip()
        if not chosen or not stem or not folder.is_dir():
            self.tell_error(self.tr("Choose a format, a file name and an existing folder."))
            return
        if not self.parts.chosen():
            self.tell_error(self.tr("Choose one part of the report at least."))
            return
        self.tell_error("")
        self._session.settings.folder = folder
        self._written = folder
        self.primary.setEnabled(False)
        for suffix in chosen:
            self._start(suffix, folder / f"{stem}{suffix}")

    def reject(self) -> None:
        """Close; files under way are finished in the background."""
        self._waiting.clear()
        super().reject()

    def _add_formats(self) -> None:
        texts = {
            ".pdf": (self.tr("PDF"), self.tr("Report with cover, map sheets, bill and costs")),
            ".gpkg": (self.tr("GeoPackage"), self.tr("Layers with symbols for QGIS")),
            ".xlsx": (
                self.tr("Spreadsheet"),
                self.tr("Bill, costs, sites and spans with formulas"),
            ),
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
            self._plan_uid, path, self.wanted(), done, refused
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
        self._opener.show()

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
