"""From chosen edges to the rows of a plan: spans between the points that matter, and nodes."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import shapely

from app.planning.arrays import FloatArray
from app.planning.costs.prices import CENT, QUANTITY_STEP, PriceBook, to_cents
from app.planning.streets.attachment import SHORTEST_M
from app.planning.streets.pricing import scaled
from app.planning.streets.routegraph import (
    ACCESS,
    CONDUIT,
    JOIN,
    LEAD_IN,
    STREET,
    RouteGraph,
)

_NAMESPACE = uuid.UUID("a5b3a3d2-52d1-5f6f-9a1c-3a7d1f0e8b11")

_NAMES_SHOWN = 3
"""Names of streets in the name of a plan's span at most."""


@dataclass(frozen=True)
class SitePath:
    """Edges that serve one site, from the site to the network."""

    working: tuple[int, ...]
    protection: tuple[int, ...] = ()


@dataclass
class PlanRows:
    """Rows of the plan's tables, the span of each chosen edge and the point of each entry.

    Joins without length became part of none: what they need is booked on a span beside them.
    """

    spans: list[dict[str, Any]] = field(default_factory=list)
    nodes: list[dict[str, Any]] = field(default_factory=list)
    span_of_edge: dict[int, str] = field(default_factory=dict)
    entry_nodes: dict[int, str] = field(default_factory=dict)

    def path_spans(self, edges: Sequence[int]) -> tuple[str, ...]:
        """Return the spans along a path of edges, each once, in order."""
        found = [self.span_of_edge[edge] for edge in edges if edge in self.span_of_edge]
        return tuple(dict.fromkeys(found))


def uid_maker(key: str) -> Callable[[str], str]:
    """Return a function that makes identifiers, always the same for the same ``key``."""
    base = uuid.uuid5(_NAMESPACE, key)
    return lambda name: str(uuid.uuid5(base, name))


def plan_rows(
    routes: RouteGraph,
    chosen: Sequence[int],
    paths: Mapping[int, SitePath],
    site_uids: Sequence[str],
    street_names: Mapping[str, str],
    site_items: Mapping[str, float],
    book: PriceBook,
    plan_uid: str,
    make_uid: Callable[[str], str],
    locked: frozenset[int] = frozenset(),
) -> PlanRows:
    """Merge chosen edges into spans and name the points between them.

    Parameters
    ----------
    chosen
        Sorted edges of the plan.
    paths
        Path of each connected site, by its row in ``site_uids``.
    street_names
        Names of streets that have one, by uid.
    site_items
        What each site needs once, booked on the first lead-in to its place.
    locked
        Edges of sections that are kept when the plan is computed again.
    """
    builder = _Builder(
        routes, chosen, paths, site_uids, street_names, site_items, book, plan_uid, make_uid,
        locked,
    )  # fmt: skip
    return builder.build()


class _Builder:
    """Walks the chosen edges from one break point to the next."""

    def __init__(
        self,
        routes: RouteGraph,
        chosen: Sequence[int],
        paths: Mapping[int, SitePath],
        site_uids: Sequence[str],
        street_names: Mapping[str, str],
        site_items: Mapping[str, float],
        book: PriceBook,
        plan_uid: str,
        make_uid: Callable[[str], str],
        locked: frozenset[int],
    ) -> None:
        self._locked = locked
        self._routes = routes
        self._chosen = [int(edge) for edge in chosen]
        self._paths = paths
        self._sites_of_entry: dict[int, list[str]] = {}
        for row in sorted(paths):
            self._sites_of_entry.setdefault(int(routes.entries[row]), []).append(site_uids[row])
        self._street_names = street_names
        self._site_items = site_items
        self._book = book
        self._plan = plan_uid
        self._make_uid = make_uid
        self._incident: dict[int, list[int]] = {}
        self._stubs: dict[int, list[int]] = {}
        self._rows = PlanRows()
        self._node_uid: dict[object, str] = {}
        self._terminated: set[int] = set()
        self._booked: set[int] = set()
        self._users = Counter(edge for path in paths.values() for edge in set(path.working))
        self._guards = Counter(edge for path in paths.values() for edge in set(path.protection))

    def build(self) -> PlanRows:
        """Return the rows."""
        self._sort_edges()
        done: set[int] = set()
        for node in sorted(self._incident):
            if self._is_break(node):
                for edge in sorted(self._incident[node]):
                    if edge not in done:
                        self._add_span(self._walk(node, edge, done), node)
        for edge in self._chosen:
            if edge not in done and not self._is_stub(edge):
                node = int(self._routes.graph.start[edge])
                self._add_span(self._walk(node, edge, done), node)
        return self._rows

    def _sort_edges(self) -> None:
        """Note the edges at each junction, and the joins without length apart."""
        for edge in self._chosen:
            if self._is_stub(edge):
                self._stubs.setdefault(int(self._routes.graph.start[edge]), []).append(edge)
                continue
            for node in (self._routes.graph.start[edge], self._routes.graph.end[edge]):
                if node != self._routes.root:
                    self._incident.setdefault(int(node), []).append(edge)

    def _is_stub(self, edge: int) -> bool:
        """Whether a join has no length: the junction itself lies on the network."""
        routes = self._routes
        return bool(routes.kind[edge] == JOIN and routes.length_mm[edge] < 1000 * SHORTEST_M)

    def _other(self, edge: int, node: int) -> int:
        graph = self._routes.graph
        return int(graph.start[edge]) + int(graph.end[edge]) - node

    def _is_break(self, node: int) -> bool:
        edges = self._incident[node]
        if len(edges) != 2 or node in self._stubs:
            return True
        first, second = (self._likeness(edge) for edge in edges)
        return first != second

    def _likeness(self, edge: int) -> tuple[object, ...]:
        routes = self._routes
        kind = int(routes.kind[edge])
        conduit = routes.source[edge] if kind == CONDUIT else None
        alone = edge if kind in (LEAD_IN, JOIN, ACCESS) else None
        role = self._users[edge] > 0
        is_locked = edge in self._locked
        return kind, int(routes.recipe[edge]), routes.surface[edge], conduit, alone, role, is_locked

    def _walk(self, node: int, edge: int, done: set[int]) -> list[int]:
        """Return the edges from a break point to the next one."""
        path = [edge]
        done.add(edge)
        node = self._other(edge, node)
        while node != self._routes.root and not self._is_break(node):
            following = [item for item in self._incident[node] if item not in done]
            if not following:
                break
            path.append(following[0])
            done.add(following[0])
            node = self._other(following[0], node)
        return path

    def _add_span(self, path: list[int], begin: int) -> None:
        routes = self._routes
        coordinates, stop = self._coordinates(path, begin)
        uid = self._make_uid(f"span/{len(self._rows.spans)}")
        needs: Counter[str] = Counter()
        for edge in path:
            needs.update(routes.quantities(edge))
            self._rows.span_of_edge[edge] = uid
        for node in (begin, stop):
            for stub in self._stubs.get(node, []):
                if stub not in self._booked:
                    self._booked.add(stub)
                    needs.update(routes.quantities(stub))
        needs.update(self._termination(path))
        first = path[0]
        kind = int(routes.kind[first])
        self._rows.spans.append(
            {
                "uid": uid,
                "plan": self._plan,
                "name": self._name(path),
                "start_node": self._end_uid(begin, first),
                "end_node": self._end_uid(stop, path[-1]),
                "technique": routes.recipes[routes.recipe[first]].technique,
                "surface": routes.surface[first],
                "street": self._longest_street(path) if kind == STREET else None,
                "conduit": routes.source[first] if kind == CONDUIT else None,
                "route_length_m": int(routes.length_mm[path].sum()) / 1000,
                "items": {code: needs[code] / 1000 for code in sorted(needs) if needs[code]},
                "crossings": tuple(
                    dict.fromkeys(uid for edge in path for uid in routes.barriers(edge))
                ),
                "typical_eur": float(typical_cost(needs, self._book)),
                "site_count": self._users[first] or self._guards[first],
                "protection_path": not self._users[first] and self._guards[first] > 0,
                "locked": first in self._locked,
                "geometry": shapely.LineString(coordinates),
            }
        )

    def _termination(self, path: Sequence[int]) -> Counter[str]:
        """Return what each site needs once, when the span is the first lead-in to its place."""
        needs: Counter[str] = Counter()
        for edge in path:
            entry = int(self._routes.graph.end[edge])
            if self._routes.kind[edge] == LEAD_IN and entry not in self._terminated:
                self._terminated.add(entry)
                count = len(self._sites_of_entry.get(entry, ()))
                for code, each in self._site_items.items():
                    needs[code] += count * scaled(each, 1000)
        return needs

    def _coordinates(self, path: Sequence[int], begin: int) -> tuple[FloatArray, int]:
        parts = []
        node = begin
        for edge in path:
            line = self._routes.shape.line(edge)
            if int(self._routes.graph.start[edge]) != node:
                line = line[::-1]
            parts.append(line)
            node = self._other(edge, node)
        xy = np.concatenate(parts)
        distinct = np.ones(len(xy), dtype=np.bool_)
        distinct[1:] = (np.diff(xy, axis=0) != 0).any(axis=1)
        return xy[distinct], node

    def _name(self, path: Sequence[int]) -> str | None:
        found = (self._street_names.get(str(self._routes.source[edge])) for edge in path)
        names = list(dict.fromkeys(name for name in found if name))
        if len(names) > _NAMES_SHOWN:
            return ", ".join(names[:_NAMES_SHOWN]) + " …"
        return ", ".join(names) or None

    def _longest_street(self, path: Sequence[int]) -> str:
        lengths: Counter[str] = Counter()
        for edge in path:
            lengths[str(self._routes.source[edge])] += int(self._routes.length_mm[edge])
        return min(lengths, key=lambda uid: (-lengths[uid], uid))

    def _end_uid(self, node: int, edge: int) -> str:
        """Return the identifier of a span's end; the network's own node where it joins one."""
        routes = self._routes
        if node == routes.root:
            return self._join_uid(edge, routes.shape.line(edge)[-1])
        if node in self._stubs:
            return self._join_uid(self._stubs[node][0], routes.xy[node])
        if node not in self._node_uid:
            site = self._sites_of_entry.get(node, [None])[0]
            self._node_uid[node] = self._add_node(self._node_type(node), routes.xy[node], site=site)
            if site is not None:
                self._rows.entry_nodes[node] = self._node_uid[node]
        return self._node_uid[node]

    def _node_type(self, node: int) -> str:
        if node in self._sites_of_entry:
            return "buildingEntry"
        return "chamber" if len(self._incident[node]) > 2 else "handhole"

    def _join_uid(self, join: int, xy: FloatArray) -> str:
        key = ("join", join)
        if key not in self._node_uid:
            node = self._routes.joined_node[join]
            span = self._routes.joined_span[join]
            uid = self._add_node("splicePoint", xy, joined_node=node, joined_span=span)
            self._node_uid[key] = uid if node is None else str(node)
        return self._node_uid[key]

    def _add_node(self, kind: str, xy: FloatArray, **values: object) -> str:
        uid = self._make_uid(f"node/{len(self._rows.nodes)}")
        self._rows.nodes.append(
            {"uid": uid, "plan": self._plan, "type": kind, **values, "geometry": shapely.Point(xy)}
        )
        return uid


def typical_cost(needs: Mapping[str, int], book: PriceBook) -> Decimal:
    """Return the cost of thousandths of items at typical prices, rounded to the cent."""
    exact = sum(needs[code] * book.price(code).typical_cents for code in needs)
    return to_cents(exact * QUANTITY_STEP * CENT)
