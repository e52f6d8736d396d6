"""Over its life: running costs, renewal, present value and yearly cost of the previewed plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from app.ui.labels import code_label, figures, language
from app.ui.money_work import set_assumption
from app.ui.panels.frame_model import ViewColumn
from app.ui.panels.money_parts import ends, euro, money_table, show_rows, with_range
from app.ui.panels.parts import EmptyHint, column_layout
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels, plain_label

_PERCENT = 100.0
_LONGEST_YEARS = 100
_LEFT_PX = 300


class LifeTab(QWidget):
    """What the plan costs beyond building it; horizon and rates are kept with the project."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.horizon = QSpinBox()
        self.horizon.setRange(1, _LONGEST_YEARS)
        self.horizon.setSuffix(" " + self.tr("years"))
        self.discount, self.inflation = self._percent(), self._percent()
        self.value = plain_label("")
        self.annuity = plain_label("")
        self.units = plain_label("", is_muted=True)
        self.model, self.table = money_table(
            self, self._columns(), self.tr("Running costs"), "text"
        )
        self.hint = EmptyHint(self.table, "")
        self._arrange()
        self._shown: dict[str, str] = {}
        for box, code, factor in self._boxes():
            self._keep_when_edited(box, code, factor)

    def show_costs(self, found: Mapping[str, Any]) -> None:
        """Show the life of a plan, from the summary of the cost study, or nothing."""
        told = found.get("economics")
        rows = [] if told is None else [*map(_running, told["running"])]
        show_rows(self.model, rows)
        for box, _code, _factor in self._boxes():
            box.setEnabled(told is not None)
        if told is None:
            for label in (self.value, self.annuity, self.units):
                label.setText("")
            return
        for box, code, factor in self._boxes():
            box.blockSignals(True)
            box.setValue(told[code] * factor)
            box.blockSignals(False)
            self._shown[code] = f"{box.value() / factor:.10g}"
        self._tell(told)

    def _boxes(self) -> tuple[tuple[QSpinBox | QDoubleSpinBox, str, float], ...]:
        """Return each field with its assumption and by how much that is shown greater."""
        return (
            (self.horizon, "horizon_years", 1),
            (self.discount, "discount_rate", _PERCENT),
            (self.inflation, "inflation_rate", _PERCENT),
        )

    def _tell(self, told: Mapping[str, Any]) -> None:
        self.value.setText(
            self._filled(
                self.tr("Present value %1: works %2, running %3, renewal %4, left over −%5."),
                with_range(told["present_value_eur"]),
                *(
                    euro(told[f"{name}_eur"]["typical"])
                    for name in (
                        "investment", "running_value", "renewal_value", "residual_value",
                    )
                ),
            )
        )  # fmt: skip
        self.annuity.setText(
            self._filled(
                self.tr("Yearly equivalent %1; running costs %2 a year."),
                with_range(told["annuity_eur"]),
                euro(told["running_per_year_eur"]["typical"]),
            )
        )
        unknown = self.tr("unknown")
        per = [
            unknown if told[name] is None else figures().euro(told[name]["typical"], 2)
            for name in (
                "annuity_per_site_eur", "annuity_per_mbps_eur", "annuity_per_resident_eur",
            )
        ]  # fmt: skip
        self.units.setText(
            self._filled(self.tr("A year and site %1; Mbit/s guaranteed %2; resident %3."), *per)
        )

    @staticmethod
    def _filled(text: str, *values: str) -> str:
        for place, value in enumerate(values, 1):
            text = text.replace(f"%{place}", value)
        return text

    def _keep_when_edited(self, box: QSpinBox | QDoubleSpinBox, code: str, factor: float) -> None:
        def keep() -> None:
            shown = f"{box.value() / factor:.10g}"
            if box.isEnabled() and shown != self._shown.get(code):
                self._shown[code] = shown
                self._session.edit(set_assumption(code, [shown], ""))

        box.editingFinished.connect(keep)

    def _percent(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(0, _PERCENT)
        box.setDecimals(2)
        box.setSingleStep(0.25)
        box.setSuffix(" %")
        return box

    def _columns(self) -> list[ViewColumn]:
        def yes(value: Any) -> str:
            return self.tr("Yes") if value else ""

        return [
            ViewColumn("text", self.tr("Running cost")),
            ViewColumn("basis", self.tr("Of"), is_number=True),
            ViewColumn("typical", self.tr("A year"), euro, is_number=True),
            ViewColumn("range", self.tr("Range"), is_number=True),
            ViewColumn("placeholder", self.tr("Assumed"), yes),
        ]

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_PX)
        form.setVerticalSpacing(GAP_PX // 2)
        rows: tuple[tuple[str, QSpinBox | QDoubleSpinBox], ...] = (
            (self.tr("Horizon"), self.horizon),
            (self.tr("Discount rate"), self.discount),
            (self.tr("Inflation"), self.inflation),
        )
        for text, box in rows:
            form.addRow(text, box)
            box.setAccessibleName(text)
        self.inflation.setToolTip(
            self.tr("Only where the discount rate is nominal; prices stay those of today")
        )
        align_labels(form)
        left = QWidget()
        left.setFixedWidth(_LEFT_PX)
        column = column_layout(left, margin_px=0)
        column.addLayout(form)
        for label in (self.value, self.annuity, self.units):
            column.addWidget(label)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        row.addWidget(left)
        row.addWidget(self.table, 1)
        column_layout(self, margin_px=0).addLayout(row)


def _running(cost: Mapping[str, Any]) -> dict[str, Any]:
    unit = cost["unit"]
    is_money = unit == "EUR"
    basis = euro(cost["quantity"]) if is_money else figures().number(cost["quantity"])
    text = basis if is_money else f"{basis} {_unit(unit)}"
    amount = ends(cost["amount_eur"])
    return {**cost, **amount, "basis": text, "text": cost[f"text_{language()}"]}


def _unit(unit: str) -> str:
    return unit if unit == "kWh" else code_label(unit)
