"""What must hold before a project file is made or opened, and what to tell when it does not."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa
from pyproj import CRS
from pyproj.exceptions import CRSError

from app.io import migrations
from app.io.database import open_database, plain
from app.model.errors import ProjectError
from app.model.messages import QT_TRANSLATE_NOOP, message
from app.model.network import DEFAULT_CRS

SUFFIX = ".gpkg"

_NO_FILE = QT_TRANSLATE_NOOP("core", "{path} does not exist")
_IS_FOLDER = QT_TRANSLATE_NOOP("core", "{path} is a folder, not a project file")
_NO_FOLDER = QT_TRANSLATE_NOOP("core", "The folder {path} does not exist")
_FOLDER_READ_ONLY = QT_TRANSLATE_NOOP("core", "Nothing can be written in the folder {path}")
_FILE_READ_ONLY = QT_TRANSLATE_NOOP(
    "core", "{path} cannot be written; open it read-only or save a copy elsewhere"
)
_SUFFIX = QT_TRANSLATE_NOOP("core", "The name of a project file ends in .gpkg: {path}")
_NOT_PROJECT = QT_TRANSLATE_NOOP(
    "core", "{path} is not an Anello project; its layers can be imported into one"
)
_TOO_NEW = QT_TRANSLATE_NOOP(
    "core", "{path} was made by a newer Anello; it needs version {version} or later"
)
_DAMAGED = QT_TRANSLATE_NOOP(
    "core", "{path} is damaged: {detail}. Go back to a checkpoint or a copy"
)
_BAD_CRS = QT_TRANSLATE_NOOP("core", "{crs} is not a coordinate reference system")
_NOT_METRIC = QT_TRANSLATE_NOOP(
    "core", "{crs} does not measure in metres; a project needs a projected system such as {example}"
)


def absolute(path: Path | str) -> Path:
    """Return ``path`` from the root of the file system, ``~`` resolved."""
    return Path(path).expanduser().absolute()


def check_target(path: Path) -> None:
    """Refuse a place where no project file can come to be."""
    if path.is_dir():
        raise ProjectError(message(_IS_FOLDER, path=path.name), path)
    if path.suffix.lower() != SUFFIX:
        raise ProjectError(message(_SUFFIX, path=path.name), path)
    if not path.parent.is_dir():
        raise ProjectError(message(_NO_FOLDER, path=str(path.parent)), path)
    if not os.access(path.parent, os.W_OK):
        raise ProjectError(message(_FOLDER_READ_ONLY, path=str(path.parent)), path)


def check_source(path: Path, *, read_only: bool) -> None:
    """Refuse what is no file, or cannot be written when it shall be."""
    if path.is_dir():
        raise ProjectError(message(_IS_FOLDER, path=path.name), path)
    if not path.is_file():
        raise ProjectError(message(_NO_FILE, path=path.name), path)
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ProjectError(message(_FILE_READ_ONLY, path=path.name), path)


def open_engine(path: Path, *, read_only: bool) -> sa.Engine:
    """Return the engine; a read-only file with a write-ahead log needs ``immutable``."""
    engine = open_database(path, "ro" if read_only else "rw")
    try:
        with plain(engine, path) as raw:
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except ProjectError:
        engine.dispose()
        if not read_only or os.access(path.parent, os.W_OK):
            raise
        return open_database(path, "ro", "immutable=1")
    return engine


def checked_version(engine: sa.Engine, path: Path) -> int:
    """Return the schema version of a sound file of ours; raises `ProjectError`."""
    with plain(engine, path) as raw:
        known = raw.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'anello_project' AND type = 'table'"
        ).fetchone()
        row = (
            known
            and raw.execute("SELECT schema_version, program_version FROM anello_project").fetchone()
        )
        if not row:
            raise ProjectError(message(_NOT_PROJECT, path=path.name), path)
        if row[0] > migrations.SCHEMA_VERSION:
            raise ProjectError(message(_TOO_NEW, path=path.name, version=row[1]), path)
        verdict = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise ProjectError(message(_DAMAGED, path=path.name, detail=verdict), path)
    return int(row[0])


def checked_crs(crs: str) -> str:
    """Return ``crs`` in its short form; raises `ProjectError` unless it is metric."""
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        raise ProjectError(message(_BAD_CRS, crs=crs)) from error
    if not system.is_projected or any(axis.unit_name != "metre" for axis in system.axis_info):
        raise ProjectError(message(_NOT_METRIC, crs=crs, example=DEFAULT_CRS))
    authority = system.to_authority()
    return crs if authority is None else ":".join(authority)
