"""Phases of a plan: money by year in, sites by year out, as table, time plan and map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QWidget

from app.model.errors import AnelloError
from app.model.phasecolors import phase_colors
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures, object_title
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.fundings import FundingsBox
from app.ui.panels.gantt import Gantt, GanttRow
from app.ui.panels.money_parts import euro, money_table, show_rows
from app.ui.panels.parts import EmptyHint, column_layout, selected_rows
from app.ui.panels.phase_form import PhaseForm
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, plain_label
from app.ui.use_cases import UseCases

_SWATCH_PX = 12
SITES, BLOCKS = "sites", "blocks"


class PhasesTab(QWidget):
    """Budgets of the coming years, which sites they connect, and what draws the funding down."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._plan = ""
        self._running: RunningJob | None = None
        self._found: Result | None = None
        self._is_marked = False
        self._targets: list[Mapping[str, frozenset[str]]] = []
        self.form = PhaseForm(session)
        self.fundings = FundingsBox(session)
        self.model, self.table = money_table(self, self._columns(), self.tr("Phases"), "year")
        hint = self.tr("Give each year its money and compute: what it builds is listed here.")
        EmptyHint(self.table, hint)
        self.answer = plain_label("", is_muted=True)
        self.gantt = Gantt(self.tr("Time plan"))
        self.rows = QComboBox()
        self.pages = QTabWidget()
        self._arrange()
        self._connect()
        self.show_plan("")

    @property
    def budgets(self) -> Mapping[int, Any]:
        """The fields of the budgets by year."""
        return self.form.budgets

    @property
    def run(self) -> Any:
        """The button that computes."""
        return self.form.run

    @property
    def keep(self) -> Any:
        """The button that writes the years into the plan."""
        return self.form.keep

    def show_plan(self, plan: str) -> None:
        """Be about another plan: forget what was computed."""
        if plan != self._plan or not plan:
            self._plan = plan
            self._show(None)
        self.fundings.fresh.want()
        self._enable()

    def start(self) -> None:
        """Compute the phases of the previewed plan."""
        if not self._plan or self._running is not None:
            return
        plan = self._plan

        def tell(result: Result) -> None:
            if plan == self._plan:
                self._show(result)

        asked = {
            "after": self.form.after(),
            "carries_over": self.form.carries.isChecked(),
            "is_gross": self.form.gross.isChecked(),
            "more_eur": Decimal(str(self.form.more.value())),
        }
        self._running = self._cases.phases(
            plan, self.form.money(), tell, self._refused, asked=asked
        )
        self._enable()

    def show_on_map(self, is_on: bool) -> None:
        """Colour the plan's sections and sites on the map by their phase, or stop."""
        self.form.on_map.setChecked(is_on)
        if not is_on:
            if self._is_marked:
                self._session.set_marks({})
            self._is_marked = False
            return
        marks: dict[str, dict[str, frozenset[str]]] = {}
        phases = self._phases()
        colors = phase_colors(phase["year"] for phase in phases)
        for phase in phases:
            marks[colors[phase["year"]]] = {
                "plan_spans": frozenset(phase["spans"]), "sites": frozenset(phase["sites"]),
            }  # fmt: skip
        self._session.set_marks(marks)
        self._is_marked = True

    # -- inside ------------------------------------------------------------------------------

    def _phases(self) -> list[Mapping[str, Any]]:
        """Return year, sections and sites of each phase: those computed, or those stored."""
        if self._found is not None:
            return list(self._found.summary["phases"])
        network = self._session.network
        spans, sites = network.table("plan_spans"), network.table("plan_sites")
        spans, sites = spans[spans["plan"] == self._plan], sites[sites["plan"] == self._plan]
        years = sorted({int(year) for year in spans["phase_year"].dropna()})
        return [
            {
                "year": year,
                "spans": list(spans.index[spans["phase_year"] == year]),
                "sites": list(sites.loc[sites["phase_year"] == year, "site"]),
            }
            for year in years
        ]

    def _show(self, result: Result | None) -> None:
        self._found = result
        phases = [] if result is None else result.summary["phases"]
        drawn = {} if result is None else _drawn(result.summary["funding"])
        rows = [
            {
                "year": p["year"], "budget": p["budget_eur"], "cost": p["gross_eur"]["typical"],
                "sites": len(p["sites"]), **drawn[p["year"]],
            }
            for p in phases
        ]  # fmt: skip
        show_rows(self.model, rows)
        self.answer.setText("" if result is None else self._told(result.summary))
        self._show_gantt()
        self.show_on_map(self.form.on_map.isChecked() and bool(self._plan))
        self._enable()

    def _show_gantt(self) -> None:
        if self._found is None:
            self.gantt.show_rows((), ())
            return
        found = self._found.summary
        years = [phase["year"] for phase in found["phases"]]
        colors = phase_colors(years)
        is_sites = self.rows.currentData() == SITES
        rows = self._site_rows(found, colors) if is_sites else self._block_rows(found, colors)
        self.gantt.show_rows(rows, years)

    def _site_rows(
        self, found: Mapping[str, Any], colors: Mapping[int | None, str]
    ) -> list[GanttRow]:
        network = self._session.network
        self._targets = []
        rows = []
        for phase in found["phases"]:
            titled = sorted((object_title(network, "sites", uid), uid) for uid in phase["sites"])
            for title, uid in titled:
                rows.append(GanttRow(title, phase["year"], colors[phase["year"]]))
                self._targets.append({"sites": frozenset({uid})})
        return rows

    def _block_rows(
        self, found: Mapping[str, Any], colors: Mapping[int | None, str]
    ) -> list[GanttRow]:
        blocks = [b for b in found["blocks"] if b["year"] is not None and b["spans"]]
        blocks.sort(key=lambda b: (b["year"], -b["typical_eur"]))
        self._targets = [
            {"plan_spans": frozenset(b["spans"]), "sites": frozenset(b["sites"])} for b in blocks
        ]
        return [
            GanttRow(self._block_text(b), b["year"], colors[b["year"]], serves=False)
            for b in blocks
        ]

    def _block_text(self, block: Mapping[str, Any]) -> str:
        text = self.tr("%1 for %n site(s)", "", len(block["sites"]))
        return text.replace("%1", figures().length(block["route_length_m"]))

    def _told(self, found: Mapping[str, Any]) -> str:
        left, more = len(found["left_out"]), len(found["more_buys"])
        parts = [self.tr("%n site(s) left out.", "", left)] if left else []
        if left and found["more_eur"]:
            text = self.tr("%1 more would connect %n more site(s).", "", more)
            parts.append(text.replace("%1", euro(found["more_eur"])))
        uncovered = found["funding"]["uncovered_eur"]
        if found["funding"]["fundings"] and uncovered:
            parts.append(self.tr("No funding covers %1.").replace("%1", euro(uncovered)))
        parts.append(self.tr("Proven gap %1.").replace("%1", figures().percent(found["gap"], 1)))
        return " ".join(parts)

    def _keep(self) -> None:
        if self._found is not None and self._found.changes is not None:
            self._session.do(None, self._found.changes)

    def _show_more(self) -> None:
        """Point out what the further money would build."""
        if self._found is not None:
            found = self._found.summary
            self._session.set_highlight(
                {
                    "sites": frozenset(found["more_buys"]),
                    "plan_spans": frozenset(found["more_spans"]),
                }
            )

    def _point_out(self) -> None:
        rows = selected_rows(self.table)
        if rows and self._found is not None:
            phase = self._found.summary["phases"][int(self.model.uid_at(rows[0]))]
            self._session.set_highlight(
                {"sites": frozenset(phase["sites"]), "plan_spans": frozenset(phase["spans"])}
            )

    def _refused(self, error: AnelloError) -> None:
        self.answer.setText(refusal_text(error))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self._enable()

    def _enable(self) -> None:
        self.form.run.setEnabled(bool(self._plan) and self._running is None)
        self.form.keep.setEnabled(self._found is not None)
        self.form.show_more.setEnabled(
            self._found is not None and bool(self._found.summary["more_buys"])
        )
        self.form.on_map.setEnabled(bool(self._plan))

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._point_out())
        self.form.run.clicked.connect(lambda _checked=False: self.start())
        self.form.keep.clicked.connect(lambda _checked=False: self._keep())
        self.form.show_more.clicked.connect(lambda _checked=False: self._show_more())
        self.form.on_map.toggled.connect(self.show_on_map)
        self.rows.currentIndexChanged.connect(lambda _n: self._show_gantt())
        self.gantt.picked.connect(lambda row: self._session.set_highlight(self._targets[row]))
        self.fundings.split_wanted.connect(self.form.split)
        self._session.jobs.finished.connect(self._finished)

    def _columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("year", self.tr("Year"), str, icon=self._swatch),
            ViewColumn("budget", self.tr("Budget"), euro, is_number=True),
            ViewColumn("cost", self.tr("Cost"), euro, is_number=True),
            ViewColumn("sites", self.tr("Sites"), figures().number, is_number=True),
            ViewColumn("used", self.tr("From fundings"), euro, is_number=True),
            ViewColumn("left", self.tr("Left of them"), euro, is_number=True),
            ViewColumn("uncovered", self.tr("Not covered"), euro, is_number=True),
        ]

    def _swatch(self, year: Any) -> QIcon:
        colors = phase_colors(phase["year"] for phase in self._phases())
        picture = QPixmap(_SWATCH_PX, _SWATCH_PX)
        picture.fill(QColor(colors.get(year, colors[None])))
        return QIcon(picture)

    def _arrange(self) -> None:
        self.rows.addItem(self.tr("Sites"), SITES)
        self.rows.addItem(self.tr("Sections that the same sites need"), BLOCKS)
        self.rows.setAccessibleName(self.tr("Rows of the time plan"))
        self.rows.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("Rows"), is_muted=True, wraps=False))
        head.addWidget(self.rows, 1)
        plan, years = QWidget(), QWidget()
        column = column_layout(plan, margin_px=0)
        column.addLayout(head)
        column.addWidget(self.gantt, 1)
        column = column_layout(years, margin_px=0)
        column.addWidget(self.table, 1)
        column.addWidget(self.answer)
        self.pages.setDocumentMode(True)
        for page, title in (
            (years, self.tr("By year")),
            (plan, self.tr("Time plan")),
            (self.fundings, self.tr("Fundings")),
        ):
            self.pages.addTab(page, title)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addWidget(self.form)
        row.addWidget(self.pages, 1)
        column_layout(self, margin_px=0).addLayout(row)


def _drawn(funding: Mapping[str, Any]) -> dict[int, dict[str, float | None]]:
    """Return what fundings pay each year, what is then left of all, and what none covers."""
    found: dict[int, dict[str, float | None]] = {}
    for year in funding["years"]:
        used: Sequence[Mapping[str, Any]] = year["used"]
        found[year["year"]] = {
            "used": sum(part["used_eur"] for part in used) if used else None,
            "left": sum(part["left_eur"] for part in used) if used else None,
            "uncovered": year["uncovered_eur"] if used else None,
        }
    return found
