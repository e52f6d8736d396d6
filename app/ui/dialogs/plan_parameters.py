"""The options of a plan that are rarely touched."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSpinBox, QWidget

from app.model.codes import STATUSES_IN_USE
from app.ui.dialogs.frame import FormDialog
from app.ui.theme import GAP_PX
from app.ui.work import PlanWish

_WITH_PLANNED = (*STATUSES_IN_USE, "planned")


class PlanParametersDialog(FormDialog):
    """``wish`` holds the options once accepted; name and sites are not asked here."""

    def __init__(self, wish: PlanWish, parent: QWidget | None = None) -> None:
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
        for box in (self.time_box, self.gap_box, self.lead_in_box, self.seed_box):
            # a style sheet does not reach the text inside
            box.lineEdit().setTextMargins(GAP_PX // 2, 0, 0, 0)
        self.setMinimumWidth(380)
        self.add_form(
            [
                (self.tr("Time limit"), self.time_box),
                (self.tr("Stop at a gap of"), self.gap_box),
                (self.tr("Longest lead-in"), self.lead_in_box),
                (self.tr("Seed"), self.seed_box),
            ]
        )
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
        )
        super().accept()
