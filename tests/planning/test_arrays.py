import networkx as nx
import numpy as np
import pytest

from app.planning.arrays import FAR, components, shortest
from app.planning.survival.lowpoint import walk


def as_networkx(graph):
    result = nx.MultiGraph()
    result.add_nodes_from(range(graph.node_count))
    for edge, (a, b, cost) in enumerate(
        zip(graph.start.tolist(), graph.end.tolist(), graph.cost.tolist(), strict=True)
    ):
        result.add_edge(a, b, key=edge, weight=cost)
    return result


@pytest.mark.parametrize("seed", range(20))
def test_distances_agree_with_networkx(random_graph, seed):
    graph = random_graph(seed, 40, 70)
    distance, base, via = shortest(
        graph.first, graph.neighbour, graph.edge, graph.cost, np.array([0, 7], dtype=np.int32)
    )
    expected = nx.multi_source_dijkstra_path_length(as_networkx(graph), {0, 7})
    for node in range(graph.node_count):
        assert distance[node] == expected.get(node, FAR)
        assert (base[node] >= 0) == (node in expected)
    assert via[0] == via[7] == -1


@pytest.mark.parametrize("seed", range(20))
def test_components_agree_with_networkx(random_graph, seed):
    graph = random_graph(seed, 40, 30)
    label = components(graph.node_count, graph.start, graph.end)
    expected = sorted(sorted(part) for part in nx.connected_components(as_networkx(graph)))
    found = sorted(np.flatnonzero(label == part).tolist() for part in np.unique(label))
    assert found == expected


@pytest.mark.parametrize("seed", range(60))
def test_bridges_and_cut_nodes_agree_with_networkx(random_graph, seed):
    graph = random_graph(seed, 25, 24 + seed % 20)
    reference = as_networkx(graph)
    tour = walk(graph)
    before = nx.number_connected_components(reference)
    bridges = []
    for a, b, key in list(reference.edges(keys=True)):
        reference.remove_edge(a, b, key)
        if nx.number_connected_components(reference) > before:
            bridges.append(key)
        reference.add_edge(a, b, key=key)
    assert tour.bridges().tolist() == sorted(bridges)
    simple = nx.Graph(reference)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    assert tour.cut_nodes().tolist() == sorted(nx.articulation_points(simple))
