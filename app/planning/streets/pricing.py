"""What edges cost: the cheapest of the techniques that each allows, and its crossings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from app.planning.arrays import IndexArray, IntArray
from app.planning.costs.costrules import Recipe
from app.planning.costs.prices import PriceBook
from app.planning.streets.crossings import Crossings


def scaled(quantity: float, thousandths: int) -> int:
    """Return ``quantity`` times a number of thousandths, rounded half up to whole ones."""
    product = Decimal(str(quantity)) * thousandths
    return int(product.quantize(Decimal(1), ROUND_HALF_UP))


def cheapest_recipes(
    length_mm: IntArray, choice: IntArray, choices: Sequence[Sequence[Recipe]], book: PriceBook
) -> tuple[IndexArray, tuple[Recipe, ...], IntArray]:
    """Choose the cheapest technique of each edge; return its number, all recipes, the cost.

    Techniques are parallel edges between the same nodes. A cheapest plan needs at most the
    cheapest of parallel edges, so the others are left out: bounds stay valid.

    Parameters
    ----------
    length_mm
        ``(m,)``.
    choice
        ``(m,)`` index into ``choices``, each the techniques that an edge allows.

    Returns
    -------
    ``(m,)`` recipe, the recipes, and the ``(m,)`` cost without crossings, in
    `app.planning.costs.prices.COST_UNIT_EUR`. Among equals the first of a choice wins.
    """
    recipes: list[Recipe] = []
    recipe = np.zeros(len(length_mm), np.int32)
    cost = np.zeros(len(length_mm), np.int64)
    for number, allowed in enumerate(choices):
        mine = np.flatnonzero(choice == number)
        best: IntArray | None = None
        for item in allowed:
            if item not in recipes:
                recipes.append(item)
            price = recipe_costs(item, length_mm[mine], book)
            better = np.ones(len(mine), dtype=np.bool_) if best is None else price < best
            best = price if best is None else np.minimum(best, price)
            recipe[mine[better]] = recipes.index(item)
        if best is not None:
            cost[mine] = best
    return recipe, tuple(recipes), cost


def recipe_costs(recipe: Recipe, length_mm: IntArray, book: PriceBook) -> IntArray:
    """Return the ``(k,)`` cost of building edges of these lengths by one technique."""
    cost = np.zeros(len(length_mm), np.int64)
    for code, per_metre in recipe.per_m.items():
        cost += _scaled_array(per_metre, length_mm) * book.price(code).typical_cents
    for code, each in recipe.each.items():
        cost += scaled(each, 1000) * book.price(code).typical_cents
    return cost


def _scaled_array(quantity: float, thousandths: IntArray) -> IntArray:
    """Do as `scaled` for many, exactly: whole factors need no decimals."""
    if float(quantity).is_integer():
        return thousandths * int(quantity)
    unique, where = np.unique(thousandths, return_inverse=True)
    return np.array([scaled(quantity, int(item)) for item in unique], dtype=np.int64)[where]


def crossing_costs(count: int, crossings: Crossings, book: PriceBook) -> IntArray:
    """Return the ``(count,)`` cost of what each edge crosses."""
    cost = np.zeros(count, np.int64)
    for code in sorted({str(item) for item in crossings.item if item is not None}):
        mine = crossings.item == code
        np.add.at(
            cost, crossings.edge[mine],
            crossings.thousandths[mine] * book.price(code).typical_cents,
        )  # fmt: skip
    return cost
