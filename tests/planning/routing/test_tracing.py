"""Traces are the shortest ways, they follow the streets, and pointing is answered fast."""

import time

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.geodesy import lengths_m
from app.model.messages import message
from app.model.network import DEFAULT_CRS, Network, empty_network
from app.model.tables import TABLES
from app.planning.costs.rough import rough_prices
from app.planning.routing.tracing import Tracer, conduit_tracer, street_tracer

X, Y = 514_000.0, 5_034_000.0


def with_streets(lines: list[shapely.LineString], **values: object) -> Network:
    rows = [
        {"uid": f"s{number}", "road_class": "residential", "geometry": line, **values}
        for number, line in enumerate(lines)
    ]
    frame = frame_from_rows(TABLES["streets"], rows, DEFAULT_CRS)
    empty = empty_network("t", DEFAULT_CRS)
    return empty.apply(combine(message("streets"), [insert("streets", frame)]))


def line(*corners: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(X + x, Y + y) for x, y in corners])


def at(x: float, y: float) -> tuple[float, float]:
    return X + x, Y + y


@pytest.fixture(scope="module")
def square() -> Tracer:
    """Two ways round a block, one of them with a bend and longer."""
    return street_tracer(
        with_streets(
            [
                line((0, 0), (100, 0), (100, 100)),
                line((0, 0), (0, 60), (40, 140), (100, 100)),
                line((100, 100), (300, 100)),
                line((1000, 0), (1100, 0)),
            ]
        )
    )


def test_a_trace_follows_bends_and_begins_between_junctions(square: Tracer) -> None:
    trail = square.begin(at(50, 3), 20)
    assert trail is not None
    found = trail.to(at(200, 98), 20)
    assert found is not None
    np.testing.assert_allclose(found.xy, [at(50, 0), at(100, 0), at(100, 100), at(200, 100)])
    assert found.followed == ("s0", "s2")
    assert found.length_m == pytest.approx(250, rel=1e-3)


def test_a_trace_on_one_street_goes_straight_either_way(square: Tracer) -> None:
    trail = square.begin(at(80, 0), 20)
    assert trail is not None
    there = trail.to(at(20, 1), 20)
    assert there is not None
    np.testing.assert_allclose(there.xy, [at(80, 0), at(20, 0)])


def test_no_trace_without_street_or_way(square: Tracer) -> None:
    assert square.begin(at(500, 500), 50) is None
    trail = square.begin(at(50, 0), 20)
    assert trail is not None
    assert trail.to(at(500, 500), 50) is None
    assert trail.to(at(1050, 1), 20) is None
    assert street_tracer(with_streets([])).begin(at(0, 0), 100) is None


def test_a_ring_street_is_left_the_shorter_way() -> None:
    ring = street_tracer(with_streets([line((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))]))
    trail = ring.begin(at(10, 0), 5)
    assert trail is not None
    found = trail.to(at(0, 10), 5)
    assert found is not None and found.length_m == pytest.approx(20, rel=1e-3)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_traces_are_as_long_as_networkx_finds(data: st.DataObject) -> None:
    side = 4
    gone = data.draw(st.sets(st.integers(0, 2 * side * (side - 1) - 1), max_size=10))
    pairs = [((x, y), (x + 1, y)) for x in range(side - 1) for y in range(side)]
    pairs += [((x, y), (x, y + 1)) for x in range(side) for y in range(side - 1)]
    kept = [pair for number, pair in enumerate(pairs) if number not in gone]
    lines = [line((100 * a[0], 90 * a[1]), (100 * b[0], 90 * b[1])) for a, b in kept]
    tracer = street_tracer(with_streets(lines))
    graph = nx.Graph()
    for pair, length_m in zip(kept, lengths_m(lines, DEFAULT_CRS), strict=True):
        graph.add_edge(*pair, weight=float(length_m))
    begin, stop = (data.draw(st.sampled_from(sorted(graph.nodes))) for _ in range(2))
    trail = tracer.begin(at(100 * begin[0], 90 * begin[1]), 1)
    assert trail is not None
    found = trail.to(at(100 * stop[0], 90 * stop[1]), 1)
    if not nx.has_path(graph, begin, stop):
        assert found is None
        return
    assert found is not None
    expected = nx.dijkstra_path_length(graph, begin, stop)
    assert found.length_m == pytest.approx(expected, abs=0.01)
    assert all(shapely.distance(shapely.MultiLineString(lines), shapely.points(found.xy)) < 1e-6)


def test_motorways_and_private_streets_are_not_traced() -> None:
    network = with_streets([line((0, 0), (100, 0))], access="private")
    assert street_tracer(network).begin(at(50, 0), 20) is None


@pytest.mark.long
def test_pointing_is_answered_within_five_milliseconds() -> None:
    """On 180 000 streets; processor time of one answer, the walk from the fixed place apart."""
    side, step = 300, 60.0
    xs, ys = np.meshgrid(np.arange(side) * step, np.arange(side) * step)
    corners = np.stack((X + xs, Y + ys), axis=-1)
    pairs = np.concatenate(
        (
            np.stack((corners[:, :-1], corners[:, 1:]), axis=2).reshape(-1, 2, 2),
            np.stack((corners[:-1], corners[1:]), axis=2).reshape(-1, 2, 2),
        )
    )
    tracer = street_tracer(with_streets(list(shapely.linestrings(pairs))))
    trail = tracer.begin(at(9000, 9000), 50)
    assert trail is not None
    spots = np.random.default_rng(1).uniform(7000, 11000, (200, 2))
    begin_s = time.process_time()
    for spot in spots:
        assert trail.to(at(*spot), 50) is not None
    assert (time.process_time() - begin_s) / len(spots) < 0.005


def test_rough_prices_enclose_what_plans_pay() -> None:
    prices = rough_prices(empty_network("t"))
    assert {"trench", "miniTrench", "noDig", "existingDuct", "aerial"} <= set(prices)
    for price in prices.values():
        assert 0 < price.low_eur <= price.typical_eur <= price.high_eur
    assert prices["existingDuct"].typical_eur < prices["trench"].typical_eur


def test_conduits_with_room_are_traced_across_their_junctions() -> None:
    rows = [
        {"uid": "w0", "capacity": 2, "used": 0, "geometry": line((0, 0), (100, 0))},
        {"uid": "w1", "capacity": 1, "used": 0, "geometry": line((100, 0.2), (100, 90))},
        {"uid": "full", "capacity": 1, "used": 1, "geometry": line((0, 0), (100, 90))},
    ]
    frame = frame_from_rows(TABLES["conduits"], rows, DEFAULT_CRS)
    network = empty_network("t").apply(combine(message("w"), [insert("conduits", frame)]))
    trail = conduit_tracer(network).begin(at(10, 1), 20)
    assert trail is not None
    found = trail.to(at(101, 80), 20)
    assert found is not None and found.followed == ("w0", "w1")
    assert found.length_m == pytest.approx(170, rel=5e-3)
    assert conduit_tracer(empty_network("t")).begin(at(0, 0), 10) is None
