"""The report says what the dossier says, is archival and accessible, and runs nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from app.io.export import PlanDossier, export_plan
from app.io.export.frame import Frame
from app.io.export.pdf import compile_report
from app.io.export.report import report_data
from app.io.export.scalebar import scale_bar
from app.io.export.texts import Speech

A3_LANDSCAPE = (1191, 842)
A4_LANDSCAPE = (842, 595)


@pytest.fixture(scope="module")
def english(dossier: PlanDossier) -> bytes:
    return compile_report(dossier, "en")


def _text(content: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "plan.pdf"
    path.write_bytes(content)
    run = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    return run.stdout.decode("utf-8")


def test_cover_contents_and_summary_come_first_then_maps_on_a3_and_tables_on_a4(
    english: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(english)) as pdf:
        sizes = [tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pdf.pages]
    first = sizes.index(A3_LANDSCAPE)
    assert first == 3  # cover, contents, summary
    maps = sizes.count(A3_LANDSCAPE)
    assert sizes[first : first + maps] == [A3_LANDSCAPE] * maps
    assert set(sizes[first + maps :]) == {A4_LANDSCAPE}


def test_document_is_tagged_named_and_in_its_language(english: bytes) -> None:
    with pikepdf.open(io.BytesIO(english)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Scuole 2027"
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["pdfuaid:part"] == "1"


def test_fonts_are_embedded(english: bytes) -> None:
    names = set()
    with pikepdf.open(io.BytesIO(english)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                names.add(str(item.FontName).partition("+")[2])
                assert "/FontFile2" in item or "/FontFile3" in item
    assert names
    assert all(name.startswith("NotoSans") for name in names)


def test_figures_of_the_dossier_stand_in_the_text(
    dossier: PlanDossier, english: bytes, tmp_path: Path
) -> None:
    text = _text(english, tmp_path)
    for words in (
        "Scuole 2027", "Legend", "Scale 1:", "Grid north", "RDN2008", "22 November 2026",
        "Sites not reachable, and why", "No street within 150 m.", "No proven bound", "€71,015.05",
        "map sheets at scale 1:2,000 follow", "Index map", "Sheet 1",
        "of which at placeholder prices (5 %)", "* Placeholder", "© OpenStreetMap contributors",
        "Page 1 of", "Two sites: Scuole 2027",
    ):  # fmt: skip
        assert words in text, words
    for amount in dossier.total_eur.parts():
        assert f"{amount:,.2f}" in text


def test_italian_report_writes_numbers_as_italians_do(dossier: PlanDossier, tmp_path: Path) -> None:
    text = _text(compile_report(dossier, "it"), tmp_path)
    assert "22 novembre 2026" in text
    assert "71.015,05 €" in text
    assert "Voce S.01" in text
    assert "Item S.01" not in text


def test_legend_holds_only_symbols_that_occur(dossier: PlanDossier) -> None:
    entries = report_data(dossier, "en")["legend"]
    labels = {entry["label"] for group in entries for entry in group["entries"]}
    assert {"Trench", "In sewer", "Ring", "Hub", "Hospital", "Railway", "Park"} <= labels
    assert not labels & {"Mini-trench", "Spur", "Camera", "Canal"}


def test_same_dossier_gives_the_same_bytes_and_another_moment_others(
    dossier: PlanDossier, english: bytes, make
) -> None:
    assert compile_report(dossier, "en") == english
    later = make(created=datetime(2027, 1, 2, 3, 4, tzinfo=UTC))
    assert compile_report(later, "en") != english


def test_hostile_names_are_text_and_nothing_else(hostile: PlanDossier, tmp_path: Path) -> None:
    content = compile_report(hostile, "it")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kinds = {
            str(item.get("/S"))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item
        }
        images = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        ]
        assert "/Names" not in pdf.Root or "/JavaScript" not in pdf.Root.Names
    assert not kinds & {"/JavaScript", "/URI", "/Launch", "/GoToR"}
    assert not images
    text = _text(content, tmp_path).replace("\N{ZERO WIDTH SPACE}", "")
    assert "root:" not in text
    assert "7*7" in text


@pytest.mark.parametrize("name", ["Wortungeheuer" * 30, "viele kurze Worte " * 25])
def test_long_names_do_not_leave_the_page(make, tmp_path: Path, name: str) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "plan.pdf"
    path.write_bytes(compile_report(make(name), "it"))
    run = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    width_pt = height_pt = 0.0
    for row in run.stdout.decode("utf-8").splitlines():
        values = dict(part.split("=", 1) for part in row.split() if "=" in part)
        if "<page" in row:
            width_pt = float(values["width"].strip('">'))
            height_pt = float(values["height"].strip('">'))
        elif "<word" in row:
            assert float(values["xMax"].strip('"')) <= width_pt - 20, row
            assert float(values["yMax"].partition('"')[2].partition('"')[0]) <= height_pt - 15, row


def test_report_without_bill_bound_or_sites(make) -> None:
    network = make().network
    tables = dict(network.tables)
    for name in ("plan_sites", "plan_spans", "plan_nodes", "sites", "spans", "nodes", "areas"):
        tables[name] = tables[name].iloc[0:0]
    empty = make(network=type(network)(network.name, network.crs, network.uid, tables), bill=())
    with pikepdf.open(io.BytesIO(compile_report(empty, "it"))) as pdf:
        assert len(pdf.pages) >= 3


def test_checkers_accept_the_file(english: bytes, tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    path = tmp_path / "plan.pdf"
    path.write_bytes(english)
    run = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("scale", [500, 2000, 5000, 20_000, 100_000, 1_000_000])
def test_scale_bar_is_true_to_scale_and_round(scale: int) -> None:
    frame = Frame(left=0, top=0, width_mm=300, height_mm=200, scale=scale)
    bar = scale_bar(frame, Speech("en"))
    label, unit = bar["labels"][-1].split()
    ground_m = float(label.replace(",", "")) * (1000 if unit == "km" else 1)
    assert bar["length_mm"] == pytest.approx(ground_m * 1000 / scale)
    assert 20 <= bar["length_mm"] <= 56
    assert str(round(ground_m)).rstrip("0") in {"1", "2", "4", "5"}


def test_export_counts_pages(dossier: PlanDossier, tmp_path: Path) -> None:
    report = export_plan(dossier, tmp_path / "plan.pdf", "en")
    with pikepdf.open(report.path) as pdf:
        assert report.count == len(pdf.pages)
    assert report.bytes == report.path.stat().st_size
