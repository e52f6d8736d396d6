"""What phases are asked: years and their money, what must wait for what, what more would buy."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from app.ui.labels import object_title
from app.ui.panels.parts import button, column_layout, tool_button
from app.ui.session import Session
from app.ui.theme import GAP_PX, align_labels, pad_numbers, plain_label

YEARS = 3
_MOST_YEARS = 12
_MOST_EUR = 1e9
_BUDGET_PX = 90
_WIDTH_PX = 300
_STEP_EUR = 50_000.0
_MORE_EUR = 100_000.0
_LIST_PX = 44
_PAIR = Qt.ItemDataRole.UserRole


class PhaseForm(QScrollArea):
    """Budgets by year, order of sites, and the money whose use is asked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.budgets: dict[int, QDoubleSpinBox] = {}
        self.first = QSpinBox()
        self.count = QSpinBox()
        self.carries = QCheckBox(self.tr("Money left may be spent later"))
        self.gross = QCheckBox(self.tr("Money is with sums and VAT"))
        self.on_map = QCheckBox(self.tr("Show phases on the map"))
        self.more = _money_box(_MORE_EUR)
        self.show_more = tool_button(self.tr("Show what it would build"), "zoom", _nothing)
        self.orders = QListWidget()
        self.wait = button(self.tr("Let one wait for the other"))
        self.forget = tool_button(self.tr("Forget the chosen order"), "delete", self._forget)
        self.run = button(self.tr("Compute"), "run", role="primary")
        self.keep = tool_button(self.tr("Write the years into the plan"), "accept", _nothing)
        self._budget_form = QFormLayout()
        self._arrange()
        self.first.valueChanged.connect(lambda _n: self._set_years())
        self.count.valueChanged.connect(lambda _n: self._set_years())
        self.wait.clicked.connect(lambda _checked=False: self._order_selection())
        session.selection_changed.connect(self._enable)
        session.project_changed.connect(self._project_changed)
        self._set_years()
        self._project_changed()

    def money(self) -> dict[int, float]:
        """Return the budget of each year in EUR."""
        return {year: box.value() for year, box in self.budgets.items()}

    def after(self) -> dict[str, str]:
        """Return sites that wait, each with the one that it waits for."""
        pairs = [self.orders.item(row).data(_PAIR) for row in range(self.orders.count())]
        return {str(first): str(second) for first, second in pairs}

    def split(self, amount: float) -> None:
        """Divide a sum among the years in equal parts, to the euro; what is left comes first."""
        share, rest = divmod(round(amount), max(1, len(self.budgets)))
        for place, box in enumerate(self.budgets.values()):
            box.setValue(share + (1 if place < rest else 0))

    def _set_years(self) -> None:
        """Make a field for each year; those that stay keep their money."""
        known = self.money()
        while self._budget_form.rowCount():
            self._budget_form.removeRow(0)
        self.budgets = {}
        for year in range(self.first.value(), self.first.value() + self.count.value()):
            box = _money_box(known.get(year, 0.0))
            box.setAccessibleName(self.tr("Budget of %1").replace("%1", str(year)))
            self.budgets[year] = box
            self._budget_form.addRow(str(year), box)
        align_labels(self._budget_form)

    def _project_changed(self) -> None:
        """Begin with the money that the project's fundings give."""
        self.orders.clear()
        fundings = self._session.network.table("fundings")
        self.split(float(fundings["amount_eur"].fillna(0.0).sum()))
        self._enable()

    def _order_selection(self) -> None:
        chosen = self._two_sites()
        if chosen is None:
            return
        first, second = chosen
        network = self._session.network
        text = self.tr("%1 waits for %2")
        for place, uid in enumerate((first, second), 1):
            text = text.replace(f"%{place}", object_title(network, "sites", uid))
        item = QListWidgetItem(text)
        item.setToolTip(text)
        item.setData(_PAIR, (first, second))
        self.orders.addItem(item)

    def _two_sites(self) -> tuple[str, str] | None:
        """Return the two selected sites, the less urgent first, or ``None``."""
        chosen = sorted(self._session.selection.get("sites", ()))
        if len(chosen) != 2:
            return None
        priority = self._session.network.table("sites")["priority"].fillna(3)
        late, soon = sorted(chosen, key=lambda uid: (-int(priority.get(uid, 3)), uid))
        return late, soon

    def _forget(self) -> None:
        for item in self.orders.selectedItems():
            self.orders.takeItem(self.orders.row(item))

    def _enable(self) -> None:
        self.wait.setEnabled(self._two_sites() is not None)

    def _arrange(self) -> None:
        self.gross.setToolTip(
            self.tr("Budgets and fundings hold the cost summary: works, sums at disposal, VAT")
        )
        this_year = datetime.now(UTC).year
        self.first.setRange(this_year - 1, this_year + 50)
        self.first.setValue(this_year + 1)
        self.count.setRange(1, _MOST_YEARS)
        self.count.setValue(YEARS)
        self.carries.setChecked(True)
        self.orders.setFixedHeight(_LIST_PX)
        self.orders.setAccessibleName(self.tr("Order of sites"))
        self.wait.setToolTip(
            self.tr("Select two sites on the map or in the table: the less urgent one waits")
        )
        inside = QWidget()
        column = column_layout(inside, margin_px=0)
        column.setContentsMargins(0, 0, GAP_PX, 0)  # the bar needs room
        column.setSpacing(GAP_PX // 2)
        span = QHBoxLayout()
        span.setSpacing(GAP_PX // 2)
        span.addWidget(plain_label(self.tr("From"), wraps=False))
        span.addWidget(self.first, 1)
        span.addWidget(plain_label(self.tr("Years"), wraps=False))
        span.addWidget(self.count)
        self.first.setAccessibleName(self.tr("First year"))
        self.count.setAccessibleName(self.tr("Number of years"))
        column.addLayout(span)
        self._budget_form.setHorizontalSpacing(GAP_PX)
        self._budget_form.setVerticalSpacing(GAP_PX // 2)
        column.addLayout(self._budget_form)
        column.addLayout(_row(self.run, self.keep))
        column.addWidget(self.on_map)
        column.addWidget(self.gross)
        column.addWidget(self.carries)
        more = plain_label(self.tr("And with"), wraps=False)
        self.more.setAccessibleName(self.tr("Further money of the last year"))
        column.addLayout(_row(more, self.more, self.show_more))
        column.addLayout(_row(self.wait, self.forget))
        column.addWidget(self.orders)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_WIDTH_PX)


def _money_box(value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, _MOST_EUR)
    box.setDecimals(0)
    box.setSingleStep(_STEP_EUR)
    box.setGroupSeparatorShown(True)
    box.setSuffix(" €")
    box.setMinimumWidth(_BUDGET_PX)
    box.setValue(value)
    pad_numbers(box)
    return box


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP_PX)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == min(1, len(widgets) - 2) else 0)
    return row


def _nothing() -> None:
    """Do nothing: the page connects the button."""
