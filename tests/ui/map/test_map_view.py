from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.geodesy import path_length_m
from app.model.network import DEFAULT_CRS, Network, empty_network
from app.ui.map.measuring import MeasureTool
from app.ui.map.tools import ADD, REPLACE, TOGGLE, SelectionRequest
from app.ui.map.view import MapView
from tests.ui.map.support import X, Y, at, small_network, with_table

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]
NO_KEY = Qt.KeyboardModifier.NoModifier


def px(view: MapView, x: float, y: float) -> QPoint:
    column, row = view.camera.to_px([(X + x, Y + y)])[0]
    return QPoint(round(column), round(row))


def click(
    qtbot: QtBot, view: MapView, place: QPoint, modifier: Qt.KeyboardModifier = NO_KEY
) -> None:
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def drag(
    qtbot: QtBot,
    view: MapView,
    start: QPoint,
    end: QPoint,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifier: Qt.KeyboardModifier = NO_KEY,
) -> None:
    target = view.canvas.viewport()
    qtbot.mousePress(target, button, modifier, start)
    qtbot.mouseMove(target, (start + end) / 2)
    qtbot.mouseMove(target, end)
    qtbot.mouseRelease(target, button, modifier, end)


def wheel(view: MapView, place: QPoint, notches: float) -> None:
    target = view.canvas.viewport()
    event = QWheelEvent(
        QPointF(place), QPointF(target.mapToGlobal(place)), QPoint(), QPoint(0, int(120 * notches)),
        Qt.MouseButton.NoButton, NO_KEY, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, event)


def requests_of(view: MapView) -> list[SelectionRequest]:
    heard: list[SelectionRequest] = []
    view.selection_requested.connect(heard.append)
    return heard


def test_all_of_a_new_network_is_shown(view: MapView) -> None:
    xmin, ymin, xmax, ymax = view.camera.extent
    assert xmin < X and ymin < Y and xmax > X + 1000 and ymax > Y + 600


def test_a_lost_site_does_not_shrink_the_map(
    make_view: Callable[..., MapView], network: Network
) -> None:
    far = with_table(network, "sites", {"name": ["Rome"]}, [at(280_000, -400_000)], ["rome"])
    assert make_view(far).camera.resolution < 3.0


def test_a_network_given_before_the_map_is_shown_fills_it(qtbot: QtBot, network: Network) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.set_network(network)
    view.resize(800, 500)
    view.show()
    qtbot.waitUntil(lambda: view.camera.width_px == 800)
    xmin, ymin, xmax, ymax = view.camera.extent
    assert xmin <= X and ymin <= Y and xmax >= X + 1000 and ymax >= Y + 600
    assert xmax - xmin < 1300
    qtbot.waitUntil(lambda: view.is_sharp)
    view.grab()
    resolution = view.camera.resolution
    view.resize(600, 400)
    qtbot.waitUntil(lambda: view.camera.width_px == 600)
    assert view.camera.resolution == resolution
    view.shutdown()


def test_an_edit_leaves_the_view_where_it_is(view: MapView, network: Network) -> None:
    view.zoom_in()
    before = view.camera
    view.set_network(with_table(network, "sites", {"name": ["One"]}, [at(5, 5)], ["one"]))
    assert view.camera == before


def test_a_click_identifies_points_before_lines_before_areas(view: MapView, qtbot: QtBot) -> None:
    heard: list[tuple[str, str]] = []
    view.picked.connect(lambda table, uid: heard.append((table, uid)))
    click(qtbot, view, px(view, 100, 300))
    click(qtbot, view, px(view, 700, 302))
    click(qtbot, view, px(view, 650, 420))
    click(qtbot, view, QPoint(2, 2))
    assert heard == [("nodes", "hub"), ("spans", "ring"), ("areas", "area")]


def test_what_is_hidden_is_not_picked(view: MapView, qtbot: QtBot) -> None:
    place = QPointF(px(view, 100, 300))
    assert view.picks_at(place)[0].table == "nodes"
    view.set_visible("nodes", False)
    assert view.picks_at(place)[0].table == "spans"
    view.set_visible("nodes", True)
    assert view.picks_at(place)[0].uid == "hub"
    slow = QPointF(px(view, 250, 500))
    assert view.picks_at(slow)[0].uid == "slow"
    view.set_scale(200_000)
    assert "slow" not in [item.uid for item in view.picks_at(QPointF(px(view, 250, 500)))]


def test_picks_agree_with_distances(view: MapView, network: Network) -> None:
    rng = np.random.default_rng(7)
    reach = 6 * view.camera.resolution
    tables = ("streets", "spans", "nodes", "sites", "areas")
    for x_px, y_px in rng.uniform((0, 0), (800, 500), (200, 2)):
        place = shapely.Point(view.camera.to_map(x_px, y_px))
        expected = {
            (table, uid)
            for table in tables
            for uid, shape in network.geo(table).geometry.items()
            if shape is not None and shape.distance(place) <= reach
        }
        found = view.picks_at(QPointF(x_px, y_px))
        assert {(item.table, item.uid) for item in found} == expected
        assert [item.dimension for item in found] == sorted(item.dimension for item in found)


def test_only_the_previewed_plan_can_be_picked(view: MapView) -> None:
    place = QPointF(px(view, 300, 250))
    assert "plan_spans" not in [item.table for item in view.picks_at(place)]
    view.set_preview("a")
    assert view.picks_at(place)[0].uid == "of_a"
    assert "of_b" not in [item.uid for item in view.picks_at(QPointF(px(view, 700, 250)))]


@pytest.mark.parametrize(
    ("modifier", "mode"),
    [
        (NO_KEY, REPLACE),
        (Qt.KeyboardModifier.ControlModifier, TOGGLE),
        (Qt.KeyboardModifier.ShiftModifier, ADD),
    ],
)
def test_a_click_asks_for_a_selection(
    view: MapView, qtbot: QtBot, modifier: Qt.KeyboardModifier, mode: str
) -> None:
    heard = requests_of(view)
    view.set_tool("select")
    click(qtbot, view, px(view, 300, 200), modifier)
    assert heard == [SelectionRequest({"sites": frozenset({"school"})}, mode)]


def test_a_click_on_open_ground_deselects(view: MapView, qtbot: QtBot) -> None:
    heard = requests_of(view)
    view.set_tool("select")
    click(qtbot, view, px(view, 650, 420))
    click(qtbot, view, px(view, 650, 420), Qt.KeyboardModifier.ControlModifier)
    assert heard == [SelectionRequest({}, REPLACE)]


def test_a_rectangle_selects_what_it_touches(view: MapView, qtbot: QtBot) -> None:
    heard = requests_of(view)
    view.set_tool("select")
    drag(qtbot, view, px(view, 250, 320), px(view, 350, 150))
    assert heard[-1].uids == {"sites": frozenset({"school"}), "spans": frozenset({"ring"})}
    view.set_selectable(["streets"])
    drag(qtbot, view, px(view, 250, 320), px(view, 350, 50))
    assert heard[-1].uids == {"streets": frozenset({"fast"})}


def test_a_lasso_selects_what_lies_in_it(view: MapView, qtbot: QtBot) -> None:
    heard = requests_of(view)
    view.set_tool("lasso")
    target = view.canvas.viewport()
    corners = [(250, 150), (350, 150), (350, 250), (250, 250)]
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, NO_KEY, px(view, *corners[0]))
    for corner in corners[1:]:
        qtbot.mouseMove(target, px(view, *corner))
    qtbot.mouseRelease(target, Qt.MouseButton.LeftButton, NO_KEY, px(view, 250, 240))
    assert heard[-1].uids == {"sites": frozenset({"school"})}


def test_the_wheel_zooms_about_the_pointer(view: MapView) -> None:
    place = QPoint(200, 120)
    before = view.camera.to_map(200, 120)
    resolution = view.camera.resolution
    for notches in (1, 1, 2, -1, -0.5):
        wheel(view, place, notches)
    assert view.camera.resolution < resolution
    after = view.camera.to_map(200, 120)
    assert np.hypot(after[0] - before[0], after[1] - before[1]) < 2 * resolution


def test_dragging_takes_the_map_along(view: MapView, qtbot: QtBot) -> None:
    grabbed = view.camera.to_map(300, 200)
    drag(qtbot, view, QPoint(300, 200), QPoint(380, 240))
    assert view.camera.to_map(380, 240) == pytest.approx(grabbed)
    view.set_tool("select")
    grabbed = view.camera.to_map(300, 200)
    drag(qtbot, view, QPoint(300, 200), QPoint(250, 260), Qt.MouseButton.MiddleButton)
    assert view.camera.to_map(250, 260) == pytest.approx(grabbed)


def test_the_space_bar_takes_the_map_in_hand(view: MapView, qtbot: QtBot) -> None:
    heard = requests_of(view)
    view.set_tool("select")
    grabbed = view.camera.to_map(300, 200)
    qtbot.keyPress(view.canvas, Qt.Key.Key_Space)
    drag(qtbot, view, QPoint(300, 200), QPoint(350, 230))
    qtbot.keyRelease(view.canvas, Qt.Key.Key_Space)
    assert view.camera.to_map(350, 230) == pytest.approx(grabbed)
    assert heard == []


def test_the_keyboard_moves_and_zooms(view: MapView, qtbot: QtBot) -> None:
    start = view.camera
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.camera.x > start.x
    qtbot.keyClick(view.canvas, Qt.Key.Key_Up)
    assert view.camera.y > start.y
    qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)
    assert view.camera.resolution == pytest.approx(start.resolution / 2, rel=1e-3)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Minus)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Minus)
    assert view.camera.resolution == pytest.approx(start.resolution * 2, rel=1e-3)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Home)
    assert view.camera == start


def test_escape_drops_the_rectangle_then_the_tool(view: MapView, qtbot: QtBot) -> None:
    heard = requests_of(view)
    view.set_tool("select")
    target = view.canvas.viewport()
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, NO_KEY, QPoint(50, 50))
    qtbot.mouseMove(target, QPoint(400, 400))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(target, Qt.MouseButton.LeftButton, NO_KEY, QPoint(400, 400))
    assert heard == [] and view.tool == "select"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.tool == "pan"


def test_the_zoom_box_shows_what_was_framed(view: MapView, qtbot: QtBot) -> None:
    view.set_tool("zoom")
    west, north = view.camera.to_map(200, 100)
    east, south = view.camera.to_map(400, 225)
    drag(qtbot, view, QPoint(200, 100), QPoint(400, 225))
    xmin, ymin, xmax, ymax = view.camera.extent
    assert xmin <= west and xmax >= east and ymin <= south and ymax >= north
    assert xmax - xmin < 1.3 * (east - west)


def test_measuring_is_on_the_ellipsoid(view: MapView, qtbot: QtBot) -> None:
    view.set_tool("measure")
    tool = view.current_tool
    assert isinstance(tool, MeasureTool)
    corners = [QPoint(100, 100), QPoint(500, 100), QPoint(500, 400)]
    for corner in corners[:2]:
        click(qtbot, view, corner)
    qtbot.mouseMove(view.canvas.viewport(), corners[2])
    places = [view.camera.to_map(corner.x(), corner.y()) for corner in corners]
    assert tool.length_m(DEFAULT_CRS) == pytest.approx(path_length_m(places, DEFAULT_CRS))
    # On the UTM grid near Milan lengths are about 0.04 % too short.
    assert tool.length_m(DEFAULT_CRS) == pytest.approx(700 * view.camera.resolution, rel=6e-4)
    view.grab()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert tool.length_m(DEFAULT_CRS) == 0.0


def test_views_are_remembered(view: MapView, qtbot: QtBot) -> None:
    first = view.camera
    qtbot.wait(600)
    view.zoom_to("sites", ["school"])
    second = view.camera
    view.previous_view()
    assert view.camera == first
    view.next_view()
    assert view.camera.x == second.x and view.camera.level == second.level


def test_zooming_to_objects(view: MapView) -> None:
    view.zoom_to("nodes", ["tower"])
    assert (view.camera.x, view.camera.y) == pytest.approx((X + 900, Y + 300))
    assert 0.3 < view.camera.resolution < 2
    before = view.camera
    view.zoom_to("nodes", ["nobody"])
    assert view.camera == before
    view.center_on(X, Y)
    assert (view.camera.x, view.camera.y) == (X, Y)


def test_place_and_scale_are_told(view: MapView, qtbot: QtBot) -> None:
    places: list[tuple[float, float]] = []
    scales: list[float] = []
    view.cursor_moved.connect(lambda x, y: places.append((x, y)))
    view.scale_changed.connect(scales.append)
    qtbot.mouseMove(view.canvas.viewport(), QPoint(123, 45))
    assert places[-1] == pytest.approx(view.camera.to_map(123, 45))
    view.set_scale(5000)
    assert scales[-1] == pytest.approx(5000, rel=1e-3)


def test_dropped_files_are_told(view: MapView, tmp_path: Any) -> None:
    heard: list[list[str]] = []
    view.files_dropped.connect(heard.append)
    mime = QMimeData()
    paths = [str(tmp_path / "sites.csv"), str(tmp_path / "strade è.gpkg")]
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, NO_KEY)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view, QDropEvent(QPointF(50, 50), copy, mime, left, NO_KEY))
    assert heard == [paths]


def test_text_is_not_welcome_as_a_file(view: MapView) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.gpkg")])
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NO_KEY
    )
    enter.setAccepted(False)
    QApplication.sendEvent(view, enter)
    assert not enter.isAccepted()


def test_the_menu_is_asked_for_with_what_lies_there(view: MapView) -> None:
    heard: list[tuple[QPoint, Any]] = []
    view.context_requested.connect(lambda where, picks: heard.append((where, picks)))
    place = px(view, 900, 300)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.canvas.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(view.canvas.viewport(), event)
    assert heard[0][1][0].uid == "tower"


def test_selection_and_highlight_change_the_picture(view: MapView) -> None:
    plain = view.grab().toImage()
    view.set_selection({"spans": frozenset({"ring"}), "sites": frozenset({"school", "gone"})})
    chosen = view.grab().toImage()
    assert chosen != plain
    view.set_highlight([at(500, 300), None, shapely.Polygon()], "failure")
    pointed = view.grab().toImage()
    assert pointed != chosen
    view.set_highlight([], "failure")
    view.set_selection({})
    assert view.grab().toImage() == plain


def test_hiding_everything_and_showing_it_again(view: MapView) -> None:
    plain = view.grab().toImage()
    for table in view.layer_order():
        view.set_visible(table, False)
    view.wait_idle()
    assert view.grab().toImage() != plain
    for table in view.layer_order():
        view.set_visible(table, True)
    view.wait_idle()
    assert view.grab().toImage() == plain


def test_order_opacity_and_theme_change_the_picture(view: MapView) -> None:
    plain = view.grab().toImage()
    view.set_layer_order(["nodes", "spans"])
    assert view.layer_order()[:2] == ("nodes", "spans")
    view.set_opacity("spans", 0.2)
    view.wait_idle()
    faint = view.grab().toImage()
    assert faint != plain
    view.set_theme("dark")
    view.wait_idle()
    dark = view.grab().toImage()
    assert dark.pixelColor(3, 3).lightness() < 80 < faint.pixelColor(3, 3).lightness()


def test_an_empty_project_is_a_blank_sheet(make_view: Callable[..., MapView]) -> None:
    view = make_view(empty_network("empty"))
    view.zoom_to_all()
    view.zoom_in()
    view.select_at(QPointF(10, 10), REPLACE)
    assert view.picks_at(QPointF(10, 10)) == []
    assert not view.grab().isNull()


def test_another_project_is_shown_whole(view: MapView) -> None:
    view.zoom_to("sites", ["school"])
    other = small_network()
    view.set_network(Network("other", other.crs, "other", other.tables))
    assert view.camera.extent[0] < X and view.camera.extent[2] > X + 1000


def test_the_map_can_be_reached_and_read_aloud(view: MapView) -> None:
    assert view.focusProxy() is view.canvas
    assert view.canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert view.canvas.accessibleName()


def test_closing_twice_and_late_events_do_no_harm(view: MapView, qtbot: QtBot) -> None:
    view.close()
    view.shutdown()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Polish))
    view.set_selection({"spans": frozenset({"ring"})})
    view.zoom_in()
    qtbot.wait(60)
    assert view.tiles.is_idle
