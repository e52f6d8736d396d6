"""Numbers as Italians and as machines write them, read strictly.

``1.234,5`` and ``1234.5`` are both right. ``1.234`` is either 1234 or 1.234: the other values
of its column decide, and where they are silent the mark is taken as decimal mark and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
_SPACED = re.compile(r"\d[\s\u00a0\u2007\u2009\u202f'’]+\d")
_GROUPED = re.compile(
    r"[-+\u2212]?\d{1,3}(?:[\s\u00a0\u2007\u2009\u202f'’]\d{3})+(?!\d)(?![\s']*\d)"
)
_NUMBER = re.compile(
    r"""(?P<sign>[-+]?)(?:
      (?P<plain>\d+)
    | (?P<both_it>[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,})
    | (?P<both_en>[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,})
    | (?P<open_dot>[1-9]\d{0,2}\.\d{3})
    | (?P<open_comma>[1-9]\d{0,2},\d{3})
    | (?P<dot>\d*\.\d+|\d+\.)
    | (?P<comma>\d*,\d+|\d+,)
    )(?![\d.,])(?P<exponent>[eE][-+]?\d{1,3}(?![\d.,]))?""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Numbers:
    """A parsed column: values (NaN where none), what failed, and what could be read two ways."""

    values: npt.NDArray[np.float64]
    is_bad: npt.NDArray[np.bool_]
    ambiguous: tuple[str, ...] = ()


def parse_numbers(texts: npt.NDArray[np.object_], units: Mapping[str, float] = {}) -> Numbers:
    """Parse a column of text; ``None`` becomes NaN.

    Parameters
    ----------
    texts
        ``(n,)`` text or ``None``.
    units
        Lower-case unit that may follow the number, to its factor.
    """
    codes, uniques = pd.factorize(texts)
    parsed = [_split(str(item), units) for item in uniques]
    kinds = {kind for kind, _, _ in parsed}
    is_italian = bool(kinds & {"comma", "both_it"})
    is_english = bool(kinds & {"dot", "both_en"})
    numbers = np.full(len(parsed) + 1, np.nan)
    bad = np.zeros(len(parsed) + 1, dtype=bool)
    ambiguous = []
    for place, (kind, digits, factor) in enumerate(parsed):
        value = _value(kind, digits, is_italian, is_english)
        if value is None or not np.isfinite(value):
            bad[place] = True
        else:
            numbers[place] = value * factor
        if kind.startswith("open") and is_italian == is_english:
            ambiguous.append(str(uniques[place]))
    return Numbers(numbers[codes], bad[codes], tuple(ambiguous))


def parse_number(text: str) -> float | None:
    """Return one number read by itself, or ``None``."""
    kind, digits, _ = _split(text, {})
    return _value(kind, digits, is_italian=False, is_english=False)


def _split(text: str, units: Mapping[str, float]) -> tuple[str, str, float]:
    """Return how a text is written, its digits and the factor of its unit."""
    if _SPACED.search(text) and not _GROUPED.match(text.strip()):
        return "bad", "", 1.0  # several numbers, such as degrees and minutes
    bare = _SPACES.sub("", text.replace("\u2212", "-"))
    match = _NUMBER.match(bare)
    if match is None:
        return "bad", "", 1.0
    rest = bare[match.end() :].lower()
    factor = units.get(rest) if rest else 1.0
    if factor is None:
        return "bad", "", 1.0
    kind = match.lastgroup if match.lastgroup != "exponent" else None
    if kind is None:
        groups = match.groupdict()
        kind = next(name for name, item in groups.items() if item and name not in _ASIDE)
    return kind, match.group(0), factor


_ASIDE = ("sign", "exponent")


def _value(kind: str, digits: str, is_italian: bool, is_english: bool) -> float | None:
    if kind == "bad":
        return None
    if kind == "open_dot":
        thousands = is_italian and not is_english
        return None if is_italian and is_english else _float(digits, "." if thousands else "", ".")
    if kind == "open_comma":
        thousands = is_english and not is_italian
        return None if is_italian and is_english else _float(digits, "," if thousands else "", ",")
    if kind in ("both_it", "comma"):
        return _float(digits, ".", ",")
    if kind in ("both_en", "dot"):
        return _float(digits, ",", ".")
    return _float(digits, "", ".")


def _float(digits: str, group: str, decimal: str) -> float:
    if group:
        digits = digits.replace(group, "")
    if decimal == ",":
        digits = digits.replace(",", ".")
    return float(digits)
