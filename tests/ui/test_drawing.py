"""Drawing with the mouse: spans along streets, nodes, reshaping, splitting, joining, deleting."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from app.model.editing.drawing import draw_object
from app.model.edits import set_values
from app.model.tables import TABLES
from app.ui.application import Desk
from app.ui.dialogs.delete_objects import DeleteObjectsDialog
from app.ui.features.drawing import DrawingFeature
from app.ui.map.drawing_edit import EditTool
from app.ui.map.drawing_sketch import SketchTool
from app.ui.map.picking import Pick
from app.ui.panels.drawing import DrawingPanel
from tests.ui.desk_support import EAST_M, NORTH_M, STEP_M
from tests.ui.drawing_hands import NO_KEY, WAIT_MS, click, drag, key, move, pixel, settle

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drawing(town: Desk, qtbot: QtBot) -> DrawingFeature:
    """The feature, with the map showing the whole town and ready."""
    window = town.window
    window.resize(1200, 900)
    view = window.map
    feature = next(item for item in window.features if isinstance(item, DrawingFeature))
    window.show_panel("drawing")
    qtbot.waitUntil(lambda: not town.session.is_busy)
    QApplication.processEvents()
    view.zoom_to_rect(EAST_M, NORTH_M, EAST_M + 8 * STEP_M, NORTH_M + 8 * STEP_M)
    view.wait_idle()
    return feature


def content(desk: Desk) -> str:
    return desk.session.network.content_hash(TABLES)


def trace_ready(feature: DrawingFeature, qtbot: QtBot) -> None:
    feature.panel.trace_box.setChecked(True)
    qtbot.waitUntil(lambda: feature.tracing["streets"].is_ready, timeout=60_000)


def check_a_span_is_drawn_along_the_streets(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    start, view = content(town), town.window.map
    trace_ready(drawing, qtbot)
    town.window.actions_by.by_id["tool_draw_spans"].trigger()
    tool = view.current_tool
    assert isinstance(tool, SketchTool) and drawing.panel.isVisible()
    click(view, qtbot, 4, 1)  # node East
    move(view, qtbot, 6, 3)
    qtbot.waitUntil(lambda: len(tool._live) > 3, timeout=WAIT_MS)
    click(view, qtbot, 6, 3)
    assert tool.length_m(view.crs) == pytest.approx(400, rel=2e-3)
    click(view, qtbot, 7, 6)
    key(view, qtbot, Qt.Key.Key_Backspace)
    assert len(tool.places) == 2
    key(view, qtbot, Qt.Key.Key_Return)
    settle(town, qtbot, 1)
    network = town.session.network
    span = network.geo("spans").iloc[-1]
    assert (span["start_node"], span["status"], span["technique"]) == (
        "node-east", "planned", "trench",
    )  # fmt: skip
    assert span["route_length_m"] == pytest.approx(400, rel=2e-3)
    streets = shapely.union_all(network.geo("streets").geometry.to_numpy())
    assert streets.buffer(0.01).contains(span.geometry)
    assert town.session.selection == {"spans": frozenset({span.name})}
    assert network.table("nodes").at[span["end_node"], "type"] == "chamber"
    town.window.actions_by.by_id["undo"].trigger()
    settle(town, qtbot, 0)
    assert content(town) == start


def check_a_traced_line_stays_on_the_street(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    trace_ready(drawing, qtbot)
    view.set_tool("draw_spans")
    tool = view.current_tool
    assert isinstance(tool, SketchTool)
    click(view, qtbot, 1, 1)
    move(view, qtbot, 2.5, 2.3)  # too far from any street to snap
    qtbot.waitUntil(lambda: len(tool._live) > 2, timeout=WAIT_MS)
    click(view, qtbot, 2.5, 2.3)
    assert tool.places[1].snap is None
    assert tool.places[1].xy[1] == pytest.approx(NORTH_M + 200, abs=0.5)
    drawing.panel.trace_box.setChecked(False)


def check_shift_turns_tracing_round_and_ctrl_lets_go(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    town.window.actions_by.by_id["tool_draw_spans"].trigger()
    tool = view.current_tool
    assert isinstance(tool, SketchTool)
    click(view, qtbot, 2.52, 2.03)
    assert tool.places[0].snap is not None and tool.places[0].snap.table == "streets"
    click(view, qtbot, 2.53, 2.48, CTRL)
    assert tool.places[1].snap is None
    view.set_tool("draw_spans")
    assert tool.places == []


def check_escape_drops_and_right_click_and_double_click_end(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    view.set_tool("draw_conduits")
    click(view, qtbot, 1, 1)
    click(view, qtbot, 1, 2)
    key(view, qtbot, Qt.Key.Key_Escape)
    assert view.tool == "draw_conduits" and view.current_tool.places == []  # type: ignore[attr-defined]
    click(view, qtbot, 1, 1)
    click(view, qtbot, 1, 2)
    at = pixel(view, 1, 2)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, view.canvas.viewport().mapToGlobal(at), NO_KEY
    )
    QApplication.sendEvent(view.canvas.viewport(), event)
    settle(town, qtbot, 1)
    click(view, qtbot, 5, 5)
    click(view, qtbot, 6, 5)
    qtbot.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, NO_KEY, pixel(view, 6, 5))
    settle(town, qtbot, 2)
    lengths = town.session.network.table("conduits")["length_m"]
    assert list(lengths) == pytest.approx([100, 100], rel=1e-3)
    key(view, qtbot, Qt.Key.Key_Escape)
    assert view.tool == "pan"


def check_points_and_areas_are_drawn(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    view = town.window.map
    view.set_tool("draw_nodes")
    click(view, qtbot, 2.5, 1)  # on span hub-east
    settle(town, qtbot, 1)
    assert len(town.session.network.table("spans")) == 5
    click(view, qtbot, 2.5, 1)  # there is one by now
    view.set_tool("draw_sites")
    click(view, qtbot, 0.5, 0.5)
    settle(town, qtbot, 2)
    site = town.session.network.table("sites").iloc[-1]
    assert (site["name"], site["status"]) == ("New site 1", "proposed")
    view.set_tool("draw_hazards")
    for corner in ((6.3, 6.3), (7.3, 6.3), (7.3, 7.3)):
        click(view, qtbot, *corner, CTRL)
    key(view, qtbot, Qt.Key.Key_Return)
    settle(town, qtbot, 3)
    zone = town.session.network.geo("hazards").geometry.iloc[0]
    assert zone.geom_type == "MultiPolygon" and zone.area == pytest.approx(5000, rel=0.05)
    view.set_tool("draw_barriers")
    for corner in ((2.3, 6.3), (3.3, 6.3), (3.3, 7.3), (2.3, 6.3)):
        click(view, qtbot, *corner, CTRL)
    settle(town, qtbot, 4)
    assert town.session.network.geo("barriers").geometry.iloc[0].geom_type == "Polygon"


def check_nodes_and_vertices_are_dragged(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    start, view = content(town), town.window.map
    town.window.actions_by.by_id["tool_edit_shapes"].trigger()
    drag(view, qtbot, (4, 4), (5, 5))  # the node North, onto a crossing
    settle(town, qtbot, 1)
    spans = town.session.network.geo("spans")
    assert spans.geometry["span-east"].coords[-1] == (EAST_M + 500, NORTH_M + 500)
    assert spans.geometry["span-north"].coords[0] == (EAST_M + 500, NORTH_M + 500)
    drag(view, qtbot, (2.4, 1), (2.4, 0.3))  # bends the span hub-east
    settle(town, qtbot, 2)
    line = town.session.network.geo("spans").geometry["span-hub"]
    assert len(line.coords) == 3 and line.coords[1][1] < NORTH_M + 50
    bend = ((line.coords[1][0] - EAST_M) / STEP_M, (line.coords[1][1] - NORTH_M) / STEP_M)
    move(view, qtbot, *bend)
    tool = view.current_tool
    assert isinstance(tool, EditTool) and tool.grip is not None and tool.grip.kind == "vertex"
    town.window.actions_by.by_id["delete_selection"].setEnabled(True)
    key(view, qtbot, Qt.Key.Key_Delete)
    settle(town, qtbot, 3)
    assert len(town.session.network.geo("spans").geometry["span-hub"].coords) == 2
    for steps in (2, 1, 0):
        town.window.actions_by.by_id["undo"].trigger()
        settle(town, qtbot, steps)
    assert content(town) == start


def check_streets_are_bent_when_one_is_selected(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    view.set_tool("edit_shapes")
    move(view, qtbot, 6.5, 6)
    tool = view.current_tool
    assert isinstance(tool, EditTool) and tool.grip is None
    town.session.select({"streets": ["street-6-6-1"]})
    drag(view, qtbot, (6.5, 6), (6.5, 6.5))
    settle(town, qtbot, 1)
    line = town.session.network.geo("streets").geometry["street-6-6-1"]
    assert len(line.coords) == 3 and line.coords[1][1] > NORTH_M + 640


def check_beside_everything_the_map_is_dragged(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    view.set_tool("edit_shapes")
    before = view.camera
    drag(view, qtbot, (2.5, 2.5), (3.5, 2.5))
    assert view.camera.x < before.x - 50
    assert town.session.undo_stack.index() == 0


def check_a_span_is_split_joined_reversed_and_redone(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    start, view, actions = content(town), town.window.map, town.window.actions_by.by_id
    actions["tool_split_span"].trigger()
    click(view, qtbot, 2.4, 1.02)
    settle(town, qtbot, 1)
    spans = town.session.network.table("spans")
    new = next(uid for uid in spans.index if not uid.startswith("span-"))
    town.session.select({"spans": ["span-hub", new]})
    actions["reverse_spans"].trigger()
    settle(town, qtbot, 2)
    assert actions["join_spans"].isEnabled()
    actions["join_spans"].trigger()
    settle(town, qtbot, 3)
    assert len(town.session.network.table("spans")) == 4
    assert not actions["join_spans"].isEnabled()
    end = content(town)
    for steps in (2, 1, 0):
        actions["undo"].trigger()
        settle(town, qtbot, steps)
    assert content(town) == start
    for steps in (1, 2, 3):
        actions["redo"].trigger()
        settle(town, qtbot, steps)
    assert content(town) == end


def check_a_line_drawn_over_reshapes_what_it_crosses(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    view.set_tool("reshape_across")
    for corner in ((2, 0.8), (2, 1.5), (3, 1.5), (3, 0.8)):
        click(view, qtbot, *corner, CTRL)
    key(view, qtbot, Qt.Key.Key_Return)
    settle(town, qtbot, 1)
    line = town.session.network.geo("spans").geometry["span-hub"]
    assert line.length == pytest.approx(400, rel=0.02)
    told: list[str] = []
    town.session.told.connect(lambda _kind, text: told.append(text))
    for corner in ((6.2, 6.2), (6.8, 6.2)):
        click(view, qtbot, *corner, CTRL)
    key(view, qtbot, Qt.Key.Key_Return)
    assert told and "twice" in told[0]


def check_nodes_are_merged_after_asking(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    view = town.window.map
    view.set_tool("merge_nodes")
    click(view, qtbot, 1, 1)
    click(view, qtbot, 4, 1)
    box = next(item for item in town.window.findChildren(QMessageBox) if item.isVisible())
    next(item for item in box.buttons() if item.text() == "Merge and delete").click()
    settle(town, qtbot, 1)
    network = town.session.network
    assert "node-east" not in network.table("nodes").index
    assert network.table("sites").at["site-0", "node"] == "node-hub"
    assert network.table("spans").at["span-east", "start_node"] == "node-hub"


def check_deletion_is_told_before(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    actions = town.window.actions_by.by_id
    town.session.select({"nodes": ["node-north"], "spans": ["span-west"]})
    actions["delete_selection"].trigger()
    dialog = next(
        item for item in town.window.findChildren(DeleteObjectsDialog) if item.isVisible()
    )
    assert "Spans (2)" in dialog.told.text()
    dialog.bare_box.setChecked(True)
    assert "Nodes (1): West" in dialog.told.text()
    dialog.primary.click()
    settle(town, qtbot, 1)
    network = town.session.network
    assert list(network.table("spans").index) == ["span-hub"]
    assert set(network.table("nodes").index) == {"node-hub", "node-east"}
    town.session.select({"sites": ["site-3"]})
    actions["delete_selection"].trigger()
    settle(town, qtbot, 2)
    assert "site-3" not in town.session.network.table("sites").index


def check_the_map_menu_splits_and_joins(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    menu = QMenu(town.window)
    town.window.map.cursor_moved.emit(EAST_M + 250, NORTH_M + 103)
    drawing.fill_menu(menu, [Pick("spans", "span-hub", 0.0, 1)])
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Split here", "Reverse", "Delete…"]
    menu.actions()[1].trigger()
    settle(town, qtbot, 1)
    node = str(town.session.network.table("nodes").index[-1])
    menu.clear()
    drawing.fill_menu(menu, [Pick("nodes", node, 0.0, 0)])
    menu.actions()[1].trigger()
    settle(town, qtbot, 2)
    assert len(town.session.network.table("spans")) == 4
    menu.deleteLater()


def check_loose_ends_are_tied(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    view = town.window.map
    view.set_tool("draw_spans")
    click(view, qtbot, 4.3, 1.3, CTRL)
    click(view, qtbot, 6.5, 2.5, CTRL)
    key(view, qtbot, Qt.Key.Key_Return)
    settle(town, qtbot, 1)
    told: list[str] = []
    town.session.told.connect(lambda _kind, text: told.append(text))
    drawing.tie(1.0)
    qtbot.waitUntil(lambda: bool(told))
    drawing.tie(60.0)
    settle(town, qtbot, 2)
    assert town.session.network.table("spans").iloc[-1]["start_node"] == "node-east"


def check_a_sketch_is_painted_with_length_and_cost(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    view.set_tool("draw_spans")
    empty = view.grab().toImage()
    click(view, qtbot, 4, 1)
    move(view, qtbot, 6, 1)
    assert view.grab().toImage() != empty
    way = np.array([[EAST_M, NORTH_M], [EAST_M + 900, NORTH_M]])
    note = drawing.drafting.note("spans", 1234.0, way)
    assert note.startswith("1,234 m") and note.endswith("€")
    drawing.panel.fields["spans", "technique"].setCurrentIndex(0)  # type: ignore[attr-defined]
    assert drawing.drafting.note("spans", 1234.0, way) == "1,234 m"
    view.set_tool("edit_shapes")
    move(view, qtbot, 2, 1)
    view.grab()
    target = view.canvas.viewport()
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, NO_KEY, pixel(view, 2, 1))
    move(view, qtbot, 2, 2)
    view.grab()
    view.current_tool.cancel()


def check_barriers_in_the_way_are_told(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    river = shapely.LineString([(EAST_M + 450, NORTH_M - 50), (EAST_M + 450, NORTH_M + 900)])
    change = draw_object(town.session.network, "barriers", river, {"kind": "river"})
    town.session.do(None, change)
    settle(town, qtbot, 1)
    way = np.array([[EAST_M, NORTH_M], [EAST_M + 900, NORTH_M]])
    assert "1 barrier" in drawing.drafting.note("spans", 900.0, way)
    assert "barrier" not in drawing.drafting.note("spans", 100.0, way / [1.0, 2.0])


def check_the_switches_go_together(town: Desk, qtbot: QtBot, drawing: DrawingFeature) -> None:
    actions, panel = town.window.actions_by.by_id, drawing.panel
    assert actions["snap_pointer"].isChecked() and not actions["trace_streets"].isChecked()
    actions["snap_pointer"].trigger()
    assert not panel.snap_box.isChecked() and not panel.tolerance_box.isEnabled()
    panel.trace_box.setChecked(True)
    assert actions["trace_streets"].isChecked()
    panel.kind_boxes["segment"].setChecked(False)
    kind = panel.fields["nodes", "type"]
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("pole"))
    panel.keep()
    assert DrawingPanel(town.session).values("nodes")["type"] == "pole"
    assert panel.options.kinds == {"point", "vertex"} and not panel.options.is_on


def check_spans_in_ducts_follow_and_name_these(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature
) -> None:
    view = town.window.map
    view.set_tool("draw_conduits")
    for corner in ((5, 5), (6, 5), (6, 6)):
        click(view, qtbot, *corner)
    key(view, qtbot, Qt.Key.Key_Return)
    settle(town, qtbot, 1)
    conduits = town.session.network.table("conduits")
    change = set_values(town.session.network, "conduits", list(conduits.index), {"capacity": 4})
    town.session.do(None, change)
    settle(town, qtbot, 2)
    box = drawing.panel.fields["spans", "technique"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("existingDuct"))
    drawing.panel.trace_box.setChecked(True)
    qtbot.waitUntil(lambda: drawing.tracing["conduits"].is_ready, timeout=60_000)
    view.set_tool("draw_spans")
    tool = view.current_tool
    assert isinstance(tool, SketchTool)
    assert {"conduits", "streets"} & tool.options().tables == {"conduits"}
    click(view, qtbot, 5, 5)
    move(view, qtbot, 6, 6)
    qtbot.waitUntil(lambda: len(tool._live) > 3, timeout=WAIT_MS)
    click(view, qtbot, 6, 6)
    key(view, qtbot, Qt.Key.Key_Return)
    settle(town, qtbot, 3)
    network = town.session.network
    assert network.table("spans")["conduits"].iloc[-1] == tuple(conduits.index)
    assert list(network.table("conduits")["used"]) == [1]


def start_anew(town: Desk, qtbot: QtBot) -> None:
    """Take every step back and put the tools away."""
    town.window.map.set_tool("pan")
    while town.session.undo_stack.index():
        steps = town.session.undo_stack.index() - 1
        town.session.undo()
        settle(town, qtbot, steps)
    town.session.select({})


@pytest.mark.parametrize(
    "checks",
    [
        pytest.param(
            (
                check_a_span_is_drawn_along_the_streets,
                check_a_traced_line_stays_on_the_street,
                check_spans_in_ducts_follow_and_name_these,
            ),
            id="what_is_traced_is_followed",
        ),
        pytest.param(
            (
                check_shift_turns_tracing_round_and_ctrl_lets_go,
                check_escape_drops_and_right_click_and_double_click_end,
                check_points_and_areas_are_drawn,
            ),
            id="drawing_begins_snaps_and_ends",
        ),
        pytest.param(
            (
                check_nodes_and_vertices_are_dragged,
                check_streets_are_bent_when_one_is_selected,
                check_beside_everything_the_map_is_dragged,
                check_a_line_drawn_over_reshapes_what_it_crosses,
            ),
            id="shapes_are_dragged_and_drawn_over",
        ),
        pytest.param(
            (
                check_a_span_is_split_joined_reversed_and_redone,
                check_the_map_menu_splits_and_joins,
                check_loose_ends_are_tied,
            ),
            id="spans_are_divided_joined_and_tied",
        ),
        pytest.param(
            (
                check_nodes_are_merged_after_asking,
                check_deletion_is_told_before,
            ),
            id="nodes_merge_and_objects_go",
        ),
        pytest.param(
            (
                check_a_sketch_is_painted_with_length_and_cost,
                check_barriers_in_the_way_are_told,
                check_the_switches_go_together,
            ),
            id="the_desk_shows_what_is_drawn",
        ),
    ],
)
def test_drawing(
    town: Desk, qtbot: QtBot, drawing: DrawingFeature, checks: tuple[Callable[..., None], ...]
) -> None:
    """Journeys on one window each, every step taken back in between."""
    before = content(town)
    for check in checks:
        check(town, qtbot, drawing)
        start_anew(town, qtbot)
        assert content(town) == before
