"""Import of a price list: look into the file, name the list, map columns, read what came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.io.importing import Preview
from app.model.errors import AnelloError
from app.ui.dialogs.frame import FormDialog
from app.ui.dialogs.mapping_table import MappingTable
from app.ui.session import refusal_text
from app.ui.theme import plain_label

_TARGET = "price_items"


class PriceImportDialog(FormDialog):
    """Asks what a file of prices is; ``wanted`` carries name, list to build on, source, mapping,
    sheet and whether new plans take it.
    """

    wanted = Signal(object)
    look_wanted = Signal(str)
    """Carries the sheet to look into, or ''."""

    def __init__(
        self, path: Path, lists: list[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Import prices from %1").replace("%1", path.name), parent)
        self.onto, self.name, self.source = QComboBox(), QLineEdit(path.stem), QLineEdit()
        self.onto.addItem(self.tr("A new list"), "")
        for uid, title in lists:
            self.onto.addItem(self.tr("A new version of %1").replace("%1", title), uid)
        self.source.setPlaceholderText(self.tr("Without a source prices are assumptions"))
        self.sheet = QComboBox()
        self.form = self.add_form(
            [
                (self.tr("Import as"), self.onto),
                (self.tr("Name"), self.name),
                (self.tr("Source of the prices"), self.source),
                (self.tr("Sheet"), self.sheet),
            ]
        )
        self.form.setRowVisible(self.sheet, False)
        self.mapping = MappingTable()
        self.body.addWidget(self.mapping, 1)
        self.use = QCheckBox(self.tr("Use for new plans"))
        self.body.addWidget(self.use)
        self.doing = plain_label(self.tr("Looking into the file…"), is_muted=True)
        self.body.addWidget(self.doing)
        self.finish(self.tr("Import"), self.tr("Close"))
        self.primary.setEnabled(False)
        self.resize(720, 560)
        self.onto.currentIndexChanged.connect(
            lambda _index: self.name.setEnabled(not self.onto.currentData())
        )
        self.sheet.activated.connect(
            lambda _index: self.look_wanted.emit(str(self.sheet.currentData()))
        )

    def show_preview(self, preview: Preview) -> None:
        """Show the columns of the file and what they are taken for."""
        self.mapping.show_target(preview, _TARGET, {})
        self.sheet.clear()
        for name in preview.layers:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(preview.layer)))
        self.form.setRowVisible(self.sheet, len(preview.layers) > 1)
        self.doing.setText("")
        self.primary.setEnabled(True)

    def refuse(self, error: AnelloError) -> None:
        """Say why the file cannot be read; the dialog stays to mend it."""
        self.doing.setText("")
        self.primary.setEnabled(self.mapping.rowCount() > 0)
        self.tell_error(refusal_text(error))

    def accept(self) -> None:
        """Ask for the import; whoever reads the file closes the dialog."""
        self.tell_error("")
        self.doing.setText(self.tr("Importing…"))
        self.primary.setEnabled(False)
        answer: dict[str, Any] = {
            "name": None if self.onto.currentData() else self.name.text().strip() or None,
            "onto": self.onto.currentData() or None,
            "source": self.source.text().strip() or None,
            "mapping": self.mapping.mapping(),
            "layer": self.sheet.currentData() if self.sheet.count() > 1 else None,
            "is_current": self.use.isChecked(),
        }
        self.wanted.emit(answer)
