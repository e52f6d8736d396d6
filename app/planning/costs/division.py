"""A bill divided among names by what their sections and nodes need, to the cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from app.planning.costs.bill import ZERO, Bill, BillLine, Money
from app.planning.costs.prices import CENT

Shares = Mapping[str, Fraction]
"""Parts by name; they need not add up to 1."""


def divide(amount: Decimal, weights: Shares) -> dict[str, Decimal]:
    """Divide whole cents by weights so that the parts add up; ties go by name.

    Each part is its exact share rounded down to the cent, and the cents that are left go to
    the largest remainders.
    """
    cents = int(amount / CENT)
    whole = sum(weights.values())
    names = sorted(weights)
    exact = {name: cents * weights[name] / whole for name in names}
    part = {name: int(exact[name]) for name in names}
    left = cents - sum(part.values())
    for name in sorted(names, key=lambda n: (part[n] - exact[n], n))[:left]:
        part[name] += 1
    return {name: part[name] * CENT for name in names}


def divide_money(amount: Money, weights: Shares) -> dict[str, Money]:
    """Divide a range, each of its ends by itself."""
    low, typical, high = (divide(v, weights) for v in (amount.low, amount.typical, amount.high))
    return {name: Money(low[name], typical[name], high[name]) for name in weights}


def split_bill(priced: Bill, shares: Mapping[str, Shares], nobody: str) -> dict[str, Money]:
    """Divide a bill among names; what they get adds up to it, each end by itself.

    Each line is divided by the largest remainder, by the quantity that each section and node
    needs, and there by ``shares``. What has none is for ``nobody``. Time is linear
    in the objects of all lines.
    """
    paid: dict[str, Money] = defaultdict(lambda: ZERO)
    for line in priced.lines:
        for name, amount in divide_money(line.amount, _weights(line, shares, nobody)).items():
            paid[name] += amount
    return dict(paid)


def _weights(line: BillLine, shares: Mapping[str, Shares], nobody: str) -> Shares:
    alone: Shares = {nobody: Fraction(1)}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for uid, needed in line.needs().items():
        parts = shares.get(uid) or alone
        whole = sum(parts.values())
        for name, part in parts.items():
            found[name] += needed * part / whole
    return found if sum(found.values()) else alone
