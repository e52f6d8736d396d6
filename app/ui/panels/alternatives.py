"""Plans side by side: which show on the map, what they cost, how two of them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.model.frames import plain
from app.model.plancolors import plan_colors
from app.ui.labels import NO_VALUE, code_label, figures
from app.ui.panels.chart import Bar, Chart, Point
from app.ui.panels.frame_model import FrameModel, ViewColumn
from app.ui.panels.freshness import Freshness
from app.ui.panels.parts import FittingLabel, button, column_layout, make_table, tool_button
from app.ui.session import Session
from app.ui.theme import GAP_PX, tip

_UID = Qt.ItemDataRole.UserRole
_SIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AlternativesPanel(QWidget):
    """The list of plans, and beside it what was compared.

    ``shown_changed`` carries the plans that are to show on the map, ``compare_wanted`` those to
    be compared; ``picked`` a plan to preview; the others ask for something to be done with the
    current plan.
    """

    shown_changed = Signal(list)
    compare_wanted = Signal(list)
    picked = Signal(str)
    copy_wanted = Signal(str)
    rename_wanted = Signal(str)
    note_wanted = Signal(str)
    color_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: list[str] = []
        self._rows: list[Mapping[str, Any]] = []
        self._points: list[str] = []
        self.list = QTreeWidget()
        self.compare = button(self.tr("Compare"), "compare", role="primary")
        self.compare.setToolTip(self.tr("Compare the plans that are ticked, or all"))
        self.tools = {
            "copy": tool_button(self.tr("Duplicate the plan"), "copy",
                                self._emit(self.copy_wanted)),
            "rename": tool_button(self.tr("Rename the plan"), "new",
                                  self._emit(self.rename_wanted)),
            "note": tool_button(self.tr("Write a note"), "file",
                                self._emit(self.note_wanted)),
            "color": tool_button(self.tr("Choose a colour"), "settings",
                                 self._emit(self.color_wanted)),
            "delete": tool_button(self.tr("Delete the plan"), "delete",
                                  self._emit(self.delete_wanted)),
        }  # fmt: skip
        self.hint = FittingLabel()
        self.model = FrameModel([ViewColumn("figure", "")], self)
        self.table = make_table(self.model, self.tr("Differences"), is_multiple=False)
        self.cost_chart = Chart(self.tr("Cost of the alternatives"))
        self.front_chart = Chart(self.tr("Cost and availability"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.table, self.tr("Differences"))
        self.tabs.addTab(self.cost_chart, self.tr("Costs"))
        self.tabs.addTab(self.front_chart, self.tr("Cost and availability"))
        self._arrange()
        self.fresh = Freshness(self, self.refresh)
        self._connect()
        self.refresh()

    @property
    def shown(self) -> list[str]:
        """Plans that are ticked, the oldest first."""
        plans = self._session.network.table("plans").index
        return [uid for uid in self._shown if uid in plans]

    def current(self) -> str:
        """Return the plan that is marked, or ''."""
        item = self.list.currentItem()
        return str(item.data(0, _UID) or "") if item is not None else ""

    def refresh(self) -> None:
        """Show the plans of the present network, not building first."""
        network = self._session.network
        plans = network.table("plans")
        colors = plan_colors(network)
        self._shown = [uid for uid in colors if uid in self._shown]
        marked = self._session.preview or self.current()
        self.list.blockSignals(True)
        self.list.clear()
        self._add_row("", "", [self.tr("not building"), *_figures(None), "", ""])
        for uid, color in colors.items():
            row = {str(name): plain(value) for name, value in plans.loc[uid].items()}
            accepted = self.tr("accepted") if row["accepted"] else code_label(str(row["state"]))
            texts = [str(row["name"]), *_figures(row), accepted, str(row["note"] or "")]
            item = self._add_row(uid, color, texts)
            if uid == marked:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._enable()

    def show_result(self, summary: Mapping[str, Any]) -> None:
        """Show what a comparison found."""
        self.fresh.now()
        self._rows = list(summary["alternatives"])
        names = [self._name(row) for row in self._rows]
        columns = [ViewColumn("figure", self.tr("Figure"))]
        planned = [number for number, row in enumerate(self._rows) if row["plan"]]
        others = [number for number in range(len(names)) if number not in planned]
        is_pair = len(planned) == 2
        for number in (*planned, *others):
            if is_pair and number == others[0]:
                columns.append(ViewColumn("difference", self.tr("Difference"), is_number=True))
            columns.append(ViewColumn(f"plan{number}", names[number], is_number=True))
        lines = []
        for label, read, show in self._facts():
            values = [read(row) for row in self._rows]
            line = {"figure": label, **{f"plan{n}": _text(v, show) for n, v in enumerate(values)}}
            if is_pair:
                first, second = (values[number] for number in planned)
                line["difference"] = _difference(first, second, show)
            lines.append(line)
        lines += self._built_lines(summary, planned, is_pair=is_pair)
        frame = pd.DataFrame(lines, index=[str(n) for n in range(len(lines))], dtype=object)
        self.model.set_columns(columns, frame)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMaximumSectionSize(28 * self.fontMetrics().horizontalAdvance("n"))
        self._show_charts()

    def forget(self) -> None:
        """Empty the comparison: it spoke of other data."""
        self._rows = []
        self.model.set_columns([ViewColumn("figure", self.tr("Figure"))], pd.DataFrame(
            {"figure": [self.tr("Tick two plans and compare them.")]}, index=["0"], dtype=object
        ))  # fmt: skip
        self.cost_chart.show_bars([], "")
        self.front_chart.show_points([], "", "")

    # -- inside ------------------------------------------------------------------------------

    def _facts(self) -> list[tuple[str, Any, Any]]:
        show = figures()

        def euro(value: float) -> str:
            return show.euro(value, 0)

        def minutes(value: float) -> str:
            return show.number(value, 1)

        def cost(end: str) -> Any:
            return lambda row: row["cost_eur"][end]

        def per_site(row: Mapping[str, Any]) -> float | None:
            return row["per_site_eur"]["typical"] if row["per_site_eur"] else None

        def of(key: str) -> Any:
            return lambda row: row.get(key)

        return [
            (self.tr("Cost, typical"), cost("typical"), euro),
            (self.tr("Cost, low"), cost("low"), euro),
            (self.tr("Cost, high"), cost("high"), euro),
            (self.tr("Cost per site"), per_site, euro),
            (self.tr("Route length"), of("route_length_m"), show.length),
            (self.tr("To be dug"), of("built_length_m"), show.length),
            (self.tr("Sites connected"), of("sites"), show.number),
            (self.tr("Sites unreachable"), of("unreachable"), show.number),
            (self.tr("Sites with two routes"), of("protected_sites"), show.number),
            (self.tr("Minutes dark a year, mean"), of("minutes_per_year"), minutes),
            (self.tr("Minutes dark a year, worst site"), of("worst_minutes_per_year"), minutes),
            (self.tr("Both routes in one place"), of("both_routes_m"), show.length),
            (self.tr("In hazard zones"), of("hazard_length_m"), show.length),
            (self.tr("Crossings"), of("crossings"), show.number),
            (self.tr("Proven gap"), of("gap"), lambda value: show.percent(value, 1)),
        ]

    def _built_lines(
        self, summary: Mapping[str, Any], planned: Sequence[int], *, is_pair: bool
    ) -> list[dict[str, str]]:
        """Return what only one of two plans builds, and what both do."""
        if not is_pair or not summary["differences"]:
            return []
        show, found = figures(), summary["differences"][0]
        first, second = (f"plan{number}" for number in planned)
        return [
            {"figure": self.tr("Only this one builds"), first: show.length(found["only_first_m"]),
             second: show.length(found["only_second_m"])},
            {"figure": self.tr("Both build"), first: show.length(found["both_m"]),
             second: show.length(found["both_m"])},
            {"figure": self.tr("Sites only here"),
             first: show.number(len(found["sites_only_first"])),
             second: show.number(len(found["sites_only_second"]))},
        ]  # fmt: skip

    def _show_charts(self) -> None:
        bars = [
            Bar(self._name(row), *(row["cost_eur"][end] for end in ("typical", "low", "high")))
            for row in self._rows if row["plan"]
        ]  # fmt: skip
        self.cost_chart.show_bars(bars, self.tr("Cost, k€"), 1000.0)
        known = [row for row in self._rows if row.get("minutes_per_year") is not None]
        costs = [row["cost_eur"]["typical"] for row in known]
        dark = [row["minutes_per_year"] for row in known]
        points = [
            Point(cost / 1000, minutes, not any(
                other <= cost and less <= minutes and (other, less) != (cost, minutes)
                for other, less in zip(costs, dark, strict=True)
            ))
            for cost, minutes in zip(costs, dark, strict=True)
        ]  # fmt: skip
        self._points = [str(row["plan"] or "") for row in known]
        self.front_chart.show_points(
            points, self.tr("Cost, k€"), self.tr("Minutes dark a year, mean")
        )
        self._ring()

    def _name(self, row: Mapping[str, Any]) -> str:
        if row["plan"]:
            return str(row["name"])
        known = {
            "not building": self.tr("not building"), "leased lines": self.tr("leased lines"),
        }  # fmt: skip
        return known.get(str(row["name"]), str(row["name"]))

    def _ring(self) -> None:
        uid = self.current()
        if uid and uid in self._points:
            self.front_chart.choose(self._points.index(uid))

    def _add_row(self, uid: str, color: str, texts: Sequence[str]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(texts))
        item.setData(0, _UID, uid)
        item.setIcon(0, _swatch(color) if color else QIcon())
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if uid:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            is_on = uid in self._shown
            item.setCheckState(0, Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
        item.setFlags(flags)
        for column in range(1, 5):
            item.setTextAlignment(column, _SIDE)
        for column, text in enumerate(texts):
            item.setToolTip(column, tip(text))
        self.list.addTopLevelItem(item)
        return item

    def _changed(self, item: QTreeWidgetItem, column: int) -> None:
        uid = str(item.data(0, _UID) or "")
        if column or not uid:
            return
        wanted = item.checkState(0) == Qt.CheckState.Checked
        known = [other for other in self._shown if other != uid]
        order = list(plan_colors(self._session.network))
        self._shown = sorted([*known, uid] if wanted else known, key=order.index)
        self.shown_changed.emit(self.shown)
        self._enable()

    def _current_changed(self) -> None:
        self._enable()
        self._ring()
        if self.current():
            self.picked.emit(self.current())

    def _enable(self) -> None:
        for tool in self.tools.values():
            tool.setEnabled(bool(self.current()))
        count = len(self._session.network.table("plans"))
        self.compare.setEnabled(count > 0)
        if not count:
            text = self.tr("No plan yet.")
        elif len(self._shown) == 2:
            text = self.tr("The map shows what only one of the two builds, and what both do.")
        else:
            text = self.tr("Tick plans to see them on the map; two are laid over one another.")
        self.hint.setText(text)

    def _emit(self, signal: Any) -> Any:
        return lambda: signal.emit(self.current())

    def _arrange(self) -> None:
        self.list.setAccessibleName(self.tr("Alternatives"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAlternatingRowColors(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHeaderLabels(
            [self.tr("Plan"), self.tr("Cost"), self.tr("Length"), self.tr("Sites"), self.tr("Gap"),
             self.tr("State"), self.tr("Note")]
        )  # fmt: skip
        em = self.fontMetrics().horizontalAdvance("n")
        for column, width in enumerate((22, 13, 11, 7, 8, 12)):
            self.list.setColumnWidth(column, width * em)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX // 2)
        for tool in self.tools.values():
            row.addWidget(tool)
        row.addStretch(1)
        row.addWidget(self.compare)
        left = QWidget()
        column_box = QVBoxLayout(left)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(GAP_PX // 2)
        column_box.addLayout(row)
        column_box.addWidget(self.list, 1)
        column_box.addWidget(self.hint)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([2000, 3000])
        split.setChildrenCollapsible(False)
        column_layout(self).addWidget(split, 1)
        self.forget()

    def _connect(self) -> None:
        self.list.itemChanged.connect(self._changed)
        self.list.currentItemChanged.connect(lambda *_: self._current_changed())
        self.compare.clicked.connect(
            lambda _checked=False: self.compare_wanted.emit(
                self.shown or list(plan_colors(self._session.network))
            )
        )
        self.front_chart.picked.connect(self._pick_point)

    def _pick_point(self, number: int) -> None:
        uid = self._points[number] if number < len(self._points) else ""
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None and item.data(0, _UID) == uid:
                self.list.setCurrentItem(item)


def _figures(row: Mapping[str, Any] | None) -> list[str]:
    """Return cost, length, sites and gap of a plan; of none those of not building."""
    show = figures()
    if row is None:
        return [show.euro(0, 0), show.length(0.0), show.number(0), ""]
    cost = row["typical_eur"]
    return [
        NO_VALUE if cost is None else show.euro(cost, 0),
        show.length(row["route_length_m"]),
        show.number(int(row["site_count"] or 0)),
        show.percent(row["gap"], 1),
    ]


def _text(value: Any, show: Any) -> str:
    return NO_VALUE if value is None else str(show(value))


def _difference(first: Any, second: Any, show: Any) -> str:
    if first is None or second is None:
        return NO_VALUE
    step = second - first
    sign = "+" if step > 0 else "−" if step < 0 else "±"
    return f"{sign}{show(abs(step))}"


def _swatch(color: str) -> QIcon:
    picture = QPixmap(28, 28)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(1, 1, 12, 12, 3, 3)
    painter.end()
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        made.addPixmap(picture, mode)
    return made
