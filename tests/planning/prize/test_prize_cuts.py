"""Linear programming: needed where dual ascent and cases do not close the gap."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.arrays import build_graph
from app.planning.prize import solve
from app.planning.prize.collecting import started
from app.planning.prize.prizecuts import tighten
from app.planning.prize.prizekernel import prize_kernel
from app.planning.tree.treesearch import Clock


def search_of(graph, prizes, must=()):
    whole = prize_kernel(graph, np.array(prizes), 0, np.array(must, dtype=np.int32))
    return started(whole, graph.edge_count, Clock(math.inf), time.monotonic(), 0)


def hypercube(size, seed):
    random = np.random.default_rng(seed)
    pairs = [(a, a ^ 1 << i) for a in range(1 << size) for i in range(size) if a < a ^ 1 << i]
    graph = build_graph(1 << size, *zip(*pairs, strict=True), random.integers(90, 121, len(pairs)))
    even = np.array([a.bit_count() % 2 == 0 for a in range(1 << size)])
    return graph, np.where(even, random.integers(50, 160, 1 << size), 0)


@pytest.mark.parametrize("seed", range(3))
def test_cuts_raise_the_bound_and_never_beyond_the_optimum(seed):
    graph, prizes = hypercube(5, seed)
    search = search_of(graph, prizes)
    search.bound = 0
    tighten(search, math.inf, 0.0)
    best = solve(graph, prizes, 0)
    assert best.gap == 0
    assert 0.99 * best.cost <= search.bound <= best.cost <= search.cost


@st.composite
def problems(draw):
    count = draw(st.integers(3, 12))
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    edges = draw(st.integers(count, 4 * count))
    graph = build_graph(
        count, random.integers(0, count, edges), random.integers(0, count, edges),
        random.integers(0, draw(st.sampled_from([3, 50, 10**9])), edges),
    )  # fmt: skip
    top = int(graph.cost.max()) + 1
    return graph, random.integers(0, top, count) * (random.random(count) < 0.6)


def check(problem):
    graph, prizes = problem
    search = search_of(graph, prizes)
    # As if nothing were known: cuts alone have to find bound and tree.
    search.bound = 0
    tighten(search, math.inf, 0.0)
    best = solve(graph, prizes, 0)
    assert best.gap == 0
    assert search.bound <= best.cost <= search.cost


@settings(deadline=None, max_examples=100)
@given(problems())
def test_bounds_by_cuts_hold_on_any_graph(problem):
    check(problem)


@pytest.mark.long
@settings(deadline=None, max_examples=1_000)
@given(problems())
def test_many_bounds_by_cuts_hold(problem):
    check(problem)
