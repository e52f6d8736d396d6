"""What can be hit: spans and nodes of the network, those of a plan beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from app.model.frames import GEOMETRY
from app.model.network import Network
from app.planning.arrays import ObjectArray


@dataclass(frozen=True)
class Plant:
    """Spans and nodes as columns.

    Parameters
    ----------
    spans, span_names, technique, codeployment
        ``(m,)`` of each span; names may be ``None``.
    shapes
        ``(m,)`` lines in m.
    ends
        ``(m,)`` pairs of uids of nodes.
    conduits
        ``(m,)`` uids of the conduits that each span runs in.
    is_aerial
        ``(m,)`` whether the span hangs above ground.
    nodes, node_names, node_types
        ``(n,)`` of each node.
    points
        ``(n,)`` places.
    """

    spans: ObjectArray
    span_names: ObjectArray
    shapes: ObjectArray
    ends: tuple[tuple[str | None, str | None], ...]
    conduits: tuple[tuple[str, ...], ...]
    technique: ObjectArray
    codeployment: ObjectArray
    is_aerial: np.ndarray
    nodes: ObjectArray
    node_names: ObjectArray
    node_types: ObjectArray
    points: ObjectArray

    def at_node(self) -> dict[str, list[int]]:
        """Return the rows of the spans that end at each node."""
        found: dict[str, list[int]] = {}
        for row, ends in enumerate(self.ends):
            for uid in dict.fromkeys(ends):
                if uid is not None:
                    found.setdefault(uid, []).append(row)
        return found


def plant(network: Network, statuses: Sequence[str], plan_uid: str | None = None) -> Plant:
    """Return spans and nodes of ``statuses``, and those of a plan if one is given."""
    spans, nodes = network.geo("spans"), network.geo("nodes")
    spans = spans[spans["status"].isin(statuses) & spans[GEOMETRY].notna()]
    nodes = nodes[nodes["status"].isin(statuses)]
    rows: list[dict[str, Any]] = [
        {
            "uid": str(uid), "name": name, "shape": shape, "ends": (start, end),
            "conduits": tuple(conduits or ()), "technique": technique, "with": codeployment,
            "aerial": deployment == "aboveGround",
        }
        for uid, name, shape, start, end, conduits, technique, codeployment, deployment in zip(
            spans.index, spans["name"], spans[GEOMETRY], spans["start_node"], spans["end_node"],
            spans["conduits"], spans["technique"], spans["codeployment"], spans["deployment"],
            strict=True,
        )
    ]  # fmt: skip
    points = [
        (str(uid), name, kind, shape)
        for uid, name, kind, shape in zip(
            nodes.index, nodes["name"], nodes["type"], nodes[GEOMETRY], strict=True
        )
    ]
    if plan_uid is not None:
        more_rows, more_points = _of_plan(network, plan_uid)
        rows += more_rows
        points += more_points
    return Plant(
        spans=_objects([row["uid"] for row in rows]),
        span_names=_objects([row["name"] for row in rows]),
        shapes=np.asarray(shapely.force_2d(_objects([row["shape"] for row in rows])), dtype=object),
        ends=tuple(row["ends"] for row in rows),
        conduits=tuple(row["conduits"] for row in rows),
        technique=_objects([row["technique"] for row in rows]),
        codeployment=_objects([row["with"] for row in rows]),
        is_aerial=np.array([row["aerial"] for row in rows], dtype=np.bool_),
        nodes=_objects([point[0] for point in points]),
        node_names=_objects([point[1] for point in points]),
        node_types=_objects([point[2] for point in points]),
        points=_objects([point[3] for point in points]),
    )


def _of_plan(network: Network, plan_uid: str) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the rows of a plan; its joined points lie on nodes and spans there are."""
    nodes, spans = network.geo("plan_nodes"), network.geo("plan_spans")
    nodes, spans = nodes[nodes["plan"] == plan_uid], spans[spans["plan"] == plan_uid]
    known = {
        str(uid): str(joined) for uid, joined in nodes["joined_node"].items() if joined is not None
    }
    rows = [
        {
            "uid": str(uid), "name": name, "shape": shape,
            "ends": (known.get(start, start), known.get(end, end)),
            "conduits": () if conduit is None else (str(conduit),), "technique": technique,
            "with": None, "aerial": technique == "aerial",
        }
        for uid, name, shape, start, end, conduit, technique in zip(
            spans.index, spans["name"], spans[GEOMETRY], spans["start_node"], spans["end_node"],
            spans["conduit"], spans["technique"], strict=True,
        )
    ]  # fmt: skip
    points = [
        (str(uid), None, kind, shape)
        for uid, kind, shape in zip(nodes.index, nodes["type"], nodes[GEOMETRY], strict=True)
        if str(uid) not in known
    ]
    return rows, points


def _objects(items: Sequence[Any]) -> ObjectArray:
    found = np.empty(len(items), dtype=object)
    for row, item in enumerate(items):
        found[row] = item
    return found
