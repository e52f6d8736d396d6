"""Quantities that follow from a finished plan: chambers, joints, cable sizes, equipment ...

What is derived here scales with sections, runs and nodes, never with how a run is cut into
sections: cutting one in two leaves every total. Runs are found by joining sections at points
where exactly two meet and nothing else happens. Each total is rounded once, to thousandths of
its unit, and shared out among the sections by length with the largest remainder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.planning.costs.quantityrules import EquipmentRule, Optic, QuantityRules
from app.planning.loss import Light, loss

Needs = dict[str, dict[str, int]]
"""Uid of a section or node of the plan, to code of a price item, to thousandths of its unit."""

_ENTRY, _CHAMBER, _LEAD_IN = "buildingEntry", "chamber", "leadIn"


@dataclass(frozen=True)
class SiteUse:
    """What a plan does for one site it connects.

    ``node`` is the plan's point at the site, ``spans`` are the sections of both its routes,
    ``rate_mbps`` the higher of guaranteed and peak rate, ``hub_length_m`` the way to its hub.
    """

    node: str | None
    spans: frozenset[str]
    is_protected: bool = False
    rate_mbps: float = 0.0
    hub_length_m: float | None = None
    is_tower: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What the plan's rows do not say: kind of each barrier, conduits that cost no rent."""

    barrier_kind: Mapping[str, str]
    own_conduits: frozenset[str] = frozenset()


def derived_quantities(
    rules: QuantityRules,
    spans: Sequence[Mapping[str, Any]],
    nodes: Sequence[Mapping[str, Any]],
    sites: Sequence[SiteUse],
    around: Surroundings,
) -> Needs:
    """Return what a plan of these rows needs besides what its sections list.

    Time is near linear in sections, nodes and steps of the sites' routes.
    """
    plan = _Plan(rules, spans, nodes, sites, around)
    for add in (_chambers, _areas, _short_jobs, _cables, _joints, _permits, _yearly, _sites):
        add(plan)
    return {uid: dict(items) for uid, items in plan.needs.items()}


class _Plan:
    """The rows once looked over, and what they were found to need."""

    def __init__(
        self,
        rules: QuantityRules,
        spans: Sequence[Mapping[str, Any]],
        nodes: Sequence[Mapping[str, Any]],
        sites: Sequence[SiteUse],
        around: Surroundings,
    ) -> None:
        self.rules, self.sites, self.around = rules, sites, around
        self.span = {str(row["uid"]): row for row in spans}
        self.length_mm = {uid: _millimetres(row) for uid, row in self.span.items()}
        self.nodes = [row for row in nodes if row.get("joined_node") is None]
        self.anchors = {str(row["joined_node"]) for row in nodes if row.get("joined_node")}
        self.anchors |= {str(row["uid"]) for row in nodes if row.get("joined_span") is not None}
        self.anchors |= {str(row["uid"]) for row in nodes if row["type"] == _ENTRY}
        self.at: dict[str, list[str]] = defaultdict(list)
        for uid, row in self.span.items():
            for end in (row.get("start_node"), row.get("end_node")):
                if end is not None:
                    self.at[str(end)].append(uid)
        self.served: dict[str, int] = defaultdict(int)
        for site in sites:
            for uid in site.spans:
                self.served[uid] += 1
        self.needs: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, uid: str, code: str, thousandths: int) -> None:
        """Note a need; nothing is not noted."""
        if code and thousandths:
            self.needs[uid][code] += thousandths

    def share(self, spans: Sequence[str], code: str, thousandths: int) -> None:
        """Note a need of several sections together, shared by length."""
        weights = {uid: self.length_mm[uid] for uid in spans}
        for uid, part in apportion(thousandths, weights).items():
            self.add(uid, code, part)

    def runs(
        self, chosen: Callable[[str], bool] = lambda _uid: True, *, past_branches: bool = False
    ) -> list[list[str]]:
        """Return the chosen sections in groups that hang together.

        Groups end where other than two sections meet, and at sites and the network, unless they
        go on ``past_branches``.
        """
        mine = sorted(uid for uid in self.span if chosen(uid))
        group = _Groups(mine)
        for end, spans in self.at.items():
            if past_branches or (len(spans) == 2 and end not in self.anchors):
                group.join([uid for uid in spans if chosen(uid)])
        return group.listed()


class _Groups:
    """Union-find over uids."""

    def __init__(self, uids: Iterable[str]) -> None:
        self._parent = {uid: uid for uid in uids}

    def _root(self, uid: str) -> str:
        while self._parent[uid] != uid:
            self._parent[uid] = self._parent[self._parent[uid]]
            uid = self._parent[uid]
        return uid

    def join(self, uids: Sequence[str]) -> None:
        """Put all into one group."""
        for uid in uids[1:]:
            first, second = sorted((self._root(uids[0]), self._root(uid)))
            self._parent[second] = first

    def listed(self) -> list[list[str]]:
        """Return the groups, each sorted, by their first member."""
        found: dict[str, list[str]] = defaultdict(list)
        for uid in sorted(self._parent):
            found[self._root(uid)].append(uid)
        return [found[root] for root in sorted(found)]


def apportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide a whole number by weights with the largest remainder; ties go by name."""
    whole = sum(weights.values())
    if not whole:
        weights = dict.fromkeys(weights, 1)
        whole = len(weights)
    part = {name: total * weight // whole for name, weight in weights.items()}
    rest = {name: total * weight % whole for name, weight in weights.items()}
    left = total - sum(part.values())
    for name in sorted(weights, key=lambda name: (-rest[name], name))[:left]:
        part[name] += 1
    return part


def _millimetres(row: Mapping[str, Any]) -> int:
    return round(float(row.get("route_length_m") or 0.0) * 1000)


def _scaled(each: Decimal, count: int = 1) -> int:
    return int((each * 1000 * count).quantize(Decimal(1), ROUND_HALF_UP))


def _technique(plan: _Plan, uid: str) -> str:
    return str(plan.span[uid].get("technique"))


def _chambers(plan: _Plan) -> None:
    """Chambers at branches of what is dug, by function, and along the runs between them."""
    rules = plan.rules
    for row in plan.nodes:
        uid = str(row["uid"])
        if row["type"] != _CHAMBER:
            continue
        for code, each in rules.every_chamber.items():
            plan.add(uid, code, _scaled(each))
        meeting = [_technique(plan, span) for span in plan.at[uid]]
        if not any(name in rules.dug for name in meeting):
            continue
        main = sum(name != _LEAD_IN for name in meeting)
        plan.add(uid, next((item for least, item in rules.branch if main >= least), ""), 1000)
    if rules.chamber_every_mm is not None:
        for run in plan.runs(lambda span: _technique(plan, span) in rules.dug):
            count = _intervals(plan, run, rules.chamber_every_mm) - 1
            plan.share(run, rules.chamber_item, 1000 * count)


def _intervals(plan: _Plan, run: Sequence[str], every_mm: int) -> int:
    """Return into how many parts of at most ``every_mm`` a run is cut, at least one."""
    return max(1, -(-sum(plan.length_mm[uid] for uid in run) // every_mm))


def _areas(plan: _Plan) -> None:
    """Surfaces by width: one rounding for all that an item covers."""
    exact: dict[str, Decimal] = defaultdict(Decimal)
    weights: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for uid, row in plan.span.items():
        for rule in plan.rules.areas:
            if rule.fits(str(row.get("technique")), str(row.get("surface"))):
                exact[rule.item] += rule.width_m * plan.length_mm[uid]
                weights[rule.item][uid] += int(rule.width_m * 1000) * plan.length_mm[uid]
    for item, amount in exact.items():
        total = int(amount.quantize(Decimal(1), ROUND_HALF_UP))
        for uid, part in apportion(total, weights[item]).items():
            plan.add(uid, item, part)


def _short_jobs(plan: _Plan) -> None:
    """A lump for each piece of digging that hangs together and is short."""
    rules = plan.rules
    if not rules.short_job:
        return
    for job in plan.runs(lambda span: _technique(plan, span) in rules.dug, past_branches=True):
        if sum(plan.length_mm[uid] for uid in job) < rules.short_below_mm:
            plan.share(job, rules.short_job, 1000)


def _cables(plan: _Plan) -> None:
    """Surcharge for thicker cables, on the metres of basic cable that sections list."""
    cable = plan.rules.cable
    if cable is None:
        return
    for uid, row in plan.span.items():
        metres = _scaled(Decimal(str((row.get("items") or {}).get(cable.basic, 0))))
        needed = plan.rules.fibres_for(plan.served[uid])
        further = max(0, -(-needed // cable.largest) - 1)
        plan.add(uid, cable.extra.get(cable.size(needed), ""), metres * (1 + further))
        plan.add(uid, cable.basic, metres * further)
        plan.add(uid, cable.laying, metres * further)


def _joints(plan: _Plan) -> None:
    """Closures and splices at branches and between reels, and slack at points."""
    rules = plan.rules
    for row in plan.nodes:
        uid = str(row["uid"])
        plan.add(uid, rules.slack_item, _scaled(rules.slack_m.get(str(row["type"]), Decimal(0))))
        sites = sorted((plan.served[span] for span in plan.at[uid]), reverse=True)
        if uid in plan.anchors or sum(count > 0 for count in sites) < 3:
            continue
        # The two thickest cables are one that passes through uncut.
        plan.add(uid, rules.closure, 1000)
        plan.add(uid, rules.splice, 1000 * rules.fibres_per_site * sum(sites[2:]))
    if rules.reel_mm is None:
        return
    for run in plan.runs():
        joints = _intervals(plan, run, rules.reel_mm) - 1
        needed = rules.fibres_for(max(plan.served[uid] for uid in run))
        fibres = max(needed, 0 if rules.cable is None else rules.cable.size(needed))
        plan.share(run, rules.closure, 1000 * joints)
        plan.share(run, rules.splice, 1000 * joints * fibres)


def _permits(plan: _Plan) -> None:
    for uid, row in plan.span.items():
        for barrier in row.get("crossings") or ():
            kind = plan.around.barrier_kind.get(str(barrier), "")
            plan.add(uid, plan.rules.permits.get(kind, ""), 1000)


def _yearly(plan: _Plan) -> None:
    """Metres for which something is paid every year."""
    for uid, row in plan.span.items():
        conduit = row.get("conduit")
        if conduit is not None and str(conduit) in plan.around.own_conduits:
            continue
        for rule in plan.rules.yearly:
            if rule.fits(str(row.get("technique")), str(row.get("surface"))):
                plan.add(uid, rule.item, plan.length_mm[uid])


def _sites(plan: _Plan) -> None:
    """What each site needs at its end and at the hub."""
    rules = plan.rules
    for site in plan.sites:
        place = site.node or min(site.spans, default=None)
        if place is None:
            continue
        for code, each in rules.hub.items():
            plan.add(place, code, _scaled(each))
        for code, each in rules.tower.items() if site.is_tower else ():
            plan.add(place, code, _scaled(each))
        if rules.equipment is not None:
            _equip(plan, place, site, rules.equipment)


def _equip(plan: _Plan, place: str, site: SiteUse, rule: EquipmentRule) -> None:
    rate = next((rate for rate in rule.rates if site.rate_mbps <= rate.up_to_mbps), None)
    for code, each in rate.each.items() if rate is not None else ():
        plan.add(place, code, _scaled(each))
    length_m = site.hub_length_m or 0.0
    optics = () if rate is None else rate.optics
    item = next((o.item for o in optics if fits(o, length_m, rule, plan.rules)), rule.beyond)
    plan.add(place, item, 1000 * rule.optics_per_path * (2 if site.is_protected else 1))


def fits(optic: Optic, length_m: float, rule: EquipmentRule, rules: QuantityRules) -> bool:
    """Whether a module bears the typical loss of a route of this length, margin included.

    Splices are counted between reels and at both ends.
    """
    if optic.reach_m is not None and length_m > optic.reach_m:
        return False
    if optic.budget_db is None:
        return True
    reels = 1 if rules.reel_mm is None else max(1, -(-round(length_m * 1000) // rules.reel_mm))
    light = Light(length_m, reels + 1, rule.connectors)
    return loss(light, optic.wavelength_nm).typical + rule.margin_db <= optic.budget_db
