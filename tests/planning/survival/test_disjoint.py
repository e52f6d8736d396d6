import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.survival.disjoint import PairFinder

TRAP = [(0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 2, 4), (1, 3, 4)]
"""From 0 to 3: the shortest path 0-1-2-3 blocks every second one."""


def flow(graph, node, root, node_disjoint, shareable=()):
    """Return value and cost of the cheapest flow of at most two units, by networkx."""
    net = nx.DiGraph()
    inner = 1 if node_disjoint else 99
    for v in range(graph.node_count):
        net.add_edge(
            (v, "in"), (v, "out"), capacity=2 if v in (node, root, *shareable) else inner, weight=0
        )
    for e, (a, b, cost) in enumerate(
        zip(graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True)
    ):
        for u, v in ((a, b), (b, a)):
            net.add_edge((u, "out"), (e, u, v), capacity=1, weight=cost)
            net.add_edge((e, u, v), (v, "in"), capacity=1, weight=0)
    net.add_edge("source", (node, "out"), capacity=2, weight=0)
    found = nx.max_flow_min_cost(net, "source", (root, "in"))
    return sum(found["source"].values()), nx.cost_of_flow(net, found)


def check_pair(graph, pair, node, root, node_disjoint):
    seen = []
    for path in (pair.working, pair.protection):
        at, inner = node, set()
        for edge in path:
            assert at in (graph.start[edge], graph.end[edge])
            at = int(graph.start[edge] + graph.end[edge] - at)
            assert at not in inner
            inner.add(at)
        assert not path or at == root
        seen.append(inner - {root})
    assert not set(pair.working) & set(pair.protection)
    if node_disjoint and pair.protection:
        assert not seen[0] & seen[1]
    both = [*pair.working, *pair.protection]
    assert int(graph.cost[both].sum()) == pair.cost


@pytest.mark.parametrize(("node_disjoint", "cost"), [(False, 10), (True, 10)])
def test_the_trap_that_remove_and_run_again_falls_into(node_disjoint, cost):
    graph = build_graph(4, *zip(*TRAP, strict=True))
    pair = PairFinder(graph, 3, node_disjoint=node_disjoint).pair(0)
    assert pair.cost == cost
    assert pair.protection
    check_pair(graph, pair, 0, 3, node_disjoint)


@pytest.mark.parametrize("node_disjoint", [False, True])
@pytest.mark.parametrize("block", range(5))
def test_pairs_cost_what_minimum_cost_flow_says(random_graph, node_disjoint, block):
    for seed in range(60 * block, 60 * block + 60):
        graph = random_graph(seed, 5 + seed % 9, 8 + seed % 17)
        finder = PairFinder(graph, 0, node_disjoint=node_disjoint)
        for node in (1, graph.node_count - 1):
            value, cost = flow(graph, node, 0, node_disjoint)
            pair = finder.pair(node)
            if value == 0:
                assert pair is None
                continue
            check_pair(graph, pair, node, 0, node_disjoint)
            assert bool(pair.protection) == (value == 2)
            assert pair.cost == cost


def check_shareable(seed, random_graph):
    graph = random_graph(seed, 5 + seed % 7, 8 + seed % 13)
    random = np.random.default_rng(seed)
    shareable = np.zeros(graph.node_count, dtype=bool)
    shareable[random.integers(0, graph.node_count, 3)] = True
    more = int(random.integers(0, graph.node_count))
    finder = PairFinder(graph, 0, node_disjoint=True, shareable=shareable)
    for node in (1, graph.node_count - 1):
        both = {*np.flatnonzero(shareable).tolist(), more}
        value, cost = flow(graph, node, 0, node_disjoint=True, shareable=both)
        pair = finder.pair(node, [more])
        assert (pair is None) == (value == 0)
        if pair is not None:
            assert bool(pair.protection) == (value == 2)
            assert pair.cost == cost
            check_pair(graph, pair, node, 0, node_disjoint=False)


def test_nodes_that_may_be_shared_are_as_in_minimum_cost_flow(random_graph):
    for seed in range(150):
        check_shareable(seed, random_graph)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(st.integers(1000, 10**9))
def test_many_pairs_with_nodes_that_may_be_shared(random_graph, seed):
    check_shareable(seed, random_graph)


def test_parallel_edges_are_two_routes_for_edges_and_for_nodes():
    graph = build_graph(2, [0, 0], [1, 1], [3, 5])
    for node_disjoint in (False, True):
        pair = PairFinder(graph, 1, node_disjoint=node_disjoint).pair(0)
        assert (pair.working, pair.protection) == ((0,), (1,))


def test_closed_nodes_are_ends_but_no_passage():
    graph = build_graph(4, [0, 1, 0, 2, 0], [1, 3, 2, 3, 3], [1, 1, 2, 2, 9])
    closed = np.array([False, True, False, False])
    pair = PairFinder(graph, 3, node_disjoint=True, closed=closed).pair(0)
    assert {*pair.working, *pair.protection} == {2, 3, 4}
    assert PairFinder(graph, 3, node_disjoint=True, closed=closed).pair(1).protection


def test_one_finder_answers_many_questions_alike(random_graph):
    graph = random_graph(4, 30, 60)
    finder = PairFinder(graph, 0, node_disjoint=True)
    first = [finder.pair(node) for node in range(1, 30)]
    again = [PairFinder(graph, 0, node_disjoint=True).pair(node) for node in range(1, 30)]
    assert first == again
