from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.model.network import Network
from app.model.symbols import load_symbols
from app.ui.map import stroking
from app.ui.map.layers import build_layer
from app.ui.map.scene import Scene, make_layer, render_tile
from app.ui.map.view import MapView
from tests.ui.map.support import X, Y, line, with_table

pytestmark = pytest.mark.qt_log_level_fail("WARNING")


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(stroking._KERNEL, "module", None)
    yield


def tile(network: Network, opacity: float = 1.0, ratio: float = 1.0) -> np.ndarray:
    symbols = load_symbols()
    data = build_layer(symbols.layers["spans"], network.geo("spans"))
    scene = Scene(1, (make_layer(data, symbols.colors, False, opacity),), "#ffffff")
    image = render_tile(scene, 2.0, int((X + 500) // 1024), int(-(Y + 300) // 1024), ratio)
    flat = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4)[:, :, :3].astype(int)


@pytest.mark.parametrize(("opacity", "ratio"), [(1.0, 1.0), (0.4, 1.0), (1.0, 2.0)])
def test_the_kernel_draws_what_the_painter_draws(
    kernel: None, network: Network, opacity: float, ratio: float
) -> None:
    ring = with_table(
        network, "spans", {"role": ["ring", "access"], "status": ["operational", "planned"]},
        [line((100, 300), (500, 420), (900, 300)), line((500, 420), (500, 550))], ["r", "a"],
    )  # fmt: skip
    painted = tile(ring, opacity, ratio)
    stroking.load_kernel()
    stroked = tile(ring, opacity, ratio)
    assert (painted != 255).any() and (stroked != 255).any()
    away = np.abs(painted - stroked)
    assert away.mean() < 0.3
    assert (away.max(axis=2) > 90).sum() < 30


def test_views_that_may_come_next_are_drawn_while_the_map_rests(
    qtbot: QtBot, make_view: Callable[..., MapView], network: Network
) -> None:
    view = make_view(network)
    nearer = view.camera.zoomed(2**0.5, 400, 250)
    assert not view.tiles.is_complete(nearer)
    qtbot.waitUntil(lambda: view.tiles.is_complete(nearer), timeout=5000)
    view.set_camera(nearer)
    assert view.is_sharp
