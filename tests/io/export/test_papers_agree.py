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
from app.io.export import EuroRange, PlanDossier, export_plan
from app.model.frames import frame_from_rows
from app.model.tables import TABLES
from app.planning.costs.prices import default_price_list
from app.workflows.figures import FigureOptions
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
    bodies = [
        {"uid": "o1", "name": "Comune di Ä"}, {"uid": "o2", "name": "Comune di B"},
        {"uid": "o3", "name": "Comune di C"},
    ]  # fmt: skip
    agreements = [
        {"uid": f"g{n}", "body": f"o{n}", "signed": "2015-06-01T00:00:00.000Z",
         "contribution_key": "equal", "is_in_operation": n == 1}
        for n in (1, 2, 3)
    ]  # fmt: skip
    money = [{"uid": "f1", "name": "Programme", "amount_eur": 20_000.33}]
    for table, given in (
        ("organisations", bodies), ("agreements", agreements), ("fundings", money)
    ):  # fmt: skip
        tables[table] = frame_from_rows(TABLES[table], given, base.crs)
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


def test_life_contributions_and_funding_are_those_of_the_study(papers: PlanDossier, study) -> None:
    accounts, told = papers.accounts, study["economics"]
    assert accounts.life is not None
    assert list(accounts.life.value_eur.parts()) == _parts(told["present_value_eur"])
    assert list(accounts.life.annuity_eur.parts()) == _parts(told["annuity_eur"])
    assert list(accounts.life.per_year_eur.parts()) == _parts(told["running_per_year_eur"])
    assert accounts.contributions is not None
    shared = [row.amount_eur or Decimal(0) for row in accounts.contributions.rows]
    assert len(shared) == 3
    assert sum(shared) == accounts.contributions.amount_eur == accounts.life.per_year_eur.typical
    assert accounts.fundings is not None
    assert accounts.fundings.years == (2027, 2028)
    for place, phase in enumerate(accounts.phases):
        used = sum(row.used_eur[place] for row in accounts.fundings.rows)
        assert used + accounts.fundings.uncovered_eur[place] == phase.amount_eur.typical
    money = accounts.fundings.rows[0]
    assert sum(money.used_eur) + money.left_eur == money.amount_eur == Decimal("20000.33")


def test_options_of_cost_are_those_of_the_papers(network) -> None:
    wanted = FigureOptions("rate", {"B3": Decimal("0.08"), "horizon_years": Decimal(15)}, 3, 0.5)
    accounts = gather(network, PLAN, wanted).accounts
    study = workflows.cost(network, PLAN, wanted.key, wanted.rates, wanted.seed, 0.5).summary
    told = {row.code: list(row.amount_eur.parts()) for row in accounts.sums}
    lines = study["cost_summary"]["sums_at_disposal"]
    assert told == {line["code"]: _parts(line["amount_eur"]) for line in lines}
    assert accounts.payment_key == "rate"
    assert accounts.likely is not None
    assert accounts.likely.p90_eur == _cents(study["spread_eur"]["p90_eur"])
    assert accounts.life is not None
    assert list(accounts.life.value_eur.parts()) == _parts(study["economics"]["present_value_eur"])
    assert accounts.life.horizon_years == 15
    plain = gather(network, PLAN).accounts
    assert plain.sums != accounts.sums
    assert plain.likely != accounts.likely


def test_rate_that_the_project_keeps_is_in_the_papers(network) -> None:
    """What the project assumes counts, and what is asked for goes before it."""
    row = {"uid": "as1", "code": "B3", "typical": 0.09, "low": 0.09, "high": 0.09}
    known = {column.name for column in TABLES["assumptions"].columns}
    kept = {name: value for name, value in row.items() if name in known or name == "uid"}
    frame = frame_from_rows(TABLES["assumptions"], [kept], network.crs)
    edited = dataclasses.replace(network, tables={**network.tables, "assumptions": frame})
    rates = {row.code: row.rate for row in gather(edited, PLAN).accounts.sums}
    assert rates["B3"] == Decimal("0.09")
    asked = FigureOptions(rates={"B3": Decimal("0.02")})
    rates = {row.code: row.rate for row in gather(edited, PLAN, asked).accounts.sums}
    assert rates["B3"] == Decimal("0.02")


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


def _total(rows: list[tuple], text: str, column: int, count: int = 3) -> list[Decimal]:
    row = next(row for row in rows if text in row[:2])
    return [_cents(cell) for cell in row[column : column + count]]


LIFE, SHARED, FUNDED = "Costs over the life of the plan", "Yearly contributions", "Funding by phase"

SHEETS = (
    ("Bill of quantities", "Total", 7),
    ("Cost summary", "Total A + B, with VAT", 4),
    ("Who pays", "Total", 1),
    ("Phases", "Total", 3),
    ("Alternatives", f"{PLAN} (this plan)", 7),
)


LIVING = (LIFE, SHARED, FUNDED)


def _check_life(rows: dict[str, list[tuple]], papers: PlanDossier) -> None:
    """Compare the totals of the sheets on the plan's life, contributions and funding."""
    life, shared = papers.accounts.life, papers.accounts.contributions
    assert life is not None
    assert shared is not None
    assert _total(rows[LIFE], "Present value of all costs", 3) == list(life.value_eur.parts())
    assert _total(rows[LIFE], "Running costs of a year", 3) == list(life.per_year_eur.parts())
    assert _total(rows[SHARED], "Total", 4, 1) == [shared.amount_eur]
    phases = [row.amount_eur.typical for row in papers.accounts.phases]
    assert _total(rows[FUNDED], "Total", 2, 2) == phases


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
    _check_life({name: list(book[name].iter_rows(values_only=True)) for name in LIVING}, papers)
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
    living = {}
    for sheet in LIVING:
        content = (tmp_path / f"plan-{sheet}.csv").read_text(encoding="utf-8")
        living[sheet] = [tuple(row) for row in csv.reader(io.StringIO(content))]
    _check_life(living, papers)
    content = (tmp_path / "plan-Cost summary.csv").read_text(encoding="utf-8")
    rows = {row[0]: row for row in csv.reader(io.StringIO(content))}
    for line in (*papers.accounts.works, *papers.accounts.sums):
        assert [_cents(cell) for cell in rows[line.code][4:7]] == list(line.amount_eur.parts())


def _life_amounts(papers: PlanDossier) -> list[EuroRange]:
    life, shared = papers.accounts.life, papers.accounts.contributions
    funded = papers.accounts.fundings
    assert life is not None
    assert shared is not None
    assert funded is not None
    each = [row.amount_eur for row in shared.rows] + [*funded.rows[0].used_eur]
    return [
        life.value_eur, life.annuity_eur, life.per_year_eur,
        *(EuroRange(amount, amount, amount) for amount in each if amount is not None),
    ]  # fmt: skip


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
        *_life_amounts(papers),
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
    assert f"€{typical:,.2f}" in text


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
