"""Failures: what they take down, how long sites are dark, and what mending it costs."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.changes import ChangeSet
from app.model.codes import STATUSES_IN_USE
from app.model.edits import find_plan
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.workflows.clock import now, stamp
from app.workflows.plans import find_site


def failures(
    network: Network,
    depth: int = 1,
    cuts: Sequence[str] = (),
    groups: Sequence[str] = (),
    plan: str | None = None,
    statuses: Sequence[str] = STATUSES_IN_USE,
    source: str = "hub",
    shown: int | None = None,
    with_nodes: bool = False,
    progress: Progress = no_progress,
) -> Result:
    """Return what failures take down, of the network or of network plus plan.

    ``cuts`` are uids that fail together, ``groups`` uids of risk groups; without either each
    span and node fails alone, and with depth 2 pairs of spans besides.
    """
    from app.planning.failure.simulation import SHOWN, SimulationParameters, simulate_failures

    parameters = SimulationParameters(
        plan=None if plan is None else find_plan(network, plan),
        statuses=tuple(statuses),
        source=source,
        depth=depth,
        with_nodes=with_nodes,
        cuts=tuple(cuts),
        groups=tuple(groups),
        shown=SHOWN if shown is None else shown,
    )
    return simulate_failures(network, parameters, progress)


def availability(
    network: Network,
    plan: str | None = None,
    sites: Sequence[str] = (),
    statuses: Sequence[str] = STATUSES_IN_USE,
    source: str = "hub",
    with_groups: bool = False,
    is_checked: bool = False,
    seed: int = 0,
    progress: Progress = no_progress,
) -> Result:
    """Return how long sites (uid, code or name; default all) are without service in a year."""
    from app.planning.failure.availability import AvailabilityParameters, analyse_availability

    parameters = AvailabilityParameters(
        plan=None if plan is None else find_plan(network, plan),
        statuses=tuple(statuses),
        sites=tuple(find_site(network, site) for site in sites),
        source=source,
        with_groups=with_groups,
        is_checked=is_checked,
        seed=seed,
    )
    return analyse_availability(network, parameters, progress)


def failure_rates(network: Network, progress: Progress = no_progress) -> Result:
    """Return the failure rates in effect, and the change that copies the shipped ones in."""
    import pandas as pd

    from app.planning.failure.rates import copy_rates, rate_book

    rows = rate_book(network).to_json()
    changes: ChangeSet = copy_rates(network)
    progress(1.0)
    return Result({"rates": rows}, changes, (), {"rates": pd.DataFrame(rows, dtype=object)})


def measures(
    network: Network,
    budget_eur: float | None = None,
    steps: int = 5,
    as_plan: str | None = None,
    pick: str = "1",
    statuses: Sequence[str] = STATUSES_IN_USE,
    source: str = "hub",
    author: str | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Return measures by cost for each minute of weighted outage that they avoid in a year.

    With ``as_plan`` the result's changes store the measure of rank or uid ``pick`` as a plan.
    """
    from app.planning.failure.measures import MeasureParameters, rank_measures

    parameters = MeasureParameters(
        statuses=tuple(statuses),
        source=source,
        steps=steps,
        budget_eur=budget_eur,
        plan_name=as_plan,
        pick=pick,
        created=stamp(now()),
        author=author,
    )
    return rank_measures(network, parameters, progress)
