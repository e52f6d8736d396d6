"""Failures: each part alone, pairs, risk groups, or what the user cuts on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
)

from app.model.study import Result
from app.ui.icons import icon
from app.ui.jobs_runner import RunningJob
from app.ui.labels import code_label, figures, object_title
from app.ui.map.picking import Pick
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.parts import button, column_layout, tool_button
from app.ui.panels.study_page import Marks, Row, StudyPage, whereabouts
from app.ui.panels.swatches import ring
from app.ui.session import Session
from app.ui.theme import GAP_PX, heading, plain_label, tip
from app.ui.use_cases import UseCases

ALONE, PAIRS, GROUPS, OWN = "alone", "pairs", "groups", "own"
CUTTABLE = ("spans", "nodes", "conduits", "plan_spans", "plan_nodes")

_UID = Qt.ItemDataRole.UserRole
_FIRST_PRIORITIES = ("1", "2")
_CUTS_SHOWN = 4
_DARK, _WEAK = "dark", "weak"


class FailuresPage(StudyPage):
    """Let parts fail, rank what goes dark, and keep the user's own set of cuts."""

    wanted = Signal()
    linked = ("spans", "nodes")

    def __init__(self, session: Session, cases: UseCases, scope: Callable[[], str]) -> None:
        self.cuts: dict[str, str] = {}
        self._is_stale = False
        self.what_box = QComboBox()
        self.cut_list = QListWidget()
        self.lost = QListWidget()
        super().__init__(session, cases, scope, "")
        self.run.setText(self.tr("Analyse"))
        self.name_table(self.tr("Failures"))
        self.what_box.setAccessibleName(self.tr("What fails"))
        for text, code in (
            (self.tr("Each span and node alone"), ALONE),
            (self.tr("Pairs of spans"), PAIRS),
            (self.tr("Risk groups, each as a whole"), GROUPS),
            (self.tr("My own cuts, all at once"), OWN),
        ):
            self.what_box.addItem(text, code)
        self.lost_title = heading("")
        self.lost.setIconSize(QSize(16, 16))
        self.lost.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lost.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.lost.setAccessibleName(self.tr("Sites that the chosen failure touches"))
        self.cut_list.setAccessibleName(self.tr("My own cuts"))
        self.cut_selected = button(self.tr("Cut what is selected"))
        self.clear_cuts = tool_button(self.tr("Clear all cuts"), "clear", self._clear_cuts)
        self.cut_hint = plain_label(
            self.tr("On the map: right-click a span or node, then “Cut here”."), is_muted=True
        )
        self._arrange()
        self.what_box.currentIndexChanged.connect(lambda _n: self._what_changed())
        self.cut_selected.clicked.connect(lambda _checked=False: self.cut_selection())
        self.lost.itemSelectionChanged.connect(self._select_lost)
        session.selection_changed.connect(self._show_cuts)
        session.project_changed.connect(self._clear_cuts)
        self._what_changed()

    # -- the study ---------------------------------------------------------------------------

    @property
    def what(self) -> str:
        """What fails: `ALONE`, `PAIRS`, `GROUPS` or `OWN`."""
        return str(self.what_box.currentData())

    def columns(self) -> list[ViewColumn]:
        """Return one column for each figure of a failure."""
        kinds = {
            "span": self.tr("Span"), "node": self.tr("Node"), "pair": self.tr("Pair"),
            "set": self.tr("Own cuts"), "group": self.tr("Risk group"),
        }  # fmt: skip

        def minutes(value: Any) -> str:
            return "" if value is None else figures().number(value, 1)

        def number(name: str, text: str, told: str) -> ViewColumn:
            return ViewColumn(name, text, figures().number, is_number=True, tip=told)

        return [
            ViewColumn("name", self.tr("If this fails")),
            ViewColumn("kind", self.tr("Kind"), lambda kind: kinds.get(kind) or code_label(kind)),
            number("dark", self.tr("Dark"), self.tr("Sites that go dark")),
            number("first", self.tr("Prio 1"), self.tr("Dark sites of priority 1")),
            number("second", self.tr("Prio 2"), self.tr("Dark sites of priority 2")),
            number("weak", self.tr("One way"), self.tr("Sites that are left with one way")),
            number("mbps", self.tr("Mbit/s lost"), self.tr("Guaranteed rate of the dark sites")),
            number("moved", self.tr("Moved"), self.tr("Sites whose traffic takes another way")),
            ViewColumn(
                "minutes",
                self.tr("Min/year"),
                minutes,
                is_number=True,
                tip=self.tr("Minutes a year that this costs, weighted by priority"),
            ),
        ]

    def start(self) -> None:
        """Let things fail, as chosen."""
        what = self.what
        self._is_stale = what == OWN and self.is_running
        if what == OWN and not self.cuts:
            self.show_rows([])
            return
        asked: dict[str, Any] = {"plan": self._scope() or None}
        if what == PAIRS:
            asked["depth"] = 2
        elif what == GROUPS:
            asked["groups"] = ("all",)
        elif what == OWN:
            asked["cuts"] = tuple(sorted(self.cuts))
        self.ask(self.tr("Letting parts fail"), "failures", self.show_result, **asked)

    def fail_group(self, uid: str) -> None:
        """Let all members of one stored risk group fail at once."""
        self.what_box.setCurrentIndex(self.what_box.findData(GROUPS))
        asked = {"plan": self._scope() or None, "groups": (uid,)}
        self.ask(self.tr("Letting parts fail"), "failures", self.show_result, **asked)

    def show_result(self, result: Result) -> None:
        """Rank what goes dark, the worst first, and choose the worst."""
        summary = result.summary
        today = summary["today"]
        listed = summary["pairs"] if summary["depth"] == 2 else summary["failures"]
        values = {
            "sites": today["sites"],
            "served": today["served"],
            "unprotected": today["unprotected"],
            "matter": summary["pairs_that_matter"] if summary["depth"] == 2 else len(listed),
        }
        for key, value in values.items():
            self.figures[key].setText(figures().number(value))
        self.show_rows([_row(item) for item in listed])
        if listed:
            self.select(0)
        else:
            self.note.setText(self.tr("Nothing that fails like this darkens a site."))

    def marks(self, row: Row) -> Marks:
        """Mark the failing parts, the sites that go dark and those left with one way."""
        network = self._session.network
        return {
            "cut": whereabouts(network, [*row["uids"], *self._own()]),
            "dark": {"sites": frozenset(map(str, row["sites_lost"]))},
            "weak": {"sites": frozenset(map(str, row["sites_unprotected"]))},
        }

    def tell(self, row: Row | None) -> None:
        """List the sites that the failure touches, the important ones first."""
        self.lost.clear()
        self.lost_title.setHidden(row is None)
        self.lost.setHidden(row is None)
        if row is None:
            return
        title = self.tr("%1 dark, %2 left with one way")
        for place, key in enumerate(("sites_lost", "sites_unprotected"), start=1):
            title = title.replace(f"%{place}", figures().number(len(row[key])))
        self.lost_title.setText(title)
        sites = self._session.network.table("sites")
        for uid in sorted(row["sites_lost"], key=lambda uid: _importance(sites, uid)):
            self._add_lost(str(uid), _DARK)
        for uid in sorted(row["sites_unprotected"], key=lambda uid: _importance(sites, uid)):
            self._add_lost(str(uid), _WEAK)

    @property
    def reads_groups(self) -> bool:
        """Whether groups fail."""
        return self.what == GROUPS

    def forget(self) -> None:
        """Empty the figures, and mend cuts of what is no more."""
        tables = self._session.network.tables
        self.cuts = {uid: name for uid, name in self.cuts.items() if uid in tables[name].index}
        for label in self.figures.values():
            label.setText(figures().number(None))

    def point_out(self) -> None:
        """Mark the chosen failure, or the user's cuts alone."""
        super().point_out()
        if self.current is None and self.cuts and self.is_front:
            self._session.set_marks({"cut": whereabouts(self._session.network, self._own())})

    # -- own cuts ----------------------------------------------------------------------------

    def fill_menu(self, menu: QMenu, picks: Sequence[Pick]) -> None:
        """Offer to cut the first object under the pointer that can be cut."""
        pick = next((item for item in picks if item.table in CUTTABLE), None)
        if pick is not None:
            text = self.tr("Mend this cut") if pick.uid in self.cuts else self.tr("Cut here")
            action = menu.addAction(icon("cut"), text)
            action.triggered.connect(lambda _on=False: self.cut(pick.table, [pick.uid]))
        if self.cuts:
            clear = menu.addAction(icon("clear"), self.tr("Clear all cuts"))
            clear.triggered.connect(lambda _on=False: self._clear_cuts())

    def cut_selection(self) -> None:
        """Cut the spans, nodes and conduits that are selected."""
        for table in CUTTABLE:
            chosen = self._session.selection.get(table, frozenset()) - self.cuts.keys()
            if chosen:
                self.cut(table, sorted(chosen))

    def cut(self, table: str, uids: Sequence[str]) -> None:
        """Cut objects, mend those that are cut already, and compute what that does."""
        for uid in uids:
            if self.cuts.pop(uid, None) is None:
                self.cuts[uid] = table
        self.what_box.setCurrentIndex(self.what_box.findData(OWN))
        self._show_cuts()
        self.point_out()
        self.wanted.emit()
        self.start()

    def _own(self) -> list[str]:
        return sorted(self.cuts) if self.what == OWN else []

    def _clear_cuts(self) -> None:
        self.cuts.clear()
        self._show_cuts()
        if self.what == OWN:
            self.clear()

    def _show_cuts(self) -> None:
        self.cut_list.clear()
        for uid, table in self.cuts.items():
            self.cut_list.addItem(object_title(self._session.network, table, uid))
        is_own = self.what == OWN
        self.cut_list.setHidden(not is_own or not self.cuts)
        self.cut_hint.setHidden(not is_own)
        line = self.fontMetrics().height() + 6
        self.cut_list.setFixedHeight(min(len(self.cuts), _CUTS_SHOWN) * line + 8)
        self.cut_selected.setHidden(not is_own)
        self.clear_cuts.setHidden(not is_own)
        self.clear_cuts.setEnabled(bool(self.cuts))
        self.cut_selected.setEnabled(any(self._session.selection.get(table) for table in CUTTABLE))

    # -- inside ------------------------------------------------------------------------------

    def _what_changed(self) -> None:
        self.clear()
        self._show_cuts()

    def _add_lost(self, uid: str, effect: str) -> None:
        network = self._session.network
        sites = network.table("sites")
        name = object_title(network, "sites", uid)
        kind = code_label(str(sites.at[uid, "category"])) if uid in sites.index else ""
        item = QListWidgetItem(ring(effect), f"{name} – {kind}" if kind else name)
        effects = {_DARK: self.tr("goes dark"), _WEAK: self.tr("is left with one way")}
        item.setToolTip(tip(f"{item.text()}: {effects[effect]}"))
        item.setData(_UID, uid)
        self.lost.addItem(item)

    def _select_lost(self) -> None:
        uids = {str(item.data(_UID)) for item in self.lost.selectedItems()}
        if uids:
            self._session.select({"sites": uids})

    def _arrange(self) -> None:
        self.what_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        cutting = QHBoxLayout()
        cutting.setSpacing(GAP_PX)
        cutting.addWidget(self.cut_selected, 1)
        cutting.addWidget(self.clear_cuts)
        layout = column_layout(self, margin_px=0)
        layout.addWidget(self.what_box)
        layout.addWidget(self.run)
        layout.addWidget(self.cut_hint)
        layout.addWidget(self.cut_list)
        layout.addLayout(cutting)
        layout.addLayout(
            self.figure_grid(
                (
                    ("sites", self.tr("Sites")),
                    ("served", self.tr("served today")),
                    ("unprotected", self.tr("that one cut can darken")),
                    ("matter", self.tr("Failures that touch a site")),
                )
            )
        )
        layout.addWidget(self.note)
        layout.addWidget(self.lost_title)
        layout.addWidget(self.lost, 1)
        layout.addStretch(0)
        self.lost.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _finished(self, running: RunningJob) -> None:
        super()._finished(running)
        if self._is_stale and not self.is_running:
            self.start()


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an outcome with the figures of the table."""
    first, second = (item["by_priority"].get(priority, 0) for priority in _FIRST_PRIORITIES)
    return {
        **item,
        "dark": len(item["sites_lost"]),
        "first": first,
        "second": second,
        "weak": len(item["sites_unprotected"]),
        "mbps": item["guaranteed_mbps_lost"],
        "moved": item["sites_rerouted"],
        "minutes": item["weighted_minutes_per_year"],
    }


def _importance(sites: Any, uid: str) -> tuple[int, str]:
    """Return the key that puts important sites first."""
    if uid not in sites.index:
        return (99, uid)
    return (int(sites.at[uid, "priority"] or 99), str(sites.at[uid, "name"] or uid))
