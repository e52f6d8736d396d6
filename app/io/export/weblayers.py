"""Layers of the web map as compact plain data: whole numbers relative to the point before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from app.io.export.dossier import PlanDossier
from app.io.export.frame import Bounds, clipped
from app.io.export.mapsheet import plan_bounds
from app.io.export.texts import Speech
from app.model.frames import plain
from app.model.geodesy import to_lonlat
from app.model.symbols import LayerStyle, Symbol, load_symbols, outline

PRECISION = 1_000_000
"""Units in a degree: 0.1 m."""
VERTEX_BUDGET = 250_000
"""Most vertices of the backdrop: about 3 MB."""

_SCALE_AT_ZOOM_0 = 559_082_264.0
_MARGIN = 0.5
_BACKDROP = ("areas", "hazards", "streets", "barriers", "conduits")
_TOLERANCE_M = {"areas": 8.0, "hazards": 5.0, "streets": 4.0, "barriers": 4.0, "conduits": 2.0}

Data = dict[str, Any]


@dataclass
class _Atlas:
    """What is gathered while the layers are written."""

    dossier: PlanDossier
    speech: Speech
    bounds: Bounds
    symbols: list[Data] = field(default_factory=list)
    drawn: dict[tuple[str, str], Symbol] = field(default_factory=dict)
    known: dict[tuple[str, Symbol], int] = field(default_factory=dict)
    spent: int = 0

    def symbol(self, table: str, value: object, symbol: Symbol) -> int:
        """Return the position of a symbol in the page's list; note that it occurs."""
        self.drawn[(table, str(value))] = symbol
        key = (table, symbol)
        if key not in self.known:
            self.known[key] = len(self.symbols)
            self.symbols.append(_symbol(symbol, table))
        return self.known[key]


@dataclass(frozen=True)
class WebMap:
    """What the page's script reads, and the symbols that occur by table and value."""

    data: Data
    drawn: Mapping[tuple[str, str], Symbol]


def map_data(dossier: PlanDossier, speech: Speech) -> WebMap:
    """Return layers, symbols, bounds and attribution of the map."""
    west, south, east, north = plan_bounds(dossier)
    pad = _MARGIN * max(east - west, north - south, 1000.0)
    atlas = _Atlas(dossier, speech, (west - pad, south - pad, east + pad, north + pad))
    styles = load_symbols().layers
    layers = [_backdrop(atlas, styles[name]) for name in _BACKDROP]
    layers.append(_spans(atlas, styles["spans"], dossier.network.geo("spans"), is_plan=False))
    layers.append(_spans(atlas, styles["plan_spans"], dossier.spans, is_plan=True))
    layers.append(_plan_nodes(atlas, styles["plan_nodes"]))
    layers.append(_nodes(atlas, styles["nodes"]))
    layers.append(_sites(atlas, styles["sites"]))
    lon, lat = to_lonlat([west, east], [south, north], dossier.network.crs)
    data = {
        "precision": PRECISION,
        "error": load_symbols().colors["error"],
        "bounds": [[lat[0], lon[0]], [lat[1], lon[1]]],
        # Leaflet sets the attribution as HTML: the one text that is escaped here.
        "attribution": escape("; ".join(filter(_must_show, dossier.data_sources))),
        "symbols": atlas.symbols,
        "layers": [layer for layer in layers if layer["features"]],
    }
    return WebMap(data, atlas.drawn)


def encode(
    shapes: Sequence[shapely.Geometry] | npt.NDArray[np.object_], crs: str
) -> list[list[int]]:
    """Return the parts and rings of shapes as differences of latitude and longitude."""
    parts = shapely.get_parts(shapely.get_parts(np.asarray(shapes, dtype=object)))
    rings: list[list[int]] = []
    for part in parts.tolist():
        for ring in (part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,):
            xy = shapely.get_coordinates(ring)
            lon, lat = to_lonlat(xy[:, 0], xy[:, 1], crs)
            whole = np.rint(np.column_stack([lat, lon]) * PRECISION).astype(np.int64)
            whole[1:] = np.diff(whole, axis=0)
            rings.append(whole.ravel().tolist())
    return rings


def min_zoom(symbol: Symbol, latitude_deg: float = 45.5) -> int:
    """Return the first zoom level of the web at which a symbol is drawn; 0: always."""
    if math.isinf(symbol.max_scale):
        return 0
    whole = _SCALE_AT_ZOOM_0 * math.cos(math.radians(latitude_deg))
    return max(0, math.ceil(math.log2(whole / symbol.max_scale)))


def _symbol(symbol: Symbol, table: str) -> Data:
    return {
        "color": symbol.color,
        "width": symbol.width_px,
        "fill": symbol.fill,
        "opacity": symbol.opacity,
        "size": symbol.size_px,
        "dash": " ".join(str(round(item * max(symbol.width_px, 1), 1)) for item in symbol.dash),
        "halo": symbol.halo,
        "zoom": min_zoom(symbol) if table in ("streets", "conduits", "plan_nodes", "nodes") else 0,
        "corners": [list(corner) for corner in outline(symbol.shape)],
    }


def _layer(atlas: _Atlas, style: LayerStyle, kind: str, features: list[Data]) -> Data:
    label = atlas.speech.say(style.label)
    return {"label": label, "kind": kind, "shown": True, "features": features}


def _backdrop(atlas: _Atlas, style: LayerStyle) -> Data:
    """Gather the lines and areas of a class into one feature each, without pop-ups."""
    frame = atlas.dossier.network.geo(style.table)
    assert style.column is not None
    values = frame[style.column].astype(object).to_numpy()
    shapes = np.asarray(frame.geometry.to_numpy(), dtype=object)
    features: list[Data] = []
    wanted = {str(value): style.symbol(value) for value in set(values)}
    # The widest first: it is the last to go when the budget is spent.
    for value, symbol in sorted(wanted.items(), key=lambda item: (-item[1].width_px, item[0])):
        rows = np.flatnonzero([str(item) == value for item in values])
        own = shapes[rows]
        if not symbol.fill:  # else the clipped edge would be drawn as a border
            own = np.where(shapely.get_dimensions(own) == 2, shapely.boundary(own), own)
        cut, _ = clipped(own, atlas.bounds, _TOLERANCE_M[style.table])
        count = int(shapely.get_num_coordinates(cut).sum())
        if not count or atlas.spent + count > VERTEX_BUDGET:
            continue
        atlas.spent += count
        rings = encode(cut, atlas.dossier.network.crs)
        features.append({"symbol": atlas.symbol(style.table, value, symbol), "path": rings})
    features.reverse()
    filled = any(symbol.fill for symbol in wanted.values())
    return _layer(atlas, style, "area" if filled else "line", features)


def _rows(pairs: Mapping[str, str]) -> list[list[str]]:
    return [[label, value] for label, value in pairs.items() if value]


def _spans(atlas: _Atlas, style: LayerStyle, frame: gpd.GeoDataFrame, *, is_plan: bool) -> Data:
    speech, crs = atlas.speech, atlas.dossier.network.crs
    streets = atlas.dossier.network.table("streets")["name"]
    features = []
    for _, row in frame.iterrows():
        if row.geometry is None:
            continue
        value = row[style.column] if style.column else None
        pairs = {speech.word("route_length"): speech.formats.length(row["route_length_m"])}
        if is_plan:
            pairs[speech.word("surface")] = speech.code(row["surface"])
            pairs[speech.word("street")] = str(streets.get(row["street"]) or "")
            pairs[speech.word("sites_served")] = speech.formats.number(_count(row["site_count"]))
            pairs[speech.word("typical_cost")] = speech.formats.euro(row["typical_eur"])
        else:
            pairs[speech.word("state")] = speech.code(row["status"])
        symbol = style.symbol(value)
        features.append(
            {
                "symbol": atlas.symbol(style.table, value, symbol),
                "path": encode([row.geometry], crs),
                "title": str(row["name"] or speech.say(symbol.label)),
                "rows": _rows(pairs),
            }
        )
    return _layer(atlas, style, "line", features)


def _must_show(source: str) -> bool:
    """Return whether a licence wants its source named on the map itself, not in the panel."""
    return "©" in source or "OpenStreetMap" in source


def _count(value: Any) -> float | None:
    number = plain(value)
    return None if number is None else float(number)


def _point(
    atlas: _Atlas, style: LayerStyle, value: object, point: Any, title: str, rows: list[list[str]]
) -> Data:
    return {
        "symbol": atlas.symbol(style.table, value, style.symbol(value)),
        "path": encode([point], atlas.dossier.network.crs),
        "title": title,
        "rows": rows,
    }


def _nodes(atlas: _Atlas, style: LayerStyle) -> Data:
    speech = atlas.speech
    features = []
    for _, row in atlas.dossier.network.geo("nodes").iterrows():
        if row.geometry is None:
            continue
        pairs = {
            speech.word("kind"): speech.code(row["type"]),
            speech.word("state"): speech.code(row["status"]),
        }
        title = str(row["name"] or speech.code(row["type"]))
        features.append(_point(atlas, style, row["type"], row.geometry, title, _rows(pairs)))
    return _layer(atlas, style, "point", features)


def _plan_nodes(atlas: _Atlas, style: LayerStyle) -> Data:
    own = atlas.dossier.nodes
    features = [
        _point(atlas, style, kind, point, atlas.speech.code(kind), [])
        for kind, point in zip(own["type"], own.geometry, strict=True)
        if point is not None and kind != "buildingEntry"
    ]
    return _layer(atlas, style, "point", features)


def _sites(atlas: _Atlas, style: LayerStyle) -> Data:
    speech = atlas.speech
    features = []
    for number, (_, row) in enumerate(atlas.dossier.sites.iterrows(), start=1):
        if row.geometry is None:
            continue
        title = f"{number}. {row['name']}"
        rows = _rows(_site_pairs(row, speech))
        feature = _point(atlas, style, row["category"], row.geometry, title, rows)
        if row["state"] == "unreachable":
            feature["ring"] = True
            atlas.drawn[("plan_sites", "unreachable")] = style.default
        features.append(feature)
    return _layer(atlas, style, "point", features)


def _site_pairs(row: Any, speech: Speech) -> dict[str, str]:
    return {
        speech.word("category"): speech.code(row["category"]),
        speech.word("municipality"): str(row["municipality"] or ""),
        speech.word("state"): speech.code(row["state"]),
        speech.word("reason"): speech.sentence(row["reason"]),
        speech.word("to_network"): speech.formats.number(row["route_length_m"]),
        speech.word("lead_in"): speech.formats.number(row["lead_in_m"], 1),
    }
