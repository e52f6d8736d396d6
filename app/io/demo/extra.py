"""Rows that no file brings: agreements, and groups of spans that one event takes down."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from app.io.demo import facts
from app.model.frames import GEOMETRY, make_frame
from app.model.network import Network
from app.model.tables import TABLES

_SIGNED = "modelled: only the numbers, 90 signed and 55 in operation, are facts"


def extra_rows(network: Network) -> dict[str, pd.DataFrame]:
    """Return agreements and risk groups that belong to the imported demo.

    Parameters
    ----------
    network
        The project after every file of `write_sources` was imported.

    Returns
    -------
    Frames of the tables ``agreements`` and ``risk_groups``, to be inserted.
    """
    return {"agreements": _agreements(network), "risk_groups": _risk_groups(network)}


def _agreements(network: Network) -> pd.DataFrame:
    """Return an agreement for each municipality among the bodies.

    In operation are those whose town hall is connected.
    """
    bodies = network.table("organisations")
    bodies = bodies[bodies["role"] == "municipality"].sort_values("identifier")
    sites = network.table("sites")
    halls = sites[(sites["category"] == "municipality") & (sites["status"] == "operational")]
    connected = set(halls["municipality_code"])
    years = 2006 + np.arange(len(bodies)) * 7 % 17
    return make_frame(
        TABLES["agreements"],
        {
            "body": list(bodies.index),
            "kind": "convention",
            "signed": [f"{year}-06-01T00:00:00.000Z" for year in years],
            "ends": [f"{year + 20}-05-31T00:00:00.000Z" for year in years],
            "contribution_key": "residents",
            "is_in_operation": [code in connected for code in bodies["identifier"]],
            "source": facts.MODELLED,
            "note": _SIGNED,
        },
        uids=[facts.uid_of("agreement", name) for name in bodies["name"]],
    )


def _risk_groups(network: Network) -> pd.DataFrame:
    """Return the spans that lie in the most frequent flood of each river."""
    hazards, spans = network.geo("hazards"), network.geo("spans")
    zones = hazards[hazards["scenario"] == "H"].sort_values("name")
    members = _inside(zones[GEOMETRY].to_numpy(), spans[GEOMETRY].to_numpy())
    lists = [tuple(sorted(spans.index[numbers])) for numbers in members]
    filled = [number for number, item in enumerate(lists) if len(item) > 1]
    names = [str(name) for name in zones["name"]]
    return make_frame(
        TABLES["risk_groups"],
        {
            "name": [names[number] for number in filled],
            "kind": "hazardZone",
            "reason": "modelled flood zone: the spans in it may fail together",
            "spans": [lists[number] for number in filled],
            "is_automatic": True,
        },
        uids=[facts.uid_of("risk_group", names[number]) for number in filled],
    )


def _inside(zones: np.ndarray, lines: np.ndarray) -> list[np.ndarray]:
    zone, line = shapely.STRtree(lines).query(zones, predicate="intersects")
    return [np.sort(line[zone == number]) for number in range(len(zones))]
