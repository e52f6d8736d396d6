"""Upgrades of older project files: ordered steps, on a copy, all or nothing."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import sqlalchemy as sa

from app import __version__
from app.io import ddl
from app.io.database import copy_database, force_to_disk, open_database, plain, writing
from app.model.tables import TABLES

if TYPE_CHECKING:
    from alembic.operations import Operations

SCHEMA_VERSION = 3
"""Raised with every release that changes a table; see ``tests/legacy``."""

Step = Callable[["Operations"], None]

STEPS: Mapping[int, Step] = MappingProxyType({})
"""By the version it leads to: what must be renamed or rewritten, with alembic's operations.

Tables and columns that are merely new need no step: they are added from the schema.
"""


def upgrade(path: Path, version: int) -> Path:
    """Upgrade the file at ``path`` from ``version``; return where the old one was kept.

    The work is done on a copy that takes the file's place only when it is whole.
    """
    backup = free_name(path.with_name(f"{path.stem}.schema-{version}{path.suffix}"))
    work = Path(tempfile.mkdtemp(dir=path.parent, prefix=".anello-")) / path.name
    engine = open_database(path)
    try:
        with plain(engine, path) as raw:
            copy_database(raw, backup)
            copy_database(raw, work)
    finally:
        engine.dispose()
    try:
        upgrade_copy(work, version)
        force_to_disk(work)
        work.replace(path)
    finally:
        work.unlink(missing_ok=True)
        work.parent.rmdir()
    return backup


def upgrade_copy(path: Path, version: int) -> None:
    """Upgrade the file at ``path``, which nobody else uses, in one transaction."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - needed seldom, slow to load
    from alembic.operations import Operations  # noqa: PLC0415

    engine = open_database(path)
    try:
        with plain(engine, path) as raw:
            # Rebuilding a table drops it first; the constraints are checked at the end.
            raw.execute("PRAGMA foreign_keys = OFF")
        with writing(engine, path) as connection:
            operations = Operations(MigrationContext.configure(connection))
            for number in range(version + 1, SCHEMA_VERSION + 1):
                if number in STEPS:
                    STEPS[number](operations)
            _add_what_is_new(connection)
            ddl.replace_triggers(connection)
            connection.exec_driver_sql(
                "UPDATE anello_project SET schema_version = ?, program_version = ?",
                (SCHEMA_VERSION, __version__),
            )
    finally:
        engine.dispose()


def free_name(path: Path) -> Path:
    """Return ``path``, or a name beside it with a number that is not taken."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _add_what_is_new(connection: sa.Connection) -> None:
    """Add the tables and columns of the schema that the file lacks."""
    crs = connection.exec_driver_sql("SELECT crs FROM anello_project").scalar_one()
    for table in TABLES.values():
        present = {
            row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')
        }
        if not present:
            ddl.create_table(connection, table, crs)
            continue
        for column in table.columns:
            if column.name not in present:
                made = sa.schema.CreateColumn(ddl.sql_column(column))
                text = str(made.compile(dialect=connection.dialect))
                connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {text}')


def schema_of(raw: sqlite3.Connection) -> dict[str, list[tuple[str, str]]]:
    """Return the columns and declared types of every table of the model, as the file has them."""
    return {
        name: [(row[1], row[2]) for row in raw.execute(f'PRAGMA table_info("{name}")')]
        for name in TABLES
    }
