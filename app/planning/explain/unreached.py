"""Why a site is not reached: what stands between, where, and what would make it reachable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from app.model.frames import GEOMETRY
from app.model.labels import CODE_LABELS
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.planning.arrays import IndexArray, ObjectArray
from app.planning.prepared import Prepared
from app.planning.request import ExtensionParameters
from app.planning.streets.closures import blockers
from app.planning.streets.routegraph import LEAD_IN, STREET

NO_POSITION, TOO_FAR, RULE = "noPosition", "tooFar", "rule"
CLOSED, ISLAND, LIMIT = "closed", "island", "limit"
"""What keeps a site out."""

_NOTHING = Message("")


@dataclass(frozen=True)
class Obstacle:
    """What keeps one site from the network.

    Parameters
    ----------
    site
        Its uid.
    cause
        `NO_POSITION`, `TOO_FAR` (no usable street within a lead-in's length), `RULE` (a nearer
        street is private or of an excluded class), `CLOSED` (something must not be crossed or
        used), `ISLAND` (its streets lead nowhere) or `LIMIT` (its route would be too long, or its
        hub is not to be reached).
    reason, remedy
        What is so, and what would make the site reachable.
    place
        ``(easting, northing)`` to jump to, in m, ``None`` without one.
    gap
        The link that is missing: from the site or its streets to the nearest that lead to the
        network; ``None`` when there is none to speak of.
    missing_m
        Its length in the plane, in m.
    barriers
        Uids of what it would cross.
    closed_by
        Barriers, streets and conditions that close the way that is there.
    streets
        Streets that a rule keeps out and that lie nearer.
    """

    site: str
    cause: str
    reason: Message
    remedy: Message
    place: tuple[float, float] | None = None
    gap: shapely.LineString | None = None
    missing_m: float | None = None
    barriers: tuple[str, ...] = ()
    closed_by: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the CLI."""
        ends = None if self.gap is None else shapely.get_coordinates(self.gap).round(2).tolist()
        return {
            "uid": self.site,
            "cause": self.cause,
            "reason": self.reason.render(),
            "remedy": self.remedy.render(),
            "place": None if self.place is None else [round(v, 2) for v in self.place],
            "gap": ends,
            "missing_m": None if self.missing_m is None else round(self.missing_m, 1),
            "barriers": list(self.barriers),
            "closed_by": list(self.closed_by),
            "streets": list(self.streets),
        }


class Obstacles:
    """Looks for what keeps sites from the network in one route graph."""

    def __init__(self, network: Network, ready: Prepared, parameters: ExtensionParameters) -> None:
        routes = ready.routes
        self._network = network
        self._ready = ready
        self._routes = routes
        self._rules = ready.rules
        self._limit_m = parameters.max_lead_in_m
        self._label = routes.parts()
        shapes = routes.shape.shapes()
        part = self._label[routes.graph.start]
        self._street_part: IndexArray = np.where(routes.kind == STREET, part, -1)
        home = self._street_part == self._label[routes.root]
        self._shapes = shapes
        self._home: ObjectArray = shapes[home]
        self._home_tree = shapely.STRtree(self._home)
        barriers = network.geo("barriers")
        self._barriers = barriers[barriers.geometry.notna() & ~barriers.geometry.is_empty]

    def all(self) -> list[Obstacle]:
        """Return what keeps each site of the task out that is kept out, by uid."""
        routes, task = self._routes, self._ready.task
        leads = routes.kind == LEAD_IN
        entered = np.isin(routes.entries, routes.graph.end[leads])
        lands_home = leads & (self._label == self._label[routes.root])[routes.graph.start]
        served = np.isin(routes.entries, routes.graph.end[lands_home])
        found = [_without_position(uid) for uid in task.unplaced]
        for row in np.flatnonzero(~served):
            uid, entry = task.sites[row], int(routes.entries[row])
            if entered[row]:
                found.append(self._island(uid, entry))
            else:
                found.append(self._far(uid, entry, self._spot(uid)))
        rows = [int(row) for row in np.flatnonzero(served)]
        for number, reason in self._ready.guide.too_far(routes, rows).items():
            spot = self._spot(task.sites[number])
            remedy = message(QT_TRANSLATE_NOOP("core", "Allow a longer route, or another hub."))
            found.append(Obstacle(task.sites[number], LIMIT, reason, remedy, (spot.x, spot.y)))
        return sorted(found, key=lambda item: item.site)

    def _spot(self, uid: str) -> shapely.Point:
        shape = self._network.geo("sites").at[uid, GEOMETRY]
        return shapely.Point(shapely.get_coordinates(shape)[0])

    def _far(self, uid: str, entry: int, spot: shapely.Point) -> Obstacle:
        """Return why a site has no lead-in."""
        gap = self._gap(np.array([spot], dtype=object))
        missing_m = None if gap is None else gap.length
        closed = self._routes.closed_lead_in(entry)
        if closed is not None:
            return self._behind(uid, spot, gap, closed)
        base = Obstacle(
            uid, TOO_FAR, _NOTHING, _NOTHING, (spot.x, spot.y), gap, missing_m, self._crossed(gap)
        )
        nearer = self._excluded(spot, self._limit_m if missing_m is None else missing_m)
        if nearer is not None and nearer[1] <= self._limit_m:
            street, street_m, why = nearer
            reason = message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The street {street}, {distance_m} m away, is not used: {why}. The nearest "
                    "usable one is {missing_m} m away; a lead-in may be {limit_m} m long.",
                ),
                street=self._name("streets", street), distance_m=f"{street_m:.0f}", why=why,
                missing_m="–" if missing_m is None else f"{missing_m:.0f}",
                limit_m=f"{self._limit_m:.0f}",
            )  # fmt: skip
            remedy = message(
                QT_TRANSLATE_NOOP(
                    "core", "Make the street {street} public if its owner agrees to works there."
                ),
                street=self._name("streets", street),
            )
            return replace(base, cause=RULE, reason=reason, remedy=remedy, streets=(street,))
        distance = "–" if missing_m is None else f"{missing_m:.0f}"
        reason = message(
            QT_TRANSLATE_NOOP(
                "core",
                "The nearest street that leads to the network is {distance_m} m away; a lead-in "
                "may be {limit_m} m long.",
            ),
            distance_m=distance, limit_m=f"{self._limit_m:.0f}",
        )  # fmt: skip
        remedy = message(
            QT_TRANSLATE_NOOP(
                "core",
                "Allow lead-ins of {distance_m} m, add the street that is missing, or correct the "
                "site’s position.",
            ),
            distance_m=distance,
        )
        return replace(base, reason=reason, remedy=remedy)

    def _behind(
        self, uid: str, spot: shapely.Point, gap: shapely.LineString | None, closed: str
    ) -> Obstacle:
        """Return why a site's lead-in is closed."""
        reason = message(
            QT_TRANSLATE_NOOP(
                "core", "Every lead-in within {limit_m} m would cross {barrier}, which is closed."
            ),
            limit_m=f"{self._limit_m:.0f}", barrier=self._any_name(closed),
        )  # fmt: skip
        remedy = message(
            QT_TRANSLATE_NOOP("core", "Allow crossing {barrier} at a price, or draw its gate."),
            barrier=self._any_name(closed),
        )
        return Obstacle(
            uid, CLOSED, reason, remedy, (spot.x, spot.y), gap,
            None if gap is None else gap.length, self._crossed(gap), (closed,),
        )  # fmt: skip

    def _island(self, uid: str, entry: int) -> Obstacle:
        """Return why a site whose lead-in is fine has no way to the network."""
        routes = self._routes
        leads = np.flatnonzero((routes.kind == LEAD_IN) & (routes.graph.end == entry))
        landing = int(routes.graph.start[leads[0]])
        own = int(self._label[landing])
        mine = np.flatnonzero(self._street_part == own)
        spot = shapely.Point(routes.xy[landing])
        gap = self._gap(self._shapes[mine] if len(mine) else np.array([spot], dtype=object))
        closed = blockers(routes.closed, self._label, routes.root, landing)
        place = (spot.x, spot.y) if gap is None else tuple(shapely.get_coordinates(gap)[0].tolist())
        missing_m = None if gap is None else gap.length
        if closed:
            names = ", ".join(self._any_name(one) for one in closed[:3])
            reason = message(
                QT_TRANSLATE_NOOP(
                    "core", "Its street leads to the network only through what is closed: {names}."
                ),
                names=names,
            )
            remedy = message(QT_TRANSLATE_NOOP("core", "Open {names}."), names=names)
            return Obstacle(
                uid, CLOSED, reason, remedy, place, gap, missing_m, self._crossed(gap), closed
            )
        gap_m = "–" if missing_m is None else f"{missing_m:.1f}"
        reason = message(
            QT_TRANSLATE_NOOP(
                "core",
                "Its street leads nowhere: a part of {stretches} stretches, {gap_m} m away from "
                "the streets that reach the network.",
            ),
            stretches=len(mine), gap_m=gap_m,
        )  # fmt: skip
        remedy = message(
            QT_TRANSLATE_NOOP(
                "core",
                "Draw the missing link of {gap_m} m, or close gaps of that size when planning.",
            ),
            gap_m=gap_m,
        )
        return Obstacle(
            uid, ISLAND, reason, remedy, place, gap, missing_m, self._crossed(gap),
        )  # fmt: skip

    def _gap(self, shapes: ObjectArray) -> shapely.LineString | None:
        """Return the shortest line from any of the shapes to streets that lead to the network."""
        if not len(self._home):
            return None
        pairs, distance = self._home_tree.query_nearest(
            shapes, return_distance=True, all_matches=False
        )
        best = int(np.argmin(distance))
        line = shapely.shortest_line(shapes[pairs[0][best]], self._home[pairs[1][best]])
        return shapely.LineString(shapely.get_coordinates(line))

    def _crossed(self, gap: shapely.LineString | None) -> tuple[str, ...]:
        if gap is None or gap.length == 0:
            return ()
        hit = self._barriers.geometry.intersects(gap).to_numpy()
        return tuple(str(uid) for uid in self._barriers.index[hit])

    def _excluded(self, spot: shapely.Point, limit_m: float) -> tuple[str, float, Message] | None:
        """Return the nearest street that a rule keeps out, how far it is, and which rule."""
        streets = self._network.geo("streets")
        by_class = streets["road_class"].isin(self._rules.excluded_road_classes)
        by_access = streets["access"].isin(self._rules.excluded_access)
        frame = streets[(by_class | by_access) & streets.geometry.notna()]
        if frame.empty:
            return None
        distance = shapely.distance(frame[GEOMETRY].to_numpy(), spot)
        best = int(np.argmin(distance))
        if distance[best] >= limit_m:
            return None
        uid = str(frame.index[best])
        column = "access" if by_access[uid] else "road_class"
        code = str(frame[column].iloc[best])
        label = message(CODE_LABELS[code]) if code in CODE_LABELS else code
        text = QT_TRANSLATE_NOOP("core", "its access is “{code}”")
        if column == "road_class":
            text = QT_TRANSLATE_NOOP("core", "its class is “{code}”")
        return uid, float(distance[best]), message(text, code=label)

    def _name(self, table: str, uid: str) -> str:
        """Return what a person calls a row: its name, else its kind and uid."""
        row = self._network.table(table).loc[uid]
        if row["name"] is not None:
            return str(row["name"])
        kind = str(row["kind"]) if "kind" in row.index else ""
        return f"{CODE_LABELS.get(kind, kind)} {uid}".strip()

    def _any_name(self, uid: str) -> str:
        for table in ("barriers", "streets", "conduits", "spans", "nodes"):
            if uid in self._network.table(table).index:
                return self._name(table, uid)
        return uid


def _without_position(uid: str) -> Obstacle:
    return Obstacle(
        uid, NO_POSITION,
        message(QT_TRANSLATE_NOOP("core", "The site has no position.")),
        message(QT_TRANSLATE_NOOP("core", "Give the site a position on the map.")),
    )  # fmt: skip
