"""What a single failure takes down: bridges, cut nodes, and the sites that go dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from app.model.codes import STATUSES_IN_USE
from app.model.errors import Infeasible, InputError
from app.model.findings import Finding, Severity
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.planentries import site_entries
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.planning.arrays import Graph, build_graph
from app.planning.graphs import NetworkGraph, network_graph
from app.planning.survival.lowpoint import Walk, walk


@dataclass(frozen=True)
class RedundancyParameters:
    """What to look at: the network in use, with a plan added if ``plan`` names one (uid)."""

    plan: str | None = None
    statuses: tuple[str, ...] = STATUSES_IN_USE


@dataclass(frozen=True)
class Failure:
    """One object that fails alone, and the sites that lose service."""

    uid: str
    kind: str
    sites_lost: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {"uid": self.uid, "kind": self.kind, "sites_lost": list(self.sites_lost)}


def analyse_redundancy(
    network: Network, parameters: RedundancyParameters, progress: Progress = no_progress
) -> Result:
    """Find every span and node whose single failure darkens a site.

    A site is served while its node reaches any hub or pop in use. Bridges and cut nodes are
    those of the whole network in use; a site is single-homed when the failure of one span
    darkens it. A span that a plan joins half-way counts by its worse half. Linear in the size
    of the network plus the answer.

    Raises `Infeasible` when no hub or pop is in use, `InputError` for an unknown plan.
    """
    if parameters.plan is not None and parameters.plan not in network.table("plans").index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no plan {uid}."), uid=parameters.plan),
            (parameters.plan,),
        )
    parts = network_graph(network, parameters.statuses, plan_uid=parameters.plan)
    if not parts.hubs:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
        )
    progress(0.3, message(QT_TRANSLATE_NOOP("core", "Looking for single points of failure")))
    plain = walk(build_graph(len(parts.nodes), parts.start, parts.end, np.zeros(len(parts.start))))
    placed = site_nodes(network, parts.number, parameters.plan)
    failures, served = _failures(parts, placed)
    progress(0.9)
    single = sorted({site for item in failures if item.kind == "span" for site in item.sites_lost})
    summary = {
        "bridges": len(plain.bridges()),
        "cut_nodes": len(plain.cut_nodes()),
        "sites_single_homed": len(single),
        "failures": [item.to_json() for item in failures],
    }
    tables = {
        "failures": pd.DataFrame(
            {
                "uid": pd.Series([item.uid for item in failures], dtype=object),
                "kind": pd.Series([item.kind for item in failures], dtype=object),
                "sites_lost": pd.Series([len(item.sites_lost) for item in failures], dtype="int64"),
            }
        ),
        "sites": pd.DataFrame(
            {
                "uid": pd.Series(sorted(placed), dtype=object),
                "is_served": [site in served for site in sorted(placed)],
                "is_single_homed": np.isin(sorted(placed), single).tolist(),
            }
        ),
        "bridges": pd.DataFrame(
            {"span": pd.Series([parts.span[edge] for edge in plain.bridges()], dtype=object)}
        ),
        "cut_nodes": pd.DataFrame(
            {"node": pd.Series([parts.nodes[node] for node in plain.cut_nodes()], dtype=object)}
        ),
    }
    progress(1.0)
    return Result(summary, None, _findings(parts, placed, served), tables)


def site_nodes(network: Network, number: Mapping[str, int], plan: str | None) -> dict[str, int]:
    """Return the row of the node of each site in use that has one in the graph.

    ``number`` are the rows of the graph's nodes by uid. Where a plan (uid) is given and serves
    the site anew, its node counts.
    """
    sites = network.table("sites")
    sites = sites[sites["status"] != "decommissioned"]
    found = {
        str(uid): number[str(node)]
        for uid, node in sites["node"].items()
        if node is not None and str(node) in number
    }
    if plan is not None:
        for site, uid in site_entries(network, plan).items():
            if uid in number and site in sites.index:
                found[site] = number[uid]
    return found


def _failures(
    parts: NetworkGraph, site_nodes: Mapping[str, int]
) -> tuple[list[Failure], frozenset[str]]:
    """Return all failures that darken a site, worst first, and the sites served today."""
    root = len(parts.nodes)
    hubs = np.array(parts.hubs, dtype=np.int32)
    tied: Graph = build_graph(
        root + 1,
        np.concatenate((parts.start, np.full(len(hubs), root))),
        np.concatenate((parts.end, hubs)),
        np.zeros(len(parts.start) + len(hubs)),
    )
    tour = walk(tied, root)
    reach = _Reach(tour, site_nodes, root)
    by_span: dict[str, tuple[str, ...]] = {}
    for node in np.flatnonzero(tour.is_below_bridge & reach.is_served):
        edge = int(tour.parent_edge[node])
        if edge >= len(parts.span):
            continue  # the tie between a hub and the outside does not fail
        lost = reach.below(int(node))
        span = parts.span[edge]
        if len(lost) > len(by_span.get(span, ())):
            by_span[span] = lost
    failures = [Failure(span, "span", lost) for span, lost in by_span.items()]
    failures += _node_failures(parts, tour, reach)
    failures.sort(key=lambda item: (-len(item.sites_lost), item.uid))
    return failures, reach.served


def _node_failures(parts: NetworkGraph, tour: Walk, reach: _Reach) -> list[Failure]:
    lost: dict[int, list[str]] = {node: list(sites) for node, sites in reach.at.items()}
    for child in np.flatnonzero(reach.is_served & (tour.parent >= 0)):
        above = int(tour.parent[child])
        if above < len(parts.nodes) and tour.low[child] >= tour.entered[above]:
            lost.setdefault(above, []).extend(reach.below(int(child)))
    return [
        Failure(parts.nodes[node], "node", tuple(sorted(sites)))
        for node, sites in sorted(lost.items())
        if sites
    ]


class _Reach:
    """Served sites by the time at which their nodes were entered."""

    def __init__(self, tour: Walk, site_nodes: Mapping[str, int], root: int) -> None:
        self._tour = tour
        self.is_served = (tour.entered >= tour.entered[root]) & (tour.entered <= tour.last[root])
        self.is_served[root] = False
        pairs = sorted(
            (int(tour.entered[node]), site)
            for site, node in site_nodes.items()
            if self.is_served[node]
        )
        self._times = np.array([time for time, _ in pairs], dtype=np.int64)
        self._sites = [site for _, site in pairs]
        self.served = frozenset(self._sites)
        self.at: dict[int, list[str]] = {}
        for site in sorted(self.served):
            self.at.setdefault(site_nodes[site], []).append(site)

    def below(self, node: int) -> tuple[str, ...]:
        """Return the sites at a node and below it, sorted."""
        first = np.searchsorted(self._times, self._tour.entered[node], side="left")
        stop = np.searchsorted(self._times, self._tour.last[node], side="right")
        return tuple(sorted(self._sites[first:stop]))


def _findings(
    parts: NetworkGraph, site_nodes: Mapping[str, int], served: frozenset[str]
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    dark: Sequence[str] = sorted(set(site_nodes) - served)
    if dark:
        found.append(
            Finding(
                "redundancy.dark_sites",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "{count} sites have a node that reaches no hub even today."
                    ),
                    count=len(dark),
                ),
                "sites",
                tuple(dark),
            )
        )
    if parts.loose_spans:
        found.append(
            Finding(
                "redundancy.loose_spans",
                Severity.WARNING,
                message(
                    QT_TRANSLATE_NOOP(
                        "core", "{count} spans name no node in use at an end and were left out."
                    ),
                    count=len(parts.loose_spans),
                ),
                "spans",
                parts.loose_spans,
            )
        )
    return tuple(found)
