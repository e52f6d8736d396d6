"""The built network as a graph: as arrays for kernels, as networkx graph for everything else.

Nothing else turns nodes and spans into a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from app.model.codes import ROOT_NODE_TYPES, STATUSES_IN_USE
from app.model.frames import GEOMETRY
from app.model.network import Network
from app.planning.arrays import IndexArray, components

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Topology:
    """Nodes and spans in use as numbers.

    ``start`` and ``end`` are ``(m,)`` rows of ``nodes``, -1 where a span names no node in use.
    """

    nodes: pd.Index
    spans: pd.Index
    start: IndexArray
    end: IndexArray

    def labels(self) -> tuple[IndexArray, IndexArray]:
        """Return the component of each node and span; a span without nodes is its own."""
        n = len(self.nodes)
        own = np.arange(n, n + len(self.spans), dtype=np.int32)
        first = np.where(self.start >= 0, self.start, own)
        second = np.where(self.end >= 0, self.end, own)
        label = components(
            n + len(own),
            np.concatenate((own, own)).astype(np.int32),
            np.concatenate((first, second)).astype(np.int32),
        )
        return label[:n], label[n:]


def topology(
    network: Network, statuses: Sequence[str] = STATUSES_IN_USE, plan: str | None = None
) -> Topology:
    """Return the nodes and spans whose status is one of ``statuses``, or that ``plan`` brought."""
    nodes, spans = network.table("nodes"), network.table("spans")
    if plan is None:
        nodes = nodes[nodes["status"].isin(statuses)]
        spans = spans[spans["status"].isin(statuses)]
    else:
        nodes = nodes[nodes["status"].isin(statuses) | (nodes["plan"] == plan)]
        spans = spans[spans["status"].isin(statuses) | (spans["plan"] == plan)]
    return Topology(
        nodes.index,
        spans.index,
        nodes.index.get_indexer(pd.Index(spans["start_node"])).astype(np.int32),
        nodes.index.get_indexer(pd.Index(spans["end_node"])).astype(np.int32),
    )


@dataclass(frozen=True)
class Joint:
    """A point on a span where something else is spliced in; ``uid`` names the point."""

    span: str
    uid: str
    x: float
    y: float


@dataclass(frozen=True)
class NetworkGraph:
    """Nodes and sections of spans; a span with joints is one section more than it has joints.

    Parameters
    ----------
    nodes
        Uids of nodes and joints.
    start, end
        ``(m,)`` rows of ``nodes`` for each section.
    span
        ``(m,)`` uid of the span, of the network or of a plan, that each section is a part of.
    is_hub
        Rows of ``nodes`` that give service.
    loose_spans
        Spans that tie no two nodes in use or joints together; they are no part of the graph.
    """

    nodes: tuple[str, ...]
    start: IndexArray
    end: IndexArray
    span: tuple[str, ...]
    hubs: tuple[int, ...]
    loose_spans: tuple[str, ...] = ()

    @property
    def number(self) -> dict[str, int]:
        """Row of each node by its uid."""
        return {uid: row for row, uid in enumerate(self.nodes)}


def network_graph(
    network: Network,
    statuses: Sequence[str] = STATUSES_IN_USE,
    joints: Iterable[Joint] = (),
    plan_uid: str | None = None,
) -> NetworkGraph:
    """Return the network in use, with the spans and nodes of a plan added if one is given.

    An accepted plan lies in the network already: its rows there count, whatever their status.
    """
    is_accepted = plan_uid is not None and _is_accepted(network, plan_uid)
    parts = topology(network, statuses, plan_uid if is_accepted else None)
    more, nodes, spans = _plan_parts(network, None if is_accepted else plan_uid)
    uids = list(parts.nodes) + nodes
    number = {str(uid): row for row, uid in enumerate(uids)}
    loose: list[str] = []
    start, end, span = [], [], []
    on_span = _by_span([*joints, *more], network)
    for uid, a, b in zip(parts.spans, parts.start, parts.end, strict=True):
        between = on_span.get(str(uid), [])
        for joint in between:
            if joint.uid not in number:
                number[joint.uid] = len(uids)
                uids.append(joint.uid)
        ends = [int(a), *(number[joint.uid] for joint in between), int(b)]
        stops = [stop for stop in ends if stop >= 0]
        if len(stops) < 2:
            loose.append(str(uid))
        start += stops[:-1]
        end += stops[1:]
        span += [str(uid)] * (len(stops) - 1)
    for uid, first, last in spans:
        if first in number and last in number:
            start.append(number[first])
            end.append(number[last])
            span.append(uid)
        else:
            loose.append(uid)
    types = network.table("nodes")["type"].reindex(parts.nodes)
    hubs = tuple(int(row) for row in np.flatnonzero(types.isin(ROOT_NODE_TYPES)))
    return NetworkGraph(
        tuple(str(uid) for uid in uids), np.array(start, dtype=np.int32),
        np.array(end, dtype=np.int32), tuple(span), hubs, tuple(loose),
    )  # fmt: skip


def multigraph(graph: NetworkGraph) -> nx.MultiGraph[str]:
    """Return the graph for networkx: nodes by uid, sections with attribute ``span``."""
    import networkx as nx  # noqa: PLC0415 - slow to load, and few studies need it

    result: nx.MultiGraph[str] = nx.MultiGraph()
    hubs = set(graph.hubs)
    result.add_nodes_from((uid, {"is_hub": row in hubs}) for row, uid in enumerate(graph.nodes))
    result.add_edges_from(
        (graph.nodes[a], graph.nodes[b], {"span": span})
        for a, b, span in zip(graph.start, graph.end, graph.span, strict=True)
    )
    return result


def _is_accepted(network: Network, plan_uid: str) -> bool:
    accepted = network.table("plans")["accepted"]
    return plan_uid in accepted.index and not pd.isna(accepted[plan_uid])


def _plan_parts(
    network: Network, plan_uid: str | None
) -> tuple[list[Joint], list[str], list[tuple[str, str, str]]]:
    """Return the joints on spans, the new nodes and the spans of a plan."""
    if plan_uid is None:
        return [], [], []
    nodes, spans = network.geo("plan_nodes"), network.table("plan_spans")
    nodes = nodes[nodes["plan"] == plan_uid]
    spans = spans[spans["plan"] == plan_uid]
    joints = [
        Joint(str(span), str(uid), shape.x, shape.y)
        for uid, span, shape in zip(nodes.index, nodes["joined_span"], nodes[GEOMETRY], strict=True)
        if span is not None
    ]
    own = [str(uid) for uid in nodes.index[nodes["joined_node"].isna()]]
    ends = zip(spans.index, spans["start_node"], spans["end_node"], strict=True)
    return joints, own, [(str(uid), str(a), str(b)) for uid, a, b in ends]


def _by_span(joints: Sequence[Joint], network: Network) -> dict[str, list[Joint]]:
    """Return the joints of each span in their order along it."""
    shapes = network.geo("spans")[GEOMETRY]
    found: dict[str, list[tuple[float, str, Joint]]] = {}
    for joint in joints:
        if joint.span in shapes.index:
            along = float(
                shapely.line_locate_point(shapes[joint.span], shapely.Point(joint.x, joint.y))
            )
            found.setdefault(joint.span, []).append((along, joint.uid, joint))
    return {
        span: [item[2] for item in sorted(items, key=lambda item: item[:2])]
        for span, items in found.items()
    }
