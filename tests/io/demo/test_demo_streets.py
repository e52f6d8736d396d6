"""The modelled streets: many, connected, and stopped by what stops streets."""

import networkx as nx
import numpy as np
import pytest
import shapely

from app.io.demo import areas, barriers, facts
from app.model.tables import TABLES


@pytest.fixture(scope="module")
def streets(demo_frames):
    return demo_frames["streets"]


@pytest.fixture(scope="module")
def ends(streets):
    lines = streets.geometry.to_numpy()
    return [
        [tuple(np.round(shapely.get_coordinates(shapely.get_point(line, end))[0], 2))
         for end in (0, -1)]
        for line in lines
    ]  # fmt: skip


def test_there_are_enough_segments_of_every_kind(streets):
    assert len(streets) >= 60_000
    table = TABLES["streets"]
    for name in ("road_class", "surface", "access"):
        assert set(streets[name]) <= set(table.column(name).choices)
    assert {"primary", "secondary", "tertiary", "residential", "track"} <= set(streets.road_class)
    assert {"asphalt", "stone", "gravel"} <= set(streets.surface)
    assert streets.source_id.is_unique
    assert (streets.source == "modelled").all()


def test_the_streets_are_one_connected_graph(ends):
    graph = nx.Graph(ends)
    assert nx.number_connected_components(graph) == 1


def test_segments_run_from_junction_to_junction(streets, ends):
    graph = nx.MultiGraph(ends)
    keys = list(zip(streets.road_class, streets.name, streets.surface, streets.is_bridge,
                    streets.is_tunnel, strict=True))  # fmt: skip
    around = {}
    for (start, end), key in zip(ends, keys, strict=True):
        around.setdefault(start, []).append(key)
        around.setdefault(end, []).append(key)
    plain = [v for v, degree in graph.degree if degree == 2 and len(set(around[v])) == 1]
    assert len(plain) < 0.003 * len(graph)


def test_towns_are_dense_and_the_country_is_not(streets):
    middles = shapely.line_interpolate_point(streets.geometry.to_numpy(), 0.5, normalized=True)
    tree = shapely.STRtree(middles)
    for name, least in (("Milano", 1200), ("Legnano", 400), ("Magenta", 300), ("Binasco", 100)):
        centre = shapely.points(facts.town(name).xy)
        assert len(tree.query(centre, predicate="dwithin", distance=1000.0)) > least / 2
    empty = facts.project([(9.00, 45.34), (8.95, 45.32)])
    for point in shapely.points(empty):
        assert len(tree.query(point, predicate="dwithin", distance=1000.0)) < 60


def test_no_street_crosses_the_lake_or_the_airport(streets):
    shapes = {name: shape for name, _, shape in areas.drawn()}
    tree = shapely.STRtree(streets.geometry.to_numpy())
    for name in ("Idroscalo", "Aeroporto di Linate"):
        inner = shapely.buffer(shapes[name], -20.0)
        assert not len(tree.query(inner, predicate="intersects"))


def test_most_town_streets_end_at_barriers_and_crossings_are_bridges_or_tunnels(streets):
    lines = streets.geometry.to_numpy()
    tree = shapely.STRtree(lines)
    over = (streets.is_bridge | streets.is_tunnel).to_numpy()
    for item in barriers.surface_lines():
        if item.kind in ("river", "motorway"):
            hit = tree.query(item.line, predicate="intersects")
            assert len(hit) < 250
            assert over[hit].mean() > 0.9
    assert (streets.is_bridge & streets.is_tunnel).sum() == 0
    assert (streets.level[streets.is_bridge] == 1).all()
    assert (streets.level[streets.is_tunnel] == -1).all()


def test_everything_lies_in_the_area(demo_frames):
    region = shapely.buffer(shapely.convex_hull(facts.outline()), 4000.0)
    for name in ("streets", "spans", "conduits", "nodes", "land", "municipalities"):
        assert shapely.covers(region, shapely.box(*demo_frames[name].total_bounds)) or all(
            shapely.covers(region, demo_frames[name].geometry.to_numpy())
        )


def test_rivers_pass_the_towns_that_lie_on_them():
    lines = {item.name: item.line for item in barriers.barrier_lines()}
    for river, town, most_m in (
        ("Lambro", "Melegnano", 700), ("Adda", "Cassano d'Adda", 900), ("Olona", "Rho", 900),
        ("Adda", "Trezzo sull'Adda", 1500), ("Olona", "Legnano", 900),
        ("Naviglio Grande", "Gaggiano", 700), ("Naviglio Pavese", "Binasco", 700),
        ("Naviglio della Martesana", "Gorgonzola", 700), ("Ticino", "Turbigo", 1800),
    ):  # fmt: skip
        assert shapely.distance(lines[river], shapely.points(facts.town(town).xy)) < most_m
    for town in facts.towns():
        if town.name != "San Colombano al Lambro":
            x, y = town.xy
            near = facts.project([(8.6, 45.45), (9.65, 45.45)])
            west = shapely.linestrings([(near[0][0], y), (x, y)])
            assert not shapely.intersects(west, lines["Adda"])
