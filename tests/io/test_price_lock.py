"""What a plan was priced with cannot be changed by any edit, only by a new version."""

import pytest

from app.io.project import Project
from app.model.changes import combine, insert
from app.model.edits import delete_rows, set_values
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES
from app.planning.costs import pricelists
from app.planning.costs.prices import default_price_changes


@pytest.fixture
def project(tmp_path):
    """A project whose reference prices served plan A; the other list served none."""
    with Project.create(tmp_path / "p.gpkg", "Trial", content=default_price_changes()) as made:
        lists = made.read().table("price_lists")
        used = str(lists.index[lists["is_current"]][0])
        plan = frame_from_rows(TABLES["plans"], [{"uid": "a", "name": "A", "price_list": used}])
        made.apply(combine(message("Plan"), [insert("plans", plan)]))
        yield made


def items(network, is_used):
    lists = network.table("price_lists")
    uid = lists.index[lists["is_current"] == is_used][0]
    table = network.table("price_items")
    return str(uid), [str(item) for item in table.index[table["price_list"] == uid]]


def test_an_edit_of_a_used_price_is_refused_with_the_plan(project):
    network = project.read()
    used, prices = items(network, is_used=True)
    with pytest.raises(InputError, match="with this list: A") as caught:
        project.apply(set_values(network, "price_items", prices[:1], {"typical_eur": 1.0}))
    assert list(caught.value.uids) == [used]
    with pytest.raises(InputError, match="with this list: A"):
        project.apply(delete_rows(network, "price_items", prices[:1]))
    with pytest.raises(InputError, match="with this list: A"):
        project.apply(delete_rows(network, "price_lists", [used]))
    new = {"uid": "n", "price_list": used, "code": "x", "text_en": "x", "text_it": "x"}
    with pytest.raises(InputError, match="with this list: A"):
        rows = frame_from_rows(TABLES["price_items"], [new])
        project.apply(combine(message("Add"), [insert("price_items", rows)]))
    assert items(project.read(), is_used=True) == (used, prices)


def test_what_is_said_of_a_list_and_other_lists_may_change(project):
    network = project.read()
    used, _ = items(network, is_used=True)
    project.apply(set_values(network, "price_lists", [used], {"note": "since March"}))
    other, prices = items(network, is_used=False)
    project.apply(set_values(project.read(), "price_items", prices[:1], {"typical_eur": 1.0}))
    project.apply(delete_rows(project.read(), "price_lists", [other]))
    assert other not in project.read().table("price_lists").index


def test_a_version_of_a_used_list_is_welcome_and_undone(project):
    network = project.read()
    used, prices = items(network, is_used=True)
    code = network.table("price_items").at[prices[0], "code"]
    project.apply(pricelists.edit_items(network, used, {code: {"source": "Tender"}}))
    assert len(project.read().table("price_lists")) == 3
    project.undo()
    assert len(project.read().table("price_lists")) == 2


def test_a_list_is_free_again_when_its_plans_are_gone(project):
    network = project.read()
    _, prices = items(network, is_used=True)
    project.apply(delete_rows(network, "plans", ["a"]))
    project.apply(set_values(project.read(), "price_items", prices[:1], {"source": "Tender"}))
    assert project.read().table("price_items").at[prices[0], "source"] == "Tender"
