"""Protected extension: the cheapest network in which each site has two disjoint routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.progress import Progress, part
from app.planning.arrays import BoolArray, build_graph
from app.planning.planrows import SitePath
from app.planning.streets.routegraph import LEAD_IN, RouteGraph
from app.planning.survivable.blocks import Blocking
from app.planning.survivable.engine import ENGINE, solve
from app.planning.survival.disjoint import Pair, PairFinder

_NAMED = 3
"""Streets that a reason names at most."""


@dataclass(frozen=True)
class Guarded:
    """A protected network.

    Attributes
    ----------
    edges
        What is built, sorted.
    paths
        The two routes of each site by row; the second is empty where there is none.
    unprotected
        Rows with a single route, and what blocks a second.
    lower_bound
        No network that protects the same sites is cheaper, in the graph's cost unit.
    """

    edges: tuple[int, ...]
    paths: Mapping[int, SitePath]
    unprotected: tuple[tuple[int, Message], ...]
    lower_bound: int = 0
    engine: str = field(default=ENGINE)


def protect(
    routes: RouteGraph,
    rows: Sequence[int],
    level: str,
    progress: Progress,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
) -> Guarded:
    """Return the cheapest network found in which the sites in ``rows`` have two routes each.

    The routes share no edge, or with ``node`` no junction either, up to the network; no route
    passes through a building. A site that cannot have two gets one and is named. The network is
    never dearer than what the sites would build if each took its own cheapest pair. Within it,
    each site has the two routes that are shortest together.
    """
    closed = np.zeros(routes.graph.node_count, dtype=np.bool_)
    closed[routes.entries] = True
    entries = sorted({int(routes.entries[row]) for row in rows})
    pairs = _pairs(routes, entries, level, closed, part(progress, 0.0, 0.1))
    known = sorted({edge for pair in pairs.values() for edge in (*pair.working, *pair.protection)})
    solution = solve(
        routes.graph, dict.fromkeys(entries, 2), routes.root, level=level,
        time_limit_s=time_limit_s, gap=gap, seed=seed, progress=part(progress, 0.1, 0.95),
        closed=entries, known=known, is_partial=False,
    )  # fmt: skip
    edges = solution.edges.tolist()
    if solution.cost > int(routes.graph.cost[known].sum()):
        edges = known
    paths, used = _paths(routes, rows, level, closed, edges)
    blocked = {item.site: item for item in solution.unprotected}
    alone = [
        (row, _reason(routes, level, blocked.get(int(routes.entries[row]))))
        for row, path in paths.items()
        if not path.protection
    ]
    return Guarded(tuple(sorted(used)), paths, tuple(alone), solution.lower_bound)


def _pairs(
    routes: RouteGraph, entries: Sequence[int], level: str, closed: BoolArray, progress: Progress
) -> dict[int, Pair]:
    finder = PairFinder(routes.graph, routes.root, node_disjoint=level == "node", closed=closed)
    found = {}
    for number, entry in enumerate(entries):
        progress(number / len(entries))
        pair = finder.pair(entry)
        if pair is not None:
            found[entry] = pair
    return found


def _paths(
    routes: RouteGraph, rows: Sequence[int], level: str, closed: BoolArray, edges: Sequence[int]
) -> tuple[dict[int, SitePath], set[int]]:
    """Return the shortest two routes of each site within some edges, and the edges in use."""
    chosen = np.array(edges, dtype=np.int64)
    graph = build_graph(
        routes.graph.node_count, routes.graph.start[chosen], routes.graph.end[chosen],
        routes.length_mm[chosen],
    )  # fmt: skip
    finder = PairFinder(graph, routes.root, node_disjoint=level == "node", closed=closed)
    paths = {}
    for row in rows:
        pair = finder.pair(int(routes.entries[row]))
        if pair is not None:
            paths[row] = SitePath(
                tuple(chosen[list(pair.working)].tolist()),
                tuple(chosen[list(pair.protection)].tolist()),
            )
    used = {edge for path in paths.values() for edge in (*path.working, *path.protection)}
    return paths, used


def _reason(routes: RouteGraph, level: str, blocking: Blocking | None) -> Message:
    bridges = () if blocking is None else blocking.bridges
    if any(routes.kind[edge] == LEAD_IN for edge in bridges):
        return message(
            QT_TRANSLATE_NOOP(
                "core", "Connected by one route only: it has a single way to the streets."
            )
        )
    if bridges:
        streets = [str(routes.source[edge]) for edge in bridges if routes.source[edge] is not None]
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Connected by one route only: every route uses the same {length_m} m, which have "
                "no alternative ({streets}).",
            ),
            length_m=f"{int(routes.length_mm[list(bridges)].sum()) / 1000:.0f}",
            streets=", ".join(list(dict.fromkeys(streets))[:_NAMED]) or "–",
        )
    if level == "node" and blocking is not None:
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Connected by one route only: every route passes the same {count} junctions, "
                "which have no way around.",
            ),
            count=len(blocking.cut_nodes),
        )
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Connected by one route only: no second route avoids every section of the first.",
        )
    )
