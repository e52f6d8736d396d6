"""Any sequence of edits hangs together; undo all gives the start, redo all gives the end."""

import itertools
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.model.changes import ChangeSet, combine, insert
from app.model.editing.courses import move_node, set_shape
from app.model.editing.deleting import delete_objects
from app.model.editing.drawing import Stop, draw_object, draw_spans
from app.model.editing.merging import merge_nodes, snap_loose_ends
from app.model.editing.shapes import Vertex, delete_vertex, insert_vertex, move_vertex
from app.model.editing.spans import join_spans, reverse_spans, split_span_at
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.geodesy import lengths_m
from app.model.messages import message
from app.model.network import Network, empty_network
from app.model.rules.references import references_exist
from app.model.tables import TABLES

CRS = "EPSG:7791"
TOUCHED = ("nodes", "spans", "cables", "risk_groups", "sites", "conduits", "plan_nodes")
X0, Y0 = 514000.0, 5034000.0
PLACES = st.tuples(st.integers(-200, 1200), st.integers(-200, 1200)).map(
    lambda xy: (X0 + xy[0], Y0 + xy[1])
)
CORNERS = {"h": (0, 0), "a": (1000, 0), "b": (1000, 1000), "c": (0, 1000)}


def start() -> Network:
    """A ring of four spans with a hub, a cable over three of them, a risk group and a site."""
    places = {uid: (X0 + x, Y0 + y) for uid, (x, y) in CORNERS.items()}
    order = [*CORNERS, "h"]
    lines = {
        first + second: shapely.LineString([places[first], places[second]])
        for first, second in itertools.pairwise(order)
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "nodes": [
            {"uid": uid, "type": "hub" if uid == "h" else "chamber", "geometry": shapely.Point(xy)}
            for uid, xy in places.items()
        ],
        "spans": [
            {
                "uid": uid, "start_node": uid[0], "end_node": uid[1], "geometry": line,
                "route_length_m": lengths_m([line], CRS)[0], "loss_db": 0.5,
            }
            for uid, line in lines.items()
        ],
        "cables": [{"uid": "k", "spans": ["ha", "ab", "bc"], "cable_length_m": 3300.0}],
        "risk_groups": [{"uid": "g", "spans": ["ab"], "nodes": ["a"]}],
        "sites": [{"uid": "s", "name": "S", "geometry": shapely.Point(X0 + 500, Y0 + 400)}],
    }  # fmt: skip
    parts = [insert(table, frame_from_rows(TABLES[table], items, CRS))
             for table, items in rows.items()]  # fmt: skip
    return empty_network("ring", CRS).apply(combine(message("start"), parts))


class Editing(RuleBasedStateMachine):
    """A planner who edits at random; refused steps change nothing."""

    @initialize()
    def begin(self) -> None:
        self.network = start()
        self.first = self.network.content_hash(TOUCHED)
        self.steps: list[ChangeSet] = []
        self.hashes = [self.first]

    def do(self, make: Any) -> None:
        try:
            changes = make(self.network)
        except InputError:
            return
        self.network = self.network.apply(changes)
        self.steps.append(changes)
        self.hashes.append(self.network.content_hash(TOUCHED))

    def pick(self, table: str, number: int) -> str:
        uids = list(self.network.table(table).index)  # in the order of their making
        assume(uids)
        return str(uids[number % len(uids)])

    @rule(span=st.integers(0, 50), place=PLACES)
    def split(self, span: int, place: tuple[float, float]) -> None:
        uid = self.pick("spans", span)
        self.do(lambda network: split_span_at(network, uid, place))

    @rule(one=st.integers(0, 50), other=st.integers(0, 50))
    def join(self, one: int, other: int) -> None:
        uids = self.pick("spans", one), self.pick("spans", other)
        self.do(lambda network: join_spans(network, *uids))

    @rule(node=st.integers(0, 50))
    def join_at(self, node: int) -> None:
        uid = self.pick("nodes", node)
        spans = self.network.table("spans")
        at = list(spans.index[(spans["start_node"] == uid) | (spans["end_node"] == uid)])
        if len(at) == 2:
            self.do(lambda network: join_spans(network, *at))

    @rule(node=st.integers(0, 50), place=PLACES)
    def move(self, node: int, place: tuple[float, float]) -> None:
        uid = self.pick("nodes", node)
        self.do(lambda network: move_node(network, uid, place))

    @rule(one=st.integers(0, 50), other=st.integers(0, 50), drops=st.booleans())
    def merge(self, one: int, other: int, drops: bool) -> None:
        uids = self.pick("nodes", one), self.pick("nodes", other)
        self.do(lambda network: merge_nodes(network, *uids, drops_between=drops))

    @rule(span=st.integers(0, 50))
    def turn(self, span: int) -> None:
        uid = self.pick("spans", span)
        self.do(lambda network: reverse_spans(network, [uid]))

    @rule(span=st.integers(0, 50), index=st.integers(0, 5), place=PLACES, kind=st.integers(0, 2))
    def reshape(self, span: int, index: int, place: tuple[float, float], kind: int) -> None:
        uid = self.pick("spans", span)
        line = self.network.geo("spans").geometry[uid]
        vertex = Vertex(0, index % len(line.coords))

        def make(network: Network) -> ChangeSet:
            if kind == 2:
                shape = delete_vertex(line, vertex)
            else:
                shape = (move_vertex, insert_vertex)[kind](line, vertex, place)
            return set_shape(network, "spans", uid, shape)

        self.do(make)

    @rule(course=st.lists(PLACES, min_size=2, max_size=4), one=st.integers(0, 99),
          other=st.integers(0, 99))  # fmt: skip
    def draw(self, course: list[tuple[float, float]], one: int, other: int) -> None:
        tables = ("nodes", "spans", "sites", "")
        stops = []
        for vertex, number in ((0, one), (len(course) - 1, other)):
            table = tables[number % 4]
            if table and len(self.network.table(table)):
                stops.append(Stop(vertex, table, self.pick(table, number // 4)))
        self.do(lambda network: draw_spans(network, course, stops))

    @rule(place=PLACES)
    def draw_node(self, place: tuple[float, float]) -> None:
        self.do(lambda network: draw_object(network, "nodes", shapely.Point(place)))

    @rule(tolerance=st.sampled_from([1.0, 30.0, 200.0]))
    def snap(self, tolerance: float) -> None:
        self.do(lambda network: snap_loose_ends(network, tolerance))

    @precondition(lambda self: len(self.network.table("spans")) > 2)
    @rule(span=st.integers(0, 50), bare=st.booleans())
    def delete_span(self, span: int, bare: bool) -> None:
        uid = self.pick("spans", span)
        self.do(lambda network: delete_objects(
            network, {"spans": [uid]}, with_bare_nodes=bare).changes)  # fmt: skip

    @precondition(lambda self: len(self.network.table("nodes")) > 3)
    @rule(node=st.integers(0, 50))
    def delete_node(self, node: int) -> None:
        uid = self.pick("nodes", node)
        self.do(lambda network: delete_objects(network, {"nodes": [uid]}).changes)

    @invariant()
    def it_hangs_together(self) -> None:
        if not hasattr(self, "network"):
            return
        spans, nodes = self.network.geo("spans"), self.network.geo("nodes")
        for side, corner in (("start_node", 0), ("end_node", -1)):
            ends = shapely.get_point(spans.geometry.to_numpy(), corner)
            places = nodes.geometry.loc[list(spans[side])].to_numpy()
            assert (shapely.distance(ends, places) < 1e-3).all()
        assert (spans["start_node"] != spans["end_node"]).all()
        drawn = lengths_m(spans.geometry.to_numpy(), CRS)
        np.testing.assert_allclose(spans["route_length_m"], drawn, rtol=1e-4, atol=1e-3)
        for members in self.network.table("cables")["spans"]:
            assert members
            ends_of = [{spans.at[uid, "start_node"], spans.at[uid, "end_node"]} for uid in members]
            assert all(one & two for one, two in itertools.pairwise(ends_of))
        assert list(references_exist(self.network)) == []

    def teardown(self) -> None:
        if not hasattr(self, "network"):
            return
        network, seen = self.network, [self.network.content_hash(TOUCHED)]
        for step in reversed(self.steps):
            network = network.apply(step.inverse())
            seen.append(network.content_hash(TOUCHED))
        assert seen[::-1] == self.hashes
        for step in self.steps:
            network = network.apply(step)
        assert network.content_hash(TOUCHED) == self.hashes[-1]


RULES = settings(
    deadline=None, max_examples=6, stateful_step_count=10,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_any_sequence_of_edits_can_be_undone_and_redone() -> None:
    run_state_machine_as_test(Editing, settings=RULES)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_many_sequences_of_edits() -> None:
    run_state_machine_as_test(
        Editing, settings=settings(RULES, max_examples=1000, stateful_step_count=20)
    )


def facts(network: Network) -> set[tuple[Any, ...]]:
    """Return what the spans are, without their identifiers and directions."""
    spans = network.geo("spans")
    names = [name for name in TABLES["spans"].column_names
             if name not in ("start_node", "end_node", "route_length_m", "loss_db")]  # fmt: skip
    return {
        (
            frozenset((row["start_node"], row["end_node"])),
            shapely.normalize(shapely.set_precision(row.geometry, 0.001)).simplify(0.0011).wkt,
            round(row["route_length_m"], 3),
            round(row["loss_db"], 6),
            *(str(row[name]) for name in names),
        )
        for _, row in spans.iterrows()
    }


@settings(deadline=None, max_examples=25)
@given(
    span=st.sampled_from(["ha", "ab", "bc", "ch"]), fraction=st.floats(0.01, 0.99),
    swaps=st.booleans(), turns=st.booleans(), bend=PLACES,
)  # fmt: skip
def test_split_then_join_is_the_same_network(
    span: str, fraction: float, swaps: bool, turns: bool, bend: tuple[float, float]
) -> None:
    ring = start()
    line = insert_vertex(ring.geo("spans").geometry[span], Vertex(0, 0), bend)
    ring = ring.apply(set_shape(ring, "spans", span, line))
    split = ring.apply(split_span_at(ring, span, fraction=fraction))
    pair = [uid for uid in split.table("spans").index if uid not in ring.table("spans").index]
    pair = [span, *pair]
    if turns:
        split = split.apply(reverse_spans(split, pair[1:]))
    joined = split.apply(join_spans(split, *(pair[::-1] if swaps else pair)))
    assert facts(joined) == facts(ring)
    assert set(joined.table("nodes").index) == set(ring.table("nodes").index)
    assert [len(members) for members in joined.table("cables")["spans"]] == [3]
