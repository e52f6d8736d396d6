"""Ask what a step of the review needs: who takes it, why, and what the copy is called."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.model.review import APPROVE, BEGIN, REJECT, REOPEN, SUBMIT, WITHDRAW
from app.ui.dialogs.frame import FormDialog
from app.ui.theme import plain_label

_TEXT_LINES = 4


class ReviewStepDialog(FormDialog):
    """``by``, ``text`` and ``name`` hold what was filled in; a rejection needs a text."""

    def __init__(
        self, step: str, plan: str, user: str, copy_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._step = step
        title, button, text, says = self._words(step)
        self.setWindowTitle(title)
        head = plain_label(self.tr("Plan: %1").replace("%1", plan))
        head.setProperty("role", "figure")
        self.body.addWidget(head)
        self.body.addWidget(plain_label(says, is_muted=True))
        self.by = QLineEdit(user)
        self.name = QLineEdit(copy_name)
        self.text = TextField(self)
        rows: list[tuple[str, QWidget]] = [(self.tr("Who"), self.by)]
        if step == REOPEN:
            rows.append((self.tr("Name of the new draft"), self.name))
        if text:
            rows.append((text, self.text))
        self.add_form(rows)
        self.text.setVisible(bool(text))
        self.name.setVisible(step == REOPEN)
        self.finish(button, self.tr("Cancel"))
        self.setMinimumWidth(440)
        (self.text if step == REJECT else self.by).setFocus()

    def accept(self) -> None:
        """Go, unless something is missing."""
        if self._step == REJECT and not self.text.toPlainText().strip():
            self.tell_error(self.tr("A rejection needs a reason."))
            return
        if not self.by.text().strip():
            self.tell_error(self.tr("Say who does it."))
            return
        super().accept()

    def _words(self, step: str) -> tuple[str, str, str, str]:
        """Return title, button, label of the text and explanation of a step."""
        note = self.tr("Note")
        words = {
            SUBMIT: (
                self.tr("Submit plan"), self.tr("Submit"), note,
                self.tr("The plan is frozen, and what it says is kept as a revision."),
            ),
            BEGIN: (
                self.tr("Begin the review"), self.tr("Begin"), "",
                self.tr("Tells everybody that somebody is looking at it."),
            ),
            APPROVE: (
                self.tr("Approve plan"), self.tr("Approve"), note,
                self.tr("Only what was submitted is approved: its hash is checked first."),
            ),
            REJECT: (
                self.tr("Reject plan"), self.tr("Reject"), self.tr("Reason"),
                self.tr("The plan stays as it is; it is gone on with as a copy."),
            ),
            WITHDRAW: (
                self.tr("Withdraw plan"), self.tr("Withdraw"), self.tr("Reason"),
                self.tr("It becomes a draft again; the revision stays in the record."),
            ),
            REOPEN: (
                self.tr("Go on as a new draft"), self.tr("Make the draft"), "",
                self.tr("A copy with the same rows; remarks and revisions stay in sight."),
            ),
        }  # fmt: skip
        return words[step]


class RemarkDialog(FormDialog):
    """Write a remark or an answer: ``author`` and ``text``."""

    def __init__(
        self, title: str, about: str, user: str, is_answer: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        if about:
            self.body.addWidget(plain_label(about, is_muted=True))
        self.author = QLineEdit(user)
        self.text = TextField(self)
        label = self.tr("Answer") if is_answer else self.tr("Remark")
        self.add_form([(self.tr("Who"), self.author), (label, self.text)])
        self.finish(self.tr("Answer") if is_answer else self.tr("Add"), self.tr("Cancel"))
        self.setMinimumWidth(440)
        self.text.setFocus()

    def accept(self) -> None:
        """Go, unless there is no text."""
        if not self.text.toPlainText().strip():
            self.tell_error(self.tr("A remark needs a text."))
            return
        super().accept()


class TextField(QPlainTextEdit):
    """A field of a few lines; Tab leaves it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Return the size of a few lines."""
        return QSize(260, self.fontMetrics().height() * (_TEXT_LINES + 1))
