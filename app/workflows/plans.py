"""Plans: which sites, compute, accept, analyse.

The planning core is imported where it is used: a command loads only what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.model import acceptance
from app.model.changes import ChangeSet
from app.model.codes import STATUSES_IN_USE
from app.model.conditions import parse_condition
from app.model.edits import find_plan
from app.model.errors import InputError
from app.model.guidance import NOTHING_ASKED, Guidance
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.selection import ALL_WANTED, Selection
from app.model.study import Result
from app.model.tables import TABLES
from app.workflows.clock import now, stamp

ALL_SITES = "all"
WHERE = "where:"


@dataclass(frozen=True)
class PlanRequest:
    """What a planner asks for; ``sites`` is ``all``, ``uid,uid`` or ``where:EXPR``.

    A tolerance or exempt distance that is ``None`` is the planning core's own. ``guidance`` is
    what must be used, avoided, kept or obeyed, ``selection`` which sites may be left out.
    ``price_list`` is uid or name of a list, by default the one in use; ``rules`` are cost rules
    of the planner's own, by default those that the project carries.
    """

    name: str
    sites: str = ALL_SITES
    protection: str = "none"
    time_limit_s: float = 30.0
    gap: float = 0.0
    seed: int = 0
    is_replacing: bool = False
    statuses: tuple[str, ...] = STATUSES_IN_USE
    author: str | None = None
    max_lead_in_m: float | None = None
    join_tolerance_m: float | None = None
    snap_tolerance_m: float | None = None
    guidance: Guidance = NOTHING_ASKED
    selection: Selection = ALL_WANTED
    exempt_m: float | None = None
    price_list: str | None = None
    rules: Mapping[str, Any] | None = None


def select_sites(network: Network, selector: str) -> list[str]:
    """Return the ``uid`` of the sites that ``selector`` names, decommissioned ones left out.

    Raises `InputError` for unknown sites and for a condition that cannot be read.
    """
    sites = network.table("sites")
    living = sites["status"] != "decommissioned"
    if selector.strip() == ALL_SITES:
        return [str(uid) for uid in sites.index[living]]
    if selector.startswith(WHERE):
        condition = parse_condition(selector.removeprefix(WHERE), TABLES["sites"])
        return [str(uid) for uid in sites.index[living.to_numpy() & condition.matches(sites)]]
    uids = [uid.strip() for uid in selector.split(",") if uid.strip()]
    missing = [uid for uid in uids if uid not in sites.index]
    if missing or not uids:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core", "No site is called {uids}; give “all”, uids or “where:CONDITION”"
                ),
                uids=", ".join(missing[:5]) or "“”",
            ),
            missing,
        )
    return list(dict.fromkeys(uids))


def find_site(network: Network, text: str) -> str:
    """Return the ``uid`` of the site with that ``uid``, code or name.

    Raises `InputError` when there is none, or when several have the code or name.
    """
    sites = network.table("sites")
    if text in sites.index:
        return text
    for column in ("code", "name"):
        found = [str(uid) for uid in sites.index[sites[column] == text]]
        if len(found) == 1:
            return found[0]
        if found:
            raise InputError(
                message(
                    QT_TRANSLATE_NOOP("core", "{count} sites are called “{name}”; give the uid"),
                    count=len(found),
                    name=text,
                ),
                found,
            )
    raise InputError(
        message(QT_TRANSLATE_NOOP("core", "There is no site “{name}”"), name=text), [text]
    )


def connected_sites(network: Network, statuses: Sequence[str] = STATUSES_IN_USE) -> frozenset[str]:
    """Return the sites that reach a hub or pop through spans in use.

    Where no hub or pop exists, every connected part of the network counts; see
    `app.planning.connectivity.service`.
    """
    from app.planning.connectivity import connected_sites as hanging
    from app.planning.connectivity import service

    return hanging(network, service(network, statuses))


def make_plan(network: Network, request: PlanRequest, progress: Progress = no_progress) -> Result:
    """Compute the plan that ``request`` asks for; the result's changes would store it."""
    sites = select_sites(network, request.sites)
    if not sites:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "No site is chosen by “{selector}”"),
                selector=request.sites,
            )
        )
    from app.planning.costs.pricelists import find_list
    from app.planning.extension import ExtensionParameters, plan_extension

    book = None if request.price_list is None else find_list(network, request.price_list)
    parameters = ExtensionParameters(
        name=request.name,
        sites=tuple(sites),
        protection=request.protection,
        time_limit_s=request.time_limit_s,
        gap=request.gap,
        seed=request.seed,
        replace=request.is_replacing,
        statuses=request.statuses,
        author=request.author,
        created=stamp(now()),
        guidance=request.guidance,
        selection=request.selection,
        price_list=book,
        rules=request.rules,
    )
    tolerances = {
        "max_lead_in_m": request.max_lead_in_m,
        "join_tolerance_m": request.join_tolerance_m,
        "snap_tolerance_m": request.snap_tolerance_m,
        "exempt_m": request.exempt_m,
    }
    chosen: dict[str, Any] = {
        name: value for name, value in tolerances.items() if value is not None
    }
    return plan_extension(network, replace(parameters, **chosen), progress)


def plan_project(path: Path, request: PlanRequest, progress: Progress = no_progress) -> Result:
    """Compute a plan of the project at ``path``, which is only read.

    For a process of its own: the network is held in memory once, not on both sides.
    """
    from app.io.project import Project
    from app.workflows.prices import project_rules

    with Project.open(path, read_only=True) as opened:
        network = opened.read()
        own = project_rules(opened)
    if request.rules is None and own is not None:
        request = replace(request, rules=own)
    return make_plan(network, request, progress)


def lock_sections(
    network: Network, plan: str, sections: Sequence[str] = (), *, is_locked: bool = True
) -> ChangeSet:
    """Return the changes that lock sections of a plan, by default all, or unlock them.

    Raises `InputError` for an unknown plan and for sections of another one.
    """
    from app.model.locks import lock_sections as lock

    return lock(network, find_plan(network, plan), sections, is_locked=is_locked)


def accept_plan(network: Network, name: str) -> ChangeSet:
    """Return the changes that make a plan part of the network."""
    return acceptance.accept_plan(network, name, stamp(now()))


def redundancy(
    network: Network,
    plan: str | None = None,
    statuses: Sequence[str] = STATUSES_IN_USE,
    progress: Progress = no_progress,
) -> Result:
    """Return what single failures take down, of the network or of network plus plan."""
    from app.planning.survival.redundancy import RedundancyParameters, analyse_redundancy

    uid = None if plan is None else find_plan(network, plan)
    parameters = RedundancyParameters(plan=uid, statuses=tuple(statuses))
    return analyse_redundancy(network, parameters, progress)
