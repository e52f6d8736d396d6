import dataclasses
from decimal import Decimal

import pytest

from app.model import codes
from app.model.errors import InputError
from app.model.network import empty_network
from app.planning.costs.costrules import default_rules
from app.planning.costs.prices import (
    default_price_changes,
    default_price_list,
    price_book,
    to_cents,
)


def test_shipped_prices_are_ordered_sourced_and_placeholders_are_marked():
    items = default_price_list()["price_items"]
    assert (items["low_eur"] <= items["typical_eur"]).all()
    assert (items["typical_eur"] <= items["high_eur"]).all()
    assert items["source"].notna().all()
    assert items["unit"].isin(codes.ITEM_UNITS).all()
    unsourced = items["source"].str.startswith("Assumption")
    assert items.loc[unsourced, "is_placeholder"].all()
    assert not items.loc[items["source"].str.startswith("Derived"), "is_placeholder"].any()
    assert not items.duplicated(["price_list", "code"]).any()


def test_exactly_one_shipped_list_is_used_for_new_plans():
    assert default_price_list()["price_lists"]["is_current"].sum() == 1


def test_shipped_lists_have_the_same_identifiers_every_time():
    assert list(default_price_list()["price_items"].index) == list(
        default_price_list()["price_items"].index
    )


def test_rules_name_only_items_and_codes_that_exist():
    rules, book = default_rules(), price_book(empty_network("x"))
    recipes = [rule.recipe for rule in rules.street_rules]
    recipes += [*rules.conduits.values(), rules.conduit_access, rules.lead_in, rules.join]
    needed = {code for recipe in recipes for code in (*recipe.per_m, *recipe.each)}
    needed |= {*rules.site, *rules.chamber}
    needed |= {item for ways in rules.crossings.values() for item in ways.values() if item}
    assert needed <= set(book.prices)
    assert {recipe.technique for recipe in recipes} <= set(codes.TECHNIQUES)
    assert set(rules.crossings) == set(codes.BARRIER_KINDS)
    assert set(rules.conduits) == set(codes.CONDUIT_KINDS)


@pytest.mark.parametrize("surface", codes.SURFACES)
@pytest.mark.parametrize("road_class", codes.ROAD_CLASSES)
def test_every_surface_and_class_has_a_technique(surface, road_class):
    book = price_book(empty_network("x"))
    assert default_rules().street_recipe(surface, road_class, book) is not None


def test_a_street_takes_the_cheapest_technique_that_it_allows():
    rules, book = default_rules(), price_book(empty_network("x"))
    assert rules.street_recipe("asphalt", "residential", book).technique == "miniTrench"
    assert rules.street_recipe("asphalt", "trunk", book).technique == "trench"
    assert rules.street_recipe("asphalt", "cycleway", book).technique == "microTrench"


def test_a_project_uses_its_own_current_list():
    network = empty_network("x").apply(default_price_changes())
    items = network.table("price_items").copy()
    mine = items["code"] == "trench.asphalt"
    items.loc[mine, "typical_eur"] = 77.123
    network = dataclasses.replace(network, tables={**network.tables, "price_items": items})
    assert price_book(network).price("trench.asphalt").typical_eur == Decimal("77.12")


def test_unknown_lists_and_items_are_refused_by_name():
    network = empty_network("x").apply(default_price_changes())
    with pytest.raises(InputError, match="no price list nonsense"):
        price_book(network, "nonsense")
    with pytest.raises(InputError, match="has no item gold"):
        price_book(network).price("gold")


def test_cents_are_rounded_half_up():
    assert [str(to_cents(Decimal(x))) for x in ("0.005", "1.014", "2.675")] == [
        "0.01", "1.01", "2.68",
    ]  # fmt: skip
