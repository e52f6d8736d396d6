"""The content of the PDF report: the map sheet with its legend and scale, and the tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from pyproj import CRS

from app.io.export.accounttables import account_data, account_facts
from app.io.export.accounttexts import SHEET_ALT, SHEETS_NOTE
from app.io.export.dossier import PlanDossier
from app.io.export.fonts import abbreviated, printable
from app.io.export.frame import Bounds, Frame, fit
from app.io.export.legend import legend
from app.io.export.mapsheet import Layers, MapSheet, draw_frame, draw_overview, plan_bounds
from app.io.export.sheets import Sheet, route_sheets
from app.io.export.tables import (
    Data,
    bill_rows,
    engine_rows,
    finding_rows,
    parameter_rows,
    placeholder_note,
    report_facts,
    route_rows,
    site_rows,
    source_rows,
    street_rows,
    total_rows,
    unreachable_rows,
    warnings,
)
from app.io.export.texts import ASSUMPTIONS, OUTSIDE, Speech
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.symbols import load_symbols

MAP_WIDTH_MM = 306.0
MAP_HEIGHT_MM = 277.0
SHEET_WIDTH_MM = 400.0
SHEET_HEIGHT_MM = 262.0

_CROWDED = 22
"""Entries of a legend beside which an overview finds no room."""
_LONGEST_SOURCES = 260
"""Letters of sources on the map sheet."""


def report_data(dossier: PlanDossier, language: str) -> Data:
    """Return what the template of the report reads, as plain JSON values."""
    speech = Speech(language)
    return {
        "language": speech.base,
        "title": printable(dossier.title),
        "author": printable(dossier.author),
        "heading": abbreviated(dossier.title, 110),
        "running": abbreviated(dossier.title, 80),
        "organisation": abbreviated(dossier.organisation, 90),
        "keywords": [speech.word("bill"), speech.word("map")],
        "program": dossier.program,
        "date": speech.formats.day(dossier.created),
        "words": speech.words(),
        "colors": dict(load_symbols().colors),
        "warnings": warnings(dossier, speech),
        **_map_data(dossier, speech),
        **_summary_data(dossier, speech),
        **account_data(dossier, speech),
        "routes": route_rows(dossier, speech),
        "bill": bill_rows(dossier, speech),
        "bill_notes": [placeholder_note(dossier, speech)],
        "price_sources": [
            f"[{number}] {printable(speech.sentence(source))}"
            for number, source in enumerate(dossier.price_sources, start=1)
        ],
        "sites": [row[:-1] for row in site_rows(dossier, speech, is_reached=True)],
        "unreachable": unreachable_rows(dossier, speech),
        "streets": street_rows(dossier, speech),
        "findings": finding_rows(dossier, speech),
        "assumptions": [*map(speech.say, ASSUMPTIONS), *map(printable, dossier.notes)],
        "sources": [list(pair) for pair in source_rows(dossier, speech)],
        "parameters": parameter_rows(dossier),
    }


def crs_text(dossier: PlanDossier) -> str:
    """Return the project's coordinate system by code and name."""
    crs = CRS.from_user_input(dossier.network.crs)
    return f"{dossier.network.crs} · {crs.name}"


def _map_data(dossier: PlanDossier, speech: Speech) -> Data:
    layers = Layers()
    bounds = plan_bounds(dossier)
    frame = fit(bounds, MAP_WIDTH_MM, MAP_HEIGHT_MM)
    sheets = route_sheets(dossier, SHEET_WIDTH_MM, SHEET_HEIGHT_MM, frame.scale)
    index = [item.frame for item in sheets]
    if index:
        frame = fit(_around(bounds, index), MAP_WIDTH_MM, MAP_HEIGHT_MM, margin_mm=2.0)
    sheet = draw_frame(dossier, frame, index=index, layers=layers)
    own = [draw_frame(dossier, item, layers=layers) for item in index]
    overview = draw_overview(dossier, sheet.frame)
    form = speech.formats
    scale = form.number(sheet.frame.scale)
    alt = speech.fill(MAP_ALT, name=printable(dossier.title), scale=scale)
    drawn = {name: symbol for each in (*own, sheet) for name, symbol in each.drawn.items()}
    entries = legend(drawn, speech)
    return {
        "map": {
            "svg": sheet.svg,
            "width_mm": MAP_WIDTH_MM,
            "height_mm": MAP_HEIGHT_MM,
            "alt": alt,
        },
        "overview": None
        if overview is None
        else {
            "svg": overview.svg,
            "width_mm": overview.frame.width_mm,
            "height_mm": overview.frame.height_mm,
            "alt": speech.say(OVERVIEW_ALT),
            "corner": _emptiest_corner(dossier, sheet.frame, overview.frame)
            if sum(map(len, entries.values())) > _CROWDED
            else [],
        },
        "scale": scale,
        "scale_bar": scale_bar(sheet.frame, speech),
        "legend": [
            {"name": name, "entries": [{"image": e.image, "label": e.label} for e in group]}
            for name, group in entries.items()
        ],
        "map_sources": _brief_sources(dossier, speech),
        "facts": _facts(dossier, speech),
        "map_notes": [
            note for note in (_outside_note(sheet, speech), _sheets_note(sheets, speech)) if note
        ],
        "sheets": [
            _sheet_data(dossier, item, drawn_sheet.svg, speech)
            for item, drawn_sheet in zip(sheets, own, strict=True)
        ],
    }


def _around(plan: Bounds, index: Sequence[Frame]) -> Bounds:
    """Return the extent of the plan and of the frames of its sheets."""
    edges = np.array([plan, *(frame.bounds() for frame in index)])
    west, south = edges[:, :2].min(axis=0).tolist()
    east, north = edges[:, 2:].max(axis=0).tolist()
    return (west, south, east, north)


def _sheet_data(dossier: PlanDossier, sheet: Sheet, picture: str, speech: Speech) -> Data:
    """Return a map sheet that follows the route, with its own scale bar and neighbours."""
    scale = speech.formats.number(sheet.frame.scale)
    values = {"number": str(sheet.number), "name": printable(dossier.title), "scale": scale}
    return {
        "number": sheet.number,
        "svg": picture,
        "width_mm": SHEET_WIDTH_MM,
        "height_mm": SHEET_HEIGHT_MM,
        "alt": speech.fill(SHEET_ALT, **values),
        "scale": scale,
        "scale_bar": scale_bar(sheet.frame, speech),
        "neighbours": sheet.neighbours,
    }


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


def _brief_sources(dossier: PlanDossier, speech: Speech) -> list[str]:
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


MAP_ALT = QT_TRANSLATE_NOOP(
    "core",
    "Map of the plan {name} at scale 1:{scale}: planned spans, sites and the existing network. "
    "The tables that follow hold the same content.",
)
OVERVIEW_ALT = QT_TRANSLATE_NOOP("core", "Overview of the network with the extent of the map.")


def _facts(dossier: PlanDossier, speech: Speech) -> list[Data]:
    plan = dossier.plan
    pairs = (
        ("project", abbreviated(dossier.network.name, 70)),
        ("state", speech.code(plan["state"])),
        ("author", abbreviated(dossier.author or plan["author"] or "", 70)),
        ("date", speech.formats.day(dossier.created)),
        ("crs", crs_text(dossier)),
    )
    return [{"label": speech.word(key), "value": value} for key, value in pairs if value]


def scale_bar(frame: Frame, speech: Speech, widest_mm: float = 56.0) -> Data:
    """Return a scale bar of a round length, 1, 2 or 5 times a power of ten, in four parts."""
    lengths = [base * 10**power for power in range(7) for base in (1, 2, 4, 5)]
    length_m = max(item for item in lengths if item / frame.m_per_mm <= widest_mm)
    parts = 5 if str(length_m)[0] == "5" else 4
    in_km = length_m >= 2000
    labels = [
        speech.formats.quantity(length_m / parts * part / (1000 if in_km else 1))
        for part in range(parts + 1)
    ]
    labels[-1] += " km" if in_km else " m"
    return {"length_mm": length_m / frame.m_per_mm, "parts": parts, "labels": labels}


def _summary_data(dossier: PlanDossier, speech: Speech) -> Data:
    shown = report_facts(dossier, speech)
    return {
        "headline": shown,
        "cards": [*shown, *account_facts(dossier, speech)],
        "totals": total_rows(dossier, speech),
        "engine": engine_rows(dossier, speech),
    }
