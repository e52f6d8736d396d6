"""The options of a plan that are rarely touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QSpinBox, QWidget

from app.model.codes import CHOOSABLE_TECHNIQUES, STATUSES_IN_USE
from app.model.guidance import Guidance
from app.ui.dialogs.frame import FormDialog
from app.ui.labels import code_label
from app.ui.theme import GAP_PX, plain_label, tip
from app.ui.work import PlanWish

AERIAL = "aerial"
_HUB_EM = 26

_WITH_PLANNED = (*STATUSES_IN_USE, "planned")


class PlanParametersDialog(FormDialog):
    """``wish`` holds the options once accepted; name and sites are not asked here."""

    def __init__(
        self,
        wish: PlanWish,
        parent: QWidget | None = None,
        hubs: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(self.tr("Options of the plan"), parent)
        self.wish = wish
        self.time_box = QSpinBox()
        self.time_box.setRange(1, 3600)
        self.time_box.setSuffix(" s")
        self.time_box.setValue(round(wish.time_limit_s))
        self.gap_box = QDoubleSpinBox()
        self.gap_box.setRange(0.0, 50.0)
        self.gap_box.setDecimals(1)
        self.gap_box.setSuffix(" %")
        self.gap_box.setValue(wish.gap * 100)
        self.lead_in_box = QSpinBox()
        self.lead_in_box.setRange(1, 5000)
        self.lead_in_box.setSuffix(" m")
        self.lead_in_box.setValue(round(wish.max_lead_in_m))
        self.seed_box = QSpinBox()
        self.seed_box.setRange(0, 1_000_000)
        self.seed_box.setValue(wish.seed)
        self.planned_box = QCheckBox(self.tr("Start also from what is only planned"))
        self.planned_box.setChecked("planned" in wish.statuses)
        self.replace_box = QCheckBox(self.tr("Replace a draft of the same name"))
        self.replace_box.setChecked(wish.is_replacing)
        self.length_box = QDoubleSpinBox()
        self.length_box.setRange(0.0, 200.0)
        self.length_box.setDecimals(1)
        self.length_box.setSuffix(" km")
        self.length_box.setSpecialValueText(self.tr("No limit"))
        self.length_box.setValue((wish.guidance.max_length_m or 0.0) / 1000)
        self.keep_box = QCheckBox(self.tr("Plan so that every route keeps this length"))
        self.keep_box.setChecked(wish.guidance.length_rule == "keep")
        self.length_box.valueChanged.connect(lambda value: self.keep_box.setEnabled(value > 0))
        self.keep_box.setEnabled(self.length_box.value() > 0)
        self.pole_box = QCheckBox(self.tr("New pole lines along streets too"))
        self.pole_box.setChecked(AERIAL in wish.guidance.techniques)
        self.techniques = [self._technique(code) for code in CHOOSABLE_TECHNIQUES]
        self.hubs = [self._hub(uid, name) for uid, name in hubs]
        self.setMinimumWidth(560)
        self.add_form(
            [
                (self.tr("Time limit"), self.time_box),
                (self.tr("Stop at a gap of"), self.gap_box),
                (self.tr("Longest lead-in"), self.lead_in_box),
                (self.tr("Seed"), self.seed_box),
                (self.tr("Longest route to the hub"), self.length_box),
            ]
        )
        self.body.addWidget(self.keep_box)
        self._add_group(self.tr("Techniques that may be used"), self.techniques)
        self.body.addWidget(self.pole_box)
        if len(self.hubs) > 1:
            self._add_group(self.tr("Hubs that count"), self.hubs)
        self.body.addWidget(self.planned_box)
        self.body.addWidget(self.replace_box)
        self.finish(self.tr("Apply"), self.tr("Cancel"))

    def accept(self) -> None:
        """Take the options over."""
        self.wish = dataclasses.replace(
            self.wish,
            time_limit_s=float(self.time_box.value()),
            gap=self.gap_box.value() / 100,
            seed=self.seed_box.value(),
            max_lead_in_m=float(self.lead_in_box.value()),
            statuses=_WITH_PLANNED if self.planned_box.isChecked() else STATUSES_IN_USE,
            is_replacing=self.replace_box.isChecked(),
            guidance=self._guidance(),
        )
        super().accept()

    def _guidance(self) -> Guidance:
        """Return techniques, hubs and length as they are set."""
        used = _marked(self.techniques)
        others = tuple(code for code in CHOOSABLE_TECHNIQUES if code not in used)
        has_poles = self.pole_box.isChecked()
        hubs = _marked(self.hubs)
        length_m = round(1000 * self.length_box.value(), 1)
        is_kept = self.keep_box.isChecked() and length_m > 0
        return dataclasses.replace(
            self.wish.guidance,
            techniques=tuple(dict.fromkeys((*used, AERIAL))) if has_poles else (),
            excluded_techniques=() if has_poles else others,
            hubs=() if len(hubs) == len(self.hubs) else hubs,
            max_length_m=length_m or None,
            length_rule="keep" if is_kept else "tell",
        )

    def _technique(self, code: str) -> QCheckBox:
        box = QCheckBox(code_label(code))
        box.setProperty("code", code)
        asked = self.wish.guidance
        is_allowed = not asked.techniques or code in asked.techniques
        box.setChecked(is_allowed and code not in asked.excluded_techniques)
        box.toggled.connect(self._check)
        return box

    def _hub(self, uid: str, name: str) -> QCheckBox:
        most = _HUB_EM * self.fontMetrics().horizontalAdvance("n")
        box = QCheckBox(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, most))
        box.setToolTip(tip(name))
        box.setProperty("code", uid)
        box.setChecked(not self.wish.guidance.hubs or uid in self.wish.guidance.hubs)
        box.toggled.connect(self._check)
        return box

    def _check(self) -> None:
        """Ask for at least one technique and one hub."""
        is_empty = not _marked(self.techniques) or (bool(self.hubs) and not _marked(self.hubs))
        self.tell_error(self.tr("Leave at least one choice marked.") if is_empty else "")
        self.primary.setEnabled(not is_empty)

    def _add_group(self, title: str, boxes: Sequence[QCheckBox]) -> None:
        """Add check boxes in two columns under a heading."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_PX * 2)
        grid.setVerticalSpacing(GAP_PX // 2)
        for number, box in enumerate(boxes):
            grid.addWidget(box, number // 2, number % 2)
        self.body.addWidget(plain_label(title, is_muted=True))
        self.body.addLayout(grid)


def _marked(boxes: Sequence[QCheckBox]) -> tuple[str, ...]:
    """Return the codes of the boxes that are checked."""
    return tuple(str(box.property("code")) for box in boxes if box.isChecked())
