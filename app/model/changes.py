"""ChangeSets: rows before and after, the only way in which anything changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from app.model.frames import GEOMETRY, REV, make_frame
from app.model.messages import Message
from app.model.tables import TABLES


@dataclass(frozen=True)
class TableChange:
    """Rows of one table before and after, as frames of that table.

    A row only in ``after`` is inserted, only in ``before`` deleted, in both updated.
    """

    table: str
    before: pd.DataFrame
    after: pd.DataFrame

    @property
    def inserted(self) -> pd.Index:
        """Identifiers of rows that come to be."""
        return self.after.index.difference(self.before.index, sort=False)

    @property
    def deleted(self) -> pd.Index:
        """Identifiers of rows that cease to be."""
        return self.before.index.difference(self.after.index, sort=False)

    @property
    def updated(self) -> pd.Index:
        """Identifiers of rows that change."""
        return self.after.index.intersection(self.before.index, sort=False)

    def inverse(self) -> TableChange:
        """Return the change that takes this one back."""
        return TableChange(self.table, self.after, self.before)


@dataclass(frozen=True)
class ChangeSet:
    """Changes of several tables that happen together, under a label that a person reads."""

    label: Message
    tables: tuple[TableChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return all(change.before.empty and change.after.empty for change in self.tables)

    def inverse(self) -> ChangeSet:
        """Return the change set that takes this one back, in reverse order."""
        return ChangeSet(self.label, tuple(change.inverse() for change in reversed(self.tables)))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many rows are inserted, updated and deleted in each table."""
        return {
            change.table: {
                "inserted": len(change.inserted),
                "updated": len(change.updated),
                "deleted": len(change.deleted),
            }
            for change in self.tables
        }

    def uids(self) -> dict[str, frozenset[str]]:
        """Return the touched identifiers of each table."""
        touched: dict[str, frozenset[str]] = {}
        for change in self.tables:
            both = frozenset(change.before.index) | frozenset(change.after.index)
            touched[change.table] = touched.get(change.table, frozenset()) | both
        return touched


def insert(table: str, rows: pd.DataFrame) -> TableChange:
    """Return the change that inserts ``rows``, a frame of ``table``."""
    return TableChange(table, rows.iloc[0:0], rows)


def delete(table: str, rows: pd.DataFrame) -> TableChange:
    """Return the change that deletes ``rows``, as they are now."""
    return TableChange(table, rows, rows.iloc[0:0])


def update(
    table: str, rows: pd.DataFrame, values: Mapping[str, Any], geometry: Any = None
) -> TableChange:
    """Return the change that sets columns of ``rows`` to ``values`` (scalars or columns)."""
    merged = {name: rows[name] for name in TABLES[table].column_names}
    merged.update(values)
    shapes = None
    if TABLES[table].geometry:
        shapes = rows[GEOMETRY].to_numpy() if geometry is None else geometry
    crs = getattr(rows, "crs", None)
    after = make_frame(TABLES[table], merged, crs, geometry=shapes, uids=list(rows.index))
    after[REV] = rows[REV].to_numpy()
    return TableChange(table, rows, after)


def combine(label: Message, parts: Iterable[TableChange | ChangeSet]) -> ChangeSet:
    """Return one change set of all parts that change anything, in their order."""
    changes: list[TableChange] = []
    for item in parts:
        changes.extend(item.tables if isinstance(item, ChangeSet) else (item,))
    kept = (change for change in changes if not (change.before.empty and change.after.empty))
    return ChangeSet(label, tuple(kept))
