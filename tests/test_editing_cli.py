"""Commands that change rows and hand tables over, end to end."""

import csv
import json
from importlib.resources import files

import jsonschema
import openpyxl
import pytest
import shapely

from app.cli import main
from app.io.project import Project
from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES

CRS = "EPSG:7791"
X0, Y0 = 514000.0, 5034000.0


def rows(table, *items):
    return insert(table, frame_from_rows(TABLES[table], items, CRS))


def point(x, y):
    return shapely.Point(X0 + x, Y0 + y)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A hub, a chamber, the span between them and two sites."""
    monkeypatch.chdir(tmp_path)
    line = shapely.LineString([point(0, 0), point(500, 0)])
    content = combine(
        message("rows"),
        [
            rows("nodes",
                 {"uid": "h", "name": "Hub", "type": "hub", "geometry": point(0, 0)},
                 {"uid": "c", "name": "Pozzetto", "type": "chamber", "geometry": point(500, 0)}),
            rows("spans", {"uid": "hc", "start_node": "h", "end_node": "c", "geometry": line}),
            rows("sites",
                 {"uid": "q", "name": "Questura", "node": "c", "priority": 2,
                  "guaranteed_mbps": 1000.5, "geometry": point(500, 1)},
                 {"uid": "b", "name": "=Biblioteca", "priority": 4, "geometry": point(300, 40)}),
        ],
    )  # fmt: skip
    Project.create(tmp_path / "p.gpkg", "Trial", CRS, content).close()
    return "p.gpkg"


@pytest.fixture
def answer(capsys):
    """Run a command with ``--json``; return exit code and answer, checked by its schema."""

    def run(command, *arguments):
        capsys.readouterr()
        code = main([command, *arguments, "--json"])
        value = json.loads(capsys.readouterr().out)
        name = "error" if isinstance(value, dict) and "error" in value else command
        name = "list-history" if "history" in arguments else name
        schema = files("resources").joinpath("schemas", f"{name}.json").read_text("utf-8")
        jsonschema.validate(value, json.loads(schema))
        return code, value

    return run


def test_rows_are_edited_by_condition_and_taken_back(project, answer):
    code, told = answer("edit", project, "sites", "--where", "priority > 1",
                        "--set", "priority=1", "--set", "guaranteed_mbps=1.5 Gbit/s")  # fmt: skip
    assert (code, told["found"], told["changed"]) == (0, 2, 2)
    assert told["step"] == "Change Guaranteed rate and Priority of 2 in Sites"
    _, listed = answer("list", project, "sites")
    assert {row["guaranteed_mbps"] for row in listed} == {1500.0}
    answer("undo", project)
    _, listed = answer("list", project, "sites")
    assert {row["uid"]: row["priority"] for row in listed} == {"q": 2, "b": 4}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--uid", "q", "--set", "priority=9"), "between"),
        (("--uid", "q", "--set", "priority=1,5"), "no number"),
        (("--uid", "q", "--set", "category=zoo"), "choose one of"),
        (("--uid", "q", "--set", "colour=red"), "no column"),
        (("--uid", "q", "--set", "name="), "needed"),
        (("--uid", "nobody", "--set", "priority=1"), "no object"),
        (("--where", "priority >", "--set", "priority=1"), "expected"),
        (("--set", "priority=1"), "--where"),
        (("--uid", "q"), "--set"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_changes(project, answer, arguments, word):
    code, told = answer("edit", project, "sites", *arguments)
    assert code == 2
    assert word in told["error"]["message"]
    assert answer("list", project, "history")[1] == []


def test_nothing_found_is_exit_1_and_a_dry_run_changes_nothing(project, answer):
    assert answer("edit", project, "sites", "--where", "priority = 5", "--set", "note=x")[0] == 1
    code, told = answer("edit", project, "sites", "--uid", "q", "--set", "note=x", "--dry-run")
    assert (code, told["changed"]) == (0, 1)
    assert answer("list", project, "history")[1] == []


def test_a_deletion_names_what_goes_with_it(project, answer):
    code, told = answer("delete", project, "nodes", "--uid", "c", "--dry-run")
    assert (code, told["with_them"], told["released"]) == (0, {"spans": ["hc"]}, {"sites": ["q"]})
    assert len(answer("list", project, "nodes")[1]) == 2
    answer("delete", project, "nodes", "--uid", "c")
    assert answer("list", project, "spans")[1] == []
    assert answer("list", project, "sites")[1][0]["node"] is None
    answer("undo", project)
    assert len(answer("list", project, "spans")[1]) == 1


def test_rows_without_a_place_are_added(project, answer):
    code, told = answer("add", project, "organisations", "--set", "name=Comune di Rho")
    assert code == 0
    code, told = answer("add", project, "agreements", "--set", "body=comune di rho",
                        "--set", "signed=2026-01-31", "--set", "is_in_operation=yes")  # fmt: skip
    assert code == 0
    (row,) = answer("list", project, "agreements")[1]
    assert row["uid"] == told["uid"]
    assert (row["signed"], row["is_in_operation"]) == ("2026-01-31T00:00:00.000Z", True)
    assert answer("add", project, "sites", "--set", "name=X")[0] == 2


def test_a_table_is_written_as_shown_for_italian_spreadsheets(project, answer, tmp_path):
    code, told = answer("table", project, "sites", "--sort=-priority",
                        "--columns", "name,guaranteed_mbps,node", "--to", "out.csv")  # fmt: skip
    assert (code, told["file"]["rows"]) == (0, 2)
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [line[0] for line in lines[1:]] == ["'=Biblioteca", "Questura"]
    assert lines[2][1:] == ["1000,5", "Pozzetto", "q"]
    code, told = answer("table", project, "sites", "--where", "priority = 2", "--to", "out.xlsx",
                        "--language", "en")  # fmt: skip
    assert (code, told["file"]["rows"]) == (0, 1)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    found = {cell.value: sheet.cell(2, cell.column).value for cell in sheet[1]}
    assert found["Name"] == "Questura"
    assert found["Guaranteed rate (Mbit/s)"] == 1000.5
    assert answer("table", project, "sites", "--to", "out.pdf")[0] == 2
    assert answer("table", project, "sites", "--to", project)[0] == 2


def test_mends_from_the_command_line_are_steps_of_their_own(project, answer):
    _, told = answer("check", project)
    assert "span.length_missing" in {item["rule"] for item in told["findings"]}
    _, told = answer("check", project, "--mend", "span.length_missing", "--mend", "span.no_end")
    assert told["mended"] == {"span.length_missing": 1, "span.no_end": 0}
    assert "span.length_missing" not in {item["rule"] for item in told["findings"]}
    assert len(answer("list", project, "history")[1]) == 1
    assert answer("check", project, "--mend", "hub.overbooked")[0] == 2


def test_a_mapping_once_chosen_is_used_again_and_told(project, answer, tmp_path):
    (tmp_path / "a.csv").write_text("uid,insegna,capienza,lon,lat\nx1,Scuola,3,9.19,45.46\n")
    code, told = answer("import", project, "a.csv", "--as", "sites", "--map", "name=insegna",
                        "--map", "code=capienza")  # fmt: skip
    assert code == 0
    (tmp_path / "b.csv").write_text("uid,insegna,lon,lat\nx2,Asilo,9.18,45.47\n")
    code, told = answer("import", project, "b.csv", "--as", "sites")
    assert code == 0
    assert "import.remembered_mapping" in {item["rule"] for item in told["findings"]}
    rows = {row["uid"]: row for row in answer("list", project, "sites")[1]}
    assert (rows["x1"]["name"], rows["x1"]["code"], rows["x2"]["name"]) == ("Scuola", "3", "Asilo")
    (tmp_path / "c.csv").write_text("uid,insegna,lon,lat\nx3,Nido,9.17,45.47\n")
    code, told = answer("import", project, "c.csv", "--as", "sites", "--anew")
    assert "import.remembered_mapping" not in {item["rule"] for item in told["findings"]}


def test_dates_of_files_are_read_as_days_and_others_left_out(project, answer, tmp_path):
    (tmp_path / "o.csv").write_text("uid,nome\no1,Comune di Rho\no2,Comune di Arese\n")
    assert answer("import", project, "o.csv", "--as", "organisations")[0] == 0
    text = "uid;ente;firma;scadenza\na1;Comune di Rho;31/01/2026;2031-01-31\n"
    text += "a2;Comune di Arese;2026-02-01T10:30:00+01:00;presto\n"
    (tmp_path / "a.csv").write_text(text)
    code, told = answer("import", project, "a.csv", "--as", "agreements")
    assert code == 1
    assert "import.bad_value" in {item["rule"] for item in told["findings"]}
    rows = {row["uid"]: row for row in answer("list", project, "agreements")[1]}
    assert rows["a1"]["signed"] == "2026-01-31T00:00:00.000Z"
    assert rows["a1"]["ends"] == "2031-01-31T00:00:00.000Z"
    assert rows["a2"]["signed"] == "2026-02-01T09:30:00.000Z"
    assert rows["a2"]["ends"] is None


@pytest.fixture
def approved(project):
    """The project with an approved plan of one section."""
    line = shapely.LineString([point(500, 0), point(500, 40)])
    made = [
        rows("plans", {"uid": "p", "name": "A", "state": "approved"}),
        rows("plan_spans", {"uid": "ps", "plan": "p", "technique": "trench", "geometry": line}),
    ]
    path = project.replace(".gpkg", "-approved.gpkg")
    with Project.open(project) as opened:
        whole = opened.read().apply(combine(message("plan"), made))
    everything = [insert(name, frame) for name, frame in whole.tables.items() if len(frame)]
    Project.create(path, "Approved", CRS, combine(message("all"), everything)).close()
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ("edit", "plan_spans", "--uid", "ps", "--set", "locked=true"),
        ("edit", "plans", "--uid", "p", "--set", "name=B"),
        ("delete", "plans", "--uid", "p"),
    ],
)
def test_an_approved_plan_is_neither_edited_nor_deleted(approved, answer, arguments):
    command, *rest = arguments
    code, told = answer(command, approved, *rest)
    assert code == 2
    assert "cannot be changed" in told["error"]["message"]
    assert len(answer("list", approved, "plan_spans")[1]) == 1
