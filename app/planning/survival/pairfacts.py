"""What an engineer wants to know of two routes: lengths, loss, availability, cost."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from app.model.frames import GEOMETRY, rows_of
from app.planning.costs.bill import Bill, bill_of_rows
from app.planning.costs.costrules import CostRules
from app.planning.costs.prices import PriceBook
from app.planning.failure.pairs import pair_availability
from app.planning.failure.rates import Rate, RateBook
from app.planning.loss import Light, losses
from app.planning.survival.candidates import Candidates
from app.planning.survival.shared import Shared, kind_of_edge


def route_facts(candidates: Candidates, route: Sequence[int], end: int) -> dict[str, Any]:
    """Return one route as plain values; ``end`` is the node where it ends."""
    routes = candidates.routes
    new = [int(candidates.origin[edge]) for edge in route if edge < candidates.new_count]
    spans = [candidates.span_of(edge) for edge in route]
    light = _light(candidates, route)
    return {
        "spans": list(dict.fromkeys(uid for uid in spans if uid is not None)),
        "new_route_length_m": int(routes.length_mm[new].sum()) / 1000,
        "length_m": round(float(candidates.length_m[list(route)].sum()), 1),
        "crossings": list(dict.fromkeys(uid for edge in new for uid in routes.barriers(edge))),
        "end": candidates.uid_of_node(end),
        "loss": losses(light),
    }


def _light(candidates: Candidates, route: Sequence[int]) -> Light:
    """Return what light passes: a splice at each node of the network and each join.

    A measured loss counts for the share of its span that the route uses. Splices between reels
    are not counted: no sourced length of a reel is at hand.
    """
    spans = candidates.network.table("spans")
    losses_db = spans["loss_db"].to_dict()
    lengths_m = spans["route_length_m"].to_dict()
    length_m = measured_db = measured_m = 0.0
    for edge in route:
        uid = candidates.span_of(edge)
        here_m = float(candidates.length_m[edge])
        known_db, whole_m = losses_db.get(uid, np.nan), lengths_m.get(uid, np.nan)
        if np.isfinite(known_db) and whole_m > 0:
            measured_db += known_db * min(1.0, here_m / whole_m)
            measured_m += here_m
        else:
            length_m += here_m
    splices = sum(_is_splice(candidates, *pair) for pair in itertools.pairwise(route))
    return Light(length_m, splices, 2, measured_db, measured_m)


def _is_splice(candidates: Candidates, one: int, other: int) -> bool:
    """Return whether fibres are joined between two edges that follow each other."""
    if (one < candidates.new_count) != (other < candidates.new_count):
        return True
    ends = {int(candidates.start[one]), int(candidates.end[one])}
    meeting = ends & {int(candidates.start[other]), int(candidates.end[other])}
    return any(candidates.uid_of_node(node) is not None for node in meeting)


def pair_bill(
    candidates: Candidates, both: Sequence[Sequence[int]], book: PriceBook, rules: CostRules
) -> Bill:
    """Return the bill of what both routes need; what both use is built once."""
    needs: Counter[str] = Counter()
    for edge in sorted({edge for path in both for edge in path}):
        if edge < candidates.new_count:
            needs.update(candidates.routes.quantities(int(candidates.origin[edge])))
    items = {code: quantity / 1000 for code, quantity in needs.items()}
    return bill_of_rows("", [{"uid": "", "items": items}], [], book, rules)


def availability(
    candidates: Candidates, both: Sequence[Sequence[int]], shared: Sequence[Shared],
    ends: Sequence[int], home: int, rates: RateBook,
) -> dict[str, Any]:  # fmt: skip
    """Return the availability of two routes with what they share, in closed form.

    Spans and nodes of both routes count once as common part, and so does every metre of a common
    trench and every shared crossing, bridge or zone.
    """
    own = ("type", "failures_per_year", "mttr_h")
    node_rows = _rows(candidates.network.table("nodes"), own)
    span_rows = _rows(candidates.network.table("spans"), ("cuts_per_km_year", "mttr_h"))
    used: list[Rate] = []

    def of_edge(edge: int, share: float = 1.0) -> float:
        technique, deployment, codeployment = kind_of_edge(candidates, edge)
        uid = candidates.span_of(edge)
        row: Mapping[str, Any] = {} if uid is None else span_rows[uid]
        rate = rates.span(
            technique, deployment, codeployment, row.get("cuts_per_km_year"), row.get("mttr_h")
        )
        used.append(rate)
        return rate.unavailability(float(candidates.length_m[edge]) * share / 1000)

    def of_node(node: int) -> float:
        uid = candidates.uid_of_node(node)
        row: Mapping[str, Any] = {} if uid is None else node_rows[uid]
        rate = rates.node(row.get("type"), row.get("failures_per_year"), row.get("mttr_h"))
        used.append(rate)
        return rate.unavailability()

    places = [_nodes(candidates, route) for route in both]
    if len(both) < 2:
        single = [of_edge(edge) for edge in both[0]]
        single += [of_node(node) for node in sorted(places[0])]
        found = pair_availability(single, (1.0,))
        return {**found.to_json(), "is_placeholder": any(rate.is_placeholder for rate in used)}
    same = set(both[0]) & set(both[1])
    meeting = (places[0] & places[1]) | ({home} if home >= 0 else set())
    common = [of_edge(edge) for edge in sorted(same)] + [of_node(node) for node in sorted(meeting)]
    side_m = sum(item.length_m for item in shared if item.kind == "trench")
    parts = []
    for route, mine in zip(both, places, strict=True):
        alone = [edge for edge in route if edge not in same]
        alone_m = float(candidates.length_m[alone].sum())
        rest = max(0.0, 1 - side_m / alone_m) if alone_m > 0 else 1.0
        parts.append([of_edge(edge, rest) for edge in alone])
        parts[-1] += [of_node(node) for node in sorted(mine - meeting)]
    for item in shared:
        if item.kind == "trench":
            rate = rates.span()
            common.append(rate.unavailability(item.length_m / 1000))
        elif item.kind in _GROUPS:
            rate = rates.risk_group(item.kind)
            common.append(rate.unavailability())
        else:
            continue
        used.append(rate)
    found = pair_availability(parts[0], parts[1], common)
    return {**found.to_json(), "is_placeholder": any(rate.is_placeholder for rate in used)}


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    there = [name for name in columns if name in frame.columns]
    return {str(row["uid"]): row for row in rows_of(frame, there)}


_GROUPS = ("bridge", "riverCrossing", "railCrossing", "duct", "sewer", "powerZone", "hazardZone",
           "other")  # fmt: skip


def _nodes(candidates: Candidates, route: Sequence[int]) -> set[int]:
    """Return the nodes of the network on a route, joints left out."""
    ends = {int(n) for edge in route for n in (candidates.start[edge], candidates.end[edge])}
    return {node for node in ends if candidates.uid_of_node(node) is not None}


def stretches(candidates: Candidates, site: str, both: Sequence[Sequence[int]]) -> pd.DataFrame:
    """Return one row for each stretch of either route that has a length, for the map."""
    rows = [
        {
            "site": site,
            "route": number,
            "span": candidates.span_of(edge),
            "is_new": edge < candidates.new_count,
            GEOMETRY: candidates.shapes[edge],
        }
        for number, path in enumerate(both, start=1)
        for edge in path
        if candidates.shapes[edge].length > 0
    ]
    return pd.DataFrame(rows, columns=["site", "route", "span", "is_new", GEOMETRY], dtype=object)
