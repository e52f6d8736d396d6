import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph, components
from app.planning.explain.pricing import (
    LIKELY,
    ONLY_WAY,
    REPLACEABLE,
    Deadline,
    section_price,
    section_prices,
    site_prices,
    tree_sections,
)
from app.planning.explain.variants import TreeProblem, without_edges, without_terminal
from app.planning.tree.steiner import solve


def cheapest(graph, nodes, banned=()):
    """Cost of the cheapest tree that joins ``nodes`` (Dreyfus and Wagner), None without one."""
    n = graph.node_count
    way = np.full((n, n), np.inf)
    np.fill_diagonal(way, 0)
    for edge in range(graph.edge_count):
        if edge not in banned:
            a, b = graph.start[edge], graph.end[edge]
            way[a, b] = way[b, a] = min(way[a, b], graph.cost[edge])
    for k in range(n):
        way = np.minimum(way, way[:, k : k + 1] + way[k : k + 1])
    nodes = sorted(set(nodes))
    table = {(node,): way[node] for node in nodes}
    for size in range(2, len(nodes) + 1):
        for group in itertools.combinations(nodes, size):
            best = np.full(n, np.inf)
            for few in range(1, size // 2 + 1):
                for part in itertools.combinations(group, few):
                    rest = tuple(node for node in group if node not in part)
                    best = np.minimum(best, table[part] + table[rest])
            table[group] = (best[None, :] + way).min(axis=1)
    found = table[tuple(nodes)].min()
    return None if np.isinf(found) else int(found)


@st.composite
def problems(draw, most=8):
    """A connected problem with the tree that the engine finds, at times made worse."""
    count = draw(st.integers(2, most))
    node = st.integers(0, count - 1)
    spine = [(draw(st.integers(0, v - 1)), v, draw(st.integers(0, 9))) for v in range(1, count)]
    more = draw(st.lists(st.tuples(node, node, st.integers(0, 9)), max_size=2 * most))
    edges = draw(st.permutations(spine + more))
    graph = build_graph(count, *(np.array([e[i] for e in edges], dtype=int) for i in range(3)))
    terminals = sorted(draw(st.sets(st.integers(1, count - 1), min_size=1, max_size=4)))
    costs = graph
    if draw(st.booleans()):  # as if planned for other prices
        other = draw(st.lists(st.integers(0, 9), min_size=len(edges), max_size=len(edges)))
        costs = build_graph(count, graph.start, graph.end, other)
    tree = solve(costs, terminals, 0, time_limit_s=1.0).edges
    return TreeProblem(graph, 0, np.array(terminals, dtype=np.int32), tree)


def is_tree(problem, edges, nodes):
    g = problem.graph
    label = components(g.node_count, g.start[edges], g.end[edges])
    joined = len({int(label[node]) for node in nodes}) == 1
    return joined and g.node_count - (label.max() + 1) == len(edges)


def check_terminals(problem):
    assert problem.bound <= cheapest(problem.graph, problem.joined.tolist())
    for price in site_prices(problem, Deadline(5)):
        found = without_terminal(problem, price.terminal)
        rest = [node for node in problem.joined.tolist() if node != price.terminal]
        best = cheapest(problem.graph, rest)
        assert found.bound <= best <= found.cost
        assert problem.graph.cost[found.edges].sum() == found.cost
        assert is_tree(problem, found.edges, rest)
        assert price.saving == problem.cost - found.cost
        assert price.saving <= problem.cost - best <= price.most
        assert price.saving >= price.alone
        whole = cheapest(problem.graph, problem.joined.tolist())
        assert whole - best <= problem.link_cost[price.terminal]


def check_sections(problem, tolerance):
    sections = tree_sections(problem)
    assert sorted(np.concatenate([[], *sections]).astype(int)) == problem.tree.tolist()
    limit = int(problem.cost * (1 + tolerance))
    prices = section_prices(problem, sections, tolerance, Deadline(5))
    for section, price in zip(sections, prices, strict=True):
        best = cheapest(problem.graph, problem.joined.tolist(), set(section.tolist()))
        assert (best is None) == (price.extra is None) == bool(price.variant.lost)
        if best is None:
            assert price.state == ONLY_WAY
            continue
        assert price.least <= best - problem.cost <= price.extra
        assert not set(section.tolist()) & set(price.variant.edges.tolist())
        assert is_tree(problem, price.variant.edges, problem.joined.tolist())
        if price.state != LIKELY:
            assert (price.state == REPLACEABLE) == (best <= limit)
        closer = section_price(problem, section, tolerance, search_s=0.5)
        assert closer.extra == best - problem.cost
        assert closer.least <= closer.extra <= price.extra


@settings(deadline=None, max_examples=40)
@given(problems())
def test_prices_of_sites_hold_against_the_cheapest_trees(problem):
    check_terminals(problem)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(problems(10))
def test_prices_of_sites_hold_against_the_cheapest_trees_often(problem):
    check_terminals(problem)


@settings(deadline=None, max_examples=25)
@given(problems(), st.sampled_from([0.0, 0.01, 0.3]))
def test_prices_of_sections_hold_against_the_cheapest_trees(problem, tolerance):
    check_sections(problem, tolerance)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(problems(10), st.sampled_from([0.0, 0.01, 0.3]))
def test_prices_of_sections_hold_against_the_cheapest_trees_often(problem, tolerance):
    check_sections(problem, tolerance)


def test_a_section_beside_a_dearer_parallel_one_costs_the_difference():
    graph = build_graph(3, [0, 1, 1], [1, 2, 2], [5, 10, 14])
    problem = TreeProblem(graph, 0, np.array([2], dtype=np.int32), np.array([0, 1]))
    found = without_edges(problem, np.array([1]))
    assert (found.cost, found.bound, found.edges.tolist()) == (19, 19, [0, 2])


def test_without_a_bridge_the_sites_beyond_are_lost_and_named():
    graph = build_graph(4, [0, 1, 1], [1, 2, 3], [5, 10, 14])
    problem = TreeProblem(graph, 0, np.array([2, 3], dtype=np.int32), np.array([0, 1, 2]))
    assert without_edges(problem, np.array([2])).lost == (3,)
    assert without_edges(problem, np.array([0])).lost == (2, 3)


def test_a_plan_that_is_not_the_cheapest_gives_negative_extra_cost():
    graph = build_graph(2, [0, 0], [1, 1], [5, 10])
    problem = TreeProblem(graph, 0, np.array([1], dtype=np.int32), np.array([1]))
    price = section_price(problem, np.array([1]), 0.0, 0.1)
    assert (price.extra, price.least, price.state) == (-5, -5, REPLACEABLE)
