"""Measures against weak points: what could be built, over which streets, between which places."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from app.model.frames import GEOMETRY
from app.model.network import Network
from app.planning.arrays import IntArray
from app.planning.costs.prices import COST_UNIT_EUR
from app.planning.failure.linkways import LinkWays, Reached
from app.planning.failure.model import FailureModel
from app.planning.failure.weakpoints import Weak, WeakPoints

RING, ENTRY, SEWER, SECOND_HUB = "ring", "entry", "sewer", "hub"
KINDS = (RING, ENTRY, SEWER, SECOND_HUB)

TERMINAL_TYPES = ("buildingEntry", "customerPremises")
HUB_TYPES = ("pop", "exchange", "aggregationPoint")
"""Nodes that a second hub can be set up at."""

_NAMESPACE = uuid.UUID("0b6f2a1e-63a0-5d55-a8f0-6f3e5d2c9b47")


@dataclass(frozen=True)
class End:
    """Where a link meets the network: at a node, or at a ``share`` along a span."""

    uid: str
    is_node: bool
    share: float
    xy: tuple[float, float]


@dataclass(frozen=True)
class Candidate:
    """A measure before it is priced.

    ``edges`` are those of the route graph from ``first`` to ``second``; empty for a second hub,
    which stands at ``first``. ``relieved`` are the spans whose failure it makes harmless, and
    ``estimate`` the weighted minutes a year that this avoids, to first order.
    """

    kind: str
    first: End
    second: End | None
    edges: tuple[int, ...]
    relieved: tuple[str, ...]
    estimate: float
    cost_units: int
    site: str | None = None
    uid: str = field(init=False)

    def __post_init__(self) -> None:
        ends = sorted(end.uid for end in (self.first, self.second) if end is not None)
        key = "/".join((self.kind, *ends, *self.relieved))
        object.__setattr__(self, "uid", str(uuid.uuid5(_NAMESPACE, key)))


class Finder:
    """Finds candidates for the weak points of a model."""

    def __init__(
        self,
        network: Network,
        model: FailureModel,
        weak_points: WeakPoints,
        ways: LinkWays,
        entry_of: dict[str, int],
        limit_eur: float,
    ) -> None:
        self._network = network
        self._model = model
        self._weak = weak_points
        self._ways = ways
        self._entry_of = entry_of
        self._limit = int(limit_eur / float(COST_UNIT_EUR))
        self._types = network.table("nodes")["type"]
        self._shapes = network.geo("spans")[GEOMETRY]
        self._targets = self._join_targets()
        self._own_weight = np.zeros(len(model.nodes))
        np.add.at(self._own_weight, model.sites.node, model.sites.weight)
        self._site_at = {
            model.nodes[node]: uid
            for uid, node in zip(model.sites.uid, model.sites.node, strict=True)
        }

    def links(self, weak: Weak) -> list[Candidate]:
        """Return the cheapest links from a weak node: the best value, and beyond all bridges."""
        uid = self._model.nodes[weak.node]
        entry = self._entry_of.get(uid)
        starts = self._ways.joins_of(uid)
        if entry is not None:
            starts = self._ways.lead_ins_of(entry)
        if not starts:
            return []
        place = (float(self._model.xy[weak.node, 0]), float(self._model.xy[weak.node, 1]))
        found = self._ways.search(
            starts, self._ways.trench_of(self._cable(weak), place), self._limit
        )
        best = self._best_by_level(weak, found)
        if not best:
            return []
        gains = np.cumsum(weak.minutes)
        if entry is not None:  # a second entry serves its own building alone
            gains *= self._own_weight[weak.node] / max(self._weak.weight_below[weak.node], 1.0)
        values = {level: gains[level - 1] / max(cost, 1) for level, (cost, _) in best.items()}
        chosen = {max(values, key=lambda level: (values[level], level)), max(best)}
        kind = RING if entry is None else ENTRY
        return [
            self._link(kind, weak, found, best[level], level, float(gains[level - 1]))
            for level in sorted(chosen)
        ]

    def beside_sewers(self, weak: Weak) -> list[Candidate]:
        """Return ways in the street beside each run of sewer above a weak node."""
        found = []
        for run in self._sewer_runs(weak):
            bottom, top = weak.lower[run[0]], self._upper_end(weak, run[-1])
            starts = self._ways.joins_of(self._model.nodes[bottom])
            ends = self._ways.joins_of(self._model.nodes[top])
            if not starts or not ends:
                continue
            reached = self._ways.search(starts, self._ways.is_in_sewer(), self._limit)
            costs = self._totals(reached, np.array(ends))
            if costs.min() >= self._limit:
                continue
            last = ends[int(np.argmin(costs))]
            gain = sum(weak.minutes[i] for i in run)
            part = Weak(
                bottom,
                tuple(weak.edges[i] for i in run),
                tuple(weak.lower[i] for i in run),
                tuple(weak.minutes[i] for i in run),
            )
            found.append(self._link(SEWER, part, reached, (int(costs.min()), last), len(run), gain))
        return found

    def hubs(self) -> list[Candidate]:
        """Return a second hub at each node that could hold one."""
        model = self._model
        sources = {model.nodes[row] for row in model.sources}
        found = []
        for row, uid in enumerate(model.nodes):
            if uid in sources or self._types.get(uid) not in HUB_TYPES:
                continue
            place = (float(model.xy[row, 0]), float(model.xy[row, 1]))
            end = End(uid, is_node=True, share=0.0, xy=place)
            found.append(Candidate(SECOND_HUB, end, None, (), (), 0.0, 0))
        return found

    def _link(
        self,
        kind: str,
        weak: Weak,
        found: Reached,
        ending: tuple[int, int],
        level: int,
        gain: float,
    ) -> Candidate:
        cost, join = ending
        graph = self._ways.routes.graph
        edges = [*self._ways.path(found, int(graph.start[join])), join]
        uid = self._model.nodes[weak.node]
        first = self._end(edges[0]) if kind != ENTRY else None
        if first is None or not first.is_node:
            place = (float(self._model.xy[weak.node, 0]), float(self._model.xy[weak.node, 1]))
            first = End(uid, is_node=True, share=0.0, xy=place)
        spans = dict.fromkeys(self._model.span[edge] for edge in weak.edges[:level])
        return Candidate(
            kind, first, self._end(join), tuple(edges), tuple(spans), gain, cost,
            self._site_at.get(uid) if kind == ENTRY else None,
        )  # fmt: skip

    def _end(self, join: int) -> End:
        """Return what a join edge is tied to."""
        routes = self._ways.routes
        x, y = (float(value) for value in routes.shape.line(join)[-1])
        node, span = routes.joined_node[join], routes.joined_span[join]
        if node is not None:
            return End(str(node), is_node=True, share=0.0, xy=(x, y))
        shape = self._shapes[span]
        share = float(shapely.line_locate_point(shape, shapely.Point(x, y), normalized=True))
        return End(str(span), is_node=False, share=share, xy=(x, y))

    def _best_by_level(self, weak: Weak, found: Reached) -> dict[int, tuple[int, int]]:
        """Return cost and join of the cheapest link for each number of bridges passed."""
        total = self._totals(found, self._ways.join_edges)
        usable = np.flatnonzero((total < self._limit) & (self._targets >= 0))
        if not len(usable):
            return {}
        levels = self._weak.levels(weak, self._targets[usable])
        best: dict[int, tuple[int, int]] = {}
        for level in range(1, len(weak.edges) + 1):
            fitting = usable[levels >= level]
            if len(fitting):
                row = fitting[np.argmin(total[fitting])]
                reached = int(levels[np.flatnonzero(usable == row)[0]])
                best[reached] = (int(total[row]), int(self._ways.join_edges[row]))
        return best

    def _totals(self, found: Reached, joins: IntArray) -> IntArray:
        graph = self._ways.routes.graph
        at = found.distance[graph.start[joins]]
        total: IntArray = np.minimum(at, self._limit) + graph.cost[joins]
        return total

    def _join_targets(self) -> IntArray:
        """Return for each join the row of the node that it hangs on, -1 where no link may end.

        That is what is not in use, and buildings that no cable passes through today.
        """
        routes, model = self._ways.routes, self._model
        rows = []
        for join in self._ways.join_edges:
            node, span = routes.joined_node[join], routes.joined_span[join]
            if node is not None:
                is_closed = is_end_building(self._model, self._types, str(node))
                rows.append(-1 if is_closed else model.number.get(str(node), -1))
            else:
                sections = model.sections.get(str(span), ())
                rows.append(self._weak.lower_end(sections[0]) if sections else -1)
        return np.array(rows, dtype=np.int64)

    def _cable(self, weak: Weak) -> shapely.Geometry:
        uids = pd.Index(dict.fromkeys(self._model.span[edge] for edge in weak.edges))
        return shapely.union_all(self._shapes.reindex(uids).dropna().to_numpy())

    def _sewer_runs(self, weak: Weak) -> list[list[int]]:
        """Return runs of bridges in sewers above a node, where nothing else branches off."""
        spans = self._network.table("spans")
        runs: list[list[int]] = []
        for i, edge in enumerate(weak.edges):
            uid = self._model.span[edge]
            is_sewer = uid in spans.index and (
                spans.at[uid, "technique"] == "sewer"
                or spans.at[uid, "codeployment"] == "wasteWater"
            )
            if not is_sewer:
                continue
            if runs and runs[-1][-1] == i - 1 and self._is_plain(weak.lower[i]):
                runs[-1].append(i)
            else:
                runs.append([i])
        return runs

    def _is_plain(self, node: int) -> bool:
        """Whether nothing but one cable passes through a node."""
        graph = self._model.graph
        has_two = graph.first[node + 1] - graph.first[node] == 2
        return bool(has_two) and self._model.nodes[node] not in self._site_at

    def _upper_end(self, weak: Weak, at: int) -> int:
        edge = weak.edges[at]
        return int(self._model.start[edge] + self._model.end[edge] - weak.lower[at])


def is_end_building(model: FailureModel, types: pd.Series, node: str) -> bool:
    """Whether a node in use is a customer's building that no cable passes through."""
    row = model.number.get(node)
    if row is None or types.get(node) not in TERMINAL_TYPES:
        return False
    return bool(model.graph.first[row + 1] - model.graph.first[row] < 2)


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates without near repetitions, in order of value for money.

    Of those that meet the network at the same second place only two stay: the best value, and
    the one that avoids most.
    """
    by_place: dict[tuple[str, str], list[Candidate]] = {}
    for item in candidates:
        place = item.second.uid if item.second is not None else item.first.uid
        by_place.setdefault((item.kind, place), []).append(item)
    kept: dict[str, Candidate] = {}
    for items in by_place.values():
        for item in (min(items, key=_value), max(items, key=lambda i: (i.estimate, i.uid))):
            kept[item.uid] = item
    by_ends: dict[tuple[str, ...], Candidate] = {}
    for item in sorted(kept.values(), key=_value):
        ends = sorted(end.uid for end in (item.first, item.second) if end is not None)
        by_ends.setdefault((item.kind, *ends), item)
    return list(by_ends.values())


def _value(item: Candidate) -> tuple[float, str]:
    return -item.estimate / max(item.cost_units, 1), item.uid
