"""A new row of a table without places: its form, checked before it is stored."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.model.attributes import add_row
from app.model.errors import InputError
from app.model.schema import new_uid
from app.model.tables import TABLES
from app.ui.dialogs.frame import FormDialog
from app.ui.labels import table_label
from app.ui.panels.object_form import ObjectForm
from app.ui.session import Session, refusal_text
from app.ui.titles import Titles


class AddRowDialog(FormDialog):
    """The form of a new row; ``uid`` is its identifier."""

    def __init__(self, session: Session, table: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("New row in %1").replace("%1", table_label(table)))
        self._session = session
        self._table = table
        self.uid = new_uid()
        empty = session.network.table(table).iloc[0:0]
        self.form = ObjectForm(TABLES[table], empty, Titles(session.network))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.form)
        self.body.addWidget(area, 1)
        self.finish(self.tr("Add"), self.tr("Cancel"))
        self.resize(520, min(160 + 40 * len(self.form.editors), 640))

    def accept(self) -> None:
        """Add the row, unless a value is wrong or missing."""
        self.form.touch_required()
        values = self.form.values()
        if values is None:
            return
        try:
            changes = add_row(self._session.network, self._table, values, self.uid)
        except InputError as error:
            self.tell_error(refusal_text(error))
            return
        table, uid = self._table, self.uid
        self._session.do(None, changes, lambda _done: self._session.select({table: [uid]}))
        super().accept()
