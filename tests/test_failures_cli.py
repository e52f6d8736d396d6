"""The commands on failures, end to end on a small town: results, schemas, exit codes."""

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
RATES = (
    "code,applies_to,technique,cuts_per_km_year,mttr_h,source,is_placeholder\n"
    "span,span,,0.02,10,Own records 2020-2025,no\n"
)


def feature(a, b, **properties):
    coordinates = [[ORIGIN[0] + STEP * x, ORIGIN[1] + STEP * y] for x, y in (a, b)]
    geometry = {"type": "LineString", "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def write_town(folder):
    """A grid of streets; a hub with a chain of spans along one side, served sites on it."""
    grid = [((x, y), (x + 1, y)) for x in range(SIZE - 1) for y in range(SIZE)]
    grid += [((x, y), (x, y + 1)) for x in range(SIZE) for y in range(SIZE - 1)]
    write(
        folder / "streets.geojson",
        [feature(*pair, highway="residential", surface="asphalt") for pair in grid],
    )
    chain = [((0, 0), (2, 0)), ((2, 0), (4, 0)), ((4, 0), (4, 2)), ((4, 2), (4, 4))]
    write(
        folder / "spans.geojson",
        [
            feature(*pair, nome=f"Tratta {i}", uid=f"s{i}", start_node=f"n{i}",
                    end_node=f"n{i + 1}", tecnica="scavo")
            for i, pair in enumerate(chain)
        ],
    )  # fmt: skip
    places = [(0, 0), (2, 0), (4, 0), (4, 2), (4, 4)]
    lines = [
        f"n{i},{'hub' if i == 0 else 'chamber'},Nodo {i},"
        f"{ORIGIN[0] + STEP * x:.5f},{ORIGIN[1] + STEP * y:.5f}"
        for i, (x, y) in enumerate(places)
    ]
    (folder / "nodes.csv").write_text("uid,tipo,nome,lon,lat\n" + "\n".join(lines) + "\n")
    sites = [
        f"c{i},Sede {i},hospital,n{i},{i},100,{ORIGIN[0] + STEP * x:.5f},{ORIGIN[1] + STEP * y:.5f}"
        for i, (x, y) in enumerate(places)
        if i
    ]
    heading = "uid,nome,categoria,nodo,priorità,banda_garantita,lon,lat\n"
    (folder / "sites.csv").write_text(heading + "\n".join(sites) + "\n")
    (folder / "guasti.csv").write_text(RATES)


def in_this_process(function, *args, report=None, **kwargs):
    return function(*args, progress=report, **kwargs)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The project, made once by commands."""
    home = tmp_path_factory.mktemp("failures")
    write_town(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        assert main(["new", "p.gpkg", "--name", "Trial"]) == 0
        for file, target in (("streets.geojson", "streets"), ("nodes.csv", "nodes"),
                             ("spans.geojson", "spans"), ("sites.csv", "sites")):  # fmt: skip
            assert main(["import", "p.gpkg", file, "--as", target]) in (0, 1)
    return home


@pytest.fixture
def town(built, tmp_path, monkeypatch):
    """A copy of the project and of the planner's files."""
    for file in ("p.gpkg", "guasti.csv"):
        shutil.copy(built / file, tmp_path / file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(jobs, "run", in_this_process)
    return tmp_path


def answer(capsys, study, *words, code=0):
    exit_code = main(["analyse", "p.gpkg", study, *words, "--json"])
    captured = capsys.readouterr()
    assert exit_code == code, captured.err + captured.out
    value = json.loads(captured.out)
    schema = json.loads(files("resources").joinpath(f"schemas/analyse-{study}.json").read_text())
    jsonschema.validate(value, schema)
    return value


def test_failures_are_ranked_and_sets_are_cut(town, capsys):
    done = answer(capsys, "failures")
    assert done["today"]["served"] == 4 and done["depth"] == 1
    by_span = {
        item["uid"]: item["sites_lost"] for item in done["failures"] if item["kind"] == "span"
    }
    assert by_span == {f"s{i}": [f"c{k}" for k in range(i + 1, 5)] for i in range(4)}
    done = answer(capsys, "failures", "--cut", "s2,n4", "--cut", "s3")
    assert [item["sites_lost"] for item in done["failures"]] == [["c3", "c4"]]
    assert done["failures"][0]["guaranteed_mbps_lost"] == 200
    pairs = answer(capsys, "failures", "--depth", "2")
    assert (pairs["pairs_examined"], pairs["pairs"]) == (6, [])
    assert main(["analyse", "p.gpkg", "failures", "--cut", "nothing"]) == 2
    assert main(["analyse", "p.gpkg", "failures", "--from", "moon"]) == 2


def test_availability_follows_imported_rates(town, capsys):
    before = answer(capsys, "availability", "--site", "Sede 4", "--check")
    assert before["sites"][0]["uid"] == "c4" and before["check"]["enumeration"]["agrees"]
    assert main(["import", "p.gpkg", "guasti.csv", "--as", "failure_rates"]) == 0
    capsys.readouterr()
    after = answer(capsys, "availability", "--site", "c4")
    assert after["sites"][0]["minutes_per_year"] > before["sites"][0]["minutes_per_year"]
    assert after["placeholder_share"] < 1
    rates = answer(capsys, "rates")
    assert [(row["code"], row["mttr_h"]) for row in rates["rates"] if row["is_own"]] == [
        ("span", 10)
    ]


def test_shipped_rates_are_copied_once_for_editing(town, capsys):
    count = len(answer(capsys, "rates")["rates"])
    assert sum(row["is_own"] for row in answer(capsys, "rates", "--write")["rates"]) == count
    assert len(answer(capsys, "rates", "--write")["rates"]) == 2 * count
    assert main(["undo", "p.gpkg"]) == 0


def test_a_measure_becomes_a_plan_that_protects(town, capsys):
    done = answer(capsys, "measures", "--budget", "200000", "--as-plan", "Anello chiuso")
    best = done["measures"][0]
    assert best["eur_per_minute"]["low"] <= best["eur_per_minute"]["typical"]
    assert done["stored"] == "Anello chiuso" and done["sequence"][0]["uid"] == best["uid"]
    assert sum(step["cost_eur"]["typical"] for step in done["sequence"]) <= 200_000
    before = answer(capsys, "availability")["weighted_minutes_per_year"]
    after = answer(capsys, "availability", "--plan", "Anello chiuso")["weighted_minutes_per_year"]
    assert before - after == pytest.approx(best["weighted_minutes_avoided"], rel=1e-3)
    for part in best["parts"]:
        dark = answer(capsys, "failures", "--cut", part)["failures"][0]["sites_lost"]
        more = ("--plan", "Anello chiuso", "--cut", part)
        assert set(answer(capsys, "failures", *more)["failures"][0]["sites_lost"]) < set(dark)
    assert main(["accept", "p.gpkg", "--plan", "Anello chiuso"]) == 0
    capsys.readouterr()
    assert main(["analyse", "p.gpkg", "measures", "--as-plan", "Anello chiuso"]) == 2


def test_an_accepted_plan_is_analysed_as_it_was_before(town, capsys):
    """Its rows lie in the network then, and are counted once."""
    place = f"{ORIGIN[0] + STEP * 2.1:.5f},{ORIGIN[1] + STEP * 2:.5f}"
    (town / "more.csv").write_text(f"uid,nome,categoria,lon,lat\nx1,Nuova,library,{place}\n")
    for words in (
        ("import", "p.gpkg", "more.csv", "--as", "sites", "--crs", "EPSG:4326"),
        ("plan", "p.gpkg", "--name", "N", "--sites", "x1"),
    ):
        assert main(list(words)) == 0
    capsys.readouterr()

    def minutes():
        rows = answer(capsys, "availability", "--plan", "N")["sites"]
        return {row["uid"]: round(row["minutes_per_year"], 6) for row in rows}

    before = minutes()
    assert "x1" in before
    assert main(["accept", "p.gpkg", "--plan", "N"]) == 0
    capsys.readouterr()
    assert minutes() == before
