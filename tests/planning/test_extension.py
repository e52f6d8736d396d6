import dataclasses
import json
from decimal import ROUND_HALF_UP, Decimal

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.acceptance import accept_plan
from app.model.changes import update
from app.model.errors import Cancelled, Infeasible, InputError
from app.model.frames import frame_from_rows
from app.model.geodesy import path_length_m
from app.model.tables import TABLES
from app.planning.connectivity import connected_sites, service
from app.planning.costs.bill import DERIVED, OPTIMISED, bill
from app.planning.costs.prices import price_book
from app.planning.extension import ExtensionParameters, is_outdated, plan_extension

KEYS = {
    "plan", "sites", "already_connected", "unreachable", "route_length_m", "cost_eur",
    "objective", "lower_bound", "gap", "seconds", "engine",
}  # fmt: skip


def plan(network, name="A", **values):
    values.setdefault("sites", tuple(network.table("sites").index))
    return plan_extension(network, ExtensionParameters(name=name, **values))


def cent(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def ground_m(*points):
    """Length on the ellipsoid, rounded to the millimetre as the bill counts it."""
    xy = [(515_000 + x, 5_035_000 + y) for x, y in points]
    return Decimal(str(round(path_length_m(xy, "EPSG:7791"), 3)))


@pytest.fixture
def one_street(world, draw):
    """One street of 1 km, the hub at its west end, a school 20 m off it."""
    return world(
        streets=[draw.street("s1", (0, 0), (1000, 0), name="Via Roma")],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("school", 600, 20)],
    )


def test_the_bill_of_one_school_on_one_street_by_hand(one_street):
    result = plan(one_street)
    street, lead_in = ground_m((0, 0), (600, 0)), ground_m((600, 0), (600, 20))
    both = street + lead_in
    expected = {
        "minitrench.asphalt": cent(street * 45),
        "leadin.trench": cent(lead_in * 50),
        "duct.minitube.supply": cent(both * Decimal("3.75")),
        "duct.minitube.laying": cent(both * Decimal("2.25")),
        "cable.24.supply": cent(both * 1),
        "cable.blowing": cent(both * Decimal("1.5")),
        "site.entry": Decimal("450.00"),
        "odf.site": Decimal("860.00"),
        "splice.fibre": Decimal("60.00"),
        "test.otdr": Decimal("80.00"),
        "join.closure": Decimal("1000.00"),
    }
    stored = one_street.apply(result.changes)
    paper = bill(stored, result.summary["plan_uid"])
    optimised = [line for line in paper.lines if line.kind == OPTIMISED]
    assert {line.code: line.amount.typical for line in optimised} == expected
    assert Decimal(str(result.summary["objective"])) == sum(expected.values())
    assert Decimal(str(result.summary["route_length_m"])) == both
    assert result.summary["gap"] < 1e-4
    assert result.summary["cost_eur"]["low"] < result.summary["objective"]
    sourced = {line.code for line in paper.lines if not line.is_placeholder}
    assert sourced == {"chamber.route", "reinstatement.asphalt"}


def test_sourced_prices_lower_the_share_of_placeholders(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0), road_class="trunk")],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("school", 600, 20)],
    )
    result = plan(network)
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    sourced = [line for line in paper.lines if not line.is_placeholder]
    assert "trench.asphalt" in [line.code for line in sourced]
    total = paper.total().typical
    known = sum(line.amount.typical for line in sourced)
    assert paper.placeholder_share == pytest.approx(float(1 - known / total))
    assert result.summary["placeholder_share"] == paper.placeholder_share


def test_the_summary_has_the_promised_keys_and_is_plain(one_street):
    summary = plan(one_street).summary
    assert set(summary) >= KEYS
    assert json.loads(json.dumps(summary)) == summary


def test_rows_name_street_technique_and_ends(one_street):
    tables = plan(one_street).tables
    spans = tables["plan_spans"]
    assert sorted(spans["technique"]) == ["leadIn", "miniTrench"]
    trench = spans[spans["technique"] == "miniTrench"].iloc[0]
    assert (trench["name"], trench["street"], trench["surface"]) == ("Via Roma", "s1", "asphalt")
    assert "hub" in (trench["start_node"], trench["end_node"])
    nodes = tables["plan_nodes"]
    assert sorted(nodes["type"]) == ["buildingEntry", "handhole", "splicePoint"]
    assert nodes.set_index("type").at["splicePoint", "joined_node"] == "hub"
    row = tables["plan_sites"].iloc[0]
    assert (row["state"], len(row["spans"])) == ("connected", 2)
    assert row["lead_in_m"] == pytest.approx(20, abs=0.1)


def test_a_branch_gets_a_chamber_which_is_a_derived_line(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (500, 0)), draw.street("s2", (200, 0), (200, 300))],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("a", 400, 10), draw.site("b", 210, 250)],
    )
    result = plan(network)
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    derived = {line.code: line for line in paper.lines if line.kind == DERIVED}
    chamber = result.tables["plan_nodes"].query("type == 'chamber'").index
    assert derived["chamber.branch"].quantity == 1
    assert derived["chamber.branch"].objects == tuple(chamber)
    total = paper.total()
    assert result.summary["cost_eur"] == total.to_json()
    assert total.typical == paper.objective_eur + paper.total(DERIVED).typical


def test_sites_meet_the_nearest_point_of_a_street_not_the_nearest_junction(world, draw, grid):
    network = world(
        streets=grid(3), nodes=[draw.node("hub", 0, 0, "hub")], sites=[draw.site("a", 50, 7)]
    )
    entry = plan(network).tables["plan_sites"].iloc[0]
    assert entry["lead_in_m"] == pytest.approx(7, abs=0.05)
    assert entry["route_length_m"] == pytest.approx(57, abs=0.2)


def test_far_and_cut_off_sites_say_why(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (500, 0)), draw.street("island", (0, 900), (99, 900))],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[
            draw.site("far", 400, 300), draw.site("cut", 50, 910), draw.site("fine", 100, 10),
            {"uid": "nowhere", "name": "nowhere"},
        ],
    )  # fmt: skip
    result = plan(network, max_lead_in_m=100.0)
    reasons = {item["uid"]: item["reason"] for item in result.summary["unreachable"]}
    assert set(reasons) == {"far", "cut", "nowhere"}
    assert "300 m away" in reasons["far"]
    assert "900.0 m away" in reasons["cut"]
    assert "no position" in reasons["nowhere"]
    assert result.summary["sites"] == 4
    states = result.tables["plan_sites"].set_index("site")["state"]
    assert states["cut"] == "unreachable"
    assert states["fine"] == "connected"


def river(**values):
    return {
        "uid": "river", "kind": "river", "geometry": shapely.LineString([(300, -50), (300, 50)]),
        **values,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("barrier", "street", "item"),
    [
        ({}, {}, "crossing.river"),
        ({}, {"is_bridge": True}, "crossing.bridge"),
        ({"kind": "railway"}, {"is_tunnel": True}, "crossing.underpass"),
        ({"crossing": "free"}, {}, None),
        ({"kind": "metro", "is_below_ground": True}, {}, None),
    ],
)
def test_a_crossing_costs_what_the_rules_say(world, draw, barrier, street, item):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0), **street)],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("a", 600, 20)],
        barriers=[river(**barrier)],
    )
    result = plan(network)
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    found = [line.code for line in paper.lines if line.code.startswith("crossing")]
    assert found == ([item] if item else [])
    crossed = [uid for uids in result.tables["plan_spans"]["crossings"] for uid in uids]
    assert crossed == (["river"] if item else [])


def test_a_forbidden_barrier_is_gone_round_or_makes_sites_unreachable(world, draw):
    straight = draw.street("s1", (0, 0), (1000, 0))
    round_about = draw.street("s2", (100, 0), (100, 200), (700, 200), (700, 0))
    base = {
        "nodes": [draw.node("hub", 0, 0, "hub")], "sites": [draw.site("a", 600, 20)],
        "barriers": [river(crossing="forbidden")],
    }  # fmt: skip
    assert plan(world(streets=[straight], **base)).summary["unreachable"][0]["uid"] == "a"
    reached = plan(world(streets=[straight, round_about], **base))
    assert reached.summary["sites"] == 1
    assert reached.summary["route_length_m"] > 1000


def test_a_lead_in_across_a_forbidden_barrier_is_refused_with_its_name(world, draw):
    wall = {
        "uid": "wall", "kind": "other", "crossing": "forbidden",
        "geometry": shapely.LineString([(0, 10), (1000, 10)]),
    }  # fmt: skip
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("a", 600, 20)], barriers=[wall],
    )  # fmt: skip
    assert "wall" in plan(network).summary["unreachable"][0]["reason"]


def test_private_streets_and_motorways_are_not_used(world, draw):
    network = world(
        streets=[
            draw.street("s1", (0, 0), (1000, 0)),
            draw.street("private", (500, 0), (500, 30), access="private"),
            draw.street("a4", (0, 25), (1000, 25), road_class="motorway"),
        ],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("a", 500, 30)],
    )
    assert set(plan(network).tables["plan_spans"]["street"].dropna()) == {"s1"}


@pytest.fixture
def ring(world, draw, grid):
    """A grid of streets, and a span that runs along its lowest one from the hub."""
    return world(
        streets=grid(6),
        nodes=[draw.node("hub", 0, -10, "hub"), draw.node("end", 500, -10)],
        spans=[draw.span("ring", "hub", "end", (0, -10), (500, -10))],
        sites=[draw.site("a", 310, 150), draw.site("b", 120, 260),
               draw.site("old", 505, -10, node="end")],
    )  # fmt: skip


def test_plans_join_spans_between_their_nodes_and_count_connected_sites(ring):
    result = plan(ring)
    assert result.summary["already_connected"] == 1
    joints = result.tables["plan_nodes"]
    joints = joints[joints["type"] == "splicePoint"]
    assert set(joints["joined_span"]) == {"ring"}
    assert all(abs(point.y - 5_034_990) < 0.01 for point in joints.geometry)


def test_spans_that_allow_no_joint_are_joined_at_their_nodes_only(ring):
    spans = ring.table("spans")
    closed = ring.apply(dataclasses.replace(
        plan(ring).changes, tables=(update("spans", spans, {"allows_joint": False}),)
    ))  # fmt: skip
    nodes = plan(closed).tables["plan_nodes"]
    assert set(nodes["joined_node"].dropna()) <= {"hub", "end"}
    assert nodes["joined_span"].isna().all()
    assert plan(closed).summary["objective"] > plan(ring).summary["objective"]


def test_an_accepted_plan_connects_its_sites(ring):
    planned = ring.apply(plan(ring).changes)
    built = planned.apply(accept_plan(planned, "A", "2026-01-02T03:04:05.000Z"))
    statuses = ("operational", "planned")
    assert connected_sites(built, service(built, statuses)) == {"a", "b", "old"}
    again = plan(built, name="B", statuses=statuses)
    assert (again.summary["sites"], again.summary["already_connected"]) == (0, 3)
    assert again.summary["objective"] == 0


def test_the_network_alone_is_the_root_not_what_is_only_planned(ring):
    nodes = ring.table("nodes").loc[["end"]]
    unbuilt = ring.apply(dataclasses.replace(
        plan(ring).changes, tables=(update("nodes", nodes, {"status": "planned"}),)
    ))  # fmt: skip
    assert plan(unbuilt).summary["already_connected"] == 0


def test_a_duct_with_room_is_used_and_a_full_one_is_not(world, draw):
    def network(used):
        return world(
            streets=[draw.street("s1", (0, 0), (1000, 0), surface="stone")],
            nodes=[draw.node("hub", 0, 0, "hub")],
            sites=[draw.site("a", 900, 10)],
            conduits=[{
                "uid": "duct", "kind": "duct", "capacity": 2, "used": used,
                "geometry": draw.line((0, 5), (1000, 5)),
            }],
        )  # fmt: skip

    with_room, full = plan(network(1)), plan(network(2))
    assert "existingDuct" in set(with_room.tables["plan_spans"]["technique"])
    assert set(with_room.tables["plan_spans"]["conduit"].dropna()) == {"duct"}
    assert full.tables["plan_spans"]["conduit"].isna().all()
    assert with_room.summary["objective"] < full.summary["objective"] / 3


def test_a_duct_that_ends_on_a_street_s_end_is_used(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0), surface="stone")],
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("a", 1000, 10)],
        conduits=[{
            "uid": "duct", "kind": "duct", "capacity": 2, "used": 0,
            "geometry": draw.line((0, 0), (1000, 0)),
        }],
    )  # fmt: skip
    spans = plan(network).tables["plan_spans"]
    assert set(spans["conduit"].dropna()) == {"duct"}
    assert (spans.geometry.length > 0).all()


def test_without_a_hub_every_existing_part_is_the_network_and_a_finding_says_so(ring):
    nodes = ring.table("nodes")
    plain = ring.apply(dataclasses.replace(
        plan(ring).changes, tables=(update("nodes", nodes, {"type": "chamber"}),)
    ))  # fmt: skip
    result = plan(plain)
    assert "plan.no_hub" in {finding.rule for finding in result.findings}
    assert result.summary["sites"] == 2


def test_nothing_to_connect_to_is_infeasible_with_a_clear_message(world, draw, one_street):
    streets = [draw.street("s1", (0, 0), (1000, 0))]
    sites = [draw.site("a", 500, 10)]
    with pytest.raises(Infeasible, match="no network to connect to"):
        plan(world(streets=streets, sites=sites))
    with pytest.raises(Infeasible, match="no usable street"):
        plan(world(sites=sites, nodes=[draw.node("hub", 0, 0, "hub")]))
    with pytest.raises(Infeasible, match="does not come within 30 m"):
        plan(world(streets=streets, sites=sites, nodes=[draw.node("hub", 0, 900, "hub")]))


def test_nodes_and_spans_without_a_place_do_not_disturb(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0))],
        nodes=[draw.node("hub", 0, 0, "hub"), {"uid": "n", "type": "pop", "geometry": None}],
        spans=[{"uid": "e", "start_node": "hub", "end_node": "n", "geometry": None}],
        sites=[draw.site("a", 600, 20)],
    )
    assert plan(network).summary["sites"] == 1


def test_unknown_sites_names_and_protections_are_refused(one_street):
    with pytest.raises(InputError, match="Unknown sites: ghost") as caught:
        plan(one_street, sites=("ghost",))
    assert caught.value.uids == ("ghost",)
    with pytest.raises(InputError, match="needs a name"):
        plan(one_street, name=" ")
    with pytest.raises(InputError, match="Unknown protection"):
        plan(one_street, protection="magic")


def test_decommissioned_sites_are_left_out(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("gone", 600, 20, status="decommissioned"), draw.site("a", 60, 20)],
    )  # fmt: skip
    assert set(plan(network).tables["plan_sites"]["site"]) == {"a"}


def test_a_name_is_replaced_only_when_asked_and_never_when_submitted(one_street):
    stored = one_street.apply(plan(one_street).changes)
    with pytest.raises(InputError, match="exists already"):
        plan(stored)
    again = stored.apply(plan(stored, replace=True, max_lead_in_m=10.0).changes)
    assert len(again.table("plans")) == 1
    assert again.table("plan_spans").empty
    submitted = stored.apply(dataclasses.replace(
        plan(one_street).changes,
        tables=(update("plans", stored.table("plans"), {"state": "submitted"}),),
    ))  # fmt: skip
    with pytest.raises(InputError, match="cannot be replaced"):
        plan(submitted, replace=True)


def test_a_plan_knows_when_its_inputs_have_changed(one_street):
    result = plan(one_street)
    stored = one_street.apply(result.changes)
    assert not is_outdated(stored, result.summary["plan_uid"])
    sites = frame_from_rows(TABLES["sites"], [{"name": "new", "geometry": None}], stored.crs)
    changed = dataclasses.replace(stored, tables={**stored.tables, "sites": sites})
    assert is_outdated(changed, result.summary["plan_uid"])


def test_equal_input_gives_equal_plans(ring):
    first, second = plan(ring, created="2026-01-01"), plan(ring, created="2026-01-01")
    for name in ("plan_spans", "plan_nodes", "plan_sites"):
        assert first.tables[name].equals(second.tables[name])
    assert {**first.summary, "seconds": 0} == {**second.summary, "seconds": 0}


def test_cancelling_through_progress_stops_the_plan(ring):
    def stop(fraction, message=None):
        if fraction > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        plan_extension(ring, ExtensionParameters("A", ("a",)), stop)


@pytest.mark.parametrize("protection", ["edge", "node"])
def test_protected_sites_get_two_routes_that_share_nothing(world, draw, grid, protection):
    network = world(
        streets=grid(6), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[draw.site("a", 440, 360), draw.site("b", 130, 260)],
    )  # fmt: skip
    result = plan(network, protection=protection, time_limit_s=4.0)
    assert result.summary["unprotected"] == []
    assert 0 < result.summary["lower_bound"] <= result.summary["objective"]
    assert 0 <= result.summary["gap"] < 0.2
    assert result.summary["objective"] > plan(network).summary["objective"]
    spans = result.tables["plan_spans"]
    for row in result.tables["plan_sites"].itertuples():
        assert row.protection_spans
        assert not set(row.spans) & set(row.protection_spans)
        if protection == "node":
            first, second = (
                {end for uid in path for end in spans.loc[uid, ["start_node", "end_node"]]}
                for path in (row.spans, row.protection_spans)
            )
            entry = result.tables["plan_nodes"].query("site == @row.site").index[0]
            assert first & second == {entry, "hub"}
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    ends = {line.code: line.quantity for line in paper.lines}
    assert ends["odf.site"] == 2


def test_a_site_in_a_dead_end_is_connected_by_one_route_and_named(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0))], nodes=[draw.node("hub", 0, 10, "hub")],
        sites=[draw.site("a", 600, 20)],
    )  # fmt: skip
    result = plan(network, protection="edge")
    assert [item["uid"] for item in result.summary["unprotected"]] == ["a"]
    assert result.summary["sites"] == 1
    assert result.summary["unreachable"] == []


places = st.tuples(st.integers(5, 495), st.integers(5, 495))


@settings(deadline=None, max_examples=15)
@given(st.lists(places, min_size=1, max_size=7, unique=True))
def test_laws_of_every_plan(world, draw, grid, sites):
    network = world(
        streets=grid(6), nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site(f"s{i}", x, y) for i, (x, y) in enumerate(sites)],
        barriers=[river()],
    )  # fmt: skip
    result = plan(network)
    summary = result.summary
    assert summary["sites"] == len(sites)
    assert 0 <= summary["lower_bound"] <= summary["objective"]
    stored = network.apply(result.changes)
    paper = bill(stored, summary["plan_uid"])
    assert float(paper.objective_eur) == summary["objective"]
    book = price_book(network)
    for line in paper.lines:
        assert line.amount.typical == cent(line.quantity * book.price(line.code).typical_eur)
    spans = result.tables["plan_spans"]
    assert round(sum(spans["route_length_m"]), 3) == summary["route_length_m"]
    accepted = stored.apply(accept_plan(stored, "A", "2026-01-02T03:04:05.000Z"))
    served = service(accepted, ("operational", "planned"))
    assert connected_sites(accepted, served) == set(network.table("sites").index)
    if len(sites) > 1:
        fewer = plan(network, sites=tuple(network.table("sites").index[:-1]))
        assert fewer.summary["lower_bound"] <= summary["objective"]
