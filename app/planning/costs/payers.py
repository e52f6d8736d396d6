"""Who pays: each line of a bill divided among the bodies whose sites need it, to the cent.

A section is paid by the sites whose working or protection route runs over it, in equal parts
or by guaranteed rate; what no site uses is paid by the network's owner. A chamber is paid like
the sections that end at it. Each amount of a bill is divided by the largest remainder, so that
the payers add up to the bill exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.model.bodies import MUNICIPALITY_ROLE, owner_name
from app.model.errors import InputError
from app.model.frames import rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.costs.bill import ZERO, Bill, BillLine, Money, thousandths
from app.planning.costs.prices import CENT
from app.planning.costs.residents import municipalities

KEYS = ("equal", "rate")
"""How sites share a section: in equal parts, or by their guaranteed rate."""

Shares = Mapping[str, Fraction]


@dataclass(frozen=True)
class Payments:
    """What each body pays, biggest payer first; the amounts add up to the bill."""

    by_payer: Mapping[str, Money]
    key: str

    @property
    def total(self) -> Money:
        """Return the sum of what all pay."""
        return sum(self.by_payer.values(), ZERO)


def payments(network: Network, bill: Bill, key: str = "equal") -> Payments:
    """Divide ``bill`` among the payers of the plan's sites.

    Raises `InputError` for an unknown key. Time is linear in the steps of all routes.
    """
    if key not in KEYS:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown key of payment: {value}; known are {known}"),
                value=key,
                known=", ".join(KEYS),
            )
        )
    owner = owner_name(network)
    spans = network.table("plan_spans")
    rows = rows_of(spans[spans["plan"] == bill.plan], ["items", "start_node", "end_node"])
    shares = _span_shares(network, bill.plan, owner, key)
    quantity = {str(row["uid"]): row["items"] or {} for row in rows}
    ends: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for end in (row["start_node"], row["end_node"]):
            if end is not None:
                ends[str(end)].append(str(row["uid"]))
    paid: dict[str, Money] = defaultdict(lambda: ZERO)
    for line in bill.lines:
        weights = _weights(line, shares, quantity, ends, owner)
        for payer, amount in _divided(line.amount, weights).items():
            paid[payer] += amount
    order = sorted(paid, key=lambda payer: (-paid[payer].typical, payer))
    return Payments({payer: paid[payer] for payer in order}, key)


OWNER, MUNICIPALITIES, OTHERS = "owner", "municipalities", "others"
"""Groups of payers."""


def payer_groups(network: Network, paid: Payments) -> dict[str, Money]:
    """Return what the owner, municipalities for their own links, and other bodies pay.

    A municipality is a body of that role, or one called like a municipality of the areas. The
    groups add up to the bill. What nobody is named for is the owner's.
    """
    owner = owner_name(network)
    bodies = network.table("organisations")
    towns = set(bodies.loc[bodies["role"] == MUNICIPALITY_ROLE, "name"])
    known = municipalities(network)
    groups = dict.fromkeys((OWNER, MUNICIPALITIES, OTHERS), ZERO)
    for name, amount in paid.by_payer.items():
        if name in ("", owner):
            group = OWNER
        else:
            is_town = name in towns or known.key(None, name) is not None
            group = MUNICIPALITIES if is_town else OTHERS
        groups[group] += amount
    return groups


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


def _divided(amount: Money, weights: Shares) -> dict[str, Money]:
    low, typical, high = (divide(v, weights) for v in (amount.low, amount.typical, amount.high))
    return {name: Money(low[name], typical[name], high[name]) for name in weights}


def _span_shares(network: Network, plan: str, owner: str, key: str) -> dict[str, Shares]:
    """Return, for each section that sites use, the part of it that each payer bears."""
    sites = network.table("sites")
    planned = network.table("plan_sites")
    planned = planned[planned["plan"] == plan]
    users: dict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    for row in rows_of(planned, ["site", "spans", "protection_spans"]):
        if row["site"] not in sites.index:
            continue
        site = sites.loc[row["site"]]
        payer = str(site["payer"] or owner)
        rate = site["guaranteed_mbps"]
        weight = Fraction(1) if key == "equal" or not rate > 0 else Fraction(str(rate))
        for uid in {*(row["spans"] or ()), *(row["protection_spans"] or ())}:
            users[str(uid)].append((payer, weight))
    return {uid: _normal(pairs) for uid, pairs in users.items()}


def _normal(pairs: Sequence[tuple[str, Fraction]]) -> Shares:
    whole = sum(weight for _, weight in pairs)
    shares: Counter[str] = Counter()
    for payer, weight in pairs:
        shares[payer] += weight / whole  # type: ignore[assignment]  # exact fractions count too
    return dict(shares)  # type: ignore[arg-type]  # as above


def _weights(
    line: BillLine,
    shares: Mapping[str, Shares],
    quantity: Mapping[str, Mapping[str, object]],
    ends: Mapping[str, Sequence[str]],
    owner: str,
) -> Shares:
    """Return how much of a line each payer needs: by quantity on sections, by piece on nodes."""
    nobody: Shares = {owner: Fraction(1)}
    needed: dict[str, Fraction] = defaultdict(Fraction)
    for uid in line.objects:
        if uid in quantity:
            amount = Fraction(thousandths(quantity[uid].get(line.code, 0)))
            parts = [shares.get(uid, nobody)]
        else:
            amount = Fraction(1)
            parts = [shares.get(span, nobody) for span in ends.get(uid, ())] or [nobody]
        for part in parts:
            for payer, share in part.items():
                needed[payer] += amount * share / len(parts)
    return needed if sum(needed.values()) else nobody
