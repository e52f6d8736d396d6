"""Plans that differ in one thing from a given one: without a site, without a section.

Each variant starts from the given tree, so that what is far from the change is as good as it was,
and is improved by local search; dual ascent says how much cheaper it could be at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.planning.arrays import BoolArray, Graph, IndexArray, IntArray, build_graph, components
from app.planning.routing.walks import from_nearest, ways
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
    tree = _rejoined(g, wanted, kernel.mask_of(problem.is_chosen))
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
    is_quick: bool = False,
    search_s: float = 0.0,
) -> Variant:
    """Return the plan that uses none of the ``banned`` edges.

    Terminals that no way leads to any more are left out and named.

    Parameters
    ----------
    is_quick
        Only join the parts of the tree again by the shortest ways, and prove nothing new.
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
    proven = 0 if lost else problem.bound
    if not is_quick:
        tree = improve_tree(graph, tree, _mask(graph, wanted), is_over)
        proven = max(proven, bound_of(graph, wanted, tree))
    cost = int(tree_cost(graph.cost, tree))
    if search_s > 0 and proven < cost and not is_over():
        found = solve(graph, wanted[wanted != root].tolist(), root, time_limit_s=search_s)
        proven = max(proven, found.lower_bound or 0)
        if found.cost < cost:
            tree = np.zeros(graph.edge_count, dtype=np.bool_)
            tree[found.edges] = True
            cost = found.cost
    chosen = np.zeros(whole_kernel.graph.edge_count, dtype=np.bool_)
    chosen[open_edges[tree]] = True
    return Variant(cost, min(cost, proven), whole_kernel.original(chosen), lost)


def _opened(problem: TreeProblem, banned: IntArray) -> tuple[Graph, IntArray]:
    """Return the kernel's graph without banned edges, and the numbers of those that are left."""
    kernel = problem.full
    is_banned = np.zeros(problem.graph.edge_count, dtype=np.bool_)
    is_banned[banned] = True
    hit = np.zeros(kernel.graph.edge_count, dtype=np.bool_)
    hit[np.repeat(np.arange(len(hit)), np.diff(kernel.offset))[is_banned[kernel.item]]] = True
    left = np.flatnonzero(~hit)
    g = kernel.graph
    return build_graph(g.node_count, g.start[left], g.end[left], g.cost[left]), left


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
