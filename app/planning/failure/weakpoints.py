"""Where one cut darkens sites: the bridges above each node, and what they cost in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.planning.arrays import FloatArray, IntArray
from app.planning.failure.model import FailureModel
from app.planning.failure.rates import MINUTES_PER_YEAR
from app.planning.survival.lowpoint import Walk, walk


@dataclass(frozen=True)
class Weak:
    """Bridges above one node, the nearest first.

    ``edges`` are sections, ``lower`` the nodes at their lower ends, ``minutes`` the expected
    weighted minutes a year that each of them causes.
    """

    node: int
    edges: tuple[int, ...]
    lower: tuple[int, ...]
    minutes: tuple[float, ...]

    @property
    def total_minutes(self) -> float:
        """What a second way from the node to beyond all its bridges avoids, to first order."""
        return sum(self.minutes)


class WeakPoints:
    """The bridges of a model, as a walk from the outside meets them."""

    def __init__(self, model: FailureModel) -> None:
        self._model = model
        self._tour: Walk = walk(model.graph, model.root)

    @cached_property
    def weight_below(self) -> FloatArray:
        """``(n + 1,)`` weight of the sites at each node and below it."""
        tour, sites = self._tour, self._model.sites
        at_time = np.zeros(len(tour.entered) + 1)
        np.add.at(at_time, tour.entered[sites.node] + 1, sites.weight)
        summed = np.cumsum(at_time)
        return np.asarray(summed[tour.last + 1] - summed[tour.entered])

    def above(self, node: int) -> Weak:
        """Return the bridges between a node and the outside."""
        tour, model = self._tour, self._model
        edges, lower, minutes = [], [], []
        v = node
        while tour.parent[v] >= 0:
            edge = int(tour.parent_edge[v])
            if tour.low[v] == tour.entered[v] and edge < len(model.span):
                edges.append(edge)
                lower.append(v)
                share = float(model.edge_down[edge] * self.weight_below[v])
                minutes.append(share * MINUTES_PER_YEAR)
            v = int(tour.parent[v])
        return Weak(node, tuple(edges), tuple(lower), tuple(minutes))

    def worst(self, count: int) -> list[Weak]:
        """Return the nodes with most minutes above them; the lower ends of bridges only."""
        tour = self._tour
        ends = [
            int(v)
            for v in np.flatnonzero(tour.is_below_bridge)
            if tour.parent_edge[v] < len(self._model.span) and self.weight_below[v] > 0
        ]
        found = [self.above(v) for v in ends if self._is_reached(v)]
        found.sort(key=lambda item: (-item.total_minutes, self._model.nodes[item.node]))
        return [item for item in found[:count] if item.total_minutes > 0]

    def levels(self, weak: Weak, nodes: IntArray) -> IntArray:
        """Return how many of the bridges a link from the weak node to each of ``nodes`` passes.

        The bridges come nearest first, so a link that reaches level ``k`` makes the first ``k``
        of them harmless.
        """
        tour = self._tour
        time = tour.entered[nodes]
        passed = np.zeros(len(nodes), dtype=np.int64)
        for v in weak.lower:
            passed += (time < tour.entered[v]) | (time > tour.last[v])
        passed[~self._reached(nodes)] = 0
        return passed

    def lower_end(self, edge: int) -> int:
        """Return the end of a section that lies farther from the outside."""
        a, b = int(self._model.start[edge]), int(self._model.end[edge])
        return a if self._tour.entered[a] > self._tour.entered[b] else b

    def _reached(self, nodes: IntArray) -> np.ndarray:
        tour, root = self._tour, self._model.root
        time = tour.entered[nodes]
        return np.asarray((time >= tour.entered[root]) & (time <= tour.last[root]))

    def _is_reached(self, node: int) -> bool:
        return bool(self._reached(np.array([node]))[0])
