"""Paths inside a tree of chosen edges."""

from __future__ import annotations

from collections.abc import Sequence

from app.planning.arrays import Graph


def paths_to_root(
    graph: Graph, edges: Sequence[int], root: int, nodes: Sequence[int]
) -> list[tuple[int, ...]]:
    """Return for each node the chosen edges from it to ``root``, nearest first.

    Where the edges hold a cycle, the path with the fewest edges is taken.
    """
    at: dict[int, list[int]] = {}
    for edge in edges:
        at.setdefault(int(graph.start[edge]), []).append(edge)
        at.setdefault(int(graph.end[edge]), []).append(edge)
    via: dict[int, int] = {root: -1}
    front = [root]
    for node in front:
        for edge in at.get(node, []):
            other = int(graph.start[edge]) + int(graph.end[edge]) - node
            if other not in via:
                via[other] = edge
                front.append(other)
    paths = []
    for node in nodes:
        at_node, path = node, []
        while via[at_node] >= 0:
            edge = via[at_node]
            path.append(edge)
            at_node = int(graph.start[edge]) + int(graph.end[edge]) - at_node
        paths.append(tuple(path))
    return paths
