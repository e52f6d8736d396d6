"""A small network for the tests of the map."""

from __future__ import annotations

import dataclasses
from typing import Any

import shapely

from app.model.frames import make_frame
from app.model.network import DEFAULT_CRS, Network, empty_network
from app.model.tables import TABLES

X, Y = 514_000.0, 5_034_000.0
"""South-west corner of the test network, in m."""


def at(x: float, y: float) -> shapely.Point:
    return shapely.Point(X + x, Y + y)


def line(*corners: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(X + x, Y + y) for x, y in corners])


def area(x: float, y: float, width: float, height: float) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([shapely.box(X + x, Y + y, X + x + width, Y + y + height)])


def with_table(
    network: Network, table: str, values: dict[str, Any], geometry: list[Any], uids: list[str]
) -> Network:
    frame = make_frame(TABLES[table], values, network.crs, geometry=geometry, uids=uids)
    return dataclasses.replace(network, tables={**network.tables, table: frame})


def small_network() -> Network:
    """A municipality of 1000 x 600 m with streets, a ring span, a hub, a tower and sites."""
    network = empty_network("small", DEFAULT_CRS, "small")
    network = with_table(
        network, "areas", {"name": ["Sesto <b>Uno</b>"], "kind": ["municipality"]},
        [area(0, 0, 1000, 600)], ["area"],
    )  # fmt: skip
    network = with_table(
        network, "streets", {"road_class": ["motorway", "residential"]},
        [line((0, 100), (1000, 100)), line((0, 500), (1000, 500))], ["fast", "slow"],
    )  # fmt: skip
    network = with_table(
        network, "spans", {"role": ["ring", "spur"], "status": ["operational", "planned"]},
        [line((100, 300), (500, 300), (900, 300)), line((500, 300), (500, 550))], ["ring", "spur"],
    )  # fmt: skip
    network = with_table(
        network, "nodes",
        {"type": ["hub", "tower"], "status": ["operational"] * 2, "name": ["Vivaio", "Torre"]},
        [at(100, 300), at(900, 300)], ["hub", "tower"],
    )  # fmt: skip
    network = with_table(
        network, "sites",
        {
            "name": ["School", "Hospital", "Lost"],
            "category": ["school_primary", "hospital", "police"],
            "status": ["proposed", "operational", "proposed"],
        },
        [at(300, 200), at(700, 200), None], ["school", "hospital", "lost"],
    )  # fmt: skip
    network = with_table(
        network, "plan_spans", {"plan": ["a", "b"], "technique": ["trench", "sewer"]},
        [line((300, 200), (300, 300)), line((700, 200), (700, 300))], ["of_a", "of_b"],
    )  # fmt: skip
    return network
