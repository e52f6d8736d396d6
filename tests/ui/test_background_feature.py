"""Backgrounds through the window: off the network until the user says otherwise."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.io.tiles import TileCache
from app.model.backgrounds import SETTING, TILES, Background
from app.ui.application import Desk
from app.ui.dialogs.background import BackgroundDialog
from app.ui.features.background import BackgroundFeature, plain


def picture() -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor("#30a0f0"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.fixture
def server(qapp: QApplication) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    content = picture()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{http.server_address[1]}", asked
    http.shutdown()
    http.server_close()


def feature(town: Desk, folder: Path) -> BackgroundFeature:
    found = next(item for item in town.window.features if isinstance(item, BackgroundFeature))
    found.cache = TileCache(folder / "tiles")
    return found


def test_a_server_is_asked_only_after_the_switch_is_turned(
    town: Desk, qtbot: QtBot, tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    url, asked = server
    view = town.window.map
    found = feature(town, tmp_path)
    assert town.settings.stays_offline, "the usual is to stay off the network"
    action = town.window.actions_by.by_id["stay_offline"]
    assert action.isChecked()
    town.window.actions_by.by_id["background"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackgroundDialog)
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(TILES))
    dialog.place_box.setText(url + "/{z}/{x}/{y}.png")
    dialog.accept()
    assert not dialog.error.isHidden(), "sources must be named"
    dialog.named_box.setText("© Somebody")
    dialog.accept()
    qtbot.waitUntil(lambda: view.is_sharp, timeout=5000)
    view.zoom_in()
    qtbot.waitUntil(lambda: view.is_sharp, timeout=5000)
    assert asked == []
    assert "Somebody" in view.backdrop.attribution
    action.trigger()
    assert not town.settings.stays_offline
    qtbot.waitUntil(lambda: bool(asked) and view.is_sharp, timeout=10_000)
    color = view.grab().toImage().pixelColor(5, 120)
    assert color.blue() > 200 and color.red() < 120
    count = len(asked)
    action.trigger()
    view.zoom_in()
    qtbot.waitUntil(lambda: view.is_sharp, timeout=5000)
    assert len(asked) == count
    assert found.current.kind == TILES


def test_the_background_is_kept_with_the_project_but_not_the_leave_to_ask(
    town: Desk, qtbot: QtBot, tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    url, asked = server
    found = feature(town, tmp_path)
    stored = Background(TILES, url + "/{z}/{x}/{y}.png", attribution="me").as_json()
    town.session.ask(lambda project: project.set_setting(SETTING, stored), lambda _: None)
    path = town.session.path
    assert path is not None
    with qtbot.waitSignal(town.session.project_changed, timeout=5000):
        town.session.close_project()
    assert found.current.is_none
    with qtbot.waitSignal(town.session.project_changed, timeout=5000):
        town.session.open(path)
    qtbot.waitUntil(lambda: found.current.kind == TILES, timeout=5000)
    qtbot.waitUntil(lambda: town.window.map.is_sharp, timeout=5000)
    assert asked == []


def test_a_file_that_is_none_is_refused(town: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    found = feature(town, tmp_path)
    assert not found.show(Background("file", str(tmp_path / "nothing.mbtiles")))
    box = QApplication.activeModalWidget()
    assert box is not None
    box.close()
    assert not town.window.map.backdrop.is_shown


def test_attributions_are_plain_text() -> None:
    assert plain('<a href="x">&copy; Me</a>\n contributors') == "© Me contributors"
