"""Pairs that share no risk, cheap together: against brute force over all choices of pairs."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.survival.together import Together, Two, union

ROOT = 0


def world(seed, nodes=6, edges=10):
    """Return a small graph, groups of edges that fail together, and two or three sites."""
    random = np.random.default_rng(seed)
    start = random.integers(0, nodes, edges)
    end = (start + 1 + random.integers(0, nodes - 1, edges)) % nodes
    graph = build_graph(nodes, start, end, random.integers(0, 20, edges))
    groups = [
        frozenset(random.choice(edges, 1 + random.integers(1, 3), replace=False).tolist())
        for _ in range(random.integers(0, 5))
    ]
    sites = sorted(random.choice(np.arange(1, nodes), random.integers(2, 4), replace=False))
    return graph, groups, [int(site) for site in sites]


def pairs_of(graph, groups, site):
    """Return all pairs of paths of a site that share no edge and no group."""
    network = nx.MultiGraph()
    network.add_nodes_from(range(graph.node_count))
    for edge, ends in enumerate(zip(graph.start.tolist(), graph.end.tolist(), strict=True)):
        network.add_edge(*ends, key=edge)
    ways = [
        tuple(edge for _, _, edge in path) for path in nx.all_simple_edge_paths(network, site, ROOT)
    ]
    return [
        Two(one, other)
        for one, other in itertools.combinations(sorted(set(ways)), 2)
        if not set(one) & set(other)
        and not any(group & set(one) and group & set(other) for group in groups)
    ]


def survives(graph, groups, site, edges):
    """Whether the site reaches the root when any one edge or group of those built fails."""
    every = [frozenset({edge}) for edge in edges] + groups
    for group in every:
        left = nx.Graph()
        left.add_nodes_from((site, ROOT))
        left.add_edges_from(
            (int(graph.start[edge]), int(graph.end[edge])) for edge in edges - group
        )
        if not nx.has_path(left, site, ROOT):
            return False
    return True


def price(graph, edges):
    return int(graph.cost[sorted(edges)].sum())


def finder(graph, possible):
    """Return a function that finds the cheapest of the pairs that are possible."""

    def find(site, free, within):
        fitting = [p for p in possible[site] if within is None or p.edges <= within]
        return min(
            fitting, key=lambda p: (price(graph, p.edges - free), p.one, p.other), default=None
        )

    return find


def check(seed):
    graph, groups, sites = world(seed)
    possible = {site: pairs_of(graph, groups, site) for site in sites}
    possible = {site: pairs for site, pairs in possible.items() if pairs}

    find = finder(graph, possible)
    start = {site: find(site, frozenset(), None) for site in possible}
    together = Together(graph, ROOT, find, lambda: False)
    found = together.improved(start)
    assert set(found) == set(possible)
    built = union(found.values())
    for site, pair in found.items():
        assert pair in possible[site]
        assert survives(graph, groups, site, built)
    least = min(
        (price(graph, union(choice)) for choice in itertools.product(*possible.values())), default=0
    )
    alone, cost = price(graph, union(start.values())), price(graph, built)
    assert least <= cost <= alone
    assert price(graph, union(together.improved(found).values())) == cost
    return cost, least, alone


@pytest.mark.parametrize("block", range(4))
def test_pairs_together_cost_no_less_than_the_optimum_and_no_more_than_alone(block):
    costs = np.array([check(seed) for seed in range(25 * block, 25 * block + 25)])
    built, least, alone = costs.sum(axis=0)
    assert built <= least + 0.5 * (alone - least)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(st.integers(1000, 10**9))
def test_many_pairs_together_stay_between_optimum_and_alone(seed):
    check(seed)


def test_two_sites_beside_each_other_share_a_ring():
    # Alone each builds a ring of its own, 24 together; with edges 5 and 6 one ring does for both.
    ends = [(0, 1), (0, 2), (1, 2), (2, 3), (1, 3), (0, 3), (0, 3)]
    graph = build_graph(4, *zip(*ends, strict=True), [5, 5, 2, 2, 2, 6, 6])
    possible = {site: pairs_of(graph, [], site) for site in (1, 3)}
    found = Together(graph, ROOT, finder(graph, possible), lambda: False).improved(
        {1: Two((0,), (2, 1)), 3: Two((5,), (6,))}
    )
    assert price(graph, union(found.values())) <= 18


def test_nothing_changes_when_time_is_up():
    graph, _, sites = world(7)
    start = {site: Two((0,), (1,)) for site in sites}
    assert Together(graph, ROOT, finder(graph, {}), lambda: True).improved(start) == start
