"""Ask what a new project is called, in which coordinates it lives, and where its file goes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from app.io.opening import checked_crs
from app.model.errors import AnelloError
from app.model.network import DEFAULT_CRS
from app.ui.dialogs.frame import FormDialog
from app.ui.panels.parts import tool_button
from app.ui.session import refusal_text
from app.ui.settings import Settings
from app.ui.theme import GAP_PX, plain_label

SUFFIX = ".gpkg"
_CRS_CHOICES = (DEFAULT_CRS, "EPSG:32632", "EPSG:7792", "EPSG:25832")


class NewProjectDialog(FormDialog):
    """``path``, ``name`` and ``crs`` hold the answers once accepted."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("New project"), parent)
        self._settings = settings
        self._is_path_typed = False
        self.name_box = QLineEdit()
        self.crs_box = QComboBox()
        self.crs_box.setEditable(True)
        self.crs_box.addItems(list(_CRS_CHOICES))
        self.path_box = QLineEdit()
        self.path_box.setMinimumWidth(380)
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX // 2)
        row.addWidget(self.path_box, 1)
        row.addWidget(tool_button(self.tr("Choose a file…"), "folder", self._browse))
        self.add_form(
            [
                (self.tr("Name"), self.name_box),
                (self.tr("File"), place),
                (self.tr("Coordinates"), self.crs_box),
            ]
        )
        self.path_box.setAccessibleName(self.tr("File"))
        self.body.addWidget(
            plain_label(
                self.tr(
                    "The coordinates must be metric. EPSG:7791 is RDN2008 / UTM zone 32N, the "
                    "Italian frame from Piedmont to Lombardy; what you import is transformed to it."
                ),
                is_muted=True,
            )
        )
        self.finish(self.tr("Create"), self.tr("Cancel"))
        self.name_box.textChanged.connect(self._named)
        self.path_box.textEdited.connect(self._typed)
        self.name_box.setText(self.tr("My network"))
        self.name_box.selectAll()
        self.name_box.setFocus()

    @property
    def name(self) -> str:
        """Name of the project."""
        return self.name_box.text().strip()

    @property
    def crs(self) -> str:
        """CRS of the project."""
        return self.crs_box.currentText().strip()

    @property
    def path(self) -> Path:
        """Path of the file to make."""
        typed = Path(self.path_box.text().strip())
        return typed if typed.suffix.lower() == SUFFIX else typed.with_name(typed.name + SUFFIX)

    def accept(self) -> None:
        """Close when everything can be used; otherwise say what cannot."""
        problem = self._problem()
        self.tell_error(problem)
        if not problem:
            self._settings.folder = self.path.parent
            super().accept()

    def _problem(self) -> str:
        if not self.name:
            return self.tr("Give the project a name.")
        if not self.path_box.text().strip():
            return self.tr("Say where the file shall lie.")
        if self.path.exists():
            return self.tr("This file exists already. Choose another name, or open it.")
        if not self.path.parent.is_dir():
            return self.tr("This folder does not exist.")
        try:
            checked_crs(self.crs)
        except AnelloError as error:
            return refusal_text(error)
        return ""

    def _named(self, name: str) -> None:
        self.primary.setEnabled(bool(name.strip()))
        if not self._is_path_typed:
            stem = re.sub(r"[^\w-]+", "_", name.strip()) or "project"
            self.path_box.setText(str(self._settings.folder / f"{stem}{SUFFIX}"))

    def _typed(self, _text: str) -> None:
        self._is_path_typed = True

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("New project"), self.path_box.text(), self.tr("Projects (*.gpkg)")
        )
        if chosen:
            self._is_path_typed = True
            self.path_box.setText(chosen)
