"""What can fail and who depends on it: the network, or network plus plan, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY
from app.model.geodesy import lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.arrays import FloatArray, Graph, IndexArray, IntArray, build_graph
from app.planning.failure.rates import Rate, RateBook, rate_book, unavailability
from app.planning.graphs import NetworkGraph, network_graph
from app.planning.survival.redundancy import site_nodes

HUB, POP = "hub", "pop"
SOURCES = (HUB, POP)
"""Where service comes from: the hubs alone, or hubs and pops alike."""

PRIORITY_WEIGHT: Mapping[int, float] = {1: 5.0, 2: 4.0, 3: 3.0, 4: 2.0, 5: 1.0}
"""Weight of a site in sums, by its priority; 1 is the most urgent."""

_USUAL_PRIORITY = 3


@dataclass(frozen=True)
class Sites:
    """Sites that have a node in the graph, sorted by uid; every array is ``(s,)``.

    ``node`` is the row of the node, ``guaranteed_mbps`` 0 where nothing is stated.
    """

    uid: tuple[str, ...]
    node: IndexArray
    category: tuple[str, ...]
    priority: IntArray
    guaranteed_mbps: FloatArray

    @property
    def weight(self) -> FloatArray:
        """``(s,)`` weight by priority."""
        return np.array([PRIORITY_WEIGHT[int(p)] for p in self.priority], dtype=np.float64)


@dataclass(frozen=True)
class FailureModel:
    """Nodes and sections that fail on their own, and the sites that need a way to a source.

    Parameters
    ----------
    nodes
        Uid of each node or joint.
    start, end
        ``(m,)`` rows of ``nodes`` of each section.
    span
        ``(m,)`` uid of the span that a section is part of.
    length_m
        ``(m,)`` route length.
    edge_rate, edge_mttr_h, node_rate, node_mttr_h
        Failures per year and time to repair of sections and nodes.
    is_assumed_edge, is_assumed_node
        Whether the figure is a placeholder.
    capacity_mbps, node_capacity_mbps
        NaN where unknown.
    sources
        Rows of nodes that give service.
    xy
        ``(n, 2)`` places, NaN where unknown.
    loose_spans
        Spans in use that tie no two nodes together.
    """

    nodes: tuple[str, ...]
    start: IndexArray
    end: IndexArray
    span: tuple[str, ...]
    length_m: FloatArray
    edge_rate: FloatArray
    edge_mttr_h: FloatArray
    node_rate: FloatArray
    node_mttr_h: FloatArray
    is_assumed_edge: np.ndarray
    is_assumed_node: np.ndarray
    capacity_mbps: FloatArray
    node_capacity_mbps: FloatArray
    sources: tuple[int, ...]
    xy: FloatArray
    sites: Sites
    loose_spans: tuple[str, ...] = ()

    @property
    def root(self) -> int:
        """Row of the outside, to which every source is tied."""
        return len(self.nodes)

    @cached_property
    def number(self) -> dict[str, int]:
        """Row of each node by its uid."""
        return {uid: row for row, uid in enumerate(self.nodes)}

    @cached_property
    def graph(self) -> Graph:
        """Sections, then the ties of the sources to the outside; costs are millimetres."""
        count = len(self.sources)
        return build_graph(
            self.root + 1,
            np.concatenate((self.start, np.full(count, self.root))),
            np.concatenate((self.end, np.array(self.sources, dtype=np.int32))),
            np.concatenate((np.round(self.length_m * 1000), np.zeros(count))).astype(np.int64),
        )

    @cached_property
    def edge_down(self) -> FloatArray:
        """``(m + h,)`` share of time down of each edge of the graph; ties never fail."""
        own = down_share(self.edge_rate, self.edge_mttr_h)
        return np.concatenate((own, np.zeros(len(self.sources))))

    @cached_property
    def node_down(self) -> FloatArray:
        """``(n + 1,)`` share of time down of each node of the graph; the outside never fails."""
        return np.append(down_share(self.node_rate, self.node_mttr_h), 0.0)

    @cached_property
    def sections(self) -> dict[str, list[int]]:
        """Sections of each span, in order."""
        found: dict[str, list[int]] = {}
        for row, uid in enumerate(self.span):
            found.setdefault(uid, []).append(row)
        return found

    def place_of_edge(self, edge: int) -> tuple[float, float]:
        """Return the middle between the ends of a section, to jump to."""
        x, y = (self.xy[self.start[edge]] + self.xy[self.end[edge]]) / 2
        return float(x), float(y)

    def with_links(self, links: Sequence[Link]) -> FailureModel:
        """Return the model with new sections between nodes."""
        new = [(self.number[link.start], self.number[link.end], link) for link in links]
        return replace(
            self,
            start=np.append(self.start, [a for a, _, _ in new]).astype(np.int32),
            end=np.append(self.end, [b for _, b, _ in new]).astype(np.int32),
            span=(*self.span, *(link.uid for link in links)),
            length_m=np.append(self.length_m, [link.length_m for link in links]),
            edge_rate=np.append(self.edge_rate, [link.failures_per_year for link in links]),
            edge_mttr_h=np.append(self.edge_mttr_h, [link.mttr_h for link in links]),
            is_assumed_edge=np.append(self.is_assumed_edge, [link.is_assumed for link in links]),
            capacity_mbps=np.append(self.capacity_mbps, np.full(len(new), np.nan)),
        )

    def with_joint(
        self, edge: int, uid: str, share: float, xy: tuple[float, float]
    ) -> FailureModel:
        """Return the model with a section cut in two at a ``share`` of its length."""
        n = len(self.nodes)
        lengths = np.append(self.length_m, self.length_m[edge] * (1.0 - share))
        rates = np.append(self.edge_rate, self.edge_rate[edge] * (1.0 - share))
        lengths[edge], rates[edge] = self.length_m[edge] * share, self.edge_rate[edge] * share
        grown = self.with_node(uid, xy)
        start, end = np.append(self.start, n), np.append(self.end, self.end[edge])
        end[edge] = n
        return replace(
            grown,
            start=start.astype(np.int32),
            end=end.astype(np.int32),
            span=(*self.span, self.span[edge]),
            length_m=lengths,
            edge_rate=rates,
            edge_mttr_h=np.append(self.edge_mttr_h, self.edge_mttr_h[edge]),
            is_assumed_edge=np.append(self.is_assumed_edge, self.is_assumed_edge[edge]),
            capacity_mbps=np.append(self.capacity_mbps, self.capacity_mbps[edge]),
        )

    def with_node(self, uid: str, xy: tuple[float, float]) -> FailureModel:
        """Return the model with one more node, which never fails."""
        return replace(
            self,
            nodes=(*self.nodes, uid),
            node_rate=np.append(self.node_rate, 0.0),
            node_mttr_h=np.append(self.node_mttr_h, 0.0),
            is_assumed_node=np.append(self.is_assumed_node, False),
            node_capacity_mbps=np.append(self.node_capacity_mbps, np.nan),
            xy=np.vstack((self.xy, xy)),
        )

    def with_source(self, node: str, rate: Rate) -> FailureModel:
        """Return the model with one more node that gives service."""
        row = self.number[node]
        rates, repairs = self.node_rate.copy(), self.node_mttr_h.copy()
        rates[row], repairs[row] = rate.per_year, rate.mttr_h
        return replace(self, sources=(*self.sources, row), node_rate=rates, node_mttr_h=repairs)


@dataclass(frozen=True)
class Link:
    """A new section between two nodes, named by uid."""

    uid: str
    start: str
    end: str
    length_m: float
    failures_per_year: float
    mttr_h: float
    is_assumed: bool


def down_share(failures_per_year: FloatArray, mttr_h: FloatArray) -> FloatArray:
    """Return MTTR / (MTBF + MTTR) of many."""
    pairs = zip(failures_per_year, mttr_h, strict=True)
    return np.array([unavailability(float(f), float(h)) for f, h in pairs], dtype=np.float64)


def failure_model(
    network: Network,
    statuses: Sequence[str] = STATUSES_IN_USE,
    plan: str | None = None,
    source: str = HUB,
) -> FailureModel:
    """Return what can fail in the network in use, with a plan (uid) added if one is given.

    ``source`` says where service comes from: ``hub``, or ``pop`` for hubs and pops alike. A
    network without hubs is served by its pops.

    Raises `Infeasible` when nothing gives service, `InputError` for an unknown plan or source.
    """
    _check(network, plan, source)
    parts = network_graph(network, statuses, plan_uid=plan)
    types = _node_types(network, parts, plan)
    kinds = (HUB,) if source == HUB and HUB in set(types.dropna()) else SOURCES
    sources = tuple(int(row) for row in np.flatnonzero(types.isin(kinds)))
    if not sources:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
        )
    book = rate_book(network)
    places = _places(network, parts, plan)
    spans = _span_rows(network, plan).reindex(pd.Index(parts.span))
    lengths = _section_lengths(network, parts, spans, places)
    edge_rates = [
        book.span(*cells)
        for cells in spans[
            ["technique", "deployment", "codeployment", "cuts_per_km_year", "mttr_h"]
        ].itertuples(index=False, name=None)
    ]
    node_rates = _node_rates(network, parts, types, book)
    nodes = network.table("nodes")["capacity_gbps"].reindex(pd.Index(parts.nodes))
    return FailureModel(
        nodes=parts.nodes,
        start=parts.start,
        end=parts.end,
        span=parts.span,
        length_m=lengths,
        edge_rate=np.array([rate.per_year for rate in edge_rates], dtype=np.float64)
        * lengths / 1000.0,
        edge_mttr_h=np.array([rate.mttr_h for rate in edge_rates], dtype=np.float64),
        node_rate=np.array([rate.per_year for rate in node_rates], dtype=np.float64),
        node_mttr_h=np.array([rate.mttr_h for rate in node_rates], dtype=np.float64),
        is_assumed_edge=np.array([rate.is_placeholder for rate in edge_rates], dtype=np.bool_),
        is_assumed_node=np.array([rate.is_placeholder for rate in node_rates], dtype=np.bool_),
        capacity_mbps=spans["capacity_gbps"].to_numpy(dtype=float) * 1000.0,
        node_capacity_mbps=nodes.to_numpy(dtype=float) * 1000.0,
        sources=sources,
        xy=places,
        sites=sites_of(network, parts.number, plan),
        loose_spans=parts.loose_spans,
    )  # fmt: skip


def sites_of(network: Network, number: Mapping[str, int], plan: str | None) -> Sites:
    """Return the sites in use that have a node in the graph, of the network or of the plan."""
    found = site_nodes(network, number, plan)
    uids = sorted(found)
    rows = network.table("sites").loc[uids]
    return Sites(
        tuple(uids),
        np.array([found[uid] for uid in uids], dtype=np.int32),
        tuple(str(item) for item in rows["category"]),
        rows["priority"].fillna(_USUAL_PRIORITY).to_numpy(dtype=np.int64),
        rows["guaranteed_mbps"].fillna(0.0).to_numpy(dtype=np.float64),
    )


def _check(network: Network, plan: str | None, source: str) -> None:
    if plan is not None and plan not in network.table("plans").index:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "There is no plan {uid}."), uid=plan), (plan,)
        )
    if source not in SOURCES:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "Service comes from hub or pop, not {value}."),
                    value=source)
        )  # fmt: skip


def _node_types(network: Network, parts: NetworkGraph, plan: str | None) -> pd.Series:
    index = pd.Index(parts.nodes, dtype=object)
    types = network.table("nodes")["type"].reindex(index)
    if plan is not None:
        types = types.fillna(network.table("plan_nodes")["type"].reindex(index))
    return types


def _node_rates(
    network: Network, parts: NetworkGraph, types: pd.Series, book: RateBook
) -> list[Rate]:
    own = network.table("nodes")[["failures_per_year", "mttr_h"]].reindex(pd.Index(parts.nodes))
    cells = zip(types, own["failures_per_year"], own["mttr_h"], strict=True)
    return [book.node(kind, rate, hours) for kind, rate, hours in cells]


def _span_rows(network: Network, plan: str | None) -> pd.DataFrame:
    """Return what is known of spans of the network and of the plan, with their shapes."""
    spans = pd.DataFrame(network.table("spans"))
    if plan is None:
        return spans
    new = pd.DataFrame(network.table("plan_spans"))
    # the rows of an accepted plan lie in the network under the same names
    new = new[(new["plan"] == plan) & ~new.index.isin(spans.index)]
    above = np.where(new["technique"] == "aerial", "aboveGround", "belowGround")
    lacking = [name for name in spans.columns if name not in new.columns]
    new = new.assign(**dict.fromkeys(lacking))
    new["deployment"] = above
    columns = [
        "technique", "deployment", "codeployment", "cuts_per_km_year", "mttr_h",
        "capacity_gbps", "route_length_m", GEOMETRY,
    ]  # fmt: skip
    return pd.concat((spans[columns].astype(object), new[columns].astype(object)))


def _places(network: Network, parts: NetworkGraph, plan: str | None) -> FloatArray:
    index = pd.Index(parts.nodes, dtype=object)
    shapes = pd.Series(network.geo("nodes")[GEOMETRY].to_numpy(), network.table("nodes").index)
    found = shapes.reindex(index)
    if plan is not None:
        new = network.geo("plan_nodes")
        more = pd.Series(new[GEOMETRY].to_numpy(), new.index).reindex(index)
        found = found.where(found.notna(), more)
    places = np.full((len(index), 2), np.nan)
    points = found.to_numpy(dtype=object)
    has = ~(shapely.is_missing(points) | shapely.is_empty(points))
    places[has] = shapely.get_coordinates(shapely.force_2d(points[has]))
    return places


def _section_lengths(
    network: Network, parts: NetworkGraph, spans: pd.DataFrame, places: FloatArray
) -> FloatArray:
    """Return the part of each span's length that falls to each section."""
    # an unmeasured span is as long as it is drawn: without a length it would never fail
    drawn = pd.Series(lengths_m(spans[GEOMETRY].to_numpy(), network.crs), spans.index)
    known = spans["route_length_m"].astype(float).fillna(drawn)
    whole: FloatArray = np.asarray(known, dtype=np.float64)
    names = pd.Series(parts.span)
    counts = names.map(names.value_counts()).to_numpy()
    lengths: FloatArray = whole.copy()
    for row in np.flatnonzero(counts > 1):
        shape = spans[GEOMETRY].iloc[row]
        ends = places[[parts.start[row], parts.end[row]]]
        if shape is None or not shape.length or np.isnan(ends).any():
            lengths[row] = whole[row] / counts[row]
            continue
        first, last = shapely.line_locate_point(shape, shapely.points(ends))
        lengths[row] = whole[row] * abs(last - first) / shape.length
    return lengths
