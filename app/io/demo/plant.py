"""The built network: nodes, spans, conduits and cables along the chosen streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely

from app.io.demo import facts
from app.io.demo.noding import FloatArray, chains
from app.io.demo.routes import Router, Ways, nearest, ring_stops, with_terminals
from app.io.demo.streets import Streets
from app.model.geodesy import lengths_m

SEWERS = "Gestore del servizio idrico (modelled)"
HUBS = ("seat", "int", "besta", "idroscalo", "garr", "monza", "questura", "afol")
"""Named places that the ring or a chord passes through."""

_POP_TOWNS = ("Rho", "Legnano", "Magenta", "Abbiategrasso", "Binasco", "Melegnano", "Gorgonzola",
              "Cinisello Balsamo", "Garbagnate Milanese")  # fmt: skip
_LONGEST_M = 2600.0
BUILDING = "underConstruction"
_ITALIAN = {"ring": "Anello", "backbone": "Dorsale", "spur": "Diramazione", "access": "Accesso"}


@dataclass(frozen=True)
class PlantNode:
    """A node; ``name`` is unique and stands for it in the files."""

    vertex: int
    name: str
    type: str
    xy: tuple[float, float]
    status: str = "operational"
    capacity_gbps: float | None = None
    source: str = facts.MODELLED
    note: str | None = None


@dataclass
class PlantSpan:
    """A span between two vertices; ``conduit`` and ``technique`` follow from its streets."""

    name: str
    ends: tuple[int, int]
    role: str
    status: str
    line: shapely.LineString
    technique: str
    length_m: float = 0.0
    conduit: str | None = None


@dataclass(frozen=True)
class Conduit:
    """A duct or sewer with room for ``capacity`` cables, of which ``used`` are there."""

    name: str
    kind: str
    capacity: int
    used: int
    line: shapely.LineString


@dataclass(frozen=True)
class Cable:
    """A cable over spans, named in order."""

    name: str
    fibre_count: int
    used_fibres: int
    spans: tuple[str, ...]
    cable_length_m: float
    status: str


@dataclass
class Plant:
    """Everything built."""

    nodes: dict[int, PlantNode] = field(default_factory=dict)
    spans: list[PlantSpan] = field(default_factory=list)
    conduits: list[Conduit] = field(default_factory=list)
    cables: list[Cable] = field(default_factory=list)
    node_of: dict[str, str] = field(default_factory=dict)
    """Key of a site or tower to the name of its node."""

    terminals: list[int] = field(default_factory=list)
    """Vertices of the sites and towers."""


@dataclass(frozen=True)
class Terminal:
    """What the network leads to besides hubs: a site or a tower."""

    key: str
    node_name: str
    node_type: str
    xy: tuple[float, float]
    role: str
    status: str


def ring_path(streets: Streets) -> tuple[list[int], FloatArray]:
    """Return the ring's vertices and where they lie, ``(n, 2)`` in m.

    Where the ring runs does not depend on the sites; hubs have the same numbers as in `build`.
    """
    ways = with_terminals(streets, [facts.places()[key].xy for key in HUBS], [])
    path = Router(ways).ring(ring_stops(ways, HUBS))
    return path, ways.xy[path]


def build(streets: Streets, ring: Sequence[int], terminals: Sequence[Terminal]) -> Plant:
    """Return the network that serves ``terminals`` from the ring of these vertices."""
    places = facts.places()
    ways = with_terminals(
        streets, [places[key].xy for key in HUBS], [item.xy for item in terminals]
    )
    router = Router(ways)
    router.use(ring, "ring")
    for row in facts.rows("chords"):
        router.chord([_stop(ways, stop) for stop in row["stops"].split(";")], row["role"])
    first = ways.first_stop + len(HUBS)
    for role, status in (("spur", "operational"), ("access", "operational"), ("spur", BUILDING)):
        goals = [
            first + number
            for number, item in enumerate(terminals)
            if (item.role, item.status) == (role, status)
        ]
        router.reach(goals, role if status == "operational" else f"{role} {status}")
    plant = Plant()
    paths = _paths(ways, router.role)
    _add_nodes(plant, ways, paths, terminals)
    _add_spans(plant, ways, router.role, paths)
    plant.terminals = [first + number for number in range(len(terminals))]
    return plant


def _stop(ways: Ways, stop: str) -> int:
    if stop.startswith("@"):
        return nearest(ways, facts.town(stop[1:]).xy)
    return ways.first_stop + HUBS.index(stop)


def _paths(ways: Ways, role: npt.NDArray[np.object_]) -> list[tuple[list[int], list[int]]]:
    """Return vertices and pieces of each span: between branches, terminals, and not too long."""
    used = np.flatnonzero(role != "")
    ends = ways.ends[used]
    count = len(ways.xy)
    through = np.bincount(ends.ravel(), minlength=count) == 2
    for name in np.unique(role[used].astype(str)):
        of_role = np.bincount(ends[role[used] == name].ravel(), minlength=count)
        through &= of_role != 1
    through[ways.first_stop :] = False
    site_entry = ways.is_lead_in[used] & (ends.max(axis=1) >= ways.first_stop + len(HUBS))
    through[ends[site_entry]] = False
    stops = [row["stop"] for row in facts.rows("ring")]
    through[[_stop(ways, stop) for stop in stops]] = False
    found = [
        (vertices, [int(used[number]) for number in numbers])
        for vertices, numbers in chains(ends, through)
    ]
    in_chain = {number for _, numbers in found for number in numbers}
    found += [(ways.ends[edge].tolist(), [int(edge)]) for edge in used if int(edge) not in in_chain]
    lengths = np.asarray(shapely.length(ways.lines))
    return [part for path in found for part in _divided(path, lengths)]


def _divided(
    path: tuple[list[int], list[int]], lengths: FloatArray
) -> list[tuple[list[int], list[int]]]:
    vertices, numbers = path
    along = np.cumsum(lengths[numbers])
    count = int(np.ceil(along[-1] / _LONGEST_M))
    marks = along[-1] * np.arange(1, count) / count
    cuts = sorted({int(np.abs(along - mark).argmin()) + 1 for mark in marks} - {len(numbers)})
    bounds = [0, *cuts, len(numbers)]
    return [(vertices[a : b + 1], numbers[a:b]) for a, b in pairwise(bounds)]


def _add_nodes(
    plant: Plant, ways: Ways, paths: list[tuple[list[int], list[int]]],
    terminals: Sequence[Terminal],
) -> None:  # fmt: skip
    town_stops = {
        _stop(ways, row["stop"]): row["stop"][1:]
        for row in facts.rows("ring")
        if row["stop"].startswith("@")
    }
    vertices = sorted({end for path, _ in paths for end in (path[0], path[-1])})
    for vertex in vertices:
        x, y = (float(value) for value in np.round(ways.xy[vertex], 2))
        number = vertex - ways.first_stop
        if number >= len(HUBS):
            item = terminals[number - len(HUBS)]
            node = PlantNode(vertex, item.node_name, item.node_type, (x, y), item.status)
            plant.node_of[item.key] = node.name
        elif number >= 0:
            node = _hub_node(vertex, HUBS[number], (x, y))
            plant.node_of[HUBS[number]] = node.name
        elif vertex in town_stops:
            name = town_stops[vertex]
            is_pop = name in _POP_TOWNS
            title = "PoP" if is_pop else "Nodo"
            kind = "pop" if is_pop else "aggregationPoint"
            node = PlantNode(
                vertex, f"{title} {name} (modelled)", kind, (x, y),
                capacity_gbps=100.0 if is_pop else None,
            )  # fmt: skip
        else:
            node = PlantNode(
                vertex, f"Pozzetto {len(plant.nodes) + 1:04d} (modelled)", "chamber", (x, y)
            )
        plant.nodes[vertex] = node


def _hub_node(vertex: int, key: str, xy: tuple[float, float]) -> PlantNode:
    place = facts.places()[key]
    kind = {"seat": "hub", "idroscalo": "hub", "garr": "pop"}.get(key, "buildingEntry")
    capacity = 50.0 if key == "idroscalo" else None
    note = "place of the node within the building modelled"
    return PlantNode(vertex, place.name, kind, xy, "operational", capacity, place.source, note)


def _add_spans(
    plant: Plant, ways: Ways, role: npt.NDArray[np.object_],
    paths: list[tuple[list[int], list[int]]],
) -> None:  # fmt: skip
    rng = np.random.default_rng(71)
    counts: dict[str, int] = {}
    for vertices, numbers in paths:
        kind, _, status = str(role[numbers[0]]).partition(" ")
        counts[kind] = counts.get(kind, 0) + 1
        line = _merged(ways, vertices, numbers)
        technique = "sewer" if rng.random() < 0.45 else "existingDuct"
        if kind == "access":
            technique = "trench" if rng.random() < 0.4 else technique
        if len(numbers) == 1 and ways.is_lead_in[numbers[0]]:
            technique = "leadIn"
        plant.spans.append(
            PlantSpan(
                f"{_ITALIAN[kind]} {counts[kind]:04d} (modelled)", (vertices[0], vertices[-1]),
                kind, status or "operational", line, technique,
            )
        )  # fmt: skip
    for span, length in zip(
        plant.spans, lengths_m([span.line for span in plant.spans], facts.CRS), strict=True
    ):
        span.length_m = round(float(length), 2)
    building = {end for span in plant.spans if span.status == BUILDING for end in span.ends}
    working = {end for span in plant.spans if span.status != BUILDING for end in span.ends}
    for vertex in sorted(building - working):
        plant.nodes[vertex] = _with_status(plant.nodes[vertex], BUILDING)


def _with_status(node: PlantNode, status: str) -> PlantNode:
    return PlantNode(node.vertex, node.name, node.type, node.xy, status)


def _merged(ways: Ways, vertices: list[int], numbers: list[int]) -> shapely.LineString:
    """Return the streets of a span as one line from its first vertex to its last."""
    parts: list[FloatArray] = []
    for start, number in zip(vertices, numbers, strict=False):
        xy = shapely.get_coordinates(ways.lines[number])
        away = np.hypot(*(xy[[0, -1]] - ways.xy[start]).T)
        xy = xy if away[0] <= away[1] else xy[::-1]
        parts.append(xy if not parts else xy[1:])
    return shapely.linestrings(np.vstack(parts))
