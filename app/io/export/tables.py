"""The tables of the reports: every text and figure as the reader's language writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from app.io.export.accounts import EuroRange
from app.io.export.dossier import BillRow, PlanDossier, total
from app.io.export.fonts import printable
from app.io.export.texts import (
    NO_PLACEHOLDERS,
    OUT_OF_DATE,
    PLACEHOLDERS,
    PRICE_YEARS,
    Speech,
)
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP
from app.model.tables import TABLES

Data = dict[str, Any]

_LONGEST_LIST = 6
_REACHED = ("connected", "alreadyConnected")
PRICES = QT_TRANSLATE_NOOP("core", "Prices")


def warnings(dossier: PlanDossier, speech: Speech) -> list[str]:
    """Return what the reader must know before using any figure."""
    found = []
    if dossier.is_out_of_date:
        found.append(speech.say(OUT_OF_DATE))
    if dossier.placeholder_share:
        found.append(placeholder_note(dossier, speech))
    return [*found, *year_notes(dossier, speech)]


def placeholder_note(dossier: PlanDossier, speech: Speech) -> str:
    """Say how much of the total rests on placeholder prices."""
    if not any(row.is_placeholder for row in dossier.bill):
        return speech.say(NO_PLACEHOLDERS)
    share = speech.formats.percent(dossier.placeholder_share)
    return speech.fill(PLACEHOLDERS, share=share)


def year_notes(dossier: PlanDossier, speech: Speech) -> list[str]:
    """Say that prices of several years stand side by side, if they do."""
    years = dossier.price_years
    if len(years) < 2:
        return []
    return [speech.fill(PRICE_YEARS, years=", ".join(map(str, years)))]


def site_rows(
    dossier: PlanDossier, speech: Speech, *, is_reached: bool,
    sheets: Mapping[str, int] | None = None,
) -> list[list[str]]:  # fmt: skip
    """Return the sites that the plan reaches, or those it does not, numbered as on the map.

    Number, name, category, municipality, state, lengths, year of the phase, number of the map
    sheet (by uid of the plan's site) and reason.
    """
    form = speech.formats
    rows = []
    for number, row in enumerate(_records(dossier.sites), start=1):
        if (row["state"] in _REACHED) != is_reached:
            continue
        sheet = (sheets or {}).get(str(dossier.sites.index[number - 1]))
        rows.append(
            [
                str(number),
                printable(row["name"] or row["site"]),
                speech.code(row["category"]),
                printable(row["municipality"] or ""),
                speech.code(row["state"]),
                form.number(row["route_length_m"]),
                form.number(row["lead_in_m"], 1),
                "" if row["phase_year"] is None else str(int(row["phase_year"])),
                "" if sheet is None else str(sheet),
                printable(speech.sentence(row["reason"])),
            ]
        )
    return rows


def finding_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return severity, text, advice and rule of every finding, the worst first."""
    order = {"error": 0, "warning": 1, "info": 2}
    found = sorted(dossier.findings, key=lambda item: (order[item.severity.value], item.rule))
    return [
        [
            speech.code(item.severity.value),
            printable(speech.message(item.message)),
            printable(speech.message(item.advice)),
            printable(item.rule),
        ]
        for item in found
    ]


def source_rows(dossier: PlanDossier, speech: Speech) -> list[tuple[str, str]]:
    """Return what every kind of data and price comes from."""
    rows = []
    for table, source in dossier.sources:
        label = speech.say(TABLES[table].label) if table in TABLES else speech.say(PRICES)
        rows.append((label, printable(speech.sentence(source))))
    return rows


def parameter_rows(dossier: PlanDossier) -> list[list[str]]:
    """Return the parameters of the study by name."""
    parameters = dossier.plan["parameters"] or {}
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    return [[printable(name), printable(_brief(given[name]))] for name in sorted(given)]


def _brief(value: object) -> str:
    """Return a parameter in words; of a long list its length."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) if len(value) <= _LONGEST_LIST else f"{len(value)}"
    return str(value)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = [name for name in frame.columns if name != "geometry"]
    lists = [frame[name].astype(object).tolist() for name in names]
    return [
        {name: plain(item) for name, item in zip(names, row, strict=True)}
        for row in zip(*lists, strict=True)
    ]


def report_facts(dossier: PlanDossier, speech: Speech, decimals: int = 0) -> list[Data]:
    """Return the four figures that a reader looks for first, euro with so many decimals."""
    form = speech.formats
    cost = dossier.total_eur
    low, high = form.euro(cost.low, decimals), form.euro(cost.high, decimals)
    already = int((dossier.sites["state"] == "alreadyConnected").sum())
    known = f"{speech.word('already')}: {form.number(already)}" if already else ""
    cards = [
        ("connected", form.number(len(dossier.connected)), known, False),
        ("unreachable", form.number(len(dossier.unreachable)), "", len(dossier.unreachable) > 0),
        ("route_total", form.length(dossier.route_length_m), "", False),
        ("cost_typical", form.euro(cost.typical, decimals), f"{low} – {high}", True),
    ]
    return [
        {"label": speech.word(key), "value": value, "detail": detail, "strong": strong}
        for key, value, detail, strong in cards
    ]


def total_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return the totals of optimised, derived and all lines: low, typical, high."""
    rows = [
        ("total_optimised", dossier.total_of("optimised")),
        ("total_derived", dossier.total_of("derived")),
        ("total", dossier.total_eur),
    ]
    return [[speech.word(key), *euros(amount, speech)] for key, amount in rows]


def amounts(amount: EuroRange, speech: Speech) -> list[str]:
    """Return the three limits of an amount in cents, for columns whose head names the euro."""
    return [speech.formats.number(part, 2) for part in amount.parts()]


def euros(amount: EuroRange, speech: Speech) -> list[str]:
    """Return the three limits of an amount with the euro sign."""
    return [speech.formats.euro(part) for part in amount.parts()]


def engine_rows(dossier: PlanDossier, speech: Speech) -> list[dict[str, str]]:
    """Return how the plan was found and what is proven about it."""
    plan, form = dossier.plan, speech.formats
    seconds = plan["seconds"]
    has_bound = plan["lower_bound_eur"] is not None
    pairs = (
        ("objective", form.euro(plan["objective_eur"])),
        (
            "bound",
            form.euro(plan["lower_bound_eur"]) if has_bound else speech.word("no_bound"),
        ),
        ("gap", form.percent(plan["gap"], 2)),
        ("engine", printable(plan["engine"] or "")),
        ("protection", speech.code(plan["protection"])),
        ("seed", "" if plan["seed"] is None else str(plan["seed"])),
        ("seconds", "" if seconds is None else f"{form.number(seconds, 1)} s"),
    )
    return [{"label": speech.word(key), "value": value} for key, value in pairs if value]


def route_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return count, length and share of the spans by technique and surface, and their total."""
    form = speech.formats
    frame = dossier.spans[["technique", "surface", "route_length_m"]].copy()
    frame["surface"] = frame["surface"].where(frame["surface"].notna(), "")
    whole = frame["route_length_m"].sum() or 1.0
    grouped = frame.groupby(["technique", "surface"], sort=True)["route_length_m"]
    rows = [
        [
            speech.code(technique),
            speech.code(surface) if surface else "–",
            form.number(len(lengths)),
            form.number(lengths.sum()),
            form.percent(lengths.sum() / whole, 1),
        ]
        for (technique, surface), lengths in grouped
    ]
    lengths = frame["route_length_m"]
    end = [form.number(len(lengths)), form.number(lengths.sum()), form.percent(Decimal(1), 1)]
    return [*rows, [speech.word("total"), "", *end]]


def bill_rows(dossier: PlanDossier, speech: Speech) -> list[Data]:
    """Return the lines of the bill below their chapters' sub-totals, and the totals at the end."""
    rows: list[Data] = []
    for chapter in chapters_of(dossier):
        lines = [row for row in dossier.bill if row.chapter == chapter]
        rows.append({**_bill_total(_chapter(chapter, speech), lines, speech), "kind": "chapter"})
        rows.extend(_bill_line(row, dossier.price_sources, speech) for row in lines)
    return [*rows, *_bill_ends(dossier, speech)]


def chapter_rows(dossier: PlanDossier, speech: Speech) -> list[Data]:
    """Return the sub-totals of the bill's chapters with their share, and the total."""
    whole = dossier.total_eur.typical
    rows = []
    for chapter in chapters_of(dossier):
        lines = [row for row in dossier.bill if row.chapter == chapter]
        share = total(lines).typical / whole if whole else Decimal(0)
        row = _bill_total(_chapter(chapter, speech), lines, speech)
        rows.append({**row, "share": speech.formats.percent(share, 1)})
    end = {**_named_total("total", dossier.bill, speech), "strong": True}
    return [*rows, {**end, "share": speech.formats.percent(Decimal(1), 1)}] if rows else []


def chapters_of(dossier: PlanDossier) -> list[str]:
    """Return the chapters of the bill in the order of its lines."""
    return list(dict.fromkeys(row.chapter for row in dossier.bill))


def _chapter(chapter: str, speech: Speech) -> str:
    return speech.code(chapter) or "–"


def _bill_ends(dossier: PlanDossier, speech: Speech) -> list[Data]:
    rows = [
        _named_total("total_optimised", dossier.bill_of("optimised"), speech),
        _named_total("total_derived", dossier.bill_of("derived"), speech),
        {**_named_total("total", dossier.bill, speech), "strong": True},
    ]
    uncertain = [row for row in dossier.bill if row.is_placeholder]
    if uncertain:
        share = speech.formats.percent(dossier.placeholder_share)
        rows.append(_bill_total(f"{speech.word('of_which')} ({share})", uncertain, speech))
    return rows


def _bill_line(row: BillRow, sources: Sequence[str], speech: Speech) -> Data:
    form = speech.formats
    note: Sequence[str] = [
        f"* {speech.word('placeholder')}" if row.is_placeholder else "",
        speech.code(row.kind),
        f"[{sources.index(row.source) + 1}]" if row.source else "",
        str(row.price_year or ""),
    ]
    return {
        "kind": "line",
        "code": printable(row.code),
        "text": printable(row.text(speech.language)),
        "note": " · ".join(part for part in note if part),
        "placeholder": row.is_placeholder,
        "unit": speech.code(row.unit),
        "quantity": form.quantity(row.quantity),
        "prices": [form.number(price, 2) for price in row.unit_price_eur.parts()],
        "amounts": amounts(row.amount_eur, speech),
    }


def _named_total(key: str, lines: Sequence[BillRow], speech: Speech) -> Data:
    return _bill_total(speech.word(key), lines, speech)


def _bill_total(text: str, lines: Sequence[BillRow], speech: Speech) -> Data:
    return {
        "kind": "total",
        "text": printable(text),
        "strong": False,
        "placeholder": any(row.is_placeholder for row in lines),
        "amounts": amounts(total(lines), speech),
    }


def unreachable_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return number, name, municipality and reason of the sites that the plan does not reach."""
    rows = site_rows(dossier, speech, is_reached=False)
    return [[row[0], row[1], row[3], row[-1]] for row in rows]


def street_rows(dossier: PlanDossier, speech: Speech) -> list[list[str]]:
    """Return the lengths by named street, technique and surface."""
    own = dossier.spans
    longest = dossier.network.table("streets")["name"].reindex(own["street"])
    names = own["name"].where(own["name"].notna(), longest.to_numpy()).tolist()
    frame = pd.DataFrame(
        {
            "street": [printable(plain(name) or "") for name in names],
            "technique": own["technique"].tolist(),
            "surface": [plain(item) or "" for item in own["surface"]],
            "length_m": own["route_length_m"].tolist(),
        }
    )
    named = frame[frame["street"] != ""]
    grouped = named.groupby(["street", "technique", "surface"], sort=True)["length_m"]
    form = speech.formats
    return [
        [
            str(street),
            speech.code(technique),
            speech.code(surface) if surface else "–",
            form.number(len(lengths)),
            form.number(lengths.sum()),
        ]
        for (street, technique, surface), lengths in grouped
    ]
