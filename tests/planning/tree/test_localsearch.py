import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.treekernels import closure_tree, tidy_tree


def never():
    return False


def first_tree(graph, is_terminal, chosen):
    return tidy_tree(graph.node_count, graph.start, graph.end, graph.cost, chosen, is_terminal)


def closure(graph, terminals):
    csr = (graph.first, graph.neighbour, graph.edge, graph.start, graph.end, graph.cost)
    return closure_tree(*csr, np.array(terminals, dtype=np.int32))


def tree_of(graph, mask):
    tree = nx.MultiGraph()
    for e in np.flatnonzero(mask).tolist():
        tree.add_edge(int(graph.start[e]), int(graph.end[e]), e, weight=int(graph.cost[e]))
    return tree


def key_paths(tree, terminals):
    """Return the node lists of all key paths."""
    keys = {v for v in tree if v in terminals or tree.degree(v) > 2}
    paths = []
    for key in keys:
        for step in tree.neighbors(key):
            path = [key, step]
            while path[-1] not in keys:
                path.append(next(w for w in tree.neighbors(path[-1]) if w != path[-2]))
            if path[0] < path[-1]:
                paths.append(path)
    return paths


def rejoined_cost(reference, tree, paths, gone):
    """Return what the tree costs when paths are taken out and the parts joined over a closure."""
    rest = nx.Graph(tree)
    for path in paths:
        rest.remove_edges_from(itertools.pairwise(path))
        rest.remove_nodes_from(path[1:-1])
    rest.remove_nodes_from(gone)
    parts = [sorted(part) for part in nx.connected_components(rest)]
    away = [nx.multi_source_dijkstra_path_length(reference, part) for part in parts]
    closed = nx.Graph()
    closed.add_nodes_from(range(len(parts)))
    for i, j in itertools.combinations(range(len(parts)), 2):
        distance = min((away[i][v] for v in parts[j] if v in away[i]), default=None)
        if distance is not None:
            closed.add_edge(i, j, weight=distance)
    return rest.size("weight") + nx.minimum_spanning_tree(closed).size("weight")


def check_local_optimum(graph, terminals, reference):
    is_terminal = np.zeros(graph.node_count, dtype=np.bool_)
    is_terminal[terminals] = True
    before = first_tree(graph, is_terminal, closure(graph, terminals))
    after = improve_tree(graph, before, is_terminal, never)
    tree = tree_of(graph, after)
    tree.add_nodes_from(terminals)
    cost = tree.size("weight")
    assert nx.is_tree(tree)
    assert cost <= graph.cost[before].sum()
    paths = key_paths(tree, terminals)
    for path in paths:
        assert rejoined_cost(reference, tree, [path], []) >= cost
    for node in sorted({v for v in tree if v not in terminals and tree.degree(v) > 2}):
        around = [path for path in paths if node in (path[0], path[-1])]
        assert rejoined_cost(reference, tree, around, [node]) >= cost


edge = st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([0, 1, 1, 2, 3, 7, 10**9]))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(edge, min_size=5, max_size=30),
    st.lists(st.integers(0, 11), min_size=1, max_size=7, unique=True),
)
def test_no_key_path_or_key_node_can_be_replaced_at_less(simple, edges, terminals):
    graph = build_graph(12, *zip(*edges, strict=True))
    reference = simple(graph)
    home = nx.node_connected_component(reference, terminals[0])
    check_local_optimum(graph, [t for t in terminals if t in home], reference)


@pytest.mark.parametrize("seed", range(4))
def test_trees_on_grids_are_locally_optimal(street_grid, simple, seed):
    terminals = np.random.default_rng(seed).permutation(144)[:14].tolist()
    graph = street_grid(seed, 12)
    check_local_optimum(graph, terminals, simple(graph))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1_000))
def test_many_trees_are_locally_optimal(street_grid, simple, seed):
    random = np.random.default_rng(seed)
    side = int(random.integers(3, 9))
    count = int(random.integers(2, side * side // 2))
    graph = street_grid(seed, side)
    terminals = random.permutation(side * side)[:count].tolist()
    check_local_optimum(graph, terminals, simple(graph))


def test_a_node_of_three_paths_moves_to_the_better_place():
    # A star of three terminals with its centre at 3, and a cheaper centre at 4.
    graph = build_graph(5, [0, 1, 2, 0, 1, 2], [3, 3, 3, 4, 4, 4], [10, 10, 10, 9, 9, 9])
    is_terminal = np.array([True, True, True, False, False])
    tree = improve_tree(graph, np.arange(6) < 3, is_terminal, never)
    assert tree.tolist() == [False] * 3 + [True] * 3


def test_other_costs_can_be_searched():
    graph = build_graph(3, [0, 0, 1], [1, 2, 2], [1, 3, 1])
    is_terminal = np.array([True, False, True])
    two, one = np.array([True, False, True]), np.array([False, True, False])
    assert improve_tree(graph, one, is_terminal, never).tolist() == two.tolist()
    dear = np.array([9, 3, 9])
    assert improve_tree(graph, two, is_terminal, never, dear).tolist() == one.tolist()


def test_without_time_the_tree_stays():
    graph = build_graph(3, [0, 0, 1], [1, 2, 2], [1, 3, 1])
    one = np.array([False, True, False])
    assert improve_tree(graph, one, np.array([True, False, True]), lambda: True).tolist() == [
        *one.tolist()
    ]
