"""Availability by drawing states at random: a check that shares no formula with the others.

Failures are events of a Poisson stream along all parts laid end to end, so that drawing a
state costs as much as it has failures. Only states with a failure are drawn; the one without
is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.planning.arrays import FloatArray, Graph, compiled
from app.planning.failure.walks import reached_without


@dataclass(frozen=True)
class Estimate:
    """Availability of each node with the half width of its confidence interval, ``(n,)``.

    ``samples`` states with at least one failure were drawn with ``seed``.
    """

    availability: FloatArray
    half_width: FloatArray
    samples: int
    seed: int


def draw_states(
    graph: Graph,
    edge_down: FloatArray,
    node_down: FloatArray,
    root: int,
    samples: int = 20_000,
    seed: int = 0,
    quantile: float = 1.96,
) -> Estimate:
    """Return the estimated share of time in which each node is up and reaches ``root``.

    ``quantile`` is the number of standard errors of the interval, 1.96 for 95 %; the interval
    is Wilson's, so that it stays wide where nothing was seen.
    """
    down = np.concatenate((edge_down, node_down))
    gone = down >= 1.0
    exposure = -np.log1p(-np.where(gone, 0.0, down))
    edges = np.concatenate(([0.0], np.cumsum(exposure)))
    total = float(edges[-1])
    some = -np.expm1(-total)
    m = graph.edge_count
    served = reached_without(
        graph.first, graph.neighbour, graph.edge, root, gone[:m], gone[m:]
    ).astype(float)  # fmt: skip
    if some == 0.0:
        return Estimate(served, np.zeros(graph.node_count), 0, seed)
    dark = _draw(
        graph.first, graph.neighbour, graph.edge, root, edges, m, gone[:m], gone[m:], samples, seed
    )
    share, square = dark / samples, quantile**2
    centre = (share + square / (2 * samples)) / (1 + square / samples)
    half = (
        quantile * np.sqrt(share * (1 - share) / samples + square / (4 * samples**2))
        / (1 + square / samples)
    )  # fmt: skip
    availability = np.where(served > 0, (1.0 - some) + some * (1.0 - share), 0.0)
    return Estimate(availability, some * (half + np.abs(centre - share)), samples, seed)


@compiled
def _draw(first, neighbour, edge, root, places, m, edge_gone, node_gone, samples, seed):  # type: ignore[no-untyped-def]  # compiled
    """Return how often each node was dark among states with at least one failure."""
    np.random.seed(seed)
    n = len(first) - 1
    total = places[-1]
    dark = np.zeros(n)
    skip_edge = edge_gone.copy()
    skip_node = node_gone.copy()
    for _ in range(samples):
        at = -np.log1p(-np.random.random() * -np.expm1(-total))
        while at < total:
            x = np.searchsorted(places, at, side="right") - 1
            if x < m:
                skip_edge[x] = True
            else:
                skip_node[x - m] = True
            at += -np.log1p(-np.random.random())
        reached = reached_without(first, neighbour, edge, root, skip_edge, skip_node)
        for v in range(n):
            if not reached[v]:
                dark[v] += 1
        skip_edge[:] = edge_gone
        skip_node[:] = node_gone
    return dark
