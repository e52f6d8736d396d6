"""Price lists and cost rules from the command line, end to end."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from app import jobs
from app.cli import main
from app.io.importing import readers, reading
from app.io.importing.source import pack, unpack
from app.io.project import Project
from app.planning.costs.prices import price_book

REFERENCE = "Anello reference prices"
STREETS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature", "properties": {"highway": "residential", "surface": "asphalt"},
            "geometry": {"type": "LineString", "coordinates": [[9.2, 45.45], [9.21, 45.45]]},
        }
    ],
}  # fmt: skip
LISTINO = "Codice;Descrizione;UM;Prezzo;Fonte\nminitrench.asphalt;Minitrincea;ml;47,50;Gara 2026\n"


def here(function, *args, report=None, **kwargs):
    return function(*args, progress=report, **kwargs)


def read_here(request, progress, **limits):
    """Read a table in this process, packed as the worker would."""
    answer = readers.read(Path(request["path"]), {**request, "folder": Path()}, progress)
    return unpack(pack(answer))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project of one street, a hub, a school, and plan A."""
    home = tmp_path_factory.mktemp("prices")
    (home / "vie.geojson").write_text(json.dumps(STREETS))
    (home / "hub.csv").write_text("nome,lon,lat\nHub,9.2,45.45\n")
    (home / "sedi.csv").write_text("uid,nome,categoria,lon,lat\ns1,Scuola,altro,9.207,45.4502\n")
    (home / "listino.csv").write_text(LISTINO)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setattr(jobs, "run", here)
        assert main(["new", "p.gpkg"]) == 0
        assert main(["import", "p.gpkg", "vie.geojson", "--as", "streets"]) == 0
        patch.setattr(reading, "read_in_worker", read_here)
        assert main(["import", "p.gpkg", "hub.csv", "--as", "nodes", "--set", "type=hub"]) == 0
        assert main(["import", "p.gpkg", "sedi.csv", "--as", "sites"]) in (0, 1)
        assert main(["plan", "p.gpkg", "--name", "A", "--time-limit", "1"]) == 0
    return home


@pytest.fixture
def town(built, tmp_path, monkeypatch):
    """A copy of the project and the list, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(jobs, "run", here)
    monkeypatch.setattr(reading, "read_in_worker", read_here)
    for name in ("p.gpkg", "listino.csv"):
        shutil.copy(built / name, tmp_path / name)
    return tmp_path


def answer(capsys, schema, *words, code=0):
    capsys.readouterr()
    exit_code = main([*(str(word) for word in words), "--json"])
    captured = capsys.readouterr()
    assert exit_code == code, captured.err + captured.out
    value = json.loads(captured.out)
    definition = json.loads(files("resources").joinpath(f"schemas/{schema}.json").read_text())
    jsonschema.validate(value, definition)
    return value


def prices(capsys, command, *words, code=0):
    return answer(capsys, f"prices-{command}", "prices", "p.gpkg", command, *words, code=code)


def test_a_plan_keeps_its_list_while_lists_get_versions(town, capsys):
    before = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A")
    assert not before["is_repriced"] and before["plan_price_list"] == f"{REFERENCE}@2"
    made = prices(capsys, "import", "listino.csv", "--onto", REFERENCE, "--use")
    assert (made["version"], made["accepted"], made["rejected"]) == ("3", 1, [])
    after = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A")
    assert after["items"] == before["items"]
    other = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A", "--prices", REFERENCE)
    assert other["is_repriced"] and other["priced_with"] == f"{REFERENCE}@3"
    assert other["objective_eur"] > before["objective_eur"]
    main(["plan", "p.gpkg", "--name", "B", "--time-limit", "1"])
    new = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "B")
    assert new["objective_eur"] == other["objective_eur"]
    main(["plan", "p.gpkg", "--name", "C", "--time-limit", "1", "--prices", f"{REFERENCE}@2"])
    old = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "C")
    assert old["objective_eur"] == before["objective_eur"]
    rows = {row["version"]: row for row in prices(capsys, "list") if row["name"] == REFERENCE}
    assert (rows["2"]["plans"], rows["3"]["plans"]) == (["A", "C"], ["B"])
    assert rows["3"]["is_current"] and rows["3"]["based_on"] == rows["2"]["uid"]


def test_a_priced_comparison_is_labelled_for_people(town, capsys):
    prices(capsys, "index", REFERENCE, "--factor", "1,08", "--source", "ISTAT", "--year", 2026)
    assert main(["cost", "p.gpkg", "--plan", "A", "--prices", REFERENCE]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"priced with  {REFERENCE}@3, for comparison; the plan was priced with")


def test_lists_are_shown_set_used_compared_and_deleted(town, capsys):
    made = prices(
        capsys, "set", REFERENCE, "trench.asphalt", "--typical", "99,5", "--source", "Gara 2026"
    )
    assert made["version"] == "3"  # plan A was priced with version 2
    shown = {row["code"]: row for row in prices(capsys, "show", REFERENCE)}
    assert shown["trench.asphalt"]["typical_eur"] == 99.5
    assert not shown["trench.asphalt"]["is_placeholder"]
    again = prices(capsys, "set", REFERENCE, "trench.asphalt", "--typical", "98")
    assert (again["list"], again["version"]) == (made["list"], "3")  # nobody uses version 3
    found = prices(capsys, "compare", f"{REFERENCE}@2", f"{REFERENCE}@3")
    assert found["changed"] == 1
    used = prices(capsys, "use", f"{REFERENCE}@2")
    assert used["name"] == REFERENCE
    prices(capsys, "delete", f"{REFERENCE}@3")
    assert main(["prices", "p.gpkg", "delete", f"{REFERENCE}@2"]) == 2
    assert main(["undo", "p.gpkg"]) == 0
    assert len(prices(capsys, "list")) == 3


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_exported_list_comes_back_as_it_was(town, capsys, language, suffix):
    file = f"out.{suffix}"
    told = prices(capsys, "export", REFERENCE, "--to", file, "--language", language)
    made = prices(capsys, "import", file, "--name", "Back")
    assert made["accepted"] == told["items"] == made["read"]
    found = prices(capsys, "compare", REFERENCE, "Back")
    assert (found["changed"], found["only_first"], found["only_second"]) == (0, [], [])
    with Project.open(town / "p.gpkg", read_only=True) as project:
        network = project.read()
    old, new = (
        price_book(network, uid).prices for uid in (made_uid(network, REFERENCE), made["list"])
    )
    assert old == new


def made_uid(network, name):
    lists = network.table("price_lists")
    return str(lists.index[lists["name"] == name][0])


def test_a_bad_file_leaves_the_project_alone_and_says_why(town, capsys):
    (town / "bad.csv").write_text("code,text,unit,price\nx,y,acre,5\n")
    lists = prices(capsys, "list")
    found = prices(capsys, "import", "bad.csv", "--name", "Bad", code=1)
    assert found["list"] is None and found["accepted"] == 0
    assert found["rejected"][0]["row"] == 2 and "acre" in found["rejected"][0]["reason"]
    assert found["rejected_file"].endswith("bad.rejected.csv")
    assert prices(capsys, "list") == lists
    (town / "noise.csv").write_bytes(b"\x00\x01\x02")
    for words in (["noise.csv"], ["nowhere.csv"], ["listino.csv", "--map", "typical_eur=Costo"]):
        assert main(["prices", "p.gpkg", "import", *words]) == 3
    assert main(["prices", "p.gpkg", "import", "listino.csv", "--name", REFERENCE]) == 2
    assert main(["prices", "p.gpkg", "index", REFERENCE, "--factor", "x", "--source", "s",
                 "--year", "2026"]) == 2  # fmt: skip
    assert prices(capsys, "list") == lists


def test_a_workbook_with_sheets_is_imported(town, capsys):
    book = openpyxl.Workbook()
    book.active.append(["codice", "descrizione", "um", "prezzo"])
    book.active.append(["a", "Scavo", "m", 5])
    book.create_sheet("Altro").append(["x"])
    book.save(town / "l.xlsx")
    assert main(["prices", "p.gpkg", "import", "l.xlsx"]) == 3
    made = prices(
        capsys, "import", "l.xlsx", "--layer", book.active.title, "--source", "Gara", code=0
    )
    assert (made["name"], made["accepted"]) == ("l", 1)


def test_rules_are_written_edited_carried_and_reset(town, capsys):
    told = prices(capsys, "rules", "--to", "rules.json")
    assert not told["own"]
    document = json.loads((town / "rules.json").read_text(encoding="utf-8"))
    document["quantities"]["chambers"]["every_m"] = 100
    (town / "rules.json").write_text(json.dumps(document))
    before = answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A")
    assert (
        main(["plan", "p.gpkg", "--name", "F", "--time-limit", "1", "--rules", "rules.json"]) == 0
    )
    assert prices(capsys, "rules", "--use", "rules.json")["own"]
    assert main(["plan", "p.gpkg", "--name", "G", "--time-limit", "1"]) == 0
    assert answer(capsys, "cost", "cost", "p.gpkg", "--plan", "A") == before
    chambers = {}
    for plan in "AFG":
        found = answer(capsys, "cost", "cost", "p.gpkg", "--plan", plan)
        lines = {line["code"]: line["quantity"] for line in found["items"]}
        chambers[plan] = lines["chamber.route"]
    assert chambers["A"] < chambers["F"] == chambers["G"]
    assert not prices(capsys, "rules", "--reset")["own"]
    (town / "rules.json").write_text("{")
    assert main(["prices", "p.gpkg", "rules", "--use", "rules.json"]) == 2
    assert main(["prices", "p.gpkg", "rules", "--use", "gone.json"]) == 3
    assert main(["prices", "p.gpkg", "rules", "--use", "rules.json", "--reset"]) == 2


def test_the_reference_prices_are_there_already_in_a_new_project(town, capsys):
    assert main(["prices", "p.gpkg", "reference"]) == 2
    prices(capsys, "list")
