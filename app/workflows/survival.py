"""Surviving failures: risk groups, diverse routes, and the report on them.

The planning core is imported where it is used: a command loads only what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.model.bodies import owner_name
from app.model.codes import STATUSES_IN_USE
from app.model.edits import find_plan
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.workflows.clock import now
from app.workflows.plans import find_site, select_sites

if TYPE_CHECKING:
    from app.io.export import ExportReport
    from app.planning.survival.secondroute import SecondRouteParameters


@dataclass(frozen=True)
class DiverseRequest:
    """What two routes of a site must keep to; see `SecondRouteParameters`.

    A figure that is ``None`` and an empty list of kinds are the planning core's own.
    """

    disjoint: str = "edge"
    to: str = "any"
    exempt_m: float = 0.0
    separation_m: float = 0.0
    passes: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    within_m: float | None = None
    kinds: tuple[str, ...] = ()
    time_limit_s: float = 30.0
    seed: int = 0
    statuses: tuple[str, ...] = STATUSES_IN_USE


def risk_groups(
    network: Network,
    kinds: Sequence[str] = (),
    within_m: float | None = None,
    plan: str | None = None,
    statuses: Sequence[str] = STATUSES_IN_USE,
    progress: Progress = no_progress,
) -> Result:
    """Return the shared-risk groups of the network, or of network plus plan.

    ``kinds`` is empty for all; the result's changes would store the groups.
    """
    from app.planning.risk.groups import AUTOMATIC_KINDS, RiskParameters
    from app.planning.risk.register import find_risks

    usual = RiskParameters()
    parameters = RiskParameters(
        within_m=usual.within_m if within_m is None else within_m,
        kinds=tuple(kinds) or AUTOMATIC_KINDS,
        plan=None if plan is None else find_plan(network, plan),
        statuses=tuple(statuses),
    )
    return find_risks(network, parameters, progress)


def second_route(
    network: Network,
    site: str,
    disjoint: str = "edge",
    statuses: Sequence[str] = STATUSES_IN_USE,
    request: DiverseRequest | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Return the two diverse routes of a site that need least new construction.

    ``site`` is the site's ``uid``, code or name. ``request`` goes before ``disjoint`` and
    ``statuses``.
    """
    from app.planning.survival.secondroute import second_route as find

    wanted = request or DiverseRequest(disjoint, statuses=tuple(statuses))
    return find(network, _parameters(wanted, find_site(network, site)), progress)


def diverse_routes(
    network: Network, sites: str, request: DiverseRequest, progress: Progress = no_progress
) -> Result:
    """Return two diverse routes for each of many sites; ``sites`` as in `select_sites`."""
    from app.planning.survival.secondroute import diverse_routes as find

    chosen = select_sites(network, sites)
    return find(network, chosen, _parameters(request, ""), progress)


def check_report_path(path: Path) -> None:
    """Raise `InputError` unless `diversity_report` can write to ``path``."""
    from app.io.export import diversity

    diversity.check_report_path(path)


def diversity_report(
    network: Network,
    result: Result,
    path: Path | str,
    language: str = "it",
    progress: Progress = no_progress,
) -> ExportReport:
    """Write what `second_route` or `diverse_routes` found as PDF, one page for each site."""
    from app.io.export.diversity import DiversityDossier, export_diversity

    progress(0.1)
    summary = result.summary
    dossier = DiversityDossier(
        network=network,
        answers=tuple(summary["sites"]) if "sites" in summary else (summary,),
        tables=result.tables,
        created=now(),
        organisation=owner_name(network),
        program=f"Anello {__version__}",
    )
    report = export_diversity(dossier, path, language)
    progress(1.0)
    return report


def _parameters(request: DiverseRequest, site: str) -> SecondRouteParameters:
    from app.planning.survival.secondroute import SecondRouteParameters

    usual = SecondRouteParameters(site)
    return SecondRouteParameters(
        site=site,
        disjoint=request.disjoint,
        statuses=request.statuses,
        to=request.to,
        exempt_m=request.exempt_m,
        separation_m=request.separation_m,
        passes=request.passes,
        avoids=request.avoids,
        within_m=usual.within_m if request.within_m is None else request.within_m,
        kinds=request.kinds or usual.kinds,
        time_limit_s=request.time_limit_s,
        seed=request.seed,
    )
