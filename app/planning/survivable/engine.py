"""The cheapest network that survives single failures: the engine behind protected plans.

`solve` is the only door. Each site states what it needs: a connection (1), or one that survives
the failure of any edge, or of any edge or node (2). The root stands for all that exists.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress, no_progress
from app.planning.arrays import BoolArray, Graph, IntArray, build_graph
from app.planning.survivable.blocks import Block, Blocking, divide
from app.planning.survivable.check import Demand, failing
from app.planning.survivable.clock import Clock
from app.planning.survivable.construct import repaired
from app.planning.survivable.search import BlockSearch
from app.planning.tree import steiner

ENGINE = "anello-survivable-1"
"""Name and version that plans store."""

_MANY_SITES = 40
"""From so many sites on, some time is kept for the bound of the cheapest tree ..."""

_TREE_S = 4.0
_TREE_SHARE = 0.15
"""... at most so long, in s, and such a part of the time ..."""

_TREE_GAP = 0.01
_WIDE = 0.15
"""... for a bound of this quality, where the others leave a wider gap than this."""


@dataclass(frozen=True)
class SurvivableSolution:
    """A network and how good it is proven to be.

    Attributes
    ----------
    edges
        Sorted edge numbers.
    cost, lower_bound
        In the graph's cost unit. No network that gives each site what this one is asked to give
        is cheaper than the bound.
    gap
        ``(cost - lower_bound) / cost``, 0 for an empty network.
    unprotected
        Sites whose need no network on this graph can meet, with the bridges and cut nodes that
        block them; they survive the failure of all else, if that was asked for.
    unreached
        Sites that no way joins to the root.
    seconds
        Wall time.
    """

    edges: IntArray
    cost: int
    lower_bound: int
    gap: float
    unprotected: tuple[Blocking, ...]
    unreached: tuple[int, ...]
    engine: str
    seconds: float


def solve(
    graph: Graph,
    needs: Mapping[int, int],
    root: int,
    *,
    level: str = "edge",
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    progress: Progress = no_progress,
    closed: Collection[int] = (),
    root_fails: bool = False,
    known: Sequence[int] = (),
    is_partial: bool = True,
) -> SurvivableSolution:
    """Return a cheap network in which each site has what it needs, with a proven lower bound.

    Minimises the sum of edge costs. The graph is taken apart into blocks; in each the network
    is built from tours and ears, bounded by the program on ways, and improved and, where that
    closes, proven by cuts. See `app.planning.survivable.search`.

    Parameters
    ----------
    needs
        Node of each site to 1 (connected) or 2 (survives any single failure).
    level
        ``edge``: edges may fail; ``node``: nodes too, other than the root and the site itself.
        Two parallel edges to the root are two ways.
    time_limit_s
        The search ends then, within some 0.2 s; a first network is always completed.
    gap
        Stop when the proven gap is at most this fraction.
    seed
        Decides which networks are looked at; equal seeds give equal networks unless time runs
        out.
    closed
        Sites that no route passes through. The bound does not know of them.
    root_fails
        With level ``node``: the root may fail too, and the sites stay joined to one another.
        If all nodes are sites, networks are then those without a cut node.
    known
        Edges of a network to start from; the answer is no dearer, if that meets the needs.
    is_partial
        Whether sites that cannot be protected survive all failures but those that block them;
        otherwise they are connected.
    """
    clock = Clock(
        time_limit_s,
        progress,
        message(QT_TRANSLATE_NOOP("core", "Improving the network and its bound")),
    )
    task = _task(graph, needs, root, level, closed, is_partial, root_fails)
    division = divide(task.graph, task.demand)
    random = np.random.default_rng(seed)
    start = np.zeros(task.graph.edge_count, dtype=np.bool_)
    start[list(known)] = True
    chosen: list[IntArray] = []
    bound = 0
    total = max(1, sum(len(block.edges) for block in division.blocks))
    for block in division.blocks:
        share = clock.left_s() * len(block.edges) / total
        total -= len(block.edges)
        edges, proven = _solved(task, block, clock.part(max(share, 0.0)), gap, random, start)
        chosen.append(edges)
        bound += proven
    edges = np.unique(np.concatenate(chosen)) if chosen else np.zeros(0, dtype=np.int64)
    edges = _mended(graph, task, edges[edges < graph.edge_count])
    cost = int(graph.cost[edges].sum())
    bound = min(bound, cost)
    progress(1.0)
    unprotected = sorted((*task.blocked, *division.blocked), key=lambda item: item.site)
    return SurvivableSolution(
        edges, cost, bound, (cost - bound) / cost if cost else 0.0, tuple(unprotected),
        task.unreached, ENGINE, time.monotonic() - clock.begun_s,
    )  # fmt: skip


@dataclass(frozen=True)
class _Task:
    """The demand that can be met, on a graph in which what blocks closed sites is double."""

    graph: Graph
    demand: Demand
    blocked: tuple[Blocking, ...]
    unreached: tuple[int, ...]


def _task(
    graph: Graph, needs: Mapping[int, int], root: int, level: str, closed: Collection[int],
    is_partial: bool, root_fails: bool,
) -> _Task:  # fmt: skip
    sites = np.array(sorted(site for site in needs if site != root), dtype=np.int32)
    shut = np.zeros(graph.node_count, dtype=np.bool_)
    shut[[site for site in closed if site != root]] = True
    need = np.array([needs[int(site)] for site in sites], dtype=np.int32)
    is_node = np.full(len(sites), level == "node")
    demand = Demand(root, sites, need, is_node, shut, root_fails and not shut.any())
    every = np.ones(graph.edge_count, dtype=np.bool_)
    lost = failing(graph, every, demand.wants(np.ones_like(need)))
    demand = demand.only(~lost)
    bad = failing(graph, every, demand)
    if is_partial:
        bad &= shut[demand.sites]
    blocked = [_blocking(graph, demand, int(row)) for row in np.flatnonzero(bad)]
    unreached = tuple(int(site) for site in sites[lost])
    if not blocked:
        return _Task(graph, demand, (), unreached)
    if not is_partial:
        demand = demand.wants(np.where(bad, 1, demand.need).astype(np.int32))
        return _Task(graph, demand, tuple(blocked), unreached)
    # With a free double of each bridge, what is left to ask for can be given.
    double = sorted({edge for item in blocked for edge in item.bridges})
    wider = build_graph(
        graph.node_count,
        np.concatenate((graph.start, graph.start[double])),
        np.concatenate((graph.end, graph.end[double])),
        np.concatenate((graph.cost, np.zeros(len(double), dtype=np.int64))),
    )
    return _Task(wider, replace(demand, is_node=demand.is_node & ~bad), tuple(blocked), unreached)


def _blocking(graph: Graph, demand: Demand, row: int) -> Blocking:
    """Return what blocks a site, other closed sites being no way."""
    site = int(demand.sites[row])
    shut = demand.closed.copy()
    shut[site] = False
    open_edges = np.flatnonzero(~shut[graph.start] & ~shut[graph.end])
    part = build_graph(
        graph.node_count, graph.start[open_edges], graph.end[open_edges], graph.cost[open_edges]
    )
    alone = Demand(
        demand.root, demand.sites[[row]], demand.need[[row]], demand.is_node[[row]], shut
    )
    (found,) = divide(part, alone).blocked
    return replace(found, bridges=tuple(int(open_edges[edge]) for edge in found.bridges))


def _solved(
    task: _Task, block: Block, clock: Clock, gap: float, random: np.random.Generator,
    start: BoolArray,
) -> tuple[IntArray, int]:  # fmt: skip
    """Return the edges of a block's network and its bound."""
    g = task.graph
    if len(block.edges) == 1:
        return block.edges, int(g.cost[block.edges[0]])
    nodes = np.unique(np.concatenate((g.start[block.edges], g.end[block.edges])))
    part = build_graph(
        len(nodes), np.searchsorted(nodes, g.start[block.edges]),
        np.searchsorted(nodes, g.end[block.edges]), g.cost[block.edges],
    )  # fmt: skip
    sites = sorted(block.needs)
    demand = Demand(
        int(np.searchsorted(nodes, block.root)),
        np.searchsorted(nodes, sites).astype(np.int32),
        np.array([block.needs[site][0] for site in sites], dtype=np.int32),
        np.array([block.needs[site][1] for site in sites], dtype=np.bool_),
        task.demand.closed[nodes],
        task.demand.root_fails and block.root == task.demand.root,
    )
    known = start[block.edges]
    reserve_s = min(_TREE_S, _TREE_SHARE * clock.left_s()) if len(sites) >= _MANY_SITES else 0.0
    inner = clock.part(clock.left_s() - reserve_s)
    search = BlockSearch(part, demand, inner, gap, random, known if known.any() else None)
    search.run()
    bound = search.bound
    if reserve_s and search.cost - bound > max(gap, _WIDE) * search.cost:
        bound = max(bound, _tree_bound(part, demand, reserve_s, clock))
    return block.edges[search.edges()], min(bound, search.cost)


def _tree_bound(part: Graph, demand: Demand, limit_s: float, clock: Clock) -> int:
    """Return the bound of the cheapest tree that joins all sites.

    Every network in which a site survives failures joins it in the first place, so it holds
    such a tree; the bound is weak, but there at once where the others need long.
    """
    tree = steiner.solve(
        part, demand.sites.tolist(), demand.root, time_limit_s=limit_s, gap=_TREE_GAP,
        progress=lambda _fraction, _text=None: clock.tell(),
    )  # fmt: skip
    return tree.lower_bound or 0


def _mended(graph: Graph, task: _Task, edges: IntArray) -> IntArray:
    """Return the edges with ears for sites that only the doubles of bridges protected."""
    hopeless = np.isin(task.demand.sites, [item.site for item in task.blocked])
    demand = task.demand.wants(np.where(hopeless, 1, task.demand.need).astype(np.int32))
    chosen = np.zeros(graph.edge_count, dtype=np.bool_)
    chosen[edges] = True
    every = np.ones(graph.edge_count, dtype=np.bool_)
    possible = ~failing(graph, every, demand)
    demand = demand.only(possible)
    if not failing(graph, chosen, demand).any():
        return edges
    return np.flatnonzero(repaired(graph, demand, chosen)).astype(np.int64)


def warm_up() -> None:
    """Compile every kernel on a small grid, so that the first plan does not wait."""
    size = 12
    number = np.arange(size * size).reshape(size, size)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    cost = 10 + np.arange(len(start)) * 7919 % 13
    graph = build_graph(size * size, start, end, cost)
    for level in ("edge", "node"):
        solve(graph, {5: 2, 40: 2, 77: 1, 130: 2}, 0, level=level, time_limit_s=0.5, gap=0.5)
