"""Availability three ways, against brute force over all states."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.failure.enumeration import enumerate_states
from app.planning.failure.exact import exact_availability
from app.planning.failure.frontier import Core, TooWide, connected, sweep_order
from app.planning.failure.montecarlo import draw_states

DOWN = st.sampled_from([0.0, 0.01, 0.1, 0.5, 1.0])


@st.composite
def networks(draw, most_nodes=6, most_edges=9):
    count = draw(st.integers(2, most_nodes))
    node = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(node, node), max_size=most_edges))
    edge_down = draw(st.lists(DOWN, min_size=len(edges), max_size=len(edges)))
    node_down = [0.0, *draw(st.lists(DOWN, min_size=count - 1, max_size=count - 1))]
    graph = build_graph(count, [a for a, _ in edges], [b for _, b in edges], [0] * len(edges))
    return graph, np.array(edge_down), np.array(node_down)


def brute_force(graph, edge_down, node_down, root=0):
    """Sum the probability of every state in which networkx finds a way."""
    parts = [*edge_down, *node_down]
    uncertain = [i for i, down in enumerate(parts) if 0 < down < 1]
    m = graph.edge_count
    found = np.zeros(graph.node_count)
    for state in itertools.product((False, True), repeat=len(uncertain)):
        failed = {i for i, down in enumerate(parts) if down == 1}
        mass = 1.0
        for i, is_down in zip(uncertain, state, strict=True):
            mass *= parts[i] if is_down else 1 - parts[i]
            failed |= {i} if is_down else set()
        alive = nx.Graph()
        alive.add_nodes_from(v for v in range(graph.node_count) if v + m not in failed)
        alive.add_edges_from(
            (int(a), int(b))
            for i, (a, b) in enumerate(zip(graph.start, graph.end, strict=True))
            if i not in failed and int(a) in alive and int(b) in alive
        )
        if root in alive:
            found[list(nx.node_connected_component(alive, root))] += mass
    return found


def agree_with_brute_force(given_network):
    graph, edge_down, node_down = given_network
    truth = brute_force(graph, edge_down, node_down)
    exact = exact_availability(graph, edge_down, node_down, 0)
    assert exact.lower == pytest.approx(truth, abs=1e-12)
    assert (exact.lower == exact.upper).all() and (exact.leftover, exact.depth) == (0, 0)
    for limit in (0, 1):
        narrow = exact_availability(graph, edge_down, node_down, 0, limit)
        assert (narrow.lower <= truth + 1e-12).all() and (truth <= narrow.upper + 1e-12).all()
    gaps = []
    for depth in (1, 2):
        bounds = enumerate_states(graph, edge_down, node_down, 0, depth)
        assert (bounds.lower <= truth + 1e-12).all() and (truth <= bounds.upper + 1e-12).all()
        assert (bounds.upper - bounds.lower <= bounds.leftover + 1e-12).all()
        gaps.append(bounds.leftover)
    assert gaps[1] <= gaps[0] + 1e-12
    drawn = draw_states(graph, edge_down, node_down, 0, samples=2000, seed=3, quantile=6)
    assert (np.abs(drawn.availability - truth) <= drawn.half_width + 1e-12).all()


SMALL = networks(5, 7)


@settings(deadline=None, max_examples=100)
@given(SMALL)
def test_exact_and_bounds_agree_with_all_states(network):
    agree_with_brute_force(network)


@pytest.mark.long
@settings(deadline=None, max_examples=1500)
@given(networks(6, 9))
def test_exact_and_bounds_agree_with_all_states_long(network):
    agree_with_brute_force(network)


@settings(deadline=None, max_examples=100)
@given(networks(9, 16), st.data())
def test_another_span_never_lowers_availability(network, data):
    graph, edge_down, node_down = network
    node = st.integers(0, graph.node_count - 1)
    a, b, down = data.draw(node), data.draw(node), data.draw(DOWN)
    more = build_graph(
        graph.node_count, np.append(graph.start, a), np.append(graph.end, b),
        np.append(graph.cost, 0),
    )  # fmt: skip
    before = exact_availability(graph, edge_down, node_down, 0)
    after = exact_availability(more, np.append(edge_down, down), node_down, 0)
    assert (after.lower >= before.lower - 1e-12).all()


def ladder(rungs):
    """A ladder of two rails, a mesh of narrow frontier."""
    pairs = [(2 * i + k, 2 * i + k + 2) for i in range(rungs - 1) for k in (0, 1)]
    pairs += [(2 * i, 2 * i + 1) for i in range(rungs)]
    return build_graph(2 * rungs, *zip(*pairs, strict=True), [0] * len(pairs))


def test_three_ways_agree_on_a_mesh():
    graph = ladder(20)
    edge_down = np.full(graph.edge_count, 0.002)
    node_down = np.full(graph.node_count, 0.001)
    node_down[0] = 0
    exact = exact_availability(graph, edge_down, node_down, 0)
    bounds = enumerate_states(graph, edge_down, node_down, 0)
    drawn = draw_states(graph, edge_down, node_down, 0, samples=40_000, seed=7, quantile=4.5)
    assert exact.depth == 0
    assert (bounds.lower <= exact.lower).all() and (exact.lower <= bounds.upper).all()
    assert (np.abs(drawn.availability - exact.lower) <= drawn.half_width).all()
    again = draw_states(graph, edge_down, node_down, 0, samples=40_000, seed=7, quantile=4.5)
    assert (again.availability == drawn.availability).all()


def test_a_core_too_wide_is_left_to_enumeration():
    size = 7
    grid = nx.convert_node_labels_to_integers(nx.grid_2d_graph(size, size))
    graph = build_graph(size * size, *zip(*grid.edges, strict=True), [0] * len(grid.edges))
    edge_down = np.full(graph.edge_count, 1e-4)
    node_down = np.zeros(graph.node_count)
    bounded = exact_availability(graph, edge_down, node_down, 24, limit=50)
    whole = exact_availability(graph, edge_down, node_down, 24)
    assert (bounded.depth, whole.depth) == (2, 0) and 0 < bounded.leftover < 1e-6
    tiny = 1e-12  # of rounding
    assert (bounded.lower <= whole.lower + tiny).all()
    assert (whole.lower <= bounded.upper + tiny).all()


def test_the_sweep_refuses_more_states_than_allowed_and_keeps_narrow():
    edges = [(a, b) for a in range(7) for b in range(a)]
    core = Core(np.full((6, 1), 0.5), edges, np.full((len(edges), 1), 0.5), np.ones((7, 1)) / 2)
    with pytest.raises(TooWide):
        connected(core, 5)
    assert 0.5 < connected(core)[0] < 1
    assert sweep_order(4, [(0, 1), (1, 2), (2, 3), (3, 4)]) == [3, 2, 1, 0]
