"""The legend: only symbols that occur on the sheet, grouped as a reader looks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.io.export import svg
from app.io.export.texts import Speech
from app.model.symbols import Symbol, SymbolSet, load_symbols
from app.model.tables import TABLES

Drawn = Mapping[tuple[str, str], Symbol]

SWATCH_WIDTH_MM = 9.0
SWATCH_HEIGHT_MM = 4.4

GROUPS: Mapping[str, Sequence[str]] = {
    "plan": ("plan_spans", "plan_nodes"),
    "sites": ("sites", "plan_sites"),
    "existing": ("spans", "nodes", "conduits"),
    "backdrop": ("streets", "barriers", "hazards", "areas"),
}


@dataclass(frozen=True)
class LegendEntry:
    """A symbol as a small SVG and its label in the report's language."""

    image: str
    label: str


def legend(drawn: Drawn, speech: Speech, theme: str = "light") -> dict[str, list[LegendEntry]]:
    """Return the entries by group (see `GROUPS`), in the order of the symbols file.

    ``drawn`` holds the symbols that occur by table and value of the style's column.
    """
    symbols = load_symbols(theme)
    result: dict[str, list[LegendEntry]] = {}
    for group, tables in GROUPS.items():
        entries: dict[str, LegendEntry] = {}
        for table in tables:
            for value, symbol in _occurring(drawn, symbols, table):
                label = speech.say(_label(table, symbol))
                entries.setdefault(label, LegendEntry(swatch(table, value, symbol), label))
        if entries:
            result[group] = list(entries.values())
    return result


def _occurring(drawn: Drawn, symbols: SymbolSet, table: str) -> list[tuple[str, Symbol]]:
    known = list(symbols.layers[table].symbols) if table in symbols.layers else []
    found = [(value, symbol) for (name, value), symbol in drawn.items() if name == table]
    rank = {value: place for place, value in enumerate(known)}
    return sorted(found, key=lambda item: (rank.get(item[0], len(rank)), item[0]))


def _label(table: str, symbol: Symbol) -> str:
    return "Not reachable" if table == "plan_sites" else symbol.label


def swatch(table: str, value: str, symbol: Symbol) -> str:
    """Return the symbol as an SVG of `SWATCH_WIDTH_MM` by `SWATCH_HEIGHT_MM`."""
    middle_x, middle_y = SWATCH_WIDTH_MM / 2, SWATCH_HEIGHT_MM / 2
    geometry = "POINT" if table == "plan_sites" else TABLES[table].geometry
    if table == "plan_sites":
        color = load_symbols().colors["error"]
        content = (
            f'<circle cx="{middle_x}" cy="{middle_y}" r="1.7" fill="none" stroke="{color}"'
            ' stroke-width="0.5" stroke-dasharray="1 0.7"/>'
        )
    elif geometry == "POINT":
        content = svg.marker(symbol, middle_x, middle_y)
    elif symbol.fill:
        rim = f"M50 60h{SWATCH_WIDTH_MM * 100 - 100:.0f}v{SWATCH_HEIGHT_MM * 100 - 120:.0f}"
        content = svg.scaled(svg.area(symbol, f"{rim}h-{SWATCH_WIDTH_MM * 100 - 100:.0f}z"))
    else:
        data = f"M30 {middle_y * 100:.0f}h{SWATCH_WIDTH_MM * 100 - 60:.0f}"
        content = svg.scaled(svg.line(symbol, data))
    return svg.document(SWATCH_WIDTH_MM, SWATCH_HEIGHT_MM, [content])
