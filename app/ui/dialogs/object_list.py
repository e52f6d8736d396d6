"""A list of objects in an order: add by typing a name, take out, move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from app.model.errors import InputError
from app.model.schema import Column, Kind
from app.ui.dialogs.frame import FormDialog
from app.ui.labels import column_label, table_label
from app.ui.panels.editors import LineEditor
from app.ui.panels.parts import button
from app.ui.session import refusal_text
from app.ui.theme import GAP_PX
from app.ui.titles import Titles

_UID = Qt.ItemDataRole.UserRole


class ObjectListDialog(FormDialog):
    """The objects that a column names, in their order."""

    def __init__(
        self, column: Column, uids: Sequence[str], titles: Titles, parent: QWidget
    ) -> None:
        super().__init__(column_label(column), parent)
        self._titles = titles
        self._table = column.reference
        self.list = QListWidget()
        self.list.setAccessibleName(column_label(column))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        single = Column(column.name, Kind.TEXT, column.label, reference=column.reference)
        self.box = LineEditor(single, titles)
        hint = self.tr("Name of one of %1").replace("%1", table_label(column.reference))
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(hint)
        self.more = button(self.tr("Add"), "new")
        self.less = button(self.tr("Take out"), "clear")
        self.up = button(self.tr("Up"))
        self.down = button(self.tr("Down"))
        typing = QHBoxLayout()
        typing.setSpacing(GAP_PX)
        typing.addWidget(self.box, 1)
        typing.addWidget(self.more)
        moving = QHBoxLayout()
        moving.setSpacing(GAP_PX)
        for part in (self.less, self.up, self.down):
            moving.addWidget(part)
        moving.addStretch(1)
        self.body.addLayout(typing)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(moving)
        self.finish(self.tr("Take over"), self.tr("Cancel"))
        for uid in uids:
            self._append(uid)
        self.more.clicked.connect(lambda _checked=False: self.add())
        self.less.clicked.connect(lambda _checked=False: self.take_out())
        self.up.clicked.connect(lambda _checked=False: self.move_current(-1))
        self.down.clicked.connect(lambda _checked=False: self.move_current(1))
        self.resize(420, 420)

    def uids(self) -> tuple[str, ...]:
        """Return the objects in their order."""
        return tuple(str(self.list.item(n).data(_UID)) for n in range(self.list.count()))

    def add(self) -> None:
        """Append the object that was typed."""
        try:
            uid = self.box.read()
        except InputError as error:
            self.tell_error(refusal_text(error))
            return
        self.tell_error("")
        if uid and uid not in self.uids():
            self._append(uid)
        self.box.clear()
        self.box.setFocus()

    def take_out(self) -> None:
        """Take what is marked out of the list."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))

    def move_current(self, step: int) -> None:
        """Move the current object up or down."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def _append(self, uid: str) -> None:
        item = QListWidgetItem(self._titles.title(self._table, uid))
        item.setData(_UID, uid)
        self.list.addItem(item)

    def accept(self) -> None:
        """Take a name that was typed and not added yet as well; Enter in the box adds."""
        if self.box.text().strip():
            self.add()
        else:
            super().accept()
