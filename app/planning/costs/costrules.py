"""Cost rules: which technique a street allows, and what each thing needs. Data, not code.

Rules come in generations, since a price list speaks of the items of one of them: a project keeps
planning by the rules that its list was made for. `rules_for` finds them. A project may carry
rules of its own, in the form of ``resources/cost_rules.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from app.model.codes import (
    BARRIER_KINDS,
    CONDUIT_KINDS,
    ROAD_CLASSES,
    SURFACES,
    TECHNIQUES,
)
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import Network
from app.planning.costs.prices import GIVEN_LEAD_IN, PriceBook
from app.planning.costs.quantityrules import (
    QuantityRules,
    quantity_rules,
)

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
    """The rules of a document such as ``resources/cost_rules.json``.

    ``quantities`` says what is derived from a finished plan, ``document`` is what was read.
    """

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
    quantities: QuantityRules
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def optimised_codes(self) -> frozenset[str]:
        """Items that the planner's objective may count."""
        recipes = [rule.recipe for rule in self.street_rules]
        recipes += [*self.conduits.values(), self.conduit_access, self.lead_in, self.join]
        found = {code for recipe in recipes for code in (*recipe.per_m, *recipe.each)}
        found |= {code for ways in self.crossings.values() for code in ways.values() if code}
        return frozenset(found | set(self.site))

    @property
    def codes(self) -> frozenset[str]:
        """Every item that the rules may ask for."""
        return self.optimised_codes | set(self.chamber) | self.quantities.codes

    def missing(self, book: PriceBook) -> tuple[str, ...]:
        """Return the items that a price list lacks for these rules, sorted."""
        return tuple(sorted(self.codes - set(book.prices)))

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


_GENERATIONS = ("cost_rules.json", "cost_rules_1.json")
"""The shipped rules, newest first."""


@cache
def default_rules() -> CostRules:
    """Return the newest shipped rules."""
    return _shipped(_GENERATIONS[0])


@cache
def _shipped(file: str) -> CostRules:
    text = resources.files("resources").joinpath(file).read_text(encoding="utf-8")
    return rules_from_json(json.loads(text))


def rules_for(book: PriceBook) -> CostRules:
    """Return the newest shipped rules all of whose items the list prices.

    Raises `InputError` naming the items that the list lacks when it prices none whole.
    """
    rules = likely_rules(book)
    if rules.missing(book):
        require_items(default_rules(), book)
    return rules


def likely_rules(book: PriceBook) -> CostRules:
    """Return the shipped rules of which the list lacks the fewest items, the newest of equals."""
    return min(map(_shipped, _GENERATIONS), key=lambda rules: len(rules.missing(book)))


def require_items(rules: CostRules, book: PriceBook) -> None:
    """Raise `InputError` naming the items that a price list lacks for these rules."""
    missing = rules.missing(book)
    if missing:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP(
                    "core",
                    "The price list {list} lacks {count} items that the cost rules need: {codes}. "
                    "Import them onto it as a new version.",
                ),
                list=book.name,
                count=len(missing),
                codes=", ".join(missing),
            ),
            (book.uid,),
        )


def most_lines(network: Network, rules: CostRules) -> int:
    """Return how many optimised lines a bill can have: so often may rounding to the cent count."""
    own = {str(code) for code in network.table("conduits")["price_item"] if code is not None}
    return len(rules.optimised_codes | own | {GIVEN_LEAD_IN})


def read_rules(text: str) -> CostRules:
    """Return the rules of a JSON text; raises `InputError` saying what is wrong with it."""
    try:
        rules = rules_from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise _unreadable(
            message(
                QT_TRANSLATE_NOOP("core", "line {line}, column {column}: {reason}"),
                line=error.lineno,
                column=error.colno,
                reason=error.msg,
            ).render()
        ) from error
    except KeyError as error:
        raise _unreadable(f"{error} ?") from error
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _unreadable(str(error)) from error
    _check(rules)
    return rules


def _unreadable(reason: str) -> InputError:
    return InputError(
        message(QT_TRANSLATE_NOOP("core", "These are no cost rules: {reason}"), reason=reason)
    )


def _check(rules: CostRules) -> None:
    """Raise `InputError` for codes that do not exist and for things that cannot be built."""
    known: Mapping[str, tuple[set[str], set[str]]] = {
        "technique": (
            {rule.recipe.technique for rule in rules.street_rules}
            | {recipe.technique for recipe in rules.conduits.values()}
            | rules.quantities.techniques,
            set(TECHNIQUES),
        ),
        "surface": (
            {name for rule in rules.street_rules for name in rule.surfaces}
            | rules.quantities.surfaces,
            set(SURFACES),
        ),
        "road_class": (
            {name for rule in rules.street_rules for name in rule.road_classes},
            {"*", *ROAD_CLASSES},
        ),
        "conduit": (set(rules.conduits), set(CONDUIT_KINDS)),
        "barrier": (set(rules.crossings), set(BARRIER_KINDS)),
    }
    for what, (named, allowed) in known.items():
        if named - allowed:
            raise _unreadable(f"{what}: {', '.join(sorted(named - allowed))}")
    lacking = {"conduit": set(CONDUIT_KINDS) - set(rules.conduits)}
    lacking["barrier"] = set(BARRIER_KINDS) - set(rules.crossings)
    for what, names in lacking.items():
        if names:
            raise _unreadable(f"{what}: {', '.join(sorted(names))} ?")
    recipes = [rule.recipe for rule in rules.street_rules]
    recipes += [*rules.conduits.values(), rules.conduit_access, rules.lead_in, rules.join]
    amounts = [
        each for recipe in recipes for each in (*recipe.per_m.values(), *recipe.each.values())
    ]
    amounts += [*rules.site.values(), *rules.chamber.values()]
    if any(not 0 <= float(each) <= 1e6 for each in amounts):
        raise _unreadable("0 ... 1000000 ?")


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
        quantities=quantity_rules(data.get("quantities"), data["derived"]["chamber"]),
        document=data,
    )


def _recipe(rule: Mapping[str, Any]) -> Recipe:
    return Recipe(rule["technique"], dict(rule.get("per_m", {})), dict(rule.get("each", {})))


def _per_metre(recipe: Recipe, book: PriceBook) -> float:
    return sum(
        quantity * float(book.price(code).typical_eur) for code, quantity in recipe.per_m.items()
    )
