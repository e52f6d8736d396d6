"""Named views on the command line."""

import json
from importlib.resources import files

import jsonschema
import pytest

from app.cli import main


def answer(capsys, schema, *words, code=0):
    assert main([str(word) for word in words] + ["--json"]) == code
    value = json.loads(capsys.readouterr().out)
    text = files("resources").joinpath(f"schemas/{schema}.json").read_text(encoding="utf-8")
    jsonschema.validate(value, json.loads(text))
    return value


@pytest.fixture
def project(tmp_path, capsys):
    path = tmp_path / "p.gpkg"
    assert main(["new", str(path), "--name", "Views"]) == 0
    capsys.readouterr()
    return path


def test_bookmarks_are_added_listed_and_deleted(project, capsys):
    assert answer(capsys, "bookmarks", "bookmarks", project) == []
    words = ["bookmarks", project, "add", "Rho", "--bbox", "9.0,45.5,9.1,45.6"]
    row = answer(capsys, "bookmarks", *words)[0]
    assert row["name"] == "Rho" and row["lon"] == pytest.approx(9.05, abs=0.01)
    assert 7_000 < row["width_m"] < 9_000
    answer(capsys, "error", *words, code=2)
    metres = ["--bbox", "514000,5034000,515000,5035000", "--replace"]
    moved = answer(capsys, "bookmarks", "bookmarks", project, "add", "Rho", *metres)
    assert moved[0]["bounds"] == [514000, 5034000, 515000, 5035000]
    assert answer(capsys, "bookmarks", "bookmarks", project, "list") == moved
    assert answer(capsys, "bookmarks", "bookmarks", project, "delete", "Rho") == []
    answer(capsys, "error", "bookmarks", project, "delete", "Rho", code=2)


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "9.1,45.5,9.0,45.6", "9,120,10,130"])
def test_a_box_is_checked(project, capsys, box):
    answer(capsys, "error", "bookmarks", project, "add", "x", "--bbox", box, code=2)
