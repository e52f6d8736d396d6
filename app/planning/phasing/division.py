"""A bill divided among the phases of its plan, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.model.frames import plain
from app.model.network import Network
from app.planning.costs.bill import ZERO, Bill, Money
from app.planning.costs.division import split_bill
from app.planning.phasing.blocks import cut

LEFT = -1
"""The phase of what is built in none."""


@dataclass(frozen=True)
class StoredPhase:
    """A phase that a plan's rows carry: its year (``None``: no year yet), objects and cost."""

    year: int | None
    sites: tuple[str, ...]
    spans: tuple[str, ...]
    cost: Money


def divide_bill(priced: Bill, phase_of: Mapping[str, int]) -> dict[int, Money]:
    """Divide a bill among phases by the quantities that their sections and nodes need.

    Parameters
    ----------
    phase_of
        Number of the phase of each section and node; what is not named is `LEFT`.

    Returns
    -------
    dict
        Cost by phase; by the largest remainder in each line, so that it adds up to the bill.
    """
    shares = {uid: {str(phase): Fraction(1)} for uid, phase in phase_of.items()}
    paid = {LEFT: ZERO, **dict.fromkeys(sorted(set(phase_of.values())), ZERO)}
    for name, amount in split_bill(priced, shares, str(LEFT)).items():
        paid[int(name)] += amount
    return paid


def stored_phases(network: Network, plan: str, priced: Bill) -> tuple[StoredPhase, ...]:
    """Return the phases that a plan's rows carry, by year, what has none last; none without years.

    A node is built with the first of the sections of its block, as when years are chosen.
    """
    spans, sites = network.table("plan_spans"), network.table("plan_sites")
    spans = spans[spans["plan"] == plan]
    sites = sites[(sites["plan"] == plan) & (sites["state"] == "connected")]
    span_year = _years(spans.index, spans["phase_year"])
    site_year = _years(sites["site"], sites["phase_year"])
    if not span_year and not site_year:
        return ()
    years = sorted({*span_year.values(), *site_year.values()})
    number = {year: place for place, year in enumerate(years)}
    phase_of = {uid: number[year] for uid, year in span_year.items()}
    for block in cut(network, plan, priced).blocks:
        own = [phase_of[uid] for uid in block.spans if uid in phase_of]
        phase_of.update(dict.fromkeys(block.nodes, min(own)) if own else {})
    paid = divide_bill(priced, phase_of)
    found = [
        _stored(year, site_year, span_year, paid.get(place, ZERO)) for year, place in number.items()
    ]
    rest_sites = tuple(sorted(set(map(str, sites["site"])) - site_year.keys()))
    rest_spans = tuple(sorted(set(map(str, spans.index)) - span_year.keys()))
    if rest_sites or rest_spans or paid[LEFT] != ZERO:
        found.append(StoredPhase(None, rest_sites, rest_spans, paid[LEFT]))
    return tuple(found)


def _years(uids: object, years: object) -> dict[str, int]:
    pairs = zip(uids, years, strict=True)  # type: ignore[call-overload]  # columns of a frame
    return {str(uid): int(year) for uid, year in pairs if plain(year) is not None}


def _stored(
    year: int, site_year: Mapping[str, int], span_year: Mapping[str, int], cost: Money
) -> StoredPhase:
    sites = tuple(sorted(uid for uid, own in site_year.items() if own == year))
    spans = tuple(sorted(uid for uid, own in span_year.items() if own == year))
    return StoredPhase(year, sites, spans, cost)
