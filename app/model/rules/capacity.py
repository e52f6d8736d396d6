"""Rules on capacity: conduits, cables, rates."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.model.codes import ROOT_NODE_TYPES, STATUSES_IN_USE
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.rules.places import found


def conduits_hold_their_cables(network: Network) -> Iterable[Finding]:
    """``conduit.overfull``: more cables used than there is room for."""
    conduits = network.table("conduits")
    uids = conduits.index[(conduits["used"].fillna(0) > conduits["capacity"].fillna(0)).to_numpy()]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} conduits hold more cables than their capacity"),
        count=len(uids),
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Check capacity and used, both in cables."))
    yield from found(network, "conduit.overfull", Severity.WARNING, "conduits", uids, text, advice)


def cables_have_their_fibres(network: Network) -> Iterable[Finding]:
    """``cable.overfull`` and ``cable.shorter_than_route``."""
    cables = network.table("cables")
    used = cables["used_fibres"].to_numpy(dtype=float, na_value=np.nan)
    uids = cables.index[used > cables["fibre_count"].to_numpy(dtype=float, na_value=np.nan)]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} cables have more fibres used than they hold"),
        count=len(uids),
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Check the fibre counts."))
    yield from found(network, "cable.overfull", Severity.WARNING, "cables", uids, text, advice)
    routes = network.table("spans")["route_length_m"].to_dict()
    along = [sum(routes.get(uid, 0.0) for uid in spans or ()) for spans in cables["spans"]]
    uids = cables.index[cables["cable_length_m"].to_numpy(dtype=float) < 0.99 * np.array(along)]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} cables are shorter than the route that they follow"),
        count=len(uids),
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Cable length is route length plus slack; check both.")
    )
    yield from found(
        network, "cable.shorter_than_route", Severity.WARNING, "cables", uids, text, advice
    )


def rates_fit(network: Network) -> Iterable[Finding]:
    """``site.guaranteed_above_peak``: a guarantee above the port's rate."""
    sites = network.table("sites")
    uids = sites.index[(sites["guaranteed_mbps"] > sites["peak_mbps"]).to_numpy()]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} sites: guaranteed rate above peak rate"), count=len(uids)
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Check both rates; they are in Mbit/s."))
    yield from found(
        network, "site.guaranteed_above_peak", Severity.WARNING, "sites", uids, text, advice
    )


def hubs_carry_the_guarantees(network: Network) -> Iterable[Finding]:
    """``hub.overbooked``: the guaranteed rates of connected sites exceed all hubs together.

    A necessary condition only: it does not ask which hub serves which site.
    """
    nodes, sites = network.table("nodes"), network.table("sites")
    hubs = nodes[nodes["type"].isin(ROOT_NODE_TYPES) & nodes["status"].isin(STATUSES_IN_USE)]
    capacity_gbps = float(hubs["capacity_gbps"].sum())
    served = sites[sites["status"].isin(STATUSES_IN_USE) & sites["node"].notna()]
    guaranteed_gbps = float(served["guaranteed_mbps"].sum()) / 1000.0
    if capacity_gbps <= 0 or guaranteed_gbps <= capacity_gbps:
        return
    uids = hubs.index[hubs["capacity_gbps"].notna()]
    text = message(
        QT_TRANSLATE_NOOP(
            "core",
            "Guaranteed rates of connected sites add up to {guaranteed:.0f} Gbit/s, "
            "{ratio:.1f} times the {capacity:.0f} Gbit/s of the hubs",
        ),
        guaranteed=guaranteed_gbps,
        capacity=capacity_gbps,
        ratio=guaranteed_gbps / capacity_gbps,
    )
    advice = message(
        QT_TRANSLATE_NOOP(
            "core",
            "Ask what is guaranteed to whom, and whether the hub figure is for all services.",
        )
    )
    yield from found(network, "hub.overbooked", Severity.WARNING, "nodes", uids, text, advice)


RULES = (
    conduits_hold_their_cables,
    cables_have_their_fibres,
    rates_fit,
    hubs_carry_the_guarantees,
)
