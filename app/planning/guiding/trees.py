"""The cheapest tree, or forest, that obeys what the planner asked.

The root stands for the whole network, so a tree that may join it anywhere is a forest on the
ground. Where sites are tied to hubs of separate networks, their trees are grown one after the
other, each using what the others built for nothing, until no order makes them cheaper; the
bound is that of the tree in which every join serves everybody.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.model.messages import QT_TRANSLATE_NOOP, Message
from app.model.messages import message as told
from app.model.progress import Progress
from app.planning.arrays import FAR, BoolArray, Graph, IntArray, build_graph
from app.planning.costs.prices import COST_UNIT_EUR
from app.planning.guiding.forced import tidy, without_cost
from app.planning.guiding.guide import Group, Guide
from app.planning.guiding.tether import UNLIMITED_MM, tethered
from app.planning.planrows import SitePath
from app.planning.streets.routegraph import RouteGraph
from app.planning.tree.steiner import TreeSolution, solve
from app.planning.tree.treepaths import paths_to_root

_PASSES = 3
"""Times that each group's tree is grown anew among the others."""

_LINK_S = 5.0
"""Time for joining what must be built to a protected plan, in s."""

_LENGTH_PRICES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Prices of a metre of route that trees are tried with, in mean costs of a metre."""

_ROUGH = 0.01
"""Gap at which such a tree is good enough to begin with."""

LENGTH_ENGINE = "+reach-1"
"""Added to the engine's name when the lengths of routes are kept."""


@dataclass(frozen=True)
class SearchLimits:
    """When to stop: after ``time_limit_s``, or at a proven ``gap`` (a fraction)."""

    time_limit_s: float
    gap: float
    seed: int


@dataclass(frozen=True)
class Grown:
    """Edges, the path of each row, a lower bound on the cost, and who found it."""

    edges: tuple[int, ...]
    paths: Mapping[int, SitePath]
    lower_bound: int
    engine: str


def grow(
    routes: RouteGraph, guide: Guide, rows: Sequence[int], limits: SearchLimits,
    progress: Progress,
) -> Grown:  # fmt: skip
    """Return the cheapest trees found for the sites in ``rows``, all of which can be reached."""
    graph = without_cost(routes.graph, guide.forced.edges)
    euro = in_euro(progress, guide.forced.cost)
    groups = [
        (group, [row for row in rows if row in group.rows], group.closed(routes))
        for group in guide.groups
    ]
    groups = [item for item in groups if item[1]] or [(guide.groups[0], [], _nothing(routes))]
    is_split = any(closed.any() for group, _, closed in groups)
    share = limits if not is_split else replace(limits, time_limit_s=limits.time_limit_s / 2)
    until = time.monotonic() + limits.time_limit_s
    terminals = [*(int(routes.entries[row]) for row in rows), *guide.forced.terminals]
    whole = _solve(graph, terminals, routes.root, share, euro)
    if is_split:
        plots = _forest(routes, guide, groups, graph, until, limits.seed)
    else:
        edges = _one_tree(routes, guide, rows, whole)
        plots = [(group, mine, edges) for group, mine, _ in groups]
    if guide.is_binding:
        plots = [
            _tethered(routes, graph, guide, plot, () if number else guide.forced.terminals, until)
            for number, plot in enumerate(plots)
        ]
    return _grown(routes, guide, rows, plots, whole)


def joined_to(routes: RouteGraph, guide: Guide, edges: Sequence[int]) -> tuple[int, ...]:
    """Return the edges with all that must be built, joined to them at least cost."""
    forced = guide.forced
    if not forced.terminals:
        return tuple(sorted({*edges, *forced.edges}))
    graph = without_cost(routes.graph, sorted({*edges, *forced.edges}))
    link = solve(graph, forced.terminals, routes.root, time_limit_s=_LINK_S)
    dear = [edge for edge in link.edges.tolist() if graph.cost[edge] > 0]
    return tuple(sorted({*edges, *forced.edges, *dear}))


Plot = tuple[Group, list[int], list[int]]
"""A group, the rows of its sites, and the edges of its tree."""


def _one_tree(
    routes: RouteGraph, guide: Guide, rows: Sequence[int], whole: TreeSolution
) -> list[int]:
    """Return the edges of the tree with all that must be built, without needless ones."""
    forced, edges = guide.forced, [int(edge) for edge in whole.edges]
    if not forced.edges or guide.is_binding:
        return edges
    keep = [routes.root, *forced.terminals, *(int(routes.entries[row]) for row in rows)]
    return [int(edge) for edge in tidy(routes.graph, forced.edges, edges, keep)]


def _grown(
    routes: RouteGraph, guide: Guide, rows: Sequence[int], plots: Sequence[Plot],
    whole: TreeSolution,
) -> Grown:  # fmt: skip
    assert whole.lower_bound is not None
    engine = whole.engine + (LENGTH_ENGINE if guide.is_binding else "")
    chosen = sorted({edge for _, _, edges in plots for edge in edges} | set(guide.forced.edges))
    paths: dict[int, SitePath] = {}
    for _, mine, edges in plots:
        walks = paths_to_root(
            routes.graph, edges, routes.root, [int(routes.entries[row]) for row in mine]
        )
        paths.update({row: SitePath(walk) for row, walk in zip(mine, walks, strict=True)})
    ordered = {row: paths[row] for row in rows}
    return Grown(tuple(chosen), ordered, whole.lower_bound + guide.forced.cost, engine)


def _forest(
    routes: RouteGraph, guide: Guide, groups: Sequence[tuple[Group, list[int], BoolArray]],
    graph: Graph, until: float, seed: int,
) -> list[Plot]:  # fmt: skip
    """Grow each group's tree, what others built free of charge, until nothing gets cheaper."""
    trees: dict[int, list[int]] = {}
    left = _PASSES * len(groups)
    cheapest: int | None = None
    best: dict[int, list[int]] = {}
    for _ in range(_PASSES):
        for number, (_, mine, closed) in enumerate(groups):
            others = {edge for other, edges in trees.items() if other != number for edge in edges}
            around = without_cost(graph, sorted(others))
            terminals = [int(routes.entries[row]) for row in mine]
            terminals += guide.forced.terminals if number == 0 else ()
            time_s = max(0.2, (until - time.monotonic()) / left)
            left -= 1
            trees[number] = _solve_open(
                around, ~closed, terminals, routes.root, SearchLimits(time_s, 0.0, seed)
            )
        built = sorted({edge for edges in trees.values() for edge in edges})
        cost = int(graph.cost[built].sum())
        if cheapest is not None and cost >= cheapest:
            break
        cheapest, best = cost, dict(trees)
    return [(group, mine, best[number]) for number, (group, mine, _) in enumerate(groups)]


def _solve_open(
    graph: Graph, is_open: BoolArray, terminals: Sequence[int], root: int, limits: SearchLimits
) -> list[int]:
    """Return the edges of a cheap tree that uses open edges only."""
    kept = np.flatnonzero(is_open)
    part_of = build_graph(graph.node_count, graph.start[kept], graph.end[kept], graph.cost[kept])
    solution = solve(
        part_of, terminals, root, time_limit_s=limits.time_limit_s, gap=limits.gap,
        seed=limits.seed,
    )  # fmt: skip
    return [int(edge) for edge in kept[solution.edges]]


def _tethered(
    routes: RouteGraph, graph: Graph, guide: Guide, plot: Plot, others: Sequence[int],
    until: float,
) -> Plot:  # fmt: skip
    """Return the plot with every route within its limit; ``others`` are joined without one."""
    group, mine, edges = plot
    limits_mm = dict.fromkeys(others, UNLIMITED_MM)
    for row in mine:
        entry = int(routes.entries[row])
        limits_mm[entry] = min(guide.limits_mm[row], limits_mm.get(entry, UNLIMITED_MM))
    length_mm = group.length_mm(routes)
    best: list[int] = []
    for start in _starts(graph, length_mm, routes.root, limits_mm, edges, until):
        found = tethered(
            graph, length_mm, routes.root, limits_mm, start, lambda: time.monotonic() > until
        )
        assert not found.lost, "sites that no route can serve in time were set apart before"
        if not best or graph.cost[found.edges].sum() < graph.cost[best].sum():
            best = [int(edge) for edge in found.edges]
        if np.array_equal(found.edges, np.sort(edges)):
            break
    return group, mine, best


def _starts(
    graph: Graph, length_mm: IntArray, root: int, limits_mm: Mapping[int, int],
    edges: Sequence[int], until: float,
) -> Iterator[Sequence[int]]:  # fmt: skip
    """Give trees to begin with: the cheapest one, then trees for which length has a price.

    The dearer length is, the nearer a cheapest tree is to the shortest routes.
    """
    yield edges
    is_open = length_mm < FAR
    total_mm = int(length_mm[is_open].sum())
    per_mm = int(graph.cost[is_open].sum()) / max(1, total_mm)
    for number, share in enumerate(_LENGTH_PRICES):
        left_s = until - time.monotonic()
        if left_s <= 0:
            return
        priced = graph.cost + (np.where(is_open, length_mm, 0) * (share * per_mm)).astype(np.int64)
        seconds = left_s / (2 * (len(_LENGTH_PRICES) - number))
        yield _solve_open(
            replace(graph, cost=priced), is_open, list(limits_mm), root,
            SearchLimits(seconds, _ROUGH, 0),
        )  # fmt: skip


def _solve(
    graph: Graph, terminals: Sequence[int], root: int, limits: SearchLimits, progress: Progress
) -> TreeSolution:
    return solve(
        graph, terminals, root, time_limit_s=limits.time_limit_s, gap=limits.gap,
        seed=limits.seed, progress=progress,
    )  # fmt: skip


def _nothing(routes: RouteGraph) -> BoolArray:
    return np.zeros(routes.graph.edge_count, dtype=np.bool_)


def in_euro(progress: Progress, more: int = 0) -> Progress:
    """Return a progress that says cost and bound in euro where a search tells them.

    ``more`` is the cost of what is built in any case.
    """

    def report(fraction: float, message: Message | None = None) -> None:
        values = {} if message is None else message.values
        if "cost" in values and "bound" in values:
            cost_eur = round((values["cost"] + more) * COST_UNIT_EUR)
            bound_eur = round((values["bound"] + more) * COST_UNIT_EUR)
            message = _progress_text(cost_eur, bound_eur if values["bound"] > 0 else 0)
        progress(fraction, message)

    return report


def _progress_text(cost_eur: int, bound_eur: int) -> Message:
    if bound_eur <= 0:
        return told(QT_TRANSLATE_NOOP("core", "Improving: {cost_eur} € so far"), cost_eur=cost_eur)
    return told(
        QT_TRANSLATE_NOOP("core", "Improving: {cost_eur} € so far, at least {bound_eur} € needed"),
        cost_eur=cost_eur,
        bound_eur=bound_eur,
    )
