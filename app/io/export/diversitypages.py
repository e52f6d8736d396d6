"""Pages about two routes of a site: both on a map, their figures, and what they share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from app.io.export.dossier import RouteAnswers
from app.io.export.fonts import abbreviated, printable
from app.io.export.routesmap import ROUTE_COLOURS, draw_routes
from app.io.export.scalebar import scale_bar
from app.io.export.tables import Data
from app.io.export.texts import Speech
from app.model.messages import QT_TRANSLATE_NOOP, Message
from app.model.network import Network
from app.model.symbols import load_symbols

MAP_WIDTH_MM = 158.0
MAP_HEIGHT_MM = 166.0
DETAIL_WIDTH_MM = 111.0
DETAIL_HEIGHT_MM = 47.0
_ROWS = 9
"""Shared objects listed on a page; the rest is counted."""
_FEW = 4
"""Shared objects up to which a detail finds room beside them."""

WORDS: Mapping[str, str] = {
    "subtitle": QT_TRANSLATE_NOOP("core", "Diversity report"),
    "route_1": QT_TRANSLATE_NOOP("core", "Route 1"),
    "route_2": QT_TRANSLATE_NOOP("core", "Route 2"),
    "length": QT_TRANSLATE_NOOP("core", "Length"),
    "new": QT_TRANSLATE_NOOP("core", "of which new"),
    "spans": QT_TRANSLATE_NOOP("core", "Existing spans"),
    "end": QT_TRANSLATE_NOOP("core", "Ends at"),
    "loss": QT_TRANSLATE_NOOP("core", "Optical loss at {nm} nm"),
    "route_availability": QT_TRANSLATE_NOOP("core", "Availability of what it has alone"),
    "shared": QT_TRANSLATE_NOOP("core", "What both routes depend on"),
    "nothing": QT_TRANSLATE_NOOP("core", "Nothing was found that both routes depend on."),
    "metres": QT_TRANSLATE_NOOP("core", "m"),
    "more": QT_TRANSLATE_NOOP("core", "and {count} more"),
    "exempt": QT_TRANSLATE_NOOP("core", "exempt"),
    "separation": QT_TRANSLATE_NOOP("core", "Smallest separation"),
    "outside": QT_TRANSLATE_NOOP("core", "outside {distance} of site and ends"),
    "availability": QT_TRANSLATE_NOOP("core", "Availability of both"),
    "minutes": QT_TRANSLATE_NOOP("core", "{minutes} minutes a year, {common} of them shared"),
    "cost": QT_TRANSLATE_NOOP("core", "New construction, VAT excluded"),
    "range": QT_TRANSLATE_NOOP("core", "{low} to {high}"),
    "bound": QT_TRANSLATE_NOOP("core", "Lower bound"),
    "shared_length": QT_TRANSLATE_NOOP("core", "Shared"),
    "longer": QT_TRANSLATE_NOOP("core", "Longer route"),
    "shorter": QT_TRANSLATE_NOOP("core", "the shorter one {length}"),
    "objects": QT_TRANSLATE_NOOP("core", "{count} objects"),
    "detail": QT_TRANSLATE_NOOP("core", "Detail, scale 1:{scale}"),
    "detail_alt": QT_TRANSLATE_NOOP(
        "core", "Detail of what both routes share, or of where they come closest."
    ),
    "gap": QT_TRANSLATE_NOOP("core", "Gap {gap}"),
    "existing": QT_TRANSLATE_NOOP("core", "existing"),
    "legend_new": QT_TRANSLATE_NOOP("core", "new"),
    "legend_shared": QT_TRANSLATE_NOOP("core", "shared, numbered as in the list"),
    "legend_near": QT_TRANSLATE_NOOP("core", "smallest separation"),
    "scale": QT_TRANSLATE_NOOP("core", "Scale"),
    "page": QT_TRANSLATE_NOOP("core", "Page"),
    "of": QT_TRANSLATE_NOOP("core", "of"),
    "sources": QT_TRANSLATE_NOOP("core", "Sources"),
    "map_alt": QT_TRANSLATE_NOOP(
        "core", "Map of both routes of {name}; the tables beside it hold the same content."
    ),
}
"""English words of the report by the key under which the template uses them."""

VERDICTS: Mapping[tuple[str, bool], str] = {
    ("edge", True): QT_TRANSLATE_NOOP("core", "Two routes without a common span"),
    ("node", True): QT_TRANSLATE_NOOP("core", "Two routes without a common node"),
    ("risk", True): QT_TRANSLATE_NOOP("core", "Two routes without a common risk"),
    ("edge", False): QT_TRANSLATE_NOOP("core", "No two routes without a common span were found"),
    ("node", False): QT_TRANSLATE_NOOP("core", "No two routes without a common node were found"),
    ("risk", False): QT_TRANSLATE_NOOP("core", "No two routes without a common risk were found"),
}
"""What was asked, and whether it was found."""

BLOCKED = QT_TRANSLATE_NOOP("core", "In the way: {reason}")
NOTES = (
    QT_TRANSLATE_NOOP(
        "core",
        "Availability in closed form with independent failures: storms and shared trenches break "
        "this. Rates and repair times are those of the project or shipped figures; planned works "
        "are left out.",
    ),
    QT_TRANSLATE_NOOP(
        "core",
        "Loss is computed over route lengths with splices at nodes and two connectors; cable "
        "slack and splices between reels are not counted. Measured loss goes first.",
    ),
)
PLACEHOLDER_RATES = QT_TRANSLATE_NOOP(
    "core", "Some failure rates are placeholders without a verified source."
)


def page_words(speech: Speech) -> dict[str, str]:
    """Return the words that the pages use."""
    return {key: speech.say(source) for key, source in WORDS.items()}


def verdict(answer: Mapping[str, Any], speech: Speech) -> str:
    """Say whether the two routes that were asked for were found."""
    return speech.say(VERDICTS[str(answer["disjoint"]), bool(answer["found"])])


def source_line(network: Network, speech: Speech) -> str:
    """Return the sources of what the maps show, shortened."""
    sources = sorted(
        {
            str(source)
            for table in ("streets", "spans", "barriers", "areas")
            for source in network.table(table)["source"].dropna().unique()
        }
    )
    return abbreviated("; ".join(speech.sentence(source) for source in sources), 300)


def _of(dossier: RouteAnswers, table: str, site: str) -> pd.DataFrame:
    frame = dossier.tables[table]
    return frame[frame["site"] == site]


def site_page(
    dossier: RouteAnswers, answer: Mapping[str, Any], speech: Speech, *, is_built: bool = False
) -> Data:
    """Return the page of one site: maps, figures, and what its routes share.

    With ``is_built`` there is nothing left to be priced: lengths stand in place of costs.
    """
    site = str(answer["site"])
    network = dossier.network
    name = str(network.table("sites").at[site, "name"] or site)
    shared = _of(dossier, "shared", site)
    sheet = draw_routes(
        network, site, _of(dossier, "routes", site), shared.head(_ROWS),
        _of(dossier, "separation", site), MAP_WIDTH_MM, MAP_HEIGHT_MM,
    )  # fmt: skip
    blocking = list(answer["blocking"])
    why = _told(shared, blocking[0]["reason"], speech) if blocking else ""
    return {
        "name": abbreviated(name, 70),
        "verdict": verdict(answer, speech),
        "is_found": bool(answer["found"]),
        "blocked": printable(speech.fill(BLOCKED, reason=why)) if why else "",
        "map": {
            "svg": sheet.svg, "width_mm": MAP_WIDTH_MM, "height_mm": MAP_HEIGHT_MM,
            "alt": speech.fill(WORDS["map_alt"], name=printable(name)),
        },
        "detail": _detail(dossier, site, shared, speech),
        "scale": speech.formats.number(sheet.frame.scale),
        "scale_bar": scale_bar(sheet.frame, speech, widest_mm=40.0),
        "cards": _cards(answer, speech, is_built=is_built),
        "routes": _routes(dossier, answer, speech),
        "shared": [
            [
                str(number),
                printable(speech.message(reason) if isinstance(reason, Message) else str(reason)),
                speech.formats.number(round(length)) if length else "–",
                speech.say(WORDS["exempt"]) if is_exempt else "",
            ]
            for number, (reason, length, is_exempt) in enumerate(
                zip(shared["reason"], shared["length_m"], shared["is_exempt"], strict=True),
                start=1,
            )
        ][:_ROWS],
        "more": speech.fill(WORDS["more"], count=str(len(shared) - _ROWS))
        if len(shared) > _ROWS
        else "",
        "notes": [
            *map(speech.say, NOTES),
            *([speech.say(PLACEHOLDER_RATES)] if answer["availability"]["is_placeholder"] else []),
        ],
    }  # fmt: skip


def _told(shared: pd.DataFrame, reason: str, speech: Speech) -> str:
    """Return the reason of a shared object in the language; answers hold it in English."""
    return next(
        (speech.message(known) for known in shared["reason"] if str(known) == reason), reason
    )


def _detail(dossier: RouteAnswers, site: str, shared: pd.DataFrame, speech: Speech) -> Data | None:
    """Return a closer map of what is shared, else of where the routes are closest."""
    separation = _of(dossier, "separation", site)
    held = shared[~shared["is_exempt"].astype(bool)]
    if len(shared) > _FEW or (held.empty and separation.empty):
        return None
    sheet = draw_routes(
        dossier.network, site, _of(dossier, "routes", site), shared, separation,
        DETAIL_WIDTH_MM, DETAIL_HEIGHT_MM, is_detail=True,
    )  # fmt: skip
    return {
        "svg": sheet.svg,
        "width_mm": DETAIL_WIDTH_MM,
        "height_mm": DETAIL_HEIGHT_MM,
        "alt": speech.say(WORDS["detail_alt"]),
        "label": speech.fill(WORDS["detail"], scale=speech.formats.number(sheet.frame.scale)),
    }


def nines(value: float, speech: Speech) -> str:
    """Return an availability with as many decimals as it has nines, rounded down."""
    places = 2 if value >= 1 else max(2, min(8, 1 - math.floor(math.log10(1 - value))))
    floored = math.floor(value * 10**places) / 10 ** (places - 2)
    return f"{speech.formats.number(floored, places - 2)} %"


def _minutes(value: float, speech: Speech) -> str:
    """Return minutes of a year to a tenth, or what they stay below."""
    if 0 < value < 0.1:
        return f"< {speech.formats.number(0.1, 1)}"
    return speech.formats.number(value, 1)


def _cards(answer: Mapping[str, Any], speech: Speech, *, is_built: bool) -> list[dict[str, str]]:
    form = speech.formats
    up = answer["availability"]
    cost = {name: form.euro(value, 0) for name, value in answer["cost_eur"].items()}
    apart = answer["min_separation_m"]
    costs = [
        {
            "label": speech.say(WORDS["cost"]),
            "value": cost["typical"],
            "detail": speech.fill(WORDS["range"], low=cost["low"], high=cost["high"]),
        },
        _bound(answer, speech) if answer["found"] else _shared_card(answer, speech),
    ]
    lengths = [_longer(answer, speech), _shared_card(answer, speech)]
    return [
        {
            "label": speech.say(WORDS["separation"]),
            "value": "–" if apart is None else f"{form.quantity(apart)} m",
            "detail": speech.fill(
                WORDS["outside"], distance=f"{form.quantity(answer['separation_outside_m'])} m"
            ),
        },
        {
            "label": speech.say(WORDS["availability"]),
            "value": nines(up["availability"], speech),
            "detail": speech.fill(
                WORDS["minutes"],
                minutes=_minutes(up["minutes_per_year"], speech),
                common=_minutes(up["common_minutes_per_year"], speech),
            ),
        },
        *(lengths if is_built else costs),
    ]


def _longer(answer: Mapping[str, Any], speech: Speech) -> dict[str, str]:
    """Return the lengths of both routes, the longer first."""
    lengths = sorted((route["length_m"] for route in answer["routes"]), reverse=True)
    form = speech.formats
    return {
        "label": speech.say(WORDS["longer"]),
        "value": form.length(lengths[0]),
        "detail": speech.fill(WORDS["shorter"], length=form.length(lengths[-1])),
    }


def _bound(answer: Mapping[str, Any], speech: Speech) -> dict[str, str]:
    gap = answer["gap"]
    told = "–" if gap is None else speech.formats.percent(gap, 2)
    return {
        "label": speech.say(WORDS["bound"]),
        "value": speech.formats.euro(answer["lower_bound"], 0),
        "detail": speech.fill(WORDS["gap"], gap=told),
    }


def _shared_card(answer: Mapping[str, Any], speech: Speech) -> dict[str, str]:
    held = [item for item in answer["shared"] if not item["exempt"]]
    return {
        "label": speech.say(WORDS["shared_length"]),
        "value": f"{speech.formats.number(answer['shared_m'])} m",
        "detail": speech.fill(WORDS["objects"], count=speech.formats.number(len(held))),
    }


def _routes(dossier: RouteAnswers, answer: Mapping[str, Any], speech: Speech) -> list[Data]:
    """Return both routes as columns of figures, each with its colour."""
    form = speech.formats
    nodes = dossier.network.table("nodes")["name"]
    colors = load_symbols().colors
    found = []
    for number, route in enumerate(answer["routes"], start=1):
        end = None if route["end"] is None else nodes.get(route["end"])
        rows = [
            [speech.say(WORDS["length"]), f"{form.number(round(route['length_m']))} m"],
            [speech.say(WORDS["new"]), f"{form.number(round(route['new_route_length_m']))} m"],
            [speech.say(WORDS["spans"]), form.number(len(route["spans"]))],
            [speech.say(WORDS["end"]), abbreviated(end or "–", 40)],
        ]
        for item in route["loss"]:
            low, typical, high = (
                form.quantity(item["loss_db"][key]) for key in ("low", "typical", "high")
            )
            label = speech.fill(WORDS["loss"], nm=str(item["wavelength_nm"]))
            rows.append([label, f"{typical} dB ({low}–{high})"])
        if number <= len(answer["availability"]["routes"]):
            alone = answer["availability"]["routes"][number - 1]
            label = speech.say(WORDS["route_availability"])
            rows.append([label, nines(alone, speech)])
        found.append(
            {
                "name": speech.say(WORDS[f"route_{number}"]),
                "color": colors[ROUTE_COLOURS[number]],
                "rows": rows,
            }
        )
    return found
