from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.model.network import Network
from app.ui.map.content import BASE, NETWORK
from app.ui.map.showing import Showing, showing_from_json
from app.ui.map.view import MapView
from tests.ui.map.support import X, Y, line, with_table

pytestmark = pytest.mark.qt_log_level_fail("WARNING")


def test_a_filter_hides_rows_from_sight_and_from_the_pointer(view: MapView) -> None:
    x, y = view.camera.to_px([(X + 300.0, Y + 200.0)])[0]
    assert view.picks_at(QPointF(x, y))[0].uid == "school"
    with_all = view.grab().toImage().pixelColor(round(x), round(y))
    view.set_showing(Showing(filters={"sites": "category = 'hospital'"}))
    view.wait_idle()
    assert "school" not in [pick.uid for pick in view.picks_at(QPointF(x, y))]
    assert view.grab().toImage().pixelColor(round(x), round(y)) != with_all


def test_a_symbol_of_the_legend_can_be_switched_off(view: MapView) -> None:
    x, y = view.camera.to_px([(X + 700.0, Y + 200.0)])[0]
    view.set_showing(Showing().with_symbols("sites", {"hospital"}))
    assert "hospital" not in [pick.uid for pick in view.picks_at(QPointF(x, y))]
    view.set_showing(Showing())
    assert "hospital" in [pick.uid for pick in view.picks_at(QPointF(x, y))]


def test_a_filter_on_a_large_table_works_beside_the_window(
    qtbot: QtBot, make_view: Callable[..., MapView], network: Network
) -> None:
    many = [line((n % 100 * 10, n // 100 * 10), (n % 100 * 10 + 9, n // 100 * 10)) for n in
            range(6000)]  # fmt: skip
    classes = ["motorway", "track"] * 3000
    large = with_table(
        network, "streets", {"road_class": classes}, many, [str(n) for n in range(6000)]
    )
    view = make_view(large)
    view.set_showing(Showing(filters={"streets": "road_class = 'track'"}))

    def kept() -> int:
        layer = next(item for item in view._content.visible_layers()
                     if item.data.table == "streets")  # fmt: skip
        return 6000 if layer.shown is None else int(layer.shown.sum())

    qtbot.waitUntil(lambda: kept() == 3000, timeout=3000)
    view.set_showing(Showing())
    qtbot.waitUntil(lambda: kept() == 6000, timeout=3000)


def test_streets_above_the_network_are_drawn_with_it(view: MapView) -> None:
    content = view._content
    assert content.stack_of("streets") == BASE
    view.set_layer_order(["areas", "spans", "streets"])
    assert content.stack_of("streets") == NETWORK
    assert content.stack_of("areas") == BASE
    tables = [layer.data.table for layer in content.scene(NETWORK).layers]
    assert tables.index("spans") < tables.index("streets")


def test_order_keeps_tables_that_it_does_not_name_near_their_neighbours() -> None:
    known = ("a", "b", "c", "d")
    assert Showing(order=("d", "b")).ordered(known) == ("a", "d", "b", "c")
    assert Showing().ordered(known) == known


def test_what_is_kept_comes_back_and_nonsense_does_not() -> None:
    showing = Showing(
        frozenset({"sites"}), {"streets": 0.4}, ("areas", "streets"),
        {"sites": "priority <= 2"}, {"sites": frozenset({"hospital"})},
    )  # fmt: skip
    assert showing_from_json(showing.as_json()) == showing
    assert showing_from_json(None) is None
    broken = {"opacity": {"streets": "x", "moon": 1}, "filters": {"sites": "drop table"},
              "order": 7, "symbols": {"sites": 3}, "hidden": [1]}  # fmt: skip
    assert showing_from_json(broken) == Showing(hidden=frozenset({"1"}), symbols={
        "sites": frozenset()})  # fmt: skip
