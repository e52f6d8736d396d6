import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.errors import Cancelled
from app.planning.arrays import build_graph
from app.planning.prize import solve, solve_unrooted


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


def trees(graph):
    """Yield every connected set of nodes and the cost of its cheapest tree: tiny graphs only."""
    reference = simple(graph)
    for count in range(1, graph.node_count + 1):
        for chosen in itertools.combinations(range(graph.node_count), count):
            part = reference.subgraph(chosen)
            if nx.is_connected(part):
                yield set(chosen), int(nx.minimum_spanning_tree(part).size("weight"))


def optimum(graph, prizes, required=(), *, somewhere=False):
    """Try every set of nodes; ``required`` holds the root."""
    total = sum(prizes)
    wanted = set(required)
    return min(
        cost + total - sum(prizes[v] for v in nodes)
        for nodes, cost in trees(graph)
        if somewhere or wanted <= nodes
    )


def check_answer(graph, prizes, solution, root=None):
    tree = nx.MultiGraph()
    tree.add_nodes_from(solution.nodes.tolist())
    tree.add_edges_from((int(graph.start[e]), int(graph.end[e])) for e in solution.edges)
    assert nx.is_tree(tree)
    assert set(tree) == set(solution.nodes.tolist())
    if root is not None:
        assert root in tree
    out = [v for v in range(graph.node_count) if prizes[v] and v not in tree]
    assert solution.left_out.tolist() == out
    assert solution.cost == graph.cost[solution.edges].sum() + sum(prizes[v] for v in out)
    assert solution.proof.bound <= solution.lower_bound <= solution.cost


@st.composite
def problems(draw, largest=8):
    """Draw a graph with loops, parallel edges, ties, zero costs, zero prizes, loose parts."""
    count = draw(st.integers(1, largest))
    node = st.integers(0, count - 1)
    top = draw(st.sampled_from([2, 9, 1000]))
    edges = draw(st.lists(st.tuples(node, node, st.integers(0, top)), max_size=3 * count))
    prizes = draw(st.lists(st.integers(0, top), min_size=count, max_size=count))
    bare = draw(st.lists(node, max_size=count))
    for v in bare:
        prizes[v] = 0
    start, end, cost = zip(*edges, strict=True) if edges else ((), (), ())
    return build_graph(count, start, end, cost), prizes, draw(st.lists(node, max_size=2))


def check_rooted(problem):
    graph, prizes, required = problem
    reached = nx.node_connected_component(simple(graph), 0)
    solution = solve(graph, prizes, 0, required=required)
    assert set(solution.unreached) == set(required) - reached
    check_answer(graph, prizes, solution, root=0)
    wanted = {0, *(v for v in required if v in reached)}
    assert wanted <= set(solution.nodes.tolist())
    exact = optimum(graph, prizes, wanted)
    assert solution.lower_bound == solution.cost == exact
    return solution


def check_unrooted(problem):
    graph, prizes, _ = problem
    solution = solve_unrooted(graph, prizes)
    check_answer(graph, prizes, solution)
    assert solution.lower_bound == solution.cost == optimum(graph, prizes, somewhere=True)


@settings(deadline=None, max_examples=100)
@given(problems())
def test_the_tree_with_a_root_is_the_best_of_all_node_sets(problem):
    check_rooted(problem)


@settings(deadline=None, max_examples=100)
@given(problems())
def test_the_tree_without_a_root_is_the_best_of_all_node_sets(problem):
    check_unrooted(problem)


@pytest.mark.long
@settings(deadline=None, max_examples=1_000)
@given(problems(largest=9))
def test_many_trees_with_a_root_are_the_best(problem):
    check_rooted(problem)


@pytest.mark.long
@settings(deadline=None, max_examples=1_000)
@given(problems(largest=9))
def test_many_trees_without_a_root_are_the_best(problem):
    check_unrooted(problem)


def random_problem(seed, nodes=12, edges=26, top=40):
    random = np.random.default_rng(seed)
    graph = build_graph(
        nodes, random.integers(0, nodes, edges), random.integers(0, nodes, edges),
        random.integers(1, top, edges),
    )  # fmt: skip
    prizes = np.where(random.random(nodes) < 0.5, random.integers(1, top, nodes), 0)
    return graph, prizes.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_larger_graphs_are_solved_to_the_optimum(seed):
    check_rooted((*random_problem(seed), [3] if seed % 2 else []))


@pytest.mark.parametrize("seed", range(3))
def test_leaving_out_never_costs_more_at_a_lower_price(seed):
    graph, prizes = random_problem(seed, nodes=60, edges=150)
    full = solve(graph, prizes, 0)
    half = solve(graph, [p // 2 for p in prizes], 0)
    assert half.cost <= full.cost
    assert set(half.left_out.tolist()) >= set() and full.gap == half.gap == 0.0


def test_costs_of_millions_with_six_decimals_are_exact():
    scale = 1_000_000
    graph = build_graph(3, [0, 1], [1, 2], [500_000 * scale + 1, 300_000 * scale])
    solution = solve(graph, [0, 500_000 * scale + 2, 300_000 * scale], 0)
    assert solution.nodes.tolist() == [0, 1]
    assert solution.cost == 800_000 * scale + 1


def test_equal_seeds_give_equal_trees():
    graph, prizes = random_problem(3, nodes=200, edges=600)
    first, second = (solve(graph, prizes, 0, seed=5) for _ in range(2))
    assert first.edges.tolist() == second.edges.tolist()
    assert [m.cost for m in first.history] == [m.cost for m in second.history]


def test_without_time_there_is_a_tree_and_an_honest_bound():
    graph, prizes = random_problem(7, nodes=300, edges=900)
    hurried = solve(graph, prizes, 0, time_limit_s=0.0)
    check_answer(graph, prizes, hurried, root=0)
    assert hurried.lower_bound <= solve(graph, prizes, 0).cost <= hurried.cost


def test_a_search_can_be_cancelled():
    def cancel(fraction, text=None):
        raise Cancelled

    graph, prizes = random_problem(7, nodes=300, edges=900)
    with pytest.raises(Cancelled):
        solve(graph, prizes, 0, progress=cancel)


@pytest.mark.parametrize("prizes", [[1, -1], [1], [2**62, 2**62]])
def test_prizes_that_cannot_be_used_are_refused(prizes):
    with pytest.raises(ValueError, match="prize"):
        solve(build_graph(2, [0], [1], [1]), prizes, 0)
