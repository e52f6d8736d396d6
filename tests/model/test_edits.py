"""Edits and acceptance: each is a change set whose inverse takes it back exactly."""

import networkx as nx
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.acceptance import accept_plan, split_span
from app.model.changes import combine, insert, update
from app.model.edits import delete_plan, delete_rows, find_plan, set_values
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.network import Network
from app.model.tables import TABLES

CRS = "EPSG:7791"
X0, Y0 = 514000.0, 5034000.0


def at(x, y):
    return shapely.Point(X0 + x, Y0 + y)


def along(*points):
    return shapely.LineString([(X0 + x, Y0 + y) for x, y in points])


def content(network: Network):
    return network.content_hash(TABLES)


def with_plan(network):
    """A plan that joins span `ha` at its middle and node `b`, and serves `s1`."""

    def insert_rows(table, rows):
        return insert(table, frame_from_rows(TABLES[table], rows, CRS))

    return network.apply(
        combine(
            message("plan"),
            [
                insert_rows(
                    "conduits",
                    [{"uid": "w", "capacity": 2, "geometry": along((500, 0), (500, 200))}],
                ),
                insert_rows("plans", [{"uid": "p", "name": "A"}]),
                insert_rows(
                    "plan_nodes",
                    [
                        {
                            "uid": "j",
                            "plan": "p",
                            "type": "splicePoint",
                            "joined_span": "ha",
                            "geometry": at(500, 0),
                        },
                        {
                            "uid": "e",
                            "plan": "p",
                            "type": "buildingEntry",
                            "site": "s1",
                            "geometry": at(500, 300),
                        },
                        {
                            "uid": "n",
                            "plan": "p",
                            "type": "splicePoint",
                            "joined_node": "b",
                            "geometry": at(1000, 1000),
                        },
                    ],
                ),
                insert_rows(
                    "plan_spans",
                    [
                        {
                            "uid": "t1",
                            "plan": "p",
                            "start_node": "j",
                            "end_node": "e",
                            "technique": "trench",
                            "conduit": "w",
                            "route_length_m": 300.0,
                            "geometry": along((500, 0), (500, 300)),
                        },
                        {
                            "uid": "t2",
                            "plan": "p",
                            "start_node": "e",
                            "end_node": "n",
                            "technique": "aerial",
                            "route_length_m": 860.0,
                            "geometry": along((500, 300), (1000, 1000)),
                        },
                    ],
                ),
                insert_rows("plan_sites", [{"plan": "p", "site": "s1", "state": "connected"}]),
            ],
        )
    )


def graph(network):
    spans = network.table("spans")
    built = nx.MultiGraph()
    built.add_nodes_from(network.table("nodes").index)
    for uid, row in spans.iterrows():
        built.add_edge(row["start_node"], row["end_node"], key=uid)
    return built


def test_set_values_changes_only_what_is_named(small):
    changes = set_values(small, "sites", ["s1"], {"priority": 1})
    after = small.apply(changes)
    assert after.table("sites").loc["s1", "priority"] == 1
    assert after.table("sites").loc["s2", "priority"] == 3
    assert content(after.apply(changes.inverse())) == content(small)


def test_set_values_refuses_unknown_rows_and_columns(small):
    with pytest.raises(InputError, match="nowhere"):
        set_values(small, "sites", ["nowhere"], {"priority": 1})
    with pytest.raises(InputError, match="colour"):
        set_values(small, "sites", ["s1"], {"colour": "red"})


def test_deleting_a_node_takes_its_spans_and_frees_references(small):
    changes = delete_rows(small, "nodes", ["d"])
    after = small.apply(changes)
    assert "d" not in after.table("nodes").index
    assert "bd" not in after.table("spans").index
    assert after.table("sites").loc["s2", "node"] is None
    assert content(after.apply(changes.inverse())) == content(small)


def test_deleting_a_span_takes_it_out_of_cables(small):
    after = small.apply(delete_rows(small, "spans", ["ab"]))
    assert after.table("cables").loc["k1", "spans"] == ("ha",)


def test_accepting_connects_the_site_to_the_network(small):
    planned = with_plan(small)
    changes = accept_plan(planned, "A", "2026-01-02T03:04:05.000Z")
    after = planned.apply(changes)
    assert after.table("sites").loc["s1", "node"] == "e"
    assert after.table("sites").loc["s1", "status"] == "planned"
    assert nx.has_path(graph(after), "e", "h")
    assert set(after.table("spans").loc[["t1", "t2"], "status"]) == {"planned"}
    assert after.table("spans").loc["t2", "end_node"] == "b"
    assert after.table("spans").loc["t2", "deployment"] == "aboveGround"
    assert after.table("conduits").loc["w", "used"] == 1
    assert set(after.table("nodes").index) == {*"habcd", "j", "e"}
    assert content(planned.apply(changes).apply(changes.inverse())) == content(planned)


def test_the_joined_span_is_split_and_its_cable_follows(small):
    planned = with_plan(small)
    after = planned.apply(accept_plan(planned, "A", "2026-01-02T03:04:05.000Z"))
    parts = after.table("cables").loc["k1", "spans"]
    assert parts[0] == "ha" and parts[2] == "ab" and len(parts) == 3
    lengths = after.table("spans").loc[list(parts[:2]), "route_length_m"]
    assert lengths.sum() == pytest.approx(small.table("spans").loc["ha", "route_length_m"])
    assert list(after.table("spans").loc["ha", ["start_node", "end_node"]]) == ["h", "j"]


def test_a_plan_is_accepted_once_and_then_kept(small):
    planned = with_plan(small)
    after = planned.apply(accept_plan(planned, "A", "2026-01-02T03:04:05.000Z"))
    with pytest.raises(InputError, match="already accepted"):
        accept_plan(after, "A", "2026-01-02T03:04:06.000Z")
    with pytest.raises(InputError, match="cannot be deleted"):
        delete_plan(after, "A")


def test_a_plan_whose_neighbours_have_gone_is_out_of_date(small):
    planned = with_plan(small)
    without = planned.apply(delete_rows(planned, "conduits", ["w"]))
    stale = without.apply(
        combine(
            message("stale"),
            [update("plan_spans", without.table("plan_spans").loc[["t1"]], {"conduit": "w"})],
        )
    )
    with pytest.raises(InputError, match="out of date") as caught:
        accept_plan(stale, "A", "2026-01-02T03:04:05.000Z")
    assert caught.value.uids == ("w",)


def test_deleting_a_plan_leaves_the_network(small):
    planned = with_plan(small)
    after = planned.apply(delete_plan(planned, "A"))
    assert all(
        after.table(name).empty for name in ("plans", "plan_spans", "plan_nodes", "plan_sites")
    )
    assert small.content_hash(["spans", "nodes"]) == after.content_hash(["spans", "nodes"])


def test_an_unknown_plan_is_told_with_those_that_exist(small):
    with pytest.raises(InputError, match=r"“B”\. Plans: A"):
        find_plan(with_plan(small), "B")


@settings(deadline=None, max_examples=60)
@given(
    places=st.lists(st.floats(0.01, 0.99), min_size=1, max_size=5, unique=True),
    bends=st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), max_size=4),
)
def test_split_parts_cover_the_span_and_add_up(places, bends):
    course = along((0, 0), *((200 * k + 200 + x, y) for k, (x, y) in enumerate(bends)), (1500, 40))
    from app.model.network import empty_network

    span = frame_from_rows(
        TABLES["spans"],
        [
            {
                "uid": "s",
                "start_node": "a",
                "end_node": "z",
                "route_length_m": 1234.5,
                "geometry": course,
            }
        ],
        CRS,
    )
    network = empty_network("x", CRS).apply(combine(message("x"), [insert("spans", span)]))
    nodes = [
        (f"n{k}", course.interpolate(place, normalized=True)) for k, place in enumerate(places)
    ]
    after = network.apply(combine(message("split"), split_span(network, "s", nodes)))
    spans = after.geo("spans")
    assert len(spans) == len(places) + 1
    assert spans["route_length_m"].sum() == pytest.approx(1234.5)
    assert spans.geometry.length.sum() == pytest.approx(course.length, abs=1e-3)
    chain = {row["start_node"]: row["end_node"] for _, row in spans.iterrows()}
    seen, node = [], "a"
    while node != "z":
        node = chain[node]
        seen.append(node)
    assert sorted(seen[:-1]) == sorted(name for name, _ in nodes)
