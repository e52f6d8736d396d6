"""The table of sites: sorted, filtered by typing, its selection tied to the map's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QWidget

from app.model.schema import Column
from app.model.tables import TABLES
from app.ui.connection import connected_mask
from app.ui.icons import icon
from app.ui.labels import code_label, column_label, figures, value_text
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import EmptyHint, column_layout, make_table, select_rows, selected_rows
from app.ui.panels.swatches import swatch
from app.ui.session import Session
from app.ui.theme import GAP_PX, theme_name
from app.ui.translation import translate_text

_SHOWN = (
    "name",
    "category",
    "municipality",
    "status",
    "guaranteed_mbps",
    "peak_mbps",
    "protection",
    "priority",
    "payer",
    "address",
    "code",
)
_SEARCHED = ("name", "code", "municipality", "address", "payer")
_WIDTHS_EM = {"name": 30, "category": 15, "municipality": 13, "address": 18, "status": 12}
_TYPING_MS = 150


class SitesPanel(QWidget):
    """All sites in one table; what is typed or chosen above narrows it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_linking = False
        self._haystack: npt.NDArray[np.object_] = np.zeros(0, dtype=object)
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("Sites"))
        EmptyHint(self.table, self.tr("Nothing to show: import sites, or clear the filter."))
        self.filter_box = QLineEdit()
        self.category_box = QComboBox()
        self.connected_box = QComboBox()
        self._count = _Count()
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._set_up()
        self._arrange()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the sites of the present network."""
        frame = pd.DataFrame(self._session.network.table("sites").drop(columns="geometry"))
        frame["is_connected"] = connected_mask(self._session)
        self._haystack = _haystack(frame)
        self._fill_categories(frame)
        self._is_linking = True
        self.model.set_frame(frame, self._mask(frame))
        self._is_linking = False
        self._link_from_session()
        self._tell_count()

    def shown_uids(self) -> list[str]:
        """Return the sites that pass the filter, in their order."""
        return self.model.uids()

    # -- set up ------------------------------------------------------------------------------

    def _columns(self) -> list[ViewColumn]:
        columns = [self._column(TABLES["sites"].column(name)) for name in _SHOWN]
        connected = ViewColumn(
            "is_connected",
            self.tr("Connected"),
            lambda value: self.tr("Yes") if value else self.tr("No"),
        )
        return [*columns[:4], connected, *columns[4:]]

    @staticmethod
    def _column(column: Column) -> ViewColumn:
        def text(value: Any) -> str:
            return value_text(column, value)

        picture: Callable[[Any], Any] | None = None
        if column.name == "name":
            picture = lambda value: swatch("sites", value, theme_name())  # noqa: E731
        return ViewColumn(
            column.name,
            column_label(column),
            text,
            column.is_numeric,
            picture,
            "category" if picture else "",
            translate_text("core", column.help),
        )

    def _set_up(self) -> None:
        self.filter_box.setPlaceholderText(self.tr("Filter by name, code, place …"))
        self.filter_box.setAccessibleName(self.tr("Filter of the sites"))
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.category_box.setAccessibleName(self.tr("Category"))
        self.connected_box.setAccessibleName(self.tr("Connected or not"))
        for box in (self.category_box, self.connected_box):
            # on a narrow screen the boxes give way before the panel beside does
            policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            box.setSizeAdjustPolicy(policy)
            box.setMinimumContentsLength(9)
        self.connected_box.addItem(self.tr("All sites"), None)
        self.connected_box.addItem(self.tr("Connected"), True)
        self.connected_box.addItem(self.tr("Not connected"), False)
        em = self.fontMetrics().horizontalAdvance("n")
        for number, column in enumerate(self.model.columns):
            heading = self.fontMetrics().horizontalAdvance(column.heading) + 34
            width = max(heading, _WIDTHS_EM.get(column.name, 8) * em)
            self.table.setColumnWidth(number, width)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.filter_box, 3)
        row.addWidget(self.category_box, 3)
        row.addWidget(self.connected_box, 2)
        row.addWidget(self._count, 2)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.filter_box.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._filter)
        self.category_box.currentIndexChanged.connect(lambda _index: self._filter())
        self.connected_box.currentIndexChanged.connect(lambda _index: self._filter())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._link_to_session())
        self.table.doubleClicked.connect(lambda _index: self._zoom())
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.model.modelReset.connect(self._link_from_session)
        self._session.selection_changed.connect(self._link_from_session)
        self._session.project_changed.connect(self._start_anew)
        self._session.changed.connect(self._changed)
        self._session.connected_changed.connect(self.refresh)

    # -- filter ------------------------------------------------------------------------------

    def _fill_categories(self, frame: pd.DataFrame) -> None:
        chosen = self.category_box.currentData()
        self.category_box.blockSignals(True)
        self.category_box.clear()
        self.category_box.addItem(self.tr("All categories"), None)
        present = set(frame["category"].astype(object))
        for code in sorted(present, key=lambda code: code_label(str(code)).casefold()):
            symbol = swatch("sites", code, theme_name())
            self.category_box.addItem(symbol, code_label(str(code)), code)
        self.category_box.setCurrentIndex(max(0, self.category_box.findData(chosen)))
        self.category_box.blockSignals(False)

    def _mask(self, frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
        words = self.filter_box.text().casefold().split()
        mask = np.ones(len(frame), dtype=bool)
        if words:
            texts = self._haystack.tolist()
            mask &= np.array([all(word in text for word in words) for text in texts], dtype=bool)
        category = self.category_box.currentData()
        if category is not None:
            mask &= (frame["category"] == category).to_numpy(dtype=bool)
        connected = self.connected_box.currentData()
        if connected is not None:
            mask &= frame["is_connected"].to_numpy(dtype=bool) == connected
        return mask

    def _filter(self) -> None:
        self._typing.stop()
        self._is_linking = True
        self.model.set_mask(self._mask(self.model.frame))
        self._is_linking = False
        self._link_from_session()
        self._tell_count()

    def _tell_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        text = self.tr("%1 of %2").replace("%1", figures().number(shown))
        self._count.setText(text.replace("%2", figures().number(total)))

    # -- selection ---------------------------------------------------------------------------

    def _link_to_session(self) -> None:
        if self._is_linking:
            return
        chosen = {self.model.uid_at(row) for row in selected_rows(self.table)}
        others = {
            table: uids for table, uids in self._session.selection.items() if table != "sites"
        }
        # a click in the table is a choice of sites: what the filter hides does not linger
        self._is_linking = True
        self._session.select({**others, "sites": chosen})
        self._is_linking = False

    def _link_from_session(self) -> None:
        if self._is_linking:
            return
        wanted = self.model.rows_of(self._session.selection.get("sites", frozenset()))
        if wanted != selected_rows(self.table):
            self._is_linking = True
            select_rows(self.table, wanted)
            self._is_linking = False

    def _show_menu(self, place: QPoint) -> None:
        menu = self.context_menu()
        menu.exec(self.table.viewport().mapToGlobal(place))
        menu.deleteLater()

    def context_menu(self) -> QMenu:
        """Return the menu for the selected rows."""
        menu = QMenu(self)
        zoom = menu.addAction(icon("zoom-selection"), self.tr("Show on the map"))
        zoom.triggered.connect(lambda _checked=False: self._zoom())
        zoom.setEnabled(bool(self._session.selection.get("sites")))
        shown = menu.addAction(icon("select"), self.tr("Select all shown"))
        shown.triggered.connect(
            lambda _checked=False: self._session.select({"sites": self.shown_uids()})
        )
        return menu

    def _zoom(self) -> None:
        uids = self._session.selection.get("sites")
        if uids:
            self._session.zoom_requested.emit({"sites": uids})

    # -- session -----------------------------------------------------------------------------

    def _start_anew(self) -> None:
        for box in (self.category_box, self.connected_box):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)
        self.filter_box.blockSignals(True)
        self.filter_box.clear()
        self.filter_box.blockSignals(False)
        self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if "sites" in tables:
            self.refresh()


class _Count(QLabel):
    """How many sites are shown; a figure that would be cut is not shown at all."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text when there is room for all of it."""
        if self.fontMetrics().horizontalAdvance(self.text()) <= self.width():
            super().paintEvent(event)


def _haystack(frame: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return, for each site, the text in which the filter looks, in lower case."""
    joined = np.full(len(frame), "", dtype=object)
    for name in _SEARCHED:
        cells = frame[name].astype(object).fillna("").astype(str).str.casefold()
        joined = joined + " " + cells.to_numpy(dtype=object)
    return joined
