"""Plans side by side, as the comparison of alternatives (DOCFAP) wants them.

D.Lgs. 36/2023, annex I.7, art. 2 asks for a comparison of alternatives that includes not building
where that applies; so every comparison begins with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.study import Result
from app.planning.costs.bill import ZERO, bill
from app.planning.costs.study import connected_sites, unit_costs
from app.planning.costs.uncertainty import spread

NOT_BUILDING = "not building"
"""Name of the alternative that every comparison begins with."""

_NOTHING_DUG = ("existingDuct", "sewer", "join")


def compare_plans(network: Network, plans: Sequence[str]) -> Result:
    """Return several plans side by side, not building first, and what differs between them.

    Table ``alternatives`` has one row for each; ``differences`` names, for each pair, the metres
    of sections that only one of the two builds and by how much their costs differ.
    """
    rows = alternatives(network, plans)
    pairs = [
        _difference(network, first, second)
        for number, first in enumerate(plans)
        for second in plans[number + 1 :]
    ]
    findings = _price_list_findings(network, plans)
    tables = {"alternatives": pd.DataFrame(rows), "differences": pd.DataFrame(pairs)}
    return Result({"alternatives": rows, "differences": pairs}, findings=findings, tables=tables)


def alternatives(network: Network, plans: Sequence[str]) -> list[dict[str, Any]]:
    """Return a row for not building and one for each plan, without what differs between them."""
    return [_nothing(), *(_alternative(network, uid) for uid in plans)]


def _nothing() -> dict[str, Any]:
    return {
        "plan": None, "name": NOT_BUILDING, "state": None, "protection": None,
        "sites": 0, "unreachable": 0, "protected_sites": 0, "guaranteed_mbps": 0.0,
        "route_length_m": 0.0, "built_length_m": 0.0, "hazard_length_m": 0.0, "crossings": 0,
        "cost_eur": ZERO.to_json(), "p90_eur": 0.0, "per_site_eur": None,
        "placeholder_share": 0.0, "gap": None,
    }  # fmt: skip


def _alternative(network: Network, uid: str) -> dict[str, Any]:
    row = network.table("plans").loc[uid]
    priced = bill(network, uid)
    spans = _spans(network, uid)
    planned = network.table("plan_sites")
    planned = planned[planned["plan"] == uid]
    built = ~spans["technique"].isin(list(_NOTHING_DUG))
    protected = planned["protection_spans"].map(bool)
    gap = row["gap"]
    return {
        "plan": uid,
        "name": row["name"],
        "state": row["state"],
        "protection": row["protection"],
        "unreachable": int((planned["state"] == "unreachable").sum()),
        "protected_sites": int(protected.sum()),
        "route_length_m": _metres(spans["route_length_m"]),
        "built_length_m": _metres(spans.loc[built, "route_length_m"]),
        "hazard_length_m": _hazard_length_m(network, spans),
        "crossings": int(spans["crossings"].map(len).sum()),
        "cost_eur": priced.total().to_json(),
        "p90_eur": round(spread(priced).p90_eur, 2),
        "placeholder_share": round(priced.placeholder_share, 4),
        "gap": None if pd.isna(gap) else float(gap),
        **unit_costs(network, uid, priced.total()),
    }


def _spans(network: Network, plan: str) -> pd.DataFrame:
    spans = network.table("plan_spans")
    return spans[spans["plan"] == plan]


def _metres(lengths: pd.Series[float]) -> float:
    return round(float(lengths.fillna(0.0).sum()), 3)


def _hazard_length_m(network: Network, spans: pd.DataFrame) -> float:
    """Return how many metres of sections lie in a hazard zone, each part once."""
    zones = [zone for zone in network.table("hazards")[GEOMETRY] if zone is not None]
    lines = spans[GEOMETRY].to_numpy()
    lines = lines[[line is not None for line in lines]]
    if not zones or not len(lines):
        return 0.0
    union = shapely.union_all(np.array(zones, dtype=object))
    shapely.prepare(union)
    near = lines[shapely.intersects(union, lines)]
    return round(float(shapely.length(shapely.intersection(near, union)).sum()), 1)


def _difference(network: Network, first: str, second: str) -> dict[str, Any]:
    own = {uid: _by_place(_spans(network, uid)) for uid in (first, second)}
    cost = {uid: bill(network, uid).total().typical for uid in (first, second)}
    sites = {uid: set(connected_sites(network, uid).index) for uid in (first, second)}
    names = network.table("plans")["name"]
    only = {
        uid: sum(length for place, length in own[uid].items() if place not in own[other])
        for uid, other in ((first, second), (second, first))
    }
    shared = sum(length for place, length in own[first].items() if place in own[second])
    return {
        "first": names[first],
        "second": names[second],
        "only_first_m": round(only[first], 3),
        "only_second_m": round(only[second], 3),
        "both_m": round(shared, 3),
        "sites_only_first": sorted(sites[first] - sites[second]),
        "sites_only_second": sorted(sites[second] - sites[first]),
        "cost_difference_eur": float(cost[second] - cost[first]),
    }


def _by_place(spans: pd.DataFrame) -> dict[bytes, float]:
    """Return the length of each section by where it runs, to the centimetre, either way."""
    found: dict[bytes, float] = {}
    for line, length in zip(spans[GEOMETRY], spans["route_length_m"], strict=True):
        if line is None or pd.isna(length):
            continue
        xy = np.round(shapely.get_coordinates(line) * 100).astype(np.int64)
        key = min(xy.tobytes(), xy[::-1].tobytes())
        found[key] = found.get(key, 0.0) + float(length)
    return found


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
