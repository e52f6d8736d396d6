"""The demo's network: a true ring of 212 km, from which every connected site is served."""

import json
from itertools import pairwise

import networkx as nx
import pytest
import shapely

from app.io.demo import facts
from app.model.geodesy import lengths_m
from app.model.tables import TABLES


@pytest.fixture(scope="module")
def spans(demo_frames):
    return demo_frames["spans"]


@pytest.fixture(scope="module")
def nodes(demo_frames):
    return demo_frames["nodes"]


@pytest.fixture(scope="module")
def sites(demo_frames):
    return demo_frames["sites"]


def test_the_ring_is_212_km_long(spans):
    ring = spans[spans.role == "ring"]
    length_m = lengths_m(ring.geometry.to_numpy(), facts.CRS).sum()
    assert 210_000 < length_m < 214_000
    assert ring.route_length_m.sum() == pytest.approx(length_m, abs=5.0)


def test_the_ring_is_one_closed_circle_through_hubs_and_hospitals(spans, nodes):
    ring = spans[spans.role == "ring"]
    graph = nx.MultiGraph(list(zip(ring.start_node, ring.end_node, strict=True)))
    assert nx.is_connected(graph)
    assert {degree for _, degree in graph.degree} == {2}
    assert (ring.status == "operational").all()
    for key in ("seat", "idroscalo", "int", "besta", "questura", "monza"):
        assert facts.places()[key].name in graph
    hub = nodes[nodes.name == facts.places()["idroscalo"].name].iloc[0]
    assert (hub.type, hub.capacity_gbps) == ("hub", 50.0)


def test_spans_end_at_their_nodes_and_follow_streets(spans, nodes, demo_frames):
    places = dict(zip(nodes.name, nodes.geometry, strict=True))
    for end, column in ((0, "start_node"), (-1, "end_node")):
        points = shapely.get_point(spans.geometry.to_numpy(), end)
        wanted = spans[column].map(places).to_numpy()
        assert shapely.distance(points, wanted).max() < 0.01
    assert spans.route_length_m.between(1.0, 5200.0).all()
    tree = shapely.STRtree(demo_frames["streets"].geometry.to_numpy())
    along = spans[(spans.technique != "leadIn") & (spans.route_length_m > 300)]
    middles = shapely.line_interpolate_point(along.geometry.to_numpy(), 0.37, normalized=True)
    _, away = tree.query_nearest(middles, return_distance=True, all_matches=False)
    assert (away < 0.05).mean() > 0.98


def test_every_connected_site_reaches_a_hub_over_operational_spans(spans, nodes, sites):
    working = spans[spans.status == "operational"]
    graph = nx.Graph(list(zip(working.start_node, working.end_node, strict=True)))
    hubs = [name for name in nodes.name[nodes["type"].isin(("hub", "pop"))] if name in graph]
    served = set(nx.multi_source_dijkstra_path_length(graph, set(hubs)))
    connected = sites[sites.status == "operational"]
    assert connected.node.notna().all()
    assert set(connected.node) <= served
    assert sites.node[sites.status == "proposed"].isna().all()


def test_the_numbers_of_the_brief(sites, demo_frames):
    schools = sites[sites.category.str.startswith("school")]
    served = schools[schools.status == "operational"]
    assert len(served) == 348
    assert (served.peak_mbps == 10_000).all()
    assert (served.guaranteed_mbps == 5_000).all()
    assert served.note.str.contains("to be confirmed").all()
    assert (schools.status == "proposed").sum() > 300
    halls = sites[sites.category == "municipality"]
    assert len(halls) == 133
    assert (halls.status == "operational").sum() == 55
    seats = sites[sites.category == "civil_protection"]
    assert len(seats) == 115
    assert (seats.status == "operational").sum() == 28
    assert (seats.peak_mbps == seats.guaranteed_mbps).all()
    assert seats.peak_mbps.between(1_000, 10_000).all()
    assert len(demo_frames["towers"]) == 55
    bodies = demo_frames["organisations"]
    assert (bodies.role == "municipality").sum() == 90
    besta = sites[sites.name.str.contains("Besta")].iloc[0]
    assert besta.peak_mbps == 20_000


def test_names_are_unique_and_references_resolve(demo_frames):
    for name in ("nodes", "spans", "conduits", "cables", "sites", "towers", "organisations"):
        assert demo_frames[name].name.str.casefold().is_unique, name
        assert demo_frames[name].uid.is_unique
    names = {key: set(frame.name) for key, frame in demo_frames.items() if "name" in frame}
    assert set(demo_frames["towers"].node) <= names["nodes"]
    assert set(demo_frames["sites"].node.dropna()) <= names["nodes"]
    for frame in ("nodes", "spans", "conduits", "cables", "towers"):
        assert set(demo_frames[frame].owner) <= names["organisations"]
    for text in demo_frames["spans"].conduits:
        assert set(json.loads(text)) <= names["conduits"]


def test_cables_follow_joined_spans_and_keep_the_three_lengths_apart(spans, demo_frames):
    by_name = spans.set_index("name")
    cables = demo_frames["cables"]
    for row in cables.itertuples():
        parts = by_name.loc[json.loads(row.spans)]
        assert row.cable_length_m > parts.route_length_m.sum()
        assert row.fibre_length_m == pytest.approx(row.cable_length_m * row.fibre_count, rel=1e-6)
        assert 0 <= row.used_fibres <= row.fibre_count
        pairs = list(zip(parts.start_node, parts.end_node, strict=True))
        for one, two in pairwise(pairs):
            assert set(one) & set(two)


def test_conduits_have_room_in_places(demo_frames):
    conduits = demo_frames["conduits"]
    assert (conduits.capacity >= conduits.used).all()
    spare = (conduits.capacity - conduits.used) > 0
    assert 0.5 < spare.mean() < 0.95
    assert {"duct", "sewer"} == set(conduits.kind)


def test_flood_zones_of_a_river_are_nested(demo_frames):
    hazards = demo_frames["hazards"]
    rivers = hazards.name.str.split(",").str[0]
    assert set(rivers) >= {"Lambro", "Seveso", "Olona", "Ticino", "Adda"}
    for river in set(rivers):
        own = hazards[rivers == river].set_index("scenario").geometry
        areas_m2 = [shapely.area(own[key]) for key in ("H", "M", "L")]
        assert areas_m2 == sorted(areas_m2)
        assert shapely.area(shapely.difference(own["H"], own["M"])) < 0.02 * areas_m2[0]


def test_what_is_modelled_says_so(demo_frames):
    allowed = "modelled|public address|position assumed|0.001 degrees"
    for name, frame in demo_frames.items():
        if name == "organisations":
            continue
        says = False
        for column in {"source", "note", "position_quality", "name"} & set(frame.columns):
            says = says | frame[column].fillna("").astype(str).str.contains(allowed)
        assert says.all(), name


def test_columns_are_those_of_the_schema(demo_sources, demo_frames):
    for source in demo_sources:
        frame = demo_frames[source.layer or source.target]
        known = {*TABLES[source.target].column_names, "uid", "geometry", "lon", "lat"}
        assert set(frame.columns) <= known
        for column in TABLES[source.target].columns:
            if column.choices and column.name in frame:
                assert set(frame[column.name].dropna()) <= set(column.choices)


def test_modelled_names_do_not_hide_facts(sites):
    named = sites[~sites.name.str.contains("modelled")]
    assert set(named.position_quality) <= {"address", "assumed", "locality", "modelled"}
    halls = named[named.category == "municipality"]
    assert (halls.lon.round(3) - halls.lon).abs().max() < 2e-6
