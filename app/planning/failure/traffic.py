"""Where guaranteed traffic runs, and where it runs after a failure.

Each site's guarantee takes the shortest way in metres to its nearest source; after a failure
the shortest way that is left. Loads are sums of guarantees, never of peaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.planning.arrays import FAR, BoolArray, FloatArray, compiled, heap_pop, heap_push
from app.planning.failure.model import FailureModel


@dataclass(frozen=True)
class Flow:
    """Loads of one state: ``edge_mbps`` ``(m + h,)``, ``node_mbps`` ``(n + 1,)``.

    ``via`` is the ``(n + 1,)`` edge that each node sends over, -1 for none, and ``order`` the
    nodes reached, nearest first.
    """

    edge_mbps: FloatArray
    node_mbps: FloatArray
    via: np.ndarray
    order: np.ndarray


class Traffic:
    """Routes the guarantees of a model's sites past failures."""

    def __init__(self, model: FailureModel) -> None:
        self._model = model
        graph = model.graph
        self._demand = np.zeros(graph.node_count)
        np.add.at(self._demand, model.sites.node, model.sites.guaranteed_mbps)
        self._skip_edge = np.zeros(graph.edge_count, dtype=np.bool_)
        self._skip_node = np.zeros(graph.node_count, dtype=np.bool_)
        self.today = self.after((), ())

    def after(self, edges: Sequence[int], nodes: Sequence[int]) -> Flow:
        """Return the loads while edges and nodes are down; O(m log n) time."""
        graph = self._model.graph
        self._skip_edge[list(edges)] = True
        self._skip_node[list(nodes)] = True
        flow = Flow(
            *_flow(
                graph.first, graph.neighbour, graph.edge, graph.cost, self._model.root,
                self._skip_edge, self._skip_node, self._demand,
            )
        )  # fmt: skip
        self._skip_edge[list(edges)] = False
        self._skip_node[list(nodes)] = False
        return flow

    def moved(self, edges: Sequence[int], nodes: Sequence[int]) -> BoolArray:
        """Return for each site whether its way of today uses what is down."""
        graph = self._model.graph
        down_edge = np.zeros(graph.edge_count, dtype=np.bool_)
        down_node = np.zeros(graph.node_count, dtype=np.bool_)
        down_edge[list(edges)], down_node[list(nodes)] = True, True
        hit = _hit(self.today.order, self.today.via, graph.start, graph.end, down_edge, down_node)
        return np.asarray(hit[self._model.sites.node])

    def overloaded(self, flow: Flow) -> list[dict[str, Any]]:
        """Return spans and nodes whose guaranteed load is above their capacity, worst first.

        After a failure only those whose load has grown.
        """
        model = self._model
        found: dict[str, dict[str, Any]] = {}
        m, n = len(model.span), len(model.nodes)
        parts = (
            ("span", model.span, flow.edge_mbps[:m], self.today.edge_mbps[:m], model.capacity_mbps),
            ("node", model.nodes, flow.node_mbps[:n], self.today.node_mbps[:n],
             model.node_capacity_mbps),
        )  # fmt: skip
        for kind, uids, load, before, capacity in parts:
            grown = (load > before) if flow is not self.today else np.ones(len(load), np.bool_)
            for row in np.flatnonzero(grown & (load > capacity + 1e-9)):
                known = found.get(uids[row])
                if known is None or load[row] > known["load_mbps"]:
                    found[uids[row]] = {
                        "uid": uids[row],
                        "kind": kind,
                        "load_mbps": float(load[row]),
                        "capacity_mbps": float(capacity[row]),
                    }
        worst = sorted(found.values(), key=lambda item: str(item["uid"]))
        return sorted(worst, key=lambda item: item["capacity_mbps"] - item["load_mbps"])


@compiled
def _flow(first, neighbour, edge, cost, root, skip_edge, skip_node, demand):  # type: ignore[no-untyped-def]  # compiled
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    parent = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    keys = np.empty(len(neighbour) + 2, np.int64)
    items = np.empty(len(neighbour) + 2, np.int32)
    done = np.zeros(n, np.bool_)
    distance[root] = 0
    size = heap_push(keys, items, 0, 0, root)
    count = 0
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if done[v]:
            continue
        done[v] = True
        order[count] = v
        count += 1
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if skip_edge[edge[a]] or skip_node[w] or done[w]:
                continue
            reached = d + cost[edge[a]]
            if reached < distance[w]:
                distance[w] = reached
                via[w] = edge[a]
                parent[w] = v
                size = heap_push(keys, items, size, reached, w)
    by_node = np.zeros(n)
    by_edge = np.zeros(len(skip_edge))
    for t in range(count - 1, 0, -1):
        v = order[t]
        by_node[v] += demand[v]
        by_edge[via[v]] += by_node[v]
        by_node[parent[v]] += by_node[v]
    return by_edge, by_node, via, order[:count]


@compiled
def _hit(order, via, start, end, down_edge, down_node):  # type: ignore[no-untyped-def]  # compiled
    hit = down_node.copy()
    for t in range(1, len(order)):
        v = order[t]
        e = via[v]
        hit[v] = hit[v] or down_edge[e] or hit[start[e] + end[e] - v]
    return hit
