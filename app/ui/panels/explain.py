"""The panel that says why: what sites really cost, what sections could be, what is out of reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from PySide6.QtWidgets import QHBoxLayout, QTableView, QTabWidget, QWidget

from app.model.errors import AnelloError
from app.model.findings import Finding
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures, object_title
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import (
    WideColumn,
    button,
    column_layout,
    make_table,
    select_rows,
    selected_rows,
)
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.translation import render
from app.ui.use_cases import UseCases

_SITES, _SECTIONS, _OUT = range(3)
_STATES = ("always", "likely", "kept", "replaceable", "onlyWay")
"""States of sections in the order in which they are worth a look; lead-ins come last."""

_MARK_PX = 34
"""Room for the mark of sorting and the margins of a heading."""
_NAME_EM = 18
"""Least width of the column of names."""
_NUMBER_EM = 12
"""Width of columns of figures and words."""

_ROLES = {"dropped": "route", "new": "protection"}
"""How another way is drawn: what it would leave, and what it would build."""


class ExplainPanel(QWidget):
    """Explain the previewed plan, rank what was found, point it out on the map."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self._rows: list[list[Mapping[str, Any]]] = [[], [], []]
        self._findings: dict[str, Finding] = {}
        self._links: dict[str, Any] = {}
        self._is_drawn = False
        self.title = plain_label("", wraps=False)
        self.run = button(self.tr("Explain"), "run", role="primary")
        self.run.clicked.connect(lambda _checked=False: self.start())
        self.other = button(self.tr("Show another way"), "preview")
        self.other.clicked.connect(lambda _checked=False: self.show_another_way())
        self.answer = plain_label("", is_muted=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.models: list[FrameModel] = []
        self._names: list[list[str]] = []
        self.tables: list[QTableView] = []
        for name, columns in (
            (self.tr("Sites"), self._site_columns()),
            (self.tr("Sections"), self._section_columns()),
            (self.tr("Out of reach"), self._out_columns()),
        ):
            self._add_table(name, columns)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.title, 1)
        row.addWidget(self.run)
        layout = column_layout(self)
        layout.addLayout(row)
        layout.addWidget(self.answer)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.other)
        self._connect()
        self.refresh()

    # -- what is asked -----------------------------------------------------------------------

    def start(self) -> None:
        """Explain the previewed plan."""
        plan = self._session.preview
        if plan and self._running is None:
            self.run.setEnabled(False)
            self.answer.setText(self.tr("The plan is made again without each site and section …"))
            self._running = self._cases.explain(plan, "", self._refused)

    def show_another_way(self) -> None:
        """Look for the best plan without the selected section."""
        row = self._current(_SECTIONS)
        if row is not None and self._running is None:
            self.other.setEnabled(False)
            self._running = self._cases.explain(
                self._session.preview, str(row["uid"]), self._refused
            )

    def refresh(self) -> None:
        """Forget what speaks of other data, and say which plan is meant."""
        plans = self._session.network.table("plans")
        is_there = self._session.preview in plans.index
        name = str(plans.at[self._session.preview, "name"]) if is_there else ""
        self.title.setText(name or self.tr("No plan is shown"))
        self.run.setEnabled(is_there and self._running is None)
        self._show([[], [], []])
        hint = self.tr(
            "Explain to see what each site really costs, which sections every good plan has, and "
            "what keeps sites out of reach."
        )
        self.answer.setText(hint if is_there else self.tr("Choose a plan in the list of plans."))

    # -- what was found ----------------------------------------------------------------------

    def show_result(self, result: Result, section: str) -> None:
        """Show an explanation; of one section, only the other way."""
        if section:
            self._show_way(result, section)
            return
        if result.summary["plan_uid"] != self._session.preview:
            return
        by_site = [item for item in result.findings if item.rule == "explain.unreachable"]
        self._findings = {item.uids[0]: item for item in by_site}
        links = result.tables["links"]
        self._links = dict(zip(links["site"], links["geometry"], strict=True))
        sections = sorted(
            result.summary["sections"],
            key=lambda row: (_STATES.index(row["state"]), -(row["extra_eur"] or 0.0), row["uid"]),
        )
        self._show([result.summary["sites"], sections, result.summary["unreachable"]])
        gap = figures().percent(result.summary["gap"], 2)
        text = self.tr("Proven gap of the plan: %1. Select a row to see it on the map.")
        text = text.replace("%1", gap)
        if result.summary["is_out_of_date"]:
            text += " " + self.tr("The data have changed since the plan was made.")
        self.answer.setText(text)

    def _show_way(self, result: Result, section: str) -> None:
        (row,) = result.summary["sections"]
        self._take_closer(row)
        frame = result.tables["alternative"]
        self._draw(
            {role: list(frame.loc[frame["role"] == name, "geometry"])
             for name, role in _ROLES.items()}
        )  # fmt: skip
        name = object_title(self._session.network, "plan_spans", section)
        if row["sites_lost"]:
            self.answer.setText(self._lost_text(row))
            return
        new_m = float(frame.loc[frame["role"] == "new", "length_m"].sum())
        text = self.tr("Without “%1” the best plan found costs %2 more and builds %3 elsewhere.")
        for number, value in enumerate(
            (name, self._euro(row["extra_eur"]), figures().length(new_m))
        ):
            text = text.replace(f"%{number + 1}", value)
        if row["least_eur"] > 0:
            least = self.tr("No plan without it costs less than %1 more.")
            text += " " + least.replace("%1", self._euro(row["least_eur"]))
        self.answer.setText(text)

    def _take_closer(self, row: Mapping[str, Any]) -> None:
        """Put what a closer look found in the place of what the list says of a section."""
        rows = list(self._rows[_SECTIONS])
        for place, known in enumerate(rows):
            if known["uid"] == row["uid"]:
                rows[place] = row
        if rows != self._rows[_SECTIONS]:
            selected = selected_rows(self.tables[_SECTIONS])
            self._show([self._rows[_SITES], rows, self._rows[_OUT]])
            select_rows(self.tables[_SECTIONS], selected)

    def _show(self, rows: Sequence[Sequence[Mapping[str, Any]]]) -> None:
        network = self._session.network
        for number, (found, table) in enumerate(
            zip(rows, ("sites", "plan_spans", "sites"), strict=True)
        ):
            if not found and not self._rows[number]:
                continue  # to lay out an empty table anew takes its time, too
            self._rows[number] = list(found)
            frame = pd.DataFrame(
                [{**row, "title": object_title(network, table, str(row["uid"]))} for row in found],
                index=[str(place) for place in range(len(found))],
                columns=self._names[number],
                dtype=object,
            )
            self.models[number].set_frame(frame)
            title = self.tabs.tabText(number).split(" (")[0]
            self.tabs.setTabText(number, f"{title} ({len(found)})" if found else title)
        self._point_out()

    def _draw(self, routes: Mapping[str, list[Any]]) -> None:
        """Show geometries on the map, or take away those that this panel showed."""
        if routes or self._is_drawn:
            self._session.set_routes(routes)
        self._is_drawn = bool(routes)

    def _point_out(self) -> None:
        """Say what the selected row means, and show it on the map."""
        number = self.tabs.currentIndex()
        row = self._current(number)
        self.other.setVisible(number == _SECTIONS)
        self.other.setEnabled(row is not None and self._running is None)
        self._draw({})
        if row is None:
            if self._session.highlight:
                self._session.set_highlight({})
            return
        table = "plan_spans" if number == _SECTIONS else "sites"
        self._session.set_highlight({table: frozenset({str(row["uid"])})})
        tell = (self._site_text, self._section_text, self._out_text)[number]
        self.answer.setText(tell(row))

    def _site_text(self, row: Mapping[str, Any]) -> str:
        text = self.tr("Leaving it out saves %1, and at most %2. Only it uses sections for %3.")
        for number, key in enumerate(("saving_eur", "most_eur", "alone_eur"), start=1):
            text = text.replace(f"%{number}", self._euro(row[key]))
        if row["sites_at_place"] > 1:
            more = self.tr("Together with the others at this place: %1.")
            text += " " + more.replace("%1", self._euro(row["place_saving_eur"]))
        return text

    def _section_text(self, row: Mapping[str, Any]) -> str:
        if row["sites_lost"]:
            return self._lost_text(row)
        if row["state"] == "kept":
            return self.tr("You asked for this section: every plan has it.")
        text = self.tr("The best plan found without it costs %1 more.")
        return text.replace("%1", self._euro(row["extra_eur"]))

    def _lost_text(self, row: Mapping[str, Any]) -> str:
        names = [object_title(self._session.network, "sites", uid) for uid in row["sites_lost"][:4]]
        text = self.tr("No other way leads to %n site(s): %1.", "", len(row["sites_lost"]))
        more = " …" if len(row["sites_lost"]) > len(names) else ""
        return text.replace("%1", ", ".join(names) + more)

    def _out_text(self, row: Mapping[str, Any]) -> str:
        finding = self._findings.get(str(row["uid"]))
        if finding is None or finding.advice is None:
            return str(row["reason"])
        return f"{render(finding.message)} {render(finding.advice)}"

    def _jump(self, number: int) -> None:
        row = self._current(number)
        if row is None:
            return
        link = self._links.get(str(row["uid"])) if number == _OUT else None
        if link is not None and link.length > 0:
            self._draw({"route": [link]})
        elif number == _OUT and row["place"] is not None:
            self._session.center_requested.emit(*row["place"])
        else:
            table = "plan_spans" if number == _SECTIONS else "sites"
            self._session.zoom_requested.emit({table: frozenset({str(row["uid"])})})

    def _current(self, number: int) -> Mapping[str, Any] | None:
        rows = selected_rows(self.tables[number])
        if not rows:
            return None
        return self._rows[number][int(self.models[number].uid_at(rows[0]))]

    # -- build -------------------------------------------------------------------------------

    def _add_table(self, name: str, columns: list[ViewColumn]) -> None:
        number = len(self.models)
        model = FrameModel(columns, self)
        table = make_table(model, name, is_multiple=False)
        self.models.append(model)
        self._names.append([column.name for column in columns])
        self.tables.append(table)
        self.tabs.addTab(table, name)
        em = self.fontMetrics().horizontalAdvance("n")
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        WideColumn(table, 0, _NAME_EM)
        for place in range(1, len(columns)):
            head = table.fontMetrics().horizontalAdvance(columns[place].heading) + _MARK_PX
            table.setColumnWidth(place, max(head, _NUMBER_EM * em))
        table.selectionModel().selectionChanged.connect(lambda *_: self._point_out())
        table.doubleClicked.connect(lambda _index, n=number: self._jump(n))

    def _site_columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("title", self.tr("Site")),
            ViewColumn("saving_eur", self.tr("Really costs"), self._euro, is_number=True,
                       tip=self.tr("What the best plan found without it saves")),
        ]  # fmt: skip

    def _section_columns(self) -> list[ViewColumn]:
        states = {
            "onlyWay": self.tr("only way"), "always": self.tr("always"),
            "likely": self.tr("likely"), "kept": self.tr("asked for"),
            "replaceable": self.tr("replaceable"),
        }  # fmt: skip
        told = self.tr(
            "always: proven to be in every plan that costs little more; likely: in all that were "
            "found; replaceable: such a plan does without"
        )
        return [
            ViewColumn("title", self.tr("Section")),
            ViewColumn("state", self.tr("In good plans"), lambda v: states.get(v, v), tip=told),
            ViewColumn("extra_eur", self.tr("Without it"), self._extra, is_number=True,
                       tip=self.tr("What the best plan found without it costs more")),
        ]  # fmt: skip

    def _out_columns(self) -> list[ViewColumn]:
        causes = {
            "noPosition": self.tr("no position"), "tooFar": self.tr("too far"),
            "rule": self.tr("street not usable"), "closed": self.tr("closed"),
            "island": self.tr("gap in the streets"), "limit": self.tr("route too long"),
        }  # fmt: skip
        return [
            ViewColumn("title", self.tr("Site")),
            ViewColumn("cause", self.tr("Cause"), lambda v: causes.get(v, str(v))),
            ViewColumn("missing_m", self.tr("Missing"), _length, is_number=True,
                       tip=self.tr("Length of the link to the nearest street that leads home")),
        ]  # fmt: skip

    def _connect(self) -> None:
        self._cases.explained.connect(self.show_result)
        self._session.project_changed.connect(self.refresh)
        self._session.preview_changed.connect(lambda _uid: self.refresh())
        self._session.changed.connect(lambda _tables: self.refresh())
        self._session.jobs.finished.connect(self._finished)
        self.tabs.currentChanged.connect(lambda _number: self._point_out())

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self.run.setEnabled(bool(self._session.preview))
            self.other.setEnabled(self._current(_SECTIONS) is not None)

    def _refused(self, error: AnelloError) -> None:
        self.answer.setText(render(error.message))

    @staticmethod
    def _euro(value: Any) -> str:
        return "" if value is None else figures().euro(value, 0)

    @staticmethod
    def _extra(value: Any) -> str:
        return "" if value is None else f"+{figures().euro(value, 0)}"


def _length(value: Any) -> str:
    return "" if value is None else figures().length(float(value))
