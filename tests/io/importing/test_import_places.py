"""CRS, axis order and accuracy."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from app.model.errors import ExchangeError
from app.model.network import empty_network
from tests.io.importing.helpers import (
    LAT,
    LON,
    finding_of,
    metric,
    outcome_of,
    rules_of,
    table_of,
    xy_of,
)

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize("crs", ["EPSG:6707", "EPSG:3044", "EPSG:25832", "EPSG:7791"])
@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_axis_order_of_definitions_does_not_matter(sites, tmp_path, crs, ending):
    """6707 and 3044 are north-east by definition; GIS people store east-north all the same."""
    path = tmp_path / f"sedi.{ending}"
    sites.to_crs(crs).rename(columns={"Denominazione": "Nome"}).to_file(path)
    outcome = outcome_of(path, "sites")
    np.testing.assert_allclose(xy_of(table_of(outcome, "sites")), metric(LON, LAT), atol=0.01)
    assert "import.axes_swapped" not in rules_of(outcome)


@pytest.mark.parametrize("crs", ["EPSG:6707", "EPSG:4326"])
def test_numbers_that_stand_north_first_are_exchanged_and_told(sites, tmp_path, crs):
    frame = sites.to_crs(crs)
    frame.geometry = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    path = tmp_path / "sedi.gpkg"
    frame.to_file(path)
    outcome = outcome_of(path, "sites")
    np.testing.assert_allclose(xy_of(table_of(outcome, "sites")), metric(LON, LAT), atol=0.01)
    assert "import.axes_swapped" in rules_of(outcome)


def test_monte_mario_uses_the_free_parameters_and_says_so(tmp_path):
    x, y = 1_515_636.0, 5_034_090.0
    path = tmp_path / "punti.csv"
    path.write_text(f"nome;est;nord\nDuomo;{x};{y}\n")
    outcome = outcome_of(path, "sites", crs="EPSG:3003")
    free = Transformer.from_pipeline(
        "+proj=pipeline +step +inv +proj=tmerc +lat_0=0 +lon_0=9 +k=0.9996 +x_0=1500000 +y_0=0 "
        "+ellps=intl +step +proj=cart +ellps=intl +step +proj=helmert +x=-104.1 +y=-49.1 +z=-9.9 "
        "+rx=0.971 +ry=-2.917 +rz=0.714 +s=-11.68 +convention=position_vector "
        "+step +inv +proj=cart +ellps=WGS84 +step +proj=utm +zone=32 +ellps=WGS84"
    )
    expected = free.transform(x, y)[:2]
    np.testing.assert_allclose(xy_of(table_of(outcome, "sites"))[0], expected, atol=0.1)
    assert "free parameters" in str(finding_of(outcome, "import.crs_accuracy").message)


def test_unknown_accuracy_is_refused_unless_accepted(tmp_path):
    path = tmp_path / "punti.csv"
    path.write_text("nome;est;nord\nA;514000;5034000\n")
    unknown = "+proj=utm +zone=32 +ellps=bessel +units=m"
    with pytest.raises(ExchangeError, match="known accuracy"):
        outcome_of(path, "sites", crs=unknown)
    outcome = outcome_of(path, "sites", crs=unknown, accept_ballpark=True)
    assert outcome.accepted == 1
    assert "import.ballpark" in rules_of(outcome)


@pytest.mark.parametrize("crs", ["EPSG:99999", "nonsense", "EPSG:5773"])
def test_unusable_crs_is_refused(tmp_path, crs):
    path = tmp_path / "punti.csv"
    path.write_text("nome;est;nord\nA;514000;5034000\n")
    with pytest.raises(ExchangeError, match="CRS"):
        outcome_of(path, "sites", crs=crs)


def test_points_clearly_outside_the_area_are_rejected(tmp_path):
    path = tmp_path / "punti.csv"
    path.write_text("nome;lon;lat\nMilano;9.19;45.46\nNull Island;0;0\nPolo;9;90\n")
    outcome = outcome_of(path, "sites")
    assert [row.row for row in outcome.rejected] == [3, 4]
    assert "outside the area" in str(outcome.rejected[0].reason)


def test_project_in_another_crs(sites, tmp_path):
    path = tmp_path / "sedi.geojson"
    sites.to_file(path)
    outcome = outcome_of(path, "sites", network=empty_network("Test", "EPSG:32632"))
    rows = table_of(outcome, "sites")
    assert rows.crs == "EPSG:32632"
    np.testing.assert_allclose(xy_of(rows), metric(LON, LAT, "EPSG:32632"), atol=0.01)


def test_lengths_are_measured_on_the_ellipsoid(tmp_path):
    line = shapely.LineString([(9.0, 45.0), (9.1, 45.0)])
    path = tmp_path / "tratte.geojson"
    gpd.GeoDataFrame({"nome": ["A"]}, geometry=[line], crs=4326).to_file(path)
    rows = table_of(outcome_of(path, "spans"), "spans")
    # a tenth of a degree on the parallel of 45 degrees: 7 884.7 m by the geodesic
    assert rows["route_length_m"].iloc[0] == pytest.approx(7884.68, abs=0.05)
