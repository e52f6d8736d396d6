"""The command line, end to end on a small town: results, streams, exit codes, schemas."""

import json
import shutil
from importlib.resources import files

import jsonschema
import pytest

from app import jobs
from app.cli import main

STREETS = """{"type": "FeatureCollection", "features": [%s]}"""
ORIGIN = (9.2, 45.45)
STEP = 0.002
SIZE = 6


def street(a, b, **properties):
    coordinates = [[ORIGIN[0] + STEP * x, ORIGIN[1] + STEP * y] for x, y in (a, b)]
    feature = {
        "type": "Feature",
        "properties": {"highway": "residential", "surface": "asphalt", **properties},
        "geometry": {"type": "LineString", "coordinates": coordinates},
    }
    return json.dumps(feature)


def grid():
    rows = [((x, y), (x + 1, y)) for x in range(SIZE - 1) for y in range(SIZE)]
    columns = [((x, y), (x, y + 1)) for x in range(SIZE) for y in range(SIZE - 1)]
    return STREETS % ",".join(street(*pair) for pair in rows + columns)


def place(x, y):
    return f"{ORIGIN[0] + STEP * x:.5f};{ORIGIN[1] + STEP * y:.5f}".replace(".", ",")


def write_files(folder):
    """Files as a planner has them: streets, a hub, sites with decimal commas."""
    (folder / "streets.geojson").write_text(grid())
    (folder / "hub.csv").write_text(f"nome;lon;lat\nHub;{place(0, 0)}\n")
    sites = [
        f"Scuola Rossi;scuola primaria;{place(2.2, 1.01)};3",
        f"Ospedale Bianchi;ospedale;{place(4.4, 3.99)};1",
        f"Biblioteca;biblioteca;{place(1.01, 4.5)};5",
        f"Rifugio lontano;altro;{place(60, 60)};5",
    ]
    text = "nome;categoria;lon;lat;priorità\n" + "\n".join(sites) + "\n"
    (folder / "siti.csv").write_bytes(text.encode("cp1252"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the planner's files, and nothing else."""
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with streets, hub, sites and plan A, made once by commands in real jobs."""
    home = tmp_path_factory.mktemp("town")
    write_files(home)
    project = str(home / "p.gpkg")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        assert main(["new", project, "--name", "Trial", "--crs", "EPSG:7791"]) == 0
        assert main(["import", project, "streets.geojson", "--as", "streets"]) == 0
        assert main(["import", project, "hub.csv", "--as", "nodes", "--set", "type=hub"]) == 0
        assert main(["import", project, "siti.csv", "--as", "sites"]) in (0, 1)
        assert main(["plan", project, "--name", "A", "--sites", "where:priority < 5"]) == 0
    return home / "p.gpkg"


def run_here(function, *args, report=None, **kwargs):
    """Stand in for a job: the same call in this process, for the speed of the tests."""
    return function(*args, progress=report, **kwargs)


@pytest.fixture
def town(folder, built, monkeypatch):
    """A copy of the project, in the folder of the planner's files."""
    shutil.copy(built, folder / "p.gpkg")
    monkeypatch.setattr(jobs, "run", run_here)
    return folder


def run(capsys, *words):
    """Run a command and return exit code, stdout and stderr."""
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def answer(capsys, schema, *words, code=0):
    """Run a command with --json, check code and schema, and return the value."""
    exit_code, out, err = run(capsys, *words, "--json")
    assert exit_code == code, err + out
    value = json.loads(out)
    definition = json.loads(files("resources").joinpath(f"schemas/{schema}.json").read_text())
    jsonschema.validate(value, definition)
    return value


def test_import_counts_every_row(folder, capsys):
    answer(capsys, "new", "new", "p.gpkg", "--name", "Trial")
    done = answer(capsys, "import", "import", "p.gpkg", "streets.geojson", "--as", "streets")
    assert (done["read"], done["accepted"], done["rejected"]) == (60, 60, 0)
    _, out, _ = run(capsys, "import", "p.gpkg", "siti.csv", "--as", "sites", "--json")
    done = json.loads(out)
    assert done["accepted"] + done["rejected"] == done["read"] == 4
    rows = answer(capsys, "list", "list", "p.gpkg", "sites")
    assert {row["category"] for row in rows} >= {"school_primary", "hospital", "library"}
    assert {row["priority"] for row in rows} == {3, 1, 5}


def test_cost_names_lines_payers_and_the_summary(town, capsys):
    found = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A", "--rate", "B3=0,08")
    lines = sum(item["amount_eur"]["typical"] for item in found["items"])
    assert lines == pytest.approx(found["total_eur"]["typical"], abs=0.005)
    paid = sum(amount["typical"] for amount in found["by_payer_eur"].values())
    assert paid == pytest.approx(lines, abs=0.005)
    rates = {line["code"]: line["rate"] for line in found["cost_summary"]["sums_at_disposal"]}
    assert rates["B3"] == 0.08
    words = ["--horizon", "20", "--discount", "0.04", "--inflation", "0.01", "--correlation", "0.5"]
    lasting = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A", *words)
    told = lasting["economics"]
    assert (told["horizon_years"], told["discount_rate"]) == (20, 0.04)
    assert told["real_rate"] == pytest.approx(1.04 / 1.01 - 1)
    assert lasting["spread_eur"]["correlation"] == 0.5
    spreads = [item["spread_eur"]["p90_eur"] - item["spread_eur"]["p10_eur"] for item in
               (found, lasting)]  # fmt: skip
    assert spreads[0] < spreads[1]
    answer(capsys, "error", "cost", "p.gpkg", "--plan", "A", "--rate", "B3=much", code=2)
    answer(capsys, "error", "cost", "p.gpkg", "--plan", "A", "--pay-by", "mood", code=2)


def test_phases_stay_within_the_money_and_are_written_when_asked(town, capsys):
    words = ["phases", "p.gpkg", "--plan", "A", "--budget", "2026=60000,2027=5000"]
    found = answer(capsys, "phases", *words, code=1)
    assert len(found["left_out"]) == 1 and found["gap"] == 0
    assert found["more_eur"] == 100_000 and len(found["more_buys"]) == 1
    assert answer(capsys, "phases", *words, "--next", "1", code=1)["more_buys"] == []
    assert found["phases"][0]["cost_eur"]["typical"] <= 60000
    rich = [*words[:-1], "2026=200000", "--write"]
    assert answer(capsys, "phases", *rich)["left_out"] == []
    rows = answer(capsys, "list", "list", "p.gpkg", "plan_sites")
    assert {row["phase_year"] for row in rows if row["state"] == "connected"} == {2026}
    answer(capsys, "error", "phases", "p.gpkg", "--plan", "A", "--budget", "soon=1", code=2)
    answer(capsys, "error", "phases", "p.gpkg", "--plan", "A", code=2)
    answer(capsys, "error", "phases", "p.gpkg", "--plan", "A", "--years", "2029-2027", code=2)
    split = answer(capsys, "phases", "phases", "p.gpkg", "--plan", "A", "--years", "2027-2029")
    assert sum(phase["budget_eur"] for phase in split["phases"]) == 2_000_000


def test_a_report_that_cannot_be_written_is_refused_before_the_search(town, capsys, monkeypatch):
    monkeypatch.setattr(jobs, "run", lambda *_a, **_k: pytest.fail("computed in vain"))
    words = ["analyse", "p.gpkg", "diversity", "--site", "s1", "--to-file", "routes.txt"]
    answer(capsys, "error", *words, code=2)


def test_compare_begins_with_not_building(town, capsys):
    found = answer(capsys, "compare", "compare", "p.gpkg", "A")
    assert [row["plan"] is None for row in found["alternatives"]] == [True, False]
    answer(capsys, "error", "compare", "p.gpkg", "A", "nowhere", code=2)


def test_find_forgives_typing_errors_and_takes_coordinates(town, capsys):
    found = answer(capsys, "find", "find", "p.gpkg", "ospedle biacnhi")
    assert found[0]["name"] == "Ospedale Bianchi"
    there = answer(capsys, "find", "find", "p.gpkg", "45.45, 9.2")
    assert (there[0]["lat"], there[0]["lon"]) == (45.45, 9.2)
    assert answer(capsys, "find", "find", "p.gpkg", "xqzzyw", code=1) == []


def test_plan_tells_what_it_cannot_reach(town, capsys):
    done = answer(
        capsys,
        "plan",
        "plan",
        "p.gpkg",
        "--name",
        "all",
        "--sites",
        "all",
        "--time-limit",
        "5",
        code=1,
    )
    assert (done["sites"], done["connected"]) == (4, 3)
    assert len(done["unreachable"]) == 1 and done["unreachable"][0]["reason"]
    assert done["cost_eur"]["low"] < done["cost_eur"]["typical"] < done["cost_eur"]["high"]
    assert done["lower_bound"] is None or done["lower_bound"] <= done["objective"]
    assert 1000 < done["route_length_m"] < 4000
    plans = answer(capsys, "list", "list", "p.gpkg", "plans")
    stored = {row["name"]: row for row in plans}["all"]
    assert stored["objective_eur"] == pytest.approx(done["objective"])
    assert stored["is_out_of_date"] is False


def test_a_plan_leaves_sites_out_for_their_worth_or_a_budget(town, capsys):
    wanted = ["--sites", "where:priority < 6", "--time-limit", "4"]
    full = answer(capsys, "plan", "plan", "p.gpkg", "--name", "All", *wanted, code=1)
    assert "left_out" not in full
    half = str(round(full["objective"] / 2))
    bought = answer(
        capsys, "plan", "plan", "p.gpkg", "--name", "B", "--budget", half, *wanted, code=1
    )
    assert 0 < bought["connected"] < full["connected"]
    assert bought["objective"] <= bought["budget_eur"] == float(half)
    assert bought["served"] == bought["connected"] <= bought["upper_bound"]
    assert len(bought["left_out"]) == full["connected"] - bought["connected"]
    worth = ["--optional", "--prize", "10"]
    nothing = answer(capsys, "plan", "plan", "p.gpkg", "--name", "C", *worth, *wanted, code=1)
    assert nothing["connected"] == 0
    assert nothing["selection_objective"] == nothing["value_left_out"] == 30
    assert main(["plan", "p.gpkg", "--name", "D", "--optional"]) == 2
    assert "worth" in capsys.readouterr().err
    assert main(["plan", "p.gpkg", "--name", "D", "--budget", "9", "--maximise", "beauty"]) == 2


def test_a_plan_leaves_the_network_alone_until_accepted(town, capsys):
    assert answer(capsys, "list", "list", "p.gpkg", "spans") == []
    done = answer(capsys, "accept", "accept", "p.gpkg", "--plan", "A")
    assert done["changes"]["spans"]["inserted"] > 0
    spans = answer(capsys, "list", "list", "p.gpkg", "spans")
    assert {row["status"] for row in spans} == {"planned"}
    assert answer(capsys, "undo", "undo", "p.gpkg")["undone"].startswith("Accept plan")
    assert answer(capsys, "list", "list", "p.gpkg", "spans") == []
    answer(capsys, "redo", "redo", "p.gpkg")
    assert answer(capsys, "list", "list", "p.gpkg", "spans") == spans
    assert answer(capsys, "redo", "redo", "p.gpkg", code=1)["redone"] is None


def test_an_accepted_site_counts_as_connected_with_its_status(town, capsys):
    chosen = ["--sites", "where:category = 'hospital'"]
    answer(capsys, "plan", "plan", "p.gpkg", "--name", "H", *chosen)
    answer(capsys, "accept", "accept", "p.gpkg", "--plan", "H")
    done = answer(
        capsys, "plan", "plan", "p.gpkg", "--name", "B", *chosen,
        "--status", "planned", "--status", "operational",
    )  # fmt: skip
    assert (done["already_connected"], done["route_length_m"]) == (1, 0)


def test_protection_gives_two_ways(town, capsys):
    chosen = ["--sites", "where:category in ('hospital', 'school_primary')"]
    tree = answer(capsys, "plan", "plan", "p.gpkg", "--name", "T", *chosen)
    pair = answer(capsys, "plan", "plan", "p.gpkg", "--name", "P", *chosen, "--protection", "edge")
    assert 0 <= pair["gap"] < 0.2
    assert pair["route_length_m"] > tree["route_length_m"]


def test_redundancy_of_network_and_plan(town, capsys):
    done = answer(capsys, "analyse-redundancy", "analyse", "p.gpkg", "redundancy")
    assert done["failures"] == []
    done = answer(capsys, "analyse-redundancy", "analyse", "p.gpkg", "redundancy", "--plan", "A")
    assert done["sites_single_homed"] == 2
    assert max(len(item["sites_lost"]) for item in done["failures"]) == 2


@pytest.mark.parametrize("disjoint", ["edge", "node", "risk"])
def test_two_disjoint_routes_of_a_site(town, capsys, disjoint):
    sites = answer(capsys, "list", "list", "p.gpkg", "sites", "--where", "category = 'hospital'")
    done = answer(
        capsys, "analyse-diversity", "analyse", "p.gpkg", "diversity",
        "--site", sites[0]["uid"], "--disjoint", disjoint,
    )  # fmt: skip
    assert done["found"] and len(done["routes"]) == 2
    assert done["cost_eur"]["typical"] > 0
    both = ("--site", sites[0]["uid"], "--sites", "all")
    for asked in ((), both):
        answer(capsys, "error", "analyse", "p.gpkg", "diversity", *asked, code=2)


def test_two_routes_of_many_sites_and_their_report(town, capsys):
    done = answer(
        capsys, "analyse-diversity", "analyse", "p.gpkg", "diversity", "--sites",
        "where:priority < 5", "--to", "hub", "--exempt", "40", "--to-file", "two.pdf",
        "--language", "en",
    )  # fmt: skip
    assert len(done["sites"]) == 2 and done["without"] == done["unreachable"] == []
    assert (town / "two.pdf").read_bytes().startswith(b"%PDF")
    answer(capsys, "error", "analyse", "p.gpkg", "diversity", "--site", "Rifugio lontano", code=1)


def test_risk_groups_are_made_stored_and_undone(town, capsys):
    assert main(["accept", "p.gpkg", "--plan", "A"]) == 0
    capsys.readouterr()
    planned = ("--status", "planned,operational")
    done = answer(capsys, "analyse-risks", "analyse", "p.gpkg", "risks", "--write", *planned)
    assert done["stored"] and done["groups"] == sum(done["by_kind"].values()) > 0
    listed = answer(capsys, "list", "list", "p.gpkg", "risk_groups")
    assert {row["uid"] for row in listed} == {group["uid"] for group in done["list"]}
    assert main(["undo", "p.gpkg"]) == 0
    capsys.readouterr()
    assert answer(capsys, "list", "list", "p.gpkg", "risk_groups") == []


@pytest.mark.parametrize("suffix", ["pdf", "gpkg", "xlsx", "html"])
def test_every_paper_is_written(town, capsys, suffix):
    done = answer(capsys, "export", "export", "p.gpkg", "--plan", "A", "--to", f"plan.{suffix}")
    assert (town / f"plan.{suffix}").stat().st_size == done["bytes"] > 1000


def test_an_export_never_overwrites_the_project(town, capsys):
    before = (town / "p.gpkg").read_bytes()
    answer(capsys, "error", "export", "p.gpkg", "--plan", "A", "--to", "p.gpkg", code=2)
    assert (town / "p.gpkg").read_bytes() == before


def test_an_existing_plan_is_only_replaced_on_request(town, capsys):
    first = ["plan", "p.gpkg", "--name", "A", "--sites", "where:priority < 5"]
    answer(capsys, "error", *first, code=2)
    answer(capsys, "plan", *first, "--replace")
    assert len(answer(capsys, "list", "list", "p.gpkg", "plans")) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list", "nowhere.gpkg", "sites"], 3),
        (["list", "siti.csv", "sites"], 3),
        (["list", "p.gpkg", "zebras"], 2),
        (["list", "p.gpkg", "sites", "--where", "priority = 'x'"], 2),
        (["plan", "p.gpkg", "--name", "A", "--sites", "nobody"], 2),
        (["plan", "p.gpkg", "--name", "A", "--sites", "where:priority = 77"], 2),
        (["plan", "p.gpkg", "--name", "A", "--protection", "magic"], 2),
        (["accept", "p.gpkg", "--plan", "Z"], 2),
        (["import", "p.gpkg", "missing.csv", "--as", "sites"], 3),
        (["import", "p.gpkg", "siti.csv", "--as", "sites", "--set", "category"], 2),
        (["new", "p.gpkg"], 3),
    ],
)
def test_mistakes_have_their_exit_code_and_a_json_error(town, capsys, words, code):
    value = answer(capsys, "error", *words, code=code)
    assert value["error"]["message"]


@pytest.mark.parametrize("words", [["frobnicate"], ["plan"], ["plan", "p.gpkg"], ["new", "--x"]])
def test_wrong_usage_is_two(folder, capsys, words):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err


def test_no_root_is_infeasible(folder, capsys):
    answer(capsys, "new", "new", "q.gpkg", "--name", "Q")
    answer(capsys, "import", "import", "q.gpkg", "streets.geojson", "--as", "streets")
    main(["import", "q.gpkg", "siti.csv", "--as", "sites"])
    capsys.readouterr()
    value = answer(capsys, "error", "plan", "q.gpkg", "--name", "A", code=1)
    assert value["error"]["kind"] == "Infeasible"


def test_check_is_clean_or_tells(town, capsys):
    done = answer(capsys, "check", "check", "p.gpkg")
    assert done["counts"]["error"] == 0


def test_history_lists_every_step(town, capsys):
    labels = [row["label"] for row in answer(capsys, "list-history", "list", "p.gpkg", "history")]
    assert labels[-1] == "Import streets.geojson"
    assert len(labels) == 4


def test_results_for_people_are_tables(town, capsys):
    code, out, err = run(capsys, "list", "p.gpkg", "sites", "--columns", "name,category")
    assert code == 0 and "Ospedale Bianchi" in out and err == ""
    code, out, _ = run(capsys, "plan", "p.gpkg", "--name", "C", "--sites", "where:priority < 5")
    assert code == 0 and "EUR" in out


def test_ring_closure_of_an_accepted_plan(town, capsys):
    answer(capsys, "accept", "accept", "p.gpkg", "--plan", "A")
    done = answer(
        capsys, "analyse-closure", "analyse", "p.gpkg", "closure", "--status", "planned",
        "--status", "operational", "--time-limit", "3",
    )  # fmt: skip
    assert done["single_homed_before"] == 2 and done["single_homed_after"] == 0
    assert 0 < done["lower_bound"] <= done["objective"]
    answer(capsys, "error", "analyse", "p.gpkg", "closure", "--protection", "risk", code=2)
