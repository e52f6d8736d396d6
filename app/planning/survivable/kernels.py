"""Graphs made small: dead ends, passed nodes and needless parallel edges taken out."""

from __future__ import annotations

import numpy as np

from app.planning.arrays import BoolArray, Graph
from app.planning.survivable.check import Demand
from app.planning.tree.kernel import Kernel, contracted, whole


def lean(graph: Graph, demand: Demand, kept: BoolArray | None = None) -> tuple[Kernel, Demand]:
    """Return what a cheapest solution within the ``kept`` edges may need, and the demand on it.

    Of parallel edges the two cheapest are left: no solution needs a third. Passes of linear
    time but for sorting.
    """
    places = np.concatenate(([demand.root], demand.sites)).astype(np.int32)
    kernel = whole(graph, places)
    mask = np.ones(graph.edge_count, dtype=np.bool_) if kept is None else kept.copy()
    while True:
        before = kernel.graph.edge_count
        _without_thirds(kernel.graph, mask)
        kernel = contracted(kernel, mask)
        if kernel.graph.edge_count == before:
            break
        mask = np.ones(kernel.graph.edge_count, dtype=np.bool_)
    number = np.full(graph.node_count, -1, dtype=np.int32)
    number[kernel.node] = np.arange(len(kernel.node), dtype=np.int32)
    return kernel, demand.placed(number, demand.closed[kernel.node])


def _without_thirds(graph: Graph, mask: BoolArray) -> None:
    """Take loops and all but the two cheapest of parallel edges out of a mask."""
    mask &= graph.start != graph.end
    edges = np.flatnonzero(mask)
    low = np.minimum(graph.start[edges], graph.end[edges]).astype(np.int64)
    high = np.maximum(graph.start[edges], graph.end[edges]).astype(np.int64)
    pair = low * graph.node_count + high
    order = np.lexsort((edges, graph.cost[edges], pair))
    ordered = pair[order]
    thirds = np.flatnonzero(ordered[2:] == ordered[:-2]) + 2
    mask[edges[order[thirds]]] = False
