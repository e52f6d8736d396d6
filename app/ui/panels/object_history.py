"""What a step did to one object, in words: each column with its value before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.model.tables import TABLES
from app.ui.entering import shown_text
from app.ui.labels import column_label
from app.ui.open_project import HistoryEntry
from app.ui.titles import Titles

_ARROW = "→"
_NOTHING = "–"
_LONGEST = 60
MOST_LINES = 8


def change_lines(table: str, entry: HistoryEntry, titles: Titles) -> list[str]:
    """Return a line for each column that a step changed; none where the object came or went."""
    before, after = entry.before, entry.after
    if before is None or after is None:
        return []
    lines = []
    for column in TABLES[table].columns:
        old, new = _value(before, column.name), _value(after, column.name)
        if old != new:
            told = [_cut(shown_text(column, value, titles)) for value in (old, new)]
            lines.append(f"{column_label(column)}: {told[0]} {_ARROW} {told[1]}")
    return lines


def _value(state: Mapping[str, Any], name: str) -> Any:
    value = state.get(name)
    return tuple(value) if isinstance(value, list) else value


def _cut(text: str) -> str:
    one_line = " ".join(text.split()) or _NOTHING
    return one_line if len(one_line) <= _LONGEST else f"{one_line[: _LONGEST - 1]}…"
