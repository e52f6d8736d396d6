from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.model.network import Network
from app.ui.map.view import MapView
from tests.ui.map.support import small_network


@pytest.fixture
def network() -> Network:
    return small_network()


@pytest.fixture
def make_view(qtbot: QtBot) -> Iterator[Callable[..., MapView]]:
    views: list[MapView] = []

    def make(network: Network | None = None, width: int = 800, height: int = 500) -> MapView:
        view = MapView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        qtbot.waitUntil(lambda: view.camera.width_px == width)
        if network is not None:
            view.set_network(network)
        view.wait_idle()
        views.append(view)
        return view

    yield make
    for view in views:
        view.shutdown()


@pytest.fixture
def view(make_view: Callable[..., MapView], network: Network) -> MapView:
    return make_view(network)
