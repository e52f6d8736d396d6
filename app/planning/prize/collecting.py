"""The best tree that may leave nodes out for a price: doors to the prize engine.

`solve` starts from a root that every tree holds; `solve_unrooted` seeks the best tree of all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress, no_progress
from app.planning.arrays import FAR, BoolArray, Graph, IntArray, build_graph, components
from app.planning.prize.prizeascent import ascend
from app.planning.prize.prizecases import finish
from app.planning.prize.prizecuts import tighten
from app.planning.prize.prizecuts import warm_up as cuts_warm_up
from app.planning.prize.prizekernel import MUST, PrizeKernel, narrowed, prize_kernel
from app.planning.prize.prizesearch import PrizeSearch
from app.planning.prize.prizetrees import best_part
from app.planning.tree.treesearch import Clock, Moment

ENGINE = "anello-prize-1"
"""Name and version that plans store."""

_TELL_S = 0.1
"""Time between two messages about the progress."""

_IDLE_ROUNDS = 5
"""After so many rounds that change nothing to speak of, cases are told apart."""

_STALL_ROUNDS = 40
"""The same for graphs that are too large for cases to help much."""

_STALL = 0.00002
"""Part of the cost by which cost or bound must change to speak of."""

_CUT_EDGES = 8_000
"""Kernels with at most so many edges are bounded by linear programming ..."""

_CUT_SHARE = 0.6
"""... for at most this part of the time that is left."""

_CASES = 1_000_000
"""Cases that are looked at before giving up; time usually ends the search before."""

_PROOFS = ((1.0, True), (1.5, False), (1.2, True))
"""Ascents on the whole graph of which the best is handed out as proof."""


_PROOF_S = 0.5
"""Time for these, in s; what was raised by then is a bound all the same ..."""

_PROOF_SHARE = 0.03
"""... or this part of the time that the search took, if that is more."""


@dataclass(frozen=True)
class PrizeProof:
    """A dual solution on the graph as given, that anybody can replay.

    Prices rise in steps: step ``(t, r)`` raises those of the sets of nodes that are less than
    0 ... r away from ``t``, walking backwards over the reduced costs of the time. No set may
    hold ``origin``, no arc may be overpriced, and the steps of a node that is not required may
    not add up to more than its prize.

    Attributes
    ----------
    origin
        Node that trees lead away from; ``node_count`` for an artificial one that is joined to
        each node with a prize at ``door_cost``. ``door_cost`` then comes off the sum.
    steps
        ``(s, 2)`` node and radius.
    bound
        What the steps add up to, ``door_cost`` taken off.
    """

    origin: int
    steps: IntArray
    bound: int
    door_cost: int = 0


@dataclass(frozen=True)
class PrizeSolution:
    """A tree, what it leaves out, and how good it is proven to be.

    Attributes
    ----------
    edges, nodes
        Sorted edges and nodes of the tree.
    left_out
        Sorted nodes with a prize that the tree does not pass.
    cost, lower_bound
        Cost of the edges plus the prizes left out, and what no tree can undercut.
    gap
        ``(cost - lower_bound) / cost``.
    unreached
        Required nodes that no path joins to the root: left out perforce, prize counted.
    history
        What was known when: cost and bound at each change.
    proof
        A dual solution on the whole graph. The bound may be higher, through reductions and
        cases.
    """

    edges: IntArray
    nodes: IntArray
    left_out: IntArray
    cost: int
    lower_bound: int
    gap: float
    engine: str
    seconds: float
    unreached: tuple[int, ...] = ()
    history: tuple[Moment, ...] = ()
    proof: PrizeProof | None = None


def solve(
    graph: Graph,
    prizes: npt.ArrayLike,
    root: int,
    *,
    required: Sequence[int] = (),
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    progress: Progress = no_progress,
) -> PrizeSolution:
    """Return a tree with ``root`` of least edge costs plus prizes of the nodes it leaves out.

    Bound: dual ascent with a purse per node. Trees: path heuristics on the arcs that the ascent
    frees, exchange of key paths and key nodes, the best part of a tree, the best tree in the
    union of good ones. The graph is narrowed to what a better tree may use; at the end cases
    are told apart by whether a node is passed, until the optimum is proven or time is up.

    Parameters
    ----------
    prizes
        ``(n,)`` whole, non-negative prices of leaving a node out.
    required
        Nodes that may not be left out.
    time_limit_s
        The search ends then, within some 0.1 s; a first tree is always completed.
    gap
        Stop when the proven gap is at most this fraction.
    seed
        Chooses roots and shaken costs; equal seeds give equal trees unless time runs out.

    Raises
    ------
    ValueError
        For negative prizes, or costs and prizes too large to add up.
    """
    _compile()
    begun = time.monotonic()
    prize = checked(graph, prizes)
    label = components(graph.node_count, graph.start, graph.end)
    wanted = list(dict.fromkeys(int(t) for t in required if t != root))
    unreached = tuple(t for t in wanted if label[t] != label[root])
    must = np.array([t for t in wanted if label[t] == label[root]], dtype=np.int32)
    clock = clock_of(progress, begun, time_limit_s)
    whole = prize_kernel(graph, prize, root, must)
    search = started(whole, graph.edge_count, clock, begun, seed)
    run(search, gap)
    progress(1.0)
    proof = proven(whole, search)
    return answer(graph, prize, root, search, begun, unreached, proof)


def started(
    whole: PrizeKernel, edge_count: int, clock: Clock, begun_s: float, seed: int,
    cost: int | None = None,
) -> PrizeSearch:  # fmt: skip
    """Return a search with a first tree and bound; ``cost`` is of a solution known elsewhere."""
    free = whole.prize < MUST
    nothing = int(whole.prize[free].sum()) + whole.lost
    alone = np.count_nonzero(~free) == 1
    known = nothing if alone else int(FAR)
    best = np.zeros(edge_count, dtype=np.bool_) if alone else None
    if cost is not None and cost <= known:
        known, best = cost, None
    problem = narrowed(whole)
    search = PrizeSearch(
        whole if problem is None else problem, edge_count, np.random.default_rng(seed), clock,
        begun_s, known, best,
    )  # fmt: skip
    if problem is None:
        search.raise_bound(known)
    else:
        search.begin()
    return search


def run(search: PrizeSearch, gap: float) -> None:
    """Do rounds until the gap is small enough, then cases, until proven or time is up."""
    idle, number = 0, 0
    known = (search.cost, search.bound)
    while not search.is_proven and search.gap > gap and not search.clock.is_over():
        is_small = search.problem.graph.edge_count <= _CUT_EDGES
        if idle >= (_IDLE_ROUNDS if is_small else _STALL_ROUNDS):
            if is_small:
                left_s = search.clock.deadline_s - time.monotonic()
                tighten(search, time.monotonic() + _CUT_SHARE * left_s, gap)
            finish(search, gap, _CASES)
            break
        search.round(number)
        number += 1
        change = abs(known[0] - search.cost) + abs(known[1] - search.bound)
        idle += 1
        if change > _STALL * search.cost:
            idle = 0
            known = (search.cost, search.bound)


def proven(whole: PrizeKernel, search: PrizeSearch) -> PrizeProof:
    """Return a dual solution on the whole graph, as high as some quick ascents get it."""
    problem, origin = whole, whole.root
    label = components(problem.graph.node_count, problem.graph.start, problem.graph.end)
    prize = np.where(label == label[origin], problem.prize, 0)
    lonely = int(problem.prize[label != label[origin]].sum())
    best = None
    now = time.monotonic()
    until = now + max(_PROOF_S, _PROOF_SHARE * (now - search.begun_s))
    for tolerance, guided in _PROOFS:
        guide = search.best if guided else None
        ascent = ascend(
            problem.graph, prize, origin, tolerance, guide=guide,
            is_over=lambda: time.monotonic() > until,
        )  # fmt: skip
        if best is None or ascent.bound > best.bound:
            best = ascent
        if best.bound + lonely >= search.bound or time.monotonic() > until:
            break
    assert best is not None
    return PrizeProof(origin, best.steps, best.bound + lonely)


def answer(
    graph: Graph, prize: IntArray, root: int, search: PrizeSearch, begun_s: float,
    unreached: tuple[int, ...], proof: PrizeProof,
) -> PrizeSolution:  # fmt: skip
    """Put a solution together from the best tree of a search."""
    assert search.best is not None
    tree, inside = _clean(graph, prize, root, search.best)
    edges = np.flatnonzero(tree)
    cost = int(graph.cost[edges].sum() + prize[~inside].sum())
    bound = min(max(search.bound, proof.bound), cost)
    return PrizeSolution(
        edges, np.flatnonzero(inside), np.flatnonzero(~inside & (prize > 0)), cost, bound,
        (cost - bound) / cost if cost else 0.0, ENGINE, time.monotonic() - begun_s, unreached,
        tuple(search.history), proof,
    )  # fmt: skip


def _clean(
    graph: Graph, prize: IntArray, root: int, tree: BoolArray
) -> tuple[BoolArray, BoolArray]:
    """Return edges and nodes of the part of a tree that holds the root."""
    csr = (graph.first, graph.neighbour, graph.edge, graph.start, graph.end)
    plain = np.ones_like(prize)
    return best_part(csr, np.zeros_like(graph.cost), plain, root, tree)


def checked(graph: Graph, prizes: npt.ArrayLike) -> IntArray:
    """Return prizes as an array of their own; raises `ValueError` as `solve` says."""
    prize = np.array(prizes, dtype=np.int64)
    if prize.shape != (graph.node_count,) or (prize < 0).any():
        raise ValueError("One prize, not below 0, is needed for each node")
    if float(prize.astype(np.float64).sum() + graph.cost.astype(np.float64).sum()) >= MUST / 4:
        raise ValueError("Costs and prizes are too large to add up")
    return prize


def clock_of(progress: Progress, begun_s: float, limit_s: float) -> Clock:
    """Return a clock that tells how far a search is, in time, at most ten times a second."""
    told_s = begun_s

    def tell() -> None:
        nonlocal told_s
        now = time.monotonic()
        if now - told_s >= _TELL_S:
            told_s = now
            fraction = 0.95 * min(1.0, (now - begun_s) / max(limit_s, 0.001))
            text = QT_TRANSLATE_NOOP("core", "Choosing sites and improving the bound")
            progress(fraction, message(text))

    return Clock(begun_s + limit_s, tell)


def warm_up() -> None:
    """Compile every kernel on a tiny graph, so that the first plan does not wait."""
    _compile()


@cache
def _compile() -> None:
    """Run all kernels once: compiling shall not eat into the time limit of a search."""
    graph = build_graph(
        6, [0, 1, 2, 3, 0, 1, 3, 4, 5, 5], [1, 2, 3, 0, 2, 3, 4, 5, 0, 2],
        [3, 4, 5, 6, 7, 4, 5, 6, 7, 5],
    )  # fmt: skip
    prize = np.array([0, 4, 0, 9, 6, 1], dtype=np.int64)
    clock = Clock(np.inf)
    whole = prize_kernel(graph, prize, 0, np.zeros(0, dtype=np.int32))
    search = PrizeSearch(whole, 10, np.random.default_rng(0), clock, 0.0, 20)
    everything = np.ones(graph.edge_count, dtype=np.bool_)
    search.consider(everything)
    search.shrink(whole)
    search.problem = whole
    search.bound, search.cost = 0, 21
    search.ascend(0, 1.2, guided=True)
    ascend(graph, prize, 0, 1.0, guide=everything)
    cuts_warm_up(whole)
