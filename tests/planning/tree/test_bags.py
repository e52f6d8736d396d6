import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.tree.ascent import ascend
from app.planning.tree.bags import affordable_tree, bags_of, cheapest_tree
from app.planning.tree.kernel import is_spanning, whole
from app.planning.tree.recombination import Recombination, cheapest_union
from app.planning.tree.settling import lowest_prices
from app.planning.tree.treekernels import closure_tree, grow_tree, tidy_tree, tree_cost


def solved(graph, terminals, widest=11):
    bags = bags_of(graph, terminals[0], widest)
    assert bags is not None
    return cheapest_tree(graph, np.array(sorted(terminals), dtype=np.int32), bags, most=10_000_000)


def check_exact(graph, terminals, exact):
    tree = solved(graph, terminals)
    if exact is None:
        assert tree is None
        return
    assert graph.cost[tree].sum() == exact
    joined = nx.MultiGraph()
    joined.add_nodes_from(terminals)
    joined.add_edges_from(zip(graph.start[tree].tolist(), graph.end[tree].tolist(), strict=True))
    assert nx.is_tree(joined)
    assert {v for v in joined if joined.degree(v) == 1} <= set(terminals)


edge = st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([0, 0, 1, 2, 3, 7, 10**9]))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(edge, min_size=1, max_size=20),
    st.lists(st.integers(0, 7), min_size=1, max_size=8, unique=True),
)
def test_the_cheapest_tree_of_a_narrow_graph_is_the_optimum(tried_optimum, edges, terminals):
    graph = build_graph(8, *zip(*edges, strict=True))
    check_exact(graph, terminals, tried_optimum(graph, terminals))


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_many_narrow_graphs_are_solved_exactly(random_graph, tried_optimum, block):
    for seed in range(100 * block, 100 * block + 100):
        graph = random_graph(seed, 5 + seed % 6, 6 + seed % 19)
        count = 1 + seed % 5
        terminals = np.random.default_rng(seed).permutation(graph.node_count)[:count].tolist()
        check_exact(graph, terminals, tried_optimum(graph, terminals))


def test_graphs_with_large_cliques_are_too_wide():
    pairs = [(a, b) for a in range(9) for b in range(a)]
    graph = build_graph(9, *zip(*pairs, strict=True), np.ones(36))
    assert bags_of(graph, 0, widest=7) is None
    assert graph.cost[solved(graph, [0, 4, 8])].sum() == 2


def test_the_search_gives_up_when_there_is_too_much_to_look_at(street_grid):
    graph = street_grid(1, 6)
    terminals = np.arange(0, 36, 5, dtype=np.int32)
    bags = bags_of(graph, 0)
    assert cheapest_tree(graph, terminals, bags, most=1_000) is None
    assert cheapest_tree(graph, terminals, bags) is not None


def check_budget(graph, terminals, exact):
    """Whatever the dual solution, trees below a cost are found or proven not to be."""
    joined = np.array(sorted(terminals), dtype=np.int32)
    bags = bags_of(graph, int(joined[0]))
    for tolerance in (1.0, 2.0):
        ascent = ascend(graph, joined, int(joined[-1]), tolerance)
        price = lowest_prices(graph, ascent.reduced)
        for cost in (exact - 1, exact, exact + 1, exact + 5):
            budget = cost - ascent.bound
            tree, is_sure = affordable_tree(graph, joined, bags, price, budget, 10_000_000)
            assert is_sure
            if cost > exact:
                assert graph.cost[tree].sum() == exact
            elif tree is not None:
                assert graph.cost[tree].sum() >= exact


@pytest.mark.parametrize("seed", range(30))
def test_nothing_cheaper_is_lost_where_reduced_costs_use_up_the_margin(
    random_graph, tried_optimum, seed
):
    graph = random_graph(seed, 8, 16)
    terminals = np.random.default_rng(seed).permutation(8)[: 2 + seed % 4].tolist()
    exact = tried_optimum(graph, terminals)
    if exact is not None:
        check_budget(graph, terminals, exact)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(30, 1_030))
def test_nothing_cheaper_is_lost_in_many_graphs(random_graph, tried_optimum, seed):
    graph = random_graph(seed, 5 + seed % 5, 8 + seed % 13, top=2 + seed % 30)
    terminals = np.random.default_rng(seed).permutation(5)[: 2 + seed % 4].tolist()
    exact = tried_optimum(graph, terminals)
    if exact is not None:
        check_budget(graph, terminals, exact)


def local_tree(graph, terminals, seed):
    random = np.random.default_rng(seed)
    cost = random.integers(1, 100, graph.edge_count)
    csr = (graph.first, graph.neighbour, graph.edge, graph.start, graph.end)
    chosen = grow_tree(*csr, cost, terminals, int(terminals[0]))
    is_terminal = np.isin(np.arange(graph.node_count), terminals)
    return tidy_tree(graph.node_count, graph.start, graph.end, graph.cost, chosen, is_terminal)


@pytest.mark.parametrize("seed", range(5))
def test_a_union_gives_the_cheapest_of_its_trees(street_grid, seed):
    graph = street_grid(seed, 7)
    terminals = np.sort(np.random.default_rng(seed).permutation(49)[:7]).astype(np.int32)
    trees = [local_tree(graph, terminals, 10 * seed + i) for i in range(3)]
    found, count = cheapest_union(whole(graph, terminals), trees)
    assert count == 3
    union = np.flatnonzero(np.logical_or.reduce(trees))
    part = build_graph(49, graph.start[union], graph.end[union], graph.cost[union])
    assert graph.cost[found].sum() == part.cost[solved(part, terminals.tolist())].sum()
    assert graph.cost[found].sum() <= min(graph.cost[tree].sum() for tree in trees)


def test_unions_that_are_too_wide_take_fewer_trees():
    # Two of these trees make a narrow graph; all together they are a clique.
    pairs = [(a, b) for a in range(20) for b in range(a)]
    graph = build_graph(20, *zip(*pairs, strict=True), np.full(190, 5))
    stars = [(graph.start == v) | (graph.end == v) for v in range(20)]
    _, count = cheapest_union(whole(graph, np.array([0, 9, 19])), stars)
    assert 2 <= count < 20


def test_recombination_never_makes_a_tree_dearer_and_comes_close_to_the_optimum(street_grid):
    graph = street_grid(3, 6)
    terminals = np.sort(np.random.default_rng(3).permutation(36)[:9]).astype(np.int32)
    exact = graph.cost[solved(graph, terminals.tolist())].sum()
    kernel = whole(graph, terminals)
    tree = local_tree(graph, terminals, 1)
    recombination = Recombination(graph.edge_count, np.random.default_rng(0))
    costs = [graph.cost[tree].sum()]
    for _ in range(12):
        tree = recombination.step(kernel, tree, lambda: False)
        costs.append(graph.cost[tree].sum())
    assert costs == sorted(costs, reverse=True)
    assert exact <= costs[-1] <= 1.02 * exact < costs[0]


def test_without_time_the_best_tree_is_kept(street_grid):
    graph = street_grid(4, 5)
    terminals = np.array([0, 4, 24], dtype=np.int32)
    tree = local_tree(graph, terminals, 1)
    recombination = Recombination(graph.edge_count, np.random.default_rng(0))
    found = recombination.step(whole(graph, terminals), tree, lambda: True)
    assert found.tolist() == tree.tolist()


def test_steps_in_vain_lead_elsewhere_and_never_to_a_dearer_tree(street_grid):
    graph = street_grid(11, 12)
    terminals = np.arange(0, 144, 7, dtype=np.int32)
    kernel = whole(graph, terminals)
    csr = (graph.first, graph.neighbour, graph.edge, graph.start, graph.end, graph.cost)
    best = closure_tree(*csr, terminals)
    recombination = Recombination(graph.edge_count, np.random.default_rng(0))
    starts = set()
    for _ in range(30):
        found = recombination.step(kernel, best, lambda: False)
        assert is_spanning(kernel, found)
        assert tree_cost(graph.cost, found) <= tree_cost(graph.cost, best)
        best = found
        current = recombination._current
        starts.add(None if current is None else current.tobytes())
    assert len(starts) > 1
