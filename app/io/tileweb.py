"""Tiles from a server: XYZ and WMTS templates, WMS; only while the network may be used."""

from __future__ import annotations

import http.client
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from app import __version__
from app.io.tilecache import TileCache
from app.model.backgrounds import TILES, Background
from app.model.errors import InputError
from app.model.messages import QT_TRANSLATE_NOOP, Message, message

TIMEOUT_S = 6.0
_MAX_BYTES = 8_000_000
_HALF_M = 20_037_508.342789244
"""Half the side of the square of web Mercator, in m."""
_FAULTS_ALLOWED = 4
"""After so many faults in a row the server is left alone."""

_NO_ADDRESS = QT_TRANSLATE_NOOP("core", "“{url}” is no address of a server (http or https).")
_NO_PLACES = QT_TRANSLATE_NOOP("core", "The address needs {places} where the tile is named.")
_NO_LAYERS = QT_TRANSLATE_NOOP("core", "A WMS needs the names of layers.")
_FAILED = QT_TRANSLATE_NOOP(
    "core", "The background cannot be fetched from {host} ({reason}); the map goes on without it."
)


class NetworkSwitch:
    """Whether the program may use the network: off until somebody switches it on."""

    def __init__(self, *, is_allowed: bool = False) -> None:
        self._allowed = threading.Event()
        self.allow(is_allowed)

    @property
    def is_allowed(self) -> bool:
        """Whether requests may be made."""
        return self._allowed.is_set()

    def allow(self, is_allowed: bool) -> None:
        """Allow requests, or stay off the network from now on."""
        (self._allowed.set if is_allowed else self._allowed.clear)()


class WebTiles:
    """Pictures of tiles from a server, with a cache; may be used from several threads.

    Parameters
    ----------
    background
        What to fetch.
    switch
        Asked before every request; what is cached needs no request.
    cache
        Where tiles are kept.
    fault
        Called once, in any thread, when tiles cannot be had.

    Raises
    ------
    InputError
        For an address that is none.
    """

    min_zoom = 0

    def __init__(
        self,
        background: Background,
        switch: NetworkSwitch,
        cache: TileCache,
        fault: Callable[[Message], None],
    ) -> None:
        self._template = checked_address(background)
        self._layers = background.layers
        self._is_wms = background.kind != TILES
        self.max_zoom = background.max_zoom
        self.attribution = background.attribution
        self._switch = switch
        self._cache = cache
        self._fault = fault
        self._lock = threading.Lock()
        self._faults = 0
        self._is_closed = threading.Event()

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the picture of a tile, row 0 in the north; ``None`` where it cannot be had."""
        url = self.address(zoom, column, row)
        known = self._cache.get(url)
        if known is not None:
            return known or None
        if not self._may_ask():
            return None
        try:
            content = self._fetched(url)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._failed(url, error)
            return None
        with self._lock:
            self._faults = 0
        self._cache.put(url, content)
        return content or None

    def address(self, zoom: int, column: int, row: int) -> str:
        """Return the address of a tile."""
        if self._is_wms:
            return self._map_address(zoom, column, row)
        values = {
            "z": zoom, "x": column, "y": row, "-y": 2**zoom - 1 - row,
            "TileMatrix": zoom, "TileCol": column, "TileRow": row,
        }  # fmt: skip
        return _PLACE.sub(lambda match: str(values[match[1]]), self._template)

    def close(self) -> None:
        """Ask for nothing more."""
        self._is_closed.set()

    def _may_ask(self) -> bool:
        if self._is_closed.is_set() or not self._switch.is_allowed:
            return False
        with self._lock:
            return self._faults < _FAULTS_ALLOWED

    def _fetched(self, url: str) -> bytes:
        """Fetch a picture; b"" where the server says that there is none."""
        request = urllib.request.Request(url, headers={"User-Agent": f"Anello/{__version__}"})
        try:
            with _OPENER.open(request, timeout=TIMEOUT_S) as response:
                kind = str(response.headers.get("Content-Type", ""))
                content = bytes(response.read(_MAX_BYTES + 1))
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in (204, 404, 410):
                return b""
            raise
        if kind and not kind.startswith(("image/", "application/octet-stream")):
            raise ValueError(kind.partition(";")[0][:60])
        if len(content) > _MAX_BYTES:
            raise ValueError("too large")
        return content

    def _failed(self, url: str, error: Exception) -> None:
        with self._lock:
            self._faults += 1
            is_last = self._faults == _FAULTS_ALLOWED
        if is_last and not self._is_closed.is_set():
            reason = getattr(error, "reason", None) or error
            host = urlsplit(url).netloc.rpartition("@")[2]
            self._fault(message(_FAILED, host=host, reason=str(reason)[:120]))

    def _map_address(self, zoom: int, column: int, row: int) -> str:
        side = 2 * _HALF_M / 2**zoom
        west, north = column * side - _HALF_M, _HALF_M - row * side
        parts = urlsplit(self._template)
        # version 1.1.1 knows no axes in the order north, east
        asked = {
            "SERVICE": "WMS", "VERSION": "1.1.1", "REQUEST": "GetMap", "LAYERS": self._layers,
            "STYLES": "", "SRS": "EPSG:3857", "FORMAT": "image/png", "TRANSPARENT": "TRUE",
            "WIDTH": "256", "HEIGHT": "256",
            "BBOX": f"{west:.6f},{north - side:.6f},{west + side:.6f},{north:.6f}",
        }  # fmt: skip
        own = {key: value for key, value in parse_qsl(parts.query) if key.upper() not in asked}
        return urlunsplit(parts._replace(query=urlencode({**own, **asked}), fragment=""))


_PLACE = re.compile(r"\{(-?[zxy]|TileMatrix|TileCol|TileRow)\}")


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to another address of a web server."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # as the base
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise ValueError("redirected")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_WebOnly)


def checked_address(background: Background) -> str:
    """Return the address or template of a background; raises `InputError`."""
    url = background.location.strip()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise InputError(message(_NO_ADDRESS, url=url[:120]))
    if background.kind == TILES:
        found = {name.strip("-") for name in _PLACE.findall(url)}
        if not ({"z", "x", "y"} <= found or {"TileMatrix", "TileCol", "TileRow"} <= found):
            raise InputError(message(_NO_PLACES, places="{z}, {x}, {y}"))
    elif not background.layers.strip():
        raise InputError(message(_NO_LAYERS))
    return url
