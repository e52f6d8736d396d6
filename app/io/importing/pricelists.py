"""Price lists from CSV and XLSX: every row becomes an item or is kept whole among the rejected.

A price is money: a row without a price, with a unit that means nothing or with a currency that is
not the euro is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np

from app.io.importing.draft import Draft, as_text, examples
from app.io.importing.headings import guess_mapping, normalised
from app.io.importing.outcome import ImportOptions, RejectedRow
from app.io.importing.reading import read_tables
from app.io.importing.rejects import rejected_rows, unquoted, write_rejects
from app.io.importing.source import ObjectArray, SourceTable, is_missing, text_array
from app.io.importing.understanding import PRICES, check_options, understand
from app.io.importing.words import translator_of
from app.model import codes
from app.model.errors import ExchangeError
from app.model.findings import Finding, Severity
from app.model.frames import plain
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.tables import TABLES

NEEDED = ("code", "unit", "typical_eur")
"""Fields without which nothing can be priced; besides them a text in one language."""

_TEXTS = ("text_it", "text_en")
_ENDS = ("low_eur", "typical_eur", "high_eur")
_CURRENCY = frozenset({"currency", "valuta", "divisa", "moneta", "moneda"})
_EURO = frozenset({"", "eur", "euro", "e"})
_WITH_VAT = re.compile(r"iva_(inclusa|compresa)|ivato|con_iva|vat_incl|with_vat|incl_vat")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class PriceReading:
    """The items of a file as rows of ``price_items`` without list, and what became of the rest."""

    items: tuple[Mapping[str, Any], ...]
    read: int
    rejected: tuple[RejectedRow, ...]
    rejected_file: Path | None
    findings: tuple[Finding, ...]
    mapping: Mapping[str, str]
    layers: tuple[str, ...] = ()


def read_prices(
    path: Path | str,
    network: Network,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
    forbidden_path: Path | str | None = None,
) -> PriceReading:
    """Read a price list; accepted plus rejected rows are those that the file has.

    The text in one language stands in for the other where that is silent. An item with a source
    is no placeholder unless the file says so. Raises `ExchangeError` with file and reason when
    the file cannot be read or has no column for code, unit, price or text.
    """
    path, options = Path(path), options or ImportOptions()
    reading = read_tables(path, PRICES, options, None, part(progress, 0.0, 0.6), forbidden_path)
    if len(reading.tables) != 1:
        raise _refused(
            path, message(QT_TRANSLATE_NOOP("core", "{file} is no table"), file=path.name)
        )
    source = unquoted(reading.tables[0])
    if source.geometry is not None:
        source = replace(source, geometry=None)
    source, options = _prepared(source, options, path)
    draft = understand(source, PRICES, network, options, path)
    for check in (_check_units, _check_currency, _check_prices, _check_codes):
        check(draft)
    draft.drop_dead()
    _round(draft)
    _mark_sources(draft)
    _warn_of_vat(draft)
    folder = options.rejected_folder or path.parent
    uids = np.array([str(code) for code in draft.values["code"]], dtype=object)
    progress(1.0)
    return PriceReading(
        items=tuple(_rows(draft)),
        read=len(source),
        rejected=rejected_rows(draft),
        rejected_file=write_rejects([draft], path, Path(folder)),
        findings=tuple(draft.findings(uids)),
        mapping=dict(draft.mapping),
        layers=reading.layers,
    )


def _refused(path: Path, text: Message) -> ExchangeError:
    return ExchangeError(text, path)


def _prepared(
    source: SourceTable, options: ImportOptions, path: Path
) -> tuple[SourceTable, ImportOptions]:
    """Settle the mapping, fill texts from the other language, take years out of dates."""
    table = TABLES[PRICES]
    check_options(table, source, options, path)
    asked = {name: heading for name, heading in options.mapping.items() if heading}
    guess = guess_mapping(table, list(source.columns), asked.values())
    taken = {
        name: heading
        for name, heading in guess.columns.items()
        if name not in options.mapping and name not in options.set_values and name != "price_list"
    }
    mapping = {**taken, **asked}
    columns = dict(source.columns)
    _fill_texts(columns, mapping, options)
    missing = [n for n in (*NEEDED, *_TEXTS) if n not in mapping and n not in options.set_values]
    if missing:
        raise _refused(
            path,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "{file} has no column for {fields}; it has: {columns}. Name one with --map "
                    "FIELD=COLUMN.",
                ),
                file=path.name,
                fields=", ".join(missing),
                columns=", ".join(source.columns),
            ),
        )
    year = mapping.get("price_year")
    if year in columns:
        columns[year] = _years(as_text(columns[year]))
    left_out = {name: "" for name in guess.columns if name not in mapping}
    left_out["price_list"] = ""
    return replace(source, columns=columns), replace(options, mapping={**left_out, **mapping})


def _fill_texts(columns: dict[str, Any], mapping: dict[str, str], options: ImportOptions) -> None:
    given = [name for name in _TEXTS if mapping.get(name) in columns]
    if len(given) == 1 and not any(name in options.set_values for name in _TEXTS):
        mapping[next(name for name in _TEXTS if name not in given)] = mapping[given[0]]
    elif len(given) == len(_TEXTS):
        one, other = (as_text(columns[mapping[name]]) for name in given)
        columns[mapping[given[0]]] = np.where(is_missing(one), other, one)
        columns[mapping[given[1]]] = np.where(is_missing(other), one, other)


def _years(texts: ObjectArray) -> ObjectArray:
    """Return the year of each date; what has none stays as it is, to be told."""
    found = [None if item is None else _YEAR.search(str(item)) for item in texts]
    return text_array(
        [item if hit is None else hit.group(1) for item, hit in zip(texts, found, strict=True)]
    )


def _per_object(draft: Draft, name: str) -> ObjectArray:
    """Return the source's text of a mapped field for each living object."""
    return as_text(draft.source.columns[draft.mapping[name]])[draft.owner]


def _reject_each(draft: Draft, reasons: Mapping[int, Message]) -> None:
    for place, reason in reasons.items():
        draft.reject(np.array([draft.owner[place]]), reason)


def _check_units(draft: Draft) -> None:
    if "unit" not in draft.mapping:
        return
    translate = translator_of(codes.ITEM_UNITS)
    reasons = {}
    for place, word in enumerate(_per_object(draft, "unit")):
        if word is None or translate(word) is None:
            reasons[place] = message(
                QT_TRANSLATE_NOOP("core", "{column}: {value} is none of {allowed}"),
                column=message(draft.table.column("unit").label),
                value=word or "“”",
                allowed=", ".join(codes.ITEM_UNITS),
            )
    _reject_each(draft, reasons)


def _check_currency(draft: Draft) -> None:
    for heading, values in draft.source.columns.items():
        if normalised(heading) not in _CURRENCY:
            continue
        words = as_text(values)[draft.owner]
        reasons = {
            place: message(
                QT_TRANSLATE_NOOP("core", "The price is in {currency}, not in euro"), currency=word
            )
            for place, word in enumerate(words)
            if word is not None and normalised(str(word)) not in _EURO and word.strip() != "€"
        }
        _reject_each(draft, reasons)


def _check_prices(draft: Draft) -> None:
    """Refuse rows without a price, or with ends that are not in order."""
    ends = [draft.values.get(end) for end in _ENDS]
    reasons = {}
    for place in range(len(draft.owner)):
        low, typical, high = (None if end is None else plain(end[place]) for end in ends)
        if typical is None:
            reasons[place] = message(QT_TRANSLATE_NOOP("core", "The row has no typical price"))
        elif (
            not (typical if low is None else low) <= typical <= (typical if high is None else high)
        ):
            reasons[place] = message(
                QT_TRANSLATE_NOOP(
                    "core", "Low, typical and high are not in order: {low}, {typical}, {high}"
                ),
                low="–" if low is None else low,
                typical=typical,
                high="–" if high is None else high,
            )
    _reject_each(draft, reasons)


def _check_codes(draft: Draft) -> None:
    """Refuse every row whose code stands in an earlier one."""
    first: dict[str, int] = {}
    reasons = {}
    alive = draft.is_alive
    for place, code in enumerate(draft.values["code"]):
        if not alive[draft.owner[place]]:
            continue
        row = int(draft.source.rows[draft.owner[place]])
        if code in first:
            reasons[place] = message(
                QT_TRANSLATE_NOOP("core", "The code {code} stands in row {row} already"),
                code=code,
                row=first[code],
            )
        first.setdefault(code, row)
    _reject_each(draft, reasons)


def _round(draft: Draft) -> None:
    """Round prices to the cent, and say so."""
    changed: list[str] = []
    for end in _ENDS:
        values = draft.values.get(end)
        if values is None:
            continue
        found = [plain(value) for value in values]
        cents = [
            None if v is None else Decimal(str(v)).quantize(_CENT, ROUND_HALF_UP) for v in found
        ]
        changed += [
            str(v)
            for v, c in zip(found, cents, strict=True)
            if v is not None and c is not None and Decimal(str(v)) != c
        ]
        draft.values[end] = np.array([np.nan if c is None else float(c) for c in cents])
    if changed:
        draft.remark(
            "import.price_rounded",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP("core", "{count} prices were rounded to the cent: {examples}"),
                count=len(changed),
                examples=examples(changed),
            ),
        )


def _mark_sources(draft: Draft) -> None:
    """Without a mark of its own an item is a placeholder when it names no source."""
    if "is_placeholder" in draft.mapping or "is_placeholder" in draft.options.set_values:
        return
    sources = draft.values.get("source")
    count = len(draft.owner)
    unsourced = np.ones(count, dtype=bool) if sources is None else is_missing(np.asarray(sources))
    draft.values["is_placeholder"] = unsourced.astype(object)
    if unsourced.any():
        draft.remark(
            "import.price_unsourced",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP("core", "{count} prices name no source; they are placeholders"),
                count=int(unsourced.sum()),
            ),
            advice=message(
                QT_TRANSLATE_NOOP("core", "Give the source of all rows with --set source=...")
            ),
        )


def _warn_of_vat(draft: Draft) -> None:
    headings = [draft.mapping[end] for end in _ENDS if end in draft.mapping]
    suspect = [heading for heading in headings if _WITH_VAT.search(normalised(heading))]
    if suspect:
        draft.remark(
            "import.price_with_vat",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "The column {heading} seems to hold prices with VAT; prices are without"
                ),
                heading=", ".join(suspect),
            ),
        )


def _rows(draft: Draft) -> Sequence[Mapping[str, Any]]:
    names = [name for name in draft.table.column_names if name in draft.values]
    rows = [
        {name: plain(draft.values[name][place]) for name in names if name != "price_list"}
        for place in range(len(draft.owner))
    ]
    for row in rows:
        if row.get("price_year") is not None:
            row["price_year"] = int(row["price_year"])
    return rows
