"""Rough prices per metre of each technique: for a first figure while a hand draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.model.network import Network
from app.planning.costs.costrules import CostRules, Recipe, likely_rules
from app.planning.costs.prices import Price, PriceBook, price_book


@dataclass(frozen=True)
class RoughPrice:
    """Euro per metre of route without VAT: the span of all ways to build with a technique.

    ``typical_eur`` is the cheapest of them at typical prices, as plans choose it.
    """

    low_eur: float
    typical_eur: float
    high_eur: float


def rough_prices(network: Network, rules: CostRules | None = None) -> Mapping[str, RoughPrice]:
    """Return what a metre costs by technique, with the prices for new plans.

    Techniques of which an item lacks a price are left out; so are crossings, joins and sites.
    """
    book = price_book(network)
    rules = rules or likely_rules(book)
    recipes: dict[str, list[Recipe]] = {}
    for recipe in (*(rule.recipe for rule in rules.street_rules), *rules.conduits.values()):
        if all(code in book.prices for code in recipe.per_m):
            recipes.setdefault(recipe.technique, []).append(recipe)
    return {technique: _range(found, book) for technique, found in sorted(recipes.items())}


def _range(recipes: list[Recipe], book: PriceBook) -> RoughPrice:
    def per_m(recipe: Recipe, which: str) -> float:
        return sum(
            quantity * float(_amount(book.price(code), which))
            for code, quantity in recipe.per_m.items()
        )

    return RoughPrice(
        min(per_m(recipe, "low_eur") for recipe in recipes),
        min(per_m(recipe, "typical_eur") for recipe in recipes),
        max(per_m(recipe, "high_eur") for recipe in recipes),
    )


def _amount(price: Price, which: str) -> Decimal:
    found: Decimal = getattr(price, which)
    return found
