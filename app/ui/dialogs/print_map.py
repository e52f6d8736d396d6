"""How the map shall be printed: title, scale, paper, language."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.model.views import LARGEST_SCALE, LEAST_SCALE, PAPERS
from app.ui.dialogs.frame import FormDialog
from app.ui.labels import figures
from app.ui.theme import plain_label
from app.ui.translation import LANGUAGES

_SCALES = (500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000)


class PrintMapDialog(FormDialog):
    """Ask for the looks of a printed view; the properties hold the answers."""

    def __init__(self, title: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Print the map"), parent)
        self.title_box = QLineEdit(title)
        self.scale_box = QComboBox()
        self.scale_box.setEditable(True)
        self.scale_box.addItem(self.tr("As large as the view fits"), None)
        for scale in _SCALES:
            self.scale_box.addItem(f"1:{figures().number(scale)}", scale)
        self.paper_box = QComboBox()
        for name, (width, height) in PAPERS.items():
            self.paper_box.addItem(f"{name.upper()} ({width:.0f} × {height:.0f} mm)", name)
        self.language_box = QComboBox()
        for code, name in LANGUAGES.items():
            self.language_box.addItem(name, code)
        self.language_box.setCurrentIndex(self.language_box.findData(language))
        self.add_form(
            [
                (self.tr("Title"), self.title_box),
                (self.tr("Scale"), self.scale_box),
                (self.tr("Paper"), self.paper_box),
                (self.tr("Language"), self.language_box),
            ]
        )
        note = self.tr(
            "The middle of the view is printed with the layers, filters and order that the map "
            "shows, the previewed plan included; map tiles of the background are not."
        )
        self.body.addWidget(plain_label(note, is_muted=True))
        self.setMinimumWidth(440)
        self.finish(self.tr("Choose a file…"), self.tr("Cancel"))

    @property
    def scale(self) -> int | None:
        """The scale's denominator, ``None`` for the largest that fits; 0 for nonsense."""
        text = self.scale_box.currentText().strip()
        if not text or text == self.scale_box.itemText(0):
            return None
        digits = re.sub(r"[^0-9]", "", text.rpartition(":")[2])
        scale = int(digits) if digits and len(digits) < 12 else 0
        return scale if LEAST_SCALE <= scale <= LARGEST_SCALE else 0

    def accept(self) -> None:
        """Accept a scale that can be printed."""
        if self.scale == 0:
            self.tell_error(self.tr("The scale is a number such as 5000."))
            self.scale_box.setFocus()
            return
        super().accept()
