"""Archives: refused before anything is unpacked when they are bombs or hold unsafe names."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from app.io.importing.faults import Fault

SIZE_LIMIT_BYTES = 2**30
RATIO_LIMIT = 100
"""Deflate reaches about 1000; tables of text rarely exceed 30."""
RATIO_FREE_BYTES = 16 * 2**20
"""Below this unpacked size the ratio does not matter."""
MEMBER_LIMIT = 4096

SHAPE_ENDINGS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open ``path`` as a checked ZIP archive; raises `Fault`."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(path, archive)
            yield archive
    except (
        zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError,
        NotImplementedError, RuntimeError, ValueError, UnicodeDecodeError,
    ) as error:  # fmt: skip
        raise Fault("bad_archive", reason=str(error)) from error


def _check(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MEMBER_LIMIT:
        raise Fault("too_many_members", count=len(members))
    for member in members:
        if _is_unsafe(member.filename):
            raise Fault("bad_member", member=member.filename)
    unpacked = sum(member.file_size for member in members)
    ratio = unpacked // max(path.stat().st_size, 1)
    if unpacked > SIZE_LIMIT_BYTES or (unpacked > RATIO_FREE_BYTES and ratio > RATIO_LIMIT):
        raise Fault("bomb", size_mb=unpacked >> 20, ratio=ratio)


def _is_unsafe(name: str) -> bool:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    return (
        posix.is_absolute() or bool(windows.drive) or bool(windows.root)
        or ".." in posix.parts or ".." in windows.parts
    )  # fmt: skip


def main_member(names: Sequence[str]) -> str:
    """Return the one Shapefile of an archive; raises `Fault` when there is not exactly one."""
    found = [
        name
        for name in names
        if name.lower().endswith(".shp") and not PurePosixPath(name).name.startswith("._")
    ]
    if len(found) != 1:
        listed = ", ".join(sorted(names)[:8])
        raise Fault("archive_content", members=listed)
    return found[0]


def extract_shapefile(path: Path, member: str, folder: Path) -> Path:
    """Unpack the files of one Shapefile into ``folder`` and return the path of its ``.shp``.

    The declared sizes may lie: what really comes out is counted, and stopped at the limit.
    """
    stem = member[: -len(".shp")].lower()
    total = 0
    with open_archive(path) as archive:
        for name in archive.namelist():
            ending = PurePosixPath(name).suffix.lower()
            if ending not in SHAPE_ENDINGS or name[: -len(ending)].lower() != stem:
                continue
            with archive.open(name) as source, (folder / f"source{ending}").open("wb") as sink:
                while block := source.read(2**20):
                    total += len(block)
                    if total > SIZE_LIMIT_BYTES:
                        size = path.stat().st_size
                        raise Fault("bomb", size_mb=total >> 20, ratio=total // max(size, 1))
                    sink.write(block)
    for ending in (".shx", ".dbf"):
        if not (folder / f"source{ending}").exists():
            raise Fault("siblings", ending=ending)
    return folder / "source.shp"
