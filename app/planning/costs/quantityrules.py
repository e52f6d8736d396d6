"""Rules that turn a finished plan into quantities: read from data, checked, held as values.

The rules stand under ``quantities`` in ``resources/cost_rules.json``. What they make is *derived*:
the optimiser did not know it, and the proven gap does not cover it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Each = Mapping[str, Decimal]
"""Code of a price item to quantity, per piece."""


@dataclass(frozen=True)
class AreaRule:
    """An item by the square metre: ``width_m`` times the length of certain sections."""

    item: str
    techniques: frozenset[str]
    surfaces: frozenset[str]
    width_m: Decimal

    def fits(self, technique: str, surface: str) -> bool:
        """Whether a section needs the item; without surfaces any will do."""
        return technique in self.techniques and (not self.surfaces or surface in self.surfaces)


@dataclass(frozen=True)
class CableRule:
    """Cable sizes: the ``basic`` one is counted by the optimiser, thicker ones by surcharge.

    ``extra`` maps fibre counts, ascending, to the surcharge on a metre of the basic cable.
    """

    basic: str
    fibres: int
    laying: str
    extra: Mapping[int, str]

    @property
    def largest(self) -> int:
        """Fibres of the thickest cable."""
        return max(self.extra, default=self.fibres)

    def size(self, needed: int) -> int:
        """Return the fibres of the smallest cable that holds ``needed``; the largest if none."""
        if needed <= self.fibres:
            return self.fibres
        return next((size for size in sorted(self.extra) if size >= needed), self.largest)


@dataclass(frozen=True)
class Optic:
    """An optical module with the loss it bears (with margin kept), or the length it reaches."""

    item: str
    wavelength_nm: int
    budget_db: float | None
    reach_m: float | None
    source: str


@dataclass(frozen=True)
class RateRule:
    """What a site up to a rate gets, and modules from the weakest to the strongest."""

    up_to_mbps: float
    each: Each
    optics: tuple[Optic, ...]


@dataclass(frozen=True)
class EquipmentRule:
    """Active equipment by rate; modules are chosen to fit the loss of the route."""

    margin_db: float
    connectors: int
    optics_per_path: int
    rates: tuple[RateRule, ...]
    beyond: str


@dataclass(frozen=True)
class QuantityRules:
    """What is derived from a finished plan; a rule that is ``None`` or empty derives nothing."""

    every_chamber: Each
    dug: frozenset[str] = frozenset()
    areas: tuple[AreaRule, ...] = ()
    short_job: str | None = None
    short_below_mm: int = 0
    chamber_every_mm: int | None = None
    chamber_item: str = ""
    branch: tuple[tuple[int, str], ...] = ()
    fibres_per_site: int = 0
    reserve: Decimal = Decimal(0)
    cable: CableRule | None = None
    slack_item: str = ""
    slack_m: Each = field(default_factory=dict)
    closure: str = ""
    splice: str = ""
    reel_mm: int | None = None
    hub: Each = field(default_factory=dict)
    permits: Mapping[str, str] = field(default_factory=dict)
    equipment: EquipmentRule | None = None
    tower: Each = field(default_factory=dict)
    yearly: tuple[AreaRule, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Every item that the rules may ask for."""
        found = {*self.every_chamber, *self.hub, *self.tower, *self.permits.values()}
        found |= {rule.item for rule in (*self.areas, *self.yearly)}
        found |= {item for _, item in self.branch}
        found |= {self.short_job or "", self.chamber_item, self.slack_item, self.closure}
        found.add(self.splice)
        if self.cable is not None:
            found |= {self.cable.basic, self.cable.laying, *self.cable.extra.values()}
        if self.equipment is not None:
            found.add(self.equipment.beyond)
            for rate in self.equipment.rates:
                found |= {*rate.each, *(optic.item for optic in rate.optics)}
        return frozenset(found - {""})

    @property
    def techniques(self) -> set[str]:
        """Techniques that the rules name."""
        return {name for rule in (*self.areas, *self.yearly) for name in rule.techniques} | {
            *self.dug
        }

    @property
    def surfaces(self) -> set[str]:
        """Surfaces that the rules name."""
        return {name for rule in (*self.areas, *self.yearly) for name in rule.surfaces}

    def fibres_for(self, sites: int) -> int:
        """Return the fibres that a section needs for so many sites, reserve included."""
        whole = self.fibres_per_site * sites * (1 + self.reserve)
        return -int(-whole // 1)


def quantity_rules(data: Mapping[str, Any] | None, chamber: Mapping[str, Any]) -> QuantityRules:
    """Return the rules of a document; without any, every chamber needs ``chamber`` and no more.

    Raises `KeyError`, `TypeError`, `ValueError` or `ArithmeticError` for a document of another
    form.
    """
    if data is None:
        return QuantityRules(every_chamber=_each(chamber))
    short, spaced = data.get("short_job", {}), data.get("chambers", {})
    fibres, joints = data.get("fibres", {}), data.get("joints", {})
    slack = data.get("slack", {})
    return QuantityRules(
        every_chamber={},
        dug=frozenset(data.get("dug", ())),
        areas=_areas(data.get("areas", ())),
        short_job=short.get("item"),
        short_below_mm=_millimetres(short.get("below_m", 0)),
        chamber_every_mm=_spacing(spaced.get("every_m")),
        chamber_item=spaced.get("item", ""),
        branch=tuple(
            sorted(
                ((int(rule["main_spans"]), str(rule["item"])) for rule in spaced.get("branch", ())),
                reverse=True,
            )
        ),
        fibres_per_site=int(_positive(fibres.get("per_site", 0))),
        reserve=_positive(fibres.get("reserve", 0)),
        cable=_cable(data.get("cable")),
        slack_item=slack.get("item", ""),
        slack_m=_each(slack.get("per_node_m", {})),
        closure=joints.get("item", ""),
        splice=joints.get("splice", ""),
        reel_mm=_spacing(joints.get("reel_m")),
        hub=_each(data.get("hub", {})),
        permits={str(kind): str(item) for kind, item in data.get("permits", {}).items()},
        equipment=_equipment(data.get("equipment")),
        tower=_each(data.get("tower", {})),
        yearly=_areas([{"width_m": 1, **rule} for rule in data.get("yearly", ())]),
    )


def _positive(value: Any) -> Decimal:
    number = Decimal(str(value))
    if not 0 <= number <= 10**6:
        raise ValueError(f"{value}: 0 ... 1000000 ?")
    return number


def _each(data: Mapping[str, Any]) -> Each:
    return {str(code): _positive(each) for code, each in data.items()}


def _millimetres(value_m: Any) -> int:
    return int(_positive(value_m) * 1000)


def _spacing(value_m: Any) -> int | None:
    """Return a spacing in mm, ``None`` for none; raises `ValueError` for nothing or less."""
    if value_m is None:
        return None
    spacing = _millimetres(value_m)
    if spacing <= 0:
        raise ValueError(f"{value_m} m ?")
    return spacing


def _areas(rules: Any) -> tuple[AreaRule, ...]:
    return tuple(
        AreaRule(
            str(rule["item"]),
            frozenset(rule["techniques"]),
            frozenset(rule.get("surfaces", ())),
            _positive(rule["width_m"]),
        )
        for rule in rules
        if not rule.get("on_request", False)
    )


def _cable(data: Mapping[str, Any] | None) -> CableRule | None:
    if data is None:
        return None
    extra = {int(size): str(item) for size, item in data["extra"].items()}
    basic = int(data["fibres"])
    if basic <= 0 or any(size <= basic for size in extra):
        raise ValueError(f"cable: {sorted(extra)} > {basic} > 0 ?")
    return CableRule(str(data["basic"]), basic, str(data["laying"]), extra)


def _equipment(data: Mapping[str, Any] | None) -> EquipmentRule | None:
    if data is None:
        return None
    rates = tuple(
        RateRule(
            float(_positive(rate["up_to_mbps"])),
            _each(rate["each"]),
            tuple(_optic(optic) for optic in rate["optics"]),
        )
        for rate in sorted(data["rates"], key=lambda rate: float(rate["up_to_mbps"]))
    )
    return EquipmentRule(
        float(_positive(data["margin_db"])), int(_positive(data["connectors"])),
        int(_positive(data["optics_per_path"])), rates, str(data["beyond"]),
    )  # fmt: skip


def _optic(data: Mapping[str, Any]) -> Optic:
    budget, reach = data.get("budget_db"), data.get("reach_m")
    if budget is None and reach is None:
        raise ValueError(f"{data['item']}: budget_db, reach_m ?")
    return Optic(
        str(data["item"]),
        int(data["wavelength_nm"]),
        None if budget is None else float(_positive(budget)),
        None if reach is None else float(_positive(reach)),
        str(data.get("source", "")),
    )
