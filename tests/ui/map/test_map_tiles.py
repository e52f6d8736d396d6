from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.model.network import Network
from app.model.symbols import load_symbols
from app.ui.map.camera import Camera
from app.ui.map.layers import build_layer
from app.ui.map.scene import Scene, make_layer, render_tile
from app.ui.map.tiles import Tile, TileCache, TileKey, TileService, place_of, tile_keys
from app.ui.map.view import MapView
from tests.ui.map.support import X, Y, at, line, with_table

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]
PAPER = "#ffffff"


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(whole.constBits(), np.uint8)
    return flat.reshape(whole.height(), whole.width(), 4)[:, :, :3].copy()


def thread_count() -> int:
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def ink(image: QImage) -> int:
    """Number of pixels that are not paper."""
    return int((pixels(image) != 255).any(axis=2).sum())


def scene_of(network: Network, *tables: str, plan: str | None = None) -> Scene:
    symbols = load_symbols()
    layers = tuple(
        make_layer(build_layer(symbols.layers[table], network.geo(table)), symbols.colors, False,
                   plan=plan)
        for table in tables
    )  # fmt: skip
    return Scene(1, layers, PAPER)


def tile_at(scene: Scene, x: float, y: float, resolution: float) -> QImage:
    span = 512 * resolution
    return render_tile(scene, resolution, int(x // span), int(-y // span), 1.0)


def test_a_symbol_is_left_out_beyond_its_largest_scale(network: Network) -> None:
    slow = with_table(
        network, "streets", {"road_class": ["residential"]}, [line((0, 0), (900, 0))], ["slow"]
    )
    limit = load_symbols().layers["streets"].default.max_scale
    per_px = limit * 0.0254 / 96
    assert ink(tile_at(scene_of(slow, "streets"), X + 1, Y + 1, per_px * 0.98)) > 0
    assert ink(tile_at(scene_of(slow, "streets"), X + 1, Y + 1, per_px * 1.02)) == 0


def test_only_the_previewed_plan_is_drawn(network: Network) -> None:
    one = ink(tile_at(scene_of(network, "plan_spans", plan="a"), X + 500, Y + 300, 4.0))
    assert one > 0
    assert ink(tile_at(scene_of(network, "plan_spans"), X + 500, Y + 300, 4.0)) == 0
    assert ink(tile_at(scene_of(network, "plan_spans", plan="c"), X + 500, Y + 300, 4.0)) == 0


def test_neighbouring_tiles_fit_without_a_seam(network: Network) -> None:
    scene = scene_of(network, "spans")
    resolution = 1.0
    column = int((X + 500) // 512)
    row = int(-(Y + 300) // 512)
    left = pixels(render_tile(scene, resolution, column, row, 1.0))
    right = pixels(render_tile(scene, resolution, column + 1, row, 1.0))
    crossing = left[:, -1] != 255
    assert crossing.any(), "the span must run across the seam"
    assert np.abs(left[:, -1].astype(int) - right[:, 0].astype(int)).max() < 40


def test_dashes_keep_their_place_across_tiles(network: Network) -> None:
    planned = with_table(
        network, "spans", {"role": ["spur"], "status": ["planned"]},
        [line(*((step * 10.0, 300.0) for step in range(200)))], ["long"],
    )  # fmt: skip
    scene = scene_of(planned, "spans")
    column, row = int((X + 700) // 512), int(-(Y + 300) // 512)
    tile = pixels(render_tile(scene, 1.0, column, row, 1.0))
    # The same line, drawn on a picture that begins elsewhere: every dash lies where it lay.
    other = pixels(render_tile(scene, 1.0, column + 1, row, 1.0))
    marks = (np.concatenate([tile, other], axis=1) != 255).any(axis=2).any(axis=0)
    lengths = np.diff(np.flatnonzero(np.diff(marks.astype(int))))
    assert len(lengths) > 20
    assert np.ptp(lengths[::2]) <= 2 and np.ptp(lengths[1::2]) <= 2


def test_a_translucent_layer_is_paler(network: Network) -> None:
    scene = scene_of(network, "spans")
    faint = dataclasses.replace(
        scene, layers=tuple(dataclasses.replace(item, opacity=0.3) for item in scene.layers)
    )
    solid_tile = pixels(tile_at(scene, X + 500, Y + 300, 2.0)).astype(int)
    faint_tile = pixels(tile_at(faint, X + 500, Y + 300, 2.0)).astype(int)
    assert faint_tile.min() > solid_tile.min() + 60


def test_tiles_cover_the_view_nearest_first() -> None:
    camera = Camera(X, Y, 2.0, 1300, 900)
    keys = tile_keys(0, camera)
    places = [place_of(key, camera) for key in keys]
    assert min(place.x() for place in places) <= 0
    assert min(place.y() for place in places) <= 0
    assert max(place.x() for place in places) + 512 >= 1300
    assert max(place.y() for place in places) + 512 >= 900
    away = [(p.x() + 256 - 650) ** 2 + (p.y() + 256 - 450) ** 2 for p in places]
    assert away == sorted(away)


def test_the_cache_lets_the_longest_unused_tile_go() -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    cache = TileCache(limit_bytes=round(3.9 * image.sizeInBytes()))
    keys = [TileKey(0, 0, number, 0, 1.0) for number in range(4)]
    for key in keys[:3]:
        cache.put(key, Tile(1, 1.0, image))
    assert cache.get(keys[0]) is not None
    cache.put(keys[3], Tile(1, 1.0, image))
    assert cache.get(keys[1]) is None
    assert cache.get(keys[0]) is not None
    assert 3 * image.sizeInBytes() <= cache.bytes <= cache.limit_bytes
    cache.clear()
    assert cache.bytes == 0 and len(cache) == 0


def test_an_older_drawing_never_replaces_a_newer_one(qtbot: QtBot, network: Network) -> None:
    service = TileService(1)
    camera = Camera(X + 500, Y + 300, 2.0, 400, 300)
    service.set_scene(0, dataclasses.replace(scene_of(network, "spans"), version=5))
    service.request(camera)
    service.wait_idle()
    assert service.is_complete(camera)
    service.set_scene(0, dataclasses.replace(scene_of(network, "sites"), version=6))
    assert not service.is_complete(camera)
    service.request(camera)
    service.wait_idle()
    assert service.is_complete(camera)
    assert {tile.version for _, tile in service.cache.items_of(0)} == {6}
    service.shutdown()


def test_new_data_is_drawn_and_old_tiles_are_renewed(view: MapView, network: Network) -> None:
    before = pixels(view.grab().toImage())
    moved = with_table(
        network, "spans", {"role": ["ring"], "status": ["operational"]},
        [line((100, 450), (900, 450))], ["ring"],
    )  # fmt: skip
    view.set_network(moved)
    assert not view.is_sharp
    view.wait_idle()
    assert view.is_sharp
    after = pixels(view.grab().toImage())
    x, y = (round(value) for value in view.camera.to_px([(X + 700.0, Y + 450.0)])[0])
    assert (before[y, x] != after[y, x]).any()


def test_unchanged_frames_are_not_built_again(view: MapView, network: Network) -> None:
    streets, spans = view.layer_data("streets"), view.layer_data("spans")
    base_version = view.tiles.scene(0).version
    view.set_network(
        with_table(network, "spans", {"role": ["ring"]}, [line((0, 0), (9, 9))], ["new"])
    )
    assert view.layer_data("streets") is streets
    assert view.layer_data("spans") is not spans
    assert view.tiles.scene(0).version == base_version


def test_while_zooming_the_old_picture_is_shown_scaled(view: MapView) -> None:
    x, y = 400.0, 250.0
    view.zoom_to_rect(X + 400, Y + 250, X + 600, Y + 350)
    view.wait_idle()
    sharp = pixels(view.grab().toImage())
    view.tiles.shutdown()  # so that nothing new can arrive
    view.set_camera(view.camera.zoomed(1.5, x, y))
    assert not view.is_sharp
    scaled = pixels(view.grab().toImage())
    ring = sharp[:, 200].astype(int).sum(axis=1).argmin()
    assert abs(scaled[:, 200].astype(int).sum(axis=1).argmin() - (250 + (ring - 250) * 1.5)) < 6


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counts threads by /proc")
def test_no_thread_is_left_after_closing(
    qtbot: QtBot, make_view: Callable[..., MapView], network: Network
) -> None:
    before = thread_count()
    view = make_view(network)
    view.zoom_in()
    assert thread_count() > before
    view.close()
    # The system takes a moment to bury a thread that has ended.
    qtbot.waitUntil(lambda: thread_count() <= before, timeout=2000)
    view.set_camera(view.camera.panned(5, 5))
    assert view.tiles.is_idle


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counts threads by /proc")
def test_a_view_that_is_deleted_without_closing_leaves_no_thread(
    qtbot: QtBot, network: Network
) -> None:
    before = thread_count()
    view = MapView()
    view.resize(600, 400)
    view.set_network(network)
    view.zoom_in()
    assert thread_count() > before
    with qtbot.waitSignal(view.destroyed, timeout=2000):
        view.deleteLater()
    qtbot.waitUntil(lambda: thread_count() <= before, timeout=2000)


def test_hubs_lie_above_the_sites_that_they_serve(
    make_view: Callable[..., MapView], network: Network
) -> None:
    covered = with_table(
        network, "sites", {"name": ["Seat"], "category": ["civil_protection"]},
        [at(100, 300)], ["seat"],
    )  # fmt: skip
    view = make_view(covered)
    x, y = (round(value) for value in view.camera.to_px([(X + 100.0, Y + 300.0)])[0])
    fill = QColor(load_symbols().layers["nodes"].symbols["hub"].fill or "")
    assert view.grab().toImage().pixelColor(x, y) == fill


def test_a_large_table_is_prepared_beside_the_window(
    qtbot: QtBot, make_view: Callable[..., MapView], network: Network
) -> None:
    many = [
        line((n % 100 * 10, n // 100 * 10), (n % 100 * 10 + 9, n // 100 * 10)) for n in range(6000)
    ]
    large = with_table(
        network, "streets", {"road_class": ["motorway"] * 6000}, many, [str(n) for n in range(6000)]
    )
    view = make_view()
    view.set_network(large)
    assert view.layer_data("streets") is None
    qtbot.waitUntil(lambda: view.layer_data("streets") is not None, timeout=5000)
    qtbot.waitUntil(lambda: view.is_sharp, timeout=5000)
    data = view.layer_data("streets")
    assert data is not None and data.count == 6000
