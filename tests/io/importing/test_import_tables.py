"""Tables with coordinates, as offices write them."""

from __future__ import annotations

import numpy as np
import pytest

from app.io.importing.coordinates import parse_degrees, split_pair
from app.model.errors import ExchangeError
from tests.io.importing.helpers import (
    LAT,
    LON,
    NAMES,
    finding_of,
    metric,
    outcome_of,
    rules_of,
    table_of,
    xy_of,
)

pytestmark = pytest.mark.usefixtures("in_process")


def csv_file(folder, text, encoding="utf-8", name="sedi.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path, encoding, delimiter):
    rows = [["Nome", "Long", "Lat"], ["Università", "9.19", "45.46"], ["Città", "9.2", "45.47"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    outcome = outcome_of(csv_file(tmp_path, text, encoding), "sites")
    assert table_of(outcome, "sites")["name"].tolist() == ["Università", "Città"]
    assert ("import.encoding" in rules_of(outcome)) == (encoding == "cp1252")


DMS = ["45°27'51.1\"N", "45° 28' 4,8\" N", "N 45 28 37.2"]
DMS_LON = ["9°11'24\"E", "9° 12' 14,4\" E", "E 9 13 58.8"]
PLACES = list(zip(LON, LAT, strict=True))
WRITTEN = {
    "decimal comma": (
        "Longitudine;Latitudine", [f"{x};{y}".replace(".", ",") for x, y in PLACES]
    ),
    "degrees, minutes, seconds": (
        "lon;lat", [f"{x};{y}" for x, y in zip(DMS_LON, DMS, strict=True)]
    ),
    "lat, lon in one column": ("Coordinate", [f'"{y}, {x}"' for x, y in PLACES]),
    "well-known text": ("geom", [f"POINT({x} {y})" for x, y in PLACES]),
    "text with SRID": ("wkt", [f'"SRID=4326;POINT({x} {y})"' for x, y in PLACES]),
    "pair under another heading": ("dove", [f'"{y}, {x}"' for x, y in PLACES]),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITTEN)
def test_ways_to_write_a_place(tmp_path, way):
    heading, places = WRITTEN[way]
    lines = [f"Denominazione;{heading}", *(f"{n};{p}" for n, p in zip(NAMES, places, strict=True))]
    outcome = outcome_of(csv_file(tmp_path, "\n".join(lines)), "sites")
    np.testing.assert_allclose(xy_of(table_of(outcome, "sites")), metric(LON, LAT), atol=3.5)


@pytest.mark.parametrize("headings", ["est;nord", "X;Y", "Coord_X;Coord_Y"])
def test_metric_columns_need_a_crs(tmp_path, headings):
    xy = metric(LON, LAT, "EPSG:32632")
    rows = [f"{name};{x:.2f};{y:.2f}" for name, (x, y) in zip(NAMES, xy, strict=True)]
    lines = [f"Denominazione;{headings}", *rows]
    path = csv_file(tmp_path, "\n".join(lines).replace(".", ","))
    with pytest.raises(ExchangeError, match="--crs"):
        outcome_of(path, "sites")
    outcome = outcome_of(path, "sites", crs="EPSG:32632")
    np.testing.assert_allclose(xy_of(table_of(outcome, "sites")), metric(LON, LAT), atol=0.02)
    assert "1 m" in str(finding_of(outcome, "import.crs_accuracy").message)


def test_mapping_overrides_the_guess_and_comes_back(tmp_path):
    text = "Nome;Sigla;a;b\nMunicipio;M1;9.19;45.46\n"
    path = csv_file(tmp_path, text)
    outcome = outcome_of(path, "sites", mapping={"name": "Sigla", "lon": "a", "lat": "b"})
    assert table_of(outcome, "sites")["name"].tolist() == ["M1"]
    assert outcome.mapping["name"] == "Sigla"
    assert "Nome" in str(finding_of(outcome, "import.columns_left_out").message)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mapping": {"name": "Titolo"}}, "no column Titolo"),
        ({"mapping": {"colour": "Nome"}}, "no column colour"),
        ({"set_values": {"colour": "red"}}, "no column colour"),
        ({"set_values": {"category": "castle"}}, "no value of category"),
        ({"set_values": {"priority": "9"}}, "no value of priority"),
    ],
)
def test_wrong_options_are_refused(tmp_path, options, message):
    path = csv_file(tmp_path, "Nome;lon;lat\nA;9.19;45.46\n")
    with pytest.raises(ExchangeError, match=message):
        outcome_of(path, "sites", **options)


def test_set_values_apply_to_every_row(tmp_path):
    path = csv_file(tmp_path, "Nome;lon;lat\nA;9.19;45.46\nB;9.2;45.46\n")
    values = {"category": "farmacia", "peak_mbps": "1 Gbit/s", "status": "pianificato"}
    rows = table_of(outcome_of(path, "sites", set_values=values), "sites")
    assert rows["category"].tolist() == ["pharmacy"] * 2
    assert rows["peak_mbps"].tolist() == [1000.0] * 2
    assert rows["status"].tolist() == ["planned"] * 2


def test_bad_optional_value_keeps_the_row_and_is_told(tmp_path):
    text = "Nome;lon;lat;priorita;banda_picco\nA;9.19;45.46;7;100\nB;9.2;45.46;2;tanto\n"
    outcome = outcome_of(csv_file(tmp_path, text), "sites")
    rows = table_of(outcome, "sites")
    assert outcome.accepted == 2
    assert rows["priority"].isna().tolist() == [True, False]
    assert rows["peak_mbps"].isna().tolist() == [False, True]
    told = [str(f.message) for f in outcome.findings if f.rule == "import.bad_value"]
    assert any("7" in text for text in told) and any("tanto" in text for text in told)


def test_bad_required_value_rejects_the_row(tmp_path):
    text = (
        "Nome;lon;lat;tipologia\nA;9.19;45.46;Scuola primaria\nB;9.2;45.46;Ospedale\n"
        ";9.2;45.47;Ospedale\nC;9.21;45.46;qwerty\nD;9.21;45.47;liceo\n"
    )
    outcome = outcome_of(csv_file(tmp_path, text), "sites")
    rows = table_of(outcome, "sites")
    assert rows["category"].tolist() == ["school_primary", "hospital", "school_secondary"]
    assert [row.row for row in outcome.rejected] == [4, 5]
    assert "Name is missing" in str(outcome.rejected[0].reason)
    assert "qwerty" in str(outcome.rejected[1].reason)


def test_rows_of_wrong_width_and_without_place_are_rejected_with_line_numbers(tmp_path):
    text = "Nome;lon;lat\n\nA;9.19;45.46\nB;9.19;45.46;troppo\nC;;\nD;nove;45\nE;inf;45\n"
    outcome = outcome_of(csv_file(tmp_path, text), "sites")
    assert outcome.accepted == 1
    assert [row.row for row in outcome.rejected] == [4, 5, 6, 7]
    reasons = [str(row.reason) for row in outcome.rejected]
    assert "4 fields instead of 3" in reasons[0]
    assert "nove is no coordinate" in reasons[2]


def test_ambiguous_numbers_are_decided_by_their_column_or_told(tmp_path):
    head = "Nome;lon;lat;banda_picco\n"
    decided = head + "A;9.19;45.46;1.500\nB;9.2;45.46;2.000,5\n"
    outcome = outcome_of(csv_file(tmp_path, decided), "sites")
    assert table_of(outcome, "sites")["peak_mbps"].tolist() == [1500.0, 2000.5]
    assert "import.ambiguous_number" not in rules_of(outcome)
    silent = head + "A;9.19;45.46;1.500\n"
    outcome = outcome_of(csv_file(tmp_path, silent, name="b.csv"), "sites")
    assert table_of(outcome, "sites")["peak_mbps"].tolist() == [1.5]
    assert "import.ambiguous_number" in rules_of(outcome)


def test_degrees_minutes_seconds_with_blanks(tmp_path):
    text = "Nome;lat;lon\nA;45 27 51;9 11 24\n"
    rows = table_of(outcome_of(csv_file(tmp_path, text), "sites"), "sites")
    expected = metric([9 + 11 / 60 + 24 / 3600], [45 + 27 / 60 + 51 / 3600])
    np.testing.assert_allclose(xy_of(rows), expected, atol=0.01)


def test_names_are_made_when_the_file_has_none(tmp_path):
    text = "Codice scuola;Indirizzo;Civico;lon;lat\nMI01;Via A;1;9.19;45.46\n;Via B;2;9.2;45.46\n"
    outcome = outcome_of(csv_file(tmp_path, text, name="scuole.csv"), "sites")
    rows = table_of(outcome, "sites")
    assert rows["name"].tolist() == ["MI01", "Via B"]
    assert rows["address"].tolist() == ["Via A, 1", "Via B, 2"]
    assert "import.name_made" in rules_of(outcome)
    nameless = csv_file(tmp_path, "Ruolo;PEC\nente;a@b.it\n", name="enti.csv")
    assert outcome_of(nameless, "organisations").accepted == 0


def test_owner_set_for_all_rows_becomes_an_organisation(tmp_path):
    path = csv_file(tmp_path, "Nome;Tipo;lon;lat\nA;pop;9.19;45.46\nB;hub;9.2;45.46\n")
    outcome = outcome_of(path, "nodes", set_values={"owner": "Città metropolitana"})
    owners = table_of(outcome, "organisations")
    assert owners["name"].tolist() == ["Città metropolitana"]
    assert table_of(outcome, "nodes")["owner"].tolist() == list(owners.index) * 2


def test_organisations_need_no_place(tmp_path):
    text = "Denominazione;Ruolo;PEC\nComune di Bollate;ente;a@pec.it\nATS;sanità;\n"
    outcome = outcome_of(csv_file(tmp_path, text, name="enti.csv"))
    assert outcome.target == "organisations"
    assert table_of(outcome, "organisations")["email"].tolist() == ["a@pec.it", None]


@pytest.mark.parametrize(
    ("text", "axis", "degrees"),
    [
        ("45°27'51\"N", "lat", 45 + 27 / 60 + 51 / 3600),
        ("9° 11,5' E", "lon", 9 + 11.5 / 60),
        ("9°11′24″O", "lon", -(9 + 11 / 60 + 24 / 3600)),
        ("-9 30 0", "lon", -9.5),
        ("45,5° N", "lat", 45.5),
        ("45°27'51\"N", "lon", None),
        ("45°61'00\"N", "lat", None),
        ("95°00'00\"N", "lat", None),
        ("Via Roma 12", "lat", None),
    ],
)
def test_degrees(text, axis, degrees):
    assert parse_degrees(text, axis) == (None if degrees is None else pytest.approx(degrees))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("45.4642, 9.19", (45.4642, 9.19)),
        ("45,4642; 9,19", (45.4642, 9.19)),
        ("(45.4642,9.19)", (45.4642, 9.19)),
        ("45.4642 9.19", (45.4642, 9.19)),
        ("45°30'00\"N 9°30'00\"E", (45.5, 9.5)),
        ("Milano, Italia", None),
        ("45.46", None),
    ],
)
def test_pairs(text, pair):
    assert split_pair(text) == (None if pair is None else pytest.approx(pair))
