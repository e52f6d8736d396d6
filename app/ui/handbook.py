"""The handbook as pages: one for each section, found by topic, with the shortcuts filled in.

A section says which panels and dialogs it speaks of in a comment below its heading::

    ## Plan
    <!-- topics: plans, plan_parameters -->

The comment ``<!-- shortcuts -->`` stands where the list of shortcuts belongs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtGui import QKeySequence

from app.ui.actions import ACTIONS, CONTEXT, MENUS, plain_text
from app.ui.translation import translate_text

_FILES = {"en": "handbook.md", "it": "manuale.md"}
_HEADING = re.compile(r"^(#{2,3}) (.+)$", re.MULTILINE)
_TOPICS = re.compile(r"<!-- topics: ([\w, -]+) -->\n?")
_SHORTCUTS = "<!-- shortcuts -->"


@dataclass(frozen=True)
class Section:
    """A heading of the handbook with the topics it explains; ``page`` counts the pages."""

    title: str
    level: int
    page: int
    topics: frozenset[str]


@dataclass(frozen=True)
class Handbook:
    """The pages as Markdown, and the sections in their order."""

    pages: tuple[str, ...]
    sections: tuple[Section, ...]

    def find(self, topic: str) -> Section:
        """Return the section on ``topic``, or the first one."""
        return next((item for item in self.sections if topic in item.topics), self.sections[0])

    def search(self, text: str) -> tuple[Section, ...]:
        """Return the pages that contain ``text``, in any case."""
        wanted = text.casefold()
        found = {number for number, page in enumerate(self.pages) if wanted in page.casefold()}
        return tuple(item for item in self.sections if item.level == 2 and item.page in found)


def folder() -> Path:
    """Return the folder of the handbook, to which its pictures are relative."""
    return Path(str(files("resources").joinpath("handbook")))


@cache
def handbook(language: str) -> Handbook:
    """Return the handbook in ``en`` or ``it``, shortcuts in the language of the window."""
    text = (folder() / _FILES[language]).read_text(encoding="utf-8")
    return parse(text.replace(_SHORTCUTS, shortcuts()))


def parse(text: str) -> Handbook:
    """Divide Markdown into pages at headings of the second level."""
    heads = list(_HEADING.finditer(text))
    pages: list[str] = []
    sections: list[Section] = []
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        body = text[head.start() : end]
        named = {topic.strip() for part in _TOPICS.findall(body) for topic in part.split(",")}
        body = _TOPICS.sub("", body)
        level = len(head[1])
        if level == 2 or not pages:
            pages.append(body)
        else:
            pages[-1] += body
        sections.append(Section(head[2].strip(), level, len(pages) - 1, frozenset(named)))
    return Handbook(tuple(pages), tuple(sections))


def shortcuts() -> str:
    """Return every shortcut as Markdown tables, one for each menu, in the language in force."""
    lines: list[str] = []
    for menu, title in MENUS.items():
        rows = [_row(spec.shortcut, spec.text) for spec in ACTIONS if _has_key(spec, menu)]
        if rows:
            name = plain_text(translate_text(CONTEXT, title))
            lines += [f"| {name} | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _has_key(spec: object, menu: str) -> bool:
    return getattr(spec, "menu", "") == menu and bool(getattr(spec, "shortcut", ""))


def _row(keys: str, text: str) -> str:
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return f"| {plain_text(translate_text(CONTEXT, text)).rstrip('…')} | {shown} |"


def topics_of(sections: Sequence[Section]) -> frozenset[str]:
    """Return every topic that the sections explain."""
    return frozenset().union(*(item.topics for item in sections))
