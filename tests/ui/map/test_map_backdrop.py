from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform

from app.model.geodesy import transformer
from app.model.network import Network
from app.ui.map.backdrop import HALF_M, MERCATOR, best_zoom, mercator_box, pieces, tiles_in
from app.ui.map.camera import Camera
from app.ui.map.view import MapView
from tests.ui.map.support import X, Y

pytestmark = pytest.mark.qt_log_level_fail("WARNING")
EDGES = [QPointF(0, 0), QPointF(1, 0), QPointF(1, 1), QPointF(0, 1)]


def png(color: str, mark: tuple[int, int] | None = None) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    if mark is not None:
        painter = QPainter(image)
        painter.fillRect(mark[0] - 4, mark[1] - 4, 8, 8, QColor("#000000"))
        painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class Source:
    """A source of one colour, with a black mark at one place in web Mercator."""

    min_zoom = 0

    def __init__(self, mark: tuple[float, float] | None = None, max_zoom: int = 19) -> None:
        self.max_zoom = max_zoom
        self.mark = mark
        self.asked: list[tuple[int, int, int]] = []
        self.is_there = True

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        self.asked.append((zoom, column, row))
        if not self.is_there:
            return None
        spot = None
        if self.mark is not None:
            side = 2 * HALF_M / 2**zoom
            x = (self.mark[0] + HALF_M - column * side) / side * 256
            y = (HALF_M - row * side - self.mark[1]) / side * 256
            spot = (round(x), round(y)) if -9 < x < 265 and -9 < y < 265 else None
        return png("#40c040", spot)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["EPSG:7791", "EPSG:3003", "EPSG:32633"]), st.integers(7, 18),
       st.floats(0, 1), st.floats(0, 1), st.floats(7.5, 13.5), st.floats(43.5, 47.0))  # fmt: skip
def test_pictures_are_warped_to_within_a_pixel(
    crs: str, zoom: int, u: float, v: float, lon: float, lat: float
) -> None:
    x0, y0 = transformer("OGC:CRS84", MERCATOR).transform(lon, lat)
    side = 2 * HALF_M / 2**zoom
    column, row = int((x0 + HALF_M) // side), int((HALF_M - y0) // side)
    place = ((column + u) * side - HALF_M, HALF_M - (row + v) * side)
    east, north = transformer(MERCATOR, crs).transform(*place)
    left, top = transformer("OGC:CRS84", crs).transform(lon, lat)
    resolution = side * 0.7 / 256
    wanted = np.array([(east - left) / resolution, (top - north) / resolution])
    for piece in pieces(crs, zoom, column, row, (left, top), resolution):
        if piece.part.contains(u, v):
            source = QPolygonF([piece.part.topLeft(), piece.part.topRight(),
                                piece.part.bottomRight(), piece.part.bottomLeft()])  # fmt: skip
            target = QPolygonF([QPointF(x, y) for x, y in piece.corners.tolist()])
            warp = QTransform()
            assert QTransform.quadToQuad(source, target, warp)
            drawn = warp.map(QPointF(u, v))
            assert np.abs(wanted - (drawn.x(), drawn.y())).max() < 1.0
            break
    else:
        raise AssertionError("no piece holds the place")


def test_a_place_of_the_picture_lies_at_its_place_on_the_map(
    make_view: Callable[..., MapView], network: Network
) -> None:
    view = make_view(network)
    mark = transformer(view.crs, MERCATOR).transform(X + 640, Y + 380)
    view.backdrop.set_source(Source(mark), 1.0, "me")
    view.wait_idle()
    assert view.is_sharp
    image = view.grab().toImage()
    x, y = view.camera.to_px([(X + 640.0, Y + 380.0)])[0]
    around = [image.pixelColor(round(x) + dx, round(y) + dy).lightness()
              for dx in (-1, 0, 1) for dy in (-1, 0, 1)]  # fmt: skip
    assert max(around) < 70
    assert image.pixelColor(round(x) + 20, round(y)).green() > 150


def test_without_a_backdrop_the_paper_is_back(view: MapView) -> None:
    before = view.grab().toImage().pixelColor(3, 3)
    view.backdrop.set_source(Source())
    view.wait_idle()
    assert view.grab().toImage().pixelColor(3, 3) != before
    view.backdrop.set_source(None)
    view.wait_idle()
    assert view.grab().toImage().pixelColor(3, 3) == before


def test_tiles_that_were_missing_are_asked_for_again(view: MapView) -> None:
    source = Source()
    source.is_there = False
    view.backdrop.set_source(source)
    view.wait_idle()
    count = len(source.asked)
    assert count > 0
    source.is_there = True
    view.backdrop.again()
    view.wait_idle()
    assert len(source.asked) > count
    assert view.grab().toImage().pixelColor(3, 3).green() > 150


def test_the_level_fits_the_scale_and_no_more_tiles_than_needed() -> None:
    camera = Camera(X, Y, 5.0, 512, 512)
    box = mercator_box("EPSG:7791", camera.left, camera.top, 512 * 5.0)
    assert box is not None
    zoom = best_zoom(box, 512, (0, 19))
    pixel_m = 2 * HALF_M / 2**zoom / 256 * np.cos(np.radians(45.46))
    assert 2 / 3 < pixel_m / 5.0 < 3 / 2
    assert 4 <= len(tiles_in(box, zoom)) <= 16
    assert best_zoom(box, 512, (0, 7)) == 7
    assert tiles_in(box, 22) == []


def test_a_picture_that_cannot_be_read_is_left_out(view: MapView) -> None:
    class Broken(Source):
        def tile(self, zoom: int, column: int, row: int) -> bytes | None:
            return b"no picture"

    view.backdrop.set_source(Broken())
    view.wait_idle()
    assert view.is_sharp
