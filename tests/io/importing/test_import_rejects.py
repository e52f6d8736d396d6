"""Rejected rows: kept whole, mended, imported again."""

from __future__ import annotations

import csv
import json

import geopandas as gpd
import pytest
import shapely

from tests.io.importing.helpers import outcome_of, rules_of, table_of

pytestmark = pytest.mark.usefixtures("in_process")

BROKEN = (
    "Nome;lon;lat;Tipologia;Telefono\nA;9.19;45.46;Ospedale;02 1\n"
    "B;9,2;45,46;qwerty;=1+1\nC;quattro;45.47;Liceo;'@x\nD;9.21;45.47;Liceo;-5\n"
)


def mended(path, **changes):
    """Return the rejected file with cells changed: name of the row to column and value."""
    text = path.read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    for row in rows:
        row.update(changes.get(row["Nome"], {}))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_rejected_csv_is_mended_and_imported_again(tmp_path, network):
    path = tmp_path / "sedi.csv"
    path.write_text(BROKEN, "utf-8")
    first = outcome_of(path, "sites")
    assert first.accepted == 2
    assert first.rejected_file == tmp_path / "sedi.rejected.csv"
    with first.rejected_file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [row["Nome"] for row in rows] == ["B", "C"]
    assert "qwerty" in rows[0]["anello_reason"]
    assert rows[0]["anello_row"] == "3"
    assert rows[0]["Telefono"] == "'=1+1"  # a spreadsheet must not run it
    mended(first.rejected_file, B={"Tipologia": "Scuola media"}, C={"lon": "9.2"})
    network = network.apply(first.changes)
    second = outcome_of(first.rejected_file, "sites", network=network, mapping={"note": "Telefono"})
    assert second.accepted == 2
    rows = table_of(second, "sites")
    assert rows["name"].tolist() == ["B", "C"]
    assert rows["note"].tolist() == ["=1+1", "'@x"]
    assert not any("anello_" in str(f.message) for f in second.findings)


def test_rows_rejected_again_do_not_overwrite_what_is_being_mended(tmp_path):
    path = tmp_path / "sedi.csv"
    path.write_text(BROKEN, "utf-8")
    first = outcome_of(path, "sites").rejected_file
    before = first.read_bytes()
    again = outcome_of(first, "sites")
    assert again.accepted == 0
    assert again.rejected_file == tmp_path / "sedi.rejected-2.csv"
    assert first.read_bytes() == before


def test_rejected_geojson_keeps_geometry_and_crs(tmp_path):
    frame = gpd.GeoDataFrame(
        {"nome": ["a", "b"], "tipo": ["Ospedale", "qwerty"], "n": [1, 2]},
        geometry=[shapely.Point(514000, 5034000), shapely.Point(515000, 5035000)],
        crs="EPSG:32632",
    )
    path = tmp_path / "sedi.gpkg"
    frame.to_file(path)
    outcome = outcome_of(path, "sites", mapping={"category": "tipo"})
    again = gpd.read_file(outcome.rejected_file)
    assert again.crs == "EPSG:32632"
    assert again.geometry.iloc[0].equals(frame.geometry.iloc[1])
    assert again["n"].tolist() == [2]
    text = outcome.rejected_file.read_text("utf-8").replace("qwerty", "biblioteca")
    outcome.rejected_file.write_text(text, "utf-8")
    second = outcome_of(outcome.rejected_file, "sites")
    assert table_of(second, "sites")["category"].tolist() == ["library"]


def test_rejected_rows_go_beside_the_project_or_where_asked(tmp_path):
    source = tmp_path / "in" / "sedi.csv"
    source.parent.mkdir()
    source.write_text(BROKEN, "utf-8")
    project = tmp_path / "work" / "p.gpkg"
    project.parent.mkdir()
    project.write_bytes(b"")
    assert (
        outcome_of(source, "sites", forbidden_path=project).rejected_file.parent == project.parent
    )
    asked = tmp_path / "new" / "folder"
    assert outcome_of(source, "sites", rejected_folder=asked).rejected_file.parent == asked
    assert not list(tmp_path.rglob("*.tmp"))


def test_same_file_twice_does_not_double_anything(tmp_path, network):
    path = tmp_path / "sedi.csv"
    path.write_text("Nome;lon;lat\nA;9.19;45.46\nB;9.2;45.46\n", "utf-8")
    first = outcome_of(path, "sites")
    network = network.apply(first.changes)
    second = outcome_of(path, "sites", network=network)
    assert second.accepted == 0
    assert second.changes.is_empty
    assert {str(row.reason) for row in second.rejected} == {"Already in the project"}
    assert "import.already_known" in rules_of(second)
    path.write_text("Nome;lon;lat\nA;9.19;45.46\nC;9.2;45.46\n", "utf-8")
    third = outcome_of(path, "sites", network=network)
    assert table_of(third, "sites")["name"].tolist() == ["C"]


def test_rejected_file_of_lines_is_valid_json(tmp_path):
    path = tmp_path / "strade.geojson"
    shapes = [shapely.Point(9.19, 45.46), shapely.LineString([(9.19, 45.46), (9.2, 45.46)])]
    gpd.GeoDataFrame({"nome": ['"A"', None]}, geometry=shapes, crs=4326).to_file(path)
    outcome = outcome_of(path, "streets")
    data = json.loads(outcome.rejected_file.read_text("utf-8"))
    assert data["features"][0]["properties"]["nome"] == '"A"'
    assert data["features"][0]["geometry"]["type"] == "Point"
