"""What is asked of the extension study, and whether it can be asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from app.model.codes import FROZEN_PLAN_STATES, PROTECTIONS, STATUSES_IN_USE, TECHNIQUES
from app.model.errors import InputError
from app.model.guidance import LENGTH_RULES, NOTHING_ASKED, Guidance
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.selection import ALL_WANTED, Selection
from app.planning.connectivity import Service, connected_sites
from app.planning.streets.attachment import sites_xy

EXEMPT_M = 50.0
"""What lies this near to a site or a hub is not held against two routes, in m: both reach the
building through the same yard, and the hub through its own."""


@dataclass(frozen=True)
class ExtensionParameters:
    """What to plan and how; plain values, so that they can be stored and sent.

    Parameters
    ----------
    name
        Name of the plan.
    sites
        Uids of the sites to connect.
    protection
        ``none`` for the cheapest tree, ``edge`` or ``node`` for two disjoint routes per site,
        ``risk`` for two that share no risk group either.
    exempt_m
        With ``risk``: what lies within this distance of a site or a hub is not held against
        its routes.
    time_limit_s, gap
        Stop improving after this time, in s, or when the proven gap (a fraction) is reached.
    snap_tolerance_m
        Gaps between ends of streets up to this are closed.
    join_tolerance_m
        Nodes, spans and conduits are tied to junctions of streets up to this far away. A street
        line runs in the middle of the road, plant at its edge or behind the footway.
    max_lead_in_m
        Sites (and hubs) farther than this from every usable street stay unreached.
    price_list
        Uid of the list to use, by default the project's current one.
    replace
        Replace a plan of the same name, unless it is submitted or approved.
    created, author
        Stored with the plan; given by the caller, so that equal input gives equal plans.
    guidance
        What must be used, avoided, kept or obeyed.
    selection
        Which sites may be left out, and what for.
    rules
        Cost rules of the planner's own, in the form of ``resources/cost_rules.json``; by default
        those that the price list was made for.
    """

    name: str
    sites: tuple[str, ...]
    protection: str = "none"
    time_limit_s: float = 60.0
    gap: float = 0.0
    seed: int = 0
    statuses: tuple[str, ...] = STATUSES_IN_USE
    snap_tolerance_m: float = 0.5
    join_tolerance_m: float = 30.0
    max_lead_in_m: float = 500.0
    price_list: str | None = None
    replace: bool = False
    author: str | None = None
    created: str | None = None
    note: str | None = None
    guidance: Guidance = NOTHING_ASKED
    selection: Selection = ALL_WANTED
    exempt_m: float = EXEMPT_M
    rules: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the parameters as plain values, as a plan stores them."""
        values = dataclasses.asdict(self)
        for name, asked in (("guidance", self.guidance), ("selection", self.selection)):
            values[name] = asked.to_json()
            if not values[name]:
                del values[name]
        if self.protection != "risk":
            del values["exempt_m"]
        if self.rules is None:
            del values["rules"]
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }


@dataclass(frozen=True)
class Task:
    """Sites by what can be done: to plan (west to east), connected already, without position."""

    sites: tuple[str, ...]
    connected: tuple[str, ...]
    unplaced: tuple[str, ...]


def check_request(network: Network, parameters: ExtensionParameters) -> None:
    """Raise `InputError` unless the request can be planned and stored."""
    if not parameters.name.strip():
        raise InputError(message(QT_TRANSLATE_NOOP("core", "A plan needs a name.")))
    if parameters.protection not in PROTECTIONS:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown protection: {value}."),
                value=parameters.protection,
            )
        )
    _check_guidance(parameters)
    old = plans_named(network, parameters.name)
    if old.empty:
        return
    if not parameters.replace:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "A plan named {name} exists already."),
                name=parameters.name,
            ),
            tuple(old.index),
        )
    frozen = old[old["state"].isin(FROZEN_PLAN_STATES) | old["accepted"].notna()]
    if len(frozen):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The plan {name} is submitted, approved or accepted and cannot be replaced.",
                ),
                name=parameters.name,
            ),
            tuple(frozen.index),
        )


def _check_guidance(parameters: ExtensionParameters) -> None:
    guidance = parameters.guidance
    for technique in (*guidance.techniques, *guidance.excluded_techniques):
        if technique not in TECHNIQUES:
            raise InputError(
                message(QT_TRANSLATE_NOOP("core", "Unknown technique: {value}."), value=technique)
            )
    if guidance.length_rule not in LENGTH_RULES:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown rule for lengths: {value}."),
                value=guidance.length_rule,
            )
        )
    if parameters.protection != "none" and (guidance.length_rule == "keep" or guidance.assigned):
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "Two routes for each site cannot be planned together with a fixed length or "
                    "hub; ask for one of them.",
                )
            )
        )


def plans_named(network: Network, name: str) -> pd.DataFrame:
    """Return the stored plans of a name."""
    plans = network.table("plans")
    return plans[plans["name"] == name]


def with_sites(
    network: Network, parameters: ExtensionParameters, sites: Sequence[str]
) -> ExtensionParameters:
    """Return the request with more sites, those that still exist."""
    known = network.table("sites").index
    more = tuple(uid for uid in sites if uid in known and uid not in parameters.sites)
    return dataclasses.replace(parameters, sites=parameters.sites + more) if more else parameters


def select_sites(network: Network, parameters: ExtensionParameters, served: Service) -> Task:
    """Sort the requested sites; raises `InputError` for unknown ones."""
    table = network.table("sites")
    wanted = sorted(set(parameters.sites))
    unknown = [uid for uid in wanted if uid not in table.index]
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown sites: {uids}"), uids=", ".join(unknown[:5])
            ),
            unknown,
        )
    in_use = [uid for uid in wanted if table.at[uid, "status"] != "decommissioned"]
    done = connected_sites(network, served)
    open_sites = [uid for uid in in_use if uid not in done]
    xy = sites_xy(network, open_sites)
    has_place = ~np.isnan(xy.sum(axis=1))
    # By place, since the order decides between equals and identifiers differ at each import.
    by_place = np.lexsort((np.arange(len(xy)), xy[:, 1], xy[:, 0]))
    return Task(
        tuple(open_sites[row] for row in by_place if has_place[row]),
        tuple(uid for uid in in_use if uid in done),
        tuple(uid for row, uid in enumerate(open_sites) if not has_place[row]),
    )
