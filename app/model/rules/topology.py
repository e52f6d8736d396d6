"""Rules on how spans, nodes and sites lie and hang together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from app.model.codes import ROOT_NODE_TYPES
from app.model.findings import Finding, Severity
from app.model.frames import GEOMETRY
from app.model.geodesy import lengths_m
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.rules.places import found
from app.model.rules.repeated import sites_once

END_TOLERANCE_M = 1.0
"""A span's end lies at its node within this distance."""

LENGTH_TOLERANCE = 0.05
"""A stored route length may differ from the drawn one by this share (slope, bends)."""


def spans_have_ends(network: Network) -> Iterable[Finding]:
    """``span.no_end``: a span without a node at an end is not part of the network."""
    spans = network.table("spans")
    uids = spans.index[spans["start_node"].isna() | spans["end_node"].isna()]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} spans lack a node at an end"), count=len(uids)
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Name start and end node; the span carries nothing until then.")
    )
    yield from found(network, "span.no_end", Severity.ERROR, "spans", uids, text, advice)


def spans_end_at_their_nodes(network: Network) -> Iterable[Finding]:
    """``span.end_apart``: the drawn end is not where the node is."""
    spans, nodes = network.geo("spans"), network.geo("nodes")
    places = dict(zip(nodes.index, nodes[GEOMETRY], strict=True))
    if spans.empty or nodes.empty:
        return
    shapes = spans[GEOMETRY].to_numpy()
    apart = np.zeros(len(spans), dtype=bool)
    for column, position in (("start_node", 0), ("end_node", -1)):
        ends = np.array([places.get(uid) for uid in spans[column]], dtype=object)
        distances = shapely.distance(shapely.get_point(shapes, position), ends)
        apart |= distances > END_TOLERANCE_M
    uids = spans.index[apart]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} spans do not end where their nodes are"), count=len(uids)
    )
    advice = message(QT_TRANSLATE_NOOP("core", "Move the node or redraw the end of the span."))
    yield from found(network, "span.end_apart", Severity.WARNING, "spans", uids, text, advice)


def span_lengths(network: Network) -> Iterable[Finding]:
    """``span.zero_length`` and ``span.length_differs``."""
    spans = network.geo("spans")
    if spans.empty:
        return
    drawn = lengths_m(spans[GEOMETRY].to_numpy(), network.crs)
    uids = spans.index[drawn < 0.01]
    text = message(QT_TRANSLATE_NOOP("core", "{count} spans have no length"), count=len(uids))
    advice = message(QT_TRANSLATE_NOOP("core", "Delete them or draw their course."))
    yield from found(network, "span.zero_length", Severity.WARNING, "spans", uids, text, advice)
    stored = spans["route_length_m"].to_numpy(dtype=float)
    uids = spans.index[np.abs(stored - drawn) > np.maximum(LENGTH_TOLERANCE * drawn, 1.0)]
    text = message(
        QT_TRANSLATE_NOOP(
            "core", "{count} spans: stored route length differs from the drawn one by over 5 %"
        ),
        count=len(uids),
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Check that it is route length, not cable or fibre length.")
    )
    yield from found(network, "span.length_differs", Severity.WARNING, "spans", uids, text, advice)


def spans_are_measured(network: Network) -> Iterable[Finding]:
    """``span.length_missing``: no route length is stored, the drawn one counts."""
    spans = network.table("spans")
    uids = spans.index[spans["route_length_m"].isna()]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} spans have no stored route length"), count=len(uids)
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Enter the length as built; until then the drawn one counts.")
    )
    yield from found(network, "span.length_missing", Severity.INFO, "spans", uids, text, advice)


def network_has_a_hub(network: Network) -> Iterable[Finding]:
    """``network.no_hub``: nothing gives service."""
    nodes = network.table("nodes")
    if nodes.empty or nodes["type"].isin(ROOT_NODE_TYPES).any():
        return
    yield Finding(
        "network.no_hub",
        Severity.WARNING,
        message(QT_TRANSLATE_NOOP("core", "No node is a hub or PoP")),
        "nodes",
        advice=message(
            QT_TRANSLATE_NOOP("core", "Set the type of the nodes that give service to hub or pop.")
        ),
    )


def sites_apart(network: Network) -> Iterable[Finding]:
    """``site.same_place``: several sites on the same coordinates."""
    sites = network.geo("sites")
    if sites.empty:
        return
    xy = shapely.get_coordinates(shapely.centroid(sites[GEOMETRY].to_numpy())).round(2)
    if len(xy) != len(sites):
        return
    _, inverse, counts = np.unique(xy, axis=0, return_inverse=True, return_counts=True)
    uids = sites.index[counts[inverse.ravel()] > 1]
    text = message(
        QT_TRANSLATE_NOOP("core", "{count} sites share their coordinates with another site"),
        count=len(uids),
    )
    advice = message(
        QT_TRANSLATE_NOOP("core", "Same building, or a position taken from the town's centre?")
    )
    yield from found(network, "site.same_place", Severity.INFO, "sites", uids, text, advice)


RULES = (
    spans_have_ends,
    spans_end_at_their_nodes,
    span_lengths,
    spans_are_measured,
    network_has_a_hub,
    sites_apart,
    sites_once,
)
