"""Turns the mapped columns of a source into checked values of the schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.io.importing.draft import Draft, as_text, examples
from app.io.importing.numbers import parse_numbers
from app.io.importing.source import ObjectArray, is_missing
from app.io.importing.words import translator_of, truth
from app.model.errors import ExchangeError, InputError
from app.model.findings import Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.schema import Column, Kind
from app.model.units import UNIT_WORDS
from app.model.written import read_value

TEXT_LIMIT = 4000


def convert_columns(draft: Draft) -> None:
    """Fill ``draft.values`` from mapping and set values; rows may be rejected.

    A bad value in a column that may be empty is set to missing and told; a row whose required
    closed-list value means nothing, or whose required value is missing, is rejected.
    """
    for column in draft.table.columns:
        if column.reference:
            continue  # resolved against other tables, see `linking`
        if column.name in draft.options.set_values:
            given = set_value(column, draft.options.set_values[column.name])
            draft.values[column.name] = np.full(len(draft.source), given, dtype=object)
        elif column.name in draft.mapping:
            _convert(draft, column, draft.source.columns[draft.mapping[column.name]])
        _require(draft, column)


def set_value(column: Column, text: str) -> Any:
    """Return the value that the user set for a whole column; raises `ExchangeError`."""
    value: Any = None
    if column.is_numeric:
        parsed = parse_numbers(np.array([text], dtype=object), UNIT_WORDS.get(column.unit, {}))
        bad = _out_of_range(column, parsed.values) | parsed.is_bad
        value = None if bad[0] else parsed.values[0].item()
    elif column.kind is Kind.BOOLEAN:
        value = truth(text)
    elif column.choices:
        value = translator_of(column.choices)(text)
    elif text.strip():
        return text.strip()
    if value is None:
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "{value} is no value of {column}; allowed: {allowed}"),
                value=text,
                column=column.name,
                allowed=allowed_text(column),
            )
        )
    return value


def allowed_text(column: Column) -> str:
    """Return what a column takes, for messages."""
    if column.choices:
        return ", ".join(column.choices)
    if column.kind is Kind.BOOLEAN:
        return "yes, no"
    if column.kind is Kind.DATETIME:
        return "31/12/2026, 2026-12-31"
    low = "-∞" if column.low is None else f"{column.low:g}"
    high = "∞" if column.high is None else f"{column.high:g}"
    return f"{low} ... {high} {column.unit}".strip()


def _convert(draft: Draft, column: Column, raw: npt.NDArray[Any]) -> None:
    if column.is_numeric:
        draft.values[column.name] = _numbers(draft, column, raw)
    elif column.kind is Kind.BOOLEAN:
        draft.values[column.name] = _flags(draft, column, raw)
    elif column.choices:
        draft.values[column.name] = _choices(draft, column, as_text(raw))
    elif column.kind is Kind.DATETIME:
        draft.values[column.name] = _moments(draft, column, as_text(raw))
    elif column.kind is Kind.JSON:
        draft.values[column.name] = _documents(draft, column, as_text(raw))
    else:
        draft.values[column.name] = _texts(draft, column, as_text(raw))


def _numbers(draft: Draft, column: Column, raw: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if raw.dtype.kind == "O":
        parsed = parse_numbers(raw, UNIT_WORDS.get(column.unit, {}))
        values, bad = parsed.values, parsed.is_bad
        if parsed.ambiguous:
            _tell_ambiguous(draft, column, parsed.ambiguous)
    else:
        values = raw.astype(np.float64)
        bad = np.isinf(values)
    bad = bad | _out_of_range(column, values)
    if column.kind is Kind.INTEGER:
        with np.errstate(invalid="ignore"):
            bad |= ~np.isnan(values) & (values != np.round(values))
    _tell_bad(draft, column, raw, bad)
    return np.where(bad, np.nan, values)


def _out_of_range(column: Column, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    bad = np.zeros(len(values), dtype=bool)
    with np.errstate(invalid="ignore"):
        if column.low is not None:
            bad |= values < column.low
        if column.high is not None:
            bad |= values > column.high
    if column.kind is Kind.INTEGER:
        bad |= np.abs(np.nan_to_num(values)) > 2**53
    return bad


def _tell_ambiguous(draft: Draft, column: Column, words: Sequence[str]) -> None:
    draft.remark(
        "import.ambiguous_number",
        Severity.WARNING,
        message(
            QT_TRANSLATE_NOOP(
                "core",
                "{column}: {examples} can be read in two ways; the mark was taken as decimal mark",
            ),
            column=message(column.label),
            examples=examples(list(words)),
        ),
        advice=message(
            QT_TRANSLATE_NOOP("core", "Write thousands without a mark and import again")
        ),
    )


def _tell_bad(
    draft: Draft, column: Column, raw: npt.NDArray[Any], bad: npt.NDArray[np.bool_]
) -> None:
    """Tell of values that were set to missing because the column may be empty."""
    bad = bad & draft.is_alive
    if not bad.any():
        return
    draft.remark(
        "import.bad_value",
        Severity.WARNING,
        message(
            QT_TRANSLATE_NOOP(
                "core",
                "{column}: {count} values were left out because they are not allowed ({allowed}): "
                "{examples}",
            ),
            column=message(column.label),
            count=int(bad.sum()),
            allowed=allowed_text(column),
            examples=examples(as_text(raw)[bad]),
        ),
        rows=bad,
        advice=message(
            QT_TRANSLATE_NOOP("core", "Correct the values in the table, or map another column")
        ),
    )


def _flags(draft: Draft, column: Column, raw: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if raw.dtype.kind == "b":
        return raw.astype(object)
    texts = as_text(raw)
    codes, uniques = pd.factorize(texts)
    meanings = np.empty(len(uniques) + 1, dtype=object)
    meanings[:-1] = [truth(str(item)) for item in uniques]
    if column.name in ("is_bridge", "is_tunnel", "is_below_ground"):
        # tags such as tunnel=culvert or bridge=viaduct mean yes in their own words
        meanings[:-1] = [True if item is None else item for item in meanings[:-1]]
    values = meanings[codes]
    missing = is_missing(values)
    _tell_bad(draft, column, raw, missing & (codes >= 0))
    values[missing] = column.default
    return values


def _choices(draft: Draft, column: Column, texts: ObjectArray) -> npt.NDArray[Any]:
    codes, uniques = pd.factorize(texts)
    translate = translator_of(column.choices)
    meanings = np.empty(len(uniques) + 1, dtype=object)
    meanings[:-1] = [translate(str(item)) for item in uniques]
    values = meanings[codes]
    unknown = is_missing(values) & (codes >= 0)
    if column.required:
        _reject_unknown(draft, column, texts, unknown)
    else:
        _tell_bad(draft, column, texts, unknown)
    values[is_missing(values)] = column.default
    return values


def _reject_unknown(
    draft: Draft, column: Column, texts: ObjectArray, unknown: npt.NDArray[np.bool_]
) -> None:
    reasons = np.full(len(texts), None, dtype=object)
    for place in np.flatnonzero(unknown):
        reasons[place] = message(
            QT_TRANSLATE_NOOP("core", "{column}: {value} is none of {allowed}"),
            column=message(column.label),
            value=texts[place],
            allowed=allowed_text(column),
        )
    draft.reject(unknown, reasons)


def _moments(draft: Draft, column: Column, texts: ObjectArray) -> npt.NDArray[Any]:
    codes, uniques = pd.factorize(texts)
    known = np.empty(len(uniques) + 1, dtype=object)
    known[:-1] = [_moment(column, str(item)) for item in uniques]
    values = known[codes]
    _tell_bad(draft, column, texts, is_missing(values) & (codes >= 0))
    return values


def _moment(column: Column, text: str) -> Any:
    try:
        return read_value(column, text)
    except InputError:
        return None


def _documents(draft: Draft, column: Column, texts: ObjectArray) -> npt.NDArray[Any]:
    values = np.full(len(texts), None, dtype=object)
    bad = np.zeros(len(texts), dtype=bool)
    for place, item in enumerate(texts):
        if item is not None:
            try:
                values[place] = json.loads(item)
            except ValueError:
                bad[place] = True
    _tell_bad(draft, column, texts, bad)
    return values


def _texts(draft: Draft, column: Column, texts: ObjectArray) -> npt.NDArray[Any]:
    codes, uniques = pd.factorize(texts)
    cleaned = np.empty(len(uniques) + 1, dtype=object)
    cleaned[:-1] = [_clean(str(item)) for item in uniques]
    long = np.array([item is not None and len(item) > TEXT_LIMIT for item in cleaned])
    _tell_bad(draft, column, texts, long[codes])
    cleaned[long] = None
    return cleaned[codes]


def _clean(text: str) -> str | None:
    """Return text without control characters and outer blanks; nothing left is missing."""
    kept = "".join(mark for mark in text if mark.isprintable() or mark in "\n\t")
    return kept.strip() or None


def _require(draft: Draft, column: Column) -> None:
    """Reject rows that lack a required value which has no default."""
    if not column.required or column.default is not None or column.reference:
        return
    values = draft.values.get(column.name)
    if values is None:
        return  # completed or refused by the target's own rules
    draft.reject(
        is_missing(values),
        message(QT_TRANSLATE_NOOP("core", "{column} is missing"), column=message(column.label)),
    )
