"""Which column of a file fills which field: guessed, shown, changeable."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.io.importing import Preview
from app.model.tables import TABLES
from app.ui.labels import column_label
from app.ui.theme import tip
from app.ui.translation import translate_text

_HIDDEN = frozenset({"plan", "price_list"})


class MappingTable(QTableWidget):
    """One row for each field of the target: field, column in the file, first value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName(self.tr("Columns of the file"))
        self.setHorizontalHeaderLabels(
            [self.tr("Field"), self.tr("Column in the file"), self.tr("First value")]
        )
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._guess: Mapping[str, str] = {}
        self._preview: Preview | None = None
        self.boxes: dict[str, QComboBox] = {}

    def show_target(self, preview: Preview, target: str, remembered: Mapping[str, str]) -> None:
        """Show the guess for ``target``; what was chosen earlier wins where it still fits."""
        self._preview = preview
        self._guess = preview.targets.get(target, {})
        self.boxes = {}
        fields = [c for c in TABLES[target].columns if c.name not in _HIDDEN]
        # fields that are filled come first: they are what there is to check
        fields.sort(key=lambda column: column.name not in self._guess)
        self.setRowCount(len(fields))
        for row, column in enumerate(fields):
            name = QTableWidgetItem(column_label(column) + (" *" if column.required else ""))
            if column.help:
                name.setToolTip(translate_text("core", column.help))
            self.setItem(row, 0, name)
            self.setItem(row, 2, QTableWidgetItem(""))
            wanted = remembered.get(column.name, self._guess.get(column.name, ""))
            box = self._box(column_label(column, with_unit=False), wanted)
            self.boxes[column.name] = box
            self.setCellWidget(row, 1, box)
            box.currentIndexChanged.connect(lambda _i, r=row, b=box: self._show_value(r, b))
            self._show_value(row, box)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 16)

    def mapping(self) -> dict[str, str]:
        """Return the fields whose column differs from the guess."""
        chosen = {field: str(box.currentData() or "") for field, box in self.boxes.items()}
        return {
            field: column
            for field, column in chosen.items()
            if column != self._guess.get(field, "")
        }

    def _box(self, name: str, wanted: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItem(self.tr("(not in the file)"), "")
        for column in self._preview.columns if self._preview is not None else ():
            box.addItem(column, column)
        box.setCurrentIndex(max(0, box.findData(wanted)))
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _show_value(self, row: int, box: QComboBox) -> None:
        preview, column = self._preview, box.currentData()
        text = ""
        if preview is not None and column and preview.rows:
            position = preview.columns.index(column)
            text = next((cells[position] for cells in preview.rows if cells[position]), "")
        item = self.item(row, 2)
        if item is not None:
            item.setText(text)
            item.setToolTip(tip(text))
