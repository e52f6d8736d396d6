"""Ring closure; the planning core is imported where it is used."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.codes import STATUSES_IN_USE
from app.model.network import Network
from app.model.progress import Progress, no_progress
from app.model.study import Result
from app.workflows.plans import ALL_SITES, select_sites


def closure(
    network: Network,
    sites: str = ALL_SITES,
    level: str = "edge",
    statuses: Sequence[str] = STATUSES_IN_USE,
    time_limit_s: float = 30.0,
    gap: float = 0.0,
    seed: int = 0,
    progress: Progress = no_progress,
) -> Result:
    """Find the cheapest lines that free connected sites of single points of failure.

    ``sites`` is ``all``, ``uid,uid`` or ``where:EXPR``; those not connected are passed over.
    """
    from app.planning.survival.closure import ClosureParameters, close_rings

    chosen = tuple(select_sites(network, sites))
    parameters = ClosureParameters(
        sites=chosen, level=level, statuses=tuple(statuses), time_limit_s=time_limit_s, gap=gap,
        seed=seed,
    )  # fmt: skip
    return close_rings(network, parameters, progress)
