"""The answer to an extension: which edges are built, and how each site is served by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.model.messages import Message
from app.model.progress import Progress
from app.planning.planrows import SitePath
from app.planning.reasons import no_position, too_far, unreached_reasons
from app.planning.request import ExtensionParameters, Task
from app.planning.streets.routegraph import LEAD_IN, RouteGraph
from app.planning.survival.protection import protect
from app.planning.tree.steiner import solve
from app.planning.tree.treepaths import paths_to_root


@dataclass(frozen=True)
class Answer:
    """Chosen edges, the path of each reached site by its row, and how good that is."""

    edges: tuple[int, ...]
    paths: Mapping[int, SitePath]
    lower_bound: int | None
    engine: str
    unreachable: tuple[tuple[str, Message], ...]
    unprotected: tuple[tuple[str, Message], ...] = ()


def connect(
    routes: RouteGraph, parameters: ExtensionParameters, task: Task, progress: Progress
) -> Answer:
    """Choose what is built: the tree, or each site's pair of routes when it is to be protected.

    Sites that cannot be reached are named with the reason.
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
    missed = tuple(sorted(unreachable, key=lambda item: item[0]))
    if parameters.protection != "none":
        guarded = protect(routes, reached, parameters.protection, progress)
        alone = tuple((task.sites[row], reason) for row, reason in guarded.unprotected)
        return Answer(guarded.edges, guarded.paths, None, guarded.engine, missed, alone)
    entries = [int(routes.entries[row]) for row in reached]
    solution = solve(
        routes.graph, entries, routes.root, time_limit_s=parameters.time_limit_s,
        gap=parameters.gap, seed=parameters.seed, progress=progress,
    )  # fmt: skip
    edges = tuple(int(edge) for edge in solution.edges)
    walks = paths_to_root(routes.graph, edges, routes.root, entries)
    paths = {row: SitePath(walk) for row, walk in zip(reached, walks, strict=True)}
    return Answer(edges, paths, solution.lower_bound, solution.engine, missed)
