"""Protected extension: the union of each site's cheapest pair of disjoint routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.progress import Progress
from app.planning.planrows import SitePath
from app.planning.streets.routegraph import RouteGraph
from app.planning.survival.disjoint import PairFinder

ENGINE = "anello-pairs-1"
"""Name and version that plans store: each site's cheapest disjoint pair, united."""


@dataclass(frozen=True)
class Guarded:
    """Edges to build, the two routes of each site by row, and who got only one."""

    edges: tuple[int, ...]
    paths: Mapping[int, SitePath]
    unprotected: tuple[tuple[int, Message], ...]
    engine: str = ENGINE


def protect(routes: RouteGraph, rows: Sequence[int], level: str, progress: Progress) -> Guarded:
    """Return each site's cheapest pair of routes to the network, disjoint in edges or nodes.

    A site without such a pair keeps its cheapest single route and is named.
    """
    closed = np.zeros(routes.graph.node_count, dtype=np.bool_)
    closed[routes.entries] = True  # no route passes through a building
    finder = PairFinder(routes.graph, routes.root, node_disjoint=level == "node", closed=closed)
    paths: dict[int, SitePath] = {}
    alone: list[tuple[int, Message]] = []
    for number, row in enumerate(rows):
        progress(number / max(1, len(rows)))
        pair = finder.pair(int(routes.entries[row]))
        if pair is None:
            continue
        paths[row] = SitePath(pair.working, pair.protection)
        if not pair.protection:
            alone.append((row, _reason(level)))
    edges = {edge for path in paths.values() for edge in (*path.working, *path.protection)}
    return Guarded(tuple(sorted(edges)), paths, tuple(alone))


def _reason(level: str) -> Message:
    if level == "node":
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Connected by one route only: no second route avoids every junction of the first.",
            )
        )
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Connected by one route only: no second route avoids every section of the first.",
        )
    )
