"""What plans cost: the bill and who pays it, alternatives side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.model.edits import find_plan
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.workflows.plans import find_site


def cost(
    network: Network,
    plan: str,
    key: str = "equal",
    rates: Mapping[str, Decimal] | None = None,
    seed: int = 0,
    correlation: float = 0.0,
    price_list: str | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Return what the plan of a name or uid costs; ``rates`` are assumptions given anew.

    With a ``price_list`` (uid or name) the plan is priced anew for comparison; it stays as it is.
    """
    from app.planning.costs.pricelists import find_list
    from app.planning.costs.study import CostParameters, cost_plan

    uid = find_plan(network, plan)
    book = None if price_list is None else find_list(network, price_list)
    found = cost_plan(network, CostParameters(uid, key, rates or {}, seed, correlation, book))
    progress(1.0)
    return found


def compare(
    network: Network,
    plans: Sequence[str],
    rates: Mapping[str, Decimal] | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Return plans, by name or uid, side by side with not building; ``rates`` as for `cost`."""
    from app.planning.costs.comparison import compare_plans

    found = compare_plans(network, [find_plan(network, plan) for plan in plans], rates)
    progress(1.0)
    return found


def phases(
    network: Network,
    plan: str,
    budgets: Mapping[int, Decimal],
    after: Mapping[str, str] | None = None,
    *,
    carries_over: bool = True,
    time_limit_s: float = 60.0,
    more_eur: Decimal | None = None,
    is_gross: bool = False,
    progress: Progress = no_progress,
) -> Result:
    """Return which sites of a plan are connected when; ``after`` names sites by uid or name."""
    from app.planning.phasing.study import MORE_EUR, PhaseParameters, plan_phases

    named = [(find_site(network, a), find_site(network, b)) for a, b in (after or {}).items()]
    uid = find_plan(network, plan)
    more = MORE_EUR if more_eur is None else more_eur
    parameters = PhaseParameters(
        uid, budgets, tuple(named), carries_over, time_limit_s, more, is_gross
    )
    return plan_phases(network, parameters, progress)
