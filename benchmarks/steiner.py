"""Measure the tree engine on SteinLib files, or on a generated street-like grid.

    python benchmarks/steiner.py [FILE.stp[.gz] ...] [--time-limit S] [--peers] [--json]
                                 [--grid N] [--sites K] [--seed S]

Each answer is checked apart from the engine: connected, spanning, cost added up from the input.
The bound is checked by replaying the engine's dual solution on the input's costs: no arc may be
priced above its cost. `--peers` adds the approximations of networkx and rustworkx, where present.
"""

from __future__ import annotations

import argparse
import gzip
import heapq
import importlib.util
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import networkx as nx
import numba
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import Graph, build_graph, components
from app.planning.tree.steiner import TreeSolution, solve, warm_up
from app.planning.tree.treesearch import Proof


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


def path_ends(graph: Graph, proof: Proof, terminals: list[int]) -> np.ndarray | None:
    """Return the ``(p, 2)`` ends of the proof's paths, or None if they are not paths.

    Nodes within a path must be no terminals and touch nothing else.
    """
    path = np.repeat(np.arange(len(proof.offset) - 1), np.diff(proof.offset))
    nodes = np.concatenate((graph.start[proof.item], graph.end[proof.item])).astype(np.int64)
    key = np.concatenate((path, path)) * graph.node_count + nodes
    found, times = np.unique(key, return_counts=True)
    ends, within = found[times == 1], found[times == 2] % graph.node_count
    uses = np.bincount(found % graph.node_count, minlength=graph.node_count)
    is_sound = (
        times.max(initial=0) <= 2
        and len(np.unique(proof.item)) == len(proof.item)
        and (ends // graph.node_count == np.repeat(np.arange(len(proof.offset) - 1), 2)).all()
        and (uses[within] == 1).all()
        and not np.isin(within, terminals).any()
    )
    return (ends % graph.node_count).reshape(-1, 2) if is_sound else None


def replayed_bound(graph: Graph, proof: Proof, terminals: list[int]) -> int:
    """Add the bound up again from a dual solution, on the costs of the input; 0 if it fails.

    Arcs are numbered 2 p along a path and 2 p + 1 back.
    """
    # Fixed edges: their ends are one node each, which has to be joined.
    label = components(graph.node_count, graph.start[proof.fixed], graph.end[proof.fixed])
    drawn = graph.start[proof.fixed].tolist()
    terminals = sorted(set(label[[*terminals, *drawn]].tolist()))
    fixed_cost = int(graph.cost[np.unique(proof.fixed)].sum())
    graph = build_graph(graph.node_count, label[graph.start], label[graph.end], graph.cost)
    origin, steps = int(label[proof.origin]), proof.steps.copy()
    steps[:, 0] = label[steps[:, 0]]
    ends = path_ends(graph, proof, terminals)
    is_terminal = np.zeros(graph.node_count, dtype=np.bool_)
    is_terminal[terminals] = True
    if ends is None or not is_terminal[[origin, *steps[:, 0]]].all():
        return 0
    tail, head = ends.ravel(), ends[:, ::-1].ravel()
    order = np.argsort(head, kind="stable")
    begin = np.searchsorted(head[order], np.arange(graph.node_count + 1))
    cost = np.add.reduceat(graph.cost[proof.item], proof.offset[:-1])
    left = np.repeat(cost, 2)
    total = 0
    for target, radius in steps:
        near = _walk(tail, order, begin, left, target, radius)
        if radius <= 0 or origin in near:
            return 0
        if not _price(tail, order, begin, left, near, radius):
            return 0
        total += int(radius)
    return total + fixed_cost


@numba.njit
def _walk(tail, order, begin, left, target, radius):
    """Return the nodes less than ``radius`` away from ``target``, walking backwards."""
    distance = {target: np.int64(0)}
    heap = [(np.int64(0), target)]
    while len(heap) > 0:
        d, v = heapq.heappop(heap)
        if d > distance[v]:
            continue
        for a in order[begin[v] : begin[v + 1]]:
            w = np.int64(tail[a])
            reached = d + left[a]
            if reached < radius and reached < distance.get(w, radius):
                distance[w] = reached
                heapq.heappush(heap, (reached, w))
    return distance


@numba.njit
def _price(tail, order, begin, left, near, radius):
    """Lower what is left of the costs; return whether no arc is overpriced."""
    for v, d in near.items():
        for a in order[begin[v] : begin[v + 1]]:
            price = near.get(np.int64(tail[a]), radius) - d
            if price > 0:
                left[a] -= price
                if left[a] < 0:
                    return False
    return True


def peers(graph: Graph, terminals: list[int]) -> dict[str, Any]:
    """Return cost and seconds of other programs, graph building left out."""
    row: dict[str, Any] = {}
    other: nx.Graph = nx.Graph()
    other.add_nodes_from(range(graph.node_count))
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if a != b and (not other.has_edge(a, b) or other[a][b]["weight"] > cost):
            other.add_edge(a, b, weight=cost)
    begun = time.monotonic()
    tree = nx.approximation.steiner_tree(other, terminals, method="mehlhorn")
    row["networkx_cost"] = int(tree.size("weight"))
    row["networkx_seconds"] = round(time.monotonic() - begun, 3)
    if importlib.util.find_spec("rustworkx"):
        rustworkx = importlib.import_module("rustworkx")
        rusty = rustworkx.PyGraph()
        rusty.add_nodes_from(list(range(graph.node_count)))
        rusty.add_edges_from([(a, b, float(w)) for a, b, w in other.edges.data("weight")])
        begun = time.monotonic()
        found = rustworkx.steiner_tree(rusty, terminals, weight_fn=float)
        row["rustworkx_cost"] = int(sum(found.edges()))
        row["rustworkx_seconds"] = round(time.monotonic() - begun, 3)
    return row


def run(
    name: str, graph: Graph, terminals: list[int], factor: int, options: argparse.Namespace
) -> dict[str, Any]:
    """Return one row of figures."""
    begun = time.monotonic()
    solution = solve(
        graph, terminals, terminals[0], time_limit_s=options.time_limit, seed=options.seed
    )
    seconds = time.monotonic() - begun
    reached = [node for node in terminals if node not in set(solution.unreached)]
    assert solution.lower_bound is not None
    replayed = replayed_bound(graph, solution.proof, reached) if solution.proof else 0
    close = [m.seconds for m in solution.history if m.cost - m.lower_bound <= 0.01 * m.cost]
    bounded = [m.seconds for m in solution.history if m.lower_bound]
    row = {
        "instance": name,
        "nodes": graph.node_count,
        "edges": graph.edge_count,
        "terminals": len(terminals),
        "cost": solution.cost / factor,
        "lower_bound": solution.lower_bound / factor,
        "gap": solution.gap,
        "seconds": round(seconds, 3),
        "seconds_to_first": round(solution.history[0].seconds, 3),
        "seconds_to_bound": round(bounded[0], 3) if bounded else None,
        "seconds_to_1_percent": round(close[0], 3) if close else None,
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "verified": is_tree(graph, solution, reached),
        "replayed_bound": replayed / factor,
        "bound_verified": replayed >= solution.lower_bound,
    }
    if options.peers:
        row.update(peers(graph, reached))
        for key in ("networkx_cost", "rustworkx_cost"):
            if key in row:
                row[key] /= factor
    return row


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--time-limit", type=float, default=30.0, metavar="S")
    parser.add_argument("--grid", type=int, default=150, metavar="N", help="nodes along one side")
    parser.add_argument("--sites", type=int, default=100, metavar="K")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="run networkx and rustworkx too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    warm_up()
    rows = []
    for path in options.files:
        name = path.name.removesuffix(".gz").removesuffix(".stp")
        rows.append(run(name, *read_stp(path), options))
    if not rows:
        rows.append(run("grid", *street_grid(options.grid, options.sites), options))
    if options.json:
        print(json.dumps(rows))
        return
    print("instance   nodes   edges sites          cost     gap %  first s      s  tree bound")
    for row in rows:
        print(
            f"{row['instance']:<8}{row['nodes']:>8}{row['edges']:>8}{row['terminals']:>6}"
            f"{row['cost']:>14.2f}{100 * row['gap']:>10.3f}{row['seconds_to_first']:>9.2f}"
            f"{row['seconds']:>7.2f}{'yes' if row['verified'] else 'NO':>6}"
            f"{'yes' if row['bound_verified'] else 'in part':>8}"
        )
        for key in ("networkx", "rustworkx"):
            if f"{key}_cost" in row:
                dearer = 100 * (row[f"{key}_cost"] / row["cost"] - 1)
                print(f"  {key}: {dearer:+.2f} % in {row[f'{key}_seconds']:.2f} s")


if __name__ == "__main__":
    main()
