"""The page without a project: demonstration, new project, open, recent projects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import app_icon, icon
from app.ui.panels.parts import button
from app.ui.settings import Settings
from app.ui.theme import GAP_PX, colors, heading, plain_label, tip
from app.ui.translation import LANGUAGES

_WIDTH_PX = 760
_RECENT_SHOWN = 5


class WelcomePage(QScrollArea):
    """Three ways to begin and the projects opened last; files may be dropped on it."""

    new_wanted = Signal()
    open_wanted = Signal()
    demo_wanted = Signal()
    recent_wanted = Signal(object)
    language_chosen = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget()
        column = QWidget()
        column.setMaximumWidth(_WIDTH_PX)
        column.setMinimumWidth(min(_WIDTH_PX, 560))
        layout = QVBoxLayout(column)
        layout.setSpacing(GAP_PX)
        layout.addLayout(self._masthead())
        layout.addSpacing(GAP_PX * 2)
        self.cards = self._cards()
        for card in self.cards:
            layout.addWidget(card)
        layout.addSpacing(GAP_PX * 2)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(GAP_PX // 2)
        layout.addLayout(self._recent)
        outer = QHBoxLayout(page)
        outer.addStretch(1)
        inner = QVBoxLayout()
        inner.addStretch(2)
        inner.addWidget(column)
        inner.addStretch(3)
        outer.addLayout(inner, 4)
        outer.addStretch(1)
        self.setWidget(page)
        self.refresh()

    def refresh(self) -> None:
        """Show the projects opened last."""
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        paths = self._settings.recent[:_RECENT_SHOWN]
        if paths:
            self._recent.addWidget(heading(self.tr("Recent projects")))
        for path in paths:
            self._recent.addWidget(self._recent_button(path))

    def _masthead(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_PX * 2)
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(56, 56))
        row.addWidget(picture)
        texts = QVBoxLayout()
        texts.setSpacing(GAP_PX // 2)
        texts.addWidget(heading("Anello", 3))
        texts.addWidget(
            plain_label(
                self.tr("Plan how a public fibre network reaches its next sites."), is_muted=True
            )
        )
        row.addLayout(texts, 1)
        self.language_box = QComboBox()
        self.language_box.setAccessibleName(self.tr("Language"))
        for code, name in LANGUAGES.items():
            self.language_box.addItem(name, code)
        self.language_box.setCurrentIndex(self.language_box.findData(self._settings.language))
        self.language_box.activated.connect(self._choose_language)
        row.addWidget(self.language_box, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _choose_language(self, number: int) -> None:
        chosen = str(self.language_box.itemData(number))
        if chosen != self._settings.language:
            self._settings.language = chosen
            self.language_chosen.emit()

    def _cards(self) -> list[QPushButton]:
        return [
            self._card(
                "demo",
                self.tr("Open the demonstration"),
                self.tr("A modelled network around Milan, built on the first start."),
                self.demo_wanted.emit,
            ),
            self._card(
                "new",
                self.tr("New project from my files"),
                self.tr("Create a project, then drag network, sites and streets into it."),
                self.new_wanted.emit,
            ),
            self._card(
                "open",
                self.tr("Open a project"),
                self.tr("A GeoPackage made by this program."),
                self.open_wanted.emit,
            ),
        ]

    @staticmethod
    def _card(icon_name: str, title: str, text: str, slot: Callable[[], None]) -> QPushButton:
        card = button("", role="card")
        card.setAccessibleName(title)
        card.setAccessibleDescription(text)
        picture = QLabel()
        picture.setPixmap(icon(icon_name, colors().accent).pixmap(QSize(28, 28)))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(heading(title))
        texts.addWidget(plain_label(text, is_muted=True))
        row = QHBoxLayout(card)
        row.setContentsMargins(GAP_PX * 2, GAP_PX, GAP_PX * 2, GAP_PX)
        row.setSpacing(GAP_PX * 2)
        row.addWidget(picture)
        row.addLayout(texts, 1)
        for label in card.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        card.setMinimumHeight(texts.sizeHint().height() + GAP_PX * 4)
        card.clicked.connect(lambda _checked=False: slot())
        return card

    def _recent_button(self, path: Path) -> QPushButton:
        text = f"{path.stem}   ·   {path.parent}"
        made = button(text.replace("&", "&&"), "file", role="link")
        made.setToolTip(tip(str(path)))
        made.clicked.connect(lambda _checked=False: self.recent_wanted.emit(path))
        return made
