"""Which parts a report or workbook has: a tick for each."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.panels.parts import button
from app.ui.theme import GAP_PX, plain_label

_COLUMNS = 3


class PaperParts(QWidget):
    """Ticks in the order of the report, all set at first, and buttons for all and none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX // 2)
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("Parts of report and workbook"), is_muted=True), 1)
        for text, is_on in ((self.tr("All"), True), (self.tr("None"), False)):
            chooser = button(text, role="link")
            chooser.clicked.connect(lambda _checked=False, on=is_on: self.set_all(on))
            head.addWidget(chooser)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_PX * 2)
        grid.setVerticalSpacing(GAP_PX // 2)
        column.addLayout(grid)
        titles = self._titles()
        rows = -(-len(titles) // _COLUMNS)
        for number, (part, title) in enumerate(titles.items()):
            tick = QCheckBox(title)
            tick.setChecked(True)
            grid.addWidget(tick, number % rows, number // rows)
            self.ticks[part] = tick

    def chosen(self) -> tuple[str, ...]:
        """Return the parts that are wanted, in the order of the report."""
        return tuple(part for part, tick in self.ticks.items() if tick.isChecked())

    def set_all(self, is_on: bool) -> None:
        """Set or clear every tick."""
        for tick in self.ticks.values():
            tick.setChecked(is_on)

    def _titles(self) -> dict[str, str]:
        return {
            "cover": self.tr("Cover"),
            "contents": self.tr("Contents"),
            "summary": self.tr("Summary"),
            "maps": self.tr("Map sheets"),
            "phase-maps": self.tr("Map by phase"),
            "diversity": self.tr("Diversity of routes"),
            "bill": self.tr("Bill of quantities"),
            "cost-summary": self.tr("Cost summary"),
            "payers": self.tr("Who pays"),
            "contributions": self.tr("Contributions"),
            "economics": self.tr("Costs over life"),
            "uncertainty": self.tr("Likely range"),
            "phases": self.tr("Phases and funding"),
            "alternatives": self.tr("Alternatives"),
            "sites": self.tr("Sites"),
            "streets": self.tr("Streets and spans"),
            "assumptions": self.tr("Assumptions and sources"),
            "comments": self.tr("Remarks"),
        }
