"""The cost panel: what the previewed plan costs, who pays, its life, phases and alternatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.model.study import Result
from app.ui.labels import code_label, figures, language
from app.ui.money_work import set_assumption
from app.ui.panels.assumptions import AssumptionsTab, read_share
from app.ui.panels.chart import Bar, Chart
from app.ui.panels.comparison import ComparisonTab
from app.ui.panels.contributions import ContributionsTab
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.freshness import Freshness, is_seen
from app.ui.panels.life import LifeTab
from app.ui.panels.money_parts import ends, euro, money_table, show_rows, with_range
from app.ui.panels.parts import EmptyHint, column_layout, selected_rows
from app.ui.panels.phases import PhasesTab
from app.ui.panels.spread import SpreadTab
from app.ui.session import Session
from app.ui.theme import GAP_PX, plain_label
from app.ui.use_cases import UseCases

_LEFT_PX = 290
_THOUSAND = 1000.0
_BARS_SHOWN = 7
_PAY_BY = "costs.pay_by"
"""Project's setting: how sites share a section."""

_TOUCHED = frozenset(
    {"plans", "plan_spans", "plan_sites", "price_items", "sites", "assumptions", "areas"}
)
_AGREED = frozenset({"agreements", "organisations", "fundings"})
_SHARED = _AGREED | {"plans"}


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
        self.items, self.items_table = money_table(
            self, self._item_columns(), self.tr("Bill"), "text"
        )
        self.payers, self.payers_table = money_table(
            self, self._payer_columns(), self.tr("Who pays"), "payer"
        )
        self.summary, self.summary_table = money_table(
            self, self._summary_columns(), self.tr("Cost summary"), "text"
        )
        self._hints = [
            EmptyHint(table, "")
            for table in (self.items_table, self.payers_table, self.summary_table)
        ]
        self.pay_by = QComboBox()
        self.groups = plain_label("")
        self.life = LifeTab(session)
        self.spread = SpreadTab()
        self.assumptions = AssumptionsTab(session)
        self.phases = PhasesTab(session, cases)
        self.comparison = ComparisonTab(session, cases)
        self.contributions = ContributionsTab(session, cases)
        for page, title in (
            (self._bill_page(), self.tr("Bill")),
            (self._payers_page(), self.tr("Who pays")),
            (self.summary_table, self.tr("Cost summary")),
            (self.life, self.tr("Over its life")),
            (self.spread, self.tr("Spread")),
            (self.phases, self.tr("Phases")),
            (self.comparison, self.tr("Alternatives")),
            (self.contributions, self.tr("Contributions")),
            (self.assumptions, self.tr("Assumptions")),
        ):
            self.tabs.addTab(page, title)
            inside = page.layout()
            if inside is not None:
                inside.setContentsMargins(0, GAP_PX, 0, 0)
        column_layout(self).addWidget(self.tabs)
        self._fresh = Freshness(self, self.refresh)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Forget the figures and, if the panel is seen, ask for those of the previewed plan."""
        self._show({})
        self.comparison.refresh()
        if self._session.preview and is_seen(self):
            self._ask()

    def show_result(self, plan: str, result: Result) -> None:
        """Show what the plan costs, if it is still the previewed one."""
        if plan == self._session.preview:
            self._fresh.now()
            self._show(result.summary)

    # -- figures -----------------------------------------------------------------------------

    def _ask(self) -> None:
        key = str(self.pay_by.currentData())
        self._cases.cost(self._session.preview, key, self.spread.value)

    def _show(self, found: Mapping[str, Any]) -> None:
        self._found = found
        items = found.get("items", [])
        key = f"text_{language()}"
        show_rows(
            self.items,
            [{**i, **ends(i["amount_eur"]), "needed": _needed(i), "text": i[key]} for i in items],
        )
        payers = found.get("by_payer_eur", {})
        show_rows(self.payers, [{"payer": who, **ends(eur)} for who, eur in payers.items()])
        summary = found.get("cost_summary", {"works": [], "sums_at_disposal": []})
        lines = [*summary["works"], *summary["sums_at_disposal"]]
        show_rows(
            self.summary,
            [{**line, **ends(line["amount_eur"]), "text": line[key]} for line in lines],
            "code",
        )
        self.life.show_costs(found)
        self.spread.show_costs(found, {item["code"]: item[key] for item in items})
        self.phases.show_plan(self._session.preview)
        choose, wait = (
            self.tr("Choose a plan to see what it costs."), self.tr("Working out the costs …")
        )  # fmt: skip
        for hint in (*self._hints, self.life.hint):
            hint.setText(wait if self._session.preview else choose)
        self._show_groups(found.get("by_payer_group_eur", {}))
        self._show_total(found)
        self._show_bars(items)

    def _show_groups(self, groups: Mapping[str, Mapping[str, float]]) -> None:
        names = (
            ("owner", self.tr("Owner")),
            ("municipalities", self.tr("Municipalities, for their own links")),
            ("others", self.tr("Other bodies")),
        )
        lines = [f"{name}: {with_range(groups[code])}" for code, name in names if code in groups]
        self.groups.setText("\n".join(lines))

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

    # -- parts -------------------------------------------------------------------------------

    def _bill_page(self) -> QWidget:
        page = QWidget()
        left = QVBoxLayout()
        left.setSpacing(GAP_PX)
        left.addWidget(self.total)
        left.addWidget(self.chart, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addLayout(left)
        row.addWidget(self.items_table, 1)
        column_layout(page, margin_px=0).addLayout(row)
        self.chart.setFixedWidth(_LEFT_PX)
        self.total.setFixedWidth(_LEFT_PX)
        return page

    def _payers_page(self) -> QWidget:
        self.pay_by.addItem(self.tr("in equal parts"), "equal")
        self.pay_by.addItem(self.tr("by guaranteed rate"), "rate")
        self.pay_by.setAccessibleName(self.tr("Sites share a section"))
        left = QWidget()
        left.setFixedWidth(_LEFT_PX)
        column = column_layout(left, margin_px=0)
        column.addWidget(plain_label(self.tr("Sites share a section"), is_muted=True))
        column.addWidget(self.pay_by)
        column.addWidget(self.groups)
        column.addStretch(1)
        page = QWidget()
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addWidget(left)
        row.addWidget(self.payers_table, 1)
        column_layout(page, margin_px=0).addLayout(row)
        return page

    def _money(self) -> list[ViewColumn]:
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

        how = self.tr("Double-click a rate to replace it by your own")
        return [
            ViewColumn("code", self.tr("Code")),
            ViewColumn("text", self.tr("Line")),
            ViewColumn("rate", self.tr("Rate"), rate, is_number=True, is_editable=True, tip=how),
            *self._money(),
            ViewColumn("placeholder", self.tr("Assumed"), self._yes),
        ]

    def _yes(self, value: Any) -> str:
        return self.tr("Yes") if value else ""

    # -- what happens ------------------------------------------------------------------------

    def _connect(self) -> None:
        self._cases.costed.connect(self.show_result)
        self._session.preview_changed.connect(lambda _uid: self._changed(frozenset({"plans"})))
        self._session.changed.connect(self._changed)
        self._session.project_changed.connect(self._project_changed)
        self.items_table.selectionModel().selectionChanged.connect(lambda *_: self._point_out())
        self.chart.picked.connect(self._chapter_picked)
        self.spread.picked.connect(self._item_picked)
        self.spread.correlation_changed.connect(lambda _value: self._ask_again())
        self.pay_by.currentIndexChanged.connect(lambda _n: self._pay_by_changed())
        self.summary.edited.connect(self._rate_edited)

    def _project_changed(self) -> None:
        def deliver(key: object) -> None:
            self.pay_by.blockSignals(True)
            self.pay_by.setCurrentIndex(max(0, self.pay_by.findData(key or "equal")))
            self.pay_by.blockSignals(False)
            self._ask_again()

        self._changed(_TOUCHED | _AGREED)
        self._session.ask(lambda project: project.setting(_PAY_BY), deliver)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & _TOUCHED:
            self._fresh.want()
        if "assumptions" in tables:
            self.assumptions.fresh.want()
        if tables & _SHARED:
            self.contributions.fresh.want()
        if tables & _AGREED:
            self.phases.fundings.fresh.want()

    def _ask_again(self) -> None:
        if self._session.preview and is_seen(self):
            self._ask()

    def _pay_by_changed(self) -> None:
        key = str(self.pay_by.currentData())
        self._session.ask(lambda project: project.set_setting(_PAY_BY, key), _ignore)
        self._ask_again()

    def _rate_edited(self, code: str, _name: str, text: object) -> None:
        share = read_share(str(text))
        if share is None:
            told = self.tr("“%1” is no rate.").replace("%1", str(text))
            self._session.told.emit("warning", told)
        else:
            self._session.edit(set_assumption(code, [share], ""))

    def _chapter_picked(self, number: int) -> None:
        chapter = self._bars[number]
        items = [item for item in self._found.get("items", []) if item["chapter"] == chapter]
        self._highlight({uid for item in items for uid in item["objects"]})

    def _item_picked(self, code: str) -> None:
        items = [item for item in self._found.get("items", []) if item["code"] == code]
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


def _needed(item: Mapping[str, Any]) -> str:
    return f"{figures().quantity(item['quantity'])} {code_label(item['unit'])}"


def _ignore(_: object) -> None:
    """Take a result that nobody needs."""
