"""Other programs for the same problems: networkx, rustworkx, pcst_fast.

Each gives ``NAME_cost`` and ``NAME_seconds`` (graph building left out), or ``NAME_skipped`` with
the reason. Costs are added up here, on the input.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from app.planning.arrays import Graph
from benchmarks.steinlib import Instance

PYTHON_VARIABLE = "PCST_PYTHON"
"""Environment variable that names an interpreter with pcst_fast and numpy below 2."""

_LIMIT_S = 600


def peers(instance: Instance, terminals: list[int], python: str | None) -> dict[str, Any]:
    """Return what other programs make of an instance; ``terminals`` can be reached."""
    row: dict[str, Any] = {}
    if instance.prizes is None:
        graph = _simple(instance.graph)
        row.update(_networkx(graph, terminals))
        row.update(_rustworkx(graph, instance.graph.node_count, terminals))
    row.update(_pcst_fast(instance, terminals, python))
    for key in [key for key in row if key.endswith("_cost")]:
        row[key] /= instance.factor
    return row


def _simple(graph: Graph) -> nx.Graph:
    """Return the graph without loops, of parallel edges the cheapest."""
    other: nx.Graph = nx.Graph()
    other.add_nodes_from(range(graph.node_count))
    for a, b, cost in zip(
        graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True
    ):
        if a != b and (not other.has_edge(a, b) or other[a][b]["weight"] > cost):
            other.add_edge(a, b, weight=cost)
    return other


def _networkx(graph: nx.Graph, terminals: list[int]) -> dict[str, Any]:
    begun = time.monotonic()
    tree = nx.approximation.steiner_tree(graph, terminals, method="mehlhorn")
    return {
        "networkx_cost": int(tree.size("weight")),
        "networkx_seconds": round(time.monotonic() - begun, 3),
    }


def _rustworkx(graph: nx.Graph, node_count: int, terminals: list[int]) -> dict[str, Any]:
    if not importlib.util.find_spec("rustworkx"):
        return {"rustworkx_skipped": "rustworkx is not installed"}
    rustworkx = importlib.import_module("rustworkx")
    rusty = rustworkx.PyGraph()
    rusty.add_nodes_from(list(range(node_count)))
    rusty.add_edges_from([(a, b, float(w)) for a, b, w in graph.edges.data("weight")])
    begun = time.monotonic()
    found = rustworkx.steiner_tree(rusty, terminals, weight_fn=float)
    return {
        "rustworkx_cost": int(sum(found.edges())),
        "rustworkx_seconds": round(time.monotonic() - begun, 3),
    }


def _pcst_fast(instance: Instance, terminals: list[int], python: str | None) -> dict[str, Any]:
    """Run pcst_fast in its own interpreter; terminals get a prize that no tree can forgo."""
    graph = instance.graph
    prizes = np.zeros(graph.node_count) if instance.prizes is None else instance.prizes.copy()
    prizes = prizes.astype(np.int64)
    wanted = prizes.copy()
    wanted[terminals] = int(graph.cost.sum()) + 1
    root = instance.root if instance.root is not None else -1
    if instance.prizes is None:
        root = terminals[0]
    kept = graph.start != graph.end
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.npz"
        np.savez(
            path, edges=np.column_stack((graph.start, graph.end))[kept], costs=graph.cost[kept],
            prizes=wanted, root=root,
        )  # fmt: skip
        command = [python or os.environ.get(PYTHON_VARIABLE) or sys.executable]
        script = Path(__file__).with_name("pcst_peer.py")
        try:
            done = subprocess.run(
                [*command, str(script), str(path)], capture_output=True, text=True,
                timeout=_LIMIT_S, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            return {"pcst_fast_skipped": str(error)}
    found = json.loads(done.stdout)
    if "skipped" in found:
        return {"pcst_fast_skipped": found["skipped"]}
    inside = np.zeros(graph.node_count, dtype=np.bool_)
    inside[found["nodes"]] = True
    cost = int(graph.cost[np.flatnonzero(kept)[found["edges"]]].sum() + prizes[~inside].sum())
    return {"pcst_fast_cost": cost, "pcst_fast_seconds": round(found["seconds"], 3)}
