import networkx as nx
import numpy as np
import pytest

from app.model.errors import Infeasible, InputError
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.graphs import Joint, multigraph, network_graph
from app.planning.survival.redundancy import RedundancyParameters, analyse_redundancy
from app.planning.survival.secondroute import SecondRouteParameters, second_route


def analyse(network, **values):
    return analyse_redundancy(network, RedundancyParameters(**values))


def random_network(world, draw, seed):
    random = np.random.default_rng(seed)
    count = int(random.integers(3, 12))
    places = random.integers(0, 1000, (count, 2)).tolist()
    nodes = [
        draw.node(f"n{i}", x, y, "hub" if i < 1 + seed % 2 else "chamber")
        for i, (x, y) in enumerate(places)
    ]
    spans = [
        draw.span(f"e{i}", f"n{a}", f"n{b}", tuple(places[a]), tuple(places[b]))
        for i, (a, b) in enumerate(random.integers(0, count, (int(random.integers(2, 16)), 2)))
        if a != b
    ]
    sites = [
        draw.site(f"s{i}", 0, 0, node=f"n{at}")
        for i, at in enumerate(random.integers(0, count, 5).tolist())
    ]
    return world(nodes=nodes, spans=spans, sites=sites)


def lost_by_brute_force(network):
    """Take every object out alone and look who no longer reaches a hub."""
    graph = multigraph(network_graph(network))
    hubs = [uid for uid, values in graph.nodes(data=True) if values["is_hub"]]
    homes = network.table("sites")["node"]

    def dark(part):
        lit = set()
        for hub in hubs:
            if hub in part:
                lit |= nx.node_connected_component(part, hub)
        return {site for site, node in homes.items() if node not in lit}

    before = dark(graph)
    found = {}
    for a, b, key, values in graph.edges(keys=True, data=True):
        part = graph.copy()
        part.remove_edge(a, b, key)
        found[values["span"], "span"] = dark(part) - before
    for node in graph:
        part = graph.copy()
        part.remove_node(node)
        found[node, "node"] = dark(part) - before
    return {key: sorted(sites) for key, sites in found.items() if sites}


@pytest.mark.parametrize("seed", range(40))
def test_failures_agree_with_taking_every_object_out(world, draw, seed):
    network = random_network(world, draw, seed)
    result = analyse(network)
    failures = result.summary["failures"]
    assert {
        (item["uid"], item["kind"]): item["sites_lost"] for item in failures
    } == lost_by_brute_force(network)
    ranks = [(-len(item["sites_lost"]), item["uid"]) for item in failures]
    assert ranks == sorted(ranks)
    graph = multigraph(network_graph(network))
    assert result.summary["cut_nodes"] == len(list(nx.articulation_points(nx.Graph(graph))))


def test_the_summary_has_exactly_the_promised_keys(world, draw):
    summary = analyse(random_network(world, draw, 3)).summary
    assert set(summary) == {"bridges", "cut_nodes", "sites_single_homed", "failures"}


def test_parallel_spans_are_no_bridges_and_protect_the_site(world, draw):
    network = world(
        nodes=[draw.node("hub", 0, 0, "hub"), draw.node("a", 100, 0)],
        spans=[
            draw.span("one", "hub", "a", (0, 0), (100, 0)),
            draw.span("two", "hub", "a", (0, 0), (50, 50), (100, 0)),
        ],
        sites=[draw.site("s", 100, 0, node="a")],
    )
    summary = analyse(network).summary
    assert (summary["bridges"], summary["sites_single_homed"]) == (0, 0)
    assert {item["uid"] for item in summary["failures"]} == {"hub", "a"}


def test_a_second_hub_keeps_the_ring_alight(world, draw):
    nodes = [draw.node("h1", 0, 0, "hub"), draw.node("m", 100, 0), draw.node("h2", 200, 0, "pop")]
    spans = [
        draw.span("w", "h1", "m", (0, 0), (100, 0)), draw.span("e", "m", "h2", (100, 0), (200, 0)),
    ]  # fmt: skip
    network = world(nodes=nodes, spans=spans, sites=[draw.site("s", 100, 0, node="m")])
    summary = analyse(network).summary
    assert summary["bridges"] == 2
    assert summary["sites_single_homed"] == 0
    assert [item["uid"] for item in summary["failures"]] == ["m"]


def test_a_plan_is_analysed_together_with_the_network(world, draw, grid):
    network = world(
        streets=grid(6),
        nodes=[draw.node("hub", 0, -10, "hub"), draw.node("end", 500, -10)],
        spans=[draw.span("ring", "hub", "end", (0, -10), (500, -10))],
        sites=[draw.site("a", 310, 150)],
    )
    result = plan_extension(network, ExtensionParameters("A", ("a",)))
    stored = network.apply(result.changes)
    assert analyse(stored).summary["failures"] == []
    with_plan = analyse(stored, plan=result.summary["plan_uid"]).summary
    assert with_plan["sites_single_homed"] == 1
    failed = {item["uid"] for item in with_plan["failures"] if item["kind"] == "span"}
    assert failed == {"ring", *result.tables["plan_spans"].index}


def test_a_plan_with_protection_leaves_no_site_single_homed(world, draw, grid):
    network = world(
        streets=grid(6), nodes=[draw.node("hub", 10, 10, "hub")],
        sites=[draw.site("a", 440, 360), draw.site("b", 130, 260)],
    )  # fmt: skip
    for protection in ("edge", "node"):
        parameters = ExtensionParameters("A", ("a", "b"), protection=protection, time_limit_s=3.0)
        result = plan_extension(network, parameters)
        stored = network.apply(result.changes)
        summary = analyse(stored, plan=result.summary["plan_uid"]).summary
        assert summary["sites_single_homed"] == 0
        if protection == "node":
            entries = set(result.tables["plan_nodes"].query("type == 'buildingEntry'").index)
            assert {item["uid"] for item in summary["failures"]} == {"hub", *entries}


def test_joints_part_a_span_in_their_order(world, draw):
    network = world(
        nodes=[draw.node("hub", 0, 0, "hub"), draw.node("a", 100, 0)],
        spans=[draw.span("s", "hub", "a", (0, 0), (100, 0))],
    )
    x, y = network.geo("nodes").geometry.iloc[0].coords[0]
    joints = [Joint("s", "far", x + 80, y), Joint("s", "near", x + 20, y)]
    graph = network_graph(network, joints=joints)
    edges = [(graph.nodes[a], graph.nodes[b]) for a, b in zip(graph.start, graph.end, strict=True)]
    assert edges == [("hub", "near"), ("near", "far"), ("far", "a")]


def test_loose_spans_and_dark_sites_are_findings(world, draw):
    network = world(
        nodes=[draw.node("hub", 0, 0, "hub"), draw.node("lost", 100, 0)],
        spans=[draw.span("loose", "hub", None, (0, 0), (50, 0))],
        sites=[draw.site("s", 100, 0, node="lost")],
    )
    rules = {finding.rule: finding.uids for finding in analyse(network).findings}
    assert rules == {"redundancy.dark_sites": ("s",), "redundancy.loose_spans": ("loose",)}


def test_no_hub_and_unknown_plans_are_refused(world, draw):
    with pytest.raises(Infeasible, match="hub or pop"):
        analyse(world(nodes=[draw.node("a", 0, 0)]))
    with pytest.raises(InputError, match="no plan ghost"):
        analyse(world(nodes=[draw.node("a", 0, 0, "hub")]), plan="ghost")


@pytest.mark.parametrize("disjoint", ["edge", "node"])
def test_a_second_route_keeps_the_first_and_builds_only_what_is_missing(
    world, draw, grid, disjoint
):
    network = world(
        streets=grid(6),
        nodes=[draw.node("hub", 0, -10, "hub"), draw.node("end", 500, -10)],
        spans=[draw.span("ring", "hub", "end", (0, -10), (500, -10), allows_joint=False)],
        sites=[draw.site("a", 505, -10, node="end")],
    )
    result = second_route(network, SecondRouteParameters("a", disjoint))
    assert result.changes is None
    assert result.summary["found"]
    assert sorted(route["spans"] for route in result.summary["routes"]) == [[], ["ring"]]
    new = [route["new_route_length_m"] for route in result.summary["routes"]]
    assert min(new) == 0
    assert 500 < max(new) < 560
    assert len(result.tables["routes"]) > 2


@pytest.mark.parametrize(("y", "low", "high"), [(-5, 450, 560), (-60, 0, 60)])
def test_how_far_two_routes_run_side_by_side_is_told(world, draw, grid, y, low, high):
    network = world(
        streets=grid(6),
        nodes=[draw.node("hub", 0, y, "hub"), draw.node("end", 500, y)],
        spans=[draw.span("ring", "hub", "end", (0, y), (500, y), allows_joint=False)],
        sites=[draw.site("a", 505, y, node="end")],
    )
    result = second_route(network, SecondRouteParameters("a"))
    assert result.summary["found"]
    assert low <= result.summary["shared_corridor_m"] <= high


def test_a_second_route_that_does_not_exist_is_told(world, draw):
    network = world(
        streets=[draw.street("s1", (0, 0), (1000, 0))], nodes=[draw.node("hub", 0, 10, "hub")],
        sites=[draw.site("a", 600, 20)],
    )  # fmt: skip
    result = second_route(network, SecondRouteParameters("a"))
    assert not result.summary["found"]
    assert result.summary["shared_corridor_m"] == 0
    assert len(result.summary["routes"]) == 1
