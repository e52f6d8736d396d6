"""The survivable engine against an independent program, brute force and networkx."""

import time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from app.model.errors import Cancelled
from app.planning.arrays import build_graph
from app.planning.survivable.check import Demand, failing
from app.planning.survivable.engine import solve
from app.planning.survivable.kernels import lean
from app.planning.survivable.pathbound import PathBound


def failures(graph, level, root, site):
    """Return what may fail: no edge or one, and no node or one."""
    yield None, None
    for edge in range(graph.edge_count):
        yield edge, None
    if level == "node":
        for node in sorted({*graph.start.tolist(), *graph.end.tolist()} - {root, site}):
            yield None, node


def survives(graph, edges, level, root, site, need, closed=()):
    """Say by networkx whether a site keeps a way to the root whatever fails."""
    cases = failures(graph, level, root, site) if need == 2 else [(None, None)]
    for edge, node in cases:
        left = nx.MultiGraph()
        left.add_nodes_from((root, site))
        shut = set(closed) - {site} | {node}
        ends = [(int(graph.start[e]), int(graph.end[e])) for e in edges if e != edge]
        left.add_edges_from(pair for pair in ends if not shut & set(pair))
        if not nx.has_path(left, root, site):
            return False
    return True


def cheapest(graph, needs, root, level, closed=()):
    """Return the cost of the cheapest network by a program with one flow for each failure."""
    n, m = graph.node_count, graph.edge_count
    rows, low, high = [], [], []
    flows = 0
    for site, need in sorted(needs.items()):
        for edge, node in failures(graph, level, root, site) if need == 2 else [(None, None)]:
            shut = set(closed) - {site} | {node}
            usable = [
                e for e in range(m)
                if e != edge and not shut & {int(graph.start[e]), int(graph.end[e])}
            ]  # fmt: skip
            balance = np.zeros((n, 2 * m))
            for e in usable:
                a, b = int(graph.start[e]), int(graph.end[e])
                for column, tail, head in ((e, a, b), (m + e, b, a)):
                    balance[tail, column] += 1
                    balance[head, column] -= 1
            wanted = np.zeros(n)
            wanted[root], wanted[site] = 1, -1
            rows.append((flows, balance, np.zeros((n, m))))
            low.append(wanted)
            high.append(wanted)
            caps = np.hstack((np.eye(m), np.eye(m)))
            rows.append((flows, caps, -np.eye(m)))
            low.append(np.full(m, -np.inf))
            high.append(np.zeros(m))
            flows += 1
    width = m + 2 * m * flows
    matrix = np.zeros((sum(len(own) for _, own, _ in rows), width))
    at = 0
    for flow, own, first in rows:
        matrix[at : at + len(own), :m] = first
        matrix[at : at + len(own), m + 2 * m * flow : m + 2 * m * (flow + 1)] = own
        at += len(own)
    cost = np.concatenate((graph.cost, np.zeros(width - m)))
    found = milp(
        cost, constraints=LinearConstraint(matrix, np.concatenate(low), np.concatenate(high)),
        bounds=Bounds(0, 1), integrality=(np.arange(width) < m).astype(int),
    )  # fmt: skip
    return None if found.x is None else round(found.fun)


def case_of(seed, nodes=(3, 7), edges=(3, 11)):
    """Draw a graph with parallel edges, loops and zero costs, needs and what is closed."""
    random = np.random.default_rng(seed)
    n, m = int(random.integers(*nodes)), int(random.integers(*edges))
    graph = build_graph(
        n, random.integers(0, n, m), random.integers(0, n, m), random.integers(0, 20, m)
    )
    sites = random.permutation(np.arange(1, n))[: int(random.integers(1, n))].tolist()
    needs = {site: int(random.integers(1, 3)) for site in sites}
    closed = sites[: len(sites) // 2] if seed % 3 == 0 else []
    return graph, needs, closed


def check_against_program(seed, level):
    graph, needs, closed = case_of(seed)
    every = range(graph.edge_count)
    solution = solve(graph, needs, 0, level=level, closed=closed, is_partial=False)
    edges = solution.edges.tolist()
    asked = {}
    blocked = {item.site for item in solution.unprotected}
    for site, need in needs.items():
        if not survives(graph, every, "edge", 0, site, 1, closed):
            assert site in solution.unreached
            continue
        assert site not in solution.unreached
        possible = survives(graph, every, level, 0, site, need, closed)
        assert possible == (site not in blocked)
        asked[site] = need if possible else 1
        assert survives(graph, edges, level, 0, site, asked[site], closed)
    assert solution.cost == int(graph.cost[edges].sum())
    optimum = cheapest(graph, asked, 0, level, closed) if asked else 0
    assert solution.lower_bound <= optimum == solution.cost


@pytest.mark.parametrize("level", ["edge", "node"])
@settings(deadline=None, max_examples=100)
@given(seed=st.integers(0, 10**6))
def test_small_networks_cost_what_an_independent_program_says(level, seed):
    check_against_program(seed, level)


@pytest.mark.long
@pytest.mark.parametrize("level", ["edge", "node"])
@pytest.mark.parametrize("block", range(20))
def test_many_small_networks_cost_what_an_independent_program_says(level, block):
    for seed in range(10**7 + 50 * block, 10**7 + 50 * block + 50):
        check_against_program(seed, level)


def street_grid(size, seed):
    """Return a grid with uneven blocks and some streets missing."""
    random = np.random.default_rng(seed)
    number = np.arange(size * size).reshape(size, size)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    kept = random.random(len(start)) > 0.1
    cost = random.integers(400, 1400, len(start))
    return build_graph(size * size, start[kept], end[kept], cost[kept])


@pytest.mark.parametrize("level", ["edge", "node"])
def test_streets_are_closed_to_a_small_gap_and_checked_by_networkx(level):
    graph = street_grid(25, 4)
    sites = np.random.default_rng(7).permutation(625)[:13].tolist()
    root, needs = sites[0], dict.fromkeys(sites[1:], 2)
    solution = solve(graph, needs, root, level=level, time_limit_s=4.0, gap=0.03)
    assert solution.gap <= (0.03 if level == "edge" else 0.06)
    blocked = {item.site for item in solution.unprotected}
    chosen = build_graph(
        graph.node_count, graph.start[solution.edges], graph.end[solution.edges],
        graph.cost[solution.edges],
    )  # fmt: skip
    for site in needs:
        if site not in blocked:
            assert survives(chosen, range(chosen.edge_count), level, root, site, 2)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10**6))
def test_the_bound_on_ways_is_never_above_the_cheapest_network(seed):
    graph, needs, _ = case_of(seed, (4, 8), (6, 14))
    sites = np.array(sorted(needs), dtype=np.int32)
    demand = Demand(
        0, sites, np.array([needs[site] for site in sites.tolist()], dtype=np.int32),
        np.zeros(len(sites), dtype=np.bool_), np.zeros(graph.node_count, dtype=np.bool_),
    )  # fmt: skip
    demand = demand.only(~failing(graph, np.ones(graph.edge_count, dtype=np.bool_), demand))
    if not len(demand.sites):
        return
    kernel, inner = lean(graph, demand)
    ways = PathBound(kernel.graph, inner, int(graph.cost.sum()))
    while ways.round():
        pass
    asked = dict(zip(demand.sites.tolist(), demand.need.tolist(), strict=True))
    optimum = cheapest(graph, asked, 0, "edge")
    assert ways.bound <= optimum
    # An edge in a cheapest network is never said to make it dearer than it is.
    found = solve(graph, asked, 0)
    inside = kernel.mask_of(np.isin(np.arange(graph.edge_count), found.edges))
    assert (ways.bound + ways.excess()[inside] <= optimum).all()


def test_a_site_behind_a_bridge_is_named_with_it_and_kept_safe_from_all_else():
    # A ring 0-1-2, a bridge 2-3, and a ring 3-4-5 with the site.
    graph = build_graph(6, [0, 1, 2, 2, 3, 4, 5], [1, 2, 0, 3, 4, 5, 3], [1, 1, 1, 5, 1, 1, 1])
    solution = solve(graph, {4: 2}, 0)
    (blocked,) = solution.unprotected
    assert (blocked.site, blocked.bridges) == (4, (3,))
    assert solution.edges.tolist() == list(range(7))
    assert solution.gap == 0
    cut = solve(graph, {4: 2}, 0, level="node").unprotected[0]
    assert set(cut.cut_nodes) == {2, 3}
    single = solve(graph, {4: 2}, 0, is_partial=False)
    assert (single.cost, single.unprotected[0].bridges) == (7, (3,))


def test_equal_seeds_give_equal_networks():
    graph = street_grid(18, 2)
    needs = dict.fromkeys([17, 100, 200, 320], 2)
    first, second = (solve(graph, needs, 0, seed=3, time_limit_s=20) for _ in range(2))
    assert first.edges.tolist() == second.edges.tolist()
    assert first.lower_bound == second.lower_bound


def test_time_limits_and_cancelling_are_honoured():
    graph = street_grid(40, 1)
    needs = dict.fromkeys(np.random.default_rng(0).permutation(1599)[:60] + 1, 2)
    begun = time.process_time()
    solution = solve(graph, {int(k): v for k, v in needs.items()}, 0, time_limit_s=0.5)
    assert time.process_time() - begun < 5
    assert solution.lower_bound <= solution.cost

    def stop(fraction, message=None):
        if fraction > 0.06:
            raise Cancelled

    with pytest.raises(Cancelled):
        solve(graph, {int(k): v for k, v in needs.items()}, 0, progress=stop, time_limit_s=5)


def test_a_known_network_is_never_made_dearer():
    graph = street_grid(15, 9)
    needs = dict.fromkeys([30, 90, 150, 210], 2)
    good = solve(graph, needs, 0)
    again = solve(graph, needs, 0, known=good.edges.tolist(), time_limit_s=0.0)
    assert again.cost <= good.cost


def test_many_sites_have_a_bound_however_little_time_there_is():
    """With no time for anything better, the cheapest tree bounds the network from below."""
    size = 20
    number = np.arange(size * size).reshape(size, size)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    random = np.random.default_rng(2)
    graph = build_graph(size * size, start, end, random.integers(50, 150, len(start)))
    sites = random.permutation(np.arange(1, size * size))[:60].tolist()
    closed = sites[:30]  # the program on ways does not close with these
    found = solve(graph, dict.fromkeys(sites, 2), 0, time_limit_s=0.3, closed=closed)
    assert 0.5 * found.cost < found.lower_bound <= found.cost
