"""The GeoPackage holds every row, opens styled, and is accepted without a message."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from app.io.export import PlanDossier, export_plan
from app.io.export.gpkg import check_gpkg, write_gpkg
from app.io.export.safe import VerificationError
from app.model.errors import ExchangeError
from app.model.tables import TABLES

VALIDATOR = Path("/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py")


@pytest.fixture(scope="module")
def package(dossier: PlanDossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gpkg") / "plan.gpkg"
    export_plan(dossier, path, "en")
    return path


def test_layers_and_rows_come_back(dossier: PlanDossier, package: Path) -> None:
    names = {str(name) for name, _ in pyogrio.list_layers(package)}
    assert names >= {
        "plan_spans", "plan_nodes", "plan_sites", "bill", "spans", "nodes", "sites", "areas",
        "barriers", "barriers_areas", "hazards", "layer_styles",
    }  # fmt: skip
    spans = gpd.read_file(package, layer="plan_spans")
    assert set(spans["uid"]) == {"ps1", "ps2"}
    assert spans.crs.to_epsg() == 7791
    assert spans.set_index("uid")["route_length_m"]["ps1"] == 700.05
    assert spans.geometry.geom_equals_exact(
        dossier.spans.geometry.reset_index(drop=True), 1e-6
    ).all()


def test_sites_of_the_plan_are_points_with_state_reason_and_number(package: Path) -> None:
    sites = gpd.read_file(package, layer="plan_sites").set_index("uid")
    assert sites.loc["pt3", "state"] == "unreachable"
    assert sites.loc["pt3", "reason"].startswith("No street")
    assert list(sites["number"]) == [1, 2, 3, 4]
    assert set(sites.geometry.geom_type) == {"Point"}


def test_bill_adds_up(dossier: PlanDossier, package: Path) -> None:
    bill = pyogrio.read_dataframe(package, layer="bill")
    for limit, amount in zip(("low", "typical", "high"), dossier.total_eur.parts(), strict=True):
        assert round(bill[f"amount_{limit}_eur"].sum(), 2) == float(amount)
    assert list(bill["is_placeholder"]) == [False, True, True]


def test_every_layer_with_symbols_has_a_default_style(package: Path) -> None:
    connection = sqlite3.connect(package)
    styles = dict(
        connection.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault")
    )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    assert version == 10200
    assert set(styles) >= {"plan_spans", "plan_nodes", "plan_sites", "spans", "nodes", "sites"}
    assert all("<renderer-v2" in text for text in styles.values())


def test_missing_rows_are_found(dossier: PlanDossier, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    counts = write_gpkg(dossier, path, "en")
    assert check_gpkg(path, counts) == sum(counts.values())
    with pytest.raises(VerificationError, match="plan_spans"):
        check_gpkg(path, {**counts, "plan_spans": counts["plan_spans"] + 1})


def test_hostile_names_come_back_as_text(hostile: PlanDossier, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    export_plan(hostile, path, "it")
    sites = gpd.read_file(path, layer="plan_sites")
    assert sites["name"][0] == hostile.sites["name"].iloc[0].replace("\0", "")


def test_old_file_survives_a_full_disk(
    dossier: PlanDossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.gpkg"
    export_plan(dossier, path, "en")
    before = path.read_bytes()

    def full(*args: object, **known: object) -> None:
        raise pyogrio.errors.DataSourceError("database or disk is full")

    monkeypatch.setattr(pyogrio, "write_dataframe", full)
    with pytest.raises(ExchangeError, match="disk is full"):
        export_plan(dossier, path, "en")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_validator_has_nothing_to_say(package: Path) -> None:
    python = shutil.which("python3", path="/usr/bin")
    if python is None or not VALIDATOR.is_file():
        pytest.skip("GDAL's validator of GeoPackages is not installed")
    run = subprocess.run(
        [python, str(VALIDATOR), "--extra", str(package)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout.strip()) == (0, ""), run.stdout + run.stderr


def test_full_disk_is_named_although_gdal_says_something_else(
    dossier: PlanDossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **known: object) -> None:
        raise pyogrio.errors.DataLayerError("no such table: sites")

    free = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(pyogrio, "write_dataframe", fail)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    with pytest.raises(ExchangeError, match="disk is full"):
        export_plan(dossier, tmp_path / "plan.gpkg", "en")
    assert list(tmp_path.iterdir()) == []


def test_lines_of_the_bill_lead_to_the_spans_that_caused_them(make, tmp_path: Path) -> None:
    bill = [dataclasses.replace(row, objects=("ps1", "pn1")) for row in make().bill[:2]]
    plan = make(bill=tuple(bill))
    plan.spans["items"] = [{"S.01": 700.05}, None]
    export_plan(plan, tmp_path / "plan.gpkg", "en")
    rows = pyogrio.read_dataframe(tmp_path / "plan.gpkg", layer="bill_objects")
    assert rows[["line", "object_uid"]].to_numpy().tolist() == [
        [1, "ps1"], [1, "pn1"], [2, "ps1"], [2, "pn1"]
    ]  # fmt: skip
    assert rows["quantity"].iloc[0] == 700.05
    assert rows["quantity"].iloc[1:].isna().all()


@pytest.mark.parametrize(("language", "title"), [("en", "Route length (m)"), ("it", "Lunghezza")])
def test_columns_have_headings_and_codes_have_words(
    dossier: PlanDossier, tmp_path: Path, language: str, title: str
) -> None:
    path = tmp_path / "plan.gpkg"
    export_plan(dossier, path, language)
    with closing(sqlite3.connect(path)) as connection:
        told = dict(
            connection.execute(
                "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'plan_spans'"
            )
        )
        words = dict(
            connection.execute(
                "SELECT value, c.description FROM gpkg_data_columns d"
                " JOIN gpkg_data_column_constraints c USING (constraint_name)"
                " WHERE table_name = 'plan_spans' AND column_name = 'technique'"
            )
        )
        style = connection.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'plan_spans'"
        ).fetchone()[0]
        kinds = dict(connection.execute("SELECT mime_type, metadata FROM gpkg_metadata"))
    assert told["route_length_m"].startswith(title)
    assert set(TABLES["plan_spans"].column("technique").choices) == set(words)
    assert words["trench"] == ("Trench" if language == "en" else "Trincea")
    assert 'type="ValueMap"' in style
    assert f'name="{told["route_length_m"]}"' in style
    assert "Scuole 2027" in kinds["text/xml"]
    total = json.loads(kinds["application/json"])["total_eur"]
    assert [Decimal(total[end]) for end in ("low", "typical", "high")] == list(
        dossier.total_eur.parts()
    )
