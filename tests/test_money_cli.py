"""Commands about who brings the money: contributions, agreements, funding, assumptions."""

import json
import shutil
from decimal import Decimal
from importlib.resources import files

import jsonschema
import pytest

from app import jobs
from app.cli import main
from app.io.project import Project
from app.io.stored_texts import ECONOMICS_SOURCES, PRICE_SOURCES
from app.model.changes import combine, insert
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES
from app.planning.costs.assumptions import assumption_book

NAMES = ("Comune di Rho", "Comune di Pero", "Comune di Arese")
SCHEMAS = files("resources").joinpath("schemas")


def town_rows():
    """Three municipalities, two with residents, each with an agreement."""
    bodies = [
        {"uid": f"o{number}", "name": name, "identifier": f"01500{number}", "role": "municipality"}
        for number, name in enumerate(NAMES)
    ]
    agreements = [
        {"uid": f"g{number}", "body": f"o{number}", "signed": "2020-06-01T00:00:00.000Z",
         "contribution_key": "residents"}
        for number in range(3)
    ]  # fmt: skip
    residents = {0: 50000, 1: 10000}
    areas = [
        {"uid": f"a{number}", "name": name[10:], "code": f"01500{number}", "kind": "municipality",
         "residents": residents.get(number)}
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    return {"organisations": bodies, "agreements": agreements, "areas": areas}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    path = tmp_path_factory.mktemp("money") / "p.gpkg"
    assert main(["new", str(path), "--name", "Money"]) == 0
    with Project.open(path) as project:
        crs = project.read().crs
        frames = {name: frame_from_rows(TABLES[name], rows, crs) for name, rows in
                  town_rows().items()}  # fmt: skip
        project.apply(combine(message("rows"), [insert(n, f) for n, f in frames.items()]))
    return path


@pytest.fixture
def project(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(jobs, "run", lambda f, *a, report=None, **k: f(*a, progress=report, **k))
    return shutil.copy(built, tmp_path / "p.gpkg")


@pytest.fixture
def answer(project, capsys):
    """Run a command with --json, check code and schema, and return the value."""
    capsys.readouterr()

    def ask(command, *words, schema=None, code=0):
        assert main([command, "p.gpkg", *map(str, words), "--json"]) == code
        value = json.loads(capsys.readouterr().out)
        definition = json.loads(SCHEMAS.joinpath(f"{schema or command}.json").read_text())
        jsonschema.validate(value, definition)
        return value

    return ask


def test_a_yearly_sum_is_shared_and_what_is_missing_is_told(answer):
    words = ("--key", "residents", "--amount", "123456,78", "--year", 2027)
    found = answer("contributions", *words, code=1)
    paid = {row["name"]: row["amount_eur"] for row in found["contributions"]}
    assert paid == {NAMES[0]: 102880.65, NAMES[1]: 20576.13, NAMES[2]: None}
    assert [item["uid"] for item in found["unknown"]] == ["o2"]
    assert found["findings"][0]["rule"] == "contributions.unknown"


def test_an_agreement_that_is_changed_changes_the_shares(answer):
    told = answer("agreement", NAMES[2], "--yearly", "1000,50", "--term", 9)
    assert told["set"] == {"term_years": 9.0, "yearly_eur": 1000.5}
    found = answer("contributions", "--amount", 7000.5, "--date", "2027-05-01")
    paid = {row["name"]: row["amount_eur"] for row in found["contributions"]}
    assert paid == {NAMES[0]: 5000.0, NAMES[1]: 1000.0, NAMES[2]: 1000.5}
    assert found["key"] == "agreed" and found["in_force"] == 3
    ended = answer("contributions", "--amount", 6000, "--date", "2029-06-01")
    assert len(ended["not_in_force"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("contributions",), ("contributions", "--amount", "much"),
        ("contributions", "--amount", "1", "--key", "mood"),
        ("contributions", "--amount", "1", "--date", "soon"),
        ("contributions", "--amount", "nan"), ("contributions", "--amount", "1e300"),
        ("phases", "--plan", "A", "--budget", "2027=nan"),
        ("phases", "--plan", "A", "--budget", "2027=1e300"),
        ("phases", "--plan", "A", "--budget", "2027=1,2027=2"),
        ("phases", "--plan", "A", "--budget", "27=1"),
        ("contributions", "--plan", "nowhere"), ("agreement", "Nowhere", "--term", "1"),
        ("agreement", NAMES[0], "--key", "mood"), ("funding", "set"),
        ("funding", "set", "X", "5", "--category", "pub"), ("funding", "delete", "X"),
        ("assumptions", "set", "B3=8"), ("assumptions", "set", "mood=1"),
        ("assumptions", "set", "B3"), ("assumptions", "set", "B3=1/2"),
        ("assumptions", "reset", "mood"),
    ],
)  # fmt: skip
def test_senseless_words_are_refused(answer, words):
    answer(*words, schema="error", code=2)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1"])
def test_a_figure_that_is_no_number_is_refused(project, value):
    with Project.open(project, read_only=True) as opened:
        network = opened.read()
    with pytest.raises(InputError):
        assumption_book(network, {"B3": Decimal(value)})


def test_a_new_project_has_the_default_funding_and_it_can_be_changed(answer):
    (first,) = answer("funding", "list")["fundings"]
    assert (first["amount_eur"], first["category"]) == (2_000_000, "civil_protection")
    assert first["placeholder"]
    answer("funding", "set", first["name"], 1_900_000.5)
    words = ("set", "Regione", "500000", "--from", 2027, "--to", 2028, "--source", "D.g.r. 1/2026")
    found = answer("funding", *words)
    assert found["total_eur"] == 2_400_000.5
    assert [row["placeholder"] for row in found["fundings"]] == [False, False]
    assert len(answer("funding", "delete", "Regione")["fundings"]) == 1


def test_assumptions_of_a_project_are_set_and_reset(answer):
    words = ("set", "B3=0.08", "power.price=0,2/0,22/0,3", "--source", "Council 3/2026")
    found = {row["code"]: row for row in answer("assumptions", *words)["assumptions"]}
    assert found["B3"]["typical"] == 0.08 and found["B3"]["source"] == "Council 3/2026"
    power = found["power.price"]
    assert (power["low"], power["high"], power["own"], power["placeholder"]) == (
        0.2, 0.3, True, False,
    )  # fmt: skip
    rows = answer("assumptions", "reset", "B3", "power.price")["assumptions"]
    assert not any(row["own"] for row in rows)


def test_plain_tables_are_readable(project, capsys):
    capsys.readouterr()
    for words in (["funding", "p.gpkg", "list"], ["assumptions", "p.gpkg", "list"]):
        assert main(words) == 0
    assert main(["contributions", "p.gpkg", "--amount", "60"]) == 1
    out = capsys.readouterr().out
    assert "2,000,000.00" in out and "discount_rate" in out and "50.00" in out


def test_every_shipped_source_is_there_to_be_translated():
    data = json.loads(files("resources").joinpath("economics.json").read_text(encoding="utf-8"))
    told = {row["source"] for row in data["assumptions"]} | {data["funding"]["source"]}
    assert told <= {*ECONOMICS_SOURCES, *PRICE_SOURCES}
    codes = [row["code"] for row in data["assumptions"]]
    assert len(codes) == len(set(codes))
    for row in data["assumptions"]:
        ends = [row[end] for end in ("low", "typical", "high")]
        assert ends == [None] * 3 or ends == sorted(ends)
