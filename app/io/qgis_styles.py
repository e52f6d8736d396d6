"""The symbols of the map as QGIS styles, so that QGIS shows the same picture.

QGIS reads the table ``layer_styles`` of a GeoPackage when it adds one of its layers. Sizes are
written in mm, at 96 px to the inch. Where symbols of a layer appear at different scales, or
lines and areas share a layer, the style is rule-based; otherwise categorized, which is simpler
to go on working with in QGIS.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.io.ddl import GEOM
from app.model.messages import CORE_CONTEXT, Translator
from app.model.symbols import ALWAYS, LayerStyle, Symbol, load_symbols
from app.model.tables import TABLES

_MM_PER_PX = 25.4 / 96
_HALO_PX = 1.2
"""How far a halo stands out on each side of its line."""
_MARKERS = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle",
    "diamond": "diamond",
    "hexagon": "hexagon",
    "star": "star",
    "cross": "cross_fill",
}
_ANY = "GEOMETRY"
"""Type of a table that holds lines and areas."""
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_LABEL_INK = "34,48,60,255"
_LABEL_HALO = "253,252,249,255"

Properties = Mapping[str, Any]


def store(connection: sa.Connection, translate: Translator | None = None) -> None:
    """Fill ``layer_styles`` anew and register it, so that GDAL lists no stray table."""
    connection.exec_driver_sql("DELETE FROM layer_styles")
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles')"
    )
    rows = [
        (style.table, GEOM, style.label, qml(style, translate=translate))
        for style in load_symbols().ordered()
    ]
    connection.exec_driver_sql(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui)"
        " VALUES ('', '', ?, ?, ?, ?, '', 1, '', '', '')",
        rows,
    )


def qml(style: LayerStyle, geometry: str = "", translate: Translator | None = None) -> str:
    """Return the QGIS style of a layer.

    Parameters
    ----------
    style
        The symbols.
    geometry
        GeoPackage type of the layer; by default that of the style's table.
    translate
        Puts the legend into another language.
    """
    geometry = geometry or TABLES[style.table].geometry
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling|Rendering")
    entries = list(_entries(style, geometry))
    limits = {entry.symbol.max_scale for entry in entries}
    _add_scale(root, max(limits))
    build = _categories if len(limits) == 1 and geometry != _ANY else _rules
    renderer = build(style, entries, translate)
    symbols = ET.SubElement(renderer, "symbols")
    for number, entry in enumerate(entries):
        symbols.append(_symbol(str(number), entry))
    root.append(renderer)
    root.set("labelsEnabled", "1" if style.label_column else "0")
    if style.label_column:
        root.append(_labels(style, geometry))
    return _HEAD + ET.tostring(root, encoding="unicode")


@dataclass(frozen=True)
class _Entry:
    """A symbol, the value that it stands for (empty: any other), and what it is drawn on."""

    value: str
    symbol: Symbol
    geometry: str


def _entries(style: LayerStyle, geometry: str) -> Iterator[_Entry]:
    for value, symbol in (*style.symbols.items(), ("", style.default)):
        if geometry != _ANY:
            yield _Entry(value, symbol, geometry)
            continue
        yield _Entry(value, symbol, "LINESTRING")
        if symbol.fill or not value:
            yield _Entry(value, symbol, "POLYGON")


def _add_scale(root: ET.Element, denominator: float) -> None:
    """Hide the layer above a scale denominator."""
    if denominator != ALWAYS:
        root.set("hasScaleBasedVisibilityFlag", "1")
        root.set("minScale", f"{denominator:.0f}")
        root.set("maxScale", "0")


def _legend(symbol: Symbol, translate: Translator | None) -> str:
    return symbol.label if translate is None else translate(CORE_CONTEXT, symbol.label)


def _categories(
    style: LayerStyle, entries: Sequence[_Entry], translate: Translator | None
) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="categorizedSymbol", symbollevels="1")
    renderer.set("attr", style.column or "uid")
    renderer.set("enableorderby", "0")
    categories = ET.SubElement(renderer, "categories")
    for number, entry in enumerate(entries):
        # The empty value is what QGIS takes for "all other values".
        ET.SubElement(
            categories, "category", symbol=str(number), value=entry.value, type="string",
            label=_legend(entry.symbol, translate), render="true",
        )  # fmt: skip
    return renderer


def _rules(
    style: LayerStyle, entries: Sequence[_Entry], translate: Translator | None
) -> ET.Element:
    renderer = ET.Element("renderer-v2", type="RuleRenderer", symbollevels="1")
    rules = ET.SubElement(renderer, "rules", key=f"{{{style.table}}}")
    for number, entry in enumerate(entries):
        rule = ET.SubElement(
            rules, "rule", key=f"{{{style.table}-{number}}}", symbol=str(number),
            label=_legend(entry.symbol, translate), filter=_condition(style, entry),
        )  # fmt: skip
        if entry.symbol.max_scale != ALWAYS:
            rule.set("scalemindenom", "1")
            rule.set("scalemaxdenom", f"{entry.symbol.max_scale:.0f}")
    return renderer


def _condition(style: LayerStyle, entry: _Entry) -> str:
    """Return the expression that picks the objects; ``ELSE`` takes what no rule took.

    A symbol for lines skips areas by itself and one for areas lines: for ``ELSE`` both do.
    """
    if not entry.value:
        return "ELSE"
    quoted = entry.value.replace("'", "''")
    chosen = f"\"{style.column}\" = '{quoted}'"
    if TABLES[style.table].geometry == _ANY:
        kind = "Polygon" if entry.geometry == "POLYGON" else "Line"
        chosen += f" AND geometry_type($geometry) = '{kind}'"
    return chosen


def _symbol(name: str, entry: _Entry) -> ET.Element:
    symbol, geometry = entry.symbol, entry.geometry
    kind, layers = _marker, "marker"
    if geometry.endswith("LINESTRING"):
        kind, layers = _line, "line"
    elif geometry.endswith("POLYGON"):
        kind, layers = _area, "fill"
    element = ET.Element("symbol", name=name, type=layers, alpha=f"{symbol.opacity:g}")
    element.set("clip_to_extent", "1")
    element.set("force_rhr", "0")
    for level, (layer_class, properties) in enumerate(kind(symbol)):
        layer = ET.SubElement(element, "layer", enabled="1", locked="0")
        layer.set("class", layer_class)
        layer.set("pass", str(level))
        for key, value in properties.items():
            ET.SubElement(layer, "prop", k=key, v=str(value))
    return element


def _marker(symbol: Symbol) -> Iterator[tuple[str, Properties]]:
    yield (
        "SimpleMarker",
        {
            "name": _MARKERS.get(symbol.shape, "circle"),
            "color": _rgba(symbol.fill or symbol.color),
            "outline_color": _rgba(symbol.color),
            "outline_width": _mm(symbol.width_px),
            "outline_width_unit": "MM",
            "outline_style": "solid" if symbol.width_px else "no",
            "joinstyle": "round",
            "size": _mm(symbol.size_px),
            "size_unit": "MM",
        },
    )


def _line(symbol: Symbol) -> Iterator[tuple[str, Properties]]:
    if symbol.halo:
        yield "SimpleLine", _pen(symbol.halo, symbol.width_px + 2 * _HALO_PX, ())
    yield "SimpleLine", _pen(symbol.color, symbol.width_px, symbol.dash)


def _area(symbol: Symbol) -> Iterator[tuple[str, Properties]]:
    yield (
        "SimpleFill",
        {
            "color": _rgba(symbol.fill or symbol.color),
            "style": "solid" if symbol.fill else "no",
            "outline_style": "no",
        },
    )
    if symbol.width_px:
        yield "SimpleLine", _pen(symbol.color, symbol.width_px, symbol.dash)


def _pen(color: str, width_px: float, dash: tuple[float, ...]) -> Properties:
    pen = {
        "line_color": _rgba(color),
        "line_style": "solid",
        "line_width": _mm(width_px),
        "line_width_unit": "MM",
        "capstyle": "flat" if dash else "round",
        "joinstyle": "round",
        "use_custom_dash": "0",
    }
    if dash:
        lengths = [_mm(part * width_px) for part in dash]
        # QGIS wants pairs of dash and gap.
        lengths += lengths if len(lengths) % 2 else []
        pen |= {"use_custom_dash": "1", "customdash": ";".join(lengths), "customdash_unit": "MM"}
    return pen


def _labels(style: LayerStyle, geometry: str) -> ET.Element:
    around_point, over_area, along_line = "6", "1", "2"
    placement = around_point
    if geometry.endswith("POLYGON"):
        placement = over_area
    elif geometry != "POINT":
        placement = along_line
    element = ET.Element("labeling", type="simple")
    settings = ET.SubElement(element, "settings")
    text = ET.SubElement(
        settings, "text-style", fieldName=str(style.label_column), isExpression="0",
        fontSize="8", fontSizeUnit="Point", textColor=_LABEL_INK, textOpacity="1",
    )  # fmt: skip
    ET.SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.7", bufferSizeUnits="MM",
        bufferColor=_LABEL_HALO, bufferOpacity="1", bufferJoinStyle="128",
    )  # fmt: skip
    ET.SubElement(
        settings, "placement", placement=placement, dist="0.8", distUnits="MM", offsetType="1"
    )
    rendering = ET.SubElement(settings, "rendering", drawLabels="1", scaleVisibility="0")
    if style.label_max_scale:
        rendering.set("scaleVisibility", "1")
        rendering.set("scaleMin", "1")
        rendering.set("scaleMax", f"{style.label_max_scale:.0f}")
    return element


def _mm(size_px: float) -> str:
    return f"{size_px * _MM_PER_PX:.3f}"


def _rgba(color: str) -> str:
    """Return ``#rrggbb`` as QGIS writes it."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
