"""What money rests on besides prices: shipped figures, and those that a project sets itself.

The figures of ``resources/economics.json`` and the rates of the cost summary are known by code.
A row of the project's table ``assumptions`` with that code counts before the shipped figure, and
a value given with the question before both.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from typing import Any

from app.model.changes import ChangeSet, combine, delete, insert, update
from app.model.errors import InputError
from app.model.frames import frame_from_rows, rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.tables import TABLES
from app.planning.costs.summary import SummaryRate, SummaryRates, default_rates

_NAMESPACE = uuid.UUID("2b9a3f0e-6d0b-5e52-9a3c-8f4c1c6d7e21")
_SUMMARY = "summary"
_MOST = Decimal(10**9)
_LIMITS: Mapping[str, tuple[Decimal, Decimal]] = {
    "fraction": (Decimal(0), Decimal(1)),
    "1/year": (Decimal(0), Decimal(1)),
    "years": (Decimal(1), Decimal(100)),
    "m/day": (Decimal("0.1"), _MOST),
    "days": (Decimal(0), Decimal(1000)),
    "months": (Decimal(0), Decimal(240)),
    "each": (Decimal(1), Decimal(1000)),
}
"""Least and most by unit; what is not named is 0 or more."""
_YEAR_DAYS = (Decimal(1), Decimal(366))


@dataclass(frozen=True)
class Assumed:
    """A figure as range in its unit, with its source; without a value it is not counted."""

    code: str
    group: str
    text_en: str
    text_it: str
    unit: str
    low: Decimal | None
    typical: Decimal | None
    high: Decimal | None
    is_placeholder: bool
    source: str
    is_own: bool = False

    @property
    def ends(self) -> tuple[Decimal, Decimal, Decimal]:
        """Low, typical and high; 0 for what has no value."""
        typical = self.typical or Decimal(0)
        low = typical if self.low is None else self.low
        high = typical if self.high is None else self.high
        return low, typical, high

    @property
    def value(self) -> Decimal:
        """The typical value, 0 for none."""
        return self.typical or Decimal(0)

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        low, typical, high = (
            None if end is None else float(end) for end in (self.low, self.typical, self.high)
        )
        return {
            "code": self.code, "group": self.group, "text_en": self.text_en,
            "text_it": self.text_it, "unit": self.unit, "low": low, "typical": typical,
            "high": high, "placeholder": self.is_placeholder, "own": self.is_own,
            "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True)
class AssumptionBook:
    """The figures in effect, by code, in the order in which they are listed."""

    figures: Mapping[str, Assumed]

    def get(self, code: str, other: str = "") -> Assumed:
        """Return a figure; where it is not listed, that of code ``other``."""
        return self.figures[code] if code in self.figures else self.figures[other]

    def summary_rates(self) -> SummaryRates:
        """Return the rates of the cost summary in effect."""
        shipped = default_rates()

        def taken(rate: SummaryRate) -> SummaryRate:
            found = self.figures[rate.code]
            if not found.is_own:
                return rate
            return replace(
                rate, rate=found.value, is_placeholder=found.is_placeholder, source=found.source
            )

        return SummaryRates(
            taken(shipped.safety), tuple(map(taken, shipped.sums)), tuple(map(taken, shipped.vat))
        )


def assumption_book(network: Network, given: Mapping[str, Decimal] | None = None) -> AssumptionBook:
    """Return the figures in effect for a project, some ``given`` anew by code.

    Rows of the project whose code is unknown count for nothing. Raises `InputError` for a given
    code that is unknown, and for any value out of range.
    """
    found = dict(shipped_assumptions())
    for row in rows_of(network.table("assumptions").sort_index()):
        code = str(row["code"])
        if code in found and row["typical"] is not None:
            found[code] = _own(found[code], row)
    for code, value in (given or {}).items():
        _check(code, value)
        found[code] = replace(
            found[code], low=value, typical=value, high=value, is_placeholder=False,
            source="given", is_own=True,
        )  # fmt: skip
    return AssumptionBook(found)


def project_summary_rates(network: Network) -> SummaryRates:
    """Return the rates of the cost summary that a project uses."""
    return assumption_book(network).summary_rates()


@cache
def shipped_assumptions() -> Mapping[str, Assumed]:
    """Return the shipped figures by code: those of the cost summary first."""
    rates = default_rates()
    found = {
        rate.code: Assumed(
            rate.code, _SUMMARY, rate.text_en, rate.text_it, "fraction", rate.rate, rate.rate,
            rate.rate, rate.is_placeholder, rate.source,
        )
        for rate in (rates.safety, *rates.sums, *rates.vat)
    }  # fmt: skip
    for item in _shipped()["assumptions"]:
        low, typical, high = (None if item[end] is None else Decimal(item[end]) for end in _ENDS)
        found[item["code"]] = Assumed(
            item["code"], item["group"], item["text_en"], item["text_it"], item["unit"], low,
            typical, high, bool(item["is_placeholder"]), item["source"],
        )  # fmt: skip
    return found


_ENDS = ("low", "typical", "high")


@cache
def _shipped() -> Mapping[str, Any]:
    text = resources.files("resources").joinpath("economics.json").read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.loads(text, parse_float=Decimal)
    return data


def shipped_funding() -> Mapping[str, Any]:
    """Return the funding that new projects start with."""
    funding: Mapping[str, Any] = _shipped()["funding"]
    return funding


def set_assumptions(
    network: Network, values: Mapping[str, Sequence[Decimal]], source: str = ""
) -> ChangeSet:
    """Return the change that sets figures of a project by code.

    ``values`` holds one value, or low, typical and high. Raises `InputError` for an unknown
    code, a value out of range, or ends in the wrong order.
    """
    rows = []
    for code, ends in values.items():
        low, typical, high = ends if len(ends) == len(_ENDS) else (ends[0],) * len(_ENDS)
        for value in (low, typical, high):
            _check(code, value)
        if not low <= typical <= high:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{code}: low, typical and high in this order"),
                    code=code,
                )
            )
        rows.append(
            {
                "uid": str(uuid.uuid5(_NAMESPACE, f"{network.uid}/{code}")), "code": code,
                "low": float(low), "typical": float(typical), "high": float(high),
                "is_placeholder": False, "source": source or "given in this project",
            }
        )  # fmt: skip
    stored = network.table("assumptions")
    before = stored[stored["code"].isin(list(values))]
    # a row of the same code gives way, whoever made it
    gone = before[~before.index.isin([row["uid"] for row in rows])]
    kept = before[before.index.isin([row["uid"] for row in rows])]
    parts = [delete("assumptions", gone)]
    fresh = [row for row in rows if row["uid"] not in kept.index]
    parts.append(insert("assumptions", frame_from_rows(TABLES["assumptions"], fresh)))
    if len(kept):
        by_uid = {row["uid"]: row for row in rows}
        columns = ("low", "typical", "high", "is_placeholder", "source")
        parts.append(
            update(
                "assumptions", kept,
                {name: [by_uid[str(uid)][name] for uid in kept.index] for name in columns},
            )
        )  # fmt: skip
    return combine(
        message(QT_TRANSLATE_NOOP("core", "Set {codes}"), codes=", ".join(sorted(values))), parts
    )


def reset_assumptions(network: Network, codes: Iterable[str]) -> ChangeSet:
    """Return the change that lets the shipped figures of these codes count again."""
    wanted = list(codes)
    for code in wanted:
        _known(code)
    stored = network.table("assumptions")
    return combine(
        message(QT_TRANSLATE_NOOP("core", "Reset {codes}"), codes=", ".join(sorted(wanted))),
        [delete("assumptions", stored[stored["code"].isin(wanted)])],
    )


def parse_value(code: str, text: str) -> tuple[Decimal, ...]:
    """Return ``VALUE`` or ``LOW/TYPICAL/HIGH`` as numbers; raises `InputError`."""
    parts = text.replace(",", ".").split("/")
    try:
        found = tuple(Decimal(part) for part in parts)
    except InvalidOperation:
        found = ()
    if len(found) not in (1, len(_ENDS)) or not all(value.is_finite() for value in found):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{code} wants a number or LOW/TYPICAL/HIGH, not “{text}”"
                ),
                code=code,
                text=text,
            )
        )
    return found


def _own(shipped: Assumed, row: Mapping[str, Any]) -> Assumed:
    low, typical, high = (None if row[end] is None else Decimal(str(row[end])) for end in _ENDS)
    for value in (low, typical, high):
        if value is not None:
            _check(shipped.code, value)
    return replace(
        shipped, low=low, typical=typical, high=high, is_placeholder=bool(row["is_placeholder"]),
        source=str(row["source"] or ""), is_own=True,
    )  # fmt: skip


def _known(code: str) -> Assumed:
    shipped = shipped_assumptions()
    if code not in shipped:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "There is no assumption {code}; known are {known}"),
                code=code,
                known=", ".join(shipped),
            )
        )
    return shipped[code]


def _check(code: str, value: Decimal) -> None:
    figure = _known(code)
    least, most = _LIMITS.get(figure.unit, (Decimal(0), _MOST))
    if code == "working_days":
        least, most = _YEAR_DAYS
    if not value.is_finite() or not least <= value <= most:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{code} is from {least} to {most}, not {value}"),
                code=code,
                least=float(least),
                most=float(most),
                value=float(value),
            )
        )
