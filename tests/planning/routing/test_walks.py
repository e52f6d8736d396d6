import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from app.planning.arrays import FAR, build_graph
from app.planning.routing.isochrones import area_around, reached_parts
from app.planning.routing.matrix import distance_blocks, distance_matrix
from app.planning.routing.walks import from_nearest, one_to_all, ways
from app.planning.streets.lines import Lines
from app.planning.survival.lowpoint import walk


def as_networkx(graph, kind=nx.MultiGraph):
    result = kind()
    result.add_nodes_from(range(graph.node_count))
    rows = zip(graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True)
    for edge, (a, b, cost) in enumerate(rows):
        result.add_edge(a, b, key=edge, weight=cost)
    return result


@st.composite
def graphs(draw, most=14):
    count = draw(st.integers(1, most))
    node = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(node, node, st.integers(0, 9)), max_size=3 * most))
    return build_graph(count, *(np.array([e[i] for e in edges], dtype=int) for i in range(3)))


def check_walks(graph, sources, limit):
    plain = as_networkx(graph)
    on = ways(graph)
    expected = nx.multi_source_dijkstra_path_length(plain, set(sources), cutoff=limit)
    reach = from_nearest(on, sources, limit=limit)
    for node in range(graph.node_count):
        assert reach.distance[node] == expected.get(node, FAR)
        if node not in expected:
            assert reach.owner[node] == reach.via[node] == -1
            continue
        owner = sources[reach.owner[node]]
        alone = one_to_all(on, owner)
        assert alone.distance[node] == reach.distance[node]
        edge = reach.via[node]
        if edge >= 0:
            before = graph.start[edge] + graph.end[edge] - node
            assert reach.distance[before] + graph.cost[edge] == reach.distance[node]
            assert reach.owner[before] == reach.owner[node]


@settings(deadline=None, max_examples=100)
@given(graphs(), st.data())
def test_walks_agree_with_networkx(graph, data):
    nodes = st.lists(st.integers(0, graph.node_count - 1), min_size=1, max_size=4)
    check_walks(graph, data.draw(nodes), data.draw(st.integers(0, 30)))


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(graphs(40), st.data())
def test_walks_agree_with_networkx_often(graph, data):
    nodes = st.lists(st.integers(0, graph.node_count - 1), min_size=1, max_size=6)
    check_walks(graph, data.draw(nodes), data.draw(st.integers(0, 60)))


@settings(deadline=None, max_examples=100)
@given(graphs(), st.data())
def test_a_head_start_is_like_an_edge_from_a_node_of_its_own(graph, data):
    nodes = data.draw(st.lists(st.integers(0, graph.node_count - 1), min_size=1, max_size=4))
    begin = data.draw(st.lists(st.integers(0, 9), min_size=len(nodes), max_size=len(nodes)))
    hub = graph.node_count
    wide = build_graph(
        hub + 1, [*graph.start, *nodes], [*graph.end, *([hub] * len(nodes))], [*graph.cost, *begin]
    )
    reach = from_nearest(ways(graph), nodes, begin)
    plain = as_networkx(wide)
    known = nx.single_source_dijkstra_path_length(plain, hub)
    # The hub itself must not become a way through: a walk from it never comes back to it.
    assert [known.get(node, FAR) for node in range(hub)] == reach.distance.tolist()


def check_matrix(graph, sources, targets):
    plain = as_networkx(graph)
    table = distance_matrix(graph, sources, targets)
    assert table.shape == (len(sources), len(targets))
    for i, source in enumerate(sources):
        known = nx.single_source_dijkstra_path_length(plain, source)
        assert table[i].tolist() == [known.get(target, FAR) for target in targets]


@settings(deadline=None, max_examples=100)
@given(graphs(), st.data())
def test_the_matrix_agrees_with_networkx(graph, data):
    nodes = st.lists(st.integers(0, graph.node_count - 1), max_size=5)
    check_matrix(graph, data.draw(nodes), data.draw(nodes))


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(graphs(40), st.data())
def test_the_matrix_agrees_with_networkx_often(graph, data):
    nodes = st.lists(st.integers(0, graph.node_count - 1), max_size=8)
    check_matrix(graph, data.draw(nodes), data.draw(nodes))


def test_a_matrix_in_blocks_is_the_matrix_of_scipy(random_graph):
    graph = random_graph(5, 400, 700, 50)
    keep = graph.cost > 0
    pairs = np.concatenate((graph.start[keep], graph.end[keep]))
    others = np.concatenate((graph.end[keep], graph.start[keep]))
    least = {}
    for a, b, cost in zip(pairs, others, np.tile(graph.cost[keep], 2), strict=True):
        least[a, b] = min(cost, least.get((a, b), cost))
    plain = build_graph(400, graph.start[keep], graph.end[keep], graph.cost[keep])
    matrix = csr_array(
        (list(least.values()), tuple(zip(*least, strict=True))), shape=(400, 400), dtype=float
    )
    sources, targets = np.arange(0, 400, 2), np.arange(1, 400, 7)
    told = []
    rows = list(distance_blocks(plain, sources, targets, lambda done, _=None: told.append(done)))
    assert [begin for begin, _ in rows] == [0, 64, 128, 192]
    found = np.concatenate([block for _, block in rows]).astype(float)
    found[found == FAR] = np.inf
    assert (found == dijkstra(matrix, indices=sources)[:, targets]).all()
    assert told[-1] == 1.0


def check_parts(graph):
    plain = as_networkx(graph)
    found = walk(graph)
    cuts = set(nx.articulation_points(nx.Graph(plain)))
    assert set(found.cut_nodes().tolist()) == cuts
    block = found.blocks(graph)
    loops = graph.start == graph.end
    assert (block[loops] == -1).all()
    mine = {
        frozenset(np.concatenate((graph.start[block == b], graph.end[block == b])).tolist())
        for b in np.unique(block[~loops])
    }
    assert mine == {frozenset(part) for part in nx.biconnected_components(nx.Graph(plain))}


@settings(deadline=None, max_examples=100)
@given(graphs())
def test_cut_nodes_and_blocks_agree_with_networkx(graph):
    check_parts(graph)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(graphs(40))
def test_cut_nodes_and_blocks_agree_with_networkx_often(graph):
    check_parts(graph)


@settings(deadline=None, max_examples=100)
@given(graphs(), st.integers(0, 30))
def test_reached_parts_agree_with_edges_cut_into_steps(graph, limit):
    """Every step of one unit of length is in reach when its farther end is."""
    distance = one_to_all(ways(graph), 0).distance
    parts = reached_parts(graph, graph.cost, distance, limit)
    inside = {edge: set() for edge in range(graph.edge_count)}
    for edge, begin, stop in zip(parts.edge, parts.begin, parts.stop, strict=True):
        steps = range(int(graph.cost[edge]))
        inside[int(edge)] |= {
            step for step in steps if begin - 1e-9 <= (step + 0.5) / graph.cost[edge] <= stop + 1e-9
        }
    for edge in range(graph.edge_count):
        near, far = distance[graph.start[edge]], distance[graph.end[edge]]
        length = int(graph.cost[edge])
        for step in range(length):
            away = min(near + step + 0.5, far + length - step - 0.5)
            assert (step in inside[edge]) == (away <= limit)


def test_reached_shapes_are_cut_along_bent_lines():
    graph = build_graph(3, [0, 1], [1, 2], [200, 100])
    lines = Lines(
        np.array([[0, 0], [100, 0], [100, 100], [100, 100], [200, 100.0]]), np.array([0, 3, 5])
    )
    distance = one_to_all(ways(graph), 0).distance
    parts = reached_parts(graph, graph.cost, distance, 150)
    assert parts.length(graph.cost) == 150
    (shape,) = parts.shapes(lines)
    assert shape.equals(shapely.LineString([(0, 0), (100, 0), (100, 50)]))
    both = reached_parts(graph, graph.cost, distance, 230).shapes(lines)
    assert [round(line.length, 6) for line in both] == [200, 30]


def test_the_area_around_a_block_has_no_small_hole_and_keeps_a_large_one():
    def ring(side):
        return shapely.Polygon([(0, 0), (side, 0), (side, side), (0, side)]).exterior

    small = area_around(np.array([ring(100.0)], dtype=object), 25.0)
    large = area_around(np.array([ring(1000.0)], dtype=object), 25.0)
    assert [len(part.interiors) for part in small.geoms] == [0]
    assert [len(part.interiors) for part in large.geoms] == [1]
    assert small.contains(shapely.Point(50, 50)) and not large.contains(shapely.Point(500, 500))
