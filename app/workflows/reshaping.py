"""Editing the network by names and places: what the window does with the pointer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.model.changes import ChangeSet
from app.model.editing.courses import move_object
from app.model.editing.deleting import Deletion, delete_objects
from app.model.editing.draft import node_place
from app.model.editing.drawing import Stop, draw_spans, stop_near
from app.model.editing.merging import merge_nodes, snap_loose_ends
from app.model.editing.spans import join_spans, reverse_spans, split_span_at
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.naming import find_object
from app.model.network import Network
from app.workflows.drawing import place_of, trace

Place = tuple[float, float]


def split_span(
    network: Network, span: str, place: str | None = None, fraction: float | None = None
) -> ChangeSet:
    """Split a span (uid or name) near a place ``LON,LAT`` or at a share of its length."""
    spot = None if place is None else place_of(place, network.crs)
    return split_span_at(network, find_object(network, "spans", span), spot, fraction)


def join_two_spans(network: Network, first: str, second: str) -> ChangeSet:
    """Make one span of two (uids or names) that meet at a node of no other span."""
    return join_spans(network, *(find_object(network, "spans", item) for item in (first, second)))


def merge_two_nodes(
    network: Network, kept: str, gone: str, *, drops_between: bool = False
) -> ChangeSet:
    """Make one node of two (uids or names); the first stays."""
    uids = [find_object(network, "nodes", item) for item in (kept, gone)]
    return merge_nodes(network, *uids, drops_between=drops_between)


def move_to(network: Network, table: str, name: str, place: str) -> ChangeSet:
    """Move a node, site or other point (uid or name) to ``LON,LAT``; spans follow nodes."""
    spot = place_of(place, network.crs)
    return move_object(network, table, find_object(network, table, name), spot)


def turn_spans(network: Network, names: Sequence[str]) -> ChangeSet:
    """Turn spans (uids or names) round."""
    return reverse_spans(network, [find_object(network, "spans", name) for name in names])


def tie_loose_ends(network: Network, tolerance_m: float) -> ChangeSet:
    """Tie ends of spans that nearly touch a node or a span."""
    return snap_loose_ends(network, tolerance_m)


def deletion(
    network: Network, table: str, names: Sequence[str], *, with_bare_nodes: bool = False
) -> Deletion:
    """Work out what deleting objects (uids or names) of a table takes along."""
    uids = [find_object(network, table, name) for name in names]
    return delete_objects(network, {table: uids}, with_bare_nodes=with_bare_nodes)


def traced_span(
    network: Network,
    places: Sequence[str],
    values: Mapping[str, Any] | None = None,
    reach_m: float = 100.0,
    snap_m: float = 5.0,
) -> tuple[dict[str, Any], ChangeSet]:
    """Trace along streets and return the facts of the way, and the change that draws it.

    ``places`` are ``LON,LAT`` or nodes (uid or name); those between stay way-points. A first or
    last place within ``snap_m`` of a node or of a span that allows a joint begins or ends there.
    """
    if len(places) < 2:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "A trace needs two places")))
    spots = [_spot(network, text) for text in places]
    found = trace(network, spots, reach_m)
    course = np.concatenate(([spots[0]], found.xy, [spots[-1]]))
    last = len(course) - 1
    stops: list[Stop] = [
        stop_near(network, 0, spots[0], snap_m), stop_near(network, last, spots[-1], snap_m),
    ]  # fmt: skip
    changes = draw_spans(network, course, stops, values)
    facts = {
        "length_m": round(found.length_m, 2),
        "streets": list(found.followed),
        "begins": stops[0].table or None,
        "begins_uid": stops[0].uid or None,
        "ends": stops[1].table or None,
        "ends_uid": stops[1].uid or None,
    }
    return {**facts, "xy": found.xy}, changes


def _spot(network: Network, text: str) -> Place:
    """Return the place in m of a node or of ``LON,LAT``."""
    if text.count(",") == 1 and not text.strip("0123456789.,-+ eE"):
        return place_of(text, network.crs)
    uid = find_object(network, "nodes", text)
    place = node_place(network, uid)
    if place is None:
        raise InputError(
            message(QT_TRANSLATE_NOOP("core", "The node has no place on the map")), [uid]
        )
    return place
