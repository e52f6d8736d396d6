import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.prize import best_within, frontier


def simple(graph):
    result = nx.Graph()
    result.add_nodes_from(range(graph.node_count))
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if a != b and (not result.has_edge(a, b) or result[a][b]["weight"] > cost):
            result.add_edge(a, b, weight=cost)
    return result


def exact(graph, weight, must, budget):
    """Return the most weight of all trees with 0 and ``must`` within a budget, or None."""
    reference = simple(graph)
    best = None
    for count in range(1, graph.node_count + 1):
        for chosen in itertools.combinations(range(graph.node_count), count):
            worth = sum(weight[v] for v in chosen)
            if not {0, *must} <= set(chosen) or (best is not None and worth <= best):
                continue
            part = reference.subgraph(chosen)
            if nx.is_connected(part) and (nx.minimum_spanning_tree(part).size("weight") <= budget):
                best = worth
    return best


def check_answer(graph, terminals, weights, budget, must, solution):
    tree = nx.MultiGraph()
    tree.add_node(0)
    tree.add_edges_from((int(graph.start[e]), int(graph.end[e])) for e in solution.edges)
    assert nx.is_tree(tree)
    assert set(tree) == set(solution.nodes.tolist())
    assert {0, *must} <= set(tree)
    assert solution.cost == graph.cost[solution.edges].sum() <= budget
    served = [i for i, node in enumerate(terminals) if node in tree]
    assert list(solution.served) == served
    assert solution.weight == sum(weights[i] for i in served) <= solution.upper_bound


@st.composite
def problems(draw, largest=8):
    count = draw(st.integers(1, largest))
    node = st.integers(0, count - 1)
    top = draw(st.sampled_from([2, 9, 1000]))
    edges = draw(st.lists(st.tuples(node, node, st.integers(0, top)), max_size=3 * count))
    terminals = draw(st.lists(node, max_size=count))
    heaviest = draw(st.sampled_from([1, 5, 100]))
    weights = [draw(st.integers(0, heaviest)) for _ in terminals]
    start, end, cost = zip(*edges, strict=True) if edges else ((), (), ())
    graph = build_graph(count, start, end, cost)
    budget = draw(st.integers(0, int(graph.cost.sum()) + 1))
    return graph, terminals, weights, budget, draw(st.lists(node, max_size=1))


def check_against_all(problem):
    graph, terminals, weights, budget, must = problem
    weight = [0] * graph.node_count
    for node, worth in zip(terminals, weights, strict=True):
        weight[node] += worth
    best = exact(graph, weight, must, budget)
    solution = best_within(graph, terminals, weights, 0, budget, required=must)
    if best is None:
        assert solution is None
        return
    check_answer(graph, terminals, weights, budget, must, solution)
    assert solution.weight == solution.upper_bound == best


@settings(deadline=None, max_examples=100)
@given(problems())
def test_the_best_set_within_a_budget_is_found_and_proven(problem):
    check_against_all(problem)


@pytest.mark.long
@settings(deadline=None, max_examples=1_000)
@given(problems(largest=9))
def test_many_best_sets_are_found_and_proven(problem):
    check_against_all(problem)


@pytest.fixture
def town():
    """A grid of 15 x 15 with uneven streets, and 40 sites."""
    random = np.random.default_rng(2)
    number = np.arange(225).reshape(15, 15)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    graph = build_graph(225, start, end, random.integers(50, 200, len(start)))
    return graph, random.permutation(225)[:40].tolist()


def test_more_money_never_buys_less_and_bounds_hold_for_all(town):
    graph, sites = town
    weights = [1] * len(sites)
    points = frontier(graph, sites, weights, 0, [500, 1500, 2500, 3500, 10**6], time_limit_s=20)
    assert [p.budget for p in points] == [500, 1500, 2500, 3500, 10**6]
    assert all(a.weight <= b.weight for a, b in itertools.pairwise(points))
    assert all(p.cost <= p.budget and p.served == p.weight <= p.upper_bound for p in points)
    assert points[-1].served == 40
    # Between the ends of the hull something good comes out, not nothing.
    assert points[1].weight >= 0.85 * points[1].upper_bound
    best = best_within(graph, sites, weights, 0, 2500, time_limit_s=20, gap=0.05)
    assert points[2].weight <= best.upper_bound
    assert best.weight <= points[2].upper_bound


def test_heavier_sites_are_preferred(town):
    graph, sites = town
    plain = best_within(graph, sites, [1] * 40, 0, 1200, time_limit_s=5, gap=0.1)
    heavy = [100 if i % 4 == 0 else 1 for i in range(40)]
    chosen = best_within(graph, sites, heavy, 0, 1200, time_limit_s=5, gap=0.1)
    assert len(plain.served) >= len(chosen.served)
    assert chosen.weight > sum(heavy[i] for i in plain.served)


def test_a_budget_below_the_required_sites_has_no_answer():
    graph = build_graph(3, [0, 1], [1, 2], [5, 7])
    assert best_within(graph, [1], [1], 0, 11, required=[2]) is None
    assert best_within(graph, [1], [1], 0, 12, required=[2]).cost == 12


def test_sites_at_one_node_count_together():
    graph = build_graph(3, [0, 0], [1, 2], [10, 10])
    solution = best_within(graph, [1, 2, 2], [3, 2, 2], 0, 10)
    assert solution.served == (1, 2)
    assert solution.weight == solution.upper_bound == 4


def test_weights_that_cannot_be_used_are_refused():
    graph = build_graph(2, [0], [1], [1])
    with pytest.raises(ValueError, match="weight"):
        best_within(graph, [1], [-1], 0, 5)
    with pytest.raises(ValueError, match="weight"):
        best_within(graph, [1], [1, 1], 0, 5)
