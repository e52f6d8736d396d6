"""Values as a person writes them: read strictly, told clearly, written without loss.

A number is read in one notation only. In Italian ``1.234,5`` is right and ``1234.5`` is
refused, never taken for 12345; the mark of thousands counts only in front of groups of three.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any

from app.model.errors import InputError
from app.model.frames import plain
from app.model.labels import label_of
from app.model.messages import QT_TRANSLATE_NOOP, Message, Translator, message
from app.model.naming import find_object
from app.model.network import Network
from app.model.schema import Column, Kind
from app.model.units import UNIT_WORDS

LONGEST_TEXT = 4000
_TRUE = frozenset({"1", "true", "yes", "y", "sì", "si", "vero", "x"})
_FALSE = frozenset({"0", "false", "no", "n", "falso"})
_NUMBER = re.compile(r"(?P<digits>[-+\u2212]?[\d.,'’\s\u00a0\u202f]*\d)(?P<exponent>[eE][-+]?\d+)?")
_SPACES = "\u00a0\u202f "
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T,]+(.+))?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(.+))?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(Z)?")
_DAY_END = "T00:00:00.000Z"
"""A day without a time is stored as its midnight in UTC and never moves to another zone."""


@dataclass(frozen=True)
class Notation:
    """How numbers and words are written: marks, translator of labels, and time zone.

    ``group_mark`` '' allows no marks of thousands; blanks between groups are allowed wherever
    marks are. ``zone`` ``None`` is that of the computer.
    """

    decimal_mark: str = "."
    group_mark: str = ""
    translate: Translator | None = None
    zone: tzinfo | None = None


PLAIN = Notation(zone=UTC)
"""As the command line writes: decimal point, codes, times in UTC."""


def read_value(
    column: Column, text: str, network: Network | None = None, notation: Notation = PLAIN
) -> Any:
    """Return the value of ``column`` that ``text`` means; '' is no value.

    Raises `InputError` with what is wrong and what is allowed. ``network`` finds referenced
    objects by name.
    """
    kept = text.strip()
    if not kept:
        value: Any = () if column.kind is Kind.JSON and column.reference else None
    elif column.reference:
        value = _read_reference(column, kept, network)
    else:
        value = _READERS[column.kind](column, kept, notation)
    check_value(column, value)
    return value


def check_value(column: Column, value: Any) -> None:
    """Raise `InputError` unless ``value`` is allowed in ``column``."""
    value = plain(value)
    label = message(column.label)
    if value is None or value == "":
        if column.required:
            raise InputError(message(QT_TRANSLATE_NOOP("core", "{column} is needed"), column=label))
        return
    if column.choices and value not in column.choices:
        raise _no_choice(column, str(value))
    if column.is_numeric:
        low, high = column.low, column.high
        if (low is not None and value < low) or (high is not None and value > high):
            raise InputError(_range_text(column))


def write_value(column: Column, value: Any, notation: Notation = PLAIN) -> str:
    """Return ``value`` so that `read_value` gives it back: no rounding, no marks of thousands."""
    value = plain(value)
    if value is None:
        return ""
    if column.reference:
        return ", ".join(value) if isinstance(value, tuple) else str(value)
    if column.choices or column.kind is Kind.BOOLEAN:
        code = value if column.choices else ("yes" if value else "no")
        return _label(str(code), notation)
    if column.kind is Kind.DATETIME:
        return write_moment(str(value), notation)
    return write_number(value, notation) if column.is_numeric else str(value)


def write_number(value: float, notation: Notation = PLAIN) -> str:
    """Return a number with all its digits and the decimal mark of the notation."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    exact = format(Decimal(repr(value)), "f")
    return exact.replace(".", notation.decimal_mark)


def read_number(text: str, unit: str = "", notation: Notation = PLAIN) -> float | None:
    """Return the number that ``text`` means in the stored ``unit``, ``None`` if it means none."""
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    rest = text.strip()[found.end() :].strip().casefold()
    factor = 1.0 if rest in ("", unit.casefold()) else UNIT_WORDS.get(unit, {}).get(rest)
    digits = _plain_digits(found["digits"].strip(), notation)
    if factor is None or digits is None:
        return None
    number = float(Decimal(digits + (found["exponent"] or "")) * Decimal(repr(factor)))
    return number if math.isfinite(number) else None


def write_moment(stored: str, notation: Notation = PLAIN) -> str:
    """Return a stored moment as ``31/12/2026``, with the time unless it is a day."""
    try:
        moment = datetime.fromisoformat(stored.replace("Z", "+00:00"))
    except ValueError:
        return stored
    is_day = stored.endswith(_DAY_END) or len(stored) == 10
    if notation.translate is None:
        return stored[:10] if is_day else stored
    if is_day:
        return moment.strftime("%d/%m/%Y")
    return moment.astimezone(notation.zone).strftime("%d/%m/%Y %H:%M:%S").removesuffix(":00")


def _plain_digits(digits: str, notation: Notation) -> str | None:
    """Return digits with a decimal point, or ``None`` when the marks stand wrongly."""
    mark = re.escape(notation.decimal_mark)
    groups = r"\d+"
    if notation.group_mark:
        group = re.escape(notation.group_mark)
        groups = rf"\d+|\d{{1,3}}(?:{group}\d{{3}})+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+"
    found = re.fullmatch(rf"([-+\u2212]?)({groups})?(?:{mark}(\d+))?", digits)
    if found is None or not (found[2] or found[3]):
        return None
    whole = re.sub(r"\D", "", found[2] or "0")
    sign = "-" if found[1] in ("-", "\u2212") else ""
    return f"{sign}{whole}.{found[3]}" if found[3] else sign + whole


def _read_number(column: Column, text: str, notation: Notation) -> Any:
    number = read_number(text, column.unit, notation)
    if number is None:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "“{text}” is no number; write it as {example}"),
                text=text,
                example=message(_example(column, notation)),
            )
        )
    if column.kind is Kind.REAL:
        return number
    if number != int(number) or abs(number) > 2**53:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{column} is a whole number"),
                column=message(column.label),
            )
        )
    return int(number)


def _read_flag(column: Column, text: str, notation: Notation) -> bool:
    word = text.casefold()
    for code, words in (("yes", _TRUE), ("no", _FALSE)):
        if word in words or word == _label(code, notation).casefold():
            return code == "yes"
    raise InputError(
        message(QT_TRANSLATE_NOOP("core", "“{text}” is neither yes nor no"), text=text)
    )


def _read_text(column: Column, text: str, notation: Notation) -> str:
    if not column.choices:
        if len(text) > LONGEST_TEXT:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{column} holds at most {count} characters"),
                    column=message(column.label),
                    count=LONGEST_TEXT,
                )
            )
        return text
    if text in column.choices:
        return text
    word = text.casefold()
    fits = [code for code in column.choices if word in _words(code, notation)]
    if len(fits) != 1:
        raise _no_choice(column, text)
    return fits[0]


def _read_moment(column: Column, text: str, notation: Notation) -> str:
    exact = _exact_moment(text)
    if exact is not None:
        return exact
    day, clock = _day_of(text)
    try:
        if day is None:
            raise ValueError(text)
        if clock is None:
            return datetime(*day).strftime("%Y-%m-%d") + _DAY_END
        hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
        moment = datetime(*day, hour, minute, second)
    except ValueError as error:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "“{text}” is no date; write it as 31/12/2026 or 31/12/2026 14:30"
                ),
                text=text,
            )
        ) from error
    zone = UTC if clock[4] else notation.zone
    known = moment.replace(tzinfo=zone) if zone is not None else moment.astimezone()
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _exact_moment(text: str) -> str | None:
    """Return a moment of ISO 8601 that names its zone as it is stored, ``None`` for others."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    known = moment.astimezone(UTC)
    return known.strftime("%Y-%m-%dT%H:%M:%S.") + f"{known.microsecond // 1000:03d}Z"


def _day_of(text: str) -> tuple[tuple[int, int, int] | None, re.Match[str] | None]:
    """Return year, month and day, and the time if there is one; no day when it is none."""
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        day = (int(found[1]), int(found[2]), int(found[3]))
    else:
        found = _DAY_FIRST.fullmatch(text)
        if found is None:
            return None, None
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        day = (year, int(found[2]), int(found[1]))
    clock = _CLOCK.fullmatch(found[4].strip()) if found[4] else None
    return (None if found[4] and clock is None else day), clock


def _read_document(column: Column, text: str, notation: Notation) -> Any:
    del text, notation
    raise InputError(
        message(
            QT_TRANSLATE_NOOP("core", "{column} is not written by hand"),
            column=message(column.label),
        )
    )


def _read_reference(column: Column, text: str, network: Network | None) -> Any:
    if network is None:
        return tuple(text.split(",")) if column.kind is Kind.JSON else text
    if column.kind is not Kind.JSON:
        return find_object(network, column.reference, text)
    named = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(dict.fromkeys(find_object(network, column.reference, part) for part in named))


_READERS: Mapping[Kind, Callable[[Column, str, Notation], Any]] = {
    Kind.TEXT: _read_text,
    Kind.INTEGER: _read_number,
    Kind.REAL: _read_number,
    Kind.BOOLEAN: _read_flag,
    Kind.DATETIME: _read_moment,
    Kind.JSON: _read_document,
}

_YES_NO = {"yes": QT_TRANSLATE_NOOP("codes", "Yes"), "no": QT_TRANSLATE_NOOP("codes", "No")}


def _label(code: str, notation: Notation) -> str:
    if notation.translate is None:
        return code
    if code in _YES_NO:
        return notation.translate("codes", _YES_NO[code])
    return notation.translate("core", label_of(code))


def _words(code: str, notation: Notation) -> set[str]:
    return {code.casefold(), label_of(code).casefold(), _label(code, notation).casefold()}


def _no_choice(column: Column, text: str) -> InputError:
    return InputError(
        message(
            QT_TRANSLATE_NOOP("core", "“{text}” is no {column}; choose one of: {choices}"),
            text=text,
            column=message(column.label),
            choices=_joined([message(label_of(code)) for code in column.choices]),
        )
    )


def _joined(parts: list[Message]) -> Message:
    """Return messages with commas between them, each translated by itself."""
    template = ", ".join(f"{{p{number}}}" for number in range(len(parts)))
    return Message(template, {f"p{number}": part for number, part in enumerate(parts)})


def _range_text(column: Column) -> Message:
    values = {"column": message(column.label), "unit": column.unit}
    if column.low is not None and column.high is not None:
        return message(
            QT_TRANSLATE_NOOP("core", "{column} lies between {low} and {high} {unit}"),
            low=_figure(column.low), high=_figure(column.high), **values,
        )  # fmt: skip
    if column.low is not None:
        return message(
            QT_TRANSLATE_NOOP("core", "{column} is at least {low} {unit}"),
            low=_figure(column.low), **values,
        )  # fmt: skip
    assert column.high is not None
    return message(
        QT_TRANSLATE_NOOP("core", "{column} is at most {high} {unit}"),
        high=_figure(column.high), **values,
    )  # fmt: skip


def _figure(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _example(column: Column, notation: Notation) -> str:
    if column.kind is Kind.INTEGER:
        return "1234"
    return f"1234{notation.decimal_mark}5"
