"""Plans around what a planner requires, avoids, keeps and limits."""

import dataclasses
from decimal import Decimal

import pytest
import shapely

from app.model.changes import combine, update
from app.model.errors import Infeasible, InputError
from app.model.geodesy import to_lonlat
from app.model.guidance import Guidance, guidance_from_json
from app.model.messages import message
from app.planning.connectivity import service
from app.planning.costs.bill import bill
from app.planning.extension import ExtensionParameters, is_outdated, plan_extension

CORNER = (515_000.0, 5_035_000.0)


def plan(network, name="A", replace=False, protection="none", sites=None, **asked):
    uids = tuple(network.table("sites").index) if sites is None else sites
    parameters = ExtensionParameters(
        name=name, sites=uids, replace=replace, protection=protection, guidance=Guidance(**asked)
    )
    return plan_extension(network, parameters)


def lonlat(x, y):
    lon, lat = to_lonlat(CORNER[0] + x, CORNER[1] + y, "EPSG:7791")
    return f"{float(lon)!r},{float(lat)!r}"


def built_m(result, box):
    """Length of what the plan builds inside a box of local metres."""
    area = shapely.box(
        CORNER[0] + box[0], CORNER[1] + box[1], CORNER[0] + box[2], CORNER[1] + box[3]
    )
    return float(
        shapely.length(shapely.intersection(result.tables["plan_spans"].geometry, area)).sum()
    )


def changed(network, table, rows, **values):
    return network.apply(combine(message("Trial"), [update(table, rows, values)]))


def adds_up(network, result):
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    return Decimal(str(result.summary["objective"])) == paper.objective_eur


@pytest.fixture
def town(world, draw, grid):
    """Five by five streets, the hub in a corner, four sites."""
    return world(
        streets=grid(5),
        nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[
            draw.site("a", 390, 205), draw.site("b", 205, 395), draw.site("c", 310, 395),
            draw.site("d", 120, 5),
        ],
    )  # fmt: skip


def test_a_street_that_must_be_used_is_built_whole(town):
    free, bound = plan(town), plan(town, must_use=("row4",))
    assert built_m(bound, (0, 399.5, 400, 400.5)) == pytest.approx(400, abs=8)
    assert bound.summary["objective"] > free.summary["objective"]
    assert bound.summary["lower_bound"] <= bound.summary["objective"]
    assert bound.summary["forced"] == pytest.approx(400 * 53.5, rel=1e-3)
    assert adds_up(town, bound)


def test_a_street_to_be_avoided_is_not_touched(town):
    free = plan(town)
    used = set(free.tables["plan_spans"]["street"].dropna())
    for street in sorted(used):
        result = plan(town, avoid=(street,))
        assert street not in set(result.tables["plan_spans"]["street"])
        assert result.summary["unreachable"] == []


def test_an_area_to_be_avoided_is_not_entered(town, world, draw):
    ring = shapely.MultiPolygon([shapely.box(150, -50, 250, 350)])
    for table in ("areas", "hazards", "barriers"):
        zone = world(**{table: [{"uid": "zone", "kind": "other", "geometry": ring}]})
        tables = {**town.tables, table: zone.tables[table]}
        network = dataclasses.replace(town, tables=tables)
        result = plan(network, avoid=("zone",))
        assert built_m(result, (150.5, -50, 249.5, 349.5)) == 0
        assert result.summary["unreachable"] == []


def test_sites_cut_off_by_what_is_avoided_name_it(town, world):
    wall = shapely.MultiPolygon([shapely.box(350, 150, 450, 250)])
    zone = world(hazards=[{"uid": "flood", "geometry": wall}])
    network = dataclasses.replace(town, tables={**town.tables, "hazards": zone.tables["hazards"]})
    result = plan(network, avoid=("flood",))
    missed = result.summary["unreachable"]
    assert [item["uid"] for item in missed] == ["a"]
    assert "flood" in missed[0]["reason"]


def test_a_waypoint_is_passed(town):
    result = plan(town, waypoints=(lonlat(50, 300),))
    assert built_m(result, (49, 299, 51, 301)) > 0.5
    assert result.summary["lower_bound"] <= result.summary["objective"]
    assert adds_up(town, result)


def test_a_node_can_be_a_waypoint(town, world, draw):
    extra = world(
        nodes=[draw.node("hub", 0, 0, "hub"), draw.node("pole", 50, 303, "pole", status="proposed")]
    )
    network = dataclasses.replace(town, tables={**town.tables, "nodes": extra.tables["nodes"]})
    assert built_m(plan(network, waypoints=("pole",)), (49, 299, 51, 301)) > 0.5


def test_with_everything_locked_the_same_plan_comes_out(town):
    first = plan(town)
    stored = town.apply(first.changes)
    second = plan(stored, "B", locked=("A",))
    assert second.summary["objective"] == first.summary["objective"]
    assert second.summary["lower_bound"] == pytest.approx(second.summary["objective"], abs=0.3)
    mine, other = (
        shapely.union_all(r.tables["plan_spans"].geometry.to_numpy()) for r in (first, second)
    )
    assert shapely.equals(shapely.normalize(mine), shapely.normalize(other))
    assert second.tables["plan_spans"]["locked"].all()
    assert adds_up(stored, second)


def on_row4(network):
    spans = network.geo("plan_spans")
    top = spans.geometry.bounds["maxy"] > CORNER[1] + 399.5
    return spans[top & (spans["technique"] != "leadIn")]


def test_locked_sections_are_kept_and_the_rest_is_optimised(town):
    detour = plan(town, must_use=("row4",))
    stored = town.apply(detour.changes)
    spans = stored.table("plan_spans")
    kept = tuple(on_row4(stored).index)
    result = plan(stored, "B", locked=kept)
    assert built_m(result, (0, 399.5, 400, 400.5)) == pytest.approx(400, abs=8)
    locked = result.tables["plan_spans"][result.tables["plan_spans"]["locked"]]
    assert locked["route_length_m"].sum() == pytest.approx(
        spans.loc[list(kept)]["route_length_m"].sum()
    )
    assert result.summary["objective"] <= detour.summary["objective"]


def test_replacing_a_plan_honours_the_locks_in_it(town):
    stored = town.apply(plan(town, must_use=("row4",)).changes)
    rows = on_row4(stored)
    stored = stored.apply(
        dataclasses.replace(
            plan(town).changes, tables=(update("plan_spans", rows, {"locked": True}),)
        )
    )
    again = plan(stored, "A", replace=True)
    assert built_m(again, (0, 399.5, 400, 400.5)) == pytest.approx(400, abs=8)
    assert again.tables["plan_spans"]["locked"].sum() >= 1
    assert not again.tables["plan_spans"]["locked"].all()


def test_locked_lead_ins_bring_their_sites_along(town):
    stored = town.apply(plan(town).changes)
    result = plan(stored, "B", locked=("A",), sites=("d",))
    assert result.summary["connected"] == 4


def test_a_locked_lead_in_brings_all_sites_of_its_place(world, draw, grid):
    sites = [draw.site("a", 390, 205), draw.site("b", 390, 205), draw.site("c", 120, 5)]
    town = world(streets=grid(5), nodes=[draw.node("hub", 0, 0, "hub")], sites=sites)
    first = plan(town)
    result = plan(town.apply(first.changes), "B", locked=("A",), sites=("c",))
    assert (result.summary["sites"], result.summary["connected"]) == (3, 3)
    assert result.summary["objective"] == first.summary["objective"]


def test_a_locked_section_keeps_its_technique(town):
    dug = plan(town, techniques=("trench",))
    stored = town.apply(dug.changes)
    result = plan(stored, "B", locked=("A",))
    assert set(result.tables["plan_spans"]["technique"]) == {"trench", "leadIn"}
    assert result.summary["objective"] == dug.summary["objective"]


def test_techniques_can_be_restricted(town):
    def used(**asked):
        found = plan(town, **asked)
        return set(found.tables["plan_spans"]["technique"]) - {"leadIn", "join"}, found

    assert used()[0] == {"miniTrench"}
    dug = used(techniques=("trench",))
    assert dug[0] == {"trench"}
    assert used(excluded_techniques=("miniTrench",))[0] == {"trench"}
    poles = used(techniques=("aerial",))
    assert poles[0] == {"aerial"}
    assert adds_up(town, poles[1])
    assert used(excluded_techniques=("miniTrench", "trench"))[0] == {"noDig"}


def test_conditions_that_exclude_one_another_are_named(town):
    with pytest.raises(Infeasible, match="row4"):
        plan(town, must_use=("row4",), avoid=("row4",))
    stored = town.apply(plan(town).changes)
    span = str(stored.table("plan_spans").query("street.notna()").index[0])
    street = stored.table("plan_spans").at[span, "street"]
    with pytest.raises(Infeasible, match=str(street)):
        plan(stored, "B", locked=(span,), avoid=(street,))


@pytest.mark.parametrize(
    "asked",
    [{"must_use": ("x",)}, {"avoid": ("x",)}, {"locked": ("x",)}, {"waypoints": ("x",)},
     {"hubs": ("x",)}, {"assigned": (("a", "x"),)}, {"techniques": ("x",)}, {"length_rule": "x"},
     {"waypoints": ("400,90",)}],
)  # fmt: skip
def test_what_does_not_exist_is_refused(town, asked):
    with pytest.raises((InputError, Infeasible)):
        plan(town, **asked)


def test_what_was_asked_is_stored_and_read_back(town):
    asked = Guidance(
        avoid=("row1",), assigned=(("a", "hub"),), max_length_m=5000.0, waypoints=("hub",)
    )
    result = plan(town, **dataclasses.asdict(asked))
    stored = town.apply(result.changes).table("plans").iloc[0]["parameters"]
    assert guidance_from_json(stored["guidance"]) == asked
    assert result.summary["guidance"] == asked.to_json()


def test_a_plan_that_avoids_areas_goes_out_of_date_with_them(town, world):
    ring = shapely.MultiPolygon([shapely.box(150, -50, 250, 350)])
    zone = world(areas=[{"uid": "zone", "kind": "park", "geometry": ring}]).tables["areas"]
    network = dataclasses.replace(town, tables={**town.tables, "areas": zone})
    stored = network.apply(plan(network, avoid=("zone",)).changes)
    uid = stored.table("plans").index[0]
    assert not is_outdated(stored, uid)
    gone = dataclasses.replace(stored, tables={**stored.tables, "areas": zone.iloc[:0]})
    assert is_outdated(gone, uid)


def test_sites_at_one_place_share_the_lead_in_but_not_the_termination(world, draw):
    def cost(*xs):
        network = world(
            streets=[draw.street("s", (0, 0), (500, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
            sites=[draw.site(f"site{i}", x, 30) for i, x in enumerate(xs)],
        )  # fmt: skip
        result = plan(network)
        assert adds_up(network, result)
        assert result.summary["connected"] == len(xs)
        rows = result.tables["plan_sites"]
        assert rows["node"].notna().all()
        return result.summary["objective"]

    assert cost(300, 300) == pytest.approx(cost(300) + 1000)
    assert cost(300, 320) > cost(300, 300)


def test_both_sites_at_one_place_are_connected_by_an_accepted_plan(world, draw):
    from app.model.acceptance import accept_plan
    from app.planning.connectivity import connected_sites

    network = world(
        streets=[draw.street("s", (0, 0), (500, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
        sites=[draw.site("x", 300, 30), draw.site("y", 300, 30)],
    )  # fmt: skip
    stored = network.apply(plan(network).changes)
    done = stored.apply(accept_plan(stored, "A", "2026-01-01T00:00:00.000Z"))
    in_use = ("planned", "operational")
    assert connected_sites(done, service(done, in_use)) == {"x", "y"}


def test_a_site_can_state_what_its_lead_in_costs(world, draw):
    def result(**values):
        network = world(
            streets=[draw.street("s", (0, 0), (500, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
            sites=[draw.site("x", 300, 30, **values)],
        )  # fmt: skip
        found = plan(network)
        assert adds_up(network, found)
        return network, found

    network, stated = result(lead_in_eur=1234.56)
    paper = bill(network.apply(stated.changes), stated.summary["plan_uid"])
    line = {item.code: item for item in paper.lines}["leadin.given"]
    assert line.amount.typical == Decimal("1234.56")
    assert "leadin.trench" not in {item.code for item in paper.lines}
    trench = 30 * (50 + 6 + 1 + 1.5) + 450
    saved = result()[1].summary["objective"] - stated.summary["objective"]
    assert saved == pytest.approx(trench - 1234.56, abs=2)


def test_an_area_passed_over_several_edges_is_crossed_once(world, draw):
    river = {"uid": "river", "kind": "river", "geometry": shapely.box(200, -100, 260, 100)}

    def crossings(*streets, **more):
        network = world(
            streets=streets, barriers=[river], nodes=[draw.node("hub", 0, 0, "hub")],
            sites=[draw.site("x", 400, 10), *more.get("sites", [])],
        )  # fmt: skip
        found = plan(network)
        paper = bill(network.apply(found.changes), found.summary["plan_uid"])
        return float({line.code: line.quantity for line in paper.lines}["crossing.river"])

    assert crossings(draw.street("s", (0, 0), (500, 0))) == 1
    two = draw.street("s", (0, 0), (230, 0)), draw.street("t", (230, 0), (500, 0))
    assert crossings(*two) == 1
    assert crossings(*two, draw.street("u", (230, 0), (230, 150))) == 1
    assert crossings(*two, sites=[draw.site("boat", 230, 20)]) == 2


# -- hubs and lengths ------------------------------------------------------------------------


@pytest.fixture
def two_towns(world, draw, grid):
    """Streets between two hubs of separate networks, west and east."""
    return world(
        streets=grid(7),
        nodes=[
            draw.node("west", 0, 300, "hub"), draw.node("east", 600, 300, "hub"),
            draw.node("far", 2600, 300),
        ],
        spans=[draw.span("line", "east", "far", (600, 300), (2600, 300))],
        sites=[draw.site(f"s{x}", x, 305) for x in (150, 250, 450)],
    )  # fmt: skip


def hubs_of(result):
    return dict(
        zip(result.tables["plan_sites"]["site"], result.tables["plan_sites"]["hub"], strict=True)
    )


def test_each_site_names_its_hub_and_the_length_of_its_route(two_towns):
    result = plan(two_towns)
    assert hubs_of(result) == {"s150": "west", "s250": "west", "s450": "east"}
    rows = result.tables["plan_sites"].set_index("site")
    assert rows.at["s150", "hub_length_m"] == pytest.approx(155, abs=0.3)
    assert {item["uid"] for item in result.summary["routes"]} == {"s150", "s250", "s450"}


def test_only_hubs_that_were_chosen_count(two_towns):
    result = plan(two_towns, hubs=("east",))
    assert set(hubs_of(result).values()) == {"east"}
    assert result.summary["lower_bound"] <= result.summary["objective"]


def test_the_network_is_joined_only_where_it_must_be(two_towns):
    def joined(**asked):
        result = plan(two_towns, **asked)
        nodes = result.tables["plan_nodes"]
        return set(nodes["joined_node"].dropna()) | set(nodes["joined_span"].dropna())

    assert joined() == {"west", "east"}
    assert joined(must_use=("west",)) == {"west"}
    assert joined(must_use=("line",)) <= {"line", "east"}
    assert joined(avoid=("west",)) == {"east"}
    with pytest.raises(Infeasible):
        plan(two_towns, avoid=("west", "east", "line"))


def test_conduits_are_used_only_when_they_may_be(world, draw):
    duct = {"uid": "duct", "kind": "duct", "capacity": 2, "used": 1}
    network = world(
        streets=[draw.street("s", (0, 0), (500, 0))], nodes=[draw.node("hub", 0, 0, "hub")],
        conduits=[{**duct, "geometry": draw.line((0, 3), (480, 3))}],
        sites=[draw.site("x", 480, 30)],
    )  # fmt: skip
    used = plan(network).tables["plan_spans"]
    assert set(used["conduit"].dropna()) == {"duct"}
    for asked in ({"avoid": ("duct",)}, {"excluded_techniques": ("existingDuct",)}):
        assert not plan(network, **asked).tables["plan_spans"]["conduit"].notna().any()
    forced = plan(network, must_use=("duct",), excluded_techniques=("trench",))
    assert set(forced.tables["plan_spans"]["conduit"].dropna()) == {"duct"}
    full = changed(network, "conduits", network.geo("conduits"), used=2)
    assert not plan(full).tables["plan_spans"]["conduit"].notna().any()
    with pytest.raises(Infeasible, match="duct"):
        plan(full, must_use=("duct",))


def test_a_site_hangs_on_the_hub_it_is_assigned_to(two_towns):
    free = plan(two_towns)
    result = plan(two_towns, assigned=(("s150", "east"),))
    assert hubs_of(result) == {"s150": "east", "s250": "east", "s450": "east"}
    assert free.summary["lower_bound"] <= result.summary["lower_bound"] + 0.01
    assert result.summary["lower_bound"] <= result.summary["objective"]
    assert adds_up(two_towns, result)


def test_the_length_along_existing_spans_counts(two_towns):
    network = dataclasses.replace(
        two_towns,
        tables={**two_towns.tables, "nodes": two_towns.tables["nodes"].drop(index="west")},
    )
    rows = plan(network).tables["plan_sites"].set_index("site")
    assert rows.at["s450", "hub_length_m"] == pytest.approx(155, abs=0.5)


def test_long_routes_are_told_with_length_and_limit(town):
    result = plan(town, max_length_m=450.0)
    told = {item["uid"] for item in result.summary["too_long"]}
    assert told
    for item in result.summary["routes"]:
        assert (item["length_m"] > 450) == (item["uid"] in told)
    assert [f.rule for f in result.findings].count("plan.long_route") == len(told)


def test_a_limit_that_is_kept_changes_the_plan(world, draw):
    """The cheap way is a long detour over earth; the short one is paved."""
    network = world(
        streets=[
            draw.street("short", (0, 0), (300, 0), surface="stone"),
            draw.street("long", (0, 0), (0, 150), (300, 150), (300, 0), surface="gravel"),
        ],
        nodes=[draw.node("hub", 0, 0, "hub")], sites=[draw.site("x", 302, 8)],
    )  # fmt: skip
    free = plan(network, max_length_m=400.0)
    kept = plan(network, max_length_m=400.0, length_rule="keep")
    assert free.summary["routes"][0]["length_m"] > 590
    assert kept.summary["routes"][0]["length_m"] < 400
    assert kept.summary["too_long"] == []
    assert free.summary["objective"] < kept.summary["objective"]
    assert kept.summary["lower_bound"] <= free.summary["objective"] + 0.01
    assert "reach" in kept.summary["engine"]
    none = plan(network, max_length_m=250.0, length_rule="keep")
    assert "250" in none.summary["unreachable"][0]["reason"]


def test_a_site_has_a_limit_of_its_own(town):
    rows = town.geo("sites").loc[["a"]]
    network = town.apply(
        dataclasses.replace(
            plan(town).changes, tables=(update("sites", rows, {"max_route_m": 100.0}),)
        )
    )
    result = plan(network)
    assert [item["uid"] for item in result.summary["too_long"]] == ["a"]
    kept = plan(network, "B", length_rule="keep")
    assert [item["uid"] for item in kept.summary["unreachable"]] == ["a"]


# -- with two routes -------------------------------------------------------------------------


def test_protected_plans_obey_what_is_used_avoided_and_passed(town):
    result = plan(
        town, protection="edge", must_use=("row4",), avoid=("col2",), waypoints=(lonlat(50, 300),)
    )
    assert built_m(result, (0, 399.5, 400, 400.5)) == pytest.approx(400, abs=8)
    assert built_m(result, (49, 299, 51, 301)) > 0.5
    assert "col2" not in set(result.tables["plan_spans"]["street"])
    assert adds_up(town, result)
    with pytest.raises(InputError):
        plan(town, "B", protection="edge", length_rule="keep")
