"""Ring closure: what to build so that the network's own sites survive any single failure.

The network in use is given at no cost, streets and conduits at their prices. The cheapest set
of new lines is a survivable network on the two together; it falls into closures, which are
ranked by what each takes off the single points of failure for its money.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import numpy as np
import pandas as pd
import shapely

from app.model.codes import STATUSES_IN_USE
from app.model.errors import Infeasible, InputError
from app.model.frames import GEOMETRY
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.model.progress import Progress, no_progress, part
from app.model.study import Result
from app.planning.arrays import BoolArray, Graph, IntArray, build_graph, components
from app.planning.connectivity import connected_sites, service
from app.planning.costs.costrules import CostRules, most_lines, rules_for
from app.planning.costs.prices import CENT, COST_UNIT_EUR, PriceBook, price_book
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph
from app.planning.survivable.check import Demand, failing
from app.planning.survivable.engine import SurvivableSolution, solve
from app.planning.survival.candidates import Candidates, combine
from app.planning.survival.lowpoint import walk
from app.planning.survival.pairfacts import pair_bill

LEVELS = ("edge", "node")


@dataclass(frozen=True)
class ClosureParameters:
    """Which sites (all connected ones if none are named), and what may fail.

    Parameters
    ----------
    level
        ``edge``: single spans fail; ``node``: nodes other than hubs too.
    """

    sites: tuple[str, ...] = ()
    level: str = "edge"
    statuses: tuple[str, ...] = STATUSES_IN_USE
    time_limit_s: float = 30.0
    gap: float = 0.0
    seed: int = 0
    snap_tolerance_m: float = 0.5
    join_tolerance_m: float = 30.0
    max_lead_in_m: float = 500.0
    price_list: str | None = None


def close_rings(
    network: Network, parameters: ClosureParameters, progress: Progress = no_progress
) -> Result:
    """Find the cheapest new lines that leave connected sites without single point of failure.

    A failure counts when it parts a site from every hub. No line passes through a building.
    Sites that cannot be freed are named with the spans that block, and freed of all else.

    Raises `InputError` for an unknown level, `Infeasible` without hub or connected site.
    """
    begun = time.monotonic()
    if parameters.level not in LEVELS:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown protection: {value}."), value=parameters.level
            )
        )
    book = price_book(network, parameters.price_list)
    rules = rules_for(book)
    progress(0.05, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network")))
    sites, candidates = _candidates(network, parameters, rules, book)
    case = _Case(candidates, sites, parameters.level)
    solution = solve(
        case.graph, dict.fromkeys(case.nodes, 2), case.root, level=parameters.level,
        time_limit_s=parameters.time_limit_s, gap=parameters.gap, seed=parameters.seed,
        progress=part(progress, 0.2, 0.95), closed=case.nodes, known=case.old,
    )  # fmt: skip
    new = [edge for edge in solution.edges.tolist() if edge < candidates.new_count]
    rows = _ranked(case, new, book, rules)
    before, after = case.single_homed([]), case.single_homed(new)
    bill = pair_bill(candidates, [new], book, rules)
    rounding = CENT / 2 * most_lines(network, rules)
    bound = (Decimal(solution.lower_bound) * COST_UNIT_EUR - rounding).quantize(CENT, ROUND_FLOOR)
    objective = float(bill.objective_eur)
    lower = min(objective, max(0.0, float(bound)))
    summary = {
        "level": parameters.level,
        "sites": len(sites),
        "single_homed_before": len(before),
        "single_homed_after": len(after),
        "closures": [{key: row[key] for key in row if key != GEOMETRY} for row in rows],
        "unprotected": _unprotected(case, solution),
        "route_length_m": float(candidates.length_m[new].sum()),
        "cost_eur": bill.total().to_json(),
        "objective": objective,
        "lower_bound": lower,
        "gap": (objective - lower) / objective if objective else 0.0,
        "engine": solution.engine,
        "seconds": round(time.monotonic() - begun, 3),
    }
    progress(1.0)
    shown = [
        {"rank": row["rank"], "length_m": row["length_m"],
         "typical_eur": row["cost_eur"]["typical"], GEOMETRY: row[GEOMETRY]}
        for row in rows
    ]  # fmt: skip
    columns = ["rank", "length_m", "typical_eur", GEOMETRY]
    return Result(summary, None, (), {"closures": pd.DataFrame(shown, columns=columns)})


def _candidates(
    network: Network, parameters: ClosureParameters, rules: CostRules, book: PriceBook
) -> tuple[list[str], Candidates]:
    served = service(network, parameters.statuses)
    if not served.hubs:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
        )
    hanging = connected_sites(network, served)
    wanted = parameters.sites or tuple(sorted(hanging))
    sites = [site for site in wanted if site in hanging]
    if not sites:
        raise Infeasible(
            message(QT_TRANSLATE_NOOP("core", "None of the sites is connected to a hub yet."))
        )
    options = RouteOptions(
        parameters.snap_tolerance_m, parameters.join_tolerance_m, parameters.max_lead_in_m,
        alternatives=True,
    )  # fmt: skip
    routes = route_graph(network, served, sites, options, rules, book)
    found = combine(network, sites, routes, parameters.statuses)
    at_node = [row for row, home in enumerate(found.homes) if home >= 0]
    return [sites[row] for row in at_node], found


class _Case:
    """The graph with the network at no cost, and what fails in it today.

    The edges of the candidates come first, then ties of hubs to the root and of buildings to
    their nodes, two of each, since these do not fail.
    """

    def __init__(self, candidates: Candidates, sites: Sequence[str], level: str) -> None:
        self.candidates = candidates
        self.root = candidates.node_count
        found = [row for row, home in enumerate(candidates.homes) if home >= 0]
        self.site_of = dict(zip([candidates.entries[row] for row in found], sites, strict=True))
        self.nodes = sorted(self.site_of)
        homes = np.array([candidates.homes[row] for row in found], dtype=np.int64)
        entries = np.array([candidates.entries[row] for row in found], dtype=np.int64)
        hubs = np.array(candidates.hubs, dtype=np.int64)
        ties = 2 * (len(hubs) + len(homes))
        fresh = candidates.routes.graph.cost[candidates.origin[: candidates.new_count]]
        count = candidates.edge_count
        self.graph: Graph = build_graph(
            self.root + 1,
            np.concatenate((candidates.start, hubs, hubs, homes, homes)),
            np.concatenate((candidates.end, np.full(2 * len(hubs), self.root), entries, entries)),
            np.concatenate((fresh, np.zeros(count + ties - len(fresh), dtype=np.int64))),
        )
        self.old = list(range(candidates.new_count, count + ties))
        self.demand = Demand(
            self.root, np.array(self.nodes, dtype=np.int32),
            np.full(len(self.nodes), 2, dtype=np.int32),
            np.full(len(self.nodes), level == "node"), self._closed(),
        )  # fmt: skip

    def _closed(self) -> BoolArray:
        closed = np.zeros(self.graph.node_count, dtype=np.bool_)
        closed[self.nodes] = True
        return closed

    def _built(self, new: Sequence[int]) -> BoolArray:
        built = np.zeros(self.graph.edge_count, dtype=np.bool_)
        built[self.old] = True
        built[list(new)] = True
        return built

    def single_homed(self, new: Sequence[int]) -> list[str]:
        """Return the sites that a single failure darkens when ``new`` is built."""
        bad = failing(self.graph, self._built(new), self.demand)
        return [self.site_of[self.nodes[row]] for row in np.flatnonzero(bad)]

    def exposures(self, new: Sequence[int]) -> set[tuple[str, str]]:
        """Return the pairs of an existing span and a site that its failure alone darkens."""
        built = np.flatnonzero(self._built(new))
        g, closed = self.graph, self.demand.closed
        inner = built[~closed[g.start[built]] & ~closed[g.end[built]]]
        nodes = np.unique(np.concatenate((g.start[inner], g.end[inner], [self.root])))
        part_of = build_graph(
            len(nodes), np.searchsorted(nodes, g.start[inner]),
            np.searchsorted(nodes, g.end[inner]), g.cost[inner],
        )  # fmt: skip
        root = int(np.searchsorted(nodes, self.root))
        tour = walk(part_of, root)
        below = tour.is_below_bridge
        anchor = {root: root}
        for node in np.argsort(tour.entered, kind="stable").tolist():
            upper = int(tour.parent[node])
            if upper in anchor:
                anchor[node] = node if below[node] else anchor[upper]

        def bridges(node: int) -> set[int]:
            """Return the edges without which the root is not reached."""
            found, at = set(), anchor[node]
            while at != root:
                found.add(int(inner[tour.parent_edge[at]]))
                at = anchor[int(tour.parent[at])]
            return found

        links: dict[int, list[int]] = {}
        for edge in built[closed[g.start[built]] | closed[g.end[built]]].tolist():
            ends = int(g.start[edge]), int(g.end[edge])
            entry, other = ends if closed[ends[0]] else ends[::-1]
            place = int(np.searchsorted(nodes, other))
            if place < len(nodes) and nodes[place] == other:
                links.setdefault(entry, []).append(place)
        found = set()
        for entry, others in links.items():
            ways = [bridges(other) for other in others if other in anchor]
            for edge in set.intersection(*ways) if ways else ():
                span = self.candidates.span_of(edge)
                if span is not None:
                    found.add((span, self.site_of[entry]))
        return found


_FEW_PARTS = 12
"""So many closures are all weighed anew after each choice."""


def _ranked(
    case: _Case, new: Sequence[int], book: PriceBook, rules: CostRules
) -> list[dict[str, Any]]:
    """Return the closures in the order in which each takes most off for its money.

    Many closures are weighed again only while they lead by what they took off before; one that
    gains by others may then come later than it could. A closure is new lines that hang together
    apart from the network and buildings.
    """
    candidates = case.candidates
    parts = _parts(candidates, new)
    built: list[int] = []
    exposed, dark = case.exposures([]), set(case.single_homed([]))
    rows: list[dict[str, Any]] = []
    prices = [max(1, int(case.graph.cost[edges].sum())) for edges in parts]
    worth = [np.inf] * len(parts)
    open_parts = list(range(len(parts)))
    while open_parts:
        fresh: set[int] = set()
        many = len(open_parts) > _FEW_PARTS
        while True:
            stale = [i for i in open_parts if i not in fresh]
            best = max(open_parts, key=lambda i: (worth[i], -parts[i][0]))
            if not stale or (many and best in fresh):
                break
            i = best if best in stale else stale[0]
            gain = len(exposed) - len(case.exposures([*built, *parts[i]]))
            worth[i] = gain / prices[i]
            fresh.add(i)
        open_parts.remove(best)
        edges = parts[best]
        built += edges
        left, still = case.exposures(built), set(case.single_homed(built))
        relieved = {span for span, _ in exposed} - {span for span, _ in left}
        rows.append(
            {
                "rank": len(rows) + 1,
                "length_m": float(candidates.length_m[edges].sum()),
                "cost_eur": pair_bill(candidates, [edges], book, rules).total().to_json(),
                "ends": _ends(candidates, edges),
                "spans_relieved": sorted(relieved),
                "sites_gained": sorted(dark - still),
                "exposures_removed": len(exposed) - len(left),
                GEOMETRY: shapely.union_all(candidates.shapes[edges]),
            }
        )
        exposed, dark = left, still
    return rows


def _parts(candidates: Candidates, new: Sequence[int]) -> list[list[int]]:
    """Return the new edges by what hangs together away from the network and buildings."""
    edges: IntArray = np.array(new, dtype=np.int64)
    ends = np.stack((candidates.start[edges], candidates.end[edges]))
    fixed = np.isin(ends, candidates.entries) | (ends >= candidates.routes.root)
    # Each end at the network becomes a node of its own.
    own = candidates.node_count + np.arange(ends.size).reshape(ends.shape)
    ends = np.where(fixed, own, ends).astype(np.int32)
    label = components(candidates.node_count + ends.size, ends[0], ends[1])
    parts: dict[int, list[int]] = {}
    for edge, start in zip(edges.tolist(), ends[0].tolist(), strict=True):
        parts.setdefault(int(label[start]), []).append(edge)
    return [parts[key] for key in sorted(parts)]


def _ends(candidates: Candidates, edges: Sequence[int]) -> list[str]:
    """Return the nodes and spans of the network that new lines are tied to."""
    routes = candidates.routes
    found: dict[str, None] = {}
    for edge in edges:
        origin = int(candidates.origin[edge])
        uid = routes.joined_node[origin] or routes.joined_span[origin]
        if uid is not None:
            found[str(uid)] = None
    return sorted(found)


def _unprotected(case: _Case, solution: SurvivableSolution) -> list[Mapping[str, str]]:
    rows = []
    for item in solution.unprotected:
        spans = [case.candidates.span_of(edge) for edge in item.bridges
                 if edge < case.candidates.edge_count]  # fmt: skip
        names = list(dict.fromkeys(span for span in spans if span is not None))
        reason = message(
            QT_TRANSLATE_NOOP(
                "core", "No street or conduit leads around what it depends on ({spans})."
            ),
            spans=", ".join(names) or "–",
        )
        rows.append({"uid": case.site_of.get(item.site, ""), "reason": reason.render()})
    return sorted((row for row in rows if row["uid"]), key=lambda row: row["uid"])
