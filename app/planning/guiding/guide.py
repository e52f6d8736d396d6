"""What guidance means on a route graph: forced parts, limits, and the hubs that sites hang on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.model.errors import InputError
from app.model.guidance import USUAL_REACH_M, Guidance
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.planning.arrays import FAR, BoolArray, IntArray, shortest
from app.planning.connectivity import Service
from app.planning.costs.prices import PriceBook
from app.planning.guiding.forced import Forced, force
from app.planning.guiding.reach import HubWays, hub_ways
from app.planning.guiding.terms import Terms
from app.planning.guiding.tether import UNLIMITED_MM
from app.planning.streets.routegraph import JOIN, RouteGraph


@dataclass(frozen=True)
class Group:
    """Sites that hang on the same hubs: rows of the task, and the ways from joins to them."""

    rows: frozenset[int]
    ways: HubWays
    hub: str | None = None

    def length_mm(self, routes: RouteGraph) -> IntArray:
        """Return the ``(m,)`` length of each edge, the way to the hub counted in at joins."""
        return np.where(self.ways.length_mm >= FAR, FAR, routes.length_mm + self.ways.length_mm)

    def closed(self, routes: RouteGraph) -> BoolArray:
        """Return the ``(m,)`` joins that lead to none of the group's hubs."""
        return np.asarray((routes.kind == JOIN) & (self.ways.length_mm >= FAR))


@dataclass(frozen=True)
class Guide:
    """What the choice of edges has to obey.

    Parameters
    ----------
    groups
        Every site's row is in one group.
    limits_mm
        Longest route to the hub of each row, `UNLIMITED_MM` where there is none.
    is_binding
        Whether the limits are conditions or only told.
    """

    forced: Forced = field(default_factory=Forced)
    groups: tuple[Group, ...] = ()
    limits_mm: Mapping[int, int] = field(default_factory=dict)
    is_binding: bool = False

    def group(self, row: int) -> Group:
        """Return the group of a site."""
        return next(group for group in self.groups if row in group.rows)

    def too_far(self, routes: RouteGraph, rows: Sequence[int]) -> dict[int, Message]:
        """Return the sites that no plan can serve from their hubs, or not within their limit."""
        found: dict[int, Message] = {}
        for group in self.groups:
            mine = [row for row in rows if row in group.rows]
            if not mine or not (self.is_binding or group.hub is not None):
                continue
            length = group.length_mm(routes)
            graph = routes.graph
            away, _, _ = shortest(
                graph.first, graph.neighbour, graph.edge, np.minimum(length, UNLIMITED_MM),
                np.array([routes.root], dtype=np.int32),
            )  # fmt: skip
            for row in mine:
                nearest = int(away[routes.entries[row]])
                if nearest >= UNLIMITED_MM:
                    found[row] = _no_way(str(group.hub))
                elif self.is_binding and nearest > self.limits_mm[row]:
                    found[row] = _too_long(nearest, self.limits_mm[row])
        return found


def make_guide(
    network: Network, guidance: Guidance, terms: Terms, served: Service, statuses: Iterable[str],
    routes: RouteGraph, sites: Sequence[str], book: PriceBook,
) -> tuple[RouteGraph, Guide]:  # fmt: skip
    """Return the graph with the techniques of kept sections, and what the choice has to obey.

    Raises `InputError` for an assignment to what is no hub that counts, and `Infeasible` when
    something that must be used cannot be.
    """
    routes, forced = force(routes, terms, book)
    assigned = _assigned(guidance, served)
    rest = frozenset(row for row, site in enumerate(sites) if site not in assigned)
    groups = [Group(rest, hub_ways(network, statuses, served, routes))]
    for hub in sorted(set(assigned.values())):
        rows = frozenset(row for row, site in enumerate(sites) if assigned.get(site) == hub)
        groups.append(Group(rows, hub_ways(network, statuses, served, routes, (hub,)), hub))
    limits = network.table("sites")["max_route_m"].reindex(list(sites)).to_numpy(dtype=float)
    most = np.inf if guidance.max_length_m is None else guidance.max_length_m
    limits = np.fmin(limits, most)
    limits_mm = {
        row: UNLIMITED_MM if not np.isfinite(limit) else round(1000 * limit)
        for row, limit in enumerate(limits.tolist())
    }
    return routes, Guide(forced, tuple(groups), limits_mm, guidance.length_rule == "keep")


def told_limit_mm(guide: Guide, row: int) -> int:
    """Return the length beyond which a site's route is told: its limit, else the usual reach."""
    limit = guide.limits_mm[row]
    return round(1000 * USUAL_REACH_M) if limit >= UNLIMITED_MM else limit


def _assigned(guidance: Guidance, served: Service) -> dict[str, str]:
    unknown = sorted({hub for _, hub in guidance.assigned} - set(served.hubs))
    if unknown:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "“{uid}” is no hub or pop in service."), uid=unknown[0]
            ),
            unknown,
        )
    return dict(guidance.assigned)


def _no_way(hub: str) -> Message:
    return message(
        QT_TRANSLATE_NOOP(
            "core", "No route leads to its hub {hub}: no part of the network within reach does."
        ),
        hub=hub,
    )


def _too_long(nearest_mm: int, limit_mm: int) -> Message:
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Its shortest possible route to a hub is {length_m} m long; the limit is {limit_m} m.",
        ),
        length_m=f"{nearest_mm / 1000:.0f}",
        limit_m=f"{limit_mm / 1000:.0f}",
    )
