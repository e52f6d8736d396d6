"""Named views on the command line."""

import json
from importlib.resources import files
from xml.etree import ElementTree

import jsonschema
import pikepdf
import pytest

from app import jobs
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


@pytest.fixture
def here(monkeypatch):
    """Run jobs in this process, for the speed of the tests."""

    def run(function, *args, report=None, **kwargs):
        return function(*args, progress=report, **kwargs)

    monkeypatch.setattr(jobs, "run", run)


@pytest.mark.parametrize("suffix", ["pdf", "png", "svg"])
def test_a_view_is_printed_at_the_scale_asked_for(project, capsys, here, tmp_path, suffix):
    target = tmp_path / f"view.{suffix}"
    words = ["map", project, "--to", target, "--bbox", "514000,5034000,515000,5034800"]
    made = answer(capsys, "map", *words, "--scale", "7500", "--title", "Prova <b>&")
    assert (made["scale"], made["width_mm"]) == (7500, 297.0)
    content = target.read_bytes()
    assert len(content) == made["bytes"] > 1000
    if suffix == "svg":
        text = content.decode()
        assert "1:7.500" in text and "Prova &lt;b&gt;&amp;" in text and "EPSG:7791" in text
        ElementTree.fromstring(text)
    if suffix == "pdf":
        with pikepdf.open(target) as opened:
            box = [float(edge) for edge in opened.pages[0].MediaBox]
            assert len(opened.pages) == 1
            assert box[2] == pytest.approx(297 / 25.4 * 72, abs=1)


def test_a_view_goes_by_bookmark_and_fits_a_round_scale(project, capsys, here, tmp_path):
    answer(capsys, "bookmarks", "bookmarks", project, "add", "Here", "--bbox",
           "514000,5034000,514900,5034400")  # fmt: skip
    words = ["map", project, "--to", tmp_path / "v.svg", "--bookmark", "Here"]
    made = answer(capsys, "map", *words, "--paper", "a3", "--language", "en")
    assert made["scale"] == 3000 and made["width_mm"] == 420
    text = (tmp_path / "v.svg").read_text(encoding="utf-8")
    assert "Scale 1:3,000" in text and "Grid north" in text


@pytest.mark.parametrize("words", [
    ["--to", "v.jpg"], ["--to", "v.svg", "--scale", "3"], ["--to", "v.svg", "--bookmark", "none"],
    ["--to", "v.svg", "--plan", "none"], ["--to", "v.svg", "--bbox", "1,1,2,2", "--bookmark", "x"],
])  # fmt: skip
def test_what_cannot_be_printed_is_refused(project, capsys, here, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    answer(capsys, "error", "map", project, *words, code=2)
    assert not list(tmp_path.glob("v.*"))
