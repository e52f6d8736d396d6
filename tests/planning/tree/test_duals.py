"""Shares of the costs, lifted by moves and carried over to smaller kernels, on random graphs."""

import itertools

import networkx as nx
import numpy as np
import pytest

from app.planning.arrays import build_graph
from app.planning.tree import reascent
from app.planning.tree.ascent import keepable
from app.planning.tree.besides import beside
from app.planning.tree.carry import carried
from app.planning.tree.kernel import reduced, whole
from app.planning.tree.lifting import Lifting
from app.planning.tree.reascent import Reascent, first_dual
from app.planning.tree.shortcuts import without_shortcuts
from app.planning.tree.steiner import solve

COSTS = ([0, 1, 2, 3], [5], [1, 2, 4, 8, 16, 32], list(range(100, 140)), [0, 0, 1, 10**9])


def draw_case(seed):
    """Return a connected graph with parallel edges and loops, and its terminals."""
    random = np.random.default_rng(seed)
    count = int(random.integers(3, 10))
    extra = int(random.integers(0, 14))
    start = [int(random.integers(node)) for node in range(1, count)]
    start += random.integers(count, size=extra).tolist()
    end = [*range(1, count), *random.integers(count, size=extra).tolist()]
    cost = random.choice(COSTS[seed % len(COSTS)], size=len(start))
    terminals = np.sort(random.permutation(count)[: int(random.integers(2, count + 1))])
    return build_graph(count, start, end, cost), terminals.astype(np.int32)


def optimum(graph, terminals):
    """Try every set of further nodes."""
    reference = nx.Graph()
    reference.add_nodes_from(range(graph.node_count))
    ends = (graph.start.tolist(), graph.end.tolist(), graph.cost.tolist())
    for a, b, cost in zip(*ends, strict=True):
        if a != b and cost < reference.get_edge_data(a, b, {"weight": cost + 1})["weight"]:
            reference.add_edge(a, b, weight=cost)
    others = sorted(set(range(graph.node_count)) - set(terminals.tolist()))
    costs = []
    for size in range(len(others) + 1):
        for chosen in itertools.combinations(others, size):
            part = reference.subgraph([*terminals.tolist(), *chosen])
            if nx.is_connected(part):
                costs.append(nx.minimum_spanning_tree(part).size("weight"))
    return min(costs)


def check_dual(graph, dual, exact):
    """Shares never exceed the costs, and no terminal is nearer than its price."""
    terminal, arc, amount = dual.shares()
    left = graph.cost[graph.edge].copy()
    np.subtract.at(left, arc, amount)
    assert (left == dual.reduced).all()
    assert (left >= 0).all() and (amount > 0).all()
    row = np.repeat(np.arange(graph.node_count), np.diff(graph.first))
    for t in np.flatnonzero(dual.field.price).tolist():
        ways = nx.DiGraph()
        ways.add_nodes_from(range(graph.node_count))
        paid = np.zeros(len(arc) and 2 * graph.edge_count, np.int64)
        paid[arc[terminal == t]] = amount[terminal == t]
        for a, share in enumerate(paid.tolist()):
            tail, head = int(graph.neighbour[a]), int(row[a])
            known = ways.get_edge_data(tail, head, {"weight": share})["weight"]
            ways.add_edge(tail, head, weight=min(share, known))
        length = nx.dijkstra_path_length(ways, dual.origin, t)
        assert length >= dual.field.price[t]
    assert 0 <= dual.bound <= exact


def check_lifting(seed):
    graph, terminals = draw_case(seed)
    exact = optimum(graph, terminals)
    for origin in terminals[:2].tolist():
        dual = first_dual(graph, terminals, origin, 1.0 + seed % 3)
        check_dual(graph, dual, exact)
        before = dual.bound
        gained = Reascent(graph, terminals, dual, seed).raise_bound(3_000)
        assert gained >= 0 and dual.bound == before + gained
        check_dual(graph, dual, exact)
        Reascent(graph, terminals, dual, seed).raise_bound(1_000, heat=2.0)
        check_dual(graph, dual, exact)
        kept = np.flatnonzero(keepable(graph, terminals, dual, exact + 1 - dual.bound))
        part = build_graph(graph.node_count, graph.start[kept], graph.end[kept], graph.cost[kept])
        assert optimum(part, terminals) == exact


def check_carrying(seed):
    graph, terminals = draw_case(seed)
    before = whole(graph, terminals)
    dual = first_dual(graph, terminals, int(terminals[0]))
    Reascent(graph, terminals, dual, seed).raise_bound(1_000)
    exact = optimum(graph, terminals)
    kept = keepable(graph, terminals, dual, exact + 1 - dual.bound)
    after = reduced(before, kept)
    smaller = carried(dual, before, after)
    assert smaller.bound == dual.bound
    assert after.node[smaller.origin] == dual.origin
    check_dual(after.graph, smaller, exact)
    again = without_shortcuts(after, draws=False)
    check_dual(again.graph, carried(smaller, after, again), exact)


CHECKS = [check_lifting, check_carrying]


@pytest.mark.parametrize("check", CHECKS)
def test_small_random_graphs(check):
    for seed in range(100):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("block", range(5))
def test_many_small_random_graphs(check, block):
    for seed in range(1000 + 240 * block, 1240 + 240 * block):
        check(seed)


def grid(count, seed):
    random = np.random.default_rng(seed)
    number = np.arange(count * count).reshape(count, count)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    graph = build_graph(count * count, start, end, random.integers(40, 140, len(start)))
    return graph, np.sort(random.permutation(count * count)[:40]).astype(np.int32)


def test_moves_close_most_of_the_gap_on_grids():
    graph, terminals = grid(30, 1)
    plain = first_dual(graph, terminals, int(terminals[0]))
    before = plain.bound
    Reascent(graph, terminals, plain, 1).raise_bound(6_000_000)
    cost = solve(graph, terminals.tolist(), int(terminals[0]), time_limit_s=5).cost
    assert before < plain.bound <= cost
    assert cost - plain.bound <= 0.5 * (cost - before)


def test_a_dual_solution_survives_many_reductions():
    graph, terminals = grid(12, 5)
    terminals = terminals[terminals < 144][:12]
    kernel = whole(graph, terminals)
    dual = first_dual(graph, terminals, int(terminals[0]))
    random = np.random.default_rng(1)
    exact = solve(graph, terminals.tolist(), int(terminals[0]), time_limit_s=5)
    wide = np.zeros(graph.edge_count, dtype=np.bool_)
    wide[exact.edges] = True
    for _ in range(12):
        kept = kernel.mask_of(wide) | (random.random(kernel.graph.edge_count) < 0.93)
        after = reduced(kernel, kept)
        dual = carried(dual, kernel, after)
        kernel = after
        Reascent(kernel.graph, kernel.terminals, dual, 1).raise_bound(3_000)
        check_dual(kernel.graph, dual, exact.cost)
    assert kernel.graph.edge_count < 100


def test_looks_at_the_clock_do_not_change_an_ascent(monkeypatch):
    graph, terminals = grid(15, 4)
    whole_dual = first_dual(graph, terminals, int(terminals[0]))
    monkeypatch.setattr(reascent, "_FIRST_WORK", 50)
    looks = []
    parts = first_dual(graph, terminals, int(terminals[0]), is_over=lambda: bool(looks.append(1)))
    assert len(looks) > 10
    # Stamps of earlier runs are forgotten, so that walks go on a little further at most.
    assert abs(parts.bound - whole_dual.bound) <= 0.01 * whole_dual.bound
    early = first_dual(graph, terminals, int(terminals[0]), is_over=lambda: True)
    assert 0 < early.bound < parts.bound
    assert not early.field.is_waiting.any()


def test_equal_seeds_give_equal_duals():
    graph, terminals = grid(20, 2)
    bounds = []
    for _ in range(2):
        dual = first_dual(graph, terminals, int(terminals[0]))
        Reascent(graph, terminals, dual, 7).raise_bound(1_000_000)
        bounds.append((dual.bound, dual.reduced.tolist()))
    assert bounds[0] == bounds[1]


def test_the_proof_stays_when_a_new_start_is_worse():
    graph, terminals = grid(15, 3)
    lifting = Lifting(np.random.default_rng(0))
    lifting.follow(whole(graph, terminals), lambda: False)
    lifting.lift(3_000_000, 0, lambda: False)
    best = lifting.bound
    # Another kernel with nodes drawn together cannot take the dual solution over.
    other = whole(graph, terminals)
    lifting.follow(reduced(other, np.ones(graph.edge_count, dtype=np.bool_)), lambda: True)
    proof = lifting.proof()
    assert proof.prices[:, 1].sum() >= best
    cost = graph.cost[proof.item]
    path = np.repeat(np.arange(len(proof.offset) - 1), np.diff(proof.offset))
    spent = np.zeros(len(proof.offset) - 1)
    np.add.at(spent, proof.shares[:, 1], proof.shares[:, 3])
    assert (spent <= 2 * np.bincount(path, weights=cost)).all()


def test_work_beside_is_told_to_stop_when_the_body_fails():
    seen = []

    def task(is_over):
        while not is_over():
            pass
        seen.append("stopped")

    with pytest.raises(ValueError, match="body"), beside(task, lambda: False):
        raise ValueError("body")
    assert seen == ["stopped"]


def test_work_beside_is_told_to_stop_when_time_is_up():
    def task(is_over):
        while not is_over():
            pass

    with beside(task, lambda: True):
        pass


def test_failures_of_work_beside_are_not_lost():
    def task(is_over):
        raise ValueError("beside")

    with pytest.raises(ValueError, match="beside"), beside(task, lambda: False):
        pass
