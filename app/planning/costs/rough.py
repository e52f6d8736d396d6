"""Rough prices per metre of each technique: for a first figure while a hand draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from app.model.frames import GEOMETRY
from app.model.network import Network
from app.planning.costs.costrules import CostRules, Recipe, likely_rules
from app.planning.costs.prices import PriceBook, price_book

_USUAL_SURFACE = "asphalt"
"""What streets are taken to be made of where a project has none."""


@dataclass(frozen=True)
class RoughPrice:
    """Euro per metre of route without VAT, as the streets of the project are on average."""

    low_eur: float
    typical_eur: float
    high_eur: float


def rough_prices(network: Network, rules: CostRules | None = None) -> Mapping[str, RoughPrice]:
    """Return what a metre costs by technique, with the prices for new plans.

    Ways to build with a technique count by the length of the streets that allow them, and those
    in conduits all the same. Ways of which an item lacks a price are left out; so are crossings,
    joins and sites. Linear in the number of streets.
    """
    book = price_book(network)
    rules = rules or likely_rules(book)
    lengths = _lengths_by_surface(network)
    weighed: dict[str, list[tuple[float, Recipe]]] = {}
    for rule in rules.street_rules:
        weight = sum(lengths.get(surface, 0.0) for surface in rule.surfaces)
        weighed.setdefault(rule.recipe.technique, []).append((weight, rule.recipe))
    for recipe in rules.conduits.values():
        weighed.setdefault(recipe.technique, []).append((1.0, recipe))
    found = {
        technique: _mean(
            [item for item in recipes if all(code in book.prices for code in item[1].per_m)], book
        )
        for technique, recipes in sorted(weighed.items())
    }
    return {technique: price for technique, price in found.items() if price is not None}


def _lengths_by_surface(network: Network) -> dict[str, float]:
    streets = network.geo("streets")
    if streets.empty:
        return {_USUAL_SURFACE: 1.0}
    drawn_m = shapely.length(streets[GEOMETRY].to_numpy())
    totals = streets[["surface"]].assign(drawn_m=drawn_m).groupby("surface")["drawn_m"].sum()
    return {str(surface): float(total) for surface, total in totals.items()}


def _mean(recipes: list[tuple[float, Recipe]], book: PriceBook) -> RoughPrice | None:
    """Return the mean price of recipes by their weights, ``None`` when none has any."""
    whole = sum(weight for weight, _ in recipes)
    if whole <= 0:
        return None

    def mean(which: str) -> float:
        return sum(
            weight / whole * quantity * float(getattr(book.price(code), which))
            for weight, recipe in recipes
            for code, quantity in recipe.per_m.items()
        )

    return RoughPrice(mean("low_eur"), mean("typical_eur"), mean("high_eur"))
