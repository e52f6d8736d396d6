"""The pages about money: what is typed there is kept, counted, and shown on the map."""

from typing import Any

import pytest
from desk_support import look_at, make_plan
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from app.model.changes import combine, insert
from app.model.frames import frame_from_rows
from app.model.messages import message
from app.model.tables import TABLES
from app.ui.application import Desk
from app.ui.panels.costs import CostsPanel
from app.ui.panels.gantt import Gantt, GanttRow

WAIT_MS = 30_000
pytestmark = pytest.mark.usefixtures("near_jobs")


@pytest.fixture
def panel(town: Desk, qtbot: QtBot) -> CostsPanel:
    """Return the panel with the figures of a plan for two sites."""
    make_plan(town, qtbot, {"Delta", "Foxtrot"})
    with qtbot.waitSignal(town.window.cases.costed, timeout=WAIT_MS):
        town.window.show_panel("costs")
    return town.window.costs


def column(model: Any, name: str) -> int:
    return [item.name for item in model.columns].index(name)


def type_in(desk: Desk, qtbot: QtBot, model: Any, uid: str, name: str, value: object) -> None:
    """Type a value into a cell and wait until the project has it."""
    (row,) = model.rows_of([uid])
    with qtbot.waitSignal(desk.session.changed, timeout=WAIT_MS):
        assert model.setData(model.index(row, column(model, name)), value)
    qtbot.waitUntil(lambda: not desk.session.is_busy, timeout=WAIT_MS)


def own(desk: Desk, code: str) -> float:
    rows = desk.session.network.table("assumptions")
    return float(rows.loc[rows["code"] == code, "typical"].iloc[0])


def test_a_rate_of_the_cost_summary_is_kept_with_the_project(
    town: Desk, panel: CostsPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(town.window.cases.costed, timeout=WAIT_MS):
        type_in(town, qtbot, panel.summary, "B3", "rate", "8 %")
    assert own(town, "B3") == 0.08
    (row,) = panel.summary.rows_of(["B3"])
    assert "8" in panel.summary.index(row, column(panel.summary, "rate")).data()
    told: list[str] = []
    town.session.told.connect(lambda _severity, text: told.append(text))
    panel.summary.setData(panel.summary.index(row, column(panel.summary, "rate")), "many")
    assert told == ["“many” is no rate."]


def test_assumptions_are_typed_and_go_back(town: Desk, panel: CostsPanel, qtbot: QtBot) -> None:
    tab = panel.assumptions
    look_at(town, "costs", tab)
    qtbot.waitUntil(lambda: tab.model.rowCount() > 40, timeout=WAIT_MS)
    tab.source.setText("Contract 7/2026")
    type_in(town, qtbot, tab.model, "power.price", "typical", "0.5")
    rows = town.session.network.table("assumptions")
    found = rows[rows["code"] == "power.price"].iloc[0]
    assert (found["low"], found["typical"], found["high"]) == (0.18, 0.5, 0.5)
    assert found["source"] == "Contract 7/2026"
    qtbot.waitUntil(lambda: tab._rows["power.price"]["own"], timeout=WAIT_MS)
    tab.choose("power.price")
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        tab.reset.click()
    assert town.session.network.table("assumptions").empty


def test_the_horizon_is_kept_and_counts(town: Desk, panel: CostsPanel, qtbot: QtBot) -> None:
    before = panel.life.value.text()
    assert "€" in before and panel.life.model.rowCount() > 3
    panel.life.discount.editingFinished.emit()  # looked at and left: nothing to keep
    assert town.session.network.table("assumptions").empty and not town.session.is_busy
    panel.life.horizon.setValue(10)
    with qtbot.waitSignal(town.window.cases.costed, timeout=WAIT_MS):
        panel.life.horizon.editingFinished.emit()
    assert own(town, "horizon_years") == 10 and panel.life.value.text() != before


def test_the_tornado_points_to_what_drives_it(town: Desk, panel: CostsPanel, qtbot: QtBot) -> None:
    narrow = panel.spread.told.text()
    panel.spread.chart.picked.emit(0)
    assert town.session.highlight
    with qtbot.waitSignal(town.window.cases.costed, timeout=WAIT_MS):
        panel.spread.correlation.setCurrentIndex(2)
    assert panel.spread.told.text() != narrow


def test_plans_are_compared(town: Desk, panel: CostsPanel, qtbot: QtBot) -> None:
    make_plan(town, qtbot, {"Golf"})
    tab = panel.comparison
    qtbot.waitUntil(lambda: not town.session.is_busy, timeout=WAIT_MS)
    assert tab.others.count() == 1
    tab.others.item(0).setCheckState(tab.others.item(0).checkState().Checked)
    tab.start()
    qtbot.waitUntil(lambda: tab.model.rowCount() > 20, timeout=WAIT_MS)
    heads = [item.name for item in tab.model.columns]
    assert heads == ["figure", "plan0", "plan1", "plan2", "differs"]
    sites = [tab.model.index(0, number).data() for number in range(1, 5)]
    assert sites[0] == "0" and sites[3].startswith(("+", "−", "±"))


def agree(desk: Desk, qtbot: QtBot) -> None:
    rows = {
        "organisations": [{"uid": f"o{n}", "name": f"Comune {n}"} for n in range(2)],
        "agreements": [
            {"uid": f"g{n}", "body": f"o{n}", "signed": "2020-01-01T00:00:00.000Z"}
            for n in range(2)
        ],
    }
    parts = [insert(name, frame_from_rows(TABLES[name], row)) for name, row in rows.items()]
    with qtbot.waitSignal(desk.session.changed, timeout=WAIT_MS):
        desk.session.do(None, combine(message("Agreements"), parts))


def test_contributions_follow_the_agreements(town: Desk, panel: CostsPanel, qtbot: QtBot) -> None:
    agree(town, qtbot)
    tab = panel.contributions
    look_at(town, "costs", tab)
    assert tab.model.rowCount() == 2
    type_in(town, qtbot, tab.model, "g0", "fixed", "€400.00")
    type_in(town, qtbot, tab.model, "g1", "key", "equal")
    tab.what.setCurrentIndex(tab.what.findData("sum"))
    tab.amount.setValue(1000)
    tab.start()
    qtbot.waitUntil(lambda: "1,000.00" in tab.told.text(), timeout=WAIT_MS)
    paid = tab.model.frame["amount"]
    assert (float(paid["g0"]), float(paid["g1"])) == (400.0, 600.0)


def test_fundings_are_drawn_down_by_phases_that_the_map_shows(
    town: Desk, panel: CostsPanel, qtbot: QtBot
) -> None:
    tab = panel.phases
    look_at(town, "costs", tab.fundings)
    with qtbot.waitSignal(town.session.changed, timeout=WAIT_MS):
        tab.fundings.add.click()
    (uid,) = tab.fundings.model.uids()
    type_in(town, qtbot, tab.fundings.model, uid, "amount_eur", "3,000,000")
    tab.fundings.split.click()
    assert set(tab.form.money().values()) == {1_000_000.0}
    marks: list[Any] = []
    town.session.marks_changed.connect(marks.append)
    tab.form.on_map.setChecked(True)
    tab.start()
    qtbot.waitUntil(lambda: tab.model.rowCount() == 3, timeout=WAIT_MS)
    used = tab.model.frame["used"].sum()
    assert used > 0 and tab.model.frame["left"].iloc[-1] == pytest.approx(3_000_000 - used)
    (colour,) = [role for role in marks[-1] if marks[-1][role]["plan_spans"]]
    assert colour.startswith("#")
    tab.gantt.picked.emit(0)
    assert town.session.highlight["sites"]
    tab.rows.setCurrentIndex(1)
    tab.gantt.picked.emit(0)
    assert town.session.highlight["plan_spans"]
    tab.form.on_map.setChecked(False)
    assert marks[-1] == {}


def test_the_wheel_goes_through_the_rows_of_a_time_plan(qtbot: QtBot) -> None:
    gantt = Gantt("Time plan")
    qtbot.addWidget(gantt)
    gantt.resize(400, 160)
    gantt.show_rows([GanttRow(f"Site {n}", 2027, "#0072b2") for n in range(40)], [2027, 2028])
    top = gantt.plotItem.vb.viewRange()[1][1]
    at = QPointF(200, 80)
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    gantt.wheelEvent(wheel)
    bottom, there = gantt.plotItem.vb.viewRange()[1]
    assert there == pytest.approx(top - 4) and bottom >= -39.8


def test_years_and_order_of_sites(town: Desk, panel: CostsPanel) -> None:
    form = panel.phases.form
    first = form.first.value()
    form.budgets[first].setValue(7)
    form.count.setValue(5)
    assert list(form.money()) == list(range(first, first + 5)) and form.money()[first] == 7
    town.session.select({"sites": {"site-3", "site-5"}})
    form.wait.click()
    assert len(form.after()) == 1
    form.orders.item(0).setSelected(True)
    form.forget.click()
    assert form.after() == {}
