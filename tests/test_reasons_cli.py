"""The commands on reasons and distances, end to end on a small town: results and schemas."""

import json
import shutil
from importlib.resources import files

import jsonschema
import pytest

from app import jobs
from app.cli import main

ORIGIN = (9.2, 45.45)
STEP = 0.002
SIZE = 5


def place(x, y):
    return f"{ORIGIN[0] + STEP * x:.5f},{ORIGIN[1] + STEP * y:.5f}"


def street(a, b):
    coordinates = [[ORIGIN[0] + STEP * x, ORIGIN[1] + STEP * y] for x, y in (a, b)]
    return {
        "type": "Feature",
        "properties": {"highway": "residential", "surface": "asphalt"},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with streets, a hub and four sites, one of them far away."""
    home = tmp_path_factory.mktemp("town")
    grid = [((x, y), (x + 1, y)) for x in range(SIZE - 1) for y in range(SIZE)]
    grid += [((x, y), (x, y + 1)) for x in range(SIZE) for y in range(SIZE - 1)]
    features = {"type": "FeatureCollection", "features": [street(*pair) for pair in grid]}
    (home / "streets.geojson").write_text(json.dumps(features))
    (home / "hub.csv").write_text(f"nome,lon,lat\nHub,{place(0, 0)}\n")
    sites = [
        f"c{i},Sede {i},hospital,{place(*xy)}"
        for i, xy in enumerate([(2.2, 1.01), (3.4, 2.99), (1.01, 3.5), (60, 60)])
    ]
    (home / "siti.csv").write_text("uid,nome,categoria,lon,lat\n" + "\n".join(sites) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setattr(jobs, "run", in_this_process)
        assert main(["new", "p.gpkg", "--name", "Trial", "--crs", "EPSG:7791"]) == 0
        assert main(["import", "p.gpkg", "streets.geojson", "--as", "streets"]) == 0
        assert main(["import", "p.gpkg", "hub.csv", "--as", "nodes", "--set", "type=hub"]) == 0
        assert main(["import", "p.gpkg", "siti.csv", "--as", "sites"]) in (0, 1)
    return home / "p.gpkg"


def in_this_process(function, *args, report=None, **kwargs):
    return function(*args, progress=report, **kwargs)


@pytest.fixture
def town(built, tmp_path, monkeypatch):
    shutil.copy(built, tmp_path / "p.gpkg")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(jobs, "run", in_this_process)
    return tmp_path


def answer(capsys, schema, *words, code=0):
    """Run a command with --json, check code and schema, and return the value."""
    exit_code = main([*words, "--json"])
    captured = capsys.readouterr()
    assert exit_code == code, captured.err + captured.out
    value = json.loads(captured.out)
    definition = json.loads(files("resources").joinpath(f"schemas/{schema}.json").read_text())
    jsonschema.validate(value, definition)
    return value


def schema_of(name):
    return json.loads(files("resources").joinpath(f"schemas/{name}.json").read_text())


def test_a_plan_can_be_explained_at_once_or_later(town, capsys):
    done = answer(
        capsys, "plan", "plan", "p.gpkg", "--name", "A", "--time-limit", "5", "--explain", code=1
    )
    jsonschema.validate(done["explanation"], schema_of("analyse-explain"))
    later = answer(capsys, "analyse-explain", "analyse", "p.gpkg", "explain", "--plan", "A", code=1)
    for key in ("sites", "sections", "unreachable"):
        assert later[key] == done["explanation"][key]
    assert [row["uid"] for row in later["unreachable"]] == ["c3"]
    assert later["sites"] and later["sites"][0]["saving_eur"] >= later["sites"][-1]["saving_eur"]
    uid = next(row["uid"] for row in later["sections"] if row["extra_eur"] is not None)
    words = ["analyse", "p.gpkg", "explain", "--plan", "A"]
    one = answer(capsys, "analyse-explain", *words, "--section", uid)
    assert [row["uid"] for row in one["sections"]] == [uid]
    site = answer(capsys, "analyse-explain", *words, "--site", "Sede 1")
    assert [row["uid"] for row in site["sites"]] == ["c1"]
    answer(capsys, "error", *words, "--section", "zebra", code=2)
    answer(capsys, "error", "plan", "p.gpkg", "--name", "P", "--protection", "edge", "--explain",
           code=2)  # fmt: skip
    assert main(words) == 1
    assert "c3" in capsys.readouterr().out


def test_reach_and_distances(town, capsys):
    words = ["analyse", "p.gpkg", "reach", "--from", "hubs"]
    done = answer(
        capsys, "analyse-reach", *words, "--within", "300", "--within", "900", "--geojson", code=1
    )
    assert [row["within_m"] for row in done["rings"]] == [300.0, 900.0]
    assert [row["uid"] for row in done["unreachable"]] == ["c3"]
    assert len(done["sites"]) == 3
    assert len(done["geojson"]["features"]) == 2
    assert main([*words, "--within", "300", "--geojson"]) == 1
    assert json.loads(capsys.readouterr().out)["type"] == "FeatureCollection"
    assert main(words) == 1
    assert "c0" in capsys.readouterr().out
    answer(capsys, "error", "analyse", "p.gpkg", "reach", "--from", "zebra", code=2)
    found = answer(
        capsys, "analyse-distances", "analyse", "p.gpkg", "distances", "--sites", "c0,c1,c2"
    )
    assert found["sites"] == ["c0", "c1", "c2"]
    assert found["distances_m"][0][1] == found["distances_m"][1][0] > 300
    assert main(["analyse", "p.gpkg", "distances", "--sites", "c0,c1"]) == 0
    assert "Sede 0" in capsys.readouterr().out
