"""Plans in which each site has two routes without a common risk, on towns of a few streets."""

import dataclasses

import networkx as nx
import pytest
import shapely

from app.model.errors import Infeasible
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.prepared import prepare
from app.planning.survival.protection import protect
from app.planning.survival.riskprotection import RiskCase, protect_from_risks

EXEMPT_M = 50.0


def plan(network, protection="risk", **values):
    asked = ExtensionParameters(
        protection, tuple(network.table("sites").index), protection, **values
    )
    return plan_extension(network, asked)


@pytest.fixture
def town(world, draw, grid):
    """Return a function that draws a grid of streets with two sites and what else is given."""

    def build(sites=((440, 360), (130, 260)), **more):
        return world(
            streets=grid(6), nodes=[draw.node("hub", 10, 10, "hub")],
            sites=[draw.site(name, *xy) for name, xy in zip("abcdef", sites, strict=False)],
            **more,
        )  # fmt: skip

    return build


@pytest.fixture
def river(town, draw):
    """Hub and site on two sides of a river that all streets but the outer ones cross nearby."""
    water = {"uid": "water", "name": "Lambro", "kind": "river", "crossing": "free",
             "geometry": draw.line((-50, 150), (180, 150), (181, 151), (550, 151))}  # fmt: skip
    return town(sites=((130, 260),), barriers=[water])


def lines_of(result, row):
    shapes = result.tables["plan_spans"]["geometry"]
    return [
        shapely.union_all(list(shapes[list(part)])) for part in (row.spans, row.protection_spans)
    ]


def test_routes_cross_a_river_at_two_places(river):
    edge, risk = plan(river, "edge"), plan(river)
    water = river.geo("barriers")["geometry"].iloc[0]
    gaps = []
    for result in (edge, risk):
        (row,) = result.tables["plan_sites"].itertuples()
        one, other = (line.intersection(water) for line in lines_of(result, row))
        gaps.append(one.distance(other))
    assert risk.summary["unprotected"] == []
    assert gaps[1] > 50
    assert edge.summary["objective"] <= risk.summary["objective"]
    assert risk.summary["lower_bound"] <= risk.summary["objective"]
    assert risk.summary["exempt_m"] == EXEMPT_M
    assert "exempt_m" not in edge.summary


def test_routes_of_one_trench_are_parted(world, draw):
    # Two streets 6 m apart lead to the site; a third way is long.
    streets = [
        draw.street("west", (0, 0), (0, 6), (0, 300)),
        draw.street("low", (0, 0), (400, 0)),
        draw.street("high", (0, 6), (400, 6)),
        draw.street("east", (400, 0), (400, 6), (400, 300)),
        draw.street("round", (0, 300), (400, 300)),
    ]
    network = world(
        streets=streets, nodes=[draw.node("hub", -5, 3, "hub")], sites=[draw.site("a", 405, 3)]
    )
    edge, risk = plan(network, "edge"), plan(network)
    assert risk.summary["unprotected"] == []
    assert edge.summary["route_length_m"] < 850
    assert risk.summary["route_length_m"] > 1300
    (row,) = risk.tables["plan_sites"].itertuples()
    one, other = lines_of(risk, row)
    near = one.intersection(other.buffer(10)).length
    assert near < 2 * EXEMPT_M


def test_a_site_without_such_routes_is_named_with_what_they_share(world, draw):
    # The only way over the river is one bridge with two lanes drawn apart.
    streets = [
        draw.street("south", (0, 0), (400, 0)),
        draw.street("one", (200, 0), (200, 500)),
        draw.street("two", (204, 0), (204, 500)),
        draw.street("north", (0, 500), (400, 500)),
    ]
    water = {"uid": "water", "name": "Adda", "kind": "river", "geometry":
             draw.line((-50, 250), (500, 250))}  # fmt: skip
    network = world(
        streets=streets, nodes=[draw.node("hub", 100, -10, "hub")],
        sites=[draw.site("a", 100, 510)], barriers=[water],
    )  # fmt: skip
    result = plan(network, time_limit_s=10.0)
    (told,) = result.summary["unprotected"]
    assert told["uid"] == "a"
    assert "common" in told["reason"]
    assert "Adda" in told["reason"] or "trench" in told["reason"]


def test_without_a_hub_there_is_no_such_plan(world, draw, grid):
    network = world(
        streets=grid(4), nodes=[draw.node("c", 10, 0), draw.node("d", 90, 0)],
        spans=[draw.span("s", "c", "d", (10, 0), (90, 0), status="operational")],
        sites=[draw.site("a", 140, 260)],
    )  # fmt: skip
    assert plan(network, "edge").summary["connected"] == 1
    with pytest.raises(Infeasible, match="hub"):
        plan(network)


def test_equal_input_gives_equal_plans(town):
    network = town(sites=((440, 360), (130, 260), (330, 140)))
    first, second = (plan(network, created="2026-01-01") for _ in range(2))
    assert first.tables["plan_spans"].equals(second.tables["plan_spans"])


def test_the_network_costs_no_more_than_the_pairs_alone_and_survives_every_group(town):
    sites = ((440, 360), (130, 260), (330, 140), (60, 440))
    network = town(sites=sites)
    asked = ExtensionParameters("A", tuple(network.table("sites").index), "risk", time_limit_s=4.0)
    ready = prepare(network, asked)
    routes, rows = ready.routes, range(len(sites))
    case = RiskCase(network, ready.task.sites, asked.statuses, ready.served.hubs, EXEMPT_M)
    tell = lambda fraction, message=None: None  # noqa: E731
    found = protect_from_risks(routes, rows, case, tell, time_limit_s=20.0)
    assert found.unprotected == ()
    built = set(found.edges)
    cost = int(routes.graph.cost[sorted(built)].sum())
    single = set()
    for row in rows:
        alone = protect_from_risks(routes, [row], case, tell, time_limit_s=5.0)
        single |= set(alone.edges)
        assert alone.lower_bound <= cost
    edge = protect(routes, rows, "edge", tell, time_limit_s=3.0)
    assert edge.lower_bound <= cost <= int(routes.graph.cost[sorted(single)].sum())
    shapes = routes.shape.shapes()
    for row in rows:
        entry = int(routes.entries[row])
        centres = [shapely.Point(routes.xy[entry]), network.geo("nodes")["geometry"].iloc[0]]
        exempt = shapely.union_all(shapely.buffer(centres, EXEMPT_M))
        path = found.paths[row]
        assert not set(path.working) & set(path.protection)
        for gone in groups_beside(shapes, sorted(built), exempt):
            assert reaches(routes, entry, built - gone)


def groups_beside(shapes, edges, exempt):
    """Return each edge alone, and with all that runs beside it for 30 m within 10 m."""
    for edge in edges:
        outside = shapes[edge].difference(exempt)
        near = {
            other
            for other in edges
            if shapes[other].difference(exempt).intersection(outside.buffer(10.0)).length >= 30.0
        }
        yield {edge}
        if near:
            yield near | {edge}


def reaches(routes, entry, edges):
    graph = nx.Graph()
    graph.add_nodes_from((entry, routes.root))
    graph.add_edges_from(
        (int(routes.graph.start[edge]), int(routes.graph.end[edge])) for edge in edges
    )
    return nx.has_path(graph, entry, routes.root)


def test_more_exempt_metres_never_make_a_plan_impossible(river):
    near, far = (plan(river, exempt_m=exempt_m) for exempt_m in (30.0, 120.0))
    assert near.summary["unprotected"] == far.summary["unprotected"] == []
    assert dataclasses.asdict(ExtensionParameters("A", ()))["exempt_m"] == EXEMPT_M
