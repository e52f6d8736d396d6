"""End nodes of spans and nodes of towers: found in the project, or made."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from app.io.importing.draft import Draft
from app.io.importing.linking import known_keys, reference_texts, resolve
from app.io.importing.source import ObjectArray, is_missing
from app.model.findings import Severity
from app.model.frames import GEOMETRY, make_frame
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.schema import new_uid
from app.model.tables import TABLES

JOIN_TOLERANCE_M = 1.0
"""Ends closer than this to a node, or to one another, are the same point."""
FAR_END_M = 50.0

FloatArray = npt.NDArray[np.float64]


def join_spans(draft: Draft) -> None:
    """Give every span its two nodes: by name, by place, or by making them."""
    count = len(draft.owner)
    if not count:
        return
    xy = np.concatenate(
        [
            shapely.get_coordinates(shapely.get_point(draft.geometry, 0)),
            shapely.get_coordinates(shapely.get_point(draft.geometry, -1)),
        ]
    )
    texts = np.concatenate([_end_texts(draft, "start_node"), _end_texts(draft, "end_node")])
    uids = resolve(known_keys(draft.network, "nodes"), texts)
    _tell_far(draft, uids, xy)
    open_ends = np.flatnonzero(is_missing(uids))
    uids[open_ends] = _nodes_at(draft, xy[open_ends])
    still_open = np.flatnonzero(is_missing(uids))
    if len(still_open):
        uids[still_open] = _make_nodes(draft, xy[still_open], still_open % count, texts[still_open])
    draft.values["start_node"], draft.values["end_node"] = uids[:count], uids[count:]


def _end_texts(draft: Draft, name: str) -> ObjectArray:
    """Return what the file says of an end; inner ends of a row with several lines say nothing."""
    texts = reference_texts(draft, draft.table.column(name))
    if texts is None:
        return np.full(len(draft.owner), None, dtype=object)
    texts = texts.copy()
    same = draft.owner[1:] == draft.owner[:-1]
    inner = np.concatenate([[False], same]) if name == "start_node" else np.append(same, False)
    texts[inner] = None
    return texts


def _tell_far(draft: Draft, uids: ObjectArray, xy: FloatArray) -> None:
    """Tell of spans whose named node lies far from the drawn end."""
    named = np.flatnonzero(~is_missing(uids))
    if not len(named):
        return
    nodes = draft.network.geo("nodes")
    places = shapely.get_coordinates(nodes[GEOMETRY].loc[list(uids[named])].to_numpy())
    far = named[np.hypot(*(places - xy[named]).T) > FAR_END_M]
    if len(far):
        draft.remark(
            "span.end_far_from_node",
            Severity.WARNING,
            message(
                QT_TRANSLATE_NOOP(
                    "core", "{count} ends of spans lie more than {limit} m from the node they name"
                ),
                count=len(far),
                limit=FAR_END_M,
            ),
            rows=draft.owner[far % len(draft.owner)],
            advice=message(QT_TRANSLATE_NOOP("core", "Move the node or name another")),
        )


def _nodes_at(draft: Draft, xy: FloatArray) -> ObjectArray:
    """Return the project's nearest node within the tolerance, for each point."""
    nodes = draft.network.geo("nodes")
    found = np.full(len(xy), None, dtype=object)
    shapes = nodes[GEOMETRY].to_numpy() if len(nodes) else np.empty(0, dtype=object)
    placed = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if not placed.any() or not len(xy):
        return found
    from scipy.spatial import cKDTree  # noqa: PLC0415

    distance, place = cKDTree(shapely.get_coordinates(shapes[placed])).query(
        xy, distance_upper_bound=JOIN_TOLERANCE_M
    )
    near = np.isfinite(distance)
    found[near] = nodes.index.to_numpy()[placed][place[near]]
    return found


def clusters(xy: FloatArray, tolerance_m: float) -> npt.NDArray[np.int64]:
    """Return for each point the number of its group of points within the tolerance."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - the window imports this without
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415
    from scipy.spatial import cKDTree  # noqa: PLC0415

    pairs = cKDTree(xy).query_pairs(tolerance_m, output_type="ndarray")
    links = coo_array(
        (np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])), shape=(len(xy), len(xy))
    )
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _make_nodes(
    draft: Draft, xy: FloatArray, owner: npt.NDArray[np.int64], texts: ObjectArray
) -> ObjectArray:
    """Make one node for each group of open ends and return its uid for each end."""
    group = clusters(xy, JOIN_TOLERANCE_M)
    _, first = np.unique(group, return_index=True)
    names = _first_text(group, texts, len(first))
    uids = np.array([new_uid() for _ in first], dtype=object)
    values: dict[str, Any] = {
        "name": names,
        "type": "other",
        "status": _per_object(draft, "status")[owner[first]],
        "owner": _per_object(draft, "owner")[owner[first]],
        "source": _per_object(draft, "source")[owner[first]],
    }
    draft.bring(
        "nodes",
        make_frame(
            TABLES["nodes"], values, draft.network.crs, geometry=shapely.points(xy[first]),
            uids=list(uids),
        ),
    )  # fmt: skip
    draft.remark(
        "span.nodes_created",
        Severity.INFO,
        message(
            QT_TRANSLATE_NOOP("core", "{count} nodes of type other were made at ends of spans"),
            count=len(uids),
        ),
        advice=message(
            QT_TRANSLATE_NOOP("core", "Import the nodes first if they exist in a file of their own")
        ),
    )
    return uids[group]


def _first_text(group: npt.NDArray[np.int64], texts: ObjectArray, count: int) -> ObjectArray:
    names = np.full(count, None, dtype=object)
    for place in np.flatnonzero(~is_missing(texts)):
        if names[group[place]] is None:
            names[group[place]] = texts[place]
    return names


def _per_object(draft: Draft, name: str) -> ObjectArray:
    values = draft.values.get(name)
    if values is None:
        return np.full(len(draft.owner), draft.table.column(name).default, dtype=object)
    return values


def place_towers(draft: Draft) -> None:
    """Give every tower a node: the named one, one of the project in its place, or a new one.

    Rows in the same place, such as several antennas on one mast, share the node.
    """
    count = len(draft.owner)
    if not count:
        return
    uids = draft.values.get("node", np.full(count, None, dtype=object)).copy()
    xy = shapely.get_coordinates(draft.geometry)
    free = np.flatnonzero(is_missing(uids))
    uids[free] = _nodes_at(draft, xy[free])
    free = np.flatnonzero(is_missing(uids))
    if len(free):
        group = clusters(xy[free], JOIN_TOLERANCE_M)
        _, first = np.unique(group, return_index=True)
        made = np.array([new_uid() for _ in first], dtype=object)
        chosen = free[first]
        values = {name: _per_object(draft, name)[chosen] for name in ("name", "status", "owner",
                                                                      "source")}  # fmt: skip
        draft.bring(
            "nodes",
            make_frame(
                TABLES["nodes"], {**values, "type": "tower"}, draft.network.crs,
                geometry=draft.geometry[chosen], uids=list(made),
            ),
        )  # fmt: skip
        uids[free] = made[group]
    draft.values["node"] = uids
    _tell_shared(draft, uids)


def _tell_shared(draft: Draft, uids: ObjectArray) -> None:
    shared = pd.Series(uids).duplicated(keep=False).to_numpy()
    if shared.any():
        draft.remark(
            "tower.same_place",
            Severity.INFO,
            message(
                QT_TRANSLATE_NOOP("core", "{count} towers stand in {places} shared places"),
                count=int(shared.sum()),
                places=len(set(uids[shared])),
            ),
            rows=draft.owner[shared],
            advice=message(
                QT_TRANSLATE_NOOP("core", "If they are antennas of one tower, keep one of them")
            ),
        )
