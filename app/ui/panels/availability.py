"""Availability: how long each site is expected to be dark in a year, with its bounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox

from app.model.study import Result
from app.ui.labels import code_label, figures, object_title
from app.ui.panels.chart import Bar, Chart
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.parts import column_layout
from app.ui.panels.study_page import Marks, Row, StudyPage
from app.ui.session import Session
from app.ui.theme import tip
from app.ui.use_cases import UseCases

_DECIMALS = 4
_CHART_PX = 170


class AvailabilityPage(StudyPage):
    """Minutes a year for each site, the worst first, and how many reach which class."""

    linked = ("sites",)

    def __init__(self, session: Session, cases: UseCases, scope: Callable[[], str]) -> None:
        self._classes: list[str] = []
        super().__init__(session, cases, scope, "")
        self.run.setText(self.tr("Compute"))
        self.name_table(self.tr("Availability"))
        self.with_groups = QCheckBox(self.tr("Count risk groups too"))
        self.with_groups.setToolTip(
            tip(self.tr("Events that strike all members of a stored risk group at once"))
        )
        self.chart = Chart(self.tr("Sites by class of availability"))
        self.chart.setFixedHeight(_CHART_PX)
        self.chart.picked.connect(self._pick_class)
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.with_groups)
        layout.addWidget(self.run)
        layout.addLayout(
            self.figure_grid(
                (
                    ("sites", self.tr("Sites")),
                    ("median", self.tr("Median, minutes a year")),
                    ("weighted", self.tr("Weighted minutes a year, all sites")),
                    ("assumed", self.tr("Share that rests on assumed rates")),
                )
            )
        )
        layout.addWidget(self.chart)
        layout.addWidget(self.note)
        layout.addStretch(1)
        self.clear()

    def columns(self) -> list[ViewColumn]:
        """Return bounds, minutes and class."""

        def percent(value: Any) -> str:
            return figures().percent(value, _DECIMALS)

        def minutes(value: Any) -> str:
            return figures().number(value, 1)

        def leftover(value: Any) -> str:
            return "0" if not value else f"{value:.1e}"

        def number(name: str, text: str, told: Callable[[Any], str]) -> ViewColumn:
            return ViewColumn(name, text, told, is_number=True)

        return [
            ViewColumn("name", self.tr("Site")),
            ViewColumn("category", self.tr("Category"), code_label),
            number("priority", self.tr("Priority"), str),
            number("minutes_per_year", self.tr("Min/year"), minutes),
            number("minutes_at_best", self.tr("at best"), minutes),
            number("terminal_minutes_per_year", self.tr("at the site"), minutes),
            number("lower", self.tr("At least"), percent),
            number("upper", self.tr("At most"), percent),
            ViewColumn("class", self.tr("Class"), _class_text),
            number("depth", self.tr("Depth"), str),
            number("leftover", self.tr("Left over"), leftover),
        ]

    def start(self) -> None:
        """Compute the availability of every site."""
        asked = {"plan": self._scope() or None, "with_groups": self.with_groups.isChecked()}
        title = self.tr("Computing the availability")
        self.ask(title, "availability", self.show_result, **asked)

    def show_result(self, result: Result) -> None:
        """Show the sites, the worst first."""
        summary, show = result.summary, figures()
        network = self._session.network
        rows = [
            {**item, "name": object_title(network, "sites", item["uid"])}
            for item in summary["sites"]
        ]
        rows.sort(key=lambda item: (-item["minutes_per_year"], item["uid"]))
        self.figures["sites"].setText(show.number(len(rows)))
        middle = rows[len(rows) // 2]["minutes_per_year"] if rows else None
        self.figures["median"].setText(show.number(middle, 1))
        self.figures["weighted"].setText(show.number(summary["weighted_minutes_per_year"]))
        self.figures["assumed"].setText(show.percent(summary["placeholder_share"]))
        self._show_classes(rows)
        self.show_rows(rows)
        self.select(0)

    def marks(self, row: Row) -> Marks:
        """Mark the site."""
        return {"dark": {"sites": frozenset({str(row["uid"])})}}

    def tell(self, row: Row | None) -> None:
        """Say of which figures the minutes of the chosen site are made."""
        if row is None:
            self.note.setText("")
            return
        show = figures()
        text = self.tr("%1: %2 minutes a year, %3 of them at the site itself.")
        for place, value in enumerate(
            (
                str(row["name"]),
                show.number(row["minutes_per_year"], 1),
                show.number(row["terminal_minutes_per_year"], 1),
            ),
            start=1,
        ):
            text = text.replace(f"%{place}", value)
        if row["leftover"]:
            more = self.tr("Looked at up to %1 failures at once; the bounds hold what is left.")
            text = f"{text} {more.replace('%1', str(row['depth']))}"
        self.note.setText(text)

    @property
    def reads_groups(self) -> bool:
        """Whether groups are counted."""
        return self.with_groups.isChecked()

    def forget(self) -> None:
        """Empty figures and plot."""
        for label in self.figures.values():
            label.setText(figures().number(None))
        if self.figures:
            self._show_classes([])

    def _show_classes(self, rows: list[dict[str, Any]]) -> None:
        counted = Counter(str(row["class"]) for row in rows)
        self._classes = sorted(counted, key=_nines)
        bars = [
            Bar(_class_text(name), counted[name], counted[name], counted[name])
            for name in self._classes
        ]
        self.chart.setHidden(not bars)
        if bars:
            self.chart.show_bars(bars, self.tr("sites"))

    def _pick_class(self, number: int) -> None:
        chosen = self._classes[number]
        uids = {str(row["uid"]) for row in self._rows if str(row["class"]) == chosen}
        self._session.select({"sites": uids})


def _nines(name: str) -> float:
    try:
        return float(name.strip("<% "))
    except ValueError:
        return 0.0


def _class_text(name: Any) -> str:
    """Return a class such as ``99.99`` in the figures of the language."""
    text = str(name)
    value = _nines(text)
    if not value:
        return text
    sign = "< " if text.startswith("<") else ""
    return f"{sign}{figures().quantity(value)} %"
