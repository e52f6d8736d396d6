"""What a plan is exposed to: hazard zones by scenario, and sections on which much depends."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.model.codes import HAZARD_SCENARIOS
from app.model.frames import GEOMETRY, rows_of
from app.model.geodesy import lengths_m
from app.model.network import Network

NO_SCENARIO = "none"
"""Scenario of zones that name none."""


def hazard_lengths_m(network: Network, spans: pd.DataFrame) -> dict[str, float]:
    """Return how many metres of sections lie in hazard zones, by scenario and in ``any``.

    Each part of a section counts once in each scenario, however many zones overlap there.
    """
    hazards = network.table("hazards")
    hazards = hazards[np.array([zone is not None for zone in hazards[GEOMETRY]], dtype=bool)]
    scenario = hazards["scenario"].fillna(NO_SCENARIO)
    lines = spans[GEOMETRY].to_numpy()
    lines = lines[np.array([line is not None for line in lines], dtype=bool)]
    names = [*HAZARD_SCENARIOS, *sorted(set(scenario) - set(HAZARD_SCENARIOS))]
    found = {
        name: _inside_m(lines, hazards.loc[scenario == name, GEOMETRY].to_numpy(), network.crs)
        for name in names
    }
    return {**found, "any": _inside_m(lines, hazards[GEOMETRY].to_numpy(), network.crs)}


def shared_sections(network: Network, plan: str, spans: pd.DataFrame) -> dict[str, Any]:
    """Return on what several sites of a plan depend together.

    Returns
    -------
    dict
        ``both_routes_m``: metres of sections that carry both routes of a protected site;
        ``no_other_way_m``: metres of sections whose cut darkens more than one site;
        ``most_sites``: sites that the cut of a single section darkens at most.
    """
    planned = network.table("plan_sites")
    planned = planned[(planned["plan"] == plan) & (planned["state"] == "connected")]
    both: set[str] = set()
    dark: dict[str, int] = defaultdict(int)
    for row in rows_of(planned, ["spans", "protection_spans"]):
        working, protection = set(row["spans"] or ()), set(row["protection_spans"] or ())
        if protection:
            both |= working & protection
        for uid in working & protection if protection else working:
            dark[str(uid)] += 1
    lengths = spans["route_length_m"].fillna(0.0)
    several = [uid for uid, count in dark.items() if count > 1]
    return {
        "both_routes_m": _sum_m(lengths, both),
        "no_other_way_m": _sum_m(lengths, several),
        "most_sites": max(dark.values(), default=0),
    }


def _sum_m(lengths: pd.Series[float], uids: Any) -> float:
    return round(float(lengths.reindex(sorted(uids)).fillna(0.0).sum()), 1)


def _inside_m(lines: np.ndarray[Any, Any], zones: np.ndarray[Any, Any], crs: str) -> float:
    if not len(zones) or not len(lines):
        return 0.0
    union = shapely.union_all(zones)
    shapely.prepare(union)
    near = lines[shapely.intersects(union, lines)]
    return round(float(lengths_m(shapely.intersection(near, union), crs).sum()), 1)
