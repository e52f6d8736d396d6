"""Archives: refused before anything is unpacked when they are bombs or hold unsafe names."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
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
    """Unpack the files of one Shapefile into ``folder`` and return the path of its ``.shp``."""
    stem = member[: -len(".shp")].lower()
    with open_archive(path) as archive:
        wanted = {}
        for name in archive.namelist():
            ending = PurePosixPath(name).suffix.lower()
            if ending in SHAPE_ENDINGS and name[: -len(ending)].lower() == stem:
                wanted[name] = folder / f"source{ending}"
        _unpack(path, archive, wanted)
    for ending in (".shx", ".dbf"):
        if not (folder / f"source{ending}").exists():
            raise Fault("siblings", ending=ending)
    return folder / "source.shp"


def extract_kml(path: Path, members: Sequence[str], folder: Path) -> list[Path]:
    """Unpack the documents of a KMZ into ``folder`` and return their paths.

    GDAL reads KMZ by itself but then loses the columns that a schema declares, and the documents
    behind an index.
    """
    wanted = {member: folder / f"source{number}.kml" for number, member in enumerate(members)}
    with open_archive(path) as archive:
        _unpack(path, archive, wanted)
    return list(wanted.values())


def _unpack(path: Path, archive: zipfile.ZipFile, wanted: Mapping[str, Path]) -> None:
    """Unpack members; declared sizes may lie, so what really comes out is counted."""
    total = 0
    for name, goal in wanted.items():
        with archive.open(name) as source, goal.open("wb") as sink:
            while block := source.read(2**20):
                total += len(block)
                if total > SIZE_LIMIT_BYTES:
                    ratio = total // max(path.stat().st_size, 1)
                    raise Fault("bomb", size_mb=total >> 20, ratio=ratio)
                sink.write(block)
