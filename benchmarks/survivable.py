"""Measure the survivable engine on SNDlib networks, or on a file of streets.

    python benchmarks/survivable.py FILE... [--level edge|node] [--time-limit S] [--peers] [--json]
    python benchmarks/survivable.py --streets FILE --sites 15 30 50 100 [--seed S] [--json]

Files are in SNDlib's native format, plain or gzipped: the cheapest network that spans all nodes
and survives the loss of any one link (edge) or node (node). Links are undirected and simple: of
parallel or opposite links the cheapest counts. A link costs its set-up plus its first module.

Streets: K random places are joined to another one so that each survives any single failure.
Beside it stands the union of the pairs of disjoint routes that each place would choose alone.

Each answer is checked by networkx. `--peers` adds networkx `k_edge_augmentation` and a plain
mixed-integer program (flows from one node to each other, solved by scipy's HiGHS).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import geopandas as gpd
import networkx as nx
import numpy as np
import pyogrio
import scipy.sparse as sp
import shapely
from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import Graph, build_graph
from app.planning.survivable.engine import SurvivableSolution, solve
from app.planning.survival.disjoint import PairFinder
from app.planning.warmup import warm_up
from benchmarks.sndlib import Case, read_sndlib
from benchmarks.steinlib import UnreadableError

STREET_LIMITS_S = ((15, 10.0), (30, 60.0))
"""Time that so many sites get at most, if none is given; more get 120 s."""


def read_streets(path: Path) -> Case:
    """Read lines as edges between their ends; costs are lengths in whole millimetres."""
    layers = [str(name) for name, kind in pyogrio.list_layers(path) if "LineString" in str(kind)]
    lines = gpd.read_file(path, layer="edges" if "edges" in layers else layers[0])
    lines = lines.explode(index_parts=False)
    if lines.crs is not None and lines.crs.is_geographic:
        lines = lines.to_crs(lines.estimate_utm_crs())
    shapes = lines.geometry.to_numpy()
    if {"u", "v"} <= set(lines.columns):
        ends = np.concatenate((lines["u"].astype(str), lines["v"].astype(str)))
    else:
        points = [shapely.get_point(shapes, at) for at in (0, -1)]
        xy = np.round(np.concatenate([shapely.get_coordinates(each) for each in points]), 2)
        ends = np.array([f"{x} {y}" for x, y in xy])
    names, number = np.unique(ends, return_inverse=True)
    half = len(lines)
    cost = np.round(shapely.length(shapes) * 1000).astype(np.int64)
    graph = build_graph(len(names), number[:half], number[half:], cost)
    return Case(path.stem, graph, names.tolist(), [str(row) for row in range(half)], 1000)


def is_survivable(graph: Graph, edges: list[int], sites: list[int], root: int, level: str) -> bool:
    """Check an answer with networkx: no edge, and no node, parts a site from the root."""
    chosen: nx.Graph = nx.Graph()
    chosen.add_nodes_from([root, *sites])
    for edge in edges:  # a node on each edge, so that parallel ones are told apart
        chosen.add_edge(int(graph.start[edge]), ("edge", edge))
        chosen.add_edge(("edge", edge), int(graph.end[edge]))
    left = chosen.copy()
    left.remove_edges_from(list(nx.bridges(chosen)))
    if not set(sites) <= nx.node_connected_component(left, root):
        return False
    if level == "edge":
        return True
    for node in set(nx.articulation_points(chosen)) - {root}:
        rest = chosen.subgraph(set(chosen) - {node})
        if not set(sites) - {node} <= nx.node_connected_component(rest, root):
            return False
    return True


def has_no_cut_node(graph: Graph, edges: list[int]) -> bool:
    """Check with networkx that the chosen edges stay in one part without any one node."""
    chosen = nx.Graph((int(graph.start[e]), int(graph.end[e])) for e in edges)
    return graph.node_count < 2 or nx.is_biconnected(chosen)


def safe_places(graph: Graph) -> np.ndarray:
    """Return the nodes of the largest part that no single edge, and no single node, parts."""
    simple = nx.Graph(zip(graph.start.tolist(), graph.end.tolist(), strict=True))
    return np.array(sorted(max(nx.biconnected_components(simple), key=len)))


def blocking(case: Case, solution: SurvivableSolution) -> list[dict[str, str]]:
    """Return the bridges and cut nodes that block, and the nodes that nothing reaches."""
    bridges = sorted({edge for item in solution.unprotected for edge in item.bridges})
    cuts = sorted({node for item in solution.unprotected for node in item.cut_nodes})
    g = case.graph
    rows = [
        {"kind": "bridge", "name": case.links[edge], "source": case.nodes[int(g.start[edge])],
         "target": case.nodes[int(g.end[edge])]}
        for edge in bridges
    ]  # fmt: skip
    rows += [{"kind": "cut node", "name": case.nodes[node]} for node in cuts]
    rows += [{"kind": "unreached", "name": case.nodes[node]} for node in solution.unreached]
    return rows


def augmentation(case: Case, cost: float | None) -> dict[str, Any]:
    """Return cost and time of networkx for two edge-disjoint ways between all nodes."""
    g = case.graph
    empty = nx.empty_graph(g.node_count)
    links = list(zip(g.start.tolist(), g.end.tolist(), g.cost.tolist(), strict=True))
    begun = time.monotonic()
    try:
        added = list(nx.k_edge_augmentation(empty, 2, avail=links))
    except nx.NetworkXUnfeasible:
        return {"networkx_cost": None, "networkx_seconds": round(time.monotonic() - begun, 3)}
    price = {(min(a, b), max(a, b)): c for a, b, c in links}
    total = sum(price[min(a, b), max(a, b)] for a, b in added) / case.factor
    return {
        "networkx_cost": total,
        "networkx_excess": None if not cost else total / cost - 1,
        "networkx_seconds": round(time.monotonic() - begun, 3),
    }


def plain_program(case: Case, level: str, time_limit_s: float) -> dict[str, Any]:
    """Return cost, bound and time of one program with flows from node 0 to all others."""
    g = case.graph
    n, m = g.node_count, g.edge_count
    arcs = 2 * m
    tail = np.concatenate((g.start, g.end))
    head = np.concatenate((g.end, g.start))
    keep = sp.coo_matrix(
        (np.concatenate((np.ones(arcs), -np.ones(arcs))),
         (np.concatenate((tail, head)), np.tile(np.arange(arcs), 2))), shape=(n, arcs),
    ).tocsr()  # fmt: skip
    pair = sp.hstack((sp.identity(m), sp.identity(m))).tocsr()
    into = sp.coo_matrix((np.ones(arcs), (head, np.arange(arcs))), shape=(n, arcs)).tocsr()
    rows, low, high = [], [], []
    for number, target in enumerate(range(1, n)):
        before, after = number * arcs, (n - 2 - number) * arcs

        def wide(x: sp.csr_matrix, block: sp.csr_matrix, b: int = before, a: int = after) -> Any:
            k = block.shape[0]
            return sp.hstack((x, sp.csr_matrix((k, b)), block, sp.csr_matrix((k, a))))

        balance = np.zeros(n)
        balance[0], balance[target] = 2, -2
        rows.append(wide(sp.csr_matrix((n, m)), keep))
        low.append(balance)
        high.append(balance)
        rows.append(wide(-sp.identity(m), pair))
        low.append(np.full(m, -np.inf))
        high.append(np.zeros(m))
        if level == "node":
            inner = [v for v in range(1, n) if v != target]
            rows.append(wide(sp.csr_matrix((len(inner), m)), into[inner]))
            low.append(np.full(len(inner), -np.inf))
            high.append(np.ones(len(inner)))
    count = m + (n - 1) * arcs
    cost = np.concatenate((g.cost / case.factor, np.zeros(count - m)))
    begun = time.monotonic()
    found = milp(
        cost, constraints=LinearConstraint(
            sp.vstack(rows), np.concatenate(low), np.concatenate(high)
        ),
        bounds=Bounds(0, 1), integrality=(np.arange(count) < m).astype(int),
        options={"time_limit": time_limit_s},
    )  # fmt: skip
    return {
        "milp_cost": None if found.x is None else float(found.fun),
        "milp_lower_bound": None if found.mip_dual_bound is None else float(found.mip_dual_bound),
        "milp_seconds": round(time.monotonic() - begun, 3),
    }


def run_network(case: Case, options: argparse.Namespace) -> dict[str, Any]:
    """Return one row of figures for a network in which all nodes are to be joined."""
    begun, cpu = time.monotonic(), time.process_time()
    needs = dict.fromkeys(range(1, case.graph.node_count), 2)
    solution = solve(
        case.graph, needs, 0, level=options.level, root_fails=options.level == "node",
        time_limit_s=options.time_limit or 60.0, seed=options.seed,
    )  # fmt: skip
    seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
    blocked = blocking(case, solution)
    edges = solution.edges.tolist()
    verified = is_survivable(case.graph, edges, list(needs), 0, options.level)
    if options.level == "node":
        verified = verified and has_no_cut_node(case.graph, edges)
    row = {
        "instance": case.name,
        "level": options.level,
        "nodes": case.graph.node_count,
        "edges": case.graph.edge_count,
        "cost": None if blocked else solution.cost / case.factor,
        "lower_bound": None if blocked else solution.lower_bound / case.factor,
        "gap": None if blocked else solution.gap,
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu, 3),
        "verified": verified != bool(blocked),
        "infeasible": bool(blocked),
        "blocking": blocked,
    }
    if options.peers:
        if options.level == "edge":
            row.update(augmentation(case, row["cost"]))
        row.update(plain_program(case, options.level, options.time_limit or 60.0))
    return row


def run_streets(case: Case, count: int, options: argparse.Namespace) -> dict[str, Any]:
    """Return one row of figures for random places that shall survive any single failure."""
    g = case.graph
    able = safe_places(g)
    chosen = np.random.default_rng(options.seed).permutation(able)[: count + 1].tolist()
    root, sites = chosen[0], chosen[1:]
    limit = options.time_limit or next((s for k, s in STREET_LIMITS_S if count <= k), 120.0)
    begun, cpu = time.monotonic(), time.process_time()
    solution = solve(
        g, dict.fromkeys(sites, 2), root, level=options.level, time_limit_s=limit,
        gap=options.gap, seed=options.seed,
    )  # fmt: skip
    seconds, cpu = time.monotonic() - begun, time.process_time() - cpu
    finder = PairFinder(g, root, node_disjoint=options.level == "node")
    pairs = [finder.pair(site) for site in sites]
    union = {edge for pair in pairs if pair for edge in (*pair.working, *pair.protection)}
    union_cost = int(g.cost[sorted(union)].sum())
    edges = solution.edges.tolist()
    return {
        "instance": f"{case.name}-{count}",
        "level": options.level,
        "sites": count,
        "nodes": g.node_count,
        "edges": g.edge_count,
        "cost": solution.cost / case.factor,
        "lower_bound": solution.lower_bound / case.factor,
        "gap": solution.gap,
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu, 3),
        "union_of_pairs": union_cost / case.factor,
        "union_ratio": union_cost / solution.cost,
        "verified": is_survivable(g, edges, sites, root, options.level),
        "infeasible": False,
        "blocking": blocking(case, solution),
    }


def print_rows(rows: list[dict[str, Any]]) -> None:
    """Print a table for people."""
    print("instance                level  nodes  edges          cost     gap %       s  checked")
    for row in rows:
        if "error" in row:
            print(f"{row['instance']:<24}not solved: {row['error']}")
            continue
        cost = "infeasible" if row["cost"] is None else f"{row['cost']:.2f}"
        gap = "" if row["gap"] is None else f"{100 * row['gap']:.4f}"
        print(
            f"{row['instance']:<24}{row['level']:<5}{row['nodes']:>7}{row['edges']:>7}{cost:>14}"
            f"{gap:>10}{row['seconds']:>8.2f}{'yes' if row['verified'] else 'NO':>9}"
        )
        for key in ("union_ratio", "networkx_excess", "networkx_seconds", "milp_cost",
                    "milp_lower_bound", "milp_seconds"):  # fmt: skip
            if row.get(key) is not None:
                print(f"  {key} {row[key]:.4f}")


def main() -> int:
    """Run the measurement; 3 if a file could not be read."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--level", choices=("edge", "node"), default="edge")
    parser.add_argument("--time-limit", type=float, metavar="S")
    parser.add_argument("--gap", type=float, default=0.0, help="stop at this gap (streets)")
    parser.add_argument("--streets", type=Path, metavar="FILE")
    parser.add_argument("--sites", type=int, nargs="+", default=[15, 30, 50, 100], metavar="K")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="run networkx and a plain program too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.files and options.streets is None:
        parser.error("give FILE... or --streets FILE")
    warm_up()
    rows: list[dict[str, Any]] = []
    for path in options.files:
        try:
            rows.append(run_network(read_sndlib(path), options))
        except (UnreadableError, OSError) as error:
            rows.append({"instance": path.name, "error": str(error)})
    if options.streets is not None:
        case = read_streets(options.streets)
        rows += [run_streets(case, count, options) for count in options.sites]
    if options.json:
        print(json.dumps(rows))
    else:
        print_rows(rows)
    return 3 if any("error" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
