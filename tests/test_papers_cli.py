"""Papers on the command line: parts and rates as asked, and what second routes still share."""

import json

import openpyxl
import pytest
import shapely

from app import workflows
from app.cli import main
from app.io.export import PaperOptions
from app.io.export.report import report_data
from app.io.project import Project
from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES
from app.workflows.papers import dossier, protected_routes

X, Y = 515_000.0, 5_035_000.0


def _street(uid, a, b):
    line = shapely.LineString([(X + px, Y + py) for px, py in (a, b)])
    return {"uid": uid, "road_class": "residential", "surface": "asphalt", "geometry": line}


@pytest.fixture
def town(tmp_path, monkeypatch):
    """A grid of streets; the network is a stub from the hub to a chamber, and a second hub."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("app.jobs.run", lambda function, *args, report: function(*args, report))
    streets = [_street(f"row{i}", (0, 100 * i), (400, 100 * i)) for i in range(5)]
    streets += [_street(f"col{i}", (100 * i, 0), (100 * i, 400)) for i in range(5)]
    nodes = [
        {"uid": "hub", "name": "Hub", "type": "hub", "geometry": shapely.Point(X, Y)},
        {"uid": "hub2", "name": "Hub 2", "type": "hub", "geometry": shapely.Point(X + 400, Y)},
    ]
    sites = [
        {"uid": uid, "name": uid, "geometry": shapely.Point(X + px, Y + py)}
        for uid, px, py in (("a", 205, 205), ("b", 205, 395))
    ]
    rows = {"streets": streets, "nodes": nodes, "sites": sites}
    with Project.create(tmp_path / "p.gpkg", "town") as project:
        parts = [insert(t, frame_from_rows(TABLES[t], r, project.crs)) for t, r in rows.items()]
        project.apply(combine(message("Trial"), parts))
    for name, level in (("A", "none"), ("B", "edge")):
        words = ("plan", "p.gpkg", "--name", name, "--protection", level)
        assert main([*words, "--time-limit", "5"]) == 0
    return tmp_path


def _network(town):
    with Project.open(town / "p.gpkg", read_only=True) as project:
        return project.read()


def _cell(path, sheet, text, column):
    rows = openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True)
    return next(row for row in rows if text in row[:2])[column]


def test_papers_carry_the_figures_of_cost_with_the_same_options(town, capsys):
    options = ["--rate", "B3=0.08", "--pay-by", "rate", "--discount", "0.05", "--horizon", "12"]
    capsys.readouterr()
    assert main(["cost", "p.gpkg", "--plan", "A", *options, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    target = ["--to", "a.xlsx", "--language", "en"]
    assert main(["export", "p.gpkg", "--plan", "A", *target, *options]) == 0
    total = _cell("a.xlsx", "Cost summary", "Total A + B, with VAT", 5)
    assert total == pytest.approx(told["cost_summary"]["total_with_vat_eur"]["typical"])
    value = _cell("a.xlsx", "Costs over the life of the plan", "Present value of all costs", 4)
    assert value == pytest.approx(told["economics"]["present_value_eur"]["typical"])
    plain = workflows.cost(_network(town), "A").summary
    assert plain["cost_summary"]["total_with_vat_eur"]["typical"] != pytest.approx(total)


def test_parts_and_scale_that_do_not_exist_are_refused(town, capsys):
    for wrong in (["--parts", "summary,poem"], ["--scale", "7"], ["--rate", "B3=x"]):
        assert main(["export", "p.gpkg", "--plan", "A", "--to", "a.pdf", *wrong]) == 2
        assert not (town / "a.pdf").exists()
    assert "poem" in capsys.readouterr().err


def test_scale_that_is_asked_for_is_that_of_the_sheets(town, capsys):
    words = ["export", "p.gpkg", "--plan", "A", "--to", "a.pdf", "--parts", "maps"]
    capsys.readouterr()
    assert main([*words, "--scale", "250", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["kind"] == "pdf"
    data = report_data(dossier(_network(town), "A"), "en", PaperOptions(("maps",), 250))
    assert {sheet["scale"] for sheet in data["sheets"]} == {"250"}


def test_protected_sites_show_both_routes_over_the_plan_as_built(town):
    network = _network(town)
    plans = network.table("plans")["name"]
    uid = {name: uid for uid, name in plans.items()}
    assert protected_routes(network, uid["A"]) is None
    found = protected_routes(network, uid["B"])
    assert found is not None
    assert sorted(answer["site"] for answer in found.answers) == ["a", "b"]
    lengths = network.table("plan_spans").query("plan == @uid['B']")["route_length_m"]
    for answer in found.answers:
        assert answer["found"]  # the plan was made to have them
        assert len(answer["routes"]) == 2
        assert answer["cost_eur"]["typical"] == 0.0  # nothing but the plan is built
        for route in answer["routes"]:
            assert 0 < route["new_route_length_m"] <= lengths.sum() + 1e-6
            assert route["spans"] == []  # the network has no span but those of the plan
    assert found.tables["routes"]["is_new"].all()
    papers = dossier(network, "B", has_routes=True)
    assert papers.diversity is not None
    assert network.table("spans").empty  # the network stays as it is
