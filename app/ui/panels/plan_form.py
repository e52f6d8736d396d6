"""The form of a new plan: which sites, how protected, how long to compute."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from app.model.codes import PROTECTIONS, ROOT_NODE_TYPES, STATUSES_IN_USE
from app.model.guidance import Guidance, guidance_from_json
from app.ui.connection import unconnected_sites
from app.ui.labels import code_label, figures, object_title
from app.ui.panels.parts import button
from app.ui.panels.plan_conditions import PlanConditions
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels, plain_label
from app.ui.work import PlanWish

SELECTED, ALL, SHOWN, OF_PLAN = "selected", "all", "shown", "plan"


class PlanForm(QWidget):
    """Ask for a plan; ``wanted`` carries a `PlanWish`, ``more_wanted`` asks for the options."""

    wanted = Signal(object)
    more_wanted = Signal()

    def __init__(
        self, session: Session, shown_sites: Callable[[], list[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown_sites = shown_sites
        self.options = PlanWish(name="")
        self.name_box = QLineEdit()
        self.name_box.setMaxLength(80)
        self.sites_box = QComboBox()
        self._sites_of_plan: tuple[str, ...] = ()
        for key in (SELECTED, ALL, SHOWN, OF_PLAN):
            self.sites_box.addItem("", key)
        self.sites_box.setCurrentIndex(1)
        self.protection_box = QComboBox()
        for code in PROTECTIONS:
            self.protection_box.addItem(code_label(code), code)
        for box in (self.sites_box, self.protection_box):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(12)
        self.conditions = PlanConditions(session)
        self.prices = plain_label("", is_muted=True)
        self.more = button(self.tr("More options…"), role="link")
        self.run = button(self.tr("Make plan"), "run", role="primary")
        self.run.clicked.connect(self._ask)
        self.more.clicked.connect(self.more_wanted)
        self.name_box.textChanged.connect(lambda _text: self.refresh())
        self._arrange()
        session.selection_changed.connect(self.refresh)
        session.project_changed.connect(self.start_anew)
        session.changed.connect(lambda _tables: self.refresh())
        session.connected_changed.connect(self.refresh)
        self.start_anew()

    def start_anew(self) -> None:
        """Offer a fresh name, for a plan of its own."""
        if self.options.is_replacing:
            self.options = PlanWish(name="")
            self.conditions.clear()
        self._sites_of_plan = ()
        if self.sites_box.currentData() == OF_PLAN:
            self.sites_box.setCurrentIndex(self.sites_box.findData(ALL))
        self.name_box.setText(self._free_name())
        self.refresh()

    def refresh(self) -> None:
        """Tell how many sites each choice means, and what is missing."""
        counts = {
            SELECTED: len(self._selected()),
            ALL: self._unconnected(),
            SHOWN: len(self._shown_sites()),
            OF_PLAN: len(self._sites_of_plan),
        }
        texts = {
            SELECTED: self.tr("Selected"),
            ALL: self.tr("Not connected"),
            SHOWN: self.tr("In the table"),
            OF_PLAN: self.tr("Of the plan"),
        }
        for index in range(self.sites_box.count()):
            key = self.sites_box.itemData(index)
            number = figures().number(counts[key])
            self.sites_box.setItemText(index, f"{texts[key]} ({number})")
        self.prices.setText(self._price_text())
        self.run.setEnabled(self._session.is_open and bool(self.name_box.text().strip()))

    def choose_selected(self) -> None:
        """Plan for the selected sites, when there are some."""
        if self._selected():
            self.sites_box.setCurrentIndex(self.sites_box.findData(SELECTED))
        self.name_box.setFocus()
        self.name_box.selectAll()

    def _arrange(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GAP_PX)
        form.setVerticalSpacing(GAP_PX)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, box in (
            (self.tr("Name"), self.name_box),
            (self.tr("Sites"), self.sites_box),
            (self.tr("Protection"), self.protection_box),
        ):
            form.addRow(label, box)
            box.setAccessibleName(label)
        form.addRow(self.tr("Conditions"), self.conditions)
        form.addRow(self.tr("Prices"), self.prices)
        form.addRow(self.more, self.run)
        align_labels(form)

    def _ask(self) -> None:
        selector = self._selector()
        if not selector:
            self._session.told.emit("warning", self.tr("Select the sites to connect first."))
            return
        self.wanted.emit(
            dataclasses.replace(
                self.options,
                name=self.name_box.text().strip(),
                sites=selector,
                protection=self.protection_box.currentData(),
                guidance=self.guidance(),
            )
        )

    def take_conditions(self, asked: Guidance, site: str, plan: str) -> None:
        """Take conditions drawn on the map, for the plan that is looked at or for one site."""
        if plan:
            self.load(plan)
        elif site:
            self._session.select({"sites": [site]})
            self.choose_selected()
        self.conditions.add_all(asked)

    def load(self, plan: str) -> None:
        """Ask for a stored plan again: its name, sites, protection and conditions."""
        row = self._session.network.table("plans").loc[plan]
        stored = dict(row["parameters"] or {})
        known = set(self._session.network.table("sites").index)
        self._sites_of_plan = tuple(uid for uid in stored.get("sites") or () if uid in known)
        own = {item.name for item in dataclasses.fields(PlanWish)} - {"guidance", "name", "sites"}
        values = {key: value for key, value in stored.items() if key in own}
        values["statuses"] = tuple(values.get("statuses") or STATUSES_IN_USE)
        guidance = guidance_from_json(stored.get("guidance"))
        self.options = dataclasses.replace(
            PlanWish(name=""), **values, is_replacing=True, guidance=guidance
        )
        self.conditions.clear()
        self.conditions.add_all(guidance)
        self.protection_box.setCurrentIndex(self.protection_box.findData(row["protection"]))
        self.name_box.setText(str(row["name"]))
        self.sites_box.setCurrentIndex(self.sites_box.findData(OF_PLAN))
        self.refresh()

    def guidance(self) -> Guidance:
        """Return the options and conditions of the next plan together."""
        asked = self.conditions.guidance
        return dataclasses.replace(
            self.options.guidance,
            must_use=asked.must_use,
            avoid=asked.avoid,
            locked=asked.locked,
            waypoints=asked.waypoints,
        )

    def hubs(self) -> list[tuple[str, str]]:
        """Return uid and name of the hubs and pops that a plan can start from."""
        nodes = self._session.network.table("nodes")
        rows = nodes[nodes["type"].isin(ROOT_NODE_TYPES) & nodes["status"].isin(STATUSES_IN_USE)]
        names = [
            (str(uid), object_title(self._session.network, "nodes", str(uid))) for uid in rows.index
        ]
        return sorted(names, key=lambda item: item[1])

    def _selector(self) -> str:
        key = self.sites_box.currentData()
        if key == ALL:
            return "all"
        if key == OF_PLAN:
            return ",".join(self._sites_of_plan)
        return ",".join(self._selected() if key == SELECTED else self._shown_sites())

    def _selected(self) -> list[str]:
        return sorted(self._session.selection.get("sites", frozenset()))

    def _unconnected(self) -> int:
        return len(unconnected_sites(self._session))

    def _price_text(self) -> str:
        lists = self._session.network.table("price_lists")
        current = lists[lists["is_current"].fillna(False).astype(bool)]
        if current.empty:
            return self.tr("No price list")
        items = self._session.network.table("price_items")
        own = items[items["price_list"] == current.index[0]]
        assumed = int(own["is_placeholder"].fillna(False).astype(bool).sum())
        name = str(current["name"].iloc[0])
        if not assumed:
            return name
        told = self.tr("%1: %2 of %3 prices are assumed").replace("%1", name)
        told = told.replace("%2", figures().number(assumed))
        return told.replace("%3", figures().number(len(own)))

    def _free_name(self) -> str:
        taken = set(self._session.network.table("plans")["name"])
        number = 1
        while self.tr("Plan %1").replace("%1", str(number)) in taken:
            number += 1
        return self.tr("Plan %1").replace("%1", str(number))
