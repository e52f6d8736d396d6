"""A street-like region of up to millions of nodes, planned: time and memory in stages.

    python benchmarks/region.py [--nodes 2000000] [--sites 2000] [--time-limit 420] [--json]

The region is made up but built like streets: blocks of uneven size, towns and countryside,
chains of nodes that streets merely pass, dead ends, missing links, prices that change from street
to street. Equal arguments make equal regions. The answer is verified: connected, spans all sites,
cost added up again.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.planning.arrays import FloatArray, Graph, IndexArray, IntArray, build_graph
from app.planning.tree.ascent import ascend
from app.planning.tree.kernel import reduced, whole
from app.planning.tree.steiner import solve, warm_up

SEED = 20_26
_PRICES_EUR = np.array([38, 55, 70, 95, 120])
_UNITS_PER_EUR = 100_000


@dataclass(frozen=True)
class Region:
    """A made-up region: ``xy`` is ``(n, 2)`` in m, edge costs as in planning graphs."""

    graph: Graph
    xy: FloatArray
    length_mm: IntArray
    sites: IndexArray
    root: int


def make_region(nodes: int, sites: int, seed: int = SEED) -> Region:
    """Return a region of about ``nodes`` nodes and exactly ``sites`` sites."""
    random = np.random.default_rng(seed)
    junctions = nodes * 0.458
    wide, high = round(float(np.sqrt(junctions * 1.4))), round(float(np.sqrt(junctions / 1.4)))
    xy, start, end, price = _blocks(random, wide, high)
    xy, start, end, price = _bent(random, xy, start, end, price)
    xy, start, end, price = _with_dead_ends(random, xy, start, end, price)
    xy, start, end, price = _largest_part(xy, start, end, price)
    length_mm = np.maximum(np.round(1000 * np.hypot(*(xy[start] - xy[end]).T)), 1).astype(np.int64)
    cost = length_mm * price * (_UNITS_PER_EUR // 1000)
    graph = build_graph(len(xy), start, end, cost)
    root = int(np.argmin(np.hypot(*(xy - xy.mean(axis=0)).T)))
    return Region(graph, xy, length_mm, _settled(random, xy, sites, root), root)


def _blocks(
    random: np.random.Generator, wide: int, high: int
) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
    """Return junctions and streets of uneven blocks, fewer where it is countryside."""
    x = np.cumsum(random.gamma(4.0, 24.0, wide))
    y = np.cumsum(random.gamma(4.0, 24.0, high))
    number = np.arange(wide * high).reshape(high, wide)
    xy = np.column_stack((np.tile(x, high), np.repeat(y, wide)))
    xy += random.normal(0.0, 14.0, xy.shape)
    along = np.column_stack((number[:, :-1].ravel(), number[:, 1:].ravel()))
    up = np.column_stack((number[:-1].ravel(), number[1:].ravel()))
    pairs = np.concatenate((along, up))
    price = np.concatenate(
        (
            np.repeat(random.choice(_PRICES_EUR, high, p=(0.1, 0.3, 0.35, 0.15, 0.1)), wide - 1),
            np.tile(random.choice(_PRICES_EUR, wide, p=(0.1, 0.3, 0.35, 0.15, 0.1)), high - 1),
        )
    )
    centre = xy[pairs[:, 0]]
    wave = np.sin(centre[:, 0] / 2_300.0) * np.cos(centre[:, 1] / 1_900.0)
    kept = random.random(len(pairs)) < np.clip(0.80 + 0.18 * wave, 0.55, 0.97)
    return xy, pairs[kept, 0], pairs[kept, 1], price[kept]


def _bent(
    random: np.random.Generator, xy: FloatArray, start: IntArray, end: IntArray, price: IntArray
) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
    """Return streets with nodes that they merely pass."""
    extra = random.choice(4, len(start), p=(0.52, 0.33, 0.11, 0.04))
    stop = len(xy) + np.cumsum(extra)
    first = stop - extra
    edge = np.repeat(np.arange(len(start)), extra)
    rank = np.arange(extra.sum()) - np.repeat(first - len(xy), extra)
    share = ((rank + 1) / (extra[edge] + 1))[:, None]
    between = xy[start[edge]] * (1 - share) + xy[end[edge]] * share
    between += random.normal(0.0, 4.0, between.shape)
    new = len(xy) + np.arange(len(edge))
    begins = np.concatenate((start, new))
    ends = np.concatenate(
        (np.where(extra > 0, first, end), np.where(rank + 1 < extra[edge], new + 1, end[edge]))
    )
    return np.concatenate((xy, between)), begins, ends, np.concatenate((price, price[edge]))


def _with_dead_ends(
    random: np.random.Generator, xy: FloatArray, start: IntArray, end: IntArray, price: IntArray
) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
    at = np.flatnonzero(random.random(len(xy)) < 0.06)
    tips = xy[at] + random.normal(0.0, 40.0, (len(at), 2))
    new = len(xy) + np.arange(len(at))
    return (
        np.concatenate((xy, tips)), np.concatenate((start, at)), np.concatenate((end, new)),
        np.concatenate((price, random.choice(_PRICES_EUR, len(at)))),
    )  # fmt: skip


def _largest_part(
    xy: FloatArray, start: IntArray, end: IntArray, price: IntArray
) -> tuple[FloatArray, IntArray, IntArray, IntArray]:
    """Return what hangs together, its nodes numbered in no order that would help a cache."""
    ones = np.ones(len(start), dtype=np.int8)
    _, label = connected_components(coo_array((ones, (start, end)), shape=(len(xy), len(xy))))
    kept = label == np.bincount(label).argmax()
    number = np.cumsum(kept) - 1
    inside = kept[start]
    return xy[kept], number[start[inside]], number[end[inside]], price[inside]


def _settled(random: np.random.Generator, xy: FloatArray, count: int, root: int) -> IndexArray:
    """Return nodes of sites: two thirds around towns, the others anywhere."""
    towns = xy[random.integers(0, len(xy), max(1, count // 25))]
    near = towns[random.integers(0, len(towns), 6 * count)]
    near = near + random.normal(0.0, 700.0, near.shape)
    order = np.argsort(xy[:, 0], kind="stable")
    place = np.clip(np.searchsorted(xy[order, 0], near[:, 0]), 0, len(xy) - 1)
    best = np.full(len(near), -1)
    gap = np.full(len(near), np.inf)
    for step in range(-40, 41):
        other = order[np.clip(place + step, 0, len(xy) - 1)]
        distance = np.hypot(*(xy[other] - near).T)
        closer = distance < gap
        best[closer], gap[closer] = other[closer], distance[closer]
    wanted = np.concatenate(
        (best[gap < 400][: 2 * count // 3], random.permutation(len(xy))[: 2 * count])
    )
    _, seen = np.unique(wanted, return_index=True)
    wanted = wanted[np.sort(seen)]
    return wanted[wanted != root][:count].astype(np.int32)


@dataclass
class Stages:
    """Seconds and the highest memory so far, stage by stage."""

    rows: list[dict[str, object]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what happens inside."""
        begun, cpu = time.monotonic(), time.process_time()
        yield
        row = {
            "stage": name,
            "seconds": round(time.monotonic() - begun, 2),
            "cpu_seconds": round(time.process_time() - cpu, 2),
            "peak_mb": peak_mb(),
        }
        self.rows.append(row)
        told = "{stage:14} {seconds:8} s {cpu_seconds:8} s cpu {peak_mb:6} MB".format(**row)
        print(told, file=sys.stderr, flush=True)


def peak_mb() -> int:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def is_tree(graph: Graph, edges: IntArray, sites: IndexArray, root: int) -> bool:
    """Return whether edges join all sites to the root without a circle."""
    ones = np.ones(len(edges), dtype=np.int8)
    pairs = coo_array((ones, (graph.start[edges], graph.end[edges])), shape=(graph.node_count,) * 2)
    parts, label = connected_components(pairs)
    joined = bool((label[sites] == label[root]).all())
    return joined and graph.node_count - parts == len(edges)


def measure(nodes: int, sites: int, limit_s: float, seed: int, parts: bool) -> dict[str, object]:
    """Make a region, plan it and return the figures."""
    stages = Stages()
    with stages.stage("compile"):
        warm_up()
    with stages.stage("make region"):
        region = make_region(nodes, sites, seed)
    g = region.graph
    with stages.stage("build graph"):
        g = build_graph(g.node_count, g.start, g.end, g.cost)
    if parts:
        terminals = np.append(region.sites, np.int32(region.root))
        with stages.stage("contract"):
            kernel = reduced(whole(g, terminals))
        with stages.stage("one ascent"):
            ascend(kernel.graph, kernel.terminals, int(kernel.terminals[0]), 1.5)
    with stages.stage("solve"):
        found = solve(g, region.sites.tolist(), region.root, time_limit_s=limit_s, seed=0)
    verified = is_tree(g, found.edges, region.sites, region.root)
    verified &= int(g.cost[found.edges].sum()) == found.cost
    bound = next((moment for moment in found.history if moment.lower_bound > 0), None)
    return {
        "nodes": g.node_count,
        "edges": g.edge_count,
        "sites": len(region.sites),
        "cost": found.cost,
        "lower_bound": found.lower_bound,
        "gap": found.gap,
        "first_seconds": round(found.history[0].seconds, 2) if found.history else None,
        "bound_seconds": None if bound is None else round(bound.seconds, 2),
        "seconds": round(found.seconds, 2),
        "peak_mb": peak_mb(),
        "verified": verified,
        "history": [
            (round(moment.seconds, 2), moment.cost, moment.lower_bound) for moment in found.history
        ],
        "stages": stages.rows,
    }


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=2_000_000)
    parser.add_argument("--sites", type=int, default=2_000)
    parser.add_argument("--time-limit", type=float, default=420.0, help="seconds for the engine")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--parts", action="store_true", help="measure steps of the engine alone")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    row = measure(given.nodes, given.sites, given.time_limit, given.seed, given.parts)
    if given.json:
        print(json.dumps(row, indent=1))
    else:
        for name, value in row.items():
            if name not in {"history", "stages"}:
                print(f"{name:16} {value}")
    return 0 if row["verified"] else 1


if __name__ == "__main__":
    sys.exit(main())
