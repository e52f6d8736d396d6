"""What the deletion of rows takes along, told before it happens."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.model.attributes import Deletion
from app.ui.dialogs.frame import FormDialog
from app.ui.labels import figures, table_label
from app.ui.theme import plain_label


class DeleteRowsDialog(FormDialog):
    """Say what goes and what stays but loses a reference, and ask."""

    def __init__(self, title: str, found: Deletion, parent: QWidget) -> None:
        super().__init__(self.tr("Delete"), parent)
        self.body.addWidget(plain_label(title))
        self.lines: list[str] = []
        for heading, rows in (
            (self.tr("Goes with it:"), found.deleted),
            (self.tr("Stays, but no longer names it:"), found.released),
        ):
            if rows:
                counts = [
                    f"{table_label(name)}: {figures().number(len(uids))}"
                    for name, uids in sorted(rows.items())
                ]
                self.lines.append("\n".join([heading, *(f"    {line}" for line in counts)]))
        for line in self.lines:
            self.body.addWidget(plain_label(line))
        note = self.tr("It is one step that can be undone.")
        self.body.addWidget(plain_label(note, is_muted=True))
        self.finish(self.tr("Delete"), self.tr("Cancel"))
        self.setMinimumWidth(380)
