"""Check answers of the tree and prize engines apart from the engines themselves.

Trees: connected, their cost added up from the input. Bounds: the engine's dual solution is
replayed on the input's costs; no arc may be priced above its cost, no node above its prize.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import networkx as nx
import numba
import numpy as np

from app.planning.arrays import Graph, IntArray, build_graph, components
from app.planning.prize.collecting import PrizeProof, PrizeSolution
from app.planning.tree.casebook import CaseProof
from app.planning.tree.lifting import Proof
from app.planning.tree.steiner import TreeSolution


def is_tree(graph: Graph, solution: TreeSolution, terminals: list[int]) -> bool:
    """Check an answer: one tree that spans the terminals, its cost added up again."""
    tree: nx.MultiGraph = nx.MultiGraph()
    tree.add_nodes_from(set(terminals) - set(solution.unreached))
    tree.add_edges_from((int(graph.start[e]), int(graph.end[e])) for e in solution.edges)
    added = sum(int(graph.cost[e]) for e in solution.edges)
    return nx.is_tree(nx.Graph(tree)) and added == solution.cost


def are_apart(graph: Graph, terminals: list[int], unreached: list[int]) -> bool:
    """Check that no way leads from terminals said to be out of reach to the others."""
    ways: nx.Graph = nx.Graph(zip(graph.start.tolist(), graph.end.tolist(), strict=True))
    ways.add_nodes_from(terminals)
    parts = list(nx.connected_components(ways))
    lost = set(unreached)
    return not any(part & lost and part & (set(terminals) - lost) for part in parts)


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


class Replay(NamedTuple):
    """A dual solution on its paths: bound, ends, what is left of the arcs, origin, terminals."""

    bound: int
    ends: np.ndarray
    left: IntArray
    origin: int
    terminals: list[int]
    label: IntArray


def replayed_bound(graph: Graph, proof: Proof, terminals: list[int]) -> int:
    """Add the bound up again from a dual solution, on the costs of the input; 0 if it fails."""
    replay = _replay(graph, proof, terminals)
    return 0 if replay is None else replay.bound


def _replay(graph: Graph, proof: Proof, terminals: list[int]) -> Replay | None:
    """Replay a dual solution; None if it fails. Arcs are 2 p along a path and 2 p + 1 back."""
    # Fixed edges: their ends are one node each, which has to be joined.
    label = components(graph.node_count, graph.start[proof.fixed], graph.end[proof.fixed])
    drawn = graph.start[proof.fixed].tolist()
    terminals = sorted(set(label[[*terminals, *drawn]].tolist()))
    fixed_cost = int(graph.cost[np.unique(proof.fixed)].sum())
    graph = build_graph(graph.node_count, label[graph.start], label[graph.end], graph.cost)
    ends = path_ends(graph, proof, terminals)
    is_terminal = np.zeros(graph.node_count, dtype=np.bool_)
    is_terminal[terminals] = True
    origin, target = int(label[proof.origin]), label[proof.prices[:, 0]]
    if ends is None or len(np.unique(target)) < len(target):
        return None
    if not is_terminal[[origin, *target]].all():
        return None
    cost = np.add.reduceat(graph.cost[proof.item], proof.offset[:-1]) if len(ends) else ends[:0, 0]
    payer, path, into, amount = proof.shares.T
    is_back = label[into] == ends[path, 0]
    if (amount < 0).any() or not (is_back | (label[into] == ends[path, 1])).all():
        return None
    arc = 2 * path + is_back
    left = np.repeat(cost, 2)
    np.subtract.at(left, arc, amount)
    if (left < 0).any():
        return None
    order = np.argsort(label[payer], kind="stable")
    by_payer = (label[payer][order], arc[order], amount[order])
    if not _costs_its_price(graph.node_count, ends, origin, target, proof.prices[:, 1], by_payer):
        return None
    bound = int(proof.prices[:, 1].sum()) + fixed_cost
    return Replay(bound, ends, left, origin, terminals, label)


def is_proven_by_cases(
    graph: Graph, cases: Sequence[CaseProof], terminals: list[int], claim: int
) -> bool:
    """Check that no tree costs less than ``claim``: in each case, or in both that make it up."""
    known = {case.decisions: case.proof for case in cases}
    inner = {case.decisions[:size] for case in cases for size in range(len(case.decisions))}
    following = {
        case.decisions[:size]: case.decisions[size][0]
        for case in cases
        for size in range(len(case.decisions))
    }
    waiting: list[tuple[tuple[int, bool], ...]] = [()]
    while waiting:
        decisions = waiting.pop()
        if decisions in known and _holds(graph, known[decisions], terminals, decisions, claim):
            continue
        if decisions not in inner:
            return False
        node = following[decisions]
        waiting += [(*decisions, (node, False)), (*decisions, (node, True))]
    return True


def _holds(
    graph: Graph, proof: Proof, terminals: list[int], decisions: Sequence[tuple[int, bool]],
    claim: int,
) -> bool:  # fmt: skip
    """Return whether the trees of a case cost ``claim`` at least.

    Either the dual solution says so, or the arcs that cheaper trees could pay, over what is left
    of the costs, join not all terminals.
    """
    passed = [node for node, is_passed in decisions if is_passed]
    replay = _replay(graph, proof, [*terminals, *passed])
    if replay is None:
        return False
    if replay.bound >= claim:
        return True
    shunned = {int(replay.label[node]) for node, is_passed in decisions if not is_passed}
    net = nx.DiGraph()
    net.add_nodes_from(replay.terminals)
    tail, head = replay.ends.ravel().tolist(), replay.ends[:, ::-1].ravel().tolist()
    for a, b, left in zip(tail, head, replay.left.tolist(), strict=True):
        if a not in shunned and b not in shunned:
            best = min(left, net.get_edge_data(a, b, {"left": left})["left"])
            net.add_edge(a, b, left=best)
    away = nx.single_source_dijkstra_path_length(net, replay.origin, weight="left")
    others = [node for node in replay.terminals if node != replay.origin]
    back = nx.multi_source_dijkstra_path_length(net.reverse(), others, weight="left")
    margin = claim - replay.bound
    kept = nx.Graph()
    kept.add_nodes_from(replay.terminals)
    for a, b, left in net.edges(data="left"):
        if a in away and b in back and away[a] + left + back[b] < margin:
            kept.add_edge(a, b)
    part = nx.node_connected_component(kept, replay.origin)
    return not part.issuperset(replay.terminals)


def _costs_its_price(
    count: int, ends: np.ndarray, origin: int, target: IntArray, price: IntArray,
    by_payer: tuple[IntArray, IntArray, IntArray],
) -> bool:  # fmt: skip
    """Return whether each target's ways from the origin cost its price over what it pays."""
    payer, arc, amount = by_payer
    tail, head = ends.ravel(), ends[:, ::-1].ravel()
    order = np.argsort(head, kind="stable")
    begin = np.searchsorted(head[order], np.arange(count + 1))
    paid = np.zeros(len(tail), np.int64)
    for t, radius in zip(target.tolist(), price.tolist(), strict=True):
        mine = slice(*np.searchsorted(payer, [t, t + 1]))
        np.add.at(paid, arc[mine], amount[mine])
        if origin in _walk(tail, order, begin, paid, t, radius):
            return False
        paid[arc[mine]] = 0
    return True


def is_prize_tree(
    graph: Graph, prizes: IntArray, root: int | None, must: list[int], solution: PrizeSolution
) -> bool:
    """Check an answer: one tree with the root and all musts, edges and prizes added up again."""
    tree: nx.MultiGraph = nx.MultiGraph()
    tree.add_nodes_from(solution.nodes.tolist() if root is None else [root])
    tree.add_edges_from((int(graph.start[e]), int(graph.end[e])) for e in solution.edges)
    added = sum(int(graph.cost[e]) for e in solution.edges)
    added += sum(int(prizes[v]) for v in range(graph.node_count) if v not in tree)
    wanted = set(must) - set(solution.unreached)
    return nx.is_tree(tree) and wanted <= set(tree) and added == solution.cost


def replayed_prize_bound(graph: Graph, prizes: IntArray, must: list[int], proof: PrizeProof) -> int:
    """Add the bound of a prize problem up again from a dual solution; 0 if it fails.

    An artificial origin is joined to every node with a prize at the price of a door, which any
    tree would pay once. Prizes that no path to the origin can gain are lost in any case.
    """
    start, end, cost, count = graph.start, graph.end, graph.cost, graph.node_count
    if proof.origin == count:
        doors = np.flatnonzero(prizes > 0)
        start = np.append(start, np.full(len(doors), count))
        end = np.append(end, doors)
        cost = np.append(cost, np.full(len(doors), proof.door_cost))
        prizes, count = np.append(prizes, 0), count + 1
    elif proof.door_cost or proof.origin not in must:
        return 0
    label = components(count, start.astype(np.int32), end.astype(np.int32))
    lost = int(prizes[label != label[proof.origin]].sum())
    spent = np.bincount(proof.steps[:, 0], minlength=count)
    spent[:] = 0
    np.add.at(spent, proof.steps[:, 0], proof.steps[:, 1])
    free = np.zeros(count, dtype=np.bool_)
    free[must] = True
    if ((spent > prizes) & ~free).any() or (spent[label != label[proof.origin]] > 0).any():
        return 0
    ends = np.column_stack((start, end)).astype(np.int64)
    total = _replayed(count, ends, cost, proof.origin, proof.steps)
    return 0 if total is None else total + lost - proof.door_cost


def _replayed(
    count: int, ends: np.ndarray, cost: IntArray, origin: int, steps: IntArray
) -> int | None:
    """Return what steps add up to on the two arcs of each edge, None where one is wrong."""
    tail, head = ends.ravel(), ends[:, ::-1].ravel()
    order = np.argsort(head, kind="stable")
    begin = np.searchsorted(head[order], np.arange(count + 1))
    left = np.repeat(cost, 2)
    total = 0
    for target, radius in steps:
        near = _walk(tail, order, begin, left, target, radius)
        if radius <= 0 or origin in near:
            return None
        if not _price(tail, order, begin, left, near, radius):
            return None
        total += int(radius)
    return total


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
