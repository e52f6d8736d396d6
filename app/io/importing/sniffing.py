"""What a file is, judged by its content; neither its ending nor GDAL's guess decides."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.io.importing.archives import main_member, open_archive
from app.io.importing.faults import Fault

HEAD_BYTES = 65_536
FILE_LIMIT_BYTES = 8 * 2**30


class Format(StrEnum):
    """Formats that can be imported; the value is shown to people."""

    GEOPACKAGE = "GeoPackage"
    SHAPEFILE = "Shapefile"
    ZIPPED_SHAPEFILE = "zipped Shapefile"
    GEOJSON = "GeoJSON"
    FLATGEOBUF = "FlatGeobuf"
    KML = "KML"
    KMZ = "KMZ"
    DXF = "DXF"
    CSV = "CSV"
    XLSX = "XLSX"
    OSM = "OpenStreetMap"


DRIVERS = {
    Format.GEOPACKAGE: ("GPKG",),
    Format.SHAPEFILE: ("ESRI Shapefile",),
    Format.ZIPPED_SHAPEFILE: ("ESRI Shapefile",),
    Format.GEOJSON: ("GeoJSON",),
    Format.FLATGEOBUF: ("FlatGeobuf",),
    Format.KML: ("LIBKML", "KML"),
    Format.KMZ: ("LIBKML", "KML"),
    Format.DXF: ("DXF",),
}
"""GDAL drivers that may open each format; the others do not go through GDAL."""


@dataclass(frozen=True)
class Sniffed:
    """What a file is; ``members`` are the wanted files in an archive, ``suffix`` osmium's name."""

    format: Format
    members: tuple[str, ...] = ()
    suffix: str = ""


def sniff(path: Path) -> Sniffed:
    """Return what ``path`` holds; raises `Fault` when it cannot or must not be imported."""
    head = _read_head(path)
    for mark, judge in _MARKS:
        if head.startswith(mark):
            return judge(path, head)
    if b"OSMHeader" in head[:64]:
        return Sniffed(Format.OSM, suffix="osm.pbf")
    return _sniff_text(path, head)


def _read_head(path: Path) -> bytes:
    if not path.exists():
        raise Fault("missing")
    if not path.is_file():
        raise Fault("not_file")
    size = path.stat().st_size
    if size == 0:
        raise Fault("empty")
    if size > FILE_LIMIT_BYTES:
        raise Fault("too_large", size_mb=size >> 20, limit_mb=FILE_LIMIT_BYTES >> 20)
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError as error:
        raise Fault("no_access", reason=error.strerror or "") from error


def _sniff_sqlite(path: Path, head: bytes) -> Sniffed:
    if head[68:72] in (b"GPKG", b"GP10", b"GP11"):
        return Sniffed(Format.GEOPACKAGE)
    raise Fault("unknown_format")


def _sniff_flatgeobuf(path: Path, head: bytes) -> Sniffed:
    return Sniffed(Format.FLATGEOBUF)


def _sniff_shapefile(path: Path, head: bytes) -> Sniffed:
    present = {item.suffix.lower() for item in path.parent.iterdir() if item.stem == path.stem}
    for ending in (".shx", ".dbf"):
        if ending not in present:
            raise Fault("siblings", ending=ending)
    return Sniffed(Format.SHAPEFILE)


def _sniff_archive(path: Path, head: bytes) -> Sniffed:
    with open_archive(path) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
            return Sniffed(Format.XLSX)
        kml = [name for name in names if name.lower().endswith(".kml")]
        if kml:
            for name in kml:
                with archive.open(name) as stream:
                    _refuse_entities(stream.read(HEAD_BYTES))
            return Sniffed(Format.KMZ, members=tuple(kml))
        return Sniffed(Format.ZIPPED_SHAPEFILE, members=(main_member(names),))


def _sniff_gzip(path: Path, packed: bytes) -> Sniffed:
    try:
        with gzip.open(path) as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise Fault("bad_archive", reason=str(error)) from error
    _refuse_entities(head)
    if _root_of(head) in ("osm", "osmChange"):
        return Sniffed(Format.OSM, suffix="osm.gz")
    raise Fault("unknown_format")


_MARKS: tuple[tuple[bytes, Callable[[Path, bytes], Sniffed]], ...] = (
    (b"PK", _sniff_archive),
    (b"SQLite format 3\0", _sniff_sqlite),
    (b"fgb", _sniff_flatgeobuf),
    (b"\x00\x00\x27\x0a", _sniff_shapefile),
    (b"\x1f\x8b", _sniff_gzip),
)
"""How binary formats begin, and who looks closer."""


def _sniff_text(path: Path, head: bytes) -> Sniffed:
    root = _root_of(head)
    if root:
        _refuse_entities(head)
        if root == "kml":
            return Sniffed(Format.KML)
        if root in ("osm", "osmChange"):
            return Sniffed(Format.OSM, suffix="osm")
        raise Fault("unknown_format")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"{":
        if b'"type"' in text and re.search(rb'"(Feature|FeatureCollection)"|"coordinates"', text):
            return Sniffed(Format.GEOJSON)
        raise Fault("unknown_format")
    if re.match(rb"(999\r?\n.*\r?\n\s*)*0\s*\r?\n\s*SECTION", text):
        return Sniffed(Format.DXF)
    if head.startswith(b"AutoCAD Binary DXF"):
        return Sniffed(Format.DXF)
    if _is_table(path, head):
        return Sniffed(Format.CSV)
    raise Fault("unknown_format")


def _root_of(head: bytes) -> str:
    """Return the local name of the first XML element, or an empty text."""
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    if not text.startswith("<"):
        return ""
    stripped = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", "", text, flags=re.S)
    match = re.match(r"\s*<([\w.-]+:)?([\w.-]+)", stripped)
    return match.group(2) if match else "?"


def _refuse_entities(head: bytes) -> None:
    if b"<!ENTITY" in head or (b"<!DOCTYPE" in head and b"SYSTEM" in head):
        raise Fault("entity")


def _is_table(path: Path, head: bytes) -> bool:
    """Whether ``head`` is text in lines with at least one separator in the first of them."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head[:4096])
    if controls > 4:
        return False
    lines = [line for line in head.splitlines() if line.strip()]
    if not lines:
        raise Fault("empty")
    named = path.suffix.lower() in (".csv", ".txt", ".tsv", ".tab")
    return named or (len(lines) > 1 and any(mark in lines[0] for mark in (b",", b";", b"\t")))
