"""The cost panel tells the previewed plan's money and points to what caused it."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.panels.chart import Bar, Chart


def costed(desk: Desk, qtbot: QtBot) -> None:
    """Plan two sites, bring the panel to the front and wait for its figures."""
    sites = desk.session.network.table("sites")
    chosen = frozenset(sites.index[sites["name"].isin({"Delta", "Foxtrot"})])
    desk.session.select({"sites": chosen})
    desk.window.plans.form.choose_selected()
    with qtbot.waitSignal(desk.window.cases.planned, timeout=30_000):
        desk.window.plans.form.run.click()
    desk.window.show()
    with qtbot.waitSignal(desk.window.cases.costed, timeout=30_000):
        desk.window.show_panel("costs")


@pytest.mark.usefixtures("near_jobs")
def test_lines_point_to_their_sections_and_phases_are_written(town: Desk, qtbot: QtBot) -> None:
    costed(town, qtbot)
    panel, session = town.window.costs, town.session
    assert panel.items.rowCount() > 3 and "€" in panel.total.text()
    assert panel.payers.rowCount() >= 1 and panel.summary.rowCount() == 10
    panel.items_table.selectRow(0)
    assert session.highlight.get("plan_spans") or session.highlight.get("plan_nodes")
    for box in panel.phases.budgets.values():
        box.setValue(5_000_000)
    panel.phases.start()
    qtbot.waitUntil(lambda: panel.phases.model.rowCount() == 3, timeout=30_000)
    qtbot.waitUntil(panel.phases.run.isEnabled, timeout=10_000)
    first = min(panel.phases.budgets)
    with qtbot.waitSignal(session.changed, timeout=10_000):
        panel.phases.keep.click()
    planned = session.network.table("plan_sites")
    assert set(planned.loc[planned["plan"] == session.preview, "phase_year"].dropna()) == {first}


def test_a_plot_is_saved_as_picture_and_as_drawing(
    town: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    chart = Chart("Costs")
    qtbot.addWidget(chart)
    chart.resize(320, 200)
    chart.show_bars([Bar("Trenches", 3, 2, 5), Bar("Ducts", 1, 1, 2)], "k€")
    chart.save(tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    chart.save(tmp_path / "plot.svg")
    assert ElementTree.parse(tmp_path / "plot.svg").getroot().tag.endswith("svg")
