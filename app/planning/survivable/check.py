"""Which sites survive every single failure of a chosen subgraph, in one walk over it.

For each node the walk notes the *topmost* edge, and the topmost node, whose loss parts it from
the root. A site that routes may pass through survives when it has neither. A closed site (a
building that no route passes through) hangs on its own links alone: it survives when at least
two of them are chosen and not all of their far ends share one topmost part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, compiled

NO_CUT = -1
"""Nothing that may fail lies between a node and the root."""

UNREACHED = -2
"""No way leads from the root to a node."""


@dataclass(frozen=True)
class Demand:
    """What is asked of a graph: a root, sites, and what each of them needs.

    Parameters
    ----------
    root
        Node of the network that exists.
    sites
        ``(k,)`` nodes to be connected, the root not among them.
    need
        ``(k,)`` 1 for a connection, 2 for one that survives any single failure.
    is_node
        ``(k,)`` whether a site is to survive the failure of nodes too, the root and itself aside.
    closed
        ``(n,)`` nodes that no route passes through; it may end there.
    root_fails
        Whether the root may fail as well, after which the sites that survive failures of nodes
        are still to be joined to one another. Not together with closed sites.
    """

    root: int
    sites: IndexArray
    need: IndexArray
    is_node: BoolArray
    closed: BoolArray
    root_fails: bool = False

    def wants(self, need: IndexArray) -> Demand:
        """Return the same demand with other needs."""
        return replace(self, need=need)

    def only(self, rows: BoolArray) -> Demand:
        """Return the demand of some sites."""
        return replace(
            self, sites=self.sites[rows], need=self.need[rows], is_node=self.is_node[rows]
        )

    def placed(self, number: IndexArray, closed: BoolArray) -> Demand:
        """Return the demand on a graph whose nodes have other numbers."""
        return replace(self, root=int(number[self.root]), sites=number[self.sites], closed=closed)

    def arguments(self) -> tuple[int, IndexArray, IndexArray, BoolArray, BoolArray, bool]:
        """Return the demand as the kernels take it."""
        return self.root, self.sites, self.need, self.is_node, self.closed, self.root_fails


def failing(graph: Graph, chosen: BoolArray, demand: Demand) -> BoolArray:
    """Return ``(k,)`` which sites' needs the chosen edges do not meet. Linear time."""
    return np.asarray(
        _failing(graph.first, graph.neighbour, graph.edge, chosen, demand.arguments())
    )


def tops(graph: Graph, chosen: BoolArray, demand: Demand) -> tuple[IndexArray, IndexArray]:
    """Return for each node the topmost edge and node that part it from the root, or itself.

    ``NO_CUT`` and ``UNREACHED`` stand for none; a node counts as parted by itself. Linear time.
    """
    edges, nodes, _ = _tops(
        graph.first, graph.neighbour, graph.edge, chosen, demand.root, demand.closed
    )
    return np.asarray(edges), np.asarray(nodes)


@compiled
def _tops(first, neighbour, edge, chosen, root, closed):  # type: ignore[no-untyped-def]  # compiled
    """Return topmost edges and nodes, and the child of the root that each node is below."""
    n = len(first) - 1
    order, parent, parent_edge, entered, low = _walked(first, neighbour, edge, chosen, root, closed)
    branch = np.full(n, UNREACHED, np.int32)
    top_edge = np.full(n, UNREACHED, np.int32)
    top_node = np.full(n, UNREACHED, np.int32)
    top_edge[root] = NO_CUT
    top_node[root] = NO_CUT
    for i in range(1, len(order)):
        v = order[i]
        p = parent[v]
        top_edge[v] = top_edge[p]
        if top_edge[p] == NO_CUT and low[v] == entered[v]:
            top_edge[v] = parent_edge[v]
        top_node[v] = v
        branch[v] = v if p == root else branch[p]
        if p != root:
            if top_node[p] != p:
                top_node[v] = top_node[p]
            elif low[v] >= entered[p]:
                top_node[v] = p
    return top_edge, top_node, branch


@compiled
def _walked(first, neighbour, edge, chosen, root, closed):  # type: ignore[no-untyped-def]  # compiled
    """Walk depth first from the root over chosen edges; return order, tree and low points."""
    n = len(first) - 1
    entered = np.full(n, -1, np.int32)
    low = np.full(n, -1, np.int32)
    parent = np.full(n, -1, np.int32)
    parent_edge = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    place = first[:-1].copy()
    stack = np.empty(n + 1, np.int32)
    stack[0], order[0] = root, root
    entered[root], low[root] = 0, 0
    time, depth = 1, 1
    while depth > 0:
        v = stack[depth - 1]
        if place[v] < first[v + 1]:
            a = place[v]
            place[v] += 1
            w = neighbour[a]
            if not chosen[edge[a]] or closed[w]:
                continue
            if entered[w] < 0:
                parent[w], parent_edge[w] = v, edge[a]
                entered[w], low[w] = time, time
                order[time] = w
                time += 1
                stack[depth] = w
                depth += 1
            elif edge[a] != parent_edge[v]:
                low[v] = min(low[v], entered[w])
        else:
            depth -= 1
            if depth > 0:
                low[stack[depth - 1]] = min(low[stack[depth - 1]], low[v])
    return order[:time], parent, parent_edge, entered, low


@compiled
def _failing(first, neighbour, edge, chosen, demand):  # type: ignore[no-untyped-def]  # compiled
    root, sites, need, is_node, closed, root_fails = demand
    top_edge, top_node, branch = _tops(first, neighbour, edge, chosen, root, closed)
    bad = np.zeros(len(sites), np.bool_)
    for i in range(len(sites)):
        v = sites[i]
        if not closed[v]:
            bad[i] = top_edge[v] == UNREACHED
            if need[i] == 2 and not bad[i]:
                bad[i] = top_edge[v] != NO_CUT or (is_node[i] and top_node[v] != v)
            continue
        links = 0
        shared = UNREACHED
        is_spread = False
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            if not chosen[edge[a]] or top_edge[w] == UNREACHED:
                continue
            top = top_node[w] if is_node[i] else top_edge[w]
            links += 1
            if top == NO_CUT or (links > 1 and top != shared):
                is_spread = True
            shared = top
        bad[i] = links < need[i] or (need[i] == 2 and not is_spread)
    if root_fails:
        common = -1
        for i in range(len(sites)):
            if need[i] == 2 and is_node[i] and not bad[i]:
                common = branch[sites[i]] if common < 0 else common
                bad[i] = branch[sites[i]] != common
    return bad


@compiled
def any_failing(first, neighbour, edge, chosen, demand):  # type: ignore[no-untyped-def]  # compiled
    """Return whether the chosen edges leave any need unmet; see `Demand.arguments`."""
    return _failing(first, neighbour, edge, chosen, demand).any()
