"""The demo's rows as columns, named as the schema names them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from app.io.demo import areas, barriers, facts
from app.io.demo.lattice import Settlement
from app.io.demo.plant import SEWERS, Plant
from app.io.demo.sites import OWNER, DemoSite
from app.io.demo.streets import Streets
from app.io.demo.towers import DemoTower


def _geo(rows: list[dict[str, Any]], shapes: Sequence[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=list(shapes), crs=facts.CRS)


def organisation_rows(signed: Sequence[facts.Town]) -> pd.DataFrame:
    """Return the owner, the sewer operator, and the municipalities under agreement."""
    rows = [
        (OWNER, "owner", None),
        (SEWERS, "sewer operator", "modelled"),
        ("GARR", "research network", "position of the exit assumed"),
    ]
    rows += [
        (f"Comune di {item.name}", "municipality", "which municipalities have signed is modelled")
        for item in sorted(signed, key=lambda item: item.code)
    ]
    codes = {f"Comune di {item.name}": item.code for item in signed}
    return pd.DataFrame(
        [
            {"uid": facts.uid_of("organisation", name), "name": name,
             "identifier": codes.get(name), "role": role, "note": note}
            for name, role, note in rows
        ]
    )  # fmt: skip


def municipality_rows() -> gpd.GeoDataFrame:
    """Return the municipalities: names, codes and residents are facts, the areas are not."""
    cells = areas.municipalities()
    rows = [
        {
            "uid": facts.uid_of("area", item.code),
            "name": item.name,
            "kind": "municipality",
            "code": item.code,
            "residents": item.residents,
            "is_approximate": True,
            "source": f"{facts.FACT_MUNICIPALITIES}; border modelled, approximate",
        }
        for item, _ in cells
    ]
    return _geo(rows, [_multi(shape) for _, shape in cells])


def land_rows(places: list[Settlement]) -> gpd.GeoDataFrame:
    """Return parks, water and built-up land."""
    drawn = [(name, kind, shape, facts.DRAWN) for name, kind, shape in areas.drawn()]
    built = [
        (name, "builtUp", shape, "modelled: extent guessed from the residents")
        for name, shape in areas.built_up(places)
    ]
    rows = [
        {
            "uid": facts.uid_of("area", kind, name),
            "name": name,
            "kind": kind,
            "is_approximate": True,
            "source": source,
        }
        for name, kind, _, source in [*built, *drawn]
    ]
    return _geo(rows, [_multi(shape) for _, _, shape, _ in [*built, *drawn]])


def street_rows(streets: Streets) -> gpd.GeoDataFrame:
    """Return the stretches of street."""
    count = len(streets.lines)
    numbers = [f"modelled/{number:06d}" for number in range(count)]
    frame = pd.DataFrame(
        {
            "uid": [facts.uid_of("street", number) for number in numbers],
            "name": streets.name,
            "road_class": streets.road_class,
            "surface": streets.surface,
            "access": "public",
            "is_bridge": streets.structure == 1,
            "is_tunnel": streets.structure == 2,
            "level": np.choose(streets.structure, [0, 1, -1]),
            "has_sidewalk": streets.has_sidewalk,
            "source": facts.MODELLED,
            "source_id": numbers,
        }
    )
    return gpd.GeoDataFrame(frame, geometry=streets.lines, crs=facts.CRS)


def barrier_rows() -> gpd.GeoDataFrame:
    """Return rivers, canals, railways, metro, motorways, and the lake."""
    lines = barriers.barrier_lines()
    rows = [
        {
            "uid": facts.uid_of("barrier", item.name),
            "name": item.name,
            "kind": item.kind,
            "crossing": "free" if item.is_below_ground else "priced",
            "is_below_ground": item.is_below_ground,
            "source": facts.DRAWN,
            "note": "approximate course",
        }
        for item in lines
    ]
    shapes = [item.line for item in lines]
    for name, kind, shape in areas.drawn():
        if kind == "water" or name.startswith("Aeroporto"):
            rows.append(
                {"uid": facts.uid_of("barrier", name), "name": name,
                 "kind": "lake" if kind == "water" else "restricted", "crossing": "forbidden",
                 "is_below_ground": False, "source": facts.DRAWN, "note": "approximate outline"}
            )  # fmt: skip
            shapes.append(shape)
    return _geo(rows, shapes)


def hazard_rows() -> gpd.GeoDataFrame:
    """Return the flood zones, three return periods to a river."""
    zones = barriers.flood_zones()
    rows = [
        {
            "uid": facts.uid_of("hazard", name, scenario),
            "name": f"{name}, scenario {scenario} (modelled)",
            "kind": "flood",
            "scenario": scenario,
            "return_period_years": years,
            "source": "modelled: a strip along the river, not the official PGRA zone",
            "note": "for the demo only",
        }
        for name, scenario, years, _ in zones
    ]
    return _geo(rows, [_multi(zone) for *_, zone in zones])


def node_rows(plant: Plant, towers: Sequence[DemoTower]) -> gpd.GeoDataFrame:
    """Return the nodes, those of towers not connected yet included."""
    rows, shapes = [], []
    for node in plant.nodes.values():
        rows.append(
            {"uid": facts.uid_of("node", node.name), "name": node.name, "type": node.type,
             "status": node.status, "owner": OWNER, "capacity_gbps": node.capacity_gbps,
             "source": node.source, "note": node.note}
        )  # fmt: skip
        shapes.append(shapely.points(node.xy))
    known = {node.name for node in plant.nodes.values()}
    for tower in towers:
        if tower.node_name not in known:
            rows.append(
                {"uid": facts.uid_of("node", tower.node_name), "name": tower.node_name,
                 "type": "tower", "status": "planned", "owner": OWNER, "capacity_gbps": None,
                 "source": facts.MODELLED, "note": "tower not connected yet"}
            )  # fmt: skip
            shapes.append(shapely.points(tower.xy))
    return _geo(rows, shapes)


def span_rows(plant: Plant) -> gpd.GeoDataFrame:
    """Return the spans; nodes and conduits are named, names are unique."""
    rows = [
        {
            "uid": facts.uid_of("span", span.name),
            "name": span.name,
            "start_node": plant.nodes[span.ends[0]].name,
            "end_node": plant.nodes[span.ends[1]].name,
            "status": span.status,
            "role": span.role,
            "owner": OWNER,
            "deployment": "belowGround",
            "codeployment": "wasteWater" if span.technique == "sewer" else "none",
            "technique": span.technique,
            "conduits": _names([span.conduit] if span.conduit else []),
            "allows_joint": span.technique != "leadIn",
            "route_length_m": span.length_m,
            "source": facts.MODELLED,
        }
        for span in plant.spans
    ]
    return _geo(rows, [span.line for span in plant.spans])


def conduit_rows(plant: Plant) -> gpd.GeoDataFrame:
    """Return ducts and sewers with their room."""
    rows = [
        {
            "uid": facts.uid_of("conduit", item.name),
            "name": item.name,
            "kind": item.kind,
            "status": "operational",
            "owner": SEWERS if item.kind == "sewer" else OWNER,
            "capacity": item.capacity,
            "used": item.used,
            "source": facts.MODELLED,
        }
        for item in plant.conduits
    ]
    return _geo(rows, [item.line for item in plant.conduits])


def cable_rows(plant: Plant) -> pd.DataFrame:
    """Return the cables: cable length is route plus slack, fibre length fibres times cable."""
    return pd.DataFrame(
        [
            {
                "uid": facts.uid_of("cable", item.name),
                "name": item.name,
                "fibre_count": item.fibre_count,
                "used_fibres": item.used_fibres,
                "fibre_kind": "G.652.D",
                "status": item.status,
                "owner": OWNER,
                "spans": _names(item.spans),
                "cable_length_m": item.cable_length_m,
                "fibre_length_m": round(item.cable_length_m * item.fibre_count, 1),
                "note": "modelled: slack 3 % and 30 m; fibre length = fibres x cable length",
            }
            for item in plant.cables
        ]
    )


def site_rows(sites: Sequence[DemoSite], plant: Plant) -> gpd.GeoDataFrame:
    """Return the sites; a connected one names its node."""
    rows = [
        {
            "uid": item.uid,
            "name": item.name,
            "category": item.category,
            "status": item.state,
            "node": plant.node_of[item.key] if item.has_node else None,
            "municipality": item.town.name if item.town else None,
            "municipality_code": item.town.code if item.town else None,
            "guaranteed_mbps": item.guaranteed_mbps,
            "peak_mbps": item.peak_mbps,
            "protection": item.protection,
            "priority": item.priority,
            "payer": item.payer,
            "position_quality": item.quality,
            "source": item.source,
            "note": item.note,
        }
        for item in sites
    ]
    return _geo(rows, shapely.points([item.xy for item in sites]))


def tower_rows(towers: Sequence[DemoTower]) -> gpd.GeoDataFrame:
    """Return the towers with the names of their nodes."""
    rows = [
        {
            "uid": facts.uid_of("tower", item.name),
            "name": item.name,
            "node": item.node_name,
            "owner": OWNER,
            "height_m": item.height_m,
            "ground_m": item.ground_m,
            "status": item.status,
            "source": facts.MODELLED,
            "note": "position, height and ground elevation modelled",
        }
        for item in towers
    ]
    return _geo(rows, shapely.points([item.xy for item in towers]))


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.multipolygons(parts)


def _names(names: Sequence[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False)
