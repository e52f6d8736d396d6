"""Plans looked over from outside: with networkx, shapely and pyproj alone.

Nothing here uses how a plan was found. What is stored must hang together by itself: geometry,
lengths, ways to the network, money, and what acceptance makes of it.
"""

import dataclasses
import math
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pyproj
import pytest
import shapely
from shapely.affinity import translate

from app.model.acceptance import accept_plan
from app.model.frames import make_frame
from app.model.network import empty_network
from app.model.tables import TABLES
from app.planning.costs.bill import bill
from app.planning.costs.prices import default_price_list
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.survival.redundancy import RedundancyParameters, analyse_redundancy

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
STREETS = DATA / "streets" / "milano_core_streets.gpkg"
ACCEPTED = "2026-01-02T03:04:05.000Z"
BUILT = ("operational", "underConstruction", "planned")


def plan(network, name="A", **values):
    values.setdefault("sites", tuple(network.table("sites").index))
    return plan_extension(network, ExtensionParameters(name=name, **values))


def places(network, tables):
    """Place of every node that a plan's span may end at: the plan's own and the network's."""
    own = dict(zip(tables["plan_nodes"].index, tables["plan_nodes"].geometry, strict=True))
    nodes = network.geo("nodes")
    return {**dict(zip(nodes.index, nodes.geometry, strict=True)), **own}


def graph_of(tables):
    graph = nx.MultiGraph()
    for uid, row in tables["plan_spans"].iterrows():
        graph.add_edge(row["start_node"], row["end_node"], key=uid)
    return graph


def anchors(tables):
    """Ends of the plan that are the network: nodes it joins, and splice points on its spans."""
    nodes = tables["plan_nodes"]
    on_span = nodes.index[nodes["joined_span"].notna()]
    return set(nodes["joined_node"].dropna()) | set(on_span)


def audit_geometry(network, tables):
    spans, place = tables["plan_spans"], places(network, tables)
    for uid, row in spans.iterrows():
        shape = row["geometry"]
        assert shape.geom_type == "LineString" and shape.is_valid and shape.length > 0, uid
        ends = shapely.Point(shape.coords[0]), shapely.Point(shape.coords[-1])
        for end, name in zip(ends, (row["start_node"], row["end_node"]), strict=True):
            assert end.distance(place[name]) < 0.5, (uid, name)


def audit_lengths(network, result):
    spans = result.tables["plan_spans"]
    to_degrees = pyproj.Transformer.from_crs(network.crs, "EPSG:6706", always_xy=True)
    geod = pyproj.Geod(ellps="GRS80")
    for uid, row in spans.iterrows():
        lon, lat = to_degrees.transform(*np.array(row["geometry"].coords).T)
        # Each edge between two junctions counts in whole millimetres.
        rounding = 0.0005 * len(lon)
        assert row["route_length_m"] == pytest.approx(geod.line_length(lon, lat), abs=rounding), uid
    total = math.fsum(spans["route_length_m"])
    assert result.summary["route_length_m"] == pytest.approx(total, abs=1e-6)


def audit_overlap(tables):
    """No stretch of a street or duct is built twice."""
    spans = tables["plan_spans"]
    shapes = spans.geometry[spans["street"].notna() | spans["conduit"].notna()].to_numpy()
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = a < b
    shared = shapely.intersection(shapes[a[pairs]], shapes[b[pairs]])
    assert shapely.length(shared).max(initial=0.0) < 0.01


def audit_service(network, result):
    tables, graph = result.tables, graph_of(result.tables)
    rows, nodes = tables["plan_sites"].set_index("site"), tables["plan_nodes"]
    connected = rows.index[rows["state"] == "connected"]
    entry = dict(rows["node"])
    sites = network.geo("sites").geometry
    known = anchors(tables)
    for site in connected:
        assert nodes.geometry[entry[site]].distance(sites[site]) < 1.2
        reachable = nx.node_connected_component(graph, entry[site])
        assert reachable & known, f"{site} has no way to the network"
        first, second = rows.at[site, "spans"], rows.at[site, "protection_spans"] or ()
        audit_path(tables, entry[site], first, known)
        if second:
            audit_path(tables, entry[site], second, known)
            assert not set(first) & set(second), site
    counts = Counter(rows["state"])
    assert counts["connected"] == result.summary["connected"]
    assert counts["alreadyConnected"] == result.summary["already_connected"]
    assert counts["unreachable"] == len(result.summary["unreachable"])
    assert result.summary["sites"] == counts["connected"] + counts["unreachable"]


def audit_path(tables, entry, uids, known):
    """The spans named for a site form one walk from its entry to the network."""
    spans, at = tables["plan_spans"], entry
    for uid in uids:
        ends = spans.at[uid, "start_node"], spans.at[uid, "end_node"]
        assert at in ends, uid
        at = ends[1] if at == ends[0] else ends[0]
    assert at in known


def audit_tree(tables):
    """Drawn together at the network, an unprotected plan has no cycle."""
    graph = graph_of(tables)
    merged = nx.MultiGraph()
    root = "network"
    known = anchors(tables)
    for a, b in graph.edges():
        merged.add_edge(root if a in known else a, root if b in known else b)
    assert merged.number_of_edges() == merged.number_of_nodes() - 1
    assert nx.is_connected(merged)


def audit_money(network, result):
    """The objective is the sum of items times prices, each item rounded once."""
    prices = network.table("price_items").set_index("code")
    needed = Counter()
    for items in result.tables["plan_spans"]["items"]:
        for code, quantity in items.items():
            needed[code] += Decimal(str(quantity))
    cent = Decimal("0.01")
    total = sum(
        (quantity * Decimal(str(prices.at[code, "typical_eur"]))).quantize(cent, ROUND_HALF_UP)
        for code, quantity in needed.items()
    )
    assert Decimal(str(result.summary["objective"])) == total
    paper = bill(network.apply(result.changes), result.summary["plan_uid"])
    assert paper.objective_eur == total
    assert paper.total().to_json() == result.summary["cost_eur"]
    cost = result.summary["cost_eur"]
    assert cost["low"] <= cost["typical"] <= cost["high"]
    if result.summary["lower_bound"] is not None:
        assert result.summary["lower_bound"] <= result.summary["objective"]


def audit(network, result):
    audit_geometry(network, result.tables)
    audit_lengths(network, result)
    audit_overlap(result.tables)
    audit_service(network, result)
    audit_money(network, result)


def accepted(network, result):
    stored = network.apply(result.changes)
    return stored.apply(accept_plan(stored, "A", ACCEPTED))


def audit_protection(network, result, kind):
    """Once built, no single failure of ``kind`` darkens a protected site."""
    built = accepted(network, result)
    report = analyse_redundancy(built, RedundancyParameters(statuses=BUILT))
    alone = {item["uid"] for item in result.summary["unprotected"]}
    protected = {
        site
        for site, state in zip(
            result.tables["plan_sites"]["site"], result.tables["plan_sites"]["state"], strict=True
        )
        if state == "connected"
    } - alone
    own = set(built.table("sites")["node"].dropna())
    nodes = built.table("nodes")
    hubs = set(nodes.index[nodes["type"].isin(("hub", "pop"))])
    for failure in report.summary["failures"]:
        if failure["kind"] == "span" or (kind == "node" and failure["uid"] not in own | hubs):
            assert not protected & set(failure["sites_lost"]), failure["uid"]
    return protected


@pytest.fixture(scope="module")
def town(world, draw, grid):
    """A town of 12 by 12 streets, a railway, a river, a ring of fibre, ducts, and 40 sites."""
    random = np.random.default_rng(20)
    corners = [(205, 205), (895, 205), (895, 895), (205, 895)]
    names = ["hub", "n1", "n2", "n3"]
    ring = [
        draw.span(f"ring{i}", names[i], names[(i + 1) % 4], corners[i], corners[(i + 1) % 4])
        for i in range(4)
    ]
    sites = [
        draw.site(f"site{i:02}", *random.uniform(-50, 1150, 2).round(2), category="school_primary")
        for i in range(40)
    ]
    return world(
        streets=grid(12),
        nodes=[
            draw.node(name, *corner, "hub" if name == "hub" else "chamber")
            for name, corner in zip(names, corners, strict=True)
        ],
        spans=ring,
        sites=sites,
        barriers=[
            {"uid": "rail", "kind": "railway", "geometry": draw.line((-100, 550), (1200, 560))},
            {"uid": "river", "kind": "river", "geometry": draw.line((650, -100), (640, 1200))},
        ],
        conduits=[
            {
                "uid": "duct", "kind": "duct", "capacity": 2, "used": 0, "status": "operational",
                "geometry": draw.line((304, 2), (304, 1000)),
            }
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def core():
    """The real core of Milan, as drawn, with its schools and one hub."""
    if not STREETS.exists():
        pytest.skip("the shared data is not on this machine")
    crs = "EPSG:7791"
    edges = gpd.read_file(STREETS, layer="edges").to_crs(crs)
    schools = gpd.read_file(DATA / "sites" / "schools_state_MI_MB.geojson").to_crs(crs)
    box = shapely.box(*edges.total_bounds)
    schools = schools[schools.within(box)]
    tables = dict(empty_network("Milano", crs, "m").tables)

    def fill(table, shapes, **values):
        uids = [f"{table}{number}" for number in range(len(shapes))]
        tables[table] = make_frame(TABLES[table], values, crs, geometry=list(shapes), uids=uids)

    fill("streets", edges.geometry)
    fill("sites", schools.geometry)
    fill("nodes", [box.centroid], type=["hub"])
    tables.update(default_price_list())
    return dataclasses.replace(empty_network("Milano", crs, "m"), tables=tables)


@pytest.mark.parametrize("protection", ["none", "edge", "node"])
def test_a_plan_of_a_town_stands_on_its_own(town, protection):
    result = plan(town, protection=protection, time_limit_s=3.0)
    audit(town, result)
    if protection == "none":
        audit_tree(result.tables)
    else:
        assert len(audit_protection(town, result, protection)) > 35


@pytest.mark.parametrize("protection", ["none", "edge"])
def test_a_plan_of_milan_stands_on_its_own(core, protection):
    result = plan(core, protection=protection, gap=0.05, time_limit_s=6.0)
    audit(core, result)
    if protection == "none":
        audit_tree(result.tables)
    else:
        assert len(audit_protection(core, result, protection)) > 150


def test_the_same_question_gets_the_same_answer(town):
    first, second = plan(town, seed=3, created=ACCEPTED), plan(town, seed=3, created=ACCEPTED)
    summaries = [{**result.summary, "seconds": 0} for result in (first, second)]
    assert summaries[0] == summaries[1]
    for name in ("plan_spans", "plan_nodes", "plan_sites"):
        assert first.tables[name].equals(second.tables[name])


def test_an_accepted_plan_connects_its_sites_for_good(town):
    built = accepted(town, plan(town))
    again = plan(built, "B", statuses=BUILT)
    assert again.summary["already_connected"] == 40
    assert again.summary["sites"] == 0
    assert again.summary["objective"] == 0


def test_two_routes_into_one_dead_end_are_no_protection(world, draw, grid):
    """The network itself has one way to the hub, so a disjoint pair in new trenches is not enough.

    Sites whose routes both end beyond a bridge of the network are named, with the bridge.
    """
    network = world(
        streets=[
            draw.street(row["uid"], *translate(row["geometry"], 2000, 0).coords) for row in grid(3)
        ],
        nodes=[draw.node("hub", 0, 0, "hub"), draw.node("a", 1000, 0), draw.node("b", 2100, 0)],
        spans=[
            draw.span("bridge", "hub", "a", (0, 0), (1000, 0)),
            draw.span("spur", "a", "b", (1000, 0), (2100, 0)),
        ],
        sites=[draw.site("school", 2110, 110)],
    )
    result = plan(network, protection="edge")
    assert result.summary["connected"] == 1
    (alone,) = result.summary["unprotected"]
    assert alone["uid"] == "school"
    assert "bridge" in alone["reason"]
    assert audit_protection(network, result, "edge") == set()


def test_joints_on_a_span_without_a_far_node_hang_on_its_near_one(world, draw, grid):
    """Both routes end on one span that leads to the hub: no protection, and the plan says so."""
    network = world(
        streets=grid(3),
        nodes=[
            draw.node("hub", -700, 0, "hub"),
            draw.node("gone", 100, 200, status="decommissioned"),
        ],
        spans=[draw.span("tail", "hub", "gone", (-700, 0), (50, 0), (50, 100), (100, 200))],
        sites=[draw.site("school", 190, 110)],
    )
    result = plan(network, protection="edge")
    (alone,) = result.summary["unprotected"]
    assert "tail" in alone["reason"]
    assert audit_protection(network, result, "edge") == set()
    report = analyse_redundancy(accepted(network, result), RedundancyParameters(statuses=BUILT))
    assert report.summary["sites_single_homed"] == 1


def test_a_street_that_barriers_close_altogether_leaves_the_reason(world, draw):
    network = world(
        streets=[draw.street("only", (0, 0), (100, 0))],
        nodes=[draw.node("hub", 0, 5, "hub")],
        sites=[draw.site("school", 100, 5)],
        barriers=[
            {
                "uid": "zone", "kind": "restricted", "crossing": "forbidden",
                "geometry": shapely.box(10, -20, 90, 20),
            }
        ],
    )  # fmt: skip
    result = plan(network)
    assert result.summary["connected"] == 0
    assert len(result.summary["unreachable"]) == 1


def test_other_identifiers_give_the_same_plan(town):
    """Identifiers are drawn anew at each import of the same files."""
    sites = town.table("sites")
    renamed = sites.set_axis([f"z{99 - row}" for row in range(len(sites))]).rename_axis("uid")
    again = dataclasses.replace(town, tables={**town.tables, "sites": renamed})
    first, second = plan(town), plan(again)
    assert first.summary["objective"] == second.summary["objective"]
    assert (
        first.tables["plan_spans"]
        .geometry.geom_equals(second.tables["plan_spans"].geometry, align=False)
        .all()
    )
