"""What the layers of a GeoPackage say of themselves: headings, lists of values, metadata.

Headings, enumerations and metadata stand in the extensions that the standard has for them
(OGC 12-128r14, F.9 Schema and F.8 Metadata), which GDAL reads; QGIS finds headings and value
maps in the styles.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from app.io.export.dossier import PRICE, PlanDossier
from app.io.export.texts import Speech
from app.model.labels import label_of
from app.model.schema import Column
from app.model.tables import TABLES

_SCHEMA_URI = "http://www.geopackage.org/spec121/#extension_schema"
_METADATA_URI = "http://www.geopackage.org/spec121/#extension_metadata"
_ISO_URI = "http://www.isotc211.org/2005/gmd"
_HIDDEN = ("fid", "rev")

_EXTENSIONS = """CREATE TABLE IF NOT EXISTS gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
    scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"""
_TABLES = (
    """CREATE TABLE gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
    mime_type TEXT, constraint_name TEXT,
    CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name))""",
    """CREATE TABLE gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
    min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))""",
    """CREATE TABLE gpkg_metadata (
    id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
    md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
    metadata TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE gpkg_metadata_reference (
    reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
    timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))""",
)  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """What a reader sees above a column: its title, help, and the words of its codes."""

    column: str
    title: str
    note: str = ""
    values: tuple[tuple[str, str], ...] = ()


def headings(table: str, names: Sequence[str], speech: Speech) -> list[Heading]:
    """Return the headings of a layer whose columns ``names`` are those of ``table`` or of a bill.

    A column that nothing is known of keeps its name.
    """
    known = _known(table.removesuffix("_areas"))
    return [_heading(name, known.get(name), speech) for name in names]


def _known(table: str) -> dict[str, Column]:
    """Return columns by name; the plan's sites also have columns of the sites."""
    found: dict[str, Column] = {}
    for source in ("sites", table) if table == "plan_sites" else (table,):
        if source in TABLES:
            found.update({column.name: column for column in TABLES[source].columns})
    return found


def _heading(name: str, column: Column | None, speech: Speech) -> Heading:
    if column is None:
        return Heading(name, speech.word(_WORDS[name]) + _TAILS.get(name, "") if name in _WORDS
                       else name)  # fmt: skip
    unit = f" ({column.unit})" if column.unit else ""
    values = tuple((code, speech.say(label_of(code))) for code in column.choices)
    note = speech.say(column.help) if column.help else ""
    return Heading(name, speech.say(column.label) + unit, note, values)


_WORDS: Mapping[str, str] = {
    "number": "number", "chapter": "chapter", "code": "code", "text_it": "description",
    "text_en": "description", "unit": "unit", "kind": "kind", "source": "source",
    "quantity": "quantity", "is_placeholder": "placeholder", "price_year": "price_year",
    "object_count": "objects", "object_uid": "object", "line": "number",
    **{f"amount_{end}_eur": end for end in ("low", "typical", "high")},
    **{f"unit_price_{end}_eur": end for end in ("low", "typical", "high")},
}  # fmt: skip
_TAILS: Mapping[str, str] = {
    "text_it": " (it)", "text_en": " (en)",
    **{f"amount_{end}_eur": " (EUR)" for end in ("low", "typical", "high")},
    **{f"unit_price_{end}_eur": " (EUR/1)" for end in ("low", "typical", "high")},
}  # fmt: skip


def with_fields(style: str, columns: Sequence[Heading]) -> str:
    """Return a QGIS style with aliases and value maps for its columns."""
    head, _, body = style.rpartition("<qgis ")
    root = ET.fromstring(f"<qgis {body}")
    root.set("styleCategories", f"{root.get('styleCategories', '')}|Fields|Forms")
    configuration = ET.SubElement(root, "fieldConfiguration")
    aliases = ET.SubElement(root, "aliases")
    for name in _HIDDEN:
        _widget(ET.SubElement(configuration, "field", name=name), "Hidden", ())
    for column in columns:
        if column.column in _HIDDEN:
            continue
        field = ET.SubElement(configuration, "field", name=column.column)
        _widget(field, "ValueMap" if column.values else "TextEdit", column.values)
        ET.SubElement(aliases, "alias", field=column.column, name=column.title)
    return head + ET.tostring(root, encoding="unicode")


def _widget(field: ET.Element, kind: str, values: Sequence[tuple[str, str]]) -> None:
    widget = ET.SubElement(field, "editWidget", type=kind)
    options = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
    if values:
        entries = ET.SubElement(options, "Option", name="map", type="List")
        for code, label in values:
            entry = ET.SubElement(entries, "Option", type="Map")
            ET.SubElement(entry, "Option", name=label, type="QString", value=code)


def write_headings(
    path: Path, dossier: PlanDossier, layers: Mapping[str, Sequence[Heading]], speech: Speech
) -> None:
    """Fill the tables of the extensions for schema and metadata."""
    moment = dossier.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_EXTENSIONS)
        for statement in _TABLES:
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')",
            [
                ("gpkg_data_columns", "gpkg_schema", _SCHEMA_URI),
                ("gpkg_data_column_constraints", "gpkg_schema", _SCHEMA_URI),
                ("gpkg_metadata", "gpkg_metadata", _METADATA_URI),
                ("gpkg_metadata_reference", "gpkg_metadata", _METADATA_URI),
            ],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO gpkg_data_column_constraints (constraint_name,"
            " constraint_type, value, description) VALUES (?, 'enum', ?, ?)",
            list(_enumerations(layers)),
        )
        connection.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description,"
            " constraint_name) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    table, column.column, f"{column.title} [{column.column}]", column.title,
                    column.note or None, _constraint(column) if column.values else None,
                )
                for table, columns in layers.items()
                for column in columns
            ],
        )  # fmt: skip
        for identifier, (standard, kind, text) in enumerate(_metadata(dossier, speech), start=1):
            connection.execute(
                "INSERT INTO gpkg_metadata VALUES (?, 'dataset', ?, ?, ?)",
                (identifier, standard, kind, text),
            )
            connection.execute(
                "INSERT INTO gpkg_metadata_reference VALUES"
                " ('geopackage', NULL, NULL, NULL, ?, ?, NULL)",
                (moment, identifier),
            )


def _constraint(column: Heading) -> str:
    """Return the name of a list of values: equal lists share one, whatever the table."""
    codes = "_".join(sorted(code for code, _ in column.values))
    return f"{column.column}_{sum(map(ord, codes)):x}"


def _enumerations(layers: Mapping[str, Sequence[Heading]]) -> Iterator[tuple[str, str, str]]:
    seen = set()
    for columns in layers.values():
        for column in columns:
            for code, label in column.values:
                row = (_constraint(column), code, label)
                if row[:2] not in seen:
                    seen.add(row[:2])
                    yield row


def _metadata(dossier: PlanDossier, speech: Speech) -> Iterator[tuple[str, str, str]]:
    """Yield standard, type and text: ISO 19139 for catalogues, and what the papers say as JSON."""
    yield _ISO_URI, "text/xml", _iso(dossier, speech)
    low, typical, high = (str(part) for part in dossier.total_eur.parts())
    revision = dossier.revision
    facts = {
        "plan": dossier.title,
        "project": dossier.network.name,
        "state": dossier.plan["state"],
        "revision": None if revision is None else revision["number"],
        "content_hash": None if revision is None else revision["content_hash"],
        "program": dossier.program,
        "created": dossier.created.isoformat(),
        "total_eur": {"low": low, "typical": typical, "high": high},
        "placeholder_share": str(round(dossier.placeholder_share, 4)),
    }
    yield (
        "http://www.iana.org/assignments/media-types",
        "application/json",
        json.dumps(facts, ensure_ascii=False, sort_keys=True),
    )


def _iso(dossier: PlanDossier, speech: Speech) -> str:
    """Return title, date, body, abstract, coordinate system and lineage in the terms of ISO."""
    gmd, gco = f"{{{_ISO_URI}}}", "{http://www.isotc211.org/2005/gco}"
    ET.register_namespace("gmd", _ISO_URI)
    ET.register_namespace("gco", gco[1:-1])
    root = ET.Element(f"{gmd}MD_Metadata")

    def text(parent: ET.Element, name: str, value: str) -> None:
        place = ET.SubElement(parent, f"{gmd}{name}")
        ET.SubElement(place, f"{gco}CharacterString").text = _clean(value)

    def inside(parent: ET.Element, *names: str) -> ET.Element:
        for name in names:
            parent = ET.SubElement(parent, f"{gmd}{name}")
        return parent

    text(root, "fileIdentifier", dossier.plan_uid)
    text(root, "language", speech.base)
    text(inside(root, "contact", "CI_ResponsibleParty"), "organisationName", dossier.organisation)
    stamp = ET.SubElement(inside(root, "dateStamp"), f"{gco}DateTime")
    stamp.text = dossier.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    system = inside(root, "referenceSystemInfo", "MD_ReferenceSystem", "referenceSystemIdentifier",
                    "RS_Identifier")  # fmt: skip
    text(system, "code", str(dossier.network.crs))
    identification = inside(root, "identificationInfo", "MD_DataIdentification")
    text(inside(identification, "citation", "CI_Citation"), "title", dossier.title)
    text(identification, "abstract", f"{speech.word('subtitle')} · {dossier.network.name}")
    lineage = inside(root, "dataQualityInfo", "DQ_DataQuality", "lineage", "LI_Lineage")
    told = "; ".join(
        f"{speech.say(TABLES[table].label) if table in TABLES else table}: "
        f"{speech.sentence(source)}"
        for table, source in dossier.sources
        if table != PRICE
    )
    text(lineage, "statement", told)
    return ET.tostring(root, encoding="unicode")


def _clean(text: str) -> str:
    """Return text without characters that XML cannot hold."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)
