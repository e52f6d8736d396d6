"""Plans side by side, as the comparison of alternatives (DOCFAP) wants them.

D.Lgs. 36/2023, annex I.7, art. 2 asks for a comparison of alternatives that includes not building
where that applies; so every comparison begins with it. Not building costs nothing to build and
leaves the sites of all plans unserved; leased lines in their place are counted once the project
names their price.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from app.model.errors import Infeasible, InputError
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.study import Result
from app.planning.costs.assumptions import AssumptionBook, assumption_book
from app.planning.costs.bill import ZERO, Bill, Money, bill
from app.planning.costs.construction import construction_time
from app.planning.costs.differences import difference, spans_of
from app.planning.costs.economics import economics, life_cost, unit_economics
from app.planning.costs.exposure import hazard_lengths_m, shared_sections
from app.planning.costs.prices import to_cents
from app.planning.costs.runningcosts import RunningCost
from app.planning.costs.study import connected_sites, unit_costs
from app.planning.costs.uncertainty import spread

NOT_BUILDING = "not building"
"""Name of the alternative that every comparison begins with."""

LEASED_LINES = "leased lines"
"""Name of the alternative that leases a line for each site that a plan connects."""

_NOTHING_DUG = ("existingDuct", "sewer", "join")
_MINUTES_PER_HOUR = 60


def compare_plans(
    network: Network, plans: Sequence[str], rates: Mapping[str, Decimal] | None = None
) -> Result:
    """Return several plans side by side, not building first, and what differs between them.

    Table ``alternatives`` has one row for each; ``differences`` names, for each pair, what only
    one of the two builds, by how much their costs differ, and their sites. ``rates`` give
    assumptions anew; with a price of leased lines these are an alternative of their own.
    """
    book = assumption_book(network, rates)
    rows = alternatives(network, plans, book, with_availability=True)
    if book.get("leased_line.site_year").typical is not None:
        rows.insert(1, _leased(network, rows[0]["unserved"], book))
    pairs = [
        difference(network, first, second, {row["plan"]: row for row in rows})
        for number, first in enumerate(plans)
        for second in plans[number + 1 :]
    ]
    findings = (*_price_list_findings(network, plans), *_missing(book))
    tables = {"alternatives": pd.DataFrame(rows), "differences": pd.DataFrame(pairs)}
    summary = {
        "alternatives": rows,
        "differences": pairs,
        "horizon_years": int(book.get("horizon_years").value),
        "discount_rate": float(book.get("discount_rate").value),
    }
    return Result(summary, findings=findings, tables=tables)


def alternatives(
    network: Network,
    plans: Sequence[str],
    book: AssumptionBook | None = None,
    *,
    with_availability: bool = False,
) -> list[dict[str, Any]]:
    """Return a row for not building and one for each plan.

    Availability takes a study of the network with each plan; without it the figures are ``None``.
    """
    used = assumption_book(network) if book is None else book
    wanted = sorted({uid for plan in plans for uid in connected_sites(network, plan).index})
    rows = [_nothing(wanted)]
    for uid in plans:
        row = _alternative(network, uid, used)
        served = set(connected_sites(network, uid).index)
        row["unserved"] = [site for site in wanted if site not in served]
        if with_availability:
            row |= _availability(network, uid, used)
        rows.append(row)
    return rows


def _nothing(wanted: Sequence[str]) -> dict[str, Any]:
    zero = ZERO.to_json()
    ends = {"low": 0.0, "typical": 0.0, "high": 0.0}
    return {
        "plan": None, "name": NOT_BUILDING, "state": None, "protection": None,
        "sites": 0, "unserved": list(wanted), "unreachable": 0, "protected_sites": 0,
        "guaranteed_mbps": 0.0, "route_length_m": 0.0, "built_length_m": 0.0, "by_technique_m": {},
        "hazard_length_m": 0.0, "hazard_m": {}, "crossings": 0, "both_routes_m": 0.0,
        "no_other_way_m": 0.0, "most_sites": 0, "cost_eur": zero, "p90_eur": 0.0,
        "per_site_eur": None, "per_mbps_eur": None, "per_resident_eur": None,
        "running_per_year_eur": zero, "present_value_eur": zero, "annuity_eur": zero,
        "crew_days": ends, "months": ends, "placeholder_share": 0.0, "gap": None, **_UNKNOWN,
    }  # fmt: skip


_UNKNOWN: Mapping[str, Any] = {
    "minutes_per_year": None, "worst_minutes_per_year": None, "outage_per_year_eur": None,
}  # fmt: skip


def _leased(network: Network, wanted: Sequence[str], book: AssumptionBook) -> dict[str, Any]:
    """Return the alternative that leases a line for each site, at the price that was given."""
    figure = book.get("leased_line.site_year")
    sites = network.table("sites").loc[list(wanted)]
    low, typical, high = (to_cents(end * len(sites)) for end in figure.ends)
    rent = RunningCost(
        figure.code, figure.group, figure.text_en, figure.text_it, Decimal(len(sites)), "each",
        Money(low, typical, high), figure.is_placeholder, figure.source,
    )  # fmt: skip
    found = life_cost(book, [rent], {})
    return {
        **_nothing(()), "name": LEASED_LINES, "sites": len(sites),
        "guaranteed_mbps": float(sites["guaranteed_mbps"].fillna(0.0).sum()),
        **_lasting(found.to_json()),
    }  # fmt: skip


def _lasting(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: found[name] for name in ("running_per_year_eur", "present_value_eur", "annuity_eur")
    }


def _alternative(network: Network, uid: str, book: AssumptionBook) -> dict[str, Any]:
    row = network.table("plans").loc[uid]
    priced = bill(network, uid)
    spans = spans_of(network, uid)
    planned = network.table("plan_sites")
    planned = planned[planned["plan"] == uid]
    built = ~spans["technique"].isin(list(_NOTHING_DUG))
    hazard = hazard_lengths_m(network, spans)
    lengths = spans["route_length_m"].fillna(0.0)
    time = construction_time(network, uid, book)
    gap = row["gap"]
    return {
        "plan": uid,
        "name": row["name"],
        "state": row["state"],
        "protection": row["protection"],
        "unreachable": int((planned["state"] == "unreachable").sum()),
        "protected_sites": int(planned["protection_spans"].map(bool).sum()),
        "route_length_m": _metres(lengths),
        "built_length_m": _metres(lengths[built]),
        "by_technique_m": {
            str(name): _metres(part) for name, part in lengths.groupby(spans["technique"])
        },
        "hazard_length_m": hazard.pop("any"),
        "hazard_m": hazard,
        "crossings": int(spans["crossings"].map(len).sum()),
        **shared_sections(network, uid, spans),
        "cost_eur": priced.total().to_json(),
        "p90_eur": round(spread(priced).p90_eur, 2),
        "crew_days": time["crew_days"],
        "months": time["months"],
        "placeholder_share": round(priced.placeholder_share, 4),
        "gap": None if pd.isna(gap) else float(gap),
        **_UNKNOWN,
        **unit_costs(network, uid, priced.total()),
        **_life(network, uid, priced, book),
    }


def _life(network: Network, uid: str, priced: Bill, book: AssumptionBook) -> dict[str, Any]:
    found = economics(network, priced, book)
    units = unit_economics(found, network, connected_sites(network, uid), priced.total())
    return {**_lasting(found.to_json()), "per_resident_eur": units["per_resident_eur"]}


def _availability(network: Network, uid: str, book: AssumptionBook) -> dict[str, Any]:
    """Return how long the plan's sites are without service a year, and what that costs.

    The cost counts once the project names a price of an hour; without a hub, and for a plan
    whose sites have no node, all is unknown.
    """
    from app.planning.failure.availability import (  # noqa: PLC0415 - brings compiled kernels
        AvailabilityParameters,
        analyse_availability,
    )

    sites = tuple(map(str, connected_sites(network, uid).index))
    if not sites:
        return dict(_UNKNOWN)
    try:
        found = analyse_availability(network, AvailabilityParameters(uid, sites=sites))
    except (Infeasible, InputError):
        return dict(_UNKNOWN)
    minutes = found.tables["sites"]["minutes_per_year"]
    hour = book.get("outage.site_hour").typical
    cost = None if hour is None else float(minutes.sum()) / _MINUTES_PER_HOUR * float(hour)
    return {
        "minutes_per_year": round(float(minutes.mean()), 2),
        "worst_minutes_per_year": round(float(minutes.max()), 2),
        "outage_per_year_eur": None if cost is None else round(cost, 2),
    }


def _metres(lengths: pd.Series[float]) -> float:
    return round(float(lengths.sum()), 3)


def _missing(book: AssumptionBook) -> tuple[Finding, ...]:
    """Tell which figures would let more alternatives and costs be counted."""
    codes = [
        code
        for code in ("leased_line.site_year", "outage.site_hour")
        if book.get(code).typical is None
    ]
    if not codes:
        return ()
    return (
        Finding(
            "compare.not_counted",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "Not counted, since the project names no figure for it: {codes}.",
                ),
                codes=", ".join(codes),
            ),
        ),
    )


def _price_list_findings(network: Network, plans: Sequence[str]) -> tuple[Finding, ...]:
    """Say when plans are priced with different lists: their costs do not compare."""
    used = {uid: network.table("plans").at[uid, "price_list"] for uid in plans}
    if len(set(used.values())) <= 1:
        return ()
    return (
        Finding(
            "compare.price_lists",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "The plans are priced with different lists; their costs do not compare."
                )
            ),
            "plans",
            tuple(plans),
        ),
    )
