"""Two diverse routes on small towns where the answer can be seen."""

import pytest

from app.model.errors import InputError
from app.planning.survival.secondroute import (
    SecondRouteParameters,
    diverse_routes,
    second_route,
)


def find(network, site="a", **wishes):
    return second_route(network, SecondRouteParameters(site, **wishes)).summary


def kinds(items):
    return {item["kind"] for item in items}


@pytest.fixture
def avenue(world, draw):
    """Return a function that draws a street with a duct beside it, with a way round or without."""

    def build(*, way_round, gap=5.0, **more):
        streets = [
            draw.street("main", (0, 0), (600, 0)),
            draw.street("west", (0, -30), (0, 0)),
            draw.street("east", (600, 0), (600, -30)),
        ]
        if way_round:
            streets.append(draw.street("round", (0, 0), (0, 300), (600, 300), (600, 0)))
        duct = {"uid": "duct", "name": "duct", "kind": "duct", "capacity": 4, "used": 0,
                "geometry": draw.line((1, gap), (599, gap))}  # fmt: skip
        return world(
            streets=streets, conduits=[duct], nodes=[draw.node("hub", 0, -20, "hub")],
            sites=[draw.site("a", 610, 0)], **more,
        )  # fmt: skip

    return build


def test_a_duct_in_the_street_of_the_trench_is_no_diverse_route(avenue):
    network = avenue(way_round=True)
    plain = find(network, disjoint="edge", exempt_m=45)
    assert plain["found"]
    assert "trench" in kinds(plain["shared"])
    assert plain["shared_corridor_m"] > 500
    apart = find(network, disjoint="risk", exempt_m=45)
    assert apart["found"] and apart["is_proven"]
    assert not [item for item in apart["shared"] if not item["exempt"]]
    assert max(route["length_m"] for route in apart["routes"]) > 1100
    assert apart["objective"] > plain["objective"]
    assert apart["lower_bound"] == pytest.approx(apart["objective"])
    assert apart["availability"]["availability"] > plain["availability"]["availability"]


def test_without_a_way_round_the_trench_is_named_as_what_blocks(avenue):
    done = find(avenue(way_round=False), disjoint="risk", exempt_m=45)
    assert not done["found"]
    assert kinds(done["blocking"]) == {"trench"}
    assert 480 < done["shared_m"] < 620
    assert "Same trench" in done["blocking"][0]["reason"]
    wide = find(avenue(way_round=False), disjoint="risk", exempt_m=45, within_m=2)
    assert wide["found"]


def test_two_bridges_side_by_side_are_one_crossing(world, draw):
    ways = (0, 40, 400)
    network = world(
        streets=[
            draw.street("south", (0, 0), (400, 0)), draw.street("north", (0, 300), (400, 300)),
            *(draw.street(f"up{x}", (x, 0), (x, 300)) for x in ways),
        ],
        barriers=[{"uid": "r", "name": "Lambro", "kind": "river", "crossing": "priced",
                   "geometry": draw.line((-50, 150), (500, 150))}],
        nodes=[draw.node("hub", 20, -10, "hub")], sites=[draw.site("a", 20, 310)],
    )  # fmt: skip
    near = find(network, disjoint="node")
    assert near["found"]
    assert "riverCrossing" in kinds(near["shared"])
    far = find(network, disjoint="risk", exempt_m=30)
    assert far["found"]
    assert "riverCrossing" not in kinds(far["shared"])
    assert far["min_separation_m"] > near["min_separation_m"]


@pytest.fixture
def ring(world, draw, grid):
    """A ring of spans with two hubs, and a site in the middle of the streets."""
    corners = [(0, -10), (500, -10), (510, 500), (-10, 500)]
    names = ["h1", "n1", "h2", "n2"]
    types = ["hub", "chamber", "hub", "chamber"]
    nodes = [
        draw.node(name, *place, kind)
        for name, place, kind in zip(names, corners, types, strict=True)
    ]
    spans = [
        draw.span(f"s{i}", names[i], names[(i + 1) % 4], corners[i], corners[(i + 1) % 4],
                  role="ring")
        for i in range(4)
    ]  # fmt: skip
    return world(streets=grid(6), nodes=nodes, spans=spans, sites=[draw.site("a", 250, 210)])


def test_routes_end_where_they_are_asked_to(ring):
    assert find(ring, disjoint="node", to="any")["found"]
    two = find(ring, disjoint="edge", to="two-hubs")
    assert {route["end"] for route in two["routes"]} == {"h1", "h2"}
    one = find(ring, disjoint="node", to="hub")
    assert len({route["end"] for route in one["routes"]}) == 1
    assert [item["exempt"] for item in one["shared"] if item["kind"] == "hub"] == [True]
    on_ring = find(ring, disjoint="node", to="ring")
    assert on_ring["found"]
    assert on_ring["objective"] <= two["objective"]
    assert all(route["length_m"] < 700 for route in on_ring["routes"])


def test_without_a_ring_or_a_second_hub_the_wish_is_refused(avenue):
    with pytest.raises(InputError, match="ring"):
        find(avenue(way_round=True), to="ring")
    with pytest.raises(InputError, match="none of"):
        find(avenue(way_round=True), to="moon")


def test_the_last_metres_can_be_exempt(world, draw, grid):
    network = world(
        streets=[*grid(4), draw.street("alley", (100, 300), (100, 340))],
        nodes=[draw.node("hub", 0, -10, "hub")], sites=[draw.site("a", 100, 342)],
    )  # fmt: skip
    strict = find(network, disjoint="edge", max_lead_in_m=10)
    assert not strict["found"] and strict["is_proven"]
    assert "street" in kinds(strict["blocking"])
    free = find(network, disjoint="edge", exempt_m=60, max_lead_in_m=10)
    assert free["found"]
    assert {item["exempt"] for item in free["shared"] if item["kind"] == "street"} == {True}
    assert free["cost_eur"]["typical"] < free["objective"]  # the alley is built once


def test_routes_pass_avoid_and_keep_apart(world, draw, grid):
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 0, -10, "hub")], sites=[draw.site("a", 400, 410)]
    )
    usual = find(network, disjoint="node")
    passing = find(network, disjoint="node", passes=("Row 2",))
    assert passing["found"]
    assert passing["objective"] >= usual["objective"]
    avoided = second_route(network, SecondRouteParameters("a", "node", avoids=("row0", "Column 2")))
    for uid in ("row0", "col2"):
        street = network.geo("streets").geometry[uid].buffer(0.1)
        assert all(
            shape.intersection(street).length < 5 for shape in avoided.tables["routes"]["geometry"]
        )
    apart = find(network, disjoint="node", separation_m=150.0)
    assert not apart["found"] or apart["min_separation_m"] >= 150
    with pytest.raises(InputError, match="Atlantis"):
        find(network, passes=("Atlantis",))


def test_a_group_that_a_planner_made_counts(world, draw):
    spans = [
        draw.span("s1", "hub", "end", (0, 0), (0, 200), (500, 200), (500, 0), route_length_m=900.0),
        draw.span(
            "s2", "hub", "end", (0, 0), (0, -200), (500, -200), (500, 0), route_length_m=900.0
        ),
        draw.span(
            "s3", "hub", "end", (0, 0), (0, -400), (500, -400), (500, 0), route_length_m=1300.0
        ),
    ]
    tables = {
        "streets": [draw.street("x", (450, 20), (550, 20))],
        "nodes": [draw.node("hub", 0, 0, "hub"), draw.node("end", 500, 0)],
        "spans": spans,
        "sites": [draw.site("a", 500, 0, node="end")],
    }
    free = find(world(**tables), disjoint="risk", kinds=("other",))
    assert {*free["routes"][0]["spans"], *free["routes"][1]["spans"]} == {"s1", "s2"}
    flood = {"uid": "g", "name": "flood 2020", "kind": "other", "reason": "under water in 2020",
             "spans": ("s1", "s2"), "is_automatic": False}  # fmt: skip
    wet = find(world(**tables, risk_groups=[flood]), disjoint="risk", kinds=("other",))
    used = {uid for route in wet["routes"] for uid in route["spans"]}
    assert wet["found"] and not {"s1", "s2"} <= used


def test_many_sites_are_answered_on_one_graph_as_each_alone(world, draw, grid):
    network = world(
        streets=grid(5), nodes=[draw.node("hub", 0, -10, "hub")],
        sites=[draw.site("a", 400, 410), draw.site("b", 210, 190),
               {"uid": "nowhere", "name": "nowhere", "geometry": None}],
    )  # fmt: skip
    told = []
    done = diverse_routes(
        network, ["a", "b", "nowhere"], SecondRouteParameters(""),
        lambda fraction, _text=None: told.append(fraction),
    )  # fmt: skip
    assert told == sorted(told) and told[-1] == 1.0
    assert [item["uid"] for item in done.summary["unreachable"]] == ["nowhere"]
    for answer in done.summary["sites"]:
        alone = find(network, answer["site"])
        assert answer["objective"] == pytest.approx(alone["objective"], rel=0.02)
    assert set(done.tables["routes"]["site"]) == {"a", "b"}


def test_loss_names_its_wavelength_and_measured_loss_goes_first(world, draw):
    def network(**known):
        return world(
            streets=[draw.street("x", (10000, 20), (10100, 20))],
            nodes=[draw.node("hub", 0, 0, "hub"), draw.node("end", 10000, 0)],
            spans=[draw.span("s", "hub", "end", (0, 0), (10000, 0), route_length_m=10000.0,
                             **known)],
            sites=[draw.site("a", 10000, 0, node="end")],
        )  # fmt: skip

    computed = {item["wavelength_nm"]: item for item in find(network())["routes"][0]["loss"]}
    assert computed[1550]["loss_db"]["typical"] == pytest.approx(10 * 0.2375 + 2 * 0.5, abs=0.02)
    assert computed[1310]["loss_db"]["typical"] == pytest.approx(10 * 0.4 + 2 * 0.5, abs=0.02)
    measured = find(network(loss_db=7.7))["routes"][0]["loss"][0]
    assert measured["loss_db"]["typical"] == pytest.approx(8.7, abs=0.02)
    assert measured["measured_m"] == pytest.approx(10000)
