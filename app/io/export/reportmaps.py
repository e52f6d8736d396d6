"""The maps of the report: index map, sheets that follow the route, and the map by phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from app.io.export import svg
from app.io.export.accounttexts import SHEET_ALT, SHEETS_NOTE
from app.io.export.dossier import PlanDossier
from app.io.export.fonts import printable
from app.io.export.frame import Bounds, Frame, fit
from app.io.export.legend import SWATCH_HEIGHT_MM, SWATCH_WIDTH_MM, legend
from app.io.export.mapsheet import Layers, MapSheet, draw_frame, draw_overview, plan_bounds
from app.io.export.options import PaperOptions
from app.io.export.phasemap import phase_colors
from app.io.export.reporttexts import PHASE_MAP_ALT
from app.io.export.scalebar import scale_bar
from app.io.export.sheetmarks import sheet_marks
from app.io.export.sheets import Sheet, route_sheets
from app.io.export.tables import Data
from app.io.export.texts import OUTSIDE, Speech
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.symbols import Symbol, load_symbols

MAP_WIDTH_MM = 306.0
MAP_HEIGHT_MM = 277.0
SHEET_WIDTH_MM = 400.0
SHEET_HEIGHT_MM = 260.0

_CROWDED = 22
"""Entries of a legend beside which an overview finds no room."""
_LONGEST_SOURCES = 260
"""Letters of sources on the map sheet."""
_SHOWN_SYMBOLS = 6
"""Entries of the short legend of a sheet."""

_NO_MAPS: Data = {"map": None, "overview": None, "legend": [], "map_notes": [], "sheets": []}

MAP_ALT = QT_TRANSLATE_NOOP(
    "core",
    "Map of the plan {name} at scale 1:{scale}: planned spans, sites and the existing network. "
    "The tables that follow hold the same content.",
)
OVERVIEW_ALT = QT_TRANSLATE_NOOP("core", "Overview of the network with the extent of the map.")


def map_data(
    dossier: PlanDossier, speech: Speech, options: PaperOptions
) -> tuple[Data, Mapping[str, int]]:
    """Return what the map pages show, and the number of the sheet that holds each plan's site."""
    if not options.only(("maps", "phase-maps")):
        return {**_NO_MAPS, "phase_map": None}, {}
    layers = Layers()
    bounds = plan_bounds(dossier)
    frame = fit(bounds, MAP_WIDTH_MM, MAP_HEIGHT_MM)
    phases = _phase_map(dossier, frame, speech, layers) if "phase-maps" in options else None
    if "maps" not in options:
        return {**_NO_MAPS, "phase_map": phases}, {}
    sheets = route_sheets(dossier, SHEET_WIDTH_MM, SHEET_HEIGHT_MM, frame.scale, options.scale)
    index = [item.frame for item in sheets]
    if index:
        frame = fit(_around(bounds, index), MAP_WIDTH_MM, MAP_HEIGHT_MM, margin_mm=2.0)
    main = draw_frame(dossier, frame, index=index, layers=layers)
    own = [_drawn(dossier, item, speech, layers) for item in sheets]
    data = {
        **_index_data(dossier, main, own, speech),
        "map_notes": [
            note for note in (_outside_note(main, speech), _sheets_note(sheets, speech)) if note
        ],
        "sheets": [
            _sheet_data(dossier, item, drawn, speech)
            for item, drawn in zip(sheets, own, strict=True)
        ],
        "phase_map": phases,
    }  # fmt: skip
    return data, _sheet_of_sites(dossier, sheets)


def _drawn(dossier: PlanDossier, sheet: Sheet, speech: Speech, layers: Layers) -> MapSheet:
    marks = sheet_marks(sheet.frame, sheet.exits, speech.word("sheet"), load_symbols())
    return draw_frame(dossier, sheet.frame, layers=layers, marks=marks)


def _index_data(
    dossier: PlanDossier, main: MapSheet, own: Sequence[MapSheet], speech: Speech
) -> Data:
    overview = draw_overview(dossier, main.frame)
    scale = speech.formats.number(main.frame.scale)
    drawn = {name: symbol for each in (*own, main) for name, symbol in each.drawn.items()}
    entries = legend(drawn, speech)
    is_crowded = sum(map(len, entries.values())) > _CROWDED
    return {
        "map": {
            "svg": main.svg, "width_mm": MAP_WIDTH_MM, "height_mm": MAP_HEIGHT_MM,
            "alt": speech.fill(MAP_ALT, name=printable(dossier.title), scale=scale),
        },
        "overview": None
        if overview is None
        else {
            "svg": overview.svg,
            "width_mm": overview.frame.width_mm,
            "height_mm": overview.frame.height_mm,
            "alt": speech.say(OVERVIEW_ALT),
            "corner": _emptiest_corner(dossier, main.frame, overview.frame) if is_crowded else [],
        },
        "scale": scale,
        "scale_bar": scale_bar(main.frame, speech),
        "legend": [
            {"name": name, "entries": [{"image": e.image, "label": e.label} for e in group]}
            for name, group in entries.items()
        ],
        "map_sources": brief_sources(dossier, speech),
    }  # fmt: skip


def _phase_map(dossier: PlanDossier, frame: Frame, speech: Speech, layers: Layers) -> Data | None:
    """Return the map whose routes are coloured by year; ``None`` without phases."""
    phases = dossier.accounts.phases
    if not phases:
        return None
    sheet = draw_frame(dossier, frame, layers=layers, is_by_phase=True)
    form, colors = speech.formats, phase_colors(row.year for row in phases)
    scale = form.number(frame.scale)
    return {
        "svg": sheet.svg, "width_mm": MAP_WIDTH_MM, "height_mm": MAP_HEIGHT_MM,
        "alt": speech.fill(PHASE_MAP_ALT, name=printable(dossier.title), scale=scale),
        "scale": scale,
        "scale_bar": scale_bar(frame, speech),
        "legend": [
            {
                "image": line_swatch(colors[row.year]),
                "label": speech.word("no_year") if row.year is None else str(row.year),
                "sites": form.number(row.site_count),
                "length": form.length(row.length_m),
                "amount": form.euro(row.amount_eur.typical, 0),
            }
            for row in phases
        ],
    }  # fmt: skip


def line_swatch(color: str) -> str:
    """Return a line of a colour as a small SVG for a legend."""
    data = f"M30 {SWATCH_HEIGHT_MM * 50:.0f}h{SWATCH_WIDTH_MM * 100 - 60:.0f}"
    line = svg.scaled(svg.line(Symbol("", color=color, width_px=4.0), data))
    return svg.document(SWATCH_WIDTH_MM, SWATCH_HEIGHT_MM, [line])


def _around(plan: Bounds, index: Sequence[Frame]) -> Bounds:
    """Return the extent of the plan and of the frames of its sheets."""
    edges = np.array([plan, *(frame.bounds() for frame in index)])
    west, south = edges[:, :2].min(axis=0).tolist()
    east, north = edges[:, 2:].max(axis=0).tolist()
    return (west, south, east, north)


def _sheet_data(dossier: PlanDossier, sheet: Sheet, drawn: MapSheet, speech: Speech) -> Data:
    """Return a map sheet that follows the route, with its own scale bar and short legend."""
    scale = speech.formats.number(sheet.frame.scale)
    values = {"number": str(sheet.number), "name": printable(dossier.title), "scale": scale}
    own = {name: symbol for name, symbol in drawn.drawn.items() if name[0] == "plan_spans"}
    entries = legend(own, speech).get("plan", [])[:_SHOWN_SYMBOLS]
    return {
        "number": sheet.number,
        "svg": drawn.svg,
        "width_mm": SHEET_WIDTH_MM,
        "height_mm": SHEET_HEIGHT_MM,
        "alt": speech.fill(SHEET_ALT, **values),
        "scale": scale,
        "scale_bar": scale_bar(sheet.frame, speech),
        "legend": [{"image": entry.image, "label": entry.label} for entry in entries],
    }


def _sheet_of_sites(dossier: PlanDossier, sheets: Sequence[Sheet]) -> dict[str, int]:
    """Return the sheet on which each row of the plan's sites lies farthest from the rim."""
    found = {}
    for uid, point in zip(dossier.sites.index, dossier.sites.geometry, strict=True):
        if point is None or point.is_empty:
            continue
        xy = shapely.get_coordinates(point)
        depth = [(_depth_mm(sheet.frame, xy), -sheet.number) for sheet in sheets]
        deepest, number = max(depth, default=(-1.0, 0))
        if deepest >= 0:
            found[str(uid)] = -number
    return found


def _depth_mm(frame: Frame, xy: np.ndarray) -> float:
    x, y = frame.to_mm(xy)[0].tolist()
    return float(min(x, frame.width_mm - x, y, frame.height_mm - y))


def _sheets_note(sheets: Sequence[Sheet], speech: Speech) -> str:
    if not sheets:
        return ""
    form = speech.formats
    scale = form.number(sheets[0].frame.scale)
    return speech.fill(SHEETS_NOTE, count=form.number(len(sheets)), scale=scale)


def _emptiest_corner(dossier: PlanDossier, main: Frame, inset: Frame) -> list[str]:
    """Return the corner of the sheet where an inset hides the least of the plan."""
    xy = main.to_mm(shapely.get_coordinates(dossier.spans.geometry.to_numpy()))
    counts: dict[tuple[str, str], int] = {}
    for down, near_y in (("bottom", xy[:, 1] > main.height_mm - inset.height_mm),
                         ("top", xy[:, 1] < inset.height_mm)):  # fmt: skip
        for side, near_x in (("left", xy[:, 0] < inset.width_mm),
                             ("right", xy[:, 0] > main.width_mm - inset.width_mm)):  # fmt: skip
            counts[(down, side)] = int((near_x & near_y).sum())
    return list(min((count, corner) for corner, count in counts.items())[1])


def brief_sources(dossier: PlanDossier, speech: Speech) -> list[str]:
    """Return the sources that fit on the sheet; the table of sources holds all."""
    kept: list[str] = []
    rest = _LONGEST_SOURCES
    for source in sorted(dossier.data_sources, key=lambda text: (not must_show(text), text)):
        told = speech.sentence(source)
        rest -= len(told)
        if rest < 0:
            return [*kept, speech.word("more_sources")]
        kept.append(printable(told))
    return kept


def must_show(source: str) -> bool:
    """Return whether a licence wants its source named on the map itself."""
    return "©" in source or "OpenStreetMap" in source


def _outside_note(sheet: MapSheet, speech: Speech) -> str:
    if not sheet.outside:
        return ""
    return speech.fill(OUTSIDE, count=speech.formats.number(sheet.outside))
