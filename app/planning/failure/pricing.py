"""What measures cost and how often they fail themselves, from the rows of a plan of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from app.model.errors import InputError
from app.planning.costs.bill import Bill, bill_of_rows
from app.planning.costs.costrules import CostRules
from app.planning.costs.prices import PriceBook
from app.planning.failure.candidates import ENTRY, SECOND_HUB, Candidate
from app.planning.failure.effects import Priced
from app.planning.failure.rates import RateBook
from app.planning.planrows import SitePath, plan_rows, uid_maker
from app.planning.streets.routegraph import RouteGraph

HUB_ITEM = "hub.second"
_ENTRY_ITEMS: Mapping[str, float] = {"site.entry": 1.0}
_PATCH_M = 0.1
"""Length at which the patch between a new hub and the network is drawn, in m."""


@dataclass(frozen=True)
class Pricer:
    """Prices candidates found on one route graph.

    ``sites`` are those that the graph has entries for, ``street_names`` by uid.
    """

    routes: RouteGraph
    sites: Sequence[str]
    street_names: Mapping[str, str]
    book: PriceBook
    rules: CostRules
    rates: RateBook

    def priced(self, item: Candidate) -> Priced | None:
        """Return the candidate with its cost, ``None`` when nothing would be built."""
        spans, nodes = self.rows(item, item.uid, uid_maker(item.uid))
        if not spans:
            return None
        bill = self.bill(spans, nodes)
        rates = [
            (self.rates.span(row["technique"], _deployment(row)), float(row["route_length_m"]))
            for row in spans
        ]
        per_year = [rate.per_year * length_m / 1000.0 for rate, length_m in rates]
        total = sum(per_year)
        down_h = sum(each * rate.mttr_h for each, (rate, _) in zip(per_year, rates, strict=True))
        return Priced(
            item,
            bill.total(),
            bill.placeholder_share,
            sum(length_m for _, length_m in rates),
            total,
            down_h / total if total else 0.0,
            any(rate.is_placeholder for rate, _ in rates),
            tuple(spans),
            tuple(nodes),
        )

    def bill(self, spans: Sequence[Mapping[str, Any]], nodes: Sequence[Mapping[str, Any]]) -> Bill:
        """Return the bill of a plan of these rows; raises `InputError` for a missing price."""
        return bill_of_rows("", spans, nodes, self.book, self.rules)

    def rows(
        self, item: Candidate, plan_uid: str, make_uid: Callable[[str], str]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Return the plan's spans and nodes that build the measure."""
        if item.kind == SECOND_HUB:
            return self._hub_rows(item, plan_uid, make_uid)
        paths = {}
        if item.site is not None:
            paths[list(self.sites).index(item.site)] = SitePath(item.edges)
        rows = plan_rows(
            self.routes, sorted(set(item.edges)), paths, self.sites, self.street_names,
            _ENTRY_ITEMS if item.kind == ENTRY else {}, self.book, plan_uid, make_uid,
        )  # fmt: skip
        return self._at_old_node(rows.spans, rows.nodes, item)

    def _at_old_node(
        self, spans: list[dict[str, Any]], nodes: list[dict[str, Any]], item: Candidate
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Let a second entry end at the node that the site has, not at a new one."""
        old = item.first.uid
        new = {row["uid"] for row in nodes if row.get("site") is not None}
        moved = [
            {**row, **{key: old for key in ("start_node", "end_node") if row[key] in new}}
            for row in spans
        ]
        kept = [
            {**row, "site": None, "joined_node": old} if row["uid"] in new else row for row in nodes
        ]
        return moved, kept

    def _hub_rows(
        self, item: Candidate, plan_uid: str, make_uid: Callable[[str], str]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        x, y = item.first.xy
        hub, old = make_uid("hub"), item.first.uid
        items = {HUB_ITEM: 1.0, **dict(self.rules.join.each)}
        needs = {code: round(each * 1000) for code, each in items.items()}
        typical = sum(
            needs[code] * float(self.book.price(code).typical_eur) / 1000 for code in needs
        )
        span = {
            "uid": make_uid("patch"), "plan": plan_uid, "name": None, "start_node": hub,
            "end_node": old, "technique": "join", "route_length_m": _PATCH_M, "items": items,
            "crossings": (), "typical_eur": round(typical, 2), "site_count": 0,
            "protection_path": False,
            "geometry": shapely.LineString([(x + _PATCH_M, y), (x, y)]),
        }  # fmt: skip
        nodes = [
            {"uid": hub, "plan": plan_uid, "type": "hub",
             "geometry": shapely.Point(x + _PATCH_M, y)},
            {"uid": make_uid("joint"), "plan": plan_uid, "type": "splicePoint",
             "joined_node": old, "geometry": shapely.Point(x, y)},
        ]  # fmt: skip
        return [span], nodes


def try_priced(
    pricer: Pricer, items: Sequence[Candidate]
) -> tuple[list[Priced], list[dict[str, str]]]:
    """Return what can be priced, and uid and reason of what cannot."""
    found: list[Priced] = []
    rejected: list[dict[str, str]] = []
    for item in items:
        try:
            priced = pricer.priced(item)
        except InputError as error:
            rejected.append({"uid": item.first.uid, "reason": str(error)})
            continue
        if priced is not None:
            found.append(priced)
    return found, rejected


def _deployment(row: Mapping[str, Any]) -> str:
    return "aboveGround" if row["technique"] == "aerial" else "belowGround"
