"""The cost summary (quadro economico): works, safety, and the sums at the body's disposal.

Blocks after D.Lgs. 36/2023, annex I.7, art. 5: A, works with the safety costs that no discount
touches; B, everything else that the body must set aside, VAT last. Works are the bill's total.
Every other line is a rate of a base; rates are data (``resources/cost_summary.json``), a project
may set its own (`app.planning.costs.assumptions`), and they say whether they rest on a source.
Each amount is rounded once to the cent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from app.planning.costs.bill import ZERO, Bill, Money
from app.planning.costs.prices import to_cents

WORKS = "works"
WORKS_AND_SAFETY = "works_and_safety"
SUMS = "sums"


@dataclass(frozen=True)
class SummaryRate:
    """A line that is a fraction ``rate`` of a base."""

    code: str
    text_en: str
    text_it: str
    base: str
    rate: Decimal
    is_placeholder: bool
    source: str


@dataclass(frozen=True)
class SummaryLine:
    """A line with its amount; works have no rate."""

    code: str
    text_en: str
    text_it: str
    amount: Money
    rate: Decimal | None
    base: str
    is_placeholder: bool
    source: str

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "code": self.code, "text_en": self.text_en, "text_it": self.text_it,
            "rate": None if self.rate is None else float(self.rate), "base": self.base,
            "amount_eur": self.amount.to_json(), "placeholder": self.is_placeholder,
            "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True)
class CostSummary:
    """Block A, block B with VAT at its end, and their sums, all in euro as ranges."""

    works: tuple[SummaryLine, ...]
    sums: tuple[SummaryLine, ...]

    @property
    def works_total(self) -> Money:
        """Sum of block A, without VAT."""
        return sum((line.amount for line in self.works), ZERO)

    @property
    def sums_total(self) -> Money:
        """Sum of block B, VAT included."""
        return sum((line.amount for line in self.sums), ZERO)

    @property
    def total(self) -> Money:
        """What the body must find: A and B, VAT included."""
        return self.works_total + self.sums_total

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "works": [line.to_json() for line in self.works],
            "works_total_eur": self.works_total.to_json(),
            "sums_at_disposal": [line.to_json() for line in self.sums],
            "sums_total_eur": self.sums_total.to_json(),
            "total_with_vat_eur": self.total.to_json(),
        }


@dataclass(frozen=True)
class SummaryRates:
    """The rates of a summary, in their order."""

    safety: SummaryRate
    sums: tuple[SummaryRate, ...]
    vat: tuple[SummaryRate, ...]


@cache
def default_rates() -> SummaryRates:
    """Return the shipped rates."""
    text = resources.files("resources").joinpath("cost_summary.json").read_text(encoding="utf-8")
    data = json.loads(text, parse_float=Decimal)
    return SummaryRates(
        _rate(data["safety"]),
        tuple(_rate(item) for item in data["sums"]),
        tuple(_rate(item) for item in data["vat"]),
    )


def cost_summary(bill: Bill, rates: SummaryRates | None = None) -> CostSummary:
    """Return the cost summary of a bill."""
    used = default_rates() if rates is None else rates
    total = bill.total()
    assumed = any(line.is_placeholder for line in bill.lines)
    works = SummaryLine(
        "A1", "Works, measured", "Lavori a misura", total, None, "", assumed, bill.price_list_name
    )
    safety = _line(used.safety, {WORKS: total})
    bases = {WORKS: total, WORKS_AND_SAFETY: total + safety.amount}
    sums = [_line(rate, bases) for rate in used.sums]
    bases[SUMS] = sum((line.amount for line in sums), ZERO)
    vat = [_line(rate, bases) for rate in used.vat]
    return CostSummary((works, safety), (*sums, *vat))


def _rate(item: Mapping[str, Any]) -> SummaryRate:
    return SummaryRate(
        item["code"], item["text_en"], item["text_it"], item["base"], Decimal(item["rate"]),
        bool(item["is_placeholder"]), item["source"],
    )  # fmt: skip


def _line(rate: SummaryRate, bases: Mapping[str, Money]) -> SummaryLine:
    base = bases[rate.base]
    amount = Money(
        to_cents(base.low * rate.rate),
        to_cents(base.typical * rate.rate),
        to_cents(base.high * rate.rate),
    )
    return SummaryLine(
        rate.code, rate.text_en, rate.text_it, amount, rate.rate, rate.base,
        rate.is_placeholder, rate.source,
    )  # fmt: skip
