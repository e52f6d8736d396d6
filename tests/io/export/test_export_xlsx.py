"""The spreadsheet adds up, in its cached values and when another program recalculates it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.io.export import PlanDossier, export_plan
from app.io.export.xlsx import build_workbook

_OUR_FORMULA = re.compile(r"=(ROUND\(|SUM|IF\(|'[A-Z]|[A-Z]\d+[+-][A-Z]\d+$|B\d+-SUM\(C)")


def _sheets(content: bytes, *, values: bool):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def _bill_rows(dossier: PlanDossier, *, values: bool) -> list[tuple]:
    book = _sheets(build_workbook(dossier, "en"), values=values)
    return list(book["Bill of quantities"].iter_rows(values_only=True))


def _named(rows: list[tuple], text: str) -> tuple:
    return next(row for row in rows if row[1] == text)


def test_cached_values_are_the_bill_to_the_cent(dossier: PlanDossier) -> None:
    rows = _bill_rows(dossier, values=True)
    for line in dossier.bill:
        row = next(row for row in rows if row[0] == line.code)
        assert [Decimal(str(cell)) for cell in row[7:10]] == list(line.amount_eur.parts())
    assert [Decimal(str(cell)) for cell in _named(rows, "Total")[7:10]] == list(
        dossier.total_eur.parts()
    )


def test_totals_by_kind_are_formulas_over_the_lines(dossier: PlanDossier) -> None:
    rows = _bill_rows(dossier, values=False)
    assert _named(rows, "Total")[7:10] == ("=SUM(H5:H7)", "=SUM(I5:I7)", "=SUM(J5:J7)")
    assert _named(rows, "Total of the optimised lines")[8].startswith("=SUMIF(K5:K7,")
    assert rows[4][7] == "=ROUND(D5*E5,2)"


def test_placeholders_are_marked_on_lines_and_on_the_total(dossier: PlanDossier) -> None:
    rows = _bill_rows(dossier, values=True)
    marks = {row[0]: row[11] for row in rows if row[0] in {"S.01", "S.02", "C.01"}}
    assert marks["S.02"] == marks["C.01"] == "*"
    assert not marks["S.01"]
    share = next(row for row in rows if row[1] and row[1].startswith("Share"))[8]
    assert share == pytest.approx(float(dossier.placeholder_share))
    assert any(row[0] and "placeholder prices" in str(row[0]) for row in rows[:3])


def test_every_site_and_span_has_its_row(dossier: PlanDossier) -> None:
    book = _sheets(build_workbook(dossier, "en"), values=True)
    sites = list(book["Sites"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in sites] == [1, 2, 3, 4]
    assert sites[-1][5] == "Not reachable"
    assert sites[-1][8].startswith("No street within 150 m")
    spans = list(book["Spans"].iter_rows(min_row=2, values_only=True))
    assert sum(row[4] for row in spans) == pytest.approx(733.385)
    assert book["Bill of quantities"].freeze_panes == "C5"
    assert book["Bill of quantities"].page_setup.orientation == "landscape"


def test_names_never_become_formulas_or_links(
    hostile: PlanDossier, make, payloads: tuple[str, ...]
) -> None:
    for plan in (hostile, *(make(payload) for payload in payloads)):
        book = _sheets(build_workbook(plan, "en"), values=False)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.hyperlink is None
                    if cell.data_type == "f":
                        assert _OUR_FORMULA.match(str(cell.value)), cell.value


def test_name_that_looks_like_a_formula_comes_back_as_it_was(make) -> None:
    book = _sheets(build_workbook(make("=1+1"), "en"), values=False)
    cell = book["Summary"]["A1"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_same_dossier_gives_the_same_bytes(dossier: PlanDossier) -> None:
    assert build_workbook(dossier, "it") == build_workbook(dossier, "it")


def test_empty_bill_and_plan_without_rows(make) -> None:
    rows = _bill_rows(make(bill=()), values=True)
    assert _named(rows, "Total")[7:10] == (0, 0, 0)


def test_libreoffice_recalculates_the_same_totals(dossier: PlanDossier, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source = tmp_path / "plan.xlsx"
    export_plan(dossier, source, "en")
    export = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", export, "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = (tmp_path / "plan-Bill of quantities.csv").read_text(encoding="utf-8")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    assert [Decimal(cell) for cell in _named(rows, "Total")[7:10]] == list(
        dossier.total_eur.parts()
    )
    derived = _named(rows, "Total of the derived lines")
    assert [Decimal(cell) for cell in derived[7:10]] == list(dossier.total_of("derived").parts())
