"""Nodes become one, and loose ends are tied."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import shapely

from app.model.changes import ChangeSet, delete, insert, update
from app.model.codes import ROOT_NODE_TYPES
from app.model.editing.courses import fitted_spans, shift_node
from app.model.editing.deleting import remove
from app.model.editing.draft import (
    Draft,
    known,
    node_place,
    referring,
    repeated,
    span_line,
    spans_at,
)
from app.model.editing.shapes import SAME_M
from app.model.editing.spans import AT_END_M, put_nodes
from app.model.errors import InputError
from app.model.frames import GEOMETRY, frame_from_rows, plain
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.naming import name_of
from app.model.network import Network
from app.model.schema import Kind, new_uid
from app.model.tables import TABLES

_SIDES = (("start_node", 0), ("end_node", -1))


def merge_nodes(
    network: Network, kept: str, gone: str, *, drops_between: bool = False
) -> ChangeSet:
    """Return the change that makes one node of two: spans and all that names ``gone`` follow.

    ``kept`` keeps its place and values and takes over what it lacks. Spans that run between the
    two are refused with `InputError`, or with ``drops_between`` deleted.
    """
    for uid in (kept, gone):
        known(network, "nodes", uid)
    if kept == gone:
        raise InputError(message(QT_TRANSLATE_NOOP("core", "That is one node, not two")), [kept])
    between = spans_between(network, kept, gone)
    if between and not drops_between:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Span “{name}” runs between the two nodes"),
                name=name_of(network, "spans", between[0]),
            ),
            between,
        )
    draft = Draft(network)
    if between:
        remove(draft, {"spans": between})
    fuse(draft, kept, gone)
    return draft.changes(
        message(
            QT_TRANSLATE_NOOP("core", "Merge node “{other}” into “{name}”"),
            name=name_of(network, "nodes", kept),
            other=name_of(network, "nodes", gone),
        )
    )


def spans_between(network: Network, one: str, other: str) -> list[str]:
    """Return the spans that run between two nodes."""
    return [uid for uid in spans_at(network, one) if uid in set(spans_at(network, other))]


def fuse(draft: Draft, kept: str, gone: str) -> None:
    """Let everything that names ``gone`` name ``kept``, and delete ``gone``."""
    for (table, column), uids in referring(draft.network, "nodes", gone).items():
        rows = draft.network.table(table).loc[uids]
        if TABLES[table].column(column).kind is Kind.JSON:
            lists = [
                repeated([kept if member == gone else member for member in members])
                for members in rows[column]
            ]
            draft.add([update(table, rows, {column: lists})])
        else:
            draft.add([update(table, rows, {column: kept})])
    nodes = draft.network.geo("nodes")
    missing: dict[str, Any] = {
        name: [plain(nodes.at[gone, name])]
        for name in TABLES["nodes"].column_names
        if plain(nodes.at[kept, name]) is None and plain(nodes.at[gone, name]) is not None
    }
    types = [nodes.at[uid, "type"] for uid in (kept, gone)]
    if types[1] in ROOT_NODE_TYPES and types[0] not in ROOT_NODE_TYPES:
        missing["type"] = [types[1]]
    if missing:
        draft.add([update("nodes", nodes.loc[[kept]], missing)])
    draft.add(fitted_spans(draft.network, kept))
    draft.add([delete("nodes", draft.network.table("nodes").loc[[gone]])])


def snap_loose_ends(network: Network, tolerance_m: float) -> ChangeSet:
    """Return the change that ties what nearly touches, within ``tolerance_m``.

    Ends of spans without a node get one: the nearest, one on the nearest span, or a new one.
    Ends that lie apart from their node are drawn to it. A node at the end of a single span is
    merged with the nearest other node, or put on the nearest span that allows a joint. O(n log n +
    k n) for k loose ends and n nodes or spans.
    """
    draft = Draft(network)
    tied = _tie_bare_ends(draft, tolerance_m)
    tied += _draw_to_nodes(draft, tolerance_m)
    for node in _loose_nodes(draft.network, tolerance_m):
        tied += _tie_node(draft, node, tolerance_m)
    return draft.changes(message(QT_TRANSLATE_NOOP("core", "Tie loose ends ({count})"), count=tied))


def _tie_bare_ends(draft: Draft, tolerance_m: float) -> int:
    spans, nodes = draft.network.geo("spans"), draft.network.table("nodes")
    has_shape = spans[GEOMETRY].notna().to_numpy()
    tied = 0
    for side, corner in _SIDES:
        is_bare = ~spans[side].isin(nodes.index).to_numpy() & has_shape
        for uid in spans.index[is_bare]:
            _tie_bare_end(draft, str(uid), side, corner, tolerance_m)
            tied += 1
    return tied


def _tie_bare_end(draft: Draft, uid: str, side: str, corner: int, tolerance_m: float) -> None:
    """Give an end of a span the nearest node, or one of its own."""
    row = draft.network.geo("spans").loc[uid]
    end = shapely.get_point(shapely.force_2d(row[GEOMETRY]), corner)
    other = row["end_node" if side == "start_node" else "start_node"]
    node = _nearest_node(draft.network, end, tolerance_m, {plain(other)})
    if node is None:
        node = new_uid()
        made = {
            "uid": node, "type": "splicePoint", "status": row["status"],
            "owner": plain(row["owner"]), "geometry": end,
        }  # fmt: skip
        nodes = frame_from_rows(TABLES["nodes"], [made], draft.network.crs)
        draft.add([insert("nodes", nodes)])
    draft.add([update("spans", draft.network.geo("spans").loc[[uid]], {side: node})])
    draft.add(fitted_spans(draft.network, node))


def _draw_to_nodes(draft: Draft, tolerance_m: float) -> int:
    """Draw the ends of spans to their nodes; return how many lay apart."""
    spans, nodes = draft.network.geo("spans"), draft.network.geo("nodes")
    shapes, tied = spans[GEOMETRY].to_numpy(), 0
    apart: list[str] = []
    for side, corner in _SIDES:
        places = nodes[GEOMETRY].reindex(spans[side]).to_numpy()
        gap_m = shapely.distance(shapely.get_point(shapes, corner), places)
        hit = np.flatnonzero((gap_m > SAME_M) & (gap_m <= tolerance_m))
        tied += len(hit)
        apart.extend(str(uid) for uid in spans[side].iloc[hit])
    for node in repeated(apart):
        draft.add(fitted_spans(draft.network, node))
    return tied


def _loose_nodes(network: Network, tolerance_m: float) -> list[str]:
    """Return the nodes at which just one span ends and near which there is something else."""
    spans, nodes = network.geo("spans"), network.geo("nodes")
    count = Counter([*spans["start_node"].dropna(), *spans["end_node"].dropna()])
    rows = np.flatnonzero([count[uid] == 1 for uid in nodes.index])
    shapes = nodes[GEOMETRY].to_numpy()
    near = np.zeros(len(rows), dtype=np.int64)
    for others, own in ((shapes, 1), (spans[GEOMETRY].to_numpy(), 1)):
        tree = shapely.STRtree(others)
        hit, _ = tree.query(shapes[rows], predicate="dwithin", distance=tolerance_m)
        # each lies near itself and near its own span
        near += np.bincount(hit, minlength=len(rows)) > own
    return [str(uid) for uid in nodes.index[rows[near > 0]]]


def _tie_node(draft: Draft, node: str, tolerance_m: float) -> int:
    network = draft.network
    place = node_place(network, node) if node in network.table("nodes").index else None
    if place is None or len(spans_at(network, node)) != 1:
        return 0  # tied meanwhile
    own = spans_at(network, node)
    spot = shapely.Point(place)
    neighbours = {plain(network.table("spans").at[own[0], side]) for side, _ in _SIDES}
    other = _nearest_node(network, spot, tolerance_m, neighbours)
    if other is not None:
        kept, gone = (node, other) if _is_root(network, node) else (other, node)
        fuse(draft, kept, gone)
        return 1
    if _is_root(network, node):
        return 0
    span = _nearest_span(network, spot, tolerance_m, own[0])
    if span is None:
        return 0
    line = span_line(network, span)
    along = line.project(spot)
    on = line.interpolate(along)
    shift_node(draft, node, (on.x, on.y))
    put_nodes(draft, span, [(node, along)])
    return 1


def _is_root(network: Network, node: str) -> bool:
    return network.table("nodes").at[node, "type"] in ROOT_NODE_TYPES


def _nearest_node(
    network: Network, spot: shapely.Point, tolerance_m: float, but: set[Any]
) -> str | None:
    nodes = network.geo("nodes")
    far = shapely.distance(nodes[GEOMETRY].to_numpy(), spot)
    far[nodes.index.isin([uid for uid in but if uid is not None])] = np.nan
    if not (far <= tolerance_m).any():
        return None
    return str(nodes.index[int(np.nanargmin(far))])


def _nearest_span(
    network: Network, spot: shapely.Point, tolerance_m: float, but: str
) -> str | None:
    spans = network.geo("spans")
    shapes = spans[GEOMETRY].to_numpy()
    far = shapely.distance(shapes, spot)
    far[(spans.index == but) | (spans["allows_joint"] == False).fillna(value=False)] = np.nan  # noqa: E712 - element by element
    for row in np.argsort(far, kind="stable"):
        if not far[row] <= tolerance_m:
            return None
        along = shapes[row].project(spot)
        if AT_END_M <= along <= shapes[row].length - AT_END_M:
            return str(spans.index[row])
    return None
