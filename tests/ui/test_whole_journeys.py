"""From a planner's own files to a paper, and from a half remembered name to what endangers it."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_support import JOB_MS, dialog_of, press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.model.geodesy import from_lonlat
from app.ui.application import Desk
from app.ui.dialogs.export_dialog import ExportDialog
from app.ui.dialogs.import_dialog import ImportDialog
from app.ui.dialogs.new_project import NewProjectDialog
from app.ui.dialogs.quick_pick import QuickPick

pytestmark = pytest.mark.usefixtures("near_jobs")

HUB = (9.19, 45.4642)
NEAR_HUB_M = 900.0


def _bring(desk: Desk, qtbot: QtBot, path: Path, target: str, **named: str) -> int:
    """Import a file through its dialog; return the number of rows accepted."""
    desk.window.map.files_dropped.emit([str(path)])
    dialog: ImportDialog = dialog_of(desk, qtbot, ImportDialog)
    qtbot.waitUntil(dialog.primary.isEnabled, timeout=JOB_MS)
    if "layer" in named:
        dialog.layer_box.setCurrentIndex(dialog.layer_box.findText(named["layer"]))
        qtbot.waitUntil(dialog.primary.isEnabled, timeout=JOB_MS)
    number = dialog.target_box.findData(target)
    assert number >= 0
    dialog.target_box.setCurrentIndex(number)
    dialog.crs_box.setText(named.get("crs", ""))
    with qtbot.waitSignal(desk.session.changed, timeout=JOB_MS):
        dialog.primary.click()
    counts = {key: label.text().replace(",", "") for key, label in dialog.outcome.counts.items()}
    assert int(counts["accepted"]) + int(counts["rejected"]) == int(counts["read"])
    dialog.reject()
    qtbot.waitUntil(lambda: not desk.window.findChildren(ImportDialog))
    return int(counts["accepted"])


def test_from_real_files_to_a_paper(
    desk: Desk, qtbot: QtBot, shared_data: Path, tmp_path: Path
) -> None:
    """A new project, streets and schools of Milan, a hub, a plan, a PDF."""
    desk.window.actions_by.by_id["new_project"].trigger()
    dialog: NewProjectDialog = dialog_of(desk, qtbot, NewProjectDialog)
    dialog.name_box.setText("Milano centro")
    with qtbot.waitSignal(desk.session.project_changed, timeout=JOB_MS):
        dialog.accept()

    streets = shared_data / "streets/milano_core_streets.gpkg"
    assert _bring(desk, qtbot, streets, "streets", layer="edges") == 8483
    schools = shared_data / "sites/schools_state_MI_MB.geojson"
    assert _bring(desk, qtbot, schools, "sites") == 1726
    hub = tmp_path / "hub.csv"
    hub.write_text(f"nome;type;lon;lat\nHub;hub;{HUB[0]};{HUB[1]}\n", encoding="utf-8")
    assert _bring(desk, qtbot, hub, "nodes", crs="EPSG:4326") == 1

    session = desk.session
    x, y = (float(part[0]) for part in from_lonlat([HUB[0]], [HUB[1]], session.network.crs))
    shapes = session.network.geo("sites").geometry
    distance = ((shapes.x - x) ** 2 + (shapes.y - y) ** 2) ** 0.5
    chosen = set(distance.index[distance < NEAR_HUB_M])
    assert len(chosen) > 5
    session.select({"sites": chosen})
    press(desk, qtbot, "new_plan")
    with qtbot.waitSignal(desk.window.cases.planned, timeout=JOB_MS) as told:
        desk.window.plans.form.run.click()
    plan = session.network.table("plans").loc[str(told.args[1])]
    assert plan["site_count"] + plan["unreachable_count"] == len(chosen)
    assert plan["gap"] is not None and plan["gap"] < 0.05

    qtbot.waitUntil(lambda: not session.is_busy)
    press(desk, qtbot, "export_plan")
    export: ExportDialog = dialog_of(desk, qtbot, ExportDialog)
    for suffix, tick in export.ticks.items():
        tick.setChecked(suffix == ".pdf")
    export.stem_box.setText("paper")
    with qtbot.waitSignal(desk.window.cases.exported, timeout=JOB_MS):
        export.primary.click()
    paper = (tmp_path / "paper.pdf").read_bytes()
    assert paper.startswith(b"%PDF") and len(paper) > 50_000
    qtbot.waitUntil(export.primary.isEnabled, timeout=JOB_MS)
    export.reject()


def test_from_a_misspelled_name_to_the_single_point_of_failure(town: Desk, qtbot: QtBot) -> None:
    press(town, qtbot, "go_to")
    pick = dialog_of(town, qtbot, QuickPick)
    qtbot.keyClicks(pick.box, "Afla")
    with qtbot.waitSignal(town.session.zoom_requested):
        qtbot.keyClick(pick.box, Qt.Key.Key_Return)
    (site,) = town.session.selection["sites"]
    assert town.session.network.table("sites").at[site, "name"] == "Alfa"

    page = town.window.redundancy.failures
    with qtbot.waitSignal(page.answered, timeout=JOB_MS):
        press(town, qtbot, "analyse_redundancy")
    worst = page.current
    assert worst is not None and site in worst["sites_lost"]
    asked: list[dict[str, frozenset[str]]] = []
    town.session.zoom_requested.connect(asked.append)
    page.table.activated.emit(page.model.index(0, 0))
    assert site in asked[-1]["sites"] and "nodes" in asked[-1]
