"""KMZ, DXF and the Open Fibre Data Standard: whole, valid, and names stay names."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import ezdxf
import jsonschema
import pytest
import shapely

from app.io.export import PlanDossier, export_plan
from app.io.export.dxf import build_drawing, count_entities
from app.io.export.kmz import NAMESPACE, build_kmz, count_placemarks
from app.io.export.ofds import count_objects, network_package
from app.io.export.safe import VerificationError
from app.model.errors import InputError
from app.model.symbols import load_symbols

KML = f"{{{NAMESPACE}}}"
TEXT = {"type": "string", "minLength": 1}
BODY = {"type": "object", "required": ["id"], "properties": {"id": TEXT, "name": TEXT}}
STATUS = {
    "enum": [
        "proposed", "planned", "underConstruction", "operational", "decommissioned", "inactive"
    ]
}  # fmt: skip
POSITION = {
    "type": "array", "minItems": 2, "maxItems": 2,
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
}  # fmt: skip
COMMON = {
    "id": TEXT,
    "name": TEXT,
    "status": STATUS,
    "transmissionMediumOwner": BODY,
    "phase": BODY,
}
OFDS = {
    "type": "object",
    "required": ["networks"],
    "properties": {"networks": {"type": "array", "minItems": 1, "items": {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
            "name": TEXT,
            "publisher": {"type": "object", "minProperties": 1},
            "publicationDate": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
            "crs": {"const": {
                "name": "urn:ogc:def:crs:OGC::CRS84",
                "uri": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            }},
            "links": {"type": "array", "minItems": 1, "prefixItems": [{"const": {
                "href": "https://standard.ofds.info/en/0__4__0/network-schema.json",
                "rel": "describedby",
            }}]},
            "nodes": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {
                "type": "object", "required": ["id"],
                "properties": {
                    **COMMON,
                    "type": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
                    "location": {"type": "object", "required": ["type", "coordinates"],
                                 "additionalProperties": False,
                                 "properties": {"type": {"const": "Point"},
                                                "coordinates": POSITION}},
                },
            }},
            "spans": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {
                "type": "object", "required": ["id"],
                "properties": {
                    **COMMON, "start": TEXT, "end": TEXT, "codeployment": TEXT,
                    "fibreCount": {"type": "integer"},
                    "fibreType": {"enum": ["G.651.1", "G.652", "G.653", "G.654", "G.655", "G.656",
                                           "G.657"]},
                    "transmissionMedium": {"type": "array", "minItems": 1, "items": {
                        "enum": ["fibre", "microwave", "copper", "coaxial"]}},
                    "deployment": {"type": "array", "minItems": 1, "items": {
                        "enum": ["aboveGround", "belowGround"]}},
                    "supportingInfrastructure": {"type": "object", "properties": {"type": TEXT}},
                    "route": {"type": "object", "required": ["type", "coordinates"],
                              "additionalProperties": False,
                              "properties": {"type": {"const": "LineString"}, "coordinates": {
                                  "type": "array", "minItems": 2, "items": POSITION}}},
                },
            }},
            "phases": {"type": "array", "minItems": 1, "items": BODY},
            "organisations": {"type": "array", "minItems": 1, "items": BODY},
        },
    }}},
}  # fmt: skip
"""What version 0.4 of the standard asks of the parts that are written, from its description."""


def _package(dossier: PlanDossier) -> dict:
    return json.loads(network_package(dossier, "it"))


def _document(content: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read("doc.kml"))


def test_package_is_valid_and_complete(dossier: PlanDossier, hostile: PlanDossier) -> None:
    for plan in (dossier, hostile):
        package = _package(plan)
        jsonschema.validate(package, OFDS, jsonschema.Draft202012Validator)
        (network,) = package["networks"]
        assert {node["id"] for node in network["nodes"]} == {"n1", "n2", "pn1", "pn2"}
        assert {span["id"]: span["status"] for span in network["spans"]} == {
            "s1": "operational", "ps1": "proposed", "ps2": "proposed"
        }  # fmt: skip
        span = next(span for span in network["spans"] if span["id"] == "s1")
        assert (span["start"], span["end"]) == ("n1", "n2")
        lon, lat = span["route"]["coordinates"][0]
        assert (lon, lat) == (pytest.approx(9.18, abs=0.05), pytest.approx(45.46, abs=0.05))


def test_schema_of_the_test_can_fail(dossier: PlanDossier) -> None:
    package = _package(dossier)
    package["networks"][0]["spans"][0]["status"] = "built"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(package, OFDS, jsonschema.Draft202012Validator)


def test_accepted_plan_is_not_written_twice(dossier: PlanDossier) -> None:
    plans = dossier.network.table("plans").copy()
    plans["accepted"] = "2026-11-22T09:00:00.000Z"
    network = dataclasses.replace(
        dossier.network, tables={**dossier.network.tables, "plans": plans}
    )
    (found,) = _package(dataclasses.replace(dossier, network=network))["networks"]
    assert {span["id"] for span in found["spans"]} == {"s1"}


def test_package_with_a_missing_node_is_refused(dossier: PlanDossier) -> None:
    content = network_package(dossier, "it")
    assert count_objects(content) == 7
    with pytest.raises(VerificationError):
        count_objects(content.replace(b'"start":"n1"', b'"start":"n9"'))
    with pytest.raises(VerificationError):
        count_objects(content[:-5])


def test_globe_has_folders_by_type_and_styles_of_the_symbols(dossier: PlanDossier) -> None:
    content = build_kmz(dossier, "en")
    root = _document(content)
    folders = [folder.findtext(f"{KML}name") for folder in root.iter(f"{KML}Folder")]
    assert folders[:3] == ["Plan", "Trench", "In sewer"]
    assert {"Sites", "Hospital", "Existing network", "Ring"} <= set(folders)
    style = next(s for s in root.iter(f"{KML}Style") if s.get("id") == "plan-spans-trench")
    red, green, blue = (load_symbols().layers["plan_spans"].symbol("trench").color[i : i + 2]
                        for i in (1, 3, 5))  # fmt: skip
    assert style.findtext(f"{KML}LineStyle/{KML}color") == f"ff{blue}{green}{red}"
    used = {mark.findtext(f"{KML}styleUrl") for mark in root.iter(f"{KML}Placemark")}
    assert used <= {f"#{s.get('id')}" for s in root.iter(f"{KML}Style")}
    assert count_placemarks(content) == 2 + 2 + 4 + 1 + 2
    assert build_kmz(dossier, "en") == content


def test_globe_shows_names_as_text(hostile: PlanDossier, payloads: tuple[str, ...]) -> None:
    root = _document(build_kmz(hostile, "it"))
    for text in (item.text or "" for item in root.iter(f"{KML}description")):
        bare = text.replace("<br/>", "").replace("<b>", "").replace("</b>", "")
        assert "<" not in bare
    names = [mark.findtext(f"{KML}name") or "" for mark in root.iter(f"{KML}Placemark")]
    assert any(payloads[0] in name for name in names)


def test_damaged_globe_is_refused(dossier: PlanDossier) -> None:
    with pytest.raises(VerificationError):
        count_placemarks(build_kmz(dossier, "it")[:-40])


def test_drawing_is_in_metres_by_layer_and_passes_the_audit(
    dossier: PlanDossier, hostile: PlanDossier
) -> None:
    for plan in (dossier, hostile):
        content = build_drawing(plan, "it")
        drawing = ezdxf.read(io.StringIO(content.decode("utf-8")))
        auditor = drawing.audit()
        assert not auditor.errors
        assert not auditor.fixes
        assert drawing.units == 6
        assert count_entities(content) == len(drawing.modelspace())
    lines = drawing.modelspace().query("LWPOLYLINE[layer=='PLAN-SPANS-TRENCH']")
    (line,) = lines
    path = shapely.LineString([(x, y) for x, y, *_ in line.get_points()])
    assert path.equals(hostile.spans.geometry.loc["ps1"])
    texts = [text.dxf.text for text in drawing.modelspace().query("TEXT")]
    assert texts
    assert not any("\n" in text or "%%" in text for text in texts)


def test_drawing_labels_sites_by_number_and_name(dossier: PlanDossier) -> None:
    drawing = ezdxf.read(io.StringIO(build_drawing(dossier, "it").decode("utf-8")))
    texts = {text.dxf.text: text.dxf.layer for text in drawing.modelspace().query("TEXT")}
    name = dossier.sites["name"].iloc[0]
    assert texts[f"1 {name}"].endswith("-TEXT")
    color = drawing.layers.get("PLAN-SPANS-TRENCH").rgb
    assert f"#{color[0]:02x}{color[1]:02x}{color[2]:02x}" == "#b3263c"


def test_damaged_drawing_is_refused(dossier: PlanDossier) -> None:
    with pytest.raises(VerificationError):
        count_entities(build_drawing(dossier, "it")[:400])


@pytest.mark.parametrize("suffix", [".kmz", ".dxf"])
def test_gdal_reads_the_file(dossier: PlanDossier, tmp_path: Path, suffix: str) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("GDAL is not installed")
    path = tmp_path / f"plan{suffix}"
    report = export_plan(dossier, path, "en")
    run = subprocess.run(
        ["ogrinfo", "-ro", "-so", "-al", str(path)], check=True, capture_output=True, timeout=60
    )
    lines = run.stdout.decode("utf-8", errors="replace").splitlines()
    counts = [int(line.split(":")[1]) for line in lines if line.startswith("Feature Count")]
    assert sum(counts) >= report.count


def test_name_must_end_in_a_format(dossier: PlanDossier, tmp_path: Path) -> None:
    assert export_plan(dossier, tmp_path / "Piano.OFDS.json", "it").kind == "ofds"
    with pytest.raises(InputError):
        export_plan(dossier, tmp_path / "plan.json", "it")
