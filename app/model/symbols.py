"""Symbols of every layer, from one file: map, PDF, web map and QGIS draw the same picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.model.messages import QT_TRANSLATE_NOOP

ALWAYS = float("inf")

_LABELS_MARKED = QT_TRANSLATE_NOOP("core", "Other")


@dataclass(frozen=True)
class Symbol:
    """How one kind of object is drawn. Sizes in px at 96 dpi, colours as ``#rrggbb``.

    ``shape`` is one of circle, square, triangle, diamond, hexagon, star, cross; for points
    only. ``dash`` is in multiples of the width. ``max_scale`` is the largest scale denominator
    at which the object is drawn (``ALWAYS``: at every scale).
    """

    label: str
    color: str
    width_px: float = 1.0
    fill: str | None = None
    opacity: float = 1.0
    shape: str = "circle"
    size_px: float = 8.0
    dash: tuple[float, ...] = ()
    halo: str | None = None
    max_scale: float = ALWAYS


@dataclass(frozen=True)
class LayerStyle:
    """The symbols of one table, chosen by the value of ``column``."""

    table: str
    label: str
    column: str | None
    order: int
    symbols: Mapping[str, Symbol]
    default: Symbol
    label_column: str | None = None
    label_max_scale: float = 0.0

    def symbol(self, value: object) -> Symbol:
        """Return the symbol of an object whose style column holds ``value``."""
        return self.symbols.get(str(value), self.default)


@dataclass(frozen=True)
class SymbolSet:
    """All layer styles, and the colours of the map sheet (``paper``, ``selection`` ...)."""

    layers: Mapping[str, LayerStyle]
    colors: Mapping[str, str]

    def ordered(self) -> tuple[LayerStyle, ...]:
        """Return the styles from the lowest layer to the topmost."""
        return tuple(sorted(self.layers.values(), key=lambda style: style.order))


@cache
def load_symbols(theme: str = "light") -> SymbolSet:
    """Read ``resources/symbols.json``; ``theme`` picks the set of sheet colours."""
    raw = json.loads(files("resources").joinpath("symbols.json").read_text(encoding="utf-8"))
    layers = {item["table"]: _layer(item) for item in raw["layers"]}
    return SymbolSet(layers, raw["colors"][theme])


def _layer(item: Mapping[str, Any]) -> LayerStyle:
    base: dict[str, Any] = dict(item["default"])
    symbols = {value: _symbol({**base, **own}) for value, own in item.get("symbols", {}).items()}
    return LayerStyle(
        table=item["table"],
        label=item["label"],
        column=item.get("column"),
        order=item["order"],
        symbols=symbols,
        default=_symbol(base),
        label_column=item.get("label_column"),
        label_max_scale=item.get("label_max_scale", 0.0),
    )


def _symbol(item: Mapping[str, Any]) -> Symbol:
    known = dict(item)
    known["dash"] = tuple(known.get("dash", ()))
    return Symbol(**known)
