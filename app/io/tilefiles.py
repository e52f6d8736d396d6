"""Tiles in one file: MBTiles 1.3 [1]_ and PMTiles 3 [2]_, pictures only.

References
----------
.. [1] MBTiles specification 1.3, https://github.com/mapbox/mbtiles-spec
.. [2] PMTiles specification 3, https://github.com/protomaps/PMTiles
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
import threading
import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.model.errors import ExchangeError
from app.model.messages import QT_TRANSLATE_NOOP, message

_VECTOR = QT_TRANSLATE_NOOP(
    "core",
    "{name} holds vector tiles, which are not drawn; a file with pictures (PNG, JPEG) is needed.",
)
_NO_TILES = QT_TRANSLATE_NOOP("core", "{name} is no file of map tiles (MBTiles or PMTiles 3).")
_PACKED = QT_TRANSLATE_NOOP("core", "{name} is packed in a way that is not read.")

SUFFIXES = (".mbtiles", ".pmtiles")
_MAX_TILE_BYTES = 8_000_000
_MAX_DIRECTORY_BYTES = 64_000_000
_DIRECTORIES_KEPT = 64


class MbtilesFile:
    """An MBTiles file, opened read-only; may be used from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            facts = dict(self._db.execute("SELECT name, value FROM metadata").fetchall())
            low, high = self._db.execute(
                "SELECT min(zoom_level), max(zoom_level) FROM tiles"
            ).fetchone()
        except sqlite3.Error as error:
            raise ExchangeError(message(_NO_TILES, name=path.name), path) from error
        if str(facts.get("format", "png")).lower() in ("pbf", "mvt"):
            self.close()
            raise ExchangeError(message(_VECTOR, name=path.name), path)
        self.min_zoom, self.max_zoom = int(low or 0), int(high or 0)
        self.attribution = str(facts.get("attribution") or "")

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the picture of a tile, row 0 in the north; ``None`` where there is none."""
        flipped = 2**zoom - 1 - row  # MBTiles counts from the south
        with self._lock:
            found = self._db.execute(
                "SELECT tile_data FROM tiles"
                " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, flipped),
            ).fetchone()
        return bytes(found[0]) if found and found[0] else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


@dataclass(frozen=True)
class _Directory:
    """Entries of a PMTiles directory: numbers of tiles, runs, lengths and offsets."""

    ids: tuple[int, ...]
    runs: tuple[int, ...]
    lengths: tuple[int, ...]
    offsets: tuple[int, ...]


class PmtilesFile:
    """A PMTiles file of version 3; may be used from several threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[int, int], _Directory] = OrderedDict()
        try:
            self._file = path.open("rb")
            head = self._file.read(127)
        except OSError as error:
            raise ExchangeError(message(_NO_TILES, name=path.name), path) from error
        try:
            self._read_head(head)
        except ExchangeError:
            self._file.close()
            raise

    def _read_head(self, head: bytes) -> None:
        name = self._path.name
        if len(head) < 127 or head[:7] != b"PMTiles" or head[7] != 3:
            raise ExchangeError(message(_NO_TILES, name=name), self._path)
        (root, root_length, facts, facts_length, self._leaves, _, self._data, _) = struct.unpack(
            "<8Q", head[8:72]
        )
        self._packing, tile_packing, kind = head[97], head[98], head[99]
        if kind == 1:
            raise ExchangeError(message(_VECTOR, name=name), self._path)
        if self._packing not in (1, 2) or tile_packing not in (0, 1, 2):
            raise ExchangeError(message(_PACKED, name=name), self._path)
        self._is_tile_packed = tile_packing == 2
        self.min_zoom, self.max_zoom = head[100], head[101]
        self._root = (root, root_length)
        text = self._unpacked(facts, facts_length) if facts_length else b""
        self.attribution = _attribution(text)

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the picture of a tile, row 0 in the north; ``None`` where there is none."""
        wanted = tile_number(zoom, column, row)
        place = self._root
        with self._lock:
            for _ in range(4):  # the root, and at most three levels of leaves
                directory = self._directory(*place)
                at = bisect_right(directory.ids, wanted) - 1
                if at < 0:
                    return None
                if directory.runs[at]:
                    if wanted >= directory.ids[at] + directory.runs[at]:
                        return None
                    offset = self._data + directory.offsets[at]
                    content = self._bytes(offset, min(directory.lengths[at], _MAX_TILE_BYTES))
                    return gzip.decompress(content) if self._is_tile_packed else content
                place = (self._leaves + directory.offsets[at], directory.lengths[at])
        return None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def _bytes(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)

    def _unpacked(self, offset: int, length: int) -> bytes:
        content = self._bytes(offset, min(length, _MAX_DIRECTORY_BYTES))
        if self._packing == 1:
            return content
        try:
            return zlib.decompressobj(31).decompress(content, _MAX_DIRECTORY_BYTES)
        except zlib.error as error:
            raise ExchangeError(message(_NO_TILES, name=self._path.name), self._path) from error

    def _directory(self, offset: int, length: int) -> _Directory:
        known = self._known.pop((offset, length), None)
        if known is None:
            known = _parsed(self._unpacked(offset, length))
        self._known[(offset, length)] = known
        if len(self._known) > _DIRECTORIES_KEPT:
            self._known.popitem(last=False)
        return known


def open_tile_file(path: Path) -> MbtilesFile | PmtilesFile:
    """Open a file of tiles, told by how it begins; raises `ExchangeError`.

    A file of another name is not even opened: it could be a project, whose locks a mere look
    would cancel.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ExchangeError(message(_NO_TILES, name=path.name), path)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise ExchangeError(message(_NO_TILES, name=path.name), path) from error
    if head[:7] == b"PMTiles":
        return PmtilesFile(path)
    if head[:15] == b"SQLite format 3":
        return MbtilesFile(path)
    raise ExchangeError(message(_NO_TILES, name=path.name), path)


def tile_number(zoom: int, column: int, row: int) -> int:
    """Return the number of a tile along PMTiles' Hilbert curve through all levels."""
    number = (4**zoom - 1) // 3
    side = 2**zoom // 2
    x, y = column, row
    while side:
        right, below = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ below)
        if not below:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side //= 2
    return number


def _parsed(content: bytes) -> _Directory:
    numbers = _varints(content)
    count = next(numbers)
    ids, last = [], 0
    for _ in range(count):
        last += next(numbers)
        ids.append(last)
    runs = [next(numbers) for _ in range(count)]
    lengths = [next(numbers) for _ in range(count)]
    offsets: list[int] = []
    for at in range(count):
        value = next(numbers)
        offsets.append(offsets[-1] + lengths[at - 1] if value == 0 and at else value - 1)
    return _Directory(tuple(ids), tuple(runs), tuple(lengths), tuple(offsets))


def _varints(content: bytes) -> Iterator[int]:
    value, shift = 0, 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            yield value
            value, shift = 0, 0


def _attribution(text: bytes) -> str:
    try:
        facts = json.loads(text or b"{}")
    except ValueError:
        return ""
    return str(facts.get("attribution") or "") if isinstance(facts, dict) else ""
