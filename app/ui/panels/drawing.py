"""The panel of drawing: what new objects are like, and to what the pointer snaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.model.frames import plain
from app.model.schema import Column
from app.model.tables import TABLES
from app.ui.labels import NO_VALUE, code_label, column_label, table_label
from app.ui.map.drawing_snap import KINDS, POINT, SEGMENT, USUAL, VERTEX, SnapOptions
from app.ui.panels.parts import line
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels, heading, plain_label

FIELDS: Mapping[str, tuple[str, ...]] = {
    "spans": ("technique", "deployment", "status", "role", "owner", "name"),
    "nodes": ("type", "status", "owner", "name"),
    "sites": ("name", "category", "status", "protection", "priority"),
    "conduits": ("kind", "status", "capacity", "owner", "name"),
    "barriers": ("kind", "crossing", "name"),
    "hazards": ("kind", "scenario", "name"),
}
"""Columns that a new object gets from the form, by table."""

_FIRST: Mapping[tuple[str, str], Any] = {
    ("spans", "technique"): "trench",
    ("spans", "status"): "planned",
    ("nodes", "type"): "chamber",
    ("nodes", "status"): "planned",
    ("sites", "status"): "proposed",
}
"""Where a form begins with something else than the default of the column."""

_SNAPPED = ("nodes", "sites", "spans", "conduits", "plan_spans", "barriers", "hazards", "streets")
_LONGEST_NAME = 120


class DrawingPanel(QWidget):
    """Forms of new objects, one for each table, and the options of snapping and tracing.

    ``options_changed`` tells that the pointer snaps or traces otherwise by now.
    """

    options_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.fields: dict[tuple[str, str], QWidget] = {}
        self.title = heading("")
        self.hint = plain_label("", is_muted=True)
        self.forms = QStackedWidget()
        self._pages: dict[str, int] = {"": self.forms.addWidget(QWidget())}
        for table, columns in FIELDS.items():
            self._pages[table] = self.forms.addWidget(self._form(table, columns))
        self.trace_box = QCheckBox(self.tr("Follow streets or ducts"))
        self.trace_box.setToolTip(
            self.tr("The shortest way along streets, or along ducts with room; Shift turns it")
        )
        self.snap_box = QCheckBox(self.tr("Snap within"))
        self.snap_box.setChecked(True)
        self.tolerance_box = QSpinBox()
        self.tolerance_box.setRange(4, 40)
        self.tolerance_box.setValue(12)
        self.tolerance_box.setSuffix(self.tr(" px"))
        self.tolerance_box.setAccessibleName(self.tr("Snap within"))
        self.kind_boxes = {
            POINT: QCheckBox(self.tr("Points")),
            VERTEX: QCheckBox(self.tr("Vertices")),
            SEGMENT: QCheckBox(self.tr("Lines")),
        }
        self.table_boxes = {table: QCheckBox(table_label(table)) for table in _SNAPPED}
        self._arrange()
        self._recall()
        self._wire()
        session.project_changed.connect(self.refresh)
        session.changed.connect(self._changed)
        self.show_form("")

    @property
    def options(self) -> SnapOptions:
        """What the pointer snaps to."""
        return SnapOptions(
            self.snap_box.isChecked(),
            float(self.tolerance_box.value()),
            frozenset(table for table, box in self.table_boxes.items() if box.isChecked()),
            frozenset(kind for kind in KINDS if self.kind_boxes[kind].isChecked()),
        )

    @property
    def technique(self) -> str:
        """How new spans are built, '' when that is left open."""
        return str(self.values("spans").get("technique") or "")

    def show_form(self, table: str, hint: str = "", title: str = "") -> None:
        """Show the form for new objects of a table, or none, and how to draw."""
        self.forms.setCurrentIndex(self._pages[table])
        self.forms.setVisible(bool(table))
        # a stack is as high as its highest page: only the one that shows shall count
        page = self.forms.widget(self._pages[table])
        self.forms.setFixedHeight(max(page.sizeHint().height(), 0) if page is not None else 0)
        self.title.setText(title or self.tr("Choose a drawing tool"))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def values(self, table: str) -> dict[str, Any]:
        """Return what the form says of a new object; what is left empty is left out."""
        found: dict[str, Any] = {}
        for name in FIELDS[table]:
            box = self.fields[table, name]
            if isinstance(box, QComboBox):
                value = box.currentData()
            elif isinstance(box, QSpinBox):
                value = box.value()
            else:
                value = box.text().strip() if isinstance(box, QLineEdit) else None
            if value not in (None, ""):
                found[name] = value
            elif TABLES[table].column(name).default is not None:
                found[name] = None  # chosen to be empty, against the default
        return found

    def keep(self) -> None:
        """Let the next window begin with what was chosen in this one."""
        self._session.settings.drawn_values = {
            f"{table}.{name}": str(box.currentData() or "")
            for (table, name), box in self.fields.items()
            if isinstance(box, QComboBox) and not TABLES[table].column(name).reference
        }

    def _recall(self) -> None:
        for key, code in self._session.settings.drawn_values.items():
            table, _, name = key.partition(".")
            box = self.fields.get((table, name))
            if isinstance(box, QComboBox):
                row = box.findData(code or None)
                box.setCurrentIndex(row if row >= 0 else box.currentIndex())

    def take_name(self, table: str) -> None:
        """Empty the name: the next object has another."""
        box = self.fields.get((table, "name"))
        if isinstance(box, QLineEdit):
            box.clear()

    def refresh(self) -> None:
        """Offer the organisations of the project as owners."""
        names = self._session.network.table("organisations")["name"]
        known = sorted((str(name), str(uid)) for uid, name in names.items())
        for (table, name), box in self.fields.items():
            if TABLES[table].column(name).reference and isinstance(box, QComboBox):
                chosen = box.currentData()
                box.clear()
                box.addItem(NO_VALUE, None)
                for title, uid in known:
                    box.addItem(title, uid)
                box.setCurrentIndex(max(box.findData(chosen), 0))

    def _changed(self, tables: frozenset[str]) -> None:
        if "organisations" in tables:
            self.refresh()

    def _form(self, table: str, columns: tuple[str, ...]) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GAP_PX)
        form.setVerticalSpacing(GAP_PX)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in columns:
            column = TABLES[table].column(name)
            box = _field(column, _FIRST.get((table, name), plain(column.default)))
            label = column_label(column)
            box.setAccessibleName(label)
            self.fields[table, name] = box
            form.addRow(label, box)
        align_labels(form)
        return page

    def _arrange(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        column.setSpacing(GAP_PX)
        for widget in (self.title, self.hint, self.forms, line(), self.trace_box):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.snap_box)
        row.addWidget(self.tolerance_box)
        row.addStretch(1)
        column.addLayout(row)
        grid = QGridLayout()
        grid.setContentsMargins(GAP_PX * 2, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_PX * 2)
        for number, kind in enumerate(KINDS):
            grid.addWidget(self.kind_boxes[kind], number, 0)
        for number, box in enumerate(self.table_boxes.values()):
            grid.addWidget(box, number % 4, 1 + number // 4)
        column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _wire(self) -> None:
        for box in (self.snap_box, *self.kind_boxes.values(), *self.table_boxes.values()):
            box.toggled.connect(lambda _on: self._tell())
        for box in self.kind_boxes.values():
            box.setChecked(True)
        for table, box in self.table_boxes.items():
            box.setChecked(table in USUAL)
        self.trace_box.toggled.connect(lambda _on: self._tell())
        self.tolerance_box.valueChanged.connect(lambda _value: self._tell())
        technique = self.fields["spans", "technique"]
        assert isinstance(technique, QComboBox)
        technique.currentIndexChanged.connect(lambda _row: self._tell())  # ducts or streets

    def _tell(self) -> None:
        is_on = self.snap_box.isChecked()
        for box in (self.tolerance_box, *self.kind_boxes.values(), *self.table_boxes.values()):
            box.setEnabled(is_on)
        self.options_changed.emit()


def _field(column: Column, value: Any) -> QWidget:
    """Return a control for the values of a column, with ``value`` in it."""
    if column.choices or column.reference:
        choices = QComboBox()
        choices.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        choices.setMinimumContentsLength(12)
        if not column.required:
            choices.addItem(NO_VALUE, None)
        for code in column.choices:
            choices.addItem(code_label(code), code)
        choices.setCurrentIndex(max(choices.findData(value), 0))
        return choices
    if column.is_numeric:
        number = QSpinBox()
        number.setRange(int(column.low or 0), int(column.high or 9999))
        number.setValue(int(value or 0))
        return number
    text = QLineEdit("" if value is None else str(value))
    text.setMaxLength(_LONGEST_NAME)
    return text
