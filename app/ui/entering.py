"""Values typed in the window: how the language in force writes them, and what they mean."""

from __future__ import annotations

from typing import Any

from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.schema import Column, Kind
from app.model.written import Notation, check_value, read_value, write_value
from app.ui.labels import language, unit_label, value_text
from app.ui.titles import Titles
from app.ui.translation import translate_text

_NOTATIONS = {
    "it": Notation(",", ".", translate_text),
    "en": Notation(".", ",", translate_text),
}
_DATE = QT_TRANSLATE_NOOP("codes", "day/month/year")


def notation() -> Notation:
    """Return how the language in force writes numbers and words."""
    return _NOTATIONS[language()]


def typed_value(column: Column, text: str, titles: Titles) -> Any:
    """Return the value that a typed text means; raises `InputError` when it means none."""
    if column.reference and text.strip():
        return _reference(column, text.strip(), titles)
    return read_value(column, text, titles.network, notation())


def editing_text(column: Column, value: Any, titles: Titles) -> str:
    """Return a value as the text of an editor: every digit, names for references."""
    value = plain(value)
    if column.reference and value:
        uids = value if isinstance(value, tuple) else (value,)
        return ", ".join(titles.title(column.reference, uid) for uid in uids)
    return write_value(column, value, notation())


def copied_text(column: Column, value: Any, titles: Titles) -> str:
    """Return a value for the clipboard: one line, no marks of thousands."""
    return " ".join(editing_text(column, value, titles).split())


def shown_text(column: Column, value: Any, titles: Titles) -> str:
    """Return a value as a table shows it."""
    if column.reference:
        return editing_text(column, value, titles)
    value = plain(value)
    is_small = column.kind is Kind.REAL and value is not None and 0 < abs(value) < 0.1
    return write_value(column, value, notation()) if is_small else value_text(column, value)


def hint_text(column: Column) -> str:
    """Return what an empty editor says: the unit, or how a date is written."""
    if column.kind is Kind.DATETIME:
        return translate_text("codes", _DATE)
    return unit_label(column.unit) if column.unit else ""


def _reference(column: Column, text: str, titles: Titles) -> Any:
    choices = titles.choices(column.reference)
    if column.kind is not Kind.JSON:
        uid = choices.get(text)
        value = uid if uid is not None else read_value(column, text, titles.network, notation())
        check_value(column, value)
        return value
    if text in choices:
        return (choices[text],)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    single = Column(column.name, Kind.TEXT, column.label, reference=column.reference)
    return tuple(dict.fromkeys(_reference(single, part, titles) for part in parts))
