"""Compile every kernel ahead of the first study; afterwards they load from disk in a second."""

from __future__ import annotations

import numpy as np

from app.planning import strokes
from app.planning.arrays import build_graph, shortest
from app.planning.explain import variants
from app.planning.failure import warmup as failures
from app.planning.guiding import tether
from app.planning.prize import budget
from app.planning.routing import matrix
from app.planning.streets import segments
from app.planning.survivable import engine
from app.planning.survival import restriction
from app.planning.survival.disjoint import PairFinder
from app.planning.survival.lowpoint import walk
from app.planning.tree import steiner


def warm_up() -> None:
    """Run all kernels on a tiny graph; takes about 20 s once, then next to nothing."""
    graph = build_graph(4, [0, 1, 2, 3, 0], [1, 2, 3, 0, 2], [3, 4, 5, 6, 7])
    shortest(graph.first, graph.neighbour, graph.edge, graph.cost, np.array([0], dtype=np.int32))
    strokes.warm_up()
    steiner.warm_up()
    engine.warm_up()
    failures.warm_up()
    tether.warm_up()
    segments.warm_up()
    matrix.warm_up()
    variants.warm_up()
    budget.warm_up()
    PairFinder(graph, 2, node_disjoint=True).pair(0)
    restriction.warm_up()
    walk(graph).blocks(graph)
