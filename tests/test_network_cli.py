"""Editing the network from the command line: each edit is one step, told whole, and undone."""

import itertools
import json
from importlib.resources import files

import jsonschema
import pytest
import shapely

from app.cli import main
from app.io.project import Project
from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.geodesy import to_lonlat
from app.model.messages import message
from app.model.network import DEFAULT_CRS
from app.model.tables import TABLES

X, Y = 515_000.0, 5_035_000.0


def lonlat(x, y):
    lon, lat = to_lonlat([X + x], [Y + y], DEFAULT_CRS)
    return f"{lon[0]:.8f},{lat[0]:.8f}"


def at(x, y):
    return shapely.Point(X + x, Y + y)


@pytest.fixture
def project(tmp_path):
    """A hub, a chamber, a span between them with a cable, and streets around a block."""
    path = tmp_path / "p.gpkg"
    corners = [(0, 0), (200, 0), (200, 200), (0, 200), (0, 0)]
    rows = {
        "streets": [
            {"uid": f"s{n}", "road_class": "residential",
             "geometry": shapely.LineString([at(*a), at(*b)])}
            for n, (a, b) in enumerate(itertools.pairwise(corners))
        ],
        "nodes": [
            {"uid": "h", "name": "Hub", "type": "hub", "geometry": at(0, 0)},
            {"uid": "e", "name": "East", "type": "chamber", "geometry": at(200, 0)},
        ],
        "spans": [
            {"uid": "he", "name": "Main", "start_node": "h", "end_node": "e",
             "route_length_m": 200.0, "geometry": shapely.LineString([at(0, 0), at(200, 0)])}
        ],
        "cables": [{"uid": "k", "spans": ["he"]}],
    }  # fmt: skip
    with Project.create(path, "P", DEFAULT_CRS) as made:
        made.apply(
            combine(
                message("start"),
                [insert(table, frame_from_rows(TABLES[table], items, DEFAULT_CRS))
                 for table, items in rows.items()],
            )
        )  # fmt: skip
    return path


def answer(capsys, project, *words, schema="network", code=0):
    """Run an edit with --json, check code and schema, and return the value."""
    done = main(["network", str(project), *map(str, words), "--json"])
    captured = capsys.readouterr()
    assert done == code, captured.err + captured.out
    value = json.loads(captured.out)
    definition = json.loads(files("resources").joinpath(f"schemas/{schema}.json").read_text())
    jsonschema.validate(value, definition)
    return value


def read(project):
    with Project.open(project, read_only=True) as opened:
        return opened.read()


def test_split_join_and_undo(project, capsys):
    start = read(project).content_hash(TABLES)
    told = answer(capsys, project, "split", "Main", "--at", lonlat(50, 1))
    assert told["edit"] == "Split span “Main”" and told["stored"]
    assert len(told["inserted"]["nodes"]) == len(told["inserted"]["spans"]) == 1
    other = told["inserted"]["spans"][0]
    assert read(project).table("cables").at["k", "spans"] == ("he", other)
    joined = answer(capsys, project, "join", "he", other)
    assert joined["deleted"] == {
        "nodes": told["inserted"]["nodes"], "spans": told["inserted"]["spans"],
    }  # fmt: skip
    assert read(project).table("spans").at["he", "route_length_m"] == pytest.approx(200)
    for _ in range(2):
        assert main(["undo", str(project)]) == 0
    assert read(project).content_hash(TABLES) == start


def test_a_dry_run_changes_nothing(project, capsys):
    start = read(project).content_hash(TABLES)
    told = answer(capsys, project, "delete", "nodes", "East", "--dry-run")
    assert not told["stored"]
    assert told["deleted"] == {"cables": ["k"], "nodes": ["e"], "spans": ["he"]}
    assert read(project).content_hash(TABLES) == start


def test_nodes_move_merge_and_go(project, capsys):
    answer(capsys, project, "move", "East", "--to", lonlat(200, 100))
    line = read(project).geo("spans").geometry["he"]
    assert line.coords[-1] == pytest.approx((X + 200, Y + 100), abs=0.01)
    answer(capsys, project, "reverse", "Main")
    assert read(project).table("spans").at["he", "start_node"] == "e"
    answer(capsys, project, "merge-nodes", "Hub", "East", schema="error", code=2)
    answer(capsys, project, "merge-nodes", "Hub", "East", "--drop-between")
    network = read(project)
    assert list(network.table("nodes").index) == ["h"] and network.table("spans").empty


def test_spans_go_with_the_nodes_that_they_leave_bare(project, capsys):
    told = answer(capsys, project, "delete", "spans", "Main", "--bare-nodes")
    assert told["deleted"] == {"cables": ["k"], "nodes": ["e"], "spans": ["he"]}


def test_a_trace_is_told_and_drawn(project, capsys):
    words = ["trace", "--from", "Hub", "--to", lonlat(150, 201), "--set", "technique=trench"]
    told = answer(capsys, project, *words, schema="network-trace")
    assert told["length_m"] == pytest.approx(350, rel=2e-3) and told["streets"] == ["s3", "s2"]
    assert (told["begins_uid"], told["ends"], told["stored"]) == ("h", None, False)
    via = answer(capsys, project, *words, "--via", "East", "--add", schema="network-trace")
    assert via["length_m"] == pytest.approx(450, rel=2e-3)
    span = read(project).table("spans").loc[via["span"]]
    assert (span["start_node"], span["technique"], span["status"]) == ("h", "trench", "planned")
    assert span["route_length_m"] == pytest.approx(451, rel=2e-3)
    assert main(["undo", str(project)]) == 0
    assert list(read(project).table("spans").index) == ["he"]


def test_loose_ends_are_tied(project, capsys):
    words = ["--from", lonlat(100, 3), "--to", lonlat(200, 190), "--snap", "0", "--add"]
    answer(capsys, project, "trace", *words, schema="network-trace")
    told = answer(capsys, project, "tie", "--within", "5")
    assert told["edit"] == "Tie loose ends (2)"
    assert len(read(project).table("cables").at["k", "spans"]) == 2
    assert answer(capsys, project, "tie", "--within", "5")["stored"] is False


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["split", "Main", "--fraction", "0"], 2),
        (["split", "Nowhere"], 2),
        (["move", "Hub", "--to", "here"], 2),
        (["move", "Hub", "--to", "9,45", "--table", "spans"], 2),
        (["delete", "price_lists", "x"], 2),
        (["trace", "--from", "9.0,45.0", "--to", "Hub"], 2),
        (["trace", "--from", "Hub", "--to", "East", "--set", "status=soon"], 2),
        (["trace", "--from", "Hub", "--to", "East", "--set", "length=5"], 2),
    ],
)
def test_what_cannot_be_done_is_refused(project, capsys, words, code):
    start = read(project).content_hash(TABLES)
    answer(capsys, project, *words, schema="error", code=code)
    assert read(project).content_hash(TABLES) == start


def test_plain_output_names_what_changed(project, capsys):
    assert main(["network", str(project), "split", "Main"]) == 0
    out = capsys.readouterr().out
    assert "Split span “Main”" in out and "1 nodes, 1 spans" in out
