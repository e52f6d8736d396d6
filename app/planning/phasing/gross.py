"""Money of phases beyond the works: sums at disposal and VAT, and the fundings that pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from app.model.network import Network
from app.planning.costs.assumptions import project_summary_rates
from app.planning.costs.bill import Bill, Money
from app.planning.costs.funding import costs_by_category, drawdown, fundings
from app.planning.costs.prices import CENT
from app.planning.costs.summary import cost_summary


def gross_factor(network: Network, priced: Bill) -> Fraction:
    """Return the cost summary's total for each euro of works, at typical prices."""
    works = priced.total().typical
    if not works:
        return Fraction(1)
    return Fraction(cost_summary(priced, project_summary_rates(network)).total.typical) / Fraction(
        works
    )


def funded(
    network: Network, priced: Bill, years: Sequence[int], year_of: Mapping[str, int],
    factor: Fraction,
) -> dict[str, Any]:  # fmt: skip
    """Return how the years draw the project's fundings down; ``year_of`` names what is built."""
    costs = {
        year: {category: scaled(amount, factor) for category, amount in parts.items()}
        for year, parts in costs_by_category(network, priced, year_of).items()
    }
    return drawdown(fundings(network), costs, years)


def scaled(amount: Decimal, factor: Fraction) -> Decimal:
    """Return an amount times a factor, rounded once to the cent, half up."""
    return Decimal(floor(Fraction(amount) * factor * 100 + Fraction(1, 2))) * CENT


def gross(cost: Money, factor: Fraction) -> Money:
    """Return a range times a factor."""
    return Money(*(scaled(end, factor) for end in (cost.low, cost.typical, cost.high)))
