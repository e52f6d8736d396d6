"""Two disjoint routes of the selected site: what they cost, and where they run."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

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
        self.search = button(self.tr("Find"), "run")
        self.search.clicked.connect(lambda _checked=False: self.start())
        self.answer = plain_label("", is_muted=True)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.kind_box, 1)
        row.addWidget(self.search)
        layout = column_layout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading(self.tr("Two routes of a site")))
        layout.addLayout(row)
        layout.addWidget(self.answer)
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
        self.refresh()

    def show_result(self, result: Result) -> None:
        """Draw both routes and say what they need."""
        summary = result.summary
        frame = result.tables["routes"]
        self._session.set_routes(
            {role: list(frame.loc[frame["route"] == n, "geometry"]) for n, role in _ROLES.items()}
        )
        name = object_title(self._session.network, "sites", str(summary["site"]))
        if not summary["found"]:
            self.answer.setText(self.tr("%1: no second route exists.").replace("%1", name))
            return
        new_m = sum(float(route["new_route_length_m"]) for route in summary["routes"])
        cost = summary["cost_eur"]
        text = self.tr("%1: %2 of new route, %3 (%4 to %5). Within 10 m of each other along %6.")
        values = (
            name,
            figures().length(new_m),
            figures().euro(cost["typical"], 0),
            figures().euro(cost["low"], 0),
            figures().euro(cost["high"], 0),
            figures().length(summary["shared_corridor_m"]),
        )
        for number, value in enumerate(values, start=1):
            text = text.replace(f"%{number}", value)
        self.answer.setText(text)

    def _refused(self, error: AnelloError) -> None:
        self.answer.setText(render(error.message))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.search.setEnabled(bool(self.site))
