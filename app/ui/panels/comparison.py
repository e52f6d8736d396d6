"""Comparison: the previewed plan beside others, not building first, figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from app.model.errors import AnelloError
from app.model.study import Result
from app.ui.jobs_runner import RunningJob
from app.ui.labels import figures
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.money_parts import euro, exact_euro, money_table, show_rows, with_range
from app.ui.panels.parts import EmptyHint, button, column_layout
from app.ui.session import Session, refusal_text
from app.ui.theme import GAP_PX, heading, plain_label
from app.ui.use_cases import UseCases

_LEFT_PX = 250
_UID = Qt.ItemDataRole.UserRole

Cell = Callable[[Any], str]


class ComparisonTab(QWidget):
    """A table of figures by plan; a second one plan: how much each figure differs."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._running: RunningJob | None = None
        self._asked: tuple[str, ...] = ()
        self.others = QListWidget()
        self.others.setAccessibleName(self.tr("Compare with"))
        EmptyHint(self.others, self.tr("No other plan yet."))
        self.run = button(self.tr("Compare"), "run")
        self.note = plain_label("", is_muted=True)
        self.model, self.table = self._empty()
        self._box = QWidget()
        self._table_layout = column_layout(self._box, margin_px=0)
        self._table_layout.addWidget(self.table)
        left = QWidget()
        left.setFixedWidth(_LEFT_PX)
        column = column_layout(left, margin_px=0)
        column.addWidget(heading(self.tr("Compare with")))
        column.addWidget(self.others, 1)
        column.addWidget(self.run)
        column.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addWidget(left)
        row.addWidget(self._box, 1)
        column_layout(self, margin_px=0).addLayout(row)
        self.run.clicked.connect(lambda _checked=False: self.start())
        session.jobs.finished.connect(self._finished)
        self.refresh()

    def refresh(self) -> None:
        """List the other plans and forget figures, which may be old."""
        ticked = set(self.chosen())
        plans = self._session.network.table("plans")
        own = self._session.preview
        self.others.clear()
        for uid in sorted(plans.index, key=lambda uid: (str(plans.at[uid, "name"]), uid)):
            if uid != own:
                item = QListWidgetItem(str(plans.at[uid, "name"]))
                item.setData(_UID, uid)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                is_on = uid in ticked
                item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
                self.others.addItem(item)
        self._replace(*self._empty())
        self.note.setText("")
        self._enable()

    def chosen(self) -> list[str]:
        """Return the plans that are ticked."""
        items = [self.others.item(row) for row in range(self.others.count())]
        return [
            str(item.data(_UID)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def start(self) -> None:
        """Compare the previewed plan with those that are ticked."""
        if not self._session.preview or self._running is not None:
            return
        self._asked = (self._session.preview, *self.chosen())
        asked = self._asked
        network = self._session.network

        def deliver(result: Result) -> None:
            if asked == self._asked and network is self._session.network:
                self._show(result.summary)

        self._running = self._cases.study(
            self.tr("Comparing plans"), "compare", {"plans": asked}, deliver, self._refused
        )
        self._enable()

    def _show(self, found: Mapping[str, Any]) -> None:
        rows = found["alternatives"]
        names = {"not building": self.tr("Not building"), "leased lines": self.tr("Leased lines")}
        heads = [names.get(row["name"], row["name"]) if row["plan"] is None else row["name"]
                 for row in rows]  # fmt: skip
        pair = found["differences"][0] if len(found["differences"]) == 1 else None
        columns = [ViewColumn("figure", self.tr("Figure"))]
        columns += [
            ViewColumn(f"plan{number}", head, is_number=True) for number, head in enumerate(heads)
        ]
        if pair is not None:
            columns.append(ViewColumn("differs", self.tr("Difference"), is_number=True))
        model, table = money_table(self, columns, self.tr("Comparison of plans"), "figure")
        lines = []
        for key, text, cell in self._figures():
            line: dict[str, Any] = {"figure": text}
            for number, row in enumerate(rows):
                value = row[key]
                line[f"plan{number}"] = "–" if value is None or value == {} else cell(value)
            if pair is not None:
                line["differs"] = self._differs(pair, key, cell)
            lines.append(line)
        show_rows(model, lines)
        self._replace(model, table)
        if pair is not None:
            text = self.tr("Only in the first %1, only in the second %2, in both %3.")
            for place, name in enumerate(("only_first_m", "only_second_m", "both_m"), 1):
                text = text.replace(f"%{place}", figures().length(pair[name]))
            self.note.setText(text)

    def _differs(self, pair: Mapping[str, Any], key: str, cell: Cell) -> str:
        value = pair["figures"].get(key)
        if value is None or cell not in (_count, _metres, with_range, _minutes, euro, _months):
            return ""
        sign = "+" if value > 0 else "−" if value < 0 else "±"
        plain = {with_range: euro, _months: _number}.get(cell, cell)
        return f"{sign}{plain(abs(value))}"

    def _figures(self) -> list[tuple[str, str, Cell]]:
        return [
            ("sites", self.tr("Sites connected"), _count),
            ("unserved", self.tr("Sites unserved"), lambda uids: _count(len(uids))),
            ("protected_sites", self.tr("Sites with two routes"), _count),
            ("route_length_m", self.tr("Route"), _metres),
            ("built_length_m", self.tr("of these dug or hung"), _metres),
            ("crossings", self.tr("Crossings"), _count),
            ("hazard_m", self.tr("In hazard zones H, M, L"), _scenarios),
            ("no_other_way_m", self.tr("Sections that several sites hang on"), _metres),
            ("most_sites", self.tr("Sites that one cut darkens at most"), _count),
            ("both_routes_m", self.tr("Sections with both routes of a site"), _metres),
            ("minutes_per_year", self.tr("Minutes without service a year, mean"), _minutes),
            ("worst_minutes_per_year", self.tr("Minutes without service, worst site"), _minutes),
            ("outage_per_year_eur", self.tr("Cost of outages a year"), euro),
            ("months", self.tr("Months until done"), _months),
            ("cost_eur", self.tr("Works without VAT"), with_range),
            ("p90_eur", self.tr("Works, exceeded in 1 of 10 cases"), euro),
            ("running_per_year_eur", self.tr("Running costs a year"), with_range),
            ("present_value_eur", self.tr("Present value"), with_range),
            ("annuity_eur", self.tr("Yearly equivalent"), with_range),
            ("per_site_eur", self.tr("Works for each site"), with_range),
            ("per_mbps_eur", self.tr("Works for each Mbit/s guaranteed"), _exact),
            ("per_resident_eur", self.tr("Works for each resident"), _exact),
            ("placeholder_share", self.tr("Share that rests on assumptions"), _share),
            ("gap", self.tr("Proven gap"), _share),
        ]

    def _empty(self) -> tuple[FrameModel, Any]:
        columns = [ViewColumn("figure", self.tr("Figure"))]
        model, table = money_table(self, columns, self.tr("Comparison of plans"), "figure")
        EmptyHint(table, self.tr("Tick the plans to set beside the shown one, then compare."))
        return model, table

    def _replace(self, model: FrameModel, table: Any) -> None:
        """Put another table in the place of the last one: its columns are the plans."""
        before, old = self.table, self.model
        self.model, self.table = model, table
        layout = getattr(self, "_table_layout", None)
        if layout is None or before is table:
            return
        layout.replaceWidget(before, table)
        before.deleteLater()
        old.deleteLater()

    def _refused(self, error: AnelloError) -> None:
        self.note.setText(refusal_text(error))

    def _finished(self, running: RunningJob) -> None:
        if running is self._running:
            self._running = None
            self._enable()

    def _enable(self) -> None:
        self.run.setEnabled(bool(self._session.preview) and self._running is None)


def _count(value: Any) -> str:
    return figures().number(value)


def _number(value: Any) -> str:
    return figures().number(value, 1)


def _metres(value: Any) -> str:
    return figures().length(value)


def _minutes(value: Any) -> str:
    return figures().number(value, 1)


def _months(value: Mapping[str, float]) -> str:
    typical, low, high = (figures().number(value[end], 0) for end in ("typical", "low", "high"))
    return f"{typical} ({low} – {high})"


def _share(value: Any) -> str:
    return figures().percent(value, 1)


def _exact(value: Mapping[str, float]) -> str:
    return exact_euro(value["typical"])


def _scenarios(value: Mapping[str, float]) -> str:
    return " / ".join(figures().length(value.get(name, 0.0)) for name in ("H", "M", "L"))
