"""Surviving failures: risk groups, diverse routes, and the report on them.

The planning core is imported where it is used: a command loads only what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.model.codes import STATUSES_IN_USE
from app.model.edits import find_plan
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result


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
