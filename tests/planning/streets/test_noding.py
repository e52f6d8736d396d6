import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.streets.lines import cut, lines_of
from app.planning.streets.noding import level_codes, node_lines


def edges_of(lines, tolerance_m=0.5, level=None, bridge=None):
    shapes = np.array([shapely.LineString(points) for points in lines], dtype=object)
    flat = np.zeros(len(lines), dtype=np.int64) if level is None else np.array(level)
    is_bridge = np.zeros(len(lines), dtype=bool) if bridge is None else np.array(bridge)
    codes = level_codes(flat, is_bridge, np.zeros(len(lines), dtype=bool))
    noded = node_lines(lines_of(shapes), codes, tolerance_m)
    return cut(noded.lines, noded.splits, noded.is_node)[0]


def parts(edges):
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(len(edges.node_xy)))
    graph.add_edges_from(zip(edges.start.tolist(), edges.end.tolist(), strict=True))
    return [part for part in nx.connected_components(graph) if graph.degree(next(iter(part)))]


CROSS = [[(0, 50), (100, 50)], [(50, 0), (50, 100)]]


def test_streets_that_cross_without_a_vertex_get_a_junction():
    edges = edges_of(CROSS)
    assert len(edges.start) == 4
    assert len(parts(edges)) == 1
    assert [50.0, 50.0] in edges.node_xy.tolist()


@pytest.mark.parametrize("how", [{"level": [0, 1]}, {"bridge": [False, True]}])
def test_a_crossing_at_another_level_is_no_junction(how):
    edges = edges_of(CROSS, **how)
    assert len(edges.start) == 2
    assert len(parts(edges)) == 2


def test_a_bridge_joins_the_streets_at_its_ends():
    river_road = [(50, 0), (50, 100)]
    lines = [[(0, 50), (30, 50)], [(30, 50), (70, 50)], [(70, 50), (100, 50)], river_road]
    edges = edges_of(lines, bridge=[False, True, False, False])
    assert sorted(len(part) for part in parts(edges)) == [2, 4]


@pytest.mark.parametrize(("gap", "count"), [(0.0, 1), (0.3, 1), (0.49, 1), (0.8, 2)])
def test_an_end_short_of_a_street_is_joined_within_the_tolerance(gap, count):
    edges = edges_of([[(0, 0), (100, 0)], [(40, 50), (40, gap)]])
    assert len(parts(edges)) == count


@pytest.mark.parametrize(("gap", "count"), [(0.4, 1), (0.7, 2)])
def test_two_loose_ends_meet_within_the_tolerance(gap, count):
    edges = edges_of([[(0, 0), (50, 0)], [(50 + gap, 0), (100, 10)]])
    assert len(parts(edges)) == count


def test_two_streets_meeting_in_the_middle_of_a_third_are_joined_to_it():
    edges = edges_of([[(0, 0), (100, 0)], [(40, 50), (40, 0)], [(40, -50), (40, 0)]])
    assert len(parts(edges)) == 1
    assert len(edges.start) == 4


def test_streets_sharing_an_inner_vertex_are_joined_there():
    edges = edges_of([[(0, 0), (50, 50), (100, 0)], [(0, 100), (50, 50), (100, 100)]])
    assert len(edges.start) == 4
    assert len(parts(edges)) == 1


def test_a_loose_end_under_a_bridge_is_not_lifted_onto_it():
    edges = edges_of([[(0, 0), (100, 0)], [(40, 50), (40, 0.2)]], bridge=[True, False])
    assert len(parts(edges)) == 2


places = st.tuples(st.integers(0, 12), st.integers(0, 12))
streets = st.lists(
    st.lists(places, min_size=2, max_size=3, unique=True), min_size=1, max_size=8, unique_by=tuple
)


@settings(deadline=None, max_examples=120)
@given(streets)
def test_noding_agrees_with_the_union_of_the_lines(lines):
    shapes = [shapely.LineString([(10 * x, 10 * y) for x, y in points]) for points in lines]
    total = shapely.unary_union(shapes)
    overlap = sum(shape.length for shape in shapes) - total.length
    if overlap > 1e-6:
        return  # streets drawn twice: the union has fewer edges
    edges = edges_of([list(shape.coords) for shape in shapes], tolerance_m=0.01)
    drawn = edges.shape.shapes()
    assert sum(drawn_line.length for drawn_line in drawn) == pytest.approx(total.length, abs=0.05)
    merged = shapely.get_parts(total)
    expected = nx.Graph()
    for piece in merged:
        ends = [tuple(np.round(point, 2)) for point in (piece.coords[0], piece.coords[-1])]
        expected.add_edge(*ends)
    assert len(parts(edges)) == nx.number_connected_components(expected)


def test_cutting_reports_the_node_of_every_split_and_keeps_the_length():
    lines = lines_of(np.array([shapely.LineString([(0, 0), (60, 0), (100, 0)])], dtype=object))
    from app.planning.streets.lines import Splits

    splits = Splits(
        np.zeros(3, np.int64), np.array([30.0, 60.0, 30.0]), np.array([[30, 0], [60, 0], [30, 0]])
    )
    edges, nodes = cut(lines, splits, np.zeros(3, dtype=bool))
    assert nodes[0] == nodes[2] != nodes[1]
    assert edges.node_xy[nodes].tolist() == [[30, 0], [60, 0], [30, 0]]
    assert len(edges.start) == 3
