"""Small worlds to plan in, drawn in metres from a corner in Milan."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.affinity import translate

from app.model.frames import frame_from_rows
from app.model.network import Network, empty_network
from app.model.tables import TABLES
from app.planning.arrays import Graph, build_graph
from app.planning.costs.prices import default_price_list

CORNER = (515_000.0, 5_035_000.0)

Rows = Sequence[Mapping[str, Any]]
World = Callable[..., Network]


@pytest.fixture(scope="session")
def world() -> World:
    """Return a function that builds a network from rows with ``geometry`` in local metres."""

    def build(prices: bool = True, **tables: Rows) -> Network:
        network = empty_network("trial", "EPSG:7791", "project-1")
        frames = dict(network.tables)
        for name, rows in tables.items():
            moved = [
                {**row, "geometry": translate(row["geometry"], *CORNER)}
                if row.get("geometry") is not None
                else row
                for row in rows
            ]
            frames[name] = frame_from_rows(TABLES[name], moved, network.crs)
        if prices:
            frames.update(default_price_list())
        return dataclasses.replace(network, tables=frames)

    return build


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(points)


def street(uid: str, *points: tuple[float, float], **values: Any) -> dict[str, Any]:
    given = {"road_class": "residential", "surface": "asphalt", **values}
    return {"uid": uid, **given, "geometry": line(*points)}


def node(uid: str, x: float, y: float, kind: str = "chamber", **values: Any) -> dict[str, Any]:
    return {"uid": uid, "name": uid, "type": kind, **values, "geometry": shapely.Point(x, y)}


def site(uid: str, x: float, y: float, **values: Any) -> dict[str, Any]:
    return {"uid": uid, "name": uid, **values, "geometry": shapely.Point(x, y)}


def span(
    uid: str, start: str, end: str, *points: tuple[float, float], **values: Any
) -> dict[str, Any]:
    given = {"start_node": start, "end_node": end, **values}
    return {"uid": uid, **given, "geometry": line(*points)}


@dataclasses.dataclass(frozen=True)
class Draw:
    """The drawing functions, as a fixture because test folders are no packages."""

    line: Callable[..., shapely.LineString] = line
    street: Callable[..., dict[str, Any]] = street
    node: Callable[..., dict[str, Any]] = node
    site: Callable[..., dict[str, Any]] = site
    span: Callable[..., dict[str, Any]] = span


@pytest.fixture(scope="session")
def draw() -> Draw:
    return Draw()


@pytest.fixture(scope="session")
def grid(draw: Draw) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that draws a grid of long streets without vertices at the crossings."""

    def build(count: int, step: float = 100.0, **values: Any) -> list[dict[str, Any]]:
        far = (count - 1) * step
        across = [
            draw.street(f"row{i}", (0, i * step), (far, i * step), name=f"Row {i}", **values)
            for i in range(count)
        ]
        up = [
            draw.street(f"col{i}", (i * step, 0), (i * step, far), name=f"Column {i}", **values)
            for i in range(count)
        ]
        return across + up

    return build


@pytest.fixture(scope="session")
def random_graph() -> Callable[..., Graph]:
    """Return a function that draws a random graph: parallel edges, loops and zero costs too."""

    def build(seed: int, nodes: int, edges: int, top: int = 20) -> Graph:
        random = np.random.default_rng(seed)
        return build_graph(
            nodes,
            random.integers(0, nodes, edges),
            random.integers(0, nodes, edges),
            random.integers(0, top, edges),
        )

    return build
