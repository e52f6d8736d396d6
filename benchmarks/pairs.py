"""Measure cheapest disjoint pairs from many sites to one hub, beside scipy in the same run.

    python benchmarks/pairs.py [STREETS.gpkg] [--layer L] [--pairs N] [--nodes N] [--peer N]
                               [--seed S] [--json]

Without a file a street-like graph is generated: a grid with streets missing and bends in the
others. Times are CPU seconds of this process after the kernels are compiled. The peer is
Suurballe's method by hand on `scipy.sparse.csgraph.dijkstra`: one tree from the hub for all pairs,
then one search from the site in the residual graph for each. Costs must agree.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import Graph, build_graph, components
from app.planning.survival.disjoint import PairFinder

_MISSING = 0.12
"""Share of the grid's streets that are left out."""


def street_like(nodes: int, seed: int) -> Graph:
    """Return a grid with streets missing, two bends in each, of about ``nodes`` nodes."""
    random = np.random.default_rng(seed)
    side = int(np.sqrt(nodes / (1 + 4 * (1 - _MISSING))))
    number = np.arange(side * side).reshape(side, side)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    kept = random.random(len(start)) > _MISSING
    start, end = start[kept], end[kept]
    bend = side * side + np.arange(2 * len(start)).reshape(-1, 2)
    u = np.concatenate((start, bend[:, 0], bend[:, 1]))
    v = np.concatenate((bend[:, 0], bend[:, 1], end))
    return build_graph(side * side + 2 * len(start), u, v, random.integers(2_000, 7_000, len(u)))


def street_graph(path: Path, layer: str | None) -> Graph:
    """Return the streets of a GeoPackage, noded where they share an end, costs in mm."""
    shapes = gpd.read_file(path, layer=layer).geometry.explode(ignore_index=True)
    shapes = shapes[shapes.notna() & (shapes.length > 0)]
    xy, line = shapely.get_coordinates(shapes.to_numpy(), return_index=True)
    _, node = np.unique(np.round(xy, 2), axis=0, return_inverse=True)
    inner = line[1:] == line[:-1]
    length = np.hypot(*np.diff(xy, axis=0).T)[inner]
    ends = np.sort(np.column_stack((node[:-1][inner], node[1:][inner])), axis=1)
    _, kept = np.unique(ends, axis=0, return_index=True)
    cost = np.maximum(1, np.round(length[kept] * 1000))
    return build_graph(int(node.max()) + 1, *ends[kept].T, cost)


def choose(graph: Graph, pairs: int, seed: int) -> tuple[int, list[int]]:
    """Return a hub and sites of the largest connected part."""
    label = components(graph.node_count, graph.start, graph.end)
    inside = np.flatnonzero(label == np.bincount(label).argmax())
    chosen = np.random.default_rng(seed).permutation(inside)[: pairs + 1].tolist()
    return chosen[0], chosen[1:]


class Peer:
    """Suurballe's method on scipy, for edge-disjoint pairs."""

    def __init__(self, graph: Graph, hub: int) -> None:
        self._graph = graph
        self._hub = hub
        both = (np.concatenate((graph.start, graph.end)), np.concatenate((graph.end, graph.start)))
        # Of parallel edges the cheapest is kept: the graphs measured here have none.
        cost = np.concatenate((graph.cost, graph.cost))
        order = np.lexsort((cost, both[1], both[0]))
        u, v, c = both[0][order], both[1][order], cost[order]
        first = np.concatenate(([True], (u[1:] != u[:-1]) | (v[1:] != v[:-1])))
        self._arcs = (u[first], v[first], c[first])
        n = graph.node_count
        weights = csr_array((self._arcs[2].astype(float), self._arcs[:2]), shape=(n, n))
        self._distance, self._towards = dijkstra(weights, indices=hub, return_predecessors=True)

    def cost(self, site: int) -> int | None:
        """Return the cost of the cheapest pair, None without one."""
        u, v, c = self._arcs
        n = self._graph.node_count
        h = np.where(np.isfinite(self._distance), self._distance, 0)
        reduced = c + h[v] - h[u]
        keep = np.ones(len(u), dtype=bool)
        path = [site]
        while path[-1] != self._hub:
            path.append(int(self._towards[path[-1]]))
        on_way = set(itertools.pairwise(path))
        key = u.astype(np.int64) * n + v
        ahead = np.array([a * n + b for a, b in on_way], dtype=np.int64)
        keep[np.isin(key, ahead)] = False
        reduced[np.isin(key, np.array([b * n + a for a, b in on_way], dtype=np.int64))] = 0
        # scipy drops stored zeros: a tiny weight stands for them, rounded away below.
        weight = np.maximum(reduced[keep], 1e-7)
        net = csr_array((weight, (u[keep], v[keep])), shape=(n, n))
        found = dijkstra(net, indices=site)[self._hub]
        if not np.isfinite(found):
            return None
        return round(2 * self._distance[site] + found)


def measure(graph: Graph, options: argparse.Namespace) -> dict[str, Any]:
    hub, sites = choose(graph, options.pairs, options.seed)
    PairFinder(graph, hub, node_disjoint=False).pair(sites[0])
    report: dict[str, Any] = {
        "nodes": graph.node_count, "edges": graph.edge_count, "pairs": len(sites),
    }  # fmt: skip
    for level in ("edge", "node"):
        begin = time.process_time()
        finder = PairFinder(graph, hub, node_disjoint=level == "node")
        tree_s = time.process_time() - begin
        found = [finder.pair(site) for site in sites]
        report[level] = {
            "cpu_s": round(time.process_time() - begin, 3),
            "of_which_tree_s": round(tree_s, 3),
            "without_second_route": sum(pair is None or not pair.protection for pair in found),
        }
    begin = time.process_time()
    peer = Peer(graph, hub)
    tree_s = time.process_time() - begin
    checked = PairFinder(graph, hub, node_disjoint=False)
    begin, agree = time.process_time(), 0
    asked = sites[: options.peer]
    answers = [peer.cost(site) for site in asked]
    each_s = (time.process_time() - begin) / max(1, len(asked))
    for site, answer in zip(asked, answers, strict=True):
        pair = checked.pair(site)
        mine = None if pair is None or not pair.protection else pair.cost
        agree += mine == answer
    whole_s = tree_s + each_s * len(sites)
    report["scipy"] = {
        "pairs": len(asked), "agree": agree, "cpu_s_per_pair": round(each_s, 4),
        "cpu_s_extrapolated": round(whole_s, 1),
    }  # fmt: skip
    report["times_faster_than_scipy"] = round(whole_s / report["edge"]["cpu_s"], 1)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--layer", help="layer of the file; its first by default")
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--nodes", type=int, default=210_000)
    parser.add_argument("--peer", type=int, default=10, help="pairs that scipy is asked for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    made = street_like(options.nodes, options.seed)
    report = measure(street_graph(options.file, options.layer) if options.file else made, options)
    if options.json:
        print(json.dumps(report, indent=2))
        return
    for name, value in report.items():
        print(f"{name:24}{value}")


if __name__ == "__main__":
    main()
