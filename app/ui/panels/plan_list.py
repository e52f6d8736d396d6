"""The list of plans: one card for each, with cost, length and state."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.network import Network
from app.ui.labels import NO_VALUE, code_label, figures
from app.ui.theme import colors, tip
from app.ui.translation import translate_text

_UID = Qt.ItemDataRole.UserRole
_CARD = Qt.ItemDataRole.UserRole + 1
_PAD_PX = 8
_CARDS_SHOWN = 5
_ACCEPTED = QT_TRANSLATE_NOOP("codes", "Accepted")


@dataclass(frozen=True)
class PlanCard:
    """What the list says of a plan."""

    uid: str
    name: str
    state: str
    is_accepted: bool
    cost: str
    cost_range: str
    length: str
    gap: str
    sites: int
    unreachable: int


def plan_cards(network: Network) -> list[PlanCard]:
    """Return the plans, the latest first."""
    frame = network.table("plans")
    order = frame["created"].astype(object).fillna("").astype(str).sort_values(ascending=False)
    return [_card(network, str(uid)) for uid in order.index]


def _card(network: Network, uid: str) -> PlanCard:
    row = {name: plain(value) for name, value in network.table("plans").loc[uid].items()}
    show = figures()
    is_accepted = row["accepted"] is not None
    span = f"{show.euro(row['low_eur'], 0)} – {show.euro(row['high_eur'], 0)}"
    return PlanCard(
        uid=uid,
        name=str(row["name"]),
        state=translate_text("codes", _ACCEPTED) if is_accepted else code_label(str(row["state"])),
        is_accepted=is_accepted,
        cost=show.euro(row["typical_eur"], 0),
        cost_range=span if row["low_eur"] is not None else NO_VALUE,
        length=show.length(row["route_length_m"]),
        gap=show.percent(row["gap"], 1),
        sites=int(row["site_count"] or 0),
        unreachable=int(row["unreachable_count"] or 0),
    )


class PlanList(QListWidget):
    """The plans as cards; the current one is previewed by the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_CardDelegate(self))
        self.setAccessibleName(self.tr("Plans"))
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_cards(self, cards: list[PlanCard], current: str) -> None:
        """Show ``cards``; ``current`` is the plan that is marked."""
        self.blockSignals(True)
        self.clear()
        for card in cards:
            item = QListWidgetItem(f"{card.name}, {card.cost}, {card.length}, {card.state}")
            item.setData(_UID, card.uid)
            item.setData(_CARD, card)
            item.setToolTip(tip(card.name))
            self.addItem(item)
            if card.uid == current:
                self.setCurrentItem(item)
        self.blockSignals(False)
        height = self.sizeHintForRow(0) if cards else 0
        self.setFixedHeight(height * min(len(cards), _CARDS_SHOWN) + 2 * self.frameWidth() + 2)

    def current_uid(self) -> str:
        """Return the marked plan, or ''."""
        item = self.currentItem()
        return str(item.data(_UID)) if item is not None and item.isSelected() else ""

    def choose(self, uid: str) -> None:
        """Mark a plan, or none."""
        self.blockSignals(True)
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        for row in range(self.count()):
            if self.item(row).data(_UID) == uid:
                self.setCurrentRow(row)
        self.blockSignals(False)


class _CardDelegate(QStyledItemDelegate):
    """Paint a card in two lines: name and state, cost and length."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for two lines."""
        del index
        return QSize(120, option.fontMetrics.height() * 2 + _PAD_PX * 2 + 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one card."""
        card = index.data(_CARD)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        chosen = colors()
        rect = option.rect
        painter.save()
        if is_chosen:
            painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, chosen.hover)
        strong = chosen.on_accent if is_chosen else chosen.text
        soft = chosen.on_accent if is_chosen else chosen.muted
        inner = rect.adjusted(_PAD_PX, _PAD_PX, -_PAD_PX, -_PAD_PX)
        height = option.fontMetrics.height()
        upper = QRect(inner.left(), inner.top(), inner.width(), height)
        lower = QRect(inner.left(), inner.top() + height + 2, inner.width(), height)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        _write(painter, upper, card.name, card.state, (bold, option.font), (strong, soft))
        fonts = (option.font, option.font)
        _write(painter, lower, card.cost, card.length, fonts, (strong, soft))
        painter.restore()


def _write(
    painter: QPainter,
    rect: QRect,
    left: str,
    right: str,
    fonts: tuple[QFont, QFont],
    pens: tuple[str, str],
) -> None:
    """Write ``right`` at the right edge and ``left``, shortened if it must be, before it."""
    painter.setFont(fonts[1])
    painter.setPen(pens[1])
    side = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignRight, right)
    taken = painter.fontMetrics().horizontalAdvance(right) + 12
    painter.setFont(fonts[0])
    painter.setPen(pens[0])
    room = rect.adjusted(0, 0, -taken, 0)
    short = painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignLeft, short)
