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
from fractions import Fraction

from app.model.bodies import MUNICIPALITY_ROLE, owner_name
from app.model.errors import InputError
from app.model.frames import rows_of
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.costs.bill import ZERO, Bill, Money
from app.planning.costs.division import Shares, split_bill
from app.planning.costs.residents import municipalities

KEYS = ("equal", "rate")
"""How sites share a section: in equal parts, or by their guaranteed rate."""


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
    shares = _span_shares(network, bill.plan, owner, key)
    shares |= _node_shares(network, bill.plan, shares, owner)
    paid = split_bill(bill, shares, owner)
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


def _node_shares(
    network: Network, plan: str, shares: Mapping[str, Shares], owner: str
) -> dict[str, Shares]:
    """Return who bears a node: those of the sections that end at it, each section alike."""
    spans = network.table("plan_spans")
    ends: dict[str, list[Shares]] = defaultdict(list)
    for row in rows_of(spans[spans["plan"] == plan], ["start_node", "end_node"]):
        for end in (row["start_node"], row["end_node"]):
            if end is not None:
                ends[str(end)].append(shares.get(str(row["uid"]), {owner: Fraction(1)}))
    return {
        node: _normal([pair for part in parts for pair in part.items()])
        for node, parts in ends.items()
    }
