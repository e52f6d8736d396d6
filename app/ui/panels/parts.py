"""Parts that several panels use: table views, rows of figures, empty states."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableView,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import icon
from app.ui.panels.frame_model import FrameModel
from app.ui.theme import GAP_PX, tip

Flag = QItemSelectionModel.SelectionFlag


def make_table(model: FrameModel, name: str, *, is_multiple: bool = True) -> QTableView:
    """Return a view of whole rows with sortable headings; ``name`` is for screen readers."""
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    mode = QAbstractItemView.SelectionMode
    view.setSelectionMode(mode.ExtendedSelection if is_multiple else mode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 10)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    header.setSortIndicatorClearable(True)
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    view.setSortingEnabled(True)
    return view


def select_rows(view: QTableView, rows: list[int]) -> None:
    """Select exactly ``rows`` (ascending), in as few ranges as they make."""
    model = view.model()
    selection = QItemSelection()
    last_column = model.columnCount() - 1
    start = 0
    while start < len(rows):
        stop = start
        while stop + 1 < len(rows) and rows[stop + 1] == rows[stop] + 1:
            stop += 1
        first, last = model.index(rows[start], 0), model.index(rows[stop], last_column)
        selection.append(QItemSelectionRange(first, last))
        start = stop + 1
    view.selectionModel().select(selection, Flag.ClearAndSelect)
    if rows:
        view.scrollTo(model.index(rows[0], 0))


def selected_rows(view: QTableView) -> list[int]:
    """Return the selected rows in ascending order."""
    return sorted(index.row() for index in view.selectionModel().selectedRows())


def button(text: str, icon_name: str = "", *, role: str = "") -> QPushButton:
    """Return a push button; ``role`` is '', primary, card or link."""
    made = QPushButton(text)
    if icon_name:
        color = made.palette().highlightedText().color().name() if role == "primary" else ""
        made.setIcon(icon(icon_name, color))
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(False)
    return made


def tool_button(text: str, icon_name: str, slot: Callable[[], object]) -> QToolButton:
    """Return a small button with an icon; ``text`` is its tooltip and its name."""
    made = QToolButton()
    made.setIcon(icon(icon_name))
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda _checked=False: slot())
    return made


class WideColumn(QObject):
    """Gives one column what the others leave, but always enough to read a name in it."""

    def __init__(self, view: QTableView | QTreeView, column: int, least_em: int = 24) -> None:
        super().__init__(view)
        self._view = view
        self._column = column
        self._least = least_em
        view.viewport().installEventFilter(self)
        view.model().modelReset.connect(self._soon)
        self._soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share the room anew."""
        if event.type() == QEvent.Type.Resize and watched is self._view.viewport():
            self._soon()
        return super().eventFilter(watched, event)

    def _soon(self) -> None:
        QTimer.singleShot(0, self, self._share)

    def _share(self) -> None:
        view = self._view
        header = view.header() if isinstance(view, QTreeView) else view.horizontalHeader()
        others = (header.sectionSize(n) for n in range(header.count()) if n != self._column)
        least = self._least * view.fontMetrics().horizontalAdvance("n")
        header.resizeSection(self._column, max(least, view.viewport().width() - sum(others)))


class EmptyHint(QLabel):
    """Says in the middle of an empty list or table what fills it."""

    def __init__(self, view: QAbstractItemView, text: str) -> None:
        super().__init__(text, view.viewport())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(GAP_PX * 2, GAP_PX, GAP_PX * 2, GAP_PX)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view
        view.viewport().installEventFilter(self)
        model = view.model()
        for told in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            told.connect(self._judge)
        self._judge()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the middle."""
        if event.type() == QEvent.Type.Resize and watched is self._view.viewport():
            self.setGeometry(self._view.viewport().rect())
        return super().eventFilter(watched, event)

    def _judge(self) -> None:
        self.setVisible(self._view.model().rowCount() == 0)


class FittingLabel(QLabel):
    """A line that never widens its panel: what has no room is cut and told by its tooltip."""

    def __init__(self, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(tip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        del event
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), self.alignment(), shown)


class Link(QLabel):
    """A text that leads somewhere: wrapped like any other, reached by mouse and keyboard."""

    clicked = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # a long word must not widen the panel
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow the link."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the link by Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def line() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def column_layout(owner: QWidget, *, margin_px: int = GAP_PX) -> QVBoxLayout:
    """Return the vertical layout of a panel: one gap around, one gap between."""
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(margin_px, margin_px, margin_px, margin_px)
    layout.setSpacing(GAP_PX)
    return layout
