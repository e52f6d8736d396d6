"""What planners add, by commands: conditions in, sections kept, keys out."""

import json

import pytest
from jsonschema import validate

from app.cli import main
from app.io.project import Project
from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES


def load(name):
    from importlib.resources import files

    return json.loads(files("resources").joinpath("schemas", f"{name}.json").read_text("utf-8"))


@pytest.fixture
def town(tmp_path, monkeypatch):
    """A grid of five by five streets with a hub and three sites."""
    import shapely

    monkeypatch.chdir(tmp_path)
    # jobs run here: what processes add has tests of its own
    monkeypatch.setattr("app.jobs.run", lambda function, *args, report: function(*args, report))
    x, y = 515_000.0, 5_035_000.0

    def street(uid, a, b):
        ends = [(x + px, y + py) for px, py in (a, b)]
        return {"uid": uid, "road_class": "residential", "surface": "asphalt",
                "geometry": shapely.LineString(ends)}  # fmt: skip

    streets = [street(f"row{i}", (0, 100 * i), (400, 100 * i)) for i in range(5)]
    streets += [street(f"col{i}", (100 * i, 0), (100 * i, 400)) for i in range(5)]
    sites = [("a", 390, 205), ("b", 205, 395), ("c", 310, 395)]
    rows = {
        "streets": streets,
        "nodes": [{"uid": "hub", "name": "Hub", "type": "hub", "geometry": shapely.Point(x, y)}],
        "sites": [
            {"uid": uid, "name": uid, "geometry": shapely.Point(x + px, y + py)}
            for uid, px, py in sites
        ],
    }
    with Project.create(tmp_path / "p.gpkg", "town") as project:
        parts = [insert(t, frame_from_rows(TABLES[t], r, project.crs)) for t, r in rows.items()]
        project.apply(combine(message("Trial"), parts))
    return tmp_path


def answer(capsys, schema, *words, code=0):
    assert main([*words, "--json"]) == code
    value = json.loads(capsys.readouterr().out)
    validate(value, load(schema))
    return value


def plan(capsys, *more, code=0):
    return answer(capsys, "plan", "plan", "p.gpkg", *more, code=code)


def test_conditions_are_options_and_stored(town, capsys):
    asked = [
        "--must-use",
        "row4",
        "--avoid",
        "col2",
        "--avoid",
        "row1",
        "--no-technique",
        "miniTrench",
    ]
    made = plan(capsys, "--name", "B", *asked, "--hub", "hub", "--assign", "a=hub")
    assert made["guidance"] == {
        "must_use": ["row4"], "avoid": ["col2", "row1"], "excluded_techniques": ["miniTrench"],
        "hubs": ["hub"], "assigned": [["a", "hub"]],
    }  # fmt: skip
    assert made["forced"] > 400 * 100
    assert [item["hub"] for item in made["routes"]] == ["hub"] * 3
    with Project.open(town / "p.gpkg", read_only=True) as project:
        stored = project.read()
    spans = stored.table("plan_spans")
    assert not {"col2", "row1"} & set(spans["street"])
    assert set(spans["technique"]) == {"trench", "leadIn"}
    assert stored.table("plans").iloc[0]["parameters"]["guidance"] == made["guidance"]


def test_a_plan_is_kept_section_by_section(town, capsys):
    first = plan(capsys, "--name", "A")
    kept = plan(capsys, "--name", "B", "--lock", "A")
    assert kept["objective"] == first["objective"] == pytest.approx(kept["lower_bound"], abs=1)
    done = answer(capsys, "lock", "lock", "p.gpkg", "--plan", "A")
    assert done["locked"] and done["changed"] == len(done["sections"]) > 3
    again = plan(capsys, "--name", "A", "--replace", "--must-use", "row4")
    assert again["forced"] > first["objective"] - 3100
    off = answer(capsys, "lock", "lock", "p.gpkg", "--plan", "A", "--off")
    assert not off["locked"] and off["changed"]
    assert answer(capsys, "lock", "lock", "p.gpkg", "--plan", "A", "--off")["changed"] == 0
    assert answer(capsys, "undo", "undo", "p.gpkg")["undone"].startswith("Unlock")
    answer(capsys, "error", "lock", "p.gpkg", "--plan", "A", "--section", "nothing", code=2)


def test_long_routes_are_told_or_ruled_out(town, capsys):
    told = plan(capsys, "--name", "A", "--max-length", "600", "--length-rule", "tell", code=1)
    assert told["too_long"]
    kept = plan(capsys, "--name", "B", "--max-length", "720")
    assert kept["too_long"] == [] and kept["unreachable"] == []
    assert max(item["length_m"] for item in kept["routes"]) <= 720
    none = plan(capsys, "--name", "C", "--max-length", "300", code=1)
    assert len(none["unreachable"]) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--must-use", "nothing"], 2), (["--technique", "magic"], 2),
        (["--waypoint", "here"], 2), (["--hub", "a"], 2), (["--assign", "a"], 2),
        (["--length-rule", "maybe"], 2), (["--must-use", "row1", "--avoid", "row1"], 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(town, capsys, words, code):
    answer(capsys, "error", "plan", "p.gpkg", "--name", "X", *words, code=code)


def test_figures_are_readable_without_json(town, capsys):
    assert (
        main(["plan", "p.gpkg", "--name", "A", "--max-length", "600", "--length-rule", "tell"]) == 1
    )
    text = capsys.readouterr().out
    assert "too_long" in text and "guidance" not in text
