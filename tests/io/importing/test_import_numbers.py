"""Numbers in Italian and English spelling, against an independent strict parser."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import numpy as np
import pytest
from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.importing.numbers import parse_number, parse_numbers


def parse(*texts, units=None):
    return parse_numbers(np.array(texts, dtype=object), units or {})


@settings(deadline=None, max_examples=300)
@given(
    number=st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    locale=st.sampled_from(["it_IT", "en_US"]),
    is_grouped=st.booleans(),
)
def test_what_is_written_is_read(number, locale, is_grouped):
    text = format_decimal(number, "#,##0.00", locale=locale, group_separator=is_grouped)
    assert parse_number(text) == pytest.approx(float(number))


@settings(deadline=None, max_examples=300)
@given(text=st.text("0123456789.,-", min_size=1, max_size=12))
def test_every_answer_is_one_that_a_strict_parser_gives_too(text):
    value = parse_number(text)
    readings = set()
    for locale in ("it_IT", "en_US"):
        try:
            readings.add(float(parse_decimal(text, locale=locale, strict=True)))
        except NumberFormatError:
            continue
    plain = text.replace(",", ".")
    if plain.count(".") <= 1 and plain.strip("-.").replace(".", "").isdigit():
        with suppress(ArithmeticError):
            readings.add(float(Decimal(plain)))
    if value is not None:
        assert any(value == pytest.approx(reading) for reading in readings), (text, readings)


def test_both_spellings_in_one_column_are_right():
    parsed = parse("1.234,5", "1234.5", "12", None, "3,75")
    np.testing.assert_array_equal(parsed.values, [1234.5, 1234.5, 12, np.nan, 3.75])
    assert not parsed.is_bad.any()


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (["1.234", "5,5"], [1234.0, 5.5]),
        (["1,234", "5.5"], [1234.0, 5.5]),
        (["1.234", "0.5"], [1.234, 0.5]),
        (["1.234", "1.234.567"], [1234.0, 1234567.0]),
    ],
)
def test_the_column_decides_what_a_single_mark_means(column, values):
    parsed = parse(*column)
    np.testing.assert_array_equal(parsed.values, values)
    assert parsed.ambiguous == ()


def test_a_column_of_both_spellings_leaves_the_ambiguous_out():
    parsed = parse("1.234", "5,5", "6.5")
    assert parsed.is_bad.tolist() == [True, False, False]
    assert parsed.ambiguous == ("1.234",)


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "1,2,3", "12,34,56", "45 27 51", "1..2", "--1", "1e999"]
)
def test_what_is_no_number_is_none(text):
    assert parse(text).is_bad.all()


def test_units_are_understood_and_others_refused():
    parsed = parse("1,5 km", "200 m", "3 miles", units={"m": 1.0, "km": 1000.0})
    np.testing.assert_array_equal(parsed.values, [1500.0, 200.0, np.nan])
    assert parsed.is_bad.tolist() == [False, False, True]
