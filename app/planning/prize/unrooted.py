"""The best tree of all that may leave nodes out, wherever it lies.

An artificial node is joined to every node with a prize by a door. Each tree then costs one door
more. If a door costs exactly what the best known tree gains over leaving everything out, then
two trees never pay for two doors better than one of them for one, so that the relaxation loses
nothing; and whatever beats leaving everything out holds a better tree. A bound for the joined
graph less one door holds for all trees at any price of the door.

A node that all better trees pass becomes the root of an ordinary search. While there is none,
the trees are told apart by whether they pass a node: those that do are searched from it, and the
node is taken away for the others.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.model.progress import Progress, no_progress
from app.planning.arrays import FAR, BoolArray, Graph, IndexArray, IntArray, build_graph
from app.planning.prize.collecting import (
    PrizeProof,
    PrizeSolution,
    answer,
    checked,
    clock_of,
    proven,
    run,
    started,
    warm_up,
)
from app.planning.prize.prizekernel import PrizeKernel, narrowed, prize_kernel
from app.planning.prize.prizesearch import PrizeSearch
from app.planning.prize.prizetrees import best_part
from app.planning.tree.treesearch import Clock, Moment

_STARTS = 3
"""Nodes of the highest prizes that first trees are grown from."""

_LARGE = 8_000
"""Graphs with more edges get more rounds from each of these nodes: their bounds take long."""

_ROUNDS = 4
"""Rounds on the joined graph before trees are told apart."""

_NOBODY = np.zeros(0, dtype=np.int32)


@dataclass
class _State:
    """The best tree so far, and what has been proven about which trees."""

    graph: Graph
    prize: IntArray
    clock: Clock
    begun_s: float
    seed: int
    cost: int
    root: int
    best: BoolArray
    gone: IndexArray = field(default_factory=lambda: _NOBODY)
    told: int = int(FAR)  # least bound of the trees told apart so far
    bound: int = 0
    history: list[Moment] = field(default_factory=list)

    def take(self, cost: int, root: int, tree: BoolArray | None) -> None:
        """Take over a tree if it is better."""
        if tree is not None and cost < self.cost:
            self.cost, self.root, self.best = cost, root, tree[: self.graph.edge_count]
            self.note()

    def raise_bound(self, rest: int) -> None:
        """Take a bound on the trees that are not told apart yet."""
        bound = min(self.told, rest, self.cost)
        if bound > self.bound:
            self.bound = bound
            self.note()

    def note(self) -> None:
        """Remember what is known now."""
        seconds = time.monotonic() - self.begun_s
        self.history.append(Moment(seconds, self.cost, min(self.bound, self.cost)))


def solve_unrooted(
    graph: Graph,
    prizes: npt.ArrayLike,
    *,
    time_limit_s: float = 60.0,
    gap: float = 0.0,
    seed: int = 0,
    progress: Progress = no_progress,
) -> PrizeSolution:
    """Return the tree of least edge costs plus prizes of the nodes that it leaves out.

    The tree has at least one node. Parameters, errors and methods are those of
    `app.planning.prize.collecting.solve`.
    """
    warm_up()
    begun = time.monotonic()
    prize = checked(graph, prizes)
    best = int(np.argmax(prize)) if len(prize) else 0
    total = int(prize.sum())
    state = _State(
        graph, prize, clock_of(progress, begun, time_limit_s), begun, seed,
        total - int(prize[best]), best, np.zeros(graph.edge_count, dtype=np.bool_),
    )  # fmt: skip
    state.note()
    for root in np.argsort(-prize, kind="stable")[:_STARTS]:
        if prize[root] > 0 and not state.clock.is_over():
            _search_from(state, int(root), 0.0, 2 if graph.edge_count <= _LARGE else 12)
    while state.bound < state.cost and state.cost - state.bound > gap * state.cost:
        if state.clock.is_over() or not _tell_apart(state, gap):
            break
    progress(1.0)
    return _answer(state, _proof(state))


def _tell_apart(state: _State, gap: float) -> bool:
    """Bound the trees that are left and search those that pass a node; return if more are left."""
    joined, door = _joined(state)
    doors = int(np.count_nonzero(state.prize))
    count = state.graph.edge_count + doors
    search = started(_without(joined, state.gone), count, state.clock, state.begun_s, state.seed)
    rounds = 0
    while True:
        improved = _best_component(state, joined.graph, search.best)
        state.raise_bound(search.bound - door)
        if improved:
            return True
        fixed = search.problem.must[search.problem.must != search.problem.root]
        if search.is_proven or len(fixed) or rounds == _ROUNDS or state.clock.is_over():
            break
        search.round(rounds)
        rounds += 1
    if search.is_proven or state.clock.is_over():
        return not search.is_proven
    root = int(search.problem.kernel.node[fixed[0]]) if len(fixed) else _branch(state)
    is_last = bool(len(fixed))
    bound = _search_from(state, root, gap, None)
    if is_last:
        state.raise_bound(bound)
        return False
    state.told = min(state.told, bound)
    state.gone = np.append(state.gone, np.int32(root)).astype(np.int32)
    return True


def _branch(state: _State) -> int:
    """Return the node of the highest prize in the best tree that is not told apart yet."""
    inside = np.zeros(state.graph.node_count, dtype=np.bool_)
    inside[state.root] = True
    inside[state.graph.start[state.best]] = True
    inside[state.graph.end[state.best]] = True
    score = np.where(inside, 2 * state.prize + 1, state.prize)
    score[state.gone] = -1
    return int(np.argmax(score))


def _search_from(state: _State, root: int, gap: float, rounds: int | None) -> int:
    """Search the trees that pass a node; return a bound on them."""
    whole = prize_kernel(state.graph, state.prize, root, _NOBODY)
    part = _without(whole, state.gone)
    search = started(
        part, state.graph.edge_count, state.clock, state.begun_s, state.seed, state.cost
    )
    state.take(search.cost, root, search.best)
    if rounds is None:
        run(search, gap)
    else:
        for number in range(rounds):
            if search.is_proven or state.clock.is_over():
                break
            search.round(number)
    state.take(search.cost, root, search.best)
    return search.bound


def _joined(state: _State) -> tuple[PrizeKernel, int]:
    """Return the graph with the artificial node, doors last, and what a door costs."""
    g, prize = state.graph, state.prize
    door = int(prize.sum()) - state.cost
    nodes = np.flatnonzero(prize > 0)
    joined = build_graph(
        g.node_count + 1,
        np.concatenate((g.start, np.full(len(nodes), g.node_count))),
        np.concatenate((g.end, nodes)),
        np.concatenate((g.cost, np.full(len(nodes), door))),
    )
    return prize_kernel(joined, np.append(prize, 0), g.node_count, _NOBODY), door


def _without(whole: PrizeKernel, gone: IndexArray) -> PrizeKernel:
    """Return a problem without some nodes; none of them has to be passed."""
    if not len(gone):
        return whole
    part = narrowed(whole, out=gone)
    assert part is not None
    return part


def _best_component(state: _State, joined: Graph, tree: BoolArray | None) -> bool:
    """Take the best of the trees behind the doors; return whether it is better."""
    if tree is None:
        return False
    before = state.cost
    g = state.graph
    inner = tree[: g.edge_count]
    total = int(state.prize.sum())
    csr = (g.first, g.neighbour, g.edge, g.start, g.end)
    plain = np.ones(g.node_count, dtype=np.int64)
    for edge in np.flatnonzero(tree[g.edge_count :]) + g.edge_count:
        root = int(min(joined.start[edge], joined.end[edge]))
        part, inside = best_part(csr, np.zeros_like(g.cost), plain, root, inner)
        cost = int(g.cost[part].sum()) + total - int(state.prize[inside].sum())
        state.take(cost, root, np.asarray(part))
    return state.cost < before


def _proof(state: _State) -> PrizeProof:
    """Return a dual solution on the whole graph with its doors."""
    joined, door = _joined(state)
    tree = np.zeros(joined.graph.edge_count, dtype=np.bool_)
    tree[: state.graph.edge_count] = state.best
    tree[state.graph.edge_count :] = joined.graph.start[state.graph.edge_count :] == state.root
    tree[state.graph.edge_count :] |= joined.graph.end[state.graph.edge_count :] == state.root
    search = PrizeSearch(
        joined, len(tree), np.random.default_rng(0), state.clock, state.begun_s,
        int(state.prize.sum()), tree, int(FAR),
    )  # fmt: skip
    found = proven(joined, search)
    return PrizeProof(found.origin, found.steps, found.bound - door, door)


def _answer(state: _State, proof: PrizeProof) -> PrizeSolution:
    whole = prize_kernel(state.graph, state.prize, state.root, _NOBODY)
    search = PrizeSearch(
        whole, state.graph.edge_count, np.random.default_rng(0), state.clock, state.begun_s,
        state.cost,
        state.best, state.bound, state.history,
    )  # fmt: skip
    return answer(state.graph, state.prize, state.root, search, state.begun_s, (), proof)
