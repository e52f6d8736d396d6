"""How remarks stand in a file: columns, headings, and the marks by which they are known again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.io.importing.tabular import KEY_HEADING
from app.io.translations import available_languages, translator
from app.model.codes import COMMENT_STATES
from app.model.labels import label_of
from app.model.messages import CORE_CONTEXT, QT_TRANSLATE_NOOP

LAYER = "comments"
"""Name of the layer in a GeoPackage."""

BILL = "bill"
"""Stands for a table in the key of a line of the bill: ``bill:CODE``."""

WORDS: Mapping[str, str] = {
    "text": QT_TRANSLATE_NOOP("core", "Remark"),
    "author": QT_TRANSLATE_NOOP("core", "Remark by"),
    "answer": QT_TRANSLATE_NOOP("core", "Your answer"),
    "answer_author": QT_TRANSLATE_NOOP("core", "Answer by"),
    "state": QT_TRANSLATE_NOOP("core", "State of the remark"),
}
"""Headings of what a reviewer fills in or changes, by field."""

_HASH_LETTERS = 16


def key_heading(plan_uid: str) -> str:
    """Return the heading of the column of keys: it says of which plan the sheet speaks."""
    return f"{KEY_HEADING}:{plan_uid}"


def plan_of_heading(heading: str) -> str | None:
    """Return the plan that a heading of keys names."""
    return heading.partition(":")[2] or None


def base_mark(body: str, state: str) -> str:
    """Return what a remark was when it went out, so that changes on both sides show."""
    return f"{state} {text_mark(body)}"


def text_mark(body: str) -> str:
    """Return a short mark of a text: the same for texts that differ in spaces alone."""
    plain = " ".join(body.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:_HASH_LETTERS]


@cache
def heading_fields() -> Mapping[str, str]:
    """Return the field of each heading, in every language, in lower case."""
    return {
        translator(language)(CORE_CONTEXT, word).casefold(): field
        for language in available_languages()
        for field, word in WORDS.items()
    }


@cache
def _state_words() -> Mapping[str, str]:
    words = {state.casefold(): state for state in COMMENT_STATES}
    for language in available_languages():
        say = translator(language)
        words |= {say(CORE_CONTEXT, label_of(code)).casefold(): code for code in COMMENT_STATES}
    return words


def read_state(value: Any) -> str | None:
    """Return the state that a cell names in any language, ``None`` if it names none."""
    return _state_words().get(str(value).strip().casefold())
