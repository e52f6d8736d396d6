"""Words of the papers about money and about map sheets."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.messages import QT_TRANSLATE_NOOP

ACCOUNT_WORDS: Mapping[str, str] = {
    "cost_summary": QT_TRANSLATE_NOOP("core", "Cost summary"),
    "works_block": QT_TRANSLATE_NOOP("core", "A. Works"),
    "sums_block": QT_TRANSLATE_NOOP("core", "B. Sums at the body's disposal"),
    "works_total": QT_TRANSLATE_NOOP("core", "Total A, without VAT"),
    "sums_total": QT_TRANSLATE_NOOP("core", "Total B, with VAT"),
    "total_with_vat": QT_TRANSLATE_NOOP("core", "Total A + B, with VAT"),
    "rate": QT_TRANSLATE_NOOP("core", "Rate"),
    "base": QT_TRANSLATE_NOOP("core", "Base"),
    "works": QT_TRANSLATE_NOOP("core", "Works (A1)"),
    "works_and_safety": QT_TRANSLATE_NOOP("core", "Works and safety (A)"),
    "sums": QT_TRANSLATE_NOOP("core", "Sums at disposal before VAT"),
    "payers": QT_TRANSLATE_NOOP("core", "Who pays"),
    "payer": QT_TRANSLATE_NOOP("core", "Body"),
    "nobody": QT_TRANSLATE_NOOP("core", "No body named"),
    "payment_key": QT_TRANSLATE_NOOP("core", "Sites share a section"),
    "likely": QT_TRANSLATE_NOOP("core", "Likely range"),
    "drivers": QT_TRANSLATE_NOOP("core", "What drives the total"),
    "swing_low": QT_TRANSLATE_NOOP("core", "Total if low"),
    "swing_high": QT_TRANSLATE_NOOP("core", "Total if high"),
    "swing": QT_TRANSLATE_NOOP("core", "Difference"),
    "phases": QT_TRANSLATE_NOOP("core", "Phases"),
    "year": QT_TRANSLATE_NOOP("core", "Year"),
    "no_year": QT_TRANSLATE_NOOP("core", "Without a year"),
    "sites_connected": QT_TRANSLATE_NOOP("core", "Sites"),
    "running_total": QT_TRANSLATE_NOOP("core", "Running total, typical"),
    "alternatives": QT_TRANSLATE_NOOP("core", "Alternatives"),
    "alternative": QT_TRANSLATE_NOOP("core", "Alternative"),
    "not_building": QT_TRANSLATE_NOOP("core", "Not building"),
    "this_plan": QT_TRANSLATE_NOOP("core", "this plan"),
    "protected": QT_TRANSLATE_NOOP("core", "Protected"),
    "unreached": QT_TRANSLATE_NOOP("core", "Not reached"),
    "built_m": QT_TRANSLATE_NOOP("core", "Dug or strung (m)"),
    "hazard_m": QT_TRANSLATE_NOOP("core", "In hazard zones (m)"),
    "placeholder_part": QT_TRANSLATE_NOOP("core", "Placeholders"),
    "placeholders": QT_TRANSLATE_NOOP("core", "List of placeholders"),
    "sheet": QT_TRANSLATE_NOOP("core", "Sheet"),
    "index_map": QT_TRANSLATE_NOOP("core", "Index map"),
}
"""English words by the key under which templates and sheets use them."""

SUMMARY_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "Blocks after D.Lgs. 36/2023, annex I.7, art. 5. Each amount is its rate times its base, "
    "rounded once to the cent. Lines marked * rest on an assumption.",
)
LIKELY_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "Eight of ten draws end between P10 and P90. {draws} draws, seed {seed}: every price item "
    "moves on its own between its low and high price (triangular distribution, the typical price "
    "most likely). That items move independently is an assumption; common causes widen the range.",
)
DRIVERS_NOTE = QT_TRANSLATE_NOOP(
    "core", "The total with all prices typical and the price of this item alone low or high."
)
PAYERS_NOTE = QT_TRANSLATE_NOOP(
    "core",
    "A section is paid by the bodies whose sites need it; what no site needs is paid by the "
    "network's owner. The amounts add up to the bill, without VAT.",
)
PHASES_NOTE = QT_TRANSLATE_NOOP(
    "core", "Shared sections are built once, in the first phase that needs them, without VAT."
)
ALTERNATIVES_NOTE = QT_TRANSLATE_NOOP(
    "core", "Plans of this project beside not building, which connects no site. Without VAT."
)
OTHER_ITEMS = QT_TRANSLATE_NOOP("core", "{count} further items move the total less.")
MORE_PAYERS = QT_TRANSLATE_NOOP("core", "{count} further bodies: see the spreadsheet")
SHEETS_NOTE = QT_TRANSLATE_NOOP(
    "core", "{count} map sheets at scale 1:{scale} follow; their frames are numbered here."
)
SHEET_ALT = QT_TRANSLATE_NOOP("core", "Map sheet {number} of the plan {name} at scale 1:{scale}.")
