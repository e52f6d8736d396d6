"""What two routes have in common: objects, trenches, crossings, zones; and how near they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.planning.arrays import ObjectArray
from app.planning.risk.corridor import least_run_m
from app.planning.risk.groups import (
    NODE_KINDS,
    RiskGroup,
    RiskParameters,
    make_groups,
    named,
    node_reason,
)
from app.planning.risk.plant import Plant
from app.planning.survival.candidates import Candidates, conduit_of

SHARED_KINDS = (
    "duct",
    "sewer",
    "bridge",
    "riverCrossing",
    "railCrossing",
    "powerZone",
    "hazardZone",
)
"""Kinds of groups that are made of the routes' edges; trenches are measured along the routes."""

ZONES = ("powerZone", "hazardZone")

LEAST_PIECE_M = 1.0
"""Shorter pieces of a common trench inside or outside the exempt zone are not told, in m."""

TERMINAL_M = 50.0
"""The separation of two routes is measured outside this distance of their ends, in m."""


@dataclass(frozen=True)
class Terms:
    """What counts as shared.

    Parameters
    ----------
    within_m
        Routes closer than this, for long enough, share a trench.
    crossing_m
        Crossings of one river or railway closer than this are one.
    exempt_m
        What lies within this distance of the site and of the ends is told, but not held against
        the routes.
    separation_m
        Routes may come no closer than this, outside the same distance of site and ends.
    kinds
        Kinds of risk that are looked at.
    """

    within_m: float = 10.0
    crossing_m: float = 50.0
    exempt_m: float = 0.0
    separation_m: float = 0.0
    kinds: tuple[str, ...] = (*SHARED_KINDS, "trench", "other")


@dataclass(frozen=True)
class Shared:
    """One thing that both routes depend on."""

    kind: str
    uid: str | None
    name: str
    reason: Message
    length_m: float
    place: tuple[float, float] | None
    spans: tuple[str, ...]
    is_exempt: bool
    shape: shapely.Geometry | None = None

    @property
    def is_same(self) -> bool:
        """Whether it is one span, new route or node that both routes take."""
        return self.kind in ("span", "street", "junction") or self.kind in NODE_KINDS.values()

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        return {
            "kind": self.kind,
            "uid": self.uid,
            "name": self.name,
            "reason": str(self.reason),
            "length_m": round(self.length_m, 1),
            "place": None if self.place is None else [round(value, 2) for value in self.place],
            "spans": list(self.spans),
            "exempt": self.is_exempt,
        }


class Comparer:
    """Compares routes of one site: edges of the candidates from the site to an end."""

    def __init__(self, candidates: Candidates, site_xy: shapely.Point, terms: Terms) -> None:
        self.candidates = candidates
        self.terms = terms
        self.site_xy = site_xy

    @cached_property
    def _edited(self) -> list[tuple[str, str, str, str, frozenset[str], frozenset[str]]]:
        """Risk groups that a person made or edited."""
        table = self.candidates.network.table("risk_groups")
        table = table[~table["is_automatic"].fillna(value=False).astype(bool)]
        return [
            (str(uid), str(row["kind"]), named(row["name"], str(uid)), str(row["reason"] or ""),
             frozenset(row["spans"] or ()), frozenset(row["nodes"] or ()))
            for uid, row in table.sort_index().iterrows()
        ]  # fmt: skip

    def plant_of(self, sets: Sequence[Sequence[int]]) -> Plant:
        """Return sets of edges as the plant that risk groups are made of; rows by number."""
        candidates = self.candidates
        shapes, technique, codeployment, aerial, conduits = [], [], [], [], []
        for edges in sets:
            lines = [candidates.shapes[edge] for edge in edges]
            joined = lines[0] if len(lines) == 1 else shapely.line_merge(shapely.union_all(lines))
            shapes.append(joined)
            kinds = [kind_of_edge(candidates, edge) for edge in edges]
            technique.append(kinds[0][0])
            codeployment.append(kinds[0][2])
            aerial.append(all(kind[1] == "aboveGround" for kind in kinds))
            mine: dict[str, None] = {}
            for edge in edges:
                uid = candidates.span_of(edge)
                own = conduit_of(candidates, edge)
                mine.update({} if uid is None else dict.fromkeys(candidates.span_facts[uid][3]))
                mine.update({} if own is None else {own: None})
            conduits.append(tuple(mine))
        names = np.array([str(row) for row in range(len(sets))], dtype=object)
        none = np.zeros(0, dtype=object)
        return Plant(
            names, names, _objects(shapes), tuple((None, None) for _ in sets), tuple(conduits),
            _objects(technique), _objects(codeployment), np.array(aerial, dtype=np.bool_),
            none, none, none, none,
        )  # fmt: skip

    def groups(self, sets: Sequence[Sequence[int]]) -> list[tuple[RiskGroup, tuple[int, ...]]]:
        """Return the risk groups over sets of edges, each with the rows of its members."""
        kinds = tuple(kind for kind in SHARED_KINDS if kind in self.terms.kinds)
        wanted = RiskParameters(self.terms.within_m, self.terms.crossing_m, kinds)
        network = self.candidates.network
        made = make_groups(network, self.plant_of(sets), wanted) if sets else []
        found = [(group, tuple(sorted(int(row) for row in group.spans))) for group in made]
        for uid, kind, name, reason, spans, nodes in self._edited:
            rows = tuple(
                row for row, edges in enumerate(sets) if self._is_member(edges, spans, nodes)
            )
            if len(rows) > 1:
                told = message(QT_TRANSLATE_NOOP("core", "Same risk group: {name}"), name=name)
                group = RiskGroup(
                    uid, kind, name, message("{text}", text=reason) if reason else told, ()
                )
                found.append((group, rows))
        return found

    def _is_member(
        self, edges: Iterable[int], spans: frozenset[str], nodes: frozenset[str]
    ) -> bool:
        candidates = self.candidates
        for edge in edges:
            if candidates.span_of(edge) in spans:
                return True
            ends = (int(candidates.start[edge]), int(candidates.end[edge]))
            if nodes and any(candidates.uid_of_node(node) in nodes for node in ends):
                return True
        return False

    def zone(self, ends: Iterable[int], radius_m: float) -> shapely.Geometry:
        """Return the area within ``radius_m`` of the site and of the nodes ``ends``."""
        points = [self.site_xy, *(self.candidates.node_points[node] for node in ends)]
        return shapely.union_all(
            [point.buffer(radius_m) for point in points if point is not None and radius_m > 0]
        )

    def is_terminal_zone(self, group: RiskGroup, ends: Iterable[int]) -> bool:
        """Return whether a hazard or supply zone holds the site, so that no route avoids it."""
        if group.kind not in ZONES:
            return False
        hazards = self.candidates.network.geo("hazards")
        at = [self.site_xy, *(self.candidates.node_points[node] for node in ends)]
        named_here = hazards[(hazards["name"] == group.name) | (hazards.index == group.name)]
        return any(
            shape is not None and point is not None and shape.intersects(point)
            for shape in named_here.geometry
            for point in at
        )

    def shared(self, one: Sequence[int], other: Sequence[int], ends: Sequence[int]) -> list[Shared]:
        """Return what two routes share, worst first: exempt things last.

        ``ends`` are the nodes at which the routes end.
        """
        zone = self.zone(ends, self.terms.exempt_m)
        both = sorted(set(one) & set(other))
        mine = [edge for edge in one if edge not in set(both)]
        yours = [edge for edge in other if edge not in set(both)]
        found = [*self._same_edges(both, zone), *self._same_nodes(one, other, ends, zone)]
        rows = [*mine, *yours]
        for group, members in self.groups([[edge] for edge in rows]):
            first = [rows[row] for row in members if row < len(mine)]
            second = [rows[row] for row in members if row >= len(mine)]
            if first and second:
                found.append(self._of_group(group, first, second, ends, zone))
        if "trench" in self.terms.kinds:
            for part, first, second in self.corridors(mine, yours):
                outside, inside = shapely.difference(part, zone), shapely.intersection(part, zone)
                for piece, is_exempt in ((outside, False), (inside, True)):
                    if shapely.length(piece) >= LEAST_PIECE_M:
                        found.append(self._corridor(piece, first, second, is_exempt=is_exempt))
        return sorted(
            found, key=lambda item: (item.is_exempt, -item.length_m, item.kind, item.name)
        )

    def _same_edges(self, both: Sequence[int], zone: shapely.Geometry) -> Iterable[Shared]:
        by_source: dict[str | None, list[int]] = {}
        for edge in both:
            by_source.setdefault(self.candidates.source_of(edge), []).append(edge)
        for uid, edges in by_source.items():
            is_span = edges[0] >= self.candidates.new_count
            names = self.candidates.network.table("spans" if is_span else "streets")["name"]
            name = "" if uid is None else named(names.get(uid), uid)
            shape = shapely.line_merge(shapely.union_all(self.candidates.shapes[edges]))
            if shape.is_empty:  # a span without length is still one that both depend on
                shape = self._somewhere(edges[0])
            length_m = float(self.candidates.length_m[edges].sum())
            if length_m <= 0 and not is_span:
                continue
            reason = (
                message(QT_TRANSLATE_NOOP("core", "Same span: {name}"), name=name)
                if is_span
                else message(QT_TRANSLATE_NOOP("core", "Same new route along {name}"), name=name)
            )
            yield Shared(
                "span" if is_span else "street", uid, name, reason, length_m, _middle(shape),
                (uid,) if is_span and uid else (), _is_inside(shape, zone), shape,
            )  # fmt: skip

    def _same_nodes(
        self, one: Sequence[int], other: Sequence[int], ends: Sequence[int], zone: shapely.Geometry
    ) -> Iterable[Shared]:
        candidates = self.candidates
        table = candidates.network.table("nodes")
        for node in sorted(self.nodes(one) & self.nodes(other)):
            point = candidates.node_points[node]
            uid = candidates.uid_of_node(node)
            if point is None or node in candidates.entries:
                continue
            is_exempt = node in ends or node in candidates.homes or _is_inside(point, zone)
            if uid is None:
                kind, name = "junction", ""
                reason = message(QT_TRANSLATE_NOOP("core", "Both routes cross at this junction"))
            else:
                name = named(table.at[uid, "name"], uid)
                kind = NODE_KINDS.get(str(table.at[uid, "type"]), "other")
                told = message(QT_TRANSLATE_NOOP("core", "Same node: {name}"), name=name)
                reason = told if kind == "other" else node_reason(kind, name)
            yield Shared(kind, uid, name, reason, 0.0, (point.x, point.y), (), is_exempt, point)

    def nodes(self, route: Sequence[int]) -> set[int]:
        """Return the nodes of a route."""
        candidates = self.candidates
        return {int(n) for edge in route for n in (candidates.start[edge], candidates.end[edge])}

    def _of_group(
        self, group: RiskGroup, first: list[int], second: list[int], ends: Sequence[int],
        zone: shapely.Geometry,
    ) -> Shared:  # fmt: skip
        candidates = self.candidates
        is_long = group.kind in ("duct", "sewer")
        lengths = [float(candidates.length_m[edges].sum()) for edges in (first, second)]
        point = None if group.place is None else shapely.Point(group.place)
        spans = [candidates.span_of(edge) for edge in (*first, *second)]
        shape = shapely.union_all(candidates.shapes[second]) if is_long else point
        is_exempt = self.is_terminal_zone(group, ends) or _is_inside(shape, zone)
        return Shared(
            group.kind, group.uid, group.name, group.reason, min(lengths) if is_long else 0.0,
            group.place, tuple(dict.fromkeys(uid for uid in spans if uid is not None)), is_exempt,
            shape,
        )  # fmt: skip

    def corridors(
        self, one: Sequence[int], other: Sequence[int]
    ) -> list[tuple[shapely.Geometry, list[int], list[int]]]:
        """Return where two routes run side by side: the part of the second, and the edges of each.

        Routes that hang above ground share no trench.
        """
        candidates = self.candidates
        below = [
            [edge for edge in route if kind_of_edge(candidates, edge)[1] != "aboveGround"]
            for route in (one, other)
        ]
        if not all(below):
            return []
        mine, yours = (candidates.shapes[route] for route in below)
        zone = shapely.buffer(shapely.union_all(mine), self.terms.within_m)
        parts = shapely.intersection(yours, zone)
        whole = shapely.line_merge(shapely.union_all(parts[shapely.length(parts) > 0]))
        found = []
        for part in shapely.get_parts(whole):
            if part.length < least_run_m(self.terms.within_m):
                continue
            near = part.buffer(0.01)
            second = np.flatnonzero(shapely.length(shapely.intersection(yours, near)) > 0.1)
            reach = part.buffer(self.terms.within_m)
            first = np.flatnonzero(shapely.length(shapely.intersection(mine, reach)) > 0.1)
            found.append(
                (part, [below[0][row] for row in first], [below[1][row] for row in second])
            )
        return found

    def _somewhere(self, edge: int) -> shapely.Geometry:
        """Return a shape or place of an edge whose line has no length or is not known."""
        known = self.candidates
        ends = (known.node_points[int(known.start[edge])], known.node_points[int(known.end[edge])])
        found = [s for s in (known.shapes[edge], *ends) if s is not None and not s.is_empty]
        return found[0] if found else shapely.Point(known.routes.xy[0])

    def _corridor(
        self, part: shapely.Geometry, first: list[int], second: list[int], *, is_exempt: bool
    ) -> Shared:
        candidates = self.candidates
        gap = float(part.interpolate(0.5, normalized=True).distance(
            shapely.union_all(candidates.shapes[first])
        )) if first else 0.0  # fmt: skip
        reason = message(
            QT_TRANSLATE_NOOP(
                "core",
                "Same trench: within {distance_m:.0f} m of each other along {length_m:.0f} m",
            ),
            distance_m=max(1.0, float(np.ceil(gap))),
            length_m=float(part.length),
        )
        name = next((n for n in (self.name_of(edge) for edge in (*second, *first)) if n), "")
        spans = [candidates.span_of(edge) for edge in (*first, *second)]
        return Shared(
            "trench", None, name, reason, float(part.length), _middle(part),
            tuple(dict.fromkeys(uid for uid in spans if uid is not None)),
            is_exempt, part,
        )  # fmt: skip

    def name_of(self, edge: int) -> str:
        """Return the name of the street, conduit or span of an edge, '' without one."""
        uid = self.candidates.source_of(edge)
        if uid is None:
            return ""
        table = "spans" if edge >= self.candidates.new_count else "streets"
        if conduit_of(self.candidates, edge) is not None:
            table = "conduits"
        found = self.candidates.network.table(table)["name"].get(uid)
        return str(found) if isinstance(found, str) else ""

    @property
    def terminal_m(self) -> float:
        """Distance of site and ends outside which the separation counts."""
        return max(self.terms.exempt_m, self.terms.separation_m, TERMINAL_M)

    def separation(
        self, one: Sequence[int], other: Sequence[int], ends: Sequence[int]
    ) -> tuple[float, tuple[float, float], tuple[float, float]] | None:
        """Return the smallest distance between two routes and its two places, in m.

        Measured outside the exempt zone, at least `TERMINAL_M` from site and ends; None where
        nothing of a route lies outside.
        """
        zone = self.zone(ends, self.terminal_m)
        lines = [
            shapely.difference(shapely.union_all(self.candidates.shapes[list(route)]), zone)
            for route in (one, other)
        ]
        if any(line.is_empty for line in lines):
            return None
        a, b = shapely.get_coordinates(shapely.shortest_line(*lines)).tolist()
        return float(shapely.distance(*lines)), (a[0], a[1]), (b[0], b[1])


def kind_of_edge(candidates: Candidates, edge: int) -> tuple[Any, Any, Any]:
    """Return technique, deployment and co-deployment of an edge."""
    uid = candidates.span_of(edge)
    if uid is not None:
        return candidates.span_facts[uid][:3]
    recipe = candidates.routes.recipe[int(candidates.origin[edge])]
    technique = candidates.routes.recipes[recipe].technique
    return technique, "aboveGround" if technique == "aerial" else "belowGround", None


def _is_inside(shape: shapely.Geometry | None, zone: shapely.Geometry) -> bool:
    return shape is not None and not zone.is_empty and bool(zone.covers(shape))


def _middle(shape: shapely.Geometry) -> tuple[float, float]:
    parts = shapely.get_parts(shape)
    if not shapely.length(parts).sum() > 0:
        x, y = shapely.get_coordinates(shape)[0]
        return (float(x), float(y))
    longest = parts[int(np.argmax(shapely.length(parts)))]
    point = longest.interpolate(0.5, normalized=True)
    return (float(point.x), float(point.y))


def _objects(items: Sequence[Any]) -> ObjectArray:
    found = np.empty(len(items), dtype=object)
    for row, item in enumerate(items):
        found[row] = item
    return found
