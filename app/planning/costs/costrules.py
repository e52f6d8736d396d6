"""Cost rules: which technique a street allows, and what each thing needs. Data, not code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from app.model.codes import CONDUIT_KINDS
from app.planning.costs.prices import PriceBook

Quantities = Mapping[str, float]
"""Code of a price item to quantity."""


_PASSAGES = ("ground", "bridge", "tunnel")


@dataclass(frozen=True)
class Recipe:
    """A technique with what it needs per metre of route and per piece."""

    technique: str
    per_m: Quantities = field(default_factory=dict)
    each: Quantities = field(default_factory=dict)


@dataclass(frozen=True)
class _StreetRule:
    """Where a technique may be used; one ``on_request`` only when the planner names it."""

    recipe: Recipe
    surfaces: frozenset[str]
    road_classes: frozenset[str]
    passages: frozenset[str] = frozenset(_PASSAGES)
    on_request: bool = False

    def fits(self, surface: str, road_class: str, passage: str) -> bool:
        """Whether the technique is allowed on such a street."""
        return (
            surface in self.surfaces
            and passage in self.passages
            and ("*" in self.road_classes or road_class in self.road_classes)
        )


@dataclass(frozen=True)
class CostRules:
    """The rules of ``resources/cost_rules.json``."""

    excluded_road_classes: frozenset[str]
    excluded_access: frozenset[str]
    street_rules: tuple[_StreetRule, ...]
    conduits: Mapping[str, Recipe]
    conduit_access: Recipe
    lead_in: Recipe
    join: Recipe
    site: Quantities
    crossings: Mapping[str, Mapping[str, str | None]]
    chamber: Quantities

    def street_recipes(
        self, surface: str, road_class: str, passage: str = "ground"
    ) -> tuple[Recipe, ...]:
        """Return what may be used on a street, in the order of technique and rule."""
        fitting = [
            rule.recipe
            for rule in self.street_rules
            if not rule.on_request and rule.fits(surface, road_class, passage)
        ]
        return tuple(sorted(fitting, key=lambda recipe: recipe.technique))

    def street_recipe(self, surface: str, road_class: str, book: PriceBook) -> Recipe | None:
        """Return the cheapest allowed technique at typical prices, ``None`` if none is."""
        fitting = self.street_recipes(surface, road_class)
        return min(fitting, key=lambda recipe: _per_metre(recipe, book), default=None)

    def conduit_recipe(self, kind: str) -> Recipe | None:
        """Return how cable is laid in a conduit, ``None`` when that is excluded."""
        return self.conduits.get(kind if kind in CONDUIT_KINDS else "other")

    def limited(self, allowed: Sequence[str] = (), excluded: Sequence[str] = ()) -> CostRules:
        """Return the rules with only the techniques ``allowed`` and without those ``excluded``.

        Without ``allowed`` all usual ones stay. Lead-ins and joins are always possible.
        """

        def stays(technique: str) -> bool:
            return technique not in excluded and (not allowed or technique in allowed)

        rules = tuple(
            replace(rule, on_request=rule.on_request and rule.recipe.technique not in allowed)
            for rule in self.street_rules
            if stays(rule.recipe.technique)
        )
        conduits = {
            kind: recipe for kind, recipe in self.conduits.items() if stays(recipe.technique)
        }
        return replace(self, street_rules=rules, conduits=conduits)

    def crossing_item(self, kind: str, passage: str) -> str | None:
        """Return the item of a crossing; ``passage`` is ground, bridge or tunnel."""
        return self.crossings.get(kind, {}).get(passage)


@cache
def default_rules() -> CostRules:
    """Return the shipped rules."""
    text = resources.files("resources").joinpath("cost_rules.json").read_text(encoding="utf-8")
    return rules_from_json(json.loads(text))


def rules_from_json(data: Mapping[str, Any]) -> CostRules:
    """Return the rules that a JSON document of the shipped form describes."""
    return CostRules(
        excluded_road_classes=frozenset(data["streets"]["excluded_road_classes"]),
        excluded_access=frozenset(data["streets"]["excluded_access"]),
        street_rules=tuple(
            _StreetRule(
                _recipe(rule),
                frozenset(rule["surfaces"]),
                frozenset(rule["road_classes"]),
                frozenset(rule.get("passages", _PASSAGES)),
                bool(rule.get("on_request", False)),
            )
            for rule in data["techniques"]
        ),
        conduits={kind: _recipe(rule) for kind, rule in data["conduits"].items()},
        conduit_access=_recipe(data["conduit_access"]),
        lead_in=_recipe(data["lead_in"]),
        join=_recipe(data["join"]),
        site=dict(data["site"]["each"]),
        crossings=data["crossings"],
        chamber=dict(data["derived"]["chamber"]),
    )


def _recipe(rule: Mapping[str, Any]) -> Recipe:
    return Recipe(rule["technique"], dict(rule.get("per_m", {})), dict(rule.get("each", {})))


def _per_metre(recipe: Recipe, book: PriceBook) -> float:
    return sum(
        quantity * float(book.price(code).typical_eur) for code, quantity in recipe.per_m.items()
    )
