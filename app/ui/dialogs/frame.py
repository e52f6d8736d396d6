"""What all dialogs share: margins, a form, and buttons with the wanted texts."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from app.ui.dialogs.handbook import HandbookWindow
from app.ui.theme import GAP_PX, align_labels, pad_numbers, plain_label

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class FormDialog(QDialog):
    """A dialog with one column: contents above, a message for errors, buttons below.

    F1 opens the handbook where the dialog is explained: its topic is the name of the class in
    small letters without *Dialog*, such as ``new_project``.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setProperty(
            "topic", _WORD.sub("_", type(self).__name__.removesuffix("Dialog")).lower()
        )
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP_PX * 2, GAP_PX * 2, GAP_PX * 2, GAP_PX * 2)
        self.body.setSpacing(GAP_PX * 2)
        self.error = plain_label("")
        self.error.setProperty("role", "error")
        self.error.hide()
        self.buttons = QDialogButtonBox()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as wrapped texts need: Qt reckons with their height before they wrap."""
        super().showEvent(event)
        need = self.body.totalHeightForWidth(self.width()) if self.body.hasHeightForWidth() else 0
        if need > self.height():
            self.resize(self.width(), need)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the handbook with F1; it belongs to the dialog, so it can be read meanwhile."""
        if event.key() != Qt.Key.Key_F1:
            super().keyPressEvent(event)
            return
        book = HandbookWindow(self)
        book.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        book.show_topic(str(self.property("topic")))
        book.show()

    def add_form(self, rows: list[tuple[str, QWidget]]) -> QFormLayout:
        """Add labelled rows; each control takes its label as accessible name."""
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_PX * 2)
        form.setVerticalSpacing(GAP_PX)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, control in rows:
            form.addRow(text, control)
            if not isinstance(control, QLabel):
                control.setAccessibleName(text)
        align_labels(form)
        self.body.addLayout(form)
        return form

    def finish(self, accept_text: str, cancel_text: str = "") -> None:
        """Add error line and buttons; the accepting one is the primary."""
        if not any(self.body.stretch(number) for number in range(self.body.count())):
            self.body.addStretch(1)
        self.body.addWidget(self.error)
        primary = self.buttons.addButton(accept_text, QDialogButtonBox.ButtonRole.AcceptRole)
        primary.setProperty("role", "primary")
        primary.setDefault(True)
        if cancel_text:
            self.buttons.addButton(cancel_text, QDialogButtonBox.ButtonRole.RejectRole)
        self.body.addWidget(self.buttons)
        self.primary = primary
        pad_numbers(self)

    def tell_error(self, text: str) -> None:
        """Show what is wrong, or nothing."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
