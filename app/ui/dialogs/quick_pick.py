"""Type, choose with the arrows, press Enter: places to go to and commands to run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import GAP_PX, plain_label

_WIDTH_PX = 560
_ROW_PX = 30
_ROWS_SHOWN = 12
_PAUSE_MS = 120
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Choice:
    """One line: what it is, what else is known (muted, at the right), and what choosing does."""

    text: str
    detail: str
    icon: QIcon
    run: Callable[[], None]


_DETAIL = Qt.ItemDataRole.UserRole


class _Lines(QStyledItemDelegate):
    """Draws the detail of a line at its right end, muted unless the line is chosen."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the line, then what is known of it."""
        super().paint(painter, option, index)
        detail = index.data(_DETAIL)
        if not detail:
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        role = (
            QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.PlaceholderText
        )
        painter.save()
        painter.setPen(palette.color(role))
        where = option.rect.adjusted(0, 0, -GAP_PX, 0)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        painter.restore()


Search = Callable[[str], Sequence[Choice]]


class QuickPick(QDialog):
    """A box to type in and the list of what fits; the first line is chosen already.

    The list is asked for anew when the typing pauses. Keys stay in the box: arrows move the
    choice, Enter runs it, Escape closes.
    """

    def __init__(self, title: str, hint: str, search: Search, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("quick_pick")
        self.setWindowTitle(title)
        self.setModal(True)
        self._search = search
        self.box = QLineEdit()
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(title)
        self.box.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setIconSize(QSize(18, 18))
        self.nothing = plain_label(self.tr("Nothing found"), is_muted=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        layout.setSpacing(GAP_PX)
        for part in (self.box, self.list, self.nothing):
            layout.addWidget(part)
        self._choices: Sequence[Choice] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._fill)
        self.box.textChanged.connect(lambda _text: self._pause.start())
        self.box.returnPressed.connect(self.choose)
        self.list.itemClicked.connect(lambda _item: self.choose())
        self.box.installEventFilter(self)
        self.setFixedWidth(min(_WIDTH_PX, parent.width() - 4 * GAP_PX))
        self._fill()
        self.move(parent.x() + (parent.width() - self.width()) // 2, parent.y() + 12 * GAP_PX)

    def refresh(self) -> None:
        """Ask for the list anew: more is known now."""
        self._fill()

    def choose(self) -> None:
        """Close, then run the chosen line; do nothing when there is none."""
        if self._pause.isActive():
            self._pause.stop()
            self._fill()
        row = self.list.currentRow()
        if 0 <= row < len(self._choices):
            chosen = self._choices[row]
            self.accept()
            chosen.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the keys that move the choice from the box to the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _STEPS
        ):
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        text = self.box.text()
        self._choices = self._search(text)
        self.list.clear()
        for choice in self._choices:
            item = QListWidgetItem(choice.icon, choice.text)
            item.setData(_DETAIL, choice.detail)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, choice.detail)
            item.setSizeHint(QSize(0, _ROW_PX))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._choices))
        self.nothing.setVisible(not self._choices and bool(text.strip()))
        shown = min(_ROWS_SHOWN, len(self._choices))
        self.list.setFixedHeight(shown * _ROW_PX + 2 * self.list.frameWidth())
        self.adjustSize()
