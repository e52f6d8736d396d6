"""What the pages of the redundancy workspace share: a job, a table below, marks on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from app.model.errors import AnelloError
from app.model.network import Network
from app.ui.jobs_runner import RunningJob
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import EmptyHint, button, make_table, selected_rows
from app.ui.session import Selection, Session, refusal_text
from app.ui.theme import GAP_PX, plain_label
from app.ui.use_cases import UseCases

Row = Mapping[str, Any]
Marks = Mapping[str, Selection]

_PLAN_TABLES = frozenset({"plans", "plan_spans", "plan_nodes", "plan_sites"})
_HARMLESS = frozenset({"comments", "changes", "risk_groups"})
"""Tables that most studies do not read."""

_NAME_EM = 30
"""Least width of the first column, in letters."""

_PLACES = ("spans", "nodes", "conduits", "plan_spans", "plan_nodes", "sites")


class StudyPage(QWidget):
    """One study: its questions here, its ranked table below the map, its marks on the map.

    A page asks with `ask`, which drops answers that speak of old data. ``answered`` follows an
    answer that is shown, so that the window brings the table to the front.
    """

    answered = Signal()
    linked: tuple[str, ...] = ()
    """Tables of whose objects the rows speak: selecting one chooses its row."""

    def __init__(
        self, session: Session, cases: UseCases, scope: Callable[[], str], run_text: str
    ) -> None:
        super().__init__()
        self._session = session
        self._cases = cases
        self._scope = scope
        self._running: RunningJob | None = None
        self._age = 0
        self._rows: list[Row] = []
        self._number_of: dict[str, int] = {}
        self.is_front = False
        self.table_title = ""
        self.model = FrameModel(self.columns(), self)
        self.table = make_table(self.model, "", is_multiple=False)
        hint = self.tr("Run the study in the panel Redundancy: what it finds is listed here.")
        EmptyHint(self.table, hint)
        self.run = button(run_text, "run", role="primary")
        self.run.clicked.connect(lambda _checked=False: self.start())
        self.note = plain_label("", is_muted=True)
        self.figures: dict[str, QLabel] = {}
        self._narrow()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.point_out())
        self.table.activated.connect(lambda _index: self.zoom())
        session.jobs.finished.connect(self._finished)
        session.project_changed.connect(self.clear)
        session.changed.connect(self._changed)
        session.selection_changed.connect(self._follow)

    # -- what a page says of itself ----------------------------------------------------------

    def columns(self) -> list[ViewColumn]:
        """Return the columns of the table; the first one takes the room that is left."""
        return []

    def start(self) -> None:
        """Start the study."""

    def marks(self, row: Row) -> Marks:
        """Return what a row points out on the map, by role."""
        del row
        return {}

    def tell(self, row: Row | None) -> None:
        """Say more of the chosen row."""

    def forget(self) -> None:
        """Empty what the page shows besides the table."""

    @property
    def reads_groups(self) -> bool:
        """Whether the answer depends on the stored risk groups."""
        return False

    # -- for the workspace -------------------------------------------------------------------

    @property
    def current(self) -> Row | None:
        """The chosen row, or ``None``."""
        rows = selected_rows(self.table)
        return self._rows[int(self.model.uid_at(rows[0]))] if rows else None

    @property
    def run_button(self) -> QPushButton:
        """The button that starts the study."""
        return self.run

    @property
    def is_running(self) -> bool:
        """Whether the study is on its way."""
        return self._running is not None

    def clear(self) -> None:
        """Forget answers, and those on their way: the data have changed."""
        self._age += 1
        self.note.setText("")
        self.forget()
        self.show_rows([])
        self.run.setEnabled(self._session.is_open and not self.is_running)

    def ask(
        self,
        title: str,
        workflow: str,
        deliver: Callable[[Any], None],
        **arguments: Any,
    ) -> None:
        """Run a workflow as a job, one at a time."""
        if self._running is not None or not self._session.is_open:
            return
        age = self._age

        def take(answer: Any) -> None:
            if age == self._age:
                deliver(answer)
                self.answered.emit()

        self.run.setEnabled(False)
        self.note.setText("")
        self._running = self._cases.study(title, workflow, arguments, take, self._refused)

    def show_rows(self, rows: Iterable[Row]) -> None:
        """Fill the table, the first row on top."""
        self._rows = list(rows)
        self._number_of = {str(row.get("uid")): number for number, row in enumerate(self._rows)}
        names = [column.name for column in self.model.columns]
        cells: dict[str, Any] = {}
        for name in names:
            cells[name] = np.empty(len(self._rows), dtype=object)
            cells[name][:] = [row.get(name) for row in self._rows]
        index = [str(number) for number in range(len(self._rows))]
        self.model.set_frame(pd.DataFrame(cells, columns=names, index=index))
        self._widen()
        self.point_out()

    def select(self, number: int) -> None:
        """Choose the row of the answer with this number, 0 for the first."""
        for row in self.model.rows_of([str(number)]):
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))

    def point_out(self) -> None:
        """Mark on the map what the chosen row speaks of, if this page is the one in front."""
        row = self.current
        self.tell(row)
        if self.is_front:
            self._session.set_marks({} if row is None else self.marks(row))

    def zoom(self) -> None:
        """Show the place of the chosen row."""
        row = self.current
        if row is not None:
            merged: dict[str, frozenset[str]] = {}
            for chosen in self.marks(row).values():
                for table, uids in chosen.items():
                    merged[table] = merged.get(table, frozenset()) | uids
            self._session.zoom_requested.emit(merged)

    # -- parts -------------------------------------------------------------------------------

    def figure_grid(self, lines: Iterable[tuple[str, str]]) -> QGridLayout:
        """Return figures with their names, one below the other; set them by key."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_PX * 2)
        grid.setVerticalSpacing(GAP_PX // 2)
        grid.setColumnStretch(0, 1)
        for number, (key, text) in enumerate(lines):
            grid.addWidget(plain_label(text, is_muted=True), number, 0)
            value = plain_label("", wraps=False)
            value.setProperty("role", "figure")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, number, 1)
            self.figures[key] = value
        return grid

    def name_table(self, title: str) -> QTableView:
        """Name the table for the tab and for screen readers."""
        self.table_title = title
        self.table.setAccessibleName(title)
        return self.table

    # -- inside ------------------------------------------------------------------------------

    def _narrow(self) -> None:
        """Give the first column room for a name, the others what they need."""
        header = self.table.horizontalHeader()
        # only what is seen is measured: tables have thousands of rows
        header.setResizeContentsPrecision(0)
        for number in range(1, self.model.columnCount()):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self.table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the first column what the others leave, but always enough for a name."""
        if event.type() == QEvent.Type.Resize and watched is self.table.viewport():
            QTimer.singleShot(0, self, self._widen)
        return super().eventFilter(watched, event)

    def _widen(self) -> None:
        header = self.table.horizontalHeader()
        others = sum(header.sectionSize(number) for number in range(1, header.count()))
        least = _NAME_EM * self.table.fontMetrics().horizontalAdvance("n")
        self.table.setColumnWidth(0, max(least, self.table.viewport().width() - others))

    def _changed(self, tables: frozenset[str]) -> None:
        touched = tables - _HARMLESS
        if not self._scope():
            touched -= _PLAN_TABLES
        if touched or (self.reads_groups and "risk_groups" in tables):
            self.clear()

    def _follow(self) -> None:
        """Choose the row of the one object that is selected on the map or in a table."""
        chosen = [uid for table in self.linked for uid in self._session.selection.get(table, ())]
        if self.is_front and len(chosen) == 1 and chosen[0] in self._number_of:
            self.select(self._number_of[chosen[0]])

    def _refused(self, error: AnelloError) -> None:
        self.note.setText(refusal_text(error))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.run.setEnabled(self._session.is_open)


def whereabouts(network: Network, uids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return objects by the table in which each is; unknown ones are left out."""
    wanted = frozenset(map(str, uids))
    found: dict[str, frozenset[str]] = {}
    for table in _PLACES:
        index = network.tables[table].index
        here = frozenset(uid for uid in wanted if uid in index)
        if here:
            found[table] = here
    return found
