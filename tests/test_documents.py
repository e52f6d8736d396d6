"""What the documents show works: every command is parsed, and every `anello` command is run."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from pathlib import Path

import pytest

import tasks
from app import jobs
from app.cli import main as run_cli

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ["README.md", "resources/handbook/handbook.md", "resources/handbook/manuale.md"]
INDENTED = re.compile(r"^    (anello|python3 tasks\.py)( .*)?$")
# The window and the demo are tested where they live.
NOT_RUN_HERE = {"open", "demo"}

WRITES_A_FILE = {"export", "map", "table", "prices"}

ORIGIN = (9.2, 45.45)
STEP_DEG = 0.002
SIZE = 5


def commands_of(name: str) -> list[list[str]]:
    """Return the words of each command that document ``name`` shows on a line of its own."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [shlex.split(line.strip()) for line in lines if INDENTED.match(line)]


def position(x: float, y: float) -> list[float]:
    """Return longitude and latitude of a corner of the little town."""
    return [round(ORIGIN[0] + STEP_DEG * x, 6), round(ORIGIN[1] + STEP_DEG * y, 6)]


def write_lines(path: Path, lines: list[list[list[float]]], **properties: str) -> None:
    """Write GeoJSON lines that all have the same properties."""
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for line in lines
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the files that the documents name, and make it the current one."""
    numbers = range(SIZE)
    rows = [[position(x, y), position(x + 1, y)] for x in numbers[:-1] for y in numbers]
    columns = [[position(x, y), position(x, y + 1)] for x in numbers for y in numbers[:-1]]
    write_lines(
        tmp_path / "streets.geojson", rows + columns, highway="residential", surface="asphalt"
    )
    write_lines(
        tmp_path / "rivers.geojson", [[position(2.5, -1), position(2.5, SIZE)]], waterway="river"
    )
    (tmp_path / "hubs.csv").write_text(
        f"nome,lon,lat\nHub,{','.join(map(str, position(0, 0)))}\n", encoding="utf-8"
    )
    sites = [("Scuola Verdi", "scuola primaria", 1, 1.2, 1.05), ("Municipio", "comune", 2, 3.4, 3)]
    text = "Denominazione;Categoria;Priorità;lon;lat\n"
    for name, category, priority, x, y in sites:
        lon, lat = (str(value).replace(".", ",") for value in position(x, y))
        text += f"{name};{category};{priority};{lon};{lat}\n"
    (tmp_path / "sites.csv").write_text(text, encoding="cp1252")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_of_tasks_exist(name: str) -> None:
    """Every command of tasks.py that is shown is understood by its parser."""
    for words in commands_of(name):
        if words[0] == "python3":
            assert isinstance(tasks.parse(words[2:]), argparse.Namespace)


@pytest.mark.parametrize("name", ["README.md", "resources/handbook/handbook.md"])
def test_commands_run_in_their_order(
    name: str,
    own_files: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From a reader's own files to the plan, exactly as written."""
    if name != "README.md":  # one document with jobs in processes of their own is enough
        monkeypatch.setattr(
            jobs, "run", lambda call, *a, report, **k: call(*a, progress=report, **k)
        )
    commands = [words[1:] for words in commands_of(name) if words[0] == "anello"]
    assert len(commands) > 5
    for words in commands:
        if words[0] in NOT_RUN_HERE:
            continue
        code = run_cli(words)
        told = capsys.readouterr()
        # 1 means findings, which a reader's own data may have.
        assert code in (0, 1), f"anello {shlex.join(words)}\n{told.out}\n{told.err}"
        if "--to" in words and words[0] in WRITES_A_FILE:
            assert (own_files / words[words.index("--to") + 1]).stat().st_size > 1000


def test_both_manuals_show_the_same_commands() -> None:
    """The Italian manual need not be run twice."""
    english, italian = (commands_of(name) for name in DOCUMENTS[1:])
    assert italian == english


def test_the_readme_begins_with_the_two_commands() -> None:
    """The first thing that a newcomer sees."""
    assert commands_of("README.md")[:2] == [
        ["python3", "tasks.py", "demo"],
        ["python3", "tasks.py", "test"],
    ]


@pytest.mark.parametrize("name", [*DOCUMENTS, "docs/licences.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    """Every file that a document links to is in the repository."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text)
    missing = [
        target
        for target in targets
        if "://" not in target and not ((ROOT / name).parent / target).exists()
    ]
    assert missing == []


def test_the_licences_name_what_is_installed() -> None:
    """Every direct dependency is in the list of licences."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.partition("\ndependencies = [")[2].partition("]\n")[0]
    names = re.findall(r'"([A-Za-z0-9-]+)', block)
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").lower()
    assert len(names) > 20
    assert [name for name in names if name.lower() not in text] == []
