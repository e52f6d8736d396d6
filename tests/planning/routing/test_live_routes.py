"""Routes by hand: as cheap as another implementation finds them, also while a stop is dragged."""

import dataclasses
import random

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model.edits import set_values
from app.model.errors import Infeasible, InputError
from app.model.geodesy import to_lonlat
from app.model.locks import lock_sections
from app.planning.costs.bill import bill
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.handmade import edit_route
from app.planning.loss import Light, losses
from app.planning.optics import fitting
from app.planning.routing.liveground import live_ground
from app.planning.routing.queries import NETWORK, PLACE, SITE, Piece, RouteQuery, Stop
from app.planning.routing.readout import RouteDesk, part_of_line
from app.planning.streets.routegraph import JOIN, LEAD_IN

EAST, NORTH = 515_000.0, 5_035_000.0
SIDE = 6
SITES = ("a", "b", "c", "d")


@pytest.fixture(scope="module")
def town(world, draw):
    """A grid of streets with dear and cheap surfaces, a hub in a corner, four sites."""
    chance = random.Random(3)
    streets = []
    for row in range(SIDE):
        for column in range(SIDE):
            for east, north in ((1, 0), (0, 1)):
                if column + east < SIDE and row + north < SIDE:
                    ends = ((column * 100, row * 100),
                            ((column + east) * 100, (row + north) * 100))  # fmt: skip
                    surface = chance.choice(("asphalt", "earth", "stone", "asphalt"))
                    streets.append(
                        draw.street(f"s{column}{row}{east}", *ends, surface=surface, name="Via")
                    )
    places = ((480, 110), (330, 410), (120, 420), (210, 190))
    return world(
        streets=streets,
        nodes=[draw.node("hub", 0, 0, "hub", status="operational")],
        sites=[draw.site(uid, *at) for uid, at in zip(SITES, places, strict=True)],
    )


@pytest.fixture(scope="module")
def planned(town):
    """The town with a plan for three of its sites."""
    asked = ExtensionParameters("A", ("a", "b", "c"), created="2026-01-01T00:00:00.000Z")
    result = plan_extension(town, asked)
    return town.apply(result.changes), result.summary["plan_uid"]


@pytest.fixture(scope="module")
def desk(town):
    return RouteDesk(live_ground(town))


def place(x, y):
    return Stop(PLACE, "", EAST + x, NORTH + y)


def by_networkx(desk, a, b, free=frozenset()):
    """The cheapest cost between two places on streets, each at most on one edge."""
    routes = desk.ground.routes
    graph = nx.Graph()
    cost = {edge: 0 if edge in free else int(routes.graph.cost[edge])
            for edge in range(routes.graph.edge_count)}  # fmt: skip
    for edge in range(routes.graph.edge_count):
        if routes.kind[edge] in (JOIN, LEAD_IN):
            continue
        u, v = int(routes.graph.start[edge]), int(routes.graph.end[edge])
        if not graph.has_edge(u, v) or graph[u][v]["weight"] > cost[edge]:
            graph.add_edge(u, v, weight=cost[edge])
    found = []
    for stop, name in ((a, "A"), (b, "B")):
        edge, share, _ = desk.ground.locator.nearest(stop.x, stop.y)
        ends = int(routes.graph.start[edge]), int(routes.graph.end[edge])
        graph.add_edge(ends[0], name, weight=cost[edge] * share)
        graph.add_edge(ends[1], name, weight=cost[edge] * (1 - share))
        found.append((edge, share))
    if found[0][0] == found[1][0]:
        graph.add_edge("A", "B", weight=cost[found[0][0]] * abs(found[0][1] - found[1][1]))
    return nx.shortest_path_length(graph, "A", "B", weight="weight")


def cost_of(desk, pieces):
    cost = desk.ground.routes.graph.cost
    return sum(int(cost[piece.edge]) * abs(piece.end - piece.begin) for piece in pieces)


inside = st.tuples(st.integers(-20, 520), st.integers(-20, 520))


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(a=inside, b=inside)
def test_a_leg_costs_what_networkx_finds(desk, a, b):
    ends = place(*a), place(*b)
    way = desk.router.way(RouteQuery(ends))
    assert cost_of(desk, way.pieces) == pytest.approx(by_networkx(desk, *ends), abs=4)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drags=st.lists(inside, min_size=1, max_size=6))
def test_dragging_answers_as_a_fresh_start_does(town, desk, drags):
    for at in drags:
        query = RouteQuery((Stop(SITE, "a"), place(*at), Stop(NETWORK)))
        warm = desk.router.way(query)
    cold = RouteDesk(desk.ground).router.way(query)
    assert cost_of(desk, warm.pieces) == pytest.approx(cost_of(desk, cold.pieces), abs=4)


def test_the_line_is_whole_and_as_long_as_told(desk):
    query = RouteQuery((Stop(SITE, "a"), place(330, 300), Stop(NETWORK)))
    found = desk.answer(query)
    xy = np.concatenate(found.lines)
    assert np.hypot(*np.diff(xy, axis=0).T).max() <= 101
    drawn = sum(shapely.LineString(line).length for line in found.lines)
    assert drawn == pytest.approx(found.length_m, rel=0.002)
    assert found.cost_eur["low"] <= found.cost_eur["typical"] <= found.cost_eur["high"]
    assert tuple(xy[0]) == pytest.approx((EAST + 480, NORTH + 110))
    assert found.hub == "hub"


def test_what_is_avoided_is_left_and_what_is_required_is_used(desk):
    query = RouteQuery((Stop(SITE, "d"), Stop(NETWORK)))
    usual = desk.answer(query)
    street = usual.sources[0][0]
    without = desk.answer(dataclasses.replace(query, avoid=(street,)))
    assert street not in without.sources[0]
    assert without.cost_eur["typical"] >= usual.cost_eur["typical"]
    far = "s430"
    along = desk.answer(dataclasses.replace(query, must_use=(far,)))
    assert far in along.sources[0] and far not in usual.sources[0]


def test_a_leg_that_is_kept_stays_when_its_neighbour_moves(desk):
    stops = (Stop(SITE, "a"), place(400, 400), Stop(NETWORK))
    first = desk.answer(RouteQuery(stops))
    kept = ((1, first.kept[1]),)
    moved = desk.answer(RouteQuery((stops[0], place(410, 390), stops[2]), kept=kept))
    assert moved.kept[1] == first.kept[1]


def test_no_way_is_told_and_not_raised(desk):
    all_streets = tuple(desk.ground.edges_of)
    assert desk.answer(RouteQuery((place(0, 0), place(300, 300)), avoid=all_streets)).problem
    assert desk.answer(RouteQuery((place(9000, 9000), Stop(NETWORK)))).problem
    assert desk.answer(RouteQuery((Stop(NETWORK), Stop(NETWORK)))).problem


def test_the_route_of_the_plan_costs_nothing_where_others_pass(planned):
    network, uid = planned
    desk = RouteDesk(live_ground(network, uid))
    total = bill(network, uid).objective_eur
    for site in ("a", "b", "c"):
        alone = desk.planned(site)
        asked = desk.answer(RouteQuery((Stop(SITE, site), Stop(NETWORK)), site=site))
        assert asked.cost_eur["typical"] <= alone.cost_eur["typical"] + 0.02
        assert alone.cost_eur["typical"] < float(total)


def test_a_plan_edited_by_hand_is_priced_as_a_plan(planned):
    network, uid = planned
    before = network.table("plans").loc[uid]
    lon, lat = to_lonlat([EAST + 500], [NORTH + 400], network.crs)
    text = f"{lon[0]:.8f},{lat[0]:.8f}"
    query = RouteQuery((Stop(SITE, "a"), Stop(NETWORK)))
    result = edit_route(network, uid, "a", query, [text])
    after = network.apply(result.changes)
    row = after.table("plans").loc[uid]
    assert row["objective_eur"] == pytest.approx(float(bill(after, uid).objective_eur))
    assert row["objective_eur"] > before["objective_eur"]
    assert row["lower_bound_eur"] == before["lower_bound_eur"] <= row["objective_eur"]
    assert row["gap"] == pytest.approx(1 - row["lower_bound_eur"] / row["objective_eur"])
    assert "by hand" in row["engine"] and row["site_count"] == before["site_count"]
    spans = after.geo("plan_spans")
    touched = shapely.Point(EAST + 500, NORTH + 400)
    assert spans.distance(touched).min() < 0.05
    assert spans["locked"].astype(bool).any() and not spans["locked"].astype(bool).all()
    back = after.apply(result.changes.inverse())
    for table in ("plans", "plan_spans", "plan_nodes", "plan_sites"):
        assert back.content_hash([table]) == network.content_hash([table])


def test_the_way_it_has_put_in_by_hand_changes_no_figure(planned):
    network, uid = planned
    query = RouteQuery((Stop(SITE, "b"), Stop(NETWORK)))
    after = network.apply(edit_route(network, uid, "b", query, []).changes)
    was, now = (net.table("plans").loc[uid] for net in (network, after))
    assert now["objective_eur"] <= was["objective_eur"] + 0.05
    assert now["route_length_m"] == pytest.approx(was["route_length_m"], abs=0.01)


def test_a_site_outside_the_plan_is_added(planned):
    network, uid = planned
    query = RouteQuery((Stop(SITE, "d"), Stop(NETWORK)))
    after = network.apply(edit_route(network, uid, "d", query, []).changes)
    assert after.table("plans").loc[uid, "site_count"] == 4


def test_planning_again_keeps_the_route_by_hand(planned):
    network, uid = planned
    lon, lat = to_lonlat([EAST + 500], [NORTH + 400], network.crs)
    query = RouteQuery((Stop(SITE, "a"), Stop(NETWORK)))
    network = network.apply(
        edit_route(network, uid, "a", query, [f"{lon[0]:.8f},{lat[0]:.8f}"]).changes
    )
    asked = ExtensionParameters(
        "A", ("a", "b", "c"), created="2026-01-02T00:00:00.000Z", replace=True
    )
    after = network.apply(plan_extension(network, asked).changes)
    touched = shapely.Point(EAST + 500, NORTH + 400)
    assert after.geo("plan_spans").distance(touched).min() < 0.05


def test_plans_that_are_frozen_or_protected_are_refused(planned):
    network, uid = planned
    query = RouteQuery((Stop(SITE, "a"), Stop(NETWORK)))
    frozen = network.apply(set_values(network, "plans", [uid], {"state": "submitted"}))
    with pytest.raises(InputError):
        edit_route(frozen, uid, "a", query, [])
    stored = {**network.table("plans").at[uid, "parameters"], "protection": "edge"}
    twice = network.apply(
        set_values(network, "plans", [uid], {"protection": "edge", "parameters": [stored]})
    )
    with pytest.raises(Infeasible):
        edit_route(twice, uid, "a", query, [])


def test_locks_survive_an_edit_elsewhere(planned):
    network, uid = planned
    locked = network.apply(lock_sections(network, uid))
    query = RouteQuery((Stop(SITE, "b"), Stop(NETWORK)))
    after = locked.apply(edit_route(locked, uid, "b", query, []).changes)
    spans = after.table("plan_spans")
    assert spans.loc[spans["plan"] == uid, "locked"].astype(bool).all()


@pytest.mark.parametrize(("begin", "end"), [(0.0, 1.0), (0.2, 0.7), (0.7, 0.2), (1.0, 0.0)])
def test_part_of_a_line_has_its_share_of_the_length(begin, end):
    xy = np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 10.0]])
    part = part_of_line(xy, begin, end)
    assert shapely.LineString(part).length == pytest.approx(abs(end - begin) * 11)
    assert Piece(0, begin, end).reversed() == Piece(0, end, begin)


def test_optics_fit_by_loss_and_by_length():
    short, long_ = (Light(length, 2) for length in (3_000.0, 25_000.0))
    near = {row["optics"]: row for row in fitting(losses(short), 3_000.0)}
    far = {row["optics"]: row for row in fitting(losses(long_), 25_000.0)}
    assert near["10GBASE-LR"]["fits"] and not far["10GBASE-LR"]["fits"]
    assert far["10GBASE-ER"]["fits"]
    assert far["10GBASE-ER"]["left_db"] == pytest.approx(11 - (0.2375 * 25 + 0.2 + 1.0), abs=0.01)
    assert not {r["optics"]: r for r in fitting(losses(short), 45_000.0)}["10GBASE-ER"]["fits"]
