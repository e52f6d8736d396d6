"""State enumeration: every state with at most two failures, what is left over as bound.

After one failure a single walk of the graph tells which second failures darken which nodes:
bridges and cut nodes above them. So all pairs cost one walk for each first failure,
O((n + m)^2) time for n nodes and m edges, and no pair is looked at twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.planning.arrays import FloatArray, Graph, compiled
from app.planning.failure.walks import walk_without

DEPTHS = (1, 2)


@dataclass(frozen=True)
class Bounds:
    """Availability of each node between ``lower`` and ``upper``, both ``(n,)``.

    ``leftover`` is the probability of the states that were not looked at, ``depth`` the number
    of failures up to which they were.
    """

    lower: FloatArray
    upper: FloatArray
    leftover: float
    depth: int


def enumerate_states(
    graph: Graph, edge_down: FloatArray, node_down: FloatArray, root: int, depth: int = 2
) -> Bounds:
    """Return bounds on the share of time in which each node is up and reaches ``root``.

    Parameters
    ----------
    edge_down, node_down
        ``(m,)`` and ``(n,)`` share of time down; what is always down (1.0) is taken out.
    depth
        Largest number of failures at once, 1 or 2.

    Notes
    -----
    The probability of states with service is summed; what is left over is either [1]_.

    .. [1] Rai, S. and Soh, S. (1991). A computer approach for reliability evaluation of
       telecommunication networks with heterogeneous link-capacities. IEEE Transactions on
       Reliability 40, 441-451.
    """
    if depth not in DEPTHS:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "Failures at once: 1 or 2, not {depth}."),
                    depth=depth)
        )  # fmt: skip
    down = np.concatenate((edge_down, node_down))
    gone = down >= 1.0
    odds = np.where(gone, 0.0, down / np.where(gone, 1.0, 1.0 - down))
    none = float(np.prod(1.0 - down[~gone]))
    m = graph.edge_count
    dark_one, dark_two = _dark(
        graph.first, graph.neighbour, graph.edge, root, odds[:m], odds[m:],
        gone[:m], gone[m:], depth == 2,
    )  # fmt: skip
    total = float(odds.sum())
    explored = none * (1.0 + total)
    dark = none * dark_one
    if depth == 2:
        explored += none * (total * total - float((odds * odds).sum())) / 2
        dark += none * dark_two / 2
    leftover = max(0.0, 1.0 - explored)
    upper = np.clip(1.0 - dark, 0.0, 1.0)
    lower = np.clip(upper - leftover, 0.0, 1.0)
    return Bounds(lower, upper, leftover, depth)


@compiled
def _dark(first, neighbour, edge, root, edge_odds, node_odds, edge_gone, node_gone, pairs):  # type: ignore[no-untyped-def]  # compiled
    """Return odds-weighted counts of single failures, and of ordered pairs, that darken nodes.

    The state without failure counts among the single ones.
    """
    n, m = len(node_odds), len(edge_odds)
    total = edge_odds.sum() + node_odds.sum()
    alone = np.zeros(n)
    double = np.zeros(n)
    skip_edge = edge_gone.copy()
    skip_node = node_gone.copy()
    bad = _cutting(first, neighbour, edge, root, skip_edge, skip_node, edge_odds, node_odds)
    for v in range(n):
        alone[v] = 1.0 + total if bad[v] < 0 else bad[v]
    if pairs:
        for x in range(m + n):
            odds = edge_odds[x] if x < m else node_odds[x - m]
            if odds == 0.0:
                continue
            if x < m:
                skip_edge[x] = True
            else:
                skip_node[x - m] = True
            bad = _cutting(first, neighbour, edge, root, skip_edge, skip_node, edge_odds, node_odds)
            for v in range(n):
                double[v] += odds * ((total - odds) if bad[v] < 0 else bad[v])
            if x < m:
                skip_edge[x] = False
            else:
                skip_node[x - m] = False
    return alone, double


@compiled
def _cutting(first, neighbour, edge, root, skip_edge, skip_node, edge_odds, node_odds):  # type: ignore[no-untyped-def]  # compiled
    """Return for each node the odds of the edges and nodes that cut it off; -1 if it is."""
    n = len(first) - 1
    order, entered, low, parent, parent_edge = walk_without(
        first, neighbour, edge, root, skip_edge, skip_node
    )
    bad = np.full(n, -1.0)
    above = np.zeros(n)  # odds of what cuts a node off, itself left out
    if len(order) == 0:
        return bad
    bad[root] = node_odds[root]
    for i in range(1, len(order)):
        v = order[i]
        p = parent[v]
        total = above[p]
        if low[v] == entered[v]:
            total += edge_odds[parent_edge[v]]
        if low[v] >= entered[p]:
            total += node_odds[p]
        above[v] = total
        bad[v] = total + node_odds[v]
    return bad
