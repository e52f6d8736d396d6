"""Sources of background tiles: files, and servers by the user's choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.io.tilecache import TileCache
from app.io.tilefiles import MbtilesFile, PmtilesFile, open_tile_file
from app.io.tileweb import NetworkSwitch, WebTiles
from app.model.backgrounds import FILE, Background
from app.model.messages import Message

TileSource = MbtilesFile | PmtilesFile | WebTiles

__all__ = ["NetworkSwitch", "TileCache", "TileSource", "open_tiles"]


def open_tiles(
    background: Background,
    switch: NetworkSwitch,
    cache: TileCache,
    fault: Callable[[Message], None],
) -> TileSource:
    """Open what a background draws; raises `ExchangeError` or `InputError`."""
    if background.kind == FILE:
        return open_tile_file(Path(background.location))
    return WebTiles(background, switch, cache, fault)
