"""The project: the open file, read as a network and changed by change sets alone."""

from __future__ import annotations

import getpass
import json
import re
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd
import sqlalchemy as sa

from app import __version__
from app.io import ddl, journal, migrations, qgis_styles
from app.io.database import (
    copy_database,
    driver,
    open_database,
    plain,
    reading,
    use_single_file,
    use_write_ahead_log,
    writing,
)
from app.io.frozen import guard
from app.io.journal import HistoryEntry
from app.io.opening import (
    SUFFIX,
    absolute,
    check_source,
    check_target,
    checked_crs,
    checked_version,
    open_engine,
)
from app.io.replay import travel
from app.io.rows import rows_from_file, select_list
from app.io.writer import write
from app.model.changes import ChangeSet
from app.model.errors import ProjectError
from app.model.messages import QT_TRANSLATE_NOOP, Message, message
from app.model.network import DEFAULT_CRS, Network
from app.model.progress import Progress, no_progress
from app.model.schema import Table, new_uid
from app.model.tables import TABLES

_EXISTS = QT_TRANSLATE_NOOP("core", "{path} exists already")
_UNREADABLE = QT_TRANSLATE_NOOP(
    "core", "The table {table} of {path} holds a value that cannot be read: {detail}"
)
_OPENED_READ_ONLY = QT_TRANSLATE_NOOP("core", "{path} was opened read-only")
_ITSELF = QT_TRANSLATE_NOOP("core", "{path} is the open project itself")
_CLOSED = QT_TRANSLATE_NOOP("core", "{path} is closed")
_READING = QT_TRANSLATE_NOOP("core", "Reading {table}")


@dataclass(frozen=True)
class Checkpoint:
    """A copy of the project as it was at one moment; it opens like any project."""

    name: str
    when: str
    who: str | None
    path: Path


class Project:
    """An open project file; made by `create` or `open`.

    May be used from several threads, by one at a time: a lock sees to it. Every change is
    committed at once; there is nothing to save.
    """

    def __init__(self, path: Path, engine: sa.Engine, *, is_read_only: bool) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self.skipped: Mapping[str, tuple[str, ...]] = {}
        """What the last undo or redo left alone because somebody else had changed it."""
        self.upgraded_from: Path | None = None
        """Where the older file was kept, when opening had to upgrade it."""
        self._engine: sa.Engine | None = engine
        self._lock = threading.RLock()
        self._uses_log = False
        self._temporary: Path | None = None
        with reading(engine, path) as connection:
            row = connection.exec_driver_sql("SELECT uid, name, crs FROM anello_project").one()
        self.uid: str = row[0]
        self.name: str = row[1]
        self.crs: str = checked_crs(row[2])

    @classmethod
    def create(
        cls,
        path: Path | str,
        name: str,
        crs: str = DEFAULT_CRS,
        content: ChangeSet | None = None,
    ) -> Project:
        """Make a new project file and open it; raises `ProjectError`, also if it exists.

        ``content`` is what the project starts with: it is no step that could be undone.
        """
        path = absolute(path)
        crs = checked_crs(crs)
        check_target(path)
        if path.exists():
            raise ProjectError(message(_EXISTS, path=path.name), path)
        engine = open_database(path, "rwc")
        try:
            with writing(engine, path) as connection:
                _fill_new(connection, name, crs)
                if content is not None:
                    write(connection, content, crs)
            return cls(path, engine, is_read_only=False)
        except BaseException:
            engine.dispose()
            path.unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Project:
        """Open a project file; raises `ProjectError` and says what to do.

        An older file is upgraded on a copy, and kept beside (``upgraded_from``); a newer one
        is refused with the version that it needs.
        """
        path = absolute(path)
        check_source(path, read_only=read_only)
        engine = open_engine(path, read_only=read_only)
        try:
            version = checked_version(engine, path)
            if version == migrations.SCHEMA_VERSION:
                return cls(path, engine, is_read_only=read_only)
            if read_only:
                return cls._open_upgraded_copy(path, engine, version)
        except BaseException:
            engine.dispose()
            raise
        engine.dispose()
        kept = migrations.upgrade(path, version)
        project = cls.open(path)
        project.upgraded_from = kept
        return project

    @classmethod
    def _open_upgraded_copy(cls, path: Path, engine: sa.Engine, version: int) -> Project:
        folder = Path(tempfile.mkdtemp(prefix="anello-"))
        copy = folder / path.name
        with plain(engine, path) as raw:
            copy_database(raw, copy)
        engine.dispose()
        migrations.upgrade_copy(copy, version)
        project = cls(path, open_database(copy, "ro"), is_read_only=True)
        project._temporary = folder
        return project

    def read(self, progress: Progress = no_progress) -> Network:
        """Return the network as it is in the file at this moment."""
        tables = {}
        with self._reading() as connection:
            for done, table in enumerate(TABLES.values()):
                progress(done / len(TABLES), message(_READING, table=table.name))
                tables[table.name] = self._read_table(driver(connection), table)
        progress(1.0)
        return Network(self.name, self.crs, self.uid, tables)

    def apply(self, changes: ChangeSet, who: str | None = None) -> ChangeSet:
        """Commit ``changes`` and return them as committed, with the revisions given.

        Raises `InputError` with the uids when somebody else changed one of the rows, or when a
        plan under review would change; nothing is done then. ``network.apply(committed)`` equals
        `read`.
        """
        if changes.is_empty:
            return changes
        with self._writing() as connection:
            guard(connection, changes)
            written = write(connection, changes, self.crs)
            journal.record(connection, changes.label, who or user_name(), written.steps)
        return written.changes

    def undo(self) -> ChangeSet | None:
        """Take the last change back; return what was committed, ``None`` if there was none.

        Rows that somebody else changed since are left alone: the label then says how many,
        and ``skipped`` which.
        """
        return self._travel(is_undo=True)

    def redo(self) -> ChangeSet | None:
        """Make the last undone change again; as `undo`."""
        return self._travel(is_undo=False)

    def undo_label(self) -> Message | None:
        """Return the label of the change that `undo` would take back."""
        with self._reading() as connection:
            found = journal.next_undo(connection)
        return None if found is None else found[1]

    def redo_label(self) -> Message | None:
        """Return the label of the change that `redo` would make again."""
        with self._reading() as connection:
            found = journal.next_redo(connection)
        return None if found is None else found[1]

    def history(
        self, table: str | None = None, uid: str | None = None, limit: int | None = None
    ) -> list[HistoryEntry]:
        """Return the changes, newest first: all, of one table, or of one object."""
        with self._reading() as connection:
            return journal.history(connection, table, uid, limit)

    def setting(self, key: str, default: Any = None) -> Any:
        """Return a value kept with the project."""
        with self._reading() as connection:
            text = connection.exec_driver_sql(
                "SELECT value FROM anello_settings WHERE key = ?", (key,)
            ).scalar()
        return default if text is None else json.loads(text)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON value with the project; not part of undo."""
        text = json.dumps(value, ensure_ascii=False)
        with self._writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO anello_settings VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, text),
            )

    def data_version(self) -> int:
        """Return a number that differs when another program has changed the file."""
        with self._lock, plain(self._open_engine(), self.path) as raw:
            return int(raw.execute("PRAGMA data_version").fetchone()[0])

    def save_copy(self, path: Path | str, *, replace: bool = False) -> Path:
        """Write the project as it is into another file, whole or not at all."""
        target = absolute(path)
        check_target(target)
        if target.exists() and (target == self.path or target.samefile(self.path)):
            raise ProjectError(message(_ITSELF, path=target.name), target)
        if target.exists() and not replace:
            raise ProjectError(message(_EXISTS, path=target.name), target)
        folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=".anello-"))
        try:
            with self._lock, plain(self._open_engine(), target) as raw:
                copy_database(raw, folder / target.name)
            (folder / target.name).replace(target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return target

    def checkpoint(self, name: str, who: str | None = None) -> Checkpoint:
        """Keep a named copy of the project in a folder beside it."""
        when, who = journal.now(), who or user_name()
        self._folder.mkdir(exist_ok=True)
        slug = re.sub(r"\W+", "-", name).strip("-")[:60]
        stamp = re.sub(r"\D", "", when)
        file = migrations.free_name(self._folder / f"{stamp}-{slug}{SUFFIX}")
        self.save_copy(file)
        with self._writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO anello_checkpoints (name, who, moment, file) VALUES (?, ?, ?, ?)",
                (name, who, when, file.name),
            )
        return Checkpoint(name, when, who, file)

    def checkpoints(self) -> list[Checkpoint]:
        """Return the checkpoints that are still there, newest first."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT name, moment, who, file FROM anello_checkpoints ORDER BY id DESC"
            ).all()
        found = [Checkpoint(row[0], row[1], row[2], self._folder / row[3]) for row in rows]
        return [item for item in found if item.path.is_file()]

    def close(self) -> None:
        """Close the file and leave one file behind; closing twice does nothing."""
        with self._lock:
            if self._engine is None:
                return
            if not self.is_read_only:
                with plain(self._engine, self.path) as raw:
                    use_single_file(raw)
            self._engine.dispose()
            self._engine = None
            if self._temporary is not None:
                shutil.rmtree(self._temporary, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _folder(self) -> Path:
        return self.path.with_name(f"{self.path.stem}.checkpoints")

    def _open_engine(self) -> sa.Engine:
        if self._engine is None:
            raise ProjectError(message(_CLOSED, path=self.path.name), self.path)
        return self._engine

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._lock, reading(self._open_engine(), self.path) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """Give a write transaction; the first one switches to the write-ahead log.

        Not earlier: a file that is only looked at stays as it is, byte for byte.
        """
        if self.is_read_only:
            raise ProjectError(message(_OPENED_READ_ONLY, path=self.path.name), self.path)
        with self._lock:
            engine = self._open_engine()
            if not self._uses_log:
                with plain(engine, self.path) as raw:
                    self._uses_log = use_write_ahead_log(raw, self.path)
            with writing(engine, self.path) as connection:
                yield connection

    def _read_table(self, raw: sqlite3.Connection, table: Table) -> pd.DataFrame:
        records = raw.execute(
            f'SELECT {select_list(table)} FROM "{table.name}" ORDER BY fid'
        ).fetchall()
        try:
            return rows_from_file(table, records).frame(self.crs)
        except (ValueError, TypeError, OverflowError) as error:
            raise ProjectError(
                message(_UNREADABLE, table=table.name, path=self.path.name, detail=str(error)),
                self.path,
            ) from error

    def _travel(self, *, is_undo: bool) -> ChangeSet | None:
        with self._writing() as connection:
            changes, skipped = travel(connection, self.crs, is_undo=is_undo)
        self.skipped = skipped
        return changes


def _fill_new(connection: sa.Connection, name: str, crs: str) -> None:
    ddl.create_file(connection, crs)
    qgis_styles.store(connection)
    connection.exec_driver_sql(
        "INSERT INTO anello_project VALUES (1, ?, ?, ?, ?, ?, ?)",
        (migrations.SCHEMA_VERSION, __version__, new_uid(), name, crs, journal.now()),
    )


def user_name() -> str:
    """Return the name of who runs the program, empty where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user id
        return ""
