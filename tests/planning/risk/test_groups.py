"""Shared-risk groups: every kind, and how stored ones are made anew."""

import numpy as np
import pytest
import shapely

from app.model.errors import InputError
from app.planning.risk.corridor import bundles, clusters, runs
from app.planning.risk.groups import AUTOMATIC_KINDS, RiskParameters
from app.planning.risk.register import find_risks


def groups(network, **given):
    found = find_risks(network, RiskParameters(**given))
    return {
        (item["kind"], frozenset(item["spans"])): item["reason"] for item in found.summary["list"]
    }


@pytest.fixture
def town(world, draw):
    """Spans in one trench, duct, sewer, over one bridge, river and railway, in one flood."""
    nodes = [
        draw.node("hub", 0, 0, "hub"), draw.node("c", 500, 0), draw.node("t", 0, 500, "tower"),
        draw.node("e", 500, 500, "buildingEntry"), draw.node("far", 2000, 2000),
    ]  # fmt: skip
    spans = [
        draw.span("a", "hub", "c", (0, 0), (500, 0), conduits=("d1",)),
        draw.span("b", "hub", "c", (0, 0), (0, 4), (500, 4), (500, 0), conduits=("d1", "w1")),
        draw.span("up", "hub", "t", (0, 0), (0, 500), conduits=("w2",)),
        draw.span("air", "hub", "t", (0, 0), (3, 10), (3, 490), (0, 500), deployment="aboveGround"),
        draw.span("over", "t", "e", (0, 500), (500, 500)),
        draw.span("side", "t", "e", (0, 500), (0, 540), (500, 540), (500, 500)),
        draw.span("lone", "e", "far", (500, 500), (2000, 2000)),
    ]
    conduits = [
        {"uid": "d1", "name": "Duct 1", "kind": "duct", "geometry": draw.line((0, 2), (500, 2))},
        {"uid": "w1", "name": "West", "kind": "sewer", "geometry": draw.line((0, 6), (9, 6))},
        {"uid": "w2", "name": "West", "kind": "sewer", "geometry": draw.line((9, 6), (9, 99))},
    ]
    barriers = [
        {"uid": "r", "name": "Lambro", "kind": "river", "crossing": "priced",
         "geometry": draw.line((250, 480), (250, 600))},
        {"uid": "m", "name": "M4", "kind": "metro", "crossing": "free", "is_below_ground": True,
         "geometry": draw.line((300, 480), (300, 600))},
        {"uid": "rail", "name": "FS", "kind": "railway", "crossing": "priced",
         "geometry": draw.line((350, -20), (350, 20))},
    ]  # fmt: skip
    hazards = [
        {"uid": "p1", "name": "Substation", "kind": "power",
         "geometry": shapely.MultiPolygon([shapely.box(-10, -10, 20, 20)])},
        {"uid": "f1", "name": "Flood", "kind": "flood", "scenario": "H",
         "geometry": shapely.MultiPolygon([shapely.box(490, 490, 2100, 2100)])},
    ]  # fmt: skip
    return world(
        nodes=nodes, spans=spans, conduits=conduits, barriers=barriers, hazards=hazards,
        streets=[draw.street("bridge", (240, 502), (270, 502), is_bridge=True),
                 draw.street("deck", (240, 538), (270, 538), is_bridge=True)],
    )  # fmt: skip


def test_each_kind_is_found_with_its_reason(town):
    found = groups(town, within_m=40.0)
    told = {(kind, tuple(sorted(spans))): reason for (kind, spans), reason in found.items()}
    assert told["duct", ("a", "b")] == "Same duct: Duct 1"
    assert told["sewer", ("b", "up")] == "Same sewer collector: West"
    assert "within 4 m of each other along" in told["trench", ("a", "b")]
    assert ("trench", ("over", "side")) in told
    assert told["bridge", ("over", "side")].startswith("Same bridge")
    assert told["riverCrossing", ("over", "side")].endswith("Lambro")
    assert told["railCrossing", ("a", "b")].endswith("FS")
    assert told["chamber", ("a", "b")] == "Same chamber: c"
    assert told["tower", ("air", "over", "side", "up")] == "Same tower or pole: t"
    assert told["buildingEntry", ("lone", "over", "side")] == "Same building entry: e"
    assert ("hub", ("a", "air", "b", "up")) in told
    assert told["powerZone", ("a", "air", "b", "up")].endswith("Substation")
    assert told["hazardZone", ("lone", "over", "side")].endswith("scenario H")
    assert not any("M4" in reason for reason in told.values())


def test_what_hangs_shares_no_trench_and_distance_decides(town):
    assert ("trench", frozenset({"up", "air"})) not in groups(town)
    assert ("trench", frozenset({"over", "side"})) not in groups(town, within_m=10.0)
    assert ("bridge", frozenset({"over", "side"})) not in groups(town, within_m=10.0)


def test_a_long_line_beside_two_that_follow_makes_two_bundles():
    lines = np.array(
        [shapely.LineString(points) for points in
         ([(0, 0), (200, 0)], [(0, 3), (90, 3)], [(110, 3), (200, 3)], [(0, 50), (200, 50)],
          [(100, -80), (100, 80)])],
        dtype=object,
    )  # fmt: skip
    found = runs(lines, 10.0)
    assert bundles(len(lines), found) == [(0, 1), (0, 2)]
    assert found.gap_m.tolist() == pytest.approx([3, 3])


def test_chains_of_points_are_one_cluster():
    points = shapely.points([(0, 0), (40, 0), (80, 0), (300, 0)])
    labels = clusters(points, 50.0)
    assert labels[0] == labels[1] == labels[2] != labels[3]


def test_stored_groups_are_made_anew_beside_edited_ones(town):
    first = find_risks(town, RiskParameters())
    stored = town.apply(first.changes)
    again = find_risks(stored, RiskParameters())
    assert again.changes.is_empty
    table = stored.table("risk_groups")
    assert table["is_automatic"].all() and len(table) == first.summary["groups"]
    edited = table.index[table["kind"] == "duct"][0]
    frame = table.copy()
    frame.at[edited, "spans"] = ("a",)
    frame.at[edited, "is_automatic"] = False
    stale = table.index[table["kind"] == "hub"][0]
    frame.at[stale, "spans"] = ("a", "b")
    tables = {**stored.tables, "risk_groups": frame}
    changed = find_risks(
        type(stored)(stored.name, stored.crs, stored.uid, tables), RiskParameters()
    )
    touched = changed.changes.tables[0]
    assert touched.updated.tolist() == [stale]
    assert edited not in touched.after.index
    assert changed.summary["edited"] == 1
    only = find_risks(stored, RiskParameters(kinds=("trench",), within_m=1.0))
    assert set(only.changes.tables[0].before["kind"]) == {"trench"}


def test_unknown_plans_and_kinds_are_refused(town):
    with pytest.raises(InputError, match="no plan"):
        find_risks(town, RiskParameters(plan="ghost"))
    with pytest.raises(InputError, match="moon"):
        find_risks(town, RiskParameters(kinds=("moon",)))
    assert find_risks(town, RiskParameters()).summary["by_kind"].keys() == set(AUTOMATIC_KINDS)


def test_spans_that_follow_each_other_share_chambers_but_no_trench(world, draw):
    nodes, spans = [], []
    for row in range(2):
        nodes += [draw.node(f"n{row}/{i}", 60 * i, 40 * row) for i in range(201)]
        spans += [
            draw.span(f"s{row}/{i}", f"n{row}/{i}", f"n{row}/{i + 1}",
                      (60 * i, 40 * row), (60 * i + 60, 40 * row))
            for i in range(200)
        ]  # fmt: skip
    network = world(nodes=nodes, spans=spans)
    found = find_risks(network, RiskParameters(kinds=("trench", "chamber")))
    assert found.summary["by_kind"] == {"trench": 0, "chamber": 398}
