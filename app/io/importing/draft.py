"""The working state of one import: which rows live, why others do not, what was noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.io.importing.outcome import ImportOptions
from app.io.importing.source import ObjectArray, SourceTable, is_missing
from app.model.findings import Finding, Severity
from app.model.frames import plain
from app.model.messages import Message
from app.model.network import Network
from app.model.schema import Table

UIDS_PER_FINDING = 200
"""More are counted in the text but not listed."""


@dataclass(frozen=True)
class Remark:
    """A finding that still points at rows of the source; identifiers come at the end."""

    rule: str
    severity: Severity
    message: Message
    rows: npt.NDArray[np.int64] | None = None
    advice: Message | None = None
    place: tuple[float, float] | None = None


@dataclass
class Draft:
    """One table in the making.

    ``reasons`` holds a message for each rejected row of the source. After `spread`, ``owner``
    gives the source row of each object (a row with several parts makes several objects), and
    ``geometry`` and ``values`` are per object.
    """

    table: Table
    source: SourceTable
    network: Network
    options: ImportOptions
    geometry: ObjectArray
    reasons: ObjectArray
    mapping: dict[str, str] = field(default_factory=dict)
    values: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    owner: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    used_columns: set[str] = field(default_factory=set)
    is_placed: bool = True
    """Whether the rows have a place of their own; towers may have only that of their node."""
    extra: dict[str, pd.DataFrame] = field(default_factory=dict)
    """Rows of other tables that this import brings along, such as owners and end nodes."""

    @property
    def has_geometry(self) -> bool:
        """Whether the target's rows have a place, themselves or through a node."""
        return bool(self.table.geometry) or (self.table.name == "towers" and self.is_placed)

    @property
    def is_alive(self) -> npt.NDArray[np.bool_]:
        """Which rows of the source have not been rejected."""
        return is_missing(self.reasons)

    def reject(self, rows: npt.NDArray[Any], reason: Message | ObjectArray) -> None:
        """Reject rows (mask or positions); the first reason given to a row stays."""
        places = np.flatnonzero(rows) if rows.dtype == bool else rows
        for place in places:
            if self.reasons[place] is None:
                self.reasons[place] = reason if isinstance(reason, Message) else reason[place]

    def bring(self, table: str, rows: pd.DataFrame) -> None:
        """Take along new rows of another table."""
        before = self.extra.get(table)
        self.extra[table] = rows if before is None else pd.concat([before, rows])

    def drop_dead(self) -> None:
        """Leave out the objects of rows that were rejected after `spread`."""
        keep = self.is_alive[self.owner]
        self.owner, self.geometry = self.owner[keep], self.geometry[keep]
        self.values = {name: values[keep] for name, values in self.values.items()}

    def remark(
        self,
        rule: str,
        severity: Severity,
        text: Message,
        rows: npt.NDArray[Any] | None = None,
        advice: Message | None = None,
        place: tuple[float, float] | None = None,
    ) -> None:
        """Note a finding about rows of the source (mask or positions)."""
        if rows is not None and rows.dtype == bool:
            rows = np.flatnonzero(rows)
        self.remarks.append(Remark(rule, severity, text, rows, advice, place))

    def findings(self, uids: npt.NDArray[np.object_]) -> list[Finding]:
        """Turn the remarks into findings, given the identifier of each object."""
        return [self._finding(remark, uids) for remark in self.remarks]

    def _finding(self, remark: Remark, uids: npt.NDArray[np.object_]) -> Finding:
        named: tuple[str, ...] = ()
        place = remark.place
        if remark.rows is not None and len(remark.rows):
            objects = np.flatnonzero(np.isin(self.owner, remark.rows))
            named = tuple(uids[objects[:UIDS_PER_FINDING]].tolist())
            if place is None and len(objects):
                place = place_of(self.geometry[objects[0]])
        return Finding(
            remark.rule, remark.severity, remark.message, self.table.name, named, place,
            remark.advice,
        )  # fmt: skip


def place_of(shape: Any) -> tuple[float, float] | None:
    """Return a point on ``shape`` to jump to, or ``None`` for nothing."""
    if shape is None or shape.is_empty:
        return None
    xy = shapely.get_coordinates(shape.representative_point())[0]
    return (float(xy[0]), float(xy[1])) if np.isfinite(xy).all() else None


def examples(words: npt.NDArray[Any] | list[Any], limit: int = 5) -> str:
    """Return a few distinct values as text, in their order."""
    distinct = list(dict.fromkeys(str(word) for word in words))
    listed = ", ".join(distinct[:limit])
    return f"{listed}, ..." if len(distinct) > limit else listed


def rows_text(source: SourceTable, rows: npt.NDArray[Any], limit: int = 8) -> str:
    """Return the row numbers of the source as text for a message."""
    if rows.dtype == bool:
        rows = np.flatnonzero(rows)
    return examples([int(source.rows[place]) for place in rows[: limit + 1]], limit)


def as_text(values: npt.NDArray[Any]) -> ObjectArray:
    """Return any source column as text with ``None`` for missing; whole floats lose the ``.0``."""
    if values.dtype.kind == "O":
        return values
    cells = np.empty(len(values), dtype=object)
    if values.dtype.kind == "f":
        cells[:] = [
            None if np.isnan(item) else (str(int(item)) if item.is_integer() else repr(item))
            for item in values.tolist()
        ]
    elif values.dtype.kind == "b":
        cells[:] = ["true" if item else "false" for item in values.tolist()]
    else:
        cells[:] = [str(item) for item in values.tolist()]
    return cells


def attributes_at(source: SourceTable, place: int) -> Mapping[str, Any]:
    """Return the original values of one row of the source."""
    return {name: plain(values[place]) for name, values in source.columns.items()}
