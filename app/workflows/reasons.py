"""Why plans are as they are, and how far things lie apart along the streets.

The planning core is imported where it is used: a command loads only what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.model.codes import STATUSES_IN_USE
from app.model.edits import find_plan
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.workflows.plans import find_site, select_sites


def explain(
    network: Network,
    plan: str,
    site: str | None = None,
    section: str | None = None,
    tolerance: float | None = None,
    time_limit_s: float = 30.0,
    progress: Progress = no_progress,
) -> Result:
    """Say what the sites of a plan really cost, what could replace sections, what keeps sites out.

    ``plan`` is a name or uid, ``site`` a uid, code or name, ``section`` the uid of a plan's span;
    with ``site`` or ``section`` only that is looked at, and more closely.
    """
    from app.planning.explain.study import ExplainParameters, explain_plan

    parameters = ExplainParameters(
        find_plan(network, plan), None if site is None else find_site(network, site), section,
        tolerance, time_limit_s,
    )  # fmt: skip
    return explain_plan(network, parameters, progress)


def street_reach(
    network: Network,
    origin: str = "network",
    within_m: Sequence[float] = (),
    statuses: Sequence[str] = STATUSES_IN_USE,
    max_lead_in_m: float = 500.0,
    margin_m: float = 40.0,
    with_geojson: bool = False,
    progress: Progress = no_progress,
) -> Result:
    """Return the street distance of open sites to the network, and rings of reach.

    ``origin`` is ``network``, ``hubs``, or a node's or site's uid, or a site's code or name.
    """
    from app.planning.routing.reach import HUBS, NETWORK, ReachParameters
    from app.planning.routing.reach import street_reach as walk

    if origin not in (NETWORK, HUBS) and origin not in network.table("nodes").index:
        origin = find_site(network, origin)
    parameters = ReachParameters(
        origin, tuple(within_m), tuple(statuses), margin_m, max_lead_in_m,
        with_geojson=with_geojson,
    )  # fmt: skip
    return walk(network, parameters, progress)


def site_distances(
    network: Network,
    sites: str = "all",
    statuses: Sequence[str] = STATUSES_IN_USE,
    max_lead_in_m: float = 500.0,
    progress: Progress = no_progress,
) -> Result:
    """Return the street distances between sites; ``sites`` is ``all``, uids or ``where:EXPR``."""
    from app.planning.routing.reach import DistanceParameters
    from app.planning.routing.reach import site_distances as measure

    chosen = tuple(select_sites(network, sites))
    parameters = DistanceParameters(chosen, tuple(statuses), max_lead_in_m)
    return measure(network, parameters, progress)
