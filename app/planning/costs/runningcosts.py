"""What a plan costs every year: maintenance, wayleave, power, licences.

Maintenance is a fraction of the works of each chapter, wayleave so much for each metre, power the
energy of the equipment at each connected site and its port at the hub. Exact fractions until each
amount is rounded once to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from app.model.bodies import OWNER_ROLE
from app.model.frames import rows_of
from app.model.network import Network
from app.planning.costs.assumptions import Assumed, AssumptionBook
from app.planning.costs.bill import ZERO, Bill, BillLine, Money
from app.planning.costs.prices import CENT

_HOURS_PER_YEAR = 8760
_WATT_PER_KW = 1000
_ENDS = ("low", "typical", "high")
OTHER = "other"
"""Chapter whose figures count where a chapter has none of its own."""

Ends = tuple[Fraction, Fraction, Fraction]
"""Low, typical and high."""


@dataclass(frozen=True)
class RunningCost:
    """A yearly cost: so much of ``unit``, at a rate, and the figures that it rests on."""

    code: str
    group: str
    text_en: str
    text_it: str
    quantity: Decimal
    unit: str
    amount: Money
    is_placeholder: bool
    source: str

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "code": self.code, "group": self.group, "text_en": self.text_en,
            "text_it": self.text_it, "quantity": float(self.quantity), "unit": self.unit,
            "amount_eur": self.amount.to_json(), "placeholder": self.is_placeholder,
            "source": self.source,
        }  # fmt: skip


def running_costs(network: Network, priced: Bill, book: AssumptionBook) -> list[RunningCost]:
    """Return what a plan costs each year: maintenance, wayleave, power, licences.

    Wayleave is that of the bill where the plan was made with such items, else by assumption.
    """
    spans = network.table("plan_spans")
    spans = spans[spans["plan"] == priced.plan]
    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == priced.plan) & (planned["state"] == "connected")]
    return [
        cost
        for cost in (
            *_maintenance(priced, book),
            *(_yearly(priced) or _wayleave(network, spans, book)),
            *_power(len(planned), book),
            _licences(book),
        )
        if cost.amount != ZERO
    ]


def _maintenance(priced: Bill, book: AssumptionBook) -> list[RunningCost]:
    costs = []
    for chapter, (works, _) in works_by_chapter(priced).items():
        rate = book.get(f"maintenance.{chapter}", f"maintenance.{OTHER}")
        costs.append(
            _cost(rate, f"maintenance.{chapter}", works.typical, "EUR", ends_of(works), rate.ends)
        )
    return costs


def _yearly(priced: Bill) -> list[RunningCost]:
    """Return what the bill's own lines by the year say; they stand in for general rates."""
    return [_billed(line) for line in priced.yearly]


def _billed(line: BillLine) -> RunningCost:
    """Return a yearly line of the bill as running cost."""
    return RunningCost(
        line.code, "wayleave", line.text_en, line.text_it, line.quantity, line.unit, line.amount,
        line.is_placeholder, line.source,
    )  # fmt: skip


def _wayleave(network: Network, spans: Any, book: AssumptionBook) -> list[RunningCost]:
    """Return wayleave by technique; ducts of the network's owner are free."""
    own = _own_conduits(network)
    metres: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(spans, ["technique", "conduit", "route_length_m"]):
        if row["conduit"] not in own:
            metres[str(row["technique"])] += Decimal(str(row["route_length_m"] or 0))
    costs = []
    for technique, length in sorted(metres.items()):
        code = f"wayleave.{technique}"
        if code in book.figures:
            quantity = length.quantize(Decimal("0.001"))
            amount = (Fraction(quantity),) * len(_ENDS)
            costs.append(_cost(book.get(code), code, quantity, "m", amount, book.get(code).ends))
    return costs


def _own_conduits(network: Network) -> set[str]:
    bodies = network.table("organisations")
    owners = set(bodies.index[bodies["role"] == OWNER_ROLE])
    conduits = network.table("conduits")
    return set(conduits.index[conduits["owner"].isin(owners)])


def _power(sites: int, book: AssumptionBook) -> list[RunningCost]:
    price = book.get("power.price")
    costs = []
    for code in ("power.site", "power.hub_port"):
        watts = book.get(code)
        typical = Decimal(sites * _HOURS_PER_YEAR) * watts.value / _WATT_PER_KW
        energy = [Fraction(end) * sites * _HOURS_PER_YEAR / _WATT_PER_KW for end in watts.ends]
        costs.append(
            _cost(watts, code, typical, "kWh", (energy[0], energy[1], energy[2]), price.ends)
        )
    return costs


def _licences(book: AssumptionBook) -> RunningCost:
    fee, links = book.get("licence.radio"), book.get("licence.links")
    low, typical, high = map(Fraction, links.ends)
    return _cost(fee, fee.code, links.value, "each", (low, typical, high), fee.ends)


def _cost(
    figure: Assumed, code: str, quantity: Decimal, unit: str, base: Sequence[Fraction],
    rates: Sequence[Decimal],
) -> RunningCost:  # fmt: skip
    low, typical, high = (b * Fraction(rate) for b, rate in zip(base, rates, strict=True))
    return RunningCost(
        code, figure.group, figure.text_en, figure.text_it, quantity, unit,
        money_of((low, typical, high)), figure.is_placeholder, figure.source,
    )  # fmt: skip


def works_by_chapter(priced: Bill) -> dict[str, tuple[Money, bool]]:
    """Return the works of each chapter, and whether a placeholder is among its prices."""
    found: dict[str, tuple[Money, bool]] = {}
    for line in priced.lines:
        works, assumed = found.get(_chapter(line), (ZERO, False))
        found[_chapter(line)] = (works + line.amount, assumed or line.is_placeholder)
    return dict(sorted(found.items()))


def _chapter(line: BillLine) -> str:
    return line.chapter or OTHER


def ends_of(amount: Money) -> Ends:
    """Return the ends of a range as exact fractions."""
    return Fraction(amount.low), Fraction(amount.typical), Fraction(amount.high)


def money_of(amount: Sequence[Fraction]) -> Money:
    """Return exact ends as money, each rounded once to the cent, half up."""
    low, typical, high = (Decimal(floor(value * 100 + Fraction(1, 2))) * CENT for value in amount)
    return Money(low, typical, high)
