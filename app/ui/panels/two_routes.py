"""Two disjoint routes of the selected site: what they cost, and where they run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from app.model.errors import AnelloError
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures, object_title
from app.ui.panels.parts import button, column_layout
from app.ui.session import Session
from app.ui.theme import GAP_PX, heading, plain_label
from app.ui.translation import render
from app.ui.use_cases import UseCases

_ROLES = {1: "route", 2: "protection"}
_ROWS = 4
"""Shared objects that are seen without scrolling."""

_PLACE = Qt.ItemDataRole.UserRole


class TwoRoutes(QWidget):
    """Ask for the pair, say what it needs, and draw it on the map."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self.kind_box = QComboBox()
        self.kind_box.setAccessibleName(self.tr("What two routes may not share"))
        self.kind_box.addItem(self.tr("No shared span"), "edge")
        self.kind_box.addItem(self.tr("No shared node"), "node")
        self.kind_box.addItem(self.tr("No shared risk"), "risk")
        self.kind_box.setItemData(
            2,
            self.tr("No common trench, duct, sewer, bridge, crossing, chamber or zone either"),
            Qt.ItemDataRole.ToolTipRole,
        )
        self.search = button(self.tr("Find"), "run")
        self.search.clicked.connect(lambda _checked=False: self.start())
        self.answer = plain_label("", is_muted=True)
        self.shared = QListWidget()
        self.shared.setAccessibleName(self.tr("What both routes depend on"))
        self.shared.setToolTip(self.tr("Select a line to see the place on the map"))
        self.shared.setWordWrap(False)
        self.shared.hide()
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.kind_box, 1)
        row.addWidget(self.search)
        layout = column_layout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading(self.tr("Two routes of a site")))
        layout.addLayout(row)
        layout.addWidget(self.answer)
        layout.addWidget(self.shared)
        self.shared.itemSelectionChanged.connect(self._jump)
        cases.paired.connect(self.show_result)
        session.selection_changed.connect(self.refresh)
        session.project_changed.connect(self.clear)
        session.changed.connect(lambda _tables: self.clear())
        session.jobs.finished.connect(self._finished)
        self.refresh()

    @property
    def site(self) -> str:
        """The one selected site, or ''."""
        chosen = self._session.selection.get("sites", frozenset())
        return next(iter(chosen)) if len(chosen) == 1 else ""

    def start(self) -> None:
        """Look for the two routes of the selected site."""
        if self.site and self._running is None:
            self.search.setEnabled(False)
            kind = str(self.kind_box.currentData())
            self._running = self._cases.pair_routes(self.site, kind, self._refused)

    def refresh(self) -> None:
        """Say which site is meant, or what to do."""
        self.search.setEnabled(bool(self.site) and self._running is None)
        if self.site:
            self.answer.setText(object_title(self._session.network, "sites", self.site))
        else:
            self.answer.setText(self.tr("Select one site on the map or in the table."))

    def clear(self) -> None:
        """Forget an answer that speaks of other data."""
        self._session.set_routes({})
        self._list([])
        self.refresh()

    def show_result(self, result: Result) -> None:
        """Draw both routes with what they share, and say what they need."""
        summary = result.summary
        frame = result.tables["routes"]
        drawn = {
            role: list(frame.loc[frame["route"] == n, "geometry"]) for n, role in _ROLES.items()
        }
        common = result.tables["shared"]
        held = common[~common["is_exempt"].astype(bool)]
        more = {
            "shared": [shape for shape in held["geometry"] if shape is not None],
            "apart": list(result.tables["separation"]["geometry"]),
        }
        self._session.set_routes({**drawn, **{role: item for role, item in more.items() if item}})
        self._list(
            [
                (render(reason), float(length_m), item["place"], is_exempt)
                for reason, length_m, is_exempt, item in zip(
                    common["reason"], common["length_m"], common["is_exempt"], summary["shared"],
                    strict=True,
                )
            ]
        )  # fmt: skip
        self.answer.setText(self._told(summary))

    def _told(self, summary: Mapping[str, Any]) -> str:
        name = object_title(self._session.network, "sites", str(summary["site"]))
        if not summary["found"]:
            if not summary["blocking"]:
                return self.tr("%1: no second route exists.").replace("%1", name)
            text = self.tr("%1: no such pair was found; %2 things are in the way, listed below.")
            count = figures().number(len(summary["blocking"]))
            return text.replace("%1", name).replace("%2", count)
        new_m = sum(float(route["new_route_length_m"]) for route in summary["routes"])
        cost = summary["cost_eur"]
        apart_m = summary["min_separation_m"]
        text = self.tr("%1: %2 of new route, %3 (%4 to %5). %6 apart at least, away from the ends.")
        if apart_m is None:
            text = self.tr("%1: %2 of new route, %3 (%4 to %5).")
        values = (
            name,
            figures().length(new_m),
            figures().euro(cost["typical"], 0),
            figures().euro(cost["low"], 0),
            figures().euro(cost["high"], 0),
            figures().length(apart_m),
        )
        for number, value in enumerate(values, start=1):
            text = text.replace(f"%{number}", value)
        minutes = figures().number(summary["availability"]["minutes_per_year"], 1)
        return f"{text} {self.tr('Out for %1 min a year.').replace('%1', minutes)}"

    def _list(self, rows: Sequence[tuple[str, float, Sequence[float] | None, bool]]) -> None:
        self.shared.clear()
        for text, length_m, place, is_exempt in rows:
            told = f"{text} ({figures().length(length_m)})" if length_m >= 1 else text
            if is_exempt:
                told = self.tr("%1, not counted").replace("%1", told)
            item = QListWidgetItem(told)
            item.setToolTip(told)
            item.setData(_PLACE, place)
            self.shared.addItem(item)
        line = self.fontMetrics().height() + 6
        self.shared.setFixedHeight(min(len(rows), _ROWS) * line + 8)
        self.shared.setHidden(not rows)

    def _jump(self) -> None:
        """Show the place of the chosen shared object."""
        for item in self.shared.selectedItems():
            place = item.data(_PLACE)
            if place is not None:
                self._session.center_requested.emit(float(place[0]), float(place[1]))

    def _refused(self, error: AnelloError) -> None:
        self.answer.setText(render(error.message))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.search.setEnabled(bool(self.site))
