"""The connection to a project file: only Python's ``sqlite3`` ever touches it.

GDAL, QtSql, ``open()`` or a file copy on the live file inside this process would cancel
SQLite's locks (https://www.sqlite.org/howtocorrupt.html, sections 2.2 and 2.2.1).
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from app.io.geopackage import register_functions
from app.model.errors import ProjectError
from app.model.messages import QT_TRANSLATE_NOOP, Message, message

BUSY_TIMEOUT_S = 5.0
_CACHE_KIB = 32 * 1024
_READS = "anello_reads"
_NETWORK_FILE_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "ceph", "glusterfs", "vboxsf",
     "fuse.sshfs", "fuse.smbnetfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs")
)  # fmt: skip

_LOCKED = QT_TRANSLATE_NOOP(
    "core", "{path} is being written by another program; try again in a moment"
)
_FULL = QT_TRANSLATE_NOOP("core", "The disk is full; {path} is unchanged")
_READ_ONLY = QT_TRANSLATE_NOOP("core", "{path} cannot be written; open it read-only or a copy")
_CANNOT_OPEN = QT_TRANSLATE_NOOP("core", "{path} cannot be opened")
_DAMAGED = QT_TRANSLATE_NOOP(
    "core", "{path} is damaged: {detail}. Go back to a checkpoint or a copy"
)
_NOT_DATABASE = QT_TRANSLATE_NOOP("core", "{path} is not an Anello project")
_DEVICE = QT_TRANSLATE_NOOP("core", "{path} could not be read or written: {detail}")

_TEXTS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _NOT_DATABASE,
    sqlite3.SQLITE_IOERR: _DEVICE,
}


def open_database(path: Path, mode: str = "rw", options: str = "") -> sa.Engine:
    """Return an engine over one connection to ``path``.

    Parameters
    ----------
    path
        The file.
    mode
        ``rw``, ``ro``, or ``rwc`` to make the file.
    options
        Further parameters of SQLite's file address, such as ``immutable=1``.

    Every transaction starts with ``BEGIN IMMEDIATE``, or with a plain ``BEGIN`` below
    `reading`: without our own ``BEGIN`` a failed migration would stay half done.
    """
    address = f"{_address(path)}?mode={mode}" + (f"&{options}" if options else "")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite+pysqlite://", creator=connect, poolclass=StaticPool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get(_READS, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _prepare(connection: sqlite3.Connection) -> None:
    """Set what every connection needs.

    ``trusted_schema`` stays on: with it off SQLite refuses functions of the program inside
    triggers, and the index triggers of a GeoPackage call five of them.
    """
    register_functions(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


@contextmanager
def reading(engine: sa.Engine, path: Path) -> Iterator[sa.Connection]:
    """Give a connection that sees one moment of the file and locks nobody out."""
    with translated(path), engine.execution_options(**{_READS: True}).begin() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine, path: Path) -> Iterator[sa.Connection]:
    """Give a connection inside a write transaction; an error takes everything back."""
    with translated(path), engine.begin() as connection:
        yield connection


def driver(connection: sa.Connection) -> sqlite3.Connection:
    """Return Python's connection below ``connection``, for rows in bulk."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


@contextmanager
def plain(engine: sa.Engine, path: Path) -> Iterator[sqlite3.Connection]:
    """Give Python's own connection outside any transaction, for what SQLite wants so."""
    with translated(path):
        fairy = engine.raw_connection()
        try:
            raw = fairy.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            yield raw
        finally:
            fairy.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the database's errors that a user can mend into `ProjectError`."""
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, sqlite3.Error):
            raise
        known = explain(error.orig, path)
        if known is None:
            raise
        raise ProjectError(known, path) from error
    except sqlite3.Error as error:
        known = explain(error, path)
        if known is None:
            raise
        raise ProjectError(known, path) from error
    except UnicodeDecodeError as error:  # SQLite's complaint itself holds damaged bytes
        raise ProjectError(message(_DAMAGED, path=path.name, detail=error.reason), path) from error


def explain(error: sqlite3.Error, path: Path) -> Message | None:
    """Return what to tell about ``error``, or ``None`` when it is a bug of the program."""
    code = getattr(error, "sqlite_errorcode", None)
    template = _TEXTS.get(code & 0xFF) if code is not None else None
    if code is None and isinstance(error, sqlite3.OperationalError):
        template = _DAMAGED  # a text that is not valid UTF-8: the driver says so, not SQLite
    return None if template is None else message(template, path=path.name, detail=str(error))


def use_write_ahead_log(connection: sqlite3.Connection, path: Path) -> bool:
    """Switch to the write-ahead log where it is safe; return whether it is used.

    With the rollback journal a reading QGIS blocks our commit. On a network file system the
    log needs shared memory that is not there, so the journal stays.
    """
    if is_on_network(path):
        return False
    connection.execute("PRAGMA busy_timeout = 500")
    try:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    except sqlite3.OperationalError:  # somebody holds a lock just now: the journal will do
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")
    return str(mode).lower() == "wal"


def use_single_file(connection: sqlite3.Connection) -> None:
    """Go back to one file, so that it can be copied; not while others have it open."""
    connection.execute("PRAGMA busy_timeout = 500")
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = DELETE")


def is_on_network(path: Path) -> bool:
    """Return whether ``path`` lies on a file system whose locks cannot be relied on."""
    if sys.platform == "win32":
        return _is_windows_share(path)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    folder, best, kind = str(path.absolute().parent), "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split()[4].replace("\\040", " ")
        inside = folder == point or folder.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return kind in _NETWORK_FILE_SYSTEMS


def _is_windows_share(path: Path) -> bool:
    import ctypes  # noqa: PLC0415 - Windows only

    drive = path.absolute().drive
    remote_drive = 4  # DRIVE_REMOTE of GetDriveTypeW
    windows: Any = getattr(ctypes, "windll", None)
    return drive.startswith("\\\\") or windows.kernel32.GetDriveTypeW(drive + "\\") == remote_drive


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Copy the open database into ``target``, a new single file, and force it to the disk.

    ``Connection.backup`` is the one safe way: it copies a whole moment and cancels no lock.
    """
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    force_to_disk(target)


def force_to_disk(path: Path) -> None:
    """Flush a closed file and its folder; never used on the file of an open project."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _address(path: Path) -> str:
    """Return SQLite's address of ``path``: ``?`` and ``#`` in names are no parameters."""
    name = path.absolute().as_posix()
    return "file://" + quote(name if name.startswith("/") else "/" + name)
