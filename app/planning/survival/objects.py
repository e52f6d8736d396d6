"""Which edges an object stands for: what routes must pass, or must avoid."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from app.model.errors import InputError
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.survival.candidates import Candidates

_TABLES = (
    "nodes", "spans", "streets", "conduits", "barriers", "hazards", "areas", "risk_groups",
)  # fmt: skip
"""Where an object is looked for, in this order."""

_ZONES = ("barriers", "hazards", "areas")


def resolve(network: Network, text: str) -> tuple[str, tuple[str, ...]]:
    """Return table and uids of the object with that uid, or of those with that name.

    Raises `InputError` when there is none.
    """
    for table in _TABLES:
        if text in network.table(table).index:
            return table, (text,)
    for table in _TABLES:
        frame = network.table(table)
        found = frame.index[frame["name"] == text]
        if len(found):
            return table, tuple(str(uid) for uid in found)
    raise InputError(
        message(
            QT_TRANSLATE_NOOP(
                "core", "No node, span, street, conduit, barrier, zone or risk group is “{name}”."
            ),
            name=text,
        ),
        (text,),
    )


def edges_of(candidates: Candidates, text: str) -> frozenset[int]:
    """Return the edges that lie in, end at or cross an object given by uid or name."""
    table, uids = resolve(candidates.network, text)
    if table == "nodes":
        return _at_nodes(candidates, uids)
    if table in _ZONES:
        frame = candidates.network.geo(table)
        shapes = [shape for shape in frame.loc[list(uids), GEOMETRY] if shape is not None]
        hits = [
            edge
            for shape in shapes
            for edge in shapely.STRtree(candidates.shapes).query(shape, predicate="intersects")
        ]
        return frozenset(int(edge) for edge in hits)
    if table == "risk_groups":
        groups = candidates.network.table(table).loc[list(uids)]
        spans = {uid for members in groups["spans"] for uid in members or ()}
        nodes = {uid for members in groups["nodes"] for uid in members or ()}
        return _in_sources(candidates, spans) | _at_nodes(candidates, nodes)
    return _in_sources(candidates, uids)


def _at_nodes(candidates: Candidates, uids: Iterable[str]) -> frozenset[int]:
    number = candidates.parts.number
    rows = [candidates.routes.root + number[uid] for uid in uids if uid in number]
    hit = np.isin(candidates.start, rows) | np.isin(candidates.end, rows)
    return frozenset(np.flatnonzero(hit).tolist())


def _in_sources(candidates: Candidates, uids: Iterable[str]) -> frozenset[int]:
    wanted = set(uids)
    return frozenset(
        edge for edge in range(candidates.edge_count) if candidates.source_of(edge) in wanted
    )
