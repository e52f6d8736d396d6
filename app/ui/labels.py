"""Words and figures of the data as a person reads them, in the language in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
from PySide6.QtCore import QDateTime, QLocale

from app.io.formats import Formats, formats
from app.io.translations import translate_sentence
from app.model.frames import plain
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.network import Network
from app.model.schema import Column, Kind
from app.model.tables import TABLES
from app.ui.translation import translate_text

NO_VALUE = "–"

_UNIT_LABELS: Mapping[str, str] = {
    "years": QT_TRANSLATE_NOOP("codes", "years"),
    "cables": QT_TRANSLATE_NOOP("codes", "cables"),
    "fibres": QT_TRANSLATE_NOOP("codes", "fibres"),
    "EUR": "€",
}
_NAMING_COLUMNS = ("name", "code", "type", "kind", "technique", "road_class")
_END_COLUMNS = frozenset({"start_node", "end_node"})
_SENTENCE_COLUMNS = frozenset({"source", "note", "reason"})
"""Columns in which the program itself may have written an English sentence."""


def language() -> str:
    """Return the language in force, ``it`` or ``en``."""
    return "it" if QLocale().language() == QLocale.Language.Italian else "en"


def figures() -> Formats:
    """Return how numbers, money and lengths are written in the language in force."""
    return formats(language())


def code_label(code: str) -> str:
    """Return what a code of a closed list means."""
    return translate_text("core", label_of(code))


def unit_label(unit: str) -> str:
    """Return a unit as it is written."""
    return translate_text("codes", _UNIT_LABELS[unit]) if unit in _UNIT_LABELS else unit


def sentence_text(text: str) -> str:
    """Return a sentence that the program stored in English in the language in force."""
    return translate_sentence(language(), text)


def table_label(name: str) -> str:
    """Return the name of a table."""
    return translate_text("core", TABLES[name].label)


def column_label(column: Column, *, with_unit: bool = True) -> str:
    """Return the heading of a column, with its unit."""
    label = translate_text("core", column.label)
    return f"{label} ({unit_label(column.unit)})" if with_unit and column.unit else label


def moment_text(stored: str) -> str:
    """Return a stored moment in local time, or as it is when it is none."""
    try:
        moment = datetime.fromisoformat(stored.replace("Z", "+00:00"))
    except ValueError:
        return stored
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def object_title(network: Network, table: str, uid: str) -> str:
    """Return how an object is called: its name, or what it is and the start of its ``uid``."""
    frame = network.tables.get(table)
    if frame is None or uid not in frame.index:
        return uid[:8]
    row = frame.loc[uid]
    for column in _NAMING_COLUMNS:
        value = plain(row[column]) if column in frame.columns else None
        if value:
            is_name = column in ("name", "code")
            return str(value) if is_name else f"{code_label(str(value))} {uid[:8]}"
    return f"{table_label(table)} {uid[:8]}"


def value_text(column: Column, value: Any, network: Network | None = None) -> str:
    """Return a stored value as a person reads it, without its unit; '' for nothing."""
    value = plain(value)
    if value is None or (isinstance(value, tuple) and not value):
        return ""
    if column.reference and network is not None:
        uids = value if isinstance(value, tuple) else (value,)
        return ", ".join(object_title(network, column.reference, str(uid)) for uid in uids[:12])
    if column.name in _SENTENCE_COLUMNS:
        return translate_sentence(language(), str(value))
    if column.name in _END_COLUMNS and network is not None:
        return _end_text(network, str(value))
    if column.name == "items" and network is not None and isinstance(value, Mapping):
        return _items_text(network, value)
    return _kind_text(column, value)


def _items_text(network: Network, quantities: Mapping[str, float]) -> str:
    """Return quantities by price item, a line for each, named as the price list names them."""
    items = network.table("price_items").drop_duplicates("code").set_index("code")
    lines = []
    for code, quantity in sorted(quantities.items()):
        is_known = code in items.index
        name = str(items.loc[code, f"text_{language()}"]) if is_known else code_label(code)
        unit = code_label(str(items.loc[code, "unit"])) if is_known else ""
        lines.append(f"{name}: {figures().quantity(quantity)} {unit}".rstrip())
    return "\n".join(lines)


def _end_text(network: Network, uid: str) -> str:
    """Return how the end of a planned span is called: a node as built, or one of the plan."""
    for table in ("nodes", "plan_nodes"):
        if uid in network.tables[table].index:
            return object_title(network, table, uid)
    return uid


def _kind_text(column: Column, value: Any) -> str:
    if column.choices:
        return code_label(str(value))
    if column.kind is Kind.BOOLEAN:
        return _yes() if value else _no()
    if column.is_numeric:
        return _number_text(column, value)
    if column.kind is Kind.DATETIME:
        return moment_text(str(value))
    return _json_text(value) if column.kind is Kind.JSON else str(value)


def _number_text(column: Column, value: Any) -> str:
    if column.unit == "EUR":
        return figures().number(value, 2)
    if column.kind is Kind.REAL:
        return figures().number(value, 1) if column.unit == "m" else figures().quantity(value)
    # a year or a seed is a name, not an amount: no grouping
    is_name = "year" in column.name or column.name == "seed"
    return str(value) if is_name else figures().number(value)


def _json_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key} = {item}" for key, item in sorted(value.items()))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _yes() -> str:
    return translate_text("codes", _YES)


def _no() -> str:
    return translate_text("codes", _NO)


_YES = QT_TRANSLATE_NOOP("codes", "Yes")
_NO = QT_TRANSLATE_NOOP("codes", "No")


def is_missing(value: Any) -> bool:
    """Return whether a cell holds nothing."""
    return value is None or value is pd.NA or plain(value) is None
