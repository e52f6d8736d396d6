"""Two diverse routes for a site, at the least new construction, and all that is to say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
from app.planning.connectivity import service
from app.planning.costs.costrules import CostRules, rules_for
from app.planning.costs.prices import PriceBook, price_book
from app.planning.failure.rates import RateBook, rate_book
from app.planning.streets.building import RouteOptions
from app.planning.streets.landing import route_graph
from app.planning.survival.candidates import ANY, ENDS, Candidates, combine
from app.planning.survival.diverse import Found, find_pair
from app.planning.survival.kept import Wish
from app.planning.survival.objects import edges_of
from app.planning.survival.pairfacts import availability, pair_bill, route_facts, stretches
from app.planning.survival.shared import SHARED_KINDS, Comparer, Shared, Terms

DISJOINT = ("edge", "node", "risk")
"""What two routes may not share; each includes the one before."""

RISK_KINDS = (*SHARED_KINDS, "trench", "other")
"""Kinds of risk that routes can be kept apart by."""

_SHARED_COLUMNS = ("site", "kind", "name", "reason", "length_m", "is_exempt", GEOMETRY)


@dataclass(frozen=True)
class SecondRouteParameters:
    """Which site, what the two routes may not share, and what else they must keep to.

    Parameters
    ----------
    disjoint
        One of `DISJOINT`.
    to
        Where routes end: ``any`` hubs, one ``hub``, ``two-hubs`` or two nodes of the ``ring``.
    exempt_m
        Within this distance of the site and of the ends the routes may share everything.
    separation_m
        Elsewhere they come no closer than this.
    passes, avoids
        Objects, by uid or name, that one route must pass, that no route may take.
    within_m
        Routes closer than this, for long enough, share a trench.
    kinds
        Kinds of risk that count.
    """

    site: str
    disjoint: str = "edge"
    statuses: tuple[str, ...] = STATUSES_IN_USE
    snap_tolerance_m: float = 0.5
    join_tolerance_m: float = 30.0
    max_lead_in_m: float = 500.0
    price_list: str | None = None
    to: str = ANY
    exempt_m: float = 0.0
    separation_m: float = 0.0
    passes: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    within_m: float = 10.0
    kinds: tuple[str, ...] = RISK_KINDS
    time_limit_s: float = 30.0
    seed: int = 0


def second_route(
    network: Network, parameters: SecondRouteParameters, progress: Progress = no_progress
) -> Result:
    """Return the two diverse routes of a site that need least new construction.

    Existing spans cost nothing, streets and conduits their prices. Edge- and node-disjoint pairs
    come from one minimum-cost flow and are cheapest; pairs that share no risk, pass an object or
    keep apart come from a program that is exact where its answer is marked proven. Where no
    such pair exists, the least-shared one is told with all that it shares. The result changes
    nothing.

    Raises `InputError` for an unknown site or kind, `Infeasible` without a hub or when the site
    reaches none.
    """
    return _Study(network, parameters, (parameters.site,), progress).of_site(0, progress)


def diverse_routes(
    network: Network,
    sites: Sequence[str],
    parameters: SecondRouteParameters,
    progress: Progress = no_progress,
) -> Result:
    """Do as `second_route` for many sites on one graph; the time limit holds for each.

    Sites that reach no hub are listed with the reason, not raised.
    """
    placed, unreachable = _placed(network, sites)
    if not placed:
        summary = {"sites": [], "unreachable": unreachable, "without": []}
        return Result(summary)
    study = _Study(network, parameters, placed, progress)
    answers: list[dict[str, Any]] = []
    tables: dict[str, list[pd.DataFrame]] = {}
    for row, site in enumerate(placed):
        share = [0.3 + 0.7 * at / len(placed) for at in (row, row + 1)]
        try:
            result = study.of_site(row, part(progress, *share))
        except Infeasible as error:
            unreachable.append({"uid": site, "reason": str(error)})
            continue
        answers.append(dict(result.summary))
        for name, frame in result.tables.items():
            tables.setdefault(name, []).append(frame)
    progress(1.0)
    summary = {
        "sites": answers,
        "without": [
            {
                "uid": answer["site"],
                "reason": "; ".join(item["reason"] for item in answer["blocking"]),
            }
            for answer in answers
            if not answer["found"]
        ],
        "unreachable": unreachable,
    }
    whole = {name: pd.concat(frames, ignore_index=True) for name, frames in tables.items()}
    return Result(summary, None, (), whole)


def _placed(network: Network, sites: Sequence[str]) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """Return the sites that have a position, and the others with the reason."""
    shapes = network.geo("sites")[GEOMETRY]
    placed, lost = [], []
    for uid in dict.fromkeys(sites):
        shape = shapes.get(uid)
        if shape is None or shape.is_empty:
            told = message(QT_TRANSLATE_NOOP("core", "The site has no position."))
            lost.append({"uid": uid, "reason": str(told)})
        else:
            placed.append(uid)
    return tuple(placed), lost


class _Study:
    """Everything that is the same for all sites of one study."""

    def __init__(
        self, network: Network, parameters: SecondRouteParameters, sites: Sequence[str],
        progress: Progress,
    ) -> None:  # fmt: skip
        _check(network, parameters, sites)
        self._network = network
        self._parameters = parameters
        self._sites = tuple(sites)
        self._progress = progress
        self._book: PriceBook = price_book(network, parameters.price_list)
        self._rules: CostRules = rules_for(self._book)
        self._rates: RateBook = rate_book(network)
        self._candidates = self._build()
        self._terms = Terms(
            within_m=parameters.within_m,
            exempt_m=parameters.exempt_m,
            separation_m=parameters.separation_m,
            kinds=parameters.kinds,
        )
        self._wish = self._wished()

    def _build(self) -> Candidates:
        parameters, network = self._parameters, self._network
        served = service(network, parameters.statuses)
        if not served.hubs:
            raise Infeasible(
                message(QT_TRANSLATE_NOOP("core", "No node of type hub or pop is in service."))
            )
        options = RouteOptions(
            parameters.snap_tolerance_m, parameters.join_tolerance_m, parameters.max_lead_in_m,
            alternatives=True,
        )  # fmt: skip
        self._progress(
            0.05, message(QT_TRANSLATE_NOOP("core", "Joining streets, sites and network"))
        )
        routes = route_graph(network, served, self._sites, options, self._rules, self._book)
        return combine(network, self._sites, routes, parameters.statuses)

    def _wished(self) -> Wish:
        parameters, candidates = self._parameters, self._candidates
        banned = None
        if parameters.avoids:
            banned = np.zeros(candidates.edge_count, dtype=np.bool_)
            for uid in parameters.avoids:
                banned[sorted(edges_of(candidates, uid))] = True
        must = []
        for uid in parameters.passes:
            edges = edges_of(candidates, uid)
            if not edges:
                raise InputError(
                    message(
                        QT_TRANSLATE_NOOP(
                            "core", "No route can pass “{name}”: nothing leads there."
                        ),
                        name=uid,
                    ),
                    (uid,),
                )
            must.append(edges)
        return Wish(
            parameters.disjoint, parameters.to, self._terms, tuple(must), banned,
            parameters.time_limit_s, parameters.seed,
        )  # fmt: skip

    def of_site(self, row: int, progress: Progress) -> Result:
        """Return the answer for one site, by its row."""
        site = self._sites[row]
        progress(0.6, message(QT_TRANSLATE_NOOP("core", "Looking for two diverse routes")))
        point = self._network.geo("sites").at[site, GEOMETRY]
        comparer = Comparer(self._candidates, point, self._terms)
        found = find_pair(self._candidates, row, self._wish, comparer)
        both = found.routes
        is_pair = len(both) == 2 and both[0] != both[1]
        shared = comparer.shared(both[0], both[-1], found.ends) if len(both) == 2 else []
        apart = comparer.separation(both[0], both[1], found.ends) if is_pair else None
        rows = stretches(self._candidates, site, both if is_pair else both[:1])
        summary = self._summary(site, found, shared, rows)
        if not found.is_diverse and apart is not None and apart[0] < self._terms.separation_m:
            summary["blocking"].append(_too_near(apart).to_json())
        summary["min_separation_m"] = None if apart is None else round(apart[0], 1)
        summary["separation_place"] = (
            None if apart is None else [[round(value, 2) for value in place] for place in apart[1:]]
        )
        summary["separation_outside_m"] = comparer.terminal_m
        home = self._candidates.homes[row]
        summary["availability"] = availability(
            self._candidates, both if is_pair else both[:1], shared, found.ends, home, self._rates
        )
        progress(1.0)
        line = None if apart is None else shapely.LineString(apart[1:])
        return Result(
            summary, None, (),
            {"routes": rows, "shared": _shared_rows(site, shared),
             "separation": pd.DataFrame(
                 [] if line is None else [{"site": site, GEOMETRY: line}],
                 columns=["site", GEOMETRY], dtype=object,
             )},
        )  # fmt: skip

    def _summary(
        self, site: str, found: Found, shared: Sequence[Shared], rows: pd.DataFrame
    ) -> dict[str, Any]:
        parameters, candidates = self._parameters, self._candidates
        both = found.routes
        distinct = both if both[0] != both[-1] or len(both) == 1 else both[:1]
        held = [item for item in shared if not item.is_exempt]
        paper = pair_bill(candidates, both, self._book, self._rules)
        gap = None
        if found.objective_eur > 0:
            gap = max(0.0, (found.objective_eur - found.lower_bound_eur) / found.objective_eur)
        return {
            "site": site,
            "disjoint": parameters.disjoint,
            "to": parameters.to,
            "found": found.is_diverse,
            "is_proven": found.is_proven,
            "routes": [
                route_facts(candidates, path, end)
                for path, end in zip(distinct, found.ends, strict=False)
            ],
            "shared": [item.to_json() for item in shared],
            "shared_m": round(sum(item.length_m for item in held), 1),
            "blocking": [item.to_json() for item in _blocking(found, held, parameters)],
            "shared_corridor_m": round(_corridor_m(rows, parameters.within_m), 1),
            "cost_eur": paper.total().to_json(),
            "objective": round(found.objective_eur, 2),
            "lower_bound": round(found.lower_bound_eur, 2),
            "gap": (gap or 0.0) if found.is_proven else gap if found.is_diverse else None,
        }  # fmt: skip


def _blocking(
    found: Found, held: Sequence[Shared], parameters: SecondRouteParameters
) -> list[Shared]:
    """Return what keeps two routes from being as diverse as asked, most metres first."""
    if found.is_diverse:
        return []
    kinds: set[str] | None = None
    if parameters.disjoint == "edge":
        kinds = {"span", "street", "hub"}
    elif parameters.disjoint == "node":
        kinds = {"span", "street", "junction", "chamber", "buildingEntry", "tower", "hub", "other"}
    return [item for item in held if kinds is None or item.kind in kinds]


def _too_near(apart: tuple[float, tuple[float, float], tuple[float, float]]) -> Shared:
    """Return where two routes come closer than was asked, as a thing in the way."""
    reason = message(
        QT_TRANSLATE_NOOP("core", "The routes come within {distance_m:.0f} m of each other"),
        distance_m=apart[0],
    )
    return Shared("separation", None, "", reason, 0.0, apart[1], (), is_exempt=False)


def _shared_rows(site: str, shared: Sequence[Shared]) -> pd.DataFrame:
    rows = [
        (site, item.kind, item.name, item.reason, item.length_m, item.is_exempt, item.shape)
        for item in shared
    ]
    return pd.DataFrame(rows, columns=list(_SHARED_COLUMNS), dtype=object)


def _check(network: Network, parameters: SecondRouteParameters, sites: Sequence[str]) -> None:
    missing = [uid for uid in sites if uid not in network.table("sites").index]
    if missing:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown sites: {uids}"), uids=", ".join(missing[:5])
            ),
            missing,
        )
    if parameters.disjoint not in DISJOINT:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "Unknown protection: {value}."),
                value=parameters.disjoint,
            )
        )
    if parameters.to not in ENDS or set(parameters.kinds) - set(RISK_KINDS):
        wrong = parameters.to if parameters.to not in ENDS else ", ".join(parameters.kinds)
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "“{value}” is none of {choices}"),
                value=wrong,
                choices=", ".join(ENDS if parameters.to not in ENDS else RISK_KINDS),
            )
        )
    for uid in sites:
        shape = network.geo("sites").at[uid, GEOMETRY]
        if shape is None or shape.is_empty:
            raise InputError(
                message(QT_TRANSLATE_NOOP("core", "The site has no position.")), (uid,)
            )


def _corridor_m(rows: pd.DataFrame, within_m: float) -> float:
    """Return how much of the second route runs within ``within_m`` of the first, in m."""
    first, second = (
        shapely.union_all(rows.loc[rows["route"] == number, GEOMETRY].to_numpy())
        for number in (1, 2)
    )
    return float(shapely.length(shapely.intersection(second, shapely.buffer(first, within_m))))
