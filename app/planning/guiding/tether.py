"""Trees in which no terminal is farther from the root than its limit.

The cheapest such tree is hard to find, even to approximate. `tethered` mends the cheapest tree
found without limits: terminals within their limit keep their branches; the others are joined
anew, one after the other, by the cheapest way that keeps the limit. Later rounds take out one
branch after another and look for a cheaper one. Any lower bound on trees without limits bounds
these too.

The cheapest way with a limit on its length is looked for by pricing length (Lagrangian
relaxation of the constrained shortest path; Handler and Zang 1980): for a price of a metre, the
shortest way from the terminal to any node of the tree, that node's own way to the root counted
in; the lowest price whose way keeps the limit is found by bisection. A high enough price gives
the shortest way of all, so a terminal is left out only when nothing reaches it in time.

Running time: some 12 searches for each terminal that is joined, each stopped when the tree is
reached.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.planning.arrays import (
    FAR,
    Graph,
    IndexArray,
    IntArray,
    build_graph,
    compiled,
    heap_pop,
    heap_push,
    shortest,
)
from app.planning.tree.treepaths import paths_to_root

UNLIMITED_MM = int(FAR) // 8
"""Limit of terminals that may lie anywhere."""

_STEPS = 11
"""Halvings of the price of length."""

_MOST = 1 << 28
"""Highest price of length that is tried: dearer than any technique."""

_SCALE = 1 << 10
"""Length is priced in steps of one cost unit for so many millimetres."""


@dataclass(frozen=True)
class Tethered:
    """Sorted edges of the tree, and the terminals whose limit cannot be kept."""

    edges: IntArray
    lost: tuple[int, ...]


def tethered(
    graph: Graph,
    length_mm: IntArray,
    root: int,
    limits_mm: dict[int, int],
    edges: Sequence[int],
    is_over: Callable[[], bool],
) -> Tethered:
    """Change a tree until every terminal is within its limit.

    Parameters
    ----------
    length_mm
        ``(m,)`` lengths; `FAR` makes an edge unusable.
    limits_mm
        Longest way to the root of each terminal; `UNLIMITED_MM` for those without limit.
    edges
        A tree that joins all terminals to the root.
    is_over
        Asked between branches; improving ends when it says so, joining does not.
    """
    usable = length_mm < FAR
    away, _, via = shortest(
        graph.first, graph.neighbour, graph.edge,
        np.where(usable, length_mm, FAR // 4), np.array([root], dtype=np.int32),
    )  # fmt: skip
    lost = tuple(t for t, limit in limits_mm.items() if away[t] > min(limit, UNLIMITED_MM))
    wanted = {t: limit for t, limit in limits_mm.items() if t not in lost}
    tree = _Tree(graph, length_mm, root, via)
    paths = dict(zip(limits_mm, paths_to_root(graph, edges, root, list(limits_mm)), strict=True))
    late = []
    for terminal, limit in wanted.items():
        if all(usable[edge] for edge in paths[terminal]) and (
            sum(int(length_mm[edge]) for edge in paths[terminal]) <= limit
        ):
            tree.add(paths[terminal])
        else:
            late.append(terminal)
    for terminal in sorted(late, key=lambda t: (-int(away[t]), t)):
        tree.join(terminal, wanted[terminal])
    tree.prune(wanted)
    improved = True
    while improved and late and not is_over():
        improved = _improve(tree, wanted, is_over)
        tree.prune(wanted)
    return Tethered(np.array(sorted(tree.edges()), dtype=np.int64), lost)


def _improve(tree: _Tree, wanted: dict[int, int], is_over: Callable[[], bool]) -> bool:
    """Take out branch after branch and join its terminal anew; whether anything got cheaper."""
    improved = False
    for terminal, limit in wanted.items():
        if is_over():
            return improved
        if tree.is_inner(terminal):
            continue
        before, kept = tree.cost(), tree.copy()
        tree.cut(terminal, wanted)
        tree.join(terminal, limit)
        if tree.cost() < before:
            improved = True
        else:
            tree.restore(kept)
    return improved


class _Tree:
    """A tree that hangs at the root: for each node the edge towards it, and the way's length."""

    def __init__(self, graph: Graph, length_mm: IntArray, root: int, via: IndexArray) -> None:
        self._graph = graph
        self._length = length_mm
        self._via = via
        self._root = root
        self._up: dict[int, int] = {}
        self._depth = np.full(graph.node_count, FAR, np.int64)
        self._depth[root] = 0
        self._children: dict[int, int] = {}
        n = graph.node_count
        self._work = (
            np.full(n, FAR, np.int64), np.zeros(n, np.int64), np.full(n, -1, np.int32),
            np.empty(2 * len(graph.neighbour) + 2, np.int64),
            np.empty(2 * len(graph.neighbour) + 2, np.int32), np.empty(n, np.int32),
        )  # fmt: skip

    def edges(self) -> list[int]:
        """Return the edges, unsorted."""
        return list(self._up.values())

    def cost(self) -> int:
        """Return the sum of the edges' costs."""
        return int(self._graph.cost[self.edges()].sum()) if self._up else 0

    def is_inner(self, node: int) -> bool:
        """Whether other branches hang at the node."""
        return self._children.get(node, 0) > 0

    def copy(self) -> tuple[dict[int, int], dict[int, int], list[tuple[int, int]]]:
        """Return what `restore` needs."""
        depths = [(node, int(self._depth[node])) for node in self._up]
        return dict(self._up), dict(self._children), depths

    def restore(self, kept: tuple[dict[int, int], dict[int, int], list[tuple[int, int]]]) -> None:
        """Return to what `copy` saw."""
        for node in self._up:
            self._depth[node] = FAR
        self._up, self._children = kept[0], kept[1]
        for node, depth in kept[2]:
            self._depth[node] = depth

    def add(self, path: Sequence[int]) -> None:
        """Add a way from the root's side of the tree to its start, given from the far end."""
        nodes = self._nodes(path)
        for at in range(len(path) - 1, -1, -1):
            node, above = nodes[at], nodes[at + 1]
            if self._depth[node] < FAR:
                continue
            self._up[node] = int(path[at])
            self._children[above] = self._children.get(above, 0) + 1
            self._depth[node] = self._depth[above] + self._length[path[at]]

    def _nodes(self, path: Sequence[int]) -> list[int]:
        """Return the nodes along a path that ends in the tree, far end first."""
        graph = self._graph
        if not path:
            return []
        ends = [{int(graph.start[edge]), int(graph.end[edge])} for edge in path]
        last = self._last(path, ends)
        nodes = [last]
        for edge in reversed(path):
            last = int(graph.start[edge]) + int(graph.end[edge]) - last
            nodes.append(last)
        return nodes[::-1]

    def _last(self, path: Sequence[int], ends: list[set[int]]) -> int:
        """Return the node at which a path meets the tree."""
        if len(path) == 1:
            return next(node for node in sorted(ends[0]) if self._depth[node] < FAR)
        shared = ends[-1] & ends[-2]
        far = ends[-1] - shared
        return far.pop() if far else max(shared, key=lambda node: self._depth[node] < FAR)

    def join(self, terminal: int, limit_mm: int) -> None:
        """Join a terminal by the cheapest way found that keeps its limit."""
        if self._depth[terminal] <= limit_mm:
            return
        low, high = 0, 1
        path = self._way(terminal, low, limit_mm)
        best = path
        if path is None:
            while best is None and high < _MOST:
                high *= 16
                best = self._way(terminal, high, limit_mm)
            for _ in range(_STEPS):
                middle = (low + high) // 2
                if middle in (low, high):
                    break
                path = self._way(terminal, middle, limit_mm)
                if path is None:
                    low = middle
                else:
                    high, best = middle, self._cheaper(best, path)
        self._attach(terminal, best)

    def _attach(self, terminal: int, path: list[int] | None) -> None:
        """Add a way found, or the shortest way of all, over which others may hang deeper."""
        if path is not None:
            self.add(path)
            return
        self._reroute(terminal)

    def _cheaper(self, first: list[int] | None, second: list[int]) -> list[int]:
        cost = self._graph.cost
        if first is None or cost[second].sum() < cost[first].sum():
            return second
        return first

    def _way(self, terminal: int, price: int, limit_mm: int) -> list[int] | None:
        """Return the best way to the tree at a price of length, ``None`` if it is too long."""
        graph = self._graph
        rows = graph.first, graph.neighbour, graph.edge, graph.cost
        meets, length = _seek(rows, self._length, self._depth, terminal, price, self._work)
        if meets < 0 or length > limit_mm:
            return None
        via, path, node = self._work[2], [], int(meets)
        while node != terminal:
            edge = int(via[node])
            path.append(edge)
            node = int(graph.start[edge]) + int(graph.end[edge]) - node
        return path[::-1]

    def _reroute(self, terminal: int) -> None:
        """Hang the terminal on its shortest way to the root; nodes on it rise to that depth."""
        graph, node = self._graph, terminal
        while node != self._root:
            edge = int(self._via[node])
            above = int(graph.start[edge]) + int(graph.end[edge]) - node
            old = self._up.get(node)
            if old is not None:
                former = int(graph.start[old]) + int(graph.end[old]) - node
                self._children[former] -= 1
            self._up[node] = edge
            self._children[above] = self._children.get(above, 0) + 1
            node = above
        self._measure()

    def _measure(self) -> None:
        """Work out all depths anew."""
        graph = self._graph
        below: dict[int, list[int]] = {}
        for node, edge in self._up.items():
            above = int(graph.start[edge]) + int(graph.end[edge]) - node
            below.setdefault(above, []).append(node)
            self._depth[node] = FAR
        front = [self._root]
        for at in front:
            for node in below.get(at, []):
                self._depth[node] = self._depth[at] + self._length[self._up[node]]
                front.append(node)

    def cut(self, terminal: int, keep: dict[int, int]) -> None:
        """Take out the branch of a terminal up to where others hang."""
        graph, node = self._graph, terminal
        while (
            node != self._root
            and self._children.get(node, 0) == 0
            and (node == terminal or node not in keep)
        ):
            edge = self._up.pop(node)
            self._depth[node] = FAR
            node = int(graph.start[edge]) + int(graph.end[edge]) - node
            self._children[node] -= 1

    def prune(self, keep: dict[int, int]) -> None:
        """Take out branches that end in no terminal."""
        for node in [n for n in self._up if n not in keep and not self.is_inner(n)]:
            if node in self._up and not self.is_inner(node):
                self.cut(node, keep)


@compiled
def _seek(graph, length, depth, source, price, work):  # type: ignore[no-untyped-def]  # compiled
    """Walk from ``source`` until a node of the tree is met at least price.

    Returns the node or -1, and the length of the whole way from ``source`` to the root.
    """
    distance, way, via, keys, items, seen = work
    size, count = heap_push(keys, items, 0, 0, source), 1
    distance[source] = 0
    way[source] = 0
    via[source] = -1
    seen[0] = source
    best, meets = FAR, -1
    while size > 0 and keys[0] < best:
        d, v = keys[0], items[0]
        size = heap_pop(keys, items, size)
        if d > distance[v]:
            continue
        if depth[v] < FAR:
            whole = d + depth[v] * price // _SCALE
            if whole < best:
                best, meets = whole, v
            continue
        size, count = _relax(graph, length, price, work, v, size, count)
    total = way[meets] + depth[meets] if meets >= 0 else FAR
    for i in range(count):
        distance[seen[i]] = FAR
    return meets, total


@compiled
def _relax(graph, length, price, work, v, size, count):  # type: ignore[no-untyped-def]  # compiled
    """Look at the neighbours of ``v``; return the sizes of the heap and of what was seen."""
    first, neighbour, edge, cost = graph
    distance, way, via, keys, items, seen = work
    for a in range(first[v], first[v + 1]):
        e = edge[a]
        if length[e] >= FAR:
            continue
        w = neighbour[a]
        reached = distance[v] + cost[e] + length[e] * price // _SCALE
        if reached < distance[w]:
            if distance[w] >= FAR:
                seen[count] = w
                count += 1
            distance[w] = reached
            way[w] = way[v] + length[e]
            via[w] = e
            size = heap_push(keys, items, size, reached, w)
    return size, count


def warm_up() -> None:
    """Compile the kernels on a tiny graph."""
    graph = build_graph(3, [0, 1, 0], [1, 2, 2], [1, 1, 9])
    tethered(graph, np.array([5, 5, 6]), 0, {2: 7}, [0, 1], lambda: False)
