"""What plans cost: the bill and who pays it, alternatives side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.model.edits import find_plan
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result


def cost(
    network: Network,
    plan: str,
    key: str = "equal",
    rates: Mapping[str, Decimal] | None = None,
    seed: int = 0,
    progress: Progress = no_progress,
) -> Result:
    """Return what the plan of a name or uid costs."""
    from app.planning.costs.study import CostParameters, cost_plan

    found = cost_plan(network, CostParameters(find_plan(network, plan), key, rates or {}, seed))
    progress(1.0)
    return found


def compare(network: Network, plans: Sequence[str], progress: Progress = no_progress) -> Result:
    """Return plans, by name or uid, side by side with not building."""
    from app.planning.costs.comparison import compare_plans

    found = compare_plans(network, [find_plan(network, plan) for plan in plans])
    progress(1.0)
    return found
