"""Two diverse routes of the selected site: what they cost and share, and where they run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.model.errors import AnelloError
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures, language, object_title
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import button, column_layout, make_table
from app.ui.panels.swatches import ring
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, align_labels, heading, plain_label, tip
from app.ui.translation import render
from app.ui.use_cases import UseCases

_ROLES = {1: "route", 2: "protection"}
_ROWS = 6
"""Shared objects that are seen without scrolling."""

_MOST_M = 5000.0
_PLACE = Qt.ItemDataRole.UserRole


class TwoRoutes(QWidget):
    """Ask for the pair, say what it needs, draw it on the map, write it to paper.

    ``paired`` follows an answer that is shown.
    """

    paired = Signal(object)
    written = Signal(object)

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self._found: Result | None = None
        self._age = 0
        self.kind_box = self._choice(
            self.tr("What two routes may not share"),
            (
                (self.tr("No shared span"), "edge", ""),
                (self.tr("No shared node"), "node", ""),
                (
                    self.tr("No shared risk"),
                    "risk",
                    self.tr("No common trench, duct, sewer, bridge, crossing, chamber or zone"),
                ),
            ),
        )
        self.to_box = self._choice(
            self.tr("Where the routes end"),
            (
                (self.tr("Any hub"), "any", ""),
                (self.tr("One hub"), "hub", ""),
                (self.tr("Two hubs"), "two-hubs", ""),
                (self.tr("Two points of the ring"), "ring", ""),
            ),
        )
        self.exempt = self._metres(self.tr("Share freely near the ends, within"))
        self.apart = self._metres(self.tr("Keep apart elsewhere, at least"))
        self.passes = self._names(self.tr("Objects that one route must pass"))
        self.avoids = self._names(self.tr("Objects that no route may take"))
        self.search = button(self.tr("Find"), "run", role="primary")
        self.search.clicked.connect(lambda _checked=False: self.start())
        self.report = button(self.tr("Report as PDF…"), "export")
        self.report.clicked.connect(lambda _checked=False: self._ask_where())
        self.site_name = heading("")
        self.answer = plain_label("", is_muted=True)
        self.model = FrameModel(self._columns(), self)
        self.table = make_table(self.model, self.tr("The two routes"), is_multiple=False)
        self.shared_title = plain_label(self.tr("Both depend on:"))
        self.shared = QListWidget()
        self.shared.setAccessibleName(self.tr("What both routes depend on"))
        self.shared.setToolTip(self.tr("Select a line to see the place on the map"))
        self.shared.setWordWrap(False)
        self._arrange()
        self.shared.itemSelectionChanged.connect(self._jump)
        session.selection_changed.connect(self.refresh)
        session.project_changed.connect(self.clear)
        session.changed.connect(lambda _tables: self.clear())
        session.jobs.finished.connect(self._finished)
        self.clear()

    @property
    def run_button(self) -> QPushButton:
        """The button that starts the study."""
        return self.search

    @property
    def site(self) -> str:
        """The one selected site, or ''."""
        chosen = self._session.selection.get("sites", frozenset())
        return next(iter(chosen)) if len(chosen) == 1 else ""

    @property
    def request(self) -> dict[str, Any]:
        """What is asked for, as fields of `app.workflows.DiverseRequest`."""
        return {
            "disjoint": str(self.kind_box.currentData()),
            "to": str(self.to_box.currentData()),
            "exempt_m": self.exempt.value(),
            "separation_m": self.apart.value(),
            "passes": _listed(self.passes.text()),
            "avoids": _listed(self.avoids.text()),
        }

    def start(self) -> None:
        """Look for the two routes of the selected site."""
        if not self.site or self._running is not None:
            return
        age = self._age

        def take(result: Result) -> None:
            if age == self._age:
                self.show_result(result)
                self.paired.emit(result)

        self.search.setEnabled(False)
        asked = {"site": self.site, "request": self.request}
        title = self.tr("Looking for two routes")
        self._running = self._cases.study(title, "second_route", asked, take, self._refused)

    def refresh(self) -> None:
        """Say which site is meant, or what to do."""
        self.search.setEnabled(bool(self.site) and self._running is None)
        if self.site:
            self.site_name.setText(object_title(self._session.network, "sites", self.site))
        else:
            self.site_name.setText(self.tr("No single site is selected"))
        if self._found is None:
            hint = self.tr("Select one site on the map or in the table, then find its routes.")
            self.answer.setText("" if self.site else hint)

    def set_front(self, is_front: bool) -> None:
        """Draw the routes, or take them off the map while another page is in front."""
        if self._found is not None:
            self._session.set_routes(_drawn(self._found) if is_front else {})

    def clear(self) -> None:
        """Forget an answer that speaks of other data."""
        self._age += 1
        self._found = None
        self._session.set_routes({})
        self._list([])
        self._show_routes([])
        self.report.setEnabled(False)
        self.answer.setText("")
        self.refresh()

    def show_result(self, result: Result) -> None:
        """Draw both routes with what they share, and say what they need."""
        summary = result.summary
        self._found = result
        common = result.tables["shared"]
        self._session.set_routes(_drawn(result))
        self._list(
            [
                (render(reason), float(length_m), item["place"], is_exempt)
                for reason, length_m, is_exempt, item in zip(
                    common["reason"], common["length_m"], common["is_exempt"], summary["shared"],
                    strict=True,
                )
            ]
        )  # fmt: skip
        self._show_routes(summary["routes"])
        self.report.setEnabled(True)
        self.answer.setText(self._told(summary))

    def write(self, path: Path) -> None:
        """Write the answer as PDF."""
        if self._found is None or self._running is not None:
            return
        asked = {"result": self._found, "path": str(path), "language": language()}

        def tell(report: Any) -> None:
            told = self.tr("Report written: %1").replace("%1", path.name)
            self._session.told.emit("info", told)
            self.written.emit(report)

        title = self.tr("Writing %1").replace("%1", path.name)
        self._running = self._cases.study(title, "diversity_report", asked, tell, self._refused)

    # -- what is said ------------------------------------------------------------------------

    def _told(self, summary: Mapping[str, Any]) -> str:
        name = object_title(self._session.network, "sites", str(summary["site"]))
        show = figures()
        if not summary["found"] and not summary["blocking"]:
            return self.tr("%1: no second route exists.").replace("%1", name)
        cost = summary["cost_eur"]
        new_m = sum(float(route["new_route_length_m"]) for route in summary["routes"])
        parts = []
        if not summary["found"]:
            text = self.tr("%1: no such pair was found; %2 things are in the way, listed below.")
            count = show.number(len(summary["blocking"]))
            parts.append(text.replace("%1", name).replace("%2", count))
        text = self.tr("%1: %2 of new route, %3 (%4 to %5).")
        values = (
            name,
            show.length(new_m),
            show.euro(cost["typical"], 0),
            show.euro(cost["low"], 0),
            show.euro(cost["high"], 0),
        )
        for number, value in enumerate(values, start=1):
            text = text.replace(f"%{number}", value)
        parts.append(text)
        parts.append(self._bound(summary))
        if summary["min_separation_m"] is not None:
            text = self.tr("At least %1 apart, away from the ends.")
            parts.append(text.replace("%1", show.length(summary["min_separation_m"])))
        known = summary["availability"]
        text = self.tr("Out for %1 min a year, %2 of them where both are one; class %3 %.")
        for number, value in enumerate(
            (
                show.number(known["minutes_per_year"], 1),
                show.number(known["common_minutes_per_year"], 1),
                str(known["class"]),
            ),
            start=1,
        ):
            text = text.replace(f"%{number}", value)
        return " ".join([*parts, text])

    def _bound(self, summary: Mapping[str, Any]) -> str:
        if summary["is_proven"]:
            return self.tr("No cheaper pair exists.")
        text = self.tr("A cheaper pair would still cost %1 (gap %2).")
        bound = figures().euro(summary["lower_bound"], 0)
        return text.replace("%1", bound).replace("%2", figures().percent(summary["gap"], 1))

    def _columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("end", self.tr("Leads to"), icon=ring, icon_from="role"),
            ViewColumn("length", self.tr("Length"), is_number=True),
            ViewColumn("new", self.tr("New"), is_number=True),
            ViewColumn("loss", self.tr("Loss"), is_number=True),
        ]

    def _show_routes(self, routes: Sequence[Mapping[str, Any]]) -> None:
        show = figures()
        rows = []
        for number, route in enumerate(routes, start=1):
            loss = route["loss"][0]["loss_db"]["typical"] if route["loss"] else None
            rows.append(
                {
                    "role": _ROLES[number],
                    "end": object_title(self._session.network, "nodes", str(route["end"])),
                    "length": show.length(route["length_m"]),
                    "new": show.length(route["new_route_length_m"]),
                    "loss": f"{show.number(loss, 1)} dB",
                }
            )
        columns = [*(column.name for column in self.model.columns), "role"]
        index = [str(number) for number in range(len(rows))]
        self.model.set_frame(pd.DataFrame(rows, columns=columns, index=index))
        self.table.setHidden(not rows)
        height = self.table.horizontalHeader().sizeHint().height()
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(height + len(rows) * line + 4)

    def _list(self, rows: Sequence[tuple[str, float, Sequence[float] | None, bool]]) -> None:
        self.shared.clear()
        for text, length_m, place, is_exempt in rows:
            told = f"{text} ({figures().length(length_m)})" if length_m >= 1 else text
            if is_exempt:
                told = self.tr("%1, not counted").replace("%1", told)
            item = QListWidgetItem(told)
            item.setToolTip(tip(told))
            item.setData(_PLACE, place)
            self.shared.addItem(item)
        line = self.fontMetrics().height() + 6
        self.shared.setFixedHeight(min(len(rows), _ROWS) * line + 8)
        self.shared.setHidden(not rows)
        self.shared_title.setHidden(not rows)

    # -- inside ------------------------------------------------------------------------------

    def _jump(self) -> None:
        """Show the place of the chosen shared object."""
        for item in self.shared.selectedItems():
            place = item.data(_PLACE)
            if place is not None:
                self._session.center_requested.emit(float(place[0]), float(place[1]))

    def _ask_where(self) -> None:
        start = self._session.settings.folder / f"{self.tr('two routes')}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Report as PDF"), str(start), self.tr("Documents (*.pdf)")
        )
        if chosen:
            self.write(Path(chosen))

    def _refused(self, error: AnelloError) -> None:
        self.answer.setText(refusal_text(error))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.search.setEnabled(bool(self.site))

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP_PX)
        for text, field in (
            (self.tr("Apart by"), self.kind_box),
            (self.tr("Lead to"), self.to_box),
            (self.tr("Exempt ends"), self.exempt),
            (self.tr("Separation"), self.apart),
            (self.tr("Must pass"), self.passes),
            (self.tr("Must avoid"), self.avoids),
        ):
            form.addRow(text, field)
        align_labels(form)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.report, 1)
        row.addWidget(self.search, 1)
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.site_name)
        layout.addLayout(form)
        layout.addLayout(row)
        layout.addWidget(self.table)
        layout.addWidget(self.answer)
        layout.addWidget(self.shared_title)
        layout.addWidget(self.shared)
        layout.addStretch(1)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        for number in range(self.model.columnCount()):
            mode = QHeaderView.ResizeMode.ResizeToContents
            stretch = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, mode if number else stretch)

    def _choice(self, name: str, items: Sequence[tuple[str, str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for number, (text, code, told) in enumerate(items):
            box.addItem(text, code)
            if told:
                box.setItemData(number, told, Qt.ItemDataRole.ToolTipRole)
        return box

    def _metres(self, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setAccessibleName(name)
        box.setToolTip(tip(name))
        box.setRange(0.0, _MOST_M)
        box.setDecimals(0)
        box.setSingleStep(10.0)
        box.setSuffix(" m")
        return box

    def _names(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setToolTip(tip(name))
        field.setPlaceholderText(self.tr("names, with commas"))
        return field


def _drawn(result: Result) -> dict[str, list[Any]]:
    """Return the shapes of an answer by their role on the map."""
    frame, common = result.tables["routes"], result.tables["shared"]
    drawn = {role: list(frame.loc[frame["route"] == n, "geometry"]) for n, role in _ROLES.items()}
    held = common[~common["is_exempt"].astype(bool)]
    more = {
        "shared": [shape for shape in held["geometry"] if shape is not None],
        "apart": list(result.tables["separation"]["geometry"]),
    }
    return {**drawn, **{role: item for role, item in more.items() if item}}


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
