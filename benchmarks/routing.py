"""Distances, attachments, matrices, bridges and blocks beside scipy, networkx and rustworkx.

    python benchmarks/routing.py [--nodes 210000] [--sites 500] [--json]

All engines work on one graph in one run, and what they answer is compared. Seconds are of
processor time, the least of several runs; networkx and rustworkx answer a matrix for some sources
only, and the rest is extrapolated (the column says from how many).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import Graph
from app.planning.routing.matrix import distance_matrix
from app.planning.routing.walks import from_nearest, one_to_all, ways
from app.planning.survival.lowpoint import walk
from benchmarks.region import make_region

try:
    import rustworkx as rx
except ImportError:
    rx = None

_RUNS = 15
_FEW = {"scipy": 100, "networkx": 2, "rustworkx": 10}
"""Sources of a matrix that a peer is asked for."""


def seconds(work: Callable[[], Any], runs: int = _RUNS) -> tuple[float, Any]:
    """Return the least processor time of some runs, and the answer."""
    best, answer = float("inf"), None
    for _ in range(runs):
        begun = time.process_time()
        answer = work()
        best = min(best, time.process_time() - begun)
    return best, answer


def peers_of(graph: Graph) -> dict[str, Any]:
    """Return the same graph as each peer keeps it; of parallel edges only the cheapest."""
    pair = np.sort(np.column_stack((graph.start, graph.end)).astype(np.int64), axis=1)
    order = np.lexsort((graph.cost, pair[:, 1], pair[:, 0]))
    order = order[pair[order, 0] != pair[order, 1]]
    _, first = np.unique(pair[order], axis=0, return_index=True)
    edges = order[np.sort(first)]
    u, v, cost = graph.start[edges], graph.end[edges], graph.cost[edges].astype(float)
    found: dict[str, Any] = {
        "scipy": csr_array(
            (np.tile(cost, 2), (np.concatenate((u, v)), np.concatenate((v, u)))),
            shape=(graph.node_count, graph.node_count),
        )
    }
    links = list(zip(u.tolist(), v.tolist(), cost.tolist(), strict=True))
    plain = nx.Graph()
    plain.add_nodes_from(range(graph.node_count))
    plain.add_weighted_edges_from(links)
    found["networkx"] = plain
    if rx is not None:
        fast = rx.PyGraph(multigraph=False)
        fast.add_nodes_from(range(graph.node_count))
        fast.add_edges_from(links)
        found["rustworkx"] = fast
    return found


def one_to_all_rows(graph: Graph, peers: dict[str, Any], source: int) -> list[dict[str, Any]]:
    """Return the times of one walk to all nodes."""
    on = ways(graph)
    own, reach = seconds(lambda: one_to_all(on, source))
    rows = [{"task": "one to all", "engine": "anello", "seconds": own}]
    took, expected = seconds(lambda: dijkstra(peers["scipy"], indices=source))
    same = bool((reach.distance == expected).all())
    rows.append({"task": "one to all", "engine": "scipy", "seconds": took, "equal": same})
    took, known = seconds(
        lambda: nx.single_source_dijkstra_path_length(peers["networkx"], source), 1
    )
    same = all(reach.distance[node] == far for node, far in known.items())
    rows.append({"task": "one to all", "engine": "networkx", "seconds": took, "equal": same})
    if "rustworkx" in peers:
        took, known = seconds(
            lambda: rx.dijkstra_shortest_path_lengths(peers["rustworkx"], source, float), 2
        )
        same = all(reach.distance[node] == far for node, far in known.items())
        rows.append({"task": "one to all", "engine": "rustworkx", "seconds": took, "equal": same})
    return rows


def nearest_rows(graph: Graph, peers: dict[str, Any], sites: np.ndarray) -> list[dict[str, Any]]:
    """Return the times of finding the nearest of many sources for each node."""
    on = ways(graph)
    own, reach = seconds(lambda: from_nearest(on, sites))
    rows = [{"task": "nearest of many", "engine": "anello", "seconds": own}]
    took, expected = seconds(lambda: dijkstra(peers["scipy"], indices=sites, min_only=True))
    same = bool((reach.distance == expected).all())
    rows.append({"task": "nearest of many", "engine": "scipy", "seconds": took, "equal": same})
    took, known = seconds(
        lambda: nx.multi_source_dijkstra_path_length(peers["networkx"], set(sites.tolist())), 1
    )
    same = all(reach.distance[node] == far for node, far in known.items())
    rows.append({"task": "nearest of many", "engine": "networkx", "seconds": took, "equal": same})
    return rows


def matrix_rows(graph: Graph, peers: dict[str, Any], sites: np.ndarray) -> list[dict[str, Any]]:
    """Return the times of the distances between all sites."""
    own, table = seconds(lambda: distance_matrix(graph, sites, sites), 1)
    rows = [{"task": "matrix", "engine": "anello", "seconds": own, "sources": len(sites)}]

    def ask(engine: str, row: Callable[[int], Any]) -> None:
        few = min(_FEW[engine], len(sites))
        took, answers = seconds(lambda: [row(int(site)) for site in sites[:few]], 1)
        same = all(
            int(answers[i][int(site)]) == table[i, j]
            for i in range(few)
            for j, site in enumerate(sites)
            if int(site) != int(sites[i])
        )
        rows.append(
            {"task": "matrix", "engine": engine, "seconds": took * len(sites) / few,
             "sources": few, "equal": same}
        )  # fmt: skip

    ask("scipy", lambda source: dijkstra(peers["scipy"], indices=source))
    ask("networkx", lambda source: nx.single_source_dijkstra_path_length(peers["networkx"], source))
    if "rustworkx" in peers:
        ask(
            "rustworkx",
            lambda source: rx.dijkstra_shortest_path_lengths(peers["rustworkx"], source, float),
        )
    return rows


def part_rows(graph: Graph, peers: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the times of bridges, cut nodes and blocks, all three together."""

    def own() -> tuple[set[int], int]:
        found = walk(graph)
        found.bridges()
        return set(found.cut_nodes().tolist()), int(found.blocks(graph).max()) + 1

    took, (cuts, blocks) = seconds(own)
    rows = [{"task": "bridges, cuts, blocks", "engine": "anello", "seconds": took}]

    def theirs() -> tuple[set[int], int]:
        plain = peers["networkx"]
        sum(1 for _ in nx.bridges(plain))
        found = set(nx.articulation_points(plain))
        return found, sum(1 for _ in nx.biconnected_components(plain))

    took, known = seconds(theirs, 1)
    rows.append({"task": "bridges, cuts, blocks", "engine": "networkx", "seconds": took,
                 "equal": known == (cuts, blocks)})  # fmt: skip
    if "rustworkx" in peers:
        fast = peers["rustworkx"]
        took, found = seconds(
            lambda: (rx.bridges(fast), rx.articulation_points(fast),
                     rx.biconnected_components(fast)), 1
        )  # fmt: skip
        rows.append({"task": "bridges, cuts, blocks", "engine": "rustworkx", "seconds": took,
                     "equal": set(found[1]) == cuts})  # fmt: skip
    return rows


def measure(nodes: int, sites: int) -> dict[str, Any]:
    """Return all rows, each with its ratio to our own time."""
    region = make_region(nodes, sites)
    graph, root = region.graph, region.root
    small = make_region(500, 5).graph
    one_to_all(ways(small), 0)
    distance_matrix(small, [0, 1], [2])
    walk(small).blocks(small)
    peers = peers_of(graph)
    rows = [
        *one_to_all_rows(graph, peers, root), *nearest_rows(graph, peers, region.sites),
        *matrix_rows(graph, peers, region.sites), *part_rows(graph, peers),
    ]  # fmt: skip
    own = {row["task"]: row["seconds"] for row in rows if row["engine"] == "anello"}
    for row in rows:
        row["ratio"] = round(row["seconds"] / own[row["task"]], 2)
        row["seconds"] = round(row["seconds"], 4)
    return {
        "nodes": graph.node_count, "edges": graph.edge_count, "sites": sites,
        "equal": all(row.get("equal", True) for row in rows), "rows": rows,
    }  # fmt: skip


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=210_000)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    answer = measure(given.nodes, given.sites)
    if given.json:
        print(json.dumps(answer, indent=1))
    else:
        print("{nodes} nodes, {edges} edges, {sites} sites; all equal: {equal}".format(**answer))
        for row in answer["rows"]:
            few = f"  (from {row['sources']} sources)" if row["task"] == "matrix" else ""
            print("{task:24}{engine:12}{seconds:10.3f} s{ratio:10.1f} x{0}".format(few, **row))
    return 0 if answer["equal"] else 1


if __name__ == "__main__":
    sys.exit(main())
