import pytest
import shapely

from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.survival.secondroute import SecondRouteParameters, second_route


def plan(network, **values):
    values.setdefault("sites", tuple(network.table("sites").index))
    return plan_extension(network, ExtensionParameters(name="A", **values))


def states(result):
    rows = result.tables["plan_sites"]
    return dict(zip(rows["site"], rows["state"], strict=True))


def rules_of(result):
    return {finding.rule: finding for finding in result.findings}


@pytest.fixture
def town(world, draw):
    """Return a function that draws a street to the hub, an island 40 m south, and sites."""

    def build(*sites, **more):
        return world(
            streets=[
                draw.street("main", (0, 0), (1000, 0)),
                draw.street("island", (300, -40), (500, -40)),
            ],
            nodes=[draw.node("hub", 0, 0, "hub")],
            sites=[draw.site(f"s{row}", *place) for row, place in enumerate(sites)],
            **more,
        )

    return build


def test_a_site_beside_an_isolated_street_takes_the_nearest_one_that_leads_home(town):
    result = plan(town((400, -60), (700, 10)))

    assert states(result) == {"s0": "connected", "s1": "connected"}
    rows = result.tables["plan_sites"].set_index("site")
    assert rows.at["s0", "lead_in_m"] == pytest.approx(60, abs=0.1)
    assert rows.at["s1", "lead_in_m"] == pytest.approx(10, abs=0.1)
    finding = rules_of(result)["plan.other_street"]
    assert finding.uids == ("s0",)
    assert "60 m" in str(finding.message)


def test_a_site_on_its_nearest_street_is_no_finding(town):
    assert "plan.other_street" not in rules_of(plan(town((700, 10))))


def test_beyond_the_lead_in_limit_an_island_keeps_its_site(town):
    result = plan(town((400, -60)), max_lead_in_m=50.0)

    assert states(result) == {"s0": "unreachable"}
    assert "40.0 m" in result.summary["unreachable"][0]["reason"]


def test_a_lead_in_goes_round_a_barrier_that_must_not_be_crossed(world, draw):
    wall = {
        "uid": "wall", "kind": "border", "crossing": "forbidden",
        "geometry": draw.line((-50, 10), (900, 10)),
    }  # fmt: skip
    network = world(
        streets=[
            draw.street("south", (0, 0), (1000, 0)),
            draw.street("up", (1000, 0), (1000, 100)),
            draw.street("north", (1000, 100), (0, 100)),
        ],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("s", 500, 30)],
        barriers=[wall],
    )

    result = plan(network)

    assert states(result) == {"s": "connected"}
    wire = result.tables["plan_spans"]
    lead = wire[wire["technique"] == "leadIn"].geometry.iloc[0]
    assert not lead.intersects(network.geo("barriers").geometry["wall"])
    assert lead.length == pytest.approx(70, abs=0.01)


def test_a_building_is_no_way_from_an_island_to_the_network(town):
    """With protection a site has several lead-ins; another site must not pass through it."""
    result = plan(town((400, -20), (450, -700)), protection="edge", max_lead_in_m=670.0)

    found = states(result)
    assert set(found) == {"s0", "s1"}
    assert result.summary["sites"] == 2
    assert result.summary["connected"] + len(result.summary["unreachable"]) == 2


@pytest.mark.parametrize("protection", ["edge", "node"])
def test_protected_sites_leave_an_island_by_two_ways(world, draw, protection):
    network = world(
        streets=[
            draw.street("south", (0, 0), (1000, 0)),
            draw.street("east", (1000, 0), (1000, 200)),
            draw.street("north", (1000, 200), (0, 200)),
            draw.street("west", (0, 200), (0, 0)),
            draw.street("island", (300, 60), (700, 60)),
        ],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("s", 500, 80)],
    )

    result = plan(network, protection=protection)

    assert states(result) == {"s": "connected"}
    assert result.summary["unprotected"] == []


def test_a_second_route_leaves_an_island_too(town):
    result = second_route(town((400, -60)), SecondRouteParameters("s0"))

    assert result.summary["routes"][0]["new_route_length_m"] < 461


def test_a_hub_beside_an_isolated_street_reaches_the_streets_that_matter(world, draw):
    network = world(
        streets=[
            draw.street("main", (0, 0), (1000, 0)),
            draw.street("cross", (500, 0), (500, 300)),
            draw.street("island", (100, 40), (200, 40)),
        ],
        nodes=[draw.node("hub", 150, 50, "hub")],
        sites=[draw.site("s0", 180, 45), draw.site("s1", 700, 10)],
    )

    result = plan(network)

    assert states(result) == {"s0": "connected", "s1": "connected"}
    joins = result.tables["plan_nodes"]
    assert set(joins["joined_node"].dropna()) == {"hub"}


def test_sites_without_a_place_in_the_streets_do_no_harm(world, draw):
    network = world(
        streets=[draw.street("main", (0, 0), (1000, 0))],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[
            draw.site("on vertex", 1000, 0),
            draw.site("on hub", 0, 0),
            draw.site("twin a", 500, 0),
            draw.site("twin b", 500, 0),
            {"uid": "nowhere", "name": "nowhere", "geometry": None},
        ],
    )

    result = plan(network)

    assert states(result) == {
        "on vertex": "connected", "on hub": "connected", "twin a": "connected",
        "twin b": "connected", "nowhere": "unreachable",
    }  # fmt: skip
    assert all(shape.length > 0 for shape in result.tables["plan_spans"].geometry)
    assert shapely.is_valid(result.tables["plan_spans"].geometry.to_numpy()).all()
