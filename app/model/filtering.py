"""What a person types to narrow a table: words, or a condition with columns by name or label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from app.model.messages import Translator
from app.model.schema import Column, Kind, Table

_OPERATOR = r"\s*(?:=|!=|<|>|(?:not\s+)?(?:in\s*\(|like\b)|is\b)"


def as_condition(text: str, table: Table, translate: Translator | None = None) -> str | None:
    """Return ``text`` as a condition in names of columns, ``None`` if it is meant as words.

    It is a condition when a name or a label of a column stands before an operator; labels are
    read in the language of ``translate`` too. Whether it can be parsed is not looked at.
    """
    named = text
    for label, name in _labels(table, translate):
        named = re.sub(
            rf"(?<![\w']){re.escape(label)}(?={_OPERATOR})", name, named, flags=re.IGNORECASE
        )
    columns = "|".join(re.escape(name) for name in ("uid", "lon", "lat", *table.column_names))
    found = re.match(rf"\s*(?:not\s+|\()*(?:{columns}){_OPERATOR}", named, re.IGNORECASE)
    return named if found else None


def one_of(column: Column, values: Sequence[Any]) -> str:
    """Return the condition that a cell holds one of ``values``; ``None`` is an empty one."""
    known = [value for value in values if value is not None]
    parts = [f"{column.name} is null"] if len(known) < len(values) else []
    if known:
        listed = ", ".join(_written(column, value) for value in known)
        parts.insert(0, f"{column.name} in ({listed})")
    return " or ".join(parts) if parts else "uid is null"


def between(column: Column, low: float | None, high: float | None) -> str:
    """Return the condition that a number lies between two bounds, each of which may miss."""
    parts = []
    if low is not None:
        parts.append(f"{column.name} >= {low!r}")
    if high is not None:
        parts.append(f"{column.name} <= {high!r}")
    return " and ".join(parts)


def can_list(column: Column) -> bool:
    """Return whether the values of a column can be chosen from a list."""
    return not column.is_numeric and column.kind is not Kind.JSON


def _written(column: Column, value: Any) -> str:
    if column.kind is Kind.BOOLEAN:
        return "true" if value else "false"
    return "'" + str(value).replace("'", "''") + "'"


def _labels(table: Table, translate: Translator | None) -> list[tuple[str, str]]:
    """Return labels and names of columns, the longest label first."""
    found = {column.label: column.name for column in table.columns}
    if translate is not None:
        found |= {translate("core", column.label): column.name for column in table.columns}
    return sorted(found.items(), key=lambda pair: -len(pair[0]))
