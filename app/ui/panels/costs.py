"""The cost panel: the previewed plan's bill, who pays, the cost summary, and its phases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QTabWidget, QVBoxLayout, QWidget

from app.model.study import Result
from app.ui.labels import code_label, figures, language
from app.ui.panels.chart import Bar, Chart
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.parts import column_layout, make_table, selected_rows
from app.ui.panels.phases import PhasesTab
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.use_cases import UseCases

_LEFT_PX = 290
_THOUSAND = 1000.0
_BARS_SHOWN = 7


class CostsPanel(QWidget):
    """Money of the plan that is previewed; a line points to what caused it on the map."""

    def __init__(self, session: Session, cases: UseCases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cases = cases
        self._found: Mapping[str, Any] = {}
        self._bars: list[str] = []
        self.total = plain_label("", is_muted=True)
        self.chart = Chart(self.tr("Cost by chapter"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.items, self.items_table = self._table(self._item_columns(), self.tr("Bill"))
        self.payers, payers = self._table(self._payer_columns(), self.tr("Who pays"))
        self.summary, summary = self._table(self._summary_columns(), self.tr("Cost summary"))
        self.phases = PhasesTab(session, cases)
        for page, title in (
            (self.items_table, self.tr("Bill")),
            (payers, self.tr("Who pays")),
            (summary, self.tr("Cost summary")),
            (self.phases, self.tr("Phases")),
        ):
            self.tabs.addTab(page, title)
        left = QVBoxLayout()
        left.setSpacing(GAP_PX)
        left.addWidget(self.total)
        left.addWidget(self.chart, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addLayout(left)
        row.addWidget(self.tabs, 1)
        column_layout(self).addLayout(row)
        self.chart.setFixedWidth(_LEFT_PX)
        self.total.setFixedWidth(_LEFT_PX)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Forget the figures and, if the panel is seen, ask for those of the previewed plan."""
        self._show({})
        if self._session.preview and self.isVisible():
            self._cases.cost(self._session.preview)

    def show_result(self, plan: str, result: Result) -> None:
        """Show what the plan costs, if it is still the previewed one."""
        if plan == self._session.preview:
            self._show(result.summary)

    def showEvent(self, event: Any) -> None:
        """Ask for the figures when the panel comes to the front."""
        super().showEvent(event)
        if not self._found:
            self.refresh()

    def _show(self, found: Mapping[str, Any]) -> None:
        self._found = found
        items = found.get("items", [])
        self.items.set_frame(
            _frame([{**i, **_ends(i["amount_eur"]), "needed": _needed(i)} for i in items])
        )
        payers = found.get("by_payer_eur", {})
        self.payers.set_frame(_frame([{"payer": who, **_ends(eur)} for who, eur in payers.items()]))
        summary = found.get("cost_summary", {"works": [], "sums_at_disposal": []})
        lines = [*summary["works"], *summary["sums_at_disposal"]]
        self.summary.set_frame(_frame([{**line, **_ends(line["amount_eur"])} for line in lines]))
        self.phases.show_plan(self._session.preview)
        self._show_total(found)
        self._show_bars(items)

    def _show_total(self, found: Mapping[str, Any]) -> None:
        if not found:
            hint = self.tr("Choose a plan to see what it costs.")
            self.total.setText("" if self._session.preview else hint)
            return
        show = figures()
        spread, vat = found["spread_eur"], found["cost_summary"]["total_with_vat_eur"]
        text = self.tr(
            "%1 without VAT; %2 to %3 in 8 of 10 cases. %4 with sums at disposal and VAT."
        )
        for place, value in enumerate(
            (found["total_eur"]["typical"], spread["p10_eur"], spread["p90_eur"], vat["typical"]), 1
        ):
            text = text.replace(f"%{place}", show.euro(value, 0))
        self.total.setText(text)

    def _show_bars(self, items: list[Mapping[str, Any]]) -> None:
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for item in items:
            for place, end in enumerate(("low", "typical", "high")):
                sums[item["chapter"]][place] += item["amount_eur"][end]
        order = sorted(sums, key=lambda chapter: -sums[chapter][1])[:_BARS_SHOWN]
        self._bars = order
        bars = [Bar(code_label(c), sums[c][1], sums[c][0], sums[c][2]) for c in order]
        self.chart.show_bars(bars, self.tr("thousand €"), _THOUSAND)

    def _table(self, columns: list[ViewColumn], name: str) -> tuple[FrameModel, QTableView]:
        model = FrameModel(columns, self)
        table = make_table(model, name, is_multiple=False)
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        for number, column in enumerate(columns):
            mode = QHeaderView.ResizeMode.ResizeToContents
            if column.name in ("text", "payer"):
                mode = QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, mode)
        return model, table

    def _money(self) -> list[ViewColumn]:
        def euro(value: Any) -> str:
            return figures().euro(value, 0)

        return [
            ViewColumn("typical", self.tr("Typical"), euro, is_number=True),
            ViewColumn("range", self.tr("Range"), is_number=True),
        ]

    def _item_columns(self) -> list[ViewColumn]:
        return [
            ViewColumn("text", self.tr("Item")),
            ViewColumn("needed", self.tr("Quantity"), is_number=True),
            *self._money(),
            ViewColumn("placeholder", self.tr("Assumed"), self._yes),
        ]

    def _payer_columns(self) -> list[ViewColumn]:
        nobody = self.tr("Nobody named")
        return [
            ViewColumn("payer", self.tr("Body"), lambda name: str(name) or nobody),
            *self._money(),
        ]

    def _summary_columns(self) -> list[ViewColumn]:
        def rate(value: Any) -> str:
            return "" if value is None else figures().percent(value, 1)

        return [
            ViewColumn("code", self.tr("Code")),
            ViewColumn("text", self.tr("Line")),
            ViewColumn("rate", self.tr("Rate"), rate, is_number=True),
            *self._money(),
            ViewColumn("placeholder", self.tr("Assumed"), self._yes),
        ]

    def _yes(self, value: Any) -> str:
        return self.tr("Yes") if value else ""

    def _connect(self) -> None:
        self._cases.costed.connect(self.show_result)
        self._session.preview_changed.connect(lambda _uid: self.refresh())
        self._session.changed.connect(self._changed)
        self._session.project_changed.connect(self.refresh)
        self.items_table.selectionModel().selectionChanged.connect(lambda *_: self._point_out())
        self.chart.picked.connect(self._chapter_picked)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"plans", "plan_spans", "plan_sites", "price_items", "sites"}:
            self.refresh()

    def _chapter_picked(self, number: int) -> None:
        chapter = self._bars[number]
        items = [item for item in self._found.get("items", []) if item["chapter"] == chapter]
        self._highlight({uid for item in items for uid in item["objects"]})

    def _point_out(self) -> None:
        rows = selected_rows(self.items_table)
        if rows and self._found:
            item = self._found["items"][int(self.items.uid_at(rows[0]))]
            self._highlight(set(item["objects"]))

    def _highlight(self, uids: set[str]) -> None:
        network = self._session.network
        found = {
            table: frozenset(uids & set(network.table(table).index))
            for table in ("plan_spans", "plan_nodes")
        }
        self._session.set_highlight({table: those for table, those in found.items() if those})


def _ends(amount: Mapping[str, float]) -> dict[str, Any]:
    show = figures()
    ends = f"{show.euro(amount['low'], 0)} – {show.euro(amount['high'], 0)}"
    return {"typical": amount["typical"], "range": ends}


def _needed(item: Mapping[str, Any]) -> str:
    return f"{figures().quantity(item['quantity'])} {code_label(item['unit'])}"


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the rows as a frame; the index is the row's number, ``text`` in the language."""
    columns = ("text", "payer", "code", "rate", "needed", "placeholder", "typical", "range")
    key = f"text_{language()}"
    values = [[{**row, "text": row.get(key)}.get(name) for name in columns] for row in rows]
    return pd.DataFrame(values, columns=columns, index=[str(n) for n in range(len(rows))])
