"""Conditions on rows: ``category = 'hospital' and priority <= 2``, parsed, checked, evaluated.

The grammar, in the order of binding::

    condition  = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation   = [ "not" ] ( "(" condition ")" | comparison )
    comparison = column ( = | != | <> | < | <= | > | >= ) value
               | column [ "not" ] "in" "(" value { "," value } ")"
               | column [ "not" ] "like" text
               | column "is" [ "not" ] "null"

Text is quoted with ``'`` (doubled inside), ``like`` knows ``%`` and ``_`` and ignores case.
Nothing is ever handed to a database or to Python as code. A comparison with a missing value
is false, as in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.model.errors import InputError
from app.model.frames import GEOMETRY
from app.model.geodesy import to_lonlat
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.schema import Column, Kind, Table

Mask = npt.NDArray[np.bool_]
Predicate = Callable[[pd.DataFrame], Mask]
_Value = str | float | bool

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>'(?:[^']|'')*')"
    r"|(?P<word>[^\W\d]\w*)|(?P<sign><=|>=|<>|!=|=|<|>|\(|\)|,))"
)
_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
PLACE_COLUMNS = ("lon", "lat")
"""Columns that every table with geometry has besides its own: degrees, WGS84."""


@dataclass(frozen=True)
class Condition:
    """A parsed condition; call `matches` with a frame of its table."""

    text: str
    predicate: Predicate

    def matches(self, frame: pd.DataFrame) -> Mask:
        """Return for each row whether it meets the condition."""
        return self.predicate(frame)


def parse_condition(text: str, table: Table) -> Condition:
    """Parse ``text`` as a condition on ``table``.

    Raises
    ------
    InputError
        With the position and what was expected; also for unknown columns and for values that
        do not fit a column.
    """
    return _Parser(text, table).parse()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int

    @property
    def keyword(self) -> str:
        return self.text.lower() if self.kind in ("word", "sign") else ""


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, text: str, table: Table) -> None:
        self._text = text
        self._table = table
        self._tokens = list(_tokens(text))
        self._next = 0

    def parse(self) -> Condition:
        predicate = self._condition()
        if self._peek().kind != "end":
            raise self._expected(QT_TRANSLATE_NOOP("core", "“and”, “or” or the end"))
        return Condition(self._text, predicate)

    def _condition(self) -> Predicate:
        parts = [self._conjunction()]
        while self._accept("or"):
            parts.append(self._conjunction())
        return _any_of(parts)

    def _conjunction(self) -> Predicate:
        parts = [self._negation()]
        while self._accept("and"):
            parts.append(self._negation())
        return _all_of(parts)

    def _negation(self) -> Predicate:
        if self._accept("not"):
            return _negated(self._negation())
        if self._accept("("):
            inner = self._condition()
            self._require(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Predicate:
        column = self._column()
        if self._accept("is"):
            wanted = not self._accept("not")
            self._require("null")
            return lambda frame: _is_missing(_values(frame, column)) == wanted
        is_negated = self._accept("not")
        if self._accept("in"):
            return self._membership(column, is_negated)
        if self._accept("like"):
            return self._likeness(column, is_negated)
        sign = self._peek().text
        if is_negated or sign not in _COMPARISONS:
            raise self._expected(QT_TRANSLATE_NOOP("core", "a comparison"))
        self._next += 1
        return _compared(column, _COMPARISONS[sign], self._value(column))

    def _membership(self, column: Column, is_negated: bool) -> Predicate:
        self._require("(")
        values = [self._value(column)]
        while self._accept(","):
            values.append(self._value(column))
        self._require(")")
        member = _any_of([_compared(column, _COMPARISONS["="], value) for value in values])
        return _known(column, _negated(member)) if is_negated else member

    def _likeness(self, column: Column, is_negated: bool) -> Predicate:
        token = self._peek()
        if token.kind != "text":
            raise self._expected(QT_TRANSLATE_NOOP("core", "a text in quotes"))
        self._next += 1
        pattern = _like_pattern(_unquoted(token.text))

        def is_like(frame: pd.DataFrame) -> Mask:
            cells = _values(frame, column)
            return np.array(
                [cell is not None and bool(pattern.fullmatch(str(cell))) for cell in cells], bool
            )

        return _known(column, _negated(is_like)) if is_negated else is_like

    def _column(self) -> Column:
        token = self._peek()
        if token.kind != "word":
            raise self._expected(QT_TRANSLATE_NOOP("core", "a column"))
        self._next += 1
        name = token.text.lower()
        if name == "uid":
            return Column("uid", Kind.TEXT, "uid")
        if self._table.geometry and name in PLACE_COLUMNS:
            return Column(name, Kind.REAL, name)
        for column in self._table.columns:
            if column.name == name:
                return column
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{table} has no column “{name}”; it has: {columns}"),
                table=self._table.name,
                name=token.text,
                columns=", ".join(("uid", *self._table.column_names)),
            )
        )

    def _value(self, column: Column) -> _Value:
        token = self._peek()
        self._next += 1
        if token.kind == "text" and not column.is_numeric and column.kind != Kind.BOOLEAN:
            return _unquoted(token.text)
        if token.kind == "number" and column.kind == Kind.BOOLEAN and token.text in ("0", "1"):
            return token.text == "1"
        if token.kind == "number" and column.is_numeric:
            return float(token.text)
        if token.keyword in ("true", "false") and column.kind == Kind.BOOLEAN:
            return token.keyword == "true"
        self._next -= 1
        if column.is_numeric:
            raise self._expected(QT_TRANSLATE_NOOP("core", "a number"))
        if column.kind == Kind.BOOLEAN:
            raise self._expected(QT_TRANSLATE_NOOP("core", "true or false"))
        raise self._expected(QT_TRANSLATE_NOOP("core", "a text in quotes"))

    def _peek(self) -> _Token:
        if self._next < len(self._tokens):
            return self._tokens[self._next]
        return _Token("end", "", len(self._text))

    def _accept(self, keyword: str) -> bool:
        if self._peek().keyword == keyword:
            self._next += 1
            return True
        return False

    def _require(self, keyword: str) -> None:
        if not self._accept(keyword):
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "Condition, position {position}: expected “{word}”"),
                    position=self._peek().position + 1,
                    word=keyword,
                )
            )

    def _expected(self, what: str) -> InputError:
        return InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Condition, position {position}: expected {what}"),
                position=self._peek().position + 1,
                what=message(what),
            )
        )


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            start = len(text) - len(text[position:].lstrip())
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "Condition, position {position}: “{sign}” is unknown"
                    ),
                    position=start + 1,
                    sign=text[start],
                )
            )
        yield _Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup))
        position = found.end()


def _values(frame: pd.DataFrame, column: Column) -> npt.NDArray[Any]:
    if column.name == "uid":
        return frame.index.to_numpy(dtype=object)
    if column.name in PLACE_COLUMNS and column.name not in frame.columns:
        return _degrees(frame)[PLACE_COLUMNS.index(column.name)]
    if column.is_numeric:
        return frame[column.name].to_numpy(dtype=float, na_value=np.nan)
    return frame[column.name].astype(object).to_numpy()


def _degrees(frame: pd.DataFrame) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    assert isinstance(frame, gpd.GeoDataFrame)
    points = shapely.point_on_surface(frame[GEOMETRY].to_numpy())
    return to_lonlat(shapely.get_x(points), shapely.get_y(points), str(frame.crs))


def _is_missing(values: npt.NDArray[Any]) -> Mask:
    return np.asarray(pd.isna(values), dtype=bool)


def _compared(column: Column, compare: Callable[[Any, Any], Any], value: _Value) -> Predicate:
    def holds(frame: pd.DataFrame) -> Mask:
        cells = _values(frame, column)
        known = ~_is_missing(cells)
        result = np.zeros(len(cells), dtype=bool)
        result[known] = np.asarray(compare(cells[known], value), dtype=bool)
        return result

    return holds


def _known(column: Column, predicate: Predicate) -> Predicate:
    return lambda frame: predicate(frame) & ~_is_missing(_values(frame, column))


def _negated(predicate: Predicate) -> Predicate:
    return lambda frame: ~predicate(frame)


def _any_of(parts: list[Predicate]) -> Predicate:
    if len(parts) == 1:
        return parts[0]
    return lambda frame: np.logical_or.reduce([part(frame) for part in parts])


def _all_of(parts: list[Predicate]) -> Predicate:
    if len(parts) == 1:
        return parts[0]
    return lambda frame: np.logical_and.reduce([part(frame) for part in parts])


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'")


def _like_pattern(text: str) -> re.Pattern[str]:
    parts = [{"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in text]
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)
