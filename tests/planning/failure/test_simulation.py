"""What failures take down, against networkx; loads against a small sum by hand."""

import dataclasses
import itertools

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.errors import Infeasible, InputError
from app.planning.arrays import build_graph
from app.planning.failure.simulation import SimulationParameters, simulate_failures
from app.planning.failure.sweep import aftermath, pairs_that_matter
from app.planning.graphs import multigraph, network_graph


@st.composite
def towns(draw):
    """Spans between up to seven nodes, the first a hub; a site at every other node."""
    count = draw(st.integers(2, 7))
    ends = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=10))
    return count, pairs


def town_of(world, draw, count, pairs, **values):
    nodes = [draw.node(f"n{i}", 100 * i, 10 * i * i, "hub" if i == 0 else "chamber")
             for i in range(count)]  # fmt: skip
    spans = [
        draw.span(f"s{i}", f"n{a}", f"n{b}", (100 * a, 10 * a * a), (100 * b, 10 * b * b + 1),
                  route_length_m=100.0 + i, **values)
        for i, (a, b) in enumerate(pairs)
    ]  # fmt: skip
    sites = [
        draw.site(f"c{i}", 100 * i, 5, node=f"n{i}", priority=1 + i % 5, guaranteed_mbps=10.0 * i)
        for i in range(1, count)
    ]
    return world(nodes=nodes, spans=spans, sites=sites)


def dark_sites(whole, sites, uids):
    """Return the sites that networkx finds cut off from the hub."""
    graph = whole.copy()
    graph.remove_nodes_from([uid for uid in uids if uid in graph])
    graph.remove_edges_from(
        [(a, b, key) for a, b, key, span in graph.edges(keys=True, data="span") if span in uids]
    )
    alive = nx.node_connected_component(graph, "n0") if "n0" in graph else set()
    return {site for site, node in sites.items() if node not in alive}


def agrees_with_networkx(world, draw, town):
    network = town_of(world, draw, *town)
    given = multigraph(network_graph(network)), dict(network.table("sites")["node"])
    dark = dark_sites(*given, ())
    result = simulate_failures(network, SimulationParameters(depth=2, with_nodes=True, shown=10**6))
    told = {item["uid"]: set(item["sites_lost"]) for item in result.summary["failures"]}
    parts = [*network.table("spans").index, *network.table("nodes").index]
    lost = {uid: dark_sites(*given, {uid}) - dark for uid in parts}
    assert {uid: told.get(uid, set()) for uid in parts} == lost
    pairs = {frozenset(item["uids"]): set(item["sites_lost"]) for item in result.summary["pairs"]}
    for both in itertools.combinations(parts, 2):
        truth = dark_sites(*given, set(both)) - dark
        matters = truth != lost[both[0]] | lost[both[1]]
        assert (frozenset(both) in pairs) == matters
        if matters:
            assert pairs[frozenset(both)] == truth
    count = len(parts)
    assert result.summary["pairs_examined"] == count * (count - 1) // 2


@settings(deadline=None, max_examples=40)
@given(towns())
def test_every_failure_and_pair_agrees_with_networkx(world, draw, town):
    agrees_with_networkx(world, draw, town)


@pytest.mark.long
@settings(deadline=None, max_examples=1000)
@given(towns())
def test_every_failure_and_pair_agrees_with_networkx_long(world, draw, town):
    agrees_with_networkx(world, draw, town)


RING = (4, [(0, 1), (1, 2), (2, 3), (3, 0)])


def test_a_cut_ring_serves_all_but_protects_none(world, draw):
    network = town_of(world, draw, *RING)
    result = simulate_failures(network, SimulationParameters(cuts=("s0",)))
    (cut,) = result.summary["failures"]
    assert (cut["sites_lost"], cut["sites_unprotected"]) == ([], ["c1", "c2", "c3"])
    assert result.summary["today"]["unprotected"] == 0
    assert (cut["sites_rerouted"], cut["kind"], cut["uids"]) == (2, "set", ["s0"])
    both = simulate_failures(network, SimulationParameters(cuts=("s0", "s2")))
    (cut,) = both.summary["failures"]
    assert cut["sites_lost"] == ["c1", "c2"] and cut["guaranteed_mbps_lost"] == 30.0
    assert cut["by_priority"] == {"2": 1, "3": 1} and cut["weight_lost"] == 4 + 3
    lost = both.tables["lost"]
    assert set(lost.loc[lost["effect"] == "lost", "site"]) == {"c1", "c2"}


def test_load_moves_to_the_other_side_and_is_held_against_capacity(world, draw):
    network = town_of(world, draw, *RING, capacity_gbps=0.045)
    result = simulate_failures(network, SimulationParameters(cuts=("s0",)))
    (cut,) = result.summary["failures"]
    assert result.summary["today"]["overloaded"] == []
    worst = cut["overloaded"][0]
    assert worst == {"uid": "s3", "kind": "span", "load_mbps": 60.0, "capacity_mbps": 45.0}
    assert cut["guaranteed_mbps_rerouted"] == 30.0


def test_a_risk_group_and_a_conduit_fail_as_a_whole(world, draw):
    group = {"uid": "g", "kind": "sewer", "name": "Collector", "spans": ("s0", "s3")}
    network = town_of(world, draw, *RING, conduits=("k",))
    conduit = {"uid": "k", "geometry": shapely.LineString([(0, 0), (9, 0)])}
    more = world(risk_groups=[group], conduits=[conduit]).tables
    network = dataclasses.replace(
        network, tables={**network.tables, **{k: more[k] for k in ("risk_groups", "conduits")}}
    )
    for parameters in (SimulationParameters(groups=("all",)), SimulationParameters(cuts=("k",))):
        (item,) = simulate_failures(network, parameters).summary["failures"]
        assert item["sites_lost"] == ["c1", "c2", "c3"]
    by_group = simulate_failures(network, SimulationParameters(groups=("g",))).summary["failures"]
    assert by_group[0]["weighted_minutes_per_year"] > 0 and by_group[0]["name"] == "Collector"
    for wrong in ({"cuts": ("nothing",)}, {"groups": ("nothing",)}, {"depth": 3}):
        with pytest.raises(InputError):
            simulate_failures(network, SimulationParameters(**wrong))


def test_service_comes_from_hubs_where_there_are_any(world, draw):
    nodes = [draw.node("n0", 0, 0, "hub"), draw.node("n1", 9, 0, "pop")]
    spans = [draw.span("s0", "n0", "n1", (0, 0), (9, 0), route_length_m=9.0)]
    sites = [draw.site("c1", 9, 0, node="n1")]
    network = world(nodes=nodes, spans=spans, sites=sites)
    lost = {}
    for source in ("hub", "pop"):
        result = simulate_failures(network, SimulationParameters(source=source))
        lost[source] = {item["uid"] for item in result.summary["failures"] if item["sites_lost"]}
    assert lost == {"hub": {"n0", "n1", "s0"}, "pop": {"n1"}}
    with pytest.raises(Infeasible):
        simulate_failures(world(nodes=[draw.node("a", 0, 0)]), SimulationParameters())


def test_only_the_heaviest_pairs_are_kept_when_there_are_too_many():
    n = 30
    graph = build_graph(n, range(n), [(i + 1) % n for i in range(n)], [0] * n)
    weight = np.zeros(n)
    weight[1:] = 1.0
    whole = pairs_that_matter(graph, 0, weight, n)
    assert len(whole.first) == whole.examined == n * (n - 1) // 2
    some = pairs_that_matter(graph, 0, weight, n, keep=40)
    assert list(some.together) == list(whole.together[:40])
    after = aftermath(graph, 0, range(n), [((), ()), ((0,), ()), ((), (3,))], n)
    assert after.is_dark.sum(axis=1).tolist() == [0, 0, 1]
    assert after.is_bare.sum(axis=1).tolist() == [0, n - 1, n - 2]
