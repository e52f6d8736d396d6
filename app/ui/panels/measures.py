"""Measures: what could be built, by cost for each minute of outage that it avoids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.study import Result
from app.ui.labels import figures
from app.ui.panels.chart import Chart, Point
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.parts import button, column_layout
from app.ui.panels.study_page import Marks, Row, StudyPage, whereabouts
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.use_cases import UseCases

_THOUSAND = 1000.0
_CHART_PX = 210


class MeasuresPage(StudyPage):
    """Rank measures, show cost against minutes, and make a plan of one."""

    def __init__(self, session: Session, cases: UseCases, scope: Callable[[], str]) -> None:
        super().__init__(session, cases, scope, "")
        self.run.setText(self.tr("Rank"))
        self.name_table(self.tr("Measures"))
        self.hint = plain_label(
            self.tr("Lines, entries and hubs that shorten outages, on the network as built."),
            is_muted=True,
        )
        self.chart = Chart(self.tr("Cost against minutes avoided"))
        self.chart.setFixedHeight(_CHART_PX)
        self.chart.picked.connect(self.select)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the plan"))
        self.name.setPlaceholderText(self.tr("Name of the plan"))
        self.make = button(self.tr("Make a plan of it"), "plan")
        self.make.clicked.connect(lambda _checked=False: self.make_plan())
        bottom = QHBoxLayout()
        bottom.setSpacing(GAP_PX)
        bottom.addWidget(self.name, 1)
        bottom.addWidget(self.make)
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.hint)
        layout.addWidget(self.run)
        layout.addLayout(
            self.figure_grid(
                (
                    ("weighted", self.tr("Weighted minutes a year today")),
                    ("helpful", self.tr("Measures that help")),
                    ("assumed", self.tr("Share that rests on assumed rates")),
                )
            )
        )
        layout.addWidget(self.chart)
        self.told = plain_label("", is_muted=True)
        layout.addWidget(self.told)
        layout.addLayout(bottom)
        layout.addWidget(self.note)
        layout.addStretch(1)
        self.clear()

    def columns(self) -> list[ViewColumn]:
        """Return what a measure costs and avoids."""
        kinds = {
            "ring": self.tr("Close a ring"),
            "entry": self.tr("Second entry"),
            "sewer": self.tr("Out of the sewer"),
            "hub": self.tr("Second hub"),
        }

        def number(name: str, text: str, decimals: int = 0) -> ViewColumn:
            return ViewColumn(
                name, text, lambda value: figures().number(value, decimals), is_number=True
            )

        return [
            ViewColumn("name", self.tr("Measure")),
            number("rank", self.tr("No.")),
            ViewColumn("kind", self.tr("Kind"), lambda kind: kinds.get(kind, str(kind))),
            ViewColumn("eur_per_minute_text", self.tr("€ per minute"), is_number=True),
            ViewColumn("cost_text", self.tr("Cost, €"), is_number=True),
            number("weighted_minutes_avoided", self.tr("Min/year saved"), 1),
            number("sites_helped", self.tr("Sites helped")),
            number("route_length_m", self.tr("Length, m")),
            ViewColumn("on_front", self.tr("On the front"), self._yes),
            ViewColumn("step", self.tr("Step"), lambda step: "" if step is None else str(step)),
        ]

    def start(self) -> None:
        """Rank the measures."""
        self.ask(self.tr("Ranking measures"), "measures", self.show_result)

    def show_result(self, result: Result) -> None:
        """Show the ranking and the plot; choose the best."""
        summary, show = result.summary, figures()
        listed = summary["measures"]
        self.figures["weighted"].setText(show.number(summary["weighted_minutes_per_year"]))
        self.figures["helpful"].setText(show.number(len(listed)))
        self.figures["assumed"].setText(show.percent(summary["placeholder_share"]))
        self.show_rows([_row(item) for item in listed])
        self._draw()
        if listed:
            self.select(0)
        else:
            self.note.setText(self.tr("Nothing was found that would help."))

    def make_plan(self) -> None:
        """Store the chosen measure as a plan and preview it."""
        row, name = self.current, self.name.text().strip()
        if row is None or not name:
            return
        if name in set(self._session.network.table("plans")["name"].astype(str)):
            self.note.setText(self.tr("There is a plan of this name already."))
            self.name.setFocus()
            return
        asked = {"as_plan": name, "pick": str(row["uid"])}
        self.make.setEnabled(False)
        self.ask(self.tr("Making a plan"), "measures", self._store, **asked)

    def marks(self, row: Row) -> Marks:
        """Mark where the measure begins and ends, and the spans that it relieves."""
        return {"member": whereabouts(self._session.network, [*row["ends"], *row["parts"]])}

    def tell(self, row: Row | None) -> None:
        """Say what the chosen measure gives, and offer a plan."""
        self.make.setEnabled(row is not None and not self.is_running)
        self.name.setEnabled(row is not None)
        if row is None:
            self.told.setText("")
            self.chart.choose(None)
            return
        self.chart.choose(int(row["rank"]) - 1)
        text = self.tr("%1: € %2 for %3 weighted minutes a year; %4 sites gain.")
        values = (
            str(row["name"]),
            str(row["cost_text"]),
            figures().number(row["weighted_minutes_avoided"], 1),
            figures().number(row["sites_helped"]),
        )
        for place, value in enumerate(values, start=1):
            text = text.replace(f"%{place}", value)
        self.told.setText(text)
        self.name.setText(self.tr("Measure %1").replace("%1", str(row["rank"])))

    def forget(self) -> None:
        """Empty figures and plot."""
        for label in self.figures.values():
            label.setText(figures().number(None))
        if self.figures:
            self.chart.hide()

    def _draw(self) -> None:
        points = [
            Point(
                row["cost_eur"]["typical"] / _THOUSAND,
                row["weighted_minutes_avoided"],
                bool(row["on_front"]),
            )
            for row in self._rows
        ]
        self.chart.setHidden(not points)
        if points:
            self.chart.show_points(
                points, self.tr("cost, thousand €"), self.tr("minutes avoided a year")
            )

    def _store(self, result: Result) -> None:
        changes, name = result.changes, str(result.summary["stored"])
        if changes is None:
            return

        def preview(_changes: Any) -> None:
            network = self._session.network
            try:
                uid = find_plan(network, name)
            except InputError:
                return  # taken back meanwhile
            self._session.show_plan(uid)
            spans = network.table("plan_spans")
            own = frozenset(map(str, spans.index[spans["plan"] == uid]))
            self._session.zoom_requested.emit({"plan_spans": own})
            text = self.tr("“%1” is stored and shown on the map; accept it among the plans.")
            self.note.setText(text.replace("%1", name))

        self._session.do(None, changes, preview)
        self.make.setEnabled(True)

    def _yes(self, value: Any) -> str:
        return self.tr("Yes") if value else ""


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **item,
        "cost_text": _range(item["cost_eur"], 0),
        "eur_per_minute_text": _range(item["eur_per_minute"], 1),
    }


def _range(money: Mapping[str, float], decimals: int) -> str:
    show = figures()
    ends = f"{show.number(money['low'], decimals)} – {show.number(money['high'], decimals)}"
    return f"{show.number(money['typical'], decimals)} ({ends})"
