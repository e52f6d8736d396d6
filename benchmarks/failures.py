"""Measure failure simulation, availability three ways, and the ranking of measures.

    python benchmarks/failures.py [PROJECT.gpkg] [--sections N ...] [--no-measures] [--json]

With a project: its failures, pairs, availability and measures, the ten worst single points and
the three best measures. Without one, and always for ``--sections``: rings with chords of N
sections whose pairs of failures are all examined, beside a plain breadth-first search for each
of a sample of pairs. Times are CPU seconds of this process after the kernels are compiled.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.io.project import Project
from app.model.network import Network
from app.planning.arrays import Graph, build_graph
from app.planning.failure.enumeration import enumerate_states
from app.planning.failure.exact import exact_availability
from app.planning.failure.measures import MeasureParameters, rank_measures
from app.planning.failure.model import failure_model
from app.planning.failure.montecarlo import draw_states
from app.planning.failure.rates import MINUTES_PER_YEAR
from app.planning.failure.simulation import SimulationParameters, simulate_failures
from app.planning.failure.sweep import pairs_that_matter
from app.planning.failure.warmup import warm_up

_PEER_PAIRS = 200


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what the work returns and the CPU seconds that it took."""
    begun = time.process_time()
    answer = work()
    return answer, time.process_time() - begun


def of_project(network: Network, *, with_measures: bool) -> dict[str, Any]:
    """Return all figures of a project."""
    single, single_s = timed(lambda: simulate_failures(network, SimulationParameters()))
    _, both_s = timed(lambda: simulate_failures(network, SimulationParameters(depth=2)))
    pairs = simulate_failures(network, SimulationParameters(depth=2)).summary
    found: dict[str, Any] = {
        "single_failures": single.summary["examined"],
        "single_s": single_s,
        "pairs": pairs["pairs_examined"],
        "pairs_that_matter": pairs["pairs_that_matter"],
        "with_pairs_s": both_s,
        "worst": [
            {key: item[key] for key in ("uid", "kind", "name", "weight_lost")}
            | {"sites_lost": len(item["sites_lost"])}
            for item in single.summary["failures"][:10]
        ],
        **availability(network),
    }
    if with_measures:
        ranked, measures_s = timed(lambda: rank_measures(network, MeasureParameters()))
        found["measures_s"] = measures_s
        found["best_measures"] = ranked.summary["measures"][:3]
        found["sequence"] = ranked.summary["sequence"]
    return found


def availability(network: Network) -> dict[str, Any]:
    """Return how the three ways agree on the sites of a project, in minutes a year."""
    model = failure_model(network)
    given = (model.graph, model.edge_down, model.node_down, model.root)
    exact, exact_s = timed(lambda: exact_availability(*given))
    states, states_s = timed(lambda: enumerate_states(*given))
    drawn, drawn_s = timed(lambda: draw_states(*given, samples=50_000, seed=1))
    nodes = np.unique(model.sites.node)
    inside = (states.lower <= exact.upper + 1e-12) & (exact.lower <= states.upper + 1e-12)
    near = np.abs(drawn.availability - exact.lower) <= drawn.half_width
    return {
        "sites": len(model.sites.uid),
        "exact_s": exact_s,
        "exact_leftover": exact.leftover,
        "enumeration_s": states_s,
        "enumeration_leftover_minutes": states.leftover * MINUTES_PER_YEAR,
        "enumeration_agrees": bool(inside[nodes].all()),
        "enumeration_gap_minutes": float(
            np.abs(exact.lower - states.lower)[nodes].max() * MINUTES_PER_YEAR
        ),
        "monte_carlo_s": drawn_s,
        "monte_carlo_within_95": float(near[nodes].mean()),
    }


def ring_with_chords(sections: int, seed: int) -> Graph:
    """Return a ring in which one node in ten has a chord, of about ``sections`` edges."""
    count = round(sections / 1.05)
    random = np.random.default_rng(seed)
    chords = random.choice(count, (sections - count, 2), replace=True)
    start = np.concatenate((np.arange(count), chords[:, 0]))
    end = np.concatenate((np.roll(np.arange(count), -1), chords[:, 1]))
    return build_graph(count, start, end, np.ones(len(start)))


def of_ring(sections: int) -> dict[str, Any]:
    """Return time and number of pairs on a ring, and the peer's time for as many."""
    graph = ring_with_chords(sections, sections)
    weight = np.ones(graph.node_count)
    weight[0] = 0.0
    found, seconds = timed(lambda: pairs_that_matter(graph, 0, weight, graph.edge_count))
    plain = nx.MultiGraph()
    plain.add_nodes_from(range(graph.node_count))
    ends = zip(graph.start.tolist(), graph.end.tolist(), strict=True)
    plain.add_edges_from((a, b, edge) for edge, (a, b) in enumerate(ends))
    known = dict(zip(zip(found.first, found.second, strict=True), found.together, strict=True))
    random = np.random.default_rng(1)
    sample = [sorted(random.choice(graph.edge_count, 2, replace=False)) for _ in range(_PEER_PAIRS)]

    def search() -> int:
        return sum(
            abs(dark(plain, graph, pair) - known.get((pair[0], pair[1]), 0.0)) > 1e-6
            for pair in sample
        )

    wrong, peer_s = timed(search)
    return {
        "sections": graph.edge_count,
        "pairs": found.examined,
        "pairs_that_matter": len(found.first),
        "seconds": seconds,
        "peer_s_for_all": peer_s / _PEER_PAIRS * found.examined,
        "sampled": _PEER_PAIRS,
        "differ": wrong,
    }


def dark(plain: nx.MultiGraph, graph: Graph, pair: Sequence[int]) -> int:
    """Return how many nodes of a network without bridges a pair cuts off."""
    cut = plain.copy()
    cut.remove_edges_from((graph.start[edge], graph.end[edge], edge) for edge in pair)
    return int(graph.node_count - len(nx.node_connected_component(cut, 0)))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("project", type=Path, nargs="?")
    parser.add_argument("--sections", type=int, nargs="*", default=[500, 1000, 2000])
    parser.add_argument("--no-measures", action="store_true")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    warm_up()
    answer: dict[str, Any] = {"rings": [of_ring(count) for count in chosen.sections]}
    if chosen.project is not None:
        with Project.open(chosen.project, read_only=True) as opened:
            network = opened.read()
        answer["project"] = of_project(network, with_measures=not chosen.no_measures)
    if chosen.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for row in answer["rings"]:
        print("  ".join(f"{key} {_short(value)}" for key, value in row.items()))
    for key, value in answer.get("project", {}).items():
        rows = value if isinstance(value, list) else [value]
        for number, row in enumerate(rows, start=1):
            label = f"{key} {number}" if isinstance(value, list) else key
            print(f"{label:32}{_line(row)}")


def _line(row: Any) -> str:
    if not isinstance(row, dict):
        return _short(row)
    shown = itertools.islice(row.items(), 16)
    return "  ".join(f"{key} {_short(value)}" for key, value in shown if key != "uid")


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}"
    if isinstance(value, dict):
        return "/".join(_short(item) for item in value.values())
    return str(value)


if __name__ == "__main__":
    main()
