"""Derived quantities of a plan's rows, with what the network around it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from app.model.bodies import owner_name
from app.model.frames import plain
from app.model.network import Network
from app.planning.costs.costrules import CostRules
from app.planning.costs.quantities import SiteUse, Surroundings, derived_quantities


def derive(
    network: Network,
    rules: CostRules,
    spans: Sequence[dict[str, Any]],
    nodes: Sequence[dict[str, Any]],
    sites: Sequence[Mapping[str, Any]],
) -> None:
    """Put what follows from a finished plan into its rows, as ``derived`` of spans and nodes.

    ``sites`` are rows of ``plan_sites``; only the connected ones count. Rows are changed in
    place: they are being made.
    """
    needs = derived_quantities(
        rules.quantities, spans, nodes, site_uses(network, sites), surroundings(network)
    )
    for row in (*spans, *nodes):
        found = needs.get(str(row["uid"]), {})
        row["derived"] = {code: found[code] / 1000 for code in sorted(found)}


def site_uses(network: Network, sites: Sequence[Mapping[str, Any]]) -> list[SiteUse]:
    """Return what a plan's rows say of the sites that it connects."""
    table = network.table("sites")
    towers = {str(uid) for uid in network.table("towers")["site"] if plain(uid) is not None}
    found = []
    for row in sites:
        if row["state"] != "connected":
            continue
        uid = str(row["site"])
        protection = row.get("protection_spans") or ()
        found.append(
            SiteUse(
                node=None if plain(row.get("node")) is None else str(row["node"]),
                spans=frozenset(map(str, (*(row.get("spans") or ()), *protection))),
                is_protected=bool(protection),
                rate_mbps=_rate(table, uid),
                hub_length_m=plain(row.get("hub_length_m")),
                is_tower=uid in towers,
            )
        )
    return found


def surroundings(network: Network) -> Surroundings:
    """Return the kinds of barriers, and the conduits that belong to the network's owner."""
    barriers, conduits = network.table("barriers")["kind"], network.table("conduits")["owner"]
    bodies, owner = network.table("organisations")["name"], owner_name(network)
    own = {str(uid) for uid, name in bodies.items() if owner and name == owner}
    return Surroundings(
        {str(uid): str(kind) for uid, kind in barriers.items()},
        frozenset(
            str(uid)
            for uid, body in conduits.items()
            if plain(body) is not None and str(body) in own
        ),
    )


def _rate(sites: pd.DataFrame, uid: str) -> float:
    if uid not in sites.index:
        return 0.0
    rates = [plain(sites.at[uid, name]) for name in ("guaranteed_mbps", "peak_mbps")]
    return max((float(rate) for rate in rates if rate is not None), default=0.0)
