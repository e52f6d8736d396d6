"""Bounds found by cases: the check accepts what is true, and nothing that was tampered with."""

import math
from dataclasses import replace

import numpy as np
import pytest

from app.planning.arrays import build_graph
from app.planning.tree import casebook
from app.planning.tree.casebook import Casebook
from app.planning.tree.cases import finish
from app.planning.tree.kernel import reduced, whole
from app.planning.tree.treesearch import Clock, TreeSearch
from benchmarks.checks import is_proven_by_cases


def cube(seed, low, high):
    """Return a cube of four dimensions and every other corner: far from its simple bounds."""
    random = np.random.default_rng(seed)
    pairs = [(v, v ^ (1 << bit)) for v in range(16) for bit in range(4) if not v >> bit & 1]
    start, end = zip(*pairs, strict=True)
    graph = build_graph(16, start, end, random.integers(low, high, len(pairs)))
    return graph, [v for v in range(16) if v.bit_count() % 2 == 0]


def by_cases(graph, terminals, seed):
    kernel = reduced(whole(graph, np.array(terminals, dtype=np.int32)))
    random = np.random.default_rng(seed)
    search = TreeSearch(kernel, graph.edge_count, random, Clock(math.inf), 0.0)
    search.begin()
    book = Casebook()
    finish(search, 0.0, book=book)
    return search, book


def check(seed, optimum):
    low, high = ((1, 2), (10, 13), (0, 3), (100, 200))[seed % 4]
    graph, terminals = cube(seed, low, high)
    search, book = by_cases(graph, terminals, seed)
    exact = optimum(graph, terminals)
    assert search.cost == search.bound == exact
    proofs = book.proofs()
    if proofs:
        assert is_proven_by_cases(graph, proofs, terminals, exact)
    return len(proofs)


def test_cases_prove_the_optimum(tried_optimum):
    counts = [check(seed, tried_optimum) for seed in range(12)]
    assert max(counts) > 2


@pytest.mark.long
def test_cases_of_many_graphs_prove_the_optimum(tried_optimum):
    for seed in range(12, 1_012):
        check(seed, tried_optimum)


def test_a_proof_with_a_case_left_out_or_prices_too_high_proves_nothing(tried_optimum):
    graph, terminals = cube(0, 1, 2)
    search, book = by_cases(graph, terminals, 0)
    proofs = book.proofs()
    assert is_proven_by_cases(graph, proofs, terminals, search.cost)
    deepest = max(proofs, key=lambda case: len(case.decisions))
    rest = [case for case in proofs if case is not deepest]
    assert not is_proven_by_cases(graph, rest, terminals, search.cost)
    first = proofs[0].proof
    raised = first.prices.copy()
    raised[:, 1] += 1
    false = replace(proofs[0], proof=replace(first, prices=raised))
    assert not is_proven_by_cases(graph, [false], terminals, search.cost)


def test_a_proof_that_grows_too_large_is_dropped(monkeypatch):
    monkeypatch.setattr(casebook, "_MOST_BYTES", 5_000)
    graph, terminals = cube(0, 1, 2)
    search, book = by_cases(graph, terminals, 0)
    assert search.is_proven
    assert book.is_dropped and not book.proofs()
