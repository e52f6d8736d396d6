"""The history of the project in the window: steps to go back to, and checkpoints."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog

from app.ui.desk import BOTTOM, Feature, PanelSpec, Workbench
from app.ui.open_project import Checkpoint
from app.ui.panels.history import HistoryPanel


class HistoryFeature(Feature):
    """Brings the panel *History* and the action that keeps a checkpoint."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.panel = HistoryPanel(bench.session)
        self.panel.checkpoint_wanted.connect(self.make_checkpoint)
        self.panel.copy_wanted.connect(self._open_copy)

    def panels(self) -> Sequence[PanelSpec]:
        """Return the panel."""
        return (PanelSpec("history", self.tr("History"), self.panel, BOTTOM),)

    def show_history(self) -> None:
        """Show the panel."""
        self.bench.show_panel("history")

    def make_checkpoint(self) -> None:
        """Ask for a name and keep a copy of the project under it."""
        dialog = QInputDialog(self.bench.window)
        dialog.setWindowTitle(self.tr("New checkpoint"))
        dialog.setLabelText(self.tr("Name, such as “before the tender”"))
        dialog.setOkButtonText(self.tr("Keep"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.textValueSelected.connect(self.keep)
        self.bench.show_dialog(dialog)

    def keep(self, name: str) -> None:
        """Keep a copy of the project under ``name``."""
        wanted = name.strip()
        if not wanted:
            return
        told = self.tr("Checkpoint kept: %1").replace("%1", wanted)

        def tell(_made: Checkpoint) -> None:
            self.session.told.emit("info", told)
            self.panel.refresh()

        self.session.ask(lambda project: project.checkpoint(wanted), tell)

    def _open_copy(self, kept: Checkpoint) -> None:
        """Ask where a copy of a checkpoint shall lie, and open that: the checkpoint stays."""
        chosen, _ = QFileDialog.getSaveFileName(
            self.bench.window,
            self.tr("Copy of the checkpoint"),
            str(self.session.settings.folder / f"{kept.name}.gpkg"),
            self.tr("Projects (*.gpkg)"),
        )
        if chosen and Path(chosen) != self.session.path:
            self.open_copy(kept, Path(chosen))

    def open_copy(self, kept: Checkpoint, target: Path) -> None:
        """Copy a checkpoint to ``target`` and open the copy."""
        try:
            shutil.copyfile(kept.path, target)
        except OSError as error:
            self.bench.show_refusal(self.tr("The copy could not be written"), str(error))
            return
        self.session.open(target)
