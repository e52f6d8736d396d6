"""Plans as alternatives and routes by hand, by commands."""

import json
from importlib.resources import files

import pytest
import shapely
from jsonschema import validate

from app.cli import main
from app.io.project import Project
from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.geodesy import to_lonlat
from app.model.messages import message
from app.model.plancolors import PALETTE
from app.model.tables import TABLES
from app.workflows import alternatives

X, Y = 515_000.0, 5_035_000.0


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A grid of five by five streets with a hub, three sites and a plan for two of them."""
    path = tmp_path_factory.mktemp("alternatives") / "p.gpkg"

    def street(uid, *ends):
        shape = shapely.LineString([(X + px, Y + py) for px, py in ends])
        return {"uid": uid, "road_class": "residential", "surface": "asphalt", "geometry": shape}

    steps = [(100 * i, 100 * j) for i in range(5) for j in range(5)]
    streets = [street(f"e{x}-{y}", (x, y), (x + 100, y)) for x, y in steps if x < 400]
    streets += [street(f"n{x}-{y}", (x, y), (x, y + 100)) for x, y in steps if y < 400]
    places = {"a": (390, 205), "b": (205, 395), "c": (310, 395)}
    rows = {
        "streets": streets,
        "nodes": [{"uid": "hub", "name": "Hub", "type": "hub", "geometry": shapely.Point(X, Y)}],
        "sites": [
            {"uid": uid, "name": uid.upper(), "geometry": shapely.Point(X + px, Y + py)}
            for uid, (px, py) in places.items()
        ],
    }
    with Project.create(path, "town") as project, pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.jobs.run", lambda function, *args, report: function(*args, report))
        parts = [insert(t, frame_from_rows(TABLES[t], r, project.crs)) for t, r in rows.items()]
        project.apply(combine(message("Trial"), parts))
        assert main(["plan", str(path), "--name", "A", "--sites", "a,b"]) == 0
    return path


@pytest.fixture
def town(made, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("app.jobs.run", lambda function, *args, report: function(*args, report))
    (tmp_path / "p.gpkg").write_bytes(made.read_bytes())
    capsys.readouterr()
    return tmp_path


def answer(capsys, schema, *words, code=0):
    assert main([*words, "--json"]) == code
    value = json.loads(capsys.readouterr().out)
    text = files("resources").joinpath("schemas", f"{schema}.json").read_text("utf-8")
    validate(value, json.loads(text))
    return value


def lonlat(x, y):
    with Project.open("p.gpkg", read_only=True) as project:
        lon, lat = to_lonlat([X + x], [Y + y], project.crs)
    return f"{lon[0]:.7f},{lat[0]:.7f}"


def test_a_plan_is_copied_renamed_noted_coloured_and_deleted(town, capsys):
    done = answer(capsys, "plans-change", "plans", "duplicate", "p.gpkg", "A")
    assert done["copy"] == "A 2"
    answer(capsys, "plans-change", "plans", "rename", "p.gpkg", "A 2", "By the river")
    answer(capsys, "plans-change", "plans", "note", "p.gpkg", "By the river", "dearer, but dry")
    answer(capsys, "plans-change", "plans", "color", "p.gpkg", "By the river", "#AA00bb")
    nothing, first, second = answer(capsys, "plans-list", "plans", "list", "p.gpkg")
    assert nothing["name"] == "not building" and nothing["cost_eur"]["typical"] == 0
    assert first["color"] == PALETTE[0] and second["color"] == "#aa00bb"
    assert second["note"] == "dearer, but dry" and second["based_on"] == "A"
    assert second["cost_eur"] == first["cost_eur"] and second["site_count"] == 2
    answer(capsys, "plans-change", "plans", "delete", "p.gpkg", "A")
    rows = answer(capsys, "plans-list", "plans", "list", "p.gpkg")
    assert [row["name"] for row in rows] == ["not building", "By the river"]
    assert rows[1]["based_on"] is None
    for _ in range(5):
        assert main(["undo", "p.gpkg"]) == 0
    capsys.readouterr()
    assert [r["name"] for r in answer(capsys, "plans-list", "plans", "list", "p.gpkg")][1:] == ["A"]


def test_a_copy_can_be_planned_again_without_its_model(town, capsys):
    answer(capsys, "plans-change", "plans", "duplicate", "p.gpkg", "A", "--name", "B")
    words = ["plan", "p.gpkg", "--name", "B", "--sites", "a,b,c", "--replace"]
    done = answer(capsys, "plan", *words)
    assert done["connected"] == 3
    sites = {
        r["name"]: r["site_count"] for r in answer(capsys, "plans-list", "plans", "list", "p.gpkg")
    }
    assert (sites["A"], sites["B"]) == (2, 3)


@pytest.mark.parametrize(
    "words",
    [
        ("plans", "rename", "p.gpkg", "A", " "),
        ("plans", "duplicate", "p.gpkg", "A", "--name", "A"),
        ("plans", "color", "p.gpkg", "A", "red"),
        ("plans", "note", "p.gpkg", "Z", "x"),
        ("route", "p.gpkg", "--from", "nobody"),
        ("route", "p.gpkg", "--from", "a", "--via", "somewhere"),
        ("route", "p.gpkg", "--from", "a", "--avoid", "no-street"),
        ("route", "p.gpkg", "--from", "a", "--replace-route"),
    ],
)
def test_mistakes_are_refused(town, capsys, words):
    answer(capsys, "error", *words, code=2)


def test_two_plans_overlaid_share_what_both_build(town, capsys):
    answer(capsys, "plan", "plan", "p.gpkg", "--name", "B", "--sites", "b,c")
    with Project.open("p.gpkg", read_only=True) as project:
        network = project.read()
    parts = alternatives.overlay(network, "A", "B")
    lengths = {key: part.length for key, part in parts.items()}
    drawn = {
        name: network.geo("plan_spans")[network.geo("plan_spans")["plan"] == uid].length.sum()
        for uid, name in network.table("plans")["name"].items()
    }
    assert min(lengths.values()) > 50
    assert lengths["first"] + lengths["both"] == pytest.approx(drawn["A"], abs=1)
    assert lengths["second"] + lengths["both"] == pytest.approx(drawn["B"], abs=1)


def test_a_route_from_a_site_to_the_network(town, capsys):
    done = answer(capsys, "route", "route", "p.gpkg", "--from", "A")
    assert done["length_m"] == pytest.approx(595, abs=15) and done["hub"] == "hub"
    assert done["new_m"] == done["length_m"]
    over = answer(
        capsys, "route", "route", "p.gpkg", "--from", "A", "--via", lonlat(200, 400),
        "--avoid", "e0-0",
    )  # fmt: skip
    assert over["length_m"] > done["length_m"] and "e0-0" not in over["streets"]
    along = answer(capsys, "route", "route", "p.gpkg", "--from", "A", "--must-use", "n300-300")
    assert "n300-300" in along["streets"]
    between = answer(
        capsys, "route", "route", "p.gpkg", "--from", lonlat(0, 100), "--to", lonlat(300, 100)
    )
    assert between["length_m"] == pytest.approx(300, abs=1) and between["hub"] is None


def test_a_route_is_put_into_the_plan(town, capsys):
    words = ["route", "p.gpkg", "--from", "a", "--plan", "A", "--via", lonlat(400, 400)]
    alone = answer(capsys, "route", *words)
    done = answer(capsys, "route-replace", *words, "--replace-route")
    assert done["route"]["new_m"] == pytest.approx(alone["new_m"], abs=0.5)
    assert done["cost_eur"]["typical"] > done["before"]["cost_eur"]
    assert done["lower_bound"] <= done["objective"]
    row = answer(capsys, "plans-list", "plans", "list", "p.gpkg")[1]
    assert "by hand" in row["engine"] and row["cost_eur"]["typical"] == done["cost_eur"]["typical"]
    cost = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A")
    assert cost["total_eur"]["typical"] == pytest.approx(done["cost_eur"]["typical"])
