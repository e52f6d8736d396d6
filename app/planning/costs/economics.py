"""What a plan costs over its life: running costs, renewal, present value, yearly equivalent.

All money is euro without VAT at constant prices, the works of the bill in year 0. With the real
discount rate ``r`` and the horizon of ``N`` years [1]_ [2]_:

* running costs ``M`` of the years 1 to N are worth ``M (1 - (1 + r)^-N) / r``, or ``M N`` at 0;
* a chapter of works ``K`` with a life of ``L`` years is renewed in the years L, 2L, ... < N, each
  worth ``K (1 + r)^-t``; what is left of its life at the end, ``K (1 - (N - t_last) / L)``, is
  taken off as ``(1 + r)^-N`` of it (straight line);
* the present value of all costs times ``r / (1 - (1 + r)^-N)`` is the equivalent yearly cost;
* a nominal rate ``i`` with inflation ``g`` is the real rate ``(1 + i) / (1 + g) - 1`` (Fisher).

Every figure is a fraction of whole numbers until it is rounded once to the cent. Low and high
add up all low and all high ends: no likely range, but what cannot be left.

.. [1] European Commission (2014). Guide to Cost-Benefit Analysis of Investment Projects.
   Chapter 2.7 and annex II (discounting, residual value).
.. [2] Brealey, R. A., Myers, S. C., Allen, F. Principles of Corporate Finance. Chapters on
   present values and on equivalent annual cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.model.network import Network
from app.planning.costs.assumptions import AssumptionBook
from app.planning.costs.bill import ZERO, Bill, Money
from app.planning.costs.residents import residents_served
from app.planning.costs.runningcosts import (
    OTHER,
    Ends,
    RunningCost,
    ends_of,
    money_of,
    running_costs,
    works_by_chapter,
)


@dataclass(frozen=True)
class Renewal:
    """The works of a chapter, the years in which they are renewed, and what is left at the end.

    ``left`` is the share of its life that the last renewal still has at the horizon. A life of 0
    is that of what is spent once: it is neither renewed nor worth anything at the end.
    """

    chapter: str
    life_years: int
    years: tuple[int, ...]
    works: Money
    left: Fraction
    is_placeholder: bool

    @property
    def residual(self) -> Money:
        """What is left at the horizon, in euro of that year."""
        return money_of(_times(ends_of(self.works), self.left))

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "chapter": self.chapter, "life_years": self.life_years, "years": list(self.years),
            "works_eur": self.works.to_json(), "residual_eur": self.residual.to_json(),
            "placeholder": self.is_placeholder,
        }  # fmt: skip


@dataclass(frozen=True)
class Economics:
    """Costs over the horizon; present values and the yearly equivalent as ranges."""

    horizon_years: int
    discount_rate: Decimal
    inflation_rate: Decimal
    running: tuple[RunningCost, ...]
    renewals: tuple[Renewal, ...]
    investment: Money
    running_value: Money
    renewal_value: Money
    residual_value: Money
    value: Money
    annuity: Money
    annuity_factor: Fraction
    placeholder_share: float

    @property
    def per_year(self) -> Money:
        """Running costs of a year."""
        return sum((cost.amount for cost in self.running), ZERO)

    @property
    def running_placeholder_share(self) -> float:
        """Fraction of the typical running costs that rests on assumptions."""
        whole = self.per_year.typical
        assumed = sum((c.amount.typical for c in self.running if c.is_placeholder), ZERO.low)
        return float(assumed / whole) if whole else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        real = real_rate(self.discount_rate, self.inflation_rate)
        return {
            "horizon_years": self.horizon_years,
            "discount_rate": float(self.discount_rate),
            "inflation_rate": float(self.inflation_rate),
            "real_rate": float(real),
            "investment_eur": self.investment.to_json(),
            "running": [cost.to_json() for cost in self.running],
            "running_per_year_eur": self.per_year.to_json(),
            "renewals": [renewal.to_json() for renewal in self.renewals],
            "running_value_eur": self.running_value.to_json(),
            "renewal_value_eur": self.renewal_value.to_json(),
            "residual_value_eur": self.residual_value.to_json(),
            "present_value_eur": self.value.to_json(),
            "annuity_factor": float(self.annuity_factor),
            "annuity_eur": self.annuity.to_json(),
            "placeholder_share": round(self.placeholder_share, 4),
        }


def real_rate(discount: Decimal, inflation: Decimal) -> Fraction:
    """Return the real rate of a nominal one; without inflation the rate itself."""
    return (1 + Fraction(discount)) / (1 + Fraction(inflation)) - 1


def discount_factor(rate: Fraction, years: int) -> Fraction:
    """Return what 1 in so many years is worth today."""
    return 1 / (1 + rate) ** years


def annuity_factor(rate: Fraction, years: int) -> Fraction:
    """Return the yearly payment over so many years that is worth 1 today.

    ``r / (1 - (1 + r)^-N)``, and 1 / N at a rate of 0; exact.
    """
    if not rate:
        return Fraction(1, years)
    return rate / (1 - discount_factor(rate, years))


def renewal_years(life: int, horizon: int) -> tuple[int, ...]:
    """Return the years before the horizon in which something with a life is renewed."""
    return tuple(range(life, horizon, life))


def economics(network: Network, priced: Bill, book: AssumptionBook) -> Economics:
    """Return what a priced plan costs over its life."""
    return life_cost(book, running_costs(network, priced, book), works_by_chapter(priced))


def life_cost(
    book: AssumptionBook, running: Sequence[RunningCost], chapters: Mapping[str, tuple[Money, bool]]
) -> Economics:
    """Return the costs over the horizon of works by chapter (amount, is placeholder)."""
    horizon = int(book.get("horizon_years").value)
    discount, inflation = book.get("discount_rate").value, book.get("inflation_rate").value
    rate = real_rate(discount, inflation)
    factor = annuity_factor(rate, horizon)
    renewals = tuple(
        _renewal(book, chapter, *works, horizon) for chapter, works in chapters.items()
    )
    investment = sum((works for works, _ in chapters.values()), ZERO)
    per_year = ends_of(sum((cost.amount for cost in running), ZERO))
    renewed, left = _nothing(), _nothing()
    for item in renewals:
        worth = sum((discount_factor(rate, year) for year in item.years), Fraction(0))
        renewed = _sum(renewed, _times(ends_of(item.works), worth))
        worth = item.left * discount_factor(rate, horizon)
        left = _sum(left, _times(ends_of(item.works), worth))
    ran = _times(per_year, 1 / factor)
    parts = (money_of(ran), money_of(renewed), money_of(left))
    value = investment + parts[0] + parts[1] + _minus(parts[2])
    return Economics(
        horizon, discount, inflation, tuple(running), renewals, investment, *parts, value,
        money_of(_times(ends_of(value), factor)), factor, _assumed(running, renewals),
    )  # fmt: skip


def unit_economics(found: Economics, network: Network, sites: Any, total: Money) -> dict[str, Any]:
    """Return what a site and a resident cost, once and a year; ``None`` where unknown."""
    served = residents_served(network, sites)
    people = served["residents"] or 0
    return {
        **served,
        "per_resident_eur": per_unit(total, people),
        "annuity_per_site_eur": per_unit(found.annuity, len(sites)),
        "annuity_per_mbps_eur": per_unit(
            found.annuity, float(sites["guaranteed_mbps"].fillna(0.0).sum())
        ),
        "annuity_per_resident_eur": per_unit(found.annuity, people),
    }


def _renewal(
    book: AssumptionBook, chapter: str, works: Money, assumed: bool, horizon: int
) -> Renewal:
    figure = book.get(f"life.{chapter}", f"life.{OTHER}")
    if figure.typical is None:  # spent once
        return Renewal(chapter, 0, (), works, Fraction(0), assumed)
    life = int(figure.value)
    years = renewal_years(life, horizon)
    last = years[-1] if years else 0
    left = 1 - Fraction(horizon - last, life)
    return Renewal(chapter, life, years, works, left, assumed or figure.is_placeholder)


def _assumed(running: Sequence[RunningCost], renewals: Sequence[Renewal]) -> float:
    """Return the share of a year's running costs and of the works renewed that is assumed."""
    every = [(cost.amount.typical, cost.is_placeholder) for cost in running]
    every += [(item.works.typical, item.is_placeholder) for item in renewals if item.years]
    whole = sum((amount for amount, _ in every), Decimal(0))
    return float(sum((a for a, mark in every if mark), Decimal(0)) / whole) if whole else 0.0


def per_unit(amount: Money, count: float) -> dict[str, float] | None:
    """Return an amount for each of so many, as plain numbers; ``None`` without any."""
    if not count:
        return None
    return {end: round(value / count, 2) for end, value in amount.to_json().items()}


def _nothing() -> Ends:
    return Fraction(0), Fraction(0), Fraction(0)


def _sum(first: Ends, second: Ends) -> Ends:
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def _times(amount: Sequence[Fraction], factor: Fraction) -> Ends:
    return amount[0] * factor, amount[1] * factor, amount[2] * factor


def _minus(amount: Money) -> Money:
    return Money(-amount.low, -amount.typical, -amount.high)
