"""Plans that differ in one thing from a given one: without a site, without a section.

Each variant starts from the given tree, so that what is far from the change is as good as it was,
and is improved by local search; dual ascent says how much cheaper it could be at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.planning.arrays import (
    FAR,
    BoolArray,
    Graph,
    IndexArray,
    IntArray,
    build_graph,
    compiled,
    components,
)
from app.planning.routing.walks import from_nearest, pop, push, ways
from app.planning.tree.ascent import ascend
from app.planning.tree.kernel import Kernel, contracted, reduced, whole
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.steiner import solve
from app.planning.tree.treekernels import closure_tree, tidy_tree, tree_cost

_TOLERANCES = (1.0, 1.5)
"""Patience of the ascents of a variant; see `app.planning.tree.ascent.ascend`."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class TreeProblem:
    """A plan's tree and what it was chosen from.

    Parameters
    ----------
    graph
        Everything that could be built, with its costs.
    root
        The network as it is.
    terminals
        ``(k,)`` sorted nodes that the tree joins to the root.
    tree
        ``(t,)`` sorted edges of the plan.
    known_bound
        What no tree that joins the terminals can be cheaper than, as far as is known.
    """

    graph: Graph
    root: int
    terminals: IndexArray
    tree: IntArray
    known_bound: int = 0

    @cached_property
    def cost(self) -> int:
        """Cost of the plan's tree."""
        return int(self.graph.cost[self.tree].sum())

    @cached_property
    def joined(self) -> IndexArray:
        """``(k + 1,)`` terminals and root."""
        return np.unique(np.append(self.terminals, self.root)).astype(np.int32)

    @cached_property
    def is_chosen(self) -> BoolArray:
        """``(m,)`` mask of the tree."""
        mask = np.zeros(self.graph.edge_count, dtype=np.bool_)
        mask[self.tree] = True
        return mask

    @cached_property
    def lean(self) -> Kernel:
        """The graph without what no cheapest tree needs."""
        return reduced(whole(self.graph, self.joined))

    @cached_property
    def full(self) -> Kernel:
        """The graph without dead ends and passed nodes: whatever is closed, the rest is there."""
        g = self.graph
        return contracted(whole(g, self.joined), np.ones(g.edge_count, dtype=np.bool_))

    @cached_property
    def owner(self) -> IntArray:
        """``(i,)`` edge of the full kernel that each of its items belongs to."""
        counts = np.diff(self.full.offset)
        return np.repeat(np.arange(len(counts)), counts)

    @cached_property
    def bound(self) -> int:
        """What no tree can be cheaper than: what is known, or what two ascents prove."""
        kernel = self.lean
        found = bound_of(kernel.graph, kernel.terminals, kernel.mask_of(self.is_chosen))
        return min(max(found + kernel.base, self.known_bound), self.cost)

    @cached_property
    def link_cost(self) -> dict[int, int]:
        """Least cost of a way from each terminal to another one or the root."""
        g = self.graph
        joined = self.joined
        reach = from_nearest(ways(g), joined)
        owner = reach.owner
        apart = np.flatnonzero((owner[g.start] != owner[g.end]) & (owner[g.start] >= 0))
        way = reach.distance[g.start[apart]] + g.cost[apart] + reach.distance[g.end[apart]]
        least = np.full(len(joined), np.iinfo(np.int64).max)
        np.minimum.at(least, owner[g.start[apart]], way)
        np.minimum.at(least, owner[g.end[apart]], way)
        return dict(zip(joined.tolist(), least.tolist(), strict=True))


@dataclass(frozen=True)
class Variant:
    """The best plan found under a changed condition.

    Parameters
    ----------
    cost
        Cost of its tree, in the unit of the graph.
    bound
        What no tree under that condition can be cheaper than.
    edges
        ``(t,)`` sorted edges.
    lost
        Terminals that nothing joins any more; the tree joins the others.
    """

    cost: int
    bound: int
    edges: IntArray
    lost: tuple[int, ...] = ()


def bound_of(
    graph: Graph,
    terminals: IndexArray,
    guide: BoolArray,
    tolerances: tuple[float, ...] = _TOLERANCES,
) -> int:
    """Return the best bound of some ascents towards different terminals."""
    if len(terminals) < 2:
        return 0
    best = 0
    for number, tolerance in enumerate(tolerances):
        origin = int(terminals[(number * len(terminals)) // len(tolerances)])
        best = max(best, ascend(graph, terminals, origin, tolerance, guide=guide).bound)
    return best


def without_terminal(
    problem: TreeProblem, terminal: int, is_over: Callable[[], bool] = _never
) -> Variant:
    """Return the plan that leaves a terminal out.

    The bound is the better of an ascent's and of what follows from the plan's own: whoever has a
    plan without the terminal can join it by its cheapest link.
    """
    kernel = problem.lean
    g = kernel.graph
    wanted = kernel.terminals[kernel.node[kernel.terminals] != terminal]
    tree = _tidied(g, wanted, kernel.mask_of(problem.is_chosen))
    tree = improve_tree(g, tree, _mask(g, wanted), is_over)
    proven = bound_of(g, wanted, tree, _TOLERANCES[1:]) + kernel.base
    proven = max(proven, problem.bound - problem.link_cost[terminal])
    cost = int(tree_cost(g.cost, tree)) + kernel.base
    return Variant(cost, min(cost, proven), kernel.original(tree))


def without_edges(
    problem: TreeProblem,
    banned: IntArray,
    is_over: Callable[[], bool] = _never,
    *,
    search_s: float = 0.0,
) -> Variant:
    """Return the plan that uses none of the ``banned`` edges.

    Terminals that no way leads to any more are left out and named; nothing is improved then.

    Parameters
    ----------
    search_s
        Time for a search from scratch, in s; the better tree and bound are kept.
    """
    whole_kernel = problem.full
    graph, open_edges = _opened(problem, banned)
    label = components(graph.node_count, graph.start, graph.end)
    root = int(np.flatnonzero(whole_kernel.node == problem.root)[0])
    is_lost = label[whole_kernel.terminals] != label[root]
    wanted = whole_kernel.terminals[~is_lost]
    lost = tuple(int(whole_kernel.node[t]) for t in whole_kernel.terminals[is_lost])
    tree = _rejoined(graph, wanted, whole_kernel.mask_of(problem.is_chosen)[open_edges])
    proven = 0
    if not lost:
        tree = improve_tree(graph, tree, _mask(graph, wanted), is_over)
        proven = max(problem.bound, bound_of(graph, wanted, tree))
    cost = int(tree_cost(graph.cost, tree))
    if search_s > 0 and not lost and proven < cost and not is_over():
        found = solve(graph, wanted[wanted != root].tolist(), root, time_limit_s=search_s)
        proven = max(proven, found.lower_bound or 0)
        if found.cost < cost:
            tree = np.zeros(graph.edge_count, dtype=np.bool_)
            tree[found.edges] = True
            cost = found.cost
    chosen = np.zeros(whole_kernel.graph.edge_count, dtype=np.bool_)
    chosen[open_edges[tree]] = True
    return Variant(cost, min(cost, proven), whole_kernel.original(chosen), lost)


def detour(problem: TreeProblem, banned: IntArray) -> Variant | None:
    """Return the plan in which the two parts of the tree are joined again by the shortest way.

    ``None`` when the tree does not fall into two parts that can be joined. Nothing new is proven.
    Fast, because the walk starts from the smaller part and ends at the other one.
    """
    kernel = problem.full
    g = kernel.graph
    is_banned = _hit(problem, banned)
    tree = kernel.mask_of(problem.is_chosen) & ~is_banned
    label = components(g.node_count, g.start[tree], g.end[tree])
    touched = np.unique(np.append(g.start[tree], g.end[tree]))
    parts, sizes = np.unique(label[touched], return_counts=True)
    joined = np.unique(label[kernel.terminals])
    if len(joined) != 2:
        return None
    size = dict(zip(parts.tolist(), sizes.tolist(), strict=True))
    few, many = sorted(joined.tolist(), key=lambda part: (size.get(part, 1), part))
    side = np.where(label == few, 1, np.where(label == many, 2, 0)).astype(np.int8)
    chosen, is_joined = _join(
        g.first, g.neighbour, g.edge, g.start, g.end, g.cost, is_banned, side, tree
    )
    if not is_joined:
        return None
    some = np.flatnonzero(chosen)  # alone, or a banned edge might close the gap again
    kept = tidy_tree(
        g.node_count, g.start[some], g.end[some], g.cost[some],
        np.ones(len(some), dtype=np.bool_), _mask(g, kernel.terminals),
    )  # fmt: skip
    chosen[:] = False
    chosen[some[kept]] = True
    cost = int(tree_cost(g.cost, chosen))
    return Variant(cost, min(cost, problem.bound), kernel.original(chosen))


@compiled
def _join(first, neighbour, edge, start, end, cost, banned, side, tree):  # type: ignore[no-untyped-def]  # compiled
    """Return the tree with the shortest way from side 1 to side 2, and whether there is one."""
    n = len(first) - 1
    distance = np.full(n, FAR, np.int64)
    via = np.full(n, -1, np.int32)
    keys = np.empty(len(neighbour) + n + 1, np.int64)
    items = np.empty(len(neighbour) + n + 1, np.int32)
    chosen = tree.copy()
    size = 0
    for v in range(n):
        if side[v] == 1:
            distance[v] = 0
            size = push(keys, items, size, 0, v)
    while size > 0:
        d, v = keys[0], items[0]
        size = pop(keys, items, size)
        if d > distance[v]:
            continue
        if side[v] == 2:
            while via[v] >= 0:
                chosen[via[v]] = True
                v = start[via[v]] + end[via[v]] - v
            return chosen, True
        for a in range(first[v], first[v + 1]):
            w, e = neighbour[a], edge[a]
            if not banned[e] and d + cost[e] < distance[w]:
                distance[w] = d + cost[e]
                via[w] = e
                size = push(keys, items, size, distance[w], w)
    return chosen, False


def _hit(problem: TreeProblem, banned: IntArray) -> BoolArray:
    """Return the edges of the full kernel that hold a banned edge."""
    kernel = problem.full
    is_banned = np.zeros(problem.graph.edge_count, dtype=np.bool_)
    is_banned[banned] = True
    hit = np.zeros(kernel.graph.edge_count, dtype=np.bool_)
    hit[problem.owner[is_banned[kernel.item]]] = True
    return hit


def _opened(problem: TreeProblem, banned: IntArray) -> tuple[Graph, IntArray]:
    """Return the kernel's graph without banned edges, and the numbers of those that are left."""
    kernel = problem.full
    left = np.flatnonzero(~_hit(problem, banned))
    g = kernel.graph
    return build_graph(g.node_count, g.start[left], g.end[left], g.cost[left]), left


def _tidied(graph: Graph, wanted: IndexArray, kept: BoolArray) -> BoolArray:
    """Return what is kept of a tree without useless ends, joined again where it falls apart."""
    tree = tidy_tree(
        graph.node_count, graph.start, graph.end, graph.cost, kept, _mask(graph, wanted)
    )
    label = components(graph.node_count, graph.start[tree], graph.end[tree])[wanted]
    return np.asarray(tree) if (label == label[0]).all() else _rejoined(graph, wanted, kept)


def _rejoined(graph: Graph, wanted: IndexArray, kept: BoolArray) -> BoolArray:
    """Return a tree that uses what is kept of another one for nothing and joins the parts."""
    free = np.where(kept, 0, graph.cost)
    tree = closure_tree(
        graph.first, graph.neighbour, graph.edge, graph.start, graph.end, free, wanted
    )
    return np.asarray(
        tidy_tree(graph.node_count, graph.start, graph.end, graph.cost, tree, _mask(graph, wanted))
    )


def _mask(graph: Graph, nodes: IndexArray) -> BoolArray:
    mask = np.zeros(graph.node_count, dtype=np.bool_)
    mask[nodes] = True
    return mask


def warm_up() -> None:
    """Compile the kernel that joins parts of trees."""
    graph = build_graph(3, [0, 1, 0], [1, 2, 2], [1, 1, 5])
    terminals = np.array([1, 2], dtype=np.int32)
    detour(TreeProblem(graph, 0, terminals, np.array([0, 1])), np.array([1]))
