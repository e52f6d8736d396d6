"""Numbers, euro, lengths and dates as a reader of the language writes them."""

from __future__ import annotations

import math
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_decimal_symbol,
)

from app.io.translations import base_language

NO_VALUE = "–"
_FALLBACK = "en_GB"
_TERRITORIES = {"it": "it_IT", "en": "en_GB"}


@dataclass(frozen=True)
class Formats:
    """Formatting of values for one locale; missing values become a dash."""

    locale: Locale

    def number(self, value: float | Decimal | None, decimals: int = 0) -> str:
        """Return ``value`` with grouping and a fixed number of decimals."""
        if value is None or math.isnan(value):
            return NO_VALUE
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(_rounded(value, decimals), pattern, locale=self.locale))

    def quantity(self, value: float | Decimal | None) -> str:
        """Return ``value`` with up to three decimals, no trailing zeros."""
        if value is None or math.isnan(value):
            return NO_VALUE
        return str(format_decimal(_rounded(value, 3), "#,##0.###", locale=self.locale))

    def euro(self, value: float | Decimal | None, decimals: int = 2) -> str:
        """Return an amount of money with the euro sign."""
        if value is None or math.isnan(value):
            return NO_VALUE
        pattern = self.locale.currency_formats["standard"].pattern
        if not decimals:
            pattern = pattern.replace(".00", "")
        return str(
            format_currency(
                _rounded(value, decimals), "EUR", pattern, locale=self.locale, currency_digits=False
            )
        )

    def percent(self, share: float | Decimal | None, decimals: int = 0) -> str:
        """Return a share, 0 to 1, in per cent."""
        if share is None or math.isnan(share):
            return NO_VALUE
        pattern = "0" + ("." + "0" * decimals if decimals else "") + "\N{NO-BREAK SPACE}%"
        return str(format_percent(_rounded(share, decimals + 2), pattern, locale=self.locale))

    def length(self, metres: float | None) -> str:
        """Return a length in m below 10 km, else in km."""
        if metres is None or math.isnan(metres):
            return NO_VALUE
        if abs(metres) < 10_000:
            return f"{self.number(metres)}\N{NO-BREAK SPACE}m"
        return f"{self.number(metres / 1000, 1)}\N{NO-BREAK SPACE}km"

    def fill(self, template: str, values: Mapping[str, Any]) -> str:
        """Return ``template`` in ``str.format`` syntax with its values.

        Numbers that are not whole get the decimal mark of the language.
        """
        return _Filler(get_decimal_symbol(self.locale)).vformat(template, (), values)

    def day(self, moment: datetime) -> str:
        """Return the date in words, such as ``22 novembre 2026``."""
        return str(format_date(moment, "long", locale=self.locale))

    def moment(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """Return date and time to the minute, in ``zone`` when given."""
        local = moment if zone is None else moment.astimezone(zone)
        return str(format_datetime(local, "d MMMM y, HH:mm zzz", locale=self.locale))


class _Filler(string.Formatter):
    """Fill templates as ``str.format`` does, with a decimal mark of its own."""

    def __init__(self, decimal_mark: str) -> None:
        self._decimal_mark = decimal_mark

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value as text."""
        text = str(super().format_field(value, format_spec))
        is_fraction = isinstance(value, float | Decimal)
        return text.replace(".", self._decimal_mark) if is_fraction else text


@cache
def formats(language: str) -> Formats:
    """Return the formats of ``language``; English (as in Great Britain) for an unknown one."""
    base = base_language(language)
    try:
        return Formats(Locale.parse(_TERRITORIES.get(base, base)))
    except (UnknownLocaleError, ValueError):
        return Formats(Locale.parse(_FALLBACK))


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
