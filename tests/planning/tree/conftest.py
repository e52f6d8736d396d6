"""Answers by other ways, for small graphs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
import pytest

from app.planning.arrays import Graph, build_graph


@pytest.fixture(scope="session")
def simple() -> Callable[[Graph], nx.Graph]:
    """Return a function that leaves loops out, and all but the cheapest of parallel edges."""
    return _simple


def _simple(graph: Graph) -> nx.Graph:
    result: nx.Graph = nx.Graph()
    result.add_nodes_from(range(graph.node_count))
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if a != b and (not result.has_edge(a, b) or result[a][b]["weight"] > cost):
            result.add_edge(a, b, weight=cost)
    return result


@pytest.fixture(scope="session")
def tried_optimum() -> Callable[[Graph, Sequence[int]], int | None]:
    """Return a function that tries every set of further nodes: exact, for tiny graphs."""

    def optimum(graph: Graph, terminals: Sequence[int]) -> int | None:
        reference = _simple(graph)
        others = [node for node in reference if node not in terminals]
        costs = []
        for count in range(len(others) + 1):
            for chosen in itertools.combinations(others, count):
                part = reference.subgraph([*terminals, *chosen])
                if nx.is_connected(part):
                    costs.append(nx.minimum_spanning_tree(part).size("weight"))
        return min(costs, default=None)

    return optimum


@pytest.fixture(scope="session")
def street_grid() -> Callable[..., Graph]:
    """Return a function that draws a square grid with small random costs."""

    def build(seed: int, side: int, top: int = 9) -> Graph:
        random = np.random.default_rng(seed)
        number = np.arange(side * side).reshape(side, side)
        start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
        end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
        return build_graph(side * side, start, end, random.integers(1, top, len(start)))

    return build
