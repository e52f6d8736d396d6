"""Every format that can be imported, as small files written here."""

from __future__ import annotations

import gzip
import shutil
import zipfile

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely

from app.io.importing import preview_file
from app.model.errors import ExchangeError
from tests.io.importing.helpers import (
    LAT,
    LON,
    NAMES,
    metric,
    outcome_of,
    rules_of,
    table_of,
    xy_of,
)

ENDINGS = ("gpkg", "shp", "shp.zip", "geojson", "fgb", "kml", "kmz", "csv", "xlsx")


def write(frame, folder, ending):
    """Write ``frame`` in a format and return the path."""
    path = folder / f"sedi.{ending}"
    if ending == "shp.zip":
        write(frame, folder, "shp")
        path = folder / "sedi.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for part in sorted(folder.glob("sedi.*")):
                if part.suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
                    archive.write(part, f"dati/{part.name}")
    elif ending == "kmz":
        inner = write(frame, folder, "kml")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(inner, "doc.kml")
    elif ending in ("csv", "xlsx"):
        table = frame.drop(columns="geometry")
        table = table.assign(lon=frame.geometry.x, lat=frame.geometry.y)
        if ending == "csv":
            table.to_csv(path, index=False)
        else:
            table.to_excel(path, index=False)
    elif ending == "shp":
        frame.rename(columns={"Denominazione": "Nome"}).to_file(path, encoding="UTF-8")
    elif ending == "kml":
        frame.rename(columns={"Denominazione": "Name"}).to_file(path, driver="KML")
    else:
        frame.to_file(path)
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_format_gives_the_same_sites(sites, tmp_path, ending):
    outcome = outcome_of(write(sites, tmp_path, ending), "sites")
    rows = table_of(outcome, "sites")
    rows = rows.iloc[np.argsort(xy_of(rows)[:, 0])]  # an indexed format keeps an order of its own
    assert outcome.accepted == 3
    assert rows["name"].tolist() == NAMES
    assert rows.crs == "EPSG:7791"
    np.testing.assert_allclose(xy_of(rows), metric(LON, LAT), atol=0.01)
    assert rows["category"].tolist() == ["research", "other_body", "hospital"]
    assert rows["peak_mbps"].tolist() == [100.0, 250.5, 1000.0]


def test_content_decides_and_not_the_ending(sites, tmp_path):
    path = write(sites, tmp_path, "gpkg")
    disguised = tmp_path / "lista.csv"
    path.rename(disguised)
    assert outcome_of(disguised, "sites").accepted == 3


@pytest.mark.usefixtures("in_process")
def test_dxf_lines_become_conduits(tmp_path):
    path = tmp_path / "cavidotti.dxf"
    lines = [shapely.LineString([(514000, 5034000), (514100, 5034000)])]
    gpd.GeoDataFrame({"Layer": ["0"]}, geometry=lines, crs=32632).to_file(path, driver="DXF")
    with pytest.raises(ExchangeError, match="--crs"):
        outcome_of(path, "conduits")
    rows = table_of(outcome_of(path, "conduits", crs="EPSG:32632"), "conduits")
    assert rows["length_m"].iloc[0] == pytest.approx(100.04, abs=0.01)


@pytest.mark.usefixtures("in_process")
def test_z_is_dropped_and_several_lines_become_several_objects(tmp_path):
    path = tmp_path / "tratte.gpkg"
    shape = shapely.MultiLineString(
        [
            [(514000, 5034000, 120), (514100, 5034000, 121)],
            [(514200, 5034000, 1), (514200, 5034050, 2)],
        ]
    )
    gpd.GeoDataFrame({"nome": ["A"]}, geometry=[shape], crs=7791).to_file(path)
    outcome = outcome_of(path, "streets")
    rows = table_of(outcome, "streets")
    assert (outcome.read, outcome.accepted) == (1, 1)
    assert rows["name"].tolist() == ["A", "A"]
    assert not shapely.has_z(rows.geometry.to_numpy()).any()
    assert "import.split_multi" in rules_of(outcome)


@pytest.mark.usefixtures("in_process")
def test_points_do_not_become_lines_and_areas_become_points_with_a_finding(tmp_path):
    mixed = gpd.GeoDataFrame(
        {"nome": ["punto", "area"]},
        geometry=[shapely.Point(514000, 5034000), shapely.box(514000, 5034000, 514100, 5034100)],
        crs=7791,
    )
    path = tmp_path / "scuole.gpkg"
    mixed.to_file(path)
    as_lines = outcome_of(path, "streets")
    assert [str(row.reason) for row in as_lines.rejected] == ["The row is not a line"] * 2
    as_points = outcome_of(path, "sites")
    assert as_points.accepted == 2
    assert "import.point_made" in rules_of(as_points)


@pytest.mark.usefixtures("in_process")
def test_empty_and_zero_length_are_rejected_with_their_reason(tmp_path):
    path = tmp_path / "strade.gpkg"
    shapes = [
        shapely.LineString([(514000, 5034000), (514100, 5034000)]),
        shapely.LineString([(514000, 5034000), (514000, 5034000)]),
        None,
    ]
    gpd.GeoDataFrame({"nome": ["a", "b", "c"]}, geometry=shapes, crs=7791).to_file(path)
    outcome = outcome_of(path, "streets")
    assert outcome.accepted == 1
    assert sorted(str(row.reason) for row in outcome.rejected) == [
        "The line has no length",
        "The row has no geometry, or an empty one",
    ]


@pytest.mark.usefixtures("in_process")
def test_self_intersecting_area_is_repaired_and_told(tmp_path):
    path = tmp_path / "alluvioni.geojson"
    bow = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    bow = shapely.transform(bow, lambda xy: xy * 100 + [514000, 5034000])
    gpd.GeoDataFrame({"scenario": ["P2"]}, geometry=[bow], crs=7791).to_file(path)
    outcome = outcome_of(path, "hazards")
    shape = table_of(outcome, "hazards").geometry.iloc[0]
    assert shape.is_valid and shape.geom_type == "MultiPolygon"
    assert table_of(outcome, "hazards")["scenario"].tolist() == ["M"]
    assert "polygon.repaired" in rules_of(outcome)


@pytest.mark.usefixtures("in_process")
def test_several_layers_are_listed_unless_one_is_named_or_fits(sites, tmp_path):
    path = tmp_path / "tutto.gpkg"
    sites.to_file(path, layer="scuole")
    sites.to_file(path, layer="ospedali")
    with pytest.raises(ExchangeError, match=r"scuole.*ospedali"):
        outcome_of(path, "sites")
    assert outcome_of(path, "sites", layer="ospedali").layers == ("scuole", "ospedali")
    with pytest.raises(ExchangeError, match="no layer cavi"):
        outcome_of(path, "sites", layer="cavi")
    lines = gpd.GeoDataFrame(
        {"nome": ["x"]}, geometry=[shapely.LineString([(9.1, 45.4), (9.2, 45.4)])], crs=4326
    )
    lines.to_file(path, layer="strade")
    assert outcome_of(path, "streets").accepted == 1


@pytest.mark.usefixtures("in_process")
def test_shapefile_without_companion_says_which_is_missing(sites, tmp_path):
    path = write(sites, tmp_path, "shp")
    path.with_suffix(".dbf").unlink()
    with pytest.raises(ExchangeError, match=r"\.dbf"):
        outcome_of(path, "sites")


@pytest.mark.usefixtures("in_process")
def test_workbook_with_two_sheets_asks_for_one(tmp_path):
    path = tmp_path / "sedi.xlsx"
    book = openpyxl.Workbook()
    for title in ("Scuole", "Altro"):
        sheet = book.create_sheet(title)
        sheet.append(["Nome", "Longitudine", "Latitudine"])
        sheet.append([title, 9.19, 45.46])
    book.save(path)
    with pytest.raises(ExchangeError, match="Scuole, Altro"):
        outcome_of(path, "sites")
    rows = table_of(outcome_of(path, "sites", layer="Altro"), "sites")
    assert rows["name"].tolist() == ["Altro"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.gpkg", b"", "is empty"),
        ("a.gpkg", b"\x00\x01\x02" * 50, "no format that can be imported"),
        ("a.json", b'{"hello": 1}', "no format that can be imported"),
        ("a.gml", b"<?xml version='1.0'?><gml/>", "no format that can be imported"),
        ("a.gz", gzip.compress(b"hello", mtime=0), "no format that can be imported"),
        ("a.csv", b"nome;lon;lat\n", "no rows"),
        ("a.csv", b"nome;nome;lat\n1;2;3\n", "two columns"),
    ],
)
@pytest.mark.usefixtures("in_process")
def test_unusable_files_are_refused_with_a_reason(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=message) as caught:
        outcome_of(path, "sites")
    assert caught.value.path == str(path)


@pytest.mark.usefixtures("in_process")
def test_missing_file_and_folder_are_refused(tmp_path):
    with pytest.raises(ExchangeError, match="does not exist"):
        outcome_of(tmp_path / "x.gpkg", "sites")
    with pytest.raises(ExchangeError, match="is not a file"):
        outcome_of(tmp_path, "sites")


@pytest.mark.usefixtures("in_process")
def test_preview_shows_rows_and_guesses(sites, tmp_path):
    preview = preview_file(write(sites, tmp_path, "csv"))
    assert preview.target == "sites"
    assert preview.mapping["name"] == "Denominazione"
    assert preview.coordinates == {"lon": "lon", "lat": "lat"}
    assert preview.rows[0][0] == NAMES[0]
    assert preview.crs == "OGC:CRS84"
    assert "nodes" in preview.targets


@pytest.mark.usefixtures("in_process")
def test_preview_of_metric_table_leaves_the_crs_to_be_asked(tmp_path):
    path = tmp_path / "punti.csv"
    path.write_text("nome;est;nord\nA;514000;5034000\n")
    preview = preview_file(path)
    assert preview.crs == ""
    assert preview.geometry_type == "point"


@pytest.mark.usefixtures("in_process")
def test_copy_of_a_shapefile_does_not_need_a_prj_when_crs_is_given(sites, tmp_path):
    path = write(sites.to_crs(32632), tmp_path, "shp")
    path.with_suffix(".prj").unlink()
    with pytest.raises(ExchangeError, match="--crs"):
        outcome_of(path, "sites")
    moved = tmp_path / "copia"
    moved.mkdir()
    for part in tmp_path.glob("sedi.*"):
        shutil.copy(part, moved)
    assert outcome_of(moved / "sedi.shp", "sites", crs="32632").accepted == 3


def test_a_kmz_of_one_document_for_each_layer_is_read_whole(sites, tmp_path):
    """GDAL and QGIS write an index without content, and each layer beside it."""
    index = (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><NetworkLink><Link><href>layers/a.kml</href></Link></NetworkLink></Document>"
        "</kml>"
    )
    inner = write(sites, tmp_path, "kml")
    path = tmp_path / "layers.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", index)
        archive.write(inner, "layers/a.kml")
        archive.write(inner, "layers/b.kml")

    outcome = outcome_of(path, "sites")

    assert (outcome.read, outcome.accepted) == (6, 6)
