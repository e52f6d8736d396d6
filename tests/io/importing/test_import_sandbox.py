"""Hostile and damaged files: always refused as an `ExchangeError`, never read elsewhere."""

from __future__ import annotations

import gzip
import os
import time
import zipfile

import geopandas as gpd
import numpy as np
import pytest
import shapely

from app.io.importing import ImportOptions, preview_file, read_file
from app.io.importing.source import Reading, SourceTable, pack, text_array, unpack
from app.model.errors import Cancelled, ExchangeError
from app.model.network import empty_network
from tests.io.importing.helpers import outcome_of
from tests.io.importing.test_import_osm import OSM

VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer>'
    "</OGRVRTDataSource>"
)


def bomb(path, member, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(member, "w", force_zip64=True) as stream:
            for _ in range(size >> 20):
                stream.write(bytes(2**20))
        if member.endswith(".xml"):
            archive.writestr("[Content_Types].xml", "<Types/>")
    return path


@pytest.mark.parametrize(
    ("name", "member"),
    [("a.xlsx", "xl/worksheets/sheet1.xml"), ("a.kmz", "doc.kml"), ("a.zip", "a.shp")],
)
def test_bombs_are_refused_before_they_are_unpacked(tmp_path, name, member):
    path = bomb(tmp_path / name, member, 64 * 2**20)
    started_s = time.monotonic()
    with pytest.raises(ExchangeError, match="64 MB"):
        outcome_of(path, "sites")
    assert time.monotonic() - started_s < 20


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("member", ["../out.shp", "/etc/out.shp", "C:\\out.shp", "a/../../out.shp"])
def test_archives_with_unsafe_names_are_refused(tmp_path, member):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, b"x")
    with pytest.raises(ExchangeError, match="unsafe file name"):
        outcome_of(path, "sites")
    assert not list(tmp_path.parent.glob("out.*"))


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("names", [["a.txt"], ["a.shp", "b.shp"], []])
def test_archives_must_hold_one_shapefile(tmp_path, names):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.md", "x")
        for name in names:
            archive.writestr(name, b"x")
    with pytest.raises(ExchangeError, match="exactly one"):
        outcome_of(path, "sites")


@pytest.mark.parametrize("name", ["plan.kml", "plan.csv"])
def test_a_disguised_virtual_dataset_reads_no_other_file(tmp_path, name):
    secret = tmp_path / "secret.csv"
    secret.write_text("nome,lon,lat\nsegreto,9.19,45.46\n")
    path = tmp_path / name
    path.write_text(VRT.format(secret))
    with pytest.raises(ExchangeError, match="no format"):
        outcome_of(path, "sites")


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("kind", ["kml", "osm"])
def test_xml_entities_are_refused(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE {kind} [<!ENTITY a "b">]><{kind}>&a;</{kind}>')
    with pytest.raises(ExchangeError, match="entities"):
        outcome_of(path, "auto")


def test_the_open_project_is_never_read_not_even_through_a_link(tmp_path):
    project = tmp_path / "p.gpkg"
    gpd.GeoDataFrame({"nome": ["a"]}, geometry=[shapely.Point(0, 0)], crs=7791).to_file(project)
    link = tmp_path / "altro.gpkg"
    os.link(project, link)
    for path in (project, link):
        with pytest.raises(ExchangeError, match="open project"):
            outcome_of(path, "sites", forbidden_path=project)
        with pytest.raises(ExchangeError, match="open project"):
            preview_file(path, forbidden_path=project)


def big_table(folder, rows=300_000):
    path = folder / "grande.csv"
    path.write_text("nome;lon;lat\n" + "A;9.19;45.46\n" * rows)
    return path


def test_time_limit_stops_a_file_that_takes_too_long(tmp_path):
    with pytest.raises(ExchangeError, match="stopped after"):
        outcome_of(big_table(tmp_path), "sites", time_limit_s=0.05)


@pytest.mark.skipif(os.name == "nt", reason="Windows offers no limit of this kind")
def test_memory_limit_stops_a_file_that_needs_too_much(tmp_path):
    with pytest.raises(ExchangeError, match=r"memory|unexpectedly"):
        outcome_of(big_table(tmp_path, 3_000_000), "sites", memory_limit_mb=420)


def test_cancel_ends_the_worker_at_once(tmp_path):
    calls = []

    def progress(fraction, text=None):
        calls.append(fraction)
        if len(calls) > 2:
            raise Cancelled

    started_s = time.monotonic()
    with pytest.raises(Cancelled):
        read_file(
            big_table(tmp_path), "sites", network=empty_network("T"), options=ImportOptions(),
            progress=progress,
        )  # fmt: skip
    assert time.monotonic() - started_s < 5


def originals(folder):
    """Write one small file of each format and return their paths."""
    points = gpd.GeoDataFrame(
        {"Nome": ["Università", "B"], "n": [1, 2]},
        geometry=gpd.points_from_xy([9.19, 9.2], [45.46, 45.47]),
        crs=4326,
    )
    paths = []
    for ending in ("gpkg", "geojson", "fgb", "kml", "shp"):
        path = folder / f"a.{ending}"
        points.to_file(path, **({"driver": "KML"} if ending == "kml" else {}))
        paths.append(path)
    table = points.drop(columns="geometry").assign(lon=[9.19, 9.2], lat=[45.46, 45.47])
    table.to_csv(folder / "a.csv", index=False)
    table.to_excel(folder / "a.xlsx", index=False)
    (folder / "a.osm").write_text(OSM)
    (folder / "a.osm.gz").write_bytes(gzip.compress(OSM.encode()))
    with zipfile.ZipFile(folder / "a.kmz", "w") as archive:
        archive.write(folder / "a.kml", "doc.kml")
    lines = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, 1)])], crs=7791)
    lines.to_file(folder / "a.dxf", driver="DXF")
    return [*paths, *(folder / f"a.{e}" for e in ("csv", "xlsx", "osm", "osm.gz", "kmz", "dxf"))]


def mutant(data, generator):
    """Return ``data`` damaged in one of six ways."""
    data = bytearray(data)
    way = generator.integers(6)
    place = int(generator.integers(len(data)))
    if way == 0:
        for at in generator.integers(len(data), size=8):
            data[at] = generator.integers(256)
    elif way == 1:
        del data[place:]
    elif way == 2:
        data[place:place] = generator.bytes(40)
    elif way == 5:  # other figures: the file stays well-formed but means something else
        figures = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
        for at in generator.choice(figures, size=min(10, len(figures))) if figures else ():
            data[at] = generator.choice(list(b"0123456789-.e"))
    elif way == 3:
        data[place : place + 60] = bytes(min(60, len(data) - place))
    else:
        data[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


def attack(folder, seeds):
    """Read damaged copies of every format; returns how many were refused and accepted."""
    refused = accepted = 0
    for original in originals(folder):
        data = original.read_bytes()
        for seed in seeds:
            damaged = folder / f"m{seed}" / original.name
            damaged.parent.mkdir(exist_ok=True)
            damaged.write_bytes(mutant(data, np.random.default_rng(seed)))
            if original.suffix == ".shp":
                for ending in (".shx", ".dbf", ".prj"):
                    side = original.with_suffix(ending)
                    (damaged.parent / side.name).write_bytes(side.read_bytes())
            try:
                outcome_of(damaged, "auto", crs="EPSG:4326", rejected_folder=folder / "rejected")
                accepted += 1
            except ExchangeError as error:
                assert error.path == str(damaged)
                refused += 1
    return refused, accepted


@pytest.mark.usefixtures("in_process")
def test_damaged_files_are_refused_or_read_but_nothing_else(tmp_path):
    refused, accepted = attack(tmp_path, range(6))
    assert refused + accepted == 6 * 11
    assert refused > 15


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_damaged_files_at_length(tmp_path):
    """The whole way through the worker; a crash there must be told like any other fault."""
    refused, accepted = attack(tmp_path, range(1000, 1100))
    assert refused + accepted == 100 * 11


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("in_process")
def test_damaged_files_by_the_thousand(tmp_path):
    refused, accepted = attack(tmp_path, range(2000, 3000))
    assert refused + accepted == 1000 * 11


def test_what_crosses_is_checked():
    table = SourceTable(
        name="x",
        columns={
            "a": text_array(["è", None]), "b": np.array([1.5, np.nan]), "c": np.array([1, 2]),
            "d": np.array([True, False]),
        },
        geometry=shapely.points([[1, 2], [3, 4]]),
        crs="EPSG:7791",
        rows=np.array([1, 2]),
        problems={1: ("ragged", {"count": 3})},
    )  # fmt: skip
    data = pack(Reading((table,), ("x",)))
    back = unpack(data).tables[0]
    assert back.columns["a"].tolist() == ["è", None]
    np.testing.assert_array_equal(back.columns["b"], [1.5, np.nan])
    assert shapely.equals(back.geometry, table.geometry).all()
    assert back.problems == {1: ("ragged", {"count": 3})}
    for broken in (
        data[:-1],
        data + b"x",
        data[8:],
        b"",
        data.replace(b'"count": 2', b'"count": 9'),
    ):
        with pytest.raises(ValueError, match=r".*"):
            unpack(broken)
