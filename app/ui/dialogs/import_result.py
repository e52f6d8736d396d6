"""What became of an import: counts, rejected rows and where they are kept, findings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.io.importing import ImportOutcome
from app.ui.dialogs.export_dialog import open_file
from app.ui.labels import figures, table_label
from app.ui.panels.findings import severity_icon
from app.ui.panels.parts import button
from app.ui.theme import GAP_PX, heading, plain_label, tip
from app.ui.translation import render

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FINDINGS_SHOWN = 200


class ImportResult(QWidget):
    """The last page of the import dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rejected: Path | None = None
        self.title = heading("", 2)
        self.counts = {
            key: plain_label("", wraps=False) for key in ("read", "accepted", "rejected")
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_PX * 3)
        grid.setVerticalSpacing(GAP_PX // 2)
        grid.setColumnStretch(2, 1)
        texts = (self.tr("Rows read"), self.tr("Accepted"), self.tr("Rejected"))
        for number, (key, text) in enumerate(zip(self.counts, texts, strict=True)):
            grid.addWidget(plain_label(text, is_muted=True, wraps=False), number, 0)
            self.counts[key].setProperty("role", "figure")
            grid.addWidget(self.counts[key], number, 1)
        self.where = plain_label("", is_muted=True)
        self.open_rejected: QPushButton = button(self.tr("Open the rejected rows"), "open")
        self.open_rejected.clicked.connect(lambda _checked=False: self._open())
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Findings"))
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([self.tr("What was found"), self.tr("Count")])
        self.list.headerItem().setTextAlignment(1, _RIGHT)
        self.list.setRootIsDecorated(False)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.title)
        layout.addLayout(grid)
        layout.addWidget(self.where)
        layout.addWidget(self.open_rejected, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.list, 1)

    def show_outcome(self, outcome: ImportOutcome) -> None:
        """Show what an import did."""
        self.title.setText(self.tr("Imported as %1").replace("%1", _target_label(outcome.target)))
        for key, count in (
            ("read", outcome.read),
            ("accepted", outcome.accepted),
            ("rejected", len(outcome.rejected)),
        ):
            self.counts[key].setText(figures().number(count))
        self._rejected = outcome.rejected_file
        self.open_rejected.setVisible(self._rejected is not None)
        self.where.setVisible(self._rejected is not None)
        if self._rejected is not None:
            told = self.tr("Mend the rejected rows in %1 and import that file again.")
            self.where.setText(told.replace("%1", self._rejected.name))
            self.where.setToolTip(tip(str(self._rejected)))
        self._fill(outcome)

    def _fill(self, outcome: ImportOutcome) -> None:
        self.list.clear()
        reasons = Counter(render(row.reason) for row in outcome.rejected)
        for reason, count in reasons.most_common(_FINDINGS_SHOWN):
            self._add("error", reason, figures().number(count))
        for finding in outcome.findings[:_FINDINGS_SHOWN]:
            touched = figures().number(len(finding.uids)) if finding.uids else ""
            self._add(finding.severity.value, render(finding.message), touched)
        self.list.setVisible(self.list.topLevelItemCount() > 0)

    def _add(self, severity: str, text: str, count: str) -> None:
        item = QTreeWidgetItem([text, count])
        item.setIcon(0, severity_icon(severity))
        item.setToolTip(0, tip(text))
        item.setTextAlignment(1, _RIGHT)
        self.list.addTopLevelItem(item)

    def _open(self) -> None:
        if self._rejected is not None:
            open_file(self._rejected)


def _target_label(target: str) -> str:
    """Return the label of a target; several tables at once have their names joined."""
    names = [name for name in target.replace("+", ",").split(",") if name]
    try:
        return ", ".join(table_label(name.strip()) for name in names)
    except KeyError:
        return target
