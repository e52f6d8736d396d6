"""Taking a demand apart at the places where the graph leaves no choice.

Every way from a site to the root passes the same cut nodes, so each block (a part without cut
nodes) is a problem of its own, rooted at the node that is nearest to the root [1]_. A block of
one edge is a bridge: whoever is beyond it depends on it, and it has to be built.

.. [1] Hopcroft, J. and Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph
   manipulation. Communications of the ACM 16(6), 372-378.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.planning.arrays import Graph, IntArray, compiled
from app.planning.survivable.check import Demand


@dataclass(frozen=True)
class Block:
    """A part of the graph that has to be built on, and what is asked of it.

    ``edges`` are numbers of the whole graph; ``needs`` maps nodes of the whole graph to what
    they need: 1 or 2, and whether nodes may fail.
    """

    root: int
    edges: IntArray
    needs: dict[int, tuple[int, bool]]


@dataclass(frozen=True)
class Blocking:
    """Why a site cannot be protected: bridges and cut nodes between it and the root."""

    site: int
    bridges: tuple[int, ...]
    cut_nodes: tuple[int, ...]


@dataclass(frozen=True)
class Division:
    """Blocks, largest first, what blocks whom, and sites that no way joins to the root."""

    blocks: tuple[Block, ...]
    blocked: tuple[Blocking, ...]
    unreached: tuple[int, ...]


def divide(graph: Graph, demand: Demand) -> Division:
    """Take a demand apart; ways lead through all nodes. Linear time but for the sites' depth.

    In each block on its way a site keeps its need as far as the block can give it, so that a
    site behind a bridge still survives the failure of all else.
    """
    parent, head, label = _blocks(graph.first, graph.neighbour, graph.edge, demand.root)
    size = np.bincount(label[label >= 0], minlength=1)
    needs: dict[int, dict[int, tuple[int, bool]]] = {}
    blocked, unreached = [], []
    for site, need, is_node in zip(
        demand.sites.tolist(), demand.need.tolist(), demand.is_node.tolist(), strict=True
    ):
        if site != demand.root and parent[site] < 0:
            unreached.append(site)
            continue
        bridges, cuts = [], []
        node = site
        while node != demand.root:
            block, above = int(label[parent[node]]), int(head[node])
            known = needs.setdefault(block, {})
            before = known.get(node, (0, False))
            known[node] = max(need, before[0]), is_node or before[1]
            if size[block] == 1:
                bridges.append(int(parent[node]))
            if above != demand.root:
                cuts.append(above)
            node = above
        if need == 2 and (bridges or (is_node and cuts)):
            blocked.append(Blocking(site, tuple(bridges), tuple(cuts) if is_node else ()))
    order = np.argsort(label, kind="stable")
    first = np.searchsorted(label[order], np.arange(len(size) + 1))
    blocks = []
    for block in sorted(needs, key=lambda item: (-int(size[item]), item)):
        top = int(head[next(iter(needs[block]))])
        edges = np.sort(order[first[block] : first[block + 1]])
        blocks.append(Block(top, edges.astype(np.int64), needs[block]))
    return Division(tuple(blocks), tuple(blocked), tuple(unreached))


@compiled
def _blocks(first, neighbour, edge, root):  # type: ignore[no-untyped-def]  # compiled
    """Return each node's edge to its parent, the head of the block of that edge, and edge labels.

    Only what the root reaches is labelled; loops and the rest keep -1.
    """
    n = len(first) - 1
    entered = np.full(n, -1, np.int32)
    low = np.full(n, -1, np.int32)
    parent = np.full(n, -1, np.int32)
    parent_edge = np.full(n, -1, np.int32)
    head = np.full(n, -1, np.int32)
    label = np.full(len(neighbour) // 2, -1, np.int64)
    place = first[:-1].copy()
    stack = np.empty(n + 1, np.int32)
    waiting = np.empty(len(neighbour) // 2 + 1, np.int32)
    stack[0] = root
    entered[root] = 0
    low[root] = 0
    time, depth, size, count = 1, 1, 0, 0
    while depth > 0:
        v = stack[depth - 1]
        if place[v] < first[v + 1]:
            a = place[v]
            place[v] += 1
            w, e = neighbour[a], edge[a]
            if entered[w] < 0:
                parent[w] = v
                parent_edge[w] = e
                entered[w] = time
                low[w] = time
                time += 1
                waiting[size] = e
                size += 1
                stack[depth] = w
                depth += 1
            elif e != parent_edge[v] and entered[w] < entered[v]:
                waiting[size] = e
                size += 1
                low[v] = min(low[v], entered[w])
        else:
            depth -= 1
            if depth == 0:
                continue
            p = stack[depth - 1]
            low[p] = min(low[p], low[v])
            if low[v] >= entered[p]:
                # What waits since the edge to v is one block with p as its head.
                while True:
                    size -= 1
                    e = waiting[size]
                    label[e] = count
                    if e == parent_edge[v]:
                        break
                count += 1
    _heads(first, entered, low, parent, head, root)
    return parent_edge, head, label


@compiled
def _heads(first, entered, low, parent, head, root):  # type: ignore[no-untyped-def]  # compiled
    """Fill in the head of the block that each node shares with its parent."""
    n = len(first) - 1
    order = np.full(n, -1, np.int32)
    for v in range(n):
        if entered[v] >= 0:
            order[entered[v]] = v
    for i in range(n):
        v = order[i]
        if v < 0 or v == root:
            continue
        p = parent[v]
        head[v] = p if low[v] >= entered[p] else head[p]
