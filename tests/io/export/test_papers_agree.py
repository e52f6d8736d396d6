"""Every paper tells the figures of the cost study: each is written, read back and compared."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import ezdxf
import openpyxl
import pytest

from app import workflows
from app.io.export import PlanDossier, export_plan
from app.model.frames import frame_from_rows
from app.model.tables import TABLES
from app.planning.costs.prices import default_price_list
from app.workflows.papers import dossier as gather

PLAN = "Scuole 2027"


@pytest.fixture(scope="module")
def network(make):
    """A plan of two phases, two payers and odd quantities, beside another plan."""
    base = make().network
    tables = {**base.tables, **default_price_list()}
    spans = tables["plan_spans"].copy()
    spans["items"] = [
        {"minitrench.asphalt": 700.057, "cable.supply": 721.119},
        {"trench.earth": 33.335, "cable.supply": 35.001},
    ]
    spans["phase_year"] = [2027, 2028]
    plan_sites = tables["plan_sites"].copy()
    plan_sites["spans"] = [("ps1",), ("ps2", "ps1"), (), ()]
    plan_sites["phase_year"] = [2027, 2028, None, None]
    sites = tables["sites"].copy()
    sites["payer"] = ["Comune di Ä", "Provincia", None, None]
    plans = [
        {"uid": "plan-1", "name": PLAN, "objective_eur": 1.0},
        {"uid": "plan-2", "name": "Altro piano"},
    ]
    other = {"uid": "o1", "plan": "plan-2", "technique": "trench", "items": {"trench.earth": 10.5}}
    tables |= {"plan_sites": plan_sites, "sites": sites}
    tables["plans"] = frame_from_rows(TABLES["plans"], plans, base.crs)
    rows = [{"uid": uid, **row} for uid, row in spans.to_dict("index").items()]
    tables["plan_spans"] = frame_from_rows(TABLES["plan_spans"], [*rows, other], base.crs)
    return dataclasses.replace(base, tables=tables)


@pytest.fixture(scope="module")
def papers(network) -> PlanDossier:
    return gather(network, PLAN)


@pytest.fixture(scope="module")
def study(network):
    return workflows.cost(network, PLAN).summary


def _cents(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _parts(amount: dict) -> list[Decimal]:
    return [_cents(amount[end]) for end in ("low", "typical", "high")]


def test_dossier_holds_the_study_to_the_cent(papers: PlanDossier, study) -> None:
    accounts, summary = papers.accounts, study["cost_summary"]
    assert list(papers.total_eur.parts()) == _parts(study["total_eur"])
    told = {row.code: list(row.amount_eur.parts()) for row in (*accounts.works, *accounts.sums)}
    lines = [*summary["works"], *summary["sums_at_disposal"]]
    assert told == {line["code"]: _parts(line["amount_eur"]) for line in lines}
    assert list(accounts.total_with_vat.parts()) == _parts(summary["total_with_vat_eur"])
    assert {row.name: list(row.amount_eur.parts()) for row in accounts.payers} == {
        name: _parts(amount) for name, amount in study["by_payer_eur"].items()
    }
    assert {row.name for row in accounts.payers} >= {"Comune di Ä", "Provincia"}
    spread = study["spread_eur"]
    assert accounts.likely is not None
    assert accounts.likely.p90_eur == _cents(spread["p90_eur"])
    assert [row.code for row in accounts.likely.swings] == [r["code"] for r in spread["tornado"]]


def test_phases_and_payers_add_up_to_the_bill(papers: PlanDossier) -> None:
    accounts = papers.accounts
    assert [row.year for row in accounts.phases] == [2027, 2028]
    for rows in (accounts.phases, accounts.payers):
        for limit, whole in enumerate(papers.total_eur.parts()):
            assert sum(row.amount_eur.parts()[limit] for row in rows) == whole


def test_alternatives_are_this_plan_the_others_and_not_building(
    papers: PlanDossier, network
) -> None:
    rows = papers.accounts.alternatives
    assert [(row.name, row.is_this) for row in rows] == [
        ("", False), (PLAN, True), ("Altro piano", False)
    ]  # fmt: skip
    found = workflows.compare(network, [PLAN, "Altro piano"]).summary["alternatives"]
    assert [list(row.cost_eur.parts()) for row in rows] == [_parts(r["cost_eur"]) for r in found]


def _workbook(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def _total(rows: list[tuple], text: str, column: int) -> list[Decimal]:
    row = next(row for row in rows if text in row[:2])
    return [_cents(cell) for cell in row[column : column + 3]]


SHEETS = (
    ("Bill of quantities", "Total", 7),
    ("Cost summary", "Total A + B, with VAT", 4),
    ("Who pays", "Total", 1),
    ("Phases", "Total", 3),
    ("Alternatives", f"{PLAN} (this plan)", 7),
)


def _wanted(papers: PlanDossier, sheet: str) -> list[Decimal]:
    with_vat = papers.accounts.total_with_vat
    return list((with_vat if sheet == "Cost summary" else papers.total_eur).parts())


def test_spreadsheet_says_the_same(papers: PlanDossier, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    export_plan(papers, path, "en")
    book = _workbook(path.read_bytes())
    for sheet, text, column in SHEETS:
        rows = list(book[sheet].iter_rows(values_only=True))
        assert _total(rows, text, column) == _wanted(papers, sheet), sheet
    likely = [
        _cents(cell) for cell in list(book["Likely range"].iter_rows(values_only=True))[4][2:5]
    ]
    told = papers.accounts.likely
    assert told is not None
    assert likely == [told.p10_eur, told.p50_eur, told.p90_eur]
    codes = [row[0] for row in book["List of placeholders"].iter_rows(min_row=5, values_only=True)]
    assert codes == [row.code for row in papers.placeholders]
    assert {"minitrench.asphalt", "A2", "B3"} <= set(codes)
    assert not {"trench.earth", "B7"} & set(codes)


@pytest.mark.long
def test_every_sheet_recomputes_in_libreoffice(papers: PlanDossier, tmp_path: Path) -> None:
    """The cached results are dropped first, so that only the formulas count."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "plan.xlsx"
    export_plan(papers, source, "en")
    openpyxl.load_workbook(source).save(source)  # without cached results
    export = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", export, "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for sheet, text, column in SHEETS:
        content = (tmp_path / f"plan-{sheet}.csv").read_text(encoding="utf-8")
        rows = [tuple(row) for row in csv.reader(io.StringIO(content))]
        assert _total(rows, text, column) == _wanted(papers, sheet), sheet
    content = (tmp_path / "plan-Cost summary.csv").read_text(encoding="utf-8")
    rows = {row[0]: row for row in csv.reader(io.StringIO(content))}
    for line in (*papers.accounts.works, *papers.accounts.sums):
        assert [_cents(cell) for cell in rows[line.code][4:7]] == list(line.amount_eur.parts())


def test_report_says_the_same(papers: PlanDossier, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "plan.pdf"
    export_plan(papers, path, "en")
    run = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    text = run.stdout.decode("utf-8")
    accounts = papers.accounts
    assert accounts.likely is not None
    amounts = [
        papers.total_eur,
        accounts.works_total,
        accounts.total_with_vat,
        *(row.amount_eur for row in (*accounts.works, *accounts.sums)),
        *(row.amount_eur for row in (*accounts.payers, *accounts.phases)),
    ]
    for amount in amounts:
        for part in amount.parts():
            assert f"{part:,.2f}" in text
    for part in (accounts.likely.p10_eur, accounts.likely.p50_eur, accounts.likely.p90_eur):
        assert f"€{part:,.2f}" in text
    for words in ("seed 0", "Not building", "Altro piano", "Comune di Ä", "List of placeholders",
                  "Assumption: the safety plan (PSC) decides", "D.Lgs. 36/2023"):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("suffix", [".kmz", ".dxf", ".html"])
def test_maps_say_the_total(papers: PlanDossier, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"plan{suffix}"
    export_plan(papers, path, "en")
    text = path.read_text(encoding="utf-8") if suffix != ".kmz" else _kml(path)
    typical = papers.total_eur.typical
    assert f"€{typical:,.2f}" in text or f"€{typical:,.0f}" in text


def _kml(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("doc.kml"))
    return "\n".join(root.itertext())


def test_geopackage_holds_the_bill(papers: PlanDossier, tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    export_plan(papers, path, "en")
    with closing(sqlite3.connect(path)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(bill)")]
        low, typical, high = (next(c for c in columns if c.startswith(f"amount_{end}"))
                              for end in ("low", "typical", "high"))  # fmt: skip
        rows = connection.execute(f"SELECT {low}, {typical}, {high} FROM bill").fetchall()
    sums = [sum((_cents(row[limit]) for row in rows), Decimal(0)) for limit in range(3)]
    assert sums == list(papers.total_eur.parts())


def test_exchange_files_hold_the_whole_plan(papers: PlanDossier, tmp_path: Path) -> None:
    export_plan(papers, tmp_path / "plan.ofds.json", "en")
    found = json.loads((tmp_path / "plan.ofds.json").read_text(encoding="utf-8"))["networks"][0]
    assert {"ps1", "ps2", "s1"} <= {span["id"] for span in found["spans"]}
    assert [phase["name"] for phase in found["phases"]] == ["2027", "2028"]
    export_plan(papers, tmp_path / "plan.dxf", "en")
    drawing = ezdxf.readfile(tmp_path / "plan.dxf")
    uids = {
        tag.value
        for entity in drawing.modelspace()
        if entity.has_xdata("ANELLO")
        for tag in entity.get_xdata("ANELLO")
        if tag.code == 1000
    }
    assert {"ps1", "ps2", "s1", "pn1"} <= uids
