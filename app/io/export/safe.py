"""The one routine through which every export reaches the disk."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from app.model.errors import ExchangeError, InputError
from app.model.messages import QT_TRANSLATE_NOOP, Message, message

Checked = TypeVar("Checked")

Writer = Callable[[Path], object]
Verifier = Callable[[Path], Checked]

_NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_SIDE_FILES = ("-journal", "-wal", "-shm")


class VerificationError(ValueError):
    """What was read back is not what was written."""


def write_safely(path: Path, write: Writer, verify: Verifier[Checked]) -> Checked:
    """Write ``path`` so that it is afterwards either whole or what it was before.

    The file is written under another name in the same folder, read back by ``verify``, forced
    to the disk, and put in place in one step. Whatever goes wrong or stops the process, an
    older file of that name stays as it was; only a killed process can leave the other name.

    Parameters
    ----------
    path
        The file to create or replace.
    write
        Called with the temporary path; creates the file.
    verify
        Called with the temporary path; re-reads and counts, raises `VerificationError` when
        something is missing, and returns what the caller wants to know.

    Raises
    ------
    ExchangeError
        With a message that says what is in the way and what to do.
    InputError
        When the target is a project: no export ever takes the place of one.
    """
    target = path.absolute()
    _check_place(target)
    _refuse_project(target)
    # The suffix stays last, because writers and readers choose their format by it.
    temporary = target.with_name(f".{target.stem[:40]}.{secrets.token_hex(6)}{target.suffix}")
    try:
        write(temporary)
        checked = verify(temporary)
        _flush(temporary)
        temporary.replace(target)
        _flush_folder(target.parent)
    except VerificationError as error:
        raise ExchangeError(_incomplete(target, str(error)), target) from error
    except (OSError, sqlite3.Error) as error:
        raise ExchangeError(_explain(error, target), target) from error
    finally:
        _remove(temporary)
    return checked


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` as `write_safely` does; what is read back must be the same bytes."""

    def verify(written: Path) -> None:
        found = written.read_bytes()
        if found != content:
            raise VerificationError(f"{len(found)} of {len(content)} bytes")

    write_safely(path, lambda target: target.write_bytes(content), verify)


def _refuse_project(target: Path) -> None:
    """Refuse to replace a project, open or not; exports run beside it, in their own process."""
    if not target.is_file():
        return
    try:
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'anello_project'"
            ).fetchone()
    except sqlite3.OperationalError:
        found = target.suffix.lower() == ".gpkg"  # in use by somebody: better safe
    except sqlite3.DatabaseError:
        found = None
    if found:
        raise InputError(
            message(
                QT_TRANSLATE_NOOP("core", "{name} is a project; an export needs another name"),
                name=target.name,
            )
        )


def _check_place(target: Path) -> None:
    if not target.parent.is_dir():
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "The folder {folder} does not exist."),
                folder=str(target.parent),
            ),
            target,
        )
    if target.is_dir():
        raise ExchangeError(
            message(
                QT_TRANSLATE_NOOP("core", "{path} is a folder; give the name of a file."),
                path=str(target),
            ),
            target,
        )


def _flush(path: Path) -> None:
    # Windows flushes only handles that may write.
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals the rename
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares refuse it
            raise
    finally:
        os.close(handle)


def _remove(temporary: Path) -> None:
    for name in (temporary.name, *(temporary.name + side for side in _SIDE_FILES)):
        leftover = temporary.with_name(name)
        try:
            leftover.unlink(missing_ok=True)
        except OSError:
            continue  # what cannot be removed must not hide why the export failed


def _explain(error: OSError | sqlite3.Error, target: Path) -> Message:
    if isinstance(error, PermissionError):
        return message(
            QT_TRANSLATE_NOOP(
                "core",
                "{path} cannot be written: it is open in another program, or you may not write "
                "there. Close it, or choose another name.",
            ),
            path=str(target),
        )
    is_full = isinstance(error, OSError) and error.errno in _NO_SPACE
    if is_full or "disk is full" in str(error):
        return message(
            QT_TRANSLATE_NOOP(
                "core", "{path} was not written: the disk is full. The file is as it was before."
            ),
            path=str(target),
        )
    return message(
        QT_TRANSLATE_NOOP(
            "core", "{path} was not written ({reason}). The file is as it was before."
        ),
        path=str(target),
        reason=str(error),
    )


def _incomplete(target: Path, reason: str) -> Message:
    return message(
        QT_TRANSLATE_NOOP(
            "core",
            "{path} was not written: reading it back gave something else ({reason}). Is the disk "
            "full? The file is as it was before.",
        ),
        path=str(target),
        reason=reason,
    )
