"""A folder of tiles fetched before, of limited size: the longest unused go first."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
from pathlib import Path

CACHE_BYTES = 200_000_000
_OLD_S = 30 * 24 * 3600.0
_LOOK_EVERY = 64
"""Tiles written between two looks at the size of the folder."""


class TileCache:
    """Keeps bytes under keys; what is older than 30 days counts as gone.

    Anything that goes wrong with the disk is as if nothing had been kept.
    """

    def __init__(self, folder: Path, limit_bytes: int = CACHE_BYTES) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._written = 0

    def get(self, key: str) -> bytes | None:
        """Return what was kept under ``key``, and mark it as used."""
        path = self._path(key)
        try:
            if time.time() - path.stat().st_mtime > _OLD_S:
                return None
            content = path.read_bytes()
            os.utime(path, (time.time(), path.stat().st_mtime))
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content``; now and then the longest unused tiles are removed."""
        path = self._path(key)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            temporary.replace(path)
        except OSError:
            return
        with self._lock:
            self._written += 1
            is_due = self._written % _LOOK_EVERY == 1
        if is_due:
            self.prune()

    def size_bytes(self) -> int:
        """Return the size of all that is kept."""
        return sum(size for _, size, _ in self._all())

    def prune(self) -> None:
        """Remove the longest unused until nine tenths of the limit are kept."""
        kept = self._all()
        total = sum(size for _, size, _ in kept)
        if total <= self._limit_bytes:
            return
        for _, size, path in sorted(kept, key=lambda item: (item[0], item[2].name)):
            path.unlink(missing_ok=True)
            total -= size
            if total <= 0.9 * self._limit_bytes:
                return

    def clear(self) -> None:
        """Remove everything."""
        for _, _, path in self._all():
            path.unlink(missing_ok=True)

    def _all(self) -> list[tuple[float, int, Path]]:
        """Return last use, size and path of every tile."""
        found = []
        for path in self._folder.glob("*/*.tile"):
            try:
                facts = path.stat()
            except OSError:
                continue
            found.append((facts.st_atime, facts.st_size, path))
        return found

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()[:40]
        return self._folder / name[:2] / f"{name}.tile"
