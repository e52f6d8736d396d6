"""The panel of two routes: asks, draws, lists what is shared, and jumps to it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.application import Desk

JOB_MS = 60_000


@pytest.mark.usefixtures("near_jobs")
def test_two_routes_of_the_selected_site_are_drawn(town: Desk, qtbot: QtBot) -> None:
    panel = town.window.redundancy.two_routes
    sites = town.session.network.table("sites")
    town.session.select({})
    assert not panel.search.isEnabled()
    site = str(sites.index[sites["name"] == "Delta"][0])
    town.session.select({"sites": frozenset({site})})
    assert panel.search.isEnabled()
    drawn: list[dict[str, list[object]]] = []
    town.session.routes_changed.connect(drawn.append)
    with qtbot.waitSignal(panel.paired, timeout=JOB_MS):
        panel.search.click()
    assert {"route", "protection"} <= set(drawn[-1])
    assert all(drawn[-1].values())
    assert "Delta" in panel.answer.text() and "€" in panel.answer.text()
    asked: list[tuple[float, float]] = []
    town.session.center_requested.connect(lambda x, y: asked.append((x, y)))
    assert panel.shared.count() > 0
    panel.shared.setCurrentRow(0)
    assert len(asked) == 1


@pytest.mark.usefixtures("near_jobs")
def test_risks_can_be_kept_apart_too(town: Desk, qtbot: QtBot) -> None:
    panel = town.window.redundancy.two_routes
    sites = town.session.network.table("sites")
    town.session.select({"sites": frozenset({str(sites.index[sites["name"] == "Delta"][0])})})
    panel.kind_box.setCurrentIndex(panel.kind_box.findData("risk"))
    with qtbot.waitSignal(panel.paired, timeout=JOB_MS) as answer:
        panel.search.click()
    assert answer.args[0].summary["disjoint"] == "risk"
    assert "Delta" in panel.answer.text()
    town.session.select({})
    panel.clear()
    assert panel.shared.isHidden() and panel.shared.count() == 0
