"""What of each layer shows: switched on, how solid, in which order, which rows and symbols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from app.model.conditions import parse_condition
from app.model.errors import InputError
from app.model.symbols import LayerStyle
from app.model.tables import TABLES
from app.ui.map.layers import LayerData

BoolArray = npt.NDArray[np.bool_]
V = TypeVar("V")


@dataclass(frozen=True)
class Showing:
    """How the layers are shown; what is not named shows whole, solid and in the usual order.

    ``symbols`` names, by table, the values of the style column that are left out ('' stands for
    all values without a symbol of their own); ``filters`` holds conditions on rows.
    """

    hidden: frozenset[str] = frozenset()
    opacity: Mapping[str, float] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def with_table(self, table: str, is_visible: bool) -> Showing:
        """Return the state with a layer switched on or off."""
        hidden = self.hidden - {table} if is_visible else self.hidden | {table}
        return replace(self, hidden=hidden)

    def with_opacity(self, table: str, opacity: float) -> Showing:
        """Return the state with another opacity, 0 to 1."""
        return replace(self, opacity=_put(self.opacity, table, min(max(opacity, 0.0), 1.0), 1.0))

    def with_filter(self, table: str, text: str) -> Showing:
        """Return the state with another condition; '' for none."""
        return replace(self, filters=_put(self.filters, table, text.strip(), ""))

    def with_symbols(self, table: str, hidden: Collection[str]) -> Showing:
        """Return the state with other symbols left out."""
        none: frozenset[str] = frozenset()
        return replace(self, symbols=_put(self.symbols, table, frozenset(hidden), none))

    def with_order(self, order: Sequence[str]) -> Showing:
        """Return the state with another order, lowest first."""
        return replace(self, order=tuple(order))

    def with_only(self, table: str, others: Collection[str]) -> Showing:
        """Return the state with one layer on and ``others`` off."""
        return replace(self, hidden=(self.hidden | set(others)) - {table})

    def ordered(self, known: Sequence[str]) -> tuple[str, ...]:
        """Return ``known`` tables, lowest first: those of the order among themselves in it.

        A table that the order does not name keeps the neighbour below it.
        """
        result = [table for table in self.order if table in known]
        for place, table in enumerate(known):
            if table not in result:
                below = known[place - 1] if place else ""
                result.insert(result.index(below) + 1 if below else 0, table)
        return tuple(result)

    def as_json(self) -> dict[str, object]:
        """Return the state as JSON values."""
        return {
            "hidden": sorted(self.hidden),
            "opacity": dict(sorted(self.opacity.items())),
            "order": list(self.order),
            "filters": dict(sorted(self.filters.items())),
            "symbols": {table: sorted(own) for table, own in sorted(self.symbols.items())},
        }


def showing_from_json(stored: object) -> Showing | None:
    """Return the state that was stored; what makes no sense is left out. ``None`` for nothing."""
    if not isinstance(stored, dict):
        return None
    opacity = {
        table: min(max(float(value), 0.0), 1.0)
        for table, value in _pairs(stored.get("opacity"))
        if isinstance(value, int | float)
    }
    filters = {
        table: value
        for table, value in _pairs(stored.get("filters"))
        if isinstance(value, str) and is_condition(table, value)
    }
    symbols = {table: frozenset(_texts(value)) for table, value in _pairs(stored.get("symbols"))}
    order = tuple(table for table in _texts(stored.get("order")) if table in TABLES)
    return Showing(frozenset(_texts(stored.get("hidden"))), opacity, order, filters, symbols)


def is_condition(table: str, text: str) -> bool:
    """Whether ``text`` is a condition on a table."""
    try:
        parse_condition(text, TABLES[table])
    except InputError:
        return False
    return True


def passing(table: str, text: str, frame: gpd.GeoDataFrame, data: LayerData) -> BoolArray | None:
    """Return which rows of a layer meet a condition; ``None`` without one."""
    if not text:
        return None
    kept = parse_condition(text, TABLES[table]).matches(frame)
    return np.asarray(kept, dtype=bool)[data.positions]


def symbol_key(style: LayerStyle, value: str) -> str:
    """Return under which key the symbol of a value is switched off."""
    return value if value in style.symbols else ""


def _put(known: Mapping[str, V], table: str, value: V, usual: V) -> dict[str, V]:
    rest = {name: item for name, item in known.items() if name != table}
    return rest if value == usual else {**rest, table: value}


def _pairs(stored: object) -> list[tuple[str, object]]:
    if not isinstance(stored, dict):
        return []
    return [(str(table), value) for table, value in stored.items() if str(table) in TABLES]


def _texts(stored: object) -> list[str]:
    return [str(item) for item in stored] if isinstance(stored, list) else []
