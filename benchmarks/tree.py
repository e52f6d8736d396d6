"""Compare the tree engine with networkx on SteinLib files, or on a generated street-like grid.

    python benchmarks/tree.py [FILE.stp[.gz] ...] [--time-limit S] [--grid N] [--sites K] [--json]

Each answer is checked apart from the engine: connected, spanning, cost added up from the input.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import Graph, build_graph
from app.planning.steiner import TreeSolution, solve, warm_up


def read_stp(path: Path) -> tuple[Graph, list[int], int]:
    """Return graph, terminals and the factor by which costs were made whole."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace")
    edges: list[tuple[int, int, float]] = []
    terminals: list[int] = []
    count = 0
    for line in text.splitlines():
        words = line.split()
        key = words[0].upper() if words else ""
        if key == "NODES":
            count = int(words[1])
        elif key == "E" and len(words) == 4:
            edges.append((int(words[1]) - 1, int(words[2]) - 1, float(words[3])))
        elif key == "T" and len(words) == 2:
            terminals.append(int(words[1]) - 1)
    start, end, cost = (np.array(column) for column in zip(*edges, strict=True))
    factor = 1 if (cost == np.floor(cost)).all() else 1_000_000
    return build_graph(count, start, end, np.round(cost * factor)), terminals, factor


def street_grid(count: int, sites: int, seed: int = 1) -> tuple[Graph, list[int], int]:
    """Return a grid with uneven blocks, some streets missing, and random sites."""
    random = np.random.default_rng(seed)
    number = np.arange(count * count).reshape(count, count)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    kept = random.random(len(start)) > 0.12
    cost = random.integers(4_000, 14_000, len(start))
    graph = build_graph(count * count, start[kept], end[kept], cost[kept])
    return graph, random.permutation(count * count)[:sites].tolist(), 100


def is_tree(graph: Graph, solution: TreeSolution, terminals: list[int]) -> bool:
    """Check an answer: one tree that spans the terminals, its cost added up again."""
    tree: nx.MultiGraph = nx.MultiGraph()
    tree.add_nodes_from(set(terminals) - set(solution.unreached))
    tree.add_edges_from((int(graph.start[e]), int(graph.end[e])) for e in solution.edges)
    added = sum(int(graph.cost[e]) for e in solution.edges)
    return nx.is_tree(nx.Graph(tree)) and added == solution.cost


def peer(graph: Graph, terminals: list[int]) -> tuple[int, float]:
    """Return cost and seconds of networkx' approximation (Mehlhorn), graph building left out."""
    other: nx.Graph = nx.Graph()
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if not other.has_edge(a, b) or other[a][b]["weight"] > cost:
            other.add_edge(a, b, weight=cost)
    begun = time.monotonic()
    tree = nx.approximation.steiner_tree(other, terminals, method="mehlhorn")
    return int(tree.size("weight")), time.monotonic() - begun


def run(
    name: str, graph: Graph, terminals: list[int], factor: int, limit_s: float
) -> dict[str, Any]:
    """Return one row of figures."""
    begun = time.monotonic()
    solution = solve(graph, terminals, terminals[0], time_limit_s=limit_s)
    seconds = time.monotonic() - begun
    reached = [node for node in terminals if node not in set(solution.unreached)]
    other_cost, other_seconds = peer(graph, reached)
    assert solution.lower_bound is not None
    return {
        "instance": name,
        "nodes": graph.node_count,
        "edges": graph.edge_count,
        "terminals": len(terminals),
        "cost": solution.cost / factor,
        "lower_bound": solution.lower_bound / factor,
        "gap": solution.gap,
        "seconds": round(seconds, 3),
        "networkx_cost": other_cost / factor,
        "networkx_seconds": round(other_seconds, 3),
        "networkx_dearer": other_cost / solution.cost - 1 if solution.cost else 0.0,
        "verified": is_tree(graph, solution, reached),
    }


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--time-limit", type=float, default=30.0, metavar="S")
    parser.add_argument("--grid", type=int, default=150, metavar="N", help="nodes along one side")
    parser.add_argument("--sites", type=int, default=100, metavar="K")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warm_up()
    rows = []
    for path in options.files:
        name = path.name.removesuffix(".gz").removesuffix(".stp")
        rows.append(run(name, *read_stp(path), options.time_limit))
    if not rows:
        rows.append(run("grid", *street_grid(options.grid, options.sites), options.time_limit))
    if options.json:
        print(json.dumps(rows))
        return
    print("instance   nodes   edges sites          cost     gap %      s   networkx +%      s  ok")
    for row in rows:
        print(
            f"{row['instance']:<8}{row['nodes']:>8}{row['edges']:>8}{row['terminals']:>6}"
            f"{row['cost']:>14.2f}{100 * row['gap']:>10.3f}{row['seconds']:>7.2f}"
            f"{100 * row['networkx_dearer']:>13.2f}{row['networkx_seconds']:>7.2f}"
            f"{'yes' if row['verified'] else 'NO':>4}"
        )


if __name__ == "__main__":
    main()
