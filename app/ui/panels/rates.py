"""Failure rates: the figures on which availability rests, and where they come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.model.study import Result
from app.ui.labels import figures
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.parts import button, column_layout
from app.ui.panels.study_page import Marks, Row, StudyPage
from app.ui.session import Session
from app.ui.theme import plain_label
from app.ui.use_cases import UseCases


class RatesPage(StudyPage):
    """List the rates in effect, and copy the shipped ones into the project."""

    def __init__(self, session: Session, cases: UseCases, scope: Callable[[], str]) -> None:
        self._found: Result | None = None
        super().__init__(session, cases, scope, "")
        self.run.setText(self.tr("List"))
        self.name_table(self.tr("Failure rates"))
        self.hint = plain_label(
            self.tr(
                "Availability and measures rest on these rates. Those marked as assumed have no "
                "verified source: copy them into the project and replace them by your own."
            ),
            is_muted=True,
        )
        self.told = plain_label("")
        self.copy = button(self.tr("Copy into the project"))
        self.copy.setToolTip(self.tr("Undo takes it back"))
        self.copy.clicked.connect(lambda _checked=False: self._copy())
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.hint)
        layout.addWidget(self.run)
        layout.addLayout(
            self.figure_grid(
                (
                    ("rates", self.tr("Rates in effect")),
                    ("assumed", self.tr("of these assumed")),
                    ("own", self.tr("of these in the project")),
                )
            )
        )
        layout.addWidget(self.copy)
        layout.addWidget(self.note)
        layout.addWidget(self.told)
        layout.addStretch(1)
        self.clear()

    def columns(self) -> list[ViewColumn]:
        """Return rate, repair time and source."""

        def number(name: str, text: str, tip: str = "") -> ViewColumn:
            return ViewColumn(name, text, _exact, is_number=True, tip=tip)

        return [
            ViewColumn("code", self.tr("Rate")),
            number("cuts_per_km_year", self.tr("Cuts"), self.tr("Cuts for each km and year")),
            number("failures_per_year", self.tr("Failures"), self.tr("Failures for each year")),
            number("mttr_h", self.tr("Repair, h"), self.tr("Mean time to repair")),
            ViewColumn("is_placeholder", self.tr("Assumed"), self._yes),
            ViewColumn("is_own", self.tr("Own"), self._yes),
            ViewColumn("source", self.tr("Source")),
        ]

    def start(self) -> None:
        """List the rates."""
        self.ask(self.tr("Looking up the failure rates"), "failure_rates", self.show_result)

    def show_result(self, result: Result) -> None:
        """Show the rates."""
        rows = result.summary["rates"]
        self._found = result
        counts = {
            "rates": len(rows),
            "assumed": sum(bool(row["is_placeholder"]) for row in rows),
            "own": sum(bool(row["is_own"]) for row in rows),
        }
        for key, count in counts.items():
            self.figures[key].setText(figures().number(count))
        self.copy.setEnabled(result.changes is not None and not result.changes.is_empty)
        self.show_rows(rows)

    def marks(self, row: Row) -> Marks:
        """Mark nothing: a rate has no place."""
        return {}

    def tell(self, row: Row | None) -> None:
        """Give the source in full."""
        self.told.setText("" if row is None else f"{row['code']}: {row['source']}")

    def forget(self) -> None:
        """Empty the figures."""
        self._found = None
        for label in self.figures.values():
            label.setText(figures().number(None))
        if self.figures:
            self.copy.setEnabled(False)

    def _copy(self) -> None:
        if self._found is not None and self._found.changes is not None:
            self._session.do(None, self._found.changes, lambda _changes: self.start())

    def _yes(self, value: Any) -> str:
        return self.tr("Yes") if value else ""


def _exact(value: Any) -> str:
    """Return a rate with all its digits."""
    return "" if value is None else f"{value:g}"
