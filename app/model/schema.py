"""The schema: one frozen dataclass per table, from which everything else is derived.

A field of a row class is declared with one of the column functions below. Its type, unit,
range, closed list, reference, label and import headings travel in the field's metadata, so
database tables, forms, column headers, checks and the handbook have one source.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.model.messages import QT_TRANSLATE_NOOP

__all__ = ["QT_TRANSLATE_NOOP", "Column", "Kind", "Row", "Table", "new_uid"]

_KEY = "anello"


class Kind(StrEnum):
    """Value type of a column, as the GeoPackage declares it."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    REAL = "REAL"
    BOOLEAN = "BOOLEAN"
    DATETIME = "DATETIME"
    JSON = "JSON"
    """A list or mapping, stored as TEXT."""


@dataclass(frozen=True)
class Column:
    """What is known of one column.

    ``unit`` is the stored unit (SI, ``EUR`` for money); ``low`` and ``high`` are inclusive.
    ``reference`` names the table whose ``uid`` the value holds; for a `Kind.JSON` column it is
    the table of every member of the list. ``aliases`` are headings recognised at import.
    """

    name: str
    kind: Kind
    label: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    reference: str = ""
    required: bool = False
    default: Any = None
    aliases: tuple[str, ...] = ()
    help: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether the column holds numbers."""
        return self.kind in (Kind.INTEGER, Kind.REAL)


@dataclass(frozen=True)
class Table:
    """A table: its name, row class, label, geometry type and columns, ``uid`` not included.

    ``geometry`` is a GeoPackage type (``POINT``, ``LINESTRING``, ``GEOMETRY`` ...) or empty.
    """

    name: str
    row: type[Row]
    label: str
    geometry: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column called ``name``; raises `KeyError`."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of all columns without ``uid`` and geometry."""
        return tuple(column.name for column in self.columns)

    def defaults(self) -> dict[str, Any]:
        """Return a row of default values, without ``uid`` and geometry."""
        return {column.name: column.default for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class Row:
    """Base of every row class."""

    uid: str


def new_uid() -> str:
    """Return a new random identifier, unique everywhere and never changed afterwards."""
    return str(uuid.uuid4())


def text(
    label: str,
    *,
    default: str | None = None,
    required: bool = False,
    choices: Sequence[str] = (),
    aliases: Sequence[str] = (),
    help: str = "",
) -> Any:
    """Declare a text column, with a closed list when ``choices`` is given."""
    return _declare(
        Kind.TEXT, label, default, required=required, choices=tuple(choices),
        aliases=tuple(aliases), help=help,
    )  # fmt: skip


def reference(
    table: str, label: str, *, required: bool = False, aliases: Sequence[str] = (), help: str = ""
) -> Any:
    """Declare a column that holds the ``uid`` of a row of ``table``."""
    return _declare(
        Kind.TEXT, label, None, reference=table, required=required, aliases=tuple(aliases),
        help=help,
    )  # fmt: skip


def references(table: str, label: str, *, aliases: Sequence[str] = (), help: str = "") -> Any:
    """Declare a column that holds a list of ``uid`` of ``table``; order matters."""
    return _declare(Kind.JSON, label, (), reference=table, aliases=tuple(aliases), help=help)


def document(label: str, *, help: str = "") -> Any:
    """Declare a column that holds a JSON document."""
    return _declare(Kind.JSON, label, None, help=help)


def integer(
    label: str,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    default: int | None = None,
    aliases: Sequence[str] = (),
    help: str = "",
) -> Any:
    """Declare a whole-number column with unit and inclusive range."""
    return _declare(
        Kind.INTEGER, label, default, unit=unit, low=low, high=high, aliases=tuple(aliases),
        help=help,
    )  # fmt: skip


def real(
    label: str,
    *,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    default: float | None = None,
    aliases: Sequence[str] = (),
    help: str = "",
) -> Any:
    """Declare a decimal column with unit and inclusive range."""
    return _declare(
        Kind.REAL, label, default, unit=unit, low=low, high=high, aliases=tuple(aliases), help=help
    )


def flag(
    label: str, *, default: bool | None = None, aliases: Sequence[str] = (), help: str = ""
) -> Any:
    """Declare a yes/no column."""
    return _declare(Kind.BOOLEAN, label, default, aliases=tuple(aliases), help=help)


def moment(label: str, *, aliases: Sequence[str] = (), help: str = "") -> Any:
    """Declare a date-time column, text ``2026-01-02T03:04:05.000Z``."""
    return _declare(Kind.DATETIME, label, None, aliases=tuple(aliases), help=help)


def _declare(kind: Kind, label: str, default: Any, **known: Any) -> Any:
    metadata = {_KEY: {"kind": kind, "label": label, "default": default, **known}}
    return dataclasses.field(default=default, metadata=metadata)


def build_table(name: str, label: str, row: type[Row], geometry: str = "") -> Table:
    """Read the declarations of ``row`` and return its table."""
    columns = tuple(
        Column(name=field.name, **field.metadata[_KEY])
        for field in dataclasses.fields(row)
        if _KEY in field.metadata
    )
    return Table(name, row, label, geometry, columns)


def index_tables(tables: Sequence[Table]) -> Mapping[str, Table]:
    """Return the tables by name, in the given order."""
    return {table.name: table for table in tables}
