"""Tables, index and triggers of the project file, derived from the schema of the model.

Sources: GeoPackage 1.2 (OGC 12-128r14) for the ``gpkg_`` tables and the index triggers of its
extension ``gpkg_rtree_index``. Our own tables start with ``anello_`` and stay unregistered, so
that other programs do not list them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from pyproj import CRS
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import UserDefinedType

from app.model.schema import Column, Kind, Table
from app.model.tables import TABLES

APPLICATION_ID = 0x47504B47
"""``GPKG``."""
USER_VERSION = 10200
"""GeoPackage 1.2: the newest that GDAL's validator and QGIS 3.22 accept without a message."""
GEOM = "geom"
_CUSTOM_SRS_ID = 100_000
_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"
_RTREE_DEFINITION = "http://www.geopackage.org/spec120/#extension_rtree"


class _Declared(UserDefinedType[Any]):
    """A column type that is written exactly as the GeoPackage names it."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:
        return self.name


def srs_of(crs: str) -> tuple[int, str, int]:
    """Return the identifier, organisation and code under which a file knows ``crs``."""
    authority = CRS.from_user_input(crs).to_authority()
    if authority is None or not authority[1].isdigit():
        return _CUSTOM_SRS_ID, "NONE", _CUSTOM_SRS_ID
    return int(authority[1]), authority[0], int(authority[1])


def create_file(connection: sa.Connection, crs: str) -> None:
    """Create every table, index and trigger in an empty file."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")
    for statement in (*_STANDARD_TABLES, *_OWN_TABLES):
        connection.exec_driver_sql(statement)
    _insert_reference_systems(connection, crs)
    for table in TABLES.values():
        create_table(connection, table, crs)


def create_table(connection: sa.Connection, table: Table, crs: str) -> None:
    """Create ``table`` with its index and triggers and register it."""
    connection.execute(CreateTable(sql_table(table)))
    srs_id = srs_of(crs)[0]
    connection.exec_driver_sql(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        " VALUES (?, ?, ?, ?)",
        (table.name, *(("features",) if table.geometry else ("attributes",)), table.name,
         srs_id if table.geometry else None),
    )  # fmt: skip
    if table.geometry:
        connection.exec_driver_sql(
            "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
            (table.name, GEOM, table.geometry, srs_id),
        )
        connection.exec_driver_sql(
            "INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', ?, 'write-only')",
            (table.name, GEOM, _RTREE_DEFINITION),
        )
        connection.exec_driver_sql(index_statement(table))
    for statement in triggers(table).values():
        connection.exec_driver_sql(statement)


def sql_table(table: Table) -> sa.Table:
    """Return the SQLAlchemy table of ``table``: ``fid, geom, uid, rev`` and its columns."""
    columns = [sa.Column("fid", sa.Integer, primary_key=True)]
    if table.geometry:
        columns.append(sa.Column(GEOM, _Declared(table.geometry)))
    columns.append(sa.Column("uid", _Declared("TEXT"), unique=True))
    columns.append(sa.Column("rev", _Declared("INTEGER"), server_default=sa.text("1")))
    columns.extend(sql_column(column) for column in table.columns)
    # A number once given is never given again: QGIS knows rows by it.
    return sa.Table(table.name, sa.MetaData(), *columns, sqlite_autoincrement=True)


def sql_column(column: Column) -> sa.Column[Any]:
    """Return the SQLAlchemy column of ``column``; the default serves rows added in QGIS."""
    declared = "TEXT" if column.kind is Kind.JSON else column.kind.value
    default = None if column.kind is Kind.JSON else column.default
    if isinstance(default, bool):
        default = int(default)
    text = None if default is None else sa.text(_literal(default))
    return sa.Column(column.name, _Declared(declared), server_default=text)


def rtree_name(table: Table) -> str:
    """Return the name of the spatial index of ``table``."""
    return f"rtree_{table.name}_{GEOM}"


def index_statement(table: Table) -> str:
    """Return the statement that creates the spatial index of ``table``."""
    return f'CREATE VIRTUAL TABLE "{rtree_name(table)}" USING rtree(id, minx, maxx, miny, maxy)'


def triggers(table: Table) -> dict[str, str]:
    """Return the statements that create the triggers of ``table``, by name of the trigger."""
    made = dict(_identity_triggers(table.name))
    if table.geometry:
        made.update(_index_triggers(table.name, rtree_name(table)))
    return made


def replace_triggers(connection: sa.Connection) -> None:
    """Create all triggers anew, as an upgrade must after it has rebuilt tables."""
    for table in TABLES.values():
        for name, statement in triggers(table).items():
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS "{name}"')
            connection.exec_driver_sql(statement)


def _identity_triggers(name: str) -> Iterator[tuple[str, str]]:
    """Yield the triggers that give a row from elsewhere its ``uid`` and raise ``rev``.

    The condition on ``rev`` stops the trigger's own update from starting it again, lets our
    own writes set the revision themselves, and never lets a stale one come back.
    """
    yield (
        f"anello_{name}_uid",
        f'CREATE TRIGGER "anello_{name}_uid" AFTER INSERT ON "{name}"'
        " WHEN NEW.uid IS NULL OR NEW.uid = '' OR NEW.rev IS NULL"
        f' BEGIN UPDATE "{name}" SET rev = COALESCE(NEW.rev, 0) + 1,'
        f" uid = COALESCE(NULLIF(NEW.uid, ''), {RANDOM_UID}) WHERE fid = NEW.fid; END",
    )
    yield (
        f"anello_{name}_rev",
        f'CREATE TRIGGER "anello_{name}_rev" AFTER UPDATE ON "{name}"'
        " WHEN OLD.rev IS NOT NULL AND (NEW.rev IS NULL OR NEW.rev <= OLD.rev)"
        f' BEGIN UPDATE "{name}" SET rev = OLD.rev + 1 WHERE fid = NEW.fid; END',
    )


def _index_triggers(name: str, index: str) -> Iterator[tuple[str, str]]:
    """Yield the six triggers of the extension, worded as the standard words them."""
    box = ", ".join(f'{function}(NEW."{GEOM}")' for function in _BOUNDS)
    put = f'INSERT OR REPLACE INTO "{index}" VALUES (NEW."fid", {box});'
    drop = f'DELETE FROM "{index}" WHERE id = OLD."fid";'
    filled = f'(NEW."{GEOM}" NOTNULL AND NOT ST_IsEmpty(NEW."{GEOM}"))'
    void = f'(NEW."{GEOM}" ISNULL OR ST_IsEmpty(NEW."{GEOM}"))'
    same, moved = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
    both = f'DELETE FROM "{index}" WHERE id IN (OLD."fid", NEW."fid");'
    parts = (
        ("insert", "AFTER INSERT", filled, put),
        ("update1", f'AFTER UPDATE OF "{GEOM}"', f"{same} AND {filled}", put),
        ("update2", f'AFTER UPDATE OF "{GEOM}"', f"{same} AND {void}", drop),
        ("update3", "AFTER UPDATE", f"{moved} AND {filled}", f"{drop} {put}"),
        ("update4", "AFTER UPDATE", f"{moved} AND {void}", both),
        ("delete", "AFTER DELETE", f'OLD."{GEOM}" NOT NULL', drop),
    )
    for suffix, event, condition, action in parts:
        trigger = f"{index}_{suffix}"
        yield (
            trigger,
            f'CREATE TRIGGER "{trigger}" {event} ON "{name}" WHEN {condition} BEGIN {action} END',
        )


def _insert_reference_systems(connection: sa.Connection, crs: str) -> None:
    srs_id, organization, code = srs_of(crs)
    project = CRS.from_user_input(crs)
    rows = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
        (
            "WGS 84 geodetic", 4326, "EPSG", 4326,
            CRS.from_epsg(4326).to_wkt("WKT1_GDAL"), "longitude and latitude in degrees",
        ),
    ]  # fmt: skip
    if srs_id != 4326:
        definition = project.to_wkt("WKT1_GDAL")
        rows.append((project.name, srs_id, organization, code, definition, "easting, northing"))
    connection.exec_driver_sql("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


_BOUNDS = ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")

RANDOM_UID = (
    "lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' ||"
    " substr(lower(hex(randomblob(2))), 2) || '-' ||"
    " substr('89ab', 1 + (random() & 3), 1) || substr(lower(hex(randomblob(2))), 2) || '-' ||"
    " lower(hex(randomblob(6)))"
)
"""A random identifier of version 4 (RFC 9562), which SQLite cannot make by itself."""

_STANDARD_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
)""",
    f"""CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT ({_NOW}),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
)""",
    """CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
)""",
    """CREATE TABLE gpkg_extensions (
  table_name TEXT,
  column_name TEXT,
  extension_name TEXT NOT NULL,
  definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
)""",
    """CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT,
  f_table_schema TEXT,
  f_table_name TEXT,
  f_geometry_column TEXT,
  styleName TEXT,
  styleQML TEXT,
  styleSLD TEXT,
  useAsDefault BOOLEAN,
  description TEXT,
  owner TEXT,
  ui TEXT,
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)""",
)

_OWN_TABLES = (
    """CREATE TABLE anello_project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  schema_version INTEGER NOT NULL,
  program_version TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  crs TEXT NOT NULL,
  created DATETIME NOT NULL
)""",
    "CREATE TABLE anello_settings (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
    """CREATE TABLE anello_changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  who TEXT,
  moment DATETIME NOT NULL,
  is_undone BOOLEAN NOT NULL DEFAULT 0,
  top_rev INTEGER NOT NULL DEFAULT 0
)""",
    """CREATE TABLE anello_change_rows (
  id INTEGER PRIMARY KEY,
  change INTEGER NOT NULL REFERENCES anello_changes(id) ON DELETE CASCADE,
  table_name TEXT NOT NULL,
  part INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  uids BLOB NOT NULL,
  payload BLOB NOT NULL
)""",
    "CREATE INDEX anello_change_rows_change ON anello_change_rows (change)",
    """CREATE TABLE anello_checkpoints (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  who TEXT,
  moment DATETIME NOT NULL,
  file TEXT NOT NULL
)""",
)
"""``part`` numbers the `TableChange` within its change: one may fill several rows of blocks."""
