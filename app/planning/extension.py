"""The extension study: the cheapest way to connect sites to the network in service."""

from __future__ import annotations

import time

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.planning.answer import Answer, connect
from app.planning.connectivity import Service
from app.planning.drafting import (
    PLAN_TABLES,
    draw_up,
    is_outdated,
    plan_result,
    with_weak,
)
from app.planning.prepared import prepare
from app.planning.remarks import remarks
from app.planning.request import (
    ExtensionParameters,
    Task,
    check_request,
)
from app.planning.selection import check_selection, site_worth
from app.planning.survival.riskprotection import RiskCase
from app.planning.survival.weakness import weak_sites

__all__ = ["PLAN_TABLES", "ExtensionParameters", "is_outdated", "plan_extension"]


def plan_extension(
    network: Network, parameters: ExtensionParameters, progress: Progress = no_progress
) -> Result:
    """Plan the connection of sites to the network in service.

    Minimises the cost, at typical prices, of everything that is built: trenches, lead-ins,
    cable in conduits with room, crossings, joints, terminations. Without protection the answer
    is a tree, with it a network in which each site has two disjoint routes; either has a proven
    lower bound.

    Raises `InputError` for unknown sites, an existing name or an unknown price list,
    `Infeasible` when there is nothing to connect to, and `Cancelled` through ``progress``.
    """
    begun = time.monotonic()
    check_request(network, parameters)
    check_selection(parameters)
    progress(0.02, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    ready = prepare(network, parameters)
    served, task, routes, guide = ready.served, ready.task, ready.routes, ready.guide
    progress(0.3, message(QT_TRANSLATE_NOOP("core", "Looking for the cheapest connection")))
    worth = site_worth(network, parameters.selection, task, ready.rules, ready.book)
    risks = _risks(network, parameters, served, task)
    answer = connect(routes, parameters, task, guide, worth, part(progress, 0.3, 0.9), risks)
    progress(0.9, message(QT_TRANSLATE_NOOP("core", "Drawing up the plan")))
    draft = draw_up(network, parameters, routes, task, guide, answer, ready.rules, ready.book)
    seconds = round(time.monotonic() - begun, 3)
    findings = remarks(network, served, routes, task.sites, draft.bill, draft.too_long)
    result = plan_result(network, parameters, task, answer, draft, findings, seconds)
    if parameters.protection != "none":
        weak = _weak(network, parameters, served, answer, task, result)
        if weak:
            answer, draft = with_weak(answer, draft, weak)
            result = plan_result(network, parameters, task, answer, draft, findings, seconds)
    progress(1.0)
    return result


def _risks(
    network: Network, parameters: ExtensionParameters, served: Service, task: Task
) -> RiskCase | None:
    if parameters.protection != "risk":
        return None
    return RiskCase(network, task.sites, parameters.statuses, served.hubs, parameters.exempt_m)


def _weak(
    network: Network, parameters: ExtensionParameters, served: Service, answer: Answer,
    task: Task, result: Result,
) -> dict[str, Message]:  # fmt: skip
    """Return the sites that look protected but hang on one part of the existing network."""
    assert result.changes is not None
    known = {uid for uid, _ in answer.unprotected}
    sites = {task.sites[row] for row in answer.paths} - known
    return weak_sites(
        network.apply(result.changes), result.summary["plan_uid"], parameters.statuses,
        parameters.protection, served.hubs, sites, parameters.exempt_m,
    )  # fmt: skip
