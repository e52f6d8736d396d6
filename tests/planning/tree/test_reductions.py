"""Every reduction and bound against brute force on small random graphs."""

import itertools

import networkx as nx
import numpy as np
import pytest

from app.planning.arrays import build_graph, components
from app.planning.tree.ascent import ascend, keepable
from app.planning.tree.cases import finish
from app.planning.tree.kernel import reduced, whole
from app.planning.tree.shortcuts import without_shortcuts
from app.planning.tree.steiner import solve
from app.planning.tree.surelinks import with_sure_links
from app.planning.tree.treesearch import Clock, TreeSearch

COSTS = (
    [0, 1, 2, 3], [5], [1, 2, 4, 8, 16, 32], list(range(100, 140)), [0, 0, 1, 10**9],
)  # fmt: skip


def draw_case(seed):
    """Return a connected random graph with loops and parallel edges, and terminals."""
    random = np.random.default_rng(seed)
    count = int(random.integers(2, 10))
    extra = int(random.integers(0, 14))
    start = [int(random.integers(node)) for node in range(1, count)]
    end = list(range(1, count))
    start += random.integers(count, size=extra).tolist()
    end += random.integers(count, size=extra).tolist()
    cost = random.choice(COSTS[seed % len(COSTS)], size=len(start))
    terminals = random.permutation(count)[: int(random.integers(1, count + 1))]
    return build_graph(count, start, end, cost), terminals.astype(np.int32)


def optimum(graph, terminals):
    """Try every set of further nodes; None when the terminals cannot be joined."""
    reference = nx.Graph()
    reference.add_nodes_from(range(graph.node_count))
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if a != b and (not reference.has_edge(a, b) or reference[a][b]["weight"] > cost):
            reference.add_edge(a, b, weight=cost)
    wanted = {int(t) for t in terminals}
    others = [node for node in reference if node not in wanted]
    best = None
    for size in range(len(others) + 1):
        for chosen in itertools.combinations(others, size):
            part = reference.subgraph([*wanted, *chosen])
            if nx.is_connected(part):
                cost = nx.minimum_spanning_tree(part).size("weight")
                best = cost if best is None else min(best, cost)
    return best


def check_kernel(graph, terminals, kernel):
    """A kernel keeps the optimum, and its edges stand for paths of the graph."""
    assert optimum(kernel.graph, kernel.terminals) + kernel.base == optimum(graph, terminals)
    assert kernel.base == graph.cost[kernel.fixed].sum()
    drawn = components(graph.node_count, graph.start[kernel.fixed], graph.end[kernel.fixed])
    assert set(drawn[terminals]) <= set(drawn[kernel.node[kernel.terminals]])
    for e in range(kernel.graph.edge_count):
        edges = kernel.item[kernel.offset[e] : kernel.offset[e + 1]]
        path = nx.MultiGraph((int(drawn[graph.start[i]]), int(drawn[graph.end[i]])) for i in edges)
        ends = {v for v in path if path.degree(v) == 1}
        assert nx.is_connected(path)
        both = kernel.node[[kernel.graph.start[e], kernel.graph.end[e]]]
        assert ends == set(drawn[both].tolist())
        assert int(graph.cost[edges].sum()) == kernel.graph.cost[e]


def check_contraction(seed):
    graph, terminals = draw_case(seed)
    kernel = reduced(whole(graph, terminals))
    check_kernel(graph, terminals, kernel)
    degree = np.diff(kernel.graph.first)
    assert (degree[~kernel.is_terminal] > 2).all()


def check_shortcuts(seed):
    graph, terminals = draw_case(seed)
    check_kernel(graph, terminals, without_shortcuts(whole(graph, terminals)))


def check_sure_links(seed):
    graph, terminals = draw_case(seed)
    check_kernel(graph, terminals, reduced(with_sure_links(whole(graph, terminals))))


def check_ascent(seed):
    """Bounds hold from every root, guided or not; what is dropped is in no cheaper tree."""
    graph, terminals = draw_case(seed)
    exact = optimum(graph, terminals)
    random = np.random.default_rng(seed)
    guide = random.random(graph.edge_count) < 0.5
    for origin in np.unique(terminals)[:3].tolist():
        for tolerance, tree in ((1.0, None), (1.5, guide), (4.0, None)):
            ascent = ascend(graph, terminals, origin, tolerance, guide=tree)
            assert 0 <= ascent.bound == ascent.steps[:, 1].sum() <= exact
            assert (ascent.reduced >= 0).all()
            for cost in (exact + 1, exact + 3):
                kept = np.flatnonzero(keepable(graph, terminals, ascent, cost - ascent.bound))
                part = build_graph(
                    graph.node_count, graph.start[kept], graph.end[kept], graph.cost[kept]
                )
                assert optimum(part, terminals) == exact


def check_search(seed):
    """Cases prove the optimum."""
    graph, terminals = draw_case(seed)
    exact = optimum(graph, terminals)
    search = TreeSearch(
        whole(graph, np.unique(terminals)), graph.edge_count, np.random.default_rng(seed),
        Clock(np.inf), 0.0,
    )  # fmt: skip
    everything = np.ones(graph.edge_count, dtype=np.bool_)
    search.offer(search.tidied(everything))
    finish(search, 0.0)
    assert search.bound == search.cost == exact == graph.cost[search.best].sum()


def test_cases_leave_parts_alone_that_no_terminal_is_in():
    # A triangle of terminals, and a dense part of its own.
    pairs = [(0, 1), (1, 2), (2, 0), *itertools.combinations(range(3, 8), 2)]
    graph = build_graph(8, *zip(*pairs, strict=True), np.arange(1, len(pairs) + 1))
    search = TreeSearch(
        whole(graph, np.array([0, 1, 2])), graph.edge_count, np.random.default_rng(0),
        Clock(np.inf), 0.0,
    )  # fmt: skip
    search.offer(search.tidied(np.array([False, True, True] + [False] * 10)))
    finish(search, 0.0)
    assert (search.cost, search.bound) == (3, 3)


def check_answer(seed):
    graph, terminals = draw_case(seed)
    solution = solve(graph, terminals.tolist(), int(terminals[0]), seed=seed)
    exact = optimum(graph, terminals)
    assert solution.lower_bound <= exact <= solution.cost
    assert solution.cost == exact == solution.lower_bound


CHECKS = [
    check_contraction,
    check_shortcuts,
    check_sure_links,
    check_ascent,
    check_search,
    check_answer,
]


@pytest.mark.parametrize("check", CHECKS)
def test_small_random_graphs(check):
    for seed in range(120):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("block", range(5))
def test_many_small_random_graphs(check, block):
    for seed in range(1000 + 240 * block, 1240 + 240 * block):
        check(seed)


def test_time_that_is_up_still_gives_a_tree_and_a_valid_bound():
    random = np.random.default_rng(3)
    count = 400
    start = [*range(count - 1), *random.integers(count, size=1200).tolist()]
    end = [*range(1, count), *random.integers(count, size=1200).tolist()]
    graph = build_graph(count, start, end, random.integers(1, 1000, len(start)))
    terminals = list(range(0, count, 7))
    best = solve(graph, terminals, 0, time_limit_s=20)
    early = solve(graph, terminals, 0, time_limit_s=0)
    assert early.seconds < 1
    assert early.lower_bound <= best.cost <= early.cost
    assert early.cost == graph.cost[early.edges].sum()
