"""The object panel: everything that is known of what is selected, its form, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.model.attributes import can_delete, is_editable, set_columns
from app.model.errors import InputError
from app.model.frames import plain
from app.model.geodesy import lengths_m
from app.model.schema import Column
from app.model.tables import TABLES
from app.ui.labels import (
    column_label,
    figures,
    moment_text,
    object_title,
    table_label,
    unit_label,
    value_text,
)
from app.ui.open_project import HistoryEntry
from app.ui.panels.object_form import ObjectForm, different_values
from app.ui.panels.object_history import MOST_LINES, change_lines
from app.ui.panels.parts import Link, button, column_layout, tool_button
from app.ui.parameter_text import parameter_lines
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, heading, plain_label, tip
from app.ui.titles import Titles
from app.ui.translation import render, translate_text

_MOST_LINKS = 12
_MOST_BACK = 50


class IdentifyPanel(QWidget):
    """Attributes with their units, then the history, of the object that was clicked.

    Of several objects it shows what they have in common. The pencil turns it into a form. A
    form that was touched stays on its objects until it is applied or given up.
    ``delete_wanted`` and ``table_wanted`` carry table and objects.
    """

    delete_wanted = Signal(str, object)
    table_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._table = ""
        self._uids: tuple[str, ...] = ()
        self._been: list[tuple[str, str]] = []
        self.form: ObjectForm | None = None
        self.title = heading("")
        self.title.setWordWrap(True)
        self.kind = plain_label("", is_muted=True)
        hint = self.tr("Click an object on the map to see it here.")
        self.hint = plain_label(hint, is_muted=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Attributes"))
        self.back = tool_button(self.tr("Object shown before"), "back", self.go_back)
        self.edit = tool_button(self.tr("Edit"), "edit", self.begin_editing)
        self.place = tool_button(self.tr("Show on the map"), "zoom-selection", self._zoom)
        self.rows = tool_button(self.tr("Show in its table"), "table", self._show_row)
        self.remove = tool_button(self.tr("Delete…"), "delete", self._delete)
        self.tools = QWidget()
        self.error = plain_label("")
        self.error.setProperty("role", "error")
        self.apply = button(self.tr("Apply"), "accept", role="primary")
        self.give_up = button(self.tr("Cancel"))
        self.ending = QWidget()
        self._arrange()
        self.apply.clicked.connect(lambda _checked=False: self.commit())
        self.give_up.clicked.connect(lambda _checked=False: self.end_editing())
        session.project_changed.connect(self.clear)
        session.changed.connect(lambda _tables: self._again())
        session.selection_changed.connect(self._selected)
        self.clear()

    # -- what is shown -----------------------------------------------------------------------

    def clear(self) -> None:
        """Show nothing."""
        self._table, self._uids, self.form = "", (), None
        self._been = []
        self._begin()
        for part in (self.title, self.kind, self.area, self.tools, self.ending, self.error):
            part.hide()
        self.hint.show()

    def lines(self) -> dict[str, str]:
        """Return what is shown, label to text."""
        return dict(self._lines)

    def show_object(self, table: str, uid: str) -> None:
        """Show an object of ``table``."""
        self.show_objects(table, [uid])

    def show_objects(self, table: str, uids: Sequence[str]) -> None:
        """Show one object, or what several have in common."""
        if self._is_pinned():
            self._tell(self.tr("Apply or cancel the changes first."))
            return
        frame = self._session.network.tables.get(table)
        known = tuple(uid for uid in uids if frame is not None and uid in frame.index)
        if not known:
            self.clear()
            return
        if len(self._uids) == 1 and (self._table, self._uids) != (table, known):
            self._been = [*self._been, (self._table, self._uids[0])][-_MOST_BACK:]
        self._table, self._uids, self.form = table, known, None
        self._head()
        self._fill()
        if len(known) == 1:
            uid = known[0]
            self._session.ask(
                lambda project: project.history(table, uid),
                lambda entries: self._add_history(uid, entries),
            )

    def go_back(self) -> None:
        """Show the object that was shown before."""
        if self._been and not self._is_pinned():
            table, uid = self._been.pop()
            kept = self._been
            self._uids = ()
            self._session.select({table: [uid]})
            self.show_object(table, uid)
            self._been = kept
            self.back.setEnabled(bool(kept))

    # -- editing -----------------------------------------------------------------------------

    def begin_editing(self) -> None:
        """Turn the panel into a form."""
        if not self._uids or not self._can_edit():
            return
        rows = self._session.network.table(self._table).loc[list(self._uids)]
        titles = Titles(self._session.network)
        self.form = ObjectForm(TABLES[self._table], rows, titles, is_narrow=True)
        self.form.touched.connect(lambda: self._tell(""))
        self.area.setWidget(self.form)
        self.tools.hide()
        self.ending.show()
        next(iter(self.form.editors.values())).setFocus()

    def commit(self) -> None:
        """Store what the form changed, as one undo step."""
        values = None if self.form is None else self.form.values()
        if values is None:
            return
        try:
            changes = set_columns(self._session.network, self._table, self._uids, values)
        except InputError as error:
            self._tell(refusal_text(error))
            return
        if changes.is_empty:
            self.end_editing()
        else:
            self._session.do(None, changes, lambda _done: self.end_editing())

    def end_editing(self) -> None:
        """Leave the form; what is not applied is given up."""
        self.form = None
        if self._uids:
            self._again()
            self._selected()

    def _is_pinned(self) -> bool:
        return self.form is not None and self.form.is_touched

    def _can_edit(self) -> bool:
        table = TABLES[self._table]
        return any(is_editable(table.name, column) for column in table.columns)

    def _tell(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    # -- inside ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        tools = QHBoxLayout(self.tools)
        ending = QHBoxLayout(self.ending)
        for row in (tools, ending):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(GAP_PX // 2)
        for tool in (self.back, self.edit, self.place, self.rows, self.remove):
            tools.addWidget(tool)
        tools.addStretch(1)
        ending.addStretch(1)
        ending.addWidget(self.give_up)
        ending.addWidget(self.apply)
        layout = column_layout(self)
        for part in (self.title, self.kind, self.tools, self.hint):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.error)
        layout.addWidget(self.ending)
        layout.addStretch(0)

    def _head(self) -> None:
        """Say what is shown, and offer what can be done with it."""
        is_single = len(self._uids) == 1
        if is_single:
            self.title.setText(object_title(self._session.network, self._table, self._uids[0]))
            self.kind.setText(table_label(self._table))
        else:
            self.title.setText(f"{figures().number(len(self._uids))} {table_label(self._table)}")
            self.kind.setText(self.tr("What they have in common"))
        self.hint.hide()
        self.ending.hide()
        self._tell("")
        for part in (self.title, self.kind, self.area, self.tools):
            part.show()
        self.back.setEnabled(bool(self._been))
        self.edit.setEnabled(self._can_edit())
        self.place.setEnabled(bool(TABLES[self._table].geometry))
        self.remove.setEnabled(can_delete(self._table))

    def _begin(self) -> None:
        """Start with an empty sheet."""
        sheet = QWidget()
        outer = QVBoxLayout(sheet)
        outer.setContentsMargins(0, 0, GAP_PX, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_PX)
        self._grid.setVerticalSpacing(GAP_PX // 2 + 1)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._lines: list[tuple[str, str]] = []
        self._has_history = False
        self.area.setWidget(sheet)

    def _fill(self) -> None:
        self._begin()
        rows = self._session.network.tables[self._table].loc[list(self._uids)]
        for column in TABLES[self._table].columns:
            values = different_values(rows[column.name])
            if len(values) > 1:
                several = self.tr("<%1 different values>")
                told = several.replace("%1", figures().number(len(values)))
                self._add(column_label(column, with_unit=False), told, column.help)
            else:
                self._add_value(column, plain(rows[column.name].iloc[0]))
        if len(self._uids) > 1:
            return
        shape = rows["geometry"].iloc[0] if TABLES[self._table].geometry == "LINESTRING" else None
        if shape is not None:
            measured = lengths_m([shape], self._session.network.crs)[0]
            label = self.tr("Length on the ellipsoid")
            self._add(label, f"{figures().number(float(measured), 1)} m")
        self._add(self.tr("Identifier"), self._uids[0])

    def _add_value(self, column: Column, value: object) -> None:
        network = self._session.network
        if self._table == "plans" and column.name == "parameters" and isinstance(value, dict):
            for label, text in parameter_lines(value, network):
                self._add(label, text)
            return
        text = value_text(column, value, network)
        if not text:
            return
        if column.reference:
            uids = value if isinstance(value, tuple) else (str(value),)
            self._add_links(column, uids, text)
            return
        told = f"{text} {unit_label(column.unit)}" if column.unit else text
        self._add(column_label(column, with_unit=False), told, column.help)

    def _add_links(self, column: Column, uids: Sequence[str], text: str) -> None:
        """Add references as links that jump to the objects."""
        table, network = column.reference, self._session.network
        known = [uid for uid in uids if uid in network.table(table).index]
        if not known:
            self._add(column_label(column, with_unit=False), text, column.help)
            return
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for uid in known[:_MOST_LINKS]:
            name = object_title(network, table, uid)
            link = Link(name)
            link.clicked.connect(partial(self._jump, table, uid))
            layout.addWidget(link)
        if len(known) > _MOST_LINKS:
            more = self.tr("and %n more", "", len(known) - _MOST_LINKS)
            layout.addWidget(plain_label(more, is_muted=True))
        label = column_label(column, with_unit=False)
        self._put(label, text, box, column.help)

    def _jump(self, table: str, uid: str) -> None:
        if TABLES[table].geometry:
            self._session.select({table: [uid]})
            self._session.zoom_requested.emit({table: frozenset([uid])})
        self.show_object(table, uid)

    def _add(self, label: str, text: str, help_text: str = "") -> None:
        value = plain_label(text)
        # a long word must not widen the panel
        value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        value.setToolTip(tip(text))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._put(label, text, value, help_text)

    def _put(self, label: str, text: str, value: QWidget, help_text: str) -> None:
        number = self._grid.rowCount()
        self._lines.append((label, text))
        name = plain_label(label, is_muted=True)
        if help_text:
            name.setToolTip(translate_text("core", help_text))
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)

    def _add_history(self, uid: str, entries: list[HistoryEntry]) -> None:
        if (uid,) != self._uids or self.form is not None or not entries or self._has_history:
            return
        self._has_history = True
        self._grid.addWidget(heading(self.tr("History")), self._grid.rowCount(), 0, 1, 2)
        self._lines.append((self.tr("History"), ""))
        titles = Titles(self._session.network)
        for entry in entries:
            who = f" · {entry.who}" if entry.who else ""
            undone = " (" + self.tr("undone") + ")" if entry.is_undone else ""
            self._add(moment_text(entry.when), f"{render(entry.label)}{who}{undone}")
            told = change_lines(self._table, entry, titles)
            if entry.moved:
                told.append(self.tr("Moved or redrawn"))
            if told:
                detail = plain_label("\n".join(told[:MOST_LINES]), is_muted=True)
                detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                self._grid.addWidget(detail, self._grid.rowCount(), 0, 1, 2)

    def _again(self) -> None:
        if self._uids and not self._is_pinned():
            was_editing = self.form is not None
            been = self._been
            self.show_objects(self._table, self._uids)
            self._been = been
            if was_editing:
                self.begin_editing()

    def _selected(self) -> None:
        """Follow a selection of objects of one table."""
        chosen = [(table, uids) for table, uids in self._session.selection.items() if uids]
        if len(chosen) != 1 or self._is_pinned():
            return
        table, uids = chosen[0]
        if (table, frozenset(uids)) != (self._table, frozenset(self._uids)):
            self.show_objects(table, sorted(uids))

    def _zoom(self) -> None:
        self._session.zoom_requested.emit({self._table: frozenset(self._uids)})

    def _show_row(self) -> None:
        self._session.select({self._table: self._uids})
        self.table_wanted.emit(self._table)

    def _delete(self) -> None:
        self.delete_wanted.emit(self._table, list(self._uids))
