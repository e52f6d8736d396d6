"""Symbols of every layer, from one file: map, PDF, web map and QGIS draw the same picture."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from app.model.messages import QT_TRANSLATE_NOOP

ALWAYS = float("inf")

SYMBOL_LABELS = (
    QT_TRANSLATE_NOOP("core", "Areas"),
    QT_TRANSLATE_NOOP("core", "Other area"),
    QT_TRANSLATE_NOOP("core", "Municipality"),
    QT_TRANSLATE_NOOP("core", "Built-up land"),
    QT_TRANSLATE_NOOP("core", "Park"),
    QT_TRANSLATE_NOOP("core", "Woodland"),
    QT_TRANSLATE_NOOP("core", "Water"),
    QT_TRANSLATE_NOOP("core", "Hazards"),
    QT_TRANSLATE_NOOP("core", "Hazard"),
    QT_TRANSLATE_NOOP("core", "Flood, rare (L)"),
    QT_TRANSLATE_NOOP("core", "Flood, medium (M)"),
    QT_TRANSLATE_NOOP("core", "Flood, frequent (H)"),
    QT_TRANSLATE_NOOP("core", "Streets"),
    QT_TRANSLATE_NOOP("core", "Street"),
    QT_TRANSLATE_NOOP("core", "Motorway"),
    QT_TRANSLATE_NOOP("core", "Trunk road"),
    QT_TRANSLATE_NOOP("core", "Primary road"),
    QT_TRANSLATE_NOOP("core", "Secondary road"),
    QT_TRANSLATE_NOOP("core", "Tertiary road"),
    QT_TRANSLATE_NOOP("core", "Path"),
    QT_TRANSLATE_NOOP("core", "Track"),
    QT_TRANSLATE_NOOP("core", "Barriers"),
    QT_TRANSLATE_NOOP("core", "Other barrier"),
    QT_TRANSLATE_NOOP("core", "River"),
    QT_TRANSLATE_NOOP("core", "Canal"),
    QT_TRANSLATE_NOOP("core", "Lake"),
    QT_TRANSLATE_NOOP("core", "Railway"),
    QT_TRANSLATE_NOOP("core", "Metro"),
    QT_TRANSLATE_NOOP("core", "Motorway (barrier)"),
    QT_TRANSLATE_NOOP("core", "Restricted area"),
    QT_TRANSLATE_NOOP("core", "Border"),
    QT_TRANSLATE_NOOP("core", "Conduits"),
    QT_TRANSLATE_NOOP("core", "Duct"),
    QT_TRANSLATE_NOOP("core", "Sewer"),
    QT_TRANSLATE_NOOP("core", "Aerial line"),
    QT_TRANSLATE_NOOP("core", "Spans"),
    QT_TRANSLATE_NOOP("core", "Span"),
    QT_TRANSLATE_NOOP("core", "Ring"),
    QT_TRANSLATE_NOOP("core", "Backbone"),
    QT_TRANSLATE_NOOP("core", "Spur"),
    QT_TRANSLATE_NOOP("core", "Access"),
    QT_TRANSLATE_NOOP("core", "Plan"),
    QT_TRANSLATE_NOOP("core", "Planned span"),
    QT_TRANSLATE_NOOP("core", "Trench"),
    QT_TRANSLATE_NOOP("core", "Mini-trench"),
    QT_TRANSLATE_NOOP("core", "Micro-trench"),
    QT_TRANSLATE_NOOP("core", "No-dig"),
    QT_TRANSLATE_NOOP("core", "In existing duct"),
    QT_TRANSLATE_NOOP("core", "In sewer"),
    QT_TRANSLATE_NOOP("core", "Aerial"),
    QT_TRANSLATE_NOOP("core", "Lead-in"),
    QT_TRANSLATE_NOOP("core", "Join to the network"),
    QT_TRANSLATE_NOOP("core", "Nodes"),
    QT_TRANSLATE_NOOP("core", "Node"),
    QT_TRANSLATE_NOOP("core", "Hub"),
    QT_TRANSLATE_NOOP("core", "PoP"),
    QT_TRANSLATE_NOOP("core", "Aggregation point"),
    QT_TRANSLATE_NOOP("core", "Tower"),
    QT_TRANSLATE_NOOP("core", "Building entry"),
    QT_TRANSLATE_NOOP("core", "Sites"),
    QT_TRANSLATE_NOOP("core", "Other body"),
    QT_TRANSLATE_NOOP("core", "Town hall"),
    QT_TRANSLATE_NOOP("core", "Civil protection"),
    QT_TRANSLATE_NOOP("core", "School, primary"),
    QT_TRANSLATE_NOOP("core", "School, secondary"),
    QT_TRANSLATE_NOOP("core", "Hospital"),
    QT_TRANSLATE_NOOP("core", "Police"),
    QT_TRANSLATE_NOOP("core", "Research"),
    QT_TRANSLATE_NOOP("core", "Library"),
    QT_TRANSLATE_NOOP("core", "Pharmacy"),
    QT_TRANSLATE_NOOP("core", "Care home"),
    QT_TRANSLATE_NOOP("core", "Camera"),
    QT_TRANSLATE_NOOP("core", "Plan nodes"),
    QT_TRANSLATE_NOOP("core", "New node"),
    QT_TRANSLATE_NOOP("core", "New chamber"),
    QT_TRANSLATE_NOOP("core", "Joint on the network"),
    QT_TRANSLATE_NOOP("core", "Comments"),
    QT_TRANSLATE_NOOP("core", "Comment"),
    QT_TRANSLATE_NOOP("core", "Open"),
    QT_TRANSLATE_NOOP("core", "Answered"),
    QT_TRANSLATE_NOOP("core", "Closed"),
)
"""Every label of ``resources/symbols.json``, marked here because lupdate does not read JSON."""


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
def outline(shape: str) -> tuple[tuple[float, float], ...]:
    """Return the corners of a point symbol of size 1 around the origin, y downwards.

    A circle has none: it is drawn with diameter 1. The area of the shapes is about equal, so
    that no category looks more important than another at the same size. Raises `KeyError`
    for an unknown shape.
    """
    return _OUTLINES[shape]


def _regular(corners: int, radius: float, first_deg: float) -> tuple[tuple[float, float], ...]:
    angles = [math.radians(first_deg + 360 * corner / corners) for corner in range(corners)]
    return tuple((radius * math.cos(angle), radius * math.sin(angle)) for angle in angles)


def _star(points: int, outer: float, inner: float) -> tuple[tuple[float, float], ...]:
    tips = _regular(points, outer, -90)
    notches = _regular(points, inner, -90 + 180 / points)
    return tuple(corner for pair in zip(tips, notches, strict=True) for corner in pair)


_ARM = 0.19
_OUTLINES: Mapping[str, tuple[tuple[float, float], ...]] = {
    "circle": (),
    "square": ((-0.44, -0.44), (0.44, -0.44), (0.44, 0.44), (-0.44, 0.44)),
    "triangle": tuple((x, y + 0.07) for x, y in _regular(3, 0.62, -90)),
    "diamond": _regular(4, 0.6, -90),
    "hexagon": _regular(6, 0.53, -90),
    "star": _star(5, 0.62, 0.27),
    "cross": (
        (-_ARM, -0.5), (_ARM, -0.5), (_ARM, -_ARM), (0.5, -_ARM), (0.5, _ARM), (_ARM, _ARM),
        (_ARM, 0.5), (-_ARM, 0.5), (-_ARM, _ARM), (-0.5, _ARM), (-0.5, -_ARM), (-_ARM, -_ARM),
    ),
}  # fmt: skip


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
