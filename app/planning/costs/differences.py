"""What two plans differ in: the sections that only one builds, their sites, their figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.model.frames import GEOMETRY
from app.model.network import Network
from app.planning.costs.study import connected_sites

_RANGES = ("cost_eur", "running_per_year_eur", "present_value_eur", "annuity_eur", "months")
_NUMBERS = (
    "sites", "protected_sites", "guaranteed_mbps", "route_length_m", "built_length_m",
    "hazard_length_m", "crossings", "both_routes_m", "no_other_way_m", "most_sites", "p90_eur",
    "minutes_per_year", "worst_minutes_per_year", "outage_per_year_eur", "placeholder_share",
)  # fmt: skip


def difference(
    network: Network, first: str, second: str, rows: Mapping[str | None, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what differs between two plans, the second less the first.

    ``rows`` holds the alternative of each plan; ``figures`` says by how much each figure differs,
    at typical values, ``None`` where either is unknown.
    """
    own = {uid: _by_place(spans_of(network, uid)) for uid in (first, second)}
    sites = {uid: set(connected_sites(network, uid).index) for uid in (first, second)}
    names = network.table("plans")["name"]
    only = {
        uid: sum(length for place, length in own[uid].items() if place not in own[other])
        for uid, other in ((first, second), (second, first))
    }
    shared = sum(length for place, length in own[first].items() if place in own[second])
    figures = _figures(rows[first], rows[second])
    return {
        "first": names[first],
        "second": names[second],
        "first_uid": first,
        "second_uid": second,
        "only_first_m": round(only[first], 3),
        "only_second_m": round(only[second], 3),
        "both_m": round(shared, 3),
        "sites_only_first": sorted(sites[first] - sites[second]),
        "sites_only_second": sorted(sites[second] - sites[first]),
        "cost_difference_eur": figures["cost_eur"],
        "figures": figures,
    }


def spans_of(network: Network, plan: str) -> pd.DataFrame:
    """Return the sections of a plan."""
    spans = network.table("plan_spans")
    return spans[spans["plan"] == plan]


def _figures(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = {
        name: round(second[name]["typical"] - first[name]["typical"], 3) for name in _RANGES
    }
    for name in _NUMBERS:
        both = first[name], second[name]
        found[name] = None if None in both else round(float(both[1]) - float(both[0]), 4)
    return found


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
