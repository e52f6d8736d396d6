"""The bookmarks of a project: go to one, rename and delete them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.model.bookmarks import (
    Bookmark,
    Bounds,
    add_bookmark,
    delete_bookmark,
    find_bookmark,
    rename_bookmark,
)
from app.model.errors import InputError
from app.ui.dialogs.frame import FormDialog
from app.ui.panels.parts import button
from app.ui.theme import GAP_PX, plain_label
from app.ui.translation import render

Known = tuple[Bookmark, ...]
_NAME = Qt.ItemDataRole.UserRole


class BookmarksDialog(FormDialog):
    """A list of named views; ``chosen`` carries the one to go to, ``changed`` all of them.

    Enter goes, F2 renames, Delete deletes; the box above adds the present view.
    """

    chosen = Signal(object)
    changed = Signal(object)

    def __init__(
        self, bookmarks: Sequence[Bookmark], bounds: Bounds, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Bookmarks"), parent)
        self.bookmarks: Known = tuple(bookmarks)
        self._bounds = bounds
        self.name_box = QLineEdit()
        self.name_box.setPlaceholderText(self.tr("Name of the view that is shown now"))
        self.name_box.setAccessibleName(self.tr("Name of the view that is shown now"))
        self.name_box.setMaxLength(100)
        self.add_button = button(self.tr("Add"), "bookmark")
        self.add_button.clicked.connect(self._add)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Bookmarks"))
        self.list.setMinimumSize(380, 220)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.list.itemChanged.connect(self._renamed)
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.name_box, 1)
        row.addWidget(self.add_button)
        self.body.addLayout(row)
        self.body.addWidget(self.list, 1)
        hint = self.tr("Enter goes to the view, F2 renames it, Del deletes it.")
        self.body.addWidget(plain_label(hint, is_muted=True))
        self.finish(self.tr("Go"), self.tr("Close"))
        self.name_box.returnPressed.connect(self._add)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.delete_current)
        self._fill(0)

    @property
    def current(self) -> str:
        """Name of the current bookmark, or ''."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_NAME))

    def accept(self) -> None:
        """Go to the current bookmark; Enter in the box adds instead."""
        if self.name_box.hasFocus() and self.name_box.text().strip():
            return
        if self.current:
            self.chosen.emit(find_bookmark(self.bookmarks, self.current))
            super().accept()

    def delete_current(self) -> None:
        """Delete the current bookmark."""
        if self.current:
            name = self.current
            self._change(lambda: delete_bookmark(self.bookmarks, name), self.list.currentRow())

    def _add(self) -> None:
        name = self.name_box.text()
        if not name.strip():
            self.name_box.setFocus()
            return
        if self._change(lambda: add_bookmark(self.bookmarks, name, self._bounds), 0):
            self.name_box.clear()

    def _renamed(self, item: QListWidgetItem) -> None:
        old, new = str(item.data(_NAME)), item.text()
        if not self._change(
            lambda: rename_bookmark(self.bookmarks, old, new), self.list.row(item)
        ):  # fmt: skip
            item.setText(old)

    def _change(self, make: Callable[[], Known], row: int) -> bool:
        try:
            changed = make()
        except InputError as error:
            self.tell_error(render(error.message))
            return False
        self.tell_error("")
        if changed != self.bookmarks:
            self.bookmarks = changed
            self.changed.emit(changed)
            self._fill(row)
        return True

    def _fill(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for known in self.bookmarks:
            item = QListWidgetItem(known.name)
            item.setData(_NAME, known.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(self.bookmarks) - 1))
        self.list.blockSignals(False)
        self._enable()

    def _enable(self) -> None:
        self.primary.setEnabled(bool(self.current))
        (self.list if self.bookmarks else self.name_box).setFocus()
