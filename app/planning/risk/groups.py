"""Shared-risk groups made from what is drawn: each knows its kind, its members and why it exists.

Kinds are those of `app.model.codes.RISK_KINDS`. Groups of lines have two members at least; a
span can be in many groups. Identifiers follow from what a group is made of, so that the same
network gives the same groups.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.planning.risk.corridor import bundles, clusters, members_by_cluster, runs
from app.planning.risk.plant import Plant

AUTOMATIC_KINDS = (
    "duct", "sewer", "trench", "bridge", "riverCrossing", "railCrossing", "chamber",
    "buildingEntry", "tower", "hub", "powerZone", "hazardZone",
)  # fmt: skip
"""Kinds that are made automatically, in the order in which they are told."""

NODE_KINDS: Mapping[str, str] = {
    "chamber": "chamber", "handhole": "chamber", "cabinet": "chamber", "splicePoint": "chamber",
    "buildingEntry": "buildingEntry", "customerPremises": "buildingEntry", "tower": "tower",
    "pole": "tower", "hub": "hub", "pop": "hub", "exchange": "hub", "aggregationPoint": "hub",
}  # fmt: skip
"""Kind of risk of a node's failure, by the node's type."""

CROSSED: Mapping[str, str] = {
    "river": "riverCrossing", "canal": "riverCrossing", "lake": "riverCrossing",
    "railway": "railCrossing", "metro": "railCrossing",
}  # fmt: skip
"""Kind of risk of crossing a barrier, by the barrier's kind."""

_SEWERS = ("sewer",)
_SEWER_WORDS = ("wasteWater", "stormWater")
_INSIDE_M = 1.0
"""Less than this inside a zone is a touch, in m."""

_NAMESPACE = uuid.UUID("1b0a7f0e-6d0c-5f7d-9b8e-3f7d2f4f6a11")


@dataclass(frozen=True)
class RiskParameters:
    """What counts as together.

    Parameters
    ----------
    within_m
        Lines that run closer than this share a trench.
    crossing_m
        Crossings of one river or railway closer than this are one crossing.
    kinds
        Kinds of groups to make.
    plan
        Plan whose spans and nodes are looked at too (uid).
    """

    within_m: float = 10.0
    crossing_m: float = 50.0
    kinds: tuple[str, ...] = AUTOMATIC_KINDS
    plan: str | None = None
    statuses: tuple[str, ...] = STATUSES_IN_USE


@dataclass(frozen=True)
class RiskGroup:
    """Spans and nodes that one event takes down together.

    ``place`` is a point to jump to, in m; ``distance_m`` the widest gap between members that
    run side by side, or the distance between crossings; ``length_m`` how far they run together.
    """

    uid: str
    kind: str
    name: str
    reason: Message
    spans: tuple[str, ...]
    nodes: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    distance_m: float | None = None
    length_m: float | None = None


def make_groups(network: Network, plant: Plant, parameters: RiskParameters) -> list[RiskGroup]:
    """Return the groups of all wanted kinds, in the order of `AUTOMATIC_KINDS`.

    Near linear in the number of spans, nodes and barriers plus the pairs of spans that lie near
    each other: a spatial index finds those.
    """
    found: list[RiskGroup] = []
    for kinds, make in _MAKERS:
        if set(kinds) & set(parameters.kinds):
            found += [
                group
                for group in make(network, plant, parameters)
                if group.kind in parameters.kinds
            ]
    order = {kind: place for place, kind in enumerate(AUTOMATIC_KINDS)}
    return sorted(found, key=lambda group: (order[group.kind], group.name, group.uid))


def group_uid(kind: str, *parts: str) -> str:
    """Return the identifier of the group of ``kind`` that is made of ``parts``."""
    return str(uuid.uuid5(_NAMESPACE, "/".join((kind, *parts))))


def named(name: object, uid: str) -> str:
    """Return the name of an object, or the start of its uid."""
    return str(name) if isinstance(name, str) and name else uid[:8]


def _conduit_groups(
    network: Network, plant: Plant, parameters: RiskParameters
) -> Iterable[RiskGroup]:
    """Spans in one duct, and spans in one sewer collector: sewers of one name are one."""
    conduits = network.table("conduits")
    is_sewer = conduits["kind"].isin(_SEWERS)
    sewer_name = dict(conduits.loc[is_sewer, "name"].items())
    users: dict[tuple[str, str], set[int]] = {}
    parts: dict[tuple[str, str], set[str]] = {}
    for row, (span_conduits, beside) in enumerate(
        zip(plant.conduits, _beside_sewers(network, plant, parameters), strict=True)
    ):
        for uid in (*span_conduits, *beside):
            name = sewer_name.get(uid)
            kind = "sewer" if uid in sewer_name else "duct"
            mine = (kind, str(name) if isinstance(name, str) and name else uid)
            users.setdefault(mine, set()).add(row)
            parts.setdefault(mine, set()).add(uid)
    names = conduits["name"].to_dict()
    for (kind, key), rows in sorted(users.items()):
        if len(rows) < 2:
            continue
        name = key if key not in names else named(names[key], key)
        reason = (
            message(QT_TRANSLATE_NOOP("core", "Same sewer collector: {name}"), name=name)
            if kind == "sewer"
            else message(QT_TRANSLATE_NOOP("core", "Same duct: {name}"), name=name)
        )
        yield _group(plant, kind, name, reason, sorted(rows), sorted(parts[kind, key]))


def _beside_sewers(
    network: Network, plant: Plant, parameters: RiskParameters
) -> list[tuple[str, ...]]:
    """Return the sewers that spans laid in sewers run along, where no conduit is named."""
    found: list[tuple[str, ...]] = [()] * len(plant.spans)
    conduits = network.geo("conduits")
    sewers = conduits[conduits["kind"].isin(_SEWERS) & conduits[GEOMETRY].notna()]
    rows = np.flatnonzero(
        ((plant.technique == "sewer") | np.isin(plant.codeployment.astype(str), _SEWER_WORDS))
        & np.array([not item for item in plant.conduits], dtype=np.bool_)
    )
    if sewers.empty or not len(rows):
        return found
    lines = np.asarray(shapely.force_2d(sewers[GEOMETRY].to_numpy()), dtype=object)
    side = runs(lines, parameters.within_m, plant.shapes[rows])
    for sewer, row in zip(side.first, side.second, strict=True):
        found[rows[row]] = (*found[rows[row]], str(sewers.index[sewer]))
    return found


def _trench_groups(
    network: Network, plant: Plant, parameters: RiskParameters
) -> Iterable[RiskGroup]:
    """Spans below ground that run side by side."""
    below = np.flatnonzero(~plant.is_aerial)
    found = runs(plant.shapes[below], parameters.within_m)
    length = {
        (a, b): (length_m, gap_m)
        for a, b, length_m, gap_m in zip(
            found.first.tolist(), found.second.tolist(), found.length_m.tolist(),
            found.gap_m.tolist(), strict=True,
        )
    }  # fmt: skip
    for bundle in bundles(len(below), found):
        pairs = [length[a, b] for a in bundle for b in bundle if (a, b) in length]
        along_m, apart_m = min(pair[0] for pair in pairs), max(pair[1] for pair in pairs)
        rows = [int(below[row]) for row in bundle]
        reason = message(
            QT_TRANSLATE_NOOP(
                "core",
                "Same trench: within {distance_m:.0f} m of each other along {length_m:.0f} m",
            ),
            distance_m=max(1.0, float(np.ceil(apart_m))),
            length_m=along_m,
        )
        name = " / ".join(named(plant.span_names[row], plant.spans[row]) for row in rows[:3])
        yield _group(
            plant, "trench", name, reason, rows, sorted(plant.spans[rows]),
            distance_m=apart_m, length_m=along_m,
        )  # fmt: skip


def _bridge_groups(
    network: Network, plant: Plant, parameters: RiskParameters
) -> Iterable[RiskGroup]:
    """Spans that run over one bridge; decks within the trench distance are one bridge."""
    streets = network.geo("streets")
    streets = streets[
        streets["is_bridge"].fillna(value=False).astype(bool) & streets[GEOMETRY].notna()
    ]
    if streets.empty or not len(plant.spans):
        return
    decks = np.asarray(shapely.force_2d(streets[GEOMETRY].to_numpy()), dtype=object)
    for rows in members_by_cluster(clusters(decks, parameters.within_m)):
        deck = shapely.union_all(decks[list(rows)])
        zone = shapely.buffer(deck, parameters.within_m)
        near = np.flatnonzero(shapely.intersects(plant.shapes, zone))
        along = shapely.length(shapely.intersection(plant.shapes[near], zone))
        users = near[along >= 0.5 * max(shapely.length(decks[list(rows)]))].tolist()
        if len(users) < 2:
            continue
        uids = [str(streets.index[row]) for row in rows]
        name = named(next((n for n in streets["name"].iloc[list(rows)] if n), None), uids[0])
        reason = message(QT_TRANSLATE_NOOP("core", "Same bridge: {name}"), name=name)
        yield _group(plant, "bridge", name, reason, users, sorted(uids), at=deck)


def _crossing_groups(
    network: Network, plant: Plant, parameters: RiskParameters
) -> Iterable[RiskGroup]:
    """Spans that cross one river or railway at one place."""
    barriers = network.geo("barriers")
    barriers = barriers[
        barriers["kind"].isin(CROSSED)
        & ~barriers["is_below_ground"].fillna(value=False).astype(bool)
        & barriers[GEOMETRY].notna()
    ]
    if barriers.empty or not len(plant.spans):
        return
    shapes = np.asarray(shapely.force_2d(barriers[GEOMETRY].to_numpy()), dtype=object)
    barrier, span = shapely.STRtree(plant.shapes).query(shapes, predicate="intersects")
    parts, owner = shapely.get_parts(
        shapely.intersection(plant.shapes[span], shapes[barrier]), return_index=True
    )
    barrier, span, points = barrier[owner], span[owner], shapely.centroid(parts)
    for row in np.unique(barrier).tolist():
        mine = np.flatnonzero(barrier == row)
        uid, name = str(barriers.index[row]), named(barriers["name"].iloc[row], "")
        kind = CROSSED[barriers["kind"].iloc[row]]
        for cluster in members_by_cluster(clusters(points[mine], parameters.crossing_m)):
            at = mine[list(cluster)]
            users = sorted(set(span[at].tolist()))
            if len(users) < 2:
                continue
            reason = (
                message(QT_TRANSLATE_NOOP("core", "Same crossing of the river {name}"), name=name)
                if kind == "riverCrossing"
                else message(
                    QT_TRANSLATE_NOOP("core", "Same crossing of the railway {name}"), name=name
                )
            )
            place = shapely.MultiPoint(points[at].tolist())
            yield _group(
                plant, kind, name, reason, users, [uid, *sorted(plant.spans[users])],
                at=place, distance_m=parameters.crossing_m,
            )  # fmt: skip


def _node_groups(network: Network, plant: Plant, parameters: RiskParameters) -> Iterable[RiskGroup]:
    """A chamber, building entry, tower or hub with all spans that end there."""
    towers = set(network.table("towers")["node"].dropna())
    at = plant.at_node()
    for uid, name, kind, point in zip(
        plant.nodes, plant.node_names, plant.node_types, plant.points, strict=True
    ):
        risk = "tower" if uid in towers else NODE_KINDS.get(kind)
        rows = at.get(uid, [])
        if risk is None or len(rows) < 2:
            continue
        called = named(name, uid)
        yield RiskGroup(
            group_uid(risk, uid), risk, called, _NODE_REASONS[risk](called),
            tuple(str(plant.spans[row]) for row in rows), (uid,), _place(point),
        )  # fmt: skip


def _zone_groups(network: Network, plant: Plant, parameters: RiskParameters) -> Iterable[RiskGroup]:
    """Spans and nodes inside one area of a hazard, or of one supply of power."""
    hazards = network.geo("hazards")
    hazards = hazards[hazards[GEOMETRY].notna()]
    if hazards.empty:
        return
    shapes = shapely.make_valid(np.asarray(shapely.force_2d(hazards[GEOMETRY]), dtype=object))
    zone, span = shapely.STRtree(plant.shapes).query(shapes, predicate="intersects")
    inside = shapely.length(shapely.intersection(plant.shapes[span], shapes[zone])) >= _INSIDE_M
    zone, span = zone[inside], span[inside]
    has_point = np.array([point is not None for point in plant.points], dtype=np.bool_)
    there = np.flatnonzero(has_point)
    node_zone, node = shapely.STRtree(plant.points[there]).query(shapes, predicate="intersects")
    for row, (uid, name, kind, scenario) in enumerate(
        zip(hazards.index, hazards["name"], hazards["kind"], hazards["scenario"], strict=True)
    ):
        spans = np.unique(span[zone == row]).tolist()
        nodes = np.unique(there[node[node_zone == row]]).tolist()
        if len(spans) + len(nodes) < 2:
            continue
        risk = "powerZone" if kind == "power" else "hazardZone"
        called = named(name, str(uid))
        reason = (
            message(QT_TRANSLATE_NOOP("core", "Same supply of power: {name}"), name=called)
            if risk == "powerZone"
            else message(
                QT_TRANSLATE_NOOP("core", "Same hazard zone: {name}, scenario {scenario}"),
                name=called,
                scenario=scenario if isinstance(scenario, str) else "-",
            )
        )
        yield RiskGroup(
            group_uid(risk, str(uid)), risk, called, reason,
            tuple(str(plant.spans[item]) for item in spans),
            tuple(str(plant.nodes[item]) for item in nodes), _place(shapes[row]),
        )  # fmt: skip


def _group(
    plant: Plant, kind: str, name: str, reason: Message, rows: list[int], parts: Iterable[str],
    *, at: shapely.Geometry | None = None, distance_m: float | None = None,
    length_m: float | None = None,
) -> RiskGroup:  # fmt: skip
    return RiskGroup(
        group_uid(kind, *parts), kind, name, reason, tuple(str(plant.spans[row]) for row in rows),
        (), _place(plant.shapes[rows[0]] if at is None else at), distance_m, length_m,
    )  # fmt: skip


def _place(shape: shapely.Geometry | None) -> tuple[float, float] | None:
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type == "LineString":
        point = shape.interpolate(0.5, normalized=True)
    else:
        point = shape.representative_point()
    return (float(point.x), float(point.y))


def node_reason(kind: str, name: str) -> Message:
    """Return why the spans at a node share a risk of ``kind``."""
    return _NODE_REASONS[kind](name)


def _templated(template: str) -> Callable[[str], Message]:
    return lambda name: message(template, name=name)


_NODE_REASONS: Mapping[str, Callable[[str], Message]] = {
    "chamber": _templated(QT_TRANSLATE_NOOP("core", "Same chamber: {name}")),
    "buildingEntry": _templated(QT_TRANSLATE_NOOP("core", "Same building entry: {name}")),
    "tower": _templated(QT_TRANSLATE_NOOP("core", "Same tower or pole: {name}")),
    "hub": _templated(QT_TRANSLATE_NOOP("core", "Same hub: {name}")),
}

_Maker = Callable[[Network, Plant, RiskParameters], Iterable[RiskGroup]]

_MAKERS: tuple[tuple[tuple[str, ...], _Maker], ...] = (
    (("duct", "sewer"), _conduit_groups),
    (("trench",), _trench_groups),
    (("bridge",), _bridge_groups),
    (("riverCrossing", "railCrossing"), _crossing_groups),
    (("chamber", "buildingEntry", "tower", "hub"), _node_groups),
    (("powerZone", "hazardZone"), _zone_groups),
)


def frame_of(groups: Iterable[RiskGroup]) -> pd.DataFrame:
    """Return groups as rows for a table on screen."""
    columns = ("uid", "kind", "name", "reason", "spans", "nodes", "distance_m", "length_m", "place")
    rows = [[getattr(group, column) for column in columns] for group in groups]
    return pd.DataFrame(rows, columns=list(columns), dtype=object)
