"""Tiles of files and servers: read as written, refused when vector, off the network when told."""

from __future__ import annotations

import gzip
import json
import math
import sqlite3
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.io.tilecache import TileCache
from app.io.tilefiles import open_tile_file, tile_number
from app.io.tiles import NetworkSwitch, open_tiles
from app.model.backgrounds import FILE, TILES, WMS, Background, background_from_json
from app.model.errors import ExchangeError, InputError

PICTURE = b"\x89PNG picture"


def write_mbtiles(path, tiles, form="png"):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)",
                       [("format", form), ("attribution", "© Somebody")])  # fmt: skip
        db.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            [(z, x, 2**z - 1 - y, data) for (z, x, y), data in tiles.items()],
        )
    db.close()
    return path


def varint(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def directory(entries):
    """Pack (number, run, length, offset) rows, without the shortcut for neighbours."""
    columns = [varint(len(entries))]
    last = 0
    for number, *_ in entries:
        columns.append(varint(number - last))
        last = number
    for place in (1, 2):
        columns.extend(varint(entry[place]) for entry in entries)
    columns.extend(varint(entry[3] + 1) for entry in entries)
    return b"".join(columns)


def write_pmtiles(path, tiles, kind=2, with_leaf=True, packing=2):
    pack = gzip.compress if packing == 2 else bytes
    rows, data = [], b""
    for (z, x, y), content in sorted(tiles.items(), key=lambda item: tile_number(*item[0])):
        rows.append((tile_number(z, x, y), 1, len(content), len(data)))
        data += content
    leaf = pack(directory(rows)) if with_leaf else b""
    root = pack(directory([(rows[0][0], 0, len(leaf), 0)] if with_leaf else rows))
    facts = pack(json.dumps({"attribution": "© PM"}).encode())
    spots = [127, len(root), 127 + len(root), len(facts)]
    spots += [sum(spots[2:4]), len(leaf)]
    spots += [sum(spots[4:6]), len(data)]
    head = b"PMTiles\x03" + struct.pack("<8Q", *spots) + struct.pack("<3Q", 1, 1, 1)
    zooms = [z for z, _, _ in tiles]
    head += bytes([1, packing, 1, kind, min(zooms), max(zooms)])
    path.write_bytes(head.ljust(127, b"\0") + root + facts + leaf + data)
    return path


TILES_WRITTEN = {(z, x, y): f"{z}/{x}/{y}".encode() for z in range(4) for x in range(2**z)
                 for y in range(2**z) if (x + y) % 3 != 1}  # fmt: skip


@pytest.mark.parametrize("write", [
    lambda path: write_mbtiles(path.with_suffix(".mbtiles"), TILES_WRITTEN),
    lambda path: write_pmtiles(path.with_suffix(".pmtiles"), TILES_WRITTEN),
    lambda path: write_pmtiles(path.with_suffix(".pmtiles"), TILES_WRITTEN, with_leaf=False,
                               packing=1),
])  # fmt: skip
def test_every_tile_comes_back_from_its_place(tmp_path, write):
    source = open_tile_file(write(tmp_path / "tiles"))
    assert (source.min_zoom, source.max_zoom) == (0, 3)
    assert source.attribution.startswith("©")
    for z in range(4):
        for x in range(2**z):
            for y in range(2**z):
                assert source.tile(z, x, y) == TILES_WRITTEN.get((z, x, y))
    source.close()


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 12), st.data())
def test_neighbours_on_the_curve_are_neighbours_on_the_map(zoom, data):
    """The Hilbert curve visits every tile of a level once, one step at a time."""
    side = 2**zoom
    if zoom <= 4:
        numbers = {tile_number(zoom, x, y): (x, y) for x in range(side) for y in range(side)}
        first = (4**zoom - 1) // 3
        assert sorted(numbers) == list(range(first, first + side * side))
        steps = [(numbers[n], numbers[n + 1]) for n in range(first, first + side * side - 1)]
        assert all(abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1 for a, b in steps)
    else:
        x, y = data.draw(st.integers(0, side - 1)), data.draw(st.integers(0, side - 1))
        first = (4**zoom - 1) // 3
        assert first <= tile_number(zoom, x, y) < first + side * side


def test_known_numbers_of_the_specification():
    assert [tile_number(0, 0, 0), tile_number(1, 0, 0), tile_number(1, 0, 1), tile_number(1, 1, 1),
            tile_number(1, 1, 0), tile_number(2, 0, 0)] == [0, 1, 2, 3, 4, 5]  # fmt: skip
    assert tile_number(12, 3423, 1763) == 19078479


def test_vector_tiles_are_refused_with_a_reason(tmp_path):
    with pytest.raises(ExchangeError, match="vector"):
        open_tile_file(write_mbtiles(tmp_path / "v.mbtiles", TILES_WRITTEN, "pbf"))
    with pytest.raises(ExchangeError, match="vector"):
        open_tile_file(write_pmtiles(tmp_path / "v.pmtiles", TILES_WRITTEN, kind=1))


@pytest.mark.parametrize("name, content", [
    ("a.pmtiles", b"PMTiles\x02" + b"\0" * 200), ("b.mbtiles", b"SQLite format 3\0" + b"\0" * 99),
    ("c.mbtiles", b"hello"), ("d.pmtiles", b""), ("e.gpkg", b"SQLite format 3\0"),
])  # fmt: skip
def test_other_files_are_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExchangeError):
        open_tile_file(tmp_path / name)
    with pytest.raises(ExchangeError):
        open_tile_file(tmp_path / "missing.mbtiles")


class Server:
    """A server on this machine that counts what it is asked."""

    def __init__(self):
        outer = self
        self.asked = []
        self.answer = (200, "image/png", PICTURE)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                code, kind, content = outer.answer
                self.send_response(code)
                if kind:
                    self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_words):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.stop()


def web(server, tmp_path, switch, kind=TILES, path="/{z}/{x}/{y}.png", **more):
    faults = []
    background = Background(kind, server.url + path, attribution="me", **more)
    return open_tiles(background, switch, TileCache(tmp_path / "cache"), faults.append), faults


def test_no_request_is_made_while_the_program_stays_off_the_network(server, tmp_path):
    switch = NetworkSwitch()
    source, faults = web(server, tmp_path, switch)
    assert all(source.tile(5, x, y) is None for x in range(5) for y in range(5))
    assert server.asked == [] and faults == []
    switch.allow(True)
    assert source.tile(5, 3, 4) == PICTURE
    assert server.asked == ["/5/3/4.png"]
    switch.allow(False)
    assert source.tile(5, 3, 4) == PICTURE, "what was kept needs no network"
    assert source.tile(5, 3, 5) is None
    assert server.asked == ["/5/3/4.png"]


def test_a_tile_is_asked_for_once(server, tmp_path):
    source, _ = web(server, tmp_path, NetworkSwitch(is_allowed=True), path="/{z}/{-y}/{x}")
    assert [source.tile(3, 1, 2) for _ in range(3)] == [PICTURE] * 3
    assert server.asked == ["/3/5/1"]
    server.answer = (404, "", b"")
    assert source.tile(3, 0, 0) is None and source.tile(3, 0, 0) is None
    assert len(server.asked) == 2, "that there is none is kept too"


@pytest.mark.parametrize("answer", [(500, "", b""), (200, "text/html", b"<p>no</p>")])
def test_a_faulty_server_is_told_once_and_left_alone(server, tmp_path, answer):
    server.answer = answer
    source, faults = web(server, tmp_path, NetworkSwitch(is_allowed=True))
    assert all(source.tile(6, x, 0) is None for x in range(20))
    assert len(faults) == 1 and "127.0.0.1" in str(faults[0])
    assert len(server.asked) <= 5


def test_a_server_that_is_not_there_is_told_once(server, tmp_path):
    source, faults = web(server, tmp_path, NetworkSwitch(is_allowed=True))
    server.stop()
    assert all(source.tile(6, x, 0) is None for x in range(9))
    assert len(faults) == 1
    server.http = type("Gone", (), {"shutdown": lambda _s: None, "server_close": lambda _s: None})()


def test_a_closed_source_asks_no_more(server, tmp_path):
    source, _ = web(server, tmp_path, NetworkSwitch(is_allowed=True))
    source.close()
    assert source.tile(1, 0, 0) is None and server.asked == []


def test_a_map_server_is_asked_for_the_square_of_the_tile(server, tmp_path):
    source, _ = web(server, tmp_path, NetworkSwitch(is_allowed=True), WMS, "/wms?map=a&layers=z",
                    layers="roads,rail")  # fmt: skip
    assert source.tile(1, 1, 0) == PICTURE
    query = dict(part.split("=") for part in server.asked[0].partition("?")[2].split("&"))
    west, south, east, north = (float(v) for v in query["BBOX"].replace("%2C", ",").split(","))
    half = math.pi * 6378137
    assert (west, south, east, north) == pytest.approx((0, 0, half, half), abs=0.01)
    assert query["map"] == "a" and query["LAYERS"] == "roads%2Crail" and "layers" not in query


@pytest.mark.parametrize("kind, url, layers", [
    (TILES, "file:///etc/passwd/{z}/{x}/{y}", ""), (TILES, "ftp://a/{z}/{x}/{y}", ""),
    (TILES, "https://a.example/tiles", ""), (WMS, "https://a.example/wms", ""), (TILES, "", ""),
])  # fmt: skip
def test_addresses_are_checked(tmp_path, kind, url, layers):
    with pytest.raises(InputError):
        open_tiles(Background(kind, url, layers), NetworkSwitch(), TileCache(tmp_path), print)


def test_the_cache_keeps_to_its_size(tmp_path):
    cache = TileCache(tmp_path, limit_bytes=10_000)
    for number in range(200):
        cache.put(f"t{number}", b"x" * 200)
    cache.prune()
    assert 0 < cache.size_bytes() <= 10_000
    cache.clear()
    assert cache.size_bytes() == 0 and cache.get("t199") is None
    blocked = TileCache(tmp_path / "file" / "below")
    (tmp_path / "file").write_text("in the way")
    blocked.put("a", b"1")
    assert blocked.get("a") is None


def test_a_stored_background_is_read_with_care():
    known = Background(FILE, "a.mbtiles", "", "me", 12, 0.5)
    assert background_from_json(known.as_json()) == known
    assert background_from_json({"kind": "magic"}).is_none
    assert background_from_json([1]).is_none
    assert background_from_json({"kind": "tiles", "max_zoom": 99, "opacity": 7}).max_zoom == 22
