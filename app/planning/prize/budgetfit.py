"""Make trees fit a budget: cut back what buys least, fill up with what fits in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.planning.arrays import FAR, BoolArray, Graph, IntArray, compiled, heap_pop, heap_push
from app.planning.prize.prizekernel import MUST
from app.planning.prize.prizesearch import rows
from app.planning.prize.prizetrees import best_part, reach_out
from app.planning.tree.localsearch import improve_tree
from app.planning.tree.treekernels import tidy_tree

_HALVINGS = 40
"""Steps towards the price at which a tree that is cut back just fits."""

_PASSES = 4
"""Times that a tree is improved and filled up again."""


@dataclass(frozen=True)
class Served:
    """A tree as masks of edges and nodes, its cost and the weight that it serves."""

    tree: BoolArray
    inside: BoolArray
    cost: int
    weight: int

    def beats(self, other: Served) -> bool:
        """Return whether this serves more, or as much for less."""
        return (self.weight, -self.cost) > (other.weight, -other.cost)


def priced(graph: Graph, weight: IntArray, price: Fraction) -> IntArray:
    """Return weights times a price, rounded down; what outweighs all edges is cut off."""
    most = int(graph.cost.sum()) + 1
    prizes = np.zeros_like(weight)
    for node in np.flatnonzero(weight):
        value = int(weight[node]) * price.numerator // price.denominator
        prizes[node] = min(most, value)
    return prizes


class Fitter:
    """Makes trees of a graph fit a budget.

    Parameters
    ----------
    weight
        ``(n,)`` what serving each node is worth.
    must
        Nodes that have to be served.
    """

    def __init__(self, graph: Graph, weight: IntArray, root: int, must: tuple[int, ...]) -> None:
        self.graph = graph
        self.weight = weight
        self.root = root
        self.must = np.array([root, *must], dtype=np.int32)

    def fit(self, tree: Served, budget: int) -> Served | None:
        """Return a tree within the budget made of another; None if the musts cost more."""
        found = self._cut(tree, budget)
        if found.cost > budget or not found.inside[self.must].all():
            return None
        for _ in range(_PASSES):
            trial = self._filled(self._cheaper(found), budget)
            if not trial.beats(found):
                break
            found = trial
        return found

    def grown(self, tree: Served, prizes: IntArray) -> Served:
        """Return a tree that is good for prizes, grown from a part of another."""
        g = self.graph
        prize = self._with_must(prizes)
        chosen, inside = best_part(rows(g), g.cost, prize, self.root, tree.tree)
        everything = np.ones(g.edge_count, dtype=np.bool_)
        reach_out(rows(g), g.cost, prize, everything, inside, chosen, 1.0)
        chosen, inside = best_part(rows(g), g.cost, prize, self.root, chosen)
        return self._cheaper(self.served(chosen, inside))

    def served(self, tree: BoolArray, inside: BoolArray) -> Served:
        """Return a tree with its figures."""
        return Served(
            tree, inside, int(self.graph.cost[tree].sum()), int(self.weight[inside].sum())
        )

    def _with_must(self, prizes: IntArray) -> IntArray:
        prize = np.minimum(prizes, MUST // 4)
        prize[self.must] = MUST
        return prize

    def _cut(self, tree: Served, budget: int) -> Served:
        """Take off the branches that buy least, as many as it takes to fit the budget."""
        if tree.cost <= budget:
            return tree
        g = self.graph
        low, high = 0.0, float(tree.cost) + 1.0
        fitting = self._part(tree, 0.0)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            found = self._part(tree, middle)
            if found.cost <= budget:
                low, fitting = middle, found
            else:
                high = middle
            if high - low <= 1e-9 * float(g.cost.max(initial=1)):
                break
        return fitting

    def _part(self, tree: Served, price: float) -> Served:
        g = self.graph
        prize = self._with_must((self.weight * price).astype(np.int64))
        return self.served(*best_part(rows(g), g.cost, prize, self.root, tree.tree))

    def _cheaper(self, tree: Served) -> Served:
        """Return a tree that serves at least the same nodes at no more cost."""
        g = self.graph
        if not tree.tree.any():
            return tree
        keep = tree.inside & (self.weight > 0)
        keep[self.must] = True
        chosen = tidy_tree(g.node_count, g.start, g.end, g.cost, tree.tree, keep)
        chosen = improve_tree(g, chosen, keep, lambda: False)
        plain = np.ones(g.node_count, dtype=np.int64)
        free = np.zeros_like(g.cost)
        return self.served(*best_part(rows(g), free, plain, self.root, chosen))

    def _filled(self, tree: Served, budget: int) -> Served:
        """Spend what is left of the budget on the ways that buy most for their cost."""
        g = self.graph
        chosen, inside = tree.tree.copy(), tree.inside.copy()
        _fill(rows(g), g.cost, self.weight, inside, chosen, budget - tree.cost)
        return self.served(chosen, inside)


@compiled
def _fill(csr, cost, weight, inside, chosen, left):  # type: ignore[no-untyped-def]  # compiled
    """Buy ways to nodes outside, each time the one with most weight for its cost, while it fits."""
    n = len(inside)
    distance = np.full(n, FAR, np.int64)
    gain = np.zeros(n, np.int64)
    via = np.full(n, -1, np.int32)
    keys = np.empty(len(csr[1]) + n + 1, np.int64)
    items = np.empty(len(keys), np.int32)
    touched = np.empty(n, np.int32)
    while True:
        count = _near(csr, cost, weight, inside, left, distance, gain, via, keys, items, touched)
        best = -1
        for i in range(count):
            v = touched[i]
            if inside[v] or weight[v] == 0:
                continue
            if best < 0 or gain[v] * (distance[best] + 1.0) > gain[best] * (distance[v] + 1.0):
                best = v
        if best >= 0:
            left -= distance[best]
            v = best
            while not inside[v]:
                inside[v] = True
                chosen[via[v]] = True
                v = csr[3][via[v]] + csr[4][via[v]] - v
        for i in range(count):
            distance[touched[i]] = FAR
        if best < 0:
            break


@compiled
def _near(csr, cost, weight, inside, limit, distance, gain, via, keys, items, touched):  # type: ignore[no-untyped-def]  # compiled
    """Walk from the tree as far as ``limit``; return the number of nodes touched."""
    first, neighbour, edge = csr[0], csr[1], csr[2]
    count = 0
    size = 0
    for v in range(len(inside)):
        if inside[v]:
            distance[v] = 0
            gain[v] = 0
            touched[count] = v
            count += 1
            size = heap_push(keys, items, size, 0, v)
    while size > 0:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        for a in range(first[v], first[v + 1]):
            w = neighbour[a]
            reached = d + cost[edge[a]]
            if reached <= limit and reached < distance[w]:
                if distance[w] == FAR:
                    touched[count] = w
                    count += 1
                distance[w] = reached
                gain[w] = gain[v] + weight[w]
                via[w] = edge[a]
                size = heap_push(keys, items, size, reached, w)
    return count
