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
    """Return one change set of all parts, in their order, with one change for each table.

    What a later part does to rows of an earlier one is merged; what comes to nothing is left out.
    """
    merged: dict[str, TableChange] = {}
    for item in parts:
        for change in item.tables if isinstance(item, ChangeSet) else (item,):
            known = merged.get(change.table)
            merged[change.table] = change if known is None else _followed(known, change)
    kept = (change for change in merged.values() if len(change.before) or len(change.after))
    return ChangeSet(label, tuple(kept))


def _followed(first: TableChange, second: TableChange) -> TableChange:
    between = second.before.index
    older = second.before.loc[between.difference(first.after.index, sort=False)]
    newer = first.after.drop(index=first.after.index.intersection(between))
    return TableChange(first.table, _stacked(first.before, older), _stacked(newer, second.after))


def _stacked(upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    if upper.empty or lower.empty:
        return lower if upper.empty else upper
    return pd.concat([upper, lower])
