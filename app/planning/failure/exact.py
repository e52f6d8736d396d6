"""Availability of every node at once, exact where the network is not too meshed.

A node is served while it is up and reaches the outside past what failed. Bridges and cut
nodes split the network into blocks that lie in series, so availabilities multiply along them.
Inside a block, chains of nodes with two neighbours are series of parts and are drawn together;
what remains, a handful of branching points, is swept exactly (`app.planning.failure.frontier`).
A block that is too meshed for this is enumerated, and the answer is an interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import FloatArray, Graph, IndexArray, IntArray, build_graph
from app.planning.failure.enumeration import Bounds, enumerate_states
from app.planning.failure.frontier import STATE_LIMIT, Core, TooWide, connected
from app.planning.survival.lowpoint import walk

_AT_ONCE = 512
"""Questions swept together, which bounds the memory."""


def exact_availability(
    graph: Graph,
    edge_down: FloatArray,
    node_down: FloatArray,
    root: int,
    limit: int = STATE_LIMIT,
) -> Bounds:
    """Return the share of time in which each node is up and reaches ``root``.

    Parameters
    ----------
    edge_down, node_down
        ``(m,)`` and ``(n,)`` share of time down; failures are independent.
    limit
        States of the sweep; 0 leaves every block that is more than a ring to enumeration.

    Returns
    -------
    Bounds
        ``lower == upper`` and no leftover where everything is exact; ``depth`` is then 0. Else
        depth 2 and the largest leftover of an enumerated block.
    """
    sound = (edge_down < 1.0) & (node_down[graph.start] < 1.0) & (node_down[graph.end] < 1.0)
    kept = np.flatnonzero(sound & (graph.start != graph.end))
    start, end, down = graph.start[kept], graph.end[kept], edge_down[kept]
    part = build_graph(graph.node_count, start, end, np.zeros(len(kept)))
    tour = walk(part, root)
    block = np.asarray(tour.blocks(part), dtype=np.int64)
    lower, upper = np.zeros(part.node_count), np.zeros(part.node_count)
    lower[root] = upper[root] = 1.0 - node_down[root]
    leftover = 0.0
    order = np.argsort(block, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(block[order])) + 1) if len(order) else []
    up = 1.0 - node_down
    for edges in groups:
        ends = np.concatenate((start[edges], end[edges]))
        if not _is_below(tour.entered[ends[0]], tour.entered[root], tour.last[root]):
            continue
        top = int(ends[np.argmin(tour.entered[ends])])
        if len(edges) == 1:
            v = int(ends[0] + ends[1] - top)
            share = (1.0 - down[edges[0]]) * up[v]
            lower[v], upper[v] = lower[top] * share, upper[top] * share
            continue
        inside = _Block(start[edges], end[edges], down[edges], up, top)
        nodes, low, high, left = inside.solve(limit)
        leftover = max(leftover, left)
        lower[nodes] = lower[top] * up[nodes] * low
        upper[nodes] = upper[top] * up[nodes] * high
    return Bounds(lower, upper, leftover, 2 if leftover else 0)


def _is_below(time: int, entered: int, last: int) -> bool:
    return bool(entered <= time <= last)


@dataclass(frozen=True)
class _Chain:
    """Edges in series from branching node ``x`` to ``y`` over ``inner`` nodes."""

    x: int
    y: int
    edges: tuple[int, ...]
    inner: tuple[int, ...]


@dataclass(frozen=True)
class _Question:
    """A node, and how it hangs on branching nodes; ``chain`` is taken out, -1 for none."""

    node: int
    hangs: tuple[tuple[int, float], ...]
    chain: int


class _Block:
    """A largest part without cut nodes, entered at ``top``."""

    def __init__(
        self, start: IndexArray, end: IndexArray, down: FloatArray, up: FloatArray, top: int
    ) -> None:
        self._start, self._end, self._down, self._up, self._top = start, end, down, up, top
        self._at: dict[int, list[int]] = {}
        for edge in range(len(start)):
            self._at.setdefault(int(start[edge]), []).append(edge)
            self._at.setdefault(int(end[edge]), []).append(edge)

    def solve(self, limit: int) -> tuple[IntArray, FloatArray, FloatArray, float]:
        """Return nodes, lower and upper probability that each reaches the top, and leftover.

        Both ends of a question count as up.
        """
        chains = self._chains()
        questions = self._questions(chains)
        nodes = np.array([item.node for item in questions], dtype=np.int64)
        try:
            if not limit and len(chains) > 1:
                raise TooWide
            parts = [
                self._sweep(chains, questions[i : i + _AT_ONCE], max(limit, 1))
                for i in range(0, len(questions), _AT_ONCE)
            ]
        except TooWide:
            return nodes, *self._enumerated(nodes)
        answer = np.concatenate(parts)
        return nodes, answer, answer, 0.0

    def _chains(self) -> list[_Chain]:
        chains: list[_Chain] = []
        used: set[int] = set()
        for x in sorted(v for v, edges in self._at.items() if self._is_branch(v, edges)):
            for edge in self._at[x]:
                if edge not in used:
                    chains.append(self._chain(x, edge, used))
        return chains

    def _is_branch(self, node: int, edges: Sequence[int]) -> bool:
        return node == self._top or len(edges) != 2

    def _chain(self, x: int, edge: int, used: set[int]) -> _Chain:
        edges, inner = [edge], []
        used.add(edge)
        node = self._other(edge, x)
        while not self._is_branch(node, self._at[node]):
            inner.append(node)
            first, second = self._at[node]
            edge = second if first == edge else first
            used.add(edge)
            edges.append(edge)
            node = self._other(edge, node)
        return _Chain(x, node, tuple(edges), tuple(inner))

    def _other(self, edge: int, node: int) -> int:
        return int(self._start[edge]) + int(self._end[edge]) - node

    def _questions(self, chains: Sequence[_Chain]) -> list[_Question]:
        found = [
            _Question(v, ((v, 1.0),), -1)
            for v, edges in sorted(self._at.items())
            if v != self._top and self._is_branch(v, edges)
        ]
        for number, chain in enumerate(chains):
            ahead, behind = self._products(chain), self._products(_reversed(chain))[::-1]
            found += [
                _Question(node, ((chain.x, a), (chain.y, b)), number)
                for node, a, b in zip(chain.inner, ahead, behind, strict=True)
            ]
        return found

    def _products(self, chain: _Chain) -> list[float]:
        """Return for each inner node the probability that it reaches ``x`` along the chain."""
        found, product = [], 1.0
        for edge, node in zip(chain.edges, chain.inner, strict=False):
            product *= 1.0 - float(self._down[edge])
            found.append(product)
            product *= float(self._up[node])
        return found

    def _sweep(
        self, chains: Sequence[_Chain], questions: Sequence[_Question], limit: int
    ) -> FloatArray:
        branches = sorted({v for chain in chains for v in (chain.x, chain.y)} - {self._top})
        row = {v: i for i, v in enumerate(branches)} | {self._top: len(branches)}
        count = len(questions)
        through = [
            float(np.prod(1.0 - self._down[list(c.edges)]) * np.prod(self._up[list(c.inner)]))
            for c in chains
        ]
        edge_up = np.repeat(np.array(through)[:, None], count, axis=1)
        node_up = np.repeat(self._up[branches][:, None], count, axis=1)
        start_up = np.zeros((len(branches) + 1, count))
        for number, question in enumerate(questions):
            if question.chain >= 0:
                edge_up[question.chain, number] = 0.0
            else:
                node_up[row[question.node], number] = 1.0
            for v, share in question.hangs:
                before = start_up[row[v], number]
                start_up[row[v], number] = 1.0 - (1.0 - before) * (1.0 - share)
        edges = [(row[c.x], row[c.y]) for c in chains]
        return connected(Core(node_up, edges, edge_up, start_up), limit)

    def _enumerated(self, nodes: IntArray) -> tuple[FloatArray, FloatArray, float]:
        """Return bounds from states with at most two failures inside the block."""
        members = np.append(nodes, self._top)
        row = {int(v): i for i, v in enumerate(members)}
        graph = build_graph(
            len(members), [row[int(v)] for v in self._start], [row[int(v)] for v in self._end],
            np.zeros(len(self._start)),
        )  # fmt: skip
        node_down = 1.0 - self._up[members]
        node_down[-1] = 0.0
        bounds = enumerate_states(graph, self._down, node_down, len(nodes))
        up = self._up[nodes]
        low = np.clip(bounds.lower[:-1] / up, 0.0, 1.0)
        return low, np.clip(bounds.upper[:-1] / up, 0.0, 1.0), bounds.leftover


def _reversed(chain: _Chain) -> _Chain:
    return _Chain(chain.y, chain.x, chain.edges[::-1], chain.inner[::-1])
