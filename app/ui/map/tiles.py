"""Tiles: pictures of the still layers, drawn in worker threads and kept for panning.

A tile that is out of date is shown until the new one is there, and while the view is being zoomed
the tiles of another level are shown scaled. So the window never waits for a drawing.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import (
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from app.ui.map.camera import Camera
from app.ui.map.scene import TILE_PX, Scene
from app.ui.map.workers import Workers

CACHE_BYTES = 256_000_000
WORKERS = 2


class Drawable(Protocol):
    """What a stack of tiles shows: an immutable value that is drawn in any thread."""

    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def is_empty(self) -> bool: ...  # noqa: D102
    @property
    def paper(self) -> str | None: ...  # noqa: D102
    def render(self, resolution: float, column: int, row: int, ratio: float) -> QImage: ...  # noqa: D102


@dataclass(frozen=True, order=True)
class TileKey:
    """Which tile: stack, level of resolution, column and row, device pixels per pixel."""

    stack: int
    level: int
    column: int
    row: int
    ratio: float


@dataclass(frozen=True)
class Tile:
    """A drawn tile and the version of the scene that it shows."""

    version: int
    resolution: float
    image: QImage


@dataclass(frozen=True)
class _Job:
    key: TileKey
    resolution: float


class TileCache:
    """The least recently used tiles go when their pictures exceed a number of bytes."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._tiles: OrderedDict[TileKey, Tile] = OrderedDict()
        self.limit_bytes = limit_bytes
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._tiles)

    @property
    def bytes(self) -> int:
        """Size of all pictures."""
        return self._bytes

    def get(self, key: TileKey) -> Tile | None:
        """Return a tile of any version and mark it as used."""
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles.move_to_end(key)
        return tile

    def put(self, key: TileKey, tile: Tile) -> None:
        """Keep a tile, and let others go when there are too many."""
        old = self._tiles.pop(key, None)
        if old is not None:
            self._bytes -= _size_of(old)
        self._tiles[key] = tile
        self._bytes += _size_of(tile)
        while self._bytes > self.limit_bytes and len(self._tiles) > 1:
            _, gone = self._tiles.popitem(last=False)
            self._bytes -= _size_of(gone)

    def items_of(self, stack: int) -> list[tuple[TileKey, Tile]]:
        """Return all tiles of a stack."""
        return [(key, tile) for key, tile in self._tiles.items() if key.stack == stack]

    def clear(self) -> None:
        """Forget all tiles."""
        self._tiles.clear()
        self._bytes = 0


class TileService(QObject):
    """Draws tiles of several stacks in threads of its own and paints what is there.

    Parameters
    ----------
    count
        Number of stacks; each shows one `Scene`.
    """

    arrived = Signal()

    def __init__(self, count: int, parent: QObject | None = None, workers: int = WORKERS) -> None:
        super().__init__(parent)
        self._scenes: list[Drawable] = [Scene() for _ in range(count)]
        self._workers = workers
        self.cache = TileCache()
        self._pool = Workers(workers, self)
        self._lock = threading.Lock()
        self._wanted: deque[_Job] = deque()
        self._running: dict[TileKey, int] = {}
        self._done: deque[tuple[TileKey, Tile]] = deque()
        self._is_closed = False
        self._has_news = False
        self.arrived.connect(self._collect)

    def scene(self, stack: int) -> Drawable:
        """Return the scene of a stack."""
        return self._scenes[stack]

    def set_scene(self, stack: int, scene: Drawable) -> None:
        """Show another scene; its ``version`` must differ when it looks different."""
        with self._lock:
            self._scenes[stack] = scene

    @property
    def is_idle(self) -> bool:
        """Whether every requested tile is drawn and can be painted."""
        with self._lock:
            return not (self._wanted or self._running or self._done)

    def is_complete(self, camera: Camera) -> bool:
        """Whether every tile in view is there and up to date."""
        return not any(
            True
            for stack, scene in enumerate(self._scenes)
            if not scene.is_empty
            for _ in self._missing(stack, scene.version, camera, 0, with_running=True)
        )

    def request(self, camera: Camera, around: int = 1) -> None:
        """Ask for all tiles in view, nearest to the centre first, then those around the view.

        What was asked before and is not being drawn yet is forgotten.
        """
        self.cache.limit_bytes = max(CACHE_BYTES, 4 * _bytes_in_view(camera, len(self._scenes)))
        jobs: list[_Job] = []
        for margin in (0, around) if around else (0,):
            for stack, scene in enumerate(self._scenes):
                if not scene.is_empty:
                    jobs.extend(self._missing(stack, scene.version, camera, margin))
        with self._lock:
            if self._is_closed:
                return
            self._wanted = deque(dict.fromkeys(jobs))
            starting = min(len(self._wanted), self._workers)
        for _ in range(starting):
            self._pool.start(self._work)

    def request_ahead(self, cameras: Sequence[Camera]) -> None:
        """Ask for views that may come next, after all that is wanted, while memory allows it."""
        stacks = len(self._scenes)
        if any(_AHEAD_SHARE * _bytes_in_view(item, stacks) > CACHE_BYTES for item in cameras):
            return
        jobs = [
            job
            for camera in cameras
            for stack, scene in enumerate(self._scenes)
            if not scene.is_empty
            for job in self._missing(stack, scene.version, camera, 0)
        ]
        with self._lock:
            if self._is_closed:
                return
            self._wanted = deque(dict.fromkeys([*self._wanted, *jobs]))
            starting = min(len(self._wanted), self._workers)
        for _ in range(starting):
            self._pool.start(self._work)

    def paint(self, painter: QPainter, camera: Camera) -> bool:
        """Paint what is known of every stack; return whether all of it is up to date."""
        complete = True
        for stack, scene in enumerate(self._scenes):
            if scene.is_empty:
                continue
            missing = QRegion()
            for key in tile_keys(stack, camera):
                tile = self.cache.get(key)
                place = place_of(key, camera)
                if tile is None:
                    missing += QRect(place.toPoint(), _TILE_SIZE)
                elif not tile.image.isNull():
                    painter.drawImage(place, tile.image)
                complete &= tile is not None and tile.version == scene.version
            if not missing.isEmpty():
                if scene.paper is not None:
                    for rect in _rects(missing):
                        painter.fillRect(rect, QColor(scene.paper))
                self._paint_substitutes(painter, camera, stack, missing)
        return complete

    def wait_idle(self, timeout_ms: int = 10_000) -> bool:
        """Wait until the workers have nothing to do, and take over their tiles."""
        finished = self._pool.wait(timeout_ms / 1000)
        self._collect()
        return finished

    def shutdown(self) -> None:
        """Let no further tile be drawn, and wait for those being drawn."""
        with self._lock:
            self._is_closed = True
            self._wanted.clear()
        self._pool.close()
        self._done.clear()

    def _missing(
        self, stack: int, version: int, camera: Camera, margin: int, with_running: bool = False
    ) -> Iterable[_Job]:
        for key in tile_keys(stack, camera, margin):
            tile = self.cache.get(key)
            if tile is None or tile.version != version:
                with self._lock:
                    if not with_running and self._running.get(key) == version:
                        continue
                yield _Job(key, camera.resolution)

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._is_closed or not self._wanted:
                    return
                job = self._wanted.popleft()
                scene = self._scenes[job.key.stack]
                self._running[job.key] = scene.version
            image = scene.render(job.resolution, job.key.column, job.key.row, job.key.ratio)
            with self._lock:
                self._running.pop(job.key, None)
                self._done.append((job.key, Tile(scene.version, job.resolution, image)))
                tell = not self._has_news and not self._is_closed
                self._has_news = True
            if tell:
                self.arrived.emit()

    def _collect(self) -> None:
        with self._lock:
            news = list(self._done)
            self._done.clear()
            self._has_news = False
        for key, tile in news:
            known = self.cache.get(key)
            if known is None or known.version <= tile.version:
                self.cache.put(key, tile)

    def _paint_substitutes(
        self, painter: QPainter, camera: Camera, stack: int, missing: QRegion
    ) -> None:
        """Fill a region with scaled tiles of the level that covers most of it."""
        levels: dict[tuple[int, float], list[tuple[TileKey, Tile, QRectF]]] = {}
        for key, tile in self.cache.items_of(stack):
            place = scaled_place_of(key, tile.resolution, camera)
            if missing.intersects(place.toAlignedRect()):
                levels.setdefault((key.level, key.ratio), []).append((key, tile, place))
        if not levels:
            return

        def worth(level: tuple[int, float]) -> tuple[int, int]:
            covered = _covered(missing, [place for _, _, place in levels[level]])
            return covered, -abs(level[0] - camera.level)

        best = max(levels, key=worth)
        painter.save()
        painter.setClipRegion(missing)
        for _, tile, place in levels[best]:
            if not tile.image.isNull():
                painter.drawImage(place, tile.image)
        painter.restore()


_AHEAD_SHARE = 5
"""Views that the cache holds, the ones ahead and around included."""
_TILE_SIZE = QSize(TILE_PX, TILE_PX)


def tile_keys(stack: int, camera: Camera, margin: int = 0) -> Sequence[TileKey]:
    """Return the keys of all tiles in view, grown by ``margin`` tiles, nearest first."""
    span = TILE_PX * camera.resolution
    xmin, ymin, xmax, ymax = camera.extent
    columns = range(int(xmin // span) - margin, int(xmax // span) + 1 + margin)
    rows = range(int(-ymax // span) - margin, int(-ymin // span) + 1 + margin)
    centre_x, centre_y = camera.x / span - 0.5, -camera.y / span - 0.5
    keys = [
        TileKey(stack, camera.level, column, row, camera.ratio)
        for row in rows
        for column in columns
    ]
    keys.sort(key=lambda key: (key.column - centre_x) ** 2 + (key.row - centre_y) ** 2)
    return keys


def _size_of(tile: Tile) -> int:
    return int(tile.image.sizeInBytes()) + 500  # blank tiles cost a little too


def _bytes_in_view(camera: Camera, stacks: int) -> int:
    return len(tile_keys(0, camera)) * stacks * 4 * round(TILE_PX * camera.ratio) ** 2


def place_of(key: TileKey, camera: Camera) -> QPointF:
    """Return where the upper left corner of a tile of the camera's level lies."""
    return QPointF(
        key.column * TILE_PX - camera.left / camera.resolution,
        key.row * TILE_PX + camera.top / camera.resolution,
    )


def scaled_place_of(key: TileKey, resolution: float, camera: Camera) -> QRectF:
    """Return the rectangle that a tile of any level covers in the camera's view."""
    span = TILE_PX * resolution
    x = (key.column * span - camera.left) / camera.resolution
    y = (camera.top + key.row * span) / camera.resolution
    side = span / camera.resolution
    return QRectF(x, y, side, side)


def _covered(missing: QRegion, places: Iterable[QRectF]) -> int:
    total = QRegion()
    for place in places:
        total += place.toAlignedRect()
    cut = missing.intersected(total)
    return sum(rect.width() * rect.height() for rect in _rects(cut))


def _rects(region: QRegion) -> list[QRect]:
    return [QRect(item) for item in region]  # type: ignore[attr-defined]
