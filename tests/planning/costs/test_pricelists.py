"""Versions of price lists: what a plan was priced with never changes."""

import dataclasses
from decimal import Decimal

import pytest

from app.model.errors import InputError
from app.model.frames import rows_of
from app.model.network import empty_network
from app.planning.costs import pricelists
from app.planning.costs.bill import bill
from app.planning.costs.costrules import default_rules, read_rules, rules_for
from app.planning.costs.pricelists import NewList
from app.planning.costs.prices import default_price_changes, price_book
from app.planning.explain.subject import subject_of
from app.planning.extension import ExtensionParameters, is_outdated, plan_extension

REFERENCE = "Anello reference prices"


@pytest.fixture
def project():
    return empty_network("x").apply(default_price_changes())


@pytest.fixture
def planned(world, draw):
    """A network with plan A for one school on one street."""
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("school", 600, 20)],
    )  # fmt: skip
    result = plan_extension(network, ExtensionParameters("A", ("school",)))
    return network.apply(result.changes), result.summary["plan_uid"]


def item(code, typical, **values):
    return {
        "code": code, "text_en": code, "text_it": code, "unit": "m", "typical_eur": typical,
        "is_placeholder": False, **values,
    }  # fmt: skip


def newest(network, name):
    return pricelists.find_list(network, name)


def test_lists_are_found_by_uid_name_and_version(project):
    uid = newest(project, REFERENCE)
    indexed = project.apply(pricelists.index_list(project, uid, Decimal("1.1"), "ISTAT", 2026))
    assert newest(indexed, REFERENCE) != uid
    assert newest(indexed, f"{REFERENCE}@2") == newest(indexed, uid) == uid
    with pytest.raises(InputError, match=f"{REFERENCE}@2, {REFERENCE}@3"):
        newest(indexed, "nonsense")


def test_an_indexed_version_has_every_price_times_the_factor_to_the_cent(project):
    uid = newest(project, REFERENCE)
    after = project.apply(
        pricelists.index_list(project, uid, Decimal("1.0835"), "ISTAT 2026-03", 2026)
    )
    old, new = price_book(after, uid), price_book(after, newest(after, REFERENCE))
    assert set(old.prices) == set(new.prices)
    for code, price in old.prices.items():
        if code == "leadin.given":
            continue
        exact = price.high_eur * Decimal("1.0835")
        assert abs(new.price(code).high_eur - exact) <= Decimal("0.005")
        assert new.price(code).year == 2026
        assert new.price(code).source.endswith("× 1.0835 (ISTAT 2026-03)")
        assert new.price(code).is_placeholder == price.is_placeholder
    row = after.table("price_lists").loc[new.uid]
    assert (row["based_on"], row["version"], row["index_factor"]) == (uid, "3", 1.0835)
    assert row["index_source"] == "ISTAT 2026-03"
    assert not row["is_current"]


@pytest.mark.parametrize(
    ("factor", "source"), [("0", "x"), ("-1", "x"), ("101", "x"), ("1.1", " ")]
)
def test_an_index_needs_a_factor_and_a_source(project, factor, source):
    with pytest.raises(InputError):
        pricelists.index_list(project, newest(project, REFERENCE), Decimal(factor), source, 2026)


def test_a_version_takes_over_what_it_does_not_name(project):
    uid = newest(project, REFERENCE)
    wanted = NewList(REFERENCE, "Tender", 2026, based_on=uid, is_current=True)
    rows = [item("trench.asphalt", 91.0), item("new.item", 5.0)]
    after = project.apply(pricelists.new_list(project, wanted, rows))
    book, old = price_book(after), price_book(after, uid)
    assert set(book.prices) == {*old.prices, "new.item"}
    assert book.price("trench.asphalt").typical_eur == Decimal("91.00")
    assert old.price("trench.asphalt").typical_eur == Decimal("100.00")
    assert book.price("cable.blowing") == old.price("cable.blowing")
    assert rules_for(book) is default_rules()


def test_a_name_that_is_taken_is_refused_unless_a_version_is_made(project):
    with pytest.raises(InputError, match="already"):
        pricelists.new_list(project, NewList(REFERENCE), [item("a", 1.0)])
    with pytest.raises(InputError, match="needs a name"):
        pricelists.new_list(project, NewList(" "), [item("a", 1.0)])


def test_editing_a_list_in_use_makes_a_version_and_leaves_the_plan_alone(planned):
    network, plan = planned
    before = bill(network, plan)
    edits = {"minitrench.asphalt": {"typical_eur": 50.0, "source": "Tender"}}
    after = network.apply(pricelists.edit_items(network, before.price_list, edits))
    assert bill(after, plan) == before
    dearer = bill(after, plan, newest(after, REFERENCE))
    metres = next(x.quantity for x in before.lines if x.code == "minitrench.asphalt")
    assert dearer.objective_eur - before.objective_eur == pytest.approx(metres * 5, abs=Decimal(1))
    # The version is what new plans take, as the list was.
    assert price_book(after).price("minitrench.asphalt").typical_eur == Decimal("50.00")
    assert len(after.table("price_lists")) == len(network.table("price_lists")) + 1


def test_editing_a_list_that_nobody_uses_changes_it_in_place(project):
    uid = newest(project, REFERENCE)
    after = project.apply(
        pricelists.edit_items(
            project, uid, {"trench.stone": {"typical_eur": 170.0}, "extra": {"typical_eur": 1.0}}
        )
    )
    assert len(after.table("price_lists")) == len(project.table("price_lists"))
    assert price_book(after).price("trench.stone").typical_eur == Decimal("170.00")
    assert price_book(after).price("extra").is_placeholder
    with pytest.raises(InputError, match="not in order"):
        pricelists.edit_items(project, uid, {"trench.stone": {"typical_eur": 1000.0}})
    with pytest.raises(InputError, match="not 1e"):
        ends = dict.fromkeys(pricelists.ENDS, 1e30)
        pricelists.edit_items(project, uid, {"trench.stone": ends})
    with pytest.raises(InputError, match="no typical price"):
        pricelists.edit_items(project, uid, {"another": {"low_eur": 1.0}})


def test_exactly_one_list_serves_new_plans(project):
    other = newest(project, "Andalucía BCCA 2024-01 (extract)")
    after = project.apply(pricelists.use_list(project, other))
    assert price_book(after).uid == other
    assert after.table("price_lists")["is_current"].sum() == 1
    again = after.apply(pricelists.use_list(after, other))
    assert price_book(again).uid == other


def test_a_list_in_use_stays_and_another_goes_with_its_items(planned):
    network, plan = planned
    with pytest.raises(InputError, match=r"A$"):
        pricelists.delete_list(network, str(network.table("plans").at[plan, "price_list"]))
    other = newest(network, "Andalucía BCCA 2024-01 (extract)")
    after = network.apply(pricelists.delete_list(network, other))
    assert other not in after.table("price_lists").index
    assert other not in set(after.table("price_items")["price_list"])
    with pytest.raises(InputError, match="stays"):
        pricelists.delete_list(after, newest(after, REFERENCE))


def test_lists_are_compared_item_by_item(project):
    uid = newest(project, REFERENCE)
    wanted = NewList("Mine")
    rows = [
        item("trench.asphalt", 110.0), item("mine", 1.0), item("trench.stone", 8.0, unit="m2"),
    ]  # fmt: skip
    after = project.apply(pricelists.new_list(project, wanted, rows))
    found = pricelists.compare_lists(after, uid, newest(after, "Mine")).summary
    by_code = {row["code"]: row for row in found["items"]}
    assert by_code["trench.asphalt"]["ratio"] == 1.1
    assert by_code["trench.stone"]["ratio"] is None and by_code["trench.stone"]["is_changed"]
    assert found["only_second"] == ["mine"]
    assert len(found["only_first"]) + found["both"] == len(pricelists.items_of_list(after, uid))
    assert (found["both"], found["changed"], found["median_ratio"]) == (2, 2, 1.1)


def test_the_facts_of_a_list_tell_who_uses_it_and_what_it_lacks(planned):
    network, _ = planned
    facts = {row["name"]: row for row in pricelists.list_facts(network)}
    assert facts[REFERENCE]["plans"] == ["A"]
    assert facts[REFERENCE]["missing"] == [] and facts[REFERENCE]["is_newest_rules"]
    extract = facts["Andalucía BCCA 2024-01 (extract)"]
    assert "trench.asphalt" in extract["missing"] and extract["plans"] == []


def older(network):
    """Return the network as a project of the first generation of rules has it."""
    lists, items = network.table("price_lists"), network.table("price_items")
    first = items["code"].isin(
        [
            "trench.asphalt", "trench.stone", "trench.earth", "minitrench.asphalt",
            "microtrench.asphalt", "nodig.drilling", "duct.minitube", "duct.access",
            "cable.supply", "cable.blowing", "cable.sewer", "cable.aerial", "aerial.poles",
            "cable.gallery", "leadin.trench", "site.entry", "site.termination", "join.closure",
            "chamber.branch",
        ]
    )  # fmt: skip
    crossings = items["code"].str.startswith("crossing.")
    uid = lists.index[lists["is_current"]][0]
    rows = rows_of(items[(items["price_list"] == uid) & (first | crossings)])
    wanted = NewList("Old list", is_current=True)
    return network.apply(pricelists.new_list(network, wanted, rows))


def test_an_older_list_keeps_the_rules_that_it_was_made_for(world, draw):
    network = older(
        world(
            streets=[draw.street("s1", (0, 0), (500, 0)), draw.street("s2", (200, 0), (200, 300))],
            nodes=[draw.node("hub", 0, 0, "hub")],
            sites=[draw.site("a", 400, 10), draw.site("b", 210, 250)],
        )
    )
    assert rules_for(price_book(network)).document["version"] == 1
    result = plan_extension(network, ExtensionParameters("A", ("a", "b")))
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    assert {line.code for line in paper.lines} == {
        "cable.supply", "cable.blowing", "duct.minitube", "join.closure", "leadin.trench",
        "site.entry", "site.termination", "minitrench.asphalt", "chamber.branch",
    }  # fmt: skip


def test_a_list_that_lacks_items_of_all_rules_is_refused_with_their_codes(project):
    after = project.apply(pricelists.new_list(project, NewList("Poor"), [item("a", 1.0)]))
    with pytest.raises(InputError, match=r"Poor lacks \d+ items.*cable.blowing.*trench.asphalt"):
        rules_for(price_book(after, newest(after, "Poor")))


def test_pricing_a_plan_with_a_list_that_lacks_items_names_them(planned):
    network, plan = planned
    extract = newest(network, "Andalucía BCCA 2024-01 (extract)")
    with pytest.raises(InputError, match=r"no items cable.24.supply, .*test.otdr"):
        bill(network, plan, extract)


def test_the_reference_prices_come_once(project):
    with pytest.raises(InputError, match="already"):
        pricelists.add_reference(project)
    empty = empty_network("x")
    after = empty.apply(pricelists.add_reference(empty, is_current=True))
    assert price_book(after).name == REFERENCE


def test_own_rules_must_be_whole_and_name_things_that_exist():
    import json

    good = json.loads(json.dumps(default_rules().document))
    assert read_rules(json.dumps(good)) == default_rules()
    cases = [
        ("{", "line 1"),
        ("[]", "no cost rules"),
        ('{"streets": {}}', "excluded_road_classes"),
        (json.dumps({**good, "conduits": {}}), "conduit"),
    ]
    good["techniques"][0]["technique"] = "magic"
    cases.append((json.dumps(good), "magic"))
    good["techniques"][0]["technique"] = "trench"
    good["quantities"]["chambers"]["every_m"] = 0
    cases.append((json.dumps(good), "0 m"))
    for text, reason in cases:
        with pytest.raises(InputError, match=reason):
            read_rules(text)


def test_own_rules_are_followed_and_kept_with_the_plan(planned):
    import json

    network, _ = planned
    document = json.loads(json.dumps(default_rules().document))
    document["techniques"][3]["per_m"]["nodig.drilling"] = 0.001
    parameters = ExtensionParameters("B", ("school",), rules=document)
    result = plan_extension(network, parameters)
    after = network.apply(result.changes)
    paper = bill(after, result.summary["plan_uid"])
    assert "nodig.drilling" in {line.code for line in paper.lines}
    stored = after.table("plans").at[result.summary["plan_uid"], "parameters"]
    assert stored["rules"]["techniques"][3]["per_m"]["nodig.drilling"] == 0.001


def test_a_plan_goes_out_of_date_with_its_own_prices_alone(planned):
    network, plan = planned
    own = str(network.table("plans").at[plan, "price_list"])
    indexed = network.apply(
        pricelists.index_list(network, own, Decimal("1.1"), "ISTAT", 2026, is_current=True)
    )
    other = indexed.apply(
        pricelists.delete_list(indexed, newest(indexed, "Andalucía BCCA 2024-01 (extract)"))
    )
    assert not is_outdated(network, plan)
    assert not is_outdated(indexed, plan)
    assert not is_outdated(other, plan)
    items = network.table("price_items")
    changed = items.assign(typical_eur=items["typical_eur"].where(items["price_list"] != own, 1.0))
    tables = {**network.tables, "price_items": changed}
    assert is_outdated(dataclasses.replace(network, tables=tables), plan)


def test_an_older_plan_that_was_hashed_with_all_lists_is_up_to_date(planned):
    network, plan = planned
    old = network.content_hash(
        [
            "streets", "barriers", "conduits", "nodes", "spans", "sites", "price_lists",
            "price_items",
        ]
    )  # fmt: skip
    plans = network.table("plans").assign(input_hash=old)
    before = dataclasses.replace(network, tables={**network.tables, "plans": plans})
    assert not is_outdated(before, plan)


def test_why_a_plan_is_as_it_is_is_told_with_its_own_prices(planned):
    network, plan = planned
    own = str(network.table("plans").at[plan, "price_list"])
    dearer = network.apply(
        pricelists.index_list(network, own, Decimal("3"), "Trial", 2026, is_current=True)
    )
    found = [subject_of(state, plan) for state in (network, dearer)]
    assert found[0].ready.book == found[1].ready.book
    assert found[0].problem.cost == found[1].problem.cost
