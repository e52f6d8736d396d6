"""Protected extension at the level of risks: two routes for each site that share no risk.

A risk is a shared-risk group of `app.planning.risk`: a trench within a distance, a duct, a sewer,
a bridge, a crossing, a zone; and every node. Routes are followed through the network in service
to the hubs, so what they share there counts too. What lies near the site and near the hubs is
exempt, except that no section is built for both routes.

*Lower bound.* The network that survives the failure of any edge, found first, has a bound that
holds here too. Proof: take any network in which these sites have risk-disjoint pairs. No section
that is built is in both routes of a pair, be it exempt or not. Cut each route where it first
meets the network in service, which the graph of the plan draws together into its root. What is
left are two routes to the root without a common edge, so the network meets the demand of the
edge level, and no such network is cheaper than the bound.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.model.errors import Infeasible
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import Network
from app.model.progress import Progress, part
from app.planning.arrays import build_graph
from app.planning.guiding.forced import without_cost
from app.planning.planrows import SitePath
from app.planning.risk.corridor import least_run_m
from app.planning.streets.routegraph import RouteGraph
from app.planning.survival.candidates import ANY, Candidates, combine
from app.planning.survival.disjoint import PairFinder
from app.planning.survival.diverse import Found, find_pair
from app.planning.survival.kept import Wish
from app.planning.survival.protection import Guarded, protect
from app.planning.survival.shared import Comparer, Shared, Terms
from app.planning.survival.together import Finder, Together, Two, union

ENGINE = "anello-risk-1"
"""Name and version that plans store."""

_SHORT_S, _LEAST_S, _MOST_S = 0.3, 2.0, 20.0
"""Seconds that the search for one pair gets: many hard sites, a first look, one hard site."""

_GRACE = 0.5
"""Part of their share of the time by which these searches may outlast it."""

_EDGE_SHARE, _ALONE_SHARE = 0.3, 0.4
"""Shares of the time for the network of the edge level, and for each site's pair alone."""

_NAMED = 3
"""Shared things that a reason names at most."""


@dataclass(frozen=True)
class RiskCase:
    """What is known besides the graph of the plan.

    Parameters
    ----------
    sites
        Uids of the sites, by row of the graph's entries.
    hubs
        Uids of the hubs that count; there must be one.
    exempt_m
        Within this distance of a site and of the hubs nothing is held against its routes.
    """

    network: Network
    sites: tuple[str, ...]
    statuses: tuple[str, ...]
    hubs: tuple[str, ...]
    exempt_m: float


def protect_from_risks(
    routes: RouteGraph, rows: Sequence[int], case: RiskCase, progress: Progress, *,
    time_limit_s: float = 60.0, gap: float = 0.0, seed: int = 0,
) -> Guarded:  # fmt: skip
    """Return a cheap network in which the sites in ``rows`` have two routes without common risk.

    Each site's pair alone is found first; the network is never dearer than the union of these.
    The network of the edge level is then mended with the cheapest additions, and the better of
    the two improved by `Together`. Sites for which no such pair is found get what the edge level
    gives them and are named with what the least-shared routes have in common. Searches of
    single pairs may outlast their share of the time limit by half; sites that were not looked
    at by then are named too.

    Raises `Infeasible` without a hub.
    """
    if not case.hubs:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
        )
    begun = time.monotonic()
    base = protect(
        routes, rows, "edge", part(progress, 0.0, _EDGE_SHARE),
        time_limit_s=_EDGE_SHARE * time_limit_s, gap=gap, seed=seed,
    )  # fmt: skip
    pairs = _SitePairs(routes, rows, case, base.paths, seed)
    alone = _alone(pairs, _ALONE_SHARE * time_limit_s, progress)

    def is_over() -> bool:
        passed = (time.monotonic() - begun) / max(time_limit_s, 1e-3)
        progress(min(0.99, max(_EDGE_SHARE + _ALONE_SHARE, passed)))
        return passed >= 1

    together = Together(routes.graph, routes.root, pairs.find, is_over)
    start = min(
        (_mended(pairs.find, frozenset(base.edges), alone), alone),
        key=lambda item: together.cost(union(item.values())),
    )
    best = together.improved(start)
    paths = {row: _path(routes, best[int(routes.entries[row])]) for row in base.paths}
    told = [
        (row, pairs.reasons[int(routes.entries[row])])
        for row in base.paths
        if int(routes.entries[row]) in pairs.reasons
    ]
    return Guarded(
        tuple(sorted(union(best.values()))), paths, tuple(told), base.lower_bound, ENGINE
    )


def _alone(pairs: _SitePairs, time_limit_s: float, progress: Progress) -> dict[int, Two]:
    """Return the pair that each site takes alone; what time is left goes to the hard ones."""
    end = time.monotonic() + time_limit_s
    last = end + _GRACE * time_limit_s
    found: dict[int, Two] = {}
    for number, entry in enumerate(pairs.entries):
        progress(_EDGE_SHARE + 0.5 * _ALONE_SHARE * number / len(pairs.entries))
        left_s = (end - time.monotonic()) / (len(pairs.entries) - number)
        if left_s <= 0:
            break
        pairs.limit_s = float(np.clip(left_s, _SHORT_S, _LEAST_S))
        pair = pairs.find(entry, frozenset(), None)
        if pair is not None:
            found[entry] = pair
    hard = [entry for entry in pairs.entries if entry not in found]
    for number, entry in enumerate(hard):
        if time.monotonic() > last:
            found[entry] = pairs.given_up(entry)
            continue
        left_s = (end - time.monotonic()) / (len(hard) - number)
        progress(_EDGE_SHARE + _ALONE_SHARE * (0.5 + 0.5 * number / len(hard)))
        found[entry] = pairs.searched_longer(entry, float(np.clip(left_s, _SHORT_S, _MOST_S)))
    pairs.limit_s = _LEAST_S if time.monotonic() < end else _SHORT_S
    return dict(sorted(found.items()))


def _mended(find: Finder, base: frozenset[int], alone: Mapping[int, Two]) -> dict[int, Two]:
    """Return a pair of each site within ``base``, with the cheapest additions where needed."""
    found: dict[int, Two] = {}
    for site in alone:
        pair = find(site, base, base)
        if pair is not None:
            found[site] = pair
    for site, own in alone.items():
        if site not in found:
            built = union(found.values())
            found[site] = find(site, base | built, None) or own
    return found


def _path(routes: RouteGraph, pair: Two) -> SitePath:
    one, other = sorted(
        (pair.one, pair.other),
        key=lambda path: (not path, int(routes.length_mm[list(path)].sum()), path),
    )
    return SitePath(one, other)


class _SitePairs:
    """Finds the pairs of each site: without common risk, or else what the edge level gives."""

    def __init__(
        self, routes: RouteGraph, rows: Sequence[int], case: RiskCase,
        base: Mapping[int, SitePath], seed: int,
    ) -> None:  # fmt: skip
        self._routes = routes
        self._row = {int(routes.entries[row]): row for row in sorted(rows, reverse=True)}
        self._base = {entry: base[row] for entry, row in self._row.items() if row in base}
        self.entries = sorted(self._base)
        self.reasons: dict[int, Message] = {}
        self.limit_s = _LEAST_S
        self._candidates = _candidates(routes, case)
        self._terms = Terms(exempt_m=case.exempt_m)
        self._wish = Wish(
            "risk", ANY, self._terms, time_limit_s=_LEAST_S, seed=seed, is_draft=True,
            built_apart=True,
        )  # fmt: skip
        self._points = case.network.geo("sites")[GEOMETRY].reindex(list(case.sites)).to_list()
        self._closed = np.zeros(routes.graph.node_count, dtype=np.bool_)
        self._closed[routes.entries] = True
        self._known: dict[tuple[int, frozenset[int], frozenset[int] | None], Two | None] = {}

    def searched_longer(self, entry: int, time_limit_s: float) -> Two:
        """Return the pair that a site takes alone, or that of the edge level with the reason."""
        wish = replace(self._wish, is_draft=False, time_limit_s=time_limit_s)
        found, held = self._searched(entry, wish, frozenset())
        pair = self._accepted(found, held)
        if pair is None:
            path = self._base[entry]
            self.reasons[entry] = _reason(held, has_two=bool(path.protection))
            pair = Two(path.working, path.protection)
        return pair

    def given_up(self, entry: int) -> Two:
        """Return the routes of the edge level for a site that no time is left for."""
        path = self._base[entry]
        self.reasons[entry] = _reason((), has_two=bool(path.protection))
        return Two(path.working, path.protection)

    def find(self, entry: int, free: frozenset[int], within: frozenset[int] | None) -> Two | None:
        """Return a cheap pair of a site; see `app.planning.survival.together.Finder`."""
        if entry in self.reasons:
            return self._by_edge(entry, free, within)
        key = (entry, free, within)
        if key not in self._known:
            banned = None
            if within is not None:
                banned = np.zeros(self._candidates.edge_count, dtype=np.bool_)
                count = self._candidates.new_count
                banned[:count] = ~np.isin(self._candidates.origin[:count], sorted(within))
            wish = replace(self._wish, banned=banned, time_limit_s=self.limit_s)
            self._known[key] = self._accepted(*self._searched(entry, wish, free))
        return self._known[key]

    def _searched(
        self, entry: int, wish: Wish, free: frozenset[int]
    ) -> tuple[Found | None, list[Shared]]:
        """Return the pair that was found, and what it shares that is not exempt.

        What is left of a common trench outside the exempt zone counts if it is a run by itself.
        """
        row = self._row[entry]
        candidates = self._candidates
        if free:
            candidates = candidates.priced(without_cost(self._routes.graph, sorted(free)))
        comparer = Comparer(candidates, self._points[row], self._terms)
        try:
            found = find_pair(candidates, row, wish, comparer)
        except Infeasible:
            return None, []
        shared = comparer.shared(found.routes[0], found.routes[-1], found.ends)
        least_m = least_run_m(self._terms.within_m)
        return found, [
            item
            for item in shared
            if not item.is_exempt and (item.kind != "trench" or item.length_m >= least_m)
        ]

    def _accepted(self, found: Found | None, held: Sequence[Shared]) -> Two | None:
        """Return what a pair builds if it keeps to all rules: the last word on every pair."""
        if found is None or not found.is_diverse or len(found.routes) < 2 or held:
            return None
        origin, count = self._candidates.origin, self._candidates.new_count
        one, other = (
            tuple(int(origin[edge]) for edge in route if edge < count) for route in found.routes
        )
        return None if set(one) & set(other) else Two(one, other)

    def _by_edge(
        self, entry: int, free: frozenset[int], within: frozenset[int] | None
    ) -> Two | None:
        """Return the cheapest routes without a common section, as many as the site had before."""
        graph = without_cost(self._routes.graph, sorted(free))
        kept = np.arange(graph.edge_count)
        if within is not None:
            kept = np.array(sorted(within), dtype=np.int64)
            graph = build_graph(
                graph.node_count, graph.start[kept], graph.end[kept], graph.cost[kept]
            )
        finder = PairFinder(graph, self._routes.root, node_disjoint=False, closed=self._closed)
        pair = finder.pair(entry)
        if pair is None or bool(pair.protection) != bool(self._base[entry].protection):
            return None
        return Two(
            tuple(kept[list(pair.working)].tolist()), tuple(kept[list(pair.protection)].tolist())
        )


def _candidates(routes: RouteGraph, case: RiskCase) -> Candidates:
    """Return the graph with the network in service apart; sites have no second start in it."""
    found = combine(case.network, case.sites, routes, case.statuses)
    number = found.parts.number
    hubs = sorted(routes.root + number[uid] for uid in case.hubs if uid in number)
    found = replace(found, hubs=tuple(hubs), homes=tuple(-1 for _ in found.homes))
    _ = found.shapes, found.length_m, found.node_points, found.span_facts  # read once for all
    return found


def _reason(held: Sequence[Shared], *, has_two: bool) -> Message:
    named = list(dict.fromkeys(item.reason.render() for item in held))
    shared = "; ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
    length_m = f"{sum(item.length_m for item in held):.0f}"
    if not named:
        return message(
            QT_TRANSLATE_NOOP("core", "No two routes without a common risk were found in time.")
        )
    if has_two:
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "Its two routes share no section, but no two without a common risk were found: "
                "the least-shared ones have {length_m} m in common ({shared}).",
            ),
            length_m=length_m,
            shared=shared,
        )
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "Connected by one route only: even the least-shared two have {length_m} m in common "
            "({shared}).",
        ),
        length_m=length_m,
        shared=shared,
    )
