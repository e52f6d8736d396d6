"""Layers of the web map as compact plain data: whole numbers relative to the point before."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
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
from app.io.export.reportmaps import must_show
from app.io.export.texts import Speech
from app.io.formats import NO_VALUE
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
_BY_ZOOM = ("streets", "conduits", "spans", "plan_nodes", "nodes")
_TOLERANCE_M = {"areas": 8.0, "hazards": 5.0, "streets": 4.0, "barriers": 4.0, "conduits": 2.0}

Data = dict[str, Any]
Shapes = npt.NDArray[np.object_]


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
        "attribution": escape("; ".join(filter(must_show, dossier.data_sources))),
        "nothing": speech.word("nothing_found"),
        "phases": _phases(dossier, speech),
        "symbols": atlas.symbols,
        "layers": [layer for layer in layers if layer["features"]],
    }
    return WebMap(data, atlas.drawn)


def _phases(dossier: PlanDossier, speech: Speech) -> list[Data]:
    """Return the phases of the plan with their figures; nothing without years."""
    form = speech.formats
    return [
        {
            "key": _phase(row.year),
            "label": " · ".join(
                (
                    speech.word("no_year") if row.year is None else str(row.year),
                    form.length(row.length_m),
                    form.euro(row.amount_eur.typical, 0),
                )
            ),
        }
        for row in dossier.accounts.phases
    ]


def _phase(year: Any) -> str:
    number = plain(year)
    return "none" if number is None else str(int(number))


def encode(shapes: Sequence[shapely.Geometry] | Shapes, crs: str) -> list[list[list[int]]]:
    """Return of each shape its parts and rings as differences of latitude and longitude."""
    parts, owner = _rings(np.asarray(shapes, dtype=object))
    xy, part = shapely.get_coordinates(parts, return_index=True)
    result: list[list[list[int]]] = [[] for _ in range(len(shapes))]
    if not len(xy):
        return result
    lon, lat = to_lonlat(xy[:, 0], xy[:, 1], crs)
    whole = np.rint(np.column_stack([lat, lon]) * PRECISION).astype(np.int64)
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    steps = np.diff(whole, axis=0, prepend=0)
    steps[starts] = whole[starts]
    for ring, numbers in enumerate(np.split(steps, starts[1:])):
        result[owner[ring]].append(numbers.ravel().tolist())
    return result


def _rings(shapes: Shapes) -> tuple[Shapes, npt.NDArray[np.intp]]:
    """Return points, lines and rims of areas, and the position of the shape of each."""
    many, first = shapely.get_parts(shapes, return_index=True)
    single, second = shapely.get_parts(many, return_index=True)
    owner = first[second]
    is_area = shapely.get_dimensions(single) == 2
    rims, third = shapely.get_rings(single[is_area], return_index=True)
    parts = np.concatenate([single[~is_area], rims])
    owners = np.concatenate([owner[~is_area], owner[is_area][third]])
    order = np.argsort(owners, kind="stable")
    return parts[order], owners[order]


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
        "zoom": min_zoom(symbol) if table in _BY_ZOOM else 0,
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
    crs = atlas.dossier.network.crs
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
        is_area = (shapely.get_dimensions(cut) == 2) & (symbol.fill is not None)
        for kind, part in (("line", cut[~is_area]), ("area", cut[is_area])):
            if len(part):
                rings = [ring for shape in encode(part, crs) for ring in shape]
                number = atlas.symbol(style.table, value, symbol)
                features.append({"symbol": number, "path": rings, "kind": kind})
    features.reverse()
    return _layer(atlas, style, "line", features)


def _rows(pairs: Mapping[str, str]) -> list[list[str]]:
    return [[label, value] for label, value in pairs.items() if value not in ("", NO_VALUE)]


def _spans(atlas: _Atlas, style: LayerStyle, frame: gpd.GeoDataFrame, *, is_plan: bool) -> Data:
    speech, crs = atlas.speech, atlas.dossier.network.crs
    streets = atlas.dossier.network.table("streets")["name"]
    features = []
    has_phases = is_plan and bool(atlas.dossier.accounts.phases)
    frame = frame[frame.geometry.notna()]
    for path, (_, row) in zip(encode(list(frame.geometry), crs), frame.iterrows(), strict=True):
        value = row[style.column] if style.column else None
        pairs = {speech.word("route_length"): speech.formats.length(row["route_length_m"])}
        if is_plan:
            pairs[speech.word("surface")] = speech.code(row["surface"])
            pairs[speech.word("street")] = str(streets.get(row["street"]) or "")
            pairs[speech.word("sites_served")] = speech.formats.number(_count(row["site_count"]))
            pairs[speech.word("typical_cost")] = speech.formats.euro(row["typical_eur"])
            pairs[speech.word("phase")] = _year(row["phase_year"])
        else:
            pairs[speech.word("state")] = speech.code(row["status"])
        symbol = style.symbol(value)
        features.append(
            {
                "symbol": atlas.symbol(style.table, value, symbol),
                "path": path,
                "title": str(row["name"] or speech.say(symbol.label)),
                "rows": _rows(pairs),
                **({"phase": _phase(row["phase_year"])} if has_phases else {}),
            }
        )
    return _layer(atlas, style, "line", features)


def _year(value: Any) -> str:
    number = plain(value)
    return "" if number is None else str(int(number))


def _count(value: Any) -> float | None:
    number = plain(value)
    return None if number is None else float(number)


def _points(atlas: _Atlas, frame: gpd.GeoDataFrame) -> Iterator[tuple[list[list[int]], Any]]:
    there = frame[frame.geometry.notna()]
    paths = encode(list(there.geometry), atlas.dossier.network.crs)
    for path, (_, row) in zip(paths, there.iterrows(), strict=True):
        yield path, row


def _nodes(atlas: _Atlas, style: LayerStyle) -> Data:
    speech = atlas.speech
    features = []
    for path, row in _points(atlas, atlas.dossier.network.geo("nodes")):
        pairs = {
            speech.word("kind"): speech.code(row["type"]),
            speech.word("state"): speech.code(row["status"]),
        }
        features.append(
            {
                "symbol": atlas.symbol(style.table, row["type"], style.symbol(row["type"])),
                "path": path,
                "title": str(row["name"] or speech.code(row["type"])),
                "rows": _rows(pairs),
            }
        )
    return _layer(atlas, style, "point", features)


def _plan_nodes(atlas: _Atlas, style: LayerStyle) -> Data:
    own = atlas.dossier.nodes
    features = []
    for path, row in _points(atlas, own[own["type"] != "buildingEntry"]):
        number = atlas.symbol(style.table, row["type"], style.symbol(row["type"]))
        title = atlas.speech.code(row["type"])
        features.append({"symbol": number, "path": path, "title": title, "rows": []})
    return _layer(atlas, style, "point", features)


def _sites(atlas: _Atlas, style: LayerStyle) -> Data:
    speech = atlas.speech
    own = atlas.dossier.sites
    numbered = own.assign(number=range(1, len(own) + 1))
    features = []
    for path, row in _points(atlas, numbered):
        category = row["category"]
        feature = {
            "symbol": atlas.symbol(style.table, category, style.symbol(category)),
            "path": path,
            "title": f"{row['number']}. {row['name']}",
            "rows": _rows(_site_pairs(row, speech)),
        }
        if row["state"] == "unreachable":
            feature["ring"] = True
            atlas.drawn[("plan_sites", "unreachable")] = style.default
        if row["state"] == "alreadyConnected":
            feature["faint"] = True
        features.append(feature)
    features.sort(key=lambda item: "faint" not in item)
    return _layer(atlas, style, "point", features)


def _site_pairs(row: Any, speech: Speech) -> dict[str, str]:
    return {
        speech.word("category"): speech.code(row["category"]),
        speech.word("municipality"): str(row["municipality"] or ""),
        speech.word("state"): speech.code(row["state"]),
        speech.word("reason"): speech.sentence(row["reason"]),
        speech.word("to_network"): speech.formats.number(row["route_length_m"]),
        speech.word("lead_in"): speech.formats.number(row["lead_in_m"], 1),
        speech.word("phase"): _year(row["phase_year"]),
    }
