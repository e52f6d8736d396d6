"""The built network: nodes, spans, conduits and cables along the chosen streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from app.io.demo import facts
from app.io.demo.noding import FloatArray, chains
from app.io.demo.routes import Router, Ways, nearest, ring_stops, with_terminals
from app.io.demo.streets import Streets
from app.model.geodesy import lengths_m

OWNER = "Città metropolitana di Milano"
SEWERS = "Gestore del servizio idrico (modelled)"
HUBS = ("seat", "int", "besta", "idroscalo", "garr", "monza", "parco_nord", "questura", "afol")
"""Named places that the ring or a chord passes through."""

_POP_TOWNS = ("Rho", "Legnano", "Magenta", "Abbiategrasso", "Binasco", "Melegnano", "Gorgonzola",
              "Cinisello Balsamo", "Garbagnate Milanese")  # fmt: skip
_LONGEST_M = 2600.0
_BUILDING = "underConstruction"
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


@dataclass(frozen=True)
class Terminal:
    """What the network leads to besides hubs: a site or a tower."""

    key: str
    node_name: str
    node_type: str
    xy: tuple[float, float]
    role: str
    status: str


def ring_path(streets: Streets) -> FloatArray:
    """Return the ring's vertices, ``(n, 2)`` in m: where it runs does not depend on the sites."""
    ways = with_terminals(streets, [facts.places()[key].xy for key in HUBS], [])
    return ways.xy[Router(ways).ring(ring_stops(ways, HUBS))]


def build(streets: Streets, terminals: Sequence[Terminal]) -> Plant:
    """Return the network that serves ``terminals``."""
    places = facts.places()
    ways = with_terminals(
        streets, [places[key].xy for key in HUBS], [item.xy for item in terminals]
    )
    router = Router(ways)
    router.ring(ring_stops(ways, HUBS))
    for row in facts.rows("chords"):
        router.chord([_stop(ways, stop) for stop in row["stops"].split(";")], row["role"])
    first = ways.first_stop + len(HUBS)
    for role, status in (("spur", "operational"), ("access", "operational"), ("spur", _BUILDING)):
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
    _add_cables(plant, [first + number for number in range(len(terminals))])
    _add_conduits(plant, streets)
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
    return [
        (vertices[a : b + 1], numbers[a:b]) for a, b in zip(bounds[:-1], bounds[1:], strict=True)
    ]


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
    building = {end for span in plant.spans if span.status == _BUILDING for end in span.ends}
    working = {end for span in plant.spans if span.status != _BUILDING for end in span.ends}
    for vertex in sorted(building - working):
        plant.nodes[vertex] = _with_status(plant.nodes[vertex], _BUILDING)


def _with_status(node: PlantNode, status: str) -> PlantNode:
    return PlantNode(node.vertex, node.name, node.type, node.xy, status)


def _merged(ways: Ways, vertices: list[int], numbers: list[int]) -> shapely.LineString:
    """Return the streets of a span as one line from its first vertex to its last."""
    parts = []
    for start, number in zip(vertices, numbers, strict=False):
        xy = shapely.get_coordinates(ways.lines[number])
        away = np.hypot(*(xy[[0, -1]] - ways.xy[start]).T)
        xy = xy if away[0] <= away[1] else xy[::-1]
        parts.append(xy if not parts else xy[1:])
    return shapely.linestrings(np.vstack(parts))


def _add_cables(plant: Plant, terminals: Sequence[int]) -> None:
    rng = np.random.default_rng(72)
    around: dict[int, list[int]] = {}
    for number, span in enumerate(plant.spans):
        for end in span.ends:
            around.setdefault(end, []).append(number)
    trunk = {"ring": 288, "backbone": 144}
    for role, fibres in trunk.items():
        for path in _trunk_paths(plant, around, role):
            _add_cable(plant, path, fibres, rng)
    parent = _parents(plant, around)
    for vertex in terminals:
        path, at = [], vertex
        own = plant.spans[parent[at]].role if at in parent else ""
        while at in parent and (own != "access" or plant.spans[parent[at]].role == own):
            path.append(parent[at])
            start, end = plant.spans[parent[at]].ends
            at = end if start == at else start
        if path:
            _add_cable(plant, path[::-1], 24 if own == "access" else 96, rng)


def _trunk_paths(plant: Plant, around: dict[int, list[int]], role: str) -> list[list[int]]:
    """Return the spans of a role in order, cut where a hub, pop or aggregation point stands."""
    numbers = [number for number, span in enumerate(plant.spans) if span.role == role]
    of_role = set(numbers)
    stops = {"hub", "pop", "aggregationPoint"}
    paths, done = [], set()

    def is_end(vertex: int) -> bool:
        same = [number for number in around[vertex] if number in of_role]
        return len(same) != 2 or plant.nodes[vertex].type in stops

    for number in numbers:
        for end in plant.spans[number].ends:
            if number in done or not is_end(end):
                continue
            path, at, current = [], end, number
            while True:
                path.append(current)
                done.add(current)
                a, b = plant.spans[current].ends
                at = b if a == at else a
                if is_end(at):
                    break
                current = next(n for n in around[at] if n in of_role and n != current)
            paths.append(path)
    return paths


def _parents(plant: Plant, around: dict[int, list[int]]) -> dict[int, int]:
    """Return for each node off ring and backbone the span that leads towards them."""
    trunk = {"ring", "backbone"}
    level = sorted({end for span in plant.spans if span.role in trunk for end in span.ends})
    parent: dict[int, int] = {}
    seen = set(level)
    while level:
        fresh = []
        for vertex in level:
            for number in around[vertex]:
                a, b = plant.spans[number].ends
                other = b if a == vertex else a
                if other not in seen:
                    seen.add(other)
                    parent[other] = number
                    fresh.append(other)
        level = fresh
    return parent


def _add_cable(plant: Plant, path: Sequence[int], fibres: int, rng: np.random.Generator) -> None:
    spans = [plant.spans[number] for number in path]
    route_m = sum(span.length_m for span in spans)
    # Slack of 3 % along the way and 15 m coiled at either end.
    cable_m = round(route_m * 1.03 + 30.0, 1)
    building = any(span.status == _BUILDING for span in spans)
    used = 0 if building else int(fibres * rng.uniform(0.1, 0.7))
    plant.cables.append(
        Cable(
            f"Cavo {len(plant.cables) + 1:04d} (modelled)", fibres, used,
            tuple(span.name for span in spans), cable_m,
            _BUILDING if building else "operational",
        )
    )  # fmt: skip


def _add_conduits(plant: Plant, streets: Streets) -> None:
    """Add a conduit under every span that runs in one, and others with no cable of ours."""
    rng = np.random.default_rng(73)
    cables: dict[str, int] = {}
    for cable in plant.cables:
        for name in cable.spans:
            cables[name] = cables.get(name, 0) + 1
    for span in plant.spans:
        if span.technique not in ("sewer", "existingDuct"):
            continue
        kind = "sewer" if span.technique == "sewer" else "duct"
        used = cables.get(span.name, 0) + int(rng.integers(0, 2))
        spare = 0 if rng.random() < 0.15 else int(rng.integers(1, 5))
        title = "Fognatura" if kind == "sewer" else "Cavidotto"
        span.conduit = f"{title} {len(plant.conduits) + 1:04d} (modelled)"
        plant.conduits.append(Conduit(span.conduit, kind, used + spare, used, span.line))
    for line in spare_lines(streets, rng):
        kind = "sewer" if rng.random() < 0.6 else "duct"
        used = int(rng.integers(0, 3))
        spare = 0 if rng.random() < 0.2 else int(rng.integers(1, 4))
        title = "Fognatura" if kind == "sewer" else "Cavidotto"
        name = f"{title} {len(plant.conduits) + 1:04d} (modelled)"
        plant.conduits.append(Conduit(name, kind, used + spare, used, line))


def spare_lines(streets: Streets, rng: np.random.Generator) -> list[shapely.LineString]:
    """Return ways along the larger town streets, some hundred metres to two kilometres long."""
    wanted = np.isin(streets.road_class, ("secondary", "tertiary", "residential"))
    wanted &= (streets.owner[streets.ends] >= 0).all(axis=1) & (streets.structure == 0)
    ends = streets.ends[wanted]
    numbers = np.flatnonzero(wanted)
    around: dict[int, list[int]] = {}
    for number, (a, b) in zip(numbers.tolist(), ends.tolist(), strict=True):
        around.setdefault(a, []).append(number)
        around.setdefault(b, []).append(number)
    lines, used = [], set()
    for start in rng.choice(numbers, 900, replace=False).tolist():
        path, vertex = _walk(streets, around, start, float(rng.uniform(400, 2000)), used)
        if len(path) > 2:
            used.update(path)
            merged = shapely.line_merge(shapely.multilinestrings(list(streets.lines[path])))
            if merged.geom_type == "LineString":
                lines.append(merged)
    return lines


def _walk(
    streets: Streets, around: dict[int, list[int]], start: int, goal_m: float, used: set[int]
) -> tuple[list[int], int]:
    """Walk as straight on as the streets allow until ``goal_m`` is reached."""
    path, seen = [start], set(streets.ends[start].tolist())
    before, vertex = streets.ends[start].tolist()
    walked = float(streets.length_m[start])
    while walked < goal_m and start not in used:
        run = streets.xy[vertex] - streets.xy[before]
        best, best_cos = -1, 0.5
        for number in around[vertex]:
            a, b = streets.ends[number].tolist()
            other = b if a == vertex else a
            step = streets.xy[other] - streets.xy[vertex]
            cos = run @ step / max(np.hypot(*run) * np.hypot(*step), 1e-9)
            if other not in seen and number not in used and cos > best_cos:
                best, best_cos = number, cos
        if best < 0:
            break
        a, b = streets.ends[best].tolist()
        before, vertex = vertex, b if a == vertex else a
        seen.add(vertex)
        path.append(best)
        walked += float(streets.length_m[best])
    return path, vertex
