"""The view on paper, from the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.application import Desk
from app.ui.dialogs.print_map import PrintMapDialog
from app.ui.features.printing import PrintingFeature
from app.ui.map.showing import Showing
from app.ui.work_views import shown_network, shown_request


@pytest.mark.usefixtures("near_jobs")
def test_what_the_map_shows_is_printed(town: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    feature = next(item for item in town.window.features if isinstance(item, PrintingFeature))
    town.window.layers.set_filter("sites", "category = 'hospital'")
    town.window.actions_by.by_id["print_map"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PrintMapDialog)
    dialog.title_box.setText("Zona est")
    dialog.scale_box.setCurrentText("1:many")
    dialog.accept()
    assert not dialog.error.isHidden()
    dialog.scale_box.setCurrentText("1:4.000")
    request = feature.request(dialog)
    assert request.scale == 4000
    dialog.reject()
    target = tmp_path / "view.svg"
    told: list[str] = []
    town.session.told.connect(lambda _severity, text: told.append(text))
    feature.write(request, target)
    qtbot.waitUntil(lambda: "Map written: view.svg" in told, timeout=20_000)
    text = target.read_text(encoding="utf-8")
    assert "Zona est" in text and "1:4,000" in text
    assert "Hospital" in text and "School, primary" not in text


def test_hidden_layers_and_symbols_are_left_out(town: Desk) -> None:
    showing = Showing(frozenset({"streets"}), symbols={"sites": frozenset({"hospital"})})
    network = shown_network(town.session.network, showing)
    assert set(network.table("sites")["category"]) == {"school_primary"}
    feature = next(item for item in town.window.features if isinstance(item, PrintingFeature))
    request = feature.request(PrintMapDialog("x", "en", town.window))
    assert "streets" not in shown_request(request, showing).order
