"""Editing by hand: one step each, whatever hangs on the objects follows, inverses take it back."""

import itertools
from typing import Any

import numpy as np
import pytest
import shapely

from app.model.changes import ChangeSet, combine, insert, update
from app.model.editing.courses import move_node, move_object, reshape_across, set_shape
from app.model.editing.deleting import delete_objects
from app.model.editing.drawing import Stop, draw_object, draw_spans
from app.model.editing.merging import merge_nodes, snap_loose_ends
from app.model.editing.shapes import Vertex, delete_vertex, insert_vertex, move_vertex
from app.model.editing.spans import join_spans, reverse_spans, split_span_at
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.geodesy import lengths_m
from app.model.messages import message
from app.model.network import Network
from app.model.rules import check
from app.model.tables import TABLES

CRS = "EPSG:7791"
X0, Y0 = 514000.0, 5034000.0


def at(x: float, y: float) -> tuple[float, float]:
    return X0 + x, Y0 + y


def add(network: Network, table: str, *rows: dict[str, Any]) -> Network:
    frame = frame_from_rows(TABLES[table], rows, CRS)
    return network.apply(combine(message("add"), [insert(table, frame)]))


def changed(network: Network, table: str, uid: str, **values: Any) -> Network:
    rows = network.table(table).loc[[uid]]
    columns = {name: [value] for name, value in values.items()}
    return network.apply(combine(message("set"), [update(table, rows, columns)]))


def content(network: Network) -> str:
    return network.content_hash(TABLES)


def done(network: Network, changes: ChangeSet) -> Network:
    """Apply a step after making sure that its inverse takes it back."""
    after = network.apply(changes)
    assert content(after.apply(changes.inverse())) == content(network)
    assert str(changes.label)
    hang_together(after)
    return after


def hang_together(network: Network) -> None:
    """Spans end at their nodes within 1 mm, are as long as drawn, and cables run through."""
    spans, nodes = network.geo("spans"), network.geo("nodes")
    for side, corner in (("start_node", 0), ("end_node", -1)):
        ends = shapely.get_point(spans.geometry.to_numpy(), corner)
        places = nodes.geometry.loc[list(spans[side])].to_numpy()
        assert (shapely.distance(ends, places) < 1e-3).all()
    assert (spans["start_node"] != spans["end_node"]).all()
    drawn = lengths_m(spans.geometry.to_numpy(), network.crs)
    np.testing.assert_allclose(spans["route_length_m"].to_numpy(), drawn, rtol=1e-5, atol=1e-4)
    for members in network.table("cables")["spans"]:
        assert members and set(members) <= set(spans.index)
        ends_of = [{spans.at[uid, "start_node"], spans.at[uid, "end_node"]} for uid in members]
        assert all(one & two for one, two in itertools.pairwise(ends_of))
    assert not [item for item in check(network) if item.rule == "reference.missing"]


# -- splitting and joining --------------------------------------------------------------------


def test_a_split_puts_a_node_and_keeps_cable_group_conduit_and_lengths(small: Network) -> None:
    network = add(small, "risk_groups", {"uid": "g", "spans": ["ab"]})
    network = changed(network, "spans", "ab", loss_db=0.8, owner=None, technique="trench")
    after = done(network, split_span_at(network, "ab", at(990, 250)))
    cable = after.table("cables").at["k1", "spans"]
    assert cable[:2] == ("ha", "ab") and len(cable) == 3
    assert after.table("risk_groups").at["g", "spans"] == cable[1:]
    spans = after.table("spans").loc[list(cable[1:])]
    assert spans["loss_db"].sum() == pytest.approx(0.8)
    assert spans["loss_db"].iloc[0] == pytest.approx(0.2, abs=1e-3)
    assert list(spans["technique"]) == ["trench", "trench"]
    node = after.geo("nodes").loc[spans["end_node"].iloc[0]]
    assert (node["type"], node["status"]) == ("splicePoint", "operational")
    assert (node.geometry.x, node.geometry.y) == pytest.approx(at(1000, 250))


def test_a_split_tells_draft_plans_which_part_they_join(small: Network) -> None:
    network = add(small, "plans", {"uid": "p", "name": "A"})
    network = add(
        network, "plan_nodes",
        {"uid": "n", "plan": "p", "joined_span": "ab", "geometry": shapely.Point(at(1000, 900))},
    )  # fmt: skip
    after = done(network, split_span_at(network, "ab", fraction=0.5))
    joined = after.table("plan_nodes").at["n", "joined_span"]
    assert joined != "ab"
    assert after.geo("spans").geometry[joined].distance(shapely.Point(at(1000, 900))) < 1e-6


@pytest.mark.parametrize("fraction", [0.0, 1.0])
def test_no_split_at_an_end(small: Network, fraction: float) -> None:
    with pytest.raises(InputError, match="ends there"):
        split_span_at(small, "ab", fraction=fraction)


def test_no_split_where_no_joint_is_allowed(small: Network) -> None:
    with pytest.raises(InputError, match="no joint"):
        split_span_at(changed(small, "spans", "ab", allows_joint=False), "ab")
    with pytest.raises(InputError, match="no object"):
        split_span_at(small, "nowhere")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("turned", [(), (0,), (1,), (0, 1)])
def test_joining_what_was_split_gives_the_span_back(
    small: Network, order: tuple[int, int], turned: tuple[int, ...]
) -> None:
    split = done(small, split_span_at(small, "ab", at(1000, 300)))
    pair = split.table("cables").at["k1", "spans"][1:]
    if turned:
        split = done(split, reverse_spans(split, [pair[n] for n in turned]))
    after = done(split, join_spans(split, pair[order[0]], pair[order[1]]))
    assert set(after.table("nodes").index) == set(small.table("nodes").index)
    kept = pair[order[0]]
    assert after.table("cables").at["k1", "spans"] == ("ha", kept)
    line = after.geo("spans").geometry[kept]
    assert len(line.coords) == 2 and line.equals(small.geo("spans").geometry["ab"])
    ends = {after.table("spans").at[kept, side] for side in ("start_node", "end_node")}
    assert ends == {"a", "b"}
    length_m = small.table("spans").at["ab", "route_length_m"]
    assert after.table("spans").at[kept, "route_length_m"] == pytest.approx(length_m)


def test_spans_are_joined_only_where_nothing_is_lost(small: Network) -> None:
    with pytest.raises(InputError, match="gives service"):
        join_spans(small, "ha", "ch")
    with pytest.raises(InputError, match="too"):
        join_spans(small, "ab", "bc")
    with pytest.raises(InputError, match="do not meet"):
        join_spans(small, "ha", "bd")
    with pytest.raises(InputError, match="differ in “Technique”"):
        join_spans(changed(small, "spans", "ch", technique="aerial"), "bc", "ch")
    with pytest.raises(InputError, match="Cable “Cable 1” ends"):
        join_spans(changed(small, "cables", "k1", spans=("bc",)), "bc", "ch")
    tower = add(small, "towers", {"uid": "t", "name": "T", "node": "c"})
    with pytest.raises(InputError, match="gives service") as refused:
        join_spans(tower, "bc", "ch")
    assert refused.value.uids == ("c", "t")
    after = done(small, join_spans(small, "bc", "ch"))
    assert "c" not in after.table("nodes").index


def test_two_spans_of_a_ring_are_not_joined_to_a_loop(small: Network) -> None:
    ring = add(
        small, "spans",
        {"uid": "bc2", "start_node": "b", "end_node": "c",
         "geometry": shapely.LineString([at(1000, 1000), at(500, 1500), at(0, 1000)])},
    )  # fmt: skip
    with pytest.raises(InputError, match="make a ring"):
        join_spans(ring, "bc", "bc2")


def test_a_span_is_turned_round(small: Network) -> None:
    after = done(small, reverse_spans(small, ["ab", "ab"]))
    row = after.geo("spans").loc["ab"]
    assert (row["start_node"], row["end_node"]) == ("b", "a")
    assert row.geometry.coords[0] == at(1000, 1000)
    assert str(reverse_spans(small, ["ab", "bc"]).label) == "Reverse 2 spans"


# -- moving and reshaping ---------------------------------------------------------------------


def test_spans_follow_their_node(small: Network) -> None:
    after = done(small, move_node(small, "b", at(1200, 1100)))
    spans = after.geo("spans")
    assert spans.geometry["ab"].coords[-1] == spans.geometry["bd"].coords[0] == at(1200, 1100)
    assert spans.at["bd", "route_length_m"] < small.table("spans").at["bd", "route_length_m"]
    assert spans.at["ch", "rev"] == small.table("spans").at["ch", "rev"]
    with pytest.raises(InputError, match="Node “A” is there already"):
        move_node(small, "b", at(1000, 0))


def test_a_site_moves_alone(small: Network) -> None:
    after = done(small, move_object(small, "sites", "s1", at(510, 310)))
    assert after.geo("sites").geometry["s1"].x == X0 + 510
    assert after.table("sites").at["s1", "position_quality"] == "surveyed"
    with pytest.raises(InputError, match="no points"):
        move_object(small, "spans", "ab", at(0, 0))


def test_a_reshaped_span_still_ends_at_its_nodes(small: Network) -> None:
    bent = shapely.LineString([at(1, 2), at(500, 40), at(998, 3)])
    after = done(small, set_shape(small, "spans", "ha", bent))
    assert list(after.geo("spans").geometry["ha"].coords) == [at(0, 0), at(500, 40), at(1000, 0)]


def test_a_line_drawn_across_replaces_what_lies_between(small: Network) -> None:
    stroke = shapely.LineString([at(300, -50), at(300, 80), at(700, 80), at(700, -50)])
    after = done(small, reshape_across(small, "spans", "ha", stroke))
    line = after.geo("spans").geometry["ha"]
    expected = [at(0, 0), at(300, 0), at(300, 80), at(700, 80), at(700, 0), at(1000, 0)]
    np.testing.assert_allclose(line.coords, expected)
    corners = [at(720, -10), at(720, 10), at(280, 10), at(280, -10)]
    back = reshape_across(after, "spans", "ha", shapely.LineString(corners))
    assert done(after, back).geo("spans").geometry["ha"].length == pytest.approx(1020)
    with pytest.raises(InputError, match="twice"):
        reshape_across(small, "spans", "ha", shapely.LineString([at(5, -5), at(5, 5)]))


def area(*corners: tuple[float, float]) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([shapely.Polygon([at(*corner) for corner in corners])])


def test_an_area_grows_and_shrinks_by_a_line_across(small: Network) -> None:
    square = area((0, 0), (100, 0), (100, 100), (0, 100))
    network = add(small, "hazards", {"uid": "z", "geometry": square})
    outside = shapely.LineString([at(20, 95), at(20, 150), at(80, 150), at(80, 95)])
    grown = done(network, reshape_across(network, "hazards", "z", outside))
    assert grown.geo("hazards").geometry["z"].area == pytest.approx(100 * 100 + 60 * 50)
    cut = shapely.LineString([at(-5, 30), at(105, 30)])
    less = done(network, reshape_across(network, "hazards", "z", cut))
    assert less.geo("hazards").geometry["z"].area == pytest.approx(70 * 100)
    assert less.geo("hazards").geometry["z"].geom_type == "MultiPolygon"


def test_vertices_of_lines_and_rings() -> None:
    line = shapely.LineString([(0, 0), (10, 0), (10, 10)])
    assert move_vertex(line, Vertex(0, 1), (8, 1)).coords[1] == (8, 1)
    assert insert_vertex(line, Vertex(0, 0), (5, 1)).coords[1] == (5, 1)
    assert len(delete_vertex(line, Vertex(0, 1)).coords) == 2
    with pytest.raises(InputError):
        delete_vertex(delete_vertex(line, Vertex(0, 1)), Vertex(0, 0))
    ring = shapely.MultiPolygon(
        [shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6)), shapely.box(20, 0, 30, 10)]
    )
    moved = move_vertex(ring, Vertex(2, 0), (35, -5))
    assert moved.geoms[1].exterior.is_closed and moved.is_valid
    assert moved.geoms[0].equals(ring.geoms[0])
    corner = tuple(shapely.get_coordinates(ring.geoms[0].interiors[0])[0])
    hole = move_vertex(ring, Vertex(1, 0), (corner[0] - 1, corner[1]))
    assert hole.geoms[0].area < ring.geoms[0].area or hole.geoms[0].area > ring.geoms[0].area
    with pytest.raises(InputError, match="cross itself"):
        move_vertex(ring, Vertex(2, 0), (20, 30))


# -- merging and tying ------------------------------------------------------------------------


def test_a_merged_node_takes_over_what_hung_on_the_other(small: Network) -> None:
    network = add(
        small, "nodes",
        {"uid": "b2", "type": "pop", "address": "Via Roma",
         "geometry": shapely.Point(at(1005, 1000))},
        {"uid": "e", "type": "chamber", "geometry": shapely.Point(at(1500, 1500))},
    )  # fmt: skip
    line = shapely.LineString([at(1005, 1000), at(1500, 1500)])
    network = add(
        network, "spans",
        {"uid": "b2e", "start_node": "b2", "end_node": "e", "geometry": line,
         "route_length_m": lengths_m([line], CRS)[0]},
    )  # fmt: skip
    network = add(network, "risk_groups", {"uid": "g", "nodes": ["b2", "b"]})
    network = add(network, "sensors", {"uid": "q", "name": "Q", "node": "b2"})
    after = done(network, merge_nodes(network, "b", "b2"))
    assert "b2" not in after.table("nodes").index
    assert after.table("spans").at["b2e", "start_node"] == "b"
    assert after.table("risk_groups").at["g", "nodes"] == ("b",)
    assert after.table("sensors").at["q", "node"] == "b"
    node = after.table("nodes").loc["b"]
    assert (node["name"], node["type"], node["address"]) == ("B", "pop", "Via Roma")


def test_nodes_with_a_span_between_merge_only_when_it_may_go(small: Network) -> None:
    with pytest.raises(InputError, match="runs between"):
        merge_nodes(small, "a", "b")
    with pytest.raises(InputError, match="one node"):
        merge_nodes(small, "a", "a")
    after = done(small, merge_nodes(small, "a", "b", drops_between=True))
    assert set(after.table("spans").index) == {"ha", "bc", "ch", "bd"}
    assert after.table("cables").at["k1", "spans"] == ("ha",)


def test_loose_ends_are_tied_to_nodes_and_spans(small: Network) -> None:
    network = add(
        small, "nodes",
        {"uid": "x", "type": "chamber", "geometry": shapely.Point(at(500, 2))},
        {"uid": "y", "type": "chamber", "geometry": shapely.Point(at(500, 600))},
        {"uid": "z", "type": "chamber", "geometry": shapely.Point(at(2001, 1001))},
    )  # fmt: skip
    network = add(
        network, "spans",
        {"uid": "xy", "start_node": "x", "end_node": "y",
         "geometry": shapely.LineString([at(500, 2), at(500, 600)])},
        {"uid": "yz", "start_node": "y", "end_node": "z",
         "geometry": shapely.LineString([at(500, 600), at(2001, 1001)])},
        {"uid": "bare", "geometry": shapely.LineString([at(1000, 1000.4), at(900, 1500)])},
    )  # fmt: skip
    after = network.apply(snap_loose_ends(network, 5.0))
    spans = after.table("spans")
    assert "z" not in after.table("nodes").index or "d" not in after.table("nodes").index
    assert spans.at["bare", "start_node"] == "b" and spans.at["bare", "end_node"] is not None
    assert len(after.table("cables").at["k1", "spans"]) == 3  # split where x now lies
    assert after.geo("nodes").geometry["x"].y == pytest.approx(Y0)
    assert snap_loose_ends(small, 0.5).is_empty


# -- deleting ---------------------------------------------------------------------------------


def test_deletion_says_what_goes_along(small: Network) -> None:
    network = add(small, "towers", {"uid": "t", "name": "T", "node": "b"})
    told = delete_objects(network, {"nodes": ["b"]})
    assert told.also == {"spans": ("ab", "bc", "bd"), "towers": ("t",)}
    assert told.released == {"cables": ("k1",)}
    after = network.apply(told.changes)
    assert after.table("cables").at["k1", "spans"] == ("ha",)
    assert after.table("cables").at["k1", "cable_length_m"] == pytest.approx(1050, rel=1e-3)
    assert content(after.apply(told.changes.inverse())) == content(network)
    assert str(told.changes.label) == "Delete “B” from Nodes"


def test_a_cable_cut_through_goes_with_its_span(small: Network) -> None:
    network = changed(small, "cables", "k1", spans=("ha", "ab", "bc"))
    told = delete_objects(network, {"spans": ["ab"]})
    assert told.also == {"cables": ("k1",)} and not told.released


def test_bare_nodes_go_when_wanted_and_hubs_stay(small: Network) -> None:
    network = changed(small, "sites", "s2", node=None)
    told = delete_objects(network, {"spans": ["bd", "ha", "ch"]}, with_bare_nodes=True)
    assert told.also["nodes"] == ("d",)
    kept = delete_objects(small, {"spans": ["bd"]}, with_bare_nodes=True)
    assert "nodes" not in kept.also  # a site hangs on it


def test_conduits_count_one_cable_less(small: Network) -> None:
    course = shapely.LineString([at(0, 0), at(1000, 0)])
    network = add(small, "conduits", {"uid": "w", "capacity": 2, "used": 1, "geometry": course})
    drawn = done(
        network, draw_spans(network, [at(10, 10), at(60, 10)], values={"conduits": ("w",)})
    )
    assert drawn.table("conduits").at["w", "used"] == 2
    uid = next(uid for uid in drawn.table("spans").index if uid not in small.table("spans").index)
    after = drawn.apply(delete_objects(drawn, {"spans": [uid]}).changes)
    assert after.table("conduits").at["w", "used"] == 1


def test_what_is_not_deleted_by_hand(small: Network) -> None:
    for asked in ({"price_lists": ["x"]}, {}, {"nodes": []}, {"nodes": ["none"]}):
        with pytest.raises(InputError):
            delete_objects(small, asked)


# -- drawing ----------------------------------------------------------------------------------


def test_a_drawn_span_joins_nodes_spans_sites_and_open_ground(small: Network) -> None:
    course = [at(0, 500.2), at(300, 450), at(500, 300), at(800, 500), at(999, 500)]
    stops = [Stop(0, "spans", "ch"), Stop(2, "sites", "s1"), Stop(4, "spans", "ab")]
    after = done(small, draw_spans(small, course, stops, {"technique": "trench"}))
    fresh = after.geo("spans")[after.table("spans")["status"] == "planned"]
    assert len(fresh) == 2 and len(after.table("spans")) == 5 + 2 + 2
    entry = after.table("sites").at["s1", "node"]
    assert after.table("nodes").at[entry, "type"] == "buildingEntry"
    assert after.table("sites").at["s1", "status"] == "planned"
    assert fresh["end_node"].iloc[0] == fresh["start_node"].iloc[1] == entry
    assert fresh.geometry.iloc[0].coords[0] == at(0, 500.2)
    assert len(after.table("cables").at["k1", "spans"]) == 3


def test_a_span_in_the_open_gets_its_own_nodes(small: Network) -> None:
    after = done(
        small,
        draw_spans(small, [at(5, 5), at(5, 5), at(9, 9)], node_values={"type": "chamber"}),
    )
    made = after.table("nodes")[~after.table("nodes").index.isin(small.table("nodes").index)]
    assert list(made["type"]) == ["chamber"] * 2 and list(made["status"]) == ["planned"] * 2


def test_a_span_from_a_spans_end_uses_the_node_there(small: Network) -> None:
    after = done(small, draw_spans(small, [at(0, 0), at(70, 70)], [Stop(0, "spans", "ha")]))
    assert len(after.table("spans")) == 6
    assert after.table("spans")["start_node"].iloc[-1] == "h"


def test_drawings_that_lead_nowhere_are_refused(small: Network) -> None:
    for course, stops in (
        ([at(0, 0)], []),
        ([at(0, 0), at(0, 0)], []),
        ([at(0, 0), at(50, 50), at(0, 0)], [Stop(0, "nodes", "h"), Stop(2, "nodes", "h")]),
        ([at(0, 0), at(50, 50)], [Stop(0, "nodes", "nowhere")]),
    ):
        with pytest.raises(InputError):
            draw_spans(small, course, stops)


def test_other_objects_are_drawn(small: Network) -> None:
    line = shapely.LineString([at(0, 0), at(100, 0)])
    after = done(small, draw_object(small, "conduits", line, {"kind": "sewer"}))
    assert after.table("conduits")["length_m"].iloc[0] == pytest.approx(100, rel=1e-3)
    zone = shapely.Polygon([at(0, 0), at(10, 0), at(10, 10)])
    hazards = done(small, draw_object(small, "hazards", zone)).geo("hazards")
    assert hazards.geometry.iloc[0].geom_type == "MultiPolygon"
    network = done(
        small, draw_object(small, "nodes", shapely.Point(at(400, 3)), {"name": "P"}, "ha")
    )
    assert len(network.table("spans")) == 6 and "P" in set(network.table("nodes")["name"])
    site = draw_object(small, "sites", shapely.Point(at(1, 1)), {"name": "New"})
    assert str(site.label) == "Draw “New” in Sites"
    bowtie = shapely.Polygon([at(0, 0), at(10, 10), at(10, 0), at(0, 10)])
    for table, shape in (("hazards", line), ("hazards", bowtie), ("spans", line), ("nodes", line)):
        with pytest.raises(InputError):
            draw_object(small, table, shape)


def test_a_cable_passes_the_parts_of_a_span_in_its_own_direction(small: Network) -> None:
    turned = done(small, reverse_spans(small, ["ha", "ab"]))
    once = done(turned, split_span_at(turned, "ha"))
    after = done(once, split_span_at(once, "ab"))
    assert len(after.table("cables").at["k1", "spans"]) == 4


def test_each_of_several_drawn_spans_names_the_conduits_that_it_runs_along(small: Network) -> None:
    network = add(
        small, "conduits",
        {"uid": "w", "geometry": shapely.LineString([at(0, 300), at(500, 300)])},
        {"uid": "x", "geometry": shapely.LineString([at(500, 300), at(900, 300)])},
    )  # fmt: skip
    course = [at(10, 300), at(500, 300), at(900, 300)]
    stops = [Stop(1, "sites", "s1")]
    after = done(network, draw_spans(network, course, stops, {"conduits": ("w", "x", "w")}))
    assert list(after.table("spans")["conduits"].iloc[-2:]) == [("w",), ("x",)]
    assert list(after.table("conduits")["used"]) == [1, 1]
