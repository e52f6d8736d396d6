"""The handbook in a window of its own: contents and search at the left, the page at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from app.ui.handbook import Section, folder, handbook
from app.ui.labels import language
from app.ui.theme import GAP_PX

_SECTION = Qt.ItemDataRole.UserRole
_MARGIN_PX = 24
_LINE_HEIGHT = 125.0
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_CODE = QTextFormat.Property.BlockCodeLanguage


class HandbookPage(QTextBrowser):
    """A page of Markdown; pictures are no wider than the page, links open outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setSearchPaths([str(folder())])
        self.anchorClicked.connect(self._open)
        self.document().setDocumentMargin(_MARGIN_PX)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Return a picture, scaled to the width of the page."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            path = folder() / QUrl(name).path()
            picture = QImage(str(path)) if path.is_file() else QImage()
            width = self.viewport().width() - 2 * _MARGIN_PX
            if picture.width() > width > 0:
                smooth = Qt.TransformationMode.SmoothTransformation
                return picture.scaledToWidth(width, smooth)
            return picture
        return super().loadResource(kind, name)

    def show_page(self, markdown: str) -> None:
        """Show a page, set with room to read."""
        document = self.document()
        document.setMarkdown(markdown)
        tables = [
            range(frame.firstPosition() - 1, frame.lastPosition() + 1)
            for frame in document.rootFrame().childFrames()
        ]
        block = document.begin()
        while block.isValid():
            if not any(block.position() in table for table in tables):
                QTextCursor(block).mergeBlockFormat(self._spacing(block))
            block = block.next()

    def _spacing(self, block: QTextBlock) -> QTextBlockFormat:
        made, kept = QTextBlockFormat(), block.blockFormat()
        is_code = kept.nonBreakableLines() or kept.hasProperty(_CODE)
        if kept.headingLevel():
            made.setTopMargin(GAP_PX * 3 if kept.headingLevel() > 2 else GAP_PX)
            made.setBottomMargin(GAP_PX)
        elif is_code:
            made.setLeftMargin(GAP_PX * 2)
            made.setBackground(self.palette().alternateBase())
        else:
            made.setBottomMargin(GAP_PX)
            made.setTopMargin(GAP_PX)
            made.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
        return made

    def scroll_to(self, title: str) -> None:
        """Bring a heading to the top."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == title:
                rect = self.document().documentLayout().blockBoundingRect(block)
                self.verticalScrollBar().setValue(int(rect.top()) - _MARGIN_PX // 2)
                return
            block = block.next()

    @staticmethod
    def _open(url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)


class HandbookWindow(QDialog):
    """Browse the handbook; `show_topic` opens it where a panel or dialog is explained."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Handbook"))
        self._book = handbook(language())
        self._shown = -1
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the handbook"))
        self.search.setAccessibleName(self.tr("Search the handbook"))
        self.search.setClearButtonEnabled(True)
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName(self.tr("Contents"))
        self.page = HandbookPage()
        self.page.setAccessibleName(self.tr("Page"))
        self._arrange()
        self.search.textChanged.connect(self._filter)
        self.contents.currentItemChanged.connect(self._chosen)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self._filter("")
        self.resize(1020, 720)

    def show_topic(self, topic: str) -> None:
        """Turn to the section that explains ``topic``."""
        self.search.clear()
        section = self._book.find(topic)
        for item in self._items():
            if item.data(0, _SECTION) == section:
                self.contents.setCurrentItem(item)
                self.contents.scrollToItem(item)
        self._turn_to(section)

    def _arrange(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(GAP_PX, GAP_PX, 0, GAP_PX)
        column.setSpacing(GAP_PX)
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.page)
        split.setStretchFactor(1, 1)
        split.setSizes([270, 750])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    def _filter(self, text: str) -> None:
        """Fill the contents: everything, or the pages in which the words stand."""
        self.contents.clear()
        wanted = text.strip()
        sections = self._book.search(wanted) if wanted else self._book.sections
        parent: QTreeWidgetItem | None = None
        for section in sections:
            item = QTreeWidgetItem([section.title])
            item.setData(0, _SECTION, section)
            if section.level == 2 or parent is None:
                self.contents.addTopLevelItem(item)
                parent = item
            else:
                parent.addChild(item)
        if not wanted:
            return
        first = self.contents.topLevelItem(0)
        if first is not None:
            self.contents.setCurrentItem(first)
            self.page.find(wanted)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        walk = QTreeWidgetItemIterator(self.contents)
        while walk.value():
            found.append(walk.value())
            walk += 1
        return found

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self._turn_to(item.data(0, _SECTION))

    def _turn_to(self, section: Section) -> None:
        if section.page != self._shown:
            self._shown = section.page
            self.page.show_page(self._book.pages[section.page])
        self.page.scroll_to(section.title)
