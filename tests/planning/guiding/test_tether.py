"""Trees with limited routes against exact answers by linear programming on small graphs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from app.planning.arrays import FAR, build_graph, components, shortest
from app.planning.guiding.tether import UNLIMITED_MM, tethered
from app.planning.tree.steiner import solve
from app.planning.tree.treepaths import paths_to_root


def world(seed):
    random = np.random.default_rng(seed)
    nodes = int(random.integers(3, 9))
    tree = [(int(random.integers(0, v)), v) for v in range(1, nodes)]
    more = random.integers(0, nodes, (int(random.integers(0, 12)), 2)).tolist()
    ends = np.array(tree + [tuple(pair) for pair in more])
    cost = random.integers(0, 12, len(ends))
    length = random.integers(0, 9, len(ends))
    graph = build_graph(nodes, ends[:, 0], ends[:, 1], cost)
    terminals = sorted(set(random.integers(1, nodes, int(random.integers(1, 5))).tolist()))
    away, _, _ = shortest(
        graph.first, graph.neighbour, graph.edge, length.astype(np.int64),
        np.array([0], dtype=np.int32),
    )  # fmt: skip
    limits = {t: int(away[t] + random.integers(0, 8)) for t in terminals}
    if random.random() < 0.3:
        limits[terminals[0]] = UNLIMITED_MM
    return graph, length.astype(np.int64), limits


def exact_cost(graph, length, limits):
    """Cheapest tree with limits: binary edges, and for each terminal a path of unit flow."""
    m, n = graph.edge_count, graph.node_count
    terminals = list(limits)
    arcs = 2 * m
    columns = m + len(terminals) * arcs
    rows, low, high = [], [], []

    def row(entries, least, most):
        rows.append(entries)
        low.append(least)
        high.append(most)

    for k, t in enumerate(terminals):
        base = m + k * arcs
        for v in range(n):
            entries = {}
            for e in range(m):
                a, b = int(graph.start[e]), int(graph.end[e])
                for arc, (tail, head) in ((base + e, (a, b)), (base + m + e, (b, a))):
                    entries[arc] = entries.get(arc, 0) + (tail == v) - (head == v)
            balance = (v == t) - (v == 0)
            row(entries, balance, balance)
        for e in range(m):
            row({base + e: 1, base + m + e: 1, e: -1}, -np.inf, 0)
        way = {base + e: int(length[e]) for e in range(m)}
        way.update({base + m + e: int(length[e]) for e in range(m)})
        row(way, -np.inf, min(limits[t], 10**6))
    matrix = lil_matrix((len(rows), columns))
    for i, entries in enumerate(rows):
        for j, value in entries.items():
            matrix[i, j] = value
    found = milp(
        np.concatenate((graph.cost, np.zeros(columns - m))),
        constraints=LinearConstraint(matrix.tocsr(), low, high),
        integrality=np.ones(columns), bounds=Bounds(0, 1),
    )  # fmt: skip
    assert found.success
    return round(found.fun)


def check(seed):
    graph, length, limits = world(seed)
    start = solve(graph, list(limits), 0)
    found = tethered(graph, length, 0, limits, start.edges.tolist(), lambda: False)
    assert found.lost == ()
    edges = found.edges.tolist()
    label = components(graph.node_count, graph.start[edges], graph.end[edges])
    assert all(label[t] == label[0] for t in limits)
    for t, path in zip(limits, paths_to_root(graph, edges, 0, list(limits)), strict=True):
        assert sum(int(length[edge]) for edge in path) <= limits[t]
    nodes = {int(graph.start[edge]) for edge in edges} | {int(graph.end[edge]) for edge in edges}
    assert len(edges) == max(0, len(nodes | {0}) - 1), "a tree has no cycle"
    cost, best = int(graph.cost[edges].sum()), exact_cost(graph, length, limits)
    assert start.lower_bound <= best <= cost
    return cost, best


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10**6))
def test_every_limit_is_kept_and_bound_and_optimum_lie_below(seed):
    check(seed)


@pytest.mark.long
@settings(deadline=None, max_examples=1500)
@given(st.integers(0, 10**6))
def test_every_limit_is_kept_on_many_graphs(seed):
    check(seed)


def test_the_trees_are_close_to_the_cheapest_ones():
    pairs = [check(seed) for seed in range(60)]
    assert sum(cost for cost, _ in pairs) <= 1.05 * sum(best for _, best in pairs)
    assert sum(cost == best for cost, best in pairs) >= 45


def test_without_need_the_tree_stays_as_it_is():
    graph, length, limits = world(3)
    loose = dict.fromkeys(limits, UNLIMITED_MM)
    start = solve(graph, list(limits), 0)
    found = tethered(graph, length, 0, loose, start.edges.tolist(), lambda: False)
    assert found.edges.tolist() == start.edges.tolist()


def test_a_terminal_beyond_every_route_is_given_up_and_the_others_served():
    graph = build_graph(3, [0, 1], [1, 2], [1, 1])
    found = tethered(graph, np.array([5, 5]), 0, {1: 5, 2: 9}, [0, 1], lambda: False)
    assert (found.lost, found.edges.tolist()) == ((2,), [0])


def test_an_unusable_edge_is_not_used():
    graph = build_graph(3, [0, 1, 0], [1, 2, 2], [1, 1, 50])
    length = np.array([1, FAR, 4], dtype=np.int64)
    found = tethered(graph, length, 0, {2: UNLIMITED_MM}, [0, 1], lambda: False)
    assert found.edges.tolist() == [2]
