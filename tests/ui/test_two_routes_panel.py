"""The panel of two routes: asks, draws, lists what is shared, and jumps to it."""

from __future__ import annotations

from pathlib import Path

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
def test_the_report_is_written_and_other_pages_take_the_routes_off(
    town: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = town.window.redundancy
    panel = workspace.two_routes
    workspace.show_study("routes")
    sites = town.session.network.table("sites")
    town.session.select({"sites": frozenset({str(sites.index[sites["name"] == "Delta"][0])})})
    panel.to_box.setCurrentIndex(panel.to_box.findData("hub"))
    panel.exempt.setValue(50)
    assert panel.request["to"] == "hub" and panel.request["exempt_m"] == 50.0
    assert not panel.report.isEnabled()
    with qtbot.waitSignal(panel.paired, timeout=JOB_MS):
        panel.search.click()
    assert panel.model.rowCount() == 2 and panel.model.index(0, 0).data() == "Hub"
    qtbot.waitUntil(panel.search.isEnabled, timeout=JOB_MS)
    paper = tmp_path / "routes.pdf"
    with qtbot.waitSignal(panel.written, timeout=JOB_MS):
        panel.write(paper)
    assert paper.read_bytes().startswith(b"%PDF")
    drawn: list[dict[str, list[object]]] = []
    town.session.routes_changed.connect(drawn.append)
    workspace.show_study("failures")
    workspace.show_study("routes")
    assert drawn[0] == {} and {"route", "protection"} <= set(drawn[-1])


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
