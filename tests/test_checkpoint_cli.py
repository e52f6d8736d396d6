"""Checkpoints on the command line: kept, listed, and openable as projects of their own."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from app.cli import main as run_cli
from app.io.project import Project


def _answer(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    assert run_cli([*words, "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    schema = json.loads(files("resources").joinpath("schemas/checkpoint.json").read_text())
    jsonschema.validate(value, schema)
    return value


def test_a_checkpoint_is_kept_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_cli(["new", "p.gpkg", "--name", "Trial"]) == 0
    capsys.readouterr()
    assert _answer(capsys, "checkpoint", "p.gpkg") == []
    kept = _answer(capsys, "checkpoint", "p.gpkg", "Before the tender")
    assert isinstance(kept, dict) and kept["name"] == "Before the tender"
    assert _answer(capsys, "checkpoint", "p.gpkg") == [kept]
    with Project.open(Path(kept["file"]), read_only=True) as copy:
        assert copy.name == "Trial"
    assert run_cli(["checkpoint", "p.gpkg"]) == 0
    assert "Before the tender" in capsys.readouterr().out
