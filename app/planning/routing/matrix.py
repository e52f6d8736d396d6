"""Distances between many places, in blocks of rows so that memory stays small.

Nodes that ways merely pass, dead ends and dearer parallel edges are taken out first, and what is
left is numbered as a walk meets it, so that neighbours lie near each other in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.model.progress import Progress, no_progress
from app.planning.arrays import FAR, Graph, IndexArray, IntArray, build_graph, compiled
from app.planning.routing.walks import from_nearest, pop, push, walk_from, ways
from app.planning.tree.kernel import reduced, whole

_THREADS = 2
"""Walks at the same time; the kernels work without the interpreter's lock."""

_BLOCK = 64
"""Rows in a block."""


@dataclass(frozen=True)
class _Skeleton:
    """The part of a graph that distances between some nodes need, and where these are in it."""

    graph: Graph
    length: IntArray
    sources: IndexArray
    targets: IndexArray


def distance_matrix(
    graph: Graph,
    sources: npt.ArrayLike,
    targets: npt.ArrayLike,
    progress: Progress = no_progress,
) -> IntArray:
    """Return the ``(s, t)`` distances by edge costs, `FAR` where there is no way.

    See `distance_blocks` for matrices that are too large to hold.
    """
    blocks = list(distance_blocks(graph, sources, targets, progress))
    if not blocks:
        return np.zeros((0, np.size(targets)), np.int64)
    return np.concatenate([rows for _, rows in blocks])


def distance_blocks(
    graph: Graph,
    sources: npt.ArrayLike,
    targets: npt.ArrayLike,
    progress: Progress = no_progress,
) -> Iterator[tuple[int, IntArray]]:
    """Yield blocks of rows of the distance matrix, each with the number of its first row.

    Each row is a walk that ends when all targets are met; two are made at the same time. Memory
    is in proportion to the graph and a few blocks. O(s (n' + m') log n') where n' and m' count
    what is left of the graph without passed nodes.
    """
    skeleton = _skeleton(
        graph, np.asarray(sources, dtype=np.int32), np.asarray(targets, dtype=np.int32)
    )
    begins = range(0, len(skeleton.sources), _BLOCK)

    def block(begin: int) -> IntArray:
        g = skeleton.graph
        return np.asarray(
            _rows(
                g.first, g.neighbour, skeleton.length,
                skeleton.sources[begin : begin + _BLOCK], skeleton.targets,
            )
        )  # fmt: skip

    with ThreadPoolExecutor(_THREADS) as pool:
        for number in range(0, len(begins), _THREADS):
            now = begins[number : number + _THREADS]
            yield from zip(now, pool.map(block, now), strict=True)
            progress((number + len(now)) / len(begins))


def _skeleton(graph: Graph, sources: IndexArray, targets: IndexArray) -> _Skeleton:
    kept = np.unique(np.concatenate((sources, targets)))
    kernel = reduced(whole(graph, kept))
    g = kernel.graph
    order = _met(g, kernel.terminals)
    number = np.empty(g.node_count, np.int32)
    number[order] = np.arange(g.node_count, dtype=np.int32)
    small = build_graph(g.node_count, number[g.start], number[g.end], g.cost)
    place = number[kernel.terminals]  # terminals keep their order, by their node
    return _Skeleton(
        small, small.cost[small.edge],
        place[np.searchsorted(kept, sources)], place[np.searchsorted(kept, targets)],
    )  # fmt: skip


def _met(graph: Graph, terminals: IndexArray) -> IntArray:
    """Return the nodes in the order in which a walk from the first terminal meets them."""
    if not len(terminals):
        return np.arange(graph.node_count)
    distance, _ = walk_from(
        graph.first, graph.neighbour, graph.cost[graph.edge], terminals[:1],
        np.zeros(1, np.int64), FAR - 1,
    )  # fmt: skip
    return np.argsort(distance, kind="stable")


@compiled
def _rows(first, neighbour, length, sources, targets):  # type: ignore[no-untyped-def]  # compiled
    """Return the distances of all targets from each source."""
    n = len(first) - 1
    found = np.full((len(sources), len(targets)), FAR, np.int64)
    distance = np.empty(n, np.int64)
    is_target = np.zeros(n, np.bool_)
    keys = np.empty(len(neighbour) + 1, np.int64)
    items = np.empty(len(neighbour) + 1, np.int32)
    wanted = 0
    for t in targets:
        if not is_target[t]:
            is_target[t] = True
            wanted += 1
    for i in range(len(sources)):
        distance[:] = FAR
        distance[sources[i]] = 0
        size = push(keys, items, 0, 0, sources[i])
        missing = wanted
        while size > 0 and missing > 0:
            d, v = keys[0], items[0]
            size = pop(keys, items, size)
            if d > distance[v]:
                continue
            if is_target[v]:
                missing -= 1
            for a in range(first[v], first[v + 1]):
                w = neighbour[a]
                reached = d + length[a]
                if reached < distance[w]:
                    distance[w] = reached
                    size = push(keys, items, size, reached, w)
        for j in range(len(targets)):
            found[i, j] = distance[targets[j]]
    return found


def warm_up() -> None:
    """Compile the kernels of walks and matrices."""
    graph = build_graph(3, [0, 1], [1, 2], [3, 4])
    assert from_nearest(ways(graph), [0, 2]).owner[1] == 0
    distance_matrix(graph, [0], [2])
