"""Compiled passes over all failures: what each one, and each pair, takes down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.planning.arrays import BoolArray, FloatArray, Graph, IndexArray, IntArray, compiled
from app.planning.failure.walks import walk_without


@dataclass(frozen=True)
class Aftermath:
    """What is left after each of ``k`` failures, over ``s`` site nodes.

    ``is_dark`` ``(k, s)``: no way to the outside; ``is_bare`` ``(k, s)``: served, but one more
    cut of a section would end it.
    """

    is_dark: BoolArray
    is_bare: BoolArray


def aftermath(
    graph: Graph,
    root: int,
    site_node: npt.ArrayLike,
    sets: list[tuple[tuple[int, ...], tuple[int, ...]]],
    section_count: int,
) -> Aftermath:
    """Return what each set of failed edges and nodes leaves of the service.

    Parameters
    ----------
    site_node
        ``(s,)`` node of each site.
    sets
        Edges and nodes of each failure; ``((), ())`` is the network as it is.
    section_count
        Edges from here on tie sources to the outside and never count as a weak point.

    Notes
    -----
    One walk for each set: O(k (n + m)) time.
    """
    counts = np.array([(len(edges), len(nodes)) for edges, nodes in sets], dtype=np.int64)
    counts = counts.reshape(-1, 2)
    edge_at = np.concatenate(([0], np.cumsum(counts[:, 0])))
    node_at = np.concatenate(([0], np.cumsum(counts[:, 1])))
    edges = np.array([edge for part, _ in sets for edge in part], dtype=np.int64)
    nodes = np.array([node for _, part in sets for node in part], dtype=np.int64)
    dark, bare = _aftermath(
        (graph.first, graph.neighbour, graph.edge), root, graph.edge_count,
        np.asarray(site_node, dtype=np.int64), edge_at, edges, node_at, nodes, section_count,
    )  # fmt: skip
    return Aftermath(dark, bare)


@compiled
def _aftermath(graph, root, m, site_node, edge_at, edges, node_at, nodes, sections):  # type: ignore[no-untyped-def]  # compiled
    first, neighbour, edge = graph
    n = len(first) - 1
    k = len(edge_at) - 1
    dark = np.zeros((k, len(site_node)), np.bool_)
    bare = np.zeros((k, len(site_node)), np.bool_)
    skip_edge = np.zeros(m, np.bool_)
    skip_node = np.zeros(n, np.bool_)
    weak = np.zeros(n, np.bool_)
    for i in range(k):
        for j in range(edge_at[i], edge_at[i + 1]):
            skip_edge[edges[j]] = True
        for j in range(node_at[i], node_at[i + 1]):
            skip_node[nodes[j]] = True
        order, entered, low, parent, parent_edge = walk_without(
            first, neighbour, edge, root, skip_edge, skip_node
        )
        weak[root] = False
        for t in range(1, len(order)):
            v = order[t]
            is_bridge = low[v] == entered[v] and parent_edge[v] < sections
            weak[v] = is_bridge or weak[parent[v]]
        for s in range(len(site_node)):
            v = site_node[s]
            if entered[v] < 0:
                dark[i, s] = True
            else:
                bare[i, s] = weak[v]
        for j in range(edge_at[i], edge_at[i + 1]):
            skip_edge[edges[j]] = False
        for j in range(node_at[i], node_at[i + 1]):
            skip_node[nodes[j]] = False
    return dark, bare


@dataclass(frozen=True)
class Pairs:
    """Pairs of failures that darken more together than each alone does.

    ``first`` and ``second`` number sections from 0 and nodes from the number of edges of the
    graph; ``together`` is the weight of the sites that only the pair darkens, ``(p,)``.
    ``examined`` counts all pairs that were looked at.
    """

    first: IntArray
    second: IntArray
    together: FloatArray
    examined: int


def pairs_that_matter(
    graph: Graph,
    root: int,
    node_weight: FloatArray,
    sections: int,
    *,
    with_nodes: bool = False,
    keep: int = 2_000_000,
) -> Pairs:
    """Return every pair of failures that darkens sites which survive either alone.

    Parameters
    ----------
    node_weight
        ``(n,)`` weight of the sites at each node, whole numbers or halves.
    sections
        Edges below this number fail; the others tie sources to the outside.
    with_nodes
        Count nodes besides sections, the outside left out.
    keep
        Most pairs to return; above it only the heaviest are kept.

    Notes
    -----
    After one failure a single walk finds all second ones: a bridge or cut node of what is left.
    What the second takes down alone is read from the walk of the whole network, with the sites
    that the first has darkened left out. O(m (n + m)) time for sections alone; 1 000 sections
    make 500 000 pairs in a few hundredths of a second.
    """
    m, n = graph.edge_count, graph.node_count
    can_fail = np.zeros(m + n, dtype=np.bool_)
    can_fail[:sections] = True
    can_fail[m:] = with_nodes
    can_fail[m + root] = False
    arrays = (graph.first, graph.neighbour, graph.edge)
    whole = walk_without(*arrays, root, np.zeros(m, np.bool_), np.zeros(n, np.bool_))
    found: list[tuple[IntArray, IntArray, FloatArray]] = []
    size = 0
    # A bridge leaves the blocks on either side as they were: no second failure gains by it.
    can_gain = can_fail.copy()
    can_gain[_bridges(*whole[1:])] = False
    for x in np.flatnonzero(can_gain):
        gain = _gain(*arrays, root, whole, node_weight, m, x)
        second = np.flatnonzero((gain > _LEAST) & can_gain)
        second = second[second > x]
        found.append((np.full(len(second), x), second, gain[second]))
        size += len(second)
        if size > 2 * keep:
            found = [_heaviest(found, keep)]
            size = keep
    fallible = int(can_fail.sum())
    first, second, together = _heaviest(found, keep)
    return Pairs(first, second, together, fallible * (fallible - 1) // 2)


def _bridges(
    entered: IndexArray, low: IndexArray, parent: IndexArray, parent_edge: IndexArray
) -> IndexArray:
    """Return the edges whose loss parts the graph, as a walk met them."""
    return np.asarray(parent_edge[(parent >= 0) & (low == entered)])


_LEAST = 1e-9
"""Weights are whole numbers or halves; what is smaller is rounding."""


def _heaviest(
    parts: list[tuple[IntArray, IntArray, FloatArray]], keep: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return the pairs of most weight, in the order of their parts among equals."""
    empty = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    first, second, weight = (np.concatenate(some) for some in zip(empty, *parts, strict=True))
    order = np.lexsort((second, first, -weight))[:keep]
    return first[order], second[order], weight[order]


@compiled
def _gain(first, neighbour, edge, root, whole, weight, m, x):  # type: ignore[no-untyped-def]  # compiled
    """Return for each edge, then node, what it darkens after ``x`` but not by itself."""
    n = len(first) - 1
    skip_edge = np.zeros(m, np.bool_)
    skip_node = np.zeros(n, np.bool_)
    if x < m:
        skip_edge[x] = True
    else:
        skip_node[x - m] = True
    left = walk_without(first, neighbour, edge, root, skip_edge, skip_node)
    now = _lost(left, weight, np.ones(n, np.bool_), m)
    return now - _lost(whole, weight, left[1] >= 0, m)


@compiled
def _lost(tour, weight, counts, m):  # type: ignore[no-untyped-def]  # compiled
    """Return the weight of counting nodes that each edge, then each node, alone cuts off."""
    order, entered, low, parent, parent_edge = tour
    n = len(entered)
    below = np.zeros(n)
    lost = np.zeros(m + n)
    for t in range(len(order) - 1, -1, -1):
        v = order[t]
        if counts[v]:
            below[v] += weight[v]
            lost[m + v] += weight[v]
        if t > 0:
            p = parent[v]
            below[p] += below[v]
            if low[v] == entered[v]:
                lost[parent_edge[v]] = below[v]
            if low[v] >= entered[p]:
                lost[m + p] += below[v]
    return lost
