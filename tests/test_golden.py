"""Golden files: what commands print, the bill of a plan, and the words of its report.

A wanted change is taken over with ``pytest tests/test_golden.py --take-golden``; read the
difference before committing it.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import jobs, workflows
from app.cli import main
from app.io.project import Project
from app.workflows import papers

GOLDEN = Path(__file__).parent / "golden"
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
STREETS = {
    "Via Roma": [(9.200, 45.450), (9.204, 45.450)],
    "Via Verdi": [(9.204, 45.450), (9.204, 45.454)],
    "Via Dante": [(9.204, 45.454), (9.200, 45.454)],
    "Via Po": [(9.200, 45.454), (9.200, 45.450)],
}
SITES = "uid,nome,categoria,lon,lat\ns1,Scuola,school_primary,9.2021,45.4502\n"
SITES += "s2,Ospedale,hospital,9.2038,45.4521\ns3,Baita,other_body,9.30,45.60\n"


@pytest.fixture
def check_golden(request):
    """Compare a text with its golden file, or take it over on request."""

    def check(name, text):
        path = GOLDEN / name
        if request.config.getoption("--take-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A project of four streets, a river, a hub and three sites, with plan A."""
    home = tmp_path_factory.mktemp("golden")
    features = [
        {
            "type": "Feature",
            "properties": {
                "uid": f"00000000-0000-4000-8000-00000000000{number}",
                "nome": name,
                "classe": "residential",
                "superficie": "asfalto",
            },
            "geometry": {"type": "LineString", "coordinates": points},
        }
        for number, (name, points) in enumerate(STREETS.items())
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (home / "vie.geojson").write_text(json.dumps(collection))
    (home / "hub.csv").write_text("uid,nome,lon,lat\nh1,Hub,9.2,45.45\n")
    (home / "sedi.csv").write_text(SITES)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setattr(jobs, "run", lambda function, *a, report=None, **k: function(*a, **k))
        assert main(["new", "p.gpkg", "--name", "Golden"]) == 0
        assert main(["import", "p.gpkg", "vie.geojson", "--as", "streets"]) == 0
        assert main(["import", "p.gpkg", "hub.csv", "--as", "nodes", "--set", "type=hub"]) == 0
        assert main(["import", "p.gpkg", "sedi.csv", "--as", "sites"]) in (0, 1)
        assert main(["plan", "p.gpkg", "--name", "A", "--time-limit", "2"]) == 1
    return home


def steady(text):
    """Take out what differs from run to run: identifiers, seconds, trailing blanks."""
    text = text.replace("\u200b", "")
    text = re.sub(r'("seconds": |seconds +)[0-9.]+', r"\1#", UID.sub("UID", text))
    text = re.sub(r"[0-9-]{10}T[0-9:.]+Z", "MOMENT", text)
    text = re.sub(r'"[0-9.,]+ s"', '"# s"', text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("plan.json", ["plan", "p.gpkg", "--name", "B", "--time-limit", "2", "--json"]),
        ("plan.txt", ["plan", "p.gpkg", "--name", "C", "--time-limit", "2"]),
        ("redundancy.txt", ["analyse", "p.gpkg", "redundancy", "--plan", "A"]),
        ("failures.txt", ["analyse", "p.gpkg", "failures", "--plan", "A", "--depth", "2"]),
        ("availability.txt", ["analyse", "p.gpkg", "availability", "--plan", "A"]),
        ("measures.txt", ["analyse", "p.gpkg", "measures"]),
        ("rates.txt", ["analyse", "p.gpkg", "rates"]),
        ("cost.txt", ["cost", "p.gpkg", "--plan", "A"]),
        ("compare.txt", ["compare", "p.gpkg", "A"]),
        (
            "phases.txt",
            ["phases", "p.gpkg", "--plan", "A", "--budget", "2027=1e5", "--next", "5e4"],
        ),
        ("contributions.txt", ["contributions", "p.gpkg", "--plan", "A", "--date", "2027-01-01"]),
        ("funding.txt", ["funding", "p.gpkg", "list"]),
        ("assumptions.txt", ["assumptions", "p.gpkg", "list"]),
        ("sites.txt", ["list", "p.gpkg", "sites", "--columns", "name,category,status,priority"]),
        ("check.json", ["check", "p.gpkg", "--json"]),
        ("help.txt", ["--help"]),
    ],
)
def test_commands_print_what_they_printed(town, monkeypatch, capsys, check_golden, name, words):
    monkeypatch.chdir(town)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(jobs, "run", lambda function, *a, report=None, **k: function(*a, **k))
    main(words)
    text = steady(capsys.readouterr().out)
    if name in ("redundancy.txt", "failures.txt"):  # equal weights come in the order of uids
        text = "\n".join(sorted(text.splitlines())) + "\n"
    check_golden(name, text)


def test_the_bill_is_what_it_was(town, check_golden):
    with Project.open(town / "p.gpkg", read_only=True) as project:
        rows = workflows.dossier(project.read(), "A").bill
    lines = [
        f"{row.code}; {row.kind}; {row.quantity} {row.unit}; "
        f"{' / '.join(str(price) for price in row.unit_price_eur.parts())}; "
        f"{' / '.join(str(amount) for amount in row.amount_eur.parts())}; "
        f"{'placeholder' if row.is_placeholder else row.source}"
        for row in rows
    ]
    check_golden("bill.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_report_says_what_it_said(town, monkeypatch, check_golden, language):
    from app.io.export.report import report_data

    monkeypatch.setattr(papers, "now", lambda: MOMENT)
    with Project.open(town / "p.gpkg", read_only=True) as project:
        data = report_data(workflows.dossier(project.read(), "A"), language)
    # Other tests may have added plans to compare with.
    for part in data["alternatives"]:
        kept = [at for at, name in enumerate(part["names"], 1) if name not in ("B", "C")]
        part["names"] = [part["names"][at - 1] for at in kept]
        part["rows"] = [[row[0], *(row[at] for at in kept)] for row in part["rows"]]
    data = {name: item for name, item in data.items() if name != "colors"}
    check_golden(f"report.{language}.json", steady(json.dumps(data, ensure_ascii=False, indent=1)))
