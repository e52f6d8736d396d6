"""The handbook opens where the user is, in both languages, and leaves nothing unexplained."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.actions import ACTIONS
from app.ui.application import Desk
from app.ui.dialogs.handbook import HandbookWindow
from app.ui.dialogs.preferences import PreferencesDialog
from app.ui.features.helping import HelpFeature, topic_of
from app.ui.handbook import folder, handbook, parse, topics_of
from app.ui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TEXT = """# T

## One
<!-- topics: a, b -->

first

### Inner
<!-- topics: c -->

x

## Two

y
"""


def dialog_topics() -> set[str]:
    """Return the topic of every form dialog: its class name without *Dialog*."""
    names = {
        node.name
        for path in (ROOT / "app/ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "FormDialog" for base in node.bases)
    }
    return {re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Dialog")).lower() for name in names}


def test_pages_begin_at_headings_of_the_second_level() -> None:
    book = parse(TEXT)
    assert [(item.title, item.level, item.page) for item in book.sections] == [
        ("One", 2, 0),
        ("Inner", 3, 0),
        ("Two", 2, 1),
    ]
    assert book.find("c").title == "Inner" and book.find("nothing").title == "One"
    assert [item.title for item in book.search("Y")] == ["Two"]
    assert "topics" not in "".join(book.pages)


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_panel_and_dialog_is_explained(town: Desk, language: str) -> None:
    known = topics_of(handbook(language).sections)
    panels = set(town.window.docks)
    # a crash explains itself, and help on help is the list of keys
    dialogs = dialog_topics() - {"crash"}
    assert sorted((panels | dialogs | {"map", "welcome"}) - known) == []


def test_both_handbooks_have_the_same_sections() -> None:
    english, italian = handbook("en").sections, handbook("it").sections
    assert [(item.level, item.topics) for item in english] == [
        (item.level, item.topics) for item in italian
    ]


def test_the_list_of_shortcuts_is_complete(town: Desk) -> None:
    page = next(text for text in handbook("en").pages if text.startswith("## Shortcuts"))
    rows = re.findall(r"^\| [^|]+ \| [^|]+ \|$", page, re.MULTILINE)
    assert len([row for row in rows if not row.endswith("| |")]) == sum(
        bool(spec.shortcut) for spec in ACTIONS
    )
    assert "| Undo | Ctrl+Z |" in rows


@pytest.mark.parametrize("name", ["handbook.md", "manuale.md"])
def test_pictures_are_there(name: str) -> None:
    text = (folder() / name).read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert [path for path in pictures if not (folder() / path).is_file()] == []


def test_f1_opens_the_page_of_the_focused_panel(town: Desk, qtbot: QtBot) -> None:
    window = town.window
    window.show_panel("findings")
    window.findings.table.setFocus()
    assert topic_of(window.findings.table, is_open=True) == "findings"
    assert topic_of(window.map, is_open=True) == "map"
    help_feature = next(item for item in window.features if isinstance(item, HelpFeature))
    book = help_feature.help_about("findings")
    assert "anello check" in book.page.toPlainText()
    assert book.contents.currentItem().text(0) == "Check"
    book.search.setText("pareto")
    book.search.setText("closure")
    assert [book.contents.topLevelItem(n).text(0) for n in range(book.contents.topLevelItemCount())]
    again = help_feature.help_about("export")
    assert again is book and "dxf" in book.page.toPlainText()
    book.close()


def test_f1_in_a_dialog_explains_the_dialog(qtbot: QtBot, settings: Settings) -> None:
    dialog = PreferencesDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    book = dialog.findChild(HandbookWindow)
    assert book is not None and book.isVisible()
    assert book.contents.currentItem().text(0) == handbook("en").find("preferences").title
    book.close()
    QApplication.sendPostedEvents(None, 52)  # DeferredDelete
