"""Pairs that share no risk, against all pairs of paths of small graphs."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.survival.disjoint import PairFinder
from app.planning.survival.restriction import Chain, additions, chains
from app.planning.survival.riskpair import (
    OBJECT_WEIGHT_M,
    SAME_FACTOR,
    SHARE_EUR,
    Question,
    Rule,
    solve,
)


def paths(graph, node, root):
    """Return all simple paths as tuples of edges."""
    at = {}
    for e, (a, b) in enumerate(zip(graph.start.tolist(), graph.end.tolist(), strict=True)):
        at.setdefault(a, []).append((e, b))
        at.setdefault(b, []).append((e, a))
    found = []

    def go_on(place, seen, path):
        if place == root:
            found.append(tuple(path))
            return
        for e, other in at.get(place, ()):
            if other not in seen:
                go_on(other, seen | {other}, [*path, e])

    go_on(node, {node}, [])
    return found


def inner(graph, path, node):
    nodes, at = set(), node
    for e in path:
        at = int(graph.start[e] + graph.end[e] - at)
        nodes.add(at)
    return nodes


def breaches(graph, one, other, groups, by_node):
    """Return what two paths share, as weights."""
    shared = [SAME_FACTOR * (OBJECT_WEIGHT_M + 1) for _ in set(one) & set(other)]
    if by_node:
        both = inner(graph, one, 1) & inner(graph, other, 1) - {0}
        shared += [SAME_FACTOR * OBJECT_WEIGHT_M] * len(both)
    shared += [OBJECT_WEIGHT_M for group in groups if group & set(one) and group & set(other)]
    return shared


def question(graph, groups, by_node, must=()):
    def rules(one, other):
        for group in groups:
            if group & set(one) and group & set(other):
                yield Rule(tuple(sorted(group)), OBJECT_WEIGHT_M)

    lines = [
        Chain(int(a), int(b), (e,), int(c))
        for e, (a, b, c) in enumerate(zip(graph.start, graph.end, graph.cost, strict=True))
    ]
    nodes = range(2, graph.node_count) if by_node else ()
    cost = [float(c) for c in graph.cost]
    return Question(lines, cost, [1.0] * len(lines), 1, 0, frozenset(nodes), rules, must)


def world(seed, nodes=6, edges=10):
    random = np.random.default_rng(seed)
    start = random.integers(0, nodes, edges)
    end = (start + 1 + random.integers(0, nodes - 1, edges)) % nodes
    graph = build_graph(nodes, start, end, random.integers(0, 20, edges))
    groups = [
        frozenset(random.choice(edges, 1 + random.integers(1, 4), replace=False).tolist())
        for _ in range(random.integers(0, 5))
    ]
    return graph, groups


def check(seed, by_node):
    graph, groups = world(seed)
    every = paths(graph, 1, 0)
    pairs = list(itertools.combinations_with_replacement(every, 2))
    strict = [
        int(graph.cost[[*a, *b]].sum())
        for a, b in pairs
        if not breaches(graph, a, b, groups, by_node)
    ]
    answer = solve(question(graph, groups, by_node))
    assert answer.is_proven
    assert (answer.routes is None) == (not strict)
    if strict:
        assert answer.cost_eur == pytest.approx(min(strict))
        assert answer.bound_eur == pytest.approx(min(strict))
        assert not breaches(graph, *answer.routes, groups, by_node)
    elif every:
        soft = solve(question(graph, groups, by_node), is_soft=True)
        best = min(sum(breaches(graph, a, b, groups, by_node)) for a, b in pairs)
        assert sum(breaches(graph, *soft.routes, groups, by_node)) <= best + 1e-3
        assert soft.sharing == pytest.approx(best, abs=200 / SHARE_EUR)


@pytest.mark.parametrize("by_node", [False, True])
@pytest.mark.parametrize("block", range(4))
def test_pairs_without_common_risk_are_those_of_brute_force(by_node, block):
    for seed in range(20 * block, 20 * block + 20):
        check(seed, by_node)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(st.integers(1000, 10**9), st.booleans())
def test_many_pairs_without_common_risk_are_those_of_brute_force(seed, by_node):
    check(seed, by_node)


def test_a_pair_passes_what_it_must_without_idle_loops():
    # 1-2-0 and 1-3-0 are cheap; 4-5-6 is a loop of no cost, hung on 1 by two dear edges.
    ends = [(1, 2), (2, 0), (1, 3), (3, 0), (4, 5), (5, 6), (6, 4), (1, 4), (5, 0)]
    cost = [1, 1, 1, 1, 0, 0, 0, 50, 50]
    graph = build_graph(7, *zip(*ends, strict=True), cost)
    free = solve(question(graph, [], by_node=True))
    assert free.cost_eur == 4
    forced = solve(question(graph, [], by_node=True, must=(frozenset({5}),)))
    assert forced.cost_eur == 102
    assert any(5 in route for route in forced.routes)


@given(st.integers(0, 10**9))
@settings(deadline=None, max_examples=100)
def test_what_an_edge_adds_is_never_told_too_high(seed):
    graph, _ = world(seed, 6, 11)
    finder = PairFinder(graph, 0, node_disjoint=False)
    pair = finder.pair(1)
    if pair is None or not pair.protection:
        return
    added = additions(finder, 1, pair)
    for a, b in itertools.combinations(paths(graph, 1, 0), 2):
        if not set(a) & set(b):
            cost = int(graph.cost[[*a, *b]].sum())
            assert all(pair.cost + added[edge] <= cost for edge in (*a, *b))


def test_chains_skip_what_is_merely_passed_and_lose_dead_ends():
    ends = [(0, 1), (1, 2), (2, 3), (3, 0), (2, 4), (4, 5), (3, 6), (6, 7)]
    graph = build_graph(8, *zip(*ends, strict=True), [1, 2, 3, 4, 5, 6, 7, 8])
    found = chains(graph, np.arange(8), {0, 5})
    assert sorted((chain.cost, chain.edges) for chain in found) == [
        (3, (0, 1)), (7, (3, 2)), (11, (4, 5)),
    ]  # fmt: skip
