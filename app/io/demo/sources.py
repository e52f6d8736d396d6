"""Writes the demo's files, which are then imported as a user imports files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from app.io.demo import ducts, facts, lattice, plant, sites, streets, tables, towers
from app.model.geodesy import WGS84
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.progress import Progress, no_progress, part

_DATE = "2026-01-01T00:00:00.000Z"


@dataclass(frozen=True)
class DemoSource:
    """A file to import: target as `app.io.importing` names it, layer or ``None``."""

    path: Path
    target: str
    layer: str | None
    description: str


@dataclass(frozen=True)
class Demo:
    """Everything that the files are written from."""

    places: list[lattice.Settlement]
    streets: streets.Streets
    signed: list[facts.Town]
    sites: list[sites.DemoSite]
    towers: list[towers.DemoTower]
    plant: plant.Plant


def model(progress: Progress = no_progress) -> Demo:
    """Return the whole demo: seeded, the same at each call."""
    progress(0.0, message(QT_TRANSLATE_NOOP("core", "Drawing streets")))
    places = lattice.settlements()
    network = streets.build()
    progress(0.4, message(QT_TRANSLATE_NOOP("core", "Laying the ring")))
    path, ring = plant.ring_path(network)
    signed = sites.signed_towns(ring)
    found = sites.build(network, ring)
    masts = towers.build(network, places)
    progress(0.5, message(QT_TRANSLATE_NOOP("core", "Connecting sites")))
    built = plant.build(network, path, _terminals(found, masts))
    ducts.add_cables(built)
    ducts.add_conduits(built, network)
    built.node_of["civil_protection/hub"] = built.node_of["idroscalo"]
    progress(1.0)
    return Demo(places, network, signed, found, masts, built)


def _terminals(found: list[sites.DemoSite], masts: list[towers.DemoTower]) -> list[plant.Terminal]:
    terminals = [
        plant.Terminal(
            item.key, f"Ingresso {item.name}", "buildingEntry", _entry(item),
            "access" if item.quality == "modelled" else "spur", item.state,
        )
        for item in found
        if item.has_node and item.key not in (*plant.HUBS, "civil_protection/hub")
    ]  # fmt: skip
    terminals += [
        plant.Terminal(item.name, item.node_name, "tower", item.xy, "spur", item.status)
        for item in masts
        if item.status != "planned"
    ]
    return terminals


def _entry(item: sites.DemoSite) -> tuple[float, float]:
    """Return where the cable enters: beside the centre of a town, which is a street corner."""
    x, y = item.xy
    return (x, y) if item.category != "municipality" else (x + 11.0, y + 9.0)


def write_sources(folder: Path, progress: Progress = no_progress) -> list[DemoSource]:
    """Write the demo's files into ``folder`` and return them in the order of import.

    The same files come out of each run. They refer to one another by names, which are unique.
    """
    folder.mkdir(parents=True, exist_ok=True)
    demo = model(part(progress, 0.0, 0.8))
    with _fixed_date():
        sources = [
            _csv(folder / "organisations.csv", "organisations",
                 tables.organisation_rows(demo.signed), "bodies"),
            _gpkg(folder / "areas.gpkg", "municipalities", "areas", tables.municipality_rows(),
                  "133 municipalities, approximate areas"),
            _gpkg(folder / "areas.gpkg", "land", "areas", tables.land_rows(demo.places),
                  "parks, water, built-up land"),
            _fgb(folder / "streets.fgb", "streets", tables.street_rows(demo.streets),
                 "modelled streets"),
            _geojson(folder / "barriers.geojson", "barriers", tables.barrier_rows(),
                     "rivers, canals, railways, metro, motorways"),
            _gpkg(folder / "flood_zones.gpkg", "hazards", "hazards", tables.hazard_rows(),
                  "flood zones of three return periods"),
            _fgb(folder / "conduits.fgb", "conduits", tables.conduit_rows(demo.plant),
                 "ducts and sewers"),
            _gpkg(folder / "network.gpkg", "nodes", "nodes",
                  tables.node_rows(demo.plant, demo.towers), "nodes"),
            _gpkg(folder / "network.gpkg", "spans", "spans", tables.span_rows(demo.plant),
                  "ring, backbone, spurs and accesses"),
            _csv(folder / "cables.csv", "cables", tables.cable_rows(demo.plant), "cables"),
            _points_csv(folder / "sites.csv", "sites", tables.site_rows(demo.sites, demo.plant),
                        "sites with their demand"),
            _points_csv(
                folder / "towers.csv", "towers", tables.tower_rows(demo.towers), "55 towers"
            ),
        ]  # fmt: skip
    progress(1.0)
    return sources


@contextmanager
def _fixed_date() -> Iterator[None]:
    """Keep the date of writing out of the files."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _DATE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _gpkg(
    path: Path, layer: str, target: str, frame: gpd.GeoDataFrame, description: str
) -> DemoSource:
    written = set(_layers(path))
    if layer in written or (path.exists() and not written):
        path.unlink()
    pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", append=path.exists())
    return DemoSource(path, target, layer, description)


def _layers(path: Path) -> list[str]:
    return [str(name) for name, _ in pyogrio.list_layers(path)] if path.exists() else []


def _fgb(path: Path, target: str, frame: gpd.GeoDataFrame, description: str) -> DemoSource:
    pyogrio.write_dataframe(frame, path, driver="FlatGeobuf", layer_options={"SPATIAL_INDEX": "NO"})
    return DemoSource(path, target, None, description)


def _geojson(path: Path, target: str, frame: gpd.GeoDataFrame, description: str) -> DemoSource:
    options: Mapping[str, Any] = {"COORDINATE_PRECISION": "6", "RFC7946": "YES"}
    pyogrio.write_dataframe(frame.to_crs(WGS84), path, driver="GeoJSON", layer_options=options)
    return DemoSource(path, target, None, description)


def _csv(path: Path, target: str, frame: pd.DataFrame, description: str) -> DemoSource:
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    return DemoSource(path, target, None, description)


def _points_csv(path: Path, target: str, frame: gpd.GeoDataFrame, description: str) -> DemoSource:
    lonlat = frame.geometry.to_crs(WGS84)
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    plain["lon"], plain["lat"] = lonlat.x.round(6), lonlat.y.round(6)
    return _csv(path, target, plain, description)
