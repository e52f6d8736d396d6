"""A plan on real streets: every state school of the core of Milan."""

import dataclasses
from pathlib import Path

import pytest
import shapely

from app.model.frames import make_frame
from app.model.network import empty_network
from app.model.tables import TABLES
from app.planning.costs.bill import bill
from app.planning.costs.prices import default_price_list
from app.planning.extension import ExtensionParameters, plan_extension
from app.planning.survival.redundancy import RedundancyParameters, analyse_redundancy

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
STREETS = DATA / "streets" / "milano_core_streets.gpkg"
CRS = "EPSG:32632"


@pytest.fixture(scope="module")
def milano():
    if not STREETS.exists():
        pytest.skip("the shared data is not on this machine")
    import geopandas as gpd

    edges = gpd.read_file(STREETS, layer="edges")
    tracks = gpd.read_file(DATA / "barriers" / "osm_subway_tracks_milano.geojson").to_crs(CRS)
    rails = gpd.read_file(DATA / "barriers" / "railways_milano.geojson").to_crs(CRS).explode()
    core = shapely.box(*edges.total_bounds)
    schools = gpd.read_file(DATA / "sites" / "schools_state_MI_MB.geojson").to_crs(CRS)
    schools = schools[schools.within(core)]
    tables = dict(empty_network("Milano", CRS, "m").tables)

    def fill(table, shapes, prefix, **values):
        uids = [f"{prefix}{number}" for number in range(len(shapes))]
        tables[table] = make_frame(TABLES[table], values, CRS, geometry=list(shapes), uids=uids)

    fill("streets", edges.geometry, "street")
    below = [*(tracks["tunnel"] == "yes"), *([False] * len(rails))]
    kinds = ["metro"] * len(tracks) + ["railway"] * len(rails)
    fill(
        "barriers",
        [*tracks.geometry, *rails.geometry],
        "barrier",
        kind=kinds,
        is_below_ground=below,
    )
    fill("sites", schools.geometry, "school", name=list(schools["Denominazione"]))
    fill("nodes", [core.centroid], "hub", type=["hub"])
    tables.update(default_price_list())
    return dataclasses.replace(empty_network("Milano", CRS, "m"), tables=tables)


def test_all_schools_of_the_core_are_connected_with_a_small_proven_gap(milano):
    sites = tuple(milano.table("sites").index)
    result = plan_extension(milano, ExtensionParameters("schools", sites, gap=0.03))
    summary = result.summary
    assert (summary["sites"], summary["unreachable"]) == (len(sites), [])
    assert len(sites) > 150
    assert summary["gap"] < 0.035
    stored = milano.apply(result.changes)
    paper = bill(stored, summary["plan_uid"])
    assert float(paper.objective_eur) == summary["objective"]
    assert paper.total().to_json() == summary["cost_eur"]
    report = analyse_redundancy(stored, RedundancyParameters(summary["plan_uid"]))
    assert report.summary["sites_single_homed"] == len(sites)
    assert report.summary["bridges"] == len(result.tables["plan_spans"])
