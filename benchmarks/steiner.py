"""Measure the tree and prize engines on SteinLib files, or on a generated street-like grid.

    python benchmarks/steiner.py [FILE.stp[.gz] ...] [--time-limit S] [--peers] [--json]
                                 [--pcst-python PYTHON] [--grid N] [--sites K] [--seed S]

Each answer is checked apart from the engine: one tree, spanning what it must, cost added up from
the input. The bound is checked by replaying the engine's dual solution on the input's costs: no
arc may be priced above its cost, no node above its prize. `--peers` adds networkx and rustworkx
(classic problems) and pcst_fast, where present; the last needs numpy below 2 and may run in an
interpreter of its own (`--pcst-python`, or PCST_PYTHON in the environment).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import build_graph
from app.planning.prize import collecting
from app.planning.prize.collecting import PrizeSolution
from app.planning.prize.unrooted import solve_unrooted
from app.planning.tree import steiner
from app.planning.tree.steiner import TreeSolution
from benchmarks.checks import (
    are_apart,
    is_prize_tree,
    is_proven_by_cases,
    is_tree,
    replayed_bound,
    replayed_prize_bound,
)
from benchmarks.peers import peers
from benchmarks.steinlib import Instance, UnreadableError, read_stp


def street_grid(count: int, sites: int, seed: int = 1) -> Instance:
    """Return a grid with uneven blocks, some streets missing, and random sites."""
    random = np.random.default_rng(seed)
    number = np.arange(count * count).reshape(count, count)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    kept = random.random(len(start)) > 0.12
    cost = random.integers(4_000, 14_000, len(start))
    graph = build_graph(count * count, start[kept], end[kept], cost[kept])
    terminals = random.permutation(count * count)[:sites].tolist()
    return Instance("grid", graph, terminals, None, None, 100)


def solve_tree(
    instance: Instance, options: argparse.Namespace
) -> tuple[TreeSolution, dict[str, Any]]:
    """Solve and check a classic problem."""
    graph, terminals = instance.graph, instance.terminals
    root = terminals[0] if instance.root is None else instance.root
    wanted = list(dict.fromkeys([root, *terminals]))
    solution = steiner.solve(
        graph, wanted, root, patience=None, time_limit_s=options.time_limit, seed=options.seed
    )
    reached = [node for node in wanted if node not in set(solution.unreached)]
    replayed = replayed_bound(graph, solution.proof, reached) if solution.proof else 0
    claim = solution.lower_bound or 0
    by_cases = replayed < claim and is_proven_by_cases(graph, solution.cases, reached, claim)
    return solution, {
        "verified": is_tree(graph, solution, reached),
        "replayed_bound": replayed / instance.factor,
        "bound_verified": replayed >= claim or by_cases,
        "bound_checked": _checked(replayed >= claim, by_cases, bool(solution.cases)),
    }


def _checked(by_dual: bool, by_cases: bool, has_cases: bool) -> str:
    """Say how the bound was checked, or why it was not."""
    if by_dual:
        return "replayed"
    if by_cases:
        return "replayed, case by case"
    if has_cases:
        return "in part: the cases do not prove all of it"
    return "in part: the rest was found by going through all cheaper trees, or by too many cases"


def solve_prizes(
    instance: Instance, options: argparse.Namespace
) -> tuple[PrizeSolution, dict[str, Any]]:
    """Solve and check a prize-collecting problem, from its root or from anywhere."""
    graph, prizes, root = instance.graph, instance.prizes, instance.root
    assert prizes is not None
    must = list(instance.terminals)
    if root is None and must:
        root = must[0]
    if root is None:
        solution = solve_unrooted(graph, prizes, time_limit_s=options.time_limit, seed=options.seed)
    else:
        must.append(root)
        solution = collecting.solve(
            graph, prizes, root, required=must, time_limit_s=options.time_limit,
            seed=options.seed,
        )  # fmt: skip
    assert solution.proof is not None
    replayed = replayed_prize_bound(graph, prizes, must, solution.proof)
    return solution, {
        "verified": is_prize_tree(graph, prizes, root, must, solution),
        "replayed_bound": replayed / instance.factor,
        "bound_verified": replayed >= solution.lower_bound,
    }


def run(instance: Instance, options: argparse.Namespace) -> dict[str, Any]:
    """Return one row of figures."""
    graph, factor = instance.graph, instance.factor
    begun = time.monotonic()
    spent = time.process_time()
    solution: TreeSolution | PrizeSolution
    if instance.prizes is None:
        solution, checks = solve_tree(instance, options)
        sites = len(instance.terminals)
    else:
        solution, checks = solve_prizes(instance, options)
        sites = len(set(instance.terminals) | set(np.flatnonzero(instance.prizes).tolist()))
    cpu_seconds = time.process_time() - spent
    assert solution.lower_bound is not None
    unreached = sorted(solution.unreached)
    if unreached:
        checks["verified"] = checks["verified"] and are_apart(graph, instance.terminals, unreached)
    close = [m.seconds for m in solution.history if m.cost - m.lower_bound <= 0.01 * m.cost]
    bounded = [m.seconds for m in solution.history if m.lower_bound]
    first = solution.history[0].seconds if solution.history else time.monotonic() - begun
    row = {
        "instance": instance.name,
        "problem": _problem(instance),
        "nodes": graph.node_count,
        "edges": graph.edge_count,
        "terminals": sites,
        "cost": None if unreached else solution.cost / factor,
        "lower_bound": None if unreached else solution.lower_bound / factor,
        "gap": None if unreached else solution.gap,
        "infeasible": bool(unreached),
        "unreached": [node + 1 for node in unreached],
        "seconds": round(solution.seconds, 3),
        "cpu_seconds": round(cpu_seconds, 3),
        "seconds_to_first": round(first, 3),
        "seconds_to_bound": round(bounded[0], 3) if bounded else None,
        "seconds_to_1_percent": round(close[0], 3) if close else None,
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **checks,
    }
    if options.peers and not unreached:
        row.update(peers(instance, instance.terminals, options.pcst_python))
    return row


def _problem(instance: Instance) -> str:
    if instance.prizes is None:
        return "steiner"
    return "prize" if instance.root is None else "prize, rooted"


def print_rows(rows: list[dict[str, Any]]) -> None:
    """Print a table for people."""
    print("instance   nodes   edges sites            cost     gap %  first s      s  tree bound")
    for row in rows:
        if "error" in row or row["infeasible"]:
            why = row.get("error") or f"nodes {row['unreached']} cannot be joined"
            print(f"{row['instance']:<8} not solved: {why}")
            continue
        print(
            f"{row['instance']:<8}{row['nodes']:>8}{row['edges']:>8}{row['terminals']:>6}"
            f"{row['cost']:>16.2f}{100 * row['gap']:>10.3f}{row['seconds_to_first']:>9.2f}"
            f"{row['seconds']:>7.2f}{'yes' if row['verified'] else 'NO':>6}"
            f"{'yes' if row['bound_verified'] else 'in part':>8}"
        )
        for key in ("networkx", "rustworkx", "pcst_fast"):
            if f"{key}_cost" in row:
                dearer = 100 * (row[f"{key}_cost"] / row["cost"] - 1) if row["cost"] else 0.0
                print(f"  {key}: {dearer:+.2f} % in {row[f'{key}_seconds']:.2f} s")
            elif f"{key}_skipped" in row:
                print(f"  {key}: skipped, {row[f'{key}_skipped']}")


def main() -> int:
    """Run the measurement; 3 if a file could not be read."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--time-limit", type=float, default=30.0, metavar="S")
    parser.add_argument("--grid", type=int, default=150, metavar="N", help="nodes along one side")
    parser.add_argument("--sites", type=int, default=100, metavar="K")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="run other programs too")
    parser.add_argument("--pcst-python", metavar="PYTHON", help="interpreter with pcst_fast")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    steiner.warm_up()
    collecting.warm_up()
    rows: list[dict[str, Any]] = []
    for path in options.files:
        try:
            rows.append(run(read_stp(path), options))
        except (UnreadableError, OSError) as error:
            rows.append({"instance": path.name, "error": str(error)})
    if not rows:
        rows.append(run(street_grid(options.grid, options.sites), options))
    if options.json:
        print(json.dumps(rows))
    else:
        print_rows(rows)
    return 3 if any("error" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
