import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.errors import Cancelled
from app.planning.arrays import build_graph
from app.planning.tree.steiner import solve


def simple(graph):
    """Return the graph without loops, of parallel edges the cheapest."""
    result = nx.Graph()
    result.add_nodes_from(range(graph.node_count))
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if a != b and (not result.has_edge(a, b) or result[a][b]["weight"] > cost):
            result.add_edge(a, b, weight=cost)
    return result


def optimum(graph, terminals):
    """Try every set of further nodes: the exact answer, for tiny graphs."""
    others = [node for node in graph if node not in terminals]
    best = None
    for count in range(len(others) + 1):
        for chosen in itertools.combinations(others, count):
            part = graph.subgraph([*terminals, *chosen])
            if nx.is_connected(part):
                cost = nx.minimum_spanning_tree(part).size("weight")
                best = cost if best is None else min(best, cost)
    return best


def check_tree(graph, solution, terminals):
    tree = nx.MultiGraph()
    tree.add_nodes_from(terminals)
    tree.add_edges_from((int(graph.start[e]), int(graph.end[e])) for e in solution.edges)
    assert nx.is_connected(tree)
    assert tree.number_of_edges() == tree.number_of_nodes() - 1
    assert int(graph.cost[solution.edges].sum()) == solution.cost


def check_against_optimum(graph, terminals, seed=0):
    root = terminals[0]
    solution = solve(graph, terminals, root, seed=seed)
    reference = simple(graph)
    home = nx.node_connected_component(reference, root)
    assert set(solution.unreached) == set(terminals) - home
    reached = [node for node in terminals if node in home]
    check_tree(graph, solution, reached)
    exact = optimum(reference.subgraph(home), reached)
    assert solution.lower_bound <= exact <= solution.cost <= 2 * exact
    return solution.cost - exact


edge = st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([0, 1, 2, 3, 7, 10, 10**9]))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(edge, min_size=1, max_size=16),
    st.lists(st.integers(0, 7), min_size=1, max_size=8, unique=True),
)
def test_cost_lies_between_the_optimum_and_the_bound_below_it(edges, terminals):
    graph = build_graph(8, *zip(*edges, strict=True))
    check_against_optimum(graph, terminals)


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_bound_and_cost_hold_on_many_random_graphs(random_graph, block):
    for seed in range(200 * block, 200 * block + 200):
        graph = random_graph(seed, 6 + seed % 4, 8 + seed % 13)
        count = 1 + seed % 6
        terminals = np.random.default_rng(seed).permutation(graph.node_count)[:count].tolist()
        check_against_optimum(graph, terminals, seed)


def test_most_small_trees_are_optimal(random_graph):
    excess = [check_against_optimum(random_graph(seed, 9, 18), [0, 3, 5, 8]) for seed in range(40)]
    assert sum(item > 0 for item in excess) <= 2


def grid_graph(count, seed):
    random = np.random.default_rng(seed)
    reference = nx.grid_2d_graph(count, count)
    number = {node: i for i, node in enumerate(reference)}
    pairs = [(number[a], number[b]) for a, b in reference.edges]
    costs = random.integers(50, 200, len(pairs))
    for (a, b), cost in zip(reference.edges, costs.tolist(), strict=True):
        reference[a][b]["weight"] = cost
    graph = build_graph(len(number), *zip(*pairs, strict=True), costs)
    return graph, nx.relabel_nodes(reference, number)


@pytest.mark.parametrize("seed", range(3))
def test_trees_on_grids_are_cheaper_than_those_of_networkx(seed):
    graph, reference = grid_graph(30, seed)
    terminals = np.random.default_rng(seed).permutation(900)[:25].tolist()
    solution = solve(graph, terminals, terminals[0])
    check_tree(graph, solution, terminals)
    other = nx.approximation.steiner_tree(reference, terminals, method="mehlhorn").size("weight")
    assert solution.cost <= other
    assert solution.lower_bound >= 0.9 * solution.cost


def test_equal_seeds_give_equal_trees():
    graph, _ = grid_graph(16, 5)
    terminals = list(range(0, 256, 20))
    first, second = (solve(graph, terminals, 0, seed=3) for _ in range(2))
    assert first.edges.tolist() == second.edges.tolist()
    assert (first.cost, first.lower_bound) == (second.cost, second.lower_bound)


def test_dearer_streets_never_make_the_bound_smaller_than_the_cheaper_optimum(random_graph):
    for seed in range(20):
        cheap = random_graph(seed, 8, 16)
        dear = build_graph(8, cheap.start, cheap.end, cheap.cost + 1)
        reached = solve(cheap, [0, 2, 4], 0)
        assert solve(dear, [0, 2, 4], 0).cost >= reached.lower_bound


def test_without_terminals_nothing_is_built(random_graph):
    solution = solve(random_graph(1, 6, 9), [], 2)
    assert (len(solution.edges), solution.cost, solution.gap) == (0, 0, 0.0)


def test_cancelling_stops_the_search():
    graph, _ = grid_graph(20, 1)

    def stop(fraction, message=None):
        raise Cancelled

    with pytest.raises(Cancelled):
        solve(graph, [1, 50, 399], 0, progress=stop)
