"""Findings for the person who has to clean the data."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from app.io.importing.headings import guess_mapping, normalised
from app.io.importing.words import translator_of, truth
from app.model import codes
from app.model.findings import Severity
from app.model.tables import TABLES
from tests.io.importing.helpers import finding_of, outcome_of, rules_of, table_of

pytestmark = pytest.mark.usefixtures("in_process")

X, Y = 514000.0, 5034000.0


def write_sites(path, rows):
    """Write rows of name, address, municipality, x, y in m from the middle of Milan."""
    names, addresses, towns, xs, ys = zip(*rows, strict=True)
    frame = {
        "Nome": names,
        "Indirizzo": addresses,
        "Comune": towns,
        "Tipologia": ["liceo"] * len(rows),
    }
    points = gpd.points_from_xy(np.array(xs) + X, np.array(ys) + Y)
    gpd.GeoDataFrame(frame, geometry=points, crs=7791).to_file(path)
    return path


def with_towns(network, tmp_path):
    """Return a network with two square municipalities side by side."""
    path = tmp_path / "comuni.gpkg"
    boxes = [shapely.box(X + x, Y, X + x + 1000, Y + 1000) for x in (0, 1000)]
    frame = {"Nome": ["Ala", "Bó"], "PRO_COM": [15001, 15002]}
    gpd.GeoDataFrame(frame, geometry=boxes, crs=7791).to_file(path)
    outcome = outcome_of(path, network=network)
    assert outcome.target == "areas"
    assert set(table_of(outcome, "areas")["kind"]) == {"municipality"}
    return network.apply(outcome.changes)


def test_point_outside_the_municipality_it_names(network, tmp_path):
    network = with_towns(network, tmp_path)
    rows = [
        ("giusta", "Via A 1", "ALA", 500, 500),
        ("sul confine", "Via B 1", "Ala", 1020, 500),
        ("sbagliata", "Via C 1", "Ala", 1500, 500),
        ("lontana", "Via D 1", "bo'", 5000, 500),
    ]
    outcome = outcome_of(write_sites(tmp_path / "scuole.gpkg", rows), "sites", network=network)
    told = [f for f in outcome.findings if f.rule == "site.outside_municipality"]
    assert [str(f.message) for f in told] == [
        "lontana lies 3000 m outside Bó, in none of the known municipalities",
        "sbagliata lies 500 m outside Ala, in Bó",
    ]
    assert told[1].place == pytest.approx((X + 1500, Y + 500), abs=0.01)
    assert told[1].uids == (table_of(outcome, "sites").index[2],)
    assert "1 objects" in str(finding_of(outcome, "point.outside_areas").message)


def test_same_coordinates_matter_when_the_streets_differ(network, tmp_path):
    rows = [
        ("liceo", "Via Dini, 7", "Milano", 0, 0),
        ("serale", "Via U. Dini 9", "Milano", 0, 0),
        ("nido", "Via Roma 1", "Milano", 50, 0),
        ("medie", "Viale Monza 3", "Milano", 50, 0),
        ("sola", "Via Verdi", "Milano", 90, 0),
    ]
    outcome = outcome_of(write_sites(tmp_path / "scuole.gpkg", rows), "sites")
    doubtful = [f for f in outcome.findings if f.rule == "point.same_place"]
    assert [len(f.uids) for f in doubtful] == [2]
    assert doubtful[0].severity is Severity.WARNING
    assert "Via Roma 1" in str(doubtful[0].message)
    assert "2 objects share 1 places" in str(finding_of(outcome, "point.shared_place").message)


def test_point_far_from_the_rest_and_from_its_peers(tmp_path):
    rows = [(f"s{i}", f"Via {i}", "Milano", 300 * i, 100 * i) for i in range(20)]
    rows.append(("presso Roma", "Via X", "Milano", 250_000, -390_000))
    outcome = outcome_of(write_sites(tmp_path / "scuole.gpkg", rows), "sites")
    told = [f for f in outcome.findings if f.uids == (table_of(outcome, "sites").index[20],)]
    assert [f.rule for f in told] == ["site.away_from_peers"]
    nodes = outcome_of(tmp_path / "scuole.gpkg", "nodes", set_values={"type": "hub"})
    assert "presso Roma" in str(finding_of(nodes, "point.far_away").message)


def test_repeated_rows_are_told(tmp_path):
    rows = [("a", "Via A", "Milano", 0, 0), ("a", "Via A", "Milano", 0, 0)]
    outcome = outcome_of(write_sites(tmp_path / "scuole.gpkg", rows), "sites")
    assert outcome.accepted == 2
    assert "1 objects repeat" in str(finding_of(outcome, "import.repeated").message)


def test_gaps_and_separate_parts_of_streets(tmp_path):
    def line(*points):
        return shapely.LineString([(X + x, Y + y) for x, y in points])

    shapes = [
        line((0, 0), (100, 0)),
        line((100, 0), (200, 0)),
        line((100.3, 0.2), (100, 80)),  # misses the junction by 0.36 m
        line((150, 0.4), (150, 90)),  # misses the middle of the second street
        line((0, 500), (100, 500)),
    ]
    path = tmp_path / "strade.gpkg"
    gpd.GeoDataFrame({"nome": list("abcde")}, geometry=shapes, crs=7791).to_file(path)
    outcome = outcome_of(path)
    assert outcome.target == "streets"
    assert "2 ends" in str(finding_of(outcome, "street.gaps").message)
    assert sorted(f.place for f in outcome.findings if f.rule == "street.gap") == [
        pytest.approx((X + 100.3, Y + 0.2), abs=0.01),
        pytest.approx((X + 150, Y + 0.4), abs=0.01),
    ]
    parts = finding_of(outcome, "street.separate_parts")
    assert parts.severity is Severity.WARNING
    assert "2 separate parts" in str(parts.message)  # a plan closes the two gaps


def test_a_guess_that_means_nothing_does_not_cost_the_rows(tmp_path):
    path = tmp_path / "ferrovie.geojson"
    shapes = [shapely.LineString([(9.1, 45.4), (9.2, 45.5)])]
    gpd.GeoDataFrame({"TIPO": [2], "nome": ["FNM"]}, geometry=shapes, crs=4326).to_file(path)
    outcome = outcome_of(path)
    assert outcome.target == "barriers"
    assert table_of(outcome, "barriers")["kind"].tolist() == ["railway"]
    assert {"import.column_not_understood", "import.kind_assumed"} <= rules_of(outcome)
    asked = outcome_of(path, "barriers", mapping={"kind": "TIPO"}, rejected_folder=tmp_path)
    assert asked.accepted == 0


@pytest.mark.parametrize(
    ("table", "headings", "expected"),
    [
        (
            "sites",
            ["Denominazione", "CODICE SCUOLA"],
            {"name": "Denominazione", "code": "CODICE SCUOLA"},
        ),
        ("sites", ["Città", "Priorità"], {"municipality": "Città", "priority": "Priorità"}),
        ("sites", ["DESCRIZIONE_FARMACIA"], {"name": "DESCRIZIONE_FARMACIA"}),
        ("streets", ["highway", "osm_id"], {"road_class": "highway", "source_id": "osm_id"}),
        ("nodes", ["nodeType"], {"type": "nodeType"}),
        ("sites", ["Denominazone"], {"name": "Denominazone"}),  # a slip of the pen
        ("sites", ["anello_reason", "qualcosa"], {}),
        ("spans", ["da", "a", "vento"], {"start_node": "da"}),
    ],
)
def test_headings(table, headings, expected):
    assert guess_mapping(TABLES[table], headings).columns == expected


def test_every_code_and_alias_stands_for_itself():
    for table in TABLES.values():
        for column in table.columns:
            if column.choices:
                translate = translator_of(column.choices)
                assert [translate(code) for code in column.choices] == list(column.choices)
            assert guess_mapping(table, [column.name]).columns.get(column.name) in (
                column.name, None if column.name == "plan" else column.name
            )  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "word", "code"),
    [
        (codes.STATUSES, "In esercizio", "operational"),
        (codes.SITE_CATEGORIES, "Scuola dell'Infanzia", "school_primary"),
        (codes.SITE_CATEGORIES, "Istituto Istruzione Secondario Primo grado", "school_secondary"),
        (codes.SITE_CATEGORIES, "OSPEDALE", "hospital"),
        (codes.SITE_CATEGORIES, "Sede di Protezione Civile", "civil_protection"),
        (codes.SURFACES, "Asfalto", "asphalt"),
        (codes.ROAD_CLASSES, "living_street", "residential"),
        (codes.HAZARD_SCENARIOS, "P3", "H"),
        (codes.TECHNIQUES, "TOC", "noDig"),
        (codes.STATUSES, "boh", None),
    ],
)
def test_words(choices, word, code):
    assert translator_of(choices)(word) == code


@pytest.mark.parametrize(
    ("word", "value"), [("Sì", True), ("VERO", True), ("1", True), ("no", False), ("forse", None)]
)
def test_truth(word, value):
    assert truth(word) is value


def test_normalised():
    assert normalised(" Località (Città) ") == "localita_citta"


def test_streets_that_meet_without_a_common_vertex_are_one_part(tmp_path):
    """A crossing and a junction in mid-line count; a bridge over a street does not."""
    path = tmp_path / "strade.gpkg"
    lines = [
        shapely.LineString([(514000, 5034000), (515000, 5034000)]),
        shapely.LineString([(514300, 5033900), (514300, 5034100)]),
        shapely.LineString([(514600, 5034000), (514600, 5034100)]),
        shapely.LineString([(514800, 5033950), (514800, 5034050)]),
    ]
    bridges = [False, False, False, True]
    gpd.GeoDataFrame({"is_bridge": bridges}, geometry=lines, crs=7791).to_file(path)

    outcome = outcome_of(path, "streets")

    assert "street.gaps" not in {finding.rule for finding in outcome.findings}
    parts = [f for f in outcome.findings if f.rule == "street.separate_part"]
    assert [f.place for f in parts] == [(514800.0, 5033950.0)]
