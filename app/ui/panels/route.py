"""The panel of the route drawn by hand: its figures, what it was asked, what to do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.planning.routing.queries import Readout
from app.ui.labels import code_label, figures, object_title
from app.ui.panels.parts import button, column_layout
from app.ui.session import Session
from app.ui.theme import GAP_PX, heading, plain_label

_UID = Qt.ItemDataRole.UserRole
_ROWS_SHOWN = 4


class RoutePanel(QWidget):
    """Figures and buttons; ``free_wanted`` carries a street that is not asked for any more."""

    store_wanted = Signal()
    conditions_wanted = Signal()
    clear_wanted = Signal()
    free_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.title = heading(self.tr("Route by hand"))
        self.hint = plain_label("", is_muted=True)
        self.problem = plain_label("")
        self.problem.setProperty("role", "error")
        self.figures = QWidget()
        self._grid = QGridLayout(self.figures)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_PX * 2)
        self._grid.setVerticalSpacing(GAP_PX // 2)
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}
        for key, text in (
            ("length", self.tr("Route length")),
            ("new", self.tr("To be built")),
            ("typical", self.tr("Cost")),
            ("range", self.tr("Cost range")),
            ("change", self.tr("Against the start")),
            ("hub", self.tr("Hub")),
            ("fibre", self.tr("Fibre to the hub")),
            ("1310", self.tr("Loss at 1310 nm")),
            ("1550", self.tr("Loss at 1550 nm")),
        ):
            self._add_row(key, text)
        self.optics_heading = plain_label(self.tr("Optics that bear it"), is_muted=True)
        self.optics = plain_label("")
        self.wishes = QListWidget()
        self.wishes.setAccessibleName(self.tr("Streets asked for or avoided"))
        self.wishes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wishes.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.wishes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.wishes.itemDoubleClicked.connect(
            lambda item: self.free_wanted.emit(str(item.data(_UID)))
        )
        self.store = button(self.tr("Put into the plan"), "accept", role="primary")
        self.store.setToolTip(self.tr("Replace the site's route in the plan, as one undo step"))
        self.conditions = button(self.tr("Plan around it"), "run")
        self.conditions.setToolTip(
            self.tr("Make way-points and streets conditions of the next plan")
        )
        self.clear = button(self.tr("Clear"), "clear")
        self.store.clicked.connect(self.store_wanted)
        self.conditions.clicked.connect(self.conditions_wanted)
        self.clear.clicked.connect(self.clear_wanted)
        self._arrange()
        self.show_route(None, None, (), (), can_store=False, is_ready=False)

    def show_route(
        self, readout: Readout | None, first: Readout | None, avoid: Sequence[str],
        must_use: Sequence[str], *, can_store: bool, is_ready: bool,
    ) -> None:  # fmt: skip
        """Show a route, or how to begin one."""
        is_there = readout is not None and bool(readout.lines)
        self.figures.setVisible(is_there)
        self.optics.setVisible(is_there)
        self.optics_heading.setVisible(is_there)
        self.problem.hide()
        self._show_wishes(avoid, must_use)
        self.store.setEnabled(is_there and can_store)
        self.conditions.setEnabled(is_there)
        self.hint.setText(self._hint(is_there=is_there, is_ready=is_ready))
        if readout is not None and is_there:
            self._show_figures(readout, first)

    def show_problem(self, text: str) -> None:
        """Say why there is no route."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _hint(self, *, is_there: bool, is_ready: bool) -> str:
        if is_there:
            return self.tr(
                "Drag the line or its points. Click a street to forbid or require it, a part of "
                "the line to keep it; a double click removes a way-point."
            )
        if not is_ready:
            return self.tr("Streets and prices are being made ready; you can begin meanwhile.")
        return self.tr(
            "Click a site, a planned section, or two places on the map with the tool Route."
        )

    def _show_figures(self, readout: Readout, first: Readout | None) -> None:
        show = figures()
        cost = readout.cost_eur
        texts = {
            "length": show.length(readout.length_m),
            "new": show.length(readout.new_m),
            "typical": show.euro(cost["typical"], 0),
            "range": f"{show.euro(cost['low'], 0)} – {show.euro(cost['high'], 0)}",
            "change": change_text(readout, first),
            "hub": object_title(self._session.network, "nodes", readout.hub) if readout.hub else "",
            "fibre": show.length(readout.fibre_m) if readout.hub else "",
            **{str(row["wavelength_nm"]): loss_text(row) for row in readout.loss},
        }
        for key, text in texts.items():
            self.values[key].setText(text)
        lines = []
        for row in readout.optics:
            mark = "✓" if row["fits"] else "✗"
            left = show.number(row["left_db"], 1)
            told = self.tr("%1 %2: %3 dB left").replace("%1", mark)
            lines.append(told.replace("%2", row["optics"]).replace("%3", left))
        self.optics.setText("\n".join(lines))
        self.optics.setToolTip(
            self.tr("A link fits with a design margin of 3 dB within the reach of the optics")
        )
        techniques = sorted(readout.techniques_m.items(), key=lambda item: -item[1])
        parts = [f"{code_label(code)}: {show.length(metres)}" for code, metres in techniques]
        self.values["new"].setToolTip("\n".join(parts))

    def _show_wishes(self, avoid: Sequence[str], must_use: Sequence[str]) -> None:
        self.wishes.clear()
        network = self._session.network
        for text, uids in ((self.tr("Forbidden"), avoid), (self.tr("Required"), must_use)):
            for uid in uids:
                table = "streets" if uid in network.tables["streets"].index else "conduits"
                item = QListWidgetItem(f"{text}: {object_title(network, table, uid)}")
                item.setData(_UID, uid)
                item.setToolTip(self.tr("Double-click to let it go"))
                self.wishes.addItem(item)
        count = self.wishes.count()
        self.wishes.setVisible(count > 0)
        height = min(count, _ROWS_SHOWN) * max(1, self.wishes.sizeHintForRow(0))
        self.wishes.setFixedHeight(height + 2 * self.wishes.frameWidth())

    def _add_row(self, key: str, text: str) -> None:
        row = len(self.values)
        self._grid.addWidget(plain_label(text, is_muted=True, wraps=False), row, 0)
        value = plain_label("")
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(value, row, 1)
        self.values[key] = value

    def _arrange(self) -> None:
        inner = QWidget()
        layout = column_layout(inner)
        for part in (
            self.title, self.hint, self.problem, self.figures, self.optics_heading, self.optics,
            self.wishes,
        ):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self.store)
        row = QHBoxLayout()
        row.setSpacing(GAP_PX)
        row.addWidget(self.conditions, 1)
        row.addWidget(self.clear, 1)
        layout.addLayout(row)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def loss_text(row: Mapping[str, Any]) -> str:
    """Return a loss in dB with its range."""
    show = figures()
    loss = row["loss_db"]
    span = f"{show.number(loss['low'], 1)} – {show.number(loss['high'], 1)}"
    return f"{show.number(loss['typical'], 1)} dB ({span})"


def change_text(readout: Readout, first: Readout | None) -> str:
    """Return by how much length and cost differ from the route before it was dragged."""
    if first is None or not first.lines:
        return ""
    show = figures()
    metres = readout.length_m - first.length_m
    euro = readout.cost_eur["typical"] - first.cost_eur["typical"]
    signs = ("+" if value > 0 else "−" if value < 0 else "±" for value in (metres, euro))
    return f"{next(signs)}{show.length(abs(metres))}, {next(signs)}{show.euro(abs(euro), 0)}"
