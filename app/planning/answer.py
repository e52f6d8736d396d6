"""The answer to an extension: which edges are built, and how each site is served by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from app.model.messages import Message
from app.model.progress import Progress, part
from app.planning.guiding.forced import without_cost
from app.planning.guiding.guide import Guide
from app.planning.guiding.trees import SearchLimits, grow, joined_to
from app.planning.planrows import SitePath
from app.planning.reasons import no_position, too_far, unreached_reasons
from app.planning.request import ExtensionParameters, Task
from app.planning.selection import Choice, LeftOut, Worth, cheaper, choose, left_out
from app.planning.streets.routegraph import LEAD_IN, RouteGraph
from app.planning.survival.protection import protect
from app.planning.survival.riskprotection import RiskCase, protect_from_risks


@dataclass(frozen=True)
class Answer:
    """Chosen edges, the path of each reached site by its row, and how good that is."""

    edges: tuple[int, ...]
    paths: Mapping[int, SitePath]
    lower_bound: int | None
    engine: str
    unreachable: tuple[tuple[str, Message], ...]
    unprotected: tuple[tuple[str, Message], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    choice: Choice | None = None


def connect(
    routes: RouteGraph, parameters: ExtensionParameters, task: Task, guide: Guide,
    worth: Worth | None, progress: Progress, risks: RiskCase | None = None,
) -> Answer:  # fmt: skip
    """Choose what is built: the tree, or each site's pair of routes when it is to be protected.

    ``risks`` is needed for protection from common risks. Sites that cannot be reached are named
    with the reason.
    """
    leads = routes.kind == LEAD_IN
    has_lead_in = np.isin(routes.entries, routes.graph.end[leads])
    unreachable = [(uid, no_position()) for uid in task.unplaced]
    unreachable += [
        (task.sites[row], too_far(routes, int(row), parameters.max_lead_in_m))
        for row in np.flatnonzero(~has_lead_in)
    ]
    lands_home = leads & routes.home()[routes.graph.start]
    is_home = np.isin(routes.entries, routes.graph.end[lands_home])
    unreachable += unreached_reasons(
        routes,
        [(task.sites[row], int(routes.entries[row]))
         for row in np.flatnonzero(has_lead_in & ~is_home)],
        parameters.max_lead_in_m,
    )  # fmt: skip
    reached = [int(row) for row in np.flatnonzero(has_lead_in & is_home)]
    far = guide.too_far(routes, reached)
    reached = [row for row in reached if row not in far]
    unreachable += [(task.sites[row], reason) for row, reason in far.items()]
    missed = tuple(sorted(unreachable, key=lambda item: item[0]))
    if parameters.protection != "none":
        return _protected(routes, parameters, task, guide, reached, missed, progress, risks)
    limits = SearchLimits(parameters.time_limit_s, parameters.gap, parameters.seed)
    if worth is not None:
        return _chosen(routes, task, guide, worth, reached, missed, limits, progress)
    grown = grow(routes, guide, reached, limits, progress)
    return Answer(grown.edges, grown.paths, grown.lower_bound, grown.engine, missed)


def _chosen(
    routes: RouteGraph, task: Task, guide: Guide, worth: Worth, reached: Sequence[int],
    missed: tuple[tuple[str, Message], ...], limits: SearchLimits, progress: Progress,
) -> Answer:  # fmt: skip
    """Choose which sites are connected, then connect them; each gets half of the time."""
    limits = replace(limits, time_limit_s=limits.time_limit_s / 2)
    choice = choose(routes, worth, guide, reached, limits, part(progress, 0.0, 0.5))
    grown = grow(routes, guide, choice.rows, limits, part(progress, 0.5, 1.0))
    grown = cheaper(routes, guide, choice, grown)
    out = left_out(routes, task, choice, reached, grown.edges)
    return Answer(
        grown.edges, grown.paths, grown.lower_bound, grown.engine, missed, left_out=out,
        choice=choice,
    )  # fmt: skip


def _protected(
    routes: RouteGraph, parameters: ExtensionParameters, task: Task, guide: Guide,
    reached: Sequence[int], missed: tuple[tuple[str, Message], ...], progress: Progress,
    risks: RiskCase | None,
) -> Answer:  # fmt: skip
    """Return two routes for each site; what is built in any case is free for them to use.

    Forced edges cost nothing in the search; their cost is added to the bound.
    """
    graph = without_cost(routes.graph, guide.forced.edges)
    free = replace(routes, graph=graph)
    limits = SearchLimits(parameters.time_limit_s, parameters.gap, parameters.seed)
    if risks is not None:
        guarded = protect_from_risks(free, reached, risks, progress, **asdict(limits))
    else:
        guarded = protect(free, reached, parameters.protection, progress, **asdict(limits))
    edges = joined_to(routes, guide, guarded.edges)
    alone = tuple((task.sites[row], reason) for row, reason in guarded.unprotected)
    bound = guarded.lower_bound + guide.forced.cost
    return Answer(edges, guarded.paths, bound, guarded.engine, missed, alone)
