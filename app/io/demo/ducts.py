"""What lies in the spans: cables over them, and the ducts and sewers that hold these."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from app.io.demo.plant import BUILDING, Cable, Conduit, Plant
from app.io.demo.streets import Streets

_TRUNK = {"ring": 288, "backbone": 144}
"""Fibres of the trunk cables by role of span."""


def add_cables(plant: Plant) -> None:
    """Add trunk cables between nodes of the ring, and one from each terminal towards it."""
    rng = np.random.default_rng(72)
    around: dict[int, list[int]] = {}
    for number, span in enumerate(plant.spans):
        for end in span.ends:
            around.setdefault(end, []).append(number)
    for role, fibres in _TRUNK.items():
        for path in _trunk_paths(plant, around, role):
            _add_cable(plant, path, fibres, rng)
    parent = _parents(plant, around)
    for vertex in plant.terminals:
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
    paths: list[list[int]] = []
    done: set[int] = set()

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
    level = sorted({end for span in plant.spans if span.role in _TRUNK for end in span.ends})
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
    building = any(span.status == BUILDING for span in spans)
    used = 0 if building else int(fibres * rng.uniform(0.1, 0.7))
    plant.cables.append(
        Cable(
            f"Cavo {len(plant.cables) + 1:04d} (modelled)", fibres, used,
            tuple(span.name for span in spans), cable_m,
            BUILDING if building else "operational",
        )
    )  # fmt: skip


def add_conduits(plant: Plant, streets: Streets) -> None:
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
    for line in _spare_lines(streets, rng):
        kind = "sewer" if rng.random() < 0.6 else "duct"
        used = int(rng.integers(0, 3))
        spare = 0 if rng.random() < 0.2 else int(rng.integers(1, 4))
        title = "Fognatura" if kind == "sewer" else "Cavidotto"
        name = f"{title} {len(plant.conduits) + 1:04d} (modelled)"
        plant.conduits.append(Conduit(name, kind, used + spare, used, line))


def _spare_lines(streets: Streets, rng: np.random.Generator) -> list[shapely.LineString]:
    """Return ways along the larger town streets, some hundred metres to two kilometres long."""
    wanted = np.isin(streets.road_class, ("secondary", "tertiary", "residential"))
    wanted &= (streets.owner[streets.ends] >= 0).all(axis=1) & (streets.structure == 0)
    ends = streets.ends[wanted]
    numbers = np.flatnonzero(wanted)
    around: dict[int, list[int]] = {}
    for number, (a, b) in zip(numbers.tolist(), ends.tolist(), strict=True):
        around.setdefault(a, []).append(number)
        around.setdefault(b, []).append(number)
    lines: list[shapely.LineString] = []
    used: set[int] = set()
    for start in rng.choice(numbers, 900, replace=False).tolist():
        path = _walk(streets, around, start, float(rng.uniform(400, 2000)), used)
        if len(path) > 2:
            used.update(path)
            merged = shapely.line_merge(shapely.multilinestrings(list(streets.lines[path])))
            if merged.geom_type == "LineString":
                lines.append(merged)
    return lines


def _walk(
    streets: Streets, around: dict[int, list[int]], start: int, goal_m: float, used: set[int]
) -> list[int]:
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
    return path
