"""The map sheet: an SVG of the plan over its surroundings, from the symbols file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from app.io.export import svg
from app.io.export.dossier import PlanDossier
from app.io.export.fonts import abbreviated
from app.io.export.frame import Bounds, Frame, clipped, fit
from app.io.export.labels import Box, Label, place
from app.io.export.phasemap import phase_groups
from app.io.export.sheetmarks import NO_MARKS, Marks, index_frames
from app.model.symbols import LayerStyle, Symbol, SymbolSet, load_symbols

SIMPLIFY_MM = 0.1
VERTEX_BUDGET = 150_000
"""Most street vertices on a sheet; the smallest classes are left out beyond it."""

_PAD_MM = 3.0
_NEAR = 0.3
"""How far from the plan, in parts of its size, a site that it does not reach widens the map."""
_OVERVIEW_FACTOR = 2.2
"""How much wider than the map the network must be for an overview to help."""
_AREA_LABEL_MM = 3.3
_NODE_LABEL_MM = 2.9
_NUMBER_MM = 2.1
_NAMED_NODES = {"hub": 10_000_000, "pop": 100_000, "aggregationPoint": 15_000, "tower": 40_000}
"""Types of nodes whose names are written, and the smallest scale at which they are."""
_FULL_SIZE_SCALE = 40_000
_MANY_SITES = 200
_LONGEST_NAME = 48


Groups = dict[str, tuple[npt.NDArray[np.object_], npt.NDArray[np.intp]]]


@dataclass
class Layers:
    """Shapes of the layers by table and value of the style's column."""

    known: dict[str, Groups] = field(default_factory=dict)

    def groups(self, table: str, column: str, frame: gpd.GeoDataFrame) -> Groups:
        """Return shapes and rows by value; sorted once for each table."""
        if table not in self.known:
            values = frame[column].astype(object).to_numpy().astype(str)
            shapes = np.asarray(frame.geometry.to_numpy(), dtype=object)
            rows = {str(value): np.flatnonzero(values == value) for value in np.unique(values)}
            self.known[table] = {value: (shapes[own], own) for value, own in rows.items()}
        return self.known[table]


@dataclass
class _Sheet:
    """What is gathered while a sheet is drawn."""

    dossier: PlanDossier
    frame: Frame
    symbols: SymbolSet
    layers: Layers
    drawn: dict[tuple[str, str], Symbol] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    sites_shown: int = 0

    @property
    def factor(self) -> float:
        """How much smaller all but the plan is drawn at a small scale, so that the plan leads."""
        return min(1.0, max(0.5, (_FULL_SIZE_SCALE / self.frame.scale) ** 0.3))

    @property
    def has_numbers(self) -> bool:
        """Whether the numbers of all sites are legible, not only of those out of reach."""
        return len(self.dossier.sites) <= _MANY_SITES or self.frame.scale <= _FULL_SIZE_SCALE

    def use(self, table: str, value: str, symbol: Symbol) -> Symbol:
        """Note that a symbol occurs, for the legend."""
        self.drawn[(table, value)] = symbol
        return symbol


@dataclass(frozen=True)
class MapSheet:
    """A drawn sheet, its frame, and the symbols that occur by table and value.

    ``outside`` counts the plan's sites that lie off the sheet.
    """

    svg: str
    frame: Frame
    drawn: Mapping[tuple[str, str], Symbol]
    outside: int = 0


def draw_map(
    dossier: PlanDossier, width_mm: float, height_mm: float, title: str = "", theme: str = "light"
) -> MapSheet:
    """Return the plan's map sheet of the given size.

    The extent is the plan's own, at a round scale; what is around it is clipped, thinned by
    class as the symbols file asks for the scale, and simplified to 0.1 mm.
    """
    return draw_frame(dossier, fit(plan_bounds(dossier), width_mm, height_mm), title, theme)


def draw_frame(
    dossier: PlanDossier,
    frame: Frame,
    title: str = "",
    theme: str = "light",
    index: Sequence[Frame] = (),
    layers: Layers | None = None,
    marks: Marks = NO_MARKS,
    is_by_phase: bool = False,
    order: Sequence[str] = (),
) -> MapSheet:
    """Return the map of a frame; ``index`` holds frames of sheets to be drawn and numbered.

    ``layers`` is shared by the sheets of a report, so that rows are sorted by class once;
    ``marks`` are drawn on top. With ``is_by_phase`` the plan is coloured by year. ``order`` names
    the tables to draw, lowest first; the network then leads, its sites drawn in full.
    """
    symbols = load_symbols(theme)
    sheet = _Sheet(dossier, frame, symbols, layers or Layers())
    width_mm, height_mm = frame.width_mm, frame.height_mm
    paper = symbols.colors["paper"]
    content = [f'<rect width="{width_mm}" height="{height_mm}" fill="{paper}"/>']
    sheet.taken.extend(marks.taken)
    own = {**_LAYERS, **(_BY_PHASE if is_by_phase else {}), **(_PLAIN if order else {})}
    for style in [symbols.layers[table] for table in order] or symbols.ordered():
        content.extend(own.get(style.table, _nothing)(sheet, style))
    frames = index_frames(frame, index, symbols)
    content.extend(place(sheet.labels, frame, [*sheet.taken, *frames.taken]))
    content.extend((*frames.content, *marks.content))
    content.append(_border(width_mm, height_mm, symbols))
    picture = svg.document(width_mm, height_mm, content, title)
    return MapSheet(picture, frame, sheet.drawn, len(dossier.sites) - sheet.sites_shown)


def draw_overview(
    dossier: PlanDossier, main: Frame, width_mm: float = 88.0, height_mm: float = 56.0
) -> MapSheet | None:
    """Return a small map of the network with the main map's extent.

    ``None`` when the main map shows most of the network already.
    """
    spans = dossier.network.geo("spans").geometry.dropna()
    if spans.empty:
        return None
    west, south, east, north = (float(edge) for edge in spans.total_bounds)
    inner = main.bounds()
    whole = (
        min(west, inner[0]), min(south, inner[1]), max(east, inner[2]), max(north, inner[3])
    )  # fmt: skip
    if max(whole[2] - whole[0], whole[3] - whole[1]) < _OVERVIEW_FACTOR * (inner[2] - inner[0]):
        return None
    symbols = load_symbols()
    sheet = _Sheet(dossier, fit(whole, width_mm, height_mm, margin_mm=3.0), symbols, Layers())
    content = [f'<rect width="{width_mm}" height="{height_mm}" fill="{symbols.colors["paper"]}"/>']
    for table in ("areas", "spans"):
        content.extend(_thin(sheet, symbols.layers[table]))
    (x0, y0), (x1, y1) = sheet.frame.to_mm(np.array([[inner[0], inner[3]], [inner[2], inner[1]]]))
    content.append(
        f'<rect x="{svg.short(x0)}" y="{svg.short(y0)}" width="{svg.short(x1 - x0)}"'
        f' height="{svg.short(y1 - y0)}" fill="{symbols.colors["plan"]}" fill-opacity="0.15"'
        f' stroke="{symbols.colors["plan"]}" stroke-width="0.6"/>'
    )
    content.append(_border(width_mm, height_mm, symbols))
    return MapSheet(svg.document(width_mm, height_mm, content), sheet.frame, sheet.drawn)


def _border(width_mm: float, height_mm: float, symbols: SymbolSet) -> str:
    return (
        f'<rect width="{width_mm}" height="{height_mm}" fill="none"'
        f' stroke="{symbols.colors["ink"]}" stroke-width="0.5"/>'
    )


def _thin(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    """Draw a layer of the overview with thin lines and without labels."""
    frame = sheet.dossier.network.geo(style.table)
    for _, symbol, shapes, _ in _groups(sheet, style, frame):
        data = svg.line_data(shapes, sheet.frame)
        factor = 0.4 if style.table == "spans" else 0.5
        if symbol.fill:
            yield svg.scaled(svg.area(symbol, data))
        else:
            yield svg.scaled(svg.line(symbol, data, factor=factor))


def plan_bounds(dossier: PlanDossier) -> Bounds:
    """Return the extent of the plan in m: its spans and sites, else the network, else 1 km.

    Sites that the plan does not reach count when they lie near it: one with a wrong position
    far away must not shrink the plan to a dot.
    """
    own = [dossier.spans.geometry, dossier.nodes.geometry, dossier.connected.geometry]
    base = _bounds(own)
    if base is None:
        network = [dossier.network.geo(name).geometry for name in ("spans", "nodes")]
        return _bounds([dossier.sites.geometry]) or _bounds(network) or (0.0, 0.0, 1000.0, 1000.0)
    west, south, east, north = base
    pad = _NEAR * max(east - west, north - south, 500.0)
    near = dossier.sites.geometry.cx[west - pad : east + pad, south - pad : north + pad]
    return _bounds([*own, near]) or base


def _bounds(parts: list[gpd.GeoSeries]) -> Bounds | None:
    shapes = [shape for part in parts for shape in part if shape is not None and not shape.is_empty]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    return (float(west), float(south), float(east), float(north))


def _nothing(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    yield from ()


def _areas(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    frame = sheet.dossier.network.geo(style.table)
    for value, symbol, shapes, rows in _groups(sheet, style, frame):
        if len(shapes):
            sheet.use(style.table, value, symbol)
            yield from _shapes(sheet, symbol, shapes)
        if style.table == "areas" and value in ("municipality", "park", "water"):
            _label_areas(sheet, frame.iloc[rows], shapes, value)


def _shapes(sheet: _Sheet, symbol: Symbol, shapes: npt.NDArray[np.object_]) -> Iterator[str]:
    """Draw areas, and lines of a layer that holds both."""
    is_area = shapely.get_dimensions(shapes) == 2
    if symbol.fill and is_area.any():
        yield svg.scaled(svg.area(symbol, svg.line_data(shapes[is_area], sheet.frame)))
        shapes = shapes[~is_area]
    data = svg.line_data(shapes, sheet.frame)
    yield svg.scaled(svg.line(symbol, data, factor=sheet.factor))


def _label_areas(
    sheet: _Sheet, frame: gpd.GeoDataFrame, shapes: npt.NDArray[np.object_], kind: str
) -> None:
    colors = sheet.symbols.colors
    for name, shape in zip(frame["name"], shapes, strict=True):
        if not name:
            continue
        x, y = sheet.frame.to_mm(shapely.get_coordinates(shapely.point_on_surface(shape)))[0]
        is_town = kind == "municipality"
        sheet.labels.append(
            Label(
                _name(name).upper() if is_town else _name(name),
                float(x),
                float(y),
                (_AREA_LABEL_MM if is_town else 2.4) * (0.6 + 0.4 * sheet.factor),
                rank=50 if is_town else 20,
                color=colors["muted"],
                halo=colors["label_halo"],
                style="normal" if is_town else "italic",
                is_centred=True,
                reach_mm=_reach_mm(sheet, shape),
            )
        )


def _name(text: object) -> str:
    return abbreviated(text, _LONGEST_NAME)


def _reach_mm(sheet: _Sheet, shape: shapely.Geometry) -> float:
    """Return how far up or down a name may move and still stand on its area."""
    _, south, _, north = shapely.bounds(shape)
    return float(min(0.3 * (north - south) / sheet.frame.m_per_mm, 30.0))


def _lines(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    frame = sheet.dossier.network.geo(style.table)
    if style.table == "plan_spans":
        frame = sheet.dossier.spans
    halos, lines = [], []
    spent = 0
    for value, symbol, shapes, _ in reversed(list(_groups(sheet, style, frame))):
        spent += int(shapely.get_num_coordinates(shapes).sum())
        if not len(shapes) or (style.table == "streets" and spent > VERTEX_BUDGET):
            continue
        data = svg.line_data(shapes, sheet.frame)
        if style.table != "streets" or symbol.max_scale > sheet.frame.scale:
            sheet.use(style.table, value, symbol)
        factor = {"plan_spans": 1.0, "spans": sheet.factor**0.8}.get(style.table, sheet.factor)
        halos.append(svg.scaled(svg.halo(symbol, data, factor=factor)))
        lines.append(svg.scaled(svg.line(symbol, data, factor=factor)))
    yield from reversed(halos)
    yield from reversed(lines)


def _phases(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    """Draw the plan's spans in the colours of their phases, those without a year below."""
    own = sheet.dossier.spans
    tolerance = SIMPLIFY_MM * sheet.frame.m_per_mm
    for color, rows in phase_groups(own["phase_year"]):
        shapes = np.asarray(own.geometry.to_numpy()[rows], dtype=object)
        cut, _ = clipped(shapes, sheet.frame.bounds(_PAD_MM), tolerance)
        symbol = Symbol("", color=color, width_px=4.0, halo=sheet.symbols.colors["label_halo"])
        data = svg.line_data(cut, sheet.frame)
        yield svg.scaled(svg.halo(symbol, data) + svg.line(symbol, data))


def _groups(
    sheet: _Sheet, style: LayerStyle, frame: gpd.GeoDataFrame
) -> Iterator[tuple[str, Symbol, npt.NDArray[np.object_], npt.NDArray[np.intp]]]:
    """Yield value, symbol, clipped shapes and rows, thin symbols first."""
    assert style.column is not None
    groups = sheet.layers.groups(style.table, style.column, frame)
    wanted = {value: style.symbol(value) for value in groups}
    for value, symbol in sorted(wanted.items(), key=lambda item: (item[1].width_px, item[0])):
        if symbol.max_scale < sheet.frame.scale:
            continue
        shapes, rows = groups[value]
        tolerance = SIMPLIFY_MM * sheet.frame.m_per_mm
        cut, kept = clipped(shapes, sheet.frame.bounds(_PAD_MM), tolerance)
        yield value, symbol, cut, rows[kept]


def _nodes(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    own = style.table == "plan_nodes"
    frame = sheet.dossier.nodes if own else sheet.dossier.network.geo(style.table)
    if own:  # the entry of a building lies below the symbol of its site
        frame = frame[~((frame["type"] == "buildingEntry") & frame["site"].notna())]
    names = frame["name"] if not own else [None] * len(frame)
    for kind, name, point in zip(frame["type"], names, frame.geometry, strict=True):
        symbol = style.symbol(kind)
        if point is None or symbol.max_scale < sheet.frame.scale:
            continue
        x, y = sheet.frame.to_mm(shapely.get_coordinates(point))[0]
        if not sheet.frame.contains_mm(x, y):
            continue
        sheet.use(style.table, str(kind), symbol)
        yield _marker(sheet, symbol, x, y, factor=max(sheet.factor, 0.8))
        if name and sheet.frame.scale <= _NAMED_NODES.get(kind, 0):
            _label_node(sheet, str(kind), str(name), symbol, x, y)


def _label_node(
    sheet: _Sheet, kind: str, name: str, symbol: Symbol, x_mm: float, y_mm: float
) -> None:
    colors = sheet.symbols.colors
    sheet.labels.append(
        Label(
            _name(name),
            x_mm,
            y_mm,
            _NODE_LABEL_MM,
            rank=90 if kind == "hub" else 70,
            color=colors["ink"],
            halo=colors["label_halo"],
            gap_mm=svg.px_to_mm(symbol.size_px) / 2 + 0.6,
            weight="700",
        )
    )


def _sites(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    """Draw sites outside the plan faintly, those of the plan fully and with their number."""
    own = sheet.dossier.sites
    others = sheet.dossier.network.geo("sites").drop(index=list(own["site"]), errors="ignore")
    if sheet.frame.scale <= 100_000:
        faint = [
            _marker(sheet, style.symbol(category), x, y, factor=0.7)
            for category, x, y in _points(sheet, others, "category")
        ]
        yield f'<g opacity="0.35">{"".join(faint)}</g>' if faint else ""
    crowded = 1.3 * sheet.factor
    for number, (category, x, y) in _numbered(sheet, own):
        sheet.sites_shown += 1
        symbol = sheet.use("sites", str(category), style.symbol(category))
        state = own["state"].iloc[number - 1]
        if state == "alreadyConnected":
            yield f'<g opacity="0.4">{_marker(sheet, symbol, x, y, factor=0.7 * crowded)}</g>'
            continue
        is_out = state == "unreachable"
        if is_out:
            yield _cross(sheet, symbol, x, y)
        yield _marker(sheet, symbol, x, y, factor=crowded)
        if is_out or sheet.has_numbers:
            _label_number(sheet, number, (svg.px_to_mm(symbol.size_px) * crowded, x, y), is_out)


def _all_sites(sheet: _Sheet, style: LayerStyle) -> Iterator[str]:
    """Draw every site in full."""
    for category, x, y in _points(sheet, sheet.dossier.network.geo("sites"), "category"):
        symbol = sheet.use("sites", str(category), style.symbol(category))
        yield _marker(sheet, symbol, x, y, factor=sheet.factor)


def _numbered(
    sheet: _Sheet, own: gpd.GeoDataFrame
) -> Iterator[tuple[int, tuple[object, float, float]]]:
    for number, (category, point) in enumerate(
        zip(own["category"], own.geometry, strict=True), start=1
    ):
        if point is None or point.is_empty:
            continue
        x, y = sheet.frame.to_mm(shapely.get_coordinates(point))[0]
        if sheet.frame.contains_mm(x, y):
            yield number, (category, float(x), float(y))


def _points(
    sheet: _Sheet, frame: gpd.GeoDataFrame, column: str
) -> Iterator[tuple[object, float, float]]:
    for value, point in zip(frame[column], frame.geometry, strict=True):
        if point is None or point.is_empty:
            continue
        x, y = sheet.frame.to_mm(shapely.get_coordinates(point))[0]
        if sheet.frame.contains_mm(x, y):
            yield value, float(x), float(y)


def _cross(sheet: _Sheet, symbol: Symbol, x: float, y: float) -> str:
    """Mark a site that the plan does not reach with a ring in the colour of errors."""
    sheet.drawn[("plan_sites", "unreachable")] = symbol
    radius = svg.px_to_mm(symbol.size_px) * 0.5 + 1.0
    color = sheet.symbols.colors["error"]
    return (
        f'<circle cx="{svg.short(x)}" cy="{svg.short(y)}" r="{svg.short(radius)}" fill="none"'
        f' stroke="{color}" stroke-width="0.5" stroke-dasharray="1 0.7"/>'
    )


def _label_number(
    sheet: _Sheet, number: int, marker: tuple[float, float, float], is_out: bool
) -> None:
    """Write a number beside a marker, given as size and place in mm."""
    size_mm, x, y = marker
    colors = sheet.symbols.colors
    sheet.labels.append(
        Label(
            str(number),
            x,
            y,
            _NUMBER_MM,
            rank=60 if is_out else 40,
            color=colors["error"] if is_out else colors["ink"],
            halo=colors["label_halo"],
            gap_mm=size_mm / 2 + (1.5 if is_out else 0.5),
        )
    )


def _marker(sheet: _Sheet, symbol: Symbol, x: float, y: float, factor: float = 1.0) -> str:
    half = svg.px_to_mm(symbol.size_px) * factor / 2
    if factor >= 0.75:
        sheet.taken.append((x - half, y - half, x + half, y + half))
    return svg.marker(symbol, x, y, factor=factor)


_LAYERS = {
    "areas": _areas,
    "hazards": _areas,
    "streets": _lines,
    "barriers": _areas,
    "conduits": _lines,
    "spans": _lines,
    "plan_spans": _lines,
    "nodes": _nodes,
    "sites": _sites,
    "plan_nodes": _nodes,
}
_BY_PHASE = {"plan_spans": _phases, "plan_nodes": _nothing}
_PLAIN = {"sites": _all_sites}
