"""The report holds the parts that are asked for, and nothing leaves its place on the page."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.io.export import PARTS, PaperOptions, PlanDossier, export_plan
from app.io.export.frame import Frame
from app.io.export.mapsheet import draw_frame
from app.io.export.pdf import compile_report
from app.io.export.report import report_data
from app.io.export.sheetmarks import index_frames
from app.model.errors import InputError
from app.model.symbols import load_symbols

WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
A3_WIDTH = 1190.0
_MARGIN_PT = 20.0

HEADINGS = {
    "contents": "Contents", "summary": "How the plan was found", "maps": "Sheet 1",
    "phase-maps": "Map by phase", "bill": "Bill of quantities", "cost-summary": "Cost summary",
    "payers": "Who pays", "contributions": "Yearly contributions",
    "economics": "Costs over the life of the plan", "uncertainty": "Likely range",
    "phases": "Time plan", "alternatives": "Not building", "sites": "Lead-in (m)",
    "streets": "Routes by street", "assumptions": "Sources and assumptions",
    "comments": "Remarks of the review", "cover": "Name, date, signature",
}  # fmt: skip


def _run(tool: str, content: bytes, tmp_path: Path, *options: str) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    run = subprocess.run(
        [tool, *options, str(path), "-"], check=True, capture_output=True, timeout=60
    )
    return run.stdout.decode("utf-8")


def test_every_part_is_there_and_on_its_own(dossier: PlanDossier, tmp_path: Path) -> None:
    whole = _run("pdftotext", compile_report(dossier, "en"), tmp_path, "-layout")
    for part, words in HEADINGS.items():
        assert words in whole, part
    for part in ("cost-summary", "economics", "phases", "comments"):
        alone = compile_report(dossier, "en", PaperOptions((part,)))
        text = _run("pdftotext", alone, tmp_path, "-layout")
        others = {name: words for name, words in HEADINGS.items() if name != part}
        assert HEADINGS[part] in text
        assert not [name for name, words in others.items() if words in text]


def test_part_that_is_left_out_is_missing_alone(dossier: PlanDossier) -> None:
    rest = tuple(part for part in PARTS if part not in ("bill", "maps"))
    shown = report_data(dossier, "en", PaperOptions(rest))["parts"]
    assert shown == [part for part in rest if part != "diversity"]  # nothing is protected here


@pytest.mark.parametrize("wrong", [{"parts": ("summary", "poem")}, {"parts": ()}, {"scale": 3}])
def test_options_are_checked(wrong) -> None:
    with pytest.raises(InputError):
        PaperOptions(**wrong)


def test_contents_name_the_pages_on_which_parts_begin(dossier: PlanDossier, tmp_path: Path) -> None:
    text = _run("pdftotext", compile_report(dossier, "en"), tmp_path, "-layout")
    pages = text.split("\f")
    entries = re.findall(r"^ *(\S[^.\n]*?) ?(?:\. ?){3,}\D*(\d+)$", pages[1], re.MULTILINE)
    assert len(entries) >= 12
    for title, number in entries:
        assert re.search(rf"^ *{re.escape(title)}$", pages[int(number) - 1], re.MULTILINE), title


def test_cover_names_state_revision_and_fingerprint(dossier: PlanDossier, tmp_path: Path) -> None:
    cover = _run("pdftotext", compile_report(dossier, "it"), tmp_path, "-layout").split("\f")[0]
    plain = cover.replace("\N{ZERO WIDTH SPACE}", "")
    assert dossier.revision is not None
    assert dossier.revision["number"] == 2
    for words in ("Scuole 2027", "20 novembre 2026", "2f2f2f2f2f", "Italiano", "RDN2008"):
        assert words in plain, words


def test_remarks_stand_by_thread_and_only_those_of_the_plan(dossier: PlanDossier) -> None:
    rows = report_data(dossier, "en", PaperOptions(("comments",)))["comments"]
    assert [row[0] for row in rows] == ["1", "", "2"]
    assert rows[0][2].startswith("Use the other side.")
    assert rows[1][2] == "– Scuole 2027"
    assert not any("another plan" in cell for row in rows for cell in row)


def test_chapters_carry_their_sub_totals(dossier: PlanDossier) -> None:
    data = report_data(dossier, "en", PaperOptions(("bill",)))
    heads = {row["text"]: row["amounts"] for row in data["bill"] if row["kind"] == "chapter"}
    assert heads == {
        "Scavi": ["42,839.71", "71,015.05", "106,537.58"],
        "Pozzetti": ["1,800.00", "2,700.00", "3,600.00"],
    }
    assert [row["text"] for row in data["chapters"]] == ["Scavi", "Pozzetti", "Total"]


def test_prices_of_several_years_are_told(dossier: PlanDossier, make) -> None:
    first, *rest = dossier.bill
    assert not any("no index" in note for note in report_data(dossier, "en")["warnings"])
    mixed = make(bill=(replace(first, price_year=2009), *rest))
    told = report_data(mixed, "en")
    assert any("2009, 2024" in note and "no index" in note for note in told["warnings"])
    assert any("2009, 2024" in fact["value"] for fact in told["cover"]["facts"])


@pytest.mark.parametrize("part", ["cost-summary", "payers", "uncertainty", "phases"])
def test_each_part_with_totals_says_what_rests_on_assumptions(
    dossier: PlanDossier, tmp_path: Path, part: str
) -> None:
    content = compile_report(dossier, "en", PaperOptions((part,)))
    text = " ".join(_run("pdftotext", content, tmp_path, "-layout").split())
    assert " ".join(report_data(dossier, "en")["share_note"].split()) in text


def test_contributions_say_what_rests_on_assumptions(dossier: PlanDossier) -> None:
    share = dossier.accounts.life.running_placeholder_share
    told = report_data(dossier, "en")["contributions"]["sum"].replace("\N{NO-BREAK SPACE}", "")
    assert 0 < share <= 1
    assert f"{share:.0%}" in told


def test_workbook_holds_the_sheets_that_are_asked_for(dossier: PlanDossier, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    export_plan(dossier, path, "en", PaperOptions(("economics", "contributions")))
    assert openpyxl.load_workbook(path).sheetnames == [
        "Bill of quantities", "Costs over the life of the plan", "Yearly contributions"
    ]  # fmt: skip


def test_each_frame_of_the_index_has_its_number(dossier: PlanDossier) -> None:
    main = Frame(0.0, 10_000.0, 300.0, 270.0, 50_000)
    inner = [Frame(1000.0 + 50 * n, 8000.0, 400.0, 260.0, 2000) for n in range(30)]
    content = "".join(index_frames(main, inner, load_symbols()).content)
    assert [int(n) for n in re.findall(r">(\d+)</text>", content)] == list(range(1, 31))
    drawn = draw_frame(dossier, main, index=inner).svg
    assert ">30</text>" in drawn


def words_of(content: bytes, tmp_path: Path):
    """Yield width, height and word boxes of each page."""
    for width, height, page in PAGE.findall(_run("pdftotext", content, tmp_path, "-bbox")):
        boxes = [
            (*map(float, numbers), text) for *numbers, text in WORD.findall(page) if text.strip()
        ]
        yield float(width), float(height), boxes


def _check_layout(content: bytes, tmp_path: Path) -> None:
    """No word leaves the paper or lies on another one; on maps names may cross the frame's rim."""
    for width, height, boxes in words_of(content, tmp_path):
        for left, top, right, bottom, text in boxes:
            assert left >= _MARGIN_PT - 1, text
            assert top >= 10, text
            assert right <= width - _MARGIN_PT + 1, text
            assert bottom <= height - 10, text
        if width < A3_WIDTH - 5:
            _check_apart(boxes)


def _check_apart(boxes) -> None:
    ordered = sorted(boxes, key=lambda box: box[1])
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other[1] >= one[3] - 0.5:
                break
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            smaller = min((b[2] - b[0]) * (b[3] - b[1]) for b in (one, other))
            assert across <= 0.5 or down * across <= 0.45 * smaller, (one[4], other[4])


NAMES = st.one_of(
    st.text(min_size=1, max_size=400),
    st.integers(5, 400).map(lambda count: "W" * count),
    st.lists(st.text("abcìè€-", min_size=1, max_size=30), min_size=1, max_size=60).map(" ".join),
)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", ["Wortungeheuer" * 30, "viele kurze Worte " * 25, "W" * 700])
def test_endless_names_stay_in_their_cells(make, tmp_path: Path, name: str, language: str) -> None:
    _check_layout(compile_report(make(name), language), tmp_path)


def _any_name_stays(make, tmp_path: Path, name: str) -> None:
    content = compile_report(make(name), "it")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 10
    _check_layout(content, tmp_path)


@settings(
    deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],  # a failing name says enough as it is
)  # fmt: skip
@given(NAMES)
def test_any_name_stays_in_its_cell(make, tmp_path: Path, name: str) -> None:
    _any_name_stays(make, tmp_path, name)


@pytest.mark.long
@settings(
    deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(NAMES)
def test_any_name_stays_in_its_cell_at_length(make, tmp_path: Path, name: str) -> None:
    _any_name_stays(make, tmp_path, name)
