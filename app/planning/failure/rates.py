"""How often things fail and how long a repair takes: shipped figures, a project's, an object's.

A figure of the object itself counts first, then the project's table ``failure_rates``, then
``resources/failure_rates.json``. Within a table the row with most cells that fit counts; among
equals technique goes before co-deployment and co-deployment before deployment. Every figure
keeps its source and the mark of a placeholder, and totals that rest on one say so.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pandas as pd

from app.model.changes import ChangeSet, combine, insert
from app.model.errors import InputError
from app.model.frames import frame_from_rows, plain, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.tables import TABLES

HOURS_PER_YEAR = 8760.0
MINUTES_PER_YEAR = 525_600.0

_NAMESPACE = uuid.UUID("d0c7f6a4-3b0e-5c3f-8d5b-0f2f7f0b9a11")
_KEYS = ("technique", "codeployment", "deployment", "node_type", "risk_kind")
"""Columns that a row may leave empty, the one that weighs most first."""


@dataclass(frozen=True)
class Rate:
    """How often something fails and how long it stays down.

    ``per_year`` counts per km for spans, per piece for nodes and risk groups. ``code`` is the
    row that the figure comes from, ``own`` for a figure of the object itself.
    """

    per_year: float
    mttr_h: float
    code: str
    source: str
    year: int | None
    is_placeholder: bool

    def unavailability(self, quantity: float = 1.0) -> float:
        """Return the share of time that ``quantity`` (km, or 1) is down."""
        return unavailability(self.per_year * quantity, self.mttr_h)


def unavailability(failures_per_year: float, mttr_h: float) -> float:
    """Return MTTR / (MTBF + MTTR) with MTBF = 8760 h / failures per year."""
    down_h = failures_per_year * mttr_h
    return down_h / (HOURS_PER_YEAR + down_h)


@dataclass(frozen=True)
class RateBook:
    """The rates in effect: the rows of a project before the shipped ones."""

    rows: tuple[Mapping[str, Any], ...]
    own_count: int

    def span(
        self,
        technique: object = None,
        deployment: object = None,
        codeployment: object = None,
        own_rate: object = None,
        own_mttr_h: object = None,
    ) -> Rate:
        """Return the cut rate per km and the repair time of a kind of span."""
        keys = {"technique": technique, "deployment": deployment, "codeployment": codeployment}
        return self._rate("span", "cuts_per_km_year", keys, own_rate, own_mttr_h)

    def node(
        self, node_type: object = None, own_rate: object = None, own_mttr_h: object = None
    ) -> Rate:
        """Return the failure rate and the repair time of a kind of node."""
        return self._rate(
            "node", "failures_per_year", {"node_type": node_type}, own_rate, own_mttr_h
        )

    def risk_group(self, kind: object = None) -> Rate:
        """Return how often a shared risk strikes and how long its members stay down."""
        return self._rate("riskGroup", "failures_per_year", {"risk_kind": kind}, None, None)

    def to_json(self) -> list[dict[str, Any]]:
        """Return the rows as plain values, the project's own first."""
        return [
            {**{name: plain(row.get(name)) for name in _SHOWN}, "is_own": number < self.own_count}
            for number, row in enumerate(self.rows)
        ]

    def _rate(
        self, applies_to: str, column: str, keys: Mapping[str, object], own: object, mttr: object
    ) -> Rate:
        row = self._row(applies_to, column, keys)
        own, mttr = plain(own), plain(mttr)
        if own is not None and mttr is not None:
            return Rate(float(str(own)), float(str(mttr)), "own", "", None, is_placeholder=False)
        return Rate(
            float(row[column] if own is None else str(own)),
            float(row["mttr_h"] if mttr is None else str(mttr)),
            str(row["code"]),
            str(row.get("source") or ""),
            plain(row.get("source_year")),
            bool(row.get("is_placeholder")),
        )

    def _row(self, applies_to: str, column: str, keys: Mapping[str, object]) -> Mapping[str, Any]:
        for rows in (self.rows[: self.own_count], self.rows[self.own_count :]):
            fitting = [
                row
                for row in rows
                if row["applies_to"] == applies_to
                and plain(row.get(column)) is not None
                and plain(row.get("mttr_h")) is not None
                and _fits(row, keys)
            ]
            if fitting:
                return max(fitting, key=_weight)
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "No failure rate fits {kind}."),
                kind=", ".join(str(value) for value in (applies_to, *keys.values()) if value),
            )
        )


_SHOWN = (
    "code", "applies_to", *_KEYS, "cuts_per_km_year", "failures_per_year", "mttr_h", "source",
    "source_year", "is_placeholder", "note",
)  # fmt: skip


def rate_book(network: Network) -> RateBook:
    """Return the rates in effect for a project; raises `InputError` for a row without figures."""
    own = rows_of(network.table("failure_rates").sort_index())
    for row in own:
        column = "cuts_per_km_year" if row["applies_to"] == "span" else "failures_per_year"
        if row[column] is None or row["mttr_h"] is None:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "The failure rate {code} needs a rate and a time to repair."
                    ),
                    code=row["code"],
                ),
                (str(row["uid"]),),
            )
    return RateBook((*own, *shipped_rates()), len(own))


@cache
def shipped_rates() -> tuple[Mapping[str, Any], ...]:
    """Return the rows of ``resources/failure_rates.json``."""
    text = resources.files("resources").joinpath("failure_rates.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)["rates"])


def copy_rates(network: Network) -> ChangeSet:
    """Return the change that puts the shipped rates into the project, to be edited there.

    Rows whose code the project has already stay as they are; uids are the same everywhere.
    """
    known = set(network.table("failure_rates")["code"])
    rows: Sequence[Mapping[str, Any]] = [
        {**row, "uid": str(uuid.uuid5(_NAMESPACE, str(row["code"])))}
        for row in shipped_rates()
        if row["code"] not in known
    ]
    frame: pd.DataFrame = frame_from_rows(TABLES["failure_rates"], rows)
    return combine(
        message(QT_TRANSLATE_NOOP("core", "Add the reference failure rates")),
        [insert("failure_rates", frame)],
    )


def _fits(row: Mapping[str, Any], keys: Mapping[str, object]) -> bool:
    wanted = {name: plain(row.get(name)) for name in _KEYS}
    return all(value is None or value == plain(keys.get(name)) for name, value in wanted.items())


def _weight(row: Mapping[str, Any]) -> tuple[int, tuple[bool, ...], str]:
    filled = tuple(plain(row.get(name)) is not None for name in _KEYS)
    return sum(filled), filled, str(row["code"])
