"""The diversity report: a page for each site, in both languages, the same bytes again."""

import dataclasses
from datetime import UTC, datetime

import pikepdf
import pytest
import shapely

from app.io.export.diversity import DiversityDossier, diversity_data, export_diversity
from app.model.errors import InputError
from app.model.frames import frame_from_rows
from app.model.network import empty_network
from app.model.tables import TABLES
from app.planning.costs.prices import default_price_list
from app.planning.survival.secondroute import SecondRouteParameters, diverse_routes

EAST, NORTH = 515_000.0, 5_035_000.0


def at(x, y):
    return (EAST + x, NORTH + y)


@pytest.fixture(scope="module")
def dossier():
    """Two sites: one between two ways, one at the end of an alley."""
    network = empty_network("Trial", "EPSG:7791", "p")
    lines = {
        "main": [(0, 0), (600, 0)], "round": [(0, 0), (0, 300), (600, 300), (600, 0)],
        "alley": [(300, 300), (300, 900)],
    }  # fmt: skip
    rows = {
        "streets": [
            {"uid": uid, "name": uid, "road_class": "residential", "surface": "asphalt",
             "source": "drawn", "geometry": shapely.LineString([at(*p) for p in points])}
            for uid, points in lines.items()
        ],
        "nodes": [
            {"uid": "hub", "name": "Hub", "type": "hub", "geometry": shapely.Point(at(-5, 0))}
        ],
        "sites": [
            {"uid": "a", "name": "Scuola <b>#A</b>", "geometry": shapely.Point(at(605, 0))},
            {"uid": "b", "name": "Rifugio", "geometry": shapely.Point(at(300, 905))},
        ],
    }  # fmt: skip
    tables = {**network.tables, **default_price_list()}
    for name, items in rows.items():
        tables[name] = frame_from_rows(TABLES[name], items, network.crs)
    network = dataclasses.replace(network, tables=tables)
    parameters = SecondRouteParameters("", "node", max_lead_in_m=20, exempt_m=20)
    found = diverse_routes(network, ["a", "b"], parameters)
    return DiversityDossier(
        network=network, answers=found.summary["sites"], tables=found.tables,
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), organisation="Ente",
    )  # fmt: skip


@pytest.mark.parametrize("language", ["it", "en"])
def test_each_site_has_a_tagged_page(dossier, tmp_path, language):
    done = export_diversity(dossier, tmp_path / "two.pdf", language)
    assert done.count == 2
    with pikepdf.open(tmp_path / "two.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts and all("NotoSans" in name for name in fonts)
    first = (tmp_path / "two.pdf").read_bytes()
    export_diversity(dossier, tmp_path / "again.pdf", language)
    assert (tmp_path / "again.pdf").read_bytes() == first


def test_the_page_says_what_the_study_found(dossier):
    good, bad = diversity_data(dossier, "en")["pages"]
    assert good["is_found"] and not good["blocked"]
    assert good["name"] == "Scuola <b>#A</b>"
    assert bad["verdict"].startswith("No two routes without a common node")
    assert "alley" in bad["blocked"]
    assert any("alley" in row[1] for row in bad["shared"])
    assert bad["cards"][3]["label"] == "Shared"
    assert good["cards"][3]["label"] == "Lower bound"
    assert [route["name"] for route in good["routes"]] == ["Route 1", "Route 2"]
    assert any("1550 nm" in row[0] for row in good["routes"][0]["rows"])
    assert good["map"]["svg"].count("#0072b2") and good["map"]["svg"].count("#d55e00")


def test_only_a_pdf_of_at_least_one_site_is_written(dossier, tmp_path):
    with pytest.raises(InputError, match=r"two\.xlsx"):
        export_diversity(dossier, tmp_path / "two.xlsx")
    empty = dataclasses.replace(dossier, answers=())
    with pytest.raises(InputError, match="one site"):
        export_diversity(empty, tmp_path / "two.pdf")
