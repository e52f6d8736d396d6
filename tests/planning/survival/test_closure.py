"""Ring closure on a small town with a tree-like network."""

import json
from importlib.resources import files

import jsonschema
import pytest

from app.model.errors import Infeasible, InputError
from app.planning.survival import closure
from app.planning.survival.closure import ClosureParameters, close_rings


@pytest.fixture(scope="module")
def spur(world, draw, grid):
    """A hub, a line of two spans along a street, and a site at each node of it."""
    return world(
        streets=grid(5),
        nodes=[
            draw.node("hub", 0, 5, "hub"), draw.node("a", 200, 5), draw.node("b", 400, 5),
        ],
        spans=[
            draw.span("first", "hub", "a", (0, 5), (200, 5)),
            draw.span("second", "a", "b", (200, 5), (400, 5)),
        ],
        sites=[draw.site("near", 200, 8, node="a"), draw.site("far", 400, 8, node="b")],
    )  # fmt: skip


def check(summary):
    text = files("resources").joinpath("schemas/analyse-closure.json").read_text()
    jsonschema.validate(json.loads(json.dumps(summary)), json.loads(text))


def test_a_line_is_closed_to_a_ring_and_every_span_relieved(spur):
    result = close_rings(spur, ClosureParameters(time_limit_s=5))
    summary = result.summary
    check(summary)
    assert (summary["sites"], summary["single_homed_before"]) == (2, 2)
    assert summary["single_homed_after"] == 0
    assert summary["unprotected"] == []
    relieved = {span for row in summary["closures"] for span in row["spans_relieved"]}
    assert relieved == {"first", "second"}
    assert {site for row in summary["closures"] for site in row["sites_gained"]} == {"near", "far"}
    assert 0 < summary["lower_bound"] <= summary["objective"]
    total = sum(row["cost_eur"]["typical"] for row in summary["closures"])
    assert total == pytest.approx(summary["cost_eur"]["typical"], abs=0.1)
    assert [row["rank"] for row in summary["closures"]] == list(
        range(1, len(summary["closures"]) + 1)
    )
    assert len(result.tables["closures"]) == len(summary["closures"])


def test_one_site_alone_needs_no_more_than_both(spur):
    one = close_rings(spur, ClosureParameters(("near",), time_limit_s=5)).summary
    both = close_rings(spur, ClosureParameters(time_limit_s=5)).summary
    assert one["lower_bound"] <= both["objective"]
    assert one["sites"] == 1


def test_what_no_street_leads_around_is_named(world, draw):
    network = world(
        streets=[draw.street("only", (0, 0), (50, 0))],
        nodes=[draw.node("hub", 0, 5, "hub"), draw.node("a", 900, 5)],
        spans=[draw.span("long", "hub", "a", (0, 5), (900, 5))],
        sites=[draw.site("far", 900, 8, node="a")],
    )
    summary = close_rings(network, ClosureParameters(time_limit_s=2)).summary
    check(summary)
    (alone,) = summary["unprotected"]
    assert alone["uid"] == "far" and "long" in alone["reason"]
    assert summary["single_homed_after"] == 1
    assert not any(row["sites_gained"] for row in summary["closures"])


def test_mistakes_are_told(spur, world, draw, grid):
    with pytest.raises(InputError):
        close_rings(spur, ClosureParameters(level="magic"))
    bare = world(streets=grid(3), nodes=[draw.node("hub", 0, 5, "hub")])
    with pytest.raises(Infeasible):
        close_rings(bare, ClosureParameters())


def test_many_closures_are_ranked_as_few_are_where_they_do_not_help_one_another(spur, monkeypatch):
    few = close_rings(spur, ClosureParameters(time_limit_s=5)).summary["closures"]
    monkeypatch.setattr(closure, "_FEW_PARTS", 0)
    many = close_rings(spur, ClosureParameters(time_limit_s=5)).summary["closures"]
    assert few == many and len(few) >= 1
